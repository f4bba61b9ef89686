"""Open a workbook safely and read its cells: what every reader of xlsx shares.

Nothing is evaluated: of a formula only the result counts that the spreadsheet program stored in the file.
"""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import openpyxl

from mkba.invoer.bestanden import OLE_BEGIN, ZIP_BEGIN, lees_bytes, weiger
from mkba.invoer.fouten import FouteWaarde, InvoerFout
from mkba.invoer.getalopmaak import is_procent
from mkba.invoer.lege_cellen import MAXIMUM as MAXIMUM_LEEG
from mkba.invoer.lege_cellen import aantal_zonder_plaats, zonder_lege_cellen
from mkba.invoer.rijen import MAXIMUM_KOLOMMEN, Cel, Rij
from mkba.invoer.sjabloon import BLAD_AANPAKKEN

MAXIMUM_UITGEPAKT: Final = 100_000_000
LAATSTE_RIJ: Final = 1_048_576
"""Excel has no more rows; a file that names a later one is not made by a spreadsheet program."""

MAXIMUM_TAGS: Final = 200_000
"""XML tags in one row; the 16,384 cells of the widest row that Excel knows have fewer."""

_RIJ: Final = re.compile(rb"<(?:\w+:)?row\b")
_FORMULE: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_STRIKT: Final = b"http://purl.oclc.org/ooxml/"
_STIJLEN: Final = "xl/styles.xml"
_OPMAKEN: Final = re.compile(rb"<(?:\w+:)?numFmt\s[^<>]*>")
_NUMMER: Final = re.compile(rb"\bnumFmtId=[\"'](\d{1,9})[\"']")
_EERSTE_EIGEN: Final = 164
"""Number formats below this are those that every spreadsheet program has; the file holds the others."""
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_LEEG_WEG: Final = "Kopieer de rijen met aanpakken naar een nieuwe werkmap."
_STUK: Final = "Open het in Excel of LibreOffice en bewaar het opnieuw als .xlsx."


@contextmanager
def beschadigd(pad: Path) -> Iterator[None]:
    """What a damaged workbook does to its reader, as an InvoerFout."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about parts that it does not need
            yield
    except InvoerFout:
        raise
    except Exception as fout:
        # openpyxl and zipfile raise whatever a damaged file happens to trigger (KeyError, zlib.error, ...)
        weiger(pad, f"de werkmap is beschadigd ({type(fout).__name__}).", _STUK)


def open_werkmap(pad: Path) -> tuple[bytes, bool]:
    """The content of a workbook that may be read, and whether there are formulas in it. Raises InvoerFout."""
    inhoud = lees_bytes(pad)
    controleer_vorm(pad, inhoud)
    with beschadigd(pad):
        return inhoud, heeft_formules(pad, inhoud)


def controleer_vorm(pad: Path, inhoud: bytes) -> None:
    """Refuse what is no workbook that can be read. Raises InvoerFout."""
    if inhoud.startswith(OLE_BEGIN):
        if "EncryptedPackage".encode("utf-16-le") in inhoud:
            weiger(pad, "de werkmap is beveiligd met een wachtwoord.", "Bewaar haar zonder wachtwoord.")
        weiger(pad, "dit is een werkmap in de oude .xls-vorm.", _STUK)
    if not inhoud.startswith(ZIP_BEGIN):
        weiger(pad, "dit is geen Excel-werkmap.", "Is het een csv? Geef het dan de extensie .csv.")


def heeft_formules(pad: Path, inhoud: bytes) -> bool:
    """Look into the parts: none may be huge when unpacked or define its own entities."""
    formules = False
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        if sum(deel.file_size for deel in zip_.infolist()) > MAXIMUM_UITGEPAKT:
            weiger(pad, "de werkmap is uitgepakt groter dan 100 MB.", "Bewaar alleen de rijen met aanpakken.")
        weiger_strikt(pad, zip_)
        _weiger_vreemde_opmaak(pad, zip_)
        for deel in zip_.infolist():
            if not deel.filename.lower().endswith((".xml", ".rels")):
                continue
            xml = zip_.read(deel)
            if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
                weiger(pad, "de werkmap bevat XML-entiteiten en wordt niet geopend.", _STUK)
            rijen = _RIJ.split(xml)[1:]
            if len(rijen) > LAATSTE_RIJ:
                weiger(pad, "de werkmap heeft meer rijen dan Excel kent.", _STUK)
            if any(rij.count(b"<") > MAXIMUM_TAGS for rij in rijen):
                weiger(pad, "een rij van de werkmap heeft meer cellen dan Excel kent.", _STUK)
            if "worksheets/" in deel.filename and aantal_zonder_plaats(xml) > MAXIMUM_LEEG:
                weiger(pad, "de werkmap heeft te veel lege rijen of cellen met opmaak.", _LEEG_WEG)
            formules = formules or ("worksheets/" in deel.filename and bool(_FORMULE.search(xml)))
    return formules


def weiger_strikt(pad: Path, zip_: zipfile.ZipFile) -> None:
    """Refuse a workbook in the strict form of the standard: its parts have other names. Raises InvoerFout."""
    delen = [d for d in ("_rels/.rels", "xl/workbook.xml") if d in zip_.namelist()]
    if any(_STRIKT in zip_.read(deel) for deel in delen):
        weiger(
            pad,
            "de werkmap is bewaard als 'Strict Open XML-werkblad'; die vorm wordt niet gelezen.",
            "Kies in Excel Opslaan als, met het type 'Excel-werkmap (*.xlsx)'.",
        )


def _weiger_vreemde_opmaak(pad: Path, zip_: zipfile.ZipFile) -> None:
    """Refuse cells with a number format that the file does not hold: openpyxl would take that of another."""
    if _STIJLEN not in zip_.namelist():
        return
    xml = zip_.read(_STIJLEN)
    cellen = xml[xml.find(b"cellXfs") : xml.rfind(b"cellXfs")]  # between its two tags
    gebruikt = {int(nummer) for nummer in _NUMMER.findall(cellen)}
    bekend = {int(nummer) for vorm in _OPMAKEN.findall(xml) for nummer in _NUMMER.findall(vorm)}
    if any(nummer >= _EERSTE_EIGEN and nummer not in bekend for nummer in gebruikt):
        weiger(pad, "cellen verwijzen naar een getalopmaak die niet in de werkmap staat.", _STUK)


def uit_ooxml(tekst: str) -> str:
    """The text that a spreadsheet shows: "Team_x0020_Noord" is "Team Noord", "_x005F_x0041_" is "_x0041_"."""
    if "_x" not in tekst:
        return tekst
    ontcijferd = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), tekst)
    # a sign beyond U+FFFF is escaped as its two halves; half a sign alone is none
    return ontcijferd.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def lees_blad(inhoud: bytes, heeft_formules: bool, naam: str = BLAD_AANPAKKEN) -> Iterator[Rij]:
    """The rows of a sheet (the first, without one of this name); of a formula the stored result, and word of it when
    that is missing."""
    yield from lees_blad_van(laad_boeken(inhoud, heeft_formules), naam)


def laad_boeken(inhoud: bytes, heeft_formules: bool) -> tuple[Any, Any]:
    """The workbook with the stored results and, when there are formulas, the one with the formulas themselves."""
    inhoud = zonder_lege_cellen(inhoud)
    resultaten, formules = (
        openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, data_only=data_only) if nodig else None
        for data_only, nodig in ((True, True), (False, heeft_formules))
    )
    return resultaten, formules


def lees_blad_van(boeken: tuple[Any, Any], naam: str) -> Iterator[Rij]:
    """The same as :func:`lees_blad`, of workbooks from :func:`laad_boeken`: for who reads more than one sheet."""
    resultaten, met_formules = boeken
    formules = _cellen(met_formules, naam) if met_formules is not None else None
    for nummer, cellen in enumerate(_cellen(resultaten, naam), start=1):
        bron = next(formules) if formules is not None else cellen
        if nummer > LAATSTE_RIJ:
            raise ValueError("more rows than a sheet can have")
        if not cellen and not bron:  # a gap: openpyxl gives every row that the file leaves out, up to a million
            continue
        omgezet = [_lees_cel(cel, b) for cel, b in zip(cellen, bron, strict=True)]
        while omgezet and omgezet[-1].leeg:
            omgezet.pop()
        if omgezet:
            yield Rij(nummer, tuple(omgezet))


def eerste_rijen(boeken: tuple[Any, Any]) -> dict[str, tuple[Any, ...]]:
    """The values of the first row of every sheet, by its name, as far as a table may be wide."""
    boek, _ = boeken
    uit: dict[str, tuple[Any, ...]] = {}
    for blad in boek.worksheets:
        blad.reset_dimensions()
        rij: tuple[Any, ...] = next(blad.iter_rows(max_row=1, values_only=True), ())
        uit[blad.title] = rij[:MAXIMUM_KOLOMMEN]
    return uit


def _cellen(boek: Any, naam: str) -> Iterator[tuple[Any, ...]]:
    """Rows of openpyxl cells, with the stored results or with the formulas themselves."""
    op_naam = {blad.title.strip().casefold(): blad for blad in boek.worksheets}
    blad: Any = op_naam.get(naam.strip().casefold(), boek.worksheets[0])
    blad.reset_dimensions()  # the stored size of a sheet may be wrong
    for rij in blad.iter_rows():
        if len(rij) > MAXIMUM_KOLOMMEN:  # one beyond the limit tells that it is too wide; the others would fill memory
            laatste = next((cel for cel in reversed(rij[MAXIMUM_KOLOMMEN:]) if cel.value is not None), rij[-1])
            rij = (*rij[:MAXIMUM_KOLOMMEN], laatste)
        yield rij


def _lees_cel(cel: Any, bron: Any) -> Cel:
    """One cell; ``bron`` is the same cell with its formula instead of the result."""
    waarde = cel.value
    if waarde is None and getattr(bron, "data_type", "n") == "f":
        return Cel(
            _tekst_van_formule(bron.value),
            fout=FouteWaarde(
                "deze formule heeft geen opgeslagen uitkomst.",
                "Open het bestand in Excel en bewaar het, of vul het getal zelf in.",
            ),
        )
    if getattr(cel, "data_type", "n") == "e":
        return Cel(waarde, fout=FouteWaarde("de cel bevat een Excel-fout.", "Herstel de formule."))
    if isinstance(waarde, dt.date | dt.time | dt.timedelta):
        return Cel(
            str(waarde),
            fout=FouteWaarde(
                "Excel heeft hier een datum of tijd van gemaakt.",
                "Geef de cel de opmaak Getal of Percentage en vul de waarde opnieuw in.",
            ),
        )
    is_getal = isinstance(waarde, int | float) and not isinstance(waarde, bool)
    if isinstance(waarde, str):
        return Cel(uit_ooxml(waarde))
    return Cel(waarde, procent=is_getal and is_procent(cel.number_format, waarde))


def _tekst_van_formule(formule: object) -> str:
    return formule if isinstance(formule, str) else str(getattr(formule, "text", "") or "=...")
