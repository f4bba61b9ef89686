"""A table keeps its raw numbers; page, text, csv and workbook print the same ones."""

import csv
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from mkba.uitvoer import extra
from mkba.uitvoer.maat import MATEN, Cel
from mkba.uitvoer.tabel import Tabel, uit_gegevens


@pytest.fixture
def tabel() -> Tabel:
    frame = pd.DataFrame(
        {
            "NCW": [1234567.891, 0.9012, None],
            "aandeel": [Cel(0.314, "fractie", " (k)"), "geen", 0.5],
            "wat": ["=1+1", "<b>vet</b>", None],
        },
        index=["Saldo", "Verhouding", "leeg"],
    )
    return Tabel(frame, {"NCW": "eur", "aandeel": "fractie"}, {"Verhouding": "verhouding"}, ["Saldo"], "Wat & hoe")


def test_druk_als_de_bron(tabel: Tabel) -> None:
    """Euros to 100, ratios to 0.05, a share with its mark, a dash for a missing number, nothing for a missing text."""
    soep = BeautifulSoup(tabel.als_html(), "html.parser")
    rijen = [[c.get_text() for c in rij.find_all(["th", "td"])] for rij in soep.find_all("tr")]
    assert rijen == [
        ["", "NCW", "aandeel", "wat"],
        ["Saldo", "€\u00a01.234.600", "31% (k)", "=1+1"],
        ["Verhouding", "0,90", "geen", "<b>vet</b>"],
        ["leeg", "–", "50%", ""],
    ]
    assert soep.b is None, "text of a cell never becomes markup"
    assert [rij.get_text()[:5] for rij in soep.find_all("tr", class_="vet")] == ["Saldo"]
    assert soep.caption is not None
    assert soep.caption.get_text() == "Wat & hoe"


def test_werkboek_houdt_de_ruwe_getallen(tabel: Tabel, tmp_path: Path) -> None:
    pad = tabel.naar_xlsx(tmp_path / "t.xlsx")
    blad = openpyxl.load_workbook(pad).worksheets[0]
    rijen = [[c.value for c in rij] for rij in blad.iter_rows(min_row=4)]
    assert rijen == [
        [None, "NCW", "aandeel (%)", "wat"],
        ["Saldo", 1234567.891, 0.314, "=1+1"],
        ["Verhouding", 0.9012, "geen", "<b>vet</b>"],
        ["leeg", "–", 0.5, None],
    ]
    assert blad["B5"].number_format == '"€" #,##0;"€" -#,##0'
    assert blad["C5"].number_format == '0%" (k)"'
    assert blad["B6"].number_format == "0.00"
    assert blad["D5"].data_type == "s", "a text is no formula"
    assert pad.read_bytes() == tabel.naar_xlsx(tmp_path / "nog.xlsx").read_bytes()


def test_csv_voor_een_nederlandse_spreadsheet(tabel: Tabel, tmp_path: Path) -> None:
    tekst = tabel.naar_csv(tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    rijen = list(csv.reader(io.StringIO(tekst), delimiter=";"))
    assert rijen[0] == ["", "NCW", "aandeel", "wat"]
    assert rijen[1][:3] == ["Saldo", "1234567,891", "0,314"]
    assert rijen[1][3] == "'=1+1"


def test_gegevens_heen_en_terug(tabel: Tabel) -> None:
    assert uit_gegevens(tabel.als_gegevens()).als_html() == tabel.als_html()


def test_een_notebook_geeft_getallen_aan_wie_ze_vraagt(tabel: Tabel) -> None:
    assert extra.TABEL not in tabel._repr_mimebundle_()
    with extra.vraag([extra.TABEL]):
        assert tabel._repr_mimebundle_()[extra.TABEL] == tabel.als_gegevens()


def test_lege_tabel_toont_niets() -> None:
    assert Tabel(pd.DataFrame(columns=["a"])).als_html() == ""


def test_onbekende_maat_noemt_de_maten() -> None:
    with pytest.raises(ValueError, match="fractie1"):
        Tabel(pd.DataFrame({"a": [1]}), "guldens")


@pytest.mark.parametrize("maat", MATEN)
def test_elke_maat_drukt_en_kan_in_een_werkblad(maat: str) -> None:
    assert str(Cel(0.25, maat))
    assert str(Cel(float("nan"), maat)) == "–"
    assert MATEN[maat].xlsx


def test_tekst_op_een_terminal(tabel: Tabel) -> None:
    regels = repr(tabel).splitlines()
    assert regels[0] == "Wat & hoe"
    assert regels[2].split("  ")[0] == "Saldo"
    assert "€\u00a01.234.600" in regels[2]


def test_kolommen_die_een_pagina_samenneemt(tmp_path: Path) -> None:
    """One column of text on the page, at the place of the first; a column of numbers each in a workbook and in csv."""
    frame = pd.DataFrame(
        {
            "wat": ["breed", "punt", "niets", "bijna nul"],
            "laag": [0.1, 0.2, None, Cel(0.001, "fractie", gedrukt="≈ 0")],
            "hoog": [0.3, Cel(0.2, "fractie", gedrukt=""), None, Cel(0.01, "fractie", gedrukt="")],
            "naast": [1.0, 2.0, 3.0, 4.0],
        }
    )
    maat = {"laag": "fractie", "hoog": "fractie", "naast": "aantal"}
    tabel = Tabel(frame, maat, index=False, samen={"bereik": ["laag", " tot ", "hoog"]})
    soep = BeautifulSoup(tabel.als_html(), "html.parser")
    rijen = [[c.get_text() for c in rij.find_all(["th", "td"])] for rij in soep.find_all("tr")]
    assert rijen == [
        ["wat", "bereik", "naast"],
        ["breed", "10% tot 30%", "1"],
        ["punt", "20%", "2"],
        ["niets", "–", "3"],
        ["bijna nul", "≈ 0", "4"],
    ]
    assert "10% tot 30%" in tabel.als_tekst()
    blad = openpyxl.load_workbook(tabel.naar_xlsx(tmp_path / "t.xlsx")).worksheets[0]
    assert [c.value for c in blad[4]] == ["wat", "laag (%)", "hoog (%)", "naast"]
    assert [[c.value for c in rij[1:3]] for rij in blad.iter_rows(min_row=5)] == [
        [0.1, 0.3], [0.2, 0.2], ["–", "–"], [0.001, 0.01],
    ]  # fmt: skip
    assert uit_gegevens(tabel.als_gegevens()).koppen() == ["wat", "laag", "hoog", "naast"]


def test_de_uitleg_loopt_af_op_de_breedte_van_de_tabel(tmp_path: Path) -> None:
    """On one line a printed sheet, fit to a page, would be too small to read."""
    uitleg = "Een zin van veertig tekens, spatie erbij. " * 12
    tabel = Tabel(pd.DataFrame({"a": [1.0], "b": [2.0]}), uitleg=uitleg)
    blad = openpyxl.load_workbook(tabel.naar_xlsx(tmp_path / "t.xlsx")).worksheets[0]
    (samen,) = blad.merged_cells.ranges
    cel = blad.cell(samen.min_row, samen.min_col)
    assert cel.value == uitleg
    assert cel.alignment.wrap_text
    assert samen.max_col > 3
    assert blad.row_dimensions[samen.min_row].height == 15 * (7 + 1)  # 492 characters on lines of some 80, and one more


def test_een_lege_tabel_krijgt_geen_blad() -> None:
    leeg = Tabel(pd.DataFrame(columns=["wat"]))
    with extra.vraag([extra.TABEL]):
        assert extra.TABEL not in leeg._repr_mimebundle_()
    assert leeg._repr_mimebundle_()["text/html"] == ""


def test_een_cel_van_twee_regels_is_op_de_terminal_een_regel() -> None:
    frame = pd.DataFrame({"n": [1.0], "van": [0.5], "tot": [2.0]})
    tabel = Tabel(frame, "decimaal1", index=False, samen={"alles": ["n", ",\n", "van", " tot ", "tot"]})
    assert "1,0,<br>0,5 tot 2,0" in tabel.als_html()
    assert tabel.als_tekst().splitlines() == ["           alles", "1,0, 0,5 tot 2,0"]
