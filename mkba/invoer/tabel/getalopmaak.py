"""Number formats of a spreadsheet: whether a number is shown as a percentage, and thus is a fraction."""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

_DEEL: Final = re.compile(r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?|[^"\\_*\[]', re.DOTALL)
"""A quoted text, an escaped sign, a sign that only takes room (_%) or fills (*%), brackets, or a plain sign."""
_VOORWAARDE: Final = re.compile(r"\[\s*+(<=|>=|<>|<|>|=)\s*+(-?[0-9]+(?:\.[0-9]+)?)\s*+\]")
_VERGELIJK: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def is_procent(opmaak: str | None, getal: float) -> bool:
    """Whether Excel shows this number times 100: a percent sign that counts, in the section for this number.

    >>> is_procent("0%", 0.5), is_procent("0_%", 50), is_procent('0" %"', 50), is_procent("0;-0%", -0.5)
    (True, False, False, True)
    """
    if "%" not in (opmaak or ""):
        return False
    secties = _alle_secties(opmaak or "")
    return "%" in secties[_kies(secties, getal)]


@lru_cache(maxsize=256)
def _alle_secties(opmaak: str) -> tuple[tuple[str, ...], ...]:
    """A sheet has a few formats and may have millions of cells."""
    return tuple(tuple(s) for s in _secties(opmaak))


def _secties(opmaak: str) -> Iterator[list[str]]:
    """The parts of each section: positive; negative; zero; text."""
    sectie: list[str] = []
    for deel in _DEEL.findall(opmaak):
        if deel == ";":
            yield sectie
            sectie = []
        else:
            sectie.append(deel)
    yield sectie


def _kies(secties: Sequence[Sequence[str]], getal: float) -> int:
    """Which section shows the number. Without conditions: positive and zero, negative, zero."""
    getallen = secties[:3]
    voorwaarden = [next((v for d in sectie if (v := _VOORWAARDE.fullmatch(d))), None) for sectie in getallen]
    if not any(voorwaarden):
        plaats = 1 if getal < 0 else 2 if getal == 0 else 0
        return plaats if plaats < len(getallen) else 0
    for i, voorwaarde in enumerate(voorwaarden):
        if voorwaarde is not None:
            past = _VERGELIJK[voorwaarde[1]](getal, float(voorwaarde[2]))
        else:  # the second of three is for what is below zero, the last for all that is left
            past = i == len(getallen) - 1 or (i == 1 and getal < 0)
        if past:
            return i
    return len(getallen) - 1
