"""``mkba gebieden``: all areas of a level in one table, on one page, without a report for each."""

from collections.abc import Sequence
from pathlib import Path

import click

from mkba.analyse.doelgroepen.ranglijst import ranglijst
from mkba.analyse.doelgroepen.statistiek import uit_statistiek
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.cbs import landelijk
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.cbs.grenzen import Grenzen, lees_grenzen, meldingen
from mkba.invoer.cbs.stapeling import lees_stapeling
from mkba.invoer.cbs.wlz import lees_wlz
from mkba.kern.bestand.bestanden import eenmalig
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import hoeveel
from mkba.kern.zaak.gebied import Gebied, Soort
from mkba.opdracht.gedeeld.melden import op_regel, teller, toon_let_op
from mkba.opdracht.gedeeld.nederlands import Geheel, NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_aanvulling, optie_kengetallen, optie_niveau, optie_regelset
from mkba.reeks.map import gebiedenlijst
from mkba.uitvoer.doelgroepen import zinnen

HOOGSTENS = 12
"""Lines of one kind that still fit on a screen; the page has them all."""


@click.command(cls=NlOpdracht, voorbeeld="mkba gebieden --cijfers kwb-2024.xlsx --niveau gemeente --naar gebieden")
@click.argument("codes", nargs=-1, metavar="[CODES…]")
@click.option(
    "--cijfers",
    default="",
    metavar="BESTAND",
    help="Kerncijfers: een bestand of voorbeeldgemeente; zonder: CBS StatLine.",
)
@optie_niveau
@optie_aanvulling
@click.option("--naar", required=True, metavar="MAP", help="Map voor de pagina en gebieden.csv.")
@click.option("--jaar", type=Geheel(), default=None, help="Jaar van de kerncijfers.")
@click.option(
    "--stapeling",
    default="",
    metavar="BESTAND",
    help="Zet ernaast wie voorzieningen uit twee of meer domeinen heeft: een csv van 85994NED, of statline (ophalen).",
)
@click.option(
    "--wlz",
    default="",
    metavar="BESTAND",
    help="Zet ernaast welk deel van de Wmo-cliënten per jaar naar de Wlz gaat: een csv met cliënten en instroom.",
)
@click.option(
    "--kaart",
    default="",
    metavar="BESTAND",
    help="Grenzen voor een kaart: een GeoJSON of GeoPackage (onderdeel kaart), of pdok om ze op te halen.",
)
@optie_kengetallen
@optie_regelset
@eenmalig()
def gebieden(
    codes: tuple[str, ...],
    cijfers: str,
    niveau: Soort | None,
    aanvulling: tuple[str, ...],
    naar: str,
    jaar: int | None,
    stapeling: str,
    wlz: str,
    kaart: str,
    kengetallenbestand: str,
    regelset: str,
) -> int:
    """Zet alle gemeenten, wijken of buurten van een bestand op een pagina, met rang en marge.

    CODES: CBS-codes of patronen ("WK0599*"); zonder CODES elk gebied van --niveau in het bestand. Schrijft
    gebieden.html (te sorteren en te doorzoeken) en gebieden.csv.
    """
    if not codes and not cijfers:
        oorzaak = "er is geen bestand en geen gebied opgegeven."
        raise InvoerFout([Melding("--cijfers", None, oorzaak, "Geef --cijfers BESTAND, of CBS-codes.")])
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    gekozen = kies_gebieden(", ".join(c.strip().upper() for c in codes), cijfers, jaar or 0, niveau, aanvulling)
    grenzen = _grenzen(kaart, gekozen.gebieden) if kaart else None
    codes_ = [g.code for g in gekozen.gebieden]
    naast = lees_stapeling(stapeling, codes_, gekozen.nederland.jaar) if stapeling else ()
    instroom = lees_wlz(Path(wlz), codes_, gekozen.nederland.jaar) if wlz else None
    toon_let_op(landelijk.meldingen(gekozen.nederland))
    analyse = uit_statistiek(
        gekozen.gebieden, gekozen.nederland, kengetallen, gemeenten=gekozen.gemeenten, meld=teller("Ingedeeld")
    )
    zonder = [g.naam for g, welke in zip(analyse.gebieden, analyse.gebruikt, strict=True) if not any(welke.values())]
    toon_let_op(
        [
            *zinnen.onbekende_indicatoren(analyse),
            *zinnen.zonder_oordeel(zonder, len(analyse.gebieden)),
            *zinnen.kleine_gebieden(analyse.gebieden),
        ]
    )
    lijst = ranglijst(analyse, kengetallen, gekozen.gemeenten, meld=teller("Gerangschikt"))
    pagina = gebiedenlijst.schrijf(lijst, Path(naar), kengetallen, grenzen, naast, instroom)
    weg = zinnen.weggelaten(analyse)
    for kop, teksten in (("Let op", zinnen.opvallend(analyse)), ("Weggelaten", weg)):
        for tekst in teksten[:HOOGSTENS]:
            click.echo(f"{kop}: {op_regel(tekst)}", err=True)
        if len(teksten) > HOOGSTENS:
            click.echo(f"en nog {len(teksten) - HOOGSTENS}; de pagina noemt ze alle.", err=True)
    click.echo(f"{hoeveel(len(analyse.gebieden), 'gebied', 'gebieden')}, {len(weg)} weggelaten: {pagina}")
    return 1 if weg else 0


def _grenzen(bron: str, gebieden: Sequence[Gebied]) -> Grenzen:
    """Boundaries of the areas, of one level. Raises InvoerFout."""
    soorten = sorted({g.soort for g in gebieden})
    if len(soorten) > 1:
        oorzaak = f"een kaart toont gebieden van een soort, en gekozen zijn: {', '.join(soorten)}."
        raise InvoerFout([Melding("--kaart", bron, oorzaak, "Kies een soort met --niveau.")])
    grenzen = lees_grenzen(bron, [g.code for g in gebieden], soorten[0], gebieden[0].jaar)
    toon_let_op(meldingen(grenzen))
    return grenzen
