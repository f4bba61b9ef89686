"""Rounding of what is shown of wijken: so few digits that a wijk cannot be worked back, and an interval that never gets
narrower by it."""

import math
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, Literal, TypeVar, cast

from mkba.analyse.effectmeting.attributie.trend import Grens
from mkba.kern.tekst.afronden import rond

T = TypeVar("T")
CIJFERS: Final = 2
"""Significant digits of a rate; of euros, which are sums over thousands of households, one more. A choice."""
_ZONDER_EENHEID: Final = frozenset({"p", "p_wild", "kleinste_p", "vermogen", "maat"})
"""Fields of an attribution that are no rate."""
_ONDER: Final = frozenset({"laag", "interval_laag"})
_BOVEN: Final = frozenset({"hoog", "interval_hoog"})
"""Ends of an interval; the set of a :class:`Grens` is none."""
_SPELING: Final = 1e-9


def rond_af(record: T, cijfers: int, stap: float = 0.0) -> T:
    """A record with every number with a fraction to so many significant digits; a rate to ``stap`` at best, with the
    ends of an interval rounded outwards (0: to the digits only)."""
    return cast(T, _rond_af(record, cijfers, stap, ""))


def _rond_af(iets: Any, cijfers: int, stap: float, veld: str) -> Any:
    if isinstance(iets, float):
        return (
            _op_stap(iets, cijfers, stap, veld) if stap and veld not in _ZONDER_EENHEID else op_cijfers(iets, cijfers)
        )
    if isinstance(iets, tuple):
        return tuple(_rond_af(deel, cijfers, stap, "") for deel in iets)
    if is_dataclass(iets) and not isinstance(iets, type):
        midden = {"laag", "hoog"} if isinstance(iets, Grens) else set()
        namen = {f.name: "" if f.name in midden else f.name for f in fields(iets)}
        return replace(iets, **{n: _rond_af(getattr(iets, n), cijfers, stap, v) for n, v in namen.items()})
    return iets


def _op_stap(waarde: float, cijfers: int, stap: float, veld: str) -> float:
    if not math.isfinite(waarde):
        return waarde
    stap = max(stap, stap_van(abs(waarde), cijfers)) if waarde else stap
    if veld in _ONDER:
        keer = math.floor(waarde / stap + _SPELING)
    elif veld in _BOVEN:
        keer = math.ceil(waarde / stap - _SPELING)
    else:
        return float(f"{rond(waarde, stap):.12g}") + 0.0  # no nought with a sign
    return float(f"{keer * stap:.12g}")


def naar_buiten(waarde: float, cijfers: int, kant: Literal["laag", "hoog"]) -> float:
    """An end of an interval to so many significant digits, away from its middle."""
    return _op_stap(waarde, cijfers, 0.0, kant) if waarde else 0.0


def stap_van(waarde: float, cijfers: int) -> float:
    """The step of so many significant digits of a number above 0."""
    return float(10.0 ** (math.floor(math.log10(waarde)) + 1 - cijfers))


def op_cijfers(waarde: float, cijfers: int) -> float:
    """A number to so many significant digits."""
    if not math.isfinite(waarde) or waarde == 0:
        return float(waarde)
    return float(f"{rond(waarde, stap_van(abs(waarde), cijfers)):.{cijfers}g}")
