"""Round a table of counts with its totals to multiples of a base, so that it still adds up.

Controlled rounding (L.H. Cox, "A constructive procedure for unbiased controlled rounding", JASA 82, 1987; Hundepool et
al., *Statistical Disclosure Control*, Wiley 2012, ch. 5): every count, and every total, becomes the multiple just below
or just above it, and rows and columns still sum. Statistics Netherlands rounds the counts of wijken and buurten to 5.
One household more then mostly leaves the table as it is; it may still tip a count over, so rounding is no reason to
publish two tables of almost the same households.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

Getallen = NDArray[np.int64]


def rond_tabel(waarden: Getallen, basis: int) -> Getallen:
    """The table (totals in the last row and column) in multiples of ``basis``, as near to the counts as it can be.

    A multiple stays as it is. The same counts always give the same table. A base of 0 or 1 changes nothing.
    """
    if basis <= 1:
        return waarden.copy()
    onder, rest = np.divmod(waarden, basis)
    los = np.argwhere(rest > 0)
    if not los.size:
        return waarden.copy()
    deel = rest[tuple(los.T)] / basis
    rijen, kolommen = waarden.shape
    # of every row and column: the parts minus the total is 0, before and after; a transport problem, whole by itself
    teken_rij = np.where(los[:, 1] == kolommen - 1, -1, 1)
    teken_kolom = np.where(los[:, 0] == rijen - 1, -1, 1)
    nummer = np.arange(len(los))
    stelsel = coo_array(
        (
            np.concatenate([teken_rij, teken_kolom]),
            (np.concatenate([los[:, 0], rijen + los[:, 1]]), np.concatenate([nummer, nummer])),
        ),
        (rijen + kolommen, len(los)),
    )
    tekort = np.concatenate([onder[:, -1] - onder[:, :-1].sum(axis=1), onder[-1, :] - onder[:-1, :].sum(axis=0)])
    # of two tables that are as near, the one that rounds the first cells up: no machine chooses otherwise
    kosten = 1 - 2 * deel + nummer / (basis * len(los) ** 2 * len(los))
    oplossing = linprog(kosten, A_eq=stelsel, b_eq=tekort, bounds=(0, 1), method="highs-ds")
    if oplossing.x is None:
        raise ValueError("deze tabel telt niet op tot haar totalen")
    onder[tuple(los.T)] += np.round(oplossing.x).astype(np.int64)
    return np.asarray(onder * basis, dtype=np.int64)
