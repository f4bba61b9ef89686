"""Why a report has to be made: it is new, made of something else, failed, or its files are not what they were."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from mkba.uitvoer import formaten
from mkba.uitvoer import taak as t
from mkba.uitvoer.taak import Manifest, Taak

NAMEN: Final = {
    "notebook": "het notebook",
    "parameters": "de parameters",
    "invoer": "de invoer",
    "kengetallen": "de kengetallen",
    "gegevens": "de meegeleverde gegevens",
    "code": "de code van mkba",
    "versies": "de versies van bibliotheken",
}
"""What decides the content of a report, by its key in the manifest."""


def reden(taak: Taak, naar: Path, opnieuw: bool = False) -> str:
    """Why the report of ``taak`` is to be made in folder ``naar``, in Dutch; "" when it is there and unchanged."""
    manifest = _manifest(taak, naar)
    if manifest is None:
        return "nieuw"
    if manifest.status != "gelukt":
        return "eerder mislukt"
    if manifest.sleutel != taak.sleutel:
        oud, nieuw = manifest.hashes, taak.feiten.get("hashes", {})
        anders = [naam for sleutel, naam in NAMEN.items() if oud.get(sleutel) != nieuw.get(sleutel)]
        return f"gewijzigd: {', '.join(anders) or 'de opdracht'}"
    if nieuwe := [naam for naam in taak.formaten if naam not in manifest.formaten]:
        return f"nieuw formaat: {', '.join(nieuwe)}"
    for naam, som in ({f"{taak.slug}.html": "", f"notebooks/{taak.slug}.ipynb": ""} | manifest.bestanden).items():
        try:
            inhoud = (naar / naam).read_bytes()
        except OSError:
            return f"bestand ontbreekt: {naam}"
        if t.hash_bestand(inhoud) != som:
            return f"bestand veranderd: {naam}"
    return "op verzoek opnieuw" if opnieuw else ""


def met_eerdere_formaten(taak: Taak, naar: Path) -> Taak:
    """The task with the formats that its report has already: one that is made again loses none of them."""
    manifest = _manifest(taak, naar)
    gevraagd = {*taak.formaten, *(manifest.formaten if manifest else ())}
    return replace(taak, formaten=tuple(naam for naam in formaten.FORMATEN if naam in gevraagd))


def _manifest(taak: Taak, naar: Path) -> Manifest | None:
    return t.lees_manifest(naar / "manifesten" / f"{taak.slug}.json")
