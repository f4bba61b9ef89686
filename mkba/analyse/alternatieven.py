"""Other fits beside the recipe: would the published amounts be met better?

Each alternative changes one choice of a block: which cases take part, the criterion, or a constant that
the recipe holds at 0. The rule set keeps its constants; this is evidence for a reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.gevallen import GEVALLEN, Geval, laad_gevallen
from mkba.analyse.kalibratie import (
    BLOKKEN,
    KalibratieBlok,
    Parameter,
    bedragen,
    catalogus,
    gepubliceerd,
    pas_aan,
)
from mkba.analyse.reproductie import halve_stap
from mkba.invoer.kengetallen import Kengetallen


@dataclass(frozen=True)
class Alternatief:
    """A block fitted in another way, with what differs in words."""

    blok: KalibratieBlok
    keuze: str


def vrijgegeven(blok: KalibratieBlok) -> KalibratieBlok:
    """The block with the constants that the recipe holds fixed fitted as well."""
    extra = tuple(Parameter(pad, {pad: 1.0}) for pad in blok.vast)
    return replace(blok, parameters=(*blok.parameters, *extra), vast={})


def _alle_gevallen(naam: str) -> Alternatief:
    blok = replace(BLOKKEN[naam], methode="kleinste absolute afwijking relatief", gevallen=GEVALLEN)
    return Alternatief(blok, "alle gevallen doen mee, kleinste absolute relatieve afwijking")


ALTERNATIEVEN: Final[tuple[Alternatief, ...]] = (
    Alternatief(vrijgegeven(BLOKKEN["zorg_aandeel"]), "ZVW niet vast op 0"),
    Alternatief(vrijgegeven(BLOKKEN["substitutie_aandeel"]), "ZVW niet vast op 0"),
    Alternatief(vrijgegeven(BLOKKEN["escalatie"]), "top van ouderen niet vast op 0"),
    _alle_gevallen("effectiviteit"),
    _alle_gevallen("kwaliteit"),
    _alle_gevallen("overlast"),
)


def alternatieven(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """Deviation per case with the rule set and with each alternative.

    Columns: blok, keuze, constanten (fitted), geval, gepubliceerd_eur, catalogus_pct, alternatief_pct,
    catalogus_exact and alternatief_exact (within half of the published step).
    """
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    rijen = []
    for a in ALTERNATIEVEN:
        tonend = [g for g in alle if g.uitkomst[a.blok.post] > 0]
        y, marge = gepubliceerd(a.blok, tonend), halve_stap(a.blok.post)
        waarden = pas_aan(a.blok, kengetallen, tonend)
        punten = np.vstack([catalogus(a.blok, kengetallen), [waarden[p] for p in a.blok.constanten]])
        nu, anders = bedragen(a.blok, kengetallen, tonend, punten) - y
        for i, geval in enumerate(tonend):
            rijen.append(
                {
                    "blok": a.blok.naam,
                    "keuze": a.keuze,
                    "constanten": len(a.blok.parameters),
                    "geval": geval.naam,
                    "gepubliceerd_eur": y[i],
                    "catalogus_pct": 100 * nu[i] / y[i],
                    "alternatief_pct": 100 * anders[i] / y[i],
                    "catalogus_exact": bool(abs(nu[i]) <= marge),
                    "alternatief_exact": bool(abs(anders[i]) <= marge),
                }
            )
    return pd.DataFrame(rijen)


def alternatieve_constanten(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """The constants of each alternative. Columns: blok, keuze, constante, catalogus, alternatief."""
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    return pd.DataFrame(
        {
            "blok": a.blok.naam,
            "keuze": a.keuze,
            "constante": pad,
            "catalogus": kengetallen[pad],
            "alternatief": waarde,
        }
        for a in ALTERNATIEVEN
        for pad, waarde in pas_aan(a.blok, kengetallen, alle).items()
    )
