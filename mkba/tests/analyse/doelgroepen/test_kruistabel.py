"""What a reader of one table with its totals can work back, by integer programs that share no code with it."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.doelgroepen.kruistabel import TOTAAL, onderdruk
from mkba.analyse.onderdrukking.stelsel import sleutel_van
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.tests.analyse.onderdrukking.hulp_audit import intervallen

DREMPEL = 10.0


@settings(max_examples=6, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4))
def test_een_kleine_cel_kan_nul_zijn_en_ten_minste_tien(rijen: list[list[int]]) -> None:
    kern = pd.DataFrame(rijen, index=[f"r{i}" for i in range(len(rijen))], columns=list("abc"))
    uit = onderdruk(kern, DREMPEL)
    cellen = {}
    for rij, waarden in uit.iterrows():
        for kolom, w in waarden.items():
            wat = {k: str(v) for k, v in (("rij", rij), ("kolom", kolom)) if v != TOTAAL}
            cellen[sleutel_van(**wat)] = None if pd.isna(w) else float(w)
    p = Publicatie(cellen, (("rij", "kolom"),), DREMPEL)
    for sleutel, (laag, hoog) in intervallen(p).items():
        plek = dict(sleutel)
        deel = kern.loc[
            [plek["rij"]] if "rij" in plek else kern.index, [plek["kolom"]] if "kolom" in plek else kern.columns
        ]
        assert hoog - laag >= DREMPEL
        if deel.to_numpy().sum() < DREMPEL:
            assert laag == 0
            assert hoog >= DREMPEL
