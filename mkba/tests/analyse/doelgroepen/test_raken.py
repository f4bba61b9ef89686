"""Raking and whole numbers: exact totals, nothing invented."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.doelgroepen.raken import heel_met_marges, raak
from mkba.kern.tekst.afronden import aandelen, heel
from mkba.tests.hulp_voorbeelden import voorbeelden


def test_raken_met_de_hand() -> None:
    """[[1, 1], [1, 3]] to rows (30, 70) and columns (40, 60): cross-product ratio 3 stays."""
    uit = raak([[1, 1], [1, 3]], {0: [30, 70], 1: [40, 60]})
    assert uit.sum(axis=1) == pytest.approx([30, 70])
    assert uit.sum(axis=0) == pytest.approx([40, 60])
    assert uit[0, 0] * uit[1, 1] / (uit[0, 1] * uit[1, 0]) == pytest.approx(3)


def test_een_as_is_gewoon_schalen() -> None:
    assert raak([[1, 3], [2, 2]], {0: [8, 4]}).tolist() == [[2, 6], [2, 2]]


@settings(max_examples=voorbeelden(60))
@given(
    tabel=st.lists(st.lists(st.floats(0.1, 1000), min_size=4, max_size=4), min_size=2, max_size=5),
    doel=st.lists(st.floats(0.1, 1000), min_size=4, max_size=4),
)
def test_beide_randen_kloppen(tabel: list[list[float]], doel: list[float]) -> None:
    rijen = np.array([sum(r) for r in tabel])
    kolommen = np.array(doel) * rijen.sum() / sum(doel)
    uit = raak(tabel, {1: kolommen, 0: rijen})
    assert uit.sum(axis=1) == pytest.approx(rijen)
    assert uit.sum(axis=0) == pytest.approx(kolommen, rel=1e-6)


def test_nullen_blijven_nul_en_onmogelijk_wordt_gezegd() -> None:
    uit = raak([[0, 1], [1, 1]], {0: [1, 3], 1: [2, 2]})
    assert uit[0, 0] == 0
    with pytest.raises(ValueError, match="niets heeft"):
        raak([[0, 0], [1, 1]], {0: [1, 3]})
    with pytest.raises(ValueError, match="niet samen te halen"):
        raak([[0, 1], [1, 0]], {0: [1, 3], 1: [2, 2]}, rondes=50)
    with pytest.raises(ValueError, match="verschillende aantallen"):
        raak([[1, 1]], {0: [2], 1: [3, 3]})
    with pytest.raises(ValueError, match="negatief"):
        raak([[1, 1]], {0: [-2]})
    with pytest.raises(ValueError, match="totalen"):
        raak([[1, 1]], {0: [1, 1]})
    with pytest.raises(ValueError, match="begintabel"):
        raak([[1, -1]], {0: [1]})


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_hele_aantallen_houden_de_som(waarden: list[float]) -> None:
    uit = heel(waarden)
    assert uit.sum() == int(np.floor(sum(waarden) + 0.5))
    assert np.abs(uit - waarden).max() < 1.0001


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8))
def test_aandelen_tellen_op_tot_een(waarden: list[float]) -> None:
    uit = aandelen(waarden)
    assert uit.sum() == pytest.approx(0 if sum(waarden) == 0 else 1, abs=1e-12)
    assert (uit >= 0).all()


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(st.floats(0, 400), min_size=12, max_size=12), min_size=n, max_size=n)
    )
)
@settings(max_examples=voorbeelden(100))
def test_hele_huishoudens_houden_rijen_en_kolommen(waarden: list[list[float]]) -> None:
    tabel = np.array(waarden)
    # an area has whole households: the last class takes what is missing
    tabel[:, -1] += np.ceil(tabel.sum(axis=1)) - tabel.sum(axis=1)
    uit = heel_met_marges(tabel.reshape(-1, 3, 4))
    assert uit.shape == (len(waarden), 3, 4)
    assert uit.sum(axis=(1, 2)).tolist() == np.round(tabel.sum(axis=1)).astype(int).tolist()
    assert uit.sum(axis=0).ravel().tolist() == heel(tabel.sum(axis=0)).tolist()
    assert np.abs(uit.reshape(tabel.shape) - tabel).max() < 1 + 1e-6


def test_een_kleine_klasse_verdwijnt_niet_in_veel_gebieden() -> None:
    tabel = np.tile([[9.6, 0.4]], (10, 1))
    assert heel_met_marges(tabel).sum(axis=0).tolist() == [96, 4]
