"""Rules for what statistics of an area can be: each by hand, and none that the real country breaks."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mkba.analyse.doelgroepen import kerncijfers
from mkba.analyse.doelgroepen.statistiek import uit_statistiek
from mkba.invoer.cbs.bestanden import lees_gebieden
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.cbs.landelijk import maak_land
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.gebied import LAND
from mkba.tests.hulp_cbs import HANDLAND as NEDERLAND
from mkba.tests.hulp_cbs import HANDWIJK as WIJK

ECHT = paden.data().parent.parent / "shared" / "data"


@pytest.mark.parametrize(
    ("wijziging", "verwacht"),
    [
        ({"ouderen": 2010}, "personen van 65 of ouder = '2.010': dit is meer dan alle 2.000 inwoners"),
        ({"inwoners": 900, "ouderen": 100}, "huishoudens = '1.000': dit is meer dan alle 900 inwoners"),
        ({"eenpersoons": 1010, "zonder_kinderen": 0, "met_kinderen": 0}, "meer dan alle 1.000 huishoudens"),
        ({"met_kinderen": 320}, "samen 1.020; dat verschil is groter dan afronding verklaart"),
        ({"met_kinderen": 280}, "samen 980; dat verschil"),
        ({"intramurale_ouderen": 210}, "intramurale ouderen = '210': dit is meer dan alle 200 personen van 65"),
        ({"huishoudens": 0}, "hier wonen geen particuliere huishoudens"),
        ({"huishoudens": None, "ouderen": None}, "geheim in de bron: huishoudens, personen van 65 of ouder."),
    ],
)
def test_wat_niet_kan(wijziging: dict[str, Any], verwacht: str) -> None:
    redenen = kerncijfers.redenen(replace(WIJK, **wijziging), NEDERLAND)
    assert verwacht in " ".join(map(str, redenen))
    assert all(m.veld.startswith("WK000101 ") for m in redenen)


@pytest.mark.parametrize(
    "wijziging",
    [
        {},
        {"ouderen": 2005},  # all of 65 and older, both rounded to 5
        {"met_kinderen": 315},  # three parts and a total, each off by 4 at most
        {"eenpersoons": None, "met_kinderen": 900},
        {"met_kinderen": 325, "marge": 0.005},  # whole percents: 3 times 0.5% of 1,000 besides
    ],
)
def test_afronding_van_het_cbs_mag(wijziging: dict[str, Any]) -> None:
    assert kerncijfers.redenen(replace(WIJK, **wijziging), NEDERLAND) == ()
    assert kerncijfers.waarschuwingen(replace(WIJK, **wijziging), NEDERLAND) == ()


@pytest.mark.parametrize(
    ("wijziging", "verwacht"),
    [
        ({"laag_inkomen": 0.00092}, "laag inkomen = '0,1%': dit is 65 keer zo laag als het landelijke cijfer"),
        ({"laag_inkomen": 0.8}, "laag inkomen = '80%': dit is 13,3 keer zo hoog als het landelijke cijfer"),
        ({"jeugdhulp": 0.005}, "jongeren met jeugdzorg = '0,5%': dit is 24 keer zo laag"),
        ({"wmo": 0.71}, "Wmo-cliënten per inwoner = '71%': dit is 10,1 keer"),
        ({"bijstand": 600}, "personen met bijstand = '600': dit is 12 keer"),
        ({"bijstand": 2010}, "meer dan alle 2.000 inwoners. Bijstand is van een latere datum"),
        (
            {"huishoudens": 95, "eenpersoons": 95, "zonder_kinderen": 0, "met_kinderen": 0, "bijstand": 5},
            "huishoudens = '95': dit zijn er minder dan 100",
        ),
    ],
)
def test_wat_onwaarschijnlijk_is(wijziging: dict[str, Any], verwacht: str) -> None:
    wijk = replace(WIJK, **wijziging)
    assert kerncijfers.redenen(wijk, NEDERLAND) == ()
    assert verwacht in " ".join(map(str, kerncijfers.waarschuwingen(wijk, NEDERLAND)))


def test_zonder_landelijk_cijfer_is_niets_te_ver() -> None:
    zonder = replace(WIJK, laag_inkomen=0.8)
    assert kerncijfers.waarschuwingen(zonder, maak_land(None, (), 2024)) == ()
    assert kerncijfers.waarschuwingen(replace(WIJK, bijstand=0, wmo=0.0), NEDERLAND) == ()


def test_een_onmogelijk_land_is_een_fout(kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match=r"NL00 personen van 65 of ouder.*meer dan alle 18\.000\.000 inwoners"):
        uit_statistiek([WIJK], replace(NEDERLAND, ouderen=36_000_000), kengetallen, trekkingen=1)


def test_analyse_laat_weg_en_zegt_het(kengetallen: Kengetallen) -> None:
    leeg = replace(WIJK, code="WK000102", huishoudens=0)
    d = uit_statistiek([WIJK, leeg], NEDERLAND, kengetallen, trekkingen=1)
    assert [g.code for g in d.gebieden] == ["WK000101"]
    assert [m.veld for m in d.weggelaten] == ["WK000102 huishoudens"]
    with pytest.raises(InvoerFout, match=r"WK000102 huishoudens.*geen particuliere huishoudens"):
        uit_statistiek([leeg], NEDERLAND, kengetallen, trekkingen=1)


def test_voorbeeldgemeente_klopt() -> None:
    nederland, gebieden, _ = kies_gebieden("", str(paden.data() / "voorbeeldgemeente" / "kerncijfers.json"))
    for g in (nederland, *gebieden):
        assert kerncijfers.redenen(g, nederland) == kerncijfers.waarschuwingen(g, nederland) == ()


@pytest.mark.skipif(not ECHT.is_dir(), reason="../shared/data is er niet: geen echte CBS-cijfers om te toetsen")
@pytest.mark.parametrize(
    ("bestand", "jaar", "leeg", "klein", "ver"),
    [
        ("kwb-2021_gemeenten.csv", 2021, 0, 0, []),
        # 5 households and 30 with bijstand, 120 people: an institution on a business park
        ("amsterdam_84583NED_2019_met_nl.csv", 2019, 23, 63, ["BU03638301 personen met bijstand"]),
        ("utrecht_kwb-2024.xlsx", 2024, 2, 5, []),
    ],
)
def test_echte_cijfers_geven_geen_vals_alarm(bestand: str, jaar: int, leeg: int, klein: int, ver: list[str]) -> None:
    """Only areas without households drop out; what else is said is that a buurt is small, or true."""
    alles = lees_gebieden(Path(ECHT / bestand), (), jaar)
    nederland = next((g for g in alles if g.code == LAND), maak_land(None, (), jaar))
    gebieden = [g for g in alles if g.code != LAND]
    goed, weg = kerncijfers.bruikbaar(gebieden, nederland)
    assert len(gebieden) - len(goed) == leeg == len(weg)
    assert all("geen particuliere huishoudens" in m.oorzaak for m in weg)
    meldingen = [m for g in goed for m in kerncijfers.waarschuwingen(g, nederland)]
    assert Counter("minder dan 100" in m.oorzaak for m in meldingen)[True] == klein
    assert [m.veld for m in meldingen if "minder dan 100" not in m.oorzaak] == ver
