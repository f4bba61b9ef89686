"""Which reports to make: one task per aanpak or notebook, with all that decides its content in one hash.

Nothing here executes or writes anything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import mkba
from mkba.invoer.lezen import Bronaanpak
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import ruwe_bytes
from mkba.kern.bestand.hashes import hash_tekst, hash_waarden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import datum, kort, toon_meldingwaarde
from mkba.kern.tekst.slug import unieke_slugs
from mkba.kern.woorden.velden import VELDEN
from mkba.model.berekening import bereken
from mkba.reeks.plan import reis
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.notebooks import parameters as parameters_van
from mkba.reeks.plan.taak import Taak, Waarde
from mkba.uitvoer import kernpunten as kern

STANDAARD_NOTEBOOK: Final = "30_gemeenterapport"
INVOERSCHERM: Final = "dashboard"
"""The notebook with the live screen: without a kernel it shows nothing, so it is never a report."""
GEZAMENLIJK: Final = ("index", "cohort")
"""Pages over all reports of a folder: the overview and the cohort."""


def zoek_notebook(naam: str) -> Path:
    """The notebook with this path, name ("30_gemeenterapport") or number ("30"). Raises InvoerFout."""
    pad = paden.uitgeschreven(naam)
    if pad.suffix == ".ipynb" and pad.is_file():
        return pad.resolve()
    meegeleverd = sorted(paden.notebooks().glob("*.ipynb"))
    kern = naam.removesuffix(".ipynb")
    if kern == INVOERSCHERM:
        oorzaak = "het invoerscherm is om in te werken; er is geen rapport van te maken."
        raise InvoerFout([Melding("notebook", naam, oorzaak, "Open het met `mkba scherm` of in JupyterLab.")])
    meegeleverd = [p for p in meegeleverd if p.stem != INVOERSCHERM]
    gevonden = [p for p in meegeleverd if p.stem == kern] or [p for p in meegeleverd if p.stem.split("_")[0] == kern]
    if len(gevonden) == 1:
        return gevonden[0].resolve()
    namen = ", ".join(p.stem for p in meegeleverd) or "(er zijn geen notebooks)"
    raise InvoerFout([Melding("notebook", naam, "dit notebook bestaat niet.", f"Kies uit: {namen}.")])


def rapport_taken(
    bronnen: Sequence[Bronaanpak],
    kengetallen: Kengetallen,
    notebook: Path,
    kengetallenbestand: Path | None = None,
    erbij: Mapping[str, Waarde] | None = None,
    vingerafdruk: str = "",
) -> list[Taak]:
    """One task per aanpak, each with a slug of its own; nothing is executed or written.

    ``kengetallen`` is the rule set with the user's changes from ``kengetallenbestand`` in it. The key figures
    for the overview are calculated here. ``erbij``: other parameters, for a notebook that has them,
    with ``vingerafdruk`` over what they name. The report of a
    notebook other than the standard one stands beside it: "<aanpak>-gevoeligheid", listed under the notebooks. Raises
    InvoerFout when a row cannot be told from another.
    """
    _controleer_rijen(bronnen)
    slugs = rapport_slugs(b.aanpak.naam for b in bronnen)
    vast = _Vast(
        kengetallen,
        notebook,
        kengetallenbestand.resolve() if kengetallenbestand is not None else None,
        hashes_van(notebook) | {"kengetallen": kengetallenhash(kengetallen)},
        {pad: k.waarde for pad, k in kengetallen.afwijkingen.items()},
        herkomst_van_code(),
        is_meegeleverd(notebook) and notebook.stem != STANDAARD_NOTEBOOK,
        {k: w for k, w in (erbij or {}).items() if w and k in parameters_van(notebook)},
        vingerafdruk,
    )
    plek = {bestand: bestand.resolve() for bestand in {b.bestand for b in bronnen}}
    return [_rapport_taak(bron, plek[bron.bestand], slug, vast) for bron, slug in zip(bronnen, slugs, strict=True)]


def rapport_slugs(namen: Iterable[str]) -> tuple[str, ...]:
    """A slug per aanpak; none takes that of a page over all of them."""
    return unieke_slugs([*GEZAMENLIJK, *namen])[len(GEZAMENLIJK) :]


def controleer_slugs(taken: Sequence[Taak]) -> None:
    """Two reports of a batch never share a file. Raises InvoerFout: an aanpak may be called "A gevoeligheid"."""
    keren = Counter(taak.slug for taak in taken)
    dubbel = [taak for taak in taken if keren[taak.slug] > 1]
    if dubbel:
        namen = ", ".join(taak.naam for taak in dubbel)
        oorzaak = f"deze rapporten krijgen hetzelfde bestand: {namen}."
        raise InvoerFout([Melding("naam", dubbel[0].slug, oorzaak, "Geef een van de aanpakken een andere naam.")])


def is_meegeleverd(notebook: Path) -> bool:
    """Whether a notebook is one of the kit; a copy that the user changed replaces the standard report."""
    return notebook.resolve().parent == paden.notebooks().resolve()


def onderwerp(notebook: Path) -> str:
    """What a notebook is about, from its name: "40_gevoeligheid" -> "gevoeligheid"."""
    return notebook.stem.split("_", 1)[-1].replace("_", " ")


def achtervoegsel(notebook: Path) -> str:
    """What tells the report of this notebook from the others of the same area or aanpak: "gevoeligheid"."""
    return re.sub(r"[^a-z0-9-]+", "-", notebook.stem.split("_", 1)[-1].lower()).strip("-") or "notebook"


def notebook_taken(notebooks: Iterable[Path]) -> list[Taak]:
    """One task per notebook, with the default parameters that stand in it; it may read any of the shipped data."""
    uit = []
    for notebook in notebooks:
        hashes = hashes_van(notebook) | {"gegevens": t.gegevenshash()}
        uit.append(
            Taak(
                slug=re.sub(r"[^A-Za-z0-9_-]+", "-", notebook.stem).strip("-") or "notebook",
                naam="",
                notebook=notebook,
                parameters={},
                sleutel=hash_waarden(hashes),
                herkomst=(("Notebook", notebook.stem), *herkomst_van_code()),
                feiten={"soort": "notebook", "hashes": hashes},
            )
        )
    return uit


@dataclass(frozen=True)
class _Vast:
    """What the reports of one notebook share: found once, not for each of ten thousand rows."""

    kengetallen: Kengetallen
    notebook: Path
    kengetallenbestand: Path | None
    hashes: dict[str, str]
    afwijkingen: dict[str, float]
    herkomst: tuple[tuple[str, str], ...]
    ernaast: bool
    """Whether the report stands beside the standard one of the same aanpak."""
    erbij: Mapping[str, Waarde]
    vingerafdruk: str


def _rapport_taak(bron: Bronaanpak, bestand: Path, slug: str, vast: _Vast) -> Taak:
    kengetallen, notebook = vast.kengetallen, vast.notebook
    parameters: dict[str, Waarde] = {
        "aanpak": str(bestand),
        "regelset": kengetallen.regelset,
    }
    if bron.rij:
        parameters["rij"] = bron.rij
    if bron.toelichting:
        parameters["toelichting"] = bron.toelichting
    parameters |= vast.erbij
    if vast.kengetallenbestand is not None:
        parameters["kengetallen"] = str(vast.kengetallenbestand)
    # names instead of paths: a folder that moves does not change a report, nor does it tell where it stood
    leesbaar = parameters | {k: Path(str(parameters[k])).name for k in ("aanpak", "kengetallen") if k in parameters}
    leesbaar["regelset"] = kengetallen.naam
    leesbaar |= {k: Path(w).name for k, w in vast.erbij.items() if isinstance(w, str)}
    hashes = vast.hashes | {
        "parameters": hash_waarden(leesbaar),
        "invoer": kern.invoerhash(bron.aanpak),
    }
    if vast.erbij:
        hashes["erbij"] = vast.vingerafdruk
    if bron.blad:  # the report of a workbook repeats what the reader had to say of it
        hashes["lezing"] = hash_waarden([bron.blad, [waarschuwing(m) for m in bron.waarschuwingen]])
    cijfers = kern.kerncijfers(bereken(bron.aanpak, kengetallen).sleutels)
    return Taak(
        slug=f"{slug}-{achtervoegsel(notebook)}" if vast.ernaast else slug,
        naam=f"{bron.aanpak.naam}: {onderwerp(notebook)}" if vast.ernaast else bron.aanpak.naam,
        notebook=notebook,
        parameters=parameters,
        sleutel=hash_waarden(hashes),
        herkomst=(
            ("Invoer", ", ".join(d for d in (bron.bestand.name, bron.plek) if d)),
            ("Vingerafdruk invoer", hashes["invoer"][:12]),
            *herkomst_van_kengetallen(kengetallen),
            ("Afwijkende kengetallen", _afwijkingen(vast.afwijkingen)),
            ("Notebook", notebook.stem),
            *vast.herkomst,
        ),
        feiten={
            **({"soort": "notebook"} if vast.ernaast else {}),
            "hashes": hashes,
            "parameters": leesbaar,
            "bestand": bron.bestand.name,
            "blad": bron.blad,
            "rij": bron.rij,
            "regelset": kengetallen.naam,
            "kengetallen": kengetallen.vingerafdruk,
            "afwijkingen": vast.afwijkingen,
            "huishoudens": bron.aanpak.huishoudens,
            "fte": bron.aanpak.fte,
            "kerncijfers": cijfers,
            "waarschuwingen": tuple(waarschuwing(m) for m in bron.waarschuwingen),
        },
        kern={"invoer": hashes["invoer"], "kerncijfers": cijfers},
    )


def waarschuwing(melding: Melding) -> str:
    """A warning about the input as the overview prints it."""
    label = VELDEN[melding.veld].label if melding.veld in VELDEN else melding.veld
    return f"{label} ({toon_meldingwaarde(melding)}): {melding.oorzaak} {melding.remedie}"


def _controleer_rijen(bronnen: Sequence[Bronaanpak]) -> None:
    """An aanpak that is called "rij 4" would hide row 4 from a notebook that asks for it."""
    rijen = {(b.bestand, b.rij) for b in bronnen}
    meldingen = [
        Melding(
            "naam",
            b.aanpak.naam,
            "deze naam is ook het nummer van een andere rij.",
            "Geef de aanpak een andere naam.",
            f"{b.bestand}, {b.rij}",
        )
        for b in bronnen
        if (naam := b.aanpak.naam.casefold()) != b.rij and (b.bestand, naam) in rijen
    ]
    if meldingen:
        raise InvoerFout(meldingen)


def hashes_van(notebook: Path) -> dict[str, str]:
    """Hashes of what decides a report beside its input: the notebook, what it names, the code and the libraries."""
    erbij = reis.bijlagen(notebook)
    return {
        **({"bijlagen": hash_waarden(erbij)} if erbij else {}),
        "notebook": hash_tekst(ruwe_bytes(notebook)),
        "code": t.codehash(),
        "versies": hash_waarden(t.versies()),
    }


def kengetallenhash(kengetallen: Kengetallen) -> str:
    """Over values and texts: a report prints status and source of each kengetal as well."""
    getallen = {pad: k.model_dump() for pad, k in kengetallen.getallen.items()}
    return hash_waarden([kengetallen.naam, getallen, {b: dict(v) for b, v in kengetallen.bronnen.items()}])


def _afwijkingen(afwijkingen: dict[str, float]) -> str:
    return "; ".join(f"{pad} = {kort(waarde)}" for pad, waarde in afwijkingen.items()) or "geen"


def herkomst_van_kengetallen(kengetallen: Kengetallen) -> tuple[tuple[str, str], ...]:
    """The rule set, what it does not bring up to date, and the fingerprint of its values, for the foot of a report."""
    opzet = kengetallen.opzet
    stand = (
        ("Bouwt op", ", ".join(opzet.ouders)),
        ("Prijsjaar", str(opzet.prijsjaar or "")),
        ("Peildatum", datum(opzet.peildatum) if opzet.ouders and opzet.peildatum else ""),
        ("Niet bijgewerkt", " ".join(opzet.niet_bijgewerkt)),
        ("Verlopen", "; ".join(m.veld for m in kengetallen.verlopen)),
    )
    return (
        ("Regelset", kengetallen.naam),
        *((wat, tekst) for wat, tekst in stand if tekst),
        ("Vingerafdruk kengetallen", kengetallen.vingerafdruk),
    )


def herkomst_van_code() -> tuple[tuple[str, str], ...]:
    """Version, code hash and git revision, for the foot of a report."""
    return (
        ("Rekenmodel", f"mkba {mkba.__version__}, code {t.codehash()[:12]}"),
        ("Git-revisie", t.git_revisie() or "onbekend"),
    )
