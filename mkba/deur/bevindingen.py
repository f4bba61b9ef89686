"""What was found since 2014 beside one aanpak: what it survives, and what is left after a discount for evidence."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from mkba.analyse.bevindingen.korting import Bewijskorting as Modelkorting
from mkba.analyse.bevindingen.overleving import Overleving as Modeloverleving
from mkba.deur.teken import zoals
from mkba.kern.catalogus.bevindingen import laad_bevindingen
from mkba.uitvoer.aanpak.zinnen import leeswijzer, sectie
from mkba.uitvoer.bevindingen import figuren, tabellen, zinnen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEEG = HTML("")


@dataclass(frozen=True, repr=False, eq=False)
class Overleving:
    """The chance of a positive saldo under each finding since 2014. Shows the table; switched off: empty."""

    model: Modeloverleving | None

    def kop(self) -> HTML:
        """Heading of the section and what it says."""
        return sectie(zinnen.SECTIE_BEVINDINGEN, zinnen.overleving_zin(self.model)) if self.model else _LEEG

    def tabel(self) -> Tabel | HTML:
        """Per scenario the saldo and ratio as filled in, and the chance per party that the saldo is positive."""
        return tabellen.overlevingstabel(self.model) if self.model else _LEEG

    def bronnen(self) -> Tabel | HTML:
        """Per scenario what it changes, the study it comes from, how well that is known, and the translation."""
        return tabellen.bronnentabel(self.model) if self.model else _LEEG

    def lijst(self) -> Tabel | HTML:
        """Every finding since 2014, also those that no scenario calculates with: study, design, strength, how known."""
        return tabellen.bevindingentabel(laad_bevindingen().values()) if self.model else _LEEG

    def uitleg(self) -> HTML:
        """How to read it, and what it does not say."""
        return leeswijzer(zinnen.OVERLEVING_UITLEG) if self.model else _LEEG

    @zoals(figuren.overleving)
    def teken(self, ax: "Axes | None" = None) -> "Axes | HTML":
        """The chances as points."""
        return figuren.overleving(self.model.frame, ax) if self.model else _LEEG

    def __repr__(self) -> str:
        return tabellen.overlevingstabel(self.model).als_tekst() if self.model else "niet gevraagd"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return _bundel(self.tabel())


@dataclass(frozen=True, repr=False, eq=False)
class Bewijskorting:
    """The outcome as claimed and as discounted for its evidence. Shows the table; switched off all of it is empty."""

    model: Modelkorting | None

    @property
    def saldo(self) -> tuple[float, float]:
        """Saldo as claimed and as discounted, euros NCW. Raises ValueError when switched off."""
        if self.model is None:
            raise ValueError("de bewijskorting staat uit")
        return self.model.claim["saldo"], self.model.gekort["saldo"]

    def kop(self) -> HTML:
        """Heading of the section and what it says."""
        return sectie(zinnen.SECTIE_KORTING, zinnen.korting_zin(self.model)) if self.model else _LEEG

    def tabel(self) -> Tabel | HTML:
        """Uitvoerscherm A as claimed and as discounted, euros NCW and ratios."""
        return tabellen.kortingtabel(self.model) if self.model else _LEEG

    def effecten(self) -> Tabel | HTML:
        """Per effect the strength of its evidence, the discount, what was found nationally, and its euros NCW."""
        return tabellen.effectentabel(self.model) if self.model else _LEEG

    def uitleg(self) -> HTML:
        """What the discount does and does not."""
        return leeswijzer(zinnen.KORTING_UITLEG) if self.model else _LEEG

    @zoals(figuren.korting)
    def teken(self, ax: "Axes | None" = None) -> "Axes | HTML":
        """The posts and the saldo side by side."""
        return figuren.korting(tabellen.postenframe(self.model), ax) if self.model else _LEEG

    def __repr__(self) -> str:
        return zinnen.korting_zin(self.model) if self.model else "niet gevraagd"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return _bundel(self.tabel())


def _bundel(ding: Tabel | HTML) -> Any:
    return ding._repr_mimebundle_() if isinstance(ding, Tabel) else {"text/plain": "", "text/html": ""}
