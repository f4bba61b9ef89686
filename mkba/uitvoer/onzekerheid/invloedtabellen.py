"""Tables of which inputs cause the spread and what to register first."""

from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.onzekerheid.informatiewaarde import GROEPEN, SALDI
from mkba.analyse.onzekerheid.invloed import Invloed
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Simulatie
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import euro, getal
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.onzekerheid.namen import invoernaam
from mkba.uitvoer.tabel import Tabel

REGELS: Final = 12
"""Inputs in the table and the figure; the rest is one line."""
_BIJNA_NUL: Final = "≈\u00a00"
_MARGE: Final = "95%-marge"


def invloedtabel(invloed: Invloed, kengetallen: Kengetallen, aantal: int = REGELS) -> Tabel:
    """Shares of the spread per input with their 95% margin, largest first, fractions of the variance.

    A share that cannot be told from 0 prints as "≈ 0"; its estimate stands in the workbook.
    """
    eerste = invloed.tabel.head(aantal)
    kolommen: dict[str, list[object]] = {"invoer": [invoernaam(s, kengetallen) for s in eerste["sleutel"]]}
    maat: dict[str, str] = {}
    samen: dict[str, list[str]] = {}
    for kop, kolom in (("alleen", "eerste"), ("met samenspel", "totaal")):
        paren = [_aandeel(w, m) for w, m in eerste[[kolom, f"{kolom}_marge"]].itertuples(index=False)]
        marge = f"{kop}: {_MARGE}"
        kolommen |= {kop: [p[0] for p in paren], marge: [p[1] for p in paren]}
        maat |= {kop: "fractie1", marge: "punten1"}
        samen[kop] = [kop, " ± ", marge]
    kolommen["mag vast"] = ["ja" if vast else "nee" for vast in eerste["mag_vast"]]
    return Tabel(pd.DataFrame(kolommen), maat, index=False, samen=samen)


def _aandeel(waarde: float, marge: float) -> tuple[Cel, Cel]:
    if waarde - marge <= 0 and waarde < 0.01:
        return Cel(waarde, "fractie1", gedrukt=_BIJNA_NUL), Cel(marge, "punten1", gedrukt="")
    return Cel(waarde, "fractie1"), Cel(marge, "punten1")


def vasttabel(alles: Simulatie, vast: Simulatie) -> Tabel:
    """The proof of fixing: quantiles (euros NCW) and chance with everything moving, and with the minor inputs at their
    mean."""
    rijen = {
        naam: [*s.kwantielen.loc["saldo", ["p10", "p50", "p90"]], float(s.kansen.at["saldo", "kans"])]
        for naam, s in (("alles beweegt", alles), ("kleine invoeren vast op hun gemiddelde", vast))
    }
    koppen = ["P10", "P50", "P90", "kans op een positief saldo"]
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=koppen)
    return Tabel(frame, {**dict.fromkeys(koppen[:3], "eur1000"), koppen[3]: "fractie1"})


def informatietabel(waarden: pd.DataFrame) -> Tabel:
    """What to register first: a row per group of inputs, in order, with its value for the decision of each party.

    Euros NCW of a year of work with their 95% margin ("≈ 0": it cannot be told from nothing), and the share of the
    spread of each saldo.
    """
    groepen = {g.sleutel: g for g in GROEPEN}
    saldi = [s for s in SALDI if s in waarden]
    kolommen: dict[str, list[object]] = {"wat te weten": [groepen[g].naam for g in waarden["groep"]]}
    maat: dict[str, str] = {}
    samen: dict[str, list[str]] = {}
    for saldo in saldi:
        kop = f"waarde voor de keuze: {PARTIJEN[saldo]}"
        marge = f"{kop}, {_MARGE}"
        paren = [_waarde(w, fout) for w, fout in waarden[[saldo, f"{saldo}_fout"]].itertuples(index=False)]
        kolommen |= {kop: [p[0] for p in paren], marge: [p[1] for p in paren]}
        maat |= {kop: "eur1", marge: "eur1"}
        samen[kop] = [kop, " ± ", marge]
    for saldo in saldi:
        kop = f"deel van de spreiding: {PARTIJEN[saldo]}"
        kolommen[kop] = [
            Cel(w, "fractie", gedrukt="< 1%" if w < 0.005 else None) for w in waarden[f"{saldo}_spreiding"]
        ]
        maat[kop] = "fractie"
    kolommen["bijlage I"] = [groepen[g].bijlage or "–" for g in waarden["groep"]]
    kolommen["bijhouden"] = [groepen[g].registreer for g in waarden["groep"]]
    return Tabel(pd.DataFrame(kolommen), maat, index=False, samen=samen)


def _waarde(waarde: float, fout: float) -> tuple[Cel, Cel]:
    """Euros, printed in a step of about the standard error, and the 95% margin."""
    if not telt(waarde, fout):
        return Cel(waarde, "eur1", gedrukt=_BIJNA_NUL), Cel(2 * fout, "eur1", gedrukt="")
    stap = foutstap(fout)
    marge = Cel(2 * fout, "eur1", gedrukt=getal(rond(2 * fout, stap)))
    return Cel(waarde, "eur1", gedrukt=euro(waarde, stap)), marge


def telt(waarde: float, fout: float) -> bool:
    """Whether a value of information can be told from nothing."""
    return waarde > 2 * fout and waarde >= 0.5


def foutstap(fout: float) -> int:
    """The step in which to print an amount: about its standard error, 1, 10, 100, ... euros."""
    return int(10 ** max(0, int(np.floor(np.log10(max(1.0, fout))))))
