"""Intervals hold the truth as often as they say, the naive ones do not (``benchmarks/dekking.py`` prints all)."""

import numpy as np
import pytest

from mkba.analyse.effectmeting.stad import panelen, waarheid, wijken
from mkba.tests import hulp_dekking as h

GOED = (0.92, 0.98)


def test_de_waarheid_ligt_in_het_interval_van_de_meeste_steden() -> None:
    """Forty towns: at least 33 intervals of 40 hold it, which fails once in ten thousand when 95% do."""
    rng = np.random.default_rng(1)
    _, aantal, start = wijken()
    for uitkomst, waar in waarheid().netto.items():
        laag, hoog = h.permutatie(panelen(rng, uitkomst, 40) / aantal[:, None], start)
        assert ((laag <= waar) & (waar <= hoog)).sum() >= 33, uitkomst


@pytest.mark.traag
def test_dekking_van_de_attributie_en_wat_naief_mist() -> None:
    uit = {(d.vraag, d.methode): d.deel for d in h.attributie()}
    for (vraag, methode), deel in uit.items():
        if methode == h.PERMUTATIE:
            assert GOED[0] <= deel <= GOED[1], (vraag, deel)
    for methode in (h.GECLUSTERD, h.KWARTALEN, h.HUISHOUDENS):
        assert uit["zorggebruik", methode] < GOED[0], methode
    assert np.mean([d for (_, m), d in uit.items() if m == h.GECLUSTERD]) < GOED[0]


@pytest.mark.traag
def test_dekking_van_aandelen_en_gemiddelden() -> None:
    for dekking in (*h.aandelen(), *h.gemiddelden()):
        assert GOED[0] <= dekking.deel <= GOED[1], dekking


@pytest.mark.traag
def test_dekking_met_minder_wijken_en_ongelijke_effecten() -> None:
    """Never too few; where no interval exists, none is given."""
    for met, zonder, soort, dekking in h.opzetten(500):
        assert (dekking is None) == ((met, zonder) in {(3, 3), (2, 4), (5, 1)})
        assert dekking is None or dekking.deel >= GOED[0], (met, zonder, soort)
