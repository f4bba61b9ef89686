"""The real command on a small table, with a notebook that does to itself what a file beside the table says."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mkba.opdracht import main
from mkba.reeks.plan import taak as t
from mkba.tests.hulp_invoer import BASIS
from mkba.tests.hulp_notebook import maak_notebook
from mkba.tests.hulp_werkers import wacht_op

CEL_S: Final = 300.0
"""No clock where nothing hangs: a busy machine takes seconds for a cell of nothing."""
_OPDRACHT: Final = """
import sys
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.werk import executors as werk
werk.GRATIE_S = 1.0
exec(sys.argv[1])
sys.exit(main(sys.argv[2:]))
"""
_DOE: Final = """
import json, os
from pathlib import Path
from mkba.kern.catalogus.kengetallen import laad
from mkba.invoer.lezen import lees_aanpak
naam = lees_aanpak(Path(aanpak), laad(), rij).naam
print("eerst", naam)
"""
_STORING: Final = """
exec(json.loads(Path("storingen.json").read_text()).get(naam, ""))
print("daarna")
"""


@dataclass
class Proefbatch:
    """A table, a notebook, a folder of reports and a temporary folder of its own."""

    map_: Path
    namen: Sequence[str]
    naar: Path = field(init=False)
    tijdelijk: Path = field(init=False)

    def __post_init__(self) -> None:
        self.naar = self.map_ / "uit"
        # short: the socket of the fork server stands in it
        self.tijdelijk = Path(tempfile.mkdtemp(prefix="mkba-proef-"))
        weakref.finalize(self, shutil.rmtree, self.tijdelijk, ignore_errors=True)
        self.notebook = maak_notebook(self.map_ / "proef.ipynb", [("code", _DOE), ("code", _STORING)])
        self.tabel = self.map_ / "aanpakken.csv"
        basis = BASIS | {"disciplines": "jeugd, ggz, wi, welzijn, zorg, wonen"}
        with self.tabel.open("w", encoding="utf-8", newline="") as bestand:
            schrijver = csv.DictWriter(bestand, list(basis), delimiter=";")
            schrijver.writeheader()
            schrijver.writerows([basis | {"naam": naam} for naam in self.namen])
        self.stoor({})
        self.merk = f"MERK={os.getpid()}-{time.monotonic_ns()}"

    def stoor(self, storingen: dict[str, str]) -> None:
        """What the reports with these names do to themselves."""
        (self.map_ / "storingen.json").write_text(json.dumps(storingen))

    def start(self, vooraf: str = "", werkers: int = 2, cel_s: float = CEL_S) -> "subprocess.Popen[str]":
        """The command, in a session of its own, as a terminal gives it; ``vooraf`` is done first in its process."""
        return subprocess.Popen(
            [sys.executable, "-c", _OPDRACHT, vooraf, *self._argumenten(werkers, cel_s)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env=os.environ | {"TMPDIR": str(self.tijdelijk), "PROEFMERK": self.merk},
        )  # fmt: skip

    def _argumenten(self, werkers: int = 2, cel_s: float = CEL_S) -> list[str]:
        return [
            "rapport", str(self.tabel), "--notebooks", str(self.notebook), "--naar", str(self.naar),
            "--werkers", str(werkers), "--limiet-cel", f"{cel_s:g}", "--geheugen", "2",
        ]  # fmt: skip

    def draai(self, vooraf: str = "", werkers: int = 2, cel_s: float = CEL_S) -> tuple[int, str]:
        """Run the command to its end: exit code and all that it said, without a traceback and leaving nothing."""
        proces = self.start(vooraf, werkers, cel_s)
        return self.einde(proces)

    def einde(self, proces: "subprocess.Popen[str]", seconden: float = 400.0) -> tuple[int, str]:
        try:
            uit, fout = proces.communicate(timeout=seconden)
        finally:
            if proces.poll() is None:
                proces.kill()
        assert "Traceback" not in uit + fout, uit + fout
        self.controleer_rest()
        return proces.returncode, uit + fout

    def controleer_rest(self) -> None:
        """No process and no temporary file of this batch is left."""
        wacht_op(lambda: not self.processen(), 20.0, self.processen)
        wacht_op(lambda: not list(self.tijdelijk.iterdir()), 5.0, lambda: list(self.tijdelijk.iterdir()))
        assert not list(self.naar.rglob("*.tmp"))

    def processen(self) -> dict[int, int]:
        """Living processes of this batch, each with its parent."""
        uit = {}
        for map_ in Path("/proc").glob("[0-9]*"):
            try:
                staat = (map_ / "stat").read_text().rsplit(")", 1)[1].split()
                if self.merk.encode() in (map_ / "environ").read_bytes() and staat[0] != "Z":
                    uit[int(map_.name)] = int(staat[1])
            except OSError:
                continue
        return uit

    def werkers(self, opdracht: int) -> tuple[list[int], list[int]]:
        """Workers (grandchildren of the command) and the servers that they come from."""
        alle = self.processen()
        servers = {o for p, o in alle.items() if alle.get(o) == opdracht}
        return [p for p, o in alle.items() if o in servers], sorted(servers)

    def standen(self) -> dict[str, str]:
        """Status per report that its manifest vouches for: page and notebook are whole."""
        uit: dict[str, str] = {}
        for pad in (self.naar / "manifesten").glob("*.json"):
            manifest = t.lees_manifest(pad)
            if manifest is None:
                continue
            heel = {naam: hashlib.sha256(self._lees(naam)).hexdigest() for naam in manifest.bestanden}
            if heel == manifest.bestanden and f"{pad.stem}.html" in heel:
                uit[pad.stem] = manifest.status
        return uit

    def _lees(self, naam: str) -> bytes:
        pad = self.naar / naam
        return pad.read_bytes() if pad.is_file() else b""

    def regels(self, wat: str) -> list[dict[str, Any]]:
        """Lines of the log of this kind."""
        pad = self.naar / "batch.jsonl"
        alle = pad.read_text(encoding="utf-8").splitlines() if pad.is_file() else []
        return [r for r in (_json(regel) for regel in alle) if r.get("wat") == wat]

    def herstelt(self, over: int) -> None:
        """Without faults the same command makes exactly what was missing, and then nothing more.

        In this process, which has read the package already; that a real command leaves nothing behind is seen by
        :meth:`draai`, and that no file is half is seen here too.
        """
        self.stoor({})
        for gemaakt in (over, 0):
            gezegd = io.StringIO()
            with redirect_stdout(gezegd), redirect_stderr(gezegd):
                code = main(self._argumenten())
            assert code == 0, gezegd.getvalue()
            assert aantallen(gezegd.getvalue()) == (gemaakt, len(self.namen) - gemaakt, 0), gezegd.getvalue()
        assert self.standen() == dict.fromkeys(self.namen, "gelukt")
        assert not list(self.naar.rglob("*.tmp"))


def _json(regel: str) -> dict[str, Any]:
    try:
        uit = json.loads(regel)
    except ValueError:
        return {}
    return uit if isinstance(uit, dict) else {}


def aantallen(gezegd: str) -> tuple[int, ...]:
    """(made, skipped, failed) from what the command said."""
    gevonden = re.search(r"(\d+) gemaakt, (\d+) ongewijzigd overgeslagen, (\d+) mislukt", gezegd)
    assert gevonden, gezegd
    return tuple(int(g) for g in gevonden.groups())


def ctrl_c(proces: "subprocess.Popen[str]") -> None:
    """As a terminal does: to every process of the foreground group."""
    os.killpg(proces.pid, signal.SIGINT)
