"""How much of the spread of an outcome the unit costs of trajecten, and the coincidence of escalations, bring in."""

from collections.abc import Mapping
from typing import Final

from mkba.analyse.onzekerheid.simulatie import Simulatie, simuleer
from mkba.analyse.onzekerheid.trekking import Verdeling
from mkba.kern.catalogus.kengetallen import Kengetallen

GROEPEN: Final[Mapping[str, str]] = {"trajectkosten": "traject.", "samenloop": "effectmeting.samenloop"}
"""What is held still, by the beginning of its keys."""


def aandelen(simulatie: Simulatie, kengetallen: Kengetallen, uitkomst: str = "saldo") -> dict[str, float]:
    """Share of the variance that goes away when a group is held at its mean, {group: fraction}; 0 without any.

    All else keeps its draws. Groups that are not drawn (nothing was measured, or nothing multiplies them) are left out;
    ``simulatie`` is one without correlations or luck of its own. The shares need not add up to the whole.
    """
    heel = float(simulatie.reeksen[uitkomst].var())
    uit = {}
    for groep, begin in GROEPEN.items():
        sleutels = [s for s in simulatie.trekking if s.startswith(begin)]
        if not sleutels:
            continue
        trekking = {s: _stil(v) if s in sleutels else v for s, v in simulatie.trekking.items()}
        zonder = simuleer(
            simulatie.aanpak,
            kengetallen,
            simulatie.aantal,
            simulatie.zaad,
            trekking=trekking,
            sleutels=(uitkomst,),
        )
        rest = float(zonder.reeksen[uitkomst].var())
        uit[groep] = max(0.0, 1.0 - rest / heel) if heel else 0.0
    return uit


def _stil(verdeling: Verdeling) -> Verdeling:
    m = verdeling.gemiddelde
    return Verdeling("uniform", m, m, m)
