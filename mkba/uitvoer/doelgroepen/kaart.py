"""A choropleth of areas: five classes that read in grey, hatched where nothing may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Lijn
from numpy.typing import NDArray

from mkba.kern.tekst.notatie import euro, procent
from mkba.uitvoer.figuur import figuur, figuur_van, nieuw
from mkba.uitvoer.kleuren import GRIJS

KLASSEKLEUREN: Final = ("#EDF3F9", "#B9D0E6", "#7FA8CF", "#3F74AB", "#153F70")
"""From low to high, each darker than the one before, in grey as well."""
LEEG: Final[dict[str, Any]] = {"facecolor": "white", "hatch": "/////", "edgecolor": GRIJS}
Ring = NDArray[np.float64]


@dataclass(frozen=True)
class Kaartmaat:
    """What a map shows: its key, title and how a value is printed."""

    sleutel: str
    titel: str
    in_procenten: bool

    def gedrukt(self, waarde: float) -> str:
        return procent(waarde, 1) if self.in_procenten else euro(waarde)


KAARTEN: Final = (
    Kaartmaat("aandeel", "Huishoudens met meervoudige problematiek", True),
    Kaartmaat("kosten", "Zorgkosten per huishouden per jaar", False),
    Kaartmaat("saldo", "Saldo van een eerste aanpak per huishouden", False),
)


def klassen(waarden: Sequence[float]) -> list[float]:
    """The bounds of the classes: as many areas in each, fewer classes where values are equal."""
    eindig = np.asarray([w for w in waarden if np.isfinite(w)])
    if not eindig.size:
        return []
    grenzen = np.quantile(eindig, np.linspace(0, 1, len(KLASSEKLEUREN) + 1))
    return [float(g) for g in np.unique(grenzen)]


BREED: Final = 7.2
VOET: Final = 1.2
"""Inches: a map, and the room for its title and legend."""
_VORM: Final = (0.3, 1.1)
"""Height over width of a map, at least and at most."""


@figuur("Kaart van de gebieden, donkerder waar de waarde hoger is; gearceerd waar geen waarde te tonen is.")
def kaart(
    ringen: Mapping[str, Sequence[Ring]],
    waarden: Mapping[str, float],
    maat: Kaartmaat,
    graden: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Areas in the colour of their class; ``waarden``: NaN (or none) for an area that shows nothing.

    ``ringen``: per code, outer ones counterclockwise and holes clockwise, in metres or, with ``graden``, degrees.
    """  # fmt: skip
    alles = np.concatenate([r for delen in ringen.values() for r in delen])
    rek = 1.0 / float(np.cos(np.radians(alles[:, 1].mean()))) if graden else 1.0
    breed, hoog = np.ptp(alles, axis=0)
    # a wide map in a square leaves its title far above it
    ax = ax or nieuw(BREED, BREED * float(np.clip(rek * hoog / (breed or 1.0), *_VORM)) + VOET)
    grenzen = klassen([waarden[c] for c in ringen if c in waarden])
    aantal = max(len(grenzen) - 1, 1)
    kleuren = [KLASSEKLEUREN[i] for i in np.linspace(0, len(KLASSEKLEUREN) - 1, aantal).round().astype(int)]
    telling = [0] * aantal
    leeg = 0
    for code, delen in ringen.items():
        waarde = waarden.get(code, np.nan)
        lijn = Lijn.make_compound_path(*(Lijn(r, closed=True) for r in delen))
        if not np.isfinite(waarde):
            ax.add_patch(PathPatch(lijn, linewidth=0.3, **LEEG))
            leeg += 1
            continue
        klasse = int(np.clip(np.searchsorted(grenzen, waarde, side="right") - 1, 0, aantal - 1))
        telling[klasse] += 1
        ax.add_patch(PathPatch(lijn, facecolor=kleuren[klasse], edgecolor=GRIJS, linewidth=0.3))
    ax.set_aspect(rek)
    ax.autoscale_view()
    ax.set_axis_off()
    ax.set_title(maat.titel)
    handvatten = [
        Patch(facecolor=kleur, edgecolor=GRIJS, label=f"{maat.gedrukt(van)} tot {maat.gedrukt(tot)} ({n})")
        for kleur, van, tot, n in zip(kleuren, grenzen, grenzen[1:] or grenzen, telling, strict=False)
    ]
    if leeg:
        handvatten.append(Patch(label=f"te klein of niet bekend ({leeg})", **LEEG))
    figuur_van(ax).legend(handles=handvatten, ncols=2, loc="outside lower center")
    return ax
