"""What a measurement does to the outcome of an aanpak: ``u.effectmeting()``."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from IPython.display import HTML

from mkba.analyse.effectmeting.bijwerken.lezingen import Lezingen, lezingen
from mkba.deur.teken import zoals
from mkba.model.berekening import Uitkomst as Modeluitkomst
from mkba.uitvoer.aanpak.zinnen import alinea
from mkba.uitvoer.effectmeting import figuren, tabellen, zinnen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from mkba.deur.onzekerheid import Simulatie

POSTEN: Final = ("kosten_extra_zorg", "substitutie", "effectiviteit", "escalatie")
_LEEG: Final = Tabel(pd.DataFrame())


@dataclass(frozen=True, repr=False, eq=False)
class Effect:
    """Questions 16 to 18 and what they change. Of an aanpak without them its tables and figure are empty.

    The measurement itself is ``a.effectmeting``; turn it with ``a.met({"effectmeting.grondslag": "bedreigd"})``.
    """

    model: Modeluitkomst

    @cached_property
    def lezingen(self) -> Lezingen | None:
        """The estimate and both readings of question 18, each a whole calculation; None when nothing was measured."""
        u = self.model
        return lezingen(u.aanpak, u.kengetallen) if u.aanpak.gemeten is not None else None

    def zin(self) -> HTML:
        """What was measured and what it does to the saldo; also said when nothing was."""
        aanpak = self.model.aanpak
        delen = (zinnen.effectmeting_zin(aanpak, self.lezingen), zinnen.vervangen_zin(aanpak))
        return alinea(" ".join(d for d in delen if d))

    def trajecten(self) -> Tabel:
        """What was filled in at questions 16 and 17, with the costs of each kind of traject, euros a year."""
        return tabellen.trajectentabel(*self._zaak) if self._telt("meer") or self._telt("minder") else _LEEG

    def escalaties(self) -> Tabel:
        """What was filled in at question 18: prevented, threatened and the costs of an event."""
        return tabellen.escalatietabel(*self._zaak) if self._telt("voorkomen") else _LEEG

    def samen(self) -> Tabel:
        """Question 18 as a share of each huishoudtype: the largest indicator, together, and the sum."""
        return tabellen.samentabel(*self._zaak) if self._telt("voorkomen") else _LEEG

    def tabel(self) -> Tabel:
        """Uitvoerscherm A with the estimate and both readings beside each other, euros NCW."""
        return tabellen.lezingentabel(self.lezingen) if self.lezingen else _LEEG

    def spreiding(self, simulatie: "Simulatie") -> HTML:
        """Which part of the spread of the saldo comes from the unit costs; nothing when nothing was measured."""
        from mkba.analyse.effectmeting.zekerheid.spreiding import aandelen

        return alinea(zinnen.spreiding_zin(aandelen(simulatie.model, self.model.kengetallen)))

    @zoals(figuren.lezingen)
    def teken(self, ax: "Axes | None" = None) -> "Axes | HTML":
        """The four posts that change."""
        if self.lezingen is None:
            return HTML("")
        koppen = tabellen.lezingkoppen(self.lezingen)
        return figuren.lezingen(self.lezingen.frame.loc[list(POSTEN), list(koppen)].rename(columns=koppen), ax)

    def _telt(self, deel: str) -> bool:
        gemeten = self.model.aanpak.gemeten
        return gemeten is not None and gemeten.telt(deel)

    @property
    def _zaak(self) -> tuple[Any, Any]:
        return self.model.aanpak, self.model.kengetallen

    def __repr__(self) -> str:
        if self.lezingen is None:
            return zinnen.effectmeting_zin(self.model.aanpak, None)
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        toon: Any = self.tabel() if self.lezingen else self.zin()
        return toon._repr_mimebundle_(include, exclude) if self.lezingen else {"text/html": toon.data}
