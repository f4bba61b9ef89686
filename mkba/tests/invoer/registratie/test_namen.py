"""What the headers of a registration may be called, the scale that they name, and that no score is left out."""

from pathlib import Path

import openpyxl
import pytest

from mkba.analyse.doelgroepen.zelfredzaamheid import deel_huishouden_in, deel_in
from mkba.invoer.registratie.domeinen import ZRM_2017, domeinnamen, zoek_domein
from mkba.invoer.registratie.lezen import Huishouden, Registratie, lees_registratie
from mkba.invoer.registratie.namen import TWEEDUIDIG, lees_kopcel
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.opdracht import main
from mkba.tests.hulp_invoer import schrijf
from mkba.tests.hulp_registratie import berichten, gevallen, huishouden, kopie_van_notebook_10
from mkba.uitvoer.doelgroepen import registratie as uit_registratie

GEWOON = (
    "Geldzaken;Werk en opleiding;Tijdsbesteding;Relaties thuis;Woning;Geestelijke gezondheid;Lichamelijke gezondheid;"
    "Verslaving;Zelfzorg;Dagelijkse activiteiten;Sociaal netwerk;Inzet voor de maatschappij;Justitie"
)
VAN_2017 = (
    "financien;werk_opleiding;tijdsbesteding;huiselijke_relaties;huisvesting;geestelijke_gezondheid;"
    "lichamelijke_gezondheid;middelengebruik;basale_adl;instrumentele_adl;sociaal_netwerk;"
    "maatschappelijke_participatie;justitie"
)


def rijen(aantal: int = 40) -> list[str]:
    """Households that each have their two problems in other domains, so that a lost column moves them."""
    uit = []
    for n in range(aantal):
        scores = [5] * 13
        scores[n % 13] = 2
        scores[(n + 4) % 13] = 3
        uit.append(";".join(["H" + str(n), "overig", *map(str, scores)]))
    return uit


def lees(tmp_path: Path, kop: str, *regels: str) -> Registratie:
    return lees_registratie(schrijf(tmp_path, "r.csv", "\n".join([kop, *regels]) + "\n"))


def een(tmp_path: Path, kop: str, *regels: str) -> Huishouden:
    (gelezen,) = lees(tmp_path, kop, *regels).huishoudens
    return gelezen


def fout(tmp_path: Path, kop: str, *regels: str) -> str:
    alle = berichten(schrijf(tmp_path, "r.csv", "\n".join([kop, *regels]) + "\n"))
    assert len(alle) == 1, alle
    return alle[0]


def test_dezelfde_scores_onder_andere_namen_geven_dezelfde_klassen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    per_kop = {}
    for kop in (VAN_2017, GEWOON, ";".join(f"{naam} (1-5)" for naam in GEWOON.split(";"))):
        r = lees(tmp_path, f"id;type;{kop}", *rijen())
        assert r.genegeerd == ()
        assert len(r.domeinen) == 13
        uitslagen = deel_in(r.huishoudens, kengetallen).uitslagen
        per_kop[kop] = [(u.klasse, u.gebieden, u.gemiddelde) for u in uitslagen]
    een_, twee, drie = per_kop.values()
    assert een_ == twee == drie
    assert len({klasse for klasse, *_ in een_}) == 2


@pytest.mark.parametrize(
    ("kop", "domein"),
    [
        ("Inkomen", "financien"),
        ("Gezinsrelaties", "huiselijke_relaties"),
        ("Fysieke gezondheid", "lichamelijke_gezondheid"),
        ("ADL vaardigheden", "adl"),
        ("Omgaan met geld", "financien"),
        ("Woonsituatie", "huisvesting"),
        ("Psychisch functioneren", "geestelijke_gezondheid"),
        ("Praktisch functioneren", "adl"),
        ("Mentale gezondheid", "geestelijke_gezondheid"),
        ("Alcohol & drugs", "middelengebruik"),
        ("Persoonlijke verzorging", "basale_adl"),
        ("Meedoen", "maatschappelijke_participatie"),
        ("Sociale contacten", "sociaal_netwerk"),
        ("Delictgedrag", "justitie"),
        ("Lichamelijke verzorging", "ouderschap_verzorging"),
        ("Sociaal-emotionele ondersteuning", "ouderschap_ondersteuning"),
        ("Supplement ouderschap: scholing", "ouderschap_scholing"),
        ("ZRM 2017 - Tijdsbesteding", "tijdsbesteding"),
        ("Score Geldzaken", "financien"),
        ("Geldzaken score", "financien"),
        ("Geldzaken 0-meting", "financien"),
    ],
)
def test_namen_van_andere_lijsten(kop: str, domein: str) -> None:
    kopcel = lees_kopcel(kop)
    assert zoek_domein(kopcel.naam) == domein
    assert kopcel.schaal is None
    assert not kopcel.vreemd


def test_geen_naam_is_zowel_een_domein_als_tweeduidig() -> None:
    assert not set(domeinnamen()) & set(TWEEDUIDIG)


@pytest.mark.parametrize(
    "tekst",
    [
        *("{} (1-5)", "{} 1 t/m 5", "[1–5] {}", "{} 1 tot en met 5", "{} (score 1-5)", "{} schaal 1 tot 5", "{}_1_5"),
        *("{} (5-puntsschaal)", "{} 1..5", "{} (1/5)", "ZRM {} - score (1 t/m 5)", "{} (1 = acuut, 5 = volledig)"),
    ],
)
def test_een_schaal_in_de_kop(tmp_path: Path, tekst: str) -> None:
    kopcel = lees_kopcel(tekst.format("Financiën"))
    assert (zoek_domein(kopcel.naam), kopcel.schaal, kopcel.vreemd) == ("financien", "1-5", False)
    r = lees(tmp_path, f"id;{tekst.format('Financiën')};huisvesting", "1;3;4")
    assert (r.domeinen, r.genegeerd) == (("financien", "huisvesting"), ())


def test_de_schaal_in_de_kop_beslist_waar_de_scores_zwijgen(tmp_path: Path) -> None:
    assert een(tmp_path, "id;Financiën (1-5);huisvesting", "1;1;1").schaal == "1-5"
    assert een(tmp_path, "id;Financiën (0-1);huisvesting", "1;1;1").schaal == "0-1"
    assert een(tmp_path, "id;domein;Score (1 t/m 5)", "1;Geldzaken;1").scores == {"financien": 1}
    h = een(tmp_path, "id;financien;schulden (0-1)", "1;3;1")
    assert (h.schulden, dict(h.scores)) == (True, {"financien": 3})
    h = een(tmp_path, "id;financien;schulden (1-5)", "1;3;1")
    assert (h.schulden, dict(h.scores)) == (None, {"financien": 3, "schulden": 1})


@pytest.mark.parametrize(
    ("kop", "rij", "verwacht"),
    [
        ("id;Financiën (1-10);huisvesting", "1;3;4", "financien = (niet getoond): de kop noemt een andere schaal dan"),
        ("id;Financiën (5-1);huisvesting", "1;3;4", "de kop noemt een andere schaal dan"),
        ("id;[1-4] Financiën;huisvesting", "1;3;4", "de kop noemt een andere schaal dan"),
        ("id;Financiën (1 = volledig zelfredzaam);huisvesting", "1;3;4", "de kop noemt een andere schaal dan"),
        ("id;Financiën (1 = goed, 5 = slecht);huisvesting", "1;3;4", "de kop noemt een andere schaal dan"),
        ("id;domein;score (0-10)", "1;adl;3", "score = (niet getoond): de kop noemt een andere schaal dan"),
        (
            "id;domein;score",
            "1;adl (1-10);3\n1;justitie;5",
            "r.csv, rij 2: domein = (niet getoond): de kop noemt een andere schaal",
        ),
        ("id;Financiën (0-1);huisvesting", "1;3;4", "andere schaal dan de scores hebben (0-1 in plaats van 1-5)"),
        ("id;Financiën (1-5);huisvesting", "1;0;1", "andere schaal dan de scores hebben (1-5 in plaats van 0-1)"),
        ("id;Financiën (ja/nee);huisvesting", "1;3;4", "andere schaal dan de scores hebben (0-1 in plaats van 1-5)"),
        ("id;financien;schulden (0-1)", "1;3;4", "schulden = (niet getoond): de kop noemt een andere schaal dan"),
    ],
)
def test_een_schaal_die_niet_klopt_wordt_geweigerd(tmp_path: Path, kop: str, rij: str, verwacht: str) -> None:
    assert verwacht in fout(tmp_path, kop, rij)


def test_een_naam_met_twee_lezingen(tmp_path: Path) -> None:
    assert "dagbesteding of tijdsbesteding of (instrumentele) ADL" in fout(
        tmp_path, "id;financien;Dagelijkse activiteiten", "1;2;3"
    )
    assert set(een(tmp_path, "id;tijdsbesteding;Dagelijkse activiteiten", "1;2;3").scores) == {
        "tijdsbesteding",
        "instrumentele_adl",
    }
    assert set(een(tmp_path, "id;iadl;Dagelijkse activiteiten", "1;2;3").scores) == {
        "instrumentele_adl",
        "dagbesteding",
    }
    assert set(een(tmp_path, "id;financien;Werk en inkomen (1-5)", "1;2;3").scores) == {"financien", "werk_opleiding"}
    assert "geestelijke gezondheid of lichamelijke gezondheid" in fout(tmp_path, "id;adl;Gezondheid", "1;2;3")
    assert "meer dan een domein van de ZRM" in fout(tmp_path, "id;domein;score", "1;Gezondheid;3")
    h = een(tmp_path, "id;werk_opleiding;lichamelijke verzorging;scholing;opvang", "1;5;4;3;2")
    assert dict(h.scores) == {
        "werk_opleiding": 5,
        "ouderschap_verzorging": 4,
        "ouderschap_scholing": 3,
        "ouderschap_opvang": 2,
    }


def test_het_supplement_telt_in_opvoeding_en_niet_in_het_gemiddelde(kengetallen: Kengetallen) -> None:
    zrm = dict.fromkeys(ZRM_2017, 4.0) | {"financien": 3.0}
    zonder = deel_huishouden_in(huishouden(zrm), kengetallen)
    met = deel_huishouden_in(huishouden(zrm | {"ouderschap_opvang": 1.0}), kengetallen)
    assert (zonder.klasse, zonder.gebieden) == ("ev", ("financien",))
    assert (met.klasse, met.gebieden) == ("zr", ("financien", "opvoeding"))
    assert met.gemiddelde == zonder.gemiddelde == pytest.approx(47 / 12)
    assert met.scores == zonder.scores == 12


@pytest.mark.parametrize(
    ("kop", "regels", "plaats"),
    [
        ("Vrije tijd", ("1;2;3;4", "2;3;4;5"), "kolom 4 (D)"),
        ("Financiën eindmeting", ("1;2;3;4",), "kolom 4 (D)"),
        ("Huisvesting tweede meting", ("1;2;3;4",), "huisvesting_tweede_meting, kolom 4 (D)"),
        ("Thema 7", ("1;2;3;beperkt zelfredzaam",), "kolom 4 (D)"),
        ("", ("1;2;3;4",), "kolom 4 (D)"),
        ("Vrije tijd", ("1;2;3;4", "2;3;4;", "3;3;4;99", "4;1;1;2"), "kolom 4 (D)"),
    ],
)
def test_scores_zonder_domein_worden_geweigerd(tmp_path: Path, kop: str, regels: tuple[str, ...], plaats: str) -> None:
    gevonden = fout(tmp_path, f"id;financien;huisvesting;{kop}", *regels)
    assert f"r.csv, rij 1: {plaats} = (niet getoond): in deze kolom staan scores" in gevonden


def test_ook_ja_en_nee_zijn_scores_waar_de_domeinen_zo_zijn_gescoord(tmp_path: Path) -> None:
    assert "in deze kolom staan scores" in fout(tmp_path, "id;financien;huisvesting;Vrije tijd", "1;ja;nee;ja")
    r = lees(tmp_path, "id;financien;huisvesting;Vrije tijd", "1;2;3;ja")
    assert r.genegeerd == ("kolom 4 (D)",)


def test_een_kolom_naast_een_rij_per_score(tmp_path: Path) -> None:
    assert "naast de kolommen domein en score" in fout(tmp_path, "id;domein;score;adl", "1;financien;2;3")


def test_elke_andere_kolom_wordt_genoemd(tmp_path: Path) -> None:
    kop = "id;financien;huisvesting;zrm_lijst;aantal gesprekken;wijk;Zingeving;Jantje Jansen;;opmerking"
    r = lees(tmp_path, kop, "1;2;3;2017;3;12;4;1250;los;tekst")
    assert r.genegeerd == (
        "zrm_lijst, kolom 4 (D)",
        "aantal_gesprekken, kolom 5 (E)",
        "wijk, kolom 6 (F)",
        "zingeving, kolom 7 (G)",
        "kolom 8 (H)",
        "kolom 9 (I)",
        "opmerking, kolom 10 (J)",
    )


def test_een_werkmap_zegt_in_welke_cel(tmp_path: Path) -> None:
    boek = openpyxl.Workbook()
    blad = boek.active
    assert blad is not None
    blad.append(["id", "financien", "huisvesting", "Vrije tijd"])
    blad.append([1, 2, 3, 4])
    boek.save(tmp_path / "r.xlsx")
    (gevonden,) = berichten(tmp_path / "r.xlsx")
    assert "r.xlsx, rij 1 (D1): kolom 4 (D) = (niet getoond): in deze kolom staan scores" in gevonden


def test_de_pagina_en_de_terminal_noemen_wat_niet_gebruikt_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], kengetallen: Kengetallen
) -> None:
    kop = f"id;type;{GEWOON};zrm_lijst"
    bron = schrijf(tmp_path, "r.csv", "\n".join([kop, *(f"{rij};2017" for rij in rijen())]) + "\n")
    indeling = uit_registratie.deel_registratie_in(lees_registratie(str(bron)), kengetallen)
    niet = "Niet gebruikte kolommen van de registratie: zrm_lijst, kolom 16 (P)."
    anders = "als ZRM-domein zijn gelezen: geldzaken is financien; relaties thuis is huiselijke relaties"
    pagina = uit_registratie.toelichting(indeling).data
    assert niet in pagina
    assert anders in pagina
    vreemd = schrijf(tmp_path, "v.csv", "id;type;financien;Vrije tijd\n1;gezin;2;3\n")
    boeken = [
        str(kopie_van_notebook_10(tmp_path / f"{naam}.ipynb", pad)) for naam, pad in (("goed", bron), ("fout", vreemd))
    ]
    naar = tmp_path / "uit"
    assert main(["notebook", *boeken, "--naar", str(naar), "--werkers", "1"]) == 1
    gezegd = capfd.readouterr().err
    assert niet in gezegd
    assert anders in gezegd
    assert "v.csv, rij 1: kolom 4 (D) = (niet getoond): in deze kolom staan scores" in gezegd
    assert niet in (naar / "goed.html").read_text(encoding="utf-8")
    assert niet in (naar / "index.html").read_text(encoding="utf-8")
    assert "in deze kolom staan scores" in (naar / "fout.html").read_text(encoding="utf-8")


def test_de_vergelijking_van_de_gevallen(kengetallen: Kengetallen) -> None:
    map_ = gevallen()
    telling = []
    for letter in "ab":
        registratie = lees_registratie(map_ / f"zrm-vergelijk-{letter}.csv")
        indeling = uit_registratie.deel_registratie_in(registratie, kengetallen)
        telling.append([(u.klasse, u.gebieden, u.gemiddelde) for u in indeling.uitslagen])
    assert telling[0] == telling[1]
