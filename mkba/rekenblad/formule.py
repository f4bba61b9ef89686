"""A formula for a spreadsheet and its value now, built together: what Python calculates, the cell will calculate.

``fte * kosten`` of two formulas is the formula ``fte*kosten`` with the product as its value. So the order of
calculation is written once, readable, and every formula goes into the file with the result that a previewer shows.
"""

import math
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

Waarde = float | str | None
_ATOOM, _KEER, _PLUS, _VERGELIJK = 4, 3, 2, 1
FOUT: Final = math.nan
"""The value of a formula that shows an error (#N/A, a division by 0)."""


@dataclass(frozen=True, slots=True, eq=False)
class Formule:
    """A formula without "=", its value, and how tight its outermost operator binds.

    ``waarde``: a number, a text, NaN for an error, or None for an empty cell.
    """

    tekst: str
    waarde: Waarde
    binding: int = _ATOOM

    def __add__(self, ander: "Formule | float") -> "Formule":
        return _twee("+", operator.add, self, ander, _PLUS)

    def __sub__(self, ander: "Formule | float") -> "Formule":
        return _twee("-", operator.sub, self, ander, _PLUS)

    def __rsub__(self, ander: float) -> "Formule":
        return _twee("-", operator.sub, ander, self, _PLUS)

    def __mul__(self, ander: "Formule | float") -> "Formule":
        return _twee("*", operator.mul, self, ander, _KEER)

    def __truediv__(self, ander: "Formule | float") -> "Formule":
        return _twee("/", _deel, self, ander, _KEER)

    def __gt__(self, ander: "Formule | float") -> "Formule":
        return _twee(">", lambda a, b: float(a > b), self, ander, _VERGELIJK)

    def __le__(self, ander: "Formule | float") -> "Formule":
        return _twee("<=", lambda a, b: float(a <= b), self, ander, _VERGELIJK)


def getal(waarde: float) -> Formule:
    """A plain number in a formula: only 0, 1 and what the layout fixes (a year)."""
    return Formule(f"{waarde:.15g}", float(waarde))


def _als_formule(wat: Formule | float) -> Formule:
    return wat if isinstance(wat, Formule) else getal(wat)


def _twee(
    teken: str, reken: Callable[[Any, Any], float], links: Formule | float, rechts: Formule | float, binding: int
) -> Formule:
    een, ander = _als_formule(links), _als_formule(rechts)
    # a-(b+c), a/(b*c): what stands right of - and / needs its brackets; what binds less always does
    strenger = binding + (teken in "-/")
    linkertekst = een.tekst if een.binding >= binding else f"({een.tekst})"
    rechtertekst = ander.tekst if ander.binding >= strenger else f"({ander.tekst})"
    return Formule(f"{linkertekst}{teken}{rechtertekst}", _reken(reken, een.waarde, ander.waarde), binding)


def _reken(reken: Callable[[Any, Any], float], een: Waarde, ander: Waarde) -> float:
    if isinstance(een, str) or isinstance(ander, str):
        return FOUT
    return reken(een or 0.0, ander or 0.0)  # an empty cell counts as 0


def _deel(een: float, ander: float) -> float:
    return een / ander if ander else FOUT


def gelijk(een: Formule, tekst: str) -> Formule:
    """Whether a cell holds this text; capitals do not matter, as in a spreadsheet."""
    inhoud = ("" if een.waarde is None else str(een.waarde)).casefold()
    return Formule(f'{een.tekst}="{tekst}"', float(inhoud == tekst.casefold()), _VERGELIJK)


def leeg(een: Formule) -> Formule:
    """Whether a cell is empty."""
    return gelijk(een, "")


def als(voorwaarde: Formule, dan: Formule | float, anders: Formule | float) -> Formule:
    """IF: one of two, both are written."""
    ja, nee = _als_formule(dan), _als_formule(anders)
    waarde = ja.waarde if voorwaarde.waarde else nee.waarde
    return Formule(f"IF({voorwaarde.tekst},{ja.tekst},{nee.tekst})", waarde)


def en(*voorwaarden: Formule) -> Formule:
    """AND."""
    return _lijst("AND", voorwaarden, float(all(v.waarde for v in voorwaarden)))


def of(*voorwaarden: Formule) -> Formule:
    """OR."""
    return _lijst("OR", voorwaarden, float(any(v.waarde for v in voorwaarden)))


def grootste(*delen: Formule | float) -> Formule:
    """MAX of single values."""
    termen = [_als_formule(d) for d in delen]
    return _lijst("MAX", termen, max(_kaal(t.waarde) for t in termen))


def plus(delen: Iterable[Formule]) -> Formule:
    """a+b+c, written out."""
    eerste, *rest = delen
    for deel in rest:
        eerste = eerste + deel
    return eerste


def keer(*delen: Formule) -> Formule:
    """a*b*c, written out."""
    eerste, *rest = delen
    for deel in rest:
        eerste = eerste * deel
    return eerste


def som(bereik: str, cellen: Iterable[Formule]) -> Formule:
    """SUM over a range that holds ``cellen``; texts and empty cells do not count."""
    return Formule(f"SUM({bereik})", math.fsum(_kaal(c.waarde) for c in cellen))


def somproduct(bereiken: tuple[str, str], een: Iterable[Formule], ander: Iterable[Formule]) -> Formule:
    """SUMPRODUCT of two ranges of equal shape."""
    waarde = math.fsum(_kaal(a.waarde) * _kaal(b.waarde) for a, b in zip(een, ander, strict=True))
    return Formule(f"SUMPRODUCT({','.join(bereiken)})", waarde)


def onbekend() -> Formule:
    """#N/A: an answer that is missing or makes no sense; everything that depends on it shows the same."""
    return Formule("NA()", FOUT)


def woord(tekst: str) -> Formule:
    """A text in a formula."""
    return Formule('"' + tekst.replace('"', '""') + '"', tekst)


def tekst_na_elkaar(*delen: Formule) -> Formule:
    """Texts after each other; Excel takes at most 255 characters of a text in a formula, so a long one in pieces."""
    return Formule("&".join(d.tekst for d in delen), "".join(str(d.waarde) for d in delen))


def _lijst(functie: str, delen: Iterable[Formule], waarde: Waarde) -> Formule:
    return Formule(f"{functie}({','.join(d.tekst for d in delen)})", waarde)


def _kaal(waarde: Waarde) -> float:
    return waarde if isinstance(waarde, (float, int)) else 0.0
