"""Figures: they receive tables and draw; they never calculate with the model.

Every function takes ``ax=None`` and returns the Axes, which a notebook shows as a figure with a text for who
cannot see it. Colours as in the source: costs red, financial benefits three greens, immaterial
benefits light green (hatched, so that it reads in grey print).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mkba.kern.tekst.notatie import euro
from mkba.kern.woorden.begrippen import BATENPOSTEN, KOSTENPOSTEN, naam
from mkba.uitvoer.figuur import ARCERING, KOSTEN, LICHT, euro_as, figuur, liggend, nieuw, per_jaar, verhouding_as
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, KLEUREN
from mkba.uitvoer.stapel import stapel


@figuur("Twee gestapelde balken: de kosten per post en de baten per post van een jaar aanpak, in euro NCW.")
def kosten_en_baten(bedragen: Mapping[str, float], ax: Axes | None = None) -> Axes:
    """Costs and benefits of one aanpak as two stacked bars (as figuren 4.3 and 4.4), euros NCW.

    ``bedragen`` holds the posts by key.
    """
    ax = ax or nieuw(8, 3.4)
    for y, posten in ((1, KOSTENPOSTEN), (0, BATENPOSTEN)):
        plus, _ = stapel(ax, [y], (([bedragen[p]], _vlak(p)) for p in posten), 0.55)
        ax.text(plus[0], y, "  " + euro(sum(bedragen[p] for p in posten), 100), va="center", fontweight="bold")
    ax.set_yticks([1, 0], ["Kosten", "Baten"])
    ax.set_xlabel("euro, netto contante waarde van een jaar aanpak")
    ax.set_title("Kosten en baten van een jaar aanpak")
    ax.margins(x=0.12)
    euro_as(ax, "x")
    ax.grid(axis="y", visible=False)
    ax.legend(ncols=2, loc="upper left", bbox_to_anchor=(0, -0.26), borderaxespad=0)
    return ax


@figuur("Gestapelde balken: de batenposten in verhouding tot de totale kosten, per aanpak.")
def posten_in_verhouding(tabel: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """Benefits per post in relation to total costs, a bar per aanpak (figuur 4.4).

    ``tabel``: rows posts (keys), columns aanpakken, values as a fraction of the total costs.
    """
    ax = ax or nieuw(8, 0.55 * tabel.shape[1] + 1.9)
    y = np.arange(tabel.shape[1])[::-1]
    stapel(ax, y, ((tabel.loc[post], _vlak(str(post))) for post in tabel.index), 0.6)
    ax.axvline(1.0, color="#333333", linewidth=1)
    ax.set_yticks(y, [str(k) for k in tabel.columns])
    verhouding_as(ax)
    return liggend(
        ax,
        "aandeel van de totale kosten (1 = baten gelijk aan kosten)",
        titel or "Batenposten in verhouding tot de totale kosten",
    )


@figuur("Gestapelde balken: de drie kostenposten als aandeel van de totale kosten, per aanpak.")
def kostenposten(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Cost posts as a share of total costs, a bar per aanpak (figuur 4.3). ``tabel`` as above."""
    ax = ax or nieuw(8, 0.55 * tabel.shape[1] + 1.7)
    y = np.arange(tabel.shape[1])[::-1]
    stapel(ax, y, ((tabel.loc[post], _vlak(str(post))) for post in tabel.index), 0.6)
    ax.set_yticks(y, [str(k) for k in tabel.columns])
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v * 100:.0f}%"))
    return liggend(ax, "aandeel van de totale kosten", "Kostenposten als percentage van de totale kosten")


@figuur("Per aanpak drie punten: de maatschappelijke, financiële en gemeentelijke verhouding; de lijn is break-even.")
def verhoudingen(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The three ratios per aanpak as dots on one axis (figuur 4.2); the line at 1 is break-even.

    ``tabel``: rows aanpakken, columns kb_maatschappelijk, kb_financieel, kb_gemeentelijk.
    """
    ax = ax or nieuw(8, 0.5 * len(tabel) + 1.7)
    y = np.arange(len(tabel))[::-1]
    laag, hoog = tabel.min(axis=1), tabel.max(axis=1)
    ax.hlines(y, laag, hoog, color="#CCCCCC", linewidth=2, zorder=1)
    tekens = {
        "kb_maatschappelijk": ("o", GROEN, "maatschappelijk"),
        "kb_financieel": ("s", GRIJS, "financieel, alle partijen"),
        "kb_gemeentelijk": ("^", BLAUW, "gemeentelijk"),
    }
    for kolom, (teken, kleur, label) in tekens.items():
        ax.scatter(tabel[kolom], y, marker=teken, s=55, color=kleur, label=label, zorder=3)
    ax.axvline(1.0, color="#333333", linewidth=1)
    ax.set_yticks(y, [str(i) for i in tabel.index])
    ax.set_ylim(-0.6, len(tabel) - 0.4)
    verhouding_as(ax)
    return liggend(ax, "baten gedeeld door kosten", "Kosten-batenverhoudingen", 3)


@figuur("Balken per partij: kosten naar links, baten naar rechts, met het saldo per partij.")
def wie_betaalt(tabel: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """Costs (left, red) and benefits (right, green) per actor, euros (figuur 4.9).

    ``tabel``: rows actors (display names) without the grand total, columns kosten, baten and immaterieel. The
    two blue lines enclose the gemeente; its total has the last place between them.
    """
    ax = ax or nieuw(8, 4.4)
    y = np.arange(len(tabel))[::-1]
    geld = tabel["baten"] - tabel["immaterieel"]
    ax.barh(y, -tabel["kosten"], height=0.62, **KOSTEN)
    # negative benefits (more care instead of less) come on top of the costs
    links = np.where(geld < 0, -tabel["kosten"], 0.0)
    ax.barh(y, geld, left=links, height=0.62, color=GROEN, label="financiële baten")
    ax.barh(
        y, tabel["immaterieel"], left=geld.clip(lower=0), height=0.62, label="immateriële baten (geen geld)", **LICHT
    )
    ax.axvline(0, color="#333333", linewidth=0.8)
    saldo = tabel["baten"] - tabel["kosten"]
    laagste = min(float((links - tabel["kosten"].where(geld >= 0, -geld)).min()), float(saldo.min()), -1.0)
    hoogste = max(float((geld.clip(lower=0) + tabel["immaterieel"]).max()), float(saldo.max()), 1.0)
    breed = hoogste - laagste
    ax.scatter(saldo, y, marker="D", s=28, color="white", edgecolor="#111111", zorder=4, label="saldo")
    for hoogte, waarde in zip(y, saldo, strict=True):
        ax.text(hoogste + 0.04 * breed, hoogte, euro(waarde, 1000), va="center", ha="left", fontsize=9)
    ax.text(hoogste + 0.04 * breed, y[0] + 0.62, "saldo", ha="left", fontsize=9, fontweight="bold")
    gemeente = [h for h, n in zip(y, tabel.index, strict=True) if str(n).startswith("Gemeente")]
    ax.axhspan(min(gemeente) - 0.5, min(gemeente) + 0.5, color="#EAF1F8", zorder=0)  # the row of its total
    for grenslijn in (max(gemeente) + 0.5, min(gemeente) - 0.5):
        ax.axhline(grenslijn, color=BLAUW, linewidth=1.3)
    ax.set_yticks(y, [str(i) for i in tabel.index])
    ax.set_xlim(laagste - 0.04 * breed, hoogste + 0.24 * breed)
    euro_as(ax, "x", absoluut=True)
    return liggend(
        ax,
        "euro per jaar: kosten naar links, baten naar rechts",
        titel or "Kosten en baten per partij, twee jaar na de start",
        3,
    )


@figuur("Staven per jaar: kosten onder de nullijn in jaar 0, baten erboven in jaar 0 tot en met 9; links de NCW.")
def kasstromen(tabel: pd.DataFrame, ncw: Mapping[str, float], ax: Axes | None = None) -> Axes:
    """Cash flows of one year of work by year, with the NCW at the left (figuur 4.1), euros.

    ``tabel``: rows years 0 ... 9, columns posts (keys); ``ncw``: the posts as net present value.
    """
    ax = ax or nieuw(8, 4.2)
    x = [-1.6, *tabel.index]
    groepen: dict[str, tuple[str, ...]] = {
        "kosten": KOSTENPOSTEN,
        "financiële baten": BATENPOSTEN[:4],
        "immateriële baten": BATENPOSTEN[4:],
    }
    stijlen: dict[str, dict[str, Any]] = {
        "kosten": KOSTEN,
        "financiële baten": {"color": GROEN},
        "immateriële baten": LICHT,
    }
    delen = []
    for groep, posten in groepen.items():
        bedragen = np.array([sum(ncw[p] for p in posten), *tabel[list(posten)].sum(axis=1)])
        delen.append((-bedragen if groep == "kosten" else bedragen, stijlen[groep] | {"label": groep}))
    stapel(ax, x, delen, 0.7, liggend=False)
    ax.axvline(-0.8, color="#BBBBBB", linewidth=0.8, linestyle="--")
    ax.axhline(0, color="#333333", linewidth=0.8)
    jaren = ["NCW", *[f"jaar {j}" for j in tabel.index]]
    return per_jaar(ax, x, jaren, "euro", "Kasstromen van een jaar aanpak en de netto contante waarde")


@figuur("Staven per kalenderjaar: kosten en baten; lijnen: het opgetelde saldo van de maatschappij en de gemeente.")
def ingroei(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Four years of growth (figuur 4.8): costs and benefits per year, cumulative results as lines, euros.

    ``tabel``: rows years 1 ... 10 with the columns of ``tabellen.verlooptabel``.
    """
    ax = ax or nieuw(8, 4.4)
    x = tabel.index.to_numpy()
    ax.bar(x - 0.2, -tabel["kosten"], width=0.38, **KOSTEN)
    ax.bar(x + 0.2, tabel["financiele_baten"], width=0.38, color=GROEN, label="financiële baten")
    ax.bar(
        x + 0.2,
        tabel["immateriele_baten"],
        bottom=tabel["financiele_baten"],
        width=0.38,
        label="immateriële baten",
        **LICHT,
    )
    lijnen = {
        "cumulatief_maatschappelijk": ("cumulatief saldo, maatschappij", "#111111", "-"),
        "cumulatief_gemeente": ("cumulatief saldo, gemeente", BLAUW, "--"),
    }
    for kolom, (label, kleur, streep) in lijnen.items():
        ax.plot(x, tabel[kolom], color=kleur, linestyle=streep, marker="o", markersize=3.5, label=label)
    ax.axhline(0, color="#333333", linewidth=0.8)
    over, titel = "euro per jaar; lijnen: opgeteld", "In vier jaar van opbouw naar volledige aanpak"
    return per_jaar(ax, x, [f"jaar {j}" for j in x], over, titel)


def _vlak(post: str) -> dict[str, Any]:
    """How a post looks in a stacked bar, its name included."""
    hatch = ARCERING.get(post)
    rand = "#5E8F5A" if post in BATENPOSTEN[4:] else "white"
    return {"color": KLEUREN[post], "edgecolor": rand, "label": naam(post), **({"hatch": hatch} if hatch else {})}
