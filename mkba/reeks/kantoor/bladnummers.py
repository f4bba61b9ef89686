"""On which page each heading of a document stands, as LibreOffice lays it out; where that is there.

Only a word processor knows the pages. Word renews the numbers when it opens a document; what shows a document without
doing so (a preview, an attachment in protected view) shows these.
"""

import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

LIMIET_S: Final = 120
"""Seconds that LibreOffice may take, far above the few that it does: on a machine that is busy."""
_FILTER: Final = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"false"}}'
)

INSTELLINGEN: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse">
<value>9999.0</value></prop></item>
</oor:items>
"""
"""Settings of LibreOffice as if no version came before: with a version that is new to them it first draws a series of
trial figures, which takes longer than a report does."""
_BEELDEN: Final = "word/media/"
_STIP: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63f80f0001010100b138f6140000000049454e44ae426082"
)
"""A picture of one white dot."""


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
        bron.write_bytes(zonder_beelden(inhoud))
        opties = [f"-env:UserInstallation={profiel(Path(map_) / 'profiel').as_uri()}", "--headless", "--norestore"]
        opdracht = [lo, *opties, "--convert-to", _FILTER, "--outdir", map_, str(bron)]
        if not _draai(opdracht, map_) or not doel.is_file():
            return []
        nummers = _uit_pdf(doel)
    return nummers if len(nummers) == aantal else []


def profiel(map_: Path) -> Path:
    """A new folder with settings, with which LibreOffice starts without what only a window needs."""
    (map_ / "user").mkdir(parents=True)
    (map_ / "user" / "registrymodifications.xcu").write_text(INSTELLINGEN, encoding="utf-8")
    return map_


def zonder_beelden(inhoud: bytes) -> bytes:
    """The same docx with a dot for every picture: as large on its page, and nothing to unpack and pack again."""
    uit = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket, zipfile.ZipFile(uit, "w") as nieuw:
            for naam in pakket.namelist():
                is_beeld = naam.startswith(_BEELDEN) and naam.endswith(".png")
                nieuw.writestr(naam, _STIP if is_beeld else pakket.read(naam))
    except zipfile.BadZipFile:
        return inhoud
    return uit.getvalue()


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
