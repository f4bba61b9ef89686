"""The benchmarks still run: each on a small case. What they measure is no test (seconds differ per machine)."""

import subprocess
import sys
from pathlib import Path

import pytest

import mkba

METINGEN = Path(mkba.__file__).resolve().parents[1] / "benchmarks"
KLEIN = {
    "evaluaties.py": ["--scenarios", "50"],
    "onzekerheid.py": ["--trekkingen", "100"],
    "opdrachten.py": ["--rondes", "1"],
    "registratie.py": ["--huishoudens", "400"],
    "fuzz.py": ["--aantal", "10"],
}

pytestmark = [
    pytest.mark.traag,
    pytest.mark.skipif(not METINGEN.is_dir(), reason="de metingen staan alleen in de broncode, niet in het pakket"),
]


@pytest.mark.parametrize("meting", KLEIN)
def test_meting_loopt(meting: str, tmp_path: Path) -> None:
    klaar = subprocess.run(
        [sys.executable, METINGEN / meting, *KLEIN[meting]], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert klaar.returncode == 0, klaar.stderr
    assert klaar.stdout.strip()
    assert not list(tmp_path.iterdir()), "a measurement leaves nothing behind"


def test_de_vloer_van_de_reeks(tmp_path: Path) -> None:
    """The cells as plain Python in the template of a report: it breaks when the template asks for something new."""
    opdracht = [sys.executable, str(METINGEN / "batch.py"), "--weg", "vloer", "--notebook", "30", "--aantal", "1"]
    klaar = subprocess.run([*opdracht, "--map", str(tmp_path)], capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stderr
    (pagina,) = tmp_path.glob("*.html")
    assert "<h1" in pagina.read_text(encoding="utf-8")
