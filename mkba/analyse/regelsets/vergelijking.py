"""From one calculation to another: between two rule sets, or between two aanpakken (before and after).

What differs is divided into groups of changes. Every combination of groups is calculated at once, on the scenario axis,
and each group gets its Shapley value: what it adds, averaged over every order in which the groups may come. The parts
of every outcome add up to the whole difference, exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from mkba.analyse.shapley import keuzes, shapley
from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import GEBRUIK, rekent_mee
from mkba.kern.tekst.afronden import heel
from mkba.kern.woorden.begrippen import ACTOREN, BATENPOSTEN, KOSTENPOSTEN, POSTEN, VERHOUDINGEN
from mkba.kern.woorden.effectvelden import EFFECTVELDEN, LEEG
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import Effectmeting
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.reeksen import Reeks

UITKOMSTEN: Final = ("saldo", *VERHOUDINGEN, *POSTEN, "totale_kosten", "totale_baten")
GROEPEN: Final = (
    *("bereik en doelgroep", "team en kosten", "extra zorg", "substitutie", "effectiviteit", "voorkomen escalatie"),
    *(
        "terugval",
        "gemeten effecten",
        "standaardwaarden",
        "discontovoet",
        "prijzen",
        "lonen",
        "zorgprijzen",
        "kwaliteit van leven",
    ),
    *("betalers", "andere kengetallen"),
)
"""Every group of changes, in the order of a waterfall: first what was filled in, then the rule set."""
_VAN_VRAAG: Final = {
    **dict.fromkeys(range(6), "bereik en doelgroep"),
    **dict.fromkeys(range(6, 10), "team en kosten"),
    **dict.fromkeys((10, 11), "extra zorg"),
    12: "substitutie",
    13: "effectiviteit",
    14: "voorkomen escalatie",
    15: "terugval",
}
_VAN_REEKS: Final = {
    "cpi": "prijzen",
    "lonen": "lonen",
    "zorg": "zorgprijzen",
    "ova": "zorgprijzen",
    "ppc": "zorgprijzen",
}
_VAN_SOORT: Final = {"disconto": "discontovoet", "actor": "betalers", "kwaliteit": "kwaliteit van leven"}
_ANDERE: Final = GROEPEN[-1]
_METING: Final = "gemeten effecten"
"""Questions 16 to 18: one group, since a measurement is there or not."""
_VERSCHIL: Final = 1e-9
"""Relatively less is noise of floating point: the same number, calculated in another way."""


@dataclass(frozen=True)
class Wijziging:
    """One field or kengetal that differs. ``van`` and ``naar``: its values, None where it has none."""

    sleutel: str
    groep: str
    van: object
    naar: object
    kengetal: Kengetal | None = None
    """Of the second rule set, with its source; None for an answer."""


@dataclass(frozen=True)
class Kant:
    """One of the two: what it is called, its answers and its rule set."""

    naam: str
    aanpak: Aanpak
    kengetallen: Kengetallen


@dataclass(frozen=True, eq=False)
class Vergelijking:
    """What differs between two calculations, and what each group of changes does.

    ``waarden`` {outcome: (2^groepen,)}: bit i of the place says whether group i has changed; ``partijen`` (2, actor):
    benefits minus costs per actor, before and after. Euros NCW and ratios, unrounded.
    """

    van: Kant
    naar: Kant
    groepen: tuple[str, ...]
    waarden: Mapping[str, Reeks]
    partijen: Reeks
    wijzigingen: tuple[Wijziging, ...]

    @cached_property
    def stappen(self) -> dict[str, Reeks]:
        """Per outcome what each group adds, (groepen,): together the difference."""
        return {uitkomst: shapley(reeks) for uitkomst, reeks in self.waarden.items()}

    def begin(self, uitkomst: str) -> float:
        """The outcome before."""
        return float(self.waarden[uitkomst][0])

    def eind(self, uitkomst: str) -> float:
        """The outcome after."""
        return float(self.waarden[uitkomst][-1])

    def centen(self, uitkomst: str = "saldo") -> tuple[float, tuple[float, ...], float]:
        """Before, the steps and after in euros to the cent, that add up: the largest remainders get what is left."""
        return self._optellend(uitkomst, 100)

    def duizendsten(self, verhouding: str) -> tuple[float, tuple[float, ...], float]:
        """Before, the steps and after of a ratio to three decimals, that add up as printed; unrounded when one of them
        is no number (nothing to divide by)."""
        begin, stappen, eind = self.begin(verhouding), self.stappen[verhouding], self.eind(verhouding)
        if not np.isfinite([begin, *stappen, eind]).all():
            return begin, tuple(stappen.tolist()), eind
        return self._optellend(verhouding, 1000)

    def _optellend(self, uitkomst: str, schaal: int) -> tuple[float, tuple[float, ...], float]:
        """Both ends rounded to 1 / ``schaal``; the steps too, within one unit, so that they carry one to the other."""
        van, naar = (round(w * schaal) for w in (self.begin(uitkomst), self.eind(uitkomst)))
        stappen = heel(self.stappen[uitkomst] * schaal, naar - van) if self.groepen else np.zeros(0, dtype=int)
        return van / schaal, tuple(int(stap) / schaal for stap in stappen), naar / schaal


def vergelijk(van: Kant, naar: Kant) -> Vergelijking:
    """Every group of changes between two calculations, exact. No difference at all gives no groups."""
    wijzigingen = _wijzigingen(van, naar)
    gemeten = any(k.aanpak.effectmeting is not None for k in (van, naar))
    stappen, deelt = _groepen(van.kengetallen, naar.kengetallen, wijzigingen, gemeten)
    anders = {
        w.sleutel: w.groep for w in wijzigingen if w.kengetal is None and w.van is not None and w.naar is not None
    }
    meting = _METING in {w.groep for w in wijzigingen}
    van_delen = {
        _groep(van.kengetallen, naar.kengetallen, d) for delen in deelt.values() for d in delen if _anders(van, naar, d)
    }
    groepen: tuple[str, ...] = tuple(
        g for g in GROEPEN if g in {*stappen.values(), *van_delen, *anders.values(), *([_METING] if meting else [])}
    )
    bits = keuzes(len(groepen)).astype(bool)
    aan: dict[str, Reeks] = {groep: bits[:, i] for i, groep in enumerate(groepen)}
    varieer: dict[str, Reeks] = {}
    for pad, groep in stappen.items():
        varieer[pad] = np.where(aan[groep], naar.kengetallen[pad], van.kengetallen[pad])
    for pad, delen in deelt.items():
        som = np.zeros(len(bits))
        for d in delen:
            nieuw = aan.get(
                _groep(van.kengetallen, naar.kengetallen, d), True
            )  # of a group that changes nothing both are the same
            som += np.where(nieuw, naar.kengetallen[d], van.kengetallen[d])
        varieer[pad] = som
    plat = van.aanpak.plat(), naar.aanpak.plat()
    for veld in VELDEN.values():
        een, twee = (p[veld.sleutel] for p in plat)
        if veld.soort in ("tekst", "disciplines") or een is None or twee is None:
            continue
        groep = anders.get(veld.sleutel, "")
        varieer[veld.sleutel] = np.where(aan[groep], float(twee), float(een)) if groep else np.array([float(een)])
    # a team and a measurement cannot be varied: the other one is calculated beside it
    teams: list[tuple[tuple[str, ...], ArrayLike]] = [(van.aanpak.disciplines, True)]
    if "disciplines" in anders:
        erbij = aan[anders["disciplines"]]
        teams = [(van.aanpak.disciplines, np.logical_not(erbij)), (naar.aanpak.disciplines, erbij)]
    metingen: list[tuple[Effectmeting | None, ArrayLike]] = [(van.aanpak.effectmeting, True)]
    if meting:
        erbij = aan[_METING]
        metingen = [(van.aanpak.effectmeting, np.logical_not(erbij)), (naar.aanpak.effectmeting, erbij)]
    waarden = {u: np.full(len(bits), np.nan) for u in UITKOMSTEN}
    for team, met_team in teams:
        for effect, met_meting in metingen:
            aanpak = van.aanpak.model_copy(update={"disciplines": team, "effectmeting": effect})
            uitkomst = bereken(aanpak, van.kengetallen, varieer)
            hier = np.broadcast_to(np.logical_and(met_team, met_meting), len(bits))
            waarden = {u: np.where(hier, uitkomst.reeksen[u], waarden[u]) for u in UITKOMSTEN}
    begin, eind = (bereken(k.aanpak, k.kengetallen) for k in (van, naar))
    return Vergelijking(van, naar, groepen, waarden, np.stack([_per_partij(begin), _per_partij(eind)]), wijzigingen)


def zonder_overdrachten(aanpak: Aanpak, kengetallen: Kengetallen) -> dict[str, float]:
    """The saldo as it is, without what is a transfer, and also without what is one for an unknown part; euros NCW.

    By key: "saldo", "geheel", "deels"; only the first when the rule set marks no transfers. Without: as if the amount
    that is marked were 0, in the benefits and in the costs.
    """
    per_soort = {
        soort: [p for p, k in kengetallen.getallen.items() if k.overdracht == soort and GEBRUIK[p] == "model"]
        for soort in ("geheel", "deels")
    }
    soorten = [soort for soort, paden in per_soort.items() if paden]
    weg = {
        pad: np.array([1.0, *(0.0 if i >= soorten.index(soort) else 1.0 for i in range(len(soorten)))])
        for soort in soorten
        for pad in per_soort[soort]
    }
    uitkomst = bereken(aanpak, kengetallen, {pad: kengetallen[pad] * deel for pad, deel in weg.items()} or None)
    return dict(zip(("saldo", *soorten), uitkomst.reeksen["saldo"].tolist(), strict=True))


def _wijzigingen(van: Kant, naar: Kant) -> tuple[Wijziging, ...]:
    """Every answer and every kengetal that differs; also those that the calculation does not read."""
    een, twee = van.aanpak.plat(), naar.aanpak.plat()
    uit = [
        Wijziging(s, _groep_van_veld(van.aanpak, naar.aanpak, s), een[s], twee[s])
        for s in VELDEN
        if s != "naam" and not _gelijk(een[s], twee[s])
    ]
    een, twee = (k.aanpak.effectmeting.plat() if k.aanpak.effectmeting else LEEG for k in (van, naar))
    uit += [Wijziging(s, _METING, een[s], twee[s]) for s in EFFECTVELDEN if not _gelijk(een[s], twee[s])]
    a, b = van.kengetallen, naar.kengetallen
    for pad in dict.fromkeys((*a, *b)):
        oud, nieuw = (k.getallen[pad].waarde if pad in k else None for k in (a, b))
        if not _gelijk(oud, nieuw):
            uit.append(Wijziging(pad, _groep(a, b, pad), oud, nieuw, b.getallen.get(pad) or a.getallen[pad]))
    return tuple(uit)


def _groep_van_veld(van: Aanpak, naar: Aanpak, sleutel: str) -> str:
    """By its question; an answer that nobody gave follows the rule set."""
    zelf = van.herkomst(sleutel) == "kengetal" and naar.herkomst(sleutel) == "kengetal"
    return "standaardwaarden" if zelf else _VAN_VRAAG[VELDEN[sleutel].vraag]


def _groep(van: Kengetallen, naar: Kengetallen, pad: str) -> str:
    """By the series that moves it, by what it is, or else the last of all groups."""
    soort = pad.partition(".")[0]
    if (soort in _VAN_SOORT and not pad.startswith("kwaliteit.")) or pad == "kwaliteit.qaly_eur":
        return _VAN_SOORT[soort]
    een, twee = van.getallen.get(pad), naar.getallen.get(pad)
    if een is None or twee is None or (een.regelset != twee.regelset and een.prijspeil == twee.prijspeil):
        return _ANDERE  # not the price moved: another number was given
    return _VAN_REEKS.get(twee.reeks, _VAN_REEKS.get(een.reeks, _ANDERE))


def _groepen(
    van: Kengetallen, naar: Kengetallen, wijzigingen: tuple[Wijziging, ...], gemeten: bool
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Per kengetal of the calculation that differs its group; and those that are a sum of parts with own groups."""
    stappen: dict[str, str] = {}
    deelt: dict[str, tuple[str, ...]] = {}
    for w in wijzigingen:
        if w.kengetal is None or not rekent_mee(w.sleutel, gemeten) or w.sleutel.startswith("ingroei."):
            continue
        delen = next(
            (k.getallen[w.sleutel].som_van for k in (naar, van) if w.sleutel in k and k.getallen[w.sleutel].som_van), ()
        )
        klopt = delen and all(
            abs(k[w.sleutel] - sum(k[d] for d in delen)) < _VERSCHIL * max(abs(k[w.sleutel]), 1.0) for k in (van, naar)
        )
        if klopt:
            deelt[w.sleutel] = delen
        else:
            stappen[w.sleutel] = w.groep
    return stappen, deelt


def _anders(van: Kant, naar: Kant, pad: str) -> bool:
    return not _gelijk(van.kengetallen[pad], naar.kengetallen[pad])


def _per_partij(uitkomst: Uitkomst) -> Reeks:
    """(actor,): benefits minus costs, euros NCW."""
    boek = uitkomst.grootboek
    return np.array(
        [float(boek.ncw(BATENPOSTEN, (a,))[0] - boek.ncw(KOSTENPOSTEN, (a,))[0]) for a in ACTOREN], dtype=np.float64
    )


def _gelijk(een: object, twee: object) -> bool:
    if isinstance(een, int | float) and isinstance(twee, int | float):
        return abs(een - twee) <= _VERSCHIL * max(abs(een), abs(twee))
    return een == twee
