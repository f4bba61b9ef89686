"""``reproduceer``: the meta-analysis, figure by figure, as a page and a PDF, and how much of it holds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import click
import pandas as pd

from mkba.analyse.meta.bevinding import Bevinding, als_gegevens, telling, telling_gronden
from mkba.analyse.meta.controle import controleer
from mkba.analyse.meta.lees_meta import laad_meta_analyse
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht.gedeeld.keuze import GRENZEN, Keuze, opties
from mkba.opdracht.gedeeld.maken import maak
from mkba.opdracht.gedeeld.melden import op_regel
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.reeks.pagina.pdf import drukker
from mkba.reeks.pagina.pdf.drukker import Voorkeur
from mkba.reeks.plan import rapporten as taken
from mkba.uitvoer.meta.tabellen import waardecel

NOTEBOOK: Final = "50_meta_analyse"
_RUST_OP: Final = {
    "bron": "gedrukte getallen of gevallen",
    "uitkomst": "uitkomsten van de reconstructie",
    "afgestemd": "uitkomsten waarop is afgestemd",
    "invoer": "haar invoer (bij opbouw)",
    "model": "het model zelf",
}
_FORMATEN: Final = "pdf"
"""Without ``--formaten``: the page, the notebook and, when an engine is installed, the PDF."""


@click.command(cls=NlOpdracht, voorbeeld="mkba reproduceer --naar meta")
@opties("naar", "opnieuw", "droog", "formaten", "zip_", "als_json", "isoleer", "pdf_met", *GRENZEN)
@click.option("--alles", is_flag=True, help="Druk elke bevinding af, ook wat houdt.")
def reproduceer(alles: bool, **keuzes: Any) -> int:
    """Reken de meta-analyse na: een pagina en een PDF, figuur voor figuur, en hoeveel getallen en uitspraken houden.

    Zonder --formaten komt er een PDF bij als daar iets voor is geïnstalleerd; anders staat erbij hoe dat moet.
    """
    gevraagd = bool(keuzes["formaten"])
    keuze = Keuze.uit(**(keuzes if gevraagd else keuzes | {"formaten": _FORMATEN}))
    bevindingen = controleer(laad_meta_analyse(), lees_kengetallen(STANDAARD_REGELSET))
    if not gevraagd and not keuze.droog and not _kan_drukken(keuze.uitvoering.pdf_met):
        keuze = replace(keuze, formaten=())
    notebook = taken.zoek_notebook(NOTEBOOK)
    tel = telling(bevindingen)
    erbij = {
        "telling": _gewoon(tel),
        "telling_uitspraken": _gewoon(telling_gronden(bevindingen).rename(index={"": "niet_te_toetsen"})),
        "bevindingen": [als_gegevens(b) for b in bevindingen],
    }
    code = maak(taken.notebook_taken([notebook]), keuze, erbij)
    if not keuze.als_json and not keuze.droog:
        _toon(bevindingen, tel.to_dict("index"), alles)
    return code


def _gewoon(tel: pd.DataFrame) -> dict[str, dict[str, int]]:
    return {str(soort): {str(k): int(n) for k, n in rij.items()} for soort, rij in tel.iterrows()}


def _kan_drukken(voorkeur: Voorkeur) -> bool:
    """Whether there is something that prints a PDF; if not, it is said how to get it."""
    try:
        with drukker.kies(voorkeur):
            return True
    except InvoerFout as fout:
        click.echo("Er komt geen PDF bij:", err=True)
        for melding in fout.meldingen:
            click.echo(f"  {op_regel(str(melding))}", err=True)
        return False


def _toon(bevindingen: Sequence[Bevinding], tel: dict[Any, dict[Any, int]], alles: bool) -> None:
    """What does not hold, and at the end, where it is read, how many do."""
    groepen: list[tuple[str, Callable[[Bevinding], bool]]] = [
        ("Houdt niet", lambda b: b.houdt is False),
        ("Niet na te rekenen", lambda b: b.houdt is None),
    ]
    if alles:
        groepen.append(("Houdt", lambda b: b.houdt is True))
    for kop, hoort in groepen:
        deel = [b for b in bevindingen if hoort(b)]
        if deel:
            click.echo(f"\n{kop}:")
        for b in deel:
            gedrukt, berekend = (str(waardecel(w, b.eenheid)) for w in (b.gepubliceerd, b.berekend))
            woorden = ("getoetst als", "reconstructie") if b.citaat else ("gepubliceerd", "berekend")
            zo = f": {woorden[0]} {gedrukt}, {woorden[1]} {berekend}" if gedrukt else ""
            plat = f"  {b.plek}: {b.wat}{zo}"
            click.echo(plat.replace("\N{NO-BREAK SPACE}", " "))
            if b.toelichting and b.houdt is not True:
                click.echo(f"    {b.toelichting}".replace("\N{NO-BREAK SPACE}", " "))
    click.echo("\nMeta-analyse, nagerekend:")
    for soort, woord in (("getal", "getallen"), ("uitspraak", "uitspraken")):
        t = tel[soort]
        click.echo(
            f"  {woord:<11}{t['houdt']:>4} van {t['aantal']} houden, {t['houdt_niet']} niet, "
            f"{t['niet_te_toetsen']} niet na te rekenen"
        )
    gronden = telling_gronden(bevindingen).drop(index="").rename(index=_RUST_OP)
    delen = [f"{t['houdt']} van {t['aantal']} op {soort}" for soort, t in gronden.iterrows()]
    click.echo(f"  {'':<11}die houden rusten voor {', '.join(delen)}")
