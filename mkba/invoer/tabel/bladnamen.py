"""Names of sheets that the template writes and the reader looks for."""

from typing import Final

BLAD_AANPAKKEN: Final = "aanpakken"
