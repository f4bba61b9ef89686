"""Keeping what is filled in by itself: a draft after every change, and going on with an earlier one."""

from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Final

import ipywidgets as w

from mkba.kern.tekst.meldingen import InvoerFout
from mkba.scherm.bestanden import concepten
from mkba.scherm.invoerscherm import Invoerscherm
from mkba.scherm.uitvoer import meldingen, opsomming
from mkba.scherm.vorm.delen import doos, html, knop, maak, zichtbaar

UITLEG: Final = (
    "<h2>Automatisch bewaard</h2><p>Elke wijziging wordt bewaard als concept, met de alternatieven erbij. Dit scherm "
    "schrijft alleen zijn eigen concept; een ander bestand wordt nooit vervangen.</p>"
)


class Automatisch:
    """A draft of its own in the folder of the screen, written from the first change on.

    ``tabs``: says which tabs are in view; ``kies``: brings them in view. ``regel`` says what was kept when; its
    attributes tell the script of the page the same, and that script asks by ``_gevraagd`` for the draft that this
    page had before it was loaded anew, or says that the page is there: then ``verbonden`` is called.
    """

    def __init__(
        self,
        scherm: Invoerscherm,
        map_: Path,
        tabs: Callable[[], tuple[int, int]],
        kies: Callable[[int, int], None],
        verbonden: Callable[[], None],
    ) -> None:
        self._scherm, self._map, self._tabs, self._kies = scherm, map_, tabs, kies
        self._naam = concepten.nieuwe_naam(datetime.now())
        self._keren = 0
        self._stand = concepten.stand_van(scherm, *tabs())
        self.regel, self._melding = html(), html()
        self._gevraagd = maak(w.Textarea, description="Concept van deze pagina")
        self._gevraagd.add_class("mkba-concept")
        zichtbaar(self._gevraagd, False)
        self._verbonden = verbonden
        self._gevraagd.observe(lambda v: self._terug(str(v["new"])), "value")
        self._keuze = maak(w.Dropdown, options=concepten.overzicht(map_), description="Eerder bewaard concept:")
        verder = knop("Ga verder met dit concept", "Dit concept op het scherm zetten; dat is ongedaan te maken")
        verder.on_click(lambda _: self._hervat(self._keuze.value or ""))
        self._balk = doos([self._keuze, verder], "mkba-balk")
        zichtbaar(self._balk, bool(self._keuze.options))
        self.widget = maak(w.VBox, [html(UITLEG), self._balk, self._melding, self._gevraagd])

    def bewaar(self) -> None:
        """Write the draft when something changed; which tab is in view counts once there is a draft."""
        stand = concepten.stand_van(self._scherm, *self._tabs())
        if stand == self._stand or (not self._keren and concepten.zelfde_inhoud(stand, self._stand)):
            return
        self._stand = stand
        try:
            pad = concepten.bewaar(self._map, self._naam, stand, self._scherm.kengetallen)
        except OSError as fout:
            reden = escape(fout.strerror or "onbekende fout")
            self.regel.value = (
                f'<span class="mkba-auto mkba-ontbreekt" role="alert" data-nummer="{self._keren}">Automatisch bewaren '
                f"lukt niet ({reden}): bewaar zelf, op een andere plek.</span>"
            )
            return
        self._keren += 1
        plek = f"{concepten.MAP}/{pad.name}"
        self.regel.value = (
            f'<span class="mkba-auto mkba-hint" data-nummer="{self._keren}" data-concept="{self._naam}" '
            f'title="{escape(plek)}">Automatisch bewaard om {datetime.now():%H:%M:%S}</span>'
        )

    @property
    def pad(self) -> Path | None:
        """The draft of this screen, as soon as there is one."""
        return self._map / concepten.MAP / f"{self._naam}.json" if self._keren else None

    def _terug(self, naam: str) -> None:
        """The page was loaded anew and had this draft: only for a screen on which nothing was done yet."""
        if naam and not self._keren and naam in dict(concepten.overzicht(self._map)).values():
            self._hervat(naam)
        self._verbonden()

    def _hervat(self, naam: str) -> None:
        try:
            stand = concepten.lees(self._map, naam)
            weg = concepten.hervat(self._scherm, stand)
        except InvoerFout as fout:
            self._melding.value = f'<div role="alert">{meldingen(fout.meldingen[:20], "Dit lukt niet:")}</div>'
            return
        self._kies(stand.tabblad, stand.uitvoer)
        erbij = ""
        if weg:
            erbij = f" Met deze kengetallen niet door te rekenen, en daarom weggelaten: {escape(opsomming(weg))}."
        self._melding.value = f'<div class="mkba-gelukt" role="status">Verder waar u was.{erbij}</div>'
