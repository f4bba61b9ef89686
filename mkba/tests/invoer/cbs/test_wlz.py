"""Wmo to Wlz: two counts per area, beside the base rate of the country. All numbers made up."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mkba.invoer.cbs.wlz import lees_wlz
from mkba.opdracht import main
from mkba.tests.hulp_cbs import drie_wijken

KOP = "Regio's;Perioden;Regioaanduiding/Codering (code);Cliënten/Wmo-cliënten (aantal);Instroom in de Wlz (aantal)"


def bestand(pad: Path, *regels: str, kop: str = KOP) -> Path:
    pad.write_text("\n".join([kop, *regels]), encoding="utf-8-sig")
    return pad


def test_aandeel_per_gebied(tmp_path: Path) -> None:
    """12 of 300 are 4%; a secret inflow is unknown, and so is an area without clients."""
    regels = ["A;2024*;WK000101  ;300;12", "B;2024*;WK000102;90;.", "C;2024*;WK000103;0;0", "D;2023;WK000101;300;30"]
    gelezen = lees_wlz(bestand(tmp_path / "w.csv", *regels), ["WK000101"], 2024)
    assert gelezen.aandelen == {"WK000101": pytest.approx(0.04)}
    assert gelezen.bron == "w.csv (2024, voorlopig)"


def test_op_de_pagina(tmp_path: Path) -> None:
    pad = bestand(tmp_path / "w.csv", "A;2024;WK000101;300;12")
    opdracht = ["gebieden", "--cijfers", drie_wijken(tmp_path), "--niveau", "wijk", "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--wlz", str(pad)]) == 1  # one area has no households
    soep = BeautifulSoup((tmp_path / "uit" / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    assert "Landelijk 2,9% tot 5,8% (CBS StatLine 85594NED en 85985NED)" in " ".join(soep.text.split())
    koppen = [th.text for th in soep.select("table.sorteerbaar thead th")]
    kolom = {
        r.select("td")[0].text: r.select("th, td")[koppen.index("Wmo naar Wlz")].text for r in soep.select("tbody tr")
    }
    assert kolom == {"WK000101": "4,0%", "WK000102": "–", "WK000103": "–"}


@pytest.mark.parametrize(
    ("regels", "kop", "zegt"),
    [
        (["A;2024;WK000101;300;12"], KOP.replace("Wlz", "zorg"), "niet te zien is welke kolom"),
        (["A;2024;WK000101;300;12;9"], KOP + ";Uitstroom uit de Wlz (aantal)", "niet te zien is welke kolom"),
        (["A;2024;WK000101;300;12", "A;2024;WK000101;10;2"], KOP, "WK000101 heeft meer dan een regel"),
        (["A;2024;WK000101;30;31"], KOP, "grotere instroom in de Wlz dan Wmo-cliënten"),
        (["A;2024;WK000199;300;12"], KOP, "van geen van de gekozen gebieden"),
        (["A;2020;WK000101;3;1", "A;2021;WK000101;3;1"], KOP, "gegevens van 2020 en 2021"),
    ],
)
def test_wat_geweigerd_wordt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], regels: list[str], kop: str, zegt: str
) -> None:
    pad = bestand(tmp_path / "w.csv", *regels, kop=kop)
    naar = tmp_path / "uit"
    opdracht = ["gebieden", "--cijfers", drie_wijken(tmp_path), "--niveau", "wijk", "--naar", str(naar)]
    assert main([*opdracht, "--wlz", str(pad)]) == 2
    fout = capsys.readouterr().err
    assert zegt in fout
    assert "--wlz" in fout
    assert not naar.exists()
