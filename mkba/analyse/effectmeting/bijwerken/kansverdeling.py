"""What is known of a knob as a distribution: from the catalogue before anything is measured, and after evidence."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from scipy import optimize, special, stats

from mkba.analyse.effectmeting.bijwerken.bewijs import Aantal, Bewijs, Effect, Telling
from mkba.analyse.onzekerheid.trekking import Verdeling
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import TREKGRENZEN
from mkba.kern.woorden.velden import VELDEN
from mkba.model.reeksen import Reeks

Soort = Literal["beta", "gamma", "normaal"]


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
        return float(np.sqrt(momenten(_plaats(gemiddelde, b, onder, boven), b, onder, boven)[1])) - spreiding

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
        return momenten(a, spreiding, onder, boven)[0] - gemiddelde

    laag, hoog = gemiddelde - _VER * spreiding, gemiddelde + _VER * spreiding
    if not onder < gemiddelde < boven or not mis(laag) < 0 < mis(hoog):
        raise ValueError(f"geen normaal-verdeling met gemiddelde {gemiddelde} tussen {onder} en {boven}")
    return float(optimize.brentq(mis, laag, hoog, xtol=1e-14))


def momenten(a: float, b: float, onder: float, boven: float) -> tuple[float, float]:
    """Mean and variance of a normal distribution (a, b) that is cut off: those of scipy's truncnorm, without its cost.

    With the tail on the right turned to the left, where the logarithm of its chance is exact.
    """
    alfa, beta = (onder - a) / b, (boven - a) / b
    if alfa > 0:
        midden, variantie = momenten(-a, b, -boven, -onder)
        return -midden, variantie
    hoog, laag = special.log_ndtr(beta), special.log_ndtr(alfa)
    kans = hoog + np.log1p(-np.exp(laag - hoog))
    bij = [np.exp(-x * x / 2 - kans) / np.sqrt(2 * np.pi) if np.isfinite(x) else 0.0 for x in (alfa, beta)]
    eerste = bij[0] - bij[1]
    tweede = (alfa * bij[0] if np.isfinite(alfa) else 0.0) - (beta * bij[1] if np.isfinite(beta) else 0.0)
    return float(a + b * eerste), float(b * b * (1 + tweede - eerste**2))


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
