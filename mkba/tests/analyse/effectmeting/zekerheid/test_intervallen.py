"""Intervals: known values, scipy and numpy as oracles, invariants, and coverage (traag)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mkba.analyse.effectmeting.zekerheid.intervallen import (
    MINIMUM,
    Schatting,
    bootstrap_gemiddelde,
    grenzen_aantal,
    grenzen_getoond,
    wilson_gewogen,
)
from mkba.analyse.wilson import grenzen
from mkba.tests.hulp_dekking import van_generalisten
from mkba.tests.hulp_voorbeelden import voorbeelden


def wilson(gelukt: int, n: int, eindig: int | None = None) -> tuple[Schatting | None, str]:
    """Of a simple random sample, in which each household weighs the same."""
    return wilson_gewogen([i < gelukt for i in range(n)], [(eindig or n) / n] * n if n else [], eindig)


@pytest.mark.parametrize(("gelukt", "n"), [(0, 10), (3, 10), (42, 65), (65, 65), (999, 1000)])
def test_wilson_is_dat_van_scipy(gelukt: int, n: int) -> None:
    schatting, reden = wilson(gelukt, n)
    anders = stats.binomtest(gelukt, n).proportion_ci(method="wilson")
    assert schatting is not None
    assert reden == ""
    assert (schatting.waarde, schatting.n, schatting.methode) == (gelukt / n, n, "Wilson, gewogen")
    assert (schatting.laag, schatting.hoog) == pytest.approx((anders.low, anders.high), abs=1e-12)


def test_wilson_van_een_eindige_populatie_keert_de_toets_om() -> None:
    """The ends are the first whole households that lie 1.96 standard errors of the hypergeometric or more away."""
    schatting, _ = wilson(12, 40, 100)
    assert schatting is not None
    k = np.arange(1, 100)
    z = np.abs(0.3 - k / 100) / (stats.hypergeom(100, k, 40).std() / 40)
    binnen = k[z <= stats.norm.ppf(0.975)]
    assert (schatting.laag, schatting.hoog) == ((binnen.min() - 1) / 100, (binnen.max() + 1) / 100)


def test_wat_op_de_drempel_staat_kan_ook_veel_minder_zijn() -> None:
    """At the threshold nothing below is excluded; a little above it the limit is where 2.5% of what is shown is as
    much, by the normal distribution; far from it, and on the other side, it is Wilson's."""
    assert grenzen_getoond(10 / 70, 1 / 70, 10 / 70) == pytest.approx((0.0, grenzen(10 / 70, 1 / 70)[1]))
    laag, hoog = grenzen_getoond(15 / 70, 1 / 70, 10 / 70)
    fout = np.sqrt(laag * (1 - laag) / 70)
    assert stats.norm.sf((15 / 70 - laag) / fout) / stats.norm.sf((10 / 70 - laag) / fout) == pytest.approx(0.025)
    assert laag < grenzen(15 / 70, 1 / 70)[0]
    assert hoog == pytest.approx(grenzen(15 / 70, 1 / 70)[1])
    assert grenzen_getoond(35 / 70, 1 / 70, 10 / 70) == pytest.approx(grenzen(0.5, 1 / 70), abs=1e-4)
    # no is shown from the threshold on too
    assert grenzen_getoond(60 / 70, 1 / 70, 10 / 70)[1] == 1.0


def test_een_aantal_op_de_drempel_kan_ook_veel_minder_zijn() -> None:
    """The same of a number that comes one by one, with exact chances: at the threshold nothing below is excluded, above
    it the limit is the mean of which 2.5% of what is shown is as many. The other side, and both where no threshold is
    or it is far away, are Garwood's."""
    assert grenzen_aantal(12.0, 12.0)[0] == grenzen_aantal(5.0, 12.0)[0] == 0.0
    laag, hoog = grenzen_aantal(20, 10)
    assert stats.poisson.sf(19, laag) / stats.poisson.sf(9, laag) == pytest.approx(0.025)
    assert laag < stats.gamma.ppf(0.025, 20)
    assert hoog == pytest.approx(stats.gamma.isf(0.025, 21))
    assert grenzen_aantal(20) == pytest.approx((stats.gamma.ppf(0.025, 20), stats.gamma.isf(0.025, 21)))
    assert grenzen_aantal(60, 10)[0] == pytest.approx(stats.gamma.ppf(0.025, 60), rel=1e-6)
    assert grenzen_aantal(0) == pytest.approx((0.0, -np.log(0.025)))


@settings(max_examples=voorbeelden(50))
@given(st.floats(0.1, 3_000), st.floats(0.1, 60), st.floats(1e-3, 50))
def test_een_drempel_maakt_een_interval_van_een_aantal_alleen_naar_onderen_ruimer(
    k: float, vanaf: float, meer: float
) -> None:
    """The lower limit moves outward only, more for a higher threshold, and goes up with what was counted; all but for
    what is 0 in every digit that is shown."""
    zonder, met = grenzen_aantal(k), grenzen_aantal(k, vanaf)
    niets = 1e-8
    assert met[1] == zonder[1]
    assert met[0] <= zonder[0]
    assert 0 <= grenzen_aantal(k, vanaf + meer)[0] <= met[0] * (1 + 1e-6) + niets
    assert grenzen_aantal(k + meer, vanaf)[0] >= met[0] * (1 - 1e-6) - niets


@pytest.mark.parametrize(("n", "eindig"), [(50, 60), (80, 100), (65, 800), (65, 400), (10, 15), (20, 30)])
def test_een_eindige_populatie_dekt_ook_zeldzame_gebeurtenissen(n: int, eindig: int) -> None:
    """Exact, for every number of households that can have it: never below 91%, and no interval that cannot be."""
    uitslagen = [wilson(k, n, eindig)[0] for k in range(n + 1)]
    laag, hoog = (np.array([getattr(s, kant) for s in uitslagen]) for kant in ("laag", "hoog"))
    k, alle = np.arange(n + 1), np.arange(eindig + 1)
    assert (laag * eindig >= k - 1e-9).all()
    assert (hoog * eindig <= eindig - (n - k) + 1e-9).all()
    p = alle[:, None] / eindig
    raak = (laag <= p + 1e-9) & (p <= hoog + 1e-9)
    dekking = (stats.hypergeom.pmf(k, eindig, alle[:, None], n) * raak).sum(axis=1)
    assert dekking.min() > 0.91


def test_vijftig_van_zestig_zonder_een_sluit_de_zestigste_niet_uit() -> None:
    schatting, _ = wilson(0, 50, 60)
    assert schatting is not None
    assert (schatting.laag, schatting.hoog) == (0, 1 / 60)


def test_wie_iedereen_meet_hoeft_niets_te_schatten() -> None:
    schatting, _ = wilson(12, 40, 40)
    assert schatting is not None
    assert (schatting.laag, schatting.waarde, schatting.hoog) == (0.3, 0.3, 0.3)
    gemiddelde, _ = bootstrap_gemiddelde([0, 1, 2] * 4, omvang={"": 12})
    assert gemiddelde is not None
    assert (gemiddelde.laag, gemiddelde.waarde, gemiddelde.hoog) == (1, 1, 1)


def test_te_weinig_huishoudens_geeft_een_zin() -> None:
    assert wilson(2, MINIMUM - 1) == (None, "9 huishoudens gemeten; een interval vraagt er minstens 10")
    assert wilson(0, 0)[1].startswith("geen huishoudens gemeten")
    assert bootstrap_gemiddelde([1.0])[1].startswith("1 huishouden gemeten")
    assert bootstrap_gemiddelde(range(11), ["a"] * 10 + ["b"])[1].startswith("1 van de 2 groepen heeft maar 1")
    assert bootstrap_gemiddelde(range(12), ["a"] * 12, omvang={"a": 20, "b": 5})[1].startswith("van 1 van de 2 groepen")
    assert bootstrap_gemiddelde([0.0] * 20)[1].startswith("alle huishoudens hebben dezelfde waarde")


def test_onmogelijke_getallen_worden_geweigerd() -> None:
    for gewichten in ([1.0] * 19, [1.0] * 19 + [0.0]):
        with pytest.raises(ValueError, match="gewicht boven 0"):
            wilson_gewogen([True] * 20, gewichten)
    with pytest.raises(ValueError, match="minder huishoudens"):
        bootstrap_gemiddelde(range(20), omvang={"": 19})
    with pytest.raises(ValueError, match="gewicht"):
        bootstrap_gemiddelde(range(20), gewichten=[0] * 20)
    with pytest.raises(ValueError, match="eindige waarde"):
        bootstrap_gemiddelde([float("nan")] * 20)


def test_strata_wegen_naar_hun_omvang() -> None:
    """5 of 10 from 30 and 1 of 10 from 90: (0.5 × 30 + 0.1 × 90) / 120 = 0.2."""
    y, groep = [1] * 5 + [0] * 5 + [1] + [0] * 9, ["a"] * 10 + ["b"] * 10
    schatting, _ = wilson_gewogen([k == 1 for k in y], [3.0] * 10 + [9.0] * 10, 120)
    assert schatting is not None
    assert schatting.waarde == pytest.approx(0.2)
    # Σw² / (Σw)² = (10 · 3² + 10 · 9²) / 120², more than as measured: Σ (w (y − p))² / (Σw)² / 0.16 = 111.6 / 2304
    c = 0.0625 * (120 - 20) / (120 - 1)
    p = np.arange(1, 120) / 120
    binnen = p[(0.2 - p) ** 2 <= stats.norm.ppf(0.975) ** 2 * p * (1 - p) * c]
    assert (schatting.laag, schatting.hoog) == pytest.approx((binnen.min() - 1 / 120, binnen.max() + 1 / 120))
    gemiddelde, _ = bootstrap_gemiddelde(y, groep, omvang={"a": 30, "b": 90})
    assert gemiddelde is not None
    assert gemiddelde.waarde == pytest.approx(0.2)


@given(st.integers(1, 8).flatmap(lambda k: st.tuples(*[st.integers(10, 40)] * k)), st.data())
@settings(max_examples=voorbeelden(100))
def test_een_aandeel_ligt_in_zijn_interval_en_dat_tussen_0_en_1(omvang: tuple[int, ...], data: st.DataObject) -> None:
    n = data.draw(st.tuples(*[st.integers(10, N) for N in omvang]))
    gelukt = data.draw(st.tuples(*[st.integers(0, m) for m in n]))
    y = [i < k for k, m in zip(gelukt, n, strict=True) for i in range(m)]
    gewichten = [alle / m for alle, m in zip(omvang, n, strict=True) for _ in range(m)]
    schatting, _ = wilson_gewogen(y, gewichten, sum(omvang))
    assert schatting is not None
    alle, gezien = sum(omvang), sum(gelukt)
    hebben = sum(a * k / m for a, k, m in zip(omvang, gelukt, n, strict=True))
    assert schatting.waarde == pytest.approx(hebben / alle)
    assert 0 <= schatting.laag <= schatting.waarde <= schatting.hoog <= 1
    # no fewer than were seen have it, and no fewer than were seen do not
    assert schatting.laag * alle >= min(gezien, hebben) - 1e-6
    assert schatting.hoog * alle <= max(alle - (sum(n) - gezien), hebben) + 1e-6


def test_de_spreiding_van_de_bootstrap_is_die_van_het_ontwerp() -> None:
    """For a symmetric population the interval is about that of Student with the textbook variance of strata."""
    rng = np.random.default_rng(3)
    waarden = rng.normal(0, 1, 60)
    groep = [i // 20 for i in range(60)]
    schatting, _ = bootstrap_gemiddelde(waarden, groep, omvang={0: 40, 1: 40, 2: 40}, herhalingen=20_000)
    assert schatting is not None
    fout = np.sqrt(sum(waarden[20 * h : 20 * h + 20].var(ddof=1) / 20 * 0.5 for h in range(3))) / 3
    half = stats.t.ppf(0.975, 57) * fout
    assert (schatting.hoog - schatting.laag) / 2 == pytest.approx(half, rel=0.04)


def test_een_zaad_geeft_een_interval_en_een_ander_bijna_hetzelfde() -> None:
    waarden = np.random.default_rng(1).poisson(0.5, 70).astype(float)
    een, nog_eens, ander = (bootstrap_gemiddelde(waarden, zaad=zaad)[0] for zaad in (1, 1, 2))
    assert een == nog_eens
    assert een is not None
    assert ander is not None
    assert een != ander
    assert een.hoog == pytest.approx(ander.hoog, rel=0.08)


def test_een_zeldzaam_getal_krijgt_een_ander_interval_dat_zegt_wat_het_is() -> None:
    schatting, _ = bootstrap_gemiddelde([0] * 28 + [1, 2], [0, 1, 2] * 10)
    assert schatting is not None
    assert schatting.methode.endswith("bootstrap (bca)")
    assert schatting.laag <= 0.1 <= schatting.hoog


def test_honderdduizend_huishoudens_gaan_normaal() -> None:
    schatting, _ = bootstrap_gemiddelde(np.random.default_rng(1).poisson(0.5, 100_000).astype(float))
    assert schatting is not None
    assert schatting.methode == "normale benadering"
    assert (schatting.hoog - schatting.laag) / 2 == pytest.approx(1.96 * np.sqrt(0.5 / 100_000), rel=0.02)


def test_wat_gebeurt_waar_de_gewichten_groot_zijn_is_onzekerder() -> None:
    """2 of 10 from 120 and 0 of 10 from each of six times 20: p = 0.1. By the weights alone, without the finite
    population, c = 0.25 / 10 + 6 · (1/12)² / 10 = 0.0292; as measured 0.25 · 0.16 / 9 / 0.09 = 0.0494."""
    gewogen, _ = wilson_gewogen(([True] * 2 + [False] * 8) + [False] * 60, [12.0] * 10 + [2.0] * 60)
    assert gewogen is not None
    # Σ (w (y − p))² / (Σw)²: 2 · (12 · 0.9)² + 8 · (12 · 0.1)² + 60 · (2 · 0.1)² over 240²
    c = (2 * 10.8**2 + 8 * 1.2**2 + 60 * 0.2**2) / 240**2 / 0.09
    for p in (gewogen.laag, gewogen.hoog):
        assert (0.1 - p) ** 2 == pytest.approx(stats.norm.ppf(0.975) ** 2 * p * (1 - p) * c)


def test_nul_gezien_rekent_met_het_grootste_gewicht() -> None:
    """None of 10 with weight 12 and 60 with weight 2: as if of 20 households, 12 / 240 = 1 / 20."""
    gewogen, _ = wilson_gewogen([False] * 70, [12.0] * 10 + [2.0] * 60)
    gewoon, _ = wilson(0, 20)
    assert gewogen is not None
    assert gewoon is not None
    assert gewogen.hoog == pytest.approx(gewoon.hoog)


@pytest.mark.traag
@pytest.mark.parametrize(
    ("omvang", "deel"),
    [
        ((60, 60, 20, 20, 20, 20, 20), (0.1, 0.1, 0, 0, 0, 0, 0)),
        ((120, 20, 20, 20, 20, 20, 20), (0.2, 0, 0, 0, 0, 0, 0)),
        ((60, 20, 20, 20, 20, 20, 20), (0.5, 0, 0, 0, 0, 0, 0)),
    ],
)
def test_dekking_waar_het_in_de_grote_strata_gebeurt(omvang: tuple[int, ...], deel: tuple[float, ...]) -> None:
    """With Kish alone this was 81% where the largest has it all."""
    rng, keer, raak = np.random.default_rng(6), 2000, 0
    alle = np.array(omvang)
    goed = (alle * np.array(deel)).astype(int)
    for _ in range(keer):
        schatting = van_generalisten(rng.hypergeometric(goed, alle - goed, 10).tolist(), omvang)
        assert schatting is not None
        raak += schatting.laag - 1e-9 <= goed.sum() / alle.sum() <= schatting.hoog + 1e-9
    assert raak / keer > 0.93


@pytest.mark.traag
@pytest.mark.parametrize("kans", [0.05, 0.3, 0.6])
def test_dekking_van_aandelen(kans: float) -> None:
    """The true share of a caseload of 7 generalists lies in the interval in 92 to 98 of 100 samples."""
    rng, raak, keer = np.random.default_rng(16), 0, 2000
    omvang = np.array([20, 25, 30, 40, 40, 50, 60])
    for _ in range(keer):
        per = rng.beta(kans * 20, (1 - kans) * 20, 7)
        goed = rng.binomial(omvang, per)
        gelukt = rng.hypergeometric(goed, omvang - goed, 10)
        schatting = van_generalisten(gelukt.tolist(), omvang.tolist())
        assert schatting is not None
        raak += schatting.laag - 1e-9 <= goed.sum() / omvang.sum() <= schatting.hoog + 1e-9
    assert 0.92 <= raak / keer <= 0.99


@pytest.mark.traag
@pytest.mark.parametrize("soort", ["poisson", "scheef"])
def test_dekking_van_gemiddelden(soort: str) -> None:
    """Averages of counts and of costs (most households none, some much): 92 to 98 of 100."""
    rng, raak, keer = np.random.default_rng(16), 0, 1000
    for zaad in range(keer):
        alle = (
            rng.poisson(0.4, (7, 60))
            if soort == "poisson"
            else (rng.random((7, 60)) < 0.3) * rng.lognormal(0, 1, (7, 60))
        )
        trek = np.concatenate([rng.choice(rij, 10, replace=False) for rij in alle])
        schatting, _ = bootstrap_gemiddelde(
            trek, np.repeat(np.arange(7), 10).tolist(), zaad=zaad, omvang=dict.fromkeys(range(7), 60), herhalingen=1000
        )
        assert schatting is not None
        raak += schatting.laag <= alle.mean() <= schatting.hoog
    assert 0.92 <= raak / keer <= 0.98
