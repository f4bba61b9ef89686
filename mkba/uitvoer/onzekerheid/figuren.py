"""Figures of a Monte Carlo simulation: the spread of an outcome, the fan over the years, the running quantiles."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mkba.analyse.onzekerheid.convergentie import Convergentie
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Reeksen
from mkba.kern.tekst.notatie import euro, eurostap, getal
from mkba.uitvoer.figuur import euro_as, figuur, legenda_onder, nieuw, per_jaar
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, ROOD

BANDEN = {("p10", "p90"): "#CFE0F1", ("p25", "p75"): "#8FB5DC"}
"""Light: 8 of 10 draws; darker: the middle half."""


@figuur(
    "Staafjes: hoe vaak elk saldo voorkomt in de trekkingen, met het midden, de grenzen van 8 op de 10 en de nullijn."
)
def verdeling(simulatie: Reeksen, sleutel: str = "saldo", ax: Axes | None = None, titel: str = "") -> Axes:
    """Histogram of a saldo with P10, P50, P90, the outcome as given and the zero line, euros.

    Draws below 0 are red and hatched. The outer half percent on both sides is not drawn.
    """
    ax = ax or nieuw(8, 4.2)
    reeks = simulatie.reeksen[sleutel]
    rij = simulatie.kwantielen.loc[sleutel]
    laag, hoog = (float(q) for q in np.quantile(reeks, (0.005, 0.995)))
    aantallen, grenzen = np.histogram(reeks, bins=_grenzen(laag, hoog, reeks.size))
    deel = aantallen / reeks.size
    midden = (grenzen[:-1] + grenzen[1:]) / 2
    for kant, kleur, arcering, label in (
        (midden < 0, ROOD, "////", "saldo onder 0"),
        (midden >= 0, GROEN, "", "saldo boven 0"),
    ):
        if deel[kant].sum():
            ax.bar(midden[kant], deel[kant], width=grenzen[1] - grenzen[0], color=kleur, alpha=0.75, hatch=arcering,
                   edgecolor="white", linewidth=0.5, label=label)  # fmt: skip
    top = float(deel.max())
    op = eurostap([float(rij[kolom]) for kolom in ("p10", "p50", "p90")])
    for kolom, hoogte in (("p10", 1.05), ("p50", 1.13), ("p90", 1.05)):
        ax.vlines(rij[kolom], 0, top * (hoogte - 0.01), color="#111111", linewidth=1.2)
        ax.text(rij[kolom], top * hoogte, f"{kolom.upper()}  {euro(rij[kolom], op)}", ha="center", fontsize=8.5,
                zorder=6, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})  # fmt: skip
    # ends below the labels, so that it crosses none
    ax.vlines(0, 0, top * 1.02, color="#111111", linewidth=1.6, linestyle="--", label="break-even")
    ax.plot([rij["punt"]], [top * 0.02], marker="D", markersize=7, color="white", markeredgecolor="#111111",
            linestyle="none", label="zoals ingevuld", zorder=5, clip_on=False)  # fmt: skip
    ax.set_ylim(0, top * 1.24)
    ax.margins(x=0.06)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(v * 100)}%"))
    ax.set_ylabel("aandeel van de trekkingen")
    ax.set_xlabel("saldo in euro (netto contante waarde)")
    wie = PARTIJEN.get(sleutel, "") + ("" if sleutel == "saldo" else " (alleen geld)")
    ax.set_title(titel or f"Hoe zeker is het saldo? {wie[:1].upper()}{wie[1:]}")
    euro_as(ax, "x")
    ax.grid(axis="x", visible=False)
    legenda_onder(ax, 4)
    return ax


def _grenzen(laag: float, hoog: float, aantal: int) -> np.ndarray:
    """Equal bins with a border at 0, so that no bin is half red; about the square root of the draws, at most 50."""
    if hoog <= laag:
        hoog, laag = laag + max(1.0, 0.05 * abs(laag)), laag - max(1.0, 0.05 * abs(laag))
    stap = (hoog - laag) / min(50, max(10, int(np.sqrt(aantal))))
    return stap * np.arange(np.floor(laag / stap), np.ceil(hoog / stap) + 1)


@figuur(
    "Waaier over de jaren: de opgetelde baten min kosten, met het midden en de banden van 5 en 8 op de 10 trekkingen."
)
def waaier(tabel: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """Running saldo of one year of work over the years, as a fan, euros discounted to year 0.

    ``tabel``: ``Simulatie.waaier``: rows years, columns p10, p25, p50, p75, p90 and punt.
    """
    ax = ax or nieuw(8, 4.2)
    x = tabel.index.to_numpy()
    for (onder, boven), kleur in BANDEN.items():
        label = "8 van de 10 trekkingen (P10-P90)" if onder == "p10" else "de middelste helft (P25-P75)"
        ax.fill_between(x, tabel[onder], tabel[boven], color=kleur, linewidth=0, label=label)
    ax.plot(x, tabel["p50"], color=BLAUW, marker="o", markersize=3.5, label="midden (P50)")
    ax.plot(x, tabel["punt"], color="#111111", linestyle="--", linewidth=1.2, label="zoals ingevuld")
    ax.axhline(0, color=ROOD, linewidth=1.2, linestyle=":")
    ax.annotate("break-even", (x[-1], 0), xytext=(0, 3), textcoords="offset points", ha="right", color=ROOD, fontsize=8)
    titel = titel or "Wanneer verdient een jaar aanpak zich terug, en hoe zeker is dat?"
    return per_jaar(ax, x, [f"jaar {j}" for j in x], "baten min kosten, opgeteld (euro)", titel, 2)


@figuur(
    "Drie lijnen: P10, P50 en P90 over de eerste zoveel trekkingen; vlakke lijnen betekenen dat het er genoeg zijn."
)
def lopende_kwantielen(toets: Convergentie, ax: Axes | None = None, titel: str = "") -> Axes:
    """P10, P50 and P90 over the first so many draws, euros: flat lines mean that there are enough."""
    ax = ax or nieuw(8, 3.8)
    lopend = toets.lopend
    x = lopend["trekkingen"]
    for kolom, kleur, streep in (("p90", GRIJS, "--"), ("p50", BLAUW, "-"), ("p10", GRIJS, ":")):
        ax.plot(x, lopend[kolom], color=kleur, linestyle=streep, label=kolom.upper())
        ax.annotate(kolom.upper(), (x.iloc[-1], lopend[kolom].iloc[-1]), xytext=(5, 0), textcoords="offset points",
                    va="center", fontsize=8.5, color=kleur)  # fmt: skip
    ax.set_xscale("log")
    standen = [n for n in (100, 1_000, 10_000, 100_000, 1_000_000) if x.iloc[0] <= n <= x.iloc[-1]]
    ax.set_xticks(standen, [getal(n) for n in standen])
    ax.minorticks_off()
    ax.set_xlabel("aantal trekkingen (elke stap is tien keer zoveel)")
    ax.set_ylabel("saldo (euro)")
    ax.set_title(titel or "Zijn er genoeg trekkingen? Dan lopen de lijnen vlak uit")
    euro_as(ax, "y")
    legenda_onder(ax, 3)
    return ax
