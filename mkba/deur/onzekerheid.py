"""Draws, influence and the value of information of one aanpak, each with its tables and figures."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from mkba.analyse.onzekerheid.invloed import Invloed as Modelinvloed
from mkba.analyse.onzekerheid.keuzes import vaste_keuzes
from mkba.analyse.onzekerheid.simulatie import Simulatie as Modelsimulatie
from mkba.analyse.onzekerheid.tekenwissel import tekenwissel
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.kengetallen import Kengetallen
from mkba.uitvoer.aanpak.zinnen import alinea, lijst
from mkba.uitvoer.onzekerheid import figuren, invloedfiguren, invloedtabellen, tabellen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Simulatie:
    """Monte Carlo of one aanpak: every input over its range at once. The object itself shows the quantiles."""

    model: Modelsimulatie
    kengetallen: Kengetallen

    @property
    def kansen(self) -> Tabel:
        """The chance of a positive saldo for society, all payers and the gemeente, with its 95% interval."""
        return tabellen.kansen(self.model)

    @property
    def kwantielen(self) -> Tabel:
        """P10, P25, P50, P75, P90 and mean of every outcome beside the one as filled in, euros NCW and ratios."""
        return tabellen.kwantielen(self.model)

    @property
    def trekkingen(self) -> "pd.DataFrame":
        """The outcomes draw by draw: a row per draw, a column per outcome, euros NCW and ratios, unrounded."""
        import pandas as pd

        return pd.DataFrame(dict(self.model.reeksen))

    def samenvatting(self) -> HTML:
        """What the draws say, in sentences; when they turn the judgement, by which inputs."""
        gekeerd = tabellen.invoernamen(tekenwissel(self.model, self.kengetallen), self.kengetallen)
        return alinea(tabellen.samenvatting(self.model, gekeerd))

    def kanttekeningen(self) -> HTML:
        """What moved though it was answered 0, and what stayed put that is a choice: sentences; may be empty."""
        keuzes = vaste_keuzes(self.model, self.kengetallen)
        return lijst(tabellen.kanttekeningen(self.model, self.kengetallen, keuzes))

    def verdelingen(self) -> Tabel:
        """Of every input that was drawn: its range, shape and source."""
        return tabellen.verdelingentabel(self.model, self.kengetallen)

    @property
    def teken(self) -> "TekenSimulatie":
        """Figures: ``s.teken.verdeling()``, ``waaier()``, ``convergentie()``."""
        return TekenSimulatie(self)

    def __repr__(self) -> str:
        return f"{self.model!r}\n{self.kwantielen.als_tekst()}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.kwantielen._repr_mimebundle_(include, exclude)


class TekenSimulatie(Tekenaar[Simulatie]):
    """Figures of a simulation."""

    @zoals(figuren.verdeling)
    def verdeling(self, uitkomst: str = "saldo", ax: "Axes | None" = None) -> "Axes":
        """How often each value of ``uitkomst`` occurs."""
        return figuren.verdeling(self._bron.model, uitkomst, ax)

    @zoals(figuren.waaier)
    def waaier(self, ax: "Axes | None" = None) -> "Axes":
        """The running total over the years with its bands."""
        return figuren.waaier(self._bron.model.waaier, ax)

    @zoals(figuren.lopende_kwantielen)
    def convergentie(self, uitkomst: str = "saldo", ax: "Axes | None" = None) -> "Axes":
        """Whether the number of draws suffices."""
        return figuren.lopende_kwantielen(self._bron.model.convergentie(uitkomst), ax)


@dataclass(frozen=True, repr=False, eq=False)
class Invloed:
    """Which inputs cause the spread of an outcome (Sobol). The object itself shows the shares."""

    model: Modelinvloed
    kengetallen: Kengetallen

    def tabel(self) -> Tabel:
        """Per input its share of the spread, alone and together with others, with the margin of the estimate."""
        return invloedtabellen.invloedtabel(self.model, self.kengetallen)

    @zoals(invloedfiguren.aandelen)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """The shares as bars."""
        return invloedfiguren.aandelen(self.model, self.kengetallen, ax=ax)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Informatiewaarde:
    """What knowing a group of inputs beforehand is worth to the decision (EVPPI). Shows the table."""

    frame: "pd.DataFrame"

    def tabel(self) -> Tabel:
        """Per group of inputs the expected gain, euros a year, for society and for the gemeente."""
        return invloedtabellen.informatietabel(self.frame)

    @zoals(invloedfiguren.informatiewaarde)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """The gains as bars."""
        return invloedfiguren.informatiewaarde(self.frame, ax)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)
