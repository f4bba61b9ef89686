"""Small helpers to write a readable and safe worksheet: fonts, fills, number formats and text cells."""

import re
from copy import copy
from functools import cache
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mkba.kern.bestand.csvtabel import begint_formule
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.tekst.schrift import MAXIMUM_NAAM
from mkba.kern.woorden.velden import Soort

LETTERTYPE: Final = "Arial"
GRIJS: Final = "595959"
"""Grey text that still has a contrast of 7 to 1 on white."""

_LIJN: Final = Side(style="thin", color="BFBFBF")
RAND: Final = Border(left=_LIJN, right=_LIJN, top=_LIJN, bottom=_LIJN)

EURO: Final = '"€" #,##0;"€" -#,##0'
"""Euros as ``uitvoer.getallen.euro`` writes them: the minus before the number."""
GETAL: Final = "#,##0"
PROCENT: Final = "0%"
PROCENT1: Final = "0.0%"
VERHOUDING: Final = "0.00"
"""Formats of numbers, for every workbook. A file holds these codes; a spreadsheet shows them with the separators of its
user: "#,##0" is 1.429.400 for a Dutch reader."""

_NOTATIE: Final[dict[Soort, str]] = {
    "tekst": "@",
    "ja_nee": "@",
    "aantal": GETAL,
    "eur": EURO,
    "fractie": PROCENT,
    "jaren": "0",
    "decimaal": "General",
}

_LIJKT_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""A text that a spreadsheet would take for the code of a sign."""

_STIJLEN: WeakKeyDictionary[Workbook, dict[tuple[Any, ...], tuple[Any, tuple[Any, ...]]]] = WeakKeyDictionary()


def notatie(soort: Soort) -> str:
    """Excel number format of a kind of field; see :func:`met_tienden` for percentages that are not whole."""
    return _NOTATIE.get(soort, "General")


def met_tienden(blad: Worksheet, bereik: str) -> None:
    """Show 31% as 31% and 12.5% as 12,5%: a decimal where a percentage in ``bereik`` needs one."""
    eerste = bereik.split(":")[0].split()[0].replace("$", "")
    stijl = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=PROCENT1))
    # a text or an empty cell has no decimals
    formule = f"IF(ISNUMBER({eerste}),ABS({eerste}*100-ROUND({eerste}*100,0))>0.04,FALSE)"
    blad.conditional_formatting.add(bereik, Rule(type="expression", dxf=stijl, formula=[formule]))


def celregel(soort: Soort, laag: float | None, hoog: float | None, keuzes: tuple[str, ...] = ()) -> DataValidation:
    """What may be typed in a cell of this kind: a list, or a number within bounds, with a Dutch message."""
    match soort:
        case "ja_nee":
            regel = DataValidation("list", formula1='"ja,nee"')
            melding = "Kies ja of nee."
        case "keuze":
            regel = DataValidation("list", formula1=f'"{",".join(keuzes)}"')
            melding = f"Kies {' of '.join(keuzes)}."
        case "tekst":
            regel = DataValidation("textLength", operator="between", formula1="1", formula2=str(MAXIMUM_NAAM))
            melding = f"Geef een naam van ten hoogste {MAXIMUM_NAAM} tekens."
        case _:
            assert laag is not None, soort
            assert hoog is not None, soort
            regel = DataValidation(
                "whole" if soort == "jaren" else "decimal",
                operator="between",
                formula1=f"{laag:.15g}",
                formula2=f"{hoog:.15g}",
            )
            melding = f"Geef {waarde_tussen(soort, laag, hoog)}."
    regel.allow_blank = True
    regel.showErrorMessage = True
    regel.errorTitle = "Deze waarde past niet"
    regel.error = melding
    return regel


def waarde_tussen(soort: Soort, laag: float, hoog: float) -> str:
    """What a cell asks for, in words: "een percentage tussen 0% en 100%"."""
    grenzen = (laag * 100, hoog * 100) if soort == "fractie" else (laag, hoog)
    eenheid = "%" if soort == "fractie" else ""
    tussen = " en ".join(nederlands(g) + eenheid for g in grenzen)
    soortnaam = {"fractie": "een percentage", "eur": "een bedrag", "jaren": "een heel getal"}
    return f"{soortnaam.get(soort, 'een getal')} tussen {tussen}"


@cache
def letter(grootte: float = 10, kleur: str = "000000", **rest: Any) -> Font:
    """The font of the template."""
    return Font(name=LETTERTYPE, size=grootte, color=kleur, **rest)


@cache
def vulling(kleur: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", start_color=kleur, end_color=kleur)


def zet_tekst(cel: Cell | MergedCell, tekst: str) -> None:
    """Write text as text: a name that begins with = + - or @ never becomes a formula."""
    cel.value = _LIJKT_ESCAPE.sub("_x005F_", tekst)
    cel.data_type = "s"
    if begint_formule(tekst):
        cel.quotePrefix = True


def schrijf(blad: Worksheet, rij: int, kolom: int, waarde: object, stijl: Font, **opmaak: Any) -> Cell | MergedCell:
    """Fill one cell; ``opmaak`` may give fill, border, alignment and number_format."""
    cel: Any = blad.cell(rij, kolom)
    _maak_op(blad, cel, {"font": stijl, **opmaak})
    if isinstance(waarde, str):
        zet_tekst(cel, waarde)
    elif isinstance(waarde, bool):
        zet_tekst(cel, "ja" if waarde else "nee")
    else:
        cel.value = waarde
    return cel  # type: ignore[no-any-return]


def _maak_op(blad: Worksheet, cel: Any, opmaak: dict[str, Any]) -> None:
    """Set font, fill, border, alignment and number_format, each combination looked up once per workbook.

    openpyxl compares every object with all styles of the workbook, for each cell again: half of the time of writing.
    """
    bekend = _STIJLEN.setdefault(cast(Workbook, blad.parent), {})
    # the objects come from the caches above, so the same look is the same object; kept with the style, so that
    # no other object can get their address
    sleutel = (bytes(cel._style or b""), *((naam, id(wat)) for naam, wat in opmaak.items()))
    if sleutel not in bekend:
        for naam, wat in opmaak.items():
            setattr(cel, naam, wat)
        bekend[sleutel] = copy(cel._style), tuple(opmaak.values())
    cel._style = copy(bekend[sleutel][0])


@cache
def uitlijning(horizontaal: str = "left", verticaal: str = "top", terugloop: bool = True) -> Alignment:
    """Alignment, wrapped unless said otherwise."""
    return Alignment(horizontal=horizontaal, vertical=verticaal, wrap_text=terugloop)


def hoogte(teksten: dict[int, str], breedtes: dict[int, float], per_regel: float = 13.5) -> float:
    """Row height in points that shows all wrapped texts, given the width of their columns."""
    # a column of width w shows a little more than w average characters of 10 points
    regels = [-(-len(tekst) * 0.94 // breedtes[k]) for k, tekst in teksten.items() if tekst]
    return per_regel * max([1.0, *regels]) + 3


def drukklaar(blad: Worksheet, herhaal_rijen: str) -> None:
    """A4 landscape with page numbers, the header rows repeated on every page."""
    blad.page_setup.orientation = "landscape"
    blad.page_setup.paperSize = 9
    blad.page_margins.left = blad.page_margins.right = 0.4
    blad.page_margins.top = blad.page_margins.bottom = 0.5
    blad.print_title_rows = herhaal_rijen
    voet: Any = blad.oddFooter
    voet.left.text = "&A"
    voet.right.text = "Pagina &P van &N"
