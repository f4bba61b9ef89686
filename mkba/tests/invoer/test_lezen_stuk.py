"""Damaged, huge and hostile files: refused with a message, in bounded time and memory (see benchmarks/fuzz.py)."""

import ast
import io
import re
import time
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
from papermill.translators import PythonTranslator

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.lezen import lees_aanpakken
from mkba.invoer.rekening import lees_rekening
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.slug import unieke_slugs
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.werk import rapport
from mkba.rekenblad.sjabloon import schrijf_sjabloon
from mkba.tests.hulp_fuzz import LASTIG, gevallen, proef
from mkba.tests.hulp_notebook import maak_notebook, taak


@pytest.mark.parametrize("aantal", [30, pytest.param(400, marks=pytest.mark.traag)])
def test_een_greep_uit_de_fuzzproef(tmp_path: Path, aantal: int) -> None:
    """Every kind of file, light damage; the benchmark does ten thousand, the heavy ones included."""
    uitkomsten = [proef(geval) for geval in gevallen(1, range(aantal), tmp_path, zwaar=0.0)]
    assert aantal / 20 < sum(uitkomsten) < aantal * 19 / 20, "de proef moet zowel lezen als weigeren raken"


def test_een_sleutel_van_duizend_delen(tmp_path: Path) -> None:
    pad = tmp_path / "k.toml"
    pad.write_text("a." * 100_000 + "a = 1")
    with pytest.raises(InvoerFout, match="te diep genest"):
        lees_kengetallen("lpbl-2014", pad)


@pytest.mark.parametrize(
    "inhoud", ["[" * 100_000, '{"cells": 3}', "[]", '{"cells": [3]}', '{"cells": [{"metadata": []}]}']
)
def test_een_notebook_van_iets_anders(tmp_path: Path, inhoud: str) -> None:
    pad = tmp_path / "x.ipynb"
    pad.write_text(inhoud)
    with pytest.raises(InvoerFout, match="dit notebook is niet te lezen"):
        parameters(pad)


def werkmap(pad: Path, rijen: str) -> Path:
    """A workbook with this as the rows of its only sheet."""
    openpyxl.Workbook().save(pad)
    with zipfile.ZipFile(io.BytesIO(pad.read_bytes())) as oud, zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            inhoud = oud.read(naam)
            if naam == "xl/worksheets/sheet1.xml":
                begin = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                inhoud = f"{begin}{rijen}</sheetData></worksheet>".encode()
            nieuw.writestr(naam, inhoud)
    return pad


def test_een_rij_met_meer_cellen_dan_excel_kent(kengetallen: Kengetallen, tmp_path: Path) -> None:
    pad = werkmap(tmp_path / "x.xlsx", "<row>" + "<c><v>1</v></c>" * 100_000 + "</row>")
    for lees in (lambda: lees_aanpakken(pad, kengetallen), lambda: lees_rekening(pad)):
        with pytest.raises(InvoerFout, match="meer cellen dan Excel kent"):
            lees()


@pytest.mark.traag
def test_de_laatste_kolom_van_veel_rijen(kengetallen: Kengetallen, tmp_path: Path) -> None:
    """A small file that would be millions of cells."""
    cellen = (f'<c r="{c}1" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in (("A", "naam"), ("B", "huishoudens")))
    kop = f'<row r="1">{"".join(cellen)}</row>'
    rijen = "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(2, 500))
    pad = werkmap(tmp_path / "x.xlsx", kop + rijen)
    begin = time.process_time()
    with pytest.raises(InvoerFout, match="waarden voorbij kolom 500"):
        lees_aanpakken(pad, kengetallen)
    assert time.process_time() - begin < 10


def test_meer_rijen_dan_excel_kent(kengetallen: Kengetallen, tmp_path: Path) -> None:
    pad = werkmap(tmp_path / "x.xlsx", "<row/>" * 1_100_000)
    with pytest.raises(InvoerFout, match="meer rijen dan Excel kent"):
        lees_aanpakken(pad, kengetallen)


def test_een_getal_dat_geen_float_is(tmp_path: Path) -> None:
    pad = tmp_path / "cijfers.json"
    goed = (paden.data() / "voorbeeldgemeente" / "kerncijfers.json").read_text(encoding="utf-8")
    pad.write_text(re.sub(r'"huishoudens": \d+', f'"huishoudens": {"9" * 400}', goed, count=1), encoding="utf-8")
    with pytest.raises(InvoerFout, match="deze waarde kan hier niet"):
        kies_gebieden(cijfers=str(pad))


def test_een_zipbom(kengetallen: Kengetallen, tmp_path: Path) -> None:
    pad = tmp_path / "x.xlsx"
    schrijf_sjabloon(pad, kengetallen)
    with zipfile.ZipFile(pad, "a", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("xl/media/groot.bin", bytes(101_000_000))
    assert pad.stat().st_size < 1_000_000
    with pytest.raises(InvoerFout, match="uitgepakt groter dan 100 MB"):
        lees_aanpakken(pad, kengetallen)


# --- names ----------------------------------------------------------------------------------------------------


def test_namen_die_alleen_in_schrijfwijze_verschillen_krijgen_eigen_bestanden() -> None:
    namen = [
        "Fryslân",
        unicodedata.normalize("NFD", "Fryslân"),
        "FRYSLÂN",
        "frysla\u0302n",
        "Fryslân\u200f",
        "🏘️",
        "🏘",
        "\x00",
    ]
    slugs = unieke_slugs(namen)
    assert len({s.casefold() for s in slugs}) == len(namen)
    assert slugs[:5] == ("fryslan", "fryslan-2", "fryslan-3", "fryslan-4", "fryslan-5")


# --- text never becomes code ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tekst",
    [t.decode("utf-8", "replace") for t in LASTIG] + ['"', "'", '\\"', "\\", '"""\nx', "\u2028", "#", "\\N{DASH}"],
)
def test_een_parameter_is_altijd_een_letterlijke_tekst(tekst: str) -> None:
    assert ast.literal_eval(PythonTranslator.translate(tekst)) == tekst


def test_accolades_in_een_pad_of_waarde_worden_niet_ingevuld(tmp_path: Path) -> None:
    map_ = tmp_path / "{aanpak} {{x}} {0.__class__} %s"
    map_.mkdir()
    notebook = maak_notebook(map_ / "{aanpak}.ipynb", [("code", "print(aanpak)")])
    product = rapport.maak(taak(notebook, aanpak="{aanpak.__class__} {{7*7}}"))
    assert product.html is not None, product.fout
    assert "{aanpak.__class__} {{7*7}}" in product.html
