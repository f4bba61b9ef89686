"""Files that a user downloaded from CBS: every layout, with the marks and habits of each. All numbers made up."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from mkba.invoer.cbs.bestanden import lees_gebieden
from mkba.kern.bestand.zip import vul
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.tests.hulp_cbs import (
    ANDERE,
    KWB_KOP,
    KWB_LAND,
    KWB_LEEG,
    KWB_WIJK,
    LAND,
    STATLINE_KOP,
    WIJK,
    kwb,
    odata,
    statline,
)
from mkba.tests.hulp_cbs import OUDE_HAVEN as VERWACHT
from mkba.tests.hulp_invoer import GEDEELD

SHARED = GEDEELD / "data"
BUURT = SHARED / "kwb_rows_BU05990110_2022_2023.json"
DEEL = SHARED / "cbs_85984NED_2024_subset_gm_wk.csv"


def schrijf_json(pad: Path, inhoud: object) -> Path:
    pad.write_text(json.dumps(inhoud), encoding="utf-8")
    return pad


def fout_van(pad: Path, codes: Sequence[str] = (), jaar: int | None = None) -> str:
    with pytest.raises(InvoerFout) as fout:
        lees_gebieden(pad, codes, jaar)
    return str(fout.value)


# --- the three kinds -----------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", ["Kerncijfers_wijken_en_buurten_2024_27032025_101112.csv", "kwb2024.xlsx", "85984NED"])
def test_statline_csv(tmp_path: Path, naam: str) -> None:
    """The content decides what it is, whatever the extension."""
    land, wijk, leeg = lees_gebieden(statline(tmp_path / naam, [LAND, WIJK, ANDERE]))
    assert wijk == VERWACHT
    assert (land.code, land.naam, land.soort, land.bijstand, land.wmo) == ("NL00", "Nederland", "land", 400_000, 0.066)
    assert (leeg.inwoners, leeg.huishoudens) == (0, 0), "een echte nul blijft nul"
    assert {"eenpersoons", "zonder_kinderen", "met_kinderen", "ouderen", "wmo"} <= set(leeg.onbekend)


def test_statline_met_titelregels(tmp_path: Path) -> None:
    titel = [["Gewijzigd op 27 maart 2025"], ["Kerncijfers wijken en buurten 2024"], [""]]
    pad = statline(tmp_path / "export.csv", [LAND, WIJK], titel)
    assert lees_gebieden(pad)[1] == VERWACHT
    assert "2024 en niet van 2023" in fout_van(pad, jaar=2023)


def test_statline_met_koppen_over_meer_regels(tmp_path: Path) -> None:
    groepen = [k.split(" (")[0].split("/")[:-1] for k in STATLINE_KOP]
    kop = [k.split(" (")[0].split("/")[-1] for k in STATLINE_KOP]
    eenheden = [k.split(" (")[-1].rstrip(")") if " (" in k else "" for k in STATLINE_KOP]
    regels = [["Kerncijfers wijken en buurten 2024"], [g[0] if g else "" for g in groepen], kop, eenheden, LAND, WIJK]
    tekst = "\n".join(";".join(f'"{c}"' for c in regel) for regel in regels)
    pad = tmp_path / "tabel.csv"
    pad.write_text(tekst, encoding="utf-8-sig")
    assert lees_gebieden(pad)[1] == VERWACHT


def test_kwb_werkmap(tmp_path: Path) -> None:
    """Missing marks, decimal commas, padded text; low income is p_hh_lkk and not p_hh_li (the lowest 40%)."""
    land, wijk, leeg = lees_gebieden(kwb(tmp_path / "kwb-2024.xlsx", [KWB_LAND, KWB_WIJK, KWB_LEEG]))
    assert wijk == VERWACHT
    assert (land.naam, land.laag_inkomen) == ("Nederland", 0.061)
    assert leeg.onbekend[:4] == ("eenpersoons", "zonder_kinderen", "met_kinderen", "ouderen")


def test_kwb_als_csv(tmp_path: Path) -> None:
    pad = tmp_path / "cbs-kwb-2024.txt"
    regels = [KWB_KOP.split(), KWB_WIJK]
    pad.write_text("\n".join(";".join(f'"{c}"' for c in r) for r in regels), encoding="cp1252")
    assert lees_gebieden(pad) == (VERWACHT,)


def test_kwb_van_2024_heeft_armoede(tmp_path: Path) -> None:
    pad = kwb(tmp_path / "kwb.xlsx", [["WK9901MA", 2395, "3,4"]], "gwb_code a_hh p_ink_ar", "KWB2025")
    (wijk,) = lees_gebieden(pad)
    assert (wijk.armoede, wijk.laag_inkomen, wijk.jaar) == (0.034, None, 2025)
    assert wijk.bron == "CBS StatLine 86165NED (2025)"


@pytest.mark.parametrize(
    "inhoud",
    [
        [odata()],
        {"value": [odata()]},
        {"odata.metadata": "https://x/ODataApi/odata/85984NED/$metadata#Cbs", "value": [odata()]},
        {"85984NED": [odata()]},
        {"85618NED": [odata(HuishoudensTotaal_29=5)], "85984NED": [odata()]},
    ],
    ids=["lijst", "value", "metadata", "per tabel", "twee tabellen"],
)
def test_odata_json(tmp_path: Path, inhoud: object) -> None:
    (wijk,) = lees_gebieden(schrijf_json(tmp_path / "rijen.csv", inhoud), jaar=2024)
    assert wijk.naam == "WK9901MA (Voorbeeldstad)", "alleen de naam van de gemeente staat in deze rijen"
    assert [getattr(wijk, v) for v in ("huishoudens", "laag_inkomen", "bijstand", "wmo")] == [2395, 0.057, None, 0.057]
    assert wijk.bron == "CBS StatLine 85984NED (2024)"


def test_json_met_vervangen_titel(tmp_path: Path) -> None:
    """The package cbsodata puts the title where the code was: Codering tells the code."""
    pad = schrijf_json(tmp_path / "cbs.json", [odata(WijkenEnBuurten="Oude Haven")])
    assert lees_gebieden(pad, ["WK9901MA"], 2024) == (VERWACHT,)


def test_65_plus_gesplitst(tmp_path: Path) -> None:
    rij = odata(k_65JaarTot80Jaar_12=620, k_80JaarOfOuder_13=190)
    del rij["k_65JaarOfOuder_12"]
    assert lees_gebieden(schrijf_json(tmp_path / "a.json", [rij]), jaar=2026)[0].ouderen == 810
    rij["k_80JaarOfOuder_13"] = None
    assert lees_gebieden(schrijf_json(tmp_path / "b.json", [rij]), jaar=2026)[0].ouderen is None
    del rij["k_80JaarOfOuder_13"]
    assert lees_gebieden(schrijf_json(tmp_path / "c.json", [rij]), jaar=2026)[0].ouderen is None


# --- choosing ------------------------------------------------------------------------------------------


def test_gevraagde_codes_met_het_land_voorop(tmp_path: Path) -> None:
    pad = statline(tmp_path / "kwb_2024.csv", [WIJK, ANDERE, LAND])
    assert [g.code for g in lees_gebieden(pad)] == ["WK9901MA", "WK990102", "NL00"]
    assert [g.code for g in lees_gebieden(pad, ["wk 990102 ", "WK990102"])] == ["NL00", "WK990102"]
    assert [g.code for g in lees_gebieden(pad, ["WK990102", "NL00", "WK9901MA"])] == ["NL00", "WK990102", "WK9901MA"]


def test_codes_die_er_niet_zijn(tmp_path: Path) -> None:
    pad = statline(tmp_path / "kwb_2024.csv", [LAND, WIJK, ANDERE])
    tekst = fout_van(pad, ["WK990103", "GM0599"])
    assert "'WK990103': deze wijkcode staat niet in kwb_2024.csv (2024)" in tekst
    assert "WK990102" in tekst
    assert "'GM0599': deze gemeentecode staat niet" in tekst
    assert "Bedoelt u GM0599" in fout_van(pad, ["GM599"])


def test_dubbele_regels(tmp_path: Path) -> None:
    assert lees_gebieden(statline(tmp_path / "2024.csv", [LAND, WIJK, WIJK]))[1:] == (VERWACHT,)
    anders = [*WIJK[:6], "2400", *WIJK[7:]]
    tekst = fout_van(statline(tmp_path / "x2024.csv", [LAND, WIJK, anders]))
    assert "rij 4" in tekst
    assert "staat ook in rij 3, met andere getallen" in tekst


def test_dubbele_records_met_een_ander_volgnummer(tmp_path: Path) -> None:
    assert len(lees_gebieden(schrijf_json(tmp_path / "a.json", [odata(), odata(ID=9)]), jaar=2024)) == 1


def test_jaar_moet_bekend_zijn(tmp_path: Path) -> None:
    pad = statline(tmp_path / "download.csv", [WIJK])
    assert "Geef het jaar erbij" in fout_van(pad)
    assert lees_gebieden(pad, jaar=2024) == (VERWACHT,)
    assert lees_gebieden(pad, jaar=2023)[0].bron == "CBS StatLine 85618NED (2023)"
    assert "2022 en 2023. Geef het jaar" in fout_van(
        schrijf_json(tmp_path / "twee.json", {"85318NED": [odata()], "85618NED": [odata()]})
    )


# --- what cannot be read -------------------------------------------------------------------------------


def test_zonder_huishoudens_of_codes(tmp_path: Path) -> None:
    zonder_hh = schrijf_json(tmp_path / "a.json", [{"Codering_3": "WK9901MA", "AantalInwoners_5": 5020}])
    tekst = fout_van(zonder_hh, jaar=2024)
    assert "geen kolom met huishoudens" in tekst
    assert all(w in tekst for w in ("HuishoudensTotaal_", "'Huishoudens totaal'", "a_hh", "gwb_code_10", "85984NED"))
    (wijk,) = lees_gebieden(zonder_hh, jaar=2024, huishoudens_nodig=False)
    assert (wijk.huishoudens, wijk.inwoners) == (None, 5020)
    zonder_code = schrijf_json(tmp_path / "b.json", [{"HuishoudensTotaal_29": 5}])
    assert "geen kolom met codes" in fout_van(zonder_code, jaar=2024)
    labels = tmp_path / "labels_2024.csv"
    labels.write_text('"Wijken en buurten";"Huishoudens totaal (aantal)"\n"Nieuwland";"5"\n', encoding="utf-8-sig")
    assert "geen koprij gevonden. Gezocht is naar een kolom met codes" in fout_van(labels)


@pytest.mark.parametrize(
    ("inhoud", "deel"),
    [
        (b"", "het bestand is leeg"),
        (b"{'a': 1}", "geen goed gevormde json"),
        (b"[]", "er staan geen gebieden in"),
        (b"[1, 2]", "er staan geen gebieden in"),
        (b'{"value": null}', "er staan geen gebieden in"),
        (b"PK\x03\x04kapot", "de werkmap is beschadigd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1oud", "oude .xls-vorm"),
        (b"\x00\x01\x02", "geen tekst, json of Excel-werkmap"),
        (b"<html><body>Niet gevonden</body></html>", "geen koprij gevonden"),
        (b"gwb_code;a_hh\n", "er staan geen gebieden in"),
        (b"gwb_code;a_hh\nWK99;5\n", "geen kolom met codes"),
        (b"gwb_code;a_hh\nWK99;5\nWK990102;5\n", "niet de goede lengte"),
        (b"gwb_code;a_hh;a_hh\nWK990102;5;6\n", "meer kolommen passen"),
        (b"gwb_code;a_hh\nWK990102;veel\n", "dit is geen getal"),
        (b"gwb_code;a_hh;p_jz_tn\nWK990102;5;480\n", "meer dan alle inwoners"),
    ],
)
def test_onbruikbare_bestanden(tmp_path: Path, inhoud: bytes, deel: str) -> None:
    pad = tmp_path / "kwb-2024.xlsx"
    pad.write_bytes(inhoud)
    tekst = fout_van(pad)
    assert deel in tekst
    assert "kwb-2024.xlsx" in tekst


def test_een_werkmap_van_cbs_staat_achter_dezelfde_bewaker(tmp_path: Path) -> None:
    """An entity anywhere in a part, not in its first bytes alone; a formula that nobody worked out is no number."""
    pad = kwb(tmp_path / "kwb-2024.xlsx", [KWB_LAND, KWB_WIJK])
    pad.write_bytes(met_deel(pad, "xl/styles.xml", lambda xml: xml + b"<!--" + b" " * 10_000 + b"--><!ENTITY a>"))
    assert "XML-entiteiten" in fout_van(pad)
    formule = [*KWB_WIJK]
    formule[KWB_KOP.split().index("a_hh")] = "=1000+A1"
    gezegd = fout_van(kwb(tmp_path / "kwb-2024.xlsx", [KWB_LAND, formule]))
    cel = f"{get_column_letter(KWB_KOP.split().index('a_hh') + 1)}3"
    assert f"cel {cel} van blad KWB2024: deze formule heeft geen opgeslagen uitkomst." in gezegd


def met_deel(pad: Path, naam: str, anders: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of it changed."""
    uit = io.BytesIO()
    with zipfile.ZipFile(pad) as bron:
        vul(uit, ((n, anders(bron.read(n)) if n == naam else bron.read(n)) for n in bron.namelist()))
    return uit.getvalue()


def test_bestand_dat_er_niet_is(tmp_path: Path) -> None:
    assert "het bestand bestaat niet" in fout_van(tmp_path / "weg.csv")


def test_fout_wijst_de_regel_aan(tmp_path: Path) -> None:
    tekst = fout_van(statline(tmp_path / "2024.csv", [LAND, [*WIJK[:11], "weinig", *WIJK[12:]]]))
    assert "2024.csv, rij 3: laag_inkomen = " in tekst
    # a row that is not asked for does no harm
    assert lees_gebieden(tmp_path / "2024.csv", ["NL00"])[0].laag_inkomen == 0.061


# --- percentages, unknown and the year as programs leave them ---------------------------------------------


def procentcellen(pad: Path, cellen: Sequence[tuple[str, Any, str]]) -> Path:
    """A KWB workbook with the country and a wijk; ``cellen``: (header, number, number format) of the wijk."""
    boek = openpyxl.Workbook()
    blad = boek.active
    assert blad is not None
    blad.append(["gwb_code_10", "regio", "a_hh", *(kop for kop, _, _ in cellen)])
    for code, naam, aantal in (("NL00", "Nederland", 8_400_000), ("WK999801", "Noord", 2_200)):
        blad.append([code, naam, aantal, *(waarde for _, waarde, _ in cellen)])
        for i, (_, _, opmaak) in enumerate(cellen, start=4):
            blad.cell(blad.max_row, i).number_format = opmaak
    boek.save(pad)
    return pad


def test_procentcel_is_wat_excel_toont(tmp_path: Path) -> None:
    """9.2% is stored as 0.092; a plain cell beside it holds 13.4, and 6.3% of the inhabitants is 63 per 1,000."""
    cellen = [("p_hh_lkk", 0.092, "0.0%"), ("p_jz_tn", 13.4, "General"), ("p_wmo_t", 0.063, "0.00 %")]
    wijk = lees_gebieden(procentcellen(tmp_path / "kwb-2024.xlsx", cellen), ["WK999801"])[1]
    assert (wijk.laag_inkomen, wijk.jeugdhulp, wijk.wmo) == (0.092, 0.134, 0.063)


def test_een_formule_zonder_uitkomst_is_niet_onbekend(tmp_path: Path) -> None:
    """As a writing library leaves it: no result at all. A cell with an Excel error is unknown, as before."""
    tekst = fout_van(procentcellen(tmp_path / "kwb-2024.xlsx", [("p_hh_lkk", "=B3*2", "General")]))
    assert "cel D2 van blad Sheet: deze formule heeft geen opgeslagen uitkomst. Open het bestand in Excel" in tekst


def test_procentteken_in_de_opmaak_van_een_aantal(tmp_path: Path) -> None:
    tekst = fout_van(procentcellen(tmp_path / "kwb-2024.xlsx", [("a_soz_wb", 0.05, "0%")]))
    assert "bijstand = 5%: dit is een percentage, en hier hoort een aantal" in tekst


def test_procentteken_in_een_csv(tmp_path: Path) -> None:
    pad = tmp_path / "kwb-2024.csv"
    pad.write_text("gwb_code;a_hh;p_hh_lkk;p_wmo_t\nWK990102;500;9,2%;6,3 %\n", encoding="utf-8")
    (wijk,) = lees_gebieden(pad)
    assert (wijk.laag_inkomen, wijk.wmo) == (0.092, 0.063)


@pytest.mark.parametrize(
    ("kop", "waarden", "deel"),
    [
        ("p_hh_lkk", ("0,066", "0,092"), "laag_inkomen (kolom p_hh_lkk) = 'hoogstens 0,092'"),
        ("p_hh_lkk", ("0.066",), "hier een percentage hoort (9,2 en niet 0,092). Vermenigvuldig de kolom met 100"),
        ("p_hh_lkk", ("1", "0,4"), "alle waarden in deze kolom zijn 1 of lager"),
        ("p_wmo_t", ("0,066", "0,063"), "per 1.000 hoort (63 en niet 0,063). Vermenigvuldig de kolom met 1.000"),
        ("P_HH_M_K", ("0,31", "0,29"), "met_kinderen (kolom P_HH_M_K)"),
        ("wmo_65plus_per_1000_65plussers", ("0,18", "0,21"), "een aantal per 1.000 hoort"),
    ],
)
def test_fracties_waar_procenten_horen(tmp_path: Path, kop: str, waarden: tuple[str, ...], deel: str) -> None:
    pad = tmp_path / "kwb-2024.csv"
    rijen = [f"WK99010{i};500;{w}" for i, w in enumerate(waarden)]
    pad.write_text("\n".join([f"gwb_code;a_hh;{kop}", *rijen]) + "\n", encoding="utf-8")
    assert deel in fout_van(pad)


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_wmo_van_ouderen_als_eigen_kolom(tmp_path: Path, vorm: str) -> None:
    """No table of CBS has it: 180.5 of 1,000 persons of 65 and older; one that is not known stays so."""
    kop = f"{KWB_KOP} wmo_65plus_per_1000_65plussers"
    rijen = [[*KWB_LAND, 210], [*KWB_WIJK, "180,5"], [*KWB_LEEG, "."]]
    if vorm == "xlsx":
        pad = kwb(tmp_path / "kwb-2024.xlsx", rijen, kop)
    else:
        pad = tmp_path / "kwb-2024.csv"
        regels = [kop.split(), *(["" if w is None else str(w) for w in rij] for rij in rijen)]
        pad.write_text("\n".join(";".join(regel) for regel in regels), encoding="utf-8")
    gebieden = {g.code: g for g in lees_gebieden(pad)}
    assert [gebieden[c].wmo_ouderen for c in ("NL00", "WK9901MA", "WK990102")] == [0.21, 0.1805, None]
    assert gebieden["WK9901MA"].wmo == 0.057


@pytest.mark.parametrize("waarden", [("0,8",), ("0,8", "1,2"), ("0", "0"), (".", "x")])
def test_een_rijke_buurt_is_geen_fractie(tmp_path: Path, waarden: tuple[str, ...]) -> None:
    pad = tmp_path / "kwb-2024.csv"
    rijen = [f"WK99010{i};500;{w}" for i, w in enumerate(waarden)]
    pad.write_text("\n".join(["gwb_code;a_hh;p_hh_lkk", *rijen]) + "\n", encoding="utf-8")
    assert lees_gebieden(pad)[0].laag_inkomen == {"0,8": 0.008, "0": 0.0, ".": None}[waarden[0]]


@pytest.mark.parametrize("teken", ["NA", "N/A", "#N/B", "#N/A", "nan", "NaN", "<NA>", "NULL", "None", "", "99997"])
def test_onbekend_zoals_programmas_het_schrijven(tmp_path: Path, teken: str) -> None:
    """A table written by R: row numbers without header, a count as 1e+05, and a name that is unknown."""
    pad = tmp_path / "85984NED_UntypedDataSet.csv"
    pad.write_text(
        '"","Codering_3","Gemeentenaam_1","AantalInwoners_5","k_65JaarOfOuder_12","HuishoudensTotaal_28","WmoClientenRelatief_9"\n'
        f'1,"WK990102  ",NA,1e+05,{teken},45000,{teken}\n',
        encoding="utf-8",
    )
    (wijk,) = lees_gebieden(pad)
    assert (wijk.naam, wijk.inwoners, wijk.huishoudens) == ("WK990102", 100_000, 45_000)
    assert (wijk.ouderen, wijk.wmo) == (None, None)


@pytest.mark.parametrize("naam", ["85984NED_UntypedDataSet.csv", "kwb-2024.csv"])
def test_jaar_tegen_de_naam_van_het_bestand(tmp_path: Path, naam: str) -> None:
    pad = tmp_path / naam
    pad.write_text("gwb_code;a_hh\nWK990102;500\n", encoding="utf-8")
    tekst = fout_van(pad, jaar=2022)
    assert "jaar = 2022: volgens zijn naam gaat dit bestand over 2024, en gevraagd is 2022" in tekst
    assert "geef 2024" in tekst
    assert lees_gebieden(pad, jaar=2024)[0].jaar == 2024
    zonder = tmp_path / "cijfers.csv"
    zonder.write_bytes(pad.read_bytes())
    assert "--jaar 2024" in fout_van(zonder)
    assert lees_gebieden(zonder, jaar=2022)[0].bron == "CBS StatLine 85318NED (2022)"


# --- the map -------------------------------------------------------------------------------------------

KAART_KOP = "BU_CODE,JRSTATCODE,BU_NAAM,WK_CODE,WK_NAAM,GM_CODE,GM_NAAM,H2O,AANT_INW,P_00_14_JR,P_65_EO_JR,AANTAL_HH,"
KAART_KOP += "P_EENP_HH,P_HH_Z_K,P_HH_M_K,GEM_HH_GR,P_LAAGINKH"
KAART_BUURT = "BU99980101,2020BU99980101,Kerkstraat,WK999801,Noord,GM9998,Voorbeeld,NEE,1985,16,18,970,42,29,29,2.0,45"


def kaart(pad: Path, *rijen: str) -> Path:
    pad.write_text("\n".join([KAART_KOP, *rijen]) + "\n", encoding="utf-8")
    return pad


def test_kaart_geeft_aantallen_met_een_marge(tmp_path: Path) -> None:
    """29% of 970 households is 281.3, give or take 0.5% of 970; 18% of 1,985 is 357.3. 45% is no low income."""
    water = KAART_BUURT.replace("NEE", "JA").replace("1985,16,18,970,42,29,29", ",".join(["-99999999"] * 7))
    (buurt,) = lees_gebieden(kaart(tmp_path / "buurten.csv", KAART_BUURT, water))
    assert (buurt.code, buurt.naam, buurt.soort, buurt.jaar) == ("BU99980101", "Kerkstraat", "buurt", 2020)
    assert (buurt.huishoudens, buurt.inwoners, buurt.marge) == (970, 1985, 0.005)
    assert buurt.met_kinderen == pytest.approx(281.3)
    assert buurt.zonder_kinderen == pytest.approx(281.3)
    assert buurt.eenpersoons == pytest.approx(407.4)
    assert buurt.ouderen == pytest.approx(357.3)
    assert buurt.laag_inkomen is None
    assert buurt.bron.startswith("CBS Wijk- en buurtkaart (2020; delen in hele procenten")
    assert "gegevens van 2020 en niet van 2021" in fout_van(tmp_path / "buurten.csv", jaar=2021)


@pytest.mark.parametrize("geheim", ["-99997", "-99999999", "99997", "99999999", "-99997.0", ""])
def test_geheim_op_de_kaart(tmp_path: Path, geheim: str) -> None:
    zonder_delen = KAART_BUURT.replace("18,970,42,29,29", f"18,970,{geheim},29,{geheim}")
    zonder_totaal = KAART_BUURT.replace("BU99980101", "BU99980102").replace("18,970,42", f"18,{geheim},42")
    een, twee = lees_gebieden(kaart(tmp_path / "buurten.csv", zonder_delen, zonder_totaal))
    assert (een.huishoudens, een.eenpersoons, een.met_kinderen) == (970, None, None)
    assert (twee.huishoudens, twee.eenpersoons, twee.met_kinderen) == (None, None, None)
    assert twee.ouderen == pytest.approx(357.3)


def test_kaart_van_pdok_per_gemeente(tmp_path: Path) -> None:
    """Written-out names; a gemeente may really have 99,997 inhabitants."""
    pad = tmp_path / "gemeenten.csv"
    pad.write_text(
        "gemeentecode;gemeentenaam;water;aantal_inwoners;percentage_personen_65_jaar_en_ouder;aantal_huishoudens;"
        "percentage_huishoudens_met_kinderen;aantal_wmo_clienten_per_1000_inwoners;jaar\n"
        "GM9998;Voorbeeld;NEE;99997;20;45000;32;63;2023\n",
        encoding="utf-8",
    )
    (gemeente,) = lees_gebieden(pad)
    assert (gemeente.naam, gemeente.soort, gemeente.jaar, gemeente.inwoners) == ("Voorbeeld", "gemeente", 2023, 99_997)
    assert gemeente.met_kinderen == pytest.approx(14_400)
    assert gemeente.ouderen == pytest.approx(19_999.4)
    assert gemeente.wmo == 0.063


def test_wijken_op_de_kaart_heten_naar_zichzelf(tmp_path: Path) -> None:
    pad = tmp_path / "wijken_2020.csv"
    pad.write_text("WK_CODE,WK_NAAM,GM_CODE,GM_NAAM,AANTAL_HH\nWK999801,Noord,GM9998,Voorbeeld,970\n", encoding="utf-8")
    (wijk,) = lees_gebieden(pad)
    assert (wijk.code, wijk.naam, wijk.marge) == ("WK999801", "Noord", 0)


def test_kaart_met_geometrie(tmp_path: Path) -> None:
    pad = tmp_path / "buurten_2020.csv"
    pad.write_text(f'WKT,{KAART_KOP}\n"{"9 " * 70_000}",{KAART_BUURT}\n', encoding="utf-8")
    assert "Bewaar de attributentabel zonder geometrie" in fout_van(pad)


# --- real samples --------------------------------------------------------------------------------------


@pytest.mark.skipif(not BUURT.exists(), reason="de echte rijen van CBS staan hier niet")
def test_echte_buurt_in_twee_edities() -> None:
    """The same stems under other numbers; parts do not add up to the total."""
    (oud,) = lees_gebieden(BUURT, ["bu05990110"], 2022)
    (nieuw,) = lees_gebieden(BUURT, ["BU05990110"], 2023)
    assert (oud.huishoudens, oud.eenpersoons, oud.zonder_kinderen, oud.met_kinderen) == (10890, 6645, 3030, 1210)
    assert oud.huishoudens == 6645 + 3030 + 1210 + 5
    assert (oud.inwoners, oud.ouderen, oud.laag_inkomen, oud.bijstand) == (18050, 1900, 0.057, 610)
    assert (oud.jeugdhulp, oud.wmo, oud.armoede) == (0.048, 0.055, None)
    assert (nieuw.huishoudens, nieuw.laag_inkomen, nieuw.bijstand, nieuw.wmo) == (11825, 0.046, 590, 0.057)
    assert (oud.bron, nieuw.bron) == ("CBS StatLine 85318NED (2022)", "CBS StatLine 85618NED (2023)")
    assert "2022 en 2023" in fout_van(BUURT)


@pytest.mark.skipif(not DEEL.exists(), reason="het echte deelbestand van CBS staat hier niet")
def test_echt_deelbestand_zonder_huishoudens() -> None:
    assert "geen kolom met huishoudens" in fout_van(DEEL)
    gebieden = lees_gebieden(DEEL, huishoudens_nodig=False)
    assert len(gebieden) == 441
    assert sum(g.soort == "gemeente" for g in gebieden) == 342
    rotterdam = next(g for g in gebieden if g.code == "GM0599")
    assert rotterdam.inwoners is not None
    assert rotterdam.inwoners > 600_000
    assert rotterdam.huishoudens is None
