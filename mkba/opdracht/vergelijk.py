"""``mkba vergelijk``: from one rule set to another, or from one aanpak to another, by group of changes."""

import json
import math
from pathlib import Path
from typing import Any

import click

from mkba.analyse.regelsets.vergelijking import Kant, Vergelijking
from mkba.analyse.regelsets.vergelijking import vergelijk as reken
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import eenmalig
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET, Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import ACTOREN, POSTEN, VERHOUDINGEN
from mkba.opdracht.gedeeld.melden import toon_let_op
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, regelsettekst
from mkba.uitvoer.regelsets import tabellen, zinnen


@click.command(cls=NlOpdracht, voorbeeld="mkba vergelijk voorbeeld-1 --regelset lpbl-2014 nl-2026")
@click.argument("aanpakken", nargs=-1, required=True, metavar="AANPAK…")
@click.option(
    "--regelset",
    "regelsets",
    nargs=2,
    default=None,
    metavar="VAN NAAR",
    help="Twee regelsets: van elke aanpak de overgang van de ene naar de andere. Zonder, of met tweemaal dezelfde: van "
    f"de eerste aanpak naar de tweede (standaard met {STANDAARD_REGELSET}).",
)
@click.option("--rij", default="", metavar="RIJ", help="Naam of nummer van de rij, als AANPAK een tabel is.")
@click.option("--prijsjaar", default="", metavar="JAAR", help="Prijsjaar van de regelsets met prijsreeksen.")
@click.option("--peildatum", default="", metavar="DATUM", help="Datum van de analyse, 2026-01-31 (standaard vandaag).")
@click.option("--naar", default="", metavar="MAP", help="Maak er ook een pagina van in deze map, met de waterval.")
@click.option(
    "--json", "als_json", is_flag=True, help="Eén JSON-object; de stappen van het saldo tellen op tot de cent."
)
@optie_kengetallen
@eenmalig()
def vergelijk(
    aanpakken: tuple[str, ...],
    regelsets: tuple[str, str] | None,
    rij: str,
    prijsjaar: str,
    peildatum: str,
    naar: str,
    als_json: bool,
    kengetallenbestand: str,
) -> int:
    """Vergelijk twee regelsets, of twee aanpakken (voor en na): wat elke groep wijzigingen doet.

    AANPAK: TOML-bestanden, werkboeken, een rij uit een tabel, of namen van voorbeelden. Van het ene saldo en elke
    verhouding naar de andere per groep wijzigingen, gemiddeld over alle volgordes (Shapley), en een tabel per post.
    """
    if als_json and naar:
        oorzaak = "met --json komt er geen pagina."
        raise InvoerFout([Melding("--naar", naar, oorzaak, "Geef de opdracht tweemaal: met --json en met --naar.")])
    namen = regelsets or (STANDAARD_REGELSET, STANDAARD_REGELSET)
    sets = [_regelset(naam, prijsjaar, peildatum, kengetallenbestand) for naam in namen]
    if sets[0].naam == sets[1].naam:
        gevonden = [_twee_aanpakken(aanpakken, sets[0], rij)]
    else:
        gevonden = [reken(*(Kant(k.naam, _aanpak(a, k, rij), k) for k in sets)) for a in aanpakken]
    if als_json:
        delen = [_json(v) for v in gevonden]
        click.echo(json.dumps(delen[0] if len(delen) == 1 else {"aanpakken": delen}, indent=2, ensure_ascii=False))
    else:
        click.echo("\n\n\n".join(_tekst(v) for v in gevonden))
    toon_let_op([m for k in sets for m in k.waarschuwingen], 12)
    return _paginas(aanpakken, sets, rij, naar, kengetallenbestand) if naar else 0


def _paginas(aanpakken: tuple[str, ...], sets: list[Kengetallen], rij: str, naar: str, kengetallenbestand: str) -> int:
    """The page of every comparison, made of the notebook; what it takes is only imported for this."""
    from mkba.opdracht.gedeeld.keuze import Keuze
    from mkba.opdracht.gedeeld.maken import maak
    from mkba.reeks.plan import rapporten as taken
    from mkba.reeks.plan.grond import Opgave, kengetallenhash
    from mkba.uitvoer.kernpunten import invoerhash

    van, na = sets
    erbij: dict[str, Opgave] = {"regelset_van": van}
    vingerafdruk = kengetallenhash(van)
    eerste = aanpakken
    if van.naam == na.naam:
        voor, eerste = aanpakken[0], aanpakken[1:]
        erbij["voor"] = paden.zoek_aanpak(voor).resolve()
        vingerafdruk += invoerhash(_aanpak(voor, na, rij))
    bronnen = [lees_bron(paden.zoek_aanpak(a), na, rij) for a in eerste]
    bestand = Path(kengetallenbestand) if kengetallenbestand else None
    notebook = taken.zoek_notebook("65")
    return maak(
        taken.rapport_taken(bronnen, na, notebook, bestand, erbij, vingerafdruk),
        Keuze.gewoon(paden.uitgeschreven(naar)),
    )


def _regelset(naam: str, prijsjaar: str, peildatum: str, afwijkingen: str) -> Kengetallen:
    """A rule set; one without series of prices has no price year to choose."""
    zonder = lees_kengetallen(regelsettekst(naam, "", peildatum), afwijkingen)
    if not prijsjaar or zonder.opzet.prijsjaar is None:
        return zonder
    return lees_kengetallen(regelsettekst(naam, prijsjaar, peildatum), afwijkingen)


def _aanpak(naam: str, kengetallen: Kengetallen, rij: str) -> Any:
    return lees_bron(paden.zoek_aanpak(naam), kengetallen, rij).aanpak


def _twee_aanpakken(aanpakken: tuple[str, ...], kengetallen: Kengetallen, rij: str) -> Vergelijking:
    if len(aanpakken) != 2:
        hier = "staat er een" if len(aanpakken) == 1 else "staan er meer"
        oorzaak = f"met één regelset vergelijkt u twee aanpakken; hier {hier}."
        remedie = "Geef twee aanpakken, of twee regelsets: --regelset lpbl-2014 nl-2026."
        raise InvoerFout([Melding("AANPAK", ", ".join(aanpakken), oorzaak, remedie)])
    een, twee = (_aanpak(a, kengetallen, rij) for a in aanpakken)
    return reken(Kant("voor", een, kengetallen), Kant("na", twee, kengetallen))


def _json(v: Vergelijking) -> dict[str, Any]:
    begin, stappen, eind = v.centen()
    return {
        "van": _kant(v, begin, v.begin, 0),
        "naar": _kant(v, eind, v.eind, 1),
        "stappen": [
            {"groep": groep, "saldo": stap, **{r: _of_null(v.stappen[r][i]) for r in VERHOUDINGEN}}
            for i, (groep, stap) in enumerate(zip(v.groepen, stappen, strict=True))
        ],
        "posten": [
            {
                "post": post,
                "van": v.begin(post),
                "naar": v.eind(post),
                "stappen": {g: float(s) for g, s in zip(v.groepen, v.stappen[post], strict=True)},
            }
            for post in POSTEN
        ],
        "partijen": [
            {"partij": a, "van": float(v.partijen[0, i]), "naar": float(v.partijen[1, i])}
            for i, a in enumerate(ACTOREN)
        ],
        "wijzigingen": [
            {"sleutel": w.sleutel, "groep": w.groep, "van": _plat(w.van), "naar": _plat(w.naar)} for w in v.wijzigingen
        ],
        "niet_bijgewerkt": list(v.naar.kengetallen.niet_bijgewerkt),
    }


def _kant(v: Vergelijking, saldo: float, waarde: Any, i: int) -> dict[str, Any]:
    k = (v.van, v.naar)[i].kengetallen
    return {
        "aanpak": (v.van, v.naar)[i].aanpak.naam,
        "regelset": k.naam,
        "prijsjaar": k.opzet.prijsjaar,
        "peildatum": k.opzet.peildatum.isoformat() if k.opzet.peildatum else None,
        "vingerafdruk": k.vingerafdruk,
        "saldo": saldo,
        **{r: _of_null(waarde(r)) for r in VERHOUDINGEN},
    }


def _of_null(waarde: float) -> float | None:
    return float(waarde) if math.isfinite(waarde) else None


def _plat(waarde: object) -> object:
    return list(waarde) if isinstance(waarde, tuple) else waarde


def _tekst(v: Vergelijking) -> str:
    if v.groepen:
        delen = [
            zinnen.kop(v),
            tabellen.stappentabel(v).als_tekst(),
            "Per post, euro netto contante waarde",
            tabellen.posttabel(v).als_tekst(),
            "Wie wint en wie verliest (baten min kosten per partij)",
            tabellen.partijtabel(v).als_tekst(),
        ]
    else:
        delen = [zinnen.kop(v), "Geen verschil: niets in de invoer of de kengetallen is anders."]
    antwoorden = [w for w in v.wijzigingen if w.kengetal is None]
    if antwoorden:
        tabel = tabellen.wijzigingentabel(antwoorden, v.van.naam, v.naar.naam, v.naar.aanpak.gemeten_in)
        delen += ["Wat er anders is ingevuld", tabel.als_tekst()]
    return "\n\n".join([*delen, *zinnen.kanttekeningen(v)])
