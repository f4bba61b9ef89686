"""What a notebook shows in two ways at once: for the page, and for the other formats (:mod:`mkba.uitvoer.extra`).

Both print the same with and without these, so that an executed notebook is the same too.
"""

import base64
import io
from collections.abc import Callable
from typing import Any

import PIL.Image
from IPython.display import HTML

from mkba.uitvoer import extra
from mkba.uitvoer.tekening import PIXELS_PER_INCH, PUNTEN_PER_INCH


class MetGetallen(HTML):
    """HTML that also gives plain data to who asks for ``soort`` (:mod:`mkba.uitvoer.extra`); ``meer``: of other
    kinds."""

    def __init__(self, html: str, ruw: dict[str, Any], soort: str, meer: dict[str, Any] | None = None) -> None:
        super().__init__(html)  # type: ignore[no-untyped-call]
        self.ruw, self.soort, self.meer = ruw, soort, meer or {}

    def __repr__(self) -> str:
        return "<IPython.core.display.HTML object>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {self.soort: self.ruw, **self.meer}


class Beeld:
    """A figure as SVG, and as pixels only where somebody needs them.

    A report (a worker asks for what it wants, see :mod:`mkba.uitvoer.extra`) shows the SVG; pixels are drawn when files
    of the figures are kept. In a session of one's own both, the pixels as many as the page shows and in few colours: a
    notebook is passed on to places that show no SVG. ``png``: draws so many pixels to an inch.
    """

    def __init__(
        self, svg: Callable[[], str], png: Callable[[float], bytes], breedte: int, alt: str, ruw: dict[str, str]
    ) -> None:
        self._svg, self._png, self.breedte, self.alt, self._ruw = svg, png, breedte, alt, ruw

    def __repr__(self) -> str:
        return f"<Figuur: {self.alt}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        gegevens: dict[str, Any] = {"image/svg+xml": self._svg(), "text/plain": repr(self)}
        over: dict[str, Any] = {"image/svg+xml": {"alt": self.alt, "tekst": True}}
        if extra.gevraagd(extra.FIGUUR):
            gegevens[extra.FIGUUR] = {**self._ruw, "png": base64.b64encode(self._png(PUNTEN_PER_INCH)).decode()}
        if not extra.in_rapport():
            gegevens["image/png"] = base64.b64encode(met_palet(self._png(PIXELS_PER_INCH))).decode()
            over["image/png"] = {"alt": self.alt, "width": self.breedte}
        return gegevens, over


def met_palet(png: bytes) -> bytes:
    """The same pixels with at most 256 colours, a quarter of the bytes; and the colour of the paper stays."""
    buffer = io.BytesIO()
    with PIL.Image.open(io.BytesIO(png)) as beeld:
        vol = beeld.convert("RGB")
    klein = vol.quantize(256, method=PIL.Image.Quantize.FASTOCTREE, dither=PIL.Image.Dither.NONE)
    # the octree makes the paper a shade darker than it is: give the colour of the corner back
    palet, plek = klein.getpalette() or [], 3 * int(klein.getpixel((0, 0)))  # type: ignore[arg-type]
    palet[plek : plek + 3] = vol.getpixel((0, 0))  # type: ignore[assignment]
    klein.putpalette(palet)
    klein.save(buffer, format="png", optimize=True)
    return buffer.getvalue()
