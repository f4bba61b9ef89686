"""What an empty field stands for: one rule per field, for the aanpak, the screen and the formulas of a workbook.

>>> regel_van("zwaarte.gezin.zr").kengetal, regel_van("succes.werk").disciplines, regel_van("fte").verplicht
('zwaarteprofiel.mv.gezin.zr', ('wi',), True)
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.velden import BEREKEND, DISCIPLINE_BIJ_KNOP, GROEP_VAN, GROEPEN, VELDEN

Herkomst = Literal["opgegeven", "kengetal", "standaard", "geen discipline", "leeg"]

VERPLICHT: Final = "verplicht"
MAG_LEEG: Final = "mag leeg"


@dataclass(frozen=True, slots=True)
class Leegregel:
    """What fills an empty field: its kengetal, else its fixed value, else nothing. It is 0 instead:

    ``groep``: when one of these shares is filled in: they add up to 100%, so the rest is 0;
    ``type_``: when this share is 0, or empty beside one that is not: a huishoudtype without households;
    ``disciplines``: when the team has none of these (handleiding §2.3, bij 13: then not the kengetal).
    """

    kengetal: str | None
    vast: float | bool | None
    verplicht: bool
    groep: tuple[str, ...] = ()
    type_: str = ""
    disciplines: tuple[str, ...] = ()

    def vul(
        self, gegeven: Mapping[str, Any], disciplines: Collection[str] | None, kengetallen: Kengetallen, berekend: bool
    ) -> tuple[float | bool | None, Herkomst]:
        """See :func:`bij_leeg`."""
        if any(s in gegeven for s in self.groep):
            return 0.0, "standaard"
        if self.type_ and not gegeven.get(self.type_) and any(s in gegeven for s in GROEPEN["type"]):
            return 0.0, "standaard"
        if self.disciplines and disciplines is not None and not set(self.disciplines) & set(disciplines):
            return 0.0, "geen discipline"
        if self.kengetal is not None:
            return kengetallen[self.kengetal], "standaard" if berekend else "kengetal"
        return self.vast, "leeg" if self.vast is None else "standaard"

    @property
    def woorden(self) -> str:
        """The rule in words, for beside a field."""
        if self.type_:
            return "een lege kolom van een type met huishoudens: het kengetal (tabel 2.2); een lege cel ernaast: 0%"
        if self.groep:
            return "leeg naast een ingevuld type is 0%"
        if self.disciplines:
            return "leeg: het kengetal als het team de discipline heeft, anders 0%"
        if self.kengetal:
            return "leeg: het kengetal"
        return VERPLICHT if self.verplicht else f"leeg: {'ja' if self.vast is True else f'{self.vast:g}'}"

    def standaardwaarde(self, kengetallen: Kengetallen) -> float | bool | None:
        """The kengetal or fixed value by itself, whatever else is filled in; None without."""
        return kengetallen[self.kengetal] if self.kengetal is not None else self.vast

    def toon(self, kengetallen: Kengetallen) -> float | bool | str:
        """The same, or what to say of a field without: that it must be filled in, or may stay empty."""
        waarde = self.standaardwaarde(kengetallen)
        return (VERPLICHT if self.verplicht else MAG_LEEG) if waarde is None else waarde


@cache
def regel_van(sleutel: str) -> Leegregel:
    """The rule of a field, by its flat key."""
    veld, groep = VELDEN[sleutel], GROEP_VAN.get(sleutel, "")
    return Leegregel(
        kengetal=veld.standaard,
        vast=veld.vast,
        verplicht=veld.verplicht,
        groep=GROEPEN.get(groep, ()),
        type_=f"type.{groep.removeprefix('zwaarte.')}" if groep.startswith("zwaarte.") else "",
        disciplines=DISCIPLINE_BIJ_KNOP.get(sleutel, ()),
    )


def bij_leeg(
    sleutel: str, gegeven: Mapping[str, Any], disciplines: Collection[str] | None, kengetallen: Kengetallen
) -> tuple[float | bool | None, Herkomst]:
    """The value of an empty field and where it comes from; None and "leeg" when nothing fills it.

    ``gegeven``: the fields that are filled in, by flat key; ``disciplines``: those of the team, None when they are not
    known (yet). Frictie counts as a plain default: the screen's 0%, while its kengetal is calculated.
    """
    return regel_van(sleutel).vul(gegeven, disciplines, kengetallen, sleutel in BEREKEND)
