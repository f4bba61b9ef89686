"""For reviewers: the published cases recalculated, and where the calibrated constants come from."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from mkba.analyse.herbouw import afgeleid, alternatieven, identificatie, toelaatbaar
from mkba.analyse.herbouw import kalibratie as kalibreren
from mkba.analyse.herbouw import reproductie as nagerekend
from mkba.analyse.herbouw.gevallen import GEVALLEN, Geval, laad_gevallen
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.kern.zaak.aanpak import Aanpak
from mkba.uitvoer.aanpak import figuren as aanpakfiguren
from mkba.uitvoer.aanpak.zinnen import lijst
from mkba.uitvoer.herbouw import figuren, tabellen
from mkba.uitvoer.herbouw import kalibratie as kalibratietabellen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Reproductie:
    """The six published cases of the manual beside the model: shows how many numbers come out, and how far off.

    ``r.frame`` has every published number, tidy: a row per case and key, with the model and its interval by rounding.
    """

    kengetallen: Kengetallen
    gevallen: tuple[Geval, ...]

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """Every published number: geval, sleutel, gepubliceerd, model, afwijking_pct, laagste, hoogste …, unrounded."""
        return nagerekend.reproductie(self.kengetallen, self.gevallen)

    def samenvatting(self) -> Tabel:
        """Per case how many numbers are exact and within rounding, and the largest deviation."""
        return tabellen.samenvatting_reproductie(nagerekend.samenvatting(self.frame))

    def invoer(self, van: int = 1, tot_en_met: int = 15) -> Tabel:
        """The answers to some questions, a column per case."""
        return tabellen.invoer_naast_elkaar(self._aanpakken, range(van, tot_en_met + 1))

    def gepubliceerd(self) -> Tabel:
        """Uitvoerscherm A as printed, a column per case: euros NCW and ratios."""
        return tabellen.uitvoer_naast_elkaar(self.frame, "gepubliceerd", GEVALLEN)

    def volgens_model(self) -> Tabel:
        """Uitvoerscherm A of the model, a column per case: euros NCW and ratios."""
        return tabellen.uitvoer_naast_elkaar(self.frame, "model", GEVALLEN)

    def afwijking(self) -> Tabel:
        """How far the model is off, percent of the published amount."""
        return tabellen.uitvoer_naast_elkaar(self.frame, "afwijking_pct", GEVALLEN)

    def elk_getal(self) -> Tabel:
        """Every published number beside the model and the range that the rounding of the input leaves."""
        return tabellen.reproductietabel(self.frame)

    def verhoudingen(self) -> Tabel:
        """The published ratios beside those of the model, printed to 0.05 and with three decimals."""
        return tabellen.verhoudingentabel(nagerekend.verhoudingen(self.kengetallen, self.gevallen))

    def partijen(self) -> Tabel:
        """Saldo per party in euros NCW, a column per case."""
        return tabellen.partijen_naast_elkaar(self._aanpakken, self.kengetallen)

    def prototype(self) -> Tabel:
        """The older prototype of bijlage 2 beside the model; a comparison, not a check."""
        return tabellen.prototypetabel(nagerekend.vergelijk_prototype(self.kengetallen))

    def begroting_prototype(self) -> Tabel:
        """The budget of bijlage 2 per party beside the model, euros of the year."""
        return tabellen.begroting_prototypetabel(nagerekend.begroting_prototype(self.kengetallen))

    @cached_property
    def uitkomsten(self) -> "pd.DataFrame":
        """The key figures of the model: rows keys, a column per case; euros NCW and ratios, unrounded."""
        return tabellen.uitkomsten_naast_elkaar(self._aanpakken, self.kengetallen)

    @property
    def teken(self) -> "TekenReproductie":
        """Figures: ``r.teken.afwijking()``, ``verhoudingen()``, ``kostenposten()``, ``batenposten()``."""
        return TekenReproductie(self)

    @property
    def _aanpakken(self) -> dict[str, Aanpak]:
        return {g.naam: g.aanpak for g in self.gevallen}

    def __repr__(self) -> str:
        return self.samenvatting().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.samenvatting()._repr_mimebundle_(include, exclude)


class TekenReproductie(Tekenaar[Reproductie]):
    """Figures of the published cases beside the model."""

    @zoals(figuren.reproductie)
    def afwijking(self, *gevallen: str, ax: "Axes | None" = None) -> "Axes":
        """How far each post is off; ``gevallen``: names ("standaard", "voorbeeld-1" …), without: all."""
        frame = self._bron.frame
        return figuren.reproductie(frame[frame["geval"].isin(gevallen or GEVALLEN)], ax)

    @zoals(aanpakfiguren.verhoudingen)
    def verhoudingen(self, ax: "Axes | None" = None) -> "Axes":
        """The three ratios of each case."""
        return aanpakfiguren.verhoudingen(tabellen.verhoudingen_per_geval(self._bron.uitkomsten), ax)

    @zoals(aanpakfiguren.kostenposten)
    def kostenposten(self, ax: "Axes | None" = None) -> "Axes":
        """The cost posts of each case as a share of its costs."""
        return aanpakfiguren.kostenposten(tabellen.kostenaandelen(self._bron.uitkomsten), ax)

    @zoals(aanpakfiguren.posten_in_verhouding)
    def batenposten(self, ax: "Axes | None" = None) -> "Axes":
        """The benefits of each case in relation to its costs."""
        return aanpakfiguren.posten_in_verhouding(tabellen.batenaandelen(self._bron.uitkomsten), ax)


@dataclass(frozen=True, repr=False, eq=False)
class Kalibratie:
    """The constants that were fitted on the published cases, fitted again. Shows them beside the catalogue."""

    kengetallen: Kengetallen
    gevallen: tuple[Geval, ...]

    def constanten(self) -> Tabel:
        """Every calibrated constant: in the catalogue, fitted again, difference, method and cases."""
        return kalibratietabellen.constanten(self._opnieuw, self.kengetallen)

    def weglaten(self) -> Tabel:
        """Every published amount predicted from the other cases: deviation and how errors grow."""
        return kalibratietabellen.voorspellingen(self._weggelaten)

    def identificatie(self) -> Tabel:
        """What the cases determine and what they do not: rank, condition number, the weakest direction."""
        gevonden = identificatie.identificatie(self.kengetallen, self.gevallen)
        return kalibratietabellen.identificatie(gevonden)

    def steun(self) -> Tabel:
        """On which case each constant leans."""
        return kalibratietabellen.steun(identificatie.steun(self.kengetallen, self.gevallen), self.kengetallen)

    def intervallen(self) -> Tabel:
        """The range of each constant within which every published amount stays possible."""
        return kalibratietabellen.intervallen(
            toelaatbaar.toelaatbaar(self.kengetallen, self.gevallen), self.kengetallen
        )

    def kosten_per_fte(self) -> Tabel:
        """What each case allows as cost per fte, euros a year."""
        return kalibratietabellen.kosten_per_fte(afgeleid.kosten_per_fte(self.kengetallen, self.gevallen))

    def afstemming_uren(self) -> Tabel:
        """Hours of coordination, per household and discipline, that each case allows."""
        return kalibratietabellen.afstemming_uren(afgeleid.afstemming_uren(self.kengetallen, self.gevallen))

    def alternatieven(self) -> Tabel:
        """Other choices with as many constants or one more: largest deviation and exact amounts."""
        return kalibratietabellen.alternatieven(alternatieven.alternatieven(self.kengetallen, self.gevallen))

    def werk_bij_nieuw(self) -> Tabel:
        """A formula that the model does not have: more benefit of work for newly found households."""
        return kalibratietabellen.werk_bij_nieuw(self._werk_bij_nieuw)

    def werk_bij_nieuw_in_woorden(self) -> HTML:
        """What speaks for that formula, and why the model does not have it."""
        return lijst(kalibratietabellen.werk_bij_nieuw_zinnen(self._werk_bij_nieuw, self.kengetallen))

    @property
    def teken(self) -> "TekenKalibratie":
        """Figures: ``k.teken.weglaten()``."""
        return TekenKalibratie(self)

    @cached_property
    def _opnieuw(self) -> "pd.DataFrame":
        return kalibreren.kalibreer(self.kengetallen, self.gevallen)

    @cached_property
    def _weggelaten(self) -> "pd.DataFrame":
        return kalibreren.voorspellingen(self.kengetallen, self.gevallen)

    @cached_property
    def _werk_bij_nieuw(self) -> "pd.DataFrame":
        return alternatieven.werk_bij_nieuw(self.kengetallen, self.gevallen)

    def __repr__(self) -> str:
        return self.constanten().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.constanten()._repr_mimebundle_(include, exclude)


class TekenKalibratie(Tekenaar[Kalibratie]):
    """Figures of the calibration."""

    @zoals(figuren.weglaten)
    def weglaten(self, ax: "Axes | None" = None) -> "Axes":
        """How well the other cases predict a case."""
        return figuren.weglaten(self._bron._weggelaten, kalibratietabellen.BLOKNAMEN, ax)


@gecontroleerd()
def reproductie(kengetallen: Kengetallen | None = None) -> Reproductie:
    """The six published cases of the manual, recalculated: ``mkba.reproductie().elk_getal()``."""
    regelset = kengetallen if kengetallen is not None else laad()
    return Reproductie(regelset, laad_gevallen(regelset))


@gecontroleerd()
def kalibratie(kengetallen: Kengetallen | None = None) -> Kalibratie:
    """The calibrated constants, fitted again on the published cases: ``mkba.kalibratie().steun()``."""
    regelset = kengetallen if kengetallen is not None else laad()
    return Kalibratie(regelset, laad_gevallen(regelset))
