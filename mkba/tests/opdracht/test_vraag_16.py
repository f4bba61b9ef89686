"""Questions 16 to 18 through the command line: every message of a table, and outcomes as JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkba.opdracht import groep, main

KOP = (
    "naam;huishoudens;type.gezin;type.oudere;type.overig;fte;additioneel;disciplines;effectmeting.gebruik;"
    "effectmeting.grondslag;effectmeting.meer.nieuw.aantal;effectmeting.meer.nieuw.schuldhulp (%);"
    "effectmeting.meer.nieuw.armoede (%);effectmeting.voorkomen.huisuitzetting;effectmeting.bedreigd.huisuitzetting"
)
BEGIN = "1.000;40%;30%;30%;14;50%;jeugd"


def tabel(map_: Path, *rijen: str) -> Path:
    pad = map_ / "t.csv"
    pad.write_text("\n".join([KOP, *(rij.replace("…", BEGIN) for rij in rijen)]) + "\n", encoding="utf-8")
    return pad


def test_controleer_noemt_alles_wat_er_mis_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad = tabel(
        tmp_path,
        "Noord;…;ja;bedreigd;1,0;60;40;15%;10%",
        "Zuid;…;ja;bedreigd;1,0;60;20;15%;",
        "Oost;…;misschien;wijk;1,0;;;200%;",
    )
    assert main(["controleer", str(pad)]) == 2
    gezegd = capsys.readouterr().err
    for tekst in (
        "de aandelen tellen op tot 80% in plaats van 100%.",
        "van Huisuitzetting is niet ingevuld welk deel van de huishoudens ermee bedreigd wordt.",
        "effectmeting.gebruik = 'misschien'",
        "dit is geen van de keuzes. Kies uit: huishoudens, bedreigd.",
        "er is een aantal, maar geen verdeling over de soorten.",
        "een aandeel ligt tussen -1 en 1",
    ):
        assert tekst in gezegd, tekst
    assert "Noord" not in gezegd


def test_bereken_een_rij(tmp_path: Path) -> None:
    pad = tabel(tmp_path, "Noord;…;ja;bedreigd;1,0;60;40;15%;10%")
    uit = CliRunner().invoke(groep, ["bereken", str(pad), "--json"])
    assert uit.exit_code == 0
    cijfers = json.loads(uit.stdout)
    # 5% newly found (kengetal of vraag 10): 50 households with 0.6 x 1,661.98 + 0.4 x 265.92
    assert cijfers["kosten_extra_zorg"] == pytest.approx(50 * (0.6 * 1_661.98 + 0.4 * 265.92))
    # 1,000 x 10% x 15% evictions less, of which 80% lasts
    assert cijfers["escalatie"] == pytest.approx(15 * 0.8 * 5_318.34)
    assert cijfers["effectmeting"]["grondslag"] == "bedreigd"
    assert "voetnoot 13" in uit.stderr


def test_kengetallen_drukt_af_waarmee_het_model_vermenigvuldigt() -> None:
    uit = json.loads(CliRunner().invoke(groep, ["kengetallen", "--json"]).stdout)
    lijst = uit if isinstance(uit, list) else uit["kengetallen"]
    eur = {k["sleutel"]: k for k in lijst if k["sleutel"].startswith("traject.") and k["sleutel"].endswith(".eur")}
    assert len(eur) == 28
    for k in eur.values():
        assert k["status"] == "aanname"
        assert "uit het hoofd" in k["motivering"]
        assert k["laag"] == pytest.approx(k["waarde"] / 2, abs=0.01)
        assert k["hoog"] == pytest.approx(k["waarde"] * 2, abs=0.01)
