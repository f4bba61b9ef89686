"""``mkba vergelijk`` and ``mkba kengetallen`` with other rule sets, through the command."""

import json
import re
from pathlib import Path

import pytest

from mkba.kern.bestand import paden
from mkba.opdracht import main

VOORBEELDEN = ["standaard", *(f"voorbeeld-{i}" for i in range(1, 6))]


def json_van(capsys: pytest.CaptureFixture[str], *argumenten: str) -> dict:  # type: ignore[type-arg]
    assert main(list(argumenten)) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


@pytest.mark.parametrize("voorbeeld", VOORBEELDEN)
def test_stappen_tellen_op_tot_de_cent(voorbeeld: str, capsys: pytest.CaptureFixture[str]) -> None:
    v = json_van(capsys, "vergelijk", voorbeeld, "--regelset", "lpbl-2014", "nl-2026", "--json")
    centen = [round(stap["saldo"] * 100) for stap in v["stappen"]]
    assert all(abs(stap["saldo"] * 100 - c) < 1e-6 for stap, c in zip(v["stappen"], centen, strict=True))
    assert sum(centen) == round(v["naar"]["saldo"] * 100) - round(v["van"]["saldo"] * 100)
    for regelset, kant in (("lpbl-2014", "van"), ("nl-2026", "naar")):
        los = json_van(capsys, "bereken", voorbeeld, "--regelset", regelset, "--json")
        assert v[kant]["saldo"] == pytest.approx(los["saldo"], abs=0.00501)
        assert v[kant]["kb_maatschappelijk"] == pytest.approx(los["kb_maatschappelijk"])
    assert sum(s["kb_maatschappelijk"] for s in v["stappen"]) == pytest.approx(
        v["naar"]["kb_maatschappelijk"] - v["van"]["kb_maatschappelijk"]
    )
    assert v["niet_bijgewerkt"]


@pytest.mark.parametrize(
    "andere", [["--regelset", "lpbl-2014", "nl-2026"], ["voorbeeld-5"]], ids=["regelsets", "aanpakken"]
)
@pytest.mark.parametrize("voorbeeld", VOORBEELDEN[:-1])
def test_verhoudingen_tellen_op_zoals_zij_er_staan(
    voorbeeld: str, andere: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The text says that the steps of a ratio add up: so they do for who adds the printed decimals; and each is its own
    step to within one unit of the last decimal."""
    assert main(["vergelijk", voorbeeld, *andere]) == 0
    tekst = capsys.readouterr().out
    regels = tekst[tekst.index("stap ") : tekst.index("Per post")].splitlines()[1:]
    rijen = [re.findall(r"(?<= )-?[0-9]+,[0-9]{3}(?= |$)", regel) for regel in regels if regel]
    duizendsten = [[int(cel.replace(",", "")) for cel in rij] for rij in rijen]
    assert len(duizendsten) > 2
    assert {len(rij) for rij in duizendsten} == {3}
    for begin, *stappen, eind in zip(*duizendsten, strict=True):
        assert begin + sum(stappen) == eind
    ruw = json_van(capsys, "vergelijk", voorbeeld, *andere, "--json")
    for rij, stap in zip(duizendsten[1:-1], ruw["stappen"], strict=True):
        for gedrukt, r in zip(rij, ("kb_maatschappelijk", "kb_financieel", "kb_gemeentelijk"), strict=True):
            assert abs(gedrukt - 1000 * stap[r]) < 1


def test_meer_aanpakken(capsys: pytest.CaptureFixture[str]) -> None:
    v = json_van(capsys, "vergelijk", *VOORBEELDEN[:2], "--regelset", "lpbl-2014", "nl-2026", "--json")
    assert len(v["aanpakken"]) == 2
    assert main(["vergelijk", *VOORBEELDEN[:2], "--regelset", "lpbl-2014", "nl-2026"]) == 0
    tekst = capsys.readouterr().out
    assert tekst.count("Niet bijgewerkt in nl-2026:") == 2
    assert "zorgprijzen" in tekst


def test_voor_en_na(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vergelijk", "voorbeeld-1", "voorbeeld-2"]) == 0
    tekst = capsys.readouterr().out
    for deel in ("Wat er anders is ingevuld", "Wie wint en wie verliest", "Per post", "voorkomen escalatie", "voor  "):
        assert deel in tekst
    assert main(["vergelijk", "voorbeeld-1", "voorbeeld-1"]) == 0
    assert "Geen verschil" in capsys.readouterr().out


def test_verschillen_zijn_die_van_de_afgedrukte_bedragen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vergelijk", *VOORBEELDEN[1:3]]) == 0
    tekst = capsys.readouterr().out
    deel = tekst[tekst.index("Wie wint en wie verliest") : tekst.index("Wat er anders is ingevuld")]
    rijen = [re.findall(r"(?<= )-?[0-9.]+$|(?<=  )-?[0-9.]+(?=  )", regel) for regel in deel.splitlines()[3:]]
    getallen = [[int(cel.replace(".", "")) for cel in rij] for rij in rijen if len(rij) == 3]
    assert len(getallen) == 10  # nine parties and the whole
    assert all(na - voor == verschil for voor, na, verschil in getallen)
    assert [567_700, -279_700, -847_400] in getallen


def test_verhoudingen_worden_ook_gegeven_zoals_een_rapport_ze_drukt(capsys: pytest.CaptureFixture[str]) -> None:
    """Voorbeeld 1 has 1.65, 1.45 and 1.45 in the manual (chapter 4), voorbeeld 2 0.75, 0.70 and 0.65."""
    assert main(["vergelijk", *VOORBEELDEN[1:3]]) == 0
    assert (
        "gaat de maatschappelijke van 1,65 naar 0,75, de financiële van 1,45 naar 0,70 en de gemeentelijke van 1,45 "
        "naar 0,65."
    ) in capsys.readouterr().out


def test_hoe_afgerond_is_staat_er_alleen_waar_er_stappen_zijn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vergelijk", "voorbeeld-1", "voorbeeld-2"]) == 0
    uit = capsys.readouterr().out
    assert "Een stap is wat een groep wijzigingen toevoegt" in uit
    assert "elk apart afgerond op €\u00a0100" in uit
    assert main(["vergelijk", "voorbeeld-1", "voorbeeld-1"]) == 0
    uit = capsys.readouterr().out
    assert "Geen verschil" in uit
    assert "stap" not in uit


def test_een_aanpak_en_een_regelset_is_te_weinig(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vergelijk", "voorbeeld-1"]) == 2
    assert "met één regelset vergelijkt u twee aanpakken" in capsys.readouterr().err


def test_een_waarde_waar_er_twee_horen(capsys: pytest.CaptureFixture[str]) -> None:
    for argumenten in (
        ["vergelijk", "voorbeeld-1", "--regelset", "nl-2026"],
        ["kengetallen", "--vergelijk", "nl-2026"],
    ):
        assert main(argumenten) == 2
        assert "horen twee waarden" in capsys.readouterr().err


def test_kengetallen_lijst_vergelijk_controleer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kengetallen", "--lijst"]) == 0
    assert "bouwt op lpbl-2014" in capsys.readouterr().out
    assert main(["kengetallen", "--vergelijk", "lpbl-2014", "nl-2026", "--zoek", "qaly_eur"]) == 0
    assert "20.000 → 80.000 eur/qaly" in capsys.readouterr().out
    pad = tmp_path / "mijn.toml"
    pad.write_text(
        'ouder = "nl-2026"\n[kwaliteit]\nqaly_eur = { waarde = 20, prijspeil = 2025, bron = "nota" }\n',
        encoding="utf-8",
    )
    assert main(["kengetallen", "--controleer", str(pad)]) == 0
    gezegd = capsys.readouterr()
    assert "kwaliteit.qaly_eur = 20 eur/qaly, was 80.000" in gezegd.out
    assert "buiten het bereik van de ouder (60.000 tot 100.000)" in gezegd.err
    assert json_van(capsys, "kengetallen", "--controleer", str(pad), "--json")["eigen"] == ["kwaliteit.qaly_eur"]
    assert main(["kengetallen", "--lijst", "--controleer", str(pad)]) == 2
    assert "deze opties gaan niet samen" in capsys.readouterr().err
    pad.write_text('ouder = "nl-2026"\n[kwaliteit]\nqaly = 3\n', encoding="utf-8")
    assert main(["kengetallen", "--controleer", str(pad)]) == 2
    assert "mijn.toml, regel 3" in capsys.readouterr().err


def test_kengetallen_controleren_en_vergelijken_op_een_andere_dag(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--peildatum and --prijsjaar choose which dated number and which prices are shown, on both sides."""
    pad = tmp_path / "mijn.toml"
    pad.write_text(
        'ouder = "nl-2026"\n[[disconto.reeel]]\ngeldig_vanaf = 2024-01-01\ngeldig_tot = 2025-12-31\nwaarde = 0.02\n'
        'bron = "brief"\n[[disconto.reeel]]\ngeldig_vanaf = 2026-01-01\nwaarde = 0.03\nbron = "brief"\n',
        encoding="utf-8",
    )
    for dag, verwacht in (
        ("2025-06-30", "0,02 fractie/jaar, was 0,0225"),
        ("2026-06-30", "0,03 fractie/jaar, was 0,028"),
    ):
        assert main(["kengetallen", "--controleer", str(pad), "--peildatum", dag, "--prijsjaar", "2024"]) == 0
        gezegd = capsys.readouterr().out
        assert verwacht in gezegd
        assert "prijzen van 2024" in gezegd
    opties = ["--peildatum", "2022-01-01", "--prijsjaar", "2014", "--zoek", "disconto.reeel"]
    assert main(["kengetallen", "--vergelijk", "lpbl-2014", "nl-2026", *opties]) == 0
    assert "0,025 → 0,0225 fractie/jaar" in capsys.readouterr().out


def test_wat_bij_een_lijst_of_controle_niets_doet_wordt_geweigerd(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pad = tmp_path / "mijn.toml"
    pad.write_text('ouder = "nl-2026"\n', encoding="utf-8")
    for argumenten, optie in (
        (["--lijst", "--peildatum", "2024-01-01"], "--peildatum"),
        (["--lijst", "--zoek", "qaly"], "--zoek"),
        (["--controleer", str(pad), "--regelset", "nl-2026"], "--regelset"),
        (["--vergelijk", "lpbl-2014", "nl-2026", "--kengetallen", str(pad)], "--kengetallen"),
    ):
        assert main(["kengetallen", *argumenten]) == 2
        gezegd = capsys.readouterr()
        assert gezegd.out == ""
        assert f"{optie} = " in gezegd.err
        assert f"deze optie doet niets bij {argumenten[0]}. Laat haar weg" in gezegd.err


def test_een_verhouding_zonder_kosten_onderweg_zegt_waarom_er_een_streep_staat(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before: a team and no extra care; after: extra care and no team. With neither there are no costs to divide by."""
    bron = (paden.data() / "aanpakken" / "voorbeeld-1.toml").read_text(encoding="utf-8")

    def met(naam: str, **anders: str) -> str:
        tekst = bron
        for veld, waarde in anders.items():
            tekst = re.sub(rf"(?m)^{veld} = .*", f"{veld} = {waarde}", tekst)
        (tmp_path / naam).write_text(tekst, encoding="utf-8")
        return str(tmp_path / naam)

    voor, na = met("voor.toml", nieuw="0.0", meer="0.0"), met("na.toml", fte="0", meer="0.1", nieuw="0.2")
    assert main(["vergelijk", voor, na]) == 0
    tekst = capsys.readouterr().out
    assert "Een – staat er waar onderweg geen kosten zijn" in tekst
    assert main(["vergelijk", voor, voor, "--regelset", "lpbl-2014", "nl-2026"]) == 0
    assert "Een – staat er" not in capsys.readouterr().out
