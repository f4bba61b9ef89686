"""Page one of a report: what the numbers mean and how sure that is, in plain Dutch for who must decide.

All text from input is escaped. The meaning of the ratios follows meta-analysis §4.1.
"""

import math
from collections.abc import Mapping
from html import escape
from typing import Final

import pandas as pd
from IPython.display import HTML

from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.analyse.onzekerheid.simulatie import Simulatie
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import (
    euro,
    eurostap,
    getal,
    huishoudens,
    kans_in_procent,
    opsomming,
    procent,
    stand,
    toon_veld,
    verhouding,
)
from mkba.kern.woorden.begrippen import (
    AANTAL_JAREN,
    ACTOREN,
    BATENPOSTEN,
    FINANCIELE_BATEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KOSTENPOSTEN,
    POSTEN,
    naam,
)
from mkba.kern.woorden.velden import VELDEN
from mkba.model.berekening import Uitkomst
from mkba.model.verloop import BEGROTINGSJAAR, Verloop
from mkba.uitvoer.aanpak.tabellen import (
    GEMEENTERIJ,
    NIET_TERUG,
    TERUG_IN,
    TOTAALRIJEN,
    partijen_begroting,
    partijen_ncw,
    terugverdientijd,
)
from mkba.uitvoer.gevoeligheid.tabellen import tornadotabel
from mkba.uitvoer.proza import als_html
from mkba.uitvoer.regelsets.zinnen import discontovoet

SALDO_BIJ: Final = {
    "kb_maatschappelijk": "saldo",
    "kb_financieel": "saldo_financieel",
    "kb_gemeentelijk": "saldo_gemeente",
}
"""The saldo that is positive where the ratio is above 1."""


def samenvatting(uitkomst: Uitkomst, verloop: Verloop, gevoeligheid: pd.DataFrame, simulatie: Simulatie) -> HTML:
    """Key figures, the three ratios with meaning and chance, who pays and gains, and what drives it, as HTML.

    Of the same aanpak: ``verloop`` as it grows, ``gevoeligheid`` of ``analyse.gevoeligheid.eenzijdig`` on the saldo,
    ``simulatie``.
    """
    s = uitkomst.sleutels
    ncw = partijen_ncw(uitkomst).frame
    alineas = [
        _kerncijfers(s),
        let_op(uitkomst),
        _opening(uitkomst),
        f"<p>{oordeel(s, ncw)}</p>",
        verhoudingenlijst(s, simulatie),
        andersom(s, simulatie),
        gevoelig(gevoeligheid),
        grootste_baten(s),
        partijen(uitkomst, ncw, partijen_begroting(uitkomst).frame),
        _tijd(terugverdientijd(verloop).frame, s["saldo"]),
    ]
    return HTML("\n".join(a for a in alineas if a))


def _kerncijfers(s: Mapping[str, float]) -> str:
    vakken = [
        ("Totale kosten", euro(s["totale_kosten"], 100)),
        ("Totale baten", euro(s["totale_baten"], 100)),
        ("Saldo", euro(s["saldo"], 100)),
        ("Maatschappelijk", verhouding(s["kb_maatschappelijk"])),
        ("Financieel", verhouding(s["kb_financieel"])),
        ("Gemeentelijk", verhouding(s["kb_gemeentelijk"])),
    ]
    cellen = "".join(
        "<td style='text-align:center;padding:0.6em 1em;border:1px solid #d1d5db'>"
        f"<span style='font-size:1.25em;font-weight:bold;white-space:nowrap'>{waarde}</span><br>"
        f"<span style='font-size:0.85em;color:#4b5563'>{label}</span></td>"
        for label, waarde in vakken
    )
    return f"<table class='kerncijfers' style='border-collapse:collapse'><tr>{cellen}</tr></table>"


def _opening(uitkomst: Uitkomst) -> str:
    a, s = uitkomst.aanpak, uitkomst.sleutels
    saldo = s["saldo"]
    baten = "Daar staan baten tegenover van" if s["totale_baten"] >= 0 else "De baten zijn per saldo negatief:"
    return (
        f"<p>Eén jaar werken volgens deze aanpak, met {toon_veld(VELDEN['fte'], a.fte)} fte voor "
        f"{huishoudens(a.huishoudens)}, kost {euro(s['totale_kosten'], 100)}. {baten} {euro(s['totale_baten'], 100)}, "
        f"verspreid over de jaren 0 tot en met 9 en tegen {discontovoet(uitkomst.kengetallen, AANTAL_JAREN)} contant gemaakt naar het jaar van de "
        f"aanpak, in prijzen van {prijspeil(uitkomst.kengetallen)}. Het saldo is {euro(abs(saldo), 100)} "
        f"{_teken(saldo)} ({euro(abs(saldo) / a.huishoudens)} per huishouden).</p>"
    )


def kost_en_levert(s: Mapping[str, float]) -> str:
    """What a year costs and yields, as the end of a sentence without its full stop; benefits below zero are no yield."""
    kosten, baten = euro(s["totale_kosten"], 100), euro(s["totale_baten"], 100)
    if rond(s["totale_baten"], 100) < 0:
        return f"kost {kosten}, en de baten zijn over tien jaar per saldo negatief: {baten}, contant gemaakt"
    return f"kost {kosten} en levert over tien jaar {baten} op, contant gemaakt"


def _teken(saldo: float) -> str:
    if abs(saldo) < 0.5:
        return "– kosten en baten zijn gelijk"
    return "positief" if saldo > 0 else "negatief"


def prijspeil(kengetallen: Kengetallen) -> str:
    """The years whose prices the euros are in, as words."""
    return " en ".join(str(j) for j in kengetallen.prijspeilen)


def oordeel(s: Mapping[str, float], per_actor: pd.DataFrame) -> str:
    """The reading of meta-analysis §4.1, most favourable case first; around 1 counts as neither."""
    ratios = {wie: s[f"kb_{wie}"] for wie in ("maatschappelijk", "financieel", "gemeentelijk")}
    if any(math.isnan(r) for r in ratios.values()):
        return (
            "Niet alle verhoudingen zijn te bepalen: waar geen kosten zijn, is er niets om de baten door te delen. Hieronder "
            "staat bij welke."
        )
    maat, fin, gem = (stand(r) for r in ratios.values())
    if gem == "boven" and fin != "onder":
        tekst = (
            "<strong>Voor de gemeente zijn de baten van één jaar werken groter dan de kosten</strong>, en voor alle "
            f"partijen samen {'ook' if fin == 'boven' else 'zijn zij ongeveer gelijk'}."
        )
    elif gem == "boven":
        tekst = (
            "<strong>De gemeente krijgt meer terug dan zij inlegt, maar alle partijen samen niet</strong>: een deel "
            "van de kosten ligt bij andere partijen. Bespreek met hen de verdeling."
        )
    elif gem == "rond":
        tekst = (
            "<strong>Voor de gemeente houden kosten en baten van één jaar werken elkaar ongeveer in evenwicht</strong>; "
            f"voor alle partijen samen {_vergelijk(fin)}."
        )
    elif fin == "boven":
        tekst = (
            "<strong>Voor alle partijen samen zijn de baten groter dan de kosten, voor de gemeente alleen niet</strong>: "
            f"{_winnaars(per_actor)} profiteren van de inzet van de gemeente. Afspraken met deze partijen kunnen nodig "
            "zijn."
        )
    elif s.get("totale_baten", 0.0) < 0:
        tekst = (
            "<strong>De aanpak is niet rendabel: de baten zijn per saldo negatief</strong>. Boven op de kosten van het "
            "team komt er meer zorg bij dan er wegvalt."
        )
    elif maat == "boven":
        tekst = (
            "<strong>De aanpak is alleen maatschappelijk rendabel</strong>: financieel zijn de baten van alle partijen "
            f"samen {'ongeveer gelijk aan' if fin == 'rond' else 'kleiner dan'} de kosten; partijen investeren in het "
            "welzijn van inwoners."
        )
    elif maat == "rond":
        tekst = (
            "<strong>Maatschappelijk houden kosten en baten elkaar ongeveer in evenwicht</strong>; financieel zijn de "
            "kosten groter dan de baten."
        )
    else:
        tekst = (
            "<strong>In deze opzet en fase is de aanpak niet rendabel, ook niet maatschappelijk</strong>: de baten zijn "
            "kleiner dan de kosten. De figuur ‘Wat bepaalt het saldo?’ laat zien aan welke knoppen te draaien valt."
        )
    return tekst + " Het oordeel over de gemeente berust op aannamen over wie betaalt en wie profiteert."


def _vergelijk(stand: str) -> str:
    return {"boven": "zijn de baten groter", "rond": "geldt dat ook", "onder": "zijn de kosten groter"}[stand]


def winnaars(per_actor: pd.DataFrame) -> list[str]:
    """The other payers (not the gemeente, not the households) with a positive saldo, as they are called in a sentence."""
    partijen = ("zorgverzekeraar", "rijk_wlz", "corporatie", "overig")
    namen = [naam(p, "actor") for p in partijen if per_actor.loc[naam(p, "actor"), "saldo"] > 0]
    return [in_een_zin(n) for n in namen]


def in_een_zin(partij: str) -> str:
    """The name of a party inside a sentence: without its capital, but het Rijk keeps it, and so does an abbreviation."""
    return partij if partij[:2].isupper() or partij.startswith("Rijk") else partij[:1].lower() + partij[1:]


def _winnaars(per_actor: pd.DataFrame) -> str:
    """The same in words."""
    kleine = winnaars(per_actor)
    if not kleine:
        return "huishoudens en anderen"
    return escape(", ".join(kleine[:-1]) + " en " + kleine[-1] if len(kleine) > 1 else kleine[0])


def verhoudingenlijst(s: Mapping[str, float], simulatie: Simulatie) -> str:
    """The three ratios as printed, the exact benefits per euro, the judgement and its chance, as an HTML list."""
    uitleg = {
        "kb_maatschappelijk": "alle baten van iedereen, ook kwaliteit van leven, kansen van kinderen en overlast",
        "kb_financieel": "alleen geld, van alle betrokken partijen samen",
        "kb_gemeentelijk": "alleen geld, alleen de gemeente, na de decentralisaties; de verdeling is een aanname",
    }
    regels = []
    for sleutel, betekenis in uitleg.items():
        ratio = s[sleutel]
        if math.isnan(ratio):
            zin = "niet te bepalen, want er zijn geen kosten."
        else:
            kans = kans_in_procent(float(simulatie.kansen.at[SALDO_BIJ[sleutel], "kans"]))
            zin = f"{_per_euro(ratio)} Kans op meer baten dan kosten: <strong>{escape(kans)}</strong>."
        regels.append(f"<li><strong>{naam(sleutel)}: {verhouding(ratio)}</strong> ({betekenis}): {zin}</li>")
    return (
        "<ul>" + "".join(regels) + "</ul><p>Verhoudingen zijn, zoals in de bron, afgerond op 0,05; wat als 1,00 wordt "
        "afgedrukt, heet hier ‘ongeveer in evenwicht’. Een kans is het deel van "
        f"{getal(simulatie.aantal)} berekeningen waarin alles wat onzeker is een toevallige waarde binnen zijn bereik heeft "
        "(zie ‘Hoe zeker is dit?’).</p>"
    )


def _per_euro(ratio: float) -> str:
    """The exact benefits per euro of costs, to the cent, and what the printed ratio says of them."""
    if rond(ratio, 0.01) == 0:
        return "per euro kosten nog geen cent aan baten, dus baten kleiner dan kosten."
    bedrag = f"€\u00a0{getal(abs(ratio), 2)}"
    if ratio < 0:
        return f"de baten zijn per saldo negatief: bij elke euro kosten komt nog {bedrag} aan lasten."
    namen = {"boven": "baten groter dan kosten", "onder": "baten kleiner dan kosten", "rond": "ongeveer in evenwicht"}
    return f"per euro kosten {bedrag} aan baten, dus {namen[stand(ratio)]}."


def andersom(s: Mapping[str, float], simulatie: Simulatie) -> str:
    """Where most of the draws say the opposite of the values as given, as an HTML paragraph; nothing when none do."""
    wie = {
        "kb_maatschappelijk": "voor de maatschappij",
        "kb_financieel": "in geld voor alle partijen samen",
        "kb_gemeentelijk": "in geld voor de gemeente",
    }
    delen: dict[bool, list[str]] = {True: [], False: []}
    for sleutel, saldo in SALDO_BIJ.items():
        punt, midden = simulatie.punt[saldo], float(simulatie.kwantielen.at[saldo, "p50"])
        if punt * midden < 0 and not math.isnan(s[sleutel]):
            delen[punt > 0].append(wie[sleutel])
    zinnen = [
        f"Met de ingevulde waarden is het saldo {opsomming(namen)} {'positief' if plus else 'negatief'}, in de meeste "
        f"van die berekeningen niet: samen liggen de ingevulde waarden aan de {'gunstige' if plus else 'ongunstige'} "
        "kant van hun bereik."
        for plus, namen in delen.items()
        if namen
    ]
    return f"<p>{' '.join(zinnen)}</p>" if zinnen else ""


def let_op(uitkomst: Uitkomst) -> str:
    """What makes every ratio look better than it is: a team of no size, or far too small for its caseload."""
    if uitkomst.aanpak.fte >= uitkomst["fte_kengetal"]:
        return ""
    meldingen = [m for m in (*wacht(uitkomst), *opmerkingen(uitkomst)) if m.veld == "fte"][:1]
    slot = "" if uitkomst.aanpak.fte else " Zonder die kosten zeggen de verhoudingen niets over het werk van een team."
    return "".join(
        f"<p class='let-op'><strong>Let op: {als_html(m.oorzaak)}</strong> {als_html(m.remedie)}{slot}</p>"
        for m in meldingen
    )


def grootste_baten(s: Mapping[str, float]) -> str:
    """The largest post of costs and the two largest of benefits, with their shares, as an HTML paragraph."""
    posten = sorted((*FINANCIELE_BATEN, *IMMATERIELE_BATEN), key=lambda p: -s[p])
    baten = s["totale_baten"]
    if baten <= 0:
        return "" if baten < 0 else "<p>De aanpak heeft per saldo geen baten.</p>"
    # with a negative post the shares of the others add up to more than all benefits
    minpost = any(s[p] < 0 for p in posten)

    def deel(bedrag: float) -> str:
        return "" if minpost else f"{procent(bedrag / baten)} van de baten"

    delen = opsomming(
        [f"‘{naam(p)}’ ({', '.join(d for d in (euro(s[p], 100), deel(s[p])) if d)})" for p in posten[:2] if s[p] > 0]
    )
    tekst = "<p>"
    if s["totale_kosten"]:
        kosten = max(KOSTENPOSTEN, key=lambda p: s[p])
        tekst += (
            f"De grootste kostenpost is ‘{naam(kosten)}’ ({procent(s[kosten] / s['totale_kosten'])} van de kosten). "
        )
    tekst += f"De baten komen vooral uit {delen}. "
    immaterieel = euro(s["immaterieel"], 100) if minpost else f"{procent(s['immaterieel'] / baten)} van het totaal"
    tekst += f"De immateriële baten zijn {immaterieel}."
    if s["substitutie"] < 0:
        tekst += " Er komt per saldo zorg bij in plaats van dat er trajecten vervallen: die post is negatief."
    return tekst + "</p>"


def partijen(uitkomst: Uitkomst, per_actor: pd.DataFrame, begroting: pd.DataFrame) -> str:
    """Who gains and loses over all years, and the budget of the gemeente, as an HTML paragraph."""
    saldi = per_actor.drop(index=list(TOTAALRIJEN))["saldo"]
    winst, verlies = saldi.idxmax(), saldi.idxmin()
    ncw = float(per_actor.loc[GEMEENTERIJ, "saldo"])
    jaar2 = float(begroting.loc[GEMEENTERIJ, "saldo"])
    tekst = f"<p>Over alle jaren samen (NCW) is het saldo voor de gemeente {euro(ncw, 100)}. "
    uitersten = []
    if rond(saldi[winst], 100) > 0:
        uitersten.append(f"de grootste plus is voor {escape(str(winst))} ({euro(float(saldi[winst]), 100)})")
    if rond(saldi[verlies], 100) < 0:
        uitersten.append(f"de grootste min is voor {escape(str(verlies))} ({euro(float(saldi[verlies]), 100)})")
    if uitersten:
        zin = ", ".join(uitersten)
        tekst += f"{zin[:1].upper()}{zin[1:]}, ook over alle jaren. "
    wat = "ruimte" if jaar2 >= 0 else "extra lasten"
    tekst += (
        "In haar begroting van het tweede jaar na de start staat per saldo "
        f"{euro(abs(jaar2), 100)} {wat if rond(jaar2, 100) else 'ruimte of lasten'}, als de aanpak vanaf het begin op "
        "volle sterkte draait."
    )
    return f"{tekst}{tegengesteld(per_actor, begroting, latere_baten(uitkomst))}</p>"


def tegengesteld(per_actor: pd.DataFrame, begroting: pd.DataFrame, later: float) -> str:
    """Why the present value and the budget of the gemeente have opposite signs; nothing when they have not.

    ``later``: of :func:`latere_baten`, euros NCW.
    """
    ncw, jaar2 = (float(tabel.loc[GEMEENTERIJ, "saldo"]) for tabel in (per_actor, begroting))
    if rond(ncw, 100) * rond(jaar2, 100) >= 0:
        return ""
    if ncw > 0:
        return (
            f" Die twee spreken elkaar niet tegen: van de baten voor de gemeente valt {euro(later, 100)} (NCW) in jaar "
            f"{BEGROTINGSJAAR + 1} en later, en die zijn dan nog niet binnen."
        )
    eenmalig = float(per_actor.loc[GEMEENTERIJ, "kosten"] - begroting.loc[GEMEENTERIJ, "kosten"])
    kosten = (
        f"de eenmalige kosten ({euro(eenmalig, 100)}) tellen in dat jaar niet mee, en " if rond(eenmalig, 100) else ""
    )
    waarom = "baten van latere jaren zijn in een begroting niet contant gemaakt"
    return f" Die twee spreken elkaar niet tegen: {kosten}{waarom}."


def latere_baten(uitkomst: Uitkomst) -> float:
    """Benefits of the gemeente (NCW, euros) in years that the budget of the second year does not reach yet."""
    rijen, kolommen = [POSTEN.index(p) for p in BATENPOSTEN], [ACTOREN.index(a) for a in GEMEENTE]
    return float(uitkomst.grootboek.kubus_ncw[0, rijen, BEGROTINGSJAAR + 1 :][:, :, kolommen].sum())


def _tijd(tabel: pd.DataFrame, saldo: float) -> str:
    """When the running total of a growing aanpak turns, and why that need not go with the saldo of one year."""
    wanneer = str(tabel.iloc[0][TERUG_IN])
    waarom = ""
    if wanneer == NIET_TERUG:
        if rond(saldo, 100) > 0:
            waarom = (
                " Het saldo hierboven is toch positief: dat geldt voor één jaar op volle sterkte, met alle baten die daar "
                "later uit komen. In de opbouw zijn de kosten er meteen en de baten nog niet, en wat na jaar 10 komt, "
                "telt hier niet mee."
            )
        slot = "zijn de opgetelde baten voor de maatschappij na 10 jaar nog kleiner dan de opgetelde kosten"
    else:
        if rond(saldo, 100) < 0:
            waarom = (
                " Het saldo hierboven is toch negatief: daar zijn latere baten contant gemaakt en tellen alle eenmalige "
                "kosten in één jaar."
            )
        slot = f"zijn de opgetelde baten voor de maatschappij vanaf jaar {wanneer} groter dan de opgetelde kosten"
    return f"<p>Als de aanpak in vier jaar wordt opgebouwd, met meteen een volledig team, en daarna blijft lopen, {slot}.{waarom}</p>"


def gevoelig(gevoeligheid: pd.DataFrame) -> str:
    """The two knobs that matter most: which value of each gives which saldo, as an HTML paragraph."""
    knoppen = tornadotabel(gevoeligheid, "knop", 2).to_dict("records")
    if not knoppen:
        return ""
    # as fine as the saldo at the top of the page, which the same value of a knob gives
    op = eurostap([k[kant] for k in knoppen for kant in ("uitkomst_laag", "uitkomst_hoog")], 100)
    delen = [
        f"‘{escape(str(k['naam']))}’ (van {k['tekst_laag']} tot {k['tekst_hoog']}, nu {k['tekst_waarde']}): bij "
        f"{k['tekst_laag']} is het saldo {euro(k['uitkomst_laag'], op)}, bij {k['tekst_hoog']} "
        f"{euro(k['uitkomst_hoog'], op)}"
        for k in knoppen
    ]
    return f"<p>Het saldo hangt het meest af van {'; daarna van '.join(delen)}.</p>"
