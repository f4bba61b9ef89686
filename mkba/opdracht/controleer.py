"""``mkba controleer``: read and check everything, write nothing."""

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.tekst.notatie import (
    hoeveel,
)
from mkba.opdracht.gedeeld.lezen import lees_alles
from mkba.opdracht.gedeeld.melden import toon_waarschuwingen
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset


@click.command(cls=NlOpdracht, voorbeeld="mkba controleer wijken.xlsx")
@click.argument("invoer", nargs=-1, required=True, metavar="INVOER…")
@optie_regelset
@optie_kengetallen
def controleer(invoer: tuple[str, ...], regelset: str, kengetallenbestand: str) -> None:
    """Lees alle invoer en meld alles wat er mis is of opvalt, zonder iets te berekenen of te schrijven.

    INVOER: TOML-bestanden, werkboeken, mappen, of csv- en xlsx-tabellen met een aanpak per rij.
    """
    bronnen = lees_alles(invoer, lees_kengetallen(regelset, kengetallenbestand))
    aantal = toon_waarschuwingen(bronnen)
    bestanden = len({bron.bestand for bron in bronnen})
    click.echo(
        f"{hoeveel(len(bronnen), 'aanpak', 'aanpakken')} in {hoeveel(bestanden, 'bestand', 'bestanden')}: geen fouten, "
        f"{hoeveel(aantal, 'waarschuwing', 'waarschuwingen') if aantal else 'geen waarschuwingen'}."
    )
