"""Bruto and netto: the example of the handleiding, hand-worked panels, and what cannot be said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.effectmeting.attributie.paneel import Paneel, maak_paneel, zonder_keuzeperioden
from mkba.analyse.effectmeting.attributie.toerekening import toereken
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.tests.analyse.effectmeting.attributie.hulp_panelen import lang, paneel, toevallig
from mkba.tests.hulp_voorbeelden import voorbeelden


@pytest.mark.parametrize(("elders", "netto"), [(0.60, 0.15), (0.65, 0.10), (0.55, 0.20)])
def test_het_voorbeeld_met_vergelijkingswijken(elders: float, netto: float) -> None:
    """What changed in the other wijken too is not due to the aanpak: 75% - 60% less what happened there."""
    t = toereken(paneel([[0.60, 0.75]] * 5 + [[0.60, elders]] * 4, [1] * 5 + [2] * 4))
    assert t.bruto is not None
    assert t.netto is not None
    assert t.bruto.waarde == pytest.approx(0.15)
    assert t.autonoom == pytest.approx(elders - 0.60)
    assert t.netto.waarde == pytest.approx(netto)
    assert (t.clusters, len(t.met), len(t.zonder), t.sms) == (9, 5, 4, 3)


def test_twee_bij_twee_met_de_hand() -> None:
    """Teams 10→7 and 14→9, others 20→19 and 12→13: -4 minus 0."""
    t = toereken(paneel([[10, 7], [14, 9], [20, 19], [12, 13]], [1, 1, 2, 2]))
    assert t.netto is not None
    assert t.bruto is not None
    assert (t.voor, t.bruto.waarde, t.autonoom, t.netto.waarde) == (12.0, -4.0, 0.0, -4.0)


def test_ieder_team_met_zijn_eigen_begin() -> None:
    """Team 1 starts in period 1: 4→(1+1)/2 = -3 against 0→(2+4)/2 = 3: -6. Team 2 in period 2: (5+5)/2→0 = -5 against
    (0+2)/2→4 = 3: -8. Netto is the mean, -7; the team that comes later is no comparison for the first."""
    t = toereken(paneel([[4, 1, 1], [5, 5, 0], [0, 2, 4]], [1, 2, 3]))
    assert t.netto is not None
    assert t.netto.waarde == pytest.approx(-7.0)
    assert (t.indelingen, t.netto.laag) == (6, None)


@settings(max_examples=voorbeelden(20), deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(2, 4))
def test_netto_is_de_regressie_met_vaste_effecten(zaad: int, met: int, zonder: int) -> None:
    """Least squares on a dummy per wijk, one per period and one for the aanpak, by numpy."""
    p = toevallig(met, zonder, 6, zaad, effect=-2.0)
    d = lang(p)
    x = np.column_stack([d["behandeld"], np.eye(len(p.wijken))[d["wijk"]], np.eye(6)[d["periode"]]])
    verwacht = np.linalg.lstsq(x, d["y"].to_numpy(), rcond=None)[0][0]
    netto = toereken(p).netto
    assert netto is not None
    assert netto.waarde == pytest.approx(verwacht, abs=1e-8)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000), st.floats(-50, 50), st.floats(0.1, 10))
def test_wat_overal_gelijk_verandert_doet_niets(zaad: int, erbij: float, maal: float) -> None:
    """A level per wijk and a change of the whole city leave netto and its interval; another unit scales them."""
    p = toevallig(5, 4, 8, zaad)
    niveau = np.linspace(-erbij, erbij, 9)[:, None] + np.linspace(0, erbij, 8)
    een, ander = toereken(p).netto, toereken(paneel(maal * (p.waarden + niveau), p.start)).netto
    assert een is not None
    assert een.laag is not None
    assert een.hoog is not None
    assert ander is not None
    assert [ander.waarde, ander.laag, ander.hoog] == pytest.approx(
        [maal * een.waarde, maal * een.laag, maal * een.hoog], rel=1e-6, abs=1e-6
    )
    assert ander.p == een.p


def test_vijf_teams_en_een_vergelijkingswijk_hebben_geen_eerlijk_interval() -> None:
    """Six ways to spread the aanpak: p is at least 1/6, however clear the outcome."""
    t = toereken(toevallig(5, 1, effect=-1000.0))
    assert t.netto is not None
    assert (t.netto.laag, t.netto.hoog, t.netto.p) == (None, None, None)
    assert t.kleinste_p == pytest.approx(1 / 6)
    assert "6 manieren" in t.netto.reden
    assert "16,7%" in t.netto.reden
    assert t.voortrend.reden


def test_drie_om_drie_telt_het_spiegelbeeld_mee() -> None:
    """20 ways, and the mirror image tells as much: 2/20 is more than 5%."""
    t = toereken(toevallig(3, 3))
    assert t.netto is not None
    assert t.kleinste_p == pytest.approx(0.1)
    assert t.netto.laag is None


def test_een_groot_effect_wordt_gevonden_met_een_interval_eromheen() -> None:
    t = toereken(toevallig(5, 4, effect=-8.0))
    assert t.netto is not None
    assert t.netto.laag is not None
    assert t.netto.hoog is not None
    assert t.netto.laag < -8 < t.netto.hoog < 0
    assert t.netto.p == pytest.approx(1 / 126)
    assert t.p_wild is not None
    assert t.p_wild < 0.05


def test_met_twee_teams_zegt_het_interval_waarop_het_leunt() -> None:
    t = toereken(toevallig(2, 6))
    assert t.netto is not None
    assert t.netto.laag is not None
    assert "maar 2 wijken met de aanpak" in t.voorbehoud
    assert toereken(toevallig(5, 4)).voorbehoud == ""


@pytest.mark.parametrize(
    ("waarden", "start", "reden", "sms"),
    [
        ([[1.0], [2.0]], [0, 1], "maar 1 periode", 1),
        ([[1.0, 2.0], [2.0, 3.0]], [2, 2], "geen wijk met de aanpak", 2),
        ([[1.0, 2.0], [2.0, 3.0]], [0, 2], "de nulmeting ontbreekt", 1),
        ([[1.0, 2.0], [2.0, 3.0]], [1, 1], "geen wijk zonder de aanpak", 2),
    ],
)
def test_wat_niet_te_zeggen_is(waarden: list[list[float]], start: list[int], reden: str, sms: int) -> None:
    t = toereken(paneel(waarden, start))
    assert t.netto is None
    assert reden in t.reden
    assert t.sms <= sms


def test_bruto_van_zes_wijken_heeft_wel_een_interval() -> None:
    """64 sign patterns: 2/64 is 3.1%."""
    t = toereken(toevallig(6, 0, effect=-20.0))
    assert t.bruto is not None
    assert t.bruto.laag is not None
    assert t.bruto.p == pytest.approx(2 / 64)
    kleiner = toereken(toevallig(5, 4)).bruto
    assert kleiner is not None
    assert (kleiner.laag, kleiner.reden != "") == (None, True)


def test_kleine_wijken_tegen_grote_geven_een_voorbehoud() -> None:
    p = toevallig(4, 5)
    gelijk = replace(p, omvang=np.array([2000.0] * 4 + [5000.0] * 5))
    klein = replace(p, omvang=np.array([200.0] * 4 + [5000.0] * 5))
    assert (toereken(p).voorbehoud, toereken(gelijk).voorbehoud) == ("", "")
    assert toereken(klein).voorbehoud == (
        "de wijken met de aanpak zijn veel kleiner dan de andere en schommelen daarom meer; het interval is daarom het "
        "ruimste van twee: dat van de permutatie, en dat van Welch, die elke kant aan haar eigen schommelingen meet; "
        "met een enkele uitschieter kan het nog te smal zijn"
    )
    gebied = pd.DataFrame(
        [(f"w{i}", f"2024K{k}", i < 4 and k > 2, 200 if i < 4 else 5000, 3 + (i * k) % 5) for i in range(9)
         for k in (1, 2, 3, 4)], columns=["wijk", "periode", "aanpak", "huishoudens", "huisuitzetting"]
    )  # fmt: skip
    gebied["aanpak"] = gebied["aanpak"].map({True: "ja", False: "nee"})
    assert "veel kleiner" in toereken(maak_paneel(gebied, "huisuitzetting")).voorbehoud


def test_een_wijk_tegen_twintig_is_veel_te_smal() -> None:
    assert toereken(toevallig(1, 20)).voorbehoud.endswith("dan is het interval veel te smal")


def _gekozen(zaad: int) -> Paneel:
    """Nine wijken without any effect, shocks that last (0.6 a period); the aanpak goes to the five that were worst in
    the last two of eight periods before the start."""
    rng = np.random.default_rng(zaad)
    y = np.zeros((9, 14))
    y[:, 0] = rng.normal(0, 1, 9)
    for t in range(1, 14):
        y[:, t] = 0.6 * y[:, t - 1] + rng.normal(0, 0.8, 9)
    volgorde = np.argsort(-y[:, 6:8].sum(axis=1))
    return paneel(y[volgorde], [8] * 5 + [14] * 4, "zorggebruik_eur")


def test_zonder_de_perioden_van_de_keuze_is_er_minder_regressie_naar_het_gemiddelde() -> None:
    met, zonder = (
        np.array([_netto(zonder_keuzeperioden(_gekozen(z), n)) for z in range(600)]) for n in (0, 2)
    )  # fmt: skip
    assert met.mean() < -0.15  # no effect at all, and yet fewer
    assert abs(zonder.mean()) < abs(met.mean()) / 2


def _netto(p: Paneel) -> float:
    """Difference in differences by hand: the mean after minus before, five wijken against four."""
    begin = int(p.start.min())
    verschil = p.waarden[:, begin:].mean(axis=1) - p.waarden[:, :begin].mean(axis=1)
    return float(verschil[:5].mean() - verschil[5:].mean())


def test_de_perioden_van_de_keuze_gaan_uit_het_midden() -> None:
    p = zonder_keuzeperioden(paneel([[1, 2, 9, 4], [5, 6, 7, 8]], [3, 4]), 1)
    assert p.waarden.tolist() == [[1, 2, 4], [5, 6, 8]]
    assert (p.perioden, p.start.tolist()) == (("2020K1", "2020K2", "2020K4"), [2, 3])
    assert p.met_aanpak.tolist() == [True, False]


@pytest.mark.parametrize(("start", "aantal", "zin"), [([3, 4], 3, "3 perioden"), ([3, 4], -1, "3 perioden"),
                                                      ([2, 3], 1, "verschillende momenten")])  # fmt: skip
def test_een_keuze_die_niets_overlaat_wordt_geweigerd(start: list[int], aantal: int, zin: str) -> None:
    p = paneel([[1, 2, 9, 4], [5, 6, 7, 8], [1, 1, 1, 1]], [*start, 4])
    with pytest.raises(InvoerFout, match=zin):
        zonder_keuzeperioden(p, aantal)
