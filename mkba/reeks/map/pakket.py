"""Zip files that are the same when their content is: fixed times, given order. And a folder of reports as one zip."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

from mkba.kern.schrijven import veilig_open
from mkba.reeks.plan.taak import Manifest

_VROEGST: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
_GEWOON_BESTAND: Final = 0o644 << 16
_AL_KLEIN: Final = (".png", ".xlsx", ".pdf")  # compressed themselves


def als_zip(delen: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of (name, content) in this order."""
    buffer = io.BytesIO()
    _vul(buffer, delen)
    return buffer.getvalue()


def _vul(stroom: IO[bytes], delen: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(stroom, "w") as pakket:
        for naam, inhoud in delen:
            lid = zipfile.ZipInfo(naam, _VROEGST)
            lid.create_system, lid.external_attr = 3, _GEWOON_BESTAND  # the same on every system
            lid.compress_type = zipfile.ZIP_STORED if naam.endswith(_AL_KLEIN) else zipfile.ZIP_DEFLATED
            pakket.writestr(lid, inhoud)


def lees_zip(inhoud: bytes) -> list[tuple[str, bytes]]:
    """(name, content) of every member."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
        return [(naam, pakket.read(naam)) for naam in pakket.namelist()]


def schrijf_pakket(naar: Path, manifesten: Iterable[Manifest], bestand: Path) -> Path:
    """Everything that the overview of folder ``naar`` links to, in one zip. Raises OSError.

    The overview and its table first, then per report its page, notebook, other formats, fault and manifest.
    """
    namen = ["index.html", "overzicht.csv"]
    for m in manifesten:
        namen += [*m.bestanden, f"fouten/{m.slug}.txt", f"manifesten/{m.slug}.json"]
    paden = [(naam, naar / naam) for naam in dict.fromkeys(namen)]
    binnen = naar.resolve()  # a manifest that was tampered with names no file elsewhere
    delen = ((naam, p.read_bytes()) for naam, p in paden if p.is_file() and p.resolve().is_relative_to(binnen))
    with veilig_open(bestand) as stroom:  # one file at a time: a batch of hundreds does not fit in memory
        _vul(stroom, delen)
    return bestand
