"""How many households to ask, and what: the value of a sample beside its price, before it is taken.

The decision is that of :mod:`mkba.analyse.onzekerheid.informatiewaarde`: go on with the aanpak for another year, or
not. A sample of n households sometimes turns that decision; what this gains on average is the expected value of sample
information (EVSI), euros NCW of one year of work, never more than that of perfect information (EVPPI).

E[saldo | inputs of a question] is the same regression as there. What a sample of n would say of an input before it is
taken, is spread around the prior mean like the draws but narrower by sqrt(n / (n + n0)), n0 being the households that
the prior is worth (Jalal and Alarid-Escudero 2018, *Medical Decision Making* 38); exact for a normal prior, normal data
and a saldo that is linear in the input. A sample of households also leaves out what no team can count: the euros.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from mkba.analyse.effectmeting.bijwerken.bewijs import ZWAKST, Effect
from mkba.analyse.effectmeting.zekerheid.bewijs import effectkracht, weegkracht
from mkba.analyse.onzekerheid.informatiewaarde import (
    SALDI,
    groepeer,
    kolommen,
    orthonormaal,
    regressie,
    steekproeffout,
    winst,
)
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.analyse.onzekerheid.trekking import TREKKINGEN, ZAAD, trek
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.trajecten import TRAJECTKNOPPEN
from mkba.kern.woorden.velden import KNOPPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.reeksen import Reeks
from mkba.model.verloop import na_de_opstart

HOOGSTENS: Final = 40
"""Households per generalist up to which the planner looks: a month of interviews. A choice."""
MAXIMUM_GENERALISTEN: Final = 1000
VERMOGEN: Final = 0.8
"""The usual power of a test: four times in five a difference of this size is seen. A choice."""
ALLES: Final = "alles"
"""The group of all questions together."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What a sample is worth, per question and size.

    ``kromme``: rows groep × households per generalist (0 ... ``HOOGSTENS``), columns groep, per_generalist, n, uren,
    prijs (euros), and per saldo ``<saldo>`` (EVSI, euros), ``<saldo>_fout`` (standard error) and ``<saldo>_netto``
    (EVSI minus price) and ``<saldo>_kans`` (the chance that the sample turns the decision). ``knoppen``: a row per
    knob, columns knop, gemiddelde (of the draws), spreiding (variance of what one household says), n0, deel (the share
    of the households that tells about it). ``gewoon``: households per generalist that the manual has in mind.
    ``aangenomen``: the ratios over trajecten of which it is not known how far households differ, so that it is taken
    from the kengetallen; ``per_ja_nee``: how many times the variance of a yes or no that is (value, least and most in
    their range); ``ingevuld``: the knobs that are drawn around what was filled in, where updating starts from the
    kengetal; ``sms``: strength of the evidence of the sample, and ``effectkracht``: how much of a household counts then
    for an effect.
    """

    aanpak: Aanpak
    generalisten: int
    gewoon: int
    kromme: pd.DataFrame
    knoppen: pd.DataFrame
    uurtarief: float
    aangenomen: tuple[str, ...] = ()
    per_ja_nee: tuple[float, float, float] = (1.0, 1.0, 1.0)
    ingevuld: tuple[str, ...] = ()
    sms: int = ZWAKST
    effectkracht: float = 1.0
    saldi: Sequence[str] = SALDI

    def advies(self, groep: str = ALLES, saldo: str = SALDI[0]) -> int:
        """Households per generalist beyond which another one no longer pays; 0: none pays.

        Where the value cannot be told from nothing (less than twice its error), none pays.
        """
        rij = self.kromme[self.kromme["groep"] == groep]
        netto = np.where(rij[saldo] > 2 * rij[f"{saldo}_fout"], rij[f"{saldo}_netto"], 0.0)
        beste = int(np.argmax(netto))
        return int(rij["per_generalist"].iloc[beste]) if netto[beste] > 0 else 0

    def aantoonbaar(self, per_generalist: int | None = None) -> pd.DataFrame:
        """What a sample of this size can show: a row per knob of :attr:`knoppen`, columns knop, n (households that tell
        about it), kengetal (mean of the draws), verschil (minimum detectable difference upward, a fraction; NaN where
        none can be seen) and half (half of the 95% interval)."""
        n = (per_generalist or self.gewoon) * self.generalisten * self.knoppen["deel"].to_numpy()
        p, spreiding = self.knoppen["gemiddelde"].to_numpy(), self.knoppen["spreiding"].to_numpy()
        with np.errstate(divide="ignore"):
            fout = np.where(n > 0, np.sqrt(spreiding / n), np.nan)
        z = float(ndtri((1 + ZEKERHEID) / 2))
        verschil = [
            (z + float(ndtri(VERMOGEN))) * float(f) if VELDEN[k].minimum != 0 else minimaal_verschil(float(a), float(b))
            for k, a, b, f in zip(self.knoppen["knop"], p, n, fout, strict=True)
        ]
        return pd.DataFrame(
            {"knop": self.knoppen["knop"], "n": n, "kengetal": p, "verschil": verschil, "half": z * fout}
        )


def plan(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    generalisten: int | None = None,
    aantal: int = TREKKINGEN,
    zaad: int = ZAAD,
    eerder: Mapping[str, Effect] | None = None,
    sms: int = ZWAKST,
) -> Plan:
    """Value and price of samples of 0 to 40 households per generalist, per question and for all together.

    ``generalisten``: how many are asked; by default the fte of the team, rounded up. ``eerder``: of questions 11 and 12
    what an earlier sample found, for how far households differ: the answer is a ratio over trajecten, of which one
    household may have many or none; without it that follows from the kengetallen. ``sms``: strength of the evidence of
    the sample; of an effect a household counts as it will count in updating. Raises InvoerFout for a number of
    generalists below 1, for what is no such question and as
    :func:`mkba.analyse.onzekerheid.simulatie.simuleer`.
    """
    geweten = eerder or {}
    if vreemd := [k for k in geweten if k not in TRAJECTKNOPPEN]:
        oorzaak, remedie = "dit is geen knop van vraag 11 of 12.", f"Kies uit: {', '.join(TRAJECTKNOPPEN)}."
        raise InvoerFout([Melding(k, "", oorzaak, remedie, "eerder") for k in vreemd])
    teamleden = max(1, int(np.ceil(aanpak.fte))) if generalisten is None else generalisten
    if isinstance(teamleden, bool) or not isinstance(teamleden, int) or not 1 <= teamleden <= MAXIMUM_GENERALISTEN:
        oorzaak = f"een steekproef vraagt om 1 tot {MAXIMUM_GENERALISTEN} generalisten, een geheel getal."
        raise InvoerFout([Melding("generalisten", teamleden, oorzaak, "Geef hoeveel generalisten u ondervraagt.")])
    straks = na_de_opstart(aanpak, kengetallen)
    sim = simuleer(straks, kengetallen, aantal, zaad, sleutels=SALDI)
    invoer = trek(straks, kengetallen, aantal, zaad, sim.correlaties, trekking=sim.trekking)
    knoppen = {k: invoer[k] for k in KNOPPEN if k in invoer and np.ptp(invoer[k]) > 0}
    deel = {k: d for k, d in relevant(straks).items() if k in knoppen}
    verhouding = per_ja_nee(kengetallen)
    maal = {k: verhouding[0] if k in TRAJECTKNOPPEN else 1.0 for k in knoppen}
    spreiding = {
        k: geweten[k].fout ** 2 * geweten[k].n if k in geweten else maal[k] * _spreiding(k, x)
        for k, x in knoppen.items()
    }
    n0 = {
        k: spreiding[k] / float(x.var()) if k in geweten else maal[k] * eigen_huishoudens(x, _zonder_eind(k))
        for k, x in knoppen.items()
    }
    telt = {k: d * weegkracht(k, sms, kengetallen) for k, d in deel.items()}
    per = np.arange(HOOGSTENS + 1)
    per = per[(per == 0) | (per * teamleden <= max(1.0, aanpak.huishoudens))]
    groepen = groepeer(list(knoppen)) | {ALLES: list(knoppen)}
    tarief = kengetallen["personeel.kosten.teamlid"] / kengetallen["personeel.uren_per_fte"]
    vragen = len(groepen) - 1
    rijen = []
    for groep, sleutels in groepen.items():
        uren = _uren(kengetallen, per * teamleden, vragen if groep == ALLES else 1)
        x = {k: knoppen[k] for k in sleutels}
        waarden = {s: evsi(x, sim.reeksen[s], [{k: n0[k] for k in x}, telt], per * teamleden) for s in SALDI}
        for i, aantal_per in enumerate(per):
            rij: list[object] = [groep, int(aantal_per), int(aantal_per) * teamleden, uren[i], uren[i] * tarief]
            for s in SALDI:
                w, fout, kans = (float(r[i]) for r in waarden[s])
                rij += [w, fout, w - uren[i] * tarief, kans]
            rijen.append(rij)
    namen = [f"{s}{achter}" for s in SALDI for achter in ("", "_fout", "_netto", "_kans")]
    kromme = pd.DataFrame(rijen, columns=["groep", "per_generalist", "n", "uren", "prijs", *namen])
    frame = pd.DataFrame(
        [[k, float(x.mean()), spreiding[k], n0[k], deel[k]] for k, x in knoppen.items()],
        columns=["knop", "gemiddelde", "spreiding", "n0", "deel"],
    )
    plat = straks.plat()
    return Plan(
        aanpak,
        teamleden,
        int(kengetallen["steekproef.per_generalist"]),
        kromme,
        frame,
        tarief,
        tuple(k for k in TRAJECTKNOPPEN if k in knoppen and k not in geweten),
        verhouding,
        tuple(k for k in knoppen if not np.isclose(float(plat[k]), kengetallen[VELDEN[k].standaard or ""])),
        sms,
        effectkracht(sms, kengetallen),
    )


def per_ja_nee(kengetallen: Kengetallen) -> tuple[float, float, float]:
    """How many times the variance of one yes or no a household says a part of its trajecten with: value, least, most.

    With on average m trajecten of which it is a part (Poisson) that hang together with correlation r, the linearised
    ratio has p (1 − p) (1 + m r) / m; the ends are those of ``steekproef.trajecten_start`` and
    ``steekproef.samenhang_trajecten``.
    """
    m, r = (kengetallen.getallen[f"steekproef.{w}"] for w in ("trajecten_start", "samenhang_trajecten"))
    waarde, minst, meest = ((1 + a * b) / a for a, b in ((m.waarde, r.waarde), (m.boven, r.onder), (m.onder, r.boven)))
    return waarde, minst, meest


def _zonder_eind(knop: str) -> bool:
    """Question 11 counts trajecten that were added per traject that ran: that may be more than one."""
    return VELDEN[knop].vraag == 11


def _uren(kengetallen: Kengetallen, n: Reeks, vragen: int) -> Reeks:
    """Hours of a sample of n households of whom so many questions are asked; no sample costs nothing."""
    per = kengetallen["steekproef.uur_gedeeld"] + vragen * kengetallen["steekproef.uur_per_vraag"]
    return np.asarray(np.where(n > 0, kengetallen["steekproef.uur_vast"] + n * per, 0.0))


def _spreiding(knop: str, x: Reeks) -> float:
    """Variance of what one household says at the mean of the draws: yes or no, (12) more, less, none, or (11) how many
    times as much."""
    gemiddelde = float(x.mean())
    if _zonder_eind(knop):
        return gemiddelde + gemiddelde**2
    zegt_iets = gemiddelde if VELDEN[knop].minimum == 0 else float(np.abs(x).mean())
    return zegt_iets - gemiddelde**2


def eigen_huishoudens(trekkingen: Reeks, zonder_eind: bool = False) -> float:
    """n0: how many households of data the draws of a share are worth, (E|θ| − E θ²) / Var θ.

    Of a beta distribution that is a + b. A share that may be negative counts households that went the one way or the
    other. ``zonder_eind``: a number of trajecten over another number of them, (E θ + E θ²) / Var θ.
    """
    kwadraat = trekkingen**2 if zonder_eind else -(trekkingen**2)
    return float((np.abs(trekkingen) + kwadraat).mean() / trekkingen.var())


def evsi(
    invoer: Mapping[str, Reeks],
    saldo: Reeks,
    kennis: Sequence[Mapping[str, float]],
    omvang: Sequence[int] | Reeks,
) -> tuple[Reeks, Reeks, Reeks]:
    """Of samples of ``omvang`` (k,) households: EVSI and its standard error, euros, and the chance that the decision
    turns, (k,) each.

    ``invoer``: draws (S,) of what the sample tells about; ``saldo``: (S,) of the same draws, euros; ``kennis``: per
    input the households that the prior is worth, and the share of the households in a sample that tells about it.
    """
    n0, deel = kennis
    n = np.asarray(omvang, dtype=float)
    matrix = kolommen(invoer)
    midden = matrix.mean(axis=0)
    matrix = matrix - midden
    as_ = orthonormaal(matrix)
    gevonden = regressie(np.asarray(matrix @ as_), saldo)
    if gevonden is None:
        return np.zeros(n.size), np.zeros(n.size), np.zeros(n.size)
    helling = gevonden.krimp * (as_ @ gevonden.c)
    grenzen = {k: (float(x.min()), float(x.max())) for k, x in invoer.items()}
    gemiddelde = float(saldo.mean())
    waarden, fouten, kansen = np.zeros((3, n.size))
    for i, huishoudens in enumerate(n):
        if huishoudens <= 0:
            continue
        krap = {k: _krap(x, huishoudens * deel[k], n0[k]) for k, x in invoer.items()}
        afwijking = (kolommen(krap, grenzen) - midden) @ helling
        afwijking -= afwijking.mean()
        waarden[i] = float(winst(gemiddelde, afwijking))
        fouten[i] = steekproeffout(saldo, gemiddelde + afwijking)
        kansen[i] = float(((gemiddelde + afwijking > 0) != (gemiddelde > 0)).mean())
    return waarden, fouten, kansen


def _krap(x: Reeks, n: float, n0: float) -> Reeks:
    """Draws of the posterior mean after n households."""
    return np.asarray(x.mean() + np.sqrt(n / (n + n0)) * (x - x.mean()))


def relevant(aanpak: Aanpak) -> dict[str, float]:
    """{knob: share of the households of a sample that tells about it}, by the answers to questions 2 to 5 and 10."""
    plat = aanpak.plat()
    w = {t: float(plat[f"type.{t}"]) for t in TYPEN}
    zwaarte = {t: {s: float(plat[f"zwaarte.{t}.{s}"] or 0) for s in ("ev", "zr", "nzr")} for t in TYPEN}
    mv = {t: zwaarte[t]["zr"] + zwaarte[t]["nzr"] for t in TYPEN}
    nzr = sum(w[t] * zwaarte[t]["nzr"] for t in TYPEN)
    jong = ("gezin", "overig")
    return {
        "nieuw": 1.0,
        "meer": 1 - aanpak.nieuw,
        "substitutie.nieuw": aanpak.nieuw,
        "substitutie.bestaand": 1 - aanpak.nieuw,
        "succes.financieel_stabiel": sum(w[t] * mv[t] * float(plat[f"schulden.{t}"]) for t in jong),
        "succes.werk": sum(w[t] * (mv[t] + zwaarte[t]["ev"]) * float(plat[f"geen_werk.{t}"]) for t in jong),
        "succes.schooluitval": w["gezin"] * float(aanpak.kinderen > 0),
        "succes.consulten": nzr,
        "succes.doorverwijzing": nzr,
        "succes.kwaliteit_ouderen": w["oudere"] * mv["oudere"],
        "succes.mantelzorg": w["oudere"] * mv["oudere"],
        "succes.overlast": sum(w[t] * (mv[t] + zwaarte[t]["ev"]) * float(plat[f"overlast.{t}"]) for t in jong),
        **{f"escalatie.{t}": w[t] for t in TYPEN},
        "terugval": 1.0,
    }


def minimaal_verschil(p: float, n: float) -> float:
    """The smallest rise above a share p that n households show four times in five, in a two-sided test at 5%.

    Normal approximation with the variance of each side; NaN where even a share of 1 would not be seen.
    """
    if n <= 0 or p >= 1 or vermogen(p, 1.0, n) < VERMOGEN:
        return float("nan")
    laag, hoog = p, 1.0
    while hoog - laag > 1e-9:
        midden = (laag + hoog) / 2
        laag, hoog = (laag, midden) if vermogen(p, midden, n) >= VERMOGEN else (midden, hoog)
    return hoog - p


def vermogen(p: float, echt: float, n: float) -> float:
    """Chance that n households with true share ``echt`` differ from p in a two-sided test at 5%, on that side."""
    grens = float(ndtri((1 + ZEKERHEID) / 2)) * np.sqrt(p * (1 - p) / n)
    fout = np.sqrt(echt * (1 - echt) / n)
    afstand = abs(echt - p) - grens
    return float(ndtr(afstand / fout)) if fout > 0 else float(afstand > 0)
