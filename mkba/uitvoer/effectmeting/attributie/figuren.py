"""Figures of an attribution: the wijken against the city, as in figure 4.6, and the periods around the start."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mkba.analyse.effectmeting.attributie.paneel import IN_EURO, UITKOMSTEN, Paneel
from mkba.analyse.effectmeting.attributie.toerekening import Toerekening
from mkba.kern.tekst.notatie import getal, zuinig
from mkba.uitvoer.effectmeting.attributie.zinnen import PER_DUIZEND
from mkba.uitvoer.figuur import beschrijf, euro_as, figuur, legenda_onder, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS


@figuur("Per periode een lijn van de wijken met de aanpak en een van de vergelijkingswijken; de start is gemarkeerd.")
def verloop(paneel: Paneel, wijk: str = "", ax: Axes | None = None, titel: str = "") -> Axes:
    """The wijken with the aanpak (or one ``wijk``) against the comparison wijken, per household and period.

    The form of the report's figure 4.6. Means over wijken; the dashed line is the start, of the first team if they
    differ. Raises ValueError for a wijk that is not in the panel.
    """
    ax = ax or nieuw(8, 4.2)
    x = np.arange(len(paneel.perioden))
    met = paneel.met_aanpak
    kies = np.array([naam == wijk for naam in paneel.wijken]) if wijk else met
    if not kies.any():
        raise ValueError("er is geen wijk met die naam of met de aanpak")
    maal = 1 if paneel.uitkomst in IN_EURO else PER_DUIZEND
    naam = wijk or ("wijken met de aanpak" if met.sum() > 1 else "wijk met de aanpak")
    ax.plot(x, maal * paneel.waarden[kies].mean(axis=0), color=BLAUW, marker="o", linewidth=2.2, label=naam)
    if (~met).any():
        vergelijking = maal * paneel.waarden[~met].mean(axis=0)
        ax.plot(x, vergelijking, color=GRIJS, marker="s", linewidth=2.0, linestyle="--", label="vergelijkingswijken")
    ax.margins(y=0.1)
    start = int(paneel.start[kies].min())
    if 0 < start < x.size:
        _start(ax, start - 0.5)
    ax.set_xticks(x, paneel.perioden, parse_math=False)
    ax.set_ylim(bottom=0)
    if paneel.uitkomst in IN_EURO:
        euro_as(ax, "y")
        ax.set_ylabel("euro per huishouden en periode")
    else:
        ax.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10]))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: zuinig(v, 2, 0) if v else "0"))
        ax.set_ylabel("per 1.000 huishoudens en periode")
    wat = UITKOMSTEN[paneel.uitkomst]
    ax.set_title(titel or f"Verloop van {'het' if paneel.uitkomst in IN_EURO else 'de'} {wat}")
    beschrijf(
        ax, f"Per periode een lijn van {naam} en een van de vergelijkingswijken voor {wat}; de start is gemarkeerd."
    )
    legenda_onder(ax, 2)
    return ax


@figuur("Per periode rond de start een punt met een interval: het verschil tussen de wijken; de nullijn en de start.")
def rond_de_start(toerekening: Toerekening, ax: Axes | None = None, titel: str = "") -> Axes:
    """The event study: difference to the last period before the start, every interval by itself 95%."""
    ax = ax or nieuw(8, 4.2)
    euro = toerekening.uitkomst in IN_EURO
    maal = 1 if euro else PER_DUIZEND
    for na, kleur, teken, label in (
        (False, GRIJS, "s", "voor de start (hoort rond nul te liggen)"),
        (True, BLAUW, "o", "na de start"),
    ):
        punten = [p for p in toerekening.punten if (p.afstand >= 0) == na]
        for p in punten:
            if p.laag is not None and p.hoog is not None:
                ax.vlines(p.afstand, maal * p.laag, maal * p.hoog, color=kleur, linewidth=2)
        ax.plot([p.afstand for p in punten], [maal * p.waarde for p in punten], linestyle="none", marker=teken,
                markersize=7, color=kleur, label=label)  # fmt: skip
    ax.axhline(0, color="#111111", linewidth=1)
    _start(ax, -0.5)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=12, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: getal(v)))
    ax.set_xlabel("perioden na de start (0 is de eerste met de aanpak)")
    if euro:
        euro_as(ax, "y")
        ax.set_ylabel("verschil in euro per huishouden")
    else:
        ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: zuinig(v, 2, 0) if abs(v) > 1e-12 else "0"))
        ax.set_ylabel("verschil per 1.000 huishoudens")
    ax.set_title(titel or f"Verschil tussen de wijken rond de start: {UITKOMSTEN[toerekening.uitkomst]}")
    legenda_onder(ax, 2)
    return ax


def _start(ax: Axes, x: float) -> None:
    """A line where the aanpak begins, named at the foot of the figure, where no line runs."""
    ax.axvline(x, color="#111111", linewidth=1.4, linestyle=":")
    ax.annotate("start aanpak", (x, 0.0), xycoords=("data", "axes fraction"), xytext=(4, 4),
                textcoords="offset points", va="bottom", fontsize=8.5)  # fmt: skip
