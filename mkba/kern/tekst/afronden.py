"""Rounding: to a step as the source prints, and to whole numbers that keep their sum."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy is imported by who rounds arrays: the command line starts without it
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


def rond(waarde: float, stap: float = 1.0) -> float:
    """Round to a step, halves away from zero, as a spreadsheet prints: 514,650 to 100 is 514,700.

    Everything that is printed is rounded here, so a number looks the same on the screen, in a report and in an
    overview.
    """
    # the tiny addition undoes binary noise: 0.285 / 0.01 is 28.499999999999996
    return math.copysign(math.floor(abs(waarde) / stap + 0.5 + 1e-9) * stap, waarde)


def heel(aantallen: "ArrayLike", totaal: int | None = None) -> "NDArray[np.int64]":
    """Whole numbers that add up to ``totaal``, by default the rounded sum: largest remainders get what is left.

    Keeps the shape; ties go to the first cell, so the outcome is the same everywhere.
    """
    import numpy as np

    waarden = np.asarray(aantallen, dtype=np.float64)
    plat = waarden.ravel()
    if totaal is None:
        totaal = int(np.floor(plat.sum() + 0.5))
    uit = np.floor(plat + 1e-9).astype(np.int64)
    volgorde = np.argsort(-(plat - uit), kind="stable")
    ronden, rest = divmod(totaal - int(uit.sum()), max(plat.size, 1))
    uit += ronden
    uit[volgorde[:rest]] += 1
    return uit.reshape(waarden.shape)


def aandelen(aantallen: "ArrayLike", decimalen: int = 4) -> "NDArray[np.float64]":
    """Shares with few decimals that sum to 1 exactly (all zero when there is nothing to share)."""
    import numpy as np

    waarden = np.asarray(aantallen, dtype=np.float64)
    som = waarden.sum()
    if som <= 0:
        return np.zeros_like(waarden)
    schaal = 10**decimalen
    return np.asarray(heel(waarden / som * schaal) / schaal)
