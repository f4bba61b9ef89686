"""Largest remainders against sums worked out by hand."""

import pytest

from mkba.kern.tekst.afronden import heel


@pytest.mark.parametrize(
    ("delen", "totaal", "verwacht"),
    [
        ([1.5, 1.2, 0.3], None, [2, 1, 0]),  # sums to 3: one left, to the largest remainder
        ([0.5, 0.5], None, [1, 0]),  # a tie goes to the first
        ([1.6, 1.7, 0.0], 4, [2, 2, 0]),  # two left; a part of 0 stays 0
        ([1.6, 1.7, 0.2], 1, [1, 1, -1]),  # one too many: from the smallest remainder
        ([-0.4, 2.4], 2, [0, 2]),
        ([], None, []),
    ],
)
def test_heel_telt_op_tot_het_totaal(delen: list[float], totaal: int | None, verwacht: list[int]) -> None:
    assert heel(delen, totaal).tolist() == verwacht
