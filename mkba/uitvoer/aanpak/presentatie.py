"""What the slides of a report say: the same numbers and sentences as its summary, ten slides that stand on their own.

Plain data, for who makes the slides (:mod:`mkba.reeks.kantoor.dias`); sentences are HTML in which all text from input
is escaped, tables keep their raw numbers.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.analyse.onzekerheid.simulatie import Reeksen, Simulatie
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import euro, eurostap, getal, hoeveel, kans_in_procent, opsomming
from mkba.model.berekening import Uitkomst
from mkba.model.verloop import BEGROTINGSJAAR
from mkba.uitvoer.aanpak.samenvatting import (
    SALDO_BIJ,
    andersom,
    gevoelig,
    grootste_baten,
    let_op,
    oordeel,
    partijen,
    prijspeil,
    winnaars,
)
from mkba.uitvoer.aanpak.tabellen import GEMEENTERIJ, TOTAALRIJEN, partijen_begroting, partijen_ncw
from mkba.uitvoer.gevoeligheid.tabellen import swingtabel, tornadotabel
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.meetherkomst import KANS_ZONDER_TELLING, TOEVAL_ELDERS, gemeten_effecten, telling
from mkba.uitvoer.onzekerheid.tabellen import kansen
from mkba.uitvoer.proza import als_html
from mkba.uitvoer.regelsets.zinnen import regelset_kort
from mkba.uitvoer.tabel import Tabel

_RIJEN: Final = 8
"""Inputs in the table of a slide: a choice, what reads at the back of a room."""
FIGUUR_EN_TABEL: Final = (
    f"De figuur is de begroting {BEGROTINGSJAAR} jaar na de start; de tabel telt alle jaren, contant gemaakt."
)
_WIE: Final = {
    "kb_maatschappelijk": "Maatschappelijk: alles, voor iedereen",
    "kb_financieel": "Financieel: geld, alle partijen samen",
    "kb_gemeentelijk": "Gemeentelijk: geld, alleen de gemeente",
}


def presentatie(uitkomst: Uitkomst, gevoeligheid: pd.DataFrame, simulatie: Simulatie) -> dict[str, Any]:
    """The slides, each with ``kop`` (what it says, HTML), ``regels`` (HTML), ``tabel`` and ``figuur`` (its kind), and
    ``punten``: whether the sentences are points; and ``prijspeil``: of which year the euros are. Title and origin are
    added by who makes the slides."""
    s, ncw = uitkomst.sleutels, partijen_ncw(uitkomst)
    hoofd, _, rest = oordeel(s, ncw.frame).rpartition("</strong>")
    dias = [
        dia(
            hoofd.removeprefix("<strong>") or "Het oordeel",
            [begin(rest), let_op(uitkomst), andersom(s, simulatie)],
            tabel=oordelen(s, simulatie),
        ),
        dia(kosten_kop(s), [grootste_baten(s)], figuur="kosten_en_baten"),
        dia(
            wie_kop(ncw.frame),
            [partijen(uitkomst, ncw.frame, partijen_begroting(uitkomst).frame), FIGUUR_EN_TABEL],
            tabel=_per_partij(ncw),
            figuur="wie_betaalt",
        ),
        dia(_hangt_kop(gevoeligheid), [gevoelig(gevoeligheid)], figuur="tornado"),
        dia(_kans_kop(simulatie), [_spreiding(simulatie)], tabel=kansen(simulatie), figuur="verdeling"),
        dia(
            "Gevoeligheid: wat elk antwoord alleen met het saldo doet",
            ["Elke regel verandert één antwoord van de lage naar de hoge waarde; al het andere blijft zoals ingevuld."],
            tabel=swingtabel(gevoeligheid, "knop", _RIJEN),
        ),
        dia("Wat wij niet weten", niet_weten(uitkomst), punten=True),
        dia("Wat nu te doen", vervolg(uitkomst, ncw.frame, gevoeligheid), punten=True),
    ]
    return {"dias": dias, "prijspeil": prijspeil(uitkomst.kengetallen)}


def begin(rest: str) -> str:
    """What follows the headline, as a sentence of its own."""
    zin = rest.lstrip(",;:. ").removeprefix("en ")
    return zin[:1].upper() + zin[1:]


def dia(kop: str, regels: Sequence[str], tabel: Tabel | None = None, figuur: str = "", punten: bool = False) -> Any:
    """One slide: its headline and its sentences in HTML, a table, and the kind of the figure beside them."""
    gegevens = tabel.als_gegevens() if tabel is not None and len(tabel) else None
    gevuld = [regel for regel in regels if regel.strip()]
    return {"kop": kop, "regels": gevuld, "tabel": gegevens, "figuur": figuur, "punten": punten}


def oordelen(s: Mapping[str, float], simulatie: Reeksen) -> Tabel:
    """The three judgements: ratio, saldo (euros NCW) and the chance of more benefits than costs."""
    rijen = {
        tekst: [
            Cel(s[sleutel], "verhouding"),
            Cel(simulatie.punt[SALDO_BIJ[sleutel]], "eur"),
            Cel(float(simulatie.kansen.at[SALDO_BIJ[sleutel], "kans"]) if s[sleutel] == s[sleutel] else None, "kans"),
        ]
        for sleutel, tekst in _WIE.items()
    }
    kolommen = {"kosten-batenverhouding": "verhouding", "saldo (NCW)": "eur", "kans op meer baten dan kosten": "kans"}
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=list(kolommen))
    frame.index.name = "oordeel"
    return Tabel(frame, kolommen)


def _per_partij(ncw: Tabel) -> Tabel:
    frame = ncw.frame[["kosten", "baten", "saldo"]]
    return Tabel(frame, "eur", vet=TOTAALRIJEN, bijschrift=ncw.bijschrift)


def wie_kop(per_actor: pd.DataFrame) -> str:
    """What the gemeente has or lacks over all years; ``per_actor``: euros NCW."""
    saldo = rond(float(per_actor.loc[GEMEENTERIJ, "saldo"]), 100)
    if not saldo:
        return "Wie betaalt en wie profiteert: de gemeente speelt quitte"
    wat = "houdt" if saldo > 0 else "legt"
    slot = "over" if saldo > 0 else "toe"
    return f"Over alle jaren samen {wat} de gemeente {euro(abs(saldo), 100)} {slot}"


def kosten_kop(s: Mapping[str, float], wat: str = "Eén jaar werken") -> str:
    """What ``wat`` costs and yields; benefits below zero are no yield."""
    kosten, baten = euro(s["totale_kosten"], 100), euro(s["totale_baten"], 100)
    if rond(s["totale_baten"], 100) < 0:
        return f"{wat} kost {kosten}, en de baten zijn per saldo negatief: {baten}"
    return f"{wat} kost {kosten} en levert {baten} op"


def _hangt_kop(gevoeligheid: pd.DataFrame) -> str:
    knoppen = tornadotabel(gevoeligheid, "knop", 1).to_dict("records")
    return (
        f"Het saldo hangt het meest af van ‘{escape(str(knoppen[0]['naam']))}’" if knoppen else "Waar het van afhangt"
    )


def _kans_kop(simulatie: Simulatie) -> str:
    kans = escape(kans_in_procent(float(simulatie.kansen.at["saldo", "kans"])))
    return f"De kans op een positief maatschappelijk saldo is {kans}"


def _spreiding(simulatie: Simulatie) -> str:
    """Between what eight of ten draws lie, and what a draw is."""
    rij = simulatie.kwantielen.loc["saldo"]
    p10, p50, p90 = (float(rij[k]) for k in ("p10", "p50", "p90"))
    op = eurostap((p10, p50, p90))
    return (
        f"In 8 van de 10 trekkingen ligt het maatschappelijke saldo tussen {euro(p10, op)} en {euro(p90, op)}; "
        f"het midden is {euro(p50, op)}. Een trekking is één keer rekenen ({getal(simulatie.aantal)} keer in totaal) "
        "met voor alles wat onzeker is een toevallige waarde binnen zijn bereik."
    )


def altijd_onzeker(kengetallen: Kengetallen) -> tuple[str, ...]:
    """What no calculation with this rule set knows, HTML."""
    stelsel = "<strong>Prijzen en stelsel zijn die van 2014</strong>, vlak voor de decentralisaties."
    if kort := regelset_kort(kengetallen):
        stelsel = f"<strong>Niet alles is van nu.</strong> {escape(kort)}"
    return (
        "<strong>De verdeling over partijen en jaren</strong> berust op aannamen; het oordeel over de gemeente hangt "
        "ervan af.",
        "<strong>Het model is nagebouwd.</strong> De formules van de tool uit 2014 zijn afgeleid uit gepubliceerde "
        "gevallen; de constanten achter voorkomen escalatie zijn het minst zeker.",
        stelsel,
        "<strong>Een baat is nog geen besparing.</strong> Dat wordt zij pas als trajecten en formatie ook echt "
        "vervallen.",
    )


def niet_weten(uitkomst: Uitkomst) -> list[str]:
    """What the calculation does not know, as sentences in HTML: of this aanpak first, then of every one."""
    aanpak = uitkomst.aanpak
    zinnen = []
    vragen = gemeten_effecten(aanpak.gemeten_in.values())
    if aanpak.gemeten is None and vragen:
        wat = f"vraag {opsomming([str(v) for v in vragen])}, gewogen tegen het kengetal"
        zinnen.append(
            f"<strong>Effecten zijn maar voor een deel gemeten</strong> ({wat}). Er is geen effectmeting ingevuld."
        )
    elif aanpak.gemeten is None:
        zinnen.append("<strong>Effecten zijn verwacht, niet gemeten.</strong> Er is geen effectmeting ingevuld.")
    if telt := telling(aanpak):
        zinnen.append(f"<strong>Gemeten is niet alles.</strong> {telt}; de tabel met de invoer zegt per antwoord waar.")
        zinnen.append(f"<strong>{KANS_ZONDER_TELLING}</strong> {TOEVAL_ELDERS}")
    if aantal := len(aanpak.kengetal_telt):
        wat = hoeveel(aantal, "antwoord is", "antwoorden zijn")
        zinnen.append(f"<strong>{wat} niet opgegeven</strong> en aangevuld met een landelijk kengetal.")
    if meldingen := wacht(uitkomst):
        zinnen.append(
            f"<strong>{hoeveel(len(meldingen), 'antwoord vraagt', 'antwoorden vragen')} nog een toets</strong> op "
            f"dubbeltelling of samenhang: {als_html(meldingen[0].oorzaak)}"
        )
    return [*zinnen, *altijd_onzeker(uitkomst.kengetallen)]


def vervolg(uitkomst: Uitkomst, per_actor: pd.DataFrame, gevoeligheid: pd.DataFrame) -> list[str]:
    """What to do next, as sentences in HTML: what this outcome asks for, the most telling first."""
    aanpak, zinnen = uitkomst.aanpak, []
    geteld = [s for s, r in aanpak.gemeten_in.items() if r.hoe == "gemeten"]
    open_ = gevoeligheid[~gevoeligheid["sleutel"].isin(geteld)]
    if knoppen := tornadotabel(open_, "knop", 2).to_dict("records"):
        namen = opsomming([f"‘{escape(str(k['naam']))}’" for k in knoppen])
        van = "van wat niet is gemeten, hangt het saldo daar" if geteld else "daar hangt het saldo"
        zinnen.append(f"<strong>Zoek eerst uit hoe het staat met {namen}</strong>: {van} het meest van af.")
    if aanpak.gemeten is None:
        zinnen.append(
            "<strong>Meet het effect</strong>: leg nu vast welke trajecten en escalaties vervallen, en vergelijk "
            "met een wijk zonder team."
        )
    buiten = winnaars(per_actor)
    if buiten and rond(float(per_actor.loc[GEMEENTERIJ, "saldo"]), 100) < 0:
        zinnen.append(
            f"<strong>Bespreek de verdeling</strong> met wie er op vooruitgaat terwijl de gemeente toelegt: "
            f"{escape(opsomming(buiten))}."
        )
    zinnen.append(
        "<strong>Spreek af hoe baten worden verzilverd</strong>: welke formatie en trajecten vervallen, bij wie en "
        "wanneer."
    )
    if aantal := len(opmerkingen(uitkomst)):
        wat = hoeveel(aantal, "waarschuwing", "waarschuwingen")
        zinnen.append(f"<strong>Loop de {wat} bij de invoer na</strong>; het rapport noemt ze met reden.")
    if aanpak.kengetal_telt:
        zinnen.append(
            f"<strong>Vervang landelijke kengetallen door eigen cijfers</strong>, nu nog bij "
            f"{hoeveel(len(aanpak.kengetal_telt), 'antwoord', 'antwoorden')}."
        )
    zinnen.append(
        "<strong>Reken opnieuw</strong> zodra er betere cijfers zijn; de invoer staat klaar om aan te passen."
    )
    return zinnen
