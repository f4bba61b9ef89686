"""Two publications of a group, and what came between them, as one system.

Whoever has the tables of then and of now, and knows that nobody left, has a third set of tables: of who came. A number
of now is then one of then and one of who came, none of which is negative. Who was there may have changed since: a
number then went one way only (of who was measured, up; where nobody came, of who was not, down), or either way, which
says nothing. What may be shown now is what leaves room to all three.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import LinearConstraint

from mkba.analyse.onderdrukking.oplosser import gelijk_aan, kleinste
from mkba.analyse.onderdrukking.stelsel import Getallen, Masker, Sleutel, Stelsel
from mkba.analyse.onderdrukking.verbergen import te_verbergen

Plekken = NDArray[np.intp]
_BIJNA_NIETS: Final = 1e-6
"""What a cell of who came weighs: it is hidden with that of now, which has its own price."""
_VEEL: Final = 1e3
"""What it costs to doubt a number that was shown, for each household that it is off."""


@dataclass(frozen=True, eq=False)
class Toen:
    """The cells of an earlier publication as a reader may think they were. ``stelsel``: with one table that fits all
    that was shown, in whole numbers and with no cell that went the other way than it can; ``getoond``: cells that he
    knows; ``minst``: the least of each."""

    stelsel: Stelsel
    getoond: Masker
    minst: Getallen


@dataclass(frozen=True, eq=False)
class Grenzen:
    """What a reader holds of the cells of then. ``laag`` and ``hoog``: what was shown, as far as rounding tells;
    ``minst`` and ``meest``: what follows if every cell only went the way that it can go; ``prijs``: what
    it costs to doubt that, for each household."""

    laag: Getallen
    hoog: Getallen
    minst: Getallen
    meest: Getallen
    prijs: Getallen


def passend(toen: Stelsel, g: Grenzen) -> tuple[Getallen, Masker, Masker]:
    """A table of whole numbers within these limits, where it goes beyond ``minst`` or ``meest``, and where beyond what
    was shown.

    Both nowhere when nobody left and nothing was corrected. Else the table that goes beyond them by least: who sees
    that a number went another way than it can, holds on to all others. Beyond what was shown only where that is of more
    than one time, and does not add up.
    """
    n, niet = len(g.laag), np.zeros(len(g.laag), dtype=bool)
    uit = _in_hele(toen, np.ones(n), np.maximum(g.laag, g.minst), np.minimum(g.hoog, g.meest))
    if uit is not None:
        return uit, niet, niet
    een = sparse.eye_array(n, format="csr")
    # a cell, less of it than its least, and more than its greatest; the same of what was shown, at a higher price
    ruim = sparse.block_array(
        [[een, een, None, None, None], [een, None, -een, None, None],
         [een, None, None, een, None], [een, None, None, None, -een]], format="csr"
    )  # fmt: skip
    oneindig = np.full(n, np.inf)
    regels = LinearConstraint(
        ruim,
        np.concatenate([g.minst, -oneindig, g.laag, -oneindig]),
        np.concatenate([oneindig, g.meest, oneindig, g.hoog]),
    )
    veel = np.full(n, _VEEL)
    prijs = np.concatenate([np.full(n, _BIJNA_NIETS), g.prijs, g.prijs, veel, veel])
    breed = replace(toen, relaties=sparse.hstack([toen.relaties, sparse.csr_matrix((toen.relaties.shape[0], 4 * n))]))
    uit = _in_hele(breed, prijs, np.zeros(5 * n), np.full(5 * n, np.inf), [regels])
    assert uit is not None  # all may be nought
    x = uit[:n]
    voorbij = (x < np.ceil(g.minst)) | (x > np.floor(g.meest))
    return x, voorbij, (x < np.ceil(g.laag)) | (x > np.floor(g.hoog))


def _in_hele(
    stelsel: Stelsel, prijs: Getallen, laag: Getallen, hoog: Getallen, ook: Sequence[LinearConstraint] = ()
) -> Getallen | None:
    """The whole numbers of the least price between these bounds that add up; None when there are none."""
    if (np.ceil(laag) > np.floor(hoog)).any():
        return None
    telt_op = gelijk_aan(stelsel.relaties, np.zeros(stelsel.relaties.shape[0]))
    uit = kleinste(prijs, [telt_op, *ook], np.ceil(laag), np.floor(hoog), geheel=True)
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
