"""The smaller sentences of a report; page one is in ``tekst_samenvatting``. All text from input is escaped."""

import math
from collections.abc import Iterable
from html import escape
from pathlib import Path

from IPython.display import HTML

from mkba import __version__
from mkba.analyse.herbouw.reproductie import begrotingsaandeel
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import hoeveel, huishoudens, procent, te_onderscheiden, toon_meldingwaarde, toon_veld
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import Uitkomst
from mkba.model.verloop import BEGROTINGSJAAR, frictiedeel
from mkba.uitvoer import extra
from mkba.uitvoer import kernpunten as kern
from mkba.uitvoer.aanpak.tabellen import TOTAALRIJ, partijen_begroting
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.herleiding.onderbouwing import onderbouwing
from mkba.uitvoer.proza import als_html
from mkba.uitvoer.regelsets.zinnen import regelset_kort


def kengetallenregel(kengetallen: Kengetallen) -> str:
    """Which kengetallen were used, and how many of them the user replaced."""
    eigen = len(kengetallen.afwijkingen)
    erbij = f", {hoeveel(eigen, 'eigen kengetal', 'eigen kengetallen')}" if eigen else ""
    return f"regelset {kengetallen.naam}{erbij} ({kengetallen.vingerafdruk})"


def kop(aanpak: Aanpak, kengetallen_regel: str, toelichting: str = "", uitkomst: Uitkomst | None = None) -> HTML:
    """Name of the aanpak, the line that tells what was calculated and, when given, where the input comes from.

    A batch hears of what the page is made, with ``uitkomst`` the key figures too (see :mod:`mkba.uitvoer.kernpunten`).
    """
    regel = (
        f"Maatschappelijke kosten-batenanalyse van één jaar werken · {huishoudens(aanpak.huishoudens)} · "
        f"{toon_veld(VELDEN['fte'], aanpak.fte)} fte · {kengetallen_regel} · mkba {__version__}"
    )
    waarvandaan = f"<p class='herkomst'>{escape(toelichting)}</p>" if toelichting else ""
    html = f"<p class='aanpak-naam'><strong>{escape(aanpak.naam)}</strong><br>{escape(regel)}</p>{waarvandaan}"
    if uitkomst is not None and (erbij := regelset_kort(uitkomst.kengetallen)):
        html += f"<p class='regelset'>{escape(erbij)}</p>"
    if not extra.gevraagd(extra.KERN):
        return HTML(html)
    cijfers = {"kerncijfers": kern.kerncijfers(uitkomst.sleutels)} if uitkomst is not None else {}
    meer = {}
    if uitkomst is not None and extra.gevraagd(extra.ONDERBOUWING):
        meer = {extra.ONDERBOUWING: onderbouwing([uitkomst], uitkomst.sleutels)}
    return MetGetallen(html, {"invoer": kern.invoerhash(aanpak), **cijfers}, extra.KERN, meer)


def alinea(tekst_: str) -> HTML:
    """Plain text as a paragraph, nothing for an empty text; escaped."""
    return HTML(f"<p>{als_html(tekst_)}</p>" if tekst_ else "")


def sectie(titel: str, zin: str) -> HTML:
    """Heading and first sentence of a section that a parameter switches on; escaped."""
    return HTML(f"<h2>{escape(titel)}</h2><p>{als_html(zin)}</p>")


def leeswijzer(tekst_: str) -> HTML:
    """Plain text as a paragraph that begins with "Hoe te lezen", nothing for an empty text; escaped."""
    return HTML(f"<p><strong>Hoe te lezen.</strong> {als_html(tekst_)}</p>" if tekst_ else "")


def lijst(zinnen: Iterable[str]) -> HTML:
    """Plain sentences as a bulleted list, nothing without sentences; escaped."""
    punten = "".join(f"<li>{als_html(zin)}</li>" for zin in zinnen)
    return HTML(f"<ul>{punten}</ul>" if punten else "")


def begrotingsregel(uitkomst: Uitkomst) -> HTML:
    """What a reader of the budget in its third year must know: how much of the benefits is in it, and what counts of
    the frictie."""
    k, zinnen = uitkomst.kengetallen, []
    gedrukt, model = begrotingsaandeel(k)
    if uitkomst["totale_baten"] > 0:
        aandeel = float(partijen_begroting(uitkomst).frame.loc[TOTAALRIJ, "baten"]) / uitkomst["totale_baten"]
        zinnen.append(
            f"In dit jaar valt {procent(aandeel)} van de baten die het schema als NCW telt; de rest komt later."
        )
    zinnen.append(
        f"De enige begroting na twee jaar die de bron drukt (meta-analyse, bijlage 2), bevat {procent(gedrukt)} van de "
        f"baten van die aanpak; dit model komt daar op {procent(model)}. In welk jaar een baat valt, is hier dus een "
        "aanname die haar later legt dan de bron: bij haar zou de begroting gunstiger zijn, en het saldo (NCW) gelijk."
        if model < gedrukt
        else f"De enige begroting na twee jaar die de bron drukt (meta-analyse, bijlage 2), bevat {procent(gedrukt)} "
        f"van de baten van die aanpak; dit model komt daar op {procent(model)}. In welk jaar een baat valt, is een "
        "aanname."
    )
    if uitkomst.aanpak.frictie > 0:
        derde, over = frictiedeel(k, BEGROTINGSJAAR), frictiedeel(k, BEGROTINGSJAAR + 1)
        zinnen.append(
            f"Frictie (vraag 9) hoort bij de opstart en geldt over wat nieuw voor oud is: in dit derde jaar, op volle "
            f"sterkte, telt zij voor {procent(derde)} mee, in de opbouw hieronder over het deel dat dan nieuw voor oud "
            f"is, en vanaf het vierde jaar voor {procent(over)}."
        )
    return HTML(f"<p>{' '.join(zinnen)}</p>")


def waarschuwingenlijst(meldingen: Iterable[Melding]) -> HTML:
    """The warnings about the input as a list; says so when there are none."""
    regels = [
        f"<li><strong>{escape(ALLE_VELDEN[m.veld].label if m.veld in ALLE_VELDEN else m.veld)}</strong> "
        f"({escape(toon_meldingwaarde(m))}): {als_html(m.oorzaak)} {als_html(m.remedie)}</li>"
        for m in meldingen
    ]
    if not regels:
        return HTML("<p>Bij deze invoer zijn er geen waarschuwingen.</p>")
    return HTML("<ul class='waarschuwingen'>" + "".join(regels) + "</ul>")


def caseloadregel(uitkomst: Uitkomst) -> HTML:
    """The calculated kengetallen of questions 1, 6 and 9 beside what was filled in."""
    a, s = uitkomst.aanpak, uitkomst.sleutels
    vraagt = "vraagt dit" if rond(a.huishoudens) == 1 else "vragen deze"
    nodig, opgegeven = te_onderscheiden(s["fte_kengetal"], a.fte)
    tekst = (
        f"<p>Volgens de kengetallen voor de caseload (tabel 2.6) {vraagt} {huishoudens(a.huishoudens)} {nodig} fte; "
    )
    if nodig == opgegeven:
        tekst += "dat is ook opgegeven. "
    else:
        tekst += f"opgegeven is {opgegeven} fte. "
        if not math.isnan(s["huishoudens_bij_fte"]):
            werkwoord = "is" if rond(s["huishoudens_bij_fte"]) == 1 else "zijn"
            tekst += (
                f"Met dit team {werkwoord} volgens het kengetal {huishoudens(s['huishoudens_bij_fte'])} te helpen. "
            )
    frictie, gegeven = te_onderscheiden(100 * s["frictie_kengetal"], 100 * a.frictie)
    ook = "dat is ook opgegeven" if frictie == gegeven else f"opgegeven is {gegeven}%"
    return HTML(tekst + f"Het kengetal voor frictie (vraag 9) is {frictie}%; {ook}.</p>")


def bewaard(paden: Iterable[Path]) -> HTML:
    """Which files a notebook wrote."""
    namen = "".join(f"<li>{escape(p.name)}</li>" for p in paden)
    if not namen:
        return HTML("<p>Er is niets bewaard (de parameter <em>uitvoermap</em> is leeg).</p>")
    return HTML(f"<p>Bewaard naast dit rapport:</p><ul>{namen}</ul>")
