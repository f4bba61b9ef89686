"""``x.teken.figuur()``: an object draws itself with the pure functions of ``uitvoer``, whose help it borrows."""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Bron = TypeVar("Bron")


class Tekenaar(Generic[Bron]):
    """Figures of one object: every method takes ``ax=None`` and returns the Axes, which a notebook shows."""

    def __init__(self, bron: Bron) -> None:
        self._bron = bron

    def __dir__(self) -> list[str]:
        return [naam for naam in super().__dir__() if not naam.startswith("_")]

    def __repr__(self) -> str:
        return "figuren: " + ", ".join(f"{naam}()" for naam in dir(self))


def zoals(functie: Callable[..., Any]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Borrow the help of ``functie``: one text for the pure function and for the method that calls it."""

    def versier(methode: Callable[P, T]) -> Callable[P, T]:
        methode.__doc__ = "\n\n".join(t.strip() for t in (methode.__doc__, functie.__doc__) if t)
        return methode

    return versier
