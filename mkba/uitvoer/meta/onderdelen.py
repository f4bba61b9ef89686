"""The meta-analysis as a table: what belongs to every figure, table, section and appendix of the report.

A part is named as the report names it ("figuur 4.1", "tabel 3.10", "bijlage 2", "§3.3"). :func:`inhoud` gives what is
drawn and tabulated of it, :func:`toetsen` what its text says and whether that holds. Both draw from :class:`Gerekend`,
in which everything is calculated once, and only when a part asks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pandas as pd
from IPython.display import HTML
from matplotlib.axes import Axes

from mkba.analyse.doelgroepen import profielen, statistiek
from mkba.analyse.herbouw import reproductie
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.meta import tabellen as metatabellen
from mkba.analyse.meta.beeld import STANDAARD_GEVAL
from mkba.analyse.meta.bevinding import Bevinding
from mkba.analyse.meta.controle import controleer
from mkba.analyse.meta.dertien import Model13, reken_dertien
from mkba.analyse.meta.lees_meta import MetaAnalyse, laad_meta_analyse
from mkba.analyse.meta.ontleding import Ontleding, belang, ontleed_dertien
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.verloop import ingroei
from mkba.uitvoer.aanpak import figuren as aanpakfiguren
from mkba.uitvoer.aanpak import tabellen as aanpaktabellen
from mkba.uitvoer.doelgroepen import figuren as doelgroepfiguren
from mkba.uitvoer.doelgroepen import tabellen as doelgroeptabellen
from mkba.uitvoer.herbouw import tabellen as herbouwtabellen
from mkba.uitvoer.meta import figuren, reconstructiefiguren, reconstructietabellen, tabellen
from mkba.uitvoer.profielen import figuren as profielfiguren
from mkba.uitvoer.profielen import tabellen as profieltabellen
from mkba.uitvoer.profielen.zinnen import verschillenregel
from mkba.uitvoer.tabel import Tabel

_ONTLEED: Final = {
    "maatschappelijk": "kb_maatschappelijk",
    "financieel": "kb_financieel",
    "gemeentelijk": "kb_gemeentelijk",
}


@dataclass(frozen=True, eq=False)
class Gerekend:
    """Everything that the parts show; ``wijk`` and ``cijfers``: the area of figuur 2.2 and the file that it is in."""

    kengetallen: Kengetallen
    wijk: str
    cijfers: str

    @cached_property
    def meta(self) -> MetaAnalyse:
        """What the report publishes."""
        return laad_meta_analyse()

    @cached_property
    def bevindingen(self) -> list[Bevinding]:
        """Every number and statement that was checked."""
        return controleer(self.meta, self.kengetallen)

    @cached_property
    def dertien(self) -> Model13:
        """The 13 aanpakken of the reconstruction, calculated."""
        return reken_dertien(self.kengetallen)

    @cached_property
    def uitkomst(self) -> Uitkomst:
        """The case of the manual that takes the place of an aanpak that the report does not name."""
        return bereken(laad_geval(STANDAARD_GEVAL, self.kengetallen).aanpak, self.kengetallen)

    @cached_property
    def ontledingen(self) -> dict[str, Ontleding]:
        """The differences of the 13 by group of inputs, for each ratio."""
        gevonden = ontleed_dertien(self.dertien, *_ONTLEED.values())
        return {kop: gevonden[uitkomst] for kop, uitkomst in _ONTLEED.items()}


@dataclass(frozen=True)
class Beeld:
    """A figure before it has its caption; ``gegevens``: the numbers that are drawn.

    ``sleutel``: when it is not the one of its part; ``alt``: when what the drawing itself says does not fit here;
    ``status`` and ``bron``: when they are not those of the inventory.
    """

    ax: Axes
    gegevens: pd.DataFrame
    sleutel: str = ""
    alt: str = ""
    status: str = ""
    bron: str = ""


Stuk = Beeld | Tabel | HTML
_Maker = Callable[[Gerekend], tuple[Stuk, ...]]


def sleutels(meta: MetaAnalyse) -> list[str]:
    """The names of all parts: those of the inventory, and the sections with a table or statements of their own."""
    return [*(s for s, o in meta.inventaris.items() if o.kop), *PARAGRAFEN]


def inhoud(bron: Gerekend, sleutel: str) -> tuple[Stuk, ...]:
    """The figures and tables of a part, in order; nothing when it cannot be made."""
    return _INHOUD[sleutel](bron) if sleutel in _INHOUD else ()


def toetsen(bron: Gerekend, sleutel: str) -> tuple[Tabel, ...]:
    """What the text says at this part, checked: numbers and single statements, and statements about the 13."""
    plekken = PARAGRAFEN.get(sleutel, (sleutel,))
    hier = [b for b in bron.bevindingen if b.bij in plekken]
    op_plek = sorted(hier, key=lambda b: plekken.index(b.bij))
    los = tabellen.bevindingentabel([b for b in op_plek if not b.citaat], met_plek=len(plekken) > 1)
    if sleutel == "§3.3":
        los = replace(los, bijschrift="De tellingen van §3.3 onderling")
    dertien = tabellen.uitspraaktabel(hier)
    return tuple(t for t in (los, dertien) if len(t))


def _van_geval(bron: Gerekend) -> str:
    naam = bron.uitkomst.aanpak.naam
    return f"reconstructie, met {naam[0].lower()}{naam[1:]} van de handleiding"


def _wijk(bron: Gerekend) -> tuple[Stuk, ...]:
    nederland, gekozen, gemeenten = kies_gebieden(bron.wijk, bron.cijfers)
    analyse = statistiek.uit_statistiek(gekozen, nederland, bron.kengetallen, gemeenten=gemeenten)
    aandelen = doelgroeptabellen.aandelen(analyse.heel_totaal)
    ax = doelgroepfiguren.doelgroepen(aandelen, None, bron.kengetallen["doelgroep.landelijk_ev"])
    alt = "Gestapelde balken: aandeel van de vier klassen, in totaal en per type; rechts zonder de groene klasse."
    return (Beeld(ax, aandelen, alt=alt, status=f"reconstructie, met een verzonnen wijk ({analyse.naam})"),)


def _profielen(bron: Gerekend) -> tuple[Stuk, ...]:
    profiel = profielen.gepubliceerd(bron.kengetallen)
    per_domein = profieltabellen.per_domein(profiel.bedragen)
    beeld = Beeld(
        profielfiguren.profielen(per_domein, profieltabellen.bijschriften(profiel)),
        per_domein,
        status="gepubliceerd",
        bron="handleiding (LPBL 2014), figuur 2.7; meta-analyse (LPBL 2014), figuur 2.3, p. 6",
    )
    return beeld, verschillenregel(profiel)


def _beleidstheorie(bron: Gerekend) -> tuple[Stuk, ...]:
    theorie = bron.meta.beleidstheorie
    tabel = tabellen.theorietabel(theorie)
    beeld = Beeld(figuren.beleidstheorie(theorie), tabel.frame, bron="meta-analyse (LPBL 2014), §3.2, p. 9-11")
    return beeld, tabel


def _de_dertien(bron: Gerekend) -> tuple[Stuk, ...]:
    dertien = bron.dertien.dertien
    return (
        reconstructietabellen.namen(bron.dertien),
        reconstructietabellen.herkomst_per_aanpak(dertien),
        reconstructietabellen.herkomst_per_groep(dertien),
        reconstructietabellen.merken_tekst(dertien),
        reconstructietabellen.merken_buiten_bereik(dertien),
    )


def _kasstromen(bron: Gerekend) -> tuple[Stuk, ...]:
    stromen = aanpaktabellen.kasstromen(bron.uitkomst)
    ax = aanpakfiguren.kasstromen(stromen, bron.uitkomst.sleutels)
    return (Beeld(ax, stromen, status=_van_geval(bron)),)


def _ingroei(bron: Gerekend) -> tuple[Stuk, ...]:
    verloop = ingroei(bron.uitkomst.aanpak, bron.kengetallen)
    tabel = aanpaktabellen.verlooptabel(verloop)
    beeld = Beeld(aanpakfiguren.ingroei(tabel), tabel, status=_van_geval(bron))
    return beeld, aanpaktabellen.terugverdientijd(verloop)


def _actoren(bron: Gerekend) -> tuple[Stuk, ...]:
    begroting = aanpaktabellen.per_actor(aanpaktabellen.begroting(bron.uitkomst))
    ax = aanpakfiguren.wie_betaalt(begroting.drop(index="Alle partijen"))
    alt = (
        "Balken per partij: kosten naar links, baten naar rechts, met het saldo per partij; de gemeente tussen twee "
        "dunne lijnen."
    )
    return (Beeld(ax, begroting, alt=alt, status=_van_geval(bron)),)


def _lessen(bron: Gerekend) -> tuple[Stuk, ...]:
    eerste = bron.ontledingen["maatschappelijk"]
    stappen = reconstructietabellen.ontleding(eerste)
    gewicht = belang(eerste)
    return (
        reconstructietabellen.ontledingtabel(stappen),
        Beeld(reconstructiefiguren.ontleding(stappen, eerste.uitkomst), stappen, "les 1"),
        Beeld(reconstructiefiguren.belang(gewicht, eerste.uitkomst), gewicht.to_frame("verschuiving"), "les 2"),
        reconstructietabellen.belang(bron.ontledingen),
    )


def _bijlage_1(bron: Gerekend) -> tuple[Stuk, ...]:
    lijst = metatabellen.bijlage_1(bron.meta.bijlage_1)
    kruis = metatabellen.kruistabel(lijst)
    return (
        Beeld(figuren.bijlage_1(kruis), kruis),
        tabellen.kruistabel(kruis),
        tabellen.aandeeltabel(lijst, "schaal"),
        tabellen.aandeeltabel(lijst, "gemeente"),
        tabellen.bijlage_1_tabel(lijst),
    )


def _bijlage_2(bron: Gerekend) -> tuple[Stuk, ...]:
    return (
        herbouwtabellen.prototypetabel(reproductie.vergelijk_prototype(bron.kengetallen)),
        herbouwtabellen.begroting_prototypetabel(reproductie.begroting_prototype(bron.kengetallen)),
    )


def _van_13(
    tabel: Callable[[Model13], pd.DataFrame], teken: Callable[[pd.DataFrame], Axes], om_te_lezen: str = ""
) -> _Maker:
    """A figure with a bar per aanpak, with ``om_te_lezen`` its numbers below it."""

    def maak(bron: Gerekend) -> tuple[Stuk, ...]:
        getallen = tabel(bron.dertien)
        beeld = Beeld(teken(getallen), getallen)
        return (beeld, reconstructietabellen.leesbaar(getallen, om_te_lezen)) if om_te_lezen else (beeld,)

    return maak


_R, _F = reconstructietabellen, reconstructiefiguren
_INHOUD: Final[Mapping[str, _Maker]] = {
    "figuur S.1": _van_13(_R.batenposten, _F.batenposten),
    "figuur 2.2": _wijk,
    "figuur 2.3": _profielen,
    "figuur 3.2": _beleidstheorie,
    "§3.3": _de_dertien,
    "figuur 3.3": _van_13(_R.huishoudens, _F.huishoudens),
    "figuur 3.4": _van_13(_R.zwaarte, _F.zwaarte),
    "figuur 3.5": _van_13(_R.samenstelling, _F.samenstelling),
    "figuur 3.6": _van_13(_R.nieuw_gevonden, _F.nieuw_gevonden),
    "figuur 3.7": _van_13(_R.disciplines, _F.disciplines),
    "figuur 3.8": _van_13(_R.additioneel, _F.additioneel),
    "figuur 3.9": _van_13(_R.caseload, _F.caseload),
    "tabel 3.10": lambda bron: (tabellen.caseloadtabel(bron.meta),),
    "figuur 4.1": _kasstromen,
    "figuur 4.2": _van_13(_R.verhoudingen, _F.verhoudingen, "De verhoudingen, om na te lezen"),
    "figuur 4.3": _van_13(_R.kostenposten, _F.kostenposten),
    "figuur 4.4": _van_13(_R.batenposten, _F.batenposten, "Euro baten per euro kosten, om na te lezen"),
    "tabel 4.5": lambda bron: (tabellen.substitutietabel(bron.meta),),
    "tabel 4.7": lambda bron: (tabellen.escalatietabel(bron.meta),),
    "figuur 4.8": _ingroei,
    "figuur 4.9": _actoren,
    "figuur 5.1": lambda bron: (tabellen.fasentabel(bron.meta.fasen),),
    "lessen": _lessen,
    "bijlage 1": _bijlage_1,
    "bijlage 2": _bijlage_2,
    "bijlage 3": lambda bron: (tabellen.bijlage_3_tabel(bron.meta.bijlage_3),),
}
"""What is drawn and tabulated of every part, in the order of the report."""

PARAGRAFEN: Final[Mapping[str, tuple[str, ...]]] = {
    "§1": ("§1",),
    "§3.3": ("§3.3",),
    "§4.3": ("voetnoot 13", "§4.3", "voetnoot 21"),
    "§5.1": ("§5.1",),
    "§6.2": ("§6.2",),
    "lessen": (),
}
"""Parts that are no figure, table or appendix, with the places of which they show the checks."""
