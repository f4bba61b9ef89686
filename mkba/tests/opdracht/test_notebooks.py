"""``mkba notebooks``: copies that run from any folder."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mkba.kern.bestand import paden
from mkba.opdracht import main


def test_kopieen_in_een_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    map_ = tmp_path / "mijn" / "notebooks"
    assert main(["notebooks", str(map_)]) == 0
    namen = sorted(p.name for p in paden.notebooks().glob("*.ipynb"))
    assert sorted(p.name for p in map_.iterdir()) == namen
    assert all((map_ / n).read_bytes() == (paden.notebooks() / n).read_bytes() for n in namen)
    assert "10_doelgroepenanalyse.ipynb geschreven" in capsys.readouterr().out


def test_wat_er_staat_blijft_staan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mijn = tmp_path / "10_doelgroepenanalyse.ipynb"
    mijn.write_text("mijn werk", encoding="utf-8")
    assert main(["notebooks", str(tmp_path)]) == 2
    gezegd = capsys.readouterr().err
    assert "hier staat al 10_doelgroepenanalyse.ipynb." in gezegd
    assert "Kies een andere map" in gezegd
    assert [p.name for p in tmp_path.iterdir()] == [mijn.name], "nothing was written"
    assert mijn.read_text(encoding="utf-8") == "mijn werk"
    assert main(["notebooks", str(mijn)]) == 2
    assert "dit is een bestand en geen map" in capsys.readouterr().err


@pytest.mark.traag
@pytest.mark.parametrize("nummer", ["10", "20"])
def test_papermill_voert_een_kopie_overal_uit(tmp_path: Path, nummer: str) -> None:
    """Plain papermill, in a folder without data; and it knows the kind and the help of every parameter."""
    assert main(["notebooks", str(tmp_path)]) == 0
    (boek,) = tmp_path.glob(f"{nummer}_*.ipynb")

    def papermill(*argumenten: str) -> str:
        opdracht = [sys.executable, "-m", "papermill", *argumenten]
        return subprocess.run(opdracht, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    hulp = papermill("--help-notebook", boek.name)
    assert "Unknown type" not in hulp
    assert 'cijfers: str (default "voorbeeldgemeente")' in hulp
    papermill(boek.name, "uit.ipynb", "-p", "gebieden", "WK999902")
    cellen = json.loads((tmp_path / "uit.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "Havenkwartier" in json.dumps(cellen, ensure_ascii=False)
