"""The fields of questions 1 to 15: label, kind, bounds and default, in the order of the invoerscherm.

One list serves the readers, the template, the report and the messages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from mkba.kern.woorden.begrippen import DISCIPLINES, NAMEN, SUCCESSEN, TYPEN, ZWAARTEN

Soort = Literal["tekst", "aantal", "eur", "fractie", "ja_nee", "disciplines", "jaren", "decimaal", "keuze"]

ZWAARTE_STANDAARD: Final = "zwaarteprofiel.mv"
"""MKBA 1.0: the intended group of tabel 2.2, also used in figuur 2.1."""


@dataclass(frozen=True, slots=True)
class Veld:
    """One input field.

    ``standaard`` is the key of the kengetal that fills an empty field; ``vast`` a plain default (0, 1,
    True); with neither the field is required (``optioneel``: it may stay empty).
    ``keuzes``: the words of a "keuze"; an empty field stands for the first.
    """

    sleutel: str
    vraag: int
    label: str
    soort: Soort
    minimum: float | None = None
    maximum: float | None = None
    standaard: str | None = None
    vast: float | bool | None = None
    optioneel: bool = False
    keuzes: tuple[str, ...] = ()

    @property
    def verplicht(self) -> bool:
        """Whether an empty cell is an error."""
        return self.standaard is None and self.vast is None and not self.optioneel and not self.keuzes


_SUCCES_LABELS: Final = (
    "Meer financieel stabiel",
    "Meer direct naar werk",
    "Minder schooluitval",
    "Minder consulten eerste lijn",
    "Minder doorverwijzing tweede lijn",
    "Meer kwaliteit van leven ouderen",
    "Minder overbelaste mantelzorgers",
    "Minder overlast",
)


def _fractie(sleutel: str, vraag: int, label: str, **rest: object) -> Veld:
    return Veld(sleutel, vraag, label, "fractie", 0.0, 1.0, **rest)  # type: ignore[arg-type]


def _lijst() -> tuple[Veld, ...]:
    n = NAMEN
    return (
        Veld("naam", 0, "Naam van de aanpak", "tekst"),
        Veld("huishoudens", 1, "Aantal huishoudens in aanpak", "aantal", 1, 5_000_000),
        *(_fractie(f"type.{t}", 2, f"Type huishoudens: {n[t]}") for t in TYPEN),
        *(
            _fractie(
                f"zwaarte.{t}.{s}",
                3,
                f"{n[t]}: {n[s]}",
                standaard=f"{ZWAARTE_STANDAARD}.{t}.{s}" if s in ("ev", "zr", "nzr") else None,
                vast=0.0 if s in ("niet_actief", "top") else None,
            )
            for t in TYPEN
            for s in ZWAARTEN
        ),
        *(_fractie(f"eenouder.{t}", 4, f"Eenouder/-persoons: {n[t]}", optioneel=True) for t in TYPEN),
        Veld("kinderen", 4, "Gemiddeld aantal kinderen per gezin", "decimaal", 0, 15, "knop.kinderen"),
        *(
            _fractie(f"{wat}.{t}", 5, f"{label}: {n[t]}", standaard=f"leefsituatie.{wat}.{t}")
            for wat, label in (
                ("schulden", "Problematische schulden"),
                ("geen_werk", "Geen werk"),
                ("overlast", "Overlastgevend"),
            )
            for t in TYPEN
        ),
        Veld("fte", 6, "Aantal teamleden (fte)", "decimaal", 0, 100_000),
        Veld("huisvesting", 6, "Kosten fte incl. huisvesting", "ja_nee", vast=True),
        _fractie("additioneel", 6, "Waarvan additionele kosten"),
        Veld("disciplines", 7, "Disciplines in het team", "disciplines"),
        Veld("eenmalig", 8, "Eenmalige kosten", "eur", 0, 1e9, vast=0.0),
        Veld("afschrijving_jaren", 8, "Afschrijving eenmalige kosten (jaren)", "jaren", 1, 50, vast=1.0),
        Veld("jaarlijks", 8, "Jaarlijkse overige kosten", "eur", 0, 1e9, vast=0.0),
        _fractie("jaarlijks_additioneel", 8, "Waarvan additionele overige kosten", vast=0.0),
        _fractie("frictie", 9, "Frictie-/inwerkkosten", standaard="knop.frictie"),
        _fractie("nieuw", 10, "Nieuw gevonden huishoudens", standaard="knop.nieuw"),
        _fractie("meer", 11, "Meer trajecten in bestaande cases", standaard="knop.meer"),
        *(
            Veld(f"substitutie.{w}", 12, f"Minder trajecten in {w}e cases", "fractie", -1, 1, f"knop.substitutie.{w}")
            for w in ("nieuw", "bestaand")
        ),
        *(
            _fractie(f"succes.{s}", 13, label, standaard=f"knop.succes.{s}")
            for s, label in zip(SUCCESSEN, _SUCCES_LABELS, strict=True)
        ),
        *(
            _fractie(f"escalatie.{t}", 14, f"Voorkomen escalatie: {n[t]}", standaard=f"knop.escalatie.{t}")
            for t in TYPEN
        ),
        _fractie("terugval", 15, "Terugvalpercentage", standaard="knop.terugval"),
    )


VELDEN: Final[dict[str, Veld]] = {v.sleutel: v for v in _lijst()}

VRAGEN: Final[dict[int, str]] = {
    0: "Aanpak",
    1: "Aantal huishoudens in aanpak",
    2: "Type huishoudens",
    3: "Zwaarte van de problematiek",
    4: "Huishoudsamenstelling",
    5: "Leefsituatie multiproblematiek",
    6: "Teamleden",
    7: "Teamsamenstelling",
    8: "Overige kosten",
    9: "Frictie",
    10: "Nieuw gevonden huishoudens",
    11: "Meer trajecten",
    12: "Substitutie",
    13: "Succes trajecten: extra effectiviteit",
    14: "Voorkomen escalatie",
    15: "Terugval",
}

VRAGEN_NAAR_EFFECT: Final = (12, 13, 14)
"""Questions that ask what the aanpak did; 10 and 11 ask what is and cost money, 15 is what fades."""
KNOPPEN: Final = tuple(
    sleutel for sleutel, veld in VELDEN.items() if veld.vraag in (9, 10, 11, 12, 13, 14, 15) and veld.soort == "fractie"
)
"""The knobs of questions 9 to 15: what a sensitivity analysis turns."""

EFFECTEN: Final = tuple(sleutel for sleutel in KNOPPEN if sleutel != "frictie")
"""The same without question 9: frictie is a planned cost, and no effect that can come out otherwise."""

GROEPEN: Final[dict[str, tuple[str, ...]]] = {
    "type": tuple(f"type.{t}" for t in TYPEN),
    **{f"zwaarte.{t}": tuple(f"zwaarte.{t}.{s}" for s in ZWAARTEN) for t in TYPEN},
}
"""Shares that add up to 100%; question 3 of a huishoudtype without households may stay empty."""
GROEP_VAN: Final = {sleutel: groep for groep, sleutels in GROEPEN.items() for sleutel in sleutels}

BEREKEND: Final[dict[str, str]] = {
    "huishoudens": "huishoudens_bij_fte",
    "fte": "fte_kengetal",
    "frictie": "frictie_kengetal",
}
"""Fields beside which the screen and the workbook show a kengetal that is calculated from the other answers (figuren
2.1 and 2.4), by the key of its outcome. It fills no empty field."""

DISCIPLINE_BIJ_KNOP: Final[dict[str, tuple[str, ...]]] = {
    "succes.financieel_stabiel": ("wi",),
    "succes.werk": ("wi",),
    "succes.schooluitval": ("jeugd",),
    "succes.consulten": ("zorg", "welzijn"),
    "succes.doorverwijzing": ("zorg", "welzijn"),
    "succes.kwaliteit_ouderen": ("zorg", "welzijn"),
    "succes.mantelzorg": ("zorg", "welzijn"),
    "succes.overlast": ("wonen",),
}
"""Handleiding §2.3, "Bij 13": without any of these disciplines the manual advises to set the knob to 0."""


def benoem(sleutels: Iterable[str]) -> list[str]:
    """What a reader calls these flat keys, in order: labels, one name for all fields of a group together.

    ``["escalatie.gezin", "escalatie.oudere", "escalatie.overig", "nieuw"]`` becomes ``["Voorkomen escalatie",
    "Nieuw gevonden huishoudens"]``. A key that is no field (of a kengetal) stays as it is.
    """
    gegeven = tuple(sleutels)
    uit = []
    for sleutel in gegeven:
        groep = sleutel.rpartition(".")[0]
        leden = [v for v in VELDEN if groep and v.startswith(f"{groep}.")]
        if sleutel in VELDEN and leden and set(leden) <= set(gegeven):
            uit.append(_groepsnaam(leden))
        else:
            uit.append(VELDEN[sleutel].label if sleutel in VELDEN else sleutel)
    return list(dict.fromkeys(uit))


def _groepsnaam(leden: list[str]) -> str:
    """The name of its question; of a group that is part of a question, also what its labels begin with."""
    vraag = VELDEN[leden[0]].vraag
    naam = VRAGEN[vraag].rpartition(": ")[2]
    heel = len(leden) == sum(v.vraag == vraag for v in VELDEN.values())
    return naam[:1].upper() + naam[1:] if heel else f"{VRAGEN[vraag]}: {VELDEN[leden[0]].label.partition(': ')[0]}"


assert set(DISCIPLINES) >= {d for ds in DISCIPLINE_BIJ_KNOP.values() for d in ds}
