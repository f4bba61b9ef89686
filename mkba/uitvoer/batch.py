"""A batch of reports: one job is one notebook with one set of parameters.

Jobs run on any ``concurrent.futures`` executor (here: warm processes). A worker gets a :class:`Taak` and
returns a :class:`Product`; only this process writes in the folder of reports, each file whole or not at all,
the manifest last. A report whose manifest is unchanged is not made again.

Folder: ``<slug>.html``, ``notebooks/<slug>.ipynb``, ``manifesten/<slug>.json``, ``fouten/<slug>.txt``.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import mkba
from mkba.invoer.fouten import InvoerFout, Melding
from mkba.invoer.schrijven import schrijf_veilig
from mkba.uitvoer import taak as t
from mkba.uitvoer.sjablonen import pagina
from mkba.uitvoer.taak import Manifest, Product, Resultaat, Taak

MaakExecutor = Callable[[int, str], Executor]
"""(number of workers, work folder) -> executor whose workers are warm."""


def aantal_werkers() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def procespool(werkers: int, werkmap: str) -> Executor:
    """Warm processes: each imports papermill and nbconvert once. Spawned, so the same on every system."""
    return ProcessPoolExecutor(
        werkers, multiprocessing.get_context("spawn"), initializer=_start_werker, initargs=(werkmap,)
    )


def draai(
    taken: Sequence[Taak],
    naar: Path,
    werkers: int | None = None,
    opnieuw: bool = False,
    meld: Callable[[Resultaat], None] = lambda resultaat: None,
    maak_executor: MaakExecutor = procespool,
) -> list[Resultaat]:
    """Make the reports of ``taken`` in folder ``naar``; the results in the order of the tasks.

    ``meld`` is called as each one ends. A report that fails, or whose process dies, is the only one lost.
    Raises InvoerFout, before anything is made or written, when a notebook does not know a parameter, and when
    the folder cannot be made. On Ctrl-C the reports under way are finished and kept; then KeyboardInterrupt.
    """
    klaar: dict[str, Resultaat] = {}
    te_doen = []
    for taak in taken:
        if not opnieuw and _ongewijzigd(taak, naar):
            klaar[taak.slug] = Resultaat(taak, "overgeslagen")
            meld(klaar[taak.slug])
        else:
            te_doen.append(taak)
    if te_doen:
        with tempfile.TemporaryDirectory(prefix="mkba-", ignore_cleanup_errors=True) as werkmap:
            batch = _Batch(naar, Path(werkmap), maak_executor, meld, klaar)
            batch.draai(te_doen, min(werkers or aantal_werkers(), len(te_doen)))
    return [klaar[taak.slug] for taak in taken]


@dataclass
class _Batch:
    """The state of one run: where it writes and what is done."""

    naar: Path
    werkmap: Path
    maak_executor: MaakExecutor
    meld: Callable[[Resultaat], None]
    klaar: dict[str, Resultaat]
    gecontroleerd: bool = field(default=False)

    def draai(self, taken: Sequence[Taak], werkers: int) -> None:
        """All tasks; those that were under way when a process died get one more chance, alone.

        A pool that loses a process ends all others too, so who was to blame is only known when a task
        runs by itself.
        """
        over, verdacht = list(taken), list[Taak]()
        while over:
            rest = self._ronde(over, werkers)
            bezig = [taak for taak in rest if self._merk(taak).exists()]
            if rest and not bezig:  # the workers do not even start: another round would end the same
                self._geef_op(rest)
                return
            verdacht += bezig
            over = [taak for taak in rest if taak not in bezig]
        while verdacht:
            for taak in verdacht:
                self._merk(taak).unlink(missing_ok=True)
            rest = self._ronde(verdacht, 1)
            bezig = [taak for taak in rest if self._merk(taak).exists()]
            self._geef_op(bezig or rest)
            verdacht = [taak for taak in rest if taak.slug not in self.klaar]

    def _merk(self, taak: Taak) -> Path:
        return self.werkmap / f"bezig-{taak.slug}"

    def _geef_op(self, taken: Iterable[Taak]) -> None:
        for taak in taken:
            fout = "Het rekenproces van dit rapport is onverwacht gestopt (bijvoorbeeld door te weinig geheugen)."
            self._bewaar(taak, Product(None, "", 0.0, fout, "Gestopt", fout))

    def _ronde(self, taken: Sequence[Taak], werkers: int) -> list[Taak]:
        """Run on a fresh executor; returns the tasks that got no result because it broke."""
        executor = self.maak_executor(werkers, str(self.werkmap))
        lopend: dict[Future[Product], Taak] = {}
        try:
            self._controleer(taken, executor, werkers)
            lopend = {executor.submit(_maak, taak): taak for taak in taken}
            for toekomst in as_completed(list(lopend)):
                self._verwerk(lopend.pop(toekomst), toekomst)  # dropped at once: a report is over a megabyte
        except BrokenExecutor:
            pass  # some tasks were never accepted; they have no result and are returned below
        except KeyboardInterrupt:
            executor.shutdown(wait=True, cancel_futures=True)
            for toekomst, taak in lopend.items():
                if not toekomst.cancelled():
                    self._verwerk(taak, toekomst)
            raise
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
        return [taak for taak in taken if taak.slug not in self.klaar]

    def _controleer(self, taken: Sequence[Taak], executor: Executor, werkers: int) -> None:
        """Ask a worker, which has Papermill at hand, whether the notebooks know their parameters."""
        if self.gecontroleerd:
            return
        namen: dict[Path, set[str]] = {}
        for taak in taken:
            namen.setdefault(taak.notebook, set()).update(taak.parameters)
        vragen = [executor.submit(_controleer_parameters, n, sorted(p)) for n, p in namen.items()]
        for _ in range(werkers - len(vragen)):
            executor.submit(os.getpid)  # lets the other workers start meanwhile
        meldingen = [melding for vraag in vragen for melding in vraag.result()]
        if meldingen:
            raise InvoerFout(meldingen)
        self.gecontroleerd = True
        maak_map(self.naar)

    def _verwerk(self, taak: Taak, toekomst: "Future[Product]") -> None:
        try:
            product = toekomst.result()
        except BrokenExecutor:
            return
        except Exception as fout:  # what was made could not be sent back
            product = Product(None, "", 0.0, f"{type(fout).__name__}: {fout}", type(fout).__name__)
        self._bewaar(taak, product)

    def _bewaar(self, taak: Taak, product: Product) -> None:
        try:
            resultaat = _schrijf(self.naar, taak, product)
        except OSError as fout:
            tekst = f"kan niet schrijven in {self.naar}: {fout.strerror or fout}"
            resultaat = Resultaat(taak, "mislukt", product.seconden, tekst)
        self.klaar[taak.slug] = resultaat
        self.meld(resultaat)


def maak_map(naar: Path) -> None:
    """Make the folder of reports and see that it can be written. Raises InvoerFout when that cannot be."""
    try:
        naar.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=naar):
            pass
    except OSError as fout:
        soort = {FileExistsError: "er staat al een bestand met deze naam", PermissionError: "geen schrijfrechten"}
        oorzaak = f"deze map is niet te maken of te beschrijven ({soort.get(type(fout), fout.strerror or fout)})."
        raise InvoerFout([Melding("--naar", str(naar), oorzaak, "Kies een andere map.")]) from None


def controleer_eigenaar(taken: Sequence[Taak], naar: Path) -> None:
    """Refuse to replace the report of another file or row that happens to have the same name. Raises InvoerFout."""
    meldingen = []
    for taak in taken:
        manifest = t.lees_manifest(naar / "manifesten" / f"{taak.slug}.json")
        eigen = (taak.feiten.get("bestand", ""), taak.feiten.get("rij", ""))
        if manifest is None or manifest.soort != "rapport" or (manifest.bestand, manifest.rij) == eigen:
            continue
        ander = ", ".join(deel for deel in (manifest.bestand, manifest.rij) if deel)
        meldingen.append(
            Melding(
                "naam",
                taak.naam,
                f"in {naar} staat al een rapport met deze naam, uit {ander}.",
                "Kies een andere naam of map, of vervang het met --opnieuw.",
                ", ".join(deel for deel in eigen if deel),
            )
        )
    if meldingen:
        raise InvoerFout(meldingen)


def _ongewijzigd(taak: Taak, naar: Path) -> bool:
    """Whether the report is there, whole, and made of the same notebook, input, kengetallen and code."""
    manifest = t.lees_manifest(naar / "manifesten" / f"{taak.slug}.json")
    if manifest is None or manifest.status != "gelukt" or manifest.sleutel != taak.sleutel:
        return False
    try:
        html = (naar / f"{taak.slug}.html").read_bytes()
    except OSError:
        return False
    return t.hash_tekst(html) == manifest.hashes.get("html") and _notebook(naar, taak).is_file()


def _notebook(naar: Path, taak: Taak) -> Path:
    return naar / "notebooks" / f"{taak.slug}.ipynb"


def _schrijf(naar: Path, taak: Taak, product: Product) -> Resultaat:
    """Write what came of a task, the manifest last: it vouches for the rest. Raises OSError."""
    gemaakt = datetime.now().astimezone().replace(microsecond=0)
    manifestbestand = naar / "manifesten" / f"{taak.slug}.json"
    foutbestand = naar / "fouten" / f"{taak.slug}.txt"
    gelukt = product.html is not None
    html = product.html or pagina(
        "mislukt.html.j2",
        naam=taak.naam or taak.slug,
        slug=taak.slug,
        gemaakt=gemaakt,
        foutmelding=product.foutmelding,
    )
    if product.notebook:
        schrijf_veilig(_notebook(naar, taak), product.notebook)
    else:  # nothing was executed: the notebook of an earlier run would tell another story
        _notebook(naar, taak).unlink(missing_ok=True)
    if gelukt:
        foutbestand.unlink(missing_ok=True)
    else:
        schrijf_veilig(foutbestand, _fouttekst(taak, product, gemaakt))
    schrijf_veilig(naar / f"{taak.slug}.html", html)
    feiten: dict[str, Any] = dict(taak.feiten)
    feiten["hashes"] = {**feiten.get("hashes", {}), "html": t.hash_tekst(html)}
    manifest = Manifest(
        **feiten,
        slug=taak.slug,
        naam=taak.naam or product.titel or taak.slug,
        status="gelukt" if gelukt else "mislukt",
        gemaakt=gemaakt,
        seconden=round(product.seconden, 3),
        sleutel=taak.sleutel,
        notebook=taak.notebook.name,
        mkba=mkba.__version__,
        git=t.git_revisie(),
        versies=t.versies(),
        fout=product.foutsoort,
        omvang=len(html.encode("utf-8")),
    )
    schrijf_veilig(manifestbestand, manifest.model_dump_json(indent=1) + "\n")
    return Resultaat(
        taak,
        manifest.status,
        product.seconden,
        product.foutmelding or product.foutsoort,
        None if gelukt else foutbestand,
        manifest.omvang,
    )


def _fouttekst(taak: Taak, product: Product, gemaakt: datetime) -> str:
    parameters = "\n".join(f"  {naam} = {waarde!r}" for naam, waarde in taak.parameters.items())
    return (
        f"Rapport: {taak.naam or taak.slug}\nNotebook: {taak.notebook}\nGemaakt: {gemaakt.isoformat()}\n"
        f"Parameters:\n{parameters or '  (standaardwaarden)'}\n\n{product.fout}\n"
    )


# --- in the worker: papermill and nbconvert are only imported there ------------------------------------------


def _start_werker(werkmap: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which lets this report finish
    warnings.simplefilter("ignore")  # of libraries, about each other; they would break up the progress bar
    # jsonschema, which papermill brings along, compiles grammars of web addresses for over a second when it
    # finds this library; nothing here checks such addresses
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from mkba.uitvoer import rapport

    rapport.warm_op(werkmap)


def _maak(taak: Taak) -> Product:
    from mkba.uitvoer import rapport

    return rapport.maak(taak)


def _controleer_parameters(notebook: Path, namen: Sequence[str]) -> list[Melding]:
    from mkba.uitvoer import rapport

    return rapport.controleer_parameters(notebook, namen)
