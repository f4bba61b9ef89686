"""Recognise personal data in a column: by its header, by a pattern, by what its cells have in common.

A name cannot be told from any other word, so columns that hold who somebody is have no place in the tables at all, and
what is a code must look like one. Nothing here returns the text that it looked at.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from mkba.invoer.registratie.domeinen import is_persoonlijk, normaliseer
from mkba.kern.tekst.persoonsgegevens import bevat_bsn, bsn_in_bestandsnaam, elfproef, gewone_tekens, is_bsn_kop

_KOP: Final = re.compile(
    r"voorletters|initialen|geboren|paspoort|rijbewijs|rekeningnummer|polisnummer|gsm|woonadres|(?:^|_)nawt?(?:_|$)"
)
_PATRONEN: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("een e-mailadres", re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)),
    ("een rekeningnummer", re.compile(r"\b[A-Z]{2}[0-9]{2} ?[A-Z]{4} ?(?:[0-9] ?){10}", re.IGNORECASE)),
    ("een volledige postcode", re.compile(r"(?<![A-Za-z0-9])[1-9][0-9]{3} ?[A-Za-z]{2}(?![A-Za-z])")),
    ("een telefoonnummer", re.compile(r"(?<![0-9])(?:\+31|0031|0)[ \-]?(?:\(0\))?(?:[0-9][ \-]?){9}(?![0-9])")),
    ("een naam", re.compile(r"\b(?:dhr|mevr|mw|fam|de heer|mevrouw|familie)\b\.?\s+\w", re.IGNORECASE)),
    ("een naam", re.compile(r"(?:^|\s)(?:[A-Z]\.\s?)+(?:(?:van|de|der|den|ten|ter|el|al) ?)*[A-Z][a-z]+")),
    (
        "een adres",
        re.compile(r"(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|steeg|dreef)\s+[0-9]{1,5}\b", re.IGNORECASE),
    ),
)
_DATUM: Final = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2})"
)
_CIJFERS: Final = re.compile(r"[0-9]{8,9}")
_IN_KOP: Final = ("een bsn", "een e-mailadres", "een rekeningnummer", "een telefoonnummer")
"""What no header is; "A. Wonen" looks like a name and is a domain."""
_IN_NAAM: Final = ("een naam", "een adres", "een e-mailadres")
_STUK: Final = 500
_OVERLAP: Final = 100
MINSTENS: Final = 3
AANDEEL: Final = 0.5
"""A column is one of numbers of persons when at least this many distinct values, and this share of those of eight or
nine digits, are such a number. A choice: of arbitrary numbers one in eleven passes the elfproef."""


def is_persoonlijke_kop(kop: object) -> bool:
    """Whether a header asks for who somebody is, when somebody was born or where somebody lives, or tells it itself (a
    file without a header, of which the first row is of a person)."""
    naam, tekst = normaliseer(kop), str(kop)
    return is_bsn_kop(tekst) or is_persoonlijk(naam) or bool(_KOP.search(naam)) or persoonlijk_in(tekst) in _IN_KOP


def persoonlijk_in(tekst: str, met_datum: bool = False) -> str:
    """What kind of personal data a text holds, in words, or "". ``met_datum``: a date may be a date of birth."""
    if bevat_bsn(tekst):
        return "een bsn"
    tekst = gewone_tekens(tekst)
    if met_datum and _DATUM.search(tekst):
        return "een (geboorte)datum"
    # in pieces that overlap: a pattern takes the square of the length of a long word
    delen = [tekst[i : i + _STUK] for i in range(0, max(1, len(tekst) - _OVERLAP), _STUK - _OVERLAP)]
    return next((wat for wat, patroon in _PATRONEN if any(patroon.search(d) for d in delen)), "")


def persoonlijk_in_bestandsnaam(naam: str) -> str:
    """The same of the name of a file, which a report names; four digits and two letters are mostly a year there, and
    ten digits a day and a time."""
    if bsn_in_bestandsnaam(naam):
        return "een bsn"
    return next((wat for wat, patroon in _PATRONEN if wat in _IN_NAAM and patroon.search(naam.replace("_", " "))), "")


def kolom_van_personen(teksten: Sequence[str]) -> str:
    """What the distinct values of a column of pseudonyms are when most are no pseudonyms at all, or ""."""
    cijfers = [c for t in teksten if _CIJFERS.fullmatch(c := gewone_tekens(t).strip())]
    if len(cijfers) < max(MINSTENS, AANDEEL * len(teksten)):
        return ""
    if sum(elfproef(c.zfill(9)) for c in cijfers) > AANDEEL * len(cijfers):
        return "bsn's"
    if sum(_is_dag(c) for c in cijfers) > AANDEEL * len(cijfers):
        return "geboortedata"
    return ""


def _is_dag(cijfers: str) -> bool:
    """Whether eight digits are a day, the year first or last."""
    if len(cijfers) != 8:
        return False
    for jaar, maand, dag in ((cijfers[:4], cijfers[4:6], cijfers[6:]), (cijfers[4:], cijfers[2:4], cijfers[:2])):
        try:
            datum = dt.date(int(jaar), int(maand), int(dag))
        except ValueError:
            continue
        if 1900 <= datum.year <= 2100:
            return True
    return False
