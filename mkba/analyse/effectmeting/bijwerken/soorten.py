"""Kinds of trajecten that may not be shown, as draws: what figuur II.1 says of them is a kengetal, and moves like one."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import special

from mkba.analyse.effectmeting.bijwerken.meer_minder import Blok, blokken, meng
from mkba.analyse.effectmeting.bijwerken.trekkingen import trek_verdeling
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.tellen.telling import STAND
from mkba.invoer.voorbeeld import figuur_ii_1
from mkba.kern.woorden.effectvelden import aandeel_veld, aantal_veld
from mkba.kern.woorden.trajecten import CASES, SOORTEN, TRAJECTEN
from mkba.model.reeksen import Reeks

if TYPE_CHECKING:
    from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld

FIGUUR_TELT: Final = "steekproef.figuur_telt"
"""The kengetal that says as how many trajecten the division of figuur II.1 counts."""
_EEN_EURO: Final = 1.0


def soorten_te_raden(meting: Meting, vraag: str) -> bool:
    """Whether of some trajecten of question 16 ("meer") or 17 ("minder") it is not to be shown of which kind they are."""
    return any(_te_raden(b) for b in blokken(meting, STAND[vraag]))


def _te_raden(blok: Blok) -> bool:
    return len(blok.soorten) > 1


def gewichten(blok: Blok, vraag: str, case: str, kengetallen: Mapping[str, float]) -> dict[str, float]:
    """What is known beforehand of how the trajecten of a block are divided over their kinds, as numbers of trajecten
    per kind: the parameters of a Dirichlet.

    Figuur II.1 counts as ``steekproef.figuur_telt`` trajecten, divided over the kinds of the block as it has them, and
    one traject more is of kinds that it has none of: of each for as many euros, as what costs more is rarer. Of a group
    of which it has none each kind counts as one: then no division is likelier than another. What is left besides shown
    kinds or groups, of which it has none either, is as many, of each kind for as many euros.
    """
    figuur = {t: w for t, w in figuur_ii_1()[vraag, case].items() if t in blok.soorten}
    if not figuur and not blok.rest:
        return dict.fromkeys(blok.soorten, 1.0)
    anders = [t for t in blok.soorten if t not in figuur]
    per_euro = {t: 1.0 / max(kengetallen[f"traject.{t}.eur"], _EEN_EURO) for t in anders}
    erbij = (1.0 if figuur else len(anders)) / sum(per_euro.values()) if anders else 0.0
    telt = kengetallen[FIGUUR_TELT] / sum(figuur.values()) if figuur else 0.0
    return {t: telt * w for t, w in figuur.items()} | {t: erbij * w for t, w in per_euro.items()}


def trek_soorten(i: "Ingevuld", aantal: int, zaad: int) -> dict[str, Reeks]:
    """Draws (aantal,) of the shares over the kinds of traject, together 1 per question and case; nothing of a question of
    which every kind is shown.

    How many trajecten each shown kind or group has is drawn as it was counted, and how they are divided over kinds that
    are not shown as :func:`gewichten` has it. What is hidden beside kinds that are shown is drawn of the others, and so
    has another mean than the answer, which takes it to be as those shown. New and existing cases, each by their own
    column of the figure, are off in the same direction: they are of one team. Questions 16 and 17 are not.
    """
    uit: dict[str, Reeks] = {}
    for nummer, vraag in enumerate(SOORTEN):
        if vraag not in i.telt or not soorten_te_raden(i.meting, vraag):
            continue
        alle, rng = blokken(i.meting, STAND[vraag]), np.random.default_rng([zaad, nummer])
        hoeveel = trek_verdeling({b.naam: b.aantal for b in alle}, aantal, rng)
        volgorde = {t: (rng.permutation(aantal), rng.permutation(aantal)) for b in alle for t in b.soorten}
        for case in (c for c in CASES if i.effect.get(aantal_veld(vraag, c))):
            delen = meng(
                (hoeveel.get(b.naam, np.ones(aantal)), _trek(gewichten(b, vraag, case, i.kengetallen), volgorde))
                for b in alle
            )
            uit |= {aandeel_veld(vraag, case, t): delen.get(t, np.zeros(aantal)) for t in TRAJECTEN}
    return uit


def _trek(gewicht: Mapping[str, float], volgorde: Mapping[str, tuple[Reeks, Reeks]]) -> dict[str, Reeks]:
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
