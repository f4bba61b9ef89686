"""What a batch hands to its workers and gets back, and the manifest that it leaves per report.

Light on purpose: the command line and every worker import this, so nothing here imports papermill,
nbconvert or pandas.
"""

import importlib.metadata
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

import mkba
from mkba.kern.bestand import paden
from mkba.kern.bestand.hashes import hash_tekst, hash_waarden
from mkba.kern.zaak.eigen_woorden import EigenWoorden
from mkba.kern.zaak.huisstijl import Huisstijl

Status = Literal["gelukt", "mislukt"]
Waarde = str | int | float | bool | None | list[str]
"""What a notebook parameter may be: a literal, never an expression."""

INVOERMAP: Final = "invoer"
"""The folder in a folder of reports with the input that mkba made itself, from statistics."""
BIBLIOTHEKEN: Final = (
    "ipykernel",
    "jinja2",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "numpy",
    "pandas",
    "papermill",
    "pydantic",
)
"""Libraries whose version can change what a report says or looks like."""


@dataclass(frozen=True)
class Taak:
    """One report to make: a notebook, its parameters and what the reader must know of its origin.

    ``herkomst`` holds (label, text) pairs for the foot of the report; ``feiten`` what the manifest repeats
    (see :class:`Manifest`). ``sleutel`` is the hash over everything that decides the content. ``formaten`` names
    what to make besides the page and the executed notebook (see :mod:`mkba.reeks.plan.formaten`). ``kern``: what the
    page must say (see :mod:`mkba.uitvoer.kernpunten`). ``bron``: the copy of the notebook that is executed, in the
    folder of the notebook; None for the notebook itself. ``zonder``: the parts that its page leaves out (see
    :mod:`mkba.reeks.plan.delen`). ``huisstijl`` and ``woorden``: of who hands it over.
    """

    slug: str
    naam: str
    notebook: Path
    parameters: Mapping[str, Waarde]
    sleutel: str
    herkomst: tuple[tuple[str, str], ...] = ()
    feiten: Mapping[str, Any] = field(default_factory=dict)
    formaten: tuple[str, ...] = ()
    kern: Mapping[str, Any] = field(default_factory=dict)
    bron: Path | None = None
    zonder: tuple[str, ...] = ()
    huisstijl: Huisstijl = field(default_factory=Huisstijl)
    woorden: EigenWoorden = field(default_factory=EigenWoorden)


@dataclass(frozen=True)
class Product:
    """What a worker made of a task. ``html`` is None when it failed; ``fout`` is then the whole story.

    ``notebook`` is the (partly) executed notebook as JSON, empty when there is none. ``foutsoort`` names the
    kind of error; ``foutmelding`` is text for a reader, without source code. ``titel`` is the heading of the page.
    ``bestanden``: the other formats, by their path in the folder of reports; ``drukker`` what printed a PDF among them.
    ``bericht``: what the notebook says to the batch (see :data:`mkba.uitvoer.extra.BERICHT`).
    """

    html: str | None
    notebook: str
    seconden: float
    fout: str = ""
    foutsoort: str = ""
    foutmelding: str = ""
    titel: str = ""
    bestanden: Mapping[str, bytes] = field(default_factory=dict)
    drukker: str = ""
    bericht: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Resultaat:
    """How one task ended; ``overgeslagen`` means that the report was there already, unchanged.

    ``opmerkingen``: what the user should know of a report that was made.
    """

    taak: Taak
    status: Literal["gelukt", "mislukt", "overgeslagen"]
    seconden: float = 0.0
    fout: str = ""
    foutbestand: Path | None = None
    omvang: int = 0
    opmerkingen: tuple[str, ...] = ()


class Manifest(BaseModel):
    """What is recorded of a report, in ``manifesten/<slug>.json``.

    ``hashes`` are sha256 of what decides the content: notebook, parameters, invoer, kengetallen, code, versies, and of
    a workbook what the reader had to say (lezing);
    the style and the words of who hands it over (huisstijl, woorden). ``blad``: the sheet that was read.
    ``bestanden``: sha256 of every file of the report, by its path in the folder; ``formaten`` the formats asked for.
    ``drukker``: what printed the PDF, engine and version ("typst 0.15.2"), empty without one.
    ``kerncijfers`` are the public keys, unrounded, None where a ratio does not exist. ``telling``: the table of a
    registration as the page publishes it, to compare a next one with. ``zonder``: the parts that the page leaves out.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    slug: str
    naam: str
    soort: Literal["rapport", "notebook", "cohort", "gemeente"] = "rapport"
    status: Status
    gemaakt: datetime
    seconden: float
    sleutel: str
    hashes: dict[str, str] = {}
    formaten: tuple[str, ...] = ()
    zonder: tuple[str, ...] = ()
    bestanden: dict[str, str] = {}
    drukker: str = ""
    notebook: str = ""
    parameters: dict[str, Waarde] = {}
    bestand: str = ""
    blad: str = ""
    rij: str = ""
    regelset: str = ""
    kengetallen: str = ""
    afwijkingen: dict[str, float] = {}
    mkba: str = ""
    git: str | None = None
    versies: dict[str, str] = {}
    huishoudens: float | None = None
    fte: float | None = None
    kerncijfers: dict[str, float | None] = {}
    waarschuwingen: tuple[str, ...] = ()
    telling: dict[str, dict[str, int | None]] = {}
    fout: str = ""
    omvang: int = 0


def lees_manifest(pad: Path) -> Manifest | None:
    """The manifest in a file, or None when there is none or it is damaged: the report is made again."""
    try:
        return Manifest.model_validate_json(pad.read_bytes())
    except (OSError, ValidationError):
        return None


@cache
def codehash() -> str:
    """sha256 over the source of the package (without tests): what made the report, released or not."""
    wortel = Path(mkba.__file__).resolve().parent
    delen: list[str | bytes] = []
    for pad in sorted(wortel.rglob("*")):
        deel = pad.relative_to(wortel)
        if pad.is_file() and not {"tests", "__pycache__", "_meegeleverd"} & set(deel.parts):
            delen += [deel.as_posix(), pad.read_bytes()]
    return hash_tekst(*delen)


def gegevenshash(*mappen: str) -> str:
    """sha256 over the shipped data, all or some folders: what a notebook with its default parameters reads, or what
    every report reads beside its input. Not kept: a file may change."""
    wortel = paden.data()
    paden_ = sorted(pad for map_ in mappen or ("",) for pad in (wortel / map_).rglob("*") if pad.is_file())
    return hash_tekst(*(deel for pad in paden_ for deel in (pad.relative_to(wortel).as_posix(), pad.read_bytes())))


@cache
def versies() -> dict[str, str]:
    """Versions of Python and of the libraries that shape a report."""
    uit = {"python": platform.python_version()}
    for naam in BIBLIOTHEKEN:
        try:
            uit[naam] = importlib.metadata.version(naam)
        except importlib.metadata.PackageNotFoundError:
            uit[naam] = "onbekend"
    return uit


@cache
def git_revisie() -> str | None:
    """Revision of the checkout that holds the package, "-gewijzigd" behind it when files changed since.

    None for an installed package, without git, or before the first commit.
    """
    wortel = paden.data().parent
    if not (wortel / ".git").exists():  # never the revision of another repository around an installation
        return None
    revisie = _git(wortel, "rev-parse", "--short=12", "HEAD")
    if not revisie:
        return None
    return revisie + ("-gewijzigd" if _git(wortel, "status", "--porcelain", "--untracked-files=no") else "")


def _git(wortel: Path, *opdracht: str) -> str:
    try:
        uit = subprocess.run(
            ["git", "-C", str(wortel), *opdracht], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return uit.stdout.strip()


def overhandigd(taak: Taak, huisstijl: Huisstijl | None = None, woorden: EigenWoorden | None = None) -> Taak:
    """The task in the style and with the words of who hands it over; they are part of what decides its content."""
    erbij = {}
    if huisstijl is not None and huisstijl != Huisstijl():
        erbij["huisstijl"] = huisstijl.hash
    if woorden:
        erbij["woorden"] = woorden.hash
    if not erbij:
        return taak
    hashes = {**taak.feiten.get("hashes", {}), **erbij}
    return replace(
        taak,
        sleutel=hash_waarden(hashes),
        feiten={**taak.feiten, "hashes": hashes},
        huisstijl=huisstijl or taak.huisstijl,
        woorden=woorden or taak.woorden,
    )
