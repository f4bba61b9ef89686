"""``mkba kengetallen``: catalogues on the terminal: list, search, compare and check them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET, Kengetallen, laad
from mkba.kern.catalogus.regelset import Regelsetkeuze, beschikbaar
from mkba.kern.catalogus.sleutels import GEBRUIK
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import hoeveel, kort
from mkba.opdracht.gedeeld.melden import toon_let_op
from mkba.opdracht.gedeeld.nederlands import NlOpdracht
from mkba.opdracht.gedeeld.opties import optie_kengetallen, optie_regelset

_VERSCHIL = 1e-9


@click.command(cls=NlOpdracht, voorbeeld="mkba kengetallen --zoek qaly")
@click.option("--zoek", default="", metavar="TEKST", help="Alleen kengetallen met deze tekst.")
@click.option("--json", "als_json", is_flag=True, help="Alle velden, als JSON.")
@click.option("--lijst", is_flag=True, help="Welke regelsets er zijn, en waar elk op bouwt.")
@click.option(
    "--vergelijk",
    nargs=2,
    default=None,
    metavar="VAN NAAR",
    help="Alleen wat in twee regelsets verschilt, met beide waarden.",
)
@click.option(
    "--controleer", default="", metavar="BESTAND", help="Lees een eigen regelset en zeg wat er mis of anders is."
)
@optie_regelset
@optie_kengetallen
def kengetallen(
    zoek: str,
    als_json: bool,
    lijst: bool,
    vergelijk: tuple[str, str] | None,
    controleer: str,
    regelset: str,
    kengetallenbestand: str,
) -> None:
    """Toon de kengetallen: sleutel, waarde, eenheid, status en bron.

    Een eigen regelset is een TOML-bestand dat haar ouder noemt en alleen zegt wat anders is; zie docs/regelsets.md.
    """
    gekozen = [
        naam for naam, aan in (("--lijst", lijst), ("--vergelijk", vergelijk), ("--controleer", controleer)) if aan
    ]
    if len(gekozen) > 1:
        oorzaak = "deze opties gaan niet samen."
        raise InvoerFout([Melding(gekozen[0], " ".join(gekozen), oorzaak, "Geef er een.")])
    keuze = Regelsetkeuze.lees(regelset)
    if gekozen:
        _weiger_wat_niet_meetelt(gekozen[0], keuze, kengetallenbestand, zoek)
    if lijst:
        _lijst(als_json)
    elif vergelijk:
        _vergelijk(_laad(vergelijk[0], keuze), _laad(vergelijk[1], keuze), zoek, als_json)
    elif controleer:
        _controleer(controleer, keuze, als_json)
    else:
        _toon(lees_kengetallen(regelset, kengetallenbestand), zoek, als_json)


def _weiger_wat_niet_meetelt(met: str, keuze: Regelsetkeuze, kengetallenbestand: str, zoek: str) -> None:
    """An option that would be ignored is refused. Raises InvoerFout."""
    anders = [
        ("--regelset", keuze.naam if keuze.naam != STANDAARD_REGELSET else ""),
        ("--kengetallen", kengetallenbestand),
        ("--zoek", zoek if met != "--vergelijk" else ""),
        ("--prijsjaar", keuze.prijsjaar if met == "--lijst" else None),
        ("--peildatum", keuze.peildatum if met == "--lijst" else None),
    ]
    meldingen = [
        Melding(optie, waarde, f"deze optie doet niets bij {met}.", f"Laat haar weg, of laat {met} weg.")
        for optie, waarde in anders
        if waarde
    ]
    if meldingen:
        raise InvoerFout(meldingen)


def _laad(naam: str, keuze: Regelsetkeuze) -> Kengetallen:
    """A rule set on the date and in the prices of the options; one without series of prices keeps its own."""
    zelf = Regelsetkeuze.lees(naam)
    op_dag = replace(zelf, peildatum=keuze.peildatum or zelf.peildatum)
    gevonden = laad(str(op_dag))
    if keuze.prijsjaar is None or gevonden.opzet.prijsjaar is None:
        return gevonden
    return laad(str(replace(op_dag, prijsjaar=keuze.prijsjaar)))


def _toon(alle: Kengetallen, zoek: str, als_json: bool) -> None:
    gekozen = {pad: k for pad, k in alle.getallen.items() if zoek.casefold() in _doorzoekbaar(pad, k)}
    if als_json:
        _json([{"sleutel": pad, **k.model_dump(mode="json")} for pad, k in gekozen.items()])
        return
    if not gekozen:
        click.echo(f"Geen kengetal gevonden met {zoek!r}.", err=True)
    for pad, k in gekozen.items():
        status = k.status if k.oorspronkelijk is None else f"afwijkend, was {kort(k.oorspronkelijk)}"
        extra = [f"prijzen van {k.prijspeil}"] if k.reeks and k.prijspeil is not None else []
        extra += [f"reeks {k.reeks}"] if k.reeks else []
        extra += [f"overdracht: {k.overdracht}"] if k.overdracht else []
        extra += [f"uit {k.regelset}"] if alle.opzet.ouders else []
        delen = [f"{kort(k.waarde)} {k.eenheid}", status, *extra, f"{k.bron} {_waarvandaan(k, bool(zoek))}"]
        click.echo(f"{pad}\n    {k.omschrijving}\n    {' · '.join(delen)}")
    toon_let_op(alle.verlopen, 12)


def _waarvandaan(k: Kengetal, heel: bool) -> str:
    """The place in the source; of what was searched for the whole story: by whom, why, and what to know of it."""
    return (k.herkomst if heel else k.vindplaats).removeprefix(f"{k.bron}; ")


def _lijst(als_json: bool) -> None:
    sets = [laad(naam) for naam in beschikbaar(paden.data() / "kengetallen")]
    if als_json:
        _json(
            [
                {
                    "regelset": k.naam,
                    "titel": k.opzet.titel,
                    "ouders": list(k.opzet.ouders),
                    "prijsjaar": k.opzet.prijsjaar,
                    "aantal": len(k),
                    "vingerafdruk": k.vingerafdruk,
                }
                for k in sets
            ]
        )
        return
    for k in sets:
        op = f", bouwt op {', '.join(k.opzet.ouders)}" if k.opzet.ouders else ""
        jaren = " en ".join(str(jaar) for jaar in k.prijspeilen)
        click.echo(
            f"{k.naam}: {len(k)} kengetallen, prijzen van {jaren}{op}" + (f"\n    {k.opzet.titel}" if op else "")
        )


def _vergelijk(van: Kengetallen, naar: Kengetallen, zoek: str, als_json: bool) -> None:
    anders = {
        pad: (van.getallen.get(pad), naar.getallen.get(pad))
        for pad in dict.fromkeys((*van, *naar))
        if _verschilt(van.getallen.get(pad), naar.getallen.get(pad))
    }
    anders = {p: (a, b) for p, (a, b) in anders.items() if zoek.casefold() in _doorzoekbaar(p, b or a)}
    if als_json:
        _json(
            [{"sleutel": p, "van": _waarde(a), "naar": _waarde(b), **_herkomst(b or a)} for p, (a, b) in anders.items()]
        )
        return
    click.echo(
        f"Van {van.naam} naar {naar.naam}: {hoeveel(len(anders), 'kengetal verschilt', 'kengetallen verschillen')}."
    )
    for pad, (a, b) in anders.items():
        k = b or a
        assert k is not None
        teksten = ("niet genoemd" if x is None else kort(x.waarde) for x in (a, b))
        bron = "; ".join(d for d in (k.bron, k.herkomst) if d)
        click.echo(f"{pad}\n    {k.omschrijving}\n    {' → '.join(teksten)} {k.eenheid} · {k.status} · {bron}")


def _controleer(bestand: str, keuze: Regelsetkeuze, als_json: bool) -> None:
    pad = paden.uitgeschreven(bestand)
    naam = str(pad) if pad.suffix.lower() == ".toml" else bestand
    eigen = _laad(naam, keuze)
    ouder = _laad(eigen.opzet.ouders[0], keuze) if eigen.opzet.ouders and not len(eigen.opzet.bestanden) > 1 else None
    eigen_getallen = {p: k for p, k in eigen.getallen.items() if k.regelset == eigen.naam.partition("@")[0]}
    if als_json:
        _json(
            {
                "regelset": eigen.naam,
                "ouders": list(eigen.opzet.ouders),
                "prijsjaar": eigen.opzet.prijsjaar,
                "eigen": list(eigen_getallen),
                "waarschuwingen": [str(m) for m in _opmerkingen(eigen, ouder)],
            }
        )
        return
    click.echo(
        f"{eigen.naam}: in orde. Bouwt op {', '.join(eigen.opzet.ouders) or 'geen andere'}; "
        f"{hoeveel(len(eigen_getallen), 'eigen kengetal', 'eigen kengetallen')}"
        + (f"; prijzen van {eigen.opzet.prijsjaar}." if eigen.opzet.prijsjaar else ".")
    )
    for p, k in eigen_getallen.items():
        was = f", was {kort(ouder[p])}" if ouder is not None and p in ouder else ""
        click.echo(f"    {p} = {kort(k.waarde)} {k.eenheid}{was} · {k.status} · {k.bron}")
    toon_let_op(_opmerkingen(eigen, ouder), 20)


def _opmerkingen(eigen: Kengetallen, ouder: Kengetallen | None) -> list[Melding]:
    """What is allowed and worth a second look: numbers that expired or that nothing calculates with."""
    uit = list(eigen.verlopen)
    for pad, k in eigen.getallen.items():
        if k.regelset != eigen.naam.partition("@")[0] or ouder is None or pad not in ouder.getallen:
            continue
        oud = ouder.getallen[pad]
        if not _verschilt(oud, k) and (oud.onder, oud.boven) == (k.onder, k.boven):
            gelijk = f"dit is de waarde die {ouder.naam} ook heeft; er verandert niets."
            uit.append(Melding(pad, k.waarde, gelijk, "Laat het weg, of geef de waarde die u bedoelt."))
        elif not _verschilt(oud, k):
            gelijk = f"de waarde is die van {ouder.naam}; alleen het bereik is anders."
            uit.append(Melding(pad, k.waarde, gelijk, "Laat het staan als u dat bedoelt."))
        elif GEBRUIK[pad] == "toelichting":
            uit.append(
                Melding(pad, k.waarde, "dit kengetal licht toe en rekent niet mee.", "Laat het weg, of laat het staan.")
            )
        elif oud.onder < oud.boven and not oud.onder <= k.waarde <= oud.boven:
            bereik = f"{kort(oud.onder)} tot {kort(oud.boven)}"
            oorzaak = f"de waarde ligt buiten het bereik van de ouder ({bereik})."
            uit.append(Melding(pad, k.waarde, oorzaak, "Controleer de notatie (20000 en niet 20.000)."))
    return uit


def _verschilt(een: Kengetal | None, twee: Kengetal | None) -> bool:
    if een is None or twee is None:
        return een is not twee
    return abs(een.waarde - twee.waarde) > _VERSCHIL * max(abs(een.waarde), abs(twee.waarde))


def _waarde(k: Kengetal | None) -> float | None:
    return None if k is None else k.waarde


def _herkomst(k: Kengetal | None) -> Mapping[str, Any]:
    return {} if k is None else {"eenheid": k.eenheid, "status": k.status, "bron": k.bron, "herkomst": k.herkomst}


def _json(inhoud: Any) -> None:
    click.echo(json.dumps(inhoud, indent=2, ensure_ascii=False, allow_nan=False))


def _doorzoekbaar(pad: str, k: Kengetal | None) -> str:
    return "" if k is None else f"{pad} {k.omschrijving} {k.status} {k.bron} {k.vindplaats}".casefold()
