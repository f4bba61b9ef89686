"""``mkba bevindingen``: what was found since 2014, and what an aanpak survives of it. Without AANPAK it is light."""

import json
import math
from pathlib import Path
from typing import Any

import click

from mkba.kern.bestand import paden
from mkba.kern.catalogus.bevindingen import Bevinding, Effect, laad_bevindingen, lees_bevindingen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import getal, zuinig
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset


@click.command(cls=NlOpdracht, voorbeeld="mkba bevindingen voorbeeld-1")
@click.argument("aanpak", metavar="[AANPAK]", default="")
@click.option("--rij", default="", metavar="RIJ", help="Naam of nummer van de rij, als AANPAK een tabel is.")
@click.option("--zoek", default="", metavar="TEKST", help="Alleen bevindingen met deze tekst.")
@click.option("--bestand", default="", metavar="TOML", help="Uw eigen bevindingen, in plaats van de meegeleverde.")
@click.option("--json", "als_json", is_flag=True, help="Alles als JSON, bedragen niet afgerond.")
@optie_regelset
@optie_kengetallen
def bevindingen(
    aanpak: str, rij: str, zoek: str, bestand: str, als_json: bool, regelset: str, kengetallenbestand: str
) -> None:
    """Toon wat er sinds 2014 over wijkteams is gevonden: studie, opzet, kracht, bevinding en hoe goed dat bekend is.

    Met AANPAK: de kans dat hij elke landelijke bevinding overleeft, wat boven een basiscijfer ligt, en wat er na de
    bewijskorting overblijft.
    """
    if aanpak:
        if zoek or bestand:
            optie, waarde = ("--zoek", zoek) if zoek else ("--bestand", bestand)
            remedie = f"Laat {optie} weg, of laat AANPAK weg."
            raise InvoerFout([Melding(optie, waarde, "dit hoort bij de lijst van bevindingen.", remedie)])
        _van_aanpak(aanpak, rij, als_json, regelset, kengetallenbestand)
        return
    if rij:
        raise InvoerFout(
            [Melding("--rij", rij, "dit hoort bij een AANPAK.", "Geef ook een AANPAK, of laat --rij weg.")]
        )
    alle = lees_bevindingen([Path(bestand)]) if bestand else laad_bevindingen()
    gekozen = {s: b for s, b in alle.items() if zoek.casefold() in _doorzoekbaar(b)}
    if als_json:
        lijst = [{**b.model_dump(mode="json"), "status": b.status, "vragen": b.vragen} for b in gekozen.values()]
        click.echo(json.dumps(lijst, indent=2, ensure_ascii=False, allow_nan=False))
        return
    if not gekozen:
        click.echo(f"Geen bevinding gevonden met {zoek!r}.", err=True)
    for b in gekozen.values():
        click.echo(_blok(b))


def _blok(b: Bevinding) -> str:
    kracht = f"kracht {' tot '.join(map(str, dict.fromkeys(b.kracht)))}" if b.kracht else "geen effect gemeten"
    if b.kracht_merk == "M":
        kracht += " (aanname)"
    vragen = f"vraag {', '.join(map(str, b.vragen))}"
    regels = [b.sleutel, f"    {b.studie} · {b.opzet} · {kracht} · {vragen}", f"    {b.bevinding}"]
    regels += [f"    {e.wat}: {_effect(e)}" for e in b.effect]
    regels.append(f"    {b.status}" + (f", via: {b.via}" if b.via else ""))
    regels += [f"    Let op: {b.opmerking}"] if b.opmerking else []
    return "\n".join(regels)


def _effect(e: Effect) -> str:
    deel = e.eenheid.startswith("fractie")
    laag, hoog = (f"{zuinig(100 * w)}%" if deel else getal(w) for w in (e.laag, e.hoog))
    return (laag if e.laag == e.hoog else f"{laag} tot {hoog}") + (" per jaar" if e.eenheid.endswith("jaar") else "")


def _doorzoekbaar(b: Bevinding) -> str:
    return f"{b.sleutel} {b.studie} {b.opzet} {b.soort} {b.bevinding} {' '.join(b.raakt)} {b.status}".casefold()


def _van_aanpak(aanpak: str, rij: str, als_json: bool, regelset: str, kengetallenbestand: str) -> None:
    from mkba.analyse.bevindingen.korting import bewijskorting
    from mkba.analyse.bevindingen.overleving import overleving
    from mkba.invoer.afwijkingen import lees_kengetallen
    from mkba.invoer.lezen import lees_bron
    from mkba.kern.zaak.basiscijfers import boven_basiscijfer
    from mkba.uitvoer.bevindingen import tabellen, zinnen

    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    gelezen = lees_bron(paden.zoek_aanpak(aanpak), kengetallen, rij).aanpak
    over = overleving(gelezen, kengetallen)
    boven = boven_basiscijfer(gelezen)
    korting = bewijskorting(gelezen, kengetallen)
    if not als_json:
        click.echo(
            f"{gelezen.naam}\n\n{zinnen.overleving_zin(over)}\n\n{tabellen.overlevingstabel(over).als_tekst()}\n"
        )
        for s in over.scenarios:
            click.echo(f"{s.naam}: {'; '.join(b.citaat for b in over.bevindingen(s))}. De vertaling is een aanname.")
        click.echo()
        for m in boven:
            click.echo(f"Let op: {m}\n")
        click.echo(f"{zinnen.korting_zin(korting)}\n\n{tabellen.effectentabel(korting).als_tekst()}")
        return
    scenarios: list[dict[str, Any]] = []
    bronnen = [[], *([b.sleutel for b in over.bevindingen(s)] for s in over.scenarios)]
    for (naam, cijfers), bron in zip(over.frame.iterrows(), bronnen, strict=True):
        kans = {k.removeprefix("kans."): float(cijfers[k]) for k in over.frame if k.startswith("kans.")}
        punt = {k: _of_null(float(cijfers[k])) for k in ("saldo", "saldo_financieel", "saldo_gemeente")}
        punt["kb_maatschappelijk"] = _of_null(float(cijfers["kb_maatschappelijk"]))
        scenarios.append({"scenario": str(naam), "bevindingen": bron, **punt, "kans": kans})
    uit = {
        "aanpak": gelezen.naam,
        "trekkingen": over.aantal,
        "zaad": over.zaad,
        "scenarios": scenarios,
        "basiscijfers": [{"veld": m.veld, "waarde": m.waarde, "oorzaak": m.oorzaak} for m in boven],
        "bewijskorting": {
            "geclaimd": {k: _of_null(w) for k, w in korting.claim.sleutels.items()},
            "gekort": {k: _of_null(w) for k, w in korting.gekort.sleutels.items()},
            "effecten": [
                {
                    "effect": g.effect.sleutel,
                    "kracht": g.kracht,
                    "korting": g.korting,
                    "bevinding": g.effect.bevinding,
                    "geclaimd": g.geclaimd_eur,
                    "gekort": g.gekort_eur,
                }
                for g in korting.effecten
            ],
        },
    }
    click.echo(json.dumps(uit, indent=2, ensure_ascii=False, allow_nan=False))


def _of_null(waarde: float) -> float | None:
    return waarde if math.isfinite(waarde) else None
