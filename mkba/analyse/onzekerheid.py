"""Monte Carlo: how sure is the outcome, given what the sources leave open.

Drawn are the calibrated kengetallen (uniform over their admissible interval, as the catalogue declares), the
shares by which a line falls over several actors, and the knobs of questions 10 to 15. The answers to questions 1
to 9 are the plan itself and stay fixed.

Every input has a random stream of its own, made from the seed and its key. So a further input does not change the
draws of the others, and scenarios that are compared meet the same luck (common random numbers).
"""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from mkba.analyse.convergentie import Convergentie, convergentie, kans_interval
from mkba.invoer.aanpak import Aanpak
from mkba.invoer.begrippen import ACTOREN, BATENPOSTEN, FINANCIELE_BATEN, GEMEENTE, KOSTENPOSTEN, SLEUTELS
from mkba.invoer.fouten import InvoerFout, Melding
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.sleutels import ACTORVERDELINGEN, GEBRUIK, TIJDPROFIELEN
from mkba.invoer.velden import DISCIPLINE_BIJ_KNOP, KNOPPEN, VELDEN
from mkba.model.berekening import bereken
from mkba.model.grootboek import Grootboek
from mkba.model.reeksen import Reeks
from mkba.model.verdelen import verdeel

TREKKINGEN: Final = 10_000
ZAAD: Final = 2014
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
UITKOMSTEN: Final = (*SLEUTELS, "saldo_financieel", "saldo_gemeente")

_CONSULTEN, _DOORVERWIJZING = "effectiviteit.consulten_eur", "effectiviteit.doorverwijzing_eur"

Correlaties = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Verdeling:
    """A distribution between ``laag`` and ``hoog`` in the unit of its input; ``top`` is the mode of a triangle."""

    soort: Literal["uniform", "driehoek"]
    laag: float
    top: float
    hoog: float

    def __post_init__(self) -> None:
        if not (np.isfinite([self.laag, self.top, self.hoog]).all() and self.laag <= self.top <= self.hoog):
            raise ValueError(f"een verdeling vraagt om laag <= top <= hoog, niet {self.laag}, {self.top}, {self.hoog}")

    @property
    def gemiddelde(self) -> float:
        """The mean, in the unit of the input."""
        return (self.laag + self.hoog) / 2 if self.soort == "uniform" else (self.laag + self.top + self.hoog) / 3

    def kwantiel(self, u: Reeks) -> Reeks:
        """Inverse distribution function: u in [0, 1), any shape -> values of the same shape."""
        breed = self.hoog - self.laag
        if self.soort == "uniform" or breed == 0:
            uit = self.laag + u * breed
        else:
            links = self.laag + np.sqrt(u * breed * (self.top - self.laag))
            rechts = self.hoog - np.sqrt((1.0 - u) * breed * (self.hoog - self.top))
            uit = np.where(u * breed < self.top - self.laag, links, rechts)
        return np.clip(uit, self.laag, self.hoog)


def verdelingen(aanpak: Aanpak, kengetallen: Kengetallen) -> dict[str, Verdeling]:
    """What is drawn, and from what: {key: distribution}.

    - Kengetallen of the model that are calibrated or assumed and for which the catalogue declares a distribution.
      Consulten and doorverwijzing are known as a sum only: consulten is drawn, :func:`trek` derives the other
      (both stay fixed when the user replaced one). A value of the user is the mode of a triangle.
    - Shares of actors, for lines where two or more have a range: triangular with the mode at the catalogue's value
      (an assumption, the catalogue gives the range only); :func:`trek` makes each line add up to 1. A line with one
      named actor stays as it is: the sources do not say who would pay the rest.
    - Knobs of questions 10 to 15: triangular over the published range with the mode at the given value (an
      assumption); a given value outside the range widens it. A knob of 0 that needs a discipline the team lacks
      stays 0 (handleiding §2.3).
    """
    uit = {
        pad: Verdeling(
            "uniform" if k.verdeling == "uniform" and k.oorspronkelijk is None else "driehoek",
            k.onder,
            k.waarde,
            k.boven,
        )
        for pad, k in kengetallen.getallen.items()
        if GEBRUIK.get(pad) == "model"
        and k.status in ("gekalibreerd", "aanname")
        and k.verdeling != "vast"
        and k.onder < k.boven
    }
    eigen = {p for p, k in kengetallen.getallen.items() if k.oorspronkelijk is not None}
    if {_CONSULTEN, _DOORVERWIJZING} & eigen:
        uit.pop(_CONSULTEN, None)  # the known sum no longer tells the other
    uit.pop(_DOORVERWIJZING, None)
    for verdeling in ACTORVERDELINGEN:
        paden = [f"actor.{verdeling}.{a}" for a in ACTOREN]
        ruim = {p: k for p in paden if (k := kengetallen.getallen.get(p)) and k.onder < k.boven}
        if len(ruim) > 1:
            uit |= {p: Verdeling("driehoek", k.onder, k.waarde, k.boven) for p, k in ruim.items()}
    plat = aanpak.plat()
    for knop in KNOPPEN:
        nodig = set(DISCIPLINE_BIJ_KNOP.get(knop, ()))
        ontbreekt = bool(nodig) and not nodig & set(aanpak.disciplines)
        if VELDEN[knop].vraag == 9 or (ontbreekt and plat[knop] == 0):  # frictie is a planned cost
            continue
        bereik, waarde = kengetallen.getallen[VELDEN[knop].standaard or ""], float(plat[knop])
        laag, hoog = min(bereik.onder, waarde), max(bereik.boven, waarde)
        if laag < hoog:
            uit[knop] = Verdeling("driehoek", laag, waarde, hoog)
    return uit


def trek(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    aantal: int = TREKKINGEN,
    zaad: int = ZAAD,
    correlaties: Correlaties | None = None,
    *,
    trekking: Mapping[str, Verdeling] | None = None,
) -> dict[str, Reeks]:
    """Draws of the uncertain inputs, {key: (aantal,)}, ready as ``varieer`` of ``bereken_reeks``.

    ``correlaties`` maps pairs of keys to a rank correlation (Spearman), reached with a Gaussian copula.
    ``trekking`` replaces :func:`verdelingen`. More draws with the same seed begin with the same draws. Raises
    InvoerFout for a number of draws below 1, an unknown input or correlations that cannot exist together.
    """
    _controleer(aantal, 1, zaad)
    gekozen = verdelingen(aanpak, kengetallen) if trekking is None else dict(trekking)
    return _trek(kengetallen, gekozen, Copula.van(correlaties or {}, gekozen), zaad, 0, aantal)


def _trek(
    kengetallen: Kengetallen,
    gekozen: Mapping[str, Verdeling],
    copula: "Copula",
    zaad: int,
    van: int,
    tot: int,
    eigen: str = "",
) -> dict[str, Reeks]:
    namen = {s: f"{s}\n{eigen}" if eigen and s in KNOPPEN else s for s in gekozen}
    u = copula.koppel({sleutel: _stroom(naam, zaad, van, tot) for sleutel, naam in namen.items()})
    return sluitend({sleutel: v.kwantiel(u[sleutel]) for sleutel, v in gekozen.items()}, kengetallen)


def _stroom(sleutel: str, zaad: int, van: int, tot: int) -> Reeks:
    """Draws ``van`` ... ``tot`` of the stream of one input, uniform on [0, 1)."""
    # not hash(): that differs per process
    woorden = np.frombuffer(hashlib.sha256(sleutel.encode()).digest()[:16], dtype="<u4")
    bits = np.random.PCG64(np.random.SeedSequence(zaad, spawn_key=tuple(int(w) for w in woorden)))
    return np.random.Generator(bits.advance(van)).random(tot - van)


def sluitend(getrokken: dict[str, Reeks], kengetallen: Kengetallen) -> dict[str, Reeks]:
    """Derive what follows from the draws: doorverwijzing from consulten, shares that add up to 1."""
    consulten, doorverwijzing = (kengetallen.getallen[p] for p in (_CONSULTEN, _DOORVERWIJZING))
    if _CONSULTEN in getrokken and _DOORVERWIJZING not in getrokken and consulten.boven and doorverwijzing.boven:
        # catalogue: each would be its hoog if the other were 0, so the pair lies on the line between those points
        rest = 1.0 - getrokken[_CONSULTEN] / consulten.boven
        getrokken[_DOORVERWIJZING] = doorverwijzing.boven * np.maximum(rest, 0.0)
    for verdeling in ACTORVERDELINGEN:
        paden = [f"actor.{verdeling}.{a}" for a in ACTOREN]
        vrij = [p for p in paden if p in getrokken]
        if vrij:
            te_verdelen = 1.0 - sum(kengetallen[p] for p in paden if p not in getrokken)
            som = np.sum([getrokken[p] for p in vrij], axis=0)
            for p in vrij:
                gelijk = np.full(som.shape, 1.0 / len(vrij))  # all 0 tells no proportion; chance 0 in a range
                getrokken[p] = te_verdelen * np.divide(getrokken[p], som, out=gelijk, where=som > 0)
    return getrokken


@dataclass(frozen=True)
class Copula:
    """Gaussian copula over the correlated inputs: ``wortel`` (k, k) is a lower root of the correlations."""

    sleutels: tuple[str, ...]
    wortel: tuple[tuple[float, ...], ...]

    @classmethod
    def van(cls, correlaties: Correlaties, gekozen: Mapping[str, Verdeling]) -> "Copula":
        """Check rank correlations against the inputs drawn. Raises InvoerFout."""
        sleutels = tuple(sorted({s for paar in correlaties for s in paar}))
        matrix, meldingen = np.eye(len(sleutels)), []
        gezien: set[frozenset[str]] = set()
        for paar, rho in correlaties.items():
            oorzaak = _paarfout(paar, rho, gekozen) or ("dit paar staat er twee keer." * (frozenset(paar) in gezien))
            gezien.add(frozenset(paar))
            if oorzaak:
                meldingen.append(
                    Melding(
                        " en ".join(paar),
                        rho,
                        oorzaak,
                        "Geef per paar getrokken invoeren een getal tussen -1 en 1.",
                        "correlaties",
                    )
                )
                continue
            i, j = (sleutels.index(s) for s in paar)
            # the normal correlation whose ranks correlate rho (Pearson 1907)
            matrix[i, j] = matrix[j, i] = 2.0 * np.sin(np.pi * rho / 6.0)
        if meldingen:
            raise InvoerFout(meldingen)
        waarden, vectoren = np.linalg.eigh(matrix) if sleutels else (np.ones(1), np.eye(1))
        if waarden.min() < -1e-9:
            melding = Melding(
                ", ".join(sleutels),
                f"kleinste eigenwaarde {waarden.min():.3f}",
                "deze correlaties kunnen niet samen bestaan (de matrix is niet positief semidefiniet).",
                "Maak de grootste correlaties kleiner; wie A met B en B met C sterk verbindt, legt A met C vast.",
                "correlaties",
            )
            raise InvoerFout([melding])
        # QR of the symmetric root gives a triangular root, for singular matrices too
        _, r = np.linalg.qr((vectoren * np.sqrt(np.maximum(waarden, 0.0))).T)
        wortel = (r * np.where(np.diag(r) < 0, -1.0, 1.0)[:, None]).T
        return cls(sleutels, tuple(tuple(float(w) for w in rij) for rij in wortel[: len(sleutels)]))

    def koppel(self, u: dict[str, Reeks]) -> dict[str, Reeks]:
        """Uniform draws with the rank correlations; inputs outside the copula stay as they are."""
        # away from 0, where the normal quantile is minus infinity; half of the smallest step of the generator
        z = [ndtri(np.maximum(u[s], 2.0**-54)) for s in self.sleutels]
        gekoppeld = {
            s: ndtr(np.add.reduce([w * zi for w, zi in zip(rij, z, strict=True)]))
            for s, rij in zip(self.sleutels, self.wortel, strict=True)
        }
        return u | gekoppeld


def _paarfout(paar: tuple[str, str], rho: float, gekozen: Mapping[str, Verdeling]) -> str:
    onbekend = [s for s in paar if s not in gekozen]
    if onbekend:
        return f"{' en '.join(onbekend)} wordt niet getrokken."
    if any(s.startswith("actor.") for s in paar):
        return "aandelen van actoren hangen al samen, doordat ze optellen tot 1."
    if paar[0] == paar[1]:
        return "een invoer hangt met zichzelf altijd volledig samen."
    return "" if -1.0 <= rho <= 1.0 else "een correlatie ligt tussen -1 en 1."


@dataclass(frozen=True, eq=False, repr=False)
class Simulatie:
    """Outcomes of all draws.

    ``reeksen``: {outcome: (aantal,)}, euros NCW (benefits minus costs for a saldo) or ratios; ``punt``: the same
    outcomes calculated with the values as given; ``waaier``: rows years 0 ... 9, columns p10 ... p90 and punt, the
    running total of discounted benefits minus costs of one year of work, society, euros.
    """

    aanpak: Aanpak
    aantal: int
    zaad: int
    trekking: Mapping[str, Verdeling]
    reeksen: Mapping[str, Reeks]
    punt: Mapping[str, float]
    waaier: pd.DataFrame

    @cached_property
    def kwantielen(self) -> pd.DataFrame:
        """A row per outcome: punt, gemiddelde, p10, p25, p50, p75, p90 (a ratio without costs does not count)."""
        rijen = {s: [self.punt[s], *_samenvatting(reeks)] for s, reeks in self.reeksen.items()}
        return pd.DataFrame.from_dict(rijen, orient="index", columns=["punt", "gemiddelde", *_kolommen()])

    @cached_property
    def kansen(self) -> pd.DataFrame:
        """Chance of a positive saldo per party with its 95% interval: columns partij, kans, laag, hoog."""
        rijen = {}
        for sleutel in PARTIJEN:
            if sleutel in self.reeksen:
                goed = int((self.reeksen[sleutel] > 0).sum())
                rijen[sleutel] = [PARTIJEN[sleutel], goed / self.aantal, *kans_interval(goed, self.aantal)]
        return pd.DataFrame.from_dict(rijen, orient="index", columns=["partij", "kans", "laag", "hoog"])

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
    _controleer(aantal, MINIMUM, zaad)
    onbekend = [s for s in sleutels if s not in UITKOMSTEN]
    if onbekend or isinstance(sleutels, str):
        raise KeyError(f"{onbekend or sleutels!r}: geef een rij uitkomsten uit: {', '.join(UITKOMSTEN)}")
    gekozen = verdelingen(aanpak, kengetallen) if trekking is None else dict(trekking)
    copula = Copula.van(correlaties or {}, gekozen)
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
    return Simulatie(aanpak, aantal, zaad, gekozen, uit, {s: float(r[0]) for s, r in punt.items()}, waaier)


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
        varieer = _trek(kengetallen, gekozen, copula, zaad, begin, eind, eigen)
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
    boek, uit = uitkomst.grootboek, dict(uitkomst.reeksen)
    uit["saldo_financieel"] = uit["totale_baten"] - uit["immaterieel"] - uit["totale_kosten"]
    if "saldo_gemeente" in sleutels:
        uit["saldo_gemeente"] = boek.ncw(FINANCIELE_BATEN, GEMEENTE) - boek.ncw(KOSTENPOSTEN, GEMEENTE)
    return {s: uit[s] for s in sleutels}, _lopend_saldo(boek)


def _lopend_saldo(boek: Grootboek) -> Reeks:
    netto = np.zeros((boek.bedragen.shape[0], len(TIJDPROFIELEN)))
    for i, regel in enumerate(boek.regels):
        teken = 1.0 if regel.post in BATENPOSTEN else -1.0
        netto[:, TIJDPROFIELEN.index(regel.tijd)] += teken * boek.bedragen[:, i]
    per_jaar = sum(netto[:, p, None] * boek.per_jaar[:, p] for p in range(len(TIJDPROFIELEN)))
    return np.asarray(np.cumsum(per_jaar * boek.discontofactoren, axis=1))


def _samenvatting(reeks: Reeks) -> list[float]:
    eindig = reeks[np.isfinite(reeks)]
    if not eindig.size:
        return [float("nan")] * (1 + len(KWANTIELEN))
    return [float(eindig.mean()), *(float(q) for q in np.quantile(eindig, KWANTIELEN))]


def _kolommen() -> list[str]:
    return [f"p{round(100 * q)}" for q in KWANTIELEN]


def _controleer(aantal: int, minimum: int, zaad: int) -> None:
    if isinstance(aantal, bool) or not isinstance(aantal, int) or aantal < minimum:
        oorzaak = f"er zijn minstens {minimum} trekkingen nodig, een geheel getal."
        raise InvoerFout([Melding("trekkingen", aantal, oorzaak, f"Gebruik er {TREKKINGEN}.")])
    if isinstance(zaad, bool) or not isinstance(zaad, int) or zaad < 0:
        oorzaak = "een zaad is een geheel getal van 0 of meer."
        raise InvoerFout([Melding("zaad", zaad, oorzaak, f"Gebruik {ZAAD}.")])
