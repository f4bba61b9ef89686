"""Updating: conjugate rules by hand, prior moments, exact attribution, questions 16 to 18 from counts."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mkba.analyse import wilson
from mkba.analyse.effectmeting.bijwerken.bewijs import (
    Aantal,
    Bewijs,
    Effect,
    Telling,
    als_effect,
    over_teams,
    schatting_van,
    student,
    verbreed,
)
from mkba.analyse.effectmeting.bijwerken.escalaties import wet
from mkba.analyse.effectmeting.bijwerken.kansverdeling import Kansverdeling, knopprior
from mkba.analyse.effectmeting.bijwerken.weging import UITKOMSTEN, werk_bij
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand.paden import data
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import euro
from mkba.kern.woorden.velden import KNOPPEN, VELDEN
from mkba.model.berekening import bereken
from mkba.tests.hulp_voorbeelden import voorbeelden
from mkba.uitvoer.effectmeting.bijwerken.tabellen import invloedtabel, knoptabel
from mkba.uitvoer.effectmeting.bijwerken.zinnen import bijwerkzinnen
from mkba.uitvoer.effectmeting.namen import vraagnaam

KENGETALLEN = laad()
AANPAK = lees_bron(data() / "aanpakken" / "voorbeeld-1.toml", KENGETALLEN).aanpak


def test_beta_gamma_en_normaal_volgens_het_leerboek() -> None:
    beta = Kansverdeling("beta", 2, 8).leer(Telling(3, 10))
    assert (beta.a, beta.b, beta.gemiddelde) == (5, 15, 0.25)
    assert beta.interval() == pytest.approx(stats.beta(5, 15).interval(0.95))
    gamma = Kansverdeling("gamma", 4, 10).leer(Aantal(11, 20))
    assert (gamma.a, gamma.b, gamma.gemiddelde) == (15, 30, 0.5)
    # precisions 1 / 0.1² = 100 and 1 / 0.05² = 400: (100 · 0.1 + 400 · 0.2) / 500 = 0.18
    normaal = Kansverdeling("normaal", 0.1, 0.1).leer(Effect(0.2, 0.05, 50))
    assert (normaal.a, normaal.b) == pytest.approx((0.18, 500**-0.5))
    with pytest.raises(TypeError, match="zegt niets"):
        Kansverdeling("beta", 1, 1).leer(Aantal(1, 1))


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.9))
@settings(max_examples=voorbeelden(100))
def test_momenten_komen_terug(gemiddelde: float, deel: float) -> None:
    variantie = gemiddelde * (1 - gemiddelde) * deel
    beta = Kansverdeling.uit_momenten("beta", gemiddelde, variantie)
    assert stats.beta(beta.a, beta.b).stats("mv") == pytest.approx((gemiddelde, variantie))
    gamma = Kansverdeling.uit_momenten("gamma", gemiddelde, variantie)
    assert stats.gamma(gamma.a, scale=1 / gamma.b).stats("mv") == pytest.approx((gemiddelde, variantie))
    with pytest.raises(ValueError, match="geen beta-verdeling"):
        Kansverdeling.uit_momenten("beta", gemiddelde, gemiddelde * (1 - gemiddelde) * 1.001)


def test_het_kengetal_van_terugval_is_de_prior() -> None:
    """Terugval 0.20 between 0 and 0.30: a triangle with mode 0.30, mean 0.20, variance 0.3² / 18 = 0.005."""
    prior = knopprior("terugval", KENGETALLEN, "beta")
    assert prior.gemiddelde == pytest.approx(0.20)
    assert prior.a + prior.b == pytest.approx(0.2 * 0.8 / 0.005 - 1)  # worth 31 households
    b = werk_bij(AANPAK, KENGETALLEN, {"terugval": Telling(31, 31)})
    assert b.knoppen[0].gewicht == pytest.approx(0.5)
    assert b.na.terugval == pytest.approx(0.6)  # halfway between 0.2 and 1


_NEGATIEF = {k for k in KNOPPEN if (VELDEN[k].minimum or 0) < 0}
_GEVALLEN = [
    (k, soort)
    for k in KNOPPEN
    if VELDEN[k].vraag > 9
    for soort in ("beta", "gamma", "normaal")
    if soort == "normaal" or k not in _NEGATIEF
]


@pytest.mark.parametrize(("knop", "soort"), _GEVALLEN)
def test_de_prior_heeft_het_kengetal_als_gemiddelde(knop: str, soort: Any) -> None:
    """Also where the kengetal lies at an end of its range (nieuw 5% of 5 to 30%). Around 0% (meer, 0 to 10%) nothing
    lies: there the mean of the triangle, 10% / 3."""
    kengetal = KENGETALLEN[VELDEN[knop].standaard or ""]
    assert knopprior(knop, KENGETALLEN, soort).gemiddelde == pytest.approx(kengetal or 0.1 / 3, abs=1e-9)


def test_de_prior_van_nieuw_met_de_hand() -> None:
    """Variance 0.25² / 18, mean of the triangle 0.25 / 3 above the kengetal: 0.0625 / 18 + 0.0625 / 9 = 0.0625 / 6
    about it. n0 = 0.05 · 0.95 · 6 / 0.0625 − 1 = 3.56, so a = 0.178. 5 of 100 changes nothing."""
    prior = knopprior("nieuw", KENGETALLEN, "beta")
    assert (prior.a, prior.b) == pytest.approx((0.178, 3.382))
    b = werk_bij(AANPAK.met({"nieuw": 0.05}, KENGETALLEN), KENGETALLEN, {"nieuw": Telling(5, 100)})
    assert b.na.nieuw == pytest.approx(0.05)
    assert b.uitkomsten["verschil"].abs().max() == pytest.approx(0, abs=1e-6)
    # n0 · kengetal + n · measured
    b = werk_bij(AANPAK, KENGETALLEN, {"nieuw": Telling(20, 100)})
    assert b.na.nieuw == pytest.approx((3.56 * 0.05 + 20) / 103.56)


def test_een_kengetal_aan_de_rand_is_niet_zekerder_dan_zijn_bereik() -> None:
    """Consulten 2% of 0 to 2%: the triangle has its mean at 4/3% and variance 0.02² / 18, so 0.02² / 18 + (0.02 / 3)² =
    0.02² / 6 about the kengetal. Werk 1% of 0 to 2% has the kengetal in the middle: 0.02² / 24."""
    for knop, kengetal, delen in (("succes.consulten", 0.02, 6), ("succes.werk", 0.01, 24)):
        for soort in ("beta", "gamma", "normaal"):
            prior = knopprior(knop, KENGETALLEN, soort)
            assert prior.gemiddelde == pytest.approx(kengetal)
            assert prior.variantie == pytest.approx(0.02**2 / delen, rel=1e-6), (knop, soort)


@given(st.floats(0.01, 0.99), st.floats(0.005, 0.2))
def test_een_normale_prior_heeft_zijn_spreiding_na_het_afkappen(gemiddelde: float, spreiding: float) -> None:
    """Once cut off at 0 and 1, and by the moments of scipy; never wider than asked, and less only where it must be."""
    k = Kansverdeling.uit_momenten("normaal", gemiddelde, spreiding**2, 0.0, 1.0)
    w = stats.truncnorm((0 - k.a) / k.b, (1 - k.a) / k.b, k.a, k.b)
    assert w.mean() == pytest.approx(gemiddelde, abs=1e-7)
    assert w.std() <= spreiding * (1 + 1e-6)
    if spreiding < 0.7 * min(gemiddelde, 1 - gemiddelde):
        assert w.std() == pytest.approx(spreiding, rel=1e-5)


def test_wat_was_ingevuld_verdwijnt_niet_in_de_meting() -> None:
    """One of two households agrees with the 50% that was filled in. (0.178 + 1) / (3.56 + 2) = 21.2% is more than the
    kengetal of 5%: the measurement changes the saldo by what 5% -> 21.2% does; the rest is the way to the kengetal."""
    aanpak = AANPAK.met({"nieuw": 0.5}, KENGETALLEN)
    b = werk_bij(aanpak, KENGETALLEN, {"nieuw": Telling(1, 2)})
    saldo = {n: bereken(aanpak.met({"nieuw": n}, KENGETALLEN), KENGETALLEN)["saldo"] for n in (0.5, 0.05, 1.178 / 5.56)}
    voor, midden, na = saldo.values()
    assert b.knoppen[0].verplaatst
    assert b.terug.at["nieuw", ("saldo", "deel")] == pytest.approx(midden - voor)
    assert b.invloed.at["nieuw", ("saldo", "alleen")] == pytest.approx(na - midden)
    assert b.uitkomsten.at["saldo", "meting"] == pytest.approx(na - midden)
    zinnen = " ".join(bijwerkzinnen(b))
    assert f"Daarvan komt {euro(midden - voor, 100)} niet door een meting" in zinnen
    assert f"Door de meting zelf: {euro(na - midden, 100)}" in zinnen
    tabel = invloedtabel(b).frame
    assert next(iter(tabel.index)).endswith("van ingevuld naar uitgangspunt (geen meting)")
    assert tabel["deel van het geheel"].iloc[:-1].sum() == pytest.approx(b.uitkomsten.at["saldo", "verschil"])
    # kengetal and start apart: of meer the kengetal is 0% and the start 3.3%
    tabel_meer = knoptabel(werk_bij(AANPAK, KENGETALLEN, {"meer": Telling(0, 100)}))
    rij = tabel_meer.frame.iloc[0]
    assert rij["kengetal"].waarde == 0
    assert rij["uitgangspunt"].waarde == pytest.approx(0.1 / 3)
    assert "geen kansverdeling heeft dit kengetal" in tabel_meer.uitleg


def test_een_tweede_jaar_gaat_verder_waar_het_eerste_ophield() -> None:
    """20 of 100 in two years is 40 of 200: (0.178 + 40) / (3.56 + 200), and not twice the first year."""
    een = werk_bij(AANPAK, KENGETALLEN, {"nieuw": Telling(20, 100)})
    twee = werk_bij(een.na, KENGETALLEN, {"nieuw": Telling(20, 100)}, prior=een.posteriors)
    assert twee.na.nieuw == pytest.approx((0.178 + 40) / 203.56, rel=1e-4)
    assert not twee.knoppen[0].verplaatst
    assert twee.terug.empty
    with pytest.raises(InvoerFout, match="beta-verdeling; deze telling vraagt om normaal"):
        werk_bij(een.na, KENGETALLEN, {"nieuw": Effect(0.2, 0.04, 100)}, prior=een.posteriors)
    with pytest.raises(InvoerFout, match="geen knop van vraag 10"):
        werk_bij(een.na, KENGETALLEN, {}, prior={"fte": een.posteriors["nieuw"]})


def test_trajecten_die_samengaan_tellen_als_minder() -> None:
    """x = 0, 0, 0, 4 of 4 households: mean 1, variance (16 − 4) / 3 = 4. So 40 of 40 with variance 4 counts as 10."""
    assert Aantal.uit_kwadraten(4, 4, 16).fi == pytest.approx(4)
    breed, _ = schatting_van(Aantal(40, 40, 4.0))
    assert breed is not None
    # 10 events of 10 households: 4.795 to 18.39 (Garwood 1936); that they are 10 was told by 40 households, so that
    # they count for (1.95996 / 2.02269)² = 0.93894 of that: 9.3894 events, 0.4663 to 1.8739 per household
    telt = 10 * (1.959964 / 2.022691) ** 2
    exact = stats.chi2.ppf(0.025, 2 * telt) / 2 / telt, stats.chi2.ppf(0.975, 2 * telt + 2) / 2 / telt
    assert (breed.waarde, breed.laag, breed.hoog) == pytest.approx((1.0, *exact), abs=1e-5)
    assert exact == pytest.approx((0.4663, 1.8739), abs=1e-4)
    gamma = Kansverdeling("gamma", 4, 10).leer(Aantal(40, 40, 4.0))
    assert (gamma.a, gamma.b) == pytest.approx((13.3894, 19.3894), abs=1e-4)
    assert Aantal.uit_kwadraten(3, 50, 3).fi == 1  # three apart: no less than by chance
    with pytest.raises(ValueError, match="1 of meer"):
        Aantal(1, 2, 0.5)
    with pytest.raises(ValueError, match="minstens het aantal"):
        Aantal.uit_kwadraten(5, 9, 4)
    schatting, _ = schatting_van(Aantal.uit_kwadraten(40, 40, 196))
    assert Aantal.uit_kwadraten(40, 40, 196).fi == (196 - 40) / 39 == 4  # as above
    assert schatting is not None
    assert schatting.methode == "Poisson, verbreed naar de spreiding"
    assert (schatting.laag, schatting.hoog) == pytest.approx((breed.laag, breed.hoog))


@pytest.mark.parametrize(("gemiddeld", "fi"), [(0.4, 2.0), (1.0, 3.0)])
def test_dekking_van_trajecten_die_samengaan(gemiddeld: float, fi: float) -> None:
    """65 households, negative binomial: without fi 84% and 76% of the intervals hold the truth."""
    rng = np.random.default_rng(3)
    x = rng.negative_binomial(gemiddeld / (fi - 1), 1 / fi, (1500, 65))
    tellingen = zip(x.sum(axis=1).tolist(), (x**2).sum(axis=1).tolist(), strict=True)
    schattingen = [schatting_van(Aantal.uit_kwadraten(k, 65, kw))[0] for k, kw in tellingen]
    assert np.mean([s is not None and s.laag <= gemiddeld <= s.hoog for s in schattingen]) >= 0.92


def test_tellingen_per_team_met_de_hand() -> None:
    """10 and 30 of 50: p = 0.4, chance 0.24 / 100, between ((10 − 20)² + (30 − 20)²) · 2 / 100² = 0.04; with two teams
    the t quantile is 12.706. n = 100 · 0.0024 / 0.04 · (1.95996 / 12.7062)² = 0.1428."""
    samen = over_teams({"a": Telling(10, 50), "b": Telling(30, 50, sms=2)})
    assert samen.n == pytest.approx(0.1428, abs=1e-4)
    assert samen.gelukt / samen.n == pytest.approx(0.4)
    assert samen.sms == 1
    # teams that are alike count whole, but for the t quantile of five teams, 2.7764
    gelijk = over_teams({t: Telling(12, 60) for t in "abcde"})
    assert gelijk.n == pytest.approx(300 * (1.95996 / 2.77645) ** 2, rel=1e-4)
    for fout in (
        {"a": Telling(1, 2)},
        {"a": Telling(1, 2), "b": Telling(0, 0)},
        {"a": Telling(1, 3, 1), "b": Telling(1, 2)},
    ):
        with pytest.raises(ValueError, match="minstens twee teams"):
            over_teams(fout)
    assert schatting_van(samen)[1].startswith("telt als 0,1 huishoudens")


@pytest.mark.parametrize(("p", "sd"), [(0.30, 0.08), (0.30, 0.05), (0.10, 0.05)])
def test_dekking_voor_teams_in_het_algemeen(p: float, sd: float) -> None:
    """Five teams of 60 whose true shares differ: households taken as one sample give 76%, 86% and 79%."""
    rng = np.random.default_rng(10)
    los = p * (1 - p) / sd**2 - 1
    k = rng.binomial(60, rng.beta(p * los, (1 - p) * los, (1500, 5)))
    schattingen = [schatting_van(over_teams({str(i): Telling(int(a), 60) for i, a in enumerate(r)}))[0] for r in k]
    # too few effective households: no interval, and so none that is wrong
    raak = [s.laag <= p <= s.hoog for s in schattingen if s is not None]
    assert len(raak) > 1000
    assert np.mean(raak) >= 0.93


def test_de_sterkte_van_het_bewijs_gaat_mee() -> None:
    b = werk_bij(
        AANPAK, KENGETALLEN, {"succes.overlast": Effect(0.1, 0.03, 60, sms=3), "escalatie.gezin": Telling(2, 40)}
    )
    assert list(knoptabel(b).frame["bewijs (SMS), telt voor"]) == ["3: 75%", "1: 25%"]
    (zin,) = [z for z in bijwerkzinnen(b) if "Maryland" in z]
    assert f"{vraagnaam('succes.overlast')}: 3 en {vraagnaam('escalatie.gezin')}: 1" in zin
    assert als_effect(Telling(2, 40, 1, sms=2)).sms == 2
    assert not [z for z in bijwerkzinnen(werk_bij(AANPAK, KENGETALLEN, {"nieuw": Telling(1, 9)})) if "Maryland" in z]
    with pytest.raises(ValueError, match="sterkte van het bewijs"):
        Effect(0.1, 0.1, 10, sms=6)


def test_zwak_bewijs_verplaatst_de_prior_minder() -> None:
    """Beta(a, b) and 10 of 40: at level 1 a quarter of each household counts, so Beta(a + 2.5, b + 7.5). A normal
    effect at level 2 counts with half its precision, a number per household at level 3 for three quarters."""
    knop = "escalatie.gezin"
    per = [werk_bij(AANPAK, KENGETALLEN, {knop: Telling(10, 40, sms=s)}).knoppen[0] for s in range(1, 6)]
    a, b = per[0].prior.a, per[0].prior.b
    for k, deel in zip(per, (0.25, 0.5, 0.75, 1, 1), strict=True):
        assert (k.posterior.a, k.posterior.b) == pytest.approx((a + 10 * deel, b + 30 * deel))
        assert k.gewicht == pytest.approx(40 * deel / (a + b + 40 * deel))
        assert k.gemeten == per[0].gemeten  # the interval of the count itself is no other
    assert per[0].na < per[1].na < per[2].na < per[3].na == per[4].na
    normaal = Kansverdeling("normaal", 0.1, 0.05)
    half = normaal.leer(Effect(0.3, 0.05, 60), 0.5)
    assert (half.a, half.b) == pytest.approx((1 / 6, 0.05 * np.sqrt(2 / 3)))
    gamma = Kansverdeling("gamma", 2.0, 10.0, 0.0).leer(Aantal(8, 20, fi=2.0), 0.75)
    telt = 0.75 / 2 * (1.959964 / 2.093024) ** 2  # Student with 19 degrees of freedom
    assert (gamma.a, gamma.b) == pytest.approx((2 + 8 * telt, 10 + 20 * telt), rel=1e-6)


def test_wie_de_bewijskorting_verandert_verandert_de_weging() -> None:
    knop = "substitutie.bestaand"
    niets = KENGETALLEN.met({"bewijskorting.sms1": 1.0})
    k = werk_bij(AANPAK, niets, {knop: Telling(30, 60)}).knoppen[0]
    assert (k.posterior, k.gewicht) == (k.prior, 0)
    # what is only counted is a count whatever the design
    alles, een = (werk_bij(AANPAK, k, {"nieuw": Telling(12, 65)}).knoppen[0] for k in (niets, KENGETALLEN))
    assert alles.posterior == een.posterior == een.prior.leer(Telling(12, 65))


def test_een_telling_die_twee_kanten_op_gaat() -> None:
    """20 dropped, 5 added, of 60: net 0.25; with one more of each of three outcomes: p = 21/63, q = 6/63."""
    effect = als_effect(Telling(20, 60, 5))
    assert effect.waarde == pytest.approx(0.25)
    assert effect.fout == pytest.approx(np.sqrt((27 / 63 - (15 / 63) ** 2) / 60))
    assert als_effect(Telling(30, 30)).fout > 0


def test_afgeronde_getallen_tellen_als_minder() -> None:
    """To the nearest 5 is noise with a variance of 25 / 12. Of 20 of 50: 25 / 12 · (1 + 0.4²) / 50² is 0.000967 more on
    0.4 · 0.6 / 50 = 0.0048, as of 41.6 households. Of 20 trajecten of 50: 20 + 25 / 12 · (1 + 0.4²) is 1.121 times."""
    assert Telling(20, 50, rond=5).telt == pytest.approx(50 / (1 + 0.000966667 / 0.0048), rel=1e-5)
    assert Telling(20, 50).telt == Telling(0, 50, rond=5).telt == 50
    # of the two parts, and the whole their sum: (0.6² + 0.4²) and not 1 + 0.4²
    assert Telling(20, 50, rond=5, in_delen=True).telt == pytest.approx(50 / (1 + 25 / 12 * 0.52 / 50 / 0.24))
    # a spread of 1 is the least there is, and no estimate: Student widens what was measured above it
    assert (verbreed(1.0, 10), verbreed(2.0, 10)) == (1.0, 2 * student(9) ** 2)
    assert Aantal(20, 50, rond=5).telt_voor_een == pytest.approx(1 + 25 / 12 * 1.16 / 20)
    schatting, _ = schatting_van(Telling(20, 50, rond=5))
    assert schatting is not None
    assert (schatting.waarde, schatting.n) == (0.4, 50)
    assert (schatting.laag, schatting.hoog) == pytest.approx(wilson.grenzen(0.4, 1 / 41.617), rel=1e-4)
    assert wet(schatting).std() == pytest.approx(np.sqrt(0.4 * 0.6 / (41.617 + 2)), rel=0.01)


def test_interval_van_een_aantal_is_dat_van_garwood() -> None:
    """10 events: 4.795 to 18.39 (Garwood 1936)."""
    schatting, _ = schatting_van(Aantal(10, 100))
    assert schatting is not None
    assert (schatting.laag, schatting.hoog) == pytest.approx((0.04795, 0.1839), abs=1e-4)
    nul, _ = schatting_van(Aantal(0, 50))
    assert nul is not None
    assert nul.laag == 0
    assert schatting_van(Aantal(3, 9))[1].startswith("9 huishoudens")


BEWIJS: dict[str, Bewijs] = {
    "nieuw": Telling(12, 65),
    "escalatie.gezin": Telling(2, 30),
    "substitutie.bestaand": Telling(20, 60, 5),
    "succes.overlast": Effect(0.15, 0.07, 65),
}
GEMETEN = {"huishoudens": (520.0, 520), "type.gezin": (0.5, 65), "type.oudere": (0.2, 65), "type.overig": (0.3, 65)}


def test_alles_samen_is_het_verschil_dat_wordt_verdeeld() -> None:
    b = werk_bij(AANPAK, KENGETALLEN, BEWIJS, GEMETEN)
    # in the order of the questions, whatever the order of the counts
    assert list(b.stappen) == [
        "huishoudens",
        "type",
        "nieuw",
        "substitutie.bestaand",
        "succes.overlast",
        "escalatie.gezin",
    ]
    voor, na = bereken(AANPAK, KENGETALLEN), bereken(b.na, KENGETALLEN)
    for uitkomst in UITKOMSTEN:
        rij = b.uitkomsten.loc[uitkomst]
        assert (rij["voor"], rij["na"]) == pytest.approx((voor[uitkomst], na[uitkomst]))
        # what was filled in -> where the weighing starts -> after the measurement
        samen = b.terug[(uitkomst, "deel")].sum() + b.invloed[(uitkomst, "deel")].sum()
        assert samen == pytest.approx(rij["verschil"], abs=1e-6)
        assert b.invloed[(uitkomst, "deel")].sum() == pytest.approx(rij["meting"], abs=1e-6)
    alleen = b.uitgangspunt.met({"nieuw": b.knoppen[0].na}, KENGETALLEN)
    verschil = bereken(alleen, KENGETALLEN)["saldo"] - bereken(b.uitgangspunt, KENGETALLEN)["saldo"]
    assert b.invloed.at["nieuw", ("saldo", "alleen")] == pytest.approx(verschil)


def test_status_per_invoer() -> None:
    b = werk_bij(AANPAK, KENGETALLEN, BEWIJS, GEMETEN)
    assert b.status("huishoudens") == "gemeten"
    assert b.status("nieuw") == "bijgewerkt"
    assert b.status("fte") == "opgegeven"
    leeg = AANPAK.uit_kengetal
    assert not leeg or b.status(next(iter(leeg))) in ("kengetal", "gemeten", "bijgewerkt")


def test_zonder_meting_verandert_er_niets() -> None:
    b = werk_bij(AANPAK, KENGETALLEN, {})
    assert b.na == AANPAK
    assert not b.uitkomsten["verschil"].any()
    assert b.invloed.empty


def test_meten_maakt_de_uitkomst_zekerder() -> None:
    b = werk_bij(AANPAK, KENGETALLEN, {"substitutie.bestaand": Telling(120, 400), "nieuw": Telling(40, 400)})
    voor, na = b.trekkingen(2000)
    assert na["saldo"].std() < 0.8 * voor["saldo"].std()


@given(st.integers(0, 200), st.integers(0, 200))
@settings(max_examples=30)
def test_meer_metingen_wegen_zwaarder(gelukt: int, mislukt: int) -> None:
    n = gelukt + mislukt
    if n:
        een, twee = (werk_bij(AANPAK, KENGETALLEN, {"nieuw": Telling(k * gelukt, k * n)}).knoppen[0] for k in (1, 2))
        assert 0 < een.gewicht < twee.gewicht < 1
        gemeten = gelukt / n
        assert abs(twee.na - gemeten) <= abs(een.na - gemeten) + 1e-12
        assert min(gemeten, een.prior.gemiddelde) - 1e-12 <= een.na <= max(gemeten, een.prior.gemiddelde) + 1e-12


def test_wat_geen_knop_is_wordt_geweigerd() -> None:
    with pytest.raises(InvoerFout) as fout:
        werk_bij(AANPAK, KENGETALLEN, {"fte": Telling(1, 2), "nieuw": Telling(0, 0)}, {"terugval": (0.1, 20)})
    assert [m.veld for m in fout.value.meldingen] == ["fte", "terugval", "nieuw"]
    with pytest.raises(InvoerFout, match="100%"):
        werk_bij(AANPAK, KENGETALLEN, {}, {"type.gezin": (0.9, 65)})
    for onmogelijk in (lambda: Telling(3, 2), lambda: Telling(1, 2, 2), lambda: Aantal(-1, 2)):
        with pytest.raises(ValueError, match=r"geldt niet|niet negatief"):
            onmogelijk()


def test_een_gemeten_fout_vraagt_om_student() -> None:
    """Of ten households the error is itself a guess: 2.26216 errors to each side and not 1.96 (tables of Student)."""
    kort, _ = schatting_van(Effect(1.8, 0.4, 10, vrij=9))
    assert kort is not None
    assert (kort.laag, kort.hoog) == pytest.approx((1.8 - 2.26216 * 0.4, 1.8 + 2.26216 * 0.4), abs=1e-5)
    lang, _ = schatting_van(Effect(1.8, 0.4, 10))
    assert lang is not None
    assert (lang.laag, lang.hoog) == pytest.approx((1.8 - 1.95996 * 0.4, 1.8 + 1.95996 * 0.4), abs=1e-5)
    # and so it moves a prior less
    prior = Kansverdeling("normaal", 1.0, 0.4)
    assert prior.leer(Effect(1.8, 0.4, 10, vrij=9)).a < prior.leer(Effect(1.8, 0.4, 10)).a == pytest.approx(1.4)


def test_een_interval_zegt_niet_wat_de_vraag_niet_kan() -> None:
    """Ten of ten dropped all: 100%, and not up to 136%; 2% ± 4 points more trajecten is not below 0."""
    alles = werk_bij(AANPAK, KENGETALLEN, {"substitutie.nieuw": Telling(10, 10)}).knoppen[0].gemeten
    assert alles is not None
    assert alles.laag < alles.waarde == alles.hoog == 1
    weinig = werk_bij(AANPAK, KENGETALLEN, {"meer": Effect(0.02, 0.02, 40)}).knoppen[0].gemeten
    assert weinig is not None
    assert (weinig.laag, weinig.hoog) == pytest.approx((0, 0.0592), abs=1e-4)
