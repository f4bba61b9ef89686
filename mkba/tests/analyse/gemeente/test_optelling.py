"""The gemeente as a whole: sums to the cent, ratios and chances of the sums, luck that is shared and luck that is
not."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.gemeente.optelling import Gemeente, opgeteld, tel_op
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import ACTOREN, BATENPOSTEN, GEMEENTE, KOSTENPOSTEN, POSTEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.tests.hulp_voorbeelden import voorbeelden
from mkba.uitvoer.aanpak.tabellen import GEMEENTERIJ, TOTAALRIJ
from mkba.uitvoer.aanpak.tabellen import partijen_begroting as begroting_van
from mkba.uitvoer.gemeente import tabellen

NAMEN = ("voorbeeld-1", "voorbeeld-2", "voorbeeld-3", "voorbeeld-4")
CENT = 0.005


def aanpakken(k: Kengetallen) -> list[Aanpak]:
    return [lees_aanpak(paden.data() / "aanpakken" / f"{naam}.toml", k) for naam in NAMEN]


@pytest.fixture(scope="module")
def vier() -> Gemeente:
    k = laad()
    return tel_op(aanpakken(k), k, 1_000)


def test_elke_post_en_elk_totaal_is_de_som_van_de_wijken(vier: Gemeente) -> None:
    for sleutel in (*POSTEN, "totale_kosten", "totale_baten", "saldo"):
        assert abs(vier.sleutels[sleutel] - sum(w[sleutel] for w in vier.wijken)) < CENT
    # and the parts add up among themselves
    s = vier.sleutels
    assert abs(sum(s[p] for p in KOSTENPOSTEN) - s["totale_kosten"]) < CENT
    assert abs(sum(s[p] for p in BATENPOSTEN) - s["totale_baten"]) < CENT
    assert abs(s["totale_baten"] - s["totale_kosten"] - s["saldo"]) < CENT
    assert abs(float(vier.ncw[[POSTEN.index(p) for p in BATENPOSTEN]].sum()) - s["totale_baten"]) < CENT


def test_de_tabellen_tellen_op_tot_op_de_cent(vier: Gemeente) -> None:
    wijken = tabellen.wijken(vier).frame
    for kolom in ("huishoudens", "fte", "kosten", "baten", "saldo", "saldo gemeente"):
        assert abs(wijken[kolom].iloc[:-1].sum() - wijken[kolom].iloc[-1]) < CENT
    per_post = tabellen.per_post(vier).frame
    euros = per_post[~per_post.index.str.contains("erhouding")]
    assert (euros.iloc[:, :-1].sum(axis=1) - euros.iloc[:, -1]).abs().max() < CENT
    begroting = tabellen.partijen_begroting(vier).frame
    for rij in (GEMEENTERIJ, TOTAALRIJ):
        los = sum(float(begroting_van(w).frame.at[rij, "saldo"]) for w in vier.wijken)
        assert abs(los - begroting.at[rij, "saldo"]) < CENT
    per_wijk = tabellen.begroting_per_wijk(vier).frame
    assert abs(per_wijk["saldo"].iloc[:-1].sum() - begroting.at[GEMEENTERIJ, "saldo"]) < CENT


def test_een_verhouding_is_die_van_de_sommen(vier: Gemeente) -> None:
    baten, kosten = (sum(w[s] for w in vier.wijken) for s in ("totale_baten", "totale_kosten"))
    assert vier.sleutels["kb_maatschappelijk"] == pytest.approx(baten / kosten, rel=1e-12)
    assert vier.sleutels["kb_maatschappelijk"] != pytest.approx(
        np.mean([w["kb_maatschappelijk"] for w in vier.wijken]), rel=1e-3
    )
    kolommen = [ACTOREN.index(a) for a in GEMEENTE]
    geld = [POSTEN.index(p) for p in ("nieuw_voor_oud", "substitutie", "effectiviteit", "escalatie")]
    kost = [POSTEN.index(p) for p in KOSTENPOSTEN]
    verwacht = vier.ncw[np.ix_(geld, kolommen)].sum() / vier.ncw[np.ix_(kost, kolommen)].sum()
    assert vier.sleutels["kb_gemeentelijk"] == pytest.approx(verwacht, rel=1e-12)


def test_een_kans_is_die_van_de_opgetelde_trekkingen_en_niet_het_gemiddelde(vier: Gemeente) -> None:
    for sleutel in ("saldo", "saldo_gemeente"):
        samen = np.sum([s.reeksen[sleutel] for s in vier.per_wijk], axis=0)
        assert vier.eigen.kansen.at[sleutel, "kans"] == (samen > 0).mean()
    gemiddeld = np.mean([s.kansen.at["saldo", "kans"] for s in vier.per_wijk])
    assert abs(vier.eigen.kansen.at["saldo", "kans"] - gemiddeld) > 0.03


def test_gedeeld_geluk_is_dat_van_losse_simulaties_en_spreidt_meer(vier: Gemeente) -> None:
    k = laad()
    los = sum(simuleer(a, k, 1_000).reeksen["saldo"] for a in aanpakken(k))
    assert vier.gedeeld.reeksen["saldo"] == pytest.approx(los, abs=CENT)
    breed = {
        geluk: float(np.subtract(*deel.kwantielen.loc["saldo", ["p90", "p10"]]))
        for geluk, deel in (("eigen", vier.eigen), ("gedeeld", vier.gedeeld))
    }
    assert breed["eigen"] < breed["gedeeld"]


def test_wijken_delen_hun_kengetallen_ook_met_eigen_geluk(kengetallen: Kengetallen) -> None:
    """A measured aanpak draws mostly kengetallen: two of them go up and down together, and spread more than apart."""
    a = lees_aanpak(paden.data() / "aanpakken" / "effectmeting.toml", kengetallen)
    twee = tel_op([a, a], kengetallen, 1_000)
    een, ander = (s.reeksen["saldo"] for s in twee.per_wijk)
    rho = float(np.corrcoef(een, ander)[0, 1])
    assert 0.3 < rho < 1.0
    # of two with the same variance: sqrt(2 + 2 rho) / sqrt(2) - 1
    assert twee.meer_door_gedeeld == pytest.approx(math.sqrt(1 + rho) - 1, abs=0.02)


def test_gelijke_wijken_met_een_eigen_naam_hebben_eigen_geluk(kengetallen: Kengetallen) -> None:
    a = lees_aanpak(paden.data() / "aanpakken" / "standaard.toml", kengetallen)
    twee = tel_op([a, a], kengetallen, 200)
    assert twee.namen[0] != twee.namen[1]
    een, ander = (s.reeksen["saldo"] for s in twee.per_wijk)
    assert not np.allclose(een, ander)
    assert twee.gedeeld.reeksen["saldo"] == pytest.approx(2 * simuleer(a, kengetallen, 200).reeksen["saldo"])


def test_zonder_aanpak_is_het_een_melding(kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match="geen aanpak om op te tellen"):
        tel_op([], kengetallen)


@settings(max_examples=voorbeelden(15), deadline=None)
@given(st.lists(st.sampled_from(NAMEN), min_size=1, max_size=5))
def test_de_volgorde_verandert_het_totaal_niet(namen: list[str]) -> None:
    k = laad()
    uit = [bereken(lees_aanpak(paden.data() / "aanpakken" / f"{n}.toml", k), k) for n in namen]
    assert opgeteld(uit) == opgeteld(uit[::-1]) == pytest.approx(opgeteld(sorted(uit, key=lambda u: u["saldo"])))


def test_een_wijk_die_gemeente_heet_is_niet_het_totaal(kengetallen: Kengetallen) -> None:
    a = lees_aanpak(paden.data() / "aanpakken" / "standaard.toml", kengetallen).model_copy(update={"naam": "Gemeente"})
    tabel = tabellen.wijken(tel_op([a, a], kengetallen, 100)).frame
    assert tabel.index.is_unique
    assert tabel["kosten"].iloc[-1] == pytest.approx(2 * tabel["kosten"].iloc[0])
