"""``mkba registratie``: read and check a registration for an effectmeting, and write what may be published of it."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.tekst.notatie import hoeveel
from mkba.opdracht.gedeeld.melden import op_regel
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_indeling, optie_kengetallen, optie_koppelsleutel, optie_regelset

if TYPE_CHECKING:
    from mkba.invoer.effectmeting.registratie import Registratie


_KEUZES: Final = ("een van ", "ja of nee")
"""How what was expected begins where a column takes words of a list."""
_GEWOONTE: Final = 3
"""So many refused rows are a habit, and no slip or total. A choice."""


@click.command(cls=NlOpdracht, voorbeeld="mkba registratie registratie.xlsx --naar tabellen")
@click.argument("bestanden", nargs=-1, required=True, metavar="REGISTRATIE…")
@optie_indeling
@optie_koppelsleutel
@click.option("--naar", default=None, metavar="MAP", help="Schrijf de tabellen die gepubliceerd mogen worden (csv).")
@click.option("--afronding", default=5, metavar="N", show_default=True, help="Veelvoud van gepubliceerde aantallen.")
@optie_kengetallen
@optie_regelset
def registratie(
    bestanden: tuple[str, ...],
    indeling: str | None,
    koppelsleutel: str | None,
    naar: str | None,
    afronding: int,
    kengetallenbestand: str,
    regelset: str,
) -> None:
    """Lees en keur de registratie van een effectmeting; met --naar: de tabellen die gezien mogen worden.

    REGISTRATIE: csv-bestanden (een per tabel), werkmappen met een blad per tabel, of een map daarmee. `mkba sjabloon
    --registratie` maakt een werkmap om in te vullen. Een rij die niet klopt wordt geweigerd; de andere gaan door.
    """
    from mkba.analyse.effectmeting.publiceren import geheugen, publicatie
    from mkba.analyse.effectmeting.tellen import telling as tellen
    from mkba.invoer.effectmeting.koppelsleutel import lees_koppelsleutel
    from mkba.invoer.effectmeting.lezen import lees_registratie, zoek_registratie
    from mkba.kern.bestand.schrijven import schrijf_veilig
    from mkba.reeks.map import batch
    from mkba.reeks.map.metingen import alleen, stand_van
    from mkba.reeks.plan.effectmeting import lees_eerder
    from mkba.uitvoer.effectmeting import registratietabellen

    if koppelsleutel is not None and naar is not None:
        lees_koppelsleutel(koppelsleutel, [naar])
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    gelezen = lees_registratie([zoek_registratie(b) for b in bestanden], indeling=indeling, koppelsleutel=koppelsleutel)
    toon_gelezen(gelezen)
    if naar is None:
        return
    map_ = Path(naar)
    telling = tellen.tel(gelezen, kengetallen)
    stand = stand_van(map_)
    eerder = lees_eerder(map_)
    vrij = publicatie.geef_vrij(gelezen, telling, kengetallen, afronding, eerder)
    tabellen = registratietabellen.publicatie(vrij)
    paden = {naam: map_ / f"registratie-{naam}.csv" for naam in tabellen}
    if vrij.niets_nieuws and all(pad.exists() for pad in paden.values()):
        click.echo(f"{map_}: er is niets nieuws geschreven. {vrij.huishoudens.uitleg}")
        return
    batch.maak_map(map_)
    with alleen(map_, stand):
        # first what the folder has to remember: a table that was written before it stopped is public
        wijken = geheugen.wijken_ooit(eerder)
        schrijf_veilig(map_ / geheugen.BESTAND, geheugen.als_tekst(vrij.delen, vrij.blijft, wijken))
        for naam, tabel in tabellen.items():
            tabel.naar_csv(paden[naam])
    if vrij.huishoudens.uitleg:
        click.echo(f"Let op: {vrij.huishoudens.uitleg}", err=True)
    afgeschermd = hoeveel(sum(p.verborgen for p in vrij.delen.values()), "cel is", "cellen zijn")
    click.echo(f"{map_}: {hoeveel(len(tabellen), 'tabel', 'tabellen')} geschreven; {afgeschermd} afgeschermd.")


def _voorbeeldkeuze(verwacht: str) -> str:
    """The first of the words that were expected: "ja" of "ja of nee, of leeg"."""
    return verwacht.removeprefix("een van ").split(",")[0].split(" ")[0]


def toon_gelezen(gelezen: "Registratie") -> None:
    """Say at the terminal, which is for the owner of the data, what was read, refused and not used."""
    from mkba.uitvoer.effectmeting import registratietabellen

    weg = {naam: len({(w.bestand, w.rij) for w in gelezen.geweigerd if w.tabel == naam}) for naam in gelezen.gelezen}
    for naam, aantal in gelezen.gelezen.items():
        fout = f", {hoeveel(weg[naam], 'rij', 'rijen')} geweigerd" if weg[naam] else ""
        click.echo(f"{naam}: {hoeveel(aantal, 'rij', 'rijen')} gelezen{fout}.")
    if gelezen.voorbeeldrijen:
        click.echo(f"{hoeveel(gelezen.voorbeeldrijen, 'voorbeeldrij telt', 'voorbeeldrijen tellen')} niet mee.")
    if gelezen.geweigerd:
        click.echo("\nGeweigerd:", err=True)
        for rij in registratietabellen.geweigerd(gelezen).frame.itertuples():
            click.echo(f"  {op_regel(rij.waar)}: {rij.tabel}.{rij.kolom}, verwacht {rij.verwacht}.", err=True)
        woorden = Counter((w.tabel, w.kolom, w.verwacht) for w in gelezen.geweigerd if w.verwacht.startswith(_KEUZES))
        for (tabel, kolom, verwacht), aantal in woorden.most_common(1):
            if aantal >= _GEWOONTE:
                click.echo(
                    "  Staat er een eigen woord (een x voor ja)? Wijs het aan in een bestand voor --indeling, zoals "
                    f'[{tabel}.waarden.{kolom}] met x = "{_voorbeeldkeuze(verwacht)}" eronder.',
                    err=True,
                )
    for kolom in gelezen.genegeerd:
        click.echo(f"Niet gebruikt: {op_regel(kolom)}.", err=True)
    for opmerking in gelezen.opmerkingen:
        click.echo(f"Let op: {opmerking}", err=True)
