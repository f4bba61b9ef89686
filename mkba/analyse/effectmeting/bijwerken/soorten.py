"""Draws of the kinds of trajecten that may not be shown: what figuur II.1 says of them is a kengetal, and moves."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import special

from mkba.analyse.effectmeting.bijwerken.meer_minder import blokken, gewichten, meng, soorten_te_raden
from mkba.analyse.effectmeting.bijwerken.trekkingen import trek_verdeling
from mkba.kern.woorden.effectvelden import aandeel_veld, aantal_veld
from mkba.kern.woorden.trajecten import CASES, SOORTEN, TRAJECTEN
from mkba.model.reeksen import Reeks

if TYPE_CHECKING:
    from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld

_Volgorde = tuple[NDArray[np.int64], NDArray[np.int64]]


def trek_soorten(i: "Ingevuld", aantal: int, zaad: int) -> dict[str, Reeks]:
    """Draws (aantal,) of the shares over the kinds of traject, together 1 per question and case; nothing of a question
    of which every kind is shown.

    How many trajecten each shown kind or group has is drawn as it was counted, and how they are divided over kinds that
    are not shown as :func:`gewichten` has it. New and existing cases, each by their own column of the figure, are off
    in the same direction: they are of one team. Questions 16 and 17 are not.
    """
    uit: dict[str, Reeks] = {}
    for vraag in (v for v in SOORTEN if v in i.telt and soorten_te_raden(i.meting, v)):
        alle, rng = blokken(i.meting, vraag), np.random.default_rng([zaad, SOORTEN.index(vraag)])
        hoeveel = trek_verdeling({b.naam: b.aantal for b in alle}, aantal, rng)
        volgorde = {t: (rng.permutation(aantal), rng.permutation(aantal)) for b in alle for t in b.soorten}
        for case in (c for c in CASES if i.effect.get(aantal_veld(vraag, c))):
            delen = meng(
                (hoeveel.get(b.naam, np.ones(aantal)), _trek(gewichten(b, vraag, case, i.kengetallen), volgorde))
                for b in alle
            )
            uit |= {aandeel_veld(vraag, case, t): delen.get(t, np.zeros(aantal)) for t in TRAJECTEN}
    return uit


def _trek(gewicht: Mapping[str, float], volgorde: Mapping[str, _Volgorde]) -> dict[str, Reeks]:
    """Draws of a Dirichlet, {kind: (aantal,)}: gamma draws divided by their sum, each kind in an order of its own.

    In logarithms, as log G(a) = log G(a + 1) + log(U) / a: of a small weight nearly all draws are 0 otherwise.
    """
    logs = []
    for t, a in gewicht.items():
        een, twee = volgorde[t]
        logs.append(_log_gamma(a, een.size)[een] + _log_kans(een.size)[twee] / a)
    hoogte = np.array(logs)
    delen = np.exp(hoogte - hoogte.max(axis=0))
    return dict(zip(gewicht, delen / delen.sum(axis=0), strict=True))


@lru_cache(maxsize=512)
def _log_gamma(gewicht: float, aantal: int) -> Reeks:
    """Logarithms (aantal,) of a gamma with ``gewicht`` + 1, evenly spread over its chances."""
    uit = np.log(special.gammaincinv(gewicht + 1.0, (np.arange(aantal) + 0.5) / aantal))
    uit.flags.writeable = False
    return np.asarray(uit)


@lru_cache(maxsize=8)
def _log_kans(aantal: int) -> Reeks:
    """Logarithms (aantal,) of chances, evenly spread."""
    uit = np.log((np.arange(aantal) + 0.5) / aantal)
    uit.flags.writeable = False
    return np.asarray(uit)
