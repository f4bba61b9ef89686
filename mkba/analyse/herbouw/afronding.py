"""What printed inputs hide: the lowest and the highest outcome within their rounding.

A percentage printed as 31% was anything from 30.5% to 31.5%; shares of one question keep adding up to 1.
Per question the possible inputs form a polytope (*blok*): shares of huishoudtypen, zwaarte per type, and
one interval per other percentage. Every outcome of the model is linear in each block when the others are
held fixed, or a ratio of two such outcomes, or a monotone function of one; so within a block the extremes
are at its corners (*hoekpunten*), and the overall extremes are at a combination of corners.

:func:`uitersten` climbs block by block from several starts, all corners of a block at once for all outcomes.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import TYPEN, ZWAARTEN
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken_reeks
from mkba.model.reeksen import Reeks

Variant = Literal["ruim", "strikt"]
"""What hides rounding. ``ruim``: everything printed as a percentage, except the slider terugval.
``strikt``: only the shares of questions 2, 3 and 5 and frictie (9); the knobs of 10-14 are exact."""

HALF_PUNT: Final = 0.005
"""Half a percentage point: what whole percents hide on either side."""

_VRAGEN: Final[dict[str, tuple[int, ...]]] = {
    "ruim": (5, 6, 8, 9, 10, 11, 12, 13, 14),
    "strikt": (5, 9),
}
"""Questions whose percentages hide rounding one by one; 2 and 3 are shares and hide it together."""

Waardeer = Callable[[Mapping[str, Reeks]], Mapping[str, Reeks]]
"""Fields with N values each -> quantities with N values each."""


@dataclass(frozen=True, eq=False)
class Blok:
    """Fields that move together and the corners of what they can be: (corner, field)."""

    velden: tuple[str, ...]
    hoekpunten: NDArray[np.float64]

    def trek(self, rng: np.random.Generator, aantal: int) -> NDArray[np.float64]:
        """Random points inside: (aantal, field)."""
        gewichten = rng.dirichlet(np.ones(len(self.hoekpunten)), aantal)
        return np.asarray(gewichten @ self.hoekpunten)


def blokken(aanpak: Aanpak, variant: Variant = "ruim") -> tuple[Blok, ...]:
    """The blocks of an aanpak whose fields were printed: ``aanpak.opgegeven``.

    Exact, whatever the variant: households, fte, euros, kinderen (a count, printed to one decimal), ja/nee,
    terugval. A fraction stays between the bounds of its field (0 and 1; substitution -1 and 1), so a
    printed 0% hides 0 to 0.5%. A type of 0% whose column of question 3 is empty has no households: exact.
    """
    plat = aanpak.plat()

    def grenzen(sleutel: str) -> tuple[float, float]:
        waarde = float(plat[sleutel])
        if sleutel not in aanpak.opgegeven:
            return waarde, waarde
        onder, boven = VELDEN[sleutel].minimum, VELDEN[sleutel].maximum
        assert onder is not None
        assert boven is not None
        return max(waarde - HALF_PUNT, onder), min(waarde + HALF_PUNT, boven)

    kolommen = {t: [f"zwaarte.{t}.{s}" for s in ZWAARTEN] for t in TYPEN}
    gevuld = [t for t in TYPEN if any(plat[s] for s in kolommen[t])]
    uit = [_aandelen([f"type.{t}" for t in gevuld], grenzen)]
    uit += [_aandelen(kolommen[t], grenzen) for t in gevuld]
    uit += [
        Blok((sleutel,), np.array([[g] for g in sorted(set(grenzen(sleutel)))]))
        for sleutel, veld in VELDEN.items()
        if veld.vraag in _VRAGEN[variant] and plat[sleutel] is not None and veld.maximum == 1.0
    ]
    return tuple(blok for blok in uit if len(blok.hoekpunten) > 1)


def _aandelen(sleutels: Sequence[str], grenzen: Callable[[str], tuple[float, float]]) -> Blok:
    return Blok(tuple(sleutels), hoekpunten([grenzen(s) for s in sleutels]))


def hoekpunten(grenzen: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Corners of {x: low_i <= x_i <= high_i, sum x = 1}, shape (corner, i).

    In a corner all coordinates but one are at a bound. Raises ValueError when no x adds up to 1.
    """
    gevonden: dict[tuple[float, ...], None] = {}
    for vrij in range(len(grenzen)):
        anderen = [sorted(set(g)) if i != vrij else [0.0] for i, g in enumerate(grenzen)]
        for punt in itertools.product(*anderen):
            rest = 1.0 - sum(punt)
            laag, hoog = grenzen[vrij]
            if laag - 1e-12 <= rest <= hoog + 1e-12:
                volledig = (*punt[:vrij], min(max(rest, laag), hoog), *punt[vrij + 1 :])
                gevonden[tuple(round(x, 12) for x in volledig)] = None
    if not gevonden:
        raise ValueError(f"geen aandelen binnen {list(grenzen)} tellen op tot 1")
    return np.array(list(gevonden))


def uitersten(
    waardeer: Waardeer,
    blokken: Sequence[Blok],
    sleutels: Sequence[str],
    starts: int = 2,
    zaad: int = 2014,
    kanten: Mapping[str, Sequence[float]] | None = None,
) -> dict[str, tuple[float, float]]:
    """Lowest and highest value of each quantity over the blocks: {key: (low, high)}.

    ``kanten``: which sides are asked for, -1 the lowest and 1 the highest (default both); another one is NaN.

    ``waardeer`` must be, per block, linear or a ratio of linear functions with a denominator of one sign.
    Block coordinate ascent over the corners, from ``starts`` random points for every corner of the first
    block: all quantities, both directions and all starts climb together, so one call of ``waardeer`` serves
    them all. Without blocks both are the value itself.
    """
    namen = [veld for blok in blokken for veld in blok.velden]
    if not namen:
        waarden = waardeer({})
        return {s: (float(waarden[s][0]), float(waarden[s][0])) for s in sleutels}
    kolom = {veld: i for i, veld in enumerate(namen)}
    rng = np.random.default_rng(zaad)
    raakt = _raakt(waardeer, blokken, sleutels, kolom, rng)
    # what moves nothing stays as printed, so that the model has fewer columns to check and read
    doet_mee = {veld: kolom[veld] for b, blok in enumerate(blokken) if raakt[b].any() for veld in blok.velden}
    # climbers: quantity and direction x corner of the first block x start
    eerste = blokken[0].hoekpunten
    zoek = [(i, kant) for i, s in enumerate(sleutels) for kant in (-1.0, 1.0) if kanten is None or kant in kanten[s]]
    doel, hoek, _ = (a.ravel() for a in np.meshgrid(*map(np.arange, (len(zoek), len(eerste), starts)), indexing="ij"))
    sleutel, teken = np.array([i for i, _ in zoek])[doel], np.array([kant for _, kant in zoek])[doel]
    # from inner points: at a corner a zero in one block can hide what another block does
    punten = np.concatenate([blok.trek(rng, sleutel.size) for blok in blokken], axis=1)
    punten[:, _kolommen(blokken[0], kolom)] = eerste[hoek]

    def reken(waar: NDArray[np.float64], voor: NDArray[np.int64]) -> Reeks:
        """Value at each point for each climber (the higher the better), (climber, point of the climber)."""
        per = len(waar) // voor.size
        uit = _kies(waardeer(_velden(waar, doet_mee)), sleutels, sleutel[voor].repeat(per))
        return np.asarray(teken[voor][:, None] * uit.reshape(voor.size, per))

    waarde = reken(punten, np.arange(sleutel.size))[:, 0]
    # (block, climber): whether the block can gain, which it cannot while all others stay as they were when it was tried
    kansrijk = raakt[:, sleutel]
    # the first block (the types) weighs all others: every corner of it is tried before it may move
    for beweegt in (slice(1, None), slice(None)):
        while kansrijk[beweegt].any():
            for b in range(len(blokken))[beweegt]:
                wie = np.flatnonzero(kansrijk[b])
                if not wie.size:
                    continue
                uit = reken(_proef(punten[wie], blokken[b], kolom), wie)
                hoogste, beste = uit.max(axis=1), uit.argmax(axis=1)
                beter = hoogste > waarde[wie] + _ruis(waarde[wie])
                wie, beste = wie[beter], beste[beter]
                punten[np.ix_(wie, _kolommen(blokken[b], kolom))] = blokken[b].hoekpunten[beste]
                waarde[wie] = hoogste[beter]
                kansrijk[:, wie] = raakt[:, sleutel[wie]]
                kansrijk[b] = False
    hoogste_van = waarde.reshape(len(zoek), -1).max(axis=1)
    uiterste = {z: float(z[1] * w) for z, w in zip(zoek, hoogste_van, strict=True)}
    return {s: (uiterste.get((i, -1.0), np.nan), uiterste.get((i, 1.0), np.nan)) for i, s in enumerate(sleutels)}


def uitersten_van_aanpak(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    sleutels: Sequence[str],
    variant: Variant = "ruim",
    starts: int = 2,
) -> dict[str, tuple[float, float]]:
    """Lowest and highest outcome of an aanpak within the rounding of its printed inputs."""

    def waardeer(varieer: Mapping[str, Reeks]) -> Mapping[str, Reeks]:
        return bereken_reeks(aanpak, kengetallen, varieer, sleutels)

    return uitersten(waardeer, blokken(aanpak, variant), sleutels, starts)


def _raakt(
    waardeer: Waardeer,
    blokken: Sequence[Blok],
    sleutels: Sequence[str],
    kolom: Mapping[str, int],
    rng: np.random.Generator,
) -> NDArray[np.bool_]:
    """(block, quantity): whether the block moves the quantity, seen from two random inner points."""
    uit = np.zeros((len(blokken), len(sleutels)), dtype=bool)
    for _ in range(2):
        basis = np.concatenate([blok.trek(rng, 1)[0] for blok in blokken])
        aantallen = [len(blok.hoekpunten) for blok in blokken]
        proef = np.tile(basis, (sum(aantallen), 1))
        van = 0
        for blok, k in zip(blokken, aantallen, strict=True):
            proef[van : van + k, _kolommen(blok, kolom)] = blok.hoekpunten
            van += k
        waarden = waardeer(_velden(proef, kolom))
        begin = np.cumsum([0, *aantallen[:-1]])
        for i, s in enumerate(sleutels):
            uitkomst = np.broadcast_to(waarden[s], (len(proef),))
            anders = ~_gelijk(uitkomst, np.repeat(uitkomst[begin], aantallen))
            uit[:, i] |= np.logical_or.reduceat(anders, begin)
    return uit


def _gelijk(een: Reeks, ander: Reeks) -> NDArray[np.bool_]:
    """Equal but for the noise of floating-point arithmetic; infinities and NaN equal themselves."""
    with np.errstate(invalid="ignore"):
        dichtbij = np.abs(een - ander) <= 1e-9 + 1e-12 * np.abs(ander)
    return np.asarray(np.where(np.isfinite(ander), dichtbij, een == ander) | (np.isnan(een) & np.isnan(ander)))


def _proef(punten: NDArray[np.float64], blok: Blok, kolom: Mapping[str, int]) -> NDArray[np.float64]:
    """Every point with every corner of the block, (point x corner, field)."""
    uit = np.repeat(punten, len(blok.hoekpunten), axis=0)
    uit[:, _kolommen(blok, kolom)] = np.tile(blok.hoekpunten, (len(punten), 1))
    return uit


def _ruis(waarde: Reeks) -> Reeks:
    """The noise of floating-point arithmetic: what a step must gain at least."""
    return np.asarray(1e-12 * np.abs(np.where(np.isfinite(waarde), waarde, 0.0)))


def _kolommen(blok: Blok, kolom: Mapping[str, int]) -> list[int]:
    return [kolom[veld] for veld in blok.velden]


def _velden(punten: NDArray[np.float64], kolom: Mapping[str, int]) -> dict[str, Reeks]:
    return {veld: punten[:, i] for veld, i in kolom.items()}


def _kies(waarden: Mapping[str, Reeks], sleutels: Sequence[str], keuze: NDArray[np.int64]) -> Reeks:
    """The value of the chosen quantity per row."""
    tabel = np.stack([np.broadcast_to(waarden[s], (keuze.size,)) for s in sleutels])
    return np.asarray(tabel[keuze, np.arange(keuze.size)])
