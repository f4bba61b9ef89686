"""Monte Carlo: draws that follow the declared distributions, outcomes against answers worked out by hand."""

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from matplotlib.axes import Axes
from scipy import stats

from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.onzekerheid.convergentie import MARGE_KANS, MARGE_P50, convergentie, kans_interval
from mkba.analyse.onzekerheid.simulatie import CEL, PARTIJEN, Simulatie, simuleer
from mkba.analyse.onzekerheid.trekking import Verdeling, trek, verdelingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import ACTORVERDELINGEN
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import eurostap, procent, van_de_honderd
from mkba.kern.woorden.begrippen import ACTOREN
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken, bereken_reeks
from mkba.tests.hulp_tabel import gedrukt
from mkba.uitvoer.onzekerheid import figuren, tabellen, zinnen

WERK, SUBSTITUTIE = "effectiviteit.werk_eur", "substitutie.bestaand"
CONSULTEN, DOORVERWIJZING = "effectiviteit.consulten_eur", "effectiviteit.doorverwijzing_eur"


@pytest.mark.parametrize("soort", ["uniform", "driehoek"])
@pytest.mark.parametrize("top", [2.0, 3.0, 7.0])
def test_kwantiel_is_de_inverse_van_de_verdeling(soort: str, top: float) -> None:
    v = Verdeling(soort, 2.0, top, 7.0)  # type: ignore[arg-type]
    u = np.linspace(0, 0.999, 50)
    echt = stats.uniform(2, 5) if soort == "uniform" else stats.triang((top - 2) / 5, 2, 5)
    assert v.kwantiel(u) == pytest.approx(echt.ppf(u))
    with pytest.raises(ValueError, match="laag <= top <= hoog"):
        Verdeling("driehoek", 0, 2, 1)


def test_elke_marge_volgt_de_opgegeven_verdeling(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """Kolmogorov-Smirnov per input; with some 45 tests a p below 1e-4 would be no accident."""
    getrokken = trek(aanpak, kengetallen, 5_000, correlaties={(WERK, SUBSTITUTIE): 0.6})
    for sleutel, v in verdelingen(aanpak, kengetallen).items():
        if sleutel.startswith("actor."):  # made to add up to 1
            continue
        breed = v.hoog - v.laag
        cdf = (
            stats.uniform(v.laag, breed)
            if v.soort == "uniform"
            else stats.triang((v.top - v.laag) / breed, v.laag, breed)
        )
        assert stats.kstest(getrokken[sleutel], cdf.cdf).pvalue > 1e-4, sleutel


def test_wat_getrokken_wordt(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    gekozen = verdelingen(aanpak, kengetallen)
    for sleutel, v in gekozen.items():
        if sleutel in VELDEN:
            assert 10 <= VELDEN[sleutel].vraag <= 15
            waarde, derde = aanpak.plat()[sleutel], (v.hoog - v.laag) / 3
            # the mean of a triangle lies in the middle third of its range: on the answer, or as near as that allows
            assert v.soort == "driehoek"
            assert v.gemiddelde == pytest.approx(min(max(float(waarde), v.laag + derde), v.hoog - derde))
        else:
            assert kengetallen.getallen[sleutel].status in ("gekalibreerd", "aanname")
    werk = kengetallen.getallen[WERK]
    assert gekozen[WERK] == Verdeling("uniform", werk.onder, werk.waarde, werk.boven)
    assert "kwaliteit.qaly_eur" not in gekozen  # a published value, a choice and not a chance
    ruim = {p for p, k in kengetallen.getallen.items() if p.startswith("actor.") and k.onder < k.boven}
    ruim = {p for p in ruim if not p.startswith("actor.traject.")}  # of an effectmeting alone
    assert {p for p in gekozen if p.startswith("actor.")} == ruim
    smal = verdelingen(aanpak.met({"disciplines": ["jeugd", "welzijn"]}, kengetallen), kengetallen)
    buiten = tuple(f"actor.discipline.{d}." for d in ("ggz", "wi", "zorg", "wonen"))  # not in the team
    assert {p for p in smal if p.startswith("actor.")} == {p for p in ruim if not p.startswith(buiten)}
    ruimer = verdelingen(aanpak.met({"escalatie.gezin": 0.5}, kengetallen), kengetallen)["escalatie.gezin"]
    assert (ruimer.laag, ruimer.hoog) == (0.0, 0.5)


def test_knop_zonder_discipline_blijft_nul(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    zonder = aanpak.met({"disciplines": ["jeugd"], "succes.werk": 0.0, "succes.overlast": 0.1}, kengetallen)
    gekozen = verdelingen(zonder, kengetallen)
    assert "succes.werk" not in gekozen
    assert gekozen["succes.overlast"].hoog == 0.1  # given all the same: it counts, and is uncertain


def test_eigen_kengetal_is_het_gemiddelde(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    eigen = kengetallen.met({WERK: 80_000.0, CONSULTEN: 200.0})
    gekozen = verdelingen(aanpak, eigen)
    assert gekozen[WERK] == Verdeling("driehoek", kengetallen.getallen[WERK].onder, 80_000.0, 80_000.0)
    midden = (kengetallen.getallen[WERK].onder + kengetallen.getallen[WERK].boven) / 2
    assert verdelingen(aanpak, kengetallen.met({WERK: midden}))[WERK].gemiddelde == pytest.approx(midden)
    assert not {CONSULTEN, DOORVERWIJZING} & set(trek(aanpak, eigen, 10))


def test_samenhang_binnen_een_trekking(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    getrokken = trek(aanpak, kengetallen, 2_000)
    som = getrokken[CONSULTEN] + getrokken[DOORVERWIJZING] / 2
    assert som == pytest.approx(kengetallen[CONSULTEN] + kengetallen[DOORVERWIJZING] / 2)
    assert np.ptp(getrokken[CONSULTEN]) > 300
    for verdeling in ACTORVERDELINGEN:
        paden = [f"actor.{verdeling}.{a}" for a in ACTOREN]
        aandelen = [getrokken.get(p, np.full(2_000, kengetallen[p])) for p in paden]
        assert np.sum(aandelen, axis=0) == pytest.approx(1.0)
        assert np.min(aandelen) >= 0
    assert np.ptp(getrokken["actor.schulden.gemeente_wi"]) > 0.3


def test_rest_van_een_aandeel_gaat_naar_de_restpartijen(kengetallen: Kengetallen) -> None:
    """Every share with a range is drawn over that range; half of what additional money the gemeente does not give
    comes from the corporation and half from the insurer (the rule of the catalogue)."""
    aanpak = laad_geval("standaard", kengetallen).aanpak
    getrokken = trek(aanpak, kengetallen, 5_000)
    for pad, laag in (
        ("additioneel.gemeente_overig", 0.5),
        ("discipline.wonen.overig", 0.5),
        ("domein.jeugd.gemeente_jeugd", 0.9),
    ):
        reeks = getrokken[f"actor.{pad}"]
        assert laag <= reeks.min() < laag + 0.05
        assert 0.99 < reeks.max() <= 1
    over = 1 - getrokken["actor.additioneel.gemeente_overig"]
    for actor in ("corporatie", "zorgverzekeraar"):
        assert getrokken[f"actor.additioneel.{actor}"] == pytest.approx(over / 2)
    anders = kengetallen.met({"restpartij.additioneel.corporatie": 0.2, "restpartij.additioneel.zorgverzekeraar": 0.8})
    assert trek(aanpak, anders, 5_000)["actor.additioneel.zorgverzekeraar"] == pytest.approx(0.8 * over)
    with pytest.raises(
        InvoerFout, match=r"restpartij.additioneel = 0.7: de rest van actor.additioneel.*niet voor 100%"
    ):
        kengetallen.met({"restpartij.additioneel.corporatie": 0.2})


def test_wie_betaalt_beweegt_het_saldo_van_de_gemeente_en_niet_dat_van_de_maatschappij(
    kengetallen: Kengetallen,
) -> None:
    aanpak = laad_geval("standaard", kengetallen).aanpak
    alles = verdelingen(aanpak, kengetallen)
    wie = {s: v for s, v in alles.items() if s.startswith("actor.")}
    sim, zonder = simuleer(aanpak, kengetallen, 4_000, trekking=wie), simuleer(aanpak, kengetallen, 4_000, trekking={})
    assert np.ptp(sim.reeksen["saldo"]) < 0.01
    # 31% of 13 fte and 10,000 euros are additional: half of it drawn away at most, a sixth on average
    additioneel = zonder.aanpak.additioneel * zonder.aanpak.fte * 102_100
    apart = simuleer(
        aanpak,
        kengetallen,
        4_000,
        trekking={"actor.additioneel.gemeente_overig": wie["actor.additioneel.gemeente_overig"]},
    )
    hoger = apart.reeksen["saldo_gemeente"] - zonder.punt["saldo_gemeente"]
    assert hoger.mean() == pytest.approx(additioneel / 6, rel=0.1)
    assert 0.45 * additioneel < hoger.max() < 0.55 * additioneel


def test_antwoorden_van_een_team_hangen_samen(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """On by default, by the catalogue; an empty mapping draws every input on its own."""
    samen, los = trek(aanpak, kengetallen, 20_000), trek(aanpak, kengetallen, 20_000, correlaties={})
    paren = {
        ("escalatie.gezin", "escalatie.overig"): 0.8,
        ("escalatie.gezin", "escalatie.oudere"): 0.8,
        ("substitutie.nieuw", SUBSTITUTIE): 0.5,
    }
    for (a, b), doel in paren.items():
        assert stats.spearmanr(samen[a], samen[b]).statistic == pytest.approx(doel, abs=0.02)
        assert stats.spearmanr(los[a], los[b]).statistic == pytest.approx(0, abs=0.03)
    assert all(
        (samen[s] == los[s]).all() for s in samen if not s.startswith(("escalatie.", "substitutie.")) or "." not in s
    )
    geen = kengetallen.met({"correlatie.escalatie": 0.0, "correlatie.substitutie": 0.0})
    assert all((trek(aanpak, geen, 50)[s] == los[s][:50]).all() for s in los)
    with pytest.raises(InvoerFout, match="een correlatie ligt tussen -1 en 1"):
        kengetallen.met({"correlatie.escalatie": 1.2})


def test_bereik_zonder_voornemens_en_uitschieter(kengetallen: Kengetallen) -> None:
    """60% are intended actions (tabel 2.9) and 80% is one aanpak that looks for nuisance: neither is drawn."""
    gekozen = verdelingen(laad_geval("standaard", kengetallen).aanpak, kengetallen)
    assert gekozen[SUBSTITUTIE].hoog == 0.5
    assert gekozen["succes.overlast"].hoog == 0.1
    assert gekozen["substitutie.nieuw"].gemiddelde == pytest.approx(0.3)
    assert gekozen[SUBSTITUTIE].gemiddelde == pytest.approx(0.0)  # standaard's own answer
    ruimer = verdelingen(laad_geval("voorbeeld-5", kengetallen).aanpak, kengetallen)["succes.overlast"]
    assert (ruimer.laag, ruimer.hoog) == (0.0, 0.8)


def test_zelfde_zaad_en_gemeenschappelijke_trekkingen(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    een, weer, ander = (trek(aanpak, kengetallen, 500, zaad) for zaad in (1, 1, 2))
    assert all((een[s] == weer[s]).all() for s in een)
    assert all((een[s] != ander[s]).any() for s in een)
    # an input more or less, more draws, another scenario: the rest keeps its draws
    gekozen = verdelingen(aanpak, kengetallen)
    zonder = {s: v for s, v in gekozen.items() if s != WERK}
    minder = trek(aanpak, kengetallen, 500, 1, trekking=zonder)
    meer = trek(aanpak, kengetallen, 800, 1)
    assert WERK not in minder
    assert all((minder[s] == een[s]).all() and (meer[s][:500] == een[s]).all() for s in minder)
    groter = trek(aanpak.met({"fte": 20}, kengetallen), kengetallen, 500, 1)
    assert all((groter[s] == een[s]).all() for s in een)
    # fixed numbers: the streams may not move between versions or processes
    assert een[WERK][:2] == pytest.approx([59_179.63, 52_005.43], abs=0.01)


def test_correlatie_wordt_gehaald(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    rho = {(WERK, SUBSTITUTIE): 0.7, (SUBSTITUTIE, "terugval"): -0.4}
    los, samen = (trek(aanpak, kengetallen, 20_000, correlaties=c) for c in ({}, rho))
    for (a, b), doel in rho.items():
        # standard error of a rank correlation of 20.000 draws: 0,007
        assert stats.spearmanr(samen[a], samen[b]).statistic == pytest.approx(doel, abs=0.03)
        assert stats.spearmanr(los[a], los[b]).statistic == pytest.approx(0, abs=0.03)
    assert (los["nieuw"] == samen["nieuw"]).all()
    volledig = trek(aanpak, kengetallen, 1_000, correlaties={("nieuw", "meer"): 1.0})
    assert stats.spearmanr(volledig["nieuw"], volledig["meer"]).statistic == pytest.approx(1.0)
    drie = {("nieuw", "meer"): 1.0, ("meer", "terugval"): -1.0, ("nieuw", "terugval"): -1.0}  # a singular matrix
    volledig = trek(aanpak, kengetallen, 1_000, correlaties=drie)
    assert stats.spearmanr(volledig["meer"], volledig["terugval"]).statistic == pytest.approx(-1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("correlaties", "verwacht"),
    [
        ({("nieuw", "meer"): 0.9, ("meer", "terugval"): 0.9, ("nieuw", "terugval"): -0.9}, "niet samen bestaan"),
        ({("nieuw", "fte"): 0.5}, "fte wordt niet getrokken"),
        ({("nieuw", "meer"): 1.2}, "tussen -1 en 1"),
        ({("nieuw", "meer"): float("nan")}, "tussen -1 en 1"),
        ({("nieuw", "nieuw"): 0.5}, "met zichzelf"),
        ({("nieuw", "meer"): 0.5, ("meer", "nieuw"): 0.4}, "twee keer"),
        ({("actor.schulden.gemeente_wi", "meer"): 0.5}, "aandelen van actoren"),
    ],
)
def test_onmogelijke_correlaties(
    aanpak: Aanpak, kengetallen: Kengetallen, correlaties: dict[tuple[str, str], float], verwacht: str
) -> None:
    with pytest.raises(InvoerFout, match=verwacht):
        trek(aanpak, kengetallen, 10, correlaties=correlaties)


def test_te_weinig_trekkingen_en_onbekende_uitkomst(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match="minstens 1 "):
        trek(aanpak, kengetallen, 0)
    with pytest.raises(InvoerFout, match=r"^zaad = -1: een zaad is een geheel getal"):
        trek(aanpak, kengetallen, 10, -1)
    with pytest.raises(InvoerFout, match=r"^trekkingen = 99: er zijn minstens 100 "):
        simuleer(aanpak, kengetallen, 99)
    with pytest.raises(KeyError, match="winst"):
        simuleer(aanpak, kengetallen, sleutels=("winst",))


def test_lineair_geval_met_bekend_antwoord(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """Saldo = A + c·werk_eur with werk_eur uniform: mean, variance, quantiles and chance are known."""
    aanpak = aanpak.met({"succes.werk": 0.02}, kengetallen)
    laag, hoog, aantal = 0.0, 100_000.0, 40_000
    bij = bereken_reeks(aanpak, kengetallen, {WERK: np.array([laag, hoog])}, ("saldo",))["saldo"]
    sim = simuleer(aanpak, kengetallen, aantal, trekking={WERK: Verdeling("uniform", laag, laag, hoog)})
    breed = bij[1] - bij[0]
    assert breed > 10_000
    rij, fout = sim.kwantielen.loc["saldo"], breed / np.sqrt(12 * aantal)
    assert rij["gemiddelde"] == pytest.approx(bij.mean(), abs=4 * fout)
    assert sim.reeksen["saldo"].var() == pytest.approx(breed**2 / 12, rel=0.03)
    for q in (0.1, 0.5, 0.9):
        assert rij[f"p{100 * q:.0f}"] == pytest.approx(
            bij[0] + q * breed, abs=4 * breed * np.sqrt(q * (1 - q) / aantal)
        )
    # move the point where the saldo turns to three quarters of the range with one-off costs
    kosten = bij[0] + 0.75 * breed
    duurder = aanpak.met({"eenmalig": aanpak.eenmalig + kosten * aanpak.afschrijving_jaren}, kengetallen)
    kans = simuleer(duurder, kengetallen, aantal, trekking=dict(sim.trekking), sleutels=("saldo",)).kansen.loc["saldo"]
    assert kans["laag"] < 0.25 < kans["hoog"]
    assert kans["hoog"] - kans["laag"] == pytest.approx(2 * 1.96 * np.sqrt(0.25 * 0.75 / aantal), rel=0.02)


def test_simulatie_is_het_model_zelf(simulatie: Simulatie, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    getrokken = trek(aanpak, kengetallen)
    los = bereken_reeks(aanpak, kengetallen, getrokken)
    for sleutel, reeks in los.items():
        np.testing.assert_allclose(simulatie.reeksen[sleutel], reeks, rtol=1e-9, err_msg=sleutel)
    een = bereken(aanpak, kengetallen, {s: r[17] for s, r in getrokken.items()})
    boek = een.grootboek.kubus_ncw[0]  # (post, jaar, actor)
    teken = np.array([-1.0] * 3 + [1.0] * 7)
    assert simulatie.reeksen["saldo"][17] == pytest.approx((boek * teken[:, None, None]).sum())
    gemeente = [i for i, a in enumerate(ACTOREN) if a.startswith("gemeente")]
    in_geld = (boek[:7] * teken[:7, None, None])[:, :, gemeente].sum()
    assert simulatie.reeksen["saldo_gemeente"][17] == pytest.approx(in_geld)
    assert simulatie.reeksen["saldo_financieel"][17] == pytest.approx((boek[:7] * teken[:7, None, None]).sum())
    assert simulatie.punt["saldo"] == pytest.approx(bereken(aanpak, kengetallen)["saldo"])


def test_waaier_eindigt_op_het_saldo(simulatie: Simulatie, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    kolommen = ["p10", "p25", "p50", "p75", "p90"]
    waaier, rij = simulatie.waaier, simulatie.kwantielen.loc["saldo"]
    assert waaier.loc[9, [*kolommen, "punt"]].tolist() == pytest.approx(rij[[*kolommen, "punt"]].tolist())
    kosten, baten = bereken(aanpak, kengetallen).grootboek.kasstromen()
    assert waaier["punt"].tolist() == pytest.approx(np.cumsum((baten - kosten)[0] * 1.055 ** -np.arange(10)).tolist())
    assert (np.diff(waaier[kolommen], axis=1) > 0).all()


def test_zelfde_getallen_op_draden_en_elke_blokmaat(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """Processes and a cluster: test_verdelen."""
    aantal, rho = CEL + 1, {(WERK, "nieuw"): 0.5}
    basis = simuleer(aanpak, kengetallen, aantal, correlaties=rho)
    with ThreadPoolExecutor(2) as executor:
        ander = simuleer(aanpak, kengetallen, aantal, correlaties=rho, blok=1, executor=executor)
    for sleutel in basis.reeksen:
        assert np.array_equal(basis.reeksen[sleutel], ander.reeksen[sleutel], equal_nan=True)
    assert basis.waaier.equals(ander.waaier)
    getrokken = trek(aanpak, kengetallen, aantal, correlaties=rho)
    laatste = bereken(aanpak, kengetallen, {s: r[CEL] for s, r in getrokken.items()})
    assert basis.reeksen["saldo"][CEL] == pytest.approx(laatste["saldo"])


def test_convergentie_beide_kanten(simulatie: Simulatie, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    genoeg, weinig = simulatie.convergentie(), convergentie(simulatie.reeksen["saldo"][:200])
    assert genoeg.voldoende
    assert genoeg.marge_p50 <= MARGE_P50
    assert genoeg.marge_kans <= MARGE_KANS
    assert not weinig.voldoende
    # a margin halves with four times the draws; rounded upward to two digits
    nodig = 200 * max(weinig.marge_p50 / MARGE_P50, weinig.marge_kans / MARGE_KANS) ** 2
    assert nodig <= weinig.nodig <= 1.1 * nodig
    assert "zijn genoeg" in zinnen.oordeel(genoeg)
    assert re.search(r"te weinig: reken met ongeveer [\d.]+ trekkingen", zinnen.oordeel(weinig))
    assert genoeg.lopend["trekkingen"].iloc[-1] == simulatie.aantal
    assert "naast de waarde bij oneindig veel trekkingen" in zinnen.oordeel(genoeg)
    assert "een ander zaad kunnen 1,4 keer zoveel" in zinnen.oordeel(genoeg)
    laatste = genoeg.lopend.iloc[-1][["p10", "p50", "p90"]].tolist()
    assert laatste == pytest.approx(simulatie.kwantielen.loc["saldo", ["p10", "p50", "p90"]].tolist())


def test_standaardfout_van_de_mediaan() -> None:
    """Normal draws: the standard error of the median is sqrt(pi/2)·sigma/sqrt(n), of a chance sqrt(pq/n)."""
    rng, n = np.random.default_rng(1), 4_000
    toetsen = [convergentie(rng.normal(size=n)) for _ in range(30)]
    # the spread of 20 batches is itself known to some 16 percent, the mean of 30 of those to 3 percent
    assert np.mean([t.fout_p50 for t in toetsen]) == pytest.approx(np.sqrt(np.pi / 2 / n), rel=0.09)
    assert np.mean([t.fout_kans for t in toetsen]) == pytest.approx(np.sqrt(0.25 / n), rel=0.09)
    vast = convergentie(np.full(100, 5.0))
    assert vast.voldoende
    assert vast.marge_p50 == 0
    with pytest.raises(ValueError, match="minstens 40"):
        convergentie(np.arange(39.0))


def test_marge_geldt_tegenover_oneindig_veel_trekkingen() -> None:
    """Normal draws, true P50 0 and chance 0.5: 95% of the runs lie within the margin, of the pairs of runs fewer."""
    rng, n, keren = np.random.default_rng(3), 1_000, 600
    reeksen = rng.normal(size=(keren, n))
    toetsen = [convergentie(r) for r in reeksen]
    kansen, marges = (reeksen > 0).mean(axis=1), np.array([t.marge_kans for t in toetsen])
    # standard error of a share of 600 runs: 0.009
    assert (np.abs(kansen - 0.5) <= marges).mean() == pytest.approx(0.95, abs=0.03)
    p50, breed = np.median(reeksen, axis=1), 2 * stats.norm.ppf(0.9)
    halve_breedte = np.array([t.marge_p50 for t in toetsen]) * breed
    assert (np.abs(p50) <= halve_breedte).mean() == pytest.approx(0.95, abs=0.03)
    verschil = np.abs(p50[::2] - p50[1::2])
    assert (verschil > halve_breedte[::2]).mean() > 0.12  # 2·(1 - Phi(1.96/sqrt 2)) = 0.17 for the margin itself
    assert (verschil <= np.sqrt(2) * halve_breedte[::2]).mean() == pytest.approx(0.95, abs=0.04)


@pytest.mark.parametrize(("goed", "aantal"), [(0, 100), (1, 100), (50, 100), (100, 100), (8_300, 10_000)])
def test_kans_interval_is_dat_van_wilson(goed: int, aantal: int) -> None:
    verwacht = stats.binomtest(goed, aantal).proportion_ci(method="wilson")
    assert kans_interval(goed, aantal) == pytest.approx((verwacht.low, verwacht.high))


def test_tabellen_en_zinnen(simulatie: Simulatie, kengetallen: Kengetallen) -> None:
    zin, kans = zinnen.samenvatting(simulatie), simulatie.kansen["kans"]
    assert zin.startswith(
        f"In {100 * kans['saldo']:.0f} van de 100 trekkingen is het saldo voor de maatschappij positief."
    )
    assert f"de gemeente (alleen geld) is dat in {100 * kans['saldo_gemeente']:.0f} van de 100" in zin
    tabel = gedrukt(tabellen.kwantielen(simulatie))
    assert tabel.loc["Saldo (baten minus kosten)", "zoals ingevuld"] == "€\u00a0567.700"
    assert all(re.fullmatch(r"€\u00a0-?[\d.]+|-?\d+,\d\d|\d+%", cel) for cel in tabel.to_numpy().ravel())
    ratio = tabel.loc["Maatschappelijke K-B-verhouding"]
    assert ratio["zoals ingevuld"] == "1,65", "zoals de bron haar drukt (hoofdstuk 4); het model heeft 1,631"
    assert ratio["P10"] == f"{simulatie.kwantielen.at['kb_maatschappelijk', 'p10']:.2f}".replace(".", ",")
    onder = float((simulatie.reeksen["saldo"] < simulatie.punt["saldo"]).mean())
    assert tabel.loc["Saldo (baten minus kosten)", "plaats van ingevuld"] == f"{100 * onder:.0f}%"
    assert f"dat van de maatschappij bij {100 * onder:.0f}%, dat van alle partijen samen in geld bij" in zin
    assert tabellen.kansen(simulatie).frame.index.tolist() == [p[0].upper() + p[1:] for p in PARTIJEN.values()]
    ruw = tabellen.kwantielen(simulatie).frame.loc["Saldo (baten minus kosten)"]
    assert ruw["P10"] == simulatie.kwantielen.at["saldo", "p10"], "niet afgerond"
    marge = simulatie.kansen.loc["saldo", ["laag", "hoog"]]
    assert gedrukt(tabellen.kansen(simulatie)).iloc[0, 1] == " tot ".join(procent(w, 1) for w in marge)
    getrokken = gedrukt(tabellen.verdelingentabel(simulatie, kengetallen))
    assert len(getrokken) == len(simulatie.trekking)
    assert getrokken.set_index("invoer").loc["15. Terugvalpercentage", ["laagste", "hoogste"]].tolist() == ["0%", "30%"]


def test_een_verhouding_die_niet_bestaat_heeft_geen_plaats(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """Without costs there is no ratio as given, while some draws have one."""
    zonder = aanpak.met({"fte": 0.0, "nieuw": 0.0, "meer": 0.0, "additioneel": 0.0}, kengetallen)
    tabel = gedrukt(tabellen.kwantielen(simuleer(zonder, kengetallen, 200)))
    rij = tabel.loc["Maatschappelijke K-B-verhouding"]
    assert (rij["zoals ingevuld"], rij["plaats van ingevuld"]) == ("–", "–")


def test_herkomst_van_elk_bereik(simulatie: Simulatie, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    tabel = tabellen.verdelingentabel(simulatie, kengetallen).frame.set_index("invoer")["herkomst"]
    werk = f"{kengetallen.getallen[WERK].kort} (eur)"
    assert tabel[werk] == "gekalibreerd"
    assert tabel["15. Terugvalpercentage"] == (
        "bereik: de uitersten in de bronnen (handleiding §2.3.1, figuur 2.8 en toelichting bij vraag 15); driehoek: "
        "aanname"
    )
    assert tabel[["aandeel corporatie" in naam for naam in tabel.index]].eq("bereik en driehoek: aanname").all()
    eigen = kengetallen.met({WERK: 80_000.0})
    ruim = simuleer(aanpak.met({"terugval": 0.5}, eigen), eigen, 100)
    tabel = tabellen.verdelingentabel(ruim, eigen).frame.set_index("invoer")["herkomst"]
    assert tabel[werk] == "eigen waarde; driehoek: aanname"
    assert "; verruimd tot de ingevulde waarde; driehoek: aanname" in tabel["15. Terugvalpercentage"]
    anders = simuleer(aanpak, kengetallen, 100, trekking={WERK: Verdeling("uniform", 0.0, 1.0, 2.0)})
    assert tabellen.verdelingentabel(anders, kengetallen).frame["herkomst"].tolist() == ["eigen verdeling"]


@pytest.mark.parametrize(
    ("waarden", "stap"),
    [
        ([-180_400.0, 403_100.0, 1_077_000.0], 1000),
        ([1_780.0, 2_050.0, 2_410.0], 10),  # would all print as 2.000
        ([-1_600.0, -800.0, -20.0], 10),  # -20 is not zero
        ([500_000.0, 500_010.0, 900_000.0], 10),  # wide, but two of them close together
        ([12.1, 12.4, 12.9], 1),
        ([350.0, 350.0, 350.0], 10),  # no width: from the size
        ([567_700.0] * 3, 1000),
        ([0.0, 0.0, 0.0], 1),
        ([float("nan")], 1),
    ],
)
def test_een_afrondstap_per_zin(waarden: list[float], stap: int) -> None:
    assert eurostap(waarden) == stap


def test_kleine_aanpak_drukt_verschillende_bedragen_af(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    sim = simuleer(aanpak.met({"huishoudens": 3, "fte": 0.04, "jaarlijks": 0}, kengetallen), kengetallen, 500)
    rij = sim.kwantielen.loc["saldo"]
    assert rij["p90"] - rij["p10"] < 10_000
    zin = zinnen.samenvatting(sim)
    bedragen = re.findall(r"€\u00a0-?[\d.]+\d", zin[zin.index("In 8 van") :])
    assert len(set(bedragen[:3])) == 3
    labels = [t.get_text().split("  ")[1] for t in figuren.verdeling(sim).texts]
    assert sorted(labels) == sorted(bedragen[:3])


def test_zin_zegt_het_als_de_invoer_aan_de_rand_ligt(kengetallen: Kengetallen) -> None:
    sim = simuleer(laad_geval("voorbeeld-3", kengetallen).aanpak, kengetallen, 1_000)
    rij = sim.kwantielen.loc["saldo"]
    assert rij["punt"] > rij["p90"]
    assert "gunstiger dan negen van de tien trekkingen" in zinnen.samenvatting(sim)


@pytest.mark.parametrize(
    ("kans", "verwacht"),
    [
        (0.0, "in geen van alle"),
        (0.001, "in minder dan 1 van de 100"),
        (0.834, "in 83 van de 100"),
        (0.9999, "in meer dan 99 van de 100"),
        (1.0, "in alle"),
    ],
)
def test_kans_in_woorden(kans: float, verwacht: str) -> None:
    assert van_de_honderd(kans) == verwacht


def test_figuren_tonen_de_getallen(simulatie: Simulatie) -> None:
    ax = figuren.verdeling(simulatie)
    onder = sum(p.get_height() for c in ax.containers for p in c if p.get_x() + p.get_width() / 2 < 0)
    kans = simulatie.kansen.loc["saldo", "kans"]
    assert onder == pytest.approx(1 - kans, abs=0.0075)  # half a percent on each side is not drawn
    assert {t.get_text()[:3] for t in ax.texts} == {"P10", "P50", "P90"}
    # the break-even line ends below every label, so that it crosses none
    (nul,) = [c for c in ax.collections if c.get_label() == "break-even"]
    assert np.asarray(nul.get_paths()[0].vertices)[:, 1].max() < min(t.get_position()[1] for t in ax.texts)
    waaier = figuren.waaier(simulatie.waaier)
    assert _lijn(waaier, "midden (P50)") == pytest.approx(simulatie.waaier["p50"].tolist())
    toets = simulatie.convergentie()
    assert _lijn(figuren.lopende_kwantielen(toets), "P90") == pytest.approx(toets.lopend["p90"].tolist())


def _lijn(ax: Axes, label: str) -> list[float]:
    (lijn,) = [x for x in ax.lines if x.get_label() == label]
    return [float(y) for y in np.asarray(lijn.get_ydata())]


def test_zonder_onzekerheid_is_er_geen_spreiding(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    sim = simuleer(aanpak, kengetallen, 100, trekking={})
    assert np.ptp(sim.reeksen["saldo"]) == 0
    assert "In alle trekkingen is het saldo voor de maatschappij positief" in zinnen.samenvatting(sim)
    assert figuren.verdeling(sim).containers
    assert sim.convergentie().voldoende
