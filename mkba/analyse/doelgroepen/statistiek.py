"""Doelgroepenanalyse from statistics: all households of an area by type and zwaarte, without overlap.

No source prints a rule from statistics to classes. This one is small: the classes of a *standaardwijk* and a
*probleemwijk* (tabel 2.2) are the ends of a line, and indicators relative to the Netherlands say where on
that line the area lies, per huishoudtype. Every choice is a kengetal with status aanname; drawing all of
them between laag and hoog, together with the level of tabel 2.2 itself, gives the band of the figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mkba.analyse.doelgroepen import kerncijfers
from mkba.analyse.doelgroepen.raken import heel_met_marges, raak
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import INDICATOREN
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.zaak.gebied import LAND, Gebied

KLASSEN: Final = ("ev", "zr", "nzr", "top")
_ONBEKEND: Final = "index zonder indicatoren"
NIVEAU_TABEL_22: Final = "niveau van tabel 2.2"
_VELDEN: Final = {"inkomen": ("laag_inkomen", "armoede")}
"""Fields of Gebied that can measure an indicator, in order of preference; others are named like their field."""

Reeks = NDArray[np.float64]
Getallen = Mapping[str, Reeks]
"""Kengetallen with one value per draw: key -> (S,)."""


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
            if any(_mist_nederland(g, self.nederland, i) for g in self.gebieden)
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
) -> Doelgroepen:
    """Place all households of ``gebieden`` in 3 types x 4 classes.

    ``nederland``: the national row of the same edition; ``typetotalen``: known totals per type of all areas
    together (for example gezinnen with a child under 18 from the gemeente), to which the types are raked;
    ``trekkingen`` and ``zaad``: draws for the band. Areas without households, without the numbers that a split
    needs, or with numbers that cannot be true are left out (``weggelaten``). Raises InvoerFout when none is left.
    """
    _controleer(gebieden, nederland, typetotalen)
    gebieden, weggelaten = kerncijfers.bruikbaar(gebieden, nederland)
    if not gebieden:
        raise InvoerFout(weggelaten)
    vast = {pad: np.array([kengetallen[pad]]) for pad in _paden(kengetallen)}
    los = _trek(kengetallen, trekkingen, zaad)
    midden = np.stack([_indeling(g, nederland, vast)[0] for g in gebieden])
    draws = np.stack([_indeling(g, nederland, los) for g in gebieden], axis=1)  # (S, gebied, type, klasse)
    if typetotalen is not None:
        doel = np.array([typetotalen[t] for t in TYPEN])
        doel = doel * midden.sum() / doel.sum()
        midden = _naar_typen(midden, doel)
        draws = np.stack([_naar_typen(d, doel) for d in draws])
    laag, hoog = _band(draws, midden)
    alles, alles_midden = draws.sum(axis=1), midden.sum(axis=0)
    return Doelgroepen(
        gebieden=tuple(gebieden),
        nederland=nederland,
        aantallen=midden,
        laag=laag,
        hoog=hoog,
        index=np.array([[wijkindex(g, nederland, t, vast)[0] for t in TYPEN] for g in gebieden]),
        gebruikt=tuple({t: indicatoren(g, nederland, t)[0] for t in TYPEN} for g in gebieden),
        ontbreekt=tuple({t: indicatoren(g, nederland, t)[1] for t in TYPEN} for g in gebieden),
        intramuraal=np.array([np.nan if g.intramurale_ouderen is None else g.intramurale_ouderen for g in gebieden]),
        mv_band=np.stack(_band(_mv(draws.sum(axis=2)), _mv(midden.sum(axis=1))), axis=-1),
        mv_band_totaal=np.stack(
            _band(
                np.concatenate([_mv(alles.sum(axis=1))[:, None], _mv(alles)], axis=1),
                np.concatenate([_mv(alles_midden.sum(axis=0))[None], _mv(alles_midden)]),
            ),
            axis=-1,
        ),
        weggelaten=weggelaten,
    )


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


def typen(gebied: Gebied, getallen: Getallen) -> Reeks:
    """Households per type, (S, type), summing to the households of the area.

    Gezinnen from households with children, ouderen from persons of 65 and older; the rest is overig. Where
    both together exceed the total (a buurt of elderly), they share it in proportion.
    """
    totaal = float(gebied.huishoudens or 0.0)
    gezin = float(gebied.met_kinderen or 0.0) * getallen["doelgroep.gezin_per_huishouden_met_kinderen"]
    oudere = float(gebied.ouderen or 0.0) * getallen["doelgroep.ouderenhuishoudens_per_oudere"]
    samen = gezin + oudere
    schaal = np.divide(totaal, samen, out=np.ones_like(samen), where=samen > totaal)
    gezin, oudere = gezin * schaal, oudere * schaal
    return np.stack([gezin, oudere, totaal - gezin - oudere], axis=1)


def wijkindex(gebied: Gebied, nederland: Gebied, type_: str, getallen: Getallen) -> Reeks:
    """Where the area lies between standaardwijk (0) and probleemwijk (1) for a type, (S,), within bounds.

    Weighted mean over the known indicators of (ratio to the Netherlands - 1) / (ratio of a probleemwijk - 1);
    the weights of unknown indicators go to the others. Wmo clients are counted per person of 65 and older, so
    that ageing itself is no problem. Without any indicator it is 0, and for the band anything between the
    bounds.
    """
    bekend, _ = indicatoren(gebied, nederland, type_)
    lengte = getallen["doelgroep.bereik"].size
    som, gewicht = np.zeros(lengte), np.zeros(lengte)
    for i in bekend:
        paar = _paar(gebied, nederland, i)
        assert paar is not None  # indicatoren() keeps the known ones only
        verhouding = paar[0] / paar[1]
        g = getallen[f"doelgroep.index.{type_}.{i}"]
        som += g * (verhouding - 1.0) / (getallen[f"doelgroep.probleemwijk.{i}"] - 1.0)
        gewicht += g
    onbekend = getallen.get(_ONBEKEND, np.zeros(lengte))
    ruw = np.divide(som, gewicht, out=onbekend.copy(), where=gewicht > 0)
    return np.clip(ruw, getallen["doelgroep.index_grens.laagste"], getallen["doelgroep.index_grens.hoogste"])


def indicatoren(gebied: Gebied, nederland: Gebied, type_: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Indicators of a type that are known for the area and the Netherlands, and those that are not."""
    bekend = tuple(i for i in INDICATOREN[type_] if _paar(gebied, nederland, i) is not None)
    return bekend, tuple(i for i in INDICATOREN[type_] if i not in bekend)


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


def _indeling(gebied: Gebied, nederland: Gebied, getallen: Getallen) -> Reeks:
    """(S, type, klasse): households of one area."""
    per_type = typen(gebied, getallen)
    aandelen = np.stack([klassen(t, wijkindex(gebied, nederland, t, getallen), getallen) for t in TYPEN], axis=1)
    return np.asarray(per_type[:, :, None] * aandelen)


def _mv(aantallen: Reeks) -> Reeks:
    """Share of zr, nzr and top along the last axis; 0 where there are no households."""
    som = aantallen.sum(axis=-1)
    return np.asarray(np.divide(aantallen[..., 1:].sum(axis=-1), som, out=np.zeros_like(som), where=som > 0))


def _band(draws: Reeks, midden: Reeks) -> tuple[Reeks, Reeks]:
    """Middle 90% of the draws; an assumption of 0 with room upwards only would fall below it, so include it."""
    laag, hoog = np.quantile(draws, (0.05, 0.95), axis=0)
    return np.minimum(laag, midden), np.maximum(hoog, midden)


def _naar_typen(aantallen: Reeks, typetotalen: Reeks) -> Reeks:
    """Rake (gebied, type) to the households of each area and the known totals per type; classes follow."""
    per_type = aantallen.sum(axis=2)
    nieuw = raak(per_type, {1: typetotalen, 0: per_type.sum(axis=1)})
    schaal = np.divide(nieuw, per_type, out=np.zeros_like(nieuw), where=per_type > 0)
    return np.asarray(aantallen * schaal[:, :, None])


def _paar(gebied: Gebied, nederland: Gebied, naam: str) -> tuple[float, float] | None:
    """An indicator of the area and of the Netherlands, measured in the same way; None when either is unknown.

    inkomen is the share with a low income or, in later editions, in poverty.
    """
    for veld in _VELDEN.get(naam, (naam,)):
        eigen, landelijk = _maat(gebied, veld), _maat(nederland, veld)
        if eigen is not None and landelijk:
            return eigen, landelijk
    return None


def _mist_nederland(gebied: Gebied, nederland: Gebied, naam: str) -> bool:
    """Whether the area has an indicator for which the Netherlands has no number measured in the same way."""
    bekend = any(_maat(gebied, veld) is not None for veld in _VELDEN.get(naam, (naam,)))
    return bekend and _paar(gebied, nederland, naam) is None


def _maat(gebied: Gebied, veld: str) -> float | None:
    """A field as it is compared; None when it or the count to compare it by is unknown.

    bijstand is counted per household. wmo, clients per inhabitant, is divided by the share of persons of 65
    and older: clients per 65-plusser, which ageing of the area leaves as it is. Clients under 65 are in it
    too, because the source does not split them.
    """
    waarde: float | None = getattr(gebied, veld)
    if waarde is None:
        return None
    match veld:
        case "bijstand":
            return float(waarde / gebied.huishoudens) if gebied.huishoudens else None
        case "wmo":
            return float(waarde * gebied.inwoners / gebied.ouderen) if gebied.inwoners and gebied.ouderen else None
        case _:
            return float(waarde)


def _paden(kengetallen: Kengetallen) -> list[str]:
    return [
        p
        for p in kengetallen
        if p.startswith(("doelgroep.", "zwaarteprofiel.standaardwijk.", "zwaarteprofiel.probleemwijk."))
    ]


def _trek(kengetallen: Kengetallen, aantal: int, zaad: int) -> dict[str, Reeks]:
    """Every assumption uniformly between laag and hoog, independent of each other.

    The shares of tabel 2.2 are published and vary together, by one factor: what the range of the national
    share of ev (``doelgroep.landelijk_ev``) means for the rest, the shares with multiple problems.
    """
    rng = np.random.default_rng(zaad)
    uit = {}
    for pad in _paden(kengetallen):
        k = kengetallen.getallen[pad]
        vrij = k.status == "aanname" and k.onder < k.boven
        uit[pad] = rng.uniform(k.onder, k.boven, aantal) if vrij else np.full(aantal, k.waarde)
    laag, hoog = (kengetallen[f"doelgroep.index_grens.{g}"] for g in ("laagste", "hoogste"))
    uit[_ONBEKEND] = rng.uniform(laag, hoog, aantal)
    ev = kengetallen.getallen["doelgroep.landelijk_ev"]
    hoort_bij_tabel = ev.waarde if ev.oorspronkelijk is None else ev.oorspronkelijk  # a user's own line moves no centre
    uit[NIVEAU_TABEL_22] = np.maximum(1.0 - rng.uniform(ev.onder, ev.boven, aantal), 0.0) / (1.0 - hoort_bij_tabel)
    return uit


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
