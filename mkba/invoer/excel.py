"""Read aanpakken from a workbook: a table with one per row, or a workbook of one (``mkba werkboek``)."""

from pathlib import Path

from mkba.invoer.aandacht import let_op
from mkba.invoer.aanpakrijen import AANPAKKEN, antwoorden_van, lees_rijen, woorden_van, zoek_kop
from mkba.invoer.gelezen import Gelezen
from mkba.invoer.invoerblad_lezen import lees_werkboek, weiger_tabellen, zoek_merk
from mkba.invoer.tabel.bladnamen import BLAD_AANPAKKEN
from mkba.invoer.tabel.cellen import KOP_BINNEN, Plaats
from mkba.invoer.tabel.xlsx import MAAK_ZICHTBAAR, Boeken, beschadigd, open_boeken
from mkba.kern.bestand.bestanden import lees_bytes, weiger
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding


def lees_xlsx(pad: Path, kengetallen: Kengetallen) -> list[Gelezen]:
    """The aanpak of a workbook of its own, or all aanpakken on sheet "aanpakken" (or the first sheet) of a table.

    Raises InvoerFout, also when it is not certain which sheet is meant.
    """
    inhoud = lees_bytes(pad)
    with beschadigd(pad, AANPAKKEN):
        boeken = open_boeken(pad, inhoud, AANPAKKEN)
        if (merk := zoek_merk(boeken, pad)) is not None:
            w = lees_werkboek(boeken, merk, pad, kengetallen)
            return [Gelezen(None, w.aanpak, w.meldingen, merk, w.uitkomsten)]
        weiger_tabellen(boeken, pad)
        blad, meldingen = _kies_blad(boeken, pad)
        rijen = list(boeken.rijen(blad, met_verborgen=True, hoogstens=AANPAKKEN.hoogstens))
    plaats = Plaats(str(pad), True)
    aanpakken = lees_rijen(rijen, plaats, kengetallen)
    antwoorden, woorden = antwoorden_van(rijen, plaats), woorden_van(rijen, plaats)
    return [
        Gelezen(
            nummer,
            aanpak,
            (*meldingen, *let_op(antwoorden.get(nummer, []), plaats.van(nummer))),
            blad,
            woorden=tuple(woorden.get(nummer, {}).items()),
        )
        for nummer, aanpak in aanpakken
    ]


def _kies_blad(boeken: Boeken, pad: Path) -> tuple[str, list[Melding]]:
    """The sheet with the table, and what to say of that choice. Raises InvoerFout when it may be another one."""
    if len(namen := boeken.heten(BLAD_AANPAKKEN)) > 1:
        oorzaak = f"er zijn {len(namen)} bladen met de naam {BLAD_AANPAKKEN}."
        weiger(pad, oorzaak, "Verwijder de bladen die niet meetellen, of geef ze een andere naam.")
    blad = boeken.blad(BLAD_AANPAKKEN).title
    andere = [naam for naam in boeken.namen if naam != blad and _is_tabel(boeken, naam)]
    if not boeken.verborgen(blad):
        if not andere:
            return blad, []
        oorzaak = f"er staan ook aanpakken op een ander blad: {boeken.noem(andere)}; gelezen is blad {blad}."
        remedie = "Verwijder wat niet meetelt, of zet alle aanpakken op één blad."
        return blad, [Melding("blad", blad, oorzaak, remedie, str(pad))]
    if [b for b in andere if not boeken.verborgen(b)]:
        oorzaak = f"er zijn bladen met aanpakken naast elkaar: {boeken.noem([blad, *andere])}."
        weiger(pad, oorzaak, f"Bewaar het blad dat geldt, zichtbaar, en verwijder de andere; {MAAK_ZICHTBAAR}.")
    oorzaak = f"dit blad is gelezen, maar niet te zien: {boeken.noem([blad])}."
    return blad, [Melding("blad", blad, oorzaak, f"Laat zien wat meetelt; {MAAK_ZICHTBAAR}.", str(pad))]


def _is_tabel(boeken: Boeken, blad: str) -> bool:
    """Whether a sheet has the heads of a table of aanpakken, with something below them."""
    rijen = list(boeken.rijen(blad, hoogstens=KOP_BINNEN))
    kop = zoek_kop(rijen)
    return kop is not None and kop + 1 < len(rijen)
