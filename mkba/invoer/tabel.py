"""Read aanpakken from csv: one row per aanpak, delimiter and encoding found out, comma or point."""

import csv
import io
import re
from pathlib import Path
from typing import Final

from mkba.invoer.aanpak import Aanpak
from mkba.invoer.bestanden import lees_bytes, weiger, weiger_werkboek
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.rijen import KOP_BINNEN, Cel, Plaats, Rij, aantal_bekend, lees_rijen, zoek_kop

SCHEIDINGSTEKENS: Final = (";", ",", "\t")
_SEP_REGEL: Final = re.compile(r"sep=([;,\t])\r?\n?", re.IGNORECASE)


def lees_csv(pad: Path, kengetallen: Kengetallen) -> list[tuple[int, Aanpak]]:
    """All aanpakken of a csv file with their row numbers. Raises InvoerFout."""
    inhoud = lees_bytes(pad)
    weiger_werkboek(pad, inhoud)
    return lees_rijen(_lees_rijen(pad, _decodeer(pad, inhoud)), Plaats(str(pad), False), kengetallen)


def _decodeer(pad: Path, inhoud: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode-tekst"), else Windows-1252."""
    met_bom = inhoud.startswith((b"\xff\xfe", b"\xfe\xff"))
    for codering in ("utf-16",) if met_bom else ("utf-8-sig", "cp1252"):
        try:
            tekst = inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            return tekst
    weiger(pad, "dit is geen tekst in UTF-8 of Windows-1252.", "Bewaar het in Excel als 'CSV UTF-8'.")


def _lees_rijen(pad: Path, tekst: str) -> list[Rij]:
    """Rows under the delimiter that makes most sense of the header."""
    eerste = _SEP_REGEL.match(tekst)  # Excel's own hint, shown by no spreadsheet program
    kandidaten = (eerste[1],) if eerste else SCHEIDINGSTEKENS
    beste: list[Rij] = []
    beste_score = (-1, -1)
    fout: csv.Error | None = None
    for teken in kandidaten:
        try:
            rijen = _splits(tekst, teken, bool(eerste))
        except csv.Error as deze_fout:
            # a wrong delimiter can make a stray quote an error; the right one is named in the message
            fout = fout or deze_fout
            continue
        kop = zoek_kop(rijen)
        bekend = max((aantal_bekend(rij) for rij in rijen[:KOP_BINNEN]), default=0)
        score = (int(kop is not None), bekend)
        if score > beste_score:
            beste, beste_score = rijen, score
    if fout is not None and not beste_score[0] > 0:
        weiger(
            pad,
            f"dit is geen goed gevormde csv ({fout}).",
            "Controleer de aanhalingstekens, of bewaar het opnieuw als csv.",
        )
    return beste


def _splits(tekst: str, teken: str, heeft_sep_regel: bool) -> list[Rij]:
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=teken, strict=True)
    rijen = [Rij(i, tuple(Cel(w) for w in waarden)) for i, waarden in enumerate(lezer, start=1)]
    return rijen[1:] if heeft_sep_regel else rijen
