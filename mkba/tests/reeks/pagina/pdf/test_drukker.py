"""A report on paper, by both roads: nothing of the page is missing, and no text of a user is a command."""

import base64
import io
import os
import re
import signal
import sys
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import nbformat
import pypdf
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.reeks.pagina.fragment import maak_fragment
from mkba.reeks.pagina.pdf import Drukker, basis, browser, kies
from mkba.reeks.pagina.pdf.browser import GeenBrowser, zoek_browser
from mkba.reeks.pagina.pdf.chromium import ChromiumDrukker, met_randen, stempel
from mkba.reeks.pagina.pdf.zetter import TypstDrukker
from mkba.reeks.pagina.sjablonen import MAP
from mkba.reeks.plan.taak import Taak
from mkba.reeks.werk.rapport import als_html
from mkba.tests.hulp_pdf import plat
from mkba.tests.hulp_voorbeelden import voorbeelden

KOP = "Wijk #1 \"Oost\" & co: <b> \\3a $x$ *y* @z 'q' · naam"
VOET = "mkba 0.1.0"
LASTIG = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.1"',
    "#{ panic() }",
    "$x^2$ *b* _i_ `c` ~ @ref <lab> [x] \\ \\u{41} // weg /* weg */",
    "= kop\n- punt\n+ punt\n/ term: x",
    'einde") #panic("',
    "]] )) }} ,;: https://example.org/x",
    "€ ≈ ≥ ≤ − – … × ½ ‰ é ï Ž ł ‘q’ “q” °",
    "--- ... '' \"\" -5",
    "{naam} {{ naam }} {% x %} %s \x00\x07\x1b[31m",
    "\ud800 half",
    "a" * 300,
)


@pytest.fixture(scope="module")
def zetter() -> Iterator[Drukker]:
    with kies("typst") as gekozen:
        yield gekozen


@pytest.fixture(scope="module")
def pers() -> Iterator[Drukker]:
    try:
        gekozen = kies("chromium")
    except GeenBrowser as geen:
        pytest.skip(f"geen browser om mee te drukken: {geen}")
    with gekozen:
        yield gekozen


@pytest.fixture(scope="module", params=["typst", pytest.param("chromium", marks=pytest.mark.traag)])
def weg(request: pytest.FixtureRequest) -> Drukker:
    gekozen = request.getfixturevalue({"typst": "zetter", "chromium": "pers"}[request.param])
    assert isinstance(gekozen, Drukker)
    return gekozen


@pytest.fixture(scope="module")
def rapport() -> str:
    """The page of the committed gemeenterapport: all kinds of tables and figures, nothing to execute."""
    pad = paden.data().parent / "notebooks" / "30_gemeenterapport.ipynb"
    herkomst = (("Invoer", LASTIG[0]), ("Notebook", LASTIG[3]))
    return als_html(nbformat.read(pad, 4), Taak("s", KOP, pad, {}, "x", herkomst), datetime(2026, 3, 5, 12))[0]


def pagina(inhoud: str) -> str:
    css = (MAP / "basis.css").read_text(encoding="utf-8")
    stijl = f"<title>t</title><style>{css}</style>"
    return f'<html><head>{stijl}</head><body><main class="inhoud">{inhoud}</main></body></html>'


def lees(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def tekst_van(pdf: bytes) -> str:
    return plat("".join(p.extract_text() for p in lees(pdf).pages))


def druk(weg: Drukker, html: str, titel: str = "Titel") -> bytes:
    return weg.druk(html, kop=KOP, voet=VOET, titel=titel)


# --- a real report, by both roads ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gedrukt(weg: Drukker, rapport: str) -> bytes:
    return druk(weg, rapport, titel="Rapport van Ž & <co>")


@pytest.fixture(scope="module")
def teksten(gedrukt: bytes) -> list[str]:
    return [p.extract_text() for p in lees(gedrukt).pages]


def test_alles_van_het_rapport_staat_op_a4_met_kop_en_paginanummers(
    gedrukt: bytes, teksten: list[str], rapport: str
) -> None:
    pdf = lees(gedrukt)
    aantal = len(teksten)
    assert 8 <= aantal <= 22
    for nummer, (blad, tekst) in enumerate(zip(pdf.pages, teksten, strict=True), start=1):
        assert float(blad.mediabox.width) == pytest.approx(210 * 72 / 25.4, abs=0.6)
        assert float(blad.mediabox.height) == pytest.approx(297 * 72 / 25.4, abs=0.6)
        assert plat(f"pagina {nummer} van {aantal}") in plat(tekst)
        assert plat(VOET) in plat(tekst)
        assert (plat(KOP) in plat(tekst)) or nummer == 1
    alles = plat("".join(teksten))
    soep = BeautifulSoup(rapport, "html.parser")
    delen = soep.body.find_all(["h1", "h2", "h3", "h4", "caption", "th", "td", "dt", "dd"]) if soep.body else []
    assert len(delen) > 900
    gemist = [d.get_text() for d in delen if plat(d.get_text()) not in alles]
    assert gemist == []
    alles = alles.casefold()  # labels are printed in capitals
    for alinea in soep.find_all(["p", "li"]):  # a page may end in the middle of one: word by word
        assert [w for w in alinea.get_text().split() if plat(w).casefold() not in alles] == []


def test_koppen_van_lange_tabellen_komen_op_elke_pagina_terug(teksten: list[str]) -> None:
    kop = plat("kengetal waarde bereik status bron en onderbouwing")
    assert sum(kop in plat(tekst) for tekst in teksten) >= 4


def test_titel_taal_bladwijzers_links_letters_en_geen_script(gedrukt: bytes, rapport: str) -> None:
    pdf = lees(gedrukt)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Rapport van Ž & <co>"
    assert str(pdf.root_object["/Lang"]).casefold().startswith("nl")
    soep = BeautifulSoup(rapport, "html.parser")
    namen: list[str] = []

    def verzamel(punten: list[Any]) -> None:
        for punt in punten:
            if isinstance(punt, list):
                verzamel(punt)
            else:
                namen.append(plat(str(punt.title)))

    verzamel(pdf.outline)
    assert namen == [plat(h.get_text()) for h in soep.find_all(["h1", "h2", "h3", "h4"])]
    opgave = soep.select(".inhoudsopgave a")
    doelen = [
        a.get_object()
        for blad in pdf.pages  # a page that decides may stand before the contents
        for a in cast(Any, blad.get("/Annots", []))
        if "/Dest" in a.get_object() or "/GoTo" in str(a.get_object().get("/A", {}))
    ]
    assert len(doelen) >= len(opgave) > 5
    assert b"/JavaScript" not in gedrukt
    assert "Linux" not in str(pdf.metadata)
    for blad in pdf.pages:
        for letter in cast(Any, blad["/Resources"]).get_object().get("/Font", {}).values():
            afstammeling = letter.get_object().get("/DescendantFonts", [letter])[0].get_object()
            beschrijving = afstammeling["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(beschrijving), "letter niet ingesloten"


def test_twee_keer_drukken_geeft_dezelfde_bytes(weg: Drukker, gedrukt: bytes, rapport: str) -> None:
    druk(weg, pagina("<p>iets anders</p>"))
    assert druk(weg, rapport, titel="Rapport van Ž & <co>") == gedrukt
    assert lees(gedrukt).metadata.creation_date == datetime(2026, 3, 5, tzinfo=UTC)  # type: ignore[union-attr]


def test_source_date_epoch_bepaalt_de_datum(weg: Drukker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    gegevens = lees(druk(weg, pagina("<p>x</p>"))).metadata
    assert gegevens is not None
    assert gegevens.creation_date == datetime(1970, 1, 2, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "gisteren")
    with pytest.raises(InvoerFout, match="SOURCE_DATE_EPOCH = 'gisteren': deze omgevingsvariabele is geen aantal"):
        druk(weg, pagina("<p>x</p>"))


@pytest.mark.parametrize("lastig", LASTIG)
def test_tekst_van_een_gebruiker_blijft_tekst(weg: Drukker, lastig: str) -> None:
    van_html = lastig.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    html = maak_fragment(
        f"<h2>{van_html}</h2><p>{van_html}</p><table><tr><th>k</th></tr><tr><td>{van_html}</td></tr></table>"
        f'<ul><li>{van_html}</li></ul><pre>{van_html}</pre><p><a href="https://example.org/{van_html}">x</a></p>'
    ).html
    html = html.encode("utf-8", "replace").decode() if isinstance(weg, ChromiumDrukker) else html
    uit = tekst_van(weg.druk(pagina(html), kop=lastig[:40], voet=lastig[:40], titel=lastig))
    verwacht = plat(re.sub(r"[\x00-\x08\x0b-\x1f\ud800-\udfff?\ufffd]", "", lastig))
    gezien = re.sub(r"[?\ufffd\x00-\x1f]", "", uit)
    assert gezien.count(verwacht) >= 5


def test_niets_van_buiten_en_geen_script(weg: Drukker) -> None:
    """The page has no policy of its own here: it is the engine that refuses."""
    gevraagd: list[str] = []

    class Luister(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gevraagd.append(self.path)
            self.send_error(404)

    with ThreadingHTTPServer(("127.0.0.1", 0), Luister) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        buiten = f"http://127.0.0.1:{server.server_port}"
        inhoud = (
            "<p id=p>voor</p><script>document.getElementById('p').textContent='na'</script>"
            f'<img src="{buiten}/x.png" alt="beeld van buiten"><link rel=stylesheet href="{buiten}/x.css">'
            f"<style>@import url({buiten}/y.css); p {{ background: url({buiten}/z.png) }}</style>"
            f'<iframe src="{buiten}/i.html"></iframe>'
        )
        uit = tekst_van(druk(weg, pagina(inhoud)))
        server.shutdown()
    assert gevraagd == []
    assert "voor" in uit
    assert "beeldvanbuiten" in uit
    assert "textContent" not in uit


# --- the road with a browser ---------------------------------------------------------------------------------


@pytest.mark.traag
def test_browser_die_omvalt_of_hangt_wordt_een_keer_herstart(pers: Drukker) -> None:
    assert isinstance(pers, ChromiumDrukker)
    with ChromiumDrukker(pers.pad) as eigen:
        eerst = druk(eigen, pagina("<p>een</p>"))
        assert eigen.pid is not None
        os.kill(eigen.pid, signal.SIGTERM)  # closes while the next page is asked for
        assert druk(eigen, pagina("<p>een</p>")) == eerst
        eigen.grens_s = 0.0
        with pytest.raises(InvoerFout, match="deed langer dan 0 seconden over deze pagina, ook na een herstart"):
            druk(eigen, pagina("<p>een</p>"))
        eigen.grens_s = 60.0
        assert druk(eigen, pagina("<p>een</p>")) == eerst
    eigen.sluit()
    with pytest.raises(RuntimeError, match="gesloten"):
        druk(eigen, pagina("<p>een</p>"))


@pytest.mark.traag
def test_een_programma_dat_geen_browser_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nep = tmp_path / "chromium"
    nep.write_text("#!/bin/sh\nexit 1\n")
    nep.chmod(0o755)
    monkeypatch.setenv(browser.VARIABELE, str(nep))
    with pytest.raises(GeenBrowser, match="deze browser start niet") as fout:
        kies("chromium")
    assert "MKBA_BROWSER" in str(fout.value)
    with kies() as gekozen:  # auto takes the other road
        assert isinstance(gekozen, TypstDrukker)


def test_mkba_browser_wint_en_een_verkeerde_wordt_gemeld(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    eigen = tmp_path / "mijn browser"
    eigen.write_text("")
    eigen.chmod(0o755)
    monkeypatch.setenv(browser.VARIABELE, str(eigen))
    assert zoek_browser() == eigen
    monkeypatch.setenv(browser.VARIABELE, "/nergens/chrome")
    for voorkeur in ("auto", "chromium"):
        with pytest.raises(InvoerFout, match="MKBA_BROWSER = '/nergens/chrome': hier staat geen programma") as fout:
            kies(voorkeur)
        assert not isinstance(fout.value, GeenBrowser)


@pytest.mark.parametrize("naam", ["chromium", "google-chrome", "microsoft-edge", "msedge"])
def test_browser_op_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, naam: str) -> None:
    (tmp_path / naam).write_text("")
    (tmp_path / naam).chmod(0o755)
    monkeypatch.delenv(browser.VARIABELE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert zoek_browser() == tmp_path / naam


def test_gewone_plaatsen_per_systeem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome") in browser.vaste_plaatsen()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PROGRAMFILES", "C:")
    monkeypatch.delenv("PROGRAMFILES(X86)", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert [str(p).replace("\\", "/") for p in browser.vaste_plaatsen()] == [
        "C:/Google/Chrome/Application/chrome.exe",
        "C:/Microsoft/Edge/Application/msedge.exe",
    ]


def _niets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(browser.VARIABELE, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(browser, "vaste_plaatsen", list)


def test_zonder_browser_kiest_auto_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    _niets(monkeypatch)
    with kies() as gekozen:
        assert gekozen.soort.startswith("typst ")
    with pytest.raises(GeenBrowser, match="er is geen Chrome, Chromium of Edge gevonden"):
        kies("chromium")


def test_zonder_beide_zegt_de_melding_wat_te_installeren(monkeypatch: pytest.MonkeyPatch) -> None:
    _niets(monkeypatch)
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.delitem(sys.modules, "mkba.reeks.pagina.pdf.zetter")
    with pytest.raises(InvoerFout) as fout:
        kies()
    assert "geen Chrome, Chromium of Edge gevonden" in str(fout.value)
    assert 'pip install "mkba[pdf]"' in str(fout.value)
    assert "dit pakket, nodig voor een PDF, is niet geïnstalleerd" in str(fout.value)


def test_randen_en_titel_zijn_ontsnapt() -> None:
    uit = met_randen("<head><title>oud</title></head><p>x</p>", kop='"}</style><script>', voet="v", titel="<a>&\\1")
    assert "<title>&lt;a&gt;&amp;\\1</title>" in uit
    assert "oud" not in uit
    assert uit.count("</style>") == 1
    assert "<script>" not in uit
    assert met_randen("<p>x</p>", kop="k", voet="v", titel="t").endswith("<p>x</p>")


def test_stempel_verandert_alleen_de_datums() -> None:
    oud = b"a /CreationDate (D:20261122003434+00'00')\n/ModDate (D:20261122003435+00'00')>> b"
    nieuw = b"a /CreationDate (D:19700101000000+00'00')\n/ModDate (D:19700101000000+00'00')>> b"
    assert stempel(oud, datetime(1970, 1, 1, tzinfo=UTC)) == nieuw


def test_moment_en_kopregel() -> None:
    assert basis.moment_van('<time datetime="2026-03-05">') == datetime(2026, 3, 5, tzinfo=UTC)
    assert basis.moment_van('<time datetime="2026-99-05">') == datetime(1970, 1, 1, tzinfo=UTC)
    assert basis.moment_van("") == datetime(1970, 1, 1, tzinfo=UTC)
    assert basis.kort_rand(" a \n b ") == "a b"
    assert basis.kort_rand("x" * 90) == "x" * 90
    assert basis.kort_rand("x" * 91) == "x" * 89 + "…"


# --- the road without ---------------------------------------------------------------------------------------


@settings(max_examples=voorbeelden(25), deadline=None)
@given(st.text(st.sampled_from("#$*_`~@<>[](){}\\/=-+\"':;,.%&|^ \n0aé€"), min_size=1, max_size=50))
def test_typst_zet_elke_reeks_tekens(zetter: Drukker, tekst: str) -> None:
    soep = BeautifulSoup("<table><tr><td></td></tr></table>", "html.parser")
    assert isinstance(soep.td, Tag)
    soep.td.string = tekst
    pdf = zetter.druk(str(soep), kop=tekst, voet=tekst, titel=tekst)
    assert plat(tekst) in tekst_van(pdf)


def test_een_beeld_dat_geen_beeld_is_geeft_een_melding(zetter: Drukker) -> None:
    nep = base64.b64encode(b"geen png").decode()
    with pytest.raises(InvoerFout, match="PDF = 'Titel': Typst kan deze pagina niet zetten"):
        druk(zetter, pagina(f'<img alt="x" src="data:image/png;base64,{nep}">'))


def test_een_hoog_beeld_blijft_op_een_pagina(weg: Drukker) -> None:
    blok = zlib.compress(b"\x00\x00" * 4000)

    def stuk(soort: bytes, inhoud: bytes) -> bytes:
        return len(inhoud).to_bytes(4, "big") + soort + inhoud + zlib.crc32(soort + inhoud).to_bytes(4, "big")

    maat = (1).to_bytes(4, "big") + (4000).to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    png = b"\x89PNG\r\n\x1a\n" + stuk(b"IHDR", maat) + stuk(b"IDAT", blok) + stuk(b"IEND", b"")
    bron = base64.b64encode(png).decode()
    beeld = f'<figure><img alt="hoog" width="768" src="data:image/png;base64,{bron}"></figure>'
    assert len(lees(druk(weg, pagina(maak_fragment(beeld).html))).pages) <= 2


def test_rijen_en_tabellen_hoger_dan_een_pagina_verliezen_niets(weg: Drukker) -> None:
    zin = " ".join(f"woord{n}" for n in range(900))
    hoog = "<tr><th>a</th><th>b</th></tr><tr><td>x</td><td>" + zin + "</td></tr>"
    veel = "".join(f"<tr><td>r{n}</td><td>{' '.join([f'tekst{n}'] * 200)}</td></tr>" for n in range(12))
    pdf = lees(druk(weg, pagina(maak_fragment(f"<table>{hoog}</table><table>{veel}</table>").html)))
    gezien: list[str] = []

    def binnen(tekst: str, cm: list[float], tm: list[float], *_: object) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if tekst.strip() and 0 < x < 595 and 30 < y < 842:
            gezien.append(tekst)

    for blad in pdf.pages:
        blad.extract_text(visitor_text=binnen)
    alles = plat("".join(gezien))
    assert [n for n in range(900) if f"woord{n}" not in alles] == []
    assert [alles.count(f"tekst{n}tekst{n}") > 80 for n in range(12)] == [True] * 12


@pytest.mark.traag
def test_een_tabel_begint_en_eindigt_met_meer_dan_een_rij(weg: Drukker) -> None:
    """Tables at fifty heights of a page: with the head at least three rows, and at the end not one row alone.

    The heading, the one paragraph below it (every second table; every fourth in a cell of its own) and the caption
    stand on the sheet of the first row.
    """
    lijf, cel = "", '</div><div class="tekst">'
    for tabel in range(50):
        regels = "".join(f"<p>regel {n}</p>" for n in range(tabel))
        inleiding = f"<p>inleiding{tabel:02}z " + "met woorden " * 20 + "</p>" if tabel % 2 else ""
        rijen = "".join(f"<tr><th>t{tabel:02}r{n:02}z</th><td>1</td></tr>" for n in range(30))
        kop = f"<caption>opschrift{tabel:02}z</caption><thead><tr><th>wat</th><th>n</th></tr></thead>"
        lijf += (
            f'{regels}<div class="tekst"><h2>kop{tabel:02}z</h2>{cel if tabel % 4 == 1 else ""}{inleiding}</div>'
            f'<div class="uitvoer"><table>{kop}{rijen}</table></div>'
        )
    bladzijden = [plat(b.extract_text()) for b in lees(druk(weg, pagina(maak_fragment(lijf).html))).pages]
    for tabel in range(50):
        woorden = ("kop", "opschrift", *(["inleiding"] if tabel % 2 else []))
        (eerste,) = [b for b in bladzijden if f"t{tabel:02}r00z" in b]
        assert [w for w in woorden if f"{w}{tabel:02}z" not in eerste] == [], tabel
        per_blad = [sum(f"t{tabel:02}r{n:02}z" in b for n in range(30)) for b in bladzijden]
        gevuld = [n for n in per_blad if n]
        assert sum(gevuld) == 30
        assert gevuld[0] >= 3, (tabel, gevuld)
        assert gevuld[-1] >= 2, (tabel, gevuld)


def test_gesloten_zetter() -> None:
    gesloten = TypstDrukker()
    gesloten.sluit()
    gesloten.sluit()
    with pytest.raises(RuntimeError, match="gesloten"):
        druk(gesloten, pagina("<p>x</p>"))
