"""Saying what is wrong with the input, or deserves attention. Light: every command imports it."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import click

from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import hoeveel, nederlands

if TYPE_CHECKING:
    from mkba.invoer.lezen import Bronaanpak


def toon_fout(meldingen: Sequence[Melding]) -> None:
    """Print what is wrong, grouped by file and row, on stderr."""
    click.echo(f"Niet gelukt: {hoeveel(len(meldingen), 'fout', 'fouten')} in de invoer.", err=True)
    _toon(meldingen)
    click.echo("\nEr is niets berekend of geschreven.", err=True)


def toon_waarschuwingen(bronnen: "Iterable[Bronaanpak]", hoogstens: int | None = None) -> int:
    """Print the warnings of all aanpakken on stderr, unless there are more than ``hoogstens``; their number."""
    # what holds for a whole file belongs to each of its rows, and is said once
    return toon_let_op(list({str(m): m for bron in bronnen for m in bron.waarschuwingen}.values()), hoogstens)


def toon_let_op(meldingen: Sequence[Melding], hoogstens: int | None = None) -> int:
    """Print warnings on stderr, unless there are more than ``hoogstens``; their number."""
    if meldingen and (hoogstens is None or len(meldingen) <= hoogstens):
        click.echo("Let op:", err=True)
        _toon(meldingen)
        click.echo("", err=True)
    return len(meldingen)


def _toon(meldingen: Sequence[Melding]) -> None:
    vorige = ""
    for m in meldingen:
        if m.bestand != vorige:
            click.echo(f"\n{op_regel(m.bestand)}", err=True)
            vorige = m.bestand
        click.echo(f"  {op_regel(m.veld)} = {m.getoond}", err=True)
        click.echo(f"    {op_regel(m.oorzaak)} {op_regel(m.remedie)}", err=True)


STAPPEN: Final = 10
"""Lines that a count of many shows where there is no terminal to write over."""


def teller(wat: str, vanaf: int = 100) -> Callable[[int, int], None]:
    """Says how many are done of how many on stderr; nothing for fewer than ``vanaf``, which take no time."""
    scherm = sys.stderr.isatty()

    def meld(klaar: int, totaal: int) -> None:
        if totaal < vanaf:
            return
        tekst = f"{wat}: {nederlands(klaar)} van {nederlands(totaal)}"
        if scherm:
            click.echo(f"\r{tekst}", nl=klaar == totaal, err=True)
        elif klaar == totaal or klaar * STAPPEN // totaal > (klaar - 1) * STAPPEN // totaal:
            click.echo(tekst, err=True)

    return meld


def op_regel(tekst: str) -> str:
    """Text from a file on one line, without signs that steer a terminal."""
    return "".join(teken if teken.isprintable() else "?" for teken in tekst)
