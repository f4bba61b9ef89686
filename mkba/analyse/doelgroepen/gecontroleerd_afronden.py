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
    # of every row and column: the parts minus the total is 0, before and after
    teken_rij = np.where(los[:, 1] == kolommen - 1, -1, 1)
    teken_kolom = np.where(los[:, 0] == rijen - 1, -1, 1)
    tekort = np.concatenate([onder[:, -1] - onder[:, :-1].sum(axis=1), onder[-1, :] - onder[:-1, :].sum(axis=0)])
    # of two tables that are as near, the one that rounds the first cells up: no machine chooses otherwise
    kosten = 1 - 2 * deel + np.arange(len(los)) / (basis * len(los) ** 2 * len(los))
    op = kies_op(kosten, los, (teken_rij, teken_kolom), tekort, waarden.shape)
    if op is None:
        raise ValueError("deze tabel telt niet op tot haar totalen")
    onder[tuple(los.T)] += op
    return np.asarray(onder * basis, dtype=np.int64)


def kies_op(
    kosten: NDArray[np.float64],
    los: Getallen,
    tekens: tuple[NDArray[np.int64], NDArray[np.int64]],
    rest: NDArray[np.float64] | Getallen,
    vorm: tuple[int, int],
) -> Getallen | None:
    """Which cells go up, 1 or 0 each, at the lowest costs; None when rows and columns cannot have their ``rest``.

    ``los`` (n, 2): the places of the cells that may go up; ``tekens``: the sign of each in the sum of its row and of
    its column; ``rest``: what must be added to every row and then to every column. A transport problem: its optimum
    is whole by itself.
    """
    rijen, kolommen = vorm
    nummer = np.arange(len(los))
    plaats = (np.concatenate([los[:, 0], rijen + los[:, 1]]), np.concatenate([nummer, nummer]))
    stelsel = coo_array((np.concatenate(tekens), plaats), (rijen + kolommen, len(los)))
    oplossing = linprog(kosten, A_eq=stelsel, b_eq=rest, bounds=(0, 1), method="highs-ds")
    return None if oplossing.x is None else np.round(oplossing.x).astype(np.int64)
