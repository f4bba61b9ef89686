"""What the handleiding prints as an example: the running example of the template, and the trajecten of figuur II.1."""

import tomllib
from collections.abc import Mapping
from functools import cache

from mkba.kern.bestand import paden
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.trajecten import CASES, SOORTEN, TRAJECTEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak


def rekenvoorbeeld(kengetallen: Kengetallen) -> list[Aanpak]:
    """The running example of the handleiding, as the template shows it, when it was shipped."""
    bestand = paden.data() / "aanpakken" / "standaard.toml"
    if not bestand.is_file():
        return []
    return [maak_aanpak(tomllib.loads(bestand.read_text(encoding="utf-8")), kengetallen, str(bestand))]


@cache
def figuur_ii_1() -> Mapping[tuple[str, str], Mapping[str, float]]:
    """How figuur II.1 divides trajecten over their kinds: of each question (meer, minder) and case (nieuw, bestaand)
    the shares above 0, together 1. That of new cases is the mix by which the unit costs of trajecten were calibrated
    (trajecten.toml)."""
    effect = lees_toml(paden.data() / "aanpakken" / "effectmeting.toml")["effectmeting"]
    return {
        (vraag, case): {t: float(w) for t in TRAJECTEN if (w := effect[vraag][case].get(t))}
        for vraag in SOORTEN
        for case in CASES
    }
