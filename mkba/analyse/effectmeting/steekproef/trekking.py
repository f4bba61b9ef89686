"""A random sample of a caseload: who is asked, how many each of them stands for, and what the answers say.

Drawn within each generalist, because the generalist is who is interviewed: about 10 each, 60 to 70 in all (manual
§5.2). The draw follows from the seed, the pseudonyms and the generalists alone, not from the order of the list.
"""

import hashlib
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mkba.analyse.effectmeting.bijwerken.bewijs import Bewijs, Effect, Telling
from mkba.analyse.effectmeting.zekerheid.intervallen import (
    MINIMUM,
    Uitslag,
    bootstrap_gemiddelde,
    effectief,
    wilson_gewogen,
)
from mkba.invoer.steekproef import AANTALLEN, Formulierrij, Huishouden, kolommen_van
from mkba.kern.bestand.hashes import hash_tekst
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.trajecten import EERST_MINDER, TRAJECTKNOPPEN

MINSTENS: Final = 2
"""Households per generalist: one says nothing about how much households differ."""


@dataclass(frozen=True, slots=True)
class Getrokken:
    """A household of the sample; ``caseload``: the households of its generalist from which was drawn."""

    huishouden: Huishouden
    caseload: int


@dataclass(frozen=True, eq=False)
class Steekproef:
    """``getrokken`` in order of generalist and pseudonym; ``omvang`` and ``aantal``: households per generalist in the
    caseload and in the sample; ``kader``: fingerprint of the list from which was drawn."""

    getrokken: tuple[Getrokken, ...]
    omvang: Mapping[str, int]
    aantal: Mapping[str, int]
    zaad: int
    kader: str

    @property
    def herkomst(self) -> str:
        """How the sample was drawn, one Dutch sentence per line, so that another can draw it again."""
        return "\n".join(
            [
                f"Aselect getrokken binnen elke generalist, zonder terugleggen, met zaad {self.zaad}.",
                f"Kader: {sum(self.omvang.values())} huishoudens van {len(self.omvang)} generalisten, "
                f"vingerafdruk {self.kader[:12]}.",
                f"Steekproef: {len(self.getrokken)} huishoudens. Een huishouden staat voor zoveel huishoudens als de "
                "caseload van zijn generalist gedeeld door wie daarvan antwoord geeft.",
                "Trekking: numpy PCG64 per generalist (zaad en sha256 van de naam); de volgorde telt niet.",
                "Niet voor publicatie: het formulier heeft pseudoniemen en kleine aantallen.",
            ]
        )


def trek_steekproef(
    huishoudens: Sequence[Huishouden], kengetallen: Kengetallen, zaad: int = 2014, per_generalist: int | None = None
) -> Steekproef:
    """Draw a sample within each generalist.

    Without ``per_generalist`` as many each as the kengetal says (10), in all no fewer than its lowest total (60) and
    no more than its highest (70); who has fewer households leaves room for the others. Raises InvoerFout for a number
    below 2, a seed below 0, and more generalists than the sample has room for.
    """
    if isinstance(zaad, bool) or not isinstance(zaad, int) or zaad < 0:
        oorzaak = "een zaad is een geheel getal van 0 of meer."
        raise InvoerFout([Melding("zaad", zaad, oorzaak, "Gebruik 2014.")])
    omvang = dict(sorted(Counter(h.generalist for h in huishoudens).items()))
    aantal = verdeel(omvang, _totaal(len(omvang), kengetallen, per_generalist), per_generalist)
    getrokken = []
    for generalist, n in aantal.items():
        lijst = sorted((h for h in huishoudens if h.generalist == generalist), key=lambda h: h.pseudoniem)
        woorden = np.frombuffer(hashlib.sha256(generalist.encode()).digest()[:16], dtype="<u4")
        rng = np.random.Generator(np.random.PCG64([zaad, *(int(w) for w in woorden)]))
        plekken = sorted(rng.permutation(len(lijst))[:n])
        getrokken += [Getrokken(lijst[i], len(lijst)) for i in plekken]
    kader = hash_tekst(*(f"{h.generalist}\n{h.pseudoniem}" for h in sorted(huishoudens, key=_sleutel)))
    return Steekproef(tuple(getrokken), omvang, aantal, zaad, kader)


def _sleutel(h: Huishouden) -> tuple[str, str]:
    return h.generalist, h.pseudoniem


def _totaal(generalisten: int, kengetallen: Kengetallen, per_generalist: int | None) -> int:
    samen = kengetallen.getallen["steekproef.huishoudens"]
    if per_generalist is not None:
        if isinstance(per_generalist, bool) or not isinstance(per_generalist, int) or per_generalist < MINSTENS:
            oorzaak = f"er zijn minstens {MINSTENS} huishoudens per generalist nodig, een geheel getal."
            raise InvoerFout([Melding("per-generalist", per_generalist, oorzaak, "Gebruik er 10.")])
        return per_generalist * generalisten
    gewoon = int(kengetallen["steekproef.per_generalist"]) * generalisten
    totaal = min(max(gewoon, int(samen.onder)), int(samen.boven))
    if totaal < MINSTENS * generalisten:
        oorzaak = f"met {totaal} huishoudens zijn er te weinig voor {MINSTENS} per generalist."
        remedie = f"Geef zelf een aantal, zoals --per-generalist {MINSTENS}, of neem generalisten van een team samen."
        raise InvoerFout([Melding("generalisten", generalisten, oorzaak, remedie)])
    return totaal


def verdeel(omvang: Mapping[str, int], totaal: int, hoogstens: int | None = None) -> dict[str, int]:
    """As equally as the strata allow, ``hoogstens`` each: who has too few leaves room for the others, by name."""
    aantal = dict.fromkeys(omvang, 0)
    ruimte = {s: n if hoogstens is None else min(n, hoogstens) for s, n in omvang.items()}
    over = min(totaal, sum(ruimte.values()))
    while over:
        open_ = [s for s in aantal if aantal[s] < ruimte[s]][:over]
        for s in open_:
            aantal[s] += 1
        over -= len(open_)
    return aantal


@dataclass(frozen=True, eq=False)
class Uitslagen:
    """What a filled form says: per question its weighted estimate or the reason why there is none, per knob the
    evidence for :func:`mkba.analyse.effectmeting.bijwerken.weging.werk_bij`, and how many answered of how many.

    ``caseload``: households of all generalists of the form; ``geldt_voor``: of those who gave an answer, the others are
    in no number; ``stil``: generalists without any.
    """

    per_vraag: Mapping[str, Uitslag]
    bewijs: Mapping[str, Bewijs]
    ingevuld: int
    getrokken: int
    caseload: int = 0
    geldt_voor: int = 0
    stil: int = 0


def verwerk(antwoorden: Sequence[Formulierrij], zaad: int = 2014) -> Uitslagen:
    """Weigh the answers of a form. A household without any answer does not count: the others of its generalist stand
    for it, which is right when it is missing by chance. Of a generalist without any answer nothing is known: every
    share says for how many households it holds, and an average, which is of all, is not given.

    Evidence counts the effective number of households, without the finite population: the decision is
    about the households of a next year.
    """
    gevuld = [a for a in antwoorden if a.ja_nee or a.aantallen]
    per = Counter(a.generalist for a in gevuld)
    gewicht = {a.pseudoniem: a.caseload / per[a.generalist] for a in gevuld}
    alle = float(sum(gewicht.values()))
    omvang: dict[Hashable, int] = {a.generalist: a.caseload for a in antwoorden}
    caseload, geldt_voor = sum(omvang.values()), sum(omvang[g] for g in per)
    slot = "" if caseload == geldt_voor else f"; geldt voor {geldt_voor} van de {caseload} huishoudens"
    per_vraag: dict[str, Uitslag] = {}
    bewijs: dict[str, Bewijs] = {}
    for vraag in dict.fromkeys(v for a in gevuld for v in a.ja_nee):
        groepen = {f"escalatie.{t}": [a for a in gevuld if a.type == t] for t in TYPEN} if vraag == "escalatie" else {}
        for sleutel, leden in (groepen or {vraag: gevuld}).items():
            wie = [a for a in leden if vraag in a.ja_nee]
            w = [gewicht[a.pseudoniem] for a in wie]
            ja = [a.ja_nee[vraag] for a in wie]
            deel = alle if len(wie) == len(gevuld) else sum(w)
            schatting, reden = wilson_gewogen(ja, w, deel)
            per_vraag[sleutel] = schatting and replace(schatting, methode=schatting.methode + slot), reden
            if wie:
                bewijs[sleutel] = _telling(np.array(ja, dtype=float), np.array(w))
    for vraag in AANTALLEN:
        wie = [a for a in gevuld if vraag in a.aantallen]
        if wie:
            per_vraag[vraag] = bootstrap_gemiddelde(
                [a.aantallen[vraag] for a in wie], [a.generalist for a in wie], zaad=zaad, omvang=omvang
            )
    for sleutel in EERST_MINDER:
        teller, van = kolommen_van(sleutel)
        nieuw = TRAJECTKNOPPEN[sleutel].case == "nieuw"
        wie = [a for a in gevuld if a.ja_nee.get("nieuw") is nieuw and {teller, *van} <= a.aantallen.keys()]
        effect = verhouding(
            [a.aantallen[teller] for a in wie],
            [sum(a.aantallen[v] for v in van) for a in wie],
            [gewicht[a.pseudoniem] for a in wie],
        )
        if effect is not None:
            bewijs[sleutel] = effect
    stil = len(omvang) - len(per)
    return Uitslagen(per_vraag, bewijs, len(gevuld), len(antwoorden), caseload, geldt_voor, stil)


def _telling(ja: np.ndarray, w: np.ndarray) -> Telling:
    """A weighted share as the count of a simple random sample that says as much; the count is not rounded."""
    n = max(1, round(effectief(ja, w)))
    return Telling(min(float(n), n * float(w @ ja / w.sum())), n)


_ELK: Final = 2
"""Average households of each kind that are added. A choice."""


def verhouding(teller: Sequence[float], noemer: Sequence[float], gewichten: Sequence[float]) -> Effect | None:
    """The weighted ratio of two sums with its standard error (linearised), such as trajecten dropped per traject at the
    start; None with fewer than ten households or nothing to divide by.

    For the standard error four average households count more: two that dropped all and two that dropped nothing (as
    Agresti and Coull 1998 do for a share). Without, sixty times nothing would be sure, or no evidence; with half of
    them the interval of twenty households that drop all or nothing would hold the truth in 91%.
    """
    y, x, w = (np.asarray(r, dtype=float) for r in (teller, noemer, gewichten))
    if y.size < MINIMUM or not (som := float(w @ x)):
        return None
    n, waarde = y.size, float(w @ y) / som
    rest, erbij = w * (y - waarde * x), som / y.size * np.array([1 - waarde, waarde])
    kwadraten = float((rest**2).sum() + _ELK * (erbij**2).sum()) * n / (n + _ELK * erbij.size)
    return Effect(waarde, float(np.sqrt(n / (n - 1) * kwadraten) / som), n, vrij=n - 1)
