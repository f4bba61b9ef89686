"""Refuse citizen service numbers: an aanpak describes a team, never a person.

A message about a BSN does not repeat it, so that it does not end up in a log or a screenshot.
"""

import re
from typing import Final

NIET_GETOOND: Final = "(niet getoond)"

_KOPPEN: Final = ("bsn", "burgerservicenummer", "sofinummer", "sofi-nummer")
_KANDIDAAT: Final = re.compile(r"(?<![0-9])[0-9](?:[ .\-]?[0-9]){8}(?![0-9])")


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
    """Whether a text holds nine digits (possibly with dots, dashes or spaces) that form a valid BSN."""
    return any(elfproef(re.sub(r"[^0-9]", "", treffer)) for treffer in _KANDIDAAT.findall(tekst))
