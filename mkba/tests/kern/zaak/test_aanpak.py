"""The checks on an aanpak: every message, the defaults of MKBA 1.0, and every warning."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding, toon_waarde
from mkba.kern.tekst.persoonsgegevens import bevat_bsn, bsn_in_bestandsnaam, elfproef, is_bsn_kop
from mkba.kern.woorden.begrippen import DISCIPLINES
from mkba.kern.woorden.velden import DISCIPLINE_BIJ_KNOP, VELDEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak, plat_maken
from mkba.kern.zaak.waarschuwingen import waarschuwingen
from mkba.tests.hulp_invoer import BASIS, BSN


def meldingen(kengetallen: Kengetallen, waarden: dict[str, Any]) -> list[Melding]:
    """The messages on BASIS with some values changed."""
    with pytest.raises(InvoerFout) as fout:
        maak_aanpak({**BASIS, **waarden}, kengetallen, "team.toml")
    return list(fout.value.meldingen)


def een_melding(kengetallen: Kengetallen, waarden: dict[str, Any]) -> str:
    gevonden = meldingen(kengetallen, waarden)
    assert len(gevonden) == 1, gevonden
    return str(gevonden[0])


# Defaults


def test_standaardwaarden_van_mkba_1(kengetallen: Kengetallen) -> None:
    plat = maak_aanpak(BASIS, kengetallen).plat()
    assert list(plat) == list(VELDEN)
    # tabel 2.2 (voorgenomen: mv), tabel 2.3, figuur 2.4 and 2.8
    assert [plat[f"zwaarte.gezin.{z}"] for z in ("niet_actief", "ev", "zr", "nzr", "top")] == [0, 0, 0.75, 0.25, 0]
    assert [plat[f"zwaarte.oudere.{z}"] for z in ("zr", "nzr")] == [0.5, 0.5]
    assert [plat[f"schulden.{t}"] for t in ("gezin", "oudere", "overig")] == [0.8, 0.35, 0.8]
    assert [plat[f"geen_werk.{t}"] for t in ("gezin", "oudere", "overig")] == [0.6, 1.0, 0.6]
    assert (plat["nieuw"], plat["meer"], plat["frictie"], plat["terugval"]) == (0.05, 0, 0, 0.2)
    assert (plat["substitutie.nieuw"], plat["substitutie.bestaand"]) == (0.3, 0.1)
    assert (plat["huisvesting"], plat["eenmalig"], plat["afschrijving_jaren"]) == (True, 0, 1)
    assert plat["eenouder.gezin"] is None


def test_herkomst(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak(BASIS, kengetallen)
    assert aanpak.herkomst("fte") == "opgegeven"
    assert aanpak.herkomst("nieuw") == "kengetal"
    assert aanpak.herkomst("huisvesting") == "standaard"
    assert aanpak.herkomst("eenouder.gezin") == "leeg"


def test_deels_ingevulde_zwaarte_is_verder_nul(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak({**BASIS, "zwaarte.gezin.nzr": 1.0}, kengetallen)
    assert aanpak.zwaarte.gezin.zr == 0
    assert aanpak.zwaarte.overig.zr == 0.65


def test_type_zonder_huishoudens_mag_leeg(kengetallen: Kengetallen) -> None:
    waarden = {k: v for k, v in BASIS.items() if not k.startswith("type.")}
    aanpak = maak_aanpak({**waarden, "type.oudere": 1}, kengetallen)
    assert aanpak.type.gezin == 0
    assert aanpak.zwaarte.gezin.zr == 0
    assert aanpak.zwaarte.oudere.zr == 0.5


def test_genest_en_plat_zijn_gelijk(kengetallen: Kengetallen) -> None:
    genest = {k: v for k, v in BASIS.items() if "." not in k}
    genest["type"] = {"gezin": 0.4, "oudere": 0.3, "overig": 0.3}
    assert maak_aanpak(genest, kengetallen) == maak_aanpak(BASIS, kengetallen)
    assert plat_maken({"a": {"b": {"c": 1}}, "d": 2}) == {"a.b.c": 1, "d": 2}


def test_met_wijzigt_een_kopie(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak(BASIS, kengetallen)
    anders = aanpak.met({"nieuw": 0.3}, kengetallen)
    assert (aanpak.nieuw, anders.nieuw) == (0.05, 0.3)
    assert anders.herkomst("nieuw") == "opgegeven"
    with pytest.raises(InvoerFout):
        aanpak.met({"nieuw": 3}, kengetallen)


def test_bevroren(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak(BASIS, kengetallen)
    with pytest.raises(AttributeError, match=r"verandert niet.*a\.met"):
        aanpak.fte = 3  # type: ignore[misc]


# Messages


@pytest.mark.parametrize(
    ("waarden", "tekst"),
    [
        ({"naam": 3}, "naam = 3: dit is geen tekst. Geef een naam."),
        ({"naam": "  "}, "naam = '  ': dit is geen tekst. Geef een naam."),
        ({"naam": "a\nb"}, "de naam bevat stuurtekens of regeleinden. Gebruik een naam op een regel."),
        ({"naam": "x" * 201}, "de naam is langer dan 200 tekens. Kort de naam in."),
        ({"huisvesting": "ja"}, "huisvesting = 'ja': dit is geen ja of nee. Geef ja of nee (in TOML: true of false)."),
        ({"huisvesting": 1}, "huisvesting = 1: dit is geen ja of nee."),
        (
            {"disciplines": 3},
            "dit is geen lijst van disciplines. Kies uit: jeugd, ggz, wi, welzijn, zorg, wonen.",
        ),
        ({"disciplines": ["jeugd", 3]}, "dit is geen lijst van disciplines."),
        ({"disciplines": ["jeugd", "sport"]}, "onbekende discipline 'sport'. Kies uit: jeugd"),
        ({"fte": "veel"}, "fte = 'veel': dit is geen getal. Geef een getal, zoals 13.5."),
        ({"fte": True}, "fte = True: dit is geen getal."),
        ({"fte": date(2026, 5, 1)}, "fte = 2026-05-01: dit is geen getal."),
        ({"fte": float("nan")}, "dit getal is onbekend (nan). Laat het veld weg, of vul het in."),
        ({"huishoudens": 600.5}, "huishoudens = 600.5: een aantal is een geheel getal. Rond het af"),
        ({"fte": float("inf")}, "dit is geen eindig getal."),
        ({"fte": 10**400}, "dit is geen eindig getal."),
        ({"fte": -1}, "fte = -1: de waarde ligt niet tussen 0 en 100.000. Geef een getal van 0 tot 100.000."),
        ({"huishoudens": 0}, "huishoudens = 0: de waarde ligt niet tussen 1 en 5.000.000."),
        ({"huishoudens": "1.063"}, "Geef een getal zonder punten voor duizendtallen, zoals 1063."),
        ({"jaarlijks": 2e9}, "de waarde ligt niet tussen 0 en 1.000.000.000."),
        ({"eenmalig": "€ 5"}, "Geef een bedrag als getal, zoals 85000."),
        (
            {"nieuw": 31},
            "nieuw = 31: een aandeel ligt tussen 0 en 1 (31% is 0,31; in TOML 0.31). "
            "Bedoelt u 31%? Schrijf 31% of 0,31; in TOML 0.31.",
        ),
        ({"nieuw": 31.5}, "Bedoelt u 31,5%? Schrijf 31,5% of 0,315; in TOML 0.315."),
        ({"nieuw": 131}, "een aandeel ligt tussen 0 en 1 (31% is 0,31; in TOML 0.31). Geef een getal tussen 0 en 1."),
        ({"nieuw": -0.1}, "nieuw = -0.1: een aandeel ligt tussen 0 en 1"),
        ({"nieuw": -10}, "Geef een getal tussen 0 en 1."),
        ({"nieuw": "31%"}, "nieuw = '31%': dit is geen getal. Geef een fractie als getal, dus 0.31 voor 31%."),
        (
            {"substitutie.bestaand": -40},
            "ligt tussen -1 en 1 (31% is 0,31; in TOML 0.31). Bedoelt u -40%? Schrijf -40% of -0,4; in TOML -0.4.",
        ),
        ({"afschrijving_jaren": 2.5}, "dit is geen geheel aantal jaren. Geef een geheel getal."),
        ({"huishoudens": 600.5}, "een aantal is een geheel getal. Rond het af, bijvoorbeeld op 600."),
        ({"afschrijving_jaren": 0}, "de waarde ligt niet tussen 1 en 50."),
        ({"afschrijving_jaren": "4 jaar"}, "Geef een geheel aantal jaren, zoals 4."),
        ({"nieuww": 0.1}, "nieuww = 0.1: dit veld bestaat niet. Bedoelt u nieuw?"),
        ({"zwaarte.gezin.licht": 0.1}, "dit veld bestaat niet. Bedoelt u zwaarte.gezin."),
        ({"qqq": 1}, "dit veld bestaat niet. Zie `mkba sjabloon` voor de velden."),
        ({"zwaarte.gezin": [1, 2]}, "dit is een groep velden. Geef zwaarte.gezin.niet_actief, zwaarte.gezin.ev"),
        ({"type": {"gezin": 0.4}}, "type.gezin = 0.4: dit veld is twee keer gegeven. Verwijder er een."),
        ({"type.gezin": 0.6}, "type = '60% + 30% + 30%': de aandelen tellen op tot 120% in plaats van 100%."),
        ({"zwaarte.gezin.zr": 0.5}, "zwaarte.gezin = '50%': de aandelen tellen op tot 50% in plaats van 100%."),
    ],
)
def test_melding(kengetallen: Kengetallen, waarden: dict[str, Any], tekst: str) -> None:
    melding = een_melding(kengetallen, waarden)
    assert melding.startswith("team.toml: ")
    assert tekst in melding


@pytest.mark.parametrize("sleutel", ["naam", "huishoudens", "fte", "additioneel", "disciplines"])
@pytest.mark.parametrize("leeg", [None, ""])
def test_verplicht_veld(kengetallen: Kengetallen, sleutel: str, leeg: object) -> None:
    melding = een_melding(kengetallen, {sleutel: leeg})
    hulp = "Vul in: Naam" if sleutel == "naam" else "Vul vraag"
    assert f"{sleutel} = (leeg): dit veld is verplicht en niet ingevuld. {hulp}" in melding


def test_lege_invoer_noemt_alle_verplichte_velden(kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout) as fout:
        maak_aanpak({}, kengetallen)
    verplicht = [sleutel for sleutel, veld in VELDEN.items() if veld.verplicht]
    assert [m.veld for m in fout.value.meldingen] == verplicht


def test_alle_fouten_in_een_keer(kengetallen: Kengetallen) -> None:
    fout_ = {"fte": "x", "nieuw": 31, "type.gezin": 4, "zwaarte.oudere.zr": 0.9, "bestaat.niet": 1}
    velden = [m.veld for m in meldingen(kengetallen, fout_)]
    assert velden == ["bestaat.niet", "type.gezin", "fte", "nieuw", "zwaarte.oudere"]


def test_som_met_een_fout_aandeel_geeft_geen_tweede_melding(kengetallen: Kengetallen) -> None:
    assert "bedoelt u 40%? schrijf 40% of 0,4; in toml 0.4." in een_melding(kengetallen, {"type.gezin": 40}).lower()


@pytest.mark.parametrize("afwijking", [0.01, -0.01])
def test_een_procentpunt_afronding_mag(kengetallen: Kengetallen, afwijking: float) -> None:
    maak_aanpak({**BASIS, "type.gezin": 0.4 + afwijking}, kengetallen)
    assert "in plaats van 100%" in een_melding(kengetallen, {"type.gezin": 0.4 + 1.1 * afwijking})


def test_heel_veel_onbekende_velden(kengetallen: Kengetallen) -> None:
    gevonden = meldingen(kengetallen, {f"x{i}": i for i in range(1000)})
    assert len(gevonden) == 101
    assert "velden = 900: zoveel andere velden bestaan ook niet. Is dit het goede bestand?" in str(gevonden[-1])


def test_diep_geneste_tabellen_geven_een_melding(kengetallen: Kengetallen) -> None:
    diep: dict[str, Any] = {"x": 1}
    for _ in range(5000):
        diep = {"a": diep}
    assert "dit veld bestaat niet" in een_melding(kengetallen, diep)


def test_melding_toont_geen_stuurtekens(kengetallen: Kengetallen) -> None:
    melding = een_melding(kengetallen, {"x\x1b[31m": "y\x00" * 100})
    assert melding.isprintable()
    assert len(melding) < 300


def test_toon_waarde() -> None:
    assert toon_waarde(None) == toon_waarde("") == "(leeg)"
    assert toon_waarde("a" * 80).endswith("...")
    assert len(toon_waarde("a" * 80)) == 60
    assert toon_waarde(16**5000) == "(te lang om te tonen)"


# Personal data


def test_elfproef() -> None:
    # 1*9 + 1*8 + 1*7 + 2*6 + 2*5 + 2*4 + 3*3 + 3*2 - 3 = 66 = 6 * 11
    assert elfproef(BSN)
    assert not elfproef("111222334")
    assert not elfproef("000000000")
    assert not elfproef("11122233")
    assert bevat_bsn("111.222.333")
    assert bevat_bsn("team 111 222 333 noord")
    anders = (
        "111\u00a0222\u00a0333",
        "111/222/333",
        "111_222_333",
        "111\u2013222\u2013333",
        "\uff11\uff11\uff11222333",
        "\u0661\u0661\u0661\u0662\u0662\u0662\u0663\u0663\u0663",  # Arabic digits
        "\u06f1\u06f1\u06f1 \u096822 333",  # Persian, and one of Devanagari
        "111 - 222 - 333",
        "111\n222\t333",
        "1\u03321\u03321\u0332222333",  # underlined
        "111\u3164222\u3164333",
    )
    assert all(bevat_bsn(t) for t in (*anders, "11122\u200b2333", "x" * 600 + "111222333"))
    assert not bevat_bsn("1112223334")
    assert not bevat_bsn("11-12-2233 3:00")  # a day and a time
    assert not bevat_bsn("Wijkteam 2024-2026")
    assert bsn_in_bestandsnaam("caseload 111 222 333.csv")
    assert bsn_in_bestandsnaam("caseload \uff11\uff11\uff11222333.csv")
    assert not bsn_in_bestandsnaam("caseload 1112-22-33_3.csv")  # a day and a number


@pytest.mark.parametrize(
    "kop", ["bsn", "BSN cliënt", "burgerservicenummer", "Sofinummer", "B.S.N.", "\uff22\uff33\uff2e", "b\u200bsn"]
)
def test_bsn_kop(kop: str) -> None:
    assert is_bsn_kop(kop)


@pytest.mark.parametrize("naam", [BSN, "111.222.333", f"Team {BSN}"])
def test_bsn_als_naam_wordt_geweigerd_en_niet_getoond(kengetallen: Kengetallen, naam: str) -> None:
    melding = een_melding(kengetallen, {"naam": naam})
    assert "naam = (niet getoond): de naam bevat een geldig bsn (elfproef). Een aanpak beschrijft een team" in melding
    assert "222" not in melding


def test_bsn_veld_wordt_geweigerd_en_niet_getoond(kengetallen: Kengetallen) -> None:
    melding = een_melding(kengetallen, {"bsn": 123})
    assert "bsn = (niet getoond): een bsn hoort niet in de invoer." in melding
    assert "123" not in melding


# Warnings


def waarschuw(kengetallen: Kengetallen, waarden: dict[str, Any]) -> list[str]:
    aanpak = maak_aanpak({**BASIS, **waarden}, kengetallen)
    gevonden = waarschuwingen(aanpak, kengetallen)
    # a warning never changes the input
    assert all(aanpak.plat()[k] == maak_aanpak({**BASIS, **waarden}, kengetallen).plat()[k] for k in VELDEN)
    return [str(m) for m in gevonden]


def test_geen_waarschuwing_bij_alle_standaardwaarden(kengetallen: Kengetallen) -> None:
    assert waarschuw(kengetallen, {}) == []


@pytest.mark.parametrize(
    ("zonder", "knoppen"),
    [
        ({"wi"}, ["succes.financieel_stabiel", "succes.werk"]),
        ({"jeugd"}, ["succes.schooluitval"]),
        ({"wonen"}, ["succes.overlast"]),
        ({"zorg"}, []),
        ({"welzijn"}, []),
        ({"ggz"}, []),
        (
            {"zorg", "welzijn"},
            ["succes.consulten", "succes.doorverwijzing", "succes.kwaliteit_ouderen", "succes.mantelzorg"],
        ),
    ],
)
def test_knop_zonder_discipline(kengetallen: Kengetallen, zonder: set[str], knoppen: list[str]) -> None:
    """Handleiding §2.3.1, "Bij 13"."""
    disciplines = [d for d in DISCIPLINES if d not in zonder]
    ingevuld = {k: kengetallen[f"knop.{k}"] for k in DISCIPLINE_BIJ_KNOP}
    gevonden = waarschuw(kengetallen, {"disciplines": disciplines, **ingevuld})
    assert [w.split(" =")[0] for w in gevonden] == knoppen
    assert all("raadt dan 0 aan; de ingevulde waarde geldt" in w for w in gevonden)
    # left empty, the knob is 0 instead of the kengetal, and there is nothing to warn for
    leeg = maak_aanpak({**BASIS, "disciplines": disciplines}, kengetallen)
    assert waarschuw(kengetallen, {"disciplines": disciplines}) == []
    for knop in DISCIPLINE_BIJ_KNOP:
        assert (leeg.plat()[knop] == 0) == (knop in knoppen)
        assert leeg.herkomst(knop) == ("geen discipline" if knop in knoppen else "kengetal")


def test_buiten_het_gepubliceerde_bereik(kengetallen: Kengetallen) -> None:
    hoog = kengetallen.getallen["knop.terugval"].hoog
    assert hoog is not None
    assert waarschuw(kengetallen, {"terugval": hoog}) == []
    (melding,) = waarschuw(kengetallen, {"terugval": hoog + 0.01})
    assert f"buiten het gepubliceerde bereik 0% tot {hoog * 100:g}%. Onderbouw deze waarde" in melding


def test_geen_waarschuwing_voor_een_type_zonder_huishoudens(kengetallen: Kengetallen) -> None:
    zonder = {"type.gezin": 0, "type.oudere": 0.5, "type.overig": 0.5}
    assert waarschuw(kengetallen, {**zonder, "escalatie.gezin": 0.9}) == []
    assert len(waarschuw(kengetallen, {"escalatie.gezin": 0.9})) == 1


def test_afgeronde_aandelen(kengetallen: Kengetallen) -> None:
    (melding,) = waarschuw(kengetallen, {"type.gezin": 0.39})
    assert "type = '99%': de aandelen tellen op tot 99% (afgerond opgegeven)." in melding
    assert "niet herschaald" in melding


def test_een_of_twee_disciplines(kengetallen: Kengetallen) -> None:
    nul = {sleutel: 0 for sleutel in VELDEN if sleutel.startswith("succes.")}
    gevonden = waarschuw(kengetallen, {**nul, "succes.werk": 0.01, "disciplines": ["wi", "jeugd"]})
    assert len(gevonden) == 1
    assert "disciplines = 'jeugd, wi': met een of twee disciplines" in gevonden[0]
    assert waarschuw(kengetallen, {**nul, "disciplines": ["wi", "jeugd"]}) == []


def test_aanpak_is_vergelijkbaar_en_hashbaar(kengetallen: Kengetallen) -> None:
    een, twee = maak_aanpak(BASIS, kengetallen), maak_aanpak(dict(BASIS), kengetallen)
    assert een == twee
    assert hash(een) == hash(twee)
    assert isinstance(een, Aanpak)


def test_getallen_van_numpy_zijn_gewone_getallen(kengetallen: Kengetallen) -> None:
    """What a loop over a data frame hands over."""
    aanpak = maak_aanpak({**BASIS, "huishoudens": np.int64(200), "fte": np.float32(2.5)}, kengetallen)
    assert (aanpak.huishoudens, aanpak.fte) == (200, 2.5)
    assert maak_aanpak({**BASIS, "huisvesting": np.bool_(False)}, kengetallen).huisvesting is False
