"""The old way to make a table, until every table module gives a :class:`~mkba.uitvoer.tabel.Tabel` itself."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from mkba.uitvoer.tabel import Tabel

_MAAT: Final = {"procent": "fractie", "procent1": "fractie1", "getal": "aantal"}


def als_html(
    tabel: pd.DataFrame | Tabel,
    opmaak: str | Mapping[str, str] = "eur",
    rijen: Mapping[str, str] | None = None,
    vet: Sequence[str] = (),
    index: bool = True,
    bijschrift: str = "",
) -> Tabel:
    """A data frame as a table; ``opmaak``: one maat for all columns or one per column; ``rijen``: another for rows."""
    if isinstance(tabel, Tabel):
        return tabel
    maat = (
        _MAAT.get(opmaak, opmaak)
        if isinstance(opmaak, str)
        else {kolom: _MAAT.get(naam, naam) for kolom, naam in opmaak.items()}
    )
    rijmaat = {rij: _MAAT.get(naam, naam) for rij, naam in (rijen or {}).items()}
    return Tabel(tabel, maat, rijmaat, vet, bijschrift, index)
