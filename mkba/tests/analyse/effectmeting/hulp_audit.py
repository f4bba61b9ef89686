"""What a reader of published tables can work back, by integer programs that share no code with what they audit."""

from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from mkba.analyse.effectmeting.onderdrukking import Publicatie, Sleutel, sleutel_van


def intervallen(
    p: Publicatie, marge: float = 0.0, onder: dict[Sleutel, float] | None = None
) -> dict[Sleutel, tuple[float, float]]:
    """What a reader of all tables can say of each hidden cell."""
    sleutels = list(p.cellen)
    plek = {s: i for i, s in enumerate(sleutels)}
    rijen = []
    for tabel in p.tabellen:
        waarden = {v: sorted({w for s in sleutels for n, w in s if n == v}) for v in tabel}
        for weg in tabel:
            rest = [v for v in tabel if v != weg]
            for vast in product(*([None, *waarden[v]] for v in rest)):
                basis = {v: w for v, w in zip(rest, vast, strict=True) if w is not None}
                rij = np.zeros(len(sleutels))
                rij[plek[sleutel_van(**basis)]] = -1
                for w in waarden[weg]:
                    rij[plek[sleutel_van(**basis, **{weg: w})]] += 1
                rijen.append(rij)
    getoond = np.array([np.nan if (g := p.cellen[s]) is None else g for s in sleutels])
    weg = np.isnan(getoond)
    laag = np.where(weg, [(onder or {}).get(s, 0.0) for s in sleutels], getoond - marge)
    hoog = np.where(weg, np.inf, getoond + marge)
    hoog[np.isinf(hoog)] = 10_000
    uit = {}
    for s in sleutels:
        if p.cellen[s] is not None:
            continue
        grens = []
        for teken in (1, -1):
            doel = np.zeros(len(sleutels))
            doel[plek[s]] = teken
            opgelost = milp(
                doel,
                integrality=np.ones(len(sleutels)),
                bounds=Bounds(laag, hoog),
                constraints=LinearConstraint(np.array(rijen), 0, 0),
            )
            assert opgelost.status == 0
            grens.append(teken * opgelost.fun)
        uit[s] = (grens[0], grens[1])
    return uit
