"""Figures of a doelgroepenanalyse, in the colours of figuur 2.2: green, light orange, orange, red."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from mkba.kern.tekst.notatie import getal
from mkba.uitvoer.doelgroepen.tabellen import KLASSENAMEN
from mkba.uitvoer.figuur import Assen, figuur, liggend, nieuw
from mkba.uitvoer.kleuren import ROOD
from mkba.uitvoer.stapel import stapel

KLASSEKLEUREN = {"ev": "#7DBB6E", "zr": "#F6C27A", "nzr": "#E8871E", "top": "#B3261E"}
ARCERING = {"ev": "", "zr": "++", "nzr": "//", "top": "xx"}
LETTER = {"ev": "#111111", "zr": "#111111", "nzr": "#111111", "top": "white"}
BREEDTE = 0.66
KLEINSTE_LABEL = 0.04
"""A share below this gets no label: the text would not fit in its segment."""


@figuur(
    "Gestapelde balken: aandeel van de vier klassen, in totaal en per type; rechts zonder de groene klasse, met een "
    "band."
)
def doelgroepen(
    aandelen: pd.DataFrame,
    band_mv: pd.DataFrame | None = None,
    landelijk_ev: float | None = None,
    assen: Sequence[Axes] | None = None,
) -> Axes:
    """Shares of the classes, total and per type; right the same without the green class (figuur 2.2).

    ``aandelen``: rows Totaal and the types, columns ev, zr, nzr, top, fractions summing to 1 (or all NaN: no bar);
    ``band_mv``: columns laag and hoog per row, the range of the mv share, drawn beside the bars;
    ``landelijk_ev``: the red dotted line, over the first row only because it concerns all households; ``assen``: the
    two axes to draw in. Returns the left axes.
    """
    links, rechts = _twee_panelen() if assen is None else assen
    x = np.arange(len(aandelen))
    _stapel(links, x, aandelen.fillna(0.0), list(KLASSENAMEN))
    _stapel(rechts, x, aandelen.fillna(0.0), [k for k in KLASSENAMEN if k != "ev"])
    if band_mv is not None:
        mv = aandelen[["zr", "nzr", "top"]].sum(axis=1, min_count=1)
        fout = [(mv - band_mv["laag"]).clip(lower=0), (band_mv["hoog"] - mv).clip(lower=0)]
        rechts.errorbar(
            x + BREEDTE / 2,
            mv,
            yerr=fout,
            fmt="none",
            ecolor="#111111",
            capsize=4,
            linewidth=1.2,
            label="90%-band",
        )
    if landelijk_ev is not None:
        links.plot(
            x[0] + np.array([-0.45, -0.17, np.nan, 0.17, 0.45]),  # a gap in the middle, where a label may be
            np.full(5, landelijk_ev),
            color=ROOD,
            linestyle=":",
            linewidth=1.8,
            label="Nederland: geen probleem of ev",
        )
    links.set_ylim(0, 1)
    links.set_ylabel("aandeel van de huishoudens")
    links.set_title("Alle huishoudens")
    rechts.set_title("Zonder de groene klasse")
    leeg = aandelen.sum(axis=1) == 0
    namen = [str(r).replace("Overige huishoudens", "Overige hh") for r in aandelen.index]
    namen = [f"{naam}\n(geen)" if geen else naam for naam, geen in zip(namen, leeg, strict=True)]
    for as_ in (links, rechts):
        as_.set_xticks(x, namen)
        as_.tick_params(axis="x", labelsize=8.5)
        as_.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(v * 100)}%"))
        as_.grid(axis="x", visible=False)
    handvatten = dict(zip(*reversed(links.get_legend_handles_labels()), strict=True))
    handvatten |= dict(zip(*reversed(rechts.get_legend_handles_labels()), strict=True))
    links.figure.legend(list(handvatten.values()), list(handvatten), ncols=3, loc="outside lower center")
    return links


@figuur(
    "Horizontale balken per gebied: het aandeel huishoudens met meervoudige problematiek, naar zwaarte, met een band."
)
def gebieden(tabel: pd.DataFrame, landelijk_mv: float | None = None, ax: Axes | None = None) -> Axes:
    """Share of households with multiple problems per area, stacked zr, nzr, top, with its band.

    ``tabel``: rows areas; columns zr, nzr, top, laag, hoog (fractions of all households).
    """
    ax = ax or nieuw(8, 0.42 * len(tabel) + 1.8)
    y = np.arange(len(tabel))[::-1]
    mv, _ = stapel(ax, y, ((tabel[klasse], _klasse(klasse)) for klasse in ("zr", "nzr", "top")), 0.62)
    fout = [(mv - tabel["laag"]).clip(lower=0), (tabel["hoog"] - mv).clip(lower=0)]
    ax.errorbar(mv, y, xerr=fout, fmt="none", ecolor="#111111", capsize=3, linewidth=1.1, label="90%-band")
    if landelijk_mv is not None:
        ax.axvline(landelijk_mv, color=ROOD, linestyle=":", linewidth=1.6, label="Nederland")
    ax.set_yticks(y, [str(i) for i in tabel.index])
    ax.set_xlim(left=0)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(v * 100)}%"))
    return liggend(
        ax, "aandeel van de huishoudens met meervoudige problematiek", "Meervoudige problematiek per gebied", 3
    )


def _twee_panelen() -> Sequence[Axes]:
    soort = {"axes_class": Assen}
    return list(Figure(figsize=(8.4, 4.2)).subplots(1, 2, width_ratios=[1.15, 1], subplot_kw=soort))


def _stapel(ax: Axes, x: np.ndarray, aandelen: pd.DataFrame, klassen: list[str]) -> None:
    stapel(ax, x, ((aandelen[klasse], _klasse(klasse)) for klasse in klassen), BREEDTE, liggend=False)
    onder = np.zeros(len(aandelen))
    for klasse in klassen:
        waarden = aandelen[klasse].to_numpy(dtype=float)
        for xi, (basis, waarde) in enumerate(zip(onder, waarden, strict=True)):
            if waarde >= KLEINSTE_LABEL:
                ax.text(xi, basis + waarde / 2, f"{getal(waarde * 100)}%", ha="center", va="center", fontsize=8,
                        color=LETTER[klasse])  # fmt: skip
        onder = onder + waarden


def _klasse(klasse: str) -> dict[str, Any]:
    return {
        "color": KLASSEKLEUREN[klasse],
        "hatch": ARCERING[klasse],
        "edgecolor": "white",
        "label": KLASSENAMEN[klasse],
    }
