"""What the numbers of a table are, and the one place that turns such a number into text."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from mkba.kern.getallen import euro, getal, kans_in_procent, kort, procent, rond, toon_veld, verhouding, zuinig
from mkba.kern.velden import Veld


@dataclass(frozen=True)
class Maat:
    """What the numbers of a column are: how they print, how a spreadsheet shows them, and their unit in a head."""

    druk: Callable[[float], str]
    xlsx: str
    eenheid: str = ""


MATEN: Final[Mapping[str, Maat]] = {
    "eur": Maat(lambda w: euro(w, 100), '"€" #,##0;"€" -#,##0', "euro"),
    "eur1": Maat(euro, '"€" #,##0;"€" -#,##0', "euro"),
    "eur1000": Maat(lambda w: euro(w, 1000), '"€" #,##0;"€" -#,##0', "euro"),
    "bedrag": Maat(lambda w: getal(rond(w, 100)) if math.isfinite(w) else "–", "#,##0", "euro"),
    "fractie": Maat(procent, "0%", "%"),
    "fractie1": Maat(lambda w: procent(w, 1), "0.0%", "%"),
    "aandeel": Maat(lambda w: f"{zuinig(100 * w)}%", "0.0##%", "%"),
    "kans": Maat(kans_in_procent, "0.0%", "%"),
    "punten1": Maat(lambda w: getal(100 * w, 1), "0.0%", "%"),
    "verhouding": Maat(verhouding, "0.00"),
    "decimaal1": Maat(lambda w: getal(w, 1), "0.0"),
    "decimaal2": Maat(lambda w: getal(w, 2), "0.00"),
    "aantal": Maat(getal, "#,##0"),
    "jaar": Maat(lambda w: str(round(w)) if math.isfinite(w) else "–", "0"),
    "kort": Maat(kort, "General"),
    "zuinig4": Maat(lambda w: zuinig(w, 4), "General"),
    "tekst": Maat(kort, "General"),
}
"""``eur`` rounds to 100 as the manual's screens do, ``eur1`` to whole euros, ``bedrag`` is ``eur`` without the sign,
for wide tables that say euro above; ``fractie`` is a share, 0.31 prints 31%, ``aandeel`` one with three significant
digits, ``kans`` one that never prints 0% or 100% when some draws say otherwise; ``punten1`` is a difference of shares
in percentage points; ``zuinig4`` is an answer that is no share; ``verhouding`` prints to 0.05 as the
source does; ``kort`` is a kengetal. A number in a column of ``tekst`` prints as ``kort``."""


@dataclass(frozen=True)
class Cel:
    """A number with a maat of its own, or with words around it: ``Cel(0.31, "fractie", " (k)")`` prints "31% (k)".

    It stays a number in a workbook and in csv; ``leeg`` is what stands there when the number is missing. ``tekst``: what
    a page prints of the number where its maat would mislead ("≈ 0", more decimals to tell two apart); with "" nothing.
    """

    waarde: float | None
    maat: str
    achter: str = ""
    voor: str = ""
    leeg: str = "–"
    tekst: str | None = None

    def __str__(self) -> str:
        if self.tekst is not None:
            return f"{self.voor}{self.tekst}{self.achter}" if self.tekst else ""
        if self.waarde is None or not math.isfinite(self.waarde):
            return self.leeg
        return f"{self.voor}{MATEN[self.maat].druk(self.waarde)}{self.achter}"


def veldcel(veld: Veld, waarde: object) -> Cel | str:
    """The answer to a question as a cell: a number prints as :func:`~mkba.kern.getallen.toon_veld` does."""
    if waarde is None:
        return Cel(None, "tekst")
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        return toon_veld(veld, waarde)
    return Cel(float(waarde), {"fractie": "aandeel", "eur": "eur1"}.get(veld.soort, "zuinig4"))
