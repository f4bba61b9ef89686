"""The page that decides: what it says is what the outcome says, in sentences that hold for every aanpak."""

import re
from html import unescape
from typing import Any

from mkba.analyse.gevoeligheid.eenzijdig import eenzijdig
from mkba.analyse.gevoeligheid.omslag import omslagpunten
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import bereken
from mkba.tests.hulp_tabel import gedrukt
from mkba.tests.hulp_zinnen import BASIS, RAAR
from mkba.uitvoer.aanpak import beslispagina
from mkba.uitvoer.aanpak.beslispagina import oordelentabel, volgende_stappen


def tekst(aanpak: Aanpak, k: Kengetallen) -> str:
    html = beslispagina.beslispagina(
        bereken(aanpak, k), eenzijdig(aanpak, k), simuleer(aanpak, k, 200), omslagpunten(aanpak, k)
    )
    return unescape(re.sub(r"<[^>]+>", " ", str(html.data))).replace("\u00a0", " ")


def test_de_standaard_zegt_de_gepubliceerde_oordelen(kengetallen: Kengetallen) -> None:
    """Manual figuur 3.2: maatschappelijk 1.10, financieel 0.90; the gemeente pays 79% of the costs."""
    aanpak = lees_aanpak(paden.data() / "aanpakken" / "standaard.toml", kengetallen)
    uitkomst, sim = bereken(aanpak, kengetallen), simuleer(aanpak, kengetallen, 200)
    tabel = oordelentabel(uitkomst.sleutels, sim).frame
    assert tabel["oordeel"].tolist() == [
        "baten groter dan kosten",
        "baten kleiner dan kosten",
        "baten kleiner dan kosten",
    ]
    assert tabel.loc["Maatschappelijk", "saldo"] == uitkomst["saldo"]
    assert tabel.loc["Gemeentelijk", "kans op een plus"] == sim.kansen.at["saldo_gemeente", "kans"]
    assert "Van de kosten draagt de gemeente € 1.337.600 (79%)." in tekst(aanpak, kengetallen)


def test_de_verhoudingen_staan_er_zoals_de_bron_ze_drukt(kengetallen: Kengetallen) -> None:
    """Manual chapter 4, voorbeeld 1: 1.65, 1.45 and 1.45; the model has 1.631, 1.447 and 1.454."""
    aanpak = lees_aanpak(paden.data() / "aanpakken" / "voorbeeld-1.toml", kengetallen)
    uitkomst = bereken(aanpak, kengetallen)
    tabel = gedrukt(oordelentabel(uitkomst.sleutels, simuleer(aanpak, kengetallen, 200)))
    assert tabel["kosten-batenverhouding"].tolist() == ["1,65", "1,45", "1,45"]
    assert "1,63" not in tekst(aanpak, kengetallen)


def test_een_team_zonder_fte_is_op_de_eerste_bladzijde_een_waarschuwing(kengetallen: Kengetallen) -> None:
    gezegd = tekst(maak_aanpak({**BASIS, "fte": 0}, kengetallen), kengetallen)
    assert "Let op: het team heeft 0 fte en dus geen personeelskosten" in gezegd
    assert "Let op" not in tekst(maak_aanpak(BASIS, kengetallen), kengetallen)


def test_negatieve_baten_heten_geen_opbrengst(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak({**BASIS, **RAAR["meer zorg"]}, kengetallen)
    assert "en de baten zijn over tien jaar per saldo negatief: € -" in tekst(aanpak, kengetallen)
    tabel = oordelentabel(bereken(aanpak, kengetallen).sleutels, simuleer(aanpak, kengetallen, 200)).frame
    assert set(tabel["oordeel"]) == {"baten per saldo negatief"}


def test_zonder_kosten_is_er_geen_verhouding_en_geen_kans(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak({**BASIS, "fte": 0, "nieuw": 0.0, "meer": 0.0, "additioneel": 0.0}, kengetallen)
    tabel = gedrukt(oordelentabel(bereken(aanpak, kengetallen).sleutels, simuleer(aanpak, kengetallen, 200)))
    assert tabel["kosten-batenverhouding"].tolist() == ["–", "–", "–"]
    assert tabel["kans op een plus"].tolist() == ["–", "–", "–"]


def test_een_plus_naast_extra_lasten_wordt_uitgelegd(kengetallen: Kengetallen) -> None:
    """Voorbeeld 5: the gemeente has a plus over all years, and extra costs in the budget of the second year."""
    gezegd = tekst(lees_aanpak(paden.data() / "aanpakken" / "voorbeeld-5.toml", kengetallen), kengetallen)
    assert "Haar saldo over alle jaren is € 98.600." in gezegd
    assert "€ 235.100 extra lasten" in gezegd
    assert "Die twee spreken elkaar niet tegen: van de baten voor de gemeente valt €" in gezegd


def test_frictie_is_geen_effect_om_bij_te_houden(kengetallen: Kengetallen) -> None:
    """One household and a tenth of a fte: frictie moves the saldo more than any effect, and is a cost."""
    gezegd = _stappen(kengetallen, huishoudens=1, fte=0.1)
    assert "vanaf het begin bijhouden" in gezegd
    assert "Frictie" not in gezegd


def _stappen(k: Kengetallen, **anders: Any) -> str:
    a = maak_aanpak({**BASIS, **anders}, k)
    return " ".join(volgende_stappen(bereken(a, k), eenzijdig(a, k), simuleer(a, k, 200), omslagpunten(a, k)))


def test_een_stap_staat_er_alleen_als_er_reden_voor_is(kengetallen: Kengetallen) -> None:
    zonder = {"fte": 0.0, "frictie": 0.0, "disciplines": ["wi"], "substitutie.nieuw": 0.0, "substitutie.bestaand": 0.0}
    assert "Leg vast welke formatie" not in _stappen(kengetallen, **zonder)
    assert "aan formatie elders" in _stappen(kengetallen, additioneel=0.4)
    assert "er is nog niets gemeten" in _stappen(kengetallen)


def test_een_gemeten_aanpak_hoort_niet_dat_er_niets_gemeten_is(kengetallen: Kengetallen) -> None:
    gezegd = tekst(lees_aanpak(paden.data() / "aanpakken" / "effectmeting.toml", kengetallen), kengetallen)
    assert "nog niets gemeten" not in gezegd
    assert "De effecten zijn gemeten" in gezegd


def test_een_naam_met_opmaak_blijft_tekst(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak({**BASIS, "naam": "<b>x</b>"}, kengetallen)
    html = beslispagina.beslispagina(
        bereken(aanpak, kengetallen),
        eenzijdig(aanpak, kengetallen).assign(naam="<script>x</script>"),
        simuleer(aanpak, kengetallen, 200),
        omslagpunten(aanpak, kengetallen),
    )
    assert "<script>" not in str(html.data)
