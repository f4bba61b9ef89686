"""A folder of reports as one zip: whole, or only what a reader needs, to mail."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from mkba.kern.bestand.schrijven import veilig_open
from mkba.kern.bestand.zip import vul
from mkba.kern.zaak.huisstijl import Huisstijl
from mkba.reeks.map.overzicht import als_pagina
from mkba.reeks.plan.formaten import FORMATEN
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


OM_TE_LEZEN: Final = ("pdf", "word", "powerpoint")
"""The formats that go along in the mail, beside the pages themselves, as far as they were made."""


def schrijf_post(
    naar: Path,
    manifesten: Sequence[Manifest],
    bestand: Path,
    in_opdracht: Collection[str] | None = None,
    huisstijl: Huisstijl | None = None,
) -> Path:
    """The reports that were made, as page and as PDF or Word, with an overview that links to nothing else.

    ``in_opdracht``: slugs of what the command is about; reports of earlier commands stay behind.
    ``huisstijl``: of who mails it, for the overview. Raises OSError.
    """
    mee = [m for m in manifesten if m.status == "gelukt" and (in_opdracht is None or m.slug in in_opdracht)]
    with veilig_open(bestand) as stroom:
        vul(stroom, _delen(naar, mee, huisstijl))
    return bestand


def _delen(naar: Path, mee: Sequence[Manifest], huisstijl: Huisstijl | None) -> Iterator[tuple[str, bytes]]:
    formaten = [naam for naam in OM_TE_LEZEN if naam in FORMATEN]
    namen = {m.slug for m in mee}
    overzicht = als_pagina(mee, in_opdracht=namen, alleen_formaten=formaten, huisstijl=huisstijl)
    yield "index.html", overzicht.encode("utf-8")
    binnen = naar.resolve()
    for m in mee:
        plekken = {f"{m.slug}.html", *(FORMATEN[naam].plek(m.slug) for naam in formaten)}
        for naam in m.bestanden:
            pad = naar / naam
            if naam in plekken and pad.is_file() and pad.resolve().is_relative_to(binnen):
                yield naam, pad.read_bytes()
