"""Nothing that leaves the house tells on which machine, by whom or in which folder it was made."""

import base64
import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from mkba.opdracht import main
from mkba.tests.hulp_notebook import maak_notebook, taak
from mkba.uitvoer.sporen import Sporen


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
    assert sporen.zonder(f"{thuis}-anders/z") == f"{thuis}-anders/z" or str(thuis) not in sporen.zonder(f"{thuis}-a")
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


def _teksten(pad: Path) -> list[bytes]:
    """What is in a file, also inside a zip file or workbook, without pictures."""
    inhoud = pad.read_bytes()
    if inhoud.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
            uit = []
            for naam in pak.namelist():
                deel = pak.read(naam)
                (pad.parent / "los").write_bytes(deel)
                uit += [naam.encode(), *_teksten(pad.parent / "los")]
            (pad.parent / "los").unlink(missing_ok=True)
            return uit
    return [] if inhoud.startswith((b"\x89PNG", b"%PDF")) else [inhoud]


def _pdftekst(pad: Path) -> str:
    pypdf = pytest.importorskip("pypdf")
    lezer = (
        "from pathlib import Path; from mkba.invoer.lezen import lees_aanpak; from mkba.invoer.kengetallen import laad"
    )
    weg = maak_notebook(zaak / "weg.ipynb", [("code", f"{lezer}\nlees_aanpak(Path(aanpak), laad(), 'rij 9')")])
    monkeypatch.chdir(zaak)
    for boek, code in ((goed, 0), (fout, 1), (weg, 1)):
        formaten = ["--formaten", "werkboek,figuren,pdf", "--pdf-met", "typst"] if boek is goed else []
        opdracht = ["rapport", "invoer/aanpak.toml", "--notebooks", str(boek), "--kengetallen", "eigen.toml"]
        assert main([*opdracht, "--naar", f"uit/{boek.stem}", "--zip", *formaten, *([wijze] if wijze else [])]) == code
        capsys.readouterr()
        bestanden = [p for p in (zaak / "uit" / boek.stem).rglob("*") if p.is_file()]
        assert (".pdf" in {p.suffix for p in bestanden}) == (boek is goed)
        assert {".html", ".ipynb", ".json", ".jsonl", ".csv", ".zip"} <= {p.suffix for p in bestanden}
        for pad in bestanden:
            for tekst in _teksten(pad):
                for map_ in (thuis, zaak.name, Path(tempfile.gettempdir()), os.path.expanduser("~")):
                    assert not _met_pad(tekst, str(map_)), (pad, map_, tekst[:300])


def _met_pad(tekst: bytes, map_: str) -> bool:
    """Whether a path is in a text; a picture in it may hold the signs of a short one by chance."""
    if map_.encode() not in tekst:
        return False
    import re

    zonder = re.sub(rb"(base64,|\"image/png\": \")[A-Za-z0-9+/=\\n]+", b"", tekst)
    return re.search(re.escape(map_.encode()) + rb"(?![A-Za-z0-9])", zonder) is not None


def test_base64_is_geen_pad() -> None:
    beeld = base64.b64encode(b"x" * 30) + b"/tmp/" + b"A" * 10
    assert not _met_pad(b"data:image/png;base64," + beeld, "/tmp")
    assert _met_pad(b"in /tmp/x", "/tmp")
