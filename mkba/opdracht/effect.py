"""``mkba effect``: from a registration, or the form of a sample, to the report of an MKBA 2.0 or 3.0."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import eenmalig
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.notatie import hoeveel, lees_getal, opsomming
from mkba.kern.woorden.trajecten import GRONDSLAGEN
from mkba.opdracht.gedeeld.keuze import GRENZEN, Keuze, opties
from mkba.opdracht.gedeeld.maken import maak
from mkba.opdracht.gedeeld.melden import toon_let_op
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_indeling, optie_kengetallen, optie_koppelsleutel, optie_regelset
from mkba.opdracht.registratie import toon_gelezen

if TYPE_CHECKING:
    from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
    from mkba.analyse.effectmeting.publiceren.meting import Meting
    from mkba.invoer.meetbron import Formulier

_MAX_WAARSCHUWINGEN = 12


@click.command(cls=NlOpdracht, voorbeeld="mkba effect registratie.xlsx --aanpak wijkteam.toml --naar effect")
@click.argument("bestanden", nargs=-1, required=True, metavar="REGISTRATIE…")
@click.option(
    "--aanpak", "aanpaknaam", required=True, metavar="AANPAK", help="Het plan: TOML, werkboek, tabel of naam."
)
@click.option("--rij", default="", metavar="RIJ", help="Naam of nummer van de rij, als AANPAK een tabel is.")
@click.option(
    "--nulmeting",
    default="",
    metavar="DEEL",
    help="Deel van de dreigende escalaties dat zonder de aanpak ook was voorkomen: 60% of 0,60 (vraag 18).",
)
@click.option(
    "--grondslag",
    default="huishoudens",
    metavar="WELKE",
    help=f"Lezing van vraag 18 die telt: {' of '.join(GRONDSLAGEN)} (standaard huishoudens).",
)
@click.option(
    "--steekproef-van",
    type=int,
    default=None,
    metavar="N",
    help="De registratie is een aselecte steekproef uit zoveel huishoudens van de aanpak (vraag 1).",
)
@click.option("--belofte", default="", metavar="BESTAND", help="Leg een belofte (`mkba beloof`) naast wat is gemeten.")
@optie_indeling
@optie_koppelsleutel
@click.option("--afronding", default=5, metavar="N", show_default=True, help="Veelvoud van getoonde aantallen.")
@optie_kengetallen
@optie_regelset
@opties("naar", "opnieuw", "droog", "formaten", "zip_", "als_json", "isoleer", "pdf_met", *GRENZEN)
@eenmalig()
def effect(
    bestanden: tuple[str, ...],
    aanpaknaam: str,
    rij: str,
    nulmeting: str,
    grondslag: str,
    steekproef_van: int | None,
    belofte: str,
    indeling: str | None,
    koppelsleutel: str | None,
    afronding: int,
    kengetallenbestand: str,
    regelset: str,
    **keuzes: Any,
) -> int:
    """Maak van een registratie of steekproef een MKBA 2.0 of 3.0: wat is gemeten, wat verandert, hoe zeker.

    Bij een 2.0 zijn bereik en kosten gemeten, bij een 3.0 ook effecten. REGISTRATIE: csv-bestanden (een per tabel),
    werkmappen, of een map daarmee: samen een registratie. `mkba sjabloon --registratie` maakt een werkmap om in te
    vullen; voorbeeldstad is een verzonnen registratie. Of het ingevulde formulier van `mkba steekproef`
    (steekproef.xlsx, of als csv), zo nodig met de tabellen team en gebied. In het rapport en de map komt alleen wat
    gezien mag worden: aantallen onder 10 zijn afgeschermd, en er is alleen gerekend met wat getoond is.
    """
    from mkba.analyse.effectmeting.belofte import lees_belofte
    from mkba.analyse.effectmeting.bijwerken.invullen import controleer_plan, vul_in
    from mkba.analyse.gevoeligheid.plausibiliteit import ALLEEN_KENGETALLEN, met_opmerkingen
    from mkba.deur.effectmeting_rapport import controleer_belofte
    from mkba.reeks.map import batch
    from mkba.reeks.map.metingen import alleen, stand_van
    from mkba.reeks.plan import effectmeting as plan
    from mkba.reeks.plan.rapporten import zoek_notebook
    from mkba.uitvoer.effectmeting.rapport import zinnen

    keuze = Keuze.uit(**keuzes)
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    deel = _deel(nulmeting)
    if grondslag not in GRONDSLAGEN:
        oorzaak, remedie = "deze lezing van vraag 18 bestaat niet.", f"Kies {' of '.join(GRONDSLAGEN)}."
        raise InvoerFout([Melding("--grondslag", grondslag, oorzaak, remedie)])
    bron = met_opmerkingen(lees_bron(paden.zoek_aanpak(aanpaknaam), kengetallen, rij), kengetallen)
    controleer_plan(bron.aanpak, ", ".join(d for d in (str(bron.bestand), bron.plek) if d))
    if belofte:
        controleer_belofte(lees_belofte(Path(belofte)), bron.aanpak.naam, belofte)
    notebook = zoek_notebook(plan.NOTEBOOK)
    slug = plan.slug_van(bron.aanpak.naam, notebook)
    stand = stand_van(keuze.naar)
    meting, blijft = _meting(bestanden, kengetallen, slug, indeling, koppelsleutel, afronding, keuze)
    if meting.uitleg:
        click.echo(f"Let op: {meting.uitleg}", err=True)
    soort: Any = grondslag
    ingevuld = vul_in(bron.aanpak, kengetallen, meting, deel, soort, steekproef_van)
    if zin := zinnen.lijkt_steekproef(ingevuld):
        click.echo(f"Let op: {zin}", err=True)
    if ingevuld.bijwerking.knoppen or ingevuld.effect:  # no longer on kengetallen alone
        bron = replace(bron, waarschuwingen=tuple(m for m in bron.waarschuwingen if m.veld != ALLEEN_KENGETALLEN))
    toon_let_op(bron.waarschuwingen, _MAX_WAARSCHUWINGEN)
    eigen = Path(kengetallenbestand) if kengetallenbestand else None
    beloofd = Path(belofte) if belofte else None
    taak = plan.effect_taak(
        bron, ingevuld, notebook, keuze.naar, kengetallen, eigen, beloofd, grondslag, indeling or ""
    )
    erbij = {"versie": ingevuld.versie}
    if keuze.droog:
        return maak([taak], keuze, erbij)
    batch.maak_map(keuze.naar)
    with alleen(keuze.naar, stand):
        plan.schrijf(ingevuld, slug, keuze.naar, blijft)
        if not keuze.als_json:
            click.echo(
                f"{ingevuld.voor.naam}: MKBA {ingevuld.versie}. {zinnen.herkomsten(ingevuld, 'in het rapport ')}"
            )
            click.echo(f"De aanpak na de meting, voor andere opdrachten: {plan.napad(slug, keuze.naar)}")
        return maak([taak], keuze, erbij)


def _meting(
    bestanden: tuple[str, ...],
    kengetallen: Kengetallen,
    slug: str,
    indeling: str | None,
    koppelsleutel: str | None,
    afronding: int,
    keuze: Keuze,
) -> "tuple[Meting, tuple[Eerder, ...]]":
    """Read, count and shield a registration or a form, with what else the folder has to remember.

    Of (nearly) the same households what was shown then, also under another aanpak and by another command: who lays two
    outputs beside each other may see no one.
    """
    from mkba.analyse.effectmeting.publiceren.formulier.meting import meet_formulier
    from mkba.analyse.effectmeting.publiceren.meting import meet_en_geef_vrij
    from mkba.invoer.effectmeting.koppelsleutel import lees_koppelsleutel
    from mkba.invoer.effectmeting.lezen import zoek_registratie
    from mkba.invoer.meetbron import Formulier, lees_meetbron
    from mkba.reeks.plan.effectmeting import lees_eerder

    if koppelsleutel is not None:
        lees_koppelsleutel(koppelsleutel, [keuze.naar])
    bronnen = [zoek_registratie(b) for b in bestanden]
    gelezen = lees_meetbron(bronnen, indeling=indeling, koppelsleutel=koppelsleutel)
    if isinstance(gelezen, Formulier):
        uit = meet_formulier(gelezen, kengetallen, afronding, lees_eerder(keuze.naar, slug))
        if not keuze.als_json:
            _toon_formulier(gelezen)
        return uit
    if not keuze.als_json:
        toon_gelezen(gelezen)
    meting, vrij = meet_en_geef_vrij(gelezen, kengetallen, afronding, lees_eerder(keuze.naar, slug))
    return meting, vrij.blijft


def _toon_formulier(formulier: "Formulier") -> None:
    """Say at the terminal, which is for the owner of the data, what was read and not used."""
    getrokken = hoeveel(len(formulier.antwoorden), "huishouden", "huishoudens")
    click.echo(f"Formulier van een steekproef: {formulier.ingevuld} van {getrokken} ingevuld.")
    for kolom in formulier.genegeerd:
        click.echo(f"Niet gebruikt: formulier, {kolom}.", err=True)
    if formulier.zonder:
        click.echo(f"Zonder kolom in het formulier, dus niet gevraagd: {opsomming(formulier.zonder)}.", err=True)
    toon_gelezen(formulier.registratie)
    if n := formulier.vreemde_teams:
        wie = hoeveel(n, "team uit het formulier staat", "teams uit het formulier staan")
        click.echo(f"Let op: {wie} niet in de tabel team; vraag 6 en 7 gaan over de teams van die tabel.", err=True)


def _deel(tekst: str) -> float | None:
    if not tekst:
        return None
    try:
        deel = lees_getal(tekst, "fractie")
    except FouteWaarde as fout:
        raise InvoerFout([Melding("--nulmeting", tekst, fout.oorzaak, fout.remedie)]) from None
    if not 0 <= deel <= 1:
        raise InvoerFout([Melding("--nulmeting", tekst, "dit is geen deel.", "Geef meer dan 0 tot en met 100%: 60%.")])
    if deel == 0:
        oorzaak = "0 staat in het rapport voor onbekend."
        remedie = (
            "Laat --nulmeting weg als zij onbekend is; was vrijwel niets voorkomen, geef dan een klein deel: 0,1%."
        )
        raise InvoerFout([Melding("--nulmeting", tekst, oorzaak, remedie)])
    return deel
