"""Aanpakken beside each other: a comparison of a few, a cohort of many."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from mkba.analyse.onzekerheid import cohort as cohortmodel
from mkba.deur.aanpak import Aanpak
from mkba.deur.teken import Tekenaar, zoals
from mkba.invoer.lezen import aanpakken_van, lees_reeks
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.soorten import gecontroleerd, melding
from mkba.kern.zaak.aanpak import Aanpak as Invoer
from mkba.reeks.map import cohortbestand
from mkba.uitvoer.aanpak import tabellen as aanpaktabellen
from mkba.uitvoer.aanpak.zinnen import kengetallenregel, lijst
from mkba.uitvoer.cohort import figuren, tabellen, volgorde, zinnen
from mkba.uitvoer.regelsets.zinnen import regelset_kort
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def vergelijk(aanpakken: Mapping[str, Aanpak]) -> Tabel:
    """Uitvoerscherm A of some aanpakken beside each other, a column each: euros NCW and ratios.

    ``mkba.vergelijk({"nu": a, "meer gevonden": a.met(nieuw=0.2)})``.
    """
    uitkomsten = {naam: a.bereken().sleutels for naam, a in aanpakken.items()}
    return aanpaktabellen.uitvoerscherm_a(uitkomsten)


@dataclass(frozen=True, repr=False, eq=False)
class Cohort:
    """Aanpakken placed among each other, each with its interval; shows the places."""

    model: cohortmodel.Cohort
    eigen: cohortmodel.Cohort
    kengetallen: Kengetallen

    def kop(self) -> HTML:
        """What was compared and with what: the head of a report."""
        uit: HTML = cohortbestand.kop(self.model, self.eigen, kengetallenregel(self.kengetallen))
        return uit

    def samenvatting(self) -> HTML:
        """Who is at both ends, how wide a place is, and which order survives both kinds of luck."""
        erbij = [tekst] if (tekst := regelset_kort(self.kengetallen)) else []
        return lijst([*zinnen.samenvatting(self.model, self.eigen), *erbij])

    def plaatsen(self) -> Tabel:
        """The place of each aanpak with its interval, with shared and with own luck."""
        return tabellen.plaatstabel(self.model, self.eigen)

    def saldi(self) -> Tabel:
        """The saldo of each aanpak with its interval, euros NCW."""
        return tabellen.saldotabel(self.model)

    def verhoudingen(self) -> Tabel:
        """The three ratios of each aanpak with their intervals."""
        return tabellen.verhoudingentabel(self.model)

    def kansen(self) -> Tabel:
        """The chance of a positive saldo per party."""
        return tabellen.kansentabel(self.model)

    @property
    def teken(self) -> "TekenCohort":
        """Figures: ``c.teken.uitkomsten()``, ``plaatsen()``, ``kansen()``."""
        return TekenCohort(self)

    def __repr__(self) -> str:
        return self.plaatsen().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.plaatsen()._repr_mimebundle_(include, exclude)


class TekenCohort(Tekenaar[Cohort]):
    """Figures of a cohort."""

    @zoals(figuren.uitkomsten)
    def uitkomsten(self, maat: str = cohortmodel.PER_HUISHOUDEN, ax: "Axes | None" = None) -> "Axes":
        """The outcome of each aanpak with its interval; ``maat``: "saldo", "saldo_per_huishouden" or a ratio."""
        return figuren.uitkomsten(volgorde.rupstabel(self._bron.model, maat), maat, ax)

    @zoals(figuren.plaatsen)
    def plaatsen(self, ax: "Axes | None" = None) -> "Axes":
        """The place of each aanpak with its interval."""
        return figuren.plaatsen(volgorde.rangtabel(self._bron.model, self._bron.eigen), ax)

    @zoals(figuren.kansen)
    def kansen(self, ax: "Axes | None" = None) -> "Axes":
        """The chances per party."""
        return figuren.kansen(volgorde.kanstabel(self._bron.model), ax)


@gecontroleerd(aantal="trekkingen")
def cohort(
    aanpakken: Sequence[str | Path] | Sequence[Aanpak],
    aantal: int = 10_000,
    zaad: int = 2014,
    kengetallen: Kengetallen | None = None,
) -> Cohort:
    """Some aanpakken placed among each other with intervals.

    ``mkba.cohort([mkba.aanpak(n) for n in mkba.voorbeelden()])``, or names of shipped cases, files and folders (of a
    table every row counts) with ``kengetallen`` for all. Raises ValueError when the kengetallen of aanpakken differ,
    InvoerFout for what cannot be read.
    """
    invoer, regelset = reeks_van(aanpakken, kengetallen)
    with ThreadPoolExecutor() as werkers:
        gedeeld = cohortmodel.cohort(invoer, regelset, aantal, zaad, werkers)
        los = min(aantal, cohortmodel.EIGEN_TREKKINGEN)
        geluk = cohortmodel.cohort(invoer, regelset, los, zaad, werkers, geluk="eigen")
    return Cohort(gedeeld, geluk, regelset)


def reeks_van(
    aanpakken: Sequence[str | Path] | Sequence[Aanpak], kengetallen: Kengetallen | None
) -> tuple[tuple[Invoer, ...], Kengetallen]:
    """The records of aanpakken, or of names of files and cases, with the kengetallen that they share.

    Raises ValueError when those differ, InvoerFout for what cannot be read.
    """
    eigen = [a for a in aanpakken if isinstance(a, Aanpak)]
    regelset = kengetallen or (eigen[0].kengetallen if eigen else laad())
    if eigen:
        if len(eigen) < len(aanpakken):
            raise ValueError("geef alleen aanpakken, of alleen namen van bestanden en voorbeelden")
        if {a.kengetallen for a in eigen} != {regelset}:
            raise ValueError("aanpakken met verschillende kengetallen gaan niet samen; geef ze dezelfde")
        return tuple(a.invoer for a in eigen), regelset
    if fout := melding("aanpakken", aanpakken, "Sequence[str | Path]"):
        raise InvoerFout([fout])
    return aanpakken_van(lees_reeks([str(naam) for naam in aanpakken], regelset)), regelset
