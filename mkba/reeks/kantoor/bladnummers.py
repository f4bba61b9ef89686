"""On which page each heading of a document stands, as LibreOffice lays it out; where that is there.

Only a word processor knows the pages. Word renews the numbers when it opens a document; what shows a document without
doing so (a preview, an attachment in protected view) shows these.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

LIMIET_S: Final = 120
"""Seconds that LibreOffice may take, far above the few that it does: on a machine that is busy."""
_FILTER: Final = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"false"}}'
)


def programma() -> str:
    """The path of LibreOffice; empty where it is not, or where nothing reads what it makes."""
    if find_spec("pypdf") is None:
        return ""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def bladnummers(inhoud: bytes, aantal: int) -> list[int]:
    """The page (from 1) of each of the ``aantal`` headings of a docx; [] when that cannot be found out here."""
    if not (lo := programma()):
        return []
    with tempfile.TemporaryDirectory(prefix="mkba-lo-", ignore_cleanup_errors=True) as map_:
        bron, doel = Path(map_) / "rapport.docx", Path(map_) / "rapport.pdf"
        bron.write_bytes(inhoud)
        profiel = f"-env:UserInstallation={(Path(map_) / 'profiel').as_uri()}"
        opdracht = [lo, profiel, "--headless", "--norestore", "--convert-to", _FILTER, "--outdir", map_, str(bron)]
        if not _draai(opdracht, map_) or not doel.is_file():
            return []
        nummers = _uit_pdf(doel)
    return nummers if len(nummers) == aantal else []


def _draai(opdracht: list[str], map_: str) -> bool:
    """Run in a session of its own, so that what it starts ends with it when it takes too long."""
    try:
        proces = subprocess.Popen(
            opdracht,
            cwd=map_,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return proces.wait(LIMIET_S) == 0
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(proces.pid, signal.SIGKILL)
        proces.kill()
        proces.wait()
        return False


def _uit_pdf(pad: Path) -> list[int]:
    from pypdf import PdfReader

    def plat(delen: Any) -> list[Any]:
        return [x for deel in delen for x in (plat(deel) if isinstance(deel, list) else [deel])]

    try:
        lezer = PdfReader(pad)
        gevonden = [lezer.get_destination_page_number(deel) for deel in plat(lezer.outline)]
    except Exception:  # pypdf raises whatever an odd file makes of it
        return []
    return [] if None in gevonden else [int(nummer or 0) + 1 for nummer in gevonden]
