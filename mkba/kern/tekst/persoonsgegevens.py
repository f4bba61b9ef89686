"""Refuse citizen service numbers: an aanpak describes a team, never a person.

A message about a BSN does not repeat it, so that it does not end up in a log or a screenshot.
"""

import re
import unicodedata
from typing import Final

NIET_GETOOND: Final = "(niet getoond)"

_KOPPEN: Final = ("bsn", "burgerservicenummer", "sofinummer", "sofi-nummer")
_KANDIDAAT: Final = re.compile(r"(?<![0-9])[0-9](?:[ .\-/_]?[0-9]){8}(?!:?[0-9])")
_IN_NAAM: Final = re.compile(
    r"(?<![0-9])(?:[0-9]{9}|[0-9]{3}[ ._-][0-9]{3}[ ._-][0-9]{3}|[0-9]{4}[ ._-][0-9]{2}[ ._-][0-9]{3})(?![0-9])"
)
_STREPEN: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def is_bsn_kop(kop: str) -> bool:
    """Whether a column or key asks for a BSN."""
    klein = kop.casefold()
    return any(woord in klein for woord in _KOPPEN)


def elfproef(cijfers: str) -> bool:
    """Whether nine digits form a valid BSN: 9a + 8b + ... + 2h - i is a multiple of 11 and not zero."""
    if not re.fullmatch(r"[0-9]{9}", cijfers):
        return False
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    som = sum(g * int(c) for g, c in zip(gewichten, cijfers, strict=True))
    return som != 0 and som % 11 == 0


def bevat_bsn(tekst: str) -> bool:
    """Whether a text holds nine digits that form a valid BSN, possibly with a dot, dash, slash or blank of whatever
    kind between them, or signs that cannot be seen."""
    if not tekst.isascii():
        gewoon = unicodedata.normalize("NFKC", tekst).translate(_STREPEN)
        tekst = "".join(t for t in gewoon if unicodedata.category(t) != "Cf")
    return any(elfproef(re.sub(r"[^0-9]", "", treffer)) for treffer in _KANDIDAAT.findall(tekst))


def bsn_in_bestandsnaam(naam: str) -> bool:
    """The same of the name of a file, where digits are mostly a date and a number: as a BSN is written."""
    return any(elfproef(re.sub(r"[^0-9]", "", treffer)) for treffer in _IN_NAAM.findall(naam))
