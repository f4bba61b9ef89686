"""How many examples of a property are tried: all of them in ``make test-traag``, a quarter of them in ``make test``.

Both try the same examples on every run: what they say of a commit does not depend on luck. ``make test-zoek`` looks
further, at random and ten times as long; what it finds becomes an ``@example``.
"""

import os
from typing import Final

from hypothesis import settings

SNEL: Final = "snel"
ALLE: Final = "alle"
ZOEK: Final = "zoek"
"""Profiles of hypothesis: the conftest loads the first, ``--hypothesis-profile alle`` or ``zoek`` takes its place."""
KEER: Final = {ALLE: 1, ZOEK: 10}
MINSTE: Final = 5


def voorbeelden(alle: int) -> int:
    """For ``@settings(max_examples=…)`` of a property of which every example takes its time."""
    for profiel, keer in KEER.items():
        if settings.default is settings.get_profile(profiel):
            return keer * alle
    return max(min(alle, MINSTE), alle // 4)


def audits(snel: int) -> int:
    """For the audits of what is hidden, of which one example takes a second: ``snel`` in ``make test``, 30 in ``make
    test-traag`` (some 90 s of processor time in all), or what MKBA_AUDITS says, to search longer."""
    gewoon = snel if settings.default is settings.get_profile(SNEL) else 30
    return int(os.environ.get("MKBA_AUDITS", gewoon))
