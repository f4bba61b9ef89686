"""The memo of ``mkba beoordeel``: what it says, its boxes, and what the command refuses."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest

from mkba.opdracht import main


def test_elk_punt_heeft_gewicht_vindplaats_en_een_vak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memo = tmp_path / "memo.html"
    assert main(["beoordeel", "voorbeeld-5", "standaard", "--naar", str(memo)]) == 0
    gezegd = capsys.readouterr().out
    aantal = re.search(r"Bij 2 aanpakken: (\d+) punten, waarvan", gezegd)
    assert aantal is not None
    html = memo.read_text(encoding="utf-8")
    assert html.count('class="antwoord') == html.count("Waar te kijken:") == int(aantal[1])
    koppen = re.findall(r"<h3[^>]*>(.*?)</h3>", html, re.DOTALL)
    assert all(re.search(r"\((zwaar|middel|licht)\)", kop) for kop in koppen)
    tekst = unescape(re.sub("<[^>]+>", " ", html))
    assert not re.search(r"\bnan\b|None", tekst[tekst.index("Bij 2") : tekst.index("Herkomst")])


def test_een_memo_met_antwoorden_wordt_niet_overschreven(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memo = tmp_path / "memo.html"
    memo.write_text("mijn antwoorden", encoding="utf-8")
    assert main(["beoordeel", "standaard", "--naar", str(memo)]) == 2
    assert "misschien met antwoorden erin" in capsys.readouterr().err
    assert memo.read_text(encoding="utf-8") == "mijn antwoorden"
    assert main(["beoordeel", "standaard", "--naar", str(memo), "--overschrijf"]) == 0
    assert "Second opinion" in memo.read_text(encoding="utf-8")


def test_een_andere_naam_dan_die_van_een_memo_is_een_melding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["beoordeel", "standaard", "--naar", str(tmp_path / "wijken.xlsx")]) == 2
    assert "Eindig op .html, .docx of .pdf." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_een_override_zonder_bron_staat_in_het_memo(tmp_path: Path) -> None:
    eigen, memo = tmp_path / "k.toml", tmp_path / "memo.html"
    eigen.write_text("[kwaliteit]\nqaly_eur = 100000\n", encoding="utf-8")
    assert main(["beoordeel", "standaard", "--kengetallen", str(eigen), "--naar", str(memo)]) == 0
    assert "dit eigen kengetal heeft geen bron; de regelset heeft 20.000." in memo.read_text(encoding="utf-8").replace(
        "Dit", "dit"
    )


def test_een_naam_met_opmaak_blijft_tekst(tmp_path: Path) -> None:
    bron = tmp_path / "a.csv"
    bron.write_text(
        "naam;huishoudens;type.gezin;fte;additioneel;disciplines\n<script>x</script>;100;1;3;1;wi\n", encoding="utf-8"
    )
    memo = tmp_path / "memo.html"
    assert main(["beoordeel", str(bron), "--naar", str(memo)]) == 0
    assert "<script>x" not in memo.read_text(encoding="utf-8")


def test_het_memo_gaat_ook_als_word_in_huisstijl(tmp_path: Path) -> None:
    stijl, memo = tmp_path / "stijl", tmp_path / "memo.docx"
    stijl.mkdir()
    (stijl / "huisstijl.toml").write_text('naam = "Bureau Vergezicht"', encoding="utf-8")
    assert main(["beoordeel", "standaard", "--naar", str(memo), "--huisstijl", str(stijl)]) == 0
    doc: Any = docx.Document(str(memo))
    alles = [p.text for p in doc.paragraphs]
    assert "Memo aan de opsteller" in alles
    assert "Bureau Vergezicht" in alles
    koppen = [p.text for p in doc.paragraphs if p.style.name == "Heading 2"]
    vakken = [t for t in doc.tables if t.cell(0, 0).text == "Antwoord"]
    assert len(vakken) == len(koppen) == sum(t.startswith("Waar te kijken:") for t in alles) > 0
    assert not any(p.text.startswith("Tabel") for p in doc.paragraphs), "een vak is geen tabel met een nummer"


def test_een_fout_sjabloon_bij_een_memo_is_een_melding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stijl = tmp_path / "stijl"
    stijl.mkdir()
    (stijl / "huisstijl.toml").write_text('word = "s.docx"', encoding="utf-8")
    (stijl / "s.docx").write_bytes(b"geen docx")
    assert main(["beoordeel", "standaard", "--naar", str(tmp_path / "m.docx"), "--huisstijl", str(stijl)]) == 2
    assert "geen leesbaar Word-document" in capsys.readouterr().err
    assert not (tmp_path / "m.docx").exists()
