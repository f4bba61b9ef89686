"""A table that came twice: a copy in the same folder, or a workbook and the csv made of it.

Two households, or two rows of one moment, are refused row by row. Of trajecten, acties, escalaties and team two equal
rows can be two things, so that a copy would count double in silence.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import pandas as pd

from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import getal, hoeveel

ZONDER_SLEUTEL: Final = ("trajecten", "acties", "escalaties", "team")
"""Tables in which nothing says of two equal rows that they are one."""
_EEN: Final = 2
"""So many rows make a part a copy; one row can be the same by chance. A choice."""


def dubbele_delen(
    delen: Mapping[str, Sequence[pd.DataFrame]], bestanden: Sequence[Path]
) -> tuple[list[Melding], list[str]]:
    """A message per part of a table of which every row stands in another part too, and a remark where some do.

    The frames have ``_bestand`` (an index) and ``_goed`` beside their columns.
    """
    meldingen: list[Melding] = []
    opmerkingen: list[str] = []
    for naam in ZONDER_SLEUTEL:
        tellingen = [(_bestand(d), t) for d, t in zip(delen[naam], _tellingen(delen[naam]), strict=True) if len(t)]
        for (een, links), (ander, rechts) in combinations(tellingen, 2):
            gelijk = int(links.combine(rechts, min, fill_value=0).sum())
            kleinste = int(min(links.sum(), rechts.sum()))
            waar, ook = (een, ander) if links.sum() <= rechts.sum() and links.sum() != rechts.sum() else (ander, een)
            waarin = f"in {bestanden[ook].name}" if waar != ook else "op een ander blad van dit bestand"
            if gelijk == kleinste >= _EEN:
                oorzaak = f"alle {getal(kleinste)} rijen van deze tabel staan ook {waarin}: zij zouden dubbel tellen."
                remedie = "Haal de kopie weg, of geef de bestanden die u bedoelt een voor een op."
                meldingen.append(Melding(naam, None, oorzaak, remedie, str(bestanden[waar])))
            elif gelijk:
                staat, telt = ("staat", "telt") if gelijk == 1 else ("staan", "tellen")
                rijen = hoeveel(gelijk, "rij van de tabel", "rijen van de tabel")
                opmerkingen.append(
                    f"{rijen} {naam} in {bestanden[waar].name} {staat} ook {waarin}, en {telt} dubbel. "
                    "Zijn het dezelfde, haal ze dan een keer weg."
                )
    return meldingen, opmerkingen


def _bestand(deel: pd.DataFrame) -> int:
    return int(deel["_bestand"].iloc[0]) if len(deel) else 0


def _tellingen(delen: Sequence[pd.DataFrame]) -> list["pd.Series[int]"]:
    """Per part how often each row is in it, the rows that can be read, by a hash over the columns of all parts."""
    if len(delen) < 2:
        return [pd.Series(dtype="int64") for _ in delen]
    kolommen = sorted({str(k) for d in delen for k in d.columns} - {"_bestand", "_rij", "_goed"})
    uit = []
    for deel in delen:
        tekst = deel.loc[deel["_goed"].to_numpy(dtype=bool)].reindex(columns=kolommen).astype("object")
        plat = tekst.where(tekst.notna(), "").astype(str)
        uit.append(pd.util.hash_pandas_object(plat, index=False).value_counts())
    return uit
