"""The same numbers by other hands: diff-diff, and pyfixest where it is installed (too heavy for everyone)."""

import warnings
from typing import Any

import numpy as np
import pytest

from mkba.analyse.effectmeting.attributie.paneel import Paneel
from mkba.analyse.effectmeting.attributie.toerekening import Toerekening, toereken
from mkba.analyse.effectmeting.stad.generator import panelen, wijken
from mkba.tests.analyse.effectmeting.attributie.hulp_panelen import lang, paneel, toevallig
from mkba.tests.hulp_dekking import GECLUSTERD, KWARTALEN, naief

ZADEN = (2, 3, 4)


def _paar(zaad: int) -> tuple[Paneel, Toerekening]:
    p = toevallig(5, 4, 8, zaad, effect=-1.0)
    return p, toereken(p)


def _diff_diff() -> Any:
    return pytest.importorskip("diff_diff", reason="diff-diff is geen deel van de installatie")


def _pyfixest() -> Any:
    return pytest.importorskip("pyfixest", reason="pyfixest vraagt veel andere pakketten: alleen waar het er al is")


@pytest.mark.parametrize("zaad", ZADEN)
def test_netto_en_de_bootstrap_van_diff_diff(zaad: int) -> None:
    """diff-diff counts the patterns that give a larger t, here those as large are counted too: the real one and its
    mirror image, 2 of 512. So its p is that much smaller, and never above ours."""
    dd = _diff_diff()
    p, t = _paar(zaad)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        r = dd.DifferenceInDifferences(
            cluster="wijk", inference="wild_bootstrap", n_bootstrap=512, bootstrap_weights="rademacher", seed=1
        ).fit(lang(p), outcome="y", treatment="met", time="na")
    assert t.netto is not None
    assert t.netto.waarde == pytest.approx(r.att)
    assert t.p_wild == pytest.approx(r.p_value + 2 / 512)


@pytest.mark.parametrize("zaad", ZADEN)
def test_de_punten_en_de_grenzen_van_diff_diff(zaad: int) -> None:
    """Rambachan and Roth's identified set, relative magnitudes, mean over the periods after the start."""
    dd = _diff_diff()
    p, t = _paar(zaad)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        es = dd.MultiPeriodDiD(cluster="wijk").fit(
            lang(p), outcome="y", treatment="met", time="periode", post_periods=[4, 5, 6, 7], reference_period=3,
            unit="wijk",
        )  # fmt: skip
        for grens in t.grenzen:
            r = dd.HonestDiD(method="relative_magnitude", M=grens.maat).fit(es)
            assert [grens.laag, grens.hoog] == pytest.approx([r.lb, r.ub], abs=1e-9)
    assert len(t.grenzen) == 4


@pytest.mark.parametrize("zaad", ZADEN)
def test_netto_en_de_punten_van_pyfixest(zaad: int) -> None:
    pf = _pyfixest()
    p, t = _paar(zaad)
    assert t.netto is not None
    assert pf.feols("y ~ behandeld | wijk + periode", lang(p)).coef().iloc[0] == pytest.approx(t.netto.waarde)
    los = pf.feols("y ~ i(periode, met, ref=3) | wijk + periode", lang(p)).coef().tolist()
    assert [q.waarde for q in t.punten if q.afstand != -1] == pytest.approx(los)


def test_de_naieve_fouten_zijn_die_van_pyfixest() -> None:
    """What the table of coverage calls naive is what a researcher would get: CRV1 and iid."""
    pf = _pyfixest()
    rng = np.random.default_rng(3)
    _, aantal, start = wijken()
    waarden = panelen(rng, "zorggebruik_eur") / aantal[:, None]
    d = lang(paneel(waarden[0], start))
    _, fouten = naief(waarden, start, aantal, "zorggebruik_eur")
    geclusterd = pf.feols("y ~ behandeld | wijk + periode", d, vcov={"CRV1": "wijk"}).se().iloc[0]
    gewoon = pf.feols("y ~ behandeld | wijk + periode", d, vcov="iid").se().iloc[0]
    assert fouten[GECLUSTERD][0] == pytest.approx(geclusterd, rel=1e-3)
    assert fouten[KWARTALEN][0] == pytest.approx(gewoon, rel=1e-6)
