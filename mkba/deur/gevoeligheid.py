"""Knobs: sweeps, grids, one-way swings, switching values and scenarios of one aanpak."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from mkba.analyse.gevoeligheid import rooster
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.begrippen import SLEUTELS
from mkba.kern.eenheden import eenheid
from mkba.kern.zaak import Zaak
from mkba.model.berekening import bereken_reeks
from mkba.uitvoer.aanpak import figuren as aanpakfiguren
from mkba.uitvoer.aanpak import tabellen as aanpaktabellen
from mkba.uitvoer.gevoeligheid import figuren, omslag, tabellen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Reeks(pd.DataFrame):  # type: ignore[misc]  # pandas is untyped here
    """Scenarios of one aanpak: a row per scenario, the varied knobs and the outcomes as columns.

    Shares are fractions, amounts euros NCW, ratios unrounded; ``attrs["eenheden"]`` gives the unit of each column,
    ``attrs["knoppen"]`` the varied ones, ``attrs["aanpak"]`` the name.
    """

    @property
    def _constructor(self) -> type["Reeks"]:
        return Reeks

    def tabel(self, *uitkomsten: str) -> Tabel:
        """The knobs beside some outcomes (saldo and the maatschappelijke ratio when none is named), to read."""
        return aanpaktabellen.reekstabel(self, self.attrs["knoppen"], uitkomsten or ("saldo", "kb_maatschappelijk"))

    @zoals(figuren.reeks)
    def teken(self, uitkomst: str = "saldo", ax: "Axes | None" = None) -> "Axes":
        """One outcome against the first knob, a line per value of the second."""
        return figuren.reeks(self, self.attrs["knoppen"], uitkomst, ax)


def reeks(zaak: Zaak, waarden: Mapping[str, ArrayLike], alles: bool = False) -> Reeks:
    """Every combination of the values (``alles``) or, of arrays of one length, one scenario per position."""
    rijen = {k: np.atleast_1d(np.asarray(w, dtype=np.float64)) for k, w in waarden.items()}
    if alles or len({r.size for r in rijen.values() if r.size > 1}) > 1:
        vlak = np.meshgrid(*rijen.values(), indexing="ij")
        rijen = {k: w.ravel() for k, w in zip(rijen, vlak, strict=True)}
    uit = bereken_reeks(zaak.invoer, zaak.kengetallen, rijen)
    aantal = max((r.size for r in rijen.values()), default=1)
    frame = Reeks({k: np.broadcast_to(r, aantal) for k, r in rijen.items()} | {s: uit[s] for s in SLEUTELS})
    frame.attrs = {
        "aanpak": zaak.invoer.naam,
        "knoppen": list(rijen),
        "eenheden": {kolom: eenheid(kolom, zaak.kengetallen) for kolom in frame.columns},
    }
    return frame


@dataclass(frozen=True, repr=False, eq=False)
class Vlak:
    """One outcome over two knobs."""

    raster: rooster.Raster

    def frame(self) -> pd.DataFrame:
        """The outcome on every crossing: rows the second knob, columns the first."""
        r = self.raster
        return pd.DataFrame(r.waarden, index=pd.Index(r.y_waarden, name=r.y), columns=pd.Index(r.x_waarden, name=r.x))

    @zoals(figuren.contour)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """The plane with lines of equal outcome; the black line is break-even."""
        return figuren.contour(self.raster, ax)

    def __repr__(self) -> str:
        return tabellen.vlak_zin(self.raster)


@dataclass(frozen=True, repr=False, eq=False)
class Gevoeligheid:
    """What each input does to one outcome, from its low to its high value. Shows the table."""

    frame: pd.DataFrame
    uitkomst: str
    punt: float

    def tabel(self, soort: str = "knop", aantal: int = 10) -> Tabel:
        """The inputs with the largest swing: their low and high value and the outcome at each."""
        return aanpaktabellen.swingtabel(self.frame, soort, aantal, self.uitkomst)

    @property
    def teken(self) -> "TekenGevoeligheid":
        """Figures: ``g.teken.tornado()``."""
        return TekenGevoeligheid(self)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


class TekenGevoeligheid(Tekenaar[Gevoeligheid]):
    """Figures of the swings."""

    @zoals(aanpakfiguren.tornado)
    def tornado(self, soort: str = "knop", aantal: int = 10, titel: str = "", ax: "Axes | None" = None) -> "Axes":
        """Bars from the low to the high value; ``soort``: "knop" (the input) or "kengetal"."""
        bron = self._bron
        tabel = aanpaktabellen.tornadotabel(bron.frame, soort, aantal)
        return aanpakfiguren.tornado(tabel, bron.punt, ax, titel, bron.uitkomst)


@dataclass(frozen=True, repr=False, eq=False)
class Omslag:
    """At which value of each knob costs and benefits balance. Shows the table."""

    frame: pd.DataFrame

    def tabel(self) -> Tabel:
        """Per knob and payer the value at which the judgement turns, or that there is none within its bounds."""
        return omslag.omslagtabel(self.frame)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Scenarios:
    """The scenarios of the rule set beside the aanpak as filled in. Shows the table."""

    frame: pd.DataFrame

    def tabel(self) -> Tabel:
        """Saldo and ratios per scenario."""
        return tabellen.scenariotabel(self.frame)

    @zoals(figuren.scenario_saldi)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """The saldo per scenario."""
        return figuren.scenario_saldi(self.frame, ax)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)
