"""Which tables of so many households there are: those of which on average a cell could be shown.

Linked tables hide together. Of a sample of seventy households nearly every cell of a cross table is small, and what
must be hidden with them takes the margins along, which could have been shown by themselves. So a table is there when
the number of households is at least the threshold times the number of its inner cells (:data:`KRUIS` times that where
there are two variables); of one that is not, its variables apart are, where these are enough. That follows from the
number that is shown and from what a column may hold, never from what would be hidden: which tables there are tells
nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from typing import Final

import pandas as pd

from mkba.analyse.onderdrukking.stelsel import Som
from mkba.analyse.onderdrukking.tabellen import Publicatie, Tabelnaam, rond_op

ALTIJD: Final[Tabelnaam] = ("team",)
"""By its teams a folder knows which households it showed before: they are no secret, and always there."""
BOVEN_DE_DREMPEL: Final = ("gevolgd", "uitgevallen")
"""Variables that are only there where one of their two values is above the threshold. Who sees one, knows that, and of
too few households the other value would follow: so they ask as much as a cross table."""
KRUIS: Final = 1.5
"""How much more a cross table asks, whose rows and columns hide each other. A choice: with 1 that of type and nieuw of
65 households of the made-up town took *type* along in one of 13, with 2 those of 200 lost the zwaarte per type; of 300
or more all three give the same."""


@dataclass(frozen=True, slots=True)
class Huishoudental:
    """How many households there are, and how that is shown."""

    echt: float
    drempel: float
    afronding: int

    def getoond(self, eerder: Publicatie | None) -> float:
        """As it is shown; where it may not be (too few, or little more or less than was ever shown), as it was last."""
        toen = () if eerder is None else eerder.historie.get((), ())
        hoort = eerder is None or not (() in eerder.cellen and eerder.cellen[()] is None)
        ruis = self.drempel + (0 if eerder is None else eerder.afronding / 2)
        if self.echt < self.drempel or not hoort or any(abs(self.echt - t) < ruis for t in toen):
            return self.toen(eerder)
        return rond_op(self.echt, self.afronding)

    def toen(self, eerder: Publicatie | None) -> float:
        """As it was shown last; 0 where it never was."""
        toen = () if eerder is None else eerder.historie.get((), ())
        return toen[-1] if toen else 0.0


def kies_tabellen(
    tabellen: Sequence[Tabelnaam],
    soorten: pd.DataFrame,
    sommen: Sequence[Som],
    aantal: float,
    drempel: float,
    toen: Sequence[Tabelnaam] = (),
) -> list[Tabelnaam]:
    """The tables of these, or their variables apart, that so many households are enough for.

    ``soorten``: a column of categories per variable; ``toen``: tables that were there before, which stay.

    A table of which cells are the sum of cells of another (``sommen``) is only there with that other: two sums of the
    same cells say something of each other, and who hides must know what a reader knows.
    """
    kan = [t for t in tabellen if set(t) <= set(soorten)]

    def genoeg(t: Tabelnaam) -> bool:
        maal = KRUIS if len(t) > 1 or set(t) & set(BOVEN_DE_DREMPEL) else 1
        return aantal >= drempel * maal * prod(len(soorten[v].cat.categories) for v in t)

    uit = [t for t in kan if genoeg(t)]
    los: list[Tabelnaam] = [(v,) for t in kan for v in t if genoeg((v,))]
    al = set(_onder(kan))
    while True:
        er = set(_onder([*uit, *los, *toen]))
        mist = {t for t, deel in _gaan_samen(sommen) if t in er and deel in al and deel not in er}
        weg = [t for t in (*uit, *los) if any(m <= set(t) for m in mist)]
        if not weg:
            break
        uit, los = ([t for t in deel if t not in weg] for deel in (uit, los))
    uit += [t for t in (ALTIJD, *dict.fromkeys(los)) if not any(set(t) <= set(ander) for ander in uit)]
    return uit


def _onder(tabellen: Iterable[Tabelnaam]) -> Iterator[frozenset[str]]:
    """The variables of every table and margin."""
    return (frozenset(d) for t in tabellen for n in range(len(t) + 1) for d in combinations(t, n))


def _gaan_samen(sommen: Sequence[Som]) -> set[tuple[frozenset[str], frozenset[str]]]:
    """Of each sum the variables of its total and of its parts."""
    return {(frozenset(v for v, _ in totaal), frozenset(v for v, _ in delen[0])) for totaal, delen in sommen if delen}
