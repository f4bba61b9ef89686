"""Read aanpakken from a workbook: one of its own (``mkba werkboek``), or a table with one per row."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from mkba.invoer.aanpak import Aanpak
from mkba.invoer.bestanden import MAXIMUM_RIJEN
from mkba.invoer.fouten import Melding
from mkba.invoer.invoerblad_lezen import lees_werkboek, zoek_merk
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.rijen import KOP_BINNEN, Plaats, lees_rijen
from mkba.invoer.sjabloon import BLAD_AANPAKKEN, schrijf_sjabloon
from mkba.invoer.werkmap import beschadigd, laad_boeken, lees_blad_van, open_werkmap

__all__ = ["Gelezen", "lees_xlsx", "schrijf_sjabloon"]


@dataclass(frozen=True)
class Gelezen:
    """An aanpak with its row number (none in a workbook of its own) and what deserves attention."""

    nummer: int | None
    aanpak: Aanpak
    meldingen: tuple[Melding, ...] = ()


def lees_xlsx(pad: Path, kengetallen: Kengetallen) -> list[Gelezen]:
    """The aanpak of a workbook of its own, or all aanpakken on sheet "aanpakken" (or the first sheet) of a table.

    Raises InvoerFout.
    """
    inhoud, formules = open_werkmap(pad)
    with beschadigd(pad):
        boeken = laad_boeken(inhoud, formules)
        blad = zoek_merk(boeken)
        if blad is not None:
            aanpak, meldingen = lees_werkboek(boeken, blad, pad, kengetallen)
            return [Gelezen(None, aanpak, meldingen)]
        rijen = list(islice(lees_blad_van(boeken, BLAD_AANPAKKEN), MAXIMUM_RIJEN + KOP_BINNEN + 1))
    return [Gelezen(nummer, aanpak) for nummer, aanpak in lees_rijen(rijen, Plaats(str(pad), True), kengetallen)]
