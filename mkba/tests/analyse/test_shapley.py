"""The Shapley value against its definition and against answers known by hand."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.shapley import shapley


def test_shapley_van_een_product() -> None:
    """v = xy with x, y from 1 to 2 and 3: the known answer is half the cross term to each."""
    assert shapley(np.array([1.0, 2.0, 3.0, 6.0])).tolist() == [2.0, 3.0]


def test_shapley_met_de_hand() -> None:
    """A product, 2 x 5, of which both factors change to 3 x 7: each change averaged over both orders."""
    # none 10; only the first 3 x 5 = 15; only the second 2 x 7 = 14; both 21
    delen = shapley(np.array([10.0, 15.0, 14.0, 21.0]))
    assert delen == pytest.approx([((15 - 10) + (21 - 14)) / 2, ((14 - 10) + (21 - 15)) / 2])
    assert delen.sum() == 21 - 10


@settings(max_examples=25)
@given(st.lists(st.floats(-1e6, 1e6), min_size=16, max_size=16))
def test_shapley_is_het_gemiddelde_over_alle_volgorden(waarden: list[float]) -> None:
    v = np.array(waarden)
    met_de_hand = np.zeros(4)
    for volgorde in permutations(range(4)):
        stand = 0
        for i in volgorde:
            met_de_hand[i] += (v[stand | 1 << i] - v[stand]) / 24
            stand |= 1 << i
    delen = shapley(v)
    assert delen == pytest.approx(met_de_hand, abs=1e-6)
    assert delen.sum() == pytest.approx(v[-1] - v[0], abs=1e-6)


def test_shapley_wil_een_macht_van_twee() -> None:
    with pytest.raises(ValueError, match="2 tot de macht k"):
        shapley(np.zeros(3))
