"""Recognise personal data in a text that a report, a file or a message would repeat.

The one guard for what is typed about a measurement: a name of a team, a wijk or a file, where an answer was measured,
how it will be measured. Of words of one's own (a foreword with the address of an office) and of totals only a BSN is
refused (:mod:`mkba.kern.tekst.persoonsgegevens`). A name of a person cannot be told from any other word. Nothing here
returns the text that it looked at.
"""

import re
from collections.abc import Collection
from typing import Final

from mkba.kern.tekst.persoonsgegevens import bevat_bsn, bsn_in_bestandsnaam, gewone_tekens

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
HERKENBAAR: Final = ("een bsn", "een e-mailadres", "een rekeningnummer", "een telefoonnummer")
"""What no text of ours looks like; a street or initials are sometimes part of the name of a team, a domain or a file
("A. Wonen")."""
_IN_NAAM: Final = ("een naam", "een adres", "een e-mailadres")
_SOORTEN: Final = frozenset(wat for wat, _ in _PATRONEN)
_STUK: Final = 500
_OVERLAP: Final = 100


def persoonlijk_in(tekst: str, met_datum: bool = False) -> str:
    """What kind of personal data a text holds, in words, or "". ``met_datum``: a date may be a date of birth."""
    if bevat_bsn(tekst):
        return "een bsn"
    tekst = gewone_tekens(tekst)
    if met_datum and _DATUM.search(tekst):
        return "een (geboorte)datum"
    return _eerste(tekst, _SOORTEN)


def herkenbaar_in(tekst: str) -> str:
    """The same of a sentence or the name of an aanpak: only what is in :data:`HERKENBAAR`."""
    return "een bsn" if bevat_bsn(tekst) else _eerste(gewone_tekens(tekst), HERKENBAAR)


def persoonlijk_in_bestandsnaam(naam: str) -> str:
    """The same of the name of a file of a registration, without its extension, which a report names; four digits and
    two letters are mostly a year there, and ten digits a day and a time."""
    return "een bsn" if bsn_in_bestandsnaam(naam) else _eerste(naam.replace("_", " "), _IN_NAAM)


def herkenbaar_in_bestandsnaam(naam: str) -> str:
    """The same of the name of any file: a bsn or an e-mail address."""
    return "een bsn" if bsn_in_bestandsnaam(naam) else _eerste(naam, ("een e-mailadres",))


def _eerste(tekst: str, soorten: Collection[str]) -> str:
    """The first of these kinds that is found, in pieces that overlap: a pattern takes the square of the length of a
    long word."""
    delen = [tekst[i : i + _STUK] for i in range(0, max(1, len(tekst) - _OVERLAP), _STUK - _OVERLAP)]
    return next((wat for wat, p in _PATRONEN if wat in soorten and any(p.search(d) for d in delen)), "")
