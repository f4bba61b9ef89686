"""Words of one's own: read from TOML and from a table, each at a place that exists, nearest to the aanpak first."""

from pathlib import Path

import openpyxl
import pytest

from mkba.invoer.eigen_woorden import bij_aanpakken, lees_tekst, maak_woorden
from mkba.invoer.lezen import lees_aanpakken
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.eigen_woorden import alineas
from mkba.opdracht import main


@pytest.fixture
def tabel(tmp_path: Path) -> Path:
    """Two rows of the shipped table, with columns for words added."""
    bron = Path("data/voorbeeldgemeente/aanpakken.csv")
    if not bron.exists():
        bron = Path(__file__).parents[3] / bron
    kop, een, twee, *_ = bron.read_text(encoding="utf-8-sig").splitlines()
    pad = tmp_path / "wijken.csv"
    regels = [
        f"{kop};tekst.voorwoord;bron.huishoudens;opmerking.escalatie.gezin",
        f'{een};"Binnen ""dit"" kader.";Registratie;=cmd()',
        f"{twee};;;",
    ]
    pad.write_text("\n".join(regels), encoding="utf-8")
    return pad


def test_kolommen_in_de_tabel(tabel: Path, kengetallen: Kengetallen) -> None:
    een, twee = lees_aanpakken(tabel, kengetallen)
    assert dict(een.woorden) == {
        "tekst.voorwoord": 'Binnen "dit" kader.',
        "bron.huishoudens": "Registratie",
        "opmerking.escalatie.gezin": "=cmd()",
    }
    assert twee.woorden == ()
    woorden = maak_woorden(een.aanpak, dict(een.woorden))
    assert [(a.antwoord, a.bron, a.opmerking) for a in woorden.antwoorden] == [
        ("620", "Registratie", ""),
        ("2%", "", "=cmd()"),
    ]


def test_een_werkmap_heeft_dezelfde_kolommen(tabel: Path, kengetallen: Kengetallen) -> None:
    boek = openpyxl.Workbook()
    blad = boek.active
    assert blad is not None
    for nummer, regel in enumerate(tabel.read_text(encoding="utf-8").splitlines()):
        delen = regel.split(";")
        if nummer:
            delen[-3:] = ["Eerste alinea.\n\nTweede." if nummer == 1 else "", "", ""]
        blad.append(delen)
    boek.save(tabel.with_suffix(".xlsx"))
    een, _ = lees_aanpakken(tabel.with_suffix(".xlsx"), kengetallen)
    assert alineas(dict(een.woorden)["tekst.voorwoord"]) == ["Eerste alinea.", "Tweede."]


def test_wat_het_dichtst_bij_een_aanpak_staat_gaat_voor(tabel: Path, tmp_path: Path, kengetallen: Kengetallen) -> None:
    een, twee = lees_aanpakken(tabel, kengetallen)
    pad = tmp_path / "tekst.toml"
    pad.write_text(
        'voorwoord = "Voor allen."\nconclusie = "Slot."\n[bron.type]\ngezin = "CBS"\n'
        f'[aanpak."{twee.aanpak.naam.upper()}"]\nconclusie = "Eigen slot."\n',
        encoding="utf-8",
    )
    eerste, tweede = bij_aanpakken([(b.aanpak, dict(b.woorden)) for b in (een, twee)], lees_tekst(pad))
    assert (eerste.voorwoord, eerste.conclusie) == ('Binnen "dit" kader.', "Slot.")
    assert (tweede.voorwoord, tweede.conclusie) == ("Voor allen.", "Eigen slot.")
    assert [a.bron for a in tweede.antwoorden] == ["CBS"]
    assert eerste.hash != tweede.hash


@pytest.mark.parametrize(
    ("toml", "zegt"),
    [
        ('inleiding = "x"', "deze plek voor tekst bestaat niet. Kies uit: tekst.voorwoord"),
        ('[bron]\nhuishouden = "x"', "Bedoelt u bron.huishoudens?"),
        ("voorwoord = 3", "dit is geen tekst"),
        ('voorwoord = "a\\u202eb"', "een teken dat geen tekst is (U+202E"),
        ('voorwoord = "a\\u0007b"', "een teken dat geen tekst is (U+0007"),
        (f'voorwoord = "{"x" * 20001}"', "langer dan 20000 tekens"),
        ('voorwoord = "Mevrouw 111222333 belde"', "een geldig bsn"),
        ('[aanpak."Noord"]\nvoorwoord = "x"', "geen aanpak in de invoer heeft deze naam"),
        ('aanpak = "x"', "dit is geen tabel per aanpak"),
        ("voorwoord = ", "geen geldige TOML"),
    ],
)
def test_foute_teksten_geven_een_melding_en_geen_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], toml: str, zegt: str
) -> None:
    (tmp_path / "tekst.toml").write_text(toml, encoding="utf-8")
    uit = tmp_path / "uit"
    assert main(["rapport", "voorbeeld-1", "--naar", str(uit), "--tekst", str(tmp_path / "tekst.toml")]) == 2
    fout = capsys.readouterr().err
    assert zegt in fout
    assert "111222333" not in fout
    assert not uit.exists()


def test_een_tekst_zonder_rapport_van_een_aanpak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tekst.toml").write_text('voorwoord = "x"', encoding="utf-8")
    argumenten = ["rapport", "voorbeeld-1", "--naar", str(tmp_path / "u"), "--tekst", str(tmp_path / "tekst.toml")]
    assert main([*argumenten, "--notebooks", "40"]) == 2
    assert "Kies ook notebook 30" in capsys.readouterr().err
    assert main(["rapport", "voorbeeld-1", "--tekst", str(tmp_path / "weg.toml")]) == 2
    assert "dit bestand is er niet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kop", "zegt"), [("tekst.inleiding", "deze plek voor tekst bestaat niet"), ("bron.hushoudens", "bron.huishoudens")]
)
def test_een_kolom_voor_een_onbekende_plek(
    tabel: Path, capsys: pytest.CaptureFixture[str], kop: str, zegt: str
) -> None:
    tabel.write_text(tabel.read_text(encoding="utf-8").replace("tekst.voorwoord", kop), encoding="utf-8")
    assert main(["rapport", str(tabel), "--naar", str(tabel.parent / "uit")]) == 2
    assert zegt in capsys.readouterr().err
    assert not (tabel.parent / "uit").exists()
