"""The page for the one who decides: three verdicts with their chance, who pays, what it hangs on, what turns it,
what next.

One A4 in print, the top of the report on a screen. Every sentence follows from the outcome; advice says why. All text
from input is escaped.
"""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import pandas as pd
from IPython.display import HTML

from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.analyse.onzekerheid.simulatie import Reeksen, Simulatie
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import (
    euro,
    eurostap,
    getal,
    hoeveel,
    huishoudens,
    opsomming,
    procent,
    stand,
    toon_veld,
)
from mkba.kern.woorden.begrippen import GEMEENTE, naam
from mkba.kern.woorden.velden import EFFECTEN, VELDEN
from mkba.model.berekening import Uitkomst
from mkba.model.verloop import BEGROTINGSJAAR
from mkba.uitvoer.aanpak.samenvatting import (
    SALDO_BIJ,
    andersom,
    in_een_zin,
    kost_en_levert,
    latere_baten,
    let_op,
    oordeel,
    tegengesteld,
)
from mkba.uitvoer.aanpak.tabellen import GEMEENTERIJ, TOTAALRIJ, TOTAALRIJEN, partijen_begroting, partijen_ncw
from mkba.uitvoer.gevoeligheid import omslagzinnen
from mkba.uitvoer.gevoeligheid.tabellen import tornadotabel
from mkba.uitvoer.meetherkomst import KANS_ZONDER_TELLING, TOEVAL_ELDERS, gemeten_effecten
from mkba.uitvoer.tabel import Tabel

_OORDELEN: Final = {
    "kb_maatschappelijk": "Maatschappelijk",
    "kb_financieel": "Financieel",
    "kb_gemeentelijk": "Gemeentelijk",
}
_STAND: Final = {
    "boven": "baten groter dan kosten",
    "rond": "ongeveer in evenwicht",
    "onder": "baten kleiner dan kosten",
    "onbekend": "niet te bepalen: geen kosten",
}
NEGATIEF: Final = "baten per saldo negatief"
KB: Final = "kosten-batenverhouding"
TWIJFEL: Final = (0.10, 0.90)
"""Between these chances a verdict asks for a moment to look again: a choice of the kit, the P10 and P90 it prints."""


def beslispagina(uitkomst: Uitkomst, gevoeligheid: pd.DataFrame, simulatie: Simulatie, omslag: pd.DataFrame) -> HTML:
    """The page, HTML in a section of class ``beslispagina``.

    Of the same aanpak: ``gevoeligheid`` of ``analyse.gevoeligheid.eenzijdig`` on the saldo, ``omslag`` of
    ``analyse.gevoeligheid.omslag.omslagpunten``, ``simulatie``.
    """
    s, ncw = uitkomst.sleutels, partijen_ncw(uitkomst).frame
    delen = [
        "<h2>Op één bladzijde</h2>",
        alinea(_inzet(uitkomst)),
        let_op(uitkomst),
        f"<p>{oordeel(s, ncw)}</p>",
        oordelentabel(s, simulatie, bool(uitkomst.aanpak.gemeten_in)).als_html(),
        andersom(s, simulatie).replace("van die berekeningen", "van de berekeningen"),
        "<h3>Wie betaalt en wie profiteert</h3>",
        alinea(partijzin(ncw, partijen_begroting(uitkomst).frame, latere_baten(uitkomst))),
        "<h3>Waar het van afhangt</h3>",
        alinea(hangt_af_van(gevoeligheid)),
        "<h3>Wat het oordeel omkeert</h3>",
        lijst(omslagzinnen.per_betaler(omslag, 1)),
        "<h3>Wat nu te doen</h3>",
        lijst(volgende_stappen(uitkomst, gevoeligheid, simulatie, omslag)),
    ]
    return HTML(f"<section class='beslispagina'>{''.join(delen)}</section>")


def alinea(tekst: str) -> str:
    """Plain text as an HTML paragraph, nothing for an empty text; escaped."""
    return f"<p>{escape(tekst)}</p>" if tekst else ""


def lijst(zinnen: Sequence[str]) -> str:
    """Plain sentences as an HTML list, nothing without any; escaped."""
    return "<ul>" + "".join(f"<li>{escape(zin)}</li>" for zin in zinnen) + "</ul>" if zinnen else ""


def _inzet(uitkomst: Uitkomst) -> str:
    a, s = uitkomst.aanpak, uitkomst.sleutels
    return (
        f"Een jaar werken met {toon_veld(VELDEN['fte'], a.fte)} fte voor {huishoudens(a.huishoudens)} "
        f"{kost_en_levert(s)}."
    )


def oordelentabel(s: Mapping[str, float], simulatie: Reeksen, gemeten: bool = False) -> Tabel:
    """A row per verdict: what it says, the ratio as it is printed everywhere, saldo (euros NCW) and the chance that it
    is positive.

    ``s``: key figures with the three ratios; ``simulatie``: the saldi draw by draw and as given; ``gemeten``: whether
    there are answers that were measured, of which the draws do not know the chance.
    """
    rijen = {}
    for sleutel, wat in _OORDELEN.items():
        saldo, bekend = SALDO_BIJ[sleutel], not math.isnan(s[sleutel])
        rijen[wat] = {
            "oordeel": NEGATIEF if s[sleutel] < 0 else _STAND[stand(s[sleutel])],
            "kans op een plus": float(simulatie.kansen.at[saldo, "kans"]) if bekend else math.nan,
            KB: s[sleutel],
            "saldo": simulatie.punt[saldo],
        }
    frame = pd.DataFrame.from_dict(rijen, orient="index")
    uitleg = (
        "Maatschappelijk: alle baten van iedereen. Financieel: het geld van alle partijen. Gemeentelijk: het geld van "
        f"de gemeente. Kans: het deel van {getal(simulatie.aantal)} berekeningen, met alles wat onzeker is toevallig "
        "binnen zijn bereik, met meer baten dan kosten. De verhouding is baten gedeeld door kosten, afgerond op 0,05; "
        "1,00 heet ongeveer in evenwicht."
    )
    if gemeten:
        uitleg += f" {KANS_ZONDER_TELLING} {TOEVAL_ELDERS}"
    maten = {KB: "verhouding", "saldo": "eur", "kans op een plus": "kans"}
    return Tabel(frame, maten, uitleg=uitleg)


def partijzin(ncw: pd.DataFrame, begroting: pd.DataFrame, later: float) -> str:
    """Who bears the costs, who has a plus and a minus over all years, and what the budget of the gemeente shows.

    ``ncw`` and ``begroting``: of ``tabellen.per_actor``, over all years and in the third year, euros; ``later``: the
    benefits of the gemeente that come after that year, of ``samenvatting.latere_baten``, euros NCW.
    """
    kosten = float(ncw.at[TOTAALRIJ, "kosten"])
    gemeente = ncw.loc[GEMEENTERIJ]
    anderen = ncw.drop(index=[*TOTAALRIJEN, *(naam(a, "actor") for a in GEMEENTE)])
    zinnen = []
    if rond(kosten, 100) > 0:
        zinnen.append(
            f"Van de kosten draagt de gemeente {euro(float(gemeente['kosten']), 100)} "
            f"({procent(float(gemeente['kosten']) / kosten)})."
        )
    wiens = "Haar saldo" if zinnen else "Het saldo van de gemeente"
    zinnen.append(f"{wiens} over alle jaren is {euro(float(gemeente['saldo']), 100)}.")
    zinnen += [
        f"{kop} {opsomming(namen)}."
        for kop, namen in (
            ("Meer terug dan zij inleggen:", _met_teken(anderen["saldo"], 1)),
            ("Minder terug dan zij inleggen:", _met_teken(anderen["saldo"], -1)),
        )
        if namen
    ]
    jaar = float(begroting.at[GEMEENTERIJ, "saldo"])
    wat = "ruimte" if jaar >= 0 else "extra lasten"
    zinnen.append(
        f"In de gemeentebegroting van het {_RANG[BEGROTINGSJAAR]} jaar na de start staat per saldo "
        f"{euro(abs(jaar), 100)} {wat}, als de aanpak vanaf het begin op volle sterkte draait."
        if rond(jaar, 100)
        else f"In de gemeentebegroting van het {_RANG[BEGROTINGSJAAR]} jaar na de start valt dat tegen elkaar weg."
    )
    zinnen[-1] += tegengesteld(ncw, begroting, later)
    if _welzijn(ncw):
        zinnen.append("Wat huishoudens winnen, is vooral welzijn en geen geld.")
    return " ".join(zinnen)


_RANG: Final = {1: "eerste", 2: "tweede", 3: "derde"}


def _welzijn(ncw: pd.DataFrame) -> bool:
    """Whether more than half of what the households gain is no money."""
    rij = ncw.loc[naam("huishouden")]
    return bool(rij["baten"] > 0 and 2 * rij["immaterieel"] > rij["baten"])


def _met_teken(saldi: pd.Series, teken: int) -> list[str]:
    """The parties whose saldo has this sign where it is printed, the largest first."""
    gekozen = saldi[[rond(float(s), 100) * teken > 0 for s in saldi]].sort_values(ascending=teken < 0, kind="stable")
    return [f"{in_een_zin(str(wie))} ({euro(float(s), 100)})" for wie, s in gekozen.items()]


def hangt_af_van(gevoeligheid: pd.DataFrame) -> str:
    """The two answers and the kengetal that move the saldo most, each with the saldo at both ends."""
    zinnen = []
    for soort, aantal, kop in (
        ("knop", 2, "Van de antwoorden weegt het zwaarst"),
        ("kengetal", 1, "Van de kengetallen"),
    ):
        rijen = tornadotabel(gevoeligheid, soort, aantal).to_dict("records")
        if not rijen:
            continue
        op = eurostap([rij[kant] for rij in rijen for kant in ("uitkomst_laag", "uitkomst_hoog")], 100)
        delen = [
            f"‘{rij['naam']}’ (nu {rij['tekst_waarde']}): bij {rij['tekst_laag']} is het saldo "
            f"{euro(rij['uitkomst_laag'], op)}, bij {rij['tekst_hoog']} {euro(rij['uitkomst_hoog'], op)}"
            for rij in rijen
        ]
        zinnen.append(f"{kop} {'; daarna '.join(delen)}.")
    return " ".join(zinnen) or "Geen van de knoppen verandert het saldo."


def volgende_stappen(
    uitkomst: Uitkomst, gevoeligheid: pd.DataFrame, simulatie: Simulatie, omslag: pd.DataFrame
) -> list[str]:
    """What to do next, each with its reason; plain text, most pressing first."""
    return [
        zin
        for zin in (
            _onderbouw(uitkomst),
            _verdeel(uitkomst),
            _leg_vast(uitkomst),
            _meet(uitkomst, gevoeligheid),
            _spreek_af(simulatie, omslag),
        )
        if zin
    ]


def _onderbouw(uitkomst: Uitkomst) -> str:
    dubbel, rest = len(wacht(uitkomst)), len(opmerkingen(uitkomst))
    delen = []
    if dubbel:
        delen.append(f"{hoeveel(dubbel, 'punt', 'punten')} onder ‘Telt er iets dubbel?’")
    if rest:
        delen.append(f"{hoeveel(rest, 'waarschuwing', 'waarschuwingen')} bij de invoer")
    if not delen:
        return ""
    return (
        f"Onderbouw vóór het besluit {opsomming(delen)}: zolang dat niet is gebeurd, kan het oordeel te gunstig zijn."
    )


def _verdeel(uitkomst: Uitkomst) -> str:
    s, reeksen = uitkomst.sleutels, uitkomst.reeksen
    if stand(s["kb_gemeentelijk"]) != "onder" or rond(float(reeksen["saldo_financieel"][0]), 100) <= 0:
        return ""
    tekort = euro(abs(float(reeksen["saldo_gemeente"][0])), 100)
    return (
        f"Maak met de partijen die meer terugkrijgen dan zij inleggen een afspraak over de kosten: de gemeente komt "
        f"{tekort} tekort, alle partijen samen niet."
    )


def _leg_vast(uitkomst: Uitkomst) -> str:
    s = uitkomst.sleutels
    delen = [
        f"{euro(s[post], 100)} aan {woorden}"
        for post, woorden in (("nieuw_voor_oud", "formatie elders"), ("substitutie", "trajecten"))
        if rond(s[post], 100) > 0
    ]
    if not delen:
        return ""
    return (
        f"Leg vast welke formatie en welke trajecten vervallen en bij wie: {opsomming(delen)} is pas een besparing als "
        "dat ook gebeurt."
    )


def _meet(uitkomst: Uitkomst, gevoeligheid: pd.DataFrame) -> str:
    effecten = gevoeligheid[gevoeligheid["sleutel"].isin(EFFECTEN)]
    knoppen = tornadotabel(effecten, "knop", 1).to_dict("records")
    if not knoppen:
        return ""
    if uitkomst.aanpak.gemeten is not None:
        return "De effecten zijn gemeten: herhaal de meting na een jaar, dan blijkt of zij blijven."
    if vragen := gemeten_effecten(uitkomst.aanpak.gemeten_in.values()):
        return (
            f"De effecten zijn bijgewerkt met een meting (vraag {opsomming([str(v) for v in vragen])}): herhaal haar "
            f"na een jaar, en ga daarbij ‘{knoppen[0]['naam']}’ bijhouden; daar hangt het saldo van alle effecten het "
            "meest van af."
        )
    return (
        f"Ga ‘{knoppen[0]['naam']}’ vanaf het begin bijhouden: het saldo hangt er van alle verwachte "
        "effecten het meest "
        "van af, en er is nog niets gemeten."
    )


def _spreek_af(simulatie: Simulatie, omslag: pd.DataFrame) -> str:
    laag, hoog = TWIJFEL
    kans = float(simulatie.kansen.at["saldo", "kans"])
    if not laag < kans < hoog:
        return ""
    deel = omslag[(omslag["criterium"] == "maatschappelijk") & (omslag["sleutel"] != "additioneel")]
    rij = omslagzinnen.dichtste(deel, 1)
    bij = f", bijvoorbeeld bij {omslagzinnen.keert_bij(rij[0])}" if rij else ""
    return (
        f"Spreek een moment af waarop u opnieuw kijkt, en bij welke uitkomst u bijstuurt{bij}: zeker is het "
        "oordeel niet."
    )
