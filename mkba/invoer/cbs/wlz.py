"""How many Wmo clients of an area go on to the Wlz in a year (85594NED, 85985NED): beside the base rate of the country.

The columns of those tables were not seen. A table is read when exactly one column names the Wlz and exactly one the Wmo
clients, both counts, with a row per area; anything else is refused with the columns that were found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from mkba.invoer.cbs.aanvulling import van_jaar
from mkba.invoer.cbs.statline import getal, lees_rijen, per_gebied, status_van, tekst_van
from mkba.kern.tekst.meldingen import InvoerFout, Melding

OPTIE: Final = "--wlz"
_CODES: Final = ("codering", "wijken", "regios", "wijkenenbuurten")
_VORM: Final = (
    "Geef een csv met de kolommen Codering, Perioden, Wmo-cliënten (aantal) en Instroom in de Wlz (aantal), een regel "
    "per gebied."
)


@dataclass(frozen=True)
class Wlzinstroom:
    """Per code the share of the Wmo clients that went on to the Wlz in a year, with source and its status."""

    aandelen: Mapping[str, float]
    bron: str


def lees_wlz(pad: Path, codes: Sequence[str], jaar: int) -> Wlzinstroom:
    """From a csv or json of StatLine or of the user; at least one of these codes. Raises InvoerFout."""
    rijen = lees_rijen(pad, ("perioden",))
    namen = [n for n in rijen[0] if not n.endswith("2")]  # those with a 2 are relative
    instroom = [n for n in namen if "wlz" in n]
    clienten = [n for n in namen if "wmo" in n and "client" in n and "wlz" not in n]
    if len(instroom) != 1 or len(clienten) != 1:
        wat = "niet te zien is welke kolom de Wmo-cliënten telt en welke hun instroom in de Wlz"
        raise _fout(pad, f"{wat}: {', '.join(namen[:12])}.")
    rijen, welk = van_jaar(rijen, jaar, str(pad), OPTIE)
    aandelen: dict[str, float] = {}
    for code, rij in per_gebied(rijen, _CODES, partial(_fout, pad)).items():
        deel, geheel = (getal(rij, kolom, waar=f"{pad}, {code}") for kolom in (instroom[0], clienten[0]))
        if deel is None or not geheel:
            continue
        if deel > geheel:
            raise _fout(pad, f"{code} heeft een grotere instroom in de Wlz dan Wmo-cliënten.")
        aandelen[code] = deel / geheel
    if not set(aandelen) & set(codes):
        raise _fout(pad, "van geen van de gekozen gebieden staan hier cliënten en instroom.")
    return Wlzinstroom(aandelen, f"{pad.name} ({welk}, {status_van(tekst_van(rijen[0], 'perioden'))})")


def _fout(pad: Path, oorzaak: str) -> InvoerFout:
    return InvoerFout([Melding(OPTIE, pad.name, oorzaak, _VORM, str(pad))])
