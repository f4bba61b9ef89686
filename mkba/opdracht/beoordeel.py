"""``mkba beoordeel``: a second opinion on somebody's aanpakken, as a memo to fill in."""

from datetime import datetime
from pathlib import Path

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.huisstijl import lees_huisstijl
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.huisstijl import KLEUREN, Huisstijl
from mkba.opdracht.gedeeld.keuze import opties
from mkba.opdracht.gedeeld.lezen import lees_alles
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset
from mkba.reeks.kantoor import nodig


@click.command(cls=NlOpdracht, voorbeeld="mkba beoordeel wijken.xlsx --naar memo.html")
@click.argument("invoer", nargs=-1, required=True, metavar="BESTAND…")
@click.option(
    "--naar",
    default="beoordeling.html",
    metavar="BESTAND",
    help="Het memo: een naam op .html, .docx of .pdf (standaard beoordeling.html).",
)
@click.option("--overschrijf", is_flag=True, help="Vervang een bestaand bestand.")
@opties("huisstijl")
@optie_kengetallen
@optie_regelset
def beoordeel(
    invoer: tuple[str, ...], naar: str, overschrijf: bool, huisstijl: str, kengetallenbestand: str, regelset: str
) -> None:
    """Beoordeel een aanpak van een ander: een memo met punten, elk met zijn gewicht en een vak voor het antwoord.

    BESTAND: een TOML-bestand, werkboek, tabel of map. Gezocht wordt naar invoer buiten de bereiken van de bronnen,
    eigen kengetallen zonder bron (met --kengetallen), verlopen kengetallen, dubbeltellingen, effecten sterker dan hun
    bewijs en scenario's die het oordeel keren. Een punt weegt zwaar als een oordeel omkeert wanneer het anders wordt
    beslist.
    """
    doel = Path(naar)
    vorm = doel.suffix.lower()
    if vorm not in (".html", ".docx", ".pdf"):
        raise InvoerFout([Melding("--naar", naar, "dit is geen naam van een memo.", "Eindig op .html, .docx of .pdf.")])
    if doel.exists() and not overschrijf:
        oorzaak = "dit bestand bestaat al, misschien met antwoorden erin."
        raise InvoerFout([Melding("--naar", naar, oorzaak, "Geef een andere naam, of --overschrijf.")])
    stijl = lees_huisstijl(huisstijl) if huisstijl else Huisstijl()
    nodig.controleer(("word",) if vorm == ".docx" else (), stijl, huisstijl)
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    bronnen = lees_alles(invoer, kengetallen)
    from mkba.analyse.beoordeling.punten import beoordeel as beoordeel_aanpak  # pandas and scipy, only after reading
    from mkba.model.berekening import bereken
    from mkba.reeks.pagina.fragment import maak_fragment
    from mkba.reeks.pagina.sjablonen import pagina
    from mkba.uitvoer.beoordeling.memo import Beoordeeld, memo, samenvatting

    beoordeeld = [
        Beoordeeld(
            bron.aanpak.naam,
            ", ".join(d for d in (bron.bestand.name, bron.plek) if d),
            bereken(bron.aanpak, kengetallen)["saldo"],
            tuple(beoordeel_aanpak(bron.aanpak, kengetallen)),
        )
        for bron in bronnen
    ]
    fragment = maak_fragment(memo(beoordeeld))
    herkomst = [("Regelset", kengetallen.naam), ("Vingerafdruk kengetallen", kengetallen.vingerafdruk)]
    html = pagina(
        "rapport.html.j2",
        naam=fragment.titel,
        merk="",
        soort="Memo aan de opsteller",
        kort="Second opinion · mkba",
        gemaakt=datetime.now().astimezone(),
        meta=[f"regelset {kengetallen.naam}"],
        koppen=fragment.koppen,
        voorop="",
        inhoud=fragment.html,
        weggelaten="",
        kengetallenpagina="",
        huisstijl=stijl,
        standaardkleur=KLEUREN["hoofd"],
        herkomst=herkomst,
    )
    if vorm == ".docx":
        from mkba.reeks.kantoor.bladnummers import bladnummers
        from mkba.reeks.kantoor.word import als_docx
        from mkba.reeks.pagina.pdf.blokken import maak_document

        stukken = maak_document(fragment.html)
        inhoud = als_docx(stukken, fragment.titel, html, stijl, herkomst, bladnummers, "Memo aan de opsteller")
    elif vorm == ".pdf":
        from mkba.reeks.pagina.pdf import drukker

        with drukker.kies("auto") as pers:
            inhoud = pers.druk(html, kop=fragment.titel, voet="mkba", titel=fragment.titel)
    else:
        inhoud = html.encode("utf-8")
    schrijf_veilig(doel, inhoud)
    click.echo(samenvatting(beoordeeld).replace("\N{NO-BREAK SPACE}", " "))
    click.echo(f"{doel} geschreven.")
