"""Which column of Kerncijfers wijken en buurten (KWB) holds what, in every edition and every kind of file.

Columns are found by the stem of their key (``HuishoudensTotaal_29`` is ``HuishoudensTotaal``), by their title
in StatLine, or by their code in the KWB workbook; never by the number, which shifts from edition to edition.
A stem that occurs more often in one table is told apart by its unit and by the topics above it.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from mkba.invoer.cbs_codes import soort_van
from mkba.invoer.fouten import FouteWaarde, InvoerFout, Melding
from mkba.invoer.getal import gewone_spaties, lees_getal
from mkba.invoer.schrift import is_onbekend
from mkba.invoer.statistiek import Gebied

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

Eenheid = Literal["aantal", "procent", "promille"]


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


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """What to look for: stem or code (small letters), title, a word in the topics above it, and the unit."""

    stammen: tuple[str, ...]
    titels: tuple[str, ...]
    groep: str
    eenheid: Eenheid


# Per field of Gebied the ways to read it, the best one first; a way with two columns is their sum.
# p_hh_li in the KWB workbook is "40% huishoudens met laagste inkomen"; low income is p_hh_lkk.
WEGEN: Final[dict[str, tuple[tuple[Onderwerp, ...], ...]]] = {
    "huishoudens": ((Onderwerp(("huishoudenstotaal", "a_hh"), ("huishoudens totaal",), "huishoudens", "aantal"),),),
    "eenpersoons": (
        (Onderwerp(("eenpersoonshuishoudens", "a_1p_hh"), ("eenpersoonshuishoudens",), "huishoudens", "aantal"),),
    ),
    "zonder_kinderen": (
        (
            Onderwerp(
                ("huishoudenszonderkinderen", "a_hh_z_k"), ("huishoudens zonder kinderen",), "huishoudens", "aantal"
            ),
        ),
    ),
    "met_kinderen": (
        (Onderwerp(("huishoudensmetkinderen", "a_hh_m_k"), ("huishoudens met kinderen",), "huishoudens", "aantal"),),
    ),
    "inwoners": ((Onderwerp(("aantalinwoners", "a_inw"), ("aantal inwoners",), "bevolking", "aantal"),),),
    "ouderen": (
        (Onderwerp(("k_65jaarofouder", "a_65_oo"), ("65 jaar of ouder",), "leeftijd", "aantal"),),
        (
            # the edition of 2026 splits the oldest group
            Onderwerp(
                ("k_65jaartot80jaar", "k_65tot80jaar", "a_65_79"),
                ("65 jaar tot 80 jaar", "65 tot 80 jaar"),
                "leeftijd",
                "aantal",
            ),
            Onderwerp(("k_80jaarofouder", "a_80_oo"), ("80 jaar of ouder",), "leeftijd", "aantal"),
        ),
    ),
    "laag_inkomen": (
        (
            Onderwerp(
                ("huishoudensmeteenlaaginkomen", "p_hh_lkk"),
                ("huishoudens met een laag inkomen",),
                "inkomen",
                "procent",
            ),
        ),
    ),
    "armoede": ((Onderwerp(("personeninarmoede", "p_ink_ar"), ("personen in armoede",), "inkomen", "procent"),),),
    "bijstand": (
        (
            Onderwerp(
                ("personenpersoortuitkeringbijstand", "a_soz_wb"),
                ("personen per soort uitkering; bijstand",),
                "sociale zekerheid",
                "aantal",
            ),
        ),
    ),
    "jeugdhulp": (
        (
            Onderwerp(
                ("percentagejongerenmetjeugdzorg", "p_jz_tn"),
                ("percentage jongeren met jeugdzorg",),
                "zorg",
                "procent",
            ),
        ),
    ),
    "wmo": ((Onderwerp(("wmoclientenrelatief", "p_wmo_t"), ("wmo-cliënten relatief",), "zorg", "promille"),),),
}

Keuze = Mapping[str, tuple[Kolom, ...]]
"""Per field of Gebied the columns that add up to it; a field without columns is absent."""

_STAM: Final = re.compile(r"^(.*)_(\d+)$")
_ONBEKEND: Final = frozenset(("", "x", "–", "*", "^", "geheim"))
"""How CBS writes that a value is not known or secret, beside what statistics packages write."""
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
    return any(
        kolom.stam in onderwerp.stammen or _schoon(kolom.titel) in onderwerp.titels
        for wegen in WEGEN.values()
        for weg in wegen
        for onderwerp in weg
    )


def gezocht() -> str:
    """What a file must have, for in a message."""
    onderwerp = WEGEN["huishoudens"][0][0]
    return (
        "een kolom met codes (Codering, Codering (code), gwb_code_10 of gwb_code) en een kolom met huishoudens "
        f"(HuishoudensTotaal_.., '{onderwerp.titels[0].capitalize()}' of {onderwerp.stammen[1]})"
    )


def lees_waarde(waarde: object, eenheid: Eenheid, factor: int = 1) -> float | None:
    """A cell as a number; percentages and per 1,000 as fractions. Raises FouteWaarde.

    Unknown, secret or impossible is None, never 0; so are the negative codes for missing in map files.
    """
    if waarde is None or isinstance(waarde, bool):
        return None
    if isinstance(waarde, int | float):
        if not math.isfinite(waarde):
            return None
        getal = Decimal(repr(waarde))
    else:
        tekst = gewone_spaties(str(waarde))
        if tekst.casefold() in _ONBEKEND or is_onbekend(tekst):
            return None
        getal = _uit_tekst(tekst, eenheid)
    if getal < 0:
        return None
    # by way of decimals: 5.7 per cent is 0.057, not 0.057000000000000002
    uitkomst = float(getal * factor / _GEDEELD[eenheid])
    if eenheid != "aantal" and uitkomst > 1:
        raise FouteWaarde("dit is meer dan alle inwoners of huishoudens.", "Controleer de kolom.")
    return uitkomst


def maak_gebied(
    code: str, naam: str, jaar: int, bron: str, rij: Mapping[str, object], keuze: Keuze, plaats: str = ""
) -> Gebied:
    """One row as a Gebied. ``rij`` maps ``Kolom.sleutel`` to the cell. Raises InvoerFout."""
    waarden: dict[str, float | None] = {}
    meldingen: list[Melding] = []
    for veld, kolommen in keuze.items():
        eenheid = WEGEN[veld][0][0].eenheid
        delen: list[float | None] = []
        for kolom in kolommen:
            try:
                delen.append(lees_waarde(rij.get(kolom.sleutel), eenheid, _factor(kolom.eenheid)))
            except FouteWaarde as fout:
                meldingen.append(Melding(veld, rij.get(kolom.sleutel), fout.oorzaak, fout.remedie, plaats))
        bekend = [d for d in delen if d is not None]
        # a sum with an unknown part is unknown
        waarden[veld] = sum(bekend) if delen and len(bekend) == len(kolommen) else None
    if meldingen:
        raise InvoerFout(meldingen[:_HOOGSTENS_MELDEN])
    return Gebied(code=code, naam=naam, soort=soort_van(code), jaar=jaar, bron=bron, **waarden)


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
