"""The interval of a share: Wilson's, which holds near 0 and 1 too (E.B. Wilson, JASA 22 (1927), 209-212)."""

from typing import Final

import numpy as np
from scipy.special import ndtri

ZEKERHEID: Final = 0.95


def grenzen(p: float, c: float) -> tuple[float, float]:
    """The shares that the data do not reject when the variance of the estimate is p (1 − p) c; c is 1/n for n draws."""
    zc = float(ndtri((1 + ZEKERHEID) / 2)) ** 2 * c
    midden = (p + zc / 2) / (1 + zc)
    half = float(np.sqrt(zc * p * (1 - p) + zc * zc / 4)) / (1 + zc)
    return min(p, max(0.0, midden - half)), max(p, min(1.0, midden + half))
