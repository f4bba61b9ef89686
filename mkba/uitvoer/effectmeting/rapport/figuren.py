"""Figures of the monitoring at 0, 6, 12 and 18 months; they receive a measurement as it may be shown and draw."""

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from mkba.analyse.effectmeting.attributie.paneel import Paneel
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.publiceren.wijkcijfers import Wijkcijfers
from mkba.invoer.effectmeting.kolommen import MOMENTEN
from mkba.kern.tekst.notatie import getal
from mkba.uitvoer.effectmeting.rapport.tabellen import KLASNAMEN
from mkba.uitvoer.figuur import figuur, legenda_onder, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, ROOD
from mkba.uitvoer.stapel import stapel

MET: Final = "wijken met de aanpak"
_KLASSEN: Final[dict[str, dict[str, Any]]] = {
    "ev": {"color": "#C9DDB8"},
    "zr": {"color": "#F5C77E", "hatch": "//"},
    "mv": {"color": "#F0A95B"},
    "nzr": {"color": "#DF7A2D"},
    "top": {"color": "#9B2C1F", "hatch": "xx"},
}


def _leeg(ax: Axes | None, tekst: str) -> Axes:
    """A sentence in the place of a figure, no higher than it needs."""
    ax = ax or nieuw(8, 0.7)
    ax.text(0.5, 0.5, tekst, ha="center", va="center", transform=ax.transAxes)
    ax.set_axis_off()
    return ax


@figuur(
    "Per moment een balk: welk deel van de huishoudens in welke klasse zit, en van welk deel dat niet te zeggen is."
)
def klassen(m: Meting, ax: Axes | None = None) -> Axes:
    """Shares of all households per class at each moment; grey is who was not measured or may not be shown."""
    p, alle = m.huishoudens, m.huishoudens.toont()
    namen = [k for k in _KLASSEN if any((f"klasse_{t}", k) in s for s in p.cellen for t in MOMENTEN)]
    if not alle or not namen:
        return _leeg(ax, "De zwaarte is niet gemeten, of bij te weinig huishoudens om te tonen.")
    ax = ax or nieuw(8, 3.6)
    delen = np.array([[(p.toont(**{f"klasse_{t}": k}) or 0.0) / alle for k in namen] for t in MOMENTEN])
    rest = np.maximum(0.0, 1 - delen.sum(axis=1))
    y = np.arange(len(MOMENTEN))[::-1]
    lagen: list[tuple[Any, dict[str, Any]]] = [
        (delen[:, j], {**_KLASSEN[k], "edgecolor": "white", "label": KLASNAMEN[k]}) for j, k in enumerate(namen)
    ]
    lagen.append((rest, {"color": "#E5E7EB", "edgecolor": "white", "label": "niet gemeten of afgeschermd"}))
    stapel(ax, y, lagen, 0.62)
    for plek, rij in zip(y, np.column_stack([delen, rest]), strict=True):
        for deel, einde in zip(rij, rij.cumsum(), strict=True):
            if deel >= 0.05:
                ax.text(einde - deel / 2, plek, f"{getal(100 * deel)}%", ha="center", va="center", fontsize=9,
                        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1})  # fmt: skip
    ax.set_yticks(y, [f"{t} maanden" for t in MOMENTEN])
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(100 * v)}%"))
    ax.set_title("Zwaarte van de problematiek, deel van alle huishoudens")
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 3)
    return ax


@figuur("Per moment staven: hoeveel trajecten erbij kwamen en hoeveel er afvielen.")
def trajecten(m: Meting, ax: Axes | None = None) -> Axes:
    """Trajecten that were added and dropped at each moment; a hidden number makes no bar, and is said."""
    getoond = [p.toont(moment=str(t)) for s in ("nieuw", "afgevallen") if (p := m.trajecten(s)) for t in MOMENTEN]
    if not any(getoond):
        return _leeg(ax, "Van geen moment is te tonen hoeveel trajecten erbij kwamen of afvielen.")
    ax = ax or nieuw(8, 3.4)
    x = np.arange(len(MOMENTEN))
    for plek, (stand, kleur, hatch, teken) in enumerate((("nieuw", BLAUW, "", 1), ("afgevallen", GROEN, "////", -1))):
        p = m.trajecten(stand)
        if p is None:
            continue
        waarden = [p.toont(moment=str(t)) for t in MOMENTEN]
        bekend = [(("moment", str(t)),) in p.cellen for t in MOMENTEN]
        label = "erbij gekomen" if teken > 0 else "afgevallen"
        ax.bar(x + 0.4 * plek - 0.2, [w or 0.0 for w in waarden], 0.36, color=kleur, hatch=hatch, edgecolor="white",
               label=label)  # fmt: skip
        for xi, w, er in zip(x, waarden, bekend, strict=True):
            tekst = getal(w) if w is not None else "*" if er else ""
            ax.text(xi + 0.4 * plek - 0.2, w or 0.0, tekst, ha="center", va="bottom", fontsize=9)
    ax.set_xticks(x, [f"{t} maanden" for t in MOMENTEN])
    ax.set_ylabel("trajecten")
    ax.set_title("Trajecten per moment (* afgeschermd)")
    ax.grid(axis="x", visible=False)
    ax.margins(y=0.12)
    legenda_onder(ax, 2)
    return ax


@figuur("Liggende balken: hoeveel acties huishouden, netwerk, generalist en professional zouden doen en deden.")
def acties(m: Meting, ax: Axes | None = None) -> Axes:
    """Actions by who would do them: carried out and not; who may not be shown has a star for a bar."""
    p = m.delen.get("acties")
    wie = [w for w in ("huishouden", "netwerk", "generalist", "professional") if p and (("door", w),) in p.cellen]
    rijen = [(p.toont(door=w, uitgevoerd="ja"), p.toont(door=w, uitgevoerd="nee")) for w in wie] if p else []
    toon = [(ja, nee) if ja is not None and nee is not None and ja + nee else None for ja, nee in rijen]
    if not any(toon):
        return _leeg(ax, "Van niemand is te tonen hoeveel acties zijn uitgevoerd en hoeveel niet.")
    ax = ax or nieuw(8, 3.2)
    y = np.arange(len(toon))[::-1]
    delen = [
        ([t[0] if t else 0.0 for t in toon], {"color": BLAUW, "label": "uitgevoerd"}),
        (
            [t[1] if t else 0.0 for t in toon],
            {"color": "#D5D9DF", "hatch": "////", "edgecolor": GRIJS, "label": "niet uitgevoerd"},
        ),
    ]
    stapel(ax, y, delen, 0.6)
    for plek, t in zip(y, toon, strict=True):
        tekst = f" {getal(100 * t[0] / sum(t))}% uitgevoerd" if t else " *"
        ax.text(sum(t) if t else 0.0, plek, tekst, va="center", fontsize=9)
    ax.set_yticks(y, wie)
    ax.set_xlabel("acties")
    ax.set_title("Acties, naar wie ze doet" + ("" if all(toon) else " (* afgeschermd)"))
    ax.margins(x=0.2)
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 2)
    return ax


@figuur(
    "Per soort escalatie een balk van wie bedreigd wordt en een punt met interval van wat aan de aanpak te danken is."
)
def escalaties(
    rijen: list[tuple[str, float, float | None, float | None, float | None]], ax: Axes | None = None
) -> Axes:
    """Bruto beside netto of question 18. ``rijen``: name, bruto, netto and its interval, shares of the households."""
    if not rijen:
        return _leeg(ax, "Van geen escalatie is te tonen hoeveel huishoudens ermee bedreigd worden.")
    ax = ax or nieuw(8, 1.6 + 0.5 * len(rijen))
    y = np.arange(len(rijen))[::-1]
    ax.barh(y, [r[1] for r in rijen], 0.5, color="#D5D9DF", edgecolor=GRIJS, hatch="////", label="voorkomen, bruto")
    for plek, (_, _, netto, laag, hoog) in zip(y, rijen, strict=True):
        if netto is not None and laag is not None and hoog is not None:
            ax.hlines(plek, laag, hoog, color=BLAUW, linewidth=2.5, zorder=4)
    met = [(r[2], p) for r, p in zip(rijen, y, strict=True) if r[2] is not None]
    ax.plot([w for w, _ in met], [p for _, p in met], "o", color=BLAUW, zorder=5, label="netto, met 95%-interval")
    ax.axvline(0, color=ROOD, linewidth=1)
    ax.set_yticks(y, [r[0] for r in rijen])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{getal(100 * v, 1)}%"))
    ax.set_xlabel("deel van de huishoudens in de aanpak")
    ax.set_title("Voorkomen escalatie: bruto en netto")
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 2)
    return ax


def als_paneel(w: Wijkcijfers) -> Paneel | None:
    """The lines of an outcome as a panel of two, for the figure of an attribution; None where they are not shown."""
    lijnen = w.lijnen
    if lijnen is None:
        return None
    einde = len(lijnen.perioden)
    namen = (MET, "vergelijkingswijken") if lijnen.zonder is not None else (MET,)
    waarden = [lijnen.met] if lijnen.zonder is None else [lijnen.met, lijnen.zonder]
    start = np.array([lijnen.start, einde][: len(namen)], dtype=np.int64)
    return Paneel(w.uitkomst, namen, lijnen.perioden, np.array(waarden, dtype=np.float64), start)
