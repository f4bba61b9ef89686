"""What the form of a sample says of questions 10 to 15, as counts to weigh against their kengetal."""

from collections.abc import Iterator
from typing import Final

from mkba.analyse.effectmeting.bijwerken.weging import ZWAKST, Telling, student
from mkba.analyse.effectmeting.publiceren.formulier import VERHOUDINGEN
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
    household, make that more than one count for one; how far the latter do, few households tell badly.
    """
    for sleutel, a in meting.antwoorden.items():
        if sleutel in KNOPPEN and VELDEN[sleutel].vraag > 9 and a.teller is not None and a.n and a.teller <= a.n:
            samen = meting.spreiding.get(sleutel, 1.0)
            if sleutel in VERHOUDINGEN and (van := meting.huishoudens.toont(nieuw=VERHOUDINGEN[sleutel][0])):
                samen *= student(van - 1) ** 2
            yield sleutel, Telling(a.teller / samen, a.n / samen, sms=ZWAKST)
