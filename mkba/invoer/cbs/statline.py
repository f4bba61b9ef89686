"""Rows of any StatLine table by dimension: from a file that the user downloaded, or from the open data service.

A row maps names to values: small letters and digits only, without the running number of a column, so that
"RegioS", "Regio's" and "TotaalSamenwonendePersonen_5", "Totaal samenwonende personen (aantal)" are the same names.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mkba.invoer.cbs.codes import is_code, kaal
from mkba.invoer.cbs.kolommen import lees_waarde, stam
from mkba.invoer.cbs.onderwerpen import Eenheid
from mkba.invoer.tabel.csv import decodeer, lees_tekst
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.kern.bestand.bestanden import lees_bytes, weiger
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.zaak.gebied import LAND

Rij = Mapping[str, Any]
MAXIMUM_BYTES: Final = 250_000_000
_EENHEID: Final = re.compile(r"\([^()]*\)\s*$")
_RELATIEF: Final = re.compile(r"\(per [^()]*\)\s*$")
_OPNIEUW: Final = "Download de tabel opnieuw van opendata.cbs.nl/statline, als csv of als json van de open data."


def gewoon(naam: str) -> str:
    """A name of a column or a dimension, to compare: the last part of a path, without unit, blanks and signs."""
    laatste = _EENHEID.sub("", naam).rstrip().rpartition("/")[2]
    zonder_tekens = unicodedata.normalize("NFKD", stam(laatste).casefold())  # a key of the service has no ë
    return re.sub(r"[^a-z0-9]", "", zonder_tekens)


class AndereTabel(InvoerFout):
    """A file that can be read, without the columns that were asked for."""


def lees_rijen(pad: Path, nodig: Sequence[str]) -> list[Rij]:
    """All rows of a table that has the columns ``nodig``; a csv of StatLine or a json of OData. Raises InvoerFout,
    AndereTabel where only the columns are missing."""
    return lees_tabel(pad)(nodig)


def lees_tabel(pad: Path) -> Callable[[Sequence[str]], list[Rij]]:
    """A file, read once: its rows by the columns of a layout, as :func:`lees_rijen` gives them. Raises InvoerFout."""
    tekst = decodeer(pad, lees_bytes(pad, MAXIMUM_BYTES, leeg=_OPNIEUW), _TABEL)
    if tekst.lstrip()[:1] in ("{", "["):
        uit_json = [benoemd(list(rij), rij.values()) for rij in _json(pad, tekst)]
        return lambda nodig: _met_kolommen(pad, uit_json, nodig)
    cellen = [rij.cellen for rij in lees_tekst(pad, tekst, _TABEL)]
    return lambda nodig: _met_kolommen(pad, _csv(pad, cellen, nodig), nodig)


def _met_kolommen(pad: Path, rijen: Sequence[Rij], nodig: Sequence[str]) -> list[Rij]:
    mist = [n for n in nodig if not any(past(s, n) for s in (rijen[0] if rijen else ()))]
    if mist:
        raise _andere(pad, f"in deze tabel ontbreken de kolommen {', '.join(mist)}.")
    return [volledig(rij, nodig) for rij in rijen]


def _andere(pad: Path, oorzaak: str) -> AndereTabel:
    return AndereTabel([Melding("bestand", pad.name, oorzaak, _OPNIEUW, str(pad))])


def benoemd(koppen: Sequence[str], waarden: Iterable[Any]) -> dict[str, Any]:
    """Values by their name. Of two columns of one name the relative one has a 2 behind it: that with a unit "per 1 000
    ..." wherever it stands, and where no unit is written (a key of the service) the second.
    """
    uit: dict[str, Any] = {}
    for kop, waarde in zip(koppen, waarden, strict=False):
        naam = gewoon(str(kop))
        if naam:
            uit[f"{naam}2" if naam in uit or _RELATIEF.search(str(kop)) else naam] = waarde
    return uit


def past(sleutel: str, naam: str) -> bool:
    """Whether a column has this name: CBS cuts long ones off in a key, and not in a title."""
    if sleutel == naam:
        return True
    tweede = naam[-1:].isdigit() or sleutel[-1:].isdigit()  # of two columns, which never stands for the first
    lang = not tweede and min(len(naam), len(sleutel)) > LANG
    return lang and (sleutel.startswith(naam) or naam.startswith(sleutel))


def volledig(rij: Rij, nodig: Sequence[str]) -> Rij:
    """A row with the columns under the names that were asked for."""
    return {**rij, **{n: next((w for s, w in rij.items() if past(s, n)), None) for n in nodig}}


def getal(rij: Rij, naam: str, eenheid: Eenheid = "aantal", waar: str = "") -> float | None:
    """A number of a row; None when it is unknown or secret. ``waar``: file and area. Raises InvoerFout."""
    try:
        return lees_waarde(rij.get(naam), eenheid)
    except FouteWaarde as fout:
        raise InvoerFout([Melding(naam, str(rij.get(naam)).strip(), fout.oorzaak, fout.remedie, waar)]) from None


def tekst_van(rij: Rij, naam: str) -> str:
    """A dimension of a row: its key or its label, without the blanks that pad it."""
    return " ".join(str(rij.get(naam) or "").split())


def code_van(rij: Rij, namen: Sequence[str]) -> str:
    """The code of the area in the first of these columns that has one; empty without."""
    for naam in namen:
        code = kaal(tekst_van(rij, naam))
        code = LAND if code.startswith("NL0") else code  # NL01 in tables per gemeente
        if is_code(code):
            return code
    return ""


def per_gebied(rijen: Iterable[Rij], kolommen: Sequence[str], weiger: Callable[[str], InvoerFout]) -> dict[str, Rij]:
    """The row of every area, by code; ``kolommen`` may hold the code. Raises what ``weiger`` makes of a cause."""
    uit: dict[str, Rij] = {}
    for rij in rijen:
        code = code_van(rij, kolommen)
        if code in uit:
            raise weiger(f"{code} heeft meer dan een regel.")
        if code:
            uit[code] = rij
    return uit


def status_van(periode: str) -> str:
    """How CBS marks it in a label: "2024*" is provisional."""
    laag = periode.casefold()
    if "*" in periode or "voorlopig" in laag:
        return "voorlopig"
    return "definitief" if "definitief" in laag else "zonder teken van voorlopig in de bron"


LANG: Final = 20
"""Names longer than this may be cut off by CBS."""


def _json(pad: Path, tekst: str) -> list[dict[str, Any]]:
    try:
        inhoud = json.loads(tekst)
    except (ValueError, RecursionError):
        weiger(pad, "dit is geen goed gevormde json.", _OPNIEUW)
    rijen = inhoud.get("value") if isinstance(inhoud, dict) else inhoud
    if not isinstance(rijen, list) or not rijen or not all(isinstance(r, dict) for r in rijen):
        weiger(pad, "er staan geen rijen in deze json.", _OPNIEUW)
    return rijen


def _csv(pad: Path, rijen: Sequence[Sequence[Any]], nodig: Sequence[str]) -> list[dict[str, Any]]:
    plek = next((i for i, cellen in enumerate(rijen[: _TABEL.kop_binnen]) if _kop(map(str, cellen), nodig)), None)
    if plek is None:
        raise _andere(pad, f"er is geen koprij met de kolommen {', '.join(nodig)}.")
    koppen = [str(cel) for cel in rijen[plek]]
    return [benoemd(koppen, cellen) for cellen in rijen[plek + 1 :] if len(cellen) > 1]


def _kop(cellen: Iterable[str], nodig: Sequence[str]) -> bool:
    koppen = list(cellen)
    namen = benoemd(koppen, koppen)
    return all(any(past(n, wat) for n in namen) for wat in nodig)


def _zoek_kop(rijen: Sequence[Any]) -> int | None:
    """A header has a dimension of every StatLine table in it."""
    for i, rij in enumerate(rijen):
        namen = {gewoon(str(cel)) for cel in rij.cellen}
        if namen & {"perioden", "regios", "wijken", "wijkenenbuurten"}:
            return i
    return None


_TABEL: Final = Tabelsoort(
    _zoek_kop,
    lambda rij: len(rij.cellen),
    kolommen=1000,
    rijen=None,
    bytes=MAXIMUM_BYTES,
    geen_tekst=("dit is geen tekst of json.", _OPNIEUW),
    leeg=_OPNIEUW,
    slechte_csv=_OPNIEUW,
    te_groot="Kies minder gebieden, leeftijden of jaren.",
    beschadigd=_OPNIEUW,
)
