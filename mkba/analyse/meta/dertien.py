"""The 13 aanpakken of the meta-analysis, calculated once.

>>> from mkba.kern.catalogus.kengetallen import laad
>>> model = reken_dertien(laad())
>>> sorted(model.uitkomsten) == list(range(1, 14))
True
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mkba.analyse.meta.lees_dertien import Dertien, lees_dertien
from mkba.analyse.meta.maten import Maat, maten
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import Uitkomst, bereken


@dataclass(frozen=True)
class Model13:
    """The 13 aanpakken, calculated once: their outcomes, and {number: {maat: value}} (``analyse.maten``)."""

    dertien: Dertien
    kengetallen: Kengetallen
    uitkomsten: dict[int, Uitkomst]
    maten: dict[int, dict[str, Maat]]

    def met(self, wijzig: Mapping[int, Mapping[str, Any]]) -> "Model13":
        """The same with other inputs, by number and field, to see what a statement hangs on. Raises InvoerFout."""
        nieuw = {n: self.dertien.aanpakken[n].met(velden, self.kengetallen) for n, velden in wijzig.items()}
        return _reken(self, replace(self.dertien, aanpakken={**self.dertien.aanpakken, **nieuw}), nieuw)


def reken_dertien(kengetallen: Kengetallen, dertien: Dertien | None = None) -> Model13:
    """Calculate the 13 aanpakken, by default as shipped. Raises InvoerFout."""
    invoer = dertien if dertien is not None else lees_dertien(kengetallen)
    return _reken(Model13(invoer, kengetallen, {}, {}), invoer, invoer.aanpakken)


def _reken(model: Model13, invoer: Dertien, aanpakken: Mapping[int, Aanpak]) -> Model13:
    """The model with ``aanpakken`` calculated again and the rest as it was."""
    uitkomsten = {n: bereken(a, model.kengetallen) for n, a in aanpakken.items()}
    gemeten = {n: maten(u, invoer.kenmerken[n]) for n, u in uitkomsten.items()}
    return Model13(invoer, model.kengetallen, {**model.uitkomsten, **uitkomsten}, {**model.maten, **gemeten})


def als_top(dertien: Dertien) -> dict[int, dict[str, float]]:
    """The MPG-aanpakken with top where they have niet-zelfredzaam, as §3.3.1 calls them: for ``Model13.met``.

    The published model has no substitution, care effects or avoided escalation for top; this shows what that does.
    """
    uit: dict[int, dict[str, float]] = {}
    for nummer, aanpak in dertien.aanpakken.items():
        if dertien.kenmerken[nummer].doelgroep == "top":
            plat = aanpak.plat()
            uit[nummer] = {f"zwaarte.{t}.top": plat[f"zwaarte.{t}.top"] + plat[f"zwaarte.{t}.nzr"] for t in TYPEN}
            uit[nummer] |= {f"zwaarte.{t}.nzr": 0.0 for t in TYPEN}
    return uit
