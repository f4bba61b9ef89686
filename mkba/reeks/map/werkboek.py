"""The tables of a report as a workbook: ``werkboeken/<slug>.xlsx``, a sheet per table and its origin.

Numbers are unrounded and carry a format; what the report itself prints as text ("€ 1.200", "31%") becomes the number
that stands there. Text is never a formula. The same report gives the same bytes.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, count
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mkba.kern.begrippen import SLEUTELS, naam
from mkba.kern.csvtabel import begint_formule
from mkba.reeks.map.onderdelen import Tabel, onderdelen
from mkba.reeks.map.pakket import als_zip, lees_zip
from mkba.reeks.plan.formaten import FORMATEN
from mkba.reeks.plan.taak import Taak
from mkba.rekenblad.opmaak import EURO, GETAL, PROCENT, PROCENT1, VERHOUDING

GETALFORMATEN: Final = {
    "eur": EURO,
    "eur1": EURO,
    "bedrag": GETAL,
    "procent": PROCENT,
    "procent1": PROCENT1,
    "verhouding": VERHOUDING,
    "decimaal2": "0.00",
    "decimaal1": "0.0",
    "getal": GETAL,
    "kort": "General",
    "tekst": "General",
}
"""How the formats of ``opmaak`` look in a spreadsheet; ``invoer.werkblad`` has the codes."""
EENHEDEN: Final = {"eur": "euro", "eur1": "euro", "bedrag": "euro", "procent": "%", "procent1": "%"}
MAX_BLADNAAM: Final = 31
MAX_CEL: Final = 32_767
"""What Excel allows."""
_LETTER: Final = "Calibri"  # what openpyxl gives a cell without a font of its own
_BREEDTE: Final = (9, 55)
"""Least and greatest width of a column, in characters: a choice."""
_GETAL: Final = re.compile(
    r"(?P<euro>€\s*)?(?P<min>[-−]\s?)?(?P<heel>0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,14})(?:,(?P<deel>\d{1,9}))?"
    r"(?P<procent>\s?%)?"
)
_EUROS: Final = SLEUTELS[: SLEUTELS.index("kb_financieel")]
_VERBODEN: Final = re.compile(r"[\[\]:*?/\\]")


def maak(taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]:
    """The workbook of a report."""
    return {FORMATEN["werkboek"].plek(taak.slug): werkboek(taak, onderdelen(notebook), titel)}


def werkboek(taak: Taak, delen: Iterable[Any], titel: str) -> bytes:
    """An xlsx with the tables among ``delen``, each on a sheet named after its heading, and a sheet Herkomst."""
    boek = Workbook()
    boek.remove(boek.worksheets[0])
    boek.properties.creator = "mkba"
    bezet = {"kerncijfers", "herkomst", "history"}  # Excel keeps the last for itself
    for tabel in (deel for deel in delen if isinstance(deel, Tabel)):
        kop, bijschrift = tabel.kop or titel, tabel.inhoud["bijschrift"]
        _tabelblad(boek.create_sheet(bladnaam(kop, bijschrift, bezet)), kop, tabel.inhoud)
    if cijfers := taak.feiten.get("kerncijfers"):
        _cijferblad(boek.create_sheet("Kerncijfers", 0), cijfers)
    _herkomstblad(boek.create_sheet("Herkomst"), taak, titel)
    buffer = io.BytesIO()
    boek.save(buffer)
    return _zonder_tijd(buffer.getvalue())


def bladnaam(kop: str, bijschrift: str, bezet: set[str]) -> str:
    """A sheet name that Excel accepts and that is not in ``bezet``, to which it is added."""

    def netjes(tekst: str, ruimte: int = MAX_BLADNAAM) -> str:
        schoon = " ".join(_VERBODEN.sub(" ", ILLEGAL_CHARACTERS_RE.sub("", tekst)).split())
        return schoon[:ruimte].strip(" '")

    namen = [n for n in (netjes(kop), netjes(bijschrift)) if n] or ["Tabel"]
    genummerd = (netjes(namen[0], MAX_BLADNAAM - 6) + f" ({n})" for n in count(2))
    keus = next(n for n in chain(namen, genummerd) if n.casefold() not in bezet)
    bezet.add(keus.casefold())
    return keus


def getal_uit_tekst(tekst: str) -> tuple[float, str] | None:
    """The number that a Dutch text is, with its format: "€ 1.200" is 1200, "31%" is 0.31, "2026" is 2026."""
    m = _GETAL.fullmatch(tekst.strip())
    if m is None:
        return None
    heel, deel = m["heel"].replace(".", ""), m["deel"] or ""
    waarde = float(f"{heel}.{deel or 0}") * (-1 if m["min"] else 1)
    komma = f".{'0' * len(deel)}" if deel else ""
    if m["procent"]:
        return round(waarde / 100, len(deel) + 2), f"0{komma}%"
    basis = "#,##0" if m["euro"] or "." in m["heel"] else "0"
    if m["euro"]:
        return waarde, f'"€" {basis}{komma};"€" -{basis}{komma}'
    return waarde, basis + komma


def _tabelblad(blad: Worksheet, kop: str, tabel: dict[str, Any]) -> None:
    rijkoppen = tabel["rijkoppen"]
    _zet(blad.cell(1, 1), kop).font = Font(name=_LETTER, bold=True, size=13)
    _zet(blad.cell(2, 1), tabel["bijschrift"])
    eerste = 5 if tabel["koppen"] else 4
    koppen = [*([tabel["rijkop"]] if rijkoppen is not None else []), *_met_eenheid(tabel)]
    for kolom, tekst in enumerate(koppen, 1):
        cel = _zet(blad.cell(4, kolom), tekst)
        cel.font, cel.border = Font(name=_LETTER, bold=True), Border(bottom=Side(style="medium"))
        cel.alignment = Alignment(wrap_text=True, vertical="bottom")
    for nummer, (rij, opmaak) in enumerate(zip(tabel["cellen"], tabel["opmaak"], strict=True)):
        y = eerste + nummer
        if rijkoppen is not None:
            _zet(blad.cell(y, 1), rijkoppen[nummer])
        for kolom, (waarde, formaat) in enumerate(zip(rij, opmaak, strict=True), 1 + (rijkoppen is not None)):
            _vul(blad.cell(y, kolom), waarde, formaat)
        if nummer in tabel["vet"]:
            for x in range(1, blad.max_column + 1):
                blad.cell(y, x).font = Font(name=_LETTER, bold=True)
    blad.freeze_panes = f"B{eerste}"
    _breedtes(blad, 4)


def _met_eenheid(tabel: dict[str, Any]) -> list[str]:
    """The heads, with the unit where every number of the column has the same."""
    uit = []
    for kolom, kop in enumerate(tabel["koppen"]):
        eenheden = {
            EENHEDEN.get(opmaak[kolom], "")
            for rij, opmaak in zip(tabel["cellen"], tabel["opmaak"], strict=True)
            if kolom < len(rij) and isinstance(rij[kolom], int | float)
        }
        eenheid = eenheden.pop() if len(eenheden) == 1 else ""
        uit.append(f"{kop} ({eenheid})" if eenheid and eenheid not in kop.casefold() and "€" not in kop else kop)
    return uit


def _vul(cel: Any, waarde: str | int | float | None, formaat: str) -> None:
    if isinstance(waarde, str):
        gelezen = getal_uit_tekst(waarde)
        if gelezen is None:
            _zet(cel, waarde).alignment = Alignment(wrap_text=True, vertical="top")
            return
        cel.value, cel.number_format = gelezen
    elif waarde is not None:
        cel.value, cel.number_format = waarde, GETALFORMATEN[formaat]
    cel.alignment = Alignment(vertical="top")


def _zet(cel: Any, tekst: str) -> Any:
    """Text that stays text, whatever its first sign, also when somebody edits the cell."""
    schoon = ILLEGAL_CHARACTERS_RE.sub("", str(tekst))[:MAX_CEL]
    if schoon:
        cel.value = schoon
        cel.data_type = "s"
        cel.quotePrefix = begint_formule(schoon)
    return cel


def _cijferblad(blad: Worksheet, cijfers: Mapping[str, float | None]) -> None:
    """The public key figures, which the report itself prints rounded in a table of text."""
    tabel = {
        "bijschrift": "Bedragen: netto contante waarde van een jaar werken, euro, niet afgerond.",
        "rijkop": "",
        "rijkoppen": [naam(s) for s in cijfers],
        "koppen": ["waarde", "sleutel"],
        "cellen": [[w, s] for s, w in cijfers.items()],
        "opmaak": [[_opmaak_van(s), "tekst"] for s in cijfers],
        "vet": [],
    }
    _tabelblad(blad, "Kerncijfers", tabel)


def _opmaak_van(sleutel: str) -> str:
    return "eur" if sleutel in _EUROS else "verhouding" if sleutel.startswith("kb_") else "kort"


def _herkomstblad(blad: Worksheet, taak: Taak, titel: str) -> None:
    regels: list[tuple[str, str]] = [("Rapport", titel or taak.naam or taak.slug), ("Bestand", f"{taak.slug}.html")]
    regels += taak.herkomst
    regels += [(f"Parameter {k}", str(w)) for k, w in taak.feiten.get("parameters", {}).items()]
    regels += [
        ("Bedragen en getallen", "Niet afgerond. Wat het rapport als tekst toont, staat hier zoals het is afgedrukt."),
        ("Privacy", "Wat in het rapport is afgeschermd of voor privacy is afgerond, is dat ook hier."),
    ]
    for rij, (label, tekst) in enumerate(regels, 1):
        _zet(blad.cell(rij, 1), label).font = Font(name=_LETTER, bold=True)
        _zet(blad.cell(rij, 2), tekst).alignment = Alignment(wrap_text=True, vertical="top")
    _breedtes(blad, 1)


def _breedtes(blad: Worksheet, vanaf: int) -> None:
    """Columns as wide as what is in them; on paper as wide as the page."""
    blad.page_setup.orientation, blad.page_setup.paperSize = "landscape", 9  # A4
    blad.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    blad.page_setup.fitToHeight = 0  # as many pages as it takes
    for nummer, kolom in enumerate(blad.iter_cols(min_row=vanaf), 1):
        langste = max((_lengte(cel) for cel in kolom), default=0)
        blad.column_dimensions[get_column_letter(nummer)].width = min(max(langste + 2, _BREEDTE[0]), _BREEDTE[1])


def _lengte(cel: Any) -> int:
    if isinstance(cel.value, int | float):
        return len(f"{cel.value:,.0f}") + 3
    return max((len(regel) for regel in str(cel.value or "").splitlines()), default=0)


def _zonder_tijd(xlsx: bytes) -> bytes:
    """The same workbook without the moment at which it was made."""
    vast = datetime(2014, 1, 1).isoformat() + "Z"
    delen: Sequence[tuple[str, bytes]] = [
        (naam, re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + vast.encode(), inhoud))
        if naam == "docProps/core.xml"
        else (naam, inhoud)
        for naam, inhoud in lees_zip(xlsx)
    ]
    return als_zip(delen)
