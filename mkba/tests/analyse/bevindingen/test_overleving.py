"""What an aanpak survives: worked out by hand for single lines, the same luck as the simulation, never better."""

import numpy as np
import pytest

from mkba.analyse.bevindingen.overleving import boek_onder, laad_sinds_2014, overleving, valt_onder
from mkba.analyse.gevoeligheid.scenarios import Scenario, Stap, Wijziging, pas_toe
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.bevindingen import laad_bevindingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.model.kerngetallen import Kerngetallen

AANTAL = 400


@pytest.fixture
def aanpak(kengetallen: Kengetallen) -> Aanpak:
    return laad_geval("voorbeeld-1", kengetallen).aanpak


def scenario(sleutel: str) -> Scenario:
    return next(s for s in laad_sinds_2014() if s.sleutel == sleutel)


def regels(aanpak: Aanpak, kengetallen: Kengetallen, wat: Scenario) -> dict[str, float]:
    return {r.naam: float(r.bedrag[0]) for r in boek_onder(aanpak, kengetallen, wat, {}).regels}


def test_meer_verwijzingen_met_de_hand(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """Voorbeeld 1, in zorg en welzijn only: nothing falls away, and 5% new becomes 5% new + 95% x 14% more."""
    voor = {r.naam: float(r.bedrag[0]) for r in bereken(aanpak, kengetallen).grootboek.regels}
    na = regels(aanpak, kengetallen, scenario("meer-verwijzingen"))
    for naam, bedrag in voor.items():
        if naam.startswith("substitutie.zw."):
            assert na[naam] == 0.0
        elif naam.startswith("kosten_extra_zorg.zw."):
            assert na[naam] == pytest.approx(bedrag * (0.05 + 0.95 * 0.14) / 0.05)
        else:
            assert na[naam] == bedrag


def test_geen_substitutie_in_jeugd(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    voor = {r.naam: float(r.bedrag[0]) for r in bereken(aanpak, kengetallen).grootboek.regels}
    na = regels(aanpak, kengetallen, scenario("geen-substitutie-jeugd"))
    assert voor["substitutie.jeugd"] > 0
    assert na == {**voor, "substitutie.jeugd": 0.0}


def test_alles_tegelijk_is_elk_op_zijn_eigen_regels(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """With a new share of 28.6% the other lines are those of that share; the line changes keep theirs."""
    samen = regels(aanpak, kengetallen, scenario("alles-tegelijk"))
    breed = aanpak.met({"nieuw": 0.286, "escalatie.oudere": 0.029}, kengetallen)
    basis = {r.naam: float(r.bedrag[0]) for r in bereken(breed, kengetallen).grootboek.regels}
    for naam, bedrag in basis.items():
        if naam.startswith(("substitutie.jeugd", "substitutie.zw.")):
            assert samen[naam] == 0.0
        elif naam.startswith("kosten_extra_zorg.zw."):
            assert samen[naam] == pytest.approx(bedrag * (0.286 + 0.714 * 0.14) / 0.286)
        else:
            assert samen[naam] == pytest.approx(bedrag)


def test_een_voorzichtig_antwoord_blijft_staan(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    velden = {
        "nieuw": 0.4,
        "meer": 0.2,
        "substitutie.nieuw": -0.3,
        "substitutie.bestaand": -0.3,
        "escalatie.oudere": 0.0,
    }
    voorzichtig = aanpak.met(velden, kengetallen)
    eigen = bereken(voorzichtig, kengetallen)["saldo"]
    for s in laad_sinds_2014():
        assert Kerngetallen(boek_onder(voorzichtig, kengetallen, s, {}))["saldo"][0] == eigen


def test_zelfde_trekkingen_als_de_simulatie(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    over = overleving(aanpak, kengetallen, aantal=AANTAL)
    kansen = simuleer(aanpak, kengetallen, AANTAL).kansen
    for saldo, rij in kansen.iterrows():
        assert over.frame.iloc[0][f"kans.{saldo}"] == rij["kans"]
        assert (over.frame.iloc[0][f"laag.{saldo}"], over.frame.iloc[0][f"hoog.{saldo}"]) == (rij["laag"], rij["hoog"])


def test_een_grens_op_een_regel_maakt_geen_trekking_beter(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    varieer = {"substitutie.nieuw": np.linspace(-0.5, 0.9, 30), "substitutie.bestaand": np.linspace(-0.5, 0.6, 30)}
    basis = Kerngetallen(boek_onder(aanpak, kengetallen, Scenario("", "x", ()), varieer), 30)["saldo"]
    for sleutel in ("meer-verwijzingen", "geen-substitutie-jeugd"):
        na = Kerngetallen(boek_onder(aanpak, kengetallen, scenario(sleutel), varieer), 30)["saldo"]
        assert (na <= basis + 1e-6).all()


def test_zonder_regels_is_het_pas_toe(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """One meaning of a step: as an answer and per draw."""
    stappen = {
        "nieuw": Stap("minstens", 0.2),
        "terugval": Stap("maal", 2.0),
        "substitutie.bestaand": Stap("korting", 0.5),
        "escalatie.gezin": Stap("hoogstens", 0.01),
        "meer": Stap("zet", 0.1),
    }
    wat = Scenario("x", "X", (Wijziging("alles", stappen),))
    met_antwoorden = bereken(*pas_toe(aanpak, kengetallen, wat))["saldo"]
    assert Kerngetallen(boek_onder(aanpak, kengetallen, wat, {}))["saldo"][0] == pytest.approx(met_antwoorden)


def test_een_scenario_van_regels_gaat_niet_als_antwoord(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    with pytest.raises(ValueError, match="deel van de regels"):
        pas_toe(aanpak, kengetallen, scenario("geen-substitutie-jeugd"))


def test_een_meting_gaat_voor(kengetallen: Kengetallen) -> None:
    """Questions 12 and 14 were measured: only question 10 still moves."""
    gemeten = lees_aanpak(paden.data() / "aanpakken" / "effectmeting.toml", kengetallen)
    frame = overleving(gemeten, kengetallen, aantal=AANTAL).frame
    draait = frame["draait"].to_dict()
    assert not draait["Meer verwijzingen"]
    assert not draait["Niet meer opnamen voorkomen dan er gebeuren"]
    assert draait["Meer bereik (migratieachtergrond)"]


def test_elk_scenario_noemt_bestaande_bevindingen_en_zijn_aanname() -> None:
    bekend = laad_bevindingen()
    for s in laad_sinds_2014():
        assert {b.strip() for b in s.bron.split(",")} <= bekend.keys()
        assert all(w.status == "aanname" and w.motivering for w in s.wijzigingen)


def test_een_regel_valt_onder_zijn_post_en_domein(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    regel = next(r for r in bereken(aanpak, kengetallen).grootboek.regels if r.naam == "substitutie.zw.gezin")
    assert valt_onder(regel, ["substitutie"])
    assert valt_onder(regel, ["substitutie.zw"])
    assert not valt_onder(regel, ["substitutie.z", "substitutie.jeugd"])
