"""The template of a registration: what it writes is read back, and its example rows never count."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from mkba.invoer.effectmeting.kolommen import TABELLEN
from mkba.invoer.effectmeting.lezen import lees_registratie
from mkba.opdracht import main
from mkba.rekenblad.registratiesjabloon import EERSTE_RIJ, KOPRIJ


@pytest.fixture
def sjabloon(tmp_path: Path) -> Path:
    pad = tmp_path / "registratie.xlsx"
    assert main(["sjabloon", "--registratie", str(pad)]) == 0
    return pad


def test_een_leeg_sjabloon_heeft_geen_huishoudens(sjabloon: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registratie", str(sjabloon)]) == 2
    assert "geen huishouden in de tabel" in capsys.readouterr().err


def test_een_ingevuld_sjabloon_wordt_gelezen_zonder_de_voorbeelden(sjabloon: Path) -> None:
    boek = openpyxl.load_workbook(sjabloon)
    rij = {"pseudoniem": "h1", "type": "gezinnen", "kinderen": 2, "team": "Noord", "start": dt.date(2024, 3, 1)}
    for tabel, waarden in {
        "huishoudens": {**rij, "status": "lopend"},
        "problematiek": {"pseudoniem": "h1", "moment": 6, "financien": 2, "huisvesting": 4},
    }.items():
        blad = boek[tabel]
        koppen = [c.value for c in blad[KOPRIJ]]
        for kolom, waarde in waarden.items():
            cel: Any = blad.cell(EERSTE_RIJ + 5, koppen.index(kolom) + 1)
            cel.value = waarde
    boek.save(sjabloon)
    r = lees_registratie(sjabloon)
    assert r.huishoudens["pseudoniem"].tolist() == ["h1"]
    assert r.huishoudens["start"].tolist() == [pd.Timestamp(2024, 3, 1)]
    assert r.problematiek["financien"].tolist() == [2]
    assert not r.geweigerd
    assert r.voorbeeldrijen == sum(
        str(rij[0].value).startswith("VOORBEELD") for naam in TABELLEN for rij in openpyxl.load_workbook(sjabloon)[naam]
    )
    assert not len(r.trajecten)


def test_elke_voorbeeldrij_zou_goed_zijn(sjabloon: Path) -> None:
    boek = openpyxl.load_workbook(sjabloon)
    for naam in TABELLEN:
        for rij in boek[naam].iter_rows(min_row=EERSTE_RIJ):
            if rij[0].value == "VOORBEELD-1":
                rij[0].value = "echt-1"
    boek.save(sjabloon)
    r = lees_registratie(sjabloon)
    assert not r.geweigerd
    assert all(len(r.tabel(naam)) for naam in TABELLEN)


def test_een_bestaand_bestand_blijft_staan(sjabloon: Path, capsys: pytest.CaptureFixture[str]) -> None:
    oud = sjabloon.read_bytes()
    assert main(["sjabloon", "--registratie", str(sjabloon)]) == 2
    assert "bestaat al" in capsys.readouterr().err
    assert sjabloon.read_bytes() == oud
