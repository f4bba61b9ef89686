"""Difference in differences as weights on wijk and period: 2x2, per period around the start, and what each makes of it.

Every estimate is a sum of weights times values, so that the same weights serve for one town, for five hundred of them
and for every other way in which the aanpak could have been spread over the wijken. Wijken count the same, whatever
their size. Wijken that got the aanpak later are never a comparison.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mkba.analyse.effectmeting.attributie.paneel import Getallen, Indeling

LAATSTE: Final = "laatste"
"""Baseline of :func:`vensters`: the last period before the start only."""


def vensters(perioden: int, basis: str = "alle") -> Getallen:
    """Mean of the periods after the start minus the baseline, per start: (perioden + 1, perioden) weights.

    Row s is for a start in period s; rows 0 and ``perioden`` (no period before, none after) are NaN. ``basis``: all
    periods before the start, or :data:`LAATSTE`.
    """
    uit = np.full((perioden + 1, perioden), np.nan)
    for s in range(1, perioden):
        uit[s] = 0.0
        uit[s, s:] = 1 / (perioden - s)
        if basis == LAATSTE:
            uit[s, s - 1] = -1.0
        else:
            uit[s, :s] = -1 / s
    return uit


def moment(perioden: int, afstand: int) -> Getallen:
    """The period ``afstand`` after the start (0 is the first with the aanpak) minus the last before it, per start."""
    uit = np.full((perioden + 1, perioden), np.nan)
    for s in range(1, perioden):
        if 0 <= s + afstand < perioden:
            uit[s] = 0.0
            uit[s, s + afstand] += 1.0
            uit[s, s - 1] -= 1.0
    return uit


def per_wijk(indelingen: Indeling, venster: Getallen, waarden: Getallen) -> Getallen:
    """What each wijk contributes under each way of spreading the aanpak: (..., A, wijken).

    ``indelingen`` (A, wijken): the period of the start per wijk, ``perioden`` for a comparison wijk; ``waarden`` (...,
    wijken, perioden). A wijk with the aanpak counts by its own window, a comparison wijk by the mean of all those
    windows: netto is the mean of the first minus the mean of the others.
    """
    perioden = venster.shape[1]
    per_start = waarden @ np.nan_to_num(venster).T  # (..., wijken, starts)
    aantal = np.bincount(indelingen[0], minlength=perioden + 1)[:perioden]  # every way has the same starts
    gemiddeld = per_start[..., :perioden] @ (aantal / aantal.sum())
    eigen = per_start[..., np.arange(indelingen.shape[1]), indelingen]
    return np.asarray(np.where(indelingen < perioden, eigen, gemiddeld[..., None, :]))


def bruto_gewichten(start: Indeling, venster: Getallen) -> Getallen:
    """Weights of bruto, the change in the wijken with the aanpak only: (wijken, perioden)."""
    met = start < venster.shape[1]
    return np.asarray(np.where(met[:, None], venster[np.where(met, start, 1)], 0.0) / met.sum())


def netto_gewichten(start: Indeling, venster: Getallen) -> Getallen:
    """Weights of netto: those of bruto, and of every comparison wijk the mean of all windows: (wijken, perioden)."""
    met = start < venster.shape[1]
    ander = -venster[start[met]].mean(axis=0) / max(int((~met).sum()), 1)
    return np.asarray(np.where(met[:, None], bruto_gewichten(start, venster), ander))


def blootstelling(start: Indeling, perioden: int) -> Getallen:
    """1 where a wijk had the aanpak, 0 elsewhere: (wijken, perioden)."""
    return np.asarray(np.arange(perioden) >= start[:, None], dtype=np.float64)


def afstanden(start: Indeling, perioden: int) -> NDArray[np.int_]:
    """Periods relative to the start that every wijk with the aanpak has; 0 is the first with the aanpak."""
    eigen = start[start < perioden]
    return np.arange(-eigen.min(), perioden - eigen.max())


def veranderingen(waarden: Getallen, begin: int) -> Getallen:
    """Change per wijk, mean after minus mean before one common ``begin``: (..., wijken)."""
    return np.asarray(waarden[..., begin:].mean(axis=-1) - waarden[..., :begin].mean(axis=-1))
