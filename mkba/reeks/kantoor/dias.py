"""A report as slides: ``powerpoint/<slug>.pptx``, eight to twelve that stand on their own.

Of a notebook that gives no slides of its own (:mod:`mkba.uitvoer.aanpak.presentatie`) each figure gets one. There are
never more than twelve: what has no place is counted on the last, its headlines stand in the notes. Tables are
native, figures carry their alternative text; what does not fit on a slide stands whole in its notes. The same page
gives the same bytes.
"""

import base64
import io
import math
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from mkba.kern.tekst.notatie import datum
from mkba.kern.zaak.eigen_woorden import EigenWoorden, alineas
from mkba.kern.zaak.huisstijl import Huisstijl
from mkba.reeks.kantoor.ooxml import EMU_PER_INCH, EMU_PER_PUNT, dia_tekst, eigenschappen, knoop, vast_pakket, xml_tekst
from mkba.reeks.kantoor.sjablonen import titeldia, zonder_dias
from mkba.reeks.kantoor.stukken import WIJD, kolommen_van, platte_tekst, tabelblokken
from mkba.reeks.map.onderdelen import Figuur, onderdelen
from mkba.reeks.pagina.pdf.basis import kort_rand, moment_van
from mkba.reeks.pagina.pdf.blokken import Blok, Deel, maak_document
from mkba.reeks.pagina.pdf.kolommen import GOOT_PT, Kolommen, breedte_em
from mkba.reeks.plan.formaten import FORMATEN
from mkba.reeks.plan.taak import Taak
from mkba.uitvoer import extra
from mkba.uitvoer.tabel import Tabel, uit_gegevens

_BREED, _HOOG = 12192000, 6858000
"""Sixteen by nine, 33.9 by 19.1 cm."""
_RAND: Final = 0.5 * EMU_PER_INCH
_LETTER: Final = "Arial"
_GRIJS: Final = "55636B"
_INKT: Final = "1F2A30"
_PUNTEN: Final = (20, 18, 16, 14, 13, 12, 11, 10)
"""Sizes in points that text on a slide may have: a choice, 10 is the smallest that reads."""
_KOPPUNTEN: Final = (32, 28, 26, 24, 22, 20, 18, 16)
"""Sizes of a headline in a template of somebody else, of which the letter may be wider than ours."""
_TABELPUNTEN: Final = (18, 16, 14, 13, 12, 11, 10, 9, 8)
_LETTERBREED: Final = 0.5
"""Mean width of a letter over its size."""
_WOORDBREED: Final = 0.58
"""The same of a number, whose signs are wide."""
_REGEL: Final = 1.25
_RAFEL: Final = 1.15
"""How many lines a cell takes for each that it fills: a choice, lines do not end at the edge."""
_CELWIT: Final = 2.5
"""Points above and below the text of a cell."""
_MAX_DIAS: Final = 12
"""Slides of a deck; above it a foreword and conclusions share one, a large table goes to the notes, and the rest is
counted."""
_VAST: Final = 2
"""Slides that every deck has: title and source."""
_MAX_WOORDRIJEN: Final = 7
_KOP_TEKENS: Final = 110
_SMAL: Final = 1.5
"""Width over height of a slide below which nothing stands beside a figure: four by three, and paper."""
_RIJEN_ONDER_FIGUUR: Final = 5
"""Rows of a table that still stand below a figure: a choice."""
_ONDERTITEL: Final = (32, 28, 24, 20, 18, 16, 14, 12)
"""Sizes of the lines below the title in a template of somebody else: smaller only when they would not fit."""

Vak = tuple[int, int, int, int]
"""Left, top, width, height, in EMU."""


def maak(taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]:
    """The slides of a report."""
    naam = titel or taak.naam or taak.slug
    gegeven = [o.get("data", {}) for cel in notebook["cells"] for o in cel.get("outputs", [])]
    dias = [d for data in gegeven for d in data.get(extra.PRESENTATIE, {}).get("dias", [])]
    beelden = [data[extra.FIGUUR] for data in gegeven if extra.FIGUUR in data]
    if not dias:
        dias = per_figuur(notebook)
    prijspeil = next((p for data in gegeven if (p := data.get(extra.PRESENTATIE, {}).get("prijspeil"))), "")
    inhoud = als_pptx(dias, beelden, naam, html, taak.huisstijl, taak.herkomst, taak.woorden, prijspeil)
    return {FORMATEN["powerpoint"].plek(taak.slug): inhoud}


def per_figuur(notebook: Any) -> list[dict[str, Any]]:
    """A slide per figure, of a notebook that gives no slides of its own."""
    figuren = [deel for deel in onderdelen(notebook) if isinstance(deel, Figuur)]
    return [
        {"kop": "", "platte_kop": f.titel or f.kop, "regels": [], "png": f.png, "alt": f.alt or f.titel or f.kop}
        for f in figuren
    ]


def als_pptx(
    dias: Sequence[dict[str, Any]],
    beelden: Sequence[dict[str, Any]],
    titel: str,
    html: str = "",
    stijl: Huisstijl | None = None,
    herkomst: Sequence[tuple[str, str]] = (),
    woorden: EigenWoorden | None = None,
    prijspeil: str = "",
) -> bytes:
    """The slides; ``beelden``: the figures of the notebook, ``html``: its page, which names the moment; ``prijspeil``:
    of which year the euros are, when the notebook says so."""
    woorden = woorden or EigenWoorden()
    schrijver = _Schrijver(titel, stijl or Huisstijl(), beelden)
    schrijver.voorkant(datum(moment_van(html)))
    vrij = _MAX_DIAS - _VAST
    eigen = bool(woorden.voorwoord) + bool(woorden.conclusie)
    nodig = len(dias) + sum(schrijver.tabel_apart(dia) for dia in dias)
    samen = eigen > 1 and nodig + eigen > vrij
    vrij -= 1 if samen else eigen
    schrijver.met_vervolg = nodig <= vrij
    dias = _met_rest(dias[:vrij], dias[vrij:])
    if samen:
        schrijver.woorden("Voorwoord en conclusies", f"{woorden.voorwoord}\n\n{woorden.conclusie}")
    elif woorden.voorwoord:
        schrijver.woorden("Voorwoord", woorden.voorwoord)
    eerste, rest = dias[:1], dias[1:]
    for dia in eerste:
        schrijver.dia(dia)
    if woorden.conclusie and not samen:
        schrijver.woorden("Conclusies", woorden.conclusie)
    for dia in rest:
        schrijver.dia(dia)
    schrijver.bron(herkomst, woorden, prijspeil)
    return schrijver.inhoud(html)


class _Schrijver:
    """Writes the slides one after another."""

    def __init__(self, titel: str, stijl: Huisstijl, beelden: Sequence[dict[str, Any]]) -> None:
        self.titel, self.stijl, self.beelden = titel, stijl, beelden
        self.eigen_sjabloon = bool(stijl.powerpoint)
        self.deck: Any = Presentation(io.BytesIO(stijl.powerpoint)) if stijl.powerpoint else Presentation()
        if self.eigen_sjabloon:
            zonder_dias(self.deck)
        else:
            self._breed()
            self._thema()
        self.voor, self.kaal = titeldia(self.deck)
        self.breed, self.hoog = int(self.deck.slide_width or 0), int(self.deck.slide_height or 0)
        self.smal = self.breed < _SMAL * self.hoog
        self.met_vervolg = True

    # --- our own template -------------------------------------------------------------------------------------

    def _breed(self) -> None:
        """The layouts that come with the library are for four by three: make them as wide as a screen."""
        deel = _BREED / self.deck.slide_width
        self.deck.slide_width, self.deck.slide_height = Emu(_BREED), Emu(_HOOG)
        for blad in (self.deck.slide_masters[0], *self.deck.slide_layouts):
            for vorm in blad.placeholders:
                if vorm._element.spPr.find(f"{{{_A}}}xfrm") is not None:
                    vorm.left, vorm.width = Emu(int(vorm.left * deel)), Emu(int(vorm.width * deel))

    def _thema(self) -> None:
        """Letter and colours of the theme, which tables and new slides of whoever goes on with it follow too."""
        master = self.deck.slide_masters[0]
        for rel in master.part.rels.values():
            if rel.reltype.endswith("/theme"):
                blob: bytes = rel.target_part.blob
                for oud, nieuw in (
                    (b'typeface="Calibri"', f'typeface="{_LETTER}"'.encode()),
                    (b"4F81BD", self.stijl.hoofd.lstrip("#").encode()),
                    (b"C0504D", self.stijl.accent.lstrip("#").encode()),
                ):
                    blob = blob.replace(oud, nieuw)
                rel.target_part._blob = blob

    # --- slides -----------------------------------------------------------------------------------------------

    def voorkant(self, datum_: str) -> None:
        """Title, what it is, who made it and when."""
        dia = self.deck.slides.add_slide(self.voor)
        titel = dia.shapes.title
        onder = [v for v in dia.placeholders if v.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE]
        titel.text_frame.text = xml_tekst(self.titel)
        regels = ["Maatschappelijke kosten-batenanalyse", *filter(None, (self.stijl.naam, datum_))]
        regels += [deel.strip() for deel in self.stijl.omslag.split("\n") if deel.strip()]
        for vorm in onder[:1]:
            vorm.text_frame.text = xml_tekst("\n".join(regels))
            past = _past_onder(regels, int(vorm.width * 0.9), int(vorm.height))
            if self.eigen_sjabloon and past < _ONDERTITEL[0]:
                for loop in (r for alinea in vorm.text_frame.paragraphs for r in alinea.runs):
                    loop.font.size = Pt(past)
        if not self.eigen_sjabloon:
            streep = self._streep(dia, (0, 0, int(0.35 * EMU_PER_INCH), self.hoog))
            streep._element.nvSpPr.cNvPr.set("descr", "")
            links, breed = int(1.0 * EMU_PER_INCH), int(self.breed - 2 * EMU_PER_INCH)
            titel.left, titel.top, titel.width, titel.height = (
                Emu(n) for n in (links, int(1.9 * EMU_PER_INCH), breed, int(1.9 * EMU_PER_INCH))
            )
            titel.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
            punten = _passend([self.titel], breed, int(1.7 * EMU_PER_INCH), (40, 34, 30, 26, 22, 18, 14))[0]
            _vorm(titel.text_frame, punten, self.stijl.hoofd, vet=True)
            for vorm in onder[:1]:
                vorm.left, vorm.top, vorm.width, vorm.height = (
                    Emu(n) for n in (links, int(4.0 * EMU_PER_INCH), breed, int(2.4 * EMU_PER_INCH))
                )
                _vorm(vorm.text_frame, 18, f"#{_GRIJS}")
        if self.stijl.logo:
            hoog = int(0.8 * EMU_PER_INCH)
            breed = int(hoog * self.stijl.logo_breed)
            if breed > (grens := int(self.breed * 0.3)):
                breed, hoog = grens, int(grens / self.stijl.logo_breed)
            self._plaatje(
                dia,
                self.stijl.logo,
                (self.breed - breed - int(_RAND), int(_RAND), breed, hoog),
                self.stijl.logo_alt,
            )

    def dia(self, gegevens: dict[str, Any]) -> None:
        """A slide with a headline, and a figure, a table and sentences as far as there are."""
        kop = _kop(gegevens)
        dia, vlak = self._nieuw(kop)
        regels = [deel for regel in gegevens["regels"] for deel in _lopend(regel)]
        png, alt = self._beeld(gegevens)
        tabel = gegevens.get("tabel")
        if rest := gegevens.get("notitie"):
            _notitie(dia, rest)
        links, boven, breed, hoog = vlak
        if png and self.smal:
            self._onder_elkaar(dia, kop, (png, alt), tabel, regels, vlak)
        elif png and tabel:
            onder = int(hoog * 0.25) if regels else 0
            half = int(breed * 0.52)
            vrij = hoog - onder - int(_RAND / 3) if regels else hoog
            self._plaatje(dia, png, (links, boven, half, vrij), alt)
            self._tabel(dia, tabel, (links + half + int(_RAND / 2), boven, breed - half - int(_RAND / 2), vrij), 14)
            if regels:
                self._tekst(dia, regels, (links, boven + hoog - onder, breed, onder), False)
        elif png:
            naast = int(breed * 0.34) if regels else 0
            self._plaatje(dia, png, (links, boven, breed - naast, hoog), alt)
            if regels:
                wit = int(_RAND / 2)
                self._tekst(dia, regels, (links + breed - naast + wit, boven, naast - wit, hoog), False)
        elif tabel:
            past = self._tabel(dia, tabel, (links, boven, breed, int(hoog * (0.7 if regels else 1))))
            if regels:
                tussen = int(_RAND / 2)
                self._tekst(dia, regels, (links, boven + past + tussen, breed, hoog - past - tussen), False)
        elif regels:
            self._tekst(dia, regels, vlak, bool(gegevens.get("punten")))

    def _onder_elkaar(
        self, dia: Any, kop: str, beeld: tuple[bytes, str], tabel: Any, regels: Sequence[Sequence[Deel]], vlak: Vak
    ) -> None:
        """On four by three there is no room beside a figure: what goes with it stands below, a large table apart."""
        links, boven, breed, hoog = vlak
        apart = _is_groot(tabel)
        if apart and not self.met_vervolg:
            regels = [*regels, ["De tabel staat in de notities van deze dia en in het rapport."]]
        eronder = regels or (tabel and not apart)
        vrij = int(hoog * (0.54 if tabel and not apart else 0.62)) if eronder else hoog
        self._plaatje(dia, beeld[0], (links, boven, breed, vrij), beeld[1])
        begin, rest = boven + vrij + int(_RAND / 4), hoog - vrij - int(_RAND / 4)
        half = int(breed * 0.52) if tabel and not apart else 0
        if half:
            self._tabel(dia, tabel, (links, begin, half - int(_RAND / 2), rest), 12)
        if regels:
            self._tekst(dia, regels, (links + half, begin, breed - half, rest), False, hoogstens=16)
        if apart and not self.met_vervolg:
            blok = _als_blok(tabel)
            rijen = [[platte_tekst(c["i"]) for c in rij] for rij in (*blok["koprijen"], *blok["rijen"])]
            _notitie(dia, "\n".join(map(" | ".join, rijen)))
        elif apart:
            volgende, ruimte = self._nieuw(f"{kop} (vervolg)")
            self._tabel(volgende, tabel, ruimte)

    def tabel_apart(self, gegevens: dict[str, Any]) -> bool:
        """Whether the table of a slide would want one of its own, on paper as narrow as this."""
        return self.smal and bool(self._beeld(gegevens)[0]) and _is_groot(gegevens.get("tabel"))

    def woorden(self, kop: str, tekst: str) -> None:
        """A text of one's own; what is too long for a slide stands whole in its notes."""
        dia, vlak = self._nieuw(kop)
        self._tekst(dia, [[alinea] for alinea in alineas(tekst)], vlak, False)

    def bron(self, herkomst: Sequence[tuple[str, str]], woorden: EigenWoorden, prijspeil: str) -> None:
        """Where it all comes from, and what was said of the answers."""
        euros = f" in euro’s van {prijspeil}" if prijspeil else ""
        dia, (links, boven, breed, hoog) = self._nieuw("Bron en verantwoording")
        regels: list[list[Deel]] = [
            [
                "Rekenmodel: open reconstructie van de MKBA-tool sociale (wijk)teams (LPBL, 2014). Bedragen zijn netto "
                f"contante waarden{euros}. Het volledige rapport met alle kengetallen en hun bronnen hoort bij deze "
                "dia’s."
            ],
        ]
        for label, tekst in herkomst:
            regels.append([{"s": "vet", "i": [f"{label}: "]}, tekst])
        antwoorden = woorden.antwoorden
        half = int(breed * 0.42) if antwoorden else breed
        self._tekst(dia, regels, (links, boven, half, hoog), False, hoogstens=14)
        if antwoorden:
            kop = ["antwoord", "bron", "opmerking"]
            rijen = [[f"{a.label}: {a.antwoord}", a.bron, a.opmerking] for a in antwoorden]
            getoond = [[_inkorten(c, 90) for c in rij] for rij in rijen[:_MAX_WOORDRIJEN]]
            vak = (links + half + int(_RAND / 2), boven, breed - half - int(_RAND / 2), int(hoog * 0.9))
            self._rooster(dia, tabelblokken(Tabel(pd.DataFrame(getoond, columns=kop), index=False))[0], vak)
            alles = [" | ".join(rij) for rij in [kop, *rijen]]
            if len(rijen) > len(getoond) or getoond != rijen:
                over = len(rijen) - len(getoond)
                meer = f"en nog {over}; " if over else ""
                onder = (vak[0], boven + int(hoog * 0.92), vak[2], int(hoog * 0.08))
                self._tekst(
                    dia, [[f"{meer}alles staat voluit in de notities en in het rapport."]], onder, False, hoogstens=10
                )
                _notitie(dia, "\n".join(alles))

    def inhoud(self, html: str) -> bytes:
        """The bytes of the slides."""
        eigenschappen(self.deck.core_properties, self.titel, self.stijl.naam or "mkba", html)
        uit = io.BytesIO()
        self.deck.save(uit)
        return vast_pakket(uit.getvalue())

    # --- parts of a slide -------------------------------------------------------------------------------------

    def _nieuw(self, kop: str) -> tuple[Any, Vak]:
        """A slide with its headline, and the room below it."""
        dia = self.deck.slides.add_slide(self.kaal)
        titel = dia.shapes.title
        getoond = _inkorten(kop, _KOP_TEKENS)
        titel.text_frame.text = dia_tekst(getoond)
        if getoond != kop:
            _notitie(dia, kop)
        if self.eigen_sjabloon:
            links, breed = int(titel.left), int(titel.width)
            boven = int(titel.top + titel.height + _RAND / 4)
            past = _passend([getoond], int(breed * 0.85), int(titel.height * 0.85), _KOPPUNTEN)[0]
            for loop in titel.text_frame.paragraphs[0].runs:
                loop.font.size = Pt(past)
        else:
            links, breed = int(_RAND), int(self.breed - 2 * _RAND)
            titel.left, titel.top, titel.width, titel.height = (
                Emu(n) for n in (links, int(0.35 * EMU_PER_INCH), breed, int(0.95 * EMU_PER_INCH))
            )
            titel.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            titel.text_frame.margin_left = Emu(0)
            _vorm(titel.text_frame, 26 if len(getoond) < 60 else 22, self.stijl.hoofd, vet=True)
            self._streep(dia, (links, int(1.32 * EMU_PER_INCH), breed, int(2 * EMU_PER_PUNT)))
            boven = int(1.5 * EMU_PER_INCH)
        onder = int(self.hoog * 0.925)
        self._voet(dia, links, breed, onder)
        return dia, (links, boven, breed, onder - boven)

    def _voet(self, dia: Any, links: int, breed: int, boven: int) -> None:
        """Title, who made it, and the number of the slide as a field."""
        kader = dia.shapes.add_textbox(Emu(links), Emu(boven), Emu(breed), Emu(int(0.35 * EMU_PER_INCH))).text_frame
        kader.margin_left, kader.word_wrap = Emu(0), True
        alinea = kader.paragraphs[0]
        alinea.alignment = PP_ALIGN.LEFT
        delen = [deel for deel in (self.stijl.naam, self.titel) if deel]
        alinea.add_run().text = xml_tekst(f"{kort_rand(' · '.join(delen))} · ")
        veld = knoop(alinea._p, "a:fld")
        veld.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        veld.set("type", "slidenum")
        knoop(veld, "a:rPr").set("lang", "nl-NL")
        knoop(veld, "a:t").text = str(len(self.deck.slides))
        alinea.font.size, alinea.font.color.rgb = Pt(10), RGBColor.from_string(_GRIJS)
        for vorm in alinea._p.iter(f"{{{_A}}}rPr"):
            vorm.set("sz", "1000")

    def _streep(self, dia: Any, vak: Vak) -> Any:
        """A bar in the main colour."""
        streep = dia.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Emu, vak))
        streep.fill.solid()
        streep.fill.fore_color.rgb = _kleur(self.stijl.hoofd)
        streep.line.fill.background()
        return streep

    def _beeld(self, gegevens: dict[str, Any]) -> tuple[bytes, str]:
        if gegevens.get("png"):
            return gegevens["png"], gegevens["alt"]
        soort = gegevens.get("figuur")
        gevonden = next((b for b in self.beelden if soort and b["soort"] == soort), None)
        return (base64.b64decode(gevonden["png"]), gevonden["alt"]) if gevonden else (b"", "")

    def _plaatje(self, dia: Any, inhoud: bytes, vak: Vak, alt: str) -> None:
        """A picture as large as fits in a box, in the middle of it."""
        links, boven, breed, hoog = vak
        beeld = dia.shapes.add_picture(io.BytesIO(inhoud), Emu(links), Emu(boven))
        deel = min(breed / beeld.width, hoog / beeld.height)
        beeld.width, beeld.height = Emu(int(beeld.width * deel)), Emu(int(beeld.height * deel))
        beeld.left = Emu(links + (breed - beeld.width) // 2)
        beeld.top = Emu(boven + (hoog - beeld.height) // 2)
        beeld._element.nvPicPr.cNvPr.set("descr", xml_tekst(alt))
        beeld.name = xml_tekst(alt)[:60] or "Figuur"

    def _tekst(self, dia: Any, regels: Sequence[Sequence[Deel]], vak: Vak, punten: bool, hoogstens: int = 20) -> None:
        """Paragraphs in the largest letter that fits; what does not at the smallest is cut, and whole in the notes."""
        links, boven, breed, hoog = vak
        plat = [platte_tekst(regel) for regel in regels]
        maat, aantal = _passend(plat, breed, hoog, [p for p in _PUNTEN if p <= hoogstens])
        kader = dia.shapes.add_textbox(Emu(links), Emu(boven), Emu(breed), Emu(hoog)).text_frame
        kader.word_wrap = True
        kader.margin_left = kader.margin_right = Emu(0)
        getoond: Sequence[Sequence[Deel]] = regels
        if aantal < sum(map(len, plat)):
            getoond = _geknipt(plat, aantal)
            _notitie(dia, "\n\n".join(plat))
        for nr, regel in enumerate(getoond):
            alinea = kader.paragraphs[0] if nr == 0 else kader.add_paragraph()
            alinea.space_after = Pt(maat * 0.5)
            if punten:
                _opsommingsteken(alinea)
            _lopen(alinea, regel, maat)

    def _tabel(self, dia: Any, gegevens: dict[str, Any], vak: Vak, hoogstens: int = 18) -> int:
        """A native table; returns its height."""
        return self._rooster(dia, _als_blok(gegevens), vak, hoogstens)

    def _rooster(self, dia: Any, blok: Blok, vak: Vak, hoogstens: int = 12) -> int:
        """The largest letter at which the rows fit in the box and every number and word stands on one line."""
        links, boven, breed, hoog = vak
        alle = [*blok["koprijen"], *blok["rijen"]]
        wijd = WIJD if self.eigen_sjabloon else 1.0
        ruimte = breed / EMU_PER_PUNT / wijd
        keus = [
            (k, [_rijhoog(rij, k, ruimte) for rij in alle])
            for k in (kolommen_van(blok, ruimte, [p]) for p in _TABELPUNTEN if p <= hoogstens)
        ]
        heel = [k for k in keus if not k[0].afbreken]
        past = [k for k in heel if sum(k[1]) <= hoog]
        kolommen, hoogtes = past[0] if past else (heel or keus)[-1]
        deel = breed / sum(kolommen.breedtes)
        breedtes = [int(b * deel) for b in kolommen.breedtes]
        vorm = dia.shapes.add_table(
            len(alle), len(breedtes), Emu(links), Emu(boven), Emu(sum(breedtes)), Emu(sum(hoogtes))
        )
        for kolom, b in zip(vorm.table.columns, breedtes, strict=True):
            kolom.width = Emu(b)
        for nr, (rij, rijhoog) in enumerate(zip(alle, hoogtes, strict=True)):
            vorm.table.rows[nr].height = Emu(rijhoog)
            for plek, gegeven in enumerate(rij):
                cel, tekst = vorm.table.cell(nr, plek), platte_tekst(gegeven["i"])
                cel.margin_top = cel.margin_bottom = Emu(int(_CELWIT * EMU_PER_PUNT))
                cel.margin_left = cel.margin_right = Emu(int(GOOT_PT / 2 * EMU_PER_PUNT))
                cel.vertical_anchor = MSO_ANCHOR.MIDDLE
                alinea = cel.text_frame.paragraphs[0]
                loop = alinea.add_run()
                # a number alone stays as it can be copied to a workbook: its column is as wide as it is
                loop.text = xml_tekst(tekst) if gegeven["heel"] else dia_tekst(tekst)
                loop.font.size = Pt(kolommen.punten)
                loop.font.bold = gegeven["vet"]
                if gegeven["kant"] == "r":
                    alinea.alignment = PP_ALIGN.RIGHT
        vorm.name = "Tabel"
        return sum(hoogtes)


_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _kop(gegevens: dict[str, Any]) -> str:
    """The headline of a slide, as plain text."""
    return gegevens.get("platte_kop") or (platte_tekst(_lopend(gegevens["kop"])[0]) if gegevens["kop"] else "")


def _is_groot(tabel: Any) -> bool:
    return tabel is not None and len(tabel["rijen"]) > _RIJEN_ONDER_FIGUUR


def _als_blok(gegevens: Any) -> Blok:
    return next(b for b in tabelblokken(uit_gegevens(gegevens)) if b["s"] == "tabel")


def _met_rest(dias: Sequence[dict[str, Any]], over: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The slides that are shown; the last counts those that are not, and names them in its notes."""
    if not over:
        return dias
    if all(dia.get("png") for dia in over):
        wat = "andere figuur" if len(over) == 1 else "andere figuren"
    else:
        wat = "ander onderwerp" if len(over) == 1 else "andere onderwerpen"
    zin = f"Het rapport heeft nog {len(over)} {wat}; de notities van deze dia noemen ze."
    laatste = {**dias[-1], "regels": [*dias[-1]["regels"], zin], "notitie": "\n".join(map(_kop, over))}
    return [*dias[:-1], laatste]


def _notitie(dia: Any, tekst: str) -> None:
    """Add a text to the notes of a slide."""
    kader = dia.notes_slide.notes_text_frame
    kader.text = xml_tekst("\n\n".join(deel for deel in (kader.text, tekst) if deel))


def _lopend(html: str) -> list[list[Deel]]:
    """The paragraphs of a piece of HTML."""
    uit: list[list[Deel]] = []
    for blok in maak_document(html).blokken:
        if blok["s"] == "lijst":
            uit += [deel["i"] for punt in blok["punten"] for deel in punt if "i" in deel]
        elif "i" in blok:
            uit.append(blok["i"])
    return uit


def _lopen(alinea: Any, delen: Sequence[Deel], maat: float, vet: bool = False, cursief: bool = False) -> None:
    for deel in delen:
        if isinstance(deel, str):
            loop = alinea.add_run()
            loop.text = dia_tekst(deel)
            loop.font.size, loop.font.color.rgb = Pt(maat), RGBColor.from_string(_INKT)
            if vet:
                loop.font.bold = True
            if cursief:
                loop.font.italic = True
        elif deel["s"] == "regel":
            alinea.add_line_break()
        else:
            _lopen(alinea, deel["i"], maat, vet or deel["s"] == "vet", cursief or deel["s"] == "cursief")


def _passend(regels: Sequence[str], breed: int, hoog: int, maten: Sequence[int]) -> tuple[int, int]:
    """The largest size at which paragraphs fit in a box, and how many letters of them do."""
    for maat in maten:
        if _hoogte(regels, breed, maat) <= hoog:
            return maat, sum(map(len, regels))
    maat = maten[-1]
    per_regel = breed / EMU_PER_PUNT / (maat * _LETTERBREED)
    return maat, int(per_regel * max(hoog / EMU_PER_PUNT / (maat * _REGEL) - len(regels), 1))


def _past_onder(regels: Sequence[str], breed: int, hoog: int) -> int:
    """The largest size at which the lines below a title fit, set close."""
    for maat in _ONDERTITEL:
        per_regel = max(breed / EMU_PER_PUNT / (maat * _WOORDBREED), 1)
        if sum(math.ceil(len(r) / per_regel) for r in regels) * maat * 1.4 * EMU_PER_PUNT <= hoog:
            return maat
    return _ONDERTITEL[-1]


def _hoogte(regels: Sequence[str], breed: int, maat: float) -> float:
    per_regel = max(breed / EMU_PER_PUNT / (maat * _LETTERBREED), 1)
    aantal = sum(max(1, math.ceil(len(regel) / per_regel)) for regel in regels)
    return (aantal * _REGEL + 0.6 * len(regels)) * maat * EMU_PER_PUNT


def _rijhoog(rij: Sequence[Any], kolommen: Kolommen, ruimte: float) -> int:
    """Height of a row, in EMU, when the columns are made as wide together as there is room (points)."""
    deel, regels = ruimte / sum(kolommen.breedtes), 1
    for cel, breed in zip(rij, kolommen.breedtes, strict=True):
        lang = breedte_em(platte_tekst(cel["i"]), cel["vet"]) * kolommen.punten
        past = breed * deel - GOOT_PT
        regels = max(regels, 1 if cel["heel"] or lang <= past else math.ceil(lang / past * _RAFEL))
    return int((regels * _REGEL * kolommen.punten + 2 * _CELWIT) * EMU_PER_PUNT)


def _geknipt(plat: Sequence[str], aantal: int) -> list[list[Deel]]:
    uit: list[list[Deel]] = []
    slot = " (verder in de notities en in het rapport)"
    for regel in plat:
        if len(regel) >= aantal:
            uit.append([_inkorten(regel, max(aantal - len(slot), 20)) + slot])
            break
        aantal -= len(regel)
        uit.append([regel])
    return uit


def _inkorten(tekst: str, lengte: int) -> str:
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1].rstrip() + "…"


def _opsommingsteken(alinea: Any) -> None:
    kenmerk = alinea._p.get_or_add_pPr()
    kenmerk.set("marL", "285750")
    kenmerk.set("indent", "-285750")
    knoop(kenmerk, "a:buFont").set("typeface", "Arial")
    knoop(kenmerk, "a:buChar").set("char", "•")


def _vorm(kader: Any, punten: float, kleur: str, vet: bool = False) -> None:
    kader.word_wrap = True
    for alinea in kader.paragraphs:
        alinea.alignment = PP_ALIGN.LEFT
        for loop in alinea.runs:
            loop.font.size, loop.font.bold, loop.font.color.rgb = Pt(punten), vet, _kleur(kleur)


def _kleur(kleur: str) -> Any:
    return RGBColor.from_string(kleur.lstrip("#").upper())
