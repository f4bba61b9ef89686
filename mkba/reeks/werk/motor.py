"""Papermill engines; the main one executes a notebook in this process: no kernel to start, nothing to connect to.

The shell is IPython's own, with what a cell shows caught as notebook outputs, so a page is the same as one from
a kernel. What a notebook changes in the process (settings, environment, working directory, random state) is put
back by ``staat.schone_staat``; what cannot be put back (a library that was patched) asks for a fresh process, which
is why the workers of a batch fork one per report or are replaced now and then.
"""

import atexit
import base64
import builtins
import getpass
import json
import os
import platform
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import Any, Final, TextIO, cast

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from papermill.engines import Engine, NBClientEngine, papermill_engines
from traitlets.config import Config

from mkba.reeks.plan.notebooks import ordelijk
from mkba.reeks.werk import dagboek

IN_PROCES: Final = "mkba-in-proces"
MET_KERNEL: Final = "mkba-met-kernel"
"""The names under which Papermill knows these engines."""
INLINE: Final = "module://matplotlib_inline.backend_inline"
"""What a kernel sets as the backend of matplotlib."""

_TAAL: Final = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": platform.python_version(),
}
"""What a kernel says of its language."""

MAX_UITVOER: Final = 50_000_000
"""Characters that a notebook may show: fifty times what a report with many figures takes. A choice; a page of more no
browser opens, and a loop that prints without end must not fill the memory of the batch."""

Melding = Callable[[int], None]


class TeVeelUitvoer(Exception):
    """Raised inside a cell that shows more than fits in a report."""

    def __init__(self) -> None:
        super().__init__(f"meer dan {MAX_UITVOER // 1_000_000} miljoen tekens uitvoer")


class _Vangst:
    """The outputs of the cell that runs."""

    def __init__(self) -> None:
        self.uitvoer: list[Any] = []
        self.getoond: dict[str, list[Any]] = {}  # outputs that a later cell may update
        self.wis_eerst = False
        self.omvang = 0
        self._stukken: list[str] = []  # of the stream that grows: joined once, not at every print

    def begin(self) -> list[Any]:
        """A new cell; returns the list that will hold its outputs."""
        self.rond_af()
        self.uitvoer, self.wis_eerst = [], False
        return self.uitvoer

    def rond_af(self) -> None:
        """Put the text of the last stream in its output."""
        if self._stukken:
            self.uitvoer[-1]["text"] = "".join(self._stukken)
            self._stukken = []

    def wis(self) -> None:
        """Remove the outputs of this cell."""
        self._stukken = []
        self.uitvoer.clear()

    def _tel(self, tekens: int) -> None:
        self.omvang += tekens
        if self.omvang > MAX_UITVOER:
            raise TeVeelUitvoer

    def voeg_toe(self, soort: str, **velden: Any) -> Any:
        self.rond_af()
        if soort != "error":
            self._tel(sum(len(w) for w in velden.get("data", {}).values() if isinstance(w, str)))
        if self.wis_eerst:  # clear_output(wait=True): when there is something to put in its place
            self.wis()
            self.wis_eerst = False
        uit = nbformat.v4.new_output(soort, **velden)
        self.uitvoer.append(uit)
        return uit

    def tekst(self, naam: str, tekst: str) -> None:
        self._tel(len(tekst))
        laatste = self.uitvoer[-1] if self.uitvoer and not self.wis_eerst else {}
        if laatste.get("output_type") != "stream" or laatste["name"] != naam:
            self.voeg_toe("stream", name=naam, text="")
        elif not self._stukken:
            self._stukken = [laatste["text"]]
        self._stukken.append(tekst)


class _Stroom:
    """stdout or stderr of a notebook."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, vangst: _Vangst, naam: str) -> None:
        self.vangst, self.name = vangst, f"<{naam}>"
        self._naam = naam

    def write(self, tekst: str) -> int:
        if not isinstance(tekst, str):
            raise TypeError(f"write() argument must be str, not {type(tekst).__name__}")
        if tekst:
            self.vangst.tekst(self._naam, tekst)
        return len(tekst)

    def writelines(self, regels: Any) -> None:
        for regel in regels:
            self.write(regel)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("een notebook heeft geen bestandsnummer")

    closed = False


class _Uitgever(DisplayPublisher):
    vangst: _Vangst

    def publish(  # type: ignore[override]
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any] | None = None,
        *,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **rest: Any,
    ) -> None:
        kenmerk = (transient or {}).get("display_id")
        bundel, extra = _als_json(data), _als_json(metadata or {})
        if update:
            for uit in self.vangst.getoond.get(kenmerk or "", []):
                uit["data"], uit["metadata"] = nbformat.from_dict(bundel), nbformat.from_dict(extra)
            return
        uit = self.vangst.voeg_toe("display_data", data=bundel, metadata=extra)
        if kenmerk:
            self.vangst.getoond.setdefault(kenmerk, []).append(uit)

    def clear_output(self, wait: bool = False) -> None:
        if wait:
            self.vangst.wis_eerst = True
        else:
            self.vangst.wis()


class _Toonhaak(DisplayHook):
    vangst: _Vangst

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None) -> None:
        if format_dict:
            self.vangst.voeg_toe(
                "execute_result",
                data=_als_json(format_dict),
                metadata=_als_json(md_dict or {}),
                execution_count=self.prompt_count,
            )

    def finish_displayhook(self) -> None:
        pass


class Schil(InteractiveShell):
    """IPython's shell without a terminal: errors become outputs, input is refused."""

    display_pub_class = _Uitgever
    displayhook_class = _Toonhaak
    vangst: _Vangst

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.vangst.voeg_toe("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))

    def init_io(self) -> None:
        pass

    def ask_exit(self) -> None:
        raise SystemExit

    def enable_gui(self, gui: str | None = None) -> None:
        pass


def _als_json(bundel: Mapping[str, Any]) -> dict[str, Any]:
    """A mime bundle as a notebook stores it: bytes as base64."""
    return {k: base64.b64encode(w).decode("ascii") if isinstance(w, bytes) else w for k, w in bundel.items()}


class MotorInProces(Engine):  # type: ignore[misc]
    """Executes the cells one after the other and stops at the first error."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        meld_cel: Melding = lambda nummer: None,
        dagboek_bij: Path | None = None,
        limiet_cel_s: float = 0.0,
        **rest: Any,
    ) -> None:
        """Run ``nb_man.nb``. ``meld_cel`` hears the number of each cell before it runs; ``dagboek_bij`` is the file of
        its diary; ``limiet_cel_s``: seconds for one cell (0 is no limit; needs a system with alarms).
        """
        vangst = _Vangst()
        if dagboek_bij is not None:
            dagboek.begin(dagboek_bij, nb_man.nb)
        nb_man.nb.metadata["language_info"] = nbformat.from_dict(_TAAL)
        with (
            _schil_voor(vangst) as schil,
            redirect_stdout(cast(TextIO, _Stroom(vangst, "stdout"))),
            redirect_stderr(cast(TextIO, _Stroom(vangst, "stderr"))),
        ):
            for nummer, cel in enumerate(nb_man.nb.cells):
                meld_cel(nummer)
                nb_man.cell_start(cel, nummer)
                with _wekker(limiet_cel_s):
                    goed = cel.cell_type != "code" or _voer_cel_uit(schil, vangst, cel)
                if not goed:
                    nb_man.cell_exception(cel, cell_index=nummer)
                nb_man.cell_complete(cel, cell_index=nummer)
                if dagboek_bij is not None and cel.cell_type == "code":
                    dagboek.schrijf_cel(dagboek_bij, nummer, cel)
                if not goed and "raises-exception" not in cel.metadata.get("tags", []):
                    break


class MotorMetKernel(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine, a kernel per notebook, that reports its cells as the other one does."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        meld_cel: Melding = lambda nummer: None,
        dagboek_bij: Path | None = None,
        limiet_cel_s: float = 0.0,
        **rest: Any,
    ) -> None:
        """As :meth:`MotorInProces.execute_managed_notebook`; other arguments go to the kernel."""
        if dagboek_bij is not None:
            dagboek.begin(dagboek_bij, nb_man.nb)

        omvang = 0

        def begint(cell: Any, cell_index: int) -> None:
            meld_cel(cell_index)

        def klaar(cell: Any, cell_index: int, execute_reply: Any) -> None:
            nonlocal omvang
            cell.outputs = ordelijk(cell.outputs)
            omvang += len(json.dumps(cell.outputs))
            if omvang > MAX_UITVOER:
                raise TeVeelUitvoer
            if dagboek_bij is not None:
                dagboek.schrijf_cel(dagboek_bij, cell_index, cell)

        super().execute_managed_notebook(
            nb_man,
            kernel_name,
            execution_timeout=max(1, round(limiet_cel_s)) if limiet_cel_s else None,
            on_cell_start=begint,
            on_cell_executed=klaar,
            **rest,
        )


class CelDuurtTeLang(Exception):
    """Raised inside a cell that runs longer than allowed, so that its traceback tells where it was."""


@contextmanager
def _wekker(seconden: float) -> Iterator[None]:
    kan = seconden > 0 and hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not kan:
        yield
        return

    def ring(nummer: int, kader: FrameType | None) -> None:
        raise CelDuurtTeLang(f"langer dan {seconden:g} seconden")

    oud = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconden)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, oud)


@contextmanager
def _schil_voor(vangst: _Vangst) -> Iterator[Schil]:
    """A new shell; let go of afterwards, with all that the notebook made."""
    schil = _nieuwe_schil(vangst)
    try:
        yield schil
    finally:
        atexit.unregister(schil.atexit_operations)  # it would keep the shell for as long as this process lives
        # the outputs; displayhook.flush() would also look through all of memory for what may go
        schil.displayhook._ = schil.displayhook.__ = schil.displayhook.___ = ""
        if schil.history_manager is not None:
            schil.history_manager.output_hist.clear()
        schil.last_execution_result = schil.displayhook.exec_result = None
        schil.user_ns.clear()
        schil.user_ns_hidden.clear()


def _nieuwe_schil(vangst: _Vangst) -> Schil:
    InteractiveShell.clear_instance()
    Schil.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False  # no database, no thread
    config.InteractiveShell.autocall = 0
    schil = Schil.instance(config=config, user_ns={})
    schil.vangst = vangst
    cast(_Uitgever, schil.display_pub).vangst = vangst
    cast(_Toonhaak, schil.displayhook).vangst = vangst
    _koppel_matplotlib(schil)
    vars(builtins)["input"] = getpass.getpass = _geen_invoer
    return schil


def _geen_invoer(*args: Any, **kwargs: Any) -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def _koppel_matplotlib(schil: Schil) -> None:
    """Show open figures after each cell, as a kernel does, also when matplotlib was imported before."""
    os.environ["MPLBACKEND"] = INLINE
    from IPython.core.pylabtools import activate_matplotlib
    from matplotlib_inline import backend_inline

    activate_matplotlib(INLINE)
    # it remembers that an earlier shell was set up, and would drop the figures of this one
    backend_inline.configure_inline_support.__dict__.pop("current_backend", None)
    backend_inline.configure_inline_support(schil, INLINE)  # type: ignore[no-untyped-call]


def _voer_cel_uit(schil: Schil, vangst: _Vangst, cel: Any) -> bool:
    """Run one code cell and put its outputs in it; returns whether it went well."""
    uitvoer = vangst.begin()
    nummer = schil.execution_count
    try:
        uitslag = schil.run_cell(cel.source, store_history=True, cell_id=cel.get("id"))  # type: ignore[no-untyped-call]
        fout = uitslag.error_before_exec or uitslag.error_in_exec
    except SystemExit as e:
        fout = e
    if fout is not None and not any(o.output_type == "error" for o in uitvoer):
        regels = traceback.format_exception_only(fout)
        vangst.voeg_toe("error", ename=type(fout).__name__, evalue=str(fout), traceback=regels)
    vangst.rond_af()
    cel.outputs, cel.execution_count = ordelijk(uitvoer), nummer
    return fout is None


papermill_engines.register(IN_PROCES, MotorInProces)
papermill_engines.register(MET_KERNEL, MotorMetKernel)
