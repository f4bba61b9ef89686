"""What a reader found."""

from dataclasses import dataclass

from mkba.kern.tekst.meldingen import Melding
from mkba.kern.zaak.aanpak import Aanpak


@dataclass(frozen=True)
class Gelezen:
    """An aanpak with its row number (none in a workbook of its own) and what deserves attention.

    ``blad``: the sheet that was read. ``uitkomsten``: what a workbook of its own shows, by public key.
    ``woorden``: texts of one's own by their place (:mod:`mkba.invoer.eigen_woorden`).
    """

    nummer: int | None
    aanpak: Aanpak
    meldingen: tuple[Melding, ...] = ()
    blad: str = ""
    uitkomsten: tuple[tuple[str, float], ...] = ()
    woorden: tuple[tuple[str, str], ...] = ()
