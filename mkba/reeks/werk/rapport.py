"""Make one report: execute a notebook with Papermill and render it as a page without code.

:func:`maak` takes a task and returns what came of it; it writes nothing and never raises, so it runs the same
in this process, in a pool of processes or on another machine. Importing this module costs two seconds
(papermill, nbconvert): workers pay it once, the command line never.
"""

import atexit
import logging
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import nbformat
import papermill
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jinja2 import pass_context
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbconvert import HTMLExporter, TemplateExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from papermill.exceptions import PapermillExecutionError, strip_color
from traitlets.config import Config

import mkba
from mkba.kern.zaak.huisstijl import KLEUREN
from mkba.reeks.pagina import sjablonen
from mkba.reeks.pagina.eigen_woorden import zet_in
from mkba.reeks.pagina.fragment import maak_fragment
from mkba.reeks.plan import delen, formaten
from mkba.reeks.plan.taak import Product, Taak, Waarde
from mkba.reeks.werk import dagboek, motor
from mkba.reeks.werk.sporen import Sporen
from mkba.reeks.werk.staat import schone_staat
from mkba.reeks.werk.werkers import meld_cel
from mkba.uitvoer import extra
from mkba.uitvoer import kernpunten as kern

STARTLIMIET_S: Final = 120
"""Seconds that a kernel may take to start; a loaded machine is slow."""

VERBORGEN: Final = frozenset({"verberg", "parameters", "injected-parameters", "papermill-error-cell-tag"})
"""Tags of cells that do not appear in a report."""

_NIET_IN_RAPPORT: Final = ("application/vnd.jupyter.widget-view+json", "application/javascript")
_MAX_PAD_IPC: Final = 90  # the system's limit on the path of a socket is 104 or 108 bytes

_KERNELOPTIES: Final = (
    "--InteractiveShellApp.ignore_cwd=True",
    "--InteractiveShellApp.exec_PYTHONSTARTUP=False",
    "--InteractiveShellApp.exec_lines=['import os, sys; sys.path.append(os.getcwd()); del os, sys']",
)
"""The folder of a notebook comes last: a module beside it can be imported, and never stands in for another."""

_werkmap: Path | None = None


class _EigenKernel(AsyncKernelManager):
    """A kernel of this interpreter, whatever kernel of that name a user has registered elsewhere."""

    @property
    def kernel_spec(self) -> KernelSpec:
        gegevens = get_kernel_dict()
        return KernelSpec(resource_dir=RESOURCES, **gegevens | {"argv": [*gegevens["argv"], *_KERNELOPTIES]})


def warm_op(werkmap: str = "") -> None:
    """Prepare this process for a series of reports: quiet logs, own folders, the exporter built.

    ``werkmap``: folder for sockets and marks, removed by who made it; without one a temporary folder.
    """
    global _werkmap
    _werkmap = Path(werkmap) if werkmap else Path(tempfile.mkdtemp(prefix="mkba-"))
    if not werkmap:
        atexit.register(shutil.rmtree, _werkmap, ignore_errors=True)
    for naam in ("papermill", "papermill.utils", "papermill.translators", "traitlets"):
        logging.getLogger(naam).setLevel(logging.CRITICAL)
    pakket = str(Path(mkba.__file__).resolve().parent.parent)
    rest = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p and p != pakket]
    # kernels inherit this environment: they find the same mkba, and no start-up files of the user
    os.environ["PYTHONPATH"] = os.pathsep.join([pakket, *rest])
    ipython = _werkmap / "ipython"  # not beside the copies of the input: a notebook may remove what is around it
    ipython.mkdir(parents=True, exist_ok=True)  # IPython would make a temporary folder elsewhere
    os.environ["IPYTHONDIR"] = str(ipython / str(os.getpid()))
    _exporter()


def maak(taak: Taak, isoleer: bool = False, limiet_cel_s: float = 0.0) -> Product:
    """Execute the notebook of ``taak`` and render it; whatever goes wrong is in the product.

    ``isoleer``: in a kernel of its own instead of in this process. A diary in the work folder tells what was made
    when this process dies (see batch).
    """
    if _werkmap is None:
        warm_op()
    assert _werkmap is not None
    boek = dagboek.plek(taak.slug, _werkmap)
    begin = time.perf_counter()
    map_: Path | None = None
    lopend: int | None = None

    def meld(nummer: int) -> None:
        nonlocal lopend
        lopend = nummer
        meld_cel(nummer)

    sporen = Sporen(taak)
    html, titel, fout, soort, melding = None, "", "", "", ""
    bestanden: dict[str, bytes] = {}
    bericht: dict[str, Any] = {}
    try:
        verslag = {"meld_cel": meld, "dagboek_bij": boek, "limiet_cel_s": limiet_cel_s}
        with extra.vraag((*formaten.extra_uitvoer(taak.formaten), extra.BERICHT)):
            if isoleer:
                _werkmap.mkdir(parents=True, exist_ok=True)  # an earlier notebook may have removed it
                map_ = Path(tempfile.mkdtemp(prefix="r", dir=_werkmap))
                notebook = _voer_uit(taak, engine_name=motor.MET_KERNEL, **verslag, **_in_kernel(map_))
            else:
                with schone_staat():
                    sys.path.append(str(taak.notebook.parent))  # as in a kernel
                    notebook = _voer_uit(taak, engine_name=motor.IN_PROCES, **verslag)
        sporen.uit_notebook(notebook)
        kern.controleer(taak.kern, kern.gegeven(notebook))
        html, titel = als_html(notebook, taak)
        bestanden = formaten.maak(taak, _leesbaar(notebook, taak), html, titel)
        bericht = extra.bericht(notebook)
        extra.zonder(notebook)
        tekst = str(nbformat.writes(dagboek.zonder_toeval(notebook)))
    except PapermillExecutionError as e:
        fout, soort = sporen.zonder(strip_color(str(e))), e.ename
        melding = sporen.zonder(voor_lezers(e.ename, e.evalue))
    except Exception as e:
        fout, soort = sporen.zonder(traceback.format_exc()), type(e).__name__
        melding = sporen.zonder(voor_lezers(soort, str(e)))
    if fout:
        html, bestanden, tekst = None, {}, dagboek.lees(boek, lopend, melding, sporen)
    fout, soort, melding, titel = (_zuiver(t) for t in (fout, soort, melding, titel))
    html = None if html is None else _zuiver(html)
    duur = time.perf_counter() - begin
    product = Product(html, _zuiver(tekst), duur, fout, soort, melding, titel, bestanden, bericht=bericht)
    if map_ is not None:
        shutil.rmtree(map_, ignore_errors=True)
    return product  # the diary stays for who asked: this process may be unable to send what it made


def _zuiver(tekst: str) -> str:
    """Text that can be written: a notebook may print half a character (a lone surrogate)."""
    return tekst.encode("utf-8", "replace").decode("utf-8")


def _in_kernel(map_: Path) -> dict[str, Any]:
    """Arguments for Papermill: a fresh kernel of this interpreter, as Jupyter would start."""
    return {
        "start_timeout": STARTLIMIET_S,
        "kernel_manager_class": _EigenKernel,
        "shutdown_kernel": "immediate",
        "config": _verbinding(map_),
    }


def _voer_uit(taak: Taak, **wijze: Any) -> nbformat.NotebookNode:
    """Execute in the folder of the notebook, as Jupyter would; raises when a cell fails."""
    parameters = _alleen_letterlijk(taak.parameters)
    notebook: nbformat.NotebookNode = papermill.execute_notebook(
        _letterlijk(taak.bron or taak.notebook),
        None,
        parameters=parameters,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        cwd=str(taak.notebook.parent),
        **wijze,
    )
    for nummer, cel in enumerate(notebook.cells):
        # Papermill takes sys.exit() for success, but what comes after it was not made
        if any(o.get("ename") == "SystemExit" for o in cel.get("outputs", [])):
            raise RuntimeError(f"cel {nummer} stopte het notebook voortijdig (SystemExit)")
    return notebook


def _verbinding(map_: Path) -> Config:
    """Unix sockets in a folder of its own instead of TCP ports, which parallel kernels can both pick."""
    basis = map_ / f"k{uuid.uuid4().hex[:8]}"
    if os.name != "posix" or len(str(basis)) > _MAX_PAD_IPC:
        return Config()
    return Config(KernelManager=Config(transport="ipc", connection_file=f"{basis}.json"))


def _letterlijk(pad: Path) -> str:
    """A path for Papermill, which reads braces in it as fields to fill in."""
    return str(pad).replace("{", "{{").replace("}", "}}")


def _alleen_letterlijk(parameters: Mapping[str, Waarde]) -> dict[str, Waarde]:
    """The parameters as they are, when every name and value is one that Papermill writes as a literal."""
    for naam, waarde in parameters.items():
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", naam):
            raise ValueError(f"{naam!r} kan geen parameter zijn")
        delen = waarde if isinstance(waarde, list) else [waarde]
        soorten = str if isinstance(waarde, list) else str | int | float | bool | None
        if not all(isinstance(deel, soorten) for deel in delen):
            raise TypeError(f"parameter {naam} is geen tekst, getal, ja/nee of rij teksten")
    return dict(parameters)


def voor_lezers(soort: str, tekst: str) -> str:
    """What a reader may see of an error: messages of ours whole, of others only the kind, never source."""
    if soort in (
        "InvoerFout",
        "AndereCijfers",
        "CellTimeoutError",
        "CelDuurtTeLang",
        "TeVeelUitvoer",
        "MemoryError",
        "DeadKernelError",
    ):
        eerste = {
            "CellTimeoutError": "een stap duurde langer dan is toegestaan.",
            "CelDuurtTeLang": f"een stap duurde te lang ({tekst}).",
            "TeVeelUitvoer": f"het notebook toonde te veel ({tekst}).",
            "MemoryError": "er was te weinig geheugen.",
            "DeadKernelError": "het rekenproces stopte onverwacht (bijvoorbeeld door te weinig geheugen).",
        }
        return eerste.get(soort, tekst[:1500])
    return f"een fout van het soort {soort}."


def als_html(notebook: nbformat.NotebookNode, taak: Taak, gemaakt: datetime | None = None) -> tuple[str, str]:
    """An executed notebook as a self-contained page (no code, no script, no request), and its title."""
    kaal = _leesbaar(notebook, taak)
    fragment = maak_fragment(_exporter().from_notebook_node(kaal)[0])
    soort = fragment.titel
    naam = taak.naam or soort or taak.slug
    if naam.casefold() in soort.casefold():  # the notebook's own title names the aanpak already
        naam, soort = soort, ""
    html = sjablonen.pagina(
        "rapport.html.j2",
        naam=naam,
        merk=kern.merk(taak.kern, kern.gegeven(notebook)),
        soort=soort,
        kort=f"{naam[:70]} · mkba {mkba.__version__}",
        gemaakt=gemaakt or datetime.now().astimezone(),
        meta=[f"mkba {mkba.__version__}", *_meta(taak)],
        koppen=fragment.koppen,
        voorop=fragment.voorop,
        inhoud=fragment.html,
        weggelaten=delen.in_woorden(taak.zonder),
        kengetallenpagina=f"{delen.KENGETALLEN}.html" if delen.KENGETALLEN in taak.zonder else "",
        herkomst=taak.herkomst,
        huisstijl=taak.huisstijl,
        standaardkleur=KLEUREN["hoofd"],
    )
    return html, naam


def _meta(taak: Taak) -> list[str]:
    regelset = taak.feiten.get("regelset")
    return [f"regelset {regelset}"] if regelset else []


def _leesbaar(notebook: nbformat.NotebookNode, taak: Taak) -> nbformat.NotebookNode:
    """What a reader may see of a notebook, with the words of who hands it over at their place."""
    kaal = _zonder_code(notebook, taak.zonder)
    kaal.cells = zet_in(kaal.cells, taak.woorden)
    return kaal


def _zonder_code(notebook: nbformat.NotebookNode, zonder: Sequence[str] = ()) -> nbformat.NotebookNode:
    """A copy without hidden cells, the parts of ``zonder``, source, widgets and scripts; the template leaves out
    stderr and errors."""
    kopie: nbformat.NotebookNode = nbformat.from_dict(notebook)
    weg = VERBORGEN | {f"{delen.VOOR}{deel}" for deel in zonder}
    kopie.cells = [c for c in kopie.cells if not weg & set(c.metadata.get("tags", []))]
    for cel in kopie.cells:
        if cel.cell_type == "code":
            cel.source = ""
            # as a whole: what a widget or script says in plain text is its code
            cel.outputs = [o for o in cel.outputs if not set(_NIET_IN_RAPPORT) & set(o.get("data", {}))]
    return kopie


class _Exporter(HTMLExporter):
    """nbconvert's exporter without its own pass over the result, for what our template leaves out or does itself."""

    def from_notebook_node(self, nb: Any, resources: Any = None, **rest: Any) -> Any:
        self.register_filter(  # type: ignore[no-untyped-call]
            "filter_data_type",
            WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources={}),  # type: ignore[no-untyped-call]
        )
        return TemplateExporter.from_notebook_node(self, nb, resources, **rest)


@cache
def _exporter() -> HTMLExporter:
    exporter = _Exporter(  # type: ignore[no-untyped-call]
        config=Config(
            NbConvertBase={
                "display_data_priority": [
                    "text/html",
                    "text/markdown",
                    "image/svg+xml",
                    "image/png",
                    "image/jpeg",
                    "text/latex",
                    "text/plain",
                ]
            }
        ),
        template_name="rapport",
        extra_template_basedirs=[str(sjablonen.MAP)],
        exclude_anchor_links=True,
        language_code="nl",
    )

    @pass_context
    def tekst_naar_html(context: Any, bron: str) -> str:
        try:
            return str(exporter.markdown2html(context, bron))
        except Exception:  # nbconvert refuses a picture that is not attached; the words remain
            return f"<p>{escape(bron)}</p>"

    exporter.register_filter("tekst_naar_html", tekst_naar_html)  # type: ignore[no-untyped-call]
    return exporter
