"""What checking a publication yields: a finding per number or statement, and how many hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

Soort = Literal["getal", "uitspraak"]
SOORTEN: Final[tuple[Soort, ...]] = ("getal", "uitspraak")
Grond = Literal["bron", "uitkomst", "afgestemd", "invoer", "model", ""]
GRONDEN: Final[tuple[Grond, ...]] = ("bron", "uitkomst", "afgestemd", "invoer", "model", "")
"""On what a judgement rests, the hardest first: printed numbers or a published case; an outcome of the reconstruction
that could have been otherwise; an outcome on which an input or the check itself was chosen; its input, which was filled
in from the text; the formulas, for about any input. "" when it cannot be checked."""


@dataclass(frozen=True, slots=True)
class Bevinding:
    """A printed number or statement beside what we make of it.

    ``plek``: figure, table or section ("tabel 4.7"); ``wat``: what is checked. ``gepubliceerd`` and ``berekend`` are
    numbers in ``eenheid`` (aantal, eur, fractie, verhouding, jaren: a duration, jaar: a year), or text. ``houdt`` is
    None when the source lacks what it takes to check; ``toelichting`` then says what. What does not hold is a finding
    as well: it is reported, never tuned away. Of a statement about the 13 aanpakken ``gepubliceerd`` is what must be
    true when it is read as a check, and ``citaat`` the sentence. ``bij``: under which figure, table or section the
    notebook shows it, the place itself when left out.
    """

    soort: Soort
    plek: str
    wat: str
    gepubliceerd: float | str
    berekend: float | str
    eenheid: str
    houdt: bool | None
    toelichting: str = ""
    citaat: str = ""
    bij: str = ""
    grond: Grond = "bron"

    def __post_init__(self) -> None:
        # numbers of numpy would not be JSON, and its booleans are not True
        for veld in ("gepubliceerd", "berekend"):
            object.__setattr__(self, veld, met_getal(getattr(self, veld)))
        if self.houdt is not None:
            object.__setattr__(self, "houdt", bool(self.houdt))
        if not self.bij:
            object.__setattr__(self, "bij", self.plek)


def telling(bevindingen: Sequence[Bevinding]) -> pd.DataFrame:
    """Per soort and in total: how many, how many hold, do not hold, cannot be checked."""
    rijen = {str(soort): [b for b in bevindingen if b.soort == soort] for soort in SOORTEN}
    return _tel({**rijen, "totaal": list(bevindingen)})


def telling_gronden(bevindingen: Sequence[Bevinding]) -> pd.DataFrame:
    """The statements by what they rest on (:data:`GRONDEN`): the same columns as :func:`telling`."""
    uitspraken = [b for b in bevindingen if b.soort == "uitspraak"]
    return _tel({grond: [b for b in uitspraken if b.grond == grond] for grond in GRONDEN})


def _tel(rijen: dict[str, list[Bevinding]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "aantal": {s: len(deel) for s, deel in rijen.items()},
            "houdt": {s: sum(b.houdt is True for b in deel) for s, deel in rijen.items()},
            "houdt_niet": {s: sum(b.houdt is False for b in deel) for s, deel in rijen.items()},
            "niet_te_toetsen": {s: sum(b.houdt is None for b in deel) for s, deel in rijen.items()},
        }
    )


def als_gegevens(bevinding: Bevinding) -> dict[str, Any]:
    """A finding as plain data, for JSON; numbers unrounded."""
    return {veld: getattr(bevinding, veld) for veld in Bevinding.__dataclass_fields__}


def met_getal(waarde: Any) -> float | str:
    """A number of numpy as a plain one; text as it is."""
    return waarde if isinstance(waarde, str) else float(waarde)


def gelijk(een: float, ander: float) -> bool:
    """The same number, but for what binary fractions do to it."""
    return bool(abs(een - ander) <= 1e-9 * max(1.0, abs(een), abs(ander)))
