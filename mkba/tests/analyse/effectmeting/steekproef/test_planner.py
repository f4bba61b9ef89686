"""EVSI against a conjugate normal example worked out by hand, brute force and invariants; detectable differences."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from mkba.analyse.effectmeting.bijwerken.bewijs import Effect
from mkba.analyse.effectmeting.steekproef.planner import (
    ALLES,
    eigen_huishoudens,
    evsi,
    minimaal_verschil,
    plan,
    relevant,
    vermogen,
)
from mkba.analyse.onzekerheid.informatiewaarde import SALDI, informatiewaarde
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.analyse.onzekerheid.trekking import trek
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand.paden import data
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.verloop import na_de_opstart
from mkba.uitvoer.effectmeting.planner.zinnen import plan_zinnen

KENGETALLEN = laad()


def _aanpak(naam: str) -> Aanpak:
    return lees_bron(data() / "aanpakken" / f"{naam}.toml", KENGETALLEN).aanpak


def test_evsi_van_het_normale_voorbeeld() -> None:
    """Prior effect N(0.10, 0.05²), data with standard deviation 0.4 per household, saldo = 1e6 · effect − 150,000.

    By hand: the mean is −50,000, so now one stops. n0 = 0.4² / 0.05² = 64; with n = 64 the posterior mean has standard
    deviation 50,000 · sqrt(1/2) = 35,355. d = 50,000 / 35,355 = 1.4142; phi(d) = 0.14676, Phi(−d) = 0.07865;
    EVSI = 35,355 · (0.14676 − 1.4142 · 0.07865) = 1,256.
    """
    x = 0.10 + 0.05 * stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    saldo = 1e6 * x - 150_000
    waarde, _, kans = evsi({"effect": x}, saldo, [{"effect": 64.0}, {"effect": 1.0}], [0, 64, 10_000_000])
    assert waarde[0] == 0
    assert waarde[1] == pytest.approx(1256, abs=2)
    assert kans[1] == pytest.approx(0.0786, abs=0.0005)
    # without end it is that of perfect information: 50,000 · (phi(1) − Phi(−1))
    assert waarde[2] == pytest.approx(50_000 * (stats.norm.pdf(1) - stats.norm.cdf(-1)), rel=0.001)


def test_evsi_met_een_deel_van_de_huishoudens() -> None:
    """Half of the households tells something: 128 in the sample are 64."""
    x = 0.10 + 0.05 * stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    heel, half = (
        evsi({"e": x}, 1e6 * x - 150_000, [{"e": 64.0}, {"e": deel}], [n])[0][0] for deel, n in ((1.0, 64), (0.5, 128))
    )
    assert heel == pytest.approx(half)


def test_evsi_van_een_beta_tegen_ruwe_kracht() -> None:
    """Beta(4, 16) prior, 20 households, saldo = effect − 0.25: every count worked out with the beta-binomial."""
    a, b, n = 4.0, 16.0, 20
    k = np.arange(n + 1)
    echt = (stats.betabinom.pmf(k, n, a, b) * np.maximum((a + k) / (a + b + n) - 0.25, 0)).sum()
    x = stats.beta.ppf((np.arange(100_000) + 0.5) / 100_000, a, b)
    assert eigen_huishoudens(x) == pytest.approx(a + b, rel=1e-3)
    waarde = evsi({"e": x}, x - 0.25, [{"e": eigen_huishoudens(x)}, {"e": 1.0}], [n])[0][0]
    # the draws of a beta lie smoother than a count of 20 can
    assert waarde == pytest.approx(echt, rel=0.06)


def test_een_vraag_die_niets_doet_is_niets_waard() -> None:
    rng = np.random.default_rng(1)
    x, saldo = rng.random(5000), rng.normal(1, 5, 5000)
    waarde, fout, kans = evsi({"e": x}, saldo, [{"e": 10.0}, {"e": 1.0}], [5, 50])
    assert not waarde.any()
    assert not fout.any()
    assert not kans.any()


@pytest.mark.parametrize("naam", ["voorbeeld-2", "voorbeeld-4"])
def test_meer_huishoudens_zeggen_meer_maar_nooit_alles(naam: str) -> None:
    aanpak = _aanpak(naam)
    p = plan(aanpak, KENGETALLEN, aantal=4000)
    straks = na_de_opstart(aanpak, KENGETALLEN)
    alles_weten = informatiewaarde(simuleer(straks, KENGETALLEN, 4000), KENGETALLEN).set_index("groep")
    for groep, kromme in p.kromme.groupby("groep"):
        for saldo in SALDI:
            assert (np.diff(kromme[saldo]) >= -1e-6).all()
            assert kromme[saldo].iloc[0] == 0
            if groep in alles_weten.index:
                grens = alles_weten.at[groep, saldo] + 3 * alles_weten.at[groep, f"{saldo}_fout"] + 1
                assert kromme[saldo].iloc[-1] <= grens
            advies = p.advies(str(groep), saldo)
            netto = kromme.set_index("per_generalist")[f"{saldo}_netto"]
            assert advies == 0 or netto[advies] == netto.max() > 0
    assert ALLES in set(p.kromme["groep"])


def test_prijs_in_uren_en_euro() -> None:
    """10 per generalist, 9 generalisten: 40 + 90 · (0.5 + 0.2) = 103 hours; at 85,000 / 1,200 euro an hour."""
    p = plan(_aanpak("voorbeeld-4"), KENGETALLEN, generalisten=9, aantal=1000)
    rij = p.kromme[(p.kromme["groep"] == "substitutie") & (p.kromme["per_generalist"] == 10)].iloc[0]
    assert (rij["n"], rij["uren"]) == (90, pytest.approx(103))
    assert rij["prijs"] == pytest.approx(103 * 85_000 / 1200)
    vragen = p.kromme["groep"].nunique() - 1
    alles = p.kromme[(p.kromme["groep"] == ALLES) & (p.kromme["per_generalist"] == 10)].iloc[0]
    assert alles["uren"] == pytest.approx(40 + 90 * (0.5 + 0.2 * vragen))


def test_nooit_meer_huishoudens_dan_er_zijn() -> None:
    aanpak = _aanpak("voorbeeld-4").met({"huishoudens": 50}, KENGETALLEN)
    assert plan(aanpak, KENGETALLEN, generalisten=9, aantal=1000).kromme["n"].max() == 45


def test_een_verhouding_over_trajecten_is_geen_ja_of_nee_van_een_huishouden() -> None:
    """An earlier sample: 0.20 ± 0.05 of 64 households, so one household says it with variance 0.05² · 64 = 0.16; n0 is
    that over the variance of the draws. Twice the standard error is four times n0, and a sample worth less."""
    knop = "substitutie.bestaand"
    aanpak = _aanpak("voorbeeld-4")
    zonder = plan(aanpak, KENGETALLEN, generalisten=9, aantal=2000)
    smal, breed = (
        plan(aanpak, KENGETALLEN, generalisten=9, aantal=2000, eerder={knop: Effect(0.2, fout, 64)})
        for fout in (0.05, 0.10)
    )
    straks = na_de_opstart(aanpak, KENGETALLEN)
    x = trek(straks, KENGETALLEN, 2000)[knop]
    per = smal.knoppen.set_index("knop")
    assert per.at[knop, "spreiding"] == pytest.approx(0.16)
    assert per.at[knop, "n0"] == pytest.approx(0.16 / x.var(), rel=0.05)
    assert breed.knoppen.set_index("knop").at[knop, "n0"] == pytest.approx(4 * per.at[knop, "n0"])
    krommen = [p.kromme.set_index(["groep", "per_generalist"]).at[("substitutie", 2), "saldo"] for p in (smal, breed)]
    assert krommen[0] > krommen[1]
    assert knop in zonder.aangenomen
    assert knop not in smal.aangenomen
    # two trajecten that hang together for 0.3: (1 + 0.6) / 2 times the variance of a yes or no
    assert zonder.per_ja_nee == pytest.approx((0.8, 0.25, 2.0))
    los = zonder.knoppen.set_index("knop").loc[knop]
    assert los["n0"] == pytest.approx(0.8 * eigen_huishoudens(x), rel=0.05)
    assert los["spreiding"] == pytest.approx(0.8 * (np.abs(x).mean() - x.mean() ** 2), rel=0.05)
    gezegd = " ".join(plan_zinnen(zonder))
    assert "0,8 maal de variantie van een keer ja of nee (0,25 tot 2,0 maal)" in gezegd
    assert "0,8 maal" not in " ".join(plan_zinnen(smal)).split("verhouding over trajecten")[0]
    with pytest.raises(InvoerFout, match="geen knop van vraag 11 of 12"):
        plan(aanpak, KENGETALLEN, eerder={"nieuw": Effect(0.2, 0.05, 64)})


def test_zwak_bewijs_maakt_een_steekproef_minder_waard() -> None:
    """At level 1 a quarter of a household counts for an effect: four times as many are needed for as much."""
    aanpak = _aanpak("voorbeeld-4")
    zwak, sterk = (plan(aanpak, KENGETALLEN, generalisten=3, aantal=2000, sms=s) for s in (1, 5))
    per = [p.kromme.set_index(["groep", "per_generalist"])["saldo"] for p in (zwak, sterk)]
    assert per[0]["substitutie", 8] == pytest.approx(per[1]["substitutie", 2])
    assert (per[0]["nieuw"] == per[1]["nieuw"]).all()
    assert (per[0] <= per[1] + 1e-9).all()
    assert "bewijs van niveau 1 op de schaal van Maryland voor 25%" in " ".join(plan_zinnen(zwak))


def test_de_planner_zegt_waar_bijwerken_elders_begint() -> None:
    """He draws around what was filled in; updating starts from the kengetal."""
    aanpak = _aanpak("voorbeeld-4").met({"terugval": KENGETALLEN["knop.terugval"]}, KENGETALLEN)
    anders = plan(aanpak.met({"terugval": 0.1}, KENGETALLEN), KENGETALLEN, aantal=1000)
    assert "terugval" in anders.ingevuld
    assert any("bijwerken begint bij het kengetal" in z and "terugval" in z.lower() for z in plan_zinnen(anders))
    assert "terugval" not in plan(aanpak, KENGETALLEN, aantal=1000).ingevuld


@pytest.mark.parametrize("generalisten", [0, -1, 2.5, True, 10_000])
def test_een_onmogelijk_aantal_generalisten(generalisten: Any) -> None:
    with pytest.raises(InvoerFout, match="1 tot 1000 generalisten"):
        plan(_aanpak("voorbeeld-4"), KENGETALLEN, generalisten=generalisten)


def test_wie_iets_zegt_over_een_knop() -> None:
    """Voorbeeld 4 has older households only: nothing to learn of families."""
    deel = relevant(_aanpak("voorbeeld-4"))
    assert deel["escalatie.oudere"] == 1
    assert deel["escalatie.gezin"] == deel["succes.schooluitval"] == deel["succes.werk"] == 0
    assert deel["nieuw"] == 1


def test_aantoonbaar_verschil_volgens_het_leerboek() -> None:
    """p = 0.10, n = 100: 0.10 + d with 1.96 · 0.03 + 0.8416 · sqrt(p1 q1 / 100) = d gives d = 0.0919."""
    d = minimaal_verschil(0.10, 100)
    assert d == pytest.approx(1.95996 * 0.03 + 0.84162 * np.sqrt((0.1 + d) * (0.9 - d) / 100), abs=1e-5)
    assert d == pytest.approx(0.0919, abs=0.0001)
    assert vermogen(0.10, 0.10 + d, 100) == pytest.approx(0.8)
    assert vermogen(0.10, 0.10, 100) == pytest.approx(0.025)
    assert np.isnan(minimaal_verschil(0.5, 1))


def test_vermogen_is_dat_van_een_nagespeelde_proef() -> None:
    rng = np.random.default_rng(4)
    gezien = rng.binomial(200, 0.30, 100_000) / 200
    raak = (gezien - 0.2 > 1.95996 * np.sqrt(0.2 * 0.8 / 200)).mean()
    assert vermogen(0.2, 0.3, 200) == pytest.approx(raak, abs=0.02)


@pytest.mark.traag
def test_evsi_tegen_nagespeelde_metingen() -> None:
    """Data drawn for every draw of the model and the saldo regressed on them (Strong et al. 2015): with 10 households
    per generalist the planner is within 5%, with 1 up to 20% too low, never too high."""
    straks = na_de_opstart(_aanpak("voorbeeld-4"), KENGETALLEN)
    aantal, rng = 20_000, np.random.default_rng(1)
    sim = simuleer(straks, KENGETALLEN, aantal, sleutels=("saldo",))
    invoer = trek(straks, KENGETALLEN, aantal, trekking=sim.trekking)
    x = {k: invoer[k] for k in ("substitutie.nieuw", "substitutie.bestaand")}
    deel, y = relevant(straks), sim.reeksen["saldo"]
    for n, marge in ((9, 0.20), (90, 0.05), (360, 0.03)):
        waarde = evsi(x, y, [{k: eigen_huishoudens(v) for k, v in x.items()}, deel], [n])[0][0]
        a, b = (np.sign(v) * rng.binomial(m, np.abs(v)) / m for k, v in x.items() for m in [max(1, round(n * deel[k]))])
        termen = np.stack([a**i * b**j for i in range(5) for j in range(5 - i)], axis=1)
        fit = termen @ np.linalg.lstsq(termen, y, rcond=None)[0]
        nagespeeld = np.maximum(fit, 0).mean() - max(y.mean(), 0.0)
        assert (1 - marge) * nagespeeld <= waarde <= 1.02 * nagespeeld
