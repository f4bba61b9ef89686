"""Whether an aanpak survives what was found since 2014: each finding as a scenario, in every draw.

A scenario moves answers (``minstens``, ``hoogstens``) in each draw of the Monte Carlo, so that all scenarios and the
input as given meet the same luck. A change with ``regels`` holds for those lines of the ledger only: "no substitution
in jeugd" leaves the other domains as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from mkba.analyse.gevoeligheid.scenarios import BASIS, KENGETAL, Scenario, Stap, lees_scenarios
from mkba.analyse.onzekerheid.convergentie import kans_interval
from mkba.analyse.onzekerheid.simulatie import CEL, MINIMUM, PARTIJEN
from mkba.analyse.onzekerheid.trekking import TREKKINGEN, ZAAD, controleer, koppeling, trek_blok, verdelingen
from mkba.kern.bestand import paden
from mkba.kern.catalogus.bevindingen import Bevinding, laad_bevindingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import vervangen_door
from mkba.model.berekening import bereken
from mkba.model.grootboek import Grootboek, Regel
from mkba.model.kerngetallen import Kerngetallen
from mkba.model.reeksen import Reeks

PUNT: Final = ("saldo", "saldo_financieel", "saldo_gemeente", "kb_maatschappelijk")
"""The outcomes with the answers as given, beside the chances."""


@dataclass(frozen=True, eq=False)
class Overleving:
    """``frame``: a row per scenario (index its name; first the input as given) with the outcomes of :data:`PUNT`
    (euros NCW, a ratio), per balance of :data:`PARTIJEN` its chance of more than 0 (``kans.saldo``) with the 95%
    interval (``laag.saldo``, ``hoog.saldo``), and ``draait``: whether anything changes."""

    aanpak: Aanpak
    scenarios: tuple[Scenario, ...]
    aantal: int
    zaad: int
    frame: pd.DataFrame

    def bevindingen(self, scenario: Scenario) -> list[Bevinding]:
        """The findings that a scenario comes from."""
        alle = laad_bevindingen()
        return [alle[s.strip()] for s in scenario.bron.split(",")]


def laad_sinds_2014() -> tuple[Scenario, ...]:
    """The scenarios of ``data/scenarios/sinds-2014.toml``: ``bron`` holds the keys of their findings."""
    return tuple(lees_scenarios(paden.data() / "scenarios" / "sinds-2014.toml").values())


def overleving(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    scenarios: Sequence[Scenario] | None = None,
    aantal: int = TREKKINGEN,
    zaad: int = ZAAD,
) -> Overleving:
    """The chance of a positive balance under each scenario, with the same draws. Raises InvoerFout as ``simuleer``."""
    controleer(aantal, MINIMUM, zaad)
    gekozen = laad_sinds_2014() if scenarios is None else tuple(scenarios)
    alle: list[Scenario] = [Scenario("", BASIS, ()), *gekozen]
    goed = np.zeros((len(alle), len(PARTIJEN)), dtype=int)
    bereiken = verdelingen(aanpak, kengetallen)
    copula = koppeling(kengetallen, bereiken, None)
    for van in range(0, aantal, CEL):
        tot = min(van + CEL, aantal)
        varieer = trek_blok(kengetallen, bereiken, copula, zaad, van, tot)
        for rij, scenario in enumerate(alle):
            reeksen = Kerngetallen(boek_onder(aanpak, kengetallen, scenario, varieer), tot - van)
            goed[rij] += [int((reeksen[s] > 0).sum()) for s in PARTIJEN]
    punten = [Kerngetallen(boek_onder(aanpak, kengetallen, s, {})) for s in alle]
    kolommen: dict[str, list[float]] = {k: [float(p[k][0]) for p in punten] for k in PUNT}
    for i, saldo in enumerate(PARTIJEN):
        kolommen[f"kans.{saldo}"] = [float(g) / aantal for g in goed[:, i]]
        grenzen = [kans_interval(int(g), aantal) for g in goed[:, i]]
        kolommen[f"laag.{saldo}"], kolommen[f"hoog.{saldo}"] = ([g[kant] for g in grenzen] for kant in (0, 1))
    frame = pd.DataFrame(kolommen, index=pd.Index([s.naam for s in alle], name="scenario"))
    frame["draait"] = [bool(rij != frame.iloc[0].tolist()) for rij in frame.to_numpy().tolist()]
    return Overleving(aanpak, gekozen, aantal, zaad, frame)


def boek_onder(
    aanpak: Aanpak, kengetallen: Kengetallen, scenario: Scenario, varieer: Mapping[str, ArrayLike]
) -> Grootboek:
    """The ledger under a scenario, per draw of ``varieer`` ({field or kengetal: (S,)}; {} is the input as given).

    Changes without ``regels`` first; a change with them then gives its lines. Answers that a measurement has taken the
    place of do not move.
    """
    vast = vervangen_door(aanpak.effectmeting)
    heel = {k: s for w in scenario.wijzigingen if not w.regels for k, s in w.stappen.items() if k not in vast}
    basis = _toegepast(aanpak, kengetallen, varieer, heel)
    boek = bereken(aanpak, kengetallen, basis).grootboek
    for wijziging in scenario.wijzigingen:
        stappen = {k: s for k, s in wijziging.stappen.items() if k not in vast}
        if wijziging.regels and stappen:
            ander = bereken(aanpak, kengetallen, _toegepast(aanpak, kengetallen, basis, stappen)).grootboek
            boek = met_regels(boek, [r for r in ander.regels if valt_onder(r, wijziging.regels)])
    return boek


def valt_onder(regel: Regel, regels: Sequence[str]) -> bool:
    """Whether a line is one of ``regels`` or below it: "substitutie.zw" holds "substitutie.zw.gezin"."""
    return any(regel.naam == r or regel.naam.startswith(f"{r}.") for r in regels)


def met_regels(boek: Grootboek, regels: Sequence[Regel]) -> Grootboek:
    """The ledger with some lines replaced, by name."""
    nieuw = {r.naam: r for r in regels}
    return replace(boek, regels=tuple(nieuw.get(r.naam, r) for r in boek.regels))


def _toegepast(
    aanpak: Aanpak, kengetallen: Kengetallen, varieer: Mapping[str, ArrayLike], stappen: Mapping[str, Stap]
) -> dict[str, Reeks]:
    alles = aanpak.alles()
    uit = {k: np.atleast_1d(np.asarray(w, dtype=np.float64)) for k, w in varieer.items()}
    for sleutel, stap in stappen.items():
        nu = alles.get(sleutel) or 0.0 if sleutel in ALLE_VELDEN else kengetallen.get(sleutel, 0.0)
        uit[sleutel] = _nieuw(sleutel, uit.get(sleutel, np.atleast_1d(np.float64(nu))), stap)
    return uit


def _nieuw(sleutel: str, oud: Reeks, stap: Stap) -> Reeks:
    if stap.waarde == KENGETAL:
        raise ValueError(f"{sleutel}: een kengetal is per trekking niet te bepalen; geef een getal")
    waarde = float(stap.waarde)
    match stap.bewerking:
        case "zet":
            nieuw = np.full_like(oud, waarde)
        case "maal":
            nieuw = oud * waarde
        case "korting":
            nieuw = np.where(oud > 0, oud * waarde, oud)
        case "minstens":
            nieuw = np.maximum(oud, waarde)
        case "hoogstens":
            nieuw = np.minimum(oud, waarde)
    veld = ALLE_VELDEN.get(sleutel)
    if veld is None or veld.minimum is None or veld.maximum is None:
        return nieuw
    return np.asarray(np.clip(nieuw, veld.minimum, veld.maximum))
