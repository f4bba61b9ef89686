"""Figures in a page: ours come through whole, nothing else comes along in their shape."""

import re

import pytest
from bs4 import BeautifulSoup

from mkba.reeks.pagina import svg
from mkba.reeks.pagina.fragment import maak_fragment
from mkba.reeks.pagina.pdf.blokken import maak_document
from mkba.uitvoer.figuur import als_svg, nieuw


def _figuur(hoogte: float = 2.0, alt: str = "Een <staaf> & meer") -> str:
    ax = nieuw(4, 3)
    ax.bar([1, 2], [1, hoogte], hatch="//", label="€ 5")
    ax.plot([1, 2], [1, hoogte], marker="o")
    return als_svg(ax, alt)


def _om(binnen: str, boven: str = "") -> str:
    return (
        f'<p>voor</p><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="x" {boven}>{binnen}</svg><p>na</p>'
    )


def test_een_figuur_komt_heel_in_de_pagina() -> None:
    bron = _figuur()
    uit = maak_fragment(f"<h2>Kop</h2>{bron}").html
    figuur = BeautifulSoup(uit, "html.parser").find("figure")
    assert figuur is not None
    assert figuur.find("svg")["aria-label"] == "Een <staaf> & meer"  # type: ignore[index]
    for soort in ("path", "text", "rect", "clipPath", "g"):
        assert uit.count(f"<{soort}") == bron.count(f"<{soort}"), soort
    assert uit.count("url(#figuur-1-") == bron.count("url(#")
    for deel in (
        ' viewBox="0 0 288 216"',
        ' font-family="DejaVu Sans, ',
        ' text-anchor="middle"',
        " stroke-dasharray=",
    ):
        assert (deel in uit) == (deel in bron), deel


def test_twee_gelijke_figuren_delen_geen_naam() -> None:
    uit = maak_fragment(_figuur() * 2).html
    namen = re.findall(r' id="([^"]*)"', uit)
    assert namen
    assert len(namen) == len(set(namen))
    assert set(re.findall(r"url\(#([^)]*)\)", uit)) <= set(namen)


def test_zonder_omschrijving_zegt_de_kop_waar_zij_bij_hoort() -> None:
    uit = maak_fragment(f"<h2>Wie betaalt</h2>{re.sub(' aria-label=.[^>]*? width', ' width', _figuur(), count=1)}").html
    assert 'aria-label="Figuur bij: Wie betaalt"' in uit


@pytest.mark.parametrize(
    "boos",
    [
        _om("<script>alert(1)</script>"),
        _om("<path d='M0 0' onclick='alert(1)'/>", "onload='alert(1)'"),
        _om("<foreignObject><body><img src=x onerror=alert(1)></body></foreignObject>"),
        _om("<foreignobject><iframe src='https://example.org'></iframe></foreignobject>"),
        _om("<image href='https://example.org/x.png' width='9' height='9'/>"),
        _om("<image xlink:href='data:image/svg+xml;base64,PHN2Zz4='/>"),
        _om("<use href='https://example.org/x.svg#a'/>"),
        _om("<use xlink:href='#a'/><g id='a'><use xlink:href='#a'/></g>"),
        _om("<a xlink:href='javascript:alert(1)'><text>klik</text></a>"),
        _om("<a href='https://example.org'><text>klik</text></a>"),
        _om("<rect fill='url(https://example.org/x.svg#a)'/>"),
        _om("<rect fill='url(&quot;https://example.org/x&quot;)' clip-path='url(//example.org#a)'/>"),
        _om("<rect style='fill: url(https://example.org)'/>"),
        _om("<rect style='position: fixed; inset: 0'/>"),
        _om("<style>* { background: url(https://example.org) }</style>"),
        _om("<style><img src=x onerror=alert(1)></style>"),
        _om("<title><img src=x onerror=alert(1)></title>"),
        _om("<desc><p><script>alert(1)</script></p></desc>"),
        _om("<animate attributeName='href' to='javascript:alert(1)'/>"),
        _om("<set attributeName='onmouseover' to='alert(1)'/>"),
        _om(
            "<filter id='f00000000-a'><feImage href='https://example.org'/></filter><rect filter='url(#f00000000-a)'/>"
        ),
        _om("<pattern id='f00000000-a'><rect fill='url(#f00000000-b)'/></pattern><pattern id='f00000000-b'></pattern>"),
        _om("<svg><script>alert(1)</script></svg>"),
        _om("<text></text></svg><script>alert(1)</script><svg role='img'>"),
        _om("<text><svg><![CDATA[</svg><script>alert(1)</script>]]></text>"),
        _om("<!--</svg><img src=x onerror=alert(1)>-->"),
        _om("<rect id='inhoud'/>", "id='inhoud' class='alleen-voorgelezen' tabindex='1'"),
        "<p>voor</p><svg width='0'></svg><svg role='img' width='7'></svg><p>na</p>",
    ],
)
def test_in_de_vorm_van_een_figuur_komt_niets_mee(boos: str) -> None:
    uit = maak_fragment(boos).html
    assert {"voor", "na"} <= set(re.findall(r"\w+", uit))
    assert not re.search(
        r"<(script|iframe|style|image|use|a|animate|set|filter|title|desc|foreignobject|body)\b", uit, re.I
    )
    assert not re.search(r"\bon\w+=|example\.org|javascript|position|id=\"inhoud\"|data:", uit)
    assert all(re.fullmatch(r"#figuur-\d+-\d+", doel) for doel in re.findall(r"url\(([^)]*)\)", uit))
    assert not any("url(" in tegel for tegel in re.findall(r"<pattern.*?</pattern>", uit, re.DOTALL))


def test_een_merk_in_een_tekst_haalt_geen_figuur_op() -> None:
    uit = maak_fragment(f'{_figuur()}<p>&lt;svg width="0"&gt;&lt;/svg&gt;</p>').html
    assert uit.count("<svg") == 1


def test_voor_het_papier_is_een_figuur_een_beeld() -> None:
    pagina = maak_fragment(f"<h2>Kop</h2>{_figuur()}").html
    document = maak_document(f"<html><body>{pagina}</body></html>")
    (blok,) = [b for b in document.blokken if b["s"] == "figuur"]
    assert blok["alt"] == "Een <staaf> & meer"
    beeld = document.beelden[blok["bestand"]]
    assert blok["bestand"].endswith(".svg")
    assert beeld.startswith(b"<svg")
    assert b'xmlns="http://www.w3.org/2000/svg"' in beeld
    assert b"clipPath" in beeld
    assert b"viewBox" in beeld


def test_wat_geen_figuur_van_een_rapport_is_blijft_staan() -> None:
    assert svg.als_beelden("<svg class='plot'></svg>") == "<svg class='plot'></svg>"
