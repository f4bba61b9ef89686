"""Leaving parts out of a report: which there are, what the page then says, and what the notebook keeps."""

import json
from pathlib import Path

from nbformat import v4

from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.reeks.pagina.fragment import maak_fragment
from mkba.reeks.plan import delen
from mkba.reeks.plan.taak import Taak
from mkba.reeks.werk import rapport
from mkba.tests.hulp_reeks import Zeg, taken, zeg

__all__ = ["taken", "zeg"]
RAPPORT = paden.notebooks() / "30_gemeenterapport.ipynb"


def test_het_gemeenterapport_heeft_deze_onderdelen() -> None:
    assert set(delen.delen_van(RAPPORT)) == {"beslispagina", "invoer", "kasstromen", "opbouw", "kengetallen"}


def test_wat_nooit_weg_mag_is_geen_onderdeel() -> None:
    """Warnings, double counting and the limits of the calculation."""
    vast = {
        kop
        for cel in json.loads(RAPPORT.read_text(encoding="utf-8"))["cells"]
        if not any(t.startswith(delen.VOOR) for t in cel["metadata"].get("tags", []))
        for kop in [("".join(cel["source"]).strip().splitlines() or [""])[0]]
    }
    assert {"### Waarschuwingen bij de invoer", "### Telt er iets dubbel?", "## Grenzen van deze berekening"} <= vast


def test_zonder_kengetallen_komt_hun_bladzijde_er_een_keer_bij(zeg: Zeg, taken: list[Taak], tmp_path: Path) -> None:
    assert zeg("--zonder", "kengetallen")[0] == 0
    assert [t.slug for t in taken] == ["stad", "wijk-noord", "wijk-zuid", "kengetallen"]
    assert [t.zonder for t in taken] == [*[("kengetallen",)] * 3, ()]
    manifest = json.loads((tmp_path / "uit" / "manifesten" / "stad.json").read_text(encoding="utf-8"))
    assert manifest["zonder"] == ["kengetallen"]
    assert zeg("--zonder", "kengetallen")[1].startswith("0 gemaakt, 4 ongewijzigd")
    code, uit, _ = zeg("--droog")
    assert (code, uit.count("gewijzigd: wat er weggelaten wordt")) == (0, 3)


def test_met_alleen_komt_de_bladzijde_met_kengetallen_mee(zeg: Zeg, taken: list[Taak]) -> None:
    assert zeg("--zonder", "kengetallen", "--alleen", "stad")[0] == 0
    assert [t.slug for t in taken] == ["stad", "kengetallen"]


def test_een_onbekend_onderdeel_is_een_melding_met_wat_er_wel_is(zeg: Zeg, tmp_path: Path) -> None:
    code, _, err = zeg("--zonder", "kengetalen")
    assert code == 2
    assert "geen rapport heeft dit onderdeel. Bedoelt u kengetallen? Kies uit: beslispagina, invoer" in err
    assert not (tmp_path / "uit").exists()


def test_de_pagina_zegt_wat_zij_mist_en_verwijst(kengetallen: Kengetallen) -> None:
    notebook = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# Titel\n\n## Blijft"),
            v4.new_markdown_cell("## Gaat", metadata={"tags": ["deel-kengetallen"]}),
            v4.new_markdown_cell("## Ook weg", metadata={"tags": ["deel-opbouw"]}),
        ]
    )
    taak = Taak("x", "X", RAPPORT, {}, "s", zonder=("kengetallen", "opbouw"))
    html, _ = rapport.als_html(notebook, taak)
    assert "Blijft" in html
    assert "Gaat" not in html
    assert "zonder de bijlage met kengetallen en het verloop van opbouw naar volledige aanpak" in html
    assert '<a href="kengetallen.html">' in html
    heel, _ = rapport.als_html(notebook, Taak("x", "X", RAPPORT, {}, "s"))
    assert "Niet in dit rapport" not in heel
    assert "Gaat" in heel


def test_de_bladzijde_vooraf_staat_voor_de_inhoudsopgave() -> None:
    fragment = maak_fragment("<h1>T</h1><p>a</p><section class='beslispagina'><h2>B</h2></section><h2>C</h2>")
    assert fragment.voorop == '<section class="beslispagina"><h2 id="b">B</h2></section>'
    assert "beslispagina" not in fragment.html
    assert [k.tekst for k in fragment.koppen] == ["B", "C"]
    assert maak_fragment("<h2>C</h2>").voorop == ""
