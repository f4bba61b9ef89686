"""The dot plots of the overview page: where every report stands, also when one of them stands very far away."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Final
from urllib.parse import quote

from mkba.kern.tekst.namen import zonder_gedeeld
from mkba.kern.tekst.notatie import euro, getal, inkorten, kort, stand, verhouding
from mkba.kern.woorden.begrippen import naam
from mkba.reeks.plan.taak import Manifest
from mkba.uitvoer import svg

_LABELS: Final = 40
"""With more reports than this a plot shows dots without names, stacked."""
_VER: Final = 8.0
"""A value so many times the median deviation from the median falls off the axis (of a normal spread one in millions).
A choice."""
_NOEM: Final = 6
"""Values off the axis that the caption names."""
PER_HUISHOUDEN: Final = "saldo-per-huishouden"
BREED: Final = 760.0
NAAMTEKENS: Final = 46
_RAND: Final = 20.0
_NAAMRUIMTE, _LETTER = 320.0, 7.5
"""Room for names at most, and for a letter of them, of 12 pixels high (basis.css)."""
_PUNT: Final = 8.0
_KLEUR: Final = {"boven": "#1b6b3a", "onder": "#a63a2b", "rond": "#55636b"}


@dataclass(frozen=True)
class Maat:
    """What a plot shows of a report; at ``midden`` it turns, and ``ruim`` on both sides is always in sight."""

    sleutel: str
    titel: str
    waarde: Callable[[Manifest], float | None]
    midden: float
    ruim: float
    tekst: Callable[[float], str]
    stand: Callable[[float], str]
    uitleg: str


def saldo_per_huishouden(m: Manifest) -> float | None:
    """Euros NCW per household in the aanpak; None without households."""
    saldo = m.kerncijfers.get("saldo")
    return saldo / m.huishoudens if saldo is not None and m.huishoudens else None


MATEN: Final = (
    Maat(
        "verhoudingen",
        naam("kb_maatschappelijk"),
        lambda m: m.kerncijfers.get("kb_maatschappelijk"),
        1.0,
        0.2,
        verhouding,
        stand,
        "Rechts van de streep bij 1 zijn de baten groter dan de kosten (gevulde punt), links ervan kleiner (open "
        "punt); grijs is rond 1.",
    ),
    Maat(
        PER_HUISHOUDEN,
        "Saldo per huishouden",
        saldo_per_huishouden,
        0.0,
        100.0,
        lambda w: euro(w, 10),
        lambda w: "boven" if w > 0 else "onder" if w < 0 else "rond",
        "Het saldo (baten min kosten, netto contante waarde van één jaar werken) gedeeld door het aantal huishoudens "
        "in de aanpak: zo zijn kleine en grote teams te vergelijken.",
    ),
)


@dataclass(frozen=True)
class Punt:
    """A report in the plot, in units of the drawing; ``buiten`` is -1 or 1 when its value lies off the axis."""

    x: float
    y: float
    stand: str
    naam: str
    slug: str
    tekst: str
    waarde: str
    buiten: int


@dataclass(frozen=True)
class Plot:
    """Everything that the template draws; ``labels`` tells whether there is room for the names."""

    maat: Maat
    breed: float
    hoog: float
    links: float
    midden: float
    streepjes: tuple[tuple[float, str], ...]
    punten: tuple[Punt, ...]
    labels: bool
    buiten: str


def maak_plot(manifesten: Sequence[Manifest], maat: Maat = MATEN[0]) -> Plot | None:
    """A dot per report on the axis of ``maat``; None when there is nothing to compare.

    A value far from all others becomes an arrow at the edge with its number, so that the others keep their room.
    """
    met = [(m, w) for m in manifesten if (w := maat.waarde(m)) is not None and math.isfinite(w)]
    if len(met) < 2:
        return None
    laagst, hoogst = grenzen([w for _, w in met])
    streepjes = svg.ronde_merken(
        min(laagst, maat.midden - maat.ruim), max(hoogst, maat.midden + maat.ruim), maat.midden
    )
    laag, hoog = streepjes[0], streepjes[-1]
    labels = len(met) <= _LABELS
    namen = [inkorten(n, NAAMTEKENS) for n in zonder_gedeeld([m.naam for m, _ in met])[1]]
    links = ruimte_voor(namen) if labels else _RAND

    def x(waarde: float) -> float:
        return round(links + (min(max(waarde, laag), hoog) - laag) / (hoog - laag) * (BREED - links - 2 * _RAND), 1)

    punten: list[Punt] = []
    stapel: dict[float, int] = {}
    for nummer, (m, waarde) in enumerate(met):
        if labels:
            plek, y = x(waarde), 18.0 + 22 * nummer
        else:
            plek = round(x(waarde) / _PUNT) * _PUNT  # bins of a dot wide: equal values stack
            stapel[plek] = stapel.get(plek, 0) + 1
            y = stapel[plek] * _PUNT
        tekst = maat.tekst(waarde)
        buiten = (waarde > max(hoogst, hoog)) - (waarde < min(laagst, laag))
        punten.append(Punt(plek, y, maat.stand(waarde), namen[nummer], m.slug, f"{m.naam}: {tekst}", tekst, buiten))
    if labels:
        hoogte = 18.0 + 22 * len(met)
    else:  # stacks grow upwards from the axis
        hoogte = max(stapel.values()) * _PUNT + 12
        punten = [replace(p, y=hoogte - p.y) for p in punten]
    assen = tuple((x(s), _merk(s, streepjes)) for s in streepjes)
    return Plot(maat, BREED, hoogte, links, x(maat.midden), assen, tuple(punten), labels, _buiten(punten))


def ruimte_voor(namen: Sequence[str]) -> float:
    """Room for the longest of these names before an axis: on a phone the rest of it is for the drawing."""
    return round(min(_NAAMRUIMTE, 2 * _RAND + _LETTER * max(map(len, namen))), 1)


def grenzen(waarden: Sequence[float]) -> tuple[float, float]:
    """Least and greatest value that is not far from all others; the median deviation does not feel who is far."""
    midden = median(waarden)
    afstanden = [abs(w - midden) for w in waarden]
    ver = _VER * (median(afstanden) or fmean(afstanden))  # more than half are equal: the mean deviation
    dichtbij = [w for w in waarden if abs(w - midden) <= ver]
    return min(dichtbij), max(dichtbij)


def _buiten(punten: Sequence[Punt]) -> str:
    teksten = [p.tekst for p in punten if p.buiten]
    if not teksten:
        return ""
    meer = f"; en nog {len(teksten) - _NOEM}" if len(teksten) > _NOEM else ""
    return f"Een pijl wijst naar een waarde buiten de as: {'; '.join(teksten[:_NOEM])}{meer}."


def _merk(streepje: float, alle: Sequence[float]) -> str:
    if max(abs(s) for s in alle) >= 100:
        return getal(streepje)
    return getal(streepje, 1) if all(round(s * 10) == s * 10 for s in alle) else kort(streepje)


def teken(plot: Plot) -> svg.Stuk:
    """The plot as SVG; each dot leads to its report."""
    x, hoog = plot.midden, plot.hoog
    return svg.groep(
        plot.breed,
        hoog + 30,
        f"{plot.maat.titel} per aanpak",
        svg.streepjes(plot.streepjes, 4, hoog),
        svg.element("line", x1=x, x2=x, y1=0, y2=hoog, stroke=_KLEUR["rond"], stroke_width=1.5),
        *(_teken_punt(plot, punt) for punt in plot.punten),
        class_="puntenplot",
    )


def _teken_punt(plot: Plot, p: Punt) -> svg.Stuk:
    kleur, maat = _KLEUR[p.stand], 6.0 if plot.labels else 3.6
    delen = []
    if p.buiten:
        lang = 2 * maat * p.buiten
        delen.append(svg.pad("M", p.x - lang / 2, p.y - maat, "l", lang, maat, -lang, maat, "z", fill=kleur))
        if plot.labels:
            anker = "end" if p.buiten > 0 else "start"
            delen.append(svg.tekst(p.x - 10 * p.buiten, p.y + 4, p.waarde, text_anchor=anker, class_="buiten"))
    elif p.stand == "onder":
        delen.append(svg.element("circle", cx=p.x, cy=p.y, r=maat - 1, fill="#fff", stroke=kleur, stroke_width=2))
    else:
        delen.append(svg.element("circle", cx=p.x, cy=p.y, r=maat, fill=kleur))
    punt = svg.koppeling(f"{quote(p.slug)}.html", p.tekst, *delen, met_toetsen=plot.labels)
    if not plot.labels:
        return punt
    naam_ = svg.tekst(plot.links - 12, p.y + 4, p.naam, text_anchor="end", aria_hidden="true")
    lijn = svg.element("line", x1=plot.midden, x2=p.x, y1=p.y, y2=p.y, stroke="#9fb0b7", stroke_width=1.5)
    return svg.samen((naam_, lijn, punt))
