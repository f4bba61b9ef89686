"""Text in a csv for a spreadsheet is text, however the file is split; numbers are numbers in Dutch Excel."""

import csv
import io
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkba.kern.bestand.csvtabel import als_csv, gewone_tekst, is_verdacht, lees_csv, veilige_cel
from mkba.opdracht import main
from mkba.tests.hulp_invoer import BASIS
from mkba.tests.hulp_kantoor import kantoorprofiel
from mkba.tests.hulp_notebook import maak_notebook

VERDACHT = [
    "=1+1", "+1+cmd", "-2+3", "@SUM(1)", " =1+1", "＝1+1", "＋1", "－1", "＠a", "\u200b=1", "\t=1", "\r=1",
    "a;=cmd|' /C calc'!A0;b", "a,=1+1", 'a";=1+1', "a|@x", "a\n=1", "a\t+1", 'a"=1', "a; -1",
]  # fmt: skip
ONVERDACHT = ["Wijk 1-2", "a=b", "'s-Gravenhage", "'t Zand", "A - B", "1,5", "", "Team; noord", "x@y.nl", "a: -1"]


@pytest.mark.parametrize("tekst", VERDACHT)
def test_een_verdachte_tekst_begint_nergens_een_formule(tekst: str) -> None:
    assert is_verdacht(tekst)
    inhoud = als_csv(["naam", "getal"], [[tekst, -1.5]])
    (rij,) = lees_csv(inhoud.encode())
    assert gewone_tekst(rij["naam"]) == tekst
    for scheiding in ";,|\t":  # also by who reads it with another separator, or without minding quotes
        for citaat in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for rij_ in csv.reader(io.StringIO(inhoud, newline=""), delimiter=scheiding, quoting=citaat):
                for cel in rij_:
                    kaal = cel.lstrip('\ufeff\u200b \t\r\n"')
                    assert not kaal.startswith(tuple("=+@＝＋－＠")), (scheiding, cel)
                    assert not kaal.startswith("-") or kaal.startswith("-1"), (scheiding, cel)


@pytest.mark.parametrize("tekst", ONVERDACHT)
def test_gewone_tekst_blijft_gewoon(tekst: str) -> None:
    assert not is_verdacht(tekst)
    assert veilige_cel(tekst) == tekst
    assert gewone_tekst(tekst) == tekst


@given(st.text(alphabet="'=+-@;,|\n\t\"a ＝", max_size=8))
def test_elke_tekst_komt_terug(tekst: str) -> None:
    cel = veilige_cel(tekst)
    assert isinstance(cel, str)
    assert gewone_tekst(cel) == tekst


def test_getallen_houden_al_hun_cijfers() -> None:
    getallen = [0.1 + 0.2, -1e-7, 1e22, np.float64(1 / 3), 12, np.int64(-3), None, math.nan]
    cellen = als_csv(["a"], [[g] for g in getallen]).splitlines()[1:]
    assert cellen == ["0,30000000000000004", "-1e-07", "1e+22", "0,3333333333333333", "12", "-3", "", ""]


def test_wat_geen_tabel_is_wordt_geweigerd() -> None:
    for stuk in (b"\xff", b'"a";"b"\n1\n', b'"a"\n1;2\n'):
        with pytest.raises(ValueError, match=r"codec|lengte"):
            lees_csv(stuk)


@pytest.mark.traag
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is er niet")
def test_een_spreadsheet_ziet_in_het_overzicht_geen_formule(tmp_path: Path) -> None:
    """Names from a table of a stranger, through the command, opened as a Dutch office does: with semicolons."""
    basis = BASIS | {"disciplines": "jeugd, ggz, wi, welzijn, zorg, wonen"}
    namen = ["=1+1", "＝2+2", "@SUM(1)", "a;=1+1;b", "a,=1+1", 'a";=1+1']
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.DictWriter(bestand, list(basis), delimiter=";")
        schrijver.writeheader()
        schrijver.writerows([basis | {"naam": n} for n in namen])
    kort = maak_notebook(tmp_path / "kort.ipynb", [("md", "# Over het overzicht gaat het, niet over de bladzijden")])
    assert main(["rapport", str(tmp_path / "t.csv"), "--notebooks", str(kort), "--naar", str(tmp_path / "u")]) == 0
    filter_ = "CSV:59,34,76,1,,1043"  # semicolon, quotes, UTF-8, from row 1, Dutch
    subprocess.run(
        ["soffice", f"-env:UserInstallation={kantoorprofiel().as_uri()}", "--headless", f"--infilter={filter_}",
         "--convert-to", "xlsx", "--outdir", str(tmp_path), str(tmp_path / "u" / "overzicht.csv")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    blad = openpyxl.load_workbook(tmp_path / "overzicht.xlsx").worksheets[0]
    koppen = [c.value for c in blad[1]]
    assert koppen[:2] == ["slug", "naam"]
    cellen = [c for rij in blad.iter_rows(min_row=2) for c in rij]
    assert not [c.value for c in cellen if c.data_type == "f"]
    saldo = [rij[koppen.index("saldo")] for rij in blad.iter_rows(min_row=2)]
    assert {c.data_type for c in saldo} == {"n"}
    assert len(saldo) == len(namen)
