"""The layout of a workbook of one aanpak, as far as reading and writing must agree on it.

``mkba werkboek`` writes such a workbook (``mkba.rekenblad``), ``invoerblad_lezen`` reads it. A mark in K1 of
sheet "invoer" tells it from a table of aanpakken. Column K holds a key per row; ``*`` stands for the three
huishoudtypen, whose answers stand side by side in columns C, D and E. Rows are found by their key, so rows may be
inserted or moved.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from mkba.kern.catalogus.sleutels import GEBRUIK
from mkba.kern.woorden.begrippen import DISCIPLINES, NAMEN, TYPEN
from mkba.kern.woorden.velden import VELDEN, Soort

MERK: Final = "mkba-werkboek"
VERSIE: Final = 1
BLAD_INVOER: Final = "invoer"
BLAD_KENGETALLEN: Final = "kengetallen"

KOLOM_SLEUTEL: Final = 11
"""Column K of both sheets; its first row holds the mark."""
KOP_SLEUTEL: Final = "Sleutel"
"""The head of that column."""
KOLOM_ANTWOORD: Final = 3
"""Column C of sheet invoer: the answer, or the first of three."""
KOLOM_WAARDE, KOLOM_CATALOGUS, KOLOM_EIGEN_BRON = 2, 4, 10
"""Columns B, D and J of sheet kengetallen: the value, that of the rule set, and the user's own source."""
REGELSET: Final = "regelset "
"""Begins the mark of sheet kengetallen; the name of the rule set follows."""


INGROEI: Final = "ingroei.frictie.jaar3"
"""The part of the frictie in the third year, the year of uitvoer B."""


@cache
def patronen() -> Mapping[str, tuple[str, ...]]:
    """Key of every row of answers -> the fields (or disciplines) in it, in the order of the invoerscherm."""
    uit: dict[str, tuple[str, ...]] = {}
    for sleutel, veld in VELDEN.items():
        if veld.soort == "disciplines":
            uit |= {f"{sleutel}.{d}": (f"{sleutel}.{d}",) for d in DISCIPLINES}
        elif delen := [d for d in sleutel.split(".") if d in TYPEN]:
            patroon = sleutel.replace(delen[0], "*", 1)
            uit.setdefault(patroon, tuple(patroon.replace("*", t) for t in TYPEN))
        else:
            uit[sleutel] = (sleutel,)
    return MappingProxyType(uit)


def soort_van(sleutel: str) -> Soort:
    """The kind of answer of a field or of one discipline."""
    return VELDEN[sleutel].soort if sleutel in VELDEN else "ja_nee"


def label_van(patroon: str) -> str:
    """What stands before a row of answers."""
    eerste = patronen()[patroon][0]
    if eerste not in VELDEN:
        return NAMEN[eerste.rpartition(".")[2]]
    label = VELDEN[eerste].label
    naam = NAMEN[TYPEN[0]]
    return label.removesuffix(f": {naam}").removeprefix(f"{naam}: ") if "*" in patroon else label


def kengetalpaden(gemeten: bool = False) -> tuple[str, ...]:
    """The kengetallen of a workbook: what its formulas read, and what fills an empty answer.

    ``gemeten``: of a workbook with a sheet effectmeting, so also those of questions 16 to 18.

    Of ingroei only what counts of the frictie in the year of the budget: the years of growth are calculated by the
    report only.
    """
    standaard = {veld.standaard for veld in VELDEN.values()}
    return tuple(
        pad
        for pad, soort in GEBRUIK.items()
        if (soort == "model" and (pad == INGROEI or not pad.startswith("ingroei.")))
        or (soort == "effectmeting" and gemeten)
        or pad in standaard
    )
