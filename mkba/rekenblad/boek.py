"""A workbook in the making: cells with formulas and their results, names for cells, and the look of the sheets.

XlsxWriter writes the file; a cell is kept until then, because its look may still change.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from xlsxwriter.utility import quote_sheetname, xl_cell_to_rowcol, xl_col_to_name

from mkba.kern.bestand.csvtabel import begint_formule
from mkba.rekenblad.formule import Formule, Waarde
from mkba.rekenblad.opmaak import GRIJS, PROCENT1, RAND, Vorm, letter, lijn, uitlijning, vulling
from mkba.uitvoer.werkblad import nieuwe_werkmap

DONKER, MIDDEN, LICHT = "1F3864", "D9E2F3", "EEF2FA"
INVOERKLEUR: Final = "FFF2CC"
"""Soft yellow: a cell to fill in. Everything else is locked."""
ROOD, ORANJE, GROEN = "F8CBAD", "FFE699", "E2EFDA"
FOUTTEKST: Final = "9C0006"
_LIJN: Final = lijn(DONKER, "top")
_AFDRUK: Final = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.5}
"""Margins of a page, in inches."""
_PIXELS: Final = 7
"""Of a character, in the width of a column."""
_PER_CM: Final = 96 / 2.54
"""Pixels of a figure."""
_VRIJ: Final = ("format_cells", "format_columns", "format_rows", "objects", "scenarios")
"""What the protection of a sheet leaves to the user."""


class _Getal(float):
    """A number that is written with all its digits: XlsxWriter writes 16, and some numbers need 17 to come back."""

    def __format__(self, vorm: str) -> str:
        return repr(float(self)).removesuffix(".0")


@dataclass
class _Cel:
    """What a cell holds, and the parts of its look by their name (font, fill, border, alignment, ...)."""

    inhoud: Formule | Waarde = None
    vorm: dict[str, Vorm] = field(default_factory=dict)


class Boek:
    """The workbook, and what stands in which cell by name."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self.werkmap: Any = nieuwe_werkmap(self._buffer)
        self.cellen: dict[str, Formule] = {}
        self._bladen: list[Blad] = []
        self._vormen: dict[tuple[Vorm, ...], Any] = {}

    def blad(self, naam: str, breedtes: Sequence[float] = (), raster: bool = False) -> "Blad":
        """A new sheet, at the end, with these widths of columns in characters."""
        blad = Blad(self, self.werkmap.add_worksheet(naam))
        for nummer, breedte in enumerate(breedtes, start=1):
            blad.kolom(nummer, breedte)
        if not raster:
            blad.blad.hide_gridlines(2)
        self._bladen.append(blad)
        return blad

    def __getitem__(self, naam: str) -> Formule:
        """The cell of this name, to calculate with."""
        return self.cellen[naam]

    def noem(self, naam: str, plek: str, waarde: Waarde) -> Formule:
        """Give the cell at ``plek`` ("invoer!$C$5") a name that formulas use."""
        assert naam not in self.cellen, naam
        self.werkmap.define_name(naam, f"={plek}")
        self.cellen[naam] = Formule(naam, waarde)
        return self.cellen[naam]

    def vorm(self, *delen: Vorm) -> Any:
        """A format of XlsxWriter with these parts; the same parts are the same format."""
        if delen not in self._vormen:
            self._vormen[delen] = self.werkmap.add_format(dict(chain.from_iterable(delen)))
        return self._vormen[delen]

    def bewaar(self, titel: str) -> bytes:
        """The file, with a result for every formula; the same workbook gives the same bytes.

        A spreadsheet program calculates anew when it opens the file; the stored results are for who only looks.
        """
        self.werkmap.set_properties(self.werkmap.doc_properties | {"title": titel})
        for blad in self._bladen:
            blad.schrijf_cellen()
        self.werkmap.close()
        return self._buffer.getvalue()


class Blad:
    """One sheet: write cells, titles and tables in the style of the workbook. Rows and columns count from 1."""

    def __init__(self, boek: Boek, blad: Any) -> None:
        self.boek = boek
        self.blad = blad
        """The sheet of XlsxWriter, which counts from 0."""
        self.breedtes: dict[int, float] = {}
        self.laatste_rij = 0
        self._cellen: dict[tuple[int, int], _Cel] = {}
        self._samen: list[tuple[int, int, int]] = []

    @property
    def naam(self) -> str:
        """Its title."""
        return str(self.blad.get_name())

    def adres(self, rij: int, kolom: int) -> str:
        """ "C5"."""
        return f"{kolomletter(kolom)}{rij}"

    def plek(self, rij: int, kolom: int) -> str:
        """ "invoer!$C$5"."""
        return f"{quote_sheetname(self.naam)}!${kolomletter(kolom)}${rij}"

    def bereik(self, rij: int, kolom: int, rijen: int, kolommen: int = 1, elders: bool = True) -> str:
        """An absolute range for in a formula, with the name of the sheet when it is used on another one."""
        van, tot = kolomletter(kolom), kolomletter(kolom + kolommen - 1)
        eigen = f"${van}${rij}:${tot}${rij + rijen - 1}"
        return f"{quote_sheetname(self.naam)}!{eigen}" if elders else eigen

    def kolom(self, nummer: int, breedte: float, *vorm: Vorm) -> None:
        """The width of a column in characters, and the look of its cells that are not written."""
        self.breedtes[nummer] = breedte
        self.blad.set_column_pixels(
            nummer - 1, nummer - 1, round(breedte * _PIXELS), self.boek.vorm(*vorm) if vorm else None
        )

    def hoogte(self, rij: int, punten: float) -> None:
        """The height of a row."""
        self.blad.set_row(rij - 1, punten)

    def voeg_samen(self, rij: int, van: int, tot: int) -> None:
        """One cell over some columns, with what stands in the first."""
        self._samen.append((rij, van, tot))

    def inhoud(self, rij: int, kolom: int) -> Formule | Waarde:
        """What was written in a cell."""
        return self._cel(rij, kolom).inhoud

    def cel(
        self,
        rij: int,
        kolom: int,
        inhoud: Formule | Waarde | bool,
        notatie: str = "General",
        naam: str = "",
        **opmaak: Vorm,
    ) -> Formule:
        """Write a formula, a number or a text; returns the cell to calculate with, by its name or its address."""
        rechts = uitlijning("right", "center", terugloop=False)
        self.schrijf(rij, kolom, inhoud, notatie, **{"font": letter(), "alignment": rechts} | opmaak)
        kaal = self.inhoud(rij, kolom)
        waarde = kaal.waarde if isinstance(kaal, Formule) else kaal
        plek = self.plek(rij, kolom)
        return self.boek.noem(naam, plek, waarde) if naam else Formule(plek, waarde)

    def tekst(self, rij: int, kolom: int, tekst: str, **opmaak: Vorm) -> None:
        """A text, left."""
        links = uitlijning(verticaal="center")
        self.schrijf(rij, kolom, tekst, "General", **{"font": letter(), "alignment": links} | opmaak)

    def schrijf(
        self, rij: int, kolom: int, inhoud: Formule | Waarde | bool, notatie: str = "General", **opmaak: Vorm
    ) -> None:
        """Fill a cell; ja and nee for a bool."""
        self._cel(rij, kolom).inhoud = ("ja" if inhoud else "nee") if isinstance(inhoud, bool) else inhoud
        self.maak_op(rij, kolom, number_format=(("num_format", notatie),), **opmaak)

    def maak_op(self, rij: int, kolom: int, **opmaak: Vorm) -> None:
        """Give a cell another font, fill, border, alignment, number_format or protection."""
        self._cel(rij, kolom).vorm |= opmaak

    def _cel(self, rij: int, kolom: int) -> _Cel:
        self.laatste_rij = max(self.laatste_rij, rij)
        return self._cellen.setdefault((rij, kolom), _Cel())

    def ontgrendel(self, rij: int, kolom: int) -> None:
        """A cell to fill in: coloured, and not locked."""
        self.maak_op(rij, kolom, protection=(("locked", False),), fill=vulling(INVOERKLEUR), border=RAND)

    def schrijf_cellen(self) -> None:
        """Hand all cells to XlsxWriter."""
        for rij, van, tot in self._samen:
            vorm = self._vorm(self._cel(rij, van))
            self.blad.merge_range(rij - 1, van - 1, rij - 1, tot - 1, "", vorm)
        samen = {(rij, kolom) for rij, van, tot in self._samen for kolom in range(van + 1, tot + 1)}
        for (rij, kolom), cel in self._cellen.items():
            if (rij, kolom) not in samen:
                self._schrijf_cel(rij - 1, kolom - 1, cel)

    def _schrijf_cel(self, y: int, x: int, cel: _Cel) -> None:
        vorm, wat = self._vorm(cel), cel.inhoud
        match wat:
            case Formule(tekst=tekst, waarde=waarde):
                fout = waarde is None or (isinstance(waarde, float) and math.isnan(waarde))
                mislukt = self.blad.write_formula(y, x, f"={tekst}", vorm, "#N/A" if fout else waarde)
            case str() if wat:
                mislukt = self.blad.write_string(y, x, wat, vorm)
            case None | "":
                mislukt = self.blad.write_blank(y, x, None, vorm)
            case _:
                mislukt = self.blad.write_number(y, x, _Getal(wat), vorm)
        assert not mislukt, f"{self.naam}!{self.adres(y + 1, x + 1)}: XlsxWriter weigert deze cel"

    def _vorm(self, cel: _Cel) -> Any:
        # text that stays text, also when somebody edits the cell
        teken = isinstance(cel.inhoud, str) and begint_formule(cel.inhoud)
        return self.boek.vorm(*cel.vorm.values(), *([(("quote_prefix", True),)] if teken else []))

    def regel(self, bereiken: Sequence[str], regel: dict[str, Any]) -> None:
        """What may be typed in these ranges, see ``opmaak.celregel``."""
        eerste, *rest = bereiken
        self.blad.data_validation(eerste, regel | {"other_cells": [_hoeken(b) for b in rest]})

    def kleurregel(self, bereik: str, formule: str, *vorm: Vorm, stop: bool = False) -> None:
        """Another look where ``formule`` holds, written for the first cell; ranges with a space between them."""
        regel = {"type": "formula", "criteria": f"={formule}", "format": self.boek.vorm(*vorm), "stop_if_true": stop}
        self.blad.conditional_format(bereik.split()[0], regel | ({"multi_range": bereik} if " " in bereik else {}))

    def met_tienden(self, bereik: str) -> None:
        """Show 31% as 31% and 12.5% as 12,5%: a decimal where a percentage in ``bereik`` needs one."""
        eerste = bereik.split(":")[0].split()[0].replace("$", "")
        # a text or an empty cell has no decimals
        formule = f"IF(ISNUMBER({eerste}),ABS({eerste}*100-ROUND({eerste}*100,0))>0.04,FALSE)"
        self.kleurregel(bereik, formule, (("num_format", PROCENT1),))

    def figuur(self, rij: int, staven: "Staven") -> None:
        """Bars at the left of ``rij``, in their colours, with thin axes and amounts with separators."""
        figuur = self.boek.werkmap.add_chart({"type": "column"})
        for (naam, waarden), kleur in zip(staven.reeksen, staven.kleuren, strict=True):
            vlak = {"fill": {"color": f"#{kleur}"}, "border": {"color": f"#{kleur}"}, "gap": 60}
            figuur.add_series({"name": f"={naam}", "categories": f"={staven.groepen}", "values": f"={waarden}", **vlak})
        figuur.set_title({"name": staven.titel, "name_font": {"size": 11, "bold": True}})
        figuur.set_legend({"position": "bottom"})
        figuur.set_x_axis({"label_position": "low"})
        figuur.set_y_axis({"num_format": "#,##0"})
        figuur.set_size({"width": round(32 * _PER_CM), "height": round(staven.hoogte_cm * _PER_CM)})
        self.blad.insert_chart(rij - 1, 0, figuur)

    def titel(self, tekst: str | Formule, uitleg: str, kolommen: int) -> None:
        """Rows 1 and 2: what the sheet is, and how to read it."""
        font = letter(14, DONKER, bold=True)
        if isinstance(tekst, Formule):
            self.cel(1, 1, tekst, font=font, alignment=uitlijning(verticaal="center", terugloop=False))
        else:
            self.tekst(1, 1, tekst, font=font, alignment=uitlijning(verticaal="center", terugloop=False))
        self.tekst(2, 1, uitleg, font=letter(9, GRIJS, italic=True), alignment=uitlijning(verticaal="top"))
        self.voeg_samen(2, 1, kolommen)
        breedte = sum(self.breedtes[k] for k in range(1, kolommen + 1))
        self.hoogte(1, 22)
        self.hoogte(2, 13.0 * -(-len(uitleg) // max(int(breedte * 1.05), 1)) + 3)

    def kop(self, rij: int, tekst: str, kolommen: int) -> None:
        """A dark band over the width of the sheet."""
        for kolom in range(1, kolommen + 1):
            self.maak_op(rij, kolom, fill=vulling(DONKER))
        stand = uitlijning(verticaal="center", terugloop=False)
        self.tekst(rij, 1, tekst, font=letter(11, "FFFFFF", bold=True), fill=vulling(DONKER), alignment=stand)
        self.hoogte(rij, 18)

    def koppen(self, rij: int, teksten: dict[int, str], hoogte: float = 15) -> None:
        """Heads of columns."""
        for kolom, tekst in teksten.items():
            stand = uitlijning("left" if kolom == 1 else "center", "center")
            self.tekst(
                rij, kolom, tekst, font=letter(9, DONKER, bold=True), fill=vulling(MIDDEN), border=RAND, alignment=stand
            )
        self.hoogte(rij, hoogte)

    def totaallijn(self, rij: int, kolommen: int) -> None:
        """A row in bold with a line above it."""
        for kolom in range(1, kolommen + 1):
            self.maak_op(rij, kolom, border=_LIJN, font=letter(10, bold=True))

    def klaar(self, vast: str, herhaal: str, tab: str = DONKER, liggend: bool = True, tot_kolom: int = 0) -> None:
        """Protect without a password, freeze, and make it print on A4 as wide as the page (up to ``tot_kolom``)."""
        self.blad.freeze_panes(vast)
        self.blad.set_tab_color(f"#{tab}")
        self.drukklaar(herhaal, liggend, op_breedte=True)
        if tot_kolom:
            self.blad.print_area(0, 0, self.laatste_rij - 1, tot_kolom - 1)
        self.blad.protect("", dict.fromkeys(_VRIJ, True))

    def drukklaar(self, herhaal: str, liggend: bool = True, op_breedte: bool = False) -> None:
        """A4 with page numbers, the header rows ("4:5") repeated on every page."""
        blad = self.blad
        blad.set_landscape() if liggend else blad.set_portrait()
        blad.set_paper(9)
        blad.set_margins(**_AFDRUK)
        blad.repeat_rows(*(int(rij) - 1 for rij in herhaal.split(":")))
        blad.set_footer("&L&A&RPagina &P van &N")
        if op_breedte:
            blad.fit_to_pages(1, 0)  # as wide as the page, as many pages as it takes


@dataclass(frozen=True)
class Staven:
    """A figure of bars: ranges of the groups and, per series, of its name and its values, with a colour each."""

    titel: str
    groepen: str
    reeksen: Sequence[tuple[str, str]]
    kleuren: Sequence[str]
    hoogte_cm: float


def kolomletter(kolom: int) -> str:
    """ "C" for 3."""
    return str(xl_col_to_name(kolom - 1))


def _hoeken(bereik: str) -> list[int]:
    """The corners of "C5:E5" as XlsxWriter counts them: row and column from 0."""
    return [getal for cel in bereik.split(":") for getal in xl_cell_to_rowcol(cel)]
