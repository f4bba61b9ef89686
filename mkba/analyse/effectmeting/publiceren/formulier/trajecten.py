"""How a sample stands to its caseload, and questions 11 and 12: its trajecten, as far as they may be shown."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from mkba.analyse.effectmeting.publiceren.bijdragen import bedragregel
from mkba.analyse.effectmeting.publiceren.formulier.ja_nee import tel_ja_nee
from mkba.analyse.effectmeting.publiceren.formulier.rijen import NIEUW, Getallen, Steekproef
from mkba.analyse.effectmeting.publiceren.meting import VERBORGEN, Antwoord
from mkba.analyse.onderdrukking.stelsel import sleutel_van
from mkba.analyse.onderdrukking.tabellen import Bedragregel, Publicatie, rond_op
from mkba.invoer.steekproef import AANTALLEN, GESCHRAPT, START, TOEGEVOEGD, kolommen_van
from mkba.kern.woorden.trajecten import CASES, EERST_MINDER, TRAJECTKNOPPEN

_LIEP: Final = "liep"
"""What ran at the start with what was added."""


def publiceer_omvang_en_trajecten(s: Steekproef) -> Publicatie:
    """How the sample stands to the caseload, and numbers of trajecten of new and existing cases; each by itself."""
    cellen = {sleutel_van(wat=k): w for k, w in _omvang(s).items()}
    regel = bedragregel(s.drempel)
    dicht = tel_ja_nee(s, NIEUW, np.ones(len(s.rijen), dtype=bool)).klein
    for case in CASES:
        for wat in _wat(case):
            som = None if dicht else _som(s, case, wat, regel)
            cellen[sleutel_van(groep=case, wat=wat)] = None if som is None else rond_op(som, s.afronding)
    historie = {sleutel: (w,) for sleutel, w in cellen.items() if w is not None}
    return Publicatie(cellen, (("wat",), ("groep", "wat")), s.drempel, s.afronding, historie=historie)


def antwoorden_trajecten(s: Steekproef, t: Publicatie) -> Iterator[tuple[str, Antwoord]]:
    """Questions 11 and 12 where they were asked, from shown cells alone; without a value where it is hidden."""
    if NIEUW not in s.gevraagd or not any(a.aantallen for a in s.rijen):
        return
    for sleutel in EERST_MINDER:
        a, b = (t.toont(groep=TRAJECTKNOPPEN[sleutel].case, wat=wat) for wat in _deel(sleutel))
        yield sleutel, VERBORGEN if a is None or not b else Antwoord(a / b, a, b, "")


def samengaand(s: Steekproef, sleutel: str) -> tuple[float, bool] | None:
    """How many trajecten of question 11 or 12 count for one that comes by itself, before weights, and whether that was
    counted; None of a share of nothing or of all. Where it would say too much of one household: nothing, False."""
    teller, noemer = _deel(sleutel)
    kolom, _ = _leden(s, TRAJECTKNOPPEN[sleutel].case)
    y, x = kolom[teller], kolom[noemer]
    deel = float(y.sum() / x.sum())
    if not 0 < deel < 1:
        return None
    anders = y - deel * x
    if bedragregel(s.drempel).spreiding_zegt_te_veel(anders):
        return 0.0, False
    return float((anders**2).sum()) / (float(x.sum()) * deel * (1 - deel)), True


def _omvang(s: Steekproef) -> dict[str, float | None]:
    """Households of all generalists, of those that gave an answer, and in the sample; None where the difference
    with one of the others is small and not nothing."""
    per = {a.generalist: a.caseload for a in s.alle}
    wie_gaf = {a.generalist for a in s.rijen}
    caseload, geldt = sum(per.values()), sum(n for g, n in per.items() if g in wie_gaf)
    uit: dict[str, float | None] = {}
    getoond = [len(s.rijen)]
    for naam, w in (("caseload", caseload), ("geldt", geldt), ("getrokken", len(s.alle))):
        ver = all(w == ander or abs(w - ander) >= s.drempel for ander in getoond)
        uit[naam] = rond_op(w, s.afronding) if ver else None
        getoond += [w] if ver else []
    return uit


def _deel(sleutel: str) -> tuple[str, str]:
    """What a knob of question 11 or 12 counts and what that is a part of, as the cells call it."""
    geteld, van = kolommen_van(sleutel)
    return _kort(geteld), _LIEP if len(van) > 1 else _kort(van[0])


def _wat(case: str) -> tuple[str, ...]:
    """What is told of the trajecten of a case: of how many, and how many of these."""
    delen = [_deel(sleutel) for sleutel, knop in TRAJECTKNOPPEN.items() if knop.case == case]
    return tuple(dict.fromkeys((*(noemer for _, noemer in delen), *(teller for teller, _ in delen))))


def _kort(kolom: str) -> str:
    return kolom.removeprefix("trajecten_")


def _leden(s: Steekproef, case: str) -> tuple[dict[str, Getallen], Getallen]:
    """Trajecten of who is in a group and gave all three numbers, and their weights."""
    wie = [
        (a, w)
        for a, w in zip(s.rijen, s.gewicht, strict=True)
        if a.ja_nee.get(NIEUW) is (case == "nieuw") and len(a.aantallen) == len(AANTALLEN)
    ]
    kolom = {_kort(k): np.array([a.aantallen[k] for a, _ in wie], dtype=float) for k in AANTALLEN}
    return {**kolom, _LIEP: kolom[_kort(START)] + kolom[_kort(TOEGEVOEGD)]}, np.array([w for _, w in wie])


def _som(s: Steekproef, case: str, wat: str, regel: Bedragregel) -> float | None:
    """A weighted number of trajecten as one of the households that gave it; None where it says too much of one, or
    that (nearly) all of them dropped all, or none."""
    kolom, w = _leden(s, case)
    if len(w) < s.drempel:
        return None
    gewogen = len(w) * w * kolom[wat] / w.sum()
    for x in (kolom[wat], gewogen):
        wie = x[x > 0]
        if len(wie) < s.drempel or x.sum() < s.drempel or regel.ruimte(wie) > 0:
            return None
    alles = kolom[_wat(case)[0]]
    if wat == _kort(GESCHRAPT) and np.count_nonzero(alles != kolom[wat]) < s.drempel:
        return None
    return float(gewogen.sum())
