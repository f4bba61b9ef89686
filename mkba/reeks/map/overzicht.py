"""The overview of a folder of reports: ``index.html`` for people, ``overzicht.csv`` for programs.

Both are made from the manifests in the folder, so they also show the reports of earlier runs.
"""

import csv
import math
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from mkba.kern.bestand import csvtabel
from mkba.kern.bestand.hashes import hash_bestand
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.woorden.begrippen import SLEUTELS, naam
from mkba.kern.zaak.huisstijl import KLEUREN, Huisstijl
from mkba.reeks.map import puntenplot, rupsplot
from mkba.reeks.map.puntenplot import MATEN, PER_HUISHOUDEN, maak_plot, saldo_per_huishouden
from mkba.reeks.pagina.sjablonen import pagina
from mkba.reeks.plan.formaten import FORMATEN, VANZELF
from mkba.reeks.plan.taak import Manifest, lees_manifest

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
    "in_opdracht",
)
_LANG: Final = 25
"""With more reports than this the table scrolls under its head, and warnings are folded up."""


def schrijf_overzicht(
    naar: Path,
    in_opdracht: Collection[str] | None = None,
    weggelaten: Sequence[str] = (),
    huisstijl: Huisstijl | None = None,
) -> Path:
    """Write overview and table for the reports in ``naar``; returns the page. Raises OSError.

    ``in_opdracht``: slugs of what the command is about; reports of earlier commands then stand apart.
    ``weggelaten``: what the command was asked for and left out, with why; ``huisstijl``: of who hands it over.
    """
    manifesten = lees_manifesten(naar)
    schrijf_veilig(naar / "overzicht.csv", als_csv(manifesten, in_opdracht))
    leden = [*chain.from_iterable(lees_cohort(naar, m) for m in _cohorten(manifesten, in_opdracht))]
    html = als_pagina(manifesten, in_opdracht=in_opdracht, leden=leden, weggelaten=weggelaten, huisstijl=huisstijl)
    schrijf_veilig(naar / "index.html", html)
    return naar / "index.html"


def lees_manifesten(naar: Path) -> list[Manifest]:
    """All manifests of the folder that can be read, by name; the slug is that of the file."""
    uit = []
    for pad in (naar / "manifesten").glob("*.json"):
        manifest = lees_manifest(pad)
        if manifest is not None and re.fullmatch(r"[A-Za-z0-9_-]+", pad.stem):
            uit.append(manifest.model_copy(update={"slug": pad.stem}))
    return sorted(uit, key=lambda m: (_natuurlijk(m.naam), m.slug))


def lees_cohort(naar: Path, cohort: Manifest) -> list[rupsplot.Lid]:
    """The aanpakken of a cohort from its file; none when that is not what its manifest vouches for."""
    plek = VANZELF["cohort"].plek(cohort.slug)
    try:
        inhoud = (naar / plek).read_bytes()
        return rupsplot.lees(inhoud) if hash_bestand(inhoud) == cohort.bestanden.get(plek) else []
    except (OSError, ValueError, KeyError, csv.Error):
        return []


def _cohorten(manifesten: Sequence[Manifest], in_opdracht: Collection[str] | None) -> list[Manifest]:
    """The cohort to draw: one at most, that of the command; of an earlier command only the link is of use."""
    gelukt = [m for m in manifesten if m.soort == "cohort" and m.status == "gelukt"]
    return [m for m in gelukt if in_opdracht is None or m.slug in in_opdracht][:1]


def _te_tekenen(leden: Sequence[rupsplot.Lid], rapporten: Sequence[Manifest]) -> list[rupsplot.Lid]:
    """The cohort, each aanpak with the report that is here; nothing when a report says another saldo: it is newer."""
    per_slug = {m.slug: m for m in rapporten}
    uit = []
    for lid in leden:
        m = per_slug.get(lid.slug)
        uit.append(lid if m is not None else replace(lid, slug=""))
        saldo, punt = saldo_per_huishouden(m) if m is not None else None, lid.getallen["saldo_per_huishouden_punt"]
        if saldo is not None and not math.isclose(saldo, punt, rel_tol=1e-6, abs_tol=1e-6):
            return []
    return uit


def _natuurlijk(tekst: str) -> list[tuple[int, int, str]]:
    """Wijk 2 before wijk 10."""
    delen = re.split(r"(\d+)", tekst.casefold())
    return [(0, int(d), "") if d.isdecimal() and d.isascii() else (1, 0, d) for d in delen]


def _eerdere(manifesten: Sequence[Manifest], in_opdracht: Collection[str] | None) -> list[Manifest]:
    """Reports of an aanpak that the command no longer names. A command about notebooks only says nothing of them."""
    rapporten = [m for m in manifesten if m.soort == "rapport"]
    if in_opdracht is None or not any(m.slug in in_opdracht for m in rapporten):
        return []
    return [m for m in rapporten if m.slug not in in_opdracht]


def als_csv(manifesten: Sequence[Manifest], in_opdracht: Collection[str] | None = None) -> str:
    """One line per report, for a Dutch spreadsheet, numbers unrounded (see :mod:`mkba.kern.bestand.csvtabel`)."""
    eerdere = {m.slug for m in _eerdere(manifesten, in_opdracht)}
    rijen = []
    for m in manifesten:
        waarden = m.model_dump(mode="json") | {
            "afwijkingen": "; ".join(f"{k}={repr(v).replace('.', ',')}" for k, v in m.afwijkingen.items()),
            "waarschuwingen": len(m.waarschuwingen),
            "in_opdracht": "nee" if m.slug in eerdere else "ja",
        }
        waarden |= {sleutel: m.kerncijfers.get(sleutel) for sleutel in SLEUTELS}
        rijen.append([waarden[kolom] for kolom in _KOLOMMEN])
    return csvtabel.als_csv(_KOLOMMEN, rijen)


def als_pagina(
    manifesten: Sequence[Manifest],
    nu: datetime | None = None,
    in_opdracht: Collection[str] | None = None,
    leden: Sequence[rupsplot.Lid] = (),
    weggelaten: Sequence[str] = (),
    alleen_formaten: Sequence[str] | None = None,
    huisstijl: Huisstijl | None = None,
) -> str:
    """The overview page: every report with its key figures, and plots of the ratio and of the saldo per household.

    A cohort, the page over all aanpakken, stands first, and its ``leden`` are drawn; reports that the command no
    longer names stand last. ``alleen_formaten``: for a copy that travels alone, which formats travel with it; it then
    links to no notebook and no table.
    """
    eerdere = _eerdere(manifesten, in_opdracht)
    rapporten = [m for m in manifesten if m.soort == "rapport" and m not in eerdere]
    cohorten = [m for m in manifesten if m.soort == "cohort"]
    gemeenten = [m for m in manifesten if m.soort == "gemeente"]
    notebooks = [m for m in manifesten if m.soort == "notebook"]
    gelukt = [m for m in rapporten if m.status == "gelukt"]
    rupsen = rupsplot.maak_rupsen(_te_tekenen(leden, rapporten))
    # the saldo per household has been drawn then, with its interval
    maten = [maat for maat in MATEN if not rupsen or maat.sleutel != PER_HUISHOUDEN]
    return pagina(
        "overzicht.html.j2",
        script="overzicht.js",
        rapporten=rapporten,
        eerdere=eerdere,
        notebooks=notebooks,
        cohorten=cohorten,
        gemeenten=gemeenten,
        mislukt=[m for m in manifesten if m.status == "mislukt" and m not in eerdere],
        gereed=len(gelukt),
        # what a report of the same area already says is not said again; what a published count gives away always is
        gewaarschuwd=[
            m
            for m in [
                *(rapporten or gemeenten or cohorten),
                *(n for n in notebooks if n.telling or not (rapporten or gemeenten or cohorten)),
            ]
            if m.waarschuwingen
        ],
        weggelaten=weggelaten,
        kengetallensets=sorted({m.kengetallen for m in rapporten if m.kengetallen}),
        bedragen=BEDRAGEN,
        ratios=RATIOS,
        tekens=TEKENS,
        woorden=WOORDEN,
        naam=naam,
        bestanden=partial(_bestanden, alleen=alleen_formaten),
        alleen=alleen_formaten is not None,
        lang=len(rapporten) > _LANG,
        plots=[plot for maat in maten if (plot := maak_plot(gelukt, maat))],
        rupsen=rupsen,
        teken_plot=puntenplot.teken,
        teken_rups=rupsplot.teken,
        huisstijl=huisstijl or Huisstijl(),
        standaardkleur=KLEUREN["hoofd"],
        gemaakt=nu or datetime.now().astimezone(),
    )


def _bestanden(m: Manifest, alleen: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """(path, words) of the other formats of a report; of several files the folder."""
    uit = []
    for formaat in m.formaten:
        if formaat not in FORMATEN or (alleen is not None and formaat not in alleen):
            continue
        plek = FORMATEN[formaat].plek(m.slug)
        eigen = sorted(pad for pad in m.bestanden if pad == plek or pad.startswith(f"{plek}/"))
        if len(eigen) == 1:
            uit.append((eigen[0], formaat))
        elif eigen:
            uit.append((f"{plek}/", formaat))
    return uit
