"""Figures for reviewers: published against model, and what a calibration can and cannot know."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mkba.kern.tekst.notatie import getal
from mkba.kern.woorden.begrippen import POSTEN, naam
from mkba.uitvoer.figuur import Assen, figuur, legenda_onder, liggend, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS, ROOD


@figuur("Per gepubliceerde post de afwijking van het model en de ruimte die de afronding laat.")
def reproductie(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Model and its rounding interval per published post, as deviation in percent of the published amount.

    ``tabel``: outcome of ``analyse.reproductie.reproductie`` for one or more cases; posts only.
    """
    posten = tabel[tabel["sleutel"].isin(POSTEN) & (tabel["gepubliceerd"] > 0)]
    ax = ax or nieuw(8, 0.23 * len(posten) + 1.4)
    y = np.arange(len(posten))[::-1]
    laag, hoog, model, strikt_laag, strikt_hoog = (
        (posten[k] / posten["gepubliceerd"] - 1).to_numpy(dtype=float)
        for k in ("laagste", "hoogste", "model", "strikt_laagste", "strikt_hoogste")
    )
    grens = 0.12
    ax.hlines(
        y,
        laag.clip(-grens, grens),
        hoog.clip(-grens, grens),
        color="#D1D5DB",
        linewidth=5,
        label="ruimte door afronding van alle percentages",
    )
    ax.hlines(
        y,
        strikt_laag.clip(-grens, grens),
        strikt_hoog.clip(-grens, grens),
        color="#9CA3AF",
        linewidth=5,
        label="ruimte met exacte knoppen",
    )
    ax.scatter(model, y, s=22, color=BLAUW, zorder=3, label="model, invoer zoals gedrukt")
    ax.axvline(0, color=ROOD, linewidth=1.2, label="gepubliceerd")
    ax.set_yticks(
        y, [f"{_kort_geval(g)}: {naam(s).lower()}" for g, s in zip(posten["geval"], posten["sleutel"], strict=True)]
    )
    ax.tick_params(axis="y", labelsize=8)
    ax.set_xlim(-grens, grens)
    ax.set_ylim(-0.8, len(posten) - 0.2)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(v * 100)}%"))
    ax.set_xlabel("afwijking van het gepubliceerde bedrag (afgekapt bij 12%)")
    ax.set_title("Model naast publicatie, per post")
    if isinstance(ax, Assen):
        welke = ", ".join(_kort_geval(g) for g in posten["geval"].unique())
        ax.alt = f"Per gepubliceerde post de afwijking van het model en de ruimte die de afronding laat: {welke}."
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 2)
    return ax


@figuur("Per post en geval de afwijking met alle gevallen en de afwijking van de voorspelling zonder dat geval.")
def weglaten(tabel: pd.DataFrame, namen: Mapping[str, str], ax: Axes | None = None) -> Axes:
    """Deviation per post and case: fitted on all cases, and predicted without the case itself.

    ``tabel``: outcome of ``analyse.kalibratie.voorspellingen`` (kalibratie_pct, zonder_pct in percent; NaN
    when the other cases do not determine the prediction); ``namen``: display name per block.
    """
    ax = ax or nieuw(8, 0.23 * len(tabel) + 1.5)
    y = np.arange(len(tabel))[::-1]
    grens = 15.0
    zonder = tabel["zonder_pct"].to_numpy(dtype=float)
    ax.set_xlim(-grens, grens)
    ax.scatter(tabel["kalibratie_pct"], y, s=26, color=BLAUW, label="gekalibreerd", zorder=3)
    ax.scatter(
        zonder.clip(-grens, grens),
        y,
        s=34,
        marker="D",
        facecolor="white",
        edgecolor="#111111",
        label="voorspeld uit de andere gevallen",
        zorder=2,
        clip_on=False,
    )
    for hoogte, waarde in zip(y, zonder, strict=True):
        if np.isnan(waarde):
            ax.text(grens * 0.97, hoogte, "niet te voorspellen", fontsize=7.5, color=GRIJS, ha="right", va="center")
        elif abs(waarde) > grens:
            kant = np.sign(waarde)
            ax.text(
                kant * grens * 0.93,
                hoogte,
                f"{getal(waarde)}%",
                fontsize=7.5,
                ha="right" if kant > 0 else "left",
                va="center",
            )
    ax.axvline(0, color=ROOD, linewidth=1)
    ax.set_yticks(y, [f"{namen[b]}: {_kort_geval(g)}" for b, g in zip(tabel["blok"], tabel["geval"], strict=True)])
    ax.tick_params(axis="y", labelsize=8)
    ax.set_ylim(-0.8, len(tabel) - 0.2)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(v)}%"))
    return liggend(
        ax,
        "afwijking van het gepubliceerde bedrag (afgekapt bij 15%)",
        "Hoe goed voorspellen de andere gevallen een geval?",
    )


def _kort_geval(geval: str) -> str:
    return geval.replace("voorbeeld-", "vb ").replace("standaard", "rekenvb")
