"""Questions 16 and 17 from shown numbers: trajecten per household, and how they are divided over the kinds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mkba.analyse.effectmeting.bijwerken.bewijs import Aantal, schatting_van
from mkba.analyse.effectmeting.bijwerken.gemeten import Gemeten
from mkba.analyse.effectmeting.publiceren.huishoudens import gevolgden
from mkba.analyse.effectmeting.publiceren.meting import AFGESCHERMD, Meting, gerekend
from mkba.analyse.effectmeting.tellen.telling import STAND, VOETNOOT_13, samen_veld
from mkba.invoer.voorbeeld import figuur_ii_1
from mkba.kern.woorden.effectvelden import aantal_veld
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, GROEP_VAN_TRAJECT, TRAJECTEN

ALLE: Final = "alle"


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
    shown). ``als_de_rest``: taken to be as the kinds that are shown.
    """

    naam: str
    aantal: float
    soorten: tuple[str, ...]
    rest: bool = False
    als_de_rest: bool = False


def blokken(meting: Meting, stand: str) -> tuple[Blok, ...]:
    """The trajecten of one stand by kind or group of kinds as they are shown, and those left; nothing without any."""
    p = meting.trajecten(stand)
    if p is None:
        return ()
    kan = soorten_van(next(v for v, s in STAND.items() if s == stand))
    leden: dict[str, tuple[str, ...]]
    if naar := naar_soort(meting, stand):
        leden = {w: tuple(t for t in kan if w in (t, GROEP_VAN_TRAJECT[t])) for w in p.waarden(naar)}
    else:
        leden = {ALLE: kan}
    getoond = {w: a for w in leden if naar and (a := p.toont(**{naar: w})) is not None}
    uit = [Blok(w, a, leden[w]) for w, a in getoond.items()]
    samen, totaal = sum(getoond.values()), p.toont()
    rest = totaal - samen if totaal is not None else float(not uit)
    anders = tuple(t for w, soorten in leden.items() if w not in getoond for t in soorten)
    if rest > 0 and anders:
        uit.append(Blok(ALLE, rest, anders, rest=True, als_de_rest=bool(uit) and naar == "type"))
    return tuple(uit)


def soorten_van(vraag: str) -> tuple[str, ...]:
    """The kinds of traject that question 16 ("meer") or 17 ("minder") can have: of those of question 18 none drops."""
    return tuple(t for t in TRAJECTEN if vraag != "minder" or t not in ESCALATIES)


def naar_soort(meting: Meting, stand: str) -> str:
    """By what the trajecten of one stand are told apart: "type", "soortgroep" or nothing."""
    p = meting.trajecten(stand)
    return "" if p is None else next((v for v in ("type", "soortgroep") if p.waarden(v)), "")


def binnen(blok: Blok, vraag: str, case: str) -> dict[str, float]:
    """How the trajecten of one block are divided over their kinds, together 1: as figuur II.1 divides these for the
    question and case, and where it has none of a group, alike. Nothing where they are taken to be as the others: beside
    kinds that are shown, and of groups too small to show of which figuur II.1 has none either.
    """
    if blok.als_de_rest:
        return {}
    figuur = {t: w for t, w in figuur_ii_1()[vraag, case].items() if t in blok.soorten}
    if not figuur and not blok.rest:
        figuur = dict.fromkeys(blok.soorten, 1.0)
    samen = sum(figuur.values())
    return {t: w / samen for t, w in figuur.items()}


def verdeling(meting: Meting, vraag: str, case: str) -> dict[str, float]:
    """Shares over the kinds of traject, together 1; empty where no trajecten were registered.

    Kinds that may be shown are as they were counted; those too small to show are then taken to be as these: which of
    them there were, is not to be known. Where only groups of kinds may be shown, or only how many there are of all, the
    rest is that of figuur II.1 (:func:`binnen`).
    """
    alle = blokken(meting, STAND[vraag])
    return meng([(b.aantal, binnen(b, vraag, case)) for b in alle])


def meng(delen: Iterable[tuple[Any, Mapping[str, Any]]]) -> dict[str, Any]:
    """Shares (or draws of them) over kinds, together 1: of each part how many and how these are divided. A part of
    which that is empty is as the others."""
    uit: dict[str, Any] = {}
    samen: Any = 0.0
    for aantal, soorten in delen:
        if soorten:
            samen = samen + aantal
        for t, w in soorten.items():
            uit[t] = uit.get(t, 0.0) + aantal * w
    return {t: w / samen for t, w in uit.items()}


def afgeschermd_deel(meting: Meting, stand: str) -> float:
    """Which part of the trajecten is of kinds (or groups of kinds) too small to show; 1 where none is shown."""
    alle = blokken(meting, stand)
    return sum(b.aantal for b in alle if b.rest) / sum(b.aantal for b in alle) if alle else 0.0


def verdeling_gemeten(meting: Meting, vraag: str) -> bool:
    """Whether the shares over the kinds were counted, and none of them comes from figuur II.1."""
    alle = blokken(meting, STAND[vraag])
    return not any(len(binnen(b, vraag, case)) > 1 for b in alle for case in CASES)


def getoonde_trajecten(meting: Meting, vraag: str) -> float | None:
    """Of how many trajecten the kind is shown; None where it is of none."""
    return sum(b.aantal for b in blokken(meting, STAND[vraag]) if not b.rest and len(b.soorten) == 1) or None
