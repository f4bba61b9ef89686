"""Worker processes for a batch: one that dies, hangs or eats all memory costs its own task and no other.

:class:`Werkploeg` is a ``concurrent.futures`` executor. The pool of the standard library breaks as a whole when one
process dies, and cannot end a task that takes too long; this one gives every process its own pipe and its own
clock. With ``per_proces=1`` and the forkserver every task gets a process of its own, forked from a server that has
imported everything; with spawn (the only way on Windows) a process does a number of tasks and is then replaced.
"""

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Literal

Wijze = Literal["fork", "spawn"]
PER_SPAWN: Final = 20
"""Tasks after which a reused process is replaced: what a notebook leaves behind goes with it."""
_TIK_S: Final = 0.5
_POGINGEN: Final = 5
"""Times that starting a process is tried, a tick apart, before what waits for it is given up."""
_VERTREK_S: Final = 10.0
"""Seconds that a process may take to leave after its last task, before it is killed."""
_EINDE: Final = None
STOPSIGNALEN: Final = frozenset(
    getattr(signal, naam) for naam in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, naam)
)
"""What asks a batch to stop: for its own process only, which lets its workers finish what they do. A service manager
sends it to all of them."""
_NIEUW: Final = 100_000
"""Objects that a task makes before Python looks which circles of them may go: after each task they all go, with the
process or in :func:`_geef_terug`. A choice; looking after every 700, as Python does, costs a tenth of a report."""
_PR_SET_PDEATHSIG: Final = 1
"""Of prctl(2): the signal that a process gets when its parent ends."""


class Gestopt(Exception):
    """The process of a task ended before the task did; ``cel`` is the last cell that it started, if any."""

    def __init__(self, oorzaak: str, cel: int | None = None) -> None:
        super().__init__(oorzaak, cel)
        self.oorzaak, self.cel = oorzaak, cel

    def __str__(self) -> str:
        return self.oorzaak


class TeLang(Gestopt):
    """The task, or one cell of it, took longer than allowed."""


@dataclass(eq=False)
class _Opdracht:
    toekomst: "Future[Any]"
    functie: Callable[..., Any]
    argumenten: tuple[Any, ...]
    extra: dict[str, Any]
    cel: int | None = None
    begin: float = 0.0
    begin_cel: float = 0.0


@dataclass(eq=False)
class _Werker:
    proces: Any
    pijp: Connection
    over: int
    bezig: _Opdracht | None = None
    klaar: bool = field(default=False)


def standaard_wijze() -> Wijze:
    """fork on Linux; spawn elsewhere: Windows cannot fork, and on a Mac system libraries do not survive it."""
    return "fork" if sys.platform == "linux" else "spawn"


_meld: Callable[[int], None] = lambda cel: None  # noqa: E731 - replaced in a worker


def meld_cel(nummer: int) -> None:
    """Called by a task when a cell begins: starts the clock of that cell. Does nothing outside a worker."""
    _meld(nummer)


def hoor_cellen(meld: Callable[[int], None]) -> None:
    """Who hears of the cells that begin in this process."""
    global _meld
    _meld = meld


class Werkploeg(Executor):
    """``werkers`` processes that run functions one at a time.

    ``begin``: called with ``begin_argumenten`` in each process, before its first task.
    ``limiet_s`` and ``limiet_cel_s``: seconds for a task and for one cell (see :func:`meld_cel`). A future raises
    :class:`Gestopt` when its process ended and :class:`TeLang` when it was ended.
    """

    def __init__(
        self,
        werkers: int,
        wijze: Wijze = "spawn",
        *,
        per_proces: int | None = None,
        begin: Callable[..., None] | None = None,
        begin_argumenten: tuple[Any, ...] = (),
        limiet_s: float = float("inf"),
        limiet_cel_s: float = float("inf"),
    ) -> None:
        self.bij_cel: Callable[[Future[Any], int], None] = lambda toekomst, cel: None
        """Hears which cell the task of a future is at; set by who wants to tell."""
        self._context: Any = multiprocessing.get_context("forkserver" if wijze == "fork" else "spawn")
        self._per_proces = per_proces or (1 if wijze == "fork" else PER_SPAWN)
        self._aantal = werkers
        self._begin, self._begin_argumenten = begin, begin_argumenten
        self._limiet_s, self._limiet_cel_s = limiet_s, limiet_cel_s
        self._rij: deque[_Opdracht] = deque()
        self._werkers: list[_Werker] = []
        self._vertrekkend: list[tuple[_Werker, float]] = []
        self._slot = threading.Lock()
        self._sluit = False
        self._dood = False
        self._mislukte_starts = 0
        self._wek_uit, self._wek_in = multiprocessing.Pipe(duplex=False)
        if hasattr(signal, "pthread_sigmask"):
            from multiprocessing import resource_tracker

            resource_tracker.ensure_running()  # else it starts later, and undoes the mask of who starts it
        self._beheer = threading.Thread(target=self._draai, name="mkba-werkploeg", daemon=True)
        self._beheer.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Queue one call; see ``concurrent.futures.Executor``."""
        with self._slot:
            if self._sluit:
                raise RuntimeError("deze werkploeg is gesloten")
            opdracht = _Opdracht(Future(), fn, args, kwargs)
            self._rij.append(opdracht)
        self._wek()
        return opdracht.toekomst

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more; finish what runs (and, unless cancelled, what is queued), then end the processes."""
        with self._slot:
            self._sluit = True
            if cancel_futures:
                while self._rij:
                    self._rij.popleft().toekomst.cancel()
        self._wek()
        if wait:
            self._beheer.join()

    def kill_workers(self) -> None:
        """End at once, also what runs; its futures raise :class:`Gestopt`. Named as in the standard library (3.14)."""
        with self._slot:
            self._dood = True
        self.shutdown(wait=True, cancel_futures=True)

    def _wek(self) -> None:
        with contextlib.suppress(OSError):
            self._wek_in.send_bytes(b"x")

    # --- the managing thread; only this one touches the workers --------------------------------------------------

    def _draai(self) -> None:
        if hasattr(signal, "pthread_sigmask"):  # inherited: a process that is still starting must not hear Ctrl-C
            signal.pthread_sigmask(signal.SIG_BLOCK, STOPSIGNALEN)
        oorzaak = ""
        try:
            while True:
                with self._slot:
                    open_ = len(self._rij)
                    klaar = self._sluit and not open_ and not any(w.bezig for w in self._werkers)
                if klaar or self._dood:
                    return
                self._vul_aan(open_)
                self._deel_uit()
                self._luister()
                self._bewaak()
                self._zwaai_uit()
        except Exception as fout:  # whatever it is: who waits for an answer must get one
            oorzaak = f"De werkers zijn onverwacht gestopt ({type(fout).__name__}: {fout})."
        finally:
            self._zwaai_uit(alle=True)
            for werker in list(self._werkers):
                self._verlies(werker, TeLang if self._dood else Gestopt, oorzaak or "Afgebroken.")
            with self._slot:
                self._sluit = True
            while opdracht := self._volgende():
                opdracht.toekomst.set_exception(Gestopt(oorzaak or "Afgebroken."))
            self._wek_in.close()
            self._wek_uit.close()

    def _vul_aan(self, open_: int) -> None:
        """Processes for what waits, each started while another still works."""
        bezig = sum(w.bezig is not None for w in self._werkers)
        while len(self._werkers) < min(self._aantal, bezig + open_):
            hier, daar = self._context.Pipe()
            proces = self._context.Process(
                target=_werk, args=(daar, self._per_proces, self._begin, self._begin_argumenten), daemon=False
            )
            try:
                proces.start()
            except (OSError, EOFError) as fout:  # no memory or processes left, or the fork server was killed
                hier.close()
                self._mislukte_starts += 1
                if self._mislukte_starts >= _POGINGEN and not self._werkers:
                    raise RuntimeError(f"kan geen proces starten ({fout})") from fout
                return
            finally:
                daar.close()
            self._mislukte_starts = 0
            self._werkers.append(_Werker(proces, hier, self._per_proces))

    def _deel_uit(self) -> None:
        for werker in self._werkers:
            if werker.bezig is None and werker.over:
                opdracht = self._volgende()
                if opdracht is None:
                    return
                nu = time.monotonic()
                opdracht.begin = opdracht.begin_cel = nu
                werker.bezig, werker.over = opdracht, werker.over - 1
                try:
                    werker.pijp.send((opdracht.functie, opdracht.argumenten, opdracht.extra))
                except OSError:  # it died meanwhile; its end is heard when listening
                    pass
                except Exception as fout:  # what cannot be pickled
                    werker.bezig, werker.over = None, werker.over + 1
                    opdracht.toekomst.set_exception(fout)

    def _volgende(self) -> _Opdracht | None:
        with self._slot:
            while self._rij:
                opdracht = self._rij.popleft()
                if opdracht.toekomst.set_running_or_notify_cancel():
                    return opdracht
        return None

    def _luister(self) -> None:
        gehoord = wait([self._wek_uit, *(w.pijp for w in self._werkers)], timeout=_TIK_S)
        for bron in gehoord:
            if bron is self._wek_uit:
                self._wek_uit.recv_bytes()
                continue
            werker = next(w for w in self._werkers if w.pijp is bron)
            try:
                soort, inhoud = werker.pijp.recv()
            except (EOFError, OSError):
                self._verlies(werker, Gestopt)
                continue
            except Exception as fout:  # a result that cannot be read back
                soort, inhoud = "fout", fout
            if werker.bezig is None:
                continue
            if soort == "cel":
                werker.bezig.cel, werker.bezig.begin_cel = inhoud, time.monotonic()
                with contextlib.suppress(Exception):  # who listens to the progress costs no report
                    self.bij_cel(werker.bezig.toekomst, inhoud)
                continue
            opdracht, werker.bezig = werker.bezig, None
            if not werker.over:  # a next process can start while this one still leaves
                self._werkers.remove(werker)
                self._zeg_op(werker)
                self._vertrekkend.append((werker, time.monotonic() + _VERTREK_S))
            if soort == "fout":
                opdracht.toekomst.set_exception(inhoud)
            else:
                opdracht.toekomst.set_result(inhoud)

    def _bewaak(self) -> None:
        nu = time.monotonic()
        for werker in list(self._werkers):
            if not werker.proces.is_alive() and not werker.pijp.poll():
                # a child that the notebook left behind keeps the pipe open, so that its end is never heard
                self._verlies(werker, Gestopt)
                continue
            opdracht = werker.bezig
            if opdracht is None:
                continue
            if nu - opdracht.begin > self._limiet_s:
                self._verlies(werker, TeLang, f"Het rapport duurde langer dan {self._limiet_s:g} seconden.")
            elif nu - opdracht.begin_cel > self._limiet_cel_s:
                self._verlies(werker, TeLang, f"Een stap duurde langer dan {self._limiet_cel_s:g} seconden.")

    def _verlies(self, werker: _Werker, soort: type[Gestopt], oorzaak: str = "") -> None:
        """End a process that died or has to; its task fails, and no other."""
        self._werkers.remove(werker)
        if soort is TeLang:
            werker.proces.kill()
        self._zeg_op(werker)
        self._ontsla(werker)
        if werker.bezig is not None:
            reden = oorzaak or waarom(werker.proces.exitcode)
            werker.bezig.toekomst.set_exception(soort(reden, werker.bezig.cel))

    def _zwaai_uit(self, alle: bool = False) -> None:
        """See off the processes that have left, and whoever takes too long; ``alle``: wait for every one."""
        blijft = []
        for werker, uiterlijk in self._vertrekkend:
            if alle or not werker.proces.is_alive() or time.monotonic() > uiterlijk:
                self._ontsla(werker, max(0.0, uiterlijk - time.monotonic()))
            else:
                blijft.append((werker, uiterlijk))
        self._vertrekkend = blijft

    def _zeg_op(self, werker: _Werker) -> None:
        with contextlib.suppress(OSError):
            werker.pijp.send(_EINDE)
        werker.pijp.close()

    def _ontsla(self, werker: _Werker, wacht_s: float = _VERTREK_S) -> None:
        werker.proces.join(wacht_s)
        if werker.proces.is_alive():
            werker.proces.kill()
            werker.proces.join()
        ruim_groep_op(werker.proces.pid)


def waarom(code: int | None) -> str:
    """Why the process of a report gave no answer, from its exit code."""
    if code is not None and code < 0:
        naam = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return f"Het rekenproces van dit rapport is onverwacht gestopt ({naam}; bijvoorbeeld door te weinig geheugen)."
    return f"Het rekenproces van dit rapport is onverwacht gestopt (code {code})."


def ruim_groep_op(groep: int | None) -> None:
    """End what a notebook started and left behind: it is in the process group of its worker."""
    if hasattr(os, "killpg") and groep:
        with contextlib.suppress(OSError):
            os.killpg(groep, signal.SIGKILL)


# --- in the worker --------------------------------------------------------------------------------------------


def _werk(pijp: Connection, aantal: int, begin: Callable[..., None] | None, begin_argumenten: tuple[Any, ...]) -> None:
    wees_doof_voor_stoppen()
    gc.set_threshold(_NIEUW)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPSIGNALEN)
        os.setpgid(0, 0)  # a group of its own, so that what the notebook starts can be ended with it
    _sterf_mee()
    threading.Thread(target=_ga_mee, daemon=True).start()
    hoor_cellen(lambda nummer: pijp.send(("cel", nummer)))
    try:
        if begin is not None:
            begin(*begin_argumenten)
        for _ in range(aantal):
            opdracht = pijp.recv()
            if opdracht is _EINDE:
                break
            functie, argumenten, extra = opdracht
            try:
                antwoord = ("klaar", functie(*argumenten, **extra))
            except BaseException as fout:
                antwoord = ("fout", fout)
            try:
                pijp.send(antwoord)
            except OSError:
                raise
            except Exception:  # what was made cannot be sent: say so
                pijp.send(("fout", RuntimeError(traceback.format_exc())))
            del opdracht, functie, argumenten, extra, antwoord
            if aantal > 1:
                _geef_terug()
    except (EOFError, OSError):
        pass  # the parent is gone: so is the reason to work
    finally:
        # no clean-up that a notebook may have registered: it could hang, and everything is sent
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(0)


def wees_doof_voor_stoppen() -> None:
    """Let the process of the batch decide what is finished. What this process starts hears the signals again."""
    for nummer in STOPSIGNALEN:
        signal.signal(nummer, signal.SIG_IGN if nummer == signal.SIGINT else lambda nummer, kader: None)


def _geef_terug() -> None:
    """Give memory back to the system before a next task: figures and tables hold each other in circles."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:  # not in every C library
        trim(0)


def _sterf_mee() -> None:
    """End with the fork server, which ends with the batch: also in a computation that lets no other thread run."""
    server = getattr(sys.modules.get("multiprocessing.forkserver"), "_forkserver", None)
    if sys.platform == "linux" and (greep := getattr(server, "_forkserver_alive_fd", None)) is not None:
        os.close(greep)  # this copy would keep the server alive
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _ga_mee() -> None:
    """End with the parent, also when it was killed and a cell here never returns."""
    ouder = multiprocessing.parent_process()
    if ouder is not None:
        wait([ouder.sentinel])
        ruim_groep_op(os.getpid())
        os._exit(1)


__all__ = ["CancelledError", "Gestopt", "TeLang", "Werkploeg", "meld_cel", "standaard_wijze"]
