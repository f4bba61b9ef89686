"""From scores to classes: every rule by hand, what must always hold, and tables that do not give away."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.display import HTML
from numpy.typing import NDArray

from mkba.analyse.doelgroepen.kruistabel import TOTAAL, onderdruk
from mkba.analyse.doelgroepen.zelfredzaamheid import (
    ADL,
    GEBIEDEN,
    KOLOMMEN,
    NIET_IN_GEMIDDELDE,
    NZR_TOP,
    Indeling,
    deel_huishouden_in,
    deel_in,
    gebieden_met_probleem,
    gemiddelde_score,
    klasse_van_gemiddelde,
    publiceer,
)
from mkba.analyse.onderdrukking.tabellen import ongeveer
from mkba.invoer.registratie.domeinen import DOMEINEN, ZRM_2013, ZRM_2017
from mkba.invoer.registratie.lezen import Huishouden, lees_registratie
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN
from mkba.kern.zaak.aanpak import maak_aanpak
from mkba.tests.hulp_invoer import schrijf
from mkba.tests.hulp_registratie import BESTAND, huishouden, klassentabel
from mkba.tests.hulp_voorbeelden import voorbeelden
from mkba.uitvoer.doelgroepen import registratie as uit_registratie
from mkba.uitvoer.figuur import Assen

K = laad()
ZWAARTE = {"ev": 0, "zr": 1, "nzr": 2}

# order of 2013: financien, dagbesteding, huisvesting, huiselijke relaties, geestelijke gezondheid, lichamelijke
# gezondheid, verslaving, ADL, sociaal netwerk, maatschappelijke participatie, justitie
GOED = (5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)


def met(**scores: float | None) -> dict[str, float | None]:
    """All domains of 2013 at 5, but for these."""
    return {**dict(zip(ZRM_2013, GOED, strict=True)), **scores}


def test_elk_domein_hoort_bij_precies_een_gebied_en_adl_apart() -> None:
    geplaatst = [d for domeinen in GEBIEDEN.values() for d in domeinen]
    assert len(geplaatst) == len(set(geplaatst))
    assert set(geplaatst) | set(ADL) == set(DOMEINEN)
    assert not set(geplaatst) & set(ADL)
    assert len(GEBIEDEN) == 7


@pytest.mark.parametrize(
    ("scores", "gebieden", "klasse"),
    [
        (met(), (), "ev"),
        # financien and huisvesting are signs of one problem: one area
        (met(financien=1, huisvesting=1), ("financien",), "ev"),
        # score 3, beperkt zelfredzaam, is a problem; 4 is not
        (met(financien=3, sociaal_netwerk=3), ("financien", "participatie"), "zr"),
        (met(financien=3, sociaal_netwerk=4), ("financien",), "ev"),
        (met(justitie=1, financien=2), ("financien", "overlast"), "zr"),
        # ADL alone is one area; with ggz or lichamelijk it adds nothing; with another area it counts once
        (met(adl=1), ("lichamelijk",), "ev"),
        (met(adl=1, geestelijke_gezondheid=2), ("ggz",), "ev"),
        (met(adl=1, lichamelijke_gezondheid=2), ("lichamelijk",), "ev"),
        (met(adl=1, financien=2), ("financien", "lichamelijk"), "zr"),
        (met(adl=1, geestelijke_gezondheid=2, lichamelijke_gezondheid=2), ("ggz", "lichamelijk"), "zr"),
    ],
)
def test_gebieden_met_de_hand(scores: Mapping[str, float], gebieden: tuple[str, ...], klasse: str) -> None:
    uitslag = deel_huishouden_in(huishouden(scores), K)
    assert (uitslag.gebieden, uitslag.klasse) == (gebieden, klasse)


def test_lijst_2017_met_de_hand() -> None:
    scores = dict.fromkeys(ZRM_2017, 4.0)
    h = huishouden({**scores, "basale_adl": 1.0, "instrumentele_adl": 2.0})
    assert gebieden_met_probleem(h, K) == ("lichamelijk",), "twee keer ADL blijft een gebied"
    assert gemiddelde_score(h) == pytest.approx((10 * 4 + 1 + 2) / 12), "twaalf domeinen, zonder justitie"
    h = huishouden({**scores, "werk_opleiding": 2.0, "tijdsbesteding": 2.0, "middelengebruik": 1.0})
    assert gebieden_met_probleem(h, K) == ("participatie", "ggz")


def test_gemiddelde_zonder_justitie_met_de_hand() -> None:
    h = huishouden([2, 3, 2, 3, 3, 3, 3, 3, 3, 3, 5])
    assert gemiddelde_score(h) == 2.8
    assert deel_huishouden_in(h, K).klasse == "nzr"
    # a missing score counts in neither the sum nor the number
    assert gemiddelde_score(huishouden([2, None, 2, 3, 3, 3, 3, 3, 3, 3, None])) == pytest.approx(25 / 9)
    assert gemiddelde_score(huishouden({"justitie": 1.0, "overlast": 1.0, "adl": 4.0})) == 4


@pytest.mark.parametrize(
    ("gemiddelde", "klasse"), [(1, "nzr"), (2.999, "nzr"), (3, "zr"), (3.5, "zr"), (4, "zr"), (4.001, "ev"), (5, "ev")]
)
def test_grenzen_van_het_gemiddelde(gemiddelde: float, klasse: str) -> None:
    assert klasse_van_gemiddelde(gemiddelde, K) == klasse


@pytest.mark.parametrize(
    ("scores", "klasse", "tegenspraak"),
    [
        # many areas, mean (2*3 + 8*5)/10 = 4.6
        (met(financien=3, sociaal_netwerk=3), "zr", "2 gebieden met een probleem, maar gemiddeld groen"),
        # one area (participatie), mean (3*1 + 7*4)/10 = 3.1
        (
            {
                **dict.fromkeys(ZRM_2013, 4.0),
                "dagbesteding": 1,
                "sociaal_netwerk": 1,
                "maatschappelijke_participatie": 1,
            },
            "ev",
            "1 gebied(en) met een probleem, maar gemiddeld lichtoranje",
        ),
        # one area, six domains scored: mean (4*1 + 4 + 4)/6 = 2
        (
            {
                "werk_opleiding": 1,
                "tijdsbesteding": 1,
                "sociaal_netwerk": 1,
                "maatschappelijke_participatie": 1,
                "financien": 4,
                "huisvesting": 4,
            },
            "ev",
            "1 gebied(en) met een probleem, maar gemiddeld donkeroranje",
        ),
        (dict.fromkeys(ZRM_2013, 2.0), "nzr", ""),
        (dict.fromkeys(ZRM_2013, 3.0), "zr", ""),
        (met(), "ev", ""),
    ],
)
def test_tegenspraak_wordt_gemeld_en_de_gebieden_beslissen(
    scores: Mapping[str, float], klasse: str, tegenspraak: str
) -> None:
    uitslag = deel_huishouden_in(huishouden(scores), K)
    assert (uitslag.klasse, uitslag.tegenspraak) == (klasse, tegenspraak)
    tabel = deel_in([huishouden(scores)], K).tegenspraken
    assert list(tabel["tegenspraak"]) == ([tegenspraak] if tegenspraak else [])


def test_top_alleen_als_de_registratie_het_zegt() -> None:
    slecht = dict.fromkeys(ZRM_2013, 1.0)
    assert deel_huishouden_in(huishouden(slecht), K).klasse == "nzr"
    assert deel_huishouden_in(huishouden(slecht, top=True), K).klasse == "top"
    assert deel_huishouden_in(huishouden({}, top=True), K).klasse == "top"
    assert "gemiddeld groen" in deel_huishouden_in(huishouden(GOED, top=True), K).tegenspraak
    assert any("zitten in niet-zelfredzaam" in a for a in deel_in([huishouden(slecht)], K).aannamen)


def test_feiten_tellen_mee_in_hun_gebied() -> None:
    assert gebieden_met_probleem(huishouden(GOED, schulden=True, overlast=True, lvb=True), K) == (
        "financien",
        "beperking",
        "overlast",
    )
    assert gebieden_met_probleem(huishouden(GOED, geen_werk=True), K) == (), "geen werk hebben is geen probleemgebied"


def test_te_weinig_scores() -> None:
    zes = dict(zip(ZRM_2013[:6], [1.0] * 6, strict=True))
    assert deel_huishouden_in(huishouden(zes), K).klasse == "nzr"
    vijf = {**zes, "financien": None, "justitie": 1.0}
    uitslag = deel_huishouden_in(huishouden(vijf), K)
    assert (uitslag.klasse, uitslag.scores) == ("onbekend", 5)


def test_drempels_zijn_kengetallen() -> None:
    h = huishouden(met(financien=3, sociaal_netwerk=3))
    assert deel_huishouden_in(h, K.met({"zelfredzaamheid.probleem_score": 2})).klasse == "ev"
    assert deel_huishouden_in(h, K.met({"zelfredzaamheid.gebieden_mv": 3})).klasse == "ev"
    assert deel_huishouden_in(h, K.met({"zelfredzaamheid.grens_nzr": 4.7})).klasse == "nzr"
    assert deel_huishouden_in(h, K.met({"zelfredzaamheid.minimum_scores": 11})).klasse == "onbekend"
    assert deel_huishouden_in(h, K.met({"zelfredzaamheid.grens_groen": 4.6})).tegenspraak == ""


def test_schaal_0_1_is_niet_te_splitsen() -> None:
    nul = dict.fromkeys(ZRM_2013, 0.0)
    mv = huishouden({**nul, "financien": 1.0, "verslaving": 1.0}, schaal="0-1")
    uitslag = deel_huishouden_in(mv, K)
    assert (uitslag.klasse, uitslag.gemiddelde, uitslag.tegenspraak) == ("mv", None, "")
    assert deel_huishouden_in(huishouden({**nul, "adl": 1.0}, schaal="0-1"), K).klasse == "ev"
    i = deel_in([replace(mv, id=str(n)) for n in range(4)], K)
    # tabel 2.2, voorgenomen doelgroep mv, gezinnen: 75% and 25%
    assert [i.antwoorden[f"zwaarte.gezin.{k}"] for k in KLASSEN] == [0, 0.75, 0.25, 0]
    marges = i.marges().set_index("klasse")
    assert (marges.loc["zr", "laag"], marges.loc["zr", "hoog"]) == (0, 1)
    assert any("De meervoudige huishoudens zijn met scores 0 en 1 niet te verdelen" in a for a in i.aannamen)


# --- a caseload ---------------------------------------------------------------------------------------------------

NZR = dict.fromkeys(ZRM_2013, 2.0)
ZR = met(financien=3, sociaal_netwerk=3, verslaving=3, adl=3, huisvesting=2, dagbesteding=2)


def caseload() -> list[Huishouden]:
    """20 gezinnen: 5 ev, 9 zr, 4 nzr, 2 with too few scores; 1 oudere with too few; 1 without type."""
    gezin = [GOED] * 5 + [ZR] * 9 + [NZR] * 4 + [{}] * 2
    uit = [
        huishouden(s, id=f"G{i}", kinderen=1 + i % 2, schulden=i % 4 != 0, geen_werk=i < 8, nieuw=i % 5 == 0)
        for i, s in enumerate(gezin)
    ]
    return [
        *uit,
        huishouden({}, id="O1", type="oudere", kinderen=0),
        huishouden(ZR, id="X1", type=None, kinderen=None),
    ]


def test_tabel_en_antwoorden_met_de_hand() -> None:
    i = deel_in(caseload(), K)
    assert i.tabel.loc["gezin"].to_dict() == {"ev": 5, "zr": 9, "mv": 0, "nzr": 4, "top": 0, "onbekend": 2}
    assert i.tabel.loc["onbekend", "zr"] == 1
    assert i.tabel.loc["oudere", "onbekend"] == 1
    assert (i.huishoudens, int(i.tabel.to_numpy().sum()), int(i.tabel["onbekend"].sum())) == (22, 22, 3)
    a = i.antwoorden
    assert a["huishoudens"] == 22
    # 20 and 1 of the 21 households with a type
    assert (a["type.gezin"], a["type.oudere"], a["type.overig"]) == (0.9524, 0.0476, 0)
    # 5, 9 and 4 of the 18 that are placed
    assert [a[f"zwaarte.gezin.{k}"] for k in KLASSEN] == [0.2778, 0.5, 0.2222, 0]
    # nobody of the elderly is placed: tabel 2.2
    assert [a[f"zwaarte.oudere.{k}"] for k in KLASSEN] == [0, 0.5, 0.5, 0]
    # the 13 meervoudige gezinnen are G5..G17: debts but for 8, 12 and 16; no work for 5, 6, 7
    assert a["schulden.gezin"] == round(10 / 13, 4)
    assert a["geen_werk.gezin"] == round(3 / 13, 4)
    assert a["kinderen"] == 1.5
    assert a["nieuw"] == 0.2
    assert "schulden.oudere" not in a
    assert "overlast.gezin" not in a
    assert "geen_werk.oudere" not in set(i.waarnemingen["sleutel"])
    assert sum(sum(v.values()) for v in i.per_klasse().values()) == pytest.approx(22)


def test_aannamen_noemen_wat_niet_is_gemeten() -> None:
    tekst = " ".join(deel_in(caseload(), K).aannamen)
    assert "Minder dan 10 huishoudens hebben te weinig scores (onder de 6)" in tekst
    assert "Van een deel van de huishoudens is het type onbekend" in tekst
    assert "hun klasse telt niet mee in vraag 3" in tekst
    assert "Bij ouderen is geen enkel huishouden in te delen" in tekst
    assert "verstandelijke beperking" in tekst
    assert "overlast.gezin" in tekst


def test_marges_omvatten_alle_plaatsen_van_wie_niet_is_ingedeeld() -> None:
    m = deel_in(caseload(), K).marges().set_index(["type", "klasse"])
    assert tuple(m.loc[("gezin", "ev"), ["laag", "hoog"]]) == (5 / 20, 7 / 20)
    assert tuple(m.loc[("gezin", "top"), ["laag", "hoog"]]) == (0, 0)
    assert ((m["laag"] <= m["aandeel"]) & (m["aandeel"] <= m["hoog"])).all()


def test_antwoorden_passen_in_een_aanpak(kengetallen: Kengetallen) -> None:
    rest = {"naam": "Noord", "fte": 10, "additioneel": 0.5, "disciplines": ["wi"]}
    for huishoudens in (caseload(), lees_registratie(paden.data() / BESTAND).huishoudens):
        i = deel_in(huishoudens, kengetallen)
        aanpak = maak_aanpak({**rest, **i.antwoorden}, kengetallen)
        assert aanpak.huishoudens == len(huishoudens)
        assert set(i.antwoorden) <= aanpak.opgegeven
        assert aanpak.geen_werk.oudere == 1


def test_geen_huishoudens_of_dubbele() -> None:
    with pytest.raises(InvoerFout, match="er zijn geen huishoudens"):
        deel_in([], K)
    with pytest.raises(InvoerFout, match="huishoudens = 1: zoveel ID's komen vaker voor"):
        deel_in([huishouden(GOED), huishouden(GOED)], K)


def test_zonder_een_type_zijn_vraag_2_en_3_niet_te_beantwoorden(tmp_path: Path) -> None:
    with pytest.raises(InvoerFout, match="type ontbreekt overal: vraag 2 en 3 zijn niet te beantwoorden") as fout:
        deel_in([huishouden(GOED, type=None)], K)
    assert "kolom type" in fout.value.meldingen[0].remedie
    pad = schrijf(tmp_path, "r.csv", "id;financien;huisvesting\n1;2;3\n")
    with pytest.raises(InvoerFout, match=r"r\.csv: type"):
        uit_registratie.deel_registratie_in(lees_registratie(str(pad)), K)


def test_meegeleverde_registratie() -> None:
    """Counted from the file by its own recipe, not by the rules under test: totals, top and types."""
    rijen = pd.read_csv(paden.data() / BESTAND, sep=";", dtype=str).drop_duplicates("id")
    i = deel_in(lees_registratie(paden.data() / BESTAND).huishoudens, K)
    assert int(i.tabel.to_numpy().sum()) == len(rijen) == 240
    assert int(i.tabel["top"].sum()) == (rijen["top"] == "ja").sum()
    assert int(i.tabel.loc["gezin"].sum()) == (rijen["kinderen_onder_18"] != "0").sum()
    assert int(i.tabel.loc["onbekend"].sum()) == 0
    assert int(i.tabel["onbekend"].sum()) == 6
    assert len(i.tegenspraken) > 10, "het voorbeeld laat tegenspraken zien"
    assert set(i.tegenspraken["klasse"]) == {"ev", "zr", "top"}


# --- what must always hold ----------------------------------------------------------------------------------------

SCORES_5 = st.dictionaries(st.sampled_from(DOMEINEN), st.one_of(st.none(), st.integers(1, 5).map(float)))
SCORES_1 = st.dictionaries(st.sampled_from(DOMEINEN), st.one_of(st.none(), st.sampled_from([0.0, 1.0])))
FEIT = st.sampled_from([None, False, True])


@st.composite
def huishoudens(draw: st.DrawFn) -> Huishouden:
    schaal = draw(st.sampled_from(["1-5", "0-1"]))
    velden: dict[str, Any] = {f: draw(FEIT) for f in ("schulden", "geen_werk", "overlast", "nieuw", "lvb", "top")}
    velden["type"] = draw(st.sampled_from([None, *TYPEN]))
    velden["kinderen"] = draw(st.one_of(st.none(), st.integers(0, 5)))
    return huishouden(draw(SCORES_5 if schaal == "1-5" else SCORES_1), schaal, **velden)


MET_TYPE = st.lists(huishoudens(), min_size=1, max_size=30).filter(lambda lijst: any(h.type for h in lijst))


@given(MET_TYPE)
@settings(max_examples=voorbeelden(60))
def test_huishoudens_erin_zijn_huishoudens_eruit(lijst: list[Huishouden]) -> None:
    i = deel_in([replace(h, id=str(n)) for n, h in enumerate(lijst)], K)
    assert int(i.tabel.to_numpy().sum()) == i.huishoudens == len(lijst) == len(i.uitslagen)
    assert list(i.tabel.columns) == list(KOLOMMEN)
    a = i.antwoorden
    assert all(0 <= w <= 1 for s, w in a.items() if s not in ("huishoudens", "kinderen"))
    assert sum(a[f"type.{t}"] for t in TYPEN) == pytest.approx(1, abs=1e-12)
    assert sum(sum(v.values()) for v in i.per_klasse().values()) == pytest.approx(len(lijst))
    maak_aanpak({"naam": "x", "fte": 1, "additioneel": 0, "disciplines": [], **a}, K)
    for t in TYPEN:
        if i.tabel.loc[t].sum():
            assert sum(a[f"zwaarte.{t}.{k}"] for k in KLASSEN) == pytest.approx(1, abs=1e-12)


@given(st.dictionaries(st.sampled_from(ADL), st.integers(1, 5).map(float)), st.sampled_from([0, 1]))
@settings(max_examples=voorbeelden(100))
def test_adl_alleen_is_nooit_meervoudig(adl: dict[str, float], nul_een: int) -> None:
    rest = dict.fromkeys(DOMEINEN, 0.0 if nul_een else 5.0)
    schaal = "0-1" if nul_een else "1-5"
    scores = {**rest, **{d: float(s <= 3) if nul_een else s for d, s in adl.items()}}
    uitslag = deel_huishouden_in(huishouden(scores, schaal), K)
    assert uitslag.klasse == "ev"
    assert len(uitslag.gebieden) <= 1


@given(SCORES_5, st.sampled_from(DOMEINEN), st.integers(1, 4))
@settings(max_examples=voorbeelden(100))
def test_een_hogere_score_maakt_een_huishouden_nooit_zwaarder(
    scores: dict[str, float | None], domein: str, erbij: int
) -> None:
    oud = scores.get(domein)
    if oud is None:
        return
    voor = huishouden(scores)
    na = huishouden({**scores, domein: min(oud + erbij, 5.0)})
    een, twee = (gemiddelde_score(h) for h in (voor, na))
    if een is not None and twee is not None:
        assert ZWAARTE[klasse_van_gemiddelde(twee, K)] <= ZWAARTE[klasse_van_gemiddelde(een, K)]
    assert len(gebieden_met_probleem(na, K)) <= len(gebieden_met_probleem(voor, K))
    klassen = [deel_huishouden_in(h, K).klasse for h in (voor, na)]
    if "onbekend" in klassen:
        assert klassen[0] == klassen[1]
    else:
        assert ZWAARTE[klassen[1]] <= ZWAARTE[klassen[0]]


@given(SCORES_5)
@settings(max_examples=voorbeelden(100))
def test_justitie_doet_niet_mee_in_het_gemiddelde(scores: dict[str, float | None]) -> None:
    zonder = {d: s for d, s in scores.items() if d not in NIET_IN_GEMIDDELDE}
    assert gemiddelde_score(huishouden(scores)) == gemiddelde_score(huishouden(zonder))


# --- small counts -------------------------------------------------------------------------------------------------


def tabel(*rijen: tuple[int, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        rijen, index=[f"r{i}" for i in range(len(rijen))], columns=[f"k{j}" for j in range(len(rijen[0]))]
    )


def test_een_kleine_cel_krijgt_gezelschap_in_rij_en_kolom() -> None:
    uit = onderdruk(tabel((50, 4, 30), (40, 20, 25), (60, 70, 80)), 10)
    # 4 alone would follow from its row and column totals; 30 and 20 are the smallest beside it, 25 closes the square
    assert uit.isna().to_numpy().tolist() == [
        [False, True, True, False],
        [False, True, True, False],
        [False, False, False, False],
        [False, False, False, False],
    ]
    assert uit.loc[TOTAAL, TOTAAL] == 379


def test_kleine_cellen_die_samen_klein_zijn_krijgen_er_een_bij() -> None:
    # 3 + 4 = 7 would follow from the row total, so 50 goes too; the second row (the smallest) closes the squares
    uit = onderdruk(tabel((3, 4, 50), (40, 20, 60), (60, 70, 80)), 10)
    assert uit.isna().to_numpy()[:, :3].tolist() == [[True] * 3, [True] * 3, [False] * 3, [False] * 3]
    assert not uit[TOTAAL].isna().any()


def test_grote_cellen_blijven_zichtbaar() -> None:
    uit = onderdruk(tabel((10, 20), (30, 40)), 10)
    assert not uit.isna().to_numpy().any()
    assert uit.loc[TOTAAL].tolist() == [40, 60, 100]


def test_lege_rij_of_kolom_blijft_nul_en_een_losse_nul_niet() -> None:
    uit = onderdruk(tabel((50, 0, 30), (40, 0, 25), (0, 0, 0)), 10)
    assert uit["k1"].tolist() == [0, 0, 0, 0]
    assert uit.loc["r2"].tolist() == [0, 0, 0, 0]
    assert not uit.isna().to_numpy().any()
    assert pd.isna(onderdruk(tabel((50, 0), (40, 25)), 10).loc["r0", "k1"])


@pytest.mark.parametrize("fout", [-1, 2.5])
def test_alleen_gehele_aantallen(fout: float) -> None:
    with pytest.raises(ValueError, match="gehele aantallen"):
        onderdruk(pd.DataFrame([[fout, 3]]), 10)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(
            st.lists(st.one_of(st.just(0), st.integers(0, 15), st.integers(0, 200)), min_size=n, max_size=n),
            min_size=1,
            max_size=4,
        )
    )
)
@settings(max_examples=voorbeelden(150))
def test_wat_verborgen_is_volgt_niet_uit_de_rest(rijen: list[list[int]]) -> None:
    """Solve the sums: a hidden cell is fixed when no solution of the homogeneous system moves it."""
    kern = tabel(*(tuple(r) for r in rijen))
    uit = onderdruk(kern, 10)
    weg = uit.isna().to_numpy()
    vol = np.vstack([kern.to_numpy(), kern.to_numpy().sum(axis=0)])
    vol = np.hstack([vol, vol.sum(axis=1, keepdims=True)])
    assert (uit.fillna(-1).to_numpy()[~weg] == vol[~weg]).all()
    leeg = (vol[:, -1:] == 0) | (vol[-1:, :] == 0)
    assert weg[(vol < 10) & ~leeg].all(), "elke kleine cel is weg"
    if not weg.any() or (weg | leeg).all():  # nothing to protect, or nothing left to show
        return
    for p in terug_te_rekenen(weg):
        buren = [*((p[0], j) for j in range(vol.shape[1])), *((i, p[1]) for i in range(vol.shape[0]))]
        assert all(weg[b] or leeg[b] for b in buren), f"cel {p} is terug te rekenen"


def terug_te_rekenen(weg: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Hidden cells whose value the sums of a table with totals fix, by linear algebra."""
    plaatsen = [(int(i), int(j)) for i, j in np.argwhere(weg)]
    stelsel = [
        [(1 if p[1 - as_] < weg.shape[1 - as_] - 1 else -1) if p[as_] == lijn else 0 for p in plaatsen]
        for as_ in (0, 1)
        for lijn in range(weg.shape[as_])
    ]
    _, s, v = np.linalg.svd(np.array(stelsel, dtype=float))
    beweegt = np.abs(v[int((s > 1e-9).sum()) :]).max(axis=0, initial=0.0) > 1e-9
    return [p for p, vrij in zip(plaatsen, beweegt, strict=True) if not vrij]


def test_een_cel_tussen_twee_kringen_is_niet_veilig() -> None:
    # every row and column has two hidden cells, and yet 5 follows: both squares beside it cancel out
    kern = tabel((8, 7, 50, 60), (9, 6, 5, 70), (50, 60, 7, 8), (90, 80, 9, 6))
    klein = np.zeros((5, 5), dtype=bool)
    klein[:4, :4] = kern.to_numpy() < 10
    assert terug_te_rekenen(klein) == [(1, 2)]
    weg = onderdruk(kern, 10).isna().to_numpy()
    assert weg[klein].all()
    assert terug_te_rekenen(weg) == []


@pytest.mark.parametrize(
    ("aantal", "tekst"),
    [(0, "minder dan 10"), (9, "minder dan 10"), (10, "ongeveer 10"), (14, "ongeveer 10"), (15, "ongeveer 20")],
)
def test_een_aantal_in_een_zin(aantal: int, tekst: str) -> None:
    assert ongeveer(aantal, 10) == tekst


# --- what a report shows ------------------------------------------------------------------------------------------


@pytest.fixture
def waterstad() -> Indeling:
    indeling = uit_registratie.deel_registratie_in(lees_registratie(str(paden.data() / BESTAND)), K)
    assert indeling is not None
    return indeling


def rijen_van(html: str) -> list[list[str]]:
    return [[c.text for c in tr.find_all(["th", "td"])] for tr in BeautifulSoup(html, "html.parser").find_all("tr")]


def als_getal(tekst: str) -> float:
    return float(tekst.rstrip("%").replace(".", "").replace(",", "."))


def test_geen_getoonde_som_of_verschil_geeft_een_kleine_cel(waterstad: Indeling) -> None:
    """The unplaced (6) and the top (3, 2, 1) do not follow from the table, nor do exact totals stand beside it."""
    teksten = [uit_registratie.tabel(waterstad, K).als_html(), uit_registratie.antwoorden(waterstad).als_html()]
    teksten.append(uit_registratie.toelichting(waterstad).data)
    zichtbaar = " ".join(BeautifulSoup(t, "html.parser").get_text(" ") for t in teksten)
    aantallen = {int(n) for n in re.findall(r"(?<![\d,.§])\d+(?![\d,.%])", zichtbaar)}
    kern = waterstad.tabel.to_numpy()
    exact = {int(n) for n in (*kern.sum(axis=1), kern.sum(), *waterstad.tabel["nzr"]) if n}
    assert exact == {99, 50, 91, 240, 34, 16, 24}
    assert not aantallen & (exact - {16}), "16 is also the number of elderly in the green class"
    kop, *rijen = rijen_van(teksten[0])
    assert "met top" in " ".join(kop)
    getallen = np.array([[int(c) for c in rij[1:]] for rij in rijen])
    assert (getallen >= 10).all()
    assert (getallen[:, :-1].sum(axis=1) == getallen[:, -1]).all()
    assert getallen[-1, -1] == 240 - 6


def test_getoonde_aandelen_volgen_uit_de_tabel(waterstad: Indeling) -> None:
    """Question 3 says nothing that the table does not: no 3,2% of 95 for the top of the gezinnen."""
    getoond = {rij[1]: rij[2] for rij in rijen_van(uit_registratie.antwoorden(waterstad).als_html())[1:]}
    cellen = {
        rij[0]: [int(c) for c in rij[1:]] for rij in rijen_van(uit_registratie.tabel(waterstad, K).als_html())[1:]
    }
    assert not [label for label in getoond if "Top" in label]
    for rij in ("Gezinnen", "Ouderen", "Overige huishoudens"):
        *klassen, totaal = cellen[rij]
        delen = [als_getal(w) for label, w in getoond.items() if label.startswith(f"{rij}: ")]
        assert delen == [pytest.approx(100 * n / totaal, abs=0.05) for n in klassen]
        assert als_getal(getoond[f"Type huishoudens: {rij}"]) == pytest.approx(100 * totaal / 234, abs=0.05)
    assert getoond["Overlastgevend: Ouderen"] == "·", "0% says of every oudere that there is no overlast"
    assert getoond["Problematische schulden: Ouderen"] == "·", "7 of 31"
    assert getoond["Problematische schulden: Gezinnen"] == "85%", "57 of 69, to 5%"


def test_figuur_toont_de_aandelen_van_de_tabel(waterstad: Indeling) -> None:
    ax = uit_registratie.figuur(waterstad)
    assert isinstance(ax, Assen)
    assert "De top zit in niet-zelfredzaam" in ax.alt
    assert ax.get_title(loc="left") == "Ingedeelde huishoudens"
    hoogten = np.array([p.get_height() for p in ax.patches]).reshape(len(KLASSEN), 4).T  # type: ignore[attr-defined]
    tabel_ = waterstad.publicatie.tabel.loc[[TOTAAL, *TYPEN]]
    assert hoogten[:, :3] == pytest.approx(tabel_[["ev", "zr", NZR_TOP]].div(tabel_[TOTAAL], axis=0).to_numpy(float))
    assert not hoogten[:, 3].any()
    legenda = [t.get_text() for t in ax.figure.legends[0].get_texts() if t.get_visible()]
    assert "Meervoudig, niet-zelfredzaam (met top)" in legenda
    assert "Top" not in legenda


def test_een_grote_afgeschermde_cel_heet_niet_kleiner_dan_tien(waterstad: Indeling) -> None:
    kern = klassentabel(gezin=(50, 4, 0, 30, 0, 0), oudere=(40, 20, 0, 25, 0, 3), overig=(60, 70, 0, 80, 0, 0))
    publicatie = publiceer(kern, K)
    assert publicatie.tabel.isna().to_numpy().sum() == 4, "one small cell, three that protect it"
    indeling = replace(waterstad, publicatie=publicatie)
    html = uit_registratie.tabel(indeling, K).als_html()
    rijen = {r[0]: r[1:] for r in rijen_van(html)}
    assert rijen["Gezinnen"] == ["50", "·", "·", "84"]
    assert rijen["Ouderen"] == ["40", "·", "·", "85"], "without the 3 that are not placed"
    assert "<" not in BeautifulSoup(html, "html.parser").get_text()
    assert "(· is afgeschermd: minder dan 10, of" in html
    assert "minder dan 5, of" in uit_registratie.tabel(indeling, K.met({"zelfredzaamheid.kleine_cel": 5})).als_html()
    getoond = {rij[1]: rij[2] for rij in rijen_van(uit_registratie.antwoorden(indeling).als_html())[1:]}
    assert getoond["Gezinnen: Meervoudig, zelfredzaam (zr)"] == "·"
    assert getoond["Gezinnen: Meervoudig, niet-zelfredzaam (nzr)"] == "·"
    assert getoond["Gezinnen: Enkelvoudig (ev)"] == "59,5%"
    assert list(uit_registratie.zichtbare_aandelen(publicatie).index) == ["Totaal", "Overige huishoudens"]


def test_een_grote_top_blijft_een_klasse() -> None:
    publicatie = publiceer(klassentabel(gezin=(50, 40, 0, 30, 20, 0), overig=(60, 70, 0, 80, 10, 4)), K)
    assert not publicatie.met_top
    assert publicatie.tabel["top"].tolist() == [20, 0, 10, 0, 30]
    assert publicatie.aandelen.loc["overig", "top"] == 10 / 220


def test_te_kleine_caseload_geeft_geen_figuur(waterstad: Indeling) -> None:
    indeling = replace(waterstad, publicatie=publiceer(klassentabel(gezin=(3, 4, 0, 5, 1, 2)), K))
    geen = uit_registratie.figuur(indeling)
    assert isinstance(geen, HTML)
    assert "te klein voor een figuur" in geen.data
    antwoorden = uit_registratie.antwoorden(indeling).als_html()
    assert {r[2] for r in rijen_van(antwoorden)[1:] if r[0] == "3" and r[1].startswith("Gezinnen")} == {"·"}


def test_wat_niet_te_splitsen_is_gaat_in_een_figuur_volgens_tabel_2_2() -> None:
    aandelen = publiceer(klassentabel(gezin=(20, 0, 40, 0, 0, 0), onbekend=(0, 0, 0, 0, 0, 7)), K).aandelen
    # 40 meervoudige gezinnen: 75% and 25%
    assert aandelen.loc["gezin"].tolist() == pytest.approx([20 / 60, 30 / 60, 10 / 60, 0])
    assert aandelen.loc[TOTAAL].tolist() == pytest.approx([20 / 60, 30 / 60, 10 / 60, 0])
    assert aandelen.loc["oudere"].isna().all()


def test_het_gemiddelde_aantal_kinderen_volgt_uit_afgeronde_aantallen() -> None:
    """11 families with 16 children, and a month later one more with 1 child: in fives both are 15 of 10 families."""
    voor, na = (uit_registratie.getoonde_waarneming("kinderen", som, n, 10, 5) for som, n in ((16, 11), (17, 12)))
    assert str(voor) == str(na) == "1,5"
    assert str(uit_registratie.getoonde_waarneming("kinderen", 17, 12, 10)) == "1,4", "zonder afronding van de tabel"
    assert uit_registratie.getoonde_waarneming("kinderen", 17, 9, 10, 5) == "·"


def test_een_afgerond_aandeel_verraadt_zijn_noemer_niet() -> None:
    """Debts are counted without the top: whoever knows nzr with top must not find the top from the share."""

    def getoond(noemer: int) -> set[object]:
        return {uit_registratie.getoonde_waarneming("schulden.gezin", n, noemer, 10) for n in range(noemer + 1)}

    per_noemer = {d: getoond(d) for d in range(1, 160)}
    assert all(per_noemer[d] == {"·"} for d in range(1, 20))
    for d in range(20, 150):
        assert all(per_noemer[d] <= per_noemer[d + erbij] for erbij in range(1, 10)), d


LAAG = {"zelfredzaamheid.kleine_cel": 3}


@given(MET_TYPE)
@settings(max_examples=voorbeelden(40))
def test_een_aandeel_staat_er_alleen_bij_een_zichtbare_cel(lijst: list[Huishouden]) -> None:
    publicatie = deel_in([replace(h, id=str(n)) for n, h in enumerate(lijst)], K.met(LAAG)).publicatie
    cellen = publicatie.tabel.rename(columns={NZR_TOP: "nzr"})
    for (rij, klasse), aandeel in publicatie.aandelen.stack().items():
        if not np.isnan(aandeel):
            bron = [klasse, TOTAAL, *(["mv"] if klasse in ("zr", "nzr") else [])]
            assert not cellen.loc[rij, bron].isna().any()
            if klasse in ("ev", "top") or not cellen.loc[rij, "mv"]:
                assert aandeel == cellen.loc[rij, klasse] / cellen.loc[rij, TOTAAL]
