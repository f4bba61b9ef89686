"""How many examples of a property are tried: all of them in ``make test-traag``, a quarter of them in ``make test``."""

import os
from typing import Final

from hypothesis import settings

SNEL: Final = "snel"
ALLE: Final = "alle"
"""Profiles of hypothesis: the conftest loads the first, ``--hypothesis-profile alle`` takes its place."""
MINSTE: Final = 5


def voorbeelden(alle: int) -> int:
    """For ``@settings(max_examples=…)`` of a property of which every example takes its time."""
    return alle if settings.default is settings.get_profile(ALLE) else max(min(alle, MINSTE), alle // 4)


def audits(snel: int) -> int:
    """For the audits of what is hidden, of which one example takes a second: ``snel`` in ``make test``, 30 in ``make
    test-traag`` (some 90 s of processor time in all), or what MKBA_AUDITS says, to search longer."""
    gewoon = 30 if settings.default is settings.get_profile(ALLE) else snel
    return int(os.environ.get("MKBA_AUDITS", gewoon))
