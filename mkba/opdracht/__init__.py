"""The command line: ``mkba rapport``, ``bereken``, ``werkboek``, ``scherm`` and so on (``mkba --help``).

Exit codes: 0 all well, 1 some reports failed, 2 the input or the command is wrong, 130 interrupted. Wrong
input never gives a traceback: everything that is wrong is listed with file, field, value, cause and remedy.
"""

import sys
from collections.abc import Sequence
from typing import Final

import click

import mkba
from mkba.kern.bestand.irigrammatica import zonder_irigrammatica
from mkba.kern.bestand.omgeving import zuiver_omgeving
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht.gedeeld.melden import toon_fout
from mkba.opdracht.gedeeld.nederlands import NlGroep, uitleg_bij
from mkba.opdracht.gedeeld.stoppen import stop_als_ctrl_c

_MIS = zuiver_omgeving()  # before numpy is imported, which takes an odd value for a reason to stop

OPDRACHTEN: Final = {
    "beloof": "Leg vast wat van een aanpak wordt verwacht, met vingerafdruk, of leg een belofte naast het heden.",
    "beoordeel": "Beoordeel een aanpak van een ander: een memo met punten, hun gewicht en een vak voor het antwoord.",
    "bereken": "Bereken één aanpak: uitvoerscherm A, de netto contante waarde van een jaar werken.",
    "bevindingen": "Toon wat er sinds 2014 over wijkteams is gevonden, en wat een aanpak daarvan overleeft.",
    "controleer": "Lees alle invoer en meld alles wat er mis is of opvalt, zonder iets te berekenen of te schrijven.",
    "effect": "Maak van een registratie of steekproef een MKBA 2.0 of 3.0: wat is gemeten en hoe zeker.",
    "gebieden": "Zet alle gemeenten, wijken of buurten van een bestand op een pagina, met rang en marge.",
    "kengetallen": "Toon de kengetallen: sleutel, waarde, eenheid, status en bron.",
    "notebook": "Voer meegeleverde notebooks uit met hun standaardwaarden en maak er een pagina van.",
    "notebooks": "Zet kopieën van de meegeleverde notebooks in een map, om in te werken en te veranderen.",
    "rapport": "Maak een rapport per aanpak, met een overzichtspagina.",
    "registratie": "Lees en keur de registratie van een effectmeting, en publiceer wat gezien mag worden.",
    "reproduceer": "Reken de meta-analyse na: een pagina en een PDF, en hoeveel getallen en uitspraken houden.",
    "scherm": "Open het invoerscherm in de browser: invullen, vergelijken, bewaren en een rapport maken, zonder code.",
    "sjabloon": "Schrijf een werkmap om in te vullen: een rij per aanpak, met uitleg en standaardwaarden.",
    "steekproef": "Trek een steekproef uit een caseload, met een formulier; lees het terug; of plan haar omvang.",
    "vergelijk": "Vergelijk twee regelsets, of twee aanpakken (voor en na): wat elke groep wijzigingen doet.",
    "werkboek": "Schrijf per aanpak een werkboek voor Excel of LibreOffice dat zelf rekent.",
}
"""Every command with what the help of ``mkba`` says of it; ``mkba X`` is the function X in ``opdracht/X.py``."""


@click.group(
    "mkba",
    cls=NlGroep,
    pakket=__name__,
    lui=OPDRACHTEN,
    invoke_without_command=True,
    voorbeeld="mkba sjabloon wijken.xlsx   (vul in)   mkba rapport wijken.xlsx",
)
@click.version_option(mkba.__version__, "--version", "--versie", message="mkba %(version)s", help="Toon de versie.")
@click.pass_context
def groep(ctx: click.Context) -> None:
    """Maatschappelijke kosten-batenanalyse van sociale (wijk)teams: rekenen, controleren en rapporten maken."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(argumenten: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; the entry point of the ``mkba`` script."""
    for stroom in (sys.stdout, sys.stderr):
        if hasattr(stroom, "reconfigure"):
            stroom.reconfigure(errors="replace")  # a terminal without € or ▲ must not end in a traceback
    try:
        if meldingen := [*_MIS, *zuiver_omgeving()]:
            raise InvoerFout(meldingen)
        with zonder_irigrammatica(), stop_als_ctrl_c():
            code = groep.main(
                args=None if argumenten is None else list(argumenten), prog_name="mkba", standalone_mode=False
            )
    except InvoerFout as fout:
        toon_fout(fout.meldingen)
        return 2
    except click.Abort:
        click.echo("Afgebroken.", err=True)
        return 130
    except click.ClickException as fout:
        click.echo(f"mkba: {uitleg_bij(fout, sorted(OPDRACHTEN))}", err=True)
        return 2
    except OSError as fout:  # a full disk, a folder without rights
        waar = f" ({fout.filename})" if fout.filename else ""
        click.echo(f"mkba: lezen of schrijven is niet gelukt: {fout.strerror or fout}{waar}.", err=True)
        return 2
    return code if isinstance(code, int) else 0
