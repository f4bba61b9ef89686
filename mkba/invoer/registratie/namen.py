"""What a header of a registration says: a domain under one of its many names, a scale, or a column that is known.

Names of the editions of the ZRM (2010, 2013, 2017, supplement ouderschap), of its likes in Dutch care and shelter
(zelfredzaamheidsmeter and -radar, krachtwerk, herstelster) and of plain language. A name that can be two domains is not
guessed: it is refused, or read when the file has the other domain under a name of its own.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from openpyxl.utils import get_column_letter

from mkba.invoer.registratie.cellen import Schaal
from mkba.invoer.registratie.domeinen import (
    DATUM_KOPPEN,
    DOMEIN_KOPPEN,
    GGM_KOPPEN,
    ID_KOPPEN,
    JA_NEE,
    KENMERK_OP_NAAM,
    LABEL_KOPPEN,
    LABELS,
    SCORE_KOPPEN,
    domeinnamen,
    kern,
    normaliseer,
    zoek_domein,
)

_BEKEND: Final = frozenset(
    {*KENMERK_OP_NAAM, *ID_KOPPEN, *DATUM_KOPPEN, *DOMEIN_KOPPEN, *LABEL_KOPPEN, *SCORE_KOPPEN, *GGM_KOPPEN}
)


@dataclass(frozen=True, slots=True)
class Lezing:
    """One way to read a name: ``domein`` (None: no domain at all), unless one of ``vervalt_bij`` is in the file."""

    woorden: str
    domein: str | None
    vervalt_bij: frozenset[str] = frozenset()


_DAG: Final = frozenset({"dagbesteding", "tijdsbesteding"})
_DAGBESTEDING: Final = Lezing("dagbesteding of tijdsbesteding", "dagbesteding", _DAG)
_ADL: Final = Lezing("(instrumentele) ADL", "instrumentele_adl", frozenset({"adl", "instrumentele_adl"}))
_WERK: Final = Lezing("werk en opleiding", "werk_opleiding", frozenset({"werk_opleiding", "werk"}))
_GELD: Final = Lezing("financiën", "financien", frozenset({"financien"}))
_GEEST: Final = Lezing("geestelijke gezondheid", "geestelijke_gezondheid", frozenset({"geestelijke_gezondheid"}))
_LIJF: Final = Lezing("lichamelijke gezondheid", "lichamelijke_gezondheid", frozenset({"lichamelijke_gezondheid"}))
_HUIS: Final = Lezing("huisvesting", "huisvesting", frozenset({"huisvesting"}))
_THUIS: Final = Lezing("huiselijke relaties", "huiselijke_relaties", frozenset({"huiselijke_relaties"}))
_NETWERK: Final = Lezing("sociaal netwerk", "sociaal_netwerk", frozenset({"sociaal_netwerk"}))
_MEEDOEN: Final = Lezing(
    "maatschappelijke participatie", "maatschappelijke_participatie", frozenset({"maatschappelijke_participatie"})
)
_OUDERSCHAP: Final = frozenset({"ouderschap_verzorging", "ouderschap_ondersteuning"})

TWEEDUIDIG: Final[Mapping[str, tuple[Lezing, ...]]] = {
    **dict.fromkeys(("dagelijkse_activiteiten", "activiteiten", "dagactiviteiten"), (_DAGBESTEDING, _ADL)),
    **dict.fromkeys(("werk_inkomen", "inkomen_werk"), (_WERK, _GELD)),
    **dict.fromkeys(("wonen_huishouden", "huishouden_wonen", "wonen_huishouding"), (_HUIS, _ADL)),
    **dict.fromkeys(("gezondheid", "gezondheidssituatie"), (_GEEST, _LIJF)),
    "relaties": (_THUIS, _NETWERK),
    "sociale_relaties": (_NETWERK, _THUIS),
    "gezin_relaties": (_THUIS, _NETWERK),
    "meedoen_werk": (_MEEDOEN, _WERK),
    "scholing": (_WERK, Lezing("scholing van de kinderen (supplement ouderschap)", "ouderschap_scholing")),
    "opvang": (
        Lezing("opvang van de kinderen (supplement ouderschap)", "ouderschap_opvang"),
        Lezing("maatschappelijke opvang", None, _OUDERSCHAP),
    ),
    "veiligheid": (
        Lezing("huiselijk geweld", "huiselijk_geweld", frozenset({"huiselijk_geweld"})),
        Lezing("overlast", "overlast", frozenset({"overlast", "justitie"})),
        Lezing("veiligheid van de kinderen", "onveiligheid_kinderen", frozenset({"onveiligheid_kinderen"})),
    ),
}
"""Names (normalised) that are two domains, which may lie in two areas."""

NIET_IN_DE_ZRM: Final = frozenset(
    {
        *("zingeving", "motivatie", "motivatie_verantwoordelijkheid", "levensvragen", "geloof", "spiritualiteit"),
        *("taal", "taalvaardigheid", "taalbeheersing", "mobiliteit", "vervoer", "digitale_vaardigheden", "overig"),
        *("overige", "mantelzorg", "cognitie", "leervermogen", "eigen_regie", "regie", "veerkracht"),
        *("kwaliteit_van_leven", "tevredenheid", "rapportcijfer"),
    }
)
"""Domains of other instruments that are in no area of the handleiding: named, and not used."""
_GEEN_SCORE: Final = frozenset(
    {
        *("aantal", "nummer", "nr", "volgnummer", "rijnummer", "code", "jaar", "maand", "week", "kwartaal", "dag"),
        *("duur", "leeftijd", "versie", "editie", "lijst", "model", "instrument", "meting", "moment", "ronde", "fase"),
        *("totaal", "totaalscore", "gemiddelde", "gemiddeld", "som", "mediaan", "wijk", "buurt", "team", "gebied"),
        *("regio", "gemeente", "postcode", "pc4", "traject", "product", "beschikking", "indicatie", "trede"),
        *("medewerker", "status", "id"),
    }
)
"""A header with one of these words counts or labels; numbers of 1 to 5 below it are no scores."""
_LOSSE_WOORDEN: Final = frozenset(
    {
        *("opmerking", "opmerkingen", "toelichting", "bron", "export", "afgesloten", "begin", "eind", "einde", "start"),
        *("tweede", "eerste", "derde", "laatste", "vorige", "huidige", "nul", "doel", "streef", "score", "scores"),
        *("naar", "van", "de", "het", "een", "in", "op", "bij", "per", "voor", "met", "zonder", "of", "te", "aan"),
        *("gesprekken", "contacten", "uren", "weken", "maanden", "dagen", "kinderen", "personen", "volwassenen"),
        *("zrm", "zelfredzaamheid", "matrix", "datum", "intake", "reden", "aanmelder", "verwijzer", "herkomst"),
        *("ja", "nee", "t", "m", "tot", "schaal", "niveau", "cijfer", "waarde", "probleem", "ernst", "hulp", "zorg"),
        *("ouderschap", "supplement", "leefgebied", "domein", "type", "soort", "categorie", "klasse", "groep"),
    }
)


@dataclass(frozen=True, slots=True)
class Kopcel:
    """What one header says. ``naam``: normalised, without the scale; ``schaal``: the scale that it names, or ``vreemd``
    when that is none that we know."""

    naam: str
    schaal: Schaal | None = None
    vreemd: bool = False


_BEREIK: Final = re.compile(
    r"(?<![0-9])(?<![0-9][-/])([0-9]{1,2})[\s_]*"
    r"(?:[-\u2010-\u2015/~…_]|\.{2,3}|t\s?[/_.]?\s?m\.?|tot[\s_]en[\s_]met|tot|\bt\b)"
    r"[\s_]*([0-9]{1,2})(?![0-9])(?!\s*[-/][0-9])",
    re.IGNORECASE,
)
_PUNTEN: Final = re.compile(r"(?<![0-9])([0-9]{1,2})[\s_-]*punts?[\s_-]*schaal", re.IGNORECASE)
_BETEKENIS: Final = re.compile(r"(?<![0-9])([0-9]{1,2})\s*=\s*([^\W\d][^,;=()\[\]0-9]*)", re.IGNORECASE)
_JA_NEE: Final = re.compile(r"\bja[\s_]*[/\-\u2010-\u2015_][\s_]*nee\b", re.IGNORECASE)


def lees_kopcel(waarde: object) -> Kopcel:
    """The name in a header, and the scale when it names one: "Financiën (1-5)" and "ZRM: financiën 1 t/m 5"."""
    return _lees_kopcel(str(waarde)) if isinstance(waarde, str | int) else Kopcel("")


@lru_cache(maxsize=4096)  # the same headers are tried as those of every table and of every separator
def _lees_kopcel(heel_: str) -> Kopcel:
    heel = normaliseer(heel_)
    if not heel or heel in _BEKEND:
        return Kopcel(heel)
    tekst = heel_[:200]
    betekenis = [_past(int(g), normaliseer(w)) for g, w in _BETEKENIS.findall(tekst)]
    bereik = [("1", p) for p in _PUNTEN.findall(tekst)] + _BEREIK.findall(_BETEKENIS.sub(" ", tekst))
    schalen: set[Schaal | None] = {*betekenis, *(_schaal(int(laag), int(hoog)) for laag, hoog in bereik)}
    rest = _BETEKENIS.sub(" ", tekst)
    for patroon in (_PUNTEN, _BEREIK, _JA_NEE):
        rest = patroon.sub(" ", rest)
    if _JA_NEE.search(tekst):
        schalen.add("0-1")
    naam = kern(rest)
    if not schalen or not (naam in (*SCORE_KOPPEN, *LABEL_KOPPEN) or naam in TWEEDUIDIG or zoek_domein(naam)):
        return Kopcel(kern(tekst) if kern(tekst) in TWEEDUIDIG else heel)
    een = schalen.pop() if len(schalen) == 1 else None
    return Kopcel(naam, een, een is None)


def _schaal(laag: int, hoog: int) -> Schaal | None:
    if (laag, hoog) == (1, 5):
        return "1-5"
    return "0-1" if (laag, hoog) == (0, 1) else None


def _past(getal: int, woorden: str) -> Schaal | None:
    """The scale on which a number means these words; None when it does so on neither."""
    if LABELS.get(woorden) == getal:
        return "1-5"
    return "0-1" if woorden in JA_NEE and int(JA_NEE[woorden]) == getal else None


def kies_lezing(naam: str, aanwezig: Collection[str]) -> tuple[Lezing, ...]:
    """The readings of an ambiguous name that are left beside the domains that the file has already."""
    return tuple(lezing for lezing in TWEEDUIDIG[naam] if not lezing.vervalt_bij & set(aanwezig))


def is_geen_score(naam: str) -> bool:
    """Whether a header is known to stand above something that the rule does not use: a count, a code, another domain.

    Not when it names a domain as well: "huisvesting tweede meting" is a score.
    """
    if naam in NIET_IN_DE_ZRM or naam in _BEKEND:
        return True
    noemt_domein = any(f"_{domein}_" in f"_{naam}_" for domein in domeinnamen())
    return not noemt_domein and bool(_GEEN_SCORE & set(naam.split("_")))


def toon_kolom(naam: str, index: int) -> str:
    """A column for in a message: by its place, and by its name when that consists of words that we know.

    A header that is something else may be a value that came in the wrong row, so it is not repeated.
    """
    plaats = f"kolom {index + 1} ({get_column_letter(index + 1)})"
    woorden = set(naam.split("_"))
    bekend = naam and len(naam) <= 60 and all(w in _WOORDEN for w in woorden)
    return f"{naam}, {plaats}" if bekend else plaats


_WOORDEN: Final = frozenset(
    woord
    for naam in (*_BEKEND, *domeinnamen(), *TWEEDUIDIG, *NIET_IN_DE_ZRM, *_GEEN_SCORE, *_LOSSE_WOORDEN)
    for woord in naam.split("_")
)
