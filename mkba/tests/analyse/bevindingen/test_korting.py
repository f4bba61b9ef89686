"""The bewijskorting: worked out by hand, never better than claimed, and nothing at the strongest evidence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.bevindingen.korting import bewijskorting
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.bevindingen import laad_geclaimd
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import BATENPOSTEN, KOSTENPOSTEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.tests.hulp_voorbeelden import voorbeelden

STERK = {e.sleutel: 5 for e in laad_geclaimd()}


@pytest.fixture
def aanpak(kengetallen: Kengetallen) -> Aanpak:
    return laad_geval("voorbeeld-1", kengetallen).aanpak


def test_met_de_hand(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """Voorbeeld 1 at level 1 (75% off): substitutie 31% -> a quarter of it, plus 75% of what was found."""
    k = bewijskorting(aanpak, kengetallen)
    per_effect = {g.effect.sleutel: g for g in k.effecten}
    zw, jeugd, escalatie = (per_effect[s] for s in ("substitutie_zw", "substitutie_jeugd", "escalatie"))
    assert zw.korting == 0.75
    assert zw.gekort_eur == pytest.approx(zw.geclaimd_eur * (0.25 * 0.31 + 0.75 * -0.14) / 0.31)
    assert jeugd.gekort_eur == pytest.approx(jeugd.geclaimd_eur * 0.25)
    assert escalatie.gekort_eur == pytest.approx(escalatie.geclaimd_eur * 0.25)


@pytest.mark.parametrize("regelset", ["lpbl-2014", "nl-2026"])
@pytest.mark.parametrize("geval", ["standaard", *(f"voorbeeld-{i}" for i in range(1, 6))])
def test_een_kwart_van_een_effect_is_ook_een_kwart_van_zijn_keerzijde(geval: str, regelset: str) -> None:
    """Preventing an escalation of ouderen (voorbeeld 4) saves care and shifts some to the zorgverzekeraar, a line below
    0: at 75% off a quarter of the escalations leaves a quarter of both, so a quarter of the effect."""
    k = laad(regelset)
    korting = bewijskorting(lees_aanpak(paden.zoek_aanpak(geval), k), k)
    gekort = next(g for g in korting.effecten if g.effect.sleutel == "escalatie")
    assert gekort.geclaimd_eur > 0
    assert gekort.gekort_eur == pytest.approx(0.25 * gekort.geclaimd_eur)
    een, twee = (
        {r.naam: float(r.bedrag[0]) for r in u.grootboek.regels if r.post == "escalatie"}
        for u in (korting.claim, korting.gekort)
    )
    assert twee == pytest.approx({naam: 0.25 * bedrag for naam, bedrag in een.items()})


def test_eigen_bewijs_van_niveau_3(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    k = bewijskorting(aanpak, kengetallen, {"escalatie": 3})
    g = next(g for g in k.effecten if g.effect.sleutel == "escalatie")
    assert (g.kracht, g.korting) == (3, 0.25)
    assert g.gekort_eur == pytest.approx(0.75 * g.geclaimd_eur)


@pytest.mark.parametrize("geval", ["standaard", *(f"voorbeeld-{i}" for i in range(1, 6))])
def test_kosten_blijven_baten_worden_nooit_meer_en_de_effecten_tellen_op(geval: str, kengetallen: Kengetallen) -> None:
    aanpak = laad_geval(geval, kengetallen).aanpak
    k = bewijskorting(aanpak, kengetallen)
    voor, na = k.claim.sleutels, k.gekort.sleutels
    assert voor == bereken(aanpak, kengetallen).sleutels
    assert all(na[p] == voor[p] for p in (*KOSTENPOSTEN, "nieuw_voor_oud"))
    assert all(na[p] <= voor[p] for p in BATENPOSTEN)
    verschil = sum(g.gekort_eur - g.geclaimd_eur for g in k.effecten)
    assert na["saldo"] - voor["saldo"] == pytest.approx(verschil, abs=0.005)


@pytest.mark.parametrize("geval", ["standaard", *(f"voorbeeld-{i}" for i in range(1, 6))])
def test_bij_het_sterkste_bewijs_verandert_niets(geval: str, kengetallen: Kengetallen) -> None:
    k = bewijskorting(laad_geval(geval, kengetallen).aanpak, kengetallen, STERK)
    assert k.gekort.sleutels == k.claim.sleutels


@settings(max_examples=voorbeelden(15), deadline=None)
@given(st.lists(st.integers(1, 5), min_size=len(STERK), max_size=len(STERK)), st.integers(0, len(STERK) - 1))
def test_sterker_bewijs_geeft_geen_lager_saldo(niveaus: list[int], welke: int) -> None:
    kengetallen = laad()
    aanpak = laad_geval("standaard", kengetallen).aanpak
    zwak = dict(zip(STERK, niveaus, strict=True))
    sterk = zwak | {list(STERK)[welke]: 5}
    saldi = [bewijskorting(aanpak, kengetallen, n).gekort["saldo"] for n in (zwak, sterk)]
    assert saldi[1] >= saldi[0] - 1e-6


def test_een_meting_wordt_ook_gekort(kengetallen: Kengetallen) -> None:
    gemeten = lees_aanpak(paden.data() / "aanpakken" / "effectmeting.toml", kengetallen)
    per_effect = {g.effect.sleutel: g for g in bewijskorting(gemeten, kengetallen).effecten}
    assert per_effect["substitutie_overig"].gekort_eur == pytest.approx(
        0.25 * per_effect["substitutie_overig"].geclaimd_eur
    )
    assert per_effect["escalatie"].gekort_eur == pytest.approx(0.25 * per_effect["escalatie"].geclaimd_eur)


def test_eigen_korting_als_kengetal(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    zonder = kengetallen.met({"bewijskorting.sms1": 0.0})
    k = bewijskorting(aanpak, zonder)
    assert k.gekort["saldo"] == k.claim["saldo"]
    with pytest.raises(InvoerFout, match="een fractie ligt tussen 0 en 1"):
        kengetallen.met({"bewijskorting.sms1": 1.5})


@pytest.mark.parametrize(
    ("kracht", "oorzaak"),
    [({"werkgeluk": 3}, "dit effect heeft geen bewijskorting"), ({"werk": 6}, "loopt van 1 tot en met 5")],
)
def test_een_verkeerd_niveau(aanpak: Aanpak, kengetallen: Kengetallen, kracht: dict[str, int], oorzaak: str) -> None:
    with pytest.raises(InvoerFout, match=oorzaak):
        bewijskorting(aanpak, kengetallen, kracht)
