"""From the outputs of a notebook to the body of a report: cleaned, with headings, tables and figures in order.

Everything that reaches a page passes here. Only listed elements and attributes stay, so text from an input
file cannot become a script, a form or a request to another server, whatever a notebook does with it.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

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
_KORTE_TABEL: Final = 24
"""Rows of a table that fits on a page and is kept together; longer ones break between rows."""


@dataclass(frozen=True)
class Kop:
    """A heading of the table of contents."""

    id: str
    tekst: str


@dataclass(frozen=True)
class Fragment:
    """The body of a page: cleaned ``html``, the text of its first h1 (taken out) and its h2 headings."""

    html: str
    titel: str
    koppen: tuple[Kop, ...]


def maak_fragment(html: str) -> Fragment:
    """Clean the outputs of a notebook and prepare them for reading and print; never raises on odd HTML."""
    schoon, tekeningen = svg.haal_uit(_schoon(html))
    soep = BeautifulSoup(schoon, "html.parser")
    _verwijzingen(soep)
    titel = _koppen(soep)
    _figuren(soep, tekeningen)
    _tabellen(soep)
    _lange_namen(soep)
    _lege_blokken(soep)
    koppen = tuple(Kop(str(h["id"]), h.get_text(" ", strip=True)) for h in soep.find_all("h2"))
    return Fragment(svg.zet_terug(soep.decode(formatter="minimal").strip(), tekeningen), titel, koppen)


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
    if tag in svg.ELEMENTEN:
        return waarde if svg.mag(tag, attribuut, waarde) else None
    if attribuut == "style" and _STIJL_GEVAAR.search(waarde):
        return None
    if attribuut == "src" and not _BEELD.fullmatch(waarde):
        return None
    return None if attribuut == "href" and not _LINK.match(waarde.strip()) else waarde


def _verwijzingen(soep: BeautifulSoup) -> None:
    """Links within the page and to the web stay; a link to a file would be dead beside the report."""
    for beeld in soep.find_all("img", src=False):
        beeld.replace_with(NavigableString(str(beeld.get("alt", ""))))
    for link in soep.find_all("a"):
        href = str(link.get("href", ""))
        if not href:
            link.unwrap()
        elif not href.startswith("#"):
            link["rel"] = "noopener noreferrer"


def _koppen(soep: BeautifulSoup) -> str:
    """Give every heading an id of its own and take the first h1 out. Returns the text of that h1."""
    titel = ""
    eerste = soep.find("h1")
    if isinstance(eerste, Tag):
        titel = eerste.get_text(" ", strip=True)
        eerste.decompose()
    for extra in soep.find_all("h1"):
        extra.name = "h2"
    bezet = {str(t["id"]) for t in soep.find_all(id=True)}
    doelen: dict[str, str] = {}
    for kop in soep.find_all(["h2", "h3", "h4"]):
        tekst = kop.get_text(" ", strip=True)
        if not tekst:
            kop.decompose()
            continue
        slug = maak_slug(tekst)
        if "id" not in kop.attrs:
            nummer, id_ = 2, slug
            while id_ in bezet:
                id_, nummer = f"{slug}-{nummer}", nummer + 1
            bezet.add(id_)
            kop["id"] = id_
        doelen.setdefault(slug, str(kop["id"]))
    for link in soep.find_all("a", href=re.compile("^#")):
        doel = unquote(str(link["href"])[1:])  # a notebook links to a heading by its text, as JupyterLab does
        if doel not in bezet:
            gevonden = doelen.get(maak_slug(doel))
            if gevonden:
                link["href"] = f"#{gevonden}"
            else:
                link.unwrap()
    return titel


def _dichtstbijzijnde_kop(tag: Tag) -> str:
    kop = tag.find_previous(["h2", "h3", "h4"])
    return kop.get_text(" ", strip=True) if isinstance(kop, Tag) else ""


def _figuren(soep: BeautifulSoup, tekeningen: list[str]) -> None:
    for beeld in soep.find_all(["img", "svg"]):

        def omschrijving(bij: Tag = beeld) -> str:
            kop = _dichtstbijzijnde_kop(bij)
            return f"Figuur bij: {kop}" if kop else "Figuur zonder beschrijving"

        if beeld.name == "svg":
            nummer = int(str(beeld["width"]))
            if not tekeningen[nummer]:
                beeld.decompose()
                continue
            tekeningen[nummer] = svg.omschreven(tekeningen[nummer], omschrijving)
        elif not str(beeld.get("alt", "")).strip():
            beeld["alt"] = omschrijving()
        if beeld.find_parent("figure") is None:
            beeld.wrap(soep.new_tag("figure", attrs={"class": "figuur"}))


def _tabellen(soep: BeautifulSoup) -> None:
    for tabel in soep.find_all("table"):
        if tabel.find_parent("table") is not None:
            continue
        for naam in ("border", "cellpadding", "cellspacing", "width"):
            tabel.attrs.pop(naam, None)
        rijen = [r for r in tabel.find_all("tr") if isinstance(r, Tag)]
        if tabel.find("thead") is None:
            _maak_kopregel(soep, tabel, rijen)
        _koppen_van_tabel(tabel)
        if len(rijen) <= _KORTE_TABEL:
            _klasse(tabel, "kort")
        onderschrift = tabel.find("caption")
        naam = onderschrift.get_text(" ", strip=True) if isinstance(onderschrift, Tag) else ""
        naam = naam or _dichtstbijzijnde_kop(tabel)
        tabel.wrap(
            soep.new_tag(
                "div",
                attrs={  # wide tables scroll on a small screen; a region that scrolls must take the focus
                    "class": "tabel",
                    "role": "region",
                    "tabindex": "0",
                    "aria-label": f"Tabel: {naam}" if naam else "Tabel",
                },
            )
        )


def _maak_kopregel(soep: BeautifulSoup, tabel: Tag, rijen: list[Tag]) -> None:
    """A first row of th cells only becomes the head that print repeats on every page."""
    if len(rijen) > 1 and rijen[0].find("th") is not None and rijen[0].find("td") is None:
        kop = soep.new_tag("thead")
        rijen[0].wrap(kop)
        if kop.parent is not None and kop.parent.name == "tbody":
            kop.parent.insert_before(kop.extract())


def _koppen_van_tabel(tabel: Tag) -> None:
    for cel in tabel.find_all("th"):
        in_kop = cel.find_parent("thead") is not None
        if in_kop and not cel.get_text(strip=True):
            cel.name = "td"  # an empty heading says nothing to a screen reader
        elif "scope" not in cel.attrs:
            cel["scope"] = "col" if in_kop else "row"
    for rij in tabel.find_all("tr"):
        rij.attrs.pop("style", None)  # pandas aligns whole head rows to the right


def _klasse(tag: Tag, naam: str) -> None:
    tag["class"] = " ".join([*tag.get_attribute_list("class"), naam])


def _lange_namen(soep: BeautifulSoup) -> None:
    """Let a long key in a table (``personeel.kosten.teamlid``) break after a sign, or its column grows for it."""
    for cel in soep.find_all(["td", "th"]):
        for tekst in list(cel.find_all(string=_LANGE_NAAM)):
            delen = _BREEKPUNT.split(str(tekst))
            for deel in delen[:-1]:
                tekst.insert_before(NavigableString(deel), soep.new_tag("wbr"))
            tekst.replace_with(NavigableString(delen[-1]))


def _lege_blokken(soep: BeautifulSoup) -> None:
    """Blocks that have nothing left, and the line breaks that pandas prints between tables."""

    def leeg(element: PageElement) -> bool:
        return isinstance(element, NavigableString) and not element.strip()

    for blok in soep.find_all(["div", "p", "pre"]):
        if all(leeg(kind) for kind in blok.contents):
            blok.decompose()
