"""The class of every household at every moment: by the registration itself, else by the scores of the ZRM.

The rule is that of :func:`mkba.analyse.doelgroepen.zelfredzaamheid.deel_huishouden_in`, over all rows at once (a test
holds them beside each other).
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.analyse.doelgroepen.zelfredzaamheid import (
    ADL,
    ADL_GEBIEDEN,
    FEIT_IN_GEBIED,
    GEBIEDEN,
    KOLOMMEN,
    NIET_IN_GEMIDDELDE,
)
from mkba.invoer.effectmeting.kolommen import DOMEINKOLOMMEN
from mkba.kern.catalogus.kengetallen import Kengetallen

Masker = NDArray[np.bool_]


def klassen(problematiek: pd.DataFrame, kengetallen: Kengetallen) -> pd.Series:
    """One of :data:`KOLOMMEN` per row of the table problematiek, as a category. A class that is given goes first."""
    grens = kengetallen["zelfredzaamheid.probleem_score"]
    op_0_1 = (problematiek["schaal"] == "0-1").to_numpy(dtype=bool)

    def probleem(domein: str) -> Masker:
        if domein not in problematiek:
            return np.zeros(len(problematiek), dtype=bool)
        score = problematiek[domein].to_numpy(dtype=np.float32)
        is_probleem: Masker = np.where(op_0_1, score == 1, score <= grens)
        return is_probleem

    in_gebied: dict[str, Masker] = {}
    for gebied, domeinen in GEBIEDEN.items():
        # schulden and overlast are yes/no in this table, and stand in an area by their own definition
        gevallen = [probleem(d) for d in domeinen if d in DOMEINKOLOMMEN]
        gevallen += [
            problematiek[feit].fillna(False).to_numpy(dtype=bool) for feit, g in FEIT_IN_GEBIED.items() if g == gebied
        ]
        in_gebied[gebied] = np.logical_or.reduce([np.zeros(len(problematiek), dtype=bool), *gevallen])
    adl = np.logical_or.reduce([probleem(d) for d in ADL])
    in_gebied["lichamelijk"] |= adl & ~np.logical_or.reduce([in_gebied[g] for g in ADL_GEBIEDEN])
    gebieden = np.sum(list(in_gebied.values()), axis=0)

    som = np.zeros(len(problematiek))
    aantal = np.zeros(len(problematiek), dtype=np.int64)
    for domein in DOMEINKOLOMMEN:
        if domein not in NIET_IN_GEMIDDELDE:
            score = problematiek[domein].to_numpy(dtype=np.float64)
            aantal += ~np.isnan(score)
            som += np.nan_to_num(score)
    gemiddelde = np.divide(som, aantal, out=np.full(len(som), np.nan), where=aantal > 0)

    nummer = {k: i for i, k in enumerate(KOLOMMEN)}
    uit = np.where(gemiddelde < kengetallen["zelfredzaamheid.grens_nzr"], nummer["nzr"], nummer["zr"])
    uit[op_0_1] = nummer["mv"]
    uit[gebieden < kengetallen["zelfredzaamheid.gebieden_mv"]] = nummer["ev"]
    uit[aantal < kengetallen["zelfredzaamheid.minimum_scores"]] = nummer["onbekend"]
    gegeven = problematiek["zwaarte"].cat.codes.to_numpy()
    vertaald = np.array([nummer[str(k)] for k in problematiek["zwaarte"].cat.categories], dtype=np.int64)
    uit = np.where(gegeven >= 0, vertaald[gegeven], uit)
    return pd.Series(pd.Categorical.from_codes(uit, categories=list(KOLOMMEN)), index=problematiek.index)
