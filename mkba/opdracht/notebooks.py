"""``notebooks``: copies of the shipped notebooks, to work in."""

import click

from mkba.opdracht.gedeeld.nederlands import NlOpdracht


@click.command(cls=NlOpdracht, voorbeeld="mkba notebooks mijn-notebooks")
@click.argument("naar", metavar="MAP")
def notebooks(naar: str) -> None:
    """Zet kopieën van de meegeleverde notebooks in een map, om in te werken en te veranderen.

    Ze werken in elke map: in JupyterLab, met `papermill` of met `jupyter execute`. Wat er al staat, blijft staan.
    """
    from mkba.deur.rapporten import notebooks as deel_uit  # pandas, half a second, only for this command

    kopieen = deel_uit(naar)
    for pad in kopieen:
        click.echo(f"{pad} geschreven.")
    click.echo(f"{len(kopieen)} notebooks. Met `mkba rapport … --notebooks PAD` maakt een eigen notebook rapporten.")
