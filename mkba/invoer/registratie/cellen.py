"""One cell of a registration: a score, a yes/no, a number of children, a date, a kind of household, an ID.

What is wrong is raised as Afgekeurd, which cannot hold the value.
"""

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import Final, Literal

from mkba.invoer.registratie.domeinen import JA_NEE, LABELS, ONTBREEKT, SAMENSTELLINGEN, normaliseer
from mkba.invoer.registratie.meldingen import JAREN, MAXIMUM_KINDEREN, MAXIMUM_LEEFTIJD, Afgekeurd, Reden
from mkba.invoer.tabel.cellen import Cel
from mkba.kern.tekst.meldingen import FouteWaarde
from mkba.kern.tekst.notatie import gewone_spaties, lees_getal
from mkba.kern.tekst.persoonsgegevens import bevat_bsn

Schaal = Literal["1-5", "0-1"]
"""1-5: ZRM, 5 is volledig zelfredzaam; 0-1: 1 is a problem (handleiding §2.1, vraag 3; bijlage 3: ja/nee)."""

LEEFTIJD_OUDERE: Final = 65
"""Handleiding §5.1: "leeftijd oudste bewoner jonger of ouder dan 65"; exactly 65 counts as oudere, as at CBS."""

_GETAL_EN_LABEL: Final = re.compile(r"([0-9]{1,2})\s*+[-–:=.)]?+\s*+([^\W\d].*)")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/\-]{0,59}")
_DATUM_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_DATUM_NL: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?: .*)?")


@dataclass(frozen=True, slots=True)
class Score:
    """A score as written, before the scale of the file is known."""

    soort: Literal["leeg", "getal", "label", "ja_nee"]
    waarde: float = math.nan


LEEG: Final = Score("leeg")


def lees_score(cel: Cel, label_wint: bool = False) -> Score:
    """Read a score: 3, "3 - beperkt zelfredzaam", "beperkt zelfredzaam", ja, 99 or blank.

    ``label_wint``: the number is a code of another list (GGM), so only the words count and a bare number is
    refused. Raises Afgekeurd.
    """
    if cel.fout is not None:
        raise Afgekeurd(Reden.ONLEESBAAR)
    waarde = cel.waarde
    if isinstance(waarde, bool):
        return Score("ja_nee", float(waarde))
    if isinstance(waarde, int | float):
        if waarde == 99:
            return LEEG
        return _bare_code() if label_wint else Score("getal", _eindig(waarde))
    tekst = gewone_spaties(str(waarde or ""))
    sleutel = normaliseer(tekst)
    if sleutel in ONTBREEKT:  # a lone dash normalises to nothing
        return LEEG
    if sleutel in LABELS:
        return Score("label", LABELS[sleutel])
    if sleutel in JA_NEE:
        return Score("ja_nee", float(JA_NEE[sleutel]))
    if samen := _GETAL_EN_LABEL.fullmatch(tekst):
        return _getal_en_label(int(samen[1]), normaliseer(samen[2]), label_wint)
    try:
        getal = lees_getal(tekst, "decimaal")
    except FouteWaarde:  # its text repeats the number
        raise Afgekeurd(Reden.GEEN_SCORE) from None
    return _bare_code() if label_wint else Score("getal", getal)


def bepaal_schaal(scores: Iterable[Score], aantallen: Iterable[int] | None = None) -> Schaal:
    """The scale that all scores of a file share, each so many times. Raises Afgekeurd when that cannot be seen."""
    nullen = enen = hoger = labels = ja_nee = 0
    for score, n in zip(scores, aantallen or repeat(1), strict=False):
        labels += n * (score.soort == "label")
        ja_nee += n * (score.soort == "ja_nee")
        if score.soort == "getal":
            nullen += n * (score.waarde == 0)
            enen += n * (score.waarde == 1)
            hoger += n * (score.waarde not in (0, 1))
    if labels and ja_nee:
        raise Afgekeurd(Reden.SCHALEN_DOOR_ELKAAR)
    if labels or hoger > nullen:
        return "1-5"
    if ja_nee or nullen:
        return "0-1"
    if enen:
        raise Afgekeurd(Reden.SCHAAL_ONBEKEND)
    raise Afgekeurd(Reden.GEEN_SCORES)


def op_schaal(score: Score, schaal: Schaal) -> float | None:
    """The number of a score on the scale of the file, None when missing. Raises Afgekeurd."""
    if score.soort == "leeg":
        return None
    if schaal == "0-1":
        if score.soort == "label" or score.waarde not in (0, 1):
            raise Afgekeurd(Reden.NIET_OP_0_1)
        return score.waarde
    if score.soort == "ja_nee":
        raise Afgekeurd(Reden.JA_NEE_OP_1_5)
    if not 1 <= score.waarde <= 5:
        raise Afgekeurd(Reden.NIET_OP_1_5)
    return score.waarde


def lees_ja_nee_leeg(cel: Cel) -> bool | None:
    """Ja, nee, 1, 0 or nothing. Raises Afgekeurd."""
    score = lees_score(cel)
    if score.soort == "leeg":
        return None
    if score.soort == "label" or score.waarde not in (0, 1):
        raise Afgekeurd(Reden.GEEN_JA_NEE)
    return score.waarde == 1


def lees_kinderen(cel: Cel) -> int | None:
    """A number of children, or nothing. Raises Afgekeurd."""
    return _heel_getal(cel, MAXIMUM_KINDEREN, Reden.GEEN_KINDEREN)


def lees_is_65_plus(cel: Cel) -> bool | None:
    """From an age, "65+" or "jonger dan 65": whether the oldest is 65 or older. Raises Afgekeurd."""
    tekst = gewone_spaties(str(cel.waarde or "")).casefold()
    if cel.fout is None and re.fullmatch(r"(?:65\s*\+|65 (?:jaar )?(?:of|en) ouder|ouder dan 65|>=?\s*65)", tekst):
        return True
    if cel.fout is None and re.fullmatch(r"(?:jonger dan 65|onder 65|<\s*65|65\s*-)", tekst):
        return False
    leeftijd = _heel_getal(cel, MAXIMUM_LEEFTIJD, Reden.GEEN_LEEFTIJD)
    return None if leeftijd is None else leeftijd >= LEEFTIJD_OUDERE


def lees_samenstelling(cel: Cel) -> tuple[str | None, bool | None, bool] | None:
    """Type, one parent or person, and without children: what a samenstelling in words says. Raises Afgekeurd."""
    if cel.fout is not None:
        raise Afgekeurd(Reden.ONLEESBAAR)
    sleutel = normaliseer(cel.waarde)
    if sleutel in ONTBREEKT:
        return None
    if sleutel not in SAMENSTELLINGEN:
        raise Afgekeurd(Reden.GEEN_TYPE)
    return SAMENSTELLINGEN[sleutel]


def lees_datum(cel: Cel) -> dt.date | None:
    """A date: 2024-03-01, 1-3-2024 or a date cell. Raises Afgekeurd."""
    if cel.leeg:
        return None
    tekst = gewone_spaties(str(cel.waarde or ""))  # a date cell of a workbook comes as text, year first
    if iso := _DATUM_ISO.fullmatch(tekst):
        jaar, maand, dag = int(iso[1]), int(iso[2]), int(iso[3])
    elif nl := _DATUM_NL.fullmatch(tekst):
        dag, maand, jaar = int(nl[1]), int(nl[2]), int(nl[3])
    else:
        raise Afgekeurd(Reden.GEEN_DATUM)
    try:
        datum = dt.date(jaar, maand, dag)
    except ValueError:
        raise Afgekeurd(Reden.DATUM_BESTAAT_NIET) from None
    if jaar not in JAREN:
        raise Afgekeurd(Reden.JAAR_ERBUITEN)
    return datum


def lees_id(cel: Cel) -> str:
    """The ID of a household, without meaning of its own. Raises Afgekeurd: blank, a BSN or a name."""
    if cel.leeg:
        raise Afgekeurd(Reden.GEEN_ID)
    if cel.fout is not None:
        raise Afgekeurd(Reden.ONLEESBAAR)
    waarde = cel.waarde
    if isinstance(waarde, float) and waarde.is_integer():
        waarde = int(waarde)
    tekst = gewone_spaties(str(waarde))
    if not _UUID.fullmatch(tekst) and bevat_bsn(tekst[:80]):
        raise Afgekeurd(Reden.ID_IS_BSN)
    if not _ID.fullmatch(tekst) or not any(teken.isdigit() for teken in tekst):
        raise Afgekeurd(Reden.ID_IS_NAAM)
    return tekst


def _bare_code() -> Score:
    raise Afgekeurd(Reden.CODE)


def _eindig(getal: float) -> float:
    try:
        eindig = math.isfinite(getal)
    except OverflowError:  # a whole number of hundreds of digits
        eindig = False
    if not eindig:
        raise Afgekeurd(Reden.GEEN_SCORE)
    return float(getal)


def _getal_en_label(getal: int, label: str, label_wint: bool) -> Score:
    if label in ONTBREEKT:
        return LEEG
    if label not in LABELS:
        raise Afgekeurd(Reden.GEEN_OMSCHRIJVING)
    if getal != LABELS[label] and not label_wint:
        raise Afgekeurd(Reden.GETAL_EN_OMSCHRIJVING)
    return Score("label", LABELS[label])


def _heel_getal(cel: Cel, hoogstens: int, reden: Reden) -> int | None:
    if cel.fout is not None:
        raise Afgekeurd(Reden.ONLEESBAAR)
    if normaliseer(cel.waarde) in ONTBREEKT:
        return None
    if isinstance(cel.waarde, bool) or not isinstance(cel.waarde, int | float | str):
        raise Afgekeurd(reden)
    try:
        getal = float(cel.waarde) if isinstance(cel.waarde, int | float) else lees_getal(cel.waarde, "aantal")
    except (FouteWaarde, OverflowError):
        raise Afgekeurd(reden) from None
    if not (math.isfinite(getal) and getal == int(getal) and 0 <= getal <= hoogstens):
        raise Afgekeurd(reden)
    return int(getal)
