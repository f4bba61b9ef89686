"""Seconds of the planner of a sample: 10,000 draws, every question, 0 to 40 households per generalist.

Run with ``python benchmarks/planner.py``. The bound is 30 seconds.
"""

import sys
import time

from mkba.analyse.effectmeting.steekproef.planner import plan
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.catalogus.kengetallen import laad

GRENS_S = 30.0


def main() -> int:
    kengetallen = laad()
    langst = 0.0
    for naam in ("standaard", "voorbeeld-1", "voorbeeld-2", "voorbeeld-4"):
        aanpak = lees_aanpak(zoek_aanpak(naam), kengetallen)
        begin = time.perf_counter()
        gepland = plan(aanpak, kengetallen)
        seconden = time.perf_counter() - begin
        langst = max(langst, seconden)
        print(f"{naam:<12} {seconden:5.1f} s  {len(gepland.kromme)} punten")
    print(f"langste {langst:.1f} s, grens {GRENS_S:.0f} s")
    return int(langst > GRENS_S)


if __name__ == "__main__":
    sys.exit(main())
