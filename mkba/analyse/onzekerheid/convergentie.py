"""Does the number of draws suffice? What the luck of the draw does to a P50 and to a chance, in plain language.

Criterion: endless draws would change nothing that a reader sees. The 95% margin of P50, its distance to the P50 of
endless draws, must stay within 2% of the distance P10-P90 (less than a line's width in the figure), and that of the
chance of a positive outcome within 1.5 percentage points (the sentence says "in 83 van de 100"). Two runs with
different seeds both miss that value, so they differ by up to sqrt(2) times the margin.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from mkba.analyse.wilson import ZEKERHEID, grenzen
from mkba.model.reeksen import Reeks

BATCHES: Final = 20
"""Batches: enough for a usable standard error, and each still large enough for a median."""
MARGE_P50: Final = 0.02
MARGE_KANS: Final = 0.015
PUNTEN: Final = 60
"""Points of the running quantiles: enough for a smooth line."""


@dataclass(frozen=True, eq=False)
class Convergentie:
    """The check of one outcome.

    ``fout_p50`` and ``fout_kans`` are standard errors (of the unit of the outcome, and a fraction); ``marge_p50``
    is the 95% margin against endless draws as a share of P10-P90, ``marge_kans`` that of the chance, a fraction.
    ``nodig`` estimates the number of draws that meets the criterion. ``reeks`` holds the draws that count.
    """

    aantal: int
    fout_p50: float
    fout_kans: float
    marge_p50: float
    marge_kans: float
    nodig: int
    reeks: Reeks = field(repr=False)

    @property
    def voldoende(self) -> bool:
        """Whether both margins are within the criterion."""
        return self.marge_p50 <= MARGE_P50 and self.marge_kans <= MARGE_KANS

    @cached_property
    def lopend(self) -> pd.DataFrame:
        """Over the first so many draws: columns trekkingen, p10, p50, p90, kans.

        Made when a figure asks for it: it takes nine tenths of the time of the check.
        """
        return _lopend(self.reeks)


def convergentie(reeks: Reeks) -> Convergentie:
    """Check one outcome, (aantal,), draws in the order in which they were made; non-finite draws do not count.

    The series is split in 20 batches: the spread between their medians tells the standard error of the median of
    all. Raises ValueError for fewer than two draws per batch.
    """
    eindig = reeks[np.isfinite(reeks)]
    if eindig.size < 2 * BATCHES:
        raise ValueError(f"een convergentietoets vraagt om minstens {2 * BATCHES} trekkingen")
    delen = np.array_split(eindig, BATCHES)
    wortel = np.sqrt(BATCHES)
    fout_p50 = float(np.std([np.median(d) for d in delen], ddof=1) / wortel)
    fout_kans = float(np.std([(d > 0).mean() for d in delen], ddof=1) / wortel)
    p10, p90 = np.quantile(eindig, (0.1, 0.9))
    t = float(stdtrit(BATCHES - 1, (1 + ZEKERHEID) / 2))
    marge_p50 = t * fout_p50 / float(p90 - p10) if p90 > p10 else (np.inf if fout_p50 > 0 else 0.0)
    marge_kans = t * fout_kans
    factor = max(marge_p50 / MARGE_P50, marge_kans / MARGE_KANS) ** 2  # an error halves with four times the draws
    nodig = _rond_op(eindig.size * factor) if np.isfinite(factor) else eindig.size
    return Convergentie(eindig.size, fout_p50, fout_kans, marge_p50, marge_kans, nodig, eindig)


def kans_interval(goed: int, aantal: int) -> tuple[float, float]:
    """95% interval of a chance from ``goed`` successes in ``aantal`` draws (Wilson: holds near 0 and 1 too)."""
    return grenzen(goed / aantal, 1 / aantal)


def _rond_op(aantal: float) -> int:
    """Upward to two significant digits: the estimate is not better than that."""
    if aantal < 100:
        return 100
    stap = 10.0 ** (int(np.log10(aantal)) - 1)
    return int(np.ceil(aantal / stap) * stap)


def _lopend(reeks: Reeks) -> pd.DataFrame:
    eerste = 2 * BATCHES
    standen = np.unique(np.geomspace(eerste, reeks.size, PUNTEN).round().astype(int))
    rijen = [(n, *np.quantile(reeks[:n], (0.1, 0.5, 0.9)), (reeks[:n] > 0).mean()) for n in standen]
    return pd.DataFrame(rijen, columns=["trekkingen", "p10", "p50", "p90", "kans"]).astype({"trekkingen": int})
