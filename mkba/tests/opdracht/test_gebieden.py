"""``mkba gebieden``: all areas in one table and on one page; with the real country where its files are."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from scipy.stats import spearmanr

from mkba.analyse.doelgroepen.ranglijst import plaats, ranglijst
from mkba.analyse.doelgroepen.statistiek import Doelgroepen, mv_aandeel, uit_statistiek
from mkba.invoer.cbs.gebieden import Gekozen, kies_gebieden
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.gebied import schrijf_cijfers
from mkba.opdracht import main
from mkba.tests.hulp_cbs import HANDLAND, HANDWIJK, drie_wijken

ECHT = paden.data().parent.parent / "shared" / "data"
zonder_echt = pytest.mark.skipif(not ECHT.is_dir(), reason="de echte CBS-bestanden (../shared/data) staan hier niet")


def test_pagina_en_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    naar = tmp_path / "uit"
    code = main(["gebieden", "--cijfers", drie_wijken(tmp_path), "--niveau", "wijk", "--naar", str(naar)])
    uit = capsys.readouterr()
    assert code == 1  # one was left out, and that is said
    assert "Weggelaten: WK000104 huishoudens (0): hier wonen geen particuliere huishoudens" in uit.err
    assert f"3 gebieden, 1 weggelaten: {naar / 'gebieden.html'}" in uit.out
    regels = (naar / "gebieden.csv").read_text(encoding="utf-8-sig").splitlines()
    assert regels[0].replace('"', "") == "code;naam;huishoudens;aandeel_meervoudig;laag;hoog;rang"
    rijen = [r.split(";") for r in regels[1:]]
    assert [(r[0], r[2], r[6]) for r in rijen] == [
        ('"WK000101"', "1000", "1"),
        ('"WK000103"', "60", "2"),
        ('"WK000102"', "1000", "3"),
    ]
    assert rijen[2][1] == '"\'=Licht"'  # text, and no formula
    getallen = [[float(w.replace(",", ".")) for w in r[3:6]] for r in rijen]
    assert all(re.fullmatch(r"0,\d+", r[3]) for r in rijen)
    assert all(laag < aandeel < hoog for aandeel, laag, hoog in getallen)
    soep = BeautifulSoup((naar / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    assert not soep.select("script[src], link[href^=http]")
    tabel = soep.select_one("table.sorteerbaar")
    assert tabel is not None
    per_naam = {
        cellen[0].text: [c.text.strip() for c in cellen[1:]]
        for rij in tabel.select("tbody tr")
        if (cellen := rij.select("th, td"))
    }
    assert per_naam["Klein"][7:9] == ["–", "–"]  # too few households to publish euros of
    assert per_naam["Handwijk"][7].startswith("€")
    assert re.fullmatch(r"\d–\d", per_naam["Handwijk"][2])
    assert "Weggelaten" in soep.text


def test_den_haag_is_te_vinden(tmp_path: Path) -> None:
    """CBS calls it 's-Gravenhage, who searches calls it Den Haag: the row carries both, and nothing shows twice."""
    cijfers, naar = tmp_path / "haag.json", tmp_path / "uit"
    stad = replace(HANDWIJK, code="GM0518", naam="'s-Gravenhage", soort="gemeente")
    cijfers.write_text(
        schrijf_cijfers((HANDLAND, stad, replace(stad, code="GM0599", naam="Rotterdam"))), encoding="utf-8"
    )
    assert main(["gebieden", "--cijfers", str(cijfers), "--niveau", "gemeente", "--naar", str(naar)]) == 0
    soep = BeautifulSoup((naar / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    zoek = {rij.select("th")[0].text: rij.get("data-zoek") for rij in soep.select("tbody tr")}
    assert zoek == {"'s-Gravenhage": "Den Haag", "Rotterdam": None}
    assert 'getAttribute("data-zoek")' in soep.select("script")[-1].text


def test_wat_onbekend_is_staat_ook_op_de_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["gebieden", "--cijfers", drie_wijken(tmp_path), "--niveau", "wijk", "--naar", str(tmp_path / "uit")])
    assert "niet bekend: eenouder. Het midden rekent zonder" in capsys.readouterr().err


def test_een_gebied_dat_om_meer_redenen_wegvalt_telt_een_keer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pad = tmp_path / "raar-2024.csv"
    pad.write_text(
        "gwb_code_10;regio;gm_naam;a_inw;a_65_oo;a_hh;a_1p_hh;a_hh_z_k;a_hh_m_k;p_hh_lkk\n"
        "NL00;Nederland;;17800000;3500000;8200000;3300000;2300000;2600000;6,2\n"
        "WK999801;Leeg;V;20;0;0;0;0;0;.\n"
        "WK999803;Raar;V;100;300;50;60;30;20;.\n"
        "WK999804;Klein;V;15;0;5;5;0;0;.\n"
        "WK999805;Gezinnen;V;2000;0;500;0;0;500;8,0\n",
        encoding="utf-8",
    )
    naar = tmp_path / "uit"
    assert main(["gebieden", "--cijfers", str(pad), "--niveau", "wijk", "--naar", str(naar)]) == 1
    uit = capsys.readouterr()
    assert f"2 gebieden, 2 weggelaten: {naar / 'gebieden.html'}" in uit.out
    assert uit.err.count("Weggelaten: WK999803") == 1
    assert "eenpersoonshuishoudens (60): dit is meer dan alle 50 huishoudens" in uit.err
    assert "van 1 van de 2 gebieden is geen enkele indicator te vergelijken: de indeling" in uit.err
    assert "gebieden = 'Klein'\n    dit gebied heeft minder dan 100 huishoudens" in uit.err
    assert "Weggelaten (2)" in BeautifulSoup((naar / "gebieden.html").read_text(encoding="utf-8"), "html.parser").text


def test_een_onwaarschijnlijke_indicator_staat_op_de_terminal_en_op_de_pagina(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """85% with a low income is 12.9 times the 6.6% of the country: most likely another unit."""
    pad = tmp_path / "ver-2024.csv"
    pad.write_text(
        "gwb_code_10;regio;gm_naam;a_inw;a_65_oo;a_hh;a_1p_hh;a_hh_z_k;a_hh_m_k;p_hh_lkk\n"
        "NL00;Nederland;;17900000;3600000;8400000;3300000;2400000;2700000;6,6\n"
        "WK999801;Noord;V;5000;900;2200;900;600;700;85\n",
        encoding="utf-8",
    )
    naar = tmp_path / "uit"
    assert main(["gebieden", "--cijfers", str(pad), "--niveau", "wijk", "--naar", str(naar)]) == 0
    zin = "WK999801 huishoudens met een laag inkomen (85%): dit is 12,9 keer zo hoog als het landelijke cijfer"
    assert f"Let op: {zin}" in capsys.readouterr().err
    soep = BeautifulSoup((naar / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    assert any(zin in li.text for li in soep.select("ul.waarschuwingen li"))


def test_rang_met_gelijke_aandelen() -> None:
    assert plaats(np.array([0.2, 0.3, 0.2, 0.1])).tolist() == [2, 1, 2, 4]


@zonder_echt
def test_wat_niet_vergeleken_is_heeft_geen_rang(tmp_path: Path) -> None:
    """Utrecht's own file has no national row: every wijk is the standard one, and no wijk is first."""
    bron = str(ECHT / "utrecht_kwb-2024.xlsx")
    assert main(["gebieden", "--cijfers", bron, "--niveau", "wijk", "--naar", str(tmp_path)]) == 0
    regels = (tmp_path / "gebieden.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(regels) == 11
    assert all(r.endswith(";") for r in regels[1:])
    soep = BeautifulSoup((tmp_path / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    assert [r.select("td")[1].text for r in soep.select("table.sorteerbaar tbody tr")] == ["–"] * 10


def test_zonder_bestand_en_zonder_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gebieden", "--naar", str(tmp_path / "uit")]) == 2
    assert "er is geen bestand en geen gebied opgegeven" in capsys.readouterr().err


def test_elk_gebied_van_het_bestand_krijgt_een_rapport(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opdracht = [
        "rapport",
        "--cijfers",
        drie_wijken(tmp_path),
        "--notebooks",
        "30",
        "--droog",
        "--naar",
        str(tmp_path / "u"),
    ]
    assert main(opdracht) == 1
    assert "3 te maken" in capsys.readouterr().out
    assert main([*opdracht, "--niveau", "gemeente"]) == 0
    assert "1 te maken" in capsys.readouterr().out
    assert main([*opdracht[:1], "WK0001*", *opdracht[1:]]) == 1
    assert "3 te maken" in capsys.readouterr().out


@pytest.fixture(scope="module")
def land() -> Gekozen:
    return kies_gebieden("", str(ECHT / "kwb-2021_gemeenten.csv"), 2021, "gemeente")


@pytest.fixture(scope="module")
def gemeenten(land: Gekozen, kengetallen: Kengetallen) -> Doelgroepen:
    return uit_statistiek(land.gebieden, land.nederland, kengetallen, trekkingen=500, gemeenten=land.gemeenten)


@pytest.mark.traag
@zonder_echt
def test_het_hele_land(gemeenten: Doelgroepen, kengetallen: Kengetallen) -> None:
    """Bounds as argued in docs/doelgroepen.md."""
    totaal = gemeenten.totaal
    assert totaal[:, 0].sum() / totaal.sum() == pytest.approx(kengetallen["doelgroep.landelijk_ev"], abs=0.01)
    mv = mv_aandeel(gemeenten.aantallen.sum(axis=1))
    for maat in ("bijstand", "laag_inkomen"):
        noemer = [g.huishoudens if maat == "bijstand" else 1.0 for g in gemeenten.gebieden]
        waarden = [np.nan if getattr(g, maat) is None else getattr(g, maat) for g in gemeenten.gebieden]
        rho = spearmanr(mv, np.array(waarden) / np.array(noemer), nan_policy="omit").statistic
        assert rho > 0.8, maat
    rang = {g.naam: r for g, r in zip(gemeenten.gebieden, plaats(mv), strict=True)}
    assert len(rang) == 352
    for zwaar in ("Rotterdam", "'s-Gravenhage", "Heerlen", "Kerkrade", "Arnhem", "Enschede"):
        assert rang[zwaar] <= 20, zwaar
    for licht in ("Bloemendaal", "Rozendaal", "Laren", "Heemstede", "Wassenaar"):
        assert rang[licht] > 176, licht
    for zwaarder, lichter in (
        ("Heerlen", "Voerendaal"),
        ("Rotterdam", "Capelle aan den IJssel"),
        ("Arnhem", "Rozendaal"),
    ):
        assert rang[zwaarder] < rang[lichter]
    for j in range(3):
        assert len(np.unique(gemeenten.index[:, j])) == 352, "no floor that makes gemeenten equal"


@pytest.mark.traag
@zonder_echt
def test_niemand_verlaat_zijn_band_zonder_wmo(land: Gekozen, gemeenten: Doelgroepen, kengetallen: Kengetallen) -> None:
    """The share with Wmo of each of the 334 gemeenten lies in its band without; Vaals went from 18.9% to 12.1%."""
    kaal = [replace(g, wmo=None) for g in land.gebieden]
    zonder = uit_statistiek(kaal, land.nederland, kengetallen, trekkingen=500)
    mv = mv_aandeel(gemeenten.aantallen.sum(axis=1))
    met = np.array([g.wmo is not None for g in gemeenten.gebieden])
    assert met.sum() == 334
    buiten = (mv < zonder.mv_band[:, 0]) | (mv > zonder.mv_band[:, 1])
    assert not buiten[met].any()


@pytest.mark.traag
@zonder_echt
def test_rang_heeft_een_band(land: Gekozen, gemeenten: Doelgroepen, kengetallen: Kengetallen) -> None:
    lijst = ranglijst(gemeenten, kengetallen, land.gemeenten, trekkingen=200)
    assert (lijst.rangband[:, 0] <= lijst.rang).all()
    assert (lijst.rang <= lijst.rangband[:, 1]).all()
    naam = [g.naam for g in gemeenten.gebieden]
    klein, groot = naam.index("Schiermonnikoog"), naam.index("Rotterdam")
    assert np.ptp(lijst.rangband[klein]) > 5 * np.ptp(lijst.rangband[groot])  # small areas say how little they say


@pytest.mark.traag
@zonder_echt
def test_wijken_van_amsterdam(kengetallen: Kengetallen) -> None:
    """Young wijken no longer sit on the cap of Wmo, and a wijk of 135 households is not on top."""
    gekozen = kies_gebieden("", str(ECHT / "amsterdam_84583NED_2019_met_nl.csv"), 0, "wijk")
    d = uit_statistiek(gekozen.gebieden, gekozen.nederland, kengetallen, trekkingen=50, gemeenten=gekozen.gemeenten)
    hoogste = kengetallen["doelgroep.index_grens.hoogste"]
    assert (d.index[:, 1] > hoogste - 0.05).sum() == 0
    rang = dict(zip([g.naam for g in d.gebieden], plaats(mv_aandeel(d.aantallen.sum(axis=1))), strict=True))
    assert rang["Volewijck"] <= 5
    assert rang["Apollobuurt"] > len(rang) - 10
    assert all(n.huishoudens and n.huishoudens > 1000 for n in d.gebieden if rang[n.naam] <= 10)
