"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import click

from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET
from mkba.kern.catalogus.regelset import Regelsetkeuze, lees_datum
from mkba.kern.tekst.meldingen import InvoerFout, Melding


def optie_regelset(functie: Callable[..., Any]) -> Callable[..., Any]:
    """--regelset with --prijsjaar and --peildatum; the command gets one text, ``regelset``, that says all three."""

    @wraps(functie)
    def met_regelset(*args: Any, regelset: str, prijsjaar: str, peildatum: str, **rest: Any) -> Any:
        return functie(*args, regelset=regelsettekst(regelset, prijsjaar, peildatum), **rest)

    uit = click.option(
        "--regelset",
        default=STANDAARD_REGELSET,
        metavar="NAAM",
        help=f"Set kengetallen: lpbl-2014, nl-2026 of een eigen TOML-bestand (standaard {STANDAARD_REGELSET}).",
    )(met_regelset)
    uit = click.option(
        "--prijsjaar", default="", metavar="JAAR", help="In prijzen van dit jaar (standaard het jaar van de regelset)."
    )(uit)
    return click.option(
        "--peildatum",
        default="",
        metavar="DATUM",
        help="Datum van de analyse, 2026-01-31 (standaard vandaag): bepaalt de discontovoet en wat verlopen is.",
    )(uit)


def regelsettekst(regelset: str, prijsjaar: str, peildatum: str) -> str:
    """A rule set with its price year and date, as one text. Raises InvoerFout."""
    keuze = Regelsetkeuze.lees(regelset)
    if prijsjaar and not (prijsjaar.isascii() and prijsjaar.isdigit() and len(prijsjaar) == 4):
        raise InvoerFout([Melding("--prijsjaar", prijsjaar, "dit is geen jaar.", "Schrijf vier cijfers: 2025.")])
    jaar = int(prijsjaar) if prijsjaar else keuze.prijsjaar
    return str(Regelsetkeuze(keuze.naam, jaar, lees_datum(peildatum) if peildatum else keuze.peildatum))


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

optie_aanvulling = click.option(
    "--aanvulling",
    multiple=True,
    metavar="BESTAND",
    help="Ook 71488ned (ouderen naar positie), 71487ned (eenouder), 86204NED (jeugdzorg) of 86158NED (Wmo per wijk): "
    "een bestand, of statline om ze op te halen. Mag vaker.",
)
