"""Care consumption: what the profiles of figuur 2.7 say of one average household of the aanpak.

All functions take arrays with a leading scenario axis (S or 1) and return euros per household in the
aanpak per year, at the price level of the profiles (2014), positive.
"""

import numpy as np

from mkba.kern.catalogus.rekenwaarden import Rekenwaarden
from mkba.kern.woorden.begrippen import DOMEINEN, ZWAARTEN
from mkba.model.reeksen import InvoerReeksen, Reeks, scenario_eerst, scenario_laatst, som

EV, ZR, NZR, TOP = (ZWAARTEN.index(s) for s in ("ev", "zr", "nzr", "top"))
ACTIEF = slice(EV, NZR + 1)
"""ev, zr, nzr: the active caseload (ACT in the model description)."""


def zorg_per_huishouden(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Reeks:
    """Yearly care cost of the traject types that are extended, by type and domain: (S, type, domein).

    z of MODEL section 2.3: the profile of every zwaarte, weighted with the mix of the aanpak, times the
    calibrated share of each domain.
    """
    return _gewogen(invoer, waarden, slice(None), waarden.zorg_aandeel)


def substitutie_per_huishouden(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Reeks:
    """Yearly cost of the trajecten that can be substituted, by type and domain: (S, type, domein).

    s of MODEL section 3.1b: over ev, zr and nzr only, with its own shares (footnote 15 of the
    meta-analysis lists the lighter trajecten that qualify).
    """
    return _gewogen(invoer, waarden, ACTIEF, waarden.substitutie_aandeel)


def escalatie_per_huishouden(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Reeks:
    """Care cost avoided in one year per avoided escalation, by type and domain: (S, type, domein).

    Weighted jump to the next layer of the pyramid; W&I counts for ``weging_wi`` (MODEL section 3.3).
    """
    profiel, zwaarte = scenario_laatst(waarden.profiel), scenario_laatst(invoer.zwaarte)
    sprong = profiel[:, 1:] - profiel[:, :-1]  # (type, step, domein, S)
    uit = (
        (waarden.gewicht_ev * zwaarte[:, EV])[:, None] * sprong[:, EV]
        + zwaarte[:, ZR, None] * sprong[:, ZR]
        + (scenario_laatst(waarden.gewicht_top) * zwaarte[:, NZR])[:, None] * sprong[:, NZR]
    )
    weging = np.ones((len(DOMEINEN), waarden.weging_wi.size))
    weging[DOMEINEN.index("wi")] = waarden.weging_wi
    return scenario_eerst(uit * weging)


def _gewogen(invoer: InvoerReeksen, waarden: Rekenwaarden, zwaarten: slice, deel: Reeks) -> Reeks:
    """Profile averaged over the mix of the aanpak, times a part of every domain, (S, type, domein)."""
    aandeel = scenario_laatst(invoer.type)[:, None] * scenario_laatst(invoer.zwaarte)[:, zwaarten]
    profiel = scenario_laatst(waarden.profiel)[:, zwaarten]
    return scenario_eerst(som(aandeel[:, :, None] * profiel, 1) * scenario_laatst(deel))
