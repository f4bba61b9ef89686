"""One aanpak under two rule sets, or two aanpakken: what each group of changes does."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from mkba.analyse.regelsets.vergelijking import Kant, vergelijk
from mkba.analyse.regelsets.vergelijking import Vergelijking as Model
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.zaak.zaak import Zaak
from mkba.uitvoer.gevoeligheid import figuren
from mkba.uitvoer.regelsets import tabellen, zinnen
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False, eq=False)
class Vergelijking:
    """From one calculation to another by group of changes; shows the steps. Without a second one all of it is empty."""

    model: Model | None

    def kop(self) -> HTML:
        """Heading of the section, and what is compared with what."""
        return zinnen.sectie(self.model)

    def tabel(self) -> Tabel | HTML:
        """The steps from one saldo and each ratio to the other; those of the saldo add up to the cent."""
        return HTML("") if self.model is None else tabellen.stappentabel(self.model)

    def per_post(self) -> Tabel | HTML:
        """What each group does to every post: euros NCW."""
        return HTML("") if self.model is None else tabellen.posttabel(self.model)

    def per_partij(self) -> Tabel | HTML:
        """Who gains and who loses: benefits minus costs of every party, before and after, euros NCW."""
        return HTML("") if self.model is None else tabellen.partijtabel(self.model)

    def niet_bijgewerkt(self) -> HTML:
        """What the second rule set is built on, and what it does not bring up to date."""
        return HTML("") if self.model is None else zinnen.regelset(self.model.naar.kengetallen)

    def wijzigingen(self) -> Tabel | HTML:
        """Every answer and kengetal that differs, with the source of the new one."""
        if self.model is None:
            return HTML("")
        v = self.model
        return tabellen.wijzigingentabel(v.wijzigingen, v.van.naam, v.naar.naam, v.naar.aanpak.gemeten_in)

    def kanttekeningen(self) -> HTML:
        """How to read the steps."""
        return zinnen.alineas(self.model)

    def teken(self, uitkomst: str = "saldo", ax: "Axes | None" = None) -> "Axes | None":
        """The waterfall from one to the other; ``uitkomst``: "saldo" or a ratio."""
        if self.model is None or not self.model.groepen:
            return None
        return figuren.waterval(tabellen.watervalframe(self.model, uitkomst), uitkomst, ax)

    def __repr__(self) -> str:
        return "geen vergelijking" if self.model is None else tabellen.stappentabel(self.model).als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        tabel = self.tabel()
        return tabel._repr_mimebundle_(include, exclude) if isinstance(tabel, Tabel) else {"text/plain": ""}


def tegen_regelset(zaak: Zaak, regelset: str) -> Vergelijking:
    """From ``regelset`` to the one of the aanpak, own values in both; "" or the same one gives an empty comparison."""
    if not regelset:
        return Vergelijking(None)
    ander = laad(regelset).met({pad: k.waarde for pad, k in zaak.kengetallen.afwijkingen.items()})
    if ander.naam == zaak.kengetallen.naam:
        return Vergelijking(None)
    van = Kant(ander.naam, zaak.invoer.met({}, ander), ander)
    return Vergelijking(vergelijk(van, Kant(zaak.kengetallen.naam, zaak.invoer, zaak.kengetallen)))


def naar_aanpak(zaak: Zaak, ander: Zaak) -> Vergelijking:
    """From one aanpak to another, each with its own kengetallen: before and after, or one under two rule sets."""
    namen = "voor", "na"
    if zaak.kengetallen.naam != ander.kengetallen.naam:
        namen = zaak.kengetallen.naam, ander.kengetallen.naam
    van, naar = (Kant(n, z.invoer, z.kengetallen) for n, z in zip(namen, (zaak, ander), strict=True))
    return Vergelijking(vergelijk(van, naar))
