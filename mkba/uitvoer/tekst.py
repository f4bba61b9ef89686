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
from mkba.invoer.velden import VELDEN
from mkba.model.berekening import Uitkomst
from mkba.uitvoer.getallen import euro, getal, procent, verhouding
from mkba.uitvoer.tabellen import toon_veld

_ROND_EVENWICHT = 0.025  # what prints as 1,00 when a ratio is rounded to 0,05


def kop(aanpak: Aanpak, kengetallen_regel: str) -> HTML:
    """Name of the aanpak and the line that tells what was calculated."""
    regel = (
        f"Maatschappelijke kosten-batenanalyse van één jaar werken · {getal(aanpak.huishoudens)} huishoudens · "
        f"{toon_veld(VELDEN['fte'], aanpak.fte)} fte · {kengetallen_regel} · mkba {__version__}"
    )
    return HTML(f"<p class='aanpak-naam'><strong>{escape(aanpak.naam)}</strong><br>{escape(regel)}</p>")


def samenvatting(uitkomst: Uitkomst, per_actor: pd.DataFrame, terugverdientijd: pd.DataFrame) -> HTML:
    """Key figures, the three ratios with their meaning, and who pays and gains, as HTML.

    ``per_actor``: table of ``tabellen.per_actor`` (NCW); ``terugverdientijd``: that of
    ``tabellen.terugverdientijd``.
    """
    s = uitkomst.sleutels
    alineas = [
        _kerncijfers(s),
        _opening(uitkomst),
        f"<p>{_oordeel(s)}</p>",
        _verhoudingen(s),
        _grootste_baten(s),
        _actoren(per_actor),
        _tijd(terugverdientijd),
    ]
    return HTML("\n".join(alineas))


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
    return (
        f"<p>Eén jaar werken volgens deze aanpak, met {toon_veld(VELDEN['fte'], a.fte)} fte voor "
        f"{getal(a.huishoudens)} huishoudens, kost {euro(s['totale_kosten'], 100)}. Daar staan baten tegenover "
        f"van {euro(s['totale_baten'], 100)}, over de jaren 0 tot en met 9 en teruggerekend naar euro’s van nu. "
        f"Het saldo is {euro(saldo, 100)} {'positief' if saldo >= 0 else 'negatief'}"
        f"{_per_huishouden(saldo, a.huishoudens)}.</p>"
    )


def _per_huishouden(saldo: float, huishoudens: float) -> str:
    return f" ({euro(saldo / huishoudens)} per huishouden)"


def _stand(ratio: float) -> str:
    """'boven', 'rond' or 'onder' break-even, as the printed ratio suggests."""
    if abs(ratio - 1) < _ROND_EVENWICHT:
        return "rond"
    return "boven" if ratio > 1 else "onder"


def _oordeel(s: Mapping[str, float]) -> str:
    """The reading of meta-analysis §4.1, most favourable case first."""
    maat, fin, gem = (s[k] for k in ("kb_maatschappelijk", "kb_financieel", "kb_gemeentelijk"))
    if any(math.isnan(r) for r in (maat, fin, gem)):
        return (
            "Niet alle verhoudingen zijn te bepalen, omdat een van de partijen geen kosten draagt; zie de tabel "
            "hieronder."
        )
    if gem >= 1 and fin >= 1:
        return (
            "<strong>De aanpak is voor de gemeente zelf al rendabel</strong>: de gemeente krijgt meer terug dan zij "
            "inlegt, en dat geldt ook voor alle partijen samen."
        )
    if gem >= 1:
        return (
            "<strong>De gemeente krijgt meer terug dan zij inlegt, maar alle partijen samen niet</strong>: een deel "
            "van de kosten ligt bij andere partijen. Bespreek met hen de verdeling."
        )
    if fin >= 1:
        return (
            "<strong>Alle partijen samen verdienen de aanpak terug, de gemeente alleen niet</strong>: andere partijen "
            "(zoals zorgverzekeraar, Rijk/Wlz of corporaties) profiteren van de inzet van de gemeente. Afspraken "
            "met deze partijen kunnen nodig zijn."
        )
    if maat >= 1:
        return (
            "<strong>De aanpak is alleen maatschappelijk rendabel</strong>: financieel kost hij meer dan hij "
            "oplevert; partijen investeren in het welzijn van inwoners."
        )
    return (
        "<strong>In deze opzet en fase is de aanpak ook maatschappelijk niet rendabel</strong>: de baten zijn kleiner "
        "dan de kosten. De figuur ‘Wat bepaalt het saldo?’ laat zien aan welke knoppen te draaien valt."
    )


def _verhoudingen(s: Mapping[str, float]) -> str:
    uitleg = {
        "kb_maatschappelijk": "alle baten van iedereen, ook kwaliteit van leven, kansen van kinderen en overlast",
        "kb_financieel": "alleen geld, van alle betrokken partijen samen",
        "kb_gemeentelijk": "alleen geld, alleen de gemeente (na de decentralisaties)",
    }
    namen = {
        "boven": "baten groter dan kosten",
        "onder": "baten kleiner dan kosten",
        "rond": "ongeveer in evenwicht",
    }
    regels = []
    for sleutel, betekenis in uitleg.items():
        ratio = s[sleutel]
        if math.isnan(ratio):
            oordeel = "niet te bepalen: deze partij heeft geen kosten"
        else:
            oordeel = f"tegenover elke euro kosten staat € {getal(ratio, 2)} aan baten: {namen[_stand(ratio)]}"
        regels.append(f"<li><strong>{naam(sleutel)}: {verhouding(ratio)}</strong> ({betekenis}): {oordeel}.</li>")
    return "<ul>" + "".join(regels) + "</ul>"


def _grootste_baten(s: Mapping[str, float]) -> str:
    posten = sorted((*FINANCIELE_BATEN, *IMMATERIELE_BATEN), key=lambda p: -s[p])
    baten = s["totale_baten"]
    if baten <= 0:
        return "<p>De aanpak heeft per saldo geen baten.</p>"
    top = [p for p in posten[:3] if s[p] > 0]
    delen = " en ".join(f"{naam(p).lower()} ({euro(s[p], 100)}, {procent(s[p] / baten)} van de baten)" for p in top[:2])
    kosten = max(KOSTENPOSTEN, key=lambda p: s[p])
    tekst = (
        f"<p>De grootste kostenpost is {naam(kosten).lower().replace('a.g.v.', 'door')} "
        f"({procent(s[kosten] / s['totale_kosten'])} van de kosten). "
        if s["totale_kosten"]
        else "<p>"
    )
    tekst += f"De baten komen vooral van {delen}. "
    tekst += f"Immateriële baten zijn {procent(s['immaterieel'] / baten)} van het totaal."
    if s["substitutie"] < 0:
        tekst += " Er komt per saldo zorg bij in plaats van dat er trajecten vervallen: die post is negatief."
    return tekst + "</p>"


def _actoren(per_actor: pd.DataFrame) -> str:
    partijen = per_actor.drop(index=["Gemeente totaal", "Alle partijen"])["saldo"]
    winst, verlies = partijen.idxmax(), partijen.idxmin()
    gemeente = per_actor.loc["Gemeente totaal", "saldo"]
    tekst = f"<p>Voor de gemeente als geheel is het saldo {euro(float(gemeente), 100)} (alle baten en kosten, NCW). "
    if partijen[winst] > 0:
        tekst += f"Het meest gaat erop vooruit: {escape(str(winst))} ({euro(float(partijen[winst]), 100)}). "
    if partijen[verlies] < 0:
        tekst += f"Het meest legt toe: {escape(str(verlies))} ({euro(float(partijen[verlies]), 100)})."
    return tekst + "</p>"


def _tijd(terugverdientijd: pd.DataFrame) -> str:
    rij = terugverdientijd.iloc[0]
    wanneer = str(rij["terugverdiend in jaar"])
    if wanneer == "niet binnen 10 jaar":
        slot = "is de opgetelde investering voor de maatschappij niet binnen 10 jaar terugverdiend"
    else:
        slot = f"is de opgetelde investering voor de maatschappij in jaar {wanneer} terugverdiend"
    return f"<p>Als de aanpak in vier jaar wordt opgebouwd en daarna blijft lopen, {slot}.</p>"


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
        f"Het kengetal voor frictie (vraag 9) is {procent(s['frictie_kengetal'])}; "
        f"opgegeven is {procent(a.frictie)}.</p>"
    )
    return HTML(tekst)


def bewaard(paden: Iterable[Path]) -> HTML:
    """Which files a notebook wrote."""
    namen = "".join(f"<li>{escape(p.name)}</li>" for p in paden)
    if not namen:
        return HTML("<p>Er is niets bewaard (de parameter <em>uitvoermap</em> is leeg).</p>")
    return HTML(f"<p>Bewaard naast dit rapport:</p><ul>{namen}</ul>")
