"""A first aanpak from a doelgroepenanalyse: what the invoerscherm asks first, the rest as a kengetal."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import aandelen
from mkba.kern.woorden.begrippen import DISCIPLINES, TYPEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak, plat_maken


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
