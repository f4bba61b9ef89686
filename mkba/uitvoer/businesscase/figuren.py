"""The figure of the business case: it receives numbers and draws."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mkba.uitvoer.figuur import LICHT, euro_as, figuur, liggend, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS
from mkba.uitvoer.stapel import stapel


@figuur("Per partij een balk met wat zij in geld en in welzijn overhoudt, en een ruit: het geld na het voorstel.")
def businesscase(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """What each party keeps, euros NCW: cash, non-cash (hatched), and its cash after the proposal (diamond).

    ``tabel``: rows the parties, columns geld, geen geld, voorstel.
    """
    ax = ax or nieuw(8, 0.55 * len(tabel) + 1.7)
    y = np.arange(len(tabel))[::-1]
    delen = [
        (tabel["geld"], {"color": GRIJS, "label": "geld, nu"}),
        (tabel["geen geld"], {**LICHT, "label": "geen geld (welzijn)"}),
    ]
    stapel(ax, y, delen, 0.55)
    ax.scatter(tabel["voorstel"], y, marker="D", s=48, color=BLAUW, edgecolor="white", zorder=4, label="geld, voorstel")
    ax.axvline(0, color="#333333", linewidth=1)
    ax.set_yticks(y, list(tabel.index))
    ax.margins(x=0.08)
    euro_as(ax, "x")
    return liggend(ax, "euro, netto contante waarde van een jaar aanpak", "Wie houdt wat over, en na het voorstel", 3)
