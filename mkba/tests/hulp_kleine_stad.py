"""A made-up registration of as many households as asked."""

import numpy as np
import pandas as pd

from mkba.invoer.effectmeting.kolommen import TYPE_VAN
from mkba.kern.woorden.trajecten import TRAJECTEN


def stad(aantal: int, zaad: int = 1) -> dict[str, pd.DataFrame]:
    """A made-up registration; a larger one has the same first households."""
    kans = np.random.default_rng(zaad)
    n = 400
    codes = np.array([f"h{i}" for i in range(n)])
    huishoudens = pd.DataFrame(
        {
            "pseudoniem": codes,
            "type": kans.choice(list(TYPE_VAN), n),
            "team": kans.choice(["Noord", "Zuid"], n),
            "start": "2024-01-01",
            "nieuw": kans.random(n) < 0.3,
            "status": "lopend",
            "kinderen": kans.integers(1, 4, n),
        }
    )
    huishoudens.loc[huishoudens["type"] != "gezinnen", "kinderen"] = 0
    problematiek = pd.DataFrame(
        {
            "pseudoniem": codes,
            "moment": 0,
            "zwaarte": kans.choice(["ev", "zr", "nzr", "top"], n, p=[0.4, 0.3, 0.28, 0.02]),
        }
    )
    wie = kans.integers(0, n, 3 * n)
    trajecten = pd.DataFrame(
        {
            "pseudoniem": codes[wie],
            "moment": 0,
            "type": kans.choice(TRAJECTEN[:4], 3 * n),
            "stand": kans.choice(["lopend", "nieuw", "afgevallen"], 3 * n),
            "uitgevoerd": True,
        }
    )
    binnen = set(codes[:aantal])
    tabellen = {"huishoudens": huishoudens, "problematiek": problematiek, "trajecten": trajecten}
    return {naam: t[t["pseudoniem"].isin(binnen)] for naam, t in tabellen.items()}
