"""Which workers make the reports of a batch: processes here, or a cluster of dask."""

import os
import signal
import tempfile
from concurrent.futures import Executor
from typing import Final

from mkba.reeks.werk.uitvoering import GRATIE_S, OPWARMEN, WERKMAP, Uitvoering, begin, zonder_huidige_map
from mkba.reeks.werk.werkers import STOPSIGNALEN, Werkploeg

_MAX_SOCKET: Final = 104  # bytes, on a Mac; 108 on Linux


def executor(uitvoering: Uitvoering, werkers: int, werkmap: str) -> Executor:
    """Workers for one batch. Raises InvoerFout when a cluster cannot be used."""
    if uitvoering.dask:
        from mkba.reeks.werk.dask import Wolk

        return Wolk(uitvoering)
    zonder_huidige_map()
    wijze = uitvoering.wijze if kan_vorken() else "spawn"
    if wijze == "fork":
        _start_vorkserver(uitvoering.opwarmen, werkmap)
    return Werkploeg(
        werkers,
        wijze,
        begin=begin,
        begin_argumenten=(werkmap, uitvoering.geheugen_gb),
        limiet_s=uitvoering.limiet_s,
        limiet_cel_s=uitvoering.limiet_cel_s + GRATIE_S,
    )


def kan_vorken() -> bool:
    """Whether the fork server can listen: the path of its socket, in the temporary folder, has a system's limit."""
    return len(os.fsencode(os.path.join(tempfile.gettempdir(), "pymp-xxxxxxxx", "listener-xxxxxxxx"))) < _MAX_SOCKET


def _start_vorkserver(opwarmen: str, werkmap: str) -> None:
    """Start the server from which reports are forked, or leave the one that this process already has."""
    from multiprocessing import forkserver, resource_tracker

    forkserver.set_forkserver_preload(["mkba.reeks.werk.voorwarm"])
    # the only way to tell it anything
    os.environ[OPWARMEN], os.environ[WERKMAP] = opwarmen, f"{os.getpid()}:{werkmap}"
    resource_tracker.ensure_running()  # before the mask, which it would undo
    masker = signal.pthread_sigmask(signal.SIG_BLOCK, STOPSIGNALEN)  # inherited: Ctrl-C must not end its imports
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masker)
        del os.environ[OPWARMEN], os.environ[WERKMAP]
