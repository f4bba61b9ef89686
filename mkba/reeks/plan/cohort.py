"""The page that places all aanpakken of one command among each other: one task over all of them."""

from collections.abc import Sequence
from pathlib import Path

from mkba.invoer.lezen import Bronaanpak
from mkba.kern.bestand.hashes import hash_waarden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import hoeveel
from mkba.reeks.plan.rapporten import (
    achtervoegsel,
    hashes_van,
    herkomst_van_code,
    herkomst_van_kengetallen,
    kengetallenhash,
    waarschuwing,
)
from mkba.reeks.plan.taak import Taak, Waarde
from mkba.uitvoer import kernpunten as kern


def cohort_taak(
    bronnen: Sequence[Bronaanpak], kengetallen: Kengetallen, notebook: Path, kengetallenbestand: Path | None = None
) -> Taak:
    """The task of a notebook with the parameter ``aanpakken``: every row of every file of ``bronnen``.

    Its slug is that of the notebook ("cohort"), which no aanpak gets. The key covers every aanpak, so that one change
    makes the page again.
    """
    bestanden = list(dict.fromkeys(bron.bestand.resolve() for bron in bronnen))
    parameters: dict[str, Waarde] = {"aanpakken": [str(b) for b in bestanden], "regelset": kengetallen.regelset}
    leesbaar: dict[str, Waarde] = parameters | {"aanpakken": [b.name for b in bestanden], "regelset": kengetallen.naam}
    if kengetallenbestand is not None:
        parameters["kengetallen"] = str(kengetallenbestand.resolve())
        leesbaar["kengetallen"] = kengetallenbestand.name
    hashes = hashes_van(notebook) | {
        "kengetallen": kengetallenhash(kengetallen),
        "parameters": hash_waarden(leesbaar),
        "invoer": kern.reekshash([bron.aanpak for bron in bronnen]),
    }
    aantal = hoeveel(len(bronnen), "aanpak", "aanpakken")
    return Taak(
        slug=achtervoegsel(notebook),
        naam=f"Cohort van {aantal}",
        notebook=notebook,
        parameters=parameters,
        sleutel=hash_waarden(hashes),
        herkomst=(
            ("Invoer", f"{aantal} uit {hoeveel(len(bestanden), 'bestand', 'bestanden')}"),
            ("Vingerafdruk invoer", hashes["invoer"][:12]),
            *herkomst_van_kengetallen(kengetallen),
            ("Notebook", notebook.stem),
            *herkomst_van_code(),
        ),
        feiten={
            "soort": "cohort",
            "hashes": hashes,
            "parameters": leesbaar,
            "regelset": kengetallen.naam,
            "kengetallen": kengetallen.vingerafdruk,
            "waarschuwingen": tuple(f"{b.aanpak.naam}: {waarschuwing(m)}" for b in bronnen for m in b.waarschuwingen),
        },
        kern={"invoer": hashes["invoer"]},
    )
