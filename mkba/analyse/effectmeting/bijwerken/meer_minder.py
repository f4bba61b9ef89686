"""Questions 16 and 17 from shown numbers: trajecten per household, and how they are divided over the kinds."""

from typing import Final

from mkba.analyse.effectmeting.bijwerken.gemeten import Gemeten
from mkba.analyse.effectmeting.bijwerken.weging import Aantal, schatting_van
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.publiceren.publicatie import gevolgden
from mkba.analyse.effectmeting.tellen.telling import VOETNOOT_13
from mkba.kern.woorden.effectvelden import aantal_veld
from mkba.kern.woorden.trajecten import CASES

STAND: Final = {"meer": "nieuw", "minder": "afgevallen"}
"""The stand of the trajecten that each question counts."""


def per_huishouden(meting: Meting, vraag: str, case: str) -> Gemeten | None:
    """A number of trajecten per household; where that of one group is hidden, of all in both (footnote 13)."""
    sleutel = aantal_veld(vraag, case)
    eigen = [meting.antwoorden.get(aantal_veld(vraag, c)) for c in CASES]
    if all(a is not None and a.teller is not None for a in eigen):
        a = meting.antwoorden[sleutel]
        teller, n, uitleg = a.teller, a.n, a.opmerking
    else:
        p, alle = meting.trajecten(STAND[vraag]), gevolgden(meting.huishoudens)
        teller, n, uitleg = (None if p is None else p.toont()), alle, VOETNOOT_13
    if teller is None or not n:
        return None
    schatting, reden = schatting_van(Aantal(round(teller), round(n), meting.spreiding.get(sleutel, 1.0)))
    return Gemeten(sleutel, teller / n, round(n), schatting, reden, opmerking=uitleg)


def verdeling(meting: Meting, stand: str) -> dict[str, float]:
    """Shares over the kinds of traject that may be shown, together 1; empty when none may. Those too small to show are
    taken to be as the others: which of them there were, is not to be known."""
    getoond = soorten_van(meting, stand)
    samen = sum(getoond.values())
    return {w: a / samen for w, a in getoond.items()} if samen else {}


def afgeschermd_deel(meting: Meting, stand: str) -> float:
    """Which part of the trajecten is of kinds too small to show."""
    p = meting.trajecten(stand)
    totaal = None if p is None else p.toont()
    return max(0.0, 1 - sum(soorten_van(meting, stand).values()) / totaal) if totaal else 0.0


def soorten_van(meting: Meting, stand: str) -> dict[str, float]:
    """How many trajecten there are of each kind that may be shown."""
    p = meting.trajecten(stand)
    return {} if p is None else {w: a for w in p.waarden("type") if (a := p.toont(type=w)) is not None}
