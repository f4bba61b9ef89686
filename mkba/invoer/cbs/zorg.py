"""Youth care and Wmo per wijk: 86204NED and 86158NED with their predecessors, for what the kerncijfers do not have yet.

The kerncijfers of 2025 and 2026 have no care in them. A table of Wmo clients gives the same number per inhabitant. One
of youth care counts young people up to 23; set against the children under 15 of the kerncijfers that is a ratio and no
share of the young, so it is used only where the national number is of the same table: then the measure drops out.
Column names as public code has them; the tables themselves were not seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from mkba.invoer.cbs.aanvulling import OPTIE, Bijgegeven, van_jaar
from mkba.invoer.cbs.statline import Rij, code_van, getal, status_van, tekst_van
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import LAND, Gebied

JAAR: Final = 2025
"""The first year whose kerncijfers have no care; of it are the two tables below. Files of earlier ones read as well."""
JEUGD: Final = "86204NED"
WMO: Final = "86158NED"
JONGEREN: Final = "jongeren"
"""In a Bijgegeven: young people with care, a count, until :func:`als_aandeel`."""
VELDEN_JEUGD: Final = ("wijken", "perioden", "totaaljongerenmetjeugdzorg")
VELDEN_WMO: Final = ("typemaatwerkvoorziening", "wijken", "perioden", "wmoclienten")
_VORMEN: Final = ("vormen", "vormenvanjeugdzorg", "typejeugdzorg")
_PER_1000: Final = ("wmoclientenper1000inwoners2", "wmoclientenper1000inwoners", "wmoclienten2")
_TOTAAL_JEUGD: Final = ("t001203", "totaal jeugdzorg")
_TOTAAL_WMO: Final = ("t001024", "totaal")
_Lees = Callable[[Rij], dict[str, float | None]]


def jeugd(rijen: Sequence[Rij], jaar: int, waar: str, tabel: str) -> Bijgegeven:
    """Young people with any form of youth care per code. Raises InvoerFout."""
    welke = next((d for d in _VORMEN if d in rijen[0]), "")
    rijen = [r for r in rijen if not welke or tekst_van(r, welke).casefold().startswith(_TOTAAL_JEUGD)]
    return _per_code(rijen, jaar, waar, tabel, lambda r: {JONGEREN: getal(r, VELDEN_JEUGD[-1])})


def wmo(rijen: Sequence[Rij], jaar: int, waar: str, tabel: str) -> Bijgegeven:
    """Clients with any provision per inhabitant, per code. Raises InvoerFout."""
    rijen = [r for r in rijen if tekst_van(r, VELDEN_WMO[0]).casefold().startswith(_TOTAAL_WMO)]
    maat = next((m for m in _PER_1000 if rijen and m in rijen[0]), "")
    if rijen and not maat:
        oorzaak = "in deze tabel ontbreekt de kolom met Wmo-cliënten per 1.000 inwoners."
        raise InvoerFout([Melding(OPTIE, waar, oorzaak, "Download de tabel met beide onderwerpen.", waar)])
    return _per_code(rijen, jaar, waar, tabel, lambda r: {"wmo": getal(r, maat, "promille")})


def _per_code(
    rijen: Sequence[Rij], jaar: int, waar: str, tabel: str, lees: Callable[[Rij], dict[str, float | None]]
) -> Bijgegeven:
    if not rijen:
        oorzaak = "er staat geen regel met alle vormen samen (totaal) in deze tabel."
        raise InvoerFout([Melding(OPTIE, waar, oorzaak, "Download de tabel met het totaal van de vormen.", waar)])
    rijen, welk = van_jaar(rijen, jaar, waar)
    uit: dict[str, dict[str, float]] = {}
    for rij in rijen:
        if not (code := code_van(rij, ("codering", "wijken"))):
            continue
        if code in uit:
            oorzaak = f"{code} heeft meer dan een regel."
            remedie = "Download de tabel zonder andere uitsplitsingen, en voor een periode."
            raise InvoerFout([Melding(OPTIE, waar, oorzaak, remedie, waar)])
        uit[code] = {veld: w for veld, w in lees(rij).items() if w is not None}
    if not uit:
        oorzaak = "in deze tabel staat bij geen enkele regel een code van een gebied."
        raise InvoerFout([Melding(OPTIE, waar, oorzaak, "Download de tabel met het onderwerp Codering.", waar)])
    status = status_van(tekst_van(rijen[0], "perioden"))
    return Bijgegeven({c: w for c, w in uit.items() if w}, f"CBS StatLine {tabel} ({welk}, {status})")


def als_aandeel(bij: Sequence[Bijgegeven], gebieden: Sequence[Gebied], land: Gebied) -> list[Bijgegeven]:
    """The same, with the count of young people as ratio to the children under 15: ``jeugdhulp`` as a Gebied has it.

    Only when the national number is of this table; else the count is left out. ``land`` without a number of its own.
    """
    kinderen: Mapping[str, float | None] = {g.code: g.kinderen for g in (land, *gebieden)}
    uit = []
    for tabel in bij:
        heeft = any(JONGEREN in w for w in tabel.waarden.values())
        mag = land.jeugdhulp is None and JONGEREN in tabel.waarden.get(LAND, {}) and kinderen.get(LAND)
        waarden = {}
        for code, velden in tabel.waarden.items():
            nieuw = {v: w for v, w in velden.items() if v != JONGEREN}
            if mag and JONGEREN in velden and (noemer := kinderen.get(code)):
                nieuw["jeugdhulp"] = min(velden[JONGEREN] / noemer, 1.0)
            waarden[code] = nieuw
        bron = f"{tabel.bron}, jongeren tot 23 per kind tot 15 jaar" if heeft and mag else tabel.bron
        uit.append(replace(tabel, waarden=waarden, bron=bron))
    return uit
