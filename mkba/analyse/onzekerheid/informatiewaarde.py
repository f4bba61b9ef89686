"""Value of information: what it is worth to know a group of inputs before deciding, and so what to register first.

The decision: go on with the aanpak for another year, or not. Who stops has saldo 0; who decides now, decides on the
mean of the draws. Data that are kept now inform a year after the start-up, so simulate that one
(``verloop.na_de_opstart``: without frictie). Knowing a group of
inputs would sometimes turn that decision. What this gains on average is the expected value of partial perfect
information (EVPPI), euros NCW of one year of work:

    EVPPI = E[max(E[saldo | group], 0)] - max(E[saldo], 0)

E[saldo | group] is a regression of the drawn saldo on the drawn inputs of the group (Strong, Oakley and Brennan
2014, *Medical Decision Making* 34), so no inner loop of draws is needed. Perfect information is an upper bound: a
registration never tells all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import fdtrc

from mkba.analyse.onzekerheid.simulatie import Simulatie, reken
from mkba.analyse.onzekerheid.trekking import Correlaties, trek
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.model.reeksen import Reeks

MAXIMUM: Final = 20_000
"""The regression uses at most the first so many draws, for its time; the standard error says what that costs."""
HERHALINGEN: Final = 200
"""Draws of the regression coefficients for the standard error."""
TOEVAL: Final = 0.001
"""A group gets a value only if chance alone would fit its terms this well in fewer than 1 of 1,000 cases (F-test):
with few draws the terms of a group without any influence fit something too. A choice."""
GRAAD: Final = 3
"""Highest power per input: the model is nearly a product of its inputs, the third power takes what is left."""
KLEIN: Final = 4
SAMEN: Final = 8
"""Groups of up to 8 inputs also get the products of two, of up to 4 also with a square; the larger ones are sums."""
_PROEF: Final = 50
SALDI: Final = ("saldo", "saldo_gemeente")
"""Whose decision: society (all effects) and the gemeente (money only)."""


@dataclass(frozen=True, slots=True)
class Groep:
    """Inputs that one kind of data would tell about.

    ``begin``: the keys begin with one of these; ``bijlage``: where handleiding bijlage I lists the data ("" when it
    does not); ``registreer``: what to keep, in plain words.
    """

    sleutel: str
    naam: str
    begin: tuple[str, ...]
    bijlage: str
    registreer: str

    def bevat(self, sleutel: str) -> bool:
        """Whether an input belongs to this group."""
        return any(sleutel == b or sleutel.startswith(f"{b}.") for b in self.begin)


GROEPEN: Final[tuple[Groep, ...]] = (
    Groep(
        "nieuw",
        "Nieuw gevonden huishoudens (vraag 10)",
        ("nieuw",),
        "1 en 2b",
        "per huishouden de startdatum en welke trajecten er bij de start al liepen",
    ),
    Groep(
        "meer",
        "Meer trajecten in bestaande cases (vraag 11)",
        ("meer",),
        "2b, 3 en 4",
        "toegevoegde trajecten (type, aanbieder, na zes maanden wel of niet uitgevoerd) naast wat al liep",
    ),
    Groep(
        "substitutie",
        "Minder trajecten: substitutie (vraag 12)",
        ("substitutie",),
        "2b, 3 en 4",
        "de trajecten bij de start en opnieuw na 6, 12 en 18 maanden; wat is geschrapt, en welke acties van het "
        "netwerk daarvoor in de plaats kwamen en zijn uitgevoerd",
    ),
    Groep(
        "succes",
        "Extra effectiviteit (vraag 13)",
        ("succes",),
        "2a, 4 en 5",
        "de problematiek bij de start en na 6, 12 en 18 maanden, en het zorggebruik en de werkloosheid in het gebied; "
        "schooluitval en overbelaste mantelzorgers staan niet in bijlage I en vragen een eigen vraag",
    ),
    Groep(
        "escalatie",
        "Voorkomen escalatie (vraag 14)",
        ("escalatie.gezin", "escalatie.oudere", "escalatie.overig"),
        "3, 4 en 5",
        "interventies tegen huisuitzetting, uithuisplaatsing, OTS en opname; of een huishouden zwaarder wordt na 6, 12 "
        "en 18 maanden; en hoe vaak dit alles in het hele gebied voorkomt",
    ),
    Groep(
        "terugval",
        "Terugval (vraag 15)",
        ("terugval",),
        "4",
        "dezelfde problematiek als bij de start, nog eens na 12 en 18 maanden: houden de effecten stand?",
    ),
    Groep(
        "zorgkosten",
        "Kosten van trajecten per domein",
        ("zorg_aandeel", "substitutie_aandeel"),
        "2b",
        "aantal, duur en kosten per jaar van de trajecten, per domein; kosten alleen door koppeling met de bestanden "
        "van aanbieders of financiers",
    ),
    Groep(
        "trajectkosten",
        "Kosten per traject en per escalatie (vraag 16 tot en met 18)",
        ("traject",),
        "2b",
        "aantal, duur en kosten per jaar van elk soort traject, uit de bestanden van aanbieders of financiers: de "
        "bedragen zijn nu uit het hoofd",
    ),
    Groep(
        "samenloop",
        "Samenloop van escalaties (vraag 18)",
        ("effectmeting",),
        "3 en 5",
        "per huishouden welke escalaties samen zijn voorkomen, en niet alleen het totaal per soort",
    ),
    Groep(
        "escalatiekosten",
        "Kosten van een escalatie",
        ("escalatie.factor", "escalatie.gewicht_ev", "escalatie.gewicht_top", "escalatie.weging_wi"),
        "3 en 4",
        "welke trajecten en opnamen op een escalatie volgden; bijlage I noemt daarvan geen kosten",
    ),
    Groep(
        "effecteuros",
        "Wat een effect waard is in euro's",
        ("effectiviteit", "kinderen", "kwaliteit", "overlast"),
        "",
        "niet door een team bij te houden: landelijk onderzoek naar wat werk, school, gezondheid en rust waard zijn",
    ),
    Groep(
        "wie_betaalt",
        "Wie betaalt en wie bespaart",
        ("actor",),
        "2b en 6",
        "de financier van elk teamlid en elk traject; wie een besparing houdt, is een afspraak (niet in bijlage I)",
    ),
)
"""Every input that is drawn belongs to one of these; bijlage I of the manual numbers its lists 1 to 6."""


def groepeer(sleutels: Sequence[str], groepen: Sequence[Groep] = GROEPEN) -> dict[str, list[str]]:
    """The inputs per group that has any: {group: [keys]}. Raises KeyError for an input without a group."""
    uit: dict[str, list[str]] = {}
    for s in sleutels:
        groep = next((g for g in groepen if g.bevat(s)), None)
        if groep is None:
            raise KeyError(f"{s!r} hoort bij geen groep van invoeren")
        uit.setdefault(groep.sleutel, []).append(s)
    return {g.sleutel: uit[g.sleutel] for g in groepen if g.sleutel in uit}


def informatiewaarde(
    simulatie: Simulatie,
    kengetallen: Kengetallen,
    correlaties: Correlaties | None = None,
    *,
    groepen: Sequence[Groep] = GROEPEN,
    saldi: Sequence[str] = SALDI,
) -> pd.DataFrame:
    """EVPPI per group of inputs for the decisions on ``saldi``, most valuable first.

    The draws of the inputs are made again from seed and correlations of the simulation (or from ``correlaties``).
    Raises ValueError when those draws do not give the outcomes of the simulation.
    Rows: groups; columns groep, invoeren (how many), and per saldo ``<saldo>`` (EVPPI, euros NCW of one year of work,
    never below 0), ``<saldo>_fout`` (standard error) and ``<saldo>_spreiding`` (share of its variance that goes away
    on average when the group is known). Sorted by the largest EVPPI over the saldi when it is more than twice its
    error, then by the share of the spread of the first saldo.
    """
    aantal = min(simulatie.aantal, MAXIMUM)
    samen = simulatie.correlaties if correlaties is None else correlaties
    invoer = trek(simulatie.aanpak, kengetallen, aantal, simulatie.zaad, samen, trekking=simulatie.trekking)
    _zelfde_trekkingen(simulatie, kengetallen, {s: r[:_PROEF] for s, r in invoer.items()})
    y = np.stack([simulatie.reeksen[s][:aantal] for s in saldi], axis=1)
    rijen = []
    for groep, sleutels in groepeer([s for s in invoer if np.ptp(invoer[s]) > 0], groepen).items():
        rijen.append([groep, len(sleutels), *_evppi(_termen({s: invoer[s] for s in sleutels}), y, simulatie.zaad)])
    kolommen = [f"{s}{achter}" for s in saldi for achter in ("", "_fout", "_spreiding")]
    tabel = pd.DataFrame(rijen, columns=["groep", "invoeren", *kolommen])
    echt = np.max([_boven_ruis(tabel, s) for s in saldi], axis=0)
    volgorde = np.lexsort((-tabel[f"{saldi[0]}_spreiding"], -echt))
    return tabel.iloc[volgorde].reset_index(drop=True)


def _zelfde_trekkingen(simulatie: Simulatie, kengetallen: Kengetallen, begin: dict[str, Reeks]) -> None:
    if "saldo" not in simulatie.punt:  # not made by simuleer
        return
    opnieuw = reken(simulatie.aanpak, kengetallen, begin, ("saldo",))[0]["saldo"]
    if not np.allclose(opnieuw, simulatie.reeksen["saldo"][:_PROEF], rtol=1e-9):
        raise ValueError(
            "andere trekkingen dan die van de simulatie: geef dezelfde kengetallen en correlaties, en geen eigen geluk"
        )


def verwachte_winst(reeks: Reeks) -> tuple[float, float]:
    """What it is worth to know everything before deciding (EVPI), and its standard error, euros."""
    gemiddelde = float(reeks.mean())
    return float(winst(gemiddelde, reeks - gemiddelde)), steekproeffout(reeks, reeks)


def _boven_ruis(tabel: pd.DataFrame, saldo: str) -> np.ndarray:
    """The EVPPI where it is more than twice its standard error, else 0."""
    return np.where(tabel[saldo] > 2 * tabel[f"{saldo}_fout"], tabel[saldo], 0.0)


def kolommen(invoer: Mapping[str, Reeks], grenzen: Mapping[str, tuple[float, float]] | None = None) -> Reeks:
    """Regression columns of a group, (n, p), not centred: powers per input, products in small groups.

    ``grenzen``: per input the lowest and highest draw of those that the regression was fitted on, to evaluate it at
    other values.
    """
    # Legendre polynomials on [-1, 1]: powers of the same input would be nearly dependent
    basis = []
    for sleutel, x in invoer.items():
        laag, hoog = grenzen[sleutel] if grenzen is not None else (x.min(), x.max())
        basis.append(np.polynomial.legendre.legvander(2 * (x - laag) / (hoog - laag) - 1, GRAAD)[:, 1:])
    uit = [b[:, g] for b in basis for g in range(GRAAD)]
    for a, b in combinations(basis, 2) if len(basis) <= SAMEN else ():
        uit.append(a[:, 0] * b[:, 0])
        uit += [a[:, 1] * b[:, 0], a[:, 0] * b[:, 1]] if len(basis) <= KLEIN else []
    return np.stack(uit, axis=1)


def orthonormaal(matrix: Reeks) -> Reeks:
    """(p, q) that makes the centred columns of a matrix (n, p) orthonormal, without those that follow from others."""
    waarden, vectoren = np.linalg.eigh(matrix.T @ matrix)
    echt = waarden > 1e-10 * waarden[-1]  # shares that add up to 1 are dependent
    return np.asarray(vectoren[:, echt] / np.sqrt(waarden[echt]))


def _termen(invoer: Mapping[str, Reeks]) -> Reeks:
    """Regression terms of a group, (n, q), as an orthonormal basis."""
    matrix = kolommen(invoer)
    matrix -= matrix.mean(axis=0)
    return np.asarray(matrix @ orthonormaal(matrix))


@dataclass(frozen=True, slots=True)
class Regressie:
    """One saldo on the orthonormal terms of a group: coefficients, how far they are shrunk, variance of the rest."""

    c: Reeks
    krimp: float
    ruis: float
    aandeel: float


def regressie(termen: Reeks, y: Reeks) -> Regressie | None:
    """Fit ``y`` (n,), or None when chance alone could do as well. ``aandeel``: share of the variance, a fraction."""
    n, p = termen.shape
    gemiddelde = float(y.mean())
    som = float(((y - gemiddelde) ** 2).sum())
    c = termen.T @ (y - gemiddelde)
    verklaard, vrijheid = float(c @ c), max(1, n - p - 1)
    ruis = max(0.0, som - verklaard) / vrijheid
    # p terms fit p times the noise by chance: take that out, of the share and of the fitted values alike
    echt = max(0.0, verklaard - p * ruis)
    toeval = ruis > 0 and fdtrc(p, vrijheid, verklaard / p / ruis) > TOEVAL
    if toeval or echt <= 1e-18 * n * max(1.0, gemiddelde**2):
        return None
    return Regressie(c, float(np.sqrt(echt / verklaard)), ruis, min(1.0, echt / som))


def _evppi(termen: Reeks, y: Reeks, zaad: int) -> list[float]:
    """EVPPI, standard error and share of the variance per column of ``y`` (n, m); ``termen`` (n, p) orthonormal."""
    uit: list[float] = []
    for kolom in y.T:
        gevonden = regressie(termen, kolom)
        if gevonden is None:
            uit += [0.0, 0.0, 0.0]
            continue
        gemiddelde = float(kolom.mean())
        herhaald = np.random.default_rng(zaad).standard_normal((termen.shape[1], HERHALINGEN))
        c = gevonden.c
        fit = gevonden.krimp * (termen @ np.column_stack([c, c[:, None] + np.sqrt(gevonden.ruis) * herhaald]))
        winsten = winst(gemiddelde, fit)
        fout = np.hypot(np.std(winsten[1:], ddof=1), steekproeffout(kolom, gemiddelde + fit[:, 0]))
        uit += [float(winsten[0]), float(fout), gevonden.aandeel]
    return uit


def steekproeffout(y: Reeks, fit: Reeks) -> float:
    """Standard error of a gain that comes from the draws themselves: its influence function is y where the decision
    on ``fit`` differs from that on the mean."""
    anders = (fit > 0) != (y.mean() > 0)
    return float(np.std(np.where(anders, y, 0.0), ddof=1) / np.sqrt(y.size))


def winst(gemiddelde: float, afwijking: Reeks) -> Reeks:
    """E[max(expected saldo given the group, 0)] minus that of deciding now, per column of ``afwijking`` (n, m).

    ``afwijking`` averages 0, so this is what the other decision would have gained in the draws where it is better:
    exactly 0 when there are none.
    """
    beter = -1.0 if gemiddelde > 0 else 1.0
    return np.asarray(np.maximum(beter * (gemiddelde + afwijking), 0.0).mean(axis=0))
