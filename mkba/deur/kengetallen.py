"""The catalogue as a researcher meets it."""

from collections.abc import Mapping
from pathlib import Path

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET, Kengetallen
from mkba.kern.catalogus.regelset import Regelsetkeuze, lees_datum
from mkba.kern.tekst.soorten import gecontroleerd


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
