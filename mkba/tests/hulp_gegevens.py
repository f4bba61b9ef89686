"""The published cases as they were transcribed, for who reads them against themselves or against the source."""

import tomllib
from typing import Any, Final

from mkba.kern.bestand import paden

MET_KENGETAL: Final = ("standaard", *(f"voorbeeld-{i}" for i in range(1, 6)))
PROTOTYPE: Final = "bijlage-2-prototype"
TABEL_47: Final = {
    "huisuitzettingen": {"vb1": 1, "vb2": 2, "vb3": 1, "vb4": 1, "vb6": 3, "vb7": 12, "vb8": 6, "vb9": 9},
    "ots_uhp_intramuraal": {"vb1": 3, "vb5": 4, "vb7": 18, "vb8": 9, "vb9": 11},
    "tweedelijnszorg": {"vb1": 2, "vb5": 2, "vb6": 6},
}
"""Printed percentages of tabel 4.7."""


def lees(map_: str, geval: str) -> dict[str, Any]:
    return tomllib.loads((paden.data() / map_ / f"{geval}.toml").read_text(encoding="utf-8"))


def uitkomst(geval: str) -> dict[str, float]:
    uit: dict[str, float] = lees("gepubliceerd", geval)["uitkomst"]
    return uit
