"""Intervals for few wijken: every way of spreading the aanpak over them, and every pattern of signs.

With five teams and four comparison wijken there are nine clusters, and a clustered standard error is too small. What
holds is a permutation: had the aanpak done nothing, any other five of the nine wijken would have been as good. The test
is turned round to an interval. Where the wijken are so few that even the most extreme outcome is no rare one, no
interval exists, and the code says so instead of giving one (Fisher; Conley and Taber 2011; MacKinnon and Webb 2020).
"""

from itertools import combinations, product
from math import comb, prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mkba.analyse.effectmeting.paneel import Getallen, Indeling

NIVEAU: Final = 0.05
"""Chance of missing the truth that an interval may have."""
MEESTE: Final = 9_999
"""From more ways than this so many are drawn, beside the real one. A choice."""
ZAAD: Final = 2014
"""Of those draws: the same table gives the same interval."""
_GELIJK: Final = 1e-9
"""Sums that differ by less, relative to their size, are the same sum in another order."""


def aantal_indelingen(start: Indeling) -> int:
    """In how many ways the starts can be spread over the wijken, the real one included."""
    _, keer = np.unique(start, return_counts=True)
    over = np.cumsum(keer)
    return prod(comb(int(n), int(k)) for n, k in zip(over, keer, strict=True))


def alle_indelingen(start: Indeling) -> Indeling:
    """All ways to spread the starts over the wijken, (A, wijken), the real one first; drawn when there are too many."""
    if aantal_indelingen(start) > MEESTE:
        los = np.random.default_rng(ZAAD).permuted(np.tile(start, (MEESTE, 1)), axis=1)
        return np.concatenate([start[None], los])
    rijen = np.array(_verdeel(np.sort(start).tolist()), dtype=np.int64)
    zelfde = (rijen == start).all(axis=1)
    return np.concatenate([start[None], rijen[~zelfde]])


def _verdeel(starts: list[int]) -> list[list[int]]:
    """Every distinct order of the numbers."""
    if len(set(starts)) == 1:
        return [starts]
    laagste = starts[0]
    keer = starts.count(laagste)
    rest = _verdeel(starts[keer:])
    uit = []
    for plekken in combinations(range(len(starts)), keer):
        vrij = [i for i in range(len(starts)) if i not in plekken]
        for orde in rest:
            rij = [laagste] * len(starts)
            for plek, waarde in zip(vrij, orde, strict=True):
                rij[plek] = waarde
            uit.append(rij)
    return uit


def tekenpatronen(aantal: int) -> Getallen:
    """All patterns of plus and minus over ``aantal`` wijken, (2^aantal, aantal), all plus first; drawn if too many."""
    if 2**aantal > MEESTE:
        los = np.random.default_rng(ZAAD).choice([-1.0, 1.0], size=(MEESTE, aantal))
        return np.concatenate([np.ones((1, aantal)), los])
    return np.array(list(product([1.0, -1.0], repeat=aantal)))


# --- a test turned round -------------------------------------------------------------------------------------


def omgekeerd(som: Getallen, deel: Getallen, niveau: float = NIVEAU) -> tuple[Getallen, Getallen]:
    """The effects that are not rejected: lowest and highest, (...), infinite where no interval exists.

    ``som`` (..., A): the estimate under each way, the real one first; ``deel`` (A,): what the same weights make of an
    effect of 1. An effect b leaves the size of som − b · deel under each way, and is rejected when at most ``niveau`` of
    all ways leave as much as the real one. Per way the b for which it does is an interval around the estimate, so the ends are
    order statistics and no search is needed. Miss at most ``niveau`` of the towns when the wijken are exchangeable.
    """
    schatting = som[..., :1]
    schaal = np.abs(som).max(axis=-1, keepdims=True)
    altijd = np.abs(deel) >= 1 - _GELIJK  # the real one, its mirror image, and what never gets smaller
    noemer = np.where(altijd, 1.0, 1 - deel), np.where(altijd, 1.0, 1 + deel)
    een, ander = (schatting - som) / noemer[0], (schatting + som) / noemer[1]
    marge = _GELIJK * schaal
    laag = np.where(altijd, -np.inf, np.minimum(een, ander) - marge)
    hoog = np.where(altijd, np.inf, np.maximum(een, ander) + marge)
    plek = int(np.floor(niveau * deel.size + _GELIJK))
    return (
        np.partition(laag, plek, axis=-1)[..., plek],
        np.partition(hoog, deel.size - 1 - plek, axis=-1)[..., deel.size - 1 - plek],
    )


def kans(som: Getallen) -> Getallen:
    """Share of the ways that give an estimate as far from 0 as the real one, the first: two-sided p, (...)."""
    grootte = np.abs(som)
    return np.asarray((grootte >= grootte[..., :1] * (1 - _GELIJK)).mean(axis=-1))


def kleinste_kans(deel: Getallen) -> float:
    """The smallest p that can come out: the ways that tell as much as the real one, whatever was measured."""
    return float((np.abs(deel) >= 1 - _GELIJK).mean())


# --- wild cluster bootstrap ----------------------------------------------------------------------------------


def wilde_kans(verandering: Getallen, met: NDArray[np.bool_], effect: Getallen | float = 0.0) -> Getallen:
    """p of ``effect`` by the wild cluster bootstrap with the effect imposed and all sign patterns, (...).

    ``verandering`` (..., wijken): the change per wijk, to which a balanced panel with one start comes down with the
    same t-values. Studentised by the clustered error (Cameron, Gelbach and Miller 2008). A second opinion: in the
    made-up towns the permutation keeps its promise better (docs/effectmeting-attributie.md).
    """
    patronen = tekenpatronen(met.size)
    rest = verandering - np.asarray(effect)[..., None] * met
    rest = rest - rest.mean(axis=-1, keepdims=True)
    t = _t_kwadraat(rest[..., None, :] * patronen, met)
    return np.asarray((t >= t[..., :1] * (1 - _GELIJK)).mean(axis=-1))


def wild_interval(
    verandering: Getallen, met: NDArray[np.bool_], niveau: float = NIVEAU, stappen: int = 50
) -> tuple[Getallen, Getallen]:
    """The effects that the bootstrap does not reject, by halving: lowest and highest, infinite without an end."""
    schatting = verandering[..., met].mean(axis=-1) - verandering[..., ~met].mean(axis=-1)
    breed = np.ptp(verandering, axis=-1)
    uit = []
    for kant in (-1.0, 1.0):
        binnen, buiten = schatting.copy(), schatting + kant * 1e3 * breed
        open_ = wilde_kans(verandering, met, buiten) > niveau
        for _ in range(stappen):
            midden = (binnen + buiten) / 2
            blijft = wilde_kans(verandering, met, midden) > niveau
            binnen, buiten = np.where(blijft, midden, binnen), np.where(blijft, buiten, midden)
        uit.append(np.where(open_, kant * np.inf, binnen))
    return uit[0], uit[1]


def _t_kwadraat(verandering: Getallen, met: NDArray[np.bool_]) -> Getallen:
    """Square of the difference over its clustered variance (a cluster per wijk, no factor for their number)."""
    verschil, variantie = np.zeros(verandering.shape[:-1]), np.zeros(verandering.shape[:-1])
    for teken, groep in ((1.0, met), (-1.0, ~met)):
        deel = verandering[..., groep]
        gemiddeld = deel.mean(axis=-1)
        verschil = verschil + teken * gemiddeld
        variantie = variantie + ((deel - gemiddeld[..., None]) ** 2).sum(axis=-1) / groep.sum() ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.nan_to_num(verschil**2 / variantie, nan=0.0, posinf=np.inf), dtype=np.float64)
