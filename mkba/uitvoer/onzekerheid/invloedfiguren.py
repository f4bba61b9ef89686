"""Figures of global sensitivity: shares of the spread per input, and the value of information per group."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mkba.analyse.onzekerheid.informatiewaarde import GROEPEN, SALDI
from mkba.analyse.onzekerheid.invloed import Invloed
from mkba.analyse.onzekerheid.simulatie import PARTIJEN
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import getal, inkorten
from mkba.uitvoer.figuur import euro_as, figuur, liggend, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN
from mkba.uitvoer.onzekerheid.invloedtabellen import REGELS
from mkba.uitvoer.onzekerheid.namen import invoernaam


@figuur(
    "Liggende balken: per invoer het deel van de spreiding, alleen en samen met andere, met de marge van de schatting."
)
def aandelen(
    invloed: Invloed, kengetallen: Kengetallen, aantal: int = REGELS, ax: Axes | None = None, titel: str = ""
) -> Axes:
    """Shares of the spread: dark what an input does alone, light what it adds together with others.

    The line at the end is the 95% margin of the total. Estimates below 0 are drawn as 0.
    """
    tabel = invloed.tabel.head(aantal)
    ax = ax or nieuw(8, 0.34 * max(len(tabel), 2) + 1.6)
    if tabel.empty:
        ax.text(0.5, 0.5, "De uitkomst heeft geen spreiding.", ha="center", va="center")
        ax.set_axis_off()
        return ax
    y = np.arange(len(tabel))[::-1]
    totaal = tabel["totaal"].clip(lower=0).to_numpy(float)
    alleen = np.clip(tabel["eerste"].to_numpy(float), 0, totaal)  # noise may put it a little above the total
    ax.barh(y, alleen, height=0.62, color=BLAUW, label="alleen deze invoer")
    ax.barh(y, totaal - alleen, left=alleen, height=0.62, color="#BFD4EA", hatch="////", edgecolor="white",
            label="samen met andere")  # fmt: skip
    marge = tabel["totaal_marge"].to_numpy(float)
    ax.errorbar(totaal, y, xerr=[np.minimum(marge, totaal), marge], fmt="none", ecolor="#111111", elinewidth=1,
                capsize=2.5, label="95%-marge")  # fmt: skip
    ax.set_yticks(y, [inkorten(invoernaam(s, kengetallen)) for s in tabel["sleutel"]])
    ax.tick_params(axis="y", labelsize=8.5)
    ax.set_xlim(0, float((totaal + marge).max()) * 1.04)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(100 * v)}%"))
    return liggend(
        ax, "deel van de spreiding van het maatschappelijke saldo", titel or "Waar komt de onzekerheid vandaan?", 3
    )


@figuur("Liggende balken: per groep gegevens de waarde van weten voor de keuze van de maatschappij en van de gemeente.")
def informatiewaarde(waarden: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """What knowing each group of inputs is worth for the decision of society and of the gemeente, euros."""
    saldi = [s for s in SALDI if s in waarden]
    ax = ax or nieuw(8, 0.42 * max(len(waarden), 2) + 1.6)
    namen = {g.sleutel: g.naam for g in GROEPEN}
    y = np.arange(len(waarden))[::-1]
    hoogte = 0.74 / len(saldi)
    for i, (saldo, kleur) in enumerate(zip(saldi, (BLAUW, GROEN), strict=False)):
        plek = y + hoogte * ((len(saldi) - 1) / 2 - i)
        ax.barh(plek, waarden[saldo], height=hoogte, color=kleur, hatch="" if i == 0 else "////", edgecolor="white",
                label=f"keuze van de {PARTIJEN[saldo]}")  # fmt: skip
        ax.errorbar(waarden[saldo], plek, xerr=[np.minimum(waarden[f"{saldo}_fout"] * 2, waarden[saldo]),
                    waarden[f"{saldo}_fout"] * 2], fmt="none", ecolor=GRIJS, elinewidth=1, capsize=2)  # fmt: skip
    if not waarden[saldi].to_numpy().any():
        ax.text(0.5, 0.5, "Geen enkele groep verandert de keuze.", ha="center", va="center", transform=ax.transAxes)
    ax.set_yticks(y, [inkorten(namen[g]) for g in waarden["groep"]])
    ax.tick_params(axis="y", labelsize=8.5)
    ax.set_xlim(left=0)
    euro_as(ax, "x")
    return liggend(ax, "waarde van weten in euro (NCW van een jaar werken)", titel or "Wat is weten waard?")
