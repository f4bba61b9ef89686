"""Figures of a cohort: outcomes with their intervals, places with theirs, and chances, a row per aanpak.

Up to 40 aanpakken have their name beside them; of more the extremes are named and the lines are thin. Names are
text of users: never read as mathematics.
"""

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from mkba.analyse.onzekerheid.cohort import PER_HUISHOUDEN
from mkba.kern.tekst.notatie import getal, hoeveel, inkorten
from mkba.kern.woorden.begrippen import VERHOUDINGEN, naam
from mkba.uitvoer.cohort.bereik import EINDEN, MET_NAAM, UITERSTEN, grenzen
from mkba.uitvoer.figuur import beschrijf, euro_as, figuur, legenda_onder, nieuw, verhouding_as
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, ROOD

NAAMLENGTE: Final = 60
"""A longer name would take more than half of the width."""
LETTER: Final = 8.5


@figuur("Per aanpak een lijn van P10 tot P90.")
def uitkomsten(tabel: pd.DataFrame, maat: str = PER_HUISHOUDEN, ax: Axes | None = None, titel: str = "") -> Axes:
    """Outcome per aanpak: line P10 to P90, dot P50, diamond as given; the dashed line is break-even.

    ``tabel``: that of ``volgorde.rupstabel``, euros or ratios. What lies far out is clipped, with an arrow at
    the edge and a note under the axis. Green lies above break-even from P10 on, red below it up to P90.
    """
    ax = ax or _paneel(len(tabel))
    streep = 1.0 if maat in VERHOUDINGEN else 0.0
    bestaat = tabel[np.isfinite(tabel["p50"])]
    laag, hoog = grenzen(bestaat[[*EINDEN]].to_numpy(dtype=float).ravel().tolist(), streep)
    y = np.arange(len(tabel))[::-1]
    for kleur, label, kies in (
        (GROEN, "P10 boven break-even", bestaat["p10"] > streep),
        (GRIJS, "break-even ligt tussen P10 en P90", (bestaat["p10"] <= streep) & (bestaat["p90"] >= streep)),
        (ROOD, "P90 onder break-even", bestaat["p90"] < streep),
    ):
        if kies.any():
            _lijnen(ax, bestaat[kies], y[: len(bestaat)][kies], (laag, hoog), kleur, label, len(tabel) > MET_NAAM)
    _zonder(ax, y[len(bestaat) :], streep)
    ax.axvline(streep, color="#111111", linewidth=1.4, linestyle="--", label="break-even")
    marge = 0.03 * (hoog - laag)
    ax.set_xlim(laag - marge, hoog + marge)
    if maat in VERHOUDINGEN:
        verhouding_as(ax)
    else:
        euro_as(ax, "x")
    wat = "baten gedeeld door kosten" if maat in VERHOUDINGEN else _SALDI[maat]
    ax.set_xlabel(wat + _noot(bestaat, laag, hoog))
    ax.set_title(titel or (_korte_naam(maat) if maat in VERHOUDINGEN else _TITELS[maat]))
    van = _WAT.get(maat) or f"de {naam(maat).lower()}"
    beschrijf(
        ax,
        f"Per aanpak een lijn van P10 tot P90 van {van}, met het midden, de waarde zoals ingevuld en break-even; de "
        "hoogste bovenaan.",
    )
    return _af(ax, tabel, 2)


@figuur(
    "Per aanpak een lijn van P10 tot P90 van de plaats, met de middelste plaats en de plaats zoals ingevuld, "
    "en daarachter een lichte lijn als elk team eigen geluk heeft; de beste bovenaan."
)
def plaatsen(tabel: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """Place per aanpak, 1 is best: line P10 to P90, dot the middle, diamond as given.

    ``tabel``: that of ``volgorde.rangtabel``; with p10_eigen and p90_eigen a light line behind.
    """
    ax = ax or _paneel(len(tabel))
    bestaat = tabel[np.isfinite(tabel["p50"])]
    y, veel = np.arange(len(tabel))[::-1], len(tabel) > MET_NAAM
    if "p10_eigen" in tabel:
        ax.hlines(y, tabel["p10_eigen"], tabel["p90_eigen"], color="#A9C7E8", linewidth=0.9 if veel else 7,
                  label="P10-P90 als elk team eigen geluk heeft", zorder=1)  # fmt: skip
    label = "P10-P90 bij gedeeld geluk"
    _lijnen(ax, bestaat, y[: len(bestaat)], (1.0, float(len(tabel))), BLAUW, label, veel)
    _zonder(ax, y[len(bestaat) :], 1.0)
    rand = 0.03 * len(tabel) + 0.2
    ax.set_xlim(1 - rand, len(tabel) + rand)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=10, integer=True, steps=[1, 2, 5, 10], min_n_ticks=1))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: getal(v) if 1 <= v <= len(tabel) else ""))
    ax.set_xlabel("plaats in de cohort (1 is de beste)")
    ax.set_title(titel or "Plaats op saldo per huishouden")
    return _af(ax, tabel, 2)


@figuur(
    "Per aanpak drie tekens: de kans op een positief saldo voor de maatschappij, voor alle partijen en voor de "
    "gemeente."
)
def kansen(tabel: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """Chance of a positive saldo per aanpak for three parties. ``tabel``: ``volgorde.kanstabel``."""
    ax = ax or _paneel(len(tabel))
    y = np.arange(len(tabel))[::-1]
    veel = len(tabel) > MET_NAAM
    partijen = list(_TEKENS)
    if not veel:
        ax.hlines(y, tabel[partijen].min(axis=1), tabel[partijen].max(axis=1), color="#CCCCCC", linewidth=2, zorder=1)
    for partij, (teken, kleur, label) in _TEKENS.items():
        ax.scatter(
            tabel[partij], y, marker=teken, s=9 if veel else 45, color=kleur, label=label, zorder=3, clip_on=False
        )
    ax.axvline(0.5, color=GRIJS, linewidth=1, linestyle=":")
    ax.set_xlim(-0.02, 1.02)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(v * 100)}%"))
    ax.set_xlabel("deel van de trekkingen (stippellijn: de helft)")
    ax.set_title(titel or "Kans op een positief saldo")
    return _af(ax, tabel, 3)


_TEKENS: Final = {
    "saldo": ("o", GROEN, "maatschappij"),
    "saldo_financieel": ("s", GRIJS, "alle partijen (alleen geld)"),
    "saldo_gemeente": ("^", BLAUW, "gemeente (alleen geld)"),
}
_SALDI: Final = {
    "saldo": "saldo in euro (netto contante waarde)",
    PER_HUISHOUDEN: "saldo in euro per huishouden (netto contante waarde)",
}
_WAT: Final = {"saldo": "het saldo", PER_HUISHOUDEN: "het saldo per huishouden"}
_TITELS: Final = {"saldo": "Saldo per aanpak", PER_HUISHOUDEN: "Saldo per huishouden"}


def _paneel(aantal: int) -> Axes:
    return nieuw(8, 8.5 if aantal > MET_NAAM else 0.27 * aantal + 1.9)


def _lijnen(
    ax: Axes, tabel: pd.DataFrame, y: NDArray[np.int_], grenzen: tuple[float, float], kleur: str, label: str, veel: bool
) -> None:
    """Lines with dots and diamonds, clipped at ``grenzen`` with an arrow where they go on."""
    laag, hoog = grenzen
    lijn, stip, ruit = (0.9, 5.0, 5.0) if veel else (2.6, 48.0, 20.0)
    ax.hlines(y, tabel["p10"].clip(laag, hoog), tabel["p90"].clip(laag, hoog), color=kleur, linewidth=lijn, label=label,
              zorder=2)  # fmt: skip
    rand = 0.5 if veel else 0.9
    stijlen: dict[str, dict[str, Any]] = {
        "p50": {"marker": "o", "s": stip, "color": kleur},
        "punt": {"marker": "D", "s": ruit, "facecolor": "white", "edgecolor": "#111111"},
    }
    for kolom, stijl in stijlen.items():
        binnen = tabel[kolom].between(laag, hoog).to_numpy()
        ax.scatter(tabel[kolom][binnen], y[binnen], linewidth=rand, zorder=4, **stijl)
    for grens, teken, buiten in (
        (laag, "<", (tabel[[*EINDEN]] < laag).any(axis=1)),
        (hoog, ">", (tabel[[*EINDEN]] > hoog).any(axis=1)),
    ):
        ax.scatter(
            np.full(int(buiten.sum()), grens), y[buiten.to_numpy()], marker=teken, s=1.4 * stip, color=kleur, zorder=5
        )


def _noot(tabel: pd.DataFrame, laag: float, hoog: float) -> str:
    buiten = int(((tabel[[*EINDEN]] < laag) | (tabel[[*EINDEN]] > hoog)).any(axis=1).sum())
    if not buiten:
        return ""
    wie = hoeveel(buiten, "aanpak loopt", "aanpakken lopen")
    return f"\n{wie} door buiten de figuur (pijl aan de rand): zie de tabel"


def _zonder(ax: Axes, y: NDArray[np.int_], x: float) -> None:
    for hoogte in y:
        ax.text(x, hoogte, "  bestaat niet: er zijn geen kosten", va="center", fontsize=LETTER, color=GRIJS)


def _af(ax: Axes, tabel: pd.DataFrame, kolommen: int) -> Axes:
    """Names, margins and legend."""
    aantal = len(tabel)
    ax.set_ylim(-0.7, aantal - 0.3)
    ax.grid(axis="y", visible=False)
    labels = [inkorten(str(n), NAAMLENGTE) for n in tabel["naam"]]
    if aantal <= MET_NAAM:
        ax.set_yticks(np.arange(aantal)[::-1], labels, parse_math=False, fontsize=LETTER)
    else:
        ax.set_yticks([])
        tekst: dict[str, Any] = {"transform": ax.transAxes, "ha": "right", "fontsize": LETTER, "parse_math": False}
        ax.text(-0.015, 1.0, "\n".join(labels[:UITERSTEN]), va="top", **tekst)
        ax.text(-0.015, 0.0, "\n".join(labels[-UITERSTEN:]), va="bottom", **tekst)
        ax.text(
            -0.015, 0.5, f"… {getal(aantal - 2 * UITERSTEN)} andere,\nzie de tabel", va="center", color=GRIJS, **tekst
        )
    if "punt" in tabel:
        ax.scatter([], [], marker="o", s=26, color="#444444", label="midden (P50)")
        ax.scatter([], [], marker="D", s=26, facecolor="white", edgecolor="#111111", label="zoals ingevuld")
    legenda_onder(ax, kolommen)
    return ax


def _korte_naam(maat: str) -> str:
    return f"{naam(maat).replace('kosten-batenverhouding', 'verhouding')} per aanpak"  # fits beside long names
