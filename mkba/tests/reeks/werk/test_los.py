"""A report in a plain process of its own, as a worker of dask makes it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mkba.reeks.werk import los
from mkba.reeks.werk.uitvoering import Uitvoering
from mkba.reeks.werk.werkers import Gestopt, TeLang
from mkba.tests import hulp_werkers as w
from mkba.tests.hulp_notebook import maak_notebook, taak

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signalen zijn van Unix")
NIETS = taak(Path("geen.ipynb"))


@pytest.mark.traag
def test_een_rapport_komt_terug_en_laat_niets_draaien(tmp_path: Path) -> None:
    wijze = Uitvoering()
    cellen = ("code", "print('dit hoort in het rapport'); import subprocess as s; print(s.Popen(['sleep', '600']).pid)")
    rest = ("code", "import os; os.write(1, b'dit is geen antwoord')")
    boek = maak_notebook(tmp_path / "boek.ipynb", [cellen, rest])
    product = los.maak(wijze, wijze.maak, taak(boek), tmp_path)
    assert product.html is not None, product.fout
    assert "dit hoort in het rapport" in product.html
    (cel,) = [c for c in json.loads(product.notebook)["cells"] if "sleep" in "".join(c["source"])]
    achtergelaten = int("".join(cel["outputs"][0]["text"]).split()[-1])
    w.wacht_op(lambda: not w.leeft(achtergelaten))


@pytest.mark.traag
def test_wie_sterft_faalt_hangt_of_iets_geks_geeft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(los, "GRATIE_S", 0.0)

    def los_met(wijze: Uitvoering, functie: Callable[..., object]) -> object:
        basis = tmp_path / f"{time.monotonic_ns()}"
        basis.mkdir()
        return los.maak(wijze, partial(w.zonder_taak, functie), NIETS, basis)

    with pytest.raises(Gestopt, match=r"onverwacht gestopt \(SIGKILL") as fout:
        los_met(Uitvoering(), partial(w.sterf, 7))
    assert fout.value.cel == 7
    with pytest.raises(TeLang, match="Het rapport duurde langer dan 6 seconden"):
        los_met(Uitvoering(limiet_s=6.0), w.hang)
    # a plain process takes seconds to start on a busy machine, and only then is it at a cell
    with pytest.raises(TeLang, match="Een stap duurde langer dan 20 seconden") as fout:
        los_met(Uitvoering(limiet_cel_s=20.0), partial(w.cellen, 100.0, 2))
    assert fout.value.cel == 0
    with pytest.raises(ValueError, match="mis"):
        los_met(Uitvoering(), partial(w.fout, "mis"))
    with pytest.raises(RuntimeError, match="pickle"):
        los_met(Uitvoering(), w.onverzendbaar)


@pytest.mark.traag
def test_een_proces_overleeft_zijn_werker_niet(tmp_path: Path) -> None:
    """kill -9 of the worker while a cell hangs: no process and no folder stays behind."""
    merk, basis = tmp_path / "wie", tmp_path / "basis"
    basis.mkdir()
    bron = (
        "import sys\nfrom functools import partial\nfrom pathlib import Path\nfrom mkba.reeks.werk import los\n"
        "from mkba.reeks.werk.uitvoering import Uitvoering\nfrom mkba.tests import hulp_werkers as w\n"
        "from mkba.tests.hulp_notebook import taak\n"
        "functie = partial(w.zonder_taak, partial(w.hang, sys.argv[1]))\n"
        "los.maak(Uitvoering(), functie, taak(Path('geen.ipynb')), Path(sys.argv[2]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", bron, str(merk), str(basis)]) as werker:
        w.wacht_op(lambda: merk.exists() and merk.read_text() != "")
        werker.kill()
    kind = int(merk.read_text())
    w.wacht_op(lambda: not w.leeft(kind))
    w.wacht_op(lambda: not basis.exists())
    assert werker.returncode == -signal.SIGKILL
