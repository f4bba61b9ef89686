"""Columns, values and codes of CBS: what is picked, read and refused, without any network."""

import json
from dataclasses import replace
from typing import Any

import pytest

from mkba.invoer.cbs.codes import lees_codes
from mkba.invoer.cbs.kolommen import kies_kolommen, lees_waarde, uit_eigenschappen, uit_sleutels
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout
from mkba.tests.hulp_invoer import GEDEELD

EIGENSCHAPPEN = GEDEELD / "data" / "cbs_85984NED_DataProperties_2025-03-27.json"


def test_herhaalde_stam_zonder_onderscheid_wordt_geweigerd() -> None:
    with pytest.raises(InvoerFout, match=r"HuishoudensTotaal_29, HuishoudensTotaal_90.*meer kolommen passen"):
        kies_kolommen(uit_sleutels(["Codering_3", "HuishoudensTotaal_29", "HuishoudensTotaal_90"]))


@pytest.mark.skipif(not EIGENSCHAPPEN.exists(), reason="de echte metagegevens van CBS staan hier niet")
def test_echte_metagegevens_van_2024() -> None:
    kolommen = uit_eigenschappen(json.loads(EIGENSCHAPPEN.read_text(encoding="utf-8")))
    keuze = kies_kolommen(kolommen)
    assert {veld: [k.sleutel for k in gekozen] for veld, gekozen in keuze.items()} == {
        "huishoudens": ["HuishoudensTotaal_29"],
        "eenpersoons": ["Eenpersoonshuishoudens_30"],
        "zonder_kinderen": ["HuishoudensZonderKinderen_31"],
        "met_kinderen": ["HuishoudensMetKinderen_32"],
        "inwoners": ["AantalInwoners_5"],
        "kinderen": ["k_0Tot15Jaar_8"],
        "ouderen": ["k_65JaarOfOuder_12"],
        "laag_inkomen": ["HuishoudensMetEenLaagInkomen_89"],
        "bijstand": ["PersonenPerSoortUitkeringBijstand_94"],
        "jeugdhulp": ["PercentageJongerenMetJeugdzorg_99"],
        "wmo": ["WmoClientenRelatief_101"],
    }
    assert keuze["ouderen"][0].groepen == "Bevolking / Leeftijdsgroepen"
    # by title alone as well, as in a StatLine export
    op_titel = kies_kolommen([replace(k, stam=k.titel.casefold()) for k in kolommen])
    assert op_titel.keys() == keuze.keys()
    assert [v[0].sleutel for v in op_titel.values()] == [v[0].sleutel for v in keuze.values()]


@pytest.mark.parametrize("ruw", [None, "", " ", ".", "x", " - ", "-99997", -99999999, float("nan")])
def test_onbekend_is_nooit_nul(ruw: object) -> None:
    assert lees_waarde(ruw, "aantal") is None
    assert lees_waarde(ruw, "procent") is None


@pytest.mark.parametrize(
    ("ruw", "eenheid", "waarde"),
    [("   18050", "aantal", 18050), ("5,7", "procent", 0.057), (" 5.7", "procent", 0.057), (0, "aantal", 0)],
)
def test_waarden(ruw: object, eenheid: Any, waarde: float) -> None:
    assert lees_waarde(ruw, eenheid) == waarde


@pytest.mark.parametrize(
    ("ruw", "eenheid"),
    [
        ("veel", "aantal"),
        ("1,2,3", "procent"),
        (131, "procent"),
        (-900, "aantal"),
        ("-9,2", "procent"),
        ("-99", "aantal"),
    ],
)
def test_onleesbare_waarden(ruw: object, eenheid: Any) -> None:
    with pytest.raises(FouteWaarde):
        lees_waarde(ruw, eenheid)


@pytest.mark.parametrize(
    ("code", "deel"),
    [
        ("", "de code is leeg"),
        (599, "Bedoelt u GM0599?"),
        (None, "dit is geen code"),
        ("GM599", "Bedoelt u GM0599?"),
        ("GM059901", "Bedoelt u de wijk WK059901?"),
        ("WK05990110", "Bedoelt u de buurt BU05990110?"),
        ("BU0599", "Bedoelt u de gemeente GM0599?"),
        ("059901", "Bedoelt u WK059901?"),
        ("12345", "een nummer zonder GM, WK of BU"),
        ("3011 AB", "dit is een postcode"),
        ("PV28", "dit is een provincie"),
        ("NL01", "Nederland heeft de code NL00"),
        ("GMO599", "Bedoelt u GM0599?"),
        ("Rotterdam", "een naam is niet genoeg"),
        ("GM0599, GM0363", "meer codes in een tekst"),
        ("WK05X901", "eerst 4 cijfers"),
        ("WK0599011", "heeft 6 tekens na WK, dit zijn er 7"),
    ],
)
def test_verkeerde_code(code: Any, deel: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        lees_codes([code])
    tekst = str(fout.value)
    assert deel in tekst
    assert tekst.startswith("gebiedscode = ")


def test_alle_verkeerde_codes_in_een_keer() -> None:
    with pytest.raises(InvoerFout) as fout:
        lees_codes(["GM599", "GM0599", "Rotterdam"])
    assert [m.waarde for m in fout.value.meldingen] == ["GM599", "Rotterdam"]


def test_een_losse_tekst_is_een_code() -> None:
    assert lees_codes("wk0363ma") == ("WK0363MA",)
