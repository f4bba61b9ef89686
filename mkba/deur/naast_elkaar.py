"""Aanpakken beside each other: a comparison of a few, a cohort of many."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkba.analyse.onzekerheid import cohort as model
from mkba.deur.aanpak import Aanpak
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.soorten import gecontroleerd
from mkba.uitvoer.aanpak import tabellen as aanpaktabellen
from mkba.uitvoer.cohort import figuren, tabellen
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

    model: model.Cohort
    eigen: model.Cohort

    def plaatsen(self) -> Tabel:
        """The place of each aanpak with its interval, with shared and with own luck."""
        return tabellen.plaatstabel(self.model, self.eigen)

    def saldi(self) -> Tabel:
        """Saldo per household with its interval, euros NCW."""
        return tabellen.saldotabel(self.model)

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
    def uitkomsten(self, maat: str = model.PER_HUISHOUDEN, ax: "Axes | None" = None) -> "Axes":
        """The outcome of each aanpak with its interval."""
        return figuren.uitkomsten(tabellen.rupstabel(self._bron.model, maat), maat, ax)

    @zoals(figuren.plaatsen)
    def plaatsen(self, ax: "Axes | None" = None) -> "Axes":
        """The place of each aanpak with its interval."""
        return figuren.plaatsen(tabellen.rangtabel(self._bron.model, self._bron.eigen), ax)

    @zoals(figuren.kansen)
    def kansen(self, ax: "Axes | None" = None) -> "Axes":
        """The chances per party."""
        return figuren.kansen(tabellen.kanstabel(self._bron.model), ax)


@gecontroleerd(aantal="trekkingen")
def cohort(aanpakken: Sequence[Aanpak], aantal: int = 10_000, zaad: int = 2014) -> Cohort:
    """Some aanpakken placed among each other with intervals; all with the kengetallen of the first.

    ``mkba.cohort([mkba.aanpak(n) for n in mkba.voorbeelden()])``. Raises ValueError when kengetallen differ.
    """
    if len({a.kengetallen for a in aanpakken}) > 1:
        raise ValueError("aanpakken met verschillende kengetallen zijn niet te plaatsen; geef ze dezelfde")
    invoer = [a.invoer for a in aanpakken]
    kengetallen = aanpakken[0].kengetallen
    with ThreadPoolExecutor() as werkers:
        gedeeld = model.cohort(invoer, kengetallen, aantal, zaad, werkers)
        eigen = model.cohort(invoer, kengetallen, min(aantal, model.EIGEN_TREKKINGEN), zaad, werkers, geluk="eigen")
    return Cohort(gedeeld, eigen)
