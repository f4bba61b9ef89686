"""All areas of a level on one page, and as csv: ``gebieden.html`` and ``gebieden.csv``."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from mkba.analyse.doelgroepen import kerncijfers
from mkba.analyse.doelgroepen.ranglijst import Ranglijst, plaats
from mkba.invoer.cbs import landelijk
from mkba.invoer.cbs.grenzen import Grenzen
from mkba.invoer.cbs.stapeling import Stapeling
from mkba.invoer.cbs.wlz import Wlzinstroom
from mkba.kern.bestand import csvtabel
from mkba.kern.bestand.schrijven import schrijf_in
from mkba.kern.catalogus.bevindingen import laad_bevindingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.gebied import Gebied
from mkba.reeks.pagina.sjablonen import pagina
from mkba.uitvoer.doelgroepen import zinnen
from mkba.uitvoer.doelgroepen.kaart import KAARTEN, Kaartmaat, kaart
from mkba.uitvoer.figuur import als_svg

PAGINA: Final = "gebieden.html"
TABEL: Final = "gebieden.csv"
KOLOMMEN: Final = ("code", "naam", "huishoudens", "aandeel_meervoudig", "laag", "hoog", "rang")


OOK_GENOEMD: Final = {"GM0518": "Den Haag", "GM0796": "Den Bosch"}
"""The daily names of gemeenten that CBS lists under their formal one."""
WLZ: Final = "cbs-wmo-wlz"
"""The finding that says what part of the Wmo clients goes on to the Wlz in a year."""
VERST: Final = 8
"""Areas whose places differ most that the page names."""


@dataclass(frozen=True)
class Rij:
    """An area as the page shows it; fractions, euros per household per year."""

    gebied: Gebied
    rang: int
    rang_laag: int
    rang_hoog: int
    huishoudens: int
    aandeel: float
    laag: float
    hoog: float
    kosten: float
    saldo: float
    eigen: float
    niet_bekend: str
    klein: bool
    vergeleken: bool
    """Whether any indicator says something of it; else its place means nothing, and is not shown."""

    @property
    def ook_genoemd(self) -> str:
        """What else people search it by; empty for most."""
        return OOK_GENOEMD.get(self.gebied.code, "")


def rijen(lijst: Ranglijst) -> tuple[Rij, ...]:
    """A row per area, the highest share first."""
    analyse = lijst.analyse
    mist = [{x for per_type in gebied.values() for x in per_type} for gebied in analyse.ontbreekt]
    overal = set.intersection(*mist)  # the page says once what no area has
    alle = [
        Rij(
            gebied=gebied,
            rang=int(lijst.rang[i]),
            rang_laag=int(lijst.rangband[i, 0]),
            rang_hoog=int(lijst.rangband[i, 1]),
            huishoudens=round(float(analyse.aantallen[i].sum())),
            aandeel=float(lijst.aandeel[i]),
            laag=float(lijst.band[i, 0]),
            hoog=float(lijst.band[i, 1]),
            kosten=float(lijst.kosten[i]),
            saldo=float(lijst.saldo[i]),
            eigen=float(analyse.eigen[i]),
            niet_bekend=", ".join(sorted(mist[i] - overal)),
            klein=float(gebied.huishoudens or 0) < kerncijfers.WEINIG,
            vergeleken=any(analyse.gebruikt[i].values()),
        )
        for i, gebied in enumerate(analyse.gebieden)
    ]
    return tuple(sorted(alle, key=lambda rij: (rij.rang, rij.gebied.code)))


def als_csv(alle: Sequence[Rij]) -> str:
    """Of each area its share and place, for a Dutch spreadsheet: fractions with a decimal comma, unrounded.

    The place of an area of which nothing was compared is empty.
    """
    return csvtabel.als_csv(
        KOLOMMEN,
        [
            [r.gebied.code, r.gebied.naam, r.huishoudens, r.aandeel, r.laag, r.hoog, r.rang if r.vergeleken else None]
            for r in alle
        ],
    )


def kaarten(alle: Sequence[Rij], grenzen: Grenzen) -> list[tuple[Kaartmaat, str]]:
    """A map per measure, as SVG; what is too small to publish is hatched."""
    uit = []
    for maat in KAARTEN:
        waarden = {r.gebied.code: math.nan if r.klein else float(getattr(r, maat.sleutel)) for r in alle}
        uit.append((maat, als_svg(kaart(grenzen.ringen, waarden, maat, grenzen.graden))))
    return uit


@dataclass(frozen=True)
class Ernaast:
    """A second road beside the first: share and place by provisions, per code, and where the places differ most."""

    stapeling: Stapeling
    rang: dict[str, int]
    verschillen: tuple[tuple[str, int, int], ...]
    """Name, place by kerncijfers and by provisions, among the areas that have both."""
    correlatie: float


def naast_elkaar(alle: Sequence[Rij], stapeling: Stapeling) -> Ernaast:
    """Places among the areas that both roads have; of one area there is no correlation (NaN)."""
    beide = [r for r in alle if r.gebied.code in stapeling.aandelen]
    een = plaats(np.array([r.aandeel for r in beide], dtype=np.float64))
    ander = plaats(np.array([stapeling.aandelen[r.gebied.code] for r in beide], dtype=np.float64))
    ver = sorted(zip(beide, een, ander, strict=True), key=lambda t: (-abs(int(t[1]) - int(t[2])), t[0].gebied.code))
    anders = len(set(een)) > 1 and len(set(ander)) > 1
    return Ernaast(
        stapeling,
        {r.gebied.code: int(p) for r, p in zip(beide, ander, strict=True)},
        tuple((r.gebied.naam, int(a), int(b)) for r, a, b in ver[:VERST] if a != b),
        float(np.corrcoef(een, ander)[0, 1]) if anders else math.nan,
    )


def als_pagina(
    lijst: Ranglijst,
    alle: Sequence[Rij],
    kengetallen: Kengetallen,
    grenzen: Grenzen | None = None,
    stapelingen: Sequence[Stapeling] = (),
    wlz: Wlzinstroom | None = None,
) -> str:
    """The page: what it stands on, the maps, and the table. ``alle``: its :func:`rijen`."""
    analyse = lijst.analyse
    totaal = analyse.totaal
    soorten = sorted({g.soort for g in analyse.gebieden})
    return pagina(
        "gebieden.html.j2",
        script="overzicht.js",
        rijen=alle,
        ernaast=[naast_elkaar(alle, stapeling) for stapeling in stapelingen],
        wlz=wlz,
        landelijk_wlz=laad_bevindingen()[WLZ] if wlz is not None else None,
        kaarten=kaarten(alle, grenzen) if grenzen is not None else [],
        grenzen=grenzen,
        zonder_grens=[]
        if grenzen is None
        else [r.gebied.naam for r in alle if r.gebied.code not in {*grenzen.ringen, *grenzen.ver}],
        ver_weg=[] if grenzen is None else [r.gebied.naam for r in alle if r.gebied.code in grenzen.ver],
        soort=soorten[0] if len(soorten) == 1 else "gebied",
        meervoud={"gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}.get(
            soorten[0] if len(soorten) == 1 else "", "gebieden"
        ),
        bronnen=zinnen.bronnen(analyse),
        land=analyse.nederland.bron,
        landelijk=[zinnen.regel(m) for m in landelijk.meldingen(analyse.nederland)],
        ev=float(totaal[:, 0].sum() / totaal.sum()),
        landelijk_ev=kengetallen["doelgroep.landelijk_ev"],
        band=analyse.mv_band_totaal[0],
        ontbrekend=zinnen.ontbrekend(analyse),
        zegt_iets=bool(zinnen.gebruikt(analyse)),
        opvallend=zinnen.opvallend(analyse),
        weggelaten=zinnen.weggelaten(analyse),
        weinig=kerncijfers.WEINIG,
    )


def schrijf(
    lijst: Ranglijst,
    naar: Path,
    kengetallen: Kengetallen,
    grenzen: Grenzen | None = None,
    stapelingen: Sequence[Stapeling] = (),
    wlz: Wlzinstroom | None = None,
) -> Path:
    """Write page and table in ``naar``; returns the page. Raises OSError."""
    alle = rijen(lijst)
    # both exist before either is written
    html, csv = als_pagina(lijst, alle, kengetallen, grenzen, stapelingen, wlz), als_csv(alle)
    schrijf_in(naar, TABEL, csv)
    schrijf_in(naar, PAGINA, html)
    return naar / PAGINA
