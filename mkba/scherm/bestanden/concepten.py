"""What stands on the screen as a file, to go on with: drafts that are kept by themselves in the folder of the screen.

A draft need not be right, so its texts are kept as they were typed. Each screen writes one file of its own, under a
name that nobody typed; a file of another screen is read and never written. No widgets here.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from mkba.kern.bestand.bestanden import lees_bytes, ruwe_bytes, weiger
from mkba.kern.bestand.schrijven import schrijf_in
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import inkorten
from mkba.kern.tekst.schrift import MAXIMUM_TEKST
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.meetherkomst import TABEL as METING
from mkba.kern.zaak.meetherkomst import lees_meetherkomst
from mkba.scherm.beeld import bekijk
from mkba.scherm.concept import Concept
from mkba.scherm.invoerscherm import MAXIMUM_ALTERNATIEVEN, Invoerscherm

MAP: Final = "concepten"
"""Below the folder of the screen; `mkba rapport` of that folder does not look in it."""
VERSIE: Final = 1
MAXIMUM_BYTES: Final = 1_000_000
HOOGSTENS: Final = 20
"""Drafts in the list to choose from, the newest. A choice."""
_NAAM: Final = re.compile(r"concept-[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
_REMEDIE: Final = "Kies een ander concept, of begin met een bewaarde aanpak."


@dataclass(frozen=True)
class Stand:
    """Where somebody was: the draft, what it began with, the alternatives by name, what is compared with, the tabs."""

    concept: Concept
    begin: Concept | None = None
    vergelijking: Concept | None = None
    alternatieven: Mapping[str, Concept] = field(default_factory=dict)
    tabblad: int = 0
    uitvoer: int = 0


def nieuwe_naam(nu: datetime) -> str:
    """The name of the draft of a screen that opened now; no two screens have the same."""
    return f"concept-{nu:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


def stand_van(scherm: Invoerscherm, tabblad: int, uitvoer: int) -> Stand:
    """What is on the screen now."""
    return Stand(
        scherm.concept,
        Concept.uit(scherm.begin) if scherm.begin is not None else None,
        Concept.uit(scherm.vergelijking.aanpak) if scherm.vergelijking is not None else None,
        {a.naam: Concept.uit(a.bron) for a in scherm.alternatieven},
        tabblad,
        uitvoer,
    )


def bewaar(map_: Path, naam: str, stand: Stand, kengetallen: Kengetallen) -> Path:
    """Write a draft, whole or not at all. Raises OSError."""
    gegevens = {
        "mkba_concept": VERSIE,
        "regelset": kengetallen.naam,
        "vingerafdruk": kengetallen.vingerafdruk,
        "nu": _plat(stand.concept),
        "begin": _plat(stand.begin) if stand.begin is not None else None,
        "vergelijking": _plat(stand.vergelijking) if stand.vergelijking is not None else None,
        "alternatieven": {n: _plat(c) for n, c in stand.alternatieven.items()},
        "tabblad": stand.tabblad,
        "uitvoer": stand.uitvoer,
    }
    plek = f"{MAP}/{naam}.json"
    schrijf_in(map_, plek, json.dumps(gegevens, ensure_ascii=False, indent=1))
    return map_ / plek


def namen(map_: Path) -> tuple[str, ...]:
    """The drafts in this folder, the newest first."""
    try:
        gevonden = [(p.stat().st_mtime_ns, p.stem) for p in (map_ / MAP).glob("concept-*.json")]
    except OSError:
        return ()
    return tuple(naam for _, naam in sorted(gevonden, reverse=True) if _NAAM.fullmatch(naam))[:HOOGSTENS]


def overzicht(map_: Path) -> list[tuple[str, str]]:
    """The drafts in this folder as (when and of which aanpak, name), the newest first, without what cannot be read."""
    uit = []
    for naam in namen(map_):
        pad = map_ / MAP / f"{naam}.json"
        try:
            aanpak = str(json.loads(ruwe_bytes(pad, MAXIMUM_BYTES))["nu"]["teksten"].get("naam", "zonder naam"))
            wanneer = datetime.fromtimestamp(pad.stat().st_mtime)
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            continue
        uit.append((f"{wanneer:%d-%m-%Y %H:%M:%S} {inkorten(aanpak)}", naam))
    return uit


def zelfde_inhoud(een: Stand, ander: Stand) -> bool:
    """Whether two differ in nothing but the tabs that are in view."""
    return replace(een, tabblad=0, uitvoer=0) == replace(ander, tabblad=0, uitvoer=0)


def lees(map_: Path, naam: str) -> Stand:
    """A draft of this folder, every text read as if it was typed. Raises InvoerFout."""
    pad = map_ / MAP / f"{naam}.json"
    if not _NAAM.fullmatch(naam):  # it comes from the page: never a path
        weiger(Path("concept"), "dit is geen naam van een concept.", _REMEDIE)
    try:
        g = json.loads(lees_bytes(pad, MAXIMUM_BYTES))
        if not isinstance(g, dict) or g.get("mkba_concept") != VERSIE:
            raise ValueError
        alternatieven = g["alternatieven"]
        if len(alternatieven) > MAXIMUM_ALTERNATIEVEN:
            raise ValueError
        return Stand(
            _concept(g["nu"]),
            _concept(g["begin"]) if g["begin"] is not None else None,
            _concept(g["vergelijking"]) if g["vergelijking"] is not None else None,
            {_tekst(n): _concept(c) for n, c in alternatieven.items()},
            _nummer(g["tabblad"]),
            _nummer(g["uitvoer"]),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        weiger(pad, "dit bestand is geen concept van deze versie van mkba, of het is beschadigd.", _REMEDIE)


def hervat(scherm: Invoerscherm, stand: Stand) -> tuple[str, ...]:
    """Put a draft on the screen. Returns the names of the alternatives that cannot be calculated any more, left out."""
    aanpakken = {naam: _aanpak(scherm, c) for naam, c in stand.alternatieven.items()}
    goed = {naam: a for naam, a in aanpakken.items() if a is not None}
    begin, naast = (_aanpak(scherm, c) if c is not None else None for c in (stand.begin, stand.vergelijking))
    scherm.hervat(stand.concept, begin, naast, goed)
    return tuple(naam for naam in aanpakken if naam not in goed)


def _aanpak(scherm: Invoerscherm, concept: Concept) -> Aanpak | None:
    return bekijk(concept, scherm.kengetallen).aanpak


def _plat(concept: Concept) -> dict[str, Any]:
    disciplines = concept.waarden.get("disciplines")
    teksten = {s: t for s, t in concept.teksten.items() if s != "disciplines"}
    uit: dict[str, Any] = {"teksten": teksten, "disciplines": None if disciplines is None else list(disciplines)}
    if concept.meetherkomst:
        uit[METING] = {r.sleutel: r.als_tabel() for r in concept.meetherkomst}
    return uit


def _concept(gegevens: Any) -> Concept:
    """Raises ValueError, TypeError and LookupError for what no screen writes."""
    records, meldingen = lees_meetherkomst(gegevens.get(METING, {}))
    if meldingen:
        raise ValueError(METING)
    uit = Concept(meetherkomst=records)  # before the texts: of what was measured they say no more than is printed
    for sleutel, tekst in gegevens["teksten"].items():
        if sleutel not in ALLE_VELDEN or sleutel == "disciplines":
            raise ValueError(sleutel)
        uit = uit.zet(sleutel, _tekst(tekst))
    disciplines = gegevens["disciplines"]
    if disciplines is not None:
        uit = uit.kies("disciplines", tuple(_tekst(d) for d in disciplines))
    return replace(uit, lezingen=Concept().lezingen)  # nobody typed these now


def _tekst(tekst: Any) -> str:
    if not isinstance(tekst, str) or len(tekst) > MAXIMUM_TEKST:
        raise ValueError
    return tekst


def _nummer(getal: Any) -> int:
    if not isinstance(getal, int) or isinstance(getal, bool) or not 0 <= getal < 100:
        raise ValueError
    return getal
