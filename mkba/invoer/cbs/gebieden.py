"""The areas of a doelgroepenanalyse: chosen from a file or fetched, with the national row beside them.

Also the kit's own small file of areas (json): what a batch hands to its notebooks, so that these need no
network and every report of a batch stands on the same numbers.
"""

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, get_args

from mkba.invoer.cbs.bestanden import lees_gebieden
from mkba.invoer.cbs.codes import lees_codes
from mkba.invoer.cbs.dienst import haal_gebieden
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import ruwe_bytes
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import AANDELEN, KENMERK, LAND, Gebied, Soort

MAXIMUM: Final = 1e15
"""Far above any count of people or households."""
_TEKST: Final = ("code", "naam", "soort", "bron")
_MAG_LEEG: Final = ("plaats", "verborgen")


def kies_gebieden(gebieden: str = "", cijfers: str = "", jaar: int = 0) -> tuple[Gebied, tuple[Gebied, ...]]:
    """The national row and the chosen areas.

    ``gebieden``: CBS codes with commas ("GM0599" or "WK059901, WK059902"); empty means all wijken in the
    file (or all buurten or gemeenten when it has none). ``cijfers``: a file (StatLine csv, KWB xlsx, OData
    json, or the kit's own json) or "voorbeeldgemeente"; empty fetches from CBS StatLine, or from what was fetched
    before. ``jaar`` 0 means the year of the file, or the default edition. A file without the national row gives one
    without numbers: then no indicator can be compared. Raises InvoerFout.
    """
    codes = [c.strip() for c in gebieden.replace(";", ",").split(",") if c.strip()]
    if not cijfers:
        if not codes:
            raise InvoerFout(
                [
                    Melding(
                        "gebieden", gebieden, "er is geen gebied gekozen.", "Geef CBS-codes, zoals GM0599 of WK059901."
                    )
                ]
            )
        rijen = haal_gebieden(codes, jaar or None)
    else:
        pad = paden.zoek_cijfers(cijfers)
        eigen = _lees_eigen(pad)
        if eigen is not None and jaar:
            _controleer_jaar(eigen, jaar, pad)
        rijen = lees_gebieden(pad, codes, jaar or None) if eigen is None else eigen
    gekozen = _kies(rijen, codes, cijfers)
    land = [g for g in rijen if g.code == LAND] or [onbekend_land(gekozen[0].jaar)]
    return land[0], gekozen


def _controleer_jaar(rijen: Sequence[Gebied], jaar: int, pad: Path) -> None:
    """The kit's own file says its year itself. Raises InvoerFout."""
    jaren = sorted({g.jaar for g in rijen})
    if jaren != [jaar]:
        oorzaak = f"dit bestand heeft gegevens van {' en '.join(map(str, jaren))}, en gevraagd is {jaar}."
        raise InvoerFout([Melding("jaar", jaar, oorzaak, "Laat --jaar (in een notebook: jaar) weg.", str(pad))])


def onbekend_land(jaar: int) -> Gebied:
    """The national row when a file does not hold it: nothing to compare with, so every indicator is unknown."""
    return Gebied(LAND, "Nederland", "land", jaar, "niet in het bestand")


def _kies(rijen: Sequence[Gebied], codes: Sequence[str], bestand: str) -> tuple[Gebied, ...]:
    if not codes:
        for soort in ("wijk", "buurt", "gemeente"):
            if gekozen := tuple(g for g in rijen if g.soort == soort):
                return gekozen
        return tuple(g for g in rijen if g.code == LAND)
    per_code = {g.code: g for g in rijen}
    gewenst = lees_codes(codes)
    meldingen = [
        Melding("gebieden", c, "deze code staat niet in de cijfers.", _hulp(per_code), bestand)
        for c in gewenst
        if c not in per_code
    ]
    if meldingen:
        raise InvoerFout(meldingen)
    return tuple(per_code[c] for c in gewenst)


def _hulp(per_code: dict[str, Gebied]) -> str:
    codes = sorted(per_code)
    return f"Kies uit: {', '.join(codes[:12])}{' …' if len(codes) > 12 else ''}."


def _lees_eigen(pad: Path) -> tuple[Gebied, ...] | None:
    """Areas of the kit's own json; None when the file is something else."""
    if pad.suffix.lower() != ".json":
        return None
    try:
        inhoud = json.loads(ruwe_bytes(pad))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError):
        return None  # the CBS reader says what is wrong with it
    if not isinstance(inhoud, dict) or inhoud.get("soort") != KENMERK:
        return None
    rijen = inhoud.get("gebieden")
    if not isinstance(rijen, list) or not rijen:
        raise InvoerFout([Melding("gebieden", None, "er staat geen gebied in dit bestand.", "Vul het aan.", str(pad))])
    meldingen = [m for i, rij in enumerate(rijen) if (m := _fout_in(rij, i, pad))]
    if meldingen:
        raise InvoerFout(meldingen)
    return tuple(Gebied(**{"plaats": f"{pad.name}, gebied {i}"} | rij) for i, rij in enumerate(rijen, start=1))


def _fout_in(rij: Any, nummer: int, pad: Path) -> Melding | None:
    plaats = f"{pad}, gebied {nummer + 1}"
    if not isinstance(rij, dict):
        return Melding("gebied", rij, "dit is geen gebied.", "Geef velden met hun naam.", plaats)
    namen = {f.name for f in fields(Gebied)}
    for veld in (*_TEKST, "jaar"):
        if veld not in rij:
            return Melding(veld, None, "dit veld ontbreekt.", "Vul het in.", plaats)
    for veld, waarde in rij.items():
        if veld not in namen:
            return Melding(veld, waarde, "dit veld bestaat niet.", f"Kies uit: {', '.join(sorted(namen))}.", plaats)
        if veld in (*_TEKST, *_MAG_LEEG):
            goed = isinstance(waarde, str) and waarde.strip() == waarde and waarde.isprintable()
            goed = goed and (waarde != "" or veld in _MAG_LEEG)
        elif veld == "jaar":
            goed = isinstance(waarde, int) and not isinstance(waarde, bool)
        else:
            getal = isinstance(waarde, int | float) and not isinstance(waarde, bool)
            hoogste = 1 if veld in (*AANDELEN, "marge") else MAXIMUM  # not nan, nor an integer that no float holds
            goed = (waarde is None and veld != "marge") or (getal and 0 <= waarde <= hoogste)
        if not goed:
            hoort = "een deel van 0 tot en met 1 (9,2% is 0.092)" if veld in AANDELEN else "een getal van 0 of meer"
            return Melding(veld, waarde, "deze waarde kan hier niet.", f"Tekst, of {hoort}, of null.", plaats)
    if rij["soort"] not in get_args(Soort):
        return Melding("soort", rij["soort"], "onbekende soort.", f"Kies uit: {', '.join(get_args(Soort))}.", plaats)
    return None
