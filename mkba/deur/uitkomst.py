"""The outcome of one aanpak, as a researcher meets it: keys, tables and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.begrippen import SLEUTELS
from mkba.model.berekening import Uitkomst as Modeluitkomst
from mkba.uitvoer.aanpak import figuren, tabellen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Uitkomst:
    """What an aanpak costs and yields: euros NCW of one year of work, at the price level of the rule set.

    ``u["saldo"]`` gives a key figure, unrounded (Tab completes the keys). The object itself shows uitvoerscherm A.
    """

    model: Modeluitkomst

    def __getitem__(self, sleutel: str) -> float:
        return self.model[sleutel]

    def _ipython_key_completions_(self) -> list[str]:
        return list(SLEUTELS)

    @property
    def sleutels(self) -> dict[str, float]:
        """Every key figure by its public key: euros NCW, ratios and counts, unrounded."""
        return dict(self.model.sleutels)

    def per_post(self) -> Tabel:
        """Uitvoerscherm A (handleiding figuur 3.2): costs, benefits, saldo and ratios, euros NCW and share of costs."""
        return tabellen.uitvoerscherm(self.model)

    def per_partij(self) -> Tabel:
        """Costs, benefits and saldo per party, euros NCW; ``immaterieel`` is the part of the baten that is no money."""
        return tabellen.partijen_ncw(self.model)

    def begroting(self, jaar: int = 2) -> Tabel:
        """Uitvoerscherm B: the cash flows per party in the budget of calendar year ``jaar``, euros of that year.

        Of an aanpak that runs every year from year 0 on: ``jaar`` 2 is the third year.
        """
        return tabellen.partijen_begroting(self.model, jaar)

    def kasstromen(self) -> "pd.DataFrame":
        """Cash flows of one year of work: rows years 0 to 9, a column per post, euros of that year, both positive."""
        return tabellen.kasstromen(self.model)

    def grootboek(self) -> "pd.DataFrame":
        """The ledger, tidy: a row per line, year and party with its euros (undiscounted); zero rows left out."""
        return tabellen.grootboekregels(self.model)

    @property
    def teken(self) -> "Teken":
        """Figures: ``u.teken.kosten_en_baten()``, ``wie_betaalt()``, ``kasstromen()``."""
        return Teken(self)

    def __repr__(self) -> str:
        return f"{self.model.aanpak.naam}\n{self.per_post().als_tekst()}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Mapping[str, Any]:
        return self.per_post()._repr_mimebundle_(include, exclude)


class Teken(Tekenaar[Uitkomst]):
    """Figures of one outcome."""

    @zoals(figuren.kosten_en_baten)
    def kosten_en_baten(self, ax: "Axes | None" = None) -> "Axes":
        """What one year of work costs and yields, per post."""
        return figuren.kosten_en_baten(self._bron.model.sleutels, ax)

    @zoals(figuren.wie_betaalt)
    def wie_betaalt(self, jaar: int = 2, ax: "Axes | None" = None) -> "Axes":
        """Who pays and who gains in the budget of calendar year ``jaar``."""
        return figuren.wie_betaalt(self._bron.begroting(jaar).frame.drop(index="Alle partijen"), ax)

    @zoals(figuren.kasstromen)
    def kasstromen(self, ax: "Axes | None" = None) -> "Axes":
        """Costs and benefits year by year."""
        return figuren.kasstromen(self._bron.kasstromen(), self._bron.model.sleutels, ax)
