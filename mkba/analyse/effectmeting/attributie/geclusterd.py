"""Intervals for few wijken: every way of spreading the aanpak over them, and every pattern of signs.

With five teams and four comparison wijken there are nine clusters, and a clustered standard error is too small. What
holds is a permutation: had the aanpak done nothing, any other five of the nine wijken would have been as good. The test
is turned round to an interval. Where the wijken are so few that even the most extreme outcome is no rare one, no
interval exists, and the code says so instead of giving one (Fisher; Conley and Taber 2011; MacKinnon and Webb 2020).
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from math import comb, prod
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from mkba.analyse.effectmeting.attributie.paneel import Getallen, Indeling
from mkba.analyse.effectmeting.attributie.verschil import per_wijk

NIVEAU: Final = 0.05
"""Chance of missing the truth that an interval may have."""
MEESTE: Final = 4_999
"""From more ways than this so many are drawn, beside the real one: p of 5% is then right to 0.3%. A choice."""
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
    return _alle(tuple(start.tolist()))


@lru_cache(maxsize=8)
def _alle(starts: tuple[int, ...]) -> Indeling:
    start = np.array(starts, dtype=np.int64)
    if aantal_indelingen(start) > MEESTE:
        los = np.random.default_rng(ZAAD).permuted(np.tile(start, (MEESTE, 1)), axis=1)
        uit = np.concatenate([start[None], los])
    else:
        rijen = np.array(_verdeel(sorted(starts)), dtype=np.int64)
        zelfde = (rijen == start).all(axis=1)
        uit = np.concatenate([start[None], rijen[~zelfde]])
    uit.setflags(write=False)  # shared by who asks again
    return uit


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


@dataclass(frozen=True, eq=False)
class Proef:
    """What wijken contribute under every way of spreading the aanpak, the real one first.

    ``per_wijk`` (..., A, wijken): as measured; ``deel`` (A, wijken): the same of an effect of 1; ``met`` (A, wijken):
    which wijken have the aanpak under each way; ``ongelijk``: the groups are so unequal that the permutation leans on
    wijken that vary alike (see :func:`ongelijk`). All in the unit of the outcome.
    """

    per_wijk: Getallen
    deel: Getallen
    met: NDArray[np.bool_]
    ongelijk: bool = False

    @property
    def netto(self) -> Getallen:
        """The estimate under each way, (..., A)."""
        return _verschil(self.per_wijk, self.met)

    @property
    def altijd(self) -> NDArray[np.bool_]:
        """Which ways tell as much as the real one whatever was measured: itself, and its mirror image, (A,)."""
        return np.asarray(np.abs(_verschil(self.deel, self.met)) >= 1 - _GELIJK)

    @property
    def kleinste_kans(self) -> float:
        """The smallest p that can come out."""
        return float(self.altijd.mean())

    @property
    def te_schatten(self) -> bool:
        """Whether both groups have wijken enough to see how much they differ among themselves."""
        return bool(self.met[0].sum() > 1 and (~self.met[0]).sum() > 1)

    def kans(self) -> Getallen:
        """Share of the ways that give a difference as large for its spread as the real one: two-sided p, (...); of
        unequal groups no less than that of Welch."""
        netto, spreiding = self.netto**2, np.ones_like(self.netto)
        if self.te_schatten:
            spreiding = _spreiding(self.per_wijk, self.per_wijk, self.met)
        links, rechts = netto * spreiding[..., :1], netto[..., :1] * spreiding
        p = np.asarray((links >= rechts * (1 - _GELIJK)).mean(axis=-1))
        if not (self.ongelijk and self.te_schatten):
            return p
        fout, vrij = self._welch()
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.abs(self.netto[..., 0]) / fout
        return np.asarray(np.fmax(p, 2 * stdtr(vrij, -t)))

    def interval(self, niveau: float = NIVEAU) -> tuple[Getallen, Getallen]:
        """The effects that are not rejected: lowest and highest, (...), infinite where no interval exists.

        An effect is taken off where the aanpak really was, and rejected when at most ``niveau`` of all ways then give a
        difference as large for its spread (that of both groups apart) as the real one. At most ``niveau`` of the
        intervals miss when the wijken are exchangeable: apart from the aanpak, each could as well have been any other.
        Measured by its spread the test also holds up when teams vary more than comparison wijken (Janssen 1997; Chung
        and Romano 2013), but not when the few vary more than the many: of unequal groups it is as wide as that of
        Welch, which knows each side by itself, where that is wider. With one wijk on a side that spread is unknown, and
        the difference itself is compared.
        """
        if not self.te_schatten:
            return omgekeerd(self.netto, _verschil(self.deel, self.met), niveau)
        laag, hoog = _omgekeerd_t(self, int(np.floor(niveau * len(self.met) + _GELIJK)))
        if not self.ongelijk:
            return laag, hoog
        fout, vrij = self._welch()
        half = np.nan_to_num(stdtrit(vrij, 1 - niveau / 2) * fout)
        midden = self.netto[..., 0]
        return np.minimum(laag, midden - half), np.maximum(hoog, midden + half)

    def _welch(self) -> tuple[Getallen, Getallen]:
        """Error of the real difference with each side by its own spread, and its degrees of freedom (Welch 1947)."""
        delen = []
        for groep in (self.met[0], ~self.met[0]):
            x = self.per_wijk[..., 0, groep]
            delen.append((x.var(axis=-1, ddof=1) / groep.sum(), groep.sum() - 1))
        samen = sum(v for v, _ in delen)
        with np.errstate(divide="ignore", invalid="ignore"):
            vrij = samen**2 / sum(v**2 / n for v, n in delen)
        return np.asarray(np.sqrt(samen)), np.asarray(vrij)


def proef(
    start: Indeling, venster: Getallen, waarden: Getallen, effect: Getallen, omvang: Getallen | None = None
) -> Proef:
    """All ways to spread ``start`` (wijken,) for these ``waarden`` (..., wijken, perioden).

    ``venster``: weights per start (see :mod:`mkba.analyse.effectmeting.attributie.verschil`); ``effect``
    (wijken, perioden): 1 where the effect is that is sought; ``omvang`` (wijken,): households, None when not known.
    """
    indelingen = alle_indelingen(start)
    met = indelingen < venster.shape[1]
    scheef = ongelijk(met[0]) or kleiner(met[0], omvang) != ""
    return Proef(per_wijk(indelingen, venster, waarden), per_wijk(indelingen, venster, effect), met, scheef)


GENOEG: Final = 3
ONGELIJK: Final = 2
"""With fewer wijken on a side, or so many times more on the other, the permutation alone is too narrow when the few
vary more: with 4 wijken against 8 it holds the truth in 92%, with 3 against 9 in 90%. Choices."""
KLEINER: Final = 4
"""How many times smaller the wijken of a side may be: the chance of a wijk then has twice the standard deviation. With
3 wijken of 200 households against 5 of 5,000 the permutation alone holds the truth of a rare event in 87%. A choice."""


def ongelijk(met: NDArray[np.bool_]) -> bool:
    """Whether a side has so few wijken, or so many fewer than the other, that it matters how much these vary."""
    minst, meest = sorted((int(met.sum()), int((~met).sum())))
    return minst < GENOEG or meest >= ONGELIJK * minst


def kleiner(met: NDArray[np.bool_], omvang: Getallen | None) -> str:
    """The side ("met" or "zonder") whose wijken are so much smaller that chance moves them more; "" when neither is."""
    if omvang is None or met.all() or not met.any():
        return ""
    toeval = [float((1 / omvang[kies]).mean()) for kies in (met, ~met)]  # the chance of a wijk is as one over its size
    if max(toeval) < KLEINER * min(toeval):
        return ""
    return "met" if toeval[0] > toeval[1] else "zonder"


def _verschil(per_wijk: Getallen, met: NDArray[np.bool_]) -> Getallen:
    return np.asarray(np.einsum("...ag,ag->...a", per_wijk, _gewicht(met)))


def _gewicht(met: NDArray[np.bool_]) -> Getallen:
    aantal = met.sum(axis=1, keepdims=True)
    return np.asarray(np.where(met, 1 / aantal, -1 / (met.shape[1] - aantal)))


def _spreiding(een: Getallen, ander: Getallen, met: NDArray[np.bool_]) -> Getallen:
    """Covariance of the difference of means, from the spread within both groups apart: (..., A)."""
    uit = np.zeros(np.broadcast_shapes(een.shape, ander.shape)[:-1])
    for groep in (met, ~met):
        n = groep.sum(axis=1)
        x, y = (r - (np.einsum("...ag,ag->...a", r, groep.astype(float)) / n)[..., None] for r in (een, ander))
        uit = uit + np.einsum("...ag,...ag,ag->...a", x, y, groep.astype(float)) / (n * (n - 1))
    return np.asarray(uit)


def _omgekeerd_t(p: Proef, verworpen: int) -> tuple[Getallen, Getallen]:
    """The outermost effects with more than ``verworpen`` ways at least as extreme as the real one.

    At estimate + u · s, s the real spread (which no effect changes), a way counts while (a - k u)² >= u² (v0 - 2 v1 u +
    v2 u²): a difference of squares of the fourth degree, so the ends are among its roots.
    """
    netto, k, altijd = p.netto, _verschil(p.deel, p.met), p.altijd
    s = np.sqrt(_spreiding(p.per_wijk, p.per_wijk, p.met)[..., :1])
    zonder = p.per_wijk - netto[..., :1, None] * p.deel  # the estimate taken off
    leeg = s <= _GELIJK * np.abs(p.per_wijk[..., :1, :]).max(axis=-1)
    maat = np.where(leeg, 1.0, s)
    a = _verschil(zonder, p.met) / maat
    v0 = _spreiding(zonder, zonder, p.met) / maat**2
    v1 = _spreiding(zonder, p.deel, p.met) / maat
    v2 = np.broadcast_to(_spreiding(p.deel, p.deel, p.met), a.shape)
    open_ = altijd | (v2[..., :] < _GELIJK)
    wortels = _wortels(np.where(open_, 1.0, v2), v1, v0 - k**2, a * k, a**2)
    nog = verworpen - open_.sum(axis=-1)  # so many others may count and it is still rejected
    # counts are often ties: an end that is exactly 0 must not be just beyond it by rounding
    ruim = 1 + _GELIJK
    hoog = ruim * _buitenste(np.where(open_[..., None], np.nan, wortels), nog)
    laag = -ruim * _buitenste(np.where(open_[..., None], np.nan, -wortels), nog)
    midden, breed = netto[..., 0], s[..., 0]
    with np.errstate(invalid="ignore"):
        return (
            np.where(leeg[..., 0], midden, midden + breed * laag),
            np.where(leeg[..., 0], midden, midden + breed * hoog),
        )


def _wortels(v2: Getallen, v1: Getallen, w: Getallen, ak: Getallen, aa: Getallen) -> Getallen:
    """Real roots of v2 u⁴ - 2 v1 u³ + w u² + 2 ak u - aa, (..., 4); NaN for those that are not real."""
    stelsel = np.zeros((*v2.shape, 4, 4))
    stelsel[..., 1, 0] = stelsel[..., 2, 1] = stelsel[..., 3, 2] = 1.0
    for plek, coefficient in enumerate((-2 * v1, w, 2 * ak, -aa)):
        stelsel[..., 0, plek] = -coefficient / v2
    u = np.linalg.eigvals(stelsel)
    return np.where(np.abs(u.imag) <= 1e-7 * (1 + np.abs(u.real)), u.real, np.nan)


def _buitenste(wortels: Getallen, nog: Getallen) -> Getallen:
    """The largest u above 0 at which more than ``nog`` ways count, (...); infinite when that is so for every u.

    Far out no way counts; going inward, each of its roots makes a way begin to count or stop, by turns.
    """
    u = np.sort(np.where(wortels > 0, wortels, -np.inf), axis=-1)[..., ::-1]
    om = np.where(np.isfinite(u), np.array([1, -1, 1, -1]), 0)
    u, om = u.reshape(*u.shape[:-2], -1), om.reshape(*om.shape[:-2], -1)
    volgorde = np.argsort(-u, axis=-1)
    tel = np.cumsum(np.take_along_axis(om, volgorde, axis=-1), axis=-1)
    genoeg = tel > np.asarray(nog)[..., None]
    plek = genoeg.argmax(axis=-1)
    einde = np.take_along_axis(np.take_along_axis(u, volgorde, axis=-1), plek[..., None], axis=-1)[..., 0]
    return np.where(np.asarray(nog) < 0, np.inf, np.where(genoeg.any(axis=-1), einde, 0.0))


def omgekeerd(som: Getallen, deel: Getallen, niveau: float = NIVEAU) -> tuple[Getallen, Getallen]:
    """The effects that are not rejected when sums themselves are compared, not measured by their spread.

    ``som`` (..., A): the estimate under each way, the real one first; ``deel`` (A,): what the same weights make of an
    effect of 1. Per way the b for which som − b · deel is as large as the real one is an interval around the estimate,
    so the ends are order statistics.
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
    """Share of the ways that give a sum as far from 0 as the real one, the first: two-sided p, (...)."""
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
