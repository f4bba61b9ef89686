"""An attacker reads every number of wijken, each to the digits in print, and solves for what a wijk had.

He knows how many households each wijk has, which wijken and periods there are and when the aanpak began, and works out
the weights of every number himself.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from mkba.analyse.effectmeting.publiceren import wijkstelsel
from mkba.analyse.effectmeting.publiceren.wijkcijfers import Wijkcijfers, wijkcijfers
from mkba.analyse.onderdrukking.oplosser import kleinste
from mkba.tests.hulp_voorbeelden import audits

PERIODEN = [f"202{j}K{k}" for j in (3, 4) for k in (1, 2, 3, 4)]
DREMPEL = 10
Rij = NDArray[np.float64]


def tabel(aantallen: Mapping[str, Sequence[int]], omvang: Mapping[str, int], start: Mapping[str, int]) -> pd.DataFrame:
    """A row per wijk and quarter; ``start``: the first quarter with the aanpak, of the wijken that have it."""
    return pd.DataFrame(
        [
            {"wijk": w, "periode": p, "aanpak": t >= start.get(w, len(PERIODEN)), "huishoudens": omvang[w],
             "huisuitzetting": n}
            for w, reeks in aantallen.items()
            for t, (p, n) in enumerate(zip(PERIODEN, reeks, strict=False))
        ]
    )  # fmt: skip


def halve_stap(waarde: float, minst: float = 0.0) -> float:
    eigen = 10.0 ** (math.floor(math.log10(abs(waarde))) - 1) if waarde else 0.0
    return max(eigen, minst) / 2


def stap_van(w: Wijkcijfers) -> float:
    """The finest step in print: that of the lowest mean rate, which the numbers themselves show."""
    assert w.toerekening is not None
    assert w.toerekening.bruto is not None
    getallen = [w.toerekening.bruto.waarde, w.toerekening.autonoom or 0.0, *(p.waarde for p in w.toerekening.punten)]
    return min((10.0 ** -len(f"{abs(g):.10f}".rstrip("0").partition(".")[2]) for g in getallen if g), default=1e-4)


def ruimtes(t: pd.DataFrame, w: Wijkcijfers, van: str = "") -> Iterator[tuple[str, int, int, int]]:
    """Of every count below the threshold (whose name ends in ``van``): what it is of, what it is, and the least and
    most that it can be."""
    t = t[t["periode"].isin(w.perioden)]
    breed = t.pivot(index="wijk", columns="periode", values="huisuitzetting")
    aanpak = t.pivot(index="wijk", columns="periode", values="aanpak").loc[breed.index].to_numpy(dtype=bool)
    n, perioden = breed.to_numpy(dtype=float), len(w.perioden)
    h = t.groupby("wijk")["huishoudens"].first().loc[breed.index].to_numpy(dtype=float)
    met, start = aanpak.any(axis=1), np.where(aanpak.any(axis=1), aanpak.argmax(axis=1), perioden)
    kant = [g for g in (met, ~met) if g.any()]
    rijen, waarden, marges = [], [], []

    def zeg(gewicht: Rij, waarde: float, marge: float) -> None:
        assert abs((gewicht * n).sum() - waarde) <= marge * (1 + 1e-9), "a number in print is not what it says"
        rijen.append(gewicht.ravel())
        waarden.append(waarde)
        marges.append(marge)

    for groep, lijn in zip(kant, (w.lijnen.met, w.lijnen.zonder) if w.lijnen else (), strict=False):
        assert w.lijnen is not None
        for naam, waarde in zip(w.lijnen.perioden, lijn or (), strict=True):
            a, b = (w.perioden.index(p) for p in (naam.split("–")[0], naam.split("–")[-1]))
            maal, gewicht = h[groep].sum() * w.lijnen.stap, np.zeros(n.shape)
            gewicht[groep, a : b + 1] = 1.0
            minst = math.ceil((waarde - halve_stap(waarde)) * maal - 1e-9)  # whole events
            meest = math.floor((waarde + halve_stap(waarde)) * maal + 1e-9)
            zeg(gewicht, (minst + meest) / 2, (meest - minst) / 2)
    als = w.toerekening
    if als is not None and als.bruto is not None and als.voor is not None:
        stap, voor = stap_van(w), np.zeros(n.shape)
        wie = [int(i) for i in np.flatnonzero(met)]

        def verandering(na: dict[int, list[int]], basis: dict[int, list[int]]) -> tuple[Rij, Rij]:
            """Weights of a change in the wijken with the aanpak, and of the same windows in the others."""
            een, ander = np.zeros(n.shape), np.zeros(n.shape)
            for i in wie:
                venster = np.zeros(perioden)
                venster[na[i]] += 1 / len(na[i])
                venster[basis[i]] -= 1 / len(basis[i])
                een[i] = venster / met.sum()
                ander[~met] += venster / met.sum() / max((~met).sum(), 1)
            return een / h[:, None], ander / h[:, None]

        eerder = {i: list(range(start[i])) for i in wie}
        for i in wie:
            voor[i, : start[i]] = 1 / start[i] / met.sum() / h[i]
        zeg(voor, als.voor, halve_stap(als.voor, stap))
        bruto, vanzelf = verandering({i: list(range(start[i], perioden)) for i in wie}, eerder)
        zeg(bruto, als.bruto.waarde, halve_stap(als.bruto.waarde, stap))
        if als.netto is not None:
            zeg(bruto - vanzelf, als.netto.waarde, halve_stap(als.netto.waarde, stap))
        if als.autonoom is not None:
            zeg(vanzelf, als.autonoom, halve_stap(als.autonoom, stap))
        for p in (p for p in als.punten if p.afstand != -1):
            een, ander = verandering({i: [start[i] + p.afstand] for i in wie}, {i: [start[i] - 1] for i in wie})
            zeg(een - ander, p.waarde, halve_stap(p.waarde, stap))
    schaal = np.array([max(float(abs(r).max()), 1e-12) for r in rijen])
    stelsel = np.array(rijen) / schaal[:, None] if rijen else np.zeros((0, n.size))
    midden, ruim = np.array(waarden) / schaal, np.array(marges) / schaal + 1e-9
    los = [(f"{breed.index[i]} {w.perioden[k]}", i, [k]) for i in range(len(h)) for k in range(perioden)]
    eerste = int(start.min())
    delen = [(i, int(start[i]) if met[i] else eerste) for i in range(len(h))]
    los += [(f"{breed.index[i]} voor", i, list(range(s))) for i, s in delen]
    los += [(f"{breed.index[i]} na", i, list(range(s, perioden))) for i, s in delen]
    groepen = [(f"groep {w.perioden[k]}", g, [k]) for g in kant for k in range(perioden)]
    for naam, rij, kolommen in (*los, *groepen):
        vak = np.zeros(n.shape)
        vak[np.ix_(np.flatnonzero(rij) if isinstance(rij, np.ndarray) else np.array([rij]), np.array(kolommen))] = 1.0
        if (echt := int((vak * n).sum())) < DREMPEL and naam.endswith(van):
            einden = []
            for teken in (1, -1):
                uit = linprog(
                    teken * vak.ravel(),
                    A_ub=np.vstack([stelsel, -stelsel]) if rijen else None,
                    b_ub=np.concatenate([midden + ruim, ruim - midden]) if rijen else None,
                )
                einden.append(teken * uit.fun if uit.status == 0 else teken * -1e9)
            yield naam, echt, math.ceil(einden[0] - 1e-6), math.floor(einden[1] + 1e-6)


def willekeurig(zaad: int, kwartalen: int) -> pd.DataFrame:
    kans = np.random.default_rng(zaad)
    met, zonder = int(kans.integers(2, 5)), int(kans.integers(1, 5))
    namen = [f"w{i}" for i in range(met + zonder)]
    omvang = {w: int(kans.choice([500, 1000, 2000, 2400, 3000, 3300])) for w in namen}
    start = {w: int(kans.integers(2, 7)) if zaad % 3 else 4 for w in namen[:met]}
    aantallen = {w: kans.poisson(kans.choice([0.3, 1, 2, 4, 8, 12]), kwartalen).tolist() for w in namen}
    return tabel(aantallen, omvang, start)


def controleer(t: pd.DataFrame, van: str = "") -> None:
    (w,) = wijkcijfers(t, DREMPEL)
    if w.toont:
        for naam, echt, minst, meest in ruimtes(t, w, van):
            assert minst <= echt <= meest, naam
            assert meest - minst >= DREMPEL, (naam, echt, minst, meest)


@pytest.mark.traag
@pytest.mark.parametrize("zaad", [44, *range(max(audits(3) - 22, 8))])
def test_uit_alles_wat_er_van_wijken_staat_volgt_geen_klein_aantal(zaad: int) -> None:
    controleer(willekeurig(zaad, 8 if zaad % 2 else 7))


def test_wie_na_elkaar_begint_zegt_niet_hoe_weinig_er_in_een_wijk_waren() -> None:
    """Two with the aanpak, from the seventh and the sixth quarter on: the mean before each start is over other quarters
    than the line of a year. Of A after its start, none, 0 to 5 were left."""
    aantallen = {"A": [2, 0, 7, 1, 1, 3, 0, 0], "B": [6, 3, 3, 4, 2, 3, 4, 1], "C": [6, 11, 17, 15, 5, 9, 9, 11]}
    omvang = dict.fromkeys("ABC", 3000)
    controleer(tabel(aantallen, omvang, {"A": 6, "B": 5}), "A na")
    # with as many that began at once, the mean stays
    assert wijkcijfers(tabel(aantallen, omvang, {"A": 5, "B": 5}), DREMPEL)[0].toerekening is not None


@pytest.mark.parametrize(("status", "te_zien"), [(0, True), (1, False)])
def test_wat_de_oplosser_niet_vindt_wordt_niet_getoond(
    monkeypatch: pytest.MonkeyPatch, status: int, te_zien: bool
) -> None:
    """A limit in time or rounds (1) says nothing of how much room a count of four a quarter has."""

    def oplosser(*wat: Any) -> Any:
        uit = kleinste(*wat)
        uit.status = status
        return uit

    monkeypatch.setattr(wijkstelsel, "kleinste", oplosser)
    aantallen = {"A": [4] * 8, "B": [9] * 8, "C": [20] * 8, "D": [25] * 8}
    (w,) = wijkcijfers(tabel(aantallen, dict.fromkeys(aantallen, 3000), {"A": 4, "B": 5}), DREMPEL)
    assert (w.toerekening is not None) == te_zien


def test_een_kwartaal_dat_geen_punt_vult_telt_niet_in_het_gemiddelde() -> None:
    """Six a quarter in A: a line of half years, of which the seventh quarter is no point. In the mean of after the
    start it would be: 0.0030 of three quarters of 2,000 households is 18, less the 12 of the point is 6."""
    t = tabel({"A": [6] * 7, "C": [7] * 7}, {"A": 2000, "C": 2000}, {"A": 4})
    (w,) = wijkcijfers(t, DREMPEL)
    assert w.perioden == tuple(PERIODEN[:6])
    assert w.toerekening is not None
    assert "2024K3 vult geen punt van de lijn en telt niet mee" in w.reden
    genoeg = tabel({"A": [*[6] * 6, 10], "C": [*[7] * 6, 11]}, {"A": 2000, "C": 2000}, {"A": 4})
    assert wijkcijfers(genoeg, DREMPEL)[0].perioden == tuple(PERIODEN[:7])


def test_een_verschil_bijna_nul_heeft_geen_fijner_cijfer_dan_de_lijn() -> None:
    """A had 2 in the year before and 3 after. Netto was 0.0000064, bruto -0.00011 and vanzelf -0.00012: of all whole
    numbers of the four wijken that fit, A always had one more. To the step of the rates (0.0014) it may be anything
    from 7 fewer to 15 more."""
    aantallen = {
        "A": [0, 1, 1, 0, 0, 0, 3, 0], "B": [8, 6, 4, 4, 5, 6, 5, 3],
        "C": [5, 4, 9, 5, 5, 7, 5, 6], "D": [1, 3, 7, 3, 1, 1, 6, 3],
    }  # fmt: skip
    (w,) = wijkcijfers(tabel(aantallen, {"A": 2000, "B": 2150, "C": 3000, "D": 3170}, {"A": 4, "B": 4}), DREMPEL)
    t = w.toerekening
    assert t is not None
    assert t.bruto is not None
    assert t.netto is not None
    assert t.autonoom is not None
    assert (t.voor, t.bruto.waarde, t.netto.waarde, t.autonoom) == (0.0014, -0.0001, 0.0, -0.0001)
    assert w.per_jaar is not None
    assert w.per_jaar[0] == 0.0  # of the netto that is shown, not of what it was

    def gemiddeld(eerste: NDArray[np.int64], samen: int, een: int, ander: int) -> Rij:
        return np.asarray((eerste / een + (samen - eerste) / ander) / 8)

    a_voor, a_na, c_voor, c_na = np.meshgrid(*(np.arange(n + 1) for n in (24, 22, 37, 34)), indexing="ij", sparse=True)
    voor, bruto = gemiddeld(a_voor, 24, 2000, 2150), gemiddeld(a_na, 22, 2000, 2150)
    vanzelf = gemiddeld(c_na, 34, 3000, 3170) - gemiddeld(c_voor, 37, 3000, 3170)
    bruto = bruto - voor
    past = np.abs(voor - 0.0014) <= 5e-5
    for getal, echt in ((t.bruto.waarde, bruto), (t.netto.waarde, bruto - vanzelf), (t.autonoom, vanzelf)):
        past = past & (np.abs(echt - getal) <= 5e-5)
    over = np.argwhere(past)
    assert np.ptp(over[:, 1] - over[:, 0]) >= DREMPEL


def test_een_interval_wordt_door_afronden_niet_smaller() -> None:
    """Of 4 and 4 wijken; both ends to the step of the rates, away from the middle."""
    kans = np.random.default_rng(1)
    namen = [f"w{i}" for i in range(8)]
    t = tabel({w: kans.poisson(14, 8).tolist() for w in namen}, dict.fromkeys(namen, 2500), dict.fromkeys(namen[:4], 4))
    (w,) = wijkcijfers(t, DREMPEL)
    assert w.toerekening is not None
    netto = w.toerekening.netto
    assert netto is not None
    assert netto.laag is not None
    assert netto.hoog is not None
    assert netto.laag < netto.waarde < netto.hoog
    for einde in (netto.laag, netto.hoog, netto.waarde):
        assert einde / 1e-4 == pytest.approx(round(einde / 1e-4), abs=1e-6)
