"""Refuse citizen service numbers: an aanpak describes a team, never a person.

A message about a BSN does not repeat it, so that it does not end up in a log or a screenshot.
"""

import re
import unicodedata
from typing import Final

NIET_GETOOND: Final = "(niet getoond)"

_KOPPEN: Final = ("bsn", "burgerservicenummer", "sofinummer", "sofi-nummer")
_MET_PUNTEN: Final = re.compile(r"(?<![a-z])b[. ]s[. ]n(?![a-z])")
_KANDIDAAT: Final = re.compile(r"(?<![0-9])[0-9](?:[\s.\-/_·]{0,3}[0-9]){8}(?!:?[0-9])")
_IN_NAAM: Final = re.compile(
    r"(?<![0-9])(?:[0-9]{9}|[0-9]{3}[ ._-][0-9]{3}[ ._-][0-9]{3}|[0-9]{4}[ ._-][0-9]{2}[ ._-][0-9]{3})(?![0-9])"
)
_ONGEZIEN: Final = ("Cf", "Mn", "Me")
"""Categories of signs that cannot be seen, or that stand on another."""
_LEEG: Final = "\u115f\u1160\u2800"
"""Letters and signs that show nothing."""
_STREPEN: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def is_bsn_kop(kop: str) -> bool:
    """Whether a column or key asks for a BSN."""
    klein = gewone_tekens(kop).casefold()
    return any(woord in klein for woord in _KOPPEN) or bool(_MET_PUNTEN.search(klein))


def gewone_tekens(tekst: str) -> str:
    """To look for numbers in: digits of every script and form as 0-9, one kind of dash, no accents, no signs that
    cannot be seen."""
    if tekst.isascii():
        return tekst
    gewoon = unicodedata.normalize("NFKD", tekst).translate(_STREPEN)
    gezien = (t for t in gewoon if t.isascii() or (unicodedata.category(t) not in _ONGEZIEN and t not in _LEEG))
    return "".join(t if t.isascii() else str(unicodedata.digit(t, t)) for t in gezien)


def elfproef(cijfers: str) -> bool:
    """Whether nine digits form a valid BSN: 9a + 8b + ... + 2h - i is a multiple of 11 and not zero."""
    if not re.fullmatch(r"[0-9]{9}", cijfers):
        return False
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    som = sum(g * int(c) for g, c in zip(gewichten, cijfers, strict=True))
    return som != 0 and som % 11 == 0


def bevat_bsn(tekst: str) -> bool:
    """Whether a text holds nine digits, of whatever script, that form a valid BSN, possibly with up to three dots,
    dashes, slashes or blanks of whatever kind between them, or signs that cannot be seen."""
    return any(elfproef(re.sub(r"[^0-9]", "", treffer)) for treffer in _KANDIDAAT.findall(gewone_tekens(tekst)))


def bsn_in_bestandsnaam(naam: str) -> bool:
    """The same of the name of a file, where digits are mostly a date and a number: as a BSN is written."""
    return any(elfproef(re.sub(r"[^0-9]", "", treffer)) for treffer in _IN_NAAM.findall(gewone_tekens(naam)))
