"""What the one reader of tables must know of a kind: how its header looks, its size, what its messages advise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mkba.invoer.tabel.cellen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Rij
from mkba.kern.bestand.bestanden import LEEG, MAXIMUM_BYTES, MAXIMUM_RIJEN

OPNIEUW: Final = "Open het in Excel of LibreOffice en bewaar het opnieuw als .xlsx."


@dataclass(frozen=True, slots=True)
class Tabelsoort:
    """A kind of table; the readers of csv and xlsx have no limits and no remedies of their own.

    ``zoek_kop``: which of the first rows is the header; ``aantal_bekend``: how many names of a row are known. A csv is
    read under the separator that finds the header, or else most names. ``rijen`` beyond the header are read at most,
    and one more to tell (None: all). ``uitgepakt``: bytes of a workbook outside its zip. ``toon``: whether a message
    may show what a cell holds (not of a file about persons).
    """

    zoek_kop: Callable[[Sequence[Rij]], int | None]
    aantal_bekend: Callable[[Rij], int]
    kop_binnen: int = KOP_BINNEN
    kolommen: int = MAXIMUM_KOLOMMEN
    rijen: int | None = MAXIMUM_RIJEN
    bytes: int = MAXIMUM_BYTES
    uitgepakt: int = 100_000_000
    toon: bool = True
    geen_tekst: tuple[str, str] = (
        "dit is geen tekst in UTF-8 of Windows-1252.",
        "Bewaar het in Excel als 'CSV UTF-8'.",
    )
    slechte_csv: str = "Controleer de aanhalingstekens, of bewaar het opnieuw als csv."
    lange_cel: tuple[str, str] | None = None
    leeg: str = LEEG
    te_groot: str = "Bewaar alleen de rijen met aanpakken."
    beschadigd: str = OPNIEUW

    def gelijkenis(self, rijen: Sequence[Rij]) -> tuple[bool, int]:
        """How much rows look like a table of this kind: more is larger."""
        return self.zoek_kop(rijen) is not None, max((self.aantal_bekend(rij) for rij in rijen), default=0)

    @property
    def hoogstens(self) -> int | None:
        """Rows that are read: those above the header, the header, and one more than may be below it."""
        return None if self.rijen is None else self.rijen + self.kop_binnen + 1
