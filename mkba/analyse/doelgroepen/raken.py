"""Raking (iterative proportional fitting): a table that keeps known totals and stays near a first guess."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mkba.analyse.doelgroepen.gecontroleerd_afronden import kies_op
from mkba.kern.tekst.afronden import heel


def raak(
    start: ArrayLike, totalen: Mapping[int, ArrayLike], tolerantie: float = 1e-12, rondes: int = 10_000
) -> NDArray[np.float64]:
    """Scale a non-negative table until its sums along each named axis are the given totals.

    ``start``: table of any number of dimensions, the first guess; ``totalen``: axis -> wanted totals per
    index of that axis. The result has the same shape, the same zeros, and cross-product ratios of the guess
    (Deming and Stephan 1940); the last axis is met exactly, the others within ``tolerantie`` (relative).
    Raises ValueError when totals differ, are negative, or ask households of an empty slice.
    """
    tabel = np.array(start, dtype=np.float64)
    gewenst = {as_: np.asarray(t, dtype=np.float64) for as_, t in totalen.items()}
    _controleer(tabel, gewenst)
    for _ in range(rondes):
        afwijking = 0.0
        for as_, doel in gewenst.items():
            overig = tuple(i for i in range(tabel.ndim) if i != as_)
            nu = tabel.sum(axis=overig)
            schaal = np.divide(doel, nu, out=np.zeros_like(doel), where=nu > 0)
            afwijking = max(afwijking, float(np.abs(nu - doel).max(initial=0.0)))
            tabel = tabel * np.expand_dims(schaal, overig)
        if afwijking <= tolerantie * max(float(tabel.sum()), 1.0):
            return tabel
    raise ValueError("de totalen zijn met deze nullen in de begintabel niet samen te halen")


def _controleer(tabel: NDArray[np.float64], totalen: Mapping[int, NDArray[np.float64]]) -> None:
    if not np.isfinite(tabel).all() or (tabel < 0).any():
        raise ValueError("de begintabel bevat negatieve of onbekende waarden")
    sommen = {as_: float(t.sum()) for as_, t in totalen.items()}
    if any((t < 0).any() or not np.isfinite(t).all() for t in totalen.values()):
        raise ValueError("een totaal is negatief of onbekend")
    if sommen and max(sommen.values()) - min(sommen.values()) > 1e-6 * max(max(sommen.values()), 1.0):
        raise ValueError(f"de totalen per as tellen op tot verschillende aantallen: {sommen}")
    for as_, doel in totalen.items():
        if doel.shape != (tabel.shape[as_],):
            raise ValueError(f"as {as_} heeft {tabel.shape[as_]} rijen, maar {doel.size} totalen")
        leeg = tabel.sum(axis=tuple(i for i in range(tabel.ndim) if i != as_)) == 0
        if (leeg & (doel > 0)).any():
            raise ValueError("er wordt een aantal gevraagd waar de begintabel niets heeft")


def heel_met_marges(aantallen: ArrayLike) -> NDArray[np.int64]:
    """Whole numbers for a table (rows, cells...) that keep both the row sums and the sums over the rows.

    Every cell is rounded down or up; each row keeps its (rounded) sum, and the sum over the rows is
    ``heel`` of the fractional sum, so that an area, a class and the whole are counted in the same households.
    Rounding each row by itself would lose a small class that every row has a little of. A transport problem:
    its optimum is whole by itself, and stays as near as possible to the fractions.
    """
    waarden = np.asarray(aantallen, dtype=np.float64)
    plat = waarden.reshape(len(waarden), -1)
    onder = np.floor(plat + 1e-9)
    deel = np.clip(plat - onder, 0.0, 1.0)
    rij_rest = np.floor(plat.sum(axis=1) + 0.5) - onder.sum(axis=1)
    kolom_rest = heel(plat.sum(axis=0)) - onder.sum(axis=0)
    los = np.argwhere(deel > 1e-9)
    if los.size:
        een = np.ones(len(los), dtype=np.int64)
        rest = np.concatenate([rij_rest, kolom_rest])
        op = kies_op(1 - 2 * deel[tuple(los.T)], los, (een, een), rest, plat.shape)
        if op is None:
            raise ValueError("deze aantallen tellen per rij niet op tot hele huishoudens")
        onder[tuple(los.T)] += op
    return onder.astype(np.int64).reshape(waarden.shape)
