"""Seconds per report, memory and leaks of the ways to make a batch, against the naive loop and the floor.

``make benchmark-batch``, or ``python benchmarks/batch.py --aantal 40 --rondes 2 --notebook 30 40``. It measures the
real reports (``--notebook doorsnee``: the synthetic one), with ``--gemeenten`` also what all gemeenten take. Every way
is a command of its own, start included, and the ways take turns in every round, so that a busy machine hits all alike;
the ratios are medians over the rounds. Naive: the papermill command and the nbconvert command per
report, one after the other.
Floor: the code cells as plain Python with our page template, in two processes that stay: no notebook at all.
Memory is that of the whole process tree, a page that processes share counted once in all (PSS; where the system does
not tell, resident memory, which counts it once per process).
Needs psutil (``pip install psutil``).
"""

import argparse
import ast
import base64
import csv
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil

HIER = Path(__file__).resolve().parent
DOORSNEE = HIER / "doorsnee.ipynb"
WEGEN = ("naief", "fork", "spawn", "isoleer", "vloer")
ECHT = ("30", "40")
"""The reports that a user waits for, and who says how long."""
COHORT = "45"
"""The notebook that makes one page of all aanpakken."""
AANTAL_GEMEENTEN = 342
"""Gemeenten in the Netherlands, 2024 and 2025 (CBS, Gemeentelijke indeling)."""
NAIEF = 4
"""Reports of the naive loop per round: it has no start-up to spread over more."""
TIK_S = 0.25


# --- one way, in a process of its own -------------------------------------------------------------------------


def taken(notebook: str, aantal: int, map_: Path) -> list[Any]:
    """So many tasks: of the notebook here, or of a notebook of the kit over a table with that many rows."""
    from mkba.invoer.lezen import lees_aanpakken
    from mkba.kern.bestand import paden
    from mkba.kern.catalogus.kengetallen import laad
    from mkba.reeks.plan.rapporten import cohort_taak, rapport_taken, zoek_notebook
    from mkba.reeks.plan.taak import Taak

    if notebook == DOORSNEE.stem:
        return [
            Taak(f"r{i}", f"Gemeente {i}", DOORSNEE, {"gemeente": f"Gemeente {i}", "zaad": i}, str(i))
            for i in range(aantal)
        ]
    with (paden.data() / "voorbeeldgemeente" / "aanpakken.csv").open(encoding="utf-8-sig", newline="") as bestand:
        kop, *rijen = list(csv.reader(bestand, delimiter=";"))
    tabel = map_ / "aanpakken.csv"
    with tabel.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.writer(bestand, delimiter=";")
        schrijver.writerow(kop)
        naam = kop.index("naam")
        for i in range(aantal):
            rij = list(rijen[i % len(rijen)])
            rij[naam] = f"Gemeente {i}"
            schrijver.writerow(rij)
    kengetallen = laad()
    if notebook == COHORT:
        return [cohort_taak(lees_aanpakken(tabel, kengetallen), kengetallen, zoek_notebook(notebook))]
    return rapport_taken(lees_aanpakken(tabel, kengetallen), kengetallen, zoek_notebook(notebook))


def naief(reeks: Sequence[Any], map_: Path) -> None:
    """What a user does without this kit."""
    from mkba.uitvoer import extra

    omgeving = os.environ | {extra.OMGEVING: ""}  # figures as SVG alone, as for the others
    for taak in reeks:
        uit = map_ / f"{taak.slug}.ipynb"
        parameters = [deel for naam, waarde in taak.parameters.items() for deel in ("-p", naam, str(waarde))]
        opdrachten = (
            ["papermill", str(taak.notebook), str(uit), *parameters, "--cwd", str(taak.notebook.parent)],
            ["nbconvert", "--to", "html", "--no-input", str(uit)],
        )
        for module, *rest in opdrachten:
            subprocess.run([sys.executable, "-m", module, *rest], check=True, capture_output=True, env=omgeving)


def met_batch(reeks: Sequence[Any], map_: Path, weg: str) -> None:
    """A batch of this kit."""
    from mkba.reeks.map import batch
    from mkba.reeks.werk.uitvoering import Uitvoering

    uitvoering = Uitvoering(isoleer=True) if weg == "isoleer" else Uitvoering("fork" if weg == "fork" else "spawn")
    fouten = [r.fout for r in batch.draai(reeks, map_ / "uit", 2, uitvoering=uitvoering) if r.status != "gelukt"]
    assert not fouten, fouten


def vloer(reeks: Sequence[Any], map_: Path) -> None:
    """Two processes that only execute code and fill in the template."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as ploeg:
        for taak, html in zip(reeks, ploeg.map(kaal_rapport, reeks), strict=True):
            (map_ / f"{taak.slug}.html").write_text(html, encoding="utf-8")


def kaal_rapport(taak: Any) -> str:
    """The page of a task, made without notebook machinery."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import mistune

    from mkba.reeks.pagina import sjablonen
    from mkba.uitvoer import extra

    os.environ[extra.OMGEVING] = ""  # a report: figures as SVG alone
    ruimte: dict[str, Any] = {}
    delen: list[str] = []
    for cel in json.loads(taak.notebook.read_text(encoding="utf-8"))["cells"]:
        bron = "".join(cel["source"])
        if cel["cell_type"] == "markdown":
            delen.append(str(mistune.html(bron)))
            continue
        boom = ast.parse(bron)
        laatste = boom.body.pop() if isinstance(boom.body[-1], ast.Expr) and not bron.rstrip().endswith(";") else None
        exec(compile(boom, "<cel>", "exec"), ruimte)
        if "parameters" in cel["metadata"].get("tags", []):
            ruimte |= dict(taak.parameters)
        if isinstance(laatste, ast.Expr):
            delen.append(getoond(eval(compile(ast.Expression(laatste.value), "<cel>", "eval"), ruimte)))
        for nummer in plt.get_fignums():
            buffer = io.BytesIO()
            plt.figure(nummer).savefig(buffer, format="png", bbox_inches="tight")
            delen.append(beeld(buffer.getvalue()))
        plt.close("all")
    return sjablonen.pagina(
        "rapport.html.j2", naam=taak.naam, merk="", soort="", kort=taak.naam, gemaakt=datetime.now(), meta=[],
        koppen=[], inhoud="\n".join(delen), herkomst=taak.herkomst, huisstijl=taak.huisstijl,
        standaardkleur=taak.huisstijl.hoofd, voorop="", weggelaten="", kengetallenpagina="",
    )  # fmt: skip


def getoond(waarde: Any) -> str:
    """What a notebook would show of a value."""
    import mistune

    for vorm in ("_repr_html_", "_repr_markdown_", "_repr_mimebundle_"):
        inhoud = getattr(waarde, vorm, lambda: None)()
        if isinstance(inhoud, tuple):
            inhoud = inhoud[0]
        if isinstance(inhoud, dict):
            if tekening := inhoud.get("image/svg+xml"):  # of a figure; of a table its HTML
                return str(tekening)
            if "text/html" in inhoud:
                return str(inhoud["text/html"])
            inhoud = inhoud.get("image/png", b"")
            return beeld(base64.b64decode(inhoud) if isinstance(inhoud, str) else inhoud)
        if inhoud:
            return str(mistune.html(inhoud)) if vorm == "_repr_markdown_" else str(inhoud)
    return "" if waarde is None else repr(waarde)


def beeld(png: bytes) -> str:
    """An image within the page."""
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(png).decode()}">'


# --- measuring ------------------------------------------------------------------------------------------------


@dataclass
class Meting:
    """One run: seconds per report, and memory (MB) and open files over time, of the tree and of the main process."""

    aantal: int
    seconden: float = 0.0
    cpu_s: float = 0.0
    boom_mb: list[float] = field(default_factory=list)
    hoofd_mb: list[float] = field(default_factory=list)
    bestanden: list[int] = field(default_factory=list)

    @property
    def per_rapport(self) -> float:
        return self.seconden / self.aantal

    @property
    def cpu_per_rapport(self) -> float:
        return self.cpu_s / self.aantal

    @staticmethod
    def groei(reeks: Sequence[float]) -> float:
        """How much the last tenth lies above the third: by then all workers are there."""
        deel = max(1, len(reeks) // 10)
        return statistics.median(reeks[-deel:]) - statistics.median(reeks[2 * deel : 3 * deel] or reeks)


def geheugen(lid: Any) -> int:
    """Bytes of a process, shared pages divided over who shares them."""
    try:
        return int(lid.memory_full_info().pss)
    except (AttributeError, psutil.AccessDenied):
        return int(lid.memory_info().rss)


@contextmanager
def gemeten(proces: Any, meting: Meting) -> Iterator[None]:
    """Sample a process tree until done."""
    klaar = threading.Event()

    def kijk() -> None:
        hoofd = psutil.Process(proces.pid)
        while not klaar.wait(TIK_S):
            with suppress(psutil.Error):
                boom = cpu = 0.0
                for lid in [hoofd, *hoofd.children(recursive=True)]:
                    with suppress(psutil.Error), lid.oneshot():
                        boom += geheugen(lid)
                        tijd = lid.cpu_times()  # of a child that ended, its parent keeps the time
                        cpu += tijd.user + tijd.system + tijd.children_user + tijd.children_system
                meting.cpu_s = max(meting.cpu_s, cpu)
                meting.boom_mb.append(boom / 2**20)
                meting.hoofd_mb.append(hoofd.memory_info().rss / 2**20)
                meting.bestanden.append(hoofd.num_fds() if hasattr(hoofd, "num_fds") else 0)

    draad = threading.Thread(target=kijk)
    begin = time.perf_counter()
    draad.start()
    try:
        yield
    finally:
        meting.seconden = time.perf_counter() - begin
        klaar.set()
        draad.join()


def meet(weg: str, notebook: str, aantal: int) -> Meting:
    """Run one way as a command."""
    meting = Meting(aantal)
    with tempfile.TemporaryDirectory(prefix="mkba-bench-") as map_:
        opdracht = [sys.executable, __file__, "--weg", weg, "--aantal", str(aantal), "--notebook", notebook]
        stromen: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        with (
            subprocess.Popen([*opdracht, "--map", map_], **stromen) as proces,
            gemeten(proces, meting),
        ):
            _, fout = proces.communicate()
        if proces.returncode:
            raise SystemExit(f"{weg}: {fout}")
    return meting


def main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--aantal", type=int, default=40, help="rapporten per weg, over alle rondes samen")
    lezer.add_argument("--rondes", type=int, default=1)
    lezer.add_argument("--notebook", nargs="+", default=ECHT, help="notebooks uit het pakket, of doorsnee")
    lezer.add_argument("--gemeenten", action="store_true", help="ook wat alle gemeenten duren")
    lezer.add_argument("--zonder", nargs="*", default=[], choices=WEGEN)
    lezer.add_argument("--json", default="", help="bestand voor de uitkomsten, voor plan.py")
    lezer.add_argument("--weg", choices=WEGEN, help=argparse.SUPPRESS)
    lezer.add_argument("--map", type=Path, help=argparse.SUPPRESS)
    keuze = lezer.parse_args()
    if keuze.weg:
        reeks = taken(keuze.notebook[0], keuze.aantal, keuze.map)
        doe = {"naief": naief, "vloer": vloer}.get(keuze.weg)
        if doe:
            doe(reeks, keuze.map)
        else:
            met_batch(reeks, keuze.map, keuze.weg)
        return
    per_ronde = max(1, keuze.aantal // keuze.rondes)
    wegen = [w for w in WEGEN if w not in keuze.zonder]
    uit: dict[str, dict[str, float]] = {}
    for notebook in keuze.notebook:
        metingen: dict[str, list[Meting]] = {weg: [] for weg in wegen}
        for _ in range(keuze.rondes):
            for weg in wegen:
                metingen[weg].append(meet(weg, notebook, min(NAIEF, per_ronde) if weg == "naief" else per_ronde))
        toon(metingen, notebook, keuze.rondes)
        uit[notebook] = {w: statistics.median(m.per_rapport for m in ms) for w, ms in metingen.items()}
    if keuze.gemeenten:
        alle_gemeenten({n: tijden["fork"] for n, tijden in uit.items() if "fork" in tijden}, keuze.aantal)
    if keuze.json:
        Path(keuze.json).write_text(json.dumps(uit, indent=1) + "\n")


def alle_gemeenten(gemeten_s: dict[str, float], aantal: int) -> None:
    """What all gemeenten take, from as many reports as were measured of each; start included."""
    per_rapport = {n: gemeten_s.get(n) or meet("fork", n, aantal).per_rapport for n in ECHT}
    minuten = {n: AANTAL_GEMEENTEN * s / 60 for n, s in per_rapport.items()}
    minuten[COHORT] = meet("fork", COHORT, AANTAL_GEMEENTEN).seconden / 60  # one page of all of them
    print(f"\n{AANTAL_GEMEENTEN} gemeenten, uit {aantal} rapporten van elk en een cohort van alle:")
    print("\n| notebook | minuten |\n|---|---:|")
    for notebook, duur in minuten.items():
        print(f"| {notebook} | {duur:.1f} |")
    print(f"| samen | {sum(minuten.values()):.1f} |")


def toon(metingen: dict[str, list[Meting]], notebook: str, rondes: int) -> None:
    """The table of docs/batch.md."""
    aantal = max(m.aantal for ms in metingen.values() for m in ms)
    print(f"\nnotebook {notebook}, {aantal} rapporten per ronde, {rondes} rondes om en om, {os.cpu_count()} kernen")
    koppen = (
        "weg", "s per rapport", "cpu-s per rapport", "maal sneller dan los", "maal de vloer",
        "cpu maal sneller dan los", "cpu maal de vloer", "piek MB", "groei MB", "open",
    )  # fmt: skip
    print(f"\n| {' | '.join(koppen)} |\n|---{'|---:' * (len(koppen) - 1)}|")
    for weg, ms in metingen.items():
        delen = [_verhouding(metingen, ms, wat) for wat in ("per_rapport", "cpu_per_rapport")]
        groei = max(m.groei(m.hoofd_mb) for m in ms)
        bestanden = max(m.groei(m.bestanden) for m in ms)
        seconden, cpu = (statistics.median(getattr(m, w) for m in ms) for w in ("per_rapport", "cpu_per_rapport"))
        piek = max(max(m.boom_mb, default=0) for m in ms)
        naam = {"naief": "losse opdrachten"}.get(weg, weg)
        getallen = [
            f"{seconden:.2f}",
            f"{cpu:.2f}",
            *delen[0],
            *delen[1],
            f"{piek:.0f}",
            f"{groei:.0f}",
            f"{bestanden:.0f}",
        ]
        print(f"| {naam} | {' | '.join(getallen)} |")


def _verhouding(metingen: dict[str, list[Meting]], ms: list[Meting], wat: str) -> tuple[str, str]:
    """Times as fast as the separate commands, and times the floor, by pairs of the same round; – when not measured."""
    tegen = {
        ander: statistics.median(getattr(a, wat) / getattr(m, wat) for a, m in zip(metingen[ander], ms, strict=True))
        for ander in ("naief", "vloer")
        if ander in metingen
    }
    sneller = f"{tegen['naief']:.1f}" if "naief" in tegen else "–"
    return sneller, f"{1 / tegen['vloer']:.2f}" if "vloer" in tegen else "–"


if __name__ == "__main__":
    main()
