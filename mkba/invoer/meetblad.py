"""The layout of sheet "meting" of a workbook of one aanpak, and its rows read back: see ``kern.zaak.meetherkomst``.

Only a workbook of an aanpak that carries where it was measured has the sheet. A mark in K1 tells it; column K holds the
key of the answer, columns C to J what :data:`KOPPEN` say.
"""

from collections.abc import Iterable
from typing import Any, Final

from mkba.invoer.invoerblad import KOLOM_SLEUTEL
from mkba.invoer.tabel.cellen import Rij
from mkba.kern.woorden.effectvelden import ALLE_VELDEN

BLAD_METING: Final = "meting"
MERK_METING: Final = "mkba-meting"
VERSIE: Final = 1
KOPPEN: Final = ("hoe", "waarde", "n", "waarvan", "laag", "hoog", "bron", "bedreigd")
_EERSTE: Final = 2
"""The index of the column of the first of these."""


def lees_meetrijen(rijen: Iterable[Rij]) -> dict[str, dict[str, Any]]:
    """The table ``[meting]`` that the rows stand for; what does not fit is refused where it is read."""
    uit: dict[str, dict[str, Any]] = {}
    for rij in list(rijen)[1:]:
        sleutel = rij.cel(KOLOM_SLEUTEL - 1).waarde
        if not isinstance(sleutel, str) or not sleutel.strip():
            continue
        sleutel = sleutel.strip()
        cellen = {naam: rij.cel(_EERSTE + i) for i, naam in enumerate(KOPPEN)}
        delen = {naam: cel.waarde for naam, cel in cellen.items() if not cel.leeg}
        veld = ALLE_VELDEN.get(sleutel)
        waarde = delen.get("waarde")
        if veld is not None and veld.soort == "ja_nee" and waarde in ("ja", "nee"):
            delen["waarde"] = waarde == "ja"  # disciplines are read from one text too
        uit[sleutel] = delen
    return uit
