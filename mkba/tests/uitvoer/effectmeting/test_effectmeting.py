"""The part of the report on a measurement: what was entered, both readings, and nothing where nothing was measured."""

from types import SimpleNamespace
from typing import Any

import pytest
from IPython.display import HTML
from matplotlib.axes import Axes

import mkba
from mkba.analyse.onderdrukking.stelsel import Sleutel, sleutel_van
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.deur.aanpak import Aanpak
from mkba.kern.tekst.afronden import rond
from mkba.uitvoer.effectmeting.rapport.figuren import acties
from mkba.uitvoer.effectmeting.rapport.tabellen import actietabel


@pytest.fixture(scope="module")
def figuur() -> Aanpak:
    return mkba.aanpak("effectmeting")


def test_voordeur(figuur: Aanpak) -> None:
    assert figuur.effectmeting.meer.nieuw.aandeel("schuldhulp") == 0.23
    assert figuur.effectmeting.grondslag == "huishoudens"
    ander = figuur.met({"effectmeting.grondslag": "bedreigd", "effectmeting.meer.nieuw.aantal": 2.0})
    assert ander.effectmeting.meer.nieuw.aantal == 2.0
    assert "effectmeting.voorkomen.huisuitzetting = 0.1" in repr(figuur)
    assert "effectmeting" in dir(figuur)
    assert mkba.aanpak("standaard").effectmeting is None
    reeks = figuur.reeks({"effectmeting.voorkomen.huisuitzetting": [0.0, 0.1]})
    assert reeks["saldo"].iloc[1] == pytest.approx(figuur.bereken()["saldo"])
    assert reeks["saldo"].iloc[0] < reeks["saldo"].iloc[1]


def test_tabellen(figuur: Aanpak) -> None:
    effect = figuur.bereken().effectmeting()
    trajecten = effect.trajecten().als_tekst()
    assert "Overig Wmo" in trajecten
    assert "Jeugdzorg+" not in trajecten  # nothing was filled in
    assert "€ 139.766" in trajecten.replace("\u00a0", " ")  # (100 x 0.11 + 90 x 0.04) x 9,573
    assert "18,8%" in effect.samen().als_tekst()
    tabel = effect.tabel()
    assert list(tabel.frame.columns)[1] == "(a) van de huishoudens: telt"
    saldo = tabel.frame.loc["Saldo (baten minus kosten)"]
    assert saldo.iloc[3] == rond(saldo.iloc[1], 100) - rond(saldo.iloc[0], 100), "zoals afgedrukt"
    assert saldo.iloc[1] == pytest.approx(figuur.bereken()["saldo"])
    bedreigd = figuur.met({"effectmeting.grondslag": "bedreigd"}).bereken()
    assert saldo.iloc[2] == pytest.approx(bedreigd["saldo"])
    assert list(bedreigd.effectmeting().tabel().frame.columns)[2] == "(b) bedreigd: telt"


def test_zware_hulp_bij_vraag_17_krijgt_geen_bedrag(figuur: Aanpak) -> None:
    anders = {f"effectmeting.minder.nieuw.{t}": None for t in ("dagbesteding", "dienstverlening")}
    tabel = figuur.met({**anders, "effectmeting.minder.nieuw.ggz_intramuraal": 0.4}).bereken().effectmeting()
    rij = tabel.trajecten().frame.loc["GGZ intramuraal"]
    assert rij["minder telt als"] == "vraag 18"
    assert rij["euro per jaar minder"] == ""


def test_zinnen(figuur: Aanpak) -> None:
    zin = figuur.bereken().effectmeting().zin().data.replace("\u00a0", " ")
    assert "(lezing a). Het saldo is zo € 3.206.100; met de verwachtingen zou het € 392.700 zijn" in zin
    assert "voorkomen escalatie € 436.100 in plaats van € 3.742.400" in zin
    zonder = figuur.met({"effectmeting.bedreigd.huisuitzetting": None, "meer": 0.1}).bereken().effectmeting().zin().data
    assert "De andere lezing van vraag 18 is niet te berekenen" in zonder
    assert "vervangen door de meting: Meer trajecten in bestaande cases." in zonder
    uit = figuur.met({"effectmeting.gebruik": False}).bereken().effectmeting()
    assert "de knop effectmeting staat op nee" in uit.zin().data
    assert uit.tabel().als_html() == uit.trajecten().als_html() == ""
    assert "geen gemeten effecten ingevuld" in mkba.aanpak("standaard").bereken().effectmeting().zin().data


def test_een_vraag_die_niet_is_gemeten_staat_er_niet_bij(figuur: Aanpak) -> None:
    alleen = {"effectmeting.minder.gemeten": False, "effectmeting.voorkomen.gemeten": False}
    effect = figuur.met(alleen).bereken().effectmeting()
    zin = effect.zin().data
    assert "Deze aanpak rekent met wat is gemeten: meer trajecten (vraag 16). Vraag 17 en 18 zijn niet gemeten: " in zin
    assert "vraag 12, 13 en 14 tellen daar zoals verwacht." in zin
    assert "lezing" not in zin
    koppen = list(effect.trajecten().frame.columns)
    assert koppen == ["16 meer, nieuw", "16 meer, bestaand", "kosten per stuk", "euro per jaar meer"]
    assert effect.escalaties().als_html() == effect.samen().als_html() == ""
    assert list(effect.tabel().frame.columns)[1] == "met de meting"
    assert "(b) bedreigd" not in effect.tabel().frame
    een = figuur.met({"effectmeting.meer.gemeten": False}).bereken().effectmeting()
    assert "16 meer, nieuw" not in een.trajecten().frame
    assert "Vraag 16 is niet gemeten: vraag 11 telt daar zoals verwacht. Vraag 18 telt" in een.zin().data


def test_zonder_vraag_18_staan_er_geen_lezingen_van(figuur: Aanpak) -> None:
    """Estimate and measured, also when reading (b) was chosen: that column was empty, and so the difference."""
    for grondslag in ("huishoudens", "bedreigd"):
        velden = {"effectmeting.voorkomen.gemeten": False, "effectmeting.grondslag": grondslag}
        effect = figuur.met(velden).bereken().effectmeting()
        tabel = effect.tabel().frame
        assert list(tabel.columns) == ["schatting (vraag 11–14)", "met de meting", "gemeten min schatting"]
        assert not tabel.isna().any(axis=None)
        assen = effect.teken()
        assert isinstance(assen, Axes)
        assert assen.get_legend_handles_labels()[1] == ["schatting (vraag 11–14)", "met de meting"]


def test_figuur_laat_een_onbekende_lezing_weg(figuur: Aanpak) -> None:
    een = figuur.met({"effectmeting.bedreigd.huisuitzetting": None})
    for aanpak, balken in ((figuur, 3), (een, 2)):
        assen = aanpak.bereken().effectmeting().teken()
        assert isinstance(assen, Axes)
        assert len(assen.get_legend_handles_labels()[1]) == balken
    niets = mkba.aanpak("standaard").bereken().effectmeting().teken()
    assert isinstance(niets, HTML)
    assert niets.data == ""


def test_wat_vervalt_staat_erbij(figuur: Aanpak) -> None:
    anders = figuur.met({"meer": 0.1, "escalatie.gezin": 0.02})
    antwoorden = anders.antwoorden().frame.set_index("onderdeel")["herkomst"]
    assert antwoorden["Meer trajecten in bestaande cases"] == "vervalt door de effectmeting"
    assert "2% (vervalt)" in anders.per_type().als_tekst()
    kengetallen = anders.kengetallentabel().als_tekst()
    assert "[traject.uitkering.eur]" in kengetallen
    assert "[traject.factor]" in kengetallen
    assert "traject." not in mkba.aanpak("standaard").kengetallentabel().als_tekst()


def test_gemeten_aantallen_staan_op_honderdsten(figuur: Aanpak) -> None:
    """4 trajecten of 7 households are 0.57 and not 0.5714; what was filled in stays as it was."""
    assert "0,3" in _eerste_rij(figuur)
    assert "0,30" not in _eerste_rij(figuur)
    gemeten = figuur.met({"effectmeting.meer.bestaand.aantal": 4 / 7})
    assert _eerste_rij(gemeten) == ["1,00", "0,57", "0,30", "0,10"]


def _eerste_rij(aanpak: Aanpak) -> list[str]:
    rij = aanpak.bereken().effectmeting().trajecten().als_tekst().splitlines()
    (regel,) = [r for r in rij if r.startswith("Gemiddeld aantal")]
    return regel.split()[4:8]


def test_wie_niet_te_tonen_is_staat_met_een_ster_in_de_figuur_van_acties() -> None:
    def cel(door: str, uitgevoerd: str = "") -> Sleutel:
        return sleutel_van(door=door, **({"uitgevoerd": uitgevoerd} if uitgevoerd else {}))

    cellen = {cel("netwerk"): 30.0, cel("netwerk", "ja"): None, cel("netwerk", "nee"): None}
    cellen |= {cel("generalist"): 40.0, cel("generalist", "ja"): 30.0, cel("generalist", "nee"): 10.0}
    meting: Any = SimpleNamespace(delen={"acties": Publicatie(cellen, (("door", "uitgevoerd"),), 10, 5)})
    ax = acties(meting)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["netwerk", "generalist"]
    assert [t.get_text().strip() for t in ax.texts] == ["*", "75% uitgevoerd"]
    assert ax.get_title(loc="left") == "Acties, naar wie ze doet (* afgeschermd)"
    tabel = actietabel(meting)
    assert tabel.frame.loc["netwerk", "deel uitgevoerd"].waarde is None
    assert "* afgeschermd: minder dan 10 huishoudens" in tabel.uitleg
    alle = {k: w for k, w in cellen.items() if "netwerk" not in dict(k).values()}
    heel: Any = SimpleNamespace(delen={"acties": Publicatie(alle, (("door", "uitgevoerd"),), 10, 5)})
    assert acties(heel).get_title(loc="left") == "Acties, naar wie ze doet"
