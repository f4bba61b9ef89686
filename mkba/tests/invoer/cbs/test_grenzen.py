"""Boundaries: from GeoJSON, GeoPackage and a WFS on a loopback address; and the map drawn of them."""

import json
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.colors import to_rgb

from mkba.invoer.cbs import grenzen as grenzen_
from mkba.invoer.cbs.grenzen import haal_pdok, lees_grenzen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.tests.hulp_cbs import drie_wijken
from mkba.uitvoer.doelgroepen.kaart import KAARTEN, KLASSEKLEUREN, kaart, klassen
from mkba.uitvoer.figuur import figuur_van

_RD = (136_000, 456_000)


def vlak(code: str, x: float, *, gat: bool = False, linksom: bool = False, **eigenschappen: str) -> dict[str, Any]:
    """A square of 10 metres in RD, ``x`` metres east of a place in Utrecht; outer ring clockwise unless ``linksom``,
    the hole the same way round."""
    x, y = x + _RD[0], _RD[1]
    ring = [[x, y], [x, y + 10], [x + 10, y + 10], [x + 10, y], [x, y]]
    binnen = [[x + 3, y + 3], [x + 3, y + 6], [x + 6, y + 6], [x + 6, y + 3], [x + 3, y + 3]]
    delen = [r[::-1] if linksom else r for r in ([ring, binnen] if gat else [ring])]
    eigen = {"gemeentecode": "GM0001", "wijkcode": code, **eigenschappen}
    return {"type": "Feature", "properties": eigen, "geometry": {"type": "Polygon", "coordinates": delen}}


def ringen(delen: list[Any]) -> str:
    """A file with one wijk whose polygon has these rings, whatever they are."""
    stuk = vlak("WK000101", 0)
    stuk["geometry"]["coordinates"] = delen
    return json.dumps({"features": [stuk]})


def geojson(pad: Path, *vlakken: dict[str, Any]) -> Path:
    pad.write_text(json.dumps({"type": "FeatureCollection", "features": list(vlakken)}), encoding="utf-8")
    return pad


def oppervlak(ring: np.ndarray) -> float:
    """Positive for a ring that runs counterclockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def met_kaart(tmp_path: Path, pad: Path, naar: Path) -> list[str]:
    """The command that draws three wijken on the boundaries in ``pad``."""
    cijfers = ["--cijfers", drie_wijken(tmp_path), "--niveau", "wijk"]
    return ["gebieden", *cijfers, "--naar", str(naar), "--kaart", str(pad)]


@pytest.mark.parametrize("linksom", [True, False])
def test_geojson_met_gat_en_water(tmp_path: Path, linksom: bool) -> None:
    """The right property, outer rings counterclockwise and holes clockwise whatever the file does; no water."""
    pad = geojson(
        tmp_path / "k.geojson",
        vlak("WK000101", 0, gat=True, linksom=linksom, water="NEE"),
        vlak("WK000101", 20, linksom=linksom, water="JA"),
        vlak("WK000102", 40, linksom=linksom),
        vlak("WK999999", 60),
    )
    gelezen = lees_grenzen(str(pad), ["WK000101", "WK000102"], "wijk", 2024)
    assert [round(oppervlak(r)) for r in gelezen.ringen["WK000101"]] == [100, -9]
    assert set(gelezen.ringen) == {"WK000101", "WK000102"}
    assert not gelezen.graden


def test_buurten_tellen_op_tot_hun_gemeente(tmp_path: Path) -> None:
    pad = geojson(tmp_path / "k.json", vlak("WK000101", 0), vlak("WK000102", 20))
    assert len(lees_grenzen(str(pad), ["GM0001"], "gemeente", 2024).ringen["GM0001"]) == 2


@pytest.mark.parametrize(
    ("inhoud", "verwacht"),
    [
        ("{}", "geen GeoJSON met vlakken"),
        ("niets", "geen GeoJSON met vlakken"),
        ('{"features": []}', "geen van de gebieden staat in deze grenzen; wel bijvoorbeeld geen enkele code"),
        (json.dumps({"features": [vlak("WK777701", 0)]}), "wel bijvoorbeeld GM0001"),
        (ringen([[]]), "geen GeoJSON met vlakken"),
        (ringen([[[0, 0]]]), "geen GeoJSON met vlakken"),
        (ringen([[[0, 0], [1, 0], [1]]]), "geen GeoJSON met vlakken"),
        (ringen([[[0, 0], [1, 0], [1, 1], [math.nan, 0]]]), "geen GeoJSON met vlakken"),
        (ringen([[[1e308, 0], [-1e308, 0], [1, 1], [1e308, 0]]]), "geen GeoJSON met vlakken"),
        (ringen([]), "geen van de gebieden heeft in deze grenzen een vlak"),
        (
            json.dumps({"features": [vlak("WK000101", 0), vlak("WK000102", 5_000_000)]}),
            "de gebieden liggen in deze grenzen verder uiteen dan Nederland breed is",
        ),
    ],
)
def test_onbruikbare_grenzen(tmp_path: Path, capsys: pytest.CaptureFixture[str], inhoud: str, verwacht: str) -> None:
    pad = tmp_path / "k.geojson"
    pad.write_text(inhoud, encoding="utf-8")
    naar = tmp_path / "uit"
    assert main(met_kaart(tmp_path, pad, naar)) == 2
    assert verwacht in capsys.readouterr().err
    assert not naar.exists()


def in_graden(code: str, x: float, y: float) -> dict[str, Any]:
    """A square of 1/100 degree, as PDOK gives it in WGS84."""
    ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
    eigen = {"gemeentecode": "GM0001", "wijkcode": code}
    return {"type": "Feature", "properties": eigen, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.mark.parametrize("soort", ["meters", "graden", "een punt in graden", "een punt in meters"])
def test_wat_ver_buiten_het_land_ligt_staat_niet_op_de_kaart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], soort: str
) -> None:
    """One stray point left a map with nothing to see; it is named, and the others are as large as without it."""
    if "graden" in soort:
        goed = [in_graden("WK000101", 5.10, 52.09), in_graden("WK000103", 5.12, 52.09)]
        fout = in_graden("WK000102", 5.11, 52.09) if "punt" in soort else in_graden("WK000102", 52.09, 5.11)
    else:
        goed = [vlak("WK000101", 0), vlak("WK000103", 20)]
        fout = vlak("WK000102", 40) if "punt" in soort else vlak("WK000102", 5_000_000)
    if "punt" in soort:
        fout["geometry"]["coordinates"][0][2] = [0, 0] if "graden" in soort else [9_000_000, 0]
    gelezen = lees_grenzen(
        str(geojson(tmp_path / "k.geojson", *goed, fout)), [f"WK00010{n}" for n in (1, 2, 3)], "wijk", 2024
    )
    assert (set(gelezen.ringen), gelezen.ver) == ({"WK000101", "WK000103"}, ("WK000102",))
    assert gelezen.graden == ("graden" in soort)
    punten = np.concatenate([r for ringen in gelezen.ringen.values() for r in ringen])
    assert np.ptp(punten[:, 0]) == pytest.approx(0.03 if "graden" in soort else 30, rel=0.01)
    naar = tmp_path / "uit"
    assert main(met_kaart(tmp_path, tmp_path / "k.geojson", naar)) == 1, "een wijk zonder huishoudens is weggelaten"
    assert "een vlak van WK000102 ligt ver buiten Nederland en staat niet op de kaart" in capsys.readouterr().err
    soep = BeautifulSoup((naar / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    assert "Buiten de kaart gelaten" in soep.text


def test_een_te_groot_bestand_met_grenzen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grenzen_, "MAXIMUM_GEOJSON", 10)
    assert main(met_kaart(tmp_path, geojson(tmp_path / "k.geojson", vlak("WK000101", 0)), tmp_path / "uit")) == 2
    assert "Geef alleen de gebieden die u nodig hebt, of een GeoPackage." in capsys.readouterr().err
    assert main(met_kaart(tmp_path, tmp_path / "weg.geojson", tmp_path / "uit")) == 2
    assert "het bestand bestaat niet" in capsys.readouterr().err


@pytest.mark.skipif(find_spec("pyogrio") is None, reason="het onderdeel kaart is niet geïnstalleerd")
def test_geopackage(tmp_path: Path) -> None:
    import pyogrio
    import shapely

    pad = tmp_path / "k.gpkg"
    vormen = shapely.to_wkb([shapely.box(x, 456_000, x + 10, 456_010) for x in (136_000, 136_020)])
    codes = np.array(["WK000101", "WK000102"], dtype=object)
    hoe = {"layer": "wijken", "geometry_type": "Polygon", "crs": "EPSG:28992"}
    pyogrio.raw.write(pad, geometry=vormen, field_data=[codes], fields=["wijkcode"], **hoe)
    gelezen = lees_grenzen(str(pad), ["WK000101", "WK000102"], "wijk", 2024)
    assert [round(oppervlak(r)) for rs in gelezen.ringen.values() for r in rs] == [100, 100]
    stuk = tmp_path / "stuk.gpkg"
    stuk.write_bytes(b"SQLite format 3\0 en dan niets")
    with pytest.raises(InvoerFout, match="geen leesbare GeoPackage"):
        lees_grenzen(str(stuk), ["WK000101"], "wijk", 2024)


@pytest.mark.skipif(find_spec("pyogrio") is None, reason="het onderdeel kaart is niet geïnstalleerd")
def test_een_gpkg_die_naar_een_ander_bestand_wijst(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A virtual layer under the name of a GeoPackage: the library would read whatever file or address it names."""
    (tmp_path / "geheim.csv").write_text('wijkcode,wkt\nWK000101,"POLYGON((0 0,1 0,1 1,0 0))"\n', encoding="utf-8")
    pad = tmp_path / "k.gpkg"
    pad.write_text(
        f"""<OGRVRTDataSource><OGRVRTLayer name="wijken"><SrcDataSource>{tmp_path / "geheim.csv"}</SrcDataSource>
        <SrcLayer>geheim</SrcLayer><GeometryType>wkbPolygon</GeometryType>
        <GeometryField encoding="WKT" field="wkt"/></OGRVRTLayer></OGRVRTDataSource>""",
        encoding="utf-8",
    )
    assert main(met_kaart(tmp_path, pad, tmp_path / "uit")) == 2
    assert "dit is geen leesbare GeoPackage" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


@contextmanager
def wfs(vlakken: list[dict[str, Any]], status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """PDOK on a loopback address: pages by startIndex and count."""
    vragen: list[str] = []

    class Behandelaar(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            vragen.append(self.path)
            vraag = {s: w[0] for s, w in parse_qs(urlsplit(self.path).query).items()}
            begin, aantal = int(vraag["startIndex"]), int(vraag["count"])
            inhoud = json.dumps({"features": vlakken[begin : begin + aantal]}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(inhoud)))
            self.end_headers()
            self.wfile.write(inhoud)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Behandelaar)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", vragen
    finally:
        server.shutdown()
        server.server_close()


def test_pdok_in_stukken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grenzen_, "PER_KEER", 2)
    with wfs([vlak(f"WK00010{i}", 20 * i) for i in range(5)]) as (url, vragen):
        monkeypatch.setattr(grenzen_, "PDOK_URL", url)
        gelezen = lees_grenzen("pdok", ["WK000100", "WK000104"], "wijk", 2024)
    assert set(gelezen.ringen) == {"WK000100", "WK000104"}
    assert len(vragen) == 3
    assert all("/cbs/wijkenbuurten/2024/wfs/v1_0?" in v and "wijkenbuurten%3Awijken" in v for v in vragen)


def test_pdok_met_een_gebied_zonder_vlak(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no shape counts as given: the pages after it are still asked for, and none twice."""
    monkeypatch.setattr(grenzen_, "PER_KEER", 2)
    leeg: dict[str, Any] = {"type": "Feature", "properties": {"wijkcode": "WK000109"}, "geometry": None}
    with wfs([leeg, *(vlak(f"WK00010{i}", 20 * i) for i in range(4))]) as (url, vragen):
        codes = [eigen["wijkcode"] for eigen, _ in haal_pdok("wijk", 2024, url)]
    assert codes == [f"WK00010{i}" for i in range(4)]
    assert len(vragen) == 3


def test_pdok_dat_niet_ophoudt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grenzen_, "PER_KEER", 2)
    monkeypatch.setattr(grenzen_, "MAXIMUM_GEBIEDEN", 6)
    with wfs([vlak("WK000101", 0)] * 100) as (url, vragen), pytest.raises(InvoerFout, match="houdt niet op"):
        haal_pdok("wijk", 2024, url)
    assert len(vragen) == 3


def test_pdok_zonder_antwoord() -> None:
    with wfs([], status=503) as (url, _), pytest.raises(InvoerFout, match="de grenzen van 2024 zijn niet op te halen"):
        haal_pdok("wijk", 2024, url)


def test_klassen_zijn_in_grijs_te_lezen() -> None:
    """Each class darker than the one before by a tenth of white at least (Rec. 601, as a printer makes grey)."""
    grijs = [float(np.dot(to_rgb(kleur), (0.299, 0.587, 0.114))) for kleur in KLASSEKLEUREN]
    assert all(a - b > 0.1 for a, b in pairwise(grijs))


def test_klassen_en_arcering() -> None:
    """Ten values in five classes of two; one area without a value is hatched and counted apart."""
    ringen = {f"WK{i:06d}": (np.array([[i, 0], [i + 1, 0], [i + 1, 1], [i, 0.0]]),) for i in range(11)}
    waarden = {code: float(i) if i < 10 else math.nan for i, code in enumerate(ringen)}
    assert klassen([*waarden.values()]) == pytest.approx([0, 1.8, 3.6, 5.4, 7.2, 9])
    ax = kaart(ringen, waarden, KAARTEN[1])
    teksten = [t.get_text() for t in figuur_van(ax).legends[0].get_texts()]
    assert [t.rpartition("(")[2] for t in teksten] == ["2)", "2)", "2)", "2)", "2)", "1)"]
    assert teksten[-1].startswith("te klein of niet bekend")
    gelijk = kaart(ringen, dict.fromkeys(ringen, 5.0), KAARTEN[1])
    assert len(figuur_van(gelijk).legends[0].get_texts()) == 1


def test_kaarten_op_de_pagina(tmp_path: Path) -> None:
    pad = geojson(tmp_path / "k.geojson", vlak("WK000101", 0), vlak("WK000103", 20))
    naar = tmp_path / "uit"
    assert main(met_kaart(tmp_path, pad, naar)) == 1
    soep = BeautifulSoup((naar / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    assert len(soep.select("figure svg")) == 3
    assert "Niet op de kaart" in soep.text
    assert "=Licht" in soep.text
    assert soep.text.count("te klein of niet bekend (1)") == 3  # 60 households are too few to show
