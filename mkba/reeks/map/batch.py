"""A batch of reports: one job is one notebook with one set of parameters.

Jobs run on any ``concurrent.futures`` executor (here: :class:`mkba.reeks.werk.werkers.Werkploeg`). A worker gets a
:class:`Taak` and returns a :class:`Product`; only this process writes in the folder of reports, each file whole or
not at all, the manifest last. A report whose manifest is unchanged is not made again.

Folder: ``<slug>.html``, ``notebooks/<slug>.ipynb``, ``manifesten/<slug>.json``, ``fouten/<slug>.txt``, what other
formats were asked for (:mod:`mkba.reeks.plan.formaten`), and ``batch.jsonl``, a log to which every batch adds.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import mkba
from mkba.analyse.doelgroepen import voorganger
from mkba.kern.bestand.hashes import hash_bestand, hash_tekst
from mkba.kern.bestand.schrijven import TIJDELIJK, binnen, is_koppeling, schrijf_in, verwijder_in
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.soorten import melding
from mkba.reeks.map.grendel import LOGBOEK, SLOT, Logboek, grendel
from mkba.reeks.pagina.pdf import Drukker, drukker
from mkba.reeks.pagina.pdf.drukker import Voorkeur
from mkba.reeks.pagina.sjablonen import pagina
from mkba.reeks.plan import formaten, nodig
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.plan.reis import momentopname
from mkba.reeks.plan.taak import INVOERMAP, Manifest, Product, Resultaat, Taak
from mkba.reeks.werk import dagboek
from mkba.reeks.werk.executors import executor as kies_executor
from mkba.reeks.werk.sporen import Sporen
from mkba.reeks.werk.uitvoering import Uitvoering, zonder_antwoord
from mkba.reeks.werk.werkers import Werkploeg

MaakExecutor = Callable[[int, str], Executor]
"""(number of workers, work folder) -> executor whose workers are warm."""


_MAPPEN: Final = sorted({"notebooks", "manifesten", "fouten", *(p.split("/")[0] for p in formaten.plekken("x"))})
"""The folders within a folder of reports."""


def aantal_werkers() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def pdf_weg(taken: Sequence[Taak], naar: Path, voorkeur: Voorkeur) -> str:
    """The engine that will print the PDFs of ``taken``; "" when none is asked for. Raises InvoerFout.

    With "auto" it is only started to be sure when that would make a PDF again that is there: an installed browser
    that does not start must not do so at every run.
    """
    met_pdf = [taak for taak in taken if "pdf" in taak.formaten]
    if not met_pdf:
        return ""
    weg = drukker.welke(voorkeur)
    eerder = {nodig.weg_van(manifest) for taak in met_pdf if (manifest := nodig.lees(taak, naar)) and manifest.drukker}
    if voorkeur == "auto" and eerder - {weg}:
        with drukker.kies(voorkeur) as gekozen:
            return gekozen.soort.partition(" ")[0]
    return weg


def draai(
    taken: Sequence[Taak],
    naar: Path,
    werkers: int | None = None,
    opnieuw: bool = False,
    meld: Callable[[Resultaat], None] = lambda resultaat: None,
    uitvoering: Uitvoering | None = None,
    maak_executor: MaakExecutor | None = None,
    meld_cel: Callable[[Taak, int], None] | None = None,
) -> list[Resultaat]:
    """Make the reports of ``taken`` in folder ``naar``; the results in the order of the tasks.

    ``meld`` is called as each one ends, ``meld_cel`` when it begins with a cell (by number, from another thread; not
    by the workers of a cluster). A report that fails, takes too long or whose process dies is the only one
    lost. ``uitvoering`` says how the work is done, ``maak_executor`` replaces its workers. Raises InvoerFout, before
    anything is made, when a notebook does not know a parameter, when the folder cannot be made, when another batch
    works in it, when nothing here can print a PDF that is asked for, and when the cluster of ``uitvoering.dask``
    cannot be used. On Ctrl-C the reports under way are finished and kept; then KeyboardInterrupt.
    """
    uitvoering = uitvoering or Uitvoering()
    controleer_parameters(taken)
    maak_map(naar)
    klaar: dict[str, Resultaat] = {}
    with grendel(naar):
        weg = pdf_weg(taken, naar, uitvoering.pdf_met)
        doen: list[Taak] = []
        drukken: list[Taak] = []
        for taak in taken:
            oordeel = nodig.beoordeel(taak, naar, opnieuw, weg)
            if oordeel.reden:
                (drukken if oordeel.alleen_pdf else doen).append(nodig.met_eerdere_formaten(taak, naar))
            else:
                klaar[taak.slug] = Resultaat(taak, "overgeslagen")
                meld(klaar[taak.slug])
        if doen or drukken:
            with (
                _zonder_resten(naar),
                _drukker([*doen, *drukken], uitvoering) as pers,
                tempfile.TemporaryDirectory(prefix=_ruim_op(naar), ignore_cleanup_errors=True) as werkmap,
            ):
                # what is saved from here on changes no report
                kopieen = _momentopname(doen, Path(werkmap))
                batch = _Batch(
                    naar, Path(werkmap), meld, klaar, {taak.slug: taak for taak in doen}, Logboek(naar), pers, meld_cel
                )
                aantal = min(werkers or aantal_werkers(), len(doen))
                batch.draai(kopieen, drukken, uitvoering.voor(kopieen), aantal, maak_executor)
    return [klaar[taak.slug] for taak in taken]


def _momentopname(taken: Sequence[Taak], werkmap: Path) -> list[Taak]:
    """The tasks with copies of all that they read. Raises InvoerFout."""
    try:
        return momentopname(taken, werkmap / "invoer")
    except OSError as fout:
        oorzaak = f"de invoer is niet te kopiëren naar {werkmap} ({fout.strerror or fout})."
        remedie = "Controleer de bestanden en de ruimte in de tijdelijke map."
        raise InvoerFout([Melding("invoer", fout.filename or "", oorzaak, remedie)]) from None


@contextmanager
def _zonder_resten(naar: Path) -> Iterator[None]:
    """Nothing half-written stays behind: a Ctrl-C can come between the making of a file and who would remove it."""
    try:
        yield
    finally:
        _ruim_resten(naar)


def _ruim_op(naar: Path) -> str:
    """Remove what a killed batch left of this folder: half-written files, its work folder. Only with the lock held.

    Returns the prefix of work folders of this folder.
    """
    _ruim_resten(naar)
    begin = f"mkba-{hash_tekst(str(naar.resolve()))[:12]}-"
    for werkmap in Path(tempfile.gettempdir()).glob(f"{begin}*"):
        shutil.rmtree(werkmap, ignore_errors=True)
    return begin


def _ruim_resten(naar: Path) -> None:
    mappen = [naar, *(naar / m for m in _MAPPEN), *(naar / "figuren").glob("*")]
    for map_ in (m for m in mappen if m == naar or not is_koppeling(m)):
        for rest in map_.glob(TIJDELIJK):
            with suppress(OSError):
                rest.unlink()


def _drukker(taken: Sequence[Taak], uitvoering: Uitvoering) -> AbstractContextManager[Drukker | None]:
    """What prints the PDFs of this batch, kept warm; nothing when none is asked for. Raises InvoerFout."""
    return drukker.kies(uitvoering.pdf_met) if any("pdf" in taak.formaten for taak in taken) else nullcontext()


@dataclass
class _Batch:
    """The state of one run: where it writes and what is done."""

    naar: Path
    werkmap: Path
    meld: Callable[[Resultaat], None]
    klaar: dict[str, Resultaat]
    gevraagd: Mapping[str, Taak]
    """The tasks by slug as they were asked, where those that are made read copies."""
    logboek: Logboek
    pers: Drukker | None = None
    meld_cel: Callable[[Taak, int], None] | None = None

    def draai(
        self,
        taken: Sequence[Taak],
        drukken: Sequence[Taak],
        uitvoering: Uitvoering,
        werkers: int,
        maak_executor: MaakExecutor | None,
    ) -> None:
        """Make the reports of ``taken``, then print those of ``drukken``, whose page is there and as it should be."""
        executor = (maak_executor or partial(kies_executor, uitvoering))(werkers, str(self.werkmap)) if taken else None
        wijze = {k: w for k, w in asdict(uitvoering).items() if k != "opwarmen"}  # it names folders
        feiten = {**wijze, "mkba": mkba.__version__, "git": t.git_revisie()}
        self.logboek.schrijf("begin", taken=len(taken) + len(drukken), werkers=werkers, **feiten)
        try:
            if executor is not None:
                self._maak(taken, uitvoering, executor)
            for taak in drukken:
                self._klaar(self._druk_af(taak))
        except KeyboardInterrupt:
            self.logboek.schrijf("afgebroken", klaar=len(self.klaar))
            raise
        self.logboek.schrijf("einde", mislukt=sum(r.status == "mislukt" for r in self.klaar.values()))

    def _maak(self, taken: Sequence[Taak], uitvoering: Uitvoering, executor: Executor) -> None:
        lopend: dict[Future[Product], Taak] = {}
        try:
            lopend = {executor.submit(uitvoering.maak, taak): taak for taak in taken}
            if self.meld_cel is not None and isinstance(executor, Werkploeg):
                vragers, meld_cel = {id(w): self.gevraagd[taak.slug] for w, taak in lopend.items()}, self.meld_cel
                executor.bij_cel = lambda toekomst, cel: meld_cel(vragers[id(toekomst)], cel)
            for toekomst in as_completed(list(lopend)):
                self._verwerk(lopend.pop(toekomst), toekomst)  # dropped at once: a report is a megabyte
        except KeyboardInterrupt:
            try:
                executor.shutdown(wait=True, cancel_futures=True)
            except KeyboardInterrupt:  # a second time: now is now
                getattr(executor, "kill_workers", lambda: None)()
                lopend = {w: taak for w, taak in lopend.items() if w.done() and not w.cancelled() and not w.exception()}
            for toekomst, taak in lopend.items():
                if not toekomst.cancelled():
                    self._verwerk(taak, toekomst)
            raise
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def _met_pdf(self, taak: Taak, product: Product) -> Product:
        """The product with its page printed; a report that cannot be printed is one that failed."""
        if self.pers is None or product.html is None or "pdf" not in taak.formaten:
            return product
        try:
            pdf = _druk(self.pers, product.html, _naam(taak, product))
        except InvoerFout as fout:
            return replace(product, html=None, bestanden={}, fout=str(fout), foutsoort="PDF", foutmelding=str(fout))
        bestanden = {**product.bestanden, formaten.FORMATEN["pdf"].plek(taak.slug): pdf}
        return replace(product, bestanden=bestanden, drukker=self.pers.soort)

    def _druk_af(self, taak: Taak) -> Resultaat:
        """Only the PDF of a report, from the page that is there; when that fails, all stays as it was."""
        begin = time.perf_counter()
        try:
            fout, omvang = "", self._vervang_pdf(taak)
        except InvoerFout as e:
            fout, omvang = str(e), 0
        except OSError as e:
            fout, omvang = _schrijft_niet(self.naar, e), 0
        return Resultaat(taak, "mislukt" if fout else "gelukt", time.perf_counter() - begin, fout, omvang=omvang)

    def _vervang_pdf(self, taak: Taak) -> int:
        """Print and write, the manifest last; returns the size of the page. Raises InvoerFout and OSError."""
        manifest = nodig.lees(taak, self.naar)
        assert self.pers is not None
        assert manifest is not None
        binnen(self.naar, plek := formaten.FORMATEN["pdf"].plek(taak.slug))  # before printing
        html = (self.naar / f"{taak.slug}.html").read_bytes().decode("utf-8")
        pdf = _druk(self.pers, html, manifest.naam)
        schrijf_in(self.naar, plek, pdf)
        nieuw = {
            "slug": taak.slug,
            "formaten": taak.formaten,
            "bestanden": {**manifest.bestanden, plek: hash_bestand(pdf)},
            "drukker": self.pers.soort,
        }
        _schrijf_manifest(self.naar, manifest.model_copy(update=nieuw))
        return manifest.omvang

    def _verwerk(self, taak: Taak, toekomst: "Future[Product]") -> None:
        boek = dagboek.plek(taak.slug, self.werkmap)
        try:
            product = self._met_pdf(taak, toekomst.result())
        except Exception as fout:
            product = zonder_antwoord(fout, taak, self.werkmap)
        with suppress(OSError):
            boek.unlink(missing_ok=True)
        try:
            resultaat = bewaar_product(self.naar, taak, product)
        except (OSError, ValueError) as fout:  # ValueError: text that is no UTF-8
            resultaat = Resultaat(taak, "mislukt", product.seconden, _schrijft_niet(self.naar, fout))
        self._klaar(resultaat)

    def _klaar(self, resultaat: Resultaat) -> None:
        taak = resultaat.taak
        self.logboek.schrijf(
            "rapport",
            slug=taak.slug,
            status=resultaat.status,
            seconden=round(resultaat.seconden, 3),
            sleutel=taak.sleutel,
        )
        resultaat = replace(resultaat, taak=self.gevraagd.get(taak.slug, taak))
        self.klaar[taak.slug] = resultaat
        self.meld(resultaat)


def _druk(pers: Drukker, html: str, naam: str) -> bytes:
    return pers.druk(html, kop=naam, voet=f"mkba {mkba.__version__}", titel=naam)


def _naam(taak: Taak, product: Product) -> str:
    return taak.naam or product.titel or taak.slug


def _schrijft_niet(naar: Path, fout: OSError | ValueError) -> str:
    reden = fout.strerror if isinstance(fout, OSError) and fout.strerror else str(fout)
    return f"kan niet schrijven in {naar}: {reden}"


def controleer_parameters(taken: Sequence[Taak]) -> None:
    """Refuse parameters that a notebook does not know (Papermill would only warn), and values, also those in its own
    parameters cell, of another kind than is written there. Raises InvoerFout."""
    per_notebook: dict[Path, list[Taak]] = {}
    for taak in taken:
        per_notebook.setdefault(taak.notebook, []).append(taak)
    meldingen = []
    for notebook, opdrachten in per_notebook.items():
        bekend = parameters(notebook)
        hint = f"Het notebook kent: {', '.join(sorted(bekend)) or '(geen parameters)'}."
        oorzaak = f"het notebook {notebook.name} heeft geen parameter met deze naam."
        gevraagd = {naam for taak in opdrachten for naam in taak.parameters}
        meldingen += [Melding(naam, None, oorzaak, hint) for naam in sorted(gevraagd - bekend.keys())]
        for naam, p in bekend.items():
            waarden = (taak.parameters.get(naam, p.standaard) for taak in opdrachten)
            fouten = (m for w in waarden if w is not None and (m := melding(naam, w, p.soort, notebook.name)))
            meldingen += [*islice(fouten, 1)]
    if meldingen:
        raise InvoerFout(meldingen)


def maak_map(naar: Path) -> None:
    """Make the folder of reports and see that it can be written. Raises InvoerFout when that cannot be, or when it
    holds a link where reports are written: nothing outside the folder is ever changed."""
    try:
        naar.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=naar):
            pass
    except OSError as fout:
        soort = {FileExistsError: "er staat al een bestand met deze naam", PermissionError: "geen schrijfrechten"}
        oorzaak = f"deze map is niet te maken of te beschrijven ({soort.get(type(fout), fout.strerror or fout)})."
        raise InvoerFout([Melding("--naar", str(naar), oorzaak, "Kies een andere map.")]) from None
    rest = "is daar een koppeling naar een andere plek; die verandert mkba nooit."
    remedie = "Haal de koppeling weg, of kies met --naar een andere map."
    gekoppeld = [m for m in (*_MAPPEN, INVOERMAP, SLOT, LOGBOEK) if is_koppeling(naar / m)]
    if gekoppeld:
        raise InvoerFout([Melding("--naar", str(naar), f"{naam} {rest}", remedie) for naam in gekoppeld])


def controleer_eigenaar(taken: Sequence[Taak], naar: Path) -> None:
    """Refuse to replace the report of another file or row that happens to have the same name. Raises InvoerFout."""
    meldingen = []
    for taak in taken:
        manifest = t.lees_manifest(naar / "manifesten" / f"{taak.slug}.json")
        eigen = (taak.feiten.get("bestand", ""), taak.feiten.get("rij", ""))
        if (
            manifest is None
            or manifest.soort != "rapport"
            or manifest.slug != taak.slug
            or (manifest.bestand, manifest.rij) == eigen
        ):
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


def bewaar_product(naar: Path, taak: Taak, product: Product) -> Resultaat:
    """Write what came of a task, the manifest last: it vouches for the rest. Raises OSError."""
    gemaakt = datetime.now().astimezone().replace(microsecond=0)
    notebook, foutbestand = f"notebooks/{taak.slug}.ipynb", f"fouten/{taak.slug}.txt"
    gelukt = product.html is not None
    html = product.html or pagina(
        "mislukt.html.j2",
        naam=taak.naam or taak.slug,
        slug=taak.slug,
        gemaakt=gemaakt,
        foutmelding=product.foutmelding,
    )
    if product.notebook:
        schrijf_in(naar, notebook, product.notebook)
    else:  # nothing was executed: the notebook of an earlier run would tell another story
        verwijder_in(naar, notebook)
    if gelukt:
        verwijder_in(naar, foutbestand)
    else:
        schrijf_in(naar, foutbestand, _fouttekst(taak, product, gemaakt))
    bestanden = {f"{taak.slug}.html": html.encode("utf-8"), **product.bestanden}
    formaten.ruim_op(naar, taak.slug, list(bestanden))
    for naam, inhoud in bestanden.items():
        schrijf_in(naar, naam, inhoud)
    if product.notebook:
        bestanden[notebook] = product.notebook.encode("utf-8")
    opmerkingen = (*product.bericht.get("opmerkingen", ()), *_voorgangers(naar, product.bericht))
    feiten = {**taak.feiten, "waarschuwingen": (*taak.feiten.get("waarschuwingen", ()), *opmerkingen)}
    manifest = Manifest(
        **feiten,
        telling=product.bericht.get("telling", {}),
        slug=taak.slug,
        naam=_naam(taak, product),
        status="gelukt" if gelukt else "mislukt",
        gemaakt=gemaakt,
        seconden=round(product.seconden, 3),
        sleutel=taak.sleutel,
        formaten=taak.formaten,
        bestanden={naam: hash_bestand(inhoud) for naam, inhoud in bestanden.items()},
        drukker=product.drukker,
        notebook=taak.notebook.name,
        mkba=mkba.__version__,
        git=t.git_revisie(),
        versies=t.versies(),
        fout=product.foutsoort,
        omvang=len(html.encode("utf-8")),
    )
    _schrijf_manifest(naar, manifest)
    return Resultaat(
        taak,
        manifest.status,
        product.seconden,
        product.foutmelding or product.foutsoort,
        None if gelukt else naar / foutbestand,
        manifest.omvang,
        opmerkingen,
    )


def _voorgangers(naar: Path, bericht: Mapping[str, Any]) -> list[str]:
    """A warning per page of the folder, also the one replaced now, with almost the same counts of a registration."""
    telling = bericht.get("telling")
    if not telling:
        return []
    eerdere = (t.lees_manifest(pad) for pad in sorted((naar / "manifesten").glob("*.json")))
    return [
        voorganger.waarschuwing(f"{m.slug}.html van {m.gemaakt:%d-%m-%Y}", bericht["drempel"], bericht["afronding"])
        for m in eerdere
        if m is not None and m.telling and voorganger.verschilt_weinig(telling, m.telling, bericht["drempel"])
    ]


def _schrijf_manifest(naar: Path, manifest: Manifest) -> None:
    schrijf_in(naar, f"manifesten/{manifest.slug}.json", manifest.model_dump_json(indent=1) + "\n")


def _fouttekst(taak: Taak, product: Product, gemaakt: datetime) -> str:
    waarden = taak.feiten.get("parameters") or Sporen(taak).uit_notebook(dict(taak.parameters))
    parameters = "\n".join(f"  {naam} = {waarde!r}" for naam, waarde in waarden.items())
    return (
        f"Rapport: {taak.naam or taak.slug}\nNotebook: {taak.notebook.name}\nGemaakt: {gemaakt.isoformat()}\n"
        f"Parameters:\n{parameters or '  (standaardwaarden)'}\n\n{product.fout}\n"
    )
