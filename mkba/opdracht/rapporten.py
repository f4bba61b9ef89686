"""``rapport`` and ``notebook``: make reports and say how it went."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import click

from mkba.invoer.fouten import InvoerFout, Melding
from mkba.invoer.kengetallen import Kengetallen, lees_kengetallen
from mkba.opdracht.melden import lees_alles, toon_waarschuwingen
from mkba.opdracht.nederlands import Geheel, NlOpdracht
from mkba.opdracht.rekenen import optie_kengetallen, optie_regelset
from mkba.uitvoer import batch, gebiedstaken, taken
from mkba.uitvoer.cohorttaak import cohort_taak
from mkba.uitvoer.getallen import getal
from mkba.uitvoer.notebooks import parameternamen
from mkba.uitvoer.overzicht import schrijf_overzicht
from mkba.uitvoer.taak import Resultaat, Taak
from mkba.uitvoer.werk import Uitvoering

MAX_OMVANG = 2_000_000
"""Bytes above which a report is awkward to mail."""
MAX_WAARSCHUWINGEN = 12
"""Warnings that still fit on a screen; more are only counted here, and listed on the overview page."""

optie_naar = click.option("--naar", default="reports", metavar="MAP", help="Map voor de rapporten (standaard reports).")
optie_werkers = click.option(
    "--werkers", type=Geheel(), default=None, help="Rapporten tegelijk; standaard het aantal processorkernen."
)


optie_opnieuw = click.option(
    "--opnieuw", is_flag=True, help="Maak ook de rapporten die al klaar en ongewijzigd zijn, of van een ander bestand."
)


optie_dask = click.option(
    "--dask", "dask_adres", default="", metavar="ADRES", help="Werk op een dask-cluster, zoals tcp://planner:8786."
)


@click.command(cls=NlOpdracht)
@click.argument("invoer", nargs=-1, required=True, metavar="INVOER…")
@optie_naar
@click.option(
    "--notebooks",
    "--notebook",
    "notebooks",
    default="",
    metavar="NAMEN",
    help="Notebooks met komma's ertussen, naam of nummer (standaard 30; bij CBS-codes 10,20,30; 40 is gevoeligheid, "
    "45 zet alle aanpakken op een pagina naast elkaar).",
)
@click.option("--cijfers", default="", metavar="BESTAND", help="Kerncijfers bij CBS-codes; zonder: CBS StatLine.")
@click.option("--jaar", type=Geheel(), default=None, help="Jaar van de kerncijfers bij CBS-codes.")
@optie_werkers
@optie_dask
@optie_kengetallen
@optie_regelset
@optie_opnieuw
def rapport(
    invoer: tuple[str, ...],
    naar: str,
    notebooks: str,
    cijfers: str,
    jaar: int | None,
    werkers: int | None,
    dask_adres: str,
    kengetallenbestand: str,
    regelset: str,
    opnieuw: bool,
) -> int:
    """Maak een rapport per aanpak, met een overzichtspagina.

    INVOER: TOML-bestanden, mappen, of csv- en xlsx-tabellen met een aanpak per rij; of CBS-codes van gemeenten,
    wijken of buurten, voor een doelgroepenanalyse, zorgprofielen en een eerste MKBA 1.0 per gebied. Alles wordt
    eerst gelezen en gecontroleerd. Rapporten die al klaar zijn en niet veranderen, worden overgeslagen.
    """
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    bestand = Path(kengetallenbestand) if kengetallenbestand else None
    codes = [i for i in invoer if gebiedstaken.is_code(i)]
    uitvoering = Uitvoering(dask=dask_adres)
    if codes:
        return _gebieden(
            invoer, codes, notebooks, cijfers, jaar, kengetallen, bestand, Path(naar), werkers, opnieuw, uitvoering
        )
    keuze = _notebooks(notebooks or taken.STANDAARD_NOTEBOOK)
    gezamenlijk = [n for n in keuze if "aanpakken" in parameternamen(n)]
    per_aanpak = [n for n in keuze if n not in gezamenlijk]
    if not all("aanpak" in parameternamen(n) for n in per_aanpak):
        oorzaak = "bij aanpakken hoort een notebook met een parameter aanpak."
        remedie = "Geef CBS-codes als invoer, of kies 30, 40 of 45."
        raise InvoerFout([Melding("--notebooks", notebooks, oorzaak, remedie)])
    bronnen = lees_alles(invoer, kengetallen)
    opdrachten = [cohort_taak(bronnen, kengetallen, n, bestand) for n in gezamenlijk]
    opdrachten += [t for n in per_aanpak for t in taken.rapport_taken(bronnen, kengetallen, n, bestand)]
    if not opnieuw:
        batch.controleer_eigenaar(opdrachten, Path(naar))
    aantal = toon_waarschuwingen(bronnen, MAX_WAARSCHUWINGEN)
    if aantal > MAX_WAARSCHUWINGEN:
        click.echo(f"{aantal} waarschuwingen bij de invoer: zie de overzichtspagina of `mkba controleer`.", err=True)
    return _maak(opdrachten, Path(naar), werkers, opnieuw, uitvoering)


@click.command(cls=NlOpdracht)
@click.argument("namen", nargs=-1, required=True, metavar="NAAM…")
@optie_naar
@optie_werkers
@optie_dask
@optie_opnieuw
def notebook(namen: tuple[str, ...], naar: str, werkers: int | None, dask_adres: str, opnieuw: bool) -> int:
    """Voer meegeleverde notebooks uit met hun standaardwaarden en maak er een pagina van.

    NAAM: naam of nummer, zoals 35_voorbeelden of 35.
    """
    notebooks = list(dict.fromkeys(taken.zoek_notebook(naam) for naam in namen))
    return _maak(taken.notebook_taken(notebooks), Path(naar), werkers, opnieuw, Uitvoering(dask=dask_adres))


def _notebooks(namen: str) -> list[Path]:
    return list(dict.fromkeys(taken.zoek_notebook(n.strip()) for n in namen.split(",") if n.strip()))


def _gebieden(
    invoer: Sequence[str],
    codes: Sequence[str],
    notebooks: str,
    cijfers: str,
    jaar: int | None,
    kengetallen: Kengetallen,
    bestand: Path | None,
    naar: Path,
    werkers: int | None,
    opnieuw: bool,
    uitvoering: Uitvoering,
) -> int:
    anders = [i for i in invoer if i not in codes]
    if anders:
        oorzaak = "CBS-codes en bestanden gaan niet samen in een opdracht."
        raise InvoerFout([Melding("invoer", ", ".join(anders), oorzaak, "Maak er twee opdrachten van.")])
    keuze = _notebooks(notebooks or "10,20,30")
    gebieden = gebiedstaken.lees(codes, kengetallen, cijfers, jaar or 0)
    batch.maak_map(naar)
    gebiedstaken.schrijf(gebieden, naar)
    opdrachten = gebiedstaken.gebied_taken(gebieden, keuze, naar, kengetallen, bestand)
    return _maak(opdrachten, naar, werkers, opnieuw, uitvoering)


def _maak(opdrachten: Sequence[Taak], naar: Path, werkers: int | None, opnieuw: bool, uitvoering: Uitvoering) -> int:
    begin = time.perf_counter()
    taken.controleer_slugs(opdrachten)
    try:
        with Voortgang(len(opdrachten)) as voortgang:
            resultaten = batch.draai(opdrachten, naar, werkers, opnieuw, voortgang.meld, uitvoering)
    except KeyboardInterrupt:
        if naar.is_dir():
            schrijf_overzicht(naar)
        click.echo("Afgebroken. Wat al klaar was, is bewaard; dezelfde opdracht maakt de rest.", err=True)
        return 130
    pagina = schrijf_overzicht(naar)
    return _besluit(resultaten, pagina, time.perf_counter() - begin)


def _besluit(resultaten: Sequence[Resultaat], pagina: Path, seconden: float) -> int:
    """Print the summary and return the exit code."""
    aantal = {s: sum(r.status == s for r in resultaten) for s in ("gelukt", "overgeslagen", "mislukt")}
    for r in resultaten:
        if r.omvang > MAX_OMVANG:
            click.echo(f"Let op: {r.taak.slug}.html is groot ({getal(r.omvang / 1e6, 1)} MB).", err=True)
    click.echo(
        f"{aantal['gelukt']} gemaakt, {aantal['overgeslagen']} ongewijzigd overgeslagen, "
        f"{aantal['mislukt']} mislukt, in {getal(seconden, 1)} s."
    )
    click.echo(f"Overzicht: {pagina}")
    if aantal["mislukt"]:
        click.echo("\nMislukt:", err=True)
        for r in resultaten:
            if r.status == "mislukt":
                waar = f" Zie {r.foutbestand}." if r.foutbestand else ""
                click.echo(f"  {_naam(r.taak)}: {r.fout}{waar}", err=True)
    return 1 if aantal["mislukt"] else 0


def _naam(taak: Taak) -> str:
    return taak.naam or taak.slug


class Voortgang:
    """A progress bar on a terminal, a line per report elsewhere."""

    def __init__(self, totaal: int) -> None:
        self.totaal = totaal
        self.klaar = 0
        self.balk = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self.balk = tqdm(total=totaal, unit="rapport", file=sys.stderr, dynamic_ncols=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        if self.balk is not None:
            self.balk.close()

    def meld(self, resultaat: Resultaat) -> None:
        """One more is done."""
        self.klaar += 1
        naam = _naam(resultaat.taak)
        if self.balk is not None:
            if resultaat.status == "mislukt":
                self.balk.write(f"mislukt: {naam}", file=sys.stderr)
            self.balk.update()
            return
        duur = f" ({getal(resultaat.seconden, 1)} s)" if resultaat.seconden else ""
        woord = {"gelukt": "klaar", "overgeslagen": "ongewijzigd", "mislukt": "mislukt"}[resultaat.status]
        click.echo(f"[{self.klaar}/{self.totaal}] {naam}: {woord}{duur}", err=True)
