"""``mkba kengetallen``: the catalogue on the terminal."""

import json
from typing import Any

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.tekst.notatie import (
    kort,
)
from mkba.opdracht.nederlands import NlOpdracht
from mkba.opdracht.opties import optie_kengetallen, optie_regelset


@click.command(cls=NlOpdracht, voorbeeld="mkba kengetallen --zoek qaly")
@click.option("--zoek", default="", metavar="TEKST", help="Alleen kengetallen met deze tekst.")
@click.option("--json", "als_json", is_flag=True, help="Alle velden, als JSON.")
@optie_regelset
@optie_kengetallen
def kengetallen(zoek: str, als_json: bool, regelset: str, kengetallenbestand: str) -> None:
    """Toon de kengetallen: sleutel, waarde, eenheid, status en bron."""
    alle = lees_kengetallen(regelset, kengetallenbestand).getallen
    gekozen = {pad: k for pad, k in alle.items() if zoek.casefold() in _doorzoekbaar(pad, k)}
    if als_json:
        lijst: list[dict[str, Any]] = [{"sleutel": pad, **k.model_dump(mode="json")} for pad, k in gekozen.items()]
        click.echo(json.dumps(lijst, indent=2, ensure_ascii=False, allow_nan=False))
        return
    if not gekozen:
        click.echo(f"Geen kengetal gevonden met {zoek!r}.", err=True)
    for pad, k in gekozen.items():
        status = k.status if k.oorspronkelijk is None else f"afwijkend, was {kort(k.oorspronkelijk)}"
        click.echo(
            f"{pad}\n    {k.omschrijving}\n    {kort(k.waarde)} {k.eenheid} · {status} · {k.bron} {k.vindplaats}"
        )


def _doorzoekbaar(pad: str, k: Kengetal) -> str:
    return f"{pad} {k.omschrijving} {k.status} {k.bron} {k.vindplaats}".casefold()
