"""The business case: cash and non-cash per party per year, where each payer breaks even, and a way to share.

All amounts are sums over the ledger of one year of work, so they add up to it to the cent. *Cash* is every post but the
immaterial benefits. Sharing is a game between the payers (docs/bevindingen.md defends it): the characteristic function
is :func:`waarde`, the proposal its Shapley value.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mkba.analyse.shapley import keuzes, shapley
from mkba.kern.woorden.begrippen import (
    ACTOREN,
    FINANCIELE_BATEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KOSTENPOSTEN,
    POSTEN,
)
from mkba.model.berekening import Uitkomst
from mkba.model.reeksen import Reeks

PARTIJEN: Final[dict[str, tuple[str, ...]]] = {
    "gemeente": GEMEENTE,
    **{a: (a,) for a in ACTOREN if a not in GEMEENTE and a != "huishouden"},
    "huishouden": ("huishouden",),
}
"""Who it concerns: the gemeente as one, then the other actors; huishoudens last, who pay nothing."""
BETALERS: Final = tuple(p for p in PARTIJEN if p != "huishouden")
"""The players, in the order of the game; the gemeente is the first."""
PROGRAMMA: Final = ("kosten_aanpak", "frictiekosten")
"""The costs that can be shared: of the team. Care that the aanpak starts is paid by whom the law points at."""


@dataclass(frozen=True, eq=False)
class Businesscase:
    """Per party of :data:`PARTIJEN`: ``geld`` and ``geen_geld`` (partij, jaar), euros of that year, benefits minus
    costs; ``geld_ncw`` and ``geen_geld_ncw`` (partij,), net present value.

    Per payer of :data:`BETALERS`, euros NCW: ``deel``: what it keeps in the proposal; ``overdracht``: what it receives
    for that (pays when negative). ``tekort``: what has to come from outside before nobody loses; 0 when the payers
    together gain.
    """

    geld: Reeks
    geen_geld: Reeks
    geld_ncw: Reeks
    geen_geld_ncw: Reeks
    programma: float
    eigen: Reeks
    deel: Reeks
    overdracht: Reeks
    tekort: float

    @property
    def betalers_ncw(self) -> Reeks:
        """(betaler,): cash, euros NCW."""
        return self.geld_ncw[: len(BETALERS)]


def businesscase(uitkomst: Uitkomst) -> Businesscase:
    """The business case of one year of work, at the discount rate of the rule set."""
    kubus, ncw = uitkomst.grootboek.kubus[0], uitkomst.grootboek.kubus_ncw[0]
    geld, geen = (_per_partij(kubus, plus, min_) for plus, min_ in _SOORTEN)
    geld_ncw, geen_ncw = (_per_partij(ncw, plus, min_).sum(axis=1) for plus, min_ in _SOORTEN)
    programma = float(ncw[[POSTEN.index(p) for p in PROGRAMMA]].sum())
    betaalt_nu = -_per_partij(ncw, (), PROGRAMMA).sum(axis=1)[: len(BETALERS)]
    x = geld_ncw[: len(BETALERS)]
    eigen = x + betaalt_nu  # what the aanpak does to a payer apart from paying for the team
    kosten = float(betaalt_nu.sum())
    deel = shapley(waarde(eigen, kosten))
    tekort = max(0.0, -float(x.sum()))
    return Businesscase(geld, geen, geld_ncw, geen_ncw, programma, eigen, deel, deel - x, tekort)


def waarde(eigen: Reeks, kosten: float) -> Reeks:
    """The characteristic function: eigen (n,) -> (2^n,) euros NCW, numbered as :func:`shapley` asks.

    What a coalition can reach by itself: the gemeente (the first) is in it, for the team is hers; it pays all of the
    team (``kosten``), compensates every payer that loses, gets the gains of its own members only, and does not start
    when that is a loss.
    """
    winst = np.maximum(eigen, 0.0)
    lasten = kosten + float(np.maximum(-eigen, 0.0).sum())
    in_coalitie = keuzes(eigen.size)
    return np.asarray(np.where(in_coalitie[:, 0] == 1, np.maximum(in_coalitie @ winst - lasten, 0.0), 0.0))


_SOORTEN: Final = ((FINANCIELE_BATEN, KOSTENPOSTEN), (IMMATERIELE_BATEN, ()))


def _per_partij(kubus: Reeks, plus: tuple[str, ...], min_: tuple[str, ...]) -> Reeks:
    """(post, jaar, actor) -> (partij, jaar): some posts minus others."""
    per_actor = kubus[[POSTEN.index(p) for p in plus]].sum(axis=0) - kubus[[POSTEN.index(p) for p in min_]].sum(axis=0)
    return np.stack([per_actor[:, [ACTOREN.index(a) for a in wie]].sum(axis=1) for wie in PARTIJEN.values()])
