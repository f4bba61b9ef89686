"""The bewijskorting: what is left of an outcome when each effect weighs as much as its evidence.

With the discount k of the strength of its evidence (kengetal ``bewijskorting.sms1`` … ``sms5``) an effect becomes
(1 - k) times the claim plus k times what was found nationally; where nothing was found, that is no effect. Never
better than claimed: an effect that claims less than was found stays as it is, post by post. All lines of an effect go
together: what half happens brings half of its side effects too (care that shifts to the zorgverzekeraar). Costs and
nieuw voor oud are no effects and stay.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mkba.analyse.bevindingen.overleving import met_regels
from mkba.kern.catalogus.bevindingen import Geclaimd, laad_geclaimd
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.effectvelden import aantal_veld, voorkomen_veld
from mkba.kern.woorden.trajecten import CASES, ESCALATIES
from mkba.kern.woorden.velden import KNOPPEN, VELDEN, VRAGEN_NAAR_EFFECT
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import vervangen_door
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.grootboek import Grootboek, Regel

HOOGSTE: Final = 5


@dataclass(frozen=True, slots=True)
class Gekort:
    """One effect: its evidence, the discount, and its euros NCW as claimed and as discounted."""

    effect: Geclaimd
    kracht: int
    korting: float
    geclaimd_eur: float
    gekort_eur: float


@dataclass(frozen=True, eq=False)
class Bewijskorting:
    """The outcome as claimed and as discounted, and what happens to each effect."""

    claim: Uitkomst
    gekort: Uitkomst
    effecten: tuple[Gekort, ...]


def bewijskorting(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    kracht: Mapping[str, int] | None = None,
    alleen: Collection[str] | None = None,
) -> Bewijskorting:
    """The outcome with and without the discount. ``kracht``: the Maryland level of your own evidence per effect;
    ``alleen``: the effects that are discounted, by default all.

    Raises InvoerFout for an effect that does not exist or a level outside 1 ... 5.
    """
    effecten = laad_geclaimd()
    niveaus = _niveaus(effecten, kracht or {})
    claim = bereken(aanpak, kengetallen)
    boek = claim.grootboek
    doelen = {e.sleutel: _landelijk(aanpak, kengetallen, e.landelijk) for e in effecten}
    nieuw: list[Regel] = []
    uit = []
    for e in effecten:
        eigen = [r for r in boek.regels if _effect_van(r, effecten) is e]
        k = kengetallen[f"bewijskorting.sms{niveaus[e.sleutel]}"] if alleen is None or e.sleutel in alleen else 0.0
        gekort = _gekort(boek, eigen, doelen[e.sleutel], k)
        nieuw += gekort
        bedragen = (sum(float(boek.ncw_van_regel(r)[0]) for r in regels) for regels in (eigen, gekort))
        uit.append(Gekort(e, niveaus[e.sleutel], k, *bedragen))
    return Bewijskorting(claim, replace(claim, grootboek=met_regels(boek, nieuw)), tuple(uit))


def _gekort(boek: Grootboek, regels: Sequence[Regel], landelijk: Mapping[str, Regel], korting: float) -> list[Regel]:
    """The lines of one effect, discounted; those of a post that would gain by it (euros NCW) stay as claimed."""
    nieuw = [
        replace(r, bedrag=np.asarray((1.0 - korting) * r.bedrag + korting * landelijk[r.naam].bedrag)) for r in regels
    ]
    wint: dict[str, np.ndarray] = {}
    for oud, na in zip(regels, nieuw, strict=True):
        wint[oud.post] = wint.get(oud.post, 0.0) + boek.ncw_van_regel(na) - boek.ncw_van_regel(oud)
    return [
        replace(na, bedrag=np.where(wint[oud.post] > 0.0, oud.bedrag, na.bedrag))
        for oud, na in zip(regels, nieuw, strict=True)
    ]


def _effect_van(regel: Regel, effecten: tuple[Geclaimd, ...]) -> Geclaimd | None:
    """The effect that names the line most closely."""
    kandidaten = [(len(r), e) for e in effecten for r in e.regels if regel.naam == r or regel.naam.startswith(f"{r}.")]
    return max(kandidaten, key=lambda paar: paar[0])[1] if kandidaten else None


def _landelijk(aanpak: Aanpak, kengetallen: Kengetallen, antwoorden: Mapping[str, float]) -> dict[str, Regel]:
    """The lines of the ledger when every effect is what was found nationally, by name; without a finding 0."""
    vast = vervangen_door(aanpak.effectmeting)
    nul = {s: 0.0 for s in KNOPPEN if VELDEN[s].vraag in VRAGEN_NAAR_EFFECT}
    if aanpak.gemeten is not None:
        nul |= {aantal_veld("minder", c): 0.0 for c in CASES} | {voorkomen_veld(e): 0.0 for e in ESCALATIES}
    varieer = {k: np.array([w]) for k, w in {**nul, **antwoorden}.items() if k not in vast}
    boek: Grootboek = bereken(aanpak, kengetallen, varieer).grootboek
    return {r.naam: r for r in boek.regels}


def _niveaus(effecten: tuple[Geclaimd, ...], eigen: Mapping[str, int]) -> dict[str, int]:
    bekend = {e.sleutel: e.kracht for e in effecten}
    fouten = []
    for sleutel, niveau in eigen.items():
        if sleutel not in bekend:
            oorzaak = "dit effect heeft geen bewijskorting."
            fouten.append(Melding(sleutel, niveau, oorzaak, f"Kies uit: {', '.join(bekend)}.", "kracht"))
        elif isinstance(niveau, bool) or not isinstance(niveau, int) or not 1 <= niveau <= HOOGSTE:
            oorzaak = f"de Maryland-schaal loopt van 1 tot en met {HOOGSTE}."
            fouten.append(Melding(sleutel, niveau, oorzaak, "Geef een geheel getal.", "kracht"))
    if fouten:
        raise InvoerFout(fouten)
    return {**bekend, **eigen}
