"""Inputs and kengetallen as arrays with a leading scenario axis.

Every array has shape (S, ...) or (1, ...); an axis of length 1 broadcasts. One aanpak is S = 1; a sweep
or a Monte Carlo run gives some fields S values through ``varieer``. Nothing loops over scenarios.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import Bron, Rekenwaarden, bronnen
from mkba.kern.catalogus.rekenwaarden import Reeks as Reeks
from mkba.kern.catalogus.sleutels import te_varieren
from mkba.kern.woorden.begrippen import DISCIPLINES, SUCCESSEN, TYPEN, ZWAARTEN
from mkba.kern.woorden.effectvelden import (
    ALLE_VELDEN,
    DRAAIBAAR,
    EFFECTVELDEN,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, SOORTEN, TRAJECTEN
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.controle import onbekend_veld
from mkba.kern.zaak.effectmeting import Effectmeting

Varieer = Mapping[str, ArrayLike]
"""Fields (flat key of question 1 to 18) or kengetallen (key of the catalogue) with one value per scenario."""


def som(reeks: Reeks, plaats: int) -> Reeks:
    """Sum over one axis after the first, term by term in the order of that axis.

    numpy's own sum, einsum and @ choose their order of adding by the shape and the layout in memory, so the last bit
    of a scenario would depend on how many others are calculated along with it.
    """
    termen = reeks.transpose(plaats, *(i for i in range(reeks.ndim) if i != plaats))
    uit: Reeks = termen[0].copy(order="K")
    for term in termen[1:]:
        uit += term
    return uit


def optellen(reeksen: Iterable[Reeks]) -> Reeks:
    """(S or 1,): series of (S,) or (1,) together, one after the other."""
    uit = np.zeros(1)
    for reeks in reeksen:
        if reeks.size <= uit.size:
            uit += reeks
        else:
            uit = uit + reeks
    return uit


def scenario_laatst(reeks: Reeks) -> Reeks:
    """(S, ...) to (..., S), a view: what is calculated so, lies per cell together in memory, which is fast."""
    return reeks.transpose(*range(1, reeks.ndim), 0)


def scenario_eerst(reeks: Reeks) -> Reeks:
    """(..., S) to (S, ...), a view."""
    return reeks.transpose(reeks.ndim - 1, *range(reeks.ndim - 1))


@dataclass(frozen=True, slots=True, eq=False)
class InvoerReeksen:
    """Questions 1 to 15; shapes without the leading scenario axis: see the comments."""

    huishoudens: Reeks  # ()
    type: Reeks  # (type,)
    zwaarte: Reeks  # (type, zwaarte)
    kinderen: Reeks  # ()
    schulden: Reeks  # (type,)
    geen_werk: Reeks  # (type,)
    overlast: Reeks  # (type,)
    fte: Reeks  # ()
    huisvesting: Reeks  # () 1 = yes
    additioneel: Reeks  # ()
    disciplines: Reeks  # (discipline,) 1 = present
    eenmalig: Reeks  # () euro
    afschrijving_jaren: Reeks  # ()
    jaarlijks: Reeks  # () euro per year
    jaarlijks_additioneel: Reeks  # ()
    frictie: Reeks  # ()
    nieuw: Reeks  # ()
    meer: Reeks  # ()
    substitutie_nieuw: Reeks  # ()
    substitutie_bestaand: Reeks  # ()
    succes: Reeks  # (knop,)
    escalatie: Reeks  # (type,)
    terugval: Reeks  # ()

    def knop(self, naam: str) -> Reeks:
        """Values of one knob of question 13, shape (S,)."""
        return self.succes[:, SUCCESSEN.index(naam)]


@dataclass(frozen=True, slots=True, eq=False)
class EffectReeksen:
    """Questions 16 to 18; shapes without the leading scenario axis: see the comments."""

    aantal: Reeks  # (soort: meer, minder; case: nieuw, bestaand) trajecten per household
    verdeling: Reeks  # (soort, case, traject) shares
    voorkomen: Reeks  # (escalatie,)
    bedreigd: Reeks  # (escalatie,) share of the households in the aanpak; 0 where it is not known
    van_bedreigd: bool  # question 18 is a share of the households under threat
    gemeten: tuple[str, ...]  # which of meer, minder, voorkomen (16, 17, 18) count


@dataclass(frozen=True, slots=True, eq=False)
class MetEffectmeting(InvoerReeksen):
    """Questions 1 to 15 of an aanpak that measured its effects, with questions 16 to 18."""

    effectmeting: EffectReeksen


def maak_reeksen(
    aanpak: Aanpak, kengetallen: Kengetallen, varieer: Varieer | None = None
) -> tuple[InvoerReeksen, Rekenwaarden]:
    """Arrays for an aanpak and a rule set, with some fields or kengetallen varied per scenario.

    ``varieer`` maps keys to arrays of one common length S (or single numbers). Raises KeyError for an
    unknown key and ValueError for lengths that differ.
    """
    gevarieerd = _controleer(varieer or {}, aanpak.gemeten is not None)
    plat = aanpak.alles()

    def veld(sleutel: str) -> Reeks:
        return gevarieerd[sleutel] if sleutel in gevarieerd else np.array([plat[sleutel]], dtype=np.float64)

    def per_type(groep: str) -> Reeks:
        return _stapel([veld(f"{groep}.{t}") for t in TYPEN])

    invoer = InvoerReeksen(
        huishoudens=veld("huishoudens"),
        type=per_type("type"),
        zwaarte=_in_vorm(
            _stapel([veld(f"zwaarte.{t}.{s}") for t in TYPEN for s in ZWAARTEN]), (len(TYPEN), len(ZWAARTEN))
        ),
        kinderen=veld("kinderen"),
        schulden=per_type("schulden"),
        geen_werk=per_type("geen_werk"),
        overlast=per_type("overlast"),
        fte=veld("fte"),
        huisvesting=veld("huisvesting"),
        additioneel=veld("additioneel"),
        disciplines=np.array([[d in aanpak.disciplines for d in DISCIPLINES]], dtype=np.float64),
        eenmalig=veld("eenmalig"),
        afschrijving_jaren=veld("afschrijving_jaren"),
        jaarlijks=veld("jaarlijks"),
        jaarlijks_additioneel=veld("jaarlijks_additioneel"),
        frictie=veld("frictie"),
        nieuw=veld("nieuw"),
        meer=veld("meer"),
        substitutie_nieuw=veld("substitutie.nieuw"),
        substitutie_bestaand=veld("substitutie.bestaand"),
        succes=_stapel([veld(f"succes.{s}") for s in SUCCESSEN]),
        escalatie=per_type("escalatie"),
        terugval=veld("terugval"),
    )
    if aanpak.gemeten is not None:
        invoer = _met_effectmeting(invoer, veld, aanpak.gemeten)
    eigen = {sleutel: reeks for sleutel, reeks in gevarieerd.items() if sleutel not in ALLE_VELDEN}
    return invoer, _rekenwaarden(kengetallen, eigen) if eigen else kengetallen.afgeleid(_vaste_waarden)


def _met_effectmeting(invoer: InvoerReeksen, veld: Callable[[str], Reeks], gemeten: Effectmeting) -> MetEffectmeting:
    """The same with questions 16 to 18; ``veld`` gives the values of a field, (S,) or (1,)."""
    paren = [(soort, case) for soort in SOORTEN for case in CASES]
    effect = EffectReeksen(
        aantal=_in_vorm(_stapel([veld(aantal_veld(*paar)) for paar in paren]), (len(SOORTEN), len(CASES))),
        verdeling=_in_vorm(
            _stapel([veld(aandeel_veld(*paar, t)) for paar in paren for t in TRAJECTEN]),
            (len(SOORTEN), len(CASES), len(TRAJECTEN)),
        ),
        voorkomen=_stapel([veld(voorkomen_veld(e)) for e in ESCALATIES]),
        bedreigd=np.nan_to_num(_stapel([veld(bedreigd_veld(e)) for e in ESCALATIES])),
        van_bedreigd=gemeten.grondslag == "bedreigd",
        gemeten=gemeten.gemeten,
    )
    return MetEffectmeting(**{f.name: getattr(invoer, f.name) for f in fields(InvoerReeksen)}, effectmeting=effect)


def _vaste_waarden(kengetallen: Kengetallen) -> Rekenwaarden:
    """Of a rule set as it is: the same for every aanpak of a batch."""
    return _rekenwaarden(kengetallen, {})


def _rekenwaarden(kengetallen: Kengetallen, gevarieerd: Mapping[str, Reeks]) -> Rekenwaarden:
    """The kengetallen that the model reads, some of them varied. Raises ValueError for shares that do not add up."""
    waarden = Rekenwaarden(**{veld: _lees(bron, kengetallen, gevarieerd) for veld, bron in bronnen().items()})
    totaal = waarden.actor.sum(axis=2)
    if np.abs(totaal - 1.0).max() > 1e-9:
        raise ValueError("de gevarieerde aandelen van actoren tellen niet op tot 1; geef ook de andere aandelen mee")
    return waarden


def _lees(bron: Bron, kengetallen: Kengetallen, gevarieerd: Mapping[str, Reeks]) -> Reeks:
    """One array of kengetallen, (S or 1, *vorm)."""
    if gevarieerd.keys().isdisjoint(bron.sleutels):  # the rule set keeps it
        alle = kengetallen.rij(bron.sleutels)[None]
    elif len(bron.sleutels) == 1:
        return gevarieerd[bron.sleutels[0]]
    else:
        alle = _stapel([gevarieerd[s] if s in gevarieerd else kengetallen.rij((s,)) for s in bron.sleutels])
    return som(alle, 1) if bron.som else _in_vorm(alle, bron.vorm)


def _in_vorm(kolommen: Reeks, vorm: tuple[int, ...]) -> Reeks:
    """(S, k) to (S, *vorm), where it lies in memory."""
    return scenario_eerst(kolommen.T.reshape(*vorm, -1))


def _stapel(reeksen: list[Reeks]) -> Reeks:
    """(S, k) with each column contiguous: the model reads and writes by column."""
    uit = np.empty((len(reeksen), max(reeks.size for reeks in reeksen)))
    for kolom, reeks in zip(uit, reeksen, strict=True):
        kolom[:] = reeks
    return uit.T


def _controleer(varieer: Varieer, gemeten: bool) -> dict[str, Reeks]:
    """Arrays of shape (S,) or (1,) for each varied key; ``gemeten``: the aanpak answers questions 16 to 18."""
    uit: dict[str, Reeks] = {}
    for sleutel, waarden in varieer.items():
        bekend = (
            te_varieren(sleutel)
            or sleutel in DRAAIBAAR
            or (sleutel in VELDEN and VELDEN[sleutel].soort not in ("tekst", "disciplines"))
        )
        if not bekend:
            hulp = onbekend_veld(sleutel, None).remedie
            raise KeyError(f"{sleutel!r} is geen invoerveld en geen kengetal van het model. {hulp}")
        if sleutel in EFFECTVELDEN and not gemeten:
            raise KeyError(f"{sleutel!r} telt niet mee: de knop effectmeting.gebruik staat niet op ja")
        reeks = np.atleast_1d(np.asarray(waarden, dtype=np.float64))
        if reeks.ndim != 1 or reeks.size == 0:
            raise ValueError(f"{sleutel!r}: geef een getal of een rij getallen, niet vorm {reeks.shape}")
        _controleer_bereik(sleutel, reeks)
        uit[sleutel] = reeks
    lengtes = {r.size for r in uit.values()} - {1}
    if len(lengtes) > 1:
        raise ValueError(f"gevarieerde reeksen verschillen in lengte: {sorted(lengtes)}")
    return uit


def _controleer_bereik(sleutel: str, reeks: Reeks) -> None:
    """Shares and years within the bounds of their question; amounts and counts only not negative.

    A scenario may take part of a count (a quarter of the caseload of one household).
    """
    veld = ALLE_VELDEN.get(sleutel)
    if veld is None or veld.minimum is None or veld.maximum is None:
        return
    begrensd = veld.soort in ("fractie", "jaren")
    minimum, maximum = (veld.minimum, veld.maximum) if begrensd else (0.0, np.inf)
    laag, hoog = float(reeks.min()), float(reeks.max())
    if not (minimum <= laag and hoog <= maximum):  # not (a <= b) instead of a > b, so that nan is refused too
        raise ValueError(f"{sleutel!r}: waarden van {laag:g} tot {hoog:g}; mag {minimum:g} tot {maximum:g}")
