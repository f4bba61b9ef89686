"""One team is one team, however it was typed: "Team Noord", "TEAM NOORD" and "team  noord"."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import pandas as pd

from mkba.kern.tekst.notatie import hoeveel
from mkba.kern.tekst.schrift import vergelijkbaar

NAMEN: Final = {"team": "een team", "wijk": "een wijk"}
"""Columns that join tables by a name."""


def een_schrijfwijze(frames: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """The tables with each name of a team and a wijk in its most common spelling, and a remark per column where that
    changed something; of two as common the first in the alphabet."""
    uit = dict(frames)
    opmerkingen = []
    for kolom, wat in NAMEN.items():
        met = [naam for naam, f in uit.items() if kolom in f]
        telling = Counter[str]()
        for naam in met:
            telling.update({str(w): int(n) for w, n in uit[naam][kolom].dropna().value_counts().items() if n})
        vast: dict[str, str] = {}
        for naam, _ in sorted(telling.items(), key=lambda paar: (-paar[1], paar[0])):
            vast.setdefault(vergelijkbaar(naam), naam)
        anders = {naam: vast[vergelijkbaar(naam)] for naam in telling if vast[vergelijkbaar(naam)] != naam}
        if not anders:
            continue
        for naam in met:
            kol = uit[naam][kolom]
            uit[naam] = uit[naam].assign(**{kolom: kol.astype("object").replace(anders).astype(_soort(kol))})
        opmerkingen.append(
            f"{hoeveel(len(anders), 'andere schrijfwijze', 'andere schrijfwijzen')} van {wat} (hoofdletters, spaties) "
            f"{'is' if len(anders) == 1 else 'zijn'} samengenomen met de gewone."
        )
    return uit, opmerkingen


def _soort(kolom: "pd.Series[str]") -> str:
    return "category" if isinstance(kolom.dtype, pd.CategoricalDtype) else str(kolom.dtype)
