"""Reports inside a worker of dask: a process of its own, so that no notebook ever runs in the worker itself.

A dask worker has threads, lives for many jobs and is often a daemon that may not have processes of multiprocessing. So
it starts one plain process (:class:`Gastheer`), which has the same :class:`~mkba.reeks.werk.werkers.Werkploeg` as a
batch on one machine: the same limits, the same fresh process per report, the same page. As many reports at a time
as the worker has threads. The host ends with the worker, also when that is killed.
"""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

import mkba
from mkba.reeks.plan.reis import Pakket, pak_uit
from mkba.reeks.plan.taak import Product, Taak
from mkba.reeks.werk import dagboek
from mkba.reeks.werk.uitvoering import Uitvoering, zonder_antwoord
from mkba.reeks.werk.werkers import Gestopt

_DOOD = "Het rekenproces op de dask-werker is onverwacht gestopt (bijvoorbeeld door te weinig geheugen)."


_EINDE = None


class Gastheer:
    """The process that makes the reports of one dask worker, seen from that worker. Safe for many threads."""

    def __init__(self, uitvoering: Uitvoering, tegelijk: int) -> None:
        self.soort = (uitvoering, tegelijk)
        pakket = str(Path(mkba.__file__).resolve().parent.parent)  # the same mkba as this process has
        # an empty one is the current folder
        rest = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]
        omgeving = os.environ | {"PYTHONPATH": os.pathsep.join([pakket, *rest])}
        self._proces: Any = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=omgeving
        )
        self._slot = threading.Lock()
        self._wachtend: dict[int, Future[Product]] = {}
        self._nummer = 0
        self._dood = False
        self._stuur((uitvoering, tegelijk))
        threading.Thread(target=self._luister, name="mkba-gastheer", daemon=True).start()

    @property
    def leeft(self) -> bool:
        """Whether it takes another task."""
        return not self._dood

    def maak(self, functie: Callable[..., Product], pakket: Pakket, inhoud: Mapping[str, bytes]) -> Product:
        """Make one report and wait for it. Raises Gestopt when the host died."""
        toekomst: Future[Product] = Future()
        with self._slot:
            if self._dood:
                raise Gestopt(_DOOD)
            self._nummer += 1
            self._wachtend[self._nummer] = toekomst
            with suppress(OSError):  # its end is heard by who listens
                self._stuur((self._nummer, functie, pakket, inhoud))
        return toekomst.result()

    def sluit(self) -> None:
        """No more tasks; the process ends when the last is done."""
        with self._slot, suppress(OSError):
            self._stuur(_EINDE)

    def _stuur(self, bericht: Any) -> None:
        pickle.dump(bericht, self._proces.stdin, pickle.HIGHEST_PROTOCOL)
        self._proces.stdin.flush()

    def _luister(self) -> None:
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                nummer, product = pickle.load(self._proces.stdout)
                self._wachtend.pop(nummer).set_result(product)
        with self._slot:
            self._dood = True
        self._proces.kill()
        self._proces.wait()
        for toekomst in self._wachtend.values():
            toekomst.set_exception(Gestopt(_DOOD))


_gastheer: Gastheer | None = None
_gastheer_slot = threading.Lock()


def gastheer(uitvoering: Uitvoering, tegelijk: int) -> Gastheer:
    """The host of this process: kept from task to task and from batch to batch, renewed when it died or must differ."""
    global _gastheer
    with _gastheer_slot:
        if _gastheer is None or not _gastheer.leeft or _gastheer.soort != (uitvoering, tegelijk):
            if _gastheer is not None:
                _gastheer.sluit()
            _gastheer = Gastheer(uitvoering, tegelijk)
        return _gastheer


# --- in the process itself ------------------------------------------------------------------------------------


def _eigen_stromen() -> tuple[IO[bytes], IO[bytes]]:
    """stdin and stdout for messages only: what a library or a child prints goes to stderr."""
    in_, uit = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    leeg = os.open(os.devnull, os.O_RDONLY)
    os.dup2(leeg, 0)
    os.dup2(2, 1)
    os.close(leeg)
    return in_, uit


def _draai() -> None:
    in_, uit = _eigen_stromen()
    uitvoering, tegelijk = pickle.load(in_)
    basis = Path(tempfile.mkdtemp(prefix="mkba-")).resolve()
    slot = threading.Lock()

    def antwoord(nummer: int, taak: Taak, map_: Path, toekomst: "Future[Product]") -> None:
        try:
            product = toekomst.result()
        except Exception as fout:
            product = zonder_antwoord(fout, taak, werkmap)
        shutil.rmtree(map_, ignore_errors=True)
        with suppress(OSError):
            dagboek.plek(taak.slug, werkmap).unlink(missing_ok=True)
        with slot, suppress(OSError):
            pickle.dump((nummer, product), uit, pickle.HIGHEST_PROTOCOL)
            uit.flush()

    werkmap = basis / "werk"
    werkmap.mkdir()
    ploeg = uitvoering.executor(tegelijk, str(werkmap))
    verlaten = True
    try:
        while (bericht := pickle.load(in_)) is not _EINDE:
            nummer, functie, pakket, inhoud = bericht
            map_ = basis / f"taak-{nummer}"
            toekomst: Future[Product] = Future()
            taak = pakket.taak
            try:
                taak = pak_uit(pakket, inhoud, map_)
                toekomst = ploeg.submit(functie, taak)
            except OSError as fout:  # a full disk
                toekomst.set_exception(fout)
            toekomst.add_done_callback(partial(antwoord, nummer, taak, map_))
        verlaten = False
    except EOFError:
        pass  # the worker is gone, and nobody waits for what runs
    finally:
        ploeg.shutdown(wait=not verlaten)
        shutil.rmtree(basis, ignore_errors=True)
        os._exit(0)  # and with this process all that it started


if __name__ == "__main__":
    _draai()
