"""Where an answer was measured: what the aanpak after a measurement carries along per key, as the table ``[meting]``.

A record holds for one value of one answer. It is text and numbers of a file: typed, checked and refused as a whole when
it does not fit; an answer that was changed afterwards no longer has one.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from mkba.kern.tekst.meldingen import FouteWaarde, Melding
from mkba.kern.tekst.notatie import gewone_spaties
from mkba.kern.tekst.persoonlijk import persoonlijk_in
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND
from mkba.kern.tekst.schrift import MAXIMUM_NAAM, controleer_naam
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, GRONDSLAG_VELD, LEEG, voorkomen_veld
from mkba.kern.woorden.trajecten import ESCALATIES, GRONDSLAGEN
from mkba.kern.zaak.controle import GEEN_PERSOONSGEGEVENS, controleer_veld

TABEL: Final = "meting"
"""The table of an aanpak in TOML that holds the records, by the flat key of the answer."""
Hoe = Literal["gemeten", "bijgewerkt", "kengetal"]
MAXIMUM_BRON: Final = 2 * MAXIMUM_NAAM
"""Characters of a place. A choice."""
MAXIMUM_GETAL: Final = 1e9
"""More than there are households or trajecten, and than a number of any answer. A choice."""
_GEMAAKT: Final = "`mkba effect` schrijft deze tabel; verwijder de regel, of maak het bestand opnieuw."
_NODIG: Final = ("hoe", "waarde", "bron")
_MAG: Final = ("n", "waarvan", "laag", "hoog", "bedreigd")
DREIGINGEN: Final = "dreigingen"
"""What an answer to question 18 was measured of when it is a share of those under threat (reading b)."""


_HUISHOUDENS, _BEDREIGD = GRONDSLAGEN
_VOORKOMEN: Final = frozenset(voorkomen_veld(e) for e in ESCALATIES)


@dataclass(frozen=True, slots=True)
class Meetherkomst:
    """One answer and where it was measured.

    ``hoe``: counted ("gemeten"), counted and weighed against the kengetal ("bijgewerkt"), or taken with the measurement
    from a source ("kengetal": the division over kinds of traject where too few may be shown); ``waarde``: the answer
    for which it holds; ``bron``: the table or column; ``n`` ``waarvan`` (households, trajecten); ``laag`` and ``hoog``:
    the 95% interval of the count, in the unit of the answer; ``bedreigd``: of a share of the households that an
    escalatie was prevented for (question 18, reading a) which share of all households was under threat of it: with it
    follows the other reading. Such a record holds in the reading that it was made for.
    """

    sleutel: str
    hoe: Hoe
    waarde: Any
    bron: str
    n: float | None = None
    waarvan: str = ""
    laag: float | None = None
    hoog: float | None = None
    bedreigd: float | None = None

    def als_tabel(self) -> dict[str, Any]:
        """What TOML holds of it, without what is not known."""
        velden = {k: getattr(self, k) for k in (*_NODIG, *_MAG)}
        return {k: w for k, w in velden.items() if w is not None and w != ""}


def geldig(records: Iterable[Meetherkomst], antwoorden: Mapping[str, Any]) -> dict[str, Meetherkomst]:
    """The records of answers that still are what they were, by key."""
    return {
        r.sleutel: r
        for r in records
        if r.sleutel in antwoorden and _zelfde(antwoorden[r.sleutel], r.waarde) and _in_haar_lezing(r, antwoorden)
    }


def _in_haar_lezing(record: Meetherkomst, antwoorden: Mapping[str, Any]) -> bool:
    """Whether a record of question 18 is of the reading that counts: another reading makes it another number."""
    if record.sleutel not in _VOORKOMEN:
        return True
    lezing = antwoorden.get(GRONDSLAG_VELD, LEEG[GRONDSLAG_VELD])
    return bool((record.waarvan == DREIGINGEN) == (lezing == _BEDREIGD))


def _zelfde(een: Any, ander: Any) -> bool:
    """A spreadsheet program stores 15 digits at least: another number after those is none."""
    if isinstance(een, float) and isinstance(ander, float):
        return math.isclose(een, ander, rel_tol=1e-12)
    return bool(een == ander)


def veranderd(records: Iterable[Meetherkomst], antwoorden: Mapping[str, Any]) -> list[Melding]:
    """A message per record whose answer was changed or taken away: nothing is dropped in silence."""
    records = list(records)
    telt = geldig(records, antwoorden)
    oorzaak = "dit antwoord is na de meting veranderd; waar het is gemeten, geldt niet meer."
    remedie = "Het telt als opgegeven: onderbouw het, of zet de gemeten waarde terug ({})."
    uit = []
    for r in (r for r in records if r.sleutel not in telt):
        if not _in_haar_lezing(r, antwoorden):
            lezing = _BEDREIGD if r.waarvan == DREIGINGEN else _HUISHOUDENS
            van = f"dit is gemeten als aandeel met grondslag {lezing}; met een andere is het een ander getal."
            terug = f"Zet {GRONDSLAG_VELD} op {lezing}, of maak het bestand opnieuw: mkba effect … --grondslag."
            uit.append(Melding(r.sleutel, antwoorden.get(r.sleutel), van, terug))
            continue
        uit.append(Melding(r.sleutel, antwoorden.get(r.sleutel), oorzaak, remedie.format(_kort(r.waarde))))
    return uit


def _kort(waarde: Any) -> str:
    if isinstance(waarde, tuple):
        return ", ".join(waarde)
    return f"{waarde:g}" if isinstance(waarde, float) else str(waarde)


def lees_meetherkomst(tabel: object) -> tuple[tuple[Meetherkomst, ...], list[Melding]]:
    """The records of a table ``[meting]``, and everything that is wrong with it."""
    if not isinstance(tabel, Mapping):
        return (), [Melding(TABEL, None, "dit is geen tabel.", _GEMAAKT)]
    records, meldingen = [], []
    for sleutel, inhoud in tabel.items():
        try:
            records.append(_lees(str(sleutel), inhoud))
        except FouteWaarde as fout:
            # a key that is none may be anything, also of a person
            waar = f"{TABEL}.{sleutel}" if sleutel in ALLE_VELDEN else TABEL
            meldingen.append(Melding(waar, NIET_GETOOND, fout.oorzaak, fout.remedie))
    return tuple(records), meldingen[:20]


def _lees(sleutel: str, inhoud: object) -> Meetherkomst:
    veld = ALLE_VELDEN.get(sleutel)
    if veld is None or not veld.vraag:
        raise FouteWaarde("een sleutel in deze tabel is geen antwoord dat gemeten kan zijn.", _GEMAAKT)
    if not isinstance(inhoud, Mapping):
        raise FouteWaarde("dit is geen tabel.", _GEMAAKT)
    if ontbreekt := [k for k in _NODIG if k not in inhoud]:
        raise FouteWaarde(f"{', '.join(ontbreekt)} ontbreekt.", _GEMAAKT)
    if onbekend := set(inhoud) - {*_NODIG, *_MAG}:
        horen = ", ".join((*_NODIG, *_MAG))
        raise FouteWaarde(f"alleen {horen} horen hier; er staat {len(onbekend)} ander.", _GEMAAKT)
    if inhoud["hoe"] not in get_args(Hoe):
        raise FouteWaarde(f"hoe is geen van {', '.join(get_args(Hoe))}.", _GEMAAKT)
    waarde, melding = controleer_veld(veld, inhoud["waarde"])
    if melding is not None:
        raise FouteWaarde(f"waarde: {melding.oorzaak}", melding.remedie)
    n = _getal(inhoud, "n")
    if n is not None and (n <= 0 or n != int(n)):
        raise FouteWaarde("n is geen aantal boven 0.", _GEMAAKT)
    laag, hoog = _getal(inhoud, "laag"), _getal(inhoud, "hoog")
    if (laag is None) != (hoog is None) or (laag is not None and hoog is not None and laag > hoog):
        raise FouteWaarde("laag en hoog zijn samen geen interval.", _GEMAAKT)
    bedreigd = _getal(inhoud, "bedreigd")
    if bedreigd is not None and (sleutel not in _VOORKOMEN or not 0 < bedreigd <= 1):
        raise FouteWaarde("bedreigd is geen aandeel bij een antwoord op vraag 18.", _GEMAAKT)
    bron, waarvan = _tekst(inhoud["bron"], MAXIMUM_BRON), _tekst(inhoud.get("waarvan", ""), MAXIMUM_NAAM)
    if not bron:
        raise FouteWaarde("bron is leeg.", _GEMAAKT)
    return Meetherkomst(sleutel, inhoud["hoe"], waarde, bron, n, waarvan, laag, hoog, bedreigd)


def _getal(inhoud: Mapping[str, Any], naam: str) -> float | None:
    waarde = inhoud.get(naam)
    if waarde is None:
        return None
    if isinstance(waarde, bool) or not isinstance(waarde, int | float) or waarde != waarde:
        raise FouteWaarde(f"{naam} is geen getal.", _GEMAAKT)
    if not -MAXIMUM_GETAL <= waarde <= MAXIMUM_GETAL:  # a whole number of TOML may have any number of digits
        raise FouteWaarde(f"{naam} kan niet zo groot zijn.", _GEMAAKT)
    return float(waarde)


def _tekst(waarde: object, maximum: int) -> str:
    """A line of text of a page: no control characters, nothing of a person."""
    if not isinstance(waarde, str) or len(waarde) > maximum:
        raise FouteWaarde(f"dit is geen tekst van ten hoogste {maximum} tekens.", _GEMAAKT)
    if wat := persoonlijk_in(waarde):
        raise FouteWaarde(f"in de tekst lijkt {wat} te staan.", GEEN_PERSOONSGEGEVENS)
    tekst = gewone_spaties(waarde)
    for i in range(0, len(tekst), MAXIMUM_NAAM):
        controleer_naam(tekst[i : i + MAXIMUM_NAAM])
    return tekst
