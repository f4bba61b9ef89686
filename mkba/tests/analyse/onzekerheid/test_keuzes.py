"""What a reader must know of a simulation: answers of 0 that move all the same, choices that do not move."""

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.onzekerheid.keuzes import KOLOMMEN, keuzes, vaste_keuzes
from mkba.analyse.onzekerheid.simulatie import Simulatie, simuleer
from mkba.analyse.onzekerheid.trekking import Verdeling, trek
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import van_de_honderd
from mkba.kern.woorden.velden import KNOPPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.uitvoer.onzekerheid import zinnen

QALY = "kwaliteit.qaly_eur"


def test_antwoord_nul_beweegt_en_de_lezer_weet_het(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    leeg = simuleer(aanpak.met({**dict.fromkeys(KNOPPEN, 0.0), "additioneel": 0.2}, kengetallen), kengetallen)
    rij = leeg.kwantielen.loc["saldo"]
    assert rij["punt"] < 0 < rij["p50"], "het geval waar het om gaat"
    nullen = zinnen.op_nul(leeg)
    assert {VELDEN[s].vraag for s in nullen} == {10, 11, 13, 14, 15}, "substitutie kan ook omlaag, frictie beweegt niet"
    assert all(trek(leeg.aanpak, kengetallen, 200)[s].min() >= 0 for s in nullen)
    assert "Het teken van het midden is dus een ander" in zinnen.samenvatting(leeg)
    assert "op 0 staan" not in zinnen.samenvatting(leeg), "dat een 0 beweegt, hoeft de oorzaak niet te zijn"
    geen = pd.DataFrame(columns=list(KOLOMMEN))
    (zin,) = zinnen.kanttekeningen(leeg, kengetallen, geen)
    assert all(f"{VELDEN[s].vraag}. {VELDEN[s].label}" in zin for s in nullen)
    een = simuleer(aanpak, kengetallen, 100, trekking={"meer": Verdeling("driehoek", 0.0, 0.0, 0.1)})
    assert "Let op: één antwoord dat op 0 staat, beweegt toch" in zinnen.kanttekeningen(een, kengetallen, geen)[0]
    assert zinnen.kanttekeningen(simuleer(aanpak, kengetallen, 100, trekking={}), kengetallen, geen) == []
    zelfde_teken = simuleer(aanpak, kengetallen, 500)
    assert zinnen.op_nul(zelfde_teken)
    assert "op 0 staan" not in zinnen.samenvatting(zelfde_teken)


def test_qaly_is_een_keuze_en_de_andere_kant_staat_erbij(simulatie: Simulatie, kengetallen: Kengetallen) -> None:
    """The saldo is linear in the QALY: five times its value adds four times the quality of life, draw by draw."""
    assert keuzes(kengetallen) == [QALY]
    tabel = vaste_keuzes(simulatie, kengetallen)
    assert tabel[["sleutel", "waarde", "ander"]].to_numpy().tolist() == [[QALY, 20_000, 100_000]]
    saldo = simulatie.reeksen["saldo"] + 4 * simulatie.reeksen["kwaliteit_van_leven"]
    assert tabel["kans"].iloc[0] == pytest.approx((saldo > 0).mean())
    assert tabel["p50"].iloc[0] == pytest.approx(np.median(saldo))
    zin = zinnen.kanttekeningen(simulatie, kengetallen, tabel)[-1]
    assert "Hier blijft zij €\u00a020.000." in zin
    assert f"bij €\u00a0100.000 is dat {van_de_honderd(float((saldo > 0).mean()))}, met" in zin
    # a value of the user: both ends; drawn after all: no choice; nothing to value: nothing to say
    eigen = kengetallen.met({QALY: 50_000.0})
    sim = simuleer(simulatie.aanpak, eigen, 100)
    assert vaste_keuzes(sim, eigen)["ander"].tolist() == [20_000, 100_000]
    getrokken = simuleer(simulatie.aanpak, kengetallen, 100, trekking={QALY: Verdeling("uniform", 2e4, 2e4, 1e5)})
    assert vaste_keuzes(getrokken, kengetallen).empty
    niets = simulatie.aanpak.met(dict.fromkeys(KNOPPEN, 0.0), kengetallen)
    assert vaste_keuzes(simuleer(niets, kengetallen, 100, trekking={}), kengetallen).empty
