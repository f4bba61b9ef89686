"""What a sheet of a workbook tells beside its values, and openpyxl leaves out when it reads row by row.

Which rows and columns are hidden (a filter hides rows too), and which formulas have the empty text as their result.
"""

import re
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils.cell import coordinate_to_tuple

_WAAR: Final = ("1", "true", "on")
_IETS_TE_VINDEN: Final = re.compile(rb"\bhidden\b|\b(?:ht|width)\s*=\s*[\"'][\s+-]*[0.]|[\"']str[\"']")
HERBEREKENEN: Final = re.compile(
    rb"<(?:\w+:)?calcPr\b[^>]*\b(?:(?:fullCalcOnLoad|forceFullCalc)\s*=\s*[\"'](?:1|true|on)[\"']"
    rb"|calcCompleted\s*=\s*[\"'](?:0|false|off)[\"'])"
)
"""In the part of the workbook: the writer asks to calculate anew, or had not finished calculating."""


@dataclass(frozen=True)
class Bladvorm:
    """Hidden rows (by number), hidden columns (first and last of each range), and cells (row, column) with a formula
    whose result is the empty text."""

    rijen: frozenset[int] = frozenset()
    kolommen: tuple[tuple[int, int], ...] = ()
    lege_teksten: frozenset[tuple[int, int]] = frozenset()

    def verborgen(self, rij: int, kolom: int) -> bool:
        """Whether nobody sees a cell; rows and columns count from 1."""
        return rij in self.rijen or any(van <= kolom <= tot for van, tot in self.kolommen)


def lees_vorm(blad: Any) -> Bladvorm:
    """Of a sheet of a workbook that openpyxl opened to read only."""
    with blad._get_source() as bron:  # a look at the bytes: in nearly every sheet there is nothing to find
        if not _IETS_TE_VINDEN.search(bron.read()):
            return Bladvorm()
    rijen: set[int] = set()
    kolommen: list[tuple[int, int]] = []
    lege: set[tuple[int, int]] = set()
    rij = kolom = 0
    with blad._get_source() as bron:
        for gebeurtenis, deel in iterparse(bron, ("start", "end")):
            naam = _naam(deel)
            if gebeurtenis == "start":
                if naam == "row":
                    rij, kolom = int(deel.get("r") or rij + 1), 0
                    if _weg(deel, "ht"):
                        rijen.add(rij)
            elif naam == "col" and _weg(deel, "width"):
                kolommen.append((int(deel.get("min", "0")), int(deel.get("max", "0"))))
            elif naam == "c":
                adres = deel.get("r")
                kolom = coordinate_to_tuple(adres)[1] if adres else kolom + 1
                if _lege_tekst(deel):
                    lege.add((rij, kolom))
            elif naam in ("row", "sheetData"):
                deel.clear()
    return Bladvorm(frozenset(rijen), tuple(kolommen), frozenset(lege))


def _naam(deel: Element) -> str:
    return deel.tag.rpartition("}")[2]


def _weg(deel: Element, maat: str) -> bool:
    """Hidden, or so narrow that nothing shows."""
    return deel.get("hidden") in _WAAR or (deel.get(maat) is not None and float(deel.get(maat, "1")) == 0)


def _lege_tekst(cel: Element) -> bool:
    """A formula with a result of text that is stored, and empty. Without <v> there is no result."""
    if cel.get("t") != "str":
        return False
    delen = {_naam(d): d for d in cel}
    return "f" in delen and "v" in delen and not delen["v"].text
