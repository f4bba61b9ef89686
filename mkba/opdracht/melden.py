"""What the commands share: reading all input before anything happens, and saying what is wrong with it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from mkba.analyse.plausibiliteit import met_opmerkingen
from mkba.invoer import paden
from mkba.invoer.fouten import InvoerFout, Melding, toon_waarde
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.lezen import Bronaanpak, lees_aanpakken


def lees_alles(invoer: Sequence[str], kengetallen: Kengetallen) -> list[Bronaanpak]:
    """Every aanpak in files, folders and names of shipped cases, each once. Raises InvoerFout with all errors."""
    bronnen: dict[tuple[Path, str], Bronaanpak] = {}
    meldingen: list[Melding] = []
    for naam in invoer:
        try:
            for bron in lees_aanpakken(paden.zoek_aanpak(naam), kengetallen):
                bronnen.setdefault((bron.bestand.resolve(), bron.rij), bron)
        except InvoerFout as fout:
            meldingen += [m for m in fout.meldingen if m not in meldingen]
    if meldingen:
        raise InvoerFout(meldingen)
    return [met_opmerkingen(bron, kengetallen) for bron in bronnen.values()]


def toon_fout(meldingen: Sequence[Melding]) -> None:
    """Print what is wrong, grouped by file and row, on stderr."""
    aantal = len(meldingen)
    click.echo(f"Niet gelukt: {aantal} {'fout' if aantal == 1 else 'fouten'} in de invoer.", err=True)
    _toon(meldingen)
    click.echo("\nEr is niets berekend of geschreven.", err=True)


def toon_waarschuwingen(bronnen: Iterable[Bronaanpak], hoogstens: int | None = None) -> int:
    """Print the warnings of all aanpakken on stderr, unless there are more than ``hoogstens``; their number."""
    meldingen = [m for bron in bronnen for m in bron.waarschuwingen]
    if meldingen and (hoogstens is None or len(meldingen) <= hoogstens):
        click.echo("Let op:", err=True)
        _toon(meldingen)
        click.echo("", err=True)
    return len(meldingen)


def _toon(meldingen: Sequence[Melding]) -> None:
    vorige = ""
    for m in meldingen:
        if m.bestand != vorige:
            click.echo(f"\n{_op_regel(m.bestand)}", err=True)
            vorige = m.bestand
        click.echo(f"  {_op_regel(m.veld)} = {toon_waarde(m.waarde)}", err=True)
        click.echo(f"    {_op_regel(m.oorzaak)} {_op_regel(m.remedie)}", err=True)


def _op_regel(tekst: str) -> str:
    """Text from a file on one line, without signs that steer a terminal."""
    return "".join(teken if teken.isprintable() else "?" for teken in tekst)
