"""What a measurement does, as figures."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mkba.analyse.effectmeting.bijwerken.weging import Bijgewerkt, Bijwerking
from mkba.kern.tekst.notatie import getal
from mkba.uitvoer.effectmeting.namen import vraagnaam
from mkba.uitvoer.figuur import euro_as, figuur, legenda_onder, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, ROOD

PUNTEN: Final = 400
"""Points of a curve. A choice."""


@figuur("Twee krommen: wat het kengetal van een knop liet verwachten, en wat de meting ervan maakt.")
def prior_en_posterior(knop: Bijgewerkt, ax: Axes | None = None) -> Axes:
    """The densities of one knob before and after the measurement; the mark is what was measured."""
    ax = ax or nieuw(8, 3.6)
    prior, posterior = knop.prior, knop.posterior
    grenzen = [*prior.interval(), *posterior.interval(), *([knop.gemeten.waarde] if knop.gemeten is not None else [])]
    breed = max(grenzen) - min(grenzen)
    # no further than the knob can be: a share does not begin below 0
    van, tot = max(min(grenzen) - 0.15 * breed, prior.onder), min(max(grenzen) + 0.15 * breed, prior.boven)
    x = np.linspace(van, tot, PUNTEN)
    voor, na = prior.dichtheid(x), posterior.dichtheid(x)
    ax.plot(x, voor, color=GRIJS, linestyle="--", label="vorige meting" if knop.vervolg else "kengetal")
    ax.plot(x, na, color=BLAUW, label="na de meting")
    if knop.gemeten is not None:
        ax.plot([knop.gemeten.waarde], [0], marker="D", color="white", markeredgecolor="#111111", linestyle="none",
                label=f"gemeten (telt als {getal(knop.bewijs.n)})", zorder=5, clip_on=False)  # fmt: skip
    ax.set_xlim(van, tot)
    # a density that is endless at a bound runs out of the figure, and does not press the other one flat
    eindig = [d.max() for d in (voor, na) if np.isfinite(d).all()]
    ax.set_ylim(0, 1.08 * max(eindig) if eindig else None)
    ax.set_yticks([])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(100 * v)}%"))
    ax.set_title(vraagnaam(knop.sleutel))
    legenda_onder(ax, 3)
    return ax


@figuur("Per knop drie liggende lijnen: het interval van het kengetal, van de meting, en van wat ervan is gemaakt.")
def intervallen(knoppen: Sequence[Bijgewerkt], ax: Axes | None = None) -> Axes:
    """Per knob the 95% intervals of the kengetal, of what was measured and of both together."""
    ax = ax or nieuw(8, 1.4 + 0.62 * len(knoppen))
    y = np.arange(len(knoppen), dtype=float)[::-1]
    wat = [
        ("kengetal", GRIJS, "--", "s", 0.24, [(k.prior.gemiddelde, *k.prior.interval()) for k in knoppen]),
        ("gemeten", "#111111", ":", "D", 0.0, [_gemeten(k) for k in knoppen]),
        ("na de meting", BLAUW, "-", "o", -0.24, [(k.na, *k.posterior.interval()) for k in knoppen]),
    ]
    for naam, kleur, lijn, teken, hoogte, drie in wat:
        waarden = np.array(drie)
        ax.hlines(y + hoogte, waarden[:, 1], waarden[:, 2], color=kleur, linestyle=lijn)
        vulling = "white" if teken == "D" else kleur
        ax.plot(
            waarden[:, 0], y + hoogte, marker=teken, color=vulling, markeredgecolor=kleur, linestyle="none", label=naam
        )
    ax.set_yticks(y, [vraagnaam(k.sleutel) for k in knoppen])
    ax.set_ylim(-0.6, len(knoppen) - 0.4)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(100 * v)}%"))
    ax.set_title("Van kengetal naar meting, met 95%-intervallen")
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 3)
    return ax


def _gemeten(k: Bijgewerkt) -> tuple[float, float, float]:
    """What was measured with its interval; NaN where there are too few households for one."""
    s = k.gemeten
    return (np.nan, np.nan, np.nan) if s is None else (s.waarde, s.laag, s.hoog)


@figuur("Liggende staven: het deel van de verandering van de uitkomst dat bij elke gemeten knop hoort.")
def delen(b: Bijwerking, uitkomst: str = "saldo", ax: Axes | None = None) -> Axes:
    """The part of the change that belongs to each measured answer (Shapley), in the order of the questions."""
    ax = ax or nieuw(8, 1.4 + 0.35 * len(b.invloed))
    deel = b.invloed[(uitkomst, "deel")].to_numpy()
    y = np.arange(len(deel))[::-1]
    ax.barh(y[deel >= 0], deel[deel >= 0], color=GROEN, label="omhoog")
    ax.barh(y[deel < 0], deel[deel < 0], color=ROOD, hatch="////", edgecolor="white", label="omlaag")
    ax.axvline(0, color="#111111", linewidth=0.8)
    ax.set_yticks(y, [vraagnaam(s) for s in b.invloed.index])
    ax.set_title("Wat de meting met de uitkomst doet")
    ax.grid(axis="y", visible=False)
    if not uitkomst.startswith("kb_"):
        euro_as(ax, "x")
        ax.set_xlabel("euro (netto contante waarde)")
    legenda_onder(ax, 2)
    return ax
