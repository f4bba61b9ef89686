"""Sensitivity, uncertainty and cohort through the front door: each analysis within three lines, tables raw."""

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from matplotlib.axes import Axes

import mkba
from mkba.kern.bestand import paden
from mkba.tests.hulp_tabel import gedrukt


@pytest.fixture(scope="module")
def a() -> Any:
    return mkba.aanpak("voorbeeld-2")


@pytest.fixture(scope="module")
def s(a: Any) -> Any:
    return a.simuleer(500)


@pytest.fixture(scope="module")
def c() -> Any:
    return mkba.cohort(["voorbeeld-1", "voorbeeld-2", "voorbeeld-4"], 300)


def test_combinatie_maakt_de_aanpak_sluitend(a: Any, s: Any) -> None:
    combinatie = a.combinatie("gemeente")
    assert a.met(combinatie.wijzigingen).bereken()["kb_gemeentelijk"] == pytest.approx(1.0, abs=1e-6)
    assert [rij.naar.waarde for rij in combinatie.tabel().frame.itertuples()] == list(combinatie.wijzigingen.values())
    assert len(combinatie.wacht()) == len(a.met(combinatie.wijzigingen).bereken().wacht().tabel())
    assert "Voor de gemeente komt de aanpak" in combinatie.zin(s).data
    assert "Hoe te lezen" in combinatie.uitleg().data
    with pytest.raises(ValueError, match="maatschappelijk, financieel, gemeente"):
        a.combinatie("rijk")


def test_waterval_telt_op(a: Any) -> None:
    scenarios = a.scenarios()
    waterval = scenarios.waterval("planfase", "going-concern")
    tabel = waterval.tabel().frame
    for kolom in ("in deze volgorde", "gemiddeld over alle volgordes"):
        assert tabel[kolom].sum() == pytest.approx(tabel["stand"].iloc[-1] - tabel["stand"].iloc[0])
    assert waterval.teken().alt == (
        "Balken van planfase naar going concern: per wijziging hoeveel het saldo stijgt of daalt."
    )
    ratio = scenarios.waterval("", "planfase", "kb_maatschappelijk")
    assert ratio.tabel().frame["stand"].iloc[0] == pytest.approx(a.bereken()["kb_maatschappelijk"])
    assert "de verhouding" in ratio.teken().alt
    with pytest.raises(ValueError, match="planfase, startfase"):
        scenarios.waterval("plan")


def test_vlak_van_twee_knoppen(a: Any) -> None:
    vlak = a.gevoeligheid().vlak()
    assert vlak.frame().shape == vlak.raster.waarden.shape
    assert any(soort.startswith("image/") for soort in vlak._repr_mimebundle_()[0])
    assert a.gevoeligheid().vlak("nieuw", "terugval").raster.x == "nieuw"
    with pytest.raises(mkba.InvoerFout, match="deze knop bestaat niet"):
        a.gevoeligheid().vlak("nieuwe")


def test_convergentie(s: Any) -> None:
    toets = s.convergentie()
    laatste = toets.tabel().frame.iloc[-1]
    assert laatste["trekkingen"] == 500
    assert laatste["P50"] == pytest.approx(np.median(s.trekkingen["saldo"]))
    assert not toets.voldoende
    assert "te weinig" in toets.zin().data
    assert "vlakke lijnen" in toets.teken().alt


def test_kleine_invoeren_vast(a: Any, s: Any) -> None:
    invloed = a.invloed(punten=64)
    vast = s.vastgezet(invloed)
    assert invloed.model.vast
    assert all(vast.model.trekking[sleutel].laag == vast.model.trekking[sleutel].hoog for sleutel in invloed.model.vast)
    proef = invloed.proef(s).frame
    assert proef.loc["alles beweegt", "P50"] == s.model.kwantielen.at["saldo", "p50"]
    assert proef.loc["kleine invoeren vast op hun gemiddelde", "P50"] == vast.model.kwantielen.at["saldo", "p50"]
    assert "De spreiding komt vooral van" in invloed.zinnen().data


def test_waarde_van_weten_gaat_over_een_jaar_na_de_opstart(a: Any, s: Any) -> None:
    weten = a.waarde_van_weten(500)
    assert a.frictie > 0
    assert weten.volgend.model.aanpak.frictie < a.frictie
    assert len(weten.tabel()) == len(weten.frame)
    assert "een jaar na de opstart" in weten.zinnen(s).data
    assert isinstance(weten.teken(), Axes)


def test_het_antwoord_in_het_kort(a: Any, s: Any) -> None:
    kort = a.omslag().samenvatting(a.combinatie(), s, a.scenarios()).data
    assert kort.count("<li>") == 5
    assert "trekkingen is het saldo voor de maatschappij positief" in kort
    assert a.omslag().per_betaler().data.count("<li>") == 3


def test_cohort_van_namen_en_van_aanpakken(c: Any) -> None:
    los = mkba.cohort([mkba.aanpak(n) for n in ("voorbeeld-1", "voorbeeld-2", "voorbeeld-4")], 300)
    assert los.plaatsen().als_html() == c.plaatsen().als_html()
    tabel = mkba.cohort([paden.data() / "voorbeeldgemeente" / "aanpakken.csv"], 100)
    assert len(tabel.saldi()) == 6, "elke rij van een tabel telt"
    assert "3 aanpakken · 300 trekkingen per aanpak" in c.kop().data
    assert "Op saldo per huishouden" in c.samenvatting().data
    with pytest.raises(mkba.InvoerFout, match="Zet er vierkante haken omheen"):
        mkba.cohort("voorbeeld-1")
    with pytest.raises(mkba.InvoerFout, match="geen aanpak om te plaatsen"):
        mkba.cohort([])
    with pytest.raises(mkba.InvoerFout, match="hier hoort een heel getal"):
        mkba.cohort(["voorbeeld-1"], "veel")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="verschillende kengetallen"):
        mkba.cohort([los_aanpak(), los_aanpak().met_kengetallen({"kwaliteit.qaly_eur": 50_000})], 100)


def los_aanpak() -> Any:
    return mkba.aanpak("voorbeeld-1")


def test_een_interval_is_een_kolom_op_de_pagina_en_twee_in_het_werkboek(c: Any, tmp_path: Path) -> None:
    pagina, ruw = gedrukt(c.verhoudingen()), c.verhoudingen().frame
    eerste = ruw.iloc[0]
    delen = [f"{eerste[k]:.2f}".replace(".", ",") for k in ("financieel", "financieel P10", "financieel P90")]
    assert pagina["financieel (P10 tot P90)"].iloc[0] == f"{delen[0]}\u00a0({delen[1]}\u00a0tot\u00a0{delen[2]})"
    blad = openpyxl.load_workbook(c.verhoudingen().naar_xlsx(tmp_path / "v.xlsx")).worksheets[0]
    koppen = [cel.value for cel in blad[4]]
    assert koppen[4:7] == ["financieel", "financieel P10", "financieel P90"]
    assert [cel.value for cel in blad[5]][4:7] == pytest.approx([eerste[k] for k in koppen[4:7]])


@pytest.mark.parametrize("maat", ["saldo", "saldo_per_huishouden", "kb_gemeentelijk"])
def test_elke_figuur_zegt_wat_zij_toont(c: Any, maat: str) -> None:
    wat = {"saldo": "het saldo,", "saldo_per_huishouden": "het saldo per huishouden,"}.get(maat, "de gemeentelijke")
    assert f"van P10 tot P90 van {wat}" in c.teken.uitkomsten(maat).alt
    for ax in (c.teken.plaatsen(), c.teken.kansen()):
        assert ax.alt.startswith("Per aanpak")


@pytest.mark.parametrize(
    ("vraag", "melding"),
    [
        (lambda a: a.simuleer("veel"), r"trekkingen = .*een heel getal"),
        (lambda a: a.simuleer(200, "zaad"), r"zaad = .*een heel getal"),
        (lambda a: a.invloed(punten=64.5), r"punten = .*een heel getal"),
        (lambda a: a.gevoeligheid().vlak(3, ""), r"knop_x = .*een tekst"),
    ],
)
def test_een_parameter_van_een_verkeerde_soort_wordt_bij_naam_genoemd(a: Any, vraag: Any, melding: str) -> None:
    with pytest.raises(mkba.InvoerFout, match=melding):
        vraag(a)
