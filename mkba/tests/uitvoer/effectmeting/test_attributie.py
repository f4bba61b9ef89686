"""What a reader sees of an attribution: table, sentences and figures, and the object that gives them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.effectmeting.attributie.toerekening import Verandering, toereken
from mkba.analyse.effectmeting.stad.bestanden import MAP
from mkba.analyse.effectmeting.stad.generator import waarheid
from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN
from mkba.deur.effectmeting_attributie import Attributie, attributie
from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.tests.analyse.effectmeting.attributie.hulp_panelen import paneel, toevallig
from mkba.uitvoer.effectmeting.attributie import figuren
from mkba.uitvoer.effectmeting.attributie.tabellen import bewijstabel, grenzentabel, momententabel, nettotabel
from mkba.uitvoer.effectmeting.attributie.zinnen import geen_interval, omvang, samen_mis, samenvatting
from mkba.uitvoer.figuur import Assen, als_svg


@pytest.fixture(scope="module")
def gebied() -> pd.DataFrame:
    return pd.read_csv(paden.data() / MAP / "gebied.csv", sep=";")


@pytest.fixture(scope="module")
def bronstad(gebied: pd.DataFrame) -> Attributie:
    return attributie(gebied)


def _voorbeeld() -> list[str]:
    """The handleiding's example with comparison wijken that hardly change, each a bit differently."""
    waarden = [[0.60, 0.75 + 0.001 * i] for i in (-2, -1, 0, 1, 2)] + [[0.60, 0.60 + 0.001 * i] for i in (-2, -1, 1, 2)]
    return samenvatting(toereken(paneel(waarden, [1] * 5 + [2] * 4)))


def test_bruto_en_netto_staan_naast_elkaar_met_clusters_en_bewijs(bronstad: Attributie) -> None:
    tabel = bronstad.tabel()
    rij = tabel.frame.loc["zorggebruik"]
    assert rij["bruto"].waarde - rij["vanzelf"].waarde == pytest.approx(rij["netto"].waarde)
    assert (str(rij["wijken met"]), str(rij["wijken zonder"]), str(rij["bewijs (SMS)"])) == ("5", "4", "3")
    assert str(rij["kleinste p"]) == "0,008"
    assert "95%-interval" in tabel.als_html()
    assert "5 wijken met de aanpak" in tabel.uitleg  # why bruto has no interval
    assert "hoogstens 25%" in tabel.uitleg


def test_de_waarheid_van_bronstad_ligt_in_elk_interval(bronstad: Attributie) -> None:
    for uitkomst, effect in waarheid().netto.items():
        netto = bronstad[uitkomst].netto
        assert netto is not None
        assert netto.laag is not None
        assert netto.hoog is not None
        assert netto.laag <= effect <= netto.hoog, uitkomst


def test_zonder_genoeg_wijken_staat_er_een_zin_in_plaats_van_een_interval(gebied: pd.DataFrame) -> None:
    een = attributie(gebied[~gebied["wijk"].isin(["Havenzicht", "Wilgenveld", "Molenkade"])], ["zorggebruik_eur"])
    assert een["zorggebruik_eur"].clusters == 6
    rij = een.tabel().frame.iloc[0]
    assert (str(rij["interval laag"]), str(rij["interval hoog"]), str(rij["p"])) == ("–", "–", "–")
    tekst = " ".join(samenvatting(een["zorggebruik_eur"]))
    assert "Een eerlijk 95%-interval bestaat hier niet" in tekst
    assert "op 6 manieren" in tekst
    assert "16,7%, meer dan 5%" in tekst
    assert "6 clusters" in tekst
    assert "Geen eerlijk 95%-interval:" in een.tabel().uitleg


def test_de_zinnen_van_het_voorbeeld() -> None:
    zinnen = _voorbeeld()
    assert zinnen[0].startswith("Aan de aanpak toe te rekenen (netto): 150 per 1.000 huishoudens per periode meer")
    assert "geen verschil past daar niet bij" in zinnen[0]
    assert "Geteld in de wijken met de aanpak (bruto): 150 per 1.000" in zinnen[1]
    assert "9 clusters: 5 wijken met en 4 wijken zonder" in zinnen[2]
    assert "niet te toetsen: maar 1 periode voor de start" in zinnen[3]
    assert zinnen[-1].endswith("3 van 5 (voor en na de start, met vergelijkingswijken).")


@pytest.mark.parametrize(("p", "past"), [(0.03, "niet"), (0.06, "ook")])
def test_een_einde_dat_naar_nul_is_afgerond(p: float, past: str) -> None:
    """An interval up to -0.00002, to a step of 0.0001 away from the middle, ends at 0; nought does not fit."""
    t = toereken(paneel([[0.6, 0.5]] * 5 + [[0.6, 0.6]] * 4, [1] * 5 + [2] * 4))
    zin = samenvatting(replace(t, netto=Verandering(-0.0005, -0.001, 0.0, p)))[0]
    assert "tot 0 per 1.000 huishoudens meer of minder" in zin
    assert f"geen verschil past daar {past} bij" in zin


def test_van_te_veel_manieren_staat_er_dat_een_deel_is_getrokken() -> None:
    zin = next(z for z in samenvatting(toereken(toevallig(8, 8, 4))) if "clusters" in z)
    assert "met 5.000 (vast getrokken) van de 12.870 manieren" in zin


def test_precies_gelijke_wijken_geven_geen_schijn_van_zekerheid() -> None:
    t = toereken(paneel([[0.60, 0.75]] * 5 + [[0.60, 0.60]] * 4, [1] * 5 + [2] * 4))
    assert "daaruit volgt geen spreiding" in samenvatting(t)[0]
    assert "In de vergelijkingswijken was het in dezelfde tijd gelijk; er gaat niets af." in samenvatting(t)[1]


def test_een_toets_zonder_vermogen_bewijst_weinig() -> None:
    zin = next(z for z in samenvatting(toereken(toevallig(5, 4, 8, 3, effect=-0.5))) if "Voor de start" in z)
    assert "niet aantoonbaar uit elkaar" in zin
    assert "Dat bewijst weinig" in zin


def test_een_scheve_trend_maakt_netto_onbetrouwbaar() -> None:
    y = [[0, 1, 2, 3, 4, 5 + 0.1 * i] for i in range(3)] + [[0, 0, 0, 0, 0, 0.1 * i] for i in range(4)]
    tekst = " ".join(samenvatting(toereken(paneel(y, [3] * 3 + [6] * 4))))
    assert "liepen de wijken wel aantoonbaar uit elkaar" in tekst
    assert "niet te vertrouwen" in tekst
    assert "2 van 5" in tekst


@pytest.mark.parametrize(
    ("start", "zin"), [([1, 1], "geen wijk zonder de aanpak"), ([2, 2], "geen wijk met de aanpak")]
)
def test_wat_niet_te_zeggen_is_staat_er(start: list[int], zin: str) -> None:
    t = toereken(paneel([[1.0, 2.0], [2.0, 3.5]], start))
    assert zin in samenvatting(t)[0]
    assert zin in geen_interval([t])
    assert momententabel(t).frame.empty
    assert grenzentabel(t).frame.empty
    assert len(nettotabel([t])) == 1


def test_omvang_in_de_eenheid_van_de_uitkomst() -> None:
    assert omvang("zorggebruik_eur", -85.4) == "€\u00a085 per huishouden"
    assert omvang("huisuitzetting", -0.0012) == "1,2 per 1.000 huishoudens"


def test_een_uitkomst_alleen_heeft_geen_zin_over_meer() -> None:
    assert samen_mis([toereken(toevallig(5, 4))]) == ""


def test_de_tabellen_van_momenten_grenzen_en_bewijs(bronstad: Attributie) -> None:
    momenten = bronstad.momenten("zorggebruik_eur")
    assert momenten.frame.index.tolist() == ["-4", "-3", "-2", "-1", "0", "1", "2", "3"]
    assert momenten.frame.loc["-1", "verschil"] == 0
    grenzen = bronstad.grenzen("zorggebruik_eur").frame
    assert grenzen["scheefheid"].tolist() == [0.0, 0.5, 1.0, 2.0]
    breed = (grenzen["netto hoog"] - grenzen["netto laag"]).astype(float).tolist()
    assert breed == sorted(breed)
    assert bewijstabel().frame["SMS"].tolist() == [hoogte for hoogte, _ in OPZETTEN.values()]


def test_de_figuur_van_4_6_heeft_twee_lijnen_en_de_start(bronstad: Attributie) -> None:
    ax = bronstad.teken.verloop("huisuitzetting")
    assert isinstance(ax, Assen)
    svg = als_svg(ax)
    for tekst in ("start aanpak", "wijken met de aanpak", "vergelijkingswijken", "2023K1", "per 1.000 huishoudens"):
        assert tekst in svg
    assert float(np.asarray(ax.lines[0].get_ydata())[0]) == pytest.approx(
        1000 * bronstad.panelen["huisuitzetting"].waarden[:5, 0].mean()
    )
    assert float(np.asarray(ax.lines[2].get_xdata())[0]) == 3.5  # between the fourth and the fifth quarter
    assert "de start is gemarkeerd" in ax.alt
    een = bronstad.teken.verloop("zorggebruik_eur", "Bronwijk")
    assert "Bronwijk" in als_svg(een)
    with pytest.raises(ValueError, match="geen wijk met die naam"):
        figuren.verloop(bronstad.panelen["huisuitzetting"], "Nergens")


def test_de_figuur_rond_de_start(bronstad: Attributie) -> None:
    ax = bronstad.teken.rond_de_start("zorggebruik_eur")
    assert len(ax.collections) == 7  # an interval for every period but the last before the start
    assert sorted(x for lijn in ax.lines[:2] for x in np.asarray(lijn.get_xdata()).tolist()) == [
        -4,
        -3,
        -2,
        -1,
        0,
        1,
        2,
        3,
    ]
    assert "voor de start (hoort rond nul te liggen)" in als_svg(ax)


def test_het_object_toont_zijn_tabel_en_weigert_wat_niet_kan(bronstad: Attributie, gebied: pd.DataFrame) -> None:
    assert "netto" in repr(bronstad)
    assert bronstad._repr_mimebundle_()["text/html"] == bronstad.tabel().als_html()
    assert "figuren: rond_de_start(), verloop()" in repr(bronstad.teken)
    assert "<li>" in bronstad.zinnen("huisuitzetting").data
    with pytest.raises(InvoerFout, match="tabel gebied"):
        attributie(gebied.assign(huishoudens=0))
