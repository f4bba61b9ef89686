"""Filled forms of a sample for the tests: a caseload, a draw, and answers by chance of a typical team."""

from typing import Any, Final

import numpy as np

from mkba.analyse.effectmeting.steekproef.trekking import trek_steekproef
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.invoer.meetbron import Formulier
from mkba.invoer.steekproef import JA_NEE, Formulierrij, Huishouden
from mkba.kern.catalogus.kengetallen import Kengetallen

KANSEN: Final = {
    "nieuw": 0.3,
    **dict(zip((v for v in JA_NEE if v.startswith("succes.")), np.linspace(0.1, 0.4, 8).tolist(), strict=True)),
    "escalatie": 0.15,
    "terugval": 0.2,
}
"""A typical filled sample: of which part of the households yes."""


def caseload(generalisten: int = 7, van: int = 30, tot: int = 60, zaad: int = 0) -> list[Huishouden]:
    kans = np.random.default_rng(zaad)
    return [
        Huishouden(f"h{g}x{i}", ("gezin", "oudere", "overig")[i % 3], f"g{g}", "Noord")
        for g in range(generalisten)
        for i in range(int(kans.integers(van, tot + 1)))
    ]


def rij(i: int, ja_nee: dict[str, bool], generalist: str = "g1", caseload: int = 100, **rest: Any) -> Formulierrij:
    return Formulierrij(f"h{i}", rest.get("type", "gezin"), generalist, caseload, ja_nee, rest.get("aantallen", {}))


def formulier(rijen: list[Formulierrij]) -> Formulier:
    return Formulier(tuple(rijen), "steekproef.xlsx", (), maak_registratie({}))


def gevuld(zaad: int, kengetallen: Kengetallen, open_: float = 0.0, **kansen: float) -> Formulier:
    """A draw of 65 to 70 households with answers; ``open_``: which part of the questions is left open."""
    kans = np.random.default_rng(zaad)
    uit = []
    for g in trek_steekproef(caseload(zaad=zaad), kengetallen, zaad).getrokken:
        ja = {v: bool(kans.random() < p) for v, p in {**KANSEN, **kansen}.items() if kans.random() >= open_}
        nieuw = ja.get("nieuw", False)
        start = int(kans.poisson(1.5))
        erbij = int(kans.poisson(1.0 if nieuw else 0.1))
        weg = min(start + erbij if nieuw else start, int(kans.poisson(0.3 if nieuw else 0.1)))
        aantallen = {"trajecten_start": start, "trajecten_toegevoegd": erbij, "trajecten_geschrapt": weg}
        h = g.huishouden
        uit.append(Formulierrij(h.pseudoniem, h.type, h.generalist, g.caseload, ja, aantallen, h.team))
    return formulier(uit)
