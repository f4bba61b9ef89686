"""Totals per domain from csv and xlsx: what is read, what is refused, and in which words."""

from pathlib import Path

import openpyxl
import pytest

from mkba.invoer.rekening import Rekening, lees_rekening, maak_rekening
from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.tests.hulp_invoer import BSN, schrijf

KOP = "domein;type;bedrag;jaar;bron\n"


def fouten(pad: Path) -> list[str]:
    with pytest.raises(InvoerFout) as fout:
        lees_rekening(pad)
    assert all(str(pad) in m.bestand for m in fout.value.meldingen)
    return [str(m).replace(str(pad.parent) + "/", "") for m in fout.value.meldingen]


def een_fout(map_: Path, inhoud: str | bytes, naam: str = "r.csv") -> str:
    (fout,) = fouten(schrijf(map_, naam, inhoud))
    return fout


def test_de_verzonnen_rekening_van_waterstad() -> None:
    r = lees_rekening(paden.data() / "voorbeeldgemeente" / "rekening.csv")
    assert r.jaar == 2024
    assert r.domeinen == ("wi", "zw", "jeugd")
    assert (r.bedrag("wi"), r.bedrag("zw"), r.bedrag("zw", "oudere")) == (44_862_300, 27_405_150.5, 19_120_000)
    assert r.bedrag("zvw") is None
    assert r.domeintotaal("jeugd") == 7_918_400
    assert r.herkomst == "rekening.csv, 2024, jaarrekening Waterstad (verzonnen)"


def test_zonder_bestand_is_er_geen_totaal() -> None:
    assert lees_rekening("") == Rekening(())
    assert Rekening(()).herkomst == "geen eigen totalen opgegeven"


@pytest.mark.parametrize(
    ("tekst", "bedrag"),
    [
        ("1.250.000", 1_250_000.0),
        ("€ 1.250.000,50", 1_250_000.5),
        ("1250000", 1_250_000.0),
        ("1 250 000", 1_250_000.0),
        ("€ -", 0.0),
        ("1,250,000.25", 1_250_000.25),
        ("1.250", 1250.0),
    ],
)
def test_nederlandse_bedragen(tmp_path: Path, tekst: str, bedrag: float) -> None:
    pad = schrijf(tmp_path, "r.csv", f"domein;bedrag\njeugd;{tekst}\n")
    assert lees_rekening(pad).bedrag("jeugd") == bedrag


@pytest.mark.parametrize(
    ("woord", "sleutel"),
    [
        ("wi", "wi"),
        ("Werk & inkomen", "wi"),
        ("WERK EN INKOMEN", "wi"),
        ("Z&W", "zw"),
        ("zorg en welzijn", "zw"),
        ("Jeugdhulp", "jeugd"),
        ("Zorgverzekeringswet", "zvw"),
        (" zvw ", "zvw"),
    ],
)
def test_namen_van_domeinen(tmp_path: Path, woord: str, sleutel: str) -> None:
    assert lees_rekening(schrijf(tmp_path, "r.csv", f"domein;bedrag\n{woord};5\n")).domeinen == (sleutel,)


@pytest.mark.parametrize(
    "inhoud",
    [
        "sep=,\ndomein,bedrag\njeugd,5\n",
        "domein\tbedrag\njeugd\t5\n",
        "\ufeffDomein;Bedrag (€)\njeugd;5\n",
        "Rekening van de gemeente\n\ndomein;bedrag in euro\njeugd;5\n\n",
        "Domein;Bedrag 2024\nJeugd;5\n",
        "domein;totaal\njeugd;5\n",
    ],
)
def test_vormen_van_csv(tmp_path: Path, inhoud: str) -> None:
    assert lees_rekening(schrijf(tmp_path, "r.csv", inhoud)).bedrag("jeugd") == 5


def test_csv_van_excel_in_windows_1252(tmp_path: Path) -> None:
    pad = schrijf(tmp_path, "r.csv", "domein;bedrag;bron\njeugd;€ 5;reïntegratie\n".encode("cp1252"))
    assert lees_rekening(pad).posten[0].bron == "reïntegratie"


def test_xlsx_met_getallen_en_tekst(tmp_path: Path) -> None:
    boek = openpyxl.Workbook()
    blad = boek.active
    assert blad is not None
    for rij in (
        ["Rekening"],
        ["Domein", "Type", "Bedrag", "Jaar"],
        ["Jeugd", "Gezinnen", 12.5, 2024],
        ["wi", None, "€ 3.000", 2024],
    ):
        blad.append(rij)
    boek.save(tmp_path / "r.xlsx")
    r = lees_rekening(tmp_path / "r.xlsx")
    assert (r.bedrag("jeugd", "gezin"), r.bedrag("wi"), r.jaar) == (12.5, 3000.0, 2024)
    assert r.posten[1].plaats.endswith("r.xlsx, rij 4")


def test_xlsx_fout_noemt_de_cel(tmp_path: Path) -> None:
    boek = openpyxl.Workbook()
    blad = boek.active
    assert blad is not None
    for rij in (["domein", "bedrag"], ["jeugd", "=1+1"], ["wi", -4]):
        blad.append(rij)
    boek.save(tmp_path / "r.xlsx")
    formule, negatief = fouten(tmp_path / "r.xlsx")
    assert formule.startswith("r.xlsx, rij 2 (B2): bedrag = '=1+1': deze formule heeft geen opgeslagen uitkomst.")
    assert negatief.startswith("r.xlsx, rij 3 (B3): bedrag = -4: een totaal kan niet negatief zijn.")


def test_kapotte_werkmap(tmp_path: Path) -> None:
    assert "geen Excel-werkmap" in een_fout(tmp_path, b"domein;bedrag\n", "r.xlsx")
    assert "beschadigd" in een_fout(tmp_path, b"PK\x03\x04" + b"x" * 200, "r.xlsx")


@pytest.mark.parametrize(
    ("regel", "verwacht"),
    [
        ("jeugt;;5;2024;", "rij 2: domein = 'jeugt': dit domein is onbekend. Kies uit: wi (Werk & inkomen)"),
        ("Wmo;;5;2024;", "de Wmo is een deel van zw"),
        (";;5;2024;", "domein = (leeg): het domein ontbreekt."),
        ("jeugd;tiener;5;2024;", "rij 2: type = 'tiener': dit huishoudtype is onbekend. Kies uit: gezin, oudere"),
        ("jeugd;;;2024;", "bedrag = (leeg): het bedrag ontbreekt. Vul 0 in"),
        ("jeugd;;veel;2024;", "bedrag = 'veel': dit is geen getal."),
        ("jeugd;;1,250;2024;", "dit kan 1.250 of 1,250 zijn"),
        ("jeugd;;5%;2024;", "een percentage past niet bij dit veld"),
        ("jeugd;;-5;2024;", "een totaal kan niet negatief zijn."),
        ("jeugd;;9e12;2024;", "dit bedrag is onmogelijk hoog."),
        ("jeugd;;5;24;", "jaar = '24': dit is geen jaartal. Geef een jaar, zoals 2024."),
        (f"jeugd;;5;2024;{BSN}", "deze cel bevat een geldig bsn (elfproef)"),
        (f"jeugd;;5;2024;{'x' * 400}", "te lang of bevat stuurtekens"),
    ],
)
def test_meldingen_per_cel(tmp_path: Path, regel: str, verwacht: str) -> None:
    fout = een_fout(tmp_path, KOP + regel + "\n")
    assert verwacht in fout
    assert BSN not in fout


@pytest.mark.parametrize(
    ("inhoud", "verwacht"),
    [
        ("naam;bedrag\njeugd;5\n", "er is geen koprij met domein en bedrag."),
        ("domein;bedrag\n", "er staat geen bedrag onder de koprij."),
        ("domein;bedrag;soort\njeugd;5;x\n", "soort = 'soort': deze kolom is onbekend."),
        ("domein;bedrag;bedrag\njeugd;5;5\n", "bedrag = 'bedrag': deze kolom staat er twee keer."),
        ("domein;bedrag (x 1.000 euro)\njeugd;5\n", "deze kop zegt dat de bedragen niet in hele euro's zijn."),
        ("domein;bedrag in mln\njeugd;5\n", "deze kop zegt dat de bedragen niet in hele euro's zijn."),
        ("domein;bedrag;bsn\njeugd;5;1\n", "een bsn hoort niet in de invoer."),
        ("domein,bedrag\njeugd,1.000,50\n", "rij 2: kolom 3 = '50': deze kolom heeft geen kop"),
        ("domein;bedrag;jaar\njeugd;5;2023\nwi;5;2024\n", "jaar = '2023 (rij 2), 2024 (rij 3)'"),
        ("domein;bedrag\njeugd;5\nJeugdhulp;5\n", "rij 3: jeugd = 5: dit totaal staat er al (rij 2)."),
        ("domein;type;bedrag\ntotaal;gezin;5\n", "er is geen totaal van een domein."),
        ('domein;bedrag\n"jeugd;5\n', "aanhalingstekens"),
        ("", "het bestand is leeg."),
    ],
)
def test_meldingen_over_het_bestand(tmp_path: Path, inhoud: str, verwacht: str) -> None:
    assert verwacht in een_fout(tmp_path, inhoud)


def test_bestand_dat_geen_tabel_is(tmp_path: Path) -> None:
    assert "een rekening is een tabel" in een_fout(tmp_path, "a = 1", "r.toml")
    assert "een rekening is een tabel" in fouten(tmp_path)[0]
    assert "bestaat niet" in fouten(tmp_path / "weg.csv")[0]


def test_alles_wordt_in_een_keer_gemeld(tmp_path: Path) -> None:
    gevonden = fouten(schrijf(tmp_path, "r.csv", KOP + "jeugt;;5;2024;\nwi;kind;x;24;\n"))
    assert [g.split(":")[0] for g in gevonden] == ["r.csv, rij 2", *["r.csv, rij 3"] * 3]


@pytest.mark.parametrize(
    ("bedragen", "verwacht"),
    [
        ({"x": 5}, "dit is geen domein, of domein.type."),
        ({"wi.kind": 5}, "dit is geen domein, of domein.type."),
        ({"wi": float("nan")}, "dit is geen eindig getal."),
        ({"wi": 10, "wi.gezin": 11}, "de types van dit domein tellen op tot 11, niet tot 10."),
        ({"wi": 10, "wi.gezin": 4, "wi.oudere": 3, "wi.overig": 2}, "tellen op tot 9, niet tot 10."),
        (
            {"wi": 10, "totaal.gezin": 10},
            "niet elk huishoudtype heeft een totaal. Geef ook totaal voor oudere, overig.",
        ),
        (
            {"wi.gezin": 5, "totaal.gezin": 5, "totaal.oudere": 0, "totaal.overig": 0},
            "een totaal per type vraagt om een totaal van elk domein in het bestand. Geef ook het totaal van wi.",
        ),
        (
            {"wi": 10, "totaal.gezin": 5, "totaal.oudere": 4, "totaal.overig": 0.99},
            "de domeinen tellen op tot 10, niet tot 9,99.",
        ),
        (
            {"wi": 10, "wi.gezin": 6, "totaal.gezin": 5, "totaal.oudere": 4, "totaal.overig": 1},
            "de domeinen van dit type tellen op tot 6, niet tot 5.",
        ),
        ({"wi": 10, "zw": 5, "totaal": 16}, "de domeinen tellen op tot 15, niet tot 16."),
    ],
)
def test_totalen_die_elkaar_tegenspreken(bedragen: dict[str, float], verwacht: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        maak_rekening(bedragen)
    assert verwacht in str(fout.value)
    assert len(fout.value.meldingen) == 1


def test_totalen_die_kloppen() -> None:
    r = maak_rekening({"wi.gezin": 0.1, "wi.oudere": 0.2, "wi.overig": 0.3, "zw": 1, "totaal": 1.6}, 2024, "bron")
    assert r.domeintotaal("wi") == pytest.approx(0.6)
    assert r.herkomst == "eigen totalen, 2024, bron"
    assert r.typetotalen is None
