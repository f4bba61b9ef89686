"""What was measured: an aanpak before and after, the plan of a sample, teams beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from mkba.analyse.effectmeting import teams as teammodel
from mkba.analyse.effectmeting.bijwerken import bewijs as bewijsmodel
from mkba.analyse.effectmeting.bijwerken import weging as bijwerkmodel
from mkba.analyse.effectmeting.steekproef import planner as planmodel
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.uitvoer.aanpak.zinnen import lijst
from mkba.uitvoer.effectmeting.bijwerken import figuren as bijwerkfiguren
from mkba.uitvoer.effectmeting.bijwerken import tabellen as bijwerktabellen
from mkba.uitvoer.effectmeting.bijwerken.zinnen import bijwerkzinnen
from mkba.uitvoer.effectmeting.planner import figuren as planfiguren
from mkba.uitvoer.effectmeting.planner import tabellen as plantabellen
from mkba.uitvoer.effectmeting.planner.zinnen import plan_zinnen
from mkba.uitvoer.effectmeting.teams import figuren as teamfiguren
from mkba.uitvoer.effectmeting.teams.tabellen import teamtabel
from mkba.uitvoer.effectmeting.teams.zinnen import teamzinnen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Bijwerking:
    """An aanpak before and after a measurement. The object itself shows what became of each knob."""

    model: bijwerkmodel.Bijwerking

    def knoppen(self) -> Tabel:
        """Per knob the kengetal, the measurement and both together, each with its 95% interval."""
        return bijwerktabellen.knoptabel(self.model)

    def uitkomsten(self) -> Tabel:
        """Saldo and ratios before and after, euros NCW."""
        return bijwerktabellen.uitkomsttabel(self.model)

    def invloed(self, uitkomst: str = "saldo") -> Tabel:
        """What each measured answer does to ``uitkomst``, alone and as a part of the whole (Shapley)."""
        return bijwerktabellen.invloedtabel(self.model, uitkomst)

    def status(self) -> Tabel:
        """Of every answer whether it was measured, updated, filled in or a kengetal."""
        return bijwerktabellen.statustabel(self.model)

    def zinnen(self) -> HTML:
        """What was measured and what it does, in sentences."""
        return lijst(bijwerkzinnen(self.model))

    @property
    def teken(self) -> "TekenBijwerking":
        """Figures: ``b.teken.knop("nieuw")``, ``delen()``."""
        return TekenBijwerking(self)

    def __repr__(self) -> str:
        return self.knoppen().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.knoppen()._repr_mimebundle_(include, exclude)


class TekenBijwerking(Tekenaar[Bijwerking]):
    """Figures of an update."""

    @zoals(bijwerkfiguren.prior_en_posterior)
    def knop(self, sleutel: str, ax: "Axes | None" = None) -> "Axes":
        """One knob before and after. Raises KeyError for a knob that was not measured."""
        knop = next((k for k in self._bron.model.knoppen if k.sleutel == sleutel), None)
        if knop is None:
            gemeten = ", ".join(k.sleutel for k in self._bron.model.knoppen)
            raise KeyError(f"{sleutel!r} is niet gemeten; wel: {gemeten}")
        return bijwerkfiguren.prior_en_posterior(knop, ax)

    @zoals(bijwerkfiguren.intervallen)
    def intervallen(self, ax: "Axes | None" = None) -> "Axes":
        """Every knob: kengetal, measurement and both together, with intervals."""
        return bijwerkfiguren.intervallen(self._bron.model.knoppen, ax)

    @zoals(bijwerkfiguren.delen)
    def delen(self, uitkomst: str = "saldo", ax: "Axes | None" = None) -> "Axes":
        """The parts of the change as bars."""
        return bijwerkfiguren.delen(self._bron.model, uitkomst, ax)


@dataclass(frozen=True, repr=False, eq=False)
class Plan:
    """What a sample is worth before it is taken. The object itself shows the questions with worth and price."""

    model: planmodel.Plan

    def vragen(self, saldo: str = "saldo") -> Tabel:
        """Per question its worth for the decision, its price and up to how many households it pays."""
        return plantabellen.plantabel(self.model, saldo)

    def aantoonbaar(self, per_generalist: int | None = None) -> Tabel:
        """What a sample of this size can show, per knob."""
        return plantabellen.aantoonbaartabel(self.model, per_generalist)

    def zinnen(self) -> HTML:
        """What to ask and how many, in sentences."""
        return lijst(plan_zinnen(self.model))

    @zoals(planfiguren.waarde_en_prijs)
    def teken(self, groep: str = planmodel.ALLES, saldo: str = "saldo", ax: "Axes | None" = None) -> "Axes":
        """Worth and price over the number of households."""
        return planfiguren.waarde_en_prijs(self.model, groep, saldo, ax)

    def __repr__(self) -> str:
        return self.vragen().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.vragen()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Teams:
    """Teams beside each other by name, to learn from and not to settle accounts. Shows the table."""

    model: teammodel.Teams

    def tabel(self) -> Tabel:
        """Per team its own value and the one drawn to the average, each with its 95% interval."""
        return teamtabel(self.model)

    def zinnen(self) -> HTML:
        """What the comparison says and does not say."""
        return lijst(teamzinnen(self.model))

    @zoals(teamfiguren.naast_elkaar)
    def teken(self, titel: str = "", ax: "Axes | None" = None) -> "Axes":
        """Own and drawn values with intervals."""
        return teamfiguren.naast_elkaar(self.model, titel, ax)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


def teams(tellingen: Mapping[str, tuple[int, ...]], soort: str = "aandeel") -> Teams:
    """Teams beside each other: ``mkba.teams({"Noord": (18, 40), "Zuid": (2, 12)})``.

    ``tellingen``: per team the count and its households. ``soort``: "aandeel" (so many of so many) or "aantal" (a
    number per household, such as trajecten; as a third the sum of the squares over the households, from which follows
    how far trajecten cluster: without it teams seem to differ where they do not). Raises InvoerFout for fewer
    than two teams and counts that cannot be.
    """
    try:
        if soort == "aandeel":
            return Teams(teammodel.krimp_aandelen({t: bewijsmodel.Telling(k, n) for t, (k, n) in tellingen.items()}))
        if soort == "aantal":
            return Teams(teammodel.krimp_aantallen({t: _aantal(*telling) for t, telling in tellingen.items()}))
    except (TypeError, ValueError) as fout:
        oorzaak = f"{fout}."
        raise InvoerFout([Melding("tellingen", None, oorzaak, 'Geef {"team": (gelukt, huishoudens), …}.')]) from None
    raise InvoerFout([Melding("soort", soort, "deze soort bestaat niet.", "Kies aandeel of aantal.")])


def _aantal(gebeurtenissen: int, n: int, kwadraten: float | None = None) -> bewijsmodel.Aantal:
    if kwadraten is None:
        return bewijsmodel.Aantal(gebeurtenissen, n)
    return bewijsmodel.Aantal.uit_kwadraten(gebeurtenissen, n, kwadraten)


def als_bewijs(gegeven: object) -> bewijsmodel.Bewijs:
    """A pair (gelukt, n) or a triple (gelukt, n, tegen) as a count, pairs per team as what they say of teams in
    general; what is evidence already stays as it is.

    Raises ValueError.
    """
    if isinstance(gegeven, bewijsmodel.Telling | bewijsmodel.Aantal | bewijsmodel.Effect):
        return gegeven
    if isinstance(gegeven, tuple) and len(gegeven) in (2, 3) and all(type(w) is int for w in gegeven):
        return bewijsmodel.Telling(*gegeven)
    if isinstance(gegeven, Mapping):
        per_team = {str(t): als_bewijs(paar) for t, paar in gegeven.items()}
        return bewijsmodel.over_teams({t: b for t, b in per_team.items() if isinstance(b, bewijsmodel.Telling)})
    raise ValueError("geef (gelukt, huishoudens), of (gelukt, huishoudens, tegen)")
