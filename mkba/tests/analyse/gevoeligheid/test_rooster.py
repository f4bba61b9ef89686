"""Grids: values equal a single calculation, parquet in parts that resumes, refusals, the contour figure."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.gevoeligheid import rooster
from mkba.analyse.gevoeligheid.eenzijdig import eenzijdig
from mkba.analyse.gevoeligheid.rooster import knoppenvlak, lees_rooster, raster, schrijf_rooster
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.velden import KNOPPEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import BLOK, bereken, bereken_blokken
from mkba.uitvoer.gevoeligheid import figuren as figuren_scenarios

ASSEN: dict[str, list[float]] = {"nieuw": [0.05, 0.1, 0.2], "terugval": [0.0, 0.3], "kwaliteit.qaly_eur": [2e4, 5e4]}


@pytest.fixture(scope="module")
def aanpak(kengetallen: Kengetallen) -> Aanpak:
    return laad_geval("standaard", kengetallen).aanpak


@pytest.mark.parametrize("uitkomst", ["saldo", "kb_gemeentelijk"])
def test_raster_is_wat_bereken_geeft(uitkomst: str, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    r = raster(aanpak, kengetallen, "escalatie.gezin", "frictie", uitkomst, punten=5)
    assert r.waarden.shape == (5, 5)
    for i, y in enumerate(r.y_waarden):
        for j, x in enumerate(r.x_waarden):
            los = aanpak.met({"escalatie.gezin": x, "frictie": y}, kengetallen)
            assert r.waarden[i, j] == pytest.approx(bereken(los, kengetallen)[uitkomst])
    assert r.punt == (0.02, 0.0, bereken(aanpak, kengetallen)[uitkomst])
    assert r.drempel == (0.0 if uitkomst == "saldo" else 1.0)


def test_knoppenvlak_is_het_raster_van_de_gekozen_knoppen(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    tabel = eenzijdig(aanpak, kengetallen)
    r = knoppenvlak(aanpak, kengetallen, tabel, "terugval", "")
    geen_effect = ("terugval", "frictie")
    assert (r.x, r.y) == ("terugval", next(k for k in tabel["sleutel"] if k in KNOPPEN and k not in geen_effect))
    assert r.waarden.tolist() == raster(aanpak, kengetallen, r.x, r.y).waarden.tolist()
    # frictie swings second here, but it is a cost that is planned
    vanzelf = knoppenvlak(aanpak, kengetallen, tabel)
    assert tabel["sleutel"].tolist().index("frictie") < tabel["sleutel"].tolist().index(vanzelf.y)
    assert knoppenvlak(aanpak, kengetallen, tabel, "frictie").x == "frictie"


@pytest.mark.parametrize(
    ("x", "y", "tekst"),
    [
        ("escalatie.gezinnen", "", "knop_x = 'escalatie.gezinnen': deze knop bestaat niet. Bedoelt u escalatie.gezin?"),
        ("", "zzzz", "knop_y = 'zzzz': deze knop bestaat niet. Geef bijvoorbeeld escalatie.gezin, of laat"),
        (3, "", "knop_x = 3: dit is geen tekst"),
        ("", None, "knop_y = (leeg): dit is geen tekst"),
        ("terugval", "terugval", "knop_y = 'terugval': knop_x is dezelfde knop."),
        ("", "fte", "knop_y = 'fte': voor deze as is geen gepubliceerd bereik. Kies een knop van vraag 9"),
        ("naam", "", "knop_x = 'naam': dit is geen getal van de invoer"),
        ("type.gezin", "", "knop_x = 'type.gezin': aandelen die samen 100% zijn"),
    ],
)
def test_meldingen_noemen_de_parameter(x: Any, y: Any, tekst: str, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout) as fout:
        knoppenvlak(aanpak, kengetallen, eenzijdig(aanpak, kengetallen), x, y)
    assert str(fout.value).startswith(tekst)


def test_raster_loopt_over_het_gepubliceerde_bereik(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    r = raster(aanpak, kengetallen, "nieuw", "additioneel", punten=3)
    assert list(r.x_waarden) == pytest.approx([0.05, 0.175, 0.30])
    assert list(r.y_waarden) == [0.0, 0.5, 1.0]
    ver = aanpak.met({"nieuw": 0.6}, kengetallen)
    assert raster(ver, kengetallen, "nieuw", "additioneel", punten=3).x_waarden[-1] == 0.6
    eigen = raster(aanpak, kengetallen, "fte", "kwaliteit.qaly_eur", punten=3, bereik={"fte": (10, 20)})
    assert list(eigen.x_waarden) == [10, 15, 20]
    qaly = kengetallen.getallen["kwaliteit.qaly_eur"]
    assert (eigen.y_waarden[0], eigen.y_waarden[-1]) == (qaly.onder, qaly.boven)


@pytest.mark.parametrize(
    ("args", "tekst"),
    [
        ({"x": "nieuw", "y": "nieuw"}, "de twee assen zijn dezelfde"),
        ({"x": "nieuw", "y": "meer", "uitkomst": "winst"}, "geen uitkomst van het model"),
        ({"x": "nieuw", "y": "meer", "punten": 1}, "ten minste twee punten"),
        ({"x": "nieuw", "y": "niets"}, "geen getal van de invoer"),
        ({"x": "nieuw", "y": "naam"}, "geen getal van de invoer"),
        ({"x": "nieuw", "y": "fte"}, "geen gepubliceerd bereik"),
        ({"x": "nieuw", "y": "type.gezin"}, "niet los van elkaar bewegen"),
        ({"x": "nieuw", "y": "meer", "bereik": {"meer": (0.0, 2.0)}}, "deze as kan niet"),
        ({"x": "nieuw", "y": "meer", "bereik": {"meer": (0.1, 0.1)}}, "een waarde staat er twee keer"),
        ({"x": "nieuw", "y": "knop.kinderen"}, "deze as kan niet"),
    ],
)
def test_raster_weigert(args: dict[str, Any], tekst: str, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match=tekst):
        raster(aanpak, kengetallen, **args)


def test_rooster_is_wat_bereken_geeft(tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    delen = schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path, deel=5)
    assert [p.name for p in delen] == [f"deel-{i:06d}.parquet" for i in range(3)]
    tabel = lees_rooster(tmp_path)
    verwacht = pd.MultiIndex.from_product(ASSEN.values(), names=list(ASSEN))
    assert pd.MultiIndex.from_frame(tabel[list(ASSEN)]).equals(verwacht)
    for rij in tabel.to_dict("records"):
        los = aanpak.met({"nieuw": rij["nieuw"], "terugval": rij["terugval"]}, kengetallen)
        sleutels = bereken(los, kengetallen.met({"kwaliteit.qaly_eur": rij["kwaliteit.qaly_eur"]})).sleutels
        assert {k: rij[k] for k in rooster.UITKOMSTEN} == pytest.approx({k: sleutels[k] for k in rooster.UITKOMSTEN})
    assert list(lees_rooster(tmp_path, ["saldo"]).columns) == ["saldo"]


def test_de_executor_verandert_geen_bit(tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """More than two blocks in one part, alone and spread over threads."""
    assen = {"nieuw": np.linspace(0.05, 0.3, 200), "terugval": np.linspace(0, 0.5, 200)}
    assert 2 * BLOK < 200 * 200
    schrijf_rooster(aanpak, kengetallen, assen, tmp_path / "a")
    with ThreadPoolExecutor(2) as executor:
        schrijf_rooster(aanpak, kengetallen, assen, tmp_path / "b", executor=executor)
    pd.testing.assert_frame_equal(lees_rooster(tmp_path / "a"), lees_rooster(tmp_path / "b"), check_exact=True)


def test_de_maat_van_een_deel_verandert_alleen_de_afronding(
    tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen
) -> None:
    for deel in (1, 100):
        schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path / str(deel), deel=deel)
    een, alles = (lees_rooster(tmp_path / d) for d in ("1", "100"))
    pd.testing.assert_frame_equal(een, alles, rtol=1e-12, atol=1e-6)


class _Telling:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.punten: list[int] = []
        echt = bereken_blokken

        def geteld(aanpak: Any, kengetallen: Any, blokken: Any, *rest: Any) -> Any:
            return echt(aanpak, kengetallen, (self.tel(blok) for blok in blokken), *rest)

        monkeypatch.setattr("mkba.analyse.gevoeligheid.rooster.bereken_blokken", geteld)

    def tel(self, blok: dict[str, Any]) -> dict[str, Any]:
        self.punten.append(len(next(iter(blok.values()))))
        return blok


@pytest.mark.parametrize("schade", ["weg", "afgekapt", "leeg", "vreemd"])
def test_hervatten_rekent_alleen_wat_ontbreekt(
    schade: str, tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen, monkeypatch: pytest.MonkeyPatch
) -> None:
    delen = schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path / "a", deel=5)
    heel = lees_rooster(tmp_path / "a")
    inhoud = delen[1].read_bytes()
    if schade == "weg":
        delen[1].unlink()
    elif schade == "vreemd":
        ander = schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path / "b", deel=4)
        delen[1].write_bytes(ander[1].read_bytes())
    else:
        delen[1].write_bytes(inhoud[: len(inhoud) // 2] if schade == "afgekapt" else b"")
    with pytest.raises(InvoerFout, match="ontbreekt of is onvolledig"):
        lees_rooster(tmp_path / "a")
    ongemoeid = [delen[i].stat().st_mtime_ns for i in (0, 2)]
    telling, gemeld = _Telling(monkeypatch), []
    schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path / "a", deel=5, voortgang=lambda *g: gemeld.append(g))
    assert telling.punten == [5]
    assert gemeld == [(5, 12), (10, 12), (12, 12)]
    assert [delen[i].stat().st_mtime_ns for i in (0, 2)] == ongemoeid
    pd.testing.assert_frame_equal(lees_rooster(tmp_path / "a"), heel, check_exact=True)
    assert not list((tmp_path / "a").glob("*.tmp"))


def test_onderbroken_halverwege(
    tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(gereed: int, totaal: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path, deel=5, voortgang=stop)
    telling = _Telling(monkeypatch)
    schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path, deel=5)
    assert telling.punten == [5, 2]


@pytest.mark.parametrize("anders", ["aanpak", "kengetal", "as", "deel", "sleutels"])
def test_een_ander_rooster_in_dezelfde_map_wordt_geweigerd(
    anders: str, tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen
) -> None:
    schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path, deel=5)
    kw: dict[str, Any] = {"deel": 5}
    assen = dict(ASSEN)
    if anders == "aanpak":
        aanpak = aanpak.met({"fte": 15}, kengetallen)
    elif anders == "kengetal":
        kengetallen = kengetallen.met({"escalatie.factor": 1.0})
    elif anders == "as":
        assen["nieuw"] = [0.05, 0.1, 0.3]
    else:
        kw[anders] = 6 if anders == "deel" else ("saldo",)
    with pytest.raises(InvoerFout, match="een ander rooster"):
        schrijf_rooster(aanpak, kengetallen, assen, tmp_path, **kw)


def test_een_andere_naam_is_hetzelfde_rooster(tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path)
    assert schrijf_rooster(aanpak.met({"naam": "anders"}, kengetallen), kengetallen, ASSEN, tmp_path)


@pytest.mark.parametrize(
    ("assen", "kw", "tekst"),
    [
        ({}, {}, "het rooster heeft geen as"),
        ({"nieuw": []}, {}, "geen rij eindige getallen"),
        ({"nieuw": [float("nan")]}, {}, "geen rij eindige getallen"),
        ({"nieuw": ["veel"]}, {}, "dit is geen rij getallen"),
        ({"nieuw": [0.1, 0.1]}, {}, "een waarde staat er twee keer"),
        ({"nieuw": [2.0]}, {}, "deze as kan niet"),
        ({"niets": [2.0]}, {}, "deze as kan niet"),
        ({"zwaarte.gezin.zr": [0.5]}, {}, "niet los van elkaar bewegen"),
        ({"nieuw": [0.1]}, {"deel": 0}, "ten minste een punt"),
        ({"nieuw": [0.1]}, {"sleutels": ("winst",)}, "geen uitkomst van het model"),
        ({"nieuw": [0.1]}, {"sleutels": "saldo"}, "geen rij sleutels"),
        ({"nieuw": [0.1]}, {"sleutels": ()}, "geen uitkomst gevraagd"),
        ({k: np.linspace(0, 1, 1001) for k in ("nieuw", "meer", "frictie", "terugval")}, {}, "het rooster heeft meer"),
    ],
)
def test_rooster_weigert(
    assen: dict[str, Any], kw: dict[str, Any], tekst: str, tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen
) -> None:
    with pytest.raises(InvoerFout, match=tekst):
        schrijf_rooster(aanpak, kengetallen, assen, tmp_path / "r", **kw)
    assert not (tmp_path / "r").exists()


def test_map_die_niet_van_ons_is(tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match="hier staat geen rooster"):
        lees_rooster(tmp_path)
    (tmp_path / "x.parquet").write_bytes(b"x")
    with pytest.raises(InvoerFout, match="zonder manifest"):
        schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path)
    (tmp_path / "x.parquet").unlink()
    bestand = tmp_path / "bestand"
    bestand.write_text("x")
    with pytest.raises(InvoerFout, match="niet te schrijven"):
        schrijf_rooster(aanpak, kengetallen, ASSEN, bestand)
    (tmp_path / "manifest.json").write_text(json.dumps({"kenmerk": "x"}))
    with pytest.raises(InvoerFout, match="manifest van dit rooster is niet te lezen"):
        lees_rooster(tmp_path)


def test_kolom_die_er_niet_is(tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path)
    with pytest.raises(InvoerFout, match="deze kolom is er niet"):
        lees_rooster(tmp_path, ["winst"])


def test_contour_tekent_break_even_en_het_punt(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    r = raster(aanpak, kengetallen, "escalatie.gezin", "substitutie.nieuw", punten=9)
    ax = figuren_scenarios.contour(r)
    lijn = next(c for c in ax.collections if list(getattr(c, "levels", [])) == [0.0])
    assert not lijn.filled  # type: ignore[attr-defined]
    for x, y in np.asarray(lijn.get_paths()[0].vertices)[1:-1]:
        los = aanpak.met({"escalatie.gezin": float(x), "substitutie.nieuw": float(y)}, kengetallen)
        assert abs(bereken(los, kengetallen)["saldo"]) < 1e-3 * np.ptp(r.waarden)
    punt = next(p for p in ax.lines if "zoals ingevuld" in str(p.get_label()))
    assert (punt.get_xdata()[0], punt.get_ydata()[0]) == r.punt[:2]  # type: ignore[index]


def test_contour_zonder_break_even_zegt_dat(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    ax = figuren_scenarios.contour(raster(aanpak, kengetallen, "nieuw", "frictie", "kb_gemeentelijk", punten=5))
    assert any("in dit hele vlak zijn de baten lager" in str(p.get_label()) for p in ax.lines)


def test_een_deel_dat_niet_te_schrijven_is(tmp_path: Path, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path, deel=5)
    deel = tmp_path / "deel-000001.parquet"
    deel.unlink()
    deel.mkdir()  # a folder stands where the part must come
    with pytest.raises(InvoerFout, match="dit deel is niet te schrijven"):
        schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path, deel=5)
    assert not list(tmp_path.glob(".mkba-*"))  # nothing half-written stays
    deel.rmdir()
    assert len(schrijf_rooster(aanpak, kengetallen, ASSEN, tmp_path, deel=5)) == 3
