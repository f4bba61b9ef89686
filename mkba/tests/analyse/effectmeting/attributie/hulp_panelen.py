"""Small panels for the tests of attribution."""

import numpy as np
import pandas as pd

from mkba.analyse.effectmeting.attributie.paneel import Paneel


def paneel(waarden: object, start: object, uitkomst: str = "huisuitzetting") -> Paneel:
    """A panel of these values per wijk and period; ``start`` per wijk, as many as periods for a comparison wijk."""
    getallen = np.asarray(waarden, dtype=float)
    wijken = tuple(f"wijk {i + 1}" for i in range(len(getallen)))
    perioden = tuple(f"20{20 + j // 4}K{j % 4 + 1}" for j in range(getallen.shape[1]))
    return Paneel(uitkomst, wijken, perioden, getallen, np.asarray(start, dtype=np.int64))


def toevallig(met: int, zonder: int, perioden: int = 8, zaad: int = 1, effect: float = 0.0) -> Paneel:
    """Wijken with a level of their own, common periods and lasting shocks; the aanpak begins halfway."""
    rng = np.random.default_rng(zaad)
    begin = perioden // 2
    y = rng.normal(10, 1, (met + zonder, 1)) + rng.normal(0, 1, perioden)
    y = y + np.cumsum(rng.normal(0, 0.5, (met + zonder, perioden)), axis=1)
    y[:met, begin:] += effect
    return paneel(y, [begin] * met + [perioden] * zonder, "zorggebruik_eur")


def lang(p: Paneel) -> pd.DataFrame:
    """A row per wijk and period, as other packages want it."""
    wijk, periode = np.indices(p.waarden.shape)
    met = p.met_aanpak[wijk.ravel()]
    return pd.DataFrame(
        {
            "y": p.waarden.ravel(),
            "wijk": wijk.ravel(),
            "periode": periode.ravel(),
            "met": met.astype(int),
            "na": (periode.ravel() >= p.start.min()).astype(int),
            "behandeld": (periode.ravel() >= p.start[wijk.ravel()]).astype(int),
        }
    )
