"""From statistics to classes: worked by hand on a small area, and laws that hold everywhere."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak
from mkba.analyse.doelgroepen.statistiek import (
    NIVEAU_TABEL_22,
    klassen,
    uit_statistiek,
)
from mkba.analyse.doelgroepen.wijkindex import indicatoren, wijkindex
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN
from mkba.kern.zaak.gebied import Gebied
from mkba.kern.zaak.waarschuwingen import waarschuwingen
from mkba.model.berekening import bereken
from mkba.tests.hulp_cbs import HANDLAND as NEDERLAND
from mkba.tests.hulp_cbs import HANDWIJK as WIJK
from mkba.tests.hulp_voorbeelden import voorbeelden


def test_met_de_hand(kengetallen: Kengetallen) -> None:
    """1,000 households: 300 x 0.72 = 216 gezinnen, 200 x 0.754 = 150.8 ouderen, 633.2 overig.

    Ratios to NL: income 1.5, bijstand 0.1 / 0.05 = 2, jeugdhulp 1.25; eenouder unknown. Wmo: of 1.26 million clients in
    NL 60% are 65+, so 0.21 per 65-plusser and 0.035 per younger person; here 42 + 63 = 105 are to be expected and 70
    there are, two thirds, which 200 persons of 65+ tell for 200 / 250 = 0.8. All of it counts for 1,000 / 1,100.
    """
    d = uit_statistiek([WIJK], NEDERLAND, kengetallen)
    assert d.aantallen[0].sum(axis=1) == pytest.approx([216, 150.8, 633.2])
    gezin = (0.3 * 0.5 / 1.0 + 0.3 * 1.0 / 1.5 + 0.1 * 0.25 / 0.5) / 0.7 / 1.1
    wmo = 0.8 * (70 / 105 - 1) / 0.6
    oudere = -0.45 * np.tanh(-(0.4 * 0.5 / 1.0 + 0.6 * wmo) / 0.45) / 1.1
    overig = (0.4 * 0.5 / 1.0 + 0.6 * 1.0 / 1.5) / 1.1
    assert d.index[0] == pytest.approx([gezin, oudere, overig])
    assert d.ontbreekt[0] == {"gezin": ("eenouder",), "oudere": (), "overig": ()}
    assert (d.eigen[0], d.naar[0]) == (pytest.approx(1 / 1.1), "")
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


@settings(max_examples=voorbeelden(80))
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
    assert wijkindex(geheim, NEDERLAND, "overig", vast)[0] == pytest.approx(0.5 / 1.1)
    niets = replace(WIJK, laag_inkomen=None, bijstand=None, jeugdhulp=None, wmo=None)
    assert wijkindex(niets, NEDERLAND, "gezin", vast)[0] == 0


@pytest.mark.parametrize("ouderen", [5, 200, 900])
def test_vergrijzing_is_geen_probleem(kengetallen: Kengetallen, ouderen: float) -> None:
    """With the national rates of each age there is no index, young or old; more clients alone raise it."""
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    clienten = 0.21 * ouderen + 0.035 * (2000 - ouderen)
    wijk = replace(WIJK, ouderen=ouderen, wmo=clienten / 2000, laag_inkomen=0.06)
    assert wijkindex(wijk, NEDERLAND, "oudere", vast)[0] == pytest.approx(0, abs=1e-12)
    assert wijkindex(replace(wijk, wmo=1.1 * clienten / 2000), NEDERLAND, "oudere", vast)[0] > 0


def test_weinig_65_plussers_zeggen_weinig(kengetallen: Kengetallen) -> None:
    """Binckhorst: 8 persons of 65+ and 46 clients. 1.68 + 69.72 = 71.4 are to be expected; 8 / 58 of it counts."""
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    jong = replace(WIJK, ouderen=8, wmo=46 / 2000, laag_inkomen=None)
    ruw = 8 / 58 * (46 / 71.4 - 1) / 0.6
    assert wijkindex(jong, NEDERLAND, "oudere", vast)[0] == pytest.approx(-0.45 * np.tanh(-ruw / 0.45) / 1.1)


def test_zonder_kinderen_onder_wie_client_kan_zijn(kengetallen: Kengetallen) -> None:
    """Children are no Wmo client: 2,000 - 200 - 800 = 1,000 adults under 65, of NL 18 - 3.6 - 2.4 = 12 million."""
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    land, wijk = replace(NEDERLAND, kinderen=2_400_000), replace(WIJK, kinderen=800, laag_inkomen=None)
    verwacht = 0.21 * 200 + 0.4 * 1_260_000 / 12_000_000 * 1000
    ruw = 0.8 * (70 / verwacht - 1) / 0.6
    assert wijkindex(wijk, land, "oudere", vast)[0] == pytest.approx(-0.45 * np.tanh(-ruw / 0.45) / 1.1)


def test_wmo_naar_leeftijd_gaat_voor(kengetallen: Kengetallen) -> None:
    """Where a table has the clients of 65+: 0.35 against 0.25 of them, for 0.8, whatever the younger clients are."""
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    land, wijk = replace(NEDERLAND, wmo_ouderen=0.25), replace(WIJK, wmo_ouderen=0.35, laag_inkomen=None, wmo=0.9)
    assert wijkindex(wijk, land, "oudere", vast)[0] == pytest.approx(0.8 * 0.4 / 0.6 / 1.1)


def test_verzadigt_zonder_vloer(kengetallen: Kengetallen) -> None:
    """Poorer is heavier everywhere, and no two areas share a floor or a ceiling; beyond 1 half of a unit is left."""
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    reeks = [
        float(wijkindex(replace(WIJK, laag_inkomen=li, bijstand=None), NEDERLAND, "overig", vast)[0]) * 1.1
        for li in (0.0, 0.012, 0.03, 0.06, 0.12, 0.15, 0.18, 0.3)
    ]
    assert (np.diff(reeks) > 0).all()
    assert reeks[3:5] == pytest.approx([0, 1])
    assert -0.45 < reeks[0] < -0.43
    assert reeks[6] == pytest.approx(1 + 0.5 * np.tanh(1 / 0.5))


def test_een_klein_gebied_staat_deels_op_zijn_gemeente(kengetallen: Kengetallen) -> None:
    """100 households: half its own 1, half the 0.5 of its gemeente (of 10,000, itself for 100 / 101)."""
    klein = replace(
        WIJK, huishoudens=100, eenpersoons=None, zonder_kinderen=None, met_kinderen=30, ouderen=20, inwoners=200,
        laag_inkomen=0.12, bijstand=None,
    )  # fmt: skip
    gemeente = replace(
        klein, code="GM0001", naam="Stad", soort="gemeente", huishoudens=10_000, met_kinderen=3000, ouderen=2000,
        inwoners=20_000, laag_inkomen=0.09,
    )  # fmt: skip
    d = uit_statistiek([klein], NEDERLAND, kengetallen, gemeenten={"GM0001": gemeente})
    assert d.index[0, 2] == pytest.approx(0.5 * 1 + 0.5 * 0.5 * 100 / 101)
    assert (d.eigen[0], d.naar[0]) == (0.5, "Stad")
    alleen = uit_statistiek([klein], NEDERLAND, kengetallen)
    assert alleen.index[0, 2] == pytest.approx(0.5)
    groot = uit_statistiek([gemeente], NEDERLAND, kengetallen)
    assert np.ptp(d.mv_band[0]) > np.ptp(groot.mv_band[0])  # and it says how little it says


def test_de_band_hangt_niet_af_van_de_andere_gebieden(kengetallen: Kengetallen) -> None:
    ander = replace(WIJK, code="WK000102", laag_inkomen=0.2)
    alleen = uit_statistiek([WIJK], NEDERLAND, kengetallen, trekkingen=100)
    samen = uit_statistiek([ander, WIJK], NEDERLAND, kengetallen, trekkingen=100)
    assert (samen.mv_band[1] == alleen.mv_band[0]).all()


@settings(max_examples=voorbeelden(60), deadline=None)
@given(
    laag=st.floats(0.012, 0.15),
    bijstand=st.floats(0, 0.15),
    jeugdhulp=st.floats(0.048, 0.21),
    wmo=st.floats(0.017, 0.1),
    weg=st.sets(st.sampled_from(["laag_inkomen", "bijstand", "jeugdhulp", "wmo"]), min_size=1),
)
def test_de_band_houdt_wat_een_onbekende_indicator_kan_zeggen(
    kengetallen: Kengetallen, laag: float, bijstand: float, jeugdhulp: float, wmo: float, weg: set[str]
) -> None:
    """Whatever it says within the spread of the country, the share with it lies in the band without it."""
    wijk = replace(WIJK, laag_inkomen=laag, bijstand=bijstand * 1000, jeugdhulp=jeugdhulp, wmo=wmo)
    met = uit_statistiek([wijk], NEDERLAND, kengetallen, trekkingen=200).totaal
    leeg: dict[str, Any] = dict.fromkeys(weg)
    zonder = uit_statistiek([replace(wijk, **leeg)], NEDERLAND, kengetallen, trekkingen=200)
    mv = met[:, 1:].sum() / met.sum()
    assert zonder.mv_band[0, 0] <= mv <= zonder.mv_band[0, 1]


def test_ouderen_naar_hun_plaats_in_het_huishouden(kengetallen: Kengetallen) -> None:
    """71488ned: 90 alone and 100 with a partner, of 200, make 90 + 0.625 x 100 = 152.5; a wijk takes the ratio."""
    gemeente = replace(
        WIJK, code="GM0001", soort="gemeente", naam="Stad", ouderen_zonder_partner=90, ouderen_met_partner=100
    )
    d = uit_statistiek([gemeente], NEDERLAND, kengetallen, trekkingen=5)
    assert d.totaal[1].sum() == pytest.approx(152.5)
    wijk = uit_statistiek(
        [replace(WIJK, ouderen=80)], NEDERLAND, kengetallen, trekkingen=5, gemeenten={"GM0001": gemeente}
    )
    assert wijk.totaal[1].sum() == pytest.approx(61)  # 80 x 0.7625


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


@settings(max_examples=voorbeelden(50))
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
    assert d.index[0] == pytest.approx([1, 1, 1], abs=1e-4)  # of 8 million households it is its own, but for 100
    assert d.totaal[:, 0].sum() / d.totaal.sum() == pytest.approx(0.71, abs=0.005)


def test_armoede_wordt_niet_met_laag_inkomen_vergeleken(kengetallen: Kengetallen) -> None:
    vast = {pad: np.array([waarde]) for pad, waarde in kengetallen.items()}
    nieuw = replace(WIJK, laag_inkomen=None, armoede=0.06, wmo=None)
    assert wijkindex(nieuw, NEDERLAND, "oudere", vast)[0] == 0  # the Netherlands has low income only
    samen = replace(NEDERLAND, armoede=0.03)
    assert wijkindex(nieuw, samen, "oudere", vast)[0] == pytest.approx(1 / 1.1)


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
