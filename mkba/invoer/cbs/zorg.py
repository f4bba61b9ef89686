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
from mkba.invoer.cbs.statline import Rij, getal, per_gebied, status_van, tekst_van
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import LAND, Gebied

JAAR: Final = 2025
"""The first year whose kerncijfers have no care; of it are the two tables below. Files of earlier ones read as well."""
JEUGD: Final = "86204NED"
WMO: Final = "86158NED"
JONGEREN: Final = "jongeren"
"""In a Bijgegeven: young people with care, a count, until :func:`als_aandeel`."""
PER_KIND: Final = "jongeren tot 23 per kind tot 15 jaar"
"""What such a number is, at the end of its source: a ratio and no share."""
VELDEN_JEUGD: Final = ("wijken", "perioden", "totaaljongerenmetjeugdzorg")
VELDEN_WMO: Final = ("typemaatwerkvoorziening", "wijken", "perioden", "wmoclienten")
_VORMEN: Final = ("vormen", "vormenvanjeugdzorg", "typejeugdzorg")
_PER_1000: Final = ("wmoclientenper1000inwoners2", "wmoclientenper1000inwoners", "wmoclienten2")
_TOTAAL_JEUGD: Final = ("t001203", "totaal jeugdzorg")
_TOTAAL_WMO: Final = ("t001024", "totaal")
_EERSTE: Final = 8
"""Areas that a reason names."""
_Lees = Callable[[Rij, str], dict[str, float | None]]


def jeugd(rijen: Sequence[Rij], jaar: int, waar: str, tabel: str) -> Bijgegeven:
    """Young people with any form of youth care per code. Raises InvoerFout."""
    welke = next((d for d in _VORMEN if d in rijen[0]), "")
    rijen = [r for r in rijen if not welke or tekst_van(r, welke).casefold().startswith(_TOTAAL_JEUGD)]
    return _per_code(rijen, jaar, waar, tabel, lambda r, hier: {JONGEREN: getal(r, VELDEN_JEUGD[-1], waar=hier)})


def wmo(rijen: Sequence[Rij], jaar: int, waar: str, tabel: str) -> Bijgegeven:
    """Clients with any provision per inhabitant, per code. Raises InvoerFout."""
    rijen = [r for r in rijen if tekst_van(r, VELDEN_WMO[0]).casefold().startswith(_TOTAAL_WMO)]
    maat = next((m for m in _PER_1000 if rijen and m in rijen[0]), "")
    if rijen and not maat:
        oorzaak = "in deze tabel ontbreekt de kolom met Wmo-cliënten per 1.000 inwoners."
        raise InvoerFout([Melding(OPTIE, waar, oorzaak, "Download de tabel met beide onderwerpen.", waar)])
    return _per_code(rijen, jaar, waar, tabel, lambda r, hier: {"wmo": getal(r, maat, "promille", hier)})


def _per_code(rijen: Sequence[Rij], jaar: int, waar: str, tabel: str, lees: _Lees) -> Bijgegeven:
    if not rijen:
        oorzaak = "er staat geen regel met alle vormen samen (totaal) in deze tabel."
        raise InvoerFout([Melding(OPTIE, waar, oorzaak, "Download de tabel met het totaal van de vormen.", waar)])
    rijen, welk = van_jaar(rijen, jaar, waar)

    def dubbel(oorzaak: str) -> InvoerFout:
        remedie = "Download de tabel zonder andere uitsplitsingen, en voor een periode."
        return InvoerFout([Melding(OPTIE, waar, oorzaak, remedie, waar)])

    uit = {
        code: {veld: w for veld, w in lees(rij, f"{waar}, {code}").items() if w is not None}
        for code, rij in per_gebied(rijen, ("codering", "wijken"), dubbel).items()
    }
    if not uit:
        oorzaak = "in deze tabel staat bij geen enkele regel een code van een gebied."
        raise InvoerFout([Melding(OPTIE, waar, oorzaak, "Download de tabel met het onderwerp Codering.", waar)])
    status = status_van(tekst_van(rijen[0], "perioden"))
    return Bijgegeven({c: w for c, w in uit.items() if w}, f"CBS StatLine {tabel} ({welk}, {status})")


def als_aandeel(
    bij: Sequence[Bijgegeven], gebieden: Sequence[Gebied], land: Gebied
) -> tuple[list[Bijgegeven], list[str]]:
    """The same, with the count of young people as ratio to the children under 15: ``jeugdhulp`` as a Gebied has it.

    Only when the national number is of this table (it may stand in another file of it) and no area has a share of its
    own; else the count is left out, and the second list says of which table and why. ``land`` without those tables.
    """
    kinderen: Mapping[str, float | None] = {g.code: g.kinderen for g in (land, *gebieden)}
    met_land = {tabel.bron for tabel in bij if JONGEREN in tabel.waarden.get(LAND, {})}
    eigen = any(g.jeugdhulp is not None for g in gebieden)
    uit, waarom = [], []
    for tabel in bij:
        if not any(JONGEREN in w for w in tabel.waarden.values()):
            uit.append(tabel)
            continue
        reden = _waarom_niet(land, tabel.bron in met_land, eigen)
        te_veel = []
        waarden = {}
        for code, velden in tabel.waarden.items():
            nieuw = {v: w for v, w in velden.items() if v != JONGEREN}
            if not reden and JONGEREN in velden and (noemer := kinderen.get(code)):
                if velden[JONGEREN] > noemer:
                    te_veel.append(code)
                else:
                    nieuw["jeugdhulp"] = velden[JONGEREN] / noemer
            waarden[code] = nieuw
        if te_veel:
            reden = "waar meer jongeren met jeugdzorg dan kinderen tot 15 jaar zijn, en dat is in "
            reden += ", ".join(te_veel[:_EERSTE])
            reden += f" en {len(te_veel) - _EERSTE} andere" if len(te_veel) > _EERSTE else ""
        waarom += [f"{tabel.bron}: {reden}"] if reden else []
        uit.append(replace(tabel, waarden=waarden, bron=f"{tabel.bron}, {PER_KIND}"))
    return uit, waarom


def _waarom_niet(land: Gebied, van_tabel: bool, eigen: bool) -> str:
    """Why a count of young people compares with nothing; empty when it does."""
    if land.jeugdhulp is not None:
        return "het landelijke cijfer is een aandeel van de jongeren, en dat is geen aantal per kind tot 15 jaar"
    if not van_tabel:
        return "de regel Nederland (NL01) staat er niet in, dus er is niets om mee te vergelijken"
    if eigen:
        return "een deel van de gebieden heeft in de kerncijfers een aandeel van de jongeren, en dat is een andere maat"
    if not land.kinderen:
        return "het aantal kinderen tot 15 jaar in Nederland is niet bekend, dus er is geen landelijk cijfer per kind"
    return ""
