"""The questions of a form to answer with yes or no: their tables, and the share that they show.

Each question is a table of its own (yes, no, and without an answer where these are more than a few) in one system with
the households that answered anything; question 14 is one of type and answer. What is shown, is a share of all
households of the caseload as a number of the sample, rounded: no weighted share leaves the house by itself. So a shown
number fits with any few households that left the question open, and with many ways in which the answers lie with the
generalists.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.effectmeting.publiceren.formulier.rijen import ESCALATIE, Masker, Steekproef, vraagcellen, woorden
from mkba.analyse.effectmeting.publiceren.huishoudens import als_soort, teamnaam
from mkba.analyse.effectmeting.publiceren.meting import VERBORGEN, Antwoord
from mkba.analyse.onderdrukking.stelsel import ONBEKEND, Sleutel, sleutel_van
from mkba.analyse.onderdrukking.tabellen import Publicatie, publiceer, rond_op
from mkba.invoer.steekproef import JA_NEE
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import TYPEN

_GEWICHTEN: Final = {**dict.fromkeys(JA_NEE, 1e-2), "type": 1e-1, "team": 1e-1}
"""Rather a question is hidden than the number of households. A choice of what to hide, not of whether."""
_CIJFERS: Final = 9
"""Decimals within which a weighted count is one that a whole number of households gives."""


@dataclass(frozen=True, slots=True)
class Cellen:
    """Yes and no of one question among some households: shown numbers before they are rounded. ``n``: the households
    that the two are of; ``ja``: of these as many as the weighted share; ``klein``: whether one of the two is few."""

    n: int
    ja: float
    klein: bool


def publiceer_ja_nee(s: Steekproef) -> Publicatie:
    """The tables of yes and no, per type for question 14, and the households per team."""
    frame = pd.DataFrame({v: _kolom(s, v) for v in s.gevraagd})
    frame["type"] = als_soort(pd.Series([a.type or None for a in s.rijen], dtype=object), TYPEN)
    tabellen: list[tuple[str, ...]] = [(v,) for v in s.gevraagd if v != ESCALATIE]
    tabellen.append(("type", ESCALATIE) if ESCALATIE in s.gevraagd else ("type",))
    apart = s.drempel + 1  # of a question: fewer are no group of their own
    minstens = {
        sleutel_van(**{v: ONBEKEND}): 1.0 if v == "type" else apart for v in frame if (frame[v] == ONBEKEND).any()
    }
    if any(a.team for a in s.rijen):
        frame["team"] = _team(s)
        tabellen.append(("team",))
        minstens |= {sleutel_van(team=t): 1.0 for t in frame["team"].cat.categories}
    vragen = _vragen(s)
    dicht = [sleutel for sleutel, (cellen, _, _) in vragen.items() if cellen.klein]
    # question 14 is asked per type: rather that than all types together
    dicht += [sleutel_van(**{ESCALATIE: w}) for w in woorden(ESCALATIE)]
    exact = publiceer(frame, tabellen, s.drempel, 0, dicht=dicht, minstens=minstens, gewichten=_GEWICHTEN)
    getoond = {sleutel: None if w is None else rond_op(w, s.afronding) for sleutel, w in exact.cellen.items()}
    for sleutel, (cellen, is_ja, groep) in vragen.items():
        if getoond[sleutel] is None:
            continue
        n, ja = rond_op(cellen.n, s.afronding), rond_op(cellen.ja, s.afronding)
        # what is left of a shown number, and not a rounding of its own: two of these would tell more than one
        getoond[sleutel] = ja if is_ja else n - ja
        open_ = sleutel_van(**groep, **{_vraag(sleutel): ONBEKEND})
        if getoond.get(open_) is not None and (alle := getoond[sleutel_van(**groep)]) is not None:
            getoond[open_] = alle - n
    historie = {sleutel: (w,) for sleutel, w in getoond.items() if w is not None}
    return Publicatie(getoond, exact.tabellen, s.drempel, s.afronding, historie=historie)


def antwoorden_ja_nee(s: Steekproef, p: Publicatie) -> Iterator[tuple[str, Antwoord]]:
    """Every question that was asked, from shown cells alone; without a value where it is hidden."""
    for vraag in s.gevraagd:
        for type_ in TYPEN if vraag == ESCALATIE else ("",):
            sleutel = f"{vraag}.{type_}" if type_ else vraag
            yield sleutel, _aandeel(s, p, vraag, sleutel)


def _aandeel(s: Steekproef, p: Publicatie, vraag: str, sleutel: str) -> Antwoord:
    """A share; where a few left the question open, as if these were as many as may be without a table of them."""
    ja, nee = (p.toont(**c) for c in vraagcellen(sleutel))
    if ja is None or nee is None:
        return VERBORGEN
    n, deel = ja + nee, ja / (ja + nee)
    if _apart(s, vraag) or not np.isnan(s.ja[vraag]).any():
        return Antwoord(deel, ja, n, "")
    n = max(1.0, n - s.drempel)
    weinig = nederlands(s.drempel)
    return Antwoord(
        deel, deel * n, n, f"hoogstens {weinig} lieten deze vraag open: gerekend alsof het er {weinig} zijn"
    )


def _kolom(s: Steekproef, vraag: str) -> pd.Series:
    """A question as a category; who left it open is with no, unless these are more than a few."""
    ja, nee = woorden(vraag)
    leeg = ONBEKEND if _apart(s, vraag) else nee
    return als_soort(pd.Series(np.where(np.isnan(s.ja[vraag]), leeg, np.where(s.ja[vraag] == 1, ja, nee))), (ja, nee))


def _apart(s: Steekproef, vraag: str) -> bool:
    """Whether so many left a question open that they are a group of their own. Of fewer than three times the
    threshold no yes or no is shown then, and that it is a group would tell how few gave one."""
    return bool(np.isnan(s.ja[vraag]).sum() > s.drempel) and len(s.rijen) >= 3 * s.drempel


def _team(s: Steekproef) -> pd.Series:
    per = Counter(a.team for a in s.rijen)
    namen = [teamnaam(a.team, per[a.team], s.drempel) if a.team else None for a in s.rijen]
    return als_soort(pd.Series(namen, dtype=object), sorted({n for n in namen if n}))


def _vragen(s: Steekproef) -> dict[Sleutel, tuple[Cellen, bool, dict[str, str]]]:
    """Every cell of yes and no with what it is made of, whether it is yes, and the group of households."""
    types = np.array([a.type or ONBEKEND for a in s.rijen])
    uit: dict[Sleutel, tuple[Cellen, bool, dict[str, str]]] = {}
    for vraag in s.gevraagd:
        per_type = [{"type": t} for t in dict.fromkeys((*TYPEN, *types))]
        groepen: list[dict[str, str]] = per_type if vraag == ESCALATIE else [{}]
        for groep in groepen:
            wie = types == groep["type"] if groep else np.ones(len(types), dtype=bool)
            cellen = tel_ja_nee(s, vraag, wie)
            ja, nee = woorden(vraag)
            uit |= {sleutel_van(**groep, **{vraag: w}): (cellen, w == ja, groep) for w in (ja, nee)}
    return uit


def _vraag(sleutel: Sleutel) -> str:
    return next(v for v, _ in sleutel if v != "type")


def tel_ja_nee(s: Steekproef, vraag: str, wie: Masker) -> Cellen:
    """Yes and no of a question among the households of ``wie`` (n,)."""
    gaf = wie & ~np.isnan(s.ja[vraag])
    ja, w = s.ja[vraag][gaf], s.gewicht[gaf]
    n = int((gaf if _apart(s, vraag) else wie).sum())
    if not len(ja):
        return Cellen(n, 0.0, True)
    gewogen = round(n * float(w @ ja / w.sum()), _CIJFERS)
    klein = min(ja.sum(), len(ja) - ja.sum(), gewogen, n - gewogen) < s.drempel
    verraadt = n > len(ja) and not _past_bij_elk_aantal_open(s, n, gewogen)
    return Cellen(n, gewogen, bool(klein) or verraadt or _een_weegt_te_zwaar(s, gaf, vraag))


def _past_bij_elk_aantal_open(s: Steekproef, n: int, ja: float) -> bool:
    """Whether a shown number fits with every number of households, up to the threshold, that left the question
    open: of yes and of no there are at least the threshold, which near it leaves little room for these."""
    weinig, getoond, half = s.drempel, rond_op(ja, s.afronding), s.afronding / 2
    for open_ in range(1, int(weinig) + 1):
        deel = (n - open_) / n
        laag = max(weinig, np.ceil((getoond - half) * deel))
        hoog = min(n - open_ - weinig, np.ceil((getoond + half) * deel) - 1)
        if laag > hoog:
            return False
    return True


def _een_weegt_te_zwaar(s: Steekproef, gaf: Masker, vraag: str) -> bool:
    """Whether a generalist weighs so much that a share would tell how his answers lie: with all answers of the
    others unknown, and the rounding, to within fewer than the threshold (or than he gave)."""
    namen, wie = np.unique(s.generalist[gaf], return_inverse=True)
    n = np.bincount(wie)
    ja = np.bincount(wie, s.ja[vraag][gaf])
    samen = np.bincount(wie, s.gewicht[gaf])
    alle = samen.sum()
    # a half unit of rounding at either side, in weights
    ruimte = (alle - samen + s.afronding * alle / gaf.sum()) / (samen / n)
    klein = np.minimum(ja, n - ja) < s.drempel
    return bool((klein & (ruimte < np.minimum(n, s.drempel)) & (len(namen) > 1)).any())
