"""Care profiles: published, jumps, costs of a wijk, made to measure; the numbers are worked out by hand."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes

from mkba.analyse.doelgroepen import profielen as pr
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.rekening import Rekening, lees_rekening, maak_rekening
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import DOMEINEN, KLASSEN, TYPEN
from mkba.model.berekening import bereken
from mkba.model.reeksen import maak_reeksen
from mkba.tests.hulp_voorbeelden import voorbeelden
from mkba.uitvoer.profielen import figuren as figuren_profielen
from mkba.uitvoer.profielen import tabellen as tabellen_profielen
from mkba.uitvoer.profielen import zinnen as zinnen_profielen
from mkba.uitvoer.profielen.bewaren import bewaar

LPBL = laad("lpbl-2014")
FIGUUR = pr.gepubliceerd(LPBL)
WIJK = np.array([[80.0, 15.0, 4.0, 1.0], [90.0, 5.0, 4.0, 1.0], [85.0, 10.0, 4.0, 1.0]])
"""A hundred households of each type."""

aantal = st.floats(0.5, 5000)
wijken = st.lists(aantal, min_size=12, max_size=12).map(lambda r: np.array(r).reshape(3, 4))
factor = st.floats(0.3, 1.9)


def melding(fout: pytest.ExceptionInfo[InvoerFout]) -> str:
    (enige,) = fout.value.meldingen
    return str(enige)


def kosten(aantallen: pr.Reeks, profielen: pr.Profielen) -> pr.Reeks:
    """(type, domein)."""
    uit: pr.Reeks = pr.zorgkosten(aantallen, profielen).sum(axis=1)
    return uit


# --- published -----------------------------------------------------------------------------------------------------


def test_vier_gedrukte_totalen_schelen_honderd_euro() -> None:
    assert tabellen_profielen.verschillen(FIGUUR) == [
        ("gezin", "nzr", 22800, 22700),
        ("gezin", "top", 104700, 104800),
        ("oudere", "zr", 10600, 10700),
        ("overig", "nzr", 27500, 27600),
    ]
    regel = zinnen_profielen.verschillenregel(FIGUUR).data
    assert "Bij 4 van de twaalf" in regel
    for tekst in (
        "gezinnen niet-zelfredzaam (nzr): gedrukt €\u00a022.800, som van de delen €\u00a022.700",
        "gezinnen top: gedrukt €\u00a0104.700, som van de delen €\u00a0104.800",
        "ouderen meervoudig (zr): gedrukt €\u00a010.600, som van de delen €\u00a010.700",
        "overige huishoudens niet-zelfredzaam (nzr): gedrukt €\u00a027.500, som van de delen €\u00a027.600",
    ):
        assert tekst in regel


def test_profieltabel_toont_beide_totalen_en_vier_sterren() -> None:
    tabel = tabellen_profielen.profieltabel(FIGUUR).frame
    assert [i for i in tabel.index if i.endswith("*")] == [
        "Gezinnen, niet-zelfredzaam (nzr) *",
        "Gezinnen, top *",
        "Ouderen, meervoudig (zr) *",
        "Overige huishoudens, niet-zelfredzaam (nzr) *",
    ]
    assert tabel.loc["Gezinnen, top *", ["W&I", "Z&W", "Jeugd", "Zvw", "som", "gedrukt"]].tolist() == [
        14900, 28000, 56900, 5000, 104800, 104700,
    ]  # fmt: skip
    assert (tabel[["W&I", "Z&W", "Jeugd", "Zvw"]].sum(axis=1) == tabel["som"]).all()


def test_bijschriften_zijn_zoals_gedrukt() -> None:
    assert tabellen_profielen.bijschriften(FIGUUR) == [
        "3.500", "11.200", "22.800*", "104.700*", "6.600", "10.600*", "11.300", "54.900", "2.600", "19.100", "27.500*",
        "46.500",
    ]  # fmt: skip


def test_eigen_waarden_in_de_catalogus_staan_bij_de_herkomst() -> None:
    eigen = pr.gepubliceerd(LPBL.met({"zorgconsumptie.gezin.ev.wi": 150}))
    assert eigen.herkomst == "figuur 2.7, met 1 eigen waarde"
    assert eigen.bedragen[0, 0, 0] == 150


# --- jumps ---------------------------------------------------------------------------------------------------------


def test_sprongen_met_de_hand() -> None:
    tabel = tabellen_profielen.sprongentabel(FIGUUR).frame
    assert tabel.loc["Gezinnen: zr → nzr"].tolist() == [2500, 0, 8500, 500, 11500]
    assert tabel.loc["Gezinnen: nzr → top"].tolist() == [7600, 26900, 46700, 900, 82100]
    assert tabel.loc["Overige huishoudens: nzr → top"].tolist() == [-14100, 33700, 0, -700, 18900]
    assert len(tabel) == 9


# --- a wijk --------------------------------------------------------------------------------------------------------


def test_zorgkosten_met_de_hand() -> None:
    per_klasse = pr.zorgkosten(WIJK, FIGUUR).sum(axis=2)
    # 80 x 3,500 + 15 x 11,200 + 4 x 22,700 + 1 x 104,800
    assert per_klasse[0].tolist() == [280_000, 168_000, 90_800, 104_800]
    assert per_klasse.sum() == 643_600 + (594_000 + 53_500 + 45_200 + 54_900) + (221_000 + 191_000 + 110_400 + 46_500)


def test_groepen_met_de_hand() -> None:
    g = pr.groepen(WIJK, FIGUUR)
    assert g.iloc[0].tolist() == ["oudere", "ev", 90.0, 594_000.0, 6600.0, 0.3, 594_000 / 1_960_100]
    assert g["aandeel_huishoudens"].sum() == pytest.approx(1)
    assert g["aandeel_kosten"].sum() == pytest.approx(1)
    assert g["kosten"].is_monotonic_decreasing
    zin = zinnen_profielen.groepenzin(g).data
    # ev: 255 of 300 households and 1,095,000 of 1,960,100 euros
    assert "Meervoudige problematiek en top samen: <strong>15,0% van de huishoudens, 44,1% van de kosten" in zin
    assert "Alleen de top: <strong>1,0% van de huishoudens, 10,5% van de kosten" in zin
    assert "ouderen, geen probleem of ev (30,0% van de huishoudens, 30,3% van de kosten)" in zin


def test_zonder_huishoudens() -> None:
    g = pr.groepen(np.zeros((3, 4)), FIGUUR)
    assert (g[["kosten", "aandeel_kosten", "aandeel_huishoudens"]] == 0).all(axis=None)
    assert "geen huishoudens" in zinnen_profielen.groepenzin(g).data
    budget = pr.populatiebudget(pr.Bevolking(("leeg",), np.zeros((1, 3, 4)), "x"), FIGUUR)
    assert budget["per_huishouden"].isna().all()
    assert "–" in tabellen_profielen.budget_per_huishouden(budget).als_html()


def test_kostentabel_telt_exact_op() -> None:
    tabel = tabellen_profielen.kostentabel(WIJK, FIGUUR).frame
    koppen = list(tabellen_profielen.KOPRIJEN)
    assert [i for i in tabel.index if not i.startswith("\u00a0")] == koppen
    getallen = ["aantal", "W&I", "Z&W", "Jeugd", "Zvw", "totaal"]
    klassen = tabel.drop(index=koppen)
    assert tabel.loc["Alle huishoudens", getallen].tolist() == klassen[getallen].sum().tolist()
    assert tabel.loc[koppen[:3], getallen].sum().tolist() == klassen[getallen].sum().tolist()
    assert tabel.loc["Gezinnen", "totaal"] == 643_600
    assert tabel.loc["Alle huishoudens", "aandeel"] == 1
    assert tabel.index.is_unique


def test_populatiebudget_telt_op_en_noemt_per_huishouden() -> None:
    bevolking = pr.Bevolking(("A", "B"), np.stack([WIJK, 2 * WIJK]), "proef")
    budget = pr.populatiebudget(bevolking, FIGUUR)
    assert budget["totaal"].tolist() == [1_960_100, 3_920_200, 5_880_300]
    assert budget["huishoudens"].tolist() == [300, 600, 900]
    assert budget["per_huishouden"].tolist() == pytest.approx([1_960_100 / 300] * 3)
    assert budget.loc["A", "jeugd"] == 80 * 400 + 15 * 1700 + 4 * 10200 + 56900
    per = tabellen_profielen.budget_per_huishouden(budget).frame
    assert per.loc["A", "Jeugd"] == pytest.approx(155_200 / 300)
    assert list(tabellen_profielen.budgettabel(budget).frame.columns) == [
        "huishoudens", "W&I", "Z&W", "Jeugd", "Zvw", "totaal", "per huishouden",
    ]  # fmt: skip


@pytest.mark.parametrize("namen", [("A", "A"), ("Alle wijken",)])
def test_wijken_hebben_een_eigen_naam(namen: tuple[str, ...]) -> None:
    with pytest.raises(InvoerFout) as fout:
        pr.Bevolking(namen, np.zeros((len(namen), 3, 4)), "x")
    assert "elke wijk heeft een eigen naam nodig." in melding(fout)


# --- made to measure -----------------------------------------------------------------------------------------------


def test_een_totaal_per_domein_schaalt_de_kolom() -> None:
    """Jeugd of the wijk is 155,200; 232,800 is half as much again."""
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening({"jeugd": 232_800}))
    assert maat.factoren[:, 2] == pytest.approx([1.5, 1.5, 1.5])
    assert maat.profielen.bedragen[0, :, 2] == pytest.approx([600, 2550, 15300, 85350])
    assert (maat.profielen.bedragen[..., [0, 1, 3]] == FIGUUR.bedragen[..., [0, 1, 3]]).all()
    assert maat.profielen.gedrukt is None


def test_totalen_per_domein_en_type_schalen_elk_hun_cel() -> None:
    """Z&W: gezin 80 x 300 + 15 x 1100 + 4 x 1100 + 28000 = 72,900; overig 85 x 300 + 15000 + 6400 + 35300 = 82,200."""
    rekening = maak_rekening({"zw": 500_000, "zw.gezin": 145_800, "zw.overig": 41_100})
    maat = pr.op_maat(FIGUUR, WIJK, rekening)
    # oudere: 90 x 2600 + 5 x 6300 + 4 x 7100 + 52000 = 345,900; the rest of the total is 313,100
    assert maat.factoren[:, 1] == pytest.approx([2.0, 313_100 / 345_900, 0.5])
    assert kosten(WIJK, maat.profielen)[:, 1] == pytest.approx([145_800, 313_100, 41_100], abs=0.005)


def test_alleen_cellen_laten_de_andere_types_staan() -> None:
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening({"zw.gezin": 145_800}))
    assert maat.factoren[:, 1] == pytest.approx([2.0, 1.0, 1.0])


def test_raken_aan_domeinen_en_types() -> None:
    totalen = {"wi": 400_000.0, "zw": 500_000.0, "jeugd": 200_000.0}
    types = {"totaal.gezin": 400_000.0, "totaal.oudere": 370_000.0, "totaal.overig": 330_000.0}
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening(totalen | types))
    uit = kosten(WIJK, maat.profielen)[:, :3]
    assert uit.sum(axis=0) == pytest.approx(list(totalen.values()), abs=0.005)
    assert uit.sum(axis=1) == pytest.approx(list(types.values()), abs=0.005)
    # raking keeps cross ratios: (gezin wi / gezin zw) / (overig wi / overig zw)
    oud = kosten(WIJK, FIGUUR)
    kruis = (uit[0, 0] / uit[0, 1]) / (uit[2, 0] / uit[2, 1])
    assert kruis == pytest.approx((oud[0, 0] / oud[0, 1]) / (oud[2, 0] / oud[2, 1]))


def test_raken_met_een_vaste_cel() -> None:
    totalen = {"wi": 400_000.0, "zw": 500_000.0, "zw.oudere": 350_000.0}
    types = {"totaal.gezin": 200_000.0, "totaal.oudere": 370_000.0, "totaal.overig": 330_000.0}
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening(totalen | types))
    uit = kosten(WIJK, maat.profielen)[:, :2]
    assert uit[1, 1] == pytest.approx(350_000, abs=0.005)
    assert uit.sum(axis=0) == pytest.approx([400_000, 500_000], abs=0.005)
    assert uit.sum(axis=1) == pytest.approx([200_000, 370_000, 330_000], abs=0.005)


def test_raken_waar_elke_cel_gegeven_is() -> None:
    cellen = {"wi.gezin": 0.1, "wi.oudere": 0.2, "wi.overig": 0.3, "zw.gezin": 0.7, "zw.oudere": 0.1, "zw.overig": 0.2}
    types = {"totaal.gezin": 0.8, "totaal.oudere": 0.3, "totaal.overig": 0.5}
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening(cellen | types))
    assert kosten(WIJK, maat.profielen)[:, :2].ravel() == pytest.approx([0.1, 0.7, 0.2, 0.1, 0.3, 0.2])


def test_zonder_rekening_verandert_er_niets() -> None:
    maat = pr.op_maat(FIGUUR, WIJK, Rekening(()))
    assert maat.profielen is FIGUUR
    assert maat.waarschuwingen == ()
    assert pr.overrides(maat.profielen, LPBL) == {}


def test_een_type_zonder_huishoudens_beweegt_met_zijn_domein() -> None:
    alleen_gezinnen = WIJK * np.array([[1.0], [0.0], [0.0]])
    maat = pr.op_maat(FIGUUR, alleen_gezinnen, maak_rekening({"zw": 145_800}))
    assert maat.factoren[:, 1] == pytest.approx([2, 2, 2])


@pytest.mark.parametrize(
    ("aantallen", "bedragen", "verwacht"),
    [
        (WIJK * [[0], [1], [1]], {"jeugd": 5}, "jeugd = 5.0: het profiel Jeugd is nul voor alle huishoudens"),
        (WIJK, {"jeugd.oudere": 5}, "jeugd.oudere = 5.0: het profiel Jeugd is nul voor ouderen, dus dit totaal is aan"),
        (WIJK * [[0], [1], [1]], {"wi.gezin": 5}, "het profiel Werk & inkomen is nul voor gezinnen"),
        (np.zeros((3, 4)), {"wi": 5}, "is nul voor alle huishoudens van deze bevolking"),
        (
            WIJK,
            {"wi": 10, "jeugd": 90, "totaal.gezin": 20, "totaal.oudere": 40, "totaal.overig": 40},
            "de totalen per domein en per type zijn met deze profielen niet samen te halen.",
        ),
        # zvw is 80 x 2700 + 15 x 3600 + 4 x 4100 + 5000 + ... = 881,400
        (
            WIJK,
            {"zvw": 1_900_000},
            "een totaal van Vektis past daar niet op. Laat zvw weg en gebruik Vektis of de CPI als",
        ),
        (WIJK, {"zvw.gezin": 600_000}, "dit maakt het profiel Zvw 2,06 keer zo hoog"),
    ],
)
def test_op_maat_die_niet_kan(aantallen: pr.Reeks, bedragen: dict[str, float], verwacht: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        pr.op_maat(FIGUUR, aantallen, maak_rekening(bedragen))
    assert verwacht in melding(fout)


def test_waarschuwingen_bij_op_maat() -> None:
    zvw = float(kosten(WIJK, FIGUUR)[:, 3].sum())
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening({"wi": 401, "zvw": 1.5 * zvw}, 2024))
    teksten = [f"{m.veld}: {m.oorzaak}" for m in maat.waarschuwingen]
    assert teksten[0].startswith("wi: het profiel wordt 0,001 keer het gepubliceerde.")
    assert teksten[1].startswith("zvw: de kolom ZVW van figuur 2.7 is een deel van de Zvw")
    assert teksten[2].startswith("jaar: de totalen zijn van 2024, de andere domeinen (Zorg & welzijn, Jeugd)")
    assert len(teksten) == 3
    assert maat.waarschuwingen[0].waarde == "€ 401"


def test_totalentabel_toont_wat_gegeven_is() -> None:
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening({"zw": 500_000.25, "zw.gezin": 145_800}))
    tabel = tabellen_profielen.totalentabel(maat)
    rijen = [[str(cel).strip("\u00a0") for cel in rij] for _, _, rij in tabel.cellen()]
    getoond = {rij[0]: dict(zip(tabel.koppen(), rij, strict=True)) for rij in rijen}
    assert getoond["Zorg & welzijn"]["eigen totaal"] == "€\u00a0500.000,25"
    assert getoond["Zorg & welzijn"]["met het profiel op maat"] == "€\u00a0500.000,25"
    assert getoond["Gezinnen"]["eigen totaal"] == "€\u00a0145.800", "no cents where there are none"
    assert getoond["Gezinnen"]["factor"] == "2,000"
    assert getoond["Jeugd"]["eigen totaal"] == "niet opgegeven"
    ruw = tabel.frame.set_index("domein")
    assert ruw.loc["Zorg & welzijn", "eigen totaal"] == 500_000.25
    assert ruw.loc["Zorg & welzijn", "met het profiel op maat"] == pytest.approx(500_000.25)
    vergelijk = tabellen_profielen.vergelijkingstabel(maat).frame
    assert vergelijk.loc["Gezinnen, geen probleem of ev", "totaal op maat"] == pytest.approx(3800)
    assert vergelijk.loc["Gezinnen, geen probleem of ev", "verandering"] == pytest.approx(3800 / 3500 - 1)


@given(wijken, st.lists(factor, min_size=4, max_size=4))
@settings(max_examples=voorbeelden(100))
def test_domeintotalen_kloppen_en_verhoudingen_blijven(wijk: pr.Reeks, factoren: list[float]) -> None:
    voor = kosten(wijk, FIGUUR).sum(axis=0)
    totalen = {d: round(float(v * f), 2) for d, v, f in zip(DOMEINEN, voor, factoren, strict=True)}
    na = pr.op_maat(FIGUUR, wijk, maak_rekening(totalen)).profielen
    assert kosten(wijk, na).sum(axis=0) == pytest.approx(list(totalen.values()), abs=0.005)
    for d in range(4):
        positief = FIGUUR.bedragen[:, :, d] > 0
        verhouding = na.bedragen[:, :, d][positief] / FIGUUR.bedragen[:, :, d][positief]
        assert verhouding == pytest.approx(verhouding[0])
        assert (na.bedragen[:, :, d][~positief] == 0).all()


@given(wijken, st.lists(factor, min_size=9, max_size=9))
@settings(max_examples=voorbeelden(100))
def test_raken_haalt_beide_randen(wijk: pr.Reeks, factoren: list[float]) -> None:
    """Margins of any reachable table are met, and the ratios between classes stay."""
    doel = kosten(wijk, FIGUUR)[:, :3] * np.array(factoren).reshape(3, 3)
    doel = np.round(doel, 2)
    assume((doel.sum(axis=1) > 1).all())
    totalen = {d: float(doel[:, i].sum()) for i, d in enumerate(DOMEINEN[:3])}
    types = {f"totaal.{t}": float(doel[i].sum()) for i, t in enumerate(TYPEN)}
    na = pr.op_maat(FIGUUR, wijk, maak_rekening(totalen | types)).profielen
    uit = kosten(wijk, na)[:, :3]
    assert uit.sum(axis=0) == pytest.approx(list(totalen.values()), abs=0.005)
    assert uit.sum(axis=1) == pytest.approx(list(types.values()), abs=0.005)
    for i in range(3):
        for d in range(3):
            oud = FIGUUR.bedragen[i, :, d]
            verhouding = na.bedragen[i, oud > 0, d] / oud[oud > 0]
            assert verhouding == pytest.approx(np.full(verhouding.size, verhouding.mean() if verhouding.size else 0.0))


# --- index ---------------------------------------------------------------------------------------------------------


def test_index_per_domein_met_bron() -> None:
    nieuw = pr.indexeer(FIGUUR, {"zvw": 1.25, "wi": 1.0}, " Vektis 2014-2023 ")
    assert nieuw.bedragen[0, 0].tolist() == [100, 300, 400, 3375]
    assert nieuw.herkomst.endswith(
        "geïndexeerd met Vektis 2014-2023, opgegeven door de gebruiker (Zorgverzekeringswet × 1,25)"
    )
    assert nieuw.gedrukt is None
    assert tabellen_profielen.verschillen(nieuw) == []
    assert tabellen_profielen.bijschriften(nieuw)[0] == "4.175"


def test_index_van_een_is_geen_index() -> None:
    assert pr.indexeer(FIGUUR, dict.fromkeys(DOMEINEN, 1.0), "") is FIGUUR


def test_index_en_daarna_op_maat_sluit_op_de_rekening() -> None:
    maat = pr.op_maat(pr.indexeer(FIGUUR, dict.fromkeys(DOMEINEN, 1.3), "CPI"), WIJK, maak_rekening({"jeugd": 232_800}))
    assert kosten(WIJK, maat.profielen)[:, 2].sum() == pytest.approx(232_800, abs=0.005)
    assert maat.profielen.bedragen[0, 0, 0] == pytest.approx(130)
    assert "geïndexeerd met CPI" in maat.profielen.herkomst
    assert "op maat gemaakt" in maat.profielen.herkomst


@pytest.mark.parametrize(
    ("factoren", "bron", "verwacht"),
    [
        ({"wi": 1.2}, " ", "een index zonder bron is niet te controleren. Noem de reeks en de jaren"),
        ({"wi": 135.0}, "CPI", "dit lijkt een indexcijfer en geen factor. Geef de factor: 1.35"),
        ({"wi": 0.0}, "CPI", "een index is een getal groter dan 0."),
        ({"wi": float("nan")}, "CPI", "een index is een getal groter dan 0."),
        ({"ggz": 1.2}, "CPI", "dit domein bestaat niet. Kies uit: wi, zw, jeugd, zvw."),
    ],
)
def test_index_die_niet_kan(factoren: dict[str, float], bron: str, verwacht: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        pr.indexeer(FIGUUR, factoren, bron)
    assert verwacht in melding(fout)


# --- as kengetallen ------------------------------------------------------------------------------------------------


def test_overrides_zijn_alleen_wat_anders_is_en_dienen_beide_eerste_klassen(kengetallen: Kengetallen) -> None:
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening({"jeugd": 232_800}))
    eigen = pr.overrides(maat.profielen, kengetallen)
    assert eigen == {f"zorgconsumptie.gezin.{k}.jeugd": pytest.approx(w) for k, w in
                     zip(KLASSEN, (600, 2550, 15300, 85350), strict=True)}  # fmt: skip
    aanpak = laad_geval("voorbeeld-1", kengetallen).aanpak
    _, waarden = maak_reeksen(aanpak, kengetallen.met(eigen))
    # (S, type, zwaarte, domein): niet_actief and ev share the first row of figuur 2.7
    assert waarden.profiel[0, :, 1:] == pytest.approx(maat.profielen.bedragen)
    assert waarden.profiel[0, :, 0] == pytest.approx(maat.profielen.bedragen[:, 0])


@settings(max_examples=voorbeelden(25))
@given(st.lists(factor, min_size=4, max_size=4))
def test_overrides_gaan_heen_en_terug(factoren: list[float]) -> None:
    nieuw = pr.indexeer(FIGUUR, dict(zip(DOMEINEN, factoren, strict=True)), "proef")
    eigen = LPBL.met(pr.overrides(nieuw, LPBL))
    assert (pr.gepubliceerd(eigen).bedragen == nieuw.bedragen).all()
    uitkomst = bereken(laad_geval("voorbeeld-2", LPBL).aanpak, eigen)
    basis = bereken(laad_geval("voorbeeld-2", LPBL).aanpak, LPBL)
    assert uitkomst["totale_kosten"] == pytest.approx(
        basis["totale_kosten"] + uitkomst["kosten_extra_zorg"] - basis["kosten_extra_zorg"]
    )


def test_een_factor_op_alle_domeinen_schaalt_de_zorgposten() -> None:
    """kosten_extra_zorg, substitutie and escalatie are linear in the profiles."""
    aanpak = laad_geval("voorbeeld-2", LPBL).aanpak
    dubbel = LPBL.met(pr.overrides(pr.indexeer(FIGUUR, dict.fromkeys(DOMEINEN, 2.0), "proef"), LPBL))
    oud, nieuw = bereken(aanpak, LPBL), bereken(aanpak, dubbel)
    for post in ("kosten_extra_zorg", "substitutie", "escalatie"):
        assert nieuw[post] == pytest.approx(2 * oud[post])
    assert nieuw["kosten_aanpak"] == oud["kosten_aanpak"]


# --- files and drawings --------------------------------------------------------------------------------------------


def test_bewaren_en_teruglezen(tmp_path: Path) -> None:
    bevolking = pr.Bevolking(("A", "B"), np.stack([WIJK, 2 * WIJK]), "proef")
    rekening = maak_rekening({"jeugd": 500_000.01, "wi": 1_000_000 / 3}, bron="regel\neen\r# twee")
    maat = pr.op_maat(FIGUUR, bevolking.totaal, rekening)
    budget = pr.populatiebudget(bevolking, maat.profielen)
    eigen = pr.overrides(maat.profielen, LPBL)
    paden_ = bewaar(tmp_path, "Onze wijk", bevolking, budget, maat.profielen, LPBL, eigen)
    assert [p.name for p in paden_] == [
        "onze-wijk-zorgkosten.csv", "onze-wijk-populatiebudget.csv", "onze-wijk-profielen.csv",
        "onze-wijk-profielen.toml",
    ]  # fmt: skip
    assert sorted(tmp_path.iterdir()) == sorted(paden_)
    teruggelezen = lees_kengetallen("lpbl-2014", paden_[3])
    assert {p: k.waarde for p, k in teruggelezen.afwijkingen.items()} == eigen
    terug = pr.gepubliceerd(teruggelezen)
    assert (terug.bedragen == maat.profielen.bedragen).all()
    assert pr.zorgkosten(bevolking.aantallen, terug).sum(axis=(0, 1, 2))[[2, 0]] == pytest.approx(
        [500_000.01, 1_000_000 / 3], abs=0.005
    )
    with paden_[0].open(encoding="utf-8-sig", newline="") as f:
        rijen = list(csv.DictReader(f, delimiter=";"))
    assert len(rijen) == 2 * 3 * 4 * 4
    assert sum(float(r["eur_per_jaar"].replace(",", ".")) for r in rijen) == pytest.approx(budget.iloc[-1]["totaal"])
    assert sum(float(r["huishoudens"].replace(",", ".")) for r in rijen) == pytest.approx(4 * 900)


def test_zonder_map_of_zonder_eigen_profielen(tmp_path: Path) -> None:
    bevolking = pr.Bevolking(("A",), WIJK[None], "proef")
    budget = pr.populatiebudget(bevolking, FIGUUR)
    assert bewaar("", "A", bevolking, budget, FIGUUR, LPBL, {}) == []
    gemaakt = bewaar(tmp_path / "nieuw", "A", bevolking, budget, FIGUUR, LPBL, {})
    assert [p.suffix for p in gemaakt] == [".csv"] * 3


def test_herkomst_wordt_ontsnapt() -> None:
    assert "&lt;b&gt;" in zinnen_profielen.herkomstregel(FIGUUR, "<b>").data


def test_samenvatting_noemt_de_grootste_sprong() -> None:
    bevolking = pr.Bevolking(("A",), WIJK[None], "proef")
    tekst = zinnen_profielen.samenvatting(
        bevolking, pr.populatiebudget(bevolking, FIGUUR), pr.groepen(WIJK, FIGUUR), FIGUUR
    ).data
    assert "In een wijk gebruiken 300 huishoudens samen voor <strong>€\u00a02,0 miljoen</strong>" in tekst
    assert "zijn 15% van de huishoudens en 44% van de kosten" in tekst
    assert "bij gezinnen van nzr naar top: €\u00a082.100 per huishouden" in tekst


def test_een_huishouden_kost_geen_nul_miljoen() -> None:
    """The only household: gezin, ev, costs as figuur 2.7 prints; neither "1 huishoudens" nor "€ 0,0 miljoen"."""
    een = np.zeros((1, 3, 4))
    een[0, 0, 0] = 1
    tekst = zinnen_profielen.samenvatting(
        pr.Bevolking(("A",), een, "proef"),
        pr.populatiebudget(pr.Bevolking(("A",), een, "proef"), FIGUUR),
        pr.groepen(een, FIGUUR),
        FIGUUR,
    ).data
    bedrag = f"{FIGUUR.totalen[0, 0]:,.0f}".replace(",", ".")
    assert f"In een wijk gebruikt 1 huishouden voor <strong>€\u00a0{bedrag}</strong> zorg per jaar" in tekst


def hoogten(ax: Axes) -> list[float]:
    return [s.get_height() for s in ax.patches]  # type: ignore[attr-defined]


def test_figuren_tonen_de_tabellen() -> None:
    tabel = tabellen_profielen.per_domein(FIGUUR.bedragen)
    eerste = figuren_profielen.profielen(tabel, tabellen_profielen.bijschriften(FIGUUR))
    panelen = eerste.figure.axes
    assert [p.get_title() or p.get_title(loc="left") for p in panelen] == ["Gezinnen", "Ouderen", "Overige huishoudens"]
    for paneel, type_ in zip(panelen, TYPEN, strict=True):
        assert hoogten(paneel) == tabel.loc[type_].T.to_numpy().ravel().tolist()
    assert [t.get_text() for t in panelen[0].texts] == ["3.500", "11.200", "22.800*", "104.700*"]
    assert len({p.get_ylim() for p in panelen}) == 1
    sprongen = figuren_profielen.sprongen(tabellen_profielen.sprongentabel(FIGUUR).frame)
    assert sum(s.get_width() for s in sprongen.patches) == pytest.approx(pr.sprongen(FIGUUR).sum())  # type: ignore[attr-defined]
    groepen = pr.groepen(WIJK, FIGUUR)
    as_ = figuren_profielen.groepen(groepen, tabellen_profielen.groepsnamen(groepen))
    breedten = [s.get_width() for s in as_.patches]  # type: ignore[attr-defined]
    assert breedten == pytest.approx([*groepen["aandeel_huishoudens"], *groepen["aandeel_kosten"]])


def test_figuren_op_maat_en_budget() -> None:
    maat = pr.op_maat(FIGUUR, WIJK, maak_rekening({"jeugd": 232_800}))
    voor, na = (tabellen_profielen.per_domein(p.bedragen) for p in (FIGUUR, maat.profielen))
    as_ = figuren_profielen.op_maat(voor, na)
    assert [t.get_text() for t in as_.texts] == ["+6%", "+8%", "+22%", "+27%"]
    bevolking = pr.Bevolking(("A", "B"), np.stack([WIJK, 2 * WIJK]), "proef")
    per = tabellen_profielen.budget_per_huishouden(pr.populatiebudget(bevolking, FIGUUR)).frame
    budget = figuren_profielen.budget(per)
    assert [t.get_text() for t in budget.texts] == ["€\u00a06.500"] * 2
    assert [t.get_text() for t in budget.get_yticklabels()] == ["A", "B"]


def test_waterstad_sluit_op_de_rekening() -> None:
    """The made-up gemeente: every euro of the account, and households in = households out."""
    rekening = lees_rekening(paden.data() / "voorbeeldgemeente" / "rekening.csv")
    per_type = np.array([[1150, 1310, 4840], [2620, 3505, 4275]], dtype=float)  # (wijk, type)
    delen = np.array(
        [
            [[LPBL[f"zwaarteprofiel.{kolom}.{t}.{z}"] for z in ("ev", "zr", "nzr")] + [0.0] for t in TYPEN]
            for kolom in ("probleemwijk", "standaardwijk")
        ]
    )
    top = np.array([0.005, 0.02, 0.005])  # taken from nzr: tabel 2.2 has no top
    delen[:, :, 2] -= top
    delen[:, :, 3] += top
    bevolking = pr.Bevolking(("A", "B"), per_type[:, :, None] * delen, "tabel 2.2")
    maat = pr.op_maat(FIGUUR, bevolking.totaal, rekening)
    budget = pr.populatiebudget(bevolking, maat.profielen)
    assert budget.loc["Alle wijken", ["wi", "zw", "jeugd"]].tolist() == pytest.approx(
        [44_862_300, 27_405_150.5, 7_918_400], abs=0.005
    )
    assert budget.loc["Alle wijken", "huishoudens"] == pytest.approx(17_700, abs=1e-9)
    assert kosten(bevolking.totaal, maat.profielen)[1, 1] == pytest.approx(19_120_000, abs=0.005)
    assert isinstance(budget, pd.DataFrame)
