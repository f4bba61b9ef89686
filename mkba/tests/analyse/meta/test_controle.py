"""The meta-analysis recomputed: hand-worked values, what holds, and what does not."""

import numpy as np
import pytest

from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.meta import beeld as meta_beeld
from mkba.analyse.meta import bijlage_2 as meta_bijlage_2
from mkba.analyse.meta import controle as meta_controle
from mkba.analyse.meta import tabellen as meta_tabellen
from mkba.analyse.meta.bevinding import Bevinding, als_gegevens, telling, telling_gronden
from mkba.analyse.meta.lees_meta import MetaAnalyse, laad_meta_analyse
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.model.berekening import bereken


@pytest.fixture(scope="module")
def meta() -> MetaAnalyse:
    return laad_meta_analyse()


@pytest.fixture(scope="module")
def bevindingen(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    return meta_controle.controleer(meta, kengetallen)


def test_afronden_zoals_de_bron() -> None:
    assert [rond(w, 0.01) for w in (0.005, 0.0049, 4 / 175, 0.124)] == [0.01, 0.0, 0.02, 0.12]
    assert rond(1.309, 0.05) == pytest.approx(1.30)
    assert rond(15_002.0, 1000) == 15_000
    assert rond(-0.0251, 0.01) == pytest.approx(-0.03)


def test_tabel_47_met_de_hand(meta: MetaAnalyse) -> None:
    tabel = meta_tabellen.escalatie(meta).set_index(["soort", "voorbeeld"])
    assert len(tabel) == 16
    # 3 of 600, 42 of 339, and 4 less 20% relapse of 600
    assert tabel.loc[("huisuitzettingen", "vb1"), "herrekend"] == pytest.approx(0.005)
    assert tabel.loc[("huisuitzettingen", "vb7"), "herrekend"] == pytest.approx(0.12389, abs=1e-5)
    assert tabel.loc[("ots_uhp_intramuraal", "vb1"), "herrekend"] == pytest.approx(3.2 / 600)
    # 15 is 9% of 157.9 to 176.5 households
    rij = tabel.loc[("ots_uhp_intramuraal", "vb8")]
    assert (rij["noemer_laag"], rij["noemer_hoog"]) == pytest.approx((157.89, 176.47), abs=0.01)
    gedrukt = tabel["gedrukt"].to_numpy()
    klopt = np.isclose([rond(w, 0.01) for w in tabel["herrekend"]], gedrukt)
    assert list(tabel.index[~klopt]) == [("ots_uhp_intramuraal", "vb1"), ("ots_uhp_intramuraal", "vb8")]


@pytest.mark.parametrize(
    ("gebied", "verwacht"),
    [
        ("Hele stad", "hele stad"),
        ("Stad", "hele stad"),
        ("1 stadsdeel", "stadsdeel"),
        ("7 wijken", "meer wijken of buurten"),
        ("3 pilotwijken", "meer wijken of buurten"),
        ("12 buurten", "meer wijken of buurten"),
        ("1 wijk", "één wijk, buurt of gebied"),
        ("buurt", "één wijk, buurt of gebied"),
        ("Kruiskamp/Schutskamp", "één wijk, buurt of gebied"),
    ],
)
def test_schaal(gebied: str, verwacht: str) -> None:
    assert meta_tabellen.schaal(gebied) == verwacht


def test_bijlage_1_geteld(meta: MetaAnalyse) -> None:
    lijst = meta_tabellen.bijlage_1(meta.bijlage_1)
    assert len(lijst) == 41
    gemeenten = meta_tabellen.tel(lijst, "gemeente")
    assert len(gemeenten) == 24
    assert list(gemeenten["aantal"].head(5)) == [6, 5, 4, 3, 2]
    assert list(gemeenten.index[:4]) == ["Amsterdam", "Den Haag", "Eindhoven", "Nijmegen"]
    assert gemeenten["aandeel"].sum() == pytest.approx(1)
    kruis = meta_tabellen.kruistabel(lijst)
    assert list(kruis.loc["totaal"]) == [11, 1, 12, 17, 41]
    assert dict(kruis["totaal"].head(4)) == {
        "Kwetsbaar niet-zelfredzaam": 12,
        "Hele wijk": 9,
        "Meervoudige problematiek": 7,
        "(O)MPG": 4,
    }
    assert (kruis.drop(columns="totaal").sum(axis=1) == kruis["totaal"]).all()


def test_wat_houdt_en_wat_niet(bevindingen: list[Bevinding]) -> None:
    """A change here is a change in what the notebook says of the report: tell it in the changelog.

    Which statements about the 13 aanpakken do not hold is in ``test_uitspraken``.
    """
    tel = telling(bevindingen)
    assert list(tel.loc["getal"]) == [93, 80, 9, 4]
    assert list(tel.loc["uitspraak"]) == [121, 98, 13, 10]
    gronden = telling_gronden(bevindingen)
    assert gronden.to_numpy().tolist() == [
        [16, 12, 4, 0],  # bron
        [31, 25, 6, 0],  # uitkomst
        [9, 9, 0, 0],  # afgestemd
        [46, 43, 3, 0],  # invoer
        [9, 9, 0, 0],  # model
        [10, 0, 0, 10],
    ]
    assert gronden.sum().tolist() == tel.loc["uitspraak"].tolist()
    niet = [(b.plek, b.wat.split(":")[0]) for b in bevindingen if b.houdt is False and not b.citaat]
    assert niet == [
        ("figuur 2.3", "Gezinnen, nzr"),
        ("figuur 2.3", "Gezinnen, top"),
        ("figuur 2.3", "Ouderen, zr"),
        ("figuur 2.3", "Overige huishoudens, nzr"),
        ("§4.3", "Een voorkomen escalatie scheelt een paar duizend euro tot soms wel € 100.000 (bij gezinnen)"),
        ("bijlage 2", "Geen probleem of enkelvoudig (ev)"),
        ("bijlage 2", "Meervoudig (mv) en niet-zelfredzaam (nzr)"),
        ("figuur 4.1", "De baten worden in jaar 1 tot en met 9 behaald"),
        ("figuur 4.8", "De eerste twee jaar is er een netto investering, daarna zijn de baten groter dan de kosten"),
        ("figuur 4.9", "Kosten en baten van Welzijn zijn in balans"),
        ("bijlage 2", "Totale baten"),
        ("bijlage 2", "Begroting na 2 jaar, gemeente"),
        ("bijlage 2", "Begroting na 2 jaar, zorgverzekeraar"),
    ]


def test_een_bevinding_is_gewone_gegevens(bevindingen: list[Bevinding]) -> None:
    for b in bevindingen:
        assert b.soort in ("getal", "uitspraak")
        assert b.wat
        assert all(type(w) in (float, str) for w in (b.gepubliceerd, b.berekend))
        assert b.houdt is None or type(b.houdt) is bool
        assert b.houdt is not None or b.toelichting, "waarom het niet is na te rekenen"
        assert als_gegevens(b)["wat"] == b.wat
        assert b.bij
        assert (b.grond == "bron") == (not b.citaat)
    assert list(telling([]).loc["totaal"]) == [0, 0, 0, 0]


def test_een_fout_getal_houdt_niet(meta: MetaAnalyse, kengetallen: Kengetallen) -> None:
    """A check that cannot fail proves nothing: one wrong number in the source must be found."""
    eerste = meta.tabel_4_7.voorbeeld[0]
    assert eerste.huisuitzettingen is not None
    stuk = eerste.model_copy(update={"huisuitzettingen": eerste.huisuitzettingen.model_copy(update={"aantal": 30})})
    tabel = meta.tabel_4_7.model_copy(update={"voorbeeld": (stuk, *meta.tabel_4_7.voorbeeld[1:])})
    gewijzigd = MetaAnalyse(**{**vars(meta), "tabel_4_7": tabel})
    fout = [b for b in meta_tabellen.controleer_escalatie(gewijzigd, kengetallen) if b.houdt is False]
    assert [b.wat for b in fout] == ["Vb1: vermindering huisuitzettingen, 30 op 600"]
    rij = meta.tabel_3_10.rij[0].model_copy(update={"uren": 5.0})
    caseload = meta.tabel_3_10.model_copy(update={"rij": (rij, *meta.tabel_3_10.rij[1:])})
    gewijzigd = MetaAnalyse(**{**vars(meta), "tabel_3_10": caseload})
    fout = [b for b in meta_tabellen.controleer_caseload(gewijzigd, kengetallen) if b.houdt is False]
    assert [b.berekend for b in fout if b.plek == "tabel 3.10"] == [1500.0, 4.0]
    anders = kengetallen.met({"disconto.risico": 0.02, "kwaliteit.qaly_eur": 50_000}, "proef")
    fout = [b for b in meta_beeld.controleer_kengetallen(meta, anders) if b.houdt is False]
    assert [(b.gepubliceerd, b.berekend) for b in fout] == [(0.03, 0.02), (20_000, 50_000), (5, 2)]


def test_het_voorbeeld_past_bij_wat_de_tekst_van_figuren_41_en_49_zegt(kengetallen: Kengetallen) -> None:
    aanpak = laad_geval(meta_beeld.STANDAARD_GEVAL, kengetallen).aanpak
    uitkomst = bereken(aanpak, kengetallen)
    assert aanpak.additioneel == 0.5
    assert min(uitkomst[s] for s in ("kb_maatschappelijk", "kb_financieel", "kb_gemeentelijk")) > 1
    ouder = laad_geval(meta_beeld.OUDEREN, kengetallen).aanpak
    assert ouder.plat()["type.oudere"] == 1.0


def test_bijlage_2_telt_op_de_afronding_na_op(meta: MetaAnalyse, kengetallen: Kengetallen) -> None:
    per_wat = {b.wat: b for b in meta_bijlage_2.controleer_bijlage_2(meta, kengetallen)}
    kosten = per_wat["Totale kosten: som van de drie posten"]
    assert (kosten.gepubliceerd, kosten.berekend, kosten.houdt) == (454_400, 454_400, True)
    baten = per_wat["Totale baten: som van de vier posten"]
    assert (baten.gepubliceerd, baten.berekend, baten.houdt) == (595_000, 594_900, False)
    assert per_wat["Maatschappelijke verhouding: baten gedeeld door kosten"].berekend == pytest.approx(595.0 / 454.4)
