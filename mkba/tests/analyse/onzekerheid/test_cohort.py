"""The cohort: places worked out by hand, the same numbers as a simulation on its own, text that stays text."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.onzekerheid import cohort as module
from mkba.analyse.onzekerheid import trekking
from mkba.analyse.onzekerheid.cohort import MATEN, PER_HUISHOUDEN, Cohort, Geluk, cohort, labels
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, simuleer
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import VERHOUDINGEN
from mkba.kern.woorden.velden import KNOPPEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.tests.hulp_tabel import gedrukt
from mkba.uitvoer import figuur
from mkba.uitvoer.cohort import figuren as figuren_cohort
from mkba.uitvoer.cohort import tabellen as tabellen_cohort
from mkba.uitvoer.cohort import volgorde, zinnen

AANTAL = 400
GELUK: tuple[Geluk, Geluk] = ("gedeeld", "eigen")
NAN = float("nan")


@pytest.fixture(scope="module")
def aanpakken(kengetallen: Kengetallen) -> list[Aanpak]:
    return [laad_geval(f"voorbeeld-{n}", kengetallen).aanpak for n in (1, 2, 4, 5)]


@pytest.fixture(scope="module")
def vier(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> Cohort:
    return cohort(aanpakken, kengetallen, AANTAL)


@pytest.fixture(scope="module")
def eigen(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> Cohort:
    return cohort(aanpakken, kengetallen, AANTAL, geluk="eigen")


def gelijk(een: pd.DataFrame, ander: pd.DataFrame) -> bool:
    return np.array_equal(een.to_numpy(), ander.to_numpy(), equal_nan=True)


# --- places by hand -----------------------------------------------------------------------------------------------


def test_plaatsen_met_de_hand() -> None:
    """Three aanpakken, ten draws: A best in nine, B and C tie in draw 0, C best in draw 9."""
    a, b = [5.0] * 10, [3.0] * 10
    c = [3.0] + [1.0] * 8 + [9.0]
    tabel = module.plaatsen_van(np.array([a, b, c], dtype=np.float32), np.array([2.0, 4.0, 4.0]))
    assert tabel["punt"].tolist() == [3, 1, 1], "gelijk deelt de beste plaats"
    # sorted places: A nine times 1, then 2; B nine times 2, then 3; C once 1, once 2, eight times 3
    assert tabel[["p10", "p50", "p90"]].to_numpy().tolist() == [[1, 1, 1], [2, 2, 2], [1, 3, 3]]
    # medians: 3 in draw 0 (5, 3, 3), 3 in draws 1-8, 5 in draw 9 (5, 3, 9)
    assert tabel["beter"].tolist() == [0.9, 0.0, 0.1]


def test_mediaan_van_een_even_aantal_ligt_ertussen() -> None:
    boven = module.boven_mediaan(np.array([[4.0, 2.0, 7.0], [3.0, 2.0, NAN], [1.0, 2.0, 5.0], [0.0, 1.0, 6.0]]))
    # medians 2, 2 and, without the missing one, 6
    assert boven[:, 0].tolist() == [1, 1, 0, 0]
    assert boven[:, 1].tolist() == [0, 0, 0, 0]
    assert np.array_equal(boven[:, 2], [1, NAN, 0, 0], equal_nan=True)


def test_wat_niet_bestaat_krijgt_geen_plaats_en_telt_niet_mee() -> None:
    reeks = np.array([[NAN, NAN, NAN], [2.0, 1.0, np.inf], [1.0, 2.0, 3.0]], dtype=np.float32)
    tabel = module.plaatsen_van(reeks, np.array([NAN, 1.0, 2.0]))
    assert tabel.iloc[0].isna().all()
    assert tabel["punt"].tolist()[1:] == [2, 1]
    assert tabel.loc[1, ["p10", "p90"]].tolist() == [1, 2]
    assert tabel.loc[2, "p10"] == 1
    # draw 2 holds one finite value: first place, but there is no other to be better than
    assert tabel["beter"].tolist()[1:] == [0.5, 0.5]


def test_plaatsen_hangen_niet_van_de_blokmaat_af(monkeypatch: pytest.MonkeyPatch, vier: Cohort) -> None:
    monkeypatch.setattr(module, "BLOK", 7)
    punt = vier.uitkomsten["saldo"]["punt"].to_numpy()
    assert gelijk(module.plaatsen_van(vier.trekkingen["saldo"], punt), vier.plaatsen["saldo"])


# --- the simulation -----------------------------------------------------------------------------------------------


def test_elke_aanpak_is_de_simulatie_zelf(vier: Cohort, aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    for i, aanpak in enumerate(aanpakken):
        sim = simuleer(aanpak, kengetallen, AANTAL)
        for maat in ("saldo", *VERHOUDINGEN):
            verwacht = sim.kwantielen.loc[maat, ["punt", "p10", "p50", "p90"]]
            assert vier.uitkomsten[maat].loc[i, ["punt", "p10", "p50", "p90"]].tolist() == verwacht.tolist()
        per = vier.uitkomsten[PER_HUISHOUDEN].loc[i, ["punt", "p10", "p90"]] * aanpak.huishoudens
        assert per.tolist() == pytest.approx(sim.kwantielen.loc["saldo", ["punt", "p10", "p90"]].tolist())
        assert vier.kansen.loc[i].tolist() == sim.kansen.loc[list(PARTIJEN), "kans"].tolist()


def test_plaatsen_komen_uit_dezelfde_trekking(vier: Cohort, aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    per = np.array([simuleer(a, kengetallen, AANTAL).reeksen["saldo"] / a.huishoudens for a in aanpakken])
    plaats = 1 + (per[None] > per[:, None]).sum(axis=1)  # how many do better
    for i, (_, rij) in enumerate(vier.plaatsen[PER_HUISHOUDEN].iterrows()):
        # the draw that has at least this share at or before it
        gesorteerd = sorted(plaats[i])
        verwacht = [gesorteerd[k - 1] for k in (AANTAL // 10, AANTAL // 2, AANTAL * 9 // 10)]
        assert rij[["p10", "p50", "p90"]].tolist() == verwacht
        assert rij["beter"] == pytest.approx((per[i] > np.median(per, axis=0)).mean())
    assert vier.verschil_zeker(0, 1) == pytest.approx((per[0] > per[1]).mean())
    assert vier.verschil_zeker(0, 1) + vier.verschil_zeker(1, 0) == 1
    assert vier.verschil_zeker(2) == vier.plaatsen[PER_HUISHOUDEN]["beter"].iloc[2]


def test_volgorde_van_de_invoer_zaad_en_executor(
    vier: Cohort, aanpakken: list[Aanpak], kengetallen: Kengetallen
) -> None:
    andersom = cohort(aanpakken[::-1], kengetallen, AANTAL)
    with ThreadPoolExecutor(2) as werkers:
        verspreid = cohort(aanpakken, kengetallen, AANTAL, executor=werkers)
    ander_zaad = cohort(aanpakken, kengetallen, AANTAL, 7)
    for maat in MATEN:
        for tabel in ("uitkomsten", "plaatsen"):
            basis = getattr(vier, tabel)[maat]
            assert gelijk(basis, getattr(andersom, tabel)[maat][::-1])
            assert gelijk(basis, getattr(verspreid, tabel)[maat])
        assert vier.uitkomsten[maat]["punt"].equals(ander_zaad.uitkomsten[maat]["punt"])
        assert (vier.uitkomsten[maat]["p50"] != ander_zaad.uitkomsten[maat]["p50"]).all()


def test_ook_in_een_ander_proces(vier: Cohort, aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    with ProcessPoolExecutor(1) as werkers:
        ander = cohort(aanpakken[:1], kengetallen, AANTAL, executor=werkers)
    assert gelijk(ander.uitkomsten["saldo"], vier.uitkomsten["saldo"][:1])


def test_twee_keer_dezelfde_aanpak_deelt_de_plaats(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    dubbel = cohort([aanpakken[0], aanpakken[1], aanpakken[0]], kengetallen, AANTAL)
    for tabel in dubbel.plaatsen.values():
        assert tabel.iloc[0].equals(tabel.iloc[2])
    assert dubbel.verschil_zeker(0, 2) == 0
    assert volgorde.kanstabel(dubbel)["naam"].str.endswith(" (2)").sum() == 1


def test_labels_zijn_uniek(aanpakken: list[Aanpak]) -> None:
    def maak(*namen: str) -> list[str]:
        return labels([aanpakken[0].model_copy(update={"naam": n}) for n in namen])

    assert maak("A", "B", "A", "A") == ["A", "B", "A (2)", "A (3)"]
    assert maak("A", "A", "A (2)", "A (2)") == ["A", "A (3)", "A (2)", "A (2) (2)"], (
        "een naam van de gebruiker gaat voor"
    )


def test_gelijke_namen_hebben_toch_eigen_geluk(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    """Half the households and half the rest: the same per household, so with the same streams never better."""
    half = aanpakken[0].met(
        {k: getattr(aanpakken[0], k) / 2 for k in ("huishoudens", "fte", "eenmalig", "jaarlijks")}, kengetallen
    )
    gedeeld, los = (cohort([aanpakken[0], half], kengetallen, AANTAL, geluk=g) for g in GELUK)
    assert np.corrcoef(*gedeeld.trekkingen[PER_HUISHOUDEN]).item(0, 1) > 0.999
    # not 0: they do share the kengetallen
    assert np.corrcoef(*los.trekkingen[PER_HUISHOUDEN]).item(0, 1) < 0.6
    assert los.verschil_zeker(0, 1) == pytest.approx(0.5, abs=0.1)


def test_twee_gelijke_aanpakken_zijn_gelijk(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    c, los = (cohort([aanpakken[0]] * 2, kengetallen, AANTAL, geluk=g) for g in GELUK)
    _, samen, paar = zinnen.samenvatting(c, los)
    assert "eindigen de 2 aanpakken in minstens 8 van de 10 trekkingen gelijk" in samen
    assert ", als beide teams dezelfde mee- en tegenvallers hebben, in alle trekkingen gelijk, en als elk" in paar
    assert "Er is dus geen volgorde die in beide overeind blijft." in paar
    assert "onderaan" not in " ".join([samen, paar]).lower()
    assert "in geen van alle" not in paar


def test_eigen_geluk_maakt_de_volgorde_minder_zeker(
    vier: Cohort, eigen: Cohort, aanpakken: list[Aanpak], kengetallen: Kengetallen
) -> None:
    """The knobs of two aanpakken no longer move together; each one's own distribution stays what it was."""
    gedeeld, los = (float(np.corrcoef(*c.trekkingen[PER_HUISHOUDEN][:2]).item(0, 1)) for c in (vier, eigen))
    assert los < gedeeld - 0.2
    breed = [(c.plaatsen[PER_HUISHOUDEN]["p90"] - c.plaatsen[PER_HUISHOUDEN]["p10"]).sum() for c in (vier, eigen)]
    assert breed[0] < breed[1]
    p50, ander = (c.uitkomsten["saldo"].loc[0, "p50"] for c in (vier, eigen))
    spreiding = vier.uitkomsten["saldo"].loc[0, "p90"] - vier.uitkomsten["saldo"].loc[0, "p10"]
    assert ander != p50
    assert ander == pytest.approx(p50, abs=0.15 * spreiding)
    gekozen = trekking.verdelingen(aanpakken[0], kengetallen)
    niets = trekking.Copula.van({}, gekozen)
    samen, apart = (trekking.trek_blok(kengetallen, gekozen, niets, 1, 0, 50, wie) for wie in ("", "A"))
    assert {s for s in gekozen if (samen[s] != apart[s]).any()} == set(gekozen) & set(KNOPPEN)
    # by name: alone or in company, the same draws
    alleen = cohort(aanpakken[:1], kengetallen, AANTAL, geluk="eigen")
    assert gelijk(alleen.uitkomsten["saldo"], eigen.uitkomsten["saldo"][:1])


# --- what cannot be, or is alone ------------------------------------------------------------------------------------


def test_lege_en_verkeerde_vragen(vier: Cohort, aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match="er is geen aanpak om te plaatsen"):
        cohort([], kengetallen)
    with pytest.raises(InvoerFout, match="minstens 100 trekkingen"):
        cohort(aanpakken, kengetallen, 10)
    with pytest.raises(IndexError, match="kies uit 0 tot en met 3"):
        vier.verschil_zeker(0, 4)
    with pytest.raises(IndexError, match="kies uit"):
        vier.verschil_zeker(-1)
    with pytest.raises(KeyError, match="winst"):
        vier.verschil_zeker(0, 1, "winst")


def test_een_aanpak_alleen(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    een = cohort(aanpakken[:1], kengetallen, AANTAL)
    rij = een.plaatsen[PER_HUISHOUDEN].iloc[0]
    assert rij[["punt", "p10", "p90"]].tolist() == [1, 1, 1]
    assert np.isnan(een.verschil_zeker(0))
    assert zinnen.samenvatting(een, een)[-1] == "Er is één aanpak: een plaats tussen andere heeft die niet."
    assert gedrukt(tabellen_cohort.plaatstabel(een, een))["boven de mediaan"].tolist() == ["–"]
    assert zinnen.kop(een, "x").startswith("1 aanpak · 400 trekkingen per aanpak")
    for ax in _figuren(een, een):
        figuur.toon(ax, "x")


def test_verhouding_zonder_kosten(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    """Without a team, new households or more care there are no costs: a saldo, but no ratio as filled in."""
    gratis = aanpakken[0].met({"fte": 0, "nieuw": 0, "meer": 0, "eenmalig": 0, "jaarlijks": 0}, kengetallen)
    c = cohort([gratis, aanpakken[1]], kengetallen, AANTAL)
    assert np.isnan(c.uitkomsten["kb_maatschappelijk"].loc[0, "punt"])
    assert c.plaatsen["kb_maatschappelijk"]["punt"].tolist()[1] == 1
    assert np.isfinite(c.plaatsen["saldo"]["punt"]).all()
    cellen = gedrukt(tabellen_cohort.verhoudingentabel(c)).set_index("aanpak")["maatschappelijk (P10 tot P90)"]
    assert cellen[gratis.naam].startswith("–\u00a0(")  # not as filled in, but in the draws with new households
    assert cellen[aanpakken[1].naam].startswith("0,75\u00a0(0,")
    niets = {m: t.assign(punt=NAN, p10=NAN, p50=NAN, p90=NAN) for m, t in c.uitkomsten.items()}
    leeg = gedrukt(tabellen_cohort.verhoudingentabel(replace(c, uitkomsten=niets))).drop(columns="aanpak")
    assert set(leeg.to_numpy().ravel()) == {"–"}


# --- tables, sentences, figures -------------------------------------------------------------------------------------


def _figuren(c: Cohort, eigen: Cohort) -> list[Axes]:
    return [
        figuren_cohort.uitkomsten(volgorde.rupstabel(c)),
        figuren_cohort.uitkomsten(volgorde.rupstabel(c, "kb_gemeentelijk"), "kb_gemeentelijk"),
        figuren_cohort.plaatsen(volgorde.rangtabel(c, eigen)),
        figuren_cohort.kansen(volgorde.kanstabel(c)),
    ]


def test_tabellen_zijn_volledig_en_op_volgorde(vier: Cohort, eigen: Cohort) -> None:
    ruw = tabellen_cohort.plaatstabel(vier, eigen)
    assert ruw.frame["plaats midden"].tolist() == sorted(ruw.frame["plaats midden"])
    rang = volgorde.rangtabel(vier, eigen)
    assert ruw.frame["saldo P90"].tolist() == vier.uitkomsten[PER_HUISHOUDEN]["p90"].loc[rang.index].tolist()
    plaats = gedrukt(ruw)
    hoog = [f"{a:.0f}\u00a0tot\u00a0{b:.0f}" if a != b else f"{a:.0f}" for a, b in rang[["p10", "p90"]].to_numpy()]
    assert plaats["plaats P10 tot P90"].tolist() == hoog
    assert set(plaats["aanpak"]) == {a.naam for a in vier.aanpakken}
    vb5 = plaats.set_index("aanpak").loc[vier.aanpakken[3].naam]
    assert vb5["saldo ingevuld"] == "€\u00a01.745"  # 872.370 euro over 500 households
    assert vb5["plaats ingevuld"] == "1"
    uit = gedrukt(tabellen_cohort.saldotabel(vier)).set_index("aanpak")
    assert uit.loc[vier.aanpakken[0].naam, "saldo zoals ingevuld"] == "€\u00a0567.700"
    assert uit.loc[vier.aanpakken[0].naam, "huishoudens"] == "600"
    kans = gedrukt(tabellen_cohort.kansentabel(vier))
    assert len(kans) == 4
    assert all(cel.endswith("%") for cel in kans[list(tabellen_cohort.KANSKOPPEN.values())].to_numpy().ravel())


def test_zinnen_zeggen_wat_de_trekkingen_zeggen(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    # twice the effect on work in the best one, so that it stays on top when every team has luck of its own
    beter = [*aanpakken[:3], aanpakken[3].met({"succes.werk": 0.04}, kengetallen)]
    vier, eigen = (cohort(beter, kengetallen, AANTAL, geluk=g) for g in ("gedeeld", "eigen"))
    kanszin, bovenaan, onderaan, breedte, buren, *rest = zinnen.samenvatting(vier, eigen)
    zeker = int((vier.kansen["saldo"] >= 0.9).sum())
    assert f"positief en bij {int((vier.kansen['saldo'] <= 0.1).sum()) or 'geen'} in minstens" in kanszin
    assert f"bij {zeker or 'geen'} in minstens 9 van de 10 trekkingen positief" in kanszin
    assert f"bovenaan ‘{vier.aanpakken[3].naam}’ (plaats 1" in bovenaan
    assert f"‘{vier.aanpakken[1].naam}’ (plaats" in onderaan
    assert "als alle teams dezelfde mee- en tegenvallers hebben" in breedte
    paren = list(pairwise(volgorde.rangtabel(vier, eigen).index))
    gedeeld, los = ([c.verschil_zeker(a, b) for a, b in paren] for c in (vier, eigen))
    hoe = [sum(z >= 0.9 for z in zeker) for zeker in (gedeeld, los)]
    assert hoe[0] > hoe[1] > 0, "het geval waar het om gaat"
    assert buren.startswith(
        f"Van de 3 paren buren in deze volgorde staan er {hoe[0]} in minstens 9 van de 10 trekkingen"
    )
    assert (
        f"dezelfde mee- en tegenvallers hebben, en {hoe[1]} als elk team zijn eigen heeft. In beide overeind" in buren
    )
    assert f"blijft ‘{vier.aanpakken[3].naam}’ boven ‘{vier.aanpakken[0].naam}’." in buren
    assert all("bij eigen geluk in" in zin for zin in rest if "overlappen" in zin)


def test_de_volgorde_zoals_ingevuld_kan_andersom_zijn(vier: Cohort, eigen: Cohort) -> None:
    assert "andersom" not in " ".join(zinnen.samenvatting(vier, eigen))
    uit = vier.uitkomsten[PER_HUISHOUDEN]
    anders = replace(vier, uitkomsten={**vier.uitkomsten, PER_HUISHOUDEN: uit.assign(punt=[0.0, 0.0, 0.0, -1.0])})
    zin = zinnen.samenvatting(anders, eigen)[-1]
    eerste, laatste = vier.aanpakken[0].naam, vier.aanpakken[3].naam
    assert zin.startswith(f"Met de ingevulde waarden is de volgorde andersom: ‘{eerste}’ boven ‘{laatste}’.")
    assert "optimistische antwoorden terugtrekken" in zin
    vijf = [(i, i + 1) for i in range(5)]
    assert "; en nog 2 paren buren. Dat kan" in zinnen.omkeerzin(vijf, list("abcdef"))[0]
    assert zinnen.overeindzin(vijf, list("abcdef")) == (
        "In beide overeind blijven a boven b; b boven c; c boven d; en nog 2."
    )
    assert zinnen.overeindzin([], []) == "Geen paar buren blijft in beide overeind."


def test_overlappende_lijnen_en_toch_zeker(aanpakken: list[Aanpak], kengetallen: Kengetallen) -> None:
    """A little more to pay once, all else equal: the intervals all but coincide, the order never changes."""
    duurder = aanpakken[0].met({"naam": "Iets duurder", "eenmalig": aanpakken[0].eenmalig + 20_000}, kengetallen)
    derde = aanpakken[1]
    c = cohort([duurder, aanpakken[0], derde], kengetallen, AANTAL)
    assert c.verschil_zeker(1, 0) == 1
    zin = zinnen.samenvatting(c, c)[-1]
    assert zin.endswith(
        f"‘{aanpakken[0].naam}’ bij dezelfde mee- en tegenvallers in alle trekkingen de betere van de twee (bij eigen "
        "geluk in alle)."
    )
    assert "‘Iets duurder’ overlappen" in zin
    paar = cohort([duurder, aanpakken[0]], kengetallen, AANTAL)
    slot = zinnen.samenvatting(paar, paar)[-1]
    assert slot.startswith(
        f"Naast ‘Iets duurder’ is ‘{aanpakken[0].naam}’, als beide teams dezelfde mee- en tegenvallers"
    )
    assert ", in alle trekkingen de betere, en als elk team" in slot
    assert slot.endswith("Die volgorde blijft in beide overeind.")


def test_namen_blijven_tekst(vier: Cohort, eigen: Cohort) -> None:
    """Neither HTML in a table nor mathematics in a figure, which an unbalanced dollar would break."""
    naam = "<script>alert(1)</script> $\\frac$ =cmd()"
    boos = replace(vier, aanpakken=tuple(a.model_copy(update={"naam": naam}) for a in vier.aanpakken))
    html = tabellen_cohort.plaatstabel(boos, eigen).als_html()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    for ax in _figuren(boos, eigen):
        figuur.toon(ax, "x")
        assert ax.get_yticklabels()[0].get_text().startswith("<script>alert(1)</script> $\\frac$")


def _tabel(aantal: int) -> pd.DataFrame:
    p50 = np.linspace(2.0, 0.5, aantal)
    namen = [f"A{i}" for i in range(aantal)]
    return pd.DataFrame({"naam": namen, "punt": p50, "p10": p50 - 0.2, "p50": p50, "p90": p50 + 0.2})


def test_een_uitschieter_drukt_de_figuur_niet_samen() -> None:
    tabel = _tabel(12)
    gewoon = figuren_cohort.uitkomsten(tabel, "kb_maatschappelijk").get_xlim()
    tabel.loc[0, "p90"] = 500.0
    ax = figuren_cohort.uitkomsten(tabel, "kb_maatschappelijk")
    assert ax.get_xlim()[1] < 6
    assert gewoon[1] < 2.5
    assert "1 aanpak loopt door buiten de figuur (pijl aan de rand)" in ax.get_xlabel()
    tabel.loc[1, "punt"] = -400.0
    assert "2 aanpakken lopen door" in figuren_cohort.uitkomsten(tabel, "kb_maatschappelijk").get_xlabel()


def test_break_even_staat_altijd_in_de_figuur() -> None:
    tabel = _tabel(5)
    tabel[["punt", "p10", "p50", "p90"]] += 40
    laag, hoog = figuren_cohort.uitkomsten(tabel, "kb_maatschappelijk").get_xlim()
    assert laag < 1 < hoog


@pytest.mark.parametrize(("aantal", "namen"), [(40, 40), (41, 0), (342, 0)])
def test_veel_aanpakken_krijgen_geen_namen_maar_uitersten(aantal: int, namen: int) -> None:
    ax = figuren_cohort.uitkomsten(_tabel(aantal), "kb_maatschappelijk")
    assert len(ax.get_yticklabels()) == namen
    teksten = [t.get_text() for t in ax.texts]
    if namen:
        assert teksten == []
    else:
        assert teksten[0].splitlines() == ["A0", "A1", "A2", "A3", "A4"]
        assert teksten[1].splitlines()[-1] == f"A{aantal - 1}"
        assert f"{aantal - 10} andere" in teksten[2]


def test_een_lange_naam_wordt_pas_ingekort_als_er_geen_plaats_meer_is() -> None:
    tabel = _tabel(2).assign(naam=["Voorbeeld 1: Integraal 'dedicated' team in probleemwijk", "x" * 61])
    lang, ingekort = (t.get_text() for t in figuren_cohort.uitkomsten(tabel, "kb_maatschappelijk").get_yticklabels())
    assert lang == tabel.loc[0, "naam"]
    assert ingekort == "x" * 59 + "…"


def test_wat_niet_bestaat_staat_er_als_tekst() -> None:
    tabel = _tabel(3)
    tabel.loc[2, ["punt", "p10", "p50", "p90"]] = NAN
    ax = figuren_cohort.uitkomsten(tabel, "kb_maatschappelijk")
    assert [t.get_text().strip() for t in ax.texts] == ["bestaat niet: er zijn geen kosten"]
    tabel[["punt", "p10", "p50", "p90"]] = NAN
    figuur.toon(figuren_cohort.uitkomsten(tabel, "kb_maatschappelijk"), "x")
