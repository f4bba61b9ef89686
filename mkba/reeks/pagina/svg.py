"""The figures of a page: which SVG may stand in it, and how each keeps to itself.

SVG is a language of its own, with scripts, links and references that grow. A page takes the handful of elements that
:mod:`mkba.uitvoer.tekening` writes, cleaned with the rest of the page (:mod:`mkba.reeks.pagina.fragment`); what else
comes in the shape of one of ours is taken out whole.
"""

import base64
import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

ELEMENTEN: Final = frozenset({"svg", "g", "path", "rect", "text", "clipPath", "pattern"})
"""No ``use``, and no pattern with a pattern in it: a few lines that refer to each other become a million."""
_VORM: Final = """
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-dasharray stroke-dashoffset opacity clip-path clip-rule transform font-family font-size font-weight
    font-style text-anchor"""
_MATEN: Final = frozenset({"x", "y", "width", "height"})
ATTRIBUTEN: Final[dict[str, frozenset[str]]] = {
    soort: frozenset(_VORM.split()) | eigen
    for soort, eigen in {
        "svg": frozenset({"xmlns", "viewBox", "width", "height"}),
        "g": frozenset[str](),
        "path": frozenset({"d"}),
        "rect": _MATEN,
        "text": frozenset({"x", "y"}),
        "clipPath": frozenset[str](),
        "pattern": _MATEN | {"patternUnits"},
    }.items()
}
_NAAM: Final = re.compile(r"f[0-9a-f]{8}-\w+")
_WAARDE: Final = re.compile(r"url\(#f[0-9a-f]{8}-\w+\)|[^()]*|(translate|rotate|scale|matrix|rgba?)\([-\d.,e%\s]*\)")
_SVG: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_RAND: Final = re.compile(r"<svg\b|</svg>")
_ELEMENT: Final = re.compile(r"<([a-zA-Z][^\s/>]*)")
_TEGEL: Final = re.compile(r"<(pattern|clipPath)\b[^>]*>.*?</\1>", re.DOTALL)
_VERWIJZING: Final = re.compile(r"f[0-9a-f]{8}-\w+")
_LABEL: Final = re.compile(r'<svg\b[^>]*? aria-label="([^"]*)"')
_BREEDTE: Final = re.compile(r'<svg\b[^>]*? width="([\d.]+)"')
_PLEK: Final = '<svg width="{}"></svg>'


def mag(tag: str, attribuut: str, waarde: str) -> bool:
    """Whether an attribute of an element of a figure may stay: it refers to nothing but this figure."""
    if attribuut == "id":
        return bool(_NAAM.fullmatch(waarde))
    if attribuut in ("aria-label", "role"):
        return True
    return attribuut in ATTRIBUTEN[tag] and bool(_WAARDE.fullmatch(waarde))


def haal_uit(schoon: str) -> tuple[str, list[str]]:
    """Put a mark in the place of every figure of a cleaned page; returns the page and the figures.

    The marks are empty ``svg`` elements in the order of the page, which no other element can be: all were taken out.
    """
    figuren: list[str] = []
    uit: list[str] = []
    tot = begin = diepte = 0
    for merk in _RAND.finditer(schoon):  # the outermost: what is inside another goes with it
        if not merk[0].startswith("</"):
            if not diepte:
                uit.append(schoon[tot : merk.start()])
                begin = merk.start()
            diepte += 1
            continue
        diepte -= 1
        if not diepte:
            tot = merk.end()
            figuren.append(_eigen(schoon[begin:tot], len(figuren)))
            uit.append(_PLEK.format(len(figuren) - 1))
    return "".join([*uit, schoon[tot:]]), figuren


def zet_terug(html: str, figuren: list[str]) -> str:
    """Put the figures back at their marks."""
    return re.sub(_PLEK.format(r"(\d+)"), lambda m: figuren[int(m[1])], html)


def omschreven(figuur: str, anders: Callable[[], str]) -> str:
    """The figure with a text for who cannot see it, its own or another."""
    if _LABEL.match(figuur):
        return figuur
    return figuur.replace("<svg", f'<svg role="img" aria-label="{escape(anders())}"', 1)


def als_beelden(html: str) -> str:
    """The same page with every figure that has a description as a picture, for what sets a page in type."""

    def beeld(gevonden: re.Match[str]) -> str:
        svg = gevonden[0]
        label, breedte = _LABEL.match(svg), _BREEDTE.match(svg)
        if not label:
            return svg
        if " xmlns=" not in svg[: svg.index(">")]:
            svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        # of the names that HTML has for signs only this one can stand in a page, and XML does not know it
        code = base64.b64encode(svg.replace("&nbsp;", "\u00a0").encode()).decode()
        maat = f' width="{breedte[1]}"' if breedte else ""
        return f'<img src="data:image/svg+xml;base64,{code}" alt="{escape(unescape(label[1]))}"{maat}>'

    return _SVG.sub(beeld, html)


def _eigen(figuur: str, nummer: int) -> str:
    """A figure whose names nothing else in the page has; "" when it is not of the form of ours."""
    begin = figuur[: figuur.index(">")]
    vreemd = set(_ELEMENT.findall(figuur)) - ELEMENTEN or figuur.count("<svg") > 1
    if vreemd or ' role="img"' not in begin or any("url(" in tegel[0] for tegel in _TEGEL.finditer(figuur)):
        return ""
    namen = {
        naam: f"figuur-{nummer + 1}-{plek}" for plek, naam in enumerate(dict.fromkeys(_VERWIJZING.findall(figuur)))
    }
    return _VERWIJZING.sub(lambda m: namen[m[0]], figuur)
