"""What a reader calls a question of an effectmeting."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Final

from mkba.kern.tekst.notatie import opsomming
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, ALLE_VRAGEN
from mkba.kern.woorden.velden import VELDEN, VRAGEN

_EIGEN: Final = {
    "trajecten_start": "Trajecten bij de start, per huishouden",
    "trajecten_toegevoegd": "Trajecten toegevoegd, per huishouden",
    "trajecten_geschrapt": "Trajecten geschrapt, per huishouden",
    "alles": "Alle vragen samen",
}


def vraagnaam(sleutel: str) -> str:
    """The question with its number and label; of several fields together the question or the group."""
    if sleutel in VELDEN:
        veld = VELDEN[sleutel]
        return f"{veld.vraag}. {veld.label}" if veld.vraag else veld.label
    if (leden := [s for s in VELDEN if s.startswith(f"{sleutel}.")]) and sleutel not in _EIGEN:
        vraag = VELDEN[leden[0]].vraag
        eigen = VELDEN[leden[0]].label.partition(": ")[0]
        return f"{vraag}. {VRAGEN[vraag]}" + (f": {eigen}" if sleutel.count(".") else "")
    return _EIGEN.get(sleutel, sleutel)


def vragennaam(sleutels: Iterable[str]) -> str:
    """Several questions in one sentence, each once, with its number; of one that is meant in part, which part.

    >>> vragennaam(["escalatie.gezin", "escalatie.oudere", "escalatie.overig", "succes.werk", "meer"])
    '11. Meer trajecten in bestaande cases, 13. Meer direct naar werk en 14. Voorkomen escalatie'
    """
    bedoeld = {*sleutels}
    per_vraag = {v: ([s for s in velden if s in bedoeld], velden) for v, velden in _per_vraag().items()}
    return opsomming([_naam_van(vraag, leden, velden) for vraag, (leden, velden) in per_vraag.items() if leden])


@cache
def _per_vraag() -> dict[int, list[str]]:
    """The fields of each question that something is measured of."""
    uit: dict[int, list[str]] = {}
    for sleutel, veld in ALLE_VELDEN.items():
        if veld.vraag and veld.soort not in ("ja_nee", "keuze") and not sleutel.endswith(".niet_actief"):
            uit.setdefault(veld.vraag, []).append(sleutel)
    return uit


def _naam_van(vraag: int, leden: list[str], velden: list[str]) -> str:
    """A question, and which of its fields where it is not all of them."""
    if len(leden) == 1:  # as the tables call it
        return f"{vraag}. {ALLE_VELDEN[leden[0]].label}"
    if len(leden) == len(velden):
        return f"{vraag}. {ALLE_VRAGEN[vraag]}"
    namen = []
    for groep, van_groep in groupby(velden, lambda s: s.rpartition(".")[0]):
        alle = list(van_groep)
        erbij = [s for s in alle if s in leden]
        hoofden = {ALLE_VELDEN[s].label.partition(": ")[0] for s in alle}
        if groep and erbij == alle and len(hoofden) == 1 and hoofden != {ALLE_VRAGEN[vraag]}:
            namen.append(hoofden.pop())
        else:
            namen += [ALLE_VELDEN[s].label.removeprefix(f"{ALLE_VRAGEN[vraag]}: ") for s in erbij]
    return f"{vraag}. {ALLE_VRAGEN[vraag]} ({', '.join(namen)})"
