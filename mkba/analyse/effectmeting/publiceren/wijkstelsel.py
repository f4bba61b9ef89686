"""Whether who knows every shown number of wijken can work back how few events a wijk, or a group in a period, had.

Where all wijken began at once a reader has of each group its events and the mean of its rates, over the same periods:
what is left of a small count is then worked out (:func:`te_herleiden_tegelijk`). Where they began one after the other,
each counts before and after its own start, and the numbers are sums over different periods: then it is found by a
linear program over all of them (:func:`te_herleiden_na_elkaar`). Counts are arrays (wijken, perioden), in the order of
the panel, as is ``omvang``, the households.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint

from mkba.analyse.effectmeting.attributie.paneel import Getallen, Paneel
from mkba.analyse.effectmeting.attributie.verschil import bruto_gewichten, moment, netto_gewichten, vensters
from mkba.analyse.effectmeting.publiceren.wijkafronding import CIJFERS, stap_van
from mkba.analyse.onderdrukking.oplosser import SPELING, ZONDER_GRENS, kleinste
from mkba.analyse.onderdrukking.stelsel import Masker


def groepen_van(paneel: Paneel) -> list[Masker]:
    """Which wijken have the aanpak, and which have not: masks (wijken,), without an empty one."""
    return [g for g in (paneel.met_aanpak, ~paneel.met_aanpak) if g.any()]


def te_herleiden_tegelijk(
    paneel: Paneel, aantal: Getallen, omvang: Getallen, delen: Sequence[slice], drempel: float, stap: float
) -> bool:
    """Whether in some part of the periods a wijk of few events is known to within the threshold, where all began at
    once.

    A reader has of each group two numbers: that of all its events (a wijk counts by its households, as in a line), and
    the mean of the rates of its wijken, each of which counts the same, to two digits, ``stap`` at best. Between two
    wijken of unequal size that is two equations with two unknowns. Of more wijken an interval is left: over every whole
    number of one wijk, the others together can give the mean between what they give when all is in the largest of them
    and when all is in the smallest.
    """
    for groep in groepen_van(paneel):
        for d in (d for d in delen if aantal[:, d].shape[1]):
            perioden = aantal[:, d].shape[1]
            per_wijk, breuk = aantal[groep][:, d].sum(axis=1), 1 / omvang[groep][:, d].mean(axis=1)
            samen, som = float(per_wijk.sum()), float((per_wijk * breuk).sum())
            gemiddeld = som / (len(breuk) * perioden)
            fijnst = min(stap_van(gemiddeld, CIJFERS), stap) if gemiddeld > 0 else 0.0
            marge = fijnst / 2 * len(breuk) * perioden
            for w in np.flatnonzero(per_wijk < drempel):
                ander = np.delete(breuk, w)
                if not len(ander):
                    return True
                x = np.arange(samen + 1)
                laag, hoog = (x * breuk[w] + (samen - x) * b for b in (ander.min(), ander.max()))
                kan = x[(laag <= som + marge) & (hoog >= som - marge)]
                if kan[-1] - kan[0] < drempel:
                    return True
    return False


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


def te_herleiden_na_elkaar(
    paneel: Paneel,
    aantal: Getallen,
    omvang: Getallen,
    blokken: Sequence[slice],
    gezien: Sequence[Gezegd],
    drempel: float,
) -> bool:
    """Whether some count below the threshold is known to within it, where wijken began one after the other: of a wijk
    in a period, before or after its start, or of a group in a period.

    ``blokken``: the points of the line, in which a reader knows the events of each group; ``gezien``: what else is
    said. A count is 0 or more and may otherwise be anything.
    """
    groepen = groepen_van(paneel)
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
    """How far apart the least and the greatest whole number are that a count can be: infinite without a bound, and none
    where the solver finds neither."""
    einden = []
    for teken in (1.0, -1.0):
        uit = kleinste(teken * doel, [stelsel], 0.0, np.inf)
        if uit.status != 0:
            return math.inf if uit.status in ZONDER_GRENS else 0.0
        einden.append(teken * float(uit.fun))
    return float(np.floor(einden[1] + SPELING) - np.ceil(einden[0] - SPELING))
