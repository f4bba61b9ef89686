"""Trajecten whose kinds may not (all) be shown, of a division over kinds that is known: how often an interval of what
one costs on average holds the truth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mkba.analyse.effectmeting.bijwerken.invullen import TREKKINGEN, Ingevuld, vul_in
from mkba.analyse.effectmeting.bijwerken.meer_minder import (
    ALLE,
    FIGUUR_TELT,
    Blok,
    binnen,
    blokken,
    gewichten,
    meng,
    soorten_van,
)
from mkba.analyse.effectmeting.bijwerken.soorten import trek_soorten
from mkba.analyse.effectmeting.bijwerken.trekkingen import trek_verdeling
from mkba.analyse.effectmeting.stad.generator import recept
from mkba.analyse.effectmeting.tellen.telling import STAND
from mkba.analyse.onderdrukking.stelsel import Sleutel
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.analyse.onzekerheid.trekking import ZAAD
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.woorden.effectvelden import aandeel_veld, aantal_veld
from mkba.kern.woorden.trajecten import GROEP_VAN_TRAJECT, GROEPEN_TRAJECTEN, TRAJECTEN
from mkba.tests.hulp_bronstad import plan, stad

DREMPEL: Final = 10
STAP: Final = 5
GETOOND: Final = ("", "soortgroep", "type")
"""Only how many trajecten there are, by group of kinds, or by kind."""
VAN_DE_STAD: Final = 0.0
"""Instead of a number of trajecten: the division of the made-up town, as its recipe has it."""


@dataclass(frozen=True, slots=True)
class Soorten:
    """``vraag`` and what is ``getoond`` of so many ``trajecten``; the truth is a draw around figuur II.1, which counts
    as ``telt`` trajecten. How often the interval holds the price, a fraction, and with the figure standing still; how
    wide it is, euros."""

    vraag: str
    getoond: str
    trajecten: int
    telt: float
    dekking: float
    stil: float
    breed: float
    breed_stil: float


def ware_verdeling(vraag: str, telt: float, rng: np.random.Generator) -> dict[str, float]:
    """Shares over the kinds, together 1, of another town than that of the figure."""
    if telt == VAN_DE_STAD:
        aandeel: Mapping[str, float] = recept()["trajecten"]["aandeel"]
        return {t: aandeel.get(t, 0.0) for t in soorten_van(vraag)}
    heel = Blok(ALLE, 0.0, soorten_van(vraag), rest=True)
    gewicht = gewichten(heel, vraag, "nieuw", {**laad(), FIGUUR_TELT: telt})
    delen = rng.dirichlet([gewicht.get(t, 0.0) for t in soorten_van(vraag)])
    return dict(zip(soorten_van(vraag), delen.tolist(), strict=True))


def getoonde(aantallen: Mapping[str, int], naar: str) -> Publicatie:
    """Numbers of kinds as a report shows them: rounded, and from the threshold on."""

    def rond(n: int) -> float:
        return float(STAP * round(n / STAP))

    cellen: dict[Sleutel, float | None] = {(): rond(sum(aantallen.values()))}
    per = dict.fromkeys(GROEPEN_TRAJECTEN if naar == "soortgroep" else TRAJECTEN if naar else (), 0)
    for t, n in aantallen.items():
        if naar:
            per[GROEP_VAN_TRAJECT[t] if naar == "soortgroep" else t] += n
    cellen |= {((naar, w),): rond(n) if n >= DREMPEL else None for w, n in per.items()}
    return Publicatie(cellen, ((naar,),) if naar else (), DREMPEL)


def prijzen(keer: int, trajecten: int, telt: float, zaad: int = 1) -> Iterator[Soorten]:
    """Of new cases, in every way of showing kinds."""
    prijs = {t: laad()[f"traject.{t}.eur"] for t in TRAJECTEN}
    basis = vul_in(plan(), laad(), stad(), 0.6)
    for nummer, (vraag, naar) in enumerate((v, g) for v in STAND for g in GETOOND):
        rng = np.random.default_rng([zaad, nummer, trajecten])
        raak, stil, breed, breed_stil = 0, 0, list[float](), list[float]()
        alleen = replace(
            basis, redenen=dict.fromkeys({*STAND} - {vraag}, "-"), effect={aantal_veld(vraag, "nieuw"): 1.0}
        )
        for _ in range(keer):
            waar = ware_verdeling(vraag, telt, rng)
            aantallen = dict(zip(waar, rng.multinomial(trajecten, list(waar.values())).tolist(), strict=True))
            delen = {**basis.meting.delen, f"trajecten.{STAND[vraag]}": getoonde(aantallen, naar)}
            i = replace(alleen, meting=replace(basis.meting, delen=delen))
            echt = sum(w * prijs[t] for t, w in waar.items())
            for getrokken, lijst in ((_nu(i, vraag), breed), (_stil(i, vraag), breed_stil)):
                reeks = sum(w * prijs[t] for t, w in getrokken.items())
                laag, hoog = np.quantile(reeks, [(1 - ZEKERHEID) / 2, (1 + ZEKERHEID) / 2])
                lijst.append(float(hoog - laag))
                if lijst is breed:
                    raak += bool(laag <= echt <= hoog)
                else:
                    stil += bool(laag <= echt <= hoog)
        yield Soorten(
            vraag,
            naar,
            trajecten,
            telt,
            raak / keer,
            stil / keer,
            float(np.median(breed)),
            float(np.median(breed_stil)),
        )


def _nu(i: Ingevuld, vraag: str) -> dict[str, np.ndarray]:
    getrokken = trek_soorten(i, TREKKINGEN, ZAAD)
    velden = {t: aandeel_veld(vraag, "nieuw", t) for t in TRAJECTEN}
    return {t: getrokken[v] for t, v in velden.items()} if getrokken else _stil(i, vraag)


def _stil(i: Ingevuld, vraag: str) -> dict[str, np.ndarray]:
    """Only what was counted varies, as in the interval of the count alone."""
    geteld = blokken(i.meting, vraag)
    delen = trek_verdeling({b.naam: b.aantal for b in geteld}, TREKKINGEN, np.random.default_rng(ZAAD))
    heel = np.ones(TREKKINGEN)
    return meng((delen.get(b.naam, heel), binnen(b, vraag, "nieuw", i.kengetallen)) for b in geteld)
