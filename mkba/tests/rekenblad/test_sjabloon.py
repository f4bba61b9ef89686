"""The template: what it looks like inside, and that what is filled in comes back."""

import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import MAXIMUM_RIJEN
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import DISCIPLINES
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, ALLE_VRAGEN, VERDELINGEN_EFFECT
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.rekenblad.sjabloon import (
    EERSTE_RIJ,
    KENGETALRIJ,
    LABELRIJ,
    SECTIERIJ,
    SLEUTELRIJ,
    VRAAGRIJ,
    schrijf_sjabloon,
    sjabloonkolommen,
)
from mkba.rekenblad.sjabloon_teksten import UITLEG
from mkba.tests.hulp_invoer import BASIS, GEVALLEN, een_fout, fouten
from mkba.tests.hulp_rekenblad import typ

KOLOM = {kolom.sleutel: kolom for kolom in sjabloonkolommen()}


@pytest.fixture(scope="module")
def geschreven(tmp_path_factory: pytest.TempPathFactory, kengetallen: Kengetallen) -> Path:
    """A template as `mkba sjabloon` writes it, to read."""
    pad = tmp_path_factory.mktemp("sjabloon") / "sjabloon.xlsx"
    schrijf_sjabloon(pad, kengetallen)
    return pad


@pytest.fixture
def pad(tmp_path: Path, geschreven: Path) -> Path:
    """The same, to fill in."""
    return Path(shutil.copy(geschreven, tmp_path / "sjabloon.xlsx"))


@pytest.fixture(scope="module")
def boek(geschreven: Path) -> Workbook:
    """What openpyxl sees in it, to look at."""
    return openpyxl.load_workbook(geschreven)


@pytest.fixture(scope="module")
def blad(boek: Workbook) -> Worksheet:
    """Sheet "aanpakken" of the template."""
    return _eerste(boek)


def _blad(pad: Path) -> Worksheet:
    return _eerste(openpyxl.load_workbook(pad))


def _eerste(boek: Workbook) -> Worksheet:
    eerste = boek["aanpakken"]
    assert isinstance(eerste, Worksheet)
    return eerste


def vul_in(pad: Path, rijen: dict[int, dict[str, Any]]) -> None:
    """Fill in rows by key, as a person does in Excel."""
    typ(
        pad, {("aanpakken", f"{KOLOM[s].letter}{rij}"): w for rij, waarden in rijen.items() for s, w in waarden.items()}
    )


def als_ingevuld(aanpak: Aanpak) -> dict[str, Any]:
    """The cells of an aanpak: yes/no per discipline, empty for what was not given."""
    waarden = {k: v for k, v in aanpak.gegeven().items() if k != "disciplines"}
    waarden |= {f"disciplines.{d}": "ja" if d in aanpak.disciplines else "nee" for d in DISCIPLINES}
    return {k: ("ja" if v else "nee") if isinstance(v, bool) else v for k, v in waarden.items()}


# Round trips


def test_het_lege_sjabloon_leest_als_het_rekenvoorbeeld(pad: Path, kengetallen: Kengetallen) -> None:
    (bron,) = lees_aanpakken(pad, kengetallen)
    assert bron.rij == f"rij {EERSTE_RIJ}"
    assert bron.aanpak == lees_aanpak(paden.data() / "aanpakken" / "standaard.toml", kengetallen)


def test_ingevuld_sjabloon_leest_als_toml(pad: Path, kengetallen: Kengetallen) -> None:
    aanpakken = [lees_aanpak(geval, kengetallen) for geval in GEVALLEN if geval.stem != "standaard"]
    assert len(aanpakken) >= 5
    rijen = {EERSTE_RIJ + 1 + 2 * i: als_ingevuld(aanpak) for i, aanpak in enumerate(aanpakken)}
    vul_in(pad, {EERSTE_RIJ: dict.fromkeys(KOLOM), **rijen})  # the example is emptied
    gelezen = lees_aanpakken(pad, kengetallen)
    assert [bron.aanpak for bron in gelezen] == aanpakken
    assert [bron.rij for bron in gelezen] == [f"rij {EERSTE_RIJ + 1 + 2 * i}" for i in range(len(aanpakken))]


def test_alle_gevallen_in_het_sjabloon(tmp_path: Path, kengetallen: Kengetallen) -> None:
    aanpakken = [lees_aanpak(geval, kengetallen) for geval in GEVALLEN]
    schrijf_sjabloon(tmp_path / "t.xlsx", kengetallen, aanpakken)
    assert [bron.aanpak for bron in lees_aanpakken(tmp_path / "t.xlsx", kengetallen)] == aanpakken


def test_sjabloon_zonder_rijen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    schrijf_sjabloon(tmp_path / "t.xlsx", kengetallen, [])
    assert "er staat geen aanpak onder de koprij." in een_fout(tmp_path / "t.xlsx", kengetallen)


def test_een_naam_wordt_nooit_een_formule(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = tmp_path / "t.xlsx"
    namen = ["=1+1", '=HYPERLINK("http://x")', "+31 team", "-team", "@team", "#team", "'team", "007"]
    aanpakken = [maak_aanpak({**BASIS, "naam": naam, "disciplines": []}, kengetallen) for naam in namen]
    schrijf_sjabloon(pad, kengetallen, aanpakken)
    blad = _blad(pad)
    for rij, naam in enumerate(namen, start=EERSTE_RIJ):
        cel = blad.cell(rij, 1)
        assert (cel.value, cel.data_type) == (naam, "s")
        assert bool(cel.quotePrefix) == (naam[0] in "=+-@")
    assert [bron.aanpak for bron in lees_aanpakken(pad, kengetallen)] == aanpakken


def test_geen_enkele_cel_is_een_formule(boek: Workbook) -> None:
    for werkblad in boek.worksheets:
        assert all(cel.data_type != "f" for rij in werkblad.iter_rows() for cel in rij)


def test_fout_in_het_sjabloon_noemt_de_cel(pad: Path, kengetallen: Kengetallen) -> None:
    vul_in(pad, {EERSTE_RIJ: {"nieuw": 31, "fte": None, "disciplines.zorg": "soms"}})
    meldingen = fouten(pad, kengetallen)
    assert [m.split(":")[0] for m in meldingen] == [
        f"sjabloon.xlsx, rij {EERSTE_RIJ} ({KOLOM[sleutel].letter}{EERSTE_RIJ})"
        for sleutel in ("disciplines.zorg", "fte", "nieuw")
    ]


# Layout


def test_bladen_en_koppen(boek: Workbook, blad: Worksheet) -> None:
    assert boek.sheetnames == ["aanpakken", "toelichting", "kengetallen"]
    sleutels = [cel.value for cel in blad[SLEUTELRIJ]]
    assert sleutels == list(KOLOM)
    assert set(sleutels) == (ALLE_VELDEN.keys() - {"disciplines"}) | {f"disciplines.{d}" for d in DISCIPLINES}
    assert blad.freeze_panes == f"B{EERSTE_RIJ}"
    vragen = " ".join(str(cel.value) for cel in blad[VRAAGRIJ] if cel.value)
    assert all(f"{nummer}. {titel}" in vragen for nummer, titel in ALLE_VRAGEN.items() if nummer)
    assert [cel.value for cel in blad[SECTIERIJ] if cel.value and "vervolg" not in str(cel.value)] == [
        "A. Bereik",
        "B. Kosten",
        "C. Effect",
        "D. Uitkomsten effectmeting (in plaats van vraag 11, 12 en 14)",
    ]


def test_verplichte_velden_en_kengetallen(blad: Worksheet, kengetallen: Kengetallen) -> None:
    for sleutel, kolom in KOLOM.items():
        label = str(blad.cell(LABELRIJ, kolom.nummer).value)
        standaard = blad.cell(KENGETALRIJ, kolom.nummer).value
        assert label.endswith(" *") == kolom.veld.verplicht
        if kolom.veld.standaard:
            assert standaard == kengetallen[kolom.veld.standaard], sleutel
    assert blad.cell(KENGETALRIJ, KOLOM["huishoudens"].nummer).value == "verplicht"
    assert blad.cell(KENGETALRIJ, KOLOM["huisvesting"].nummer).value == "ja"


def test_notaties(blad: Worksheet) -> None:
    notaties = {s: blad.cell(EERSTE_RIJ + 1, k.nummer).number_format for s, k in KOLOM.items()}
    assert notaties["nieuw"] == "0%"
    assert notaties["huishoudens"] == "#,##0"
    assert notaties["eenmalig"] == '"€" #,##0;"€" -#,##0'
    assert notaties["naam"] == "@"
    assert all((n == "0%") == (KOLOM[s].soort == "fractie") for s, n in notaties.items())


def test_keuzelijsten_en_grenzen(blad: Worksheet) -> None:
    laatste = EERSTE_RIJ + MAXIMUM_RIJEN - 1
    regels = {
        kolom.sleutel: regel
        for regel in blad.data_validations.dataValidation
        for kolom in KOLOM.values()
        if f"{kolom.letter}{EERSTE_RIJ}:{kolom.letter}{laatste}" in str(regel.sqref).split()
    }
    assert regels.keys() == KOLOM.keys()
    assert regels["disciplines.ggz"].formula1 == regels["huisvesting"].formula1 == '"ja,nee"'
    nieuw, substitutie = regels["nieuw"], regels["substitutie.nieuw"]
    assert (nieuw.type, nieuw.formula1, nieuw.formula2) == ("decimal", "0", "1")
    assert nieuw.error == "Geef een percentage tussen 0% en 100%."
    assert (substitutie.formula1, substitutie.formula2) == ("-1", "1")
    assert substitutie.error == "Geef een percentage tussen -100% en 100%."
    assert regels["effectmeting.grondslag"].formula1 == '"huishoudens,bedreigd"'
    assert regels["huishoudens"].error == "Geef een getal tussen 1 en 5.000.000."
    assert (regels["afschrijving_jaren"].type, regels["afschrijving_jaren"].formula2) == ("whole", "50")
    assert all(regel.showErrorMessage and regel.allow_blank and len(regel.error) < 225 for regel in regels.values())


def test_signalen_wijzen_naar_de_goede_kolommen(blad: Worksheet) -> None:
    gevonden = {str(b.sqref): [regel.formula[0] for regel in b.rules] for b in blad.conditional_formatting}
    van, tot = KOLOM["type.gezin"].letter, KOLOM["type.overig"].letter
    laatste = EERSTE_RIJ + MAXIMUM_RIJEN - 1
    formules = gevonden[f"{van}{EERSTE_RIJ}:{tot}{laatste}"]
    assert f"ABS(SUM(${van}{EERSTE_RIJ}:${tot}{EERSTE_RIJ})-1)>0.010001" in formules[0]
    assert f'$A{EERSTE_RIJ}<>""' in formules[1]
    for blok, aandelen in VERDELINGEN_EFFECT.items():
        van, tot = KOLOM[aandelen[0]].letter, KOLOM[aandelen[-1]].letter
        (formule,) = gevonden[f"{KOLOM[f'{blok}.aantal'].letter}{EERSTE_RIJ}:{tot}{laatste}"]
        assert f"ABS(SUM(${van}{EERSTE_RIJ}:${tot}{EERSTE_RIJ})-1)>0.010001" in formule
    assert len(gevonden) == 13, "twaalf signalen, en een decimaal bij een percentage dat niet heel is"


def test_afdrukken_op_a4(boek: Workbook) -> None:
    for werkblad in boek.worksheets:
        assert (werkblad.page_setup.orientation, werkblad.page_setup.paperSize) == ("landscape", 9)
        assert werkblad.print_title_rows
    assert len(_eerste(boek).col_breaks.brk) == 5 + 1 + 11 + 1


def test_toelichting_per_vraag(boek: Workbook) -> None:
    assert UITLEG.keys() == ALLE_VRAGEN.keys()
    werkblad = boek["toelichting"]
    teksten = [str(cel.value) for rij in werkblad.iter_rows() for cel in rij if cel.value is not None]
    assert all(ALLE_VRAGEN[vraag] in teksten and UITLEG[vraag].invullen in teksten for vraag in UITLEG)
    assert any(f"Rij {EERSTE_RIJ} is een ingevuld voorbeeld" in tekst for tekst in teksten)
    assert not any(re.search(r"[{}]", tekst) for tekst in teksten)


def test_toelichting_zonder_voorbeeld(tmp_path: Path, kengetallen: Kengetallen) -> None:
    schrijf_sjabloon(tmp_path / "t.xlsx", kengetallen, [maak_aanpak(BASIS, kengetallen)])
    werkblad = openpyxl.load_workbook(tmp_path / "t.xlsx")["toelichting"]
    assert not any("voorbeeld:" in str(cel.value) for rij in werkblad.iter_rows() for cel in rij)


def test_kengetallenblad(boek: Workbook, kengetallen: Kengetallen) -> None:
    werkblad = boek["kengetallen"]
    rijen = {rij[2]: rij for rij in werkblad.iter_rows(values_only=True) if rij[2] in VELDEN}
    assert rijen.keys() == VELDEN.keys()
    assert rijen["huishoudens"][3] == "verplicht"
    for sleutel, veld in VELDEN.items():
        if veld.standaard:
            kengetal = kengetallen.getallen[veld.standaard]
            assert rijen[sleutel][3:7] == (kengetal.waarde, kengetal.laag, kengetal.hoog, kengetal.status)
            assert str(rijen[sleutel][7]).startswith(kengetal.bron)
    profielen = [str(rij[2]) for rij in werkblad.iter_rows(values_only=True)]
    assert "ev 80%, zr 15%, nzr 5%" in profielen  # tabel 2.2, standaardwijk, gezinnen


def test_kengetallenblad_toont_een_afwijking(tmp_path: Path, kengetallen: Kengetallen) -> None:
    schrijf_sjabloon(tmp_path / "t.xlsx", kengetallen.met({"knop.nieuw": 0.25}))
    assert _blad(tmp_path / "t.xlsx").cell(KENGETALRIJ, KOLOM["nieuw"].nummer).value == 0.25


# Writing


def test_hetzelfde_sjabloon_is_hetzelfde_bestand(geschreven: Path, tmp_path: Path, kengetallen: Kengetallen) -> None:
    schrijf_sjabloon(tmp_path / "ander.xlsx", kengetallen)
    assert (tmp_path / "ander.xlsx").read_bytes() == geschreven.read_bytes()


def test_een_bestaand_bestand_wordt_niet_overschreven(pad: Path, kengetallen: Kengetallen) -> None:
    vul_in(pad, {EERSTE_RIJ: {"naam": "Mijn werk"}})
    with pytest.raises(InvoerFout, match="dit bestand bestaat al"):
        schrijf_sjabloon(pad, kengetallen)
    assert lees_aanpak(pad, kengetallen).naam == "Mijn werk"
    schrijf_sjabloon(pad, kengetallen, overschrijf=True)
    assert lees_aanpak(pad, kengetallen).naam != "Mijn werk"
    assert [p.name for p in pad.parent.iterdir()] == ["sjabloon.xlsx"]


def test_verkeerde_extensie_en_onbestaande_map(tmp_path: Path, kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match=r"Geef een naam die eindigt op \.xlsx"):
        schrijf_sjabloon(tmp_path / "t.csv", kengetallen)
    with pytest.raises(InvoerFout, match="het bestand is niet te schrijven"):
        schrijf_sjabloon(tmp_path / "weg" / "t.xlsx", kengetallen)
