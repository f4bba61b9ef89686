"""``scherm``: the live invoerscherm as a page in the browser."""

import signal
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset
from mkba.scherm.bestanden.hier import doorverwijzing, kan_browser, leesbaar_voor_browser


@click.command(cls=NlOpdracht, voorbeeld="mkba scherm voorbeeld-1")
@click.argument("aanpak", default="standaard", metavar="[AANPAK]")
@click.option("--rij", default="", metavar="RIJ", help="Naam of nummer van de rij, als AANPAK een tabel is.")
@click.option(
    "--naar", default=".", metavar="MAP", help="Map om aanpakken en rapporten in te bewaren (standaard: hier)."
)
@click.option("--poort", default=0, type=click.IntRange(0, 65535), metavar="N", help="Poort (standaard een vrije).")
@click.option("--geen-browser", is_flag=True, help="Open geen browser; toon alleen het adres.")
@optie_regelset
@optie_kengetallen
def scherm(
    aanpak: str, rij: str, naar: str, poort: int, geen_browser: bool, regelset: str, kengetallenbestand: str
) -> int:
    """Open het invoerscherm in de browser: invullen, vergelijken, bewaren en een rapport maken, zonder code.

    AANPAK: een TOML-bestand, een csv- of xlsx-tabel, of een meegeleverd voorbeeld (standaard het rekenvoorbeeld van de
    handleiding). De pagina is alleen op deze computer te openen, met het adres dat hier verschijnt; Ctrl-C sluit haar.
    """
    map_ = _map(naar)
    from mkba.scherm.server.pagina import Pagina

    click.echo("Het invoerscherm wordt gestart …", err=True)
    for naam in ("SIGTERM", "SIGHUP"):  # a terminal that closes, a service that stops: the same as Ctrl-C
        if hasattr(signal, naam):
            signal.signal(getattr(signal, naam), signal.default_int_handler)
    try:
        with (
            Pagina(lambda: _parameters(aanpak, rij, regelset, kengetallenbestand, map_), poort) as pagina,
            ExitStack() as stapel,
        ):
            click.echo(f"Invoerscherm: {pagina.url}")
            click.echo(f"Bewaarde aanpakken komen in {map_}. Sluit het scherm met Ctrl-C.", err=True)
            if not geen_browser:
                geopend = False
                if kan_browser():
                    plek = leesbaar_voor_browser(pagina.map_, map_)
                    geopend = webbrowser.open(stapel.enter_context(doorverwijzing(pagina.url, plek)))
                raad = "Opent er geen pagina, open dan" if geopend else "Hier is geen browser te openen: open"
                click.echo(f"{raad} het adres hierboven zelf.", err=True)
            pagina.wacht()
            click.echo("Het invoerscherm is onverwacht gestopt.", err=True)
            return 1
    except KeyboardInterrupt:
        click.echo("\nHet invoerscherm is gesloten.", err=True)
        return 0


def _parameters(aanpak: str, rij: str, regelset: str, kengetallenbestand: str, map_: Path) -> dict[str, Any]:
    """Those of the notebook. What is wrong with the aanpak is said here, and not on the page: raises InvoerFout."""
    from mkba.invoer.afwijkingen import lees_kengetallen  # the server begins before half a second of imports
    from mkba.invoer.lezen import lees_aanpak

    getallen = lees_kengetallen(regelset, kengetallenbestand)
    pad = paden.zoek_aanpak(aanpak)
    lees_aanpak(pad, getallen, rij)
    return {
        "aanpak": str(pad.resolve()),
        "rij": rij,
        "regelset": getallen.regelset,
        "kengetallen": str(paden.uitgeschreven(kengetallenbestand).resolve()) if kengetallenbestand else "",
        "naar": str(map_),
    }


def _map(naar: str) -> Path:
    map_ = paden.uitgeschreven(naar).resolve()
    try:
        map_.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        oorzaak = f"deze map is niet te maken ({fout.strerror})."
        raise InvoerFout([Melding("--naar", naar, oorzaak, "Kies een andere map.")]) from None
    return map_
