"""A table of counts with its totals as it may be published: small counts hidden, with what would give them away.

The rule and the search are those of the linked tables of an effectmeting (``analyse/onderdrukking``); here it is one
table, that may be rounded so that it still adds up.
"""

from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.doelgroepen.gecontroleerd_afronden import Getallen, rond_tabel
from mkba.analyse.onderdrukking.stelsel import Masker, maak_stelsel
from mkba.analyse.onderdrukking.verbergen import te_verbergen

TOTAAL: Final = "totaal"


def onderdruk(tabel: pd.DataFrame, drempel: float, afronding: int = 0) -> pd.DataFrame:
    """The counts with a row and a column ``totaal``; hidden cells are ``pd.NA``, the others multiples of ``afronding``.

    Hidden are counts under ``drempel``, 0 included (that all others are in another class says as much), and then
    the cells that protect them: of what is shown, a hidden count may be anything from 0 to ``drempel`` at least. A row
    or column that is 0 altogether stays visible. Raises ValueError when a count is negative or not whole.
    """
    kern = tabel.to_numpy(dtype=np.float64)
    if (kern < 0).any() or (kern != np.floor(kern)).any():
        raise ValueError("onderdruk() verwacht gehele aantallen van 0 of meer")
    waarden = np.zeros((kern.shape[0] + 1, kern.shape[1] + 1), dtype=np.int64)
    waarden[:-1, :-1] = kern
    waarden[-1, :-1] = waarden[:-1, :-1].sum(axis=0)
    waarden[:, -1] = waarden[:, :-1].sum(axis=1)
    uit = pd.DataFrame(
        rond_tabel(waarden, afronding),
        index=[*tabel.index, TOTAAL],
        columns=[*tabel.columns, TOTAAL],
        dtype="Int64",
    )
    return uit.mask(_verborgen(waarden, drempel), pd.NA)


def _verborgen(waarden: Getallen, drempel: float) -> Masker:
    """Which cells of a table with its totals (last row and column) to hide; of an empty row or column none."""
    uit = np.zeros(waarden.shape, dtype=bool)
    rijen, kolommen = (np.flatnonzero(waarden[:-1, -1]), np.flatnonzero(waarden[-1, :-1]))
    if not len(rijen):
        return uit
    rij, kolom = (a.ravel() for a in np.meshgrid(rijen, kolommen, indexing="ij"))
    soorten = pd.DataFrame({"rij": pd.Categorical(rij.astype(str)), "kolom": pd.Categorical(kolom.astype(str))})
    stelsel = maak_stelsel(soorten, [("rij", "kolom")], som=pd.Series(waarden[rij, kolom], dtype=float))
    weg = te_verbergen(stelsel, stelsel.waarden < drempel, drempel, geheel=True)
    for sleutel, verborgen in zip(stelsel.sleutels, weg, strict=True):
        plek = dict(sleutel)
        uit[int(plek.get("rij", -1)), int(plek.get("kolom", -1))] = verborgen
    return uit
