"""Admissible intervals of the calibrated constants, and derived constants checked per case.

For one constant c, the others as in the rule set, an amount is A + c·B. A case allows every c for which
some input within the rounding of the printed inputs gives the published amount within its own rounding:
from the lowest (amount - 50 - A) / B to the highest (amount + 50 - A) / B. Both are ratios that are monotone
per block of inputs, so the corner search of :mod:`mkba.analyse.herbouw.afronding` finds them.

The others are held fixed on purpose: an uncertainty analysis draws every constant by itself, and
intervals with the others refitted would let strongly related constants stray together.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.herbouw.afronding import Variant, blokken, uitersten
from mkba.analyse.herbouw.gevallen import Geval, laad_gevallen
from mkba.analyse.herbouw.kalibratie import BLOKKEN, KalibratieBlok, catalogus, gevoeligheden
from mkba.analyse.herbouw.reproductie import halve_stap
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.model.berekening import bereken_reeks
from mkba.model.reeksen import Reeks

_NIETS: Final = 1e-9
"""Euros per unit of a constant below which an amount does not react to it."""


def interval_van_geval(
    constante: str, post: str, geval: Geval, kengetallen: Kengetallen, variant: Variant | None = "ruim"
) -> tuple[float, float]:
    """Values of one constant with which a case can give its published amount, others fixed: (low, high).

    ``variant`` None: the inputs are exactly as printed and only the amount is rounded. (-inf, inf) when the
    case as printed does not react to the constant; low > high when no value fits. Raises ValueError when
    the amount can fall as the constant rises.
    """
    bedrag, marge = geval.uitkomst[post], halve_stap(post)

    def nul_en_helling(varieer: Mapping[str, Reeks]) -> tuple[Reeks, Reeks]:
        aantal = max((reeks.size for reeks in varieer.values()), default=1)
        dubbel = {veld: np.concatenate((reeks, reeks)) for veld, reeks in varieer.items()}
        dubbel[constante] = np.repeat([0.0, 1.0], aantal)
        nul, een = np.split(bereken_reeks(geval.aanpak, kengetallen, dubbel, (post,))[post], 2)
        return nul, een - nul

    def waardeer(varieer: Mapping[str, Reeks]) -> Mapping[str, Reeks]:
        nul, per_eenheid = nul_en_helling(varieer)
        if per_eenheid.min() < -_NIETS:
            raise ValueError(f"{post} van {geval.naam} kan dalen als {constante} stijgt")
        return {
            "laag": _quotient(bedrag - marge - nul, per_eenheid, -1.0),
            "hoog": _quotient(bedrag + marge - nul, per_eenheid, 1.0),
        }

    if abs(nul_en_helling({})[1][0]) <= _NIETS:
        return -np.inf, np.inf
    ruimte = blokken(geval.aanpak, variant) if variant else ()
    uit = uitersten(waardeer, ruimte, ("laag", "hoog"), starts=1, kanten={"laag": (-1.0,), "hoog": (1.0,)})
    return uit["laag"][0], uit["hoog"][1]


def _quotient(teller: Reeks, noemer: Reeks, kant: float) -> Reeks:
    """teller / noemer; where the amount does not react (noemer 0) the whole side ``kant`` is open, or closed.

    Closed when even then the amount lies on the wrong side: no value of the constant repairs it.
    """
    open_ = np.where(kant * teller >= 0, kant * np.inf, -kant * np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(noemer > _NIETS, teller / np.where(noemer > _NIETS, noemer, 1.0), open_))


def toelaatbaar(
    kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None, variant: Variant = "ruim"
) -> pd.DataFrame:
    """Admissible interval of every calibrated constant of the posts, others fixed.

    Columns: blok, constante, eenheid, waarde, laag, hoog (unrounded; not below 0, shares not above 1),
    onder_door and boven_door (the case that sets the limit; "teken", "aandeel" or "koppeling" when none
    does), laag_afgerond and hoog_afgerond (three digits, rounded outward: what the catalogue holds).
    Constants of a pair that is only identified as a sum run from 0 to the whole sum.
    """
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    rijen = []
    for blok in BLOKKEN.values():
        tonend = [g for g in alle if g.uitkomst[blok.post] > 0]
        gekoppeld = _gekoppeld(blok, kengetallen, tonend)
        for pad in (*blok.constanten, *blok.vast):
            if pad in gekoppeld:
                grenzen = (0.0, "koppeling", gekoppeld[pad], "koppeling")
            else:
                grenzen = _doorsnede(blok.post, pad, kengetallen, tonend, variant)
            rijen.append(_rij(blok.naam, pad, kengetallen, *grenzen))
    return pd.DataFrame(rijen)


def _rij(
    blok: str, pad: str, kengetallen: Kengetallen, laag: float, onder: str, hoog: float, boven: str
) -> dict[str, object]:
    return {
        "blok": blok,
        "constante": pad,
        "eenheid": kengetallen.getallen[pad].eenheid,
        "waarde": kengetallen[pad],
        "laag": laag,
        "hoog": hoog,
        "onder_door": onder,
        "boven_door": boven,
        "laag_afgerond": naar_buiten(laag, -1),
        "hoog_afgerond": hoog if boven == "koppeling" else naar_buiten(hoog, 1),
    }


def _doorsnede(
    post: str, pad: str, kengetallen: Kengetallen, gevallen: Sequence[Geval], variant: Variant
) -> tuple[float, str, float, str]:
    per_geval = {g.naam: interval_van_geval(pad, post, g, kengetallen, variant) for g in gevallen}
    onder = {"teken": 0.0} | {g: laag for g, (laag, _) in per_geval.items()}
    boven = {g: hoog for g, (_, hoog) in per_geval.items()}
    if kengetallen.getallen[pad].eenheid == "fractie":
        boven["aandeel"] = 1.0
    laagste, hoogste = max(onder, key=lambda g: onder[g]), min(boven, key=lambda g: boven[g])
    return onder[laagste], laagste, boven[hoogste], hoogste


def _gekoppeld(blok: KalibratieBlok, kengetallen: Kengetallen, gevallen: Sequence[Geval]) -> dict[str, float]:
    """For constants fitted as one number: the value that each would have if the others were 0."""
    uit: dict[str, float] = {}
    waarden = catalogus(blok, kengetallen)
    _, helling = gevoeligheden(blok, kengetallen, gevallen, waarden)
    for parameter in blok.parameters:
        if len(parameter.kengetallen) == 1:
            continue
        kolommen = [blok.constanten.index(pad) for pad in parameter.kengetallen]
        deel = helling[:, kolommen] * waarden[kolommen]
        toont = deel.sum(axis=1) > 0
        som = deel[toont].sum(axis=1)
        for i, pad in zip(kolommen, parameter.kengetallen, strict=True):
            alleen = som / helling[toont, i]
            # the proportion is the same in every case; rounding only removes noise of the last bits
            uit[pad] = round(float(alleen.mean()), 6)
    return uit


def naar_buiten(waarde: float, kant: int, cijfers: int = 3) -> float:
    """Round to significant digits, down for kant -1 and up for kant 1; 0 and infinities stay.

    A value that is already that round stays too.
    """
    if waarde == 0 or not math.isfinite(waarde):
        return waarde
    decimalen = cijfers - 1 - math.floor(math.log10(abs(waarde)))
    schaal = 10.0**decimalen
    geschaald = round(waarde * schaal, 6)
    return round((math.ceil(geschaald) if kant > 0 else math.floor(geschaald)) / schaal, max(decimalen, 0))
