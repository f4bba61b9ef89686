"""``mkba steekproef``: plan a sample, draw it with a form, and read the form back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import opsomming
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset

if TYPE_CHECKING:
    from mkba.kern.catalogus.kengetallen import Kengetallen


@click.command(cls=NlOpdracht, voorbeeld="mkba steekproef huishoudens.csv --naar steekproef")
@click.argument("huishoudens", default="", metavar="[HUISHOUDENS]")
@click.option("--naar", default="", metavar="MAP", help="Map waarin formulier en verantwoording komen te staan.")
@click.option("--per-generalist", type=int, default=None, metavar="N", help="Per generalist (standaard 10).")
@click.option("--zaad", type=int, default=2014, metavar="N", help="Hetzelfde zaad trekt dezelfde huishoudens.")
@click.option("--lees", default="", metavar="FORMULIER", help="Lees een ingevuld formulier en toon wat het zegt.")
@click.option("--plan", "plan_", default="", metavar="AANPAK", help="Hoeveel vragen loont: waarde en prijs vooraf.")
@click.option("--rij", default="", metavar="RIJ", help="Naam of nummer van de rij, als AANPAK een tabel is.")
@click.option("--generalisten", type=int, default=None, metavar="N", help="Bij --plan: hoeveel er worden gevraagd.")
@click.option("--overschrijf", is_flag=True, help="Vervang een formulier dat er al staat.")
@optie_regelset
@optie_kengetallen
def steekproef(
    huishoudens: str,
    naar: str,
    per_generalist: int | None,
    zaad: int,
    lees: str,
    plan_: str,
    rij: str,
    generalisten: int | None,
    overschrijf: bool,
    regelset: str,
    kengetallenbestand: str,
) -> None:
    """Trek een steekproef uit een caseload, met een formulier; lees het terug; of plan haar omvang.

    HUISHOUDENS is een csv of xlsx met de kolommen pseudoniem, type, generalist en team.
    """
    if sum(map(bool, (huishoudens, lees, plan_))) != 1:
        remedie = "Geef een lijst HUISHOUDENS met --naar MAP, of --lees FORMULIER, of --plan AANPAK."
        raise InvoerFout([Melding("steekproef", None, "er moet een van drie worden gekozen.", remedie)])
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    if plan_:
        _plan(plan_, rij, generalisten, kengetallen)
    elif lees:
        _lees(Path(lees), zaad)
    elif not naar:
        raise InvoerFout([Melding("--naar", None, "er is geen map gegeven.", "Geef --naar MAP voor het formulier.")])
    else:
        _trek(Path(huishoudens), Path(naar), kengetallen, zaad, per_generalist, overschrijf)


def _plan(aanpak: str, rij: str, generalisten: int | None, kengetallen: "Kengetallen") -> None:
    from mkba.analyse.effectmeting.steekproef.planner import plan
    from mkba.analyse.onzekerheid.informatiewaarde import SALDI
    from mkba.invoer.lezen import lees_bron
    from mkba.uitvoer.effectmeting.planner.tabellen import aantoonbaartabel, plantabel
    from mkba.uitvoer.effectmeting.planner.zinnen import plan_zinnen

    gepland = plan(lees_bron(paden.zoek_aanpak(aanpak), kengetallen, rij).aanpak, kengetallen, generalisten)
    tabellen = [*(plantabel(gepland, saldo) for saldo in SALDI), aantoonbaartabel(gepland)]
    click.echo("\n\n".join([*(t.als_tekst() for t in tabellen), *plan_zinnen(gepland)]))


def _trek(
    lijst: Path, naar: Path, kengetallen: "Kengetallen", zaad: int, per_generalist: int | None, overschrijf: bool
) -> None:
    from mkba.analyse.effectmeting.steekproef.trekking import trek_steekproef
    from mkba.invoer.steekproef import lees_caseload
    from mkba.kern.bestand.schrijven import schrijf_veilig
    from mkba.uitvoer.effectmeting.steekproef.formulier import formulier_html
    from mkba.uitvoer.effectmeting.steekproef.tabellen import formulier, strata, vragen
    from mkba.uitvoer.werkblad import nieuw_boek

    caseload, ongebruikt = lees_caseload(lijst)
    getrokken = trek_steekproef(caseload, kengetallen, zaad, per_generalist)
    doel = naar / "steekproef.xlsx"
    for pad in (doel, naar / "steekproef.html"):
        if pad.exists() and not overschrijf:
            remedie = "Geef een andere map, of --overschrijf als wat erin is gevuld weg mag."
            raise InvoerFout([Melding("--naar", pad.name, "dit formulier bestaat al.", remedie, str(pad))])
    with nieuw_boek() as boek:
        boek.tabel("formulier", formulier(getrokken), "Steekproef")
        boek.tabel("per generalist", strata(getrokken))
        boek.tabel("vragen", vragen(), "De kolommen van het formulier")
        boek.regels("herkomst", [(str(i), r) for i, r in enumerate(getrokken.herkomst.splitlines(), 1)])
    pagina = formulier_html(getrokken, lijst.stem)
    schrijf_veilig(doel, boek.inhoud)
    schrijf_veilig(naar / "steekproef.html", pagina)
    _noem(ongebruikt)
    click.echo(f"{strata(getrokken).als_tekst()}\n\n{getrokken.herkomst}\n")
    click.echo(f"{doel} (invullen) en {naar / 'steekproef.html'} (afdrukken) geschreven.")


def _lees(formulier: Path, zaad: int) -> None:
    from mkba.analyse.effectmeting.steekproef.trekking import verwerk
    from mkba.invoer.steekproef import lees_formulier, niets_ingevuld
    from mkba.uitvoer.effectmeting.steekproef.tabellen import bewijstabel, uitslagtabel

    antwoorden, ongebruikt, zonder = lees_formulier(formulier)
    uitslagen = verwerk(antwoorden, zaad)
    _noem(ongebruikt)
    if zonder:
        click.echo(f"Zonder kolom in het formulier, dus niet gevraagd: {opsomming(zonder)}.", err=True)
    if not uitslagen.ingevuld:
        raise InvoerFout([niets_ingevuld(formulier)])
    click.echo("Let op: niet afgeschermd, dus niet voor publicatie.", err=True)
    click.echo(uitslagtabel(uitslagen).als_tekst())
    if len(bewijs := bewijstabel(uitslagen)):
        click.echo(f"\nWat tegen het kengetal wordt gewogen:\n{bewijs.als_tekst()}")


def _noem(kolommen: list[str]) -> None:
    if kolommen:
        click.echo(f"Niet gebruikt: {', '.join(kolommen)}.", err=True)
