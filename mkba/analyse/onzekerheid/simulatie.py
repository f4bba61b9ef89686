"""Monte Carlo: how sure is the outcome, given what the sources leave open.

What is drawn, and from what: :mod:`mkba.analyse.onzekerheid.trekking`.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from mkba.analyse.onzekerheid.convergentie import Convergentie, convergentie, kans_interval
from mkba.analyse.onzekerheid.trekking import (
    TREKKINGEN,
    ZAAD,
    Copula,
    Correlaties,
    Verdeling,
    controleer,
    samenhang,
    trek_blok,
    verdelingen,
)
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import TIJDPROFIELEN
from mkba.kern.woorden.begrippen import BATENPOSTEN, UITKOMSTEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.model.grootboek import Grootboek
from mkba.model.reeksen import Reeks
from mkba.model.verdelen import verdeel

MINIMUM: Final = 100
"""Fewer draws than this say nothing about a P10 or P90: not even ten draws lie beyond it."""
CEL: Final = 16_384
"""Draws calculated in one go; fixed, so that sums are rounded alike whatever the blocks and the executor."""
KWANTIELEN: Final = (0.10, 0.25, 0.50, 0.75, 0.90)
WAAIER_TREKKINGEN: Final = 100_000
"""The fan over the years uses at most the first so many draws: more would cost memory and not move a line."""

PARTIJEN: Final[dict[str, str]] = {
    "saldo": "maatschappij",
    "saldo_financieel": "alle betalende partijen",
    "saldo_gemeente": "gemeente",
}
"""Outcomes whose chance of being positive is given: society, all payers (money only), the gemeente (money only)."""


class Reeksen:
    """What can be asked of outcomes draw by draw, of one aanpak or of several added up.

    ``reeksen``: {outcome: (aantal,)}; ``punt``: the same outcomes with the values as given.
    """

    aantal: int
    reeksen: Mapping[str, Reeks]
    punt: Mapping[str, float]

    @cached_property
    def kwantielen(self) -> pd.DataFrame:
        """A row per outcome: punt, gemiddelde, p10, p25, p50, p75, p90 (a ratio without costs does not count)."""
        rijen = {s: [self.punt[s], *_samenvatting(reeks)] for s, reeks in self.reeksen.items()}
        return pd.DataFrame.from_dict(rijen, orient="index", columns=["punt", "gemiddelde", *_kolommen()])

    @cached_property
    def plaats(self) -> dict[str, float]:
        """Where the outcome with the values as given lies among the draws: the share below it plus half of those equal
        to it (0.5 is the middle; an outcome that does not move lies there; NaN for a ratio without costs)."""
        uit = {}
        for s, reeks in self.reeksen.items():
            eindig = reeks[np.isfinite(reeks)]
            if eindig.size and np.isfinite(self.punt[s]):
                gelijk = np.isclose(eindig, self.punt[s], rtol=1e-12, atol=0.0)
                uit[s] = float(((eindig < self.punt[s]) & ~gelijk).mean() + gelijk.mean() / 2)
            else:
                uit[s] = float("nan")
        return uit

    @cached_property
    def kansen(self) -> pd.DataFrame:
        """Chance of a positive saldo per party with its 95% interval: columns partij, kans, laag, hoog."""
        rijen = {}
        for sleutel in PARTIJEN:
            if sleutel in self.reeksen:
                goed = int((self.reeksen[sleutel] > 0).sum())
                rijen[sleutel] = [PARTIJEN[sleutel], goed / self.aantal, *kans_interval(goed, self.aantal)]
        return pd.DataFrame.from_dict(rijen, orient="index", columns=["partij", "kans", "laag", "hoog"])


@dataclass(frozen=True, eq=False, repr=False)
class Simulatie(Reeksen):
    """Outcomes of all draws.

    ``reeksen``: {outcome: (aantal,)}, euros NCW (benefits minus costs for a saldo) or ratios; ``punt``: the same
    outcomes calculated with the values as given; ``waaier``: rows years 0 ... 9, columns p10 ... p90 and punt, the
    running total of discounted benefits minus costs of one year of work, society, euros; ``correlaties``: the rank
    correlations between the draws.
    """

    aanpak: Aanpak
    aantal: int
    zaad: int
    trekking: Mapping[str, Verdeling]
    reeksen: Mapping[str, Reeks]
    punt: Mapping[str, float]
    waaier: pd.DataFrame
    correlaties: Correlaties = field(default_factory=dict)

    def convergentie(self, sleutel: str = "saldo") -> Convergentie:
        """Whether the number of draws suffices for one outcome."""
        return convergentie(self.reeksen[sleutel])

    def __repr__(self) -> str:
        return f"Simulatie({self.aanpak.naam!r}: {self.aantal} trekkingen van {len(self.trekking)} invoeren)"


def simuleer(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    aantal: int = TREKKINGEN,
    zaad: int = ZAAD,
    correlaties: Correlaties | None = None,
    *,
    trekking: Mapping[str, Verdeling] | None = None,
    sleutels: Sequence[str] = UITKOMSTEN,
    blok: int = 2 * CEL,
    executor: Executor | None = None,
    eigen: str = "",
) -> Simulatie:
    """Draw and calculate; the arguments of :func:`trek`, and which outcomes to keep.

    Draws are made inside each block of ``blok`` draws (rounded up to whole cells of ``CEL``), so memory grows with
    the kept outcomes only, 8 bytes per draw each. ``executor`` is any ``concurrent.futures`` executor: threads,
    processes, or a cluster of dask (``Client(adres).get_executor()``, with mkba installed on its workers); the caller
    closes it. The numbers do not depend on ``blok`` or ``executor``, to the last bit on machines with the same
    processor and numpy. ``eigen``: a name that gives the knobs streams of their own, so that this aanpak shares the
    luck of the kengetallen with others but not that of its knobs. Raises InvoerFout as :func:`trek`, and below
    ``MINIMUM`` draws.
    """
    controleer(aantal, MINIMUM, zaad)
    onbekend = [s for s in sleutels if s not in UITKOMSTEN]
    if onbekend or isinstance(sleutels, str):
        raise KeyError(f"{onbekend or sleutels!r}: geef een rij uitkomsten uit: {', '.join(UITKOMSTEN)}")
    gekozen = verdelingen(aanpak, kengetallen) if trekking is None else dict(trekking)
    samen = samenhang(kengetallen, gekozen) if correlaties is None else correlaties
    copula = Copula.van(samen, gekozen)
    werk = partial(_reken_blok, aanpak, kengetallen, gekozen, copula, zaad, tuple(sleutels), eigen=eigen)
    stap = CEL * max(1, -(-blok // CEL))
    grenzen = [(van, min(van + stap, aantal)) for van in range(0, aantal, stap)]
    uit = {s: np.empty(aantal) for s in sleutels}
    jaren = []
    for (van, tot), (kolommen, lopend) in zip(grenzen, verdeel(werk, grenzen, executor), strict=True):
        for sleutel in sleutels:
            uit[sleutel][van:tot] = kolommen[sleutel]
        jaren.append(lopend)
    punt, lijn = reken(aanpak, kengetallen, {}, tuple(sleutels))
    waaier = pd.DataFrame(np.quantile(np.concatenate(jaren), KWANTIELEN, axis=0).T, columns=_kolommen())
    waaier["punt"] = lijn[0]
    return Simulatie(aanpak, aantal, zaad, gekozen, uit, {s: float(r[0]) for s, r in punt.items()}, waaier, samen)


def _reken_blok(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    gekozen: Mapping[str, Verdeling],
    copula: Copula,
    zaad: int,
    sleutels: tuple[str, ...],
    grenzen: tuple[int, int],
    eigen: str = "",
) -> tuple[dict[str, Reeks], Reeks]:
    van, tot = grenzen
    uit, jaren = {s: np.empty(tot - van) for s in sleutels}, []
    for begin in range(van, tot, CEL):
        eind = min(begin + CEL, tot)
        varieer = trek_blok(kengetallen, gekozen, copula, zaad, begin, eind, eigen)
        reeksen, lopend = reken(aanpak, kengetallen, varieer, sleutels)
        for sleutel in sleutels:
            uit[sleutel][begin - van : eind - van] = reeksen[sleutel]
        jaren.append(np.broadcast_to(lopend, (eind - begin, lopend.shape[1]))[: max(0, WAAIER_TREKKINGEN - begin)])
    return uit, np.concatenate(jaren)


def reken(
    aanpak: Aanpak, kengetallen: Kengetallen, varieer: Mapping[str, ArrayLike], sleutels: tuple[str, ...]
) -> tuple[dict[str, Reeks], Reeks]:
    """The outcomes of one cell, {outcome: (S,) or (1,)}, and the running saldo of society (S or 1, jaar)."""
    uitkomst = bereken(aanpak, kengetallen, varieer)
    return {s: uitkomst.reeksen[s] for s in sleutels}, _lopend_saldo(uitkomst.grootboek)


def _lopend_saldo(boek: Grootboek) -> Reeks:
    netto = np.zeros((max(r.bedrag.size for r in boek.regels), len(TIJDPROFIELEN)))
    for regel in boek.regels:
        teken = 1.0 if regel.post in BATENPOSTEN else -1.0
        netto[:, TIJDPROFIELEN.index(regel.tijd)] += teken * regel.bedrag
    per_jaar = sum(netto[:, p, None] * boek.per_jaar[:, p] for p in range(len(TIJDPROFIELEN)))
    return np.asarray(np.cumsum(per_jaar * boek.discontofactoren, axis=1))


def _samenvatting(reeks: Reeks) -> list[float]:
    eindig = reeks[np.isfinite(reeks)]
    if not eindig.size:
        return [float("nan")] * (1 + len(KWANTIELEN))
    return [float(eindig.mean()), *(float(q) for q in np.quantile(eindig, KWANTIELEN))]


def _kolommen() -> list[str]:
    return [f"p{round(100 * q)}" for q in KWANTIELEN]
