"""Figures of what was found since 2014: they receive numbers and draw."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mkba.kern.tekst.notatie import euro, kans_in_procent
from mkba.uitvoer.figuur import LICHT, euro_as, figuur, liggend, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, ROOD


@figuur("Per scenario een punt: de kans op een positief maatschappelijk saldo; vol boven, open onder de helft.")
def overleving(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The chance that the saldo of society is positive, per scenario, with its 95% interval.

    ``tabel``: of ``analyse.bevindingen.overleving``: columns kans.saldo, laag.saldo, hoog.saldo.
    """
    ax = ax or nieuw(8, 0.48 * len(tabel) + 1.5)
    y = np.arange(len(tabel))[::-1]
    kans = tabel["kans.saldo"].to_numpy(float)
    ax.hlines(y, tabel["laag.saldo"], tabel["hoog.saldo"], color="#999999", linewidth=3, zorder=1)
    for hoogte, k in zip(y, kans, strict=True):
        kleur = GROEN if k >= 0.5 else ROOD
        ax.scatter(k, hoogte, s=60, color=kleur if k >= 0.5 else "white", edgecolor=kleur, linewidth=1.6, zorder=3)
        ax.text(1.04, hoogte, kans_in_procent(k), va="center", fontsize=9)
    ax.axvline(float(kans[0]), color=BLAUW, linewidth=1, linestyle="--", zorder=0)
    ax.set_yticks(y, [textwrap.fill(str(n), 36) for n in tabel.index])
    ax.set_ylim(-0.6, len(tabel) - 0.4)
    ax.set_xlim(-0.02, 1.16)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{100 * v:.0f}%"))
    ax.set_xlabel("kans op een positief saldo voor de maatschappij (gestreept: zoals ingevuld)")
    ax.set_title("Overleeft de aanpak wat er sindsdien is gevonden?")
    ax.grid(axis="y", visible=False)
    return ax


@figuur("Liggende balken in paren: elke batenpost en het saldo zoals geclaimd en na de bewijskorting, euro NCW.")
def korting(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Posts and saldo as claimed and as discounted. ``tabel``: rows by name, two columns by name, euros NCW."""
    ax = ax or nieuw(8, 0.62 * len(tabel) + 1.6)
    y = np.arange(len(tabel))[::-1]
    breed = float(np.abs(tabel.to_numpy()).max()) or 1.0
    for i, (kolom, stijl) in enumerate(zip(tabel.columns, ({"color": GRIJS}, LICHT), strict=True)):
        waarden, plaats = tabel[kolom].to_numpy(float), y + 0.2 - 0.4 * i
        ax.barh(plaats, waarden, height=0.36, label=str(kolom), **stijl)
        for p, w in zip(plaats, waarden, strict=True):
            ax.text(max(w, 0.0) + 0.01 * breed, p, euro(w, 100), va="center", fontsize="small")
    ax.axvline(0, color="#333333", linewidth=0.8)
    ax.set_yticks(y, [textwrap.fill(str(n), 30) for n in tabel.index])
    ax.margins(x=0.14)
    euro_as(ax, "x")
    return liggend(ax, "euro, netto contante waarde van een jaar aanpak", "Wat blijft over na de bewijskorting")
