"""One number of the catalogue with its origin, and the rules that it must keep."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from mkba.kern.catalogus.sleutels import GEBRUIK
from mkba.kern.tekst.notatie import als_fractie

Eenheid = Literal[
    "eur",
    "eur/fte/jaar",
    "eur/huishouden",
    "eur/huishouden/jaar",
    "eur/jaar",
    "eur/maand",
    "eur/uur",
    "eur/dag",
    "eur/keer",
    "eur/aanvrager",
    "eur/persoon/jaar",
    "eur/qaly",
    "qaly/huishouden",
    "fractie",
    "fractie/jaar",
    "correlatie",
    "huishoudens/fte",
    "uur/huishouden/jaar",
    "uur/fte/jaar",
    "uur/huishouden",
    "uur",
    "aantal",
    "aantal/huishouden",
    "gewicht",
    "jaar",
]
Status = Literal["gepubliceerd", "afgeleid", "gekalibreerd", "aanname"]
Verdeling = Literal["vast", "uniform", "driehoek"]

_VERPLICHT_BIJ_STATUS: dict[str, tuple[str, ...]] = {
    "gepubliceerd": ("vindplaats",),
    "afgeleid": ("vindplaats", "afleiding"),
    "gekalibreerd": ("methode", "gevallen", "laag", "hoog"),
    "aanname": ("motivering", "laag", "hoog"),
}


class Kengetal(BaseModel):
    """One number with its origin.

    ``laag`` and ``hoog`` bound the plausible range (equal to ``waarde`` when the source gives one value);
    ``verdeling`` is the distribution between them that an uncertainty analysis draws from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)

    omschrijving: str
    waarde: float
    eenheid: Eenheid
    status: Status
    bron: str
    prijspeil: int | None = None
    prijspeil_onbekend: str = ""
    """Why an amount has no price level: its source prints none. Such an amount never moves."""
    vindplaats: str = ""
    laag: float | None = None
    hoog: float | None = None
    verdeling: Verdeling = "vast"
    afleiding: str = ""
    methode: str = ""
    gevallen: tuple[str, ...] = ()
    motivering: str = ""
    opmerking: str = ""
    oorspronkelijk: float | None = None
    """The catalogue's value when a user replaced it; ``None`` otherwise."""
    kort: str = ""
    """Short label for the axis of a figure; empty means ``omschrijving``."""
    via: str = ""
    """Who reports the number when ``bron`` itself was not opened."""
    gecontroleerd_op: date | None = None
    vervalt_op: date | None = None
    """The last day that the number is good for; after it there is a warning."""
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None
    reeks: str = ""
    """The series of prices that moves an amount to the price year of the rule set; "" when the rule set moves none."""
    som_van: tuple[str, ...] = ()
    """The kengetallen that this one is the sum of, after their prices were moved."""
    prijsbeweging: str = ""
    """How the amount came from the price level of its source to that of the rule set."""
    overdracht: Literal["", "geheel", "deels"] = ""
    """Whether it is a transfer: money that moves between actors and is no cost or benefit of society by itself."""
    regelset: str = ""
    """The rule set that gives the value: one of the chain of parents."""

    @model_validator(mode="after")
    def _controleer(self) -> "Kengetal":
        ontbreekt = [v for v in _VERPLICHT_BIJ_STATUS[self.status] if getattr(self, v) in (None, "", ())]
        if ontbreekt and self.oorspronkelijk is None:
            raise ValueError(f"status {self.status} vraagt om {', '.join(ontbreekt)}")
        if self.eenheid.startswith("eur") and self.prijspeil is None and not self.prijspeil_onbekend:
            raise ValueError("een bedrag vraagt om een prijspeil")
        if self.prijspeil is not None and self.prijspeil_onbekend:
            raise ValueError("geef prijspeil of prijspeil_onbekend, niet beide")
        if (self.laag is None) != (self.hoog is None):
            raise ValueError("laag en hoog horen bij elkaar: geef beide of geen van beide")
        if self.laag is not None and self.hoog is not None and not self.laag <= self.waarde <= self.hoog:
            raise ValueError(f"waarde {self.waarde} ligt buiten laag {self.laag} ... hoog {self.hoog}")
        if self.verdeling != "vast" and self.laag is None:
            raise ValueError(f"verdeling {self.verdeling} vraagt om laag en hoog")
        return self

    @property
    def onder(self) -> float:
        """Lowest plausible value."""
        return self.waarde if self.laag is None else self.laag

    @property
    def boven(self) -> float:
        """Highest plausible value."""
        return self.waarde if self.hoog is None else self.hoog

    @property
    def herkomst(self) -> str:
        """Source and argument in one line, for the table of kengetallen in a report."""
        gevallen = f" ({', '.join(self.gevallen)})" if self.gevallen else ""
        via = f"via: {self.via}" if self.via else ""
        peil = f"prijspeil onbekend: {self.prijspeil_onbekend}" if self.prijspeil_onbekend else ""
        delen = [self.vindplaats, via, self.afleiding, self.methode + gevallen, self.motivering, self.opmerking, peil]
        delen.append(self.prijsbeweging)
        return "; ".join(deel for deel in delen if deel)


def ontbrekend(velden: Mapping[str, Any]) -> tuple[str, ...]:
    """What a kengetal of this status must say and does not yet; without a parent also what it is and in what unit."""
    nodig = ("omschrijving", "eenheid", *_VERPLICHT_BIJ_STATUS.get(str(velden.get("status")), ()))
    return tuple(v for v in nodig if velden.get(v) in (None, "", ()))


def eenheidshulp(waarde: float, eenheid: str) -> str:
    """The remedy for a value that its unit does not allow; a percentage is a fraction."""
    fractie = als_fractie(waarde) if eenheid.startswith("fractie") else ""
    return f"Schrijf een percentage als fractie: {fractie}." if fractie else f"Controleer de eenheid ({eenheid})."


def buiten_eenheid(pad: str, waarde: float, eenheid: str) -> str:
    """Why the model cannot calculate with a value of this unit; empty when it can."""
    if pad == "effectmeting.samenloop" and not -1 <= waarde <= 1:
        return "de samenloop ligt tussen -1 en 1."
    if eenheid == "correlatie" and not -1 <= waarde <= 1:
        return "een correlatie ligt tussen -1 en 1."
    if GEBRUIK.get(pad) == "standaard" and eenheid.startswith("fractie") and not -1 <= waarde <= 1:
        return "een fractie ligt tussen -1 en 1."
    if GEBRUIK.get(pad) not in (
        "model",
        "effectmeting",
        "onzekerheid",
        "bewijs",
        "steekproef",
        "doelgroepen",
    ):  # a table in a source may print negative percentages
        return ""
    if eenheid.startswith("fractie") and not 0 <= waarde <= 1:
        return "een fractie ligt tussen 0 en 1."
    if waarde < 0 and eenheid not in ("gewicht", "correlatie"):
        return "dit getal kan niet negatief zijn."
    if eenheid in ("huishoudens/fte", "uur/fte/jaar") and waarde <= 0:
        return "dit getal moet groter dan 0 zijn, want er wordt door gedeeld."
    return ""
