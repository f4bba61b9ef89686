"""From a page to the data that Typst lays out: no text lost, no table off the page."""

import base64

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.reeks.pagina.fragment import maak_fragment
from mkba.reeks.pagina.pdf.blokken import maak_document, schone_tekst
from mkba.reeks.pagina.pdf.kolommen import (
    GOOT_PT,
    PUNTEN,
    TEKSTBREEDTE_PT,
    breedte_em,
    kolombreedtes,
    maten_em,
    verdeel,
)
from mkba.reeks.pagina.pdf.tabel import platte_tekst
from mkba.tests.hulp_pdf import plat


def test_lopende_tekst_vouwt_wit_als_een_browser() -> None:
    (blok,) = maak_document("<p>  een\n <b>twee </b> <i> drie</i><br>\n vier\u00a0 <em></em> </p>").blokken
    assert blok == {
        "s": "alinea",
        "i": [
            "een ",
            {"s": "vet", "i": ["twee "]},
            {"s": "cursief", "i": ["drie"]},
            {"s": "regel"},
            "vier\u00a0",
        ],
    }


def test_blokken_van_elke_soort() -> None:
    html = (
        '<h2 id="a">Kop</h2><ul><li>x<ul><li>y</li></ul></li></ul><ol start="3"><li>z</li></ol><hr>'
        "<blockquote><p>c</p></blockquote><pre>1  2\n3</pre><dl><div><dt>t</dt><dd>d</dd></div></dl>los"
        '<p><a href="#a">naar a</a> <a href="#b">dood</a> <a href="javascript:x">js</a></p><p class="meta">m</p>'
    )
    blokken = maak_document(html).blokken
    assert [b["s"] for b in blokken] == [
        *("kop", "lijst", "lijst", "streep", "citaat", "vast", "gegevens", "alinea", "alinea", "grijs"),
    ]
    assert blokken[0] == {"s": "kop", "niveau": 2, "doel": "kop-0", "i": ["Kop"]}
    assert blokken[1]["punten"][0][1]["punten"] == [[{"s": "alinea", "i": ["y"]}]]
    assert (blokken[2]["genummerd"], blokken[2]["vanaf"]) == (True, 3)
    assert blokken[5]["i"] == ["1\u00a0\u00a02", {"s": "regel"}, "3"]
    assert blokken[6]["paren"] == [(["t"], ["d"])]
    assert blokken[8]["i"] == [{"s": "kop", "doel": "kop-0", "i": ["naar a"]}, " ", "dood", " ", "js"]


def test_gelijke_ids_en_beelden() -> None:
    beeld = base64.b64encode(b"nep").decode()
    document = maak_document(
        f'<h2 id="a">1</h2><h2 id="a">2</h2><figure><img width="336" alt="A" src="data:image/png;base64,{beeld}">'
        '<figcaption>onder</figcaption></figure><img alt="weg" src="https://x.nl/a.png">'
    )
    assert [b["doel"] for b in document.blokken[:2]] == ["kop-0", None]
    assert document.beelden == {"beeld-0.png": b"nep"}
    figuur = document.blokken[2]
    assert figuur["breedte"] == pytest.approx(336 / (178 / 25.4 * 96))
    assert (figuur["alt"], figuur["onderschrift"]) == ("A", ["onder"])
    assert document.blokken[3] == {"s": "alinea", "i": ["weg"]}


def test_tabel_met_kop_stijl_en_samengevoegde_cellen() -> None:
    html = (
        '<table class="kort"><caption>Bij</caption><thead><tr><td></td><th class="getal">a</th></tr></thead>'
        '<tbody><tr class="vet"><th rowspan="2">\u00a0\u00a0in</th><td class="getal">1</td></tr>'
        '<tr><td class="getal">2</td></tr><tr><td colspan="2">breed</td></tr></tbody></table>'
    )
    (tabel,) = maak_document(html).blokken
    assert (tabel["kort"], tabel["onderschrift"]) == (True, ["Bij"])
    assert [len(r) for r in tabel["koprijen"]] == [2]
    (in_, een), (twee,), (breed,) = tabel["rijen"]
    assert in_["i"] == ["\u00a0\u00a0in"]
    assert (in_["hoog"], breed["breed"]) == (2, 2)
    assert (in_["vet"], een["vet"], een["kant"]) == (True, True, "r")
    assert breed["kant"] != "r"
    assert tabel["koprijen"][0][1]["kant"] == "r", "een kop staat aan de kant van zijn getallen"
    assert (twee["vet"], twee["kant"], twee["heel"]) == (False, "r", True)
    assert len(tabel["breedtes"]) == 2


def test_kerncijfers_worden_tegels() -> None:
    html = (
        '<table class="kerncijfers"><tr><td><span style="font-size:1.25em;font-weight:bold">€ 1</span>'
        "<br>Saldo</td></tr></table>"
    )
    (tegels,) = maak_document(html).blokken
    assert tegels["s"] == "tegels"
    groot = {"s": "vet", "i": [{"s": "maat", "maat": 1.25, "i": ["€\u00a01"]}]}
    assert tegels["rijen"][0][0]["i"] == [groot, {"s": "regel"}, "Saldo"]


def test_schone_tekst() -> None:
    assert schone_tekst("a\x00b\x1b\n\tc\ud800") == "ab\n\tc\ufffd"
    assert schone_tekst("op € 100 of € -5, in € per jaar") == "op €\u00a0100 of €\u00a0-5, in € per jaar"
    assert schone_tekst("x" * 41) == "x" * 40 + "\u200b" + "x"
    assert schone_tekst("x" * 40 + " y") == "x" * 40 + " y"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_geen_tekst_gaat_verloren_en_niets_wordt_opmaak(tekst: str) -> None:
    soep = BeautifulSoup("<p></p>", "html.parser")
    assert isinstance(soep.p, Tag)
    soep.p.string = tekst
    document = maak_document(str(soep))
    gelezen = "".join(platte_tekst(b["i"]) for b in document.blokken)
    assert plat(gelezen) == plat(schone_tekst(tekst))


def test_breedte_van_letters() -> None:
    # advances of DejaVu Sans in units of 2048 to the em: digits 1303, no-break space 651
    assert breedte_em("0") == pytest.approx(1303 / 2048, abs=1e-3)
    assert breedte_em("10") == pytest.approx(2 * breedte_em("0"))
    assert breedte_em("\u00a0") == pytest.approx(651 / 2048, abs=1e-3)
    assert breedte_em("m", vet=True) > breedte_em("m")
    assert breedte_em("中") == 1.0
    nul = breedte_em("0")
    assert maten_em("00 0\n0000", False, False) == pytest.approx((4 * nul, 4 * nul))
    assert maten_em("00 0", False, False) == pytest.approx((2 * nul, breedte_em("00 0")))
    assert maten_em("00 0", False, True) == pytest.approx((breedte_em("00 0"),) * 2)
    assert maten_em("", False, False) == (0.0, 0.0)


def test_verdeel_met_de_hand() -> None:
    assert verdeel([1, 1], [4, 5], 10) == [4, 5]
    # 8 left, weights sqrt(4) : sqrt(36) = 1 : 3
    assert verdeel([1, 1], [5, 37], 10) == pytest.approx([3, 7])
    # the first is full at 2; what it leaves goes to the second
    assert verdeel([1, 1], [2, 101], 20) == pytest.approx([2, 18])
    # not even the narrowest fit: all shrink alike
    assert verdeel([10, 30], [10, 30], 20) == pytest.approx([5, 15])


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 200)), min_size=1, max_size=12))
def test_tabel_loopt_nooit_van_de_pagina(maten: list[tuple[float, float]]) -> None:
    kolommen = kolombreedtes([s for s, _ in maten], [s + extra for s, extra in maten])
    assert sum(kolommen.breedtes) <= TEKSTBREEDTE_PT + 0.2
    assert kolommen.punten in PUNTEN
    if not kolommen.afbreken:
        assert all(b - GOOT_PT >= s * kolommen.punten for b, (s, _) in zip(kolommen.breedtes, maten, strict=True))


def test_lange_namen_in_een_tabel_mogen_breken() -> None:
    html = maak_fragment("<table><tr><td>[personeel.kosten.teamlid_x]</td><td>1.467.900,25</td></tr></table>").html
    assert "[personeel.<wbr/>kosten.<wbr/>teamlid_<wbr/>x]" in html
    assert "1.467.900,25" in html
    (tabel,) = maak_document(html).blokken
    assert platte_tekst(tabel["rijen"][0][0]["i"]) == "[personeel.\u200bkosten.\u200bteamlid_\u200bx]"
