"""What of the table *gebied* may be shown: lines and attribution of groups of wijken, rounded, never of few events.

A line is the mean over the households of the wijken with the aanpak, or without. Where fewer than the threshold of
events stand behind a point, periods are taken together; where that does not help, there is no line, and where the
time before or after the start has so few of them, no attribution either. All that is shown is rounded to so few
digits that the count of a wijk cannot be worked back from a mean of several: of events a difference has no finer digit
than the rates that it is of, for near zero two digits of its own would be as good as all of them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from mkba.analyse.effectmeting.attributie.paneel import IN_EURO, UITKOMSTEN, Getallen, Paneel, maak_paneel
from mkba.analyse.effectmeting.attributie.toerekening import Toerekening, toereken
from mkba.analyse.effectmeting.attributie.trend import Grens
from mkba.analyse.effectmeting.publiceren.wijkstelsel import gezegd, is_te_herleiden
from mkba.analyse.effectmeting.zekerheid.bewijs import Opzet
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands, opsomming

STAPPEN: Final = (1, 2, 4)
"""Periods that a point of a line stands for: a quarter, half a year or a year."""
CIJFERS: Final = 2
"""Significant digits of a rate; of euros, which are sums over thousands of households, one more. A choice."""
VAN_TOEN: Final = (
    "van de {} in deze wijken staan al cijfers in deze map; wat veranderde is te weinig om te tonen: die blijven staan"
)
_TELT: Final = ("telt niet mee", "tellen niet mee")
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


def _een(gebied: pd.DataFrame, uitkomst: str, drempel: float, opzet: Opzet) -> Wijkcijfers:
    try:
        paneel = maak_paneel(gebied, uitkomst)
    except InvoerFout as fout:
        return Wijkcijfers(uitkomst, None, None, None, fout.meldingen[0].oorzaak.rstrip("."))
    omvang = _breed(gebied, "huishoudens", paneel)
    if (omvang < KLEINSTE * drempel).any():
        klein = f"een wijk heeft minder dan {nederlands(KLEINSTE * drempel)} huishoudens (afgeschermd)"
        return Wijkcijfers(uitkomst, None, None, None, klein)
    aantal = omvang if uitkomst in IN_EURO else _breed(gebied, uitkomst, paneel)
    weinig = f"minder dan {nederlands(drempel)} {UITKOMSTEN[uitkomst]}"
    if not _genoeg(aantal, paneel, drempel):
        return Wijkcijfers(uitkomst, None, None, None, f"voor of na de start zijn er {weinig} geteld (afgeschermd)")
    cijfers = CIJFERS + (uitkomst in IN_EURO)
    lijnen = _lijnen(paneel, aantal, omvang, drempel, cijfers)
    zonder_lijn = f"per punt van een lijn zijn er {weinig} (afgeschermd)"
    reden = "" if lijnen is not None else zonder_lijn if paneel.met_aanpak.any() else "er is geen wijk met de aanpak"
    if lijnen is not None and (los := _over(lijnen, paneel, aantal, drempel)):
        # a mean over these too would tell, beside the line, how few they have
        korter = _een(gebied[~gebied["periode"].astype(str).isin(los)], uitkomst, drempel, opzet)
        over = (
            f"{opsomming(los)} {'vult' if len(los) == 1 else 'vullen'} geen punt van de lijn en {_TELT[len(los) > 1]}"
        )
        return replace(korter, reden="; ".join(filter(None, (korter.reden, over))))
    wie = tuple(tuple(np.array(paneel.wijken)[g].tolist()) for g in _groepen(paneel))
    van = (wie, paneel.perioden, int(paneel.start.min()))
    if uitkomst in IN_EURO:
        toerekening = toereken(paneel, opzet)
        if lijnen is None:
            toerekening = replace(toerekening, punten=(), grenzen=())
        return Wijkcijfers(uitkomst, _rond_af(toerekening, cijfers), lijnen, None, reden, *van)
    stap = _gemene_stap(paneel)
    te_tonen = _te_tonen(toereken(paneel, opzet), paneel, aantal, omvang, lijnen, stap, drempel)
    if te_tonen is None:
        klein = f"uit het gemiddelde van de wijken zou volgen dat een wijk er {weinig} heeft (afgeschermd)"
        return Wijkcijfers(uitkomst, None, lijnen, None, "; ".join(filter(None, (klein, reden))), *van)
    toerekening = _rond_af(te_tonen, cijfers, stap)
    return Wijkcijfers(uitkomst, toerekening, lijnen, _per_jaar(toerekening, omvang, paneel), reden, *van)


def _over(lijnen: Lijnen, paneel: Paneel, aantal: Getallen, drempel: float) -> list[str]:
    """Periods in no point of the line of which some group has few events: together, on one side of the start."""
    begin, perioden = int(paneel.start.min()), len(paneel.perioden)
    blokken = _blokken(begin, perioden, lijnen.stap)
    delen = [range(blokken[0].start), range(blokken[-1].stop, perioden)]
    weinig = [d for d in delen if len(d) and any(aantal[g][:, d].sum() < drempel for g in _groepen(paneel))]
    return [paneel.perioden[i] for d in weinig for i in d]


def _te_tonen(
    toerekening: Toerekening,
    paneel: Paneel,
    aantal: Getallen,
    omvang: Getallen,
    lijnen: Lijnen | None,
    stap: float,
    drempel: float,
) -> Toerekening | None:
    """What of an attribution of events may be shown: with a point per period, without, or nothing (None)."""
    begin, perioden = int(paneel.start.min()), len(paneel.perioden)
    zonder_punten = replace(toerekening, punten=(), grenzen=())
    per_punt = lijnen is not None and lijnen.stap == 1  # else it would tell what the line does not
    if len({*paneel.start[paneel.met_aanpak].tolist()}) <= 1:
        if te_herleiden(paneel, aantal, omvang, [slice(0, begin), slice(begin, perioden)], drempel, stap):
            return None
        los = [slice(i, i + 1) for i in range(perioden)]
        heel = per_punt and not te_herleiden(paneel, aantal, omvang, los, drempel, stap)
        return toerekening if heel else zonder_punten
    blokken = _blokken(begin, perioden, lijnen.stap) if lijnen is not None else []
    for t in (toerekening, zonder_punten) if per_punt else (zonder_punten,):
        afstanden = [p.afstand for p in t.punten if p.afstand != -1]
        gezien = gezegd(paneel, afstanden, stap / 2, t.netto is not None)
        if not is_te_herleiden(paneel, aantal, omvang, blokken, gezien, drempel):
            return t
    return None


def _breed(gebied: pd.DataFrame, kolom: str, paneel: Paneel) -> Getallen:
    """One column as (wijken, perioden), in the order of the panel."""
    tabel = gebied.assign(wijk=gebied["wijk"].astype(str), periode=gebied["periode"].astype(str))
    breed = tabel.pivot_table(index="wijk", columns="periode", values=kolom, aggfunc="sum", observed=True)
    return np.asarray(breed.loc[list(paneel.wijken), list(paneel.perioden)].to_numpy(dtype=np.float64))


def _groepen(paneel: Paneel) -> list[np.ndarray[Any, np.dtype[np.bool_]]]:
    return [g for g in (paneel.met_aanpak, ~paneel.met_aanpak) if g.any()]


def _genoeg(aantal: Getallen, paneel: Paneel, drempel: float) -> bool:
    """Whether before and after the start each group has enough events."""
    begin = int(paneel.start.min())
    delen = [d for d in (aantal[:, :begin], aantal[:, begin:]) if d.shape[1]]
    return all(d[g].sum() >= drempel for d in delen for g in _groepen(paneel))


def te_herleiden(
    paneel: Paneel, aantal: Getallen, omvang: Getallen, delen: Sequence[slice], drempel: float, stap: float = math.inf
) -> bool:
    """Whether in some part of the periods a wijk of few events is known to within the threshold.

    A reader has of each group two numbers: that of all its events (a wijk counts by its households, as in a line), and
    the mean of the rates of its wijken, each of which counts the same, to two digits, ``stap`` at best. Between two
    wijken of unequal size that is two equations with two unknowns. Of more wijken an interval is left: over every whole
    number of one wijk, the others together can give the mean between what they give when all is in the largest of them
    and when all is in the smallest.
    """
    for groep in _groepen(paneel):
        for d in (d for d in delen if aantal[:, d].shape[1]):
            perioden = aantal[:, d].shape[1]
            per_wijk, breuk = aantal[groep][:, d].sum(axis=1), 1 / omvang[groep][:, d].mean(axis=1)
            samen, som = float(per_wijk.sum()), float((per_wijk * breuk).sum())
            gemiddeld = som / (len(breuk) * perioden)
            marge = min(_halve_stap(gemiddeld), stap / 2) * len(breuk) * perioden
            for w in np.flatnonzero(per_wijk < drempel):
                ander = np.delete(breuk, w)
                if not len(ander):
                    return True
                x = np.arange(samen + 1)
                laag, hoog = (x * breuk[w] + (samen - x) * b for b in (ander.min(), ander.max()))
                kan = x[(laag <= som + marge) & (hoog >= som - marge)]
                if kan[-1] - kan[0] < drempel:
                    return True
    return False


def _halve_stap(waarde: float) -> float:
    """Half of the step to which a rate is rounded."""
    return _stap(waarde, CIJFERS) / 2 if waarde > 0 else 0.0


def _gemene_stap(paneel: Paneel) -> float:
    """The step of the lowest of the mean rates that an attribution is of: of each group before and after the start."""
    begin = int(paneel.start.min())
    delen = [paneel.waarden[g][:, d] for g in _groepen(paneel) for d in (slice(0, begin), slice(begin, None))]
    return min(_stap(float(d.mean()), CIJFERS) for d in delen if d.size and d.any())


def _lijnen(paneel: Paneel, aantal: Getallen, omvang: Getallen, drempel: float, cijfers: int) -> Lijnen | None:
    """Lines of all households of a group together: a wijk counts by its size, so that a small one does not show."""
    begin = min(int(paneel.start.min()), len(paneel.perioden))
    for stap in STAPPEN:
        blokken = _blokken(begin, len(paneel.perioden), stap)
        if blokken and all(aantal[g][:, b].sum() >= drempel for g in _groepen(paneel) for b in blokken):
            namen = tuple(
                paneel.perioden[b.start] if stap == 1 else f"{paneel.perioden[b.start]}–{paneel.perioden[b.stop - 1]}"
                for b in blokken
            )
            lijn = [
                tuple(
                    _op(float(np.average(paneel.waarden[g][:, b], weights=omvang[g][:, b])), cijfers) for b in blokken
                )
                for g in _groepen(paneel)
            ]
            start = sum(b.stop <= begin for b in blokken)
            if not paneel.met_aanpak.any():
                return None
            return Lijnen(namen, lijn[0], lijn[1] if len(lijn) > 1 else None, start, stap)
    return None


def _blokken(begin: int, perioden: int, stap: int) -> list[slice]:
    """Whole blocks of ``stap`` periods, counted from the start in both directions; what is left over is left out."""
    voor = [slice(i, i + stap) for i in range(begin % stap, begin, stap)]
    na = [slice(i, i + stap) for i in range(begin, perioden - stap + 1, stap)]
    return [*voor, *na]


def _per_jaar(t: Toerekening, omvang: Getallen, p: Paneel) -> tuple[float, float | None, float | None] | None:
    """Netto, as it is shown, in events a year, with one digit more at the ends, outward: these are rounded already, and
    a second time to as few could make the interval a twentieth narrower. Periods are quarters where their names say
    so."""
    if t.netto is None or not all("K" in periode for periode in p.perioden):
        return None
    maal = 4 * float(omvang[p.met_aanpak].mean(axis=1).sum())
    laag, hoog = (
        None if w is None else _op_stap(maal * w, CIJFERS + 1, 0.0, veld) if w else 0.0
        for w, veld in ((t.netto.laag, "laag"), (t.netto.hoog, "hoog"))
    )
    return _op(maal * t.netto.waarde, CIJFERS), laag, hoog


_ZONDER_EENHEID: Final = frozenset({"p", "p_wild", "kleinste_p", "vermogen", "maat"})
"""Fields of an attribution that are no rate."""
_ONDER: Final = frozenset({"laag", "interval_laag"})
_BOVEN: Final = frozenset({"hoog", "interval_hoog"})
"""Ends of an interval; the set of a :class:`Grens` is none."""


def _rond_af(iets: Any, cijfers: int, stap: float = 0.0, veld: str = "") -> Any:
    """Every number with a fraction in a record, to so many significant digits; a rate to ``stap`` at best, where an
    interval never gets narrower."""
    if isinstance(iets, float):
        return _op(iets, cijfers) if not stap or veld in _ZONDER_EENHEID else _op_stap(iets, cijfers, stap, veld)
    if isinstance(iets, tuple):
        return tuple(_rond_af(deel, cijfers, stap) for deel in iets)
    if is_dataclass(iets) and not isinstance(iets, type):
        midden = {"laag", "hoog"} if isinstance(iets, Grens) else set()
        namen = {f.name: "" if f.name in midden else f.name for f in fields(iets)}
        return replace(iets, **{n: _rond_af(getattr(iets, n), cijfers, stap, v) for n, v in namen.items()})
    return iets


def _op_stap(waarde: float, cijfers: int, stap: float, veld: str) -> float:
    if not math.isfinite(waarde):
        return waarde
    stap = max(stap, _stap(abs(waarde), cijfers)) if waarde else stap
    if veld in _ONDER | _BOVEN:
        keer = (math.floor if veld in _ONDER else math.ceil)(
            waarde / stap + (_SPELING if veld in _ONDER else -_SPELING)
        )
        return float(f"{keer * stap:.12g}")
    return float(f"{rond(waarde, stap):.12g}") + 0.0  # no nought with a sign


_SPELING: Final = 1e-9


def _stap(waarde: float, cijfers: int) -> float:
    """The step of so many significant digits of a number above 0."""
    return float(10.0 ** (math.floor(math.log10(waarde)) + 1 - cijfers))


def _op(waarde: float, cijfers: int) -> float:
    if not math.isfinite(waarde) or waarde == 0:
        return float(waarde)
    return float(f"{rond(waarde, _stap(abs(waarde), cijfers)):.{cijfers}g}")


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
    return toen if bij in toen.reden else replace(toen, reden="; ".join(filter(None, (toen.reden, bij))))


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
