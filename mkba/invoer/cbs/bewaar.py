"""Keep answers of CBS on disk, so that the second time works without network.

One small file per table, edition and area, and one with the list of areas of the table: any selection of
codes that was fetched before is complete, whatever the combination. Files appear whole or not at all.
"""

import json
import os
import re
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from mkba.invoer.cbs.kolommen import Keuze, Kolom
from mkba.kern.bestand.schrijven import schrijf_veilig

VERSIE: Final = 1
"""Files of another version are fetched again."""
_REGIOS: Final = "gebieden.json"


@dataclass(frozen=True, slots=True)
class Bewaard:
    """One row as CBS gave it, with what is needed to read it and to say where it comes from."""

    code: str
    naam: str
    tabel: str
    jaar: int
    gewijzigd: str
    """Date of the edition of the table ("Modified" in TableInfos)."""
    opgehaald: str
    """Moment of the download, ISO 8601."""
    rij: Mapping[str, object]
    keuze: Keuze


def standaardmap() -> Path:
    """The folder for caches of this user: XDG_CACHE_HOME, LOCALAPPDATA, ~/Library/Caches or ~/.cache."""
    basis = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if basis and Path(basis).is_absolute():
        return Path(basis) / "mkba"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "mkba"
    return Path.home() / ".cache" / "mkba"


def map_van(bewaarmap: Path | None, host: str, tabel: str) -> Path:
    """Folder of one table of one service, so that a mirror or a test never passes for CBS."""
    return (bewaarmap or standaardmap()) / "cbs" / re.sub(r"[^A-Za-z0-9.-]", "_", host) / tabel


def lees(map_: Path, codes: Sequence[str]) -> dict[str, Bewaard]:
    """What was kept of these areas, of one edition: the newest that has them all, else the newest.

    A damaged or older file counts as absent.
    """
    try:
        edities = sorted((m for m in map_.iterdir() if m.is_dir()), key=lambda m: m.name, reverse=True)
    except OSError:
        return {}
    per_editie = [_lees_editie(editie, codes) for editie in edities]
    volledig = [rijen for rijen in per_editie if len(rijen) == len(codes)]
    return next(iter([*volledig, *per_editie]), {})


def schrijf(map_: Path, rijen: Iterable[Bewaard]) -> None:
    """Keep rows, each file whole or not at all. A folder that cannot be written gives a warning, no error."""
    _schrijf_alles(map_, {f"{_editie(b)}/{b.code}.json": {"versie": VERSIE, **asdict(b)} for b in rijen})


def lees_namen(map_: Path) -> dict[str, str]:
    """Codes and names of all areas of a table as kept, or nothing."""
    inhoud = _lees_json(map_ / _REGIOS)
    namen = inhoud.get("namen")
    if inhoud.get("versie") != VERSIE or not isinstance(namen, dict):
        return {}
    return {str(c): str(n) for c, n in namen.items()}


def schrijf_namen(map_: Path, namen: Mapping[str, str]) -> None:
    """Keep codes and names of all areas of a table."""
    _schrijf_alles(map_, {_REGIOS: {"versie": VERSIE, "namen": dict(namen)}})


def _editie(bewaard: Bewaard) -> str:
    """Folder of an edition: its date, which sorts by age."""
    return re.sub(r"[^0-9T-]", "-", bewaard.gewijzigd) or "onbekend"


def _lees_editie(map_: Path, codes: Iterable[str]) -> dict[str, Bewaard]:
    uit: dict[str, Bewaard] = {}
    for code in codes:
        inhoud = _lees_json(map_ / f"{code}.json")
        # not only a broken file: also one that lacks a field or holds something of another shape
        with suppress(KeyError, TypeError, AttributeError, ValueError):
            bewaard = _uit_json(inhoud)
            if bewaard.code == code:
                uit[code] = bewaard
    return uit


def _uit_json(inhoud: Mapping[str, Any]) -> Bewaard:
    if inhoud["versie"] != VERSIE or not isinstance(inhoud["rij"], dict):
        raise ValueError("another version")
    keuze = {str(veld): tuple(Kolom(**k) for k in kolommen) for veld, kolommen in inhoud["keuze"].items()}
    teksten = {s: str(inhoud[s]) for s in ("code", "naam", "tabel", "gewijzigd", "opgehaald")}
    return Bewaard(**teksten, jaar=int(inhoud["jaar"]), rij=inhoud["rij"], keuze=keuze)


def _lees_json(pad: Path) -> dict[str, Any]:
    try:
        inhoud = json.loads(pad.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return inhoud if isinstance(inhoud, dict) else {}


def _schrijf_alles(map_: Path, bestanden: Mapping[str, object]) -> None:
    try:
        for naam, inhoud in bestanden.items():
            schrijf_veilig(map_ / naam, json.dumps(inhoud, ensure_ascii=False, indent=1))
    except OSError as fout:
        reden = fout.strerror or type(fout).__name__
        warnings.warn(f"De bewaarmap {map_} is niet te schrijven ({reden}): niets bewaard.", stacklevel=3)
