"""Cells and rows of a workbook that only have a look: left out before they are read.

A sheet whose format was filled down to the last row has a million rows without a value. Reading them takes half a
minute; finding them takes a second.
"""

import io
import re
import zipfile
from typing import Final

DREMPEL: Final = 50_000
"""So many empty cells and rows are read in a moment: the file stays as it is."""

MAXIMUM: Final = 500_000
"""Empty cells and rows that must be read, because they do not tell where they stand: a few seconds."""

_BLAD: Final = re.compile(rb"<(?:\w+:)?sheetData[\s/>]")
_CEL: Final = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?(?:/>|>\s*+</(?:\w+:)?c>)")
_RIJ: Final = re.compile(rb"<(?:\w+:)?row(?:\s[^<>]*)?(?:/>|>\s*+</(?:\w+:)?row>)")
_ZONDER_PLAATS: Final = re.compile(rb"<(?:\w+:)?(?:c|row)(?![\w:])(?![^<>]*\sr=\")")
"""A cell or row that does not tell where it stands: its place follows from those before it, so all must stay."""


def zonder_lege_cellen(inhoud: bytes) -> bytes:
    """The same workbook without the cells and rows that hold no value, when there are very many of them.

    Its shared texts keep their escapes: openpyxl drops every "x005F_" of them, and "Plan_x0041_" would become "PlanA".
    """
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bron:
        nieuw = {naam: dun for naam in bron.namelist() if (dun := _dun_uit(bron.read(naam))) is not None}
        nieuw |= {
            d.filename: tekst.replace(b"x005F_", b"x005x005F_F_")  # what is left when openpyxl has dropped one
            for d in bron.infolist()
            if d.filename.endswith("sharedStrings.xml") and b"x005F_" in (tekst := bron.read(d))
        }
        if not nieuw:
            return inhoud
        uit = io.BytesIO()
        with zipfile.ZipFile(uit, "w") as doel:
            for deel in bron.infolist():
                doel.writestr(deel.filename, nieuw[deel.filename] if deel.filename in nieuw else bron.read(deel))
    return uit.getvalue()


def is_xml(deel: bytes) -> bool:
    """Whether a part of a workbook is XML, whatever it is called."""
    return deel.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def is_blad(deel: bytes) -> bool:
    """Whether a part of a workbook is a sheet with cells, whatever it is called."""
    return is_xml(deel) and _BLAD.search(deel) is not None


def aantal_zonder_plaats(xml: bytes) -> int:
    """How many empty cells and rows of a sheet cannot be left out."""
    if _aantal_einden(xml) < DREMPEL or not _ZONDER_PLAATS.search(xml):
        return 0
    return sum(1 for patroon in (_CEL, _RIJ) for _ in patroon.finditer(xml))


def _aantal_einden(xml: bytes) -> int:
    """Each empty thing has one of these ends."""
    return xml.count(b"/>") + xml.count(b"></")


def _dun_uit(xml: bytes) -> bytes | None:
    """The sheet without what is empty; None when that is little, when places would shift, or of another part."""
    if not is_blad(xml) or _aantal_einden(xml) < DREMPEL or _ZONDER_PLAATS.search(xml):
        return None
    zonder_cellen, cellen = _CEL.subn(b"", xml)
    zonder_rijen, rijen = _RIJ.subn(b"", zonder_cellen)
    return zonder_rijen if cellen + rijen >= DREMPEL else None
