"""Which cells of linked tables to hide, so that no hidden cell can be worked back.

Whoever reads the tables knows every visible cell, every sum, and that nothing is negative. A hidden cell is safe when
that knowledge leaves it enough room; how much is a pair of linear programs per cell, and the cells that must be hidden
with it are those along which it can move (J.P. Kelly, B.L. Golden, A.A. Assad, *Cell suppression: disclosure protection
for sensitive tabular data*, Networks 22 (1992); A. Hundepool e.a., *Statistical Disclosure Control*, Wiley (2012),
chapters 4 and 5).
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from scipy import sparse

from mkba.analyse.onderdrukking.oplosser import SPELING, ZONDER_GRENS, gelijk_aan, kleinste
from mkba.analyse.onderdrukking.stelsel import Getallen, Masker, Stelsel


def te_verbergen(
    stelsel: Stelsel,
    gevoelig: Masker,
    ruimte: float | Getallen,
    ondergrens: Getallen | None = None,
    geheel: bool = False,
    vast: Masker | None = None,
    mee: Masker | None = None,
    gewicht: Getallen | None = None,
) -> Masker:
    """The sensitive cells and the cells that must be hidden with them, so that every hidden cell keeps its room.

    ``ruimte``: for all or per cell. ``geheel``: cells are whole numbers, and a reader knows that; the interval of a
    sensitive count then goes from its ``ondergrens`` (0, or what is known beforehand) to ``ruimte`` above that, so that
    hidden does not mean small. Otherwise a sensitive sum can be ``ruimte`` more, and that much less (or 0). Whatever
    else is hidden has an interval at least as wide as the smallest room that is asked. ``vast``: cells that are public
    already; ``mee``: cells that are hidden for another reason than what they count. Of the cells that would do, those
    that count least are hidden, times their ``gewicht`` (1). Where none is found, all that is not public is hidden;
    unless that would leave the cell no more room than it has, as what is public already says too much.
    """
    cellen = stelsel.waarden.shape
    onder = np.zeros(cellen) if ondergrens is None else ondergrens
    vraag = _Vraag(
        stelsel,
        gevoelig,
        gevoelig if mee is None else gevoelig | mee,
        np.ones(cellen, dtype=bool) if vast is None else ~vast,
        np.broadcast_to(np.asarray(ruimte, dtype=np.float64), cellen),
        np.ceil(onder - SPELING) if geheel else onder,  # between 22.5 and 23 there is no number of households
        np.ones(cellen) if gewicht is None else gewicht,
        geheel,
    )
    return _verberg(vraag).copy()


@dataclass(frozen=True, eq=False)
class _Vraag:
    """What :func:`te_verbergen` is asked, per cell; two are equal when every number in them is."""

    stelsel: Stelsel
    gevoelig: Masker
    weg: Masker  # hidden beforehand: gevoelig, and for another reason
    vrij: Masker  # not public already
    breed: Getallen
    onder: Getallen
    gewicht: Getallen
    geheel: bool
    getallen: tuple[bytes, ...] = field(init=False)

    def __post_init__(self) -> None:
        relaties = self.stelsel.relaties
        per_cel = (self.stelsel.waarden, self.gevoelig, self.weg, self.vrij, self.breed, self.onder, self.gewicht)
        reeksen = (*per_cel, relaties.indptr, relaties.indices, relaties.data)
        object.__setattr__(self, "getallen", tuple(np.asarray(r).tobytes() for r in (*reeksen, self.geheel)))

    def __hash__(self) -> int:
        return hash(self.getallen)

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, _Vraag) and self.getallen == ander.getallen


@lru_cache(maxsize=64)  # one report asks for the same tables more than once, and so does the next one
def _verberg(vraag: _Vraag) -> Masker:
    stelsel, gevoelig, weg, vrij = vraag.stelsel, vraag.gevoelig, vraag.weg, vraag.vrij
    breed, onder, geheel = vraag.breed, vraag.onder, vraag.geheel
    if not weg.any():
        return weg
    omlaag = np.minimum(stelsel.waarden - onder, breed)
    omhoog = np.maximum(breed - omlaag, 1.0) if geheel else breed
    minst = float(breed[weg].min())
    beschermer = _Beschermer(stelsel, onder, vrij, vraag.gewicht)
    verborgen = weg.copy()
    # the least and the greatest that each cell is in some table that a reader cannot tell from the true one
    gezien = _Gezien(stelsel.waarden, geheel)
    for cel in np.flatnonzero(gevoelig)[np.argsort(-stelsel.waarden[gevoelig], kind="stable")]:
        for stap in (-float(omlaag[cel]), float(omhoog[cel])):
            verborgen |= beschermer.bescherm(int(cel), stap, verborgen, gezien)
    # what was hidden to protect others must not be worked back either; hiding more never narrows an interval
    wachtrij = [int(c) for c in np.flatnonzero(verborgen)]
    while wachtrij:
        cel = wachtrij[-1]
        eigen = stelsel.waarden[cel]

        def veilig(laag: float, hoog: float, cel: int = cel, eigen: float = eigen) -> bool:
            if gevoelig[cel]:
                return bool(laag <= eigen - omlaag[cel] + SPELING and hoog >= eigen + omhoog[cel] - SPELING)
            return bool(hoog - laag >= minst - SPELING)

        if veilig(*gezien[cel]) or veilig(*(nu := interval(stelsel, verborgen, cel, onder, geheel, gezien))):
            wachtrij.pop()
            continue
        nodig = float(omhoog[cel]) if gevoelig[cel] else minst
        erbij = beschermer.bescherm(cel, nodig, verborgen, gezien) & ~verborgen
        if not erbij.any():  # whole numbers leave less room than fractions: give way to the cheapest neighbour
            erbij = beschermer.buur(cel, verborgen)
        if not erbij.any():
            meest = interval(stelsel, vrij | weg, cel, onder, geheel)
            if nu[0] > meest[0] + SPELING or nu[1] < meest[1] - SPELING:
                return vrij | weg
            wachtrij.pop()  # what is public already says this much, and hiding the rest would not change it
        verborgen |= erbij
        wachtrij = [*(int(c) for c in np.flatnonzero(erbij)), *wachtrij]
    return verborgen


class _Gezien:
    """What every cell was at least and at most in the solutions so far: each is a table that a reader cannot rule out,
    also when more is hidden later."""

    def __init__(self, waarden: Getallen, geheel: bool) -> None:
        self.geheel, self.laag, self.hoog = geheel, waarden.copy(), waarden.copy()

    def __getitem__(self, cel: int) -> tuple[float, float]:
        return float(self.laag[cel]), float(self.hoog[cel])

    def neem(self, waarden: Getallen, plekken: Masker | slice = slice(None)) -> None:
        """One more of those tables; where numbers are whole, only a whole one."""
        if self.geheel and np.abs(waarden - np.round(waarden)).max(initial=0.0) > SPELING:
            return
        self.laag[plekken] = np.minimum(self.laag[plekken], waarden)
        self.hoog[plekken] = np.maximum(self.hoog[plekken], waarden)


def interval(
    stelsel: Stelsel,
    verborgen: Masker,
    cel: int,
    ondergrens: Getallen | None = None,
    geheel: bool = False,
    gezien: _Gezien | None = None,
) -> tuple[float, float]:
    """What a reader of the visible cells can say of a hidden one: its least and its greatest value (inf: no bound)."""
    if not verborgen[cel]:
        return float(stelsel.waarden[cel]), float(stelsel.waarden[cel])
    onder = np.zeros(len(stelsel.waarden)) if ondergrens is None else ondergrens
    weg = np.flatnonzero(verborgen)
    matrix = stelsel.relaties[:, weg]
    raakt = np.diff(matrix.indptr) > 0
    plek = int(np.searchsorted(weg, cel))
    if not raakt.any():
        return float(onder[cel]), float("inf")
    rechts = -(stelsel.relaties[:, ~verborgen] @ stelsel.waarden[~verborgen])[raakt]
    regels = [gelijk_aan(matrix[raakt], rechts)]
    grenzen = []
    for teken in (1.0, -1.0):
        doel = np.zeros(len(weg))
        doel[plek] = teken
        uit = kleinste(doel, regels, onder[weg], np.inf)
        if geheel and uit.status == 0 and np.abs(uit.x - np.round(uit.x)).max() > SPELING:
            uit = kleinste(doel, regels, np.ceil(onder[weg] - SPELING), np.inf, geheel=True)
        if uit.x is not None:
            grenzen.append(float(uit.x[plek]))
            if gezien is not None:
                gezien.neem(uit.x, verborgen)
        else:  # the true values are a solution, so there is no bound; anything else counts as no room at all
            grenzen.append(teken * -np.inf if uit.status in ZONDER_GRENS else float(stelsel.waarden[cel]))
    return grenzen[0], grenzen[1]


class _Beschermer:
    """Finds, for a hidden cell that must be able to move, the cheapest cells that move with it."""

    def __init__(self, stelsel: Stelsel, onder: Getallen, vrij: Masker, gewicht: Getallen) -> None:
        self.stelsel, self.vrij = stelsel, vrij
        self.relaties = stelsel.relaties.tocsc()
        self.matrix = sparse.hstack([self.relaties, -self.relaties], format="csc")
        # a cell can rise without a bound that a reader knows, and fall to the least that is known
        self.stijgt, self.daalt = np.where(vrij, np.inf, 0.0), np.where(vrij, stelsel.waarden - onder, 0.0)
        self.prijs = (stelsel.waarden + 1.0) * gewicht

    def bescherm(self, cel: int, stap: float, verborgen: Masker, gezien: _Gezien) -> Masker:
        """The cells that take part when ``cel`` moves by ``stap`` at the least cost; hidden ones cost nothing."""
        niemand = np.zeros(len(verborgen), dtype=bool)
        laag, hoog = gezien[cel]
        eigen = float(self.stelsel.waarden[cel])
        if (
            stap == 0
            or not self.stelsel.relaties.shape[0]
            or (stap < 0 and laag <= eigen + stap)
            or (stap > 0 and hoog >= eigen + stap)
        ):
            return niemand
        stappen = self._verborgen_stappen(cel, stap, verborgen)
        if stappen is None:
            stappen = self._goedkoopste_stappen(cel, stap, verborgen)
        if stappen is None:
            return niemand
        gezien.neem(self.stelsel.waarden + stappen)
        bewogen: Masker = np.abs(stappen) > SPELING
        return bewogen

    def _verborgen_stappen(self, cel: int, stap: float, verborgen: Masker) -> Getallen | None:
        """How hidden cells can move when ``cel`` moves by ``stap``; None when they alone cannot: most can, and this is
        a far smaller question than the one below."""
        wie = np.flatnonzero(verborgen)
        matrix = self.relaties[:, wie]
        matrix = matrix[np.bincount(matrix.indices, minlength=matrix.shape[0]) > 0]
        if not matrix.shape[0]:
            return None
        onder, boven = -self.daalt[wie], self.stijgt[wie]
        plek = np.searchsorted(wie, cel)
        onder[plek] = boven[plek] = stap
        uit = kleinste(np.zeros(len(wie)), [gelijk_aan(matrix, np.zeros(matrix.shape[0]))], onder, boven)
        if uit.status != 0:
            return None
        stappen = np.zeros(len(verborgen))
        stappen[wie] = uit.x
        return stappen

    def _goedkoopste_stappen(self, cel: int, stap: float, verborgen: Masker) -> Getallen | None:
        """How cells move with ``cel`` at the least cost, hidden ones for next to nothing; None when nothing can."""
        n = len(verborgen)
        prijs = np.where(verborgen, SPELING, self.prijs)
        onder, boven = np.zeros(2 * n), np.concatenate([self.stijgt, self.daalt])
        # the cell itself moves one way only
        onder[cel], boven[cel] = (stap, stap) if stap > 0 else (0.0, 0.0)
        onder[n + cel], boven[n + cel] = (-stap, -stap) if stap < 0 else (0.0, 0.0)
        regels = [gelijk_aan(self.matrix, np.zeros(self.matrix.shape[0]))]
        uit = kleinste(np.concatenate([prijs, prijs]), regels, onder, boven)
        return uit.x[:n] - uit.x[n:] if uit.status == 0 else None

    def buur(self, cel: int, verborgen: Masker) -> Masker:
        """The cheapest visible cell that shares a sum with this one."""
        matrix = self.stelsel.relaties
        rijen = matrix.tocsc()[:, [cel]].nonzero()[0]
        buren = np.unique(matrix[rijen].nonzero()[1])
        zichtbaar = [int(b) for b in buren if self.vrij[b] and not verborgen[b]]
        uit = np.zeros(len(verborgen), dtype=bool)
        if zichtbaar:
            uit[min(zichtbaar, key=lambda b: self.prijs[b])] = True
        return uit
