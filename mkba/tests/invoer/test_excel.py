"""Reading workbooks: typed cells, percent formats, formulas, and every message about a cell."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.invoer.tabel.xlsx import LAATSTE_RIJ
from mkba.kern.bestand.bestanden import MAXIMUM_RIJEN
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.tests.hulp_invoer import BSN, een_fout, fouten, lees_een

KOP = ["naam", "huishoudens", "type.gezin", "type.oudere", "type.overig", "fte", "additioneel", "disciplines"]
RIJ: list[Any] = ["Noord", 1063, 0.4, 0.3, 0.3, 13.5, 0.5, "jeugd, wi"]


def werkmap(
    map_: Path,
    rijen: Sequence[Sequence[Any]],
    opmaak: dict[str, str] | None = None,
    blad: str = "aanpakken",
    naam: str = "t.xlsx",
) -> Path:
    """A workbook with these rows; ``opmaak`` gives some cells a number format."""
    boek = openpyxl.Workbook()
    eerste = boek.active
    assert isinstance(eerste, Worksheet)
    eerste.title = blad
    for rij in rijen:
        eerste.append(list(rij))
    for adres, notatie in (opmaak or {}).items():
        eerste[adres].number_format = notatie
    boek.save(map_ / naam)
    return map_ / naam


def met_cel(map_: Path, kop: str, waarde: Any, notatie: str = "General") -> Path:
    """One good row with one more column, cell I2."""
    return werkmap(map_, [[*KOP, kop], [*RIJ, waarde]], {"I2": notatie})


def herschrijf(pad: Path, deel: str, oud: bytes, nieuw: bytes) -> Path:
    """Replace bytes in one part of the workbook."""
    uit = io.BytesIO()
    with zipfile.ZipFile(pad) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for item in bron.namelist():
            inhoud = re.sub(rb"<v ?/>", b"<v></v>", bron.read(item))  # with or without lxml
            if item == deel:
                assert oud in inhoud
                inhoud = inhoud.replace(oud, nieuw)
            doel.writestr(item, inhoud)
    pad.write_bytes(uit.getvalue())
    return pad


BLAD1 = "xl/worksheets/sheet1.xml"


def test_waarden(tmp_path: Path, kengetallen: Kengetallen) -> None:
    bron = lees_een(werkmap(tmp_path, [[], ["Titel"], KOP, [], RIJ]), kengetallen)
    assert (bron.rij, bron.slug) == ("rij 5", "noord")
    plat = bron.aanpak.plat()
    assert (plat["huishoudens"], plat["type.gezin"], plat["fte"], plat["additioneel"]) == (1063, 0.4, 13.5, 0.5)
    assert plat["disciplines"] == ("jeugd", "wi")


@pytest.mark.parametrize(
    ("kop", "waarde", "notatie", "fractie"),
    [
        ("nieuw", 0.31, "0%", 0.31),
        ("nieuw", 0.315, "0.0%", 0.315),
        ("nieuw", 0.31, "General", 0.31),
        ("nieuw", "31%", "General", 0.31),
        ("nieuw", "31,5 %", "@", 0.315),
        ("nieuw", "0,31", "@", 0.31),
        ("nieuw (%)", 31, "General", 0.31),
        ("nieuw (%)", 31.7, "0.0", 0.317),
        ("nieuw (%)", "31", "@", 0.31),
        # a percent format under a header with a percent sign is not divided twice
        ("nieuw (%)", 0.31, "0%", 0.31),
        ("nieuw (%)", 0.05, "0.00%;[Red]-0.00%", 0.05),
        # a literal percent sign shows 31 as 31%: the number itself is 31
        ("nieuw (%)", 31, '0"%"', 0.31),
        ("nieuw (%)", 31, "0\\%", 0.31),
    ],
)
def test_percentages(
    tmp_path: Path, kengetallen: Kengetallen, kop: str, waarde: Any, notatie: str, fractie: float
) -> None:
    assert lees_aanpak(met_cel(tmp_path, kop, waarde, notatie), kengetallen).nieuw == fractie


@pytest.mark.parametrize(
    ("kop", "waarde", "notatie", "tekst"),
    [
        ("nieuw", 31, "General", "t.xlsx, rij 2 (I2): nieuw = 31: een aandeel ligt tussen 0 en 1"),
        ("nieuw", 31, '0"%"', "Bedoelt u 31%? Schrijf 31% of 0,31; in TOML 0.31."),
        ("nieuw (%)", 0.31, "General", "(I2): nieuw = 0,31: dit kan 0,31% of 31% zijn"),
        ("nieuw", dt.datetime(2026, 5, 1), "d-m-yyyy", "Excel heeft hier een datum of tijd van gemaakt. Geef de cel"),
        ("nieuw", dt.time(1, 5), "h:mm", "Excel heeft hier een datum of tijd van gemaakt."),
        ("nieuw", "#DIV/0!", "General", "nieuw = '#DIV/0!': de cel bevat een Excel-fout. Herstel de formule."),
        ("nieuw", True, "General", "nieuw = True: dit is geen getal."),
        ("huisvesting", "soms", "General", "huisvesting = 'soms': dit is geen ja of nee. Geef ja of nee."),
        ("huisvesting", 2, "General", "huisvesting = 2: dit is geen ja of nee."),
        ("frictie", "=0.1+0.2", "0%", "frictie = '=0.1+0.2': deze formule heeft geen opgeslagen uitkomst."),
        (BSN, 1, "General", "t.xlsx, rij 1 (I1): (niet getoond) = (niet getoond): dit veld bestaat niet."),
        ("BSN", BSN, "General", "t.xlsx, rij 1 (I1): bsn = (niet getoond): een bsn hoort niet in de invoer."),
        (None, "iets", "General", "t.xlsx, rij 2 (I2): kolom 9 = 'iets': deze kolom heeft geen kop"),
        ("fte", 3, "General", "t.xlsx, rij 1 (I1): fte = 'fte': deze kolom staat er twee keer."),
    ],
)
def test_meldingen_noemen_de_cel(
    tmp_path: Path, kengetallen: Kengetallen, kop: str, waarde: Any, notatie: str, tekst: str
) -> None:
    melding = een_fout(met_cel(tmp_path, kop, waarde, notatie), kengetallen)
    assert tekst in melding
    assert BSN not in melding


def test_leeg_verplicht_veld_noemt_de_cel(tmp_path: Path, kengetallen: Kengetallen) -> None:
    rij = [*RIJ[:5], None, *RIJ[6:]]
    assert "t.xlsx, rij 2 (F2): fte = (leeg): dit veld is verplicht" in een_fout(
        werkmap(tmp_path, [KOP, rij]), kengetallen
    )


@pytest.mark.parametrize(
    ("waarde", "ja"), [(True, True), (1, True), ("x", True), (False, False), (0, False), ("Nee", False)]
)
def test_ja_nee(tmp_path: Path, kengetallen: Kengetallen, waarde: Any, ja: bool) -> None:
    assert lees_aanpak(met_cel(tmp_path, "huisvesting", waarde), kengetallen).huisvesting is ja


@pytest.mark.parametrize(("naam", "gelezen"), [(2024, "2024"), (3.5, "3.5"), (" Noord\u00a0Oost ", "Noord Oost")])
def test_naam_als_getal_of_met_harde_spatie(tmp_path: Path, kengetallen: Kengetallen, naam: Any, gelezen: str) -> None:
    assert lees_aanpak(werkmap(tmp_path, [KOP, [naam, *RIJ[1:]]]), kengetallen).naam == gelezen


def test_bsn_als_getal_in_de_naamkolom(tmp_path: Path, kengetallen: Kengetallen) -> None:
    rij = [int(BSN), *RIJ[1:]]
    meldingen = fouten(werkmap(tmp_path, [KOP, rij, rij]), kengetallen)
    assert len(meldingen) == 3
    assert not any(BSN in m for m in meldingen)


def test_formule_met_opgeslagen_uitkomst(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """As Excel stores it: the formula and beside it the result."""
    pad = herschrijf(met_cel(tmp_path, "frictie", "=0.1+0.2"), BLAD1, b"</f><v></v>", b"</f><v>0.3</v>")
    assert lees_aanpak(pad, kengetallen).frictie == 0.3


def test_formule_met_fout_als_uitkomst(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = met_cel(tmp_path, "frictie", "=1/0")
    herschrijf(pad, BLAD1, b'<c r="I2"><f>1/0</f><v></v>', b'<c r="I2" t="e"><f>1/0</f><v>#DIV/0!</v>')
    assert "de cel bevat een Excel-fout." in een_fout(pad, kengetallen)


def test_kop_als_formule_zonder_uitkomst(tmp_path: Path, kengetallen: Kengetallen) -> None:
    assert "(I1): =a1 = '=A1': dit veld bestaat niet." in een_fout(met_cel(tmp_path, "=A1", 3), kengetallen)


def test_blad_aanpakken_of_het_eerste(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = werkmap(tmp_path, [KOP, RIJ], blad="Blad1")
    assert lees_een(pad, kengetallen).aanpak.naam == "Noord"
    boek = openpyxl.load_workbook(pad)
    tweede = boek.create_sheet(" Aanpakken ")
    tweede.append(KOP)
    tweede.append(["Zuid", *RIJ[1:]])
    boek.save(pad)
    assert lees_een(pad, kengetallen).aanpak.naam == "Zuid"


def test_kengetalrij_onder_de_kop_wordt_overgeslagen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = werkmap(tmp_path, [KOP, ["Kengetal", None, 0.4, 0.3, 0.3], ["eenheid", "aantal"], RIJ])
    assert lees_een(pad, kengetallen).rij == "rij 4"


def test_opgeslagen_afmeting_mag_onjuist_zijn(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = herschrijf(werkmap(tmp_path, [KOP, RIJ]), BLAD1, b'<dimension ref="A1:H2"', b'<dimension ref="A1:A1"')
    assert lees_een(pad, kengetallen).aanpak.fte == 13.5


def test_dubbele_naam(tmp_path: Path, kengetallen: Kengetallen) -> None:
    melding = een_fout(werkmap(tmp_path, [KOP, RIJ, ["NOORD ", *RIJ[1:]]]), kengetallen)
    assert "t.xlsx, rij 3 (A3): naam = 'NOORD ': deze naam staat ook in rij 2." in melding


def test_leeg_werkblad(tmp_path: Path, kengetallen: Kengetallen) -> None:
    assert "er is geen rij met de koppen naam en huishoudens." in een_fout(werkmap(tmp_path, []), kengetallen)


def test_te_veel_rijen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    rijen: list[list[Any]] = [["naam", "huishoudens"], *(["x", 1] for _ in range(MAXIMUM_RIJEN + 1))]
    assert "er staan meer dan 10000 rijen in." in een_fout(werkmap(tmp_path, rijen), kengetallen)


def test_rij_ver_naar_beneden(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = werkmap(tmp_path, [KOP, RIJ])
    boek = openpyxl.load_workbook(pad)
    boek["aanpakken"].cell(LAATSTE_RIJ, 1).number_format = "0%"
    boek.save(pad)
    assert lees_een(pad, kengetallen).rij == "rij 2"
    herschrijf(pad, BLAD1, f'r="{LAATSTE_RIJ}"'.encode(), b'r="999999999"')
    assert "de werkmap is beschadigd (ValueError)." in een_fout(pad, kengetallen)


@pytest.mark.parametrize(
    ("deel", "oud", "nieuw", "tekst"),
    [
        ("xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', "bevat XML-entiteiten"),
        (BLAD1, b"</sheetData>", b"</sheetDat>", "de werkmap is beschadigd (ParseError)."),
        (BLAD1, b"<v>1063</v>", b"<v>" + b"9" * 5000 + b"</v>", "de werkmap is beschadigd (ValueError)."),
        ("xl/workbook.xml", b"sheets>", b"blad>", "de werkmap is beschadigd ("),
        ("[Content_Types].xml", b"sheet.main+xml", b"x", "de werkmap is beschadigd ("),
    ],
)
def test_beschadigde_werkmap(
    tmp_path: Path, kengetallen: Kengetallen, deel: str, oud: bytes, nieuw: bytes, tekst: str
) -> None:
    melding = een_fout(herschrijf(werkmap(tmp_path, [KOP, RIJ]), deel, oud, nieuw), kengetallen)
    assert tekst in melding
    assert "bewaar het opnieuw als .xlsx" in melding


def test_zip_zonder_werkmap_en_zip_bom(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = tmp_path / "t.xlsx"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("leesmij.txt", "hallo")
    assert "dit is een zip-bestand. Pak het uit" in een_fout(pad, kengetallen)
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr(BLAD1, bytes(101_000_000))
    assert "de werkmap is uitgepakt groter dan 100 MB." in een_fout(pad, kengetallen)


def test_hernoemde_en_afgekapte_werkmap(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = werkmap(tmp_path, [KOP, RIJ])
    inhoud = pad.read_bytes()
    (tmp_path / "t.csv").write_bytes(inhoud)
    assert "dit is geen csv-bestand maar een Excel-werkmap" in een_fout(tmp_path / "t.csv", kengetallen)
    pad.write_bytes(inhoud[: len(inhoud) // 2])
    assert "de werkmap is beschadigd (BadZipFile)." in een_fout(pad, kengetallen)


def test_meerdere_rijen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = werkmap(tmp_path, [KOP, RIJ, [None] * 8, ["Zuid", *RIJ[1:]]])
    assert [b.rij for b in lees_aanpakken(pad, kengetallen)] == ["rij 2", "rij 4"]
    assert lees_aanpak(pad, kengetallen, "zuid").naam == "Zuid"
