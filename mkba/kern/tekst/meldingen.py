"""One way to say what is wrong: file, field, value, cause and remedy, in Dutch.

Readers collect every problem of a file and raise one :class:`InvoerFout`; the command line prints it
without a traceback and ends with exit code 2.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND, bevat_bsn


@dataclass(frozen=True, slots=True)
class Melding:
    """A problem (or a warning) in one field.

    ``bestand`` may carry a place within the file ("aanpakken.xlsx, rij 4").
    """

    veld: str
    waarde: object
    oorzaak: str
    remedie: str
    bestand: str = ""

    def __str__(self) -> str:
        waar = f"{self.bestand}: " if self.bestand else ""
        veld = NIET_GETOOND if bevat_bsn(self.veld[:80]) else kort(self.veld)
        return f"{waar}{veld} = {self.getoond}: {self.oorzaak} {self.remedie}"

    @property
    def getoond(self) -> str:
        """The value in the notation of its file: with a decimal comma, but with a point in TOML and in Python."""
        punt = not self.bestand or ".toml" in self.bestand.casefold()
        if punt or not isinstance(self.waarde, float) or not math.isfinite(self.waarde):
            return toon_waarde(self.waarde)
        return str(self.waarde).removesuffix(".0").replace(".", ",")

    def in_bestand(self, bestand: str) -> "Melding":
        """The same message with its file filled in."""
        return replace(self, bestand=bestand)


def toon_waarde(waarde: object) -> str:
    """Short, single-line, printable form of a value from an input file; never a BSN."""
    if waarde is None or waarde == "":
        return "(leeg)"
    if waarde == NIET_GETOOND:
        return NIET_GETOOND
    try:
        tekst = repr(waarde) if isinstance(waarde, str) else str(waarde)
    except (ValueError, RecursionError):
        # an integer of thousands of digits, or tables in tables in tables
        tekst = "(te lang om te tonen)"
    return NIET_GETOOND if bevat_bsn(tekst[:80]) else kort(tekst)


def kort(tekst: str) -> str:
    """At most 60 printable characters: a message never carries control characters of a file."""
    kop = "".join(teken if teken.isprintable() else "?" for teken in tekst[:61])
    return kop if len(kop) <= 60 else kop[:57] + "..."


class FouteWaarde(ValueError):
    """One value that is wrong, before it is known in which field and file: cause and remedy, in Dutch."""

    def __init__(self, oorzaak: str, remedie: str) -> None:
        self.oorzaak = oorzaak
        self.remedie = remedie
        super().__init__(f"{oorzaak} {remedie}")


class InvoerFout(ValueError):
    """All that is wrong with one piece of input, as a whole."""

    def __init__(self, meldingen: Iterable[Melding]) -> None:
        self.meldingen: tuple[Melding, ...] = tuple(meldingen)
        super().__init__("\n".join(str(m) for m in self.meldingen))
