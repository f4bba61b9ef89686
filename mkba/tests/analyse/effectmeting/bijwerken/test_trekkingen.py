"""What of a count is left to guess: where it is the count of more than one number, and how far it goes together."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mkba.analyse.effectmeting.bijwerken.bewijs import Effect, Telling, student
from mkba.analyse.effectmeting.bijwerken.invullen import TREKKINGEN, Ingevuld, vul_in
from mkba.analyse.effectmeting.bijwerken.trekkingen import trek_telling
from mkba.analyse.effectmeting.bijwerken.weging import toeval, werk_bij
from mkba.analyse.effectmeting.publiceren.meting import Antwoord, Meting, meet
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.analyse.onzekerheid.trekking import ZAAD, trek
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.velden import VELDEN
from mkba.model.berekening import bereken_reeks
from mkba.tests.hulp_bronstad import plan, stad
from mkba.uitvoer.effectmeting.rapport.zinnen import grenzen

NIEUW, BESTAAND = "effectmeting.meer.nieuw.aantal", "effectmeting.meer.bestaand.aantal"


@cache
def klein(tweemaal: int = 12, extra: int = 0) -> Meting:
    """Eighty households, thirty of them new: twelve new ones got one traject each and (``tweemaal`` of them) another,
    six known ones got one, and one of these ``extra`` more."""
    wie = [f"h{i}" for i in range(80)]
    huishoudens = pd.DataFrame(
        {"pseudoniem": wie, "type": "gezinnen", "team": "Noord", "start": "2024-01-01",
         "nieuw": [i < 30 for i in range(80)], "status": "lopend"}
    )  # fmt: skip
    krijgt = [*wie[:12], *wie[:tweemaal], *wie[30:36], *[wie[30]] * extra]
    trajecten = pd.DataFrame({"pseudoniem": krijgt, "moment": 6, "type": "schuldhulp", "stand": "nieuw"})
    acties = pd.DataFrame({"pseudoniem": wie, "moment": 6, "door": "netwerk"})
    return meet(maak_registratie({"huishoudens": huishoudens, "trajecten": trajecten, "acties": acties}), laad())


def test_van_nieuw_en_bestaand_samen_telt_hoe_zij_samen_uiteenlopen() -> None:
    """Thirty trajecten, squares 12 · 4 + 6 = 54: a variance of (54 − 80 · 0.375²) / 79 = 0.541 over 0.375 is 1.44,
    in steps of 21 / 30 = 0.7 from 1 the middle of the first: 1.35. As if they came one by one, an interval of new and
    known cases together would be a sixth too narrow."""
    m = klein()
    assert m.antwoorden[NIEUW].waarde is None
    assert m.spreiding["effectmeting.meer.aantal"] == 1.35
    i = vul_in(plan(), laad(), m)
    for sleutel in (NIEUW, BESTAAND):
        g = i.gemeten[sleutel]
        assert (g.waarde, g.n) == (30 / 80, 80)
        assert g.schatting is not None
        een = 1.35 * student(79) ** 2 + 25 / 12 * (1 / 30 + 30 / 80**2)  # both numbers were rounded to 5
        assert g.schatting.hoog == pytest.approx(stats.gamma.isf(0.025, 30 / een + 1) * een / 80, rel=1e-6)
        # ten households are behind it at least, with 1.35 each, and rounding may have added 2.5: at the lower end 2.5%
        # of what is shown is as much, and that lies below the limit of what is always shown
        laag = g.schatting.laag * 80 / een
        kans = stats.gamma.cdf(laag, 30 / een) / stats.gamma.cdf(laag, (10 * 1.35 + 2.5) / een)
        assert kans == pytest.approx(0.025, rel=1e-6)
        assert laag < stats.gamma.ppf(0.025, 30 / een)
        # the draws have the same spread: (30 + 0.5) · 1.35 t² over 80²
        assert i.geteld[sleutel].var() == pytest.approx(30.5 * een / 80**2, rel=0.02)


def test_een_steekproef_van_alle_is_een_registratie_van_alle() -> None:
    """Who is in the aanpak is known once they all are: nothing of questions 2 to 5 is a guess then, as where all were
    registered. What the aanpak does is no more certain for it: questions 16 and 17 vary as they did."""
    meting = stad()
    n = meting.huishoudens.toont()
    assert n is not None
    geheel, alle = (vul_in(plan(), laad(), meting, steekproef_van=van) for van in (None, n))
    type_, bestaand = "type.gezin", "effectmeting.minder.bestaand.aantal"
    assert type_ in alle.gemeten
    assert alle.geteld.get(type_, np.zeros(1)).std() < 0.002
    assert alle.geteld[bestaand].std() == pytest.approx(geheel.geteld[bestaand].std(), rel=0.02)


def test_wat_net_te_tonen_is_staat_er_eerder_als_het_hoog_uitvalt() -> None:
    """Of 30 trajecten, as many as 20 that come one by one, the lower end is 18; of 15 it is 7, which is hidden."""

    def zinnen(aantal: float) -> list[str]:
        delen = {**klein().delen, "trajecten.nieuw": Publicatie({(): aantal}, ((),), 10)}
        return [z for z in grenzen(vul_in(plan(), laad(), replace(klein(), delen=delen))) if "hoog uitvalt" in z]

    assert zinnen(30.0) == []
    assert len(zinnen(15.0)) == 1
    assert "Bij vraag 16 is zo weinig geteld" in zinnen(15.0)[0]


@pytest.mark.parametrize(("aantal", "erbij"), [(15.0, 1), (40.0, 0)])
def test_wat_wordt_gewogen_en_net_te_tonen_is_zegt_dat_het_interval_het_weet(aantal: float, erbij: int) -> None:
    """Of 80 households 15 new: Wilson's lower limit is 11%, and shown it can have been far fewer; of 40 it is 39%."""
    nieuw = {"nieuw": Antwoord(aantal / 80, aantal, 80.0, "")}
    i = vul_in(plan(), laad(), replace(klein(), antwoorden={**klein().antwoorden, **nieuw}))
    (knop,) = (k for k in i.bijwerking.knoppen if k.sleutel == "nieuw")
    assert knop.gemeten is not None
    assert knop.net_getoond == bool(erbij)
    assert sum("Bij vraag 10 is zo weinig" in z for z in grenzen(i)) == erbij
    assert isinstance(knop.bewijs, Telling)
    assert knop.na == knop.prior.leer(Telling(knop.bewijs.gelukt, knop.bewijs.n), knop.kracht).gemiddelde


def met_wijken(half: float) -> Ingevuld:
    """Only of huisuitzetting, which can happen to gezinnen and to overige, do the wijken say anything."""
    wijken = tuple(
        replace(w, per_jaar=(-12.0, -12.0 - half, -12.0 + half))
        for w in stad().wijken
        if w.uitkomst == "huisuitzetting"
    )
    return vul_in(plan(), laad(), replace(stad(), wijken=wijken))


@pytest.mark.parametrize("half", [0.5, 6.0])
def test_wat_de_wijken_zeggen_is_een_bewijs_voor_beide_huishoudtypen(half: float) -> None:
    """A posterior error is w times that of the evidence and 1 − w times that of the prior, of which the variances are
    w and 1 − w of the whole: two knobs with the same evidence have a correlation of √(w₁ w₂) from it, and √((1 − w₁)
    (1 − w₂)) times that of their kengetallen (0.8 of ranks in the catalogue, 2 sin(0.8 π / 6) of normal draws)."""
    i = met_wijken(half)
    knoppen = [k for k in i.bijwerking.knoppen if k.uit_wijken]
    assert [k.sleutel for k in knoppen] == ["escalatie.gezin", "escalatie.overig"]
    w = np.array([k.gewicht for k in knoppen])
    verwacht = float(np.sqrt(w.prod()) + np.sqrt((1 - w).prod()) * 2 * np.sin(0.8 * np.pi / 6))
    trekking = [i.geteld[k.sleutel] for k in knoppen]
    assert np.corrcoef(trekking[0], trekking[1])[0, 1] == pytest.approx(verwacht, abs=0.05)
    for k, reeks in zip(knoppen, trekking, strict=True):
        assert reeks.mean() == pytest.approx(k.na, rel=0.02)
        assert reeks.var() == pytest.approx(k.posterior.variantie, rel=0.06)


def test_wat_alleen_de_wijken_zeggen_beweegt_samen() -> None:
    i = met_wijken(2.0)
    reeksen = trek_telling(i, 4_000, 1)
    een, ander = (reeksen[k.sleutel] for k in i.bijwerking.knoppen if k.uit_wijken)
    assert np.corrcoef(een, ander)[0, 1] > 0.99


def test_alleen_de_telling_is_wat_het_getal_was_geweest_bij_een_andere_telling() -> None:
    """One error more or less in what the wijken say, and the same is weighed again: no kengetal moves."""
    i = met_wijken(2.0)
    for k in (k for k in i.bijwerking.knoppen if k.uit_wijken):
        assert isinstance(k.bewijs, Effect)
        z = np.array([-1.0, 0.0, 1.0])
        opnieuw = [
            k.prior.leer(replace(k.bewijs, waarde=k.bewijs.waarde + x * k.bewijs.fout), k.kracht).gemiddelde for x in z
        ]
        assert k.bij_andere_telling(z) == pytest.approx(opnieuw, rel=1e-6)


@pytest.mark.parametrize(
    ("sleutel", "telling"), [("nieuw", Telling(30, 100)), ("succes.schooluitval", Telling(16, 40))]
)
def test_van_een_telling_beweegt_wat_gemeten_is_en_niet_het_kengetal(sleutel: str, telling: Telling) -> None:
    """Of the variance that is left, p (1 − p) / n times the square of its weight is of the count, and only that moves
    where the kengetal stays: of question 10 nearly all, of a success that generalists think they had very little."""
    k = werk_bij(plan(), laad(), {sleutel: telling}).knoppen[0]
    z = toeval(np.random.default_rng(3), 20_000)
    alleen, los = k.bij_andere_telling(z), k.trek(z, toeval(np.random.default_rng(4), 20_000))
    p = telling.gelukt / telling.n
    assert alleen.mean() == pytest.approx(k.na, rel=0.01)
    assert alleen.std() == pytest.approx(k.gewicht * np.sqrt(p * (1 - p) / telling.n), rel=0.03)
    assert los.var() == pytest.approx(k.posterior.variantie, rel=0.02)
    assert alleen.var() < los.var()


def test_het_saldo_van_alleen_de_telling_laat_elk_kengetal_staan() -> None:
    """Question 10 and the wijken by one rule: without a kengetal that moves, the interval of the saldo is that of the
    values that the counts could have given, and narrower than that of all that is known of them."""
    i = met_wijken(6.0)
    telling, alles = (dict(trek_telling(i, TREKKINGEN, ZAAD)), i.geteld)
    assert set(telling) == {k.sleutel for k in i.bijwerking.knoppen if i.knop_telt(k.sleutel)}
    for k in i.bijwerking.knoppen:
        if i.knop_telt(k.sleutel):
            assert telling[k.sleutel].var() < alles[k.sleutel].var()
    reeks = bereken_reeks(i.na, i.kengetallen, {**alles, **telling}, ("saldo",))["saldo"]
    assert i.interval("saldo", "meting") == pytest.approx(tuple(np.quantile(reeks, [0.025, 0.975])))


def test_kengetallen_die_samenhangen_blijven_dat_als_een_meting_weinig_zegt() -> None:
    """Prevented escalaties of gezinnen and of ouderen have a rank correlation of 0.8 in the catalogue; the wijken weigh
    next to nothing and say nothing of ouderen, so in all that is known of both it still is."""
    i = met_wijken(60.0)
    gezin = i.geteld["escalatie.gezin"]
    oud = trek(i.na, i.kengetallen, TREKKINGEN, ZAAD)["escalatie.oudere"]
    rangen = stats.spearmanr(gezin, oud).statistic
    knop = next(k for k in i.bijwerking.knoppen if k.sleutel == "escalatie.gezin")
    assert knop.gewicht < 0.1
    assert rangen == pytest.approx(0.8, abs=0.05)


def test_zegt_de_spreiding_te_veel_dan_staat_er_hoe_is_gerekend() -> None:
    """Seventeen households have one traject and one has 13: the spread would tell of him. Then as if ten have all."""
    m = klein(tweemaal=0, extra=12)
    assert m.trajecten("nieuw").toont() == 30.0  # type: ignore[union-attr]
    assert m.spreiding["effectmeting.meer.aantal"] == 3.0
    g = vul_in(plan(), laad(), m).gemeten[NIEUW]
    assert g.opmerking.endswith("afgeschermd: gerekend alsof 10 huishoudens ze alle hebben")


def test_van_een_steekproef_is_ook_het_bereik_een_gok() -> None:
    """45% gezinnen of 795 households: as a sample of 2,000 that share has (2,000 − 795) / 1,999 of the variance
    0.45 · 0.55 / 795 of endless many, and the saldo varies more; registered whole it is a count, and stays."""
    geheel, deel = (vul_in(plan(), laad(), stad(), steekproef_van=n) for n in (None, 2_000.0))
    assert not any(VELDEN[s].vraag < 10 for s in geheel.geteld if s in VELDEN)
    g = deel.gemeten["type.gezin"]
    assert g.n is not None
    variantie = g.waarde * (1 - g.waarde) / g.n * (2_000 - g.n) / 1_999
    assert deel.geteld["type.gezin"].var() == pytest.approx(variantie, rel=0.05)
    assert sum(deel.geteld[f"type.{t}"] for t in TYPEN) == pytest.approx(np.ones(TREKKINGEN))
    kinderen, gezinnen = deel.gemeten["kinderen"].schatting, 2_000 * g.waarde
    assert kinderen is not None
    randen = np.quantile(deel.geteld["kinderen"], [0.025, 0.975])
    smaller = np.sqrt((gezinnen - kinderen.n) / (gezinnen - 1))
    verwacht = kinderen.waarde + smaller * (np.array([kinderen.laag, kinderen.hoog]) - kinderen.waarde)
    assert randen == pytest.approx(verwacht, rel=0.01)
    vast = {s: w for s, w in deel.geteld.items() if s not in VELDEN or VELDEN[s].vraag > 9}
    zonder = bereken_reeks(deel.na, deel.kengetallen, vast, ("saldo",))["saldo"]
    assert bereken_reeks(deel.na, deel.kengetallen, deel.geteld, ("saldo",))["saldo"].std() > zonder.std()
    assert any("beweegt wel mee" in z for z in grenzen(deel))
    assert any("Bereik en kosten zijn geteld" in z for z in grenzen(geheel))
