"""The cohort on the overview page: every aanpak among all with the interval of 8 of 10 draws, as data to draw.

Read from the file of a cohort (:mod:`mkba.reeks.map.cohortbestand`). Light: the command line imports this.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from mkba.kern.bestand.csvtabel import getal_uit_cel, gewone_tekst, lees_csv
from mkba.kern.tekst.namen import zonder_gedeeld
from mkba.kern.tekst.notatie import euro, getal, hoeveel, inkorten
from mkba.reeks.map.puntenplot import BREED, NAAMTEKENS, ruimte_voor
from mkba.uitvoer import svg
from mkba.uitvoer.cohort.bereik import EINDEN, MET_NAAM, UITERSTEN, grenzen

_RAND: Final = 16.0


@dataclass(frozen=True)
class Lid:
    """An aanpak of a cohort: ``slug`` of its report, and its numbers by column of the file, NaN where none exists."""

    naam: str
    slug: str
    getallen: Mapping[str, float]


@dataclass(frozen=True)
class Lijn:
    """One aanpak in the drawing: x of both ends and of dot and diamond (None outside), arrows where it goes on."""

    naam: str
    slug: str
    tekst: str
    stand: str
    y: float
    van: float
    tot: float
    stip: float | None
    ruit: float | None
    links_uit: bool
    rechts_uit: bool
    licht: tuple[float, float] | None


@dataclass(frozen=True)
class Rups:
    """Everything that the template draws; ``namen``: (y, text) beside the lines; ``streep``: x of break-even."""

    sleutel: str
    titel: str
    uitleg: str
    hoog: float
    links: float
    stap: float
    fijn: bool
    streep: float | None
    streepjes: tuple[tuple[float, str], ...]
    as_: str
    lijnen: tuple[Lijn, ...]
    namen: tuple[tuple[float, str], ...]
    noot: str
    breed: float = BREED


@dataclass(frozen=True)
class _Maat:
    sleutel: str
    titel: str
    uitleg: str
    as_: str
    tekst: Callable[[float], str]
    streep: float | None
    hoogste_eerst: bool


_SALDO: Final = _Maat(
    "saldo_per_huishouden",
    "Saldo per huishouden, met onzekerheid",
    "Lijn: 8 van de 10 trekkingen (P10 tot P90). Stip: het midden (P50). Ruit: zoals ingevuld. Streeplijn: baten en "
    "kosten zijn gelijk. Groen ligt van P10 af erboven, rood tot P90 eronder, grijs aan beide kanten. Lijnen die "
    "overlappen, zeggen niet dat er geen verschil is: een gunstige trekking is dat voor alle aanpakken tegelijk.",
    "euro per huishouden (netto contante waarde van één jaar werken)",
    euro,
    0.0,
    True,
)
_PLAATS: Final = _Maat(
    "plaats",
    "De plaats van elke aanpak",
    "Plaats op saldo per huishouden; 1 is de beste. Donkere lijn: 8 van de 10 trekkingen als alle teams dezelfde mee- "
    "en tegenvallers hebben; lichte lijn: als elk team zijn eigen heeft. Stip: het midden. Ruit: zoals ingevuld. Een "
    "lagere plaats is geen slechter team: aanpakken verschillen in doelgroep.",
    "plaats (1 is de beste)",
    getal,
    None,
    False,
)


def lees(inhoud: bytes) -> list[Lid]:
    """The aanpakken in the file of a cohort. Raises ValueError or KeyError when it is no such file."""
    uit = []
    for rij in lees_csv(inhoud):
        kolommen = [f"{m.sleutel}_{k}" for m in (_SALDO, _PLAATS) for k in EINDEN]
        kolommen += ["plaats_p10_eigen", "plaats_p90_eigen"]
        getallen = {k: getal_uit_cel(rij[k]) for k in kolommen}
        uit.append(Lid(gewone_tekst(rij["label"]), rij["slug"], getallen))
    return uit


def maak_rupsen(leden: Sequence[Lid]) -> list[Rups]:
    """The drawings of a cohort; none of a single aanpak, which stands among no others."""
    return [_teken(leden, maat) for maat in (_SALDO, _PLAATS)] if len(leden) > 1 else []


def _teken(leden: Sequence[Lid], maat: _Maat) -> Rups:
    def waarde(lid: Lid, kolom: str) -> float:
        return lid.getallen[f"{maat.sleutel}_{kolom}"]

    richting = -1 if maat.hoogste_eerst else 1
    op_rij = sorted(
        (lid for lid in leden if math.isfinite(waarde(lid, "p50"))),
        key=lambda lid: (richting * waarde(lid, "p50"), richting * waarde(lid, "punt")),
    )
    fijn = len(op_rij) > MET_NAAM
    namen = [inkorten(n, NAAMTEKENS) for n in zonder_gedeeld([lid.naam for lid in op_rij])[1]]
    stap, links = (2.6, 200.0) if fijn or not namen else (22.0, ruimte_voor(namen))
    if maat.streep is None:
        laag, hoog = 1.0, float(len(leden))
        merken = _plaatsmerken(len(leden))
    else:
        laag, hoog = grenzen([waarde(lid, k) for lid in op_rij for k in EINDEN], maat.streep)
        merken = svg.ronde_merken(laag, hoog, maat.streep)
        laag, hoog = merken[0], merken[-1]

    def x(w: float) -> float:
        return round(links + (min(max(w, laag), hoog) - laag) / (hoog - laag) * (BREED - links - _RAND), 1)

    lijnen = []
    for nummer, lid in enumerate(op_rij):
        punt, p10, p50, p90 = (waarde(lid, k) for k in EINDEN)
        binnen = [x(w) if laag <= w <= hoog else None for w in (p50, punt)]
        uit = [w for w in (punt, p10, p50, p90) if math.isfinite(w)]
        eigen = lid.getallen["plaats_p10_eigen"], lid.getallen["plaats_p90_eigen"]
        licht = (x(eigen[0]), x(eigen[1])) if maat.streep is None and all(map(math.isfinite, eigen)) else None
        lijnen.append(
            Lijn(
                namen[nummer],
                lid.slug,
                f"{lid.naam}: {maat.tekst(p10)} tot {maat.tekst(p90)}, midden {maat.tekst(p50)}, "
                f"zoals ingevuld {maat.tekst(punt)}",
                _stand(p10, p90, maat.streep),
                round(12 + stap * nummer, 1),
                x(p10),
                x(p90),
                binnen[0],
                binnen[1],
                min(uit) < laag,
                max(uit) > hoog,
                licht,
            )
        )
    hoogte = round(12 + stap * len(lijnen), 1)
    return Rups(
        maat.sleutel,
        maat.titel,
        maat.uitleg,
        hoogte,
        links,
        stap,
        fijn,
        None if maat.streep is None else x(maat.streep),
        tuple((x(m), getal(m)) for m in merken),
        maat.as_,
        tuple(lijnen),
        _namen(lijnen, fijn, hoogte),
        _noot(lijnen),
    )


def _stand(p10: float, p90: float, streep: float | None) -> str:
    if streep is None:
        return "plaats"
    return "boven" if p10 > streep else "onder" if p90 < streep else "rond"


def _namen(lijnen: Sequence[Lijn], fijn: bool, hoogte: float) -> tuple[tuple[float, str], ...]:
    if not fijn:
        return tuple((lijn.y + 4, lijn.naam) for lijn in lijnen)
    eerste = [(16.0 + 15 * i, lijn.naam) for i, lijn in enumerate(lijnen[:UITERSTEN])]
    laatste = [(hoogte - 15 * (UITERSTEN - 1 - i), lijn.naam) for i, lijn in enumerate(lijnen[-UITERSTEN:])]
    midden = (hoogte / 2, f"… {getal(len(lijnen) - 2 * UITERSTEN)} andere")
    return (*eerste, midden, *laatste)


def _noot(lijnen: Sequence[Lijn]) -> str:
    buiten = sum(lijn.links_uit or lijn.rechts_uit for lijn in lijnen)
    if not buiten:
        return ""
    wie = hoeveel(buiten, "aanpak loopt", "aanpakken lopen")
    return f"{wie} door buiten de figuur (pijl aan de rand)."


def _plaatsmerken(aantal: int) -> list[float]:
    """1 and round places, at most twelve; the last mark stands apart from the end."""
    stap = next(m * 10**k for k in range(9) for m in (1, 2, 5) if m * 10**k >= (aantal - 1) / 11)
    return [1.0, *(float(n) for n in range(stap, aantal + 1, stap) if n > 1 + stap / 2)]


def teken(rups: Rups) -> svg.Stuk:
    """The drawing as SVG; each line leads to its report where there is one."""
    x, hoog = rups.streep, rups.hoog
    evenwicht = [] if x is None else [svg.element("line", x1=x, x2=x, y1=0, y2=hoog, class_="evenwicht")]
    return svg.groep(
        rups.breed + 12,
        hoog + 42,
        f"{rups.titel}, {getal(len(rups.lijnen))} aanpakken",
        svg.streepjes(rups.streepjes, 2, hoog),
        svg.tekst(rups.breed - 16, hoog + 36, rups.as_, text_anchor="end"),
        *evenwicht,
        *(_naam(rups, y, naam) for y, naam in rups.namen),
        *(_teken_lijn(rups, lijn) for lijn in rups.lijnen),
        class_="puntenplot rups fijn" if rups.fijn else "puntenplot rups",
    )


def _naam(rups: Rups, y: float, naam: str) -> svg.Stuk:
    return svg.tekst(rups.links - 12, y, naam, text_anchor="end", aria_hidden="true")


def _teken_lijn(rups: Rups, lijn: Lijn) -> svg.Stuk:
    y, m = lijn.y, 1.3 if rups.fijn else 4.0
    delen = [svg.element("rect", x=0, y=y - rups.stap / 2, width=rups.breed, height=rups.stap)]
    if lijn.licht:
        delen.append(svg.pad("M", lijn.licht[0], y, "H", lijn.licht[1], class_="licht"))
    delen.append(svg.pad("M", lijn.van, y, "H", lijn.tot))
    if lijn.stip is not None:
        delen.append(svg.element("circle", cx=lijn.stip, cy=y, r=1.2 if rups.fijn else 5))
    if lijn.ruit is not None:
        delen.append(svg.pad("M", lijn.ruit - m, y, "l", m, -m, m, m, -m, m, "z", class_="ruit"))
    for uit, punt, kant in ((lijn.links_uit, rups.links - 1, 2 * m), (lijn.rechts_uit, rups.breed - 15, -2 * m)):
        if uit:
            delen.append(svg.pad("M", punt, y, "l", kant, -1.2 * m, "v", 2.4 * m, "z", class_="pijl"))
    if rups.fijn:
        delen.append(_naam(rups, y + 4, lijn.naam))
    adres = f"{quote(lijn.slug)}.html" if lijn.slug else None
    return svg.koppeling(adres, lijn.tekst, *delen, met_toetsen=not rups.fijn, class_=lijn.stand)
