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

The claim is about the households and teams like those that were counted, taken one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import special, stats

from mkba.analyse.effectmeting.bijwerken.bewijs import Aantal, Bewijs, Effect, Telling, als_effect, schatting_van
from mkba.analyse.effectmeting.bijwerken.kansverdeling import Kansverdeling, Soort, knopprior, momenten
from mkba.analyse.effectmeting.zekerheid.bewijs import weegkracht
from mkba.analyse.effectmeting.zekerheid.intervallen import Schatting
from mkba.analyse.onzekerheid.trekking import TREKKINGEN, ZAAD, trek
from mkba.analyse.shapley import keuzes, shapley
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.velden import GROEPEN, KNOPPEN, VELDEN, VRAGEN, Veld
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken_reeks
from mkba.model.reeksen import Reeks

UITKOMSTEN: Final = ("saldo", "saldo_gemeente", "kb_financieel", "kb_maatschappelijk", "kb_gemeentelijk")
TE_WEGEN: Final = tuple(k for k in KNOPPEN if VELDEN[k].vraag > 9)
"""The knobs of questions 10 to 15, which evidence is weighed against."""
MAXIMUM_STAPPEN: Final = 16
"""Changes of which every combination is calculated: 65,536. With more, those of one question count as one."""

Status = Literal["gemeten", "bijgewerkt", "kengetal", "opgegeven", "beginstand"]

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
    def net_getoond(self) -> bool:
        """Whether what was counted had not been shown at the lower end of its interval: it is there mostly when it came
        out high."""
        telling, s = self.bewijs, self.gemeten
        return isinstance(telling, Telling) and s is not None and s.laag < telling.vanaf

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
            uit = [momenten(a, b, prior.onder, prior.boven)[0] for a in plek]
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
