"""``werkboek``: a workbook per aanpak that calculates by itself."""

from pathlib import Path

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import aanpakken_van
from mkba.opdracht.gedeeld.lezen import lees_alles
from mkba.opdracht.gedeeld.melden import toon_waarschuwingen
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset


@click.command(cls=NlOpdracht, voorbeeld="mkba werkboek voorbeeld-1 --naar wijk.xlsx")
@click.argument("invoer", nargs=-1, required=True, metavar="AANPAK…")
@click.option(
    "--naar",
    default="werkboeken",
    metavar="MAP|BESTAND",
    help="Map voor de werkboeken, of bij één aanpak een naam die eindigt op .xlsx (standaard de map werkboeken).",
)
@click.option("--overschrijf", is_flag=True, help="Vervang bestaande bestanden.")
@optie_kengetallen
@optie_regelset
def werkboek(invoer: tuple[str, ...], naar: str, overschrijf: bool, kengetallenbestand: str, regelset: str) -> None:
    """Schrijf per aanpak een werkboek voor Excel of LibreOffice dat zelf rekent, ingedeeld als de MKBA-tool.

    AANPAK: TOML-bestanden, mappen, csv- en xlsx-tabellen, of namen van meegeleverde voorbeelden. Wie antwoorden of
    kengetallen verandert, ziet alle posten, verhoudingen en kasstromen meerekenen; het werkboek is ook weer invoer
    voor rapport, bereken, controleer en werkboek.
    """
    from mkba.rekenblad.werkboek import schrijf_werkboeken  # pandas, half a second, only for this command

    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    bronnen = lees_alles(invoer, kengetallen)
    paden = schrijf_werkboeken(aanpakken_van(bronnen), kengetallen, Path(naar), overschrijf)
    toon_waarschuwingen(bronnen)
    for pad in paden:
        click.echo(f"{pad} geschreven.")
