"""What the tests of the input room share: a valid set of answers, and how to ask for the messages."""

import os
from pathlib import Path
from typing import Any, Final

import pytest

from mkba.invoer.lezen import Bronaanpak, lees_aanpakken
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import DISCIPLINES

# the sources and real samples beside the checkout; tests that need them skip where they are absent
GEDEELD: Final = Path(__file__).resolve().parents[3] / "shared"

BASIS: Final[dict[str, Any]] = {
    "naam": "Proefteam",
    "huishoudens": 1000,
    "type.gezin": 0.4,
    "type.oudere": 0.3,
    "type.overig": 0.3,
    "fte": 14,
    "additioneel": 0.5,
    "disciplines": list(DISCIPLINES),
}

BSN: Final = "111222333"
"""A test number: valid under the elfproef, never issued."""

GEVALLEN: Final = sorted((paden.data() / "aanpakken").glob("*.toml"))


def fouten(pad: Path, kengetallen: Kengetallen) -> list[str]:
    """All messages about a file or folder; each names the file. The folder is left out of the text."""
    with pytest.raises(InvoerFout) as fout:
        lees_aanpakken(pad, kengetallen)
    assert fout.value.meldingen
    assert all(str(pad) in m.bestand for m in fout.value.meldingen)
    return [str(m).replace(str(pad.parent) + os.sep, "") for m in fout.value.meldingen]


def een_fout(pad: Path, kengetallen: Kengetallen) -> str:
    """The only message about a file."""
    gevonden = fouten(pad, kengetallen)
    assert len(gevonden) == 1, gevonden
    return gevonden[0]


def lees_een(pad: Path, kengetallen: Kengetallen) -> Bronaanpak:
    """The only aanpak in a file."""
    (bron,) = lees_aanpakken(pad, kengetallen)
    return bron


def schrijf(map_: Path, naam: str, inhoud: str | bytes) -> Path:
    """A file in a temporary folder."""
    pad = map_ / naam
    pad.write_bytes(inhoud.encode() if isinstance(inhoud, str) else inhoud)
    return pad
