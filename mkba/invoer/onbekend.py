"""How programs and people write that a value is not known: what every reader takes for an empty cell."""

from typing import Final

ONBEKEND: Final = frozenset(("na", "n/a", "<na>", "nan", "null", "none", "?", ".", "..", "-"))
"""In small letters: of R (NA), pandas (nan, <NA>, None) and databases (NULL)."""
_VAN_EXCEL: Final = frozenset(("#n/a", "#n/b"))
"""The error for "not available" in English and Dutch."""


def is_onbekend(tekst: str) -> bool:
    """Whether a word stands for an unknown value: NA, #N/B, nan, NULL, -."""
    return tekst.casefold() in ONBEKEND | _VAN_EXCEL
