"""Where an answer was measured, in words: of an aanpak after a measurement that carries it along."""

from collections.abc import Iterable
from typing import Final

from mkba.kern.tekst.notatie import getal, opsomming
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, DRAAIBAAR, EFFECTVELDEN, VERDELINGEN_EFFECT
from mkba.kern.woorden.velden import VRAGEN_NAAR_EFFECT
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import vervangen_door
from mkba.kern.zaak.meetherkomst import Meetherkomst
from mkba.uitvoer.maat import MATEN

UITLEG: Final = (
    "Gemeten: geteld in een registratie of een steekproef (mkba effect), met bij hoeveel en het 95%-interval van de "
    "telling. Bijgewerkt: die telling, gewogen tegen het kengetal; het interval is dan dat van de telling."
)
UITLEG_G: Final = "(g): gemeten, of bijgewerkt met een meting; waar en hoe zeker, staat in de tabel hierna."
KANS_ZONDER_TELLING: Final = "Het toeval van de telling zit niet in de kansen hier."
TOEVAL_ELDERS: Final = (
    "Wat is geteld, staat in deze trekkingen vast, en wat is bijgewerkt (vraag 10 tot en met 15) beweegt over het "
    "bereik uit de bronnen; het interval met de telling erin staat in het rapport van de meting (mkba effect)."
)
_MAAT: Final = {"fractie": "fractie1", "eur": "eur1"}
_MEETVELDEN: Final = frozenset(DRAAIBAAR) - {s for deel in VERDELINGEN_EFFECT.values() for s in deel}
"""The numbers of questions 16 to 18, without the shares over the kinds."""


def gezegd(record: Meetherkomst) -> str:
    """ "gemeten bij 795 huishoudens, 41,2% tot 48,1% (registratie: huishoudens)"."""
    if record.hoe == "kengetal":
        return f"kengetal ({record.bron})"
    hoe = "bijgewerkt, geteld" if record.hoe == "bijgewerkt" else "gemeten"
    return f"{hoe}{bij(record)} ({record.bron})"


def bij(record: Meetherkomst) -> str:
    """ " bij 795 huishoudens, 41,2% tot 48,1%": how many were counted, and the 95% interval of the count."""
    delen = "" if record.n is None else f" bij {getal(record.n)} {record.waarvan}".rstrip()
    if record.laag is None or record.hoog is None:
        return delen
    druk = MATEN[_MAAT.get(ALLE_VELDEN[record.sleutel].soort, "decimaal2")].druk
    return f"{delen}, {druk(record.laag)} tot {druk(record.hoog)}"


def telling(aanpak: Aanpak) -> str:
    """How many of the answers that count were measured, as a sentence without its end; empty for an aanpak that says it
    of none. The shares over the kinds of traject are one answer with their number."""
    records, vervangen = aanpak.gemeten_in, vervangen_door(aanpak.effectmeting)
    telt = [s for s in aanpak.gegeven() if s not in vervangen and _is_antwoord(s)]
    hoe = [records[s].hoe for s in telt if s in records]
    delen = {"gemeten": hoe.count("gemeten"), "bijgewerkt met een meting": hoe.count("bijgewerkt")}
    if not any(delen.values()):
        return ""
    wat = opsomming([f"{n} {woord}" for woord, n in delen.items() if n])
    return f"Van de {len(telt)} ingevulde antwoorden waarmee is gerekend, zijn er {wat}"


def _is_antwoord(sleutel: str) -> bool:
    """Not the name, a switch of questions 16 to 18, a share of one kind of traject, or what the others leave over."""
    if sleutel in EFFECTVELDEN:
        return sleutel in _MEETVELDEN
    return bool(ALLE_VELDEN[sleutel].vraag) and not sleutel.endswith(".niet_actief")


def gemeten_effecten(records: Iterable[Meetherkomst]) -> list[int]:
    """The questions after an effect (12 to 14) that a measurement updated, in order."""
    vragen = {ALLE_VELDEN[r.sleutel].vraag for r in records if r.hoe != "kengetal"}
    return sorted(vragen & {*VRAGEN_NAAR_EFFECT})
