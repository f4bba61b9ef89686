"""Figures: they receive tables and draw; they never calculate with the model.

Every function takes ``ax=None`` and returns the Axes; :func:`toon` puts a figure in a notebook with a text
for who cannot see it. Colours as in the source: costs red, financial benefits three greens, immaterial
benefits light green (hatched, so that it reads in grey print).
"""

import io
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mkba.kern.begrippen import BATENPOSTEN, KOSTENPOSTEN, naam
from mkba.kern.getallen import euro, getal
from mkba.kern.schrijven import schrijf_veilig
from mkba.uitvoer import extra
from mkba.uitvoer.beeld import MetSvg, met_palet
from mkba.uitvoer.figuurstijl import stijl
from mkba.uitvoer.stapel import stapel

ROOD: Final = "#A63A2B"
GROEN: Final = "#2F7D4F"
BLAUW: Final = "#1F5FA8"
GRIJS: Final = "#6B7280"
KLEUREN: Final[dict[str, str]] = {
    "kosten_aanpak": "#7F1D1D",
    "frictiekosten": "#C2553F",
    "kosten_extra_zorg": "#E9A08C",
    "nieuw_voor_oud": "#14532D",
    "substitutie": "#1E6B3A",
    "effectiviteit": "#3F9A5F",
    "escalatie": "#86C28B",
    "ontwikkelingskansen": "#D3EBC3",
    "kwaliteit_van_leven": "#D3EBC3",
    "overlast": "#D3EBC3",
}
ARCERING: Final[dict[str, str]] = {
    "ontwikkelingskansen": "////",
    "kwaliteit_van_leven": "....",
    "overlast": "\\\\\\\\",
    "substitutie": "xx",
}
LICHT: Final[dict[str, Any]] = {"color": "#D3EBC3", "hatch": "////", "edgecolor": "#5E8F5A"}
"""Immaterial benefits: light green, hatched so that grey print shows them."""
KOSTEN: Final[dict[str, Any]] = {"color": ROOD, "hatch": "\\\\", "edgecolor": "white", "label": "kosten"}
"""Costs beside benefits: hatched, for red and green are the same grey."""
PUNTEN_PER_INCH: Final = 150
_VAST: Final[dict[Any, Any]] = {"svg.hashsalt": "mkba"}  # the same figure gives the same SVG, down to its ids

P = ParamSpec("P")


def in_stijl(functie: Callable[P, Axes]) -> Callable[P, Axes]:
    """Draw with the project's style, whatever the session has set."""

    @wraps(functie)
    def binnen(*args: P.args, **kwargs: P.kwargs) -> Axes:
        with stijl():
            return functie(*args, **kwargs)

    return binnen


def nieuw(breed: float = 8.0, hoog: float = 4.2) -> Axes:
    """An empty figure of the given size in inches, outside pyplot's global state."""
    return Figure(figsize=(breed, hoog)).subplots()


def toon(ax: Axes, alt: str, titel: str = "", csv: str = "", palet: bool = False) -> Image:
    """The figure of ``ax`` as an image with alternative text, for a notebook cell.

    ``titel`` names its file when the axes have none; ``csv``: the numbers that are drawn, to keep beside it; ``palet``:
    with 256 colours, a quarter of the bytes, for a notebook with many figures.
    """
    png = met_palet(als_png(ax)) if palet else als_png(ax)
    breedte = int(_figuur(ax).get_size_inches()[0] * 96)
    if not extra.gevraagd(extra.FIGUUR):
        return Image(png, format="png", width=breedte, alt=alt)
    titel = titel or next((t for plek in ("left", "center", "right") if (t := ax.get_title(plek))), "")
    return MetSvg(png, breedte, alt, {"titel": titel, "svg": als_svg(ax), **({"csv": csv} if csv else {})})


def als_png(ax: Axes) -> bytes:
    """The figure of ``ax`` as pixels."""
    buffer = io.BytesIO()
    with stijl():
        _figuur(ax).savefig(buffer, format="png", dpi=PUNTEN_PER_INCH)
    return buffer.getvalue()


def als_svg(ax: Axes) -> str:
    """The figure of ``ax`` as SVG; the same figure gives the same text."""
    buffer = io.StringIO()
    with stijl(_VAST):
        _figuur(ax).savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def bewaar(ax: Axes, pad: Path) -> Path:
    """Write the figure of ``ax`` to a file (svg, png or pdf by its ending) and return the path."""
    buffer = io.BytesIO()
    with stijl(_VAST):
        metadata = {"Date": None} if pad.suffix == ".svg" else None
        _figuur(ax).savefig(buffer, format=pad.suffix.removeprefix("."), metadata=metadata)
    schrijf_veilig(pad, buffer.getvalue())
    return pad


@in_stijl
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


@in_stijl
def posten_in_verhouding(tabel: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """Benefits per post in relation to total costs, a bar per aanpak (figuur 4.4).

    ``tabel``: rows posts (keys), columns aanpakken, values as a fraction of the total costs.
    """
    ax = ax or nieuw(8, 0.55 * tabel.shape[1] + 1.9)
    y = np.arange(tabel.shape[1])[::-1]
    stapel(ax, y, ((tabel.loc[post], _vlak(str(post))) for post in tabel.index), 0.6)
    ax.axvline(1.0, color="#333333", linewidth=1)
    ax.set_yticks(y, [str(k) for k in tabel.columns])
    ax.set_xlabel("aandeel van de totale kosten (1 = baten gelijk aan kosten)")
    ax.set_title(titel or "Batenposten in verhouding tot de totale kosten")
    verhouding_as(ax)
    ax.grid(axis="y", visible=False)
    legenda_onder(ax)
    return ax


@in_stijl
def kostenposten(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Cost posts as a share of total costs, a bar per aanpak (figuur 4.3). ``tabel`` as above."""
    ax = ax or nieuw(8, 0.55 * tabel.shape[1] + 1.7)
    y = np.arange(tabel.shape[1])[::-1]
    stapel(ax, y, ((tabel.loc[post], _vlak(str(post))) for post in tabel.index), 0.6)
    ax.set_yticks(y, [str(k) for k in tabel.columns])
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v * 100:.0f}%"))
    ax.set_xlabel("aandeel van de totale kosten")
    ax.set_title("Kostenposten als percentage van de totale kosten")
    ax.grid(axis="y", visible=False)
    legenda_onder(ax)
    return ax


@in_stijl
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
    ax.set_xlabel("baten gedeeld door kosten")
    ax.set_title("Kosten-batenverhoudingen")
    verhouding_as(ax)
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 3)
    return ax


@in_stijl
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
    ax.set_xlabel("euro per jaar: kosten naar links, baten naar rechts")
    ax.set_title(titel or "Kosten en baten per partij, twee jaar na de start")
    euro_as(ax, "x", absoluut=True)
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 3)
    return ax


@in_stijl
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
    ax.axhline(0, color="#333333", linewidth=0.8)
    ax.axvline(-0.8, color="#BBBBBB", linewidth=0.8, linestyle="--")
    ax.set_xticks(x, ["NCW", *[f"jaar {j}" for j in tabel.index]])
    ax.tick_params(axis="x", labelsize=8)
    ax.set_ylabel("euro")
    ax.set_title("Kasstromen van een jaar aanpak en de netto contante waarde")
    euro_as(ax, "y")
    ax.grid(axis="x", visible=False)
    legenda_onder(ax, 3)
    return ax


@in_stijl
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
    ax.set_xticks(x, [f"jaar {j}" for j in x])
    ax.tick_params(axis="x", labelsize=8)
    ax.set_ylabel("euro per jaar; lijnen: opgeteld")
    ax.set_title("In vier jaar van opbouw naar volledige aanpak")
    euro_as(ax, "y")
    ax.grid(axis="x", visible=False)
    legenda_onder(ax, 3)
    return ax


@in_stijl
def tornado(
    tabel: pd.DataFrame, basis: float, ax: Axes | None = None, titel: str = "", uitkomst: str = "saldo"
) -> Axes:
    """Outcome at the low and the high end of each input, largest swing on top, euros or a ratio.

    ``tabel``: columns label, uitkomst_laag, uitkomst_hoog, tekst_laag, tekst_hoog; ``basis`` the outcome
    as given; ``uitkomst`` its public key, for the axis and the break-even line.
    """
    ax = ax or nieuw(8, 0.36 * max(len(tabel), 1) + 1.5)
    if tabel.empty:
        ax.text(0.5, 0.5, "Geen enkele waarde heeft invloed op deze uitkomst.", ha="center", va="center")
        ax.set_axis_off()
        return ax
    y = np.arange(len(tabel))[::-1]
    ax.barh(
        y,
        tabel["uitkomst_laag"] - basis,
        left=basis,
        height=0.62,
        color="#9CA3AF",
        label="bij de lage waarde (naast de balk)",
    )
    ax.barh(
        y,
        tabel["uitkomst_hoog"] - basis,
        left=basis,
        height=0.62,
        color="#1F5FA8",
        label="bij de hoge waarde (naast de balk)",
        alpha=0.9,
    )
    uiterst = tabel[["uitkomst_laag", "uitkomst_hoog"]]
    spanne = float(max(uiterst.max().max(), basis) - min(uiterst.min().min(), basis)) or 1.0
    for hoogte, (_, rij) in zip(y, tabel.iterrows(), strict=True):
        for eind, tekst in (
            (rij["uitkomst_laag"], rij["tekst_laag"]),
            (rij["uitkomst_hoog"], rij["tekst_hoog"]),
        ):
            if abs(eind - basis) < 0.004 * spanne:
                continue
            rechts = eind > basis
            ax.text(
                eind + (0.008 if rechts else -0.008) * spanne,
                hoogte,
                tekst,
                ha="left" if rechts else "right",
                va="center",
                fontsize=7.5,
                color="#333333",
                zorder=4,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3},
            )
    ax.axvline(basis, color="#111111", linewidth=1)
    verhouding = uitkomst.startswith("kb_")
    ax.axvline(1 if verhouding else 0, color=ROOD, linewidth=1, linestyle=":")
    ax.set_yticks(y, list(tabel["label"]))
    ax.tick_params(axis="y", labelsize=8.5)
    ax.margins(x=0.13)
    wat = "baten gedeeld door kosten" if verhouding else "saldo in euro (NCW)"
    ax.set_xlabel(f"{wat}; rode stippellijn: break-even")
    ax.set_title(titel or f"Wat bepaalt {'de verhouding' if verhouding else 'het saldo'}?")
    if verhouding:
        verhouding_as(ax)
    else:
        euro_as(ax, "x")
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 2)
    return ax


def verhouding_as(ax: Axes) -> None:
    """Ratios with one decimal, in Dutch notation, on the horizontal axis."""
    ax.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: getal(v, 1)))


def _figuur(ax: Axes) -> Figure:
    figuur = ax.figure
    assert isinstance(figuur, Figure), "een deelfiguur is niet los te bewaren"
    return figuur


def _vlak(post: str) -> dict[str, Any]:
    """How a post looks in a stacked bar, its name included."""
    hatch = ARCERING.get(post)
    rand = "#5E8F5A" if post in BATENPOSTEN[4:] else "white"
    return {"color": KLEUREN[post], "edgecolor": rand, "label": naam(post), **({"hatch": hatch} if hatch else {})}


def euro_as(ax: Axes, as_: str, absoluut: bool = False) -> None:
    """Thousands or millions of euros in Dutch notation on an axis."""

    as_object = ax.xaxis if as_ == "x" else ax.yaxis

    def formaat(waarde: float, _: object) -> str:
        waarde = abs(waarde) if absoluut else waarde
        # all ticks of one axis in the same unit
        if max(abs(grens) for grens in as_object.get_view_interval()) >= 1e6 and waarde:
            return f"{getal(waarde / 1e6, 1)} mln"
        return getal(waarde)

    # steps of 1, 2 or 5, so that one decimal of a million is exact
    as_object.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10]))
    as_object.set_major_formatter(FuncFormatter(formaat))


def legenda_onder(ax: Axes, kolommen: int = 2) -> None:
    """The legend below the axes, outside the drawing."""
    figuur = ax.figure
    handvatten, labels = ax.get_legend_handles_labels()
    figuur.legend(handvatten, labels, ncols=kolommen, loc="outside lower center")
