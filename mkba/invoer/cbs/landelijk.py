"""The national row that areas are compared with: of the file itself, else shipped, else the sum of its gemeenten.

Whatever does not come from the file's own row is marked, and what cannot be had is said; nothing is made up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from mkba.kern.bestand import paden
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import hoeveel
from mkba.kern.zaak.gebied import AANDELEN, LAND, Gebied

BESTAND: Final = "landelijk/kerncijfers.toml"
_AANTALLEN: Final = ("inwoners", "huishoudens", "eenpersoons", "zonder_kinderen", "met_kinderen", "kinderen", "ouderen")
_EENHEDEN: Final = {"laag_inkomen": "procent", "armoede": "procent", "jeugdhulp": "procent", "wmo": "per_1000"}
_DELER: Final = {"procent": 100, "per_1000": 1000}
_WEEGT: Final = {
    "laag_inkomen": "huishoudens",
    "armoede": "inwoners",
    "wmo": "inwoners",
    "eenouder": "met_kinderen",
    "wmo_ouderen": "ouderen",
}
"""What a share is a part of: the sum of gemeenten is the sum of those parts. Jeugdhulp is a part of the young people,
of whom the kerncijfers have those under 15."""
VERGELEKEN: Final = ("laag_inkomen", "armoede", "bijstand", "jeugdhulp", "wmo")
"""Fields of the national row that kerncijfers can hold and indicators are compared with."""


@dataclass(frozen=True, slots=True)
class Grens:
    """Between which values a national share lies, and why."""

    laag: float
    hoog: float
    waarom: str


@cache
def _inhoud() -> dict[str, Any]:
    return lees_toml(paden.data() / BESTAND)


@cache
def bereik() -> dict[str, Grens]:
    """Per field the range of the national number."""
    return {veld: Grens(**grens) for veld, grens in _inhoud()["bereik"].items()}


@cache
def meegeleverd(jaar: int) -> Gebied | None:
    """The shipped national row of an edition; None when it was not seen."""
    editie = _inhoud()["editie"].get(str(jaar))
    if editie is None or "ontbreekt" in editie:
        return None
    waarden: dict[str, Any] = {veld: editie[veld] for veld in (*_AANTALLEN, "bijstand") if veld in editie}
    for veld, eenheid in _EENHEDEN.items():
        if (gedrukt := editie.get(f"{veld}_{eenheid}")) is not None:
            waarden[veld] = gedrukt / _DELER[eenheid]
    bron = f"CBS StatLine {editie['tabel']} ({jaar}), landelijke rij meegeleverd met de kit; {editie['cijferstatus']}"
    return Gebied(LAND, "Nederland", "land", jaar, bron, **waarden)


def waarom_niet(jaar: int) -> str:
    """Why there is no shipped row of a year."""
    editie = _inhoud()["editie"].get(str(jaar))
    return (
        str(editie["ontbreekt"]) if editie and "ontbreekt" in editie else "van dit jaar levert de kit geen cijfers mee"
    )


def maak_land(eigen: Gebied | None, gemeenten: Sequence[Gebied], jaar: int) -> Gebied:
    """The national row to compare with.

    ``eigen``: that of the file; ``gemeenten``: those in the file. Fields that stay unknown are None.
    """
    mee = meegeleverd(jaar)
    land = eigen or mee or Gebied(LAND, "Nederland", "land", jaar, "niet in het bestand")
    van = [f"alles: landelijke rij van {jaar}, meegeleverd met de kit"] if eigen is None and mee is not None else []
    if eigen is not None and mee is not None:
        land, velden = _aangevuld(land, mee)
        van += [f"{', '.join(velden)}: landelijke rij van {jaar}, meegeleverd met de kit"] if velden else []
    for veld in (*_AANTALLEN, "bijstand", *_WEEGT, "jeugdhulp"):
        if getattr(land, veld) is None and (som := _som(veld, gemeenten, land)) is not None:
            waarde, aantal = som
            land = replace(land, **{veld: waarde})  # type: ignore[arg-type]
            van.append(f"{veld}: som van {hoeveel(aantal, 'gemeente', 'gemeenten')} in het bestand")
    return replace(land, aanvulling="; ".join(van)) if van else land


def _aangevuld(land: Gebied, mee: Gebied) -> tuple[Gebied, list[str]]:
    """What the row of the file lacks of the shipped one, only where an indicator needs it."""
    velden = [v for v in VERGELEKEN if getattr(land, v) is None and getattr(mee, v) is not None]
    waarden: dict[str, Any] = {v: getattr(mee, v) for v in velden}
    return replace(land, **waarden), velden


def _som(veld: str, gemeenten: Sequence[Gebied], land: Gebied) -> tuple[float, int] | None:
    """A national number from the gemeenten that have it, with how many; None when these are too small a part.

    A count is raised to the inhabitants of the country: the others have as many per inhabitant.
    """
    weegt = _WEEGT.get(veld, "kinderen" if veld == "jeugdhulp" else "inwoners")
    bekend = [g for g in gemeenten if getattr(g, veld) is not None and g.inwoners and getattr(g, weegt)]
    samen = sum(float(g.inwoners or 0.0) for g in bekend)
    if not bekend or samen < _inhoud()["som"]["dekking"] * (land.inwoners or _inwoners(land.jaar)):
        return None
    if veld not in AANDELEN:
        som = sum(float(getattr(g, veld)) for g in bekend)
        return som * max((land.inwoners or samen) / samen, 1.0), len(bekend)
    delen = [float(getattr(g, weegt)) for g in bekend]
    return sum(float(getattr(g, veld)) * d for g, d in zip(bekend, delen, strict=True)) / sum(delen), len(bekend)


def _inwoners(jaar: int) -> float:
    """Inhabitants of the shipped edition nearest to a year: enough to see whether gemeenten are the whole country."""
    jaren = [int(j) for j, e in _inhoud()["editie"].items() if "inwoners" in e]
    dichtst = min(jaren, key=lambda j: abs(j - jaar))
    return float(_inhoud()["editie"][str(dichtst)]["inwoners"])


def meldingen(land: Gebied) -> tuple[Melding, ...]:
    """What to know of the national row: that it is not there, or what of it came from elsewhere."""
    mist = [v for v in VERGELEKEN if getattr(land, v) is None]
    uit = []
    if len(mist) == len(VERGELEKEN):
        oorzaak = (
            f"het bestand heeft geen regel NL00, en {waarom_niet(land.jaar)}. Zonder landelijke cijfers zegt de "
            "indeling niets: elk gebied krijgt de standaardwijk van tabel 2.2."
        )
        remedie = "Download de tabel met de regel Nederland (NL00), of geef een bestand met alle gemeenten."
        uit.append(Melding("Nederland", str(land.jaar), oorzaak, remedie))
    if land.aanvulling:
        # in the cause: a value is cut off in a message
        oorzaak = f"niet alles staat in de landelijke rij van het bestand. Aangevuld en zo gemerkt: {land.aanvulling}."
        remedie = "Neem de landelijke rij volledig op als u haar heeft."
        uit.append(Melding("Nederland", str(land.jaar), oorzaak, remedie))
    for deel in filter(None, land.ongebruikt.split("; ")):
        bron, _, waarom = deel.partition(": ")
        oorzaak = f"{bron} telt niet mee: {waarom}."
        remedie = "Geef een tabel die daar wel getallen voor heeft, of laat haar weg."
        uit.append(Melding("--aanvulling", str(land.jaar), oorzaak, remedie))
    return tuple(uit)
