"""The catalogue as a researcher meets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET, Kengetallen
from mkba.kern.catalogus.regelset import Regelsetkeuze, lees_datum
from mkba.kern.tekst.soorten import gecontroleerd

if TYPE_CHECKING:
    from IPython.display import HTML

    from mkba.kern.zaak.aanpak import Aanpak
    from mkba.uitvoer.tabel import Tabel


@gecontroleerd(eigen="kengetallen")
def kengetallen(
    regelset: str = STANDAARD_REGELSET,
    eigen: "str | Path | Mapping[str, float]" = "",
    prijsjaar: int | None = None,
    peildatum: str = "",
) -> Kengetallen:
    """A rule set: ``k["kwaliteit.qaly_eur"]`` is a value (Tab completes the keys), ``k.getallen[key]`` its source.

    ``regelset``: "lpbl-2014", "nl-2026" or the path of an own rule set (TOML). ``eigen``: own values, as a TOML file, a
    workbook or a mapping. ``prijsjaar``: the year that prices are moved to (default: that of the rule set);
    ``peildatum``: date of the analysis as "2026-01-31" (default: today), for the discount rate and for what has
    expired. Raises InvoerFout.
    """
    keuze = Regelsetkeuze.lees(regelset)
    datum = lees_datum(peildatum) if peildatum else keuze.peildatum
    regelset = str(Regelsetkeuze(keuze.naam, keuze.prijsjaar if prijsjaar is None else prijsjaar, datum))
    if isinstance(eigen, Mapping):
        return lees_kengetallen(regelset).met(eigen)
    return lees_kengetallen(regelset, str(eigen))


@dataclass(frozen=True, repr=False, eq=False)
class Kengetallenbijlage:
    """The kengetallen of a series of reports, each with range, status and source. Shows the table."""

    model: Kengetallen
    aanpakken: tuple["Aanpak", ...] = ()

    def kop(self) -> "HTML":
        """Which rule set this is, and how many values the user replaced."""
        from mkba.uitvoer.aanpak.zinnen import alinea, kengetallenregel

        return alinea(f"Gebruikt: {kengetallenregel(self.model)}.")

    def statustelling(self) -> "Tabel":
        """How many kengetallen are published, derived, calibrated or assumed."""
        from mkba.uitvoer.aanpak.tabellen import kengetallen_van, statussen

        return statussen(kengetallen_van(self.model, self.aanpakken))

    def zorgprofielen(self) -> "Tabel":
        """Figuur 2.7: what a household uses of care, euros a year by type and zwaarte."""
        from mkba.uitvoer.aanpak.tabellen import profieltabel

        return profieltabel(self.model)

    def tabel(self) -> "Tabel":
        """Every kengetal that some report of the series used; without the care profiles."""
        from mkba.uitvoer.aanpak.tabellen import kengetallen_van, kengetalrijen

        return kengetalrijen(kengetallen_van(self.model, self.aanpakken))

    def __repr__(self) -> str:
        return self.tabel().als_tekst()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.tabel()._repr_mimebundle_(include, exclude)


def kengetallenbijlage(kengetallen: Kengetallen, aanpakken: Sequence[str | Path] = ()) -> Kengetallenbijlage:
    """The kengetallen of many reports, once: ``mkba.kengetallenbijlage(k, ["wijken.xlsx"]).tabel()``.

    ``aanpakken``: files and names of cases whose reports these are; without any, all that an aanpak may use. Raises
    InvoerFout.
    """
    from mkba.invoer.lezen import aanpakken_van, lees_reeks

    gelezen = aanpakken_van(lees_reeks([str(naam) for naam in aanpakken], kengetallen))
    return Kengetallenbijlage(kengetallen, gelezen)
