"""Options that several commands share."""

from typing import Final

import click

from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET

optie_regelset = click.option(
    "--regelset", default=STANDAARD_REGELSET, metavar="NAAM", help=f"Set kengetallen (standaard {STANDAARD_REGELSET})."
)


optie_kengetallen = click.option(
    "--kengetallen",
    "kengetallenbestand",
    default="",
    metavar="BESTAND",
    help="TOML met afwijkende kengetallen, of een werkboek (.xlsx).",
)


optie_indeling = click.option(
    "--indeling",
    default=None,
    metavar="TOML",
    help="Uw eigen namen van kolommen, bladen en waarden.",
)

optie_koppelsleutel = click.option(
    "--koppelsleutel",
    default=None,
    metavar="BESTAND",
    help="Maak van een bsn (of ander nummer) een pseudoniem, met de sleutel in dit bestand buiten het project.",
)


NIVEAUS: Final = ("gemeente", "wijk", "buurt")

optie_niveau = click.option(
    "--niveau",
    type=click.Choice(NIVEAUS, case_sensitive=False),
    default=None,
    metavar="SOORT",
    help="Alle gebieden van deze soort in het bestand van --cijfers: gemeente, wijk of buurt.",
)

optie_huishoudens = click.option(
    "--huishoudens",
    multiple=True,
    metavar="BESTAND",
    help="Ook 71488ned (ouderen naar positie) of 71487ned (eenouder): een bestand, of statline om ze op te halen. Mag "
    "vaker.",
)
