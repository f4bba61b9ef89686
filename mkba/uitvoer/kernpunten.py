"""What a report is about in a few values: planned before it is made, given by its notebook, held against each other.

A notebook of the kit gives them with the line under its title, to who asks (:mod:`mkba.uitvoer.extra`). A page that
says something else than what was planned is not accepted; the page carries the fingerprint of what it says.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from mkba.kern.bestand.hashes import hash_waarden
from mkba.kern.woorden.begrippen import SLEUTELS, naam
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.gebied import Gebied
from mkba.uitvoer import extra

_MERK: Final = re.compile(rb'<meta name="mkba-kern" content="([a-z, ]*):([0-9a-f]{12})">')
_PRECISIE: Final = 1e-9
"""Relative difference of two calculations of the same number, on processors that differ."""
_NAMEN: Final = {
    "invoer": "de invoer",
    "kerncijfers": "de kerncijfers",
    "gebieden": "de statistiek",
    "huishoudens": "het aantal huishoudens",
}


class AndereCijfers(Exception):
    """The page says something else than was planned."""


def invoerhash(aanpak: Aanpak) -> str:
    """sha256 over the answers, which of them were given or taken from a kengetal, and where they were measured."""
    delen: list[object] = [aanpak.alles(), sorted(aanpak.opgegeven), sorted(aanpak.uit_kengetal)]
    gemeten = {s: r.als_tabel() for s, r in aanpak.gemeten_in.items()}
    return hash_waarden([*delen, gemeten] if gemeten else delen)


def reekshash(aanpakken: Sequence[Aanpak]) -> str:
    """sha256 over the answers of aanpakken, in this order."""
    return hash_waarden([aanpak.alles() for aanpak in aanpakken])


def gebiedenhash(gebieden: Sequence[Gebied]) -> str:
    """sha256 over the statistics of areas."""
    return hash_waarden([gebied.cijfers() for gebied in gebieden])


def kerncijfers(sleutels: Mapping[str, float]) -> dict[str, float | None]:
    """The public key figures, None where a ratio does not exist: NaN is not JSON."""
    return {k: w if w == w else None for k, w in sleutels.items()}


def gegeven(notebook: Any) -> dict[str, Any]:
    """What an executed notebook gives of it; empty when it gives nothing."""
    uit: dict[str, Any] = {}
    for cel in notebook["cells"]:
        for uitvoer in cel.get("outputs", []):
            data = uitvoer.get("data", {})
            uit |= data.get(extra.KERN, {}) | data.get(extra.COHORT, {}).get("kern", {})
    return uit


def controleer(gepland: Mapping[str, Any], getoond: Mapping[str, Any]) -> None:
    """Raises AndereCijfers when what a page shows is not what was planned; what either does not name is left out."""
    anders = [k for k in getoond if k in gepland and not _gelijk(gepland[k], getoond[k])]
    if not anders:
        return
    voorbeelden = [
        f"{naam(k)} {getoond['kerncijfers'].get(k)} in plaats van {w}"
        for k, w in gepland.get("kerncijfers", {}).items()
        if k in SLEUTELS and "kerncijfers" in anders and not _gelijk(w, getoond["kerncijfers"].get(k))
    ][:2]
    erbij = f" ({'; '.join(voorbeelden)})" if voorbeelden else ""
    raise AndereCijfers(
        f"de pagina toont iets anders dan is gelezen en doorgerekend voor dit rapport: {_opsomming(anders)} "
        f"verschillen{erbij}. Zij is niet bewaard. Is de invoer intussen gewijzigd, geef de opdracht dan opnieuw; "
        "rekent een eigen notebook met andere antwoorden, zet die dan in de invoer."
    )


def _opsomming(namen: Sequence[str]) -> str:
    return " en ".join(_NAMEN.get(n, n) for n in namen)


def _gelijk(a: Any, b: Any) -> bool:
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return a.keys() == b.keys() and all(_gelijk(a[k], b[k]) for k in a)
    if isinstance(a, int | float) and isinstance(b, int | float):
        return math.isclose(a, b, rel_tol=_PRECISIE, abs_tol=_PRECISIE)
    return bool(a == b)


def merk(gepland: Mapping[str, Any], getoond: Mapping[str, Any]) -> str:
    """The fingerprint that a page carries: names of what its notebook gave, and a hash over the values planned."""
    namen = sorted(getoond.keys() & gepland.keys())
    return f"{','.join(namen)}:{hash_waarden({k: gepland[k] for k in namen})[:12]}" if namen else ""


def past(gepland: Mapping[str, Any], html: bytes) -> bool:
    """Whether a page is one of this plan, as far as it says."""
    gevonden = _MERK.search(html)
    if gevonden is None or not gepland:
        return True
    namen = gevonden[1].decode().split(",")
    return merk(gepland, dict.fromkeys(namen)).encode() == gevonden[1] + b":" + gevonden[2]
