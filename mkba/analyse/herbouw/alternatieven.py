"""Other fits beside the recipe: would the published amounts be met better?

Each alternative changes one choice of a block: which cases take part, the criterion, or a constant that
the recipe holds at 0. One more changes a formula (:func:`werk_bij_nieuw`). The rule set keeps its constants and the
model its formulas; this is evidence for a reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from mkba.analyse.herbouw.gevallen import GEVALLEN, Geval, laad_gevallen
from mkba.analyse.herbouw.kalibratie import (
    BLOKKEN,
    KalibratieBlok,
    Parameter,
    bedragen,
    catalogus,
    gepubliceerd,
    pas_aan,
)
from mkba.analyse.herbouw.reproductie import halve_stap
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.model.berekening import Uitkomst, bereken


@dataclass(frozen=True)
class Alternatief:
    """A block fitted in another way, with what differs in words."""

    blok: KalibratieBlok
    keuze: str


def vrijgegeven(blok: KalibratieBlok) -> KalibratieBlok:
    """The block with the constants that the recipe holds fixed fitted as well."""
    extra = tuple(Parameter(pad, {pad: 1.0}) for pad in blok.vast)
    return replace(blok, parameters=(*blok.parameters, *extra), vast={})


def _alle_gevallen(naam: str) -> Alternatief:
    blok = replace(BLOKKEN[naam], methode="kleinste absolute afwijking relatief", gevallen=GEVALLEN)
    return Alternatief(blok, "alle gevallen doen mee, kleinste absolute relatieve afwijking")


ALTERNATIEVEN: Final[tuple[Alternatief, ...]] = (
    Alternatief(vrijgegeven(BLOKKEN["zorg_aandeel"]), "ZVW niet vast op 0"),
    Alternatief(vrijgegeven(BLOKKEN["substitutie_aandeel"]), "ZVW niet vast op 0"),
    Alternatief(vrijgegeven(BLOKKEN["escalatie"]), "top van ouderen niet vast op 0"),
    _alle_gevallen("effectiviteit"),
    _alle_gevallen("kwaliteit"),
    _alle_gevallen("overlast"),
)


def alternatieven(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """Deviation per case with the rule set and with each alternative.

    Columns: blok, keuze, constanten (fitted), geval, gepubliceerd_eur, catalogus_pct, alternatief_pct,
    catalogus_exact and alternatief_exact (within half of the published step).
    """
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    rijen = []
    for a in ALTERNATIEVEN:
        tonend = [g for g in alle if g.uitkomst[a.blok.post] > 0]
        y, marge = gepubliceerd(a.blok, tonend), halve_stap(a.blok.post)
        waarden = pas_aan(a.blok, kengetallen, tonend)
        punten = np.vstack([catalogus(a.blok, kengetallen), [waarden[p] for p in a.blok.constanten]])
        nu, anders = bedragen(a.blok, kengetallen, tonend, punten) - y
        for i, geval in enumerate(tonend):
            rijen.append(
                {
                    "blok": a.blok.naam,
                    "keuze": a.keuze,
                    "constanten": len(a.blok.parameters),
                    "geval": geval.naam,
                    "gepubliceerd_eur": y[i],
                    "catalogus_pct": 100 * nu[i] / y[i],
                    "alternatief_pct": 100 * anders[i] / y[i],
                    "catalogus_exact": bool(abs(nu[i]) <= marge),
                    "alternatief_exact": bool(abs(anders[i]) <= marge),
                }
            )
    return pd.DataFrame(rijen)


_DELEN: Final = ("werk", "schulden", "zorggebruik")
AANDEEL: Final = "effectiviteit.schuldenvrij_bestaand"
"""Footnote 12 prints two shares for schuldhulp; the model uses the first (45%) and not this one."""
_BASIS: Final = "standaard"


def werk_bij_nieuw(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """Another formula for the benefit of work: times (1 + share · nieuw), with footnote 12's second share.

    A row per case. Columns: geval, nieuw, gepubliceerd_eur; deviation of *effectiviteit* in percent: catalogus_pct
    (the rule set), zonder_pct (the three constants of the post fitted again on all cases, relative least squares) and
    met_pct (the same fit with the other formula); ``impliciet``: the share that this case needs, beside *standaard* and
    with the other two constants of the rule set (NaN where work plays no part); kb_gepubliceerd, kb_catalogus,
    kb_zonder and kb_met: the maatschappelijke ratio.
    """
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    uitkomsten = [bereken(g.aanpak, kengetallen) for g in alle]
    delen = np.array([[_regel(u, deel) for deel in _DELEN] for u in uitkomsten])
    y = np.array([g.uitkomst["effectiviteit"] for g in alle])
    nieuw = np.array([g.aanpak.nieuw for g in alle])
    anders = delen * np.column_stack([1.0 + kengetallen[AANDEEL] * nieuw, np.ones((len(alle), 2))])
    zonder, met = (r @ nnls(r / y[:, None], np.ones(len(alle)))[0] for r in (delen, anders))
    kosten = np.array([u["totale_kosten"] for u in uitkomsten])
    baten = np.array([u["totale_baten"] - u["effectiviteit"] for u in uitkomsten])
    return pd.DataFrame(
        {
            "geval": [g.naam for g in alle],
            "nieuw": nieuw,
            "gepubliceerd_eur": y,
            "catalogus_pct": 100 * (delen.sum(axis=1) / y - 1),
            "zonder_pct": 100 * (zonder / y - 1),
            "met_pct": 100 * (met / y - 1),
            "impliciet": _impliciet(delen, y, nieuw, [g.naam for g in alle].index(_BASIS)),
            "kb_gepubliceerd": [g.uitkomst["kb_maatschappelijk"] for g in alle],
            "kb_catalogus": [u["kb_maatschappelijk"] for u in uitkomsten],
            "kb_zonder": (baten + zonder) / kosten,
            "kb_met": (baten + met) / kosten,
        }
    )


def _regel(uitkomst: Uitkomst, deel: str) -> float:
    return next(float(r.bedrag[0]) for r in uitkomst.grootboek.regels if r.naam == f"effectiviteit.{deel}")


def _impliciet(delen: np.ndarray, y: np.ndarray, nieuw: np.ndarray, basis: int) -> np.ndarray:
    """The share s of which the published work of a case is (1 + s·nieuw) / (1 + s·nieuw of ``basis``) as large."""
    met_werk = delen[:, 0] > 0
    werk = np.divide(y - delen[:, 1:].sum(axis=1), delen[:, 0], out=np.full(y.size, np.nan), where=met_werk)
    verhouding = werk / werk[basis]
    noemer = nieuw - verhouding * nieuw[basis]
    uit = np.full(y.size, np.nan)
    anders = met_werk & (np.arange(y.size) != basis)
    uit[anders] = (verhouding[anders] - 1.0) / noemer[anders]
    return uit
