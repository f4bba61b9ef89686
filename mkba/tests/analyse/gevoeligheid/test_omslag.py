"""Switching values plugged back into the model, and the cheapest combination against brute force."""

import dataclasses

import numpy as np
import pytest

from mkba.analyse.gevoeligheid import combinatie as zoeken
from mkba.analyse.gevoeligheid import omslag as module
from mkba.analyse.gevoeligheid.combinatie import Combinatie, beweegbaar, goedkoopste_combinatie, wacht_bij
from mkba.analyse.gevoeligheid.omslag import VERHOUDING, balansen, omslagpunten
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.analyse.herbouw.gevallen import GEVALLEN, laad_geval
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import ACTOREN, BATENPOSTEN, FINANCIELE_BATEN, GEMEENTE, KOSTENPOSTEN, POSTEN
from mkba.kern.woorden.velden import KNOPPEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import bereken
from mkba.tests.hulp_posten import HAND, HAND_UITKOMST
from mkba.tests.hulp_tabel import gedrukt
from mkba.uitvoer.gevoeligheid import omslagzinnen as zinnen
from mkba.uitvoer.gevoeligheid import tabellen


def uit_de_kubus(aanpak: Aanpak, kengetallen: Kengetallen) -> dict[str, float]:
    """The three balances from the full cube: another road than the one that the search takes."""
    per = bereken(aanpak, kengetallen).grootboek.kubus_ncw[0].sum(axis=1)  # (post, actor)
    gemeente = [ACTOREN.index(a) for a in GEMEENTE]

    def som(posten: tuple[str, ...]) -> np.ndarray:
        return np.asarray(per[[POSTEN.index(p) for p in posten]].sum(axis=0))

    kosten, geld = som(KOSTENPOSTEN), som(FINANCIELE_BATEN)
    return {
        "maatschappelijk": float(som(BATENPOSTEN).sum() - kosten.sum()),
        "financieel": float(geld.sum() - kosten.sum()),
        "gemeente": float(geld[gemeente].sum() - kosten[gemeente].sum()),
    }


@pytest.fixture(scope="module")
def tweede(kengetallen: Kengetallen) -> Aanpak:
    return laad_geval("voorbeeld-2", kengetallen).aanpak


@pytest.fixture(scope="module")
def hand(kengetallen: Kengetallen) -> Aanpak:
    return maak_aanpak(HAND, kengetallen)


@pytest.mark.parametrize("geval", GEVALLEN)
def test_elk_omslagpunt_ingevuld_geeft_nul(geval: str, kengetallen: Kengetallen) -> None:
    aanpak = laad_geval(geval, kengetallen).aanpak
    tabel = omslagpunten(aanpak, kengetallen)
    assert set(tabel["sleutel"]) == {*KNOPPEN, "additioneel"}
    assert set(tabel["criterium"]) == set(VERHOUDING)
    punten = tabel[tabel["oordeel"] == "omslag"]
    assert len(punten) > 5
    for rij in punten.to_dict("records"):
        assert rij["minimum"] <= rij["omslagpunt"] <= rij["maximum"]
        gedraaid = aanpak.met({rij["sleutel"]: rij["omslagpunt"]}, kengetallen)
        assert uit_de_kubus(gedraaid, kengetallen)[rij["criterium"]] == pytest.approx(0, abs=1), rij
        assert bereken(gedraaid, kengetallen)[VERHOUDING[rij["criterium"]]] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("geval", ["standaard", "voorbeeld-2", "voorbeeld-5"])
def test_richting_en_oordeel_kloppen_met_het_model(geval: str, kengetallen: Kengetallen) -> None:
    """Both ends of the allowed range, calculated: never, always, or on the side that the arrow says."""
    aanpak = laad_geval(geval, kengetallen).aanpak
    nu = uit_de_kubus(aanpak, kengetallen)
    for rij in omslagpunten(aanpak, kengetallen).to_dict("records"):
        uiteinden = np.array([rij["minimum"], rij["maximum"]])
        laag, hoog = balansen(aanpak, kengetallen, {rij["sleutel"]: uiteinden})[rij["criterium"]]
        assert rij["balans"] == pytest.approx(nu[rij["criterium"]], abs=0.01)
        assert rij["houdt"] == (nu[rij["criterium"]] >= 0)
        if rij["oordeel"] == "omslag":
            assert (laag < 0 < hoog) if rij["richting"] == "≥" else (hoog < 0 < laag)
            assert rij["houdt"] == ((rij["afstand"] <= 0) == (rij["richting"] == "≥"))
        elif rij["oordeel"] == "geen invloed":
            assert laag == pytest.approx(hoog, abs=0.01)
        else:
            assert laag != pytest.approx(hoog, abs=0.01)
            assert ({"nooit": -1, "altijd": 1}[rij["oordeel"]] * np.array([laag, hoog]) > 0).all()
        if rij["oordeel"] != "omslag":
            assert np.isnan(rij["omslagpunt"])
            assert not rij["in_bereik"]


def test_omslagpunt_met_de_hand(hand: Aanpak, kengetallen: Kengetallen) -> None:
    """Saldo is straight in substitutie.bestaand: 200 (0.2 * 0.3 + 0.8 x) s, all else as worked out on paper."""
    kosten = sum(HAND_UITKOMST[p] for p in KOSTENPOSTEN)
    rest = sum(HAND_UITKOMST[p] for p in BATENPOSTEN if p != "substitutie") - kosten
    s = 0.1362 * 2050 + 0.3340 * 3710 + 0.0668 * 1400
    verwacht = (-rest / (200 * s) - 0.2 * 0.3) / 0.8
    tabel = omslagpunten(hand, kengetallen).set_index(["sleutel", "criterium"])
    rij = tabel.loc[("substitutie.bestaand", "maatschappelijk")]
    assert -1 < verwacht < 1
    assert rij["omslagpunt"] == pytest.approx(verwacht, abs=1e-7)
    assert rij["afstand"] == pytest.approx(verwacht - 0.1, abs=1e-7)
    assert rij["afstand_bereik"] == pytest.approx(abs(verwacht - 0.1) / 1.0)  # published: -40% to 60%


def test_knop_zonder_effect_heeft_geen_omslagpunt(kengetallen: Kengetallen) -> None:
    """Voorbeeld 4 has elderly only: children, work and families do nothing."""
    tabel = omslagpunten(laad_geval("voorbeeld-4", kengetallen).aanpak, kengetallen)
    dood = tabel[tabel["sleutel"].isin(["escalatie.gezin", "succes.schooluitval", "succes.werk"])]
    assert len(dood) == 9
    assert (dood["oordeel"] == "geen invloed").all()
    assert dood["omslagpunt"].isna().all()


def test_meer_omslagpunten_alle_gemeld_dichtste_eerst(
    tweede: Aanpak, kengetallen: Kengetallen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A curved balance (the model has none): every crossing is found, with its own direction."""

    def golf(aanpak: Aanpak, kengetallen: Kengetallen, varieer: object = None) -> dict[str, np.ndarray]:
        x = np.atleast_1d(varieer["terugval"] if isinstance(varieer, dict) else aanpak.terugval)
        return {c: 1e6 * np.sin(4 * np.pi * (x - 0.105)) for c in VERHOUDING}

    monkeypatch.setattr(module, "balansen", golf)
    tabel = omslagpunten(tweede, kengetallen)
    punten = tabel[(tabel["sleutel"] == "terugval") & (tabel["criterium"] == "gemeente")]
    assert punten["omslagpunt"].tolist() == pytest.approx([0.105, 0.355, 0.605, 0.855])
    assert punten["richting"].tolist() == ["≥", "≤", "≥", "≤"]
    assert (tabel[tabel["sleutel"] != "terugval"]["oordeel"] == "geen invloed").all()


def test_zonder_kosten_is_de_verhouding_leeg_en_het_omslagpunt_niet(hand: Aanpak, kengetallen: Kengetallen) -> None:
    gratis = hand.met({"fte": 0, "eenmalig": 0, "jaarlijks": 0, "nieuw": 0, "meer": 0}, kengetallen)
    uitkomst = bereken(gratis, kengetallen)
    assert all(np.isnan(uitkomst[v]) for v in VERHOUDING.values())
    tabel = omslagpunten(gratis, kengetallen)
    assert tabel["houdt"].all()
    punten = tabel[(tabel["sleutel"] == "substitutie.bestaand") & (tabel["oordeel"] == "omslag")].to_dict("records")
    assert punten
    for rij in punten:
        gedraaid = gratis.met({rij["sleutel"]: rij["omslagpunt"]}, kengetallen)
        assert uit_de_kubus(gedraaid, kengetallen)[rij["criterium"]] == pytest.approx(0, abs=1)


@pytest.fixture(scope="module")
def combinatie(tweede: Aanpak, kengetallen: Kengetallen) -> Combinatie:
    return goedkoopste_combinatie(tweede, kengetallen)


def test_voorbeeld_2_is_sluitend_te_maken_voor_de_gemeente(
    combinatie: Combinatie, tweede: Aanpak, kengetallen: Kengetallen
) -> None:
    """What issue 4 asks to show: within the published ranges and through the full model."""
    assert combinatie.nodig
    assert combinatie.mogelijk
    assert not combinatie.ruimer
    assert combinatie.knoppen["binnen"].all()
    assert set(combinatie.knoppen["sleutel"]) == set(beweegbaar(tweede))
    assert "additioneel" not in combinatie.wijzigingen
    gedraaid = tweede.met(combinatie.wijzigingen, kengetallen)
    assert uit_de_kubus(gedraaid, kengetallen)["gemeente"] == pytest.approx(0, abs=1)
    assert bereken(gedraaid, kengetallen)["kb_gemeentelijk"] == pytest.approx(combinatie.verhouding) == 1
    assert bereken(tweede, kengetallen)["kb_gemeentelijk"] < 0.7


def test_geen_goedkopere_combinatie_te_vinden(combinatie: Combinatie, tweede: Aanpak, kengetallen: Kengetallen) -> None:
    """Brute force: 60,000 random shifts of one to four knobs; none breaks even for less."""
    k, rng = combinatie.knoppen, np.random.default_rng(4)
    aantal, n = 60_000, len(k)
    mee = rng.random((aantal, n)).argsort(axis=1) < rng.integers(1, 5, size=(aantal, 1))
    naar = k["laag"].to_numpy() + rng.random((aantal, n)) * (k["hoog"] - k["laag"]).to_numpy()
    naar = np.where(rng.random((aantal, n)) < 0.4, np.where(rng.random((aantal, n)) < 0.5, k["laag"], k["hoog"]), naar)
    x = np.where(mee, naar, k["van"].to_numpy())
    balans = balansen(tweede, kengetallen, {s: x[:, i] for i, s in enumerate(k["sleutel"])})["gemeente"]
    prijs = (np.abs(x - k["van"].to_numpy()) / (k["hoog"] - k["laag"]).to_numpy()).sum(axis=1)
    goed = prijs[balans >= 0]
    assert goed.size > 50
    assert goed.min() >= combinatie.verschuiving - 1e-6
    assert goed.min() < 2 * combinatie.verschuiving  # the search did come near


def test_een_knop_alleen_is_het_omslagpunt(tweede: Aanpak, kengetallen: Kengetallen) -> None:
    """With one knob that may move, beyond its published range, the combination is its switching value."""
    tabel = omslagpunten(tweede, kengetallen).set_index(["sleutel", "criterium"])
    uit = goedkoopste_combinatie(tweede, kengetallen, knoppen=["escalatie.overig"])
    assert uit.ruimer
    assert uit.mogelijk
    assert uit.wijzigingen["escalatie.overig"] == pytest.approx(
        tabel.loc[("escalatie.overig", "gemeente"), "omslagpunt"], abs=1e-9
    )
    assert not uit.knoppen["binnen"].any()
    assert "te krap" in zinnen.combinatiezin(uit)


def test_buiging_tussen_twee_knoppen() -> None:
    """x y >= 1 at least x + y: x = y = 1, in the middle of the ranges, where no knapsack would stop."""
    ruimte = zoeken.Zoekruimte(
        ("nieuw", "substitutie.nieuw"),
        np.zeros(2),
        np.zeros(2),
        np.full(2, 3.0),
        np.ones(2),
        lambda x: 1e5 * (x[:, 0] * x[:, 1] - 1),
    )
    top = zoeken.hoogste_punt(ruimte)
    assert top.tolist() == [3, 3]
    assert zoeken.kleinste_verschuiving(ruimte, top) == pytest.approx([1, 1], abs=1e-3)


@pytest.mark.traag
def test_onmogelijk_wordt_gezegd(kengetallen: Kengetallen) -> None:
    duur = maak_aanpak({**HAND, "huishoudens": 1, "fte": 100, "additioneel": 1}, kengetallen)
    uit = goedkoopste_combinatie(duur, kengetallen)
    assert not uit.mogelijk
    assert uit.ruimer
    assert uit.balans_nu < uit.balans < -1e6
    # no random point does better than the best that it reports
    rng = np.random.default_rng(1)
    k = uit.knoppen
    x = k["minimum"].to_numpy() + rng.random((2000, len(k))) * (k["maximum"] - k["minimum"]).to_numpy()
    punten = {s: x[:, i] for i, s in enumerate(k["sleutel"])}
    assert balansen(duur, kengetallen, punten)["gemeente"].max() <= uit.balans
    assert "met geen enkele stand" in zinnen.combinatiezin(uit)
    # the money question is a choice that must be asked for
    assert "additioneel" in goedkoopste_combinatie(duur, kengetallen, additioneel=True).wijzigingen


def test_wat_sluit_hoeft_niet_te_bewegen(kengetallen: Kengetallen) -> None:
    eerste = laad_geval("voorbeeld-1", kengetallen).aanpak
    uit = goedkoopste_combinatie(eerste, kengetallen)
    assert wacht_bij(uit, eerste, kengetallen) == []
    assert (zinnen.combinatie_uitleg(uit), zinnen.combinatie_wacht(uit, [])) == ("", "")
    assert not uit.nodig
    assert uit.wijzigingen == {}
    assert uit.verschuiving == 0
    assert "al sluitend" in zinnen.combinatiezin(uit)


def test_al_sluitend_zegt_hoe_vaak_niet(kengetallen: Kengetallen) -> None:
    eerste = laad_geval("voorbeeld-1", kengetallen).aanpak
    uit = goedkoopste_combinatie(eerste, kengetallen)
    simulatie = simuleer(eerste, kengetallen, 500)
    mis = int((simulatie.reeksen["saldo_gemeente"] <= 0).sum())
    assert 100 < mis < 400
    zin = zinnen.combinatiezin(uit, simulatie)
    deel = f"maar in {mis / 5 + 1e-9:.0f} van de 100 trekkingen van de simulatie niet."
    assert zin.endswith(f"de aanpak is al sluitend, dus geen knop hoeft te bewegen. Zoals ingevuld sluit het, {deel}")
    zeker = simuleer(eerste, kengetallen, 100, trekking={})
    assert zinnen.combinatiezin(uit, zeker).endswith(" Ook in alle trekkingen van de simulatie sluit het.")
    ander = simuleer(eerste, kengetallen, 100, sleutels=("saldo",))
    assert zinnen.combinatiezin(uit, ander) == zinnen.combinatiezin(uit)


def test_uitleg_en_wacht_bij_de_combinatie(tweede: Aanpak, combinatie: Combinatie, kengetallen: Kengetallen) -> None:
    punten = wacht_bij(combinatie, tweede, kengetallen)
    assert punten == wacht(bereken(tweede.met(combinatie.wijzigingen, kengetallen), kengetallen))
    assert len(punten) == 3
    assert zinnen.combinatie_wacht(combinatie, punten).endswith("3 punten om te onderbouwen:")
    assert zinnen.combinatie_wacht(combinatie, punten[:1]).endswith("1 punt om te onderbouwen:")
    assert zinnen.combinatie_wacht(combinatie, []).endswith("vindt de controle op dubbeltelling en onwaarschijnlijke "
                                                              "combinaties niets.")  # fmt: skip
    assert "kleinste verschuiving" in zinnen.combinatie_uitleg(combinatie)
    vast = dataclasses.replace(combinatie, mogelijk=False)
    assert "Ook daarmee blijven de baten kleiner dan de kosten" in zinnen.combinatie_uitleg(vast)


def test_verkeerde_vraag(tweede: Aanpak, kengetallen: Kengetallen) -> None:
    with pytest.raises(ValueError, match="geen criterium"):
        goedkoopste_combinatie(tweede, kengetallen, "saldo")
    with pytest.raises(ValueError, match="geen knop"):
        goedkoopste_combinatie(tweede, kengetallen, knoppen=["fte"])
    leeg = goedkoopste_combinatie(tweede, kengetallen, knoppen=[])
    assert not leeg.mogelijk
    assert leeg.verschuiving == 0
    assert leeg.balans == leeg.balans_nu


def test_zinnen_en_tabel(kengetallen: Kengetallen, combinatie: Combinatie) -> None:
    tabel = omslagpunten(laad_geval("standaard", kengetallen).aanpak, kengetallen)
    samen, _, gemeente = zinnen.per_betaler(tabel)
    assert samen == (
        "Maatschappelijk zijn de baten nu €\u00a0204.600 groter dan de kosten. Dat keert om, als al het andere blijft "
        "staan, bij meer dan 10,8% extra (in plaats van minder) trajecten in bestaande cases (nu 0%), aandeel "
        "additionele kosten boven 64,3% (nu 50%) of frictie-/inwerkkosten boven 14,3% (nu 0%)."
    )
    assert gemeente == (
        "Voor de gemeente zijn de financiële baten nu €\u00a0261.500 kleiner dan de kosten. Dat keert om, als al het "
        "andere blijft staan, bij minder trajecten in bestaande cases vanaf 13,8% (nu 0%), aandeel additionele kosten "
        "tot en met 31,7% (nu 50%) of voorkomen escalatie (gezinnen) vanaf 3,8% (nu 2%)."
    )
    alle = zinnen.per_betaler(tabel, aantal=20)[0]
    assert "voorkomen escalatie (gezinnen) onder 0,7% (nu 2%)" in alle
    assert "terugvalpercentage boven 36,1%* (nu 20%)" in alle
    assert alle.endswith(" (* ligt buiten het bereik dat de bronnen noemen.)")
    scherm = gedrukt(tabellen.omslagtabel(tabel)).set_index("knop")
    assert scherm.loc["Frictie-/inwerkkosten"].tolist() == ["0%", "≤ 14,3%", *["nooit binnen 0–100%"] * 2]
    assert scherm.loc["Minder trajecten in nieuwe cases", "Gemeente"] == "nooit binnen -100% tot 100%"
    assert scherm.loc["Terugvalpercentage", "Maatschappelijk (saldo)"] == "≤ 36,1% *"
    assert scherm.loc["Minder overlast", "Gemeente"] == "geen invloed"
    bewogen = gedrukt(tabellen.combinatietabel(combinatie)).set_index("knop")
    assert bewogen.loc["Minder trajecten in bestaande cases", ["van", "naar"]].tolist() == ["10%", "60%"]
    assert bewogen.loc["Minder trajecten in bestaande cases", "gepubliceerd bereik"] == "-40% … 60%"
    ruw = tabellen.combinatietabel(combinatie).frame.set_index("knop")
    assert ruw.loc["Minder trajecten in bestaande cases", "gepubliceerd bereik: hoog"].waarde == 0.6
    assert zinnen.combinatiezin(combinatie).startswith("Voor de gemeente komt de aanpak €\u00a0242.100 tekort.")


def test_kern(tweede: Aanpak, kengetallen: Kengetallen) -> None:
    standaard = zinnen.kern(omslagpunten(laad_geval("standaard", kengetallen).aanpak, kengetallen))
    assert "Het saldo is nul bij" in standaard
    assert "buiten" not in standaard
    tabel = omslagpunten(tweede, kengetallen)
    assert zinnen.kern(tabel).startswith("Binnen de bereiken die de bronnen noemen, keert geen enkele knop")
    assert "Het dichtst bij komt: het saldo is nul" in zinnen.kern(tabel)
    assert "80,6% (buiten het gepubliceerde bereik)" in zinnen.kern(tabel)
    # a negative "minder" is more of it
    eerste = omslagpunten(laad_geval("voorbeeld-1", kengetallen).aanpak, kengetallen)
    assert zinnen.kern(eerste) == (
        "Het saldo is nul bij 14,2% extra (in plaats van minder) trajecten in bestaande cases en positief zolang het "
        "er niet meer zijn; nu 30% minder. De bronnen noemen 40% extra tot 60% minder."
    )
    assert (
        "bij meer dan 14,2% extra (in plaats van minder) trajecten in bestaande cases (nu 30% minder), frictie"
        in zinnen.per_betaler(eerste)[0]
    )
    assert "dichtst" not in zinnen.kern(tabel[tabel["sleutel"] == "terugval"])


@pytest.mark.parametrize(
    ("richting", "houdt", "zin", "keert"),
    [
        ("≥", True, "positief zolang het er niet meer zijn", "meer dan 4%"),
        ("≥", False, "positief zolang het er niet meer zijn", "hoogstens 4%"),
        ("≤", True, "positief als het er meer zijn", "minder dan 4%"),
        ("≤", False, "positief als het er meer zijn", "minstens 4%"),
    ],
)
def test_minder_dan_nul_is_extra(richting: str, houdt: bool, zin: str, keert: str) -> None:
    rij: dict[str, object] = {"sleutel": "substitutie.nieuw", "omslagpunt": -0.04, "waarde": -0.1, "in_bereik": False}
    rij |= {"richting": richting, "houdt": houdt, "laag": -0.02, "hoog": 0.5}
    wat = "extra (in plaats van minder) trajecten in nieuwe cases"
    buiten, bereik = "(buiten het gepubliceerde bereik)", "De bronnen noemen 2% extra tot 50% minder."
    assert zinnen.omslagzin(rij) == f"Het saldo is nul bij 4% {wat} {buiten} en {zin}; nu 10% extra. {bereik}"
    assert zinnen.keert_bij(rij) == f"{keert} {wat}* (nu 10% extra)"


def test_combinatie_uit_een_negatieve_stand(tweede: Aanpak, kengetallen: Kengetallen) -> None:
    slechter = tweede.met({"substitutie.bestaand": -0.05}, kengetallen)
    zin = zinnen.combinatiezin(goedkoopste_combinatie(slechter, kengetallen))
    assert "trajecten in bestaande cases van 5% extra naar" in zin
    assert "minder trajecten in bestaande cases van" not in zin


def test_zin_zonder_omslag(tweede: Aanpak, kengetallen: Kengetallen) -> None:
    tabel = omslagpunten(tweede, kengetallen)
    _, zin, _ = zinnen.per_betaler(tabel[tabel["sleutel"] == "terugval"])
    assert zin == (
        "Voor alle partijen samen zijn de financiële baten nu €\u00a0328.100 kleiner dan de kosten. Geen enkele knop "
        "alleen verandert dat."
    )
    assert zinnen.per_betaler(tabel[tabel["criterium"] == "gemeente"])[0].startswith("Voor de gemeente")
    assert "nu vrijwel gelijk aan de kosten." in zinnen.per_betaler(tabel.assign(balans=-49.0))[0]
