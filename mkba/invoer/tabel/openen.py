"""The one way in for a table of one sheet: csv or the first sheet of a workbook, to rows of cells."""

from pathlib import Path

from mkba.invoer.tabel.cellen import Plaats, Rij
from mkba.invoer.tabel.csv import lees_csv
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.kern.bestand.bestanden import lees_bytes, weiger_werkboek


def lees_tabel(pad: Path, soort: Tabelsoort) -> tuple[list[Rij], Plaats]:
    """The filled rows, just past the maximum, and how to say where they stand. Raises InvoerFout."""
    inhoud = lees_bytes(pad, soort.bytes, leeg=soort.leeg)
    if pad.suffix.lower() != ".xlsx":
        weiger_werkboek(pad, inhoud)
        return lees_csv(pad, inhoud, soort), Plaats(str(pad), False)
    from mkba.invoer.tabel.xlsx import beschadigd, open_boeken  # openpyxl, a quarter of a second

    with beschadigd(pad, soort):
        boeken = open_boeken(pad, inhoud, soort)
        return list(boeken.rijen(hoogstens=soort.hoogstens)), Plaats(str(pad), True)
