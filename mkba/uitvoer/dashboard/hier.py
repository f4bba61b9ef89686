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


@contextmanager
def doorverwijzing(url: str, map_: Path) -> Iterator[str]:
    """The address of a file that sends a browser on to ``url``; it is there as long as the context.

    What a browser is started with, every user of the machine can read; this file only its owner. ``map_`` is a folder
    of the user: a browser that Ubuntu installed as a snap sees those, and no temporary folder.
    """
    is_snap = sys.platform == "linux" and Path("/snap/bin").is_dir() and map_.is_relative_to(Path.home())
    nummer, naam = tempfile.mkstemp(".html", "mkba-scherm-openen-", map_ if is_snap else None)  # mode 0600
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
