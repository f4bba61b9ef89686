"""Knobs: sweeps, grids, one-way swings, switching values, the cheapest combination and scenarios of one aanpak."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from IPython.display import HTML
from numpy.typing import ArrayLike

from mkba.analyse.gevoeligheid import combinatie as modelcombinatie
from mkba.analyse.gevoeligheid import rooster
from mkba.analyse.gevoeligheid import scenarios as modelscenarios
from mkba.analyse.gevoeligheid.wacht import wacht as modelwacht
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.zaak.eenheden import eenheid
from mkba.kern.zaak.zaak import Zaak
from mkba.model.berekening import bereken, bereken_reeks
from mkba.uitvoer.aanpak.zinnen import alinea, leeswijzer, lijst
from mkba.uitvoer.gevoeligheid import figuren, omslagzinnen, tabellen, zinnen
from mkba.uitvoer.onzekerheid import zinnen as simulatiezinnen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from mkba.deur.onzekerheid import Simulatie


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
        return tabellen.reekstabel(self, self.attrs["knoppen"], uitkomsten or ("saldo", "kb_maatschappelijk"))

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
    """One outcome over two knobs. Shows the figure."""

    raster: rooster.Raster

    def frame(self) -> pd.DataFrame:
        """The outcome on every crossing: rows the second knob, columns the first."""
        r = self.raster
        return pd.DataFrame(r.waarden, index=pd.Index(r.y_waarden, name=r.y), columns=pd.Index(r.x_waarden, name=r.x))

    @zoals(figuren.contour)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """The plane with lines of equal outcome; the black line is break-even."""
        return figuren.contour(self.raster, ax)

    def zin(self) -> HTML:
        """What the black line says for the aanpak as given."""
        return alinea(zinnen.vlak_zin(self.raster))

    def __repr__(self) -> str:
        return zinnen.vlak_zin(self.raster)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.teken()._repr_mimebundle_(include, exclude)  # type: ignore[attr-defined]


@dataclass(frozen=True, repr=False, eq=False)
class Gevoeligheid:
    """What each input does to one outcome, from its low to its high value. Shows the table."""

    frame: pd.DataFrame
    uitkomst: str
    punt: float
    zaak: Zaak

    def tabel(self, soort: str = "knop", aantal: int = 10) -> Tabel:
        """The inputs with the largest swing: their low and high value and the outcome at each."""
        return tabellen.swingtabel(self.frame, soort, aantal, self.uitkomst)

    @gecontroleerd()
    def vlak(self, knop_x: str = "", knop_y: str = "") -> Vlak:
        """The saldo over two knobs; an empty one is the effect with the largest swing, then the next.

        Raises InvoerFout for a name that is no knob.
        """
        return Vlak(rooster.knoppenvlak(self.zaak.invoer, self.zaak.kengetallen, self.frame, knop_x, knop_y))

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

    @zoals(figuren.tornado)
    def tornado(self, soort: str = "knop", aantal: int = 10, titel: str = "", ax: "Axes | None" = None) -> "Axes":
        """Bars from the low to the high value; ``soort``: "knop" (the input) or "kengetal"."""
        bron = self._bron
        tabel = tabellen.tornadotabel(bron.frame, soort, aantal)
        return figuren.tornado(tabel, bron.punt, ax, titel, bron.uitkomst)


@dataclass(frozen=True, repr=False, eq=False)
class Omslag:
    """At which value of each knob costs and benefits balance. Shows the table."""

    frame: pd.DataFrame

    def tabel(self) -> Tabel:
        """Per knob and payer the value at which the judgement turns, or that there is none within its bounds."""
        return tabellen.omslagtabel(self.frame)

    def per_betaler(self, aantal: int = 3) -> HTML:
        """For society, all payers and the gemeente: how it stands and which knobs alone turn that, nearest first."""
        return lijst(omslagzinnen.per_betaler(self.frame, aantal))

    def samenvatting(self, combinatie: "Combinatie", simulatie: "Simulatie", scenarios: "Scenarios") -> HTML:
        """The answer in short: what turns the judgement, how sure it is, and what is left when things go wrong."""
        return lijst(
            [
                omslagzinnen.kern(self.frame),
                omslagzinnen.combinatiezin(combinatie.model, simulatie.model),
                simulatiezinnen.samenvatting(simulatie.model, simulatie.gekeerd),
                zinnen.scenario_zin(scenarios.frame, scenarios.scenarios),
                zinnen.wacht_zin(modelwacht(bereken(scenarios.zaak.invoer, scenarios.zaak.kengetallen))),
            ]
        )

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Combinatie:
    """The smallest shift of knobs with which an aanpak breaks even for one criterium. Shows the knobs that move."""

    model: modelcombinatie.Combinatie
    zaak: Zaak

    @property
    def wijzigingen(self) -> dict[str, float]:
        """The new values of the knobs that move, for ``a.met(...)``: fractions."""
        return self.model.wijzigingen

    def tabel(self) -> Tabel:
        """The knobs that move, from and to, beside the published range."""
        return tabellen.combinatietabel(self.model)

    def zin(self, simulatie: "Simulatie | None" = None) -> HTML:
        """What the combination is, or that there is none; with ``simulatie``, how sure an aanpak is that needs none."""
        return alinea(omslagzinnen.combinatiezin(self.model, simulatie.model if simulatie is not None else None))

    def uitleg(self) -> HTML:
        """How to read the table; nothing when no knob moves."""
        return leeswijzer(omslagzinnen.combinatie_uitleg(self.model))

    def wacht(self) -> Tabel:
        """What the guard says of double counting with the combination filled in, a row per message."""
        return tabellen.wachttabel(self._wacht())

    def wacht_zin(self) -> HTML:
        """How much the guard says with the combination filled in; nothing when no knob moves."""
        return alinea(omslagzinnen.combinatie_wacht(self.model, self._wacht()))

    def _wacht(self) -> list[Melding]:
        return modelcombinatie.wacht_bij(self.model, self.zaak.invoer, self.zaak.kengetallen)

    def __repr__(self) -> str:
        return f"{omslagzinnen.combinatiezin(self.model)}\n{self.tabel().als_tekst()}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if not self.wijzigingen:  # no knob moves: a table without rows would say nothing
            return {"text/html": self.zin().data, "text/plain": omslagzinnen.combinatiezin(self.model)}
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Scenarios:
    """The scenarios of the rule set beside the aanpak as filled in. Shows the table."""

    frame: pd.DataFrame
    scenarios: tuple[modelscenarios.Scenario, ...]
    zaak: Zaak

    def tabel(self) -> Tabel:
        """Saldo and ratios per scenario."""
        zonder = modelscenarios.zonder_werking(self.zaak.invoer, self.scenarios)
        return replace(tabellen.scenariotabel(self.frame), uitleg=zinnen.zonder_werking_zin(zonder))

    def wijzigingen(self) -> Tabel:
        """What each scenario changes and why."""
        return tabellen.wijzigingentabel(self.scenarios)

    def waterval(self, van: str = "", naar: str = "", uitkomst: str = "saldo") -> "Waterval":
        """From one scenario to another, one change at a time; ``""`` is the aanpak as filled in.

        ``sc.waterval("planfase", "going-concern")``. Raises ValueError that names the scenarios there are.
        """
        begin, eind = (self._scenario(sleutel) for sleutel in (van, naar))
        stappen = modelscenarios.waterval(self.zaak.invoer, self.zaak.kengetallen, begin, eind, uitkomst)
        return Waterval(stappen, uitkomst)

    def _scenario(self, sleutel: str) -> modelscenarios.Scenario | None:
        alle = {s.sleutel: s for s in self.scenarios}
        if sleutel and sleutel not in alle:
            raise ValueError(f"{sleutel!r} is geen scenario; kies uit: {', '.join(alle)}")
        return alle.get(sleutel)

    @zoals(figuren.scenario_saldi)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """The saldo per scenario."""
        return figuren.scenario_saldi(self.frame, ax)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Waterval:
    """From one scenario to another, one change at a time. Shows the table."""

    frame: pd.DataFrame
    uitkomst: str

    def tabel(self) -> Tabel:
        """What each change adds in this order and on average over all orders, and where it stands."""
        return tabellen.watervaltabel(self.frame, self.uitkomst)

    def zin(self) -> HTML:
        """What to know before quoting one bar."""
        return alinea(zinnen.waterval_zin(self.frame))

    @zoals(figuren.waterval)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """A bar per change."""
        return figuren.waterval(self.frame, self.uitkomst, ax)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)
