"""Who pays and who gains, and when: the ledger against a cube written out by hand.

The case has every huishoudtype, top, a team of three disciplines, additional money, other yearly and one-off
costs; each line below is an amount worked out from MODEL sections 2 and 3, the years in which it falls
(section 5) and the parties that share it (catalogue, actoren.toml).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import AANTAL_JAREN, ACTOREN, POSTEN
from mkba.kern.zaak.aanpak import maak_aanpak
from mkba.model.berekening import bereken
from mkba.model.grootboek import discontofactoren
from mkba.model.verloop import begroting, ingroei

INVOER: dict[str, Any] = {
    "naam": "kubus",
    "huishoudens": 100,
    "type": {"gezin": 0.5, "oudere": 0.3, "overig": 0.2},
    "zwaarte": {
        "gezin": {"ev": 0.2, "zr": 0.4, "nzr": 0.3, "top": 0.1},
        "oudere": {"zr": 0.6, "nzr": 0.4},
        "overig": {"niet_actief": 0.5, "zr": 0.5},
    },
    "kinderen": 2,
    "schulden": {"gezin": 0.5, "oudere": 0.9, "overig": 0.4},
    "geen_werk": {"gezin": 0.6, "oudere": 1.0, "overig": 0.5},
    "overlast": {"gezin": 0.2, "oudere": 0.9, "overig": 0.1},
    "fte": 2,
    "additioneel": 0.25,
    "disciplines": ["jeugd", "wi", "zorg"],
    "eenmalig": 6_000,
    "afschrijving_jaren": 3,
    "jaarlijks": 1_000,
    "jaarlijks_additioneel": 0.4,
    "frictie": 0.1,
    "nieuw": 0.2,
    "meer": 0.1,
    "substitutie": {"nieuw": 0.3, "bestaand": 0.1},
    "succes": {
        "financieel_stabiel": 0.1,
        "werk": 0.02,
        "schooluitval": 0.05,
        "consulten": 0.02,
        "doorverwijzing": 0.01,
        "kwaliteit_ouderen": 0.1,
        "mantelzorg": 0.05,
        "overlast": 0.1,
    },
    "escalatie": {"gezin": 0.04, "oudere": 0.02, "overig": 0.03},
    "terugval": 0.25,
}
TEAM = 2 * 102_100
MOEDER = {"gemeente_jeugd": 1 / 3, "gemeente_wi": 1 / 3, "gemeente_wmo": 1 / 6, "zorgverzekeraar": 1 / 6}
OVERIG = {"gemeente_overig": 1.0}
NU = {0: 1.0}
VOLGEND = {1: 1.055}  # undiscounted euros in year 1 per euro NCW
VIJF_JAAR = sum(1.055**-j for j in range(1, 5))
WERK = {j: w / (VIJF_JAAR + 0.17 * 1.055**-5) for j, w in {1: 1, 2: 1, 3: 1, 4: 1, 5: 0.17}.items()}
ESCALATIE = {j: w / (VIJF_JAAR + 0.68 * 1.055**-5) for j, w in {1: 1, 2: 1, 3: 1, 4: 1, 5: 0.68}.items()}
# households: gezin 10 ev, 20 zr, 15 nzr, 5 top; oudere 18 zr, 12 nzr; overig 10 niet actief, 10 zr
ZORG = 0.2 + 0.8 * 0.1
SUB = 0.2 * 0.3 + 0.8 * 0.1
TAU = 0.75
# care consumption of all households together, euros per year: all zwaarten, and ev-zr-nzr only
WI_ALLES = 10 * 100 + 20 * 4800 + 15 * 7300 + 5 * 14900 + 30 * 700 + 10 * 300 + 10 * 14500
ZW_ALLES = 10 * 300 + 35 * 1100 + 5 * 28000 + 18 * 6300 + 12 * 7100 + 10 * 300 + 10 * 1500
JEUGD_ALLES = 10 * 400 + 20 * 1700 + 15 * 10200 + 5 * 56900
WI_ACTIEF = 10 * 100 + 20 * 4800 + 15 * 7300 + 30 * 700 + 10 * 14500
ZW_ACTIEF = 10 * 300 + 35 * 1100 + 18 * 6300 + 12 * 7100 + 10 * 1500
JEUGD_ACTIEF = 10 * 400 + 20 * 1700 + 15 * 10200
# escalations avoided x jump, per domain and type: weight x households in the class x share avoided
ESC = 4.028 * TAU
GEZIN_EV, GEZIN_ZR, GEZIN_NZR = 0.643 * 10 * 0.04, 20 * 0.04, 0.221 * 15 * 0.04
SCHULDHULP = 0.1 + 0.45 * 0.2

REGELS: list[tuple[str, float, Mapping[int, float], Mapping[str, float]]] = [
    ("kosten_aanpak", 0.25 * TEAM + 0.4 * 1_000, NU, OVERIG),
    ("kosten_aanpak", 0.75 * TEAM + 0.6 * 1_000, NU, MOEDER),
    ("frictiekosten", 0.25 * 0.1 * TEAM + 6_000 / 3, NU, OVERIG),
    ("frictiekosten", 0.75 * 0.1 * TEAM, NU, MOEDER),
    ("kosten_extra_zorg", ZORG * 0.1293 * WI_ALLES, NU, {"gemeente_wi": 1}),
    ("kosten_extra_zorg", ZORG * 0.5258 * ZW_ALLES, NU, {"gemeente_wmo": 1}),
    ("kosten_extra_zorg", ZORG * 0.0919 * JEUGD_ALLES, NU, {"gemeente_jeugd": 1}),
    ("nieuw_voor_oud", 0.75 * TEAM + 0.6 * 1_000 + 0.5 * 85_000 / 1200 * 2 * 75, NU, MOEDER),
    ("substitutie", SUB * 0.1362 * WI_ACTIEF, NU, {"gemeente_wi": 1}),
    ("substitutie", SUB * 0.3340 * ZW_ACTIEF, NU, {"gemeente_wmo": 1}),
    ("substitutie", SUB * 0.0668 * JEUGD_ACTIEF, NU, {"gemeente_jeugd": 1}),
    ("effectiviteit", 54_535 * (45 * 0.6 + 10 * 0.5) * 0.02 * TAU, WERK, {"gemeente_wi": 1}),
    (
        "effectiviteit",
        256.8 * 75 * (0.1 + 0.45 * ZORG) * TAU,
        VOLGEND,
        {"gemeente_wi": 0.5, "corporatie": 0.25, "overig": 0.25},
    ),
    ("effectiviteit", 27 * (164.85 * 0.02 + 329.7 * 0.01) * TAU, VOLGEND, {"zorgverzekeraar": 1}),
    (
        "escalatie",
        ESC * 0.562 * (GEZIN_EV * 4700 + GEZIN_ZR * 2500 + GEZIN_NZR * 7600 + 10 * 0.03 * 8400),
        ESCALATIE,
        {"gemeente_wi": 1},
    ),
    ("escalatie", ESC * (GEZIN_EV * 800 + GEZIN_NZR * 26900), ESCALATIE, {"gemeente_wmo": 0.9, "rijk_wlz": 0.1}),
    ("escalatie", ESC * 18 * 0.02 * 800, ESCALATIE, {"gemeente_wmo": 0.3, "rijk_wlz": 0.7}),
    ("escalatie", ESC * 10 * 0.03 * 100, ESCALATIE, {"gemeente_wmo": 0.9, "rijk_wlz": 0.1}),
    ("escalatie", ESC * (GEZIN_EV * 1300 + GEZIN_ZR * 8500 + GEZIN_NZR * 46700), ESCALATIE, {"gemeente_jeugd": 1}),
    (
        "escalatie",
        ESC * (GEZIN_EV * 900 + GEZIN_ZR * 500 + GEZIN_NZR * 900 + 18 * 0.02 * -200),
        ESCALATIE,
        {"zorgverzekeraar": 1},
    ),
    ("ontwikkelingskansen", 0.45 * 41_155 * 100 * 0.05 * TAU, {9: 1.055**9}, {"huishouden": 1}),
    ("kwaliteit_van_leven", 1424.7 * (35 * 0.5 + 10 * 0.4) * SCHULDHULP * TAU, VOLGEND, {"huishouden": 1}),
    ("kwaliteit_van_leven", 1185.4 * 30 * (0.1 + 0.05 + 0.2) * TAU, VOLGEND, {"huishouden": 1}),
    (
        "overlast",
        3544.7 * (45 * 0.2 + 10 * 0.1) * SCHULDHULP * TAU + 69.25 * 55 * 0.2 * TAU + 72.5 * 50 * 0.04 * TAU,
        VOLGEND,
        {"corporatie": 0.25, "overig": 0.25, "huishouden": 0.5},
    ),
]


def met_de_hand(regels: list[tuple[str, float, Mapping[int, float], Mapping[str, float]]] = REGELS) -> np.ndarray:
    kubus = np.zeros((len(POSTEN), AANTAL_JAREN, len(ACTOREN)))
    for post, bedrag, jaren, actoren in regels:
        for jaar, factor in jaren.items():
            for actor, deel in actoren.items():
                kubus[POSTEN.index(post), jaar, ACTOREN.index(actor)] += bedrag * factor * deel
    return kubus


@pytest.mark.parametrize("post", POSTEN)
def test_elke_post_in_zijn_jaren_en_bij_zijn_partijen(kengetallen: Kengetallen, post: str) -> None:
    kubus = bereken(maak_aanpak(INVOER, kengetallen), kengetallen).grootboek.kubus[0]
    i = POSTEN.index(post)
    np.testing.assert_allclose(kubus[i], met_de_hand()[i], atol=0.01)


@pytest.mark.parametrize(
    ("disciplines", "moeder"),
    [
        ([], {"gemeente_overig": 1.0}),
        (["jeugd"], {"gemeente_jeugd": 1.0}),
        (["ggz"], {"zorgverzekeraar": 1.0}),
        (["wi"], {"gemeente_wi": 1.0}),
        (["welzijn"], {"gemeente_wmo": 1.0}),
        (["zorg"], {"gemeente_wmo": 0.5, "zorgverzekeraar": 0.5}),
        (["wonen"], {"overig": 1.0}),
        (["jeugd", "wonen"], {"gemeente_jeugd": 0.5, "overig": 0.5}),
    ],
)
def test_de_disciplines_bepalen_wie_het_bestaande_geld_betaalt(
    kengetallen: Kengetallen, disciplines: list[str], moeder: Mapping[str, float]
) -> None:
    """Footnote 7: nieuw voor oud follows the composition of the team; coordination needs two disciplines."""
    invoer = {**INVOER, "disciplines": disciplines}
    boek = bereken(maak_aanpak(invoer, kengetallen), kengetallen).grootboek.kubus[0].sum(axis=1)
    bestaand = 0.75 * TEAM + 600
    afstemming = 0.5 * 85_000 / 1200 * max(len(disciplines) - 1, 0) * 75
    for post, bedrag in (
        ("kosten_aanpak", bestaand),
        ("frictiekosten", 0.75 * 0.1 * TEAM),
        ("nieuw_voor_oud", bestaand + afstemming),
    ):
        for actor, deel in moeder.items():
            los = 0.0
            if actor == "gemeente_overig":  # the additional money is there as well
                los = {"kosten_aanpak": 0.25 * TEAM + 400, "frictiekosten": 0.25 * 0.1 * TEAM + 2_000}.get(post, 0.0)
            gevonden = boek[POSTEN.index(post), ACTOREN.index(actor)]
            assert gevonden == pytest.approx(bedrag * deel + los, abs=0.01), (post, actor)


def test_gemeente_in_de_ingroei(kengetallen: Kengetallen) -> None:
    """Year 1, by hand: a quarter of the caseload and of nieuw voor oud, a full team; gemeente only."""
    verloop = ingroei(maak_aanpak(INVOER, kengetallen), kengetallen)
    oud = 0.25 * 0.75  # share of the team whose old work lapses in the first year
    oud_jaarlijks = 0.25 * 0.6
    gemeente_moeder = 5 / 6
    kosten = (
        (0.25 + gemeente_moeder * 0.75) * TEAM
        + (0.4 + gemeente_moeder * 0.6) * 1_000
        + 0.25 * 0.1 * TEAM * (0.25 + gemeente_moeder * 0.75)
        + 2_000
        + 0.25 * ZORG * (0.1293 * WI_ALLES + 0.5258 * ZW_ALLES + 0.0919 * JEUGD_ALLES)
    )
    baten = gemeente_moeder * (
        oud * TEAM + oud_jaarlijks * 1_000 + 0.25 * 0.5 * 85_000 / 1200 * 2 * 75
    ) + 0.25 * SUB * (0.1362 * WI_ACTIEF + 0.3340 * ZW_ACTIEF + 0.0668 * JEUGD_ACTIEF)
    assert verloop.saldo_gemeente[0] == pytest.approx(baten - kosten, abs=0.01)


@pytest.mark.parametrize("frictie", [0.0, 0.3, 0.6])
def test_ingroei_kost_nooit_meer_dan_het_team(kengetallen: Kengetallen, frictie: float) -> None:
    """Frictie is old work that does not lapse yet: with what does lapse it cannot exceed the team."""
    invoer = {**INVOER, "additioneel": 0.0, "frictie": frictie, "jaarlijks": 0, "eenmalig": 0, "disciplines": ["wi"]}
    kubus = ingroei(maak_aanpak(invoer, kengetallen), kengetallen).kubus.sum(axis=2)
    team, frictiekosten, nieuw_voor_oud = (
        kubus[:, POSTEN.index(p)] for p in ("kosten_aanpak", "frictiekosten", "nieuw_voor_oud")
    )
    assert (team + frictiekosten - nieuw_voor_oud <= team + 0.01).all()


def test_afgeschreven_eenmalige_kosten_staan_niet_meer_in_de_begroting(kengetallen: Kengetallen) -> None:
    aanpakken = ({**INVOER, "eenmalig": 2_000 * j, "afschrijving_jaren": j} for j in (3, 2))
    lang, kort = (begroting(bereken(maak_aanpak(a, kengetallen), kengetallen)) for a in aanpakken)
    verschil = lang - kort
    assert verschil.sum() == pytest.approx(2_000)
    assert verschil[POSTEN.index("frictiekosten"), ACTOREN.index("gemeente_overig")] == pytest.approx(2_000)


def test_discontofactoren_met_een_voet_voor_latere_jaren() -> None:
    """2.8% in years 1 to 3, 1.8% from year 4: the factors by hand; without a later rate they are those of one rate."""
    voet, lang = np.array([0.028]), np.array([[0.018, 3.0]])
    factoren = discontofactoren(voet, lang)[0]
    assert factoren[3] == pytest.approx(1.028**-3)
    assert factoren[4] == pytest.approx(1.028**-3 / 1.018)
    assert factoren[9] == pytest.approx(1.028**-3 * 1.018**-6)
    assert discontofactoren(voet)[0].tolist() == discontofactoren(voet, np.array([[0.018, 0.0]]))[0].tolist()
    assert discontofactoren(voet)[0].tolist() == discontofactoren(voet, np.array([[0.018, 35.0]]))[0].tolist()


def test_later_tarief_werkt_door_in_de_uitkomst(kengetallen: Kengetallen) -> None:
    """Years after the third at 0 instead of 5.5%: posts with later years grow, ontwikkelingskansen by 1.055^6."""
    aanpak = maak_aanpak(INVOER, kengetallen)
    boven = kengetallen.met({"disconto.lang": 0.0, "disconto.lang_na_jaar": 3.0})
    een, twee = bereken(aanpak, kengetallen), bereken(aanpak, boven)
    assert twee["ontwikkelingskansen"] == pytest.approx(een["ontwikkelingskansen"] * 1.055**6)
    assert twee["overlast"] == pytest.approx(een["overlast"])
    assert twee["escalatie"] > een["escalatie"]
