"""The invoerscherm as a page without code: start Voilà for it, say where it is, stop it."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.scherm.server.nodig import controleer

NOTEBOOK: Final = "dashboard.ipynb"
STARTGRENS_S: Final = 60.0
"""Seconds that the server may take to answer; a loaded machine is slow. A choice."""
SLUITGRENS_S: Final = 15.0
"""Seconds that it may take to end its kernels before it is killed. A choice."""


def vrije_poort(gevraagd: int = 0) -> int:
    """A port on the loopback address that nobody uses now: ``gevraagd``, or any. Raises InvoerFout."""
    with socket.socket() as gat:
        try:
            gat.bind(("127.0.0.1", gevraagd))
        except (OSError, OverflowError):
            oorzaak = "deze poort is in gebruik, of mag niet gebruikt worden."
            raise InvoerFout([Melding("--poort", gevraagd, oorzaak, "Kies een andere, of laat --poort weg.")]) from None
        return int(gat.getsockname()[1])


class Pagina:
    """A running page; a context manager that stops it. ``url`` opens it and carries the token.

    ``parameters``: those of the notebook (as literals, so that none becomes code), or what makes them: that is done
    while the server imports Voilà, and what it raises stops the server. ``poort``: 0 for a free one. Raises InvoerFout
    when Voilà is not installed, the port is taken or it does not start.
    """

    def __init__(self, parameters: dict[str, Any] | Callable[[], dict[str, Any]], poort: int = 0) -> None:
        controleer("voila", "ipywidgets")
        self.poort = vrije_poort(poort)
        self._token = secrets.token_urlsafe(24)
        self.url = f"http://127.0.0.1:{self.poort}/?token={self._token}"
        # a folder that nobody else may open, with nothing but this notebook
        self._map = tempfile.TemporaryDirectory(prefix="mkba-scherm-")
        notebook = Path(self._map.name) / NOTEBOOK
        self._uitvoer = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the server
        self._proces: subprocess.Popen[bytes] | None = None
        try:
            self._start(notebook, parameters)
        except BaseException:
            self.sluit()
            raise

    def _start(self, notebook: Path, parameters: dict[str, Any] | Callable[[], dict[str, Any]]) -> None:
        # in a session of its own: Ctrl-C on the terminal is for who started it, who then stops it in order
        apart: dict[str, Any] = (
            {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined,unused-ignore]
            if sys.platform == "win32"
            else {"start_new_session": True}
        )
        self._proces = subprocess.Popen(
            [sys.executable, "-P", "-m", "mkba.scherm.server.proces"],
            stdin=subprocess.PIPE,
            stdout=self._uitvoer,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            **apart,
        )
        assert self._proces.stdin is not None
        # all this while the server, which waits for its settings, imports Voilà
        try:
            notebook.write_text(notebooktekst(parameters() if callable(parameters) else parameters), encoding="utf-8")
        except BaseException:
            self._proces.kill()  # it has no kernel yet: nothing to end in order
            raise
        gegevens = {"notebook": str(notebook), "poort": self.poort, "token": self._token}
        try:
            self._proces.stdin.write(f"{json.dumps(gegevens)}\n".encode())
            self._proces.stdin.flush()
        except BrokenPipeError:  # it stopped already; why is in what it said
            raise InvoerFout([self._start_niet()]) from None
        einde = time.monotonic() + STARTGRENS_S
        while not self._antwoordt():
            if self._proces.poll() is not None or time.monotonic() > einde:
                raise InvoerFout([self._start_niet()])
            time.sleep(0.05)

    def _antwoordt(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.poort}/voila/static/voila.js", timeout=2):
                return self.leeft
        except urllib.error.HTTPError:
            return self.leeft
        except OSError:
            return False

    @property
    def map_(self) -> Path:
        """Its temporary folder, which only this user may open and which goes with the server."""
        return Path(self._map.name)

    @property
    def leeft(self) -> bool:
        """Whether the server runs."""
        return self._proces is not None and self._proces.poll() is None

    def wacht(self) -> None:
        """Wait until the server ends by itself. Ctrl-C ends the waiting."""
        while self.leeft:
            assert self._proces is not None
            try:
                self._proces.wait(0.5)  # in steps: on Windows a longer wait cannot be interrupted
            except subprocess.TimeoutExpired:
                continue

    def logboek(self) -> str:
        """What the server said, for who has to find out why it does not work."""
        self._uitvoer.seek(0)
        return self._uitvoer.read().decode("utf-8", "replace")

    def sluit(self) -> None:
        """Stop the server and its kernels, and remove its folder."""
        proces, self._proces = self._proces, None
        if proces is not None:
            if proces.stdin is not None:
                proces.stdin.close()  # it stops when its input closes
            try:
                proces.wait(SLUITGRENS_S)
            except subprocess.TimeoutExpired:
                proces.kill()
                proces.wait()
        if not self._uitvoer.closed:
            self._uitvoer.close()
        self._map.cleanup()

    def _start_niet(self) -> Melding:
        regels = [r for r in self.logboek().splitlines() if r.strip()]
        laatste = regels[-1] if regels else "geen antwoord"
        return Melding("scherm", "voila", f"de pagina start niet ({laatste[:200]}).", "Probeer het nog eens.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.sluit()


def notebooktekst(parameters: dict[str, Any]) -> str:
    """The notebook of the screen as a file holds it."""
    import nbformat

    return str(nbformat.writes(zonder_verhaal(parameters)))


def zonder_verhaal(parameters: dict[str, Any]) -> Any:
    """The notebook of the screen with these parameters, without its text and outputs."""
    from papermill.iorw import load_notebook_node  # and nbformat: half a second, in which the server starts
    from papermill.parameterize import parameterize_notebook

    boek = load_notebook_node(str(paden.notebooks() / NOTEBOOK))
    boek = parameterize_notebook(boek, parameters)
    boek.cells = [
        cel for cel in boek.cells if cel.cell_type == "code" and "verhaal" not in cel.metadata.get("tags", [])
    ]
    for cel in boek.cells:
        cel.metadata = {}
        cel.outputs, cel.execution_count = [], None
    boek.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "title": "Invoerscherm MKBA sociale (wijk)teams",
    }
    return boek
