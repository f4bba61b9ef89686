"""What of the table *gebied* may be shown: lines and attribution of groups of wijken, rounded, never of few events.

A line is the mean over the households of the wijken with the aanpak, or without. Where fewer than the threshold of
events stand behind a point, periods are taken together; where that does not help, there is no line, and where the
time before or after the start has so few of them, no attribution either. All that is shown is rounded to so few
digits that the count of a wijk cannot be worked back from a mean of several: of events a difference has no finer digit
than the rates that it is of, for near zero two digits of its own would be as good as all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.effectmeting.attributie.paneel import IN_EURO, UITKOMSTEN, Getallen, Paneel, maak_paneel
from mkba.analyse.effectmeting.attributie.toerekening import Toerekening, toereken
from mkba.analyse.effectmeting.publiceren.wijkafronding import CIJFERS, naar_buiten, op_cijfers, rond_af, stap_van
from mkba.analyse.effectmeting.publiceren.wijkstelsel import (
    gezegd,
    groepen_van,
    te_herleiden_na_elkaar,
    te_herleiden_tegelijk,
)
from mkba.analyse.effectmeting.zekerheid.bewijs import Opzet
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands, opsomming

STAPPEN: Final = (1, 2, 4)
"""Periods that a point of a line stands for: a quarter, half a year or a year."""
VAN_TOEN: Final = (
    "van de {} in deze wijken staan al cijfers in deze map; wat veranderde is te weinig om te tonen: die blijven staan"
)
VAN_TOEN_EUR: Final = (
    "van het {} in deze wijken staan al cijfers in deze map; wat veranderde kan van een enkel huishouden zijn: die "
    "blijven staan"
)
KLEINSTE: Final = 10
"""A wijk has at least so many times the threshold of households: of a smaller one a rate tells its events. A choice."""


@dataclass(frozen=True)
class Lijnen:
    """Means per household and period: of the wijken with the aanpak (``met``) and without (``zonder``, None: no such).

    ``perioden``: names; ``start``: the position of the first with the aanpak, ``stap``: quarters that a point stands
    for.
    """

    perioden: tuple[str, ...]
    met: tuple[float, ...]
    zonder: tuple[float, ...] | None
    start: int
    stap: int


@dataclass(frozen=True)
class Wijkcijfers:
    """One outcome of the table *gebied*, as far as it may be shown.

    ``toerekening`` and ``lijnen`` are None where it may not, or cannot be said, with ``reden``. ``per_jaar``: events
    that netto stands for in a year in all wijken with the aanpak together, below 0 is fewer; None for euros and where
    the periods are no quarters. ``groepen`` (wijken with, and without), ``perioden`` and ``begin`` (the first with the
    aanpak): what the numbers are of.
    """

    uitkomst: str
    toerekening: Toerekening | None
    lijnen: Lijnen | None
    per_jaar: tuple[float, float | None, float | None] | None
    reden: str = ""
    groepen: tuple[tuple[str, ...], ...] = ()
    perioden: tuple[str, ...] = ()
    begin: int = 0

    @property
    def toont(self) -> bool:
        """Whether any number is there."""
        return self.toerekening is not None or self.lijnen is not None


def wijkcijfers(gebied: pd.DataFrame, drempel: float, opzet: Opzet = "vergelijking") -> tuple[Wijkcijfers, ...]:
    """Every outcome that the table has numbers of. What cannot be read of one is its ``reden``."""
    heeft = [u for u in UITKOMSTEN if u in gebied.columns and gebied[u].notna().any()]
    return tuple(_een(gebied, u, drempel, opzet) for u in heeft)


@dataclass(frozen=True, eq=False)
class _Geteld:
    """One outcome of the table: ``aantal`` of events (of euros: households) and ``omvang``, households, both (wijken,
    perioden) in the order of the panel; ``drempel``: from how many on they may be shown."""

    paneel: Paneel
    aantal: Getallen
    omvang: Getallen
    drempel: float

    @property
    def begin(self) -> int:
        """The first period in which a wijk has the aanpak."""
        return int(self.paneel.start.min())

    def weinig(self, perioden: slice | range) -> bool:
        """Whether some group has fewer events than the threshold in these periods together."""
        return any(self.aantal[g][:, perioden].sum() < self.drempel for g in groepen_van(self.paneel))


def _een(gebied: pd.DataFrame, uitkomst: str, drempel: float, opzet: Opzet) -> Wijkcijfers:
    try:
        paneel = maak_paneel(gebied, uitkomst)
    except InvoerFout as fout:
        return Wijkcijfers(uitkomst, None, None, None, fout.meldingen[0].oorzaak.rstrip("."))
    omvang = _breed(gebied, "huishoudens", paneel)
    if (omvang < KLEINSTE * drempel).any():
        klein = f"een wijk heeft minder dan {nederlands(KLEINSTE * drempel)} huishoudens (afgeschermd)"
        return Wijkcijfers(uitkomst, None, None, None, klein)
    g = _Geteld(paneel, omvang if uitkomst in IN_EURO else _breed(gebied, uitkomst, paneel), omvang, drempel)
    weinig = f"minder dan {nederlands(drempel)} {UITKOMSTEN[uitkomst]}"
    if not _genoeg(g):
        return Wijkcijfers(uitkomst, None, None, None, f"voor of na de start zijn er {weinig} geteld (afgeschermd)")
    lijnen = _lijnen(g, CIJFERS + (uitkomst in IN_EURO))
    if lijnen is not None and (los := _over(lijnen, g)):
        # a mean over these too would tell, beside the line, how few they have
        korter = _een(gebied[~gebied["periode"].astype(str).isin(los)], uitkomst, drempel, opzet)
        vult, telt = ("vult", "telt") if len(los) == 1 else ("vullen", "tellen")
        return _ook_omdat(korter, f"{opsomming(los)} {vult} geen punt van de lijn en {telt} niet mee")
    toerekening = _toegerekend(g, toereken(paneel, opzet), lijnen)
    per_jaar = None if toerekening is None or uitkomst in IN_EURO else _per_jaar(toerekening, g)
    wie = tuple(tuple(np.array(paneel.wijken)[groep].tolist()) for groep in groepen_van(paneel))
    uit = Wijkcijfers(uitkomst, toerekening, lijnen, per_jaar, "", wie, paneel.perioden, g.begin)
    if toerekening is None:
        uit = _ook_omdat(
            uit, f"uit het gemiddelde van de wijken zou volgen dat een wijk er {weinig} heeft (afgeschermd)"
        )
    if lijnen is None:
        zonder_lijn = f"per punt van een lijn zijn er {weinig} (afgeschermd)"
        uit = _ook_omdat(uit, zonder_lijn if paneel.met_aanpak.any() else "er is geen wijk met de aanpak")
    return uit


def _ook_omdat(w: Wijkcijfers, reden: str) -> Wijkcijfers:
    """With one reason more."""
    return replace(w, reden="; ".join(filter(None, (w.reden, reden))))


def _over(lijnen: Lijnen, g: _Geteld) -> list[str]:
    """Periods in no point of the line of which some group has few events: together, on one side of the start."""
    perioden = g.paneel.perioden
    blokken = _blokken(g.begin, len(perioden), lijnen.stap)
    delen = [range(blokken[0].start), range(blokken[-1].stop, len(perioden))]
    return [perioden[i] for d in delen if len(d) and g.weinig(d) for i in d]


def _toegerekend(g: _Geteld, toerekening: Toerekening, lijnen: Lijnen | None) -> Toerekening | None:
    """What of an attribution may be shown, rounded: with a point per period, without, or nothing (None). Of euros, of
    which every wijk has those of a hundred households, it is always shown."""
    zonder_punten = replace(toerekening, punten=(), grenzen=())
    if toerekening.uitkomst in IN_EURO:
        euro = zonder_punten if lijnen is None else toerekening
        return rond_af(euro, CIJFERS + 1)
    stap = _gemene_stap(g)
    # else it would tell what the line does not
    keus = (toerekening, zonder_punten) if lijnen is not None and lijnen.stap == 1 else (zonder_punten,)
    te_tonen = next((t for t in keus if not _te_herleiden(g, t, lijnen, stap)), None)
    return None if te_tonen is None else rond_af(te_tonen, CIJFERS, stap)


def _te_herleiden(g: _Geteld, t: Toerekening, lijnen: Lijnen | None, stap: float) -> bool:
    """Whether a small count can be worked back from an attribution, to ``stap`` at best, beside the line."""
    perioden = len(g.paneel.perioden)
    if len({*g.paneel.start[g.paneel.met_aanpak].tolist()}) <= 1:
        delen = [slice(0, g.begin), slice(g.begin, perioden)]
        delen += [slice(i, i + 1) for i in range(perioden) if t.punten]
        return te_herleiden_tegelijk(g.paneel, g.aantal, g.omvang, delen, g.drempel, stap)
    blokken = _blokken(g.begin, perioden, lijnen.stap) if lijnen is not None else []
    gezien = gezegd(g.paneel, [p.afstand for p in t.punten if p.afstand != -1], stap / 2, t.netto is not None)
    return te_herleiden_na_elkaar(g.paneel, g.aantal, g.omvang, blokken, gezien, g.drempel)


def _breed(gebied: pd.DataFrame, kolom: str, paneel: Paneel) -> Getallen:
    """One column as (wijken, perioden), in the order of the panel."""
    tabel = gebied.assign(wijk=gebied["wijk"].astype(str), periode=gebied["periode"].astype(str))
    breed = tabel.pivot_table(index="wijk", columns="periode", values=kolom, aggfunc="sum", observed=True)
    return np.asarray(breed.loc[list(paneel.wijken), list(paneel.perioden)].to_numpy(dtype=np.float64))


def _genoeg(g: _Geteld) -> bool:
    """Whether before and after the start each group has enough events."""
    perioden = len(g.paneel.perioden)
    return not any(g.weinig(d) for d in (range(g.begin), range(g.begin, perioden)) if len(d))


def _gemene_stap(g: _Geteld) -> float:
    """The step of the lowest of the mean rates that an attribution is of: of each group before and after the start."""
    waarden = g.paneel.waarden
    delen = [waarden[groep][:, d] for groep in groepen_van(g.paneel) for d in (slice(0, g.begin), slice(g.begin, None))]
    return min(stap_van(float(d.mean()), CIJFERS) for d in delen if d.size and d.any())


def _lijnen(g: _Geteld, cijfers: int) -> Lijnen | None:
    """Lines of all households of a group together: a wijk counts by its size, so that a small one does not show."""
    p = g.paneel
    stap = next(
        (s for s in STAPPEN if (b := _blokken(g.begin, len(p.perioden), s)) and not any(map(g.weinig, b))), None
    )
    if stap is None or not p.met_aanpak.any():
        return None
    blokken = _blokken(g.begin, len(p.perioden), stap)
    namen = (p.perioden[b.start : b.stop] for b in blokken)
    lijn = [
        tuple(op_cijfers(_gemiddelde(p.waarden[groep][:, b], g.omvang[groep][:, b]), cijfers) for b in blokken)
        for groep in groepen_van(p)
    ]
    return Lijnen(
        tuple(n[0] if stap == 1 else f"{n[0]}–{n[-1]}" for n in namen),
        lijn[0],
        lijn[1] if len(lijn) > 1 else None,
        sum(b.stop <= g.begin for b in blokken),
        stap,
    )


def _gemiddelde(waarden: Getallen, gewicht: Getallen) -> float:
    return float(np.average(waarden, weights=gewicht))


def _blokken(begin: int, perioden: int, stap: int) -> list[slice]:
    """Whole blocks of ``stap`` periods, counted from the start in both directions; what is left over is left out."""
    voor = [slice(i, i + stap) for i in range(begin % stap, begin, stap)]
    na = [slice(i, i + stap) for i in range(begin, perioden - stap + 1, stap)]
    return [*voor, *na]


def _per_jaar(t: Toerekening, g: _Geteld) -> tuple[float, float | None, float | None] | None:
    """Netto, as it is shown, in events a year, with one digit more at the ends, outward: these are rounded already, and
    a second time to as few could make the interval a twentieth narrower. Periods are quarters where their names say
    so."""
    if t.netto is None or not all("K" in periode for periode in g.paneel.perioden):
        return None
    maal = 4 * float(g.omvang[g.paneel.met_aanpak].mean(axis=1).sum())
    laag = None if t.netto.laag is None else naar_buiten(maal * t.netto.laag, CIJFERS + 1, "laag")
    hoog = None if t.netto.hoog is None else naar_buiten(maal * t.netto.hoog, CIJFERS + 1, "hoog")
    return op_cijfers(maal * t.netto.waarde, CIJFERS), laag, hoog


def wijken_na(
    toen: Sequence[Wijkcijfers], nu: Sequence[Wijkcijfers], gebied: pd.DataFrame, drempel: float
) -> tuple[Wijkcijfers, ...]:
    """What may be shown beside what the folder ever showed (``toen``). Raises InvoerFout (:func:`controleer_wijken`).

    Of the same wijken and periods the numbers of then stay where a number changed by less than the threshold of events:
    the difference would be of the few that a correction added or took away. Of euros they always stay: how many
    households a difference is of, and whether one of them is nearly all of it, is not in the table.
    """
    controleer_wijken(toen, nu, gebied, drempel)
    return tuple(next((_van_toen(t, w) for t in toen if _weinig_anders(t, w, gebied, drempel)), w) for w in nu)


def _weinig_anders(toen: Wijkcijfers, nu: Wijkcijfers, gebied: pd.DataFrame, drempel: float) -> bool:
    """Whether these are of the same, and not the same, and some number differs by too few events to tell."""
    van_toen, van_nu = ((w.uitkomst, w.groepen, w.perioden, w.begin) for w in (toen, nu))
    if van_toen != van_nu or (toen.toerekening, toen.lijnen) == (nu.toerekening, nu.lijnen):
        return False
    een, ander = toen.lijnen, nu.lijnen
    if nu.uitkomst in IN_EURO or een is None or ander is None or een.perioden != ander.perioden:
        return True  # of euros: what one household costs may be all that was corrected
    verschil = []
    for groep, oud, nieuw in zip(nu.groepen, (een.met, een.zonder), (ander.met, ander.zonder), strict=False):
        rijen = gebied[gebied["wijk"].astype(str).isin(groep)]
        omvang = rijen["huishoudens"].sum() / len(nu.perioden)
        verschil += [abs(b - a) * omvang * ander.stap for a, b in zip(oud or (), nieuw or (), strict=True) if a != b]
    return min(verschil, default=0.0) < drempel


def _van_toen(toen: Wijkcijfers, nu: Wijkcijfers) -> Wijkcijfers:
    bij = (VAN_TOEN_EUR if nu.uitkomst in IN_EURO else VAN_TOEN).format(UITKOMSTEN[nu.uitkomst])
    return toen if bij in toen.reden else _ook_omdat(toen, bij)


def controleer_wijken(
    toen: Iterable[Wijkcijfers], nu: Sequence[Wijkcijfers], gebied: pd.DataFrame, drempel: float
) -> None:
    """Refuse a group of wijken that the folder shows with a wijk or a period more or less: two means tell the events of
    that one.

    Not where it has enough of them (a wijk: in every period), and not of euros, of which a wijk has those of a hundred
    households at least. Raises InvoerFout.
    """
    toen = [t for t in toen if t.uitkomst not in IN_EURO]
    for w, t in ((w, t) for w in nu for t in toen if w.toont and t.uitkomst == w.uitkomst):
        naast = [(g, oud) for g in _namen(w) for oud in _namen(t) if g <= oud or oud <= g]
        wijk = any(not _genoeg_wijk(g ^ oud, w.uitkomst, gebied, drempel) for g, oud in naast if g != oud)
        if wijk or any(not _genoeg_perioden(g & oud, w, t, gebied, drempel) for g, oud in naast):
            wat = "wijk" if wijk else "periode"
            oorzaak = (
                f"in deze map staan al cijfers van deze wijken met een {wat} meer of minder: uit beide samen zou "
                f"volgen hoe weinig {UITKOMSTEN[w.uitkomst]} daar zijn geteld."
            )
            remedie = f"Geef de {'wijken' if wijk else 'perioden'} van toen, of kies een andere map."
            raise InvoerFout([Melding("gebied", None, oorzaak, remedie)])


def _genoeg_wijk(ander: frozenset[str], uitkomst: str, gebied: pd.DataFrame, drempel: float) -> bool:
    """Whether there are enough events in these wijken, in every period."""
    rijen = gebied[gebied["wijk"].astype(str).isin(ander)]
    per = rijen.groupby(rijen["periode"].astype(str))[uitkomst].sum()
    return set(rijen["wijk"].astype(str)) == ander and bool(per.min() >= drempel)


def _genoeg_perioden(
    groep: frozenset[str], nu: Wijkcijfers, toen: Wijkcijfers, gebied: pd.DataFrame, drempel: float
) -> bool:
    """Whether the periods that are before (or after) the start now and were not then, or the other way round, have
    enough events; of one that is gone a whole point of the line of then says so."""
    if not toen.perioden:  # a record of an earlier version
        return True
    er = gebied[gebied["wijk"].astype(str).isin(groep)]
    punten = [set(toen.perioden[a : b + 1]) for a, b in _punten(toen)]
    for na in (False, True):
        een, ander = (set(w.perioden[w.begin :] if na else w.perioden[: w.begin]) for w in (toen, nu))
        for perioden in (p for p in (een - ander, ander - een) if p):
            rijen = er[er["periode"].astype(str).isin(perioden)]
            weinig = rijen[nu.uitkomst].sum() < drempel
            if weinig and (perioden <= {*nu.perioden} or not any(p <= perioden for p in punten)):
                return False
    return True


def _punten(w: Wijkcijfers) -> list[tuple[int, int]]:
    """The first and last period of each point of the line."""
    delen = [naam.split("–") for naam in (w.lijnen.perioden if w.lijnen is not None else ())]
    return [(w.perioden.index(d[0]), w.perioden.index(d[-1])) for d in delen]


def _namen(w: Wijkcijfers) -> list[frozenset[str]]:
    """The groups of wijken that there are numbers of."""
    t = w.toerekening
    return [frozenset(g) for g in w.groepen or ((t.met, t.zonder) if t is not None else ()) if g]


def samen(lijnen: Sequence[Wijkcijfers]) -> tuple[Toerekening, ...]:
    """The attributions that may be shown."""
    return tuple(w.toerekening for w in lijnen if w.toerekening is not None)
