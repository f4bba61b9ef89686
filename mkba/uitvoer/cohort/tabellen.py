"""Tables of a cohort: every aanpak with its outcomes, its place and its chances, and the interval of 8 of 10 draws."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.onzekerheid.cohort import PER_HUISHOUDEN, Cohort, labels
from mkba.kern.woorden.begrippen import VERHOUDINGEN
from mkba.uitvoer.cohort.volgorde import kanstabel, rangtabel
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel

KANSKOPPEN: Final = {
    "saldo": "maatschappij",
    "saldo_financieel": "alle partijen (geld)",
    "saldo_gemeente": "gemeente (geld)",
}
_TOT: Final = "\u00a0tot\u00a0"
_EINDEN: Final = (("P10", "p10"), ("P90", "p90"))


def plaatstabel(cohort: Cohort, eigen: Cohort, maat: str = PER_HUISHOUDEN) -> Tabel:
    """Every aanpak, best first: its outcome (euros per household) and its place, with the interval of 8 of 10 draws.

    ``eigen``: the same aanpakken with luck of their own.
    """
    rang = rangtabel(cohort, eigen, maat)
    uit = cohort.uitkomsten[maat].loc[rang.index]
    saldo = {f"saldo {kop}": uit[kolom] for kop, kolom in (("ingevuld", "punt"), ("midden", "p50"), *_EINDEN)}
    plaats = {f"plaats {kop}": rang[kolom] for kop, kolom in (("ingevuld", "punt"), ("midden", "p50"), *_EINDEN)}
    geluk = {f"plaats bij eigen geluk: {kop}": rang[f"{kolom}_eigen"] for kop, kolom in _EINDEN}
    for reeks in (plaats, geluk):
        laag, hoog = list(reeks)[-2:]
        reeks[hoog] = _einde(reeks[laag], reeks[hoog])
    frame = pd.DataFrame({"aanpak": rang["naam"], **saldo, **plaats, **geluk, "boven de mediaan": rang["beter"]})
    return Tabel(
        frame,
        {
            **dict.fromkeys(
                saldo, "decimaal2" if maat in VERHOUDINGEN else "eur1" if maat == PER_HUISHOUDEN else "eur"
            ),
            **({"saldo ingevuld": "verhouding"} if maat in VERHOUDINGEN else {}),
            **dict.fromkeys([*plaats, *geluk], "aantal"),
            "boven de mediaan": "kans",
        },
        index=False,
        samen={
            "saldo P10 tot P90": ["saldo P10", _TOT, "saldo P90"],
            "plaats P10 tot P90": ["plaats P10", _TOT, "plaats P90"],
            "plaats bij eigen geluk": ["plaats bij eigen geluk: P10", _TOT, "plaats bij eigen geluk: P90"],
        },
    )


def _einde(laag: pd.Series, hoog: pd.Series) -> pd.Series:
    """The end of an interval of places, that prints nothing where it is also the beginning."""
    cellen = [Cel(b, "aantal", gedrukt="" if a == b else None) for a, b in zip(laag, hoog, strict=True)]
    return pd.Series(cellen, index=hoog.index, dtype=object)


def saldotabel(cohort: Cohort) -> Tabel:
    """Every aanpak in the order of the places: households, saldo (euros NCW) as given, in the middle and P10 to P90."""
    volgorde = rangtabel(cohort).index
    namen = labels(cohort.aanpakken)
    uit = cohort.uitkomsten["saldo"].loc[volgorde]
    frame = pd.DataFrame(
        {
            "aanpak": [namen[i] for i in volgorde],
            "huishoudens": [cohort.aanpakken[i].huishoudens for i in volgorde],
            "saldo zoals ingevuld": uit["punt"].to_numpy(),
            "midden (P50)": uit["p50"].to_numpy(),
            "P10": uit["p10"].to_numpy(),
            "P90": uit["p90"].to_numpy(),
        }
    )
    maat = {"huishoudens": "aantal", **dict.fromkeys(frame.columns[2:], "eur")}
    return Tabel(frame, maat, index=False, samen={"P10 tot P90": ["P10", _TOT, "P90"]})


def verhoudingentabel(cohort: Cohort) -> Tabel:
    """Every aanpak in the order of the places: the three ratios as given, P10 to P90 in brackets.

    As given to 0.05 as everywhere; the interval in hundredths, for steps of 0.05 would hide the spread.
    """
    volgorde = rangtabel(cohort).index
    namen = labels(cohort.aanpakken)
    kolommen: dict[str, Sequence[object]] = {"aanpak": [namen[i] for i in volgorde]}
    samen: dict[str, list[str]] = {}
    for maat in VERHOUDINGEN:
        naam = maat.removeprefix("kb_")
        uit = cohort.uitkomsten[maat].loc[volgorde]
        bestaat = np.isfinite(uit["p10"])
        kolommen |= {naam: uit["punt"].where(bestaat).to_numpy()}
        kolommen |= {f"{naam} {kop}": uit[kolom].to_numpy() for kop, kolom in _EINDEN}
        samen[f"{naam} (P10 tot P90)"] = [naam, "\u00a0(", f"{naam} P10", _TOT, f"{naam} P90", ")"]
    frame = pd.DataFrame(kolommen)
    maten = {kop: "decimaal2" if kop.endswith((" P10", " P90")) else "verhouding" for kop in frame.columns[1:]}
    return Tabel(frame, maten, index=False, samen=samen)


def kansentabel(cohort: Cohort) -> Tabel:
    """Every aanpak: the chance of a positive saldo for the three parties, fractions."""
    tabel = kanstabel(cohort)
    frame = pd.DataFrame({"aanpak": tabel["naam"], **{kop: tabel[sleutel] for sleutel, kop in KANSKOPPEN.items()}})
    return Tabel(frame, dict.fromkeys(KANSKOPPEN.values(), "kans"), index=False)
