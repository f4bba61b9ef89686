"""What is hidden stays hidden: audited with linear programs of the test's own, on random tables.

The audit shares no code with what it audits: it takes the published cells as a reader sees them, writes down every sum
between them, and asks scipy for the least and greatest value of each hidden cell in whole numbers.
"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from mkba.analyse.onderdrukking.stelsel import Sleutel, sleutel_van
from mkba.analyse.onderdrukking.tabellen import Bedragregel, Publicatie, publiceer, publiceer_bedragen
from mkba.tests.analyse.onderdrukking.hulp_audit import intervallen, sommen_van
from mkba.tests.hulp_voorbeelden import audits

DREMPEL = 10.0
VEEL = audits(3)
"""Random tables per test."""
TABELLEN = [("team", "klasse"), ("type", "klasse"), ("team", "type")]
SOORTEN = {"team": list("ABC"), "klasse": ["ev", "zr", "nzr"], "type": ["gezin", "overig"]}


def huishoudens(zaad: int, aantal: int, scheef: float = 1.0) -> pd.DataFrame:
    kans = np.random.default_rng(zaad)
    uit = {}
    for naam, waarden in SOORTEN.items():
        p = kans.dirichlet(np.full(len(waarden), scheef))
        uit[naam] = pd.Categorical(kans.choice(waarden, aantal, p=p), categories=waarden)
    return pd.DataFrame(uit)


def echt(frame: pd.DataFrame, sleutel: Sleutel) -> int:
    wie = np.ones(len(frame), dtype=bool)
    for naam, waarde in sleutel:
        wie &= (frame[naam] == waarde).to_numpy()
    return int(wie.sum())


@settings(max_examples=VEEL, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 250), st.sampled_from([0.5, 1.0, 5.0]))
def test_geen_verborgen_cel_is_terug_te_rekenen(zaad: int, aantal: int, scheef: float) -> None:
    frame = huishoudens(zaad, aantal, scheef)
    p = publiceer(frame, TABELLEN, DREMPEL)
    for sleutel, getoond in p.cellen.items():
        assert getoond is None or getoond == echt(frame, sleutel) >= DREMPEL
    for sleutel, (laag, hoog) in intervallen(p).items():
        assert hoog - laag >= DREMPEL - 1e-6
        if echt(frame, sleutel) < DREMPEL:  # nothing, and what need not be small, are both possible
            assert laag <= 1e-6
            assert hoog >= DREMPEL - 1e-6


def test_zonder_kleine_cellen_wordt_alles_getoond() -> None:
    frame = pd.DataFrame(list(product("ABC", ["ev", "zr", "nzr"], ["gezin", "overig"])) * 12, columns=list(SOORTEN))
    assert publiceer(frame, TABELLEN, DREMPEL).verborgen == 0


def test_een_kleine_cel_alleen_neemt_er_drie_mee_in_een_tabel() -> None:
    """By hand: 5 is hidden, so one more in its row and column, and the cell where these meet."""
    aantallen = {("A", "x"): 5, ("A", "y"): 30, ("A", "z"): 80, ("B", "x"): 40, ("B", "y"): 35, ("B", "z"): 90}
    frame = pd.DataFrame([k for k, n in aantallen.items() for _ in range(n)], columns=["team", "klasse"])
    p = publiceer(frame, [("team", "klasse")], DREMPEL)
    assert {s for s, w in p.cellen.items() if w is None} == {sleutel_van(team=t, klasse=k) for t in "AB" for k in "xy"}
    assert p.frame(("team", "klasse")).loc["A", "z"] == 80
    assert p.frame(("team", "klasse")).loc["totaal", "totaal"] == 280


@settings(max_examples=VEEL, deadline=None)
@given(st.integers(0, 100_000), st.integers(60, 250), st.integers(1, 9))
def test_een_herhaling_met_een_paar_huishoudens_meer_zegt_niets_over_hen(zaad: int, aantal: int, meer: int) -> None:
    alle = huishoudens(zaad, aantal + meer)
    eerst = publiceer(alle.iloc[:aantal], TABELLEN, DREMPEL)
    daarna = publiceer(alle, TABELLEN, DREMPEL, eerder=eerst)
    if eerst.toont() is not None:
        assert daarna.cellen == eerst.cellen
        assert "blijven staan" in daarna.uitleg


@settings(max_examples=VEEL, deadline=None)
@given(st.integers(0, 100_000), st.integers(60, 200), st.integers(10, 80))
def test_het_verschil_tussen_twee_publicaties_is_ook_een_tabel(zaad: int, aantal: int, meer: int) -> None:
    alle = huishoudens(zaad, aantal + meer)
    eerst = publiceer(alle.iloc[:aantal], TABELLEN, DREMPEL)
    daarna = publiceer(alle, TABELLEN, DREMPEL, eerder=eerst)
    for sleutel, nu in daarna.cellen.items():
        toen = eerst.cellen[sleutel]
        if nu is not None and toen is not None:
            assert nu - toen == 0 or nu - toen >= DREMPEL
    onder = {s: w for s, w in eerst.cellen.items() if w is not None}
    for laag, hoog in intervallen(daarna, onder=onder).values():  # also for who knows that nobody left
        assert hoog - laag >= DREMPEL - 1e-6


def test_hetzelfde_nog_eens_is_hetzelfde_en_een_nieuwe_tabel_verraadt_niets_van_de_oude() -> None:
    frame = huishoudens(3, 200, 0.7)
    eerst = publiceer(frame, TABELLEN[:1], DREMPEL)
    assert publiceer(frame, TABELLEN[:1], DREMPEL, eerder=eerst).cellen == eerst.cellen
    samen = publiceer(frame, TABELLEN[1:], DREMPEL, eerder=eerst)
    for sleutel, getoond in eerst.cellen.items():
        assert samen.cellen[sleutel] == getoond
    for laag, hoog in intervallen(samen).values():
        assert hoog - laag >= DREMPEL - 1e-6


@settings(max_examples=VEEL, deadline=None)
@given(st.integers(0, 100_000), st.integers(20, 200))
def test_afronden_maakt_geen_interval_smaller(zaad: int, aantal: int) -> None:
    frame = huishoudens(zaad, aantal)
    p = publiceer(frame, TABELLEN, DREMPEL, afronding=5)
    assert all(w is None or w % 5 == 0 for w in p.cellen.values())
    for laag, hoog in intervallen(p, marge=2.5).values():
        assert hoog - laag >= DREMPEL - 1e-6


REGEL = Bedragregel(drempel=10, grootste=2, dominantie=0.9, p=0.1)


@pytest.mark.parametrize(
    ("bijdragen", "ruimte"),
    [
        ([100.0] * 10, 0),  # many alike
        ([100.0] * 9, 90),  # too few: p% of the sum
        ([1000.0, 900.0, *[10.0] * 8], 198),  # 1900 of 1980 is more than 90%; the rest hides 80 of the 100 asked
        ([1000.0, *[1.0] * 99], 109.9),  # 1001 of 1099 is more than 90%; p% of the sum is 109.9
        ([1000.0, 60.0, *[1.0] * 50, *[100.0] * 2], 0),  # 1100 of 1310; the rest hides 210 of the 100 asked
        ([0.0] * 20, 0),
    ],
)
def test_gevoelige_bedragen_met_de_hand(bijdragen: list[float], ruimte: float) -> None:
    assert REGEL.ruimte(np.array(bijdragen)) == pytest.approx(ruimte)


@settings(max_examples=VEEL, deadline=None)
@given(st.integers(0, 100_000), st.integers(40, 200))
def test_een_gevoelig_bedrag_is_niet_tot_op_p_procent_te_benaderen(zaad: int, aantal: int) -> None:
    kans = np.random.default_rng(zaad)
    frame = huishoudens(zaad, aantal).assign(eur=np.round(kans.lognormal(6, 1.5, aantal)))
    p = publiceer_bedragen(frame, "eur", TABELLEN, REGEL)
    for sleutel, getoond in p.cellen.items():
        wie = np.ones(aantal, dtype=bool)
        for naam, waarde in sleutel:
            wie &= (frame[naam] == waarde).to_numpy()
        eigen = frame["eur"].to_numpy()[wie]
        nodig = REGEL.ruimte(eigen)
        if getoond is not None:
            assert nodig == 0
            assert getoond == pytest.approx(eigen.sum())
    verborgen = {s: g for s, g in _lp_intervallen(p).items() if p.cellen[s] is None}
    for sleutel, (laag, hoog) in verborgen.items():
        wie = np.ones(aantal, dtype=bool)
        for naam, waarde in sleutel:
            wie &= (frame[naam] == waarde).to_numpy()
        eigen = frame["eur"].to_numpy()[wie]
        nodig = REGEL.ruimte(eigen)
        assert hoog >= eigen.sum() + nodig - 1e-3
        assert laag <= max(eigen.sum() - nodig, 0) + 1e-3
        if len(eigen):  # the first, as the second could work it out
            eerste, tweede = [*sorted(eigen)[::-1], 0.0][:2]
            if nodig:
                assert hoog - tweede >= (1 + REGEL.p) * eerste - 1e-3


def _lp_intervallen(p: Publicatie) -> dict[Sleutel, tuple[float, float]]:
    from scipy.optimize import linprog

    sleutels = list(p.cellen)
    plek = {s: i for i, s in enumerate(sleutels)}
    rijen = []
    for tabel in p.tabellen:
        for weg in tabel:
            rest = [v for v in tabel if v != weg]
            for vast in product(*([None, *SOORTEN[v]] for v in rest)):
                basis = {v: w for v, w in zip(rest, vast, strict=True) if w is not None}
                rij = np.zeros(len(sleutels))
                rij[plek[sleutel_van(**basis)]] = -1
                for w in SOORTEN[weg]:
                    rij[plek[sleutel_van(**basis, **{weg: w})]] += 1
                rijen.append(rij)
    grenzen = [(0.0, 1e9) if (g := p.cellen[s]) is None else (g, g) for s in sleutels]
    uit = {}
    for s in sleutels:
        if p.cellen[s] is not None:
            continue
        doel = np.zeros(len(sleutels))
        doel[plek[s]] = 1
        a, b = (
            linprog(t * doel, A_eq=np.array(rijen), b_eq=np.zeros(len(rijen)), bounds=grenzen, method="highs")
            for t in (1, -1)
        )
        uit[s] = (a.fun, -b.fun)
    return uit


def test_een_negatieve_bijdrage_en_een_te_grove_afronding() -> None:
    frame = huishoudens(1, 30).assign(eur=-1.0)
    with pytest.raises(ValueError, match="0 of meer"):
        publiceer_bedragen(frame, "eur", TABELLEN, REGEL)
    with pytest.raises(ValueError, match="afronding"):
        publiceer(frame, TABELLEN, DREMPEL, afronding=11)


def test_een_cel_die_even_weg_was_komt_niet_terug_met_een_klein_verschil() -> None:
    def tabel(**aantallen: int) -> pd.DataFrame:
        return pd.DataFrame({"klasse": [k for k, n in aantallen.items() for _ in range(n)]})

    een = publiceer(tabel(a=20, b=40, c=60), [("klasse",)], DREMPEL)
    twee = publiceer(tabel(a=21, b=55, c=75), [("klasse",)], DREMPEL, eerder=een)
    drie = publiceer(tabel(a=22, b=70, c=90), [("klasse",)], DREMPEL, eerder=twee)
    assert een.toont(klasse="a") == 20
    assert twee.toont(klasse="a") is None
    assert drie.toont(klasse="a") is None


def _naar_klasse(**aantallen: int) -> pd.DataFrame:
    return pd.DataFrame({"klasse": [k for k, n in aantallen.items() for _ in range(n)]})


def test_wat_er_toen_minstens_was_is_een_heel_aantal() -> None:
    """Shown as 65, 50, 50 and 165. Five came to a and six to b: both are hidden, and as c and the total are known each
    of them can be none to eleven, which is room enough. (From 62.5 there was no whole number: all was hidden.)"""
    een = publiceer(_naar_klasse(a=63, b=52, c=48), [("klasse",)], DREMPEL, afronding=5)
    twee = publiceer(_naar_klasse(a=68, b=58, c=100), [("klasse",)], DREMPEL, afronding=5, eerder=een, anders=True)
    assert [een.toont(klasse=k) for k in "abc"] == [65, 50, 50]
    assert [twee.toont(klasse=k) for k in "abc"] == [None, None, 100]
    assert twee.toont() == 225


def _met_gevolgd(ja: int, **aantallen: int) -> pd.DataFrame:
    frame = _naar_klasse(**aantallen)
    return frame.assign(gevolgd=np.where(np.arange(len(frame)) < ja, "ja", "nee"))


def test_dat_er_later_meer_zijn_gevolgd_zegt_niet_hoe_weinig_er_bij_kwamen() -> None:
    """Fifteen came, ten of them to c, so that three and two are left to a and b: c is not shown beside the total. That
    fewer are not followed now (90, then 55) does not mean that anyone left."""
    tabellen, loop = [("klasse",), ("gevolgd",)], {"gevolgd": {"ja": 1, "nee": -1}}
    een = publiceer(_met_gevolgd(50, a=43, b=57, c=40), tabellen, DREMPEL)
    nu = _met_gevolgd(100, a=46, b=59, c=50)
    twee = publiceer(nu, tabellen, DREMPEL, eerder=een, anders=True, verandert=loop)
    assert een.verborgen == 0
    assert twee.toont(klasse="a") is twee.toont(klasse="b") is None
    assert twee.toont(klasse="c") is None or twee.toont() is None
    assert twee.toont(gevolgd="ja") == 100


def test_van_dezelfde_huishoudens_zegt_een_volgende_meting_niet_hoe_weinig_er_in_een_klasse_bij_kwamen() -> None:
    """Eighteen more were measured, twelve of them zr: that 62 are left and 32 zr, would tell that six are ev or nzr."""
    tabellen, loop = [("klasse",)], {"klasse": {"ev": 1, "zr": 1, "nzr": 1, "onbekend": -1}}
    een = publiceer(_naar_klasse(ev=20, zr=20, nzr=20, onbekend=80), tabellen, DREMPEL)
    nu = _naar_klasse(ev=23, zr=32, nzr=23, onbekend=62)
    twee = publiceer(nu, tabellen, DREMPEL, eerder=een, anders=True, zelfde=True, verandert=loop)
    assert een.verborgen == 0
    assert twee.toont() == 140
    assert [twee.toont(klasse=k) for k in ("ev", "nzr")] == [None, None]
    assert twee.toont(klasse="zr") is None or twee.toont(klasse="onbekend") is None


def test_wie_er_weg_zijn_zegt_het_verschil_ook_niet() -> None:
    """Fifteen left, ten of them of c: that three were of a and two of b would follow to within five."""
    een = publiceer(_naar_klasse(a=46, b=59, c=50), [("klasse",)], DREMPEL)
    twee = publiceer(_naar_klasse(a=43, b=57, c=40), [("klasse",)], DREMPEL, eerder=een, anders=True)
    assert twee.toont(klasse="a") is twee.toont(klasse="b") is None
    assert twee.toont(klasse="c") is None or twee.toont() is None
    assert any(twee.cellen.values())


TEAMS = [("team", "type")]


def _met_team(**aantallen: int) -> pd.DataFrame:
    return pd.DataFrame([k.split("_") for k, n in aantallen.items() for _ in range(n)], columns=["team", "type"])


def test_een_nieuw_team_zegt_niet_hoe_weinig_er_verder_bij_kwamen() -> None:
    """Of A and B nothing is known but that they were 40 together. With a total of 70 and 23 gezinnen of N, no more than
    70 - 40 - 23 = 7 others of N could have come: not both are shown, and no N beside its 23 gezinnen either."""
    toen = {"A_gezin": 4, "A_oudere": 4, "B_gezin": 20, "B_oudere": 12}
    een = publiceer(_met_team(**toen), [("team", "type")], DREMPEL)
    assert een.toont() == 40
    assert een.toont(team="A") is een.toont(team="B") is None
    nu = _met_team(**toen, N_gezin=23, N_oudere=7)
    twee = publiceer(nu, [("team", "type")], DREMPEL, eerder=een, anders=True, los="team")
    assert twee.toont(team="N", type="gezin") is None or twee.toont() is twee.toont(team="N") is None
    assert twee.toont(team="N", type="oudere") is twee.toont(type="oudere") is None
    assert any(twee.cellen.values())


def test_wie_naar_een_ander_team_gingen_volgt_niet() -> None:
    """Fourteen went from A to B: twelve gezinnen, and of the others no more than two, if nobody went back."""
    een = publiceer(
        _met_team(A_gezin=40, A_oudere=30, A_overig=30, B_gezin=40, B_oudere=30, B_overig=30), TEAMS, DREMPEL
    )
    nu = _met_team(A_gezin=28, A_oudere=29, A_overig=29, B_gezin=52, B_oudere=31, B_overig=31)
    twee = publiceer(nu, TEAMS, DREMPEL, eerder=een, anders=True, los="team")
    for team in "AB":
        assert twee.toont(team=team, type="oudere") is twee.toont(team=team, type="overig") is None
        assert twee.toont(team=team) is None or twee.toont(team=team, type="gezin") is None
    assert any(twee.cellen.values())


def test_een_team_dat_bleef_wordt_niet_verborgen_want_dat_beschermt_niets() -> None:
    """A and B are as they were, as all can see, and N is new: its two old people are hidden with its 28 gezinnen."""
    toen = {"A_gezin": 12, "A_oudere": 2, "B_gezin": 12, "B_oudere": 2}
    een = publiceer(_met_team(**toen), [("team", "type")], DREMPEL)
    nu = _met_team(**toen, N_gezin=28, N_oudere=2)
    twee = publiceer(nu, [("team", "type")], DREMPEL, eerder=een, anders=True, los="team")
    assert [twee.toont(team=t) for t in "ABN"] == [14, 14, 30]
    assert twee.toont() == 58
    assert twee.toont(team="N", type="gezin") is twee.toont(team="N", type="oudere") is None


def test_wat_minder_weegt_wordt_eerder_verborgen() -> None:
    """Three missed and 317 not due are who was not seen (320 of 620), and that 317 stands in two tables. To hide the
    three by these costs 318 + 318 + 304 at least, and by who was seen and was not 321 + 301 + 301."""
    klasse = ["wel"] * 300 + ["niet"] * 320
    meting = ["gemeten"] * 300 + ["gemist"] * 3 + ["nog_niet"] * 317
    frame = pd.DataFrame({"klasse": klasse, "meting": meting, "wacht": ["nee"] * 303 + ["ja"] * 317})
    sommen = [
        (sleutel_van(klasse="niet"), (sleutel_van(meting="gemist"), sleutel_van(meting="nog_niet"))),
        (sleutel_van(meting="nog_niet"), (sleutel_van(wacht="ja"),)),
    ]
    tabellen = [("klasse",), ("meting",), ("wacht",)]
    gewoon = publiceer(frame, tabellen, DREMPEL, sommen=sommen)
    assert gewoon.toont(klasse="niet") is gewoon.toont(meting="gemist") is None
    assert gewoon.toont(meting="nog_niet") == 317
    wijkt = publiceer(frame, tabellen, DREMPEL, sommen=sommen, gewichten={"meting": 0.1, "wacht": 0.1})
    assert wijkt.toont(klasse="niet") == 320
    assert wijkt.toont(meting="gemist") is wijkt.toont(meting="nog_niet") is wijkt.toont(wacht="ja") is None
    for p in (gewoon, wijkt):
        assert all(hoog - laag >= DREMPEL for laag, hoog in intervallen(p).values())


@pytest.mark.parametrize(
    ("bijdragen", "te_veel"),
    [
        # 40 of one and one of 30, without the other ones: mean 69 / 99, squares 939; 0.70 + 3.00 * √98 = 30.4 < 33
        ([30.0, *[1.0] * 40, *[0.0] * 59], True),
        # nobody above 0.51 + 0.70 * √98 = 7.4, and the most is 3
        ([3.0, 2.0, *[1.0] * 30, *[0.0] * 68], False),
        ([2.0] * 30, True),  # all alike: then each has the mean
        ([-30.0, *[1.0] * 40, *[0.0] * 59], True),
        ([4.0, 3.0, 2.0, 1.0], True),  # of fewer than ten
    ],
)
def test_kwadraten_zeggen_de_grootste_niet(bijdragen: list[float], te_veel: bool) -> None:
    assert REGEL.spreiding_zegt_te_veel(np.array(bijdragen)) is te_veel


def test_wie_weet_wat_ieder_minstens_heeft_rekent_dat_van_de_rest_af() -> None:
    """Nine gezinnen of one child and one of nine: of 18 children nobody can have more than 18 - 9 = 9."""
    x = np.array([9.0, *[1.0] * 9])
    assert REGEL.ruimte(x) == 0
    assert Bedragregel(drempel=10, grootste=2, dominantie=0.9, p=0.1, minst=1).ruimte(x) > 0


@pytest.mark.parametrize(
    ("anders", "uitgevallen"),
    [
        ({"A_gezin_nzr": 47, "A_gezin_zr": 53}, 30),  # a moment 0 was corrected
        ({"A_gezin_zr": 47, "A_overig_zr": 43}, 30),  # a type was
        ({}, 25),  # who had dropped out began again
        ({"A_gezin_zr": 37}, 30),  # thirteen left, who asked for that
    ],
)
def test_een_verbetering_elders_zegt_niet_hoe_weinig_er_bij_kwamen(anders: dict[str, int], uitgevallen: int) -> None:
    """To team B came two gezinnen, three ouderen and fifteen others. Were the fifteen shown beside all of B, who knows
    that nobody left it has two numbers that add up to five; that elsewhere one went down tells him nothing else."""
    toen = {"A_gezin_nzr": 50, "A_gezin_zr": 50, "A_oudere_zr": 40, "A_overig_zr": 40}
    toen |= {"B_gezin_zr": 40, "B_oudere_zr": 50, "B_overig_zr": 60}
    nu = {**toen, **anders, "B_gezin_zr": 42, "B_oudere_zr": 53, "B_overig_zr": 75}
    loop = {"uitgevallen": {"ja": 1, "nee": -1}}
    tabellen = [("team", "type"), ("klasse",), ("uitgevallen",)]
    een = publiceer(_met_klasse(toen, 30), tabellen, DREMPEL)
    assert een.verborgen == 0
    twee = publiceer(
        _met_klasse(nu, uitgevallen), tabellen, DREMPEL, eerder=een, anders=True, los="team", verandert=loop,
    )  # fmt: skip
    van_b = [twee.toont(team="B", type=t) for t in ("gezin", "oudere", "overig")]
    assert van_b[:2] == [None, None]
    assert van_b[2] is None or twee.toont(team="B") is None


def _met_klasse(aantallen: dict[str, int], uitgevallen: int) -> pd.DataFrame:
    rijen = [naam.split("_") for naam, n in aantallen.items() for _ in range(n)]
    frame = pd.DataFrame(rijen, columns=["team", "type", "klasse"]).astype("category")
    weg = ["ja"] * uitgevallen + ["nee"] * (len(frame) - uitgevallen)
    return frame.assign(uitgevallen=pd.Categorical(weg, ["ja", "nee"]))


@pytest.mark.traag
@pytest.mark.parametrize("zaad", range(max(audits(3), 90)))
def test_wat_er_ook_verbeterd_is_van_wie_erbij_kwam_volgt_niet_hoe_weinig(zaad: int) -> None:
    """In A some have another class or type than was registered, or left; to B some came. Who knows that nobody left B
    (and, where nobody left A either, that no total fell but those that did) knows no difference to less than ten."""
    kans = np.random.default_rng(zaad)
    soorten = {"team": ["A", "B"], "type": ["gezin", "oudere", "overig"], "klasse": ["ev", "nzr", "zr"]}
    keuzes: list[list[tuple[str, ...]]] = [
        [("team", "type"), ("klasse",)],
        [("team", "type"), ("team", "klasse")],
        [("team",), ("klasse",), ("type",)],
        [("team", "klasse"), ("type", "klasse")],
    ]
    tabellen = keuzes[zaad % 4]
    toen = {k: int(kans.integers(0, 2) * kans.integers(5, 40)) for k in product(*soorten.values())}
    erbij = [0, 1, 3, 10, 14]
    nu = {
        k: n + (int(kans.choice(erbij, p=[0.5, 0.1, 0.15, 0.1, 0.15])) if k[0] == "B" else 0) for k, n in toen.items()
    }
    soort = zaad // 4 % 3
    van = [k for k in nu if k[0] == "A" and nu[k]]
    if not van:
        return
    k = van[int(kans.integers(len(van)))]
    n = min(nu[k], int(kans.integers(1, 16)))
    nu[k] -= n
    if soort < 2:
        plek = 2 - soort
        namen = [w for w in soorten[["type", "klasse"][plek - 1]] if w != k[plek]]
        ander = [*k]
        ander[plek] = namen[int(kans.integers(2))]
        nu[(ander[0], ander[1], ander[2])] += n
    f, g = (
        pd.DataFrame([w for w, n in d.items() for _ in range(n)], columns=list(soorten)).astype(
            {v: pd.CategoricalDtype(w) for v, w in soorten.items()}
        )
        for d in (toen, nu)
    )
    een = publiceer(f, tabellen, DREMPEL)
    if een.toont() is None:
        return
    twee = publiceer(g, tabellen, DREMPEL, eerder=een, anders=True, los="team")

    def bleef_of_steeg(s: Sleutel) -> bool:
        return echt(g, s) >= echt(f, s) and (("team", "B") in s or (soort < 2 and "team" not in dict(s)))

    for s in filter(bleef_of_steeg, twee.cellen):
        team = tuple(x for x in s if x[0] == "team")
        if echt(g, s) - echt(f, s) < DREMPEL and not (team and echt(g, team) == echt(f, team)):
            laag, hoog = _verschil(een, twee, s, [c for c in twee.cellen if bleef_of_steeg(c)])
            assert hoog - laag >= DREMPEL - 1e-6, s


def _verschil(een: Publicatie, twee: Publicatie, cel: Sleutel, stegen: list[Sleutel]) -> tuple[float, float]:
    """The least and the most that a cell can have risen, for who knows of these cells that none fell."""
    plek, getoond, sommen = sommen_van((een, twee))
    meer = np.zeros((len(stegen), len(plek)))
    for i, s in enumerate(stegen):
        meer[i, plek[(1, s)]], meer[i, plek[(0, s)]] = 1, -1
    grenzen = Bounds(np.nan_to_num(getoond, nan=0), np.nan_to_num(getoond, nan=5_000))
    doel = np.zeros(len(plek))
    doel[plek[(1, cel)]], doel[plek[(0, cel)]] = 1, -1
    regels = [sommen, LinearConstraint(meer, 0, np.inf)]
    uit = [milp(t * doel, integrality=np.ones(len(doel)), bounds=grenzen, constraints=regels) for t in (1, -1)]
    assert all(o.status == 0 for o in uit)
    return float(uit[0].fun), float(-uit[1].fun)
