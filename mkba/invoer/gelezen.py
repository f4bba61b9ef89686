"""What a reader found."""

from dataclasses import dataclass

from mkba.kern.aanpak import Aanpak
from mkba.kern.meldingen import Melding


@dataclass(frozen=True)
class Gelezen:
    """An aanpak with its row number (none in a workbook of its own) and what deserves attention.

    ``blad``: the sheet that was read. ``uitkomsten``: what a workbook of its own shows, by public key.
    """

    nummer: int | None
    aanpak: Aanpak
    meldingen: tuple[Melding, ...] = ()
    blad: str = ""
    uitkomsten: tuple[tuple[str, float], ...] = ()
