"""Why a report has to be made: it is new, made of something else, failed, or its files are not what they were."""

from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from mkba.kern.bestand.hashes import hash_bestand
from mkba.reeks.plan import formaten
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.taak import Manifest, Taak
from mkba.uitvoer import kernpunten as kern

NAMEN: Final = {
    "notebook": "het notebook",
    "parameters": "de parameters",
    "invoer": "de invoer",
    "lezing": "wat bij het lezen opviel",
    "kengetallen": "de kengetallen",
    "woorden": "uw eigen teksten",
    "huisstijl": "de huisstijl",
    "gegevens": "de meegeleverde gegevens",
    "delen": "wat er weggelaten wordt",
    "bijlagen": "een bestand dat het notebook noemt",
    "code": "de code van mkba",
    "versies": "de versies van bibliotheken",
}
"""What decides the content of a report, by its key in the manifest."""


class Oordeel(NamedTuple):
    """Why a report is to be made, "" when it need not; ``alleen_pdf``: its page is as it was, so print that."""

    reden: str
    alleen_pdf: bool = False


def reden(taak: Taak, naar: Path, opnieuw: bool = False, weg: str = "") -> str:
    """Why the report of ``taak`` is to be made in folder ``naar``, in Dutch; "" when it is there and unchanged.

    ``weg``: the engine that would print its PDF now; "" when that does not matter.
    """
    return beoordeel(taak, naar, opnieuw, weg).reden


def beoordeel(taak: Taak, naar: Path, opnieuw: bool = False, weg: str = "") -> Oordeel:
    """As :func:`reden`, and whether it is only the PDF that has to be made."""
    manifest = lees(taak, naar)
    if manifest is None:
        return Oordeel("nieuw")
    if inhoud := _inhoud_anders(taak, naar, manifest):
        return Oordeel(inhoud)
    pdf = _pdf_anders(taak, naar, manifest, weg)
    return Oordeel("op verzoek opnieuw" if opnieuw and not pdf else pdf, bool(pdf) and not opnieuw)


def weg_van(manifest: Manifest) -> str:
    """The engine that printed the PDF of a report, without its version; "" for none."""
    return manifest.drukker.partition(" ")[0]


def _inhoud_anders(taak: Taak, naar: Path, manifest: Manifest) -> str:
    """What asks for executing the notebook again."""
    if manifest.status != "gelukt":
        return "eerder mislukt"
    if manifest.sleutel != taak.sleutel:
        oud, nieuw = manifest.hashes, taak.feiten.get("hashes", {})
        anders = [naam for sleutel, naam in NAMEN.items() if oud.get(sleutel) != nieuw.get(sleutel)]
        return f"gewijzigd: {', '.join(anders) or 'de opdracht'}"
    if anders_ := _manifest_anders(taak, manifest):
        return f"manifest zegt iets anders: {anders_}"
    nieuwe = [naam for naam in taak.formaten if naam not in manifest.formaten]
    if nieuwe and nieuwe != ["pdf"]:
        return f"nieuw formaat: {', '.join(nieuwe)}"
    pdf = formaten.FORMATEN["pdf"].plek(taak.slug)
    for naam, som in ({f"{taak.slug}.html": "", f"notebooks/{taak.slug}.ipynb": ""} | manifest.bestanden).items():
        if naam != pdf and (anders_ := _bestand_anders(naar, naam, som)):
            return anders_
    if not kern.past(taak.kern, (naar / f"{taak.slug}.html").read_bytes()):
        return "pagina zegt iets anders dan de invoer"
    return ""


def _manifest_anders(taak: Taak, manifest: Manifest) -> str:
    """What a manifest repeats of the input and is not that of this input: the overview would print it."""
    gelezen = manifest.model_dump()
    eigen = {"slug": taak.slug, **({"naam": taak.naam} if taak.naam else {}), **taak.feiten}
    return ", ".join(veld for veld, waarde in eigen.items() if gelezen.get(veld) != waarde)


def _pdf_anders(taak: Taak, naar: Path, manifest: Manifest, weg: str) -> str:
    """What asks for printing the page again. A later version of the same engine does not: browsers renew themselves."""
    if "pdf" not in manifest.formaten:
        return "nieuw formaat: pdf" if "pdf" in taak.formaten else ""
    plek = formaten.FORMATEN["pdf"].plek(taak.slug)
    if anders := _bestand_anders(naar, plek, manifest.bestanden.get(plek, "")):
        return anders
    eerder = weg_van(manifest)
    return f"pdf met {eerder or '(onbekend)'}, nu {weg}" if weg and "pdf" in taak.formaten and eerder != weg else ""


def _bestand_anders(naar: Path, naam: str, som: str) -> str:
    try:
        inhoud = (naar / naam).read_bytes()
    except OSError:
        return f"bestand ontbreekt: {naam}"
    return "" if hash_bestand(inhoud) == som else f"bestand veranderd: {naam}"


def met_eerdere_formaten(taak: Taak, naar: Path) -> Taak:
    """The task with the formats that its report has already: one that is made again loses none of them."""
    manifest = lees(taak, naar)
    eerder = (formaten.VROEGER.get(naam, naam) for naam in (manifest.formaten if manifest else ()))
    gevraagd = {*taak.formaten, *eerder}
    return replace(taak, formaten=tuple(naam for naam in formaten.FORMATEN if naam in gevraagd))


def lees(taak: Taak, naar: Path) -> Manifest | None:
    """The manifest of the report that ``taak`` would make again."""
    return t.lees_manifest(naar / "manifesten" / f"{taak.slug}.json")
