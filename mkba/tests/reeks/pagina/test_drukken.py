"""Which engine prints the PDFs of a series, and when only they are made again."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mkba.kern.bestand.hashes import hash_bestand
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.opdracht.gedeeld.keuze import Keuze, toon_droog
from mkba.reeks.map import batch
from mkba.reeks.pagina.pdf import browser, drukker
from mkba.reeks.plan import nodig
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.taak import Manifest, Product, Resultaat, Taak
from mkba.reeks.werk import uitvoering as werk
from mkba.reeks.werk.uitvoering import Uitvoering
from mkba.tests.hulp_notebook import maak_notebook, meteen, taak


class Pers:
    """Prints which engine it is; a page with "stuk" in it cannot be printed by typst."""

    def __init__(self, soort: str) -> None:
        self.soort = soort

    def __enter__(self) -> "Pers":
        return self

    def __exit__(self, *fout: object) -> None:
        pass

    def druk(self, html: str, *, kop: str, voet: str, titel: str) -> bytes:
        if "stuk" in html and self.soort.startswith("typst"):
            raise InvoerFout([Melding("PDF", kop, "Typst kan deze pagina niet zetten.", "Gebruik een browser.")])
        return f"%PDF {self.soort} {kop} {html}".encode()


class Wereld:
    """What there is to print with, and what was done."""

    def __init__(self, naar: Path, notebook: Path) -> None:
        self.naar, self.notebook = naar, notebook
        self.browser, self.start, self.versie = True, True, 131
        self.uitgevoerd: list[str] = []
        self.gekozen: list[str] = []

    def kies(self, voorkeur: str) -> Pers:
        self.gekozen.append(voorkeur)
        met_browser = voorkeur == "chromium" or (voorkeur == "auto" and self.browser and self.start)
        return Pers(f"chromium {self.versie}.0" if met_browser else "typst 0.15.2")

    def taak(self, naam: str = "wijk", formaten: tuple[str, ...] = ("pdf",)) -> Taak:
        return replace(taak(self.notebook, naam=naam, slug=naam), formaten=formaten)

    def draai(self, pdf_met: Any, *taken: Taak) -> list[Resultaat]:
        wijze = Uitvoering("spawn", pdf_met=pdf_met)
        return batch.draai(taken or [self.taak()], self.naar, 1, uitvoering=wijze, maak_executor=meteen)

    def reden(self, pdf_met: Any, opdracht: Taak | None = None) -> str:
        opdracht = opdracht or self.taak()
        return nodig.reden(opdracht, self.naar, weg=batch.pdf_weg([opdracht], self.naar, pdf_met))

    def manifest(self, slug: str = "wijk") -> Manifest:
        gelezen = t.lees_manifest(self.naar / "manifesten" / f"{slug}.json")
        assert gelezen is not None
        return gelezen

    def bestanden(self) -> dict[str, bytes]:
        return {p.relative_to(self.naar).as_posix(): p.read_bytes() for p in self.naar.rglob("*.*") if p.is_file()}


@pytest.fixture
def wereld(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Wereld:
    uit = Wereld(tmp_path / "uit", maak_notebook(tmp_path / "n.ipynb", []))

    def maak(opdracht: Taak, **wijze: Any) -> Product:
        uit.uitgevoerd.append(opdracht.slug)
        return Product(f"<html>{opdracht.slug} {len(uit.uitgevoerd)}", "{}", 0.1)

    def zoek() -> Path:
        if not uit.browser:
            raise browser.GeenBrowser([Melding("PDF", "browser", "er is geen.", "Installeer.")])
        return Path("/usr/bin/chromium")

    monkeypatch.setattr(werk, "maak", maak)
    monkeypatch.setattr(drukker, "kies", uit.kies)
    monkeypatch.setattr(drukker, "zoek_browser", zoek)
    return uit


def test_een_andere_weg_maakt_alleen_de_pdf_opnieuw(wereld: Wereld) -> None:
    wereld.draai("typst")
    eerst, manifest = wereld.bestanden(), wereld.manifest()
    assert manifest.drukker == "typst 0.15.2"
    assert wereld.reden("typst") == ""
    assert wereld.reden("chromium") == "pdf met typst, nu chromium"
    assert wereld.reden("auto") == "pdf met typst, nu chromium"
    assert wereld.reden("chromium", wereld.taak(formaten=())) == "", "wie geen pdf vraagt, krijgt geen andere"
    assert [r.status for r in wereld.draai("chromium")] == ["gelukt"]
    assert wereld.uitgevoerd == ["wijk"], "het notebook is niet nog eens uitgevoerd"
    nu = wereld.bestanden()
    assert {n for n in nu if nu[n] != eerst[n]} == {"pdf/wijk.pdf", "manifesten/wijk.json", "batch.jsonl"}
    assert nu["pdf/wijk.pdf"] == b"%PDF chromium 131.0 wijk <html>wijk 1"
    pdf = {"pdf/wijk.pdf": hash_bestand(nu["pdf/wijk.pdf"])}
    anders = {"drukker": "chromium 131.0", "bestanden": manifest.bestanden | pdf}
    assert wereld.manifest() == manifest.model_copy(update=anders)
    assert [r.status for r in wereld.draai("auto")] == ["overgeslagen"], "auto is hier dezelfde browser"
    regels = [json.loads(r) for r in nu["batch.jsonl"].decode().splitlines()]
    assert [(r["wat"], r.get("taken"), r.get("status")) for r in regels[3:]] == [
        ("begin", 1, None),
        ("rapport", None, "gelukt"),
        ("einde", None, None),
    ]


def test_een_nieuwere_browser_maakt_niets_opnieuw(wereld: Wereld) -> None:
    wereld.draai("auto")
    wereld.versie = 140
    assert wereld.reden("auto") == ""
    assert wereld.gekozen == ["auto"], "om te weten dat er niets te doen is, start geen browser"
    wereld.browser = False
    assert wereld.reden("auto") == "pdf met chromium, nu typst"
    assert wereld.reden("chromium") == ""


def test_een_browser_die_niet_start_maakt_niet_elke_keer_alles_opnieuw(wereld: Wereld) -> None:
    wereld.start = False
    wereld.draai("auto")
    assert wereld.manifest().drukker == "typst 0.15.2"
    assert wereld.reden("auto") == ""
    assert [r.status for r in wereld.draai("auto")] == ["overgeslagen"]
    wereld.start = True
    assert wereld.reden("auto") == "pdf met typst, nu chromium"


@pytest.mark.parametrize(
    ("verander", "reden"),
    [
        (lambda pdf: pdf.write_bytes(b"anders"), "bestand veranderd: pdf/wijk.pdf"),
        (lambda pdf: pdf.unlink(), "bestand ontbreekt: pdf/wijk.pdf"),
    ],
)
def test_een_pdf_die_weg_of_stuk_is_komt_uit_dezelfde_pagina(
    wereld: Wereld, verander: Callable[[Path], Any], reden: str
) -> None:
    wereld.draai("typst")
    eerst = wereld.bestanden()
    verander(wereld.naar / "pdf" / "wijk.pdf")
    assert wereld.reden("typst", wereld.taak(formaten=())) == reden
    assert [r.status for r in wereld.draai("typst")] == ["gelukt"]
    nu = wereld.bestanden()
    assert {n for n in nu if nu[n] != eerst[n]} == {"batch.jsonl"}
    assert wereld.uitgevoerd == ["wijk"]


def test_pdf_erbij_voert_niets_opnieuw_uit_maar_een_andere_pagina_wel(wereld: Wereld) -> None:
    wereld.draai("auto", wereld.taak(formaten=()))
    assert wereld.manifest().drukker == ""
    assert wereld.reden("auto") == "nieuw formaat: pdf"
    wereld.draai("auto")
    assert (wereld.uitgevoerd, wereld.manifest().formaten) == (["wijk"], ("pdf",))
    (wereld.naar / "wijk.html").write_text("geknoei")
    assert wereld.reden("typst") == "bestand veranderd: wijk.html", "van een pagina die niet klopt komt geen pdf"
    wereld.draai("typst")
    assert wereld.uitgevoerd == ["wijk", "wijk"]
    assert (wereld.naar / "pdf" / "wijk.pdf").read_bytes() == b"%PDF typst 0.15.2 wijk <html>wijk 2"
    nieuw = replace(wereld.taak(), sleutel="anders")
    assert [r.status for r in wereld.draai("chromium", nieuw)] == ["gelukt"]
    assert len(wereld.uitgevoerd) == 3, "een andere invoer is meer dan een andere pdf"


def test_wat_niet_te_drukken_is_blijft_zoals_het_was(wereld: Wereld) -> None:
    goed, stuk = wereld.taak("goed"), wereld.taak("stuk")
    wereld.draai("chromium", goed, stuk)
    eerst = wereld.bestanden()
    klaar, mislukt = wereld.draai("typst", goed, stuk)
    assert (klaar.status, mislukt.status) == ("gelukt", "mislukt")
    assert "Typst kan deze pagina niet zetten" in mislukt.fout
    nu = wereld.bestanden()
    assert {n for n in nu if nu[n] != eerst[n]} == {"pdf/goed.pdf", "manifesten/goed.json", "batch.jsonl"}
    assert wereld.reden("typst", stuk) == "pdf met chromium, nu typst", "de volgende keer weer"


def test_droog_zegt_waarmee(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    wereld.draai("typst")
    eerst = wereld.bestanden()
    keuze = Keuze(wereld.naar, None, False, True, (), (), ("pdf",), None, False, Uitvoering(pdf_met="chromium"))
    assert toon_droog([wereld.taak()], keuze) == 0
    assert f"wijk → {wereld.naar / 'wijk.html'} (pdf met typst, nu chromium)" in capsys.readouterr().out
    assert wereld.bestanden() == eerst


def test_opnieuw_gedrukt_is_wat_een_hele_reeks_drukt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With Typst itself: from the page in the folder come the bytes that a whole run made."""
    html = "<html><body><h1>Klein</h1><p>€ 1.200 – één</p></body></html>"
    monkeypatch.setattr(werk, "maak", lambda opdracht, **wijze: Product(html, "{}", 0.1))
    eigen = Wereld(tmp_path / "uit", maak_notebook(tmp_path / "n.ipynb", []))
    eigen.draai("typst")
    pdf, manifest = eigen.naar / "pdf" / "wijk.pdf", eigen.manifest()
    assert manifest.drukker.startswith("typst ")
    heel = pdf.read_bytes()
    pdf.unlink()
    monkeypatch.setattr(werk, "maak", None)
    eigen.draai("typst")
    assert pdf.read_bytes() == heel
    assert eigen.manifest() == manifest
