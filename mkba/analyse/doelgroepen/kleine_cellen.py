"""Hide small counts in a table that will be published, so that no hidden count can be calculated back.

A table with its totals is a set of sums. A cell that is hidden alone in a row follows from the total, and so does a
cell that is the only link between two groups of hidden cells; therefore more cells are hidden until every
hidden cell can take other values and the hidden cells of a row or column together are not small either. For the linked
tables of an effectmeting, see ``analyse/effectmeting/onderdrukking``.
"""

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.analyse.doelgroepen.gecontroleerd_afronden import rond_tabel
from mkba.kern.tekst.notatie import nederlands

TOTAAL: Final = "totaal"
Getallen = NDArray[np.int64]
Masker = NDArray[np.bool_]
Cel = tuple[int, int]


def onderdruk(tabel: pd.DataFrame, drempel: float, afronding: int = 0) -> pd.DataFrame:
    """The counts with a row and a column ``totaal``; hidden cells are ``pd.NA``, the others multiples of ``afronding``.

    Hidden are counts under ``drempel``, 0 included (that all others are in another class says as much), and then
    the smallest cells that protect them. A row or column that is 0 altogether stays visible.
    Raises ValueError when a count is negative or not whole.
    """
    kern = tabel.to_numpy(dtype=np.float64)
    if (kern < 0).any() or (kern != np.floor(kern)).any():
        raise ValueError("onderdruk() verwacht gehele aantallen van 0 of meer")
    waarden = np.zeros((kern.shape[0] + 1, kern.shape[1] + 1), dtype=np.int64)
    waarden[:-1, :-1] = kern
    waarden[-1, :-1] = waarden[:-1, :-1].sum(axis=0)
    waarden[:, -1] = waarden[:, :-1].sum(axis=1)
    verborgen = te_verbergen(waarden, drempel)
    waarden = rond_tabel(waarden, afronding)
    uit = pd.DataFrame(waarden, index=[*tabel.index, TOTAAL], columns=[*tabel.columns, TOTAAL], dtype="Int64")
    return uit.mask(verborgen, pd.NA)


def ongeveer(aantal: int, drempel: float) -> str:
    """A count in a sentence: "minder dan 10" or rounded to the threshold, so that no difference gives a small one."""
    if aantal < drempel:
        return f"minder dan {nederlands(drempel)}"
    stap = max(drempel, 1)
    return f"ongeveer {nederlands(math.floor(aantal / stap + 0.5) * stap)}"


def te_verbergen(waarden: Getallen, drempel: float) -> Masker:
    """Which cells of a table with its totals (last row and column) to hide."""
    leeg: Masker = (waarden[:, -1:] == 0) | (waarden[-1:, :] == 0)
    verborgen: Masker = (waarden < drempel) & ~leeg
    while (cellen := _onbeschermd(waarden, verborgen, leeg, drempel)) is not None:
        rij, kolom = min(cellen, key=lambda c: (_is_totaal(c, waarden), waarden[c] == 0, int(waarden[c]), c))
        verborgen[rij, kolom] = True
    return verborgen


def _onbeschermd(waarden: Getallen, verborgen: Masker, leeg: Masker, drempel: float) -> list[Cel] | None:
    """Visible cells, one of which must be hidden too; None when all hidden cells are protected."""
    rijen, kolommen = waarden.shape
    lijnen: list[list[Cel]] = [[(i, j) for j in range(kolommen)] for i in range(rijen)]
    lijnen += [[(i, j) for i in range(rijen)] for j in range(kolommen)]
    for lijn in lijnen:
        weg = [c for c in lijn if verborgen[c]]
        zichtbaar = [c for c in lijn if not verborgen[c] and not leeg[c]]
        if weg and zichtbaar and (len(weg) == 1 or _samen_klein(weg, lijn[-1], waarden, drempel)):
            return zichtbaar
    for i, j in np.argwhere(verborgen):
        buren = [c for c in (*lijnen[i], *lijnen[rijen + j]) if not verborgen[c] and not leeg[c]]
        if buren and _is_brug((int(i), int(j)), verborgen):
            return buren
    return None


def _samen_klein(weg: list[Cel], totaal: Cel, waarden: Getallen, drempel: float) -> bool:
    """Whether the hidden cells beside a visible total sum to a small count (which follows from the others)."""
    return totaal not in weg and sum(int(waarden[c]) for c in weg) < drempel


def _is_brug(cel: Cel, verborgen: Masker) -> bool:
    """Whether no circle of hidden cells runs through this one: then the sums fix its value."""
    rest = verborgen.copy()
    rest[cel] = False
    gezien_rij, gezien_kolom = {cel[0]}, set[int]()
    grens: Iterable[int] = [cel[0]]
    while grens:
        kolommen = {int(j) for i in grens for j in np.flatnonzero(rest[i])} - gezien_kolom
        gezien_kolom |= kolommen
        grens = {int(i) for j in kolommen for i in np.flatnonzero(rest[:, j])} - gezien_rij
        gezien_rij |= grens
    return cel[1] not in gezien_kolom


def _is_totaal(cel: Cel, waarden: Getallen) -> bool:
    return cel[0] == len(waarden) - 1 or cel[1] == int(waarden.shape[1]) - 1
