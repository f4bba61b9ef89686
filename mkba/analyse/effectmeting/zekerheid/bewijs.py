"""How strong the evidence is: the Maryland Scientific Methods Scale, 1 (weak) to 5 (strong), per design.

Sherman et al. (1998): 1 one moment or an opinion, 2 before and after, 3 before and after with a comparable group
without, 4 as 3 with several units on both sides and what else differs kept equal, 5 drawn by lot. What the analysis
itself shows can lower a level and never raise it.
"""

from typing import Final, Literal

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.velden import VELDEN, VRAGEN_NAAR_EFFECT

Opzet = Literal["oordeel", "oordeel_nulmeting", "voor_na", "vergelijking", "gelijk_gemaakt", "geloot"]

OPZETTEN: Final[dict[Opzet, tuple[int, str]]] = {
    "oordeel": (1, "inschatting van de generalisten, zonder nulmeting"),
    "oordeel_nulmeting": (2, "inschatting van de generalisten naast een nulmeting"),
    "voor_na": (2, "voor en na de start, zonder vergelijking"),
    "vergelijking": (3, "voor en na de start, met vergelijkingswijken"),
    "gelijk_gemaakt": (4, "voor en na de start, met vergelijkingswijken die op kenmerken gelijk zijn gemaakt"),
    "geloot": (5, "door het lot verdeeld over de wijken"),
}
"""Level and words of every design; ``gelijk_gemaakt`` and ``geloot`` are for who made the design to say."""


def weegkracht(sleutel: str, sms: int, kengetallen: Kengetallen) -> float:
    """Which part of a measured household counts when a knob of questions 10 to 15 is weighed, 0 to 1.

    Of an effect what the bewijskorting of its level leaves (``bewijskorting.sms1`` ... ``sms5``): the likelihood to
    that power (a power prior, Ibrahim and Chen 2000). Of what only has to be counted, all.
    """
    return effectkracht(sms, kengetallen) if VELDEN[sleutel].vraag in VRAGEN_NAAR_EFFECT else 1.0


def effectkracht(sms: int, kengetallen: Kengetallen) -> float:
    """The same of an effect at this level."""
    return 1.0 - kengetallen[f"bewijskorting.sms{sms}"]


def niveau(
    opzet: Opzet,
    met: int,
    zonder: int,
    perioden_voor: int,
    voortrend_p: float | None = None,
    grens: float = 0.05,
) -> tuple[int, str]:
    """Level 1-5 and why, in Dutch; lower than the design promises where the data do not carry it.

    ``met``, ``zonder``: wijken with and without the aanpak; ``perioden_voor``: before the first start; ``voortrend_p``:
    of the joint test of the pre-trend.
    """
    hoogte, woorden = OPZETTEN[opzet]
    if opzet in ("oordeel", "oordeel_nulmeting"):
        return hoogte, woorden
    if perioden_voor == 0 or met == 0:
        return 1, "er is geen wijk met de aanpak die voor en na de start is gemeten"
    if zonder == 0:
        return min(hoogte, 2), OPZETTEN["voor_na"][1]
    if opzet != "geloot" and voortrend_p is not None and voortrend_p <= grens:
        return min(hoogte, 2), f"{woorden}; maar voor de start liepen de wijken al uit elkaar"
    if hoogte >= 4 and min(met, zonder) < 2:
        return 3, f"{woorden}; maar met 1 wijk aan een kant is een wijk niet van haar aanpak te onderscheiden"
    return hoogte, woorden
