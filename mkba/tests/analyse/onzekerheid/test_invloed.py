"""Sobol shares: analytic answers, the rule for fixing inputs, and the sentences that a reader gets."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from SALib.sample import sobol as salib

from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.onzekerheid import invloed as module
from mkba.analyse.onzekerheid.invloed import RUIMTE, Invloed, invloed, vastgezet
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.analyse.onzekerheid.trekking import Verdeling, verdelingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken_reeks
from mkba.tests.hulp_tabel import gedrukt
from mkba.uitvoer.onzekerheid import invloedfiguren as figuren
from mkba.uitvoer.onzekerheid import invloedtabellen as tabellen
from mkba.uitvoer.onzekerheid import invloedzinnen

WERK, QALY = "effectiviteit.werk_eur", "kwaliteit.qaly_eur"


@pytest.fixture(scope="module")
def aanpak(kengetallen: Kengetallen) -> Aanpak:
    return laad_geval("voorbeeld-1", kengetallen).aanpak.met({"succes.werk": 0.02}, kengetallen)


@pytest.fixture(scope="module")
def alles(aanpak: Aanpak, kengetallen: Kengetallen) -> Invloed:
    return invloed(aanpak, kengetallen)


def test_lineair_in_het_model_geeft_het_kwadraat_van_de_helling(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """The saldo is linear in both euros, and they meet in no product: share = (slope x range)^2."""
    trekking = {WERK: Verdeling("uniform", 4e4, 4e4, 8e4), QALY: Verdeling("uniform", 3e4, 3e4, 10e4)}
    breed = {}
    for sleutel, v in trekking.items():
        y = bereken_reeks(aanpak, kengetallen, {sleutel: np.array([v.laag, v.hoog])}, ("saldo",))["saldo"]
        breed[sleutel] = float(y[1] - y[0])
    uit = invloed(aanpak, kengetallen, aantal=4096, trekking=trekking)
    tabel = uit.tabel.set_index("sleutel")
    som = sum(b * b for b in breed.values())
    for sleutel, b in breed.items():
        for kolom in ("eerste", "totaal"):
            assert tabel.at[sleutel, kolom] == pytest.approx(b * b / som, abs=0.01)
            assert abs(tabel.at[sleutel, kolom] - b * b / som) < 2 * tabel.at[sleutel, f"{kolom}_marge"]
    assert uit.samenspel < 1e-6
    assert uit.spreiding == pytest.approx(np.sqrt(som / 12), rel=0.01)  # of two uniform inputs
    assert uit.berekeningen == 4096 * 4


def test_product_in_het_model_heeft_het_samenspel_dat_de_formule_geeft(
    aanpak: Aanpak, kengetallen: Kengetallen
) -> None:
    """Saldo = constant + k x share x euros: V = E(p)^2 V(x) + E(x)^2 V(p) + V(x) V(p)."""
    p, x = Verdeling("driehoek", 0.0, 0.01, 0.02), Verdeling("uniform", 0.0, 0.0, 8e4)
    uit = invloed(aanpak, kengetallen, aantal=4096, trekking={"succes.werk": p, WERK: x})
    tabel = uit.tabel.set_index("sleutel")
    vp, vx = 0.02**2 / 24, 8e4**2 / 12  # a symmetric triangle, a uniform
    delen = np.array([4e4**2 * vp, 0.01**2 * vx, vp * vx])
    alleen_p, alleen_x, samen = delen / delen.sum()
    assert uit.samenspel == pytest.approx(samen, rel=0.05)
    assert tabel.at["succes.werk", "eerste"] == pytest.approx(alleen_p, abs=0.015)
    assert tabel.at[WERK, "eerste"] == pytest.approx(alleen_x, abs=0.015)
    assert tabel.at["succes.werk", "totaal"] == pytest.approx(alleen_p + samen, abs=0.015)
    assert tabel.at[WERK, "totaal"] == pytest.approx(alleen_x + samen, abs=0.015)


@pytest.mark.parametrize("groep", [(0, 1, 2), (0, 1, 0, 2, 1)])
def test_punten_zijn_die_van_salib(groep: tuple[int, ...]) -> None:
    probleem = {
        "num_vars": len(groep),
        "names": [f"x{i}" for i in range(len(groep))],
        "bounds": [[0.0, 1.0]] * len(groep),
        "groups": [f"g{g}" for g in groep],
    }
    ander = salib.sample(probleem, 64, calc_second_order=False, seed=7)
    np.testing.assert_array_equal(module.punten(groep, 64, 7), ander)


def test_groepen_komen_in_de_volgorde_van_de_invoeren_terug() -> None:
    """y = 3 u0 + 1 u1 + 2 u2 in groups b, a, b: shares (9 + 4) / 14 and 1 / 14."""
    trekking = {str(i): Verdeling("uniform", 0, 0, 1) for i in range(3)}
    werk = partial(np.dot, b=np.array([3.0, 1.0, 2.0]))
    tabel, _, keren, (u, y) = module.schat(werk, trekking, {"0": "b", "2": "b", "1": "a"}, 1024, 1, None)
    aandeel = tabel.set_index("sleutel")["totaal"]
    assert aandeel.to_dict() == pytest.approx({"b": 13 / 14, "a": 1 / 14}, abs=0.02)
    assert keren == 1024 * 4
    assert y == pytest.approx(u @ np.array([3.0, 1.0, 2.0]))
    assert len({tuple(punt) for punt in u}) == 2048, "punten die los van elkaar zijn"


def test_wat_vast_mag_is_samen_klein_en_verandert_de_bandbreedte_niet(
    alles: Invloed, aanpak: Aanpak, kengetallen: Kengetallen
) -> None:
    vast = alles.tabel[alles.tabel["mag_vast"]]
    assert 0 < len(vast) < len(alles.tabel)
    assert (vast["totaal"].clip(lower=0) + vast["totaal_marge"]).sum() <= RUIMTE
    los = alles.tabel[~alles.tabel["mag_vast"]]
    assert los["totaal"].min() >= vast["totaal"].max() - los["totaal_marge"].max()
    # a group never matters more than the sum of its totals
    assert alles.samen_vast - alles.samen_vast_marge <= vast["totaal"].clip(lower=0).sum()
    voor = simuleer(aanpak, kengetallen, 20_000)
    na = simuleer(aanpak, kengetallen, 20_000, trekking=vastgezet(voor.trekking, alles.vast))
    breed = np.ptp(voor.kwantielen.loc["saldo", ["p10", "p90"]])
    assert na.kwantielen.at["saldo", "p50"] == pytest.approx(voor.kwantielen.at["saldo", "p50"], abs=0.02 * breed)
    assert np.ptp(na.kwantielen.loc["saldo", ["p10", "p90"]]) == pytest.approx(breed, rel=RUIMTE)
    assert voor.reeksen["saldo"].var() - na.reeksen["saldo"].var() < 2 * RUIMTE * voor.reeksen["saldo"].var()


def test_invoeren_die_samenhangen_zijn_er_een(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """Saldo = a·x + b·y + c·z with x and y uniform and correlated, z on its own: the group has var(ax + by), known."""
    x, y, z = "escalatie.gezin", "escalatie.overig", WERK
    trekking = {
        x: Verdeling("uniform", 0.0, 0.0, 0.04),
        y: Verdeling("uniform", 0.0, 0.0, 0.04),
        z: Verdeling("uniform", 0.0, 0.0, 400_000.0),
    }
    varieer = {x: [0, 0.04, 0, 0], y: [0, 0, 0.04, 0], z: [0, 0, 0, 400_000.0]}
    nul, *hoog = bereken_reeks(aanpak, kengetallen, varieer, ("saldo",))["saldo"]
    a, b, c = (h - nul for h in hoog)  # the spread of a uniform input is its width / sqrt 12
    for rho in (0.0, 0.8, -0.5):
        # between two uniform inputs the rank correlation is the correlation
        groep, los = a**2 + b**2 + 2 * rho * a * b, c**2
        uit = invloed(aanpak, kengetallen, aantal=4096, trekking=trekking, correlaties={(x, y): rho} if rho else {})
        tabel = uit.tabel.set_index("sleutel")
        assert tabel.at[z, "totaal"] == pytest.approx(los / (groep + los), abs=0.02)
        if rho:
            assert tabel.at[f"{x}+{y}", "totaal"] == pytest.approx(groep / (groep + los), abs=0.02)
        else:
            assert tabel.at[x, "totaal"] == pytest.approx(a**2 / (groep + los), abs=0.02)
        assert uit.spreiding == pytest.approx(np.sqrt((groep + los) / 12), rel=0.02)
        assert uit.samenspel < 0.01
        assert uit.invoeren == 3


@pytest.mark.parametrize("rho", [0.8, None])
def test_een_groep_alleen_is_alles(aanpak: Aanpak, kengetallen: Kengetallen, rho: float | None) -> None:
    """All that is drawn hangs together, or is one input: nothing is left to divide, and nothing to estimate."""
    trekking = {s: Verdeling("uniform", 0.0, 0.0, 0.04) for s in ("escalatie.gezin", "escalatie.overig")}
    if rho is None:
        del trekking["escalatie.overig"]
    correlaties = {("escalatie.gezin", "escalatie.overig"): rho} if rho else {}
    uit = invloed(aanpak, kengetallen, aantal=64, trekking=trekking, correlaties=correlaties)
    (rij,) = uit.tabel.to_dict("records")
    assert rij["sleutel"] == "+".join(trekking)
    assert [rij[k] for k in ("eerste", "eerste_marge", "totaal", "totaal_marge")] == [1.0, 0.0, 1.0, 0.0]
    assert not rij["mag_vast"]
    assert uit.spreiding > 0
    assert uit.invoeren == len(trekking)


def test_vastzetten_gebeurt_op_het_gemiddelde() -> None:
    trekking = {
        "a": Verdeling("driehoek", 0, 0, 3),
        "b": Verdeling("uniform", 2, 2, 4),
        "c": Verdeling("uniform", 0, 0, 1),
    }
    uit = vastgezet(trekking, ["a", "b"])
    assert (uit["a"].laag, uit["a"].hoog) == (1.0, 1.0)
    assert (uit["b"].laag, uit["b"].hoog) == (3.0, 3.0)
    assert uit["c"] is trekking["c"]
    assert uit["a"].kwantiel(np.array([0.0, 0.7])).tolist() == [1.0, 1.0]


def test_zelfde_getallen_bij_hetzelfde_zaad_en_elke_executor(
    aanpak: Aanpak, kengetallen: Kengetallen, monkeypatch: pytest.MonkeyPatch
) -> None:
    basis = invloed(aanpak, kengetallen, aantal=256)
    monkeypatch.setattr(module, "CEL", 1000)  # more blocks, the same points
    with ThreadPoolExecutor(2) as draden:
        pd.testing.assert_frame_equal(basis.tabel, invloed(aanpak, kengetallen, aantal=256, executor=draden).tabel)
    ander = invloed(aanpak, kengetallen, aantal=256, zaad=7).tabel
    assert not ander["totaal"].equals(basis.tabel["totaal"])


def test_zonder_spreiding_is_er_niets_te_verdelen(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    for trekking in (
        {},
        {WERK: Verdeling("uniform", 5e4, 5e4, 5e4)},
        {"actor.werk.huishouden": Verdeling("uniform", 0, 0, 0.2)},
    ):
        uit = invloed(aanpak, kengetallen, aantal=64, trekking=trekking)
        assert uit.tabel.empty
        assert uit.spreiding == 0
        assert "geen spreiding" in invloedzinnen.invloed_zinnen(uit, kengetallen)[0]
        assert tabellen.invloedtabel(uit, kengetallen).frame.empty
        assert figuren.aandelen(uit, kengetallen).texts


@pytest.mark.parametrize("aantal", [0, 63, 100, -64, True, 1024.0, "veel"])
def test_verkeerd_aantal_punten(aanpak: Aanpak, kengetallen: Kengetallen, aantal: int) -> None:
    with pytest.raises(InvoerFout, match="macht van 2 en minstens 64"):
        invloed(aanpak, kengetallen, aantal=aantal)


@pytest.mark.parametrize("zaad", [-1, 2**32, 1.5, False])
def test_verkeerd_zaad(aanpak: Aanpak, kengetallen: Kengetallen, zaad: int) -> None:
    with pytest.raises(InvoerFout, match="zaad is een geheel getal"):
        invloed(aanpak, kengetallen, zaad=zaad)


def test_onbekende_uitkomst_en_een_verhouding_zonder_kosten(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    with pytest.raises(KeyError, match="geef een uitkomst"):
        invloed(aanpak, kengetallen, "saldi")
    gratis = aanpak.met({"fte": 0.0, "nieuw": 0.0, "meer": 0.0, "frictie": 0.0}, kengetallen)
    with pytest.raises(InvoerFout, match="niet bij elke trekking een getal"):
        invloed(gratis, kengetallen, "kb_maatschappelijk", aantal=64, trekking={WERK: Verdeling("uniform", 1, 1, 2)})


def test_negatieve_schattingen_zijn_geen_effect(alles: Invloed, kengetallen: Kengetallen) -> None:
    rij = pd.DataFrame([["terugval", -0.004, 0.01, -0.0001, 0.001, True]], columns=module.KOLOMMEN)
    negatief = replace(alles, tabel=rij)
    assert negatief.negatief == 2
    assert "-0" not in tabellen.invloedtabel(negatief, kengetallen).als_tekst()
    assert gedrukt(tabellen.invloedtabel(negatief, kengetallen))["alleen"].tolist() == ["≈\u00a00"]
    zin = next(z for z in invloedzinnen.invloed_zinnen(alles, kengetallen) if "onder nul" in z)
    assert zin.startswith(f"{alles.negatief} van de {2 * len(alles.tabel)} schattingen")
    balken = figuren.aandelen(negatief, kengetallen).patches
    assert min(b.get_extents().width for b in balken) == 0


def test_zinnen_en_figuur_noemen_de_grootste_eerst(alles: Invloed, kengetallen: Kengetallen) -> None:
    zinnen = invloedzinnen.invloed_zinnen(alles, kengetallen)
    assert zinnen[0].startswith("De spreiding komt vooral van 12. Substitutie, de 2 antwoorden samen (")
    assert f"{len(alles.vast)} van de {len(alles.tabel) + 3} invoeren mogen vast" in " ".join(zinnen)
    assert not any("elke verdubbeling helpt" in z for z in zinnen)
    grof = replace(alles, tabel=alles.tabel.assign(totaal_marge=0.2))
    assert any("elke verdubbeling helpt" in z for z in invloedzinnen.invloed_zinnen(grof, kengetallen))
    niets = replace(alles, tabel=alles.tabel.assign(mag_vast=False))
    assert any(z.startswith("Geen enkele invoer mag vast") for z in invloedzinnen.invloed_zinnen(niets, kengetallen))
    eerste = tabellen.invloedtabel(alles, kengetallen)
    assert re.fullmatch(r"\d+,\d% ± \d+,\d", gedrukt(eerste)["alleen"].iloc[0])
    ruw = eerste.frame.iloc[0]
    assert [ruw["alleen"].waarde, ruw["alleen: 95%-marge"].waarde] == alles.tabel.iloc[0, 1:3].tolist()
    ax = figuren.aandelen(alles, kengetallen)
    namen = [t.get_text() for t in ax.get_yticklabels()]
    assert namen[0] == "12. Substitutie, de 2 antwoorden samen"
    assert len(namen) == tabellen.REGELS


def test_alleen_wat_getrokken_wordt_telt_mee(alles: Invloed, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    sleutels = [s for groep in alles.tabel["sleutel"] for s in groep.split("+")]
    assert sorted(sleutels) == sorted(verdelingen(aanpak, kengetallen))
    samen = {"escalatie.gezin+escalatie.oudere+escalatie.overig", "substitutie.bestaand+substitutie.nieuw"}
    assert {g for g in alles.tabel["sleutel"] if "+" in g} == samen
    assert alles.tabel["totaal"].is_monotonic_decreasing
    assert repr(alles).startswith("Invloed('saldo'")
