"""The business case per payer of one outcome: ``u.businesscase()``."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import HTML

from mkba.analyse.businesscase.verdeling import Businesscase as Model
from mkba.deur.teken import zoals
from mkba.uitvoer.aanpak.zinnen import leeswijzer, sectie
from mkba.uitvoer.businesscase import figuren, tabellen, zinnen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEEG = HTML("")


@dataclass(frozen=True, repr=False, eq=False)
class Businesscase:
    """Who gains and pays what, and a way to share. Shows the proposal; switched off all of it is empty."""

    model: Model | None

    @property
    def frame(self) -> pd.DataFrame:
        """Per party its cash, non-cash and cash after the proposal, euros NCW. Raises ValueError when switched off."""
        if self.model is None:
            raise ValueError("de businesscase staat uit")
        return tabellen.figuurframe(self.model)

    def kop(self) -> HTML:
        """Heading of the section and what it says."""
        return sectie(zinnen.SECTIE, zinnen.businesscase_zin(self.model)) if self.model else _LEEG

    def per_jaar(self) -> Tabel | HTML:
        """Cash and non-cash per party per year, euros of that year, and NCW: benefits minus costs."""
        return tabellen.jarentabel(self.model) if self.model else _LEEG

    def tabel(self) -> Tabel | HTML:
        """Per payer the transfer at which it breaks even, and the proposal, euros NCW."""
        return tabellen.verdeeltabel(self.model) if self.model else _LEEG

    def uitleg(self) -> HTML:
        """What the proposal rests on."""
        return leeswijzer(zinnen.UITLEG) if self.model else _LEEG

    @zoals(figuren.businesscase)
    def teken(self, ax: "Axes | None" = None) -> "Axes | HTML":
        """What each party keeps, now and after the proposal."""
        return figuren.businesscase(self.frame, ax) if self.model else _LEEG

    def __repr__(self) -> str:
        return tabellen.verdeeltabel(self.model).als_tekst() if self.model else "niet gevraagd"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        tabel = self.tabel()
        return tabel._repr_mimebundle_() if isinstance(tabel, Tabel) else {"text/plain": "", "text/html": ""}
