"""Draws of what was counted, for the interval of an outcome."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from mkba.analyse.effectmeting.bijwerken.escalaties import wet
from mkba.analyse.effectmeting.bijwerken.meer_minder import STAND, binnen, blokken, meng
from mkba.analyse.effectmeting.bijwerken.weging import Aantal
from mkba.analyse.effectmeting.tellen.telling import VOETNOOT_13
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.woorden.effectvelden import GRONDSLAG_VELD, aandeel_veld, aantal_veld, bedreigd_veld, voorkomen_veld
from mkba.kern.woorden.trajecten import CASES, SOORTEN
from mkba.model.reeksen import Reeks

if TYPE_CHECKING:
    from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld


def trek_gemeten(i: "Ingevuld", aantal: int, zaad: int) -> dict[str, Reeks]:
    """Draws of what was counted: knobs from their posterior, numbers per household as gamma, how they are divided over
    the kinds as Dirichlet, the shares of question 18 as beta, and what the wijken say of it as normal.

    One count is one draw: that of all trajecten together where new and existing cases were not told apart, of how they
    are divided, and of what was prevented of all kinds together. What was not counted is not drawn: where only groups
    of kinds may be shown, how many there are of each is, and what figuur II.1 makes of a group stays; where only the
    total may be shown, the whole of it stays. That the kinds are others than in the figure is so in no interval; the
    bounds of ``saldo_van_afgeschermd`` have it, and the costs of a traject, which are drawn, are of one kind each.
    """
    rng = np.random.default_rng(zaad)

    def u() -> Reeks:
        return np.asarray((rng.permutation(aantal) + 0.5) / aantal)

    knoppen = [k for k in i.bijwerking.knoppen if k.sleutel == "nieuw" or not i.effect]
    uit = {k.sleutel: k.posterior.kwantiel(u()) for k in knoppen}
    for vraag in SOORTEN if i.effect else ():
        gegeven = [g for case in CASES if (g := i.gemeten.get(aantal_veld(vraag, case))) is not None]
        een_telling = len(gegeven) > 1 and all(VOETNOOT_13 in g.opmerking for g in gegeven)
        rang = u()
        for nummer, g in enumerate(gegeven):
            if not g.n:
                continue
            phi = Aantal(0, g.n, i.meting.spreiding.get(g.sleutel, 1.0)).telt_voor_een
            kans = rang if een_telling or not nummer else u()
            uit[g.sleutel] = np.asarray(stats.gamma.ppf(kans, (g.waarde * g.n + 0.5) / phi, scale=phi / g.n))
        geteld = [b for b in blokken(i.meting, STAND[vraag]) if any(binnen(b, vraag, case) for case in CASES)]
        delen = trek_verdeling({b.naam: b.aantal for b in geteld}, aantal, rng)
        for case in CASES if delen else ():
            per_soort = meng([(delen[b.naam], binnen(b, vraag, case)) for b in geteld])
            velden = {aandeel_veld(vraag, case, t): r for t, r in per_soort.items()}
            uit |= {veld: r for veld, r in velden.items() if veld in i.effect}
    uit |= trek_escalaties(i, u)
    return uit


def trek_verdeling(getoond: Mapping[str, float], aantal: int, rng: np.random.Generator) -> dict[str, Reeks]:
    """Draws (aantal,) of the shares of kinds of which so many were counted, together 1: Dirichlet with the counts.

    Its mean is what was counted, and each share varies as that of so many trajecten that fall over the kinds one by
    one. Nothing for fewer than two kinds.
    """
    if len(getoond) < 2:
        return {}
    delen = rng.dirichlet(list(getoond.values()), aantal)
    return {t: np.asarray(delen[:, k]) for k, t in enumerate(getoond)}


def trek_escalaties(i: "Ingevuld", u: Callable[[], Reeks]) -> dict[str, Reeks]:
    uit: dict[str, Reeks] = {}
    samen: Reeks | None = None
    for e in i.escalaties if i.effect else ():
        veld = voorkomen_veld(e.soort)
        if e.netto is None or veld not in i.effect:
            continue
        if e.weg == "nulmeting" and e.bedreigd is not None and e.voorkomen is not None and i.nulmeting is not None:
            if e.eigen:
                voorkomen = np.asarray(wet(e.voorkomen).ppf(u()))
            else:
                samen = voorkomen = np.asarray(wet(e.voorkomen).ppf(u())) if samen is None else samen
            bedreigd, winst = np.asarray(wet(e.bedreigd).ppf(u())), voorkomen - i.nulmeting
        else:
            per = e.bedreigd.waarde if e.bedreigd is not None and e.bedreigd.waarde else 1.0
            fout = (e.netto.hoog - e.netto.laag) / (2 * float(stats.norm.ppf((1 + ZEKERHEID) / 2)))
            winst = np.asarray(e.netto.waarde + fout * stats.norm.ppf(u())) / per
            bedreigd = np.full(winst.shape, per)
        if i.effect[GRONDSLAG_VELD] == "bedreigd":
            uit[veld], uit[bedreigd_veld(e.soort)] = np.clip(winst, -1.0, 1.0), bedreigd
        else:
            uit[veld] = np.clip(bedreigd * winst / e.van, -1.0, 1.0)
    return uit
