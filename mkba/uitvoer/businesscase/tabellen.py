"""Tables of the business case: cash and non-cash per party per year, break-even, and a proposal to share."""

import numpy as np
import pandas as pd

from mkba.analyse.businesscase.verdeling import BETALERS, PARTIJEN, Businesscase
from mkba.kern.woorden.begrippen import naam
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel

TOTAAL = "Totaal"


def partijnaam(partij: str) -> str:
    """The gemeente as one, and every other actor by its name."""
    return "Gemeente" if partij == "gemeente" else naam(partij, "actor")


def jarentabel(b: Businesscase) -> Tabel:
    """Benefits minus costs per party and kind, euros of each year (years without anything left out) and NCW."""
    rijen, labels = [], []
    for soort, jaren, ncw in (("geld", b.geld, b.geld_ncw), ("geen geld", b.geen_geld, b.geen_geld_ncw)):
        for i, partij in enumerate(PARTIJEN):
            if np.any(jaren[i]):
                labels.append((partijnaam(partij), soort))
                rijen.append([*jaren[i], ncw[i]])
        labels.append((TOTAAL, soort))
        rijen.append([*jaren.sum(axis=0), ncw.sum()])
    labels.append((TOTAAL, "alles"))
    rijen.append([*(b.geld + b.geen_geld).sum(axis=0), b.geld_ncw.sum() + b.geen_geld_ncw.sum()])
    koppen = [f"jaar {j}" for j in range(b.geld.shape[1])]
    frame = pd.DataFrame(rijen, columns=[*koppen, "NCW"])
    frame = frame[[k for k in frame if k == "NCW" or frame[k].any()]]
    frame.insert(0, "soort", [soort for _, soort in labels])
    frame.insert(0, "partij", [wie for wie, _ in labels])
    maten = {k: "bedrag" for k in frame if k not in ("partij", "soort")}
    weg = [k.removeprefix("jaar ") for k in koppen if k not in frame]
    uitleg = f"Euro, baten min kosten. In jaar {', '.join(weg)} valt niets." if weg else "Euro, baten min kosten."
    return Tabel(frame, maten, index=False, uitleg=uitleg)


def verdeeltabel(b: Businesscase) -> Tabel:
    """Per payer, euros NCW: cash now, the transfer at which it breaks even, the proposal and what it keeps then."""
    koppen = ["betaler", "geld nu", "sluit bij", "voorstel: overdracht", "houdt over"]
    rijen: list[list[object]] = [
        [partijnaam(p), nu, _sluit(nu), _overdracht(t), deel]
        for p, nu, t, deel in zip(BETALERS, b.betalers_ncw, b.overdracht, b.deel, strict=True)
    ]
    if b.tekort > 0:
        rijen.append(["Van buiten nodig", "", "", _overdracht(-b.tekort), ""])
    rijen.append([TOTAAL, float(b.betalers_ncw.sum()), "", "", float(b.deel.sum())])
    maten = {"geld nu": "eur", "houdt over": "eur"}
    return Tabel(pd.DataFrame(rijen, columns=koppen, dtype=object), maten, index=False)


def _sluit(nu: float) -> Cel:
    """The transfer at which a payer is at 0: what it can pay at most, or has to receive at least."""
    return Cel(abs(nu), "eur", voor="betaalt ten hoogste " if nu >= 0 else "ontvangt ten minste ")


def _overdracht(bedrag: float) -> Cel | str:
    if abs(bedrag) < 0.005:
        return "niets"
    return Cel(abs(bedrag), "eur", voor="ontvangt " if bedrag > 0 else "betaalt ")


def figuurframe(b: Businesscase) -> pd.DataFrame:
    """For the figure: rows the parties by name, columns geld, geen geld, voorstel (NaN: not a payer), euros NCW."""
    voorstel = [*b.deel, *[np.nan] * (len(PARTIJEN) - len(BETALERS))]
    return pd.DataFrame(
        {"geld": b.geld_ncw, "geen geld": b.geen_geld_ncw, "voorstel": voorstel},
        index=[partijnaam(p) for p in PARTIJEN],
    )
