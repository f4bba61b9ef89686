"""Parts of a report that may be left out: cells with a tag ``deel-<naam>``. The executed notebook keeps them all."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from mkba.kern.bestand.bestanden import ruwe_bytes
from mkba.kern.bestand.hashes import hash_waarden
from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import opsomming
from mkba.reeks.plan.taak import Taak

VOOR: Final = "deel-"
KENGETALLEN: Final = "kengetallen"
"""The part that then stands once for the whole series, in the report of this slug."""
_NAMEN: Final = {
    "beslispagina": "de bladzijde vooraf",
    "invoer": "de tabellen van de invoer",
    "kasstromen": "de kasstromen",
    "opbouw": "het verloop van opbouw naar volledige aanpak",
    "kengetallen": "de bijlage met kengetallen",
    "grenzen": "de grenzen bij uitval",
    "trajecten": "vraag 16 tot en met 18",
    "monitoring": "de huishoudens na 0, 6, 12 en 18 maanden",
    "teams": "de teams naast elkaar",
}
"""What a reader calls the parts of the reports of the kit."""


def kies(namen: str) -> tuple[str, ...]:
    """The parts in a list with commas, each once."""
    return tuple(dict.fromkeys(n.strip().casefold() for n in namen.split(",") if n.strip()))


def delen_van(notebook: Path) -> tuple[str, ...]:
    """The parts of a notebook that may be left out, in its order; () for one that cannot be read."""
    uit: dict[str, None] = {}
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        for cel in json.loads(ruwe_bytes(notebook))["cells"]:
            labels = cel.get("metadata", {}).get("tags", [])
            uit |= dict.fromkeys(t.removeprefix(VOOR) for t in labels if t.startswith(VOOR))
    return tuple(uit)


def zonder(taken: Sequence[Taak], delen: Sequence[str]) -> list[Taak]:
    """The tasks without these parts, each as far as its notebook has them. Raises InvoerFout for a part of none."""
    if not delen:
        return list(taken)
    per_notebook = {notebook: delen_van(notebook) for notebook in dict.fromkeys(taak.notebook for taak in taken)}
    bekend = list(dict.fromkeys(deel for eigen in per_notebook.values() for deel in eigen))
    if vreemd := [deel for deel in delen if deel not in bekend]:
        raise InvoerFout(
            [Melding("--zonder", d, "geen rapport heeft dit onderdeel.", _keus(d, bekend)) for d in vreemd]
        )
    uit = []
    for taak in taken:
        if weg := tuple(deel for deel in per_notebook[taak.notebook] if deel in delen):
            hashes = {**taak.feiten.get("hashes", {}), "delen": hash_waarden(list(weg))}
            feiten = {**taak.feiten, "hashes": hashes, "zonder": weg}
            uit.append(replace(taak, zonder=weg, feiten=feiten, sleutel=hash_waarden([taak.sleutel, list(weg)])))
        else:
            uit.append(taak)
    return uit


def _keus(deel: str, bekend: Sequence[str]) -> str:
    if not bekend:
        return "Laat --zonder weg: deze notebooks hebben geen onderdelen die weg kunnen."
    return kies_uit(deel, bekend)


def in_woorden(delen: Sequence[str]) -> str:
    """The parts that a report lacks, as its page says it; empty without any."""
    return opsomming([_NAMEN.get(deel, f"het onderdeel {deel}") for deel in delen]) if delen else ""
