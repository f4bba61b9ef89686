"""What lies in the folder where the command runs, or in the environment, changes no report and is never executed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.model.berekening import bereken
from mkba.tests.hulp_notebook import maak_notebook
from mkba.uitvoer import figuur
from mkba.uitvoer.aanpak import figuren

MKBA = Path(sys.executable).with_name("mkba")
NAMEN = ("random", "types", "html", "string", "sitecustomize", "numpy", "IPython_x", "ipykernel", "mkba", "bs4")
LELIJK = "savefig.facecolor: black\naxes.facecolor: black\nfont.size: 40\ntext.usetex: True\nsavefig.dpi: 20\n"
TEKEN = """
import sys, helper
from mkba.kern.catalogus.kengetallen import laad
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.model.berekening import bereken
from mkba.uitvoer import figuur
from mkba.uitvoer.aanpak import figuren
print(helper.WAARDE, bool(sys.modules["random"].random))
figuur.toon(figuren.kosten_en_baten(bereken(lees_aanpak(zoek_aanpak(aanpak), laad()), laad()).sleutels), "x")
"""

pytestmark = pytest.mark.skipif(not MKBA.exists(), reason=f"de opdracht mkba staat niet naast {sys.executable}")


def _schaduw(map_: Path) -> Path:
    """A folder with files that stand in for modules and settings; each leaves a mark when it is executed."""
    map_.mkdir()
    merk = map_ / "uitgevoerd"
    for naam in NAMEN:
        (map_ / f"{naam}.py").write_text(f"open({str(merk)!r}, 'a').write('{naam} ')\n")
    (map_ / "matplotlibrc").write_text(LELIJK)
    (map_ / "start.py").write_text(f"open({str(merk)!r}, 'a').write('start ')\n")
    (map_ / "ipython_config.py").write_text(f"open({str(merk)!r}, 'a').write('config ')\n")
    return map_


def _draai(hier: Path, *opdracht: str, **omgeving: str) -> tuple[int, str]:
    uit = subprocess.run(
        [MKBA, *opdracht], cwd=hier, capture_output=True, text=True, timeout=300, env=os.environ | omgeving
    )
    assert "Traceback" not in uit.stdout + uit.stderr, uit.stderr
    return uit.returncode, uit.stdout + uit.stderr


def _kaal(pad: Path) -> str:
    return re.sub(r"\d+ [a-z]+ \d{4}, \d\d:\d\d", "", re.sub(r"<p class=\"meta\">.*", "", pad.read_text()))


@pytest.mark.traag
@pytest.mark.parametrize("wijze", ["fork", "spawn", "kernel"])
def test_bestanden_in_de_huidige_map_doen_niet_mee(tmp_path: Path, wijze: str) -> None:
    """A notebook of somebody in a folder of its own, with a module beside it, from a folder full of shadows."""
    schaduw, schoon, boeken = _schaduw(tmp_path / "schaduw"), tmp_path / "schoon", tmp_path / "boeken"
    schoon.mkdir()
    boeken.mkdir()
    boek = maak_notebook(boeken / "b.ipynb", [("code", TEKEN)])
    (boeken / "helper.py").write_text("WAARDE = 'van de buurman'")
    (boeken / "random.py").write_text(f"open({str(schaduw / 'uitgevoerd')!r}, 'a').write('naast ')")
    for hier in (schoon, schaduw):
        omgeving = {"PYTHONSTARTUP": str(schaduw / "start.py")}
        if wijze == "spawn":  # the socket of a fork server does not fit in such a folder
            lang = hier / ("x" * 90)
            lang.mkdir()
            omgeving["TMPDIR"] = str(lang)
        opdracht = ["rapport", "voorbeeld-1", "--notebooks", str(boek), "--naar", "uit"]
        code, gezegd = _draai(hier, *opdracht, *(["--isoleer"] if wijze == "kernel" else []), **omgeving)
        assert code == 0, gezegd
    assert not (schaduw / "uitgevoerd").exists(), (schaduw / "uitgevoerd").read_text()
    paginas = [next(p for p in (m / "uit").glob("*.html") if p.name != "index.html") for m in (schoon, schaduw)]
    assert "van de buurman True" in paginas[0].read_text()
    assert _kaal(paginas[0]) == _kaal(paginas[1]), "ook de figuren"


@pytest.mark.parametrize("waarde", ["", pytest.param(" ", marks=pytest.mark.traag)])
def test_een_lege_source_date_epoch_is_er_geen(tmp_path: Path, waarde: str) -> None:
    code, gezegd = _draai(tmp_path, "bereken", "voorbeeld-1", SOURCE_DATE_EPOCH=waarde)
    assert code == 0, gezegd


@pytest.mark.parametrize("waarde", ["gisteren", "-1", "1e9", "9" * 30, "1_0", "٣"])
def test_een_vreemde_source_date_epoch_is_een_melding(tmp_path: Path, waarde: str) -> None:
    code, gezegd = _draai(tmp_path, "rapport", "voorbeeld-1", "--naar", "uit", SOURCE_DATE_EPOCH=waarde)
    assert code == 2
    assert "SOURCE_DATE_EPOCH" in gezegd
    assert "geen aantal seconden sinds 1970. Geef een geheel getal van 0 of meer" in gezegd
    assert not (tmp_path / "uit").exists()


def test_een_figuur_staat_op_de_stijl_van_mkba_en_niet_op_die_van_de_sessie(kengetallen: Kengetallen) -> None:
    sleutels = bereken(lees_aanpak(zoek_aanpak("voorbeeld-1"), kengetallen), kengetallen).sleutels

    def teken() -> bytes:
        ax = figuren.kosten_en_baten(sleutels)
        return figuur.als_png(ax) + figuur.als_svg(ax).encode()

    gewoon = teken()
    with mpl.rc_context({"axes.facecolor": "black", "savefig.facecolor": "black", "font.size": 40, "xtick.top": True}):
        assert teken() == gewoon
        assert mpl.rcParams["font.size"] == 40, "de sessie houdt haar eigen stijl"
