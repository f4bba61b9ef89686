"""The fields of questions 16 to 18 (invoer 2, figuur 2.10 and II.1): the same flat names in TOML, csv and xlsx.

They stand beside the fields of questions 1 to 15, which every aanpak has; who measured nothing sees none of them.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

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


def gemeten_veld(deel: str) -> str:
    """The key that says whether one of questions 16 to 18 (``meer``, ``minder``, ``voorkomen``) was measured."""
    return f"{EFFECTMETING}.{deel}.gemeten"


def bedreigd_veld(escalatie: str) -> str:
    """The key of the share of households under threat of an escalation."""
    return f"{EFFECTMETING}.bedreigd.{escalatie}"


def _van_case(soort: str, case: str, vraag: int) -> tuple[Veld, ...]:
    aantal = f"Gemiddeld aantal: {_SOORT[soort].lower()} {_CASE[case]}"
    delen = (
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
    )
    return Veld(aantal_veld(soort, case), vraag, aantal, "decimaal", 0.0, 100.0, vast=0.0), *delen


def _lijst() -> tuple[Veld, ...]:
    return (
        Veld(GEBRUIK_VELD, 16, "Input op basis van effectmeting", "ja_nee", vast=False),
        *(
            veld
            for vraag, soort in zip((16, 17), SOORTEN, strict=True)
            for veld in (
                Veld(gemeten_veld(soort), vraag, f"Gemeten: {_SOORT[soort].lower()}", "ja_nee", vast=True),
                *(veld for case in CASES for veld in _van_case(soort, case, vraag)),
            )
        ),
        Veld(gemeten_veld("voorkomen"), 18, "Gemeten: voorkomen escalatie", "ja_nee", vast=True),
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

VERVANGEN: Final[dict[str, tuple[str, ...]]] = {
    "meer": ("meer",),
    "minder": ("substitutie.nieuw", "substitutie.bestaand", "succes.werk", "succes.consulten", "succes.doorverwijzing"),
    "voorkomen": tuple(f"escalatie.{t}" for t in TYPEN),
}
"""What each of questions 16 to 18 takes the place of, where it was measured: question 11; question 12 and the knobs of
13 that work on money alone (what the others move outside money keeps its place); question 14. Question 10 stays, to
weigh new and existing cases."""
DELEN: Final = tuple(VERVANGEN)
"""Questions 16, 17 and 18 by their tables."""
VRAAG_VAN: Final[dict[str, int]] = {deel: EFFECTVELDEN[gemeten_veld(deel)].vraag for deel in DELEN}
"""The number of the question of each."""


def gemeten_delen(waarden: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of questions 16 to 18 were measured, of answers by flat key; what is not given is the standard."""
    return tuple(d for d in DELEN if waarden.get(v := gemeten_veld(d), LEEG[v]))


def vervangen_antwoorden(gebruik: bool, delen: Iterable[str]) -> dict[str, int]:
    """The answers to questions 11 to 14 that do not count, with the question that counts in their place; none when the
    knob ``effectmeting.gebruik`` is on "nee"."""
    return {s: VRAAG_VAN[d] for d in delen for s in VERVANGEN[d]} if gebruik else {}


def vervangen_vragen(delen: Iterable[str]) -> list[int]:
    """The questions (11 to 14) that these take the place of, in order."""
    return sorted({VELDEN[s].vraag for deel in delen for s in VERVANGEN[deel]})
