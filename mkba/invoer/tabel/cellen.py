"""Rows and cells as every reader of tables hands them over, whatever file they came from."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from mkba.kern.tekst.meldingen import FouteWaarde, Melding
from mkba.kern.tekst.notatie import nederlands, schoon

KOP_BINNEN: Final = 100
MAXIMUM_KOLOMMEN: Final = 500
"""The header stands in the first 100 rows; a table has 200 columns at most, so 500 leaves room."""


@dataclass(frozen=True, slots=True)
class Cel:
    """One cell. ``procent``: a number that is shown as a percentage and thus is a fraction already.

    ``fout`` says why the cell has no usable value (an Excel error, a formula without a result). ``formule``: the value
    is the stored result of this formula, which nobody worked out here. ``adres`` is known of such a cell and of one
    that is hidden.
    """

    waarde: object = None
    procent: bool = False
    fout: FouteWaarde | None = None
    formule: str = ""
    verborgen: bool = False
    adres: str = ""

    def __str__(self) -> str:
        """As a spreadsheet shows it: 0.092 with the format of a percentage is "9,2%"."""
        if self.procent and isinstance(self.waarde, int | float):
            return f"{nederlands(Decimal(repr(self.waarde)) * 100)}%"
        return "" if self.waarde is None else str(self.waarde)

    @property
    def leeg(self) -> bool:
        return self.fout is None and (self.waarde is None or (isinstance(self.waarde, str) and not schoon(self.waarde)))


GEEN_CEL: Final = Cel()
"""Of a place where nothing is, or that nobody asked for."""


def getoond(waarde: object) -> object:
    """What a message shows of a cell: its value, a share with its percent sign."""
    if isinstance(waarde, Cel):
        return waarde if waarde.procent else waarde.waarde
    return waarde


@dataclass(frozen=True, slots=True)
class Rij:
    """One row with its number in the file, counted from 1."""

    nummer: int
    cellen: tuple[Cel, ...]

    @property
    def leeg(self) -> bool:
        return all(cel.leeg for cel in self.cellen)

    def cel(self, index: int) -> Cel:
        """The cell in a column; a short row ends in empty cells."""
        return self.cellen[index] if index < len(self.cellen) else GEEN_CEL


@dataclass(frozen=True, slots=True)
class Plaats:
    """Says where a message belongs: file, row and, in a workbook, the cell."""

    bestand: str
    met_cellen: bool

    def van(self, rij: int, index: int | None = None) -> str:
        cel = f" ({_kolomletter(index + 1)}{rij})" if self.met_cellen and index is not None else ""
        return f"{self.bestand}, rij {rij}{cel}"


def zonder_kop(index: int, rij: Rij, waar: str) -> Melding:
    """What to say of a value in a column without a header."""
    return Melding(
        f"kolom {index + 1}",
        rij.cel(index).waarde,
        "deze kolom heeft geen kop, maar bevat wel een waarde.",
        "Geef de kolom een kop of maak haar leeg; zet in een csv met komma's als scheiding een decimale komma "
        "tussen aanhalingstekens.",
        waar,
    )


def _kolomletter(nummer: int) -> str:
    from openpyxl.utils import get_column_letter  # only for a workbook, which openpyxl has read

    return str(get_column_letter(nummer))
