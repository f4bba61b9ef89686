"""Take from what leaves the house where it was made: folders name a user, a client, a machine.

Of a file that a report read only its name stays, of the home folder "~". Pictures are left as they are.
"""

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import mkba
from mkba.reeks.plan.taak import Taak

_BEELD: Final = ("image/png", "image/jpeg", "image/gif", "application/pdf")
"""Mime types in base64, in which a path is chance."""
_ERVOOR: Final = r"(^|[^\w.~-]|\x1b\[[0-9;]*m)"
"""Where a path may begin: not inside another one; a traceback has colours right before it."""


class Sporen:
    """Folders to take out of texts: those of the files and the notebook of ``taak``, and those of this machine."""

    def __init__(self, taak: Taak | None = None) -> None:
        eigen = [str(map_) for map_ in _mappen_van(taak)] if taak is not None else []
        # the longest first: the work folder before the temporary folder that it is in
        self._regels = [(map_, "") for map_ in sorted(dict.fromkeys(eigen), key=len, reverse=True)] + _vast()
        self._patronen = [(map_, re.compile(_ERVOOR + _patroon(map_)), nieuw) for map_, nieuw in self._regels]

    def zonder(self, tekst: str) -> str:
        """The text without these folders."""
        for map_, patroon, nieuw in self._patronen:
            if map_ in tekst or any(vorm in tekst for vorm in _vormen(map_)):
                tekst = patroon.sub(lambda m, nieuw=nieuw: m[1] + _vervang(nieuw, m[2]), tekst)  # type: ignore[misc]
        return tekst

    def uit_notebook(self, notebook: Any) -> Any:
        """The same notebook without these folders, in sources, outputs and metadata: changed in place."""
        return self._loop(notebook)

    def _loop(self, deel: Any) -> Any:
        if isinstance(deel, str):
            return self.zonder(deel)
        if isinstance(deel, dict):
            for sleutel, waarde in deel.items():
                if sleutel not in _BEELD:
                    deel[sleutel] = self._loop(waarde)
        elif isinstance(deel, list):
            deel[:] = [self._loop(waarde) for waarde in deel]
        return deel


def _vervang(nieuw: str, scheiding: str) -> str:
    return nieuw + scheiding if nieuw else ""


def _vormen(map_: str) -> tuple[str, ...]:
    """A path as it stands in text, in HTML, in an address, and inside a text of Python or JSON."""
    return tuple(dict.fromkeys((map_, escape(map_), quote(map_), map_.replace("\\", "\\\\"))))


def _patroon(map_: str) -> str:
    vormen = "|".join(re.escape(v) for v in sorted(_vormen(map_), key=len, reverse=True))
    return rf"(?:{vormen})([/\\]+|(?![\w.-]))"


def _mappen_van(taak: Taak) -> Iterator[Path]:
    for waarde in taak.parameters.values():
        for tekst in waarde if isinstance(waarde, list) else [waarde]:
            if isinstance(tekst, str) and (pad := Path(tekst)).is_absolute() and len(pad.parts) > 1:
                yield from _echt([pad.parent])
    yield from _echt([taak.notebook.parent, *([taak.bron.parent] if taak.bron else [])])


def _echt(mappen: Iterable[Path]) -> Iterator[Path]:
    """Folders and where links among them lead; not the root of a disk, which is in every path."""
    for map_ in mappen:
        for vorm in dict.fromkeys((map_, *_opgelost(map_))):
            if len(vorm.parts) > 1:
                yield vorm


def _opgelost(map_: Path) -> Iterator[Path]:
    with suppress(OSError, ValueError, RuntimeError):
        yield map_.resolve()


@cache
def _vast_voor(tijdelijk: str, thuis: str) -> tuple[tuple[str, str], ...]:
    leeg = [Path(sys.prefix), Path(mkba.__file__).resolve().parent.parent, Path(tijdelijk)]
    paren = [(str(map_), "") for map_ in _echt(leeg)]
    paren += [(str(map_), "~") for map_ in _echt([Path(thuis)])] if thuis else []
    return tuple(sorted(dict(paren).items(), key=lambda paar: len(paar[0]), reverse=True))


def _vast() -> list[tuple[str, str]]:
    thuis = ""
    with suppress(RuntimeError):  # a user without a home
        thuis = str(Path.home())
    return list(_vast_voor(tempfile.gettempdir(), thuis))
