"""Options that several commands share."""

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
