"""Which knobs explain the differences between aanpakken: from the mean aanpak to each one, in parts that add up.

The inputs are divided into groups (:data:`GROEPEN`). The outcome of every combination of groups taken from the aanpak
and groups taken from the mean is calculated (2^11 scenarios along the scenario axis), and the part of a group is its
Shapley value: the change it makes, averaged over every order in which the groups can be exchanged. The parts add up
to the whole difference, whatever the order, and equal inputs get nothing.

**The mean aanpak.** Every aanpak counts once, large or small. Of the households: the mean share of each cell (type x
zwaarte). Of what is asked per type (schulden, escalatie, ...; kinderen of gezinnen): the mean over the aanpakken,
weighted with the share that the type has there, so that an aanpak without ouderen says nothing about ouderen. Of the
team: the mean fte per household (its cost is straight in that, not in the caseload) and of every discipline the share
of the aanpakken that have it. Of amounts: the mean per household. Huisvesting as in most aanpakken. Of the rest: the
plain mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.meta.dertien import Model13
from mkba.analyse.shapley import keuzes, shapley
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import maak_grootboek
from mkba.model.kerngetallen import Kerngetallen
from mkba.model.reeksen import InvoerReeksen, Reeks, maak_reeksen

GROEPEN: Final[dict[str, tuple[str, ...]]] = {
    "omvang": ("huishoudens",),
    "doelgroep": ("type", "zwaarte"),
    "leefsituatie": ("kinderen", "schulden", "geen_werk", "overlast"),
    "caseload": ("fte",),
    "disciplines": ("disciplines",),
    "financiering": ("additioneel", "jaarlijks_additioneel"),
    "overige kosten": ("frictie", "eenmalig", "jaarlijks", "afschrijving_jaren", "huisvesting"),
    "vinden": ("nieuw", "meer"),
    "substitutie": ("substitutie_nieuw", "substitutie_bestaand"),
    "effectiviteit": ("succes", "terugval"),
    "escalatie": ("escalatie",),
}
"""The knobs as a reader knows them, with the inputs that move together. Every input is in exactly one."""

UITKOMSTEN: Final = tuple(s for s in SLEUTELS if not s.endswith("_kengetal") and s != "huishoudens_bij_fte")
_PER_HUISHOUDEN: Final = ("fte", "eenmalig", "jaarlijks")
_PER_TYPE: Final = ("schulden", "geen_werk", "overlast", "escalatie")


@dataclass(frozen=True)
class Ontleding:
    """From the mean aanpak to each aanpak.

    ``delen``: rows aanpakken, columns groups, in units of ``uitkomst`` (euros NCW, per household when
    ``per_huishouden``, or a ratio); ``gemiddeld``: the outcome of the mean aanpak; ``eigen``: that of each aanpak.
    ``gemiddeld`` plus the row of an aanpak is its ``eigen``.
    """

    uitkomst: str
    per_huishouden: bool
    gemiddeld: float
    eigen: pd.Series
    delen: pd.DataFrame


def ontleed_uitkomsten(
    aanpakken: Mapping[str, Aanpak],
    kengetallen: Kengetallen,
    uitkomsten: Sequence[str],
    per_huishouden: bool = False,
) -> dict[str, Ontleding]:
    """Explain the difference of each aanpak with their mean, by group of inputs; for several outcomes at once.

    ``aanpakken`` by display name; ``uitkomsten`` of :data:`UITKOMSTEN`; ``per_huishouden`` divides euros by the
    number of households. Raises KeyError for another outcome, ValueError without aanpakken or for a ratio per
    household.
    """
    if onbekend := [u for u in uitkomsten if u not in UITKOMSTEN]:
        raise KeyError(f"{onbekend[0]!r} is geen uitkomst om te ontleden; kies uit: {', '.join(UITKOMSTEN)}")
    if not aanpakken:
        raise ValueError("geef ten minste een aanpak")
    if per_huishouden and any(u.startswith("kb_") for u in uitkomsten):
        raise ValueError("een verhouding is er niet per huishouden")
    eigen = {naam: _per_eenheid(maak_reeksen(a, kengetallen)[0]) for naam, a in aanpakken.items()}
    waarden = maak_reeksen(next(iter(aanpakken.values())), kengetallen)[1]
    midden = gemiddelde(list(eigen.values()))
    keuze = keuzes(len(GROEPEN))
    standen = {u: np.empty((len(eigen), keuze.shape[0])) for u in uitkomsten}
    for i, invoer in enumerate(eigen.values()):  # a block of 2^11 scenarios each: bounded memory
        gemengd = _meng(invoer, midden, keuze)
        getallen = Kerngetallen(maak_grootboek(gemengd, waarden), len(keuze))
        for uitkomst, stand in standen.items():
            reeks = getallen[uitkomst]
            stand[i] = reeks / gemengd.huishoudens if per_huishouden else reeks
    namen = list(eigen)
    return {
        uitkomst: Ontleding(
            uitkomst,
            per_huishouden,
            float(stand[0, 0]),
            pd.Series(stand[:, -1], index=namen),
            pd.DataFrame(shapley(stand), index=namen, columns=list(GROEPEN)),
        )
        for uitkomst, stand in standen.items()
    }


def ontleed_dertien(model: Model13, *uitkomsten: str) -> dict[str, Ontleding]:
    """The same for the 13 aanpakken of the meta-analysis, by number ("1" ... "13"), by outcome."""
    dertien = {str(n): a for n, a in model.dertien.aanpakken.items()}
    return ontleed_uitkomsten(dertien, model.kengetallen, uitkomsten)


def gemiddelde(invoer: Sequence[InvoerReeksen]) -> InvoerReeksen:
    """The mean aanpak of inputs with one scenario and amounts per household (see the text of this module)."""
    stapel = {f.name: np.concatenate([getattr(i, f.name) for i in invoer]) for f in fields(InvoerReeksen)}
    type_, aandeel = stapel["type"], stapel["type"][:, :, None] * stapel["zwaarte"]
    som = aandeel.mean(axis=0)
    per_type = type_.mean(axis=0)
    uit = {naam: reeks.mean(axis=0, keepdims=True) for naam, reeks in stapel.items()}
    uit["zwaarte"] = _gewogen(som, per_type[:, None])[None]
    for naam in _PER_TYPE:
        uit[naam] = _gewogen((stapel[naam] * type_).mean(axis=0), per_type)[None]
    uit["kinderen"] = np.atleast_1d(_gewogen((stapel["kinderen"] * type_[:, 0]).mean(axis=0), per_type[0]))
    uit["huisvesting"] = (uit["huisvesting"] >= 0.5).astype(float)
    return InvoerReeksen(**uit)


def belang(ontleding: Ontleding) -> pd.Series:
    """How much each group moves an aanpak away from the mean, averaged over the aanpakken (absolute), largest first."""
    return ontleding.delen.abs().mean(axis=0).sort_values(ascending=False)


def _per_eenheid(invoer: InvoerReeksen) -> InvoerReeksen:
    """Fte and amounts per household; one-off costs per year of depreciation."""
    velden = {f.name: getattr(invoer, f.name) for f in fields(InvoerReeksen)}
    velden["eenmalig"] = velden["eenmalig"] / velden["afschrijving_jaren"]
    velden["afschrijving_jaren"] = np.ones_like(velden["afschrijving_jaren"])
    for naam in _PER_HUISHOUDEN:
        velden[naam] = velden[naam] / velden["huishoudens"]
    return InvoerReeksen(**velden)


def _meng(eigen: InvoerReeksen, midden: InvoerReeksen, keuze: Reeks) -> InvoerReeksen:
    """Per scenario the chosen groups from the aanpak and the others from the mean; totals, not per household."""
    velden = {}
    for g, namen in enumerate(GROEPEN.values()):
        for naam in namen:
            een, ander = getattr(eigen, naam), getattr(midden, naam)
            kies = keuze[:, g].reshape(-1, *([1] * (een.ndim - 1)))
            velden[naam] = np.where(kies, een, ander)
    for naam in _PER_HUISHOUDEN:
        velden[naam] = velden[naam] * velden["huishoudens"]
    return InvoerReeksen(**velden)


def _gewogen(teller: Reeks, noemer: Reeks) -> Reeks:
    """A weighted mean, 0 where nobody has the type."""
    return np.asarray(
        np.divide(teller, noemer, out=np.zeros(np.broadcast_shapes(teller.shape, noemer.shape)), where=noemer > 0)
    )
