"""Numbers as Dutch readers expect them: 1.429.400, 31%, 0,90."""

import math
from collections.abc import Sequence


def rond(waarde: float, stap: float = 1.0) -> float:
    """Round to a step, halves away from zero, as a spreadsheet prints: 514,650 to 100 is 514,700."""
    # the tiny addition undoes binary noise: 0.285 / 0.01 is 28.499999999999996
    return math.copysign(math.floor(abs(waarde) / stap + 0.5 + 1e-9) * stap, waarde)


def getal(waarde: float, decimalen: int = 0) -> str:
    """Dutch number: dot for thousands, comma for decimals; a dash for a missing value."""
    if waarde is None or not math.isfinite(waarde):
        return "–"
    afgerond = rond(waarde, 10.0**-decimalen) + 0.0  # + 0.0 turns -0.0 into 0.0
    return f"{afgerond:,.{decimalen}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def euro(waarde: float, op: int = 1) -> str:
    """Euros, rounded to ``op`` euros (100 as in the manual's screens): "€ 1.429.400" with a no-break space.

    A negative amount is "€ -1.200": the minus before the number (Taaladvies, "Euro: – € 12 / € -12").
    """
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return f"€\u00a0{getal(rond(waarde, op))}"


def eurostap(waarden: Sequence[float], hoogste: int = 1000) -> int:
    """One step to which all euros of a sentence or figure are rounded: ``hoogste``, or less when they lie close.

    The largest of 1000, 100, 10 and 1 that is at most a tenth of the width of ``waarden`` (of their size, when they
    are all the same), that prints different amounts differently, and none of them as zero.
    """
    eindig = [float(w) for w in waarden if math.isfinite(w)]
    breed = max(eindig, default=0.0) - min(eindig, default=0.0) or max((abs(w) for w in eindig), default=0.0)
    for stap in (s for s in (1000, 100, 10) if s <= hoogste):
        if 10 * stap <= breed and len({0.0, *(rond(w, stap) for w in eindig)}) == len({0.0, *eindig}):
            return stap
    return 1


def van_de_honderd(kans: float) -> str:
    """A chance in words, "in 83 van de 100"; never 0 or 100 of 100 when some draws say otherwise."""
    if kans in (0.0, 1.0):
        return "in alle" if kans == 1.0 else "in geen van alle"
    if kans < 0.005 or kans >= 0.995:
        return "in minder dan 1 van de 100" if kans < 0.5 else "in meer dan 99 van de 100"
    return f"in {getal(100 * kans)} van de 100"


def procent(fractie: float, decimalen: int = 0) -> str:
    """A fraction as a percentage: 0.31 -> "31%"."""
    if fractie is None or not math.isfinite(fractie):
        return "–"
    return f"{getal(fractie * 100, decimalen)}%"


def verhouding(waarde: float, stap: float = 0.05) -> str:
    """A ratio, printed to 0.05 as in the source: 0.901 -> "0,90"."""
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return getal(rond(waarde, stap), 2)


def kort(waarde: float) -> str:
    """Shortest Dutch notation of a kengetal, at most six significant digits: 0.1293 -> "0,1293"."""
    if waarde is None or not math.isfinite(waarde):
        return "–"
    decimalen = max(0, 5 - math.floor(math.log10(abs(waarde)))) if waarde else 0
    tekst = getal(waarde, min(decimalen, 8))
    return tekst.rstrip("0").rstrip(",") if "," in tekst else tekst
