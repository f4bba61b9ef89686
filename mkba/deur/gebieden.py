"""Areas and caseloads: a doelgroepenanalyse from CBS statistics, care profiles, a registration with ZRM scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkba.analyse.doelgroepen import profielen as modelprofielen
from mkba.analyse.doelgroepen import statistiek
from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak, vraag_4
from mkba.analyse.doelgroepen.zelfredzaamheid import Indeling as Modelindeling
from mkba.analyse.onderdrukking.tabellen import ongeveer
from mkba.deur.aanpak import Aanpak
from mkba.deur.teken import Tekenaar, zoals
from mkba.invoer.cbs.dienst import wijken_van
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.registratie.lezen import Registratie as Modelregistratie
from mkba.invoer.registratie.lezen import lees_registratie
from mkba.invoer.rekening import lees_rekening, maak_rekening
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.zaak.gebied import Soort
from mkba.uitvoer.aanpak import zinnen as aanpakzinnen
from mkba.uitvoer.bewaren import bewaar_doelgroepen
from mkba.uitvoer.doelgroepen import figuren, tabellen, zinnen
from mkba.uitvoer.doelgroepen import registratie as uit_registratie
from mkba.uitvoer.profielen import figuren as profielfiguren
from mkba.uitvoer.profielen import op_maat
from mkba.uitvoer.profielen import tabellen as profieltabellen
from mkba.uitvoer.profielen import zinnen as profielzinnen
from mkba.uitvoer.profielen.bewaren import bewaar as bewaar_profielen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import HTML
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Doelgroepen:
    """The households of one or more areas in 3 types x 4 classes, with bands. Shows the count."""

    model: statistiek.Doelgroepen
    kengetallen: Kengetallen
    naam: str

    def kop(self) -> "HTML":
        """Name, number of areas and households, and where the statistics come from: the head of a report."""
        return zinnen.gebiedskop(self.model, self.naam)

    def tabel(self) -> Tabel:
        """Whole households by type and class; totals add up exactly."""
        return tabellen.telling(self.model.heel_totaal)

    def aandelen(self) -> Tabel:
        """The share of each class in total and per type, fractions of the households before rounding."""
        return tabellen.aandelentabel(self.model.totaal)

    def per_gebied(self) -> Tabel:
        """A row per area: households per class, the share with several problems and its band."""
        return tabellen.per_gebied(self.model)

    def index(self) -> Tabel:
        """Where each area lies between standaardwijk (0) and probleemwijk (1), and which indicators are unknown."""
        return tabellen.indextabel(self.model)

    def aannamen(self) -> Tabel:
        """The kengetallen of the rule from statistics to classes, with their range and argument."""
        return tabellen.aannamen(self.kengetallen)

    def toelichting(self) -> "HTML":
        """What the count says, what was left out, and what is unlikely in the statistics."""
        return zinnen.gebiedstekst(self.model, self.kengetallen)

    def waarschuwingen(self) -> "HTML":
        """What to know before using the count, as a list; says so when there is nothing."""
        return aanpakzinnen.waarschuwingenlijst(zinnen.waarschuwingen(self.model))

    @zoals(figuren.doelgroepen)
    def teken(self, assen: "Sequence[Axes] | None" = None) -> "Axes":
        """The shares of the classes, in total and per type, with their band."""
        aandelen, banden = tabellen.aandelen(self.model.totaal), tabellen.banden(self.model)
        return figuren.doelgroepen(aandelen, banden, self.kengetallen["doelgroep.landelijk_ev"], assen)

    @zoals(figuren.gebieden)
    def teken_gebieden(self, ax: "Axes | None" = None) -> "Axes":
        """The share of households with several problems per area."""
        landelijk = 1 - self.kengetallen["doelgroep.landelijk_ev"]
        return figuren.gebieden(tabellen.aandelen_per_gebied(self.model), landelijk, ax)

    def eerste_aanpak(self, naam: str = "", **antwoorden: Any) -> Aanpak:
        """A first MKBA 1.0 for these households: questions 1 to 3 and 6 follow, the rest are defaults.

        ``antwoorden``: other fields by name, ``zwaarten``, ``bereik`` and ``fte`` among them.
        """
        bekend = vraag_4(self.model, self.kengetallen) if "eenouder" not in antwoorden else {}
        gegeven = {**bekend, **antwoorden}
        invoer = eerste_aanpak(naam or self.naam, self.model.per_klasse(), self.kengetallen, **gegeven)
        return Aanpak(invoer, self.kengetallen)

    @gecontroleerd(bron="index_bron")
    def profielen(
        self,
        rekening: str | Path | Mapping[str, float] = "",
        index: Mapping[str, float] | None = None,
        bron: str = "",
    ) -> "Profielen":
        """What the care of these households costs; ``rekening``: totals of the gemeente to add up to, euros a year.

        They are a file, "voorbeeldgemeente", or a mapping: ``{"jeugd": 232_800, "zw.gezin": 145_800}``. ``index``: a
        factor per domain (wi, zw, jeugd, zvw) with its ``bron``.
        """
        bevolking = modelprofielen.bevolking_uit_doelgroepen(self.model)
        basis = modelprofielen.indexeer(modelprofielen.gepubliceerd(self.kengetallen), index or {}, bron)
        totalen = maak_rekening(rekening) if isinstance(rekening, Mapping) else lees_rekening(rekening)
        maat = modelprofielen.op_maat(basis, bevolking.totaal, totalen)
        return Profielen(bevolking, maat, self.kengetallen, self.naam)

    @gecontroleerd(map_="uitvoermap")
    def bewaar(self, map_: str | Path, caseload: "Indeling | None" = None) -> list[Path]:
        """Write the classes per area (csv) and the first aanpak (TOML); "" writes nothing. Gives the paths.

        ``caseload``: also its published table, and the aanpak that follows from it: with exact shares, so keep that
        one inside the organisation.
        """
        aanpak = self.eerste_aanpak()
        model = caseload.model if caseload is not None else None
        return bewaar_doelgroepen(
            map_,
            self.model,
            aanpak.invoer,
            uit_registratie.aanpak(model, aanpak.naam, self.kengetallen),
            zinnen.herkomst(self.model, self.kengetallen),
            uit_registratie.als_rijen(model),
        )

    def __repr__(self) -> str:
        return f"{self.naam}\n{self.tabel().als_tekst()}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Profielen:
    """Care consumption profiles and the budget that they give, euros per year. Shows the profiles.

    They are those of the rule set, indexed, and made to measure with the account of the gemeente where there is one;
    :attr:`gepubliceerd` has them as the rule set gives them.
    """

    bevolking: modelprofielen.Bevolking
    maat: modelprofielen.OpMaat
    kengetallen: Kengetallen
    naam: str

    @property
    def gepubliceerd(self) -> "Profielen":
        """The profiles as published, without index and account."""
        basis = modelprofielen.gepubliceerd(self.kengetallen)
        maat = modelprofielen.op_maat(basis, self.bevolking.totaal, lees_rekening(""))
        return Profielen(self.bevolking, maat, self.kengetallen, self.naam)

    def samenvatting(self) -> "HTML":
        """The answer in short: costs in total and per household, where they are, and the dearest escalation."""
        return profielzinnen.samenvatting(self.bevolking, self._budget, self._groepen, self.maat.profielen)

    def herkomst(self) -> "HTML":
        """Where profiles and households come from."""
        return profielzinnen.herkomstregel(self.maat.profielen, f"Huishoudens: {self.bevolking.herkomst}, {self.naam}")

    def tabel(self) -> Tabel:
        """Euros per household per year by type, class and domain (figuur 2.7)."""
        return profieltabellen.profieltabel(self.maat.profielen)

    def verschillen(self) -> "HTML":
        """Where a printed total is not the sum of its printed parts."""
        return profielzinnen.verschillenregel(self.maat.profielen)

    def sprongen(self) -> Tabel:
        """What a household costs more per year one class further, euros."""
        return profieltabellen.sprongentabel(self.maat.profielen)

    def bevolkingstabel(self) -> Tabel:
        """Households per wijk and type, and the share without or with a single problem."""
        return profieltabellen.bevolkingstabel(self.bevolking)

    def kosten(self) -> Tabel:
        """Care costs by type, class and domain, euros per year."""
        return profieltabellen.kostentabel(self.bevolking.totaal, self.maat.profielen)

    def groepen(self) -> Tabel:
        """The twelve groups by their costs: share of the households beside share of the costs."""
        return profieltabellen.groepentabel(self._groepen)

    def concentratie(self) -> "HTML":
        """The same in words: so much of the households, so much of the costs."""
        return profielzinnen.groepenzin(self._groepen)

    def budget(self) -> Tabel:
        """Euros per year per area and domain."""
        return profieltabellen.budgettabel(self._budget)

    def budget_per_huishouden(self) -> Tabel:
        """Euros per household per year, per area and domain."""
        return profieltabellen.budget_per_huishouden(self._budget)

    @property
    def op_maat(self) -> "OpMaat":
        """What the account of the gemeente changes: ``totalen()``, ``waarschuwingen()``, ``vergelijking()``."""
        return OpMaat(self)

    @property
    def teken(self) -> "TekenProfielen":
        """Figures: ``p.teken.profielen()``, ``sprongen()``, ``groepen()``, ``budget()``, ``op_maat()``."""
        return TekenProfielen(self)

    @gecontroleerd(map_="uitvoermap")
    def bewaar(self, map_: str | Path) -> list[Path]:
        """Write costs, budget and profiles as csv, and own profiles as TOML; "" writes nothing. Gives the paths."""
        profielen = self.maat.profielen
        eigen = modelprofielen.overrides(profielen, self.kengetallen)
        return bewaar_profielen(map_, self.naam, self.bevolking, self._budget, profielen, self.kengetallen, eigen)

    @property
    def _groepen(self) -> "pd.DataFrame":
        return modelprofielen.groepen(self.bevolking.totaal, self.maat.profielen)

    @property
    def _budget(self) -> "pd.DataFrame":
        return modelprofielen.populatiebudget(self.bevolking, self.maat.profielen)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


class OpMaat:
    """What an account of the gemeente changes to the profiles; each part says so, or is empty, without one."""

    def __init__(self, bron: Profielen) -> None:
        self._bron = bron

    def totalen(self) -> "Tabel | HTML":
        """Totals before and after per domain, euros."""
        return op_maat.totalen(self._bron.maat)

    def waarschuwingen(self) -> "HTML":
        """What to know of the account."""
        return op_maat.waarschuwingen(self._bron.maat)

    def vergelijking(self) -> "Tabel | HTML":
        """Profiles before and after, euros per household per year."""
        return op_maat.vergelijking(self._bron.maat, modelprofielen.gepubliceerd(self._bron.kengetallen))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        getoond = self.totalen()
        if isinstance(getoond, Tabel):
            return getoond._repr_mimebundle_(include, exclude)
        return {"text/html": getoond.data, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return "profielen op maat: totalen(), waarschuwingen(), vergelijking()"


class TekenProfielen(Tekenaar[Profielen]):
    """Figures of care profiles."""

    @zoals(profielfiguren.profielen)
    def profielen(self, assen: "Sequence[Axes] | None" = None) -> "Axes":
        """Euros per household by class and domain."""
        p = self._bron.maat.profielen
        frame = profieltabellen.per_domein(p.bedragen)
        return profielfiguren.profielen(frame, profieltabellen.bijschriften(p), assen)

    @zoals(profielfiguren.sprongen)
    def sprongen(self, ax: "Axes | None" = None) -> "Axes":
        """What a step to a heavier class costs."""
        return profielfiguren.sprongen(self._bron.sprongen().frame, ax)

    @zoals(profielfiguren.groepen)
    def groepen(self, ax: "Axes | None" = None) -> "Axes":
        """Which groups the costs come from."""
        groepen = self._bron._groepen
        return profielfiguren.groepen(groepen, profieltabellen.groepsnamen(groepen), ax)

    @zoals(profielfiguren.op_maat)
    def op_maat(self) -> "Axes | HTML":
        """The profiles before and after the account of the gemeente; nothing without one."""
        return op_maat.figuur(self._bron.maat)

    @zoals(profielfiguren.budget)
    def budget(self, ax: "Axes | None" = None) -> "Axes":
        """The budget per household per area."""
        return profielfiguren.budget(self._bron.budget_per_huishouden().frame, ax)


@dataclass(frozen=True, repr=False, eq=False)
class Registratie:
    """A caseload with ZRM scores, read and checked. No value of a person is ever shown."""

    model: Modelregistratie | None
    kengetallen: Kengetallen

    @gecontroleerd()
    def indeling(self, afronding: int = 0) -> "Indeling":
        """The households in types and classes; what may be published hides or rounds small counts.

        ``afronding``: the base of controlled rounding of the published counts (CBS rounds to 5); 0 does not round.
        """
        if self.model is None:
            return Indeling(None, self.kengetallen)
        indeling = uit_registratie.deel_registratie_in(self.model, self.kengetallen, afronding)
        return Indeling(indeling, self.kengetallen)

    def __repr__(self) -> str:
        if self.model is None:
            return "Geen registratie"
        genegeerd = f"; niet gebruikt: {', '.join(self.model.genegeerd)}" if self.model.genegeerd else ""
        aantal = ongeveer(len(self.model.huishoudens), self.kengetallen["zelfredzaamheid.kleine_cel"])
        return (
            f"Registratie van {aantal} huishoudens, schaal {self.model.schaal}, "
            f"{len(self.model.domeinen)} domeinen{genegeerd}"
        )


@dataclass(frozen=True, repr=False, eq=False)
class Indeling:
    """The households of a registration by type and class. Shows the table that may be published."""

    model: Modelindeling | None
    kengetallen: Kengetallen

    def tabel(self) -> Tabel:
        """Households by type and class with small counts hidden; empty without a registration."""
        return uit_registratie.tabel(self.model, self.kengetallen)

    def antwoorden(self) -> Tabel:
        """The answers to questions 1 to 5 and 10 as far as they may be shown."""
        return uit_registratie.antwoorden(self.model)

    @gecontroleerd(map_="uitvoermap")
    def toelichting(self, map_: str | Path = "") -> "HTML":
        """Columns that were not used, assumptions and contradictions; ``map_``: compare with the tables saved there."""
        return uit_registratie.toelichting(self.model, map_)

    def teken(self) -> "Axes | HTML":
        """The shares of the classes, in total and per type, as far as the table shows them; or why there are none."""
        return uit_registratie.figuur(self.model)

    def eerste_aanpak(self, naam: str) -> Aanpak:
        """An MKBA 2.0 to complete: the answers of the registration, a team by its caseload, the rest defaults.

        It holds exact shares: keep it inside the organisation. Raises InvoerFout without a registration.
        """
        invoer = uit_registratie.aanpak(self.model, naam, self.kengetallen)
        if invoer is None:
            oorzaak = "zonder registratie is er geen aanpak van de caseload."
            raise InvoerFout([Melding("registratie", "", oorzaak, "Geef een bestand met ZRM-scores op.")])
        return Aanpak(invoer, self.kengetallen)

    def __repr__(self) -> str:
        return self.tabel().als_tekst() if self.model is not None else "Geen registratie"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@gecontroleerd()
def doelgroepen(
    gebieden: str | Sequence[str] = "",
    cijfers: str | Path = "",
    jaar: int = 0,
    typetotalen: Mapping[str, float] | None = None,
    kengetallen: Kengetallen | None = None,
    zaad: int = 2014,
    naam: str = "",
    niveau: Soort | None = None,
    huishoudens: str | Path | Sequence[str | Path] = (),
) -> Doelgroepen:
    """Which households live in these areas: ``mkba.doelgroepen("WK059901")``.

    ``gebieden``: CBS codes of gemeenten, wijken or buurten; empty is every wijk of the file. ``cijfers``: a file with
    kerncijfers, "voorbeeldgemeente" for the made-up one, or empty to fetch them from CBS StatLine. ``jaar``: 0 is the
    year of the file, or the fullest edition. ``typetotalen``: known households per type (gezin, oudere, overig) of all
    areas together, none or all three; 0 is unknown. ``zaad``: of the draws for the bands. ``naam``: what a report calls
    the area. ``niveau``: gemeente, wijk or buurt, what empty ``gebieden`` mean. ``huishoudens``: files of 71488ned and
    71487ned, or "statline", which answer how ouderen live and how many households have one parent. Raises InvoerFout.
    """
    regelset = kengetallen if kengetallen is not None else laad()
    codes = gebieden if isinstance(gebieden, str) else ", ".join(gebieden)
    nederland, gekozen, gemeenten = kies_gebieden(
        codes,
        str(cijfers),
        jaar,
        niveau,
        [str(h) for h in ([huishoudens] if isinstance(huishoudens, str | Path) else huishoudens) if str(h)],
    )
    bekend = _bekend(typetotalen or {})
    model = statistiek.uit_statistiek(gekozen, nederland, regelset, bekend, zaad=zaad, gemeenten=gemeenten)
    return Doelgroepen(model, regelset, naam or model.naam)


@gecontroleerd()
def wijken(gemeente: str, jaar: int = 0) -> list[str]:
    """The codes of all wijken of a gemeente, from CBS StatLine: ``mkba.doelgroepen(mkba.wijken("GM0599"))``.

    ``jaar``: 0 is the fullest edition. Raises InvoerFout.
    """
    return list(wijken_van(gemeente, jaar or None))


def _bekend(typetotalen: Mapping[str, float]) -> dict[str, float] | None:
    if vreemd := sorted(set(typetotalen) - set(TYPEN)):
        remedie = f"Kies uit: {', '.join(TYPEN)}."
        raise InvoerFout([Melding("typetotalen", ", ".join(vreemd), "dit is geen huishoudtype.", remedie)])
    return statistiek.bekende_typen(*(typetotalen.get(t, 0) for t in TYPEN))


@gecontroleerd(pad="registratie")
def registratie(pad: str | Path, kengetallen: Kengetallen | None = None) -> Registratie:
    """A caseload with ZRM scores from csv or xlsx: ``mkba.registratie("caseload.csv").indeling()``.

    "voorbeeldgemeente" is the made-up one, "" none. Raises InvoerFout that names row and column and what was expected,
    and never a value of a person.
    """
    return Registratie(lees_registratie(pad) if str(pad) else None, kengetallen if kengetallen is not None else laad())
