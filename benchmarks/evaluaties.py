"""Evaluations of the model per second, on one and two cores, and the ratio to a call per scenario.

Run with ``make benchmark``. Every scenario varies all knobs of questions 9 to 15, the team, the number of
households and the calibrated unit values; the outcome is the 21 public keys. Seconds differ per machine; the
ratios are measured in one run, interleaved.
"""

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.catalogus.sleutels import te_varieren
from mkba.kern.woorden.velden import KNOPPEN
from mkba.model.berekening import bereken, bereken_reeks

SCENARIOS = 1_000_000
LOS = 400
"""Calls of one scenario each, at most."""
RONDES = 5


def main(scenarios: int) -> None:
    los_aantal = min(LOS, scenarios)
    kengetallen = laad()
    aanpak = lees_aanpak(zoek_aanpak("standaard"), kengetallen)
    rng = np.random.default_rng(2014)
    onzeker = [
        p
        for p, k in kengetallen.getallen.items()
        if k.status == "gekalibreerd" and te_varieren(p) and not p.startswith("tijd.")
    ]
    varieer = {k: rng.uniform(0.0, 0.3, scenarios) for k in KNOPPEN}
    varieer |= {p: kengetallen[p] * rng.uniform(0.9, 1.1, scenarios) for p in onzeker}
    varieer |= {"huishoudens": rng.uniform(900, 1100, scenarios), "fte": rng.uniform(10, 15, scenarios)}

    def blokken() -> None:
        bereken_reeks(aanpak, kengetallen, varieer)

    def twee_kernen() -> None:
        with ThreadPoolExecutor(2) as executor:
            bereken_reeks(aanpak, kengetallen, varieer, executor=executor)

    def los() -> None:
        for i in range(los_aantal):
            assert bereken(aanpak, kengetallen, {k: v[i] for k, v in varieer.items()}).sleutels

    wegen: dict[str, tuple[Callable[[], None], int]] = {
        "een aanroep per scenario": (los, los_aantal),
        "blokken, een kern": (blokken, scenarios),
        "blokken, twee kernen": (twee_kernen, scenarios),
    }
    per_seconde: dict[str, list[float]] = {naam: [] for naam in wegen}
    for _ in range(RONDES):
        for naam, (weg, aantal) in wegen.items():
            begin = time.perf_counter()
            weg()
            per_seconde[naam].append(aantal / (time.perf_counter() - begin))
    basis = per_seconde["een aanroep per scenario"]
    print(f"{len(varieer)} gevarieerde invoeren, {scenarios:,} scenario's, {RONDES} rondes om en om, mediaan (min-max)")
    print(f"{'weg':28} {'evaluaties/s':>14} {'min':>12} {'max':>12} {'maal per scenario':>18}")
    for naam, tempo in per_seconde.items():
        verhouding = statistics.median(t / b for t, b in zip(tempo, basis, strict=True))
        midden, laag, hoog = statistics.median(tempo), min(tempo), max(tempo)
        print(f"{naam:28} {midden:>14,.0f} {laag:>12,.0f} {hoog:>12,.0f} {verhouding:>18,.0f}")
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(f"piekgeheugen {piek:,.0f} MB, waarvan de gevarieerde invoer {len(varieer) * scenarios * 8 / 2**20:,.0f} MB")


if __name__ == "__main__":
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--scenarios", type=int, default=SCENARIOS)
    main(lezer.parse_args().scenarios)
