"""Read aanpakken from a csv file, one per row; a workbook is read by :mod:`mkba.invoer.excel`."""

from pathlib import Path

from mkba.invoer.aanpakrijen import AANPAKKEN, lees_rijen, woorden_van
from mkba.invoer.gelezen import Gelezen
from mkba.invoer.tabel.openen import lees_tabel
from mkba.kern.catalogus.kengetallen import Kengetallen


def lees_csv(pad: Path, kengetallen: Kengetallen) -> list[Gelezen]:
    """All aanpakken of a csv file. Raises InvoerFout."""
    rijen, plaats = lees_tabel(pad, AANPAKKEN)
    gelezen = lees_rijen(rijen, plaats, kengetallen)
    woorden = woorden_van(rijen, plaats)
    return [Gelezen(nummer, aanpak, woorden=tuple(woorden.get(nummer, {}).items())) for nummer, aanpak in gelezen]
