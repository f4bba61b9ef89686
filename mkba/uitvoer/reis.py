"""A task with the files that it reads, for a worker that cannot see this disk.

The worker gets the files under one folder, each at its own path below it: ``/home/a/x.csv`` becomes
``<folder>/home/a/x.csv``. So paths relative to the notebook still lead somewhere, and taking the name of that folder
away from what was made gives the original paths, however they were quoted or escaped on the way.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PureWindowsPath

from mkba.invoer.bestanden import EXTENSIES, zoek_bestanden
from mkba.invoer.fouten import InvoerFout
from mkba.invoer.paden import uitgeschreven
from mkba.uitvoer.notebooks import parameterwaarden
from mkba.uitvoer.taak import Product, Taak, Waarde, hash_tekst


@dataclass(frozen=True)
class Pakket:
    """A task, and the sha256 of every file that goes with it by absolute path; the notebook is one of them."""

    taak: Taak
    bestanden: Mapping[str, str]


def pak_in(taak: Taak) -> tuple[Pakket, dict[str, bytes]]:
    """The package of a task, and the contents by hash.

    What goes along: the notebook and every file that a parameter names, also one with its value from the notebook
    itself; of a folder the files with input. The names of shipped cases stay names. Raises OSError and InvoerFout.
    """
    map_ = taak.notebook.parent
    gaan_mee = {_absoluut(taak.notebook)}
    for waarde in (parameterwaarden(taak.notebook) | dict(taak.parameters)).values():
        for tekst in _teksten(waarde):
            gaan_mee.update(_bestanden(map_ / uitgeschreven(tekst)))
    bestanden, inhoud = {}, {}
    for pad in sorted(gaan_mee):
        gegevens = Path(pad).read_bytes()
        som = hash_tekst(gegevens)
        bestanden[pad], inhoud[som] = som, gegevens
    return Pakket(taak, bestanden), inhoud


def pak_uit(pakket: Pakket, inhoud: Mapping[str, bytes], onder: Path) -> Taak:
    """Write the files below the folder ``onder``; returns the task that reads them there."""
    for pad, som in pakket.bestanden.items():
        doel = _hier(pad, onder)
        doel.parent.mkdir(parents=True, exist_ok=True)
        doel.write_bytes(inhoud[som])
    mappen = {str(Path(pad).parent) for pad in pakket.bestanden}

    def verplaatst(waarde: Waarde) -> Waarde:
        if isinstance(waarde, list):
            return [str(verplaatst(w)) for w in waarde]
        if not isinstance(waarde, str) or not uitgeschreven(waarde).is_absolute():
            return waarde
        pad = _absoluut(uitgeschreven(waarde))
        return str(_hier(pad, onder)) if pad in pakket.bestanden or pad in mappen else waarde

    taak = pakket.taak
    return replace(
        taak,
        notebook=_hier(_absoluut(taak.notebook), onder),
        parameters={naam: verplaatst(waarde) for naam, waarde in taak.parameters.items()},
    )


def met_eigen_paden(product: Product, onder: PurePath) -> Product:
    """The product as if it were made where the files came from: the folder ``onder`` taken out of every text."""
    return replace(
        product,
        html=None if product.html is None else zonder_map(product.html, onder),
        notebook=zonder_map(product.notebook, onder),
        fout=zonder_map(product.fout, onder),
        foutmelding=zonder_map(product.foutmelding, onder),
        titel=zonder_map(product.titel, onder),
    )


def zonder_map(tekst: str, onder: PurePath) -> str:
    """``tekst`` without the folder that :func:`pak_uit` put before each path; with the drive back on Windows."""
    if not isinstance(onder, PureWindowsPath):
        return tekst.replace(str(onder), "")
    # a backslash may be doubled, once or more, inside a Python or JSON text
    begin = r"\\+".join(re.escape(deel.rstrip("\\")) for deel in onder.parts)
    return re.sub(begin + r"\\+([A-Za-z])(?=\\)", r"\1:", tekst)


def _hier(pad: str, onder: Path) -> Path:
    eigen = Path(pad)
    return onder.joinpath(eigen.drive.rstrip(":"), *eigen.parts[1:])


def _absoluut(pad: Path) -> str:
    return os.path.abspath(pad)  # not resolved: a link keeps the name under which the report knows it


def _teksten(waarde: Waarde) -> Iterator[str]:
    for tekst in waarde if isinstance(waarde, list) else [waarde]:
        if isinstance(tekst, str) and tekst.strip():
            yield tekst


def _bestanden(pad: Path) -> Iterator[str]:
    with suppress(OSError, ValueError, InvoerFout):  # too long for a path, a NUL, a folder without input
        if pad.is_file():
            yield _absoluut(pad)
        elif pad.is_dir():
            yield from (_absoluut(p) for p in zoek_bestanden(pad) if p.suffix.lower() in EXTENSIES)
