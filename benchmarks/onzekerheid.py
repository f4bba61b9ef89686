"""Monte Carlo draws per second, on one and two cores, and the ratio to a calculation per draw.

Run from the root of the project. A draw varies everything that ``analyse.onzekerheid`` draws by default, and gives
all outcomes and the fan. The loop uses the same draws, one call of the model each. Seconds differ per machine; the
ratios are measured in one run, interleaved.
"""

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.analyse.onzekerheid.trekking import trek, verdelingen
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.catalogus.kengetallen import laad
from mkba.model.berekening import bereken

TREKKINGEN = 1_000_000
LOS = 400
RONDES = 3


def main(trekkingen: int) -> None:
    los_aantal = min(LOS, trekkingen)
    kengetallen = laad()
    aanpak = lees_aanpak(zoek_aanpak("standaard"), kengetallen)
    varieer = trek(aanpak, kengetallen, los_aantal)

    def een_kern() -> None:
        simuleer(aanpak, kengetallen, trekkingen)

    def twee_kernen() -> None:
        with ThreadPoolExecutor(2) as executor:
            simuleer(aanpak, kengetallen, trekkingen, executor=executor)

    def los() -> None:
        for i in range(los_aantal):
            assert bereken(aanpak, kengetallen, {k: v[i] for k, v in varieer.items()}).sleutels

    wegen: dict[str, tuple[Callable[[], None], int]] = {
        "een aanroep per trekking": (los, los_aantal),
        "simuleer, een kern": (een_kern, trekkingen),
        "simuleer, twee kernen": (twee_kernen, trekkingen),
    }
    tijden: dict[str, list[float]] = {naam: [] for naam in wegen}
    for _ in range(RONDES):
        for naam, (weg, _aantal) in wegen.items():
            begin = time.perf_counter()
            weg()
            tijden[naam].append(time.perf_counter() - begin)
    print(f"{len(verdelingen(aanpak, kengetallen))} getrokken invoeren, {RONDES} rondes om en om, mediaan (min-max)")
    print(f"{'weg':28} {'trekkingen':>12} {'seconden':>20} {'maal per trekking':>18}")
    per_stuk = [t / los_aantal for t in tijden["een aanroep per trekking"]]
    for naam, (_weg, aantal) in wegen.items():
        verhouding = statistics.median(b / (t / aantal) for t, b in zip(tijden[naam], per_stuk, strict=True))
        midden, laag, hoog = statistics.median(tijden[naam]), min(tijden[naam]), max(tijden[naam])
        print(f"{naam:28} {aantal:>12,} {f'{midden:.2f} ({laag:.2f}-{hoog:.2f})':>20} {verhouding:>18,.0f}")
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(f"piekgeheugen {piek:,.0f} MB")


if __name__ == "__main__":
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--trekkingen", type=int, default=TREKKINGEN)
    main(lezer.parse_args().trekkingen)
