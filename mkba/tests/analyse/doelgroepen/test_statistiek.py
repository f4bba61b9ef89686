"""From statistics to classes: worked by hand on a small area, and laws that hold everywhere."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak
from mkba.analyse.doelgroepen.statistiek import (
    KLASSEN,
    NIVEAU_TABEL_22,
    indicatoren,
    klassen,
    uit_statistiek,
    wijkindex,
)
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.zaak.gebied import Gebied
from mkba.kern.zaak.waarschuwingen import waarschuwingen
from mkba.model.berekening import bereken
from mkba.tests.hulp_cbs import HANDLAND as NEDERLAND
from mkba.tests.hulp_cbs import HANDWIJK as WIJK


def test_met_de_hand(kengetallen: Kengetallen) -> None:
    """1,000 households: 300 x 0.72 = 216 gezinnen, 200 x 0.754 = 150.8 ouderen, 633.2 overig.

    Ratios to NL: income 1.5, bijstand 0.1 / 0.05 = 2, jeugdhulp 1.25; eenouder unknown. Wmo 0.035 with 10% 65+
    against 0.07 with 20%: 0.35 per 65-plusser in both, ratio 1.
    """
    d = uit_statistiek([WIJK], NEDERLAND, kengetallen)
    assert d.aantallen[0].sum(axis=1) == pytest.approx([216, 150.8, 633.2])
    gezin = (0.3 * 0.5 / 1.0 + 0.3 * 1.0 / 1.5 + 0.3 * 0.25 / 0.5) / 0.9
    oudere = 0.4 * 0.5 / 1.0 + 0.6 * 0.0
    overig = 0.4 * 0.5 / 1.0 + 0.6 * 1.0 / 1.5
    assert d.index[0] == pytest.approx([gezin, oudere, overig])
    assert d.ontbreekt[0] == {"gezin": ("eenouder",), "oudere": (), "overig": ()}
    # gezin: standaardwijk 80/15/5 to probleemwijk 65/20/15, top 0.5% x (1 + index) out of nzr
    top = 0.005 * (1 + gezin)
    verwacht = [0.80 - 0.15 * gezin, 0.15 + 0.05 * gezin, 0.05 + 0.10 * gezin - top, top]
    assert d.aantallen[0, 0] / 216 == pytest.approx(verwacht)


def test_nederland_zelf_is_de_standaardwijk(kengetallen: Kengetallen) -> None:
    """The national line: about 85% ev (meta-analysis §2.2)."""
    d = uit_statistiek([NEDERLAND], NEDERLAND, kengetallen)
    assert d.index[0] == pytest.approx([0, 0, 0])
    ev = d.totaal[:, 0].sum() / d.totaal.sum()
    assert ev == pytest.approx(kengetallen["doelgroep.landelijk_ev"], abs=0.015)


def test_de_uiteinden_zijn_tabel_2_2(kengetallen: Kengetallen) -> None:
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    for type_ in TYPEN:
        for index, profiel in ((0.0, "standaardwijk"), (1.0, "probleemwijk")):
            aandeel = klassen(type_, np.array([index]), vast)[0]
            gedrukt = [kengetallen[f"zwaarteprofiel.{profiel}.{type_}.{s}"] for s in ("ev", "zr", "nzr")]
            assert [*aandeel[:2], aandeel[2] + aandeel[3]] == pytest.approx(gedrukt)


getal = st.none() | st.floats(0, 1)


@settings(max_examples=80)
@given(
    huishoudens=st.integers(1, 50_000),
    kinderen=st.floats(0, 1),
    ouderen=st.floats(0, 2),
    laag=getal,
    bijstand=getal,
    jeugdhulp=getal,
    wmo=getal,
    eenouder=getal,
)
def test_huishoudens_erin_is_huishoudens_eruit(
    kengetallen: Kengetallen,
    huishoudens: int,
    kinderen: float,
    ouderen: float,
    laag: float | None,
    bijstand: float | None,
    jeugdhulp: float | None,
    wmo: float | None,
    eenouder: float | None,
) -> None:
    wijk = replace(
        WIJK,
        huishoudens=huishoudens,
        eenpersoons=None,
        zonder_kinderen=None,
        inwoners=2 * huishoudens,
        met_kinderen=kinderen * huishoudens,
        ouderen=ouderen * huishoudens,
        laag_inkomen=laag,
        bijstand=None if bijstand is None else bijstand * huishoudens,
        jeugdhulp=jeugdhulp,
        wmo=wmo,
        eenouder=eenouder,
    )
    d = uit_statistiek([wijk], NEDERLAND, kengetallen, trekkingen=50)
    assert d.aantallen.sum() == pytest.approx(huishoudens)
    assert d.hele_aantallen.sum() == huishoudens
    assert (d.aantallen >= -1e-9).all()
    assert (d.laag <= d.aantallen + 1e-9).all()
    assert (d.aantallen <= d.hoog + 1e-9).all()


def test_een_zwaardere_wijk_heeft_minder_ev(kengetallen: Kengetallen) -> None:
    zwaarder = replace(WIJK, laag_inkomen=0.18, bijstand=200, jeugdhulp=0.2, wmo=0.12)
    licht, zwaar = (uit_statistiek([w], NEDERLAND, kengetallen).totaal for w in (WIJK, zwaarder))
    assert (zwaar[:, 0] < licht[:, 0]).all()
    assert (zwaar[:, 2] > licht[:, 2]).all()


def test_onbekend_is_geen_nul(kengetallen: Kengetallen) -> None:
    """A secret indicator hands its weight to the others; without any the area is a standaardwijk."""
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    geheim = replace(WIJK, bijstand=None)
    assert wijkindex(geheim, NEDERLAND, "overig", vast)[0] == pytest.approx(0.5)
    niets = replace(WIJK, laag_inkomen=None, bijstand=None, jeugdhulp=None, wmo=None)
    assert wijkindex(niets, NEDERLAND, "gezin", vast)[0] == 0


def test_vergrijzing_is_geen_probleem(kengetallen: Kengetallen) -> None:
    """Twice as many elderly with twice as many Wmo clients: the index stays; more Wmo alone raises it."""
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    wijk = replace(WIJK, wmo=0.05)
    voor = wijkindex(wijk, NEDERLAND, "oudere", vast)
    grijzer = replace(wijk, ouderen=400, wmo=0.10)
    assert wijkindex(grijzer, NEDERLAND, "oudere", vast) == pytest.approx(voor)
    assert wijkindex(replace(wijk, wmo=0.055), NEDERLAND, "oudere", vast) > voor


def test_wmo_zonder_aandeel_ouderen_is_onbekend(kengetallen: Kengetallen) -> None:
    for wijk in (replace(WIJK, wmo=None), replace(WIJK, inwoners=None), replace(WIJK, ouderen=0)):
        assert indicatoren(wijk, NEDERLAND, "oudere") == (("inkomen",), ("wmo",))
    for land in (replace(NEDERLAND, wmo=None), replace(NEDERLAND, inwoners=None), replace(NEDERLAND, ouderen=None)):
        assert indicatoren(WIJK, land, "oudere") == (("inkomen",), ("wmo",))


def test_onbekend_in_gebied_of_voor_nederland(kengetallen: Kengetallen) -> None:
    """Only what an area has and the Netherlands lacks is the fault of the national row."""
    kaal = replace(NEDERLAND, jeugdhulp=None, laag_inkomen=None, armoede=0.03)
    d = uit_statistiek([replace(WIJK, bijstand=None)], kaal, kengetallen, trekkingen=10)
    assert d.ontbreekt[0]["gezin"] == ("inkomen", "bijstand", "jeugdhulp", "eenouder")
    assert d.ontbreekt_nederland == ("inkomen", "jeugdhulp")
    assert uit_statistiek([WIJK], NEDERLAND, kengetallen, trekkingen=10).ontbreekt_nederland == ()


def test_band_is_ook_bij_gemiddelde_cijfers_niet_smal(kengetallen: Kengetallen) -> None:
    """Every ratio 1 leaves the level of tabel 2.2: 0.8 to 1.2 times, of which the band is the middle 90%."""
    d = uit_statistiek([NEDERLAND], NEDERLAND, kengetallen)
    mv = d.aantallen[0, :, 1:].sum() / d.aantallen.sum()
    assert d.mv_band[0] == pytest.approx([0.82 * mv, 1.18 * mv], rel=0.02)


@pytest.mark.parametrize("eigen", [0.80, 1.0])
def test_een_eigen_landelijke_lijn_maakt_de_band_alleen_ruimer(kengetallen: Kengetallen, eigen: float) -> None:
    gewoon = uit_statistiek([NEDERLAND], NEDERLAND, kengetallen)
    anders = uit_statistiek([NEDERLAND], NEDERLAND, kengetallen.met({"doelgroep.landelijk_ev": eigen}))
    assert (anders.aantallen == gewoon.aantallen).all()
    assert np.ptp(anders.mv_band[0]) > np.ptp(gewoon.mv_band[0])


@settings(max_examples=50)
@given(index=st.floats(-0.5, 2.0), niveau=st.floats(0.0, 10.0))
def test_aandelen_blijven_aandelen_bij_elk_niveau(kengetallen: Kengetallen, index: float, niveau: float) -> None:
    getallen = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()} | {NIVEAU_TABEL_22: np.array([niveau])}
    for type_ in TYPEN:
        aandeel = klassen(type_, np.array([index]), getallen)
        assert aandeel.sum() == pytest.approx(1.0)
        assert (aandeel >= -1e-12).all()


def test_ijkpunt_van_de_drempels(kengetallen: Kengetallen) -> None:
    """An area at exactly the thresholds is tabel 2.2: about the 70% ev of the example wijk (§2.2)."""
    assert NEDERLAND.bijstand is not None
    factor = {i: kengetallen[f"doelgroep.probleemwijk.{i}"] for i in ("inkomen", "bijstand", "jeugdhulp", "wmo")}
    drempel = replace(
        NEDERLAND,
        code="WK000103",
        laag_inkomen=0.06 * factor["inkomen"],
        bijstand=NEDERLAND.bijstand * factor["bijstand"],
        jeugdhulp=0.12 * factor["jeugdhulp"],
        wmo=0.07 * factor["wmo"],
    )
    d = uit_statistiek([drempel], NEDERLAND, kengetallen, trekkingen=10)
    assert d.index[0] == pytest.approx([1, 1, 1])
    assert d.totaal[:, 0].sum() / d.totaal.sum() == pytest.approx(0.71, abs=0.005)


def test_armoede_wordt_niet_met_laag_inkomen_vergeleken(kengetallen: Kengetallen) -> None:
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    nieuw = replace(WIJK, laag_inkomen=None, armoede=0.06, wmo=None)
    assert wijkindex(nieuw, NEDERLAND, "oudere", vast)[0] == 0  # the Netherlands has low income only
    samen = replace(NEDERLAND, armoede=0.03)
    assert wijkindex(nieuw, samen, "oudere", vast)[0] == pytest.approx(1.0)


def test_typetotalen_van_de_gemeente_blijven_staan(kengetallen: Kengetallen) -> None:
    ander = replace(
        WIJK, code="WK000102", huishoudens=500, eenpersoons=200, zonder_kinderen=200, met_kinderen=100, ouderen=250
    )
    totalen = {"gezin": 300.0, "oudere": 400.0, "overig": 800.0}
    d = uit_statistiek([WIJK, ander], NEDERLAND, kengetallen, typetotalen=totalen, trekkingen=20)
    assert d.totaal.sum(axis=1) == pytest.approx([300, 400, 800])
    assert d.aantallen.sum(axis=(1, 2)) == pytest.approx([1000, 500])


def test_zelfde_zaad_zelfde_band(kengetallen: Kengetallen) -> None:
    a, b = (uit_statistiek([WIJK], NEDERLAND, kengetallen, trekkingen=100) for _ in range(2))
    assert (a.laag == b.laag).all()


@pytest.mark.parametrize(
    ("gebieden", "nederland", "verwacht"),
    [
        ([], NEDERLAND, "geen gebied gekozen"),
        ([WIJK], WIJK, "niet de rij van Nederland"),
        ([replace(WIJK, jaar=2022)], NEDERLAND, "ander jaar"),
        ([replace(WIJK, huishoudens=None)], NEDERLAND, "WK000101 huishoudens.*geheim"),
        ([WIJK, replace(WIJK, code="BU00010102")], NEDERLAND, "liggen in een ander"),
        ([WIJK, WIJK], NEDERLAND, "staan er dubbel"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd(
    kengetallen: Kengetallen, gebieden: list[Gebied], nederland: Gebied, verwacht: str
) -> None:
    with pytest.raises(InvoerFout, match=f"(?s){verwacht}"):
        uit_statistiek(gebieden, nederland, kengetallen)
    with pytest.raises(InvoerFout, match="typetotalen"):
        uit_statistiek([WIJK], NEDERLAND, kengetallen, typetotalen={"gezin": 1.0})


def test_aanpak_uit_doelgroepen(kengetallen: Kengetallen) -> None:
    """Questions 1 to 3 and the fte follow from the analysis; the rest are the kengetallen of MKBA 1.0."""
    d = uit_statistiek([WIJK], NEDERLAND, kengetallen)
    aanpak = eerste_aanpak("Handwijk", d.per_klasse(), kengetallen)
    mv = d.totaal[:, [KLASSEN.index("zr"), KLASSEN.index("nzr")]]
    assert aanpak.huishoudens == round(mv.sum() * kengetallen["doelgroep.bereik"])
    aandeel = mv.sum(axis=1) / mv.sum()
    assert [getattr(aanpak.type, t) for t in TYPEN] == pytest.approx(aandeel, abs=1e-4)
    assert aanpak.zwaarte.gezin.nzr == pytest.approx(mv[0, 1] / mv[0].sum(), abs=1e-4)
    assert aanpak.fte == pytest.approx(bereken(aanpak, kengetallen)["fte_kengetal"], abs=0.25)
    assert aanpak.nieuw == kengetallen["knop.nieuw"]
    assert not [m for m in waarschuwingen(aanpak, kengetallen) if "tellen op" in m.oorzaak]
    wijk = eerste_aanpak("hele wijk", d.per_klasse(), kengetallen, zwaarten=KLASSEN, bereik=1.0, fte=5)
    assert wijk.huishoudens == 1000
    assert wijk.fte == 5
