"""The running example of the handleiding, that the template shows and a reader recognises."""

import tomllib

from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak


def rekenvoorbeeld(kengetallen: Kengetallen) -> list[Aanpak]:
    """The running example of the handleiding, as the template shows it, when it was shipped."""
    bestand = paden.data() / "aanpakken" / "standaard.toml"
    if not bestand.is_file():
        return []
    return [maak_aanpak(tomllib.loads(bestand.read_text(encoding="utf-8")), kengetallen, str(bestand))]
