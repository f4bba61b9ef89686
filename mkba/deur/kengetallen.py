"""The catalogue as a researcher meets it."""

from collections.abc import Mapping
from pathlib import Path

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET, Kengetallen
from mkba.kern.tekst.soorten import gecontroleerd


@gecontroleerd(eigen="kengetallen")
def kengetallen(
    regelset: str = STANDAARD_REGELSET,
    eigen: "str | Path | Mapping[str, float]" = "",
) -> Kengetallen:
    """A rule set: ``k["kwaliteit.qaly_eur"]`` is a value (Tab completes the keys), ``k.getallen[key]`` its source.

    ``eigen``: own values, as a TOML file, a workbook or a mapping. Raises InvoerFout.
    """
    if isinstance(eigen, Mapping):
        return lees_kengetallen(regelset).met(eigen)
    return lees_kengetallen(regelset, str(eigen))
