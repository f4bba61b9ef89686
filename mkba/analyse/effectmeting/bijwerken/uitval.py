"""What who was not followed, or dropped out, could do to what was measured: bounds without assumptions, and weights.

The bounds are those of Manski (1989, *Journal of Human Resources* 24): of every household of which it is not known, the
worst and the best is filled in. A number of trajecten has no greatest value; there who is missing gets at most
``steekproef.uitval_maal`` times what the others got. They are no confidence interval: they stay as wide however many
households are measured. The weights take instead that who was followed stands for who was not, of the same zwaarte at
the start, or of the same team (inverse of the part that was followed, Horvitz and Thompson 1952).

Everything from shown cells. Where so few are missing that there is no table of them, as many as the threshold count;
where there is one and its number is hidden, all of them: hardly anyone may be left. So a bound is never too narrow.
Shown numbers are rounded, and so are bounds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from mkba.analyse.effectmeting.bijwerken.bewijs import Telling
from mkba.analyse.effectmeting.bijwerken.escalaties import Escalatie, per_type
from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld
from mkba.analyse.effectmeting.bijwerken.weging import werk_bij
from mkba.analyse.effectmeting.publiceren.bijdragen import BIJ_DE_START, GESTART
from mkba.analyse.effectmeting.publiceren.huishoudens import gevolgden
from mkba.analyse.effectmeting.tellen.telling import STAND
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.kern.woorden.effectvelden import (
    ALLE_VELDEN,
    GRONDSLAG_VELD,
    aantal_veld,
    bedreigd_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import CASES, SOORTEN, TRAJECTKNOPPEN, Trajectknop
from mkba.model.berekening import bereken

NIEUW: Final = "nieuw"


@dataclass(frozen=True, slots=True)
class Uitval:
    """One knob. ``waarde``: as counted over the ``gevolgd`` of ``alle`` households; ``weg``: at most so many of these
    were not followed or dropped out; ``laag`` and ``hoog``: bounds; ``gewogen``: per fact of the start the value with
    weights, None where a cell is hidden; ``saldo``: with this knob at ``laag`` and at ``hoog`` (euros NCW), None for a
    knob that does not count."""

    sleutel: str
    alle: float
    gevolgd: float
    weg: float
    waarde: float
    laag: float
    hoog: float
    gewogen: Mapping[str, float | None]
    saldo: tuple[float, float] | None = None


def uitval(i: Ingevuld) -> tuple[Uitval, ...]:
    """Bounds and weights of every measured knob of questions 10 to 12 and 16 to 18 whose households can be missing.
    None of a sample, in which nobody is followed."""
    if i.meting.van_steekproef:
        return ()
    return tuple(_met_saldo(u, i) for u in _knoppen(i))


def uitersten(i: Ingevuld, per_knop: tuple[Uitval, ...]) -> tuple[float, float] | None:
    """The saldo with every knob at the end that is worst for it, and at the best; None without a knob that counts."""
    telt = [u for u in per_knop if u.saldo is not None]
    if not telt:
        return None
    slecht = {u.sleutel: u.laag if u.saldo[0] <= u.saldo[1] else u.hoog for u in telt if u.saldo is not None}
    best = {u.sleutel: u.laag + u.hoog - slecht[u.sleutel] for u in telt}
    return _saldo(i, slecht), _saldo(i, best)


@dataclass(frozen=True, slots=True)
class _Groep:
    """Of a group of households how many there are, how many were followed and of how many something may be missing."""

    alle: float
    gevolgd: float
    weg: float

    @property
    def niet(self) -> float:
        """Which part was not followed."""
        return max(0.0, 1 - self.gevolgd / self.alle)


def _groep(i: Ingevuld, **wat: str) -> _Groep | None:
    p, weinig = i.meting.huishoudens, i.meting.drempel
    alle, wel = p.toont(**wat), gevolgden(p, **wat)
    if not alle or not wel:
        return None
    niet = alle - wel if _heeft(p, "gevolgd") else weinig
    uitgevallen = p.toont(**wat, uitgevallen="ja") if _heeft(p, "uitgevallen") else weinig
    if uitgevallen is None:  # hidden for this group: those of all groups are no fewer
        uitgevallen = p.toont(uitgevallen="ja")
    if uitgevallen is None:  # and hidden for all of them: more than a few, and hardly anyone may be left
        uitgevallen = alle
    return _Groep(alle, min(wel, alle), min(alle, max(0.0, niet) + uitgevallen))


def _heeft(p: Publicatie, variabele: str) -> bool:
    return any(naam == variabele for s in p.cellen for naam, _ in s)


def _knoppen(i: Ingevuld) -> Iterator[Uitval]:
    geteld = {k.sleutel: k.bewijs for k in i.bijwerking.knoppen}
    maal = i.kengetallen["steekproef.uitval_maal"]
    if NIEUW in geteld:
        yield from _nieuw(i)
    for sleutel, knop in TRAJECTKNOPPEN.items():
        groep = _groep(i, nieuw=knop.case)
        bewijs = geteld.get(sleutel)
        if groep is None or not isinstance(bewijs, Telling):
            continue
        p, deel = bewijs.gelukt / bewijs.n, 1 - groep.niet
        erbij = groep.weg / groep.alle
        hoog = deel * p + erbij * (maal * p if sleutel == "meer" else 1.0)
        gewogen = {naar: _keer(p, _factor_verhouding(i, knop, naar)) for naar in BIJ_DE_START}
        yield Uitval(sleutel, groep.alle, groep.gevolgd, groep.weg, p, deel * p, min(1.0, hoog), gewogen)
    for vraag in (v for v in SOORTEN if v in i.telt):
        for case in CASES:
            sleutel = aantal_veld(vraag, case)
            eigen = _heeft(i.meting.huishoudens, "nieuw") and i.meting.waarde(sleutel) is not None
            groep = _groep(i, nieuw=case) if eigen else _groep(i)
            if groep is None or sleutel not in i.gemeten:
                continue
            w = i.gemeten[sleutel].waarde
            laag = w * (1 - groep.niet)
            gewogen = {n: _keer(w, _factor(i, i.meting.trajecten(STAND[vraag]), n)) for n in BIJ_DE_START}
            hoog = laag + groep.weg / groep.alle * maal * w
            yield Uitval(sleutel, groep.alle, groep.gevolgd, groep.weg, w, laag, hoog, gewogen)
    for e in i.escalaties if "voorkomen" in i.telt else ():
        yield from _escalatie(i, e)


def _nieuw(i: Ingevuld) -> Iterator[Uitval]:
    """Question 10 is known at the start; missing is only who has neither yes nor no."""
    p = i.meting.huishoudens
    k, alle = p.toont(nieuw="nieuw"), p.toont()
    bekend = k + (p.toont(nieuw="bestaand") or 0.0) if k is not None else None
    if k is None or not alle or not bekend:
        return
    onbekend = p.toont(nieuw="onbekend")
    weg = 0.0 if not any((NIEUW, "onbekend") in s for s in p.cellen) else onbekend or i.meting.drempel
    gewogen = dict.fromkeys(BIJ_DE_START, None if weg else k / bekend)
    laag, hoog = (k / bekend, k / bekend) if not weg else (k / (bekend + weg), (k + weg) / (bekend + weg))
    yield Uitval(NIEUW, bekend + weg, bekend, weg, k / bekend, laag, hoog, gewogen)


def _escalatie(i: Ingevuld, e: Escalatie) -> Iterator[Uitval]:
    """Question 18, net of the nulmeting: of all households prevented − nulmeting · under threat.

    Worst: who is missing was under threat and nothing was prevented, also of what is still open; best: all of it was.
    """
    groep, cellen = _groep(i), i.meting.delen.get("escalaties")
    if groep is None or cellen is None or e.netto is None or e.bedreigd is None or e.voorkomen is None:
        return
    if e.weg != "nulmeting" or i.nulmeting is None:  # of wijken: there no household drops out
        return
    eigen = {"soort": e.soort} if e.eigen else {}
    dreigde, afloop = cellen.toont(**eigen), [cellen.toont(**eigen, afloop=a) for a in ("voorkomen", "gebeurd")]
    bekend = sum(a for a in afloop if a is not None)
    open_ = max(0.0, 1 - bekend / dreigde) if dreigde else 0.0
    if e.open_telt:  # in what did not turn out well: none of it at worst, and all of that at best
        open_ = 0.0
    bedreigd = e.bedreigd.waarde * groep.gevolgd
    voorkomen = bedreigd * (1 - open_) * e.voorkomen.waarde
    slecht = (voorkomen - i.nulmeting * (bedreigd + groep.weg)) / groep.alle
    kan = bedreigd * (1 - e.voorkomen.waarde) if e.open_telt else bedreigd * open_
    best = slecht + (kan + groep.weg) / groep.alle
    gewogen = {naar: _keer(e.netto.waarde, _factor(i, cellen, naar)) for naar in BIJ_DE_START}
    veld = voorkomen_veld(e.soort)
    yield Uitval(veld, groep.alle, groep.gevolgd, groep.weg, e.netto.waarde, max(-1.0, slecht), min(1.0, best), gewogen)


# --- weights -------------------------------------------------------------------------------------------------------


def _factor_verhouding(i: Ingevuld, knop: Trajectknop, naar: str) -> float | None:
    """Of questions 11 and 12: that of what was counted over that of what it is a part of."""
    boven = _factor(i, i.meting.trajecten(STAND[knop.soort]), naar)
    nieuw = i.meting.trajecten(STAND["meer"])
    erbij = (nieuw,) if knop.met_erbij and nieuw is not None else ()
    onder = _factor(i, i.meting.trajecten(GESTART), naar, *erbij)
    return None if boven is None or not onder else boven / onder


def _factor(i: Ingevuld, delen: Publicatie | None, naar: str, *erbij: Publicatie) -> float | None:
    """A number per household with weights over that without: Σ N_c k_c / n_c over N, by k / n.

    Classes of which a cell is hidden are taken together. None where even that cannot be said.
    """
    p = i.meting.huishoudens
    if not _heeft(p, "gevolgd"):
        return 1.0
    if delen is None:
        return None

    def cellen(**wat: str) -> tuple[float, float, float] | None:
        k = [d.toont(**wat) for d in (delen, *erbij)]
        alle, wel = p.toont(**wat), p.toont(**wat, gevolgd="ja")
        return None if alle is None or wel is None or None in k else (alle, wel, sum(k))  # type: ignore[arg-type]

    samen = cellen()
    namen = list(dict.fromkeys(w for s in p.cellen for naam, w in s if naam == naar))
    getoond = [c for n in namen if (c := cellen(**{naar: n})) is not None]
    if samen is None or not samen[2] or not getoond:
        return None
    rest = np.array(samen) - np.sum(getoond, axis=0)
    if len(getoond) < len(namen):
        getoond.append((max(0.0, rest[0]), max(0.0, rest[1]), max(0.0, rest[2])))
    if any(alle > 0 and wel <= 0 for alle, wel, _ in getoond):
        return None
    gewogen = sum(alle * k / wel for alle, wel, k in getoond if wel > 0) / sum(alle for alle, _, _ in getoond)
    return float(gewogen / (samen[2] / samen[1]))


def _keer(waarde: float, factor: float | None) -> float | None:
    return None if factor is None else waarde * factor


# --- and the outcome -----------------------------------------------------------------------------------------------


def _met_saldo(u: Uitval, i: Ingevuld) -> Uitval:
    if not i.knop_telt(u.sleutel):
        return u
    return replace(u, saldo=(_saldo(i, {u.sleutel: u.laag}), _saldo(i, {u.sleutel: u.hoog})))


def _saldo(i: Ingevuld, waarden: Mapping[str, float]) -> float:
    """The saldo when it had been these that were counted, euros NCW."""
    velden: dict[str, Any] = {}
    for sleutel, w in waarden.items():
        if sleutel in i.effect:
            velden |= _als_veld(i, sleutel, w)
            continue
        (knop,) = (k for k in i.bijwerking.knoppen if k.sleutel == sleutel)
        bewijs = Telling(w * knop.bewijs.n, knop.bewijs.n, sms=knop.bewijs.sms)
        velden[sleutel] = werk_bij(i.voor, i.kengetallen, {sleutel: bewijs}).knoppen[0].na
    return bereken(i.na.met(velden, i.kengetallen), i.kengetallen)["saldo"]


def _als_veld(i: Ingevuld, sleutel: str, waarde: float) -> dict[str, Any]:
    """A field of questions 16 to 18; question 18 is a share of who it can happen to, in reading (b) of who is under
    threat."""
    e = next((e for e in i.escalaties if voorkomen_veld(e.soort) == sleutel), None)
    if e is None:
        hoogst = ALLE_VELDEN[sleutel].maximum
        return {sleutel: waarde if hoogst is None else min(waarde, hoogst)}
    if i.effect[GRONDSLAG_VELD] == "huishoudens":
        return {sleutel: per_type(waarde, e.van)}
    bedreigd = max(float(i.effect[bedreigd_veld(e.soort)]), abs(waarde))
    return {sleutel: per_type(waarde, bedreigd) if bedreigd else 0.0, bedreigd_veld(e.soort): bedreigd}
