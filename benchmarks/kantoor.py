"""What a document and slides cost beside the page of a report: seconds of processor time, in one warm process.

Run: ``python benchmarks/kantoor.py [RAPPORTEN]``. Ratios of one run on one machine; the measure is at most three
seconds a report.
"""

import sys
import time
from dataclasses import replace
from statistics import median

from mkba.invoer.lezen import lees_reeks
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.reeks.plan.rapporten import rapport_taken
from mkba.reeks.werk import rapport

SOORTEN = ((), ("figuren",), ("word",), ("powerpoint",), ("word", "powerpoint"))


def main(aantal: int) -> None:
    """Make the same report in every choice of formats, in turn, and print the medians."""
    kengetallen = laad()
    taken = rapport_taken(
        lees_reeks(["voorbeeld-1"], kengetallen), kengetallen, paden.notebooks() / "30_gemeenterapport.ipynb"
    )
    rapport.maak(replace(taken[0], formaten=("word", "powerpoint")))  # imports and caches
    duur: dict[tuple[str, ...], list[float]] = {soort: [] for soort in SOORTEN}
    for _ in range(aantal):
        for soort in SOORTEN:
            begin = time.process_time()
            product = rapport.maak(replace(taken[0], formaten=soort))
            assert not product.fout, product.fout
            duur[soort].append(time.process_time() - begin)
    basis = median(duur[()])
    for soort, tijden in duur.items():
        print(
            f"{'html' if not soort else ' + '.join(soort):<20} {median(tijden):5.2f} s, {median(tijden) - basis:+.2f} s"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
