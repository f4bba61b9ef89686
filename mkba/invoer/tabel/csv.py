"""Text to rows of cells: encoding and separator found out, once for every kind of table."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mkba.invoer.tabel.cellen import GEEN_CEL, MAXIMUM_KOLOMMEN, Cel, Rij
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.kern.bestand.bestanden import weiger
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.schrift import twijfel_over_letters

SCHEIDINGSTEKENS: Final = (";", ",", "\t", "|")
_EERSTE_STUK: Final = 1_000_000
"""Signs that the first rows are looked for in: a reader of a text copies it whole, at four bytes a sign."""
_SEP_REGEL: Final = re.compile(r"sep=([;,\t|])\r?\n?", re.IGNORECASE)


def lees_csv(pad: Path, inhoud: bytes, soort: Tabelsoort) -> list[Rij]:
    """The filled rows of a csv file, just past the maximum. Raises InvoerFout."""
    return lees_tekst(pad, decodeer(pad, inhoud, soort), soort)


def lees_tekst(
    pad: Path, tekst: str, soort: Tabelsoort, *, hoogstens: int | None = None, alleen: Collection[int] | None = None
) -> list[Rij]:
    """The filled rows of a text under the separator that makes most sense of its first rows. Raises InvoerFout.

    ``hoogstens``: fewer rows than the kind of table allows; ``alleen``: the columns (from 0) whose cells are wanted.
    """
    with goed_gevormd(pad, soort):
        teken, sep_regel = kies_teken(tekst, soort)
        return splits(tekst, teken, sep_regel, hoogstens or soort.hoogstens, soort.kolommen, alleen)


def kies_teken(tekst: str, soort: Tabelsoort) -> tuple[str, bool]:
    """The separator that makes most sense of the first rows, and whether the first line is Excel's hint of it.

    Raises csv.Error for a text that is no csv at all.
    """
    eerste = _SEP_REGEL.match(tekst)  # shown by no spreadsheet program
    kandidaten = (eerste[1],) if eerste else SCHEIDINGSTEKENS

    stukken = [tekst]
    if len(tekst) > _EERSTE_STUK and (einde := tekst.rfind("\n", 0, _EERSTE_STUK)) > 0:
        stukken.insert(0, tekst[: einde + 1])

    def lijkt(teken: str) -> tuple[bool, int]:
        for stuk in stukken:
            try:
                return soort.gelijkenis(splits(stuk, teken, bool(eerste), soort.kop_binnen, soort.kolommen))
            except csv.Error:  # a wrong separator can make a stray quote an error, and so can the end of the piece
                continue
        return False, 0

    return max(kandidaten, key=lijkt), bool(eerste)


@contextmanager
def goed_gevormd(pad: Path, soort: Tabelsoort) -> Iterator[None]:
    """What csv.Error says of a text that is no csv, as an InvoerFout."""
    try:
        yield
    except csv.Error as fout:
        if soort.lange_cel is not None and "field limit" in str(fout):
            weiger(pad, *soort.lange_cel)
        weiger(pad, f"dit is geen goed gevormde csv ({fout}).", soort.slechte_csv)


def decodeer(pad: Path, inhoud: bytes, soort: Tabelsoort) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode-tekst"), else Windows-1252.

    Raises InvoerFout, also when words make no sense in Windows-1252: in another code page they may.
    """
    met_bom = inhoud.startswith((b"\xff\xfe", b"\xfe\xff"))
    for codering in ("utf-16",) if met_bom else ("utf-8-sig", "cp1252"):
        try:
            tekst = inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            if codering == "cp1252":
                _weiger_twijfel(pad, inhoud, soort.toon)
            return tekst.lstrip("\ufeff")  # a program that adds a BOM to a text that has one
    if not met_bom and b"\0" not in inhoud:
        _weiger_twijfel(pad, inhoud, soort.toon)
    weiger(pad, *soort.geen_tekst)


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


def splits(
    tekst: str,
    teken: str,
    heeft_sep_regel: bool,
    hoogstens: int | None,
    kolommen: int = MAXIMUM_KOLOMMEN,
    alleen: Collection[int] | None = None,
) -> list[Rij]:
    """At most so many filled rows with their numbers; one that is too wide is cut just beyond the limit."""
    rijen: list[Rij] = []
    for nummer, waarden in gevulde_rijen(tekst, teken, heeft_sep_regel):
        binnen = enumerate(waarden[: kolommen + 1])
        rijen.append(Rij(nummer, tuple(Cel(w) if alleen is None or i in alleen else GEEN_CEL for i, w in binnen)))
        if len(rijen) == hoogstens:
            break
    return rijen


def gevulde_rijen(tekst: str, teken: str, heeft_sep_regel: bool) -> Iterator[tuple[int, list[str]]]:
    """The texts of every row that has any, without empty ones at its end, and its number. Raises csv.Error."""
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=teken, strict=True)
    for nummer, waarden in enumerate(lezer, start=1):
        while waarden and not waarden[-1].strip():
            waarden.pop()
        if waarden and not (nummer == 1 and heeft_sep_regel):
            yield nummer, waarden
