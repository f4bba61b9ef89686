"""The tool that every figure is made with: style, colours, axes in euros and ratios, and how a notebook shows it."""

import io
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.tekst.notatie import getal
from mkba.uitvoer import tekening
from mkba.uitvoer.beeld import Beeld
from mkba.uitvoer.figuurstijl import stijl
from mkba.uitvoer.kleuren import ROOD

ARCERING: Final[dict[str, str]] = {
    "ontwikkelingskansen": "////",
    "kwaliteit_van_leven": "+++",
    "overlast": "\\\\\\\\",
    "substitutie": "xx",
}


LICHT: Final[dict[str, Any]] = {"color": "#D3EBC3", "hatch": "////", "edgecolor": "#5E8F5A"}
"""Immaterial benefits: light green, hatched so that grey print shows them."""


KOSTEN: Final[dict[str, Any]] = {"color": ROOD, "hatch": "\\\\", "edgecolor": "white", "label": "kosten"}
"""Costs beside benefits: hatched, for red and green are the same grey."""


_VAST: Final[dict[Any, Any]] = {"svg.hashsalt": "mkba", "svg.fonttype": "none"}
"""The same figure gives the same SVG, down to its ids; its text is text, to search and to read aloud."""


P = ParamSpec("P")


class Assen(Axes):
    """Axes that a notebook shows as their figure, with ``alt`` for who cannot see it; everywhere else plain Axes.

    ``csv``: the numbers that are drawn, to keep beside the figure; ``soort``: the function that drew it.
    """

    alt = ""
    csv = ""
    soort = ""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        return toon(self, self.alt, csv=self.csv, soort=self.soort)._repr_mimebundle_()


def nieuw(breed: float = 8.0, hoog: float = 4.2) -> Axes:
    """An empty figure of the given size in inches, outside pyplot's global state."""
    return Figure(figsize=(breed, hoog)).add_subplot(axes_class=Assen)


def figuur(alt: str) -> Callable[[Callable[P, Axes]], Callable[P, Axes]]:
    """Draw in the project's style, whatever the session has set, and say what the figure shows to who cannot see it.

    A function that knows better (what it draws depends on its table) says so with :func:`beschrijf`.
    """

    def versier(functie: Callable[P, Axes]) -> Callable[P, Axes]:
        @wraps(functie)
        def binnen(*args: P.args, **kwargs: P.kwargs) -> Axes:
            with stijl():
                ax = functie(*args, **kwargs)
            if isinstance(ax, Assen):
                ax.alt = ax.alt or alt
                ax.soort = ax.soort or functie.__name__
            return ax

        return binnen

    return versier


def beschrijf(ax: Axes, alt: str) -> None:
    """What the figure of ``ax`` shows, for who cannot see it."""
    if isinstance(ax, Assen):
        ax.alt = alt


def toon(ax: Axes, alt: str, titel: str = "", csv: str = "", soort: str = "") -> Beeld:
    """The figure of ``ax`` with alternative text, for a notebook cell.

    ``titel`` names its file when the axes have none; ``csv``: the numbers that are drawn, to keep beside it;
    ``soort``: which figure it is, for a format that asks for some of them.
    """
    titel = titel or next((t for plek in ("left", "center", "right") if (t := ax.get_title(plek))), "")
    breedte = int(figuur_van(ax).get_size_inches()[0] * tekening.PIXELS_PER_INCH)
    ruw = {"titel": titel, "alt": alt, "soort": soort, "breedte": str(breedte), **({"csv": csv} if csv else {})}
    return Beeld(lambda: als_svg(ax, alt), lambda dpi: als_png(ax, dpi), breedte, alt, ruw)


def als_png(ax: Axes, dpi: float = tekening.PUNTEN_PER_INCH) -> bytes:
    """The figure of ``ax`` as pixels, so many to an inch."""
    with stijl():
        return tekening.als_png(figuur_van(ax), dpi)


def als_svg(ax: Axes, alt: str = "") -> str:
    """The figure of ``ax`` as SVG with ``alt`` for who cannot see it; the same figure gives the same text."""
    with stijl(_VAST):
        return tekening.als_svg(figuur_van(ax), alt or getattr(ax, "alt", ""))


def bewaar(ax: Axes, pad: Path) -> Path:
    """Write the figure of ``ax`` to a file (svg, png or pdf by its ending) and return the path."""
    if pad.suffix == ".svg":
        inhoud = als_svg(ax).encode("utf-8")
    elif pad.suffix == ".png":
        inhoud = als_png(ax)
    else:
        buffer = io.BytesIO()
        with stijl():
            figuur_van(ax).savefig(buffer, format=pad.suffix.removeprefix("."))
        inhoud = buffer.getvalue()
    schrijf_veilig(pad, inhoud)
    return pad


def verhouding_as(ax: Axes) -> None:
    """Ratios with one decimal, in Dutch notation, on the horizontal axis."""
    ax.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: getal(v, 1)))


def figuur_van(ax: Axes) -> Figure:
    """The figure that the axes stand in, to save or to give a legend."""
    figuur = ax.figure
    assert isinstance(figuur, Figure), "een deelfiguur is niet los te bewaren"
    return figuur


def euro_as(ax: Axes, as_: str, absoluut: bool = False) -> None:
    """Thousands or millions of euros in Dutch notation on an axis."""

    as_object = ax.xaxis if as_ == "x" else ax.yaxis

    def formaat(waarde: float, _: object) -> str:
        waarde = abs(waarde) if absoluut else waarde
        # all ticks of one axis in the same unit
        if max(abs(grens) for grens in as_object.get_view_interval()) >= 1e6 and waarde:
            return f"{getal(waarde / 1e6, 1)} mln"
        return getal(waarde)

    # steps of 1, 2 or 5, so that one decimal of a million is exact
    as_object.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10]))
    as_object.set_major_formatter(FuncFormatter(formaat))


def legenda_onder(ax: Axes, kolommen: int = 2) -> None:
    """The legend below the axes, outside the drawing."""
    figuur = ax.figure
    handvatten, labels = ax.get_legend_handles_labels()
    figuur.legend(handvatten, labels, ncols=kolommen, loc="outside lower center")


def liggend(ax: Axes, over: str, titel: str, kolommen: int = 2) -> Axes:
    """The finish of lying bars: what the axis is about, the title, no lines along the bars and the legend below."""
    ax.set_xlabel(over)
    ax.set_title(titel)
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, kolommen)
    return ax


def per_jaar(ax: Axes, plekken: Any, namen: Sequence[str], over: str, titel: str, kolommen: int = 3) -> Axes:
    """The finish of what stands per year: the years below it, euros at the side, no upright lines, the legend below."""
    ax.set_xticks(plekken, namen)
    ax.tick_params(axis="x", labelsize=8)
    ax.set_ylabel(over)
    ax.set_title(titel)
    euro_as(ax, "y")
    ax.grid(axis="x", visible=False)
    legenda_onder(ax, kolommen)
    return ax
