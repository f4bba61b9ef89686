"""``bereken``, ``controleer``, ``sjabloon`` and ``kengetallen``: answers on the terminal."""

import json
import math
from pathlib import Path
from typing import Any

import click

from mkba.analyse.gevoeligheid.plausibiliteit import met_opmerkingen
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import Bronaanpak, lees_bron
from mkba.kern import paden
from mkba.kern.begrippen import naam
from mkba.kern.kengetal import Kengetal
from mkba.kern.kengetallen import STANDAARD_REGELSET, Kengetallen
from mkba.kern.meldingen import InvoerFout, Melding
from mkba.kern.notatie import euro, getal, hoeveel, kort, te_onderscheiden, toon_meldingwaarde, toon_veld, verhouding
from mkba.kern.velden import VELDEN
from mkba.model.berekening import Uitkomst
from mkba.model.berekening import bereken as reken
from mkba.opdracht.melden import lees_alles, toon_waarschuwingen
from mkba.opdracht.nederlands import NlOpdracht
from mkba.rekenblad.sjabloon import schrijf_sjabloon

optie_regelset = click.option(
    "--regelset", default=STANDAARD_REGELSET, metavar="NAAM", help=f"Set kengetallen (standaard {STANDAARD_REGELSET})."
)
optie_kengetallen = click.option(
    "--kengetallen",
    "kengetallenbestand",
    default="",
    metavar="BESTAND",
    help="TOML met afwijkende kengetallen, of een werkboek (.xlsx).",
)
_BREEDTE = 46


@click.command(cls=NlOpdracht)
@click.argument("aanpak", metavar="AANPAK")
@click.option("--rij", default="", metavar="RIJ", help="Naam of nummer van de rij, als AANPAK een tabel is.")
@click.option("--json", "als_json", is_flag=True, help="Eén JSON-object, bedragen niet afgerond.")
@optie_regelset
@optie_kengetallen
def bereken(aanpak: str, rij: str, als_json: bool, regelset: str, kengetallenbestand: str) -> None:
    """Bereken één aanpak: uitvoerscherm A, de netto contante waarde van een jaar werken.

    AANPAK is een TOML-bestand of werkboek, een rij uit een csv- of xlsx-tabel, of de naam van een voorbeeld.
    """
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    bron = lees_bron(paden.zoek_aanpak(aanpak), kengetallen, rij)
    uitkomst = reken(bron.aanpak, kengetallen)
    if als_json:
        click.echo(json.dumps({k: _of_null(w) for k, w in uitkomst.sleutels.items()}, indent=2, allow_nan=False))
    else:
        click.echo(scherm_a(uitkomst))
    _toon_let_op(bron, kengetallen)


def scherm_a(uitkomst: Uitkomst) -> str:
    """Uitvoerscherm A as text, in the order of figuur 3.2: euros rounded to 100, ratios to 0.05."""
    from mkba.uitvoer.aanpak.tabellen import UITVOERSCHERM_A  # pandas, half a second, only for this table

    s = uitkomst.sleutels
    regels = [uitkomst.aanpak.naam, "Netto contante waarde van een jaar aanpak", ""]
    for sleutel, label, diepte in UITVOERSCHERM_A:
        if sleutel in ("totale_kosten", "totale_baten", "saldo", "kb_financieel"):
            regels.append({"totale_kosten": "KOSTEN", "totale_baten": "\nBATEN"}.get(sleutel, ""))
        waarde = verhouding(s[sleutel]) if sleutel.startswith("kb_") else euro(s[sleutel], 100)
        regels.append(_regel("  " * diepte + label, waarde))
    k = uitkomst.kengetallen
    regels += [
        "",
        _regel(naam("fte_kengetal"), te_onderscheiden(s["fte_kengetal"], uitkomst.aanpak.fte)[0]),
        _regel(naam("huishoudens_bij_fte"), getal(s["huishoudens_bij_fte"])),
        _regel(naam("frictie_kengetal"), toon_veld(VELDEN["frictie"], s["frictie_kengetal"])),
        "",
        f"Regelset {k.regelset}, kengetallen {k.vingerafdruk}"
        + (f", {len(k.afwijkingen)} afwijkend" if k.afwijkingen else ""),
    ]
    return "\n".join(regels)


def _regel(label: str, waarde: str) -> str:
    plat = waarde.replace("\N{NO-BREAK SPACE}", " ")  # a terminal never breaks the line, and people search it
    return f"{label:<{_BREEDTE}}{plat:>16}"


def _of_null(waarde: float) -> float | None:
    return waarde if math.isfinite(waarde) else None


def _toon_let_op(bron: Bronaanpak, kengetallen: Kengetallen) -> None:
    for melding in met_opmerkingen(bron, kengetallen).waarschuwingen:
        waarde = toon_meldingwaarde(melding)
        click.echo(f"Let op: {melding.veld} = {waarde}: {melding.oorzaak} {melding.remedie}", err=True)


@click.command(cls=NlOpdracht)
@click.argument("invoer", nargs=-1, required=True, metavar="INVOER…")
@optie_regelset
@optie_kengetallen
def controleer(invoer: tuple[str, ...], regelset: str, kengetallenbestand: str) -> None:
    """Lees alle invoer en meld alles wat er mis is of opvalt, zonder iets te berekenen of te schrijven.

    INVOER: TOML-bestanden, werkboeken, mappen, of csv- en xlsx-tabellen met een aanpak per rij.
    """
    bronnen = lees_alles(invoer, lees_kengetallen(regelset, kengetallenbestand))
    aantal = toon_waarschuwingen(bronnen)
    bestanden = len({bron.bestand for bron in bronnen})
    click.echo(
        f"{hoeveel(len(bronnen), 'aanpak', 'aanpakken')} in {hoeveel(bestanden, 'bestand', 'bestanden')}: geen fouten, "
        f"{hoeveel(aantal, 'waarschuwing', 'waarschuwingen') if aantal else 'geen waarschuwingen'}."
    )


@click.command(cls=NlOpdracht)
@click.argument("uit", default="mkba-sjabloon.xlsx", metavar="[UIT.xlsx]")
@click.option("--overschrijf", is_flag=True, help="Vervang een bestaand bestand.")
@optie_regelset
def sjabloon(uit: str, overschrijf: bool, regelset: str) -> None:
    """Schrijf een werkmap om in te vullen: een rij per aanpak, met uitleg en standaardwaarden."""
    if Path(uit).exists() and not overschrijf:
        remedie = "Geef een andere naam, of --overschrijf als wat erin staat weg mag."
        raise InvoerFout([Melding("bestand", uit, "dit bestand bestaat al.", remedie, uit)])
    schrijf_sjabloon(Path(uit), lees_kengetallen(regelset, ""), overschrijf=overschrijf)
    click.echo(f"{uit} geschreven. Vul het blad aanpakken in en draai `mkba controleer {uit}`.")


@click.command(cls=NlOpdracht)
@click.option("--zoek", default="", metavar="TEKST", help="Alleen kengetallen met deze tekst.")
@click.option("--json", "als_json", is_flag=True, help="Alle velden, als JSON.")
@optie_regelset
@optie_kengetallen
def kengetallen(zoek: str, als_json: bool, regelset: str, kengetallenbestand: str) -> None:
    """Toon de kengetallen: sleutel, waarde, eenheid, status en bron."""
    alle = lees_kengetallen(regelset, kengetallenbestand).getallen
    gekozen = {pad: k for pad, k in alle.items() if zoek.casefold() in _doorzoekbaar(pad, k)}
    if als_json:
        lijst: list[dict[str, Any]] = [{"sleutel": pad, **k.model_dump(mode="json")} for pad, k in gekozen.items()]
        click.echo(json.dumps(lijst, indent=2, ensure_ascii=False, allow_nan=False))
        return
    if not gekozen:
        click.echo(f"Geen kengetal gevonden met {zoek!r}.", err=True)
    for pad, k in gekozen.items():
        status = k.status if k.oorspronkelijk is None else f"afwijkend, was {kort(k.oorspronkelijk)}"
        click.echo(
            f"{pad}\n    {k.omschrijving}\n    {kort(k.waarde)} {k.eenheid} · {status} · {k.bron} {k.vindplaats}"
        )


def _doorzoekbaar(pad: str, k: Kengetal) -> str:
    return f"{pad} {k.omschrijving} {k.status} {k.bron} {k.vindplaats}".casefold()
