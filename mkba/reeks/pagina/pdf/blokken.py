"""From the page of a report to plain data (headings, paragraphs, lists, tables, figures) for the Typst template.

Nothing here writes Typst: text from an input file stays a string in JSON, so it cannot become a command.
A block is a dict with its kind in ``s``; running text is a list of strings and of dicts that hold more of it in ``i``.
"""

import base64
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from mkba.reeks.pagina.pdf.tabel import maak_tabel
from mkba.reeks.pagina.svg import als_beelden

Deel = str | dict[str, Any]
Blok = dict[str, Any]

_VORM: Final = {
    "b": "vet",
    "strong": "vet",
    "dt": "vet",
    "th": "vet",
    "em": "cursief",
    "i": "cursief",
    "cite": "cursief",
    "dfn": "cursief",
    "code": "code",
    "kbd": "code",
    "sub": "sub",
    "sup": "sup",
    "s": "door",
    "del": "door",
    "u": "onder",
    "ins": "onder",
}
_BLOKKEN: Final = """
    address article aside blockquote body caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr html img li main nav ol p pre section summary table ul"""
_BLOK: Final = frozenset(_BLOKKEN.split())
_WEG: Final = frozenset({"head", "script", "style", "template", "title"})
_VERBORGEN: Final = frozenset({"overslaan", "alleen-voorgelezen"})
_KOP: Final = re.compile("h[1-6]")
_MAAT: Final = re.compile(r"font-size\s*:\s*([\d.]+)em")
_VET: Final = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)")
NIEUW_BLAD: Final = "nieuw-blad"
"""The class of a heading that begins a sheet of paper."""
_LEEG: Final = re.compile(r"[ \t\n\r\f]+")
_BEELD: Final = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,(.*)", re.DOTALL)
_LANG_WOORD: Final = re.compile(r"[^\s\u200b]{41,}")
_BEDRAG: Final = re.compile(r"€ (?=[-−–]?\d)")
_WOORDDEEL: Final = 40
"""Letters after which a word may break although no rule of language allows it: a choice, half a line of a table."""

_PX_PER_TEKST: Final = 178 / 25.4 * 96
"""CSS pixels (96 to an inch) in the width of the text, 178 mm."""


@dataclass
class Document:
    """The blocks of a page, and its pictures by file name."""

    blokken: list[Blok] = field(default_factory=list)
    beelden: dict[str, bytes] = field(default_factory=dict)


def maak_document(html: str) -> Document:
    """Read a page; elements that it does not know are read through, so no text is lost."""
    soep = BeautifulSoup(als_beelden(html), "html.parser")
    uit = Document()
    wortel = soep.body or soep
    lezer = _Lezer(uit, _doelen(wortel))
    uit.blokken = lezer.blokken(wortel)
    return uit


def schone_tekst(tekst: str) -> str:
    """Printable text: no control characters or halves of pairs; words of any length can be broken, € 100 cannot."""
    tekst = "".join("\ufffd" if unicodedata.category(t) == "Cs" else t for t in tekst)
    tekst = "".join(t for t in tekst if t in "\n\t" or unicodedata.category(t) != "Cc")
    tekst = _BEDRAG.sub("€\u00a0", tekst)
    return _LANG_WOORD.sub(
        lambda m: "\u200b".join(m[0][i : i + _WOORDDEEL] for i in range(0, len(m[0]), _WOORDDEEL)), tekst
    )


def _doelen(wortel: Tag) -> dict[str, str]:
    """The headings that a link can go to, under a name of our own; of equal ids the first counts."""
    uit: dict[str, str] = {}
    for kop in wortel.find_all(_KOP, id=True):
        uit.setdefault(str(kop["id"]), f"kop-{len(uit)}")
    return uit


class _Lezer:
    """Walks the page once."""

    def __init__(self, uit: Document, doelen: dict[str, str]) -> None:
        self.uit = uit
        self.doelen = doelen
        self.gezet: set[str] = set()

    def blokken(self, ouder: Tag) -> list[Blok]:
        uit: list[Blok] = []
        lopend: list[PageElement] = []

        def sluit_alinea() -> None:
            inhoud = vouw(self.lopend(lopend))
            if inhoud:
                uit.append({"s": "alinea", "i": inhoud})
            lopend.clear()

        for kind in ouder.children:
            if isinstance(kind, Tag):
                if kind.name in _WEG or _VERBORGEN & set(kind.get_attribute_list("class")):
                    continue
                if kind.name in _BLOK or kind.find(_is_blok):
                    sluit_alinea()
                    uit += self._blok(kind)
                    continue
            lopend.append(kind)
        sluit_alinea()
        return uit

    def _blok(self, tag: Tag) -> list[Blok]:
        soorten: dict[str, Callable[[Tag], list[Blok]]] = {
            "table": self._tabel,
            "ul": self._lijst,
            "ol": self._lijst,
            "img": self._beeld,
            "figure": self._figuur,
            "pre": self._vast,
            "dl": self._gegevens,
            "header": self._bladkop,
            "nav": self._opgave,
        }
        if tag.name in soorten:
            return soorten[tag.name](tag)
        if _KOP.fullmatch(tag.name):
            return self._kop(tag)
        if tag.name == "hr":
            return [{"s": "streep"}]
        blokken = self.blokken(tag)
        klassen = set(tag.get_attribute_list("class"))
        if tag.name == "blockquote":
            return [{"s": "citaat", "blokken": blokken}]
        if tag.name == "footer":
            return [{"s": "streep"}, *blokken]
        if "voorop" in klassen:  # a page of its own
            return [{"s": "voorop", "blokken": blokken}]
        soort = "opschrift" if klassen & {"opschrift", "soort"} else "grijs" if "meta" in klassen else ""
        return [{**b, "s": soort} if soort and b["s"] == "alinea" else b for b in blokken]

    def lopend(self, delen: Iterable[PageElement]) -> list[Deel]:
        """Running text, white space as it stands in the source."""
        uit: list[Deel] = []
        for deel in delen:
            if isinstance(deel, Tag):
                uit += self._vorm(deel)
            elif isinstance(deel, NavigableString) and not isinstance(deel, PreformattedString):
                uit.append(schone_tekst(str(deel)))
        return uit

    def _vorm(self, tag: Tag) -> list[Deel]:
        if tag.name in _WEG or _VERBORGEN & set(tag.get_attribute_list("class")):
            return []
        if tag.name == "br":
            return [{"s": "regel"}]
        if tag.name == "wbr":
            return ["\u200b"]
        if tag.name == "img":
            return [schone_tekst(str(tag.get("alt", "")))]
        inhoud = self.lopend(tag.children)
        if not inhoud:
            return []
        stijl = str(tag.get("style", ""))
        maat = _MAAT.search(stijl)
        if maat:
            inhoud = [{"s": "maat", "maat": float(maat[1]), "i": inhoud}]
        if tag.name in _VORM or _VET.search(stijl):
            inhoud = [{"s": _VORM.get(tag.name, "vet"), "i": inhoud}]
        doel = str(tag.get("href", "")) if tag.name == "a" else ""
        if doel.startswith("#") and doel[1:] in self.doelen:
            return [{"s": "kop", "doel": self.doelen[doel[1:]], "i": inhoud}]
        if doel.startswith(("https://", "http://", "mailto:")):
            return [{"s": "adres", "doel": schone_tekst(doel).replace("\u200b", ""), "i": inhoud}]
        return inhoud

    def _kop(self, tag: Tag) -> list[Blok]:
        id_ = str(tag.get("id", ""))
        doel = self.doelen.get(id_) if id_ not in self.gezet else None
        self.gezet.add(id_)
        inhoud = vouw(self.lopend(tag.children))
        blad = {"blad": True} if NIEUW_BLAD in tag.get_attribute_list("class") else {}
        return [{"s": "kop", "niveau": int(tag.name[1]), "doel": doel, "i": inhoud, **blad}] if inhoud else []

    def _lijst(self, tag: Tag) -> list[Blok]:
        punten = [self.blokken(punt) for punt in tag.find_all("li", recursive=False)]
        vanaf = str(tag.get("start", "1"))
        nummer = int(vanaf) if re.fullmatch(r"\d{1,6}", vanaf) else 1
        return [{"s": "lijst", "genummerd": tag.name == "ol", "vanaf": nummer, "punten": punten}] if punten else []

    def _vast(self, tag: Tag) -> list[Blok]:
        delen: list[Deel] = []
        for regel in tag.get_text().strip("\n").split("\n"):
            # no-break spaces keep the columns of preformatted text; a line that is too long may still break
            delen += [schone_tekst(regel.expandtabs()).replace("  ", "\u00a0\u00a0"), {"s": "regel"}]
        return [{"s": "vast", "i": delen[:-1]}]

    def _beeld(self, tag: Tag, onderschrift: list[Deel] | None = None) -> list[Blok]:
        alt = schone_tekst(str(tag.get("alt", "")))
        gevonden = _BEELD.fullmatch(str(tag.get("src", "")).strip())
        if not gevonden:
            return [{"s": "alinea", "i": [alt]}] if alt else []
        naam = f"beeld-{len(self.uit.beelden)}.{gevonden[1].removesuffix('+xml')}"
        self.uit.beelden[naam] = base64.b64decode(gevonden[2])
        pixels = re.match(r"\d{1,5}", str(tag.get("width", "")))
        breedte = min(1.0, max(1, int(pixels[0])) / _PX_PER_TEKST) if pixels else 1.0
        return [{"s": "figuur", "bestand": naam, "alt": alt, "breedte": breedte, "onderschrift": onderschrift or []}]

    def _figuur(self, tag: Tag) -> list[Blok]:
        bijschrift = tag.find("figcaption")
        tekst = vouw(self.lopend(bijschrift.children)) if isinstance(bijschrift, Tag) else []
        beelden = tag.find_all("img")
        if not beelden:
            return self.blokken(tag)
        uit = [blok for beeld in beelden[:-1] for blok in self._beeld(beeld)]
        return uit + self._beeld(beelden[-1], tekst)

    def _gegevens(self, tag: Tag) -> list[Blok]:
        paren = [
            (vouw(self.lopend(dt.children)), vouw(self.lopend(dd.children)))
            for dt in tag.find_all("dt")
            if isinstance(dd := dt.find_next_sibling("dd"), Tag)
        ]
        return [{"s": "gegevens", "paren": paren}] if paren else []

    def _bladkop(self, tag: Tag) -> list[Blok]:
        return [*self.blokken(tag), {"s": "dikke-streep"}]

    def _opgave(self, tag: Tag) -> list[Blok]:
        opschriften = [{"s": "opschrift", "i": vouw(self.lopend(p.children))} for p in tag.find_all("p")]
        return [*opschriften, {"s": "opgave", "regels": [vouw(self.lopend(li.children)) for li in tag.find_all("li")]}]

    def _tabel(self, tag: Tag) -> list[Blok]:
        return maak_tabel(tag, lambda cel: self.lopend(cel.children), vouw)


def _is_blok(tag: Tag) -> bool:
    return tag.name in _BLOK


def vouw(delen: list[Deel]) -> list[Deel]:
    """Fold white space as a browser does: runs become one space, none at the ends or around a line break."""
    toestand = {"spatie": True}
    uit = _vouw(delen, toestand)
    _knip_eind(uit)
    return uit


def _vouw(delen: list[Deel], toestand: dict[str, bool]) -> list[Deel]:
    uit: list[Deel] = []
    for deel in delen:
        if isinstance(deel, str):
            tekst = _LEEG.sub(" ", deel)
            if toestand["spatie"]:
                tekst = tekst.removeprefix(" ")
            if tekst:
                toestand["spatie"] = tekst.endswith(" ")
                uit.append(tekst)
        elif deel["s"] == "regel":
            _knip_eind(uit)
            toestand["spatie"] = True
            uit.append(deel)
        else:
            inhoud = _vouw(deel["i"], toestand)
            if inhoud:
                uit.append({**deel, "i": inhoud})
    return uit


def _knip_eind(delen: list[Deel]) -> None:
    """Take the space off the end, however deep it stands."""
    while delen:
        laatste = delen[-1]
        if isinstance(laatste, str):
            delen[-1] = laatste.rstrip(" ")
            if delen[-1]:
                return
        elif laatste["s"] == "regel":
            return
        else:
            _knip_eind(laatste["i"])
            if laatste["i"]:
                return
        delen.pop()
