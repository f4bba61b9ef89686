"""One style for the figures of the meta-analysis: numbered as in the report, with a status and source line.

Any figure of the kit can be passed through :func:`opgemaakt`; colours come from ``figuren.KLEUREN`` (costs red,
financial benefits green, immaterial light green and hatched) and ``figuren_doelgroepen.KLASSEKLEUREN`` (green, light
orange, orange, red, hatched), so that they read in grey print.
"""

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from mkba.analyse.meta.lees_meta import MetaAnalyse, Onderdeel
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.tekst.slug import maak_slug
from mkba.uitvoer.beeld import Beeld
from mkba.uitvoer.bewaren import als_csv
from mkba.uitvoer.figuur import als_png, als_svg, toon
from mkba.uitvoer.figuurstijl import stijl
from mkba.uitvoer.kleuren import GRIJS


@dataclass(frozen=True)
class Eigen:
    """A figure that the report does not have: "Les 1. Wat elke aanpak van de gemiddelde onderscheidt"."""

    sleutel: str
    titel: str
    status: str = "reconstructie"
    bron: str = "eigen berekening op de gereconstrueerde invoer van de 13 aanpakken"

    @property
    def naam(self) -> str:
        """Number and title."""
        return f"{self.sleutel[:1].upper()}{self.sleutel[1:]}. {self.titel}"


LESSEN: Final = {
    "les 1": Eigen("les 1", "Wat elke aanpak van de gemiddelde onderscheidt"),
    "les 2": Eigen("les 2", "Welke knoppen de verschillen tussen de 13 verklaren"),
}
"""Figures of the lessons, after those of the report."""

_SOORTEN: Final = ("png", "svg", "csv")
_TITELPUNTEN: Final = 11.0
_REGELPUNTEN: Final = 8.5
_TITELTEKENS: Final = 10.3
_REGELTEKENS: Final = 15.5
"""Characters that fit on an inch of the title (bold) and of the lines below: measured in DejaVu Sans, with a margin."""


def onderschrift(figuur: Figure, nummer: str, titel: str, status: str, bron: str) -> Figure:
    """Give a figure its number and title above, and status and source below; it grows to make room.

    ``nummer`` with its kind ("Figuur 4.1"); ``status`` begins with "gepubliceerd", "reproductie" or "reconstructie".
    A title that the drawing had is replaced. Returns the figure.
    """
    breed, hoog = figuur.get_size_inches()
    kop = textwrap.fill(f"{nummer}. {titel}", int(breed * _TITELTEKENS))
    voet = textwrap.fill(f"Status: {status}. Bron: {bron}.", int(breed * _REGELTEKENS))
    onder = (voet.count("\n") + 1) * _REGELPUNTEN * 1.35 / 72 + 0.12
    boven = (kop.count("\n") + 1) * _TITELPUNTEN * 1.3 / 72 + 0.12
    _zonder_eigen_titel(figuur)
    nieuw = hoog + onder + boven
    figuur.set_size_inches(breed, nieuw)
    legenda = _legenda_boven(figuur, onder / nieuw)
    motor = figuur.get_layout_engine()
    if motor is not None:
        motor.set(rect=(0.0, onder / nieuw + legenda, 1.0, 1 - (onder + boven) / nieuw - legenda))  # type: ignore[call-arg]
    figuur.text(0.01, 1 - 0.06 / nieuw, kop, ha="left", va="top", fontsize=_TITELPUNTEN, fontweight="bold")
    figuur.text(0.01, 0.06 / nieuw, voet, ha="left", va="bottom", fontsize=_REGELPUNTEN, color=GRIJS)
    return figuur


def watermerk(figuur: Figure, tekst: str = "reconstructie") -> Figure:
    """Write a word across a figure, so light that everything below stays readable. Returns the figure."""
    breed, hoog = figuur.get_size_inches()
    figuur.text(
        0.5,
        0.5,
        tekst,
        ha="center",
        va="center",
        rotation=24,
        fontsize=72 * min(0.11 * breed, 0.34 * hoog),
        color="#000000",
        alpha=0.07,
        zorder=50,
    )
    return figuur


def opgemaakt(ax: Axes, onderdeel: Onderdeel | Eigen, status: str = "", bron: str = "") -> Axes:
    """A figure with its number, title, status and source; a reconstruction watermarked. Returns the same axes.

    ``status`` and ``bron`` replace those of the inventory.
    """
    figuur = ax.figure
    assert isinstance(figuur, Figure), "een deelfiguur is niet los te bewaren"
    status = status or onderdeel.status
    with stijl():
        soort = onderdeel.sleutel[:1].upper() + onderdeel.sleutel[1:]
        onderschrift(figuur, soort, onderdeel.titel.rstrip("."), status, bron or onderdeel.bron)
        if status.startswith("reconstructie"):
            watermerk(figuur)
    return ax


def publiceer(
    ax: Axes, onderdeel: Onderdeel | Eigen, gegevens: pd.DataFrame, alt: str = "", uitvoermap: str | Path = ""
) -> Beeld:
    """A figure that is :func:`opgemaakt` as a notebook shows it, with its numbers beside it.

    ``gegevens``: the numbers that are drawn, kept as csv beside PNG and SVG (in ``uitvoermap``, when given, and in
    the format *figuren* of a batch); ``alt``: when the axes do not say it themselves.
    """
    csv = als_csv(_plat(gegevens))
    if str(uitvoermap):
        bewaar(ax, Path(uitvoermap), onderdeel.sleutel, csv)
    return toon(ax, alt or getattr(ax, "alt", ""), titel=onderdeel.naam, csv=csv)


def bewaar(ax: Axes, map_: Path, naam: str, csv: str) -> list[Path]:
    """Write a figure as PNG and SVG and its data as csv: "figuur-4-1.png"; returns the paths."""
    paden = [map_ / f"{_slug(naam)}.{soort}" for soort in _SOORTEN]
    schrijf_veilig(paden[0], als_png(ax))
    schrijf_veilig(paden[1], als_svg(ax))
    schrijf_veilig(paden[2], csv)
    return paden


def _plat(tabel: pd.DataFrame) -> pd.DataFrame:
    """The rows' labels as columns, so that they stand in the csv too."""
    namen = [str(n) if n is not None else f"rij{i or ''}" for i, n in enumerate(tabel.index.names)]
    plat = tabel.copy()
    plat.index = plat.index.set_names(namen)
    return plat.reset_index()


def _zonder_eigen_titel(figuur: Figure) -> None:
    suptitel = getattr(figuur, "_suptitle", None)
    if suptitel is not None:
        suptitel.set_in_layout(False)  # the layout makes room for it even when it is gone
        suptitel.remove()
    elif len(figuur.axes) == 1:
        for plek in ("left", "center", "right"):
            figuur.axes[0].set_title("", loc=plek)


def _legenda_boven(figuur: Figure, onder: float) -> float:
    """Lift the legends below the drawing to above the lines of text; the share of the height that they take.

    The layout makes room for a legend outside the axes only at the edge of the figure, so the caller must. The height
    of a legend does not depend on the drawing: nothing is drawn to find it.
    """
    hoog = 0.0
    kladblok = FigureCanvasAgg(figuur).get_renderer() if figuur.legends else None  # type: ignore[no-untyped-call]
    for legenda in figuur.legends:
        legenda.set_bbox_to_anchor((0.0, onder, 1.0, 1.0 - onder), transform=figuur.transFigure)
        hoog = max(hoog, float(legenda.get_window_extent(kladblok).height / figuur.bbox.height))
    return hoog + (0.1 / float(figuur.get_size_inches()[1]) if hoog else 0.0)


def bewaarde(uitvoermap: str | Path, meta: MetaAnalyse) -> list[Path]:
    """The files of figures that stand in ``uitvoermap``, in the order of the report; none when it is empty."""
    if not str(uitvoermap):
        return []
    paden = [Path(uitvoermap) / f"{_slug(s)}.{soort}" for s in (*meta.inventaris, *LESSEN) for soort in _SOORTEN]
    return [p for p in paden if p.is_file()]


def _slug(sleutel: str) -> str:
    return maak_slug(sleutel.replace(".", "-"))
