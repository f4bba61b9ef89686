"""Damaged input files through the public readers: an InvoerFout or success, in bounded time and memory.

``python benchmarks/fuzz.py --aantal 10000``. Same seed, same files; a defect prints the seed and number of its file,
and ``--geval 7-1234`` repeats that one. Unix only: memory and time are limited by the system.
"""

import argparse
import collections
import multiprocessing
import resource
import signal
import tempfile
import time
import traceback
from pathlib import Path

LIMIET_S = 30.0
LIMIET_GB = 1.5
"""Bounds for one file: seconds of processor time, and address space, so also what is reserved but not used. A choice,
far below what a desktop has."""


class TeLang(BaseException):
    """No Exception: a reader that takes any error for a damaged file must not swallow it."""


def deel(zaad: int, aantal: int, deelnemer: int, van: int, alleen: int | None) -> tuple[collections.Counter, list[str]]:
    from mkba.tests.hulp_fuzz import gevallen, proef

    def te_lang(nummer: int, kader: object) -> None:
        raise TeLang(f"langer dan {LIMIET_S:g} s")

    signal.signal(signal.SIGPROF, te_lang)
    resource.setrlimit(resource.RLIMIT_AS, (int(LIMIET_GB * 2**30), -1))
    telling: collections.Counter = collections.Counter()
    fouten: list[str] = []
    traagst: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory(prefix="mkba-fuzz-") as map_:
        nummers = range(deelnemer, aantal, van) if alleen is None else [alleen]
        for geval in gevallen(zaad, nummers, Path(map_)):
            begin = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, LIMIET_S)
            try:
                telling["gelezen" if proef(geval) else "geweigerd"] += 1
            except BaseException as fout:
                if isinstance(fout, KeyboardInterrupt):
                    raise
                telling["ANDERS"] += 1
                fouten.append(f"{geval.wat}\n{''.join(traceback.format_exception(fout)[-6:])}")
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            traagst = sorted([*traagst, (time.process_time() - begin, geval.wat)], reverse=True)[:5]
    fouten += [f"traag: {s:.1f} s, {wat}" for s, wat in traagst if s > LIMIET_S / 4]
    telling["hoogste geheugen MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    telling["traagste ms"] = round(traagst[0][0] * 1000) if traagst else 0
    return telling, fouten


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aantal", type=int, default=10_000)
    parser.add_argument("--zaad", type=int, default=2014)
    parser.add_argument("--werkers", type=int, default=2)
    parser.add_argument("--geval", default="", help="zaad-nummer van een geval")
    keuze = parser.parse_args()
    zaad, alleen = (int(d) for d in keuze.geval.split("-")) if keuze.geval else (keuze.zaad, None)
    aantal = alleen + 1 if alleen is not None else keuze.aantal
    werkers = 1 if alleen is not None else keuze.werkers
    begin = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(werkers) as pool:
        uit = pool.starmap(deel, [(zaad, aantal, i, werkers, alleen) for i in range(werkers)], chunksize=1)
    for _, fouten in uit:
        print(*fouten, sep="\n\n")
    som = collections.Counter()
    for telling, _ in uit:
        som.update({k: v for k, v in telling.items() if k[0] not in "ht"})
        for k in ("hoogste geheugen MB", "traagste ms"):
            som[k] = max(som[k], telling[k])
    print(f"{aantal} bestanden, zaad {zaad}, {time.perf_counter() - begin:.0f} s:", dict(som))
    raise SystemExit(1 if som["ANDERS"] else 0)


if __name__ == "__main__":
    main()
