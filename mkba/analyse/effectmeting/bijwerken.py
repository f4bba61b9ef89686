"""From MKBA 1.0 to 3.0: what was measured, weighed against the kengetal, and what that does to the outcome.

The kengetal is the prior: a distribution with the mean and the spread that the catalogue's range gives it, the same
triangle that the Monte Carlo draws from. What was counted is the evidence. Together they give the posterior:

- a share (``Telling``): beta prior, binomial data;
- a number per household (``Aantal``): gamma prior, Poisson data;
- an effect with a standard error, such as a difference between wijken (``Effect``): normal prior, normal data; so too
  a share that may be negative (question 12), with what was added counted against what was dropped.

A prior of n0 households counts as much as n0 measured ones: with n measured, the posterior mean is
(n0 · kengetal + n · measured) / (n0 + n).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import stats

from mkba.analyse.effectmeting.intervallen import MINIMUM, Schatting, te_weinig, wilson
from mkba.analyse.onzekerheid.trekking import TREKKINGEN, ZAAD, Verdeling, trek
from mkba.analyse.shapley import keuzes, shapley
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import TREKGRENZEN
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.velden import GROEPEN, KNOPPEN, VELDEN, VRAGEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken_reeks
from mkba.model.reeksen import Reeks

UITKOMSTEN: Final = ("saldo", "saldo_gemeente", "kb_financieel", "kb_maatschappelijk", "kb_gemeentelijk")
MAXIMUM_STAPPEN: Final = 16
"""Changes of which every combination is calculated: 65,536. With more, those of one question count as one."""

Soort = Literal["beta", "gamma", "normaal"]
Status = Literal["gemeten", "bijgewerkt", "kengetal", "opgegeven", "beginstand"]


@dataclass(frozen=True, slots=True)
class Telling:
    """``gelukt`` of ``n`` households (not whole where households weigh unequally); ``tegen``: how many of them went the
    other way (question 12: care was added)."""

    gelukt: float
    n: int
    tegen: int = 0

    def __post_init__(self) -> None:
        if min(self.gelukt, self.tegen) < 0 or self.gelukt + self.tegen > self.n:
            raise ValueError(f"gelukt + tegen <= n geldt niet voor {self.gelukt}, {self.tegen}, {self.n}")


@dataclass(frozen=True, slots=True)
class Aantal:
    """``gebeurtenissen`` counted at ``n`` households: the average is a number per household."""

    gebeurtenissen: int
    n: int

    def __post_init__(self) -> None:
        if min(self.gebeurtenissen, self.n) < 0:
            raise ValueError("een aantal is niet negatief")


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its standard error, in the unit of the knob, of ``n`` households (such as bruto to netto)."""

    waarde: float
    fout: float
    n: int

    def __post_init__(self) -> None:
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
        """The distribution of this kind with this mean and variance. Raises ValueError when there is none."""
        if soort == "normaal" and variantie > 0:
            return cls(soort, gemiddelde, float(np.sqrt(variantie)), onder, boven)
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

    def leer(self, bewijs: Bewijs) -> "Kansverdeling":
        """The posterior. Raises TypeError for evidence of another kind than the distribution."""
        if self.soort == "beta" and isinstance(bewijs, Telling) and not bewijs.tegen:
            return Kansverdeling("beta", self.a + bewijs.gelukt, self.b + bewijs.n - bewijs.gelukt, 0.0, 1.0)
        if self.soort == "gamma" and isinstance(bewijs, Aantal):
            return Kansverdeling("gamma", self.a + bewijs.gebeurtenissen, self.b + bewijs.n, 0.0)
        if self.soort == "normaal" and isinstance(bewijs, Effect):
            w0, w = 1 / self.b**2, 1 / bewijs.fout**2
            midden = (w0 * self.a + w * bewijs.waarde) / (w0 + w)
            return Kansverdeling("normaal", midden, float((w0 + w) ** -0.5), self.onder, self.boven)
        raise TypeError(f"{type(bewijs).__name__} zegt niets over een {self.soort}-verdeling")


def als_effect(telling: Telling) -> Effect:
    """A count that may go both ways as an average of +1, 0 and −1 with its standard error.

    For the standard error every outcome counts one household more: without, of ten households that all did the same
    it would be 0.
    """
    plus, min_, n = telling.gelukt + 1, telling.tegen + 1, telling.n + 3
    spreiding = (plus + min_) / n - ((plus - min_) / n) ** 2
    return Effect((telling.gelukt - telling.tegen) / telling.n, float(np.sqrt(spreiding / telling.n)), telling.n)


def prior_van(verdeling: Verdeling, soort: Soort, onder: float = -np.inf, boven: float = np.inf) -> Kansverdeling:
    """The distribution with the mean and variance of a range (a triangle or a uniform)."""
    laag, top, hoog = verdeling.laag, verdeling.top, verdeling.hoog
    if verdeling.soort == "uniform":
        variantie = (hoog - laag) ** 2 / 12
    else:
        variantie = (laag**2 + top**2 + hoog**2 - laag * top - laag * hoog - top * hoog) / 18
    return Kansverdeling.uit_momenten(soort, verdeling.gemiddelde, variantie, onder, boven)


def knopprior(knop: str, kengetallen: Kengetallen, soort: Soort) -> Kansverdeling:
    """What the catalogue knows of a knob of questions 10 to 15 before anything is measured.

    The triangle between the published ends (or ``trekgrens``) whose mean is the kengetal. Raises KeyError for what is
    no such knob and ValueError for a kengetal without a range.
    """
    bereik = kengetallen.getallen[VELDEN[knop].standaard or ""]
    boven = kengetallen[f"trekgrens.{knop}"] if knop in TREKGRENZEN else bereik.boven
    veld = VELDEN[knop]
    onder, hoogst = (-np.inf if veld.minimum is None else veld.minimum), veld.maximum
    driehoek = Verdeling.rond(bereik.onder, bereik.waarde, max(boven, bereik.waarde))
    return prior_van(driehoek, soort, onder, np.inf if hoogst is None else hoogst)


@dataclass(frozen=True, slots=True)
class Bijgewerkt:
    """One knob: what was known, what was measured, what is known now.

    ``gemeten``: the measurement with its interval, None with ``reden`` when there are too few households for one (the
    evidence counts all the same, as little as it is); ``voor``: the value in the aanpak so far.
    """

    sleutel: str
    bewijs: Bewijs
    prior: Kansverdeling
    posterior: Kansverdeling
    gemeten: Schatting | None
    reden: str
    voor: float

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
        return self.bewijs.n / (eigen + self.bewijs.n)


@dataclass(frozen=True, eq=False)
class Bijwerking:
    """An aanpak before and after a measurement.

    ``voor``, ``na``: the aanpak as it was and with every measured answer; ``knoppen``: the updated knobs of questions
    10 to 15; ``gemeten``: answers to questions 1 to 9 that were replaced as they are, {key: (value, households)}.
    """

    voor: Aanpak
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

    @cached_property
    def invloed(self) -> pd.DataFrame:
        """What each step does: a row per step, columns (outcome, "alleen") and (outcome, "deel").

        "alleen": the change when only this step is made; "deel": its part of the whole change (Shapley, exact), which
        add up to ``verschil``. Euros NCW and ratios.
        """
        namen = list(self.stappen)
        aan = keuzes(len(namen)).astype(bool)
        oud = self.voor.plat()
        varieer = {
            s: np.where(aan[:, i], w, float(oud[s]))
            for i, naam in enumerate(namen)
            for s, w in self.stappen[naam].items()
        }
        uit = bereken_reeks(self.voor, self.kengetallen, varieer, UITKOMSTEN)
        kolommen = {}
        for uitkomst in UITKOMSTEN:
            reeks = np.broadcast_to(uit[uitkomst], (len(aan),))
            kolommen[(uitkomst, "alleen")] = [reeks[1 << i] - reeks[0] for i in range(len(namen))]
            kolommen[(uitkomst, "deel")] = list(shapley(reeks))
        return pd.DataFrame(kolommen, index=namen)

    @cached_property
    def uitkomsten(self) -> pd.DataFrame:
        """A row per outcome: voor, na and verschil, euros NCW and ratios."""
        voor, na = (bereken_reeks(a, self.kengetallen, {}, UITKOMSTEN) for a in (self.voor, self.na))
        rijen = {u: [float(voor[u][0]), float(na[u][0]), float(na[u][0] - voor[u][0])] for u in UITKOMSTEN}
        return pd.DataFrame.from_dict(rijen, orient="index", columns=["voor", "na", "verschil"])

    def trekkingen(self, aantal: int = TREKKINGEN, zaad: int = ZAAD) -> tuple[dict[str, Reeks], dict[str, Reeks]]:
        """Outcomes draw by draw, {outcome: (aantal,)}: with the kengetallen as they were, and after the measurement.

        Both meet the same luck: a knob that was updated keeps the rank of its draw, and with it how it hangs together
        with others. Answers that were replaced as they are stay fixed.
        """
        voor = trek(self.voor, self.kengetallen, aantal, zaad)
        na = trek(self.na, self.kengetallen, aantal, zaad)
        for knop in self.knoppen:
            rang = np.argsort(np.argsort(voor[knop.sleutel])) if knop.sleutel in voor else np.arange(aantal)
            na[knop.sleutel] = knop.posterior.kwantiel((rang + 0.5) / aantal)
        return (
            bereken_reeks(self.voor, self.kengetallen, voor, UITKOMSTEN),
            bereken_reeks(self.na, self.kengetallen, na, UITKOMSTEN),
        )


def werk_bij(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    bewijs: Mapping[str, Bewijs],
    gemeten: Mapping[str, tuple[float, int]] | None = None,
) -> Bijwerking:
    """Fill in what was measured.

    ``bewijs``: counts per knob of questions 10 to 15, which are weighed against the kengetal; ``gemeten``: answers to
    questions 1 to 9 with the number of households that they rest on, which replace what was there. Raises InvoerFout
    for what is no such field and for a new aanpak that cannot be (such as shares that do not add up to 1).
    """
    meldingen = [
        Melding(s, "", f"dit is geen {wat}.", f"Kies uit: {', '.join(mag)}.", "meting")
        for wat, mag, gegeven in (
            ("knop van vraag 10 tot en met 15", _KNOPPEN, bewijs),
            ("antwoord op vraag 1 tot en met 9", _FEITEN, gemeten or {}),
        )
        for s in gegeven
        if s not in mag
    ]
    meldingen += [
        Melding(s, "", "er is geen huishouden gemeten.", "Laat deze knop weg.", "meting")
        for s, b in bewijs.items()
        if b.n < 1
    ]
    if meldingen:
        raise InvoerFout(meldingen)
    plat = aanpak.plat()
    knoppen = tuple(_knop(s, bewijs[s], kengetallen, float(plat[s])) for s in _KNOPPEN if s in bewijs)
    nieuw = {s: w for s, (w, _) in (gemeten or {}).items()} | {k.sleutel: k.na for k in knoppen}
    return Bijwerking(aanpak, aanpak.met(nieuw, kengetallen), kengetallen, knoppen, dict(gemeten or {}))


_KNOPPEN: Final = tuple(k for k in KNOPPEN if VELDEN[k].vraag > 9)
_FEITEN: Final = tuple(s for s, v in VELDEN.items() if 1 <= v.vraag <= 9 and v.soort not in ("ja_nee", "disciplines"))


def _knop(sleutel: str, bewijs: Bewijs, kengetallen: Kengetallen, voor: float) -> Bijgewerkt:
    negatief = (VELDEN[sleutel].minimum or 0) < 0
    weegt = als_effect(bewijs) if isinstance(bewijs, Telling) and (negatief or bewijs.tegen) else bewijs
    soort: Soort = {Telling: "beta", Aantal: "gamma", Effect: "normaal"}[type(weegt)]  # type: ignore[assignment]
    prior = knopprior(sleutel, kengetallen, soort)
    gemeten, reden = schatting_van(bewijs)
    return Bijgewerkt(sleutel, bewijs, prior, prior.leer(weegt), gemeten, reden, voor)


def schatting_van(bewijs: Bewijs) -> tuple[Schatting | None, str]:
    """What the evidence says by itself, with its 95% interval; or why there is none."""
    if isinstance(bewijs, Telling) and not bewijs.tegen:
        return wilson(bewijs.gelukt, bewijs.n)
    if reden := te_weinig(bewijs.n, MINIMUM):
        return None, reden
    if isinstance(bewijs, Aantal):
        # exact for a Poisson count (Garwood 1936)
        k, n, kant = bewijs.gebeurtenissen, bewijs.n, (1 - ZEKERHEID) / 2
        laag = float(stats.gamma.ppf(kant, k)) if k else 0.0
        return Schatting(k / n, laag / n, float(stats.gamma.isf(kant, k + 1)) / n, n, "Poisson, exact"), ""
    effect = als_effect(bewijs) if isinstance(bewijs, Telling) else bewijs
    half = float(stats.norm.ppf((1 + ZEKERHEID) / 2)) * effect.fout
    return Schatting(effect.waarde, effect.waarde - half, effect.waarde + half, effect.n, "normale benadering"), ""
