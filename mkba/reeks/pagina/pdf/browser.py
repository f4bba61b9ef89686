"""Find an installed Chromium, Chrome or Edge."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.reeks.pagina.pdf.basis import INSTALLEER

VARIABELE: Final = "MKBA_BROWSER"
"""Environment variable with the path of the browser to use; it wins over every other place."""

_OP_PATH: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_LINUX: Final = ("/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/snap/bin/chromium")
_MAC: Final = ("Google Chrome", "Chromium", "Microsoft Edge")
_WINDOWS: Final = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")


class GeenBrowser(InvoerFout):
    """There is no browser to print with; another road may do."""


def zoek_browser() -> Path:
    """The browser to print with: ``MKBA_BROWSER``, else on PATH, else where each system installs it.

    Raises InvoerFout when ``MKBA_BROWSER`` names no program, GeenBrowser when nothing is found.
    """
    eigen = os.environ.get(VARIABELE, "").strip()
    if eigen:
        gevonden = shutil.which(os.path.expanduser(eigen))
        if gevonden:
            return Path(gevonden)
        remedie = "Geef het volledige pad van Chrome, Chromium of Edge, of verwijder deze variabele."
        raise InvoerFout([Melding(VARIABELE, eigen, "hier staat geen programma dat te starten is.", remedie)])
    for naam in _OP_PATH:
        gevonden = shutil.which(naam)
        if gevonden:
            return Path(gevonden)
    for pad in vaste_plaatsen():
        if pad.is_file() and os.access(pad, os.X_OK):
            return pad
    raise GeenBrowser([Melding("PDF", "browser", "er is geen Chrome, Chromium of Edge gevonden.", INSTALLEER)])


def vaste_plaatsen() -> list[Path]:
    """Where an installed browser stands on this system, best first."""
    if sys.platform == "win32":
        wortels = [os.environ.get(n) for n in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        return [Path(wortel) / deel for deel in _WINDOWS for wortel in wortels if wortel]
    if sys.platform == "darwin":
        mappen = (Path("/Applications"), Path.home() / "Applications")
        return [map_ / f"{naam}.app/Contents/MacOS/{naam}" for naam in _MAC for map_ in mappen]
    return [Path(pad) for pad in _LINUX]
