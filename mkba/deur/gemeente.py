"""The gemeente as a whole: the wijken of a table added up, with a chapter for each."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.display import HTML, display

from mkba.analyse.gemeente import optelling
from mkba.analyse.gevoeligheid.eenzijdig import eenzijdig
from mkba.deur.aanpak import Aanpak
from mkba.deur.kengetallen import Kengetallenbijlage
from mkba.deur.naast_elkaar import reeks_van
from mkba.deur.teken import Tekenaar, zoals
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import huishoudens, toon_veld
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.kern.woorden.velden import VELDEN
from mkba.model.verloop import BEGROTINGSJAAR
from mkba.uitvoer.aanpak import beslispagina
from mkba.uitvoer.aanpak import figuren as aanpakfiguren
from mkba.uitvoer.aanpak import tabellen as aanpaktabellen
from mkba.uitvoer.aanpak import zinnen as aanpakzinnen
from mkba.uitvoer.aanpak.samenvatting import kost_en_levert, latere_baten, let_op
from mkba.uitvoer.gemeente import presentatie, tabellen, zinnen
from mkba.uitvoer.gevoeligheid import omslagzinnen
from mkba.uitvoer.onzekerheid import figuren as simulatiefiguren
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Gemeente:
    """Aanpakken added up to one gemeente. ``g["saldo"]`` is a key figure of the whole; shows the table of wijken."""

    model: optelling.Gemeente

    def __getitem__(self, sleutel: str) -> float:
        return self.model.sleutels[sleutel]

    @property
    def sleutels(self) -> dict[str, float]:
        """The key figures of the whole: sums of the wijken (euros NCW), and the ratios of those sums, unrounded."""
        return self.model.sleutels

    def kop(self) -> HTML:
        """What was added up and with what: the head of a report."""
        return zinnen.kop(self.model, self._dias)

    def _dias(self) -> dict[str, Any]:
        gevoelig = [eenzijdig(w.aanpak, self.model.kengetallen) for w in self.model.wijken]
        return presentatie.presentatie(self.model, gevoelig)

    def beslispagina(self) -> HTML:
        """One page for who decides about the whole."""
        return zinnen.beslispagina(self.model)

    def wijken(self) -> Tabel:
        """A row per wijk and one of the whole: households, fte, euros NCW, ratio and chance."""
        return tabellen.wijken(self.model)

    def per_post(self) -> Tabel:
        """Uitvoerscherm A with a column per wijk and one of the whole, euros NCW and ratios."""
        return tabellen.per_post(self.model)

    def per_partij(self) -> Tabel:
        """Costs, benefits and saldo per party of the whole, euros NCW."""
        return tabellen.partijen_ncw(self.model)

    def begroting(self, jaar: int = BEGROTINGSJAAR) -> Tabel:
        """The cash flows of a calendar year per party of the whole, euros of that year."""
        return tabellen.partijen_begroting(self.model, jaar)

    def begroting_per_wijk(self, jaar: int = BEGROTINGSJAAR) -> Tabel:
        """What a calendar year costs and yields the gemeente, a row per wijk, euros of that year."""
        return tabellen.begroting_per_wijk(self.model, jaar)

    def onzekerheid(self) -> Tabel:
        """The three balances of the whole with P10, P50, P90 and chance, with own and with shared luck."""
        return tabellen.onzekerheid(self.model)

    def spreiding(self) -> HTML:
        """How much of the spread of the wijken cancels out in the whole."""
        return aanpakzinnen.alinea(zinnen.spreidingzin(self.model))

    def kengetallen(self) -> Kengetallenbijlage:
        """The kengetallen that the wijken used, once."""
        return Kengetallenbijlage(self.model.kengetallen, tuple(w.aanpak for w in self.model.wijken))

    def antwoorden(self) -> None:
        """Show the answers to questions 1 to 15, the wijken beside each other."""
        for tabel in tabellen.antwoorden(self.model):
            display(tabel)

    def hoofdstukken(self) -> None:
        """Show a chapter per wijk: verdicts, posts, parties, what it hangs on and warnings; see ``antwoorden``."""
        for naam, uitkomst, simulatie in zip(
            self.model.korte_namen, self.model.wijken, self.model.per_wijk, strict=True
        ):
            a = Aanpak(uitkomst.aanpak, self.model.kengetallen)
            s, ncw = uitkomst.sleutels, aanpaktabellen.partijen_ncw(uitkomst)
            kost = (
                f"{huishoudens(a.invoer.huishoudens)}, {toon_veld(VELDEN['fte'], a.invoer.fte)} fte. Een "
                f"jaar werken {kost_en_levert(s)}."
            )
            partijen = beslispagina.partijzin(
                ncw.frame, aanpaktabellen.partijen_begroting(uitkomst).frame, latere_baten(uitkomst)
            )
            delen = (
                zinnen.hoofdstukkop(naam, [kost]),
                HTML(let_op(uitkomst)),
                replace(beslispagina.oordelentabel(s, simulatie), uitleg=""),  # the page that decides explains it
                zinnen.tussenkop(f"Kosten en baten van {naam}"),
                aanpaktabellen.uitvoerscherm(uitkomst),
                zinnen.tussenkop(f"Wie betaalt en wie profiteert in {naam}", [partijen]),
                ncw,
                zinnen.tussenkop(
                    f"Waar het in {naam} van afhangt", [beslispagina.hangt_af_van(a.gevoeligheid().frame)]
                ),
                HTML(beslispagina.lijst(omslagzinnen.per_betaler(a.omslag().frame, 2))),
                zinnen.tussenkop(f"Waarschuwingen bij de invoer van {naam}"),
                aanpakzinnen.waarschuwingenlijst(a.waarschuwingen()),
            )
            for deel in delen:
                display(deel)

    @property
    def teken(self) -> "TekenGemeente":
        """Figures: ``g.teken.kosten_en_baten()``, ``wie_betaalt()``, ``verdeling()``."""
        return TekenGemeente(self)

    def __repr__(self) -> str:
        return self.wijken().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.wijken()._repr_mimebundle_(include, exclude)


class TekenGemeente(Tekenaar[Gemeente]):
    """Figures of the whole."""

    @zoals(aanpakfiguren.kosten_en_baten)
    def kosten_en_baten(self, ax: "Axes | None" = None) -> "Axes":
        """What one year of work in all wijken costs and yields, per post."""
        return aanpakfiguren.kosten_en_baten(self._bron.sleutels, ax)

    @zoals(aanpakfiguren.wie_betaalt)
    def wie_betaalt(self, jaar: int = BEGROTINGSJAAR, ax: "Axes | None" = None) -> "Axes":
        """Who pays and who gains in the budget of calendar year ``jaar``, all wijken together."""
        frame = self._bron.begroting(jaar).frame.drop(index=aanpaktabellen.TOTAALRIJ)
        return aanpakfiguren.wie_betaalt(frame, ax, f"Kosten en baten per partij, alle wijken, {jaar} jaar na de start")

    @zoals(simulatiefiguren.verdeling)
    def verdeling(self, uitkomst: str = "saldo", ax: "Axes | None" = None) -> "Axes":
        """How often each value of a balance of the whole occurs, with luck of their own per wijk."""
        return simulatiefiguren.verdeling(self._bron.model.eigen, uitkomst, ax)


@gecontroleerd(aantal="trekkingen", bronnen="aanpakken")
def gemeente(
    bronnen: Sequence[str | Path] | Sequence[Aanpak] | str | Path,
    aantal: int = 10_000,
    zaad: int = 2014,
    kengetallen: Kengetallen | None = None,
) -> Gemeente:
    """The aanpakken of a table added up: ``mkba.gemeente("wijken.xlsx")``; or several files, names or aanpakken.

    Every row counts once. Raises ValueError when the kengetallen of aanpakken differ, InvoerFout for what cannot be
    read.
    """
    lijst = [bronnen] if isinstance(bronnen, str | Path) else bronnen
    invoer, regelset = reeks_van(lijst, kengetallen)
    with ThreadPoolExecutor() as werkers:
        return Gemeente(optelling.tel_op(invoer, regelset, aantal, zaad, werkers))
