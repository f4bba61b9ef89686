"""Inputs and kengetallen as arrays with a leading scenario axis.

Every array has shape (S, ...) or (1, ...); an axis of length 1 broadcasts. One aanpak is S = 1; a sweep
or a Monte Carlo run gives some fields S values through ``varieer``. Nothing loops over scenarios.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mkba.kern.aanpak import Aanpak
from mkba.kern.begrippen import AANTAL_JAREN, ACTOREN, DISCIPLINES, DOMEINEN, SUCCESSEN, TYPEN, ZWAARTEN
from mkba.kern.kengetallen import Kengetallen
from mkba.kern.sleutels import ACTORVERDELINGEN, FUNCTIES, GEBRUIK, TIJDPROFIELEN
from mkba.kern.velden import VELDEN

_TABELLEN: Final[dict[str, tuple[tuple[str, ...], tuple[int, ...]]]] = {
    # niet_actief and ev share the first row of figuur 2.7, "geen probleem of ev"
    "profiel": (
        tuple(
            f"zorgconsumptie.{t}.{'ev' if s == 'niet_actief' else s}.{d}"
            for t in TYPEN
            for s in ZWAARTEN
            for d in DOMEINEN
        ),
        (len(TYPEN), len(ZWAARTEN), len(DOMEINEN)),
    ),
    "kosten_fte": (tuple(f"personeel.kosten.{f}" for f in FUNCTIES), (3,)),
    "werkgeverslasten": (tuple(f"personeel.werkgeverslasten.{f}" for f in FUNCTIES), (3,)),
    "aandeel_functie": (tuple(f"personeel.aandeel.{f}" for f in FUNCTIES[1:]), (2,)),
    "caseload": (tuple(f"caseload.{s}" for s in ZWAARTEN), (len(ZWAARTEN),)),
    "zorg_aandeel": (tuple(f"zorg_aandeel.{d}" for d in DOMEINEN), (len(DOMEINEN),)),
    "substitutie_aandeel": (tuple(f"substitutie_aandeel.{d}" for d in DOMEINEN), (len(DOMEINEN),)),
    "gewicht_top": (tuple(f"escalatie.gewicht_top.{t}" for t in TYPEN), (len(TYPEN),)),
    "tijd": (
        tuple(f"tijd.{p}.jaar{j}" for p in TIJDPROFIELEN for j in range(AANTAL_JAREN)),
        (len(TIJDPROFIELEN), AANTAL_JAREN),
    ),
    "actor": (
        tuple(f"actor.{v}.{a}" for v in ACTORVERDELINGEN for a in ACTOREN),
        (len(ACTORVERDELINGEN), len(ACTOREN)),
    ),
}
"""Kengetallen that the model reads as one array: their keys, and the shape without the scenario axis."""

_TABEL_VAN: Final = {sleutel: tabel for tabel, (sleutels, _) in _TABELLEN.items() for sleutel in sleutels}

Reeks = NDArray[np.float64]
Varieer = Mapping[str, ArrayLike]
"""Fields (flat key of question 1 to 15) or kengetallen (key of the catalogue) with one value per scenario."""


def som(reeks: Reeks, plaats: int) -> Reeks:
    """Sum over one axis after the first, term by term in the order of that axis.

    numpy's own sum, einsum and @ choose their order of adding by the shape and the layout in memory, so the last bit
    of a scenario would depend on how many others are calculated along with it.
    """
    termen = np.moveaxis(reeks, plaats, 0)
    uit: Reeks = termen[0].copy()
    for term in termen[1:]:
        uit += term
    return uit


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
class Rekenwaarden:
    """Kengetallen that the model reads; money in euros of the price level of the rule set."""

    kosten_fte: Reeks  # (functie,) incl. huisvesting, euro per fte per year
    werkgeverslasten: Reeks  # (functie,)
    aandeel_functie: Reeks  # (2,) teamleider and ondersteuning per teamlid
    uren_per_fte: Reeks  # ()
    afstemming_uren: Reeks  # ()
    caseload: Reeks  # (zwaarte,) households per fte
    profiel: Reeks  # (type, zwaarte, domein) euro per household per year
    zorg_aandeel: Reeks  # (domein,)
    substitutie_aandeel: Reeks  # (domein,)
    werk_eur: Reeks  # ()
    schulden_eur: Reeks  # ()
    consulten_eur: Reeks  # ()
    doorverwijzing_eur: Reeks  # ()
    schuldhulp_bestaand: Reeks  # ()
    escalatie_factor: Reeks  # ()
    gewicht_ev: Reeks  # ()
    gewicht_top: Reeks  # (type,)
    weging_wi: Reeks  # ()
    zonder_startkwalificatie: Reeks  # ()
    kind_eur: Reeks  # ()
    qaly_eur: Reeks  # ()
    schulden_qaly: Reeks  # ()
    ouderen_qaly: Reeks  # ()
    overlast_eur: Reeks  # ()
    nieuw_eur: Reeks  # ()
    overlast_escalatie_eur: Reeks  # ()
    disconto: Reeks  # () reeel + risico
    disconto_basis: Reeks  # () the rate at which the amounts per unit are net present values
    tijd: Reeks  # (profiel, jaar) relative weights
    actor: Reeks  # (verdeling, actor) shares, sum to 1 over actor


def maak_reeksen(
    aanpak: Aanpak, kengetallen: Kengetallen, varieer: Varieer | None = None
) -> tuple[InvoerReeksen, Rekenwaarden]:
    """Arrays for an aanpak and a rule set, with some fields or kengetallen varied per scenario.

    ``varieer`` maps keys to arrays of one common length S (or single numbers). Raises KeyError for an
    unknown key and ValueError for lengths that differ.
    """
    gevarieerd = _controleer(varieer or {})
    plat = aanpak.plat()

    def veld(sleutel: str) -> Reeks:
        return gevarieerd[sleutel] if sleutel in gevarieerd else np.array([plat[sleutel]], dtype=np.float64)

    def per_type(groep: str) -> Reeks:
        return _stapel([veld(f"{groep}.{t}") for t in TYPEN])

    zwaarte = _stapel([veld(f"zwaarte.{t}.{s}") for t in TYPEN for s in ZWAARTEN])
    invoer = InvoerReeksen(
        huishoudens=veld("huishoudens"),
        type=per_type("type"),
        zwaarte=zwaarte.reshape(zwaarte.shape[0], len(TYPEN), len(ZWAARTEN)),
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
    eigen = {sleutel: reeks for sleutel, reeks in gevarieerd.items() if sleutel not in VELDEN}
    return invoer, _rekenwaarden(kengetallen, eigen) if eigen else _vaste_waarden(kengetallen)


@lru_cache(maxsize=8)
def _vaste_waarden(kengetallen: Kengetallen) -> Rekenwaarden:
    """Of a rule set as it is: the same for every aanpak of a batch."""
    return _rekenwaarden(kengetallen, {})


def _rekenwaarden(kengetallen: Kengetallen, gevarieerd: Mapping[str, Reeks]) -> Rekenwaarden:
    """The kengetallen that the model reads, some of them varied. Raises ValueError for shares that do not add up."""
    geraakt = {_TABEL_VAN.get(sleutel) for sleutel in gevarieerd}

    def kengetal(pad: str) -> Reeks:
        return gevarieerd[pad] if pad in gevarieerd else kengetallen.rij((pad,))

    def tabel(naam: str) -> Reeks:
        sleutels, assen = _TABELLEN[naam]
        if naam not in geraakt:  # the rule set keeps it
            return kengetallen.rij(sleutels).reshape(1, *assen)
        platte = _stapel([kengetal(s) for s in sleutels])
        return platte.reshape(platte.shape[0], *assen) if len(assen) > 1 else platte

    waarden = Rekenwaarden(
        kosten_fte=tabel("kosten_fte"),
        werkgeverslasten=tabel("werkgeverslasten"),
        aandeel_functie=tabel("aandeel_functie"),
        uren_per_fte=kengetal("personeel.uren_per_fte"),
        afstemming_uren=kengetal("personeel.afstemming_uren"),
        caseload=tabel("caseload"),
        profiel=tabel("profiel"),
        zorg_aandeel=tabel("zorg_aandeel"),
        substitutie_aandeel=tabel("substitutie_aandeel"),
        werk_eur=kengetal("effectiviteit.werk_eur"),
        schulden_eur=kengetal("effectiviteit.schulden_eur"),
        consulten_eur=kengetal("effectiviteit.consulten_eur"),
        doorverwijzing_eur=kengetal("effectiviteit.doorverwijzing_eur"),
        schuldhulp_bestaand=kengetal("effectiviteit.schuldhulp_bestaand"),
        escalatie_factor=kengetal("escalatie.factor"),
        gewicht_ev=kengetal("escalatie.gewicht_ev"),
        gewicht_top=tabel("gewicht_top"),
        weging_wi=kengetal("escalatie.weging_wi"),
        zonder_startkwalificatie=kengetal("kinderen.aandeel_zonder_startkwalificatie"),
        kind_eur=kengetal("kinderen.baat_eur"),
        qaly_eur=kengetal("kwaliteit.qaly_eur"),
        schulden_qaly=kengetal("kwaliteit.schulden_qaly"),
        ouderen_qaly=kengetal("kwaliteit.ouderen_qaly"),
        overlast_eur=kengetal("overlast.overlast_eur"),
        nieuw_eur=kengetal("overlast.nieuw_eur"),
        overlast_escalatie_eur=kengetal("overlast.escalatie_eur"),
        disconto=kengetal("disconto.reeel") + kengetal("disconto.risico"),
        disconto_basis=kengetal("disconto.basis"),
        tijd=tabel("tijd"),
        actor=tabel("actor"),
    )
    totaal = waarden.actor.sum(axis=2)
    if np.abs(totaal - 1.0).max() > 1e-9:
        raise ValueError("de gevarieerde aandelen van actoren tellen niet op tot 1; geef ook de andere aandelen mee")
    return waarden


def _stapel(reeksen: list[Reeks]) -> Reeks:
    """(S, k) with each column contiguous: the model reads and writes by column."""
    uit = np.empty((len(reeksen), max(reeks.size for reeks in reeksen)))
    for kolom, reeks in zip(uit, reeksen, strict=True):
        kolom[:] = reeks
    return uit.T


def _controleer(varieer: Varieer) -> dict[str, Reeks]:
    """Arrays of shape (S,) or (1,) for each varied key."""
    uit: dict[str, Reeks] = {}
    for sleutel, waarden in varieer.items():
        bekend = GEBRUIK.get(sleutel) == "model" or (
            sleutel in VELDEN and VELDEN[sleutel].soort not in ("tekst", "disciplines")
        )
        if not bekend:
            raise KeyError(f"{sleutel!r} is geen invoerveld en geen kengetal van het model")
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
    veld = VELDEN.get(sleutel)
    if veld is None or veld.minimum is None or veld.maximum is None:
        return
    begrensd = veld.soort in ("fractie", "jaren")
    minimum, maximum = (veld.minimum, veld.maximum) if begrensd else (0.0, np.inf)
    laag, hoog = float(reeks.min()), float(reeks.max())
    if not (minimum <= laag and hoog <= maximum):  # not (a <= b) instead of a > b, so that nan is refused too
        raise ValueError(f"{sleutel!r}: waarden van {laag:g} tot {hoog:g}; mag {minimum:g} tot {maximum:g}")
