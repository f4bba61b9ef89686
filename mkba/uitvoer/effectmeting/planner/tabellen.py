"""The planner as tables: what to ask and how many, and what a sample can show."""

import pandas as pd

from mkba.analyse.effectmeting.steekproef.planner import ALLES, Plan
from mkba.analyse.onzekerheid.informatiewaarde import SALDI
from mkba.analyse.onzekerheid.simulatie import PARTIJEN
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import getal
from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer.effectmeting.namen import vraagnaam
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.onzekerheid.invloedtabellen import foutstap, telt
from mkba.uitvoer.tabel import Tabel


def plantabel(plan: Plan, saldo: str = SALDI[0]) -> Tabel:
    """A row per question: its worth at the size of the manual with its 95% margin, its price, and the size beyond which
    another household no longer pays. Euros NCW of one year of work."""
    rijen = []
    for groep in plan.kromme["groep"].unique():
        rij = plan.kromme[(plan.kromme["groep"] == groep) & (plan.kromme["per_generalist"] <= plan.gewoon)].iloc[-1]
        waarde, fout = float(rij[saldo]), float(rij[f"{saldo}_fout"])
        advies = plan.advies(groep, saldo)
        echt, stap = telt(waarde, fout), foutstap(fout)
        rijen.append(
            [
                vraagnaam(groep),
                Cel(round(waarde / (stap := foutstap(fout))) * stap, "eur1")
                if echt
                else Cel(waarde, "eur1", gedrukt="≈ 0"),
                Cel(2 * fout, "eur1", gedrukt=getal(rond(2 * fout, stap)) if echt else ""),
                Cel(float(rij[f"{saldo}_kans"]), "fractie"),
                Cel(float(rij["uren"]), "aantal"),
                Cel(float(rij["prijs"]), "eur"),
                Cel(float(advies), "aantal") if advies else "loont niet",
            ]
        )
    koppen = ["wat te vragen", "waarde", "95%-marge", "kans dat de keuze keert", "uren", "prijs", "tot per generalist"]
    maten = dict(zip(koppen[1:], ("eur1", "eur1", "fractie", "aantal", "eur", "aantal"), strict=True))
    n = int(plan.kromme[plan.kromme["per_generalist"] <= plan.gewoon]["n"].max())
    return Tabel(
        pd.DataFrame(rijen, columns=koppen),
        maten,
        index=False,
        vet=[ALLES],
        samen={"waarde voor de keuze": ["waarde", " ± ", "95%-marge"]},
        bijschrift=f"Wat een steekproef van {n} huishoudens waard is, {PARTIJEN[saldo]}",
    )


def aantoonbaartabel(plan: Plan, per_generalist: int | None = None) -> Tabel:
    """What a sample can show, a row per knob: households that tell about it, half of the 95% interval, and the smallest
    difference with the kengetal that is seen four times in five."""
    tabel = plan.aantoonbaar(per_generalist)
    rijen = [
        [
            vraagnaam(r.knop),
            Cel(float(r.n), "aantal"),
            Cel(float(r.kengetal), "fractie1"),
            Cel(float(r.half), "punten1", leeg="geen huishoudens"),
            Cel(float(r.verschil), "punten1", leeg="niet te zien"),
        ]
        for r in tabel.itertuples()
        if r.knop in VELDEN
    ]
    koppen = ["knop", "huishoudens", "verwacht", "half interval (punten)", "aantoonbaar verschil (punten)"]
    maten = dict(zip(koppen[1:], ("aantal", "fractie1", "punten1", "punten1"), strict=True))
    n = (per_generalist or plan.gewoon) * plan.generalisten
    return Tabel(
        pd.DataFrame(rijen, columns=koppen), maten, index=False, bijschrift=f"Wat {n} huishoudens kunnen laten zien"
    )
