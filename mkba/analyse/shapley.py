"""What each of a number of changes adds, averaged over every order in which they may come: the Shapley value."""

import numpy as np

from mkba.model.reeksen import Reeks


def shapley(waarden: Reeks) -> Reeks:
    """Shapley values: (..., 2^k) outcomes -> (..., k) parts.

    The last axis is numbered by which changes are made: bit i of the place says whether change i is. The parts add up
    to the last outcome (all changes) minus the first (none).
    """
    aantal = int(waarden.shape[-1]).bit_length() - 1
    if waarden.shape[-1] != 2**aantal:
        raise ValueError("de laatste as heeft niet 2 tot de macht k waarden")
    plaats = np.arange(2**aantal)
    grootte = keuzes(aantal).sum(axis=1) if aantal else np.zeros(1, dtype=int)
    # a change comes after a given set of n others in n! (k-n-1)! of the k! orders
    gewicht = np.array([_volgorden(n, aantal) for n in range(aantal)])
    delen = []
    for i in range(aantal):
        zonder = plaats[(plaats >> i) & 1 == 0]
        stap = waarden[..., zonder | (1 << i)] - waarden[..., zonder]
        delen.append(stap @ gewicht[grootte[zonder]])
    return np.stack(delen, axis=-1) if delen else np.zeros((*waarden.shape[:-1], 0))


def keuzes(aantal: int) -> Reeks:
    """(2^k, k): which changes are made in each combination, 1 or 0."""
    return np.asarray((np.arange(2**aantal)[:, None] >> np.arange(aantal)) & 1)


def _volgorden(voor: int, aantal: int) -> float:
    """Share of all orders in which a given set of ``voor`` others comes first and one change right after it."""
    noemer = float(aantal)
    for j in range(voor):
        noemer *= (aantal - 1 - j) / (j + 1)
    return 1.0 / noemer
