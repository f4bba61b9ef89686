"""Tables of a registration: what was refused, and what may be published of it."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from mkba.analyse.effectmeting.publiceren.antwoorden import ANTWOORDEN
from mkba.analyse.effectmeting.publiceren.publicatie import Vrijgegeven
from mkba.invoer.effectmeting.kolommen import MOMENTEN
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.kern.tekst.notatie import nederlands, opsomming
from mkba.uitvoer.tabel import Tabel

_NA: Final = MOMENTEN[1:]
_TITELS: Mapping[tuple[str, ...], str] = {
    ("type", "klasse_0"): "Huishoudens naar type en zwaarte bij de start",
    ("type", "nieuw"): "Huishoudens naar type, nieuw gevonden of al bekend",
    ("team", "type"): "Huishoudens naar team en type",
    ("team", "klasse_0"): "Huishoudens naar team en zwaarte bij de start",
    **{("klasse_0", f"klasse_{m}"): f"Zwaarte bij de start en na {m} maanden" for m in _NA},
    ("team", "nieuw"): "Huishoudens naar team, nieuw gevonden of al bekend",
    ("nieuw", "gevolgd"): "Huishoudens, nieuw gevonden of al bekend, naar gevolgd na de start",
    ("team", "gevolgd"): "Huishoudens naar team en gevolgd na de start",
    ("uitgevallen",): "Huishoudens naar uitgevallen",
    ("type", "zwaarst_0"): "Huishoudens naar type, niet-zelfredzaam en top samen",
    ("type", "eenouder"): "Huishoudens naar type en eenouder",
    ("kinderen",): "Huishoudens naar of het aantal kinderen bekend is",
    ("type", "schulden"): "Huishoudens naar type en schulden",
    ("type", "geen_werk"): "Huishoudens naar type en geen werk",
    ("type", "overlast"): "Huishoudens naar type en overlast",
    ("klasse_0", "gevolgd"): "Huishoudens naar zwaarte bij de start en gevolgd na de start",
    ("nieuw", "uitgevallen"): "Huishoudens, nieuw gevonden of al bekend, naar uitgevallen",
    **{(f"zwaarst_{m}",): f"Huishoudens na {m} maanden, niet-zelfredzaam en top samen" for m in _NA},
    **{(f"meting_{m}",): f"Huishoudens na {m} maanden: gemeten, gemist of nog niet zo ver" for m in _NA},
    **{("klasse_0", f"anders_{m}"): f"Huishoudens naar zwaarte en gevolgd, niet gemeten na {m} maanden" for m in _NA},
    **{(f"anders_{m}",): f"Huishoudens naar gevolgd, niet gemeten na {m} maanden" for m in _NA},
    ("wacht_op",): "Huishoudens naar het eerste moment (maanden) dat nog niet is gekomen",
}
MEESTE_RIJEN: Final = 20
"""So many numbers of rows fit on a screen. A choice."""
_WAT = {
    "klasse_0": "zwaarte bij de start",
    "soortgroep": "groep van soorten",
    "voorkomen": "of zij is voorkomen (nee: gebeurd, of nog open)",
}


def geweigerd(registratie: Registratie) -> Tabel:
    """A row per table, column, file and what was expected: how many rows and which. For who made the file."""
    plekken: dict[tuple[str, str, str, str], list[int]] = {}
    for w in registratie.geweigerd:
        plekken.setdefault((w.tabel, w.kolom, w.verwacht, w.bestand), []).append(w.rij)
    frame = pd.DataFrame(
        [(*wat[:3], len(rijen), f"{wat[3]}, {_rijen(rijen)}") for wat, rijen in plekken.items()],
        columns=["tabel", "kolom", "verwacht", "rijen", "waar"],
    )
    return Tabel(frame, {"rijen": "aantal"}, bijschrift="Geweigerde rijen", index=False)


def _rijen(rijen: Sequence[int]) -> str:
    """ "rij 3", "rij 3, 5 en 8"; of more than :data:`MEESTE_RIJEN` the first, and how many others."""
    nummers = [str(r) for r in rijen]
    over = len(nummers) - MEESTE_RIJEN
    return f"rij {opsomming(nummers if over <= 0 else [*nummers[:MEESTE_RIJEN], f'{over} andere'])}"


def publicatie(vrij: Vrijgegeven) -> dict[str, Tabel]:
    """The tables that may be shown, by the name of a file. A hidden cell is "*"."""
    p = vrij.huishoudens
    uitleg = f"* afgeschermd: minder dan {nederlands(p.drempel)} huishoudens, of af te leiden uit andere cellen."
    if p.afronding:
        uitleg += f" Aantallen zijn afgerond op {p.afronding} en tellen daarom niet precies op."
    uit = {}
    for naam in p.tabellen:
        frame = p.frame(naam)
        uit["-".join(naam)] = _tabel(frame, _TITELS.get(naam, ", ".join(naam)), uitleg)
    for stand, trajecten in vrij.trajecten.items():
        for (wat,) in trajecten.tabellen:
            titel = f"Trajecten naar {_WAT.get(wat, wat)}: {stand.replace('_', ' ')}"
            uit[f"trajecten-{stand}-{wat}"] = _tabel(trajecten.frame((wat,)), titel, uitleg)
    if vrij.acties is not None:
        frame = vrij.acties.frame(("door", "uitgevoerd"))
        uit["acties"] = _tabel(frame, "Acties naar wie ze doet en of ze zijn uitgevoerd", uitleg)
    if vrij.escalaties is not None:
        for naam in vrij.escalaties.tabellen:
            hoofd = naam == ("soort", "afloop")
            van = f"Escalaties (elke soort apart geteld) naar {_WAT.get(naam[0], naam[0])}"
            titel = "Huishoudens naar escalatie en afloop" if hoofd else van
            uit["escalaties" if hoofd else f"escalaties-{naam[0]}"] = _tabel(vrij.escalaties.frame(naam), titel, uitleg)
    antwoorden = vrij.antwoorden[["sleutel", "waarde", "reden"]].astype({"waarde": object})
    antwoorden["waarde"] = [None if pd.isna(w) else float(w) for w in antwoorden["waarde"]]
    uit[ANTWOORDEN] = Tabel(
        antwoorden, {"waarde": "antwoord"}, bijschrift="Antwoorden uit de registratie", index=False, uitleg=uitleg
    )
    return uit


def _tabel(frame: pd.DataFrame, titel: str, uitleg: str) -> Tabel:
    # a count is a whole number, also in a csv
    cellen = frame.map(lambda w: "*" if pd.isna(w) else round(w)).astype(object)
    return Tabel(cellen, "aantal", vet=("totaal",), bijschrift=titel, uitleg=uitleg)
