"""Reading a registration: both layouts, both ZRM lists, all scales, and every message."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mkba.invoer.registratie import lezen as registratie
from mkba.invoer.registratie.cellen import (
    bepaal_schaal,
    lees_datum,
    lees_is_65_plus,
    lees_samenstelling,
    lees_score,
    op_schaal,
)
from mkba.invoer.registratie.domeinen import ZRM_2013, ZRM_2017, is_persoonlijk, normaliseer, zoek_domein
from mkba.invoer.registratie.lezen import Huishouden, lees_registratie
from mkba.invoer.tabel.cellen import Cel
from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import FouteWaarde
from mkba.tests.hulp_invoer import BSN, schrijf
from mkba.tests.hulp_registratie import BESTAND, DOMEINEN, berichten, waterstad

KOP_2013 = "id;datum;samenstelling;kinderen onder 18;" + ";".join(ZRM_2013)
RIJ = "H1;2024-03-01;eenoudergezin;2;1;2;3;4;5;4;3;2;1;4;5"
KORT = "id;financien;huisvesting;justitie"


def tabel(*regels: str) -> str:
    return "\n".join(regels) + "\n"


def lees(tmp_path: Path, *regels: str, **opties: Any) -> tuple[Huishouden, ...]:
    return lees_registratie(schrijf(tmp_path, "r.csv", tabel(*regels)), **opties).huishoudens


def een(tmp_path: Path, *regels: str, **opties: Any) -> Huishouden:
    (huishouden,) = lees(tmp_path, *regels, **opties)
    return huishouden


def melding(tmp_path: Path, *regels: str, **opties: Any) -> str:
    gevonden = berichten(schrijf(tmp_path, "r.csv", tabel(*regels)), **opties)
    assert len(gevonden) == 1, gevonden
    return gevonden[0]


# --- layouts ----------------------------------------------------------------------------------------------------


def test_breed_2013(tmp_path: Path) -> None:
    h = een(tmp_path, KOP_2013, RIJ)
    assert (h.id, h.type, h.kinderen, h.schaal, h.eenouder) == ("H1", "gezin", 2, "1-5", True)
    assert h.datum == dt.date(2024, 3, 1)
    assert list(h.scores.values()) == [1, 2, 3, 4, 5, 4, 3, 2, 1, 4, 5]
    assert tuple(h.scores) == ZRM_2013
    with pytest.raises(TypeError):
        h.scores["adl"] = 1.0  # type: ignore[index]


def test_breed_2017_met_koppen_zoals_mensen_ze_schrijven(tmp_path: Path) -> None:
    koppen = [
        "Financiën",
        "Werk & Opleiding",
        "Tijdsbesteding",
        "ZRM Huisvesting",
        "4. Huiselijke relaties",
        "Geestelijke gezondheid (score)",
        "LICHAMELIJKE_GEZONDHEID",
        "Middelengebruik",
        "Basale ADL",
        "Instrumentele ADL",
        "Sociaal netwerk",
        "Maatschappelijke participatie",
        "Justitie",
    ]
    h = een(tmp_path, ";".join(["Dossiernummer", *koppen]), "7;" + ";".join("2" * 13))
    assert tuple(h.scores) == ZRM_2017
    assert h.type is None


def test_breed_2010_namen() -> None:
    namen = {
        "inkomen": "financien",
        "gezinsrelaties": "huiselijke_relaties",
        "fysieke_gezondheid": "lichamelijke_gezondheid",
    }
    assert {n: zoek_domein(n) for n in namen} == namen
    assert zoek_domein("adl_vaardigheden") == "adl"


def test_lang_geeft_hetzelfde_als_breed(tmp_path: Path) -> None:
    breed = een(tmp_path, KOP_2013, RIJ)
    waarden = RIJ.split(";")[4:]
    regels = [f"H1;1-3-2024;{d};{s};eenoudergezin;2" for d, s in zip(ZRM_2013, waarden, strict=True)]
    lang = lees_registratie(
        schrijf(
            tmp_path, "l.csv", tabel("client;datum;domein;score;samenstelling;kinderen onder 18", *reversed(regels))
        )
    )
    assert lang.indeling == "lang"
    (h,) = lang.huishoudens
    assert dict(h.scores) == dict(breed.scores)
    assert (h.id, h.type, h.datum, h.eenouder) == (breed.id, breed.type, breed.datum, breed.eenouder)


def test_ggm_leest_de_omschrijving_en_niet_de_code(tmp_path: Path) -> None:
    kop = "CLIENT;DATUMBEOORDELING;DOMEIN_VAN_ZELFREDZAAMHEID;ZRM_SCORE;INDICATIEHULPAANWEZIG"
    h = een(
        tmp_path,
        kop,
        "9;2024-01-02;Financiën;2 BEPERKT ZELFREDZAAM;ja",
        "9;2024-01-02;Huisvesting;NIET_ZELFREDZAAM;ja",
        "9;2024-01-02;Justitie;VOLLEDIG ZELFREDZAAM;ja",
    )
    assert dict(h.scores) == {"financien": 3, "huisvesting": 2, "justitie": 5}
    assert h.nieuw is False
    rij = "9;2024-01-02;Financiën;2;ja"
    assert "codes op alfabet" in berichten(schrijf(tmp_path, "g.csv", tabel(kop, rij)))[0]
    assert een(tmp_path, kop, rij, codering="zrm").scores["financien"] == 2


def test_lang_met_aparte_omschrijving(tmp_path: Path) -> None:
    h = een(tmp_path, "id;domein;score;score_omschrijving", "1;financien;2;beperkt zelfredzaam", "1;adl;4;")
    assert dict(h.scores) == {"financien": 3, "adl": 4}


def werkmap(pad: Path, bladen: int = 1) -> openpyxl.Workbook:
    """Two households on each of so many sheets."""
    boek = openpyxl.Workbook()
    boek.remove(boek.worksheets[0])
    for nummer in range(bladen):
        blad = boek.create_sheet(f"blad {nummer}")
        for rij in (["ID", "Financiën", "Huisvesting", "Overlastgevend"], [12, 2, 4, "nee"], [13, 5, 4, "nee"]):
            blad.append(rij)
    boek.save(pad)
    return boek


def test_verborgen_rijen_en_kolommen_worden_genoemd(tmp_path: Path) -> None:
    pad = tmp_path / "r.xlsx"
    boek = werkmap(pad)
    assert lees_registratie(pad).verborgen == ()
    boek.worksheets[0].row_dimensions[3].hidden = True
    boek.worksheets[0].column_dimensions["C"].hidden = True
    boek.worksheets[0].column_dimensions["Z"].hidden = True  # nothing stands in it
    boek.save(pad)
    gelezen = lees_registratie(pad)
    assert gelezen.verborgen == ("rij 3", "kolom C")
    assert len(gelezen.huishoudens) == 2


@pytest.mark.parametrize("staat", ["visible", "hidden", "veryHidden"])
def test_twee_bladen_met_een_registratie_worden_geweigerd(tmp_path: Path, staat: Any) -> None:
    pad = tmp_path / "r.xlsx"
    boek = werkmap(pad, 2)
    boek.worksheets[0].sheet_state = staat
    boek.active = 1
    boek.save(pad)
    assert "er zijn 2 bladen met een registratie. Bewaar het blad dat geldt" in berichten(pad)[0]


def test_een_verborgen_blad_is_geen_registratie(tmp_path: Path) -> None:
    pad = tmp_path / "r.xlsx"
    boek = werkmap(pad)
    boek.create_sheet("uitleg").append(["Export van het wijkteam"])
    boek.save(pad)
    assert len(lees_registratie(pad).huishoudens) == 2
    boek.worksheets[0].sheet_state = "veryHidden"
    boek.active = 1
    boek.save(pad)
    assert "het blad met de registratie is verborgen." in berichten(pad)[0]


def test_xlsx_met_datumcellen(tmp_path: Path) -> None:
    boek = openpyxl.Workbook()
    blad = boek.active
    assert blad is not None
    blad.append(["Export wijkteam"])
    blad.append(["ID", "Datum", "Financiën", "Huisvesting", "Schulden (ja/nee)", "Overlastgevend"])
    blad.append([12.0, dt.date(2024, 3, 1), 2, 4, True, "nee"])
    blad.append([13, dt.datetime(2024, 4, 1, 9, 30), 5, None, False, None])
    boek.save(tmp_path / "r.xlsx")
    een_, twee = lees_registratie(tmp_path / "r.xlsx").huishoudens
    assert (een_.id, een_.datum, een_.schulden, een_.overlast) == ("12", dt.date(2024, 3, 1), True, False)
    assert (twee.datum, twee.scores["huisvesting"], twee.overlast) == (dt.date(2024, 4, 1), None, None)
    blad.cell(4, 3).value = dt.date(2024, 4, 3)
    boek.save(tmp_path / "r.xlsx")
    assert (
        "r.xlsx, rij 4 (C4): financien = (niet getoond): de cel heeft geen leesbare waarde"
        in berichten(tmp_path / "r.xlsx")[0]
    )


@pytest.mark.parametrize("teken", [";", ",", "\t"])
def test_scheidingstekens_en_coderingen(tmp_path: Path, teken: str) -> None:
    tekst = tabel("id;financiën;huisvesting", "1;2;3").replace(";", teken)
    for codering in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        (h,) = lees_registratie(schrijf(tmp_path, "r.csv", tekst.encode(codering))).huishoudens
        assert dict(h.scores) == {"financien": 2, "huisvesting": 3}
    (h,) = lees_registratie(schrijf(tmp_path, "r.csv", f"sep={teken}\n{tekst}")).huishoudens
    assert h.scores["financien"] == 2


def test_ecd_export_neemt_klant_en_niet_het_rijnummer(tmp_path: Path) -> None:
    pad = schrijf(
        tmp_path,
        "r.csv",
        tabel("id;financien;adl_vaardigheden;model;klant_id;created", "1;2;3;V1;88;2023-05-01 10:00:00"),
    )
    r = lees_registratie(pad)
    assert r.huishoudens[0].id == "88"
    assert r.huishoudens[0].datum == dt.date(2023, 5, 1)
    assert r.genegeerd == ("id, kolom 1 (A)", "model, kolom 4 (D)")


# --- scores and scales --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [
        (3, 3.0),
        ("3", 3.0),
        ("3,5", 3.5),
        (3.5, 3.5),
        ("3 - beperkt zelfredzaam", 3.0),
        ("1 Acute problematiek", 1.0),
        ("Acute problematiek", 1.0),
        ("niet zelfredzaam", 2.0),
        ("voldoende", 4.0),
        ("VOLLEDIG_ZELFREDZAAM", 5.0),
        (99, None),
        ("99", None),
        ("99 - onbesproken", None),
        ("Onbesproken", None),
        ("n.v.t.", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_scores_op_schaal_1_5(waarde: object, verwacht: float | None) -> None:
    assert op_schaal(lees_score(Cel(waarde)), "1-5") == verwacht


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [("ja", 1.0), ("nee", 0.0), (1, 1.0), ("0", 0.0), (True, 1.0), ("geen probleem", 0.0), ("99", None)],
)
def test_scores_op_schaal_0_1(waarde: object, verwacht: float | None) -> None:
    assert op_schaal(lees_score(Cel(waarde)), "0-1") == verwacht


@pytest.mark.parametrize(
    ("waarden", "verwacht"),
    [
        ([1, 2, 5], "1-5"),
        ([1, 0, 0], "0-1"),
        (["ja", "nee"], "0-1"),
        (["ja", 1], "0-1"),
        (["beperkt", 1], "1-5"),
        ([0, 2, 3, 4], "1-5"),
        ([0, 0, 0, 1, 2], "0-1"),
    ],
)
def test_schaal_volgt_uit_de_scores(waarden: list[object], verwacht: str) -> None:
    assert bepaal_schaal(lees_score(Cel(w)) for w in waarden) == verwacht


@pytest.mark.parametrize(
    ("waarden", "oorzaak"),
    [([1, 1], "alle scores zijn 1"), ([None, 99], "geen enkele score"), (["ja", "beperkt"], "door elkaar")],
)
def test_schaal_die_niet_te_zien_is(waarden: list[object], oorzaak: str) -> None:
    with pytest.raises(FouteWaarde, match=oorzaak):
        bepaal_schaal(lees_score(Cel(w)) for w in waarden)


def test_alleen_enen_vraagt_om_de_schaal(tmp_path: Path) -> None:
    regels = (KORT, "1;1;1;", "2;1;1;1")
    assert "schaal = (leeg): alle scores zijn 1" in melding(tmp_path, *regels)
    assert lees(tmp_path, *regels, schaal="0-1")[0].schaal == "0-1"
    assert lees(tmp_path, *regels, schaal="1-5")[0].scores["financien"] == 1


def test_bijlage_3_met_ja_nee(tmp_path: Path) -> None:
    """Registration columns of the meta-analysis: a problem area is the fact itself."""
    h = een(
        tmp_path,
        "ID;Datum aanmelding;Samenstelling;Aantal kinderen;w.v. thuiswonend;(L)VB;Schulden;Werk;Overlast;Criminaliteit;"
        "Dagbesteding;Isolement;Verslaving;Psychisch;Fysiek;Huisvesting;HG;Opvoeding;Onveilig v. kinderen;Overig",
        "1;1-2-2013;eenoudergezin;3;2;0;1;1;0;0;0;0;0;1;0;0;0;1;0;0",
    )
    assert (h.schaal, h.kinderen, h.lvb, h.schulden, h.geen_werk, h.overlast) == ("0-1", 2, False, True, True, False)
    assert {d for d, s in h.scores.items() if s} == {"schulden", "werk", "geestelijke_gezondheid", "opvoeding"}


def test_schulden_en_overlast_als_ja_nee_of_als_score(tmp_path: Path) -> None:
    kop = "id;financien;schulden;overlast"
    h = een(tmp_path, kop, "1;3;ja;0", "", schaal="1-5")
    assert (h.schulden, h.overlast, dict(h.scores)) == (True, False, {"financien": 3})
    h = een(tmp_path, kop, "1;3;2;5")
    assert (h.schulden, h.overlast) == (None, None)
    assert dict(h.scores) == {"financien": 3, "schulden": 2, "overlast": 5}
    assert "alleen 1" in melding(tmp_path, kop, "1;3;1;5", "2;4;1;5")


# --- facts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kop", "rij", "verwacht"),
    [
        ("samenstelling;kinderen onder 18", "gezin;1", "gezin"),
        ("samenstelling;kinderen onder 18", "alleenstaand;2", "gezin"),
        ("samenstelling;leeftijd oudste", "alleenstaand;65", "oudere"),
        ("samenstelling;leeftijd oudste", "paar zonder kinderen;64", "overig"),
        ("samenstelling;leeftijd oudste", "alleenstaand;", None),
        ("type;oudste_65_plus", "65+;", "oudere"),
        ("kinderen onder 18;leeftijd oudste", "1;70", "gezin"),
        ("kinderen onder 18;leeftijd oudste", "0;70", "oudere"),
        ("kinderen onder 18;leeftijd oudste", "0;40", "overig"),
        ("kinderen onder 18;leeftijd oudste", ";40", None),
        ("aantal kinderen;oudste_65_plus", "0;nee", "overig"),
    ],
)
def test_type_volgt_uit_de_kenmerken(tmp_path: Path, kop: str, rij: str, verwacht: str | None) -> None:
    assert een(tmp_path, f"id;financien;{kop}", f"1;3;{rij}").type == verwacht


@pytest.mark.parametrize(
    ("kop", "rij", "oorzaak"),
    [
        ("type;kinderen onder 18", "oudere;1", "een huishouden met kinderen onder 18 is een gezin"),
        ("type;kinderen onder 18", "gezin;0", "gezin zonder kinderen"),
        ("type;samenstelling", "overig;tweeoudergezin", "type en samenstelling spreken elkaar tegen"),
        ("geen_werk;betaald_werk", "ja;ja", "werk spreken elkaar tegen"),
        ("nieuw;al_hulp", "ja;ja", "eerdere hulp spreken elkaar tegen"),
    ],
)
def test_kenmerken_die_elkaar_tegenspreken(tmp_path: Path, kop: str, rij: str, oorzaak: str) -> None:
    assert oorzaak in melding(tmp_path, f"id;financien;{kop}", f"1;3;{rij}")


def test_feiten(tmp_path: Path) -> None:
    h = een(tmp_path, "id;financien;betaald werk;al hulp;dakloos;MPG;intramuraal", "1;3;nee;nee;;nee;ja")
    assert (h.geen_werk, h.nieuw, h.top) == (True, True, True)


@pytest.mark.parametrize("tekst", ["65+", "65 of ouder", "ouder dan 65", "70", 65, ">= 65"])
def test_65_plus(tekst: object) -> None:
    assert lees_is_65_plus(Cel(tekst)) is True


@pytest.mark.parametrize("tekst", ["jonger dan 65", "<65", "64", 0])
def test_jonger_dan_65(tekst: object) -> None:
    assert lees_is_65_plus(Cel(tekst)) is False


@pytest.mark.parametrize("tekst", ["2024-03-01", "1-3-2024", "01/03/2024", "2024-03-01 00:00:00", "1.3.2024"])
def test_datums(tekst: str) -> None:
    assert lees_datum(Cel(tekst)) == dt.date(2024, 3, 1)


def test_samenstelling_onbekend_is_leeg() -> None:
    assert lees_samenstelling(Cel("onbekend")) is None


# --- moments ------------------------------------------------------------------------------------------------------


def test_de_eerste_meting_is_de_start(tmp_path: Path) -> None:
    h = een(
        tmp_path,
        "id;datum;financien;huisvesting;type;al_hulp",
        "1;2024-06-01;4;5;overig;ja",
        "1;2023-12-01;2;3;overig;nee",
        "1;2024-12-01;5;5;overig;ja",
    )
    assert dict(h.scores) == {"financien": 2, "huisvesting": 3}
    assert h.nieuw is True
    assert [(m.datum, m.scores["financien"]) for m in h.later] == [(dt.date(2024, 6, 1), 4), (dt.date(2024, 12, 1), 5)]


def test_lang_met_twee_momenten(tmp_path: Path) -> None:
    h = een(tmp_path, "id;datum;domein;score", "1;2024-06-01;adl;4", "1;2023-06-01;adl;2", "1;2023-06-01;justitie;5")
    assert dict(h.scores) == {"adl": 2, "justitie": 5}
    assert dict(h.later[0].scores) == {"adl": 4}


# --- messages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regels", "verwacht"),
    [
        ((KORT, "1;6;2;"), "r.csv, rij 2: financien = (niet getoond): een ZRM-score ligt tussen 1 en 5"),
        ((KORT, "1;0;2;", "2;3;4;5"), "financien = (niet getoond): een ZRM-score ligt tussen 1 en 5."),
        ((KORT, "1;0;1;0", "2;0;3;1"), "huisvesting = (niet getoond): deze score hoort niet bij de schaal 0-1"),
        ((KORT, "1;ja;2;3", "2;3;4;5"), "financien = (niet getoond): ja of nee past niet"),
        ((KORT, "1;slecht;2;3"), "financien = (niet getoond): dit is geen score"),
        ((KORT, "1;3 - niet zelfredzaam;2;3"), "spreken elkaar tegen: in de ZRM horen ze niet bij elkaar"),
        ((KORT, "1;3 - gaat wel;2;3"), "deze omschrijving is geen ZRM-score"),
        ((KORT, "1;2..3;2;3"), "financien = (niet getoond): dit is geen score"),
        ((KORT, ";2;3;4"), "id = (leeg): het ID ontbreekt"),
        (
            (KORT, "1;2;3;4", "1;2;3;4"),
            "r.csv, rij 3: id = (niet getoond): dit ID staat er al, ook op deze datum of zonder datum (r.csv, rij 2)",
        ),
        (
            (f"{KORT};datum", "1;2;3;4;2024-01-01", "1;2;3;4;2024-01-01"),
            "ook op deze datum of zonder datum (r.csv, rij 2)",
        ),
        ((f"{KORT};datum", "1;2;3;4;2024-01-01", "1;2;3;4;"), "datum = (leeg): dit huishouden heeft 2 metingen"),
        ((f"{KORT};datum", "1;2;3;4;morgen"), "datum = (niet getoond): dit is geen datum"),
        ((f"{KORT};datum", "1;2;3;4;31-2-2024"), "deze datum bestaat niet"),
        ((f"{KORT};datum", "1;2;3;4;1-2-1950"), "dit jaar ligt buiten 1990"),
        ((f"{KORT};type", "1;2;3;4;woongroep"), "type = (niet getoond): dit type huishouden is niet bekend"),
        ((f"{KORT};aantal kinderen", "1;2;3;4;veel"), "kinderen = (niet getoond)"),
        ((f"{KORT};aantal kinderen", "1;2;3;4;1,5"), "dit is geen aantal kinderen"),
        ((f"{KORT};leeftijd oudste", "1;2;3;4;165"), "dit is geen leeftijd"),
        ((f"{KORT};al hulp", "1;2;3;4;soms"), "al_hulp = (niet getoond): dit is geen score"),
        ((f"{KORT};al hulp", "1;2;3;4;3"), "al_hulp = (niet getoond): dit is geen ja of nee"),
        ((f"{KORT};werk", "1;2;3;4;ja"), "werk = (niet getoond): ja of nee onder 'werk' kan 'heeft werk'"),
        (
            (f"{KORT};geen_werk", "1;2;3;4;ja", "2;2;3;4;"),
            "geen_werk = (niet getoond): deze kolom kent alleen ja en lege cellen",
        ),
        ((f"{KORT};financien", "1;2;3;4;5"), "financien = (niet getoond): deze kolom staat er twee keer (kolom"),
        (
            (f"{KORT};al hulp;al in beeld", "1;2;3;4;ja;ja"),
            "al_hulp = (niet getoond): deze kolom staat er twee keer (kolom",
        ),
        ((f"{KORT};sociaal netwrk", "1;2;3;4;5"), "Bedoelt u sociaal_netwerk?"),
        (("id;domein;score", "1;vrije tijd;3"), "domein = (niet getoond): dit domein is niet bekend"),
        (("id;domein;score", "1;3;3"), "domein = (niet getoond): dit is een code"),
        (("id;domein;score", "1;adl;3", "1;ADL;3"), "adl = (niet getoond): dit domein heeft bij dit huishouden"),
        (
            ("id;domein;score;type", "1;adl;3;gezin", "1;justitie;3;overig"),
            "type = (niet getoond): bij dit huishouden staat",
        ),
        ((KORT, "1;;;99"), "schaal = (leeg): er is geen enkele score"),
        ((KORT,), "er staat geen huishouden onder de koprij"),
        (("naam wijk;bedrag", "Noord;3"), "koprij = (leeg): er is geen rij met de kop ID"),
        (("id;kinderen", "1;3"), "deze rij lijkt de koprij, maar mist"),
    ],
)
def test_melding(tmp_path: Path, regels: tuple[str, ...], verwacht: str) -> None:
    alle = berichten(schrijf(tmp_path, "r.csv", tabel(*regels)))
    assert any(verwacht in m for m in alle), alle


def test_alles_wat_fout_is_in_een_keer(tmp_path: Path) -> None:
    alle = berichten(
        schrijf(tmp_path, "r.csv", tabel(f"{KORT};datum;type", "1;7;3;4;gisteren;iets", "2;2;3;x4;2024-01-01;gezin"))
    )
    assert [m.split(" = ")[0] for m in alle] == [
        "r.csv, rij 3: justitie",
        "r.csv, rij 2: datum",
        "r.csv, rij 2: financien",
        "r.csv, rij 2: type",
    ]


def test_na_honderd_meldingen_alleen_het_aantal(tmp_path: Path) -> None:
    alle = berichten(schrijf(tmp_path, "r.csv", tabel(KORT, *(f"{i};7;2;3" for i in range(150)))))
    assert len(alle) == 101
    assert "er zijn nog 50 andere meldingen" in alle[-1]


def test_te_veel_rijen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registratie, "MAXIMUM_RIJEN", 3)
    assert "meer dan 3 rijen" in melding(tmp_path, KORT, *(f"{i};2;3;4" for i in range(4)))


@pytest.mark.parametrize(
    ("naam", "inhoud", "verwacht"),
    [
        ("r.toml", b"a = 1", "een registratie wordt gelezen uit csv of xlsx"),
        ("r.csv", b"", "het bestand is leeg. Geef een export"),
        ("r.csv", b"PK\x03\x04", "geen csv-bestand maar een Excel-werkmap"),
        ("r.xlsx", b"id;adl", "dit is geen Excel-werkmap"),
        ("r.xlsx", b"PK\x03\x04rommel", "de werkmap is beschadigd"),
        ("r.csv", b'id;adl\n1;"2', "geen goed gevormde csv"),
        ("r.csv", b"id;adl\n1" + b";2" * 600, "voorbij kolom 500"),
    ],
)
def test_bestand_dat_niet_te_lezen_is(tmp_path: Path, naam: str, inhoud: bytes, verwacht: str) -> None:
    (gevonden,) = berichten(schrijf(tmp_path, naam, inhoud))
    assert verwacht in gevonden


def test_bestand_bestaat_niet(tmp_path: Path) -> None:
    (gevonden,) = berichten(tmp_path / "weg.csv")
    assert "het bestand bestaat niet" in gevonden


# --- personal data ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kop",
    [
        *("BSN", "Burgerservicenummer", "Naam", "Achternaam", "naam generalist", "clientnaam", "Adres", "Straat"),
        *("Huisnummer", "Postcode", "Geboortedatum", "geboortedata", "E-mail", "Telefoonnummer", "A-nummer"),
    ],
)
def test_kolom_met_persoonsgegevens_wordt_geweigerd(tmp_path: Path, kop: str) -> None:
    gevonden = melding(tmp_path, f"{KORT};{kop}", "1;2;3;4;Jansen 12")
    assert "deze kolom bevat persoonsgegevens" in gevonden
    assert "Jansen" not in gevonden


@pytest.mark.parametrize(
    "kop", ["gemeentenaam", "wijknaam", "Naam wijk", "postcode4", "PC4", "woongemeente", "teamnaam"]
)
def test_naam_van_een_gebied_mag(tmp_path: Path, kop: str) -> None:
    assert not is_persoonlijk(normaliseer(kop))
    assert een(tmp_path, f"{KORT};{kop}", "1;2;3;4;x").id == "1"


def test_bsn_als_id_wordt_geweigerd_en_niet_getoond(tmp_path: Path) -> None:
    gevonden = melding(tmp_path, KORT, f"{BSN};2;3;4")
    assert "elfproef" in gevonden
    assert BSN not in gevonden


def test_bsn_kolom_als_enige_id(tmp_path: Path) -> None:
    alle = berichten(schrijf(tmp_path, "r.csv", tabel("bsn;financien;adl", f"{BSN};2;3")))
    assert any("persoonsgegevens" in m for m in alle)
    assert any("geen kolom die huishoudens uit elkaar houdt" in m for m in alle)
    assert BSN not in "".join(alle)


def test_bsn_in_een_andere_kolom(tmp_path: Path) -> None:
    gevonden = melding(tmp_path, f"{KORT};opmerking", f"1;2;3;4;zie {BSN}", f"2;2;3;4;{BSN}", "3;2;3;4;niets")
    assert "opmerking, kolom 5 (E) = (niet getoond): in deze kolom staat 2 keer een geldig bsn" in gevonden


@pytest.mark.parametrize("id_", ["Jansen", "Piet Jansen", "p.jansen@x.nl", "Dorpsstraat 12"])
def test_naam_of_adres_als_id(tmp_path: Path, id_: str) -> None:
    gevonden = melding(tmp_path, KORT, f"{id_};2;3;4")
    assert "dit lijkt een naam" in gevonden
    assert id_ not in gevonden


@pytest.mark.parametrize("id_", ["1", "W-012", "2024/17", "123456780", "b1f0c7aa-1112-4223-8aaa-111222333abc"])
def test_gewone_ids(tmp_path: Path, id_: str) -> None:
    assert een(tmp_path, KORT, f"{id_};2;3;4").id == id_


# --- the shipped extract ------------------------------------------------------------------------------------------


def test_meegeleverde_registratie_volgt_het_recept() -> None:
    assert (paden.data() / BESTAND).read_text(encoding="utf-8") == waterstad()


def test_meegeleverde_registratie_leest() -> None:
    r = lees_registratie(paden.data() / BESTAND)
    assert (len(r.huishoudens), r.schaal, r.indeling) == (240, "1-5", "breed")
    assert set(r.domeinen) == set(DOMEINEN)
    assert sum(bool(h.later) for h in r.huishoudens) == 24
    assert {h.type for h in r.huishoudens} == {"gezin", "oudere", "overig"}
    lijsten = {
        sum(d in h.scores and h.scores[d] is not None for d in ("werk_opleiding", "dagbesteding"))
        for h in r.huishoudens
    }
    assert lijsten <= {0, 1}, "een intake volgt een van beide lijsten"
