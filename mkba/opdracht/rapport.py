"""``mkba rapport``: a report per aanpak or per area, with an overview."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.cbs.codes import lees_code
from mkba.kern.bestand.bestanden import eenmalig
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.zaak.gebied import Soort
from mkba.opdracht.keuze import Keuze, kies, reeksopties
from mkba.opdracht.lezen import lees_alles
from mkba.opdracht.maken import maak
from mkba.opdracht.melden import op_regel, teller, toon_let_op, toon_waarschuwingen
from mkba.opdracht.nederlands import Geheel, NlOpdracht
from mkba.opdracht.opties import optie_huishoudens, optie_kengetallen, optie_niveau, optie_regelset
from mkba.reeks.map import batch
from mkba.reeks.map.grendel import grendel
from mkba.reeks.plan import gebieden as gebiedstaken
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan.notebooks import parameters

MAX_WAARSCHUWINGEN = 12
"""Warnings that still fit on a screen; more are only counted here, and listed on the overview page."""


@click.command(cls=NlOpdracht)
@click.argument("invoer", nargs=-1, metavar="INVOER…")
@reeksopties
@click.option(
    "--notebooks",
    "--notebook",
    "notebooks",
    default="",
    metavar="NAMEN",
    help="Notebooks met komma's ertussen, naam of nummer (standaard 30; bij CBS-codes 10,20,30; 40 is gevoeligheid, "
    "45 zet alle aanpakken op een pagina naast elkaar).",
)
@click.option(
    "--cijfers",
    default="",
    metavar="BESTAND",
    help="Kerncijfers bij CBS-codes: een bestand of voorbeeldgemeente; zonder: CBS StatLine.",
)
@click.option("--jaar", type=Geheel(), default=None, help="Jaar van de kerncijfers bij CBS-codes.")
@optie_niveau
@optie_huishoudens
@optie_kengetallen
@optie_regelset
@eenmalig()
def rapport(
    invoer: tuple[str, ...],
    notebooks: str,
    cijfers: str,
    jaar: int | None,
    niveau: Soort | None,
    huishoudens: tuple[str, ...],
    kengetallenbestand: str,
    regelset: str,
    **opties: Any,
) -> int:
    """Maak een rapport per aanpak, met een overzichtspagina.

    INVOER: TOML-bestanden, werkboeken, mappen, of csv- en xlsx-tabellen met een aanpak per rij; of CBS-codes van
    gemeenten, wijken of buurten (ook als patroon: "WK0599*"), voor een doelgroepenanalyse, zorgprofielen en een eerste
    MKBA 1.0 per gebied; met --cijfers en zonder INVOER elk gebied van een soort. Alles wordt eerst gelezen en
    gecontroleerd. Rapporten die al klaar zijn en niet veranderen, worden overgeslagen.
    """
    keuze = Keuze.uit(**opties)
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    bestand = Path(kengetallenbestand) if kengetallenbestand else None
    codes = [i for i in invoer if gebiedstaken.is_code(i)]
    if codes or (cijfers and not invoer):
        return _gebieden(invoer, codes, notebooks, cijfers, jaar, niveau, huishoudens, kengetallen, bestand, keuze)
    if not invoer:
        remedie = "Geef bestanden of CBS-codes; met --cijfers BESTAND is dat elk gebied in dat bestand."
        raise InvoerFout([Melding("INVOER", None, "er is niets opgegeven.", remedie)])
    for optie, waarde in (
        ("--cijfers", cijfers),
        ("--jaar", jaar),
        ("--niveau", niveau),
        ("--huishoudens", ", ".join(huishoudens)),
    ):
        if waarde:
            raise InvoerFout(_geen_codes(invoer, optie))
    gekozen = _notebooks(notebooks or taken.STANDAARD_NOTEBOOK)
    gezamenlijk = [n for n in gekozen if "aanpakken" in parameters(n)]
    per_aanpak = [n for n in gekozen if n not in gezamenlijk]
    if not all("aanpak" in parameters(n) for n in per_aanpak):
        oorzaak = "bij aanpakken hoort een notebook met een parameter aanpak."
        remedie = "Geef CBS-codes als invoer, of kies 30, 40 of 45."
        raise InvoerFout([Melding("--notebooks", notebooks, oorzaak, remedie)])
    bronnen = lees_alles(invoer, kengetallen)
    opdrachten = taken.aanpak_taken(bronnen, kengetallen, [*gezamenlijk, *per_aanpak], bestand)
    if not keuze.opnieuw:
        batch.controleer_eigenaar(kies(opdrachten, keuze), keuze.naar)
    aantal = toon_waarschuwingen(bronnen, MAX_WAARSCHUWINGEN)
    if aantal > MAX_WAARSCHUWINGEN:
        click.echo(f"{aantal} waarschuwingen bij de invoer: zie de overzichtspagina of `mkba controleer`.", err=True)
    return maak(opdrachten, keuze)


def _notebooks(namen: str) -> list[Path]:
    return list(dict.fromkeys(taken.zoek_notebook(n.strip()) for n in namen.split(",") if n.strip()))


def _geen_codes(invoer: Sequence[str], optie: str = "") -> list[Melding]:
    """What a code looks like, for every argument that is none. ``optie``: what asks for codes."""
    meldingen = []
    vooraf, achteraf = "", ""
    if optie:
        vooraf, achteraf = f"{optie} hoort bij CBS-codes: ", f" Gaat het om een aanpak, laat {optie} dan weg."
    for tekst in invoer:
        try:
            lees_code(tekst)
        except FouteWaarde as fout:
            meldingen.append(Melding("INVOER", tekst, vooraf + fout.oorzaak, fout.remedie + achteraf))
        else:
            oorzaak = f"{vooraf}Nederland krijgt zelf geen rapport, ermee wordt vergeleken."
            meldingen.append(Melding("INVOER", tekst, oorzaak, "Geef codes van gemeenten, wijken of buurten."))
    return meldingen


def _bestaat_niet(invoer: str) -> bool:
    return not zoek_aanpak(invoer).exists()


def _gebieden(
    invoer: Sequence[str],
    codes: Sequence[str],
    notebooks: str,
    cijfers: str,
    jaar: int | None,
    niveau: Soort | None,
    huishoudens: tuple[str, ...],
    kengetallen: Kengetallen,
    bestand: Path | None,
    keuze: Keuze,
) -> int:
    anders = [i for i in invoer if i not in codes]
    if anders and all(map(_bestaat_niet, anders)):
        raise InvoerFout(_geen_codes(anders))
    if anders:
        oorzaak = "CBS-codes en bestanden gaan niet samen in een opdracht."
        raise InvoerFout([Melding("invoer", ", ".join(anders), oorzaak, "Maak er twee opdrachten van.")])
    gekozen = _notebooks(notebooks or "10,20,30")
    gebieden = gebiedstaken.lees(
        codes, kengetallen, cijfers, jaar or 0, niveau, huishoudens, teller("Gebieden gepland")
    )
    toon_let_op(gebieden.meldingen)  # of the whole batch: said whatever else there is to say
    aantal = toon_let_op([m for plan in gebieden.plannen for m in plan.waarschuwingen], MAX_WAARSCHUWINGEN)
    if aantal > MAX_WAARSCHUWINGEN:
        click.echo(f"{aantal} waarschuwingen bij de cijfers: zie de overzichtspagina en elk rapport.", err=True)
    weggelaten = [str(w) for w in gebieden.weggelaten]
    erbij = {
        "weggelaten": [{"code": w.code, "naam": w.naam, "reden": w.reden} for w in gebieden.weggelaten],
        "let_op": [str(m) for m in gebieden.meldingen],
    }

    opdrachten = gebiedstaken.gebied_taken(gebieden, gekozen, keuze.naar, kengetallen, bestand)
    taken.controleer_slugs(opdrachten)  # what is wrong is said before the input stands in the folder
    kies(opdrachten, keuze)
    if keuze.droog:
        return _met_weggelaten(maak(opdrachten, keuze, erbij), weggelaten)
    batch.maak_map(keuze.naar)
    with grendel(keuze.naar):
        gebiedstaken.schrijf(gebieden, keuze.naar)
        return _met_weggelaten(maak(opdrachten, keuze, erbij, weggelaten), weggelaten)


def _met_weggelaten(code: int, weggelaten: Sequence[str]) -> int:
    """Say last which areas were left out, where nobody overlooks it; the exit code tells it too."""
    if not weggelaten:
        return code
    aantal = f"{len(weggelaten)} {'gebied' if len(weggelaten) == 1 else 'gebieden'}"
    click.echo(f"\nWeggelaten, {aantal} zonder rapport:", err=True)
    for tekst in weggelaten:
        click.echo(f"  {op_regel(tekst)}", err=True)
    return code or 1
