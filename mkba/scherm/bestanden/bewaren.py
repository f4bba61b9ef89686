"""Opening and keeping: voorbeelden and files to begin with, an aanpak to compare with, saving, and the report.

Files are written in one folder only, under a name made from the name of the aanpak; nothing typed becomes a path.
"""

import base64
import json
import os
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, Final

import ipywidgets as w

from mkba.invoer.lezen import Bronaanpak
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.scherm.bestanden.hier import kan_browser
from mkba.scherm.invoerscherm import Invoerscherm, Soort, lees_inhoud, voorbeelden
from mkba.scherm.uitvoer import meldingen
from mkba.scherm.vorm.delen import doos, html, knop, maak, zichtbaar

NIEUW: Final = "(nieuw)"
VAST: Final = "(vast) "
"""Before the name of an alternative, in the list to compare with."""
GEEN: Final = "(geen)"
RAPPORTMAP: Final = "rapporten"
_MIME: Final[dict[str, str]] = {
    "toml": "application/toml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}


class Openen:
    """The bar at the top: begin with a voorbeeld, a new aanpak or a file; compare; undo."""

    def __init__(self, scherm: Invoerscherm) -> None:
        self._scherm = scherm
        namen = [(v.naam, v.sleutel) for v in voorbeelden(scherm.kengetallen)]
        self._keuze = maak(w.Dropdown, options=[*namen, ("Nieuwe, lege aanpak", NIEUW)], description="Begin met:")
        begin = scherm.aanpak.naam if scherm.aanpak is not None else ""
        self._keuze.value = next(
            (sleutel for naam, sleutel in namen if naam == begin), NIEUW if not begin else "standaard"
        )
        laad = knop("Laad", "Laad deze aanpak op het scherm", button_style="primary")
        laad.on_click(lambda _: self._doe(self._laad))
        self._bestand = maak(w.FileUpload, accept=".toml,.csv,.xlsx", description="Bestand openen")
        self._bestand.tooltip = "Een aanpak uit een TOML-, csv- of xlsx-bestand"
        self._bestand.observe(lambda v: self._doe(lambda: self._open(v["new"])), "value")
        self._terug = knop("Ongedaan maken", "De laatste wijziging ongedaan maken")
        self._terug.on_click(lambda _: scherm.terug())
        self._rij = maak(w.Dropdown, options=[], description="Aanpak in dit bestand:")
        self._rij.observe(lambda v: self._doe(lambda: self._kies_rij(v["new"])), "value")
        zichtbaar(self._rij, False)
        self._naast = maak(
            w.Dropdown,
            options=[("geen vergelijking", GEEN), *namen],
            description="Vergelijk met:",
        )
        self._namen = namen
        self._naast.observe(lambda v: self._doe(lambda: self._vergelijk(v["new"])), "value")
        self._vast = knop("Zet deze invoer vast", "Onthoud de invoer van nu als alternatief, om mee te vergelijken")
        self._vast.on_click(lambda _: self._doe(scherm.zet_vast))
        self._melding = html()
        self._bronnen: Sequence[Bronaanpak] = ()
        self._stil = False
        boven = [self._keuze, laad, self._bestand, self._rij, self._terug, self._naast, self._vast]
        self.widget = maak(w.VBox, [doos(boven, "mkba-balk"), self._melding])

    def toon(self) -> None:
        """Whether there is something to undo, and which row of the file is on the screen."""
        self._terug.disabled = not self._scherm.kan_terug
        self._toon_vergelijking()
        begin = self._scherm.begin
        rij = next((i for i, bron in enumerate(self._bronnen) if bron.aanpak is begin), None)
        if self._rij.index != rij:  # undone
            self._stil, was = True, self._stil
            try:
                self._rij.index = rij
            finally:
                self._stil = was

    def _doe(self, werk: Any) -> None:
        """Do it, and say what is wrong when it cannot be done."""
        if self._stil:
            return
        self._melding.value = ""
        try:
            werk()
        except InvoerFout as fout:
            self._melding.value = f'<div role="alert">{meldingen(fout.meldingen[:20], "Dit lukt niet:")}</div>'

    def _laad(self) -> None:
        self._toon_rijen(())
        if self._keuze.value == NIEUW:
            self._scherm.laad(None)
        else:
            self._scherm.laad_voorbeeld(self._keuze.value)

    def _open(self, bestanden: Any) -> None:
        if not bestanden:
            return
        bestand = bestanden[0]
        self._bestand.value = ()  # the same file may be opened again
        bronnen = lees_inhoud(str(bestand["name"]), bytes(bestand["content"]), self._scherm.kengetallen)
        self._toon_rijen(bronnen)
        self._scherm.laad(bronnen[0].aanpak)
        naam = escape(bronnen[0].bestand.name)
        meer = f", de eerste van {len(bronnen)} aanpakken" if len(bronnen) > 1 else ""
        self._melding.value = f'<div class="mkba-gelukt" role="status">Geopend: {naam}{meer}.</div>'

    def _toon_rijen(self, bronnen: Sequence[Bronaanpak]) -> None:
        self._bronnen = bronnen
        self._stil = True
        try:
            self._rij.options = ()  # forget the row of an earlier file: the page only sees an index that changes
            self._rij.options = [(b.aanpak.naam, i) for i, b in enumerate(bronnen)]
            self._rij.index = 0 if bronnen else None
        finally:
            self._stil = False
        zichtbaar(self._rij, len(bronnen) > 1)

    def _kies_rij(self, nummer: int | None) -> None:
        if nummer is not None:
            self._scherm.laad(self._bronnen[nummer].aanpak)

    def _vergelijk(self, keuze: str) -> None:
        if keuze == GEEN:
            self._scherm.vergelijk(None)
        elif keuze.startswith(VAST):
            self._scherm.vergelijk_met_alternatief(keuze.removeprefix(VAST))
        else:
            self._scherm.vergelijk_met_voorbeeld(keuze)

    def _toon_vergelijking(self) -> None:
        """The alternatives are in the list, and what is compared with is chosen in it."""
        scherm, naast = self._scherm, self._scherm.vergelijking
        vast = [(f"vastgezet: {a.naam}", f"{VAST}{a.naam}") for a in scherm.alternatieven]
        opties = [("geen vergelijking", GEEN), *vast, *self._namen]
        gekozen = next((f"{VAST}{a.naam}" for a in scherm.alternatieven if a.uitkomst is naast), GEEN)
        if naast is not None and gekozen == GEEN:
            gekozen = next((sleutel for naam, sleutel in self._namen if naam == naast.aanpak.naam), GEEN)
        self._stil, was = True, self._stil
        try:
            if list(self._naast.options) != opties:
                self._naast.options = opties
            if self._naast.value != gekozen:
                self._naast.value = gekozen
        finally:
            self._stil = was


class Bewaren:
    """The last tab: save as TOML or Excel in the folder, and make a report of what was saved."""

    def __init__(self, scherm: Invoerscherm, map_: Path, rapportopties: Sequence[str] = ()) -> None:
        self._scherm, self._map, self._opties = scherm, map_, list(rapportopties)
        self._eigen: set[Path] = set()  # files that this screen wrote itself: saving again replaces them
        xlsx = knop("Bewaar als Excel (xlsx)", "Bewaar deze aanpak als werkboek dat ook in Excel rekent")
        toml = knop("Bewaar als TOML", "Bewaar deze aanpak als TOML-bestand")
        xlsx.on_click(lambda _: self._doe("xlsx"))
        toml.on_click(lambda _: self._doe("toml"))
        self._vervang = knop(
            "Vervang het bestaande bestand", "Het bestand met deze naam vervangen", button_style="primary"
        )
        zichtbaar(self._vervang, False)
        self._vervang.on_click(lambda _: self._doe(self._wacht_op, overschrijf=True))
        self._wacht_op: Soort = "toml"
        self._rapport = knop(
            "Bewaar en maak een rapport",
            "Bewaar deze aanpak en maak er een rapport van als webpagina",
            button_style="primary",
        )
        self._rapport.on_click(lambda _: self._maak_rapport())
        self._pagina: Path | None = None
        self._bekijk = knop("Open het rapport", "Open het rapport in de browser van deze computer")
        self._bekijk.add_class("mkba-openknop")
        self._bekijk.on_click(lambda _: self._open_rapport())
        zichtbaar(self._bekijk, False)
        self._uit, self._rapportuit = html(), html()
        self._lijst = html()
        self._bewaard: list[tuple[datetime, str, Path]] = []
        self._naam = html()
        kop = html(f"<h2>Bewaren</h2><p>In de map <code>{escape(str(map_))}</code></p>")
        balk, balk2 = doos([xlsx, toml, self._vervang], "mkba-balk"), doos([self._rapport, self._bekijk], "mkba-balk")
        uitleg = (
            "<h2>Rapport</h2><p>Een rapport voor lezers zonder dit scherm: de uitkomst, de figuren en elk getal met "
        )
        uitleg += "zijn bron. Duurt een halve minuut of minder.</p>"
        self.widget = maak(
            w.VBox, [kop, self._naam, balk, self._uit, html(uitleg), balk2, self._rapportuit, self._lijst]
        )

    def toon(self) -> None:
        """The name that the file will have, and a warning when it is still that of a voorbeeld."""
        try:
            naam = self._scherm.bestandsnaam("toml").removesuffix(".toml")
        except InvoerFout:
            self._naam.value = '<p class="mkba-ontbreekt">Bewaren kan als alle velden kloppen.</p>'
            return
        regel = f"<p>Bestandsnaam: <code>{escape(naam)}</code>; die volgt uit de naam van de aanpak (tabblad A).</p>"
        if self._scherm.oude_naam:
            regel += (
                '<p class="mkba-ontbreekt">De invoer is gewijzigd, maar de aanpak heet nog zoals geladen. Geef haar op '
            )
            regel += "tabblad A een eigen naam, anders lijkt dit het origineel.</p>"
        self._naam.value = regel

    def noteer(self, wat: str, pad: Path) -> None:
        """Put a file that this screen wrote in the list of what was saved."""
        self._bewaard.append((datetime.now(), wat, pad))
        rijen = "".join(
            f'<tr><th scope="row">{moment:%H:%M:%S}</th><td>{escape(soort)}</td>'
            f"<td><code>{escape(self._kort(p))}</code></td></tr>"
            for moment, soort, p in reversed(self._bewaard)
        )
        self._lijst.value = (
            '<h2>Wat dit scherm heeft bewaard</h2><div class="mkba-schuif" role="region" tabindex="0" '
            'aria-label="Bewaarde bestanden"><table class="mkba-tabel mkba-bronnen"><thead><tr><th scope="col">om</th>'
            f'<th scope="col">wat</th><th scope="col">bestand</th></tr></thead><tbody>{rijen}</tbody></table></div>'
        )

    def _kort(self, pad: Path) -> str:
        """Below the folder that is named above."""
        return str(pad.relative_to(self._map)) if pad.is_relative_to(self._map) else str(pad)

    def _doe(self, soort: Soort, overschrijf: bool = False) -> Path | None:
        zichtbaar(self._vervang, False)
        try:
            pad = self._map / self._scherm.bestandsnaam(soort)
            pad = self._scherm.bewaar(self._map, soort, overschrijf or pad in self._eigen)
        except InvoerFout as fout:
            self._uit.value = f'<div role="alert">{meldingen(fout.meldingen, "Niet bewaard.")}</div>'
            if fout.meldingen[0].oorzaak.startswith("dit bestand bestaat al"):
                self._wacht_op = soort
                zichtbaar(self._vervang, True)
            return None
        self._eigen.add(pad)
        self.noteer("aanpak, vervangen" if overschrijf else "aanpak", pad)
        opdracht = " ".join(["mkba rapport", *(_aangehaald(deel) for deel in (str(pad), *self._opties))])
        self._uit.value = (
            f'<div class="mkba-gelukt" role="status">Bewaard: <code>{escape(str(pad))}</code> ({_link(pad)}).<br>'
            f"Rapport op de opdrachtregel: <code>{escape(opdracht)}</code></div>"
        )
        return pad

    def _open_rapport(self) -> None:
        # the page may not show files; who sits at this computer may
        if self._pagina is not None and not webbrowser.open(self._pagina.as_uri()):
            zichtbaar(self._bekijk, False)  # the link to download it is still there

    def _maak_rapport(self) -> None:
        zichtbaar(self._bekijk, False)
        pad = self._doe("toml")
        if pad is None:
            self._rapportuit.value = ""
            return
        self._rapport.disabled = True
        self._rapportuit.value = '<p role="status">Het rapport wordt gemaakt …</p>'
        threading.Thread(target=self._draai, args=(pad,), daemon=True).start()

    def _draai(self, pad: Path) -> None:
        # a process of its own: the batch has its own workers and its own Ctrl-C, and the screen stays live
        opdracht = [sys.executable, "-m", "mkba.opdracht", "rapport", str(pad), "--naar", str(self._map / RAPPORTMAP)]
        try:
            klaar = subprocess.run(
                [*opdracht, *self._opties, "--json"],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONUTF8": "1"},
            )
            if klaar.returncode == 0:
                pagina = Path(json.loads(klaar.stdout)["rapporten"][0]["bestand"])
                uit = f"Rapport: <code>{escape(str(pagina))}</code> ({_link(pagina)}). {_OPENLINK}"
                self._rapportuit.value = f'<div class="mkba-gelukt" role="status">{uit}</div>'
                self.noteer("rapport", pagina)
                self._pagina = pagina.resolve()
                zichtbaar(self._bekijk, kan_browser())
            else:
                uit = escape(klaar.stderr.strip()[-2000:])
                self._rapportuit.value = f'<div class="mkba-foutregel" role="alert">Geen rapport.<pre>{uit}</pre></div>'
        except (OSError, ValueError, LookupError) as fout:
            uit = escape(str(fout))
            self._rapportuit.value = f'<div class="mkba-foutregel" role="alert">Geen rapport: {uit}</div>'
        finally:
            self._rapport.disabled = False


_OPENLINK: Final = (
    '<a class="mkba-openlink" href="#" target="_blank" rel="noopener">Open het rapport in een nieuw tabblad</a>'
)
"""On the page of Voilà, whose script gives it the report of the link before it; hidden elsewhere."""


def _aangehaald(tekst: str) -> str:
    return f'"{tekst}"' if any(t in tekst for t in " '()&;") else tekst


def _link(pad: Path) -> str:
    """A link that downloads a copy: the page itself gives no access to files."""
    gegevens = base64.b64encode(pad.read_bytes()).decode()
    mime = _MIME.get(pad.suffix[1:], "application/octet-stream")
    return f'<a download="{escape(pad.name)}" href="data:{mime};base64,{gegevens}">download een kopie</a>'
