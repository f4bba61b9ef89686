"""What can be said of the result that a file stores with a formula, without trusting whoever stored it.

A sum of constants (``4/8``, ``12*40%``) is worked out here and compared. Nothing else is: no functions, no cells, no
names; a formula never becomes code.
"""

import math
import operator
import re
from collections.abc import Callable
from typing import Any, Final

MAXIMUM_TEKENS: Final = 400
"""A sum that somebody types is shorter; also keeps the brackets within reach of the stack."""
_DELEN: Final = re.compile(r"\s*(?:(?P<getal>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<teken>[-+*/^%()]))")
_KEER: Final[dict[str, Callable[[Any, Any], Any]]] = {"*": operator.mul, "/": operator.truediv}
_PLUS: Final[dict[str, Callable[[Any, Any], Any]]] = {"+": operator.add, "-": operator.sub}
_MACHT: Final[dict[str, Callable[[Any, Any], Any]]] = {"^": operator.pow}


class _GeenSom(ValueError):
    """Not a sum of constants, or one without a finite result."""


def reken_uit(formule: str) -> float | None:
    """The result of a sum of constants, by the rules of a spreadsheet; None for every other formula.

    >>> reken_uit("=4/8"), reken_uit("=-2^2"), reken_uit("=40%*(1+1)"), reken_uit("=A1*2")
    (0.5, 4.0, 0.8, None)
    """
    tekst = formule.strip().removeprefix("=").strip()
    if not tekst or len(tekst) > MAXIMUM_TEKENS:
        return None
    try:
        lezer = _Lezer(tekst)
        waarde = lezer.som()
        if lezer.kop:
            return None
        return waarde if math.isfinite(waarde) else None
    except (_GeenSom, ArithmeticError, TypeError, RecursionError):  # a root of a negative number is complex
        return None


def is_uitkomst(waarde: object, berekend: float) -> bool:
    """Whether a stored result is what a sum gives; spreadsheet programs round its last digits."""
    is_getal = isinstance(waarde, int | float) and not isinstance(waarde, bool)
    return is_getal and math.isclose(float(waarde), berekend, rel_tol=1e-9, abs_tol=1e-12)  # type: ignore[arg-type]


class _Lezer:
    """Reads a sum from left to right. A spreadsheet lets a minus sign before a number go before everything, then %,
    then ^ (from the left), then * and /, then + and -."""

    def __init__(self, tekst: str) -> None:
        self.rest = tekst
        self.kop = ""
        self.verder()

    def verder(self) -> str:
        """Take the first sign or number; ``kop`` is the one after it, empty at the end."""
        genomen, self.rest = self.kop, self.rest.strip()
        if not self.rest:
            self.kop = ""
            return genomen
        deel = _DELEN.match(self.rest)
        if deel is None:
            raise _GeenSom
        self.kop, self.rest = deel[0].strip(), self.rest[deel.end() :]
        return genomen

    def som(self) -> float:
        return self._rij(_PLUS, self._product)

    def _product(self) -> float:
        return self._rij(_KEER, lambda: self._rij(_MACHT, self._deel))

    def _rij(self, tekens: dict[str, Callable[[Any, Any], Any]], deel: Callable[[], float]) -> float:
        waarde = deel()
        while self.kop in tekens:
            waarde = tekens[self.verder()](waarde, deel())
        return waarde

    def _deel(self) -> float:
        teken = 1.0
        while self.kop in ("+", "-"):
            teken *= -1.0 if self.verder() == "-" else 1.0
        if self.kop == "(":
            self.verder()
            waarde = self.som()
            if self.verder() != ")":
                raise _GeenSom
        elif self.kop and self.kop not in "*/^%)":
            waarde = float(self.verder())
        else:
            raise _GeenSom
        while self.kop == "%":
            self.verder()
            waarde /= 100
        return teken * waarde
