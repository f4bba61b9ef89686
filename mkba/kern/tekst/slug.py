"""Names as file names: safe on every operating system, readable, the same on every run."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

MAXIMUM: Final = 60

# Windows refuses these names with any extension, so no report may be called con.html.
_GERESERVEERD: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{poort}{i}" for poort in ("com", "lpt") for i in range(10))}
)

# Letters that do not decompose into an ASCII letter and an accent.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def maak_slug(naam: str) -> str:
    """File name for ``naam``: [a-z0-9-], 1 to 60 characters, never a reserved name of Windows.

    >>> maak_slug("Wijkteam 's-Gravenzande: jeugd & gezin")
    'wijkteam-s-gravenzande-jeugd-gezin'
    """
    tekst = naam.casefold().translate(_LETTERS)
    ascii_ = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode().lower()
    slug = _knip(re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-"), MAXIMUM) or "aanpak"
    return f"aanpak-{slug}" if slug in _GERESERVEERD else slug


def unieke_slugs(namen: Iterable[str]) -> tuple[str, ...]:
    """One slug per name, in order; the second and later of equal slugs get -2, -3, ...

    A number never takes the slug that another name has of its own ("a", "a", "a-2" gives
    "a", "a-3", "a-2"), so adding a duplicate does not rename the others.
    """
    bases = [maak_slug(naam) for naam in namen]
    bezet = set(bases)
    gezien: set[str] = set()
    volgende: dict[str, int] = {}
    uit = []
    for basis in bases:
        slug = basis
        if basis in gezien:
            nummer = volgende.get(basis, 2)
            while (slug := _met_nummer(basis, nummer)) in bezet:
                nummer += 1
            volgende[basis] = nummer + 1
            bezet.add(slug)
        gezien.add(basis)
        uit.append(slug)
    return tuple(uit)


def _met_nummer(basis: str, nummer: int) -> str:
    staart = f"-{nummer}"
    return _knip(basis, MAXIMUM - len(staart)) + staart


def _knip(tekst: str, lengte: int) -> str:
    return tekst[:lengte].rstrip("-")
