"""The onderbouwing: its published schema, sums to the cent, sources for every kengetal, the same bytes twice."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import mkba
from mkba.kern.bestand import paden
from mkba.kern.woorden.begrippen import BATENPOSTEN, KOSTENPOSTEN, POSTEN
from mkba.opdracht import main
from mkba.uitvoer.herleiding.formules import FORMULES, GEMETEN
from mkba.uitvoer.herleiding.onderbouwing import onderbouwing

SCHEMA = json.loads((paden.data().parent / "docs" / "onderbouwing.schema.json").read_text(encoding="utf-8"))
CENT = 0.005


def som(aanpak: dict[str, Any], *posten: str) -> float:
    return float(sum(s["ncw_eur"] for r in aanpak["regels"] if r["post"] in posten for s in r["stromen"]))


@pytest.fixture(scope="module", params=mkba.voorbeelden())
def gegevens(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {"rapport": request.param, **mkba.aanpak(request.param).bereken().onderbouwing()}


def test_het_schema_zelf_klopt_en_elk_voorbeeld_past_erin(gegevens: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(gegevens, allow_nan=False)))


def test_het_schema_weigert_wat_er_niet_in_hoort(gegevens: dict[str, Any]) -> None:
    for fout in ({**gegevens, "meer": 1}, {k: w for k, w in gegevens.items() if k != "bronnen"}):
        assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(fout)


def test_elke_post_telt_op_tot_zijn_kerncijfer(gegevens: dict[str, Any]) -> None:
    (aanpak,) = gegevens["aanpakken"]
    kern = gegevens["kerncijfers"]
    for post in POSTEN:
        assert abs(som(aanpak, post) - kern[post]) < CENT, post
    assert abs(som(aanpak, *KOSTENPOSTEN) - kern["totale_kosten"]) < CENT
    assert abs(som(aanpak, *BATENPOSTEN) - kern["totale_baten"]) < CENT
    assert abs(som(aanpak, *BATENPOSTEN) - som(aanpak, *KOSTENPOSTEN) - kern["saldo"]) < CENT
    for regel in aanpak["regels"]:
        assert abs(sum(s["ncw_eur"] for s in regel["stromen"]) - regel["ncw_eur"]) < CENT
        for s in regel["stromen"]:
            assert s["ncw_eur"] == pytest.approx(s["eur"] * gegevens["discontofactoren"][s["jaar"]], abs=CENT)


def test_elk_genoemd_kengetal_en_antwoord_staat_erbij_met_bron(gegevens: dict[str, Any]) -> None:
    (aanpak,) = gegevens["aanpakken"]
    antwoorden = {a["sleutel"] for a in aanpak["antwoorden"]}
    for regel in aanpak["regels"]:
        assert set(regel["antwoorden"]) <= antwoorden
        for sleutels in regel["kengetallen"].values():
            assert set(sleutels) <= gegevens["kengetallen"].keys()
        if regel["ncw_eur"]:
            assert regel["kengetallen"]["partijen"]
            assert regel["antwoorden"]
        assert {s["partij"] for s in regel["stromen"]} <= gegevens["partijen"].keys()
    for kengetal in gegevens["kengetallen"].values():
        assert kengetal["bron"] in gegevens["bronnen"]
        assert kengetal["onderbouwing"]


def test_elke_regel_van_het_model_heeft_een_formule() -> None:
    """And every formula a line: what is left over would explain nothing."""
    gewoon, gemeten = (mkba.aanpak(n).bereken().model.grootboek.regels for n in ("voorbeeld-1", "effectmeting"))
    regels = {r.naam for r in gewoon}
    assert all(f in regels or f in {r.post for r in gewoon} for f in FORMULES)
    assert GEMETEN.keys() <= {r.post for r in gemeten}


def test_een_override_zegt_wat_hij_was() -> None:
    a = mkba.aanpak("voorbeeld-1").met_kengetallen({"kwaliteit.qaly_eur": 50_000})
    kengetal = a.bereken().onderbouwing()["kengetallen"]["kwaliteit.qaly_eur"]
    assert (kengetal["status"], kengetal["waarde"], kengetal["oorspronkelijk"]) == ("override", 50_000, 20_000)


def test_een_gemeente_telt_op_over_haar_aanpakken() -> None:
    g = mkba.gemeente(["voorbeeld-1", "voorbeeld-2"], 100)
    uit = onderbouwing(g.model.wijken, g.sleutels)
    jsonschema.Draft202012Validator(SCHEMA).validate({"rapport": "x", **uit})
    for post in POSTEN:
        assert abs(sum(som(a, post) for a in uit["aanpakken"]) - uit["kerncijfers"][post]) < CENT


def test_het_bestand_naast_het_rapport_is_dat_van_de_aanpak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opdracht = ["rapport", "voorbeeld-1", "--naar", str(tmp_path), "--formaten", "onderbouwing", "--werkers", "1"]
    assert main(opdracht) == 0
    (pad,) = (tmp_path / "onderbouwing").glob("*.json")
    eerst = pad.read_bytes()
    gelezen = json.loads(eerst)
    jsonschema.Draft202012Validator(SCHEMA).validate(gelezen)
    zelf = mkba.aanpak("voorbeeld-1").bereken().onderbouwing()
    assert {k: w for k, w in gelezen.items() if k != "rapport"} == json.loads(json.dumps(zelf))
    notebook = next((tmp_path / "notebooks").glob("*.ipynb")).read_text(encoding="utf-8")
    assert "vnd.mkba.onderbouwing" not in notebook
    assert main([*opdracht, "--opnieuw"]) == 0
    assert pad.read_bytes() == eerst
