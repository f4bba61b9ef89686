"""Evaluations of the model per second, on one and two cores, and the ratio to a call per scenario.

Run with ``make benchmark``. Every scenario varies all knobs of questions 9 to 15, the team, the number of
households and the calibrated unit values; the outcome is the 21 public keys. Seconds differ per machine; the
ratios are measured in one run, interleaved.
"""

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
from mkba.kern.woorden.velden import KNOPPEN
from mkba.model.berekening import bereken, bereken_reeks

SCENARIOS = 1_000_000
LOS = 400
RONDES = 5


def main() -> None:
    kengetallen = laad()
    aanpak = lees_aanpak(zoek_aanpak("standaard"), kengetallen)
    rng = np.random.default_rng(2014)
    onzeker = [p for p, k in kengetallen.getallen.items() if k.status == "gekalibreerd" and not p.startswith("tijd.")]
    varieer = {k: rng.uniform(0.0, 0.3, SCENARIOS) for k in KNOPPEN}
    varieer |= {p: kengetallen[p] * rng.uniform(0.9, 1.1, SCENARIOS) for p in onzeker}
    varieer |= {"huishoudens": rng.uniform(900, 1100, SCENARIOS), "fte": rng.uniform(10, 15, SCENARIOS)}

    def blokken() -> None:
        bereken_reeks(aanpak, kengetallen, varieer)

    def twee_kernen() -> None:
        with ThreadPoolExecutor(2) as executor:
            bereken_reeks(aanpak, kengetallen, varieer, executor=executor)

    def los() -> None:
        for i in range(LOS):
            assert bereken(aanpak, kengetallen, {k: v[i] for k, v in varieer.items()}).sleutels

    wegen: dict[str, tuple[Callable[[], None], int]] = {
        "een aanroep per scenario": (los, LOS),
        "blokken, een kern": (blokken, SCENARIOS),
        "blokken, twee kernen": (twee_kernen, SCENARIOS),
    }
    per_seconde: dict[str, list[float]] = {naam: [] for naam in wegen}
    for _ in range(RONDES):
        for naam, (weg, aantal) in wegen.items():
            begin = time.perf_counter()
            weg()
            per_seconde[naam].append(aantal / (time.perf_counter() - begin))
    basis = per_seconde["een aanroep per scenario"]
    print(f"{len(varieer)} gevarieerde invoeren, {SCENARIOS:,} scenario's, {RONDES} rondes om en om, mediaan (min-max)")
    print(f"{'weg':28} {'evaluaties/s':>14} {'min':>12} {'max':>12} {'maal per scenario':>18}")
    for naam, tempo in per_seconde.items():
        verhouding = statistics.median(t / b for t, b in zip(tempo, basis, strict=True))
        midden, laag, hoog = statistics.median(tempo), min(tempo), max(tempo)
        print(f"{naam:28} {midden:>14,.0f} {laag:>12,.0f} {hoog:>12,.0f} {verhouding:>18,.0f}")
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(f"piekgeheugen {piek:,.0f} MB, waarvan de gevarieerde invoer {len(varieer) * SCENARIOS * 8 / 2**20:,.0f} MB")


if __name__ == "__main__":
    main()
