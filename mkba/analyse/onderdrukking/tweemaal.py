"""Two publications of a group, and what came between them, as one system.

Whoever has the tables of then and of now, and knows that nobody left, has a third set of tables: of who came. A number
of now is then one of then and one of who came, none of which is negative. Who was there may have changed since: a
number then went one way only (of who was measured, up; where nobody came, of who was not, down), or either way, which
says nothing. What may be shown now is what leaves room to all three.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from mkba.analyse.onderdrukking.stelsel import Getallen, Masker, Sleutel, Stelsel
from mkba.analyse.onderdrukking.verbergen import te_verbergen

Plekken = NDArray[np.intp]
_BIJNA_NIETS: Final = 1e-6
"""What a cell of who came weighs: it is hidden with that of now, which has its own price."""


@dataclass(frozen=True, eq=False)
class Toen:
    """The cells of an earlier publication as a reader may think they were. ``stelsel``: with one table that fits all
    that was shown, in whole numbers and with no cell that went the other way than it can; ``getoond``: cells that he
    knows; ``minst``: the least of each."""

    stelsel: Stelsel
    getoond: Masker
    minst: Getallen


def passend(toen: Stelsel, laag: Getallen, hoog: Getallen) -> Getallen | None:
    """A table of whole numbers between these bounds; None when there is none, so that somebody must have left."""
    if (np.ceil(laag) > np.floor(hoog)).any():
        return None
    nul = np.zeros(toen.relaties.shape[0])
    uit = milp(
        np.ones(len(laag)),
        integrality=np.ones(len(laag)),
        bounds=Bounds(np.ceil(laag), np.floor(hoog)),
        constraints=LinearConstraint(toen.relaties, nul, nul),
    )
    return np.asarray(np.round(uit.x)) if uit.status == 0 else None


def te_verbergen_na(
    nu: Stelsel,
    toen: Toen,
    gevoelig: Masker,
    ruimte: Getallen,
    drempel: float,
    *,
    ondergrens: Getallen,
    mee: Masker,
    gewicht: Getallen,
    bleef: Masker,
    vast: Masker,
    teken: Getallen,
) -> Masker:
    """As :func:`te_verbergen` with whole numbers, for who also has the tables of then.

    What was hidden then keeps room of the threshold, and so does what came since, where that is less or not known.
    ``bleef``: cells of which all know that nobody came; ``vast``: those of them that were shown; ``teken``: 1 of a cell
    that cannot have fallen, -1 of one that cannot have risen, 0 of which neither is known.
    """
    samen = [(p, i) for i, s in enumerate(toen.stelsel.sleutels) if (p := nu.plekken.get(s)) is not None and teken[p]]
    van_nu, van_toen = (np.array([p[k] for p in samen], dtype=np.intp) for k in (0, 1))
    kant = teken[van_nu]
    erbij = kant * (nu.waarden[van_nu] - toen.stelsel.waarden[van_toen])
    zichtbaar = toen.getoond[van_toen]
    gelijk = (bleef[van_nu] & ~zichtbaar) | vast[van_nu]
    m = len(toen.stelsel.waarden)
    # who was there then, is there now
    onder = ondergrens.copy()
    stijgt = kant > 0
    er_was = np.where(toen.getoond, toen.stelsel.waarden, toen.minst)[van_toen[stijgt]]
    onder[van_nu[stijgt]] = np.maximum(onder[van_nu[stijgt]], er_was)
    verborgen = te_verbergen(
        _samen(nu, toen.stelsel, van_nu, van_toen, erbij, kant),
        np.concatenate([gevoelig & ~vast, np.zeros(m + len(samen), dtype=bool)]),
        np.concatenate([ruimte, np.full(m + len(samen), drempel)]),
        ondergrens=np.concatenate([np.minimum(onder, nu.waarden), toen.minst, np.zeros(len(samen))]),
        geheel=True,
        vast=np.concatenate([vast, toen.getoond, gelijk]),
        mee=np.concatenate([mee & ~vast, ~toen.getoond, (~zichtbaar | (erbij < drempel)) & ~gelijk]),
        gewicht=np.concatenate([gewicht, np.ones(m), np.full(len(samen), _BIJNA_NIETS)]),
    )
    return verborgen[: len(nu.waarden)]


def _samen(nu: Stelsel, toen: Stelsel, van_nu: Plekken, van_toen: Plekken, erbij: Getallen, kant: Getallen) -> Stelsel:
    """The cells of now, of then and of who came (or went), in that order."""
    k = len(erbij)
    rij = np.arange(k)
    schakel = [
        sparse.csr_matrix((getal, (rij, plek)), shape=(k, breedte))
        for getal, plek, breedte in (
            (-kant, van_nu, len(nu.waarden)),
            (kant, van_toen, len(toen.waarden)),
            (np.ones(k), rij, k),
        )
    ]
    relaties = sparse.bmat([[nu.relaties, None, None], [None, toen.relaties, None], schakel], format="csr")
    sleutels: tuple[Sleutel, ...] = tuple(
        (*s, ("keer", keer))
        for keer, cellen in (
            ("nu", nu.sleutels),
            ("toen", toen.sleutels),
            ("erbij", [toen.sleutels[i] for i in van_toen]),
        )
        for s in cellen
    )
    return Stelsel(sleutels, np.concatenate([nu.waarden, toen.waarden, erbij]), relaties)
