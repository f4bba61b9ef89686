"""``mkba reproduceer``: the page, the PDF or how to get it, and how many numbers and statements hold."""

import functools
import json
from pathlib import Path

import pytest

from mkba.analyse.meta import controle as meta_controle
from mkba.analyse.meta.bevinding import Bevinding
from mkba.analyse.meta.lees_meta import MetaAnalyse
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.pagina.pdf import Drukker, drukker
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan.taak import Product, Taak
from mkba.reeks.werk import uitvoering as werk
from mkba.tests.hulp_notebook import meteen, nep_product


class _Nep(Drukker):
    soort = "nep 1"

    def druk(self, html: str, *, kop: str, voet: str, titel: str) -> bytes:
        return b"%PDF"

    def sluit(self) -> None:
        pass


GECONTROLEERD: dict[tuple[object, ...], list[Bevinding]] = {}


def eens(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """What was checked, calculated once for all commands here; anew for other contributions."""
    if meta_controle.BIJDRAGEN not in GECONTROLEERD:
        GECONTROLEERD[meta_controle.BIJDRAGEN] = meta_controle.controleer(meta, kengetallen)
    return [*GECONTROLEERD[meta_controle.BIJDRAGEN]]


@pytest.fixture
def nep(monkeypatch: pytest.MonkeyPatch) -> list[Taak]:
    """Reports without a kernel, a printer without a browser; the tasks that were made."""
    gemaakt: list[Taak] = []

    def maak(opdracht: Taak, **wijze: object) -> Product:
        gemaakt.append(opdracht)
        return nep_product(opdracht)

    monkeypatch.setattr("mkba.opdracht.reproduceer.controleer", eens)
    monkeypatch.setattr(werk, "maak", maak)
    monkeypatch.setattr(batch, "draai", functools.partial(batch.draai, maak_executor=meteen))
    monkeypatch.setattr(drukker, "kies", lambda voorkeur: _Nep())
    return gemaakt


def geen_drukker(voorkeur: str) -> Drukker:
    raise InvoerFout([Melding("PDF", "typst", "dit pakket is niet geïnstalleerd.", "Installeer het.")])


def test_maakt_pagina_en_pdf_en_telt(nep: list[Taak], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["reproduceer", "--naar", str(tmp_path)]) == 0
    gezegd = capsys.readouterr().out
    assert (tmp_path / "50_meta_analyse.html").is_file()
    assert (tmp_path / "pdf" / "50_meta_analyse.pdf").read_bytes() == b"%PDF"
    assert "van 93 houden" in gezegd
    assert "98 van 121 houden" in gezegd
    assert "25 van 31 op uitkomsten van de reconstructie, 9 van 9 op uitkomsten waarop is afgestemd" in gezegd
    assert "43 van 46 op haar invoer (bij opbouw)" in gezegd
    assert "daarna zijn de baten groter dan de kosten: gepubliceerd 2 jaar, berekend 3 jaar" in gezegd
    assert "7: baten bij anderen: getoetst als deel van de baten bij de gemeente <= 33% bij elk" in gezegd
    assert "105. kwaliteit van de generalist\n" in gezegd
    assert "Niet na te rekenen:" in gezegd
    assert "\nHoudt:" not in gezegd
    assert main(["reproduceer", "--naar", str(tmp_path), "--alles"]) == 0
    gezegd = capsys.readouterr().out
    assert "1 ongewijzigd overgeslagen" in gezegd
    assert "\nHoudt:" in gezegd
    assert [o.slug for o in nep] == ["50_meta_analyse"]


def test_json(nep: list[Taak], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["reproduceer", "--naar", str(tmp_path), "--json", "--formaten", "pdf,figuren"]) == 0
    uit = json.loads(capsys.readouterr().out)
    assert uit["gemaakt"] == 1
    tel, alle = uit["telling"], uit["bevindingen"]
    for soort in ("getal", "uitspraak"):
        deel = [b for b in alle if b["soort"] == soort]
        assert tel[soort]["aantal"] == len(deel)
        assert tel[soort]["houdt"] == sum(b["houdt"] is True for b in deel)
    assert tel["totaal"]["aantal"] == len(alle)
    assert sum(g["aantal"] for g in uit["telling_uitspraken"].values()) == tel["uitspraak"]["aantal"]
    assert set(alle[0]) == set(Bevinding.__dataclass_fields__)
    assert [o.formaten for o in nep] == [("figuren", "pdf")]


def test_droog_schrijft_niets(nep: list[Taak], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    naar = tmp_path / "uit"
    assert main(["reproduceer", "--naar", str(naar), "--droog"]) == 0
    assert "(nieuw)" in capsys.readouterr().out
    assert main(["reproduceer", "--naar", str(naar), "--droog", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["telling"]["totaal"]["aantal"] > 0
    assert not naar.exists()
    assert nep == []


def test_zonder_drukker_toch_een_pagina_en_hoe_het_moet(
    nep: list[Taak], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(drukker, "kies", geen_drukker)
    assert main(["reproduceer", "--naar", str(tmp_path / "a")]) == 0
    gezegd = capsys.readouterr().err
    assert "Er komt geen PDF bij:" in gezegd
    assert "niet geïnstalleerd. Installeer het." in gezegd
    assert (tmp_path / "a" / "50_meta_analyse.html").is_file()
    assert not (tmp_path / "a" / "pdf").exists()
    assert main(["reproduceer", "--naar", str(tmp_path / "b"), "--formaten", "pdf"]) == 2
    assert "niet geïnstalleerd" in capsys.readouterr().err
    assert not (tmp_path / "b" / "50_meta_analyse.html").exists(), "wie een PDF vraagt, krijgt die of een melding"


def test_een_rapport_dat_mislukt(
    nep: list[Taak], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(werk, "maak", lambda opdracht, **w: Product(None, "", 0.1, "Traceback", "ValueError", "stuk"))
    assert main(["reproduceer", "--naar", str(tmp_path), "--formaten", "figuren"]) == 1
    assert "Mislukt:" in capsys.readouterr().err


def test_wie_bijdraagt_telt_mee(
    nep: list[Taak], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    extra = Bevinding(
        "uitspraak", "figuur 4.2", "8, 9 en 10 renderen voor de gemeente", "boven 1", "0,9", "tekst", False
    )
    bijdragen = (*meta_controle.BIJDRAGEN, lambda meta, kengetallen: [extra])
    monkeypatch.setattr(meta_controle, "BIJDRAGEN", bijdragen)
    assert main(["reproduceer", "--naar", str(tmp_path), "--formaten", "figuren"]) == 0
    assert "figuur 4.2: 8, 9 en 10 renderen voor de gemeente" in capsys.readouterr().out


def test_andere_gegevens_maken_het_notebook_opnieuw(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    notebook = taken.zoek_notebook("50")
    (tmp_path / "a.toml").write_text("a = 1", encoding="utf-8")
    monkeypatch.setattr(paden, "data", lambda: tmp_path)
    een = taken.notebook_taken([notebook])[0].sleutel
    assert taken.notebook_taken([notebook])[0].sleutel == een
    (tmp_path / "a.toml").write_text("a = 2", encoding="utf-8")
    assert taken.notebook_taken([notebook])[0].sleutel != een
