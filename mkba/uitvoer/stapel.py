"""Stacked bars: one way to put values on top of each other, negative ones on the other side of the zero line."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray


def stapel(
    ax: Axes,
    plekken: ArrayLike,
    delen: Iterable[tuple[ArrayLike, Mapping[str, Any]]],
    dikte: float,
    *,
    liggend: bool = True,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw layers of bars, the first against the zero line; ``plekken`` and the values of each layer: (staaf,).

    ``delen``: (values, how it looks) per layer, as ``Axes.barh`` takes it, or ``Axes.bar`` when not ``liggend``. A
    value that is missing counts as 0. Returns where the bars end above and below zero, both (staaf,).
    """
    plaats = np.asarray(plekken, dtype=float)
    plus, min_ = np.zeros(plaats.size), np.zeros(plaats.size)
    for deel, stijl in delen:
        waarden = np.nan_to_num(np.asarray(deel, dtype=float))
        begin = np.where(waarden >= 0, plus, min_)
        if liggend:
            ax.barh(plaats, waarden, left=begin, height=dikte, **stijl)
        else:
            ax.bar(plaats, waarden, bottom=begin, width=dikte, **stijl)
        plus, min_ = plus + np.maximum(waarden, 0), min_ + np.minimum(waarden, 0)
    return plus, min_
