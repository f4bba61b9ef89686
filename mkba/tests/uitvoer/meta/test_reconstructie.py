"""Tables and figures of the 13 aanpakken: the numbers of the model, in the form and the colours of the report."""

from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from mkba.analyse.meta.lees_dertien import NUMMERS
from mkba.analyse.meta.ontleding import Ontleding, belang, ontleed_dertien
from mkba.tests.hulp_dertien import model13
from mkba.uitvoer.figuur import toon
from mkba.uitvoer.meta import reconstructiefiguren as figuren
from mkba.uitvoer.meta import reconstructietabellen as tabellen

NAMEN = (
    "huishoudens",
    "zwaarte",
    "samenstelling",
    "nieuw_gevonden",
    "disciplines",
    "additioneel",
    "caseload",
    "verhoudingen",
    "kostenposten",
    "batenposten",
)


@cache
def ontleding() -> Ontleding:
    return ontleed_dertien(model13(), "kb_maatschappelijk")["kb_maatschappelijk"]


@pytest.mark.parametrize("naam", NAMEN)
def test_elke_figuur_heeft_dertien_staven(naam: str) -> None:
    tabel: pd.DataFrame = getattr(tabellen, naam)(model13())
    assert list(tabel.index) == [str(n) for n in NUMMERS]
    assert np.isfinite(tabel.to_numpy()).all()
    ax: Axes = getattr(figuren, naam)(tabel)
    assert [t.get_text() for t in ax.get_xticklabels()] == list(tabel.index)
    assert not ax.figure.texts, "het watermerk is van figuren_meta_stijl"
    assert ax.get_title(loc="left")
    assert {"aanpak 1-6: wijkteams in een wijk", "11-13: MPG"} <= {t.get_text() for t in ax.texts}


def test_een_deel_van_de_dertien_tekent_ook() -> None:
    ax = figuren.kostenposten(tabellen.kostenposten(model13()).loc[["11", "12"]])
    assert ax.get_xlabel() == "aanpak"


def test_staven_zijn_de_getallen_van_de_tabel() -> None:
    tabel = tabellen.batenposten(model13())
    ax = figuren.batenposten(tabel)
    hoogten = np.array([[staaf.get_height() for staaf in laag] for laag in ax.containers])
    assert hoogten == pytest.approx(tabel.to_numpy().T)
    for n, top in zip(NUMMERS, hoogten.sum(axis=0), strict=True):
        assert top == pytest.approx(model13().uitkomsten[n]["kb_maatschappelijk"])
    kosten = tabellen.kostenposten(model13())
    assert kosten.sum(axis=1).to_numpy() == pytest.approx(1.0)


def test_kleuren_zoals_de_tekst_ze_noemt_en_leesbaar_in_grijs() -> None:
    """Costs red, three greens and light green; in each stack the lightness or the hatching tells layers apart."""
    kosten = figuren.kostenposten(tabellen.kostenposten(model13()))
    baten = figuren.batenposten(tabellen.batenposten(model13()))
    for ax, kanaal in ((kosten, 0), (baten, 1)):
        for laag in ax.containers:
            rgb = to_rgb(laag[0].get_facecolor())
            assert int(np.argmax(rgb)) == kanaal
    klassen = figuren.zwaarte(tabellen.zwaarte(model13()))
    kleuren = [to_hex(laag[0].get_facecolor()).upper() for laag in klassen.containers]
    assert kleuren == ["#7DBB6E", "#F6C27A", "#E8871E", "#B3261E"]
    for ax in (kosten, baten, klassen):
        grijs = [
            (0.3 * r + 0.59 * g + 0.11 * b, laag[0].get_hatch())
            for laag in ax.containers
            for r, g, b in [to_rgb(laag[0].get_facecolor())]
        ]
        for een, ander in pairwise(grijs):
            assert abs(een[0] - ander[0]) > 0.12 or een[1] != ander[1]


def test_mpg_is_rood_en_zegt_dat_het_anders_is_gerekend() -> None:
    tabel = tabellen.zwaarte(model13())
    assert tabel.sum(axis=1).to_numpy() == pytest.approx(1.0)
    assert tabel.loc["11", "top_volgens_tekst"] == 1.0
    assert (tabel.loc[[str(n) for n in range(1, 11)], "top_volgens_tekst"] == 0).all()
    teksten = [t.get_text() for t in figuren.zwaarte(tabel).figure.legends[0].get_texts()]
    assert "Top volgens de tekst, gerekend als niet-zelfredzaam" in teksten


def test_caseload_van_mpg_naast_het_kengetal_voor_de_top() -> None:
    tabel = tabellen.caseload(model13())
    assert tabel.loc["11", "kengetal"] == pytest.approx(10)  # tabel 3.10
    assert tabel.loc["13", "caseload"] == pytest.approx(35 / 4)
    # aanpak 12: 0.58 x 0.20 + 0.09 x 0.36 + 0.33 x 0.29 zelfredzaam (150 per fte), the rest top (10)
    zr = 0.58 * 0.20 + 0.09 * 0.36 + 0.33 * 0.29
    assert tabel.loc["12", "kengetal"] == pytest.approx(1 / (zr / 150 + (1 - zr) / 10))


def test_ontledingstabel_telt_op_zoals_gedrukt() -> None:
    tabel = tabellen.ontleding(ontleding())
    som = tabel.drop(columns="deze aanpak").sum(axis=1)
    assert som.to_numpy() == pytest.approx(tabel["deze aanpak"].to_numpy(), abs=1e-9)
    assert tabel["deze aanpak"].to_numpy() == pytest.approx(ontleding().eigen.to_numpy(), abs=0.00501)
    verschil = (tabel[ontleding().delen.columns] - ontleding().delen).abs().to_numpy().max()
    assert verschil < 0.02  # a part moves at most two steps to make the row add up


def test_figuren_van_de_ontleding() -> None:
    o = ontleding()
    tabel = tabellen.ontleding(o)
    ax = figuren.ontleding(tabel, o.uitkomst)
    koppen = [t.get_text().replace("\n", " ") for t in ax.get_xticklabels()]
    assert "omvang" not in koppen  # moves no ratio
    assert koppen[:2] == ["doelgroep", "leefsituatie"]
    teksten = [t.get_text() for t in ax.texts]
    cellen = teksten[: len(koppen)]  # the first row, as printed
    getallen = [float(c.replace(",", ".")) for c in cellen if c]
    assert tabel.iloc[0, 0] + sum(getallen) == pytest.approx(tabel.iloc[0, -1])
    assert "1,86" in teksten  # aanpak 9
    reeks = belang(o)
    staven = figuren.belang(reeks, o.uitkomst)
    assert [t.get_text() for t in staven.get_yticklabels()] == list(reeks.index)
    assert toon(ax, "proef")._repr_mimebundle_()[0]["image/svg+xml"].startswith("<svg")


def test_tabel_van_herkomst() -> None:
    dertien = model13().dertien
    tabel = tabellen.herkomst(dertien).frame
    assert set(tabel.to_numpy().ravel()) == {"T", "R", "R*"}
    assert tabel.loc["Type huishoudens: Ouderen", "7"] == "T"
    assert tabel.loc["Nieuw gevonden huishoudens", "2"] == "R*"
    per_aanpak = tabellen.herkomst_per_aanpak(dertien).frame
    assert (per_aanpak.sum() == len(tabel)).all()
    for n in NUMMERS:
        assert per_aanpak.loc["tekst", str(n)] == (tabel[str(n)] == "T").sum()
    merken = tabellen.merken(dertien).frame
    assert merken.loc[merken["herkomst"] == "tekst", "citaat"].str.len().min() > 2
    assert merken.loc[merken["herkomst"] == "reconstructie", "motivering"].str.len().min() > 10
    assert "1-6" in set(merken["aanpakken"])
    assert tabellen.namen(model13()).frame.loc["12", "soort"] == "mpg"


def test_leesbare_koppen() -> None:
    tabel = tabellen.leesbaar(tabellen.verhoudingen(model13()), "om na te lezen")
    assert tabel.frame.columns[0] == "Maatschappelijke kosten-batenverhouding"


def test_herkomst_in_het_kort() -> None:
    dertien = model13().dertien
    groepen = tabellen.herkomst_per_groep(dertien).frame
    assert groepen.loc["Type huishoudens", "7"] == "T"
    assert groepen.loc["Type huishoudens", "2"] == "T/R"  # no ouderen says the text, the rest is ours
    assert groepen.loc["Nieuw gevonden huishoudens", "2"] == "R*"
    assert groepen.loc["Zwaarte van de problematiek", "7"] == "T/R"
    assert len(tabellen.merken_tekst(dertien)) == (tabellen.merken(dertien).frame["herkomst"] == "tekst").sum()
    buiten = tabellen.merken_buiten_bereik(dertien).frame
    assert (buiten["buiten bereik"] != "").all()
    drie = tabellen.belang({"a": ontleding(), "b": ontleding()}).frame
    assert drie["a"].is_monotonic_decreasing
    assert drie["a"].tolist() == drie["b"].tolist()
