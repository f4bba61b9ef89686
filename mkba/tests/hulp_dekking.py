"""How often a 95% interval holds the truth, over many made-up towns: the methods in use and the naive ones.

``benchmarks/dekking.py`` prints it, and makes the figure of docs/effectmeting-attributie.md.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc
from scipy.stats import beta, binom

from mkba.analyse.effectmeting.attributie.geclusterd import (
    NIVEAU,
    Proef,
    alle_indelingen,
    kans,
    ongelijk,
    proef,
    wilde_kans,
)
from mkba.analyse.effectmeting.attributie.paneel import IN_EURO, UITKOMSTEN, Getallen, Indeling
from mkba.analyse.effectmeting.attributie.verschil import blootstelling, vensters, veranderingen
from mkba.analyse.effectmeting.bijwerken.bewijs import Aantal, Effect, Telling, schatting_van, student
from mkba.analyse.effectmeting.bijwerken.escalaties import netto_van
from mkba.analyse.effectmeting.bijwerken.kansverdeling import knopprior
from mkba.analyse.effectmeting.bijwerken.wijken import van_type
from mkba.analyse.effectmeting.publiceren.bijdragen import bedragregel
from mkba.analyse.effectmeting.publiceren.meting import grove_spreiding
from mkba.analyse.effectmeting.stad.generator import huishoudens, panelen, recept, waarheid, wijken
from mkba.analyse.effectmeting.steekproef.trekking import verhouding
from mkba.analyse.effectmeting.teams import krimp_aandelen, krimp_aantallen
from mkba.analyse.effectmeting.zekerheid.bewijs import effectkracht
from mkba.analyse.effectmeting.zekerheid.intervallen import (
    Schatting,
    bootstrap_gemiddelde,
    grenzen_aantal,
    ruis_van_afronden,
    spreiding_over_gemiddelde,
    wilson_gewogen,
)
from mkba.analyse.onderdrukking.tabellen import rond_op
from mkba.analyse.onzekerheid.trekking import Verdeling
from mkba.analyse.wilson import ZEKERHEID, grenzen
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.catalogus.sleutels import TREKGRENZEN
from mkba.kern.woorden.trajecten import ESCALATIES_VAN_TYPE
from mkba.kern.woorden.velden import KNOPPEN, VELDEN

STEDEN: Final = 500
ZAAD: Final = 16
PERMUTATIE: Final = "permutatie over wijken"
WILD: Final = "wild cluster bootstrap"
GECLUSTERD: Final = "geclusterde fout × 1,96"
KWARTALEN: Final = "elk kwartaal los (OLS)"
HUISHOUDENS: Final = "elk huishouden los"
STEEKPROEF: Final = 65
Z: Final = 1.959963984540054


@dataclass(frozen=True)
class Dekking:
    """Share of the towns whose interval holds the truth, and the median width of those intervals."""

    vraag: str
    methode: str
    deel: float
    breedte: float


def attributie(steden: int = STEDEN, zaad: int = ZAAD) -> list[Dekking]:
    """Every outcome by every method, on the same towns."""
    rng = np.random.default_rng(zaad)
    _, aantal, start = wijken()
    uit = []
    for uitkomst, naam in UITKOMSTEN.items():
        waarden = panelen(rng, uitkomst, steden) / aantal[:, None]
        waar = waarheid().netto[uitkomst]
        laag, hoog = permutatie(waarden, start)
        uit.append(Dekking(naam, PERMUTATIE, _deel(laag, hoog, waar), float(np.median(hoog - laag))))
        uit.append(Dekking(naam, WILD, wild(waarden, start, waar), np.nan))
        schatting, fouten = naief(waarden, start, aantal, uitkomst)
        for methode, fout in fouten.items():
            deel = _deel(schatting - Z * fout, schatting + Z * fout, waar)
            uit.append(Dekking(naam, methode, deel, float(np.median(2 * Z * fout))))
    return uit


@dataclass(frozen=True, slots=True)
class Wijkranden:
    """Of wijken with so many events a quarter: how often the exact interval and the one that is shown hold the truth,
    how many times wider that is (median), and what rounding adds to the error of netto (standard deviations)."""

    gebeurtenissen: int
    exact: float
    getoond: float
    maal: float
    netto: float


def wijken_getoond(
    keer: int = 400, zaad: int = ZAAD, per_kwartaal: Sequence[int] = (12, 50, 200, 1000)
) -> list[Wijkranden]:
    """Wijken of the town's design of which nothing changes, with a rate of 0.2 to 2% a quarter (log-uniform: where in
    its decade decides how coarse two digits are): netto and its ends to the step of the lowest of the mean rates, two
    digits of its own at best, the ends outward (as ``wijkcijfers`` has them)."""
    uit = list[Wijkranden]()
    _, _, start = wijken()
    begin, perioden = int(start.min()), len(recept()["tijd"]["perioden"])
    groepen = [start < perioden, start == perioden]
    for gebeurtenissen in per_kwartaal:
        rng = np.random.default_rng([zaad, gebeurtenissen])
        omvang = gebeurtenissen / 10 ** rng.uniform(-2.7, -1.7, keer)
        waarden = rng.poisson(gebeurtenissen, (keer, start.size, perioden)) / omvang[:, None, None]
        p = proef(start, vensters(perioden), waarden, blootstelling(start, perioden))
        netto, (laag, hoog) = np.asarray(p.netto[..., 0]), p.interval()
        delen = [waarden[:, g, d].mean(axis=(1, 2)) for g in groepen for d in (slice(begin), slice(begin, None))]
        gemeen = _twee_cijfers(np.min(delen, axis=0))
        onder, midden, boven = (
            op(w / stap) * stap
            for op, w in ((np.floor, laag), (np.round, netto), (np.ceil, hoog))
            for stap in [np.maximum(gemeen, _twee_cijfers(np.abs(w)))]
        )
        uit.append(
            Wijkranden(
                gebeurtenissen,
                _deel(laag, hoog, 0.0),
                _deel(onder, boven, 0.0),
                float(np.median((boven - onder) / (hoog - laag))),
                float((midden - netto).std() / netto.std()),
            )
        )
    return uit


def _twee_cijfers(waarde: Getallen) -> Getallen:
    """The step of two significant digits."""
    return np.asarray(10.0 ** (np.floor(np.log10(waarde)) - 1))


def permutatie(waarden: Getallen, start: Indeling) -> tuple[Getallen, Getallen]:
    """The intervals in use, (steden,) twice."""
    perioden = waarden.shape[-1]
    return proef(start, vensters(perioden), waarden, blootstelling(start, perioden)).interval()


def opzetten(steden: int = 4 * STEDEN, zaad: int = ZAAD) -> list[tuple[int, int, str, Dekking | None]]:
    """The permutation for zorggebruik with fewer wijken and with effects that differ per team; None without interval.

    "ongelijk": the effect of a team has a standard deviation as large as the effect itself, and the truth is the mean
    of these teams; "getrokken": the same, and the truth is the mean of all teams that could have been.
    """
    uit: list[tuple[int, int, str, Dekking | None]] = []
    uitkomst = "zorggebruik_eur"
    waar = waarheid().netto[uitkomst]
    for met, zonder in ((5, 4), (4, 4), (3, 4), (5, 3), (3, 3), (2, 4), (5, 1)):
        for soort in ("gelijk", "ongelijk", "getrokken"):
            rng = np.random.default_rng(zaad)
            _, aantal, start = wijken()
            waarden = panelen(rng, uitkomst, steden) / aantal[:, None]
            kies = np.concatenate(
                [np.flatnonzero(start < start.max())[:met], np.flatnonzero(start == start.max())[:zonder]]
            )
            waarden, eigen = waarden[:, kies], start[kies]
            if soort != "gelijk":
                per_team = rng.normal(0.0, abs(waar), (steden, met))
                per_team -= per_team.mean(axis=1, keepdims=True) * (soort == "ongelijk")
                waarden[:, :met, eigen[0] :] += per_team[..., None]
            laag, hoog = permutatie(waarden, eigen)
            bestaat = bool(np.isfinite(laag).all() and np.isfinite(hoog).all())
            breedte = float(np.median(hoog - laag)) if bestaat else np.inf
            dekking = Dekking("zorggebruik", PERMUTATIE, _deel(laag, hoog, waar), breedte)
            uit.append((met, zonder, soort, dekking if bestaat else None))
    return uit


def onrustig(steden: int = 4 * STEDEN, zaad: int = ZAAD) -> list[tuple[int, int, float, float, float, float]]:
    """Teams that vary more or less than comparison wijken: (met, zonder, times as much, bare, measured, in use)
    coverage.

    Normal changes per wijk. Bare: sums themselves compared; measured: each difference by its own spread; in use: of
    unequal groups the widest of that and of Welch.
    """
    uit = []
    for met, zonder in ((5, 4), (4, 8), (3, 9)):
        start = np.array([1] * met + [2] * zonder)
        groep = alle_indelingen(start) < 2
        for maal in (0.5, 1.0, 2.0):
            rng = np.random.default_rng(zaad)
            verandering = rng.normal(size=(steden, met + zonder)) * np.where(start < 2, maal, 1.0)
            vlak = np.broadcast_to(verandering[:, None], (steden, *groep.shape))
            p = Proef(vlak, np.zeros(groep.shape), groep)
            gebruikt = replace(p, ongelijk=ongelijk(groep[0]))
            kaal, gemeten, ruimst = (float((q > NIVEAU).mean()) for q in (kans(p.netto), p.kans(), gebruikt.kans()))
            uit.append((met, zonder, maal, kaal, gemeten, ruimst))
    return uit


def wild(waarden: Getallen, start: Indeling, waar: float) -> float:
    """Share of the towns where the wild cluster bootstrap does not reject the truth: its interval holds it."""
    met = start < waarden.shape[-1]
    p = wilde_kans(veranderingen(waarden, int(start.min())), met, np.full(len(waarden), waar))
    return float((p > NIVEAU).mean())


def naief(
    waarden: Getallen, start: Indeling, aantal: NDArray[np.int64], uitkomst: str
) -> tuple[Getallen, dict[str, Getallen]]:
    """The estimate and three standard errors that few wijken do not bear out, (steden,) each.

    Clustered by wijk with the usual factor (CRV1); ordinary least squares that takes every quarter for new information;
    and the error of a sample of households, that knows no wijken.
    """
    perioden, (steden, groepen, _) = waarden.shape[-1], waarden.shape
    behandeld = blootstelling(start, perioden)
    x = behandeld - behandeld.mean(axis=0) - behandeld.mean(axis=1, keepdims=True) + behandeld.mean()
    y = waarden - waarden.mean(axis=1, keepdims=True) - waarden.mean(axis=2, keepdims=True)
    y = y + waarden.mean(axis=(1, 2), keepdims=True)
    noemer = (x**2).sum()
    schatting = (y * x).sum(axis=(1, 2)) / noemer
    rest = y - schatting[:, None, None] * x
    vrij = groepen * perioden - groepen - perioden  # wijken, perioden less one, and the effect
    geclusterd = ((rest * x).sum(axis=2) ** 2).sum(axis=1) / noemer**2
    factor = groepen / (groepen - 1) * (groepen * perioden - 1) / (groepen * perioden - perioden - 1)
    spreiding = recept()["gebied"][uitkomst].get("huishouden", 0.0) ** 2
    per_cel = spreiding if uitkomst in IN_EURO else waarden * (1 - waarden)
    los = ((x / noemer) ** 2 * per_cel / aantal[:, None]).sum(axis=(-2, -1)) + np.zeros(steden)
    return schatting, {
        GECLUSTERD: np.sqrt(geclusterd * factor),
        KWARTALEN: np.sqrt((rest**2).sum(axis=(1, 2)) / vrij / noemer),
        HUISHOUDENS: np.sqrt(los),
    }


def aandelen(steden: int = STEDEN, zaad: int = ZAAD) -> list[Dekking]:
    """Shares of the caseload of 800, from 65 households that were drawn at random: Wilson and p ± 1.96 · error."""
    rng = np.random.default_rng(zaad)
    h = huishoudens(rng, steden)
    uit = []
    for naam, heeft in (
        ("aandeel met een nieuw traject", h.meer > 0),
        ("aandeel bedreigd met huisuitzetting", h.dreigt[0]),
        ("aandeel nieuw gevonden", h.nieuw),
    ):
        alle = heeft.shape[1]
        gevonden, p = [], []
        for stad in heeft:
            gezien = stad[rng.permutation(alle)[:STEEKPROEF]].tolist()
            schatting, _ = wilson_gewogen(gezien, [alle / STEEKPROEF] * STEEKPROEF, alle)
            assert schatting is not None
            gevonden.append((schatting.laag, schatting.hoog))
            p.append(schatting.waarde)
        waar = heeft.mean(axis=1)
        uit.append(_dekking(naam, "Wilson, eindige populatie", np.array(gevonden), waar))
        uit.append(
            _dekking(naam, WALD, _wald(np.array(p), np.sqrt(np.array(p) * (1 - np.array(p)) / STEEKPROEF)), waar)
        )
    return uit


def _wald(p: Getallen, fout: Getallen) -> Getallen:
    return np.stack([p - Z * fout, p + Z * fout], axis=-1)


def _dekking(vraag: str, methode: str, grenzen: Getallen, waar: Getallen | float) -> Dekking:
    """``grenzen`` (samples, 2); where there is no interval (NaN) it does not hold the truth."""
    laag, hoog = grenzen.T
    raak = (laag - 1e-9 <= waar) & (waar <= hoog + 1e-9)
    return Dekking(vraag, methode, float(raak.mean()), float(np.nanmedian(hoog - laag)))


WALD: Final = "p ± 1,96 fout"
PERCENTIEL: Final = "percentielen van de bootstrap"
CASELOADS: Final = (20, 25, 30, 40, 40, 50, 60)
PER_GENERALIST: Final = 10


def van_generalisten(gelukt: Sequence[int], omvang: Sequence[int]) -> Schatting | None:
    """A share of all households by the interval in use, from ten of each generalist."""
    y = [i < k for k in gelukt for i in range(PER_GENERALIST)]
    gewichten = [n / PER_GENERALIST for n in omvang for _ in range(PER_GENERALIST)]
    return wilson_gewogen(y, gewichten, sum(omvang))[0]


def strata(keer: int = 4_000, zaad: int = ZAAD) -> list[Dekking]:
    """Shares of a caseload of seven generalists of unequal size, ten households each: the weighted interval in use and
    the weighted share ± 1.96 · error."""
    omvang = np.array(CASELOADS)
    gewicht = omvang / omvang.sum()
    uit = []
    for kans_ in (0.02, 0.05, 0.10, 0.30, 0.60):
        rng = np.random.default_rng(zaad)
        per = rng.beta(kans_ * 20, (1 - kans_) * 20, (keer, omvang.size))
        goed = rng.binomial(omvang, per)
        gelukt = rng.hypergeometric(goed, omvang - goed, PER_GENERALIST)
        waar = goed.sum(axis=1) / omvang.sum()
        gevonden = [
            (np.nan, np.nan) if s is None else (s.laag, s.hoog)
            for s in (van_generalisten(g.tolist(), CASELOADS) for g in gelukt)
        ]
        p = gelukt / PER_GENERALIST
        eindig = 1 - PER_GENERALIST / omvang
        fout = np.sqrt((gewicht**2 * eindig * p * (1 - p) / (PER_GENERALIST - 1)).sum(axis=1))
        naam = f"aandeel van {kans_:.0%}"
        uit.append(_dekking(naam, "Wilson, gewogen", np.array(gevonden), waar))
        uit.append(_dekking(naam, WALD, _wald((gewicht * p).sum(axis=1), fout), waar))
    return uit


def strata_gemiddelden(keer: int = 1_500, zaad: int = ZAAD) -> list[Dekking]:
    """Averages of seven generalists with 60 households each, ten of each asked: the interval in use, and the
    percentiles of a plain bootstrap over all that were asked."""
    uit = []
    soorten: dict[str, Callable[[np.random.Generator], Getallen]] = {
        "gemiddeld 0,1 traject": lambda r: r.poisson(0.1, (7, 60)).astype(float),
        "gemiddeld 0,4 traject": lambda r: r.poisson(0.4, (7, 60)).astype(float),
        "kosten: 70% nul, de rest lognormaal": lambda r: (r.random((7, 60)) < 0.3) * r.lognormal(0, 1, (7, 60)),
    }
    for naam, lot in soorten.items():
        rng = np.random.default_rng(zaad)
        goed, naief_, waar = [], [], []
        for nummer in range(keer):
            alle = lot(rng)
            wie = np.concatenate([rng.choice(rij, PER_GENERALIST, replace=False) for rij in alle])
            generalist = np.repeat(np.arange(7), PER_GENERALIST).tolist()
            s, _ = bootstrap_gemiddelde(
                wie, generalist, zaad=nummer, omvang=dict.fromkeys(range(7), 60), herhalingen=1000
            )
            goed.append((np.nan, np.nan) if s is None else (s.laag, s.hoog))
            opnieuw = wie[rng.integers(0, wie.size, (1000, wie.size))].mean(axis=1)
            naief_.append(np.quantile(opnieuw, (0.025, 0.975)))
            waar.append(alle.mean())
        uit.append(_dekking(naam, "bootstrap binnen generalisten", np.array(goed), np.array(waar)))
        uit.append(_dekking(naam, PERCENTIEL, np.array(naief_), np.array(waar)))
    return uit


_NIEUW: Final = 0.35
"""Which part of the households is new, as in the made-up town."""


@dataclass(frozen=True)
class Getoond:
    """What a threshold lets through: of ``huishoudens`` which part of the samples is shown, how many times the truth
    these are on average, and how often their interval holds it; ``trekkingen``: and that of what is drawn for the
    saldo, which knows no threshold."""

    huishoudens: int
    deel: float
    maal: float
    dekking: float
    trekkingen: float


def net_te_tonen(keer: int = 4_000, zaad: int = ZAAD) -> list[Getoond]:
    """Question 17 of a sample of the made-up town, new and known cases together: shown (rounded to 5) where 10
    households dropped a traject, 0.24 and 0.08 per household."""
    drempel, afronding, nieuw, bekend = 10, 5, 0.24, 0.08
    waar, uit = _NIEUW * nieuw + (1 - _NIEUW) * bekend, list[Getoond]()
    for n in (40, 65, 90, 130, 200):
        rng = np.random.default_rng(zaad)
        x = rng.poisson(np.where(rng.random((keer, n)) < _NIEUW, nieuw, bekend))
        getoond = x[(x > 0).sum(axis=1) >= drempel]
        waarden, raak, getrokken = list[float](), list[bool](), list[bool]()
        for k, kwadraten in zip(getoond.sum(axis=1), (getoond**2).sum(axis=1), strict=True):
            rond = int(rond_op(float(k), afronding))
            fi = grove_spreiding(spreiding_over_gemiddelde(float(k), n, float(kwadraten)), rond, drempel)
            telling = Aantal(rond, n, fi, rond=afronding, vanaf=drempel * fi + afronding / 2)
            s, _ = schatting_van(telling)
            assert s is not None
            waarden.append(s.waarde)
            raak.append(s.laag <= waar <= s.hoog)
            een = telling.telt_voor_een
            onder = float(gammainc((rond + 0.5) / een, waar * n / een))
            getrokken.append((1 - ZEKERHEID) / 2 <= onder <= (1 + ZEKERHEID) / 2)
        maal = float(np.mean(waarden)) / waar
        uit.append(Getoond(n, len(getoond) / keer, maal, float(np.mean(raak)), float(np.mean(getrokken))))
    return uit


AFRONDING: Final = 5
DREMPEL: Final = 10.0


@dataclass(frozen=True)
class Grof:
    """Trajecten that are counted to be about ``verwacht`` in all of so many households, of which those of a household
    go together as ``fi`` says: the part of the samples that is shown, how many times the truth these are on average,
    how often the interval holds it with the spread as it is, with what is shown of it (numbers rounded; ``zonder``) and
    in use (``grof``, which also knows from how many on they are shown), and how many times wider the last is.
    ``alle``: how often ``zonder`` does of all samples of ten trajecten and more, also those that may not be shown."""

    vraag: str
    verwacht: tuple[float, float]
    huishoudens: int
    fi: float
    getoond: float
    maal: float
    precies: float
    zonder: float
    grof: float
    breder: float
    alle: float


AANTAL: Final = "16 en 17"
DEEL: Final = "11 en 12"
BANDEN: Final = ((10.0, 15.0), (15.0, 25.0), (40.0, 60.0), (80.0, 120.0), (250.0, 350.0))
_LOPEND: Final = 3.0
"""Trajecten of a household at the start, one at least."""


def grof(
    keer: int = 1_000,
    zaad: int = ZAAD,
    banden: Sequence[tuple[float, float]] = BANDEN,
    omvang: Sequence[int] = (65, 130, 400, 800),
) -> Iterator[Grof]:
    """Questions 16 and 17 (a number per household) and 11 and 12 (a part of what ran) from shown numbers.

    The truth is anything in the band, for one truth and numbers rounded to 5 it would be a matter of luck. Trajecten
    per household are gamma-Poisson; what is dropped of what runs is beta-binomial.
    """
    for band in banden:
        for n in omvang:
            for fi in (1.0, 1.5, 2.0, 3.0):
                yield _grof(AANTAL, band, n, fi, _aantallen(keer, n, fi, band, np.random.default_rng(zaad)))
                if band[1] < _LOPEND * n:
                    yield _grof(DEEL, band, n, fi, _delen(keer, n, fi, band, np.random.default_rng(zaad)))


@dataclass(frozen=True)
class _Proef:
    """One sample: the truth, its interval with the spread as it is, from shown numbers as if all were shown
    (``zonder``), and as in use, which knows from which on they are."""

    getoond: bool
    waar: float
    waarde: float
    precies: tuple[float, float]
    zonder: tuple[float, float]
    grof: tuple[float, float]


def _grof(vraag: str, band: tuple[float, float], n: int, fi: float, proeven: Iterable[_Proef]) -> Grof:
    def raak(wie: list[_Proef], wat: str) -> float:
        return float(np.mean([i[0] <= p.waar <= i[1] for p in wie for i in [getattr(p, wat)]])) if wie else np.nan

    alle = list(proeven)
    wie = [p for p in alle if p.getoond]
    breder = [(p.grof[1] - p.grof[0]) / (p.precies[1] - p.precies[0]) for p in wie]
    maal = sum(p.waarde for p in wie) / sum(p.waar for p in wie) if wie else np.nan
    return Grof(
        vraag, band, n, fi, len(wie) / len(alle), maal, raak(wie, "precies"), raak(wie, "zonder"), raak(wie, "grof"),
        float(np.median(breder)) if wie else np.nan, raak(alle, "zonder"),
    )  # fmt: skip


@cache
def _interval(telling: Aantal | Telling) -> tuple[float, float]:
    s, _ = schatting_van(telling)
    return (-np.inf, np.inf) if s is None else (s.laag, s.hoog)


def _aantallen(keer: int, n: int, fi: float, band: tuple[float, float], rng: np.random.Generator) -> Iterator[_Proef]:
    regel, huishoudens = bedragregel(DREMPEL), int(rond_op(n, AFRONDING))
    waar = rng.uniform(*band, keer) / n
    per = waar[:, None] if fi == 1 else rng.gamma(waar[:, None] / (fi - 1), fi - 1, (keer, n))
    for mu, x in zip(waar, rng.poisson(per, (keer, n)).astype(float), strict=True):
        k, heeft = float(x.sum()), x[x > 0]
        if k < DREMPEL:
            continue
        echt = spreiding_over_gemiddelde(k, n, float((x**2).sum()))
        rond = int(rond_op(k, AFRONDING))
        samen = grove_spreiding(echt, rond, DREMPEL)
        getoond = len(heeft) >= DREMPEL and not regel.ruimte(heeft)
        if getoond and regel.spreiding_zegt_te_veel(x):
            samen = max(1.0, rond / DREMPEL)
        precies = _interval(Aantal(int(k), n, round(echt, 2)))
        grof_ = Aantal(rond, huishoudens, samen, rond=AFRONDING, vanaf=DREMPEL * samen + AFRONDING / 2)
        yield _Proef(getoond, mu, rond / huishoudens, precies, _interval(replace(grof_, vanaf=0.0)), _interval(grof_))


def _delen(keer: int, n: int, fi: float, band: tuple[float, float], rng: np.random.Generator) -> Iterator[_Proef]:
    regel = bedragregel(DREMPEL)
    m = 1 + rng.poisson(_LOPEND - 1, (keer, n))
    waar = rng.uniform(*band, keer) / (_LOPEND * n)
    # of a beta-binomial the variance is 1 + r (E m² / E m - 1) times that of as many that come one by one
    r = (fi - 1) / ((_LOPEND - 1 + _LOPEND**2) / _LOPEND - 1)
    midden, maal = waar[:, None], np.inf if r == 0 else 1 / r - 1
    kans = midden if r == 0 else rng.beta(midden * maal, (1 - midden) * maal, m.shape)
    for p, y, x in zip(waar, rng.binomial(m, kans).astype(float), m.astype(float), strict=True):
        k, d = float(y.sum()), float(x.sum())
        if k < DREMPEL:
            continue
        deel, heeft = k / d, y[y > 0]
        anders = y - deel * x
        echt = float((anders**2).sum()) / (d * deel * (1 - deel))
        rk, rd = rond_op(k, AFRONDING), rond_op(d, AFRONDING)
        samen = grove_spreiding(echt, rk * (1 - rk / rd), DREMPEL)
        getoond = len(heeft) >= DREMPEL and not regel.ruimte(heeft)
        if getoond and regel.spreiding_zegt_te_veel(anders):
            samen = max(1.0, rd / DREMPEL)
        een = max(1.0, round(echt, 2)) * student(n - 1) ** 2
        telt = 1 / (samen * student(n - 1) ** 2 / rd + ruis_van_afronden(rk / rd, rd, AFRONDING))
        grof_ = Telling(rk / rd * telt, telt, vanaf=(DREMPEL * samen + AFRONDING / 2) / rd)
        los = _interval(Telling(k / een, d / een))
        yield _Proef(getoond, p, rk / rd, los, _interval(replace(grof_, vanaf=0.0)), _interval(grof_))


@dataclass(frozen=True)
class Afgerond:
    """A share of ``huishoudens`` of which both numbers are rounded to 5, shown from 10 yes and 10 no: lowest and mean
    coverage ``kaal`` as if the numbers were exact, with the noise of rounding (``rond``), and in use, which also knows
    from how many on it is shown."""

    huishoudens: int
    kaal: tuple[float, float]
    rond: tuple[float, float]
    gebruikt: tuple[float, float]


def afgerond(
    huishoudens: Sequence[int] = (65, 70, 100, 130, 200, 400, 800), onder: float = 0.03, minstens: float = 0.1
) -> list[Afgerond]:
    """A share of a registration (questions 2 to 5, 10 and 18), over all shares from ``onder`` to 1 − ``onder`` of which
    this part is shown, exact."""
    delen = np.arange(round(100 * onder), round(100 * (1 - onder)) + 1) / 100
    uit = []
    for n in huishoudens:
        k, rn = np.arange(n + 1), rond_op(n, AFRONDING)
        wie = (k >= DREMPEL) & (n - k >= DREMPEL)
        kans = binom.pmf(k[wie], n, delen[:, None])
        getoond = kans.sum(axis=1)
        drie = list[tuple[float, float]]()
        for rond, vanaf in ((0.0, 0.0), (float(AFRONDING), 0.0), (float(AFRONDING), (DREMPEL + AFRONDING / 2) / rn)):
            grens = np.array([_interval(Telling(rond_op(i, AFRONDING), rn, rond=rond, vanaf=vanaf)) for i in k[wie]])
            raak = (grens[:, 0] <= delen[:, None]) & (delen[:, None] <= grens[:, 1])
            dekking = ((kans * raak).sum(axis=1) / getoond)[getoond >= minstens]
            drie.append((float(dekking.min()), float(dekking.mean())))
        uit.append(Afgerond(n, *drie))
    return uit


def samen(keer: int = 4_000, zaad: int = ZAAD) -> list[Dekking]:
    """Trajecten that hang together in a household: a number per household (φ about 2) and a part that is dropped
    (questions 11 and 12), of 200 households; in use, and as if they came one by one."""
    rng = np.random.default_rng(zaad)
    n, uit = 200, list[Dekking]()
    met, los = list[tuple[float, float]](), list[tuple[float, float]]()
    # 0.4 per household in clumps: gamma-Poisson with variance 2 times the mean
    x = rng.poisson(rng.gamma(0.4, 1.0, (keer, n)))
    for k, kwadraten in zip(x.sum(axis=1), (x**2).sum(axis=1), strict=True):
        for lijst, telling in ((met, Aantal.uit_kwadraten(int(k), n, float(kwadraten))), (los, Aantal(int(k), n))):
            s, _ = schatting_van(telling)
            assert s is not None
            lijst.append((s.laag, s.hoog))
    uit += [
        _dekking("0,4 traject per huishouden, in groepjes", "Poisson met de spreiding", np.array(met), 0.4),
        _dekking("0,4 traject per huishouden, in groepjes", "Poisson", np.array(los), 0.4),
    ]
    # 35% new with 1.0 on average and the rest 0.1, of which only the total may be shown (footnote 13)
    eigen = np.random.default_rng(zaad)
    x = eigen.poisson(np.where(eigen.random((keer, n)) < _NIEUW, 1.0, 0.1))
    met, los = [], []
    for k, kwadraten in zip(x.sum(axis=1), (x**2).sum(axis=1), strict=True):
        for lijst, telling in ((met, Aantal.uit_kwadraten(int(k), n, float(kwadraten))), (los, Aantal(int(k), n))):
            s, _ = schatting_van(telling)
            assert s is not None
            lijst.append((s.laag, s.hoog))
    waar, naam = _NIEUW + (1 - _NIEUW) * 0.1, "1,0 traject per nieuw en 0,1 per bestaand huishouden, samen geteld"
    uit += [
        _dekking(naam, "Poisson met de spreiding", np.array(met), waar),
        _dekking(naam, "Poisson", np.array(los), waar),
    ]
    # per household 1 + Poisson(1) trajecten, dropped with a chance of its own: beta with mean 0.2
    loopt = 1 + rng.poisson(1.0, (keer, n))
    weg = rng.binomial(loopt, rng.beta(0.4, 1.6, (keer, n)))
    met, los = [], []
    for y, m in zip(weg, loopt, strict=True):
        d, p = int(m.sum()), float(y.sum() / m.sum())
        deff = max(1.0, round(float(((y - p * m) ** 2).sum()) / (d * p * (1 - p)), 1))
        for lijst, f in ((met, deff * student(n - 1) ** 2), (los, 1.0)):
            s, _ = schatting_van(Telling(y.sum() / f, d / f))
            assert s is not None
            lijst.append((s.laag, s.hoog))
    naam = "20% van de trajecten afgevallen, samen of niet"
    return [
        *uit,
        _dekking(naam, "Wilson met de samenhang", np.array(met), 0.2),
        _dekking(naam, "Wilson", np.array(los), 0.2),
    ]


@dataclass(frozen=True)
class Doel:
    """A share of a sample of ``huishoudens`` out of a caseload of 800, that is itself a draw of what the aanpak could
    have met: how often its interval holds the share of the caseload, and that of what there is to be met, without and
    with the correction for the finite population."""

    huishoudens: int
    caseload: tuple[float, float]
    aanpak: tuple[float, float]


def twee_doelen(
    keer: int = 20_000, zaad: int = ZAAD, deel: float = 0.3, caseload: int = 800, omvang: Sequence[int] = (65, 200, 400)
) -> Iterator[Doel]:
    """Wilson's interval; the share of what there is to be met is ``deel``."""
    for n in omvang:
        rng = np.random.default_rng(zaad)
        alle = rng.binomial(caseload, deel, keer)
        k = rng.hypergeometric(alle, caseload - alle, n)
        over = (caseload - n) / (caseload - 1)
        raak = []
        for maal in (1.0, over):
            grens = np.array([grenzen(i / n, maal / n) for i in range(n + 1)])[k]
            raak.append([_deel(grens[:, 0], grens[:, 1], waar) for waar in (alle / caseload, deel)])
        zonder, met = raak
        yield Doel(n, (zonder[0], met[0]), (zonder[1], met[1]))


@dataclass(frozen=True)
class Naast:
    """Five teams beside each other of rounded numbers, taken as exact (``rond`` 0) or in use: in which part of the
    towns they are said to differ, how often the interval of a team holds its truth, of how many pairs per town one is
    named as higher and which part of these is not."""

    soort: str
    gelijk: bool
    rond: float
    verschillen: float
    dekking: float
    genoemd: float
    fout: float


TEAMOMVANG: Final = (78, 89, 102, 121, 158)
KLEINE_TEAMS: Final = (43, 47, 52, 58, 63)
TWEE_TEAMS: Final = (83, 118)
TEAMWAARDE: Final = {"aandeel": (0.35, 0.08), "aantal": (0.5, 0.15)}
"""Mean of all teams and the standard deviation between them, where they are not alike."""


def teams_afgerond(
    keer: int = 300,
    zaad: int = ZAAD,
    omvang: Sequence[int] = TEAMOMVANG,
    paren_ook: bool = True,
    gevallen: Sequence[tuple[str, bool, float]] = tuple(product(TEAMWAARDE, (True, False), (0.0, AFRONDING))),
) -> Iterator[Naast]:
    """Per (kind, alike, rounding); ``paren_ook``: also which are higher, which takes most of the time. Shown are teams
    with 10 new and 10 known households, or 10 with a traject; towns with fewer than two of them do not count."""
    n = np.array(omvang)
    for soort, gelijk, rond in gevallen:
        rng, (m, sd) = np.random.default_rng(zaad), TEAMWAARDE[soort]
        anders, raak, fout = list[bool](), list[bool](), list[bool]()
        for _ in range(keer):
            if soort == "aandeel":
                samen = m * (1 - m) / sd**2 - 1
                waar = np.full(n.size, m) if gelijk else rng.beta(m * samen, (1 - m) * samen, n.size)
                k = rng.binomial(n, waar)
                kan = (k >= DREMPEL) & (n - k >= DREMPEL)
                paren = {i: (rond_op(k[i], AFRONDING), rond_op(n[i] - k[i], AFRONDING)) for i in np.flatnonzero(kan)}
                delen = {str(i): Telling(a, a + b, rond=rond, in_delen=True) for i, (a, b) in paren.items()}
                teams = krimp_aandelen(delen) if len(delen) > 1 else None
            else:
                waar = np.full(n.size, m) if gelijk else rng.gamma((m / sd) ** 2, sd**2 / m, n.size)
                x = [rng.poisson(w, aantal) for w, aantal in zip(waar, n, strict=True)]
                wie = [i for i, per in enumerate(x) if (per > 0).sum() >= DREMPEL]
                getallen = {i: (rond_op(x[i].sum(), AFRONDING), rond_op(n[i], AFRONDING)) for i in wie}
                aantallen = {str(i): Aantal(round(k), round(a), rond=rond) for i, (k, a) in getallen.items()}
                teams = krimp_aantallen(aantallen) if len(aantallen) > 1 else None
            if teams is None:
                continue
            anders.append(teams.verschillen)
            raak += [t.laag <= waar[int(t.naam)] <= t.hoog for t in teams.teams]
            fout += [waar[int(a)] <= waar[int(b)] for a, b, _ in teams.hoger()] if paren_ook else []
        deel = float(np.mean(fout)) if fout else 0.0
        yield Naast(soort, gelijk, rond, float(np.mean(anders)), float(np.mean(raak)), len(fout) / keer, deel)


@dataclass(frozen=True)
class Bodem:
    """Trajecten of few households, ``fi`` as they truly go together: which part of the samples has a measured spread of
    1 (the least that there is), how often the interval in use holds the truth, and how often it would if Student
    widened it there too."""

    huishoudens: int
    fi: float
    op_de_bodem: float
    gebruikt: float
    ook_daar: float


def bodem(keer: int = 2_000, zaad: int = ZAAD, omvang: Sequence[int] = (10, 20, 65)) -> list[Bodem]:
    """Numbers per household, 0.4 and 1.0 on average, gamma-Poisson."""
    uit = []
    for n in omvang:
        for fi in (1.0, 1.5, 2.0):
            rng = np.random.default_rng(zaad)
            bodem_, gebruikt, ook = list[bool](), list[bool](), list[bool]()
            for mu in (0.4, 1.0):
                per = mu if fi == 1 else rng.gamma(mu / (fi - 1), fi - 1, (keer, n))
                x = rng.poisson(per, (keer, n))
                for k, kwadraten in zip(x.sum(axis=1).tolist(), (x**2).sum(axis=1).tolist(), strict=True):
                    telling = Aantal.uit_kwadraten(k, n, float(kwadraten))
                    altijd = telling if telling.fi > 1 else replace(telling, fi=student(n - 1) ** 2)
                    bodem_.append(telling.fi == 1)
                    # of the other, Student once: its fi has it already
                    for lijst, t in ((gebruikt, telling), (ook, altijd)):
                        een = t.fi if telling.fi == 1 else t.telt_voor_een
                        laag, hoog = _poisson(round(k / een, 6))
                        lijst.append(laag * een / n <= mu <= hoog * een / n)
            uit.append(Bodem(n, fi, *(float(np.mean(w)) for w in (bodem_, gebruikt, ook))))
    return uit


@cache
def _poisson(k: float) -> tuple[float, float]:
    return grenzen_aantal(k)


def klein(keer: int = 2_000, zaad: int = ZAAD) -> list[Dekking]:
    """Few households: an average of 15, a ratio of trajecten of 20, and question 18 of 65; in use, and as if the error
    were known, or the product of two shares symmetric."""
    rng = np.random.default_rng(zaad)
    uit = []
    met, los = list[tuple[float, float]](), list[tuple[float, float]]()

    def erbij(lijst: list[tuple[float, float]], telling: Effect) -> None:
        s, _ = schatting_van(telling)
        assert s is not None
        lijst.append((s.laag, s.hoog))

    for x in 1 + rng.binomial(4, 0.2, (keer, 15)):
        e = Effect(float(x.mean()), max(1e-9, float(x.std(ddof=1)) / np.sqrt(15)), 15, vrij=14)
        erbij(met, e)
        erbij(los, replace(e, vrij=np.inf))
    uit += [_dekking("kinderen, 15 gezinnen", "Student", np.array(met), 1.8),
            _dekking("kinderen, 15 gezinnen", "normaal", np.array(los), 1.8)]  # fmt: skip
    met, los = [], []
    for _ in range(keer):
        loopt = 1 + rng.poisson(1.0, 20)
        weg = loopt * (rng.random(20) < 0.3)  # a household drops all or nothing
        v = verhouding(weg.tolist(), loopt.tolist(), [1.0] * 20)
        assert v is not None
        erbij(met, v)
        erbij(los, replace(v, vrij=np.inf))
    uit += [_dekking("30% afgevallen, alles of niets, 20 huishoudens", "gelineariseerd, Student", np.array(met), 0.3),
            _dekking("30% afgevallen, alles of niets, 20 huishoudens", WALD, np.array(los), 0.3)]  # fmt: skip
    met, los = [], []
    for _ in range(keer):
        k = int(rng.binomial(65, 0.3))
        bedreigd, voorkomen = (schatting_van(t)[0] for t in (Telling(k, 65), Telling(int(rng.binomial(k, 0.5)), k)))
        if bedreigd is None or voorkomen is None:
            continue
        s = netto_van(bedreigd, voorkomen, 0.7)
        met.append((s.laag, s.hoog))
        halve = [(g.hoog - g.laag) / 2 for g in (voorkomen, bedreigd)]
        half = float(np.hypot(bedreigd.waarde * halve[0], abs(voorkomen.waarde - 0.7) * halve[1]))
        los.append((s.waarde - half, s.waarde + half))
    naam = "vraag 18: 30% bedreigd, 50% voorkomen, nulmeting 70%, 65 huishoudens"
    return [*uit, _dekking(naam, "product van twee beta's", np.array(met), 0.3 * (0.5 - 0.7)),
            _dekking(naam, "halve breedten", np.array(los), 0.3 * (0.5 - 0.7))]  # fmt: skip


def gemiddelden(steden: int = STEDEN, zaad: int = ZAAD) -> list[Dekking]:
    """The bootstrap over households within generalists for averages of the caseload, from 6 or 7 per generalist."""
    rng = np.random.default_rng(zaad)
    h = huishoudens(rng, steden)
    groepen, omvang = np.unique(h.generalist, return_counts=True)
    per_groep = np.full(groepen.size, STEEKPROEF // groepen.size) + (
        np.arange(groepen.size) < STEEKPROEF % groepen.size
    )
    uit = []
    for naam, aantal in (("nieuwe trajecten per huishouden", h.meer), ("acties per huishouden", h.acties)):
        gevonden, naief_ = [], []
        for nummer, stad in enumerate(aantal):
            wie = np.concatenate(
                [
                    rng.permutation(np.flatnonzero(h.generalist == g))[:n]
                    for g, n in zip(groepen, per_groep, strict=True)
                ]
            )
            schatting, _ = bootstrap_gemiddelde(
                stad[wie].astype(float),
                h.generalist[wie].tolist(),
                zaad=nummer,
                omvang=dict(zip(groepen.tolist(), omvang.tolist(), strict=True)),
                herhalingen=1000,
            )
            gevonden.append((np.nan, np.nan) if schatting is None else (schatting.laag, schatting.hoog))
            y = stad[wie]
            naief_.append((y.mean(), np.sqrt(y.mean() / y.size)))
        waar = aantal.mean(axis=1)
        uit.append(_dekking(naam, "bootstrap binnen generalisten", np.array(gevonden), waar))
        uit.append(_dekking(naam, "Poisson ± 1,96 fout", _wald(*np.array(naief_).T), waar))
    return uit


def _deel(laag: Getallen, hoog: Getallen, waar: Getallen | float) -> float:
    return float(((laag <= waar) & (waar <= hoog)).mean())


@dataclass(frozen=True)
class Keuze:
    """What a reader gets of prevented escalaties, over many towns: how often it is shown, how large it is over the
    truth on average where it is, and how often its interval holds the truth."""

    wat: str
    getoond: float
    maal: float
    dekking: float


def alleen_wat_groot_is(steden: int = 4 * STEDEN, zaad: int = 1) -> list[tuple[Keuze, Keuze]]:
    """Per outcome with an effect: every difference between wijken, and only those of which the interval leaves out
    zero."""
    rng = np.random.default_rng(zaad)
    uit = []
    for uitkomst in ("huisuitzetting", "uithuisplaatsing"):
        waar = waarheid().netto[uitkomst]
        netto, laag, hoog = _verschillen(rng, uitkomst, steden)
        raak, groot = (laag <= waar) & (waar <= hoog), (hoog < 0) | (laag > 0)
        uit.append(
            (
                Keuze(UITKOMSTEN[uitkomst], 1.0, float(netto.mean()) / waar, float(raak.mean())),
                Keuze(
                    UITKOMSTEN[uitkomst],
                    float(groot.mean()),
                    float(netto[groot].mean()) / waar,
                    float(raak[groot].mean()),
                ),
            )
        )
    return uit


def gewogen_wijken(steden: int = STEDEN, zaad: int = ZAAD) -> list[tuple[int, str, float, float, Dekking]]:
    """Question 14 of gezinnen weighed against its kengetal, with three kinds of escalatie in the wijken: (households in
    the aanpak, where the truth comes from, mean truth, mean of what counts, coverage).

    The truth is drawn from the triangle of the kengetal, or is that of the households of the town (75% − 60% of who is
    under threat), or 12%, the most of tabel 4.11 for evictions, which the range of the kengetal leaves out. 800
    households is the town; with 12,900 everyone in its wijken is in the aanpak.
    """
    kengetallen, rng = laad(), np.random.default_rng(zaad)
    soorten = ESCALATIES_VAN_TYPE["gezin"]
    _, aantal, start = wijken()
    inwoners = float(aantal[start < start.max()].sum())
    typen = recept()["huishoudens"]["type"]
    van = {s: typen["gezinnen"] + typen["overig"] * (s == "huisuitzetting") for s in soorten}
    toeval = {s: [w - waarheid().netto[s] for w in _verschillen(rng, s, steden)] for s in soorten}
    prior = knopprior("escalatie.gezin", kengetallen, "normaal")
    k = kengetallen.getallen["knop.escalatie.gezin"]
    driehoek = Verdeling.rond(k.onder, k.waarde, k.boven).kwantiel(rng.random(steden))
    stad = sum(waarheid().voorkomen[s] / van[s] for s in soorten)
    uit = []
    for huishoudens_ in (recept()["huishoudens"]["aantal"], round(inwoners)):
        for naam, waar in (("driehoek", driehoek), ("huishoudens", stad), ("buiten het bereik", 0.12)):
            per_stad = waar + np.zeros(steden)
            maal = {s: -4 * inwoners / huishoudens_ / van[s] for s in soorten}
            grenzen_, na = [], []
            for i, w in enumerate(per_stad):
                per_soort = {
                    s: Effect(w / len(soorten) + maal[s] * n, abs(maal[s]) * (boven - onder) / (2 * Z), start.size, 3)
                    for s, (n, onder, boven) in ((s, (t[0][i], t[1][i], t[2][i])) for s, t in toeval.items())
                }
                bewijs = van_type("gezin", per_soort, kengetallen)
                assert bewijs is not None
                posterior = prior.leer(bewijs, effectkracht(bewijs.sms, kengetallen))
                grenzen_.append(posterior.interval())
                na.append(posterior.gemiddelde)
            dekking = _dekking(naam, "gewogen", np.array(grenzen_), per_stad)
            uit.append((huishoudens_, naam, float(per_stad.mean()), float(np.mean(na)), dekking))
    return uit


def _verschillen(rng: np.random.Generator, uitkomst: str, steden: int) -> tuple[Getallen, Getallen, Getallen]:
    """The difference in differences of so many towns and its interval, per household and quarter."""
    _, aantal, start = wijken()
    waarden = panelen(rng, uitkomst, steden) / aantal[:, None]
    perioden = waarden.shape[-1]
    p = proef(start, vensters(perioden), waarden, blootstelling(start, perioden))
    return (np.asarray(p.netto[..., 0]), *p.interval())


def priors(keer: int = 4_000, zaad: int = ZAAD) -> list[tuple[str, int, float, float]]:
    """The interval of a share after updating: (knob, households, coverage when the truth comes from the prior, and when
    it comes from the triangle of the Monte Carlo)."""
    kengetallen, rng, uit = laad(), np.random.default_rng(zaad), []
    for knop in (k for k in KNOPPEN if VELDEN[k].vraag > 9 and (VELDEN[k].minimum or 0) >= 0):
        k = kengetallen.getallen[VELDEN[knop].standaard or ""]
        boven = kengetallen[f"trekgrens.{knop}"] if knop in TREKGRENZEN else k.boven
        driehoek = Verdeling.rond(k.onder, k.waarde, max(boven, k.waarde))
        prior = knopprior(knop, kengetallen, "beta")
        for n in (10, 65, 300):
            raak = []
            for waar in (rng.beta(prior.a, prior.b, keer), driehoek.kwantiel(rng.random(keer))):
                geteld = rng.binomial(n, waar)
                na = beta(prior.a + geteld, prior.b + n - geteld)
                laag, hoog = na.ppf((1 - ZEKERHEID) / 2), na.ppf((1 + ZEKERHEID) / 2)
                raak.append(_deel(laag, hoog, waar))
            uit.append((knop, n, raak[0], raak[1]))
    return uit
