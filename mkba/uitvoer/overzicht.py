"""The overview of a folder of reports: ``index.html`` for people, ``overzicht.csv`` for programs.

Both are made from the manifests in the folder, so they also show the reports of earlier runs.
"""

import csv
import io
import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from mkba.invoer.begrippen import SLEUTELS, naam
from mkba.invoer.schrijven import schrijf_veilig, veilige_cel
from mkba.uitvoer.getallen import getal, verhouding
from mkba.uitvoer.sjablonen import pagina, stand
from mkba.uitvoer.taak import Manifest, lees_manifest

RATIOS: Final = ("kb_financieel", "kb_maatschappelijk", "kb_gemeentelijk")
BEDRAGEN: Final = ("totale_kosten", "totale_baten", "saldo")
TEKENS: Final = {"boven": "▲", "onder": "▼", "rond": "●", "onbekend": ""}
WOORDEN: Final = {
    "boven": "boven 1",
    "onder": "onder 1",
    "rond": "rond 1",
    "onbekend": "niet te bepalen",
}
_KOLOMMEN: Final = (
    "slug",
    "naam",
    "soort",
    "status",
    "gemaakt",
    "seconden",
    "bestand",
    "rij",
    "regelset",
    "kengetallen",
    "afwijkingen",
    "huishoudens",
    "fte",
    *SLEUTELS,
    "waarschuwingen",
    "fout",
    "mkba",
    "git",
)
_PLOT_LABELS: Final = 40
"""With more reports than this the plot shows dots without names, stacked."""


def schrijf_overzicht(naar: Path, in_opdracht: Collection[str] | None = None) -> Path:
    """Write overview and table for the reports in ``naar``; returns the page. Raises OSError."""
    manifesten = lees_manifesten(naar)
    schrijf_veilig(naar / "overzicht.csv", als_csv(manifesten))
    schrijf_veilig(naar / "index.html", als_pagina(manifesten))
    return naar / "index.html"


def lees_manifesten(naar: Path) -> list[Manifest]:
    """All manifests of the folder that can be read, by name; the slug is that of the file."""
    uit = []
    for pad in (naar / "manifesten").glob("*.json"):
        manifest = lees_manifest(pad)
        if manifest is not None and re.fullmatch(r"[A-Za-z0-9_-]+", pad.stem):
            uit.append(manifest.model_copy(update={"slug": pad.stem}))
    return sorted(uit, key=lambda m: (_natuurlijk(m.naam), m.slug))


def _natuurlijk(tekst: str) -> list[tuple[int, int, str]]:
    """Wijk 2 before wijk 10."""
    delen = re.split(r"(\d+)", tekst.casefold())
    return [(0, int(d), "") if d.isdecimal() and d.isascii() else (1, 0, d) for d in delen]


def als_csv(manifesten: Sequence[Manifest]) -> str:
    """One line per report, comma-separated, unrounded numbers with a point; no cell starts a formula."""
    buffer = io.StringIO()
    schrijver = csv.writer(buffer, lineterminator="\n")
    schrijver.writerow(_KOLOMMEN)
    for m in manifesten:
        waarden = m.model_dump(mode="json") | {
            "afwijkingen": "; ".join(f"{k}={v!r}" for k, v in m.afwijkingen.items()),
            "waarschuwingen": len(m.waarschuwingen),
        }
        waarden |= {sleutel: m.kerncijfers.get(sleutel) for sleutel in SLEUTELS}
        schrijver.writerow([veilige_cel("" if waarden[kolom] is None else waarden[kolom]) for kolom in _KOLOMMEN])
    return buffer.getvalue()


def als_pagina(manifesten: Sequence[Manifest], nu: datetime | None = None) -> str:
    """The overview page: every report with its key figures, and a plot of the maatschappelijke ratio.

    A cohort, the page over all aanpakken, stands first.
    """
    rapporten = [m for m in manifesten if m.soort == "rapport"]
    cohorten = [m for m in manifesten if m.soort == "cohort"]
    return pagina(
        "overzicht.html.j2",
        script="sorteer.js",
        rapporten=rapporten,
        notebooks=[m for m in manifesten if m.soort == "notebook"],
        cohorten=cohorten,
        mislukt=[m for m in manifesten if m.status == "mislukt"],
        gewaarschuwd=[m for m in rapporten or cohorten if m.waarschuwingen],
        kengetallensets=sorted({m.kengetallen for m in rapporten if m.kengetallen}),
        bedragen=BEDRAGEN,
        ratios=RATIOS,
        tekens=TEKENS,
        woorden=WOORDEN,
        naam=naam,
        plot=maak_plot([m for m in rapporten if m.status == "gelukt"]),
        gemaakt=nu or datetime.now().astimezone(),
    )


@dataclass(frozen=True)
class Punt:
    """A report in the plot, in units of the drawing."""

    x: float
    y: float
    stand: str
    naam: str
    slug: str
    tekst: str


@dataclass(frozen=True)
class Plot:
    """Everything that the template draws; ``labels`` tells whether there is room for the names."""

    breed: float
    hoog: float
    links: float
    een: float
    streepjes: tuple[tuple[float, str], ...]
    punten: tuple[Punt, ...]
    labels: bool


def maak_plot(manifesten: Sequence[Manifest]) -> Plot | None:
    """A dot per report on the axis of the maatschappelijke ratio; None when there is nothing to compare."""
    met = [
        (m, r) for m in manifesten if (r := m.kerncijfers.get("kb_maatschappelijk")) is not None and math.isfinite(r)
    ]
    if len(met) < 2:
        return None
    ratios = [r for _, r in met]
    streepjes = _streepjes(min(*ratios, 0.8), max(*ratios, 1.2))
    laag, hoog = streepjes[0], streepjes[-1]
    labels = len(met) <= _PLOT_LABELS
    links, breed, rand = (320.0 if labels else 20.0), 760.0, 20.0

    def x(ratio: float) -> float:
        return round(links + (ratio - laag) / (hoog - laag) * (breed - links - rand), 1)

    punten: list[Punt] = []
    stapel: dict[float, int] = {}
    for nummer, (m, ratio) in enumerate(met):
        if labels:
            plek, y = x(ratio), 18.0 + 22 * nummer
        else:
            plek = round(x(ratio) / 8) * 8.0  # bins of a dot wide: equal ratios stack
            stapel[plek] = stapel.get(plek, 0) + 1
            y = stapel[plek] * 8.0
        tekst = f"{m.naam}: {verhouding(ratio)}"
        punten.append(Punt(plek, y, stand(ratio), _kort(m.naam), m.slug, tekst))
    if labels:
        hoogte = 18.0 + 22 * len(met)
    else:  # stacks grow upwards from the axis
        hoogte = max(stapel.values()) * 8.0 + 12
        punten = [Punt(p.x, hoogte - p.y, p.stand, p.naam, p.slug, p.tekst) for p in punten]
    assen = tuple((x(s), getal(s, 2 if any(round(s * 10) != s * 10 for s in streepjes) else 1)) for s in streepjes)
    return Plot(breed, hoogte, links, x(1.0), assen, tuple(punten), labels)


def _kort(tekst: str) -> str:
    return tekst if len(tekst) <= 46 else tekst[:45].rstrip() + "…"


def _streepjes(laag: float, hoog: float) -> list[float]:
    """Round marks from at most ``laag`` to at least ``hoog``, five to ten of them, 1 among them."""
    stap = 10.0 ** math.floor(math.log10((hoog - laag) / 5))
    stap *= next(f for f in (1, 2, 5, 10) if (hoog - laag) / (stap * f) <= 9)
    eerste, laatste = math.floor((laag - 1) / stap + 1e-9), math.ceil((hoog - 1) / stap - 1e-9)
    return [round(1 + stap * i, 6) for i in range(eerste, laatste + 1)]
