"""Read aanpakken from csv: one row per aanpak, delimiter and encoding found out, comma or point."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from mkba.invoer.aanpak import Aanpak
from mkba.invoer.bestanden import MAXIMUM_RIJEN, lees_bytes, weiger, weiger_werkboek
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.rijen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Cel, Plaats, Rij, aantal_bekend, lees_rijen, zoek_kop

SCHEIDINGSTEKENS: Final = (";", ",", "\t")
SEP_REGEL: Final = re.compile(r"sep=([;,\t])\r?\n?", re.IGNORECASE)


def lees_csv(pad: Path, kengetallen: Kengetallen) -> list[tuple[int, Aanpak]]:
    """All aanpakken of a csv file with their row numbers. Raises InvoerFout."""
    inhoud = lees_bytes(pad)
    weiger_werkboek(pad, inhoud)
    return lees_rijen(_lees_rijen(pad, decodeer(pad, inhoud)), Plaats(str(pad), False), kengetallen)


def decodeer(
    pad: Path,
    inhoud: bytes,
    oorzaak: str = "dit is geen tekst in UTF-8 of Windows-1252.",
    remedie: str = "Bewaar het in Excel als 'CSV UTF-8'.",
) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode-tekst"), else Windows-1252. Raises InvoerFout."""
    met_bom = inhoud.startswith((b"\xff\xfe", b"\xfe\xff"))
    for codering in ("utf-16",) if met_bom else ("utf-8-sig", "cp1252"):
        try:
            tekst = inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            return tekst
    weiger(pad, oorzaak, remedie)


def _lees_rijen(pad: Path, tekst: str) -> list[Rij]:
    """Rows under the delimiter that makes most sense of the header."""
    eerste = SEP_REGEL.match(tekst)  # Excel's own hint, shown by no spreadsheet program
    kandidaten = (eerste[1],) if eerste else SCHEIDINGSTEKENS
    try:
        return splits(tekst, _kies_scheiding(tekst, kandidaten), bool(eerste), MAXIMUM_RIJEN + KOP_BINNEN + 1)
    except csv.Error as fout:
        weiger(
            pad,
            f"dit is geen goed gevormde csv ({fout}).",
            "Controleer de aanhalingstekens, of bewaar het opnieuw als csv.",
        )


def _kies_scheiding(tekst: str, kandidaten: Sequence[str]) -> str:
    """The delimiter under which the first rows hold the header, or most names of fields."""

    def score(teken: str) -> tuple[bool, int]:
        try:
            rijen = splits(tekst, teken, False, KOP_BINNEN)
        except csv.Error:  # a wrong delimiter can make a stray quote an error
            return False, 0
        return zoek_kop(rijen) is not None, max((aantal_bekend(rij) for rij in rijen), default=0)

    return max(kandidaten, key=score)


def splits(tekst: str, teken: str, heeft_sep_regel: bool, hoogstens: int) -> list[Rij]:
    """At most so many filled rows with their numbers; one that is too wide is cut just beyond the limit."""
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=teken, strict=True)
    rijen: list[Rij] = []
    for nummer, waarden in enumerate(lezer, start=1):
        while waarden and not waarden[-1].strip():
            waarden.pop()
        if not waarden or (nummer == 1 and heeft_sep_regel):
            continue
        rijen.append(Rij(nummer, tuple(Cel(waarde) for waarde in waarden[: MAXIMUM_KOLOMMEN + 1])))
        if len(rijen) == hoogstens:
            break
    return rijen
