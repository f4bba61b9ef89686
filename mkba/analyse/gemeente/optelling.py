"""The gemeente as a whole: aanpakken added up, with the uncertainty that they share.

Euros add up: every line of the ledger of the whole is the sum over the aanpakken. Ratios and chances do not: a ratio is
that of the sums, a chance that of the summed draws. In a draw every aanpak meets the same kengetallen (common random
numbers), so a setback in them does not cancel out between aanpakken; the luck with its own answers to questions 10 to
15 is its own (``eigen``), or that of all (``gedeeld``). Nobody knows which, so a reader needs both.
"""

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mkba.analyse.onzekerheid.cohort import labels
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Reeksen, Simulatie, simuleer
from mkba.analyse.onzekerheid.trekking import TREKKINGEN, ZAAD
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.namen import zonder_gedeeld
from mkba.kern.woorden.begrippen import FINANCIELE_BATEN, GEMEENTE, KOSTENPOSTEN, POSTEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.reeksen import Reeks
from mkba.model.verloop import BEGROTINGSJAAR, begroting

OPTELBAAR: Final = (
    *POSTEN,
    "totale_kosten",
    "besparing_organisatie",
    "immaterieel",
    "totale_baten",
    "saldo",
    "fte_kengetal",
)
"""The public keys that add up over aanpakken."""

Bedragen = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Optelling(Reeksen):
    """The balances of several aanpakken added up, draw by draw: ``reeksen`` {balance: (aantal,)}, euros NCW."""

    aantal: int
    reeksen: Mapping[str, Reeks]
    punt: Mapping[str, float]

    @classmethod
    def van(cls, simulaties: Sequence[Simulatie]) -> "Optelling":
        """Add up simulations with the same seed and number of draws."""
        reeksen = {s: np.sum([sim.reeksen[s] for sim in simulaties], axis=0) for s in PARTIJEN}
        punt = {s: math.fsum(sim.punt[s] for sim in simulaties) for s in PARTIJEN}
        return cls(simulaties[0].aantal, reeksen, punt)


@dataclass(frozen=True, eq=False, repr=False)
class Gemeente:
    """Aanpakken added up; ``wijken`` in the order given, each with a name of its own in ``namen``.

    ``eigen``: the sum with luck of their own per aanpak, ``gedeeld``: with the same luck for all; ``per_wijk``: the
    simulation of each aanpak with its own luck.
    """

    wijken: tuple[Uitkomst, ...]
    namen: tuple[str, ...]
    zaad: int
    per_wijk: tuple[Simulatie, ...]
    eigen: Optelling
    gedeeld: Optelling

    @property
    def plaats(self) -> str:
        """What the names of all aanpakken begin with, "Waterstad" of "Waterstad, Noord"; empty when they do not."""
        return zonder_gedeeld(self.namen)[0]

    @property
    def korte_namen(self) -> tuple[str, ...]:
        """The names without what they share, for a reader who knows which gemeente it is about."""
        return zonder_gedeeld(self.namen)[1]

    @property
    def kengetallen(self) -> Kengetallen:
        """Those of all aanpakken."""
        return self.wijken[0].kengetallen

    @property
    def huishoudens(self) -> float:
        """Households of question 1, added up."""
        return math.fsum(w.aanpak.huishoudens for w in self.wijken)

    @property
    def fte(self) -> float:
        """Fte of question 6, added up."""
        return math.fsum(w.aanpak.fte for w in self.wijken)

    @property
    def meer_door_gedeeld(self) -> float:
        """How much wider the saldo of the whole spreads than that of wijken that share nothing, a fraction.

        Independent wijken would spread as the root of their summed variances; 0 for outcomes that do not move.
        """
        los = math.sqrt(math.fsum(float(np.var(s.reeksen["saldo"])) for s in self.per_wijk))
        return float(np.std(self.eigen.reeksen["saldo"])) / los - 1.0 if los else 0.0

    @property
    def ncw(self) -> Bedragen:
        """(post, actor): euros NCW of one year of work, all aanpakken."""
        return np.asarray(np.sum([w.grootboek.kubus_ncw[0].sum(axis=1) for w in self.wijken], axis=0))

    def begroting(self, jaar: int = BEGROTINGSJAAR) -> Bedragen:
        """(post, actor): cash flows of a calendar year, euros of that year, when all started together."""
        return np.asarray(np.sum([begroting(w, jaar) for w in self.wijken], axis=0))

    @property
    def sleutels(self) -> dict[str, float]:
        """The key figures of the whole by public key: sums, and the ratios of those sums (NaN without costs)."""
        return opgeteld(self.wijken)


def opgeteld(wijken: Sequence[Uitkomst]) -> dict[str, float]:
    """The key figures of outcomes added up, unrounded: euros NCW, and ratios of the sums (NaN without costs)."""
    uit = {s: math.fsum(w[s] for w in wijken) for s in OPTELBAAR}
    kosten, geld = uit["totale_kosten"], uit["totale_baten"] - uit["immaterieel"]
    baten_g, kosten_g = (
        math.fsum(float(w.grootboek.ncw(posten, GEMEENTE)[0]) for w in wijken)
        for posten in (FINANCIELE_BATEN, KOSTENPOSTEN)
    )
    return uit | {
        "kb_financieel": _deel(geld, kosten),
        "kb_maatschappelijk": _deel(uit["totale_baten"], kosten),
        "kb_gemeentelijk": _deel(baten_g, kosten_g),
    }


def _deel(teller: float, noemer: float) -> float:
    return teller / noemer if noemer else math.nan


def tel_op(
    aanpakken: Sequence[Aanpak],
    kengetallen: Kengetallen,
    aantal: int = TREKKINGEN,
    zaad: int = ZAAD,
    executor: Executor | None = None,
) -> Gemeente:
    """Calculate and simulate every aanpak, and add up. ``executor`` spreads them and changes nothing.

    Raises InvoerFout without an aanpak, and as ``simuleer``.
    """
    if not aanpakken:
        remedie = "Geef minstens een bestand, map of naam van een voorbeeld."
        raise InvoerFout([Melding("aanpakken", "", "er is geen aanpak om op te tellen.", remedie, "gemeente")])
    namen = tuple(labels(aanpakken))
    werk = partial(_simuleer, kengetallen, aantal, zaad)
    doe = map if executor is None else executor.map
    eigen = tuple(doe(werk, aanpakken, namen))
    gedeeld = tuple(doe(werk, aanpakken, [""] * len(namen)))
    wijken = tuple(bereken(aanpak, kengetallen) for aanpak in aanpakken)
    return Gemeente(wijken, namen, zaad, eigen, Optelling.van(eigen), Optelling.van(gedeeld))


def _simuleer(kengetallen: Kengetallen, aantal: int, zaad: int, aanpak: Aanpak, eigen: str) -> Simulatie:
    return simuleer(aanpak, kengetallen, aantal, zaad, sleutels=tuple(PARTIJEN), eigen=eigen)
