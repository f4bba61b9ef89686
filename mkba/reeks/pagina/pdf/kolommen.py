"""How wide the columns of a table are on paper, measured with the font that prints them."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib.ft2font import FT2Font

LETTERMAP: Final = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
"""DejaVu Sans comes with matplotlib, which draws the figures in it: the same letters on every system."""

TEKSTBREEDTE_PT: Final = 178 * 72 / 25.4
"""Width of the text: A4 (210 mm) less two margins of 16 mm."""

PUNTEN: Final = (7.5, 7.0, 6.5, 6.0)
"""Sizes in points that a table may have, the first at which its words fit: a choice, 6 is the smallest that reads."""

GOOT_PT: Final = 9.0
"""Room between columns in points: a choice, as on screen."""

_EENHEDEN: Final = 1000.0  # size in points at which advances are asked for, so that rounding plays no part
_BREEKT: Final = re.compile(r"[ \n\u200b]+|(?<=[^\W\d]-)(?=\w)")


@cache
def _letter(vet: bool) -> FT2Font:
    letter = FT2Font(str(LETTERMAP / ("DejaVuSans-Bold.ttf" if vet else "DejaVuSans.ttf")))
    letter.set_size(_EENHEDEN, 72)
    return letter


@cache
def _teken(teken: str, vet: bool) -> float:
    letter = _letter(vet)
    if not letter.get_char_index(ord(teken)):
        return 1.0  # printed in a font of the system: no letter is much wider than it is high
    return float(letter.load_char(ord(teken)).linearHoriAdvance) / 65536 / _EENHEDEN


def breedte_em(tekst: str, vet: bool = False) -> float:
    """Width of one line in em (times the size of the letter)."""
    return sum(_teken(teken, vet) for teken in tekst)


def maten_em(tekst: str, vet: bool, heel: bool) -> tuple[float, float]:
    """(narrowest, widest) in em that a cell can use: its longest word and its longest line; ``heel`` never wraps."""
    breedst = max((breedte_em(regel, vet) for regel in tekst.split("\n")), default=0.0)
    if heel:
        return breedst, breedst
    return max((breedte_em(woord, vet) for woord in _BREEKT.split(tekst)), default=0.0), breedst


def verdeel(smalst: Sequence[float], breedst: Sequence[float], ruimte: float) -> list[float]:
    """Column widths that add up to at most ``ruimte``, none under ``smalst`` (when that fits) or over ``breedst``.

    What is left after the narrowest goes by the square root of what a column could still use: text of ten
    lines gets more than text of two, but not five times as much.
    """
    if sum(breedst) <= ruimte:
        return list(breedst)
    if sum(smalst) >= ruimte:
        return [ruimte * s / sum(smalst) for s in smalst]
    uit = list(smalst)
    rest = ruimte - sum(smalst)
    open_ = {k for k in range(len(uit)) if breedst[k] > smalst[k]}
    gewicht = [math.sqrt(b - s) if b > s else 0.0 for s, b in zip(smalst, breedst, strict=True)]
    while open_:
        deel = rest / sum(gewicht[k] for k in open_)
        vol = {k for k in open_ if deel * gewicht[k] >= breedst[k] - smalst[k]}
        if not vol:
            for k in open_:
                uit[k] += deel * gewicht[k]
            break
        for k in vol:
            uit[k] = breedst[k]
            rest -= breedst[k] - smalst[k]
        open_ -= vol
    return uit


@dataclass(frozen=True)
class Kolommen:
    """Letter size and widths in points, gutter included; ``afbreken`` when not even the longest words fit."""

    punten: float
    breedtes: list[float]
    afbreken: bool


def kolombreedtes(
    smalst_em: Sequence[float],
    breedst_em: Sequence[float],
    tekstbreed: float = TEKSTBREEDTE_PT,
    maten: Sequence[float] = PUNTEN,
    ruime_maten: Sequence[float] = (),
) -> Kolommen:
    """The largest letter at which every word fits in the width of the text (points), and the columns at that size.

    ``ruime_maten``: larger ones, at which every cell would stand on one line.
    """
    aantal = len(smalst_em)
    ruimte = tekstbreed - aantal * (GOOT_PT + 1)  # a point of slack against rounding
    past = [p for p in ruime_maten if sum(breedst_em) * p <= ruimte]
    past += [p for p in maten if sum(smalst_em) * p <= ruimte]
    punten = past[0] if past else maten[-1]
    breedtes = verdeel([s * punten for s in smalst_em], [b * punten for b in breedst_em], ruimte)
    return Kolommen(punten, [round(b + GOOT_PT + 1, 2) for b in breedtes], sum(smalst_em) * punten > ruimte)
