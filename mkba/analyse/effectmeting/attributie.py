"""From bruto to netto: what changed in the wijken with the aanpak, and what of it is due to the aanpak."""

from dataclasses import dataclass

import numpy as np

from mkba.analyse.effectmeting.bewijs import Opzet, niveau
from mkba.analyse.effectmeting.geclusterd import (
    MEESTE,
    NIVEAU,
    aantal_indelingen,
    alle_indelingen,
    kans,
    kleinste_kans,
    omgekeerd,
    tekenpatronen,
    wilde_kans,
)
from mkba.analyse.effectmeting.paneel import Getallen, Paneel
from mkba.analyse.effectmeting.trend import Grens, Punt, Voortrend, doorgetrokken, eindig, gebeurtenis, grenzen, voortrend
from mkba.analyse.effectmeting.verschil import blootstelling, bruto_gewichten, gewichten, som, vensters, veranderingen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import getal, hoeveel, procent

VERSCHIL_VAN_EEN = 3
"""Below so many wijken on one side the interval leans on the others varying alike. A choice."""


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
    ``autonoom``: what happened in the comparison wijken too, bruto minus netto, None without them. ``netto`` is None when
    nothing can be said, with ``reden``. ``met`` and ``zonder``: wijken, the clusters; ``indelingen``: ways to spread the
    aanpak over them, ``kleinste_p`` the smallest p that these allow; ``p_wild``: second opinion by the wild cluster
    bootstrap, with one common start. ``recht``: netto along the straight line of before the start. ``voorbehoud``: what
    the interval leans on, or nothing. ``voor``: mean of the wijken with the aanpak before their start.
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

    Every wijk counts the same; the interval is the permutation test turned round, None with a reason where the wijken are
    too few for one. ``opzet``: the design, for the level of evidence.
    """
    perioden, met = len(paneel.perioden), paneel.met_aanpak
    namen = [tuple(np.array(paneel.wijken, dtype=object)[kies]) for kies in (met, ~met)]
    begin = int(paneel.start.min())
    geen = Voortrend(None, None, None, begin, "er zijn geen wijken om mee te vergelijken")
    if reden := _niets_te_zeggen(paneel):
        sms, bewijs = niveau(opzet, len(namen[0]), len(namen[1]), min(begin, perioden - 1))
        return Toerekening(
            paneel.uitkomst, *namen, None, None, None, None, reden, 0, None, None, "", geen, (), (), None, sms, bewijs
        )
    bruto = _bruto(paneel)
    voor = float(np.mean([paneel.waarden[i, : paneel.start[i]].mean() for i in np.flatnonzero(met)]))
    if met.all():
        sms, bewijs = niveau(opzet, len(namen[0]), 0, begin)
        reden = "er is geen wijk zonder de aanpak: wat vanzelf was veranderd, is niet te zien"
        return Toerekening(
            paneel.uitkomst, *namen, voor, bruto, None, None, reden, 0, None, None, "", geen, (), (), None, sms, bewijs
        )
    indelingen = alle_indelingen(paneel.start)
    weging = gewichten(indelingen, vensters(perioden))
    sommen, deel = som(weging, paneel.waarden), som(weging, blootstelling(paneel.start, perioden))
    kleinste = kleinste_kans(deel)
    netto = _uitslag(sommen, deel, kleinste, _te_weinig(*namen, aantal_indelingen(paneel.start), kleinste))
    trend = voortrend(paneel, netto.waarde)
    punten = gebeurtenis(paneel)
    sms, bewijs = niveau(opzet, len(namen[0]), len(namen[1]), begin, trend.p)
    wild = None
    if paneel.gelijk_begin and min(len(n) for n in namen) > 1:
        wild = float(wilde_kans(veranderingen(paneel.waarden, begin), met))
    return Toerekening(
        paneel.uitkomst,
        *namen,
        voor,
        bruto,
        bruto.waarde - netto.waarde,
        netto,
        "",
        aantal_indelingen(paneel.start),
        kleinste,
        wild,
        _voorbehoud(*namen, netto),
        trend,
        punten,
        grenzen(paneel, punten),
        doorgetrokken(paneel),
        sms,
        bewijs,
    )


def netto_uit_nulmeting(met_aanpak: float, nulmeting: float) -> float:
    """Share due to the aanpak, of those under threat: with the aanpak minus the baseline (handleiding, question 18).

    "60 procent van de huisuitzettingen al voorkomen; met de aanpak 75 procent": 15%. Evidence of before and after only,
    level 2: what changed everywhere is still in it. Raises InvoerFout for what is no share.
    """
    fout = [
        Melding(veld, waarde, "dit is geen aandeel.", "Geef een getal van 0 tot en met 1.")
        for veld, waarde in (("met_aanpak", met_aanpak), ("nulmeting", nulmeting))
        if not 0 <= waarde <= 1
    ]
    if fout:
        raise InvoerFout(fout)
    return met_aanpak - nulmeting


def _niets_te_zeggen(paneel: Paneel) -> str:
    if len(paneel.perioden) < 2:
        return "er is maar 1 periode: zonder een moment voor en een na de start is er geen verandering"
    if not paneel.met_aanpak.any():
        return "er is geen wijk met de aanpak"
    if (paneel.start == 0).any():
        return "van een wijk met de aanpak is niet gemeten voor de start: de nulmeting ontbreekt"
    return ""


def _uitslag(sommen: Getallen, deel: Getallen, kleinste: float, reden: str) -> Verandering:
    if kleinste > NIVEAU:
        return Verandering(float(sommen[0]), reden=reden)
    laag, hoog = eindig(*omgekeerd(sommen, deel))
    if laag is None:
        return Verandering(float(sommen[0]), p=float(kans(sommen)), reden="de teams begonnen te verschillend voor een interval")
    return Verandering(float(sommen[0]), laag, hoog, float(kans(sommen)))


def _bruto(paneel: Paneel) -> Verandering:
    """Change in the wijken with the aanpak, with an interval by all patterns of signs over those wijken."""
    perioden, met = len(paneel.perioden), paneel.met_aanpak
    per_wijk = (bruto_gewichten(paneel.start, vensters(perioden)) * paneel.waarden).sum(axis=1)[met] * met.sum()
    patronen = tekenpatronen(int(met.sum()))
    sommen, deel = patronen @ per_wijk / met.sum(), patronen.mean(axis=1)
    kleinste = kleinste_kans(deel)
    reden = (
        f"{hoeveel(met.sum(), 'wijk', 'wijken')} met de aanpak: de kleinste p die kan uitkomen is {procent(kleinste, 1)}, "
        f"meer dan {procent(NIVEAU)}"
    )
    return _uitslag(sommen, deel, kleinste, reden)


def _te_weinig(met: tuple[str, ...], zonder: tuple[str, ...], indelingen: int, kleinste: float) -> str:
    return (
        f"{hoeveel(len(met), 'wijk', 'wijken')} met en {hoeveel(len(zonder), 'wijk', 'wijken')} zonder de aanpak zijn op "
        f"{hoeveel(min(indelingen, MEESTE + 1), 'manier', 'manieren')} te verdelen; de kleinste p die kan uitkomen is "
        f"{procent(kleinste, 1)}, meer dan {procent(NIVEAU)}"
    )


def _voorbehoud(met: tuple[str, ...], zonder: tuple[str, ...], netto: Verandering) -> str:
    if netto.laag is None or min(len(met), len(zonder)) >= VERSCHIL_VAN_EEN:
        return ""
    kant = "met" if len(met) < len(zonder) else "zonder"
    return (
        f"met {getal(min(len(met), len(zonder)))} van de wijken {kant} de aanpak leunt het interval erop dat alle wijken "
        "evenveel schommelen en dat de aanpak overal evenveel doet"
    )
