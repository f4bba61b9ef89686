"""Updating: conjugate rules by hand, prior moments, exact attribution, questions 16 to 18 from counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mkba.analyse.effectmeting.bijwerken import (
    UITKOMSTEN,
    Aantal,
    Bewijs,
    Effect,
    Kansverdeling,
    Telling,
    als_effect,
    knopprior,
    schatting_van,
    werk_bij,
)
from mkba.analyse.effectmeting.trajecten import Trajecten, invoer_2
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand.paden import data
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.model.berekening import bereken

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


def test_een_telling_die_twee_kanten_op_gaat() -> None:
    """20 dropped, 5 added, of 60: net 0.25; with one more of each of three outcomes: p = 21/63, q = 6/63."""
    effect = als_effect(Telling(20, 60, 5))
    assert effect.waarde == pytest.approx(0.25)
    assert effect.fout == pytest.approx(np.sqrt((27 / 63 - (15 / 63) ** 2) / 60))
    assert als_effect(Telling(30, 30)).fout > 0


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
        assert b.invloed[(uitkomst, "deel")].sum() == pytest.approx(rij["verschil"], abs=1e-6)
    alleen = AANPAK.met({"nieuw": b.knoppen[0].na}, KENGETALLEN)
    verschil = bereken(alleen, KENGETALLEN)["saldo"] - voor["saldo"]
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


def test_vraag_16_tot_18_uit_tellingen() -> None:
    uit = invoer_2(
        meer={"nieuw": Trajecten({"schuldhulp": 3, "begeleiding": 1}, 8), "bestaand": Trajecten({}, 40)},
        minder={"alle": Trajecten({"overig_wmo": 2, "dagbesteding": 2, "jeugdhulp_ambulant": 2}, 48)},
        voorkomen={"huisuitzetting": Telling(5, 50)},
    )
    v = uit.velden
    assert v["effectmeting.gebruik"] is True
    assert v["effectmeting.grondslag"] == "huishoudens"
    assert v["effectmeting.meer.nieuw.aantal"] == 0.5
    assert (v["effectmeting.meer.nieuw.schuldhulp"], v["effectmeting.meer.nieuw.begeleiding"]) == (0.75, 0.25)
    assert v["effectmeting.meer.bestaand.aantal"] == 0
    # footnote 13: the total over all households in both
    assert v["effectmeting.minder.nieuw.aantal"] == v["effectmeting.minder.bestaand.aantal"] == 6 / 48
    delen = [v[f"effectmeting.minder.nieuw.{t}"] for t in ("overig_wmo", "dagbesteding", "jeugdhulp_ambulant")]
    assert sum(map(float, delen)) == pytest.approx(1, abs=1e-12)
    assert v["effectmeting.voorkomen.huisuitzetting"] == 0.1
    assert uit.samengevoegd == ("minder",)
    assert uit.schattingen["effectmeting.meer.nieuw.aantal"][1].startswith("8 huishoudens")
    with pytest.raises(ValueError, match="nieuw en bestaand, of alle"):
        invoer_2({"nieuw": Trajecten({}, 1)}, {}, {})
