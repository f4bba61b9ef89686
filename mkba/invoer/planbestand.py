"""Whether a file is an aanpak: asked where a registration was expected and something else came."""

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mkba.invoer.aanpakrijen import AANPAKKEN, zoek_kop
from mkba.invoer.tabel.openen import lees_tabel
from mkba.kern.bestand.bestanden import lees_bytes
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonsgegevens import bevat_bsn

_NODIG: Final = ("naam", "huishoudens")


def is_plan(pad: Path) -> bool:
    """By its keys (TOML), the heads of its columns (csv, xlsx), or as a workbook of one aanpak; a file that cannot be
    read is none."""
    try:
        match pad.suffix.lower():
            case ".toml":
                return set(_NODIG) <= set(lees_toml(pad))
            case ".xlsx":
                return _is_werkboek(pad)
            case _:
                return zoek_kop(lees_tabel(pad, AANPAKKEN)[0]) is not None
    except InvoerFout:
        return False


def _is_werkboek(pad: Path) -> bool:
    from mkba.invoer.invoerblad_lezen import zoek_merk
    from mkba.invoer.tabel.cellen import KOP_BINNEN
    from mkba.invoer.tabel.xlsx import beschadigd, open_boeken  # openpyxl, a quarter of a second

    with beschadigd(pad, AANPAKKEN):
        boeken = open_boeken(pad, lees_bytes(pad), AANPAKKEN)
        if zoek_merk(boeken, pad) is not None:
            return True
        return any(zoek_kop(list(boeken.rijen(n, hoogstens=KOP_BINNEN))) is not None for n in boeken.namen)


def plannen(bestanden: Iterable[Path]) -> list[Melding]:
    """A message per file that is a plan and stands where a registration should."""
    return [_geen_registratie(pad) for pad in bestanden if is_plan(pad)]


def _geen_registratie(pad: Path) -> Melding:
    naam = "PLAN" if bevat_bsn(str(pad)) or not str(pad).isprintable() else shlex.quote(str(pad))
    oorzaak = "dit is een aanpak (het plan), en geen registratie of formulier: er is niets gemeten."
    remedie = (
        "Geef het achter --aanpak, en hier wat er is gemeten: "
        f"`mkba effect mkba-registratie.xlsx --aanpak {naam}`. Een lege registratie maakt `mkba sjabloon "
        "--registratie`."
    )
    return Melding("bestand", pad.name, oorzaak, remedie, str(pad))
