"""Figures of a measurement: they receive numbers and draw."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mkba.kern.tekst.notatie import euro
from mkba.kern.woorden.begrippen import naam
from mkba.uitvoer.figuur import LICHT, euro_as, figuur, legenda_onder, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS

_VLAK: Final[tuple[Mapping[str, object], ...]] = (
    {"color": GRIJS},
    {"color": BLAUW},
    {**LICHT, "hatch": "////"},
)


@figuur(
    "Liggende balken: de vier posten die een effectmeting verandert, in de schatting en in beide lezingen, euro NCW."
)
def lezingen(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The posts that a measurement changes, beside each other. ``tabel``: rows posts (keys), a column per calculation
    by its name, euros NCW; a column of NaN (a reading that is not known) is left out."""
    tabel = tabel.dropna(axis=1, how="all")
    ax = ax or nieuw(8, 0.7 * len(tabel) + 1.8)
    hoog = 0.8 / tabel.shape[1]
    y = np.arange(len(tabel))[::-1]
    grens = float(np.abs(tabel.to_numpy()).max()) or 1.0
    for i, kolom in enumerate(tabel.columns):
        plaats = y + hoog * ((tabel.shape[1] - 1) / 2 - i)
        waarden = tabel[kolom].to_numpy(float)
        ax.barh(plaats, waarden, hoog * 0.9, label=str(kolom), **_VLAK[i])  # type: ignore[arg-type]
        for p, w in zip(plaats, waarden, strict=True):
            ax.text(max(w, 0.0) + 0.01 * grens, p, euro(w, 100), va="center", fontsize="small")
    ax.set_yticks(y, [naam(str(p)) for p in tabel.index])
    ax.set_xlabel("euro, netto contante waarde van een jaar aanpak")
    ax.set_title("Wat de meting verandert")
    ax.margins(x=0.14)
    euro_as(ax, "x")
    ax.grid(axis="y", visible=False)
    legenda_onder(ax)
    return ax
