"""What the numbers of a table are, and the one place that turns such a number into text."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import euro, getal, kans_in_procent, kort, procent, toon_veld, verhouding, zuinig
from mkba.kern.woorden.velden import Veld


@dataclass(frozen=True)
class Maat:
    """What the numbers of a column are: how they print, how a spreadsheet shows them, and their unit in a head."""

    druk: Callable[[float], str]
    xlsx: str
    eenheid: str = ""


def _centen(bedrag: float) -> str:
    """Euros with their cents, where there are any: what must add up to an account to the cent."""
    if not math.isfinite(bedrag):
        return euro(bedrag)
    return f"€\u00a0{getal(bedrag, 0 if abs(bedrag - round(bedrag)) < 0.005 else 2)}"


MATEN: Final[Mapping[str, Maat]] = {
    "eur": Maat(lambda w: euro(w, 100), '"€" #,##0;"€" -#,##0', "euro"),
    "eur_cent": Maat(_centen, '"€" #,##0.00;"€" -#,##0.00', "euro"),
    "eur1": Maat(euro, '"€" #,##0;"€" -#,##0', "euro"),
    "eur1000": Maat(lambda w: euro(w, 1000), '"€" #,##0;"€" -#,##0', "euro"),
    "bedrag": Maat(lambda w: getal(rond(w, 100)) if math.isfinite(w) else "–", "#,##0", "euro"),
    "fractie": Maat(procent, "0%", "%"),
    "fractie1": Maat(lambda w: procent(w, 1), "0.0%", "%"),
    "kans": Maat(kans_in_procent, "0.0%", "%"),
    "punten1": Maat(lambda w: getal(100 * w, 1), "0.0%", "%"),
    "fractie2": Maat(lambda w: procent(w, 2), "0.00%", "%"),
    "verhouding": Maat(verhouding, "0.00"),
    "decimaal1": Maat(lambda w: getal(w, 1), "0.0"),
    "decimaal2": Maat(lambda w: getal(w, 2), "0.00"),
    "decimaal3": Maat(lambda w: getal(w, 3), "0.000"),
    "aantal": Maat(getal, "#,##0"),
    "jaar": Maat(lambda w: str(round(w)) if math.isfinite(w) else "–", "0"),
    "kort": Maat(kort, "General"),
    "antwoord": Maat(lambda w: zuinig(w, 4), "General"),
    "antwoord%": Maat(lambda w: f"{zuinig(100 * w)}%", "0.00%", "%"),
    "tekst": Maat(kort, "General"),
}
"""``eur`` rounds to 100 as the manual's screens do, ``eur1`` to whole euros, ``eur1000`` to thousands; ``eur_cent``
does not. ``bedrag`` is ``eur`` without the sign, for wide tables that say euro above; ``fractie`` is a share, 0.31
prints 31%, ``kans`` one that never prints 0% or 100% when some draws say otherwise; ``punten1`` is a difference of
shares in percentage points; ``verhouding`` prints to 0.05 as the source does; ``kort`` is a kengetal, ``antwoord`` and
``antwoord%`` (a share) are answers, with the decimals that they need. A number in a column of ``tekst`` prints as
``kort``."""


@dataclass(frozen=True)
class Cel:
    """A number with a maat of its own, or with words around it: ``Cel(0.31, "fractie", " (k)")`` prints "31% (k)".

    It stays a number in a workbook and in csv; ``leeg`` is what stands there when the number is missing; ``gedrukt``:
    how it prints where that depends on its neighbours (so many digits that two numbers can be told apart) or where its
    maat would mislead ("≈ 0"); with "" it prints nothing.
    """

    waarde: float | None
    maat: str
    achter: str = ""
    voor: str = ""
    leeg: str = "–"
    gedrukt: str | None = None

    def __str__(self) -> str:
        if self.waarde is None or not math.isfinite(self.waarde):
            return self.leeg
        if self.gedrukt == "":
            return ""
        return f"{self.voor}{self.gedrukt or MATEN[self.maat].druk(self.waarde)}{self.achter}"


_MAAT_VAN_SOORT: Final = {"fractie": "antwoord%", "eur": "eur1"}


def veldcel(veld: Veld, waarde: object, achter: str = "", gedrukt: str | None = None) -> Cel | str:
    """As :func:`mkba.kern.tekst.notatie.toon_veld` prints an answer: a number stays one, in the unit of its field."""
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        return toon_veld(veld, waarde) + achter
    return Cel(float(waarde), _MAAT_VAN_SOORT.get(veld.soort, "antwoord"), achter, gedrukt=gedrukt)
