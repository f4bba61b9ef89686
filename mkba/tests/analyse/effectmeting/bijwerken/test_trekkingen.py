"""What of a count is left to guess: where it is the count of more than one number, and how far it goes together."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld, vul_in
from mkba.analyse.effectmeting.bijwerken.trekkingen import trek_wijken
from mkba.analyse.effectmeting.bijwerken.weging import Effect, student
from mkba.analyse.effectmeting.publiceren.meting import Meting, meet
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.kern.catalogus.kengetallen import laad
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
        een = 1.35 * student(79) ** 2
        verwacht = stats.gamma.ppf(0.025, 30 / een) * een / 80, stats.gamma.isf(0.025, 30 / een + 1) * een / 80
        assert (g.schatting.laag, g.schatting.hoog) == pytest.approx(verwacht, rel=1e-6)
        # the draws have the same spread: (30 + 0.5) · 1.35 t² over 80²
        assert i.geteld[sleutel].var() == pytest.approx(30.5 * een / 80**2, rel=0.02)


def test_wat_net_te_tonen_is_staat_er_eerder_als_het_hoog_uitvalt() -> None:
    """Of 30 trajecten, as many as 20 that come one by one, the lower end is 18; of 15 it is 7, which is hidden."""

    def zinnen(aantal: float) -> list[str]:
        delen = {**klein().delen, "trajecten.nieuw": Publicatie({(): aantal}, ((),), 10)}
        return [z for z in grenzen(vul_in(plan(), laad(), replace(klein(), delen=delen))) if "hoog uitvalt" in z]

    assert zinnen(30.0) == []
    assert len(zinnen(15.0)) == 1
    assert "Bij vraag 16 is zo weinig geteld" in zinnen(15.0)[0]


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
    w and 1 − w of the whole: two knobs with the same evidence have a correlation of √(w₁ w₂)."""
    i = met_wijken(half)
    knoppen = [k for k in i.bijwerking.knoppen if k.uit_wijken]
    assert [k.sleutel for k in knoppen] == ["escalatie.gezin", "escalatie.overig"]
    verwacht = float(np.sqrt(knoppen[0].gewicht * knoppen[1].gewicht))
    trekking = [i.geteld[k.sleutel] for k in knoppen]
    assert np.corrcoef(trekking[0], trekking[1])[0, 1] == pytest.approx(verwacht, abs=0.05)
    for k, reeks in zip(knoppen, trekking, strict=True):
        assert reeks.mean() == pytest.approx(k.na, rel=0.02)
        assert reeks.var() == pytest.approx(k.posterior.variantie, rel=0.06)


def test_wat_alleen_de_wijken_zeggen_beweegt_samen() -> None:
    i = met_wijken(2.0)
    knoppen = [k for k in i.bijwerking.knoppen if k.uit_wijken]
    reeksen = trek_wijken(i, 4_000, 1)
    een, ander = (reeksen[k.sleutel] for k in knoppen)
    assert np.corrcoef(een, ander)[0, 1] > 0.99
    for k, reeks in zip(knoppen, (een, ander), strict=True):
        assert isinstance(k.bewijs, Effect)
        assert reeks.std() == pytest.approx(k.gewicht * k.bewijs.telt_als_fout, rel=0.02)


def test_zegt_de_spreiding_te_veel_dan_staat_er_hoe_is_gerekend() -> None:
    """Seventeen households have one traject and one has 13: the spread would tell of him. Then as if ten have all."""
    m = klein(tweemaal=0, extra=12)
    assert m.trajecten("nieuw").toont() == 30.0  # type: ignore[union-attr]
    assert m.spreiding["effectmeting.meer.aantal"] == 3.0
    g = vul_in(plan(), laad(), m).gemeten[NIEUW]
    assert g.opmerking.endswith("afgeschermd: gerekend alsof 10 huishoudens ze alle hebben")
