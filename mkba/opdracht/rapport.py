"""``mkba rapport``: a report per aanpak or per area, with an overview."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.cbs.codes import lees_code
from mkba.invoer.eigen_woorden import Tekstbestand, lees_tekst
from mkba.invoer.lezen import Bronaanpak
from mkba.kern.bestand.bestanden import eenmalig
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.zaak.gebied import Soort
from mkba.opdracht.gedeeld.keuze import GROEPEN, Keuze, kies, reeksopties
from mkba.opdracht.gedeeld.lezen import lees_alles
from mkba.opdracht.gedeeld.maken import maak
from mkba.opdracht.gedeeld.melden import op_regel, teller, toon_let_op, toon_waarschuwingen
from mkba.opdracht.gedeeld.nederlands import Geheel, NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_aanvulling, optie_kengetallen, optie_niveau, optie_regelset
from mkba.reeks.map import batch
from mkba.reeks.map.grendel import grendel
from mkba.reeks.plan import delen
from mkba.reeks.plan import gebieden as gebiedstaken
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan.grond import Opgave, kengetallenhash
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.plan.taak import Taak

HOOFDSTUKKEN = ("bewijskorting", "businesscase")
"""Sections of report 30 that are off by default: its parameters of that name."""
MAX_WAARSCHUWINGEN = 12
"""Warnings that still fit on a screen; more are only counted here, and listed on the overview page."""


@click.command(
    cls=NlOpdracht,
    voorbeeld="mkba rapport wijken.xlsx --naar rapporten --formaten pdf --zonder kengetallen",
    groepen=GROEPEN,
)
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
@click.option(
    "--vergelijk-met",
    "vergelijk_met",
    default="",
    metavar="REGELSET",
    help="Met een hoofdstuk in rapport 30: wat de regelset doet, naast deze andere (lpbl-2014).",
)
@click.option(
    "--met",
    default="",
    metavar="NAMEN",
    help="Hoofdstukken erbij in rapport 30, met komma's ertussen: bewijskorting, businesscase.",
)
@click.option(
    "--samen",
    is_flag=True,
    help="Eén rapport van alle aanpakken samen: het totaal van de gemeente, een hoofdstuk per wijk en één bijlage.",
)
@click.option(
    "--tekst",
    default="",
    metavar="BESTAND",
    help="TOML met eigen woorden: voorwoord, conclusie, en per veld een bron en een opmerking.",
)
@optie_niveau
@optie_aanvulling
@optie_kengetallen
@optie_regelset
@eenmalig()
def rapport(
    invoer: tuple[str, ...],
    notebooks: str,
    cijfers: str,
    jaar: int | None,
    vergelijk_met: str,
    met: str,
    samen: bool,
    tekst: str,
    niveau: Soort | None,
    aanvulling: tuple[str, ...],
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
    hoofdstukken = _hoofdstukken(met)
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    ander = laad(vergelijk_met) if vergelijk_met else None
    erbij: dict[str, Opgave] = {"vergelijk_met": ander or ""}
    vingerafdruk = kengetallenhash(ander) if ander else ""
    eigen = lees_tekst(tekst) if tekst else None
    bestand = Path(kengetallenbestand) if kengetallenbestand else None
    codes = [i for i in invoer if gebiedstaken.is_code(i)]
    if codes and met:
        oorzaak = "dit hoort bij aanpakken, niet bij CBS-codes."
        raise InvoerFout([Melding("--met", met, oorzaak, "Laat --met weg, of geef aanpakken als invoer.")])
    if codes and samen:
        oorzaak = "--samen telt aanpakken op, en bij CBS-codes worden die pas gemaakt."
        remedie = "Maak eerst de rapporten per gebied; geef dan hun aanpakken uit de map invoer met --samen."
        raise InvoerFout([Melding("--samen", ", ".join(codes), oorzaak, remedie)])
    if codes or (cijfers and not invoer):
        return _gebieden(
            invoer, codes, notebooks, cijfers, jaar, niveau, aanvulling, kengetallen, bestand, keuze, eigen
        )
    if not invoer:
        remedie = "Geef bestanden of CBS-codes; met --cijfers BESTAND is dat elk gebied in dat bestand."
        raise InvoerFout([Melding("INVOER", None, "er is niets opgegeven.", remedie)])
    for optie, waarde in (
        ("--cijfers", cijfers),
        ("--jaar", jaar),
        ("--niveau", niveau),
        ("--aanvulling", ", ".join(aanvulling)),
    ):
        if waarde:
            raise InvoerFout(_geen_codes(invoer, optie))
    eerst = f"{taken.GEMEENTENOTEBOOK}," if samen else ""
    gekozen = _notebooks(eerst + notebooks if samen or notebooks else taken.STANDAARD_NOTEBOOK)
    gezamenlijk = [n for n in gekozen if "aanpakken" in parameters(n)]
    per_aanpak = [n for n in gekozen if n not in gezamenlijk]
    if not all("aanpak" in parameters(n) for n in per_aanpak):
        oorzaak = "bij aanpakken hoort een notebook met een parameter aanpak."
        remedie = "Geef CBS-codes als invoer, of kies 30, 40 of 45."
        raise InvoerFout([Melding("--notebooks", notebooks, oorzaak, remedie)])
    if hoofdstukken and not any(hoofdstukken.keys() <= parameters(n).keys() for n in per_aanpak):
        oorzaak = "geen van de gekozen notebooks heeft deze hoofdstukken."
        raise InvoerFout([Melding("--met", met, oorzaak, "Kies ook notebook 30, of laat --met weg.")])
    bronnen = lees_alles(invoer, kengetallen)
    if eigen:
        _plek_voor_tekst(tekst, gekozen)
    erbij |= hoofdstukken
    opdrachten = taken.aanpak_taken(
        bronnen, kengetallen, [*gezamenlijk, *per_aanpak], bestand, eigen, erbij=erbij, vingerafdruk=vingerafdruk
    )
    if delen.KENGETALLEN not in {taak.slug for taak in opdrachten}:
        opdrachten += _kengetallen_eenmaal(keuze, bronnen, kengetallen, bestand)
    if not keuze.opnieuw:
        batch.controleer_eigenaar(kies(opdrachten, keuze), keuze.naar)
    aantal = toon_waarschuwingen(bronnen, MAX_WAARSCHUWINGEN)
    if aantal > MAX_WAARSCHUWINGEN:
        click.echo(f"{aantal} waarschuwingen bij de invoer: zie de overzichtspagina of `mkba controleer`.", err=True)
    return maak(opdrachten, keuze)


def _hoofdstukken(met: str) -> dict[str, bool]:
    """The parameters that switch sections on. Raises InvoerFout for a section that does not exist."""
    namen = list(dict.fromkeys(n.strip() for n in met.split(",") if n.strip()))
    fouten = [
        Melding("--met", n, "dit hoofdstuk bestaat niet.", kies_uit(n, HOOFDSTUKKEN))
        for n in namen
        if n not in HOOFDSTUKKEN
    ]
    if fouten:
        raise InvoerFout(fouten)
    return dict.fromkeys(namen, True)


def _kengetallen_eenmaal(
    keuze: Keuze, bronnen: Sequence[Bronaanpak], kengetallen: Kengetallen, bestand: Path | None
) -> list[Taak]:
    """The page that reports without their kengetallen link to; none when they have their own."""
    return [taken.kengetallen_taak(bronnen, kengetallen, bestand)] if delen.KENGETALLEN in keuze.zonder else []


def _plek_voor_tekst(tekst: str, notebooks: Sequence[Path]) -> None:
    """Words of one's own stand in the report of an aanpak or of all; raises InvoerFout when neither is asked for."""
    met_plek = (taken.STANDAARD_NOTEBOOK, taken.GEMEENTENOTEBOOK)
    if not any(not taken.is_meegeleverd(n) or n.stem in met_plek for n in notebooks):
        oorzaak = (
            "eigen woorden staan in het rapport van een aanpak of van de gemeente, en dat wordt met deze notebooks "
            "niet gemaakt."
        )
        raise InvoerFout([Melding("--tekst", tekst, oorzaak, "Kies ook notebook 30 of --samen, of laat --tekst weg.")])


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
    aanvulling: tuple[str, ...],
    kengetallen: Kengetallen,
    bestand: Path | None,
    keuze: Keuze,
    tekst: Tekstbestand | None,
) -> int:
    anders = [i for i in invoer if i not in codes]
    if anders and all(map(_bestaat_niet, anders)):
        raise InvoerFout(_geen_codes(anders))
    if anders:
        oorzaak = "CBS-codes en bestanden gaan niet samen in een opdracht."
        raise InvoerFout([Melding("invoer", ", ".join(anders), oorzaak, "Maak er twee opdrachten van.")])
    gekozen = _notebooks(notebooks or "10,20,30")
    if tekst:
        _plek_voor_tekst(tekst.bestand, [n for n in gekozen if "aanpak" in parameters(n)])
    gebieden = gebiedstaken.lees(codes, kengetallen, cijfers, jaar or 0, niveau, aanvulling, teller("Gebieden gepland"))
    toon_let_op(gebieden.meldingen)  # of the whole batch: said whatever else there is to say
    aantal = toon_let_op([m for plan in gebieden.plannen for m in plan.waarschuwingen], MAX_WAARSCHUWINGEN)
    if aantal > MAX_WAARSCHUWINGEN:
        click.echo(f"{aantal} waarschuwingen bij de cijfers: zie de overzichtspagina en elk rapport.", err=True)
    weggelaten = [str(w) for w in gebieden.weggelaten]
    erbij = {
        "weggelaten": [{"code": w.code, "naam": w.naam, "reden": w.reden} for w in gebieden.weggelaten],
        "let_op": [str(m) for m in gebieden.meldingen],
    }

    opdrachten = gebiedstaken.gebied_taken(gebieden, gekozen, keuze.naar, kengetallen, bestand, tekst)
    opdrachten += _kengetallen_eenmaal(keuze, (), kengetallen, bestand)
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
