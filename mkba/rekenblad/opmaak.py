"""The look of a worksheet: fonts, fills, borders and alignments as XlsxWriter names them, and what a cell accepts."""

from functools import cache
from typing import Any, Final

from mkba.kern.tekst.notatie import nederlands
from mkba.kern.tekst.schrift import MAXIMUM_NAAM
from mkba.kern.woorden.velden import Soort

LETTERTYPE: Final = "Arial"
GRIJS: Final = "595959"
"""Grey text that still has a contrast of 7 to 1 on white."""

Vorm = tuple[tuple[str, Any], ...]
"""A part of the look of a cell: properties of a format of XlsxWriter, with their values."""


def lijn(kleur: str, *kanten: str, dikte: int = 1) -> Vorm:
    """Lines on some sides of a cell (top, bottom, left, right); ``dikte`` 2 is a medium line."""
    return tuple(paar for kant in kanten for paar in ((kant, dikte), (f"{kant}_color", f"#{kleur}")))


RAND: Final = lijn("BFBFBF", "left", "right", "top", "bottom")

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


def notatie(soort: Soort) -> str:
    """Excel number format of a kind of field; see ``Blad.met_tienden`` for percentages that are not whole."""
    return _NOTATIE.get(soort, "General")


def celregel(soort: Soort, laag: float | None, hoog: float | None, keuzes: tuple[str, ...] = ()) -> dict[str, Any]:
    """What may be typed in a cell of this kind: a list, or a number within bounds, with a Dutch message."""
    match soort:
        case "ja_nee":
            regel: dict[str, Any] = {"validate": "list", "source": ["ja", "nee"]}
            melding = "Kies ja of nee."
        case "keuze":
            regel = {"validate": "list", "source": list(keuzes)}
            melding = f"Kies {' of '.join(keuzes)}."
        case "tekst":
            regel = {"validate": "length", "criteria": "between", "minimum": "1", "maximum": str(MAXIMUM_NAAM)}
            melding = f"Geef een naam van ten hoogste {MAXIMUM_NAAM} tekens."
        case _:
            assert laag is not None, soort
            assert hoog is not None, soort
            heel = "integer" if soort == "jaren" else "decimal"
            regel = {"validate": heel, "criteria": "between", "minimum": f"{laag:.15g}", "maximum": f"{hoog:.15g}"}
            melding = f"Geef {waarde_tussen(soort, laag, hoog)}."
    return regel | {"error_title": "Deze waarde past niet", "error_message": melding}


def waarde_tussen(soort: Soort, laag: float, hoog: float) -> str:
    """What a cell asks for, in words: "een percentage tussen 0% en 100%"."""
    grenzen = (laag * 100, hoog * 100) if soort == "fractie" else (laag, hoog)
    eenheid = "%" if soort == "fractie" else ""
    tussen = " en ".join(nederlands(g) + eenheid for g in grenzen)
    soortnaam = {"fractie": "een percentage", "eur": "een bedrag", "jaren": "een heel getal"}
    return f"{soortnaam.get(soort, 'een getal')} tussen {tussen}"


@cache
def letter(grootte: float = 10, kleur: str = "000000", bold: bool = False, italic: bool = False) -> Vorm:
    """The font of every workbook."""
    soort = (("bold", bold), ("italic", italic))
    return (("font_name", LETTERTYPE), ("font_size", grootte), ("font_color", f"#{kleur}"), *soort)


@cache
def vulling(kleur: str) -> Vorm:
    """A plain background."""
    return (("bg_color", f"#{kleur}"),)


@cache
def uitlijning(horizontaal: str = "left", verticaal: str = "top", terugloop: bool = True) -> Vorm:
    """Alignment, wrapped unless said otherwise."""
    hoog = "vcenter" if verticaal == "center" else verticaal
    return (("align", horizontaal), ("valign", hoog), ("text_wrap", terugloop))


def hoogte(teksten: dict[int, str], breedtes: dict[int, float], per_regel: float = 13.5) -> float:
    """Row height in points that shows all wrapped texts, given the width of their columns."""
    # a column of width w shows a little more than w average characters of 10 points
    regels = [-(-len(tekst) * 0.94 // breedtes[k]) for k, tekst in teksten.items() if tekst]
    return per_regel * max([1.0, *regels]) + 3
