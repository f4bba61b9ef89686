"""Which reports to make: one task per aanpak or notebook, with all that decides its content in one hash.

Nothing here executes or writes anything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mkba.analyse.gemeente.optelling import opgeteld
from mkba.invoer.eigen_woorden import Tekstbestand, bij_aanpakken, samen
from mkba.invoer.lezen import Bronaanpak
from mkba.kern.bestand import paden
from mkba.kern.bestand.hashes import hash_waarden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.namen import zonder_gedeeld
from mkba.kern.tekst.notatie import hoeveel, toon_meldingwaarde
from mkba.kern.tekst.slug import unieke_slugs
from mkba.kern.woorden.velden import VELDEN
from mkba.model.berekening import bereken
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.delen import KENGETALLEN
from mkba.reeks.plan.grond import Grond, Opgave
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.plan.taak import Taak
from mkba.uitvoer import kernpunten as kern

STANDAARD_NOTEBOOK: Final = "30_gemeenterapport"
INVOERSCHERM: Final = "dashboard"
"""The notebook with the live screen: without a kernel it shows nothing, so it is never a report."""
KENGETALLENNOTEBOOK: Final = "70_kengetallen"
GEMEENTENOTEBOOK: Final = "46_gemeente"
GEZAMENLIJK: Final = ("index", "cohort", KENGETALLEN, "gemeente")
"""Pages over all reports of a folder: the overview, the cohort, the kengetallen and the gemeente as a whole."""


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
    remedie = kies_uit(kern, [p.stem for p in meegeleverd])
    raise InvoerFout([Melding("notebook", naam, "dit notebook bestaat niet.", remedie)])


def aanpak_taken(
    bronnen: Sequence[Bronaanpak],
    kengetallen: Kengetallen,
    notebooks: Iterable[Path],
    kengetallenbestand: Path | None = None,
    tekst: Tekstbestand | None = None,
    erbij: Mapping[str, Opgave] | None = None,
    vingerafdruk: str = "",
) -> list[Taak]:
    """All tasks over aanpakken: a notebook with the parameter ``aanpakken`` once, any other once per aanpak.

    The standard report and that of the gemeente carry words of one's own, of ``tekst`` and of the rows. Raises
    InvoerFout, also for a notebook that asks for a registration besides: with that of another town it would mislead.
    """
    woorden = bij_aanpakken([(bron.aanpak, dict(bron.woorden)) for bron in bronnen], tekst)
    taken: list[Taak] = []
    for notebook in notebooks:
        if {"aanpak", "registratie"} <= parameters(notebook).keys() and is_meegeleverd(notebook):
            oorzaak = "bij dit notebook hoort ook de registratie van het team."
            remedie = "Gebruik `mkba effect REGISTRATIE --aanpak AANPAK`."
            raise InvoerFout([Melding("notebooks", notebook.stem, oorzaak, remedie)])
        if notebook.stem == KENGETALLENNOTEBOOK:
            taken.append(kengetallen_taak(bronnen, kengetallen, kengetallenbestand))
        elif "aanpakken" in parameters(notebook):
            taak = cohort_taak(bronnen, kengetallen, notebook, kengetallenbestand)
            if taak.feiten["soort"] == "gemeente":
                taak = t.overhandigd(taak, woorden=samen([bron.aanpak.naam for bron in bronnen], woorden, tekst))
            taken.append(taak)
        else:
            gemaakt = rapport_taken(bronnen, kengetallen, notebook, kengetallenbestand, erbij, vingerafdruk)
            hoofd = gemaakt[0].feiten["soort"] == "rapport" if gemaakt else False
            taken += [
                t.overhandigd(taak, woorden=eigen if hoofd else None)
                for taak, eigen in zip(gemaakt, woorden, strict=True)
            ]
    return taken


def rapport_taken(
    bronnen: Sequence[Bronaanpak],
    kengetallen: Kengetallen,
    notebook: Path,
    kengetallenbestand: Path | None = None,
    erbij: Mapping[str, Opgave] | None = None,
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
    grond = Grond.van(notebook, kengetallen, kengetallenbestand, erbij, vingerafdruk)
    plek = {bestand: bestand.resolve() for bestand in {b.bestand for b in bronnen}}
    return [
        _rapport_taak(bron, plek[bron.bestand], slug, grond, kengetallen)
        for bron, slug in zip(bronnen, slugs, strict=True)
    ]


def cohort_taak(
    bronnen: Sequence[Bronaanpak], kengetallen: Kengetallen, notebook: Path, kengetallenbestand: Path | None = None
) -> Taak:
    """A page over all aanpakken of one command, every row of every file of ``bronnen``: the cohort, or the gemeente.

    Its slug is that of the notebook ("cohort"), which no aanpak gets. The key covers every aanpak, so that one change
    makes the page again.
    """
    bestanden = list(dict.fromkeys(bron.bestand.resolve() for bron in bronnen))
    invoer = kern.reekshash([bron.aanpak for bron in bronnen])
    aantal = hoeveel(len(bronnen), "aanpak", "aanpakken")
    uit = f"{aantal} uit {hoeveel(len(bestanden), 'bestand', 'bestanden')}"
    feiten: dict[str, Any] = {
        "waarschuwingen": tuple(f"{b.aanpak.naam}: {waarschuwing(m)}" for b in bronnen for m in b.waarschuwingen)
    }
    gepland: dict[str, Any] = {"invoer": invoer}
    soort, naam = "cohort", f"Cohort van {aantal}"
    if notebook.stem == GEMEENTENOTEBOOK:
        plaats, _ = zonder_gedeeld([bron.aanpak.naam for bron in bronnen])
        soort, naam = "gemeente", f"De gemeente als geheel: {aantal}"
        if plaats:
            naam = f"{plaats}: {len(bronnen)} wijken samen"
        totaal = kern.kerncijfers(opgeteld([bereken(b.aanpak, kengetallen) for b in bronnen]))
        feiten |= {"kerncijfers": totaal, "huishoudens": sum(b.aanpak.huishoudens for b in bronnen)}
        feiten |= {"fte": sum(b.aanpak.fte for b in bronnen)}
        gepland |= {"kerncijfers": totaal}
    return Grond.van(notebook, kengetallen, kengetallenbestand).taak(
        achtervoegsel(notebook),
        naam,
        soort,
        {"aanpakken": bestanden},
        (("Invoer", uit), ("Vingerafdruk invoer", invoer[:12])),
        {"invoer": invoer},
        feiten,
        gepland,
    )


def kengetallen_taak(
    bronnen: Sequence[Bronaanpak], kengetallen: Kengetallen, kengetallenbestand: Path | None = None
) -> Taak:
    """The page with the kengetallen of a series, for reports that leave them out and link to it.

    Without ``bronnen`` it has every kengetal that an aanpak may use.
    """
    grond = Grond.van(zoek_notebook(KENGETALLENNOTEBOOK), kengetallen, kengetallenbestand)
    bestanden = list(dict.fromkeys(bron.bestand.resolve() for bron in bronnen))
    hashes = {"invoer": kern.reekshash([bron.aanpak for bron in bronnen])}
    opgaven: dict[str, Opgave] = {"aanpakken": bestanden} if bestanden else {}
    return grond.taak(KENGETALLEN, "Kengetallen van deze reeks", "notebook", opgaven, (), hashes)


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
    return [
        Grond.van(notebook).taak(
            re.sub(r"[^A-Za-z0-9_-]+", "-", notebook.stem).strip("-") or "notebook",
            "",
            "notebook",
            hashes={"gegevens": t.gegevenshash()},
        )
        for notebook in notebooks
    ]


def _rapport_taak(bron: Bronaanpak, bestand: Path, slug: str, grond: Grond, kengetallen: Kengetallen) -> Taak:
    notebook, aanpak = grond.notebook, bron.aanpak
    ernaast = is_meegeleverd(notebook) and notebook.stem != STANDAARD_NOTEBOOK
    opgaven: dict[str, Opgave] = {"aanpak": bestand}
    opgaven |= {k: w for k, w in (("rij", bron.rij), ("toelichting", bron.toelichting)) if w}
    waarschuwingen = tuple(waarschuwing(m) for m in bron.waarschuwingen)
    invoer = kern.invoerhash(aanpak)
    hashes = {"invoer": invoer}
    if bron.blad:  # the report of a workbook repeats what the reader had to say of it
        hashes["lezing"] = hash_waarden([bron.blad, waarschuwingen])
    cijfers = kern.kerncijfers(bereken(aanpak, kengetallen).sleutels)
    return grond.taak(
        f"{slug}-{achtervoegsel(notebook)}" if ernaast else slug,
        f"{aanpak.naam}: {onderwerp(notebook)}" if ernaast else aanpak.naam,
        "notebook" if ernaast else "rapport",
        opgaven,
        (
            ("Invoer", ", ".join(d for d in (bron.bestand.name, bron.plek) if d)),
            ("Vingerafdruk invoer", invoer[:12]),
        ),
        hashes,
        {
            "bestand": bron.bestand.name,
            "blad": bron.blad,
            "rij": bron.rij,
            "huishoudens": aanpak.huishoudens,
            "fte": aanpak.fte,
            "kerncijfers": cijfers,
            "waarschuwingen": waarschuwingen,
        },
        {"invoer": invoer, "kerncijfers": cijfers},
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
