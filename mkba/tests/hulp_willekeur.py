"""Random registrations for who tries to work back what is hidden."""

import numpy as np
import pandas as pd

from mkba.invoer.effectmeting.kolommen import TYPE_VAN, UITVOERDERS
from mkba.kern.woorden.trajecten import ESCALATIES, TRAJECTEN

STARTS = ["2022-12-01", "2023-02-01", "2023-08-01", "2024-01-01"]
"""All that an escalatie of 1 May 2024 comes after: of the first every moment is due, of the others one less each."""


def tabellen(zaad: int, aantal: int, erbij: int = 0, vol: bool = True) -> dict[str, pd.DataFrame]:
    """A random registration of ``aantal`` households and ``erbij`` more, of which some may be of a new team."""
    kans = np.random.default_rng(zaad)
    n = aantal + erbij
    codes = np.array([f"h{i}" for i in range(n)])
    teams = ["Noord", "Zuid", "West"][: 1 + zaad % 3]
    team = kans.choice(teams, n)
    if zaad % 2:
        team[aantal:] = "Nieuw"
    type_ = kans.choice(list(TYPE_VAN), n, p=kans.dirichlet([2, 2, 2]))
    gezin = type_ == "gezinnen"
    ja_nee = np.array([True, False, None], dtype=object)
    huishoudens = {
        "pseudoniem": codes,
        "type": type_,
        "team": team,
        "start": "2024-01-01",
        "status": kans.choice(["lopend", "uitgevallen"], n, p=[0.9, 0.1]),
        "nieuw": kans.choice([True, False], n, p=[0.3, 0.7]),
    }
    zwaarte = kans.choice(["ev", "zr", "nzr", "top"], n, p=kans.dirichlet([3, 3, 3, 0.5]))
    problematiek = {"pseudoniem": codes, "moment": 0, "zwaarte": zwaarte}
    if not vol:
        return {"huishoudens": pd.DataFrame(huishoudens), "problematiek": pd.DataFrame(problematiek)}
    huishoudens |= {
        "kinderen": np.where(gezin, kans.integers(1, 5, n), 0),
        "eenouder": pd.array(kans.random(n) < 0.3, dtype="boolean"),
    }
    problematiek["schulden"] = kans.choice(ja_nee, n, p=[0.5, 0.4, 0.1])
    huishoudens["start"] = kans.choice(STARTS, n, p=kans.dirichlet([2, 1, 1, 1]))
    na = []
    for m, deel in ((6, 0.8), (12, 0.5))[: 1 + zaad % 2]:
        later = codes[kans.random(n) < deel]
        na.append({"pseudoniem": later, "moment": m, "zwaarte": kans.choice(["ev", "zr", "nzr", "top"], len(later))})
    wie = kans.integers(0, n, 2 * n)
    wat = kans.integers(0, n, n)
    dreigt = kans.choice(n, n // 3, replace=False)
    frame = pd.DataFrame(huishoudens)
    frame.loc[~gezin, "eenouder"] = pd.NA
    return {
        "huishoudens": frame,
        "problematiek": pd.concat([pd.DataFrame(problematiek), *map(pd.DataFrame, na)]),
        "trajecten": pd.DataFrame(
            {
                "pseudoniem": codes[wie],
                "moment": kans.choice([0, 6], 2 * n),
                "type": kans.choice(list(TRAJECTEN)[:6], 2 * n),
                "stand": kans.choice(["lopend", "nieuw", "afgevallen"], 2 * n),
                "uitgevoerd": kans.choice(ja_nee, 2 * n, p=[0.8, 0.1, 0.1]),
            }
        ),
        "acties": pd.DataFrame(
            {
                "pseudoniem": codes[wat],
                "moment": 0,
                "door": kans.choice(list(UITVOERDERS), n),
                "uitgevoerd": kans.choice([True, False], n),
            }
        ),
        "escalaties": pd.DataFrame(
            {
                "pseudoniem": codes[dreigt],
                "soort": kans.choice(list(ESCALATIES), len(dreigt), p=kans.dirichlet([1, 1, 1, 1, 1])),
                "uitkomst": kans.choice(["voorkomen", "gebeurd", "dreigde"], len(dreigt)),
                "datum": "2024-05-01",
            }
        ),
    }
