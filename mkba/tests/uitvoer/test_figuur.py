"""Figures: SVG with text that is text, small, and drawn only in the ways that somebody needs."""

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

from mkba.uitvoer import extra, tekening
from mkba.uitvoer.figuur import ARCERING, LICHT, als_png, als_svg, bewaar, figuur, legenda_onder, nieuw, toon

_MAX_SVG = 40_000
"""Bytes of a figure: that of 22 hatched bars and everything around it stays below."""


@figuur("Staven per jaar.")
def staven(aantal: int = 22, arcering: str = "////", breed: float = 8.0) -> Axes:
    ax = nieuw(breed)
    hoogten = np.arange(1, aantal + 1)
    ax.bar(hoogten, hoogten, color="#D3EBC3", hatch=arcering, edgecolor="#5E8F5A", label="baten & lasten <1>")
    ax.text(aantal, aantal, "  € 1.000, buiten de assen")
    ax.set_title("Een titel")
    legenda_onder(ax)
    return ax


@pytest.fixture
def in_rapport() -> Callable[..., Any]:
    def maak(*soorten: str) -> Any:
        with extra.vraag(soorten):
            return toon(staven(3), "Staven", csv="a;b")._repr_mimebundle_()

    return maak


def _maten(svg: str) -> tuple[float, float]:
    breed, hoog = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups()  # type: ignore[union-attr]
    return float(breed), float(hoog)


def test_tekst_is_tekst_met_letters_die_elk_systeem_heeft_en_een_omschrijving() -> None:
    svg = als_svg(staven())
    wortel = ET.fromstring(svg)
    teksten = [t.text for t in wortel.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Een titel", "baten & lasten <1>"} <= set(teksten)
    assert "\u00a0\u00a0€ 1.000, buiten de assen" in teksten, "spaties vooraan blijven ruimte"
    assert (wortel.get("role"), wortel.get("aria-label")) == ("img", "Staven per jaar.")
    assert wortel.get("font-family", "").split(", ")[::2] == ["DejaVu Sans", "Verdana", "sans-serif"]
    assert svg == als_svg(staven()), "elke keer gelijk"


def test_niets_wordt_opgehaald_en_namen_zijn_van_deze_figuur() -> None:
    een, twee = als_svg(staven(3)), als_svg(staven(4))
    for svg in (een, twee):
        assert not re.search(r"href|<style|<use|<script|style=", svg)
        assert set(re.findall(r"url\(#([^)]*)\)", svg)) == set(re.findall(r' id="([^"]*)"', svg))
    assert not set(re.findall(r' id="([^"]*)"', een)) & set(re.findall(r' id="([^"]*)"', twee))


@pytest.mark.parametrize("arcering", sorted({*ARCERING.values(), LICHT["hatch"], "\\\\"}))
def test_een_arcering_is_klein_en_valt_binnen_haar_staaf(arcering: str) -> None:
    svg, zonder = als_svg(staven(arcering=arcering)), als_svg(staven(arcering=""))
    assert len(svg) < _MAX_SVG
    assert "<pattern" not in svg, "een browser maakt er in een PDF pixels van"
    assert zonder.count("<path") < svg.count("<path") <= zonder.count("<path") + 23


@pytest.mark.parametrize(
    ("arcering", "verwacht"),
    [
        ("-", {((0.0, 12.0), (30.0, 12.0)), ((0.0, 0.0), (30.0, 0.0))}),  # 12 points apart
        ("|", {((x, 0.0), (x, 20.0)) for x in (0.0, 12.0, 24.0)}),
        ("/", {((0.0, 0.0), (20.0, 20.0)), ((24.0, 0.0), (30.0, 6.0))}),  # y = x and y = x - 24
        ("\\", {((0.0, 0.0), (0.0, 0.0)), ((4.0, 20.0), (24.0, 0.0)), ((28.0, 20.0), (30.0, 18.0))}),
    ],
)
def test_strepen_in_een_rechthoek(arcering: str, verwacht: set[Any]) -> None:
    assert set(tekening.strepen_in((0.0, 0.0, 30.0, 20.0), arcering)) == verwacht


def test_marges_laten_alles_binnen_het_papier() -> None:
    """Of wide labels, a text beside the axes and a legend below it nothing is cut off, at any size and resolution."""
    for breed in (5.0, 8.0):
        ax = staven(breed=breed)
        breedte, hoogte = _maten(als_svg(ax))
        ax.figure.dpi = 72  # as the SVG is drawn
        for vak in (ax.get_tightbbox(), *(deel.get_window_extent() for deel in (*ax.texts, *ax.figure.legends))):
            assert vak is not None
            assert min(vak.x0, vak.y0, breedte - vak.x1, hoogte - vak.y1) > -0.5
        assert ax.bbox.width > breedte / 3
        assert ax.bbox.y0 > ax.figure.legends[0].get_window_extent().y1


def test_een_rapport_tekent_alleen_svg(in_rapport: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    pixels: list[str] = []

    def png(figuur: object, dpi: float) -> bytes:
        pixels.append("png")
        return b"PNG"

    monkeypatch.setattr(tekening, "als_png", png)
    gegevens, over = in_rapport()
    assert set(gegevens) == {"image/svg+xml", "text/plain"}
    assert not pixels
    assert over["image/svg+xml"]["alt"] == "Staven"
    gegevens, _ = in_rapport(extra.FIGUUR)
    assert "image/png" not in gegevens
    assert pixels == ["png"]
    verwacht = {"titel": "Een titel", "csv": "a;b", "png": base64.b64encode(b"PNG").decode()}
    assert gegevens[extra.FIGUUR] == verwacht | {
        "alt": "Staven",
        "breedte": gegevens[extra.FIGUUR]["breedte"],
        "soort": "",
    }


def test_een_eigen_notebook_krijgt_ook_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MKBA_EXTRA", raising=False)
    gegevens, over = staven(3)._repr_mimebundle_()  # type: ignore[attr-defined]
    png = base64.b64decode(gegevens["image/png"])
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 768, "een pixel per pixel van de pagina: wat meer is, weegt alleen"
    assert (over["image/png"]["width"], gegevens["text/plain"]) == (768, "<Figuur: Staven per jaar.>")


@pytest.mark.parametrize(("einde", "begin"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_bewaren_naar_het_einde_van_de_naam(tmp_path: Path, einde: str, begin: bytes) -> None:
    assert bewaar(staven(3), tmp_path / f"f.{einde}").read_bytes().startswith(begin)


def test_png_en_svg_hebben_dezelfde_verhouding() -> None:
    ax = staven(3)
    png = als_png(ax)
    breed, hoog = (int.from_bytes(png[plek : plek + 4], "big") for plek in (16, 20))
    svg = _maten(als_svg(ax))
    assert breed / hoog == pytest.approx(svg[0] / svg[1], rel=0.01)
