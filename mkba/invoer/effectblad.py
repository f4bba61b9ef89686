"""The layout of sheet "effectmeting" of a workbook of one aanpak (questions 16 to 18): see ``invoerblad``.

Only a workbook of an aanpak with a measurement has it. A mark in K1 tells the sheet; column K holds a key per row:
``meer+minder`` stands for the four blocks, whose answers stand side by side in columns C to F, ``voorkomen+bedreigd``
for the two answers of question 18 in C and D.
"""

from functools import cache
from typing import Final

from mkba.kern.woorden.effectvelden import (
    DELEN,
    GEBRUIK_VELD,
    GRONDSLAG_VELD,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    gemeten_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, SOORTEN, TRAJECTEN

BLAD_EFFECT: Final = "effectmeting"
MERK_EFFECT: Final = "mkba-effectmeting"
KOLOMMEN_EFFECT: Final = "CDEF"
BLOKKEN: Final = tuple((soort, case) for soort in SOORTEN for case in CASES)


@cache
def effectpatronen() -> dict[str, tuple[str, ...]]:
    """Key of every row of answers -> the fields in it, in the order of the sheet."""
    uit: dict[str, tuple[str, ...]] = {GEBRUIK_VELD: (GEBRUIK_VELD,)}
    uit |= {gemeten_veld(deel): (gemeten_veld(deel),) for deel in DELEN}
    uit["meer+minder.aantal"] = tuple(aantal_veld(*b) for b in BLOKKEN)
    uit |= {f"meer+minder.{t}": tuple(aandeel_veld(*b, t) for b in BLOKKEN) for t in TRAJECTEN}
    uit[GRONDSLAG_VELD] = (GRONDSLAG_VELD,)
    uit |= {f"voorkomen+bedreigd.{e}": (voorkomen_veld(e), bedreigd_veld(e)) for e in ESCALATIES}
    return uit
