"""Warming up a fork server: with what the reports need, and never with what a foreign notebook would leave behind."""

import gc
import importlib
import json
import os
import sys
from pathlib import Path

import pytest

from mkba.kern.bestand import paden
from mkba.reeks.map import batch
from mkba.reeks.plan.notebooks import modules
from mkba.reeks.plan.taak import Taak
from mkba.reeks.werk import motor, rapport
from mkba.reeks.werk.uitvoering import VANAF, Uitvoering
from mkba.tests.hulp_notebook import maak_notebook, taak

NEUTRAAL = Path(motor.__file__).with_name("opwarmen.ipynb")


def opdracht(taken: list[Taak], uitvoering: Uitvoering | None = None) -> dict[str, object]:
    uit: dict[str, object] = json.loads((uitvoering or Uitvoering("fork")).voor(taken).opwarmen or "{}")
    return uit


def test_een_eigen_notebook_warmt_op_met_de_invoer_van_het_eerste_rapport() -> None:
    rapporten = [taak(paden.notebooks() / "30_gemeenterapport.ipynb", slug=f"r{i}", rij=str(i)) for i in range(VANAF)]
    ander = taak(paden.notebooks() / "40_gevoeligheid.ipynb")
    uit = opdracht([ander, *rapporten])
    assert (uit["notebook"], uit["parameters"]) == ("30_gemeenterapport.ipynb", {"rij": "0"})
    # of both notebooks, or the reports of the second kind would import them one by one
    assert {"mkba.analyse.onzekerheid.invloed", "mkba.uitvoer.aanpak.tabellen"} <= set(uit["modules"])  # type: ignore[call-overload]
    # on a cluster every report has a plain process, and no server to fork from
    assert opdracht(rapporten, Uitvoering("fork", dask="tcp://elders:1")) == {}


def test_wie_door_de_voordeur_gaat_krijgt_alle_kamers_ingelezen(tmp_path: Path) -> None:
    """``import mkba`` imports a room only when it is asked for: without this every report would do so again."""
    notebook = maak_notebook(tmp_path / "x.ipynb", [("code", "import mkba")])
    uit = opdracht([taak(notebook, slug=f"r{i}") for i in range(VANAF)])
    verwacht = {"mkba", "mkba.deur.aanpak", "mkba.analyse.onzekerheid.invloed", "mkba.uitvoer.aanpak.tabellen"}
    assert verwacht <= set(uit["modules"])  # type: ignore[call-overload]
    for naam in uit["modules"]:  # type: ignore[attr-defined]
        importlib.import_module(naam)


def test_een_vreemd_notebook_wordt_niet_vooraf_uitgevoerd(tmp_path: Path) -> None:
    vreemd = maak_notebook(
        tmp_path / "30_gemeenterapport.ipynb",
        [
            ("code", "import numpy.linalg, os\nfrom pandas import DataFrame\nimport eigen_module"),
            ("code", "%matplotlib inline\nimport scipy"),
            ("code", "from . import buur"),
        ],
    )
    uit = opdracht([taak(vreemd, slug=f"r{i}", rij="1") for i in range(VANAF)])
    assert (uit["notebook"], uit["parameters"]) == ("", {})
    assert uit["modules"] == ["numpy.linalg", "pandas", "pandas.DataFrame"]


def test_een_korte_reeks_warmt_niet_op(tmp_path: Path) -> None:
    notebook = maak_notebook(tmp_path / "x.ipynb", [])
    assert Uitvoering("fork").voor([taak(notebook)] * (VANAF - 1)).opwarmen == ""


@pytest.mark.parametrize("inhoud", ["", "[]", '{"cells": [3]}', '{"cells": [{"cell_type": "code", "source": 3}]}'])
def test_een_kapot_notebook_noemt_geen_modules(inhoud: str, tmp_path: Path) -> None:
    (tmp_path / "x.ipynb").write_text(inhoud, encoding="utf-8")
    assert modules(tmp_path / "x.ipynb", {"mkba"}) == set()


def test_het_neutrale_notebook_leest_alles_in_en_laat_niets_achter() -> None:
    product = rapport.maak(Taak("opwarmen", "", NEUTRAAL, {}, ""))
    assert not product.fout
    assert product.html is not None
    assert product.html.count("<img") == 2
    assert product.html.count("<table") == 4
    assert sys.modules["matplotlib.pyplot"].get_fignums() == []


def test_een_proces_houdt_niet_vast_wat_een_notebook_maakte(tmp_path: Path) -> None:
    """IPython would keep every shell, and so every table and figure, until the process ends."""
    notebook = maak_notebook(tmp_path / "x.ipynb", [("code", "class Groot: pass\ngroot = Groot()\ngroot")])

    def achtergebleven() -> tuple[int, int]:
        assert not rapport.maak(taak(notebook)).fout
        gc.collect()
        alles = gc.get_objects()
        return sum(isinstance(o, motor.Schil) for o in alles), sum(type(o).__name__ == "Groot" for o in alles)

    # settings of matplotlib know the last shells; what was in them is gone
    assert [achtergebleven() for _ in range(3)][1:] == [(2, 0)] * 2


@pytest.mark.traag
def test_een_werker_rekent_met_een_draad_en_laat_een_keuze_staan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    bron = "import os\nprint(os.environ['OPENBLAS_NUM_THREADS'], os.environ['OMP_NUM_THREADS'])"
    reeks = [taak(maak_notebook(tmp_path / "x.ipynb", [("code", bron)]))]
    assert batch.draai(reeks, tmp_path / "uit", 1, uitvoering=Uitvoering("spawn"))[0].status == "gelukt"
    assert ">1 3\n<" in (tmp_path / "uit" / "proefwijk.html").read_text(encoding="utf-8")
    assert "OPENBLAS_NUM_THREADS" not in os.environ
