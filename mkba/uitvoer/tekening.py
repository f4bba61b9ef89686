"""From a figure to what is shown of it: SVG whose text is text, or pixels; its margins measured once, never solved for.

The SVG is matplotlib's own, made small and closed: no identifiers but those that are referred to (and these belong to
this figure alone, so that many stand in one page), no style sheet, no link, nothing that is fetched.
"""

import io
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.path import Path
from matplotlib.textpath import TextToPath
from matplotlib.transforms import BboxBase, IdentityTransform, Transform

LETTERS: Final = "DejaVu Sans, Bitstream Vera Sans, Verdana, Geneva, sans-serif"
"""What a figure is measured in, and letters as wide as these for where it is not: Linux, then Windows and Mac. Without
quotes, as a reader of SVG may take them for a part of the name."""
PUNTEN_PER_INCH: Final = 150
PIXELS_PER_INCH: Final = 96  # of CSS
_PUNTEN: Final = 72  # to an inch; matplotlib draws SVG in points
_MARGE: Final = 3.0
"""Points of paper around everything, as matplotlib's own layout leaves."""
_RONDES: Final = 4
"""Labels are measured once; a legend or a text that sticks out moves along with the axes: a few rounds."""
_RUST: Final = 0.5
"""Points that the axes may still move without being measured again."""
_DECIMALEN: Final = re.compile(r"-?\d+\.\d{3,}")
_LETTER: Final = re.compile(r" ?([A-Za-z]) ?")
_SPATIES: Final = re.compile(r"^ +| {2,}| +$")
_NIET_GEDRAAID: Final = re.compile(r"rotate\(-?0(\.0*)? [^)]*\)")
_NAAM: Final = "\0"
"""Stands before a name until the figure's own name is known; no text can hold it."""
_ALS_TEKST: Final = frozenset({"font-size", "font-weight", "font-style"})
_METEN: Final = TextToPath()
_LIJNEN: Final = {"/": "/", "\\": "\\", "-": "-", "|": "|", "x": "/\\", "+": "-|"}
"""The directions in which each sign of a hatch draws lines."""
_SCHUIN, _RECHT = 24.0, 12.0
"""Points from line to line, along an axis, of one sign of a hatch: as matplotlib draws it."""
_Vlak = tuple[float, float, float, float]


def als_svg(figuur: Figure, alt: str = "") -> str:
    """The figure as an SVG element, each time the same text. ``alt``: what it shows, for who cannot see it."""
    buffer = io.StringIO()
    breed, hoog = (float(maat) for maat in figuur.get_size_inches())
    with _met_dpi(figuur, _PUNTEN):
        pen: Any = _Pen(breed * _PUNTEN, hoog * _PUNTEN, buffer, image_dpi=_PUNTEN, metadata={"Date": None})  # type: ignore[no-untyped-call]
        with _marges(figuur, pen):
            figuur.draw(pen)
        pen.finalize()
    delen: list[str] = []
    _schrijf(ET.fromstring(buffer.getvalue()), _Merken(), delen)
    inhoud = "".join(delen)
    naam = f"f{sha256((alt + inhoud).encode()).hexdigest()[:8]}-"
    label = f" aria-label={quoteattr(alt)}" if alt else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img"{label} width="{breed * PIXELS_PER_INCH:.0f}" '
        f'height="{hoog * PIXELS_PER_INCH:.0f}" viewBox="0 0 {_kort(breed * _PUNTEN)} {_kort(hoog * _PUNTEN)}" '
        f'font-family="{LETTERS}" stroke-linejoin="round" stroke-linecap="butt">{inhoud.replace(_NAAM, naam)}</svg>'
    )


def als_png(figuur: Figure, dpi: float = PUNTEN_PER_INCH) -> bytes:
    """The figure as pixels, so many to an inch."""
    buffer = io.BytesIO()
    with _met_dpi(figuur, dpi):
        doek: Any = FigureCanvasAgg(figuur)
        with _marges(figuur, doek.get_renderer()):
            doek.print_png(buffer)
    return buffer.getvalue()


class _Pen(RendererSVG):
    """Measures a text once for all figures of a process, and hatches a bar with lines that end at its sides.

    A pattern would be less to write, but a browser makes pixels of it in a PDF: 2.3 MB for a report.
    """

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        return _afmeting(s, prop, ismath)

    def _get_font_height_metrics(self, prop: Any) -> tuple[float | None, float | None, float | None]:
        return _regel(prop)  # asked by a text for each of its measurements

    def draw_path(self, gc: Any, path: Path, transform: Transform, rgbFace: Any = None) -> None:
        teken: Callable[..., None] = super().draw_path
        arcering = gc.get_hatch()
        vlak = _rechthoek(path, transform) if arcering and set(arcering) <= _LIJNEN.keys() else None
        if vlak is None:
            teken(gc, path, transform, rgbFace)
            return
        effen, strepen = self.new_gc(), self.new_gc()
        for deel in (effen, strepen):
            deel.copy_properties(gc)
            deel.set_hatch(None)
        teken(effen, path, transform, rgbFace)
        strepen.set_foreground(gc.get_hatch_color(), isRGBA=True)
        strepen.set_linewidth(gc.get_hatch_linewidth())
        punten = [punt for lijn in strepen_in(vlak, arcering) for punt in lijn]
        if punten:
            lijnen = Path(punten, [Path.MOVETO, Path.LINETO] * (len(punten) // 2))
            teken(strepen, lijnen, IdentityTransform(), None)


def _rechthoek(path: Path, transform: Transform) -> _Vlak | None:
    """The sides (left, bottom, right, top) of a path that is a rectangle along the axes, in points."""
    if np.shape(path.vertices) != (5, 2) or path.should_simplify:
        return None
    hoeken = transform.transform(path.vertices)
    (x0, y0), (x1, y1) = hoeken.min(axis=0), hoeken.max(axis=0)
    recht = all(min(abs(x - x0), abs(x - x1)) < 1e-6 and min(abs(y - y0), abs(y - y1)) < 1e-6 for x, y in hoeken)
    return (float(x0), float(y0), float(x1), float(y1)) if recht else None


def strepen_in(vlak: _Vlak, arcering: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The lines of a hatch of matplotlib within a rectangle: as dense as there, in line with those of neighbours."""
    x0, y0, x1, y1 = vlak
    dichtheid = {richting: sum(richting in _LIJNEN[teken] for teken in arcering) for richting in "/\\-|"}
    for richting, aantal in dichtheid.items():
        if not aantal:
            continue
        stap = (_SCHUIN if richting in "/\\" else _RECHT) / aantal
        laag, hoog = {"/": (y0 - x1, y1 - x0), "\\": (y0 + x0, y1 + x1), "-": (y0, y1), "|": (x0, x1)}[richting]
        for nummer in range(math.ceil(laag / stap), math.floor(hoog / stap) + 1):
            c = nummer * stap
            if richting == "/":
                van, tot = max(x0, y0 - c), min(x1, y1 - c)
                yield (van, van + c), (tot, tot + c)
            elif richting == "\\":
                van, tot = max(x0, c - y1), min(x1, c - y0)
                yield (van, c - van), (tot, c - tot)
            elif richting == "-":
                yield (x0, c), (x1, c)
            else:
                yield (c, y0), (c, y1)


@lru_cache(256)
def _regel(letter: Any) -> tuple[float | None, float | None, float | None]:
    """Points of a line above and below its base, and between lines, as the font says; None when it does not."""
    font = get_font(findfont(letter))
    maten = font.get_sfnt_table("OS/2")
    if maten is None:
        return None, None, None
    schaal = letter.get_size_in_points() / font.units_per_EM
    return maten["sTypoAscender"] * schaal, -maten["sTypoDescender"] * schaal, maten["sTypoLineGap"] * schaal


@lru_cache(4096)
def _afmeting(tekst: str, letter: Any, wiskunde: Any) -> tuple[float, float, float]:
    breed, hoog, onder = _METEN.get_text_width_height_descent(tekst, letter, wiskunde)
    return breed, hoog, onder


@contextmanager
def _met_dpi(figuur: Figure, dpi: float) -> Iterator[None]:
    oud = figuur.dpi
    figuur.dpi = dpi
    try:
        yield
    finally:
        figuur.dpi = oud


@contextmanager
def _marges(figuur: Figure, pen: Any) -> Iterator[None]:
    """The axes as large as their labels and legends leave; matplotlib's solver only for more than one of them.

    A figure whose maker wants another layout keeps it. Meanwhile nothing lays the figure out once more.
    """
    vorm = figuur.get_layout_engine()
    if not isinstance(vorm, ConstrainedLayoutEngine):
        yield
        return
    if len(figuur.axes) == 1 and not figuur.subfigs and not figuur.get_suptitle():
        for _ in range(_RONDES):
            if not _pas(figuur, pen, vorm.get()["rect"]):
                break
    else:
        vorm.execute(figuur)
    figuur.set_layout_engine("none")
    try:
        yield
    finally:
        figuur.set_layout_engine(vorm)


def _pas(figuur: Figure, pen: Any, ruimte: _Vlak) -> bool:
    """Measure what sticks out of the axes on each side, and give it that much.

    ``ruimte``: left, bottom, width and height of the part of the figure that is for the drawing, as its layout says; a
    title and a source may stand around it.
    Returns whether to measure again: a legend or a text in the drawing moves along with the axes, labels do not.
    """
    (ax,) = figuur.axes
    om, in_ = ax.get_tightbbox(pen), ax.bbox
    if om is None:
        return False
    beweegt = ax.get_legend() is not None or any(_steekt_uit(tekst.get_window_extent(pen), in_) for tekst in ax.texts)
    rand = _MARGE * figuur.dpi / _PUNTEN
    legenda = max((deel.get_window_extent(pen).y1 for deel in figuur.legends), default=0.0)  # all of ours stand below
    breed, hoog = figuur.bbox.width, figuur.bbox.height
    x, y, dx, dy = ruimte
    links, onder = x * breed + rand + in_.x0 - om.x0, max(legenda, y * hoog) + rand + in_.y0 - om.y0
    rechts, boven = (1 - x - dx) * breed + rand + om.x1 - in_.x1, (1 - y - dy) * hoog + rand + om.y1 - in_.y1
    if links + rechts >= breed or onder + boven >= hoog:  # no room is left for the drawing itself
        return False
    verschoven = max(abs(links - in_.x0), abs(onder - in_.y0), abs(breed - rechts - in_.x1), abs(hoog - boven - in_.y1))
    beweegt = beweegt and verschoven > _RUST * figuur.dpi / _PUNTEN
    ax.set_position((links / breed, onder / hoog, 1 - (links + rechts) / breed, 1 - (onder + boven) / hoog))
    return beweegt


def _steekt_uit(deel: BboxBase, vlak: BboxBase) -> bool:
    return deel.x0 < vlak.x0 or deel.x1 > vlak.x1 or deel.y0 < vlak.y0 or deel.y1 > vlak.y1


class _Merken(dict[str, ET.Element]):
    """The ticks and markers that are drawn many times, by the name that matplotlib gave them."""


def _schrijf(deel: ET.Element, merken: _Merken, uit: list[str]) -> None:
    """Write an element of matplotlib without what is not seen."""
    soort = deel.tag.rpartition("}")[2]
    if soort in ("metadata", "style"):
        return
    if soort == "path" and "id" in deel.attrib:
        merken[deel.attrib["id"]] = deel
        return
    if soort == "use":  # drawn where it stands: a figure that refers to nothing can be shown anywhere
        merk = merken[deel.attrib["{http://www.w3.org/1999/xlink}href"].removeprefix("#")]
        plek = f"translate({_kort(float(deel.attrib['x']))} {_kort(float(deel.attrib['y']))})"
        stijl = ";".join(d.attrib.get("style", "") for d in (merk, deel))
        over = {k: v for k, v in deel.attrib.items() if k == "clip-path"}
        deel, soort = ET.Element("path", {"d": merk.attrib["d"], "transform": plek, "style": stijl, **over}), "path"
    eigen = _eigenschappen(deel, soort) if soort != "svg" else ""
    kaal = soort in ("svg", "a", "defs") or (soort == "g" and not eigen)
    begin = len(uit)
    for kind in deel:
        _schrijf(kind, merken, uit)
    inhoud = "".join(uit[begin:]) + (_tekst(deel.text or "") if soort in ("text", "tspan") else "")
    del uit[begin:]
    if kaal or (soort == "g" and not inhoud):
        uit.append(inhoud)
    else:
        uit.append(f"<{soort}{eigen}>{inhoud}</{soort}>" if inhoud else f"<{soort}{eigen}/>")


def _eigenschappen(deel: ET.Element, soort: str) -> str:
    """The attributes of an element, its style as attributes too: a page can then look at each of them."""
    stijl = (regel.partition(":") for regel in deel.attrib.get("style", "").split(";"))
    waarden = {naam.strip(): waarde.strip() for naam, _, waarde in stijl if waarde}
    waarden.pop("font-family", None)  # that of the whole figure
    waarden = {**{k: v for k, v in deel.attrib.items() if k != "style" and not k.startswith("{")}, **waarden}
    if soort == "g":
        waarden.pop("id", None)
    if _NIET_GEDRAAID.fullmatch(waarden.get("transform", "")):
        del waarden["transform"]
    return "".join(f" {naam}={quoteattr(_waarde(naam, waarde))}" for naam, waarde in waarden.items())


def _waarde(naam: str, waarde: str) -> str:
    if naam == "id":
        return _NAAM + waarde
    waarde = " ".join(waarde.split()).replace("url(#", f"url(#{_NAAM}")
    if naam == "d":
        waarde = _LETTER.sub(r"\1", waarde)
    if naam in _ALS_TEKST:
        return waarde.removesuffix("px")
    return _DECIMALEN.sub(lambda getal: _kort(float(getal[0])), waarde)


def _kort(getal: float) -> str:
    """A hundredth of a point is less than anybody sees."""
    tekst = f"{getal:.2f}".rstrip("0").rstrip(".")
    return "0" if tekst == "-0" else tekst


def _tekst(tekst: str) -> str:
    # spaces that keep a text off its bar would be folded into one
    return escape(_SPATIES.sub(lambda wit: "\u00a0" * len(wit[0]), tekst))
