"""How trajecten are divided over their kinds where these may not be shown: figuur II.1, marked as such."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.effectmeting.bijwerken.invullen import TREKKINGEN, Ingevuld, saldo_van_afgeschermd, vul_in
from mkba.analyse.effectmeting.bijwerken.meer_minder import afgeschermd_deel, soorten_te_raden, verdeling
from mkba.analyse.onderdrukking.stelsel import Sleutel
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.analyse.onzekerheid.trekking import ZAAD, trek
from mkba.invoer.voorbeeld import figuur_ii_1
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.woorden.trajecten import ESCALATIES, GROEP_VAN_TRAJECT, GROEPEN_TRAJECTEN, TRAJECTEN
from mkba.model.berekening import bereken, bereken_reeks
from mkba.tests.hulp_bronstad import plan, stad
from mkba.uitvoer.effectmeting.rapport.herkomst import na
from mkba.uitvoer.effectmeting.rapport.tabellen import invoertabel
from mkba.uitvoer.effectmeting.rapport.zinnen import oordeel
from mkba.uitvoer.effectmeting.rapport.zinnen import verdeling as zinnen
from mkba.uitvoer.effectmeting.tabellen import trajectentabel

TOTAAL = Publicatie({(): 20.0, (("groep", "nieuw"),): None}, (("groep",),), 10)


def naar_groep(**aantallen: float | None) -> Publicatie:
    """100 trajecten; of each group that is not named none may be shown."""
    namen = {g.split(" ")[0].lower(): g for g in GROEPEN_TRAJECTEN}
    getoond = {namen[g]: n for g, n in aantallen.items()}
    cellen: dict[Sleutel, float | None] = {(): 100.0}
    cellen |= {(("soortgroep", g),): getoond.get(g) for g in GROEPEN_TRAJECTEN}
    return Publicatie(cellen, (("soortgroep",),), 10)


def ingevuld(nieuw: Publicatie, afgevallen: Publicatie) -> Ingevuld:
    delen = {**stad().delen, "trajecten.nieuw": nieuw, "trajecten.afgevallen": afgevallen}
    return vul_in(plan(), laad(), replace(stad(), delen=delen), 0.6)


@cache
def alleen_totaal() -> Ingevuld:
    return ingevuld(TOTAAL, TOTAAL)


@cache
def per_groep() -> Ingevuld:
    """Added: 50 of work and income and 20 of welzijn; dropped: 60 of welzijn and 40 of the AWBZ."""
    return ingevuld(naar_groep(werk=50.0, welzijn=20.0), naar_groep(welzijn=60.0, awbz=40.0))


def test_figuur_ii_1_staat_er_zoals_zij_is_gedrukt() -> None:
    figuur = figuur_ii_1()
    assert figuur["meer", "nieuw"]["schuldhulp"] == 0.23
    assert figuur["minder", "bestaand"] == dict.fromkeys(
        ("dagbesteding", "dienstverlening", "jeugdhulp_ambulant", "hulp_huishouden", "overig_wmo"), 0.2
    )
    assert [sum(delen.values()) for delen in figuur.values()] == pytest.approx([1.0] * 4)


def test_van_alleen_een_totaal_is_de_verdeling_die_van_de_figuur() -> None:
    """New and existing cases each by their own; also where no kind of 28 could be shown."""
    geen_soort = Publicatie({(): 90.0} | {(("type", t),): None for t in TRAJECTEN}, (("type",),), 10)
    for i in (alleen_totaal(), ingevuld(geen_soort, geen_soort)):
        for (vraag, case), delen in figuur_ii_1().items():
            assert verdeling(i.meting, vraag, case, laad()) == pytest.approx(delen)
            assert i.effect[f"effectmeting.{vraag}.{case}.dagbesteding"] == pytest.approx(delen["dagbesteding"])
        assert afgeschermd_deel(i.meting, "meer") == 1
        assert soorten_te_raden(i.meting, "meer")


def test_binnen_een_groep_is_de_verdeling_die_van_de_figuur() -> None:
    """Figuur II.1 of new cases: 11, 15 and 23 in work and income, 5 and 8 in welzijn."""
    delen = verdeling(per_groep().meting, "meer", "nieuw", laad())
    groepen = {
        "uitkering": 0.5 * 11 / 49,
        "armoede": 0.5 * 15 / 49,
        "schuldhulp": 0.5 * 23 / 49,
        "dagbesteding": 0.2 * 5 / 13,
        "dienstverlening": 0.2 * 8 / 13,
    }
    assert {t: delen[t] for t in groepen} == pytest.approx(groepen)
    assert sum(delen.values()) == pytest.approx(1)
    assert "reintegratie" not in delen
    assert verdeling(per_groep().meting, "meer", "bestaand", laad())["dagbesteding"] == pytest.approx(0.2)  # 19 and 0
    assert sum(verdeling(per_groep().meting, "meer", "bestaand", laad()).values()) == pytest.approx(1)
    assert afgeschermd_deel(per_groep().meting, "meer") == pytest.approx(0.3)


def test_wat_overblijft_is_ongeveer_als_de_figuur_en_voor_een_deel_van_soorten_die_zij_niet_noemt() -> None:
    """What is left of 100 that were added (30) is in other groups than work and income and welzijn. Of these figuur
    II.1 has 5 jeugd, 5 Wmo, 13 AWBZ and 15 Zvw, together 38% of 8 trajecten; of the one traject of kinds that it does
    not name, each by one over the root of its price, all but re-integratie are left."""
    delen, k = verdeling(per_groep().meting, "meer", "nieuw", laad()), laad()
    figuur = {"jeugdhulp_ambulant": 0.05, "hulp_huishouden": 0.05, "begeleiding": 0.13, "ggz_ambulant": 0.15}
    getoond = {"uitkering", "armoede", "schuldhulp", "dagbesteding", "dienstverlening"}
    zeldzaam = {t: k[f"traject.{t}.eur"] ** -0.5 for t in TRAJECTEN if t not in figuur.keys() | getoond}
    ander = 1 - zeldzaam["reintegratie"] / sum(zeldzaam.values())
    samen = 8 * 0.38 + ander
    assert {t: delen[t] for t in figuur} == pytest.approx({t: 0.3 * 8 * w / samen for t, w in figuur.items()})
    assert delen["opvang"] == pytest.approx(0.3 / samen * zeldzaam["opvang"] / sum(zeldzaam.values()))


def test_een_groep_waar_de_figuur_niets_heeft_is_gelijk_verdeeld() -> None:
    """Of what was dropped figuur II.1 has no AWBZ: its kinds alike, without the one of question 18."""
    delen = verdeling(per_groep().meting, "minder", "nieuw", laad())
    gelijk = dict.fromkeys(("begeleiding", "verzorging", "verpleging"), 0.4 / 3)
    assert delen == pytest.approx({"dagbesteding": 0.3, "dienstverlening": 0.3, **gelijk})


def test_wat_overblijft_waar_de_figuur_niets_heeft_is_zeldzaam_waar_het_duur_is() -> None:
    """Of 100 that were dropped 80 in the three groups that figuur II.1 has kinds of; the other 20 are in none of these,
    so not as these. Of two kinds the one that costs four times as much is half as often."""
    eraf = naar_groep(welzijn=40.0, jeugd=20.0, wmo=20.0)
    i, k = ingevuld(TOTAAL, eraf), laad()
    delen = verdeling(i.meting, "minder", "nieuw", k)
    getoond = {"dagbesteding": 0.2, "dienstverlening": 0.2, "jeugdhulp_ambulant": 0.2, "hulp_huishouden": 0.1}
    assert {t: delen[t] for t in getoond} == pytest.approx(getoond)
    rest = {t: w for t, w in delen.items() if t not in {*getoond, "overig_wmo"}}
    assert sum(rest.values()) == pytest.approx(0.2)
    assert {GROEP_VAN_TRAJECT[t] for t in rest} == {
        g for g in GROEPEN_TRAJECTEN if g.split(" ")[0] in {"Werk", "Maatschappelijke", "AWBZ", "Zorgverzekeringswet"}
    }
    duur = k["traject.opvang.eur"] / k["traject.schuldhulp.eur"]
    assert rest["schuldhulp"] / rest["opvang"] == pytest.approx(duur**0.5)
    assert "de dure zeldzamer" in zinnen(i)[-1]


def _saldo(i: Ingevuld, velden: dict[str, float]) -> float:
    alle = {
        f"effectmeting.{v}.{c}.{t}": 0.0 for v in ("meer", "minder") for c in ("nieuw", "bestaand") for t in TRAJECTEN
    }
    dan = {s: w for s, w in i.effect.items() if s in alle}
    return bereken(i.na.met({**alle, **dan, **velden}, laad()), laad())["saldo"]


def test_de_grenzen_van_alleen_een_totaal_zijn_de_duurste_en_de_goedkoopste_soort() -> None:
    """Worst: all that was added jeugdzorg+ and all that was dropped the cheapest; best: the other way round. Calculated
    apart, question by question."""
    i, cases = alleen_totaal(), ("nieuw", "bestaand")

    def met(vraag: str, soort: str) -> float:
        een = {f"effectmeting.{vraag}.{c}.{t}": float(t == soort) for c in cases for t in TRAJECTEN}
        return _saldo(i, een) - i.uitkomst["saldo"]

    meer = [met("meer", t) for t in TRAJECTEN]
    minder = [met("minder", t) for t in TRAJECTEN if t not in ESCALATIES]
    verwacht = [i.uitkomst["saldo"] + f(meer) + f(minder) for f in (min, max)]
    grenzen = saldo_van_afgeschermd(i)
    assert grenzen == pytest.approx(verwacht)
    assert verwacht[0] < i.uitkomst["saldo"] < verwacht[1]
    assert meer[TRAJECTEN.index("jeugdzorg_plus")] == min(meer)


def test_de_grenzen_per_groep_houden_wat_van_elke_groep_is_geteld() -> None:
    """The worst of what was added: 50 uitkering, 20 of the dearer kind of welzijn, 30 jeugdzorg+."""
    i, k = per_groep(), laad()
    duurst = max(GROEPEN_TRAJECTEN["Welzijn (collectief)"], key=lambda t: k[f"traject.{t}.eur"])
    delen = {"uitkering": 0.5, duurst: 0.2, "jeugdzorg_plus": 0.3}
    slechtst = {f"effectmeting.meer.{c}.{t}": delen.get(t, 0.0) for c in ("nieuw", "bestaand") for t in TRAJECTEN}
    grenzen = saldo_van_afgeschermd(i)
    zonder_minder = saldo_van_afgeschermd(replace(i, effect={s: w for s, w in i.effect.items() if ".minder." not in s}))
    assert grenzen is not None
    assert zonder_minder is not None
    assert zonder_minder[0] == pytest.approx(_saldo(i, slechtst))
    assert grenzen[0] < zonder_minder[0]


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(2, 7), min_size=3, max_size=3), st.lists(st.integers(2, 7), min_size=3, max_size=3))
def test_het_saldo_ligt_altijd_tussen_zijn_grenzen(erbij: list[int], eraf: list[int]) -> None:
    """Also where the shares of groups are no round fractions."""
    groepen = ("werk", "jeugd", "zorgverzekeringswet")
    i = ingevuld(*(naar_groep(**{g: 5.0 * n for g, n in zip(groepen, x, strict=True)}) for x in (erbij, eraf)))
    grenzen = saldo_van_afgeschermd(i)
    assert grenzen is not None
    assert grenzen[0] < i.uitkomst["saldo"] < grenzen[1]


@pytest.mark.parametrize("welzijn", [15.0, 35.0])
def test_de_grenzen_van_een_getoonde_groep_gaan_nooit_onder_nul(welzijn: float) -> None:
    """What is left of a kind of the group when all of it is of another kind is nothing: once it was -2.8e-17, which the
    model refuses, and a sample of 65 households had no report."""
    verborgen = {g: None for g in GROEPEN_TRAJECTEN if not g.startswith("Welzijn")}
    cellen: dict[Sleutel, float | None] = {(): 40.0, (("soortgroep", "Welzijn (collectief)"),): welzijn}
    nieuw = Publicatie(cellen | {(("soortgroep", g),): n for g, n in verborgen.items()}, (("soortgroep",),), 10)
    i = ingevuld(nieuw, TOTAAL)
    grenzen = saldo_van_afgeschermd(i)
    assert grenzen is not None
    assert grenzen[0] < i.uitkomst["saldo"] < grenzen[1]


def test_wat_uit_de_figuur_komt_beweegt_niet_mee_met_de_telling_alleen() -> None:
    """Of a total alone no share is drawn. Of groups how many there are of each is: 50, 20 and 30 of a hundred, with the
    variance of a share of a hundred; within a group the figure stays."""
    soort = [k for k in alleen_totaal().geteld if k.rpartition(".")[2] in TRAJECTEN and ".voorkomen." not in k]
    assert soort == []
    delen = {
        k.removeprefix("effectmeting.meer.nieuw."): w for k, w in per_groep().geteld.items() if ".meer.nieuw." in k
    }
    assert (delen["armoede"] / delen["uitkering"]) == pytest.approx(np.full(4_000, 15 / 11))
    werk = delen["uitkering"] + delen["armoede"] + delen["schuldhulp"]
    assert werk.mean() == pytest.approx(0.5, abs=0.005)
    assert werk.var() == pytest.approx(0.25 / 101, rel=0.1)
    assert sum(w for t, w in delen.items() if t != "aantal") == pytest.approx(np.ones(4_000))


def test_wat_uit_de_figuur_komt_beweegt_mee_in_het_interval_met_de_kengetallen() -> None:
    """The same draws with the figure standing still are narrower; the saldo itself stays where it was."""
    i = alleen_totaal()
    stil = {**trek(i.na, laad(), TREKKINGEN, ZAAD), **i.geteld}
    laag, hoog = np.quantile(bereken_reeks(i.na, laad(), stil, ("saldo",))["saldo"], [0.025, 0.975])
    onder, boven = i.interval()
    assert boven - onder > 1.1 * (hoog - laag)
    assert onder < bereken(i.na, laad())["saldo"] < boven


def test_het_rapport_zegt_dat_de_soorten_een_kengetal_zijn() -> None:
    for i, mix, zin in (
        (alleen_totaal(), "kengetal (figuur II.1)", "alleen te tonen hoeveel het er zijn"),
        (
            per_groep(),
            "per groep gemeten, daarbinnen kengetal (figuur II.1)",
            "hoeveel er in een groep van soorten zijn",
        ),
    ):
        tabel = invoertabel(i).frame
        rijen = tabel[tabel["vraag"].str.contains("Verdeling over de soorten")]
        assert len(rijen) == 4
        assert set(rijen["herkomst"]) == {mix}
        geteld = "registratie: trajecten (hoeveel er per groep zijn); " if mix.startswith("per groep") else ""
        figuur = "handleiding bijlage II, figuur II.1 (gepubliceerd)"
        assert set(rijen["bron"]) == {f"{geteld}{figuur}; beweegt mee in het interval met de kengetallen"}
        gezegd = zinnen(i)
        assert zin in gezegd[0]
        assert "kengetal, niet gemeten" in gezegd[0]
        assert "geen interval" in gezegd[-2]
        assert "als een telling van 8 trajecten" in gezegd[-1]
        assert "de rest is dus" not in " ".join(gezegd)
        assert "niet te tonen zijn), ligt het saldo" in " ".join(oordeel(i))
    assert "30% in groepen" in zinnen(per_groep())[0]
    frame = invoertabel(vul_in(plan(), laad(), stad(), 0.6)).frame
    gemeten = frame[frame["vraag"].str.contains("Verdeling over")]
    assert [*gemeten["herkomst"]] == [
        f"gemeten; {rest} kengetal (figuur II.1)" for rest in ("10%", "10%", "28%", "28%")
    ]
    # of so many trajecten the town shows the kind: 205 added less 20 of rare kinds, 90 dropped less 25
    assert [str(n) for n in gemeten["n"]] == ["185", "185", "65", "65"]
    assert set(gemeten["waarvan"]) == {"trajecten"}
    assert all(
        bron.endswith("van de rest: handleiding bijlage II, figuur II.1 (gepubliceerd)") for bron in gemeten["bron"]
    )
    assert "de rest is dus van de andere soorten" in zinnen(vul_in(plan(), laad(), stad(), 0.6))[0]


def test_een_aandeel_dat_niet_is_geteld_is_gemerkt() -> None:
    """Of the town 205 trajecten were added; of 20 the kind may not be shown, and that they are J&OH is a kengetal. Of a
    total alone every share is. Shares in tenths of a percent, and what is less not as zero."""
    i = vul_in(plan(), laad(), stad(), 0.6)
    tabel = trajectentabel(na(i), laad())
    meer = tabel.frame["16 meer, nieuw"].map(str)
    assert meer["Uitkering levensonderhoud"] == "14,6%"  # 30 of 205
    assert meer["J&OH ambulant"].endswith("% (k)")
    assert meer["Jeugdzorg+"] == "0,1% (k)"  # 0.07%
    assert str(tabel.frame.loc["Jeugdzorg+", "16 meer, bestaand"]) == "<\u00a00,1% (k)"
    assert "(k): kengetal, want hoeveel er van deze soort zijn is niet te tonen." in tabel.uitleg
    assert all(str(c).endswith("(k)") for c in trajectentabel(na(alleen_totaal()), laad()).frame.iloc[1:, 0] if c)
