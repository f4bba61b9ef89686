"""``mkba beloof``: lock what is expected of an aanpak, and lay it beside what came of it."""

from datetime import date
from pathlib import Path

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonlijk import herkenbaar_in
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND
from mkba.kern.tekst.slug import maak_slug
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset

_TEKST = 2000


@click.command(cls=NlOpdracht, voorbeeld="mkba beloof voorbeeld-1 --naar beloften")
@click.argument("aanpak", metavar="AANPAK")
@click.option("--rij", default="", metavar="RIJ", help="Naam of nummer van de rij, als AANPAK een tabel is.")
@click.option("--naar", default="", metavar="MAP", help="Map waarin de belofte komt te staan.")
@click.option("--tegen", default="", metavar="BELOFTE", help="Leg een eerdere belofte naast deze aanpak.")
@click.option("--plan", "analyseplan", default="", metavar="TEKST", help="Hoe er wordt gemeten, in eigen woorden.")
@click.option("--datum", default="", metavar="JJJJ-MM-DD", help="Datum van de belofte (standaard vandaag).")
@optie_regelset
@optie_kengetallen
def beloof(
    aanpak: str, rij: str, naar: str, tegen: str, analyseplan: str, datum: str, regelset: str, kengetallenbestand: str
) -> None:
    """Leg vast wat van een aanpak wordt verwacht, met vingerafdruk, of leg een belofte naast het heden.

    AANPAK is een TOML-bestand of werkboek, een rij uit een csv- of xlsx-tabel, of de naam van een voorbeeld.
    """
    from mkba.analyse.effectmeting.belofte import lees_belofte, maak_belofte, vergelijk
    from mkba.kern.bestand.schrijven import schrijf_veilig

    if bool(naar) == bool(tegen):
        remedie = "Geef --naar MAP om vast te leggen, of --tegen BELOFTE om te vergelijken."
        raise InvoerFout([Melding("--naar", naar or "(leeg)", "er moet een van beide worden gekozen.", remedie)])
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    if tegen:
        belofte = lees_belofte(Path(tegen))
        from mkba.uitvoer.effectmeting.belofte.tabellen import beloftetabel, veranderdtabel

        nu = lees_bron(paden.zoek_aanpak(aanpak), kengetallen, rij).aanpak
        naast = vergelijk(belofte, nu, kengetallen)
        click.echo(beloftetabel(naast).als_tekst())
        anders = veranderdtabel(naast)
        if len(anders):
            click.echo(f"\nVeranderd na de belofte en niet gemeten:\n{anders.als_tekst()}")
        else:
            anders_dan = "Wat sinds de belofte anders is, is gemeten." if nu.gemeten_in else ""
            click.echo(f"\n{anders_dan or 'Sinds de belofte is er niets veranderd.'}")
        click.echo(f"\nVingerafdruk van de belofte: {belofte.sha256}")
        return
    if len(analyseplan) > _TEKST or not analyseplan.isprintable():
        oorzaak = f"het analyseplan is langer dan {_TEKST} tekens of bevat stuurtekens."
        raise InvoerFout([Melding("--plan", None, oorzaak, "Geef een korte tekst op een regel.")])
    if wat := herkenbaar_in(analyseplan):
        oorzaak = f"in het analyseplan lijkt {wat} te staan."
        raise InvoerFout([Melding("--plan", NIET_GETOOND, oorzaak, "Schrijf hoe er wordt gemeten, zonder personen.")])
    dag = _datum(datum)
    bron = lees_bron(paden.zoek_aanpak(aanpak), kengetallen, rij)
    doel = Path(naar) / f"belofte-{maak_slug(bron.aanpak.naam)}-{dag.isoformat()}.toml"
    if doel.exists():
        remedie = "Een belofte wordt niet overschreven; geef een andere map of haal de oude eerst weg."
        raise InvoerFout([Melding("--naar", doel.name, "deze belofte bestaat al.", remedie, str(doel))])
    tekst = maak_belofte(bron.aanpak, kengetallen, dag, {"toelichting": analyseplan} if analyseplan else None)
    schrijf_veilig(doel, tekst)
    click.echo(f"{doel} geschreven.\nVingerafdruk: {lees_belofte(doel).sha256}\nLeg die ook elders vast.")


def _datum(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst) if tekst else date.today()
    except ValueError:
        raise InvoerFout([Melding("--datum", tekst, "dit is geen datum.", "Schrijf jjjj-mm-dd.")]) from None
