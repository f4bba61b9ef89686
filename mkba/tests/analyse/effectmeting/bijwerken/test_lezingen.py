"""Both readings of question 18 beside each other and beside the estimate, and what the uncertainty draws of it."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from mkba.analyse.effectmeting.bijwerken.lezingen import lezingen, per_traject, samen_per_type
from mkba.analyse.effectmeting.zekerheid.spreiding import aandelen
from mkba.analyse.gevoeligheid.eenzijdig import eenzijdig
from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.analyse.gevoeligheid.scenarios import Scenario, Stap, Wijziging, pas_toe, zonder_werking
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.analyse.onzekerheid.informatiewaarde import groepeer
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.analyse.onzekerheid.trekking import verdelingen
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.opdracht import groep


@pytest.fixture(scope="module")
def figuur(kengetallen: Kengetallen) -> Aanpak:
    return lees_aanpak(paden.zoek_aanpak("effectmeting"), kengetallen)


def test_figuur_ii_1_met_de_hand(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    """1,000 households, 100 new: 100 x z for the new cases, 900 x 0.1 for the existing ones; 17: five kinds of 20%."""
    eur = {t: kengetallen[f"traject.{t}.eur"] for t in ("dagbesteding", "dienstverlening", "jeugdhulp_ambulant")}
    eur |= {t: kengetallen[f"traject.{t}.eur"] for t in ("hulp_huishouden", "overig_wmo")}
    naast = lezingen(figuur, kengetallen)
    vijf = sum(eur.values()) / 5
    assert naast.geldt["substitutie"] == pytest.approx((100 * 0.3 + 900 * 0.1) * vijf)
    assert naast.geldt["effectiviteit"] == 0
    bestaand = 0.04 * 9_573 + 0.08 * 265.92 + 0.15 * 1_661.98 + 0.19 * 997.19 + 0.12 * 3_323.96
    bestaand += 0.08 * 1_994.38 + 0.19 * 4_321.15 + 0.15 * 1_661.98
    assert naast.geldt["kosten_extra_zorg"] == pytest.approx(100 * 2_655.18 + 90 * bestaand, abs=1.0)
    # (b): 10% of a tenth evicted, 5% of a tenth of the others, of 1,000 households, of which 80% lasts
    gebeurtenissen = 0.010 * 5_318.34 + 0.005 * (23_267.72 + 5_318.34 + 36_563.56 + 33_239.60)
    assert naast.bedreigd is not None
    assert naast.bedreigd["escalatie"] == pytest.approx(800 * gebeurtenissen)
    assert naast.geldt is naast.huishoudens
    # the estimate of this team: no knob 11, 12 or 14 was given, so the kengetallen of MKBA 1.0
    assert naast.schatting["kosten_extra_zorg"] == pytest.approx(265_517.95, abs=1)


def test_samen_per_type(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    samen = samen_per_type(figuur, kengetallen)
    assert samen.loc["gezin"].tolist() == pytest.approx([0.10, 1 - 0.9 * 0.95**2, 0.20])
    assert samen.loc["oudere"].tolist() == pytest.approx([0.05] * 3)
    assert samen.loc["overig"].tolist() == pytest.approx([0.10, 1 - 0.9 * 0.95, 0.15])


def test_zonder_bedreigd_is_er_een_lezing(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    leeg = {f"effectmeting.bedreigd.{e}": None for e in ("huisuitzetting", "intramuraal_awbz")}
    aanpak = figuur.met(leeg, kengetallen)
    assert lezingen(aanpak, kengetallen).bedreigd is None
    with pytest.raises(ValueError, match=r"effectmeting\.gebruik"):
        lezingen(figuur.met({"effectmeting.gebruik": False}, kengetallen), kengetallen)


def test_per_traject_telt_op_tot_de_posten(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    tabel, uitkomst = per_traject(figuur, kengetallen), bereken(figuur, kengetallen)
    assert tabel["meer"].sum() == pytest.approx(100 * 1.0 + 900 * 0.1)
    assert tabel["minder"].sum() == pytest.approx(100 * 0.3 + 900 * 0.1)
    assert tabel["meer_eur"].sum() == pytest.approx(uitkomst["kosten_extra_zorg"])
    assert tabel["minder_eur"].sum() == pytest.approx(uitkomst["substitutie"] + uitkomst["effectiviteit"])


def test_json_zet_de_lezingen_naast_elkaar() -> None:
    uit = json.loads(CliRunner().invoke(groep, ["bereken", "effectmeting", "--json"]).stdout)
    naast = uit["effectmeting"]
    assert naast["grondslag"] == "huishoudens"
    assert naast["escalatie_huishoudens"] == uit["escalatie"] > naast["escalatie_bedreigd"] > 0
    assert naast["saldo_huishoudens"] == uit["saldo"]
    zonder = json.loads(CliRunner().invoke(groep, ["bereken", "standaard", "--json"]).stdout)
    assert "effectmeting" not in zonder


# Uncertainty and sensitivity


def test_getrokken_worden_de_bedragen_die_meetellen(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    trekking = verdelingen(figuur, kengetallen)
    trajecten = {s for s in trekking if s.startswith("traject.")}
    assert len(trajecten) == 10  # nine kinds of the new case, and overig_wmo of question 17
    assert (trekking["traject.uitkering.eur"].laag, trekking["traject.uitkering.eur"].hoog) == (4_786.5, 19_146)
    assert trekking["traject.uitkering.eur"].gemiddelde == pytest.approx(9_573)
    assert "effectmeting.samenloop" in trekking
    assert "actor.traject.verpleging.zorgverzekeraar" in trekking
    assert not {"meer", "substitutie.nieuw", "escalatie.gezin", "succes.werk"} & set(trekking)
    bedreigd = verdelingen(figuur.met({"effectmeting.grondslag": "bedreigd"}, kengetallen), kengetallen)
    assert "traject.huisuitzetting.eur" in bedreigd
    zonder = verdelingen(figuur.met({"effectmeting.gebruik": False}, kengetallen), kengetallen)
    assert not any(s.startswith(("traject.", "effectmeting.", "actor.traject.")) for s in zonder)
    assert groepeer(list(trekking)).keys() >= {"trajectkosten", "samenloop"}


def test_de_bedragen_verbreden_de_spreiding(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    aanpak = figuur.met({"effectmeting.grondslag": "bedreigd"}, kengetallen)
    trekking = verdelingen(aanpak, kengetallen)
    alles = simuleer(aanpak, kengetallen, 2_000, 1, sleutels=("saldo",)).reeksen["saldo"]
    vast = {s: v for s, v in trekking.items() if not s.startswith("traject.")}
    zonder = simuleer(aanpak, kengetallen, 2_000, 1, sleutels=("saldo",), trekking=vast).reeksen["saldo"]
    assert np.std(alles) > np.std(zonder) > 0


def test_aandeel_van_de_bedragen_in_de_spreiding(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    """In reading (a) the escalations rule, in (b) the costs of an event; without a measurement there is nothing."""
    per_lezing = {}
    for g in ("huishoudens", "bedreigd"):
        aanpak = figuur.met({"effectmeting.grondslag": g}, kengetallen)
        per_lezing[g] = aandelen(simuleer(aanpak, kengetallen, 2_000, 1, sleutels=("saldo",)), kengetallen)
    assert 0 < per_lezing["huishoudens"]["trajectkosten"] < per_lezing["bedreigd"]["trajectkosten"] < 1
    assert per_lezing["huishoudens"]["samenloop"] > per_lezing["bedreigd"]["samenloop"]
    zonder = figuur.met({"effectmeting.gebruik": False}, kengetallen)
    assert aandelen(simuleer(zonder, kengetallen, 2_000, 1, sleutels=("saldo",)), kengetallen) == {}


def test_tornado_noemt_de_bedragen_en_niet_wat_vervalt(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    sleutels = set(eenzijdig(figuur, kengetallen)["sleutel"])
    assert {"traject.uitkering.eur", "effectmeting.samenloop", "nieuw"} <= sleutels
    assert not {"meer", "substitutie.nieuw", "escalatie.gezin", "traject.jeugdzorg_plus.eur"} & sleutels


def test_scenario_op_de_meting(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    half = Scenario("half", "half", (Wijziging("half", {"effectmeting.voorkomen.huisuitzetting": Stap("maal", 0.5)}),))
    na, _ = pas_toe(figuur, kengetallen, half)
    assert na.gemeten is not None
    assert na.gemeten.voorkomen.huisuitzetting == 0.05
    met_knop = Scenario("n", "Meer gevonden", (Wijziging("w", {"meer": Stap("zet", 0.1), "nieuw": Stap("zet", 0.2)}),))
    assert zonder_werking(figuur, [half, met_knop]) == {"Meer gevonden": ["meer"]}
    with pytest.raises(InvoerFout, match="geen effectmeting die meetelt"):
        pas_toe(lees_aanpak(paden.zoek_aanpak("standaard"), kengetallen), kengetallen, half)


def test_vraag_18_buiten_wat_de_bronnen_laten_zien(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    gezegd = [m for m in opmerkingen(bereken(figuur, kengetallen)) if m.veld == "effectmeting.voorkomen"]
    assert [m.waarde for m in gezegd] == ["18,8%", "14,5%"]  # ouderen: 5%, the highest that is printed
    assert "kies dan de grondslag bedreigd" in gezegd[0].remedie
    bedreigd = figuur.met({"effectmeting.grondslag": "bedreigd"}, kengetallen)
    assert not [m for m in opmerkingen(bereken(bedreigd, kengetallen)) if m.veld == "effectmeting.voorkomen"]


def test_wacht_kijkt_naar_wat_gemeten_is(figuur: Aanpak, kengetallen: Kengetallen) -> None:
    vreemd = {"meer": 0.2, "substitutie.bestaand": 0.3, "escalatie.gezin": 0.5}
    anders = figuur.met(vreemd, kengetallen)
    assert wacht(bereken(anders, kengetallen)) == wacht(bereken(figuur, kengetallen))
    zonder = anders.met({"effectmeting.gebruik": False}, kengetallen)
    assert "meer en substitutie.bestaand" in {m.veld for m in wacht(bereken(zonder, kengetallen))}
