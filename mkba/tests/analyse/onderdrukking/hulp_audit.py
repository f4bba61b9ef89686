"""What a reader of published tables can work back, by integer programs that share no code with what they audit."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from mkba.analyse.onderdrukking.tabellen import Publicatie

Sleutel = tuple[tuple[str, str], ...]


def optellingen(p: Publicatie) -> list[tuple[Sleutel, list[Sleutel]]]:
    """Every sum that a reader of these tables knows: a cell and the cells that it is the sum of."""
    uit = []
    for tabel in p.tabellen:
        waarden = {v: sorted({w for s in p.cellen for n, w in s if n == v}) for v in tabel}
        for weg in tabel:
            rest = [v for v in tabel if v != weg]
            for vast in product(*([None, *waarden[v]] for v in rest)):
                basis = {v: w for v, w in zip(rest, vast, strict=True) if w is not None}
                cellen = [tuple(sorted({**basis, weg: w}.items())) for w in waarden[weg]]
                uit.append((tuple(sorted(basis.items())), cellen))
    return [*uit, *((t, list(d)) for t, d in p.sommen)]


def sommen_van(keren: Sequence[Publicatie]) -> tuple[dict[tuple[int, Sleutel], int], np.ndarray, LinearConstraint]:
    """Publications as one system: the place of each cell (of which time), what was shown there (nan: hidden), and that
    the sums of each add up."""
    plek = {(k, s): i for i, (k, s) in enumerate((k, s) for k, p in enumerate(keren) for s in p.cellen)}
    rijen = []
    for k, p in enumerate(keren):
        for totaal, delen in optellingen(p):
            rij = np.zeros(len(plek))
            rij[plek[(k, totaal)]] = -1
            for s in delen:
                rij[plek[(k, s)]] += 1
            rijen.append(rij)
    getoond = np.array([np.nan if (w := keren[k].cellen[s]) is None else w for k, s in plek])
    return plek, getoond, LinearConstraint(np.array(rijen).reshape(-1, len(plek)), 0, 0)


def intervallen(
    p: Publicatie,
    marge: float = 0.0,
    onder: dict[Sleutel, float] | None = None,
    genoeg: float = 10.0,
) -> dict[Sleutel, tuple[float, float]]:
    """What a reader of all tables can say of each hidden cell: exact where he knows it to less than ``genoeg``.

    Every registration that fits what is shown says of all cells at once what they may be. A cell of which the least
    that there is, and ``genoeg`` more, were seen needs no program of its own: what is given is then no wider than true.
    """
    sleutels = list(p.cellen)
    _, getoond, sommen = sommen_van((p,))
    weg = np.isnan(getoond)
    bodem = np.array([(onder or {}).get(s, 0.0) for s in sleutels])
    laag = np.maximum(np.where(weg, 0.0, getoond - marge), bodem)
    hoog = np.where(weg, 10_000, getoond + marge)
    regels = [sommen] if len(sommen.A) else []
    minst, meest = np.full(len(sleutels), np.inf), np.full(len(sleutels), -np.inf)
    for i in np.flatnonzero(weg):
        for teken in (1, -1):
            if minst[i] <= laag[i] and meest[i] >= minst[i] + genoeg:
                break
            x = _uiterste(teken, int(i), regels, laag, hoog)
            minst, meest = np.minimum(minst, x), np.maximum(meest, x)
    return {s: (float(minst[i]), float(meest[i])) for i, s in enumerate(sleutels) if p.cellen[s] is None}


def _uiterste(teken: int, plek: int, regels: list[LinearConstraint], laag: np.ndarray, hoog: np.ndarray) -> np.ndarray:
    """All cells, in whole households, where one of them is least (1) or greatest (-1)."""
    doel = np.zeros(len(laag))
    doel[plek] = teken
    opgelost = milp(doel, integrality=np.ones(len(laag)), bounds=Bounds(laag, hoog), constraints=regels)
    assert opgelost.status == 0
    return np.asarray(opgelost.x).round()
