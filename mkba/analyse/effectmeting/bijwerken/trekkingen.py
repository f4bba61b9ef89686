"""Draws of what was counted, for the interval of an outcome."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from mkba.analyse.effectmeting.bijwerken.escalaties import wet
from mkba.analyse.effectmeting.bijwerken.gemeten import Gemeten
from mkba.analyse.effectmeting.bijwerken.meer_minder import binnen, blokken, meng, samengaand
from mkba.analyse.effectmeting.bijwerken.weging import Bijgewerkt, rang_van, toeval
from mkba.analyse.effectmeting.publiceren.meting import KINDEREN
from mkba.analyse.effectmeting.tellen.telling import VOETNOOT_13
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.woorden.effectvelden import GRONDSLAG_VELD, aandeel_veld, aantal_veld, bedreigd_veld, voorkomen_veld
from mkba.kern.woorden.trajecten import CASES, SOORTEN
from mkba.kern.woorden.velden import GROEP_VAN, GROEPEN, VELDEN
from mkba.model.reeksen import Reeks

if TYPE_CHECKING:
    from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld


def trek_gemeten(i: "Ingevuld", kengetallen: Mapping[str, Reeks], aantal: int, zaad: int) -> dict[str, Reeks]:
    """Draws of what was counted: knobs from their posterior, numbers per household as gamma, how they are divided over
    the kinds as Dirichlet, and the shares of question 18 as beta.

    ``kengetallen``: draws (aantal,) of what was not counted. For as far as a knob is its kengetal still, it hangs
    together with others as these do: measured or not, three kengetallen of prevented escalatie go up or down together.

    One count is one draw: that of all trajecten together where new and existing cases were not told apart, of how they
    are divided, of what was prevented of all kinds together, and of what the wijken say: a huisuitzetting of a wijk is
    evidence for gezinnen and for overige huishoudens alike, so what they know of it errs together, for as much as it
    weighs. What was not counted is not drawn here: where only groups of kinds may be shown, how many there are of each
    is, and what figuur II.1 makes of a group stays; where only the total may be shown, the whole of it stays. That is a
    kengetal, and moves with the others (:func:`mkba.analyse.effectmeting.bijwerken.soorten.trek_soorten`).
    """
    rng = np.random.default_rng(zaad)

    def u() -> Reeks:
        return np.asarray((rng.permutation(aantal) + 0.5) / aantal)

    uit = {
        k.sleutel: k.trek(bewijs, rang_van(kengetallen.get(k.sleutel), rng, aantal))
        for k, bewijs in _bewijs(i, rng, aantal)
    }
    for vraag in (v for v in SOORTEN if v in i.telt):
        gegeven = [g for case in CASES if (g := i.gemeten.get(aantal_veld(vraag, case))) is not None]
        een_telling = len(gegeven) > 1 and all(VOETNOOT_13 in g.opmerking for g in gegeven)
        rang = u()
        for nummer, g in enumerate(gegeven):
            if not g.n:
                continue
            phi = samengaand(i.meting, vraag, g.sleutel, g.waarde * g.n, g.n, g.opmerking).telt_voor_een
            kans = rang if een_telling or not nummer else u()
            uit[g.sleutel] = np.asarray(stats.gamma.ppf(kans, (g.waarde * g.n + 0.5) / phi, scale=phi / g.n))
        geteld = blokken(i.meting, vraag)
        delen = trek_verdeling({b.naam: b.aantal for b in geteld}, aantal, rng)
        for case in CASES if delen else ():
            per_soort = meng([(delen[b.naam], binnen(b, vraag, case, i.kengetallen)) for b in geteld])
            velden = {aandeel_veld(vraag, case, t): r for t, r in per_soort.items()}
            uit |= {veld: r for veld, r in velden.items() if veld in i.effect}
    uit |= _trek_escalaties(i, u)
    uit |= trek_bereik(i, aantal, rng)
    return uit


def trek_bereik(i: "Ingevuld", aantal: int, rng: np.random.Generator) -> dict[str, Reeks]:
    """Draws of the answers to questions 2 to 5 where the registration is a sample of the households; nothing where it
    has them all: then these were counted whole.

    They say who is in the aanpak, and not what it does: what is left to guess is of the households that were not drawn
    only, a variance of (N − n) / (N − 1) times that of endless many. So a sample of nearly all comes to what a
    registration of all gives. What was counted of questions 10 to 18 is of what the aanpak does, to households of a
    next year too, and keeps all of its chance, as it does where all were registered.
    """
    bereik = bereik_van_steekproef(i)
    uit: dict[str, Reeks] = {}
    for leden in GROEPEN.values():
        if (over := max((_te_raden(i, s, bereik[s]) for s in leden if s in bereik), default=0.0)) > 0:
            geteld = {
                s: bereik[s].waarde * (bereik[s].n or 0) / over for s in leden if s in bereik and bereik[s].waarde > 0
            }
            uit |= trek_verdeling(geteld, aantal, rng)
    for sleutel, g in bereik.items():
        if g.schatting is None or sleutel in GROEP_VAN or (over := _te_raden(i, sleutel, g)) <= 0:
            continue
        z = toeval(rng, aantal)
        if VELDEN[sleutel].soort == "fractie":
            telt = (g.schatting.telt or g.schatting.n) / over
            uit[sleutel] = np.asarray(wet(replace(g.schatting, telt=telt)).ppf(stats.norm.cdf(z)))
        else:
            half = (g.schatting.hoog - g.schatting.laag) / 2 / float(stats.norm.ppf((1 + ZEKERHEID) / 2))
            uit[sleutel] = np.maximum(g.waarde + half * float(np.sqrt(over)) * z, 0.0)
    return uit


def _te_raden(i: "Ingevuld", sleutel: str, g: Gemeten) -> float:
    """Which part of the variance of an answer about who is in the aanpak is left: (N − n) / (N − 1) of the N households
    that the question is about, those of one type for some."""
    type_ = "gezin" if sleutel == KINDEREN else sleutel.split(".")[1] if sleutel.startswith("zwaarte.") else ""
    alle = (i.steekproef_van or 0.0) * (float(i.na.plat()[f"type.{type_}"]) if type_ else 1.0)
    return max(0.0, (alle - (g.n or 0)) / (alle - 1)) if alle > 1 else 0.0


def bereik_van_steekproef(i: "Ingevuld") -> dict[str, Gemeten]:
    """The answers to questions 2 to 5 that are of a sample, and so are a guess; empty where all were registered."""
    if i.steekproef_van is None:
        return {}
    return {s: g for s, g in i.gemeten.items() if s in VELDEN and 1 < VELDEN[s].vraag <= 5 and g.n}


def trek_telling(i: "Ingevuld", aantal: int, zaad: int) -> dict[str, Reeks]:
    """Draws of the updated knobs when only what was counted varies, and not the kengetal that it is weighed against:
    by the part of the measurement in what is known now. What the wijken say goes together: it is of the same wijken."""
    rng = np.random.default_rng(zaad)
    return {k.sleutel: k.bij_andere_telling(bewijs) for k, bewijs in _bewijs(i, rng, aantal)}


def _bewijs(i: "Ingevuld", rng: np.random.Generator, aantal: int) -> Iterator[tuple[Bijgewerkt, Reeks]]:
    """Every updated knob that counts with draws (aantal,), standard normal, of how far its evidence is off."""
    wijken: Reeks | None = None
    for k in (k for k in i.bijwerking.knoppen if i.knop_telt(k.sleutel)):
        if k.uit_wijken:
            wijken = toeval(rng, aantal) if wijken is None else wijken
            yield k, wijken
        else:
            yield k, toeval(rng, aantal)


def trek_verdeling(getoond: Mapping[str, float], aantal: int, rng: np.random.Generator) -> dict[str, Reeks]:
    """Draws (aantal,) of the shares of kinds of which so many were counted, together 1: Dirichlet with the counts.

    Its mean is what was counted, and each share varies as that of so many trajecten that fall over the kinds one by
    one. Nothing for fewer than two kinds.
    """
    if len(getoond) < 2:
        return {}
    delen = rng.dirichlet(list(getoond.values()), aantal)
    return {t: np.asarray(delen[:, k]) for k, t in enumerate(getoond)}


def _trek_escalaties(i: "Ingevuld", u: Callable[[], Reeks]) -> dict[str, Reeks]:
    """Draws of question 18 in the reading that counts; ``u`` gives chances, one for every draw."""
    uit: dict[str, Reeks] = {}
    samen: Reeks | None = None
    for e in i.escalaties if "voorkomen" in i.telt else ():
        veld = voorkomen_veld(e.soort)
        if e.bedreigd is None or e.voorkomen is None or i.nulmeting is None or veld not in i.effect:
            continue
        if e.eigen:
            voorkomen = np.asarray(wet(e.voorkomen).ppf(u()))
        else:
            samen = voorkomen = np.asarray(wet(e.voorkomen).ppf(u())) if samen is None else samen
        bedreigd, winst = np.asarray(wet(e.bedreigd).ppf(u())), voorkomen - i.nulmeting
        if i.effect[GRONDSLAG_VELD] == "bedreigd":
            uit[veld], uit[bedreigd_veld(e.soort)] = np.clip(winst, -1.0, 1.0), bedreigd
        else:
            uit[veld] = np.clip(bedreigd * winst / e.van, -1.0, 1.0)
    return uit
