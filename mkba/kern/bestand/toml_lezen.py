"""Read TOML safely: size, encoding, nesting and syntax give one clear message each."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from mkba.kern.bestand.bestanden import MAXIMUM_BYTES_TOML, lees_bytes, weiger, weiger_werkboek
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.schrift import eerste_onzichtbare, noem_teken

MAXIMUM_PUNTEN: Final = 200
"""Points on one line: a row of decimals, not a key of a thousand parts. A choice."""


def lees_toml(pad: Path) -> dict[str, Any]:
    """The tables of a TOML file, UTF-8 with or without BOM. Raises InvoerFout, never anything else."""
    inhoud = lees_bytes(pad, MAXIMUM_BYTES_TOML)
    weiger_werkboek(pad, inhoud)
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        weiger(pad, "dit is geen tekst in UTF-8.", "Bewaar het bestand als UTF-8.")
    try:
        # a key of so many parts costs tomllib the square of their number, in time and memory
        if any(regel.count(".") > MAXIMUM_PUNTEN for regel in tekst.split("\n")):
            raise RecursionError
        return tomllib.loads(tekst.lstrip("\ufeff"))
    except (RecursionError, MemoryError):
        weiger(pad, "de tabellen zijn te diep genest.", "Gebruik de sleutels van `mkba sjabloon`.")
    except ValueError as fout:  # TOMLDecodeError, or an impossible number or date
        raise InvoerFout([_geen_toml(pad, tekst, str(fout))]) from None


def _geen_toml(pad: Path, tekst: str, fout: str) -> Melding:
    """The line that tomllib stumbled on; its English reason adds little for who writes 0,31 or 31%."""
    plek = re.search(r"at line (\d+), column (\d+)", fout)
    regels = tekst.split("\n")
    nummer = int(plek[1]) if plek else len(regels)
    regel = regels[nummer - 1].strip() if 0 < nummer <= len(regels) else ""
    if (teken := eerste_onzichtbare(regel)) is not None:
        return Melding(
            f"regel {nummer}",
            regel,
            f"dit is geen geldige TOML: er staat een onzichtbaar teken ({noem_teken(teken)}).",
            "Typ de regel opnieuw; plakken neemt het teken weer mee.",
            str(pad),
        )
    return Melding(
        f"regel {nummer}",
        regel,
        f"dit is geen geldige TOML ({fout}).",
        "Schrijf sleutel = waarde, getallen met een punt (0.31) en tekst tussen aanhalingstekens.",
        str(pad),
    )
