"""Draws for a Monte Carlo simulation: which inputs are uncertain, from what they are drawn, and how they hang together.

Drawn are the calibrated kengetallen (uniform over their admissible interval, as the catalogue declares), the
shares by which a line falls over several actors, and the knobs of questions 10 to 15. The answers to questions 1
to 9 are the plan itself and stay fixed.

Every input has a random stream of its own, made from the seed and its key. So a further input does not change the
draws of the others (but of those that are correlated with it), and scenarios that are compared meet the same luck
(common random numbers). Answers that come from one team and one registration hang together: the catalogue says how
much.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import numpy as np
from scipy.special import ndtr, ndtri

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import ACTORVERDELINGEN
from mkba.kern.catalogus.sleutels import CORRELATIES, TREKGRENZEN, rekent_mee
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import ACTOREN
from mkba.kern.woorden.velden import DISCIPLINE_BIJ_KNOP, KNOPPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import rekent_met, vervangen_door
from mkba.model.reeksen import Reeks

TREKKINGEN: Final = 10_000
ZAAD: Final = 2014

_CONSULTEN, _DOORVERWIJZING = "effectiviteit.consulten_eur", "effectiviteit.doorverwijzing_eur"

Correlaties = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Verdeling:
    """A distribution between ``laag`` and ``hoog`` in the unit of its input; ``top`` is the mode of a triangle.

    :meth:`rond` is the triangle of which a value is the mean.
    """

    soort: Literal["uniform", "driehoek"]
    laag: float
    top: float
    hoog: float

    def __post_init__(self) -> None:
        if not (np.isfinite([self.laag, self.top, self.hoog]).all() and self.laag <= self.top <= self.hoog):
            raise ValueError(f"een verdeling vraagt om laag <= top <= hoog, niet {self.laag}, {self.top}, {self.hoog}")

    @classmethod
    def rond(cls, laag: float, waarde: float, hoog: float) -> "Verdeling":
        """The triangle whose mean is ``waarde``; near an end of the range, where none is, the one that comes nearest.

        With the mode at the value a long side of the range would pull the mean away from the answer.
        """
        return cls("driehoek", laag, min(max(3.0 * waarde - laag - hoog, laag), hoog), hoog)

    @property
    def gemiddelde(self) -> float:
        """The mean, in the unit of the input."""
        return (self.laag + self.hoog) / 2 if self.soort == "uniform" else (self.laag + self.top + self.hoog) / 3

    @property
    def variantie(self) -> float:
        """The variance, in the unit of the input squared."""
        a, c, b = self.laag, self.top, self.hoog
        if self.soort == "uniform":
            return (b - a) ** 2 / 12
        return (a**2 + c**2 + b**2 - a * c - a * b - c * b) / 18

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
      (both stay fixed when the user replaced one). A value of the user is the mean of a triangle.
    - Shares of actors that have a range, of disciplines in the team only: triangular around the catalogue's value (an
      assumption, the catalogue gives the range only). :func:`trek` makes each line add up to 1: where one actor is
      named, the kengetallen ``restpartij`` say who takes the rest.
    - Knobs of questions 10 to 15: triangular over the published range (up to ``trekgrens``, where the highest in print
      is an intention or one outlier) around the given value (an assumption); a given value outside the range widens
      it. A knob of 0 that needs a discipline the team lacks stays 0 (handleiding §2.3).
    - Of an aanpak that measured its effects (questions 16 to 18) the unit costs that it is calculated with, and how far
      its escalations coincide; what it measured is drawn by who has its intervals, and what it replaces is not.

    A triangle is that of :meth:`Verdeling.rond`.
    """
    gemeten = aanpak.gemeten
    van_effect = frozenset() if gemeten is None else rekent_met(gemeten)
    uit = {
        pad: Verdeling("uniform", k.onder, k.waarde, k.boven)
        if k.verdeling == "uniform" and k.oorspronkelijk is None
        else Verdeling.rond(k.onder, k.waarde, k.boven)
        for pad, k in kengetallen.getallen.items()
        if (rekent_mee(pad, effectmeting=False) or pad in van_effect)
        and k.status in ("gekalibreerd", "aanname")
        and k.verdeling != "vast"
        and k.onder < k.boven
    }
    eigen = {p for p, k in kengetallen.getallen.items() if k.oorspronkelijk is not None}
    if {_CONSULTEN, _DOORVERWIJZING} & eigen:
        uit.pop(_CONSULTEN, None)  # the known sum no longer tells the other
    uit.pop(_DOORVERWIJZING, None)
    for verdeling in ACTORVERDELINGEN:
        if verdeling.startswith("discipline.") and verdeling.rpartition(".")[2] not in aanpak.disciplines:
            continue
        if verdeling.startswith("traject.") and gemeten is None:
            continue
        ruim = (kengetallen.getallen.get(f"actor.{verdeling}.{a}") for a in ACTOREN)
        uit |= {
            f"actor.{verdeling}.{a}": Verdeling.rond(k.onder, k.waarde, k.boven)
            for a, k in zip(ACTOREN, ruim, strict=True)
            if k is not None and k.onder < k.boven
        }
    plat, vervangen = aanpak.plat(), vervangen_door(gemeten)
    for knop in KNOPPEN:
        nodig = set(DISCIPLINE_BIJ_KNOP.get(knop, ()))
        ontbreekt = bool(nodig) and not nodig & set(aanpak.disciplines)
        if VELDEN[knop].vraag == 9 or (ontbreekt and plat[knop] == 0):  # frictie is a planned cost
            continue
        if knop in vervangen:
            continue
        bereik, waarde = kengetallen.getallen[VELDEN[knop].standaard or ""], float(plat[knop])
        boven = kengetallen[f"trekgrens.{knop}"] if knop in TREKGRENZEN else bereik.boven
        laag, hoog = min(bereik.onder, waarde), max(boven, waarde)
        if laag < hoog:
            uit[knop] = Verdeling.rond(laag, waarde, hoog)
    return uit


def samenhang(kengetallen: Kengetallen, gekozen: Mapping[str, Verdeling]) -> dict[tuple[str, str], float]:
    """The rank correlations of the catalogue between the inputs that are drawn, per pair of keys."""
    uit: dict[tuple[str, str], float] = {}
    for pad, sleutels in CORRELATIES.items():
        if kengetallen[pad]:
            uit |= dict.fromkeys(combinations((s for s in sleutels if s in gekozen), 2), kengetallen[pad])
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

    ``correlaties`` maps pairs of keys to a rank correlation (Spearman), reached with a Gaussian copula; it replaces
    those of the catalogue (:func:`samenhang`), so an empty one draws every input on its own.
    ``trekking`` replaces :func:`verdelingen`. More draws with the same seed begin with the same draws. Raises
    InvoerFout for a number of draws below 1, an unknown input or correlations that cannot exist together.
    """
    controleer(aantal, 1, zaad)
    gekozen = verdelingen(aanpak, kengetallen) if trekking is None else dict(trekking)
    return trek_blok(kengetallen, gekozen, koppeling(kengetallen, gekozen, correlaties), zaad, 0, aantal)


def trek_blok(
    kengetallen: Kengetallen,
    gekozen: Mapping[str, Verdeling],
    copula: "Copula",
    zaad: int,
    van: int,
    tot: int,
    eigen: str = "",
) -> dict[str, Reeks]:
    """Draws ``van`` ... ``tot`` of :func:`trek`; ``eigen`` names the streams of the knobs (see ``simuleer``)."""
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
            delen = {a: w for a in ACTOREN if (w := kengetallen[f"restpartij.{verdeling}.{a}"])}
            if len(vrij) == 1 and delen:
                over = np.maximum(te_verdelen - getrokken[vrij[0]], 0.0)
                getrokken[vrij[0]] = te_verdelen - over
                for a, w in delen.items():
                    ander = f"actor.{verdeling}.{a}"
                    getrokken[ander] = kengetallen[ander] + w * over
                continue
            som = np.sum([getrokken[p] for p in vrij], axis=0)
            for p in vrij:
                gelijk = np.full(som.shape, 1.0 / len(vrij))  # all 0 tells no proportion; chance 0 in a range
                getrokken[p] = te_verdelen * np.divide(getrokken[p], som, out=gelijk, where=som > 0)
    return getrokken


def koppeling(kengetallen: Kengetallen, gekozen: Mapping[str, Verdeling], correlaties: Correlaties | None) -> "Copula":
    """The copula of given correlations, or of the catalogue's when there are none given. Raises InvoerFout."""
    return Copula.van(samenhang(kengetallen, gekozen) if correlaties is None else correlaties, gekozen)


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

    def groepen(self) -> dict[str, str]:
        """{input: the inputs that it hangs together with, directly or through others, joined by ``+``}."""
        samen: dict[str, set[str]] = {s: {s} for s in self.sleutels}
        for i, rij in enumerate(self.wortel):
            for j in range(i):
                if abs(sum(a * b for a, b in zip(rij, self.wortel[j], strict=True))) > 1e-12:
                    een = samen[self.sleutels[i]] | samen[self.sleutels[j]]
                    samen |= dict.fromkeys(een, een)
        return {s: "+".join(k for k in self.sleutels if k in groep) for s, groep in samen.items()}

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


def controleer(aantal: int, minimum: int, zaad: int) -> None:
    """Refuse a number of draws below ``minimum`` and a seed that cannot be. Raises InvoerFout."""
    if isinstance(aantal, bool) or not isinstance(aantal, int) or aantal < minimum:
        oorzaak = f"er zijn minstens {minimum} trekkingen nodig, een geheel getal."
        raise InvoerFout([Melding("trekkingen", aantal, oorzaak, f"Gebruik er {TREKKINGEN}.")])
    if isinstance(zaad, bool) or not isinstance(zaad, int) or zaad < 0:
        oorzaak = "een zaad is een geheel getal van 0 of meer."
        raise InvoerFout([Melding("zaad", zaad, oorzaak, f"Gebruik {ZAAD}.")])
