"""Teams beside each other as a table."""

import pandas as pd

from mkba.analyse.effectmeting.teams import Teams
from mkba.uitvoer.effectmeting.teams.zinnen import OM_TE_LEREN
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel


def teamtabel(teams: Teams) -> Tabel:
    """A row per team, by name: households, own value with its interval, drawn value with its interval, how far drawn.

    Of a team with too few households the own value is not printed.
    """
    maat = "fractie1" if teams.soort == "aandeel" else "decimaal2"
    koppen = [
        "team",
        "huishoudens",
        "eigen",
        "eigen: van",
        "eigen: tot",
        "getrokken",
        "van",
        "tot",
        "hoe ver getrokken",
    ]
    rijen = []
    for t in teams.teams:
        s = t.schatting
        eigen = [Cel(w, maat) for w in ((s.waarde, s.laag, s.hoog) if s else (None, None, None))]
        rijen.append([t.naam, t.n, *eigen, *(Cel(w, maat) for w in (t.gekrompen, t.laag, t.hoog)), t.krimp])
    return Tabel(
        pd.DataFrame(rijen, columns=koppen),
        {"huishoudens": "aantal", **dict.fromkeys(koppen[2:8], maat), koppen[8]: "fractie"},
        index=False,
        samen={
            "eigen waarde (95%-interval)": ["eigen", ", ", "eigen: van", " tot ", "eigen: tot"],
            "getrokken naar het gemiddelde (95%-interval)": ["getrokken", ", ", "van", " tot ", "tot"],
        },
        bijschrift=f"Teams naast elkaar, op naam: {OM_TE_LEREN}",
    )
