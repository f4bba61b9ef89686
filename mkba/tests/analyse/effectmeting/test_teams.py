"""Shrinkage: scipy's optimum of the marginal likelihood, recovery of the truth, invariants."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special, stats

from mkba.analyse.effectmeting.bijwerken.bewijs import Aantal, Telling
from mkba.analyse.effectmeting.teams import Teams, krimp_aandelen, krimp_aantallen
from mkba.tests.hulp_dekking import teams_afgerond
from mkba.uitvoer.effectmeting.teams.zinnen import teamzinnen

TELLINGEN = {"Zuid": (2, 12), "Noord": (18, 40), "Oost": (30, 55), "West": (9, 60), "Centrum": (25, 35)}


def _aandelen(tellingen: dict[str, tuple[int, int]]) -> Teams:
    return krimp_aandelen({t: Telling(k, n) for t, (k, n) in tellingen.items()})


def test_spreiding_is_het_optimum_van_scipy_voor_aandelen() -> None:
    k, n = np.array(list(TELLINGEN.values())).T

    def min_log(x: np.ndarray) -> float:
        m, eigen = 1 / (1 + np.exp(-x[0])), np.exp(x[1])
        return -float(stats.betabinom.logpmf(k, n, m * eigen, (1 - m) * eigen).sum())

    x = optimize.minimize(min_log, [0.0, 2.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10}).x
    m, eigen = 1 / (1 + np.exp(-x[0])), np.exp(x[1])
    assert _aandelen(TELLINGEN).spreiding == pytest.approx(np.sqrt(m * (1 - m) / (eigen + 1)), rel=1e-3)


def test_spreiding_is_het_optimum_van_scipy_voor_aantallen() -> None:
    k, n = np.array([40, 12, 33, 5, 70]), np.array([50, 40, 30, 20, 60])

    def min_log(x: np.ndarray) -> float:
        m, eigen = np.exp(x)
        return -float(stats.nbinom.logpmf(k, m * eigen, eigen / (eigen + n)).sum())

    m, eigen = np.exp(optimize.minimize(min_log, [0, 2], method="Nelder-Mead", options={"xatol": 1e-8}).x)
    gekrompen = krimp_aantallen({str(i): Aantal(int(a), int(b)) for i, (a, b) in enumerate(zip(k, n, strict=True))})
    assert gekrompen.spreiding == pytest.approx(np.sqrt(m / eigen), rel=1e-3)


def test_teams_staan_op_naam_en_niet_op_uitkomst() -> None:
    assert [t.naam for t in _aandelen(TELLINGEN).teams] == ["Centrum", "Noord", "Oost", "West", "Zuid"]


def test_een_klein_team_wordt_verder_getrokken() -> None:
    per = {t.naam: t for t in _aandelen(TELLINGEN).teams}
    assert per["Zuid"].krimp > per["West"].krimp
    for team in per.values():
        assert min(team.ruw, 0.3) <= team.gekrompen <= max(team.ruw, 0.6)
        assert team.laag < team.gekrompen < team.hoog
    gelijk = _aandelen({"a": (2, 12), "b": (20, 80), "c": (18, 75), "d": (25, 90)})
    klein = gelijk.teams[0]
    assert klein.schatting is not None
    # 12 households among teams that are alike: known better together with the others than alone
    assert klein.hoog - klein.laag < klein.schatting.hoog - klein.schatting.laag


def test_gelijke_teams_verschillen_door_toeval() -> None:
    teams = _aandelen({"a": (10, 40), "b": (10, 40), "c": (10, 40), "d": (11, 40)})
    assert teams.spreiding == pytest.approx(0, abs=1e-3)
    assert all(t.krimp > 0.5 for t in teams.teams)


def test_het_interval_van_een_team_ver_boven_de_andere_wordt_niet_afgekapt() -> None:
    """300 trajecten of 60 households, and none to two of the 19 other teams: drawn by 1%, so nearly gamma with 300 and
    60, of which 95% lies from 4.45 to 5.58. As far as the error of the common mean reaches it ended at 5.40."""
    tellingen = {**{f"t{i:02}": Aantal(i % 3, 60) for i in range(19)}, "ver": Aantal(300, 60)}
    ver = krimp_aantallen(tellingen).teams[-1]
    laag, hoog = stats.gamma(300, scale=1 / 60).interval(0.95)
    maal = ver.gekrompen / ver.ruw
    assert (ver.laag, ver.hoog) == pytest.approx((laag * maal, hoog * maal), rel=0.01)


def test_een_te_klein_team_heeft_geen_eigen_interval() -> None:
    per = {t.naam: t for t in _aandelen({"a": (3, 6), "b": (20, 60), "c": (10, 50)}).teams}
    assert per["a"].schatting is None
    assert per["a"].reden.startswith("6 huishoudens")
    assert per["a"].laag < per["a"].gekrompen < per["a"].hoog


@pytest.mark.parametrize("teams", [{}, {"a": Telling(1, 10)}, {"a": Telling(1, 10), "b": Telling(0, 0)}])
def test_krimpen_vraagt_om_twee_teams(teams: dict[str, Telling]) -> None:
    with pytest.raises(ValueError, match="minstens twee teams"):
        krimp_aandelen(teams)
    with pytest.raises(ValueError, match="een kant op"):
        krimp_aandelen({"a": Telling(1, 10, 1), "b": Telling(1, 10)})


@settings(max_examples=8)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=7).filter(
        lambda r: all(a + b for a, b in r)
    )
)
def test_elke_telling_geeft_een_waarde_binnen_haar_interval(rijen: list[tuple[int, int]]) -> None:
    teams = _aandelen({f"t{i}": (a, a + b) for i, (a, b) in enumerate(rijen)})
    for team in teams.teams:
        assert 0 <= team.laag <= team.gekrompen <= team.hoog <= 1
        assert 0 < team.krimp < 1
        assert min(team.ruw, teams.gemiddelde) - 0.1 <= team.gekrompen <= max(team.ruw, teams.gemiddelde) + 0.1


def _proef(rng: np.random.Generator, teams: int, soort: str) -> tuple[np.ndarray, Teams]:
    n = rng.integers(8, 60, teams)
    namen = [f"{i:03}" for i in range(teams)]
    if soort == "aandeel":
        echt = rng.beta(6, 14, teams)
        geteld = zip(namen, rng.binomial(n, echt).tolist(), n.tolist(), strict=True)
        return echt, krimp_aandelen({t: Telling(k, m) for t, k, m in geteld})
    echt = rng.gamma(6, 0.1, teams)
    geteld = zip(namen, rng.poisson(n * echt).tolist(), n.tolist(), strict=True)
    return echt, krimp_aantallen({t: Aantal(k, m) for t, k, m in geteld})


@pytest.mark.parametrize("soort", [pytest.param("aandeel", marks=pytest.mark.traag), "aantal"])
def test_de_waarheid_komt_terug_bij_veel_teams(soort: str) -> None:
    """80 teams with a known spread: it comes back, and drawn together they miss less than apart."""
    echt, teams = _proef(np.random.default_rng(16), 80, soort)
    assert teams.spreiding == pytest.approx(echt.std(), rel=0.3)
    ruw, gekrompen = (np.array([getattr(t, w) for t in teams.teams]) for w in ("ruw", "gekrompen"))
    assert ((gekrompen - echt) ** 2).mean() < 0.8 * ((ruw - echt) ** 2).mean()
    raak = np.mean([t.laag <= e <= t.hoog for t, e in zip(teams.teams, echt, strict=True)])
    assert 0.90 <= raak <= 0.99


@pytest.mark.traag
@pytest.mark.parametrize("soort", ["aandeel", "aantal"])
def test_dekking_met_vijf_teams(soort: str) -> None:
    """Five teams: the true value of a team lies in its interval 92 to 98 times of 100."""
    rng = np.random.default_rng(5)
    raak = [
        t.laag <= e <= t.hoog
        for _ in range(200)
        for echt, teams in [_proef(rng, 5, soort)]
        for t, e in zip(teams.teams, echt, strict=True)
    ]
    assert 0.92 <= np.mean(raak) <= 0.98


def test_de_toets_op_toeval_met_de_hand() -> None:
    """1 and 4 of 5 each: of the 252 ways to deal five out over ten, 1 + 25 on each side lie as far apart. Of ten events
    at two teams 2 and 8: (1 + 10 + 45) / 1,024 on each side."""
    shares = _aandelen({"a": (1, 5), "b": (4, 5)})
    assert shares.p_toeval == pytest.approx(52 / 252, abs=0.02)
    counts = krimp_aantallen({"a": Aantal(2, 20), "b": Aantal(8, 20)})
    assert counts.p_toeval == pytest.approx(112 / 1024, abs=0.015)
    # of numbers that are not whole the chi-square of Pearson, as scipy has it
    k, n = np.array([14, 22, 9]), np.array([40, 50, 40])
    half = krimp_aandelen({str(i): Telling(a / 2 + 1e-9, b / 2) for i, (a, b) in enumerate(zip(k, n, strict=True))})
    x = stats.chi2_contingency(np.stack([k, n - k]) / 2, correction=False)
    assert half.p_toeval == pytest.approx(x.pvalue, abs=1e-6)


@pytest.mark.traag
def test_gelijke_teams_heten_een_op_de_twintig_keer_anders() -> None:
    """The test is as strict as it says; a likelihood ratio of five teams rejected in one or two of a hundred."""
    n = [8, 20, 30, 45, 60]
    geteld = np.random.default_rng(16).binomial(n, 0.3, (400, 5)).tolist()
    teams = [_aandelen({str(i): paar for i, paar in enumerate(zip(k, n, strict=True))}) for k in geteld]
    assert np.mean([t.verschillen for t in teams]) == pytest.approx(0.05, abs=0.025)


def test_afgeronde_tellingen_tellen_als_minder() -> None:
    """20 and 30 of 50, rounded to 5 each: variance 25 / 12 · (0.6² + 0.4²) / 50² more on 0.24 / 50, so that they count
    as 45.86. Of 20 trajecten of 50 households 1 + 25 / 12 · (1 / 20 + 20 / 50²) = 1.121 count for one. Everything that
    is said of teams is said of these; the households are those that were counted."""
    telt = 50 / (1 + 25 / 12 * 0.52 / 50 / 0.24)
    een = 1 + 25 / 12 * (1 / 20 + 20 / 50**2)
    rond = krimp_aandelen({t: Telling(k, 50, rond=5, in_delen=True) for t, k in (("a", 20), ("b", 30))})
    anders = krimp_aandelen({t: Telling(k * telt / 50, telt) for t, k in (("a", 20), ("b", 30))})
    assert telt == pytest.approx(45.86, abs=0.005)
    assert rond.p_toeval == pytest.approx(anders.p_toeval)
    assert rond.kansen[1, 0] < _aandelen({"a": (20, 50), "b": (30, 50)}).kansen[1, 0]
    assert rond.kansen[1, 0] == pytest.approx(anders.kansen[1, 0])
    for een_team, ander in zip(rond.teams, anders.teams, strict=True):
        assert (een_team.laag, een_team.hoog) == pytest.approx((ander.laag, ander.hoog))
        assert een_team.n == 50
    aantal = krimp_aantallen({"a": Aantal(20, 50, rond=5), "b": Aantal(20, 50, 1.0, rond=5)})
    breed = krimp_aantallen({t: Aantal(20, 50, een) for t in "ab"})
    assert [(t.laag, t.hoog) for t in aantal.teams] == [pytest.approx((t.laag, t.hoog)) for t in breed.teams]


@pytest.mark.traag
@pytest.mark.parametrize("soort", ["aandeel", "aantal"])
def test_teams_uit_afgeronde_getallen(soort: str) -> None:
    """Five teams that are alike: said to differ in one of twenty towns or fewer, and each in its interval."""
    (n,) = teams_afgerond(100, paren_ook=False, gevallen=[(soort, True, 5.0)])
    assert n.verschillen <= 0.08
    assert n.dekking >= 0.94


def test_kans_op_hoger_tegen_getrokken_waarden() -> None:
    """The posterior drawn in another way: mean and draw on a grid with scipy, then a beta per team."""
    tellingen = {"a": (18, 40), "b": (9, 40), "c": (16, 45)}
    teams = _aandelen(tellingen)
    k, n = np.array(list(tellingen.values())).T
    m, krimp = (r.ravel()[:, None] for r in np.meshgrid(np.linspace(0.02, 0.98, 97), (np.arange(50) + 0.5) / 50))
    eigen = n.mean() * krimp / (1 - krimp)
    log = stats.betabinom.logpmf(k, n, m * eigen, (1 - m) * eigen).sum(axis=1)
    rng = np.random.default_rng(13)
    punt = rng.choice(log.size, 100_000, p=np.exp(log) / np.exp(log).sum())
    echt = rng.beta((m * eigen + k)[punt], ((1 - m) * eigen + n - k)[punt])
    for i, j in ((0, 1), (0, 2), (2, 1)):
        assert teams.kansen[i, j] == pytest.approx((echt[:, i] > echt[:, j]).mean(), abs=0.015)
        assert teams.kansen[i, j] + teams.kansen[j, i] == pytest.approx(1)


def test_zinnen_zeggen_wat_de_tellingen_dragen() -> None:
    ver = _aandelen({"Noord": (30, 40), "Oost": (5, 60), "Zuid": (24, 40)})
    zinnen = " ".join(teamzinnen(ver))
    assert ver.verschillen
    assert ver.spreiding_laag <= ver.spreiding <= ver.spreiding_hoog
    assert "verschillen meer dan toeval verklaart (p < 0,001)" in zinnen
    assert "Noord hoger dan Oost (> 99%) en Zuid hoger dan Oost (> 99%); van de andere paren" in zinnen
    # a spread that the counts make most likely is no evidence: 25% to 40% of 40 happens with alike teams too
    gelijk = _aandelen({"a": (10, 40), "b": (16, 40), "c": (14, 40), "d": (9, 40)})
    zinnen = " ".join(teamzinnen(gelijk))
    assert not gelijk.verschillen
    assert "kan geheel toeval zijn" in zinnen
    assert "Van geen twee teams is met 95% kans te zeggen welk hoger ligt" in zinnen
    assert "eerder te smal" not in zinnen
    assert "Met 2 teams" in " ".join(teamzinnen(_aandelen({"a": (10, 40), "b": (16, 40)})))
    veel = teamzinnen(_aandelen({f"t{i}": (2 if i < 4 else 30, 40) for i in range(8)}))
    assert any("Van 16 van de 28 paren" in z for z in veel)


def test_intervallen_die_overlappen_sluiten_een_volgorde_niet_uit() -> None:
    teams = _aandelen({"a": (42, 100), "b": (28, 100), "c": (10, 100), "d": (60, 100), "e": (33, 100)})
    per = {t.naam: t for t in teams.teams}
    assert per["b"].hoog > per["a"].laag
    assert ("a", "b") in [(x, y) for x, y, _ in teams.hoger()]


def _samen(rng: np.random.Generator, teams: int, n: int, gemiddeld: float, fi: float) -> Teams:
    x = rng.negative_binomial(gemiddeld / (fi - 1), 1 / fi, (teams, n))
    rijen = zip(x.sum(axis=1).tolist(), (x**2).sum(axis=1).tolist(), strict=True)
    return krimp_aantallen({str(i): Aantal.uit_kwadraten(k, n, kw) for i, (k, kw) in enumerate(rijen)})


@pytest.mark.traag
def test_trajecten_die_samengaan_zijn_geen_verschil_tussen_teams() -> None:
    """Five teams that are alike, 60 households, variance 2.6 times the mean: taken as Poisson the counts say in most
    towns that teams differ, and 86% of the intervals hold the truth."""
    rng = np.random.default_rng(26)
    proef = [_samen(rng, 5, 60, 0.8, 2.6) for _ in range(40)]
    assert np.mean([t.verschillen for t in proef]) <= 0.15
    assert np.mean([t.laag <= 0.8 <= t.hoog for p in proef for t in p.teams]) >= 0.93
    # households as counted, not the effective number
    assert {t.n for p in proef for t in p.teams} == {60}


@pytest.mark.traag
@pytest.mark.parametrize("aantal", [2, 5])
def test_teams_die_gelijk_zijn_heten_zelden_verschillend(aantal: int) -> None:
    """Most likely is a spread above 0 in 16 to 23 of 100 such towns; more than chance explains in 5 at most."""
    rng = np.random.default_rng(aantal)
    k = rng.binomial(60, 0.3, (150, aantal))
    proef = [_aandelen({str(i): (int(w), 60) for i, w in enumerate(r)}) for r in k]
    assert np.mean([t.verschillen for t in proef]) <= 0.075
    assert np.mean([bool(t.hoger()) for t in proef]) <= 0.075


@pytest.mark.parametrize(
    "tellingen",
    [
        {"Noord": (180, 200), "Oost": (50, 200), "Zuid": (2, 200)},
        {f"t{i}": (1_000 + 150 * i, 5_000) for i in range(6)},
    ],
)
def test_van_grote_teams_is_de_spreiding_ook_te_zien(tellingen: dict[str, tuple[int, int]]) -> None:
    """Of large teams the counts allow only a narrow part of how far they are drawn, near 0. By the same model on a grid
    as fine as it has to be: a standard deviation of a beta with mean m and sum M, flat on m and on M / (M + n)."""
    k, n = (np.array(r, dtype=float)[:, None, None] for r in zip(*tellingen.values(), strict=True))
    ruw = float(k.sum() / n.sum())
    z = np.linspace(-14, 0, 300)[:, None]
    krimp = 1 / (1 + np.exp(-z))
    samen = n.mean() * krimp / (1 - krimp)
    m = np.linspace(max(1e-4, ruw - 0.35), min(0.9999, ruw + 0.35), 101)
    a, b = m * samen, (1 - m) * samen
    log = (special.betaln(a + k, b + n - k) - special.betaln(a, b)).sum(axis=0) + np.log(krimp * (1 - krimp))
    tussen, kans = np.sqrt(m * (1 - m) / (samen + 1)).ravel(), np.exp(log - log.max()).ravel()
    orde = np.argsort(tussen)
    verwacht = np.interp([0.025, 0.975], np.cumsum(kans[orde]) / kans.sum(), tussen[orde])
    teams = _aandelen(tellingen)
    assert [teams.spreiding_laag, teams.spreiding_hoog] == pytest.approx(verwacht, rel=0.03)
