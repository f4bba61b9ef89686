"""What of a form may be shown: values worked out by hand, and an attacker who fits every form with what is shown."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy import stats

from mkba.analyse.effectmeting.bijwerken.bewijs import schatting_van
from mkba.analyse.effectmeting.bijwerken.gemeten import tellingen
from mkba.analyse.effectmeting.bijwerken.invullen import vul_in
from mkba.analyse.effectmeting.publiceren.formulier.meting import meet_formulier
from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
from mkba.analyse.effectmeting.publiceren.meting import Meting, lees_meting, meet, schrijf_meting
from mkba.analyse.effectmeting.publiceren.publicatiesoort import STEEKPROEF
from mkba.analyse.effectmeting.tellen.telling import antwoorden_team
from mkba.analyse.wilson import grenzen
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.invoer.lezen import lees_bron
from mkba.invoer.steekproef import AANTALLEN, JA_NEE, Formulierrij
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.tests.hulp_formulier import formulier, gevuld, rij
from mkba.tests.hulp_willekeur import tabellen

KENGETALLEN = laad()
VEEL = 2 * int(os.environ.get("MKBA_AUDITS", "1"))
WERK = "succes.werk"


def gemeten(rijen: list[Formulierrij]) -> Meting:
    return meet_formulier(formulier(rijen), KENGETALLEN)[0]


def ja_nee(ja: int, nee: int, leeg: int = 0, vraag: str = WERK, **rest: object) -> list[Formulierrij]:
    """Rows of one generalist; who leaves the question open did answer another."""
    wat = [{vraag: True}] * ja + [{vraag: False}] * nee + [{}] * leeg
    generalist = str(rest.get("generalist", "g1"))
    return [
        replace(
            rij(i, {"terugval": False, **w}, generalist, int(str(rest.get("caseload", 100)))),
            pseudoniem=f"{generalist}x{i}",
        )
        for i, w in enumerate(wat)
    ]


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_een_gewogen_aandeel_met_de_hand() -> None:
    """Of 60 households 30 stand for 2 each (12 yes) and 30 for 4 (21 yes): (24 + 84) / 180 = 60%, 36 of 60, shown as
    35; so 25 no. The heaviest weighs 4, on average 3: 1.333 count for one, upward 1.4."""
    m = gemeten([*ja_nee(12, 18, caseload=60), *ja_nee(21, 9, generalist="g2", caseload=120)])
    p = m.huishoudens
    assert (p.toont(), p.toont(**{WERK: "ja"}), p.toont(**{WERK: "nee"})) == (60, 35, 25)
    a = m.antwoorden[WERK]
    assert a.waarde == pytest.approx(35 / 60)
    assert (a.teller, a.n, a.opmerking) == (35, 60, "")
    assert m.spreiding[WERK] == 1.4
    telling = dict(tellingen(m))[WERK]
    # 1.4 for one, and two numbers rounded to 5: variance 25 / 12 of each, of a share that is 35 of 60
    deel = 35 / 60
    een = 1.4 / 60 + 25 / 12 * (1 + deel**2) / 60**2 / (deel * (1 - deel))
    assert [telling.gelukt, telling.n] == pytest.approx([deel / een, 1 / een])
    assert telling.sms == 1
    assert telling.vanaf == pytest.approx(12.5 / 60)


def test_het_interval_van_een_formulier_weet_van_drempel_en_afronding() -> None:
    """Of 70 households that answer yes each with the same chance, over all counts that are shown (10 to 60, rounded to
    5): with the threshold and the rounding the interval holds the truth in at least 91 of 100, whatever it is, and
    without them in fewer than 80 near the threshold and fewer than 85 at a quarter."""
    n, k = 70, np.arange(10, 61)
    telling: dict[int, tuple[float, float]] = {}
    for ja in range(10, 36, 5):
        (t,) = (t for s, t in tellingen(gemeten(ja_nee(ja, n - ja))) if s == WERK)
        s, _ = schatting_van(t)
        assert s is not None
        telling |= {ja: (s.laag, s.hoog), n - ja: (1 - s.hoog, 1 - s.laag)}
    wel = np.array([telling[round(x / 5) * 5] for x in k])
    kaal = np.array([grenzen(round(x / 5) * 5 / n, 1 / n) for x in k])

    def dekking(interval: Any, p: float) -> float:
        kans = stats.binom.pmf(k, n, p)
        return float(kans @ ((interval[:, 0] <= p) & (p <= interval[:, 1])) / kans.sum())

    assert min(dekking(wel, p) for p in np.arange(0.08, 0.921, 0.01)) > 0.91
    assert dekking(kaal, 0.12) < 0.8
    assert dekking(kaal, 0.25) < 0.85
    assert telling[10][0] == 0.0


@pytest.mark.parametrize(
    ("ja", "nee", "getoond"),
    [(10, 50, (10, 50)), (9, 51, (None, None)), (0, 60, (None, None)), (50, 10, (50, 10)), (51, 9, (None, None))],
)
def test_de_drempel_geldt_voor_ja_en_voor_nee(ja: int, nee: int, getoond: tuple[float | None, float | None]) -> None:
    m = gemeten(ja_nee(ja, nee))
    assert tuple(m.huishoudens.toont(**{WERK: w}) for w in ("ja", "nee")) == getoond
    assert (m.antwoorden[WERK].waarde is None) == (getoond[0] is None)


def test_de_drempel_geldt_ook_voor_wat_het_gewogen_is() -> None:
    """12 yes who stand for 2 each are 24 of 180: 8 of 60."""
    m = gemeten([*ja_nee(12, 18, caseload=60), *ja_nee(0, 30, generalist="g2", caseload=120)])
    assert m.huishoudens.toont(**{WERK: "ja"}) is None
    assert m.huishoudens.toont(**{WERK: "nee"}) is None


def test_een_generalist_die_bijna_alles_weegt_verbergt_de_vraag() -> None:
    """10 households stand for 50 each and 60 for 1: with all of the others unknown (60) and a rounding of 5 of 70 (40),
    two households of the heavy one could be otherwise."""
    zwaar, licht = ja_nee(5, 5, generalist="g1", caseload=500), ja_nee(20, 40, generalist="g2", caseload=60)
    assert gemeten([*zwaar, *licht]).antwoorden[WERK].waarde is None
    assert gemeten([*ja_nee(5, 5, generalist="g1", caseload=30), *licht]).antwoorden[WERK].waarde is not None


def test_wie_een_vraag_openlaat() -> None:
    """Few who did count in the interval as if they were ten; many are a number of their own; none change nothing."""
    weinig, geen, veel = gemeten(ja_nee(20, 36, 4)), gemeten(ja_nee(20, 40)), gemeten(ja_nee(20, 28, 12))
    # 20 of 56 is 21.4 of 60, shown as 20 of 60
    assert weinig.antwoorden[WERK].waarde == pytest.approx(1 / 3)
    assert weinig.antwoorden[WERK].n == 50
    assert "hoogstens 10 lieten deze vraag open" in weinig.antwoorden[WERK].opmerking
    assert weinig.huishoudens.waarden(WERK) == ["ja", "nee"]
    assert (geen.antwoorden[WERK].n, geen.antwoorden[WERK].opmerking) == (60, "")
    p = veel.huishoudens
    assert [p.toont(**{WERK: w}) for w in ("ja", "nee", "onbekend")] == [20, 30, 10]
    assert (veel.antwoorden[WERK].n, veel.antwoorden[WERK].opmerking) == (50, "")


@pytest.mark.parametrize("leeg", [0, 8, 11, 13])
def test_een_klein_formulier_zegt_niet_hoe_weinig_er_antwoordden(leeg: int) -> None:
    """Of 15 households eleven or more left a question open: four at most answered. Not a group, and not a number."""
    p = gemeten(ja_nee(1, 14 - leeg, leeg)).huishoudens
    assert p.waarden(WERK) == ["ja", "nee"]
    assert [p.toont(), p.toont(**{WERK: "ja"}), p.toont(**{WERK: "nee"})] == [15, None, None]


def test_escalatie_staat_per_type() -> None:
    """Of 40 gezinnen 12; of 20 ouderen 3 and of 20 others 2, which is few, and then nothing of all types together."""
    rijen = [rij(i, {"escalatie": i < 12}, type="gezin") for i in range(40)]
    rijen += [rij(i, {"escalatie": i < 43}, type="oudere") for i in range(40, 60)]
    rijen += [rij(i, {"escalatie": i < 62}, type="overig") for i in range(60, 80)]
    m = gemeten(rijen)
    assert (m.antwoorden["escalatie.gezin"].teller, m.antwoorden["escalatie.gezin"].n) == (10, 40)
    assert m.antwoorden["escalatie.oudere"].waarde is None
    assert m.huishoudens.toont(escalatie="ja") is None
    assert m.huishoudens.toont(type="oudere") is not None


def _met_trajecten(bestaand: int = 40, weg: int = 12) -> list[Formulierrij]:
    """Of ``bestaand`` households each had 2 at the start, 20 got one more, and ``weg`` dropped one; and 20 new ones."""
    uit = [
        rij(
            i,
            {"nieuw": False},
            aantallen={"trajecten_start": 2, "trajecten_toegevoegd": int(i < 20), "trajecten_geschrapt": int(i < weg)},
        )
        for i in range(bestaand)
    ]
    nul = {"trajecten_start": 0, "trajecten_toegevoegd": 1, "trajecten_geschrapt": 0}
    return [*uit, *(rij(100 + i, {"nieuw": True}, aantallen=nul) for i in range(20))]


def test_trajecten_met_de_hand() -> None:
    """Existing: 80 at the start, 20 more, 12 dropped (shown as 10). Of 80 a part 0.15 each: the residuals 1 − 0.3 and
    −0.3 give 12·0.49 + 28·0.09 = 8.4, over 80·0.15·0.85 = 10.2 that is below 1, so the middle of the first step, which
    is 21 / 10 for so few (80·0.125·0.875 = 8.75). New: nothing was dropped."""
    m = gemeten(_met_trajecten())
    t = m.delen[STEEKPROEF]
    assert [t.toont(groep="bestaand", wat=w) for w in ("start", "toegevoegd", "geschrapt")] == [80, 20, 10]
    assert t.toont(groep="nieuw", wat="liep") == 20
    assert t.toont(groep="nieuw", wat="geschrapt") is None
    assert m.antwoorden["meer"].waarde == pytest.approx(0.25)
    assert m.antwoorden["substitutie.bestaand"].waarde == pytest.approx(10 / 80)
    assert m.antwoorden["substitutie.nieuw"].waarde is None
    assert m.spreiding["substitutie.bestaand"] == pytest.approx(2.05, abs=0.06)  # up to a tenth
    # ten households are behind it at least, of as many as come as one each, and half the rounding
    telling = dict(tellingen(m))["substitutie.bestaand"]
    assert telling.vanaf == pytest.approx((10 * m.spreiding["substitutie.bestaand"] + 2.5) / 80)
    assert gemeten(_met_trajecten(weg=9)).antwoorden["substitutie.bestaand"].waarde is None


def test_een_groot_huishouden_of_bijna_alles_weg_verbergt_trajecten() -> None:
    def met(start: int, weg: int) -> Meting:
        rijen = _met_trajecten()
        eerste = {**rijen[0].aantallen, "trajecten_start": start}
        rijen[0] = replace(rijen[0], aantallen=eerste)
        alle = [replace(r, aantallen={**r.aantallen, "trajecten_geschrapt": min(weg, 2)}) for r in rijen[:40]]
        return gemeten([*(alle if weg else rijen[:40]), *rijen[40:]])

    assert met(2, 0).delen[STEEKPROEF].toont(groep="bestaand", wat="start") == 80
    # 90 of 168: the rest without the second largest is within the p%, but the largest two are not 90%
    assert met(90, 0).delen[STEEKPROEF].toont(groep="bestaand", wat="start") is not None
    assert met(100, 0).delen[STEEKPROEF].toont(groep="bestaand", wat="start") is not None
    assert met(2, 2).delen[STEEKPROEF].toont(groep="bestaand", wat="geschrapt") is None  # all dropped all


def test_omvang_van_de_steekproef() -> None:
    """Drawn 72 of which 60 answered; of g3 nobody: it holds for 400 of 500."""
    rijen = [*ja_nee(20, 20, caseload=200), *ja_nee(5, 15, generalist="g2", caseload=200)]
    rijen += [rij(500 + i, {}, "g3", 100) for i in range(12)]
    t = gemeten(rijen).delen[STEEKPROEF]
    assert [t.toont(wat=w) for w in ("caseload", "geldt", "getrokken")] == [500, 400, 70]
    bijna = [*rijen[:60], *(rij(500 + i, {}, "g3", 8) for i in range(8))]
    t = gemeten(bijna).delen[STEEKPROEF]
    assert (t.toont(wat="geldt"), t.toont(wat="getrokken")) == (None, None)


def test_elk_antwoord_staat_er_ook_als_het_afgeschermd_is() -> None:
    alle = dict.fromkeys(JA_NEE, False)
    m = gemeten([rij(i, alle, aantallen=dict.fromkeys(AANTALLEN, 0)) for i in range(60)])
    assert len(m.antwoorden) == 1 + 8 + 3 + 1 + 3
    assert all(a.waarde is None for a in m.antwoorden.values())
    assert not m.spreiding
    assert set(gemeten(ja_nee(20, 40)).antwoorden) == {WERK, "terugval"}  # what nobody was asked is not hidden


def test_andere_huishoudens_achter_dezelfde_getallen_geven_hetzelfde_bestand(tmp_path: Path) -> None:
    """20 of 60, 21 of 61, and 20 of 56 with four who left it open, are one and the same to who reads."""
    een, ander = (schrijf_meting(gemeten(ja_nee(*w))) for w in ((20, 40), (21, 40)))
    assert een == ander
    open_ = [schrijf_meting(gemeten(ja_nee(20, 39 - n, n))) for n in (1, 3, 4)]
    assert len(set(open_)) == 1
    (pad := tmp_path / "m.json").write_text(een, encoding="utf-8")
    assert schrijf_meting(lees_meting(pad)) == een
    assert "g1" not in een
    assert "g1x0" not in een


def test_team_en_wijken_komen_uit_hun_eigen_tabellen() -> None:
    f = formulier(ja_nee(20, 40))
    team = pd.DataFrame({"team": ["A"], "fte": [4.5], "discipline": ["jeugd"], "inzet": ["additioneel"]})
    m, _ = meet_formulier(replace(f, registratie=maak_registratie({"team": team})), KENGETALLEN)
    assert m.antwoorden["fte"].waarde == 4.5
    assert m.antwoorden["additioneel"].waarde == 1
    assert {k for k, *_ in antwoorden_team(maak_registratie({"team": team}).team)} <= m.antwoorden.keys()


# --- the folder ------------------------------------------------------------------------------------------------------


def _opnieuw(eerst: list[Formulierrij], dan: list[Formulierrij]) -> Meting:
    toen, _ = meet_formulier(formulier(eerst), KENGETALLEN)
    return meet_formulier(formulier(dan), KENGETALLEN, eerder=[Eerder(toen.delen, toen)])[0]


def test_een_map_met_een_formulier() -> None:
    rijen = ja_nee(20, 40)
    # 20 of 60 and 21 of 61 are shown alike
    assert schrijf_meting(_opnieuw(rijen, ja_nee(21, 40))) == schrijf_meting(gemeten(rijen))
    with pytest.raises(InvoerFout, match="het formulier is veranderd"):
        _opnieuw(rijen, ja_nee(23, 37))
    noord, zuid = ([replace(r, team=t) for r in ja_nee(*w)] for t, w in (("Noord", (20, 40)), ("Zuid", (23, 37))))
    assert _opnieuw(noord, zuid).antwoorden[WERK].teller == 25
    with pytest.raises(InvoerFout, match="het formulier is veranderd"):
        _opnieuw(noord, rijen)


def test_een_formulier_en_een_registratie_in_een_map() -> None:
    registratie = maak_registratie(tabellen(0, 120, vol=False))
    m = meet(registratie, KENGETALLEN)
    in_noord = [replace(r, team="Noord") for r in ja_nee(20, 40)]
    with pytest.raises(InvoerFout, match="al cijfers van een registratie"):
        meet_formulier(formulier(in_noord), KENGETALLEN, eerder=[Eerder(m.delen, m)])
    f, _ = meet_formulier(formulier(in_noord), KENGETALLEN)
    with pytest.raises(InvoerFout, match="cijfers van een steekproef"):
        meet(registratie, KENGETALLEN, eerder=[Eerder(f.delen, f)])
    elders, _ = meet_formulier(formulier([replace(r, team="Oost") for r in in_noord]), KENGETALLEN)
    assert meet(registratie, KENGETALLEN, eerder=[Eerder(elders.delen, elders)]).waarde("huishoudens") == 120


def test_de_afronding_van_een_formulier() -> None:
    for fout in (0, 4, 11):
        with pytest.raises(InvoerFout, match="worden afgerond op 5 tot en met 10"):
            meet_formulier(formulier(ja_nee(20, 40)), KENGETALLEN, fout)
    assert meet_formulier(formulier(ja_nee(20, 40)), KENGETALLEN, 10)[0].huishoudens.toont() == 60


# --- how often it is a 3.0 -------------------------------------------------------------------------------------------


def test_een_gewone_gevulde_steekproef_geeft_een_3_0() -> None:
    aanpak = lees_bron(paden.zoek_aanpak("voorbeeld-1"), KENGETALLEN, "").aanpak
    for zaad in (1, 2):
        i = vul_in(aanpak, KENGETALLEN, meet_formulier(gevuld(zaad, KENGETALLEN), KENGETALLEN)[0])
        assert i.versie == "3.0"
        assert {k.sleutel for k in i.bijwerking.knoppen} >= {"nieuw", "succes.overlast", "succes.mantelzorg"}
        assert i.na.plat()["succes.overlast"] != aanpak.plat()["succes.overlast"]
        delen = i.invloed["saldo"]
        assert float(delen.sum()) == pytest.approx(i.uitkomst["saldo"] - i.uitkomst_voor["saldo"])
        assert "Andere successen (vraag 13)" in delen.index
    weinig = vul_in(aanpak, KENGETALLEN, gemeten([rij(i, {"nieuw": i < 20}) for i in range(60)]))
    assert weinig.versie == "2.0"
    assert not weinig.effect
    vervaagt = vul_in(aanpak, KENGETALLEN, gemeten([rij(i, {"nieuw": i < 20, "terugval": i < 20}) for i in range(60)]))
    assert [k.sleutel for k in vervaagt.bijwerking.knoppen] == ["nieuw", "terugval"]
    assert vervaagt.versie == "2.0"  # how long an effect lasts is no effect
    niets = vul_in(aanpak, KENGETALLEN, gemeten([rij(i, {"nieuw": True}) for i in range(8)]))
    assert niets.versie == "1.0"
    assert niets.na.plat() == aanpak.plat()


@pytest.mark.traag
def test_veertig_gewone_steekproeven_geven_een_3_0() -> None:
    """With a twentieth of the questions left open; of each at least six knobs beside question 10."""
    aanpak = lees_bron(paden.zoek_aanpak("voorbeeld-1"), KENGETALLEN, "").aanpak
    for zaad in range(40):
        i = vul_in(aanpak, KENGETALLEN, meet_formulier(gevuld(zaad, KENGETALLEN, 0.05), KENGETALLEN)[0])
        assert i.versie == "3.0"
        assert len(i.bijwerking.knoppen) >= 6


# --- an attacker -----------------------------------------------------------------------------------------------------


def _rond(x: Any) -> Any:
    return np.floor(x / 5 + 0.5) * 5


def _mogelijk(m: Meting, alle: int) -> set[tuple[int, int, int, int]]:
    """Every (households, yes, no, left open) of one generalist that gives what is shown."""
    uit: set[tuple[int, int, int, int]] = set()
    for n in range(max(10, alle - 5), alle + 6):
        leeg, ja = (r.ravel() for r in np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij"))
        past = _past(m, n, ja, leeg)
        uit |= {(n, int(j), int(n - e - j), int(e)) for j, e in zip(ja[past], leeg[past], strict=True)}
    return uit


def _elk_aantal_open(n: int, gewogen: Any) -> Any:
    """Whether the shown number fits with ten of yes and of no for every number from 1 to 10 that is left open."""
    uit = np.ones(gewogen.shape, dtype=bool)
    for leeg in range(1, 11):
        kan = np.array([round(n * j / max(n - leeg, 1), 9) for j in range(10, n - leeg - 10 + 1)])
        uit &= np.isin(_rond(gewogen), _rond(kan))
    return uit


def _past(m: Meting, n: int, ja: Any, leeg: Any) -> Any:
    p = m.huishoudens
    k, open_ = p.toont(**{WERK: "ja"}), p.toont(**{WERK: "onbekend"})
    gaf, apart = n - leeg, (leeg > 10) & (n >= 30)
    van = np.where(apart, gaf, n)
    gewogen = np.round(van * ja / np.maximum(gaf, 1), 9)
    klein = np.minimum(np.minimum(ja, gaf - ja), np.minimum(gewogen, van - gewogen)) < 10
    klein |= (leeg > 0) & ~apart & ~_elk_aantal_open(n, gewogen)
    past = (ja <= gaf) & (apart == ("onbekend" in p.waarden(WERK))) & (_rond(np.array(n)) == p.toont())
    past &= ~apart | ((gaf < 10) == (open_ is None))
    if k is None:
        return past & klein
    past &= apart | ((leeg > 0) == bool(m.antwoorden[WERK].opmerking))
    return past & ~klein & (_rond(gewogen) == k) & (_rond(van) - k == p.toont(**{WERK: "nee"}))


@settings(max_examples=VEEL, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.integers(20, 70).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, min(25, n - 1)))))
def test_uit_wat_er_staat_volgt_geen_klein_aantal(geval: tuple[int, int, int]) -> None:
    """Who knows the rule, that all weigh the same and even that N fits: of each of yes, no and left open that is small,
    every number from 0 (from 1 where the page says that some left it open) to 9 still fits."""
    n, ja, leeg = geval
    ja = min(ja, n - leeg)
    m = gemeten(ja_nee(ja, n - leeg - ja, leeg))
    passend = _mogelijk(m, n)
    assert (n, ja, n - leeg - ja, leeg) in passend
    getoond = m.antwoorden[WERK].waarde is not None
    for plek, echt in ((1, ja), (2, n - leeg - ja), (3, leeg)):
        if echt >= 10:
            continue
        kan = {p[plek] for p in passend}
        if plek == 3 and getoond:  # 0, or all from 1 to 10: whether everyone answered is no secret
            assert kan == ({0} if leeg == 0 else set(range(1, 11)))
        else:
            assert kan >= set(range(10)), (geval, plek, sorted(kan))
