"""Questions 16 to 18: amounts worked out by hand, the two readings, and what must hold for any measurement.

Hand-worked on the case of ``hulp_posten``: 200 households (100 gezinnen, 100 ouderen), 20% newly found, terugval 20%,
with round costs of a traject.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.woorden.begrippen import ACTOREN, BATENPOSTEN, KOSTENPOSTEN, POSTEN, SLEUTELS
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, MINDER_EFFECTIVITEIT, MINDER_SUBSTITUTIE, SOORTEN, TRAJECTEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import Uitkomst, bereken, bereken_reeks
from mkba.model.effectmeting import samen
from mkba.model.reeksen import maak_reeksen
from mkba.model.zorgconsumptie import zorg_per_huishouden
from mkba.tests.hulp_posten import HAND, HAND_UITKOMST
from mkba.tests.hulp_voorbeelden import voorbeelden

EURO = {
    "traject.schuldhulp.eur": 2_000,
    "traject.dienstverlening.eur": 1_000,
    "traject.uitkering.eur": 10_000,
    "traject.ggz_intramuraal.eur": 30_000,
    "traject.huisuitzetting.eur": 5_000,
    "traject.uithuisplaatsing.eur": 20_000,
    "traject.ondertoezichtstelling.eur": 4_000,
    "traject.intramuraal_awbz.eur": 40_000,
}
GEMETEN: dict[str, Any] = {
    "gebruik": True,
    "meer": {
        "nieuw": {"aantal": 1.0, "schuldhulp": 0.5, "dienstverlening": 0.5},
        "bestaand": {"aantal": 0.1, "schuldhulp": 0.9, "huisuitzetting": 0.1},
    },
    "minder": {
        "nieuw": {"aantal": 0.3, "uitkering": 0.25, "dienstverlening": 0.5, "ggz_intramuraal": 0.25},
        "bestaand": {"aantal": 0.05, "schuldhulp": 1.0},
    },
    "voorkomen": {
        "huisuitzetting": 0.10,
        "uithuisplaatsing": 0.05,
        "ondertoezichtstelling": 0.05,
        "intramuraal_awbz": 0.05,
        "ggz_intramuraal": 0.02,
    },
    "bedreigd": {
        "huisuitzetting": 0.20,
        "uithuisplaatsing": 0.10,
        "ondertoezichtstelling": 0.10,
        "intramuraal_awbz": 0.05,
        "ggz_intramuraal": 0.50,
    },
}


@pytest.fixture(scope="module")
def rond(kengetallen: Kengetallen) -> Kengetallen:
    return kengetallen.met(EURO)


def gemeten(kengetallen: Kengetallen, **anders: Any) -> Aanpak:
    return maak_aanpak({**HAND, "effectmeting": {**GEMETEN, **anders}}, kengetallen)


def test_vraag_16_en_17_met_de_hand(rond: Kengetallen) -> None:
    uitkomst = bereken(gemeten(rond), rond)
    # 40 new cases: 1.0 x (0.5 x 2,000 + 0.5 x 1,000); 160 existing: 0.1 x (0.9 x 2,000 + 0.1 x 5,000)
    assert uitkomst["kosten_extra_zorg"] == pytest.approx(40 * 1_500 + 160 * 0.1 * 2_300)
    # 40 x 0.3 x 0.5 x 1,000 of the new, 160 x 0.05 x 2,000 of the existing; ggz_intramuraal is for question 18
    assert uitkomst["substitutie"] == pytest.approx(6_000 + 16_000)
    assert uitkomst["effectiviteit"] == pytest.approx(40 * 0.3 * 0.25 * 10_000)


def test_vraag_18_als_aandeel_van_de_huishoudens(rond: Kengetallen) -> None:
    """Reading (a): gezinnen 1 - 0.9 x 0.95 x 0.95 = 0.18775, ouderen 0.05; valued as question 14 is."""
    uitkomst = bereken(gemeten(rond), rond)
    gezin = 0.18775 * 100 * (0.643 * 0.2 * 5641.4 + 0.4 * 10405.0 + 0.221 * 0.2 * 78771.2)  # jumps: hulp_posten
    assert uitkomst["escalatie"] == pytest.approx(4.028 * 0.8 * (gezin + 0.05 * 100 * 0.5 * 600))
    rustiger = HAND_UITKOMST["overlast"] + 72.5 * 100 * (0.18775 - 0.03) * 0.8
    assert uitkomst["overlast"] == pytest.approx(rustiger)


def test_vraag_18_als_aandeel_van_de_bedreigden(rond: Kengetallen) -> None:
    """Reading (b): 200 households x threatened x prevented x 0.8 that lasts, times what an event costs."""
    uitkomst = bereken(gemeten(rond, grondslag="bedreigd"), rond)
    per_huishouden = 0.02 * 5_000 + 0.005 * 20_000 + 0.005 * 4_000 + 0.0025 * 40_000 + 0.01 * 30_000
    assert uitkomst["escalatie"] == pytest.approx(200 * 0.8 * per_huishouden)
    # half of the households are gezinnen, and all of this happens to gezinnen: twice these shares of them
    gezin = 1 - 0.96 * 0.99 * 0.99
    assert uitkomst["overlast"] == pytest.approx(HAND_UITKOMST["overlast"] + 72.5 * 100 * (gezin - 0.03) * 0.8)


def test_75_zonder_60_is_15_procent_van_de_bedreigden(rond: Kengetallen) -> None:
    """The manual's example: 60% of the evictions is prevented without, 75% with; a tenth of 200 is threatened."""
    e = {"voorkomen": {"huisuitzetting": 0.75 - 0.60}, "bedreigd": {"huisuitzetting": 0.1}, "grondslag": "bedreigd"}
    uitkomst = bereken(gemeten(rond, **e), rond)
    assert uitkomst["escalatie"] == pytest.approx(3 * 0.8 * 5_000)


def test_vraag_13_houdt_wat_niet_in_geld_is(rond: Kengetallen) -> None:
    uitkomst = bereken(gemeten(rond), rond)
    for post in ("ontwikkelingskansen", "kwaliteit_van_leven", "kosten_aanpak", "nieuw_voor_oud", "frictiekosten"):
        assert uitkomst[post] == pytest.approx(HAND_UITKOMST[post]), post


def test_zonder_de_knop_verandert_er_niets(kengetallen: Kengetallen) -> None:
    zonder = bereken(maak_aanpak(HAND, kengetallen), kengetallen)
    uit = bereken(gemeten(kengetallen, gebruik=False), kengetallen)
    assert uit.sleutels == zonder.sleutels
    assert [r.naam for r in uit.grootboek.regels] == [r.naam for r in zonder.grootboek.regels]


VAN_POST = {
    "kosten_extra_zorg": "meer",
    "substitutie": "minder",
    "effectiviteit": "minder",
    "escalatie": "voorkomen",
    "overlast": "voorkomen",
}


@pytest.mark.parametrize("wel", [("meer",), ("minder", "voorkomen"), ("meer", "minder"), ()], ids="+".join)
def test_elke_post_van_een_vraag_die_niet_is_gemeten_is_die_van_de_schatting(
    rond: Kengetallen, wel: tuple[str, ...]
) -> None:
    """Per question: of 16, 17 and 18 that were measured the posts are as with all three, of the others as with none."""
    alles, niets = bereken(gemeten(rond), rond), bereken(gemeten(rond, gebruik=False), rond)
    delen = {deel: {**GEMETEN[deel], "gemeten": deel in wel} for deel in ("meer", "minder", "voorkomen")}
    uitkomst = bereken(gemeten(rond, **delen), rond)
    for post, deel in VAN_POST.items():
        assert uitkomst[post] == pytest.approx((alles if deel in wel else niets)[post]), post
        assert alles[post] != pytest.approx(niets[post]), post
    assert uitkomst["saldo"] == pytest.approx(
        niets["saldo"] + sum((1 if p != "kosten_extra_zorg" else -1) * (uitkomst[p] - niets[p]) for p in VAN_POST)
    )


def test_nooit_beide_lezingen(rond: Kengetallen) -> None:
    """The lines of escalatie are of types or of events, never of both; no escalation has a line under question 17."""
    namen = {
        g: {r.naam for r in bereken(gemeten(rond, grondslag=g), rond).grootboek.regels}
        for g in ("huishoudens", "bedreigd")
    }
    gebeurtenis = {f"escalatie.{e}" for e in ESCALATIES}
    assert not namen["huishoudens"] & gebeurtenis
    assert {n for n in namen["bedreigd"] if n.startswith("escalatie.")} == gebeurtenis
    for regels in namen.values():
        assert not regels & {f"{p}.{e}" for p in ("substitutie", "effectiviteit") for e in ESCALATIES}
    assert {*MINDER_EFFECTIVITEIT, *MINDER_SUBSTITUTIE, *ESCALATIES} == set(TRAJECTEN)


def test_voetnoot_13_zonder_onderscheid(rond: Kengetallen) -> None:
    """60 trajecten in 150 households: 0.4 for new and existing cases alike, so question 10 no longer matters."""
    per_case = {"aantal": 60 / 150, "schuldhulp": 1.0}
    velden = {f"effectmeting.meer.{case}.{k}": w for case in ("nieuw", "bestaand") for k, w in per_case.items()}
    aanpak = gemeten(rond, meer={}).met(velden, rond)
    assert bereken(aanpak, rond)["kosten_extra_zorg"] == pytest.approx(200 * 0.4 * 2_000)
    anders = bereken_reeks(aanpak, rond, {"nieuw": [0.0, 0.5, 1.0]}, ("kosten_extra_zorg",))["kosten_extra_zorg"]
    assert anders == pytest.approx([160_000] * 3)


def test_de_factor_maakt_de_nieuwe_case_zo_duur_als_het_rekenvoorbeeld(kengetallen: Kengetallen) -> None:
    """Figuur II.1, new case: what it costs is z of the running example (docs/model.md, 2.3), to the cent."""
    nieuw = {
        "uitkering": 0.11,
        "armoede": 0.15,
        "schuldhulp": 0.23,
        "dagbesteding": 0.05,
        "dienstverlening": 0.08,
        "jeugdhulp_ambulant": 0.05,
        "hulp_huishouden": 0.05,
        "begeleiding": 0.13,
        "ggz_ambulant": 0.15,
    }
    z = zorg_per_huishouden(*maak_reeksen(lees_aanpak(paden.zoek_aanpak("standaard"), kengetallen), kengetallen)).sum()
    hoofd = sum(p * kengetallen[f"traject.{t}.hoofd_eur"] for t, p in nieuw.items())
    assert kengetallen["traject.factor"] == pytest.approx(z / hoofd, abs=5e-7)
    assert sum(p * kengetallen[f"traject.{t}.eur"] for t, p in nieuw.items()) == pytest.approx(z, abs=0.01)
    for t in TRAJECTEN:
        verwacht = kengetallen[f"traject.{t}.hoofd_eur"] * kengetallen["traject.factor"]
        assert kengetallen[f"traject.{t}.eur"] == pytest.approx(verwacht, abs=0.0051), t


@pytest.mark.parametrize(("samenloop", "verwacht"), [(-1, 0.3), (-0.5, 0.37), (0, 0.44), (1, 0.5), (0.5, 0.47)])
def test_samen_van_grootste_tot_som(samenloop: float, verwacht: float) -> None:
    """20% and 30%: the largest 30%, independent 1 - 0.8 x 0.7 = 44%, the sum 50%; between them in a straight line."""
    assert samen([np.array([0.2]), np.array([0.3])], np.array([samenloop])) == pytest.approx([verwacht])


# What must hold for any measurement

_AANDEEL = st.floats(0, 1, allow_nan=False)


@st.composite
def _effect(draw: st.DrawFn) -> dict[str, Any]:
    def blok() -> dict[str, float]:
        soorten = draw(st.lists(st.sampled_from(TRAJECTEN), min_size=1, max_size=5, unique=True))
        gewicht = [draw(st.integers(1, 9)) for _ in soorten]
        return {"aantal": draw(st.floats(0, 5)), **{t: g / sum(gewicht) for t, g in zip(soorten, gewicht, strict=True)}}

    return {
        "gebruik": True,
        "grondslag": draw(st.sampled_from(["huishoudens", "bedreigd"])),
        **{soort: {case: blok() for case in CASES} for soort in SOORTEN},
        "voorkomen": {e: draw(_AANDEEL) for e in ESCALATIES},
        "bedreigd": {e: draw(_AANDEEL) for e in ESCALATIES},
    }


def _uitkomst(kengetallen: Kengetallen, effect: dict[str, Any]) -> Uitkomst:
    return bereken(maak_aanpak({**HAND, "effectmeting": effect}, kengetallen), kengetallen)


@settings(max_examples=voorbeelden(25), deadline=None)
@given(_effect())
def test_posten_tellen_op_tot_het_grootboek(kengetallen: Kengetallen, effect: dict[str, Any]) -> None:
    uitkomst = _uitkomst(kengetallen, effect)
    kubus = uitkomst.grootboek.kubus_ncw[0]
    for post in POSTEN:
        assert kubus[POSTEN.index(post)].sum() == pytest.approx(uitkomst[post], abs=0.005)
    teken = np.array([1.0 if p in BATENPOSTEN else -1.0 for p in POSTEN])
    assert (kubus.sum(axis=(1, 2)) * teken).sum() == pytest.approx(uitkomst["saldo"], abs=0.005)
    assert sum(uitkomst[p] for p in KOSTENPOSTEN) == pytest.approx(uitkomst["totale_kosten"])


@settings(max_examples=voorbeelden(25), deadline=None)
@given(_effect(), st.floats(0, 4))
def test_kosten_zijn_recht_evenredig_met_het_aantal(
    kengetallen: Kengetallen, effect: dict[str, Any], maal: float
) -> None:
    aanpak = maak_aanpak({**HAND, "effectmeting": effect}, kengetallen)
    velden = {s: aanpak.alles()[s] for s in aanpak.alles() if s.startswith("effectmeting.m") and s.endswith(".aantal")}
    varieer = {s: np.array([0.0, w, maal * w]) for s, w in velden.items()}
    for post in ("kosten_extra_zorg", "substitutie", "effectiviteit"):
        nul, een, meer = bereken_reeks(aanpak, kengetallen, varieer, (post,))[post]
        assert nul == 0
        assert meer == pytest.approx(maal * een, rel=1e-9, abs=1e-6)


@settings(max_examples=voorbeelden(25), deadline=None)
@given(_effect())
def test_lezing_a_is_hoogstens_de_som(kengetallen: Kengetallen, effect: dict[str, Any]) -> None:
    """Of each type the share that stays is at least that of the largest, at most that of the sum of its indicators."""
    effect["grondslag"] = "huishoudens"
    laag, midden, hoog = bereken_reeks(
        maak_aanpak({**HAND, "effectmeting": effect}, kengetallen),
        kengetallen,
        {"effectmeting.samenloop": np.array([-1.0, 0.0, 1.0])},
        ("escalatie",),
    )["escalatie"]
    assert laag <= midden + 1e-6 <= hoog + 2e-6


def test_een_nul_effectmeting_kost_en_bespaart_niets(kengetallen: Kengetallen) -> None:
    uitkomst = _uitkomst(kengetallen, {"gebruik": True})
    assert [uitkomst[p] for p in ("kosten_extra_zorg", "substitutie", "effectiviteit", "escalatie")] == [0, 0, 0, 0]


def test_scenario_voor_scenario_als_een_voor_een(rond: Kengetallen) -> None:
    """A varied field or unit cost gives what an aanpak or rule set with that value gives, to the last bit."""
    aanpak = gemeten(rond, grondslag="bedreigd")
    varieer = {
        "effectmeting.voorkomen.huisuitzetting": np.array([0.0, 0.1, -0.2]),
        "traject.schuldhulp.eur": np.array([1_000.0, 2_000.0, 4_000.0]),
    }
    samen_ = bereken_reeks(aanpak, rond, varieer, SLEUTELS)
    for i in range(3):
        een = bereken(
            aanpak.met({"effectmeting.voorkomen.huisuitzetting": [0.0, 0.1, -0.2][i]}, rond),
            rond.met({"traject.schuldhulp.eur": [1_000, 2_000, 4_000][i]}),
        )
        assert {s: samen_[s][i] for s in SLEUTELS} == een.sleutels


def test_een_veld_van_de_effectmeting_telt_alleen_met_de_knop(kengetallen: Kengetallen) -> None:
    zonder = maak_aanpak(HAND, kengetallen)
    with pytest.raises(KeyError, match=r"effectmeting\.gebruik"):
        bereken_reeks(zonder, kengetallen, {"effectmeting.voorkomen.huisuitzetting": [0.1]})


def test_vijf_procent_van_een_traject_verzorging_is_van_de_gemeente(kengetallen: Kengetallen) -> None:
    """Since 2015, so under nl-2026: of what verzorging costs 5% falls on the gemeente; of verpleging nothing."""
    nl2026 = laad("nl-2026@peildatum=2026-12-01")
    proeven = ((nl2026, "verzorging", 0.05), (nl2026, "verpleging", 0.0), (kengetallen, "verzorging", 0.0))
    for k, soort, aandeel in proeven:
        alleen = {
            f"effectmeting.meer.{c}.{t}": 1.0 if t == soort else 0.0 for c in ("nieuw", "bestaand") for t in TRAJECTEN
        }
        aanpak = lees_aanpak(paden.data() / "aanpakken" / "effectmeting.toml", k).met(alleen, k)
        boek = bereken(aanpak, k).grootboek
        alles, wmo, zvw = (
            float(boek.ncw(("kosten_extra_zorg",), wie)[0])
            for wie in (ACTOREN, ("gemeente_wmo",), ("zorgverzekeraar",))
        )
        assert alles > 0
        assert wmo == pytest.approx(aandeel * alles)
        assert zvw == pytest.approx((1 - aandeel) * alles)
