"""What is known of an area from open statistics: the input of a doelgroepenanalyse for MKBA 1.0.

One :class:`Gebied` holds one row of CBS Kerncijfers wijken en buurten (KWB), whatever the edition or the file
it came from. Unknown or secret is ``None``, never 0.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Final, Literal

Soort = Literal["land", "gemeente", "wijk", "buurt"]

AANDELEN: Final = ("laag_inkomen", "armoede", "jeugdhulp", "wmo", "eenouder", "wmo_ouderen")
"""Fields of a Gebied that are fractions; its other numbers are counts."""


@dataclass(frozen=True, slots=True)
class Gebied:
    """One area in one year.

    Households are private households (institutions are not in the KWB); counts are rounded to 5 by CBS, so
    parts need not add up to totals.
    """

    code: str
    """Trimmed CBS code: NL00, GM + 4, WK + 6, BU + 8 characters."""
    naam: str
    soort: Soort
    jaar: int
    bron: str
    """Where the numbers come from, as a report prints it: "CBS StatLine 85984NED (2024)"."""
    huishoudens: float | None = None
    eenpersoons: float | None = None
    zonder_kinderen: float | None = None
    met_kinderen: float | None = None
    """Households with a child of any age living at home."""
    inwoners: float | None = None
    ouderen: float | None = None
    """Persons of 65 and older."""
    laag_inkomen: float | None = None
    """Share of households with a low income (editions to 2024)."""
    armoede: float | None = None
    """Share of persons in poverty (editions from 2024 on)."""
    bijstand: float | None = None
    """Persons with a bijstandsuitkering, count."""
    jeugdhulp: float | None = None
    """Share of young people with jeugdzorg in natura."""
    wmo: float | None = None
    """Wmo clients of every age per inhabitant (CBS prints per 1,000)."""
    eenouder: float | None = None
    """Share of one-parent households among households with children (not in the KWB)."""
    intramurale_ouderen: float | None = None
    """Persons of 65 and older in institutional households (71488ned, not in the KWB), count."""
    kinderen: float | None = None
    """Persons under 15."""
    ouderen_zonder_partner: float | None = None
    """Persons of 65 and older who live alone or are the parent of a one-parent household (71488ned), count."""
    ouderen_met_partner: float | None = None
    """Persons of 65 and older who live with a partner (71488ned), count."""
    wmo_ouderen: float | None = None
    """Share of the persons of 65 and older who are Wmo client, where a table splits the clients by age."""
    marge: float = 0.0
    """How far a part may be off, as a share of its total: the map of CBS prints parts in whole percents."""
    plaats: str = field(default="", compare=False)
    """File and row of its numbers, for who must mend them: "kwb-2024.xlsx, rij 3"; empty when they were fetched."""
    aanvulling: str = field(default="", compare=False)
    """What of it is not from ``bron``, and whence: "wmo: som van 334 gemeenten in het bestand"."""
    ongebruikt: str = field(default="", compare=False)
    """Of the Netherlands: what was given beside the kerncijfers and does not count, and why; empty when all counts."""
    verborgen: str = field(default="", compare=False)
    """What of it nobody sees in that file, and counts: "rij 3", "kolom H"; empty when all is in sight."""

    @property
    def onbekend(self) -> tuple[str, ...]:
        """Names of the fields that the source does not give for this area."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) is None)

    @property
    def aangevuld(self) -> dict[str, str]:
        """Per field that is not from ``bron`` where it is from, as ``aanvulling`` says it."""
        delen = (deel.partition(": ") for deel in self.aanvulling.split("; ") if deel)
        return {veld: bron for velden, _, bron in delen for veld in velden.split(", ")}

    def cijfers(self) -> dict[str, object]:
        """Who it is and its numbers, without where in a file they stand."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.compare}


LAND: Final = "NL00"
KENMERK: Final = "mkba-gebieden"
"""Begins the kit's own file of areas."""


def schrijf_cijfers(gebieden: Iterable[Gebied]) -> str:
    """Areas as the kit's own json; ``mkba.invoer.cbs.gebieden.kies_gebieden`` reads it back identically."""
    inhoud = {"soort": KENMERK, "gebieden": [asdict(g) for g in gebieden]}
    return json.dumps(inhoud, ensure_ascii=False, indent=1) + "\n"
