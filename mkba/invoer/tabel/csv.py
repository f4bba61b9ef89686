"""Read aanpakken from csv: one row per aanpak, delimiter and encoding found out, comma or point."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from mkba.invoer.tabel.rijen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Cel, Plaats, Rij, aantal_bekend, lees_rijen, zoek_kop
from mkba.kern.aanpak import Aanpak
from mkba.kern.bestanden import MAXIMUM_RIJEN, lees_bytes, weiger, weiger_werkboek
from mkba.kern.kengetallen import Kengetallen
from mkba.kern.meldingen import InvoerFout, Melding
from mkba.kern.schrift import twijfel_over_letters

SCHEIDINGSTEKENS: Final = (";", ",", "\t", "|")
SEP_REGEL: Final = re.compile(r"sep=([;,\t|])\r?\n?", re.IGNORECASE)


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
    *,
    toon: bool = True,
) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode-tekst"), else Windows-1252.

    Raises InvoerFout, also when words make no sense in Windows-1252: in another code page they may. ``toon``: whether
    the message may show such a word (not of a file about persons).
    """
    met_bom = inhoud.startswith((b"\xff\xfe", b"\xfe\xff"))
    for codering in ("utf-16",) if met_bom else ("utf-8-sig", "cp1252"):
        try:
            tekst = inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            if codering == "cp1252":
                _weiger_twijfel(pad, inhoud, toon)
            return tekst.lstrip("\ufeff")  # a program that adds a BOM to a text that has one
    if not met_bom and b"\0" not in inhoud:
        _weiger_twijfel(pad, inhoud, toon)
    weiger(pad, oorzaak, remedie)


def _weiger_twijfel(pad: Path, inhoud: bytes, toon: bool) -> None:
    """Ask for the code page when a word is none in Windows-1252 and is one in another."""
    twijfel = twijfel_over_letters(inhoud)
    if twijfel is None or not twijfel[1]:
        return
    regel, lezingen = twijfel
    woord = f"in regel {regel} kan staan: {' of '.join(lezingen)}" if toon else f"zie regel {regel}"
    raise InvoerFout(
        [
            Melding(
                "bestand",
                pad.name,
                f"dit is geen UTF-8, en de letters met accenten zijn niet zeker: {woord}.",
                "Open het in Excel met Gegevens > Van tekst/CSV, kies de bestandsoorsprong waarbij dit woord goed "
                "staat (1252 Windows, 850 DOS of Macintosh) en bewaar het als 'CSV UTF-8'.",
                str(pad),
            )
        ]
    )


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
