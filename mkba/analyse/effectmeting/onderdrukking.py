"""Which cells of linked tables may be published, so that no hidden cell can be worked back.

The tables are looked at together: a cell is known by what it counts ("team A, nzr"), so that tables which share a
margin share that cell, and all sums between cells are one system. Whoever reads the tables knows every visible cell,
every sum, and that nothing is negative. A hidden cell is safe when that knowledge leaves it enough room; how much is a
pair of linear programs per cell, and the cells that must be hidden with it are those along which it can move
(J.P. Kelly, B.L. Golden, A.A. Assad, *Cell suppression: disclosure protection for sensitive tabular data*, Networks 22
(1992); A. Hundepool e.a., *Statistical Disclosure Control*, Wiley (2012), chapters 4 and 5).

Counts are sensitive below a threshold, 0 included. Sums of euros are sensitive by the number of contributions, by
dominance (the largest two are more than 90%) and by the p%-rule (the second could know the first to within 10%).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from mkba.kern.tekst.notatie import nederlands

TOTAAL: Final = "totaal"
Sleutel = tuple[tuple[str, str], ...]
"""What a cell counts: pairs of a variable and its value, sorted; a variable that is not named is summed over."""
Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]
_SPELING: Final = 1e-6
_ZONDER_GRENS: Final = (3, 4)
"""Statuses of scipy for "unbounded" and "unbounded or infeasible"."""


@dataclass(frozen=True, eq=False)
class Stelsel:
    """Cells and the sums between them: ``relaties @ waarden == 0`` (a row per sum, -1 at its total)."""

    sleutels: tuple[Sleutel, ...]
    waarden: Getallen
    relaties: Any

    def plek(self, sleutel: Sleutel) -> int:
        """The index of a cell. Raises ValueError."""
        return self.sleutels.index(sleutel)


Tabelnaam = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Publicatie:
    """What may be shown. ``cellen``: every cell of the tables, None where it is hidden; ``tabellen``: the variables of
    each table; ``afronding``: the base that shown numbers are a multiple of (0: exact); ``uitleg``: why there is
    nothing new, or ""; ``historie``: all that was ever shown of a cell, this time last."""

    cellen: Mapping[Sleutel, float | None]
    tabellen: tuple[Tabelnaam, ...]
    drempel: float
    afronding: int = 0
    uitleg: str = ""
    historie: Mapping[Sleutel, tuple[float, ...]] = field(default_factory=dict)

    @property
    def verborgen(self) -> int:
        """How many cells are hidden."""
        return sum(w is None for w in self.cellen.values())

    def toont(self, **wat: str) -> float | None:
        """The number in one cell, None when it is hidden or in none of the tables."""
        return self.cellen.get(sleutel_van(**wat))

    def frame(self, tabel: Sequence[str]) -> pd.DataFrame:
        """A table with its totals: rows are the first variable, columns the others; a hidden cell is NA."""
        eerste, *rest = tabel
        waarden = {v: list(dict.fromkeys(w for s in self.cellen for naam, w in s if naam == v)) for v in tabel}
        kolommen: list[tuple[str | None, ...]] = list(product(*([*waarden[v], None] for v in rest)))
        inhoud = [
            [
                self.cellen.get(
                    sleutel_van(**{v: w for v, w in zip(tabel, (rij, *kolom), strict=True) if w is not None})
                )
                for kolom in kolommen
            ]
            for rij in (*waarden[eerste], None)
        ]
        koppen: Any = [", ".join(w or TOTAAL for w in k) or "aantal" for k in kolommen]
        rijen = pd.Index([*waarden[eerste], TOTAAL], name=eerste)
        return pd.DataFrame(inhoud, index=rijen, columns=koppen, dtype="Float64")


def sleutel_van(**wat: str) -> Sleutel:
    """The key of a cell: ``sleutel_van(team="A", klasse="nzr")``."""
    return tuple(sorted(wat.items()))


# --- counts ---------------------------------------------------------------------------------------------------------


def publiceer(
    eenheden: pd.DataFrame,
    tabellen: Sequence[Sequence[str]],
    drempel: float,
    afronding: int = 0,
    eerder: Publicatie | None = None,
) -> Publicatie:
    """Tables of counts of the rows of ``eenheden`` (households), by the variables (columns) of each table.

    ``eerder``: an earlier publication about (nearly) the same households. With fewer than ``drempel`` households more
    or less than then nothing new is published: the difference would be about them. Otherwise a cell that changed by
    less than the threshold is as sensitive as a small one. Empty values are a value ("onbekend"). Raises ValueError for
    a base of rounding above the threshold.
    """
    if not 0 <= afronding <= drempel:
        raise ValueError("afronding ligt tussen 0 en de drempel")
    alle = tuple(dict.fromkeys((*map(tuple, tabellen), *(eerder.tabellen if eerder is not None else ()))))
    soorten = als_soorten(eenheden, [t for t in alle if set(t) <= set(eenheden.columns)])
    stelsel = maak_stelsel(soorten, [t for t in alle if set(t) <= set(soorten.columns)])
    if eerder is not None and _te_weinig_anders(stelsel, eerder, drempel):
        uitleg = f"Minder dan {nederlands(drempel)} huishoudens verschil met de vorige publicatie: "
        return replace(eerder, uitleg=uitleg + "de eerdere cijfers blijven staan.")
    onder, gevoelig, vast = _bekend(stelsel, eerder, drempel)
    verborgen = te_verbergen(stelsel, gevoelig & ~vast, drempel, ondergrens=onder, geheel=True, vast=vast)
    getoond = {
        s: None if v else _op(w, afronding)
        for s, w, v in zip(stelsel.sleutels, stelsel.waarden, verborgen, strict=True)
    }
    return Publicatie(getoond, alle, drempel, afronding, historie=_historie(getoond, eerder))


def _historie(getoond: Mapping[Sleutel, float | None], eerder: Publicatie | None) -> dict[Sleutel, tuple[float, ...]]:
    """What was shown of each cell before and now."""
    uit = dict(eerder.historie) if eerder is not None else {}
    for sleutel, waarde in getoond.items():
        if waarde is not None and uit.get(sleutel, ())[-1:] != (waarde,):
            uit[sleutel] = (*uit.get(sleutel, ()), waarde)
    return uit


def _weinig_anders(stelsel: Stelsel, eerder: Publicatie, drempel: float) -> Masker:
    """Cells that differ by less than the threshold from anything that was ever shown of them."""
    ruis = eerder.afronding / 2
    uit = np.zeros(len(stelsel.waarden), dtype=bool)
    for i, (sleutel, waarde) in enumerate(zip(stelsel.sleutels, stelsel.waarden, strict=True)):
        uit[i] = any(0 < abs(waarde - toen) < drempel + ruis for toen in eerder.historie.get(sleutel, ()))
    return uit


def _verschil(stelsel: Stelsel, eerder: Publicatie) -> Getallen:
    """How much each cell differs from what was shown of it last; NaN where nothing ever was."""
    oud = [eerder.historie[s][-1] if s in eerder.historie else np.nan for s in stelsel.sleutels]
    uit: Getallen = stelsel.waarden - np.array(oud, dtype=np.float64)
    return uit


def _te_weinig_anders(stelsel: Stelsel, eerder: Publicatie, drempel: float) -> bool:
    """Whether the households are not the same as before, and too few differ to tell anything about them."""
    verschil = _verschil(stelsel, eerder)
    ruis = eerder.afronding / 2
    nieuw = set(stelsel.sleutels) - set(eerder.cellen)
    andere_waarde = any({n for n, _ in s} in [{n for n, _ in o} for o in eerder.cellen] for s in nieuw)
    gelijk = not (np.abs(verschil) > ruis).any() and not andere_waarde
    totaal = verschil[stelsel.plek(())]
    return not gelijk and bool(np.isnan(totaal) or abs(totaal) < drempel + ruis)


def _bekend(stelsel: Stelsel, eerder: Publicatie | None, drempel: float) -> tuple[Getallen, Masker, Masker]:
    """Least values that are known beforehand, the sensitive cells, and those that are public already.

    Sensitive is what is small, and what is little more or less than before. Whoever has the earlier tables and knows
    that households were only added, knows that no cell became smaller.
    """
    n = len(stelsel.waarden)
    klein = stelsel.waarden < drempel
    if eerder is None:
        return np.zeros(n), klein, np.zeros(n, dtype=bool)
    verschil = _verschil(stelsel, eerder)
    ruis = eerder.afronding / 2
    getoond = ~np.isnan(verschil)
    if not (np.abs(verschil[getoond]) > ruis).any():  # the same households: what was hidden then, stays so
        toen_weg = np.array([s in eerder.cellen and eerder.cellen[s] is None for s in stelsel.sleutels], dtype=bool)
        return np.zeros(n), klein | toen_weg, getoond
    alleen_erbij = not (verschil[getoond] < -ruis).any()
    onder = np.where(getoond & alleen_erbij, np.maximum(stelsel.waarden - np.nan_to_num(verschil) - ruis, 0.0), 0.0)
    gevoelig = klein | _weinig_anders(stelsel, eerder, drempel)
    return np.minimum(onder, stelsel.waarden), gevoelig, np.zeros(n, dtype=bool)


def als_soorten(eenheden: pd.DataFrame, tabellen: Sequence[Sequence[str]]) -> pd.DataFrame:
    """The variables of the tables as categories of texts without gaps: what is missing is a value of its own."""
    uit = {}
    for variabele in dict.fromkeys(v for t in tabellen for v in t):
        kolom = eenheden[variabele].astype("category")
        namen = [str(c) for c in kolom.cat.categories]
        kolom = kolom.cat.rename_categories(namen)
        if kolom.isna().any():
            kolom = (kolom if "onbekend" in namen else kolom.cat.add_categories("onbekend")).fillna("onbekend")
        uit[variabele] = kolom
    return pd.DataFrame(uit, index=eenheden.index)


def maak_stelsel(soorten: pd.DataFrame, tabellen: Sequence[Sequence[str]], som: pd.Series | None = None) -> Stelsel:
    """The cells of all tables with their margins, and every sum between them.

    ``soorten``: the variables as :func:`als_soorten` gives them; ``som``: what to add up, else rows are counted.
    """
    getal = pd.Series(1.0, index=soorten.index) if som is None else som.astype("float64")
    namen = {v: list(soorten[v].cat.categories) for v in soorten}
    waarden: dict[Sleutel, float] = {}
    relaties: list[tuple[Sleutel, list[Sleutel]]] = []
    delen = dict.fromkeys(d for t in tabellen for n in range(len(t) + 1) for d in combinations(sorted(t), n))
    for deel in delen:
        waarden |= _tel(getal, soorten, deel)
        # over each variable of a set of variables the cells add up to the set without it
        for weg in deel:
            rest = [v for v in deel if v != weg]
            for vast in product(*(namen[v] for v in rest)):
                basis = dict(zip(rest, vast, strict=True))
                relaties.append((sleutel_van(**basis), [sleutel_van(**basis, **{weg: w}) for w in namen[weg]]))
    sleutels = tuple(waarden)
    plek = {s: i for i, s in enumerate(sleutels)}
    rijen = [r for r, (_, cellen) in enumerate(relaties) for _ in range(len(cellen) + 1)]
    kolommen = [plek[s] for totaal, cellen in relaties for s in (totaal, *cellen)]
    getallen = [g for _, cellen in relaties for g in (-1.0, *[1.0] * len(cellen))]
    matrix = sparse.csr_matrix((getallen, (rijen, kolommen)), shape=(len(relaties), len(sleutels)))
    return Stelsel(sleutels, np.array(list(waarden.values()), dtype=np.float64), matrix)


def _tel(getal: pd.Series, soorten: pd.DataFrame, variabelen: Sequence[str]) -> dict[Sleutel, float]:
    if not variabelen:
        return {(): float(getal.sum())}
    groepen = getal.groupby([soorten[v] for v in variabelen], observed=False).sum()
    uit = {}
    for waarden, aantal in groepen.items():
        tuple_ = waarden if isinstance(waarden, tuple) else (waarden,)
        uit[sleutel_van(**dict(zip(variabelen, map(str, tuple_), strict=True)))] = float(aantal)
    return uit


def _op(getal: float, basis: int) -> float:
    return float(np.floor(getal / basis + 0.5) * basis) if basis else float(getal)


# --- sums of euros --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bedragregel:
    """When a sum says too much of one who contributed. ``dominantie``: share of the largest ``grootste``; ``p``: how
    near (a share of the largest contribution) nobody may come; ``drempel``: least number of contributions."""

    drempel: float
    grootste: int
    dominantie: float
    p: float

    def ruimte(self, bijdragen: Getallen) -> float:
        """The room that a sum needs, in its own unit; 0 when it may be shown. ``bijdragen`` are not negative.

        By the p%-rule the rest (without the largest two) hides the largest to within p%; what lacks is the room. A sum
        that is sensitive otherwise needs p% of itself at least.
        """
        x = np.sort(bijdragen[bijdragen > 0])[::-1]
        som = float(x.sum())
        if not som:
            return 0.0
        tekort = self.p * float(x[0]) - float(x[2:].sum())
        dominant = float(x[: self.grootste].sum()) > self.dominantie * som
        if len(bijdragen) < self.drempel or dominant or tekort > 0:
            return max(tekort, self.p * som)
        return 0.0


def publiceer_bedragen(
    eenheden: pd.DataFrame,
    bedrag: str,
    tabellen: Sequence[Sequence[str]],
    regel: Bedragregel,
    eerder: Publicatie | None = None,
    stap: float = 0,
    van: str = "",
) -> Publicatie:
    """Tables of sums of the column ``bedrag`` (0 or more per row) by the variables of each table.

    A row is what one household (or area) contributes to one cell; where one has more rows, ``van`` names the column
    that tells whose they are, so that a margin is judged by households too. Every cell that is sensitive by ``regel``
    is hidden, with the cells that would give it away to within its room; also one to which few or none contribute, as
    that says something of all others. ``eerder``: an earlier publication; a sum that changed by less than ``stap``
    since anything that was shown of it, is sensitive too. Raises ValueError for a negative contribution.
    """
    if (eenheden[bedrag] < 0).any():
        raise ValueError("een bijdrage is 0 of meer")
    soorten = als_soorten(eenheden, tabellen)
    stelsel = maak_stelsel(soorten, tabellen, som=eenheden[bedrag])
    getal = eenheden[bedrag].to_numpy(dtype=np.float64)
    wie = pd.factorize(eenheden[van])[0] if van else np.arange(len(eenheden))
    bijdragen = [_bijdragen(getal, soorten, s, wie) for s in stelsel.sleutels]
    weinig = np.array([len(b) < regel.drempel for b in bijdragen], dtype=bool)
    ruimte = np.array([regel.ruimte(b) for b in bijdragen])
    minst = regel.p * float(getal.mean()) if len(getal) else 0.0
    ruimte = np.where(weinig | (ruimte > 0), np.maximum(ruimte, minst), 0.0)
    if eerder is not None:
        ruimte = np.where(_weinig_anders(stelsel, eerder, stap), np.maximum(ruimte, stap), ruimte)
    verborgen = te_verbergen(stelsel, ruimte > 0, ruimte)
    getoond = {s: None if v else float(w) for s, w, v in zip(stelsel.sleutels, stelsel.waarden, verborgen, strict=True)}
    return Publicatie(getoond, tuple(map(tuple, tabellen)), regel.drempel, historie=_historie(getoond, eerder))


def _bijdragen(getal: Getallen, soorten: pd.DataFrame, sleutel: Sleutel, wie: NDArray[np.int_]) -> Getallen:
    """What each contributes to one cell; who has no row in it is not among them."""
    kies = np.ones(len(soorten), dtype=bool)
    for variabele, waarde in sleutel:
        kies &= (soorten[variabele] == waarde).to_numpy(dtype=bool)
    namen, plek = np.unique(wie[kies], return_inverse=True)
    return np.asarray(np.bincount(plek, weights=getal[kies], minlength=len(namen)), dtype=np.float64)


# --- the system -----------------------------------------------------------------------------------------------------


def te_verbergen(
    stelsel: Stelsel,
    gevoelig: Masker,
    ruimte: float | Getallen,
    ondergrens: Getallen | None = None,
    geheel: bool = False,
    vast: Masker | None = None,
) -> Masker:
    """The sensitive cells and the cells that must be hidden with them, so that every hidden cell keeps its room.

    ``ruimte``: for all or per cell. ``geheel``: cells are whole numbers, and a reader knows that; the interval of a
    sensitive count then goes from its ``ondergrens`` (0, or what is known beforehand) to ``ruimte`` above that, so that
    hidden does not mean small. Otherwise a sensitive sum can be ``ruimte`` more, and that much less (or 0). Whatever
    else is hidden has an interval at least as wide as the smallest room that is asked. ``vast``: cells that are public
    already. Of the cells that would do, those that count least are hidden. Where no set of cells does (what is public
    already says too much), all that is not public is hidden.
    """
    if not gevoelig.any():
        return gevoelig.copy()
    breed = np.broadcast_to(np.asarray(ruimte, dtype=np.float64), stelsel.waarden.shape)
    onder = np.zeros(len(stelsel.waarden)) if ondergrens is None else ondergrens
    omlaag = np.minimum(stelsel.waarden - onder, breed)
    omhoog = np.maximum(breed - omlaag, 1.0) if geheel else breed
    minst = float(breed[gevoelig].min())
    vrij = np.ones(len(gevoelig), dtype=bool) if vast is None else ~vast
    beschermer = _Beschermer(stelsel, onder, vrij)
    verborgen = gevoelig.copy()
    for cel in np.flatnonzero(gevoelig)[np.argsort(-stelsel.waarden[gevoelig], kind="stable")]:
        for stap in (-float(omlaag[cel]), float(omhoog[cel])):
            verborgen |= beschermer.bescherm(int(cel), stap, verborgen)
    # what was hidden to protect others must not be worked back either; hiding more never narrows an interval
    wachtrij = [int(c) for c in np.flatnonzero(verborgen)]
    while wachtrij:
        cel = wachtrij[-1]
        laag, hoog = interval(stelsel, verborgen, cel, onder, geheel)
        eigen = stelsel.waarden[cel]
        if gevoelig[cel]:
            veilig = laag <= eigen - omlaag[cel] + _SPELING and hoog >= eigen + omhoog[cel] - _SPELING
        else:
            veilig = hoog - laag >= minst - _SPELING
        if veilig:
            wachtrij.pop()
            continue
        nodig = float(omhoog[cel]) if gevoelig[cel] else minst
        erbij = beschermer.bescherm(cel, nodig, verborgen) & ~verborgen
        if not erbij.any():  # whole numbers leave less room than fractions: give way to the cheapest neighbour
            erbij = beschermer.buur(cel, verborgen)
        if not erbij.any():
            return vrij | gevoelig
        verborgen |= erbij
        wachtrij = [*(int(c) for c in np.flatnonzero(erbij)), *wachtrij]
    return verborgen


def interval(
    stelsel: Stelsel, verborgen: Masker, cel: int, ondergrens: Getallen | None = None, geheel: bool = False
) -> tuple[float, float]:
    """What a reader of the visible cells can say of a hidden one: its least and its greatest value (inf: no bound)."""
    if not verborgen[cel]:
        return float(stelsel.waarden[cel]), float(stelsel.waarden[cel])
    onder = np.zeros(len(stelsel.waarden)) if ondergrens is None else ondergrens
    weg = np.flatnonzero(verborgen)
    matrix = stelsel.relaties[:, weg]
    raakt = np.diff(matrix.indptr) > 0
    rechts = -(stelsel.relaties[:, ~verborgen] @ stelsel.waarden[~verborgen])[raakt]
    plek = int(np.searchsorted(weg, cel))
    grenzen = []
    for teken in (1.0, -1.0):
        doel = np.zeros(len(weg))
        doel[plek] = teken
        bounds = np.column_stack([onder[weg], np.full(len(weg), np.inf)])
        uit = linprog(doel, A_eq=matrix[raakt], b_eq=rechts, bounds=bounds, method="highs")
        if geheel and uit.status == 0 and np.abs(uit.x - np.round(uit.x)).max() > _SPELING:
            uit = milp(
                doel,
                integrality=np.ones(len(weg)),
                bounds=Bounds(np.ceil(onder[weg] - _SPELING), np.inf),
                constraints=LinearConstraint(matrix[raakt], rechts, rechts),
            )
        if uit.x is not None:
            grenzen.append(float(uit.x[plek]))
        else:  # the true values are a solution, so there is no bound; anything else counts as no room at all
            grenzen.append(teken * -np.inf if uit.status in _ZONDER_GRENS else float(stelsel.waarden[cel]))
    return grenzen[0], grenzen[1]


class _Beschermer:
    """Finds, for a hidden cell that must be able to move, the cheapest cells that move with it."""

    def __init__(self, stelsel: Stelsel, onder: Getallen, vrij: Masker) -> None:
        self.stelsel, self.vrij = stelsel, vrij
        self.matrix = sparse.hstack([stelsel.relaties, -stelsel.relaties]).tocsr()
        # a cell can rise without a bound that a reader knows, and fall to the least that is known
        self.boven = np.concatenate([np.where(vrij, np.inf, 0.0), np.where(vrij, stelsel.waarden - onder, 0.0)])
        self.prijs = stelsel.waarden + 1.0

    def bescherm(self, cel: int, stap: float, verborgen: Masker) -> Masker:
        """The cells that take part when ``cel`` moves by ``stap`` at the least cost; hidden ones cost nothing."""
        n = len(verborgen)
        if stap == 0:
            return np.zeros(n, dtype=bool)
        prijs = np.where(verborgen, _SPELING, self.prijs)
        boven = self.boven.copy()
        onder = np.zeros(2 * n)
        # the cell itself moves one way only
        onder[cel], boven[cel] = (stap, stap) if stap > 0 else (0.0, 0.0)
        onder[n + cel], boven[n + cel] = (-stap, -stap) if stap < 0 else (0.0, 0.0)
        uit = linprog(
            np.concatenate([prijs, prijs]),
            A_eq=self.matrix,
            b_eq=np.zeros(self.matrix.shape[0]),
            bounds=np.column_stack([onder, boven]),
            method="highs",
        )
        if uit.status != 0:
            return np.zeros(n, dtype=bool)
        bewogen: Masker = np.abs(uit.x[:n] - uit.x[n:]) > _SPELING
        return bewogen

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
