"""Whatever happens to a batch: only the report concerned is lost, nothing is half, nothing stays, a rerun heals it."""

import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkba.tests.hulp_storingen import Proefbatch, aantallen, ctrl_c
from mkba.tests.hulp_werkers import wacht_op

pytestmark = [
    pytest.mark.traag,
    pytest.mark.skipif(sys.platform != "linux", reason="kijkt in /proc en doodt processen"),
]

KINDEREN = """
import subprocess, time
subprocess.Popen(["sleep", "600"])
if os.fork() == 0:
    time.sleep(600)
"""
HANGEND = {
    "hangt": "import time\nwhile True: time.sleep(0.01)",
    "doof": "import time\nwhile True:\n    try: time.sleep(60)\n    except Exception: pass",
    "slot": "import itertools; sum(itertools.repeat(1))",
}
"""Faults that only a clock ends."""
FATAAL = {
    "dood": "os.kill(os.getpid(), 9)",
    "uitgang": "os._exit(0)",
    "geheugen": "x = [bytearray(500_000_000)]\nwhile True: x.append(bytearray(3_000_000_000))",
    "uitvoer": "for _ in range(1100): print('x' * 1_000_000)",
    "druppels": "for _ in range(10**8): print('x' * 100)",
    "kinderen-dood": f"{KINDEREN}\nos._exit(1)",
    "grepen": "os.closerange(3, 4096)",
    "teken": "print('\\ud800'); raise ValueError('\\ud800')",
}
"""Faults that cost the report; every other report is made."""
DULDBAAR = {
    "goed": "",
    "kinderen": KINDEREN,
    "stdout": "os.close(0); os.close(1); os.close(2)",
    "werkmap": "import shutil; shutil.rmtree(Path(os.environ['IPYTHONDIR']).parent, ignore_errors=True)",
    "half-teken": "print('\\ud800')",
    "map": "import tempfile; d = tempfile.mkdtemp(); os.chdir(d); os.rmdir(d)",
    "argwaan": "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.alarm(0)",
}
"""What a notebook may do without losing its report."""


def test_een_notebook_schaadt_hoogstens_zijn_eigen_rapport(tmp_path: Path) -> None:
    proef = Proefbatch(tmp_path, [*FATAAL, *DULDBAAR])
    proef.stoor(FATAAL | DULDBAAR)
    code, gezegd = proef.draai()  # without a clock: a slow machine takes long to show 50 million characters
    assert code == 1
    assert proef.standen() == dict.fromkeys(FATAAL, "mislukt") | dict.fromkeys(DULDBAAR, "gelukt"), gezegd
    _beschreven(proef, FATAAL)
    assert "meer dan 50 miljoen tekens" in (proef.naar / "uitvoer.html").read_text()
    assert "te weinig geheugen" in (proef.naar / "geheugen.html").read_text()
    proef.herstelt(len(FATAAL))


def test_wat_hangt_kost_hoogstens_zijn_eigen_rapport(tmp_path: Path) -> None:
    proef = Proefbatch(tmp_path, [*HANGEND, "goed"])
    proef.stoor(HANGEND)
    code, gezegd = proef.draai(cel_s=12.0)  # long enough for the first cell of a report on a busy machine
    assert code == 1
    assert proef.standen() == dict.fromkeys(HANGEND, "mislukt") | {"goed": "gelukt"}, gezegd
    _beschreven(proef, HANGEND)
    proef.herstelt(len(HANGEND))


def _beschreven(proef: Proefbatch, storingen: dict[str, str]) -> None:
    """Of each that failed: its notebook up to the cell that ran, with its error, and a file with the cause."""
    for naam in storingen:
        boek = (proef.naar / "notebooks" / f"{naam}.ipynb").read_text(encoding="utf-8")
        uitvoer = json.dumps([cel.get("outputs") for cel in json.loads(boek)["cells"]])
        assert f"eerst {naam}" in uitvoer, naam
        # who closes the files of his process ends his cell well, and cannot tell
        assert ('"output_type": "error"' in uitvoer) == (naam != "grepen"), naam
        assert (proef.naar / "fouten" / f"{naam}.txt").stat().st_size > 0


TRAAG = dict.fromkeys("abcdef", "import time; time.sleep(0.3)")


@pytest.fixture
def zes(tmp_path: Path) -> Proefbatch:
    """Six reports of which each takes a while."""
    proef = Proefbatch(tmp_path, list(TRAAG))
    proef.stoor(TRAAG)
    return proef


def wacht_op_rapporten(proef: Proefbatch, aantal: int) -> None:
    wacht_op(lambda: (proef.naar / "batch.jsonl").exists() and len(proef.regels("rapport")) >= aantal)


@pytest.mark.parametrize("na", [0, 1, 4])
def test_kill_9_van_de_hele_opdracht(zes: Proefbatch, na: int) -> None:
    proces = zes.start()
    wacht_op_rapporten(zes, na)
    proces.kill()
    proces.communicate()
    wacht_op(lambda: not zes.processen(), 20.0)
    klaar = zes.standen()
    assert len(klaar) >= na
    zes.herstelt(6 - len(klaar))


def test_kill_9_midden_in_het_schrijven(zes: Proefbatch) -> None:
    """Before each file is moved into place: what is half is removed by the next batch."""
    for keer in (1, 2, 3, 7):
        vooraf = (
            "import os, itertools; keer = itertools.count(1); echt = os.replace\n"
            f"os.replace = lambda *a: os.kill(os.getpid(), 9) if next(keer) == {keer} else echt(*a)"
        )
        proces = zes.start(vooraf)
        proces.communicate()
        assert proces.returncode == -signal.SIGKILL
        assert list(zes.naar.rglob("*.tmp"))
    zes.herstelt(6 - len(zes.standen()))


@pytest.mark.parametrize("wie", ["werker", "server"])
def test_kill_9_van_een_proces(zes: Proefbatch, wie: str) -> None:
    proces = zes.start()
    wacht_op_rapporten(zes, 1)
    wacht_op(lambda: len(zes.werkers(proces.pid)[0]) > 0)
    werkers, servers = zes.werkers(proces.pid)
    os.kill(werkers[0] if wie == "werker" else servers[0], signal.SIGKILL)
    code, gezegd = zes.einde(proces)
    gemaakt, _, mislukt = aantallen(gezegd)
    assert code == (1 if mislukt else 0)
    assert mislukt <= (1 if wie == "werker" else 2)
    zes.herstelt(6 - gemaakt)


@pytest.mark.parametrize("na", [-1, 0, 2])
def test_ctrl_c(zes: Proefbatch, na: int) -> None:
    """While the server starts, when it works, and halfway; what runs is finished."""
    proces = zes.start()
    if na < 0:
        wacht_op(lambda: (zes.naar / "batch.jsonl").exists())
    else:
        wacht_op(lambda: bool(zes.werkers(proces.pid)[0]))
        wacht_op_rapporten(zes, na)
    ctrl_c(proces)
    code, gezegd = zes.einde(proces)
    assert code == 130, gezegd
    assert "Wat al klaar was, is bewaard" in gezegd
    assert "mislukt" not in zes.standen().values()
    assert len(zes.standen()) < 6
    zes.herstelt(6 - len(zes.standen()))


@pytest.mark.parametrize("nummer", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("aan", ["de opdracht", "elk proces"])
def test_sigterm_is_ctrl_c(zes: Proefbatch, nummer: signal.Signals, aan: str) -> None:
    """As `kill` and a container do, to the command, and as a service manager does, to every process."""
    proces = zes.start()
    wacht_op(lambda: bool(zes.werkers(proces.pid)[0]))
    wacht_op_rapporten(zes, 1)
    for ander in zes.processen() if aan == "elk proces" else [proces.pid]:
        os.kill(ander, nummer)
    code, gezegd = zes.einde(proces)
    assert code == 130, gezegd
    assert "Wat al klaar was, is bewaard" in gezegd
    assert (zes.naar / "index.html").exists()
    assert "mislukt" not in zes.standen().values()
    assert 1 <= len(zes.standen()) < 6
    assert [r["wat"] for r in zes.regels("afgebroken")] == ["afgebroken"]
    zes.herstelt(6 - len(zes.standen()))


def test_twee_keer_ctrl_c_wacht_niet_op_een_cel_die_hangt(zes: Proefbatch) -> None:
    merk = zes.map_ / "hangt"
    zes.stoor(dict.fromkeys(TRAAG, f"import time; Path({str(merk)!r}).touch(); time.sleep(600)"))
    proces = zes.start(cel_s=900)
    wacht_op(merk.exists)
    ctrl_c(proces)
    with pytest.raises(subprocess.TimeoutExpired):
        proces.wait(1.0)
    ctrl_c(proces)
    code, _ = zes.einde(proces, 60.0)
    assert code == 130
    assert zes.standen() == {}
    zes.herstelt(6)


def test_twee_reeksen_in_een_map(zes: Proefbatch) -> None:
    eerste = zes.start()
    wacht_op_rapporten(zes, 0)
    tweede = zes.start()
    _, gezegd = tweede.communicate(timeout=60)
    assert tweede.returncode == 2
    assert "al een reeks rapporten bezig" in gezegd
    code, _ = zes.einde(eerste)
    assert code == 0
    zes.herstelt(0)


# --- the disk -------------------------------------------------------------------------------------------------

VOL = """
import errno, os, tempfile
echt = tempfile.mkstemp
def vol(*a, dir=None, **k):
    if os.path.basename(str(dir)) in {waar!r}:
        raise OSError(errno.ENOSPC, "No space left on device")
    return echt(*a, dir=dir, **k)
tempfile.mkstemp = vol
"""


@pytest.mark.parametrize("waar", ["uit", "notebooks", "manifesten"])
def test_een_volle_schijf(zes: Proefbatch, waar: str) -> None:
    code, gezegd = zes.draai(VOL.format(waar=[waar]))
    assert code == 1
    assert aantallen(gezegd) == (0, 0, 6)
    assert "No space left" in gezegd
    assert zes.standen() == {}
    zes.herstelt(6)


def test_een_grens_aan_de_grootte_van_bestanden(zes: Proefbatch) -> None:
    """By the system, in the command and in its workers: the page does not fit, a short file does."""
    grens = 6000
    code, gezegd = zes.draai(f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({grens}, {grens}))")
    assert code == 1
    assert "File too large" in gezegd
    assert aantallen(gezegd)[2] == 6
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    zes.herstelt(6)


@pytest.fixture
def schijfje(zes: Proefbatch) -> Iterator[Proefbatch]:
    """A real disk of 48 kB under the folder of reports."""
    zes.naar.mkdir()
    koppel = ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(zes.naar)]
    if os.geteuid() != 0 or shutil.which("mount") is None or subprocess.run(koppel, capture_output=True).returncode:
        pytest.skip("een schijf koppelen mag alleen als root")
    yield zes
    subprocess.run(["umount", "--lazy", str(zes.naar)], check=False)


def test_een_echte_volle_schijf(schijfje: Proefbatch) -> None:
    code, gezegd = schijfje.draai()
    gemaakt, _, mislukt = aantallen(gezegd)
    assert code == 1
    assert mislukt > 0
    assert gemaakt + mislukt == 6
    assert len([s for s in schijfje.standen().values() if s == "gelukt"]) == gemaakt
    subprocess.run(["mount", "-o", "remount,size=20m", str(schijfje.naar)], check=True)
    schijfje.herstelt(6 - gemaakt)


def test_een_logboek_dat_vol_is_kost_geen_rapport(zes: Proefbatch) -> None:
    zes.naar.mkdir()
    try:  # as /dev/full; a link to it is refused
        os.mknod(zes.naar / "batch.jsonl", stat.S_IFCHR | 0o666, os.makedev(1, 7))
    except PermissionError:
        pytest.skip("alleen een beheerder maakt een apparaat")
    code, gezegd = zes.draai()
    assert code == 0, gezegd
    (zes.naar / "batch.jsonl").unlink()
    (zes.naar / "batch.jsonl").write_text('{"half": ')  # what a full disk cut off
    zes.stoor({"a": "1"})
    (zes.naar / "a.html").unlink()
    assert zes.draai()[0] == 0
    assert len(zes.regels("einde")) == 1
    assert len(zes.regels("begin")) == 1
    zes.herstelt(0)


def test_een_map_die_tijdens_de_reeks_verdwijnt(zes: Proefbatch) -> None:
    proces = zes.start()
    wacht_op_rapporten(zes, 2)
    shutil.rmtree(zes.naar)
    zes.einde(proces)
    assert len(zes.standen()) < 6
    zes.herstelt(6 - len(zes.standen()))


def test_een_map_die_alleen_leesbaar_wordt(zes: Proefbatch) -> None:
    """A file where the folder of notebooks was: nobody can write there, root neither."""
    assert zes.draai()[0] == 0
    shutil.rmtree(zes.naar / "notebooks")
    (zes.naar / "notebooks").write_text("")
    code, gezegd = zes.draai()
    assert code == 1
    assert aantallen(gezegd) == (0, 0, 6)
    (zes.naar / "notebooks").unlink()
    zes.herstelt(6)


def test_wat_achteraf_beschadigd_is_wordt_opnieuw_gemaakt(zes: Proefbatch) -> None:
    assert zes.draai()[0] == 0
    (zes.naar / "a.html").write_bytes((zes.naar / "a.html").read_bytes()[:-1])
    (zes.naar / "manifesten" / "b.json").write_bytes(b"\x00" * 50)
    (zes.naar / "notebooks" / "c.ipynb").write_text("{")
    (zes.naar / "manifesten" / "d.json").unlink()
    (zes.naar / "e.html").unlink()
    (zes.naar / "index.html").write_text("")
    zes.herstelt(5)
    assert "<table" in (zes.naar / "index.html").read_text()
