"""Worker processes: what dies, hangs or cannot be sent costs its own task and no other."""

import os
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from mkba.reeks.werk.werkers import Gestopt, TeLang, Werkploeg, Wijze, standaard_wijze
from mkba.tests import hulp_werkers as w

WIJZEN: list[Wijze] = ["spawn"] if sys.platform == "win32" else ["fork", "spawn"]
unix = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is van Unix")


@pytest.mark.parametrize("wijze", WIJZEN)
def test_elke_taak_krijgt_zijn_antwoord(wijze: Wijze) -> None:
    with Werkploeg(2, wijze, per_proces=2) as ploeg:
        nummers = list(ploeg.map(w.proces, [0.0] * 5))
        assert os.getpid() not in nummers
        assert max(nummers.count(n) for n in nummers) <= 2, "een proces wordt na twee taken vervangen"
        with pytest.raises(ValueError, match="weg ermee"):
            ploeg.submit(w.fout, "weg ermee").result()
        with pytest.raises(RuntimeError, match="pickle"):
            ploeg.submit(w.onverzendbaar).result()
        with pytest.raises((AttributeError, TypeError), match="pickle"):
            ploeg.submit(lambda: None).result()
        assert ploeg.submit(w.proces).result() > 0
    with pytest.raises(RuntimeError, match="gesloten"):
        ploeg.submit(w.proces)


def test_op_windows_en_mac_niet_forken(monkeypatch: pytest.MonkeyPatch) -> None:
    for systeem, wijze in (("linux", "fork"), ("win32", "spawn"), ("darwin", "spawn")):
        monkeypatch.setattr(sys, "platform", systeem)
        assert standaard_wijze() == wijze


@unix
@pytest.mark.parametrize(
    ("wijze", "limiet_s"), [("fork", 5.0), pytest.param("spawn", 20.0, marks=pytest.mark.traag)], ids=["fork", "spawn"]
)
def test_wie_sterft_of_hangt_verliest_alleen_zichzelf(wijze: Wijze, limiet_s: float) -> None:
    with Werkploeg(2, wijze, limiet_s=limiet_s) as ploeg:
        goed = [ploeg.submit(w.proces) for _ in range(2)]
        dood, vast = ploeg.submit(w.sterf, 7), ploeg.submit(w.hang)
        later = [ploeg.submit(w.proces) for _ in range(3)]
        with pytest.raises(Gestopt, match="SIGKILL") as fout:
            dood.result()
        assert fout.value.cel == 7
        with pytest.raises(TeLang, match=f"langer dan {limiet_s:.0f} seconden"):
            vast.result()
        assert all(t.result() > 0 for t in [*goed, *later])


@unix
@pytest.mark.traag
def test_een_lange_tijdelijke_map_laat_niet_vorken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mkba.reeks.werk.executors import executor, kan_vorken
    from mkba.reeks.werk.uitvoering import Uitvoering

    lang = tmp_path / ("lang" * 30)
    lang.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(lang))
    assert not kan_vorken()
    with executor(Uitvoering("fork"), 1, str(lang)) as ploeg:
        assert ploeg.submit(w.proces).result() > 0
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    assert kan_vorken()


@unix
def test_de_klok_van_een_cel_begint_bij_elke_cel_opnieuw() -> None:
    with Werkploeg(2, "fork", limiet_cel_s=4.0) as ploeg:
        kort = ploeg.submit(w.cellen, 1.2, 4)
        lang = ploeg.submit(w.cellen, 30.0, 2)
        assert kort.result() == 4, "samen langer dan de limiet, elk korter"
        with pytest.raises(TeLang, match="Een stap duurde langer") as fout:
            lang.result()
        assert fout.value.cel == 0


@unix
def test_afbreken_laat_af_wat_loopt_en_begint_niet_aan_de_rest() -> None:
    ploeg = Werkploeg(1, "fork")
    lopend, rest = ploeg.submit(w.proces, 0.5), [ploeg.submit(w.proces) for _ in range(3)]
    while not lopend.running():
        time.sleep(0.01)
    ploeg.shutdown(wait=True, cancel_futures=True)
    assert lopend.result() > 0
    for toekomst in rest:
        with pytest.raises(CancelledError):
            toekomst.result()


@unix
def test_er_blijven_geen_processen_of_bestanden_open() -> None:
    def open_() -> int:
        return len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0

    with Werkploeg(2, "fork") as ploeg:
        list(ploeg.map(w.proces, [0.0] * 4))
        voor = open_()
        nummers = list(ploeg.map(w.proces, [0.0] * 30))
        w.wacht_op(lambda: open_() <= voor + 2, toon=open_)  # one process may be starting, others are leaving
    assert len(set(nummers)) == 30
    for nummer in nummers:
        with pytest.raises(ProcessLookupError):
            os.kill(nummer, 0)


@unix
def test_een_werker_overleeft_zijn_ouder_niet(tmp_path: Path) -> None:
    """kill -9 of the whole batch while a cell hangs: nothing stays behind."""
    merk = tmp_path / "wie"
    bron = (
        "import sys; from mkba.tests import hulp_werkers as w; from mkba.reeks.werk.werkers import Werkploeg\n"
        "if __name__ == '__main__':\n"
        "    Werkploeg(1, 'fork').submit(w.hang, sys.argv[1]).result()\n"
    )
    script = tmp_path / "ouder.py"
    script.write_text(bron)
    with subprocess.Popen([sys.executable, str(script), str(merk)]) as ouder:
        w.wacht_op(lambda: merk.exists() and merk.read_text() != "")
        ouder.kill()
    kind = int(merk.read_text())
    w.wacht_op(lambda: not w.leeft(kind))
