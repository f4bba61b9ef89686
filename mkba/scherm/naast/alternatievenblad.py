"""The tab Alternatieven: keep what is on the screen under a name, compare them, go on with one, export all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as w

from mkba.kern.tekst.meldingen import InvoerFout
from mkba.scherm.invoerscherm import Invoerscherm
from mkba.scherm.naast import alternatieven
from mkba.scherm.naast.kansen import Kansrekenaar
from mkba.scherm.uitvoer import meldingen
from mkba.scherm.vorm.delen import doos, html, knop, maak, zichtbaar


class Alternatievenblad:
    """Drawn when it is in view. ``geschreven``: told which files were written."""

    def __init__(
        self, scherm: Invoerscherm, kansen: Kansrekenaar, map_: Path, geschreven: Callable[[str, Path], None]
    ) -> None:
        self._scherm, self._kansen, self._map, self._geschreven = scherm, kansen, map_, geschreven
        self._naam = maak(w.Text, continuous_update=False, description="Naam van dit alternatief:")
        vast = knop("Zet vast als alternatief", "De invoer van nu bewaren onder deze naam", button_style="primary")
        vast.on_click(lambda _: self._doe(self._zet_vast))
        self._keuze = maak(w.Dropdown, options=[], description="Alternatief:")
        verder = knop("Ga hiermee verder", "Dit alternatief op het scherm zetten")
        verder.on_click(lambda _: self._doe(lambda: scherm.ga_verder_met(self._keuze.value or "")))
        los = knop("Laat los", "Dit alternatief niet meer tonen")
        los.on_click(lambda _: self._doe(lambda: scherm.laat_los(self._keuze.value or "")))
        uitvoer = knop(
            "Bewaar alle alternatieven", "Een werkboek dat vergelijkt, en van elk alternatief een TOML-bestand"
        )
        uitvoer.on_click(lambda _: self._doe(self._exporteer))
        self._met = doos([self._keuze, verder, los, uitvoer], "mkba-balk")
        self._melding, self._tabel = html(), html()
        self.widget = maak(w.VBox, [doos([self._naam, vast], "mkba-balk"), self._met, self._melding, self._tabel])

    def toon(self) -> None:
        """The table, and the alternatives to choose from."""
        scherm = self._scherm
        zichtbaar(self._met, bool(scherm.alternatieven))
        keuzes = alternatieven.keuzes(scherm)
        if list(self._keuze.options) != keuzes:
            gekozen = self._keuze.value
            self._keuze.options = keuzes
            self._keuze.value = gekozen if gekozen in dict(keuzes) else keuzes[-1][1] if keuzes else None
        kolommen = alternatieven.kolommen(scherm)
        self._kansen.vraag(*(u.aanpak for u in kolommen.values()))
        bekend = {naam: self._kansen.geef(u.aanpak) for naam, u in kolommen.items()}
        self._tabel.value = alternatieven.naast_elkaar(scherm, bekend)

    def _doe(self, werk: Callable[[], Any]) -> None:
        self._melding.value = ""
        try:
            werk()
        except InvoerFout as fout:
            self._melding.value = f'<div role="alert">{meldingen(fout.meldingen[:20], "Dit lukt niet:")}</div>'

    def _zet_vast(self) -> None:
        self._scherm.zet_vast(self._naam.value)
        self._naam.value = ""

    def _exporteer(self) -> None:
        paden = alternatieven.exporteer(self._scherm, self._map)
        for pad in paden:
            self._geschreven("alternatieven", pad)
        self._melding.value = f'<div class="mkba-gelukt" role="status">Bewaard:{alternatieven.bewaard(paden)}</div>'
