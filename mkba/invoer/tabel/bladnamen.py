"""Names of sheets that the template writes and the reader looks for."""

from typing import Final

BLAD_AANPAKKEN: Final = "aanpakken"
BLADEN_TABELLEN: Final = ("Kerncijfers", "Herkomst")
"""Both are in the tables of a report (``--formaten tabellen``), which nobody can calculate with."""
