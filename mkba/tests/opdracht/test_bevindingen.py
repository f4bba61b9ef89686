"""``mkba bevindingen`` and the sections it feeds: what they print, and every message."""

import json
from pathlib import Path

import pytest

import mkba
from mkba.kern.bestand import paden
from mkba.kern.catalogus.bevindingen import laad_bevindingen
from mkba.opdracht import main
from mkba.tests.hulp_opdracht import fout
from mkba.uitvoer.tabel import Tabel


def test_de_lijst(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bevindingen"]) == 0
    gezegd = capsys.readouterr().out
    assert all(f"{sleutel}\n" in gezegd for sleutel in laad_bevindingen())
    assert "kracht 1 tot 2 (aanname) · vraag 12" in gezegd
    assert "Let op: zonder getal: geen scenario en geen korting rekent ermee" in gezegd
    assert "instroom van Wmo naar Wlz, van de cliënten: 2,9% tot 5,8% per jaar" in gezegd
    assert main(["bevindingen", "--zoek", "jeugdzorg", "--json"]) == 0
    gevonden = {b["sleutel"]: b for b in json.loads(capsys.readouterr().out)}
    assert set(gevonden) == {"cpb-2020", "cpb-2021"}
    assert gevonden["cpb-2020"]["status"] == "gepubliceerd"
    assert gevonden["cpb-2020"]["via"]
    assert main(["bevindingen", "--zoek", "eenhoorn"]) == 0
    assert "Geen bevinding gevonden" in capsys.readouterr().err


def test_van_een_aanpak(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bevindingen", "voorbeeld-1", "--json"]) == 0
    uit = json.loads(capsys.readouterr().out)
    assert uit["trekkingen"] == 10_000
    per_naam = {s["scenario"]: s for s in uit["scenarios"]}
    assert per_naam["Meer verwijzingen"]["bevindingen"] == ["cpb-2019"]
    assert per_naam["Zoals ingevuld"]["saldo"] == mkba.aanpak("voorbeeld-1").bereken()["saldo"]
    assert (
        per_naam["Alle landelijke tegenvallers tegelijk"]["kans"]["saldo"] < per_naam["Zoals ingevuld"]["kans"]["saldo"]
    )
    assert [b["veld"] for b in uit["basiscijfers"]] == ["escalatie.oudere"]
    assert uit["bewijskorting"]["gekort"]["saldo"] < uit["bewijskorting"]["geclaimd"]["saldo"]
    assert main(["bevindingen", "voorbeeld-1"]) == 0
    gezegd = capsys.readouterr().out
    assert "Let op: escalatie.oudere = 0.03: u rekent met 3%" in gezegd
    assert "Zoals geclaimd is het saldo" in gezegd
    bron = "Meer verwijzingen: CPB 2019, De wijkteambenadering nader bekeken (gepubliceerd; via: een andere bron noemt"
    assert bron in gezegd


def test_controleer_noemt_het_basiscijfer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["controleer", "voorbeeld-1"]) == 0
    gezegd = capsys.readouterr()
    assert "geen fouten, 1 waarschuwing" in gezegd.out
    assert "u rekent met 3% voorkomen escalatie (ouderen); per jaar gebeurt het bij 2,9% tot 5,8%" in gezegd.err


@pytest.mark.parametrize(
    ("argumenten", "verwacht"),
    [
        (["--rij", "3"], "dit hoort bij een AANPAK"),
        (["voorbeeld-1", "--zoek", "cpb"], "dit hoort bij de lijst van bevindingen. Laat --zoek weg"),
        (["voorbeeld-1", "--bestand", "x.toml"], "Laat --bestand weg"),
        (["bestaat-niet"], "bestaat niet"),
    ],
)
def test_verkeerd_gebruik(capsys: pytest.CaptureFixture[str], argumenten: list[str], verwacht: str) -> None:
    assert verwacht in fout(capsys, "bevindingen", *argumenten)


def test_een_eigen_bestand(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    eigen = tmp_path / "eigen.toml"
    tekst = (paden.data() / "bevindingen" / "wijkteams.toml").read_text(encoding="utf-8")
    eigen.write_text(tekst, encoding="utf-8")
    assert main(["bevindingen", "--bestand", str(eigen), "--zoek", "leeuwarden"]) == 0
    assert capsys.readouterr().out.startswith("leeuwarden\n")
    eigen.write_text(tekst.replace('merk = "S"', 'merk = "V"', 1), encoding="utf-8")
    gezegd = fout(capsys, "bevindingen", "--bestand", str(eigen))
    assert "eigen.toml" in gezegd
    assert "via hoort bij merk S" in gezegd


@pytest.mark.parametrize(
    ("argumenten", "verwacht"),
    [
        (["voorbeeld-1", "--met", "korting"], "Bedoelt u bewijskorting? Kies uit: bewijskorting, businesscase."),
        (["voorbeeld-1", "--met", "businesscase", "--notebooks", "40"], "Kies ook notebook 30"),
        (["GM9901", "--met", "businesscase", "--cijfers", "voorbeeldgemeente"], "Laat --met weg"),
    ],
)
def test_verkeerde_hoofdstukken(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, argumenten: list[str], verwacht: str
) -> None:
    assert verwacht in fout(capsys, "rapport", *argumenten, "--naar", str(tmp_path / "uit"))
    assert not (tmp_path / "uit").exists()


def test_met_zet_de_parameters_van_rapport_30(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another set of sections is another report."""
    from mkba.invoer.lezen import lees_bron
    from mkba.kern.catalogus.kengetallen import laad
    from mkba.reeks.plan import rapporten

    kengetallen = laad()
    bron = [lees_bron(paden.zoek_aanpak("voorbeeld-1"), kengetallen, "")]
    boek = rapporten.zoek_notebook("30")
    (zonder,) = rapporten.aanpak_taken(bron, kengetallen, [boek])
    (met,) = rapporten.aanpak_taken(bron, kengetallen, [boek], None, erbij={"businesscase": True})
    assert "businesscase" not in zonder.parameters
    assert met.parameters["businesscase"] is True
    assert met.sleutel != zonder.sleutel
    (gevoelig,) = rapporten.aanpak_taken(
        bron, kengetallen, [rapporten.zoek_notebook("40")], None, erbij={"businesscase": True}
    )
    assert "businesscase" not in gevoelig.parameters


@pytest.mark.parametrize("naam", ["standaard", "voorbeeld-1", "voorbeeld-2", "effectmeting"])
def test_uitgezet_is_er_niets_en_blijft_elk_getal(naam: str) -> None:
    a = mkba.aanpak(naam)
    voor = dict(a.bereken().sleutels)
    uit = (a.bewijskorting(False), a.overleeft(False), a.bereken().businesscase(False))
    for ding in uit:
        assert ding.model is None
        assert repr(ding) == "niet gevraagd"
        for deel in (ding.kop(), ding.tabel(), ding.uitleg(), ding.teken()):
            assert deel.data == ""  # type: ignore[union-attr]
    assert uit[1].lijst().data == ""  # type: ignore[union-attr]
    aan = (a.bewijskorting(), a.overleeft(aantal=100), a.bereken().businesscase())
    tabellen = [tabel for ding in aan if isinstance(tabel := ding.tabel(), Tabel)]
    assert len(tabellen) == len(aan)
    assert all(len(tabel) for tabel in tabellen)
    assert all("<h2>" in ding.kop().data for ding in aan)
    assert a.bereken().sleutels == voor


def test_saldo_en_frame_van_de_voordeur() -> None:
    a = mkba.aanpak("voorbeeld-1")
    claim, gekort = a.bewijskorting(kracht={"escalatie": 4}).saldo
    assert claim == a.bereken()["saldo"] > gekort > a.bewijskorting().saldo[1]
    frame = a.bereken().businesscase().frame
    assert frame["geld"].sum() + frame["geen geld"].sum() == pytest.approx(claim, abs=0.005)
    with pytest.raises(ValueError, match="staat uit"):
        _ = a.bewijskorting(False).saldo
    with pytest.raises(ValueError, match="staat uit"):
        _ = a.bereken().businesscase(False).frame
