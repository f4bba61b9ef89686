"""What the form of a sample says of questions 10 to 15, as counts to weigh against their kengetal."""

from collections.abc import Iterator
from typing import Final

from mkba.analyse.effectmeting.bijwerken.weging import ZWAKST, Telling, student
from mkba.analyse.effectmeting.publiceren.formulier import VERHOUDINGEN, vraagcellen
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.kern.woorden.velden import KNOPPEN, VELDEN

ZONDER_EFFECT: Final = (
    "een formulier van een steekproef vraagt niet naar soorten trajecten en dreigende escalaties, en wel naar vraag 11 "
    "tot en met 14"
)
"""Why questions 16 to 18 do not count."""


def tellingen_van_formulier(meting: Meting) -> Iterator[tuple[str, Telling]]:
    """The knobs of which both numbers are shown; more than all is no share and stays out.

    It is the judgement of the generalist, the weakest evidence. Weights, and trajecten that hang together in a
    household, make that more than one count for one; how far the latter do, few households tell badly. So does
    rounding: what is shown is off by as much as any number up to half its base.
    """
    for sleutel, a in meting.antwoorden.items():
        if sleutel in KNOPPEN and VELDEN[sleutel].vraag > 9 and a.teller is not None and a.n and a.teller <= a.n:
            samen = meting.spreiding.get(sleutel, 1.0)
            if sleutel in VERHOUDINGEN and (van := meting.huishoudens.toont(nieuw=VERHOUDINGEN[sleutel][0])):
                samen *= student(van - 1) ** 2
            deel, getoond = a.teller / a.n, _getoond(meting, sleutel) or a.n
            telt = 1 / (samen / a.n + _afronding(meting, deel, getoond))
            # shown from the threshold on, and what rounding can add to it; 11 and 12 not by how large the share is
            vanaf = 0.0 if sleutel in VERHOUDINGEN else (meting.drempel + meting.afronding / 2) / getoond
            yield sleutel, Telling(deel * telt, telt, sms=ZWAKST, vanaf=vanaf)


def _getoond(meting: Meting, sleutel: str) -> float:
    """The households that are shown with yes or no, also where a few of them gave no answer; 0 of 11 and 12."""
    if sleutel in VERHOUDINGEN:
        return 0.0
    return sum(meting.huishoudens.toont(**c) or 0.0 for c in vraagcellen(sleutel))


def _afronding(meting: Meting, deel: float, van: float) -> float:
    """The variance of a share that comes of rounding both its numbers, as a part of p (1 − p)."""
    if not 0 < deel < 1:
        return 0.0
    return meting.afronding**2 / 12 * (1 + deel**2) / van**2 / (deel * (1 - deel))
