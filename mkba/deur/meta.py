"""The meta-analysis of January 2014, figure by figure: drawn, tabulated and checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.display import HTML, display

from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.uitvoer.aanpak.zinnen import bewaard
from mkba.uitvoer.meta import onderdelen, reconstructietabellen, tabellen
from mkba.uitvoer.meta.onderdelen import Beeld, Gerekend, Stuk
from mkba.uitvoer.meta.stijl import LESSEN, bewaarde, opgemaakt, publiceer
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from mkba.analyse.meta.lees_meta import Onderdeel as Beschrijving
    from mkba.uitvoer.meta.stijl import Eigen

VOORBEELDWIJK = "WK999902"
"""The made-up wijk whose households are nearest to what the report says of the wijk of figuur 2.2."""


@dataclass(frozen=True, repr=False, eq=False)
class MetaAnalyse:
    """The report *Meta analyse MKBA's sociale (wijk)teams*, recalculated: shows how much of it holds.

    ``meta["figuur 4.2"]`` is one figure, table or section (Tab completes them); ``meta.telling()`` the counts that
    ``mkba reproduceer`` prints; ``meta.houdt_niet()`` what does not hold.
    """

    model: Gerekend
    uitvoermap: str = ""

    def __getitem__(self, sleutel: str) -> "Onderdeel":
        if sleutel not in self._ipython_key_completions_():
            raise KeyError(f"{sleutel!r} is geen onderdeel; wel: {', '.join(self._ipython_key_completions_())}")
        return Onderdeel(sleutel, self.model, self.uitvoermap)

    def _ipython_key_completions_(self) -> list[str]:
        return onderdelen.sleutels(self.model.meta)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ipython_key_completions_())

    # --- how much holds ---------------------------------------------------------------------------------------

    def telling(self) -> Tabel:
        """How many numbers and statements were checked, hold, do not hold, cannot be checked."""
        return tabellen.tellingtabel(self.model.bevindingen)

    def gronden(self) -> Tabel:
        """The statements by what the verdict rests on: printed numbers, or outcome or input of the reconstruction."""
        return tabellen.grondentabel(self.model.bevindingen)

    def status(self) -> Tabel:
        """How many figures, tables and appendices are a reproduction, a reconstruction, or cannot be made."""
        return tabellen.statustelling(self.model.meta)

    def bevindingen(self) -> Tabel:
        """Every number and statement that was checked: published, calculated, verdict, explanation."""
        return tabellen.bevindingentabel(self.model.bevindingen, met_plek=True)

    def houdt_niet(self) -> Tabel:
        """What does not hold: it is reported, never tuned away."""
        mis = tabellen.afwijkend(self.model.bevindingen, houdt=False)
        return tabellen.bevindingentabel(mis, met_plek=True)

    def niet_na_te_rekenen(self) -> Tabel:
        """What the source lacks to be checked, with the reason."""
        return tabellen.nietnarekenbaar(self.model.bevindingen)

    def uitspraken(self) -> Tabel:
        """All statements about the 13 aanpakken in short."""
        return tabellen.uitsprakenlijst(self.model.bevindingen)

    def onderdelen(self) -> Tabel:
        """Every figure, table and appendix of the report, what the text gives of it and how it was made."""
        return tabellen.inventaristabel(self.model.meta)

    # --- the reconstruction -----------------------------------------------------------------------------------

    def herkomst(self) -> Tabel:
        """Per input field and aanpak whether it follows from the text (T) or was filled in (R)."""
        return reconstructietabellen.herkomst(self.model.dertien.dertien)

    def merken(self) -> Tabel:
        """Every mark of the input of the 13: the sentence that it follows from, or the reason for the choice."""
        return reconstructietabellen.merken(self.model.dertien.dertien)

    def bewaard(self) -> HTML:
        """Which files of figures stand in ``uitvoermap``."""
        return bewaard(bewaarde(self.uitvoermap, self.model.meta))

    def __repr__(self) -> str:
        return self.telling().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.telling()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Onderdeel:
    """One figure, table or section of the report: a notebook shows its status, its figures and its tables.

    ``.toetsen`` shows what its text says, checked; what has no figure or table of its own shows that at once.
    """

    sleutel: str
    _model: Gerekend
    _uitvoermap: str = ""

    def teken(self) -> "Axes":
        """The figure with its number, title, status and source; ValueError for a part without a figure."""
        beeld = next((s for s in self._stukken() if isinstance(s, Beeld)), None)
        if beeld is None:
            raise ValueError(f"{self.sleutel} heeft hier geen figuur")
        return opgemaakt(beeld.ax, self._beschrijving(beeld), beeld.status, beeld.bron)

    def gegevens(self) -> "pd.DataFrame":
        """The numbers that the figure draws, unrounded; ValueError for a part without a figure."""
        beeld = next((s for s in self._stukken() if isinstance(s, Beeld)), None)
        if beeld is None:
            raise ValueError(f"{self.sleutel} heeft hier geen figuur")
        return beeld.gegevens

    def tabellen(self) -> list[Tabel]:
        """Its tables."""
        return [s for s in self._stukken() if isinstance(s, Tabel)]

    @property
    def toetsen(self) -> "Toetsen":
        """What the text says at this place, checked: numbers, statements, and statements about the 13."""
        return Toetsen(onderdelen.toetsen(self._model, self.sleutel))

    def _stukken(self) -> tuple[Stuk, ...]:
        return onderdelen.inhoud(self._model, self.sleutel)

    def _beschrijving(self, beeld: Beeld) -> "Beschrijving | Eigen":
        return LESSEN[beeld.sleutel] if beeld.sleutel else self._model.meta.inventaris[self.sleutel]

    def _toon(self, stuk: Stuk) -> Any:
        if not isinstance(stuk, Beeld):
            return stuk
        wat = self._beschrijving(stuk)
        ax = opgemaakt(stuk.ax, wat, stuk.status, stuk.bron)
        return publiceer(ax, wat, stuk.gegevens, stuk.alt, self._uitvoermap)

    def _ipython_display_(self) -> None:
        if (onderdeel := self._model.meta.inventaris.get(self.sleutel)) is not None:
            display(tabellen.onderdeelregel(onderdeel))
        stukken = self._stukken()
        for stuk in stukken:
            display(self._toon(stuk))
        if not stukken:
            self.toetsen._ipython_display_()

    def __repr__(self) -> str:
        onderdeel = self._model.meta.inventaris.get(self.sleutel)
        naam = f"{onderdeel.naam} ({onderdeel.status})" if onderdeel is not None else self.sleutel
        return "\n".join([naam, *(t.als_tekst() for t in self.tabellen())])


@dataclass(frozen=True, repr=False, eq=False)
class Toetsen:
    """The tables of checks of one part, shown below each other; nothing when its text says nothing to check."""

    tabellen: tuple[Tabel, ...]

    def _ipython_display_(self) -> None:
        for tabel in self.tabellen:
            display(tabel)

    def __repr__(self) -> str:
        return "\n\n".join(t.als_tekst() for t in self.tabellen) or "hier is niets te toetsen"


@gecontroleerd()
def meta_analyse(
    kengetallen: Kengetallen | None = None,
    wijk: str = VOORBEELDWIJK,
    cijfers: str | Path = "voorbeeldgemeente",
    uitvoermap: str | Path = "",
) -> MetaAnalyse:
    """The meta-analysis, recalculated: ``mkba.meta_analyse()["figuur 4.2"].teken()``.

    ``wijk`` and ``cijfers``: the area of figuur 2.2 and the file that it is in, by default of the made-up gemeente;
    ``uitvoermap``: a folder for every figure that is shown (svg, png, and its numbers as csv), empty keeps nothing.
    """
    regelset = kengetallen if kengetallen is not None else laad()
    return MetaAnalyse(Gerekend(regelset, wijk, str(cijfers)), str(uitvoermap))
