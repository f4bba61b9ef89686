"""A table as a page prints it, to hold against published text."""

import pandas as pd

from mkba.uitvoer.tabel import Tabel


def gedrukt(tabel: Tabel) -> pd.DataFrame:
    """Every cell as text, under the heads and row labels of the page."""
    pagina = tabel.voor_pagina()
    cellen = [[str(cel) for cel in rij] for _, _, rij in pagina.cellen()]
    return pd.DataFrame(cellen, columns=pagina.frame.columns, index=pagina.frame.index, dtype=object)
