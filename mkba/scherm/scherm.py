"""The screen itself: the tabs at the left, the outcome at the right, everything live."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

import ipywidgets as w
from IPython.display import HTML

from mkba.scherm import uitvoer
from mkba.scherm.bestanden.automatisch import Automatisch
from mkba.scherm.bestanden.bewaren import Bewaren, Openen
from mkba.scherm.bladen import kengetallenblad, tabbladen
from mkba.scherm.invoerscherm import Invoerscherm
from mkba.scherm.naast import alternatieven
from mkba.scherm.naast.alternatievenblad import Alternatievenblad
from mkba.scherm.naast.kansen import Kansrekenaar
from mkba.scherm.vorm.delen import doos, html, maak
from mkba.scherm.vorm.stijl import css

UITVOERBLADEN: Final = ("A. Kosten en baten", "B. Wie betaalt", "Kasstromen", "Let op", "Alternatieven", "Kengetallen")
ALTERNATIEVEN: Final = UITVOERBLADEN.index("Alternatieven")


class Scherm:
    """The widgets around an :class:`Invoerscherm`; shows itself in a notebook.

    ``map_``: the folder in which aanpakken and reports are kept; ``rapportopties``: options of `mkba rapport` that make
    its report calculate with the same kengetallen. ``invoerscherm`` holds the draft and the outcome, for
    who wants to go on with them in Python.
    """

    def __init__(self, invoerscherm: Invoerscherm, map_: Path, rapportopties: Sequence[str] = ()) -> None:
        self.invoerscherm = invoerscherm
        bladen = (tabbladen.bereik, tabbladen.kosten, tabbladen.effect, tabbladen.effectmeting)
        self._bladen = [maak(invoerscherm) for maak in bladen]
        self._openen = Openen(invoerscherm)
        self._bewaren = Bewaren(invoerscherm, map_, rapportopties)
        self._kansen = Kansrekenaar(invoerscherm.kengetallen, self._toon_kansen)
        self._alternatieven = Alternatievenblad(invoerscherm, self._kansen, map_, self._bewaren.noteer)
        self._kern, self._stand = html(), html()
        self._uit = [html() for _ in range(4)]
        self._bronnen, self._alle = html(), html()
        self._invoer = maak(w.Tab, [*(b.widget for b in self._bladen), maak(w.VBox, [])])
        self._invoer.titles = [*(b.titel for b in self._bladen), "Bewaren en rapport"]
        self._invoer.add_class("mkba-in")
        bronnen = maak(w.VBox, [self._bronnen, self._alle])
        self._uitvoer = maak(w.Tab, [*self._uit, self._alternatieven.widget, bronnen])
        self._uitvoer.titles = list(UITVOERBLADEN)
        self._automatisch = Automatisch(invoerscherm, map_, self._tabs, self._kies_tabs, self._stuur_weer)
        self._invoer.children[-1].children = (self._bewaren.widget, self._automatisch.widget)
        self._invoer.observe(lambda _: self._automatisch.bewaar(), "selected_index")
        self._uitvoer.observe(lambda _: self._kies_uitvoer(), "selected_index")
        kern = doos([self._stand, self._kern], "mkba-kern")
        rechts = doos([kern, self._uitvoer], "mkba-uit")
        lijf = doos([self._invoer, rechts], "mkba-lijf")
        titel = html(f"{css()}<h1>Invoerscherm MKBA sociale (wijk)teams</h1>{_kengetallen(invoerscherm)}")
        self.widget = maak(w.VBox, [titel, self._openen.widget, self._automatisch.regel, lijf])
        self.widget.add_class("mkba-scherm")
        invoerscherm.luister = self.toon
        self.toon()

    def toon(self) -> None:
        """Show the draft and its outcome, and keep it. Only what changed goes to the page."""
        scherm = self.invoerscherm
        naast = scherm.vergelijking.aanpak if scherm.vergelijking is not None else None
        # first what everybody looks at
        self._stand.value = uitvoer.stand(scherm.beeld, scherm.laatste is not None)
        self._toon_kern()
        self._toon_uitvoer()
        for blad in self._bladen:
            for onderdeel in blad.onderdelen:
                onderdeel.toon(scherm.beeld, naast)
        self._openen.toon()
        self._bewaren.toon()
        self._automatisch.bewaar()
        self._vraag_kansen()

    def _toon_kern(self) -> None:
        scherm = self.invoerscherm
        kansen = self._kansen.geef(scherm.laatste.aanpak) if scherm.laatste is not None else None
        self._kern.value = uitvoer.kerncijfers(
            scherm.laatste, scherm.vergelijking, scherm.uitkomst is not None, kansen or {}
        )

    def _vraag_kansen(self) -> None:
        """That of what is in view first; in the tab Alternatieven those of all."""
        alle = [self.invoerscherm.laatste]
        if self._uitvoer.selected_index == ALTERNATIEVEN:
            alle += alternatieven.kolommen(self.invoerscherm).values()
        self._kansen.vraag(*(u.aanpak for u in alle if u is not None))

    def _toon_kansen(self) -> None:
        """Called from the thread that calculates them."""
        self._toon_kern()
        if self._uitvoer.selected_index == ALTERNATIEVEN:
            self._alternatieven.toon()

    def _stuur_weer(self) -> None:
        """The page is there: the chances may have come while it was being built, and it did not hear them."""
        self._kern.send_state("value")

    def wacht_op_kansen(self) -> None:
        """Until the chances of what is in view are there: for who reads the screen from a program."""
        self._kansen.wacht()

    def _tabs(self) -> tuple[int, int]:
        return self._invoer.selected_index or 0, self._uitvoer.selected_index or 0

    def _kies_tabs(self, tabblad: int, uit: int) -> None:
        self._invoer.selected_index = min(tabblad, len(self._invoer.children) - 1)
        self._uitvoer.selected_index = min(uit, len(self._uitvoer.children) - 1)

    def _kies_uitvoer(self) -> None:
        self._toon_uitvoer()
        self._automatisch.bewaar()
        self._vraag_kansen()

    @property
    def bladen_uit(self) -> tuple[str, ...]:
        """The titles of the output tabs."""
        return tuple(self._uitvoer.titles)

    def kies_uit(self, nummer: int) -> None:
        """Bring an output tab in view."""
        self._uitvoer.selected_index = nummer

    def _toon_uitvoer(self) -> None:
        """Only the tab that is in view; another is drawn when it is chosen."""
        scherm = self.invoerscherm
        aantal = len(scherm.beeld.let_op)
        titels = list(self._uitvoer.titles)
        titels[3] = f"Let op ({aantal})" if aantal else "Let op"
        if tuple(titels) != tuple(self._uitvoer.titles):
            self._uitvoer.titles = titels
        nu, naast = scherm.laatste, scherm.vergelijking
        match self._uitvoer.selected_index:
            case 0:
                self._uit[0].value = uitvoer.scherm_a(nu, naast)
            case 1:
                from mkba.scherm.bladen import partijen  # half a second of imports that no start waits for

                self._uit[1].value = partijen.scherm_b(nu, naast)
            case 2:
                self._uit[2].value = uitvoer.scherm_kasstromen(nu)
            case 4:
                self._alternatieven.toon()
            case 5:
                self._bronnen.value = kengetallenblad.per_veld(scherm.beeld, scherm.kengetallen)
                if not self._alle.value:
                    self._alle.value = kengetallenblad.alle(scherm.kengetallen)
            case _:
                self._uit[3].value = uitvoer.aandachtspunten(scherm.beeld)

    def _repr_mimebundle_(self, **opties: Any) -> dict[str, Any]:
        """The live widgets, with a name where there are none."""
        bundel: Any = self.widget._repr_mimebundle_(**opties)
        gegevens = dict(bundel[0] if isinstance(bundel, tuple) else bundel)
        return {**gegevens, "text/plain": repr(self)}

    def momentopname(self) -> HTML:
        """What the outcome side shows now, as a page to keep: without widgets."""
        scherm = self.invoerscherm
        naam = scherm.laatste.aanpak.naam if scherm.laatste is not None else "nieuwe aanpak"
        kern = uitvoer.kerncijfers(scherm.laatste, scherm.vergelijking, scherm.uitkomst is not None)
        lijf = f"{kern}{uitvoer.scherm_a(scherm.laatste, scherm.vergelijking)}"
        return HTML(f'{css()}<div class="mkba-scherm mkba-opname"><h1>{escape(naam)}</h1>{lijf}</div>')

    def __repr__(self) -> str:
        laatste = self.invoerscherm.laatste
        return f"Invoerscherm van {laatste.aanpak.naam!r}" if laatste is not None else "Invoerscherm, leeg"


def _kengetallen(invoerscherm: Invoerscherm) -> str:
    """Own kengetallen must not go unseen."""
    eigen = invoerscherm.kengetallen.afwijkingen
    if not eigen:
        return ""
    namen = escape(uitvoer.opsomming(eigen))
    return f'<p class="mkba-ontbreekt">Er wordt gerekend met eigen kengetallen: {namen}.</p>'
