"""One cell of a registration: a score, a yes/no, a number of children, a date, a kind of household, an ID."""

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from mkba.invoer.fouten import FouteWaarde
from mkba.invoer.getal import gewone_spaties, lees_getal, nederlands
from mkba.invoer.persoonsgegevens import bevat_bsn
from mkba.invoer.registratie_domeinen import JA_NEE, LABELS, ONTBREEKT, SAMENSTELLINGEN, normaliseer
from mkba.invoer.rijen import Cel

Schaal = Literal["1-5", "0-1"]
"""1-5: ZRM, 5 is volledig zelfredzaam; 0-1: 1 is a problem (handleiding §2.1, vraag 3; bijlage 3: ja/nee)."""

LEEFTIJD_OUDERE: Final = 65
"""Handleiding §5.1: "leeftijd oudste bewoner jonger of ouder dan 65"; exactly 65 counts as oudere, as at CBS."""
MAXIMUM_KINDEREN: Final = 20
MAXIMUM_LEEFTIJD: Final = 120
JAREN: Final = range(1990, 2101)

_GETAL_EN_LABEL: Final = re.compile(r"([0-9]{1,2})\s*+[-–:=.)]?+\s*+([^\W\d].*)")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/\-]{0,59}")
_DATUM_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_DATUM_NL: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?: .*)?")
_GEEN_NAAM: Final = "Een ID bestaat uit letters, cijfers en . _ - / zonder spaties, met ten minste een cijfer."


@dataclass(frozen=True, slots=True)
class Score:
    """A score as written, before the scale of the file is known."""

    soort: Literal["leeg", "getal", "label", "ja_nee"]
    waarde: float = math.nan


LEEG: Final = Score("leeg")


def lees_score(cel: Cel, label_wint: bool = False) -> Score:
    """Read a score: 3, "3 - beperkt zelfredzaam", "beperkt zelfredzaam", ja, 99 or blank.

    ``label_wint``: the number is a code of another list (GGM), so only the words count and a bare number is
    refused. Raises FouteWaarde.
    """
    if cel.fout is not None:
        raise cel.fout
    waarde = cel.waarde
    if isinstance(waarde, bool):
        return Score("ja_nee", float(waarde))
    if isinstance(waarde, int | float):
        getal = float(waarde)
        if getal == 99:
            return LEEG
        return _bare_code() if label_wint else Score("getal", _eindig(getal))
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
    except FouteWaarde as fout:
        if any(teken.isdigit() for teken in tekst):
            raise
        raise FouteWaarde(
            "dit is geen score.", "Geef een getal, ja of nee, of een ZRM-omschrijving zoals 'beperkt zelfredzaam'."
        ) from fout
    return _bare_code() if label_wint else Score("getal", getal)


def bepaal_schaal(scores: Iterable[Score]) -> Schaal:
    """The scale that all scores of a file share. Raises FouteWaarde when that cannot be seen."""
    nullen = enen = hoger = labels = ja_nee = 0
    for score in scores:
        labels += score.soort == "label"
        ja_nee += score.soort == "ja_nee"
        if score.soort == "getal":
            nullen += score.waarde == 0
            enen += score.waarde == 1
            hoger += score.waarde not in (0, 1)
    if labels and ja_nee:
        raise FouteWaarde(
            f"er staan ZRM-omschrijvingen ({labels}) en ja/nee ({ja_nee}) door elkaar.", "Gebruik een van beide."
        )
    if labels or hoger > nullen:
        return "1-5"
    if ja_nee or nullen:
        return "0-1"
    if enen:
        raise FouteWaarde(
            "alle scores zijn 1: dat kan 'probleem' zijn (schaal 0-1) of 'acute problematiek' (schaal 1-5).",
            "Geef de schaal op: '0-1' of '1-5'.",
        )
    raise FouteWaarde("er is geen enkele score ingevuld.", "Vul de scores in; 99 of leeg betekent niet besproken.")


def op_schaal(score: Score, schaal: Schaal) -> float | None:
    """The number of a score on the scale of the file, None when missing. Raises FouteWaarde."""
    if score.soort == "leeg":
        return None
    if schaal == "0-1":
        if score.soort == "label" or score.waarde not in (0, 1):
            raise FouteWaarde(
                "deze score hoort niet bij de schaal 0-1 van dit bestand (1 is een probleem).",
                "Geef 0, 1, of laat de cel leeg.",
            )
        return score.waarde
    if score.soort == "ja_nee":
        raise FouteWaarde(
            "ja of nee past niet bij de schaal 1-5 van dit bestand.", "Geef een score van 1 tot en met 5."
        )
    if not 1 <= score.waarde <= 5:
        rest = " Betekent 0 'niet ingevuld', laat de cel dan leeg." if score.waarde == 0 else ""
        raise FouteWaarde(
            f"een ZRM-score ligt tussen 1 en 5, en dit is {nederlands(score.waarde)}.",
            f"Geef een score van 1 tot en met 5, 99 of leeg.{rest}",
        )
    return score.waarde


def lees_ja_nee_leeg(cel: Cel) -> bool | None:
    """Ja, nee, 1, 0 or nothing. Raises FouteWaarde."""
    score = lees_score(cel)
    if score.soort == "leeg":
        return None
    if score.soort == "label" or score.waarde not in (0, 1):
        raise FouteWaarde("dit is geen ja of nee.", "Geef ja, nee, 1, 0 of laat de cel leeg.")
    return score.waarde == 1


def lees_kinderen(cel: Cel) -> int | None:
    """A number of children, or nothing. Raises FouteWaarde."""
    return _heel_getal(cel, MAXIMUM_KINDEREN, "aantal kinderen")


def lees_is_65_plus(cel: Cel) -> bool | None:
    """From an age, "65+" or "jonger dan 65": whether the oldest is 65 or older. Raises FouteWaarde."""
    tekst = gewone_spaties(str(cel.waarde or "")).casefold()
    if cel.fout is None and re.fullmatch(r"(?:65\s*\+|65 (?:jaar )?(?:of|en) ouder|ouder dan 65|>=?\s*65)", tekst):
        return True
    if cel.fout is None and re.fullmatch(r"(?:jonger dan 65|onder 65|<\s*65|65\s*-)", tekst):
        return False
    leeftijd = _heel_getal(cel, MAXIMUM_LEEFTIJD, "leeftijd")
    return None if leeftijd is None else leeftijd >= LEEFTIJD_OUDERE


def lees_samenstelling(cel: Cel) -> tuple[str | None, bool | None, bool] | None:
    """Type, one parent or person, and without children: what a samenstelling in words says. Raises FouteWaarde."""
    if cel.fout is not None:
        raise cel.fout
    sleutel = normaliseer(cel.waarde)
    if sleutel in ONTBREEKT:
        return None
    if sleutel not in SAMENSTELLINGEN:
        raise FouteWaarde(
            "dit type huishouden is niet bekend.",
            "Gebruik gezin, oudere of overig, of bijvoorbeeld eenoudergezin, alleenstaand, paar zonder kinderen.",
        )
    return SAMENSTELLINGEN[sleutel]


def lees_datum(cel: Cel) -> dt.date | None:
    """A date: 2024-03-01, 1-3-2024 or a date cell. Raises FouteWaarde."""
    if cel.leeg:
        return None
    tekst = gewone_spaties(str(cel.waarde or ""))  # a date cell of a workbook comes as text, year first
    if iso := _DATUM_ISO.fullmatch(tekst):
        jaar, maand, dag = int(iso[1]), int(iso[2]), int(iso[3])
    elif nl := _DATUM_NL.fullmatch(tekst):
        dag, maand, jaar = int(nl[1]), int(nl[2]), int(nl[3])
    else:
        raise FouteWaarde("dit is geen datum.", "Schrijf 2024-03-01 of 1-3-2024.")
    try:
        datum = dt.date(jaar, maand, dag)
    except ValueError:
        raise FouteWaarde("deze datum bestaat niet.", "Schrijf jaar-maand-dag of dag-maand-jaar.") from None
    if jaar not in JAREN:
        raise FouteWaarde(f"dit jaar ligt buiten {JAREN[0]} tot en met {JAREN[-1]}.", "Controleer de datum.")
    return datum


def lees_id(cel: Cel) -> str:
    """The ID of a household, without meaning of its own. Raises FouteWaarde: blank, a BSN or a name."""
    if cel.leeg:
        raise FouteWaarde("het ID ontbreekt.", "Geef elk huishouden een eigen, betekenisloos ID.")
    if cel.fout is not None:
        raise cel.fout
    waarde = cel.waarde
    if isinstance(waarde, float) and waarde.is_integer():
        waarde = int(waarde)
    tekst = gewone_spaties(str(waarde))
    if not _UUID.fullmatch(tekst) and bevat_bsn(tekst[:80]):
        raise PersoonlijkID("dit ID doorstaat de elfproef en kan een bsn zijn.", "Gebruik een eigen, kort volgnummer.")
    if not _ID.fullmatch(tekst) or not any(teken.isdigit() for teken in tekst):
        raise PersoonlijkID("dit lijkt een naam en geen ID.", _GEEN_NAAM)
    return tekst


class PersoonlijkID(FouteWaarde):
    """An ID that may say who someone is, so that its message must not repeat it."""


def _bare_code() -> Score:
    raise FouteWaarde(
        "dit is een code en geen omschrijving: in een export volgens het Gemeentelijk Gegevensmodel staan de codes op "
        "alfabet (2 is beperkt, 3 is niet zelfredzaam).",
        "Exporteer de omschrijving, of geef codering 'zrm' op als het de scores van de ZRM zijn.",
    )


def _eindig(getal: float) -> float:
    if not math.isfinite(getal):
        raise FouteWaarde("dit is geen eindig getal.", "Geef een score.")
    return getal


def _getal_en_label(getal: int, label: str, label_wint: bool) -> Score:
    if label in ONTBREEKT:
        return LEEG
    if label not in LABELS:
        raise FouteWaarde("deze omschrijving is geen ZRM-score.", "Geef een score van 1 tot en met 5.")
    if getal != LABELS[label] and not label_wint:
        raise FouteWaarde(
            f"het getal en de omschrijving spreken elkaar tegen: in de ZRM hoort hier {LABELS[label]} bij.",
            "Geef alleen de omschrijving.",
        )
    return Score("label", LABELS[label])


def _heel_getal(cel: Cel, hoogstens: int, wat: str) -> int | None:
    if cel.fout is not None:
        raise cel.fout
    if normaliseer(cel.waarde) in ONTBREEKT:
        return None
    if isinstance(cel.waarde, bool) or not isinstance(cel.waarde, int | float | str):
        raise FouteWaarde(f"dit is geen {wat}.", "Geef een geheel getal.")
    getal = float(cel.waarde) if isinstance(cel.waarde, int | float) else lees_getal(cel.waarde, "aantal")
    if not (math.isfinite(getal) and getal == int(getal) and 0 <= getal <= hoogstens):
        raise FouteWaarde(f"dit is geen {wat} (0 tot en met {hoogstens}).", "Geef een geheel getal.")
    return int(getal)
