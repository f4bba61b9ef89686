"""Whether the wijken moved together before the start, whether that could have been seen, and what if they did not.

A pre-trend that is not found proves little: with few wijken a test misses most trends (Roth 2022). So the test comes
with the chance that it finds a trend large enough to explain the whole effect, and with bounds on the effect when the
wijken drift apart after the start as much as they did before it (Rambachan and Roth 2023).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mkba.analyse.effectmeting.attributie.geclusterd import NIVEAU, ZAAD, alle_indelingen, kans, proef
from mkba.analyse.effectmeting.attributie.paneel import Getallen, Indeling, Paneel
from mkba.analyse.effectmeting.attributie.verschil import LAATSTE, afstanden, blootstelling, moment, vensters

MATEN_VAN_SCHEEFHEID: Final = (0.0, 0.5, 1.0, 2.0)
"""How many times the largest step before the start the wijken may drift apart per period after it. A choice."""
TREKKINGEN: Final = 400
"""Made-up panels behind a power: its error is at most 2.5 percentage points."""
VERMOGEN: Final = 0.80
"""The power at which a trend is said to be seen, as is usual."""
MEESTE_TOETS: Final = 199
"""From more ways than this so many are used for a power, which asks for a test per panel."""


@dataclass(frozen=True)
class Voortrend:
    """The joint test that wijken with and without the aanpak moved together before it.

    ``p``: of that test; ``vermogen``: chance that it finds a straight trend that alone would give the whole netto
    effect; ``zichtbaar``: the smallest bias of netto (in the unit of the outcome) that a trend found in 80% of the
    cases would give, infinite when none is; ``perioden``: how many there are before the first start; ``reden``: why
    there is no test, or none that can reject.
    """

    p: float | None
    vermogen: float | None
    zichtbaar: float | None
    perioden: int
    reden: str = ""


@dataclass(frozen=True)
class Grens:
    """Netto when the wijken drift apart by at most ``maat`` times the largest step before the start, per period.

    ``laag`` and ``hoog``: what netto can be; ``interval_laag`` and ``interval_hoog``: with the interval of the estimate
    around it, None without one. Unlike netto they set the last period before the start as the baseline.
    """

    maat: float
    laag: float
    hoog: float
    interval_laag: float | None
    interval_hoog: float | None


@dataclass(frozen=True)
class Punt:
    """Difference between the wijken, ``afstand`` periods after the start (0 is the first), to the last before it."""

    afstand: int
    waarde: float
    laag: float | None
    hoog: float | None


def gebeurtenis(paneel: Paneel) -> tuple[Punt, ...]:
    """The event study: netto per period around the start, every interval by itself 95%.

    Intervals only with one common start: with several, another way of spreading them mixes periods before and after.
    """
    perioden, met = len(paneel.perioden), paneel.met_aanpak
    uit = []
    for afstand in afstanden(paneel.start, perioden).tolist():
        if afstand == -1:
            uit.append(Punt(-1, 0.0, None, None))
            continue
        alleen = np.zeros((len(paneel.wijken), perioden))
        alleen[met, paneel.start[met] + afstand] = 1.0
        p = proef(paneel.start, moment(perioden, afstand), paneel.waarden, alleen)
        einden = eindig(*p.interval()) if paneel.gelijk_begin else (None, None)
        uit.append(Punt(afstand, float(p.netto[0]), *einden))
    return tuple(uit)


def eindig(laag: Getallen, hoog: Getallen) -> tuple[float | None, float | None]:
    """The ends of an interval, or None for both where there is none."""
    bestaat = bool(np.isfinite(laag) and np.isfinite(hoog))
    return (float(laag), float(hoog)) if bestaat else (None, None)


# --- the test and its power ----------------------------------------------------------------------------------


def voortrend(paneel: Paneel, netto: float) -> Voortrend:
    """The joint test over all periods before the first start, by permutation of the wijken, with its power.

    Statistic: the sum over those periods of the squared difference between both groups, each wijk measured from its own
    mean, over the variance of those differences, so that it holds when teams vary more than other wijken. ``netto``:
    the estimate, whose size the power is for.
    """
    begin = int(paneel.start.min())
    if begin < 2:
        hoeveel = "geen periode" if begin == 0 else "maar 1 periode"
        return Voortrend(None, None, None, begin, f"{hoeveel} voor de start; een verloop is dan niet te zien")
    voor = paneel.waarden[:, :begin]
    indelingen = _als_groepen(paneel.start, len(paneel.perioden))
    wie = indelingen == 0
    p = float(_toets(voor - voor.mean(axis=1, keepdims=True), wie))
    kleinste = _kleinste(indelingen)
    if kleinste > NIVEAU:
        return Voortrend(
            p, 0.0, float("inf"), begin, "met zo weinig wijken wijst deze toets nooit iets af, wat het verloop ook is"
        )
    afstand = float(np.mean([_tussen(int(s), len(paneel.perioden)) for s in paneel.start[paneel.met_aanpak]]))
    storing = _storingen(voor, paneel.met_aanpak)
    ramp = paneel.met_aanpak[:, None] * (np.arange(begin) - (begin - 1) / 2)
    weinig = wie[: MEESTE_TOETS + 1]

    def vermogen(vertekening: float) -> float:
        return float((_toets(storing + vertekening / afstand * ramp, weinig) <= NIVEAU).mean())

    return Voortrend(p, vermogen(netto), _zichtbaar(vermogen, storing, afstand), begin)


def _als_groepen(start: Indeling, perioden: int) -> Indeling:
    """All ways to choose the wijken with the aanpak, whenever they began: nothing had begun in the periods at hand."""
    return np.asarray(alle_indelingen(np.where(start < perioden, 0, 1).astype(np.int64)))


def _kleinste(indelingen: Indeling) -> float:
    """The smallest p: the real way, and its mirror image when both groups are as large."""
    met = indelingen == 0
    zelfde = (met == met[0]).all(axis=1) | (met == ~met[0]).all(axis=1)
    return float(zelfde.mean())


def _toets(afwijking: Getallen, met: NDArray[np.bool_]) -> Getallen:
    """p of the joint test: ``afwijking`` (..., wijken, perioden), ``met`` (A, wijken), the real way first."""
    aantal = met.sum(axis=1)[:, None]
    n, m = float(aantal[0, 0]), float(met.shape[1] - aantal[0, 0])
    keer = met.astype(float)
    een, ander = keer @ afwijking / n, (1 - keer) @ afwijking / m
    maat = ((een - ander) ** 2).sum(axis=-1)
    if min(n, m) > 1:
        kwadraat = (afwijking**2).sum(axis=-1)
        binnen_een = kwadraat @ keer.T - n * (een**2).sum(axis=-1)
        binnen_ander = kwadraat @ (1 - keer).T - m * (ander**2).sum(axis=-1)
        spreiding = binnen_een / (n * (n - 1)) + binnen_ander / (m * (m - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            maat = np.nan_to_num(maat / np.maximum(spreiding, 0.0), nan=0.0, posinf=np.inf)
    return kans(maat)


def _storingen(voor: Getallen, met: NDArray[np.bool_]) -> Getallen:
    """Panels of what is left without any difference between the groups, (trekkingen, wijken, perioden).

    Whole wijken are drawn again with a sign, so that what lasts within a wijk still lasts.
    """
    rest = voor - voor.mean(axis=1, keepdims=True)
    for groep in (met, ~met):
        rest = np.where(groep[:, None], rest - rest[groep].mean(axis=0), rest)
    vrij = max(len(rest) - 2, 1)
    rng = np.random.default_rng(ZAAD)
    wie = rng.integers(len(rest), size=(TREKKINGEN, len(rest)))
    teken = rng.choice([-1.0, 1.0], size=(TREKKINGEN, len(rest), 1))
    return np.asarray(np.sqrt(len(rest) / vrij) * teken * rest[wie])


def _zichtbaar(vermogen: Callable[[float], float], storing: Getallen, afstand: float) -> float:
    """The smallest bias with a power of 80%, by doubling and halving; infinite when none is."""
    hoog = float(np.abs(storing).max()) * afstand
    if hoog == 0.0:
        return 0.0
    for _ in range(10):
        if vermogen(hoog) >= VERMOGEN:
            break
        hoog *= 2
    else:
        return float("inf")
    laag = 0.0
    for _ in range(8):
        midden = (laag + hoog) / 2
        laag, hoog = (laag, midden) if vermogen(midden) >= VERMOGEN else (midden, hoog)
    return hoog


def _tussen(start: int, perioden: int) -> float:
    """Periods between the middle of those before and the middle of those after the start: always half of them all."""
    return (start + perioden - 1) / 2 - (start - 1) / 2


# --- bounds --------------------------------------------------------------------------------------------------


def grenzen(paneel: Paneel, punten: tuple[Punt, ...]) -> tuple[Grens, ...]:
    """Netto when the trend is violated: the identified set of Rambachan and Roth's relative magnitudes, per *maat*.

    The mean over all periods after the start with one common start; nothing with several, or with fewer than two
    periods before it. The largest step is taken as measured, so the interval around a set is an indication.
    """
    voor = [p.waarde for p in punten if p.afstand < 0]
    if not paneel.gelijk_begin or len(voor) < 2:
        return ()
    na = np.array([p.waarde for p in punten if p.afstand >= 0])
    stap = float(np.abs(np.diff(voor)).max())
    reik = float(np.arange(1, na.size + 1).mean())
    perioden = len(paneel.perioden)
    p = proef(paneel.start, vensters(perioden, LAATSTE), paneel.waarden, blootstelling(paneel.start, perioden))
    laag, hoog = eindig(*p.interval())
    midden = float(na.mean())
    return tuple(
        Grens(
            m,
            midden - m * stap * reik,
            midden + m * stap * reik,
            None if laag is None else laag - m * stap * reik,
            None if hoog is None else hoog + m * stap * reik,
        )
        for m in MATEN_VAN_SCHEEFHEID
    )


def doorgetrokken(paneel: Paneel) -> float | None:
    """Netto when the difference between the wijken had gone on along its straight line of before the start.

    Least squares over the periods before one common start; None with several, or with fewer than two periods.
    """
    begin, perioden = int(paneel.start.min()), len(paneel.perioden)
    if not paneel.gelijk_begin or begin < 2:
        return None
    verschil = paneel.waarden[paneel.met_aanpak].mean(axis=0) - paneel.waarden[~paneel.met_aanpak].mean(axis=0)
    tijd = np.arange(perioden)
    helling, hoogte = np.polyfit(tijd[:begin], verschil[:begin], 1)
    return float((verschil[begin:] - hoogte - helling * tijd[begin:]).mean())
