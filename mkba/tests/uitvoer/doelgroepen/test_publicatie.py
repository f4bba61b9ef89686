"""What two published tables of a registration tell together: controlled rounding, a warning for a predecessor."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.doelgroepen.gecontroleerd_afronden import rond_tabel
from mkba.analyse.doelgroepen.kruistabel import TOTAAL, onderdruk
from mkba.analyse.doelgroepen.voorganger import verschilt_weinig
from mkba.analyse.doelgroepen.zelfredzaamheid import deel_in, publiceer
from mkba.invoer.registratie.lezen import lees_registratie
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.tests.hulp_registratie import BESTAND, kopie_van_notebook_10, waterstad
from mkba.tests.hulp_voorbeelden import voorbeelden
from mkba.uitvoer import bewaren, extra
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.doelgroepen import registratie as uit_registratie


def met_totalen(kern: np.ndarray) -> np.ndarray:
    onder = np.vstack([kern, kern.sum(axis=0)])
    return np.hstack([onder, onder.sum(axis=1, keepdims=True)])


def klopt(tabel: np.ndarray) -> bool:
    return bool((tabel[:, :-1].sum(axis=1) == tabel[:, -1]).all() and (tabel[:-1, :].sum(axis=0) == tabel[-1, :]).all())


# --- controlled rounding ------------------------------------------------------------------------------------------


def test_een_tabel_die_met_de_hand_is_na_te_gaan() -> None:
    """Each count by itself would give 10 + 10 beside 25: the rows and columns would not add up."""
    waarden = met_totalen(np.array([[12, 12], [11, 20]]))
    assert waarden[:, -1].tolist() == [24, 31, 55]
    rond = rond_tabel(waarden, 5)
    assert rond.tolist() == [[15, 10, 25], [10, 20, 30], [25, 30, 55]]


@pytest.mark.parametrize("basis", [2, 3, 5, 10])
def test_elk_aantal_wordt_een_veelvoud_ernaast_en_alles_telt_op(basis: int) -> None:
    toeval = np.random.default_rng(2014)
    for _ in range(voorbeelden(100)):
        rijen, kolommen = toeval.integers(1, 6, 2)
        waarden = met_totalen(toeval.integers(0, 60, (rijen, kolommen)))
        rond = rond_tabel(waarden, basis)
        assert klopt(rond)
        assert (rond % basis == 0).all()
        assert (np.abs(rond - waarden) < basis).all()
        assert (rond == rond_tabel(waarden.copy(), basis)).all()


def test_wat_al_een_veelvoud_is_blijft_en_zonder_basis_verandert_niets() -> None:
    vijftallen = met_totalen(np.array([[10, 15], [0, 25]]))
    assert (rond_tabel(vijftallen, 5) == vijftallen).all()
    exact = met_totalen(np.array([[11, 13], [7, 2]]))
    assert (rond_tabel(exact, 0) == exact).all()
    assert (rond_tabel(exact, 1) == exact).all()


def test_afschermen_gaat_over_de_exacte_aantallen() -> None:
    """9 would be rounded to 10, and is hidden; 12 is shown, as 10 or 15."""
    kern = pd.DataFrame([[9, 12, 31], [40, 22, 18], [30, 33, 41]], index=list("abc"), columns=list("xyz"))
    exact, rond = onderdruk(kern, 10), onderdruk(kern, 10, 5)
    assert (exact.isna() == rond.isna()).all(axis=None)
    assert pd.isna(rond.loc["a", "x"])
    getoond = rond.to_numpy(dtype=float, na_value=np.nan)
    verschil = np.abs(getoond - exact.to_numpy(dtype=float, na_value=np.nan))
    assert np.nanmax(verschil) < 5
    assert np.nanmin(getoond) >= 10


def test_de_rekenkit_toont_de_afgeronde_tabel_overal(kengetallen: Kengetallen) -> None:
    pad = str(paden.data() / BESTAND)
    exact, rond = (uit_registratie.deel_registratie_in(lees_registratie(pad), kengetallen, a) for a in (0, 5))
    assert exact is not None
    assert rond is not None
    tabel = rond.publicatie.tabel
    assert (tabel.loc["gezin", TOTAAL], tabel.loc[TOTAAL, TOTAAL]) == (95, 235)
    assert klopt(tabel.to_numpy(dtype=int))
    assert rond.publicatie.aandelen.loc["oudere", "ev"] == 15 / 50
    html = uit_registratie.tabel(rond, kengetallen).als_html()
    assert "veelvoud van 5" in html
    assert "gecontroleerd afronden" in html
    assert "veelvoud" not in uit_registratie.tabel(exact, kengetallen).als_html()
    assert "<td" in uit_registratie.antwoorden(rond).als_html()
    assert ">235<" in uit_registratie.antwoorden(rond).als_html()
    assert ">234<" not in uit_registratie.antwoorden(rond).als_html()
    # what is calculated with stays exact
    assert dict(exact.antwoorden) == dict(rond.antwoorden)
    assert uit_registratie.aanpak(rond, "x", kengetallen) == uit_registratie.aanpak(exact, "x", kengetallen)


def test_een_huishouden_meer_laat_de_afgeronde_tabel_gelijk(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """The difference of the exact tables is the class of the last household; of the rounded ones nothing."""
    regels = waterstad().splitlines()
    erbij = regels[1].replace("W001", "W241")
    tabellen = {}
    for naam, inhoud in (("eerst", regels), ("erna", [*regels, erbij])):
        pad = tmp_path / f"{naam}.csv"
        pad.write_text("\n".join(inhoud) + "\n", encoding="utf-8")
        huishoudens = lees_registratie(pad).huishoudens
        tabellen[naam] = [deel_in(huishoudens, kengetallen, a).publicatie.tabel for a in (0, 5)]
    exact = tabellen["erna"][0] - tabellen["eerst"][0]
    assert exact.to_numpy().sum() == 4, "one household: its cell, its row, its column and the total"
    assert exact.loc["gezin", "nzr_top"] == 1
    assert (tabellen["erna"][1] == tabellen["eerst"][1]).all(axis=None)


@pytest.mark.parametrize("afronding", [-5, 11, 100])
def test_een_afronding_die_niet_kan(kengetallen: Kengetallen, afronding: int) -> None:
    with pytest.raises(InvoerFout, match=rf"afronding = {afronding}: .* 0 \(niet\) tot en met 10"):
        uit_registratie.deel_registratie_in(lees_registratie(str(paden.data() / BESTAND)), kengetallen, afronding)


# --- a near predecessor -------------------------------------------------------------------------------------------

EERDER = {"gezin": {"ev": 20, "zr": 30, "totaal": 50}, "totaal": {"ev": 20, "zr": 30, "totaal": 50}}


def telling(ev: int | None, zr: int | None, totaal: int | None) -> dict[str, dict[str, int | None]]:
    rij = {"ev": ev, "zr": zr, "totaal": totaal}
    return {"gezin": dict(rij), "totaal": dict(rij)}


@pytest.mark.parametrize(
    ("nieuw", "weinig"),
    [
        (telling(20, 30, 50), False),
        (telling(21, 30, 51), True),
        (telling(21, 29, 50), True),
        (telling(29, 30, 59), True),
        (telling(30, 30, 60), False),
        (telling(None, None, 50), True),
        (telling(None, None, None), False),
        ({"oudere": {"ev": 20}}, False),
        ({}, False),
    ],
)
def test_wanneer_twee_tabellen_weinig_verschillen(nieuw: dict[str, dict[str, int | None]], weinig: bool) -> None:
    assert verschilt_weinig(nieuw, EERDER, 10) is weinig


def test_een_andere_wijk_is_geen_voorganger(kengetallen: Kengetallen) -> None:
    kolommen = ["ev", "zr", "mv", "nzr", "top", "onbekend"]
    index = ["gezin", "oudere", "overig", "onbekend"]
    rest = [[31, 21, 0, 15, 0, 0], [35, 45, 0, 25, 0, 0], [0] * 6]
    een, ander = (
        uit_registratie.getoonde_telling(publiceer(pd.DataFrame([gezin, *rest], index, kolommen), kengetallen, 5))
        for gezin in ([40, 50, 0, 60, 0, 0], [20, 55, 0, 80, 0, 0])
    )
    assert not verschilt_weinig(een, ander, 10)


def test_de_map_waarin_een_notebook_bewaart(tmp_path: Path, kengetallen: Kengetallen) -> None:
    regels = waterstad().splitlines()
    bron = tmp_path / "r.csv"
    bron.write_text("\n".join(regels[:-1]) + "\n", encoding="utf-8")
    eerst = uit_registratie.deel_registratie_in(lees_registratie(str(bron)), kengetallen)
    bron.write_text("\n".join(regels) + "\n", encoding="utf-8")
    erna = uit_registratie.deel_registratie_in(lees_registratie(str(bron)), kengetallen)
    tabel = uit_registratie.als_rijen(eerst)
    assert tabel is not None
    (tmp_path / f"waterstad{bewaren.CASELOAD}").write_text(bewaren.als_csv(tabel), encoding="utf-8")
    (tmp_path / f"kapot{bewaren.CASELOAD}").write_text("iets anders", encoding="utf-8")
    assert "Let op" not in uit_registratie.toelichting(eerst, tmp_path).data
    let_op = uit_registratie.toelichting(erna, tmp_path).data
    assert let_op.count("Let op: de tabel van de registratie verschilt maar weinig") == 1
    assert f"waterstad{bewaren.CASELOAD}" in let_op
    assert "afronding = 5" in let_op
    assert "Let op" not in uit_registratie.toelichting(erna).data
    with extra.vraag((extra.BERICHT,)):  # as a batch does, which says it on the terminal
        pagina = uit_registratie.toelichting(erna, tmp_path)
    assert isinstance(pagina, MetGetallen)
    assert "verschilt maar weinig" in pagina.ruw["opmerkingen"][0]
    assert uit_registratie.als_rijen(None) is None


@pytest.mark.traag
def test_de_opdracht_waarschuwt_voor_een_pagina_van_bijna_dezelfde_huishoudens(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    regels = waterstad().splitlines()
    bron, naar = tmp_path / "r.csv", tmp_path / "uit"
    boek = kopie_van_notebook_10(tmp_path / "wijk.ipynb", bron, afronding="0")

    def maak(inhoud: list[str]) -> str:
        bron.write_text("\n".join(inhoud) + "\n", encoding="utf-8")
        assert main(["notebook", str(boek), "--naar", str(naar), "--werkers", "1"]) == 0
        return capfd.readouterr().err

    assert "verschilt maar weinig" not in maak(regels[:-1])
    manifest = json.loads((naar / "manifesten" / "wijk.json").read_text(encoding="utf-8"))
    tabel = manifest["telling"]
    assert tabel[TOTAAL][TOTAAL] == sum(tabel[t][TOTAAL] for t in ("gezin", "oudere", "overig"))
    gezegd = maak(regels)
    assert "Let op" in gezegd
    assert "verschilt maar weinig van die in wijk.html van" in gezegd
    assert "verschilt maar weinig" in (naar / "index.html").read_text(encoding="utf-8")
    assert "[1/1] wijk: ongewijzigd" in maak(regels), "the file of the parameter is part of the key"
    assert extra.BERICHT not in (naar / "notebooks" / "wijk.ipynb").read_text(encoding="utf-8")
