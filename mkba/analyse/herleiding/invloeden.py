"""What each line of the ledger rests on: the answers and kengetallen that change it when they change themselves.

Found by calculating, not by reading the code: every input moves a little, alone, and the lines that move with it
rest on it. So what is found is what this aanpak was calculated with: a kengetal times zero is not named. Told apart
is what of a line an input changes: its amount, and how it falls over the years. Over whom it falls is read from its
verdeling: those shares add up to 1 and do not move alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import TIJDPROFIELEN
from mkba.kern.catalogus.sleutels import rekent_mee
from mkba.kern.woorden.begrippen import ACTOREN, DISCIPLINES
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, DRAAIBAAR
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.grootboek import MOEDERORGANISATIES
from mkba.model.reeksen import Reeks

STAP: Final = 1e-3
"""How far an input moves, relative to itself (of 0: absolute); far above the noise, far below what a bound allows."""
_RUIS: Final = 1e-12
"""Relative change below which nothing changed: the last bits of a sum."""


@dataclass(frozen=True)
class Invloeden:
    """Keys that a line rests on, in the order of the catalogue and of the questions.

    ``antwoorden`` and ``kengetallen`` change its amount, ``jaren`` how it falls over the years; ``partijen`` are the
    shares by which it falls over the actors.
    """

    antwoorden: tuple[str, ...]
    kengetallen: tuple[str, ...]
    jaren: tuple[str, ...]
    partijen: tuple[str, ...]


def invloeden(uitkomst: Uitkomst) -> dict[str, Invloeden]:
    """Per line of the ledger, by name, what it rests on. One calculation with two scenarios per input."""
    aanpak, kengetallen = uitkomst.aanpak, uitkomst.kengetallen
    waarden = {**_antwoorden(aanpak), **_kengetallen(kengetallen, aanpak)}
    varieer = _beweeg(waarden)
    boek = bereken(aanpak, kengetallen, varieer).grootboek
    sleutels, van_team = list(waarden), _van_het_team(uitkomst)
    uit = {}
    for regel in boek.regels:
        bedrag = _geraakt(regel.bedrag[:, None], sleutels)
        jaren = _geraakt(boek.per_jaar[:, TIJDPROFIELEN.index(regel.tijd)], sleutels)
        uit[regel.naam] = Invloeden(
            (*(s for s in bedrag if s in ALLE_VELDEN), *(("disciplines",) if regel.naam in van_team else ())),
            tuple(s for s in bedrag if s not in ALLE_VELDEN),
            tuple(jaren),
            tuple(_aandelen(regel.verdeling, aanpak, kengetallen)),
        )
    return uit


def _van_het_team(uitkomst: Uitkomst) -> set[str]:
    """The lines that change, in amount or over whom, with one discipline in the team more or less (question 7)."""
    aanpak = uitkomst.aanpak
    anders = aanpak.disciplines[1:] or tuple(d for d in DISCIPLINES if d not in aanpak.disciplines)
    ander = bereken(aanpak.model_copy(update={"disciplines": anders}), uitkomst.kengetallen).grootboek
    return {
        een.naam
        for een, twee in zip(uitkomst.grootboek.regels, ander.regels, strict=True)
        if een.bedrag[0] != twee.bedrag[0] or een.verdeling == MOEDERORGANISATIES
    }


def _antwoorden(aanpak: Aanpak) -> dict[str, float]:
    """The numbers among the answers, by key, ja as 1 and nee as 0; also of questions 16 to 18 when the aanpak is
    calculated with them."""
    return {s: float(w) for s, w in aanpak.alles().items() if _is_getal(s, w, aanpak.gemeten is not None)}


def _is_getal(sleutel: str, waarde: Any, gemeten: bool) -> bool:
    if not isinstance(waarde, int | float):
        return False
    return sleutel in VELDEN or (gemeten and sleutel in DRAAIBAAR)


def _kengetallen(kengetallen: Kengetallen, aanpak: Aanpak) -> dict[str, float]:
    gemeten = aanpak.gemeten is not None
    return {
        pad: k.waarde
        for pad, k in kengetallen.getallen.items()
        if rekent_mee(pad, gemeten) and not pad.startswith("actor.")
    }


def _aandelen(verdeling: str, aanpak: Aanpak, kengetallen: Kengetallen) -> list[str]:
    """The kengetallen by which a line falls over the actors; of existing money those of every discipline in the
    team."""
    van_team = [f"discipline.{d}" for d in aanpak.disciplines] or ["geen_discipline"]
    delen = van_team if verdeling == MOEDERORGANISATIES else [verdeling]
    sleutels = [f"actor.{deel}.{a}" for deel in delen for a in ACTOREN]
    return [s for s in sleutels if s in kengetallen.getallen and kengetallen[s]]


def _beweeg(waarden: Mapping[str, float]) -> dict[str, Reeks]:
    """{input: (1 + 2 x inputs,)}: scenario 0 is as given, then each input alone, a step up and a step down."""
    uit = {}
    for i, (sleutel, waarde) in enumerate(waarden.items()):
        stap = STAP * (abs(waarde) or 1.0)
        laag, hoog = waarde - stap, waarde + stap
        veld = ALLE_VELDEN.get(sleutel)
        if veld is not None and veld.soort == "ja_nee":
            laag = hoog = 1.0 - waarde
        elif veld is not None:  # an answer stays within the bounds of its question
            minimum = 0.0 if veld.minimum is None else veld.minimum
            maximum = np.inf if veld.maximum is None else veld.maximum
            laag, hoog = (laag if laag >= minimum else hoog), (hoog if hoog <= maximum else laag)
        reeks = np.full(1 + 2 * len(waarden), waarde)
        reeks[1 + 2 * i], reeks[2 + 2 * i] = laag, hoog
        uit[sleutel] = reeks
    return uit


def _geraakt(reeks: Reeks, sleutels: list[str]) -> list[str]:
    """Which inputs move a series of (S or 1, n)."""
    if len(reeks) == 1:
        return []
    anders = (np.abs(reeks - reeks[0]) > _RUIS * np.maximum(np.abs(reeks[0]), 1e-9)).any(axis=1)[1:]
    per_invoer = anders.reshape(-1, 2).any(axis=1)
    return [s for s, ja in zip(sleutels, per_invoer, strict=True) if ja]
