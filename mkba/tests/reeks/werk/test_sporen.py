"""Nothing that leaves the house tells on which machine, by whom or in which folder it was made."""

import io
import os
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from mkba.kern.bestand import paden
from mkba.opdracht import main
from mkba.reeks.werk.sporen import Sporen
from mkba.tests.hulp_notebook import maak_notebook, taak


@pytest.fixture
def thuis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    thuis = tmp_path / "jan & co"
    thuis.mkdir()
    monkeypatch.setenv("HOME", str(thuis))
    monkeypatch.setenv("USERPROFILE", str(thuis))
    return thuis


def test_van_een_pad_blijft_de_naam(thuis: Path) -> None:
    map_ = thuis / "zaak"
    sporen = Sporen(taak(map_ / "boek.ipynb", aanpak=str(map_ / "invoer" / "t.csv")))
    assert sporen.zonder(f"in {map_}/invoer/t.csv") == "in t.csv"
    assert sporen.zonder(f"<p>{str(map_).replace('&', '&amp;')}/invoer/t.csv</p>") == "<p>t.csv</p>"
    assert sporen.zonder(f"file://{str(map_).replace(' ', '%20').replace('&', '%26')}/x") == "file://x"
    assert sporen.zonder(f"\x1b[32m{map_}/y.py\x1b[0m") == "\x1b[32my.py\x1b[0m"
    assert sporen.zonder(f"{thuis}/elders/z") == "~/elders/z"
    assert sporen.zonder(str(thuis)) == "~"
    assert "~" not in sporen.zonder(f"{thuis}-anders/z")
    assert sporen.zonder(f"/var{tempfile.gettempdir()}/x") == f"/var{tempfile.gettempdir()}/x", "een ander pad"
    assert sporen.zonder(f"{sys.prefix}/lib/a.py") == "lib/a.py"


def test_een_beeld_blijft_heel(thuis: Path) -> None:
    beeld = f"iVBOR{tempfile.gettempdir()}/AAA"
    data = {"image/png": beeld, "text/plain": f"{tempfile.gettempdir()}/AAA"}
    boek = {"cells": [{"outputs": [{"data": data}], "source": [f"x = '{thuis}/a'"]}]}
    Sporen().uit_notebook(boek)
    assert boek == {
        "cells": [{"outputs": [{"data": {"image/png": beeld, "text/plain": "AAA"}}], "source": ["x = '~/a'"]}]
    }


def _teksten(inhoud: bytes) -> Iterator[bytes]:
    """What a file says, also inside a zip file or workbook, without its pictures."""
    if inhoud.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
            for naam in pak.namelist():
                yield naam.encode()
                yield from _teksten(pak.read(naam))
    elif inhoud.startswith(b"%PDF"):
        lezer = pypdf.PdfReader(io.BytesIO(inhoud))
        yield from (str(lezer.metadata).encode(), *(blad.extract_text().encode() for blad in lezer.pages))
    elif not inhoud.startswith(b"\x89PNG"):
        yield re.sub(rb"(base64,|\"image/png\": \")[A-Za-z0-9+/=\\]+", b"", inhoud)


@pytest.mark.parametrize("wijze", [[], ["--isoleer"]], ids=["in proces", "in kernel"])
def test_geen_map_in_alles_wat_een_opdracht_maakt(
    thuis: Path, monkeypatch: pytest.MonkeyPatch, wijze: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Pages, notebooks with their metadata, manifests, log, faults, workbooks, PDFs and the zip of all."""
    zaak = thuis / "gemeente-geheim"
    (zaak / "invoer").mkdir(parents=True)
    (zaak / "invoer" / "aanpak.toml").write_bytes((paden.data() / "aanpakken" / "voorbeeld-1.toml").read_bytes())
    (zaak / "eigen.toml").write_text('"kwaliteit.qaly_eur" = 40000\n')
    cellen = [
        ("md", "# Proef"),
        ("code", "print(aanpak, kengetallen)\nfrom pathlib import Path\nPath(aanpak).absolute()"),
        ("code", "import warnings, os; warnings.warn(os.getcwd()); print(os.getcwd(), os.path.expanduser('~/x'))"),
    ]
    lees = "from mkba.invoer.lezen import lees_aanpak; from mkba.kern.catalogus.kengetallen import laad"
    goed = maak_notebook(zaak / "goed.ipynb", cellen)
    fout = maak_notebook(zaak / "fout.ipynb", [*cellen, ("code", "open(aanpak + 'x')")])
    weg = maak_notebook(zaak / "weg.ipynb", [*cellen, ("code", f"{lees}; lees_aanpak(Path(aanpak), laad(), 'rij 9')")])
    monkeypatch.chdir(zaak)
    for boek, code in ((goed, 0), (fout, 1), (weg, 1)):
        opdracht = ["rapport", "invoer/aanpak.toml", "--notebooks", str(boek), "--kengetallen", "eigen.toml", "--zip"]
        opdracht += ["--formaten", "tabellen,figuren,pdf", "--pdf-met", "typst"] if boek is goed else []
        assert main([*opdracht, "--naar", f"uit/{boek.stem}", *wijze]) == code, capsys.readouterr().err
        bestanden = [p for p in (zaak / "uit" / boek.stem).rglob("*") if p.is_file() and p.name != ".mkba.slot"]
        soorten = {".html", ".ipynb", ".json", ".jsonl", ".csv", ".zip"}
        assert soorten | ({".xlsx", ".pdf"} if boek is goed else {".txt"}) == {p.suffix for p in bestanden}
        for pad in bestanden:
            for tekst in _teksten(pad.read_bytes()):
                for map_ in (str(thuis), thuis.name, zaak.name, tempfile.gettempdir() + os.sep):
                    assert map_.encode() not in tekst, (pad, map_, tekst[:500])
        (boek_uit,) = (zaak / "uit" / boek.stem / "notebooks").iterdir()
        assert "aanpak.toml" in boek_uit.read_text()


def test_geen_map_in_wat_de_losse_opdrachten_maken(thuis: Path) -> None:
    """A promise, a memo, a workbook, a list of areas and a form, with a rule set and kengetallen of one's own."""
    zaak = thuis / "gemeente-geheim"
    zaak.mkdir()
    aanpak, regelset, uit = zaak / "aanpak.toml", zaak / "eigen.toml", zaak / "uit"
    aanpak.write_bytes((paden.data() / "aanpakken" / "voorbeeld-1.toml").read_bytes())
    (zaak / "basis.toml").write_text('ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 50, bron = "x" }\n')
    regelset.write_text('ouder = "basis.toml"\n[caseload]\nzr = { waarde = 140, bron = "x" }\n')
    (zaak / "anders.toml").write_text('"kwaliteit.qaly_eur" = 40000\n')
    lijst = zaak / "lijst.csv"
    lijst.write_text("pseudoniem;type;generalist;team\n" + "".join(f"h{i};gezin;g1;A\n" for i in range(12)))
    met = ["--regelset", str(regelset), "--kengetallen", str(zaak / "anders.toml")]
    for opdracht in (
        ["beloof", str(aanpak), "--naar", str(uit)],
        ["beoordeel", str(aanpak), "--naar", str(uit / "memo.html")],
        ["werkboek", str(aanpak), "--naar", str(uit)],
        ["gebieden", "--cijfers", "voorbeeldgemeente", "--niveau", "wijk", "--naar", str(uit)],
        ["steekproef", str(lijst), "--naar", str(uit)],
    ):
        assert main([*opdracht, *met]) == 0
    bestanden = [p for p in uit.rglob("*") if p.is_file()]
    assert {p.suffix for p in bestanden} == {".toml", ".html", ".xlsx", ".csv"}
    assert b'"regelset" = "eigen.toml"' in next(p for p in bestanden if p.suffix == ".toml").read_bytes()
    for pad in bestanden:
        for tekst in _teksten(pad.read_bytes()):
            for map_ in (str(thuis), thuis.name, zaak.name, tempfile.gettempdir() + os.sep):
                assert map_.encode() not in tekst, (pad, map_)
