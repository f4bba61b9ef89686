"""Open a workbook safely and read its cells: what every reader of xlsx shares.

Nothing is evaluated: of a formula only the result counts that the spreadsheet program stored in the file.
"""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter

from mkba.invoer.tabel.bladnamen import BLAD_AANPAKKEN
from mkba.invoer.tabel.bladvorm import HERBEREKENEN, Bladvorm, lees_vorm
from mkba.invoer.tabel.cellen import GEEN_CEL, MAXIMUM_KOLOMMEN, Cel, Rij
from mkba.invoer.tabel.formules import is_uitkomst, reken_uit
from mkba.invoer.tabel.getalopmaak import is_procent
from mkba.invoer.tabel.lege_cellen import MAXIMUM as MAXIMUM_LEEG
from mkba.invoer.tabel.lege_cellen import aantal_zonder_plaats, is_blad, is_xml, zonder_lege_cellen
from mkba.invoer.tabel.soort import OPNIEUW, Tabelsoort
from mkba.kern.bestand.bestanden import OLE_BEGIN, ZIP_BEGIN, weiger
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout
from mkba.kern.tekst.notatie import nederlands

LAATSTE_RIJ: Final = 1_048_576
"""Excel has no more rows; a file that names a later one is not made by a spreadsheet program."""

MAXIMUM_TAGS: Final = 200_000
"""XML tags in one row; the 16,384 cells of the widest row that Excel knows have fewer."""

_RIJ: Final = re.compile(rb"<(?:\w+:)?row\b")
_FORMULE: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""XML in which nothing of what is looked for below would be found; no spreadsheet program writes it."""
_STRIKT: Final = b"http://purl.oclc.org/ooxml/"
_STIJLEN: Final = "xl/styles.xml"
_OPMAKEN: Final = re.compile(rb"<(?:\w+:)?numFmt\s[^<>]*>")
_NUMMER: Final = re.compile(rb"\bnumFmtId=[\"'](\d{1,9})[\"']")
_EERSTE_EIGEN: Final = 164
"""Number formats below this are those that every spreadsheet program has; the file holds the others."""
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_LEEG_WEG: Final = "Kopieer de gevulde rijen naar een nieuwe werkmap."
# LibreOffice trusts the results of others; only a hard recalculation makes it calculate
REKEN_UIT: Final = (
    "Open het bestand in Excel en bewaar het (in LibreOffice: eerst herberekenen met Ctrl+Shift+F9), of vul de waarde "
    "zelf in."
)

MAAK_ZICHTBAAR: Final = "een verborgen blad toont u met Zichtbaar maken (Excel) of Blad tonen (LibreOffice)"
"""Only LibreOffice shows a sheet that is hidden from the menu of Excel."""


@dataclass(frozen=True)
class Boeken:
    """A workbook as openpyxl opens it to read only: with the stored results and, when there are formulas, with those.

    ``herberekenen``: who wrote it asks to calculate anew, so a result of 0 may be no result at all.
    """

    resultaten: Any
    formules: Any = None
    herberekenen: bool = False
    kolommen: int = MAXIMUM_KOLOMMEN

    @property
    def namen(self) -> list[str]:
        """Of the sheets with cells; one with only a figure has none."""
        return [b.title for b in self.resultaten.worksheets]

    def blad(self, naam: str) -> Any:
        """The sheet of this name, whatever its capitals and spaces around it; without one the first."""
        bladen = self.resultaten.worksheets
        gelijk = [b for b in bladen if b.title == naam]
        return (gelijk or [b for b in bladen if _heet(b, naam)] or bladen)[0]

    def verborgen(self, naam: str) -> bool:
        """Whether the sheet is hidden."""
        return bool(self.blad(naam).sheet_state != "visible")

    def rijen(
        self,
        naam: str = BLAD_AANPAKKEN,
        *,
        met_verborgen: bool = False,
        hoogstens: int | None = None,
        alleen: Collection[int] | None = None,
    ) -> Iterator[Rij]:
        """The filled rows of a sheet (the first, without one of this name); of a formula the stored result, and word
        of it when that is missing.

        ``met_verborgen``: mark the cells that nobody sees; ``alleen``: the columns (from 0) whose cells are wanted.
        """
        return islice(self._rijen(self.blad(naam), met_verborgen, alleen), hoogstens)

    def _rijen(self, blad: Any, met_verborgen: bool, alleen: Collection[int] | None) -> Iterator[Rij]:
        vorm = lees_vorm(blad) if met_verborgen or self.formules is not None else Bladvorm()
        formules = _cellen(self.formules[blad.title], self.kolommen) if self.formules is not None else None
        for nummer, cellen in enumerate(_cellen(blad, self.kolommen), start=1):
            bron = next(formules) if formules is not None else cellen
            if nummer > LAATSTE_RIJ:
                raise ValueError("more rows than a sheet can have")
            if not cellen and not bron:  # a gap: openpyxl gives every row that the file leaves out, up to a million
                continue
            omgezet = [
                _lees_cel(cel, b, vorm, (nummer, i + 1), self.herberekenen)
                if alleen is None or i in alleen
                else GEEN_CEL
                for i, (cel, b) in enumerate(zip(cellen, bron, strict=True))
            ]
            while omgezet and omgezet[-1].leeg:
                omgezet.pop()
            if omgezet:
                yield Rij(nummer, tuple(omgezet))

    def heten(self, naam: str) -> list[str]:
        """The sheets of this name, whatever its capitals and spaces around it."""
        return [b.title for b in self.resultaten.worksheets if _heet(b, naam)]

    def eerste_rijen(self) -> dict[str, tuple[Any, ...]]:
        """The values of the first row of every sheet, by its name, as far as a table may be wide."""
        uit: dict[str, tuple[Any, ...]] = {}
        for blad in self.resultaten.worksheets:
            blad.reset_dimensions()
            rij: tuple[Any, ...] = next(blad.iter_rows(max_row=1, values_only=True), ())
            uit[blad.title] = rij[: self.kolommen]
        return uit

    def noem(self, namen: Iterable[str]) -> str:
        """Names of sheets for in a message, with how they are hidden."""
        staat = {"visible": "", "veryHidden": " (verborgen, ook voor het menu van Excel)"}
        return ", ".join(n + staat.get(self.blad(n).sheet_state, " (verborgen)") for n in namen)


@contextmanager
def beschadigd(pad: Path, soort: Tabelsoort) -> Iterator[None]:
    """What a damaged workbook does to its reader, as an InvoerFout."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about parts that it does not need
            yield
    except InvoerFout:
        raise
    except Exception as fout:
        # openpyxl and zipfile raise whatever a damaged file happens to trigger (KeyError, zlib.error, ...)
        weiger(pad, f"de werkmap is beschadigd ({type(fout).__name__}).", soort.beschadigd)


def open_boeken(pad: Path, inhoud: bytes, soort: Tabelsoort) -> Boeken:
    """A workbook that may be read, behind the one guard against what would fill memory or is no workbook.

    With the stored results and, when there are formulas, the one with the formulas themselves. Raises InvoerFout; what
    a damaged workbook raises beside that, here or when its rows are read, is for :func:`beschadigd`.
    """
    if inhoud.startswith(OLE_BEGIN):
        if "EncryptedPackage".encode("utf-16-le") in inhoud:
            weiger(pad, "de werkmap is beveiligd met een wachtwoord.", "Bewaar haar zonder wachtwoord.")
        weiger(pad, "dit is een werkmap in de oude .xls-vorm.", OPNIEUW)
    if not inhoud.startswith(ZIP_BEGIN):
        weiger(pad, "dit is geen Excel-werkmap.", "Is het een csv? Geef het dan de extensie .csv.")
    heeft_formules = _doorzoek(pad, inhoud, soort)
    inhoud = zonder_lege_cellen(inhoud)
    resultaten, formules = (
        openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, data_only=data_only) if nodig else None
        for data_only, nodig in ((True, True), (False, heeft_formules))
    )
    return Boeken(resultaten, formules, heeft_formules and _vraagt_herberekening(inhoud), soort.kolommen)


def _doorzoek(pad: Path, inhoud: bytes, soort: Tabelsoort) -> bool:
    """Look into the parts: none may be huge when unpacked or define its own entities. Whether there are formulas.

    What a part is follows from what stands in it: its name and place are for who made the file to choose.
    """
    formules = False
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        delen = zip_.infolist()
        if delen and not any(deel.filename.startswith("xl/") for deel in delen):
            weiger(pad, "dit is een zip-bestand.", "Pak het uit en geef het bestand dat erin zit.")
        if sum(deel.file_size for deel in delen) > soort.uitgepakt:
            weiger(pad, f"de werkmap is uitgepakt groter dan {_omvang(soort.uitgepakt)}.", soort.te_groot)
        _weiger_strikt(pad, zip_)
        _weiger_vreemde_opmaak(pad, zip_)
        for deel in delen:
            xml = zip_.read(deel)
            if xml.startswith(_UTF16):
                weiger(pad, "de werkmap is niet in UTF-8 geschreven.", OPNIEUW)
            if not is_xml(xml):
                continue
            leest = deel.filename.lower().endswith((".xml", ".rels")) or is_blad(xml)  # a drawing has its own DOCTYPE
            if leest and (b"<!DOCTYPE" in xml or b"<!ENTITY" in xml):
                weiger(pad, "de werkmap bevat XML-entiteiten en wordt niet geopend.", OPNIEUW)
            rijen = [*(rij.start() for rij in _RIJ.finditer(xml)), len(xml)]
            if len(rijen) > LAATSTE_RIJ + 1:
                weiger(pad, "de werkmap heeft meer rijen dan Excel kent.", OPNIEUW)
            if any(xml.count(b"<", van, tot) > MAXIMUM_TAGS for van, tot in pairwise(rijen)):
                weiger(pad, "een rij van de werkmap heeft meer cellen dan Excel kent.", OPNIEUW)
            if is_blad(xml):
                if aantal_zonder_plaats(xml) > MAXIMUM_LEEG:
                    weiger(pad, "de werkmap heeft te veel lege rijen of cellen met opmaak.", _LEEG_WEG)
                formules = formules or bool(_FORMULE.search(xml))
    return formules


def _omvang(aantal: int) -> str:
    return f"{aantal // 10**9} GB" if aantal >= 10**9 else f"{aantal // 10**6} MB"


def _weiger_strikt(pad: Path, zip_: zipfile.ZipFile) -> None:
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
        weiger(pad, "cellen verwijzen naar een getalopmaak die niet in de werkmap staat.", OPNIEUW)


def uit_ooxml(tekst: str) -> str:
    """The text that a spreadsheet shows: "Team_x0020_Noord" is "Team Noord", "_x005F_x0041_" is "_x0041_"."""
    if "_x" not in tekst:
        return tekst
    ontcijferd = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), tekst)
    # a sign beyond U+FFFF is escaped as its two halves; half a sign alone is none
    return ontcijferd.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _vraagt_herberekening(inhoud: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        return any(HERBEREKENEN.search(xml) for naam in zip_.namelist() if is_xml(xml := zip_.read(naam)))


def _heet(blad: Any, naam: str) -> bool:
    return bool(blad.title.strip().casefold() == naam.strip().casefold())


def _cellen(blad: Any, kolommen: int) -> Iterator[tuple[Any, ...]]:
    """Rows of openpyxl cells, with the stored results or with the formulas themselves."""
    blad.reset_dimensions()  # the stored size of a sheet may be wrong
    for rij in blad.iter_rows():
        if len(rij) > kolommen:  # one beyond the limit tells that it is too wide; the others would fill memory
            laatste = next((cel for cel in reversed(rij[kolommen:]) if cel.value is not None), rij[-1])
            rij = (*rij[:kolommen], laatste)
        yield rij


def _lees_cel(cel: Any, bron: Any, vorm: Bladvorm, plek: tuple[int, int], herberekenen: bool) -> Cel:
    """One cell; ``bron`` is the same cell with its formula instead of the result."""
    gelezen = _zonder_formule(cel)
    if getattr(bron, "data_type", "n") == "f":
        gelezen = _met_formule(gelezen, _tekst_van_formule(bron.value), plek in vorm.lege_teksten, herberekenen)
    if gelezen.formule or vorm.verborgen(*plek):
        adres = f"{get_column_letter(plek[1])}{plek[0]}"
        return replace(gelezen, verborgen=vorm.verborgen(*plek), adres=adres)
    return gelezen


def _met_formule(cel: Cel, formule: str, lege_tekst: bool, herberekenen: bool) -> Cel:
    """A cell with the stored result of its formula, as far as that can be trusted."""
    if cel.fout is not None or lege_tekst:
        return cel
    if cel.waarde is None:
        return Cel(formule, fout=FouteWaarde("deze formule heeft geen opgeslagen uitkomst.", REKEN_UIT))
    berekend = reken_uit(formule)
    if berekend is not None and is_uitkomst(cel.waarde, berekend):
        return cel
    if herberekenen and cel.waarde == 0 and cel.waarde is not False:
        oorzaak = "deze formule is nog niet uitgerekend: het bestand vraagt om herberekening en bewaart 0."
        return Cel(formule, fout=FouteWaarde(oorzaak, REKEN_UIT))
    if berekend is not None:
        oorzaak = f"de bewaarde uitkomst van deze formule kan niet kloppen: zij geeft {nederlands(berekend)}."
        return Cel(cel.waarde, fout=FouteWaarde(oorzaak, REKEN_UIT))
    return replace(cel, formule=formule)


def _zonder_formule(cel: Any) -> Cel:
    """One cell as it is stored."""
    waarde = cel.value
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
