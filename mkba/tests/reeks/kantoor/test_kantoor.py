"""A report as a document and as slides: what stands in it, in whose style, and the same bytes every time."""

import base64
import hashlib
import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import docx.shared
import openpyxl
import pandas as pd
import PIL.Image
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mkba.analyse.gevoeligheid.eenzijdig import eenzijdig
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.invoer.lezen import lees_aanpak
from mkba.invoer.sjabloonpakket import onveilig
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.notatie import lees_getal
from mkba.kern.zaak.eigen_woorden import Antwoordwoorden, EigenWoorden
from mkba.kern.zaak.huisstijl import Huisstijl
from mkba.model.berekening import bereken
from mkba.opdracht import main
from mkba.reeks.kantoor import dias, word
from mkba.reeks.kantoor.bladnummers import bladnummers, zonder_beelden
from mkba.reeks.kantoor.ooxml import RUIMTEN, xml_tekst
from mkba.reeks.kantoor.stukken import document, tabelblokken
from mkba.reeks.map.overzicht import als_pagina, lees_manifesten
from mkba.reeks.pagina.pdf.blokken import Document
from mkba.reeks.pagina.pdf.kolommen import breedte_em
from mkba.tests.hulp_kantoor import SOFFICE, heeft_kantoor, kantoorprofiel, reken_na
from mkba.tests.hulp_voorbeelden import voorbeelden
from mkba.uitvoer import extra
from mkba.uitvoer.aanpak.presentatie import presentatie
from mkba.uitvoer.aanpak.samenvatting import prijspeil
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VIJANDIG = "<script>alert(1)</script> =cmd|' /C calc'!A0 & \"]]>\" {{ x }} %s"
STIJL = """
naam = "Bureau Vergezicht"
omslag = "In opdracht van de gemeente"
logo = "logo.png"
[kleuren]
hoofd = "#7a1f5c"
"""
TEKST = f"""
voorwoord = '''
Op verzoek van het college.

{VIJANDIG}
'''
conclusie = "Eerst meten, dan besluiten."
[bron]
huishoudens = "Registratie 2025"
[opmerking.escalatie]
gezin = "Schatting van de teamleider"
"""


def logo(breed: int = 60, hoog: int = 20) -> bytes:
    uit = io.BytesIO()
    PIL.Image.new("RGB", (breed, hoog), "#7a1f5c").save(uit, format="png")
    return uit.getvalue()


def stijlmap(map_: Path, toml: str = STIJL) -> Path:
    map_.mkdir(exist_ok=True)
    (map_ / "huisstijl.toml").write_text(toml, encoding="utf-8")
    (map_ / "logo.png").write_bytes(logo())
    return map_


@pytest.fixture(scope="module")
def rapport(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one report in every office format, in a style and with words of one's own."""
    wortel = tmp_path_factory.mktemp("kantoor")
    (wortel / "tekst.toml").write_text(TEKST, encoding="utf-8")
    assert opdracht(wortel) == 0
    return wortel


def opdracht(wortel: Path, *erbij: str) -> int:
    stijl = stijlmap(wortel / "stijl")
    return main(
        [
            "rapport",
            "voorbeeld-1",
            "--naar",
            str(wortel / "uit"),
            "--formaten",
            "word,powerpoint,tabellen",
            "--huisstijl",
            str(stijl),
            "--tekst",
            str(wortel / "tekst.toml"),
            *erbij,
        ]
    )


def enige(wortel: Path, patroon: str) -> Path:
    (pad,) = (wortel / "uit").glob(patroon)
    return pad


def tekst_van(doc: Any) -> str:
    return "\n".join(p.text for p in doc.paragraphs)


def dia_tekst(dia: Any) -> str:
    delen = [v.text_frame.text for v in dia.shapes if v.has_text_frame]
    return "\n".join([*delen, *(c.text for v in dia.shapes if v.has_table for r in v.table.rows for c in r.cells)])


# --- a whole report -----------------------------------------------------------------------------------------------


def test_word_heeft_koppen_tabellen_figuren_en_nummers(rapport: Path) -> None:
    doc: Any = docx.Document(str(enige(rapport, "word/*.docx")))
    koppen = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    assert koppen[:4] == ["Op één bladzijde", "Voorwoord", "Samenvatting", "Conclusies"]
    assert koppen[-1] == "Herkomst van dit rapport"
    assert "Bron en opmerking per antwoord" in [p.text for p in doc.paragraphs if p.style.name == "Heading 2"]
    assert not any("¶" in p.text for p in doc.paragraphs)
    # the total costs of voorbeeld 1 (handleiding, figuur 3.2) in a native cell, at the right
    (per_post,) = [t for t in doc.tables if t.cell(0, 1).text == "NCW"]
    cel = next(r.cells[1] for r in per_post.rows if r.cells[0].text == "Totale kosten")
    assert cel.text == "€\u00a0900.200"
    assert cel.paragraphs[0].alignment is not None
    assert cel.paragraphs[0].alignment.name == "RIGHT"
    beelden = list(
        doc.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    assert len(beelden) == 8, "het logo en zeven figuren"
    assert all(b.get("descr") for b in beelden)
    bijschriften = [p.text for p in doc.paragraphs if p.style.name == "Caption"]
    assert [b.split(".")[0] for b in bijschriften if b.startswith("Figuur")] == [f"Figuur {n}" for n in range(1, 8)]
    velden = [v.text for v in doc.element.body.iter(f"{{{RUIMTEN['w']}}}instrText")]
    assert any("TOC" in v for v in velden)
    inhoud = [p.text.partition("\t")[0] for p in doc.paragraphs if p.style.name.startswith("toc")]
    assert inhoud[:2] == ["Op één bladzijde", "Voorwoord"]
    assert "Wie betaalt en wie profiteert" in inhoud
    assert inhoud[-1] == "Herkomst van dit rapport"
    # the page that decides comes before the table of contents
    alles = [p.text for p in doc.paragraphs]
    assert alles.index("Op één bladzijde") < alles.index("Inhoud") < alles.index("Voorwoord")
    sectie = doc.sections[0]
    assert "Voorbeeld 1" in sectie.header.paragraphs[0].text
    assert sectie.footer.paragraphs[0].text.startswith("Bureau Vergezicht\tpagina ")


def test_word_heeft_de_huisstijl_op_de_omslag(rapport: Path) -> None:
    doc: Any = docx.Document(str(enige(rapport, "word/*.docx")))
    alles = tekst_van(doc)
    assert "Bureau Vergezicht" in alles
    assert "In opdracht van de gemeente" in alles
    assert str(doc.styles["Heading 1"].font.color.rgb) == "7A1F5C"
    assert doc.core_properties.author == "Bureau Vergezicht"


@pytest.mark.parametrize(("regelset", "jaar"), [("lpbl-2014", "2014"), ("nl-2026", "2025")])
def test_dias_zeggen_het_prijspeil_van_hun_regelset(regelset: str, jaar: str) -> None:
    """The source of the slides said euros of 2014, whatever the rule set."""
    k = laad(regelset)
    aanpak = lees_aanpak(paden.zoek_aanpak("voorbeeld-1"), k)
    gegeven = presentatie(bereken(aanpak, k), eenzijdig(aanpak, k), simuleer(aanpak, k, 100))
    assert gegeven["prijspeil"] == prijspeil(k) == jaar
    (weten,) = (d["regels"] for d in gegeven["dias"] if d["kop"] == "Wat wij niet weten")
    assert any("Prijzen en stelsel zijn die van 2014" in r for r in weten) == (regelset == "lpbl-2014")
    assert any("bouwt op lpbl-2014" in r for r in weten) == (regelset == "nl-2026")
    deck: Any = pptx.Presentation(io.BytesIO(dias.als_pptx(gegeven["dias"][:1], [], "T", prijspeil=jaar)))
    bron = " ".join(v.text_frame.text for v in list(deck.slides)[-1].shapes if v.has_text_frame)
    assert f"Bedragen zijn netto contante waarden in euro’s van {jaar}." in bron


def test_dias_staan_op_zichzelf(rapport: Path) -> None:
    deck: Any = pptx.Presentation(str(enige(rapport, "powerpoint/*.pptx")))
    dias_ = list(deck.slides)
    assert 8 <= len(dias_) <= 12
    koppen = [d.shapes.title.text for d in dias_]
    assert koppen[1] == "Voorwoord"
    assert koppen[3] == "Conclusies"
    assert "Eén jaar werken kost €\u00a0900.200 en levert €\u00a01.467.900 op" in koppen
    assert koppen[-3:] == ["Wat wij niet weten", "Wat nu te doen", "Bron en verantwoording"]
    bron = " ".join(v.text_frame.text for v in dias_[-1].shapes if v.has_text_frame)
    assert "in euro’s van 2014" in bron
    oordelen = next(v.table for v in dias_[2].shapes if v.has_table)
    assert [[c.text for c in r.cells][:3] for r in oordelen.rows][1:] == [
        ["Maatschappelijk: alles, voor iedereen", "1,65", "€\u00a0567.700"],
        ["Financieel: geld, alle partijen samen", "1,45", "€\u00a0402.600"],
        ["Gemeentelijk: geld, alleen de gemeente", "1,45", "€\u00a0331.200"],
    ]
    beelden = [v for d in dias_ for v in d.shapes if v.shape_type == 13]
    assert len(beelden) == 5, "het logo en vier figuren"
    assert all(v._element.nvPicPr.cNvPr.get("descr") for v in beelden)
    for dia in dias_:
        for vorm in dia.shapes:
            assert vorm.left >= 0
            assert vorm.top >= 0
            assert vorm.left + vorm.width <= deck.slide_width, "niets valt van de dia"
            assert vorm.top + vorm.height <= deck.slide_height


def test_eigen_woorden_staan_in_elk_formaat_en_blijven_tekst(rapport: Path) -> None:
    html = enige(rapport, "voorbeeld-1*.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =cmd" in html
    doc: Any = docx.Document(str(enige(rapport, "word/*.docx")))
    deck: Any = pptx.Presentation(str(enige(rapport, "powerpoint/*.pptx")))
    boek = openpyxl.load_workbook(enige(rapport, "tabellen/*.xlsx"))
    in_word = tekst_van(doc) + "\n".join(c.text for t in doc.tables for r in t.rows for c in r.cells)
    in_dias = "\n".join(dia_tekst(d) for d in deck.slides)
    cellen = [c for blad in boek for rij in blad.iter_rows() for c in rij if c.value is not None]
    in_boek = "\n".join(str(c.value) for c in cellen)
    for alles in (in_word, in_dias, in_boek):
        for zin in (VIJANDIG, "Eerst meten, dan besluiten.", "Registratie 2025", "Schatting van de teamleider"):
            assert zin in alles
    assert not [c for c in cellen if c.data_type == "f"], "geen formule"
    assert "Registratie 2025" in html
    assert "Schatting van de teamleider" in html
    assert 'alt="Logo van Bureau Vergezicht"' in html
    assert "--petrol: #7A1F5C" in html


def test_het_overzicht_draagt_de_huisstijl(rapport: Path) -> None:
    overzicht = (rapport / "uit" / "index.html").read_text(encoding="utf-8")
    assert 'alt="Logo van Bureau Vergezicht"' in overzicht
    assert "--petrol: #7A1F5C" in overzicht
    assert 'class="bureau"' not in als_pagina([]), "zonder huisstijl zoals het was"


def test_een_herhaling_maakt_niets_en_andere_woorden_maken_opnieuw(
    rapport: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert opdracht(rapport) == 0
    assert "1 ongewijzigd" in capsys.readouterr().out
    (manifest,) = lees_manifesten(rapport / "uit")
    assert {"woorden", "huisstijl"} <= manifest.hashes.keys()
    (rapport / "anders.toml").write_text('conclusie = "Anders."', encoding="utf-8")
    assert opdracht(rapport, "--tekst", str(rapport / "anders.toml"), "--droog") == 0
    assert "gewijzigd: uw eigen teksten" in capsys.readouterr().out


@pytest.mark.traag
@heeft_kantoor
def test_de_inhoudsopgave_heeft_de_bladnummers_van_libreoffice(tmp_path: Path) -> None:
    lang = [{"s": "alinea", "i": ["Een zin die een regel vult, en nog een regel daarachteraan. " * 60]}] * 3
    blokken = [{"s": "kop", "niveau": 2, "i": [naam]} for naam in ("Eerste", "Tweede", "Derde")]
    stuk = Document([blokken[0], *lang, blokken[1], *lang, blokken[2]])
    inhoud = word.als_docx(stuk, "T", nummers=bladnummers)
    (tmp_path / "r.docx").write_bytes(inhoud)
    (pdf,) = reken_na([tmp_path / "r.docx"], tmp_path / "uit", "pdf")
    bladen = [blad.extract_text() for blad in PdfReader(pdf).pages]
    doc: Any = docx.Document(io.BytesIO(inhoud))
    regels = [p.text.split("\t") for p in doc.paragraphs if p.style.name == "toc 1"]
    assert [r[0] for r in regels] == ["Eerste", "Tweede", "Derde"]
    gedrukt = {naam: min(nr for nr, b in enumerate(bladen, 1) if nr > 2 and naam in b) for naam, _ in regels}
    assert {naam: int(nummer) for naam, nummer in regels} == gedrukt
    assert gedrukt["Eerste"] == 3
    assert len(set(gedrukt.values())) == 3


@pytest.mark.traag
@heeft_kantoor
def test_de_bladnummers_zijn_die_van_het_document_met_zijn_beelden(rapport: Path, tmp_path: Path) -> None:
    """For the page numbers the pictures are left out; that moves nothing, and with them it is another file."""
    pad = enige(rapport, "word/*.docx")
    doc: Any = docx.Document(str(pad))
    assert len(doc.inline_shapes) > 5
    (pdf,) = reken_na([pad], tmp_path / "uit", "pdf")
    bladen = [blad.extract_text() for blad in PdfReader(pdf).pages]
    regels = [p.text.split("\t") for p in doc.paragraphs if p.style.name == "toc 1"]
    assert len(regels) > 8
    for naam, nummer in regels:
        assert naam in " ".join(bladen[int(nummer) - 1].split()), naam


def test_zonder_beelden_blijft_elk_ander_deel_van_een_document() -> None:
    met_beeld = io.BytesIO()
    doc: Any = docx.Document()
    doc.add_picture(io.BytesIO(logo()))
    doc.save(met_beeld)
    with zipfile.ZipFile(met_beeld) as oud, zipfile.ZipFile(io.BytesIO(zonder_beelden(met_beeld.getvalue()))) as nieuw:
        assert nieuw.namelist() == oud.namelist()
        anders = [naam for naam in oud.namelist() if oud.read(naam) != nieuw.read(naam)]
        assert anders == ["word/media/image1.png"]
        assert PIL.Image.open(io.BytesIO(nieuw.read(anders[0]))).size == (1, 1)
    assert zonder_beelden(b"geen docx") == b"geen docx"


def test_zonder_libreoffice_staan_er_geen_bladnummers_en_vraagt_word_erom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkba.reeks.kantoor.bladnummers.programma", lambda: "")
    stuk = Document([{"s": "kop", "niveau": 2, "i": ["Kop"]}])
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T", nummers=bladnummers)))
    assert [p.text for p in doc.paragraphs if p.style.name == "toc 1"] == ["Kop\t"]
    assert doc.settings.element.find(f"{{{RUIMTEN['w']}}}updateFields") is not None


def test_een_libreoffice_dat_faalt_kost_alleen_de_nummers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nep = tmp_path / "soffice"
    nep.write_text("#!/bin/sh\nexit 3\n")
    nep.chmod(0o755)
    for pad in (str(nep), str(tmp_path / "weg")):
        monkeypatch.setattr("mkba.reeks.kantoor.bladnummers.programma", lambda pad=pad: pad)
        assert bladnummers(b"geen docx", 1) == []


def test_een_bedrag_breekt_niet_achter_zijn_teken_en_blijft_te_lezen() -> None:
    stuk = Document([{"s": "alinea", "i": ["saldo €\u00a0-28.000 en zorg-\tjeugd"]}])
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T")))
    (alinea,) = [p for p in doc.paragraphs if "saldo" in p.text]
    assert alinea.text == "saldo €\u00a0-28.000 en zorg-\tjeugd"
    assert len(list(alinea._p.iter(f"{{{RUIMTEN['w']}}}noBreakHyphen"))) == 1


def test_een_bedrag_op_een_dia_breekt_niet_achter_zijn_teken() -> None:
    """A word processor breaks after a plain hyphen: "€ -" on one line, "517.800" on the next."""
    tabel = Tabel(pd.DataFrame({"wat": ["van €\u00a0-5 naar 7"], "saldo": [-5000.0]}), {"saldo": "eur"}, index=False)
    inhoud = {"platte_kop": "Verlies €\u00a0-517.800", "regels": ["<p>Dat is -3,5% (-4), op 2025-03-01.</p>"]}
    deck: Any = pptx.Presentation(io.BytesIO(dias.als_pptx([{**inhoud, "tabel": tabel.als_gegevens()}], [], "T")))
    dia = deck.slides[1]
    assert dia.shapes.title.text == "Verlies €\u00a0\u2011517.800"
    assert lees_getal(dia.shapes.title.text.removeprefix("Verlies"), "eur") == -517_800
    assert "Dat is \u20113,5% (\u20114), op 2025-03-01." in dia_tekst(dia)
    (cellen,) = [[c.text for c in v.table.rows[1].cells] for v in dia.shapes if v.has_table]
    assert cellen == ["van €\u00a0\u20115 naar 7", "€\u00a0-5.000"], "een getal alleen blijft over te nemen"


@pytest.mark.parametrize(("aantal", "tweede", "dia_s"), [(8, "Voorwoord", 12), (9, "Voorwoord en conclusies", 12)])
def test_met_eigen_woorden_zijn_er_hoogstens_twaalf_dias(aantal: int, tweede: str, dia_s: int) -> None:
    inhoud = [{"kop": "", "platte_kop": f"Boodschap {n}", "regels": ["<p>Een zin.</p>"]} for n in range(aantal)]
    woorden = EigenWoorden(voorwoord="Op verzoek.", conclusie="Eerst meten.")
    deck: Any = pptx.Presentation(io.BytesIO(dias.als_pptx(inhoud, [], "T", woorden=woorden)))
    assert len(deck.slides) == dia_s
    assert deck.slides[1].shapes.title.text == tweede
    tekst = "\n".join(v.text_frame.text for d in deck.slides for v in d.shapes if v.has_text_frame)
    assert tekst.count("Op verzoek.") == tekst.count("Eerst meten.") == 1


def smal_sjabloon() -> Huisstijl:
    """A template of somebody else with a text of 146 mm."""
    uit = io.BytesIO()
    doc: Any = docx.Document()
    sectie = doc.sections[0]
    sectie.page_width, sectie.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    sectie.left_margin = sectie.right_margin = docx.shared.Mm(32)
    doc.save(uit)
    return Huisstijl(word=uit.getvalue())


def test_in_een_smal_sjabloon_blijft_een_tabel_leesbaar_en_een_bedrag_heel() -> None:
    bedragen = {f"wijk {n}": [1_234_567.0] for n in range(4)}
    frame = pd.DataFrame({"wat": ["jeugd, welzijn, zorg, wonen, werk en inkomen"], **bedragen})
    stuk = Document(tabelblokken(Tabel(frame, dict.fromkeys(bedragen, "eur"), index=False)))
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T", stijl=smal_sjabloon())))
    (tabel,) = doc.tables
    maten = {r.font.size.pt for c in tabel.rows[1].cells for p in c.paragraphs for r in p.runs}
    assert maten == {7.5}
    assert sum(c.width.pt for c in tabel.rows[1].cells) <= 146 / 25.4 * 72
    for cel in tabel.rows[1].cells[1:]:  # the sign of an amount and its digits stay together
        assert cel.width.pt - 9 >= breedte_em(cel.text) * 7.5


def _breed(namen: list[str], sleutels: dict[str, list[str]]) -> Document:
    """A table with a head of one long word for each column of amounts."""
    rijen = len(next(iter(sleutels.values())))
    frame = pd.DataFrame({**sleutels, **{naam: [1_234_567.0] * rijen for naam in namen}})
    return Document(tabelblokken(Tabel(frame, dict.fromkeys(namen, "eur"), index=False, bijschrift="Het totaal")))


def test_een_brede_tabel_op_een_smal_blad_wordt_meer_tabellen() -> None:
    """Letters of 6 points that nobody reads, or a number on two lines, is what it was."""
    namen = [f"welzijnswerk {n}" for n in range(8)]
    stuk = _breed(namen, {"wijk": ["Oost", "West"]})
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T", stijl=smal_sjabloon())))
    assert [[c.text for c in t.rows[0].cells] for t in doc.tables] == [
        ["wijk", *namen[:4]],
        ["wijk", *namen[4:]],
    ]
    assert [t.cell(2, 0).text for t in doc.tables] == ["West", "West"]
    assert [p.text for p in doc.paragraphs if p.style.name == "Caption"] == [
        f"Tabel {n}. Het totaal (deel\u00a0{n}\u00a0van\u00a02)" for n in (1, 2)
    ]
    for tabel in doc.tables:
        assert min(r.font.size.pt for c in tabel.rows[1].cells for p in c.paragraphs for r in p.runs) >= 7
        assert sum(c.width.pt for c in tabel.rows[0].cells) <= 146 / 25.4 * 72
    assert len(docx.Document(io.BytesIO(word.als_docx(stuk, "T"))).tables) == 1, "op ons eigen blad past hij"
    veel = _breed([f"welzijnswerk {n}" for n in range(20)], {"wijk": ["Oost", "West"]})
    assert len(docx.Document(io.BytesIO(word.als_docx(veel, "T"))).tables) > 1


def test_elk_deel_van_een_tabel_zegt_van_welke_rij_het_is() -> None:
    """Two columns tell the rows apart: both are in each part."""
    stuk = _breed([f"bedrag {n}" for n in range(8)], {"saldo": ["alle", "alle"], "toeval": ["eigen", "gedeeld"]})
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T", stijl=smal_sjabloon())))
    assert len(doc.tables) > 1
    assert {tuple(c.text for c in t.rows[2].cells[:2]) for t in doc.tables} == {("alle", "gedeeld")}
    gelijk = _breed([f"bedrag {n}" for n in range(12)], {"saldo": ["alle", "alle"]})
    doc = docx.Document(io.BytesIO(word.als_docx(gelijk, "T", stijl=smal_sjabloon())))
    assert len(doc.tables) == 1, "niets zegt welke rij het is"


def test_een_figuur_staat_binnen_de_marges() -> None:
    """In LibreOffice a picture without its distances stood nine points to the right; a template may have a gutter and
    an indent of its own."""
    eigen: Any = docx.Document()
    eigen.sections[0].gutter = docx.shared.Mm(10)
    eigen.styles["Normal"].paragraph_format.left_indent = docx.shared.Mm(5)
    uit = io.BytesIO()
    eigen.save(uit)
    sectie = eigen.sections[0]
    stuk = Document(
        [{"s": "figuur", "bestand": "b.png", "alt": "a", "breedte": 1.0, "onderschrift": []}], {"b.png": logo()}
    )
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T", stijl=Huisstijl(word=uit.getvalue()))))
    (beeld,) = doc.inline_shapes
    ruimte = sectie.page_width - sectie.left_margin - sectie.right_margin - docx.shared.Mm(10)
    assert 0 <= ruimte - beeld.width < 12700, "een punt"
    assert {beeld._inline.get(f"dist{kant}") for kant in "TBLR"} == {"0"}
    (alinea,) = [p for p in doc.paragraphs if list(p._p.iter(f"{{{RUIMTEN['w']}}}drawing"))]
    assert alinea.paragraph_format.left_indent == 0


def test_een_sjabloon_zonder_rugmarge_heeft_er_geen() -> None:
    """Google Docs writes no gutter: that is 0, and no error."""
    eigen: Any = docx.Document()
    del eigen.sections[0]._sectPr.pgMar.attrib[f"{{{RUIMTEN['w']}}}gutter"]
    uit = io.BytesIO()
    eigen.save(uit)
    stuk = Document(
        [{"s": "figuur", "bestand": "b.png", "alt": "a", "breedte": 1.0, "onderschrift": []}], {"b.png": logo()}
    )
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T", stijl=Huisstijl(word=uit.getvalue()))))
    (beeld,), sectie = doc.inline_shapes, eigen.sections[0]
    assert 0 <= sectie.page_width - sectie.left_margin - sectie.right_margin - beeld.width < 12700, "een punt"


def test_een_lange_bladzijde_die_beslist_krijgt_in_een_smal_sjabloon_kleinere_letters() -> None:
    def letters(aantal: int) -> set[float]:
        zin = {"s": "alinea", "i": ["Een zin die bijna een hele regel van dit blad vult, en dan nog een stuk. "]}
        stuk = Document([{"s": "voorop", "blokken": [zin] * aantal}, {"s": "kop", "niveau": 2, "i": ["Kop"]}])
        doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T", stijl=smal_sjabloon())))
        return {r.font.size.pt for p in doc.paragraphs if p.text.startswith("Een zin") for r in p.runs}

    assert letters(5) == {9.5}
    assert letters(60) == {8.0}


def test_een_tabel_zonder_opschrift_heet_naar_haar_kop() -> None:
    kop = {"s": "kop", "niveau": 2, "i": ["Kosten"]}
    zonder = tabelblokken(Tabel(pd.DataFrame({"a": [1.0]}), "eur"))
    stuk = Document([kop, *zonder, *zonder])
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T")))
    assert [p.text for p in doc.paragraphs if p.style.name == "Caption"] == ["Tabel 1. Kosten", "Tabel 2. Kosten (2)"]


def _vier_bij_drie() -> bytes:
    uit = io.BytesIO()
    pptx.Presentation().save(uit)  # the template of the library is four by three
    return uit.getvalue()


def test_op_vier_bij_drie_staat_niets_naast_een_figuur() -> None:
    groot = Tabel(pd.DataFrame({"a": [float(n) for n in range(12)]}), "eur").als_gegevens()
    klein = Tabel(pd.DataFrame({"a": [1.0]}), "eur").als_gegevens()
    beeld = {"png": logo(), "alt": "een figuur"}
    ruw = [
        {"kop": "Groot", "regels": ["Een zin."], "tabel": groot, **beeld},
        {"kop": "Klein", "regels": ["Een zin."], "tabel": klein, **beeld},
    ]
    deck: Any = pptx.Presentation(
        io.BytesIO(dias.als_pptx(ruw, [], "T", stijl=Huisstijl(powerpoint=_vier_bij_drie(), omslag="a\nb\nc\nd")))
    )
    assert [d.shapes.title.text for d in deck.slides] == [
        "T", "Groot", "Groot (vervolg)", "Klein", "Bron en verantwoording",
    ]  # fmt: skip
    for dia in list(deck.slides)[1:4]:
        beelden = [v for v in dia.shapes if v.shape_type == 13]
        rest = [v for v in dia.shapes if v.has_table or (v.has_text_frame and "zin" in v.text_frame.text)]
        assert beelden or rest
        assert all(v.top >= b.top + b.height for b in beelden for v in rest), "eronder, niet ernaast"
        assert all(v.top + v.height <= deck.slide_height for v in (*beelden, *rest))
    ondertitel = deck.slides[0].placeholders[1].text_frame
    assert all(r.font.size is not None for p in ondertitel.paragraphs for r in p.runs), "vijf regels passen verkleind"


def test_een_woord_in_een_tabel_blijft_op_een_regel() -> None:
    frame = pd.DataFrame(
        {"antwoord": ["Minder trajecten in bestaande cases"] * 2, **{f"saldo {n}": [1e6] * 2 for n in range(5)}},
        index=["Havenkwartier", "Oosterweiden"],
    )
    tabel = Tabel(frame, {k: "eur" for k in frame.columns if k != "antwoord"}).als_gegevens()
    deck: Any = pptx.Presentation(io.BytesIO(dias.als_pptx([{"kop": "K", "regels": [], "tabel": tabel}], [], "T")))
    (vorm,) = [v for v in deck.slides[1].shapes if v.has_table]
    punten = vorm.table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt
    breed = vorm.table.columns[0].width / 12700 - 0.14 * 72
    assert breed >= len("Havenkwartier") * 0.5 * punten


@pytest.mark.parametrize("sjabloon", ["", "vier bij drie"])
def test_een_getal_in_een_tabel_op_een_dia_staat_op_een_regel(sjabloon: str) -> None:
    """Also in bold, and in the wide letter of somebody else's template: "€ 3.648.10" and "0" below it misled."""
    stijl = Huisstijl(powerpoint=_vier_bij_drie()) if sjabloon else Huisstijl()
    namen = ["Gemeente: maatschappelijke ondersteuning en welzijn"] * 4 + ["Alle partijen"]
    kolommen = {f"kolom {n}": [3_648_100.0] * 5 for n in range(5)}
    frame = pd.DataFrame({"deel": [0.3] * 5, **kolommen}, index=namen)
    tabel = Tabel(frame, {"deel": "fractie", **dict.fromkeys(kolommen, "eur")}, vet=("Alle partijen",))
    inhoud = dias.als_pptx([{"kop": "K", "regels": ["<p>Zin.</p>"], "tabel": tabel.als_gegevens()}], [], "T", "", stijl)
    deck: Any = pptx.Presentation(io.BytesIO(inhoud))
    (vorm,) = [v for v in deck.slides[1].shapes if v.has_table]
    for rij in list(vorm.table.rows)[1:]:
        for cel, kolom in zip(list(rij.cells)[1:], list(vorm.table.columns)[1:], strict=True):
            (loop,) = cel.text_frame.paragraphs[0].runs
            ruimte = (kolom.width - cel.margin_left - cel.margin_right) / 12700
            assert breedte_em(loop.text, bool(loop.font.bold)) * loop.font.size.pt <= ruimte


# --- parts --------------------------------------------------------------------------------------------------------

TABEL = Tabel(
    pd.DataFrame({"bedrag": [Cel(-1234.0, "eur1"), None], "van": [1.0, 2.0], "tot": [3.0, 4.0]}, index=["=a", "b"]),
    {"bedrag": "eur1", "van": "decimaal1", "tot": "decimaal1"},
    bijschrift="<b>onder</b>",
    samen={"bereik": ["van", " tot ", "tot"]},
)  # fmt: skip


def notebook(*uitvoer: dict[str, Any], markdown: str = "# Titel\n\n## Kop & *meer*\n\n- een\n- twee") -> Any:
    cellen: list[Any] = [{"cell_type": "markdown", "source": markdown, "metadata": {}}]
    return {
        "cells": [
            *cellen,
            {"cell_type": "code", "outputs": [{"output_type": "display_data", "data": d} for d in uitvoer]},
        ]
    }


def test_een_tabel_komt_uit_haar_getallen() -> None:
    stuk = document(notebook({extra.TABEL: TABEL.als_gegevens(), "text/html": "<p>niet hieruit</p>"}))
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T")))
    (tabel,) = doc.tables
    assert [[c.text for c in r.cells] for r in tabel.rows] == [
        ["", "bedrag", "bereik"],
        ["=a", "€\u00a0-1.234", "1,0 tot 3,0"],
        ["b", "–", "2,0 tot 4,0"],
    ]
    assert "Tabel 1. <b>onder</b>" in tekst_van(doc)
    assert "niet hieruit" not in tekst_van(doc)
    assert [p.text for p in doc.paragraphs if p.style.name == "List Bullet"] == ["een", "twee"]
    assert [p.text for p in doc.paragraphs if p.style.name == "Heading 1"] == ["Kop & meer"]


def test_een_cel_over_rijen_houdt_de_kolommen_recht() -> None:
    html = (
        "<table><thead><tr><th>wie</th><th>wat</th></tr></thead>"
        "<tr><td rowspan='2'>gemeente</td><td>kosten</td></tr><tr><td>baten</td></tr>"
        "<tr><td colspan='2'>samen</td></tr></table>"
    )
    doc: Any = docx.Document(io.BytesIO(word.als_docx(document(notebook({"text/html": html})), "T")))
    assert [[c.text for c in r.cells] for r in doc.tables[0].rows] == [
        ["wie", "wat"],
        ["gemeente", "kosten"],
        ["gemeente", "baten"],
        ["samen", "samen"],
    ]


@pytest.mark.parametrize("wat", ["tabel", "figuur", "kop"])
def test_een_kop_met_een_regel_blijft_bij_waar_zij_naar_leiden(wat: str) -> None:
    tabel = "<table><caption>T</caption><thead><tr><th>wie</th></tr></thead><tr><td>gemeente</td></tr></table>"
    png = base64.b64encode(logo()).decode()
    volgt = {"tabel": tabel, "figuur": f'<img src="data:image/png;base64,{png}" alt="f">', "kop": "<h3>Onder</h3>"}
    html = f"<h2>Kop</h2><p>Inleiding.</p>{volgt[wat]}<p>Slot.</p>"
    doc: Any = docx.Document(io.BytesIO(word.als_docx(document(notebook({"text/html": html})), "T")))
    alineas = {p.text: p for p in doc.paragraphs}
    assert alineas["Kop"].style.paragraph_format.keep_with_next
    assert alineas["Inleiding."].paragraph_format.keep_with_next
    assert not alineas["Slot."].paragraph_format.keep_with_next


def test_dezelfde_pagina_geeft_dezelfde_bytes() -> None:
    html = '<time datetime="2026-03-03">'
    stuk = document(notebook({extra.TABEL: TABEL.als_gegevens()}))
    sommen = {
        hashlib.sha256(word.als_docx(stuk, "T", html)).hexdigest()
        + hashlib.sha256(dias.als_pptx([], [], "T", html)).hexdigest()
        for _ in range(2)
    }
    assert len(sommen) == 1
    for inhoud in (word.als_docx(stuk, "T", html), dias.als_pptx([], [], "T", html)):
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            assert {lid.date_time[:3] for lid in pakket.infolist()} == {(1980, 1, 1)}
            kern = pakket.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT", kern) == ["2026-03-03T", "2026-03-03T"]


@settings(max_examples=voorbeelden(10), deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_elke_tekst_blijft_tekst(tekst: str) -> None:
    woorden = EigenWoorden(tekst, tekst, (Antwoordwoorden("1. a", "b", tekst, tekst),))
    stijl = Huisstijl(naam=tekst, omslag=tekst)
    stuk = Document([{"s": "kop", "niveau": 2, "i": [tekst]}, {"s": "alinea", "i": [tekst]}])
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, tekst, "", stijl, [(tekst, tekst)])))
    deck: Any = pptx.Presentation(io.BytesIO(dias.als_pptx([], [], tekst, "", stijl, [(tekst, tekst)], woorden)))
    zichtbaar = " ".join(xml_tekst(tekst).split())
    assert zichtbaar in " ".join(tekst_van(doc).split())
    assert zichtbaar in " ".join(dia_tekst(deck.slides[0]).split())


def test_wat_niet_op_een_dia_past_staat_voluit_in_de_notities() -> None:
    lang = ("Heel veel woorden over de wijk. " * 300).strip()
    deck: Any = pptx.Presentation(io.BytesIO(dias.als_pptx([], [], "T" * 200, woorden=EigenWoorden(voorwoord=lang))))
    dia = deck.slides[1]
    assert "(verder in de notities en in het rapport)" in dia_tekst(dia)
    assert lang in dia.notes_slide.notes_text_frame.text


def test_een_notebook_zonder_eigen_dias_krijgt_er_eenper_figuur() -> None:
    figuren = [{extra.FIGUUR: {"png": base64.b64encode(logo()).decode(), "titel": f"Figuur {n}", "alt": "a",
                               "soort": "", "breedte": "100"}} for n in range(12)]  # fmt: skip
    deel = dias.per_figuur(notebook(*figuren))
    deck: Any = pptx.Presentation(io.BytesIO(dias.als_pptx(deel, [], "T")))
    assert [d.shapes.title.text for d in deck.slides][1:3] == ["Figuur 0", "Figuur 1"]
    assert "nog 2 andere figuren" in dia_tekst(deck.slides[10])
    assert deck.slides[10].notes_slide.notes_text_frame.text == "Figuur 10\nFiguur 11"
    assert len(deck.slides) == 12


@pytest.mark.parametrize("woorden", [EigenWoorden(voorwoord="V"), EigenWoorden(conclusie="C"), EigenWoorden("V", "C")])
@pytest.mark.parametrize("breed", [True, False])
def test_een_deck_heeft_nooit_meer_dan_twaalf_dias(woorden: EigenWoorden, breed: bool) -> None:
    """Of a notebook of one's own with many figures, and of a report on four by three, where a table goes apart."""
    stijl = Huisstijl() if breed else Huisstijl(powerpoint=_vier_bij_drie())
    png = base64.b64encode(logo()).decode()
    tabel = Tabel(pd.DataFrame({"saldo": [float(n) for n in range(8)]}), "eur").als_gegevens()
    veel = [{"kop": "", "platte_kop": f"Boodschap {n}", "regels": [], "figuur": "f", "tabel": tabel} for n in range(14)]
    for aantal in (4, 8, 14):
        inhoud = dias.als_pptx(veel[:aantal], [{"soort": "f", "png": png, "alt": "a"}], "T", "", stijl, (), woorden)
        deck: Any = pptx.Presentation(io.BytesIO(inhoud))
        assert len(deck.slides) <= 12
        alles = "\n".join(
            dia_tekst(d) + (d.notes_slide.notes_text_frame.text if d.has_notes_slide else "") for d in deck.slides
        )
        assert all(f"Boodschap {n}" in alles for n in range(aantal)), "wat niet past, staat in de notities"
        tabellen = sum(v.has_table for d in deck.slides for v in d.shapes)
        assert tabellen + alles.count(" | saldo") == sum(any(v.name == "a" for v in d.shapes) for d in deck.slides)


def test_een_lange_sleutel_blijft_heel() -> None:
    tabel = Tabel(pd.DataFrame({"a": ["restpartij.domein.jeugd.rijk_wlz"]}), index=False)
    assert tabelblokken(tabel)[0]["rijen"][0][0]["i"] == ["restpartij.domein.jeugd.rijk_wlz"]


# --- a template of one's own --------------------------------------------------------------------------------------


def test_een_eigen_sjabloon_geeft_zijn_stijlen_en_raakt_zijn_inhoud_kwijt() -> None:
    eigen: Any = docx.Document()
    eigen.add_paragraph("Voorbeeldtekst van het bureau")
    eigen.styles["Heading 1"].font.name = "Georgia"
    uit = io.BytesIO()
    eigen.save(uit)
    stuk = Document([{"s": "kop", "niveau": 2, "i": ["Kop"]}])
    doc: Any = docx.Document(io.BytesIO(word.als_docx(stuk, "T", stijl=Huisstijl(word=uit.getvalue()))))
    assert doc.styles["Heading 1"].font.name == "Georgia"
    assert "Voorbeeldtekst" not in tekst_van(doc)

    model: Any = pptx.Presentation()
    model.slides.add_slide(model.slide_layouts[0]).shapes.title.text = "Oude dia"
    uit = io.BytesIO()
    model.save(uit)
    deck: Any = pptx.Presentation(io.BytesIO(dias.als_pptx([], [], "T", stijl=Huisstijl(powerpoint=uit.getvalue()))))
    assert [d.shapes.title.text for d in deck.slides] == ["T", "Bron en verantwoording"]
    assert deck.slide_width == model.slide_width


# --- messages -----------------------------------------------------------------------------------------------------


def _zonder(map_: Path, sjabloon: str) -> None:
    if sjabloon == "word":
        doc: Any = docx.Document()
        for naam in ("Caption", "List Bullet"):
            stijl = doc.styles[naam].element
            stijl.getparent().remove(stijl)
        doc.save(str(map_ / "s.docx"))
    else:
        deck: Any = pptx.Presentation()
        for plek in (10, 9, 8, 7, 6, 5):
            deck.slide_layouts.remove(deck.slide_layouts[plek])
        deck.save(str(map_ / "s.pptx"))


@pytest.mark.parametrize(
    ("toml", "zegt"),
    [
        ('naam = "B"\nslogan = "x"', "deze sleutel bestaat niet"),
        ("[kleuren]\nhoofd = 'blauw'", "dit is geen kleur"),
        ("[kleuren]\nhoofd = '#ffee88'", "deze kleur is te licht"),
        ("[kleuren]\nroze = '#ff88aa'", "deze sleutel bestaat niet"),
        ("kleuren = 3", "dit is geen tabel"),
        ("naam = 3", "dit is geen tekst"),
        ('naam = "a\\u202eb"', "onzichtbaar teken"),
        (f'naam = "{"x" * 300}"', "langer dan 200 tekens"),
        ('logo = "weg.png"', "dit bestand staat niet in de map"),
        ('logo = "../logo.png"', "geen naam van een bestand in deze map"),
        ('logo = "nep.png"', "geen afbeelding die te lezen is"),
        ('logo = "logo.svg"', "een andere vorm"),
        ('word = "nep.docx"', "geen leesbaar Word-document"),
        ('powerpoint = "nep.pptx"', "geen leesbaar PowerPoint-bestand"),
        ('word = "s.docx"', "mist de stijlen Caption (Bijschrift), List Bullet"),
        ('powerpoint = "s.pptx"', "mist een indeling met alleen een titel"),
    ],
)
def test_een_foute_huisstijl_geeft_een_melding_en_geen_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], toml: str, zegt: str
) -> None:
    stijl = stijlmap(tmp_path / "stijl", toml)
    for naam in ("nep.png", "nep.docx", "nep.pptx", "logo.svg"):
        (stijl / naam).write_bytes(b"<svg>geen beeld</svg>")
    for soort in ("word", "powerpoint"):
        if f'{soort} = "s.' in toml:
            _zonder(stijl, soort)
    uit = tmp_path / "uit"
    argumenten = [
        "rapport",
        "voorbeeld-1",
        "--naar",
        str(uit),
        "--formaten",
        "word,powerpoint",
        "--huisstijl",
        str(stijl),
    ]
    assert main(argumenten) == 2
    fout = capsys.readouterr().err
    assert zegt in fout
    assert "Traceback" not in fout
    assert not uit.exists()


def _pakket(soort: str, wijzig: dict[str, bytes] | None = None) -> bytes:
    """A template with other parts, or parts besides its own."""
    uit = io.BytesIO()
    (docx.Document() if soort == "word" else pptx.Presentation()).save(uit)
    with zipfile.ZipFile(uit) as bron:
        delen = {naam: bron.read(naam) for naam in bron.namelist()} | (wijzig or {})
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for naam, inhoud in delen.items():
            doel.writestr(naam, inhoud)
    return uit.getvalue()


def _relatie(soort: str, doel: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{soort}" Target="{doel}" '
        'TargetMode="External"/></Relationships>'
    ).encode()


def _kop(inhoud: str) -> bytes:
    return f'<w:hdr xmlns:w="{RUIMTEN["w"]}"><w:p>{inhoud}</w:p></w:hdr>'.encode()


HEADER = "word/_rels/header9.xml.rels"
VIJANDIGE_SJABLONEN = {
    "macro": ({"word/vbaProject.bin": b"x"}, "een macro of programma (vbaProject.bin)"),
    "activex": ({"word/activeX/activeX1.bin": b"x"}, "een macro of programma"),
    "bom": ({f"word/media/{i}.bin": bytes(30_000_000) for i in range(7)}, "uitgepakt groter dan 200 MB"),
    "delen": ({f"word/media/{i}.bin": b"" for i in range(6000)}, "uitgepakt groter dan"),
    "entiteit": ({"word/x.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "XML-entiteiten"),
    "beeld": ({HEADER: _relatie("image", "https://elders.nl/pixel.png")}, "iets van een andere plek (image)"),
    "ole": ({HEADER: _relatie("oleObject", "file:///c:/x.xlsx")}, "iets van een andere plek (oleObject)"),
    "bestand": ({HEADER: _relatie("hyperlink", "file:///c:/klant/x.docx")}, "een koppeling in dit sjabloon wijst"),
    "veld": ({"word/header9.xml": _kop('<w:fldSimple w:instr=" INCLUDEPICTURE x "/>')}, "(INCLUDEPICTURE)"),
    "in stukken": (
        {"word/header9.xml": _kop("<w:r><w:instrText>DDE</w:instrText><w:instrText>AUTO c</w:instrText></w:r>")},
        "(DDEAUTO)",
    ),
    "geen tekst": ({"word/x.xml": "<x/>".encode("utf-16")}, "dit sjabloon is beschadigd"),
}


@pytest.mark.parametrize(
    ("aanval", "soort"),
    [
        pytest.param(a, s, marks=pytest.mark.traag if (a, s) == ("bom", "powerpoint") else [])
        for a in VIJANDIGE_SJABLONEN
        for s in ("word", "powerpoint")
    ],
)
def test_een_vijandig_sjabloon_wordt_niet_geopend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], aanval: str, soort: str
) -> None:
    delen, zegt = VIJANDIGE_SJABLONEN[aanval]
    naam = {"word": "s.docx", "powerpoint": "s.pptx"}[soort]
    stijl = stijlmap(tmp_path / "stijl", f'{soort} = "{naam}"')
    (stijl / naam).write_bytes(_pakket(soort, delen))
    uit = tmp_path / "uit"
    assert main(["rapport", "voorbeeld-1", "--droog", "--naar", str(uit), "--huisstijl", str(stijl)]) == 2
    assert zegt in capsys.readouterr().err
    assert not uit.exists()


@pytest.mark.parametrize("soort", ["word", "powerpoint"])
def test_een_gewoon_sjabloon_met_een_adres_mag(tmp_path: Path, soort: str) -> None:
    naam = {"word": "s.docx", "powerpoint": "s.pptx"}[soort]
    stijl = stijlmap(tmp_path / "stijl", f'{soort} = "{naam}"')
    gewoon = {HEADER: _relatie("hyperlink", "https://bureau.nl"), "word/header9.xml": _kop("PAGE van NUMPAGES")}
    (stijl / naam).write_bytes(_pakket(soort, gewoon))
    assert main(["rapport", "voorbeeld-1", "--droog", "--naar", str(tmp_path / "u"), "--huisstijl", str(stijl)]) == 0


def test_de_map_van_een_sjabloon_reist_niet_mee() -> None:
    """Word keeps with which template, in the folder of whom, a document was once made."""
    bron = "file:///C:/Users/jansen/klant-x/Normal.dotm"
    boven = f'<w:settings xmlns:w="{RUIMTEN["w"]}" xmlns:r="{R}"><w:attachedTemplate r:id="rId1"/></w:settings>'
    sjabloon = _pakket(
        "word",
        {"word/settings.xml": boven.encode(), "word/_rels/settings.xml.rels": _relatie("attachedTemplate", bron)},
    )
    assert onveilig(sjabloon) is None
    gemaakt = word.als_docx(Document([{"s": "alinea", "i": ["a"]}]), "T", stijl=Huisstijl(word=sjabloon))
    with zipfile.ZipFile(io.BytesIO(gemaakt)) as pakket:
        assert not [n for n in pakket.namelist() if b"jansen" in pakket.read(n)]
        assert b"attachedTemplate" not in pakket.read("word/settings.xml")


@pytest.mark.parametrize("sleutel", ["logo", "word", "powerpoint"])
def test_een_koppeling_uit_de_map_van_de_huisstijl(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sleutel: str
) -> None:
    naam = {"logo": "l.png", "word": "s.docx", "powerpoint": "s.pptx"}[sleutel]
    stijl = stijlmap(tmp_path / "stijl", f'{sleutel} = "{naam}"')
    (tmp_path / naam).write_bytes(logo() if sleutel == "logo" else _pakket(sleutel))
    (stijl / naam).symlink_to(tmp_path / naam)
    assert main(["rapport", "voorbeeld-1", "--droog", "--naar", str(tmp_path / "u"), "--huisstijl", str(stijl)]) == 2
    assert "een koppeling naar een andere plek dan de map van de huisstijl" in capsys.readouterr().err


def test_een_logo_dat_het_geheugen_vult(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Some kilobytes on disk, and far more outside it."""
    stijl = stijlmap(tmp_path / "stijl", 'logo = "groot.png"')
    PIL.Image.new("1", (6000, 5000)).save(stijl / "groot.png")
    assert (stijl / "groot.png").stat().st_size < 10_000
    assert main(["rapport", "voorbeeld-1", "--droog", "--naar", str(tmp_path / "u"), "--huisstijl", str(stijl)]) == 2
    assert "dit beeld heeft meer dan 25 miljoen beeldpunten. Bewaar het logo kleiner." in capsys.readouterr().err


def test_een_huisstijl_die_er_niet_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for map_, zegt in ((tmp_path / "weg", "deze map is er niet"), (tmp_path, "geen huisstijl.toml")):
        assert main(["rapport", "voorbeeld-1", "--naar", str(tmp_path / "uit"), "--huisstijl", str(map_)]) == 2
        assert zegt in capsys.readouterr().err


def test_de_meegeleverde_huisstijl_leest(tmp_path: Path) -> None:
    assert main(["rapport", "voorbeeld-1", "--droog", "--naar", str(tmp_path / "u"), "--huisstijl", "huisstijl"]) == 0


def test_zonder_pakket_staat_er_hoe_het_moet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mkba.reeks.kantoor.nodig.find_spec", lambda naam: None)
    assert main(["rapport", "voorbeeld-1", "--naar", str(tmp_path / "uit"), "--formaten", "word"]) == 2
    assert 'pip install "mkba[kantoor]"' in capsys.readouterr().err


# --- in an office program -----------------------------------------------------------------------------------------


@pytest.mark.traag
@heeft_kantoor
def test_libreoffice_opent_beide(rapport: Path, tmp_path: Path) -> None:
    assert SOFFICE is not None
    for patroon, minstens, hoogstens, zinnen in (
        ("word/*.docx", 12, 30, ("Voorwoord", "Tabel 1.", "Figuur 7.", "pagina 3 van")),
        ("powerpoint/*.pptx", 12, 12, ("Wat nu te doen", "Bureau Vergezicht", "alert(1)")),
    ):
        pad = enige(rapport, patroon)
        opties = [f"-env:UserInstallation={kantoorprofiel().as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [SOFFICE, *opties, "--outdir", str(tmp_path), str(pad)], check=True, capture_output=True, timeout=180
        )
        lezer = PdfReader(tmp_path / f"{pad.stem}.pdf")
        assert minstens <= len(lezer.pages) <= hoogstens
        tekst = "\n".join(blad.extract_text() for blad in lezer.pages)
        for zin in zinnen:
            assert zin in tekst
