"""One distinct cell of a column of a registration: its value, or what was expected instead.

Every scalar reader is that of the caseload registration; here is only which column takes which, and how to say what it
expects. Nothing here says what stood in the cell.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from mkba.invoer.effectmeting.kolommen import TYPE_VAN, Kolom
from mkba.invoer.registratie.cellen import lees_datum, lees_id, lees_ja_nee_leeg, lees_kinderen, lees_score
from mkba.invoer.registratie.domeinen import ONTBREEKT, SAMENSTELLINGEN, normaliseer
from mkba.invoer.registratie.meldingen import JAREN, MAXIMUM_LEEFTIJD, Afgekeurd
from mkba.invoer.tabel.cellen import Cel
from mkba.kern.tekst.meldingen import FouteWaarde
from mkba.kern.tekst.notatie import gewone_spaties, lees_getal, nederlands, schoon
from mkba.kern.tekst.persoonlijk import persoonlijk_in
from mkba.kern.tekst.schrift import MAXIMUM_NAAM, heeft_stuurtekens
from mkba.kern.woorden.begrippen import DISCIPLINE_OP_NAAM

_LEEG: Final = frozenset(ONTBREEKT - {"99", "99_onbesproken"})
"""Words for nothing; 99 is one among scores only."""
_PERIODE: Final = re.compile(r"([12][0-9]{3})[ \-/]?[KQkq][ ]?([1-4])")
_MOMENT: Final = re.compile(r"(0|6|12|18)(?:[.,]0)?\s*(?:mnd|maand|maanden|m)?\.?", re.IGNORECASE)
_KORT: Final = re.compile("[A-Za-z]{0,4}[0-9]{1,7}")
"""A code too short to be a bsn, a date or a telephone number, and no postcode: most codes, looked at once."""
_TYPE_OP_NAAM: Final = {model: ons for ons, model in TYPE_VAN.items()}
_ANDERE_NAMEN: Final[Mapping[str, Mapping[str, str]]] = {
    "type": {n: _TYPE_OP_NAAM[s[0]] for n, s in SAMENSTELLINGEN.items() if s[0] is not None},
    "discipline": {normaliseer(naam): d for naam, d in DISCIPLINE_OP_NAAM.items()},
    "stand": {"toegevoegd": "nieuw", "erbij": "nieuw", "geschrapt": "afgevallen", "weg": "afgevallen"},
    "uitkomst": {"dreigt": "dreigde", "dreiging": "dreigde"},
    "zwaarte": {"enkelvoudig": "ev", "meervoudig_zelfredzaam": "zr", "meervoudig_niet_zelfredzaam": "nzr"},
}
"""Other words for a choice, by the name of the column; the template has the choices themselves."""


class Verkeerd(ValueError):
    """A cell that does not fit; ``verwacht`` says what does."""

    def __init__(self, verwacht: str) -> None:
        self.verwacht = verwacht
        super().__init__(verwacht)


def verwacht(kolom: Kolom) -> str:
    """What a column expects, in words."""
    match kolom.soort:
        case "pseudoniem" | "code":
            wat = "een code van letters en cijfers met ten minste een cijfer, zonder spaties, en geen bsn of naam"
        case "tekst":
            wat = f"een naam van ten hoogste {MAXIMUM_NAAM} tekens, zonder gegevens van personen"
        case "keuze" if kolom.naam == "leeftijdsklasse_oudste":
            wat = f"een van {', '.join(kolom.keuzes)}, of een leeftijd in jaren"
        case "keuze" | "moment":
            wat = f"een van {', '.join(kolom.keuzes)}"
        case "ja_nee":
            wat = "ja of nee"
        case "datum":
            wat = f"een datum zoals 2024-03-01 of 1-3-2024, van {JAREN[0]} tot en met {JAREN[-1]}"
        case "periode":
            wat = "een jaar en kwartaal, zoals 2024K1"
        case "geheel":
            wat = f"een geheel getal van 0 tot en met {nederlands(kolom.hoog)}"
        case "getal":
            wat = f"een getal van 0 tot en met {nederlands(kolom.hoog)}"
        case "score":
            wat = "een score op de schaal van dit bestand (1 tot en met 5, of 0 en 1), of 99"
    return wat if kolom.verplicht else f"{wat}, of leeg"


def lees_cel(kolom: Kolom, cel: Cel, waarden: Mapping[str, str]) -> Any:
    """The value of a cell, None when it is empty; of a score the :class:`Score` as written. Raises Verkeerd.

    ``waarden``: the user's own words for the choices.
    """
    try:
        waarde = _LEZERS[kolom.soort](kolom, cel, waarden)
    except Afgekeurd:
        raise Verkeerd(verwacht(kolom)) from None
    except FouteWaarde:  # its text may repeat the value
        raise Verkeerd(verwacht(kolom)) from None
    if waarde is None and kolom.verplicht:
        raise Verkeerd(verwacht(kolom))
    return waarde


def _tekst_van(kolom: Kolom, cel: Cel) -> str:
    if cel.fout is not None or isinstance(cel.waarde, bool):
        raise Verkeerd(verwacht(kolom))
    waarde = cel.waarde
    if isinstance(waarde, float) and waarde.is_integer():
        waarde = int(waarde)
    return gewone_spaties(str(waarde or "")) if waarde != 0 else "0"


def _pseudoniem(kolom: Kolom, cel: Cel, _: Mapping[str, str]) -> str | None:
    if isinstance(cel.waarde, str) and cel.fout is None and _KORT.fullmatch(cel.waarde):
        return cel.waarde
    if cel.leeg:
        return None
    tekst = lees_id(cel)
    if wat := persoonlijk_in(tekst, met_datum=True):
        raise Verkeerd(f"een code die geen {wat.removeprefix('een ')} bevat")
    return tekst


def _tekst(kolom: Kolom, cel: Cel, _: Mapping[str, str]) -> str | None:
    tekst = _tekst_van(kolom, cel)
    if not tekst:
        return None
    if wat := persoonlijk_in(tekst, met_datum=True):
        raise Verkeerd(f"een naam van een team, wijk of organisatie; hier lijkt {wat} te staan")
    if len(tekst) > MAXIMUM_NAAM or heeft_stuurtekens(tekst):
        raise Verkeerd(verwacht(kolom))
    return tekst


def _keuze(kolom: Kolom, cel: Cel, waarden: Mapping[str, str]) -> str | None:
    tekst = _tekst_van(kolom, cel)
    naam = normaliseer(tekst)
    if naam in waarden:
        return waarden[naam]
    if naam in _keuzes_op_naam(kolom):
        return _keuzes_op_naam(kolom)[naam]
    if kolom.naam == "stand" and schoon(tekst) in ("+1", "-1"):
        return "nieuw" if schoon(tekst) == "+1" else "afgevallen"
    if kolom.naam == "leeftijdsklasse_oudste" and tekst.isdigit() and int(tekst) <= MAXIMUM_LEEFTIJD:
        return leeftijdsklasse(int(tekst))
    if naam in _LEEG:
        return None
    raise Verkeerd(verwacht(kolom))


@lru_cache(maxsize=256)
def _keuzes_op_naam(kolom: Kolom) -> Mapping[str, str]:
    return {**_ANDERE_NAMEN.get(kolom.naam, {}), **{normaliseer(k): k for k in kolom.keuzes}}


def leeftijdsklasse(jaren: int) -> str:
    """The class of an age: the bounds are in the names, the lower one belongs to the class."""
    grenzen = {"tot_27": 27, "27_45": 45, "45_65": 65, "65_80": 80}
    return next((klasse for klasse, tot in grenzen.items() if jaren < tot), "80_plus")


def _ja_nee(kolom: Kolom, cel: Cel, waarden: Mapping[str, str]) -> bool | None:
    eigen = waarden.get(normaliseer(cel.waarde))
    return eigen == "ja" if eigen else lees_ja_nee_leeg(cel)


def _datum(kolom: Kolom, cel: Cel, _: Mapping[str, str]) -> dt.date | None:
    return lees_datum(cel)


def _moment(kolom: Kolom, cel: Cel, _: Mapping[str, str]) -> int | None:
    tekst = _tekst_van(kolom, cel)
    if not tekst:
        return None
    if treffer := _MOMENT.fullmatch(tekst):
        return int(treffer[1])
    raise Verkeerd(verwacht(kolom))


def _periode(kolom: Kolom, cel: Cel, _: Mapping[str, str]) -> str | None:
    tekst = _tekst_van(kolom, cel)
    if not tekst:
        return None
    treffer = _PERIODE.fullmatch(tekst)
    if treffer is None or int(treffer[1]) not in JAREN:
        raise Verkeerd(verwacht(kolom))
    return f"{treffer[1]}K{treffer[2]}"


def _getal(kolom: Kolom, cel: Cel, _: Mapping[str, str]) -> float | None:
    if cel.fout is not None or isinstance(cel.waarde, bool) or cel.procent:
        raise Verkeerd(verwacht(kolom))
    if isinstance(cel.waarde, int | float):
        getal = float(cel.waarde)
    elif normaliseer(cel.waarde) in _LEEG:
        return None
    else:
        getal = lees_getal(str(cel.waarde), "eur" if kolom.naam.endswith("_eur") else "decimaal")
    if not (math.isfinite(getal) and kolom.laag <= getal <= kolom.hoog):
        raise Verkeerd(verwacht(kolom))
    return getal


def _geheel(kolom: Kolom, cel: Cel, waarden: Mapping[str, str]) -> int | None:
    if kolom.naam == "kinderen":
        return lees_kinderen(cel)
    if isinstance(cel.waarde, str) and cel.fout is None and normaliseer(cel.waarde) not in _LEEG:
        getal: float | None = lees_getal(cel.waarde, "aantal")
        cel = Cel(getal)
    getal = _getal(kolom, cel, waarden)
    if getal is not None and getal != int(getal):
        raise Verkeerd(verwacht(kolom))
    return None if getal is None else int(getal)


_LEZERS: Final[Mapping[str, Callable[[Kolom, Cel, Mapping[str, str]], Any]]] = {
    "pseudoniem": _pseudoniem,
    "code": _pseudoniem,
    "tekst": _tekst,
    "keuze": _keuze,
    "ja_nee": _ja_nee,
    "datum": _datum,
    "moment": _moment,
    "periode": _periode,
    "geheel": _geheel,
    "getal": _getal,
    "score": lambda kolom, cel, _: lees_score(cel),
}
