"""What reviewers read in notebooks 35 and 90: the tables and figures hold the numbers of the analysis."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

from mkba.analyse.herbouw import afgeleid, identificatie, kalibratie, reproductie
from mkba.analyse.herbouw.gevallen import GEVALLEN, Geval, laad_gevallen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import euro
from mkba.kern.woorden.begrippen import POSTEN
from mkba.model.berekening import bereken
from mkba.tests.hulp_tabel import gedrukt
from mkba.uitvoer.herbouw import figuren as figuren_controle
from mkba.uitvoer.herbouw import kalibratie as tabellen_kalibratie
from mkba.uitvoer.herbouw import tabellen as tabellen_controle


@pytest.fixture(scope="module")
def gevallen(kengetallen: Kengetallen) -> tuple[Geval, ...]:
    return tuple(laad_gevallen(kengetallen))


@pytest.fixture(scope="module")
def tabel(kengetallen: Kengetallen, gevallen: tuple[Geval, ...]) -> pd.DataFrame:
    return reproductie.reproductie(kengetallen, gevallen[:2])


def test_reproductietabel_noemt_elk_getal(tabel: pd.DataFrame) -> None:
    ruw = tabellen_controle.reproductietabel(tabel)
    # the numbers themselves, not what is printed of them, for a workbook and csv
    assert [c.waarde for c in ruw.frame["model"]] == tabel["model"].tolist()
    leesbaar = gedrukt(ruw)
    assert len(leesbaar) == len(tabel) == 40
    assert set(leesbaar["binnen"]) == {"ja"}
    rij = leesbaar[(leesbaar["geval"] == "vb 1") & (leesbaar["uitkomst"] == "Nieuw voor oud")].iloc[0]
    assert rij["gepubliceerd"] == euro(514_700)
    assert rij["model"] == euro(514_650)
    assert rij["exact"] == "ja"


def test_uitvoer_naast_elkaar_heeft_de_regels_van_het_scherm(tabel: pd.DataFrame) -> None:
    scherm = tabellen_controle.uitvoer_naast_elkaar(tabel, "gepubliceerd", GEVALLEN[:2]).frame
    assert list(scherm.columns) == ["rekenvb", "vb 1"]
    assert scherm.loc["Totale kosten"].tolist() == [1_696_800, 900_000]
    inspringen = [len(label) - len(label.lstrip("\u00a0")) for label in scherm.index]
    assert set(inspringen) == {0, 4, 8}


def test_figuur_zet_model_naast_publicatie(tabel: pd.DataFrame) -> None:
    ax = figuren_controle.reproductie(tabel)
    posten = tabel[tabel["sleutel"].isin(POSTEN) & (tabel["gepubliceerd"] > 0)]
    (punten,) = [c for c in ax.collections if isinstance(c, PathCollection)]
    x = np.asarray(punten.get_offsets())[:, 0]
    assert x == pytest.approx((posten["model"] / posten["gepubliceerd"] - 1).to_numpy())


def test_invoer_naast_elkaar(gevallen: tuple[Geval, ...]) -> None:
    aanpakken = dict(zip(GEVALLEN, [g.aanpak for g in gevallen], strict=True))
    bereik = gedrukt(tabellen_controle.invoer_naast_elkaar(aanpakken, range(1, 6)))
    assert bereik.iloc[0][["rekenvb", "vb 4"]].tolist() == ["1.000", "2.000"]
    assert not bereik["onderdeel"].str.contains("top").any()  # nobody has a top: no rows of zeros
    kosten = gedrukt(tabellen_controle.invoer_naast_elkaar(aanpakken, range(6, 12))).set_index("onderdeel")
    assert kosten.loc["Disciplines in het team", "vb 2"] == "ggz, welzijn, zorg"


def test_aandelen_en_partijen_tellen_op(kengetallen: Kengetallen, gevallen: tuple[Geval, ...]) -> None:
    aanpakken = {g.naam: g.aanpak for g in gevallen}
    uitkomsten = tabellen_controle.uitkomsten_naast_elkaar(aanpakken, kengetallen)
    assert tabellen_controle.kostenaandelen(uitkomsten).sum().to_numpy() == pytest.approx(np.ones(6))
    baten = tabellen_controle.batenaandelen(uitkomsten).sum()
    assert baten.to_numpy() == pytest.approx(uitkomsten.loc["kb_maatschappelijk"].to_numpy())
    partijen = tabellen_controle.partijen_naast_elkaar(aanpakken, kengetallen).frame
    assert partijen.loc["Alle partijen"].to_numpy() == pytest.approx(uitkomsten.loc["saldo"].to_numpy())
    # an approach for elderly only: the gemeente far below break-even, and below all payers together
    vb4 = uitkomsten["Voorbeeld 4"]
    assert vb4["kb_gemeentelijk"] < vb4["kb_financieel"] < 1 < vb4["kb_maatschappelijk"]


def test_prototype_staat_naast_het_model(kengetallen: Kengetallen) -> None:
    leesbaar = gedrukt(tabellen_controle.prototypetabel(reproductie.vergelijk_prototype(kengetallen)))
    assert euro(225_200) in set(leesbaar["gepubliceerd"])
    begroting = gedrukt(tabellen_controle.begroting_prototypetabel(reproductie.begroting_prototype(kengetallen)))
    assert euro(438_309) in set(begroting["gepubliceerd"])


def test_tabellen_van_de_kalibratie(kengetallen: Kengetallen, gevallen: tuple[Geval, ...]) -> None:
    constanten = gedrukt(tabellen_kalibratie.constanten(kalibratie.kalibreer(kengetallen, gevallen), kengetallen))
    assert len(constanten) == 21
    assert "54.535 eur" in set(constanten["catalogus"])
    voorspeld = kalibratie.voorspellingen(kengetallen, gevallen)
    leesbaar = gedrukt(tabellen_kalibratie.voorspellingen(voorspeld))
    assert (leesbaar["afwijking, zonder dit geval"] == "niet te bepalen").sum() == voorspeld["zonder_pct"].isna().sum()
    ax = figuren_controle.weglaten(voorspeld, tabellen_kalibratie.BLOKNAMEN)
    assert sum("niet te voorspellen" in t.get_text() for t in ax.texts) == voorspeld["zonder_pct"].isna().sum()
    wat = gedrukt(tabellen_kalibratie.identificatie(identificatie.identificatie(kengetallen, gevallen)))
    assert wat.set_index("post").loc["Effectiviteit", "conditiegetal"] == "oneindig"
    steun = gedrukt(tabellen_kalibratie.steun(identificatie.steun(kengetallen, gevallen), kengetallen))
    assert "niet bepaald" in set(steun["fout zonder dat geval"])
    per_fte = tabellen_kalibratie.kosten_per_fte(afgeleid.kosten_per_fte(kengetallen, gevallen))
    assert set(per_fte.frame["past"]) == {"ja"}
    uren = tabellen_kalibratie.afstemming_uren(afgeleid.afstemming_uren(kengetallen, gevallen))
    assert uren.frame["0,5 past"].tolist() == ["ja"] * 5 + ["nee"]


def test_model_zelf_is_wat_de_tabel_zegt(kengetallen: Kengetallen, gevallen: tuple[Geval, ...]) -> None:
    uitkomsten = tabellen_controle.uitkomsten_naast_elkaar({gevallen[0].naam: gevallen[0].aanpak}, kengetallen)
    assert uitkomsten["Rekenvoorbeeld"].to_dict() == bereken(gevallen[0].aanpak, kengetallen).sleutels
