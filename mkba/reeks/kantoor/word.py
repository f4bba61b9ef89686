"""A report as a document for a word processor: ``word/<slug>.docx``.

Cover, table of contents, real headings, native tables, figures with alternative text, numbered captions, running header
and footer. The same page gives the same bytes.
"""

import io
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from docx import Document as maak_docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from mkba.kern.tekst.notatie import datum
from mkba.kern.zaak.huisstijl import Huisstijl
from mkba.reeks.kantoor.bladnummers import bladnummers
from mkba.reeks.kantoor.ooxml import EMU_PER_PUNT, RUIMTEN, TEKEN, eigenschappen, knoop, vast_pakket, xml_tekst
from mkba.reeks.kantoor.sjablonen import zonder_afkomst
from mkba.reeks.kantoor.stukken import WIJD, document, in_delen, kolommen_van, platte_tekst
from mkba.reeks.pagina.pdf.basis import kort_rand, moment_van
from mkba.reeks.pagina.pdf.blokken import Blok, Deel, Document
from mkba.reeks.pagina.pdf.kolommen import GOOT_PT, Kolommen, breedte_em
from mkba.reeks.plan.formaten import FORMATEN
from mkba.reeks.plan.taak import Taak

_LETTER: Final = "Arial"
"""Everywhere there is this one or one as wide."""
_GRIJS: Final = "55636B"
_LICHT: Final = "F1F4F6"
_LIJN: Final = "CFD8DC"
_TABELPUNTEN: Final = (7.5, 7.0, 6.5, 6.0)
"""Sizes in points that a table may have, the first at which its words fit: a choice, 6 is the smallest that reads."""
_LEESBAAR: Final = 7.0
"""Size below which a table on somebody else's sheet, narrower than ours, is divided: a choice. On ours its words must
fit at the smallest."""
_RUIME_TABELPUNTEN: Final = (9.0, 8.5)
"""Larger ones, for a table of which every cell then stands on one line."""
_RAND_MM: Final = 16
_TEGELPUNTEN: Final = 8.5
"""Size of the letters below a key figure, smaller only when a figure would not stand on one line."""
_KORTE_TABEL: Final = 24
"""Rows of a table that is kept on one page, as on paper of the page itself."""
_KOPNIVEAUS: Final = 3
_INHOUD_REGELS: Final = 26
"""Lines of a table of contents that fit on its page with the question below it; more, and it has one level."""
HERKOMST: Final = "Herkomst van dit rapport"
_KOP_PUNTEN: Final = (17, 13, 11)
_BESLISPUNTEN: Final = (9.5, 9.0, 8.5, 8.0)
"""Sizes of the letters of the page that decides, the first at which it is one page: with our own template always the
first. A choice."""
_REGEL: Final = 1.2
_RAFEL: Final = 1.06
"""Height of a line in sizes of its letter, and how many lines a text takes for each that it fills."""
_KOPWIT: Final = 11
_BESLISWIT: Final = 3
"""Room around a heading and below a paragraph of the page that decides, in points."""
_INSPRONG: Final = 18
_SMAL: Final = 0.88
"""Width of our own letter over that with which is measured."""
_INVULHOOGTE: Final = 42
"""Points of height of a box to write in: three lines, and it grows."""
_LOGO_MM: Final = (60, 22)
"""The box that a logo on the cover fits in."""
_NA_VELDEN: Final = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids")
_TEKENS: Final = re.compile(rf"(\t|{TEKEN.pattern})")
"""What a word processor has elements for: a tab, and the sign of a number, after which no line may break."""
_W: Final = RUIMTEN["w"]
_XML_RUIMTE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def maak(taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]:
    """The document of a report."""
    naam = titel or taak.naam or taak.slug
    inhoud = als_docx(document(notebook), naam, html, taak.huisstijl, taak.herkomst, bladnummers)
    return {FORMATEN["word"].plek(taak.slug): inhoud}


def als_docx(
    stukken: Document,
    titel: str,
    html: str = "",
    stijl: Huisstijl | None = None,
    herkomst: Sequence[tuple[str, str]] = (),
    nummers: Callable[[bytes, int], Sequence[int]] | None = None,
    soort: str = "Maatschappelijke kosten-batenanalyse",
) -> bytes:
    """The document of these blocks; ``html``: its page, which names the moment; ``herkomst`` closes it.

    ``nummers`` finds the page of each heading in a document with so many; without it the table of contents has none
    until a word processor fills them in. ``soort``: what the cover calls it.
    """
    schrijver = _Schrijver(stukken, titel, stijl or Huisstijl())
    schrijver.omslag(datum(moment_van(html)), soort)
    schrijver.beslispagina([deel for blok in stukken.blokken if blok["s"] == "voorop" for deel in blok["blokken"]])
    gewoon = [blok for blok in stukken.blokken if blok["s"] != "voorop"]
    schrijver.inhoudsopgave(met_herkomst=bool(herkomst))
    schrijver.blokken(gewoon)
    schrijver.herkomst(herkomst)
    inhoud = schrijver.inhoud(html)
    if nummers is not None and schrijver.nummer(nummers(inhoud, schrijver.kop_nr)):
        inhoud = schrijver.inhoud(html)
    return inhoud


class _Schrijver:
    """Writes one document from top to bottom."""

    def __init__(self, stukken: Document, titel: str, stijl: Huisstijl) -> None:
        self.beelden, self.titel, self.stijl = stukken.beelden, titel, stijl
        voorop = [b for blok in stukken.blokken if blok["s"] == "voorop" for b in blok["blokken"]]
        self.voorop = [b for b in voorop if b["s"] == "kop"]
        self.koppen = [b for b in stukken.blokken if b["s"] == "kop"]
        self.eigen_sjabloon = bool(stijl.word)
        self.ruimer = WIJD if self.eigen_sjabloon else 1.0
        self.doc: Any = maak_docx(io.BytesIO(stijl.word)) if stijl.word else maak_docx()
        zonder_afkomst(self.doc)
        self.lijf = self.doc.element.body
        for deel in list(self.lijf):
            if deel.tag != f"{{{_W}}}sectPr":
                self.lijf.remove(deel)
        self.eind = self.lijf[-1]
        self.kop_nr = 0
        self.kop, self.onder_kop = "", 0
        self.laatste: Any = None
        self.na_kop: Any = None
        self.is_kop = False
        self.nieuw_blad = False
        self.verwijzingen: dict[int, Any] = {}
        self.tellers = {"Tabel": 0, "Figuur": 0}
        self.namen = {s.name: s.style_id for s in self.doc.styles if s.type == WD_STYLE_TYPE.PARAGRAPH}
        self.kopstijlen = {self.namen[f"Heading {n}"] for n in range(1, _KOPNIVEAUS + 1)}
        if not self.eigen_sjabloon:
            self._blad()
            self._stijlen()
        sectie: Any = self.doc.sections[0]
        marges = sum(m or 0 for m in (sectie.left_margin, sectie.right_margin, sectie.gutter))
        self.tekstbreed = (sectie.page_width - marges) / EMU_PER_PUNT
        self._inhoudsstijlen()
        self._randen(sectie)

    # --- the sheet --------------------------------------------------------------------------------------------

    def _blad(self) -> None:
        sectie = self.doc.sections[0]
        sectie.page_width, sectie.page_height = Mm(210), Mm(297)
        sectie.left_margin = sectie.right_margin = Mm(_RAND_MM)
        sectie.top_margin, sectie.bottom_margin = Mm(24), Mm(20)
        sectie.header_distance = sectie.footer_distance = Mm(10)

    def _stijlen(self) -> None:
        stijlen = self.doc.styles
        hoofd = RGBColor.from_string(self.stijl.hoofd.lstrip("#"))
        self._letter(stijlen["Normal"], 10.5)
        stijlen["Normal"].paragraph_format.space_after = Pt(6)
        stijlen["Normal"].paragraph_format.line_spacing = 1.15
        for niveau, punten in enumerate(_KOP_PUNTEN, 1):
            kop = stijlen[f"Heading {niveau}"]
            self._letter(kop, punten)
            kop.font.bold, kop.font.color.rgb = True, hoofd
            kop.paragraph_format.space_before, kop.paragraph_format.space_after = Pt(20 - 4 * niveau), Pt(5)
            kop.paragraph_format.keep_with_next = True
        for naam, punten in (("Title", 30), ("Subtitle", 14)):
            self._letter(stijlen[naam], punten)
            stijlen[naam].font.italic = False
        stijlen["Title"].font.color.rgb, stijlen["Title"].font.bold = hoofd, True
        for rand in stijlen["Title"].element.iter(f"{{{_W}}}pBdr"):
            rand.getparent().remove(rand)
            break
        stijlen["Subtitle"].font.color.rgb = RGBColor.from_string(_GRIJS)
        bijschrift = stijlen["Caption"]
        self._letter(bijschrift, 9)
        bijschrift.font.bold, bijschrift.font.color.rgb = False, RGBColor.from_string(_GRIJS)
        bijschrift.paragraph_format.space_before, bijschrift.paragraph_format.space_after = Pt(8), Pt(3)
        for naam in ("List Bullet", "List Number"):
            stijlen[naam].paragraph_format.space_after = Pt(3)
        for naam in ("Header", "Footer"):
            self._letter(stijlen[naam], 8.5)
            stijlen[naam].font.color.rgb = RGBColor.from_string(_GRIJS)
            for tab in list(stijlen[naam].element.iter(f"{{{_W}}}tabs")):
                tab.getparent().remove(tab)
        for taal in self.doc.styles.element.iter(f"{{{_W}}}lang"):
            taal.set(f"{{{_W}}}val", "nl-NL")

    def _letter(self, stijl: Any, punten: float) -> None:
        stijl.font.name, stijl.font.size = _LETTER, Pt(punten)
        letters = stijl.element.rPr.rFonts
        for naam in [k for k in letters.attrib if k.endswith("Theme")]:
            del letters.attrib[naam]
        for naam in ("ascii", "hAnsi", "eastAsia", "cs"):
            letters.set(f"{{{_W}}}{naam}", _LETTER)

    def _inhoudsstijlen(self) -> None:
        """Those of the table of contents, for a template that has never held one."""
        for niveau in (1, 2):
            naam = f"toc {niveau}"
            if not any(n.casefold() == naam for n in self.namen):
                nieuw = self.doc.styles.add_style(naam, WD_STYLE_TYPE.PARAGRAPH)
                nieuw.base_style = self.doc.styles["Normal"]
                nieuw.paragraph_format.left_indent = Pt(14 * (niveau - 1))
                nieuw.paragraph_format.space_after = Pt(2)
                nieuw.font.bold = niveau == 1
                rechts = Emu(int(self.tekstbreed * EMU_PER_PUNT))
                nieuw.paragraph_format.tab_stops.add_tab_stop(rechts, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
                self.namen[naam] = nieuw.style_id

    def _randen(self, sectie: Any) -> None:
        """Title above, who made it and the page number below; not on the cover."""
        sectie.different_first_page_header_footer = True
        rechts = Emu(int(self.tekstbreed * EMU_PER_PUNT))
        for rand, links, nummer in (
            (sectie.header, kort_rand(self.titel), False),
            (sectie.footer, kort_rand(self.stijl.naam), True),
        ):
            rand.is_linked_to_previous = False
            alinea = rand.paragraphs[-1] if self.eigen_sjabloon and rand.paragraphs[-1].text == "" else None
            if alinea is None:
                alinea = rand.add_paragraph() if self.eigen_sjabloon else rand.paragraphs[0]
            tabs = alinea.paragraph_format.tab_stops
            for oud in list(tabs):
                del tabs[0], oud
            stijl = alinea.style
            while stijl is not None:  # those of its style would come first
                for tab in stijl.paragraph_format.tab_stops:
                    if tab.alignment != WD_TAB_ALIGNMENT.CLEAR and tab.position != rechts:
                        tabs.add_tab_stop(tab.position, WD_TAB_ALIGNMENT.CLEAR)
                stijl = stijl.base_style
            tabs.add_tab_stop(rechts, WD_TAB_ALIGNMENT.RIGHT)
            p = alinea._p
            _loop(p, links)
            if nummer:
                _loop(p, "\tpagina ")
                _veld(p, "PAGE", "1")
                _loop(p, " van ")
                _veld(p, "NUMPAGES", "1")

    # --- parts of the document --------------------------------------------------------------------------------

    def omslag(self, datum_: str, soort: str) -> None:
        """What lies on top: logo, title, what it is, who made it, when, and words of the bureau."""
        if self.stijl.logo:
            p = self._alinea()
            breed = min(_LOGO_MM[0], _LOGO_MM[1] * self.stijl.logo_breed)
            self._plaatje(p, self.stijl.logo, Mm(breed), self.stijl.logo_alt)
        _ruimte(self._alinea(), voor=150)
        self._alinea("Title", [self.titel])
        self._alinea("Subtitle", [soort])
        if not self.eigen_sjabloon:  # a template has rules of its own
            _onderlijn(self._alinea(), self.stijl.hoofd.lstrip("#"), 18)
        for tekst in (self.stijl.naam, datum_):
            if tekst:
                self._alinea("Normal", [tekst])
        for deel in self.stijl.omslag.split("\n"):
            if deel.strip():
                self._alinea("Normal", [deel.strip()])
        self.nieuw_blad = True

    def inhoudsopgave(self, met_herkomst: bool) -> None:
        """A field filled with the headings, each with the page it is on; a word processor is asked to renew it."""
        _ververs_velden(self.doc.settings.element)
        self.nieuw_blad = True
        kop = self._alinea("Normal", [{"s": "vet", "i": ["Inhoud"]}])
        for vorm in _vormen(kop):
            knoop(vorm, "w:color", val=self.stijl.hoofd.lstrip("#"))
            knoop(vorm, "w:sz", val=str(2 * _KOP_PUNTEN[0]))
        # of the page that decides, which stands before this, only its first heading
        koppen = [(nr, 1, platte_tekst(b["i"])) for nr, b in enumerate(self.voorop[:1], 1)]
        begin = len(self.voorop) + 1
        koppen += [(nr, self._niveau(b), platte_tekst(b["i"])) for nr, b in enumerate(self.koppen, begin)]
        if met_herkomst:
            koppen.append((begin + len(self.koppen), 1, HERKOMST))
        diep = 2 if sum(niveau <= 2 for _, niveau, _ in koppen) <= _INHOUD_REGELS else 1
        regels = [deel for deel in koppen if deel[1] <= diep]
        for plek, (nr, niveau, tekst) in enumerate(regels):
            p = self._alinea(next(n for n in self.namen if n.casefold() == f"toc {niveau}"))
            self._stippen(p)
            if plek == 0:
                _veldmerk(p, "begin")
                _veldtekst(p, f' TOC \\o "1-{diep}" \\h \\z \\u ')
                _veldmerk(p, "separate")
            link = knoop(p, "w:hyperlink", anchor=_merk(nr), history="1")
            _loop(link, f"{tekst}\t")
            _veldmerk(link, "begin")
            _veldtekst(link, f" PAGEREF {_merk(nr)} \\h ")
            _veldmerk(link, "separate")
            self.verwijzingen[nr] = knoop(knoop(link, "w:r"), "w:t")
            _veldmerk(link, "end")
            if plek == len(regels) - 1:
                _veldmerk(p, "end")
        _ruimte(self._alinea(), voor=20)

    def _stippen(self, p: Any) -> None:
        """Dots to the page number at the right, as Word itself sets them in a table of contents."""
        tabs = knoop(p.find(f"{{{_W}}}pPr"), "w:tabs")
        knoop(tabs, "w:tab", val="right", leader="dot", pos=str(int(self.tekstbreed * 20)))

    def nummer(self, bladen: Sequence[int]) -> bool:
        """Fill in the page of each heading, in their order; whether there were any."""
        for nr, blad in enumerate(bladen, 1):
            if nr in self.verwijzingen:
                self.verwijzingen[nr].text = str(blad)
        return bool(bladen)

    def beslispagina(self, blokken: Sequence[Blok]) -> None:
        """The page that decides: set closer and smaller than the report, so that it is one page."""
        begin = len(self.lijf)
        punten = self._beslispunten(blokken)
        self.blokken(blokken)
        for p in list(self.lijf)[begin - 1 : -1]:
            if p.tag != f"{{{_W}}}p":
                continue
            kop = p.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")
            is_kop = kop is not None and kop.get(f"{{{_W}}}val") in self.kopstijlen
            _dicht(p, 8 if is_kop else 0, 3)
            for vorm in [] if is_kop else _vormen(p):
                if vorm.getparent().tag == f"{{{_W}}}r" and vorm.find(f"{{{_W}}}sz") is None:
                    knoop(vorm, "w:sz", val=str(round(2 * punten)))

    def _beslispunten(self, blokken: Sequence[Blok]) -> float:
        """The largest letter at which these blocks fit on a sheet of somebody else's template, by estimate."""
        sectie = self.doc.sections[0]
        hoog = (sectie.page_height - sectie.top_margin - sectie.bottom_margin) / EMU_PER_PUNT
        past = [p for p in _BESLISPUNTEN if sum(self._hoogte(blok, p) for blok in blokken) <= hoog]
        return (past or _BESLISPUNTEN[-1:])[0] if self.eigen_sjabloon else _BESLISPUNTEN[0]

    def _hoogte(self, blok: Blok, punten: float) -> float:
        """Points of height that a block of the page that decides takes."""
        gewoon = self.doc.styles["Normal"].font.size
        if blok["s"] == "lijst":
            regels = [deel for punt in blok["punten"] for deel in punt if "i" in deel]
            return sum(self._alineahoogte(deel["i"], punten, _INSPRONG) for deel in regels)
        if blok["s"] == "tabel":
            kolommen = self._kolommen(blok)
            hoogte = (gewoon.pt if gewoon else punten) * _REGEL + _BESLISWIT  # the empty paragraph after it
            for rij in (*blok["koprijen"], *blok["rijen"]):
                delen = [
                    breedte_em(platte_tekst(cel["i"]), cel["vet"]) * kolommen.punten * _RAFEL / (breed - GOOT_PT)
                    for cel, breed in zip(rij, kolommen.breedtes, strict=False)
                ]
                hoogte += max(map(math.ceil, delen), default=1) * kolommen.punten * _REGEL + _BESLISWIT
            return hoogte
        if blok["s"] == "kop":
            kop = self.doc.styles[f"Heading {self._niveau(blok)}"].font.size
            return float(kop.pt if kop else _KOP_PUNTEN[0]) * _REGEL + _KOPWIT
        return self._alineahoogte(blok["i"], punten, 0) if "i" in blok else 0.0

    def _alineahoogte(self, delen: Sequence[Deel], punten: float, inspringing: float) -> float:
        regels = math.ceil(_breedte_em(delen) * punten * _RAFEL / (self.tekstbreed - inspringing))
        return float(regels * punten * _REGEL + _BESLISWIT)

    def blokken(self, blokken: Sequence[Blok]) -> None:
        """Everything between cover and origin."""
        for blok in blokken:
            self._blok(blok)

    def herkomst(self, paren: Sequence[tuple[str, str]]) -> None:
        """What the foot of the page says of where it all comes from."""
        if not paren:
            return
        self._kop({"s": "kop", "niveau": 2, "i": [HERKOMST]})
        self._gegevens([([label], [tekst]) for label, tekst in paren])

    def inhoud(self, html: str) -> bytes:
        """The bytes of the document."""
        eigenschappen(self.doc.core_properties, self.titel, self.stijl.naam or "mkba", html)
        uit = io.BytesIO()
        self.doc.save(uit)
        return vast_pakket(uit.getvalue())

    # --- blocks -----------------------------------------------------------------------------------------------

    def _niveau(self, blok: Blok) -> int:
        return min(max(int(blok["niveau"]) - 1, 1), _KOPNIVEAUS)

    def _blok(self, blok: Blok, stijl: str = "Normal") -> None:
        soort = blok["s"]
        if soort == "kop":
            self._kop(blok)
        elif soort in ("alinea", "vast", "opschrift"):
            self._alinea(stijl, blok["i"])
        elif soort == "grijs":
            p = self._alinea(stijl, blok["i"])
            for vorm in _vormen(p):
                knoop(vorm, "w:color", val=_GRIJS)
                knoop(vorm, "w:sz", val="18")
        elif soort == "lijst":
            self._lijst(blok)
        elif soort == "citaat":
            for deel in blok["blokken"]:
                self._blok(deel, "Quote" if "Quote" in self.namen else stijl)
        elif soort == "figuur":
            self._figuur(blok)
        elif soort == "tabel":
            self._tabel(blok)
        elif soort == "tegels":
            self._tegels(blok["rijen"])
        elif soort == "gegevens":
            self._gegevens(blok["paren"])
        elif soort == "opgave":
            for regel in blok["regels"]:
                self._alinea(stijl, regel)

    def _kop(self, blok: Blok) -> None:
        self.kop_nr += 1
        if blok.get("blad") or self.kop_nr == len(self.voorop) + 1:
            self.nieuw_blad = True  # what stands before it, the contents and the question, is a sheet of its own
        self._houd_inleiding_bij_volgende()
        self.kop = "" if self.kop_nr <= len(self.voorop) else platte_tekst(blok["i"])
        self.onder_kop = 0
        p = self._alinea(f"Heading {self._niveau(blok)}")
        knoop(p, "w:bookmarkStart", id=str(self.kop_nr), name=_merk(self.kop_nr))
        self._lopend(p, blok["i"])
        self.laatste, self.na_kop = None, None
        self.is_kop = True
        knoop(p, "w:bookmarkEnd", id=str(self.kop_nr))

    def _lijst(self, blok: Blok) -> None:
        for nummer, punt in enumerate(blok["punten"], blok["vanaf"]):
            for plek, deel in enumerate(punt):
                if deel["s"] != "alinea":
                    self._blok(deel)
                elif plek or blok["genummerd"]:
                    p = self._alinea("Normal", [f"{nummer}.\t" if not plek else "", *deel["i"]])
                    _inspringen(p, 18, 18 if not plek else 0)
                else:
                    self._alinea("List Bullet", deel["i"])

    def _figuur(self, blok: Blok) -> None:
        inhoud = self.beelden[blok["bestand"]]
        if not inhoud.startswith(b"\x89PNG"):
            if blok["alt"]:
                self._alinea("Normal", [blok["alt"]])
            return
        self._houd_inleiding_bij_volgende()
        p = self._alinea()
        knoop(p.find(f"{{{_W}}}pPr"), "w:keepNext")
        self._zonder_inspringen(p.find(f"{{{_W}}}pPr"))
        self._plaatje(p, inhoud, Emu(int(blok["breedte"] * self.tekstbreed * EMU_PER_PUNT)), blok["alt"])
        self._bijschrift("Figuur", blok["onderschrift"] or [blok["alt"]], False)

    def _plaatje(self, p: Any, inhoud: bytes, breed: int, alt: str) -> None:
        alinea = Paragraph(p, self.doc._body)
        vorm = alinea.add_run().add_picture(io.BytesIO(inhoud), width=breed)
        for kant in "TBLR":  # without them LibreOffice leaves 9 points beside a picture, beyond the margin
            vorm._inline.set(f"dist{kant}", "0")
        vorm._inline.docPr.set("descr", xml_tekst(alt))
        vorm._inline.docPr.set("name", xml_tekst(alt)[:60] or "Figuur")

    def _bijschrift(self, soort: str, delen: Sequence[Deel], met_volgende: bool) -> None:
        self.tellers[soort] += 1
        p = self._alinea("Caption")
        if met_volgende:
            knoop(p.find(f"{{{_W}}}pPr"), "w:keepNext")
        _loop(p, f"{soort} ", vet=True)
        _veld(p, f"SEQ {soort} \\* ARABIC", str(self.tellers[soort]), vet=True)
        _loop(p, ". ", vet=True)
        self._lopend(p, delen)

    def _tabel(self, blok: Blok) -> None:
        if _is_invulvak(blok):
            self._invulvak(blok["rijen"][0])
            return
        self._houd_inleiding_bij_volgende()
        opschrift = blok.get("onderschrift") or (blok["koprijen"] and self._naam_van_tabel())
        delen = in_delen(blok, self.tekstbreed / self.ruimer, _LEESBAAR if self.eigen_sjabloon else _TABELPUNTEN[-1])
        for nr, deel in enumerate(delen, 1):
            if opschrift:
                welk = [f" (deel\u00a0{nr}\u00a0van\u00a0{len(delen)})"] if len(delen) > 1 else []
                self._bijschrift("Tabel", [*opschrift, *welk], True)
            self._rooster(deel)

    def _rooster(self, blok: Blok) -> None:
        kolommen = self._kolommen(blok)
        punten, breed = kolommen.punten, kolommen.breedtes
        tbl = self._nieuwe_tabel(breed)
        rijen = [*((r, True) for r in blok["koprijen"]), *((r, False) for r in blok["rijen"])]
        blijft = len(rijen) <= _KORTE_TABEL
        open_: dict[int, tuple[int, int]] = {}
        for plek, (rij, in_kop) in enumerate(rijen):
            nieuw: dict[int, tuple[int, int]] = {}
            tr = knoop(tbl, "w:tr")
            kenmerk = knoop(tr, "w:trPr")
            knoop(kenmerk, "w:cantSplit")
            if in_kop:
                knoop(kenmerk, "w:tblHeader")
            kolom = self._vervolg(tr, open_, 0, breed)
            for cel in rij:
                omlaag = "restart" if cel["hoog"] > 1 else ""
                tc = self._cel(tr, sum(breed[kolom : kolom + cel["breed"]]), cel["breed"], in_kop, omlaag)
                if omlaag:
                    nieuw[kolom] = (cel["hoog"] - 1, cel["breed"])
                blijft_bij = in_kop or (blijft and plek < len(rijen) - 1)
                p = self._celalinea(tc, cel["kant"], blijft_bij, punten)
                self._lopend(p, cel["i"], {"vet": cel["vet"] or in_kop, "punten": punten})
                kolom = self._vervolg(tr, open_, kolom + cel["breed"], breed)
            open_ = {k: (n, b) for k, (n, b) in {**open_, **nieuw}.items() if n > 0}
        self._na_tabel()

    def _kolommen(self, blok: Blok) -> Kolommen:
        """The letter and the columns of a table; with room for the letter of somebody else's template."""
        kolommen = kolommen_van(blok, self.tekstbreed / self.ruimer, _TABELPUNTEN, _RUIME_TABELPUNTEN)
        return replace(kolommen, breedtes=[b * self.ruimer for b in kolommen.breedtes])

    def _invulvak(self, rij: Sequence[Blok]) -> None:
        """A box to write in, as wide as the text, on the sheet of what it is about."""
        self._houd_bij_volgende(self.laatste)
        breed = [self.tekstbreed * 0.15, self.tekstbreed * 0.85]
        tr = knoop(self._nieuwe_tabel(breed), "w:tr")
        knoop(knoop(tr, "w:trPr"), "w:trHeight", val=str(_INVULHOOGTE * 20), hRule="atLeast")
        for cel, maat in zip(rij, breed, strict=True):
            p = self._celalinea(self._cel(tr, maat, 1, False), "l", False, 9.0)
            self._lopend(p, cel["i"], {"vet": cel["vet"], "punten": 9.0})
        self._na_tabel()

    def _naam_van_tabel(self) -> list[Deel]:
        """What a table without a caption is called: the heading above it, as on the page for who cannot see it."""
        self.onder_kop += 1
        return [self.kop, f" ({self.onder_kop})" if self.onder_kop > 1 else ""] if self.kop else []

    def _vervolg(self, tr: Any, open_: dict[int, tuple[int, int]], kolom: int, breed: Sequence[float]) -> int:
        """Go on with cells from a row above that come down here; returns the first column after them."""
        while kolom in open_ and open_[kolom][0] > 0:
            rest, over = open_[kolom]
            knoop(self._cel(tr, sum(breed[kolom : kolom + over]), over, False, "continue"), "w:p")
            open_[kolom] = (rest - 1, over)
            kolom += over
        return kolom

    def _tegels(self, rijen: Sequence[Sequence[Blok]]) -> None:
        """The key figures in a row of boxes."""
        aantal = max(map(len, rijen))
        ruimte = self.tekstbreed / aantal - GOOT_PT - 1
        breedst = max((_breedte_em(cel["i"]) for rij in rijen for cel in rij), default=0.0)
        breedst *= 1.0 if self.eigen_sjabloon else _SMAL
        punten = min(_TEGELPUNTEN, math.floor(2 * ruimte / breedst) / 2) if breedst else _TEGELPUNTEN
        tbl = self._nieuwe_tabel([self.tekstbreed / aantal] * aantal)
        for rij in rijen:
            tr = knoop(tbl, "w:tr")
            for cel in rij:
                tc = self._cel(tr, self.tekstbreed / aantal, 1, True)
                self._lopend(self._celalinea(tc, "center", False, punten), cel["i"], {"punten": punten})
        self._na_tabel()

    def _gegevens(self, paren: Sequence[tuple[Sequence[Deel], Sequence[Deel]]]) -> None:
        breed = [self.tekstbreed * 0.3, self.tekstbreed * 0.7]
        tbl = self._nieuwe_tabel(breed)
        for links, rechts in paren:
            tr = knoop(tbl, "w:tr")
            knoop(knoop(tr, "w:trPr"), "w:cantSplit")
            for delen, maat, vet in ((links, breed[0], True), (rechts, breed[1], False)):
                p = self._celalinea(self._cel(tr, maat, 1, False), "l", False, 8.5)
                self._lopend(p, delen, {"vet": vet, "punten": 8.5})
        self._na_tabel()

    def _nieuwe_tabel(self, breed: Sequence[float]) -> Any:
        tbl: Any = OxmlElement("w:tbl")
        self.eind.addprevious(tbl)
        kenmerk = knoop(tbl, "w:tblPr")
        knoop(kenmerk, "w:tblW", w=str(int(sum(breed) * 20)), type="dxa")
        randen = knoop(kenmerk, "w:tblBorders")
        hoofd = self.stijl.hoofd.lstrip("#")
        for kant, kleur, dik in (("top", hoofd, "8"), ("bottom", hoofd, "8"), ("insideH", _LIJN, "4")):
            knoop(randen, f"w:{kant}", val="single", sz=dik, space="0", color=kleur)
        knoop(kenmerk, "w:tblLayout", type="fixed")
        marges = knoop(kenmerk, "w:tblCellMar")
        for kant in ("left", "right"):
            knoop(marges, f"w:{kant}", w=str(int(GOOT_PT / 2 * 20)), type="dxa")
        knoop(kenmerk, "w:tblLook", val="0620", firstRow="1", lastRow="0", firstColumn="0", noHBand="1", noVBand="1")
        rooster = knoop(tbl, "w:tblGrid")
        for b in breed:
            knoop(rooster, "w:gridCol", w=str(int(b * 20)))
        return tbl

    def _cel(self, tr: Any, breed: float, over: int, licht: bool, samen: str = "") -> Any:
        tc = knoop(tr, "w:tc")
        kenmerk = knoop(tc, "w:tcPr")
        knoop(kenmerk, "w:tcW", w=str(int(breed * 20)), type="dxa")
        if over > 1:
            knoop(kenmerk, "w:gridSpan", val=str(over))
        if samen:
            knoop(kenmerk, "w:vMerge", val=samen)
        if licht:
            knoop(kenmerk, "w:shd", val="clear", color="auto", fill=_LICHT)
        return tc

    def _celalinea(self, tc: Any, kant: str, met_volgende: bool, punten: float) -> Any:
        p = knoop(tc, "w:p")
        kenmerk = knoop(p, "w:pPr")
        if met_volgende:
            knoop(kenmerk, "w:keepNext")
        knoop(kenmerk, "w:spacing", before="30", after="30", line="240", lineRule="auto")
        self._zonder_inspringen(kenmerk)
        knoop(kenmerk, "w:jc", val={"r": "right", "l": "left"}.get(kant, kant))
        # of the paragraph itself: an empty cell is as high as its letter
        knoop(knoop(kenmerk, "w:rPr"), "w:sz", val=str(round(2 * punten)))
        return p

    def _zonder_inspringen(self, kenmerk: Any) -> None:
        """Whatever the text of a template does: a figure and a table are as wide as the text."""
        if self.eigen_sjabloon:
            knoop(kenmerk, "w:ind", left="0", right="0", firstLine="0")

    def _na_tabel(self) -> None:
        p = self._alinea()
        _ruimte(p, na=4)

    # --- running text -----------------------------------------------------------------------------------------

    def _alinea(self, stijl: str = "Normal", delen: Sequence[Deel] = ()) -> Any:
        p: Any = OxmlElement("w:p")
        kenmerk = knoop(p, "w:pPr")
        if stijl != "Normal":
            knoop(kenmerk, "w:pStyle", val=self.namen[stijl])
        if self.nieuw_blad:
            knoop(kenmerk, "w:pageBreakBefore")
            self.nieuw_blad = False
        self.eind.addprevious(p)
        self.laatste, self.na_kop = p, p if self.is_kop else self.na_kop
        self.is_kop = False
        self._lopend(p, delen)
        return p

    def _houd_bij_volgende(self, p: Any) -> None:
        """Keep a paragraph on the sheet of what comes after it; the standard gives this its place."""
        if p is None or p.find(f"{{{_W}}}pPr/{{{_W}}}keepNext") is not None:
            return
        kenmerk = p.find(f"{{{_W}}}pPr")
        knoop(kenmerk, "w:keepNext")
        kenmerk.insert(int(kenmerk.find(f"{{{_W}}}pStyle") is not None), kenmerk[-1])

    def _houd_inleiding_bij_volgende(self) -> None:
        """A heading with one paragraph below it stays on the sheet of the table, figure or heading they lead to."""
        if self.laatste is not None and self.laatste is self.na_kop:
            self._houd_bij_volgende(self.laatste)

    def _lopend(self, p: Any, delen: Sequence[Deel], vorm: dict[str, Any] | None = None) -> None:
        vorm = vorm or {}
        for deel in delen:
            if isinstance(deel, str):
                _loop(p, deel, **vorm)
            elif deel["s"] == "regel":
                knoop(knoop(p, "w:r"), "w:br")
            elif deel["s"] in ("vet", "cursief"):
                self._lopend(p, deel["i"], {**vorm, deel["s"]: True})
            elif deel["s"] == "maat" and "punten" in vorm:
                self._lopend(p, deel["i"], {**vorm, "punten": vorm["punten"] * deel["maat"]})
            else:
                self._lopend(p, deel["i"], vorm)


def _loop(p: Any, tekst: str, vet: bool = False, cursief: bool = False, punten: float = 0.0) -> Any:
    """A run of text; a tab and a new line are what they are."""
    r = knoop(p, "w:r")
    vorm = knoop(r, "w:rPr")
    if vet:
        knoop(vorm, "w:b")
    if cursief:
        knoop(vorm, "w:i")
    if punten:
        knoop(vorm, "w:sz", val=str(round(2 * punten)))
    for nr, regel in enumerate(xml_tekst(tekst).split("\n")):
        if nr:
            knoop(r, "w:br")
        for stuk in _TEKENS.split(regel):
            if stuk == "\t":
                knoop(r, "w:tab")
            elif stuk == "-":
                knoop(r, "w:noBreakHyphen")
            elif stuk:
                t = knoop(r, "w:t")
                t.text = stuk
                t.set(_XML_RUIMTE, "preserve")
    return r


def _veld(p: Any, opdracht: str, nu: str, vet: bool = False) -> None:
    """A field that a word processor works out, with what it shows until then."""
    _veldmerk(p, "begin")
    _veldtekst(p, f" {opdracht} ")
    _veldmerk(p, "separate")
    _loop(p, nu, vet=vet)
    _veldmerk(p, "end")


def _veldmerk(p: Any, soort: str) -> None:
    knoop(knoop(p, "w:r"), "w:fldChar", fldCharType=soort)


def _veldtekst(p: Any, tekst: str) -> None:
    t = knoop(knoop(p, "w:r"), "w:instrText")
    t.text = tekst
    t.set(_XML_RUIMTE, "preserve")


def _breedte_em(delen: Sequence[Deel], vet: bool = False, maat: float = 1.0) -> float:
    """The widest line of running text, in letters of the size around it."""
    regels = [0.0]
    for deel in delen:
        if isinstance(deel, str):
            regels[-1] += breedte_em(deel, vet) * maat
        elif deel["s"] == "regel":
            regels.append(0.0)
        else:
            regels[-1] += _breedte_em(deel["i"], vet or deel["s"] == "vet", maat * deel.get("maat", 1.0))
    return max(regels)


def _vormen(p: Any) -> list[Any]:
    return list(p.iter(f"{{{_W}}}rPr"))


def _ruimte(p: Any, voor: int = 0, na: int = 0) -> None:
    knoop(p.find(f"{{{_W}}}pPr"), "w:spacing", before=str(voor * 20), after=str(na * 20), line="240", lineRule="auto")


def _dicht(p: Any, voor: int, na: int) -> None:
    """Lines without room between them, and this many points around; the standard gives spacing its place."""
    kenmerk = p.find(f"{{{_W}}}pPr")
    for oud in kenmerk.findall(f"{{{_W}}}spacing"):
        kenmerk.remove(oud)
    nieuw = knoop(kenmerk, "w:spacing", before=str(voor * 20), after=str(na * 20), line="240", lineRule="auto")
    for volger in kenmerk:
        if volger.tag in {f"{{{_W}}}{naam}" for naam in ("ind", "jc", "rPr")}:
            volger.addprevious(nieuw)
            return


def _inspringen(p: Any, links: int, hangend: int) -> None:
    knoop(p.find(f"{{{_W}}}pPr"), "w:ind", left=str(links * 20), hanging=str(hangend * 20))


def _onderlijn(p: Any, kleur: str, dik: int) -> None:
    rand = knoop(p.find(f"{{{_W}}}pPr"), "w:pBdr")
    knoop(rand, "w:bottom", val="single", sz=str(dik), space="1", color=kleur)


def _ververs_velden(instellingen: Any) -> None:
    """Ask for new fields at opening; the standard gives every setting its place."""
    for oud in instellingen.findall(f"{{{_W}}}updateFields"):
        instellingen.remove(oud)
    veld = knoop(instellingen, "w:updateFields", val="true")
    volgers = [d for d in instellingen if d.tag in {f"{{{_W}}}{naam}" for naam in _NA_VELDEN}]
    if volgers:
        volgers[0].addprevious(veld)


def _is_invulvak(blok: Blok) -> bool:
    """Whether a table is a word and an empty cell beside it."""
    rijen = blok["rijen"]
    return not blok["koprijen"] and [len(rij) for rij in rijen] == [2] and not platte_tekst(rijen[0][1]["i"]).strip()


def _merk(nummer: int) -> str:
    """The bookmark of a heading, by its number in the document."""
    return f"_Toc{nummer:06d}"
