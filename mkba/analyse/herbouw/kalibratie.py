"""Calibration: the calibrated constants fitted again from the published cases.

The amounts come from the model itself (:func:`bedragen` evaluates it with other constants); nothing of it
is repeated here. The model is linear in each constant separately, so a difference with a step of 1 is an
exact derivative (:func:`gevoeligheden`); in every block but *escalatie* it is linear in all together.

The recipe per block that gives the constants of the rule set back:

- *zorg_aandeel*, *substitutie_aandeel*: non-negative least squares on relative deviations, all cases that
  show the post, ZVW held at 0;
- *escalatie*: non-linear least squares on relative deviations, six cases, ouderen to the top held at 0;
- *effectiviteit*, *kwaliteit*, *overlast*: least absolute deviations in euros over the cases whose printed
  inputs give the households of their own screen exactly. That criterion meets as many amounts exactly as
  there are constants. Voorbeeld 2
  (its 44% was 43.5%) and voorbeeld 5 (shares that add up to 99%) print rounded inputs, and are predicted;
- *kinderen*: least squares in euros (one constant, three cases, all within rounding).
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import least_squares, linprog, lsq_linear, nnls

from mkba.analyse.herbouw.gevallen import GEVALLEN, Geval, laad_gevallen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.model.berekening import bereken_reeks

Methode = Literal[
    "nnls relatief",
    "least_squares relatief",
    "kleinste absolute afwijking",
    "kleinste absolute afwijking relatief",
    "kleinste kwadraten",
]
Matrix = NDArray[np.float64]

RONDE_INVOER: Final = ("standaard", "voorbeeld-1", "voorbeeld-3", "voorbeeld-4")
"""Cases whose printed inputs give the households of their own screen exactly (huishoudens bij fte)."""


@dataclass(frozen=True)
class Parameter:
    """What is fitted: one kengetal, or several that keep a fixed proportion (kengetal -> factor)."""

    naam: str
    kengetallen: Mapping[str, float]


@dataclass(frozen=True)
class KalibratieBlok:
    """The constants of one post that are fitted together.

    ``vast``: constants held at a value; ``gevallen``: cases that take part; the others are predicted.
    """

    naam: str
    post: str
    parameters: tuple[Parameter, ...]
    methode: Methode
    gevallen: tuple[str, ...]
    vast: Mapping[str, float]

    @property
    def constanten(self) -> tuple[str, ...]:
        """The kengetallen of the block that are fitted, in order."""
        return tuple(pad for p in self.parameters for pad in p.kengetallen)

    @property
    def koppeling(self) -> Matrix:
        """(constante, parameter): how the kengetallen follow from what is fitted."""
        return np.array([[p.kengetallen.get(pad, 0.0) for p in self.parameters] for pad in self.constanten])


def _enkel(*paden: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(pad, {pad: 1.0}) for pad in paden)


_ZORGGEBRUIK: Final = Parameter(
    # doorverwijzing (13e) is half of consulten (13d) in every case: only one number can be fitted, and
    # twice the amount for a knob that is half as large gives both the same weight
    "effectiviteit.zorggebruik",
    {"effectiviteit.consulten_eur": 1.0, "effectiviteit.doorverwijzing_eur": 2.0},
)

BLOKKEN: Final[dict[str, KalibratieBlok]] = {
    blok.naam: blok
    for blok in (
        KalibratieBlok(
            "zorg_aandeel",
            "kosten_extra_zorg",
            _enkel(*(f"zorg_aandeel.{d}" for d in ("wi", "zw", "jeugd"))),
            "nnls relatief",
            GEVALLEN,
            {"zorg_aandeel.zvw": 0.0},
        ),
        KalibratieBlok(
            "substitutie_aandeel",
            "substitutie",
            _enkel(*(f"substitutie_aandeel.{d}" for d in ("wi", "zw", "jeugd"))),
            "nnls relatief",
            GEVALLEN,
            {"substitutie_aandeel.zvw": 0.0},
        ),
        KalibratieBlok(
            "effectiviteit",
            "effectiviteit",
            (*_enkel("effectiviteit.werk_eur", "effectiviteit.schulden_eur"), _ZORGGEBRUIK),
            "kleinste absolute afwijking",
            RONDE_INVOER,
            {},
        ),
        KalibratieBlok(
            "escalatie",
            "escalatie",
            _enkel(
                "escalatie.factor",
                "escalatie.gewicht_ev",
                "escalatie.gewicht_top.gezin",
                "escalatie.gewicht_top.overig",
                "escalatie.weging_wi",
            ),
            "least_squares relatief",
            GEVALLEN,
            {"escalatie.gewicht_top.oudere": 0.0},
        ),
        KalibratieBlok(
            "kinderen",
            "ontwikkelingskansen",
            _enkel("kinderen.baat_eur"),
            "kleinste kwadraten",
            RONDE_INVOER,
            {},
        ),
        KalibratieBlok(
            "kwaliteit",
            "kwaliteit_van_leven",
            _enkel("kwaliteit.schulden_qaly", "kwaliteit.ouderen_qaly"),
            "kleinste absolute afwijking",
            RONDE_INVOER,
            {},
        ),
        KalibratieBlok(
            "overlast",
            "overlast",
            _enkel("overlast.overlast_eur", "overlast.nieuw_eur", "overlast.escalatie_eur"),
            "kleinste absolute afwijking",
            RONDE_INVOER,
            {},
        ),
    )
}
"""The blocks of calibrated constants, by name."""


def bedragen(blok: KalibratieBlok, kengetallen: Kengetallen, gevallen: Sequence[Geval], constanten: Matrix) -> Matrix:
    """Amounts of the block's post from the model, euros: (k, constante) -> (k, geval)."""
    varieer: dict[str, Matrix] = {pad: constanten[:, i] for i, pad in enumerate(blok.constanten)}
    varieer |= {pad: np.full(len(constanten), waarde) for pad, waarde in blok.vast.items()}
    return np.stack([bereken_reeks(g.aanpak, kengetallen, varieer, (blok.post,))[blok.post] for g in gevallen], axis=1)


def gevoeligheden(
    blok: KalibratieBlok, kengetallen: Kengetallen, gevallen: Sequence[Geval], constanten: Matrix
) -> tuple[Matrix, Matrix]:
    """Amounts (geval,) and their derivatives (geval, constante) at ``constanten`` (constante,).

    Exact: the model is linear in each constant, so a step of 1 gives the derivative.
    """
    stappen = np.vstack([constanten, constanten + np.eye(len(constanten))])
    uit = bedragen(blok, kengetallen, gevallen, stappen)
    return uit[0], (uit[1:] - uit[0]).T


def catalogus(blok: KalibratieBlok, kengetallen: Kengetallen) -> Matrix:
    """The constants of the block in the rule set, (constante,)."""
    return np.array([kengetallen[pad] for pad in blok.constanten])


def gepubliceerd(blok: KalibratieBlok, gevallen: Sequence[Geval]) -> Matrix:
    """Published amounts of the block's post, euros (geval,)."""
    return np.array([g.uitkomst[blok.post] for g in gevallen])


def pas_aan(blok: KalibratieBlok, kengetallen: Kengetallen, gevallen: Sequence[Geval]) -> dict[str, float]:
    """Fit the block on ``gevallen`` that show the post: {constante: value}.

    Raises ValueError when none of them shows the post.
    """
    tonend = [g for g in gevallen if g.uitkomst[blok.post] > 0]
    if not tonend:
        raise ValueError(f"geen geval toont de post {blok.post}")
    y, koppeling = gepubliceerd(blok, tonend), blok.koppeling
    if blok.methode == "least_squares relatief":
        parameters = _niet_lineair(blok, kengetallen, tonend, y)
    else:
        _, per_constante = gevoeligheden(blok, kengetallen, tonend, np.zeros(len(koppeling)))
        parameters = _lineair(blok.methode, per_constante @ koppeling, y)
    return dict(zip(blok.constanten, (koppeling @ parameters).tolist(), strict=True))


def _lineair(methode: Methode, ontwerp: Matrix, y: Matrix) -> Matrix:
    if methode == "nnls relatief":
        return np.asarray(nnls(ontwerp / y[:, None], np.ones(len(y)))[0])
    schaal = np.abs(ontwerp).max(axis=0)  # constants from 0.06 to 54,535: scale for the solvers
    if methode == "kleinste kwadraten":
        return np.asarray(lsq_linear(ontwerp / schaal, y, bounds=(0, np.inf)).x / schaal)
    # least absolute deviations as a linear programme: minimise sum t with -t <= Xc - y <= t
    m, n = ontwerp.shape
    x = ontwerp / schaal
    uit = linprog(
        np.r_[np.zeros(n), 1 / y if methode.endswith("relatief") else np.ones(m)],
        A_ub=np.block([[x, -np.eye(m)], [-x, -np.eye(m)]]),
        b_ub=np.r_[y, -y],
        bounds=[(0, None)] * (n + m),
        method="highs-ds",
    )
    return np.asarray(uit.x[:n] / schaal)


def _niet_lineair(blok: KalibratieBlok, kengetallen: Kengetallen, gevallen: Sequence[Geval], y: Matrix) -> Matrix:
    # the amounts are linear in each constant separately: their values where every parameter is 0 or 1
    # say what they are everywhere, and the solver need not call the model again
    k = len(blok.parameters)
    hoeken = np.array(list(itertools.product((0.0, 1.0), repeat=k)))
    waarden = bedragen(blok, kengetallen, gevallen, hoeken @ blok.koppeling.T).reshape(*(2,) * k, len(y)) / y

    def afwijking(p: Matrix) -> Matrix:
        return _interpoleer(waarden, np.stack([1 - p, p], axis=1)) - 1

    def helling(p: Matrix) -> Matrix:
        gewicht = np.stack([1 - p, p], axis=1)
        kolommen = []
        for i in range(k):
            afgeleide = gewicht.copy()
            afgeleide[i] = -1.0, 1.0
            kolommen.append(_interpoleer(waarden, afgeleide))
        return np.stack(kolommen, axis=1)

    # the fit must not need the answer: all constants start equal, at a few levels; the best fit counts
    pogingen = [
        least_squares(
            afwijking,
            np.full(k, start),
            helling,
            bounds=(0, np.inf),
            x_scale="jac",
            ftol=1e-12,
            xtol=1e-12,
            gtol=1e-12,
            max_nfev=200,
        )
        for start in (0.25, 0.5, 1.0)
    ]
    return np.asarray(min(pogingen, key=lambda poging: poging.cost).x)


def _interpoleer(waarden: Matrix, gewicht: Matrix) -> Matrix:
    """Weighted sum over the corners: (2, ..., 2, geval) and (parameter, 2) -> (geval,)."""
    for twee in gewicht:
        waarden = np.tensordot(twee, waarden, axes=1)
    return waarden


def kalibreer(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """All calibrated constants fitted again, beside the rule set.

    Columns: blok, constante, eenheid, catalogus, kalibratie, verschil_pct, zelfde_cijfers (the fit rounded
    to the decimals of the catalogue is the catalogue's number), methode, gevallen (fitted on).
    """
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    rijen = []
    for blok in BLOKKEN.values():
        gebruikt = _gekozen(blok, alle)
        for pad, waarde in pas_aan(blok, kengetallen, gebruikt).items():
            vast = kengetallen[pad]
            rijen.append(
                {
                    "blok": blok.naam,
                    "constante": pad,
                    "eenheid": kengetallen.getallen[pad].eenheid,
                    "catalogus": vast,
                    "kalibratie": waarde,
                    "verschil_pct": 100 * (waarde / vast - 1) if vast else np.nan,
                    "zelfde_cijfers": round(waarde, _decimalen(vast)) == vast,
                    "methode": blok.methode,
                    "gevallen": ", ".join(g.naam for g in gebruikt if g.uitkomst[blok.post] > 0),
                }
            )
    return pd.DataFrame(rijen)


def voorspellingen(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """Per block and case: published, with the rule set, fitted, and predicted without that case.

    Columns: blok, geval, gepubliceerd_eur, catalogus_pct, kalibratie_pct, zonder_eur, zonder_pct (deviation
    in percent of the published amount), in_kalibratie (False: the case never takes part, so ``zonder`` is
    the fit itself), bepaald (the remaining cases determine the prediction; zonder is NaN when not) and
    versterking: the relative error of the prediction when every remaining amount has an independent
    relative error of 1 (near 1: interpolation; 10: a rounding of 0.5% becomes 5%).
    """
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    rijen = []
    for blok in BLOKKEN.values():
        tonend = [g for g in alle if g.uitkomst[blok.post] > 0]
        y = gepubliceerd(blok, tonend)
        gebruikt = _gekozen(blok, tonend)
        vast = catalogus(blok, kengetallen)
        fit = _rij(blok, pas_aan(blok, kengetallen, gebruikt))
        met_catalogus, met_fit = bedragen(blok, kengetallen, tonend, np.vstack([vast, fit]))
        _, helling = gevoeligheden(blok, kengetallen, tonend, vast)
        relatief = helling @ blok.koppeling / y[:, None]
        for i, geval in enumerate(tonend):
            rest = [g for g in gebruikt if g.naam != geval.naam]
            bepaald, versterking = _bepaald(
                relatief[i], relatief[[tonend.index(g) for g in rest]] if rest else relatief[:0]
            )
            zonder = np.nan
            if bepaald:
                constanten = _rij(blok, pas_aan(blok, kengetallen, rest))
                zonder = float(bedragen(blok, kengetallen, [geval], constanten[None])[0, 0])
            rijen.append(
                {
                    "blok": blok.naam,
                    "geval": geval.naam,
                    "gepubliceerd_eur": y[i],
                    "catalogus_pct": 100 * (met_catalogus[i] / y[i] - 1),
                    "kalibratie_pct": 100 * (met_fit[i] / y[i] - 1),
                    "zonder_eur": zonder,
                    "zonder_pct": 100 * (zonder / y[i] - 1),
                    "in_kalibratie": geval in gebruikt,
                    "bepaald": bepaald,
                    "versterking": versterking,
                }
            )
    return pd.DataFrame(rijen)


def _bepaald(rij: Matrix, rest: Matrix, grens: float = 1e-9) -> tuple[bool, float]:
    """Whether ``rij`` is a combination of the rows of ``rest``, and the length of that combination."""
    if rest.size == 0:
        return False, np.inf
    schaal = np.abs(np.vstack([rest, rij])).max(axis=0)
    schaal = np.where(schaal > 0, schaal, 1.0)
    gewichten, *_ = np.linalg.lstsq((rest / schaal).T, rij / schaal, rcond=grens)
    over = np.abs(gewichten @ (rest / schaal) - rij / schaal).max()
    return (True, float(np.linalg.norm(gewichten))) if over < grens**0.5 else (False, np.inf)


def _gekozen(blok: KalibratieBlok, gevallen: Sequence[Geval]) -> list[Geval]:
    return [g for g in gevallen if g.naam in blok.gevallen]


def _rij(blok: KalibratieBlok, waarden: Mapping[str, float]) -> Matrix:
    return np.array([waarden[pad] for pad in blok.constanten])


def _decimalen(waarde: float) -> int:
    """Decimals with which the catalogue writes a number: 54535 -> 0, 0.1293 -> 4."""
    tekst = repr(waarde)
    return 0 if tekst.endswith(".0") else len(tekst.partition(".")[2])
