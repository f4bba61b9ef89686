"""Areas and caseloads: a doelgroepenanalyse from CBS statistics, care profiles, a registration with ZRM scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkba.analyse.doelgroepen import profielen as modelprofielen
from mkba.analyse.doelgroepen import statistiek
from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak
from mkba.analyse.doelgroepen.zelfredzaamheid import Indeling as Modelindeling
from mkba.analyse.doelgroepen.zelfredzaamheid import deel_in
from mkba.deur.aanpak import Aanpak
from mkba.deur.teken import Tekenaar, zoals
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.registratie.lezen import Registratie as Modelregistratie
from mkba.invoer.registratie.lezen import lees_registratie
from mkba.invoer.rekening import lees_rekening
from mkba.kern.kengetallen import Kengetallen, laad
from mkba.uitvoer.doelgroepen import figuren, tabellen
from mkba.uitvoer.doelgroepen import registratie as uit_registratie
from mkba.uitvoer.profielen import figuren as profielfiguren
from mkba.uitvoer.profielen import tabellen as profieltabellen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Doelgroepen:
    """The households of one or more areas in 3 types x 4 classes, with bands. Shows the count."""

    model: statistiek.Doelgroepen
    kengetallen: Kengetallen

    def tabel(self) -> Tabel:
        """Whole households by type and class; totals add up exactly."""
        return tabellen.tellingtabel(self.model)

    def per_gebied(self) -> Tabel:
        """A row per area: households per class, the share with several problems and its band."""
        return tabellen.per_gebied(self.model)

    @zoals(figuren.doelgroepen)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """The shares of the classes, in total and per type, with their band."""
        aandelen, banden = tabellen.aandelen(self.model.heel_totaal), tabellen.banden(self.model)
        return figuren.doelgroepen(aandelen, banden, self.kengetallen["doelgroep.landelijk_ev"])

    @zoals(figuren.gebieden)
    def teken_gebieden(self, ax: "Axes | None" = None) -> "Axes":
        """The share of households with several problems per area."""
        landelijk = 1 - self.kengetallen["doelgroep.landelijk_ev"]
        return figuren.gebieden(tabellen.aandelen_per_gebied(self.model), landelijk)

    def eerste_aanpak(self, naam: str = "", **antwoorden: Any) -> Aanpak:
        """A first MKBA 1.0 for these households: questions 1 to 3 and 6 follow, the rest are defaults.

        ``antwoorden``: other fields by name, ``zwaarten``, ``bereik`` and ``fte`` among them.
        """
        invoer = eerste_aanpak(naam or self.model.naam, self.model.per_klasse(), self.kengetallen, **antwoorden)
        return Aanpak(invoer, self.kengetallen)

    def profielen(
        self, rekening: str | Path = "", index: Mapping[str, float] | None = None, bron: str = ""
    ) -> "Profielen":
        """What the care of these households costs; ``rekening``: a file with totals of the gemeente to add up to.

        ``index``: a factor per domain (wi, zw, jeugd, zvw) with its ``bron``.
        """
        bevolking = modelprofielen.bevolking_uit_doelgroepen(self.model)
        basis = modelprofielen.indexeer(modelprofielen.gepubliceerd(self.kengetallen), index or {}, bron)
        maat = modelprofielen.op_maat(basis, bevolking.totaal, lees_rekening(str(rekening)))
        return Profielen(bevolking, maat)

    def __repr__(self) -> str:
        return f"{self.model.naam}\n{self.tabel().als_tekst()}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Profielen:
    """Care consumption profiles and the budget that they give, euros per year. Shows the profiles."""

    bevolking: modelprofielen.Bevolking
    maat: modelprofielen.OpMaat

    def tabel(self) -> Tabel:
        """Euros per household per year by type, class and domain (figuur 2.7)."""
        return profieltabellen.profieltabel(self.maat.profielen)

    def budget(self) -> Tabel:
        """Euros per year per area and domain."""
        return profieltabellen.budgettabel(modelprofielen.populatiebudget(self.bevolking, self.maat.profielen))

    @property
    def teken(self) -> "TekenProfielen":
        """Figures: ``p.teken.profielen()``, ``sprongen()``, ``budget()``."""
        return TekenProfielen(self)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


class TekenProfielen(Tekenaar[Profielen]):
    """Figures of care profiles."""

    @zoals(profielfiguren.profielen)
    def profielen(self) -> "Axes":
        """Euros per household by class and domain."""
        p = self._bron.maat.profielen
        return profielfiguren.profielen(profieltabellen.per_domein(p.bedragen), profieltabellen.bijschriften(p))

    @zoals(profielfiguren.sprongen)
    def sprongen(self, ax: "Axes | None" = None) -> "Axes":
        """What a step to a heavier class costs."""
        return profielfiguren.sprongen(profieltabellen.sprongentabel(self._bron.maat.profielen).frame, ax)

    @zoals(profielfiguren.budget)
    def budget(self, ax: "Axes | None" = None) -> "Axes":
        """The budget per household per area."""
        bron = self._bron
        budget = modelprofielen.populatiebudget(bron.bevolking, bron.maat.profielen)
        return profielfiguren.budget(profieltabellen.budget_per_huishouden(budget).frame, ax)


@dataclass(frozen=True, repr=False, eq=False)
class Registratie:
    """A caseload with ZRM scores, read and checked. No value of a person is ever shown."""

    model: Modelregistratie
    kengetallen: Kengetallen

    def indeling(self) -> "Indeling":
        """The households in types and classes; what may be published hides or rounds small counts."""
        return Indeling(deel_in(self.model.huishoudens, self.kengetallen), self.kengetallen)

    def __repr__(self) -> str:
        genegeerd = f"; niet gebruikt: {', '.join(self.model.genegeerd)}" if self.model.genegeerd else ""
        return (
            f"Registratie van {len(self.model.huishoudens)} huishoudens, schaal {self.model.schaal}, "
            f"{len(self.model.domeinen)} domeinen{genegeerd}"
        )


@dataclass(frozen=True, repr=False, eq=False)
class Indeling:
    """The households of a registration by type and class. Shows the table that may be published."""

    model: Modelindeling
    kengetallen: Kengetallen

    def tabel(self) -> Tabel:
        """Households by type and class with small counts hidden."""
        return uit_registratie.tabel(self.model, self.kengetallen)

    def eerste_aanpak(self, naam: str) -> Aanpak:
        """An MKBA 2.0 to complete: the answers of the registration, a team by its caseload, the rest defaults.

        It holds exact shares: keep it inside the organisation.
        """
        invoer = uit_registratie.aanpak(self.model, naam, self.kengetallen)
        assert invoer is not None, "alleen zonder indeling is er geen aanpak"
        return Aanpak(invoer, self.kengetallen)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


def doelgroepen(
    gebieden: str | Sequence[str] = "",
    cijfers: str | Path = "",
    jaar: int = 0,
    typetotalen: Mapping[str, float] | None = None,
    kengetallen: Kengetallen | None = None,
    zaad: int = 2014,
) -> Doelgroepen:
    """Which households live in these areas: ``mkba.doelgroepen("WK059901")``.

    ``gebieden``: CBS codes of gemeenten, wijken or buurten; empty is every wijk of the file. ``cijfers``: a file with
    kerncijfers, "voorbeeldgemeente" for the made-up one, or empty to fetch them from CBS StatLine. ``jaar``: 0 is the
    year of the file, or the fullest edition. ``typetotalen``: known households per type (gezin, oudere, overig) of all
    areas together. Raises InvoerFout.
    """
    regelset = kengetallen if kengetallen is not None else laad()
    codes = gebieden if isinstance(gebieden, str) else ", ".join(gebieden)
    nederland, gekozen = kies_gebieden(codes, str(cijfers), jaar)
    return Doelgroepen(statistiek.uit_statistiek(gekozen, nederland, regelset, typetotalen, zaad=zaad), regelset)


def registratie(pad: str | Path, kengetallen: Kengetallen | None = None) -> Registratie:
    """A caseload with ZRM scores from csv or xlsx: ``mkba.registratie("caseload.csv").indeling()``.

    Raises InvoerFout that names row and column and what was expected, and never a value of a person.
    """
    return Registratie(lees_registratie(pad), kengetallen if kengetallen is not None else laad())
