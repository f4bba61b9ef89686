"""Where an area lies between the standaardwijk (0) and the probleemwijk (1) of tabel 2.2, per huishoudtype.

Indicators relative to the Netherlands say it. Three things keep it from saying more than it knows: it saturates
smoothly (no two areas share a floor), it is drawn toward the gemeente as far as an area is small (empirical Bayes), and
what an indicator that is not known could have said stays in the band.
"""

from collections.abc import Mapping
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from mkba.kern.catalogus.sleutels import INDICATOREN
from mkba.kern.zaak.gebied import LAND, Gebied

Reeks = NDArray[np.float64]
Getallen = Mapping[str, Reeks]
"""Kengetallen with one value per draw: key -> (S,)."""
Onbekend = Literal["", "laag", "hoog", "los"]
"""What unknown indicators say: nothing (their weight goes to the others), the least or the most that they can say, or a
value of their own per draw."""

RUIS: Final = "ruis"
"""Prefix of draws of one area: RUIS alone is standard normal; with an indicator behind it, uniform from 0 to 1."""
_VELDEN: Final = {"inkomen": ("laag_inkomen", "armoede"), "wmo": ("wmo_ouderen", "wmo")}
"""Fields of Gebied that can measure an indicator, in order of preference; others are named like their field."""


def wijkindex(
    gebied: Gebied,
    nederland: Gebied,
    type_: str,
    getallen: Getallen,
    gemeente: Gebied | None = None,
    onbekend: Onbekend = "",
    zonder: tuple[str, ...] = (),
) -> Reeks:
    """The index of an area for a type, (S,), between the bounds.

    ``gemeente``: what a wijk or buurt is drawn toward; without it, and for a gemeente itself, that is the Netherlands.
    ``onbekend``: what unknown indicators say; ``zonder``: indicators to leave out, for a comparison.
    """
    eigen = _verzadigd(_ruw(gebied, nederland, type_, getallen, onbekend, zonder), getallen)
    if gebied.code == LAND:
        return eigen
    aandeel = eigen_aandeel(gebied, getallen)
    boven = np.zeros_like(eigen)
    if gemeente is not None and gemeente.code != gebied.code:
        zonder_ruis = {pad: reeks for pad, reeks in getallen.items() if pad != RUIS}  # that is of this area
        boven = wijkindex(gemeente, nederland, type_, zonder_ruis, None, onbekend, zonder)
    midden = aandeel * eigen + (1.0 - aandeel) * boven
    if RUIS not in getallen:
        return midden
    # what is left unknown of the index itself: the variance of the mean of a normal prior and its observation
    noemer = float(gebied.huishoudens or 0.0) + getallen["doelgroep.krimp.huishoudens"]
    spreiding = np.sqrt(getallen["doelgroep.krimp.ruis"] / noemer)
    return np.clip(midden + spreiding * getallen[RUIS], _laagste(getallen), _hoogste(getallen))


def eigen_aandeel(gebied: Gebied, getallen: Getallen) -> Reeks:
    """How far an area speaks for itself, (S,): n / (n + k) of its n households, empirical Bayes.

    The rest is its gemeente. The country speaks for itself altogether.
    """
    k = getallen["doelgroep.krimp.huishoudens"]
    if gebied.code == LAND:
        return np.ones_like(k)
    n = float(gebied.huishoudens or 0.0)
    return np.asarray(n / np.maximum(n + k, 1.0))


def indicatoren(gebied: Gebied, nederland: Gebied, type_: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Indicators of a type that are known for the area and the Netherlands, and those that are not."""
    bekend = tuple(i for i in INDICATOREN[type_] if is_bekend(gebied, nederland, i))
    return bekend, tuple(i for i in INDICATOREN[type_] if i not in bekend)


def mist_nederland(gebied: Gebied, nederland: Gebied, naam: str) -> bool:
    """Whether the area has an indicator for which the Netherlands has no number measured in the same way."""
    return any(getattr(gebied, veld) is not None for veld in _VELDEN.get(naam, (naam,))) and (
        _veld(gebied, gebied, naam) is not None and _veld(gebied, nederland, naam) is None
    )


def is_bekend(gebied: Gebied, nederland: Gebied, naam: str) -> bool:
    """Whether an indicator of an area can be compared with that of the Netherlands."""
    return _veld(gebied, nederland, naam) is not None


def _ruw(
    gebied: Gebied, nederland: Gebied, type_: str, getallen: Getallen, onbekend: Onbekend, zonder: tuple[str, ...]
) -> Reeks:
    """Weighted mean over the indicators of (ratio to the Netherlands - 1) / (ratio of a probleemwijk - 1), (S,)."""
    lengte = getallen["doelgroep.bereik"].size
    som, gewicht = np.zeros(lengte), np.zeros(lengte)
    for i in INDICATOREN[type_]:
        if i in zonder:
            continue
        verhouding = _verhouding(gebied, nederland, i, getallen)
        if verhouding is None:
            if not onbekend or gebied.code == LAND:  # the Netherlands is what the others are compared with
                continue
            verhouding = _kan_zijn(i, getallen, onbekend)
        g = getallen[f"doelgroep.index.{type_}.{i}"]
        som += g * (verhouding - 1.0) / (getallen[f"doelgroep.probleemwijk.{i}"] - 1.0)
        gewicht += g
    return np.asarray(np.divide(som, gewicht, out=np.zeros(lengte), where=gewicht > 0))


def _kan_zijn(naam: str, getallen: Getallen, onbekend: Onbekend) -> Reeks:
    """What the ratio of an unknown indicator can be."""
    laag, hoog = (getallen[f"doelgroep.spreiding.{grens}.{naam}"] for grens in ("laag", "hoog"))
    if onbekend == "los":
        return np.asarray(laag + (hoog - laag) * getallen[f"{RUIS}.{naam}"])
    return laag if onbekend == "laag" else hoog


def _verzadigd(ruw: Reeks, getallen: Getallen) -> Reeks:
    """The raw mean bent smoothly to the bounds: 0 stays 0, 1 stays 1, and the order of areas stays.

    Below 0 and above 1 it follows a hyperbolic tangent that leaves with slope 1 and ends on the bound.
    """
    laag = np.maximum(-_laagste(getallen), 1e-9)
    hoog = np.maximum(_hoogste(getallen) - 1.0, 1e-9)
    onder = -laag * np.tanh(-np.minimum(ruw, 0.0) / laag)
    boven = np.minimum(np.maximum(ruw, 0.0), 1.0) + hoog * np.tanh(np.maximum(ruw - 1.0, 0.0) / hoog)
    return np.asarray(onder + boven)


def _laagste(getallen: Getallen) -> Reeks:
    return getallen["doelgroep.index_grens.laagste"]


def _hoogste(getallen: Getallen) -> Reeks:
    return getallen["doelgroep.index_grens.hoogste"]


def _veld(gebied: Gebied, nederland: Gebied, naam: str) -> str | None:
    """The field by which an indicator is compared, measured in the same way for both; None when either is unknown.

    inkomen is the share with a low income or, in later editions, in poverty; wmo the clients of 65 and older where a
    table splits them by age, else all of them.
    """
    for veld in _VELDEN.get(naam, (naam,)):
        if _heeft(gebied, veld) and _heeft(nederland, veld) and getattr(nederland, veld):
            return veld
    return None


def _heeft(gebied: Gebied, veld: str) -> bool:
    """Whether a field is known, with the count to compare it by."""
    if getattr(gebied, veld) is None:
        return False
    match veld:
        case "bijstand":
            return bool(gebied.huishoudens)
        case "wmo":
            return bool(gebied.inwoners and gebied.ouderen)
        case "wmo_ouderen":
            return bool(gebied.ouderen)
    return True


def _verhouding(gebied: Gebied, nederland: Gebied, naam: str, getallen: Getallen) -> Reeks | None:
    """An indicator as a ratio to the Netherlands, (S,); None when it is unknown."""
    veld = _veld(gebied, nederland, naam)
    if veld is None:
        return None
    een = np.ones_like(getallen["doelgroep.bereik"])
    eigen, landelijk = float(getattr(gebied, veld)), float(getattr(nederland, veld))
    match veld:
        case "bijstand":
            per_huishouden = eigen / float(gebied.huishoudens or 1.0)  # _heeft() asked for both
            return een * per_huishouden / (landelijk / float(nederland.huishoudens or 1.0))
        case "wmo":
            clienten = eigen * float(gebied.inwoners or 0.0)
            return _gedempt(gebied, clienten / _verwacht(gebied, nederland, getallen), getallen)
        case "wmo_ouderen":
            return _gedempt(gebied, een * eigen / landelijk, getallen)
    return een * eigen / landelijk


def _verwacht(gebied: Gebied, nederland: Gebied, getallen: Getallen) -> Reeks:
    """Wmo clients that the area would have at the national rates of who can be a client, by age, (S,).

    Indirect standardisation: persons of 65 and older, and the younger ones without the children (whose care is the
    Jeugdwet) where both rows have their number. The source does not split the clients; a kengetal does.
    """
    oud = getallen["doelgroep.wmo.aandeel_ouderen"]
    clienten = float((nederland.wmo or 0.0) * (nederland.inwoners or 0.0))
    met_kinderen = gebied.kinderen is not None and nederland.kinderen is not None
    jonger, landelijk_jonger = (
        max(
            float(g.inwoners or 0.0) - float(g.ouderen or 0.0) - (float(g.kinderen or 0.0) if met_kinderen else 0.0),
            0.0,
        )
        for g in (gebied, nederland)
    )
    per_oudere = oud * clienten / float(nederland.ouderen or 1.0)
    per_jongere = (1.0 - oud) * clienten / max(landelijk_jonger, 1.0)
    return np.asarray(per_oudere * float(gebied.ouderen or 0.0) + per_jongere * jonger)


def _gedempt(gebied: Gebied, verhouding: Reeks, getallen: Getallen) -> Reeks:
    """A ratio of Wmo drawn toward 1 (the Netherlands) as far as there are few persons of 65 and older to tell it."""
    n = float(gebied.ouderen or 0.0)
    aandeel = n / np.maximum(n + getallen["doelgroep.wmo.halve_gewicht"], 1.0)
    return np.asarray(1.0 + aandeel * (verhouding - 1.0))
