"""Numbers as Dutch readers expect them: 1.429.400, 31%, 0,90; and the few words that follow a number."""

import math
from collections.abc import Sequence
from typing import Final, Literal

from mkba.kern.afronden import rond as rond
from mkba.kern.begrippen import DISCIPLINES, naam
from mkba.kern.meldingen import Melding, toon_waarde
from mkba.kern.notatie import DECIMALEN, afgerond
from mkba.kern.notatie import hoeveel as hoeveel
from mkba.kern.notatie import zuinig as zuinig
from mkba.kern.velden import VELDEN, Veld

Stand = Literal["boven", "rond", "onder", "onbekend"]
STAP_VERHOUDING: Final = 0.05
"""Ratios are printed to 0.05, as the source does; "rond 1" is what prints as 1,00."""


def getal(waarde: float, decimalen: int = 0) -> str:
    """Dutch number: dot for thousands, comma for decimals; a dash for a missing value."""
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return afgerond(waarde, decimalen)


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


def verhouding(waarde: float, stap: float = STAP_VERHOUDING) -> str:
    """A ratio, printed to 0.05 as in the source: 0.901 -> "0,90"."""
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return getal(rond(waarde, stap), 2)


def stand(ratio: float | None) -> Stand:
    """How a ratio compares with 1 as it is printed: what prints as 1,00 is "rond"; "onbekend" without a ratio."""
    if ratio is None or not math.isfinite(ratio):
        return "onbekend"
    gedrukt = rond(ratio, STAP_VERHOUDING)
    if abs(gedrukt - 1) < STAP_VERHOUDING / 2:
        return "rond"
    return "boven" if gedrukt > 1 else "onder"


def gedrukt_verschil(een: float, ander: float, stap: float) -> float:
    """``een`` minus ``ander`` as they are printed, so that who subtracts finds the same: 1.35 - 1.65 is -0.30."""
    return rond(een, stap) - rond(ander, stap) if math.isfinite(een) and math.isfinite(ander) else math.nan


def te_onderscheiden(een: float, ander: float, cijfers: int = 2) -> tuple[str, str]:
    """Two numbers with at least one decimal and ``cijfers`` digits, or as many as it takes to see that they differ."""
    for extra in range(DECIMALEN):
        paar = zuinig(een, cijfers + extra, 1 + extra), zuinig(ander, cijfers + extra, 1 + extra)
        if paar[0] != paar[1] or math.isclose(een, ander, rel_tol=1e-9, abs_tol=1e-9):
            break
    return paar


def huishoudens(aantal: float) -> str:
    """A number of households in words."""
    return hoeveel(aantal, "huishouden", "huishoudens")


def opsomming(delen: Sequence[str], woord: str = "en") -> str:
    """ "a, b en c"."""
    return f" {woord} ".join([", ".join(delen[:-1]), delen[-1]] if len(delen) > 1 else delen)


def toon_veld(veld: Veld, waarde: object) -> str:
    """One input value as a Dutch reader expects it: three significant digits, four of what is no share."""
    if waarde is None:
        return "–"
    if veld.soort == "ja_nee":
        return "ja" if waarde else "nee"
    if veld.soort == "disciplines":
        gekozen = waarde if isinstance(waarde, tuple) else ()
        return ", ".join(naam(d) for d in DISCIPLINES if d in gekozen) or "geen"
    if not isinstance(waarde, int | float):
        return str(waarde)
    if veld.soort == "fractie":
        return f"{zuinig(100 * waarde)}%"
    if veld.soort == "eur":
        return euro(waarde)
    return zuinig(waarde, 4)


def toon_meldingwaarde(melding: Melding) -> str:
    """The value that a message is about, as a reader expects it: in the unit of its field, with a decimal comma."""
    veld, waarde = VELDEN.get(melding.veld), melding.waarde
    if isinstance(waarde, int | float) and not isinstance(waarde, bool):
        return toon_veld(veld, waarde) if veld is not None else zuinig(waarde, 6)
    return toon_waarde(waarde).strip("'")


def kort(waarde: float) -> str:
    """Shortest Dutch notation of a kengetal, at most six significant digits: 0.1293 -> "0,1293"."""
    return zuinig(waarde, 6, 0)


def kans_in_procent(kans: float) -> str:
    """A chance as a percentage; never 0% or 100% when some draws say otherwise."""
    if 0 < kans < 0.005:
        return "< 1%"
    return "> 99%" if 0.995 <= kans < 1 else procent(kans)
