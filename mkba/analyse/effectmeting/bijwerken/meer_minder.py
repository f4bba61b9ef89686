"""Questions 16 and 17 from shown numbers: trajecten per household, and how they are divided over the kinds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from mkba.analyse.effectmeting.bijwerken.bewijs import Aantal, schatting_van
from mkba.analyse.effectmeting.bijwerken.gemeten import Gemeten
from mkba.analyse.effectmeting.publiceren.huishoudens import gevolgden
from mkba.analyse.effectmeting.publiceren.meting import AFGESCHERMD, Meting, gerekend
from mkba.analyse.effectmeting.tellen.telling import STAND, VOETNOOT_13, samen_veld
from mkba.invoer.voorbeeld import figuur_ii_1
from mkba.kern.woorden.effectvelden import aantal_veld
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, GROEP_VAN_TRAJECT, TRAJECTEN

ALLE: Final = "alle"
FIGUUR_TELT: Final = "steekproef.figuur_telt"
"""The kengetal that says as how many trajecten the division of figuur II.1 counts."""
_EEN_EURO: Final = 1.0


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
        if any(a is not None and AFGESCHERMD in a.opmerking for a in eigen):
            uitleg += f"; {gerekend(meting.drempel)}"
    if teller is None or not n:
        return None
    schatting, reden = schatting_van(samengaand(meting, vraag, sleutel, teller, n, uitleg))
    return Gemeten(sleutel, teller / n, round(n), schatting, reden, opmerking=uitleg)


def samengaand(meting: Meting, vraag: str, sleutel: str, teller: float, n: float, uitleg: str) -> Aantal:
    """What was counted of a number per household, with how far the trajecten of a household go together: that of all
    of them where it is their number (footnote 13), that it was rounded and from how many on it is there."""
    van_sleutel = meting.spreiding.get(sleutel, 1.0)
    samen = meting.spreiding.get(samen_veld(vraag), van_sleutel) if VOETNOOT_13 in uitleg else van_sleutel
    return Aantal(round(teller), round(n), samen, rond=meting.afronding, vanaf=meting.getoond_vanaf(samen))


@dataclass(frozen=True, slots=True)
class Blok:
    """Trajecten of which a number is known, and of which kinds (``soorten``) they can be.

    One kind, a group of kinds, or what is left (``rest``: too small to show, or all where no kind and no group is
    shown).
    """

    naam: str
    aantal: float
    soorten: tuple[str, ...]
    rest: bool = False


def blokken(meting: Meting, vraag: str) -> tuple[Blok, ...]:
    """The trajecten of question 16 ("meer") or 17 ("minder") by kind or group of kinds as they are shown, and those
    left; nothing without any."""
    p = meting.trajecten(STAND[vraag])
    if p is None:
        return ()
    kan = soorten_van(vraag)
    leden: dict[str, tuple[str, ...]]
    if naar := naar_soort(meting, vraag):
        leden = {w: tuple(t for t in kan if w in (t, GROEP_VAN_TRAJECT[t])) for w in p.waarden(naar)}
    else:
        leden = {ALLE: kan}
    getoond = {w: a for w in leden if naar and (a := p.toont(**{naar: w})) is not None}
    uit = [Blok(w, a, leden[w]) for w, a in getoond.items()]
    samen, totaal = sum(getoond.values()), p.toont()
    rest = totaal - samen if totaal is not None else float(not uit)
    anders = tuple(t for w, soorten in leden.items() if w not in getoond for t in soorten)
    if rest > 0 and anders:
        uit.append(Blok(ALLE, rest, anders, rest=True))
    return tuple(uit)


def soorten_van(vraag: str) -> tuple[str, ...]:
    """The kinds of traject that question 16 ("meer") or 17 ("minder") can have: of those of question 18 none drops."""
    return tuple(t for t in TRAJECTEN if vraag != "minder" or t not in ESCALATIES)


def naar_soort(meting: Meting, vraag: str) -> str:
    """By what the trajecten of a question are told apart: "type", "soortgroep" or nothing."""
    p = meting.trajecten(STAND[vraag])
    return "" if p is None else next((v for v in ("type", "soortgroep") if p.waarden(v)), "")


def gewichten(blok: Blok, vraag: str, case: str, kengetallen: Mapping[str, float]) -> dict[str, float]:
    """What is known beforehand of how the trajecten of a block are divided over their kinds, as numbers of trajecten
    per kind: the parameters of a Dirichlet.

    Figuur II.1 counts as ``steekproef.figuur_telt`` trajecten, divided over kinds as it has them, and one traject more
    is of the kinds that it has none of: what costs more is rarer, by one over the root of its price. (Of each as often
    would make all of them half as dear again as in the figure, of each for as many euros cheaper; so the median of what
    a traject costs stays within 3% of the figure.) A block has of these what is of its kinds, so that of a group the
    figure says less than of the whole. Where it counts as none, that one traject is of all kinds. Of a group of which
    it has none each kind counts as one: then no division is likelier than another.
    """
    alle, figuur = soorten_van(vraag), figuur_ii_1()[vraag, case]
    if not blok.rest and not figuur.keys() & {*blok.soorten}:
        return dict.fromkeys(blok.soorten, 1.0)
    figuur = figuur if kengetallen[FIGUUR_TELT] else {}
    zeldzaam = {
        t: 1.0 / float(np.sqrt(max(kengetallen[f"traject.{t}.eur"], _EEN_EURO))) for t in alle if t not in figuur
    }
    samen = sum(zeldzaam.values())
    telt = {t: kengetallen[FIGUUR_TELT] * w for t, w in figuur.items()} | {t: w / samen for t, w in zeldzaam.items()}
    return {t: telt[t] for t in blok.soorten}


def binnen(blok: Blok, vraag: str, case: str, kengetallen: Mapping[str, float]) -> dict[str, float]:
    """How the trajecten of one block are divided over their kinds, together 1.

    As figuur II.1 divides these for the question and case: all, or those of a group that is shown. What is left beside
    what is shown, and a group of which it has none, is divided as :func:`gewichten`: kinds of the figure would be more
    than what is too rare to show, and kinds that it does not name are left too.
    """
    delen = {t: w for t, w in figuur_ii_1()[vraag, case].items() if t in blok.soorten}
    if not delen or (blok.rest and len(blok.soorten) < len(soorten_van(vraag))):
        delen = gewichten(blok, vraag, case, kengetallen)
    samen = sum(delen.values())
    return {t: w / samen for t, w in delen.items()}


def verdeling(meting: Meting, vraag: str, case: str, kengetallen: Mapping[str, float]) -> dict[str, float]:
    """Shares over the kinds of traject, together 1; empty where no trajecten were registered.

    Kinds that may be shown are as they were counted. Of what is left the kind is not to be known, but it is none of
    these: of these it is known how many there are. It is divided over the others around figuur II.1; within a group of
    kinds, and where only how many there are of all may be shown, the division is that of the figure (:func:`binnen`).
    """
    return meng([(b.aantal, binnen(b, vraag, case, kengetallen)) for b in blokken(meting, vraag)])


def meng(delen: Iterable[tuple[Any, Mapping[str, Any]]]) -> dict[str, Any]:
    """Shares (or draws of them) over kinds, together 1: of each part how many and how these are divided."""
    uit: dict[str, Any] = {}
    samen: Any = 0.0
    for aantal, soorten in delen:
        samen = samen + aantal
        for t, w in soorten.items():
            uit[t] = uit.get(t, 0.0) + aantal * w
    return {t: w / samen for t, w in uit.items()}


def afgeschermd_deel(meting: Meting, vraag: str) -> float:
    """Which part of the trajecten is of kinds (or groups of kinds) too small to show; 1 where none is shown."""
    alle = blokken(meting, vraag)
    return sum(b.aantal for b in alle if b.rest) / sum(b.aantal for b in alle) if alle else 0.0


def soorten_te_raden(meting: Meting, vraag: str) -> bool:
    """Whether of some trajecten of question 16 ("meer") or 17 ("minder") the kind may not be shown, so that their
    division comes from figuur II.1."""
    return any(len(b.soorten) > 1 for b in blokken(meting, vraag))


def getoond_per(meting: Meting, vraag: str) -> str:
    """By what trajecten are shown of question 16 ("meer") or 17 ("minder"): "type", "soortgroep", or nothing where only
    how many there are of all is."""
    return naar_soort(meting, vraag) if any(not b.rest for b in blokken(meting, vraag)) else ""


def getoonde_trajecten(meting: Meting, vraag: str) -> float | None:
    """Of how many trajecten the kind is shown; None where it is of none."""
    return sum(b.aantal for b in blokken(meting, vraag) if not b.rest and len(b.soorten) == 1) or None
