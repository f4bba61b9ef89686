"""All areas of a level beside each other: the share with several problems, its place, and how sure that place is.

A place is uncertain for three reasons: the numbers of the rule, what unknown indicators could have said, and chance in
small areas. One draw holds for all areas together, so what moves them alike moves no place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak
from mkba.analyse.doelgroepen.profielen import gepubliceerd
from mkba.analyse.doelgroepen.statistiek import (
    Doelgroepen,
    gemeente_van,
    indeling,
    met_ruis,
    middelste,
    mv_aandeel,
    trek,
)
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN
from mkba.kern.zaak.gebied import Gebied
from mkba.model.berekening import bereken

Reeks = NDArray[np.float64]
Geheel = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ranglijst:
    """Areas in the order of the analysis.

    ``aandeel`` (gebied,): share of households with several problems, ``band`` (gebied, 2) its low and high end;
    ``rang`` (gebied,): 1 is the highest share, equal shares have the same place; ``rangband`` (gebied, 2): the middle
    90% of its places; ``kosten`` and ``saldo`` (gebied,): care costs a year by the published profiles, and the saldo of
    a first aanpak of MKBA 1.0 on defaults, both euros per household of the area.
    """

    analyse: Doelgroepen
    aandeel: Reeks
    band: Reeks
    rang: Geheel
    rangband: Geheel
    kosten: Reeks
    saldo: Reeks


def ranglijst(
    analyse: Doelgroepen,
    kengetallen: Kengetallen,
    gemeenten: Mapping[str, Gebied],
    trekkingen: int = 1000,
    zaad: int = 2014,
    meld: Callable[[int, int], None] = lambda klaar, totaal: None,
) -> Ranglijst:
    """Rank the areas of an analysis; ``meld`` hears how many are done, of how many."""
    los = trek(kengetallen, trekkingen, zaad)
    aandelen = np.empty((trekkingen, len(analyse.gebieden)))
    saldo = np.empty(len(analyse.gebieden))
    for i, gebied in enumerate(analyse.gebieden):
        draws = indeling(gebied, analyse.nederland, met_ruis(los, gebied, zaad), gemeente_van(gebied, gemeenten), "los")
        aandelen[:, i] = mv_aandeel(draws.sum(axis=1))
        saldo[i] = _saldo(gebied, analyse.aantallen[i], kengetallen)
        meld(i + 1, len(analyse.gebieden))
    plaatsen = np.argsort(np.argsort(-aandelen, axis=1), axis=1) + 1
    laag, hoog = middelste(plaatsen.astype(np.float64))
    aandeel = mv_aandeel(analyse.aantallen.sum(axis=1))
    rang = plaats(aandeel)
    rangband = np.stack([np.minimum(np.floor(laag), rang), np.maximum(np.ceil(hoog), rang)], axis=1).astype(np.int64)
    huishoudens = analyse.aantallen.sum(axis=(1, 2))
    euro = (analyse.aantallen * gepubliceerd(kengetallen).totalen).sum(axis=(1, 2))
    return Ranglijst(analyse, aandeel, analyse.mv_band, rang, rangband, euro / huishoudens, saldo / huishoudens)


def plaats(aandeel: Reeks) -> Geheel:
    """1 for the highest; equal values have the same place."""
    return np.asarray(1 + (aandeel[None, :] > aandeel[:, None]).sum(axis=1), dtype=np.int64)


def _saldo(gebied: Gebied, aantallen: Reeks, kengetallen: Kengetallen) -> float:
    """Euros: the saldo of the first aanpak that the households of an area give."""
    per_klasse = {t: dict(zip(KLASSEN, map(float, rij), strict=True)) for t, rij in zip(TYPEN, aantallen, strict=True)}
    return float(bereken(eerste_aanpak(gebied.naam, per_klasse, kengetallen), kengetallen)["saldo"])
