"""``mkba sjabloon``: the table to fill in."""

from pathlib import Path

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_regelset
from mkba.rekenblad.sjabloon import schrijf_sjabloon


@click.command(cls=NlOpdracht, voorbeeld="mkba sjabloon wijken.xlsx")
@click.argument("uit", default="", metavar="[UIT.xlsx]")
@click.option("--registratie", is_flag=True, help="Een werkmap voor de registratie van een effectmeting.")
@click.option("--overschrijf", is_flag=True, help="Vervang een bestaand bestand.")
@optie_regelset
def sjabloon(uit: str, registratie: bool, overschrijf: bool, regelset: str) -> None:
    """Schrijf een werkmap om in te vullen: een rij per aanpak, met uitleg en standaardwaarden.

    Met --registratie: een blad per tabel van een effectmeting (huishoudens, problematiek, trajecten, acties,
    escalaties, team, gebied), met keuzelijsten en voorbeeldrijen die niet meetellen.
    """
    uit = uit or ("mkba-registratie.xlsx" if registratie else "mkba-sjabloon.xlsx")
    if Path(uit).exists() and not overschrijf:
        remedie = "Geef een andere naam, of --overschrijf als wat erin staat weg mag."
        raise InvoerFout([Melding("bestand", uit, "dit bestand bestaat al.", remedie, uit)])
    if registratie:
        from mkba.rekenblad.registratiesjabloon import schrijf_registratiesjabloon  # with the reader of a registration

        schrijf_registratiesjabloon(Path(uit), overschrijf=overschrijf)
        click.echo(f"{uit} geschreven. Vul de bladen in en draai `mkba registratie {uit}`.")
        return
    schrijf_sjabloon(Path(uit), lees_kengetallen(regelset, ""), overschrijf=overschrijf)
    click.echo(f"{uit} geschreven. Vul het blad aanpakken in en draai `mkba controleer {uit}`.")
