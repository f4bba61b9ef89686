"""What a cohort says, in plain Dutch sentences (text, not HTML)."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.onzekerheid.cohort import PER_HUISHOUDEN, Cohort, labels
from mkba.kern.tekst.notatie import getal, hoeveel, van_de_honderd
from mkba.uitvoer.cohort.volgorde import rangtabel

ZEKER: Final = 0.9
"""Draws of 10 that the sentences call (nearly) sure: the same 9 of 10 as P10 and P90 leave on one side."""


GENOEMD: Final = 3
"""Aanpakken that the summary names at both ends; the table has them all."""


def kop(cohort: Cohort, kengetallenregel: str) -> str:
    """What was compared and with what."""
    aantal = len(cohort.aanpakken)
    return (
        f"{hoeveel(aantal, 'aanpak', 'aanpakken')} · {getal(cohort.aantal)} trekkingen per aanpak, "
        f"steeds dezelfde (zaad {cohort.zaad}) · {kengetallenregel}"
    )


def samenvatting(cohort: Cohort, eigen: Cohort) -> list[str]:
    """What the cohort says, in plain sentences (text, not HTML); ``eigen``: with luck of their own."""
    aantal = len(cohort.aanpakken)
    if aantal == 1:
        deel = van_de_honderd(float(cohort.kansen["saldo"].iloc[0]))
        return [
            f"{deel[:1].upper()}{deel[1:]} trekkingen is het saldo voor de maatschappij positief.",
            "Er is één aanpak: een plaats tussen andere heeft die niet.",
        ]
    rang = rangtabel(cohort, eigen)
    verder = [_breedtezin(rang)] if aantal > 2 else []
    return [_kanszin(cohort), *_uiterstenzinnen(rang), *verder, *_burenzinnen(cohort, eigen, rang)]


def _kanszin(cohort: Cohort) -> str:
    kans, gemeente = cohort.kansen["saldo"], cohort.kansen["saldo_gemeente"]
    boven, onder = int((kans >= ZEKER).sum()), int((kans <= 1 - ZEKER).sum())
    rest = len(kans) - boven - onder
    slot = f"; bij {_aantal(rest)} hangt het van de trekking af" if rest else ""
    return (
        f"Van de {getal(len(kans))} aanpakken is het saldo voor de maatschappij bij {_aantal(boven)} in minstens 9 van "
        f"de 10 trekkingen positief en bij {_aantal(onder)} in minstens 9 van de 10 niet{slot}. Voor de gemeente "
        f"(alleen geld) is het bij {_aantal(int((gemeente >= ZEKER).sum()))} in minstens 9 van de 10 positief."
    )


def _uiterstenzinnen(rang: pd.DataFrame) -> list[str]:
    if (rang[["p10", "p90"]] == 1).to_numpy().all():
        return [
            f"Op saldo per huishouden eindigen de {getal(len(rang))} aanpakken in minstens 8 van de 10 trekkingen "
            "gelijk als alle teams dezelfde mee- en tegenvallers hebben: geen staat er dan boven een andere."
        ]
    aantal = min(GENOEMD, len(rang) // 2)
    werkwoord = "staat" if aantal == 1 else "staan"
    return [
        f"Op saldo per huishouden {werkwoord} bovenaan {_opsomming(rang.iloc[:aantal])}.",
        f"Onderaan {werkwoord} {_opsomming(rang.iloc[-aantal:])}.",
    ]


def _opsomming(rang: pd.DataFrame) -> str:
    delen = [
        f"‘{r.naam}’ (plaats {_plaats(r.p10, r.p90)}; bij eigen geluk {_plaats(r.p10_eigen, r.p90_eigen)})"
        for r in rang.itertuples()
    ]
    return delen[0] if len(delen) == 1 else ", ".join(delen[:-1]) + " en " + delen[-1]


def _breedtezin(rang: pd.DataFrame) -> str:
    gedeeld = float((rang["p90"] - rang["p10"] + 1).median())
    eigen = float((rang["p90_eigen"] - rang["p10_eigen"] + 1).median())
    return (
        f"Een plaats is zelden een punt: voor de helft van de aanpakken omvatten 8 van de 10 trekkingen "
        f"{getal(gedeeld)} of meer van de {getal(len(rang))} plaatsen als alle teams dezelfde mee- en tegenvallers "
        f"hebben, en {getal(eigen)} of meer als elk team zijn eigen heeft."
    )


def _burenzinnen(cohort: Cohort, eigen: Cohort, rang: pd.DataFrame) -> list[str]:
    """How sure the order of neighbours is with both kinds of luck, and where the answers as given say otherwise."""
    paren = list(zip(rang.index[:-1], rang.index[1:], strict=True))
    zeker, los = (np.array([c.verschil_zeker(hoog, laag) for hoog, laag in paren]) for c in (cohort, eigen))
    alle = [f"‘{naam}’" for naam in labels(cohort.aanpakken)]
    punt = cohort.uitkomsten[PER_HUISHOUDEN]["punt"]
    omgekeerd = [(hoog, laag) for hoog, laag in paren if punt[hoog] < punt[laag]]
    if len(paren) == 1:
        return [_paarzin(cohort, eigen, *paren[0], alle), *omkeerzin(omgekeerd, alle)]
    vast, beide = int((zeker >= ZEKER).sum()), (zeker >= ZEKER) & (los >= ZEKER)
    zinnen = [
        f"Van de {getal(len(paren))} paren buren in deze volgorde {'staat' if vast == 1 else 'staan'} er "
        f"{_aantal(vast)} in minstens 9 van de 10 trekkingen zo als alle teams dezelfde mee- en tegenvallers hebben, "
        f"en {_aantal(int((los >= ZEKER).sum()))} als elk team zijn eigen heeft. "
        + overeindzin([paar for paar, ja in zip(paren, beide, strict=True) if ja], alle)
    ]
    uit = cohort.uitkomsten[PER_HUISHOUDEN]
    overlap = np.array([_overlap(uit.loc[hoog], uit.loc[laag]) for hoog, laag in paren])
    overlap[zeker < ZEKER] = 0.0
    if overlap.max() > 0:
        i = int(overlap.argmax())
        hoog, laag = (alle[nummer] for nummer in paren[i])
        zinnen.append(
            f"Overlappende lijnen zeggen niet dat er geen verschil is: die van {hoog} en {laag} overlappen, en toch is "
            f"{hoog} bij dezelfde mee- en tegenvallers {van_de_honderd(float(zeker[i]))} trekkingen de betere van de "
            f"twee (bij eigen geluk {van_de_honderd(float(los[i]))})."
        )
    return zinnen + omkeerzin(omgekeerd, alle)


def _paarzin(cohort: Cohort, eigen: Cohort, hoog: int, laag: int, alle: Sequence[str]) -> str:
    """How two aanpakken compare with both kinds of luck, and whether the order survives both."""
    delen, beter = [], [c.verschil_zeker(hoog, laag) for c in (cohort, eigen)]
    for kans, c in zip(beter, (cohort, eigen), strict=True):
        gelijk = kans == c.verschil_zeker(laag, hoog) == 0.0
        delen.append("in alle trekkingen gelijk" if gelijk else f"{van_de_honderd(kans)} trekkingen de betere")
    if min(beter) >= ZEKER:
        slot = "Die volgorde blijft in beide overeind."
    else:
        slot = "Er is dus geen volgorde die in beide overeind blijft."
    return (
        f"Naast {alle[laag]} is {alle[hoog]}, als beide teams dezelfde mee- en tegenvallers hebben, {delen[0]}, en als "
        f"elk team zijn eigen heeft {delen[1]}. {slot}"
    )


def overeindzin(paren: Sequence[tuple[int, int]], alle: Sequence[str]) -> str:
    """Which pairs of neighbours keep their order in both simulations; ``alle``: the names by place."""
    if not paren:
        return "Geen paar buren blijft in beide overeind."
    genoemd = [f"{alle[hoog]} boven {alle[laag]}" for hoog, laag in paren[:GENOEMD]]
    rest = len(paren) - len(genoemd)
    return f"In beide overeind {'blijft' if len(paren) == 1 else 'blijven'} {'; '.join(genoemd)}" + (
        f"; en nog {getal(rest)}." if rest else "."
    )


def omkeerzin(paren: Sequence[tuple[int, int]], alle: Sequence[str]) -> list[str]:
    """Pairs whose order as given is the other way around, and why that can be; nothing without such a pair."""
    if not paren:
        return []
    genoemd = "; ".join(f"{alle[laag]} boven {alle[hoog]}" for hoog, laag in paren[:GENOEMD])
    rest = f"; en nog {getal(len(paren) - GENOEMD)} paren buren" if len(paren) > GENOEMD else ""
    return [
        f"Met de ingevulde waarden is de volgorde andersom: {genoemd}{rest}. Dat kan, doordat de trekkingen "
        "optimistische antwoorden terugtrekken het bereik van de bronnen in (en voorzichtige antwoorden omhoog)."
    ]


def _overlap(een: pd.Series, ander: pd.Series) -> float:
    """Share of both intervals together that they have in common; 0 or less when they do not overlap."""
    samen = max(een["p90"], ander["p90"]) - min(een["p10"], ander["p10"])
    return float((min(een["p90"], ander["p90"]) - max(een["p10"], ander["p10"])) / samen) if samen else 0.0


def _aantal(aantal: int) -> str:
    return getal(aantal) if aantal else "geen"


def _plaats(laag: float, hoog: float) -> str:
    if not np.isfinite(laag):
        return "–"
    return getal(laag) if laag == hoog else f"{getal(laag)}\u00a0tot\u00a0{getal(hoog)}"
