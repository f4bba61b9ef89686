"""Reports and notebooks from Python: the same engine, folder and messages as the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import lees_reeks
from mkba.kern.bestand import paden
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.reeks.map import batch
from mkba.reeks.map.overzicht import schrijf_overzicht
from mkba.reeks.plan import rapporten as plan
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.plan.taak import Resultaat
from mkba.uitvoer.tabel import Tabel


@dataclass(frozen=True, repr=False, eq=False)
class Rapporten:
    """What a series of reports gave: ``map`` with ``index.html``, and per report how it went. Shows the list."""

    map: Path
    resultaten: tuple[Resultaat, ...]

    def tabel(self) -> Tabel:
        """A row per report: name, status, file and what went wrong."""
        import pandas as pd

        rijen = [
            {
                "rapport": r.taak.naam or r.taak.slug,
                "status": r.status,
                "bestand": f"{r.taak.slug}.html",
                "fout": r.fout,
            }
            for r in self.resultaten
        ]
        return Tabel(pd.DataFrame(rijen, columns=["rapport", "status", "bestand", "fout"]), index=False)

    def __repr__(self) -> str:
        return f"{self.tabel().als_tekst()}\nOverzicht: {self.map / 'index.html'}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@gecontroleerd()
def rapport(
    invoer: "str | Path | Sequence[str | Path]",
    naar: str | Path,
    notebooks: Sequence[int | str] = (30,),
    kengetallen: str | Path = "",
    regelset: str = "",
    werkers: int | None = None,
    opnieuw: bool = False,
) -> Rapporten:
    """A report per aanpak in folder ``naar``: ``mkba.rapport("wijken.xlsx", naar="uit", notebooks=[30, 40])``.

    ``invoer``: files, folders or names of shipped cases; of a table every row counts. What is ready and does not change
    is skipped. In a script (not a notebook) keep the call below ``if __name__ == "__main__":``. Raises InvoerFout with
    everything that is wrong, before anything is made.
    """
    namen = [str(i) for i in ([invoer] if isinstance(invoer, str | Path) else invoer)]
    doel = Path(naar)
    eigen = Path(kengetallen) if str(kengetallen) else None
    catalogus = lees_kengetallen(regelset or STANDAARD_REGELSET, str(kengetallen))
    bronnen = lees_reeks(namen, catalogus)
    gekozen = [plan.zoek_notebook(str(n)) for n in notebooks]
    for notebook in gekozen:
        if not {"aanpak", "aanpakken"} & parameters(notebook).keys():
            oorzaak = "dit notebook heeft geen parameter aanpak."
            remedie = "Kies 30, 40 of 45, of een eigen notebook met een parameter aanpak."
            raise InvoerFout([Melding("notebooks", notebook.stem, oorzaak, remedie)])
    taken = plan.aanpak_taken(bronnen, catalogus, gekozen, eigen)
    plan.controleer_slugs(taken)
    resultaten = batch.draai(taken, doel, werkers, opnieuw)
    schrijf_overzicht(doel, {taak.slug for taak in taken})
    return Rapporten(doel, tuple(resultaten))


@gecontroleerd()
def notebooks(naar: str | Path) -> list[Path]:
    """Hand out copies of the shipped notebooks in folder ``naar``, to change; gives their paths.

    They run from any folder: in JupyterLab, with ``papermill`` or with ``jupyter execute``. Raises InvoerFout, before
    anything is written, when one of them is there already: it may be somebody's work.
    """
    doel = paden.uitgeschreven(str(naar))
    if doel.exists() and not doel.is_dir():
        raise InvoerFout([Melding("naar", str(naar), "dit is een bestand en geen map.", "Kies een andere map.")])
    bronnen = sorted(paden.notebooks().glob("*.ipynb"))
    if bestaand := [p.name for p in bronnen if (doel / p.name).exists()]:
        oorzaak = f"hier staat al {', '.join(bestaand)}."
        raise InvoerFout([Melding("naar", str(naar), oorzaak, "Kies een andere map, of haal ze daar weg.")])
    for bron in bronnen:
        schrijf_veilig(doel / bron.name, bron.read_bytes())
    return [doel / bron.name for bron in bronnen]
