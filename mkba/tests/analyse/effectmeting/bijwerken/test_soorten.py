"""Kinds of trajecten that may not be shown, as draws around figuur II.1."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.effectmeting.bijwerken.invullen import TREKKINGEN, Ingevuld, vul_in
from mkba.analyse.effectmeting.bijwerken.meer_minder import (
    ALLE,
    FIGUUR_TELT,
    Blok,
    gewichten,
    soorten_te_raden,
    soorten_van,
)
from mkba.analyse.effectmeting.bijwerken.soorten import trek_soorten
from mkba.analyse.onzekerheid.trekking import ZAAD
from mkba.invoer.voorbeeld import figuur_ii_1
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.woorden.effectvelden import aandeel_veld
from mkba.kern.woorden.trajecten import ESCALATIES, GROEPEN_TRAJECTEN, TRAJECTEN
from mkba.tests.hulp_bronstad import plan, stad
from mkba.tests.hulp_invoer import GEDEELD
from mkba.tests.hulp_soorten import VAN_DE_STAD, getoonde, prijzen


@cache
def bronstad() -> Ingevuld:
    return vul_in(plan(), laad(), stad(), 0.6)


def ingevuld(naar: str, **aantallen: int) -> Ingevuld:
    """The town with so many trajecten, added and dropped alike."""
    getoond = getoonde(dict.fromkeys(TRAJECTEN, 0) | aantallen, naar)
    delen = {**stad().delen, "trajecten.nieuw": getoond, "trajecten.afgevallen": getoond}
    return replace(bronstad(), meting=replace(stad(), delen=delen))


def test_de_figuur_telt_voor_haar_deel_en_een_traject_is_van_andere_soorten() -> None:
    """Of all kinds of question 17 it has five, each 20% of 8 trajecten; the 18 others are one traject together, and one
    that costs four times as much is half as often. Of a group there is what is of its kinds: of welzijn 5 and 8%."""
    k = laad()
    kan = soorten_van("minder")
    assert not {*ESCALATIES} & {*kan}
    telt = gewichten(Blok(ALLE, 90.0, kan, rest=True), "minder", "nieuw", k)
    assert [telt[t] for t in figuur_ii_1()["minder", "nieuw"]] == pytest.approx([1.6] * 5)
    assert sum(telt.values()) == pytest.approx(9)
    verhouding = k["traject.opvang.eur"] / k["traject.schuldhulp.eur"]
    assert telt["schuldhulp"] / telt["opvang"] == pytest.approx(verhouding**0.5)
    welzijn = Blok("Welzijn (collectief)", 20.0, GROEPEN_TRAJECTEN["Welzijn (collectief)"])
    assert gewichten(welzijn, "meer", "nieuw", k) == pytest.approx({"dagbesteding": 0.4, "dienstverlening": 0.64})
    assert gewichten(welzijn, "meer", "nieuw", {**k, FIGUUR_TELT: 16.0})["dagbesteding"] == pytest.approx(0.8)


def test_een_groep_waar_de_figuur_niets_heeft_telt_elke_soort_als_een() -> None:
    werk = Blok("Werk en inkomen", 20.0, GROEPEN_TRAJECTEN["Werk en inkomen"])
    assert gewichten(werk, "minder", "nieuw", laad()) == dict.fromkeys(werk.soorten, 1.0)


def test_een_figuur_die_niet_telt_laat_een_traject_van_alle_soorten_over() -> None:
    """Also of kinds that the figure has, what costs four times as much is half as often; of a group what is of its
    kinds."""
    k = {**laad(), FIGUUR_TELT: 0.0}
    telt = gewichten(Blok(ALLE, 90.0, soorten_van("meer"), rest=True), "meer", "nieuw", k)
    assert sum(telt.values()) == pytest.approx(1)
    duur = k["traject.opvang.eur"] / k["traject.schuldhulp.eur"]
    assert telt["schuldhulp"] / telt["opvang"] == pytest.approx(duur**0.5)
    werk = gewichten(Blok("Werk en inkomen", 20.0, GROEPEN_TRAJECTEN["Werk en inkomen"]), "meer", "nieuw", k)
    assert werk == {t: telt[t] for t in GROEPEN_TRAJECTEN["Werk en inkomen"]}


@pytest.mark.parametrize("telt", [0.0, 0.001])
def test_hoe_weinig_de_figuur_ook_telt_het_saldo_ligt_in_zijn_interval(telt: float) -> None:
    """Where it counted as nothing each kind counted as one, so that trajecten were four times as dear as in the saldo,
    which lay above its own interval."""
    i = ingevuld("", uitkering=40, opvang=30, schuldhulp=30)
    i = vul_in(plan(), laad().met({FIGUUR_TELT: telt}), i.meting, 0.6)
    laag, hoog = i.interval("saldo")
    assert laag < i.uitkomst["saldo"] < hoog


def test_van_alleen_een_totaal_zijn_de_trekkingen_een_verdeling_rond_de_figuur() -> None:
    """With the variance of a Dirichlet, p (1 - p) / (1 + 9): of dropped schuldhulp p is its part of the one traject of
    kinds that the figure does not have, of dagbesteding 1.6 of 9."""
    i = ingevuld("", uitkering=40, schuldhulp=20, jeugdhulp_ambulant=8, opvang=7)
    assert soorten_te_raden(i.meting, "minder")
    deel = trek_soorten(i, TREKKINGEN, ZAAD)
    per = {t: deel[aandeel_veld("minder", "nieuw", t)] for t in TRAJECTEN}
    assert sum(per.values()) == pytest.approx(np.ones(TREKKINGEN))
    assert min(w.min() for w in per.values()) >= 0
    schuldhulp = gewichten(Blok(ALLE, 75.0, soorten_van("minder"), rest=True), "minder", "nieuw", laad())["schuldhulp"]
    for soort, p, ruim in (("schuldhulp", schuldhulp / 9, 0.15), ("dagbesteding", 1.6 / 9, 0.05)):
        assert per[soort].mean() == pytest.approx(p, rel=ruim)
        assert per[soort].var() == pytest.approx(p * (1 - p) / 10, rel=ruim)


@pytest.mark.parametrize(
    ("naar", "getoond", "aantal"), [("soortgroep", "Werk en inkomen", 60), ("type", "uitkering", 40)]
)
def test_wat_te_tonen_is_houdt_zijn_aantal(naar: str, getoond: str, aantal: int) -> None:
    """Of 75 trajecten 60 of work and income, or 40 uitkering and 20 schuldhulp; what is left is of other kinds."""
    i = ingevuld(naar, uitkering=40, schuldhulp=20, jeugdhulp_ambulant=8, opvang=7)
    deel = trek_soorten(i, TREKKINGEN, ZAAD)
    soorten = GROEPEN_TRAJECTEN.get(getoond, (getoond,))
    samen = sum(deel[aandeel_veld("minder", "bestaand", t)] for t in soorten)
    assert np.mean(samen) == pytest.approx(aantal / 75, abs=0.005)
    assert np.var(samen) == pytest.approx(aantal / 75 * (1 - aantal / 75) / 76, rel=0.1)


def test_nieuwe_en_bestaande_wijken_in_dezelfde_richting_af() -> None:
    """Question 17 has the same column for both, so the same draws; 16 and 17 know nothing of each other."""
    deel = trek_soorten(ingevuld("", uitkering=40, opvang=30), TREKKINGEN, ZAAD)

    def van(vraag: str, case: str) -> np.ndarray:
        return deel[aandeel_veld(vraag, case, "dagbesteding")]

    assert van("minder", "nieuw") == pytest.approx(van("minder", "bestaand"))
    assert np.corrcoef(van("meer", "nieuw"), van("meer", "bestaand"))[0, 1] > 0.7
    assert abs(np.corrcoef(van("meer", "nieuw"), van("minder", "nieuw"))[0, 1]) < 0.05


def test_een_figuur_die_als_meer_telt_beweegt_minder() -> None:
    """Of added schuldhulp the figure has 23%: 0.69 trajecten of 3 and one more, 3.68 of 16 and one more."""
    i, veld = ingevuld("", uitkering=40, opvang=30), aandeel_veld("meer", "nieuw", "schuldhulp")
    for telt, p in ((3.0, 0.69 / 4), (16.0, 3.68 / 17)):
        deel = trek_soorten(replace(i, kengetallen=laad().met({FIGUUR_TELT: telt})), TREKKINGEN, ZAAD)
        assert deel[veld].var() == pytest.approx(p * (1 - p) / (telt + 2), rel=0.05)


def test_waar_elke_soort_te_tonen_is_beweegt_er_niets() -> None:
    i = ingevuld("type", uitkering=40, schuldhulp=20)
    assert not soorten_te_raden(i.meting, "meer")
    assert trek_soorten(i, TREKKINGEN, ZAAD) == {}


def afstand(p: np.ndarray, q: np.ndarray) -> float:
    """As how many trajecten of p the division q is that far from it."""
    return float((1 - (p**2).sum()) / ((p - q) ** 2).sum() - 1)


def test_waar_het_kengetal_vandaan_komt() -> None:
    """Figuur II.1 itself: from new to existing cases 16 trajecten, from added to dropped 2 to 3."""
    kolom = {k: np.array([w.get(t, 0.0) for t in TRAJECTEN]) for k, w in figuur_ii_1().items()}
    k = laad().getallen[FIGUUR_TELT]
    assert round(afstand(kolom["meer", "nieuw"], kolom["meer", "bestaand"])) == k.hoog
    twee = [afstand(kolom["meer", c], kolom["minder", c]) for c in ("nieuw", "bestaand")]
    assert [round(w) for w in twee] == [2, 3]
    assert k.laag == 3


def test_zo_ver_lopen_wijken_in_amsterdam_uiteen() -> None:
    """Bijstand, jeugdhulp and Wmo (CBS 84583NED, 2019), where there are a hundred together: two wijken as 15 trajecten,
    two buurten as 8. About their average areas differ half as much (in variance) as one from another."""
    bestand = GEDEELD / "data" / "amsterdam_84583NED_2019_met_nl.csv"
    if not bestand.is_file():
        pytest.skip("../shared/data is er niet")
    tabel = pd.read_csv(bestand, sep=None, engine="python", dtype=str, encoding="utf-8-sig")
    kolommen = ["PersonenPerSoortUitkeringBijstand_83", "JongerenMetJeugdzorgInNatura_87", "WmoClienten_89"]
    uit = []
    for soort in ("Wijk", "Buurt"):
        getallen = tabel.loc[tabel["SoortRegio_2"].str.strip() == soort, kolommen].apply(pd.to_numeric, errors="coerce")
        aantal = getallen.dropna().to_numpy(dtype=float)
        aantal = aantal[aantal.sum(axis=1) >= 100]
        p = aantal / aantal.sum(axis=1, keepdims=True)
        midden = p.mean(axis=0)
        toeval = (1 / aantal.sum(axis=1)).mean()
        telt = 1 / (p.var(axis=0).sum() / (midden * (1 - midden)).sum() - toeval) - 1
        uit.append(round((telt - 1) / 2))
    assert uit == [15, 8]


@pytest.mark.traag
def test_de_prijs_van_wat_niet_te_tonen_is_ligt_zo_vaak_in_haar_interval_als_het_zegt() -> None:
    """Of divisions around the figure, in every way of showing kinds; with the figure standing still hardly ever. The
    division of the town, which the figure knows nothing of, is held too where most is hidden."""
    per = list(prijzen(60, 40, laad()[FIGUUR_TELT]))
    assert 0.92 <= np.mean([s.dekking for s in per]) <= 0.98
    assert all(s.dekking >= 0.85 for s in per)
    assert all(s.stil < 0.6 for s in per)
    assert all(s.dekking >= 0.85 for s in prijzen(20, 40, VAN_DE_STAD))
