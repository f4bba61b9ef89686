"""Teams beside each other as a figure."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mkba.analyse.effectmeting.teams import Teams
from mkba.kern.tekst.notatie import getal
from mkba.uitvoer.effectmeting.teams.zinnen import OM_TE_LEREN
from mkba.uitvoer.figuur import figuur, legenda_onder, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS


@figuur("Per team, op naam, de eigen waarde en de waarde die naar het gemiddelde is getrokken met haar 95%-interval.")
def naast_elkaar(teams: Teams, titel: str = "", ax: Axes | None = None) -> Axes:
    """Own and shrunken value per team with the 95% interval, by name from top to bottom; no ranking."""
    ax = ax or nieuw(8, 1.6 + 0.4 * len(teams.teams))
    y = np.arange(len(teams.teams))[::-1]
    ax.axvline(teams.gemiddelde, color=GRIJS, linestyle="--", linewidth=1, label="alle teams samen")
    ax.hlines(y, [t.laag for t in teams.teams], [t.hoog for t in teams.teams], color=BLAUW, linewidth=2)
    ax.plot([t.gekrompen for t in teams.teams], y, marker="o", color=BLAUW, linestyle="none",
            label="getrokken naar het gemiddelde, met 95%-interval")  # fmt: skip
    met = [(t.ruw, p) for t, p in zip(teams.teams, y, strict=True) if t.schatting is not None]
    ax.plot([w for w, _ in met], [p for _, p in met], marker="D", color="white", markeredgecolor="#111111",
            linestyle="none", label="eigen waarde", zorder=5)  # fmt: skip
    ax.set_yticks(y, [f"{t.naam} ({t.n})" for t in teams.teams])
    ax.set_ylim(-0.6, len(y) - 0.4)
    aandeel = teams.soort == "aandeel"
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(100 * v)}%" if aandeel else getal(v, 2)))
    ax.set_xlabel(teams.soort)
    ax.set_title(titel or f"Teams naast elkaar, op naam: {OM_TE_LEREN}")
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 3)
    return ax
