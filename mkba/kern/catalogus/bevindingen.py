"""What was found about wijkteams since 2014, as records: study, design, strength, finding, source and mark.

``data/bevindingen/*.toml``: a table per finding. A mark says how well it is known and fixes the status: V (the text was
seen) and S (another source reports it, with ``via``) are *gepubliceerd*, M (from memory, with ``motivering``) is
*aanname*; nothing gives a record a better status than its mark. ``data/bevindingen/korting/effecten.toml`` says which
effects an aanpak claims, how strong their evidence is, and what was found nationally.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mkba.kern.bestand import paden
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import POSTEN
from mkba.kern.woorden.effectvelden import ALLE_VELDEN

Merk = Literal["V", "S", "M"]
STATUS_VAN_MERK: Final[dict[str, str]] = {"V": "gepubliceerd", "S": "gepubliceerd", "M": "aanname"}
MAXIMUM: Final = 500
"""Records in one file; a choice."""


class _Vast(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Effect(_Vast):
    """A number of a finding: from ``laag`` to ``hoog`` (equal when the source gives one); a share is a fraction."""

    wat: str
    laag: float = Field(allow_inf_nan=False)
    hoog: float = Field(allow_inf_nan=False)
    eenheid: Literal["fractie", "fractie/jaar", "aantal", "aantal/jaar"]

    @model_validator(mode="after")
    def _volgorde(self) -> "Effect":
        if self.laag > self.hoog:
            raise ValueError("laag ligt boven hoog")
        return self


class Basiscijfer(_Vast):
    """Holds answers against the first effect of its finding: what happens at all in a year."""

    velden: tuple[str, ...] = Field(min_length=1)
    gebeurtenis: str


class Bevinding(_Vast):
    """One finding. ``kracht``: Maryland scale, lowest and highest reading; None for a count, which claims no effect."""

    sleutel: str
    studie: str
    jaar: int | None = None
    opzet: str
    soort: Literal["landelijk", "lokaal", "telling"]
    kracht: tuple[int, int] | None = None
    kracht_merk: Merk | None = None
    kracht_motivering: str = ""
    bevinding: str
    raakt: tuple[str, ...]
    merk: Merk
    via: str = ""
    motivering: str = ""
    gecontroleerd_op: date
    effect: tuple[Effect, ...] = ()
    opmerking: str = ""
    basiscijfer: Basiscijfer | None = None

    @model_validator(mode="after")
    def _controleer(self) -> "Bevinding":
        if (self.merk == "S") != bool(self.via):
            raise ValueError("via hoort bij merk S, en alleen daarbij")
        if self.merk == "M" and not self.motivering:
            raise ValueError("merk M vraagt om een motivering")
        if self.kracht is not None and not 1 <= self.kracht[0] <= self.kracht[1] <= 5:
            raise ValueError("kracht loopt van 1 tot en met 5, laagste eerst")
        if self.kracht is not None and not (self.kracht_merk and self.kracht_motivering):
            raise ValueError("kracht vraagt om kracht_merk en kracht_motivering")
        velden = (*self.raakt, *(self.basiscijfer.velden if self.basiscijfer else ()))
        if onbekend := [v for v in velden if v not in ALLE_VELDEN]:
            raise ValueError(f"geen antwoord op vraag 1 tot en met 18: {', '.join(onbekend)}")
        if self.basiscijfer is not None and not (self.effect and self.effect[0].eenheid.endswith("/jaar")):
            raise ValueError("een basiscijfer vraagt om een eerste effect per jaar")
        return self

    @property
    def status(self) -> str:
        """What the mark allows: gepubliceerd or aanname."""
        return STATUS_VAN_MERK[self.merk]

    @property
    def vragen(self) -> tuple[int, ...]:
        """The questions that the finding is about."""
        return tuple(sorted({ALLE_VELDEN[v].vraag for v in self.raakt}))

    @property
    def citaat(self) -> str:
        """Study and how well it is known: ``CPB 2019, … (gepubliceerd, via: …)``."""
        return f"{self.studie} ({self.status}{f'; via: {self.via}' if self.via else ''})"


class Geclaimd(_Vast):
    """An effect that an aanpak claims: lines of the ledger, the strength of its evidence, what was found nationally.

    ``landelijk``: answers that stand for the national finding; empty: none was found, the claim shrinks toward 0.
    """

    sleutel: str
    naam: str
    regels: tuple[str, ...] = Field(min_length=1)
    kracht: int = Field(ge=1, le=5)
    status: Literal["aanname"]
    motivering: str = Field(min_length=1)
    landelijk: Mapping[str, float] = Field(default_factory=dict)
    bevinding: str = ""

    @model_validator(mode="after")
    def _controleer(self) -> "Geclaimd":
        if onbekend := [r for r in self.regels if r.partition(".")[0] not in POSTEN]:
            raise ValueError(f"geen post van het grootboek: {', '.join(onbekend)}")
        if onbekend := [v for v in self.landelijk if v not in ALLE_VELDEN]:
            raise ValueError(f"geen antwoord op vraag 1 tot en met 18: {', '.join(onbekend)}")
        if bool(self.landelijk) != bool(self.bevinding):
            raise ValueError("landelijk en bevinding horen bij elkaar")
        return self


Soort = TypeVar("Soort", bound=BaseModel)
_REMEDIE: Final = "Zie docs/bevindingen.md voor de velden en hun waarden."
_OORZAAK: Final[dict[str, str]] = {
    "missing": "dit veld ontbreekt",
    "extra_forbidden": "dit veld bestaat niet",
    "literal_error": "deze waarde kan hier niet",
    "finite_number": "dit is geen eindig getal",
    "float_type": "dit is geen getal",
    "float_parsing": "dit is geen getal",
    "int_type": "dit is geen geheel getal",
    "int_parsing": "dit is geen geheel getal",
    "int_from_float": "dit is geen geheel getal",
    "string_type": "dit is geen tekst",
    "tuple_type": "dit is geen rij tussen [ en ]",
    "date_type": "dit is geen datum (2026-11-01)",
    "date_from_datetime_parsing": "dit is geen datum (2026-11-01)",
    "date_parsing": "dit is geen datum (2026-11-01)",
    "too_short": "hier staat te weinig",
    "too_long": "hier staat te veel",
    "greater_than_equal": "dit getal is te klein",
    "less_than_equal": "dit getal is te groot",
    "string_too_short": "hier staat niets",
    "model_type": "dit is geen tabel",
    "dict_type": "dit is geen tabel",
}
"""What pydantic says in English, in Dutch; what it does not know is one of the sentences above."""


def laad_bevindingen() -> Mapping[str, Bevinding]:
    """The findings that come with the kit, by key, in file order. Raises InvoerFout."""
    return _laad(paden.data() / "bevindingen")


@lru_cache(maxsize=2)
def _laad(map_: Path) -> Mapping[str, Bevinding]:
    return MappingProxyType(lees_bevindingen(sorted(map_.glob("*.toml"))))


def lees_bevindingen(bestanden: Iterable[Path]) -> dict[str, Bevinding]:
    """Findings from TOML files, by key; everything that is wrong comes in one InvoerFout."""
    meldingen: list[Melding] = []
    uit: dict[str, Bevinding] = {}
    for bestand in bestanden:
        for sleutel, velden in _tabellen(lees_toml(bestand), bestand, meldingen):
            if sleutel in uit:
                oorzaak = "deze bevinding staat er twee keer."
                meldingen.append(Melding(sleutel, None, oorzaak, "Geef elke bevinding een eigen naam.", bestand.name))
            elif (gelezen := _maak(Bevinding, sleutel, velden, bestand, meldingen)) is not None:
                uit[sleutel] = gelezen
    if meldingen:
        raise InvoerFout(meldingen)
    return uit


def laad_geclaimd() -> tuple[Geclaimd, ...]:
    """The effects that an aanpak claims, with their evidence. Raises InvoerFout."""
    return _laad_geclaimd(paden.data() / "bevindingen" / "korting" / "effecten.toml")


@lru_cache(maxsize=2)
def _laad_geclaimd(bestand: Path) -> tuple[Geclaimd, ...]:
    return lees_geclaimd(bestand, laad_bevindingen())


def lees_geclaimd(bestand: Path, bevindingen: Mapping[str, Bevinding]) -> tuple[Geclaimd, ...]:
    """Effects from a TOML file: tables ``[effect.<naam>]``, with what ``[gedeeld]`` gives to all. Raises InvoerFout."""
    inhoud = lees_toml(bestand)
    meldingen: list[Melding] = [
        Melding(k, None, "deze tabel bestaat niet.", "Kies uit: gedeeld, effect.", bestand.name)
        for k in inhoud
        if k not in ("gedeeld", "effect")
    ]
    uit = []
    for sleutel, velden in _tabellen(inhoud.get("effect", {}), bestand, meldingen):
        effect = _maak(Geclaimd, sleutel, {**inhoud.get("gedeeld", {}), **velden}, bestand, meldingen)
        if effect is not None:
            uit.append(effect)
            if effect.bevinding and effect.bevinding not in bevindingen:
                oorzaak = "deze bevinding bestaat niet."
                meldingen.append(
                    Melding(
                        f"{sleutel}.bevinding",
                        effect.bevinding,
                        oorzaak,
                        "Zie `mkba bevindingen` voor de namen.",
                        bestand.name,
                    )
                )
    if meldingen:
        raise InvoerFout(meldingen)
    return tuple(uit)


def _tabellen(
    inhoud: Mapping[str, Any], bestand: Path, meldingen: list[Melding]
) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if len(inhoud) > MAXIMUM:
        oorzaak = f"er staan meer dan {MAXIMUM} tabellen in dit bestand."
        meldingen.append(Melding(bestand.stem, len(inhoud), oorzaak, "Verdeel ze over bestanden.", bestand.name))
        return
    for sleutel, velden in inhoud.items():
        if isinstance(velden, Mapping):
            yield sleutel, velden
        else:
            hulp = "Begin elk record met [naam]."
            meldingen.append(Melding(sleutel, velden, "dit is geen tabel.", hulp, bestand.name))


def _maak(
    soort: type[Soort], sleutel: str, velden: Mapping[str, Any], bestand: Path, meldingen: list[Melding]
) -> Soort | None:
    """The record, or None after a message for everything that is wrong with it."""
    try:
        return soort(**{**velden, "sleutel": sleutel})
    except ValidationError as fout:
        for regel in fout.errors():
            plek = ".".join([sleutel, *map(str, regel["loc"])])
            tekst = _OORZAAK.get(regel["type"]) or regel["msg"].removeprefix("Value error, ")
            waarde: object = regel["input"] if regel["loc"] and regel["type"] != "missing" else None
            meldingen.append(Melding(plek, waarde, f"{tekst}.", _REMEDIE, bestand.name))
        return None
