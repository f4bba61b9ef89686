"""How the reports of a batch are made: which workers, and what they may take. Light: imported by the command line."""

import json
import os
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

import mkba
from mkba.kern.bestand import paden
from mkba.kern.bestand.irigrammatica import zonder_irigrammatica
from mkba.reeks.pagina.pdf.drukker import Voorkeur
from mkba.reeks.plan.notebooks import modules
from mkba.reeks.plan.taak import Product, Taak
from mkba.reeks.werk import dagboek
from mkba.reeks.werk.sporen import Sporen
from mkba.reeks.werk.werkers import Gestopt, Wijze, standaard_wijze, wees_doof_voor_stoppen

LIMIET_CEL_S: Final = 900.0
"""Seconds that one cell may take: far more than any shipped notebook needs, so only a hang meets it."""
LIMIET_RAPPORT_S: Final = 3600.0
GRATIE_S: Final = 15.0
"""A cell that is too long gets an alarm, so that its traceback is kept; who does not listen is killed so much later."""
GEHEUGEN_GB: Final = 4.0
"""Memory (address space) per report; the shipped notebooks take less than a tenth. A choice."""
VANAF: Final = 8
"""Tasks from which warming up pays: it costs about one report and saves a part of each."""
BIBLIOTHEKEN: Final = frozenset({"IPython", "SALib", "mkba", "matplotlib", "numpy", "pandas", "scipy"})
"""Packages whose modules the fork server imports when a notebook does; of others nobody knows what importing does."""
_KAMERS: Final = ("kern", "invoer", "model", "analyse", "uitvoer", "deur")
OPWARMEN: Final = "MKBA_OPWARMEN"
WERKMAP: Final = "MKBA_WERKMAP"
"""How a fork server hears what to warm up with, and of whom: in its environment."""


@dataclass(frozen=True)
class Uitvoering:
    """The way a batch works.

    ``wijze``: fork or spawn processes. ``isoleer``: a real kernel per report, for notebooks that change what cannot
    be put back. ``geheugen_gb``: limit per report, 0 is none (Unix only). ``opwarmen``: a notebook of the kit and its
    parameters, and modules to import (JSON), for the fork server: so every report starts with everything loaded, the
    table with input included. ``pdf_met``: what prints PDFs. ``dask``: address of a scheduler, to work on its workers
    instead of here.
    """

    wijze: Wijze = field(default_factory=standaard_wijze)
    isoleer: bool = False
    limiet_s: float = LIMIET_RAPPORT_S
    limiet_cel_s: float = LIMIET_CEL_S
    geheugen_gb: float = GEHEUGEN_GB
    opwarmen: str = ""
    dask: str = ""
    pdf_met: Voorkeur = "auto"

    def voor(self, taken: Sequence[Taak]) -> "Uitvoering":
        """This, with warming up when there are enough tasks to earn it back: by the notebook used most.

        A notebook that is not of the kit is not executed for it: what it leaves behind every report would inherit. On
        dask there is no server to warm up: a report there has a plain process of its own.
        """
        if self.opwarmen or self.dask or len(taken) < VANAF:
            return self
        per_soort: dict[Path, list[Taak]] = {}
        for taak in taken:
            per_soort.setdefault(taak.notebook.resolve(), []).append(taak)
        namen = set().union(*(modules(notebook, BIBLIOTHEKEN) for notebook in per_soort))
        if "mkba" in namen:  # the front door imports what a cell asks for, so the cells do not tell
            namen |= _kamers()
        meest = max(per_soort, key=lambda notebook: len(per_soort[notebook]))
        eigen = meest.parent == paden.notebooks().resolve()
        parameters = dict(per_soort[meest][0].parameters) if eigen else {}
        opdracht = {"notebook": meest.name if eigen else "", "parameters": parameters, "modules": sorted(namen)}
        return replace(self, opwarmen=json.dumps(opdracht))

    @property
    def maak(self) -> "partial[Product]":
        """What a worker does with a task."""
        return partial(maak, isoleer=self.isoleer, limiet_cel_s=self.limiet_cel_s)


def _kamers() -> set[str]:
    """The modules of the kit that a notebook reaches through the front door."""
    wortel = Path(mkba.__file__).parent
    bestanden = (p for kamer in _KAMERS for p in (wortel / kamer).rglob("*.py") if p.stem != "__init__")
    return {".".join(("mkba", *p.relative_to(wortel).with_suffix("").parts)) for p in bestanden}


def maak(taak: Taak, isoleer: bool = False, limiet_cel_s: float = LIMIET_CEL_S) -> Product:
    """In a worker: papermill and nbconvert are only imported there."""
    zonder_webadressen()
    with zonder_irigrammatica():
        from mkba.reeks.werk import rapport

    return rapport.maak(taak, isoleer, limiet_cel_s)


def zonder_antwoord(fout: BaseException, taak: Taak, werkmap: Path) -> Product:
    """What is left of a task that gave no product: its process ended, or what it made could not be sent back."""
    cel, oorzaak, melding = None, f"{type(fout).__name__}: {fout}", ""
    if isinstance(fout, Gestopt):
        cel, oorzaak, melding = fout.cel, fout.oorzaak, fout.oorzaak
    boek = dagboek.lees(dagboek.plek(taak.slug, werkmap), cel, oorzaak, Sporen(taak))
    return Product(None, boek, 0.0, oorzaak, type(fout).__name__, melding)


def zonder_webadressen() -> None:
    """jsonschema, which papermill brings along, compiles grammars of web addresses for over a second when it finds
    this library; nothing here checks such addresses."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def zonder_huidige_map() -> None:
    """No process that is started from here imports from the folder where the command runs: a ``random.py`` there would
    be executed in the place of Python's own. Nor is a start-up file of an interactive Python."""
    os.environ["PYTHONSAFEPATH"] = "1"
    os.environ.pop("PYTHONSTARTUP", None)


def ga_naar_eigen_map() -> None:
    """Away from the folder of the command, where libraries would read settings such as a matplotlibrc. To a folder that
    no notebook can take away: the work folder may be removed by one, and the next would have nowhere to start."""
    os.chdir(Path(__file__).parent)


def een_draad() -> None:
    """One thread for matrices, before numpy is imported: the reports already keep all cores busy, and threads that wait
    for each other cost a multiple of what they do. What a user has set stays."""
    for naam in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(naam, "1")


def begin(werkmap: str, geheugen_gb: float) -> None:
    """Make this process fit for reports, before its first: the folder where it stands, its memory, what it imports."""
    wees_doof_voor_stoppen()
    ga_naar_eigen_map()
    warnings.simplefilter("ignore")  # of libraries, about each other; they would break up the progress bar
    if geheugen_gb and sys.platform != "win32":
        import resource

        grens = int(geheugen_gb * 2**30)
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (grens if hard < 0 else min(grens, hard), hard))
    zonder_webadressen()
    een_draad()
    with zonder_irigrammatica():
        from mkba.reeks.werk import rapport

    rapport.warm_op(werkmap)
