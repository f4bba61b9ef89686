"""What somebody may have meant who typed a name that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

HOOGSTENS: Final = 3
"""Suggestions in a message: more would not be read."""


def bedoelt(woord: str, keuzes: Iterable[str]) -> str:
    """ "Bedoelt u bereken?" for the names that look like it, best first; empty when none does."""
    namen = {naam.casefold(): naam for naam in keuzes}
    gevonden = [namen[n] for n in get_close_matches(woord.casefold(), list(namen), n=HOOGSTENS)]
    return f"Bedoelt u {' of '.join(gevonden)}?" if gevonden else ""


def kies_uit(woord: object, keuzes: Iterable[str]) -> str:
    """A remedy for a name that does not exist: what it looks like, and all that it may be."""
    alle = list(keuzes)
    return f"{bedoelt(str(woord), alle)} Kies uit: {', '.join(alle) or '(geen)'}.".strip()
