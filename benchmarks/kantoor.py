"""What a document and slides cost beside the page of a report: seconds of processor time, in one warm process.

What LibreOffice takes for the page numbers in the table of contents is counted, and printed apart as well. Run:
``python benchmarks/kantoor.py [RAPPORTEN]``. Of one run on one machine; the measure is at most three seconds a report.
"""

import resource
import sys
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
    duur: dict[tuple[str, ...], list[tuple[float, float]]] = {soort: [] for soort in SOORTEN}
    for _ in range(aantal):
        for soort in SOORTEN:
            begin = _verbruikt()
            product = rapport.maak(replace(taken[0], formaten=soort))
            assert not product.fout, product.fout
            hier, elders = (nu - toen for nu, toen in zip(_verbruikt(), begin, strict=True))
            duur[soort].append((hier + elders, elders))
    basis = median(samen for samen, _ in duur[()])
    for soort, tijden in duur.items():
        samen, elders = (median(delen) for delen in zip(*tijden, strict=True))
        naam = " + ".join(soort) or "html"
        print(f"{naam:<20} {samen:5.2f} s, {samen - basis:+.2f} s, waarvan LibreOffice {elders:.2f} s")


def _verbruikt() -> tuple[float, float]:
    """Seconds of processor time of this process, and of what it started and saw end."""
    eigen, kinderen = (resource.getrusage(wie) for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return eigen.ru_utime + eigen.ru_stime, kinderen.ru_utime + kinderen.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
