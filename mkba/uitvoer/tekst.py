"""The sentences of a report: what the numbers mean, in plain Dutch for who must decide.

All text from input is escaped. The meaning of the ratios follows meta-analysis §4.1.
"""

import math
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from mkba import __version__
from mkba.invoer.aanpak import Aanpak
from mkba.invoer.begrippen import FINANCIELE_BATEN, IMMATERIELE_BATEN, KOSTENPOSTEN, naam
from mkba.invoer.fouten import Melding
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.velden import VELDEN
from mkba.model.berekening import Uitkomst
from mkba.uitvoer import extra, kern
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.getallen import euro, getal, procent, verhouding
from mkba.uitvoer.tabellen import toon_veld

_ROND_EVENWICHT = 0.025  # what prints as 1,00 when a ratio is rounded to 0,05


def kengetallenregel(kengetallen: Kengetallen) -> str:
    """Which kengetallen were used, and how many of them the user replaced."""
    eigen = len(kengetallen.afwijkingen)
    erbij = f", {eigen} {'eigen kengetal' if eigen == 1 else 'eigen kengetallen'}" if eigen else ""
    return f"regelset {kengetallen.regelset}{erbij} ({kengetallen.vingerafdruk})"


def kop(aanpak: Aanpak, kengetallen_regel: str, toelichting: str = "", uitkomst: Uitkomst | None = None) -> HTML:
    """Name of the aanpak, the line that tells what was calculated and, when given, where the input comes from.

    A batch hears of what the page is made, with ``uitkomst`` the key figures too (see :mod:`mkba.uitvoer.kern`).
    """
    regel = (
        f"Maatschappelijke kosten-batenanalyse van één jaar werken · {getal(aanpak.huishoudens)} huishoudens · "
        f"{toon_veld(VELDEN['fte'], aanpak.fte)} fte · {kengetallen_regel} · mkba {__version__}"
    )
    waarvandaan = f"<p class='herkomst'>{escape(toelichting)}</p>" if toelichting else ""
    html = f"<p class='aanpak-naam'><strong>{escape(aanpak.naam)}</strong><br>{escape(regel)}</p>{waarvandaan}"
    if not extra.gevraagd(extra.KERN):
        return HTML(html)
    cijfers = {"kerncijfers": kern.kerncijfers(uitkomst.sleutels)} if uitkomst is not None else {}
    return MetGetallen(html, {"invoer": kern.invoerhash(aanpak), **cijfers}, extra.KERN)


def alinea(tekst_: str) -> HTML:
    """Plain text as a paragraph, nothing for an empty text; escaped."""
    return HTML(f"<p>{escape(tekst_)}</p>" if tekst_ else "")


def leeswijzer(tekst_: str) -> HTML:
    """Plain text as a paragraph that begins with "Hoe te lezen", nothing for an empty text; escaped."""
    return HTML(f"<p><strong>Hoe te lezen.</strong> {escape(tekst_)}</p>" if tekst_ else "")


def lijst(zinnen: Iterable[str]) -> HTML:
    """Plain sentences as a bulleted list, nothing without sentences; escaped."""
    punten = "".join(f"<li>{escape(zin)}</li>" for zin in zinnen)
    return HTML(f"<ul>{punten}</ul>" if punten else "")


def samenvatting(
    uitkomst: Uitkomst,
    per_actor: pd.DataFrame,
    begroting: pd.DataFrame,
    terugverdientijd: pd.DataFrame,
    gevoeligheid: pd.DataFrame,
) -> HTML:
    """Key figures, the three ratios with their meaning, who pays and gains, and what drives it, as HTML.

    ``per_actor`` and ``begroting``: tables of ``tabellen.per_actor`` (NCW; cash flows of year 2);
    ``terugverdientijd``: that of ``tabellen.terugverdientijd``; ``gevoeligheid``: that of
    ``analyse.gevoeligheid.eenzijdig`` on the saldo.
    """
    s = uitkomst.sleutels
    alineas = [
        _kerncijfers(s),
        _opening(uitkomst),
        f"<p>{_oordeel(s, per_actor)}</p>",
        _verhoudingen(s),
        _grootste_baten(s),
        _actoren(per_actor, begroting),
        _tijd(terugverdientijd),
        _gevoelig(gevoeligheid),
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
    rente = uitkomst.kengetallen["disconto.reeel"] + uitkomst.kengetallen["disconto.risico"]
    return (
        f"<p>Eén jaar werken volgens deze aanpak, met {toon_veld(VELDEN['fte'], a.fte)} fte voor "
        f"{getal(a.huishoudens)} huishoudens, kost {euro(s['totale_kosten'], 100)}. Daar staan baten tegenover "
        f"van {euro(s['totale_baten'], 100)}, verspreid over de jaren 0 tot en met 9 en tegen {procent(rente, 1)} contant "
        f"gemaakt naar het jaar van de aanpak, in prijzen van {_prijspeil(uitkomst.kengetallen)}. Het saldo is {euro(abs(saldo), 100)} "
        f"{_teken(saldo)} ({euro(abs(saldo) / a.huishoudens)} per huishouden).</p>"
    )


def _teken(saldo: float) -> str:
    if abs(saldo) < 0.5:
        return "– kosten en baten zijn gelijk"
    return "positief" if saldo > 0 else "negatief"


def _prijspeil(kengetallen: Kengetallen) -> str:
    jaren = sorted({k.prijspeil for k in kengetallen.getallen.values() if k.prijspeil is not None})
    return " en ".join(str(j) for j in jaren)


def _stand(ratio: float) -> str:
    """'boven', 'rond' or 'onder' break-even, as the printed ratio suggests."""
    if abs(ratio - 1) < _ROND_EVENWICHT:
        return "rond"
    return "boven" if ratio > 1 else "onder"


def _oordeel(s: Mapping[str, float], per_actor: pd.DataFrame) -> str:
    """The reading of meta-analysis §4.1, most favourable case first; around 1 counts as neither."""
    ratios = {wie: s[f"kb_{wie}"] for wie in ("maatschappelijk", "financieel", "gemeentelijk")}
    if any(math.isnan(r) for r in ratios.values()):
        return (
            "Niet alle verhoudingen zijn te bepalen: waar geen kosten zijn, is er niets om de baten door te delen. Zie de "
            "tabel hieronder."
        )
    maat, fin, gem = (_stand(r) for r in ratios.values())
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


def _winnaars(per_actor: pd.DataFrame) -> str:
    """The other payers (not the households) with a positive saldo, in words."""
    partijen = ("zorgverzekeraar", "rijk_wlz", "corporatie", "overig")
    namen = [naam(p, "actor") for p in partijen if per_actor.loc[naam(p, "actor"), "saldo"] > 0]
    if not namen:
        return "huishoudens en anderen"
    kleine = [n[:1].lower() + n[1:] if not n[:2].isupper() else n for n in namen]
    return escape(", ".join(kleine[:-1]) + " en " + kleine[-1] if len(kleine) > 1 else kleine[0])


def _verhoudingen(s: Mapping[str, float]) -> str:
    uitleg = {
        "kb_maatschappelijk": "alle baten van iedereen, ook kwaliteit van leven, kansen van kinderen en overlast",
        "kb_financieel": "alleen geld, van alle betrokken partijen samen",
        "kb_gemeentelijk": "alleen geld, alleen de gemeente, na de decentralisaties; de verdeling is een aanname",
    }
    namen = {"boven": "baten groter dan kosten", "onder": "baten kleiner dan kosten", "rond": "ongeveer in evenwicht"}
    regels = []
    for sleutel, betekenis in uitleg.items():
        ratio = s[sleutel]
        if math.isnan(ratio):
            oordeel = "niet te bepalen, want er zijn geen kosten"
        else:
            oordeel = f"tegenover elke euro kosten staat {_euro2(ratio)} aan baten: {namen[_stand(ratio)]}"
        regels.append(f"<li><strong>{naam(sleutel)}: {verhouding(ratio)}</strong> ({betekenis}): {oordeel}.</li>")
    return "<ul>" + "".join(regels) + "</ul><p>Verhoudingen zijn, zoals in de bron, afgerond op 0,05.</p>"


def _euro2(ratio: float) -> str:
    bedrag = f"€\u00a0{getal(abs(ratio), 2)}"
    return bedrag if ratio >= 0 else f"een negatieve baat van {bedrag}"


def _grootste_baten(s: Mapping[str, float]) -> str:
    posten = sorted((*FINANCIELE_BATEN, *IMMATERIELE_BATEN), key=lambda p: -s[p])
    baten = s["totale_baten"]
    if baten <= 0:
        return "<p>De aanpak heeft per saldo geen baten.</p>"
    delen = " en ".join(
        f"‘{naam(p)}’ ({euro(s[p], 100)}, {procent(s[p] / baten)} van de baten)" for p in posten[:2] if s[p] > 0
    )
    tekst = "<p>"
    if s["totale_kosten"]:
        kosten = max(KOSTENPOSTEN, key=lambda p: s[p])
        tekst += (
            f"De grootste kostenpost is ‘{naam(kosten)}’ ({procent(s[kosten] / s['totale_kosten'])} van de kosten). "
        )
    tekst += f"De baten komen vooral uit {delen}. "
    tekst += f"Immateriële baten zijn {procent(s['immaterieel'] / baten)} van het totaal."
    if s["substitutie"] < 0:
        tekst += " Er komt per saldo zorg bij in plaats van dat er trajecten vervallen: die post is negatief."
    return tekst + "</p>"


def _actoren(per_actor: pd.DataFrame, begroting: pd.DataFrame) -> str:
    partijen = per_actor.drop(index=["Gemeente totaal", "Alle partijen"])["saldo"]
    winst, verlies = partijen.idxmax(), partijen.idxmin()
    ncw = float(per_actor.loc["Gemeente totaal", "saldo"])
    jaar2 = float(begroting.loc["Gemeente totaal", "saldo"])
    tekst = (
        f"<p>Voor de gemeente is het saldo over alle jaren {euro(ncw, 100)} (NCW). In de begroting van het tweede jaar "
        f"na de start staat daar per saldo {euro(abs(jaar2), 100)} {'ruimte' if jaar2 >= 0 else 'extra lasten'} tegenover, "
        "als de aanpak vanaf het begin op volle sterkte draait. "
    )
    if partijen[winst] > 0:
        tekst += f"De grootste plus is voor {escape(str(winst))} ({euro(float(partijen[winst]), 100)}). "
    if partijen[verlies] < 0:
        tekst += f"De grootste min is voor {escape(str(verlies))} ({euro(float(partijen[verlies]), 100)})."
    return tekst + "</p>"


def _tijd(terugverdientijd: pd.DataFrame) -> str:
    rij = terugverdientijd.iloc[0]
    wanneer = str(rij["terugverdiend in jaar"])
    if wanneer == "niet binnen 10 jaar":
        slot = "zijn de opgetelde baten voor de maatschappij na 10 jaar nog kleiner dan de opgetelde kosten"
    else:
        slot = f"zijn de opgetelde baten voor de maatschappij vanaf jaar {wanneer} groter dan de opgetelde kosten"
    return f"<p>Als de aanpak in vier jaar wordt opgebouwd, met meteen een volledig team, en daarna blijft lopen, {slot}.</p>"


def _gevoelig(gevoeligheid: pd.DataFrame) -> str:
    knoppen = gevoeligheid[gevoeligheid["soort"] == "knop"].head(2).to_dict("records")
    if not knoppen:
        return ""
    delen = [
        f"‘{escape(str(k['naam']))}’ ({euro(min(k['uitkomst_laag'], k['uitkomst_hoog']), 1000)} tot "
        f"{euro(max(k['uitkomst_laag'], k['uitkomst_hoog']), 1000)})"
        for k in knoppen
    ]
    return f"<p>Het saldo hangt het meest af van {' en '.join(delen)}: het saldo bij de lage en de hoge waarde.</p>"


def waarschuwingenlijst(meldingen: Iterable[Melding]) -> HTML:
    """The warnings about the input as a list; says so when there are none."""
    regels = [
        f"<li><strong>{escape(VELDEN[m.veld].label if m.veld in VELDEN else m.veld)}</strong> "
        f"({escape(_waarde(m))}): {escape(m.oorzaak)} {escape(m.remedie)}</li>"
        for m in meldingen
    ]
    if not regels:
        return HTML("<p>Bij deze invoer zijn er geen waarschuwingen.</p>")
    return HTML("<ul class='waarschuwingen'>" + "".join(regels) + "</ul>")


def _waarde(melding: Melding) -> str:
    veld = VELDEN.get(melding.veld)
    if veld is not None and isinstance(melding.waarde, float):
        return toon_veld(veld, melding.waarde)
    return str(melding.waarde)


def caseloadregel(uitkomst: Uitkomst) -> HTML:
    """The calculated kengetallen of questions 1, 6 and 9 beside what was filled in."""
    a, s = uitkomst.aanpak, uitkomst.sleutels
    tekst = (
        f"<p>Volgens de kengetallen voor de caseload (tabel 2.6) vragen deze {getal(a.huishoudens)} huishoudens "
        f"{getal(s['fte_kengetal'], 1)} fte; opgegeven is {toon_veld(VELDEN['fte'], a.fte)} fte. "
    )
    if not math.isnan(s["huishoudens_bij_fte"]):
        tekst += f"Met dit team zijn volgens het kengetal {getal(s['huishoudens_bij_fte'])} huishoudens te helpen. "
    tekst += (
        f"Het kengetal voor frictie (vraag 9) is {toon_veld(VELDEN['frictie'], s['frictie_kengetal'])}; "
        f"opgegeven is {toon_veld(VELDEN['frictie'], a.frictie)}.</p>"
    )
    return HTML(tekst)


def bewaard(paden: Iterable[Path]) -> HTML:
    """Which files a notebook wrote."""
    namen = "".join(f"<li>{escape(p.name)}</li>" for p in paden)
    if not namen:
        return HTML("<p>Er is niets bewaard (de parameter <em>uitvoermap</em> is leeg).</p>")
    return HTML(f"<p>Bewaard naast dit rapport:</p><ul>{namen}</ul>")
