"""From the outputs of a notebook to the body of a page: any HTML, and what becomes of headings, links and tables."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from mkba.reeks.pagina.fragment import maak_fragment

_KAAL = (
    "<div> </div> <p> </p> <table> </table> <tr> <td> </td> <th> <thead> <tbody> <caption> <col> <b> </b> <br> <img> "
    "<hr> <wbr> <h1> </h1> <h2> </h2> <pre> </pre> <figure> <svg> </svg> <math> <style> </style> <template> <x:y> "
    "&nbsp; &lt; &#0; <!--c--> <?xml?> <![CDATA[a]]> tekst"
)
_STUKKEN = [
    *_KAAL.split(),
    '<a href="#x">',
    '<a href="">',
    "</a>",
    '<svg width="3">',
    '<svg xlink:href="a"><path d="M0"/><text>a</text></svg>',
    '<img src="a" alt="q>">',
    "<p title='\"<>&'>",
    '<p aria-a"b="1">',
    '<p aria-é="2">',
    '<p xml:lang="nl">',
    "\x00",
    "\x0b",
    "\ud800",
    "\ufffe",
    "lange.naam_van_een_kengetal.zonder_spatie",
]


@given(st.lists(st.sampled_from(_STUKKEN), max_size=25).map("".join))
def test_elke_html_geeft_een_welgevormde_pagina(html: str) -> None:
    fragment = maak_fragment(html)
    ET.fromstring(f"<div>{fragment.html}</div>")  # closed and quoted as it should be, so nothing leaks to what follows


def test_ook_heel_diep() -> None:
    assert "x" in maak_fragment("<div>" * 5000 + "x").html


def test_tekst_om_een_weggehaald_deel_blijft_op_haar_plaats() -> None:
    html = '<p>een <a href="">twee <b>drie</b> vier</a> vijf <img alt="zes"> zeven</p><p> </p>acht'
    assert maak_fragment(html).html == "<p>een twee <b>drie</b> vier vijf zes zeven</p>acht"


def test_een_figuur_in_een_figuur_gaat_er_heel_uit() -> None:
    assert maak_fragment("<p>a<svg><svg></svg><path></path></svg>b</p>").html == "<p>ab</p>"


def test_een_eerste_rij_koppen_wordt_de_kop_van_de_tabel() -> None:
    html = maak_fragment("<table><tr><th>a</th></tr><tr><td>lange_naam.van_een_kengetal</td></tr></table>").html
    assert '<table class="kort"><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>' in html
    assert "<td>lange_<wbr/>naam.<wbr/>van_<wbr/>een_<wbr/>kengetal</td>" in html
