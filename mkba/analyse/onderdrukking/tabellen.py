"""What of linked tables may be published: counts of households, and sums of what each contributes.

Counts are sensitive below a threshold, 0 included, and where they differ by less than that from what was shown of them
before. Sums are sensitive by the number of contributions, by dominance (the largest two are more than 90%) and by the
p%-rule (the second could know the first to within 10%). What must be hidden with them, is for
:mod:`mkba.analyse.onderdrukking.verbergen` to say.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.analyse.onderdrukking.stelsel import (
    Getallen,
    Masker,
    Sleutel,
    Som,
    Stelsel,
    als_soorten,
    maak_stelsel,
    sleutel_van,
    uit_cellen,
)
from mkba.analyse.onderdrukking.tweemaal import Grenzen, Toen, passend, te_verbergen_na
from mkba.analyse.onderdrukking.verbergen import te_verbergen
from mkba.kern.tekst.notatie import nederlands

TOTAAL: Final = "totaal"
Tabelnaam = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Publicatie:
    """What may be shown. ``cellen``: every cell of the tables, None where it is hidden; ``tabellen``: the variables of
    each table; ``afronding``: the base that shown numbers are a multiple of (0: exact); ``uitleg``: why there is
    nothing new, or ""; ``historie``: all that was ever shown of a cell, this time last; ``sommen``: cells that are the
    sum of cells of another table."""

    cellen: Mapping[Sleutel, float | None]
    tabellen: tuple[Tabelnaam, ...]
    drempel: float
    afronding: int = 0
    uitleg: str = ""
    historie: Mapping[Sleutel, tuple[float, ...]] = field(default_factory=dict)
    sommen: tuple[Som, ...] = ()

    @property
    def verborgen(self) -> int:
        """How many cells are hidden."""
        return sum(w is None for w in self.cellen.values())

    def toont(self, **wat: str) -> float | None:
        """The number in one cell, None when it is hidden or in none of the tables."""
        return self.cellen.get(sleutel_van(**wat))

    def waarden(self, variabele: str) -> list[str]:
        """The values of one variable."""
        return list(dict.fromkeys(w for s in self.cellen for naam, w in s if naam == variabele))

    def frame(self, tabel: Sequence[str]) -> pd.DataFrame:
        """A table with its totals: rows are the first variable, columns the others; a hidden cell is NA."""
        eerste, *rest = tabel
        waarden = {v: self.waarden(v) for v in tabel}
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


def rond_op(getal: float, basis: int) -> float:
    """The nearest multiple of a base; half goes up. A base of 0 changes nothing."""
    return float(np.floor(getal / basis + 0.5) * basis) if basis else float(getal)


def ongeveer(aantal: int, drempel: float) -> str:
    """A count in a sentence: "minder dan 10" or rounded to the threshold, so that no difference gives a small one."""
    if aantal < drempel:
        return f"minder dan {nederlands(drempel)}"
    stap = max(drempel, 1)
    return f"ongeveer {nederlands(math.floor(aantal / stap + 0.5) * stap)}"


def samen(eerdere: Iterable[Publicatie]) -> Publicatie | None:
    """Earlier publications (oldest first) as one: what any of them hides is hidden, and all that they ever showed is
    remembered. One that never showed anything tells nothing. None without any."""
    uit: Publicatie | None = None
    for p in eerdere:
        if not p.historie and p.verborgen == len(p.cellen):
            continue
        if uit is None:
            uit = p
            continue
        cellen = {**uit.cellen, **p.cellen}
        weg = {s for q in (uit, p) for s, w in q.cellen.items() if w is None}
        historie = {
            s: tuple(dict.fromkeys((*uit.historie.get(s, ()), *p.historie.get(s, ()))))
            for s in (*uit.historie, *p.historie)
        }
        uit = Publicatie(
            {s: None if s in weg else w for s, w in cellen.items()},
            tuple(dict.fromkeys((*uit.tabellen, *p.tabellen))),
            max(uit.drempel, p.drempel),
            max(uit.afronding, p.afronding),
            historie=historie,
            sommen=tuple(dict.fromkeys((*uit.sommen, *p.sommen))),
        )
    return uit


# --- counts ---------------------------------------------------------------------------------------------------------


def publiceer(
    eenheden: pd.DataFrame,
    tabellen: Sequence[Sequence[str]],
    drempel: float,
    afronding: int = 0,
    eerder: Publicatie | None = None,
    *,
    sommen: Sequence[Som] = (),
    minstens: Mapping[Sleutel, float] | None = None,
    dicht: Iterable[Sleutel] = (),
    los: str = "",
    anders: bool = False,
    zelfde: bool = False,
    gewichten: Mapping[str, float] | None = None,
    verandert: Mapping[str, Mapping[str, int]] | None = None,
    groeit: bool = False,
) -> Publicatie:
    """Tables of counts of the rows of ``eenheden`` (households), by the variables (columns) of each table.

    ``eerder``: what was published before of (nearly) the same households. With fewer than ``drempel`` households more
    or less than then nothing new is published: the difference would be about them. Otherwise a cell that changed by
    less than the threshold is as sensitive as a small one, also one that did not change, and what was hidden stays so.
    Empty values are a value ("onbekend").

    ``sommen``: cells that are the sum of cells of another table; ``minstens``: what is known of a cell beforehand;
    ``dicht``: cells that may not be shown for another reason; ``los``: the variable of which a value that did not
    change as a whole tells nothing (a team); ``anders``: the households are not those of before, whatever the cells
    say; ``zelfde``: nobody came or left, so that a number that is as it was tells nothing; ``gewichten``: what the
    cells of a variable ("": the number of all) weigh (1) where there is a choice of what to hide; ``verandert``: by
    variable the values that a household may get (1) or lose (-1) later on, or either (0, also of a value that is not
    named); all else stays as it was; ``groeit``: one of then may have rows more now. Raises ValueError for a base of
    rounding above the threshold.
    """
    if not 0 <= afronding <= drempel:
        raise ValueError("afronding ligt tussen 0 en de drempel")
    toen = eerder.tabellen if eerder is not None else ()
    alle = tuple(t for t in dict.fromkeys((*map(tuple, tabellen), *toen)) if set(t) <= set(eenheden.columns))
    soorten = als_soorten(eenheden, alle)
    stelsel = maak_stelsel(soorten, alle, sommen=sommen)
    if eerder is not None and not anders and _te_weinig_anders(stelsel, eerder, drempel):
        uitleg = f"Minder dan {nederlands(drempel)} huishoudens verschil met de vorige publicatie: "
        return replace(eerder, uitleg=uitleg + "de eerdere cijfers blijven staan.")
    alles = (gewichten or {}).get("", 1.0)
    verborgen, vast = _verberg(
        stelsel,
        eerder,
        _Loop.van(stelsel, verandert or {}, zelfde, groeit),
        stelsel.waarden < drempel,
        np.full(len(stelsel.waarden), drempel),
        drempel,
        minstens=np.array([(minstens or {}).get(s, 0.0) for s in stelsel.sleutels], dtype=np.float64),
        mee=_zijn(stelsel, dicht),
        gewicht=np.array([min(((gewichten or {}).get(v, 1.0) for v, _ in s), default=alles) for s in stelsel.sleutels]),
        los=los,
        zelfde=zelfde,
        hetzelfde=eerder is not None and not anders and _hetzelfde(stelsel, eerder),
    )
    getoond = {
        s: None if v else eerder.historie[s][-1] if eerder is not None and oud else rond_op(w, afronding)
        for s, w, v, oud in zip(stelsel.sleutels, stelsel.waarden, verborgen, vast, strict=True)
    }
    aanwezig = tuple(som for som in sommen if {som[0], *som[1]} <= getoond.keys())
    return Publicatie(getoond, alle, drempel, afronding, historie=_historie(getoond, eerder), sommen=aanwezig)


@dataclass(frozen=True, eq=False)
class _Loop:
    """How cells can have gone since. ``teken``: 1 never down, -1 never up, 0 either; ``eigen``: of what a household
    keeps as long as it is there; ``staat``: as they were, all know; ``groeide``: of what all see has more."""

    teken: Getallen
    eigen: Masker
    staat: Masker
    groeide: Masker

    @classmethod
    def van(
        cls, stelsel: Stelsel, verandert: Mapping[str, Mapping[str, int]], zelfde: bool, groeit: bool = False
    ) -> "_Loop":
        """Of who was there and stayed. Where households came, what some of then lost may have been made up for."""
        kanten = [{verandert[v].get(w, 0) for v, w in s if v in verandert} for s in stelsel.sleutels]
        teken = [1.0 if not k else float(min(k)) if len(k) == 1 and (zelfde or min(k) > 0) else 0.0 for k in kanten]
        eigen = np.array([not groeit and not k for k in kanten], dtype=bool)
        return cls(np.array(teken), eigen, eigen & zelfde, np.zeros(len(teken), dtype=bool))

    def met_vertrek(self, stelsel: Stelsel, eerder: Publicatie, los: str) -> "_Loop":
        """Where fewer are left of a value of ``los`` (or of all) than was shown, some left: who sees that will think
        that nobody came to it; where others of its values have more, that says nothing of all together."""
        ruis = eerder.afronding / 2
        verschil = {
            (dict(s)[los] if s else ""): w - eerder.historie[s][-1]
            for s, w in zip(stelsel.sleutels, stelsel.waarden, strict=True)
            if s in eerder.historie and (not s or (len(s) == 1 and s[0][0] == los))
        }
        minder, meer = ({naam for naam, n in verschil.items() if kant * n > ruis} for kant in (-1, 1))
        namen = [dict(s).get(los, "") for s in stelsel.sleutels]
        loop = replace(self, groeide=np.array([n in meer - {""} for n in namen]))
        if not minder:
            return loop
        geheel = 0.0 if meer else -1.0
        kant = np.array([(-1.0 if n in minder else float(n in verschil)) if n else geheel for n in namen])
        teken = np.where(kant > 0, self.teken, np.where(self.eigen, kant, 0.0))
        return replace(loop, teken=teken)

    def behalve(self, cellen: NDArray[np.intp], kant: Getallen) -> "_Loop":
        """The same, but for these cells, which went to this side all the same."""
        teken, staat = self.teken.copy(), self.staat.copy()
        teken[cellen], staat[cellen] = kant, False
        return replace(self, teken=teken, staat=staat)


def _zijn(stelsel: Stelsel, sleutels: Iterable[Sleutel]) -> Masker:
    uit = np.zeros(len(stelsel.waarden), dtype=bool)
    uit[[stelsel.plekken[s] for s in sleutels if s in stelsel.plekken]] = True
    return uit


def _historie(getoond: Mapping[Sleutel, float | None], eerder: Publicatie | None) -> dict[Sleutel, tuple[float, ...]]:
    """What was shown of each cell before and now."""
    uit = dict(eerder.historie) if eerder is not None else {}
    for sleutel, waarde in getoond.items():
        if waarde is not None and uit.get(sleutel, ())[-1:] != (waarde,):
            uit[sleutel] = (*uit.get(sleutel, ()), waarde)
    return uit


def _toen_weg(stelsel: Stelsel, eerder: Publicatie) -> Masker:
    """What an earlier publication hides: a sum of which more becomes known later would tell what it was then."""
    return np.array([s in eerder.cellen and eerder.cellen[s] is None for s in stelsel.sleutels], dtype=bool)


def _verberg(
    stelsel: Stelsel,
    eerder: Publicatie | None,
    loop: _Loop,
    klein: Masker,
    ruimte: Getallen,
    drempel: float,
    *,
    minstens: Getallen,
    mee: Masker,
    gewicht: Getallen,
    los: str,
    zelfde: bool,
    hetzelfde: bool = False,
) -> tuple[Masker, Masker]:
    """The cells (in whole numbers) to hide, and those that are public already.

    ``klein``: what is sensitive by itself; also sensitive is what is little more or less than before. ``ruimte``: of
    what is sensitive; ``minstens``: what is known beforehand; ``hetzelfde``: all that was shown is as it was.
    """
    onder = np.minimum(minstens, stelsel.waarden)
    niets = np.zeros(len(klein), dtype=bool)
    if eerder is None:
        return te_verbergen(stelsel, klein, ruimte, onder, geheel=True, mee=mee, gewicht=gewicht), niets
    weg = _toen_weg(stelsel, eerder)
    weinig = niets if hetzelfde else _weinig_anders(stelsel, eerder, drempel, los, zelfde)
    bleef = _bleef(stelsel, eerder, los)
    # where nobody came, what is as it was, is known: hiding it protects nothing
    vast = (bleef | zelfde) & _als_toen(stelsel, eerder)
    loop = loop.met_vertrek(stelsel, eerder, los)
    if not hetzelfde:
        toen, loop = _toen(stelsel, eerder, loop)
        verborgen = te_verbergen_na(
            stelsel, toen, klein, ruimte, drempel, ondergrens=onder, mee=mee | weg | weinig, gewicht=gewicht,
            bleef=loop.staat if zelfde else bleef, vast=vast, teken=loop.teken,
        )  # fmt: skip
        return verborgen, vast
    vast = ~np.isnan(_verschil(stelsel, eerder)) & ~weg
    verborgen = te_verbergen(
        stelsel, (klein | weinig) & ~vast, ruimte, onder, geheel=True, vast=vast, mee=(mee | weg) & ~vast,
        gewicht=gewicht,
    )  # fmt: skip
    return verborgen, vast


def _hetzelfde(stelsel: Stelsel, eerder: Publicatie) -> bool:
    """Whether no number differs from what was shown of it."""
    verschil = np.abs(_verschil(stelsel, eerder))
    return not bool((verschil > eerder.afronding / 2).any())


def _bleef(stelsel: Stelsel, eerder: Publicatie, los: str) -> Masker:
    """Cells of a value of ``los`` that is as it was as a whole, for all to see."""
    ruis = eerder.afronding / 2
    gelijk = {
        dict(s)[los]
        for s, w in zip(stelsel.sleutels, stelsel.waarden, strict=True)
        if len(s) == 1 and s[0][0] == los and s in eerder.historie and abs(w - eerder.historie[s][-1]) <= ruis
    }
    return np.array([dict(s).get(los) in gelijk for s in stelsel.sleutels], dtype=bool)


def _weinig_anders(stelsel: Stelsel, eerder: Publicatie, drempel: float, los: str = "", zelfde: bool = False) -> Masker:
    """Cells that differ by less than the threshold from anything that was ever shown of them, or not at all.

    Not those that are as they were where nobody came or left: of a value of ``los`` that is as it was as a whole, and
    with ``zelfde`` everywhere.
    """
    ruis = eerder.afronding / 2
    bleef = _bleef(stelsel, eerder, los) | zelfde
    uit = np.zeros(len(stelsel.waarden), dtype=bool)
    for i, (sleutel, waarde) in enumerate(zip(stelsel.sleutels, stelsel.waarden, strict=True)):
        afstand = [abs(waarde - toen) for toen in eerder.historie.get(sleutel, ())]
        uit[i] = any(a < drempel + ruis for a in afstand) and not (bleef[i] and afstand[-1] <= ruis)
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


def _als_toen(stelsel: Stelsel, eerder: Publicatie) -> Masker:
    """Cells that were shown last and are as they were, as far as rounding tells."""
    verschil = np.abs(_verschil(stelsel, eerder))
    return np.asarray((np.nan_to_num(verschil, nan=np.inf) <= eerder.afronding / 2) & ~_toen_weg(stelsel, eerder))


def _toen(stelsel: Stelsel, eerder: Publicatie, loop: _Loop) -> tuple[Toen, _Loop]:
    """What was published before, as who knows that nobody left has it, and how cells went since.

    A cell that cannot fall, was shown once and not the last time, is known to be no less than then. Where a cell went
    the other way than it can (someone left, a moment was corrected, who was done began again), it is known to have gone
    that way, and of all others what was known before.
    """
    ruis = eerder.afronding / 2
    sleutels = list(eerder.cellen)
    toen = uit_cellen(sleutels, np.zeros(len(sleutels)), eerder.tabellen, eerder.sommen)
    plek = np.array([stelsel.plekken.get(s, -1) for s in sleutels])
    er = plek >= 0
    teken, staat = np.where(er, loop.teken[plek], 1.0), er & loop.staat[plek]
    nu = np.where(er, stelsel.waarden[plek], np.inf)
    ooit = np.array([max((*eerder.historie.get(s, ()), 0.0)) - ruis for s in sleutels])
    getoond = np.array([np.nan if (w := eerder.cellen[s]) is None else w for s in sleutels], dtype=np.float64)
    laag, hoog = np.maximum(np.nan_to_num(getoond - ruis, nan=0.0), 0.0), np.nan_to_num(getoond + ruis, nan=np.inf)
    al = np.where(teken > 0, ooit, 0.0)
    grenzen = Grenzen(
        laag,
        hoog,
        minst=np.maximum(al, np.where(er & ((teken < 0) | staat), nu, 0.0)),
        meest=np.where(teken > 0, nu, np.inf),
        prijs=1.0 + (er & loop.groeide[plek]),  # who left, is looked for elsewhere
    )
    waarden, anders, twijfel = passend(toen, grenzen)
    minst = np.where(anders, laag, np.maximum(laag, al))
    loop = loop.behalve(plek[anders & er], np.sign(nu - waarden)[anders & er])
    return Toen(
        replace(toen, waarden=waarden),
        np.isfinite(hoog) & ~twijfel,
        np.ceil(np.where(twijfel, 0.0, minst)),
    ), loop


# --- sums -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bedragregel:
    """When a sum says too much of one who contributed. ``dominantie``: share of the largest ``grootste``; ``p``: how
    near (a share of the largest contribution) nobody may come; ``drempel``: least number of contributions; ``minst``:
    what everyone contributes at least, as all know."""

    drempel: float
    grootste: int
    dominantie: float
    p: float
    minst: float = 0.0

    def ruimte(self, bijdragen: Getallen) -> float:
        """The room that a sum needs, in its own unit; 0 when it may be shown. ``bijdragen`` are not negative.

        By the p%-rule the rest (without the largest two) hides the largest to within p%; what lacks is the room. A sum
        that is sensitive otherwise needs p% of itself at least.
        """
        x = np.sort(bijdragen[bijdragen > 0])[::-1]
        som = float(x.sum())
        if not som:
            return 0.0
        tekort = self.p * float(x[0]) - float((x[2:] - self.minst).sum())
        dominant = float(x[: self.grootste].sum()) > self.dominantie * som
        if len(bijdragen) < self.drempel or dominant or tekort > 0:
            return max(tekort, self.p * som)
        return 0.0

    def spreiding_zegt_te_veel(self, bijdragen: Getallen) -> bool:
        """Whether the number, sum and sum of squares of contributions (also negative) tell the largest to within p%.

        The second largest knows himself too. Of n numbers with mean m and standard deviation s none is above
        m + s·√(n − 1), and one is that only when all others are alike (P.A. Samuelson, *JASA* 63 (1968)).
        """
        x = bijdragen if abs(bijdragen.max(initial=0.0)) >= abs(bijdragen.min(initial=0.0)) else -bijdragen
        if np.count_nonzero(x) < self.drempel:
            return True
        rest = np.delete(np.sort(x)[::-1], 1)
        hoogst = float(rest.mean() + rest.std() * np.sqrt(len(rest) - 1))
        return hoogst < (1 + self.p) * float(rest[0])


def publiceer_bedragen(
    eenheden: pd.DataFrame,
    bedrag: str,
    tabellen: Sequence[Sequence[str]],
    regel: Bedragregel,
    eerder: Publicatie | None = None,
    *,
    van: str = "",
    geheel: bool = False,
    afronding: int = 0,
    dicht: Iterable[Sleutel] = (),
    los: str = "",
    zelfde: bool = False,
) -> Publicatie:
    """Tables of sums of the column ``bedrag`` (0 or more per row) by the variables of each table.

    A row is what one household (or area) contributes to one cell; where one has more rows, ``van`` names the column
    that tells whose they are, so that a margin is judged by households too. Every cell that is sensitive by ``regel``
    is hidden, with the cells that would give it away to within its room; also one to which few or none contribute, as
    that says something of all others. ``geheel``: the sums are numbers of something (trajecten): then a hidden one has
    at least the threshold as its room, as counts have, and shown ones are rounded to ``afronding``. ``eerder``: an
    earlier publication, about other households in part; what was hidden stays so, and a number that changed by less
    than the threshold since anything that was shown of it, is sensitive too (of sums that are not ``geheel`` there is
    no earlier publication). ``dicht``, ``los`` and ``zelfde``: as in :func:`publiceer`. Raises ValueError for a
    negative contribution.
    """
    if (eenheden[bedrag] < 0).any():
        raise ValueError("een bijdrage is 0 of meer")
    if eerder is not None and not geheel:
        raise ValueError("alleen van hele aantallen is er een eerdere publicatie")
    soorten = als_soorten(eenheden, tabellen)
    stelsel = maak_stelsel(soorten, tabellen, som=eenheden[bedrag])
    getal = eenheden[bedrag].to_numpy(dtype=np.float64)
    wie = pd.factorize(eenheden[van])[0] if van else np.arange(len(eenheden))
    bijdragen = [_bijdragen(getal, soorten, s, wie) for s in stelsel.sleutels]
    weinig = np.array([len(b) < regel.drempel for b in bijdragen], dtype=bool)
    ruimte = np.array([regel.ruimte(b) for b in bijdragen])
    minst = regel.drempel if geheel else regel.p * float(getal.mean()) if len(getal) else 0.0
    weg = weinig | (ruimte > 0)
    if geheel:
        weg |= stelsel.waarden < regel.drempel
    nul, een = np.zeros(len(weg)), np.ones(len(weg))
    mee, ruimte = _zijn(stelsel, dicht), np.maximum(ruimte, minst)
    if geheel:
        loop = _Loop.van(stelsel, {}, zelfde, groeit=True)
        verborgen, vast = _verberg(
            stelsel, eerder, loop, weg, ruimte, minst, minstens=nul, mee=mee, gewicht=een, los=los, zelfde=zelfde
        )
    else:
        verborgen, vast = te_verbergen(stelsel, weg, ruimte, mee=mee), nul > 0
    getoond = {
        s: None if v else eerder.historie[s][-1] if eerder is not None and oud else rond_op(w, afronding)
        for s, w, v, oud in zip(stelsel.sleutels, stelsel.waarden, verborgen, vast, strict=True)
    }
    return Publicatie(
        getoond, tuple(map(tuple, tabellen)), regel.drempel, afronding, historie=_historie(getoond, eerder)
    )


def _bijdragen(getal: Getallen, soorten: pd.DataFrame, sleutel: Sleutel, wie: NDArray[np.int_]) -> Getallen:
    """What each contributes to one cell; who has no row in it is not among them."""
    kies = np.ones(len(soorten), dtype=bool)
    for variabele, waarde in sleutel:
        kies &= (soorten[variabele] == waarde).to_numpy(dtype=bool)
    namen, plek = np.unique(wie[kies], return_inverse=True)
    return np.asarray(np.bincount(plek, weights=getal[kies], minlength=len(namen)), dtype=np.float64)
