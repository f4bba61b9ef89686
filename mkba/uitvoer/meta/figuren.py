"""Figures of the meta-analysis that no other notebook draws: the policy theory (3.2), tabel 4.7, bijlage 1 and 2."""

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch

from mkba.analyse.meta.lees_meta import Beleidstheorie
from mkba.kern.tekst.notatie import getal
from mkba.kern.woorden.begrippen import IMMATERIELE_BATEN, KOSTENPOSTEN, naam
from mkba.uitvoer.figuur import ARCERING, figuur, figuur_van, liggend, nieuw
from mkba.uitvoer.kleuren import GRIJS, KLEUREN
from mkba.uitvoer.stapel import stapel

_LINKS: Final = (0.0, 2.35, 4.75, 8.35)
_BREED: Final = (1.85, 1.8, 2.95, 2.75)
"""Left edge and width of the four columns of figuur 3.2, in the units of its drawing."""
_REGEL: Final = 0.30
"""Height of a line of text in those units: measured at the size that is used, with room above and below."""
_PUNTEN: Final = 8.0
SCHAALKLEUREN: Final = ("#1F4E79", "#5B8DB8", "#A9C4DC", "#E3ECF4")
"""Dark to light, so that the order also reads in grey print."""


@figuur(
    "Stroomschema van links naar rechts: de nieuwe werkwijze, vier directe effecten (A tot en met D), wat daaruit "
    "volgt, en de tien posten van de MKBA. De tabel hieronder geeft elke pijl in woorden."
)
def beleidstheorie(theorie: Beleidstheorie, ax: Axes | None = None) -> Axes:
    """Figuur 3.2: from the new way of working, by four direct effects, to the posts of the ledger.

    Arrows that follow from the text are drawn through, those that the model adds are dashed.
    """
    ax = ax or nieuw(9.4, 6.9)
    vakken = {v.sleutel: (v.kolom, v.hoogte, v.tekst) for v in theorie.vak}
    vakken |= {p.sleutel: (3, p.hoogte, _op_regels(f"{_teken(p.sleutel)} {naam(p.sleutel)}")) for p in theorie.post}
    for pijl in theorie.pijl:
        _pijl(ax, vakken[pijl.van], vakken[pijl.naar], bool(pijl.model))
    for sleutel, vak in vakken.items():
        _vak(ax, *vak, **_stijl(sleutel, vak[0]))
    onder = max(h for _, h, _ in vakken.values())
    for kolom, kop in enumerate(("Werkwijze", "Directe effecten", "Wat daaruit volgt", "Posten van de MKBA")):
        ax.text(_LINKS[kolom] + _BREED[kolom] / 2, -0.85, kop, ha="center", va="center", fontweight="bold", fontsize=9)
    ax.set_xlim(-0.05, _LINKS[3] + _BREED[3] + 0.05)
    ax.set_ylim(onder + 0.6, -1.1)
    ax.set_axis_off()
    ax.set_title("Beleidstheorie van de integrale aanpak")
    pijlen: list[Any] = [
        ax.plot([], [], color="#333333", linewidth=1, linestyle=s, label=t)[0]
        for s, t in (("-", "volgt uit de tekst (§3.2)"), ("--", "voegt het model toe (terugval)"))
    ]
    vlakken = [
        Patch(label=t, **_kleuren(p))
        for t, p in (
            ("– kosten", "kosten_aanpak"),
            ("+ financiële baten", "effectiviteit"),
            ("+ immateriële baten", "overlast"),
        )
    ]
    figuur_van(ax).legend(handles=[*vlakken, *pijlen], ncols=3, loc="outside lower center")
    return ax


def _teken(post: str) -> str:
    """Red and green are alike in grey print."""
    return "–" if post in KOSTENPOSTEN else "+"


def _op_regels(tekst: str, lengte: int = 26) -> str:
    """A name on at most two lines, cut at the space nearest to the middle."""
    if len(tekst) <= lengte:
        return tekst
    plekken = [i for i, teken in enumerate(tekst) if teken == " "]
    midden = min(plekken, key=lambda i: abs(i - len(tekst) / 2))
    return f"{tekst[:midden]}\n{tekst[midden + 1 :]}"


def _vak(ax: Axes, kolom: int, hoogte: float, tekst: str, **stijl: Any) -> None:
    hoog = _hoog(tekst)
    letter = stijl.pop("letter")
    ax.add_patch(
        FancyBboxPatch(
            (_LINKS[kolom], hoogte - hoog / 2),
            _BREED[kolom],
            hoog,
            boxstyle="round,pad=0,rounding_size=0.08",
            zorder=3,
            **stijl,
        )
    )
    # hatching under text would make it hard to read
    achter = {"facecolor": stijl["facecolor"], "edgecolor": "none", "pad": 1.5} if stijl.get("hatch") else None
    ax.text(
        _LINKS[kolom] + _BREED[kolom] / 2,
        hoogte,
        tekst,
        ha="center",
        va="center",
        fontsize=_PUNTEN,
        color=letter,
        linespacing=1.25,
        zorder=4,
        bbox=achter,
    )


def _hoog(tekst: str) -> float:
    return _REGEL * (tekst.count("\n") + 1) + 0.14


def _pijl(ax: Axes, van: tuple[int, float, str], naar: tuple[int, float, str], van_model: bool) -> None:
    """From the right of a box, at the height of the target where the box reaches that far, to the left of the next."""
    half = _hoog(van[2]) / 2 - 0.12
    vertrek = float(np.clip(naar[1], van[1] - half, van[1] + half))
    doel = _hoog(naar[2]) / 2 - 0.12
    aankomst = float(np.clip(vertrek, naar[1] - doel, naar[1] + doel))
    ver = naar[0] - van[0] > 1  # past other columns: over the empty rows above them
    ax.add_patch(
        FancyArrowPatch(
            (_LINKS[van[0]] + _BREED[van[0]] * (0.5 if ver else 1), van[1] - _hoog(van[2]) / 2 if ver else vertrek),
            (_LINKS[naar[0]], naar[1] if ver else aankomst),
            arrowstyle="-|>",
            mutation_scale=9,
            color="#333333",
            linewidth=1,
            linestyle="--" if van_model else "-",
            connectionstyle="angle,angleA=90,angleB=180,rad=4" if ver else "arc3",
            shrinkA=0,
            shrinkB=1,
            zorder=2,
        )
    )


def _stijl(sleutel: str, kolom: int) -> dict[str, Any]:
    if kolom == 3:
        donker = sleutel in ("kosten_aanpak", "frictiekosten", "nieuw_voor_oud", "substitutie", "effectiviteit")
        return _kleuren(sleutel) | {"letter": "white" if donker else "#111111"}
    kleur = ("#E3ECF4", "#FFFFFF", "#F3F4F6")[kolom]
    return {"facecolor": kleur, "edgecolor": "#333333", "linewidth": 1.2 if kolom == 1 else 0.8, "letter": "#111111"}


def _kleuren(post: str) -> dict[str, Any]:
    immaterieel = post in IMMATERIELE_BATEN
    rand = "#7F1D1D" if post in KOSTENPOSTEN else "#2F5F3A"
    hatch = {"hatch": ARCERING["ontwikkelingskansen"]} if immaterieel else {}
    return {"facecolor": KLEUREN[post], "edgecolor": "#5E8F5A" if immaterieel else rand, "linewidth": 0.8, **hatch}


@figuur("Liggende balken: aantal aanpakken per doelgroep, gestapeld naar schaal.")
def bijlage_1(tabel: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Aanpakken of bijlage 1 per doelgroep, stacked by scale. ``tabel``: ``meta_tabellen.kruistabel``."""
    kern = tabel.drop(index="totaal", columns="totaal")
    ax = ax or nieuw(8, 0.34 * len(kern) + 1.5)
    y = np.arange(len(kern))[::-1]
    stapel(
        ax,
        y,
        (
            (kern[s], {"color": k, "label": s, "edgecolor": GRIJS})
            for s, k in zip(kern.columns, SCHAALKLEUREN, strict=True)
        ),
        0.62,
    )
    for hoogte, totaal in zip(y, tabel["totaal"].drop(index="totaal"), strict=True):
        ax.annotate(getal(totaal), (totaal, hoogte), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9)
    ax.set_yticks(y, [str(d) for d in kern.index])
    ax.margins(x=0.08)
    return liggend(ax, "aantal aanpakken", "De aanpakken van bijlage 1 naar doelgroep en schaal", 4)
