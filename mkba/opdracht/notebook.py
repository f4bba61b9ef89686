"""``mkba notebook``: render one of the shipped notebooks itself."""

from typing import Any

import click

from mkba.kern.bestand.bestanden import eenmalig
from mkba.opdracht.gedeeld.keuze import Keuze, reeksopties
from mkba.opdracht.gedeeld.maken import maak
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.reeks.plan import rapporten as taken


@click.command(cls=NlOpdracht, voorbeeld="mkba notebook 35 --naar reports")
@click.argument("namen", nargs=-1, required=True, metavar="NAAM…")
@reeksopties
@eenmalig()
def notebook(namen: tuple[str, ...], **opties: Any) -> int:
    """Voer meegeleverde notebooks uit met hun standaardwaarden en maak er een pagina van.

    NAAM: naam of nummer, zoals 35_voorbeelden of 35.
    """
    notebooks = list(dict.fromkeys(taken.zoek_notebook(naam) for naam in namen))
    return maak(taken.notebook_taken(notebooks), Keuze.uit(**opties))
