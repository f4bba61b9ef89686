"""Which columns of a KWB file to read, and the number in a cell: headings, matched with the names in ``onderwerpen``.

Columns are found by the stem of their key (``HuishoudensTotaal_29`` is ``HuishoudensTotaal``), by their title
in StatLine, or by their code in the KWB workbook; never by the number, which shifts from edition to edition.
A stem that occurs more often in one table is told apart by its unit and by the topics above it.

The attribute table of the *wijk- en buurtkaart* is read too (``AANTAL_HH`` in the shape files, ``aantal_huishoudens``
in the GeoPackage of PDOK). It gives parts in whole percents of a rounded total: these become counts with a margin.
Its ``P_LAAGINKH`` is "40% laagste inkomens" and no low income, so it is not read.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from mkba.invoer.cbs.codes import soort_van
from mkba.invoer.cbs.onderwerpen import WEGEN, Eenheid, Onderwerp
from mkba.invoer.tabel.cellen import Cel, getoond
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.notatie import gewone_spaties, lees_getal
from mkba.kern.tekst.schrift import is_onbekend
from mkba.kern.zaak.gebied import Gebied

EDITIES: Final = {
    2019: "84583NED",
    2020: "84799NED",
    2021: "85039NED",
    2022: "85318NED",
    2023: "85618NED",
    2024: "85984NED",
    2025: "86165NED",
    2026: "86358NED",
}
STANDAARDJAAR: Final = 2024
"""The fullest edition: of 2025 and 2026 the columns on income, benefits and care were still empty in 2026."""


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column as a file or the metadata of a table describes it; what is not known is empty."""

    sleutel: str
    """How a row names it: a key, a code or the position in a table."""
    stam: str
    titel: str = ""
    groepen: str = ""
    """Titles of the topics above it, from the top down."""
    eenheid: str = ""


Keuze = Mapping[str, tuple[Kolom, ...]]
"""Per field of Gebied the columns that add up to it; a field without columns is absent."""

_STAM: Final = re.compile(r"^(.*)_(\d+)$")
_ONBEKEND: Final = frozenset(("", "x", "–", "*", "^", "geheim"))
"""How CBS writes that a value is not known or secret, beside what every program writes."""
_CODE_ONBEKEND: Final = re.compile(r"9{3,}[0-9](?:[.]0+)?")
"""A number of nines below zero, -99995 to -99999 and longer: missing or secret in map files."""
_GEHEIM_KORT: Final = frozenset((99997, 99998, 99999))
_GEHEIM_LANG: Final = frozenset((99999997, 99999998, 99999999))
"""How map files without negative numbers write secret or unknown. A percentage is never that high; a count of a wijk
or buurt never that exact (CBS rounds to 5); of a gemeente or the country only the long ones are impossible."""
_HEEL_PROCENT: Final = 0.5 / 100
"""How far a percentage in whole numbers may be off."""
_GEDEELD: Final[dict[Eenheid, int]] = {"aantal": 1, "procent": 100, "promille": 1000}
_HOOGSTENS_MELDEN: Final = 20


def stam(sleutel: str) -> str:
    """The key of a column in small letters, without the running number of its edition."""
    treffer = _STAM.match(sleutel.strip())
    return (treffer[1] if treffer else sleutel.strip()).casefold()


def uit_sleutels(sleutels: Iterable[str]) -> list[Kolom]:
    """Columns of which only the key is known: rows of OData, or codes of the KWB workbook."""
    return [Kolom(s, s.strip().casefold() if _is_kwb(s) else stam(s)) for s in sleutels]


def uit_eigenschappen(eigenschappen: Sequence[Mapping[str, Any]]) -> list[Kolom]:
    """Columns from the DataProperties of a table, with title, unit and the topics above them."""
    per_id = {e.get("ID"): e for e in eigenschappen}
    kolommen = []
    for eigenschap in eigenschappen:
        sleutel = str(eigenschap.get("Key") or "")
        if not sleutel or not str(eigenschap.get("Type", "Topic")).startswith(("Topic", "GeoDetail")):
            continue
        if eigenschap.get("Type") == "TopicGroup":
            continue
        titels: list[str] = []
        ouder = per_id.get(eigenschap.get("ParentID"))
        while ouder is not None and len(titels) < 20:  # damaged metadata may run in a circle
            titels.insert(0, str(ouder.get("Title") or ""))
            ouder = per_id.get(ouder.get("ParentID"))
        titel, eenheid = str(eigenschap.get("Title") or ""), str(eigenschap.get("Unit") or "")
        kolommen.append(Kolom(sleutel, stam(sleutel), titel, " / ".join(titels), eenheid))
    return kolommen


def kies_kolommen(kolommen: Sequence[Kolom], bestand: str = "") -> Keuze:
    """Per field the columns to read. Raises InvoerFout when two columns fit equally well."""
    keuze: dict[str, tuple[Kolom, ...]] = {}
    meldingen: list[Melding] = []
    for veld, wegen in WEGEN.items():
        for weg in wegen:
            passend = [_zoek(onderwerp, kolommen) for onderwerp in weg]
            if not all(passend):
                continue
            meldingen += [_dubbel(veld, p, bestand) for p in passend if len(p) > 1]
            keuze[veld] = tuple(p[0] for p in passend)
            break
    if meldingen:
        raise InvoerFout(meldingen)
    return keuze


def is_bekend(kolom: Kolom) -> bool:
    """Whether a column may hold anything of a Gebied."""
    return any(_hoort_bij(kolom, onderwerp) for wegen in WEGEN.values() for weg in wegen for onderwerp in weg)


def gezocht() -> str:
    """What a file must have, for in a message."""
    onderwerp = WEGEN["huishoudens"][0][0]
    return (
        "een kolom met codes (Codering, Codering (code), gwb_code_10, gwb_code, of BU_CODE, WK_CODE of GM_CODE) en een "
        f"kolom met huishoudens (HuishoudensTotaal_.., '{onderwerp.titels[0].capitalize()}', "
        f"{onderwerp.stammen[1]} of {onderwerp.stammen[2].upper()})"
    )


def lees_waarde(waarde: object, eenheid: Eenheid, factor: int = 1) -> float | None:
    """A cell, or what the service gives, as a number; percentages and per 1,000 as fractions. Raises FouteWaarde.

    Unknown or secret is None, never 0; so are the codes for missing in map files. A number that is
    shown with a percent sign is the fraction itself, whatever the column counts in.
    """
    procent, fout = (waarde.procent, waarde.fout) if isinstance(waarde, Cel) else (False, None)
    waarde = waarde.waarde if isinstance(waarde, Cel) else waarde
    if waarde is None or isinstance(waarde, bool):
        return None
    if isinstance(waarde, int | float):
        if fout is not None:
            raise fout
        if not math.isfinite(waarde):
            return None
        getal = Decimal(repr(waarde))
    else:
        tekst = gewone_spaties(str(waarde))
        if tekst.casefold() in _ONBEKEND or is_onbekend(tekst):
            return None
        if fout is not None:
            raise fout
        if procent := tekst.endswith("%"):
            tekst = tekst.removesuffix("%").rstrip()
        getal = _uit_tekst(tekst, "procent" if procent else eenheid)
        getal = getal / _GEDEELD["procent"] if procent else getal
    if getal < 0:
        if _CODE_ONBEKEND.fullmatch(str(abs(getal))):
            return None
        oorzaak = "minder dan nul kan niet, en het is geen code voor onbekend of geheim (-99997, -99999999)."
        raise FouteWaarde(oorzaak, "Controleer de kolom, of maak de cel leeg als het getal onbekend is.")
    if procent:
        if eenheid == "aantal":
            raise FouteWaarde("dit is een percentage, en hier hoort een aantal.", "Zet de kolom op gewone getallen.")
        deler = 1
    elif getal in _GEHEIM_LANG or (eenheid != "aantal" and getal in _GEHEIM_KORT):
        return None
    else:
        deler = _GEDEELD[eenheid]
    # by way of decimals: 5.7 per cent is 0.057, not 0.057000000000000002
    uitkomst = float(getal * factor / deler)
    if eenheid != "aantal" and uitkomst > 1:
        raise FouteWaarde("dit is meer dan alle inwoners of huishoudens.", "Controleer de kolom.")
    return uitkomst


def maak_gebied(
    code: str, naam: str, jaar: int, bron: str, rij: Mapping[str, object], keuze: Keuze, plaats: str = ""
) -> Gebied:
    """One row as a Gebied. ``rij`` maps ``Kolom.sleutel`` to the cell; ``plaats``: for messages. Raises InvoerFout."""
    waarden: dict[str, Any] = {}  # a number, or None
    meldingen: list[Melding] = []
    for veld in (v for v in WEGEN if v in keuze):  # a total before its parts
        kolommen = keuze[veld]
        weg = _weg(veld, kolommen)
        delen: list[float | None] = []
        for kolom, onderwerp in zip(kolommen, weg, strict=True):
            try:
                deel = lees_waarde(rij.get(kolom.sleutel), onderwerp.eenheid, _factor(kolom.eenheid))
            except FouteWaarde as fout:
                meldingen.append(Melding(veld, getoond(rij.get(kolom.sleutel)), fout.oorzaak, fout.remedie, plaats))
                continue
            delen.append(None if _geheim_aantal(deel, onderwerp, code) else deel)
        bekend = [d for d in delen if d is not None]
        # a sum with an unknown part is unknown
        som = sum(bekend) if delen and len(bekend) == len(kolommen) else None
        if weg[0].van and som is not None:
            geheel = waarden.get(weg[0].van)
            som = None if geheel is None else som * geheel
        waarden[veld] = som
    if meldingen:
        raise InvoerFout(meldingen[:_HOOGSTENS_MELDEN])
    marge = _HEEL_PROCENT if in_procenten(keuze) else 0.0
    return Gebied(code=code, naam=naam, soort=soort_van(code), jaar=jaar, bron=bron, marge=marge, **waarden)


def eenheid_van(veld: str, kolom: Kolom) -> Eenheid:
    """What the numbers of a chosen column count in."""
    onderwerpen = [o for weg in WEGEN[veld] for o in weg if _hoort_bij(kolom, o)]
    return onderwerpen[0].eenheid


def in_procenten(keuze: Keuze) -> bool:
    """Whether counts follow from whole percents of a total, as in the map of CBS."""
    return any(_weg(veld, kolommen)[0].van for veld, kolommen in keuze.items())


def _weg(veld: str, kolommen: Sequence[Kolom]) -> tuple[Onderwerp, ...]:
    """The way of ``WEGEN`` that chose these columns."""
    for weg in WEGEN[veld]:
        if len(weg) == len(kolommen) and all(_hoort_bij(k, o) for k, o in zip(kolommen, weg, strict=True)):
            return weg
    return WEGEN[veld][0]


def _hoort_bij(kolom: Kolom, onderwerp: Onderwerp) -> bool:
    return kolom.stam in onderwerp.stammen or _schoon(kolom.titel) in onderwerp.titels


def _geheim_aantal(waarde: float | None, onderwerp: Onderwerp, code: str) -> bool:
    """Whether a count is a code for secret: CBS rounds those of a wijk or buurt to 5."""
    return onderwerp.eenheid == "aantal" and waarde in _GEHEIM_KORT and soort_van(code) in ("wijk", "buurt")


def _is_kwb(sleutel: str) -> bool:
    """Codes of the workbook carry meaningful digits (a_00_14): not a running number."""
    return bool(re.match(r"\s*[a-z]{1,4}_", sleutel)) and not re.match(r"\s*k_[0-9]", sleutel)


def _zoek(onderwerp: Onderwerp, kolommen: Sequence[Kolom]) -> list[Kolom]:
    """The columns that fit; among several, those under the right topic."""
    gevonden = [k for k in kolommen if k.stam in onderwerp.stammen]
    gevonden = gevonden or [k for k in kolommen if _schoon(k.titel) in onderwerp.titels]
    gevonden = [k for k in gevonden if _past(k.eenheid, onderwerp.eenheid)]
    if len(gevonden) > 1:
        gevonden = [k for k in gevonden if onderwerp.groep in k.groepen.casefold()] or gevonden
    return gevonden


def _schoon(titel: str) -> str:
    return " ".join(gewone_spaties(titel).casefold().split())


def _compact(eenheid: str) -> str:
    return "".join(eenheid.casefold().split())


def _past(gevonden: str, verwacht: Eenheid) -> bool:
    eenheid = _compact(gevonden)
    if not eenheid:
        return True
    if verwacht == "procent":
        return eenheid == "%"
    if verwacht == "promille":
        return eenheid.startswith("per1000")
    return eenheid in ("aantal", "x1000")


def _factor(eenheid: str) -> int:
    return 1000 if _compact(eenheid) == "x1000" else 1


def _uit_tekst(tekst: str, eenheid: Eenheid) -> Decimal:
    if re.fullmatch(r"-[0-9]+(?:[.,][0-9]+)?", tekst):
        return Decimal(tekst.replace(",", "."))
    if eenheid == "aantal":
        return Decimal(repr(lees_getal(tekst, "aantal")))
    if not re.fullmatch(r"[0-9]++(?:[.,][0-9]++)?|[.,][0-9]++", tekst):
        raise FouteWaarde("dit is geen getal.", "Bewaar het bestand zoals het CBS het levert.")
    return Decimal(tekst.replace(",", "."))


def _dubbel(veld: str, kolommen: Sequence[Kolom], bestand: str) -> Melding:
    namen = ", ".join(k.sleutel for k in kolommen)
    return Melding(
        veld,
        namen,
        "meer kolommen passen bij dit gegeven.",
        "Bewaar een van deze kolommen en verwijder de andere.",
        bestand,
    )
