"""What the screen shows of a draft: outcome, kengetallen beside the fields, sums of shares, and what is wrong.

:func:`bekijk` is a pure function from a draft to all that is on the screen but the figures; nothing here knows widgets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.effectvelden import EFFECTVELDEN, LEEG, VERDELINGEN_EFFECT
from mkba.kern.woorden.velden import BEREKEND, GROEPEN, VELDEN
from mkba.kern.zaak.aanpak import AFRONDING, Aanpak, maak_aanpak
from mkba.kern.zaak.leeg import bij_leeg, regel_van
from mkba.model.berekening import Uitkomst, bereken, caseload_kengetallen
from mkba.model.reeksen import maak_reeksen
from mkba.scherm.concept import Concept, schrijf

_VOOR_CASELOAD: Final = ("huishoudens", *GROEPEN["type"], *(s for t in TYPEN for s in GROEPEN[f"zwaarte.{t}"]), "fte")


@dataclass(frozen=True)
class Som:
    """The sum of a group of shares: a fraction, None when one of them cannot be read; ``klopt`` within a point."""

    waarde: float | None
    klopt: bool

    @property
    def tekst(self) -> str:
        """ "100%", or how far it is off: "95% (5% te weinig)"."""
        if self.waarde is None:
            return "–"
        procent = round(self.waarde * 100, 4)
        if abs(procent - 100) < 1e-6:
            return "100%"
        verschil = f"{nederlands(abs(round(procent - 100, 4)))}% te {'veel' if procent > 100 else 'weinig'}"
        return f"{nederlands(procent)}% ({verschil})"


@dataclass(frozen=True)
class Beeld:
    """All that follows from a draft.

    ``aanpak`` and ``uitkomst`` are None as long as something is wrong. ``fouten``: per field or group of shares;
    ``ontbreekt``: required fields that are empty; ``geldt``: the value that counts per field, as text, also where the
    field is empty; ``kengetal``: the text beside the field; ``berekend``: the calculated kengetallen that can be known,
    by field, as numbers; ``sommen``: per group; ``let_op``: warnings about an outcome.
    """

    concept: Concept
    aanpak: Aanpak | None
    uitkomst: Uitkomst | None
    fouten: Mapping[str, Melding]
    ontbreekt: tuple[str, ...]
    geldt: Mapping[str, str]
    kengetal: Mapping[str, str]
    berekend: Mapping[str, float]
    sommen: Mapping[str, Som]
    let_op: tuple[Melding, ...]


def bekijk(concept: Concept, kengetallen: Kengetallen) -> Beeld:
    """Check a draft as a whole and calculate what can be calculated."""
    aanpak, fouten, ontbreekt = _maak(concept, kengetallen)
    uitkomst = bereken(aanpak, kengetallen) if aanpak is not None else None
    berekend = _berekend(concept, uitkomst, kengetallen)
    return Beeld(
        concept=concept,
        aanpak=aanpak,
        uitkomst=uitkomst,
        fouten=fouten,
        ontbreekt=ontbreekt,
        geldt=_geldt(concept, aanpak, kengetallen),
        kengetal=_kengetalteksten(berekend, kengetallen),
        berekend=berekend,
        sommen={
            **{groep: _som(groep, concept, kengetallen) for groep in GROEPEN},
            **{groep: _som_effect(groep, concept) for groep in VERDELINGEN_EFFECT},
        },
        let_op=tuple(opmerkingen(uitkomst)) if uitkomst is not None else (),
    )


def kengetal_van(sleutel: str, berekend: Mapping[str, float], kengetallen: Kengetallen) -> float | None:
    """The kengetal of a field as a number for that field: a calculated one as it is printed; None without."""
    if sleutel in BEREKEND:
        if sleutel not in berekend:
            return None
        stap = {"huishoudens": 1.0, "fte": 0.1, "frictie": 0.001}[sleutel]
        return round(rond(berekend[sleutel], stap), 6)
    pad = regel_van(sleutel).kengetal
    return kengetallen[pad] if pad is not None else None


def _maak(concept: Concept, kengetallen: Kengetallen) -> tuple[Aanpak | None, dict[str, Melding], tuple[str, ...]]:
    """The aanpak, or what stands in the way: wrong fields and groups, and required fields that are empty."""
    # a field that cannot be read must not count as empty
    onleesbaar = dict.fromkeys(concept.fouten, object())
    try:
        aanpak = maak_aanpak({**concept.waarden, **onleesbaar}, kengetallen, meetherkomst=concept.meetherkomst)
    except InvoerFout as fout:
        overig = [m for m in fout.meldingen if m.veld not in concept.fouten]
        leeg = tuple(m.veld for m in overig if m.veld in VELDEN and m.veld not in concept.waarden)
        fouten = {**concept.fouten, **{m.veld: m for m in overig if m.veld not in leeg}}
        if set(GROEPEN["type"]) <= set(leeg):  # three empty fields: their sum needs no message of its own
            fouten.pop("type", None)
        return None, fouten, leeg
    return aanpak, {}, ()


def _geldt(concept: Concept, aanpak: Aanpak | None, kengetallen: Kengetallen) -> dict[str, str]:
    effect = {s: concept.teksten.get(s) or schrijf(v, LEEG[s]) for s, v in EFFECTVELDEN.items()}
    if aanpak is not None:
        return {**{s: concept.schrijf(s, w) for s, w in aanpak.plat().items()}, **effect}
    gewoon = {s: concept.teksten.get(s) or schrijf(v, _standaard(s, concept, kengetallen)) for s, v in VELDEN.items()}
    return {**gewoon, **effect}


def _standaard(sleutel: str, concept: Concept, kengetallen: Kengetallen) -> Any:
    """What an empty field stands for while the rest is not right yet; a field that cannot be read is not empty."""
    gegeven = {**concept.waarden, **dict.fromkeys(concept.fouten, object())}
    return bij_leeg(sleutel, gegeven, concept.waarden.get("disciplines"), kengetallen)[0]


def _som(groep: str, concept: Concept, kengetallen: Kengetallen) -> Som:
    sleutels = GROEPEN[groep]
    if any(s in concept.fouten for s in sleutels):
        return Som(None, False)
    waarden = [concept.waarden.get(s, _standaard(s, concept, kengetallen)) for s in sleutels]
    if any(w is None for w in waarden):
        return Som(None, True)
    som = float(sum(waarden))
    # a type without households may be left empty
    telt = groep == "type" or som != 0 or concept.waarden.get(groep.replace("zwaarte", "type"), 0.0) > 0
    return Som(som if telt else None, not telt or abs(som - 1) <= AFRONDING + 1e-9)


def _som_effect(groep: str, concept: Concept) -> Som:
    """The sum of a distribution over the kinds of traject: 100%, or nothing as long as there is no number."""
    sleutels = VERDELINGEN_EFFECT[groep]
    if any(s in concept.fouten for s in sleutels):
        return Som(None, False)
    som = float(sum(concept.waarden.get(s, 0.0) for s in sleutels))
    telt = som != 0 or bool(concept.waarden.get(f"{groep}.aantal"))
    return Som(som if telt else None, not telt or abs(som - 1) <= AFRONDING + 1e-9)


def _berekend(concept: Concept, uitkomst: Uitkomst | None, kengetallen: Kengetallen) -> dict[str, float]:
    """The calculated kengetallen, by field, as soon as the answers that they need are there (planfase).

    Fte by caseload needs households, households at this fte needs fte, frictie needs both.
    """
    if uitkomst is not None:
        ruw = {veld: uitkomst[sleutel] for veld, sleutel in BEREKEND.items()}
        return {veld: w for veld, w in ruw.items() if np.isfinite(w)}
    if any(s in concept.fouten for s in _VOOR_CASELOAD[1:-1]):
        return {}
    gegeven = {s: concept.waarden[s] for s in _VOOR_CASELOAD if s in concept.waarden}
    nep = {"naam": "-", "additioneel": 0.0, "disciplines": (), "huishoudens": 1.0, "fte": 1.0}
    try:
        aanpak = maak_aanpak({**nep, **gegeven}, kengetallen)
    except InvoerFout:
        return {}
    caseload = caseload_kengetallen(*maak_reeksen(aanpak, kengetallen))
    nodig = {"fte": {"huishoudens"}, "huishoudens": {"fte"}, "frictie": {"huishoudens", "fte"}}
    uit = {veld: float(caseload[BEREKEND[veld]][0]) for veld, wat in nodig.items() if wat <= set(gegeven)}
    return {veld: w for veld, w in uit.items() if np.isfinite(w)}


def _kengetalteksten(berekend: Mapping[str, float], kengetallen: Kengetallen) -> dict[str, str]:
    uit = {}
    for sleutel, veld in VELDEN.items():
        waarde = kengetal_van(sleutel, berekend, kengetallen)
        if waarde is not None:
            uit[sleutel] = schrijf(veld, waarde)
    return uit
