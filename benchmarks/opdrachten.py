"""Processor time of the light commands, in times an empty Python of the same run.

``python benchmarks/opdrachten.py --rondes 7``: every command takes its turn in each round, so that a busy machine
hits all alike; the medians are of user and system time together, children included. A test guards what a command may
import (``mkba/tests/opdracht/test_licht.py``), not how long it takes.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Final

_MKBA: Final = [str(Path(sys.executable).with_name("mkba"))]
_PYTHON: Final = [sys.executable, "-c"]
OPDRACHTEN: Final[dict[str, tuple[list[str], float]]] = {
    "import mkba": ([*_PYTHON, "import mkba"], 5),
    "mkba --version": ([*_MKBA, "--version"], 8),
    "mkba --help": ([*_MKBA, "--help"], 8),
    "mkba bereken voorbeeld-1": ([*_MKBA, "bereken", "voorbeeld-1"], 40),
    "mkba bereken voorbeeldgemeente --rij 2": (
        [*_MKBA, "bereken", "voorbeeldgemeente", "--rij", "rij 2"],
        40,
    ),
    "mkba kengetallen": ([*_MKBA, "kengetallen"], 40),
}
"""What is run, and the times an empty Python that it may take (issue 15)."""
LEEG: Final = "leeg Python"


def cpu_s(argumenten: list[str]) -> float:
    """Seconds of processor time of one run."""
    omgeving = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # as a user runs it: compiled
    begin = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(argumenten, check=True, stdout=subprocess.DEVNULL, env=omgeving)
    eind = resource.getrusage(resource.RUSAGE_CHILDREN)
    return eind.ru_utime + eind.ru_stime - begin.ru_utime - begin.ru_stime


def main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--rondes", type=int, default=7)
    rondes = lezer.parse_args().rondes
    alle = {LEEG: ([*_PYTHON, ""], 1.0), **OPDRACHTEN}
    for argumenten, _ in alle.values():
        cpu_s(argumenten)  # compiled and in the cache of the disk
    tijden = [{naam: cpu_s(argumenten) for naam, (argumenten, _) in alle.items()} for _ in range(rondes)]
    print(f"\n{rondes} rondes om en om, {os.cpu_count()} kernen")
    print("\n| opdracht | cpu-ms | maal leeg | hoogstens |\n|---|---:|---:|---:|")
    for naam, (_, grens) in alle.items():
        maal = statistics.median(ronde[naam] / ronde[LEEG] for ronde in tijden)
        print(f"| {naam} | {1000 * statistics.median(r[naam] for r in tijden):.0f} | {maal:.1f} | {grens:g} |")


if __name__ == "__main__":
    main()
