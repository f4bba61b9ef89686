"""What was counted, as evidence: shares, numbers per household, and effects with their error; and its own interval.

Households of one team resemble each other, and so do the trajecten of one household: counts of a few teams that also
have to speak for others go through :func:`over_teams`; numbers that cluster in households carry ``fi``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy import stats

from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN
from mkba.analyse.effectmeting.zekerheid.intervallen import (
    MINIMUM,
    Schatting,
    grenzen_aantal,
    grenzen_getoond,
    ruis_van_afronden,
    spreiding_over_gemiddelde,
    te_weinig,
)
from mkba.analyse.wilson import ZEKERHEID, grenzen
from mkba.kern.tekst.notatie import getal

ZWAKST: Final = OPZETTEN["oordeel"][0]
"""Strength of the evidence (Maryland scale) of what was counted, unless who made the design says more."""


def _controleer_sms(sms: int) -> None:
    if sms not in {niveau for niveau, _ in OPZETTEN.values()}:
        raise ValueError("sms is de sterkte van het bewijs, een geheel getal van 1 tot en met 5")


@dataclass(frozen=True, slots=True)
class Telling:
    """``gelukt`` of ``n`` households; ``tegen``: how many of them went the other way (question 12: care was added).

    ``n`` may be an effective number that is not whole; ``sms``: strength of the evidence, 1 (an opinion) to 5.
    ``rond``: the base that both numbers were rounded to, 0 for none: its own interval counts what that adds; with
    ``in_delen`` it is ``gelukt`` and the rest that were rounded.
    ``vanaf``: the share from which on, of yes and of no, it is known at all; its own interval takes that into account,
    and what it is weighed to does not: whoever weighs what is shown against what was known, is not misled by the rest.
    """

    gelukt: float
    n: float
    tegen: float = 0
    sms: int = ZWAKST
    vanaf: float = 0.0
    rond: float = 0.0
    in_delen: bool = False

    @property
    def telt(self) -> float:
        """As how many households that are counted exactly these count."""
        if not self.rond or not self.n:
            return self.n
        return 1 / (1 / self.n + ruis_van_afronden(self.gelukt / self.n, self.n, self.rond, self.in_delen))

    def __post_init__(self) -> None:
        _controleer_sms(self.sms)
        if min(self.gelukt, self.tegen) < 0 or self.gelukt + self.tegen > self.n:
            raise ValueError(f"gelukt + tegen <= n geldt niet voor {self.gelukt}, {self.tegen}, {self.n}")


@dataclass(frozen=True, slots=True)
class Aantal:
    """``gebeurtenissen`` counted at ``n`` households: the average is a number per household.

    ``fi``: the variance between households over the mean; 1 when events come one by one (Poisson), more when they
    cluster. ``sms`` and ``rond`` as of :class:`Telling`, and so is ``vanaf``: from how many events on it is known.
    """

    gebeurtenissen: int
    n: int
    fi: float = 1.0
    sms: int = ZWAKST
    rond: float = 0.0
    vanaf: float = 0.0

    def __post_init__(self) -> None:
        _controleer_sms(self.sms)
        if min(self.gebeurtenissen, self.n) < 0:
            raise ValueError("een aantal is niet negatief")
        if not (np.isfinite(self.fi) and self.fi >= 1):
            raise ValueError("fi is een eindig getal van 1 of meer")

    @property
    def telt_voor_een(self) -> float:
        """How many events or households count for one: ``fi``, more because so few households tell it badly, and more
        because both numbers were rounded."""
        return verbreed(self.fi, self.n) + self.ruis

    @property
    def ruis(self) -> float:
        """How many more count for one because both numbers were rounded."""
        if not self.rond or not self.gebeurtenissen:
            return 0.0
        return self.rond**2 / 12 * (1 / self.gebeurtenissen + self.gebeurtenissen / self.n**2)

    @classmethod
    def uit_kwadraten(cls, gebeurtenissen: int, n: int, kwadraten: float) -> "Aantal":
        """With ``fi`` from the sum over households of their squared number. Raises ValueError for impossible sums."""
        if kwadraten < gebeurtenissen:
            raise ValueError("de som van de kwadraten is minstens het aantal")
        return cls(gebeurtenissen, n, spreiding_over_gemiddelde(gebeurtenissen, n, kwadraten))


def student(vrij: float) -> float:
    """How many times wider an interval of a spread that was itself measured is than of one that is known: Student's t
    with ``vrij`` degrees of freedom over the normal; 1 where there is none to measure it by."""
    kant = (1 + ZEKERHEID) / 2
    return float(stats.t.ppf(kant, vrij) / stats.norm.ppf(kant)) if vrij >= 1 else 1.0


def verbreed(fi: float, huishoudens: float) -> float:
    """How many events count for one: ``fi``, and more where so few households tell it (Student). Not where they come
    one by one: 1 is the least that there is and no estimate, and where it comes out above 1 by chance it is widened, so
    that all together hold the truth as often as they say (docs/effectmeting-meten.md)."""
    return fi * student(huishoudens - 1) ** 2 if fi > 1 else fi


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its standard error, in the unit of the knob, of ``n`` households (such as bruto to netto).

    ``vrij``: degrees of freedom of that error, endless when it is known. ``waarvan``: what ``n`` counts; an error that
    a comparison of wijken gives comes of an interval that says itself whether there are enough of them. ``opmerking``:
    what else a reader has to know of it, in Dutch.
    """

    waarde: float
    fout: float
    n: float
    sms: int = ZWAKST
    vrij: float = np.inf
    waarvan: Literal["huishoudens", "wijken"] = "huishoudens"
    opmerking: str = ""

    @property
    def telt_als_fout(self) -> float:
        """The error of a normal estimate that says as much: wider by Student's t."""
        return self.fout * student(self.vrij)

    def __post_init__(self) -> None:
        _controleer_sms(self.sms)
        if not (np.isfinite([self.waarde, self.fout]).all() and self.fout > 0):
            raise ValueError("een effect vraagt om een eindige waarde en een standaardfout boven 0")


Bewijs = Telling | Aantal | Effect


def als_effect(telling: Telling) -> Effect:
    """A count that may go both ways as an average of +1, 0 and −1 with its standard error.

    For the standard error every outcome counts one household more: without, of ten households that all did the same
    it would be 0.
    """
    plus, min_, n = telling.gelukt + 1, telling.tegen + 1, telling.n + 3
    spreiding = (plus + min_) / n - ((plus - min_) / n) ** 2
    return Effect(
        (telling.gelukt - telling.tegen) / telling.n, float(np.sqrt(spreiding / telling.n)), telling.n, telling.sms
    )


def over_teams(tellingen: Mapping[str, Telling]) -> Telling:
    """Counts of some teams as the count of one simple random sample that says as much of teams in general.

    Households of one team resemble each other: the effective number is p (1 − p) over the variance between teams, and
    less because a few teams tell that variance badly (Korn and Graubard 1998, t instead of normal). Never more than
    were counted. Raises ValueError for fewer than two teams, a team without households and counts that go both ways.
    """
    if len(tellingen) < 2 or any(t.n < 1 or t.tegen for t in tellingen.values()):
        raise ValueError("tellingen per team vragen om minstens twee teams, elk met een huishouden, en een kant op")
    k, n = (np.array([getattr(t, wat) for t in tellingen.values()], dtype=float) for wat in ("gelukt", "n"))
    alle, teams = float(n.sum()), n.size
    p = float(k.sum()) / alle
    toeval = p * (1 - p) / alle
    tussen = float(((k - n * p) ** 2).sum()) * teams / (teams - 1) / alle**2
    onzeker = student(teams - 1) ** -2
    telt = alle * onzeker * (min(1.0, toeval / tussen) if tussen > 0 else 1.0)
    return Telling(p * telt, telt, sms=min(t.sms for t in tellingen.values()))


def schatting_van(bewijs: Bewijs) -> tuple[Schatting | None, str]:
    """What the evidence says by itself, with its 95% interval; or why there is none."""
    heel = round(bewijs.n)
    wijken = isinstance(bewijs, Effect) and bewijs.waarvan == "wijken"
    if bewijs.n < MINIMUM and not wijken:
        if heel == bewijs.n:
            return None, te_weinig(heel, MINIMUM)
        return None, f"telt als {getal(bewijs.n, 1)} huishoudens; een interval vraagt er minstens {MINIMUM}"
    if isinstance(bewijs, Telling) and not bewijs.tegen:
        deel = bewijs.gelukt / bewijs.n
        telt = bewijs.telt if bewijs.rond else None
        interval, kaal = grenzen_getoond(deel, 1 / bewijs.telt, bewijs.vanaf), grenzen(deel, 1 / bewijs.telt)
        methode = "Wilson, als getoond" if bewijs.vanaf else "Wilson"
        return Schatting(deel, *interval, heel, methode, telt, interval != kaal), ""
    if isinstance(bewijs, Aantal):
        # of events that cluster, as many count as come one by one
        een = bewijs.telt_voor_een
        k, n = bewijs.gebeurtenissen / een, bewijs.n / een
        interval, kaal = grenzen_aantal(k, bewijs.vanaf / een), grenzen_aantal(k)
        methode = "Poisson, exact" if een == 1 else "Poisson, verbreed naar de spreiding"
        methode += ", als getoond" * bool(bewijs.vanaf)
        return Schatting(k / n, interval[0] / n, interval[1] / n, heel, methode, verruimd=interval != kaal), ""
    effect = als_effect(bewijs) if isinstance(bewijs, Telling) else bewijs
    half = float(stats.norm.ppf((1 + ZEKERHEID) / 2)) * effect.telt_als_fout
    methode = "Student" if np.isfinite(effect.vrij) else "verschil tussen wijken" if wijken else "normale benadering"
    return Schatting(effect.waarde, effect.waarde - half, effect.waarde + half, heel, methode), ""
