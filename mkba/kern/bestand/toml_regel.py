"""On which line of a TOML file a key stands: tomllib does not tell, and a message should."""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from mkba.kern.bestand.bestanden import MAXIMUM_BYTES_TOML, lees_bytes
from mkba.kern.tekst.meldingen import InvoerFout

_KOP: Final = re.compile(r"^\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}")
_SLEUTEL: Final = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_DEEL: Final = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def regel_van(pad: Path, sleutel: Sequence[str], keer: int = 0) -> int:
    """The line (from 1) where ``sleutel`` is given, or the table nearest to it; 0 when nothing of it is found.

    ``keer``: which one of an array of tables ([[a.b]]), from 0.
    """
    tekst = ""
    with suppress(InvoerFout, UnicodeDecodeError):
        tekst = lees_bytes(pad, MAXIMUM_BYTES_TOML).decode("utf-8-sig")
    doel = tuple(sleutel)
    tabel: tuple[str, ...] = ()
    lengte, gevonden, gezien = 0, 0, 0
    for nummer, regel in enumerate(tekst.split("\n"), start=1):
        if kop := _KOP.match(regel):
            tabel = volledig = _delen(kop[1])
            if regel.lstrip().startswith("[[") and volledig == doel:
                gezien += 1
                if gezien <= keer:
                    continue
                return nummer
        elif treffer := _SLEUTEL.match(regel):
            volledig = (*tabel, *_delen(treffer[1]))
        else:
            continue
        if len(volledig) > lengte and doel[: len(volledig)] == volledig:
            lengte, gevonden = len(volledig), nummer
    return gevonden


def plaats(pad: Path, sleutel: Sequence[str], keer: int = 0, naam: str = "") -> str:
    """The file with the line of a key, as a message names it: "mijn.toml, regel 4"."""
    nummer = regel_van(pad, sleutel, keer)
    return f"{naam or pad}, regel {nummer}" if nummer else naam or str(pad)


def _delen(tekst: str) -> tuple[str, ...]:
    return tuple(deel.strip("\"'") for deel in _DEEL.findall(tekst))
