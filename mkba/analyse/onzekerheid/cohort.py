"""A cohort: every aanpak placed among the others, with the interval that the uncertainty leaves.

All aanpakken are simulated with one seed. The stream of an input depends on the seed and its key only, so in a
draw every aanpak meets the same kengetallen (common random numbers): what is left between two aanpakken is their own
difference. A place is counted within each draw, never from two intervals.

The luck with the knobs of questions 10 to 15 is shared as well ("gedeeld": what disappoints in one place disappoints
everywhere) or each aanpak's own ("eigen"). Nobody knows which; the truth is likely between, so a reader needs both.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Simulatie, simuleer
from mkba.analyse.onzekerheid.trekking import TREKKINGEN, ZAAD
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import VERHOUDINGEN
from mkba.kern.zaak.aanpak import Aanpak

PER_HUISHOUDEN: Final = "saldo_per_huishouden"
MATEN: Final = ("saldo", PER_HUISHOUDEN, *VERHOUDINGEN)
"""Outcomes that aanpakken are compared on: euros NCW, euros NCW per household of the caseload (question 1), ratios."""
KWANTIELEN: Final = (0.10, 0.50, 0.90)
KOLOMMEN: Final = ("punt", "p10", "p50", "p90")
BLOK: Final = 1_000
"""Draws ranked in one go, so that sorting needs little memory beside the draws themselves."""

EIGEN_TREKKINGEN: Final = 2_000
"""Draws that suffice for the places with luck of their own: a P10 or P90 is then known to 1.3 percent of the draws."""

Geluk = Literal["gedeeld", "eigen"]
Trekkingen = NDArray[np.float32]


@dataclass(frozen=True, eq=False, repr=False)
class Cohort:
    """Aanpakken side by side; every table has a row per aanpak, numbered from 0 in the order given.

    ``uitkomsten``: {maat: punt, p10, p50, p90, bestaat}; punt is calculated with the values as given, ``bestaat`` is
    the share of draws in which the outcome exists (a ratio without costs does not; it is then left out of the
    quantiles). ``kansen``: chance of a positive saldo, a column per party of ``PARTIJEN``, fractions.
    ``plaatsen``: {maat: punt, p10, p50, p90, beter}: place in the cohort, 1 is best, equal outcomes share the best
    place; p10 and p90 enclose at least 8 of 10 draws and are whole places. ``beter`` is the share of draws in which
    the aanpak is above the median of the cohort; both are NaN where the outcome does not exist, ``beter`` also
    without another aanpak. ``trekkingen``: {maat: (aanpak, trekking)}, four bytes per draw.
    """

    aanpakken: tuple[Aanpak, ...]
    aantal: int
    zaad: int
    geluk: Geluk
    uitkomsten: Mapping[str, pd.DataFrame]
    kansen: pd.DataFrame
    plaatsen: Mapping[str, pd.DataFrame]
    trekkingen: Mapping[str, Trekkingen]

    def verschil_zeker(self, een: int, ander: int | None = None, maat: str = PER_HUISHOUDEN) -> float:
        """Share of draws in which aanpak ``een`` does better than ``ander``, or than the median of the cohort.

        Only draws in which both outcomes exist count; NaN without any, and for the median of a cohort of one.
        Raises KeyError for an unknown maat, IndexError for an unknown aanpak.
        """
        nummers = [een] if ander is None else [een, ander]
        if not all(0 <= n < len(self.aanpakken) for n in nummers):
            raise IndexError(f"aanpak {nummers}: kies uit 0 tot en met {len(self.aanpakken) - 1}")
        if ander is None:
            return float(self.plaatsen[maat]["beter"].iloc[een])
        eigen, tegen = self.trekkingen[maat][een], self.trekkingen[maat][ander]
        telt = np.isfinite(eigen) & np.isfinite(tegen)
        return float((eigen[telt] > tegen[telt]).mean()) if telt.any() else float("nan")

    def __repr__(self) -> str:
        return f"Cohort({len(self.aanpakken)} aanpakken, {self.aantal} trekkingen, geluk {self.geluk})"


def cohort(
    aanpakken: Sequence[Aanpak],
    kengetallen: Kengetallen,
    aantal: int = TREKKINGEN,
    zaad: int = ZAAD,
    executor: Executor | None = None,
    *,
    geluk: Geluk = "gedeeld",
) -> Cohort:
    """Simulate every aanpak with the same draws and rank them within each draw.

    The numbers of an aanpak are those of ``simuleer`` on its own, whatever the others are and in whatever order;
    with ``geluk="eigen"`` the knobs have streams by the label of the aanpak (:func:`labels`), so that only the order
    of equal names matters. ``executor`` (any ``concurrent.futures``
    executor) spreads the aanpakken and changes nothing. Memory: 20 bytes per aanpak and draw. Raises InvoerFout
    without an aanpak, and as ``simuleer``.
    """
    if not aanpakken:
        remedie = "Geef minstens een bestand, map of naam van een voorbeeld."
        raise InvoerFout([Melding("aanpakken", "", "er is geen aanpak om te plaatsen.", remedie, "cohort")])
    werk = partial(_reken, kengetallen, aantal, zaad, geluk)
    trekkingen = {m: np.empty((len(aanpakken), aantal), dtype=np.float32) for m in MATEN}
    rijen: dict[str, list[list[float]]] = {m: [] for m in MATEN}
    kansen = []
    uitkomst = (map if executor is None else executor.map)(werk, aanpakken, labels(aanpakken))
    for i, (uit, kans, reeksen) in enumerate(uitkomst):
        kansen.append(kans)
        for maat in MATEN:
            rijen[maat].append(uit[maat])
            trekkingen[maat][i] = reeksen[maat]
    uitkomsten = {m: pd.DataFrame(rijen[m], columns=[*KOLOMMEN, "bestaat"]) for m in MATEN}
    plaatsen = {m: plaatsen_van(trekkingen[m], uitkomsten[m]["punt"].to_numpy()) for m in MATEN}
    kanstabel = pd.DataFrame(kansen, columns=[*PARTIJEN])
    return Cohort(tuple(aanpakken), aantal, zaad, geluk, uitkomsten, kanstabel, plaatsen, trekkingen)


def labels(aanpakken: Sequence[Aanpak]) -> list[str]:
    """A name of its own per aanpak: that of the input, and of equal names " (2)", " (3)", ... behind the later ones."""
    vergeven = {aanpak.naam for aanpak in aanpakken}
    gebruikt: set[str] = set()
    uit = []
    for aanpak in aanpakken:
        label, keer = aanpak.naam, 1
        while label in gebruikt or (keer > 1 and label in vergeven):
            keer += 1
            label = f"{aanpak.naam} ({keer})"
        gebruikt.add(label)
        uit.append(label)
    return uit


def _reken(
    kengetallen: Kengetallen, aantal: int, zaad: int, geluk: Geluk, aanpak: Aanpak, label: str
) -> tuple[dict[str, list[float]], list[float], dict[str, Trekkingen]]:
    """One aanpak: {maat: punt, p10, p50, p90, bestaat}, the chances, and {maat: (aantal,)}."""
    eigen = label if geluk == "eigen" else ""
    sim = simuleer(aanpak, kengetallen, aantal, zaad, sleutels=(*PARTIJEN, *VERHOUDINGEN), eigen=eigen)
    reeksen = {m: sim.reeksen[m] for m in MATEN if m != PER_HUISHOUDEN}
    reeksen[PER_HUISHOUDEN] = sim.reeksen["saldo"] / aanpak.huishoudens
    uit = {m: [_punt(sim, m), *_kwantielen(r), float(np.isfinite(r).mean())] for m, r in reeksen.items()}
    return uit, sim.kansen["kans"].tolist(), {m: r.astype(np.float32) for m, r in reeksen.items()}


def _punt(sim: Simulatie, maat: str) -> float:
    return sim.punt["saldo"] / sim.aanpak.huishoudens if maat == PER_HUISHOUDEN else sim.punt[maat]


def _kwantielen(reeks: NDArray[np.floating], methode: str = "linear") -> list[float]:
    eindig = reeks[np.isfinite(reeks)]
    if not eindig.size:
        return [float("nan")] * len(KWANTIELEN)
    return [float(q) for q in np.quantile(eindig, KWANTIELEN, method=methode)]  # type: ignore[call-overload]


def plaatsen_van(trekkingen: Trekkingen, punt: NDArray[np.float64]) -> pd.DataFrame:
    """Columns punt, p10, p50, p90, beter: see :class:`Cohort`. ``trekkingen``: (aanpak, trekking)."""
    plaats = _per_blok(_rangen, trekkingen)
    boven = _per_blok(boven_mediaan, trekkingen)
    telt = np.isfinite(boven)
    aantal = telt.sum(axis=1)
    beter = np.divide(np.nansum(boven, axis=1), aantal, out=np.full(len(plaats), np.nan), where=aantal > 0)
    # not interpolated: a place is a whole number
    kwantielen = [_kwantielen(rij, "inverted_cdf") for rij in plaats]
    tabel = pd.DataFrame(kwantielen, columns=list(KOLOMMEN[1:]))
    tabel.insert(0, "punt", _rangen(punt[:, None])[:, 0])
    return tabel.assign(beter=beter)


def _per_blok(functie: Callable[[NDArray[np.floating]], NDArray[np.floating]], trekkingen: Trekkingen) -> Trekkingen:
    uit = np.empty_like(trekkingen)
    for van in range(0, trekkingen.shape[1], BLOK):
        uit[:, van : van + BLOK] = functie(trekkingen[:, van : van + BLOK])
    return uit


def _rangen(waarden: NDArray[np.floating]) -> NDArray[np.float64]:
    """Place per column, 1 for the largest, ties share the best place; NaN where there is no finite value."""
    eindig = np.where(np.isfinite(waarden), waarden, np.nan)
    return np.asarray(pd.DataFrame(-eindig).rank(method="min"))


def boven_mediaan(waarden: NDArray[np.floating]) -> NDArray[np.float64]:
    """1 above the median of the column, 0 at or below it; NaN without a finite value or without another one."""
    eindig = np.where(np.isfinite(waarden), waarden, np.nan)
    telt = np.isfinite(eindig)
    aantal = telt.sum(axis=0)
    op_rij = np.sort(eindig, axis=0)  # NaN last
    # a column of one keeps index 0; it is left out below
    onder, boven = np.maximum(aantal - 1, 0) // 2, np.minimum(aantal // 2, len(waarden) - 1)
    midden = [np.take_along_axis(op_rij, plek[None, :], axis=0) for plek in (onder, boven)]
    mediaan = (midden[0].astype(np.float64) + midden[1]) / 2
    return np.where(telt & (aantal > 1), (eindig > mediaan).astype(np.float64), np.nan)
