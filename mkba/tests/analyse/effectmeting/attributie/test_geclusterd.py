"""Tests turned round, against the same tests done the long way and against scipy."""

from dataclasses import replace
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test, ttest_ind

from mkba.analyse.effectmeting.attributie.geclusterd import (
    MEESTE,
    NIVEAU,
    Proef,
    aantal_indelingen,
    alle_indelingen,
    kans,
    kleinste_kans,
    omgekeerd,
    proef,
    tekenpatronen,
    wilde_kans,
)
from mkba.analyse.effectmeting.attributie.paneel import Getallen, Paneel
from mkba.analyse.effectmeting.attributie.verschil import blootstelling, vensters, veranderingen
from mkba.tests.analyse.effectmeting.attributie.hulp_panelen import lang, paneel, toevallig
from mkba.tests.hulp_voorbeelden import voorbeelden


def _proef(p: Paneel) -> Proef:
    perioden = len(p.perioden)
    return proef(p.start, vensters(perioden), p.waarden, blootstelling(p.start, perioden))


def _permutatie(p: Paneel) -> Proef:
    """The permutation alone, also of unequal groups."""
    return replace(_proef(p), ongelijk=False)


def _welch(x: Getallen, y: Getallen) -> float:
    """The size of Welch's t, by its formula."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(abs(x.mean() - y.mean()) / np.sqrt(x.var(ddof=1) / x.size + y.var(ddof=1) / y.size))


@pytest.mark.parametrize("start", [[1, 1, 3], [1, 2, 3], [4] * 5 + [8] * 4, [1, 1, 2, 2, 2, 5]])
def test_alle_manieren_en_de_echte_eerst(start: list[int]) -> None:
    rijen = alle_indelingen(np.array(start))
    assert rijen[0].tolist() == start
    assert len({tuple(r) for r in rijen.tolist()}) == len(rijen) == aantal_indelingen(np.array(start))
    assert {tuple(sorted(r)) for r in rijen.tolist()} == {tuple(sorted(start))}


def test_te_veel_manieren_worden_getrokken_en_de_echte_blijft() -> None:
    start = np.array([4] * 12 + [8] * 12)
    assert aantal_indelingen(start) == comb(24, 12)
    rijen = alle_indelingen(start)
    assert len(rijen) == MEESTE + 1
    assert rijen[0].tolist() == start.tolist()
    assert (rijen == alle_indelingen(start)).all()
    assert len(tekenpatronen(20)) == MEESTE + 1


@settings(max_examples=voorbeelden(20), deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(5, 4), (4, 4), (2, 6)]))
def test_p_is_die_van_scipy(zaad: int, groepen: tuple[int, int]) -> None:
    """A permutation test of Welch's t by scipy, which divides over its two tails: here the size is compared."""
    p = toevallig(*groepen, 6, zaad)
    d = veranderingen(p.waarden, 3)
    verwacht = permutation_test(
        (d[: groepen[0]], d[groepen[0] :]),
        lambda x, y, axis: np.abs(ttest_ind(x, y, axis=axis, equal_var=False).statistic),
        alternative="greater",
        vectorized=True,
        n_resamples=np.inf,
    ).pvalue
    assert float(_permutatie(p).kans()) == pytest.approx(verwacht)


@settings(max_examples=voorbeelden(20), deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(5, 4), (4, 4), (2, 6), (4, 3)]))
def test_binnen_het_interval_wordt_niet_verworpen_en_erbuiten_wel(zaad: int, groepen: tuple[int, int]) -> None:
    """The test of every b by hand: take the effect off, and count the splits that give as large a t."""
    p = toevallig(*groepen, 4, zaad, effect=1.0)
    laag, hoog = (float(e) for e in _permutatie(p).interval())
    assert np.isfinite([laag, hoog]).all()
    d, met = veranderingen(p.waarden, 2), groepen[0]

    def kans_van(b: float) -> float:
        x = d - b * (np.arange(d.size) < met)
        alle = [_welch(x[list(c)], np.delete(x, list(c))) for c in combinations(range(d.size), met)]
        return float(np.mean(np.array(alle) >= _welch(x[:met], x[met:]) * (1 - 1e-9)))

    stap = 1e-5 * (hoog - laag)
    for binnen in (laag + stap, hoog - stap, (laag + hoog) / 2):
        assert kans_van(binnen) > NIVEAU
    for buiten in (laag - stap, hoog + stap, laag - 5 * (hoog - laag), hoog + 50 * (hoog - laag)):
        assert kans_van(buiten) <= NIVEAU


@given(st.integers(0, 10_000))
@settings(max_examples=voorbeelden(100))
def test_nul_ligt_buiten_het_interval_als_p_klein_is(zaad: int) -> None:
    proef_ = _proef(toevallig(5, 4, 8, zaad, effect=-1.0))
    laag, hoog = proef_.interval()
    assert bool(proef_.kans() <= NIVEAU) == bool(laag > 0 or hoog < 0)


@given(st.integers(0, 10_000), st.sampled_from([0.1, 0.5, 2.0]))
@settings(max_examples=voorbeelden(100))
def test_ook_zeldzame_tellingen_met_veel_gelijke_spreken_zichzelf_niet_tegen(zaad: int, gemiddeld: float) -> None:
    """An end that is exactly 0, through a tie, is within the interval and p is above 5%."""
    tellingen = np.random.default_rng(zaad).poisson(gemiddeld, (9, 8))
    proef_ = _proef(paneel(tellingen, [4] * 5 + [8] * 4))
    laag, hoog = proef_.interval()
    if laag < hoog:  # without any spread there is no interval
        assert bool(proef_.kans() <= NIVEAU) == bool(laag > 0 or hoog < 0)


@given(st.integers(0, 10_000))
@settings(max_examples=voorbeelden(100))
def test_met_een_wijk_aan_een_kant_wordt_het_verschil_zelf_vergeleken(zaad: int) -> None:
    """One of twenty: the interval excludes an effect with which that wijk changes most of all (Conley and Taber)."""
    p = toevallig(1, 19, 4, zaad, effect=1.0)
    proef_ = _proef(p)
    laag, hoog = (float(e) for e in proef_.interval())
    d = veranderingen(p.waarden, 2)

    def uiterst(b: float) -> bool:
        afstand = np.abs((x := d - b * (np.arange(20) < 1)) - (x.sum() - x) / 19)
        return bool(afstand[0] > afstand[1:].max())

    stap = 1e-5 * (hoog - laag)
    assert [uiterst(b) for b in (laag - stap, laag + stap, hoog - stap, hoog + stap)] == [True, False, False, True]


@pytest.mark.parametrize(("met", "zonder", "kleinste"), [(5, 4, 1 / 126), (4, 4, 2 / 70), (5, 1, 1 / 6), (1, 4, 1 / 5)])
def test_de_kleinste_p(met: int, zonder: int, kleinste: float) -> None:
    assert _proef(toevallig(met, zonder)).kleinste_kans == pytest.approx(kleinste)


@pytest.mark.parametrize(("met", "zonder"), [(5, 1), (3, 3), (2, 4)])
def test_te_weinig_wijken_geven_geen_einden(met: int, zonder: int) -> None:
    laag, hoog = _proef(toevallig(met, zonder)).interval()
    assert (float(laag), float(hoog)) == (-np.inf, np.inf)


@given(st.integers(0, 10_000))
def test_tekens_omgekeerd_op_een_gemiddelde(zaad: int) -> None:
    """Six changes, 64 patterns: at the ends 3 of 64 patterns are as extreme, within 4 or more."""
    d = np.random.default_rng(zaad).normal(1, 1, 6)
    patronen = tekenpatronen(6)
    laag, hoog = omgekeerd(patronen @ d / 6, patronen.mean(axis=1))
    assert kleinste_kans(patronen.mean(axis=1)) == pytest.approx(2 / 64)
    stap = 1e-5 * (hoog - laag)
    p = [float(kans(patronen @ (d - b))) for b in (laag - stap, laag + stap, hoog - stap, hoog + stap)]
    assert [q > NIVEAU for q in p] == [False, True, True, False]


@pytest.mark.parametrize("zaad", range(5))
def test_de_bootstrap_op_veranderingen_is_die_op_het_hele_paneel(zaad: int) -> None:
    """All sign patterns on the residuals of the whole panel, with the effect imposed, and the clustered t of each."""
    p = toevallig(4, 3, 6, zaad, effect=0.8)
    d = lang(p)
    vast = np.column_stack([np.eye(7)[d["wijk"]], np.eye(6)[d["periode"]]])
    weg = vast @ np.linalg.pinv(vast)
    x = d["behandeld"].to_numpy() - weg @ d["behandeld"].to_numpy()
    rest = d["y"].to_numpy() - weg @ d["y"].to_numpy()

    def t_kwadraat(y: Getallen) -> float:
        effect = x @ y / (x @ x)
        over = y - weg @ y - effect * x
        return float(effect**2 / (np.bincount(d["wijk"], x * over) ** 2).sum())

    alle = np.array([t_kwadraat(rest * teken[d["wijk"]]) for teken in tekenpatronen(7)])
    verwacht = float((alle >= t_kwadraat(rest) * (1 - 1e-9)).mean())
    assert wilde_kans(veranderingen(p.waarden, 3), p.met_aanpak) == pytest.approx(verwacht)


@pytest.mark.parametrize(("zaad", "groepen"), [(1, (3, 9)), (2, (4, 8)), (3, (9, 3)), (4, (2, 7))])
def test_van_ongelijke_groepen_is_het_interval_ook_dat_van_welch(zaad: int, groepen: tuple[int, int]) -> None:
    """The widest of the permutation and of scipy's Welch; p is the largest of both."""
    p = toevallig(*groepen, zaad=zaad)
    d = veranderingen(p.waarden, 4)
    welch = ttest_ind(d[p.met_aanpak], d[~p.met_aanpak], equal_var=False)
    eigen, kaal = _proef(p), replace(_proef(p), ongelijk=False)
    assert eigen.ongelijk
    grenzen = welch.confidence_interval(0.95)
    (laag, hoog), (onder, boven) = (tuple(float(e) for e in x.interval()) for x in (eigen, kaal))
    assert (laag, hoog) == pytest.approx((min(onder, grenzen.low), max(boven, grenzen.high)))
    assert eigen.kans() == pytest.approx(max(kaal.kans(), welch.pvalue))
    assert not _proef(toevallig(5, 4, zaad=zaad)).ongelijk
