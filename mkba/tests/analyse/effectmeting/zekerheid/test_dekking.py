"""Intervals hold the truth as often as they say, the naive ones do not (``benchmarks/dekking.py`` prints all)."""

import numpy as np
import pytest

from mkba.analyse.effectmeting.stad.generator import panelen, waarheid, wijken
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
    """In pairs: the method in use and the naive one, which misses at least once. Of a rare share in unequal caseloads
    the interval may be too wide (whole households), never too narrow."""
    strata = h.strata()
    for goed in strata[::2]:
        assert GOED[0] <= goed.deel <= 0.99, goed
    uit = [*strata, *h.aandelen(), *h.gemiddelden(), *h.strata_gemiddelden(500), *h.samen()]
    for goed in uit[len(strata) :: 2]:
        assert GOED[0] <= goed.deel <= GOED[1], goed
    for naam in ("aandeel van 2%", "aandeel van 5%", "0,4 traject per huishouden, in groepjes"):
        (naief,) = (d for d in uit[1::2] if d.vraag == naam)
        assert naief.deel < GOED[0], naief


@pytest.mark.traag
def test_dekking_met_minder_wijken_en_ongelijke_effecten() -> None:
    """Never too few; where no interval exists, none is given."""
    for met, zonder, soort, dekking in h.opzetten(500):
        assert (dekking is None) == ((met, zonder) in {(3, 3), (2, 4), (5, 1)})
        assert dekking is None or dekking.deel >= GOED[0], (met, zonder, soort)
