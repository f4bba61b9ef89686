"""Whether who knows every shown number of wijken can work back how few events a wijk, or a group in a period, had.

Where all wijken began at once a reader has of each group its events and the mean of its rates, over the same periods
(:func:`mkba.analyse.effectmeting.publiceren.wijkcijfers.te_herleiden`). Where they began one after the other, each
counts before and after its own start, and the numbers are sums over different periods: then what is left of every small
count is found by a linear program over all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from mkba.analyse.effectmeting.attributie.paneel import Getallen, Paneel
from mkba.analyse.effectmeting.attributie.verschil import bruto_gewichten, moment, netto_gewichten, vensters

Masker = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Gezegd:
    """One shown number: ``gewicht`` (wijken, perioden) of the rates that it is the sum of, ``marge``: half of the step
    to which it is rounded."""

    gewicht: Getallen
    marge: float


def gezegd(paneel: Paneel, afstanden: Sequence[int], marge: float, met_netto: bool) -> list[Gezegd]:
    """What an attribution says that is a sum of rates: the mean before the start, bruto, netto (``met_netto``) and the
    points at these distances from the start."""
    perioden, met = len(paneel.perioden), paneel.met_aanpak
    voor = met[:, None] & (np.arange(perioden) < paneel.start[:, None])
    delen = [voor / np.maximum(voor.sum(axis=1, keepdims=True), 1) / met.sum()]
    delen.append(bruto_gewichten(paneel.start, vensters(perioden)))
    if met_netto:
        delen.append(netto_gewichten(paneel.start, vensters(perioden)))
        delen += [netto_gewichten(paneel.start, moment(perioden, a)) for a in afstanden]
    return [Gezegd(np.asarray(d, dtype=np.float64), marge) for d in delen]


def is_te_herleiden(
    paneel: Paneel,
    aantal: Getallen,
    omvang: Getallen,
    blokken: Sequence[slice],
    gezien: Sequence[Gezegd],
    drempel: float,
) -> bool:
    """Whether some count below the threshold is known to within it: of a wijk in a period, before or after its start,
    or of a group in a period.

    ``blokken``: the points of the line, in which a reader knows the events of each group; ``gezien``: what else is
    said. A count is 0 or more and may otherwise be anything.
    """
    groepen = [g for g in (paneel.met_aanpak, ~paneel.met_aanpak) if g.any()]
    som = [_vak(aantal.shape, g, b) for g in groepen for b in blokken]
    # in halves of the step, so that the tolerance of the solver is small beside it
    los = [g.gewicht / omvang / g.marge for g in gezien]
    rijen = np.array([r.ravel() for r in (*som, *los)])
    waar, speling = rijen @ aantal.ravel(), np.array([0.0] * len(som) + [1.0] * len(los))
    stelsel = LinearConstraint(rijen, waar - speling, waar + speling)
    return any(_ruimte(vak.ravel(), stelsel) < drempel for vak in _klein(paneel, aantal, groepen, drempel))


def _klein(paneel: Paneel, aantal: Getallen, groepen: Sequence[Masker], drempel: float) -> Iterator[Getallen]:
    """Which counts are below the threshold, as weights of all counts."""
    perioden = aantal.shape[1]
    eerste = np.where(paneel.met_aanpak, paneel.start, paneel.start.min())
    los = [slice(t, t + 1) for t in range(perioden)]
    for i in range(len(paneel.wijken)):
        een = np.arange(len(paneel.wijken)) == i
        for deel in (slice(0, int(eerste[i])), slice(int(eerste[i]), perioden), *los):
            if aantal[een, deel].sum() < drempel:
                yield _vak(aantal.shape, een, deel)
    for groep in groepen:
        yield from (_vak(aantal.shape, groep, t) for t in los if aantal[groep, t].sum() < drempel)


def _vak(vorm: tuple[int, ...], wijken: Masker, perioden: slice) -> Getallen:
    uit = np.zeros(vorm)
    uit[wijken, perioden] = 1.0
    return uit


def _ruimte(doel: Getallen, stelsel: LinearConstraint) -> float:
    """How far apart the least and the greatest whole number are that a count can be, infinite without a bound."""
    einden = []
    for teken in (1.0, -1.0):
        uit: Any = milp(teken * doel, bounds=Bounds(0.0, np.inf), constraints=stelsel)
        einden.append(teken * float(uit.fun) if uit.status == 0 else -teken * np.inf)
    return float(np.floor(einden[1] + _SPELING) - np.ceil(einden[0] - _SPELING))


_SPELING = 1e-6
