"""A made-up town whose truth is known: outcomes per wijk and quarter, and households with what was done for them.

Every number and its reason stand in ``data/voorbeeldstad/recept.toml``. What happens to a wijk lasts longer than a
quarter: that is what makes a standard error that takes every quarter for new information too small. All functions make
any number of towns at once, (steden, ...), and the same seed gives the same towns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from mkba.analyse.effectmeting.attributie.paneel import IN_EURO, Getallen, Indeling
from mkba.kern.bestand import paden
from mkba.kern.bestand.toml_lezen import lees_toml

RECEPT: Final = "voorbeeldstad/recept.toml"
Heel = NDArray[np.int64]


@cache
def recept() -> Mapping[str, Any]:
    """The numbers of the recipe, without their reasons."""
    return dict(_waarden(lees_toml(paden.data() / RECEPT)))


def _waarden(tabel: Mapping[str, Any]) -> dict[str, Any]:
    return {naam: deel["waarde"] if "waarde" in deel else _waarden(deel) for naam, deel in tabel.items()}


@dataclass(frozen=True)
class Waarheid:
    """What a method should find in the town.

    ``netto``: effect per household and quarter in the wijken with the aanpak, per outcome. ``meer`` and ``minder``:
    trajecten per household, new and known, of an average team: those agreed on, of which the recipe has a part
    (``uitgevoerd``) carried out, and only these count. ``voorkomen``: per escalation the share of all
    households in the aanpak for whom it did not happen thanks to the aanpak: under threat times 75% minus 60%.
    """

    netto: Mapping[str, float]
    meer: Mapping[str, float]
    minder: Mapping[str, float]
    voorkomen: Mapping[str, float]


def waarheid() -> Waarheid:
    """The truth of the recipe; the numbers for a team are those before teams differ."""
    r = recept()
    t, e = r["trajecten"], r["escalaties"]
    winst = e["voorkomen"] - e["nulmeting"]
    return Waarheid(
        {naam: deel["effect"] for naam, deel in r["gebied"].items()},
        {"nieuw": t["meer_nieuw"], "bestaand": t["meer_bekend"]},
        {"nieuw": t["minder_nieuw"], "bestaand": t["minder_bekend"]},
        {soort: kans * _wie(soort, r) * winst for soort, kans in e["dreigt"].items()},
    )


def _wie(soort: str, r: Mapping[str, Any]) -> float:
    """Share of the households that this escalation can happen to."""
    type_ = ALLEEN.get(soort)
    return float(r["huishoudens"]["type"][type_]) if type_ else 1.0


ALLEEN: Final = {
    "uithuisplaatsing": "gezinnen",
    "ondertoezichtstelling": "gezinnen",
    "intramuraal_awbz": "ouderen",
}
"""Escalations that happen to one type of household only."""


# --- wijken --------------------------------------------------------------------------------------------------


def wijken() -> tuple[tuple[str, ...], Heel, Indeling]:
    """Names, households (wijken,) and position of the first quarter with the aanpak (wijken,)."""
    r = recept()
    met, zonder = r["wijken"]["met_aanpak"], r["wijken"]["vergelijking"]
    perioden = r["tijd"]["perioden"]
    start = [perioden.index(r["tijd"]["begin"])] * len(met) + [len(perioden)] * len(zonder)
    return (*met, *zonder), np.array([*met.values(), *zonder.values()]), np.array(start)


def panelen(rng: np.random.Generator, uitkomst: str, steden: int = 1, scheef: float = 0.0) -> Getallen:
    """Counts of events, or euros, per wijk and quarter: (steden, wijken, perioden).

    Level + wijk + quarter + shock of the wijk + effect, all added, so that the truth of a difference in differences is
    the effect exactly. ``scheef``: how much the wijken with the aanpak drift away per quarter, over all quarters, per
    household: a violated trend. Raises ValueError for a drift with which a share leaves 0 to 1.
    """
    r, (_, huishoudens, start) = recept(), wijken()
    deel, perioden = r["gebied"][uitkomst], len(r["tijd"]["perioden"])
    vorm = (steden, huishoudens.size, perioden)
    met = start < perioden
    kans = deel["niveau"] + np.zeros(vorm)
    kans += _begrensd(rng, deel["tussen_wijken"], (steden, huishoudens.size, 1))
    kans += _begrensd(rng, deel["stad"], (steden, 1, perioden))
    kans += _schokken(rng, deel["wijk"], r["tijd"]["schok_geheugen"], vorm)
    kans += deel["effect"] * (np.arange(perioden) >= start[:, None])
    kans += scheef * met[:, None] * np.arange(perioden)
    aantal = np.broadcast_to(huishoudens[:, None], vorm)
    if uitkomst in IN_EURO:
        gemiddeld = rng.normal(kans, deel["huishouden"] / np.sqrt(aantal))
        return np.asarray(np.rint(gemiddeld * aantal))
    return rng.binomial(aantal, kans).astype(np.float64)


def _begrensd(rng: np.random.Generator, spreiding: float, vorm: tuple[int, ...]) -> Getallen:
    """Draws with this standard deviation and an end on both sides, so that no share leaves 0 to 1."""
    rand = np.sqrt(3.0) * spreiding
    return rng.uniform(-rand, rand, vorm)


def _schokken(rng: np.random.Generator, spreiding: float, geheugen: float, vorm: tuple[int, ...]) -> Getallen:
    """Shocks per wijk that fade by ``geheugen`` per quarter, (steden, wijken, perioden)."""
    uit = np.empty(vorm)
    nu = _begrensd(rng, spreiding, vorm[:-1])
    for kwartaal in range(vorm[-1]):
        uit[..., kwartaal] = nu
        nu = geheugen * nu + _begrensd(rng, spreiding * np.sqrt(1 - geheugen**2), vorm[:-1])
    return uit


# --- households ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Huishoudens:
    """The caseload of the teams, everything (steden, huishoudens) unless said otherwise.

    ``team`` and ``generalist``: numbers, the same in every town (huishoudens,); ``type``, ``zwaarte`` (at the start):
    positions in the recipe; ``nieuw``: not known before; ``lopend``, ``meer``, ``minder``, ``acties``: numbers of
    trajecten and actions; ``dreigt`` and ``voorkomen``: (escalaties, steden, huishoudens).
    """

    team: Heel
    generalist: Heel
    type: Heel
    zwaarte: Heel
    nieuw: NDArray[np.bool_]
    lopend: Heel
    meer: Heel
    minder: Heel
    acties: Heel
    dreigt: NDArray[np.bool_]
    voorkomen: NDArray[np.bool_]


def huishoudens(rng: np.random.Generator, steden: int = 1) -> Huishoudens:
    """The households of so many towns."""
    r = recept()
    h, t, e = r["huishoudens"], r["trajecten"], r["escalaties"]
    aantal, teams = h["aantal"], len(r["wijken"]["met_aanpak"])
    vorm = (steden, aantal)
    generalist = np.arange(aantal) % (teams * h["generalisten_per_team"])
    team = generalist // h["generalisten_per_team"]
    soort = _keuze(rng, h["type"], vorm)
    nieuw = rng.random(vorm) < h["nieuw"]
    # a mean of 1 over teams, whatever their spread
    vorm_team = 1 / h["team"] ** 2
    meer_of_minder = rng.gamma(vorm_team, 1 / vorm_team, (steden, teams))[:, team]

    def aantallen(naam: str, maal: Getallen | float = 1.0) -> Heel:
        return np.asarray(rng.poisson(np.where(nieuw, t[f"{naam}_nieuw"], t[f"{naam}_bekend"]) * maal))

    typen = list(h["type"])
    dreigt = np.stack(
        [
            (rng.random(vorm) < kans) & (soort == typen.index(ALLEEN[naam]) if naam in ALLEEN else True)
            for naam, kans in e["dreigt"].items()
        ]
    )
    return Huishoudens(
        team=team,
        generalist=generalist,
        type=soort,
        zwaarte=_keuze(rng, h["zwaarte"], vorm),
        nieuw=nieuw,
        lopend=aantallen("lopend"),
        meer=aantallen("meer", meer_of_minder),
        minder=aantallen("minder", meer_of_minder),
        acties=np.asarray(rng.poisson(r["acties"]["per_huishouden"], vorm)),
        dreigt=dreigt,
        voorkomen=dreigt & (rng.random(dreigt.shape) < e["voorkomen"]),
    )


def _keuze(rng: np.random.Generator, aandeel: Mapping[str, float], vorm: tuple[int, ...]) -> Heel:
    """Positions drawn by their shares."""
    return np.asarray(rng.choice(len(aandeel), size=vorm, p=list(aandeel.values())))
