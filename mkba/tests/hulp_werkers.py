"""Functions that the tests of worker processes send to those processes."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkba.reeks.werk.werkers import meld_cel


def proces(wacht_s: float = 0.0) -> int:
    """The number of the process, after a nap."""
    time.sleep(wacht_s)
    return os.getpid()


def sterf(na_cel: int) -> None:
    """Start a cell and die."""
    meld_cel(na_cel)
    os.kill(os.getpid(), signal.SIGKILL)


def hang(merk: str = "") -> None:
    """Never return; ``merk`` is a file that says who hangs."""
    if merk:
        Path(merk).write_text(str(os.getpid()))
    time.sleep(600)


def cellen(duur_s: float, aantal: int) -> int:
    """Cells of so many seconds each."""
    for nummer in range(aantal):
        meld_cel(nummer)
        time.sleep(duur_s)
    return aantal


def fout(tekst: str) -> None:
    """Raise."""
    raise ValueError(tekst)


def onverzendbaar() -> Any:
    """A result that cannot be pickled."""
    return lambda: None


def zonder_taak(functie: Callable[[], Any], taak: object) -> Any:
    """What the function gives, where a task is handed out."""
    return functie()


def leeft(nummer: int) -> bool:
    """Whether a process with this number still does anything."""
    try:
        os.kill(nummer, 0)
    except ProcessLookupError:
        return False
    stand = Path(f"/proc/{nummer}/stat")  # a zombie that nobody reaps in this container is dead too
    return not (stand.exists() and stand.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def wacht_op(voorwaarde: Callable[[], bool], seconden: float = 60.0, toon: Callable[[], Any] = lambda: "") -> None:
    """Poll until it holds."""
    einde = time.monotonic() + seconden
    while not voorwaarde():
        assert time.monotonic() < einde, f"duurt te lang {toon()}"
        time.sleep(0.02)
