"""The tables and figures of an executed notebook, each with the heading under which it stands."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bs4 import BeautifulSoup

from mkba.reeks.plan.notebooks import CODEBLOK
from mkba.uitvoer import extra
from mkba.uitvoer.tabel import Tabel, uit_gegevens

_KOP: Final = re.compile(r"^#{1,4}(?=\s)(.+)$", re.MULTILINE)
_OPMAAK: Final = re.compile(r"[*`]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Tabelblok:
    """A table of a notebook with its raw numbers."""

    kop: str
    tabel: Tabel


@dataclass(frozen=True)
class Figuur:
    """A figure; ``svg`` is empty when the notebook gave only pixels, ``csv`` when it gave no numbers."""

    kop: str
    titel: str
    png: bytes
    svg: str
    csv: str = ""
    alt: str = ""


def onderdelen(notebook: Any) -> Iterator[Tabelblok | Figuur]:
    """In the order of the page. Only a :class:`~mkba.uitvoer.tabel.Tabel` has numbers; printed text is not parsed."""
    kop = ""
    for cel in notebook["cells"]:
        if cel["cell_type"] == "markdown":
            kop = _laatste_kop(cel["source"]) or kop
        for uit in cel.get("outputs", []):
            data = uit.get("data", {})
            if extra.TABEL in data:
                yield Tabelblok(kop, uit_gegevens(data[extra.TABEL]))
            elif "text/html" in data:
                koppen = BeautifulSoup(_tekst(data["text/html"]), "html.parser").find_all(["h1", "h2", "h3", "h4"])
                kop = next((t for k in reversed(koppen) if (t := k.get_text(" ", strip=True))), kop)
            elif "text/markdown" in data:
                kop = _laatste_kop(_tekst(data["text/markdown"])) or kop
            elif extra.FIGUUR in data:
                eigen = data[extra.FIGUUR]
                svg, png = _tekst(data.get("image/svg+xml", "")), base64.b64decode(eigen["png"])
                yield Figuur(kop, eigen["titel"], png, svg, eigen.get("csv", ""), eigen.get("alt", ""))
            elif "image/png" in data:
                yield Figuur(
                    kop, "", base64.b64decode(_tekst(data["image/png"])), _tekst(data.get("image/svg+xml", ""))
                )


def _tekst(waarde: str | list[str]) -> str:
    return waarde if isinstance(waarde, str) else "".join(waarde)


def _laatste_kop(markdown: str) -> str:
    koppen = _KOP.findall(CODEBLOK.sub("", _tekst(markdown)))
    if not koppen:
        return ""
    return _OPMAAK.sub(lambda m: m[1] or "", koppen[-1].strip().rstrip("#")).strip()
