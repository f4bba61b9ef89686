"""LibreOffice without a window: recalculate workbooks as a spreadsheet program does, many in one call."""

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

SOFFICE: Final = shutil.which("soffice") or shutil.which("libreoffice")
heeft_kantoor: Final = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice ontbreekt (apt-get install libreoffice-calc): formules niet nagerekend"
)
# LibreOffice trusts stored results of others by default; here everything is calculated anew. With a version that is new
# to its settings it first draws a series of trial figures, for a second or more: no version is.
_INSTELLING: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse">
<value>9999.0</value></prop></item></oor:items>"""


@cache
def kantoorprofiel() -> Path:
    """The settings of LibreOffice, one folder for all tests of this process: the first start fills it for seconds."""
    profiel = Path(tempfile.mkdtemp(prefix="mkba-kantoor-"))
    atexit.register(shutil.rmtree, profiel, ignore_errors=True)
    (profiel / "user").mkdir()
    (profiel / "user" / "registrymodifications.xcu").write_text(_INSTELLING, encoding="utf-8")
    return profiel


def reken_na(bestanden: Sequence[Path], map_: Path, vorm: str = "xlsx") -> list[Path]:
    """The same workbooks, opened, recalculated and saved in ``map_`` by LibreOffice (or printed, ``vorm`` pdf)."""
    assert SOFFICE is not None
    opdracht = [SOFFICE, f"-env:UserInstallation={kantoorprofiel().as_uri()}", "--headless", "--convert-to", vorm]
    opdracht += ["--outdir", str(map_), *map(str, bestanden)]
    gedaan = subprocess.run(opdracht, capture_output=True, text=True, timeout=900)
    uit = [map_ / bestand.with_suffix(f".{vorm}").name for bestand in bestanden]
    assert all(pad.exists() for pad in uit), gedaan.stdout + gedaan.stderr
    return uit


def waarden(boek: openpyxl.Workbook) -> dict[str, Any]:
    """The stored result of every named cell of a workbook."""
    uit = {}
    for naam, verwijzing in boek.defined_names.items():
        plaatsen = list(verwijzing.destinations)
        if len(plaatsen) == 1 and ":" not in plaatsen[0][1]:
            blad, cel = plaatsen[0]
            uit[naam] = boek[blad][cel.replace("$", "")].value
    return uit


def bladwaarden(pad: Path) -> dict[str, dict[str, Any]]:
    """The stored value of every filled cell, per sheet and address."""
    boek = openpyxl.load_workbook(pad, data_only=True)
    return {
        blad.title: {cel.coordinate: cel.value for rij in blad.iter_rows() for cel in rij if cel.value is not None}
        for blad in boek.worksheets
    }
