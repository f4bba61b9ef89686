"""Cells of linked tables and every sum between them, as one system.

A cell is known by what it counts ("team A, nzr"), so that tables which share a margin share that cell. A cell may also
be the sum of cells of another table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

Sleutel = tuple[tuple[str, str], ...]
"""What a cell counts: pairs of a variable and its value, sorted; a variable that is not named is summed over."""
Som = tuple[Sleutel, tuple[Sleutel, ...]]
"""A cell, and the cells of another table that it is the sum of."""
Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]
ONBEKEND: Final = "onbekend"


@dataclass(frozen=True, eq=False)
class Stelsel:
    """Cells and the sums between them: ``relaties @ waarden == 0`` (a row per sum, -1 at its total)."""

    sleutels: tuple[Sleutel, ...]
    waarden: Getallen
    relaties: Any
    plekken: Mapping[Sleutel, int] = field(default_factory=dict)

    def plek(self, sleutel: Sleutel) -> int:
        """The index of a cell. Raises KeyError."""
        return self.plekken[sleutel]


def sleutel_van(**wat: str) -> Sleutel:
    """The key of a cell: ``sleutel_van(team="A", klasse="nzr")``."""
    return tuple(sorted(wat.items()))


def als_soorten(eenheden: pd.DataFrame, tabellen: Sequence[Sequence[str]]) -> pd.DataFrame:
    """The variables of the tables as categories of texts without gaps: what is missing is a value of its own.

    A category that no row has stays one: that a cell is 0 may not follow from its being absent.
    """
    uit = {}
    for variabele in dict.fromkeys(v for t in tabellen for v in t):
        kolom = eenheden[variabele].astype("category")
        namen = [str(c) for c in kolom.cat.categories]
        kolom = kolom.cat.rename_categories(namen)
        if kolom.isna().any():
            kolom = (kolom if ONBEKEND in namen else kolom.cat.add_categories(ONBEKEND)).fillna(ONBEKEND)
        uit[variabele] = kolom
    return pd.DataFrame(uit, index=eenheden.index)


def maak_stelsel(
    soorten: pd.DataFrame,
    tabellen: Sequence[Sequence[str]],
    som: pd.Series | None = None,
    sommen: Sequence[Som] = (),
) -> Stelsel:
    """The cells of all tables with their margins, and every sum between them.

    ``soorten``: the variables as :func:`als_soorten` gives them; ``som``: what to add up, else rows are counted;
    ``sommen``: sums across tables (one of a cell that is in no table is left out).
    """
    getal = np.ones(len(soorten)) if som is None else som.to_numpy(dtype=np.float64)
    namen = {v: list(soorten[v].cat.categories) for v in soorten}
    waarden: dict[Sleutel, float] = {}
    for deel in _delen(tabellen):
        aantal = _tel(getal, soorten, deel, [len(namen[v]) for v in deel])
        for plek, cel in zip(product(*(namen[v] for v in deel)), aantal, strict=True):
            waarden[tuple(zip(deel, plek, strict=True))] = float(cel)
    sleutels = tuple(waarden)
    return uit_cellen(sleutels, np.array(list(waarden.values()), dtype=np.float64), tabellen, sommen)


def uit_cellen(
    sleutels: Sequence[Sleutel], waarden: Getallen, tabellen: Sequence[Sequence[str]], sommen: Sequence[Som] = ()
) -> Stelsel:
    """These cells with every sum between them, in a table or across (one of a cell that is not there is left out)."""
    namen: dict[str, list[str]] = {}
    for v, w in dict.fromkeys(paar for s in sleutels for paar in s):
        namen.setdefault(v, []).append(w)
    relaties: list[Som] = []
    for deel in _delen(tabellen):
        # over each variable of a set of variables the cells add up to the set without it
        for weg in deel:
            rest = [v for v in deel if v != weg]
            for vast in product(*(namen.get(v, ()) for v in rest)):
                basis = dict(zip(rest, vast, strict=True))
                cellen = tuple(sleutel_van(**basis, **{weg: w}) for w in namen.get(weg, ()))
                relaties.append((sleutel_van(**basis), cellen))
    plekken = {s: i for i, s in enumerate(sleutels)}
    relaties = [(t, d) for t, d in (*relaties, *sommen) if {t, *d} <= plekken.keys()]
    return Stelsel(tuple(sleutels), waarden, _matrix(relaties, plekken), plekken)


def _delen(tabellen: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Every set of variables that a table or a margin of one is by."""
    return list(dict.fromkeys(d for t in tabellen for n in range(len(t) + 1) for d in combinations(sorted(t), n)))


def _matrix(relaties: Sequence[tuple[Sleutel, Sequence[Sleutel]]], plekken: Mapping[Sleutel, int]) -> Any:
    rijen = [r for r, (_, cellen) in enumerate(relaties) for _ in range(len(cellen) + 1)]
    kolommen = [plekken[s] for totaal, cellen in relaties for s in (totaal, *cellen)]
    getallen = [g for _, cellen in relaties for g in (-1.0, *[1.0] * len(cellen))]
    return sparse.csr_matrix((getallen, (rijen, kolommen)), shape=(len(relaties), len(plekken)))


def _tel(getal: Getallen, soorten: pd.DataFrame, deel: Sequence[str], vorm: Sequence[int]) -> Getallen:
    """Sums by these variables, the last one running fastest."""
    if not deel:
        return np.array([getal.sum()])
    nummer = np.ravel_multi_index([soorten[v].cat.codes.to_numpy(dtype=np.int64) for v in deel], vorm)
    return np.asarray(np.bincount(nummer, weights=getal, minlength=int(np.prod(vorm))), dtype=np.float64)
