"""What a sample says of all households: a share or an average with a 95% interval, or a sentence why there is none.

A share gets the interval of Wilson, which is the score test turned round: it holds near 0 and 1 too. With weights it
gets the number of households of a simple sample that says as much: by the variance as measured, and never more than the
weights allow (Korn and Graubard 1998). An average gets a bootstrap over households within strata. All know that a
sample of a small caseload leaves little to guess (the correction for a finite population): of who looked at every
household the interval is one point, and a share of a caseload is a whole number of households.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammainc, gammainccinv, gammaincinv, gammaln, hyp1f1, log_ndtr, ndtr, ndtri

from mkba.analyse.wilson import ZEKERHEID, grenzen
from mkba.model.reeksen import Reeks

MINIMUM: Final = 10
"""Households below which no interval is given: with ten a share may still miss by a quarter. A choice."""
HERHALINGEN: Final = 2000
"""Bootstrap samples: enough for the 2.5% at each side."""
GROOT: Final = 5000
"""From so many households on the average is normal to less than a line's width, and a bootstrap only costs time."""
_BLOK: Final = 2_000_000
"""Drawn numbers that are held at a time, for memory."""

Bootstrap = Literal["percentiel", "bca", "t"]


@dataclass(frozen=True, slots=True)
class Schatting:
    """An estimate in the unit of its question with its 95% interval, ``laag <= waarde <= hoog``.

    ``n``: the households that it rests on; ``methode``: how the interval was made, in Dutch. ``telt``: as how many of
    them a share counts, where its numbers were rounded. ``verruimd``: whether a limit lies farther out because it is
    only known from so many on.
    """

    waarde: float
    laag: float
    hoog: float
    n: int
    methode: str
    telt: float | None = None
    verruimd: bool = False


Uitslag = tuple[Schatting | None, str]
"""An estimate and no reason, or no estimate and the reason, a Dutch sentence."""


def te_weinig(n: int, minimum: int = MINIMUM) -> str:
    """The sentence instead of an interval, or nothing when there are enough households."""
    if n >= minimum:
        return ""
    hoeveel = "geen huishoudens" if n == 0 else "1 huishouden" if n == 1 else f"{n} huishoudens"
    return f"{hoeveel} gemeten; een interval vraagt er minstens {minimum}"


def ruis_van_afronden(deel: float, n: float, basis: float, in_delen: bool = False) -> float:
    """What rounding both numbers of a share of ``n`` to a ``basis`` adds to its variance, as a part of deel (1 − deel):
    each is off by as much as any number up to half of that. 0 of nothing and of all, which is exact. ``in_delen``: n is
    the sum of what has it and what has not, each rounded, and not rounded itself."""
    ander = (1 - deel) ** 2 if in_delen else 1.0
    return basis**2 / 12 * (ander + deel**2) / n**2 / (deel * (1 - deel)) if 0 < deel < 1 else 0.0


def grenzen_getoond(p: float, c: float, vanaf: float) -> tuple[float, float]:
    """The shares that are not rejected of a share ``p`` that is only there because it, and 1 − p, is ``vanaf`` or more.

    Wilson's limits (variance p (1 − p) c), wider where a share outside of them would seldom have been shown
    (:func:`_onder_getoond`, with a truncated normal). Far from the threshold these are Wilson's.
    """

    def zoveel(deel: float, van: float) -> float:
        return float(log_ndtr((deel - van) / np.sqrt(deel * (1 - deel) * c)))

    laag, hoog = grenzen(p, c)
    if not vanaf:
        return laag, hoog
    boven = 1 - _onder_getoond(zoveel, 1 - p, vanaf, grenzen(1 - p, c)[0])
    return min(laag, _onder_getoond(zoveel, p, vanaf, laag)), max(hoog, boven)


def grenzen_aantal(k: float, vanaf: float = 0.0) -> tuple[float, float]:
    """The means that are not rejected of ``k`` events that come one by one, exact (Garwood 1936); lower where a mean
    below would seldom have been shown: that there are so many is only known ``vanaf`` so many on."""
    kant = (1 - ZEKERHEID) / 2
    laag = float(gammaincinv(k, kant)) if k else 0.0
    onder = min(laag, _onder_getoond(_log_minstens, k, vanaf, laag)) if vanaf else laag
    return onder, float(gammainccinv(k + 1, kant))


def _log_minstens(gemiddelde: float, aantal: float) -> float:
    """The logarithm of the chance of ``aantal`` or more of a Poisson number, also where that chance is next to none."""
    if (kans := float(gammainc(aantal, gemiddelde))) > _HAAST_NIETS:
        return float(np.log(kans))
    rij = hyp1f1(1.0, aantal + 1, gemiddelde)
    return float(aantal * np.log(gemiddelde) - gemiddelde - gammaln(aantal + 1) + np.log(rij))


def _onder_getoond(zoveel: Callable[[float, float], float], gezien: float, vanaf: float, laag: float) -> float:
    """The smallest truth that is not rejected where only what is ``vanaf`` or more is shown: of what is shown of it as
    much as was ``gezien`` comes up in 2.5% (Weinstein, Fithian and Benjamini 2013).

    ``zoveel``: the logarithm of the chance that a truth comes out at so much or more; ``laag``: the limit without a
    threshold. The limit moves outward only, to 0 at the threshold itself; far from it, it is ``laag``.
    """
    if laag <= _HAAST_NIETS or gezien <= vanaf:
        return 0.0

    def over(waarheid: float) -> float:
        return zoveel(waarheid, gezien) - zoveel(waarheid, vanaf) - float(np.log((1 - ZEKERHEID) / 2))

    return 0.0 if over(_HAAST_NIETS) > 0 else float(brentq(over, _HAAST_NIETS, laag)) if over(laag) > 0 else laag


_HAAST_NIETS: Final = 1e-9
"""A share or a number that is 0 in every digit that is shown."""


def wilson_gewogen(
    gelukt: Sequence[bool], gewichten: Sequence[float], eindig: float | None = None, *, minimum: int = MINIMUM
) -> Uitslag:
    """Share of all households of which each household of a sample stands for its weight (fractions).

    Of a part of the sample too (only who has debts), where the size of that part per stratum is not known. Wilson with
    the smaller of two effective numbers of households: (Σw)² / Σw² (Kish 1965), and that of the variance as measured,
    which is smaller where it happens to who weighs most (:func:`effectief`). ``eindig``: the households that the sample
    stands for; without it they are endless. With it the variance is that of drawing without replacement, times
    (N − n) / (N − 1), and the interval is widened to whole households (:func:`_heel`).
    Raises ValueError for weights that are not above 0 or another length.
    """
    y, w = np.asarray(gelukt, dtype=float), np.asarray(gewichten, dtype=float)
    if y.shape != w.shape or not (w > 0).all():
        raise ValueError("elk huishouden vraagt om een gewicht boven 0")
    n = y.size
    if reden := te_weinig(n, minimum):
        return None, reden
    waarde = min(1.0, float(w @ y / w.sum()))
    over = 1.0 if eindig is None or eindig <= 1 else min(1.0, max(0.0, (eindig - n) / (eindig - 1)))
    laag, hoog = grenzen(waarde, over / effectief(y, w))
    if eindig is not None:
        laag, hoog = _heel(waarde, (laag, hoog), float(y.sum()), float(n - y.sum()), max(n, round(eindig)))
    return Schatting(waarde, laag, hoog, n, "Wilson, gewogen" + ", eindige populatie" * (eindig is not None)), ""


def effectief(y: Reeks, w: Reeks) -> float:
    """How many households of a simple random sample say as much of a share as these, of weight ``w`` (n,) and with
    ``y`` (n,) 0 or 1; never more than the weights allow (Kish 1965) or than the variance as measured says."""
    deel = w / w.sum()
    p = min(1.0, float(deel @ y))
    return 1 / _ontwerp(p, deel**2, (deel * (y - p)) ** 2, deel)


def _ontwerp(p: float, gelijk: Reeks, gemeten: Reeks, gewicht: Reeks) -> float:
    """The variance of a share, as a part of p (1 − p): the largest of what the weights alone give (sum of ``gelijk``)
    and what was measured (sum of ``gemeten``). Of a share of 0 or 1: as if it all happens where the weight of one is
    largest."""
    if 0 < p < 1:
        return max(float(gelijk.sum()), float(gemeten.sum()) / (p * (1 - p)))
    return max(float(gelijk.sum()), float(gewicht.max()))


def _heel(waarde: float, interval: tuple[float, float], wel: float, niet: float, eindig: int) -> tuple[float, float]:
    """The interval of a ``waarde`` widened to whole households of the ``eindig``, less what cannot be: that fewer than
    the ``wel`` that were seen have it, or fewer than the ``niet`` do not."""
    laag, hoog = interval
    # a rounding away from a whole number is that number
    onder, boven = np.floor(laag * eindig + 1e-9) / eindig, np.ceil(hoog * eindig - 1e-9) / eindig
    return min(waarde, max(float(onder), wel / eindig)), max(waarde, min(float(boven), 1 - niet / eindig))


def bootstrap_gemiddelde(
    waarden: Sequence[float] | Reeks,
    strata: Sequence[Hashable] | None = None,
    gewichten: Sequence[float] | Reeks | None = None,
    zaad: int = 2014,
    *,
    omvang: Mapping[Hashable, int] | None = None,
    herhalingen: int = HERHALINGEN,
    soort: Bootstrap = "t",
    minimum: int = MINIMUM,
) -> Uitslag:
    """Average per household with a 95% interval by drawing households again within strata.

    ``waarden`` (n,) in any unit; ``strata`` (n,) labels, one stratum when left out; ``gewichten`` (n,) how many
    households of the caseload each stands for, by default all the same or, with ``omvang``, those of its stratum;
    ``omvang``: the households per stratum from which was drawn, for the finite population. Of each stratum n − 1
    households are drawn and scaled so that the spread is that of the design (Rao and Wu 1988): drawing n would be too
    narrow by n − 1 to n, which counts with ten in a stratum. ``soort``: how the interval is read off; the default "t"
    is the one whose coverage held for skew numbers (docs/effectmeting-meten.md), and it gives way to "bca" where so few
    households differ from the rest that more than 2.5% of the samples have no spread; ``methode`` says which it was.
    The same seed gives the same interval.
    Raises ValueError for lengths, weights or sizes that do not fit.
    """
    y = np.asarray(waarden, dtype=float)
    n = y.size
    namen = list(strata) if strata is not None else [""] * n
    if len(namen) != n or not np.isfinite(y).all():
        raise ValueError("elk huishouden vraagt om een eindige waarde en een stratum")
    if reden := te_weinig(n, minimum):
        return None, reden
    volgorde = {naam: i for i, naam in enumerate(dict.fromkeys(namen))}
    groep = np.array([volgorde[naam] for naam in namen])
    aantal = np.bincount(groep).astype(float)
    if alleen := int((aantal < 2).sum()):
        return None, f"{alleen} van de {len(aantal)} groepen heeft maar 1 huishouden; voeg groepen samen"
    alle = np.full(len(aantal), np.inf)
    if omvang is not None:
        if ontbreekt := int(sum(naam not in volgorde and omvang[naam] > 0 for naam in omvang)):
            return None, f"van {ontbreekt} van de {len(omvang)} groepen is niets gemeten; voeg groepen samen"
        alle = np.array([float(omvang[naam]) for naam in volgorde])
    if (alle < aantal).any():
        raise ValueError("een stratum telt minder huishoudens dan eruit zijn getrokken")
    w = np.asarray(gewichten, dtype=float) if gewichten is not None else _gewichten(groep, aantal, alle)
    if w.shape != y.shape or not (np.isfinite(w).all() and (w > 0).all()):
        raise ValueError("elk huishouden vraagt om een gewicht boven 0")
    w = w / w.sum()
    over = 1 - aantal / alle  # 1 where the population is endless
    waarde = float(w @ y)
    fout = float(_fout(np.ones((1, n)), y - waarde, w, groep, aantal, over)[0])
    naam = "gestratificeerd, " * (len(aantal) > 1) + "eindige populatie, " * (omvang is not None)
    if fout == 0.0:
        reden = "" if (over == 0).all() else "alle huishoudens hebben dezelfde waarde; daaruit volgt geen spreiding"
        return (None, reden) if reden else (Schatting(waarde, waarde, waarde, n, "alle huishoudens gemeten"), "")
    z = float(ndtri((1 + ZEKERHEID) / 2))
    if n >= GROOT:
        return Schatting(waarde, waarde - z * fout, waarde + z * fout, n, f"{naam}normale benadering"), ""
    gemiddeld, t = _trek_opnieuw(y, w, groep, aantal, over, herhalingen, zaad)
    kans = np.array([1 - ZEKERHEID, 1 + ZEKERHEID]) / 2
    # a sample in which all that is rare was missed has no spread: its t is endless
    boven, onder = np.quantile(np.where(np.isnan(t), 0.0, t), kans, method="inverted_cdf")
    if soort == "t" and np.isfinite([boven, onder]).all():
        laag, hoog = waarde - onder * fout, waarde - boven * fout
    else:
        soort = "bca" if soort == "t" else soort
        plek = _bca(gemiddeld, y, w, waarde, groep, aantal, kans) if soort == "bca" else kans
        laag, hoog = np.quantile(gemiddeld, plek)
    return Schatting(waarde, min(float(laag), waarde), max(float(hoog), waarde), n, f"{naam}bootstrap ({soort})"), ""


def _gewichten(groep: Reeks, aantal: Reeks, alle: Reeks) -> Reeks:
    return np.asarray((alle / aantal)[groep] if np.isfinite(alle).all() else np.ones(groep.size))


def _fout(k: Reeks, e: Reeks, w: Reeks, groep: Reeks, aantal: Reeks, over: Reeks) -> Reeks:
    """Standard error of the weighted average, (B,): ``k`` (B, n) how often each household was drawn, ``e`` (n,) or
    (B, n) its distance to the average."""
    leden = (groep[:, None] == np.arange(len(aantal))).astype(float)
    u = w * e
    m = k @ leden
    som, kwadraat = (k * u) @ leden, (k * u * u) @ leden
    spreiding = np.maximum(kwadraat - som**2 / m, 0.0)
    # the n of a stratum keep their weight, also when m of them were drawn
    return np.asarray(np.sqrt((over * (aantal / m) ** 2 * m / (m - 1) * spreiding).sum(axis=1)))


def _trek_opnieuw(
    y: Reeks, w: Reeks, groep: Reeks, aantal: Reeks, over: Reeks, herhalingen: int, zaad: int
) -> tuple[Reeks, Reeks]:
    """Averages of the bootstrap samples (B,), scaled to the spread of the design, and their distance in errors."""
    rng = np.random.default_rng(zaad)
    waarde = w @ y
    gemiddeld, t = [], []
    stap = max(1, _BLOK // y.size)
    for begin in range(0, herhalingen, stap):
        b = min(stap, herhalingen - begin)
        k = np.empty((b, y.size))
        for h, n_h in enumerate(aantal):
            k[:, groep == h] = rng.multinomial(int(max(n_h - 1, 1)), np.full(int(n_h), 1 / n_h), size=b)
        maal = k * (aantal / np.maximum(aantal - 1, 1))[groep]
        schaal = np.sqrt(over)[groep]
        geschaald = w * (1 - schaal + schaal * maal)
        gemiddeld.append(geschaald @ y / geschaald.sum(axis=1))
        los = (w * maal) @ y / ((w * maal).sum(axis=1))
        fout = _fout(k, y - los[:, None], w, groep, aantal, np.ones_like(over))
        with np.errstate(divide="ignore", invalid="ignore"):
            t.append((los - waarde) / fout)
    return np.concatenate(gemiddeld), np.concatenate(t)


def spreiding_over_gemiddelde(gebeurtenissen: float, n: float, kwadraten: float) -> float:
    """Variance of a number per household over its mean, 1 at least; 1 where it cannot be told."""
    if n < 2 or not gebeurtenissen:
        return 1.0
    gemiddelde = gebeurtenissen / n
    return max(1.0, float((kwadraten - n * gemiddelde**2) / (n - 1) / gemiddelde))


def _bca(gemiddeld: Reeks, y: Reeks, w: Reeks, waarde: float, groep: Reeks, aantal: Reeks, kans: Reeks) -> Reeks:
    """The chances at which BCa (Efron 1987) reads the bootstrap averages, instead of 2.5% and 97.5%."""
    z0 = ndtri(np.clip((gemiddeld < waarde).mean() + (gemiddeld == waarde).mean() / 2, 1e-6, 1 - 1e-6))
    u = w * (y - waarde)
    u = u - (np.bincount(groep, u) / aantal)[groep]
    a = (u**3).sum() / (6 * (u**2).sum() ** 1.5)
    z = z0 + ndtri(kans)
    return np.asarray(ndtr(z0 + z / (1 - a * z)))
