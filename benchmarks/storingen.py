"""The finish line of "never lost": a table of gemeenten rendered twice, once with every fault and once without.

``python benchmarks/storingen.py --aantal 342``. Both folders must be the same, file for file and byte for byte, but for
what ``MASKER`` hides: moments, durations and the hashes over pages that print a moment. Made-up gemeenten; one seed is
one table and one order of faults. Linux only: workers are killed and limits set by the system.
"""

import argparse
import contextlib
import csv
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mkba.invoer import paden

MASKER = {
    # "22 november 2026, 01:30" in a page and "22-11-2026" in the overview; the moment and length of a run
    ".html": (
        (rb"\d{1,2} [a-z]+ \d{4}, \d\d:\d\d", b"MOMENT"),
        (rb'data-waarde="[0-9.]+"><time datetime="[^"]*">[^<]*', b"MOMENT"),
    ),
    ".ipynb": (
        (rb'"(start_time|end_time)": "[^"]*"', rb'"\1": "MOMENT"'),
        (rb'"duration": [0-9.e-]+', b'"duration": 0'),
        (rb"T_[0-9a-f]{5}", b"T_STIJL"),
    ),
    ".json": (
        (rb'"gemaakt": ?"[^"]*"', b'"gemaakt": "MOMENT"'),
        (rb'"seconden": ?[0-9.e-]+', b'"seconden": 0'),
        (rb'"(html|uitgevoerd)": ?"[0-9a-f]{64}"', rb'"\1": "HASH"'),
    ),
    ".csv": ((rb"\d{4}-\d\d-\d\dT[0-9:+.Z]+,[0-9.]+", b"MOMENT,0"),),
}
"""Per kind of file what may differ; the hashes are over a page and a notebook that hold a moment."""
NIET_VERGELEKEN = {"batch.jsonl", ".mkba.slot"}
"""The log tells what happened, which differs; the lock is empty."""

TOT_HET_EINDE = {"volle schijf", "sabotage"}
"""Faults inside a run that is not ended."""

SABOTEUR = """
import os, random, time
from mkba.uitvoer import motor
echt, cellen = motor._voer_cel_uit, 0
def _voer_cel_uit(schil, vangst, cel):
    global cellen
    cellen += 1
    kans = random.Random(f"{os.getpid()}-{cellen}-{time.time_ns()}")
    if kans.random() < KANS:
        wat = kans.choice(["dood", "uitgang", "fout", "hang", "doof", "kinderen", "geheugen", "grepen", "uitvoer"])
        with open(os.path.join(os.path.dirname(__file__), "gedaan.txt"), "a") as b:
            b.write(wat + "\\n")
        cel = type(cel)(cel)
        cel["source"] = {
            "dood": "import os; os.kill(os.getpid(), 9)", "uitgang": "import os; os._exit(0)", "fout": "1 / 0",
            "hang": "import time; time.sleep(600)",
            "doof": "import time\\nwhile True:\\n    try: time.sleep(60)\\n    except Exception: pass",
            "kinderen": "import os, time\\nif os.fork() == 0: time.sleep(600)\\nos._exit(1)",
            "geheugen": "x = []\\nwhile True: x.append(bytearray(50_000_000))",
            "grepen": "import os; os.closerange(3, 4096)",
            "uitvoer": "for _ in range(1100): print('x' * 1_000_000)",
        }[wat]
    return echt(schil, vangst, cel)
motor._voer_cel_uit = _voer_cel_uit
"""
OPDRACHT = """
import sys
from mkba.opdracht import main
from mkba.uitvoer import werk
grens, kans = float(sys.argv[1]), sys.argv[2]
if kans != "0":
    from multiprocessing import forkserver
    echt = forkserver.set_forkserver_preload
    forkserver.set_forkserver_preload = lambda namen: echt([*namen, "saboteur"])
    werk.GRATIE_S = 1.0
if grens:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(grens), int(grens)))
sys.exit(main(sys.argv[3:]))
"""


def maak_tabel(pad: Path, aantal: int, zaad: int) -> None:
    """Plausible answers: those of the example gemeente with other numbers of households, fte and knobs, in range."""
    kans = random.Random(zaad)
    with (paden.data() / "voorbeeldgemeente" / "aanpakken.csv").open(encoding="utf-8-sig", newline="") as bron:
        voorbeelden = list(csv.DictReader(bron, delimiter=";"))
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.DictWriter(bestand, list(voorbeelden[0]), delimiter=";")
        schrijver.writeheader()
        for nummer in range(1, aantal + 1):
            rij = dict(kans.choice(voorbeelden))
            fte = round(kans.uniform(4, 40) * 2) / 2
            rij |= {
                "naam": f"Gemeente {nummer:03d} (verzonnen)",
                "fte": f"{fte:g}".replace(".", ","),
                "huishoudens": str(round(fte * kans.uniform(45, 95))),
                "nieuw": f"{kans.randint(0, 15)}%",
                "terugval": f"{kans.choice([10, 15, 20, 25])}%",
                "additioneel": f"{kans.choice([0, 25, 40, 50])}%",
            }
            schrijver.writerow(rij)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aantal", type=int, default=342)
    parser.add_argument("--zaad", type=int, default=2014)
    parser.add_argument("--werkers", type=int, default=2)
    parser.add_argument("--map", type=Path, default=None, help="Hierin blijven beide mappen staan.")
    keuze = parser.parse_args()
    basis = keuze.map or Path(tempfile.mkdtemp(prefix="mkba-storingen-"))
    basis.mkdir(parents=True, exist_ok=True)
    maak_tabel(basis / "gemeenten.csv", keuze.aantal, keuze.zaad)
    (basis / "tmp").mkdir(exist_ok=True)
    for deel in ("mkba", "data", "notebooks"):  # both sides of the same code, whatever changes meanwhile
        shutil.copytree(paden.data().parent / deel, basis / "kit" / deel, ignore=shutil.ignore_patterns("__pycache__"))
    schoon, gestoord = basis / "schoon", basis / "gestoord"
    begin = time.perf_counter()
    code = start(basis, schoon, keuze.werkers).wait()
    print(f"schoon: code {code}, {time.perf_counter() - begin:.0f} s", flush=True)
    begin = time.perf_counter()
    stoor(basis, gestoord, keuze)
    print(f"gestoord: {time.perf_counter() - begin:.0f} s", flush=True)
    anders = verschillen(schoon, gestoord)
    rest = [p.name for p in (basis / "tmp").iterdir()]
    bytes_ = sum(p.stat().st_size for p in schoon.rglob("*") if p.is_file())
    aantal = sum(p.is_file() for p in schoon.rglob("*"))
    print(f"{aantal} bestanden, {bytes_ / 1e6:.0f} MB; verschillen: {len(anders)}; in de tijdelijke map: {len(rest)}")
    print(*anders[:20], *rest, sep="\n")
    if keuze.map is None:
        shutil.rmtree(basis)
    raise SystemExit(1 if anders or rest or code else 0)


def start(basis: Path, naar: Path, werkers: int, grens: float = 0, kans: float = 0) -> "subprocess.Popen[bytes]":
    """The real command; ``grens`` bytes per file, ``kans`` that a cell is sabotaged."""
    (basis / "saboteur.py").write_text(SABOTEUR.replace("KANS", repr(kans)))
    pad = os.pathsep.join([str(basis), str(basis / "kit"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", OPDRACHT, str(grens), str(kans), "rapport", str(basis / "gemeenten.csv"), "--notebooks",
         "30", "--naar", str(naar), "--werkers", str(werkers), "--limiet-cel", "20", "--geheugen", "2"],
        env=os.environ | {"TMPDIR": str(basis / "tmp"), "PYTHONPATH": pad},
        cwd=basis, stdout=subprocess.DEVNULL, stderr=(basis / "stderr.txt").open("ab"), start_new_session=True,
    )  # fmt: skip


def stoor(basis: Path, naar: Path, keuze: argparse.Namespace) -> None:
    """Runs with one fault each, until a run without faults has nothing more to do."""
    kans = random.Random(keuze.zaad)
    telling: Counter[str] = Counter()
    runs = 0
    for wat in [
        "sabotage",
        "kill -9 werker",
        "kill -9 opdracht",
        "Ctrl-C",
        "volle schijf",
        "map weg",
        "beschadiging",
    ] * 2:
        runs += 1
        proces = start(
            basis, naar, keuze.werkers, 250_000 if wat == "volle schijf" else 0, 0.05 if wat == "sabotage" else 0
        )
        # as far as a part of what is left, or to the end
        genoeg = regels(naar) + max(1, round(kans.uniform(0.1, 0.5) * keuze.aantal))
        while proces.poll() is None and (regels(naar) < genoeg or wat in TOT_HET_EINDE):
            time.sleep(0.2)
            if wat == "kill -9 werker" and (kinderen := werkers_van(proces.pid)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(kans.choice(kinderen), signal.SIGKILL)
                    telling[wat] += 1
                time.sleep(kans.uniform(0.5, 3))
        if proces.poll() is None:
            telling["kill -9 opdracht" if wat != "Ctrl-C" else wat] += 1
            if wat == "map weg":
                for weg in ("notebooks", "manifesten"):
                    shutil.rmtree(naar / weg, ignore_errors=True)
                telling[wat] += 1
            if wat == "Ctrl-C":
                os.killpg(proces.pid, signal.SIGINT)
            else:
                proces.kill()
        proces.wait()
        telling[wat] += wat in ("volle schijf", "sabotage")
        if wat == "beschadiging":
            bestanden = [p for p in naar.rglob("*") if p.is_file() and p.name not in NIET_VERGELEKEN]
            for pad in kans.sample(bestanden, -(-len(bestanden) // 5)):
                inhoud = pad.read_bytes()
                pad.write_bytes(inhoud[: kans.randrange(len(inhoud) + 1)])
                telling["bestand afgekapt"] += 1
    for _ in range(2):
        runs += 1
        code = start(basis, naar, keuze.werkers).wait()
    gedaan = basis / "gedaan.txt"
    in_cel = Counter(gedaan.read_text().split()) if gedaan.exists() else Counter()
    print(f"{runs} runs, laatste code {code}; storingen: {dict(telling)}; in een cel: {dict(in_cel)}", flush=True)


def regels(naar: Path) -> int:
    """Reports that the log tells of, of all runs."""
    pad = naar / "batch.jsonl"
    return pad.read_bytes().count(b'"wat": "rapport"') if pad.is_file() else 0


def werkers_van(opdracht: int) -> list[int]:
    """Grandchildren of the command."""
    ouder = {}
    for map_ in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            ouder[int(map_.name)] = int((map_ / "stat").read_text().rsplit(")", 1)[1].split()[1])
    return [p for p, o in ouder.items() if ouder.get(o) == opdracht]


def verschillen(links: Path, rechts: Path) -> list[str]:
    """Files that are on one side only or differ where they may not."""
    namen = [
        {p.relative_to(m).as_posix() for p in m.rglob("*") if p.is_file()} - NIET_VERGELEKEN for m in (links, rechts)
    ]
    uit = [f"maar aan een kant: {naam}" for naam in sorted(namen[0] ^ namen[1])]
    for naam in sorted(namen[0] & namen[1]):
        inhoud = [(m / naam).read_bytes() for m in (links, rechts)]
        for patroon, door in MASKER.get(Path(naam).suffix, ()):
            inhoud = [re.sub(patroon, door, i) for i in inhoud]
        if inhoud[0] != inhoud[1]:
            plek = next((i for i, (a, b) in enumerate(zip(*inhoud, strict=False)) if a != b), -1)
            rond = [i[max(0, plek - 40) : plek + 40] for i in inhoud]
            uit.append(f"anders: {naam} bij byte {plek}: {rond[0]!r} {rond[1]!r}")
    return uit


if __name__ == "__main__":
    main()
