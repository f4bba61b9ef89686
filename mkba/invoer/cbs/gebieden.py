"""The areas of a doelgroepenanalyse: chosen from a file or fetched, with the national row beside them.

Also the kit's own small file of areas (json): what a batch hands to its notebooks, so that these need no
network and every report of a batch stands on the same numbers.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from mkba.invoer.cbs import aanvulling, bijtabellen, zorg
from mkba.invoer.cbs.bestanden import lees_gebieden
from mkba.invoer.cbs.codes import kaal, lees_codes
from mkba.invoer.cbs.dienst import haal_gebieden
from mkba.invoer.cbs.landelijk import maak_land
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import ruwe_bytes
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import AANDELEN, KENMERK, LAND, Gebied, Soort

MAXIMUM: Final = 1e15
"""Far above any count of people or households."""
_TEKST: Final = ("code", "naam", "soort", "bron")
_OOK: Final[tuple[Soort, ...]] = ("gemeente",)
_MAG_LEEG: Final = ("plaats", "verborgen", "aanvulling", "ongebruikt")


class Gekozen(NamedTuple):
    """The national row, the chosen areas, and the gemeenten that these lie in or that the file has, by code."""

    nederland: Gebied
    gebieden: tuple[Gebied, ...]
    gemeenten: Mapping[str, Gebied]


def kies_gebieden(
    gebieden: str = "",
    cijfers: str = "",
    jaar: int = 0,
    niveau: Soort | None = None,
    bij: Sequence[str] = (),
) -> Gekozen:
    """The national row and the chosen areas, with their gemeenten.

    ``gebieden``: CBS codes with commas ("GM0599" or "WK059901, WK059902"), with * for any characters ("WK0599*"); empty
    means every area of ``niveau`` in the file, and without that all wijken (or all buurten or gemeenten when it has
    none). ``cijfers``: a file (StatLine csv, KWB xlsx, OData json, or the kit's own json) or "voorbeeldgemeente"; empty
    fetches from CBS StatLine, or from what was fetched before. ``jaar`` 0 means the year of the file, or the default
    edition. What the file lacks of the national row is shipped with the kit or the sum of its gemeenten, else unknown:
    then no indicator can be compared. ``bij``: files of 71488ned, 71487ned, 86204NED or 86158NED, or "statline" to
    fetch them. Raises InvoerFout.
    """
    codes = [c.strip() for c in gebieden.replace(";", ",").split(",") if c.strip()]
    if not cijfers:
        rijen = _opgehaald(codes, gebieden, jaar)
    else:
        pad = paden.zoek_cijfers(cijfers)
        eigen = _lees_eigen(pad)
        if eigen is not None and jaar:
            _controleer_jaar(eigen, jaar, pad)
        letterlijk = () if any("*" in c for c in codes) else codes
        rijen = lees_gebieden(pad, letterlijk, jaar or None, ook=_OOK) if eigen is None else eigen
    gekozen = _kies(rijen, codes, cijfers, niveau)
    gemeenten = {g.code: g for g in rijen if g.soort == "gemeente"}
    land = next((g for g in rijen if g.code == LAND), None)
    nederland = maak_land(land, list(gemeenten.values()), gekozen[0].jaar)
    if not bij:
        return Gekozen(nederland, gekozen, gemeenten)
    nodig = sorted({f"GM{g.code[2:6]}" for g in gekozen if g.code != LAND})
    van = [(b, bron) for bron in bij for b in bijtabellen.lees(bron, nodig, nederland.jaar)]
    gelezen, bestanden = [b for b, _ in van], [bron for _, bron in van]
    tabellen, waarom = zorg.als_aandeel(gelezen, [*gemeenten.values(), *gekozen], nederland)
    aanvulling.eenmaal(tabellen, bestanden)
    waarom += aanvulling.niet_van_hier(gelezen, [*gemeenten.values(), *gekozen], nodig)
    erbij = aanvulling.ontbrekende_gemeenten([c for c in nodig if c not in gemeenten], tabellen, nederland.jaar)
    vol = {g.code: g for g in aanvulling.vul_aan(list(gemeenten.values()), tabellen, gemeenten)} | erbij
    (nederland,) = aanvulling.vul_aan([nederland], tabellen, gemeenten)
    nederland = replace(nederland, ongebruikt="; ".join(waarom))
    return Gekozen(nederland, aanvulling.vul_aan(gekozen, tabellen, gemeenten), vol)


def _opgehaald(codes: Sequence[str], gevraagd: str, jaar: int) -> tuple[Gebied, ...]:
    """Areas from CBS StatLine with the gemeenten that they lie in. Raises InvoerFout."""
    if not codes:
        remedie = "Geef CBS-codes, zoals GM0599 of WK059901."
        raise InvoerFout([Melding("gebieden", gevraagd, "er is geen gebied gekozen.", remedie)])
    if sterren := [c for c in codes if "*" in c]:
        oorzaak = "een patroon kiest uit de gebieden van een bestand, en er is geen bestand opgegeven."
        remedie = "Geef --cijfers BESTAND (in een notebook: cijfers), of de codes voluit."
        raise InvoerFout([Melding("gebieden", ", ".join(sterren), oorzaak, remedie)])
    rijen = haal_gebieden(codes, jaar or None)
    boven = sorted({f"GM{g.code[2:6]}" for g in rijen if g.soort in ("wijk", "buurt")} - {g.code for g in rijen})
    with suppress(InvoerFout):  # without its gemeente an area is drawn toward the Netherlands, and its report says so
        rijen = (*rijen, *(g for g in haal_gebieden(boven, jaar or None) if g.code != LAND)) if boven else rijen
    return rijen


def _controleer_jaar(rijen: Sequence[Gebied], jaar: int, pad: Path) -> None:
    """The kit's own file says its year itself. Raises InvoerFout."""
    jaren = sorted({g.jaar for g in rijen})
    if jaren != [jaar]:
        oorzaak = f"dit bestand heeft gegevens van {' en '.join(map(str, jaren))}, en gevraagd is {jaar}."
        raise InvoerFout([Melding("jaar", jaar, oorzaak, "Laat --jaar (in een notebook: jaar) weg.", str(pad))])


def _kies(rijen: Sequence[Gebied], codes: Sequence[str], bestand: str, niveau: Soort | None) -> tuple[Gebied, ...]:
    if not codes:
        for soort in (niveau,) if niveau else ("wijk", "buurt", "gemeente"):
            if gekozen := tuple(g for g in rijen if g.soort == soort):
                return gekozen
        if niveau:
            soorten = ", ".join(sorted({g.soort for g in rijen}))
            oorzaak = f"er staat geen {niveau} in dit bestand; wel: {soorten}."
            raise InvoerFout(
                [Melding("niveau", niveau, oorzaak, "Kies een ander niveau, of een ander bestand.", bestand)]
            )
        return tuple(g for g in rijen if g.code == LAND)
    per_code = {g.code: g for g in rijen if niveau is None or g.soort == niveau or g.code in map(kaal, codes)}
    meldingen = []
    gewenst: dict[str, None] = {}
    for code in codes:
        if "*" in code:
            past = [c for c in per_code if c != LAND and fnmatchcase(c, kaal(code).replace("[", "[[]"))]
            if not past:
                oorzaak = "op dit patroon past geen gebied in de cijfers."
                meldingen.append(Melding("gebieden", code, oorzaak, _hulp(per_code), bestand))
            gewenst |= dict.fromkeys(past)
        else:
            (plat,) = lees_codes([code])
            if plat not in per_code:
                oorzaak = "deze code staat niet in de cijfers."
                meldingen.append(Melding("gebieden", plat, oorzaak, _hulp(per_code), bestand))
            gewenst |= {plat: None}
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
