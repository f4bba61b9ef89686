"""Figures of zorgconsumptieprofielen: profiles, jumps between classes, costs of a wijk, made to measure."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from mkba.kern.tekst.notatie import euro, procent
from mkba.kern.woorden.begrippen import DOMEINEN, TYPEN, naam
from mkba.uitvoer.doelgroepen.figuren import KLASSEKLEUREN
from mkba.uitvoer.figuur import Assen, euro_as, figuur, liggend, nieuw
from mkba.uitvoer.kleuren import GRIJS
from mkba.uitvoer.profielen.tabellen import DOMEINNAMEN
from mkba.uitvoer.stapel import stapel

DOMEINKLEUREN: Final = {"wi": "#1F4E79", "zw": "#3E9C8F", "jeugd": "#E3A32F", "zvw": "#C6CBD2"}
"""Dark to light, so that the order also reads in grey print."""


@figuur(
    "Drie panelen met gestapelde staven per domein: gezinnen, ouderen en overige huishoudens, elk in vier klassen van "
    "geen probleem tot top. De kosten lopen per klasse op; een gezin in de top kost ruim een ton per jaar."
)
def profielen(
    tabel: pd.DataFrame, bijschriften: Sequence[str], assen: Sequence[Axes] | None = None, titel: str = ""
) -> Axes:
    """Figuur 2.3/2.7: a panel per type, a stacked bar per class, euros per household per year.

    ``tabel``: ``tabellen.per_domein``; ``bijschriften``: the text above each of its twelve bars.
    Returns the first panel.
    """
    assen = _drie_panelen() if assen is None else assen
    for as_, type_ in zip(assen, TYPEN, strict=True):
        _staven(as_, tabel.loc[type_], np.arange(4), 0.7)
        teksten = bijschriften[4 * TYPEN.index(type_) :][:4]
        for x, (hoogte, tekst) in enumerate(zip(tabel.loc[type_].sum(axis=1), teksten, strict=True)):
            as_.annotate(tekst, (x, hoogte), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=8.5)
        _paneel(as_, type_, tabel)
    _afmaken(assen[0], titel or "Zorgconsumptie per huishouden per jaar")
    _domeinlegenda(assen[0])
    return assen[0]


@figuur(
    "Drie panelen: per klasse links licht het profiel van hiervoor en rechts het profiel op maat, met het verschil in "
    "procenten erboven."
)
def op_maat(voor: pd.DataFrame, na: pd.DataFrame, assen: Sequence[Axes] | None = None) -> Axes:
    """Profiles before (narrow, pale, left) and made to measure (right) per type and class.

    Both ``tabellen.per_domein``. Returns the first panel.
    """
    assen = _drie_panelen() if assen is None else assen
    x = np.arange(4)
    for as_, type_ in zip(assen, TYPEN, strict=True):
        _staven(as_, voor.loc[type_], x - 0.21, 0.32, alpha=0.45)
        _staven(as_, na.loc[type_], x + 0.19, 0.4)
        oud, nieuw_ = voor.loc[type_].sum(axis=1).to_numpy(), na.loc[type_].sum(axis=1).to_numpy()
        for xi, van, tot in zip(x, oud, nieuw_, strict=True):
            tekst = f"{'+' if tot >= van else ''}{procent(tot / van - 1)}" if van else "–"
            as_.annotate(
                tekst, (xi, max(van, tot)), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=8.5
            )
        _paneel(as_, type_, pd.concat([voor, na]))
    _afmaken(assen[0], "Profielen op maat (rechts) naast die van hiervoor (links, licht)")
    _domeinlegenda(assen[0])
    return assen[0]


@figuur(
    "Negen liggende staven: per huishoudtype de sprong van ev naar zr, van zr naar nzr en van nzr naar top, gestapeld "
    "per domein. De sprong naar de top is veruit het grootst, vooral bij gezinnen."
)
def sprongen(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """What an escalation costs per household per year, a stacked bar per step, decreases to the left.

    ``tabel``: the frame of ``tabellen.sprongentabel``; rows steps, columns domains (short names) and totaal.
    """
    ax = ax or nieuw(8, 4.2)
    y = np.arange(len(tabel))[::-1]
    plus, _ = stapel(ax, y, ((tabel[DOMEINNAMEN[d]], _domein(d)) for d in DOMEINEN), 0.65)
    for hoogte, eind, totaal in zip(y, plus, tabel["totaal"], strict=True):
        ax.annotate(
            euro(totaal, 100), (eind, hoogte), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8.5
        )
    ax.axvline(0, color="#333333", linewidth=0.8)
    ax.set_yticks(y, [str(i) for i in tabel.index])
    ax.margins(x=0.12)
    euro_as(ax, "x")
    return liggend(
        ax,
        "euro per huishouden per jaar meer (rechts) of minder (links) dan een klasse lichter",
        "Wat een escalatie kost: de sprong naar de volgende klasse",
        4,
    )


@figuur(
    "Twaalf groepen, van de meeste naar de minste kosten: per groep een grijze balk met het aandeel van de huishoudens "
    "en een gekleurde met het aandeel van de kosten."
)
def groepen(tabel: pd.DataFrame, namen: Sequence[str], ax: Axes | None = None, titel: str = "") -> Axes:
    """Share of the households (grey) beside share of the costs (colour of the class) per group, largest on top.

    ``tabel``: ``analyse.profielen.groepen``; ``namen``: a label per row.
    """
    ax = ax or nieuw(8, 0.42 * len(tabel) + 1.4)
    y = np.arange(len(tabel))[::-1]
    huishoudens, kosten = tabel["aandeel_huishoudens"], tabel["aandeel_kosten"]
    ax.barh(y + 0.19, huishoudens, height=0.34, color="#BFC4CB")
    ax.barh(y - 0.19, kosten, height=0.38, color=[KLASSEKLEUREN[k] for k in tabel["klasse"]])
    for hoogte, h, k in zip(y, huishoudens, kosten, strict=True):
        ax.annotate(procent(h, 1), (h, hoogte + 0.19), xytext=(3, 0), textcoords="offset points", **_KLEIN, color=GRIJS)
        ax.annotate(procent(k, 1), (k, hoogte - 0.19), xytext=(3, 0), textcoords="offset points", **_KLEIN)
    ax.set_yticks(y, list(namen))
    ax.set_ylim(-0.6, len(tabel) - 0.4)
    ax.margins(x=0.1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: procent(v)))
    ax.set_xlabel("aandeel van alle huishoudens (grijs) en van alle zorgkosten (kleur)")
    ax.set_title(titel or "Welke groepen de zorgkosten bepalen")
    ax.grid(axis="y", visible=False)
    return ax


@figuur(
    "Per wijk een gestapelde balk met het budget per huishouden per domein; de stippellijn is het gemiddelde van alle "
    "wijken."
)
def budget(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Virtual population budget per household, a stacked bar per wijk, the average of all wijken as a line.

    ``tabel``: the frame of ``tabellen.budget_per_huishouden``; its last row is all wijken together.
    """
    wijken, alle = tabel.iloc[:-1], tabel.iloc[-1]
    ax = ax or nieuw(8, 0.5 * len(wijken) + 1.9)
    y = np.arange(len(wijken))[::-1]
    rechts, _ = stapel(ax, y, ((wijken[DOMEINNAMEN[d]], _domein(d)) for d in DOMEINEN), 0.65)
    for hoogte, totaal in zip(y, rechts, strict=True):
        ax.annotate(
            euro(totaal, 100),
            (totaal, hoogte),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    ax.axvline(
        float(alle["totaal"]),
        color="#333333",
        linewidth=1,
        linestyle="--",
        zorder=1.5,
        label="gemiddelde van alle wijken",
    )
    ax.set_yticks(y, [str(i) for i in wijken.index])
    ax.margins(x=0.12)
    euro_as(ax, "x")
    return liggend(ax, "euro per huishouden per jaar", "Virtueel populatiebudget per huishouden", 3)


_KLEIN: Final[dict[str, Any]] = {"va": "center", "fontsize": 8}


def _drie_panelen() -> list[Axes]:
    return list(Figure(figsize=(9.2, 4.4)).subplots(1, len(TYPEN), sharey=True, subplot_kw={"axes_class": Assen}))


def _staven(ax: Axes, tabel: pd.DataFrame, x: Any, breed: float, alpha: float = 1.0) -> None:
    stapel(ax, x, ((tabel[d], _domein(d) | {"alpha": alpha}) for d in DOMEINEN), breed, liggend=False)


def _domein(domein: str) -> dict[str, Any]:
    return {"color": DOMEINKLEUREN[domein], "label": naam(domein)}


def _paneel(ax: Axes, type_: str, tabel: pd.DataFrame) -> None:
    ax.set_title(naam(type_), fontsize=10)
    ax.set_xticks(np.arange(4), ["geen/ev", "zr", "nzr", "top"])
    ax.set_ylim(0, float(tabel.sum(axis=1).max()) * 1.1 or 1.0)
    ax.grid(axis="x", visible=False)


def _afmaken(ax: Axes, titel: str) -> None:
    ax.set_ylabel("euro per huishouden per jaar")
    euro_as(ax, "y")
    ax.figure.suptitle(titel, x=0.01, ha="left", fontsize=11, fontweight="bold")


def _domeinlegenda(ax: Axes) -> None:
    vlakken = [Patch(color=DOMEINKLEUREN[d], label=naam(d)) for d in DOMEINEN]
    ax.figure.legend(handles=vlakken, ncols=len(vlakken), loc="outside lower center")
