"""Tables, sentences and figures of what was found since 2014 and of the business case."""

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.bevindingen.korting import bewijskorting
from mkba.analyse.bevindingen.overleving import Overleving, laad_sinds_2014, overleving
from mkba.analyse.businesscase.verdeling import businesscase
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.kern.catalogus.bevindingen import laad_bevindingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.uitvoer.bevindingen import figuren, tabellen, zinnen
from mkba.uitvoer.businesscase import figuren as zaakfiguren
from mkba.uitvoer.businesscase import tabellen as zaaktabellen
from mkba.uitvoer.businesscase import zinnen as zaakzinnen


@pytest.fixture
def aanpak(kengetallen: Kengetallen) -> Aanpak:
    return laad_geval("voorbeeld-1", kengetallen).aanpak


def over(aanpak: Aanpak, kansen: dict[str, float], draait: dict[str, bool]) -> Overleving:
    frame = pd.DataFrame({"kans.saldo": kansen, "draait": draait, "saldo": dict.fromkeys(kansen, -1_234.0)})
    return Overleving(aanpak, (), 100, 1, frame)


def test_de_zin_noemt_wat_er_overblijft_en_wat_niets_verandert(aanpak: Aanpak) -> None:
    kansen = {"Zoals ingevuld": 0.8, "A": 0.4, "B": 0.6, "C": 0.8}
    zin = zinnen.overleving_zin(over(aanpak, kansen, {"Zoals ingevuld": False, "A": True, "B": True, "C": False}))
    assert "in 80% van de trekkingen" in zin
    assert "Het minst blijft er over bij A: 40%" in zin
    assert "minder dan de helft is er bij A." in zin
    assert "C verandert hier niets" in zin


def test_wie_al_onder_de_helft_zit_krijgt_geen_opsomming(aanpak: Aanpak) -> None:
    zin = zinnen.overleving_zin(over(aanpak, {"Zoals ingevuld": 0.1, "A": 0.05}, {"Zoals ingevuld": False, "A": True}))
    assert "minder dan de helft" not in zin


def test_tabellen_van_de_overleving(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    o = overleving(aanpak, kengetallen, aantal=200)
    tekst = tabellen.overlevingstabel(o).als_tekst()
    assert "Alle landelijke tegenvallers tegelijk" in tekst
    bronnen = tabellen.bronnentabel(o)
    assert len(bronnen) == len(laad_sinds_2014())
    html = bronnen.als_html()
    assert "CPB 2019, De wijkteambenadering nader bekeken" in html
    assert "gepubliceerd, via een ander" in html
    ax = figuren.overleving(o.frame)
    assert len(ax.get_yticklabels()) == len(o.frame)


def test_lijst_van_bevindingen_zegt_hoe_sterk_en_hoe_bekend() -> None:
    frame = tabellen.bevindingentabel(laad_bevindingen().values()).frame.set_index("studie")
    assert frame.loc["Lokale pilot Pijnacker", "kracht (1 tot 5)"] == "1 tot 2 (aanname)"
    assert frame.loc["CPB 2021", "kracht (1 tot 5)"] == "1 tot 3 (aanname)"
    assert frame.loc["Ondertoezichtstelling 2022", "kracht (1 tot 5)"] == "telling"
    assert frame.loc["NJi 2024, 13 studies", "kracht (1 tot 5)"] == "onbekend"
    zinnen_ = list(frame.loc["AEF 2020, Stelsel in groei", "bevinding"])
    assert "Vroeg signaleren verhoogt de kosten. Let op: betwist: zie nji-betwist." in zinnen_


def test_korting_naast_elkaar(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    k = bewijskorting(aanpak, kengetallen)
    frame = tabellen.kortingtabel(k).frame
    for label, rij in frame.iterrows():  # who subtracts what is printed finds the same
        stap = 0.05 if "verhouding" in str(label) else 100
        assert rij["verschil"] == pytest.approx(rond(rij["na bewijskorting"], stap) - rond(rij["zoals geclaimd"], stap))
    assert "Het oordeel staat of valt dus met het bewijs." in zinnen.korting_zin(k)
    assert "vertaald als substitutie -14%" in tabellen.effectentabel(k).als_tekst()
    ax = figuren.korting(tabellen.postenframe(k))
    assert [t.get_text() for t in ax.get_yticklabels()][-1].startswith("Saldo")


def test_businesscase_per_jaar_telt_op(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    u = bereken(aanpak, kengetallen)
    frame = zaaktabellen.jarentabel(businesscase(u)).frame
    for soort in ("geld", "geen geld"):
        deel = frame[frame["soort"] == soort].set_index("partij").drop(columns="soort").astype(float)
        assert deel.drop(index="Totaal").sum().to_numpy() == pytest.approx(deel.loc["Totaal"].to_numpy(), abs=0.005)
    alles = frame[frame["soort"] == "alles"].iloc[0]
    assert alles["NCW"] == pytest.approx(u["saldo"], abs=0.005)
    assert "jaar 7" not in frame.columns  # nothing falls there, and the table says so
    assert "In jaar 6, 7, 8 valt niets." in zaaktabellen.jarentabel(businesscase(u)).uitleg


def test_voorstel_in_woorden(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    winst = businesscase(bereken(aanpak, kengetallen))
    tekst = zaaktabellen.verdeeltabel(winst).als_tekst().replace("\N{NO-BREAK SPACE}", " ")
    assert "betaalt ten hoogste € 331.200" in tekst
    assert "Van buiten nodig" not in tekst
    assert "verliest geen betaler en winnen de gemeente" in zaakzinnen.businesscase_zin(winst)
    tekort = businesscase(bereken(laad_geval("voorbeeld-2", kengetallen).aanpak, kengetallen))
    tekst = zaaktabellen.verdeeltabel(tekort).als_tekst().replace("\N{NO-BREAK SPACE}", " ")
    assert "ontvangt ten minste € 242.100" in tekst
    assert "betaalt € 328.100" in tekst  # from outside
    zin = zaakzinnen.businesscase_zin(tekort)
    assert "verliezen de gemeente en de zorgverzekeraar en winnen" in zin
    assert "Er is dus niets te verdelen" in zin


def test_figuur_van_de_businesscase_tekent_geen_voorstel_voor_huishoudens(
    aanpak: Aanpak, kengetallen: Kengetallen
) -> None:
    frame = zaaktabellen.figuurframe(businesscase(bereken(aanpak, kengetallen)))
    assert np.isnan(frame.loc["Huishoudens", "voorstel"])
    ax = zaakfiguren.businesscase(frame)
    assert [t.get_text() for t in ax.get_yticklabels()] == list(frame.index)
