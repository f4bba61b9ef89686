"""Reading aanpakken from TOML files and folders: what is accepted, and every message about a file."""

from pathlib import Path

import pytest

from mkba.invoer import lezen
from mkba.invoer.lezen import Bronaanpak, lees_aanpak, lees_aanpakken
from mkba.kern.bestand.bestanden import MAXIMUM_BYTES_TOML
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.aanpak import maak_aanpak
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.tests.hulp_invoer import BASIS, BSN, GEVALLEN, een_fout, fouten, lees_een, schrijf

CSV = (
    "naam;huishoudens;type.gezin;type.oudere;type.overig;fte;additioneel;disciplines\n"
    "Noord;100;40%;30%;30%;2;0;jeugd\n"
    "4;100;40%;30%;30%;2;0;jeugd\n"
    "Zuid & West;200;40%;30%;30%;2;0;jeugd\n"
)


@pytest.fixture
def toml(tmp_path: Path, kengetallen: Kengetallen) -> Path:
    """A valid TOML file."""
    return schrijf(tmp_path, "team.toml", schrijf_toml(maak_aanpak(BASIS, kengetallen)))


# TOML


@pytest.mark.parametrize("pad", GEVALLEN, ids=lambda pad: pad.stem)
def test_gepubliceerde_gevallen_lezen(pad: Path, kengetallen: Kengetallen) -> None:
    bron = lees_een(pad, kengetallen)
    assert (bron.bestand, bron.rij) == (pad, "")
    assert bron.aanpak == lees_aanpak(pad, kengetallen)
    assert all(m.bestand == str(pad) for m in bron.waarschuwingen)


def test_rekenvoorbeeld_zoals_gedrukt(kengetallen: Kengetallen) -> None:
    """Figuur 2.1, 2.4 and 2.8."""
    (pad,) = [p for p in GEVALLEN if p.stem == "standaard"]
    aanpak = lees_aanpak(pad, kengetallen)
    assert aanpak.huishoudens == 1000
    assert (aanpak.type.gezin, aanpak.zwaarte.overig.nzr, aanpak.fte) == (0.4, 0.35, 14)
    assert aanpak.disciplines == ("jeugd", "ggz", "wi", "wonen")
    assert (aanpak.nieuw, aanpak.substitutie.nieuw, aanpak.substitutie.bestaand) == (0.1, 0.3, 0)
    assert [m.veld for m in lees_een(pad, kengetallen).waarschuwingen] == [
        "succes.consulten",
        "succes.doorverwijzing",
        "succes.kwaliteit_ouderen",
        "succes.mantelzorg",
    ]


def test_toml_met_bom_en_windows_regeleinden(toml: Path, kengetallen: Kengetallen) -> None:
    inhoud = toml.read_text(encoding="utf-8").replace("\n", "\r\n")
    toml.write_bytes(b"\xef\xbb\xbf" + inhoud.encode())
    assert lees_aanpak(toml, kengetallen) == maak_aanpak(BASIS, kengetallen)


@pytest.mark.parametrize("regel", ["nieuw = 0,31", "nieuw = 31%", "naam = Noord", "nieuw", "[type", 'naam = "x'])
def test_geen_geldige_toml_noemt_de_regel(tmp_path: Path, kengetallen: Kengetallen, regel: str) -> None:
    pad = schrijf(tmp_path, "x.toml", f"huishoudens = 3\n{regel}")
    melding = een_fout(pad, kengetallen)
    assert melding.startswith("x.toml: regel 2 = ")
    assert regel in melding
    assert "dit is geen geldige TOML" in melding
    assert "getallen met een punt (0.31)" in melding


def test_toml_fouten_van_een_bestand_samen(toml: Path, kengetallen: Kengetallen) -> None:
    tekst = toml.read_text(encoding="utf-8").replace("fte = 14", "fte = -1\nnieuw = 31\nbestaat_niet = 2")
    meldingen = fouten(schrijf(toml.parent, "team.toml", tekst), kengetallen)
    assert len(meldingen) == 3
    assert any("Bedoelt u 31%? Schrijf 31% of 0,31; in TOML 0.31." in m for m in meldingen)


@pytest.mark.parametrize(
    "inhoud",
    [
        b"a = " + b"[" * 20000,
        b"a = " + b"9" * 5000,
        b"huishoudens = 0x" + b"f" * 5000,
        b"a." * 3000 + b"a = 1",
        b"[[type]]\ngezin = 1",
        b"naam.x = 1",
        b'"\\u0000" = 1',
        b"fte = 2026-13-45",
        b"fte = 1e999",
        b"fte = nan",
        b"\xff\xfen\x00",
        b"naam = '\xe9'",
    ],
    ids=["diep", "lang", "hex", "stippen", "array", "tabel", "nul", "datum", "oneindig", "nan", "utf16", "latin1"],
)
def test_rare_toml_geeft_meldingen(tmp_path: Path, kengetallen: Kengetallen, inhoud: bytes) -> None:
    for melding in fouten(schrijf(tmp_path, "raar.toml", inhoud), kengetallen):
        assert melding.startswith("raar.toml: ")
        assert len(melding) < 1200


def test_toml_in_latin1_zegt_utf8(tmp_path: Path, kengetallen: Kengetallen) -> None:
    assert "dit is geen tekst in UTF-8. Bewaar het bestand als UTF-8." in een_fout(
        schrijf(tmp_path, "x.toml", "naam = 'Fryslân'".encode("cp1252")), kengetallen
    )


def test_bsn_in_toml(toml: Path, kengetallen: Kengetallen) -> None:
    tekst = toml.read_text(encoding="utf-8").replace("Proefteam", BSN)
    meldingen = fouten(schrijf(toml.parent, "team.toml", tekst + f'bsn_client = "{BSN}"\n'), kengetallen)
    assert len(meldingen) == 2
    assert all("persoonsgegevens horen hier niet" in m and BSN not in m for m in meldingen)


# Files and folders


@pytest.mark.parametrize(
    ("naam", "inhoud", "tekst"),
    [
        ("x.txt", "naam", "de extensie .txt wordt niet gelezen. Geef een bestand dat eindigt op .toml, .csv of .xlsx."),
        ("x", "naam", "een bestand zonder extensie wordt niet gelezen."),
        ("x.xls", "naam", "de extensie .xls wordt niet gelezen. Open het in Excel en bewaar het als Excel-werkmap"),
        ("x.xlsm", "naam", "zonder macro's (.xlsx)."),
        ("x.ods", "naam", "Bewaar het als Excel-werkmap (.xlsx)."),
        ("x.toml", "", "het bestand is leeg. Vul het in; `mkba sjabloon` maakt een sjabloon."),
        ("x.csv", " \n\n ", "het bestand is leeg."),
        ("x.xlsx", "", "het bestand is leeg."),
        ("x.csv", b"PK\x03\x04rest", "dit is geen csv-bestand maar een Excel-werkmap of zip-bestand."),
        ("x.toml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "dit is geen toml-bestand maar een Excel-werkmap"),
        ("x.xlsx", "naam;huishoudens", "dit is geen Excel-werkmap. Is het een csv? Geef het dan de extensie .csv."),
        ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "dit is een werkmap in de oude .xls-vorm."),
        ("x.xlsx", b"PK\x03\x04rest", "de werkmap is beschadigd (BadZipFile)."),
        ("x.toml", b"#" * (MAXIMUM_BYTES_TOML + 1), "het bestand is groter dan 1 MB. Bewaar alleen wat bij"),
    ],
)
def test_verkeerd_bestand(tmp_path: Path, kengetallen: Kengetallen, naam: str, inhoud: str | bytes, tekst: str) -> None:
    melding = een_fout(schrijf(tmp_path, naam, inhoud), kengetallen)
    assert melding.startswith(f"{naam}: bestand = '{naam}': ")
    assert tekst in melding


def test_versleutelde_werkmap(tmp_path: Path, kengetallen: Kengetallen) -> None:
    inhoud = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    melding = een_fout(schrijf(tmp_path, "geheim.xlsx", inhoud), kengetallen)
    assert "de werkmap is beveiligd met een wachtwoord. Bewaar haar zonder wachtwoord." in melding


def test_onbestaand_bestand(tmp_path: Path, kengetallen: Kengetallen) -> None:
    assert "het bestand bestaat niet. Controleer het pad." in een_fout(tmp_path / "x.toml", kengetallen)


@pytest.mark.parametrize("naam", ["x" * 5000 + ".toml", "a\0b.toml"])
def test_onmogelijk_pad(tmp_path: Path, kengetallen: Kengetallen, naam: str) -> None:
    with pytest.raises(InvoerFout, match=r"het bestand bestaat niet|dit pad is niet te openen"):
        lees_aanpakken(tmp_path / naam, kengetallen)


def test_lege_map(tmp_path: Path, kengetallen: Kengetallen) -> None:
    schrijf(tmp_path, "leesmij.md", "hallo")
    schrijf(tmp_path, ".verborgen.toml", "naam = 1")
    schrijf(tmp_path, "~$open.xlsx", "slot")
    (tmp_path / "map.toml").mkdir()
    assert "er staat geen .toml-, .csv- of .xlsx-bestand in deze map." in een_fout(tmp_path, kengetallen)


def test_map_op_volgorde_met_unieke_slugs(toml: Path, kengetallen: Kengetallen) -> None:
    schrijf(toml.parent, "B.CSV", CSV)
    schrijf(toml.parent, "a.toml", toml.read_text(encoding="utf-8"))
    bronnen = lees_aanpakken(toml.parent, kengetallen)
    assert [(b.bestand.name, b.rij, b.slug) for b in bronnen] == [
        ("a.toml", "", "proefteam"),
        ("B.CSV", "rij 2", "noord"),
        ("B.CSV", "rij 3", "4"),
        ("B.CSV", "rij 4", "zuid-west"),
        ("team.toml", "", "proefteam-2"),
    ]


def test_fouten_van_alle_bestanden_samen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    schrijf(tmp_path, "a.toml", "x = 1,2")
    schrijf(tmp_path, "b.csv", CSV.replace("200", "veel"))
    schrijf(tmp_path, "c.xlsx", "geen werkmap")
    with pytest.raises(InvoerFout) as fout:
        lees_aanpakken(tmp_path, kengetallen)
    assert [Path(m.bestand.split(", rij")[0]).name for m in fout.value.meldingen] == ["a.toml", "b.csv", "c.xlsx"]


# One row


@pytest.mark.parametrize(
    ("rij", "huishoudens"),
    [("Noord", 100), ("noord", 100), ("Zuid & West", 200), ("zuid-west", 200), ("rij 4", 200), (" 2 ", 100)],
)
def test_een_rij_op_naam_slug_of_nummer(tmp_path: Path, kengetallen: Kengetallen, rij: str, huishoudens: int) -> None:
    assert lees_aanpak(schrijf(tmp_path, "t.csv", CSV), kengetallen, rij).huishoudens == huishoudens


def test_een_naam_gaat_voor_een_rijnummer(tmp_path: Path, kengetallen: Kengetallen) -> None:
    assert lees_aanpak(schrijf(tmp_path, "t.csv", CSV), kengetallen, "4").naam == "4"


@pytest.mark.parametrize(
    ("rij", "tekst"),
    [
        ("Oost", "rij = 'Oost': deze rij is er niet. Kies uit: Noord, 4, Zuid & West."),
        ("99", "deze rij is er niet."),
        ("", "rij = (leeg): hier staan 3 aanpakken en er is geen rij gekozen. Kies uit: Noord, 4, Zuid & West."),
    ],
)
def test_een_rij_die_er_niet_is(tmp_path: Path, kengetallen: Kengetallen, rij: str, tekst: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        lees_aanpak(schrijf(tmp_path, "t.csv", CSV), kengetallen, rij)
    assert tekst in str(fout.value)


def test_rij_bij_een_enkele_aanpak(toml: Path, kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak(BASIS, kengetallen)
    assert lees_aanpak(toml, kengetallen) == aanpak
    assert lees_aanpak(toml, kengetallen, "proefteam") == aanpak
    with pytest.raises(InvoerFout, match="deze rij is er niet"):
        lees_aanpak(toml, kengetallen, "rij 2")


def test_een_tabel_wordt_een_keer_gelezen_zolang_hij_gelijk_blijft(
    tmp_path: Path, kengetallen: Kengetallen, monkeypatch: pytest.MonkeyPatch
) -> None:
    gelezen: list[Path] = []
    echt = lezen.lees_aanpakken

    def tel(pad: Path, kengetallen: Kengetallen) -> tuple[Bronaanpak, ...]:
        gelezen.append(pad)
        return echt(pad, kengetallen)

    monkeypatch.setattr(lezen, "lees_aanpakken", tel)
    pad = tmp_path / "team.toml"
    pad.write_text(schrijf_toml(maak_aanpak(BASIS, kengetallen)), encoding="utf-8")
    assert lees_aanpak(pad, kengetallen) == lees_aanpak(pad, kengetallen)
    assert len(gelezen) == 1
    lees_aanpak(pad, kengetallen.met({"kwaliteit.qaly_eur": 60_000.0}))
    assert len(gelezen) == 2, "andere kengetallen"
    pad.write_text(schrijf_toml(maak_aanpak(BASIS | {"fte": 9}, kengetallen)), encoding="utf-8")
    assert lees_aanpak(pad, kengetallen).fte == 9
    pad.write_bytes(b"fte =")
    for _ in range(2):
        with pytest.raises(InvoerFout, match="geen geldige TOML"):
            lees_aanpak(pad, kengetallen)
