"""Draws, influence and the value of information of one aanpak, each with its tables and figures."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from mkba.analyse.onzekerheid import convergentie as modelconvergentie
from mkba.analyse.onzekerheid.invloed import Invloed as Modelinvloed
from mkba.analyse.onzekerheid.invloed import vastgezet
from mkba.analyse.onzekerheid.keuzes import vaste_keuzes
from mkba.analyse.onzekerheid.simulatie import Simulatie as Modelsimulatie
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.analyse.onzekerheid.tekenwissel import tekenwissel
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.uitvoer.aanpak.zinnen import alinea, lijst
from mkba.uitvoer.onzekerheid import figuren, invloedfiguren, invloedtabellen, invloedzinnen, namen, tabellen, zinnen
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
        """As filled in, P10, P50, P90 and mean of every outcome, euros NCW and ratios, and its place in the draws."""
        return tabellen.kwantielen(self.model)

    @property
    def trekkingen(self) -> "pd.DataFrame":
        """The outcomes draw by draw: a row per draw, a column per outcome, euros NCW and ratios, unrounded."""
        import pandas as pd

        return pd.DataFrame(dict(self.model.reeksen))

    @cached_property
    def gekeerd(self) -> list[str]:
        """Names of the inputs that give the middle of the draws another sign than the values as given; mostly none."""
        return namen.invoernamen(tekenwissel(self.model, self.kengetallen), self.kengetallen)

    def samenvatting(self) -> HTML:
        """What the draws say, in sentences; when they turn the judgement, by which inputs."""
        return alinea(zinnen.samenvatting(self.model, self.gekeerd))

    def kanttekeningen(self) -> HTML:
        """What moved though it was answered 0, and what stayed put that is a choice: sentences; may be empty."""
        keuzes = vaste_keuzes(self.model, self.kengetallen)
        return lijst(zinnen.kanttekeningen(self.model, self.kengetallen, keuzes))

    def convergentie(self, uitkomst: str = "saldo") -> "Convergentie":
        """Whether the number of draws suffices for one outcome."""
        return Convergentie(self.model.convergentie(uitkomst))

    def vastgezet(self, invloed: "Invloed") -> "Simulatie":
        """The same draws with the inputs that ``invloed`` calls minor fixed at their mean."""
        m = self.model
        trekking = vastgezet(m.trekking, invloed.model.vast)
        return Simulatie(simuleer(m.aanpak, self.kengetallen, m.aantal, m.zaad, trekking=trekking), self.kengetallen)

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
class Convergentie:
    """Whether the number of draws suffices for one outcome. Shows the running quantiles."""

    model: modelconvergentie.Convergentie

    @property
    def voldoende(self) -> bool:
        """Whether endless draws would change nothing that a reader sees."""
        return self.model.voldoende

    def tabel(self) -> Tabel:
        """P10, P50, P90 (euros NCW or a ratio) and the chance of more than 0, over the first so many draws."""
        return tabellen.lopendtabel(self.model)

    def zin(self) -> HTML:
        """The margins beside the norm, and how many draws would do."""
        return alinea(zinnen.oordeel(self.model))

    @zoals(figuren.lopende_kwantielen)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """The running quantiles; flat lines mean that there are enough."""
        return figuren.lopende_kwantielen(self.model, ax)

    def __repr__(self) -> str:
        return f"{zinnen.oordeel(self.model)}\n{self.tabel().als_tekst()}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Invloed:
    """Which inputs cause the spread of an outcome (Sobol). The object itself shows the shares."""

    model: Modelinvloed
    kengetallen: Kengetallen

    def tabel(self) -> Tabel:
        """Per input its share of the spread, alone and together with others, with the margin of the estimate."""
        return invloedtabellen.invloedtabel(self.model, self.kengetallen)

    def zinnen(self) -> HTML:
        """The main inputs, their interplay, what may be fixed, and the noise of the estimate."""
        return lijst(invloedzinnen.invloed_zinnen(self.model, self.kengetallen))

    def proef(self, simulatie: Simulatie) -> Tabel:
        """The proof of fixing: quantiles and chance of ``simulatie``, and with the minor inputs at their mean."""
        return invloedtabellen.vasttabel(simulatie.model, simulatie.vastgezet(self).model)

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
    volgend: Simulatie

    def zinnen(self, nu: Simulatie | None = None) -> HTML:
        """The decision on what is known now, what knowing all is worth, and what to register first.

        ``nu``: the simulation of this year, to say why its outcome differs from that of the year decided on.
        """
        model = nu.model if nu is not None else None
        return lijst(invloedzinnen.informatie_zinnen(self.frame, self.volgend.model, model))

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
