"""The guard: each check speaks on the case made for it, and on nothing else."""

from typing import Any

import pytest

from mkba.analyse.gevoeligheid.wacht import drempel_hoog, wacht
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.woorden.velden import KNOPPEN, VELDEN
from mkba.model.berekening import bereken
from mkba.tests.hulp_tabel import gedrukt
from mkba.uitvoer.gevoeligheid import tabellen as tabellen_scenarios
from mkba.uitvoer.gevoeligheid import zinnen

SCHULDEN = {f"schulden.{t}": 0.0 for t in ("gezin", "oudere", "overig")}
LICHT = {
    "zwaarte.gezin.ev": 0.98, "zwaarte.gezin.zr": 0.02, "zwaarte.gezin.nzr": 0.0,
}  # fmt: skip
RUSTIG = {f"overlast.{t}": 0.0 for t in ("gezin", "oudere", "overig")}


def _wacht(kengetallen: Kengetallen, geval: str = "standaard", **_: Any) -> list[Melding]:
    return wacht(bereken(laad_geval(geval, kengetallen).aanpak, kengetallen))


def _met(kengetallen: Kengetallen, wijzigingen: dict[str, Any]) -> list[Melding]:
    aanpak = laad_geval("standaard", kengetallen).aanpak.met(wijzigingen, kengetallen)
    return wacht(bereken(aanpak, kengetallen))


@pytest.mark.parametrize("geval", ["standaard", "voorbeeld-1", "voorbeeld-4", "voorbeeld-5"])
def test_gepubliceerde_gevallen_zonder_melding(geval: str, kengetallen: Kengetallen) -> None:
    assert _wacht(kengetallen, geval) == []


def test_voorbeeld_2_geeft_meer_en_minder(kengetallen: Kengetallen) -> None:
    assert [m.veld for m in _wacht(kengetallen, "voorbeeld-2")] == ["meer en substitutie.bestaand"]


def test_voorbeeld_3_stapelt(kengetallen: Kengetallen) -> None:
    velden = [m.veld for m in _wacht(kengetallen, "voorbeeld-3")]
    assert velden == ["substitutie en escalatie.gezin", "additioneel en substitutie", "frictie en substitutie"]


HOOG = {"substitutie.nieuw": 0.8, "substitutie.bestaand": 0.6}


@pytest.mark.parametrize(
    ("wijzigingen", "velden", "tekst"),
    [
        (HOOG | {"escalatie.oudere": 0.05}, {"substitutie en escalatie.oudere"}, "twee keer telt"),
        (HOOG | {"additioneel": 0.49}, {"additioneel en substitutie"}, "nieuw voor oud"),
        (
            HOOG | {"additioneel": 0.0, "frictie": 0.5},
            {"additioneel en substitutie", "frictie en substitutie"},
            "hetzelfde jaar",
        ),
        ({"fte": 0}, {"fte"}, "0 fte en dus geen personeelskosten"),
        ({"meer": 0.1, "substitutie.bestaand": 0.2}, {"meer en substitutie.bestaand"}, "meer trajecten en minder"),
        ({"meer": 0.1, "substitutie.bestaand": -0.2}, {"meer en substitutie.bestaand"}, "telt twee keer"),
        ({"nieuw": 0.0}, {"substitutie.nieuw"}, "geen nieuw gevonden huishoudens"),
        ({"kinderen": 0}, {"succes.schooluitval"}, "gezinnen met kinderen"),
        (RUSTIG, {"succes.overlast"}, "overlastgevende"),
        (SCHULDEN, {"succes.financieel_stabiel"}, "over alle huishoudens met meervoudige problematiek"),
        (LICHT | {"escalatie.gezin": 0.03}, {"escalatie.gezin"}, "meer voorkomen escalaties dan gezinnen"),
        ({"succes.financieel_stabiel": 0.96}, {"succes.financieel_stabiel"}, "meer dan alle huishoudens"),
        ({"succes.overlast": 0.96}, {"succes.overlast"}, "meer dan alle huishoudens"),
        (
            {"succes.kwaliteit_ouderen": 0.6, "succes.mantelzorg": 0.4},
            {"succes.kwaliteit_ouderen"},
            "nieuw gevonden ouderen",
        ),
    ],
)
def test_elke_melding(wijzigingen: dict[str, Any], velden: set[str], tekst: str, kengetallen: Kengetallen) -> None:
    meldingen = _met(kengetallen, wijzigingen)
    assert {m.veld for m in meldingen} == velden
    assert tekst in " ".join(str(m.oorzaak + m.remedie) for m in meldingen)
    assert all(m.oorzaak.endswith(".") and m.remedie.endswith(".") for m in meldingen)


ALLEEN_GEZINNEN = {"type.gezin": 1.0, "type.oudere": 0.0, "type.overig": 0.0}
ALLEEN_OUDEREN = {"type.gezin": 0.0, "type.oudere": 1.0, "type.overig": 0.0}


@pytest.mark.parametrize(
    ("wijzigingen", "velden"),
    [
        (
            ALLEEN_GEZINNEN,
            {"escalatie.oudere", "escalatie.overig", "succes.kwaliteit_ouderen", "succes.mantelzorg"},
        ),
        (
            ALLEEN_OUDEREN,
            {"escalatie.gezin", "escalatie.overig", "succes.schooluitval", "succes.werk", "succes.overlast",
             "succes.financieel_stabiel"},
        ),
    ],
)  # fmt: skip
def test_effecten_zonder_huishoudens(wijzigingen: dict[str, Any], velden: set[str], kengetallen: Kengetallen) -> None:
    assert {m.veld for m in _met(kengetallen, wijzigingen)} == velden


def test_effecten_zonder_niet_zelfredzame_huishoudens(kengetallen: Kengetallen) -> None:
    zr = {f"zwaarte.{t}.{s}": float(s == "zr") for t in ("gezin", "oudere", "overig") for s in ("ev", "zr", "nzr")}
    assert {m.veld for m in _met(kengetallen, zr)} == {"succes.consulten", "succes.doorverwijzing"}


def test_een_standaardwaarde_beweert_niets(kengetallen: Kengetallen) -> None:
    """A default for a type that is absent was never claimed: no message."""
    from mkba.kern.zaak.aanpak import maak_aanpak

    kaal = {"naam": "x", "huishoudens": 100, "fte": 4, "additioneel": 1.0, "disciplines": ("jeugd",)}
    aanpak = maak_aanpak(kaal | ALLEEN_GEZINNEN, kengetallen)
    assert wacht(bereken(aanpak, kengetallen)) == []


def test_een_leeg_team_zonder_baten_blijft_stil(kengetallen: Kengetallen) -> None:
    niets = dict.fromkeys((k for k in KNOPPEN if VELDEN[k].vraag >= 12), 0.0)
    assert _met(kengetallen, niets | {"fte": 0, "nieuw": 0.0, "substitutie.bestaand": -0.4}) == []


@pytest.mark.parametrize("anders", [{"substitutie.bestaand": 0.0}, {"additioneel": 0.5, "escalatie.gezin": 0.02}])
def test_onder_de_drempel_blijft_het_stil(anders: dict[str, float], kengetallen: Kengetallen) -> None:
    basis = HOOG | {"additioneel": 0.0, "escalatie.gezin": 0.05}
    assert _met(kengetallen, basis)
    assert _met(kengetallen, basis | anders) == []


def test_drempel_volgt_uit_het_gepubliceerde_bereik(kengetallen: Kengetallen) -> None:
    k = kengetallen.getallen["knop.escalatie.gezin"]
    assert drempel_hoog(k) == pytest.approx((k.waarde + k.boven) / 2) == 0.035
    eigen = kengetallen.met({"knop.escalatie.gezin": 0.04})
    assert drempel_hoog(eigen.getallen["knop.escalatie.gezin"]) == pytest.approx(0.035)


def test_tabel_en_zin(kengetallen: Kengetallen) -> None:
    meldingen = _wacht(kengetallen, "voorbeeld-3")
    tabel = gedrukt(tabellen_scenarios.wachttabel(meldingen))
    assert list(tabel["waarde"]) == ["52% en 5%", "0% en 52%", "60% en 52%"]
    assert list(tabel["wat"]) == [
        "Substitutie en voorkomen escalatie: Gezinnen",
        "Waarvan additionele kosten en substitutie",
        "Frictie-/inwerkkosten en substitutie",
    ]
    een = gedrukt(tabellen_scenarios.wachttabel(_met(kengetallen, {"nieuw": 0.0})))
    assert een[["wat", "waarde"]].to_numpy().tolist() == [["Minder trajecten in nieuwe cases", "30%"]]
    assert "3 punten" in zinnen.wacht_zin(meldingen)
    assert "1 punt " in zinnen.wacht_zin(meldingen[:1])
    assert "vond niets" in zinnen.wacht_zin([])
