"""The posts of uitvoerscherm A, one function each, as lines of the ledger.

Each function returns its lines: an amount (euros, NCW at the base discount rate, positive, with shape (S,) or (1,)),
when it falls (``tijd`` weights) and who pays or gains (``actor`` shares, or the organisations of the team).
References are to MODEL sections 2 and 3 in docs/model.md and to the two source documents.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from mkba.kern.catalogus.rekenwaarden import Rekenwaarden
from mkba.kern.woorden.begrippen import DOMEINEN, TYPEN
from mkba.model.grootboek import MOEDERORGANISATIES, Regel
from mkba.model.reeksen import InvoerReeksen, Reeks, scenario_eerst, scenario_laatst, som
from mkba.model.zorgconsumptie import (
    EV,
    NZR,
    ZR,
    escalatie_per_huishouden,
    substitutie_per_huishouden,
    zorg_per_huishouden,
)

GEZIN, OUDERE, OVERIG = range(3)
Regels = tuple[Regel, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Shares and counts that several posts use. ``mv`` and ``actief`` are households, (S, type)."""

    mv: Reeks
    actief: Reeks
    nzr: Reeks
    blijvend: Reeks  # tau = 1 - terugval, (S,)
    nieuw_plus: Reeks  # nieuw + (1 - nieuw) * meer, (S,)
    per_fte: Reeks  # yearly cost of one fte with its overhead, euros, (S,)


def basis(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Basis:
    """Households with multiple problems (zr, nzr), in the active caseload, and the lasting share."""
    zwaarte = invoer.zwaarte
    n_type = scenario_eerst(invoer.huishoudens * scenario_laatst(invoer.type))
    mv = zwaarte[:, :, ZR] + zwaarte[:, :, NZR]
    return Basis(
        mv=n_type * mv,
        actief=n_type * (zwaarte[:, :, EV] + mv),
        nzr=n_type * zwaarte[:, :, NZR],
        blijvend=1.0 - invoer.terugval,
        nieuw_plus=invoer.nieuw + (1.0 - invoer.nieuw) * invoer.meer,
        per_fte=kosten_per_fte(invoer, waarden),
    )


def kosten_per_fte(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Reeks:
    """Yearly cost of one fte teamlid with its share of teamleider and ondersteuning, euros, (S,).

    EUR 102,100 with huisvesting, 68,400 without (tabel 2.5; the shares of 10% are derived).
    """
    per_functie = np.where(invoer.huisvesting[:, None] > 0.5, waarden.kosten_fte, waarden.werkgeverslasten)
    opslag = som(per_functie[:, 1:] * waarden.aandeel_functie, 1)
    return np.asarray(per_functie[:, 0] + opslag)


def _uurtarief(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Reeks:
    teamlid = np.where(invoer.huisvesting > 0.5, waarden.kosten_fte[:, 0], waarden.werkgeverslasten[:, 0])
    return np.asarray(teamlid / waarden.uren_per_fte)


def kosten_aanpak(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Kosten 1: team and yearly other costs, split in additional and existing money (vraag 6, 8)."""
    team = invoer.fte * b.per_fte
    additioneel = invoer.additioneel * team + invoer.jaarlijks_additioneel * invoer.jaarlijks
    bestaand = (1.0 - invoer.additioneel) * team + (1.0 - invoer.jaarlijks_additioneel) * invoer.jaarlijks
    return (
        Regel("kosten_aanpak.additioneel", additioneel, tijd="kosten", verdeling="additioneel"),
        Regel("kosten_aanpak.bestaand", bestaand, tijd="kosten", verdeling=MOEDERORGANISATIES),
    )


def frictiekosten(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Kosten 2: share of the personnel costs (vraag 9) plus the yearly part of the one-off costs (8)."""
    frictie = invoer.frictie * invoer.fte * b.per_fte
    additioneel, bestaand = invoer.additioneel * frictie, (1.0 - invoer.additioneel) * frictie
    eenmalig = invoer.eenmalig / invoer.afschrijving_jaren
    return (
        Regel("frictiekosten.additioneel", additioneel, tijd="kosten", verdeling="additioneel"),
        Regel("frictiekosten.bestaand", bestaand, tijd="kosten", verdeling=MOEDERORGANISATIES),
        Regel("frictiekosten.eenmalig", eenmalig, tijd="kosten", verdeling="additioneel"),
    )


def kosten_extra_zorg(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Kosten 3: care for newly found households (vraag 10) and more trajecten in known ones (11).

    The trajecten that are added are those of the gemeente.
    """
    zorg = zorg_per_huishouden(invoer, waarden)
    schaal = invoer.huishoudens * b.nieuw_plus
    return _per_domein("kosten_extra_zorg", schaal, zorg, tijd="kosten", zw="trajecten.zw")


def nieuw_voor_oud(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 1a: work that lapses at the parent organisations, and less coordination between them.

    Coordination: half an hour per year for every discipline beyond the first, per household with
    multiple problems (exact in five of the six cases; voorbeeld 5's shares add up to 99%).
    """
    bestaand = (1.0 - invoer.additioneel) * invoer.fte * b.per_fte
    overig = (1.0 - invoer.jaarlijks_additioneel) * invoer.jaarlijks
    extra_disciplines = np.maximum(som(invoer.disciplines, 1) - 1.0, 0.0)
    afstemming = waarden.afstemming_uren * _uurtarief(invoer, waarden) * extra_disciplines * som(b.mv, 1)
    tijd, verdeling = "nieuw_voor_oud", MOEDERORGANISATIES
    return (
        Regel("nieuw_voor_oud.bestaand", bestaand + overig, tijd, verdeling),
        Regel("nieuw_voor_oud.afstemming", afstemming, tijd, verdeling),
    )


def substitutie(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 1b: fewer professional trajecten (vraag 12); negative when there is more care.

    The trajecten that are replaced are those of the gemeente.
    """
    minder = invoer.nieuw * invoer.substitutie_nieuw + (1.0 - invoer.nieuw) * invoer.substitutie_bestaand
    zorg = substitutie_per_huishouden(invoer, waarden)
    return _per_domein("substitutie", invoer.huishoudens * minder, zorg, tijd="substitutie", zw="trajecten.zw")


def effectiviteit(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 2: more effective trajecten for work, debts and care (vraag 13), net of terugval.

    Newly started debt help also has its old effect (footnote 12): ``schuldhulp_bestaand``.
    """
    zonder_werk = _zonder_ouderen(b.actief, invoer.geen_werk)
    zorg = waarden.consulten_eur * invoer.knop("consulten") + waarden.doorverwijzing_eur * invoer.knop("doorverwijzing")
    schuldhulp = invoer.knop("financieel_stabiel") + waarden.schuldhulp_bestaand * b.nieuw_plus
    werk = waarden.werk_eur * zonder_werk * invoer.knop("werk") * b.blijvend
    schulden = waarden.schulden_eur * som(b.mv, 1) * schuldhulp * b.blijvend
    zorggebruik = som(b.nzr, 1) * zorg * b.blijvend
    return (
        Regel("effectiviteit.werk", werk, tijd="werk", verdeling="werk"),
        Regel("effectiviteit.schulden", schulden, tijd="schulden", verdeling="schulden"),
        Regel("effectiviteit.zorggebruik", zorggebruik, tijd="zorggebruik", verdeling="zorggebruik"),
    )


def escalatie(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 3: care costs of escalations that do not happen (vraag 14), net of terugval; they also end in Wlz care."""
    sprong = escalatie_per_huishouden(invoer, waarden)
    voorkomen = (invoer.type * invoer.escalatie)[:, :, None] * sprong
    schaal = waarden.escalatie_factor * invoer.huishoudens * b.blijvend
    return _per_domein("escalatie", schaal, voorkomen, tijd="escalatie", zw="domein.zw.{}")


def ontwikkelingskansen(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 4a: children who leave school with a qualification (45% of them would not have)."""
    kinderen = invoer.huishoudens * invoer.type[:, GEZIN] * invoer.kinderen
    geslaagd = waarden.zonder_startkwalificatie * kinderen * invoer.knop("schooluitval") * b.blijvend
    return (Regel("ontwikkelingskansen.kinderen", waarden.kind_eur * geslaagd, tijd="kinderen", verdeling="kinderen"),)


def kwaliteit_van_leven(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 4b: financial calm in gezinnen and overige, complaints and informal care in ouderen."""
    met_schuld = _zonder_ouderen(b.mv, invoer.schulden)
    schuldhulp = invoer.knop("financieel_stabiel") + waarden.schuldhulp_bestaand * invoer.nieuw
    geholpen = invoer.knop("kwaliteit_ouderen") + invoer.knop("mantelzorg") + invoer.nieuw
    schulden = waarden.qaly_eur * waarden.schulden_qaly * met_schuld * schuldhulp * b.blijvend
    ouderen = waarden.qaly_eur * waarden.ouderen_qaly * b.mv[:, OUDERE] * geholpen * b.blijvend
    return (
        Regel("kwaliteit_van_leven.schulden", schulden, tijd="kwaliteit", verdeling="kwaliteit"),
        Regel("kwaliteit_van_leven.ouderen", ouderen, tijd="kwaliteit", verdeling="kwaliteit"),
    )


def overlast(invoer: InvoerReeksen, waarden: Rekenwaarden, b: Basis) -> Regels:
    """Baten 4c: less nuisance (vraag 13h), from newly found households and avoided escalations."""
    overlastgevend = _zonder_ouderen(b.actief, invoer.overlast)
    minder = invoer.knop("overlast") + waarden.schuldhulp_bestaand * invoer.nieuw
    actief = b.actief[:, GEZIN] + b.actief[:, OVERIG]
    gezinnen = invoer.huishoudens * invoer.type[:, GEZIN]
    rustiger = waarden.overlast_eur * overlastgevend * minder * b.blijvend
    nieuw = waarden.nieuw_eur * actief * invoer.nieuw * b.blijvend
    voorkomen = waarden.overlast_escalatie_eur * gezinnen * invoer.escalatie[:, GEZIN] * b.blijvend
    return (
        Regel("overlast.overlastgevend", rustiger, tijd="overlast", verdeling="overlast"),
        Regel("overlast.nieuw", nieuw, tijd="overlast", verdeling="overlast"),
        Regel("overlast.escalatie", voorkomen, tijd="overlast", verdeling="overlast"),
    )


ALLE: Final[tuple[Callable[[InvoerReeksen, Rekenwaarden, Basis], Regels], ...]] = (
    kosten_aanpak,
    frictiekosten,
    kosten_extra_zorg,
    nieuw_voor_oud,
    substitutie,
    effectiviteit,
    escalatie,
    ontwikkelingskansen,
    kwaliteit_van_leven,
    overlast,
)
"""The posts in the order of uitvoerscherm A."""


def _zonder_ouderen(huishoudens: Reeks, aandeel: Reeks) -> Reeks:
    """Households of gezin and overig with a trait, (S,); ouderen do not count for this effect."""
    return np.asarray(huishoudens[:, GEZIN] * aandeel[:, GEZIN] + huishoudens[:, OVERIG] * aandeel[:, OVERIG])


def _per_domein(post: str, schaal: Reeks, per_huishouden: Reeks, tijd: str, zw: str) -> Regels:
    """Lines per domain; Z&W per type, because Wmo and Wlz share it differently for ouderen.

    schaal (S,), per_huishouden (S, type, domein) -> six lines of (S,). ``zw``: the verdeling of Z&W, with the type at
    its place if it differs by type; the other domains have one each.
    """
    per_domein = [per_huishouden[:, :, d] for d in range(len(DOMEINEN))]
    wi, jeugd, zvw = (
        Regel(f"{post}.{d}", schaal * som(per_domein[DOMEINEN.index(d)], 1), tijd, f"domein.{d}")
        for d in ("wi", "jeugd", "zvw")
    )
    zorg = per_domein[DOMEINEN.index("zw")]
    per_type = (Regel(f"{post}.zw.{t}", schaal * zorg[:, i], tijd, zw.format(t)) for i, t in enumerate(TYPEN))
    return wi, *per_type, jeugd, zvw
