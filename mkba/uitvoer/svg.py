"""SVG by hand, for figures that are drawn within a millisecond or by a command that may not load matplotlib.

Every text is escaped here, and nowhere else. The module is light: it imports no library.
"""

import math
from collections.abc import Iterable
from html import escape
from typing import Final

LIJN: Final = "#E3E8EA"
"""The colour of the lines behind a figure."""


class Stuk(str):
    """A piece of SVG: what is not such a piece is a text, and is escaped. A template takes it as it is."""

    __slots__ = ()

    def __html__(self) -> "Stuk":
        return self


def element(soort: str, *inhoud: str, **kenmerken: object) -> Stuk:
    """An element with attributes (``stroke_width`` is stroke-width, ``class_`` is class; None is left out)."""
    paren = ((naam.rstrip("_").replace("_", "-"), w) for naam, w in kenmerken.items() if w is not None)
    begin = "".join([soort, *(f' {naam}="{_waarde(w)}"' for naam, w in paren)])
    binnen = samen(inhoud)
    return Stuk(f"<{begin}>{binnen}</{soort}>" if binnen else f"<{begin}/>")


def samen(stukken: Iterable[str]) -> Stuk:
    """Pieces and texts after each other."""
    return Stuk("".join(s if isinstance(s, Stuk) else escape(s, quote=False) for s in stukken))


def _waarde(waarde: object) -> str:
    """A number with a decimal of a pixel, a text escaped."""
    return f"{waarde:.1f}".removesuffix(".0") if isinstance(waarde, float) else escape(str(waarde))


def tekst(x: float, y: float, inhoud: str, **kenmerken: object) -> Stuk:
    """A text, from ``x`` on unless ``text_anchor`` says otherwise."""
    return element("text", inhoud, x=x, y=y, **kenmerken)


def pad(*stappen: str | float, **kenmerken: object) -> Stuk:
    """A path of commands and numbers: ``pad("M", 0, 5, "H", 20)``."""
    delen = [s if isinstance(s, str) else _waarde(float(s)) for s in stappen]
    return element("path", d=" ".join(delen), **kenmerken)


def streepjes(merken: Iterable[tuple[float, str]], boven: float, onder: float, **kenmerken: object) -> Stuk:
    """The marks of a horizontal axis: (x, label), a line from ``boven`` to ``onder`` and the label below it."""
    return samen(
        deel
        for x, label in merken
        for deel in (
            element("line", x1=x, x2=x, y1=boven, y2=onder, stroke=LIJN),
            tekst(x, onder + 18, label, text_anchor="middle", **kenmerken),
        )
    )


def koppeling(adres: str | None, naam: str, *inhoud: str, met_toetsen: bool = True, **kenmerken: object) -> Stuk:
    """What leads to ``adres`` (or only shows its name); without ``met_toetsen`` the tab key passes it by."""
    tabindex = None if met_toetsen or adres is None else -1
    return element("a", element("title", naam), *inhoud, **kenmerken, href=adres, tabindex=tabindex)


def beeld(breed: float, hoog: float, tekst: str, *inhoud: str, **kenmerken: object) -> Stuk:
    """A drawing without anything to click; ``tekst`` is what a screen reader says of it."""
    return _tekening(breed, hoog, "img", tekst, inhoud, kenmerken)


def groep(breed: float, hoog: float, tekst: str, *inhoud: str, **kenmerken: object) -> Stuk:
    """A drawing with links, which a screen reader visits one by one: inside an image it would pass them by."""
    return _tekening(breed, hoog, "group", tekst, inhoud, kenmerken)


def _tekening(
    breed: float, hoog: float, rol: str, tekst: str, inhoud: tuple[str, ...], kenmerken: dict[str, object]
) -> Stuk:
    vak = f"0 0 {_waarde(float(breed))} {_waarde(float(hoog))}"
    return element("svg", *inhoud, **kenmerken, viewBox=vak, role=rol, aria_label=tekst)


def ronde_merken(laag: float, hoog: float, midden: float = 0.0, hoogstens: int = 9) -> list[float]:
    """Round marks from at most ``laag`` to at least ``hoog``, ``midden`` among them; at most so many steps between."""
    stap = 10.0 ** math.floor(math.log10((hoog - laag) / hoogstens))
    stap *= next(f for f in (1, 2, 5, 10) if (hoog - laag) / (stap * f) <= hoogstens)
    eerste, laatste = math.floor((laag - midden) / stap + 1e-9), math.ceil((hoog - midden) / stap - 1e-9)
    return [round(midden + stap * i, 6) for i in range(eerste, laatste + 1)]
