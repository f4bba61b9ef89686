"""A workbook in the making: cells with formulas and their results, names for cells, and the look of the sheets."""

import html
import io
import math
import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Border, Font, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from mkba.kern.bestand.zip import als_zip, lees_zip
from mkba.rekenblad.formule import Formule, Waarde
from mkba.rekenblad.opmaak import GRIJS, RAND, drukklaar, letter, uitlijning, vulling, zet_tekst

DONKER, MIDDEN, LICHT = "1F3864", "D9E2F3", "EEF2FA"
INVOERKLEUR: Final = "FFF2CC"
"""Soft yellow: a cell to fill in. Everything else is locked."""
ROOD, ORANJE, GROEN = "F8CBAD", "FFE699", "E2EFDA"
FOUTTEKST: Final = "9C0006"
_LIJN: Final = Border(top=Side(style="thin", color=DONKER))
_CEL: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"((?: [a-z]+="[^"]*")*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>', re.DOTALL)


@dataclass
class Boek:
    """The workbook, what stands in which cell by name, and the results of its formulas."""

    werkboek: Workbook = field(default_factory=Workbook)
    cellen: dict[str, Formule] = field(default_factory=dict)
    stijlen: dict[tuple[Any, ...], tuple[Any, ...]] = field(default_factory=dict)
    _uitkomsten: dict[str, dict[str, Waarde]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.werkboek.remove(self.werkboek.worksheets[0])

    def blad(self, naam: str, breedtes: Sequence[float]) -> "Blad":
        """A new sheet, at the end, with these widths of columns in characters."""
        blad = self.werkboek.create_sheet(naam)
        for nummer, breedte in enumerate(breedtes, start=1):
            blad.column_dimensions[get_column_letter(nummer)].width = breedte
        blad.sheet_view.showGridLines = False
        self._uitkomsten[naam] = {}
        return Blad(self, blad)

    def __getitem__(self, naam: str) -> Formule:
        """The cell of this name, to calculate with."""
        return self.cellen[naam]

    def noem(self, naam: str, blad: Worksheet, adres: str, waarde: Waarde) -> Formule:
        """Give a cell a name that formulas use."""
        assert naam not in self.cellen, naam
        plek = re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", adres)
        self.werkboek.defined_names[naam] = DefinedName(naam, attr_text=f"{quote_sheetname(blad.title)}!{plek}")
        self.cellen[naam] = Formule(naam, waarde)
        return self.cellen[naam]

    def onthoud(self, blad: str, adres: str, waarde: Waarde) -> None:
        """The result of a formula, to be stored with it."""
        self._uitkomsten[blad][adres] = waarde

    def bewaar(self, titel: str) -> bytes:
        """The file, with a result for every formula; the same workbook gives the same bytes."""
        boek = self.werkboek
        boek.properties.creator, boek.properties.title = "mkba", titel
        boek.calculation.fullCalcOnLoad = True  # the stored results are for who only looks
        buffer = io.BytesIO()
        boek.save(buffer)
        bladen = {f"xl/worksheets/sheet{i}.xml": blad.title for i, blad in enumerate(boek.worksheets, start=1)}
        delen = []
        for naam, inhoud in lees_zip(buffer.getvalue()):
            if naam in bladen:
                inhoud = _met_uitkomsten(inhoud, self._uitkomsten[bladen[naam]])
            elif naam == "docProps/core.xml":
                vast = datetime(2014, 1, 1).isoformat() + "Z"
                inhoud = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + vast.encode(), inhoud)
            delen.append((naam, inhoud))
        return als_zip(delen)


def _met_uitkomsten(xml: bytes, uitkomsten: dict[str, Waarde]) -> bytes:
    """Put the results into the cells with a formula, which openpyxl leaves empty."""
    aantal = 0

    def cel(m: re.Match[bytes]) -> bytes:
        nonlocal aantal
        aantal += 1
        waarde = uitkomsten[m[1].decode()]
        kenmerken = re.sub(rb' t="[^"]*"', b"", m[2])
        if isinstance(waarde, str):
            soort, inhoud = b' t="str"', html.escape(waarde, quote=False)
        elif waarde is None or math.isnan(waarde):
            soort, inhoud = b' t="e"', "#N/A"
        else:
            soort, inhoud = b"", repr(float(waarde))
        return b'<c r="%s"%s%s><f>%s</f><v>%s</v></c>' % (m[1], kenmerken, soort, m[3], inhoud.encode())

    uit = _CEL.sub(cel, xml)
    assert aantal == len(uitkomsten), f"{len(uitkomsten) - aantal} formules zonder plaats voor hun uitkomst"
    return uit


@dataclass
class Blad:
    """One sheet: write cells, titles and tables in the style of the workbook."""

    boek: Boek
    blad: Worksheet

    @property
    def naam(self) -> str:
        """Its title."""
        return self.blad.title

    def adres(self, rij: int, kolom: int) -> str:
        """ "C5"."""
        return f"{get_column_letter(kolom)}{rij}"

    def bereik(self, rij: int, kolom: int, rijen: int, kolommen: int = 1, elders: bool = True) -> str:
        """An absolute range for in a formula, with the name of the sheet when it is used on another one."""
        van, tot = get_column_letter(kolom), get_column_letter(kolom + kolommen - 1)
        eigen = f"${van}${rij}:${tot}${rij + rijen - 1}"
        return f"{quote_sheetname(self.naam)}!{eigen}" if elders else eigen

    def cel(
        self,
        rij: int,
        kolom: int,
        inhoud: Formule | Waarde | bool,
        notatie: str = "General",
        naam: str = "",
        **opmaak: Any,
    ) -> Formule:
        """Write a formula, a number or a text; returns the cell to calculate with, by its name or its address."""
        stijl = opmaak.pop("font", letter())
        opmaak = {"number_format": notatie, "alignment": uitlijning("right", "center", terugloop=False)} | opmaak
        adres = self.adres(rij, kolom)
        if isinstance(inhoud, Formule):
            waarde = inhoud.waarde
            self.blad.cell(rij, kolom).value = f"={inhoud.tekst}"
            self.boek.onthoud(self.naam, adres, waarde)
        else:
            waarde = ("ja" if inhoud else "nee") if isinstance(inhoud, bool) else inhoud
            self._zet(rij, kolom, waarde)
        self._maak_op(rij, kolom, stijl, opmaak)
        if naam:
            return self.boek.noem(naam, self.blad, adres, waarde)
        plek = re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", adres)
        return Formule(f"{quote_sheetname(self.naam)}!{plek}", waarde)

    def tekst(self, rij: int, kolom: int, tekst: str, **opmaak: Any) -> None:
        """A text, left."""
        stijl = opmaak.pop("font", letter())
        self._zet(rij, kolom, tekst)
        self._maak_op(rij, kolom, stijl, {"alignment": uitlijning(verticaal="center")} | opmaak)

    def _zet(self, rij: int, kolom: int, waarde: Waarde) -> None:
        cel = self.blad.cell(rij, kolom)
        if isinstance(waarde, str):
            zet_tekst(cel, waarde)
        else:
            cel.value = waarde

    def _maak_op(self, rij: int, kolom: int, stijl: Font, opmaak: dict[str, Any]) -> None:
        """Font and the rest; a look that was used before is copied, which saves half of the time of a workbook."""
        cel: Any = self.blad.cell(rij, kolom)
        # the parts are made once by cached functions, so their identity tells them apart
        sleutel = (id(stijl), cel.quotePrefix, *((n, w if isinstance(w, str) else id(w)) for n, w in opmaak.items()))
        if bekend := self.boek.stijlen.get(sleutel):
            cel._style = copy(bekend[0])
            return
        cel.font = stijl
        for naam, wat in opmaak.items():
            setattr(cel, naam, wat)
        self.boek.stijlen[sleutel] = (copy(cel._style), stijl, opmaak)  # kept, so that no identity comes back

    def titel(self, tekst: str | Formule, uitleg: str, kolommen: int) -> None:
        """Rows 1 and 2: what the sheet is, and how to read it."""
        font = letter(14, DONKER, bold=True)
        if isinstance(tekst, Formule):
            self.cel(1, 1, tekst, font=font, alignment=uitlijning(verticaal="center", terugloop=False))
        else:
            self.tekst(1, 1, tekst, font=font, alignment=uitlijning(verticaal="center", terugloop=False))
        self.tekst(2, 1, uitleg, font=letter(9, GRIJS, italic=True), alignment=uitlijning(verticaal="top"))
        self.blad.merge_cells(start_row=2, end_row=2, start_column=1, end_column=kolommen)
        breedte = sum(self.blad.column_dimensions[get_column_letter(k)].width for k in range(1, kolommen + 1))
        self.blad.row_dimensions[1].height = 22
        self.blad.row_dimensions[2].height = 13.0 * -(-len(uitleg) // max(int(breedte * 1.05), 1)) + 3

    def kop(self, rij: int, tekst: str, kolommen: int) -> None:
        """A dark band over the width of the sheet."""
        for kolom in range(1, kolommen + 1):
            self.blad.cell(rij, kolom).fill = vulling(DONKER)
        stand = uitlijning(verticaal="center", terugloop=False)
        self.tekst(rij, 1, tekst, font=letter(11, "FFFFFF", bold=True), fill=vulling(DONKER), alignment=stand)
        self.blad.row_dimensions[rij].height = 18

    def koppen(self, rij: int, teksten: dict[int, str], hoogte: float = 15) -> None:
        """Heads of columns."""
        for kolom, tekst in teksten.items():
            stand = uitlijning("left" if kolom == 1 else "center", "center")
            self.tekst(
                rij, kolom, tekst, font=letter(9, DONKER, bold=True), fill=vulling(MIDDEN), border=RAND, alignment=stand
            )
        self.blad.row_dimensions[rij].height = hoogte

    def totaallijn(self, rij: int, kolommen: int) -> None:
        """A row in bold with a line above it."""
        for kolom in range(1, kolommen + 1):
            cel: Any = self.blad.cell(rij, kolom)
            cel.border = _LIJN
            cel.font = letter(10, bold=True)

    def ontgrendel(self, rij: int, kolom: int) -> None:
        """A cell to fill in: coloured, and not locked."""
        cel: Any = self.blad.cell(rij, kolom)
        cel.protection = Protection(locked=False)
        cel.fill, cel.border = vulling(INVOERKLEUR), RAND

    def klaar(self, vast: str, herhaal: str, tab: str = DONKER, liggend: bool = True, tot_kolom: int = 0) -> None:
        """Protect without a password, freeze, and make it print on A4 as wide as the page (up to ``tot_kolom``)."""
        blad: Any = self.blad
        blad.freeze_panes = vast
        blad.sheet_properties.tabColor = tab
        drukklaar(blad, herhaal)
        blad.page_setup.orientation = "landscape" if liggend else "portrait"
        blad.sheet_properties.pageSetUpPr.fitToPage = True
        blad.page_setup.fitToWidth, blad.page_setup.fitToHeight = 1, 0
        if tot_kolom:
            blad.print_area = f"A1:{self.adres(blad.max_row, tot_kolom)}"
        blad.protection.sheet = True
        blad.protection.formatColumns = blad.protection.formatRows = blad.protection.formatCells = False
