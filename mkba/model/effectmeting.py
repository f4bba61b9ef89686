"""Invoer 2: the posts of questions 16 to 18, from measured numbers of trajecten instead of an average care profile.

Pure functions on arrays with a leading scenario axis (S or 1); euros, NCW at the base discount rate, positive, at the
price level of the rule set. Sources: handleiding §2.3.2 and bijlage II; formulas in docs/effectmeting.md, section 1.

An aanpak that measured has lines of its own in four posts, in the place of those of questions 11 to 14; of a question
that was not measured those stay. Nothing counts twice: a post asks :func:`posten_van` which function makes it, so it
has one or the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import Rekenwaarden
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.trajecten import (
    ESCALATIES,
    ESCALATIES_VAN_TYPE,
    GROEPEN_TRAJECTEN,
    MINDER_EFFECTIVITEIT,
    MINDER_SUBSTITUTIE,
    SOORTEN,
    TRAJECTEN,
)
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model import posten
from mkba.model.grootboek import Regel
from mkba.model.posten import Basis, Regels
from mkba.model.reeksen import EffectReeksen, InvoerReeksen, MetEffectmeting, Reeks, maak_reeksen, optellen, som

_VERDELING_VAN_GROEP: Final = {
    "Werk en inkomen": "domein.wi",
    "Welzijn (collectief)": "trajecten.zw",
    "Jeugd": "domein.jeugd",
    "Wmo (individueel)": "trajecten.zw",
    "Maatschappelijke opvang": "trajecten.zw",
    "Zorgverzekeringswet": "domein.zvw",
}
VERDELING_VAN: Final[dict[str, str]] = {
    **{
        t: _VERDELING_VAN_GROEP[groep]
        for groep, leden in GROEPEN_TRAJECTEN.items()
        if groep in _VERDELING_VAN_GROEP
        for t in leden
    },
    "begeleiding": "trajecten.zw",
    "verzorging": "traject.verzorging",
    "verpleging": "traject.verpleging",
    "intramuraal_awbz": "traject.intramuraal",
    "huisuitzetting": "traject.huisuitzetting",
    "uithuisplaatsing": "domein.jeugd",
    "ondertoezichtstelling": "domein.jeugd",
}
"""Over whom a traject falls, the verdeling of its line (actoren.toml): after the decentralisations of 2015."""


def kosten_per_huishouden(aantal: Reeks, verdeling: Reeks, nieuw: Reeks, traject_eur: Reeks) -> Reeks:
    """Yearly euros per household in the aanpak by kind of traject, (S, traject).

    aantal (S, case), verdeling (S, case, traject), nieuw (S,), traject_eur (S, traject): the average number of
    trajecten in new and in existing cases, weighted with question 10, times what one costs.
    """
    gewicht = np.stack(np.broadcast_arrays(nieuw * aantal[:, 0], (1.0 - nieuw) * aantal[:, 1]), axis=1)  # (S, case)
    return np.asarray(som(gewicht[:, :, None] * verdeling, 1) * traject_eur)


def samen(aandelen: Sequence[Reeks], samenloop: Reeks) -> Reeks:
    """Share of households with at least one of some events, (S,): 1 - prod(1 - x) when they are independent.

    ``samenloop`` -1: who has one has the other, the largest share; 1: nobody has two, the sum (100% at most); between
    them in a straight line by way of 0.
    """
    onafhankelijk = 1.0 - _product([1.0 - a for a in aandelen])
    grootste = aandelen[0]
    for aandeel in aandelen[1:]:
        grootste = np.maximum(grootste, aandeel)
    hoogstens = np.minimum(optellen(aandelen), 1.0)
    naar_som = np.maximum(samenloop, 0.0) * (hoogstens - onafhankelijk)
    naar_grootste = np.maximum(-samenloop, 0.0) * (grootste - onafhankelijk)
    return np.asarray(onafhankelijk + naar_som + naar_grootste)


def escalaties_per_type(aandelen: Reeks, samenloop: Reeks) -> Reeks:
    """The answer to question 14 that question 18 gives: (S, escalatie) of who it can happen to -> (S, type)."""
    per_type = [samen([aandelen[:, ESCALATIES.index(e)] for e in ESCALATIES_VAN_TYPE[t]], samenloop) for t in TYPEN]
    return np.stack(np.broadcast_arrays(*per_type), axis=1)


def van_de_huishoudens(effect: EffectReeksen) -> Reeks:
    """Question 18 as it was answered, (S, escalatie): (a) a share of who it can happen to, (b) of all households, times
    those threatened."""
    return np.asarray(effect.voorkomen * effect.bedreigd) if effect.van_bedreigd else effect.voorkomen


def van_wie_het_kan(invoer: MetEffectmeting) -> Reeks:
    """Question 18 as a share of the households of the huishoudtypen that it can happen to, (S, escalatie).

    So reading (a) asks it. Of (b) it is what was prevented over those households: an UHP prevented at 1% of all
    households is one at 2% of the gezinnen where half are gezinnen. At most all of them, 0 where there are none.
    """
    aandelen = van_de_huishoudens(invoer.effectmeting)
    if not invoer.effectmeting.van_bedreigd:
        return aandelen
    wie = np.stack(
        [optellen([invoer.type[:, TYPEN.index(t)] for t in TYPEN if e in ESCALATIES_VAN_TYPE[t]]) for e in ESCALATIES],
        axis=1,
    )
    return np.asarray(np.where(wie > 0, np.clip(aandelen / np.where(wie > 0, wie, 1.0), -1.0, 1.0), 0.0))


def gebeurtenissen(huishoudens: Reeks, aandelen: Reeks, blijvend: Reeks, eur: Reeks) -> Reeks:
    """Reading (b) in euros, (S, escalatie): households x share x lasting part x what one event costs."""
    return np.asarray((huishoudens * blijvend)[:, None] * aandelen * eur)


def kosten_extra_zorg(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Kosten 3 by question 16: every traject that was started, of all 28 kinds ("alle nieuwe trajecten")."""
    per_soort = _bedragen(invoer, waarden, "meer")
    return tuple(
        Regel(f"kosten_extra_zorg.{t}", per_soort[:, i], tijd="kosten", verdeling=VERDELING_VAN[t])
        for i, t in enumerate(TRAJECTEN)
    )


def substitutie(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 1b by question 17: trajecten that fell away, but for those of *effectiviteit* and of question 18."""
    return _minder(invoer, waarden, "substitutie", MINDER_SUBSTITUTIE, tijd="substitutie")


def effectiviteit(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 2 by question 17: fewer benefits and less care under the Zvw; a year's cost of each, in year 1 (A)."""
    return _minder(invoer, waarden, "effectiviteit", MINDER_EFFECTIVITEIT, tijd="zorggebruik")


def escalatie(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 3 by question 18, net of terugval: by households, valued as question 14 is, or by event; never both."""
    effect = _effect(invoer)
    if not effect.van_bedreigd:
        return posten.escalatie(invoer, waarden, b)  # met_escalaties has put question 18 in the place of 14
    eur = waarden.traject_eur[:, [TRAJECTEN.index(e) for e in ESCALATIES]]
    bedragen = gebeurtenissen(invoer.huishoudens, van_de_huishoudens(effect), b.blijvend, eur)
    return tuple(
        Regel(f"escalatie.{e}", bedragen[:, i], tijd="escalatie", verdeling=VERDELING_VAN[e])
        for i, e in enumerate(ESCALATIES)
    )


Post = Callable[[InvoerReeksen, Rekenwaarden, Basis], Regels]
VERVANGT: Final[dict[Post, tuple[str, Post]]] = {
    posten.kosten_extra_zorg: ("meer", kosten_extra_zorg),
    posten.substitutie: ("minder", substitutie),
    posten.effectiviteit: ("minder", effectiviteit),
    posten.escalatie: ("voorkomen", escalatie),
}
"""Which question measures a post, and which function then makes it, by the function that makes it otherwise."""


def met_escalaties(invoer: InvoerReeksen, waarden: Rekenwaarden) -> InvoerReeksen:
    """The same with question 14 as question 18 answers it, if there is one: *overlast* asks for it too."""
    if not isinstance(invoer, MetEffectmeting) or "voorkomen" not in invoer.effectmeting.gemeten:
        return invoer
    return replace(invoer, escalatie=escalaties_per_type(van_wie_het_kan(invoer), waarden.samenloop))


def gemeten_escalaties(aanpak: Aanpak, kengetallen: Kengetallen) -> dict[str, float]:
    """The answer to question 14 per huishoudtype that this aanpak is calculated with, a fraction."""
    invoer = met_escalaties(*maak_reeksen(aanpak, kengetallen))
    return {t: float(invoer.escalatie[0, i]) for i, t in enumerate(TYPEN)}


def posten_van(invoer: InvoerReeksen) -> tuple[Post, ...]:
    """The posts in the order of uitvoerscherm A: of questions 1 to 15, or with those of questions 16 to 18 in place."""
    if not isinstance(invoer, MetEffectmeting):
        return posten.ALLE
    telt = invoer.effectmeting.gemeten
    return tuple(VERVANGT[post][1] if post in VERVANGT and VERVANGT[post][0] in telt else post for post in posten.ALLE)


def _effect(invoer: InvoerReeksen) -> EffectReeksen:
    assert isinstance(invoer, MetEffectmeting)
    return invoer.effectmeting


def _bedragen(invoer: InvoerReeksen, waarden: Rekenwaarden, soort: str) -> Reeks:
    """Euros by kind of traject, (S, traject), of question 16 ("meer") or 17 ("minder")."""
    effect, i = _effect(invoer), SOORTEN.index(soort)
    per_huishouden = kosten_per_huishouden(
        effect.aantal[:, i], effect.verdeling[:, i], invoer.nieuw, waarden.traject_eur
    )
    return np.asarray(invoer.huishoudens[:, None] * per_huishouden)


def _minder(invoer: InvoerReeksen, waarden: Rekenwaarden, post: str, soorten: Sequence[str], tijd: str) -> Regels:
    bedragen = _bedragen(invoer, waarden, "minder")
    return tuple(
        Regel(f"{post}.{t}", bedragen[:, TRAJECTEN.index(t)], tijd=tijd, verdeling=VERDELING_VAN[t]) for t in soorten
    )


def _product(reeksen: Sequence[Reeks]) -> Reeks:
    uit = np.ones(1)
    for reeks in reeksen:
        uit = uit * reeks
    return uit
