"""How long 342 gemeenten with four notebooks each take on 1, 8 and 64 workers: table and figure of docs/batch.md.

``python benchmarks/plan.py`` measures what each step costs here and then schedules: every worker takes the next
report when it is free, results pass one by one through the process that writes them. Costs are processor seconds, so
that other work on the machine does not count; a plan for cores that nobody else uses.
"""

import argparse
import heapq
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

NOTEBOOKS = ("10", "20", "30", "40")
GEMEENTEN = 342
WERKERS = (1, 8, 64)
PER_SPAWN = 20
NETWERK_MB_S = 100.0
"""Megabytes per second between machines: a gigabit network. A choice; results pass twice (worker, scheduler, here)."""
FIGUUR = Path(__file__).resolve().parent.parent / "docs" / "batch-plan.svg"


def cpu_s() -> float:
    """Processor seconds of this process and of the children that it waited for."""
    return sum(
        u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def in_kind(doe: Callable[[], Any]) -> Any:
    """What ``doe`` gives in a forked process, which leaves nothing behind here."""
    lees, schrijf = os.pipe()
    if (kind := os.fork()) == 0:
        with os.fdopen(schrijf, "wb") as pijp:
            pickle.dump(doe(), pijp)
        os._exit(0)
    os.close(schrijf)
    with os.fdopen(lees, "rb") as pijp:
        uit = pickle.load(pijp)
    os.waitpid(kind, 0)
    return uit


def meet() -> dict[str, Any]:
    """What a start, a report of each notebook (in a fork, in process, in a kernel) and the writing of it cost."""
    from mkba.reeks.map import batch
    from mkba.reeks.plan.rapporten import zoek_notebook
    from mkba.reeks.plan.taak import Taak
    from mkba.reeks.werk.uitvoering import VANAF, Uitvoering, een_draad, zonder_webadressen

    kosten: dict[str, Any] = {n: {} for n in ("fork_s", "warm_s", "kernel_s", "eerste_s", "mb", "schrijf_s")}
    taken = {n: Taak(f"plan-{n}", "", zoek_notebook(n), {}, "") for n in NOTEBOOKS}
    begin = cpu_s()
    zonder_webadressen()
    een_draad()
    from mkba.reeks.werk import rapport

    kosten["start_spawn_s"] = cpu_s() - begin

    def maak(nummer: str, isoleer: bool = False) -> tuple[float, Any]:
        begin = cpu_s()
        product = rapport.maak(taken[nummer], isoleer=isoleer)
        assert product.html, product.fout
        return cpu_s() - begin, product

    for nummer in NOTEBOOKS:
        kosten["eerste_s"][nummer], kosten["warm_s"][nummer] = in_kind(
            lambda nummer=nummer: (maak(nummer)[0], maak(nummer)[0])
        )
    os.environ["MKBA_OPWARMEN"] = Uitvoering("fork").voor(list(taken.values()) * VANAF).opwarmen
    from mkba.reeks.werk import voorwarm  # noqa: F401 - what a fork server does first

    kosten["start_s"] = cpu_s() - begin - sum(kosten["eerste_s"].values()) - sum(kosten["warm_s"].values())
    for nummer in NOTEBOOKS:
        kosten["fork_s"][nummer] = in_kind(lambda nummer=nummer: maak(nummer)[0])
        kosten["kernel_s"][nummer], product = maak(nummer, isoleer=True)
        begin = cpu_s()
        pakje = pickle.dumps(product)
        with tempfile.TemporaryDirectory() as naar:
            batch.bewaar_product(Path(naar), taken[nummer], pickle.loads(pakje))
        kosten["mb"][nummer], kosten["schrijf_s"][nummer] = len(pakje) / 1e6, cpu_s() - begin
    begin = cpu_s()
    with tempfile.TemporaryDirectory() as map_:
        uit = str(Path(map_) / "uit.ipynb")
        notebook = zoek_notebook("30")
        for deel in (
            ["papermill", str(notebook), uit, "--cwd", str(notebook.parent)],
            ["nbconvert", "--to", "html", uit],
        ):
            subprocess.run([sys.executable, "-m", *deel], check=True, capture_output=True)
    kosten["naief_30_s"] = cpu_s() - begin
    return kosten


def duur(kosten: dict[str, Any], weg: str, werkers: int, gemeenten: int = GEMEENTEN) -> float:
    """Seconds until the last report is written: list scheduling in the order of the batch."""
    taken = [n for n in NOTEBOOKS for _ in range(gemeenten)]
    start, per_rapport = {
        "spawn": (kosten["start_spawn_s"], kosten["warm_s"]),
        "isoleer": (kosten["start_spawn_s"], kosten["kernel_s"]),
        # a plain process per report, which begins with nothing loaded
        "dask": (0.0, {n: kosten["start_spawn_s"] + kosten["eerste_s"][n] for n in NOTEBOOKS}),
    }.get(weg, (kosten["start_s"], kosten["fork_s"]))
    vrij = [(start, 0)] * min(werkers, len(taken))
    heapq.heapify(vrij)
    klaar: list[tuple[float, str]] = []
    for nummer in taken:
        moment, gedaan = heapq.heappop(vrij)
        if weg == "spawn" and gedaan and gedaan % PER_SPAWN == 0:
            moment += start
        if weg == "spawn" and gedaan % PER_SPAWN == 0:
            moment += kosten["eerste_s"][nummer] - kosten["warm_s"][nummer]
        moment += per_rapport[nummer]
        klaar.append((moment, nummer))
        heapq.heappush(vrij, (moment, gedaan + 1))
    schrijver = 0.0
    for moment, nummer in sorted(klaar):
        over = 2 * kosten["mb"][nummer] / NETWERK_MB_S if weg == "dask" else 0.0
        schrijver = max(schrijver, moment) + over + kosten["schrijf_s"][nummer]
    return schrijver


def tabel(kosten: dict[str, Any], wegen: Sequence[str]) -> str:
    """The table of the docs, in minutes."""
    regels = [
        "| weg | " + " | ".join(f"{w} werker{'s' if w > 1 else ''}" for w in WERKERS) + " |",
        "|---|" + "---:|" * len(WERKERS),
    ]
    naief = GEMEENTEN * sum(kosten["naief_30_s"] - kosten["warm_s"]["30"] + kosten["warm_s"][n] for n in NOTEBOOKS)
    regels.append(f"| losse opdrachten, een voor een | {naief / 60:.0f} min | – | – |")
    for weg in wegen:
        regels.append(f"| {weg} | " + " | ".join(f"{duur(kosten, weg, w) / 60:.1f} min" for w in WERKERS) + " |")
    return "\n".join(regels)


def teken(kosten: dict[str, Any], wegen: Sequence[str], naar: Path) -> None:
    """Minutes against workers, both on log scales."""
    import matplotlib

    matplotlib.rcParams["svg.hashsalt"] = "mkba"
    from matplotlib.figure import Figure

    figuur = Figure(figsize=(7, 4), layout="constrained")
    ax = figuur.subplots()
    aantallen = [1, 2, 4, 8, 16, 32, 64, 128]
    for weg in wegen:
        ax.plot(aantallen, [duur(kosten, weg, w) / 60 for w in aantallen], marker="o", label=weg)
    een = duur(kosten, "fork", 1) / 60
    ax.plot(aantallen, [een / w for w in aantallen], color="0.6", linestyle=":", label="fork, evenredig")
    ax.set(xscale="log", yscale="log", xlabel="werkers", ylabel="minuten", xticks=aantallen, xticklabels=aantallen)
    ax.set_title(f"{GEMEENTEN} gemeenten × {len(NOTEBOOKS)} rapporten")
    ax.legend()
    naar.parent.mkdir(exist_ok=True)
    figuur.savefig(naar, metadata={"Date": None})


def main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument(
        "--kosten", type=Path, help="json met eerder gemeten kosten; bestaat het niet, dan wordt het gemaakt"
    )
    keuze = lezer.parse_args()
    begin = time.perf_counter()
    if keuze.kosten and keuze.kosten.is_file():
        kosten = json.loads(keuze.kosten.read_text())
    else:
        kosten = meet()
        if keuze.kosten:
            keuze.kosten.write_text(json.dumps(kosten, indent=1) + "\n")
    wegen = ("fork", "spawn", "isoleer", "dask")
    print(json.dumps(kosten, indent=1), f"\n\n{tabel(kosten, wegen)}\n\n{time.perf_counter() - begin:.0f} s")
    teken(kosten, wegen, FIGUUR)


if __name__ == "__main__":
    main()
