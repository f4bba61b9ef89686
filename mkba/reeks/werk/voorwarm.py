"""Imported once by the fork server of a batch: everything that a report needs, loaded before the first fork."""

import atexit
import contextlib
import gc
import importlib
import json
import os
import shutil
import tempfile
import time
import warnings
from multiprocessing import forkserver
from pathlib import Path

from mkba.kern.bestand import paden
from mkba.kern.bestand.irigrammatica import zonder_irigrammatica
from mkba.reeks.werk.uitvoering import OPWARMEN, WERKMAP, een_draad, ga_naar_eigen_map, zonder_webadressen

_PAS_IN_EEN_CEL = (
    "IPython.core.completer",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "pandas.io.formats.style",
)
"""What the libraries only import when a cell runs, shows a table or draws: otherwise every report would."""
NEUTRAAL = Path(__file__).with_name("opwarmen.ipynb")
"""Tables and figures of nothing, to warm up with when the reports are made by a notebook that is not of the kit."""


def _warm_op() -> None:
    gc.disable()  # what is loaded here stays: looking for what may go finds nothing
    zonder_webadressen()
    een_draad()
    warnings.simplefilter("ignore")
    from mkba.reeks.plan.taak import Taak

    with zonder_irigrammatica():
        from mkba.reeks.werk import rapport

    ouder, _, werkmap = os.environ.get(WERKMAP, "0:").partition(":")
    atexit.register(_ruim_op, int(ouder), werkmap)
    ga_naar_eigen_map()
    tempfile.gettempdir()  # once, by writing a file: a report that is killed while it does so would leave that behind
    opdracht = json.loads(os.environ.get(OPWARMEN) or "{}")
    for naam in (*_PAS_IN_EEN_CEL, *opdracht.get("modules", ())):
        with contextlib.suppress(ImportError):  # a later version may have moved it; a name from a module is none itself
            importlib.import_module(naam)
    rapport.warm_op(werkmap)
    if opdracht:
        # only a notebook of ours: what another leaves behind, every fork would inherit
        notebook = paden.notebooks() / Path(opdracht["notebook"]).name if opdracht["notebook"] else NEUTRAAL
        rapport.maak(Taak("opwarmen", "", notebook, opdracht["parameters"], ""))
    gc.collect()
    gc.freeze()  # a fork then copies fewer pages
    gc.enable()


def _ruim_op(ouder: int, werkmap: str) -> None:
    """Remove what a batch that was killed left in the temporary folder; one that lives does so itself."""
    for _ in range(20):  # the files of a dying process close a little before it is gone
        if os.getppid() != ouder:
            break
        time.sleep(0.05)
    else:
        return
    if werkmap:
        shutil.rmtree(werkmap, ignore_errors=True)
    adres = getattr(forkserver._forkserver, "_forkserver_address", None)
    if isinstance(adres, str) and Path(adres).parent.name.startswith("pymp-"):  # of multiprocessing
        shutil.rmtree(Path(adres).parent, ignore_errors=True)


# a fork server that fails here would take every report along; without this they only start slower
with contextlib.suppress(Exception):
    _warm_op()
