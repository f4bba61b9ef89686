"""From bruto to netto: what changed in the wijken with the aanpak, and what of it is due to the aanpak."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mkba.analyse.effectmeting.attributie.geclusterd import (
    NIVEAU,
    Proef,
    aantal_indelingen,
    kans,
    kleiner,
    kleinste_kans,
    omgekeerd,
    ongelijk,
    proef,
    tekenpatronen,
    wilde_kans,
)
from mkba.analyse.effectmeting.attributie.paneel import Paneel
from mkba.analyse.effectmeting.attributie.trend import (
    Grens,
    Punt,
    Voortrend,
    doorgetrokken,
    eindig,
    gebeurtenis,
    grenzen,
    voortrend,
)
from mkba.analyse.effectmeting.attributie.verschil import blootstelling, bruto_gewichten, vensters, veranderingen
from mkba.analyse.effectmeting.zekerheid.bewijs import Opzet, niveau
from mkba.kern.tekst.notatie import hoeveel, procent


@dataclass(frozen=True)
class Verandering:
    """A change per household and period, with its 95% interval; or None for both ends and p, and why, in Dutch."""

    waarde: float
    laag: float | None = None
    hoog: float | None = None
    p: float | None = None
    reden: str = ""


@dataclass(frozen=True)
class Toerekening:
    """Bruto beside netto for one outcome, with all that says how far netto can be trusted.

    Values per household and period: shares, or euros of the year of the data; below 0 is less than without the aanpak.
    ``autonoom``: what happened in the comparison wijken too, bruto minus netto, None without them. ``netto`` is None
    when nothing can be said, with ``reden``. ``met`` and ``zonder``: wijken, the clusters; ``indelingen``: ways to
    spread the aanpak over them, ``kleinste_p`` the smallest p that these allow; ``p_wild``: second opinion by the wild
    cluster bootstrap, with one common start. ``recht``: netto along the straight line of before the start.
    ``voorbehoud``: what the interval leans on, or nothing. ``voor``: mean of the wijken with the aanpak before it.
    """

    uitkomst: str
    met: tuple[str, ...]
    zonder: tuple[str, ...]
    voor: float | None
    bruto: Verandering | None
    autonoom: float | None
    netto: Verandering | None
    reden: str
    indelingen: int
    kleinste_p: float | None
    p_wild: float | None
    voorbehoud: str
    voortrend: Voortrend
    punten: tuple[Punt, ...]
    grenzen: tuple[Grens, ...]
    recht: float | None
    sms: int
    bewijs: str

    @property
    def clusters(self) -> int:
        """The number of wijken, with and without the aanpak."""
        return len(self.met) + len(self.zonder)


def toereken(paneel: Paneel, opzet: Opzet = "vergelijking") -> Toerekening:
    """Attribute the change in the wijken with the aanpak by difference in differences on wijk and period.

    Every wijk counts the same; the interval is the permutation test turned round, None with a reason where the wijken
    are too few for one. ``opzet``: the design, for the level of evidence.
    """
    perioden, begin = len(paneel.perioden), int(paneel.start.min())
    kaal = _zonder_cijfers(paneel)
    aantal_met, aantal_zonder = len(kaal.met), len(kaal.zonder)
    if reden := _niets_te_zeggen(paneel):
        sms, bewijs = niveau(opzet, aantal_met, aantal_zonder, begin if perioden > 1 else 0)
        return replace(kaal, reden=reden, sms=sms, bewijs=bewijs)
    voor = float(np.mean([rij[:start].mean() for rij, start in zip(paneel.waarden, paneel.start, strict=True)
                          if start < perioden]))  # fmt: skip
    bruto = _bruto(paneel)
    if not aantal_zonder:
        sms, bewijs = niveau(opzet, aantal_met, 0, begin)
        reden = "er is geen wijk zonder de aanpak: wat vanzelf was veranderd, is niet te zien"
        return replace(kaal, voor=voor, bruto=bruto, reden=reden, sms=sms, bewijs=bewijs)
    proef_ = proef(
        paneel.start, vensters(perioden), paneel.waarden, blootstelling(paneel.start, perioden), paneel.omvang
    )
    aantal, kleinste = aantal_indelingen(paneel.start), proef_.kleinste_kans
    netto = _netto(proef_, _te_weinig(aantal_met, aantal_zonder, aantal, kleinste))
    trend, punten = voortrend(paneel, netto.waarde), gebeurtenis(paneel)
    sms, bewijs = niveau(opzet, aantal_met, aantal_zonder, begin, trend.p)
    wild = None
    if paneel.gelijk_begin and min(aantal_met, aantal_zonder) > 1:
        wild = float(wilde_kans(veranderingen(paneel.waarden, begin), paneel.met_aanpak))
    return replace(
        kaal,
        voor=voor,
        bruto=bruto,
        autonoom=bruto.waarde - netto.waarde,
        netto=netto,
        indelingen=aantal,
        kleinste_p=kleinste,
        p_wild=wild,
        voorbehoud="" if netto.laag is None else _voorbehoud(paneel),
        voortrend=trend,
        punten=punten,
        grenzen=grenzen(paneel, punten),
        recht=doorgetrokken(paneel),
        sms=sms,
        bewijs=bewijs,
    )


def _zonder_cijfers(paneel: Paneel) -> Toerekening:
    """Which wijken there are, and nothing said of them yet."""
    met, zonder = (
        tuple(naam for naam, op in zip(paneel.wijken, kies, strict=True) if op)
        for kies in (paneel.met_aanpak, ~paneel.met_aanpak)
    )
    trend = Voortrend(None, None, None, int(paneel.start.min()), "er zijn geen wijken om mee te vergelijken")
    return Toerekening(
        paneel.uitkomst, met, zonder, None, None, None, None, "", 0, None, None, "", trend, (), (), None, 1, ""
    )


def _niets_te_zeggen(paneel: Paneel) -> str:
    if len(paneel.perioden) < 2:
        return "er is maar 1 periode: zonder een moment voor en een na de start is er geen verandering"
    if not paneel.met_aanpak.any():
        return "er is geen wijk met de aanpak"
    if (paneel.start == 0).any():
        return "van een wijk met de aanpak is niet gemeten voor de start: de nulmeting ontbreekt"
    return ""


def _netto(proef_: Proef, te_weinig: str) -> Verandering:
    waarde = float(proef_.netto[0])
    if proef_.kleinste_kans > NIVEAU:
        return Verandering(waarde, reden=te_weinig)
    laag, hoog = eindig(*proef_.interval())
    if laag is None:
        return Verandering(waarde, reden="de teams begonnen te verschillend voor een interval")
    if laag == hoog:
        return Verandering(waarde, reden="de wijken veranderen precies evenveel; daaruit volgt geen spreiding")
    return Verandering(waarde, laag, hoog, float(proef_.kans()))


def _bruto(paneel: Paneel) -> Verandering:
    """Change in the wijken with the aanpak, with an interval by all patterns of signs over those wijken."""
    aantal = int(paneel.met_aanpak.sum())
    delen = bruto_gewichten(paneel.start, vensters(len(paneel.perioden))) * paneel.waarden
    per_wijk = delen.sum(axis=1)[paneel.met_aanpak]
    patronen = tekenpatronen(aantal)
    deel = patronen.mean(axis=1)
    kleinste = kleinste_kans(deel)
    sommen = patronen @ per_wijk
    if kleinste > NIVEAU:
        reden = f"met {hoeveel(aantal, 'wijk', 'wijken')} met de aanpak is {_kleinste(kleinste)}"
        return Verandering(float(sommen[0]), reden=reden)
    return Verandering(float(sommen[0]), *eindig(*omgekeerd(sommen, deel)), float(kans(sommen)))


def _te_weinig(met: int, zonder: int, aantal: int, kleinste: float) -> str:
    wijken = f"{hoeveel(met, 'wijk', 'wijken')} met en {hoeveel(zonder, 'wijk', 'wijken')} zonder de aanpak"
    manieren = f"{hoeveel(aantal, 'manier', 'manieren')}"
    return f"de aanpak is op {manieren} over {wijken} te verdelen, dus is {_kleinste(kleinste)}"


def _kleinste(kans: float) -> str:
    return f"de kleinste p die kan uitkomen {procent(kans, 1)}, meer dan {procent(NIVEAU)}"


def _voorbehoud(paneel: Paneel) -> str:
    """What the interval leans on: that few or small wijken do not vary more than the others."""
    met = paneel.met_aanpak
    aantal = {"met": int(met.sum()), "zonder": int((~met).sum())}
    kant = min(aantal, key=aantal.__getitem__)
    zinnen = []
    if ongelijk(met):
        is_ = "is" if aantal[kant] == 1 else "zijn"
        zinnen.append(f"er {is_} maar {hoeveel(aantal[kant], 'wijk', 'wijken')} {kant} de aanpak")
    if klein := kleiner(met, paneel.omvang):
        zinnen.append(f"de wijken {klein} de aanpak zijn veel kleiner dan de andere en schommelen daarom meer")
    if zinnen:
        zinnen.append(_EEN_WIJK if aantal[kant] == 1 else _RUIMSTE)
    return "; ".join(zinnen)


_EEN_WIJK: Final = "schommelt die ene meer dan de andere, dan is het interval veel te smal"
_RUIMSTE: Final = (
    "het interval is daarom het ruimste van twee: dat van de permutatie, en dat van Welch, die elke kant aan haar "
    "eigen schommelingen meet; met een enkele uitschieter kan het nog te smal zijn"
)
