"""What was measured of questions 1 to 15: answers with their intervals, and counts to weigh against their kengetal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from mkba.analyse.effectmeting.bijwerken.bewijs import ZWAKST, Effect, Telling, schatting_van, verbreed
from mkba.analyse.effectmeting.bijwerken.weging import TE_WEGEN
from mkba.analyse.effectmeting.publiceren.antwoorden import KINDEREN_OP
from mkba.analyse.effectmeting.publiceren.formulier.rijen import vraagcellen
from mkba.analyse.effectmeting.publiceren.huishoudens import gevolgden
from mkba.analyse.effectmeting.publiceren.meting import Antwoord, Meting
from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN
from mkba.analyse.effectmeting.zekerheid.intervallen import Schatting, ruis_van_afronden
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.trajecten import TRAJECTKNOPPEN
from mkba.kern.woorden.velden import GROEPEN, VELDEN


@dataclass(frozen=True, slots=True)
class Gemeten:
    """One measured answer. ``schatting``: with its 95% interval, None with ``reden``; ``waarvan``: what n counts."""

    sleutel: str
    waarde: float
    n: int | None
    schatting: Schatting | None
    reden: str
    waarvan: str = "huishoudens"
    opmerking: str = ""


FEITEN: Final = frozenset(
    s for s, v in VELDEN.items() if 1 <= v.vraag <= 7 and v.soort not in ("ja_nee", "disciplines", "tekst")
)


def antwoorden_van(meting: Meting) -> Iterator[Gemeten]:
    """The measured answers to questions 1 to 7 that may be shown, with their intervals."""
    for sleutel, a in meting.antwoorden.items():
        if sleutel in FEITEN and a.waarde is not None:
            n = None if a.n is None else round(a.n)
            schatting, reden = _schatting(sleutel, a, meting)
            yield Gemeten(sleutel, a.waarde, n, schatting, reden, "huishoudens" if n else "team", a.opmerking)


def _schatting(sleutel: str, a: Antwoord, meting: Meting) -> tuple[Schatting | None, str]:
    """The interval of a share or an average; of what was counted whole there is none."""
    if a.teller is not None and a.n is not None:
        return schatting_van(aandeel(meting, a.teller, a.n))
    if a.n is None or a.n == a.waarde or a.waarde is None:
        return None, ""
    if not (spreiding := meting.spreiding.get(sleutel)):
        return None, "een gemiddelde zonder spreiding"
    # both numbers of the average were rounded, and so was the average: each is off by any number up to half the base
    rond = meting.afronding**2 / 12 * (1 + a.waarde**2) / a.n**2 + KINDEREN_OP**2 / 12
    fout = float(np.sqrt(spreiding * a.waarde / a.n + rond))
    return schatting_van(Effect(a.waarde, fout, round(a.n), vrij=round(a.n) - 1))


def aandeel(meting: Meting, teller: float, n: float) -> Telling:
    """A share of households of two shown numbers: both were rounded, and it is known from how many on it is there."""
    return Telling(round(teller), round(n), rond=meting.afronding, vanaf=meting.getoond_vanaf() / n)


def groep_heel(sleutel: str, feiten: Mapping[str, Any]) -> bool:
    """Shares that add up to 100% count together or not at all; of the zwaarte niet_actief is no class of a team."""
    leden = next((g for g in GROEPEN.values() if sleutel in g), (sleutel,))
    return all(s in feiten or s.endswith(".niet_actief") for s in leden)


def aangevuld(feiten: Mapping[str, tuple[float, int]]) -> dict[str, tuple[float, int]]:
    """With no households outside the active ones: who is in the registration is in the aanpak."""
    niemand = {
        f"zwaarte.{t}.niet_actief": (0.0, feiten[f"zwaarte.{t}.ev"][1]) for t in TYPEN if f"zwaarte.{t}.ev" in feiten
    }
    return {**feiten, **niemand}


def tellingen(meting: Meting) -> Iterator[tuple[str, Telling]]:
    """The knobs of questions 10 to 12 (of a form: to 15) with both numbers shown; more than all is no share and stays
    out.

    What runs at the start and what is dropped later is before and after without comparison; a form has the judgement of
    the generalist, the weakest evidence. Trajecten that hang together in a household, and weights, make that more than
    one count for one, and the more as fewer households tell how far the former do. And so does that both numbers were
    rounded. From how many on it is there at all (:meth:`Meting.getoond_vanaf`), its own interval knows.
    """
    formulier = meting.van_steekproef
    for sleutel in TE_WEGEN:
        a = meting.antwoorden.get(sleutel)
        if a is not None and a.teller is not None and a.n and a.teller <= a.n:
            samen, getoond = meting.spreiding.get(sleutel, 1.0), a.n
            vanaf = meting.getoond_vanaf(samen if sleutel in TRAJECTKNOPPEN else 1.0)
            if sleutel in TRAJECTKNOPPEN:
                samen = verbreed(samen, gevolgden(meting.huishoudens, nieuw=TRAJECTKNOPPEN[sleutel].case) or 0.0)
            if formulier and sleutel not in TRAJECTKNOPPEN:
                getoond = sum(meting.huishoudens.toont(**c) or 0.0 for c in vraagcellen(sleutel))
            deel = a.teller / a.n
            telt = 1 / (samen / a.n + ruis_van_afronden(deel, getoond, meting.afronding))
            sms = ZWAKST if formulier else OPZETTEN["voor_na"][0]
            yield sleutel, Telling(deel * telt, telt, sms=sms, vanaf=vanaf / getoond)
