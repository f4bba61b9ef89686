"""From MKBA 1.0 to 3.0: what was measured, weighed against the kengetal, and what that does to the outcome.

The prior has the kengetal for its mean and the spread of the catalogue's range about it: the mean squared distance to
the kengetal of the triangle that the Monte Carlo draws from. Around a kengetal of 0 there is no distribution; there the
mean of that triangle is the start, and that is said. Or the prior is what an earlier measurement left (``prior=``).
What was counted is the evidence. Together they give the posterior:

- a share (``Telling``): beta prior, binomial data;
- a number per household (``Aantal``): gamma prior, Poisson data;
- an effect with a standard error, such as a difference between wijken (``Effect``): normal prior, normal data; so too
  a share that may be negative (question 12), with what was added counted against what was dropped.

A prior of n0 households counts as much as n0 measured ones: with n measured, the posterior mean is
(n0 · kengetal + n · measured) / (n0 + n). Of an effect (questions 12 to 14) each household counts for a part only, by
the strength of its evidence: an opinion moves the prior less than a trial
(:func:`mkba.analyse.effectmeting.zekerheid.bewijs.weegkracht`). What the aanpak said before is no evidence: from
there to the prior is a step of its own (``terug``), which is not what the measurement does.

The claim is about the households and teams like those that were counted, taken one by one. Counts of a few teams that
also have to speak for others go through :func:`over_teams`; numbers that cluster in households carry ``fi``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import optimize, special, stats

from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN, weegkracht
from mkba.analyse.effectmeting.zekerheid.intervallen import (
    MINIMUM,
    Schatting,
    grenzen_getoond,
    spreiding_over_gemiddelde,
    te_weinig,
)
from mkba.analyse.onzekerheid.trekking import TREKKINGEN, ZAAD, Verdeling, trek
from mkba.analyse.shapley import keuzes, shapley
from mkba.analyse.wilson import ZEKERHEID, grenzen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import TREKGRENZEN
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import getal
from mkba.kern.woorden.velden import GROEPEN, KNOPPEN, VELDEN, VRAGEN, Veld
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken_reeks
from mkba.model.reeksen import Reeks

UITKOMSTEN: Final = ("saldo", "saldo_gemeente", "kb_financieel", "kb_maatschappelijk", "kb_gemeentelijk")
TE_WEGEN: Final = tuple(k for k in KNOPPEN if VELDEN[k].vraag > 9)
"""The knobs of questions 10 to 15, which evidence is weighed against."""
MAXIMUM_STAPPEN: Final = 16
"""Changes of which every combination is calculated: 65,536. With more, those of one question count as one."""

ZWAKST: Final = OPZETTEN["oordeel"][0]
"""Strength of the evidence (Maryland scale) of what was counted, unless who made the design says more."""

Soort = Literal["beta", "gamma", "normaal"]
Status = Literal["gemeten", "bijgewerkt", "kengetal", "opgegeven", "beginstand"]


def _controleer_sms(sms: int) -> None:
    if sms not in {niveau for niveau, _ in OPZETTEN.values()}:
        raise ValueError("sms is de sterkte van het bewijs, een geheel getal van 1 tot en met 5")


@dataclass(frozen=True, slots=True)
class Telling:
    """``gelukt`` of ``n`` households; ``tegen``: how many of them went the other way (question 12: care was added).

    ``n`` may be an effective number that is not whole; ``sms``: strength of the evidence, 1 (an opinion) to 5.
    ``vanaf``: the share from which on, of yes and of no, it is known at all; its own interval takes that into account,
    and what it is weighed to does not: whoever weighs what is shown against what was known, is not misled by the rest.
    """

    gelukt: float
    n: float
    tegen: float = 0
    sms: int = ZWAKST
    vanaf: float = 0.0

    def __post_init__(self) -> None:
        _controleer_sms(self.sms)
        if min(self.gelukt, self.tegen) < 0 or self.gelukt + self.tegen > self.n:
            raise ValueError(f"gelukt + tegen <= n geldt niet voor {self.gelukt}, {self.tegen}, {self.n}")


@dataclass(frozen=True, slots=True)
class Aantal:
    """``gebeurtenissen`` counted at ``n`` households: the average is a number per household.

    ``fi``: the variance between households over the mean; 1 when events come one by one (Poisson), more when they
    cluster. ``sms`` as of :class:`Telling`.
    """

    gebeurtenissen: int
    n: int
    fi: float = 1.0
    sms: int = ZWAKST

    def __post_init__(self) -> None:
        _controleer_sms(self.sms)
        if min(self.gebeurtenissen, self.n) < 0:
            raise ValueError("een aantal is niet negatief")
        if not (np.isfinite(self.fi) and self.fi >= 1):
            raise ValueError("fi is een eindig getal van 1 of meer")

    @property
    def telt_voor_een(self) -> float:
        """How many events or households count for one: ``fi``, and more because so few households tell it badly."""
        return self.fi * student(self.n - 1) ** 2 if self.fi > 1 else self.fi

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


@dataclass(frozen=True, slots=True)
class Kansverdeling:
    """A beta (a, b), a gamma (shape a, rate b) or a normal (mean a, standard deviation b), cut off at the bounds."""

    soort: Soort
    a: float
    b: float
    onder: float = -np.inf
    boven: float = np.inf

    @classmethod
    def uit_momenten(
        cls, soort: Soort, gemiddelde: float, variantie: float, onder: float = -np.inf, boven: float = np.inf
    ) -> "Kansverdeling":
        """The distribution of this kind with this mean and variance; a normal one has them after it is cut off, or the
        greatest variance with that mean where it cannot be as wide. Raises ValueError when there is none."""
        if soort == "normaal" and variantie > 0:
            return cls(soort, *_afgekapt(gemiddelde, float(np.sqrt(variantie)), onder, boven), onder, boven)
        if soort == "gamma" and gemiddelde > 0 and variantie > 0:
            return cls(soort, gemiddelde**2 / variantie, gemiddelde / variantie, 0.0)
        if soort == "beta" and 0 < gemiddelde < 1 and 0 < variantie < gemiddelde * (1 - gemiddelde):
            samen = gemiddelde * (1 - gemiddelde) / variantie - 1
            return cls(soort, gemiddelde * samen, (1 - gemiddelde) * samen, 0.0, 1.0)
        raise ValueError(f"geen {soort}-verdeling met gemiddelde {gemiddelde} en variantie {variantie}")

    def _wet(self) -> "stats.distributions.rv_frozen":
        if self.soort == "beta":
            return stats.beta(self.a, self.b)
        if self.soort == "gamma":
            return stats.gamma(self.a, scale=1 / self.b)
        return stats.truncnorm((self.onder - self.a) / self.b, (self.boven - self.a) / self.b, self.a, self.b)

    @property
    def gemiddelde(self) -> float:
        """The mean, in the unit of the knob."""
        if self.soort == "normaal":
            return float(self._wet().mean())
        return self.a / (self.a + self.b) if self.soort == "beta" else self.a / self.b

    @property
    def variantie(self) -> float:
        """The variance, in the unit of the knob squared."""
        return float(self._wet().var())

    def interval(self) -> tuple[float, float]:
        """Where the value lies with 95% chance."""
        laag, hoog = self._wet().ppf([(1 - ZEKERHEID) / 2, (1 + ZEKERHEID) / 2])
        return float(laag), float(hoog)

    def kwantiel(self, u: Reeks) -> Reeks:
        """Inverse distribution function: u in (0, 1), any shape -> values of the same shape."""
        return np.asarray(self._wet().ppf(u))

    def dichtheid(self, x: Reeks) -> Reeks:
        """Probability density at x, for a figure."""
        return np.asarray(self._wet().pdf(x))

    def leer(self, bewijs: Bewijs, kracht: float = 1.0) -> "Kansverdeling":
        """The posterior; ``kracht``: to which power the likelihood is raised, 1 for all of it and 0 for nothing.

        Raises TypeError for evidence of another kind than the distribution.
        """
        if self.soort == "beta" and isinstance(bewijs, Telling) and not bewijs.tegen:
            gelukt, mislukt = kracht * bewijs.gelukt, kracht * (bewijs.n - bewijs.gelukt)
            return Kansverdeling("beta", self.a + gelukt, self.b + mislukt, 0.0, 1.0)
        if self.soort == "gamma" and isinstance(bewijs, Aantal):
            telt = kracht / bewijs.telt_voor_een
            return Kansverdeling("gamma", self.a + telt * bewijs.gebeurtenissen, self.b + telt * bewijs.n, 0.0)
        if self.soort == "normaal" and isinstance(bewijs, Effect):
            w0, w = 1 / self.b**2, kracht / bewijs.telt_als_fout**2
            midden = (w0 * self.a + w * bewijs.waarde) / (w0 + w)
            return Kansverdeling("normaal", midden, float((w0 + w) ** -0.5), self.onder, self.boven)
        raise TypeError(f"{type(bewijs).__name__} zegt niets over een {self.soort}-verdeling")


_VER: Final = 30.0
"""Standard deviations beside the mean between which the place of a cut-off normal is sought."""
_BREEDST: Final = 10.0
"""So many times wider than what is left of it is a normal distribution at most before it is cut off."""


@lru_cache(maxsize=256)
def _afgekapt(gemiddelde: float, spreiding: float, onder: float, boven: float) -> tuple[float, float]:
    """Mean and standard deviation of a normal distribution that has ``gemiddelde`` and ``spreiding`` once cut off.

    What is above 0 only cannot be wider than its mean: there, and where it would have to lie too far away to be
    found, the widest that there is. Raises ValueError when none has that mean.
    """
    if not np.isfinite([onder, boven]).any():
        return gemiddelde, spreiding

    def over(b: float) -> float:
        return float(np.sqrt(_momenten(_plaats(gemiddelde, b, onder, boven), b, onder, boven)[1])) - spreiding

    kant = min(gemiddelde - onder, boven - gemiddelde)
    breedst = max(spreiding, min(_BREEDST * spreiding, _VER * kant * (1 - 1 / _BREEDST)))
    if over(spreiding) >= 0:
        b = spreiding
    elif over(breedst) <= 0:
        b = breedst
    else:
        b = float(optimize.brentq(over, spreiding, breedst, xtol=1e-14))
    return _plaats(gemiddelde, b, onder, boven), b


def _plaats(gemiddelde: float, spreiding: float, onder: float, boven: float) -> float:
    """Where a normal distribution must lie to have this mean once it is cut off. Raises ValueError when nowhere."""

    def mis(a: float) -> float:
        return _momenten(a, spreiding, onder, boven)[0] - gemiddelde

    laag, hoog = gemiddelde - _VER * spreiding, gemiddelde + _VER * spreiding
    if not onder < gemiddelde < boven or not mis(laag) < 0 < mis(hoog):
        raise ValueError(f"geen normaal-verdeling met gemiddelde {gemiddelde} tussen {onder} en {boven}")
    return float(optimize.brentq(mis, laag, hoog, xtol=1e-14))


def _momenten(a: float, b: float, onder: float, boven: float) -> tuple[float, float]:
    """Mean and variance of a normal distribution (a, b) that is cut off: those of scipy's truncnorm, without its cost.

    With the tail on the right turned to the left, where the logarithm of its chance is exact.
    """
    alfa, beta = (onder - a) / b, (boven - a) / b
    if alfa > 0:
        midden, variantie = _momenten(-a, b, -boven, -onder)
        return -midden, variantie
    hoog, laag = special.log_ndtr(beta), special.log_ndtr(alfa)
    kans = hoog + np.log1p(-np.exp(laag - hoog))
    bij = [np.exp(-x * x / 2 - kans) / np.sqrt(2 * np.pi) if np.isfinite(x) else 0.0 for x in (alfa, beta)]
    eerste = bij[0] - bij[1]
    tweede = (alfa * bij[0] if np.isfinite(alfa) else 0.0) - (beta * bij[1] if np.isfinite(beta) else 0.0)
    return float(a + b * eerste), float(b * b * (1 + tweede - eerste**2))


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


def knopprior(knop: str, kengetallen: Kengetallen, soort: Soort) -> Kansverdeling:
    """What the catalogue knows of a knob of questions 10 to 15 before anything is measured.

    Its mean is the kengetal. Its variance is the mean squared distance to the kengetal over the triangle of the
    published range (up to ``trekgrens``): its own variance, and more where it lies to one side of the kengetal. So a
    kengetal at an end of its range is not taken for surer than that range. Where no distribution of this kind is as
    wide, the variance is that of the triangle; where none has that mean (a kengetal of 0), so is the mean. Raises
    KeyError for what is no such knob and ValueError for a kengetal without a range.
    """
    bereik = kengetallen.getallen[VELDEN[knop].standaard or ""]
    boven = kengetallen[f"trekgrens.{knop}"] if knop in TREKGRENZEN else bereik.boven
    veld = VELDEN[knop]
    onder, hoogst = (-np.inf if veld.minimum is None else veld.minimum), veld.maximum
    grenzen = onder, np.inf if hoogst is None else hoogst
    driehoek = Verdeling.rond(bereik.onder, bereik.waarde, max(boven, bereik.waarde))
    eigen, midden = driehoek.variantie, driehoek.gemiddelde
    om_het_kengetal = eigen + (midden - bereik.waarde) ** 2
    for gemiddelde, variantie in ((bereik.waarde, om_het_kengetal), (bereik.waarde, eigen)):
        try:
            return Kansverdeling.uit_momenten(soort, gemiddelde, variantie, *grenzen)
        except ValueError:
            continue
    return Kansverdeling.uit_momenten(soort, midden, eigen, *grenzen)


_GELIJK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Bijgewerkt:
    """One knob: what was known, what was measured, what is known now.

    ``gemeten``: the measurement with its interval, None with ``reden`` when there are too few households for one (the
    evidence counts all the same, as little as it is); ``voor``: the value in the aanpak so far; ``kengetal``: of the
    catalogue, from which the mean of the prior differs where none has that mean or when it comes of an earlier
    measurement (``vervolg``); ``kracht``: which part of a household counts, by the strength of the evidence.
    """

    sleutel: str
    bewijs: Bewijs
    prior: Kansverdeling
    posterior: Kansverdeling
    gemeten: Schatting | None
    reden: str
    voor: float
    kengetal: float
    vervolg: bool = False
    kracht: float = 1.0

    @property
    def uit_wijken(self) -> bool:
        """Whether the evidence is a comparison of wijken, and not a count of households."""
        return isinstance(self.bewijs, Effect) and self.bewijs.waarvan == "wijken"

    @property
    def weegt_zwaarst(self) -> bool:
        """Whether the measurement weighs more than what was known before."""
        return self.gewicht > 1 - self.gewicht

    @property
    def botst(self) -> bool:
        """Whether an effect lies farther from the prior than 95% of what both leave to guess: they contradict."""
        if not isinstance(self.bewijs, Effect) or self.kracht <= 0:
            return False
        breed = np.sqrt(self.prior.variantie + self.bewijs.telt_als_fout**2 / self.kracht)
        ver = abs(self.bewijs.waarde - self.uitgangspunt)
        return bool(ver > stats.norm.ppf((1 + ZEKERHEID) / 2) * breed)

    @property
    def uitgangspunt(self) -> float:
        """The mean of the prior: what the measurement starts from, whatever was filled in."""
        return self.prior.gemiddelde

    @property
    def verplaatst(self) -> bool:
        """Whether that is another value than was filled in: a step that no measurement makes."""
        return not bool(np.isclose(self.uitgangspunt, self.voor, rtol=0, atol=_GELIJK))

    @property
    def verschoven(self) -> bool:
        """Whether no prior had the kengetal for its mean."""
        return not self.vervolg and not bool(np.isclose(self.uitgangspunt, self.kengetal, rtol=0, atol=_GELIJK))

    @property
    def na(self) -> float:
        """The value that the aanpak gets: the mean of the posterior."""
        return self.posterior.gemiddelde

    @property
    def gewicht(self) -> float:
        """How much of the new value is measurement and not kengetal, a fraction."""
        if self.posterior.soort == "normaal":
            return 1 - (self.posterior.b / self.prior.b) ** 2
        eigen = self.prior.a + self.prior.b if self.prior.soort == "beta" else self.prior.b
        telt = self.bewijs.n / self.bewijs.telt_voor_een if isinstance(self.bewijs, Aantal) else self.bewijs.n
        return self.kracht * telt / (eigen + self.kracht * telt)

    def trek(self, bewijs: Reeks, kengetal: Reeks) -> Reeks:
        """Draws of what is known now, from two draws that are standard normal, any shape: of how far the evidence is
        off, and of how far what was known before is.

        An error of the posterior is ``gewicht`` times that of the evidence and the rest times that of the prior, of
        which the variances are those same parts of the whole. So what the kengetal hangs together with, goes along for
        as far as the value is kengetal, and no further.
        """
        rang = np.sqrt(self.gewicht) * bewijs + np.sqrt(1 - self.gewicht) * kengetal
        return self.posterior.kwantiel(special.ndtr(rang))

    def bij_andere_telling(self, z: Reeks) -> Reeks:
        """What the value would have been had the count come out otherwise, as far as its interval allows, and all that
        it is weighed against stayed: for draws (n,) that are standard normal."""
        weegt = _weegt(self.sleutel, self.bewijs)
        if isinstance(weegt, Effect):
            prior = self.prior
            b, schuif = self.posterior.b, self.gewicht * weegt.telt_als_fout * z
            plek = (self.posterior.a + schuif).ravel()
            uit = [_momenten(a, b, prior.onder, prior.boven)[0] for a in plek]
            return np.array(uit).reshape(schuif.shape)
        kans = special.ndtr(z)
        if isinstance(weegt, Telling):  # half a household at either side, as of question 18
            geteld = stats.beta.ppf(kans, weegt.gelukt + 0.5, weegt.n - weegt.gelukt + 0.5) - weegt.gelukt / weegt.n
        else:
            een, k, n = weegt.telt_voor_een, weegt.gebeurtenissen, weegt.n
            geteld = stats.gamma.ppf(kans, (k + 0.5) / een, scale=een / n) - k / n
        return np.asarray(self.na + self.gewicht * geteld)


@dataclass(frozen=True, eq=False)
class Bijwerking:
    """An aanpak before and after a measurement.

    ``voor``, ``na``: the aanpak as it was and with every measured answer; ``uitgangspunt``: as it was, but with every
    knob that is updated at the mean of its prior; ``knoppen``: the updated knobs of questions 10 to 15; ``gemeten``:
    answers to questions 1 to 9 that were replaced as they are, {key: (value, households)}.
    """

    voor: Aanpak
    uitgangspunt: Aanpak
    na: Aanpak
    kengetallen: Kengetallen
    knoppen: tuple[Bijgewerkt, ...]
    gemeten: Mapping[str, tuple[float, int]]

    def status(self, sleutel: str) -> Status:
        """Where an answer comes from now."""
        if sleutel in self.gemeten:
            return "gemeten"
        if any(k.sleutel == sleutel for k in self.knoppen):
            return "bijgewerkt"
        herkomst = self.voor.herkomst(sleutel)
        return herkomst if herkomst in ("opgegeven", "kengetal") else "beginstand"

    @cached_property
    def stappen(self) -> dict[str, dict[str, float]]:
        """What changed, per step: {name: {field: new value}}. Shares that add up to 1 are one step."""
        nieuw = {s: w for s, (w, _) in self.gemeten.items()} | {k.sleutel: k.na for k in self.knoppen}
        los: dict[str, dict[str, float]] = {}
        for sleutel, waarde in nieuw.items():
            groep = next((g for g, leden in GROEPEN.items() if sleutel in leden), sleutel)
            los.setdefault(groep, {})[sleutel] = waarde
        if len(los) <= MAXIMUM_STAPPEN:
            return los
        per_vraag: dict[str, dict[str, float]] = {}
        for velden in los.values():
            vraag = VELDEN[next(iter(velden))].vraag
            per_vraag.setdefault(f"{vraag}. {VRAGEN[vraag]}", {}).update(velden)
        return per_vraag

    @property
    def posteriors(self) -> dict[str, Kansverdeling]:
        """What is known now per updated knob: the ``prior`` of a next measurement."""
        return {k.sleutel: k.posterior for k in self.knoppen}

    @cached_property
    def terug(self) -> pd.DataFrame:
        """What it does that updating starts from the prior and not from what was filled in, per knob of which these
        differ; as :attr:`invloed`, of which it is no part. Adds up to ``uitgangspunt`` minus ``voor``."""
        stappen = {k.sleutel: {k.sleutel: k.uitgangspunt} for k in self.knoppen if k.verplaatst}
        return _verdeel(self.voor, self.kengetallen, stappen)

    @cached_property
    def invloed(self) -> pd.DataFrame:
        """What each measurement does: a row per step, columns (outcome, "alleen") and (outcome, "deel").

        "alleen": the change from ``uitgangspunt`` when only this step is made; "deel": its part of the whole change
        (Shapley, exact), which add up to ``meting``. Euros NCW and ratios.
        """
        return _verdeel(self.uitgangspunt, self.kengetallen, self.stappen)

    @cached_property
    def uitkomsten(self) -> pd.DataFrame:
        """A row per outcome, euros NCW and ratios: voor, uitgangspunt, na, meting (na minus uitgangspunt) and verschil
        (na minus voor)."""
        voor, midden, na = (
            bereken_reeks(a, self.kengetallen, {}, UITKOMSTEN) for a in (self.voor, self.uitgangspunt, self.na)
        )
        rijen = {}
        for u in UITKOMSTEN:
            a, b, c = float(voor[u][0]), float(midden[u][0]), float(na[u][0])
            rijen[u] = [a, b, c, c - b, c - a]
        kolommen = ["voor", "uitgangspunt", "na", "meting", "verschil"]
        return pd.DataFrame.from_dict(rijen, orient="index", columns=kolommen)

    def trekkingen(self, aantal: int = TREKKINGEN, zaad: int = ZAAD) -> tuple[dict[str, Reeks], dict[str, Reeks]]:
        """Outcomes draw by draw, {outcome: (aantal,)}: with the kengetallen as they were, and after the measurement.

        Both meet the same luck: a knob that was updated keeps the rank of its draw, and with it how it hangs together
        with others, for as far as it is kengetal. Answers that were replaced as they are stay fixed.
        """
        voor = trek(self.voor, self.kengetallen, aantal, zaad)
        na = trek(self.na, self.kengetallen, aantal, zaad)
        rng = np.random.default_rng(zaad)
        for knop in self.knoppen:
            na[knop.sleutel] = knop.trek(toeval(rng, aantal), rang_van(voor.get(knop.sleutel), rng, aantal))
        return (
            bereken_reeks(self.voor, self.kengetallen, voor, UITKOMSTEN),
            bereken_reeks(self.na, self.kengetallen, na, UITKOMSTEN),
        )


def toeval(rng: np.random.Generator, aantal: int) -> Reeks:
    """Standard normal draws (aantal,), evenly spread over their chances, in an order by chance."""
    return np.asarray(special.ndtri((rng.permutation(aantal) + 0.5) / aantal))


def rang_van(getrokken: Reeks | None, rng: np.random.Generator, aantal: int) -> Reeks:
    """The same in the order of draws (aantal,) that were made already; on their own without any."""
    if getrokken is None:
        return toeval(rng, aantal)
    return np.asarray(special.ndtri((np.argsort(np.argsort(getrokken)) + 0.5) / aantal))


def _verdeel(van: Aanpak, kengetallen: Kengetallen, stappen: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """What each step does to the outcomes of ``van``: alone, and its part of all together (Shapley)."""
    namen = list(stappen)
    aan = keuzes(len(namen)).astype(bool)
    oud = van.plat()
    varieer = {
        s: np.where(aan[:, i], w, float(oud[s])) for i, naam in enumerate(namen) for s, w in stappen[naam].items()
    }
    uit = bereken_reeks(van, kengetallen, varieer, UITKOMSTEN)
    kolommen = {}
    for uitkomst in UITKOMSTEN:
        reeks = np.broadcast_to(uit[uitkomst], (len(aan),))
        kolommen[(uitkomst, "alleen")] = [reeks[1 << i] - reeks[0] for i in range(len(namen))]
        kolommen[(uitkomst, "deel")] = list(shapley(reeks))
    return pd.DataFrame(kolommen, index=namen)


def werk_bij(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    bewijs: Mapping[str, Bewijs],
    gemeten: Mapping[str, tuple[float, int]] | None = None,
    prior: Mapping[str, Kansverdeling] | None = None,
) -> Bijwerking:
    """Fill in what was measured.

    ``bewijs``: counts per knob of questions 10 to 15, which are weighed against the kengetal; ``gemeten``: answers to
    questions 1 to 9 with the number of households that they rest on, which replace what was there; ``prior``: what an
    earlier measurement left of a knob (:attr:`Bijwerking.posteriors`), in the place of the kengetal. Raises InvoerFout
    for what is no such field, for a prior that evidence of another kind says nothing of, and for a new aanpak that
    cannot be (such as shares that do not add up to 1).
    """
    eerder = prior or {}
    meldingen = [
        Melding(s, "", f"dit is geen {wat}.", f"Kies uit: {', '.join(mag)}.", "meting")
        for wat, mag, gegeven in (
            ("knop van vraag 10 tot en met 15", TE_WEGEN, {**bewijs, **eerder}),
            ("antwoord op vraag 1 tot en met 9", _FEITEN, gemeten or {}),
        )
        for s in gegeven
        if s not in mag
    ]
    meldingen += [
        Melding(s, "", "er is geen huishouden gemeten.", "Laat deze knop weg.", "meting")
        for s, b in bewijs.items()
        if b.n <= 0
    ]
    meldingen += [
        Melding(
            s,
            "",
            f"de vorige meting is een {eerder[s].soort}-verdeling; deze telling vraagt om {soort}.",
            "Geef beide keren dezelfde soort telling.",
            "meting",
        )
        for s, b in bewijs.items()
        if s in TE_WEGEN and s in eerder and eerder[s].soort != (soort := _soort(_weegt(s, b)))
    ]
    if meldingen:
        raise InvoerFout(meldingen)
    plat = aanpak.plat()
    knoppen = tuple(_knop(s, bewijs[s], kengetallen, float(plat[s]), eerder.get(s)) for s in TE_WEGEN if s in bewijs)
    begin = aanpak.met({k.sleutel: k.uitgangspunt for k in knoppen if k.verplaatst}, kengetallen)
    nieuw = {s: w for s, (w, _) in (gemeten or {}).items()} | {k.sleutel: k.na for k in knoppen}
    return Bijwerking(aanpak, begin, aanpak.met(nieuw, kengetallen), kengetallen, knoppen, dict(gemeten or {}))


_FEITEN: Final = tuple(s for s, v in VELDEN.items() if 1 <= v.vraag <= 9 and v.soort not in ("ja_nee", "disciplines"))


def _weegt(sleutel: str, bewijs: Bewijs) -> Bewijs:
    """The evidence in the form in which it is weighed."""
    negatief = (VELDEN[sleutel].minimum or 0) < 0
    return als_effect(bewijs) if isinstance(bewijs, Telling) and (negatief or bewijs.tegen) else bewijs


def _soort(bewijs: Bewijs) -> Soort:
    if isinstance(bewijs, Telling):
        return "beta"
    return "gamma" if isinstance(bewijs, Aantal) else "normaal"


def _knop(
    sleutel: str, bewijs: Bewijs, kengetallen: Kengetallen, voor: float, eerder: Kansverdeling | None
) -> Bijgewerkt:
    weegt = _weegt(sleutel, bewijs)
    prior = eerder or knopprior(sleutel, kengetallen, _soort(weegt))
    gemeten, reden = schatting_van(bewijs)
    gemeten = gemeten and _binnen(gemeten, VELDEN[sleutel])
    kengetal = kengetallen[VELDEN[sleutel].standaard or ""]
    kracht = weegkracht(sleutel, bewijs.sms, kengetallen)
    posterior = prior.leer(weegt, kracht)
    return Bijgewerkt(sleutel, bewijs, prior, posterior, gemeten, reden, voor, kengetal, eerder is not None, kracht)


def _binnen(s: Schatting, veld: Veld) -> Schatting:
    """The interval without what the question cannot be: the truth is not there, so it holds it as often."""
    laag = s.laag if veld.minimum is None else max(s.laag, veld.minimum)
    hoog = s.hoog if veld.maximum is None else min(s.hoog, veld.maximum)
    return replace(s, laag=min(laag, s.waarde), hoog=max(hoog, s.waarde))


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
        if bewijs.vanaf:
            return Schatting(deel, *grenzen_getoond(deel, 1 / bewijs.n, bewijs.vanaf), heel, "Wilson, als getoond"), ""
        return Schatting(deel, *grenzen(deel, 1 / bewijs.n), heel, "Wilson"), ""
    if isinstance(bewijs, Aantal):
        # exact for a Poisson count (Garwood 1936); of events that cluster, as many count as come one by one
        een, kant = bewijs.telt_voor_een, (1 - ZEKERHEID) / 2
        k, n = bewijs.gebeurtenissen / een, bewijs.n / een
        laag = float(stats.gamma.ppf(kant, k)) if k else 0.0
        methode = "Poisson, exact" if bewijs.fi == 1 else "Poisson, verbreed naar de spreiding"
        return Schatting(k / n, laag / n, float(stats.gamma.isf(kant, k + 1)) / n, heel, methode), ""
    effect = als_effect(bewijs) if isinstance(bewijs, Telling) else bewijs
    half = float(stats.norm.ppf((1 + ZEKERHEID) / 2)) * effect.telt_als_fout
    methode = "Student" if np.isfinite(effect.vrij) else "verschil tussen wijken" if wijken else "normale benadering"
    return Schatting(effect.waarde, effect.waarde - half, effect.waarde + half, heel, methode), ""
