"""The fields of questions 16 to 18 (invoer 2, figuur 2.10 and II.1): the same flat names in TOML, csv and xlsx.

They stand beside the fields of questions 1 to 15, which every aanpak has; who measured nothing sees none of them.
"""

from typing import Final

from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, GRONDSLAGEN, SOORTEN, TRAJECTEN, TRAJECTNAMEN
from mkba.kern.woorden.velden import VELDEN, VRAGEN, Veld

EFFECTMETING: Final = "effectmeting"
GEBRUIK_VELD: Final = f"{EFFECTMETING}.gebruik"
GRONDSLAG_VELD: Final = f"{EFFECTMETING}.grondslag"

_CASE: Final = {"nieuw": "in nieuwe cases", "bestaand": "in bestaande cases"}
_SOORT: Final = {"meer": "Meer trajecten", "minder": "Minder trajecten"}


def aantal_veld(soort: str, case: str) -> str:
    """The key of an average number: ``effectmeting.meer.nieuw.aantal``."""
    return f"{EFFECTMETING}.{soort}.{case}.aantal"


def aandeel_veld(soort: str, case: str, traject: str) -> str:
    """The key of a share: ``effectmeting.meer.nieuw.schuldhulp``."""
    return f"{EFFECTMETING}.{soort}.{case}.{traject}"


def voorkomen_veld(escalatie: str) -> str:
    """The key of an indicator of question 18."""
    return f"{EFFECTMETING}.voorkomen.{escalatie}"


def bedreigd_veld(escalatie: str) -> str:
    """The key of the share of households under threat of an escalation."""
    return f"{EFFECTMETING}.bedreigd.{escalatie}"


def _lijst() -> tuple[Veld, ...]:
    return (
        Veld(GEBRUIK_VELD, 16, "Input op basis van effectmeting", "ja_nee", vast=False),
        *(
            veld
            for vraag, soort in zip((16, 17), SOORTEN, strict=True)
            for case in CASES
            for veld in (
                Veld(
                    aantal_veld(soort, case),
                    vraag,
                    f"Gemiddeld aantal: {_SOORT[soort].lower()} {_CASE[case]}",
                    "decimaal",
                    0.0,
                    100.0,
                    vast=0.0,
                ),
                *(
                    Veld(
                        aandeel_veld(soort, case, t),
                        vraag,
                        f"{_SOORT[soort]} {_CASE[case]}: {TRAJECTNAMEN[t]}",
                        "fractie",
                        0.0,
                        1.0,
                        vast=0.0,
                    )
                    for t in TRAJECTEN
                ),
            )
        ),
        Veld(GRONDSLAG_VELD, 18, "Voorkomen escalatie: aandeel van", "keuze", keuzes=GRONDSLAGEN),
        *(
            Veld(voorkomen_veld(e), 18, f"Voorkomen: {TRAJECTNAMEN[e]}", "fractie", -1.0, 1.0, vast=0.0)
            for e in ESCALATIES
        ),
        *(
            Veld(bedreigd_veld(e), 18, f"Onder dreiging van: {TRAJECTNAMEN[e]}", "fractie", 0.0, 1.0, optioneel=True)
            for e in ESCALATIES
        ),
    )


EFFECTVELDEN: Final[dict[str, Veld]] = {v.sleutel: v for v in _lijst()}
ALLE_VELDEN: Final[dict[str, Veld]] = {**VELDEN, **EFFECTVELDEN}
"""Questions 1 to 18: what a file may hold."""

EFFECTVRAGEN: Final = {16: "Meer trajecten", 17: "Minder trajecten", 18: "Indicatoren voorkomen escalatie"}
ALLE_VRAGEN: Final[dict[int, str]] = {**VRAGEN, **EFFECTVRAGEN}

VERDELINGEN_EFFECT: Final[dict[str, tuple[str, ...]]] = {
    f"{EFFECTMETING}.{soort}.{case}": tuple(aandeel_veld(soort, case, t) for t in TRAJECTEN)
    for soort in SOORTEN
    for case in CASES
}
"""The shares over the kinds of traject: each group adds up to 100%, or is empty."""

LEEG: Final = {s: v.keuzes[0] if v.keuzes else v.vast for s, v in EFFECTVELDEN.items()}
"""What an empty field stands for: 0, "nee", the first choice, or not known (of bedreigd)."""

DRAAIBAAR: Final = tuple(s for s, v in EFFECTVELDEN.items() if v.soort in ("fractie", "decimaal"))
"""What a scenario may vary: the numbers, not the knob and not the reading."""

VERVANGEN: Final = ("meer", "substitutie.nieuw", "substitutie.bestaand", *(f"escalatie.{t}" for t in TYPEN))
"""Questions 11, 12 and 14: what invoer 2 takes the place of, whole. 10 stays, to weigh new and existing cases."""
VERVANGEN_SUCCES: Final = ("succes.werk", "succes.consulten", "succes.doorverwijzing")
"""Knobs of question 13 that work on money alone; what the others move outside money keeps its place."""
