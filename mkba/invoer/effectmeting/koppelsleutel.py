"""Pseudonyms from numbers of persons, for who must link files: HMAC-SHA256 under a key that only the owner has.

A plain hash of a bsn is no pseudonym (there are a billion at most, so all can be tried); under a key it is, as long as
the key stays out of the project. The key is never in a record, a message, a repr or an output.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mkba.kern.bestand.bestanden import lees_bytes, weiger

MINIMUM_BYTES: Final = 32
"""As long as the output of SHA-256: a shorter key makes the HMAC weaker (RFC 2104, section 3)."""
_MAXIMUM_BYTES: Final = 4096
_TEKENS: Final = 24
"""Hexadecimal signs of a pseudonym: 96 bits, so that two households of a million never share one."""
_MAAK: Final = (
    "Maak er een met `openssl rand -hex 32 > sleutel.txt`, in een map die niet met het project wordt gedeeld."
)
_WIT: Final = re.compile(r"[\s.\-_/]+")


@dataclass(frozen=True, slots=True)
class Koppelsleutel:
    """The secret of one organisation. Its repr says nothing."""

    geheim: bytes = field(repr=False)

    def pseudoniem(self, waarde: str) -> str:
        """The same pseudonym for the same person or household, however it is spaced or capitalised.

        Zeros before a number do not count, as spreadsheets drop them.
        """
        kaal = _WIT.sub("", waarde).casefold()
        if kaal.isdigit():
            kaal = kaal.lstrip("0")
        return "p" + hmac.new(self.geheim, kaal.encode("utf-8"), hashlib.sha256).hexdigest()[:_TEKENS]


def lees_koppelsleutel(pad: str | Path, buiten: Iterable[str | Path] = ()) -> Koppelsleutel:
    """The key in a file. ``buiten``: the files and folders of the project, which may not hold it. Raises InvoerFout."""
    pad = Path(pad)
    inhoud = lees_bytes(pad, _MAXIMUM_BYTES, leeg=_MAAK).strip()
    plek = pad.resolve()
    for ander in (Path.cwd(), *map(Path, buiten)):
        map_ = ander.resolve() if ander.is_dir() or not ander.exists() else ander.resolve().parent
        if plek.is_relative_to(map_):
            weiger(
                pad,
                "de koppelsleutel staat in de map van het project (of die van de registratie of de uitvoer).",
                "Zet haar in een map daarbuiten, zodat zij niet met de gegevens wordt gedeeld.",
            )
    if any((boven / ".git").exists() for boven in plek.parents):
        weiger(pad, "de koppelsleutel staat in een map met versiebeheer (git).", "Zet haar in een map daarbuiten.")
    if len(inhoud) < MINIMUM_BYTES or len(set(inhoud)) < MINIMUM_BYTES // 4:
        weiger(pad, f"een koppelsleutel heeft ten minste {MINIMUM_BYTES} willekeurige tekens.", _MAAK)
    return Koppelsleutel(inhoud)
