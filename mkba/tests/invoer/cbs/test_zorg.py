"""86204NED and 86158NED: youth care and Wmo per wijk, where the kerncijfers have none yet. All numbers made up."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mkba.invoer.cbs import dienst as cbs
from mkba.invoer.cbs.bijtabellen import lees
from mkba.invoer.cbs.gebieden import Gekozen, kies_gebieden
from mkba.kern.zaak.gebied import Gebied, schrijf_cijfers
from mkba.opdracht import main
from mkba.tests.hulp_cbs import HANDLAND, HANDWIJK
from mkba.tests.odata_server import dienst, tabel

LAND = replace(HANDLAND, jaar=2025, jeugdhulp=None, wmo=None, kinderen=2_600_000)
WIJK = replace(HANDWIJK, jaar=2025, jeugdhulp=None, wmo=None, kinderen=400)


def jeugd(code: str, aantal: float | None, vorm: str = "T001203", periode: str = "2025JJ00") -> dict[str, Any]:
    """A row as the service gives it."""
    return {
        "ID": 0, "Vormen": vorm, "Wijken": f"{code}  ", "Perioden": periode,
        "TotaalJongerenMetJeugdzorgInNatur_1": aantal, "TotaalTrajectenInNatur_9": 1,
        "Gemeentenaam_18": "Stad", "SoortRegio_19": "Wijk", "Codering_20": f"{code}  ",
    }  # fmt: skip


def wmo(code: str, per_1000: float | None, soort: str = "T001024") -> dict[str, Any]:
    return {
        "ID": 0, "TypeMaatwerkvoorziening": soort, "Wijken": f"{code}  ", "Perioden": "2025JJ00",
        "WmoClienten_5": 70, "WmoClientenPer1000Inwoners_6": per_1000,
    }  # fmt: skip


def bewaar(pad: Path, rijen: list[dict[str, Any]]) -> str:
    pad.write_text(json.dumps({"value": rijen}), encoding="utf-8")
    return str(pad)


def kies(tmp_path: Path, *bij: str, gebieden: tuple[Gebied, ...] = (LAND, WIJK)) -> Gekozen:
    pad = tmp_path / "cijfers.json"
    pad.write_text(schrijf_cijfers(gebieden), encoding="utf-8")
    return kies_gebieden(WIJK.code, str(pad), bij=bij)


def test_jeugd_als_verhouding_tot_het_land(tmp_path: Path) -> None:
    """60 young people of 400 children against 390,000 of 2.6 million: 15% and 15%, as the country."""
    rijen = [jeugd("NL01", 390_000), jeugd(WIJK.code, 60), jeugd(WIJK.code, 9, vorm="A042502")]
    gekozen = kies(tmp_path, bewaar(tmp_path / "86204NED.json", rijen))
    (wijk,) = gekozen.gebieden
    assert wijk.jeugdhulp == pytest.approx(0.15) == gekozen.nederland.jeugdhulp
    assert (
        "jeugdzorg per wijk (2025, zonder teken van voorlopig in de bron), jongeren tot 23 per kind" in wijk.aanvulling
    )


def test_jeugd_zonder_landelijk_cijfer_van_dezelfde_tabel(tmp_path: Path) -> None:
    """A count against children and a share of the young do not compare: then it stays unknown."""
    zonder_land = bewaar(tmp_path / "a.json", [jeugd(WIJK.code, 60)])
    assert kies(tmp_path, zonder_land).gebieden[0].jeugdhulp is None
    met_land = bewaar(tmp_path / "b.json", [jeugd("NL01", 390_000), jeugd(WIJK.code, 60)])
    eigen = kies(tmp_path, met_land, gebieden=(replace(LAND, jeugdhulp=0.1), WIJK))
    assert (eigen.gebieden[0].jeugdhulp, eigen.nederland.jeugdhulp) == (None, 0.1)


def test_wat_de_kerncijfers_hebben_blijft(tmp_path: Path) -> None:
    pad = bewaar(tmp_path / "w.json", [wmo("NL01", 66.0), wmo(WIJK.code, 91.0), wmo(WIJK.code, 40.0, soort="A019506")])
    gekozen = kies(tmp_path, pad)
    assert gekozen.gebieden[0].wmo == pytest.approx(0.091)
    assert gekozen.nederland.wmo == pytest.approx(0.066)
    vol = kies(tmp_path, pad, gebieden=(LAND, replace(WIJK, wmo=0.05)))
    assert vol.gebieden[0].wmo == 0.05


def test_csv_van_statline(tmp_path: Path) -> None:
    """Labels with units and paths; a secret number is unknown, and 2025* is provisional."""
    kop = "Type maatwerkvoorziening;Wijken;Perioden;Regioaanduiding/Codering (code);Wmo-cliënten (aantal);"
    kop += "Wmo-cliënten per 1 000 inwoners (per 1 000 inwoners)"
    regels = [kop, f"Totaal maatwerkvoorzieningen;Hand;2025*;{WIJK.code};45;91.0"]
    regels += [
        "Totaal maatwerkvoorzieningen;Ander;2025*;WK000199;.;.",
        f"Hulp bij het huishouden;Hand;2025*;{WIJK.code};9;18",
    ]
    pad = tmp_path / "86158NED.csv"
    pad.write_text("\n".join(regels), encoding="utf-8-sig")
    (bij,) = lees(str(pad), [], 2025)
    assert bij.waarden == {WIJK.code: {"wmo": pytest.approx(0.091)}}
    assert bij.bron == "CBS StatLine Wmo per wijk (2025, voorlopig)"


@pytest.mark.parametrize(
    ("rijen", "verwacht"),
    [
        ([jeugd("NL01", 1, vorm="A042502")], "geen regel met alle vormen samen"),
        ([jeugd("NL01", 1), jeugd("NL01", 2)], "NL00 heeft meer dan een regel"),
        ([jeugd("Hand", 1)], "bij geen enkele regel een code"),
        ([jeugd("NL01", 1), jeugd("NL01", 1, periode="2024JJ00")], "gegevens van 2024 en 2025, en gevraagd is 2023"),
        (
            [{k: v for k, v in wmo("NL01", 1.0).items() if "Per1000" not in k}],
            "ontbreekt de kolom met Wmo-cliënten",
        ),
    ],
)
def test_wat_niet_te_lezen_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rijen: list[dict[str, Any]], verwacht: str
) -> None:
    cijfers = tmp_path / "cijfers.json"
    cijfers.write_text(schrijf_cijfers((replace(LAND, jaar=2023), replace(WIJK, jaar=2023))), encoding="utf-8")
    bij = bewaar(tmp_path / "bij.json", rijen)
    naar = tmp_path / "uit"
    assert main(["gebieden", "--cijfers", str(cijfers), "--aanvulling", bij, "--naar", str(naar)]) == 2
    fout = capsys.readouterr().err
    assert verwacht in fout
    assert "--aanvulling" in fout
    assert not naar.exists()


def test_ophalen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 2025 the care tables come along, with the titles of their forms and the status of the period."""
    with dienst(tabel()) as staat:
        staat.los = {
            "71488ned": [{"Perioden": "2025JJ00", "RegioS": "GM0001"}],
            "71487ned": [{"Perioden": "2025JJ00", "RegioS": "GM0001"}],
            "86204NED": [jeugd("NL01", 390_000, vorm="T1"), jeugd("WK000101", 60, vorm="T1")],
            "86158NED": [wmo("NL01", 66.0), wmo("WK000101", 91.0)],
        }
        staat.titels = {"Vormen": {"T1": "Totaal jeugdzorg"}, "Perioden": {"2025JJ00": "2025*"}}
        monkeypatch.setattr(cbs, "BASIS_URL", staat.url)
        *_, jongeren, clienten = lees("statline", ["GM0001"], 2026)
    assert jongeren.waarden["WK000101"] == {"jongeren": 60}
    assert clienten.waarden == {"NL00": {"wmo": pytest.approx(0.066)}, "WK000101": {"wmo": pytest.approx(0.091)}}
    assert "86204NED (2025, " in jongeren.bron
    assert "voorlopig" in jongeren.bron


def test_landelijk_cijfer_in_een_ander_bestand_van_dezelfde_tabel(tmp_path: Path) -> None:
    """Wijken in the one download and the country in the other, of the same table and year: they compare."""
    wijken = bewaar(tmp_path / "wijken.json", [jeugd(WIJK.code, 60)])
    land = bewaar(tmp_path / "land.json", [jeugd("NL01", 390_000)])
    for bij in ((wijken, land), (land, wijken)):
        gekozen = kies(tmp_path, *bij)
        assert gekozen.gebieden[0].jeugdhulp == pytest.approx(0.15) == gekozen.nederland.jeugdhulp
        assert gekozen.nederland.ongebruikt == ""
    vorig_jaar = bewaar(tmp_path / "oud.json", [jeugd("NL01", 390_000, periode="2024JJ00")])
    assert kies(tmp_path, wijken, vorig_jaar).gebieden[0].jeugdhulp is None


@pytest.mark.parametrize(
    ("rijen", "gebieden", "waarom"),
    [
        ([jeugd(WIJK.code, 60)], (LAND, WIJK), "de regel Nederland (NL01) staat er niet in"),
        (
            [jeugd("NL01", 390_000), jeugd(WIJK.code, 60)],
            (replace(LAND, jeugdhulp=0.1), WIJK),
            "het landelijke cijfer is een aandeel van de jongeren",
        ),
        (
            [jeugd("NL01", 390_000), jeugd(WIJK.code, 60)],
            (LAND, replace(WIJK, code="GM0001", soort="gemeente", jeugdhulp=0.1), WIJK),
            "een deel van de gebieden heeft in de kerncijfers een aandeel van de jongeren, en dat is een andere maat",
        ),
        (
            [jeugd("NL01", 390_000), jeugd(WIJK.code, 60)],
            (replace(LAND, kinderen=None), WIJK),
            "het aantal kinderen tot 15 jaar in Nederland is niet bekend",
        ),
        (
            [jeugd("NL01", 390_000), jeugd(WIJK.code, 401)],
            (LAND, WIJK),
            f"waar meer jongeren met jeugdzorg dan kinderen tot 15 jaar zijn, en dat is in {WIJK.code}",
        ),
        (
            [jeugd("NL01", 390_000), jeugd("WK059901", 60)],
            (LAND, WIJK),
            "geen van de gekozen gebieden of hun gemeenten staat erin",
        ),
        ([jeugd(WIJK.code, None)], (LAND, WIJK), "er volgt geen enkel getal uit"),
    ],
)
def test_wat_niet_meetelt_wordt_gezegd(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rijen: list[dict[str, Any]],
    gebieden: tuple[Gebied, ...],
    waarom: str,
) -> None:
    """On the terminal, with --droog and on the page; the measure is never mixed and never cut off at one."""
    bij = bewaar(tmp_path / "86204NED.json", rijen)
    gekozen = kies(tmp_path, bij, gebieden=gebieden)
    assert gekozen.gebieden[0].jeugdhulp is None
    assert waarom in gekozen.nederland.ongebruikt
    cijfers, naar = str(tmp_path / "cijfers.json"), tmp_path / "uit"
    opdracht = ["--cijfers", cijfers, "--aanvulling", bij, "--naar", str(naar)]
    assert main(["rapport", WIJK.code, *opdracht, "--droog"]) == 0
    assert f"telt niet mee: {waarom}" in capsys.readouterr().err
    assert not naar.exists()
    assert main(["gebieden", WIJK.code, *opdracht]) == 0
    gezegd = capsys.readouterr().err
    assert f"telt niet mee: {waarom}" in gezegd
    assert "jeugdzorg per wijk (2025, zonder teken van voorlopig in de bron)" in gezegd, "de tabel heet er voluit"
    assert waarom in (naar / "gebieden.html").read_text(encoding="utf-8")


def test_dezelfde_tabel_twee_keer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Equal numbers may stand in two files; where they differ, nothing chooses."""
    een = bewaar(tmp_path / "een.json", [wmo("NL01", 66.0), wmo(WIJK.code, 91.0)])
    zelfde = bewaar(tmp_path / "zelfde.json", [wmo("NL01", 66.0)])
    anders = bewaar(tmp_path / "anders.json", [wmo("NL01", 66.0), wmo(WIJK.code, 40.0)])
    assert kies(tmp_path, een, zelfde).gebieden[0].wmo == pytest.approx(0.091)
    opdracht = ["gebieden", "--cijfers", str(tmp_path / "cijfers.json"), "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--aanvulling", een, "--aanvulling", anders]) == 2
    fout = capsys.readouterr().err
    assert anders in fout
    assert f"wmo staat hier met een ander getal dan in {een}. Geef een van beide bestanden." in fout
    assert not (tmp_path / "uit").exists()


def test_een_cel_die_niet_kan_noemt_bestand_en_gebied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kies(tmp_path)
    bij = bewaar(tmp_path / "w.json", [wmo("NL01", 66.0), wmo(WIJK.code, -3.0)])
    opdracht = ["gebieden", "--cijfers", str(tmp_path / "cijfers.json"), "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--aanvulling", bij]) == 2
    assert f"{bij}, {WIJK.code}" in capsys.readouterr().err


def test_de_bron_van_een_aangevuld_getal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page names the table; a national number that cannot be true is blamed on it, not on the kerncijfers."""
    bij = bewaar(tmp_path / "w.json", [wmo("NL01", 66.0), wmo(WIJK.code, 91.0)])
    kies(tmp_path)
    opdracht = ["gebieden", "--cijfers", str(tmp_path / "cijfers.json"), "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--aanvulling", bij]) == 0
    pagina = (tmp_path / "uit" / "gebieden.html").read_text(encoding="utf-8")
    assert "aangevuld: CBS StatLine Wmo per wijk (2025, zonder teken van voorlopig in de bron)" in pagina
    capsys.readouterr()
    fout = bewaar(tmp_path / "fout.json", [wmo("NL01", 660.0), wmo(WIJK.code, 91.0)])
    assert main([*opdracht, "--aanvulling", fout]) == 2
    regels = capsys.readouterr().err.splitlines()
    waar = next(i for i, r in enumerate(regels) if "NL00 Wmo-cliënten per inwoner" in r)
    assert regels[waar - 1].startswith("CBS StatLine Wmo per wijk (2025")


def test_een_verhouding_heet_geen_aandeel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """2 of 400 children, 30 times less than the country: a look is asked for a ratio, not for a share of the young."""
    bij = bewaar(tmp_path / "j.json", [jeugd("NL01", 390_000), jeugd(WIJK.code, 2)])
    kies(tmp_path)
    opdracht = ["gebieden", "--cijfers", str(tmp_path / "cijfers.json"), "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--aanvulling", bij]) == 0
    gezegd = " ".join(capsys.readouterr().err.split())
    assert f"{WIJK.code} jongeren tot 23 per kind tot 15 jaar (0,01): dit is 30 keer zo laag" in gezegd
    assert "jongeren met jeugdzorg (" not in gezegd
