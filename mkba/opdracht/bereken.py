"""``mkba bereken``: the posts and ratios of one aanpak on the terminal."""

import json
import math
from typing import Any

import click

from mkba.analyse.gevoeligheid.plausibiliteit import met_opmerkingen
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import Bronaanpak, lees_bron
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import (
    euro,
    getal,
    te_onderscheiden,
    toon_meldingwaarde,
    toon_veld,
    verhouding,
)
from mkba.kern.woorden.begrippen import naam
from mkba.kern.woorden.uitvoerscherm import UITVOERSCHERM_A
from mkba.kern.woorden.velden import VELDEN
from mkba.model.berekening import Uitkomst
from mkba.model.berekening import bereken as reken
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset
from mkba.uitvoer.meetherkomst import telling

_BREEDTE = 46


@click.command(cls=NlOpdracht, voorbeeld="mkba bereken voorbeeld-1")
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
        click.echo(json.dumps(_als_object(uitkomst), indent=2, allow_nan=False))
    else:
        click.echo(scherm_a(uitkomst))
        if telt := telling(uitkomst.aanpak):
            click.echo(f"{telt}; `mkba rapport` zegt per antwoord waar.")
    _toon_let_op(bron, kengetallen)


def scherm_a(uitkomst: Uitkomst) -> str:
    """Uitvoerscherm A as text, in the order of figuur 3.2: euros rounded to 100, ratios to 0.05."""
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
        f"Regelset {k.naam}, kengetallen {k.vingerafdruk}"
        + (f", {len(k.afwijkingen)} afwijkend" if k.afwijkingen else ""),
    ]
    return "\n".join(regels)


def _regel(label: str, waarde: str) -> str:
    plat = waarde.replace("\N{NO-BREAK SPACE}", " ")  # a terminal never breaks the line, and people search it
    return f"{label:<{_BREEDTE}}{plat:>16}"


def _als_object(uitkomst: Uitkomst) -> dict[str, Any]:
    """The public keys; of an aanpak that measured its effects also what the other reading and the estimate give, and
    of one that carries it along where each answer was measured."""
    uit: dict[str, Any] = {k: _of_null(w) for k, w in uitkomst.sleutels.items()}
    if gemeten := uitkomst.aanpak.gemeten_in:
        uit["meting"] = {s: r.als_tabel() for s, r in gemeten.items()}
    if uitkomst.aanpak.gemeten is not None:
        from mkba.analyse.effectmeting.bijwerken.lezingen import verslag  # pandas

        uit["effectmeting"] = verslag(uitkomst.aanpak, uitkomst.kengetallen)
    return uit


def _of_null(waarde: float) -> float | None:
    return waarde if math.isfinite(waarde) else None


def _toon_let_op(bron: Bronaanpak, kengetallen: Kengetallen) -> None:
    for melding in met_opmerkingen(bron, kengetallen).waarschuwingen:
        waarde = toon_meldingwaarde(melding)
        click.echo(f"Let op: {melding.veld} = {waarde}: {melding.oorzaak} {melding.remedie}", err=True)
