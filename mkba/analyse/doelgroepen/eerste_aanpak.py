"""A first aanpak from a doelgroepenanalyse: what the invoerscherm asks first, the rest as a kengetal."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mkba.analyse.doelgroepen.statistiek import Doelgroepen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import aandelen
from mkba.kern.woorden.begrippen import DISCIPLINES, TYPEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak, plat_maken
from mkba.kern.zaak.gebied import Gebied


def eerste_aanpak(
    naam: str,
    aantallen: Mapping[str, Mapping[str, float]],
    kengetallen: Kengetallen,
    *,
    zwaarten: tuple[str, ...] = ("zr", "nzr"),
    bereik: float | None = None,
    fte: float | None = None,
    **antwoorden: Any,
) -> Aanpak:
    """Questions 1 to 3 and 6 follow from the households of an area, the rest are defaults.

    ``aantallen``: households per type and zwaarte in the area; ``zwaarten``: whom the team means to
    reach (handleiding §2.1: the whole wijk, or the intended group only); ``bereik``: the share of them in
    a year (default: kengetal doelgroep.bereik); ``fte``: team members (default: what the caseload of
    tabel 2.6 asks, to half an fte). ``antwoorden``: other fields by name. Raises InvoerFout.
    """
    deel = kengetallen["doelgroep.bereik"] if bereik is None else bereik
    tabel = np.array([[float(aantallen[t].get(z, 0.0)) for z in zwaarten] for t in TYPEN])
    huishoudens = max(round(float(tabel.sum()) * deel), 1)
    per_type = aandelen(tabel.sum(axis=1))
    waarden: dict[str, Any] = {"naam": naam, "huishoudens": huishoudens}
    waarden |= {f"type.{t}": float(a) for t, a in zip(TYPEN, per_type, strict=True)}
    tijd = 0.0
    for i, t in enumerate(TYPEN):
        per_zwaarte = aandelen(tabel[i])
        waarden |= {f"zwaarte.{t}.{z}": float(a) for z, a in zip(zwaarten, per_zwaarte, strict=True)}
        per_fte = [a / kengetallen[f"caseload.{z}"] for z, a in zip(zwaarten, per_zwaarte, strict=True)]
        tijd += float(per_type[i] * sum(per_fte))
    waarden["fte"] = max(round(2 * huishoudens * tijd) / 2, 0.5) if fte is None else fte
    standaard = {"additioneel": 0.0, "disciplines": DISCIPLINES}
    return maak_aanpak({**waarden, **standaard, **plat_maken(antwoorden)}, kengetallen)


def vraag_4(analyse: Doelgroepen, kengetallen: Kengetallen) -> dict[str, float]:
    """The answers to question 4 that statistics give, by field: one-parent gezinnen and ouderen alone, fractions.

    From 71487ned and 71488ned, of the areas together by their households of the type; a field that some area does not
    have stays open.
    """
    velden = {"gezin": [g.eenouder for g in analyse.gebieden]}
    per_partner = kengetallen["doelgroep.huishouden_per_oudere_partner"]
    velden["oudere"] = [
        _alleen(g if g.ouderen_zonder_partner is not None else b, per_partner)
        for g, b in zip(analyse.gebieden, analyse.boven, strict=True)
    ]
    uit = {}
    for type_, delen in velden.items():
        gewicht = analyse.aantallen[:, TYPEN.index(type_)].sum(axis=1)
        bekend = [d for d in delen if d is not None]
        if len(bekend) == len(delen) and gewicht.sum() > 0:
            uit[f"eenouder.{type_}"] = float(np.round(np.average(bekend, weights=gewicht), 4))
    return uit


def _alleen(gebied: Gebied | None, per_partner: float) -> float | None:
    """The part of the households of ouderen without a partner in it."""
    if gebied is None or gebied.ouderen_zonder_partner is None or gebied.ouderen_met_partner is None:
        return None
    geheel = gebied.ouderen_zonder_partner + per_partner * gebied.ouderen_met_partner
    return gebied.ouderen_zonder_partner / geheel if geheel else None
