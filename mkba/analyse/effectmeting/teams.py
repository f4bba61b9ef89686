"""Teams beside each other, to learn from and not to settle accounts: every value drawn to the average of all as far as
chance may explain its distance to it.

A team with few households is drawn far, one with many hardly: empirical Bayes, with teams that vary around a common
mean: shares as beta (counts beta-binomial), numbers per household as gamma (counts negative binomial). How much teams
truly differ is itself uncertain with five of them: the best guess is often "not at all". So the values and intervals
are averaged over every mean and spread that the counts allow, each as likely as the counts make it (with a flat prior
on the mean and on how far a typical team is drawn, Christiansen and Morris 1997).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln, chdtrc, expit, gammainc, gammaln

from mkba.analyse.effectmeting.bijwerken.bewijs import Aantal, Telling, schatting_van
from mkba.analyse.effectmeting.bijwerken.gemeten import aandeel
from mkba.analyse.effectmeting.publiceren.huishoudens import gevolgden
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.tellen.telling import STAND
from mkba.analyse.effectmeting.zekerheid.intervallen import Schatting
from mkba.analyse.onzekerheid.trekking import ZAAD
from mkba.analyse.wilson import ZEKERHEID
from mkba.model.reeksen import Reeks

ROOSTER: Final = 24
"""Points of the axis of the mean: finer does not move an interval by more than its printed digits. A choice."""
ROOSTER_KRIMP: Final = 40
"""The same of the spread, over the part of it that the counts allow."""
_UITERST: Final = 14.0
"""Log odds of how far a typical team is drawn, at either side: from one in a million to all but that."""
_ZOEK: Final = 57
"""Points over those log odds at which is looked which part the counts allow."""
_TELT: Final = 1e-5
"""Of the most likely: what is less does not count."""
_FIJN: Final = 160
"""Points of the distribution function of one team."""
_FIJN_SAMEN: Final = 200
"""Points of the axis that all teams share, when they are set against each other."""
_GEEN_SPREIDING: Final = 1 - 1e-6
"""The share by which a typical team is drawn to the mean when chance explains all."""
_RONDES: Final = 12
"""Times that the search for the most likely mean and spread zooms in, each to a third."""
_BREED: Final = 6.0
"""Standard errors around the common mean that the grid covers."""
_BREED_EIGEN: Final = 5.0
"""Of its own a team has so many at least: that of the common mean is small where one team is far above the others."""


@dataclass(frozen=True, slots=True)
class Team:
    """One team: ``ruw`` its own value; ``gekrompen`` drawn to the average, with its 95% interval ``laag`` ... ``hoog``;
    ``schatting``: its own value with the interval of its own households, None with ``reden`` when there are too few;
    ``krimp``: how far it was drawn, 0 (not at all) to 1 (to the average)."""

    naam: str
    n: int
    ruw: float
    schatting: Schatting | None
    reden: str
    gekrompen: float
    laag: float
    hoog: float
    krimp: float


@dataclass(frozen=True, eq=False)
class Teams:
    """All teams in the order of their names: no ranking. ``gemiddelde``: of all teams together; ``spreiding``: the
    standard deviation between teams that the counts make most likely, 0 when chance explains all, which says nothing
    without its 95% interval ``spreiding_laag`` ... ``spreiding_hoog``; ``p_toeval``: how often teams that are all alike
    would differ at least so much (their squared distances to the mean over what chance gives); ``kansen``
    (T, T): the chance that the true value of the team of the row is above that of the column, NaN on the diagonal."""

    teams: tuple[Team, ...]
    gemiddelde: float
    spreiding: float
    spreiding_laag: float
    spreiding_hoog: float
    p_toeval: float
    soort: str
    reken_kansen: Callable[[], Reeks] = field(repr=False)

    @cached_property
    def kansen(self) -> Reeks:
        """Pairs of teams, worked out when somebody asks: as much work as all the rest."""
        return self.reken_kansen()

    @property
    def verschillen(self) -> bool:
        """Whether teams differ more than chance explains, at 5%."""
        return self.p_toeval < 1 - ZEKERHEID

    def hoger(self) -> list[tuple[str, str, float]]:
        """The pairs (higher, lower, chance) of which that order is at least 95% sure, by name."""
        namen = [t.naam for t in self.teams]
        return [
            (a, b, float(self.kansen[i, j]))
            for i, a in enumerate(namen)
            for j, b in enumerate(namen)
            if self.kansen[i, j] >= ZEKERHEID
        ]


class _Familie(Protocol):
    """Teams around a mean ``m`` with a spread worth ``eigen`` households each, (G,) both."""

    @property
    def n(self) -> Reeks:
        """Households per team, (T,)."""

    @property
    def ruw(self) -> Reeks:
        """Own value per team, (T,)."""

    @property
    def soort(self) -> str:
        """What the values are, in Dutch."""

    @property
    def grenzen(self) -> tuple[float, float]:
        """Between which a value lies."""

    def aannemelijk(self, m: Reeks, eigen: Reeks) -> Reeks:
        """Log of the marginal likelihood, (G,), but for a constant."""

    def verdeling(self, i: int, x: Reeks, m: Reeks, eigen: Reeks) -> Reeks:
        """Distribution function of team i at x, (G, X)."""

    def tussen(self, m: Reeks, eigen: Reeks) -> Reeks:
        """Standard deviation between teams, (G,)."""

    def binnen(self) -> float:
        """Variance of one household around the value of its team, at the common mean."""

    def eigen_fout(self, i: int) -> float:
        """Standard error of the value of team i by itself."""

    def toeval(self, rng: np.random.Generator) -> float:
        """p-value of teams that are all alike."""


@dataclass(frozen=True, eq=False)
class _Aandelen:
    k: Reeks
    n: Reeks
    soort: str = "aandeel"
    grenzen: tuple[float, float] = (0.0, 1.0)

    @property
    def ruw(self) -> Reeks:
        return np.asarray(self.k / self.n)

    def aannemelijk(self, m: Reeks, eigen: Reeks) -> Reeks:
        a, b = (m * eigen)[:, None], ((1 - m) * eigen)[:, None]
        return np.asarray((betaln(a + self.k, b + self.n - self.k) - betaln(a, b)).sum(axis=1))

    def verdeling(self, i: int, x: Reeks, m: Reeks, eigen: Reeks) -> Reeks:
        a, b = m * eigen + self.k[i], (1 - m) * eigen + self.n[i] - self.k[i]
        return np.asarray(betainc(a[:, None], b[:, None], x))

    def tussen(self, m: Reeks, eigen: Reeks) -> Reeks:
        return np.asarray(np.sqrt(m * (1 - m) / (eigen + 1)))

    def eigen_fout(self, i: int) -> float:
        p = (self.k[i] + 1) / (self.n[i] + 2)
        return float(np.sqrt(p * (1 - p) / self.n[i]))

    def binnen(self) -> float:
        p = (self.k.sum() + 1) / (self.n.sum() + 2)
        return float(p * (1 - p))

    def toeval(self, rng: np.random.Generator) -> float:
        alle, samen = self.n.sum(), self.k.sum()
        if not 0 < samen < alle:
            return 1.0
        if _heel(self.n, self.k):
            geloot = rng.multivariate_hypergeometric(self.n.astype(np.int64), int(samen), _LOTEN)
            return _kans_geloot(self.k, geloot, self.n)
        per_een = samen / alle * (1 - samen / alle)
        return float(chdtrc(self.n.size - 1, _afstand(self.k, self.n) / per_een))


@dataclass(frozen=True, eq=False)
class _Aantallen:
    k: Reeks
    n: Reeks
    soort: str = "aantal per huishouden"
    grenzen: tuple[float, float] = (0.0, np.inf)

    @property
    def ruw(self) -> Reeks:
        return np.asarray(self.k / self.n)

    def aannemelijk(self, m: Reeks, eigen: Reeks) -> Reeks:
        a, r = (m * eigen)[:, None], eigen[:, None]
        los = gammaln(a + self.k) - gammaln(a) + a * np.log(r) - (a + self.k) * np.log(r + self.n)
        return np.asarray(los.sum(axis=1))

    def verdeling(self, i: int, x: Reeks, m: Reeks, eigen: Reeks) -> Reeks:
        return np.asarray(gammainc((m * eigen + self.k[i])[:, None], (eigen + self.n[i])[:, None] * x))

    def tussen(self, m: Reeks, eigen: Reeks) -> Reeks:
        return np.asarray(np.sqrt(m / eigen))

    def eigen_fout(self, i: int) -> float:
        return float(np.sqrt(self.k[i] + 1) / self.n[i])

    def binnen(self) -> float:
        return float((self.k.sum() + 1) / self.n.sum())

    def toeval(self, rng: np.random.Generator) -> float:
        alle, samen = self.n.sum(), self.k.sum()
        if not samen:
            return 1.0
        if _heel(self.k):
            return _kans_geloot(self.k, rng.multinomial(int(samen), self.n / alle, _LOTEN), self.n)
        return float(chdtrc(self.n.size - 1, _afstand(self.k, self.n) / (samen / alle)))


_LOTEN: Final = 4_999
"""Times that what was counted is dealt out again over the teams: p of 5% is then right to 0.3%. A choice."""


def _heel(*getallen: Reeks) -> bool:
    return all(bool((g == np.floor(g)).all()) for g in getallen)


def _afstand(k: Reeks, n: Reeks) -> Reeks:
    """Squared distances of the teams to the mean of all, each by its households: k (..., T), n (T,) -> (...)."""
    gemiddelde = k.sum(axis=-1, keepdims=True) / n.sum()
    return np.asarray(((k - n * gemiddelde) ** 2 / n).sum(axis=-1))


def _kans_geloot(k: Reeks, geloot: NDArray[np.int64], n: Reeks) -> float:
    """How often what chance deals out to teams that are alike, lies as far apart; itself is one of the ways."""
    verder = _afstand(np.asarray(geloot, dtype=float), n) >= _afstand(k, n) * (1 - 1e-9)
    return float((1 + verder.sum()) / (1 + len(geloot)))


def nieuw_per_team(meting: Meting) -> dict[str, Telling]:
    """Of each team that may be shown, how many of its households are new: a team is its new and its known households
    together, each rounded."""
    p = meting.huishoudens
    los = {
        t: (p.toont(team=t, nieuw="nieuw"), p.toont(team=t, nieuw="bestaand"))
        for t in sorted(meting.huishoudens.waarden("team"))
    }
    return {
        t: replace(aandeel(meting, nieuw, nieuw + bekend), in_delen=True)
        for t, (nieuw, bekend) in los.items()
        if nieuw is not None and bekend is not None
    }


def trajecten_per_team(meting: Meting) -> dict[str, Aantal]:
    """Of each team that may be shown, the trajecten that were added to its followed households. How far these cluster
    is known of all teams together only: that of the cases where they do most."""
    if (p := meting.trajecten(STAND["meer"])) is None:
        return {}
    fi = max((w for s, w in meting.spreiding.items() if s.startswith("effectmeting.meer.")), default=1.0)
    paren = {
        t: (p.toont(team=t), gevolgden(meting.huishoudens, team=t)) for t in sorted(meting.huishoudens.waarden("team"))
    }
    return {
        t: Aantal(round(k), round(n), fi, rond=meting.afronding, vanaf=meting.getoond_vanaf(fi))
        for t, (k, n) in paren.items()
        if k is not None and n
    }


def krimp_aandelen(tellingen: Mapping[str, Telling]) -> Teams:
    """Shares per team drawn together (beta-binomial), fractions. Of rounded numbers as many count as say as much.

    Raises ValueError for fewer than two teams, a team without households and counts that go both ways.
    """
    if any(t.tegen for t in tellingen.values()):
        raise ValueError("een aandeel per team telt maar een kant op")
    namen = sorted(tellingen)
    k, n = (np.array([getattr(tellingen[t], wat) for t in namen], dtype=float) for wat in ("gelukt", "n"))
    telt = np.array([tellingen[t].telt for t in namen]) / _gevuld(n)
    return _krimp(namen, _Aandelen(k * telt, n * telt), [schatting_van(tellingen[t]) for t in namen], np.asarray(n))


def krimp_aantallen(tellingen: Mapping[str, Aantal]) -> Teams:
    """Numbers per household per team drawn together (gamma-Poisson). Raises as :func:`krimp_aandelen`.

    Trajecten cluster in households: with one ``fi`` for all teams, that of each weighed by its households, as many
    events and households count as would come one by one (quasi-likelihood), and fewer of rounded numbers.
    """
    namen = sorted(tellingen)
    k, n, eigen = (
        np.array([getattr(tellingen[t], wat) for t in namen], dtype=float) for wat in ("gebeurtenissen", "n", "fi")
    )
    fi = float(eigen @ _gevuld(n) / n.sum())
    een = fi + np.array([tellingen[t].ruis for t in namen])
    schattingen = [schatting_van(replace(tellingen[t], fi=fi)) for t in namen]
    return _krimp(namen, _Aantallen(k / een, n / een), schattingen, np.asarray(n))


def _gevuld(n: Reeks) -> Reeks:
    if n.size < 2 or (n < 1).any():
        raise ValueError("krimpen vraagt om minstens twee teams, elk met een huishouden")
    return n


def meest_aannemelijk(familie: _Familie) -> tuple[float, float]:
    """The mean and the share by which a typical team is drawn to it that make the counts most likely."""
    (laag, hoog), (onder, boven) = _bereik(familie), (1 - _GEEN_SPREIDING, _GEEN_SPREIDING)
    uiterst = laag, hoog, onder, boven
    for _ in range(_RONDES):
        m, krimp = (r.ravel() for r in np.meshgrid(np.linspace(laag, hoog, 25), np.linspace(onder, boven, 25)))
        beste = int(np.argmax(familie.aannemelijk(m, _eigen(krimp, familie))))
        half_m, half_k = (hoog - laag) / 6, (boven - onder) / 6
        laag, hoog = max(uiterst[0], m[beste] - half_m), min(uiterst[1], m[beste] + half_m)
        onder, boven = max(uiterst[2], krimp[beste] - half_k), min(uiterst[3], krimp[beste] + half_k)
    return float(m[beste]), float(krimp[beste])


def _eigen(krimp: Reeks, familie: _Familie) -> Reeks:
    """Households that the common mean is worth, when a team of average size is drawn by ``krimp``."""
    return np.asarray(familie.n.mean() * krimp / (1 - krimp))


def _bereik(familie: _Familie) -> tuple[float, float]:
    """Where the common mean may lie: around that of all households, as far as chance and teams may move it."""
    n, ruw = familie.n, familie.ruw
    midden = float((n * ruw).sum() / n.sum())
    breed = _BREED * float(np.sqrt(familie.binnen() / n.sum() + ruw.var(ddof=1) / n.size))
    klein = 1e-9 * max(1.0, abs(midden))
    return max(familie.grenzen[0] + klein, midden - breed), min(familie.grenzen[1] - klein, midden + breed)


def _rooster(familie: _Familie, odds: Reeks) -> tuple[Reeks, Reeks, Reeks]:
    """Every mean with every share by which a typical team is drawn to it, of log odds (K,), and the log of its weight:
    of the likelihood and a flat prior on both, (K · ROOSTER,) each."""
    laag, hoog = _bereik(familie)
    vakken = (np.arange(ROOSTER) + 0.5) / ROOSTER
    m, z = (r.ravel() for r in np.meshgrid(laag + (hoog - laag) * vakken, odds))
    krimp = expit(z)
    return m, krimp, np.asarray(familie.aannemelijk(m, _eigen(krimp, familie)) + np.log(krimp * expit(-z)))


def _toegestaan(familie: _Familie) -> Reeks:
    """The log odds, ``ROOSTER_KRIMP`` of them, of how far a typical team is drawn, over the part that the counts allow.

    Of large teams that is a narrow part near 0: an even axis from 0 to 1 would have no point in it.
    """
    z = np.linspace(-_UITERST, _UITERST, _ZOEK)
    _, _, log = _rooster(familie, z)
    beste = log.reshape(_ZOEK, ROOSTER).max(axis=1)
    telt = np.flatnonzero(beste > beste.max() + np.log(_TELT))
    return np.linspace(z[max(telt[0] - 1, 0)], z[min(telt[-1] + 1, _ZOEK - 1)], ROOSTER_KRIMP)


def _krimp(
    namen: list[str],
    familie: _Familie,
    schattingen: list[tuple[Schatting | None, str]],
    geteld: Reeks,
) -> Teams:
    """``geteld``: households, (T,); the family may reckon with an effective number."""
    m, krimp, log = _rooster(familie, _toegestaan(familie))
    eigen = _eigen(krimp, familie)
    gewicht = np.exp(log - log.max())
    gewicht /= gewicht.sum()
    telt = gewicht > _TELT * gewicht.max()
    m, eigen, gewicht = m[telt], eigen[telt], gewicht[telt] / gewicht[telt].sum()
    teams, bereiken = [], []
    kans = np.array([1 - ZEKERHEID, 1 + ZEKERHEID]) / 2
    for i, naam in enumerate(namen):
        n, ruw = float(familie.n[i]), float(familie.ruw[i])
        deel = eigen / (eigen + n)
        waarde = float(gewicht @ (deel * m + (1 - deel) * ruw))
        breed = _BREED * float(np.sqrt(familie.binnen() / n)) + abs(ruw - waarde)
        breed = max(breed, _BREED_EIGEN * familie.eigen_fout(i))
        x = np.linspace(max(familie.grenzen[0], waarde - breed), min(familie.grenzen[1], waarde + breed), _FIJN)
        onder, boven = _op_rooster(partial(_samen, familie, gewicht, m, eigen, i), x, kans)
        bereiken.append((float(x[0]), float(x[-1])))
        schatting, reden = schattingen[i]
        teams.append(
            Team(naam, int(geteld[i]), ruw, schatting, reden, waarde, float(onder), float(boven), float(gewicht @ deel))
        )
    m_ml, eigen_ml = (np.array([w]) for w in meest_aannemelijk(familie))
    eigen_ml = _eigen(eigen_ml, familie)
    spreiding = float(familie.tussen(m_ml, eigen_ml)[0])
    s_laag, s_hoog = _kwantielen(familie.tussen(m, eigen), gewicht, kans)
    gemiddelde = float(gewicht @ m)
    x = np.linspace(min(a for a, _ in bereiken), max(b for _, b in bereiken), _FIJN_SAMEN)
    kansen = partial(_kansen, familie, x, m, eigen, gewicht)
    toeval = familie.toeval(np.random.default_rng(ZAAD))
    return Teams(tuple(teams), gemiddelde, spreiding, min(s_laag, spreiding), s_hoog, toeval, familie.soort, kansen)


def _samen(familie: _Familie, gewicht: Reeks, m: Reeks, eigen: Reeks, i: int, x: Reeks) -> Reeks:
    """Distribution function of team i at x, (X,), over every mean and spread."""
    return np.asarray(gewicht @ familie.verdeling(i, x, m, eigen))


def _op_rooster(verdeling: Callable[[Reeks], Reeks], x: Reeks, kans: Reeks) -> Reeks:
    """Where a distribution function, straight between the points x, reaches each of ``kans`` (2,): as ``np.interp`` of
    the whole of it, but reckoned at the points that a search by halves asks for."""
    onder, boven = np.zeros(kans.size, dtype=np.int64), np.full(kans.size, x.size - 1)
    laag, hoog = np.split(verdeling(x[np.concatenate([onder, boven])]), 2)
    while (boven - onder).max() > 1:
        midden = (onder + boven) // 2
        hier = verdeling(x[midden])
        links = hier <= kans
        onder, laag = np.where(links, midden, onder), np.where(links, hier, laag)
        boven, hoog = np.where(links, boven, midden), np.where(links, hoog, hier)
    rand = zip(kans, laag, hoog, x[onder], x[boven], strict=True)
    return np.array([np.interp(k, [a, b], [van, tot]) for k, a, b, van, tot in rand])


def _kwantielen(x: Reeks, gewicht: Reeks, kans: Reeks) -> tuple[float, float]:
    """Weighted quantiles of x, (G,) both; kans (2,)."""
    orde = np.argsort(x)
    onder, boven = np.interp(kans, np.cumsum(gewicht[orde]), x[orde])
    return float(onder), float(boven)


def _kansen(familie: _Familie, x: Reeks, m: Reeks, eigen: Reeks, gewicht: Reeks) -> Reeks:
    """(T, T) chance that the true value of one team lies above that of another; teams are independent given the mean
    and the spread."""
    aantal = familie.n.size
    cdf = np.stack([familie.verdeling(i, x, m, eigen) for i in range(aantal)])
    deel = np.diff(cdf, axis=2, prepend=0.0) * gewicht[:, None]
    midden = cdf - np.diff(cdf, axis=2, prepend=0.0) / 2
    kansen = deel.reshape(aantal, -1) @ midden.reshape(aantal, -1).T
    np.fill_diagonal(kansen, np.nan)
    return np.asarray(kansen)
