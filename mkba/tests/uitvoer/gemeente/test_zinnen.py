"""The page of the gemeente as a whole, and the command that makes it."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest

import mkba
from mkba.analyse.gevoeligheid.eenzijdig import eenzijdig
from mkba.deur.gemeente import Gemeente
from mkba.invoer.eigen_woorden import Tekstbestand, samen
from mkba.kern.bestand.paden import data
from mkba.kern.tekst.notatie import euro
from mkba.kern.zaak.eigen_woorden import Antwoordwoorden, EigenWoorden
from mkba.opdracht import main
from mkba.reeks.plan.taak import Taak
from mkba.tests.hulp_reeks import Zeg, taken, zeg
from mkba.uitvoer.gemeente import presentatie, tabellen, zinnen

__all__ = ["taken", "zeg"]


@pytest.fixture(scope="module")
def drie() -> Gemeente:
    return mkba.gemeente(["voorbeeld-1", "voorbeeld-2", "voorbeeld-4"], 200)


def plat(html: object) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", str(getattr(html, "data", html)))).replace("\u00a0", " ")


def test_de_bladzijde_noemt_totaal_kans_en_wijken(drie: Gemeente) -> None:
    tekst = plat(drie.beslispagina())
    assert "Een jaar werken in 3 wijken" in tekst
    kosten = sum(mkba.aanpak(n).bereken()["totale_kosten"] for n in ("voorbeeld-1", "voorbeeld-2", "voorbeeld-4"))
    assert euro(kosten, 100).replace("\u00a0", " ") in tekst
    assert "eigen mee- en tegenvallers" in tekst
    assert "Voorbeeld 1" in tekst
    assert not re.search(r"\bnan\b|\binf\b|None", tekst)


def test_een_wijk_alleen_zegt_niets_van_gedeeld_geluk() -> None:
    een = mkba.gemeente("voorbeeld-1", 200)
    assert zinnen.gelukzin(een.model) == ""
    assert een["saldo"] == pytest.approx(mkba.aanpak("voorbeeld-1").bereken()["saldo"])


def test_samen_maakt_een_rapport_met_het_totaal_in_het_manifest(zeg: Zeg, taken: list[Taak], tmp_path: Path) -> None:
    assert zeg("--samen")[0] == 0
    assert [t.slug for t in taken] == ["gemeente"]
    manifest = json.loads((tmp_path / "uit" / "manifesten" / "gemeente.json").read_text(encoding="utf-8"))
    assert manifest["soort"] == "gemeente"
    assert manifest["kerncijfers"]["saldo"] == pytest.approx(
        3 * mkba.aanpak("voorbeeld-1").met({"escalatie.oudere": 0.02}).bereken()["saldo"]
    )
    assert manifest["huishoudens"] == 1800
    assert "De gemeente als geheel" in (tmp_path / "uit" / "index.html").read_text(encoding="utf-8")


def test_samen_gaat_ook_naast_rapporten_en_cohort(zeg: Zeg, taken: list[Taak]) -> None:
    assert zeg("--samen", "--notebooks", "30,45")[0] == 0
    assert [t.slug for t in taken][:2] == ["gemeente", "cohort"]
    assert len(taken) == 5


def test_samen_met_codes_is_een_melding(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["rapport", "GM9999", "--samen", "--naar", str(tmp_path / "uit")]) == 2
    assert "--samen telt aanpakken op" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


def test_een_wijk_die_gemeente_heet_krijgt_een_eigen_bestand(tmp_path: Path) -> None:
    from mkba.reeks.plan.rapporten import rapport_slugs

    assert rapport_slugs(["Gemeente", "Kengetallen"]) == ("gemeente-2", "kengetallen-2")


@pytest.fixture(scope="module")
def waterstad() -> Gemeente:
    return mkba.gemeente(data() / "voorbeeldgemeente" / "aanpakken.csv", 200)


def test_wat_de_namen_delen_staat_er_een_keer(waterstad: Gemeente, drie: Gemeente) -> None:
    assert waterstad.model.plaats == "Waterstad (verzonnen)"
    assert waterstad.model.korte_namen[:2] == ("Binnenstad", "Havenkwartier")
    assert list(waterstad.wijken().frame.index)[-1] == "Gemeente"
    assert "Waterstad" not in plat(waterstad.beslispagina())
    assert drie.model.plaats == ""
    assert drie.model.korte_namen == drie.model.namen


def test_de_antwoorden_staan_naast_elkaar_in_een_bijlage(waterstad: Gemeente) -> None:
    (tabel,) = tabellen.antwoorden(waterstad.model)
    cel = tabel.frame.at["1. Aantal huishoudens in aanpak", "Havenkwartier"]
    assert str(cel) == "480"
    assert str(tabel.frame.at["5. Geen werk: Ouderen", "Oosterweiden"]) == "–", "geen ouderen in deze wijk"
    assert str(tabel.frame.at["3. Gezinnen: Meervoudig, zelfredzaam (zr)", "Nieuwland, planfase"]) == "75% (k)"
    acht = mkba.gemeente([mkba.aanpak("voorbeeld-1").met(fte=3 + n) for n in range(8)], 100)
    assert [len(t.frame.columns) for t in tabellen.antwoorden(acht.model)] == [6, 2]


def test_de_dias_van_de_gemeente_staan_op_zichzelf(waterstad: Gemeente) -> None:
    gevoelig = [eenzijdig(w.aanpak, waterstad.model.kengetallen) for w in waterstad.model.wijken]
    gegeven = presentatie.presentatie(waterstad.model, gevoelig)
    assert gegeven["prijspeil"] == "2014"
    dias = gegeven["dias"]
    assert 6 <= len(dias) <= 10, "met titel en bron acht tot twaalf"
    koppen = [plat(d["kop"]) for d in dias]
    assert any(euro(waterstad["totale_kosten"], 100).replace("\u00a0", " ") in k for k in koppen)
    plus = sum(w["saldo"] > 50 for w in waterstad.model.wijken)
    assert f"{plus} van de 6 wijken hebben een maatschappelijke plus" in koppen
    alles = plat(" ".join(r for d in dias for r in d["regels"]))
    assert not re.search(r"\bnan\b|\binf\b|None", alles)
    hangt = next(d["tabel"] for d in dias if d["kop"].startswith("Waar het saldo van elke wijk"))
    assert [rij[0] for rij in hangt["rijen"]] == list(waterstad.model.korte_namen)


def test_vijandige_namen_blijven_tekst_in_word_en_dias(tmp_path: Path) -> None:
    vijandig = ("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "{{ x }} %s ]]>")
    kop = "naam;huishoudens;type.gezin;type.oudere;type.overig;fte;additioneel;disciplines\n"
    rijen = "".join(f'"Plaats & co, {n}";100;1;0;0;3;1;wi\n' for n in vijandig)
    (tmp_path / "w.csv").write_text(kop + rijen, encoding="utf-8")
    uit = tmp_path / "uit"
    assert main(["rapport", str(tmp_path / "w.csv"), "--samen", "--zonder", "kengetallen,invoer", "--formaten",
                 "word,powerpoint", "--alleen", "gemeente", "--naar", str(uit)]) == 0  # fmt: skip
    doc: Any = docx.Document(str(uit / "word" / "gemeente.docx"))
    deck: Any = pptx.Presentation(str(uit / "powerpoint" / "gemeente.pptx"))
    koppen = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    in_dias = "\n".join(
        c.text for d in deck.slides for v in d.shapes if v.has_table for r in v.table.rows for c in r.cells
    )
    for naam in vijandig:
        assert naam in koppen
        assert naam in in_dias
    assert deck.slides[0].shapes.title.text == "Plaats & co: 3 wijken samen"
    velden = [v.text or "" for v in doc.element.body.iter() if v.tag.endswith("}instrText")]
    assert not any("cmd" in v for v in velden)


def test_eigen_woorden_staan_ook_in_het_rapport_van_de_gemeente() -> None:
    tekst = Tekstbestand("t.toml", {"tekst.voorwoord": "Voor allen.", "tekst.conclusie": "Samen."}, {})
    eigen = EigenWoorden("Voor allen.", "In Noord anders.", (Antwoordwoorden("6. Fte", "3", "Team", ""),))
    gewoon = EigenWoorden("Voor allen.", "Samen.")
    uit = samen(["Stad, Noord", "Stad, Zuid"], [eigen, gewoon], tekst)
    assert uit.voorwoord == "Voor allen."
    assert uit.conclusie == "Samen.\n\nNoord: In Noord anders."
    assert [a.label for a in uit.antwoorden] == ["Noord, 6. Fte"]
