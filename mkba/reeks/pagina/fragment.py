"""From the outputs of a notebook to the body of a report: cleaned, with headings, tables and figures in order.

Everything that reaches a page passes here. Only listed elements and attributes stay, so text from an input
file cannot become a script, a form or a request to another server, whatever a notebook does with it.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import unquote

import nh3

from mkba.kern.tekst.slug import maak_slug
from mkba.reeks.pagina import svg

_WEG: Final = """
    script iframe object embed applet frame frameset link meta base form input button select textarea
    style template noscript audio video source track canvas math dialog portal title head"""
_MET_INHOUD_WEG: Final = frozenset(_WEG.split())
_BLIJFT: Final = """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup
    table tbody td tfoot th thead tr u ul wbr"""
_TOEGESTAAN: Final = frozenset(_BLIJFT.split()) | svg.ELEMENTEN
_ATTRIBUTEN: Final[dict[str, frozenset[str]]] = {
    "*": frozenset({"class", "id", "style", "title", "lang", "dir", "role"}),
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr"}),
    **svg.ATTRIBUTEN,
}
_BEELD: Final = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
_LINK: Final = re.compile(r"(#|https?://|mailto:)", re.IGNORECASE)
# url(), @import and escapes are the ways in which a style sheet fetches something or hides what it does
_STIJL_GEVAAR: Final = re.compile(r"url\s*\(|@|expression|javascript:|[<\\]|/\*|position\s*:", re.IGNORECASE)
_LANGE_NAAM: Final = re.compile(r"\S{18,}")
_BREEKPUNT: Final = re.compile(r"(?<=[^\W\d][._/])(?=\w)|(?<=\S{40})(?=\S)")
_LEEG: Final = frozenset({"br", "col", "hr", "img", "wbr"})
"""Of the elements that stay, those without content: HTML does not close them."""
_OPEN_LEEG: Final = re.compile(rf'<({"|".join(sorted(_LEEG))})((?: [^\s=<>"]+="[^"]*")*)>')
_ATTRIBUUT: Final = re.compile(r"[A-Za-z][A-Za-z-]*")
_GEEN_TEKEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no sign of a text in XML; a browser shows nothing for it either."""
_KORTE_TABEL: Final = 24
"""Rows of a table that fits on a page and is kept together; longer ones break between rows."""


VOOROP: Final = "beslispagina"
"""The class of a section that is the first page of a report."""


@dataclass(frozen=True)
class Kop:
    """A heading of the table of contents."""

    id: str
    tekst: str


@dataclass(frozen=True)
class Fragment:
    """The body of a page: cleaned ``html``, the text of its first h1 (taken out) and its h2 headings.

    ``voorop``: the page that decides, taken out of ``html`` to stand before the table of contents; mostly empty.
    """

    html: str
    titel: str
    koppen: tuple[Kop, ...]
    voorop: str = ""


def maak_fragment(html: str) -> Fragment:
    """Clean the outputs of a notebook and prepare them for reading and print; never raises on odd HTML."""
    schoon, tekeningen = svg.haal_uit(_schoon(html))
    pagina = _boom(schoon)
    _verwijzingen(pagina)
    titel = _koppen(pagina)
    _figuren(pagina, tekeningen)
    _tabellen(pagina)
    _lange_namen(pagina)
    _lege_blokken(pagina)
    koppen = tuple(Kop(h.attrib["id"], _woorden(h)) for h in pagina.iter("h2"))
    voorop = _voorop(pagina)
    return Fragment(svg.zet_terug(_schrijf(pagina).strip(), tekeningen), titel, koppen, voorop)


def _schoon(html: str) -> str:
    """Only listed elements, attributes and addresses stay; what an element that may not be holds goes with it."""
    # half a pair of signs, from a damaged file, is no text
    heel = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return nh3.clean(
        heel,
        tags=set(_TOEGESTAAN),
        clean_content_tags=set(_MET_INHOUD_WEG),
        attributes={wie: set(wat) for wie, wat in _ATTRIBUTEN.items()},
        generic_attribute_prefixes={"aria-"},
        attribute_filter=_mag,
        url_schemes={"data", "http", "https", "mailto"},
        link_rel=None,
    )


def _mag(tag: str, attribuut: str, waarde: str) -> str | None:
    """An attribute as it may stay, or None: no address but a picture in the page or a link, no style that fetches."""
    if not _ATTRIBUUT.fullmatch(attribuut):
        return None
    if tag in svg.ELEMENTEN:
        return waarde if svg.mag(tag, attribuut, waarde) else None
    if attribuut == "style" and _STIJL_GEVAAR.search(waarde):
        return None
    if attribuut == "src" and not _BEELD.fullmatch(waarde):
        return None
    return None if attribuut == "href" and not _LINK.match(waarde.strip()) else waarde


# --- a tree, and what the standard library does not do with one ---------------------------------------------------


def _boom(schoon: str) -> ET.Element:
    """The cleaned page, which is well-formed, as a tree; a parser of XML is far faster than one of HTML."""
    xml = _OPEN_LEEG.sub(r"<\1\2/>", _GEEN_TEKEN.sub("", schoon)).replace("&nbsp;", "\u00a0")
    return ET.fromstring(f"<div>{xml}</div>")


def _schrijf(pagina: ET.Element) -> str:
    """The content of the tree as HTML, attributes in the order of their names; without recursion, however deep."""
    uit = [_tekst(pagina.text)]
    rest: list[ET.Element | str] = list(reversed(pagina))
    while rest:
        deel = rest.pop()
        if isinstance(deel, str):
            uit.append(deel)
            continue
        eigen = "".join(f' {naam}="{escape(waarde)}"' for naam, waarde in sorted(deel.attrib.items()))
        if deel.tag in _LEEG:
            uit.append(f"<{deel.tag}{eigen}/>{_tekst(deel.tail)}")
        else:
            uit.append(f"<{deel.tag}{eigen}>{_tekst(deel.text)}")
            rest.append(f"</{deel.tag}>{_tekst(deel.tail)}")
            rest += reversed(deel)
    return "".join(uit)


def _tekst(tekst: str | None) -> str:
    return escape(tekst or "", quote=False)


def _woorden(deel: ET.Element) -> str:
    """The words in an element, each piece of text a space apart."""
    return " ".join(stuk.strip() for stuk in deel.itertext() if stuk.strip())


def _met_ouder(pagina: ET.Element, *soorten: str) -> Iterator[tuple[ET.Element, ET.Element]]:
    """(parent, element) of every element of these kinds, in the order of the page as it is when asked."""
    ouders = {kind: ouder for ouder in pagina.iter() for kind in ouder}
    for deel in [deel for deel in pagina.iter() if deel.tag in soorten]:
        if deel is not pagina:
            yield ouders[deel], deel


def _zet_tekst(ouder: ET.Element, plek: int, tekst: str) -> None:
    """Add a text before the child at ``plek``."""
    if not tekst:
        return
    if plek:
        ouder[plek - 1].tail = (ouder[plek - 1].tail or "") + tekst
    else:
        ouder.text = (ouder.text or "") + tekst


def _weg(ouder: ET.Element, deel: ET.Element, tekst: str = "") -> None:
    """Take an element out, with what is in it; ``tekst`` comes in its place."""
    plek = list(ouder).index(deel)
    ouder.remove(deel)
    _zet_tekst(ouder, plek, tekst + (deel.tail or ""))


def _uitpakken(ouder: ET.Element, deel: ET.Element) -> None:
    """What is in an element in the place of the element itself."""
    plek, binnen = list(ouder).index(deel), list(deel)
    ouder.remove(deel)
    ouder[plek:plek] = binnen
    _zet_tekst(ouder, plek, deel.text or "")
    _zet_tekst(ouder, plek + len(binnen), deel.tail or "")


def _inpakken(ouder: ET.Element, deel: ET.Element, soort: str, attributen: dict[str, str] | None = None) -> ET.Element:
    """A new element around an element."""
    om = ET.Element(soort, attributen or {})
    ouder[list(ouder).index(deel)] = om
    om.tail, deel.tail = deel.tail, None
    om.append(deel)
    return om


# --- the steps --------------------------------------------------------------------------------------------------


def _verwijzingen(pagina: ET.Element) -> None:
    """Links within the page and to the web stay; a link to a file would be dead beside the report."""
    for ouder, beeld in _met_ouder(pagina, "img"):
        if "src" not in beeld.attrib:
            _weg(ouder, beeld, beeld.get("alt", ""))
    for link in list(pagina.iter("a")):
        href = link.get("href", "")
        if not href:
            _pak_link_uit(pagina, link)
        elif not href.startswith("#"):
            link.set("rel", "noopener noreferrer")


def _pak_link_uit(pagina: ET.Element, link: ET.Element) -> None:
    _uitpakken(next(ouder for ouder in pagina.iter() if link in list(ouder)), link)


def _koppen(pagina: ET.Element) -> str:
    """Give every heading an id of its own and take the first h1 out. Returns the text of that h1."""
    titel = ""
    for ouder, eerste in _met_ouder(pagina, "h1"):
        titel = _woorden(eerste)
        _weg(ouder, eerste)
        break
    for extra in list(pagina.iter("h1")):
        extra.tag = "h2"
    bezet = {deel.attrib["id"] for deel in pagina.iter() if "id" in deel.attrib}
    doelen: dict[str, str] = {}
    for ouder, kop in _met_ouder(pagina, "h2", "h3", "h4"):
        tekst = _woorden(kop)
        if not tekst:
            _weg(ouder, kop)
            continue
        slug = maak_slug(tekst)
        if "id" not in kop.attrib:
            nummer, id_ = 2, slug
            while id_ in bezet:
                id_, nummer = f"{slug}-{nummer}", nummer + 1
            bezet.add(id_)
            kop.set("id", id_)
        doelen.setdefault(slug, kop.attrib["id"])
    for link in list(pagina.iter("a")):
        href = link.get("href", "")
        doel = unquote(href[1:])  # a notebook links to a heading by its text, as JupyterLab does
        if href.startswith("#") and doel not in bezet:
            gevonden = doelen.get(maak_slug(doel))
            if gevonden:
                link.set("href", f"#{gevonden}")
            else:
                _pak_link_uit(pagina, link)
    return titel


def _voorop(pagina: ET.Element) -> str:
    """Take out the first section that is a page of its own and comes before the table of contents."""
    for ouder, deel in _met_ouder(pagina, "section"):
        if VOOROP in deel.get("class", "").split():
            _weg(ouder, deel)
            deel.tail = None
            apart = ET.Element("div")
            apart.append(deel)
            return _schrijf(apart)
    return ""


def _onder_kop(pagina: ET.Element, *soorten: str) -> dict[ET.Element, str]:
    """The text of the nearest heading before each element of these kinds."""
    uit, kop = {}, ""
    for deel in pagina.iter():
        if deel.tag in ("h2", "h3", "h4"):
            kop = _woorden(deel)
        elif deel.tag in soorten:
            uit[deel] = kop
    return uit


def _binnen(pagina: ET.Element, soort: str) -> set[ET.Element]:
    """Every element inside one of this kind."""
    return {deel for om in pagina.iter(soort) for deel in om.iter() if deel is not om}


def _figuren(pagina: ET.Element, tekeningen: list[str]) -> None:
    koppen, in_figuur = _onder_kop(pagina, "img", "svg"), _binnen(pagina, "figure")
    for ouder, beeld in list(_met_ouder(pagina, "img", "svg")):

        def omschrijving(kop: str = koppen[beeld]) -> str:
            return f"Figuur bij: {kop}" if kop else "Figuur zonder beschrijving"

        if beeld.tag == "svg":
            nummer = int(beeld.attrib["width"])
            if not tekeningen[nummer]:
                _weg(ouder, beeld)
                continue
            tekeningen[nummer] = svg.omschreven(tekeningen[nummer], omschrijving)
        elif not beeld.get("alt", "").strip():
            beeld.set("alt", omschrijving())
        if beeld not in in_figuur:
            _inpakken(ouder, beeld, "figure", {"class": "figuur"})


def _tabellen(pagina: ET.Element) -> None:
    koppen, in_tabel = _onder_kop(pagina, "table"), _binnen(pagina, "table")
    gebruikt: Counter[str] = Counter()
    for ouder, tabel in list(_met_ouder(pagina, "table")):
        if tabel in in_tabel:
            continue
        for naam in ("border", "cellpadding", "cellspacing", "width"):
            tabel.attrib.pop(naam, None)
        rijen = list(tabel.iter("tr"))
        if tabel.find(".//thead") is None:
            _maak_kopregel(tabel, rijen)
        _koppen_van_tabel(tabel)
        if len(rijen) <= _KORTE_TABEL:
            tabel.set("class", " ".join([*tabel.get("class", "").split(), "kort"]))
        onderschrift = tabel.find(".//caption")
        naam = (_woorden(onderschrift) if onderschrift is not None else "") or koppen[tabel]
        label = f"Tabel: {naam}" if naam else "Tabel"
        gebruikt[label] += 1  # two regions of one name are one to who goes through a page by its regions
        attributen = {  # wide tables scroll on a small screen; a region that scrolls must take the focus
            "class": "tabel",
            "role": "region",
            "tabindex": "0",
            "aria-label": label if gebruikt[label] == 1 else f"{label} ({gebruikt[label]})",
        }
        _inpakken(ouder, tabel, "div", attributen)


def _maak_kopregel(tabel: ET.Element, rijen: list[ET.Element]) -> None:
    """A first row of th cells only becomes the head that print repeats on every page."""
    if len(rijen) < 2 or rijen[0].find(".//th") is None or rijen[0].find(".//td") is not None:
        return
    ouders = {kind: ouder for ouder in tabel.iter() for kind in ouder}
    romp = ouders[rijen[0]]
    kop = _inpakken(romp, rijen[0], "thead")
    if romp.tag == "tbody":
        _weg(romp, kop)
        kop.tail = None
        om = ouders[romp]
        om.insert(list(om).index(romp), kop)


def _koppen_van_tabel(tabel: ET.Element) -> None:
    in_kop = _binnen(tabel, "thead")
    for cel in list(tabel.iter("th")):
        if cel in in_kop and not _woorden(cel):
            cel.tag = "td"  # an empty heading says nothing to a screen reader
            cel.attrib.pop("scope", None)
        elif "scope" not in cel.attrib:
            cel.set("scope", "col" if cel in in_kop else "row")
    for rij in tabel.iter("tr"):
        rij.attrib.pop("style", None)  # pandas aligns whole head rows to the right


def _lange_namen(pagina: ET.Element) -> None:
    """Let a long key in a table (``personeel.kosten.teamlid``) break after a sign, or its column grows for it."""
    in_cel = {deel for soort in ("td", "th") for cel in pagina.iter(soort) for deel in cel.iter()}
    for deel in [deel for deel in pagina.iter() if deel in in_cel]:
        for plek, kind in reversed(list(enumerate(deel, start=1))):
            kind.tail = _breekbaar(deel, plek, kind.tail)
        deel.text = _breekbaar(deel, 0, deel.text)


def breekbaar(tekst: str) -> list[str]:
    """The pieces between which a line may break: a long key (``personeel.kosten.teamlid``) after its signs."""
    return _BREEKPUNT.split(tekst) if _LANGE_NAAM.search(tekst) else [tekst]


def _breekbaar(ouder: ET.Element, plek: int, tekst: str | None) -> str | None:
    """The first part of a text; the others come at ``plek``, each after a place where a line may break."""
    if not tekst:
        return tekst
    eerste, *verder = breekbaar(tekst)
    for nummer, stuk in enumerate(verder):
        breuk = ET.Element("wbr")
        breuk.tail = stuk
        ouder.insert(plek + nummer, breuk)
    return eerste


def _lege_blokken(pagina: ET.Element) -> None:
    """Blocks that have nothing left, and the line breaks that pandas prints between tables."""
    for ouder, blok in list(_met_ouder(pagina, "div", "p", "pre")):
        if not len(blok) and not (blok.text or "").strip():
            _weg(ouder, blok)
