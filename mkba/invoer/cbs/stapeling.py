"""Households with two or more provisions of the social domain, per wijk: a second road to several problems.

Tables 85994NED (2024), 85637NED (first half of 2023), 86195NED (2021) and 83619NED (2016): Wmo, jeugd and
Participatiewet by their number. A provision is no problem area, so this stands beside the kerncijfers and replaces
nothing. How their labels look was not seen: they are read by the numbers in them, or refused with what was found.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mkba.invoer.cbs.codes import is_code, kaal
from mkba.invoer.cbs.dienst import haal_statline
from mkba.invoer.cbs.statline import Rij, getal, lees_rijen, tekst_van
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import LAND

STATLINE: Final = "statline"
TABELLEN: Final = {2016: "83619NED", 2021: "86195NED", 2023: "85637NED", 2024: "85994NED"}
_DIMENSIES: Final = ("aantalvoorzieningen", "soortvoorzieningsociaaldomein", "perioden")
_MAAT: Final = "huishoudensmetvoorzieningen2"
"""The second of two columns of that name: the first counts households, this one is per 1,000 households."""
_NODIG: Final = (*_DIMENSIES, _MAAT)
_WOORDEN: Final = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8}
_AANTAL: Final = re.compile(rf"\b(\d+|{'|'.join(_WOORDEN)})\b(\s+of\s+meer)?", re.IGNORECASE)


@dataclass(frozen=True)
class Stapeling:
    """Per code the share of households with two or more provisions, with table, period and its status."""

    aandelen: Mapping[str, float]
    bron: str
    status: str
    """definitief, voorlopig, or that the file does not say."""


def lees_stapeling(bron: str, codes: Sequence[str], jaar: int) -> Stapeling:
    """From a csv of StatLine, or from CBS ("statline") for the gemeenten of these codes. Raises InvoerFout."""
    if bron.casefold() != STATLINE:
        return _maak(lees_rijen(Path(bron), _NODIG), jaar, Path(bron).name, bron)
    if jaar not in TABELLEN:
        oorzaak = f"van {jaar} is geen tabel over stapeling per wijk bekend; wel van {', '.join(map(str, TABELLEN))}."
        raise InvoerFout([Melding("--stapeling", jaar, oorzaak, "Geef een bestand van een ander jaar.")])
    begin = sorted({f"WK{c[2:6]}" for c in codes} | {f"GM{c[2:6]}" for c in codes})
    rijen = haal_statline(
        TABELLEN[jaar],
        " or ".join(f"startswith(Wijken,'{b}')" for b in begin),
        titels=("AantalVoorzieningen", "SoortVoorzieningSociaalDomein", "Perioden"),
    )
    return _maak(rijen, jaar, f"CBS StatLine {TABELLEN[jaar]}", TABELLEN[jaar])


def _maak(rijen: Sequence[Rij], jaar: int, bron: str, waar: str) -> Stapeling:
    periodes = sorted({tekst_van(r, "perioden") for r in rijen})
    passend = [p for p in periodes if p.startswith(str(jaar))] or (periodes if len(periodes) == 1 else [])
    if len(passend) != 1:
        oorzaak = f"deze tabel heeft de perioden {', '.join(periodes) or 'geen'}; nodig is er een van {jaar}."
        raise InvoerFout([Melding("--stapeling", waar, oorzaak, "Download de tabel voor een periode.", waar)])
    per_code: dict[str, dict[str, float | None]] = {}
    for rij in rijen:
        if tekst_van(rij, "perioden") != passend[0] or "totaal" not in tekst_van(rij, _DIMENSIES[1]).casefold():
            continue
        code = next((c for naam in ("codering", "wijken") if is_code(c := _code(tekst_van(rij, naam)))), "")
        if code:
            per_code.setdefault(code, {})[tekst_van(rij, _DIMENSIES[0])] = getal(rij, _MAAT, "promille")
    namen = {naam for aantallen in per_code.values() for naam in aantallen}
    kiest = _twee_of_meer(namen)
    if not kiest:
        gevonden = ", ".join(sorted(namen)[:8]) or "geen regel met alle voorzieningen samen en een code"
        oorzaak = f"hieruit volgt niet wie twee of meer voorzieningen heeft: {gevonden}."
        remedie = "Download de tabel als csv: alle aantallen voorzieningen, het totaal van de soorten, en Codering."
        raise InvoerFout([Melding("--stapeling", waar, oorzaak, remedie, waar)])
    som = {code: [aantallen.get(naam) for naam in kiest] for code, aantallen in per_code.items()}
    aandelen = {code: sum(d for d in delen if d is not None) for code, delen in som.items() if None not in delen}
    return Stapeling(aandelen, f"{bron} ({passend[0].rstrip('*')})", _status(passend[0]))


def _code(tekst: str) -> str:
    code = kaal(tekst)
    return LAND if code.startswith("NL") else code


def _twee_of_meer(namen: set[str]) -> list[str]:
    """The labels that together are two or more: "2 of meer" itself, or 2, 3, ... up to an open one."""
    exact: dict[int, str] = {}
    open_: dict[int, str] = {}
    for naam in namen:
        if treffer := _AANTAL.search(naam):
            woord = treffer[1].casefold()
            (open_ if treffer[2] else exact)[int(woord) if woord.isdigit() else _WOORDEN[woord]] = naam
    if 2 in open_:
        return [open_[2]]
    if not open_:
        return []
    eind = min(open_)
    nodig = range(2, eind)
    return [*(exact[n] for n in nodig), open_[eind]] if all(n in exact for n in nodig) else []


def _status(periode: str) -> str:
    """How CBS marks it in a label: "2024*" is provisional."""
    laag = periode.casefold()
    if "*" in periode or "voorlopig" in laag:
        return "voorlopig"
    return "definitief" if "definitief" in laag else "zonder teken van voorlopig in de bron"
