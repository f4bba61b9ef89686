"""What comparison wijken say of prevented escalaties: evidence for question 14, weighed against its kengetal.

The difference between the wijken counts whatever it is, for as much as its interval and the strength of its evidence
allow. Counting it only where the interval leaves out zero would keep what came out large by chance: on average too
large, with an interval that holds the truth too seldom. Wijken have many more households than the aanpak, so that
the little that is due to the aanpak moves with all that happens there: mostly the kengetal stays about where it was.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy import stats

from mkba.analyse.effectmeting.bijwerken.bewijs import Effect
from mkba.analyse.effectmeting.bijwerken.kansverdeling import knopprior
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.publiceren.wijkcijfers import Wijkcijfers
from mkba.analyse.effectmeting.zekerheid.intervallen import Schatting
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import opsomming
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.trajecten import ESCALATIES, ESCALATIES_VAN_TYPE, TRAJECTNAMEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.basiscijfers import kan_overkomen

_Z: Final = float(stats.norm.ppf((1 + ZEKERHEID) / 2))


def netto_uit_wijken(w: Wijkcijfers, huishoudens: float) -> tuple[Schatting | None, str]:
    """What the wijken owe to the aanpak in a year, per household in it; only where there is an honest interval.
    ``huishoudens``: of the aanpak, not of a sample of it."""
    t = w.toerekening
    if w.per_jaar is None or t is None or t.netto is None:
        return None, w.reden or "in de wijken is geen netto verschil te zeggen"
    netto, laag, hoog = w.per_jaar
    if laag is None or hoog is None:
        return None, f"uit de wijken is er geen eerlijk interval: {t.netto.reden}"
    delen = [float(-x / huishoudens) for x in (netto, hoog, laag)]
    return Schatting(delen[0], delen[1], delen[2], t.clusters, "verschil in verschillen over wijken"), ""


def bewijs_uit_wijken(
    meting: Meting, aanpak: Aanpak, kengetallen: Kengetallen, steekproef_van: float | None = None
) -> dict[str, Effect]:
    """Evidence per knob of question 14 ("escalatie.gezin"): empty where the wijken say nothing of it.

    ``aanpak``: with the huishoudtypen as they are now.
    """
    n = steekproef_van or meting.huishoudens.toont()
    per_soort: dict[str, Effect] = {}
    for w in meting.wijken if n else ():
        van = kan_overkomen(aanpak, w.uitkomst) if w.uitkomst in ESCALATIES else 0.0
        s = netto_uit_wijken(w, n)[0] if n and van > 0 else None
        if s is not None and w.toerekening is not None:
            fout = (s.hoog - s.laag) / (2 * _Z * van)
            per_soort[w.uitkomst] = Effect(s.waarde / van, fout, s.n, w.toerekening.sms, waarvan="wijken")
    uit = {t: van_type(t, per_soort, kengetallen) for t in TYPEN if getattr(aanpak.type, t) > 0}
    return {f"escalatie.{t}": e for t, e in uit.items() if e is not None}


def van_type(type_: str, per_soort: Mapping[str, Effect], kengetallen: Kengetallen) -> Effect | None:
    """The kinds that can happen to a huishoudtype together.

    Errors are added up whole: what happens to a wijk may move all of them at once, and how far they go together is
    not in what may be shown. Of the kinds that the wijken have no number of, the total is taken to go with the
    others, each an equal part of it, and to differ from that by what the kengetal leaves to guess.
    """
    soorten = ESCALATIES_VAN_TYPE[type_]
    bekend = [per_soort[s] for s in soorten if s in per_soort]
    if not bekend:
        return None
    deel = len(bekend) / len(soorten)
    rest = knopprior(f"escalatie.{type_}", kengetallen, "normaal").variantie * (1 / deel - 1)
    zonder = opsomming([TRAJECTNAMEN[s] for s in soorten if s not in per_soort])
    return Effect(
        sum(e.waarde for e in bekend) / deel,
        float(np.hypot(sum(e.fout for e in bekend) / deel, np.sqrt(rest))),
        min(e.n for e in bekend),
        min(e.sms for e in bekend),
        waarvan="wijken",
        opmerking=f"van {zonder} zijn er geen cijfers van wijken: even veel genomen als van de andere"
        if zonder
        else "",
    )
