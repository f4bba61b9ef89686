"""The pre-trend and what follows when it is violated."""

import numpy as np
import pytest

from mkba.analyse.effectmeting.attributie.toerekening import toereken
from mkba.analyse.effectmeting.attributie.trend import doorgetrokken, gebeurtenis, grenzen, voortrend
from mkba.tests.analyse.effectmeting.attributie.hulp_panelen import paneel, toevallig

RECHT = [[0, 1, 2, 3, 4, 5]] * 3 + [[0, 0, 0, 0, 0, 0]] * 4
"""Drifts apart by 1 per period; the aanpak, from period 3, does nothing."""
BEGIN = [3] * 3 + [6] * 4


def test_een_scheve_trend_is_geen_effect() -> None:
    """Netto is (3+4+5)/3 - (0+1+2)/3 = 3, along the straight line it is nothing."""
    t = toereken(paneel(RECHT, BEGIN))
    assert t.netto is not None
    assert t.netto.waarde == pytest.approx(3.0)
    assert t.recht == pytest.approx(0.0, abs=1e-12)
    assert t.voortrend.p == pytest.approx(1 / 35)
    assert t.sms == 2
    assert "uit elkaar" in t.bewijs


def test_punten_rond_de_start() -> None:
    punten = gebeurtenis(paneel(RECHT, BEGIN))
    assert [(p.afstand, p.waarde) for p in punten] == [(-3, -2), (-2, -1), (-1, 0), (0, 1), (1, 2), (2, 3)]
    assert (punten[2].laag, punten[2].hoog) == (None, None)
    assert all(p.laag is not None and p.laag <= p.waarde for p in punten if p.afstand != -1)


def test_grenzen_met_de_hand() -> None:
    """Mean after, to the last before: 2. Largest step before: 1. One to three steps on: 2 on average. So 2 ± 2 M."""
    gevonden = grenzen(paneel(RECHT, BEGIN), gebeurtenis(paneel(RECHT, BEGIN)))
    assert [(g.maat, g.laag, g.hoog) for g in gevonden] == [(0, 2, 2), (0.5, 1, 3), (1, 0, 4), (2, -2, 6)]
    assert all(g.interval_laag is not None and g.interval_laag <= g.laag for g in gevonden)


def test_het_vermogen_neemt_toe_met_het_effect_dat_verklaard_moet_worden() -> None:
    p = toevallig(5, 4, 8, 3)
    vermogens = [voortrend(p, netto).vermogen for netto in (0.0, 2.0, 8.0, 50.0)]
    assert all(v is not None for v in vermogens)
    assert vermogens == sorted(vermogens)  # type: ignore[type-var]
    assert vermogens[0] is not None
    assert vermogens[0] < 0.10
    assert vermogens[-1] == 1.0


def test_wat_zichtbaar_is_wordt_in_acht_van_de_tien_gevonden() -> None:
    p = toevallig(5, 4, 8, 3)
    eerste = voortrend(p, 1.0)
    assert eerste.zichtbaar is not None
    gevonden = voortrend(p, eerste.zichtbaar).vermogen
    assert gevonden is not None
    assert 0.80 <= gevonden < 0.85


@pytest.mark.traag
@pytest.mark.parametrize("zaad", range(2))
def test_zonder_trend_wordt_een_op_de_twintig_verworpen(zaad: int) -> None:
    """Exact by design; 120 panels."""
    p = [voortrend(toevallig(4, 3, 6, 1000 * zaad + i), 0.0).p for i in range(60)]
    assert np.mean([q is not None and q <= 0.05 for q in p]) < 0.12


def test_een_periode_voor_de_start_zegt_niets_over_een_trend() -> None:
    p = paneel([[1, 2, 3]] * 5 + [[1, 1, 1]] * 4, [1] * 5 + [3] * 4)
    t = toereken(p)
    assert t.voortrend.p is None
    assert "maar 1 periode" in t.voortrend.reden
    assert (t.grenzen, t.recht) == ((), None)


def test_verschillende_starts_hebben_geen_intervallen_per_periode_en_geen_grenzen() -> None:
    rng = np.random.default_rng(2)
    p = paneel(rng.normal(size=(9, 8)), [2, 3, 4, 4, 5, 8, 8, 8, 8])
    t = toereken(p)
    assert [q.afstand for q in t.punten] == [-2, -1, 0, 1, 2]
    assert all(q.laag is None for q in t.punten)
    assert (t.grenzen, doorgetrokken(p)) == ((), None)
    assert t.netto is not None
    assert t.netto.laag is not None
    assert t.voortrend.perioden == 2
