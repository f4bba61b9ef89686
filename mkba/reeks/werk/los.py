"""One report in one plain process of its own: how a worker of dask makes a report.

A dask worker has threads, lives for many jobs and is often a daemon that may not have processes of multiprocessing, so
no notebook runs in the worker itself. The task goes in over stdin, what comes of it and the number of every cell that
begins come back over stdout, as pickles. Nothing is kept from one report to the next. The process is given the same
limits as on one machine, and ends with its worker, also when that is killed.
"""

import faulthandler
import os
import pickle
import shutil
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Final

import mkba
from mkba.reeks.plan.taak import Product, Taak
from mkba.reeks.werk.uitvoering import GRATIE_S, Uitvoering, begin
from mkba.reeks.werk.werkers import Gestopt, TeLang, hoor_cellen, ruim_groep_op, waarom

_TIK_S: Final = 0.5
_STIL: Final = ("stil", None)
_EINDE: Final = ("einde", None)

Bericht = tuple[str, Any]


def werkmap(basis: Path) -> Path:
    """The work folder of the process in ``basis``: its diary stands there."""
    return basis / "werk"


def maak(uitvoering: Uitvoering, functie: Callable[[Taak], Product], taak: Taak, basis: Path) -> Product:
    """What ``functie`` makes of ``taak`` in a process of its own.

    ``basis``: an existing folder for this report alone; the process removes it when it outlives this one. Raises
    Gestopt when the process ended before it answered, and TeLang when it was ended.
    """
    werkmap(basis).mkdir()
    eigen_groep: Any = {"process_group": 0} if os.name == "posix" else {}
    proces = subprocess.Popen(
        [sys.executable, "-P", "-m", "mkba.reeks.werk.los"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_omgeving(),
        **eigen_groep,
    )
    berichten: SimpleQueue[Bericht] = SimpleQueue()
    threading.Thread(target=_luister, args=(proces.stdout, berichten), name="mkba-los", daemon=True).start()
    assert proces.stdin is not None
    try:
        with suppress(OSError):  # its end is heard below
            _stuur(proces.stdin, (uitvoering, functie, taak, basis))
        return _wacht(proces, berichten, uitvoering.limiet_s, uitvoering.limiet_cel_s + GRATIE_S)
    finally:
        proces.kill()
        proces.wait()
        ruim_groep_op(proces.pid)  # and what the notebook left behind
        with suppress(OSError):
            proces.stdin.close()


def _omgeving() -> dict[str, str]:
    """The same mkba as this process has, and nothing of the folder or the start-up file of whoever started it."""
    pakket = str(Path(mkba.__file__).resolve().parent.parent)
    # an empty one is the current folder
    rest = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]
    omgeving = os.environ | {"PYTHONPATH": os.pathsep.join([pakket, *rest]), "PYTHONSAFEPATH": "1"}
    omgeving.pop("PYTHONSTARTUP", None)
    return omgeving


def _stuur(naar: IO[bytes], bericht: Any) -> None:
    naar.write(pickle.dumps(bericht, pickle.HIGHEST_PROTOCOL))  # whole or, when it cannot be pickled, nothing
    naar.flush()


def _luister(stroom: IO[bytes], berichten: "SimpleQueue[Bericht]") -> None:
    with suppress(EOFError, OSError, pickle.UnpicklingError), stroom:
        while True:
            berichten.put(pickle.load(stroom))
    berichten.put(_EINDE)


def _wacht(
    proces: "subprocess.Popen[bytes]", berichten: "SimpleQueue[Bericht]", limiet_s: float, limiet_cel_s: float
) -> Product:
    """Hear the process out, with an eye on the clock."""
    cel: int | None = None
    start = begin_cel = time.monotonic()
    dood = False
    while True:
        try:
            soort, inhoud = berichten.get(timeout=_TIK_S)
        except Empty:
            soort, inhoud = _STIL
        if soort == "klaar":
            product: Product = inhoud
            return product
        if soort == "fout":
            raise inhoud
        if soort == "cel":
            cel, begin_cel = inhoud, time.monotonic()
        # a child that the notebook left behind can keep stdout open: then nothing is heard of the end
        if soort == "einde" or (soort == "stil" and dood):
            with suppress(subprocess.TimeoutExpired):
                proces.wait(_TIK_S)
            raise Gestopt(waarom(proces.returncode), cel)
        dood = soort == "stil" and proces.poll() is not None
        nu = time.monotonic()
        if nu - start > limiet_s:
            raise TeLang(f"Het rapport duurde langer dan {limiet_s:g} seconden.", cel)
        if nu - begin_cel > limiet_cel_s:
            raise TeLang(f"Een stap duurde langer dan {limiet_cel_s:g} seconden.", cel)


# --- in the process itself ------------------------------------------------------------------------------------


def _eigen_stromen() -> tuple[IO[bytes], IO[bytes]]:
    """stdin and stdout for messages only: what a library or a child prints goes to stderr."""
    in_, uit = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    leeg = os.open(os.devnull, os.O_RDONLY)
    os.dup2(leeg, 0)
    os.dup2(2, 1)
    os.close(leeg)
    return in_, uit


def _ga_mee(in_: IO[bytes], basis: Path) -> None:
    """End with the worker: nothing more comes in when that is gone."""
    with suppress(OSError):
        in_.read()
    shutil.rmtree(basis, ignore_errors=True)
    ruim_groep_op(os.getpid())
    os._exit(1)


def _draai() -> None:
    in_, uit = _eigen_stromen()
    uitvoering, functie, taak, basis = pickle.load(in_)
    threading.Thread(target=_ga_mee, args=(in_, basis), daemon=True).start()
    # the worker keeps the time; this is for a computation that lets no other thread run and lost its worker
    faulthandler.dump_traceback_later(uitvoering.limiet_s + GRATIE_S, exit=True)
    hoor_cellen(lambda nummer: _stuur(uit, ("cel", nummer)))
    try:
        begin(str(werkmap(basis)), uitvoering.geheugen_gb)
        antwoord: Bericht = "klaar", functie(taak)
    except BaseException as fout:
        antwoord = "fout", fout
    with suppress(OSError):  # the worker is gone
        try:
            _stuur(uit, antwoord)
        except OSError:
            raise
        except Exception:  # what was made cannot be sent: say so
            _stuur(uit, ("fout", RuntimeError(traceback.format_exc())))
    os._exit(0)  # no clean-up that a notebook may have registered: it could hang, and everything is sent


if __name__ == "__main__":
    _draai()
