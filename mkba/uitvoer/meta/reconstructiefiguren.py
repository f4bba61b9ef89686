"""Figures of the 13 aanpakken in the form of the report: an upright bar per aanpak, 1 to 13 from left to right.

They receive tables (``tabellen_reconstructie``) and draw; ``figuren_meta_stijl.publiceer`` gives them their number,
their source and the word "reconstructie" across them, since the inputs of the 13 are not published.
"""

import math
import textwrap
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import TwoSlopeNorm
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mkba.kern.tekst.notatie import getal, procent
from mkba.kern.woorden.begrippen import KOSTENPOSTEN, TYPEN, naam
from mkba.uitvoer.doelgroepen.figuren import ARCERING as KLASSEARCERING
from mkba.uitvoer.doelgroepen.figuren import KLASSEKLEUREN
from mkba.uitvoer.doelgroepen.tabellen import KLASSENAMEN
from mkba.uitvoer.figuur import LICHT, figuur, legenda_onder, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, KLEUREN
from mkba.uitvoer.stapel import stapel

BREED: Final = 8.4
HOOG: Final = 4.3
DIKTE: Final = 0.72
GROEPEN: Final = (
    (0, 6, "aanpak 1-6: wijkteams in een wijk"),
    (6, 10, "7-10: stedelijke aanpakken"),
    (10, 13, "11-13: MPG"),
)
"""Places of the bars: 1-6, 7-10 and 11-13, as the report divides them (§3.3)."""
_TYPESTIJL: Final[dict[str, dict[str, Any]]] = {
    "gezin": {"color": "#1B3A5C"},
    "oudere": {"color": "#5B8DB8", "hatch": "//"},
    "overig": {"color": "#C9DCEB", "hatch": "--"},
}
_BATENSTIJL: Final[dict[str, dict[str, Any]]] = {
    "besparing_organisatie": {"color": "#14532D"},
    "effectiviteit": {"color": "#3F9A5F", "hatch": "xx"},
    "escalatie": {"color": "#86C28B"},
    "immaterieel": LICHT,
}
"""Three greens from dark to light for the financial benefits, light green for the immaterial ones (p. iii)."""


@figuur("Staven per aanpak met het aantal huishoudens erop.")
def huishoudens(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 3.3: number of households per aanpak, with the number on each bar."""
    ax = _kolommen(tabel, {"huishoudens": {"color": BLAUW}}, ax)
    _op_de_staaf(ax, tabel["huishoudens"], lambda w: getal(w))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: getal(v)))
    return _af(ax, "Aantal huishoudens in de aanpak", "huishoudens", legenda=False)


@figuur("Gestapelde staven per aanpak: aandeel groen, lichtoranje, oranje en rood.")
def zwaarte(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 3.4: the target group by colour: green, light orange, orange, red.

    ``tabel``: columns ev, zr, nzr, top and top_volgens_tekst (red and widely hatched: top according to the report,
    entered and calculated as nzr).
    """
    stijlen = {k: {"color": KLASSEKLEUREN[k], "hatch": KLASSEARCERING[k], "label": KLASSENAMEN[k]} for k in KLASSENAMEN}
    stijlen["top_volgens_tekst"] = {
        "color": KLASSEKLEUREN["top"],
        "hatch": "\\\\",
        "label": "Top volgens de tekst, gerekend als niet-zelfredzaam",
    }
    if not tabel["top"].any():
        del stijlen["top"]
    ax = _kolommen(tabel, stijlen, ax)
    _procent_as(ax)
    return _af(ax, "Doelgroep van de aanpak", "deel van de huishoudens")


@figuur("Gestapelde staven per aanpak: aandeel gezinnen, ouderen en overige huishoudens.")
def samenstelling(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 3.5: households by composition: gezinnen, ouderen, overige."""
    ax = _kolommen(tabel, {t: {**_TYPESTIJL[t], "label": naam(t)} for t in TYPEN}, ax)
    _procent_as(ax)
    return _af(ax, "Huishoudens naar samenstelling in de aanpak", "deel van de huishoudens", kolommen=3)


@figuur("Staven per aanpak met het percentage nieuw gevonden huishoudens erop.")
def nieuw_gevonden(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 3.6: percentage of newly found households."""
    ax = _kolommen(tabel, {"nieuw": {"color": BLAUW}}, ax)
    _op_de_staaf(ax, tabel["nieuw"], procent)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: procent(v)))
    return _af(ax, "Percentage nieuw gevonden huishoudens", "deel van de huishoudens", legenda=False)


@figuur("Staven per aanpak: aantal disciplines in het team, van zes.")
def disciplines(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 3.7: number of disciplines in the team, of six."""
    ax = _kolommen(tabel, {"disciplines": {"color": BLAUW}}, ax)
    ax.set_ylim(0, 6.3)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    return _af(ax, "Aantal vertegenwoordigde disciplines in de teams", "disciplines (van zes)", legenda=False)


@figuur("Staven per aanpak met het percentage additionele financiering erop, van 0 tot 100%.")
def additioneel(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 3.8: percentage of additional money, from 0% (nieuw voor oud) to 100%."""
    ax = _kolommen(tabel, {"additioneel": {"color": BLAUW}}, ax)
    _op_de_staaf(ax, tabel["additioneel"], procent)
    ax.set_ylim(0, 1.1)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: procent(v)))
    return _af(ax, "Percentage additionele financiering integrale teams", "deel additioneel", legenda=False)


@figuur("Staven per aanpak: huishoudens per fte, met een streep voor het kengetal van tabel 3.10.")
def caseload(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 3.9: average caseload per fte; the dashes are what tabel 3.10 gives for the households of §3.3.1."""
    ax = _kolommen(tabel, {"caseload": {"color": BLAUW, "label": "gemiddelde caseload"}}, ax)
    x = np.arange(len(tabel))
    streep = (tabel["kengetal"], x - DIKTE / 2, x + DIKTE / 2)
    ax.hlines(*streep, color="white", linewidth=4)  # so that the dash shows on a dark bar too
    ax.hlines(*streep, color="#111111", linewidth=2, label="kengetal voor deze huishoudens (tabel 3.10)")
    # the number stands on its bar, and above the dash where that is right on top of it
    ruimte = 0.08 * float(tabel.to_numpy().max())
    vlak = (tabel["kengetal"] - tabel["caseload"]).between(-0.25 * ruimte, ruimte)
    _op_de_staaf(
        ax, tabel["caseload"], lambda w: getal(w, 1 if w < 10 else 0), tabel.max(axis=1).where(vlak, tabel["caseload"])
    )
    return _af(ax, "Gemiddelde caseload", "huishoudens per fte")


@figuur("Drie staven per aanpak: maatschappelijke, financiële en gemeentelijke verhouding, met een lijn bij 1.")
def verhoudingen(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 4.2: the maatschappelijke, financiële and gemeentelijke ratio per aanpak; the line at 1 is break-even."""
    ax = ax or nieuw(BREED, HOOG)
    x = np.arange(len(tabel))
    stijlen: dict[str, tuple[str, str, str]] = {
        "kb_maatschappelijk": ("#BFE0B0", "////", "maatschappelijk"),
        "kb_financieel": (GROEN, "", "financieel, alle partijen"),
        "kb_gemeentelijk": ("#1B3A5C", "", "gemeentelijk"),
    }
    for i, (kolom, (kleur, hatch, label)) in enumerate(stijlen.items()):
        rand = "#5E8F5A" if hatch else "white"
        ax.bar(x + (i - 1) * 0.27, tabel[kolom], 0.25, color=kleur, hatch=hatch, edgecolor=rand, label=label)
    ax.axhline(1.0, color="#111111", linewidth=1.2)
    _x_as(ax, tabel)
    _verhouding_as(ax)
    return _af(ax, "Kosten-batenverhoudingen van de aanpakken", "baten gedeeld door kosten", kolommen=3)


@figuur("Gestapelde staven per aanpak: aandeel van drie kostenposten in de totale kosten.")
def kostenposten(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Figuur 4.3: cost posts as a percentage of the total costs; the darkest is the aanpak itself."""
    hatches = {"frictiekosten": "//"}
    stijlen = {
        p: {"color": KLEUREN[p], "label": naam(p), **({"hatch": hatches[p]} if p in hatches else {})}
        for p in KOSTENPOSTEN
    }
    ax = _kolommen(tabel, stijlen, ax)
    _procent_as(ax)
    return _af(ax, "Kostenposten als percentage van totale kosten", "deel van de totale kosten", kolommen=3)


@figuur("Gestapelde staven per aanpak: vier soorten baten per euro kosten, met een lijn bij 1,0.")
def batenposten(tabel: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """Figuren S.1 and 4.4: benefits in relation to total costs; the line at 1 is where they equal the costs."""
    ax = _kolommen(tabel, {p: {**s, "label": naam(p)} for p, s in _BATENSTIJL.items()}, ax)
    ax.axhline(1.0, color="#111111", linewidth=1.2)
    _verhouding_as(ax)
    return _af(ax, titel or "Batenposten in verhouding tot de totale kosten", "baten gedeeld door totale kosten")


@figuur("Raster: per aanpak en groep knoppen hoeveel de maatschappelijke verhouding hoger (blauw) of lager (rood) is.")
def ontleding(tabel: pd.DataFrame, uitkomst: str, ax: Axes | None = None) -> Axes:
    """What moves each aanpak away from the mean one: a cell per group of inputs, with its part of the difference.

    ``tabel``: that of ``tabellen_reconstructie.ontleding``, whose rows add up as printed, in the unit of ``uitkomst``
    (a public key). Blue raises, red lowers, the darker the more. A group that moves nothing has no column.
    """
    verhouding = uitkomst.startswith("kb_")
    delen = tabel[tabel.columns[1:-1]]
    delen = delen.loc[:, (delen.abs() >= _stap(verhouding)).any()]
    ax = ax or nieuw(BREED + 0.8, 0.34 * len(delen) + 2.2)
    waarden = delen.to_numpy(dtype=float)
    uiterste = float(np.abs(waarden).max(initial=0.0)) or 1.0
    randen = [np.arange(aantal + 1) - 0.5 for aantal in (delen.shape[1], len(delen))]
    ax.pcolormesh(*randen, waarden, cmap="RdBu", norm=TwoSlopeNorm(0.0, -uiterste, uiterste), alpha=0.85)
    ax.invert_yaxis()
    for (rij, kolom), waarde in np.ndenumerate(waarden):
        kleur = "white" if abs(waarde) > 0.65 * uiterste else "#111111"
        ax.text(kolom, rij, _met_teken(waarde, verhouding), ha="center", va="center", fontsize=8, color=kleur)
    rechts = delen.shape[1] - 0.35
    for rij, uit in enumerate(tabel.iloc[:, -1]):
        ax.text(rechts, rij, _los(float(uit), verhouding), va="center", fontsize=8.5, fontweight="bold")
    ax.text(rechts, -0.75, "samen", va="bottom", fontsize=8.5, fontweight="bold")
    koppen = [textwrap.fill(str(k), 11, break_long_words=False) for k in delen.columns]
    ax.set_xticks(range(delen.shape[1]), koppen, rotation=35, ha="left")
    ax.xaxis.tick_top()
    ax.set_yticks(range(len(delen)), [str(i) for i in delen.index])
    ax.tick_params(length=0)
    midden = _los(float(tabel.iloc[0, 0]), verhouding)
    ax.set_xlabel(
        f"{naam(uitkomst)}: de gemiddelde aanpak ({midden}) plus de cellen van een rij is «samen»\n"
        "blauw: hoger dan de gemiddelde aanpak, rood: lager"
    )
    ax.set_ylabel("aanpak")
    ax.set_title("Wat elke aanpak van de gemiddelde onderscheidt", pad=12)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    return ax


@figuur("Liggende balken: per groep knoppen de gemiddelde verschuiving van de maatschappelijke verhouding.")
def belang(reeks: pd.Series, uitkomst: str, ax: Axes | None = None) -> Axes:
    """How far each group of inputs moves an aanpak from the mean, averaged over the aanpakken: the largest on top."""
    ax = ax or nieuw(BREED, 0.32 * len(reeks) + 1.4)
    y = np.arange(len(reeks))[::-1]
    verhouding = uitkomst.startswith("kb_")
    ax.barh(y, reeks, height=0.66, color=GRIJS)
    for hoogte, waarde in zip(y, reeks, strict=True):
        ax.text(float(waarde), hoogte, "  " + _los(float(waarde), verhouding), va="center", fontsize=9)
    ax.set_yticks(y, [str(i) for i in reeks.index])
    ax.margins(x=0.1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: _los(v, verhouding)))
    ax.set_xlabel(f"{naam(uitkomst).lower()}: gemiddelde verschuiving, omhoog of omlaag")
    ax.set_title("Welke knoppen de verschillen verklaren")
    ax.grid(axis="y", visible=False)
    return ax


def _kolommen(tabel: pd.DataFrame, stijlen: Mapping[str, Mapping[str, Any]], ax: Axes | None) -> Axes:
    """Stacked upright bars, a layer per column."""
    ax = ax or nieuw(BREED, HOOG)
    stapel(
        ax,
        np.arange(len(tabel)),
        ((tabel[kolom], {"edgecolor": "white", **stijl}) for kolom, stijl in stijlen.items()),
        DIKTE,
        liggend=False,
    )
    _x_as(ax, tabel)
    return ax


def _x_as(ax: Axes, tabel: pd.DataFrame) -> None:
    """The numbers of the aanpakken, with the three groups of the report below them when there are 13."""
    ax.set_xticks(range(len(tabel)), [str(i) for i in tabel.index])
    ax.set_xlim(-0.6, len(tabel) - 0.4)
    ax.tick_params(axis="x", length=0)
    ax.grid(axis="x", visible=False)
    if len(tabel) != GROEPEN[-1][1]:
        ax.set_xlabel("aanpak")
        return
    for van, tot, label in GROEPEN:
        ax.annotate(
            label, xy=((van + tot - 1) / 2, 0), xycoords=("data", "axes fraction"), xytext=(0, -20),
            textcoords="offset points", ha="center", va="top", fontsize=8.5, color="#555555",
        )  # fmt: skip
        if van:
            ax.axvline(van - 0.5, color="#BBBBBB", linewidth=0.8, linestyle=":")


def _op_de_staaf(ax: Axes, waarden: pd.Series, tekst: Any, hoogste: pd.Series | None = None) -> None:
    for x, waarde, hoog in zip(range(len(waarden)), waarden, hoogste if hoogste is not None else waarden, strict=True):
        ax.annotate(tekst(waarde), (x, hoog), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=8)
    ax.margins(y=0.12)


def _procent_as(ax: Axes) -> None:
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: procent(v)))


def _verhouding_as(ax: Axes) -> None:
    ax.yaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: getal(v, 1)))


def _af(ax: Axes, titel: str, y_label: str, kolommen: int = 2, *, legenda: bool = True) -> Axes:
    ax.set_title(titel)
    ax.set_ylabel(y_label)
    if legenda:
        legenda_onder(ax, kolommen)
    return ax


def _los(waarde: float, verhouding: bool) -> str:
    return getal(waarde, 2 if verhouding else 0)


def _met_teken(waarde: float, verhouding: bool) -> str:
    """A part of a difference; what rounds to nothing is empty, so that the eye finds what matters."""
    if not math.isfinite(waarde) or abs(waarde) < _stap(verhouding):
        return ""
    return ("+" if waarde > 0 else "") + _los(waarde, verhouding)


def _stap(verhouding: bool) -> float:
    """Half of the last digit that is printed."""
    return 0.005 if verhouding else 0.5
