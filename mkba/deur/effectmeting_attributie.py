"""From bruto to netto: what changed in the wijken with the aanpak and what of it is due to the aanpak."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import HTML

from mkba.analyse.effectmeting.attributie.paneel import UITKOMSTEN, Paneel, maak_paneel, zonder_keuzeperioden
from mkba.analyse.effectmeting.attributie.toerekening import Toerekening, toereken
from mkba.analyse.effectmeting.zekerheid.bewijs import Opzet
from mkba.deur.teken import Tekenaar, zoals
from mkba.uitvoer.aanpak.zinnen import lijst
from mkba.uitvoer.effectmeting.attributie import figuren, tabellen, zinnen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Attributie:
    """Bruto beside netto per outcome, with what says how far netto can be trusted. Shows the table."""

    panelen: dict[str, Paneel]
    toerekeningen: dict[str, Toerekening]

    def __getitem__(self, uitkomst: str) -> Toerekening:
        return self.toerekeningen[uitkomst]

    def tabel(self) -> Tabel:
        """Per outcome the level before, bruto, netto with its interval, the number of clusters and the evidence."""
        return tabellen.nettotabel([*self.toerekeningen.values()])

    def momenten(self, uitkomst: str) -> Tabel:
        """The difference between the wijken per period around the start."""
        return tabellen.momententabel(self[uitkomst])

    def grenzen(self, uitkomst: str) -> Tabel:
        """Netto when the wijken drift apart after the start."""
        return tabellen.grenzentabel(self[uitkomst])

    def zinnen(self, uitkomst: str) -> HTML:
        """What the attribution of one outcome says, and what it does not."""
        return lijst(zinnen.samenvatting(self[uitkomst]))

    @property
    def teken(self) -> "TekenAttributie":
        """Figures: ``x.teken.verloop("huisuitzetting")``."""
        return TekenAttributie(self)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


class TekenAttributie(Tekenaar[Attributie]):
    """Figures of an attribution."""

    @zoals(figuren.verloop)
    def verloop(self, uitkomst: str, wijk: str = "", titel: str = "", ax: "Axes | None" = None) -> "Axes":
        """The wijken with the aanpak against the comparison wijken, with the start marked."""
        return figuren.verloop(self._bron.panelen[uitkomst], wijk, ax, titel)

    @zoals(figuren.rond_de_start)
    def rond_de_start(self, uitkomst: str, titel: str = "", ax: "Axes | None" = None) -> "Axes":
        """The periods around the start with their intervals."""
        return figuren.rond_de_start(self._bron.toerekeningen[uitkomst], ax, titel)


def attributie(
    gebied: pd.DataFrame, uitkomsten: Sequence[str] = (), opzet: Opzet = "vergelijking", keuzeperioden: int = 0
) -> Attributie:
    """Attribute what changed in the wijken: ``gebied`` is that table of the registration, a row per wijk and period.

    ``uitkomsten``: columns of it, all that are there by default; ``opzet``: the design, for the Maryland level;
    ``keuzeperioden``: how many periods before the start the wijken were chosen by, which are then left out of the
    baseline. Raises InvoerFout for a table that cannot be read.
    """
    kies = uitkomsten or [u for u in UITKOMSTEN if u in gebied.columns]
    panelen = {u: zonder_keuzeperioden(maak_paneel(gebied, u), keuzeperioden) for u in kies}
    return Attributie(panelen, {u: toereken(p, opzet) for u, p in panelen.items()})
