"""Households with provisions of two or more domains (jeugd, Participatiewet, Wmo), per wijk: a second road.

Tables 85994NED (2024), 85637NED (first half of 2023), 86195NED (2021) and 83619NED (2016) count households by their
combination of domains and by their number of provisions. Two domains are closer to several problem areas than two
provisions (two aids of the Wmo are one area), so that comes first; a provision is still no problem, so both stand
beside the kerncijfers and replace nothing. Labels are read by the words and numbers in them, the keys of the
combinations as public code has them; what cannot be read is refused with what was found.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from mkba.invoer.cbs.dienst import haal_statline
from mkba.invoer.cbs.statline import Rij, code_van, getal, lees_rijen, status_van, tekst_van
from mkba.kern.tekst.meldingen import InvoerFout, Melding

STATLINE: Final = "statline"
TABELLEN: Final = {2016: "83619NED", 2021: "86195NED", 2023: "85637NED", 2024: "85994NED"}
_DIMENSIES: Final = ("aantalvoorzieningen", "soortvoorzieningsociaaldomein", "perioden")
_MAAT: Final = "huishoudensmetvoorzieningen2"
"""Per 1,000 households; without the 2 it is their number."""
_AFRONDING: Final = 0.005
"""Parts in whole per 1,000 may add up to a little more than all households."""
_NODIG: Final = (*_DIMENSIES, _MAAT)
_WOORDEN: Final = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8}
_AANTAL: Final = re.compile(rf"\b(\d+|{'|'.join(_WOORDEN)})\b(\s+of\s+meer)?", re.IGNORECASE)
_DOMEINEN: Final = {
    "jeugd": re.compile("jeugd", re.IGNORECASE),
    "pwet": re.compile("p-?wet|participatie", re.IGNORECASE),
    "wmo": re.compile("wmo|maatschappelijke ondersteuning", re.IGNORECASE),
}
_SAMEN: Final = frozenset(frozenset(c) for n in (2, 3) for c in combinations(_DOMEINEN, n))
"""The four combinations of two or more domains."""
_SLEUTELS: Final = {
    "T001287": "totaal voorzieningen",
    "A041708": "alleen jeugd",
    "A041709": "alleen P-wet",
    "A041710": "alleen Wmo",
    "A041711": "jeugd en P-wet",
    "A041712": "jeugd en Wmo",
    "A041713": "P-wet en Wmo",
    "A041714": "jeugd, P-wet en Wmo",
}
"""Keys of the combinations, where a file has no labels."""
DOMEINEN: Final = "voorzieningen uit twee of drie van jeugd, Participatiewet en Wmo"
VOORZIENINGEN: Final = "twee of meer voorzieningen"


@dataclass(frozen=True)
class Stapeling:
    """Per code the share of households with ``wat``, with table, period and its status."""

    aandelen: Mapping[str, float]
    bron: str
    status: str
    """definitief, voorlopig, or that the file does not say."""
    wat: str = VOORZIENINGEN

    @property
    def kort(self) -> str:
        """``wat`` as the head of a column."""
        return "Twee of drie domeinen" if self.wat == DOMEINEN else "Twee of meer voorzieningen"


def lees_stapeling(bron: str, codes: Sequence[str], jaar: int) -> tuple[Stapeling, ...]:
    """By domains and by number of provisions, as far as the table has them (one at least).

    From a csv or json of StatLine, or from CBS ("statline") for the gemeenten of these codes. Raises InvoerFout.
    """
    if bron.casefold() != STATLINE:
        return _van(codes, _maak(lees_rijen(Path(bron), _NODIG), jaar, Path(bron).name, bron), bron)
    if jaar not in TABELLEN:
        oorzaak = f"van {jaar} is geen tabel over stapeling per wijk bekend; wel van {', '.join(map(str, TABELLEN))}."
        raise InvoerFout([Melding("--stapeling", jaar, oorzaak, "Geef een bestand van een ander jaar.")])
    begin = sorted({f"WK{c[2:6]}" for c in codes} | {f"GM{c[2:6]}" for c in codes})
    rijen = haal_statline(
        TABELLEN[jaar],
        " or ".join(f"startswith(Wijken,'{b}')" for b in begin),
        titels=("AantalVoorzieningen", "SoortVoorzieningSociaalDomein", "Perioden"),
    )
    return _van(codes, _maak(rijen, jaar, f"CBS StatLine {TABELLEN[jaar]}", TABELLEN[jaar]), TABELLEN[jaar])


def _van(codes: Sequence[str], gelezen: tuple[Stapeling, ...], waar: str) -> tuple[Stapeling, ...]:
    """The same, when it has one of the areas at least (or none was asked for). Raises InvoerFout."""
    bekend = sorted({code for stapeling in gelezen for code in stapeling.aandelen})
    if not codes or not set(codes).isdisjoint(bekend):
        return gelezen
    oorzaak = f"geen van de gekozen gebieden staat met getallen in deze tabel; wel bijvoorbeeld {bekend[0]}."
    remedie = "Download de tabel voor deze gebieden, met de indeling van hetzelfde jaar, of laat --stapeling weg."
    raise InvoerFout([Melding("--stapeling", waar, oorzaak, remedie, waar)])


def _maak(rijen: Sequence[Rij], jaar: int, bron: str, waar: str) -> tuple[Stapeling, ...]:
    periodes = sorted({tekst_van(r, "perioden") for r in rijen})
    passend = [p for p in periodes if p.startswith(str(jaar))] or (periodes if len(periodes) == 1 else [])
    if len(passend) != 1:
        oorzaak = f"deze tabel heeft de perioden {', '.join(periodes) or 'geen'}; nodig is er een van {jaar}."
        raise InvoerFout([Melding("--stapeling", waar, oorzaak, "Download de tabel voor een periode.", waar)])
    per_code: dict[str, dict[tuple[str, str], float | None]] = {}
    for rij in rijen:
        code = code_van(rij, ("codering", "wijken"))
        if tekst_van(rij, "perioden") != passend[0] or not code:
            continue
        paar = (_label(rij, _DIMENSIES[0]), _label(rij, _DIMENSIES[1]))
        cellen = per_code.setdefault(code, {})
        if paar in cellen:
            oorzaak = f"{code} heeft meer dan een regel voor {paar[0]}, {paar[1]}."
            remedie = "Download de tabel zonder andere uitsplitsingen (leeftijd, geslacht)."
            raise InvoerFout([Melding("--stapeling", waar, oorzaak, remedie, waar)])
        cellen[paar] = getal(rij, _MAAT, "promille", f"{waar}, {code}")
    aantallen, soorten = ({paar[i] for cellen in per_code.values() for paar in cellen} for i in (0, 1))
    alles, samen = _geheel(aantallen), _geheel(soorten)
    wegen = {
        DOMEINEN: [(n, s) for n in alles for s in _twee_domeinen(soorten)],
        VOORZIENINGEN: [(n, s) for n in _twee_of_meer(aantallen) for s in samen],
    }
    herkomst = (f"{bron} ({passend[0].rstrip('*')})", status_van(passend[0]))
    uit = tuple(
        Stapeling(aandelen, *herkomst, wat) for wat, kiest in wegen.items() if (aandelen := _tel(per_code, kiest, waar))
    )
    if not uit:
        gevonden = [", ".join(sorted(namen)[:8]) or "geen regel met een code" for namen in (aantallen, soorten)]
        oorzaak = (
            f"hieruit volgt niet wie {VOORZIENINGEN} heeft, of {DOMEINEN}. Aantallen: {gevonden[0]}. "
            f"Soorten: {gevonden[1]}."
        )
        remedie = "Download de tabel als csv: alle aantallen voorzieningen, alle soorten met hun totaal, en Codering."
        raise InvoerFout([Melding("--stapeling", waar, oorzaak, remedie, waar)])
    return uit


def _tel(
    per_code: Mapping[str, Mapping[tuple[str, str], float | None]], kiest: Sequence[tuple[str, str]], waar: str
) -> dict[str, float]:
    """The sum of these cells per code that has them all; a secret one leaves the code out. Raises InvoerFout."""
    cellen = {code: [van.get(paar) for paar in kiest] for code, van in per_code.items()}
    uit = {c: sum(d for d in delen if d is not None) for c, delen in cellen.items() if delen and None not in delen}
    for code, som in uit.items():
        if som > 1 + _AFRONDING:
            oorzaak = f"samen hebben {round(1000 * som)} van de 1.000 huishoudens van {code} gestapelde voorzieningen."
            remedie = "De decimalen of de eenheid van deze kolom zijn verloren gegaan: download de tabel opnieuw."
            raise InvoerFout([Melding("--stapeling", waar, oorzaak, remedie, f"{waar}, {code}")])
    return uit


def _geheel(namen: set[str]) -> list[str]:
    """The label of the total, not that of one domain; none when there are several."""
    uit = [n for n in namen if "totaal" in n.casefold() and not any(p.search(n) for p in _DOMEINEN.values())]
    return uit if len(uit) == 1 else []


def _label(rij: Rij, dimensie: str) -> str:
    waarde = tekst_van(rij, dimensie)
    return _SLEUTELS.get(waarde, waarde)


def _twee_domeinen(namen: set[str]) -> list[str]:
    """The labels of the four combinations of two or more domains; none when one is missing or stands there twice."""
    per_combinatie: dict[frozenset[str], str] = {}
    for naam in namen:
        domeinen = frozenset(d for d, patroon in _DOMEINEN.items() if patroon.search(naam))
        if domeinen in _SAMEN and not re.search(r"alleen|totaal|\bof\b", naam, re.IGNORECASE):
            if domeinen in per_combinatie:
                return []
            per_combinatie[domeinen] = naam
    return sorted(per_combinatie.values()) if per_combinatie.keys() == _SAMEN else []


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
