"""Which inputs turn the sign: why the middle of the draws and the values as given say the opposite."""

from typing import Final

import numpy as np

from mkba.analyse.onzekerheid.simulatie import Simulatie, simuleer
from mkba.analyse.onzekerheid.trekking import Verdeling
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.velden import VELDEN
from mkba.model.berekening import bereken_reeks

HOOGSTENS: Final = 4
"""More inputs than this together explain nothing to a reader. A choice."""


def tekenwissel(simulatie: Simulatie, kengetallen: Kengetallen, hoogstens: int = HOOGSTENS) -> list[str]:
    """Drawn inputs that, held at the value as given, give the median of the saldo its sign of the values as given back.

    Keys, the one that shifts the saldo most first, at most ``hoogstens`` of them; every one of them is needed. Empty
    when the signs agree, when one of both is 0, or when so few inputs do not do it. Tried in the draws themselves.
    """
    punt, midden = (float(simulatie.kwantielen.at["saldo", k]) for k in ("punt", "p50"))
    if punt * midden >= 0:
        return []

    def goed(vast: list[str]) -> bool:
        nieuw = simuleer(
            simulatie.aanpak,
            kengetallen,
            simulatie.aantal,
            simulatie.zaad,
            trekking={
                s: _vast(_waarde(simulatie, kengetallen, s)) if s in vast else v for s, v in simulatie.trekking.items()
            },
            sleutels=("saldo",),
        )
        return float(nieuw.kwantielen.at["saldo", "p50"]) * punt > 0

    volgorde = _naar_het_midden(simulatie, kengetallen, punt, midden)
    for aantal in range(1, min(hoogstens, len(volgorde)) + 1):
        keuze = volgorde[:aantal]
        if goed(keuze):
            # with the last one the sign turned; an earlier one may be of no use any more
            for s in keuze[:-1]:
                if goed(zonder := [k for k in keuze if k != s]):
                    keuze = zonder
            return keuze
    return []


def _naar_het_midden(simulatie: Simulatie, kengetallen: Kengetallen, punt: float, midden: float) -> list[str]:
    """Inputs whose mean, one at a time, moves the saldo from the point to the median, the largest move first."""
    sleutels = [s for s in simulatie.trekking if not s.startswith("actor.")]  # who pays leaves society's saldo
    if not sleutels:
        return []
    waarden = [_waarde(simulatie, kengetallen, s) for s in sleutels]
    varieer = {s: np.full(len(sleutels), w) for s, w in zip(sleutels, waarden, strict=True)}
    for i, s in enumerate(sleutels):
        varieer[s][i] = simulatie.trekking[s].gemiddelde
    verschil = bereken_reeks(simulatie.aanpak, kengetallen, varieer, ("saldo",))["saldo"] - punt
    goed = [(abs(v), s) for v, s in zip(verschil, sleutels, strict=True) if v * (midden - punt) > 0]
    return [s for _, s in sorted(goed, key=lambda paar: -paar[0])]


def _waarde(simulatie: Simulatie, kengetallen: Kengetallen, sleutel: str) -> float:
    return float(simulatie.aanpak.plat()[sleutel]) if sleutel in VELDEN else kengetallen[sleutel]


def _vast(waarde: float) -> Verdeling:
    return Verdeling("uniform", waarde, waarde, waarde)
