"""Read all input before anything happens."""

from collections.abc import Sequence

from mkba.analyse.gevoeligheid.plausibiliteit import met_opmerkingen
from mkba.invoer.lezen import Bronaanpak, lees_reeks
from mkba.kern.catalogus.kengetallen import Kengetallen


def lees_alles(invoer: Sequence[str], kengetallen: Kengetallen) -> list[Bronaanpak]:
    """Every aanpak in files, folders and names of shipped cases, each once. Raises InvoerFout with all errors."""
    return [met_opmerkingen(bron, kengetallen) for bron in lees_reeks(invoer, kengetallen)]
