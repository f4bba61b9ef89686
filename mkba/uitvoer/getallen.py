"""Numbers as Dutch readers expect them: 1.429.400, 31%, 0,90."""

import math


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
    """Euros, rounded to ``op`` euros (100 as in the manual's screens): "€ 1.429.400" with a no-break space."""
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return f"€\u00a0{getal(rond(waarde, op))}"


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
