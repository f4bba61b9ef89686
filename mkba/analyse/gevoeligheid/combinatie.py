"""The cheapest combination of knobs with which an aanpak breaks even for one criterium."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.gevoeligheid.omslag import HALVE_CENT, RASTER, VERHOUDING, balansen, gepubliceerd_bereik, toegestaan
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.woorden.velden import DISCIPLINE_BIJ_KNOP, KNOPPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.model.reeksen import Reeks

_SPIL: Final = ("nieuw", "meer", "terugval", "additioneel")
"""Knobs that multiply others; with these fixed, every balance is a sum of straight lines in the other knobs."""


@dataclass(frozen=True, eq=False)
class Combinatie:
    """The cheapest set of shifts that makes an aanpak break even.

    ``knoppen``: a row per knob that may move (columns sleutel, naam, van, naar, verschuiving (over the width
    of the published range, signed), laag, hoog (published), binnen (naar lies in it), minimum, maximum (that
    the search allowed)), largest shift first. ``balans_nu`` and ``balans``: euros NCW before and after,
    from the model. ``mogelijk`` False: even the best allowed values lose; ``knoppen`` then shows those.
    ``ruimer``: the published ranges did not suffice and the search used what the invoerscherm allows.
    """

    criterium: str
    knoppen: pd.DataFrame
    balans_nu: float
    balans: float
    verhouding: float
    mogelijk: bool
    ruimer: bool

    @property
    def nodig(self) -> bool:
        """Whether the aanpak loses as it is."""
        return self.balans_nu < -HALVE_CENT

    @property
    def verschuiving(self) -> float:
        """Total shift, in widths of a published range."""
        return float(self.knoppen["verschuiving"].abs().sum())

    @property
    def wijzigingen(self) -> dict[str, float]:
        """New values of the knobs that move, for ``Aanpak.met`` or ``varieer``."""
        rijen = self.knoppen[self.knoppen["naar"] != self.knoppen["van"]]
        return dict(zip(rijen["sleutel"], rijen["naar"].astype(float), strict=True))


@dataclass(frozen=True, eq=False)
class Zoekruimte:
    """The knobs (n,) that may move, from ``start`` within ``laag`` ... ``hoog``, shifts measured by ``breedte``."""

    sleutels: tuple[str, ...]
    start: Reeks
    laag: Reeks
    hoog: Reeks
    breedte: Reeks
    balans: Callable[[Reeks], Reeks]  # (S, n) -> (S,) euros

    def helling(self, x: Reeks) -> Reeks:
        """Slope in each knob at x, (n,): exact, because the balance is straight in each knob."""
        n = x.size
        punten = np.tile(x, (2 * n, 1))
        punten[np.arange(n), np.arange(n)] = self.laag
        punten[n + np.arange(n), np.arange(n)] = self.hoog
        b = self.balans(punten)
        ruimte = self.hoog - self.laag
        return np.divide(b[n:] - b[:n], ruimte, out=np.zeros(n), where=ruimte > 0)

    def kosten(self, x: Reeks) -> float:
        return float((np.abs(x - self.start) / self.breedte).sum())


def beweegbaar(aanpak: Aanpak) -> tuple[str, ...]:
    """Knobs of questions 9 to 15, without the effects (13) for which the team lacks the discipline.

    The manual (§2.3, bij 13) advises 0 for those.
    """
    return tuple(
        k for k in KNOPPEN if k not in DISCIPLINE_BIJ_KNOP or set(DISCIPLINE_BIJ_KNOP[k]) & set(aanpak.disciplines)
    )


def goedkoopste_combinatie(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    criterium: str = "gemeente",
    knoppen: Sequence[str] | None = None,
    additioneel: bool = False,
) -> Combinatie:
    """The smallest total shift of knobs with which the aanpak breaks even.

    Minimises the sum of the shifts, each divided by the width of the published range of its knob, within
    those ranges (widened to the present value). When that does not suffice, within what the invoerscherm
    allows (``ruimer``). ``knoppen``: which may move (default :func:`beweegbaar`); ``additioneel``: also the
    share of additional money. A knob whose published range has no width stays where it is.

    Method: the balance is straight in each knob. With the knobs of ``_SPIL`` at each point of a small grid,
    the best of the others is a continuous knapsack, solved exactly; the best of these are refined over all
    knobs together with SLSQP. Raises ValueError for an unknown criterium or knob.
    """
    if criterium not in VERHOUDING:
        raise ValueError(f"{criterium!r} is geen criterium; kies uit: {', '.join(VERHOUDING)}")
    gekozen = [*(beweegbaar(aanpak) if knoppen is None else knoppen), *(["additioneel"] if additioneel else [])]
    vreemd = [k for k in gekozen if k not in (*KNOPPEN, "additioneel")]
    if vreemd:
        raise ValueError(f"geen knop van vraag 9 tot en met 15: {', '.join(vreemd)}")
    sleutels = [k for k in dict.fromkeys(gekozen) if np.ptp(gepubliceerd_bereik(k, kengetallen)) > 0]
    smal = _zoekruimte(aanpak, kengetallen, criterium, sleutels, ruimer=False)
    nu = float(smal.balans(smal.start[None])[0])
    ruimte, mogelijk, x, top = smal, True, smal.start, hoogste_punt(smal)
    if nu < -HALVE_CENT:
        if float(smal.balans(top[None])[0]) < 0:
            ruimte = _zoekruimte(aanpak, kengetallen, criterium, sleutels, ruimer=True)
            top = hoogste_punt(ruimte)
            mogelijk = float(ruimte.balans(top[None])[0]) >= 0
        x = kleinste_verschuiving(ruimte, top) if mogelijk else top
    # the answer again through the front door of the model
    uitkomst = bereken(aanpak, kengetallen, dict(zip(ruimte.sleutels, x, strict=True)))
    return Combinatie(
        criterium=criterium,
        knoppen=_knoppentabel(ruimte, x, kengetallen),
        balans_nu=nu,
        balans=float(ruimte.balans(x[None])[0]),
        verhouding=uitkomst[VERHOUDING[criterium]],
        mogelijk=mogelijk,
        ruimer=ruimte is not smal,
    )


def wacht_bij(combinatie: Combinatie, aanpak: Aanpak, kengetallen: Kengetallen) -> list[Melding]:
    """Messages of the guard with the combination filled in; none when no knob moves."""
    if not combinatie.wijzigingen:
        return []
    return wacht(bereken(aanpak.met(combinatie.wijzigingen, kengetallen), kengetallen))


def _zoekruimte(
    aanpak: Aanpak, kengetallen: Kengetallen, criterium: str, sleutels: Sequence[str], ruimer: bool
) -> Zoekruimte:
    plat = aanpak.plat()
    start = np.array([float(plat[k]) for k in sleutels])
    bereik = np.array([gepubliceerd_bereik(k, kengetallen) for k in sleutels]).reshape(-1, 2)
    grens = np.array([toegestaan(k) for k in sleutels]).reshape(-1, 2) if ruimer else bereik

    def balans(x: Reeks) -> Reeks:
        return balansen(aanpak, kengetallen, {k: x[:, i] for i, k in enumerate(sleutels)})[criterium]

    laag, hoog = np.minimum(grens[:, 0], start), np.maximum(grens[:, 1], start)
    return Zoekruimte(tuple(sleutels), start, laag, hoog, bereik[:, 1] - bereik[:, 0], balans)


def _spilrooster(r: Zoekruimte, waarden: Callable[[int], Sequence[float]]) -> Reeks:
    """Start with the knobs of ``_SPIL`` at every combination of ``waarden(knob)``, (G, n)."""
    plaatsen = [i for i, k in enumerate(r.sleutels) if k in _SPIL]
    assen = np.meshgrid(*(np.unique(waarden(i)) for i in plaatsen), indexing="ij")
    rooster = np.tile(r.start, (assen[0].size if assen else 1, 1))
    for i, as_ in zip(plaatsen, assen, strict=True):
        rooster[:, i] = as_.ravel()
    return rooster


def hoogste_punt(r: Zoekruimte) -> Reeks:
    """The point with the highest balance, (n,): a corner, found exactly by trying all corners of ``_SPIL``."""
    spil = np.array([k in _SPIL for k in r.sleutels], dtype=bool)
    hoeken = []
    for punt in _spilrooster(r, lambda i: (r.laag[i], r.hoog[i])):
        g = r.helling(punt)
        hoeken.append(np.where(spil | (g == 0), punt, np.where(g > 0, r.hoog, r.laag)))
    return np.asarray(hoeken[int(np.argmax(r.balans(np.array(hoeken))))])


def kleinste_verschuiving(r: Zoekruimte, top: Reeks) -> Reeks:
    """The cheapest point with a balance of 0, (n,); ``top`` is a point where it is not negative."""

    def rond(i: int) -> Sequence[float]:
        return (r.laag[i], (r.laag[i] + r.start[i]) / 2, r.start[i], (r.hoog[i] + r.start[i]) / 2, r.hoog[i])

    gulzig = [p for punt in _spilrooster(r, rond) if (p := _rugzak(r, punt)) is not None]
    # a dozen to bring to exactly 0, a handful to refine: the refinement is local
    starts = sorted((_op_nul(r, x, top) for x in sorted(gulzig, key=r.kosten)[:12]), key=r.kosten)[:5]
    starts.append(_op_nul(r, top, top))
    alle = starts + [_op_nul(r, _fijner(r, x), top) for x in starts]
    return min((_opgeruimd(r, x) for x in alle), key=r.kosten)


def _rugzak(r: Zoekruimte, punt: Reeks) -> Reeks | None:
    """From ``punt``, move the other knobs in order of gain per unit of shift until break-even; None if never."""
    tekort = -float(r.balans(punt[None])[0])
    g = r.helling(punt)
    doel = np.where(g > 0, r.hoog, r.laag)
    winst = g * (doel - punt)
    x = punt.copy()
    for i in np.argsort(-np.abs(g) * r.breedte, kind="stable"):
        if tekort <= 0 or r.sleutels[i] in _SPIL or winst[i] <= 0:
            continue
        deel = min(1.0, tekort / winst[i])
        x[i] += deel * (doel[i] - x[i])
        tekort -= deel * winst[i]
    return x if tekort <= HALVE_CENT else None


def _fijner(r: Zoekruimte, x: Reeks) -> Reeks:
    """SLSQP over all knobs; a shift is split in up and down, so that its size is smooth."""
    from scipy.optimize import minimize  # a third of a second, for who does not search

    n = x.size
    maat = max(abs(float(r.balans(r.start[None])[0])), 1.0)
    op, neer = (r.hoog - r.start) / r.breedte, (r.start - r.laag) / r.breedte

    def punt(v: Reeks) -> Reeks:
        return np.asarray(np.clip(r.start + r.breedte * (v[:n] - v[n:]), r.laag, r.hoog))

    def helling(v: Reeks) -> Reeks:
        g = r.helling(punt(v)) * r.breedte / maat
        return np.concatenate([g, -g])

    stap = np.concatenate([x - r.start, r.start - x]) / np.tile(r.breedte, 2)
    uit = minimize(
        lambda v: float(v.sum()),
        np.maximum(stap, 0.0),
        jac=lambda v: np.ones(2 * n),
        method="SLSQP",
        bounds=[(0.0, float(b)) for b in (*op, *neer)],
        constraints=[{"type": "ineq", "fun": lambda v: float(r.balans(punt(v)[None])[0]) / maat, "jac": helling}],
        options={"maxiter": 60, "ftol": 1e-9},
    )
    return punt(np.asarray(uit.x))


def _op_nul(r: Zoekruimte, x: Reeks, top: Reeks) -> Reeks:
    """Back along the line to the start until the balance is 0; towards ``top`` when x falls short of that."""
    kort = float(r.balans(x[None])[0]) < 0
    van, naar = (x, top) if kort else (r.start, x)
    a, b = 0.0, 1.0  # loses at a, not at b
    for _ in range(7):  # a hundredth of the bracket each time: 1e-14 of the way
        t = np.linspace(a, b, RASTER)
        goed = r.balans(van + t[:, None] * (naar - van)) >= 0
        eerste = int(np.argmax(goed)) if goed.any() else RASTER - 1
        a, b = float(t[max(eerste - 1, 0)]), float(t[eerste])
    return np.asarray(np.clip(van + b * (naar - van), r.laag, r.hoog))


def _opgeruimd(r: Zoekruimte, x: Reeks) -> Reeks:
    """Without shifts of less than a thousandth of a range, when break-even survives that."""
    klein = np.abs(x - r.start) < 1e-3 * r.breedte
    kaal = np.where(klein, r.start, x)
    tekort = -float(r.balans(kaal[None])[0])
    if tekort > 0:  # let the knob that gains most per unit make up for what was dropped
        g = np.where(klein, 0.0, r.helling(kaal))
        doel = np.where(g > 0, r.hoog, r.laag)
        kan = g * (doel - kaal) >= tekort
        if not kan.any():
            return x
        i = int(np.argmax(np.where(kan, np.abs(g) * r.breedte, -1.0)))
        kaal[i] += tekort / g[i]
        kaal = np.clip(kaal, r.laag, r.hoog)
    goed = float(r.balans(kaal[None])[0]) >= -HALVE_CENT and r.kosten(kaal) <= r.kosten(x) + 1e-3
    return kaal if goed else x


def _knoppentabel(r: Zoekruimte, x: Reeks, kengetallen: Kengetallen) -> pd.DataFrame:
    bereik = np.array([gepubliceerd_bereik(k, kengetallen) for k in r.sleutels]).reshape(-1, 2)
    kolommen = {"sleutel": list(r.sleutels), "naam": [VELDEN[k].label for k in r.sleutels], "van": r.start, "naar": x}
    kolommen |= {"verschuiving": (x - r.start) / r.breedte, "laag": bereik[:, 0], "hoog": bereik[:, 1]}
    kolommen |= {"binnen": (bereik[:, 0] - 1e-12 <= x) & (x <= bereik[:, 1] + 1e-12)}
    tabel = pd.DataFrame({**kolommen, "minimum": r.laag, "maximum": r.hoog})
    volgorde = tabel["verschuiving"].abs().sort_values(ascending=False, kind="stable").index
    return tabel.loc[volgorde].reset_index(drop=True)
