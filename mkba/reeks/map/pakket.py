"""A folder of reports as one zip."""

from collections.abc import Iterable
from pathlib import Path

from mkba.kern.bestand.schrijven import veilig_open
from mkba.kern.bestand.zip import vul
from mkba.reeks.plan.taak import Manifest


def schrijf_pakket(naar: Path, manifesten: Iterable[Manifest], bestand: Path) -> Path:
    """Everything that the overview of folder ``naar`` links to, in one zip. Raises OSError.

    The overview and its table first, then per report its page, notebook, other formats, fault and manifest.
    """
    namen = ["index.html", "overzicht.csv"]
    for m in manifesten:
        namen += [*m.bestanden, f"fouten/{m.slug}.txt", f"manifesten/{m.slug}.json"]
    paden = [(naam, naar / naam) for naam in dict.fromkeys(namen)]
    binnen = naar.resolve()  # a manifest that was tampered with names no file elsewhere
    delen = ((naam, p.read_bytes()) for naam, p in paden if p.is_file() and p.resolve().is_relative_to(binnen))
    with veilig_open(bestand) as stroom:  # one file at a time: a batch of hundreds does not fit in memory
        vul(stroom, delen)
    return bestand
