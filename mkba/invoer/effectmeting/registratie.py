"""What a registration for an effectmeting holds once it is read: a frame per table, and what was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from mkba.invoer.effectmeting.kolommen import TABELLEN, Kolom

GETAL: Final = {"getal": "float64", "score": "float32"}
"""A score is 1 to 5; there are a great many of them."""


@dataclass(frozen=True, slots=True)
class Weigering:
    """A row that was refused: where it stands and what was expected, never what stood there."""

    tabel: str
    bestand: str
    rij: int
    kolom: str
    verwacht: str

    def __str__(self) -> str:
        return f"{self.bestand}, rij {self.rij}, {self.tabel}.{self.kolom}: verwacht {self.verwacht}"


@dataclass(frozen=True, eq=False)
class Registratie:
    """The seven tables of :data:`TABELLEN` with every column that they may have; what is unknown is missing (NA).

    Of persons there is a pseudonym of the household only, which may not be published either: a repr leaves the frames
    out. Types: ``pseudoniem`` and ``periode`` str, codes, names and choices category, yes/no boolean, whole numbers
    Int64, numbers float64, scores float32, dates datetime64, ``moment`` int64 (0, 6, 12, 18). ``problematiek`` has
    a column ``schaal`` beside: "1-5" (5 is volledig zelfredzaam) or "0-1" (1 is a problem), missing without scores.
    ``gelezen``: rows found per table, refused ones included; ``genegeerd``: columns that were not used, by place;
    ``opmerkingen``: what deserves attention, in sentences.
    """

    huishoudens: pd.DataFrame = field(repr=False)
    problematiek: pd.DataFrame = field(repr=False)
    trajecten: pd.DataFrame = field(repr=False)
    acties: pd.DataFrame = field(repr=False)
    escalaties: pd.DataFrame = field(repr=False)
    team: pd.DataFrame = field(repr=False)
    gebied: pd.DataFrame = field(repr=False)
    geweigerd: tuple[Weigering, ...] = field(default=(), repr=False)
    gelezen: Mapping[str, int] = field(default_factory=dict, repr=False)
    genegeerd: tuple[str, ...] = ()
    opmerkingen: tuple[str, ...] = ()
    voorbeeldrijen: int = 0
    bestanden: tuple[str, ...] = ()

    def tabel(self, naam: str) -> pd.DataFrame:
        """The frame of one table. Raises KeyError for a name that is none."""
        if naam not in TABELLEN:
            raise KeyError(naam)
        frame: pd.DataFrame = getattr(self, naam)
        return frame


def maak_registratie(tabellen: Mapping[str, pd.DataFrame], **rest: object) -> Registratie:
    """A registration from frames; tables and columns that are not there are empty, every column gets its type.

    Nothing is checked: what comes from a file goes through :func:`mkba.invoer.effectmeting.lezen.lees_registratie`.
    Raises KeyError for a table that is none.
    """
    if onbekend := set(tabellen) - set(TABELLEN):
        raise KeyError(sorted(onbekend)[0])
    frames = {naam: _getypeerd(naam, tabellen.get(naam, pd.DataFrame())) for naam in TABELLEN}
    return Registratie(**frames, **rest)  # type: ignore[arg-type]


def _getypeerd(naam: str, frame: pd.DataFrame) -> pd.DataFrame:
    kolommen = {k.naam: _als_type(k, frame) for k in TABELLEN[naam].kolommen}
    if naam == "problematiek":
        schaal = Kolom("schaal", "keuze", "", keuzes=("1-5", "0-1"))
        kolommen["schaal"] = _als_type(schaal, frame)
    return pd.DataFrame(kolommen, index=frame.index, copy=False).reset_index(drop=True)


def _als_type(kolom: Kolom, frame: pd.DataFrame) -> pd.Series:
    if kolom.naam not in frame:
        return _leeg(kolom, frame.index)
    bron = frame[kolom.naam]
    match kolom.soort:
        case "pseudoniem" | "periode":
            return bron.astype("str")
        case "keuze":
            return bron.astype(pd.CategoricalDtype(list(kolom.keuzes)))
        case "code" | "tekst":
            return bron.astype("category")
        case "ja_nee":
            return bron.astype("boolean")
        case "datum":
            return pd.to_datetime(bron)
        case "moment":
            return bron.astype("int64")
        case "geheel":
            return bron.astype("Int64")
        case "getal" | "score":
            return bron.astype(GETAL[kolom.soort])


def _leeg(kolom: Kolom, index: pd.Index) -> pd.Series:
    """A column without any value, in its type; of a moment, which no row can do without, the start."""
    match kolom.soort:
        case "keuze":
            return pd.Series(pd.Categorical.from_codes([-1] * len(index), list(kolom.keuzes)), index=index)
        case "code" | "tekst":
            return pd.Series(pd.Categorical.from_codes([-1] * len(index), []), index=index)
        case "moment":
            return pd.Series(0, index=index, dtype="int64")
        case _:
            soorten = {"ja_nee": "boolean", "geheel": "Int64", "datum": "datetime64[s]", **GETAL}
            return pd.Series(None, index=index, dtype=soorten.get(kolom.soort, "str"))
