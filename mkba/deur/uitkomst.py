"""The outcome of one aanpak, as a researcher meets it: keys, tables and figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.model.berekening import Uitkomst as Modeluitkomst
from mkba.model.verloop import BEGROTINGSJAAR
from mkba.model.verloop import Verloop as Modelverloop
from mkba.uitvoer import extra
from mkba.uitvoer.aanpak import beslispagina, figuren, presentatie, samenvatting, tabellen, zinnen
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.bewaren import bewaar_tabellen
from mkba.uitvoer.gevoeligheid.tabellen import wachttabel
from mkba.uitvoer.gevoeligheid.zinnen import wacht_zin
from mkba.uitvoer.regelsets import zinnen as regelsetzinnen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from mkba.deur.businesscase import Businesscase
    from mkba.deur.gevoeligheid import Gevoeligheid, Omslag
    from mkba.deur.meting import Effect
    from mkba.deur.onzekerheid import Simulatie


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

    def begroting(self, jaar: int = BEGROTINGSJAAR) -> Tabel:
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

    def wacht(self) -> "Wacht":
        """Double counting and answers that do not go together: ``u.wacht().zin()`` says how many, the table which."""
        return Wacht(tuple(wacht(self.model)))

    def beslispagina(self, gevoeligheid: "Gevoeligheid", simulatie: "Simulatie", omslag: "Omslag") -> HTML:
        """One page for who decides: three verdicts with their chance, who pays, what turns it and what to do next.

        Of the same aanpak: ``u.beslispagina(a.gevoeligheid(), a.simuleer(), a.omslag())``.
        """
        return beslispagina.beslispagina(self.model, gevoeligheid.frame, simulatie.model, omslag.frame)

    def onderbouwing(self) -> dict[str, Any]:
        """Every euro as plain data: post, component, party, year, formula, kengetallen and sources
        (docs/onderbouwing.md)."""
        from mkba.uitvoer.herleiding.onderbouwing import onderbouwing

        return onderbouwing([self.model], self.model.sleutels)

    def effectmeting(self) -> "Effect":
        """What was measured (questions 16 to 18) and what it changes: both readings of 18 beside the estimate."""
        from mkba.deur.meting import Effect

        return Effect(self.model)

    def businesscase(self, aan: bool = True) -> "Businesscase":
        """Cash and non-cash per party per year, where each payer breaks even, a way to share; not ``aan``: nothing."""
        from mkba.analyse.businesscase.verdeling import businesscase
        from mkba.deur.businesscase import Businesscase

        return Businesscase(businesscase(self.model) if aan else None)

    @gecontroleerd(map_="uitvoermap")
    def bewaar(self, map_: str | Path, verloop: "Verloop", gevoeligheid: "Gevoeligheid") -> list[Path]:
        """Write ledger, ingroei and sensitivity as csv in folder ``map_`` (none when it is empty), unrounded."""
        return bewaar_tabellen(map_, self.model.aanpak.naam, self.model, verloop.model, gevoeligheid.frame)

    @property
    def zinnen(self) -> "Zinnen":
        """Sentences of the report: ``u.zinnen.kop()``, ``samenvatting(…)``, ``caseload()``, ``begroting()``."""
        return Zinnen(self)

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
    def wie_betaalt(self, jaar: int = BEGROTINGSJAAR, ax: "Axes | None" = None) -> "Axes":
        """Who pays and who gains in the budget of calendar year ``jaar``."""
        titel = "" if jaar == BEGROTINGSJAAR else f"Kosten en baten per partij, {jaar} jaar na de start"
        return figuren.wie_betaalt(self._bron.begroting(jaar).frame.drop(index=tabellen.TOTAALRIJ), ax, titel)

    @zoals(figuren.kasstromen)
    def kasstromen(self, ax: "Axes | None" = None) -> "Axes":
        """Costs and benefits year by year."""
        return figuren.kasstromen(self._bron.kasstromen(), self._bron.model.sleutels, ax)


class Zinnen(Tekenaar[Uitkomst]):
    """Sentences of the report on one outcome, as a notebook shows them."""

    def __repr__(self) -> str:
        return "zinnen: " + ", ".join(f"{naam}()" for naam in dir(self))

    @gecontroleerd()
    def kop(self, toelichting: str = "") -> HTML:
        """Name, size and rule set of the aanpak, and where its answers come from."""
        u = self._bron.model
        return zinnen.kop(u.aanpak, zinnen.kengetallenregel(u.kengetallen), toelichting, u)

    def regelset(self) -> HTML:
        """What the rule set is built on, in which prices, and what it does not bring up to date."""
        return regelsetzinnen.regelset(self._bron.model.kengetallen)

    def samenvatting(self, verloop: "Verloop", gevoeligheid: "Gevoeligheid", simulatie: "Simulatie") -> HTML:
        """Page one: key figures, what they mean, how sure they are, who pays and gains, and what drives them."""
        u = self._bron.model
        html = samenvatting.samenvatting(u, verloop.model, gevoeligheid.frame, simulatie.model)
        if not extra.gevraagd(extra.PRESENTATIE):
            return html
        dias = presentatie.presentatie(u, gevoeligheid.frame, simulatie.model)
        return MetGetallen(str(html.data), dias, extra.PRESENTATIE)

    def caseload(self) -> HTML:
        """What the kengetallen of tabel 2.6 say of the size of this team, beside what was filled in."""
        return zinnen.caseloadregel(self._bron.model)

    def begroting(self) -> HTML:
        """How much of the benefits is in the budget of the third year, and what counts of the frictie."""
        return zinnen.begrotingsregel(self._bron.model)

    def bewaard(self, paden: Iterable[Path]) -> HTML:
        """Which files were written."""
        return zinnen.bewaard(paden)


@dataclass(frozen=True, repr=False, eq=False)
class Verloop:
    """Ten calendar years of an aanpak that grows in four years and keeps running. Shows when it has paid for itself."""

    model: Modelverloop

    @property
    def frame(self) -> "pd.DataFrame":
        """Costs, benefits and running totals: rows years 1 to 10, euros of that year, not discounted."""
        return tabellen.verlooptabel(self.model)

    def tabel(self) -> Tabel:
        """For society, all payers and the gemeente: the first year without loss, and when the total turns positive."""
        return tabellen.terugverdientijd(self.model)

    @zoals(figuren.ingroei)
    def teken(self, ax: "Axes | None" = None) -> "Axes":
        """Costs and benefits per calendar year, with the running totals as lines."""
        return figuren.ingroei(self.frame, ax)

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


@dataclass(frozen=True, repr=False, eq=False)
class Wacht:
    """What the guard says of double counting and answers that do not go together. Shows the table."""

    meldingen: tuple[Melding, ...]

    def zin(self) -> HTML:
        """How many checks speak; also said when none does."""
        return zinnen.alinea(wacht_zin(self.meldingen))

    def tabel(self) -> Tabel:
        """A row per check that speaks: what, its value, why, and what to look at."""
        return wachttabel(self.meldingen)

    def __repr__(self) -> str:
        return "\n".join([wacht_zin(self.meldingen), *([self.tabel().als_tekst()] if self.meldingen else [])])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


class Waarschuwingen(tuple[Melding, ...]):
    """Messages about the answers: a tuple of :class:`Melding`, shown as the report prints them."""

    __slots__ = ()

    def __repr__(self) -> str:
        # without the file: its folder tells whose it is, and the page does not show it either
        return "\n".join(str(m.in_bestand("")) for m in self) or "geen waarschuwingen"

    def _repr_html_(self) -> str:
        return str(zinnen.waarschuwingenlijst(self).data)
