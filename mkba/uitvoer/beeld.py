"""What a notebook shows in two ways at once: for the page, and for the other formats (:mod:`mkba.uitvoer.extra`).

Both print as the class of IPython that they are, so that an executed notebook is the same with and without.
"""

import io
from typing import Any

import PIL.Image
from IPython.display import HTML, Image

from mkba.uitvoer import extra


class MetGetallen(HTML):
    """HTML that also gives plain data to who asks for ``soort`` (:mod:`mkba.uitvoer.extra`)."""

    def __init__(self, html: str, ruw: dict[str, Any], soort: str) -> None:
        super().__init__(html)  # type: ignore[no-untyped-call]
        self.ruw, self.soort = ruw, soort

    def __repr__(self) -> str:
        return "<IPython.core.display.HTML object>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {self.soort: self.ruw}


class MetSvg(Image):
    """A figure that also gives itself as SVG, to who keeps it as a file."""

    def __init__(self, png: bytes, breedte: int, alt: str, ruw: dict[str, str]) -> None:
        super().__init__(png, format="png", width=breedte, alt=alt)  # type: ignore[no-untyped-call]
        self.ruw = ruw

    def __repr__(self) -> str:
        return "<IPython.core.display.Image object>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        gegevens, over = super()._repr_mimebundle_(include, exclude)  # type: ignore[no-untyped-call]
        return {**gegevens, extra.FIGUUR: self.ruw}, over


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
    klein.save(buffer, format="png")
    return buffer.getvalue()
