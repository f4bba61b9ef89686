"""What a consultant can calculate on in the workbook of a report, and what must stay hidden or rounded there too."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from mkba.analyse.doelgroepen.kruistabel import TOTAAL
from mkba.analyse.doelgroepen.zelfredzaamheid import Indeling, publiceer
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.invoer.registratie.lezen import lees_registratie
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import euro
from mkba.kern.woorden.begrippen import TYPEN
from mkba.model.berekening import bereken
from mkba.reeks.map.onderdelen import onderdelen
from mkba.reeks.map.werkboek import werkboek
from mkba.tests.hulp_notebook import taak
from mkba.tests.hulp_registratie import klassentabel
from mkba.uitvoer import extra
from mkba.uitvoer.aanpak import tabellen
from mkba.uitvoer.doelgroepen import registratie
from mkba.uitvoer.maat import MATEN

Rijen = dict[str, list[Any]]


def blad(tabel: Any) -> Rijen:
    """The rows of the workbook that a notebook with this table gives: cells by the text of the row."""
    v4: Any = nbformat.v4
    boek = v4.new_notebook(cells=[v4.new_code_cell("x")])
    boek.cells[0].outputs = [v4.new_output("display_data", data=DisplayFormatter().format(tabel)[0])]
    xlsx = openpyxl.load_workbook(io.BytesIO(werkboek(taak(Path("n.ipynb")), onderdelen(boek), "T")))
    rijen = [[c for c in rij if c.value is not None] for rij in xlsx.worksheets[0].iter_rows(min_row=4)]
    return {
        next(str(c.value) for c in reversed(r) if isinstance(c.value, str) and c.value != "·"): r for r in rijen if r
    }


@pytest.fixture(autouse=True)
def _met_getallen() -> Iterator[None]:
    with extra.vraag([extra.TABEL]):
        yield


@pytest.fixture
def waterstad(kengetallen: Kengetallen) -> Indeling:
    pad = paden.data() / "voorbeeldgemeente" / "registratie.csv"
    return registratie.deel_registratie_in(lees_registratie(pad), kengetallen)


def test_kosten_en_baten_zijn_niet_afgerond(kengetallen: Kengetallen) -> None:
    uitkomst = bereken(laad_geval("voorbeeld-1", kengetallen).aanpak, kengetallen)
    tabel = tabellen.uitvoerscherm(uitkomst)
    rijen = blad(tabel)
    kop = next(iter(rijen.values()))
    assert [c.value for c in kop] == [tabellen.NCW, f"{tabellen.MET_AANDEEL} (%)"]
    for sleutel, label in tabellen.schermlabels().items():
        cellen = rijen[label][1:]
        assert cellen[0].value == pytest.approx(uitkomst[sleutel], abs=1e-9)
        if sleutel.startswith("kb_"):
            assert [c.number_format for c in cellen] == [MATEN["verhouding"].xlsx]
        else:
            assert [c.number_format for c in cellen] == [MATEN["eur"].xlsx, MATEN["fractie"].xlsx]
            assert cellen[1].value == pytest.approx(uitkomst[sleutel] / uitkomst["totale_kosten"])
    assert rijen["Saldo (baten minus kosten)"][1].font.bold
    assert euro(uitkomst["saldo"], 100) in tabel.als_html(), "op de pagina afgerond, zoals de handleiding"


def test_registratie_heeft_getallen_met_wat_de_tabel_toont(waterstad: Indeling, kengetallen: Kengetallen) -> None:
    getoond = waterstad.publicatie.tabel
    tabel = blad(registratie.tabel(waterstad, kengetallen))
    assert [c.value for c in tabel["Totaal"][1:]] == getoond.loc[TOTAAL][lambda rij: rij != 0].tolist()
    assert {c.number_format for c in tabel["Totaal"][1:]} == {"#,##0"}
    antwoorden = blad(registratie.antwoorden(waterstad))
    alle = int(getoond.loc[TOTAAL, TOTAAL])
    assert antwoorden["Aantal huishoudens in aanpak (ingedeeld)"][-1].value == alle
    for type_, label in zip(TYPEN, ("Gezinnen", "Ouderen", "Overige huishoudens"), strict=True):
        cel = antwoorden[f"Type huishoudens: {label}"][-1]
        assert cel.value == pytest.approx(getoond.loc[type_, TOTAAL] / alle, abs=1e-12)
        assert cel.number_format == "0.0%"
        ev = antwoorden[f"{label}: Enkelvoudig (ev)"][-1]
        assert ev.value == pytest.approx(getoond.loc[type_, "ev"] / getoond.loc[type_, TOTAAL], abs=1e-12)


def test_wat_voor_privacy_is_afgerond_blijft_dat(waterstad: Indeling) -> None:
    """Questions 4, 5 and 10 rest on counts that the table does not show: their exact share would give a denominator."""
    antwoorden = blad(registratie.antwoorden(waterstad))
    gezien = 0
    for rij in waterstad.waarnemingen.itertuples(index=False):
        label = registratie.antwoordlabel(rij.sleutel, waterstad.publicatie)
        cel = antwoorden.get(label, [None])[-1]
        if cel is None or not isinstance(cel.value, int | float):
            continue
        gezien += 1
        assert cel.number_format == ("0.0" if rij.sleutel == "kinderen" else "0%")
        stap = 10 if rij.sleutel == "kinderen" else 20
        assert cel.value * stap == pytest.approx(round(cel.value * stap), abs=1e-9)
    assert gezien >= 3


def test_een_afgeschermde_cel_wordt_geen_getal(waterstad: Indeling, kengetallen: Kengetallen) -> None:
    kern = klassentabel(gezin=(50, 4, 0, 30, 0, 0), oudere=(40, 20, 0, 25, 0, 3), overig=(60, 70, 0, 80, 0, 0))
    indeling = replace(waterstad, publicatie=publiceer(kern, kengetallen))
    tabel = blad(registratie.tabel(indeling, kengetallen))
    assert [c.value for c in tabel["Gezinnen"][1:]] == [50, "·", "·", 84]
    assert tabel["Gezinnen"][2].data_type == "s"
    antwoorden = blad(registratie.antwoorden(indeling))
    for klasse in ("Meervoudig, zelfredzaam (zr)", "Meervoudig, niet-zelfredzaam (nzr)"):
        assert antwoorden[f"Gezinnen: {klasse}"][-1].value == "·"
    cellen = [r[-1].value for r in antwoorden.values()] + [c.value for r in tabel.values() for c in r]
    getallen = {round(w, 12) for w in cellen if isinstance(w, int | float)}
    zichtbaar = [int(n) for n in indeling.publicatie.tabel.to_numpy().ravel() if not pd.isna(n)]
    quotienten = {round(a / b, 12) for a in zichtbaar for b in zichtbaar if b}
    afgerond = {round(n / 20, 12) for n in range(21)} | {n / 10 for n in range(100)}
    assert getallen <= {*zichtbaar, *quotienten, *afgerond}, "elk getal volgt uit wat zichtbaar is, of is afgerond"
