"""Doelgroepenanalyse from statistics: all households of an area by type and zwaarte, without overlap.

No source prints a rule from statistics to classes. This one is small: the classes of a *standaardwijk* and a
*probleemwijk* (tabel 2.2) are the ends of a line, and indicators relative to the Netherlands say where on
that line the area lies, per huishoudtype (:mod:`wijkindex`). Every choice is a kengetal with status aanname;
drawing all of them between laag and hoog, together with the level of tabel 2.2 itself, and with what unknown
indicators could have said, gives the band of the figure.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from mkba.analyse.doelgroepen import kerncijfers
from mkba.analyse.doelgroepen.raken import heel_met_marges, raak
from mkba.analyse.doelgroepen.wijkindex import (
    RUIS,
    Getallen,
    Onbekend,
    Reeks,
    eigen_aandeel,
    indicatoren,
    mist_nederland,
    wijkindex,
)
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import INDICATOREN
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN
from mkba.kern.zaak.gebied import LAND, Gebied

NIVEAU_TABEL_22: Final = "niveau van tabel 2.2"


@dataclass(frozen=True, eq=False)
class Doelgroepen:
    """Households of one or more areas by type and class.

    ``aantallen`` (gebied, type, klasse): sums to the households of each area, exactly. ``laag`` and
    ``hoog``: the middle 90% when all assumptions and the level of tabel 2.2 vary at once. ``index`` (gebied,
    type): 0 = standaardwijk, 1 = probleemwijk. ``gebruikt`` and ``ontbreekt``: indicators per area and type,
    ``ontbreekt`` whatever the reason (see :attr:`ontbreekt_nederland`). ``intramuraal`` (gebied,): elderly
    persons in institutions, on top of the households, NaN when unknown. ``weggelaten``: why areas that were
    asked for are not in it.
    """

    gebieden: tuple[Gebied, ...]
    nederland: Gebied
    aantallen: Reeks
    laag: Reeks
    hoog: Reeks
    index: Reeks
    gebruikt: tuple[Mapping[str, tuple[str, ...]], ...]
    ontbreekt: tuple[Mapping[str, tuple[str, ...]], ...]
    intramuraal: Reeks
    mv_band: Reeks
    """(gebied, 2): low and high share of households with multiple problems (zr, nzr, top)."""
    mv_band_totaal: Reeks
    """(1 + type, 2): the same for all areas together, total first and then per type."""
    weggelaten: tuple[Melding, ...] = ()
    eigen: Reeks = field(default_factory=lambda: np.zeros(0))
    """(gebied,): how far the index of an area is its own; the rest is that of ``naar``."""
    boven: tuple[Gebied | None, ...] = ()
    """The gemeente of each area (itself for a gemeente), when its row is known."""
    naar: tuple[str, ...] = ()
    """Name of the gemeente that each area is drawn toward; empty is the Netherlands."""
    zonder_jeugdhulp: Reeks = field(default_factory=lambda: np.zeros(0))
    """(gebied,): share of households with multiple problems when jeugdhulp says nothing."""

    @property
    def totaal(self) -> Reeks:
        """(type, klasse): all areas together."""
        return np.asarray(self.aantallen.sum(axis=0))

    @cached_property
    def hele_aantallen(self) -> NDArray[np.int64]:
        """(gebied, type, klasse): whole households, rounded once; what every table and figure counts.

        They sum to the (rounded) households of each area, and over the areas to the rounded total per cell.
        """
        return heel_met_marges(self.aantallen)

    @property
    def heel_totaal(self) -> Reeks:
        """(type, klasse): all areas together, whole households."""
        return np.asarray(self.hele_aantallen.sum(axis=0), dtype=np.float64)

    @property
    def ontbreekt_nederland(self) -> tuple[str, ...]:
        """Indicators that an area has but the Netherlands lacks in this file, so that nothing compares them.

        An indicator in ``ontbreekt`` of an area and not here is unknown for that area itself.
        """
        return tuple(
            i
            for i in dict.fromkeys(i for t in TYPEN for i in INDICATOREN[t])
            if any(mist_nederland(g, self.nederland, i) for g in self.gebieden)
        )

    def per_klasse(self) -> dict[str, dict[str, float]]:
        """Households of all areas together, per type and class: what ``eerste_aanpak`` takes.

        Not rounded: in a small area the shares of whole households are no longer those of the rule.
        """
        per_type = zip(TYPEN, self.totaal, strict=True)
        return {t: dict(zip(KLASSEN, map(float, rij), strict=True)) for t, rij in per_type}

    @property
    def naam(self) -> str:
        """Name of the area, or of all of them together."""
        namen = [g.naam for g in self.gebieden]
        return namen[0] if len(namen) == 1 else f"{namen[0]} en {len(namen) - 1} andere gebieden"


def uit_statistiek(
    gebieden: Sequence[Gebied],
    nederland: Gebied,
    kengetallen: Kengetallen,
    typetotalen: Mapping[str, float] | None = None,
    trekkingen: int = 2000,
    zaad: int = 2014,
    gemeenten: Mapping[str, Gebied] | None = None,
    meld: Callable[[int, int], None] = lambda klaar, totaal: None,
) -> Doelgroepen:
    """Place all households of ``gebieden`` in 3 types x 4 classes.

    ``nederland``: the national row of the same edition; ``typetotalen``: known totals per type of all areas
    together (for example gezinnen with a child under 18 from the gemeente), to which the types are raked;
    ``trekkingen`` and ``zaad``: draws for the band; ``gemeenten``: by code, what a wijk or buurt is drawn toward;
    ``meld``: hears how many areas have their band, of how many. Areas without households, without the numbers that a
    split needs, or with numbers that cannot be true are left out (``weggelaten``). Raises InvoerFout when none is left.
    """
    _controleer(gebieden, nederland, typetotalen)
    gebieden, weggelaten = kerncijfers.bruikbaar(gebieden, nederland)
    if not gebieden:
        raise InvoerFout(weggelaten)
    boven = [gemeente_van(g, gemeenten or {}) for g in gebieden]
    vast = {pad: np.array([kengetallen[pad]]) for pad in paden(kengetallen)}
    los = trek(kengetallen, trekkingen, zaad)
    midden = np.stack([indeling(g, nederland, vast, b)[0] for g, b in zip(gebieden, boven, strict=True)])
    band = _Band(midden)
    doel = None
    if typetotalen is not None:
        doel = np.array([typetotalen[t] for t in TYPEN])
        doel = doel * midden.sum() / doel.sum()
        band = _Band(midden := _naar_typen(midden, doel))
    ontbreekt = tuple({t: indicatoren(g, nederland, t)[1] for t in TYPEN} for g in gebieden)
    grenzen: tuple[Onbekend, ...] = ("laag", "hoog") if any(any(o.values()) for o in ontbreekt) else ("laag",)
    for ronde, grens in enumerate(grenzen):
        per_gebied: Iterable[Reeks] = (
            indeling(g, nederland, met_ruis(los, g, zaad), b, grens) for g, b in zip(gebieden, boven, strict=True)
        )
        if doel is not None:
            samen = np.stack(list(per_gebied), axis=1)  # (S, gebied, type, klasse)
            geraakt = np.stack([_naar_typen(d, doel) for d in samen])
            per_gebied = (geraakt[:, i] for i in range(len(gebieden)))
        band.voeg_toe(_geteld(per_gebied, meld, ronde * len(gebieden), len(grenzen) * len(gebieden)))
    return Doelgroepen(
        gebieden=tuple(gebieden),
        nederland=nederland,
        aantallen=midden,
        laag=band.laag,
        hoog=band.hoog,
        index=np.array(
            [[wijkindex(g, nederland, t, vast, b)[0] for t in TYPEN] for g, b in zip(gebieden, boven, strict=True)]
        ),
        gebruikt=tuple({t: indicatoren(g, nederland, t)[0] for t in TYPEN} for g in gebieden),
        ontbreekt=ontbreekt,
        intramuraal=np.array([np.nan if g.intramurale_ouderen is None else g.intramurale_ouderen for g in gebieden]),
        mv_band=band.mv,
        mv_band_totaal=band.mv_totaal,
        weggelaten=weggelaten,
        eigen=np.array([eigen_aandeel(g, vast)[0] for g in gebieden]),
        boven=tuple(boven),
        naar=tuple("" if b is None or b.code == g.code else b.naam for g, b in zip(gebieden, boven, strict=True)),
        zonder_jeugdhulp=np.array(
            [
                mv_aandeel(indeling(g, nederland, vast, b, zonder=("jeugdhulp",)).sum(axis=1))[0]
                for g, b in zip(gebieden, boven, strict=True)
            ]
        ),
    )


def _geteld(rij: Iterable[Reeks], meld: Callable[[int, int], None], vanaf: int, totaal: int) -> Iterable[Reeks]:
    for nummer, waarde in enumerate(rij, start=vanaf + 1):
        yield waarde
        meld(nummer, totaal)


def gemeente_van(gebied: Gebied, gemeenten: Mapping[str, Gebied]) -> Gebied | None:
    """The gemeente that an area lies in (or is), when its row is known."""
    if gebied.soort == "gemeente":
        return gebied
    return gemeenten.get(f"GM{gebied.code[2:6]}")


def bekende_typen(gezinnen: float, ouderen: float, overige: float) -> dict[str, float] | None:
    """Known totals per type for :func:`uit_statistiek`; None when all are 0 (unknown).

    Raises InvoerFout when only some are known: raking needs all three.
    """
    totalen = dict(zip(TYPEN, (float(gezinnen), float(ouderen), float(overige)), strict=True))
    if not any(totalen.values()):
        return None
    leeg = [t for t, w in totalen.items() if w <= 0]
    if leeg:
        oorzaak = f"van {', '.join(leeg)} is het aantal niet opgegeven."
        raise InvoerFout([Melding("gezinnen, ouderen, overige", 0, oorzaak, "Geef alle drie de aantallen, of geen.")])
    return totalen


def typen(gebied: Gebied, getallen: Getallen, gemeente: Gebied | None = None) -> Reeks:
    """Households per type, (S, type), summing to the households of the area.

    Gezinnen from households with children, ouderen from persons of 65 and older: by their position in the household
    where the gemeente has that statistic (71488ned), else by one number for the country; the rest is overig. Where both
    together exceed the total (a buurt of elderly), they share it in proportion.
    """
    totaal = float(gebied.huishoudens or 0.0)
    gezin = float(gebied.met_kinderen or 0.0) * getallen["doelgroep.gezin_per_huishouden_met_kinderen"]
    oudere = float(gebied.ouderen or 0.0) * huishoudens_per_oudere(gebied, getallen, gemeente)
    samen = gezin + oudere
    schaal = np.divide(totaal, samen, out=np.ones_like(samen), where=samen > totaal)
    gezin, oudere = gezin * schaal, oudere * schaal
    return np.stack([gezin, oudere, totaal - gezin - oudere], axis=1)


def huishoudens_per_oudere(gebied: Gebied, getallen: Getallen, gemeente: Gebied | None) -> Reeks:
    """Households with a person of 65 or older per such person, (S,)."""
    bron = next((g for g in (gebied, gemeente) if g is not None and _kent_ouderen(g)), None)
    if bron is None:
        return getallen["doelgroep.ouderenhuishoudens_per_oudere"]
    met_partner = getallen["doelgroep.huishouden_per_oudere_partner"] * float(bron.ouderen_met_partner or 0.0)
    som = float(bron.ouderen_zonder_partner or 0.0) + met_partner
    return np.asarray(np.minimum(som / float(bron.ouderen or 1.0), 1.0))


def _kent_ouderen(gebied: Gebied) -> bool:
    return bool(gebied.ouderen) and None not in (gebied.ouderen_zonder_partner, gebied.ouderen_met_partner)


def klassen(type_: str, index: Reeks, getallen: Getallen) -> Reeks:
    """Shares of ev, zr, nzr and top for a wijkindex, (S, klasse), summing to 1.

    The line through standaardwijk and probleemwijk of tabel 2.2; top is taken out of nzr and grows with the
    index. Shares below 0 (an index below the bounds of tabel 2.2) become 0. In the draws of the band a factor
    on the shares with multiple problems varies the level of tabel 2.2 as a whole; ev is the rest.
    """
    standaard, probleem = (
        np.stack([getallen[f"zwaarteprofiel.{p}.{type_}.{s}"] for s in ("ev", "zr", "nzr")], axis=1)
        for p in ("standaardwijk", "probleemwijk")
    )
    aandeel = np.maximum(standaard + index[:, None] * (probleem - standaard), 0.0)
    meervoudig = aandeel[:, 1:] / aandeel.sum(axis=1, keepdims=True)
    meervoudig = meervoudig * getallen.get(NIVEAU_TABEL_22, np.ones_like(index))[:, None]
    meervoudig = meervoudig / np.maximum(meervoudig.sum(axis=1, keepdims=True), 1.0)
    aandeel = np.concatenate([1.0 - meervoudig.sum(axis=1, keepdims=True), meervoudig], axis=1)
    top = np.minimum(getallen[f"doelgroep.top.{type_}"] * np.maximum(1.0 + index, 0.0), aandeel[:, 2])
    return np.concatenate([aandeel[:, :2], (aandeel[:, 2] - top)[:, None], top[:, None]], axis=1)


def indeling(
    gebied: Gebied,
    nederland: Gebied,
    getallen: Getallen,
    gemeente: Gebied | None = None,
    onbekend: Onbekend = "",
    zonder: tuple[str, ...] = (),
) -> Reeks:
    """(S, type, klasse): households of one area; for ``onbekend`` and ``zonder`` see :func:`wijkindex`."""
    per_type = typen(gebied, getallen, gemeente)
    aandelen = np.stack(
        [klassen(t, wijkindex(gebied, nederland, t, getallen, gemeente, onbekend, zonder), getallen) for t in TYPEN],
        axis=1,
    )
    return np.asarray(per_type[:, :, None] * aandelen)


def mv_aandeel(aantallen: Reeks) -> Reeks:
    """Share of zr, nzr and top along the last axis; 0 where there are no households."""
    som = aantallen.sum(axis=-1)
    return np.asarray(np.divide(aantallen[..., 1:].sum(axis=-1), som, out=np.zeros_like(som), where=som > 0))


class _Band:
    """The middle 90% of the draws, the widest of what it is given; an assumption of 0 with room upwards only would fall
    below its own middle, so that is in it as well."""

    def __init__(self, midden: Reeks) -> None:
        alles = midden.sum(axis=0)
        mv_totaal = np.concatenate([mv_aandeel(alles.sum(axis=0))[None], mv_aandeel(alles)])
        self.laag, self.hoog = midden.copy(), midden.copy()
        self.mv = np.repeat(mv_aandeel(midden.sum(axis=1))[:, None], 2, axis=1)
        self.mv_totaal = np.repeat(mv_totaal[:, None], 2, axis=1)

    def voeg_toe(self, per_gebied: Iterable[Reeks]) -> None:
        """Draws of each area, (S, type, klasse)."""
        alles: Reeks | None = None
        for i, draws in enumerate(per_gebied):
            laag, hoog = middelste(draws)
            self.laag[i], self.hoog[i] = np.minimum(self.laag[i], laag), np.maximum(self.hoog[i], hoog)
            self.mv[i] = _wijder(self.mv[i], *middelste(mv_aandeel(draws.sum(axis=1))))
            alles = draws if alles is None else alles + draws
        assert alles is not None  # there is an area at least
        mv = np.concatenate([mv_aandeel(alles.sum(axis=1))[:, None], mv_aandeel(alles)], axis=1)
        laag, hoog = middelste(mv)
        for rij, (a, b) in enumerate(zip(laag, hoog, strict=True)):
            self.mv_totaal[rij] = _wijder(self.mv_totaal[rij], a, b)


def middelste(draws: Reeks) -> tuple[Reeks, Reeks]:
    """The ends of the middle 90% along the first axis."""
    laag, hoog = np.quantile(draws, (0.05, 0.95), axis=0)
    return laag, hoog


def _wijder(band: Reeks, laag: Reeks, hoog: Reeks) -> Reeks:
    return np.array([min(band[0], laag), max(band[1], hoog)])


def _naar_typen(aantallen: Reeks, typetotalen: Reeks) -> Reeks:
    """Rake (gebied, type) to the households of each area and the known totals per type; classes follow."""
    per_type = aantallen.sum(axis=2)
    nieuw = raak(per_type, {1: typetotalen, 0: per_type.sum(axis=1)})
    schaal = np.divide(nieuw, per_type, out=np.zeros_like(nieuw), where=per_type > 0)
    return np.asarray(aantallen * schaal[:, :, None])


def paden(kengetallen: Kengetallen) -> list[str]:
    """The keys that the rule reads."""
    return [
        p
        for p in kengetallen
        if p.startswith(("doelgroep.", "zwaarteprofiel.standaardwijk.", "zwaarteprofiel.probleemwijk."))
    ]


def trek(kengetallen: Kengetallen, aantal: int, zaad: int) -> dict[str, Reeks]:
    """Every assumption uniformly between laag and hoog, independent of each other.

    The shares of tabel 2.2 are published and vary together, by one factor: what the range of the national
    share of ev (``doelgroep.landelijk_ev``) means for the rest, the shares with multiple problems.
    """
    rng = np.random.default_rng(zaad)
    uit = {}
    for pad in paden(kengetallen):
        k = kengetallen.getallen[pad]
        vrij = k.status == "aanname" and k.onder < k.boven
        uit[pad] = rng.uniform(k.onder, k.boven, aantal) if vrij else np.full(aantal, k.waarde)
    ev = kengetallen.getallen["doelgroep.landelijk_ev"]
    hoort_bij_tabel = ev.waarde if ev.oorspronkelijk is None else ev.oorspronkelijk  # a user's own line moves no centre
    uit[NIVEAU_TABEL_22] = np.maximum(1.0 - rng.uniform(ev.onder, ev.boven, aantal), 0.0) / (1.0 - hoort_bij_tabel)
    return uit


def met_ruis(los: Mapping[str, Reeks], gebied: Gebied, zaad: int) -> dict[str, Reeks]:
    """The draws with those of one area beside them: by its code, so that other areas of a series change nothing."""
    rng = np.random.default_rng([zaad, crc32(gebied.code.encode())])
    aantal = los[NIVEAU_TABEL_22].size
    per_indicator = dict.fromkeys(i for t in TYPEN for i in INDICATOREN[t])
    eigen = {RUIS: rng.standard_normal(aantal)} | {f"{RUIS}.{i}": rng.uniform(size=aantal) for i in per_indicator}
    return {**los, **eigen}


def _controleer(gebieden: Sequence[Gebied], nederland: Gebied, typetotalen: Mapping[str, float] | None) -> None:
    meldingen = []
    if not gebieden:
        meldingen.append(Melding("gebieden", None, "er is geen gebied gekozen.", "Geef een of meer CBS-codes."))
    if nederland.code != LAND:
        meldingen.append(
            Melding("nederland", nederland.code, "dit is niet de rij van Nederland.", f"Geef de rij met code {LAND}.")
        )
    else:
        meldingen += kerncijfers.onmogelijk(nederland, nederland)
    for g in gebieden:
        if g.jaar != nederland.jaar:
            meldingen.append(
                Melding(g.code, g.jaar, f"ander jaar dan Nederland ({nederland.jaar}).", "Gebruik een editie.", g.bron)
            )
    codes = [g.code for g in gebieden]
    overlap = [c for c in codes if any(_ligt_in(c, ander) for ander in codes if ander != c)] + [
        c for i, c in enumerate(codes) if c in codes[:i]
    ]
    if overlap:
        meldingen.append(
            Melding(
                "gebieden",
                ", ".join(overlap),
                "deze gebieden liggen in een ander gekozen gebied of staan er dubbel.",
                "Kies gebieden die elkaar niet overlappen; elk huishouden telt een keer.",
            )
        )
    if typetotalen is not None and (set(typetotalen) != set(TYPEN) or sum(typetotalen.values()) <= 0):
        meldingen.append(
            Melding("typetotalen", dict(typetotalen), f"geef een totaal voor {', '.join(TYPEN)}.", "Vul alle drie in.")
        )
    if meldingen:
        raise InvoerFout(meldingen)


def _ligt_in(code: str, groter: str) -> bool:
    """Whether a CBS code lies inside another: BU05990110 in WK059901 in GM0599 in NL00."""
    if groter == LAND:
        return True
    return code[2:].startswith(groter[2:]) and len(code) > len(groter)
