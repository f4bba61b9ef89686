"""The base-rate guard: no more escalations are prevented than happen at all in a year. It only speaks.

The base rates are findings with a ``basiscijfer``: a range, counted in the population that the finding names. Below its
low end nothing is said.
"""

from collections.abc import Iterable
from typing import Final

from mkba.kern.catalogus.bevindingen import Bevinding, laad_bevindingen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import getal, zuinig
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, EFFECTVELDEN, bedreigd_veld
from mkba.kern.woorden.trajecten import ESCALATIES, ESCALATIES_VAN_TYPE
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import vervangen_door

RUIS: Final = 1e-12


def boven_basiscijfer(aanpak: Aanpak, bevindingen: Iterable[Bevinding] | None = None) -> list[Melding]:
    """A message per answer to question 14 or 18 that claims more than (the low end of) what happens in a year."""
    uit = []
    gekozen = laad_bevindingen().values() if bevindingen is None else bevindingen
    vervangen = vervangen_door(aanpak.effectmeting)
    for b in gekozen:
        for veld in b.basiscijfer.velden if b.basiscijfer else ():
            if veld not in vervangen and (melding := _melding(aanpak, b, veld)) is not None:
                uit.append(melding)
    return uit


def _melding(aanpak: Aanpak, b: Bevinding, veld: str) -> Melding | None:
    assert b.basiscijfer is not None
    aandeel, per = _geclaimd(aanpak, veld)
    effect = b.effect[0]
    in_aantal = effect.eenheid == "aantal/jaar"
    claim = aandeel * per if in_aantal else aandeel
    if claim <= effect.laag + RUIS:
        return None
    hoofd, _, rest = ALLE_VELDEN[veld].label.partition(": ")
    wat = f"{hoofd.lower()} ({rest[:1].lower()}{rest[1:]})"
    if in_aantal:
        rekent = f"u rekent met {getal(claim)} keer {wat}; per jaar zijn het er {_bereik(effect.laag, effect.hoog, '')}"
    else:
        procenten = _bereik(100 * effect.laag, 100 * effect.hoog, "%")
        rekent = f"u rekent met {zuinig(100 * claim)}% {wat}; per jaar gebeurt het bij {procenten}"
    boven = claim > effect.hoog + RUIS
    raad = (
        "Meer dan er gebeurt, valt niet te voorkomen: verlaag het, of onderbouw dat deze huishoudens meer gevaar lopen."
        if boven
        else "Dat is in een rustig jaar alles wat er gebeurt: onderbouw dat dit team zoveel voorkomt."
    )
    if b.opmerking:
        raad += f" ({b.opmerking[:1].upper()}{b.opmerking[1:]}.)"
    return Melding(veld, aanpak.alles()[veld], f"{rekent} ({b.basiscijfer.gebeurtenis}; {b.citaat}).", raad)


def _geclaimd(aanpak: Aanpak, veld: str) -> tuple[float, float]:
    """The share of its households that an answer claims to prevent, and their number.

    Question 14 is a share of a huishoudtype, an indicator of question 18 one of the huishoudtypen that it can happen to
    or, in reading (b), of those threatened: here of these types too.
    """
    type_ = veld.rpartition(".")[2]
    if veld not in EFFECTVELDEN:
        aantal = aanpak.huishoudens * getattr(aanpak.type, type_)
        return (float(aanpak.alles()[veld] or 0.0) if aantal > 0 else 0.0), aantal
    gemeten = aanpak.gemeten
    if gemeten is None or type_ not in ESCALATIES:
        return 0.0, 0.0
    alles = aanpak.alles()
    voorkomen = float(alles[veld] or 0.0)
    deel = kan_overkomen(aanpak, type_)
    if deel <= 0:
        return 0.0, 0.0
    if gemeten.grondslag == "bedreigd":
        voorkomen *= float(alles[bedreigd_veld(type_)] or 0.0) / deel
    return voorkomen, aanpak.huishoudens * deel


def kan_overkomen(aanpak: Aanpak, escalatie: str) -> float:
    """The share of the households that are of a huishoudtype that an escalation of question 18 can happen to."""
    return float(sum(getattr(aanpak.type, t) for t, soorten in ESCALATIES_VAN_TYPE.items() if escalatie in soorten))


def _bereik(laag: float, hoog: float, achter: str) -> str:
    toon = (lambda w: f"{zuinig(w)}{achter}") if achter else getal
    return toon(laag) if laag == hoog else f"{toon(laag)} tot {toon(hoog)}"
