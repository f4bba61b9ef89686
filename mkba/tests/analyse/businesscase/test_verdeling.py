"""The business case: sums that are those of the ledger to the cent, and a proposal in which nobody loses."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.businesscase.verdeling import BETALERS, PARTIJEN, businesscase, waarde
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.shapley import keuzes, shapley
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import ACTOREN
from mkba.model.berekening import bereken
from mkba.tests.hulp_voorbeelden import voorbeelden

GEVALLEN = ["standaard", *(f"voorbeeld-{i}" for i in range(1, 6)), "effectmeting"]


@pytest.mark.parametrize("geval", GEVALLEN)
def test_telt_op_tot_het_grootboek_op_de_cent(geval: str, kengetallen: Kengetallen) -> None:
    u = bereken(lees_aanpak(paden.data() / "aanpakken" / f"{geval}.toml", kengetallen), kengetallen)
    b = businesscase(u)
    assert b.geld_ncw.sum() + b.geen_geld_ncw.sum() == pytest.approx(u["saldo"], abs=0.005)
    assert b.geld_ncw.sum() == pytest.approx(u["saldo_financieel"], abs=0.005)
    assert b.geld_ncw[0] == pytest.approx(u["saldo_gemeente"], abs=0.005)
    assert b.geen_geld_ncw.sum() == pytest.approx(u["immaterieel"], abs=0.005)
    kosten, baten = (reeks[0] for reeks in u.grootboek.kasstromen())
    assert (b.geld + b.geen_geld).sum(axis=0) == pytest.approx(baten - kosten, abs=0.005)
    factoren = u.grootboek.discontofactoren[0]
    assert (b.geld * factoren).sum(axis=1) == pytest.approx(b.geld_ncw, abs=0.005)


@pytest.mark.parametrize("geval", GEVALLEN)
def test_niemand_verliest_en_er_blijft_niets_liggen(geval: str, kengetallen: Kengetallen) -> None:
    b = businesscase(bereken(lees_aanpak(paden.data() / "aanpakken" / f"{geval}.toml", kengetallen), kengetallen))
    samen = float(b.betalers_ncw.sum())
    assert (b.deel >= -1e-6).all()
    assert b.deel == pytest.approx(b.betalers_ncw + b.overdracht)
    assert b.deel.sum() == pytest.approx(max(samen, 0.0), abs=0.005)
    assert b.overdracht.sum() == pytest.approx(b.tekort, abs=0.005)
    assert b.tekort == pytest.approx(max(-samen, 0.0), abs=0.005)


def test_elke_actor_hoort_bij_een_partij() -> None:
    assert sorted(a for wie in PARTIJEN.values() for a in wie) == sorted(ACTOREN)
    assert BETALERS[0] == "gemeente"


def test_met_de_hand() -> None:
    """Gemeente gains 70, insurer 60, the team costs 100. Alone the gemeente would not begin; together they gain 30:
    half each. So of the 100 the gemeente pays 70 - 15 = 55 and the insurer 60 - 15 = 45."""
    v = waarde(np.array([70.0, 60.0]), 100.0)
    assert v.tolist() == [0.0, 0.0, 0.0, 30.0]
    assert shapley(v).tolist() == [15.0, 15.0]


def test_wie_verliest_wordt_eerst_vergoed() -> None:
    """Gemeente 150, insurer 40, a third loses 20; team 100. Gemeente alone: 150 - 120 = 30; with the insurer 70.
    The gemeente adds 30 or 70, the insurer 0 or 40: 50 and 20; who loses ends at 0."""
    v = waarde(np.array([150.0, 40.0, -20.0]), 100.0)
    # numbered by bits: gemeente 1, insurer 2, the third 4
    assert v.tolist() == [0.0, 30.0, 0.0, 70.0, 0.0, 30.0, 0.0, 70.0]
    assert shapley(v) == pytest.approx([50.0, 20.0, 0.0])


@settings(max_examples=voorbeelden(60))
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=6), st.floats(0, 2e6))
def test_geen_groep_kan_het_alleen_beter(eigen: Sequence[float], kosten: float) -> None:
    """The proposal lies in the core: no coalition gets less than it could reach by itself."""
    v = waarde(np.array(eigen), kosten)
    deel = shapley(v)
    assert (keuzes(len(eigen)) @ deel >= v - 1e-6 * max(1.0, float(v.max()))).all()
    assert deel.sum() == pytest.approx(max(sum(eigen) - kosten, 0.0), abs=1e-6 * max(1.0, kosten, *map(abs, eigen)))


def test_in_voorbeeld_1_verdient_de_gemeente_op_papier_niet_alles(kengetallen: Kengetallen) -> None:
    """Without her nothing happens, so she keeps at least half of what every other payer brings."""
    b = businesscase(bereken(laad_geval("voorbeeld-1", kengetallen).aanpak, kengetallen))
    andere = np.maximum(b.eigen[1:], 0.0)
    assert b.eigen[0] > b.programma  # she could do it alone: then each other is half of what it gains
    assert b.deel[1:] == pytest.approx(andere / 2)
