"""The finish line of "never lost": a table of gemeenten rendered twice, once with every fault and once without.

``python benchmarks/storingen.py --aantal 342``. Both folders must be the same, file for file and byte for byte, but for
what ``MASKER`` hides: moments, durations and the hashes over pages that print a moment. Made-up gemeenten; one seed is
one table and one order of faults. Linux only: workers are killed and limits set by the system.

``--json PAD`` writes what was seen, run by run; ``--figuur PAD`` draws it (svg). What the reports of a run came to is
counted from the lines that the command itself prints; a run that is killed leaves the rest unreached. So that every
fault strikes, a run that would find nothing to do is preceded by damage: a fifth of the files cut short.
``--map M --verder`` goes on with the folders of an earlier call, and ``--storingen`` says with which faults.
"""

import argparse
import contextlib
import csv
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mkba.kern.bestand import paden
from mkba.kern.tekst.notatie import getal
from mkba.uitvoer import figuur, kleuren

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
        (rb'"([^"]+\.(?:html|ipynb))": ?"[0-9a-f]{64}"', rb'"\1": "HASH"'),
    ),
    ".csv": ((rb"\d{4}-\d\d-\d\dT[0-9:+.Z]+,[0-9.]+", b"MOMENT,0"),),
}
"""Per kind of file what may differ; the hashes are over a page and a notebook that hold a moment. That they are those
of the files beside them is checked apart."""
NIET_VERGELEKEN = {"batch.jsonl", ".mkba.slot"}
"""The log tells what happened, which differs; the lock is empty."""

TOT_HET_EINDE = {"volle schijf", "sabotage"}
"""Faults inside a run that is not ended."""

GEZEGD = re.compile(rb"^\[\d+/\d+\] .*: (klaar|ongewijzigd|mislukt)(?: \([\d.,]+ s\))?$")
"""A line of the command about one report, when it does not write to a terminal."""


@dataclass
class Run:
    """One run of the command: which fault, how it ended, and how many reports it made, kept, failed or never reached.

    ``getroffen``: the fault struck (a run can be ready before its turn); ``einde``: how the run ended, its exit code
    or the signal.
    """

    wat: str
    getroffen: bool = False
    gemaakt: int = 0
    ongewijzigd: int = 0
    mislukt: int = 0
    niet_bereikt: int = 0
    seconden: float = 0.0
    einde: str = ""
    werkers_gedood: int = 0
    bestanden_afgekapt: int = 0
    vooraf_afgekapt: int = 0
    in_cel: dict[str, int] = field(default_factory=dict)

    def naam(self) -> str:
        """What happened, for a reader."""
        dood = "opdracht gedood" if self.einde == "SIGKILL" else ""
        delen = {
            "sabotage": [f"storing in een cel ({sum(self.in_cel.values())} keer)"],
            "kill -9 werker": [f"werkers gedood ({self.werkers_gedood})", dood],
            "kill -9 opdracht": [dood],
            "volle schijf": ["grens aan bestandsgrootte (volle schijf)"],
            "map weg": ["mappen verwijderd", dood],
            "beschadiging": [dood, f"daarna bestanden afgekapt ({self.bestanden_afgekapt})"],
        }.get(self.wat, [self.wat])
        if self.wat in FOUTEN and not self.getroffen:
            return f"{self.wat} (was al klaar)"
        vooraf = f"na {self.vooraf_afgekapt} afgekapte bestanden: " if self.vooraf_afgekapt else ""
        return vooraf + ", ".join(filter(None, delen))


FOUTEN = ("sabotage", "kill -9 werker", "kill -9 opdracht", "Ctrl-C", "volle schijf", "map weg", "beschadiging")
"""The faults, in the order of the runs; twice."""
VERSLAG = "verslag.json"
"""In the folder of a call: what was seen so far."""

SABOTEUR = """
import os, random, time
from mkba.reeks.werk import motor
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
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in the background without Ctrl-C
from mkba.opdracht import main
from mkba.reeks.werk import uitvoering as werk
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
    parser.add_argument("--figuur", type=Path, default=None, metavar="PAD", help="Teken de runs (svg).")
    parser.add_argument("--json", type=Path, default=None, metavar="PAD", help="Bewaar wat er gezien is.")
    parser.add_argument("--verder", action="store_true", help="Ga door met de mappen die in --map staan.")
    parser.add_argument("--storingen", nargs="*", default=list(FOUTEN * 2), choices=FOUTEN)
    keuze = parser.parse_args()
    basis = keuze.map or Path(tempfile.mkdtemp(prefix="mkba-storingen-"))
    basis.mkdir(parents=True, exist_ok=True)
    schoon, gestoord = basis / "schoon", basis / "gestoord"
    if keuze.verder:
        verslag: dict[str, Any] = json.loads((basis / VERSLAG).read_text(encoding="utf-8"))
        keuze.aantal, keuze.werkers = verslag["aantal"], verslag["werkers"]
    else:
        maak_tabel(basis / "gemeenten.csv", keuze.aantal, keuze.zaad)
        (basis / "tmp").mkdir(exist_ok=True)
        for deel in ("mkba", "data", "notebooks"):  # both sides of the same code, whatever changes meanwhile
            bron, doel = paden.data().parent / deel, basis / "kit" / deel
            shutil.copytree(bron, doel, ignore=shutil.ignore_patterns("__pycache__"))
        zonder = Run("zonder storing")
        with draai(zonder, basis, schoon, keuze):
            pass
        print(f"schoon: {zonder.einde}, {zonder.seconden:.0f} s", flush=True)
        verslag = {k: getattr(keuze, k) for k in ("aantal", "zaad", "werkers")} | {"schoon": asdict(zonder), "runs": []}
    stoor(basis, gestoord, keuze, verslag)
    print(f"gestoord: {sum(run['seconden'] for run in verslag['runs']):.0f} s", flush=True)
    anders = verschillen(schoon, gestoord)
    rest = [p.name for p in (basis / "tmp").iterdir()]
    bytes_ = sum(p.stat().st_size for p in schoon.rglob("*") if p.is_file())
    aantal = sum(p.is_file() for p in schoon.rglob("*"))
    print(f"{aantal} bestanden, {bytes_ / 1e6:.0f} MB; verschillen: {len(anders)}; in de tijdelijke map: {len(rest)}")
    print(*anders[:20], *rest, sep="\n")
    verslag |= {"bestanden": aantal, "bytes": bytes_, "verschillen": anders, "in_de_tijdelijke_map": rest}
    bewaar(verslag, basis / VERSLAG)
    if keuze.json:
        bewaar(verslag, keuze.json)
    if keuze.figuur:
        figuur.bewaar(teken(verslag), keuze.figuur)
    if keuze.map is None:
        shutil.rmtree(basis)
    goed = all(run["einde"] == "code 0" for run in (verslag["schoon"], verslag["runs"][-1]))
    raise SystemExit(0 if goed and not anders and not rest else 1)


def bewaar(verslag: dict[str, Any], pad: Path) -> None:
    """Write what was seen."""
    pad.write_text(json.dumps(verslag, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@contextlib.contextmanager
def draai(run: Run, basis: Path, naar: Path, keuze: argparse.Namespace, grens: float = 0, kans: float = 0) -> Any:
    """The command, to disturb in the body; afterwards ``run`` holds what came of it."""
    begin, gedaan = time.perf_counter(), in_cellen(basis)
    proces = start(basis, naar, keuze.werkers, grens, kans)
    regels_: list[bytes] = []
    lezer = threading.Thread(target=lambda: regels_.extend(proces.stderr or ()), daemon=True)
    lezer.start()
    yield proces
    code = proces.wait()
    lezer.join(60)
    with (basis / "stderr.txt").open("ab") as bestand:
        bestand.writelines(regels_)
    woorden = Counter(m[1].decode() for regel in regels_ if (m := GEZEGD.match(regel.rstrip())))
    run.gemaakt, run.ongewijzigd, run.mislukt = (woorden[w] for w in ("klaar", "ongewijzigd", "mislukt"))
    run.niet_bereikt = keuze.aantal - sum(woorden.values())
    run.seconden = round(time.perf_counter() - begin, 1)
    run.einde = f"code {code}" if code >= 0 else signal.Signals(-code).name
    run.in_cel = dict(in_cellen(basis) - gedaan)


def in_cellen(basis: Path) -> "Counter[str]":
    """What the saboteur did so far."""
    gedaan = basis / "gedaan.txt"
    return Counter(gedaan.read_text().split()) if gedaan.exists() else Counter()


def start(basis: Path, naar: Path, werkers: int, grens: float = 0, kans: float = 0) -> "subprocess.Popen[bytes]":
    """The real command; ``grens`` bytes per file, ``kans`` that a cell is sabotaged."""
    (basis / "saboteur.py").write_text(SABOTEUR.replace("KANS", repr(kans)))
    pad = os.pathsep.join([str(basis), str(basis / "kit"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", OPDRACHT, str(grens), str(kans), "rapport", str(basis / "gemeenten.csv"), "--notebooks",
         "30", "--naar", str(naar), "--werkers", str(werkers), "--limiet-cel", "20", "--geheugen", "2"],
        env=os.environ | {"TMPDIR": str(basis / "tmp"), "PYTHONPATH": pad},
        cwd=basis, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def stoor(basis: Path, naar: Path, keuze: argparse.Namespace, verslag: dict[str, Any]) -> None:
    """Runs with one fault each, then without, until there is nothing more to do; each is added to ``verslag``."""
    kans = random.Random(f"{keuze.zaad}-{len(verslag['runs'])}")
    eerder = verslag["runs"][-1:]
    niets_te_doen = bool(eerder) and eerder[0]["einde"] == "code 0" and not eerder[0]["bestanden_afgekapt"]
    for wat in (*keuze.storingen, *["zonder storing"] * 2):
        run = Run(wat)
        if niets_te_doen and wat in FOUTEN:
            run.vooraf_afgekapt = kap_af(naar, kans)
        grens, sabotage = 250_000 if wat == "volle schijf" else 0, 0.05 if wat == "sabotage" else 0
        # as far as a part of what is left, or to the end
        genoeg = regels(naar) + max(1, round(kans.uniform(0.1, 0.5) * keuze.aantal))
        with draai(run, basis, naar, keuze, grens, sabotage) as proces:
            while proces.poll() is None and (regels(naar) < genoeg or wat in TOT_HET_EINDE or wat not in FOUTEN):
                time.sleep(0.2)
                if wat == "kill -9 werker" and (kinderen := werkers_van(proces.pid)):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(kans.choice(kinderen), signal.SIGKILL)
                        run.werkers_gedood += 1
                    time.sleep(kans.uniform(0.5, 3))
            if proces.poll() is None:
                run.getroffen = True
                if wat == "map weg":
                    for weg in ("notebooks", "manifesten"):
                        shutil.rmtree(naar / weg, ignore_errors=True)
                if wat == "Ctrl-C":
                    os.killpg(proces.pid, signal.SIGINT)
                else:
                    proces.kill()
        if wat == "beschadiging":
            run.bestanden_afgekapt = kap_af(naar, kans)
        run.getroffen |= bool(grens or run.in_cel or run.werkers_gedood or run.bestanden_afgekapt)
        niets_te_doen = run.einde == "code 0" and not run.bestanden_afgekapt
        verslag["runs"].append(asdict(run) | {"naam": run.naam()})
        bewaar(verslag, basis / VERSLAG)
        print(f"{run.naam()}: {run.einde}; {uitslag(run)}, {run.seconden:.0f} s", flush=True)
    print(f"{len(verslag['runs'])} runs; in een cel: {dict(in_cellen(basis))}", flush=True)


def kap_af(naar: Path, kans: random.Random) -> int:
    """Cut a fifth of the files short, each somewhere; how many."""
    bestanden = sorted(p for p in naar.rglob("*") if p.is_file() and p.name not in NIET_VERGELEKEN)
    gekozen = kans.sample(bestanden, -(-len(bestanden) // 5))
    for pad in gekozen:
        inhoud = pad.read_bytes()
        pad.write_bytes(inhoud[: kans.randrange(len(inhoud) + 1)])
    return len(gekozen)


def uitslag(run: Run) -> str:
    """What became of the reports in a run."""
    return (
        f"{run.ongewijzigd} ongewijzigd, {run.gemaakt} gemaakt, {run.mislukt} mislukt, {run.niet_bereikt} niet bereikt"
    )


SOORTEN = (
    ("ongewijzigd", "al klaar, overgeslagen", "#D3EBC3", ""),
    ("gemaakt", "gemaakt", kleuren.GROEN, ""),
    ("mislukt", "mislukt", "#F0B8AE", "////"),
    ("niet_bereikt", "niet bereikt: de run was afgebroken", "#E5E7EB", ""),
)
"""Key, label, colour and hatch of what can become of a report in a run."""


@figuur.figuur("Liggende balken: per storing hoeveel rapporten gelukt, overgeslagen, mislukt of niet gemaakt zijn.")
def teken(verslag: dict[str, Any]) -> Any:
    """A bar per run, from the first down: what became of its reports. Only what ``verslag`` counts is drawn."""
    runs, aantal = verslag["runs"], verslag["aantal"]
    ax = figuur.nieuw(9, 0.34 * len(runs) + 1.7)
    links = [0] * len(runs)
    hoogten = range(len(runs) - 1, -1, -1)
    for sleutel, label, kleur, arcering in SOORTEN:
        delen = [run[sleutel] for run in runs]
        ax.barh(hoogten, delen, 0.72, links, label=label, color=kleur, hatch=arcering, edgecolor="white", linewidth=0.6)
        for y, deel, van in zip(hoogten, delen, links, strict=True):
            if deel >= 0.04 * aantal:
                donker = sleutel == "gemaakt"
                ax.text(van + deel / 2, y, getal(deel), ha="center", va="center", fontsize=8,
                        color="white" if donker else "#1F2937", fontweight="bold" if donker else "normal")  # fmt: skip
        links = [a + b for a, b in zip(links, delen, strict=True)]
    ax.set_yticks(list(hoogten), [f"{n}. {run['naam']}" for n, run in enumerate(runs, 1)], fontsize=8.5)
    ax.set_xlim(0, aantal)
    ax.set_ylim(-0.6, len(runs) - 0.4)
    titel = f"Wat elke storing kostte: {getal(aantal)} gemeenten, {len(runs)} runs na elkaar in één map"
    return figuur.liggend(ax, "rapporten", titel)


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


def beweringen(map_: Path) -> list[str]:
    """Files that are not what the manifest of their report vouches for."""
    uit = []
    for pad in sorted((map_ / "manifesten").glob("*.json")):
        for naam, som in json.loads(pad.read_bytes())["bestanden"].items():
            if hashlib.sha256((map_ / naam).read_bytes()).hexdigest() != som:
                uit.append(f"niet wat het manifest zegt: {map_.name}/{naam}")
    return uit


def verschillen(links: Path, rechts: Path) -> list[str]:
    """Files that are on one side only or differ where they may not."""
    namen = [
        {p.relative_to(m).as_posix() for p in m.rglob("*") if p.is_file()} - NIET_VERGELEKEN for m in (links, rechts)
    ]
    uit = [f"maar aan een kant: {naam}" for naam in sorted(namen[0] ^ namen[1])]
    uit += [fout for map_ in (links, rechts) for fout in beweringen(map_)]
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
