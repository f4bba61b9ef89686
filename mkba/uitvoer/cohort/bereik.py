"""Which part of the outcomes of a cohort a drawing shows."""

import math
from collections.abc import Sequence
from statistics import quantiles
from typing import Final

MET_NAAM: Final = 40
"""With more aanpakken than this, names would not fit: thin lines, and only the extremes named."""


UITERSTEN: Final = 5
"""Names at both ends when not all fit."""


RUIM: Final = 3.0
"""Half-width beyond the middle half of all ends, in its widths (Tukey's far out): more is clipped."""


EINDEN: Final = ("punt", "p10", "p50", "p90")


def grenzen(waarden: Sequence[float], streep: float) -> tuple[float, float]:
    """Lowest and highest value drawn: all of them and break-even, unless some lie far out."""
    eindig = [w for w in waarden if math.isfinite(w)]
    if not eindig:
        return streep - 1.0, streep + 1.0
    kwart, _, driekwart = quantiles(eindig, n=4, method="inclusive") if len(eindig) > 1 else (eindig[0],) * 3
    ruim = RUIM * (driekwart - kwart)
    laag = min(streep, max(min(eindig), kwart - ruim))
    hoog = max(streep, min(max(eindig), driekwart + ruim))
    return (laag, hoog) if hoog > laag else (laag - 1.0, hoog + 1.0)
