"""The tables and figures of an executed notebook, each with the heading under which it stands."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bs4 import BeautifulSoup, Tag

from mkba.uitvoer import extra

_KOP: Final = re.compile(r"^#{1,4}(?=\s)(.+)$", re.MULTILINE)
_CODEBLOK: Final = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_OPMAAK: Final = re.compile(r"[*`]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Tabel:
    """A table as ``opmaak.als_html`` gives it: see there for the keys of ``inhoud``."""

    kop: str
    inhoud: dict[str, Any]


@dataclass(frozen=True)
class Figuur:
    """A figure; ``svg`` is empty when the notebook gave only pixels, ``csv`` when it gave no numbers."""

    kop: str
    titel: str
    png: bytes
    svg: str
    csv: str = ""


def onderdelen(notebook: Any) -> Iterator[Tabel | Figuur]:
    """In the order of the page. A table of which the notebook gave no numbers has its cells as they are printed."""
    kop = ""
    for cel in notebook["cells"]:
        if cel["cell_type"] == "markdown":
            kop = _laatste_kop(cel["source"]) or kop
        for uit in cel.get("outputs", []):
            data = uit.get("data", {})
            if extra.TABEL in data:
                yield Tabel(kop, data[extra.TABEL])
            elif "text/html" in data:
                for element in BeautifulSoup(_tekst(data["text/html"]), "html.parser").find_all(
                    ["h1", "h2", "h3", "h4", "table"]
                ):
                    if element.name != "table":
                        kop = element.get_text(" ", strip=True) or kop
                    elif element.find_parent("table") is None and (inhoud := _gedrukt(element)):
                        yield Tabel(kop, inhoud)
            elif "text/markdown" in data:
                kop = _laatste_kop(_tekst(data["text/markdown"])) or kop
            elif "image/png" in data:
                eigen = data.get(extra.FIGUUR, {})
                png = base64.b64decode(_tekst(data["image/png"]))
                yield Figuur(kop, eigen.get("titel", ""), png, eigen.get("svg", ""), eigen.get("csv", ""))


def _tekst(waarde: str | list[str]) -> str:
    return waarde if isinstance(waarde, str) else "".join(waarde)


def _laatste_kop(markdown: str) -> str:
    koppen = _KOP.findall(_CODEBLOK.sub("", _tekst(markdown)))
    if not koppen:
        return ""
    return _OPMAAK.sub(lambda m: m[1] or "", koppen[-1].strip().rstrip("#")).strip()


def _gedrukt(tabel: Tag) -> dict[str, Any] | None:
    """A printed table as data: all text. None for one without rows."""
    onderschrift = tabel.find("caption")
    rijen = [
        [cel for cel in rij.find_all(["td", "th"]) if cel.find_parent("table") is tabel]
        for rij in tabel.find_all("tr")
        if rij.find_parent("table") is tabel
    ]
    rijen = [rij for rij in rijen if rij]
    heeft_kop = bool(rijen) and (rijen[0][0].find_parent("thead") is not None or all(c.name == "th" for c in rijen[0]))
    teksten = [[cel.get_text(" ", strip=True) for cel in rij] for rij in rijen]
    cellen = teksten[1:] if heeft_kop else teksten
    if not cellen:
        return None
    return {
        "bijschrift": onderschrift.get_text(" ", strip=True) if isinstance(onderschrift, Tag) else "",
        "rijkop": "",
        "koppen": teksten[0] if heeft_kop else [],
        "rijkoppen": None,
        "cellen": cellen,
        "opmaak": [["tekst"] * len(rij) for rij in cellen],
        "vet": [],
    }
