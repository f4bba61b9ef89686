"""How many examples of a property are tried: all of them in ``make test-traag``, a quarter of them in ``make test``."""

from typing import Final

from hypothesis import settings

SNEL: Final = "snel"
ALLE: Final = "alle"
"""Profiles of hypothesis: the conftest loads the first, ``--hypothesis-profile alle`` takes its place."""
MINSTE: Final = 5


def voorbeelden(alle: int) -> int:
    """For ``@settings(max_examples=…)`` of a property of which every example takes its time."""
    return alle if settings.default is settings.get_profile(ALLE) else max(min(alle, MINSTE), alle // 4)
