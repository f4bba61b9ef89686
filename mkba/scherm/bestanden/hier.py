"""What this computer can do for who sits at it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path


def kan_browser() -> bool:
    """Whether a browser can be opened: not on a Linux without a screen, where one in the terminal would take over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(naam) for naam in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER"))


def leesbaar_voor_browser(tijdelijk: Path, eigen: Path) -> Path:
    """Which of a temporary folder and one of the user a browser can read: a snap of Ubuntu sees the second only."""
    snap = sys.platform == "linux" and Path("/snap/bin").is_dir() and eigen.is_relative_to(Path.home())
    return eigen if snap else tijdelijk


@contextmanager
def doorverwijzing(url: str, map_: Path) -> Iterator[str]:
    """The address of a file in ``map_`` that sends a browser on to ``url``; it is there as long as the context.

    What a browser is started with, every user of the machine can read; this file only its owner.
    """
    nummer, naam = tempfile.mkstemp(".html", "mkba-scherm-openen-", map_)  # mode 0600
    try:
        with open(nummer, "w", encoding="utf-8") as bestand:
            bestand.write(
                '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
                '<meta name="referrer" content="no-referrer">'
                f'<meta http-equiv="refresh" content="0; url={escape(url)}"><title>Invoerscherm</title></head>'
                f'<body><p>Het <a href="{escape(url)}">invoerscherm</a> wordt geopend.</p></body></html>'
            )
        yield Path(naam).as_uri()
    finally:
        Path(naam).unlink(missing_ok=True)
