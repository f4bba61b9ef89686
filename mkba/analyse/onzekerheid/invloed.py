"""Global sensitivity: which inputs cause the spread of the outcome, alone and together with others.

The spread (variance) of the Monte Carlo outcome is divided over the inputs that are drawn (Sobol 1993; Saltelli et
al. 2008, *Global Sensitivity Analysis: The Primer*, ch. 4). Per input there are two shares:

- ``eerste``: what would go away on average if only this input were known (first-order index);
- ``totaal``: what would remain if all others were known (total index), so with every interaction.

Estimation is SALib's, and the points are those of its sampler, set in rows at once. The scrambled Sobol points stand
for the uniform streams of :mod:`mkba.analyse.onzekerheid.simulatie`, so the inputs and their distributions are those
of the Monte Carlo.

The division holds for inputs that are independent of each other. Inputs that hang together (the correlations of the
catalogue) are therefore one input here: they are drawn as one group of points, coupled by the same copula as in the
Monte Carlo, and groups are independent of each other. What one of a group does on its own has no share of its own.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

import numpy as np
import pandas as pd
from SALib.analyze import sobol as schatter
from scipy.stats import qmc

from mkba.analyse.onzekerheid.simulatie import CEL, reken
from mkba.analyse.onzekerheid.trekking import ZAAD, Copula, Correlaties, Verdeling, koppeling, sluitend, verdelingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import UITKOMSTEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.reeksen import Reeks

PUNTEN: Final = 1024
"""Base points, a power of 2 (Sobol points are only balanced then); k inputs take (k + 2) times as many calculations."""
MINIMUM: Final = 64
HERHALINGEN: Final = 200
"""Bootstrap resamples for the 95% margins."""
RUIMTE: Final = 0.05
"""Share of the spread that may be given up by fixing inputs: 5% less variance is 2.5% less width. A choice."""
KOLOMMEN: Final = ["sleutel", "eerste", "eerste_marge", "totaal", "totaal_marge", "mag_vast"]


@dataclass(frozen=True, eq=False, repr=False)
class Invloed:
    """Shares of the spread of one outcome.

    ``tabel``: a row per drawn input, largest total first: sleutel (of inputs that hang together all keys, joined by
    ``+``); eerste and totaal (fractions of the variance, as
    estimated: a share near 0 may come out slightly negative) with the half width of their 95% interval;
    ``mag_vast``: whether the input belongs to those that together matter at most :data:`RUIMTE`. ``samen_vast``
    and ``samen_vast_marge``: the total index of all those inputs as one group, calculated separately. ``spreiding``:
    standard deviation of the outcome; ``samenspel``: share of the variance that no sum of separate effects explains.
    """

    uitkomst: str
    punten: int
    berekeningen: int
    zaad: int
    spreiding: float
    samenspel: float
    tabel: pd.DataFrame
    samen_vast: float
    samen_vast_marge: float

    @cached_property
    def negatief(self) -> int:
        """How many estimates came out below 0, which a share cannot be."""
        return int((self.tabel[["eerste", "totaal"]] < 0).to_numpy().sum())

    @property
    def vast(self) -> list[str]:
        """Keys of the inputs that may be fixed."""
        return [s for groep in self.tabel.loc[self.tabel["mag_vast"], "sleutel"] for s in groep.split("+")]

    @property
    def invoeren(self) -> int:
        """How many inputs were drawn."""
        return sum(groep.count("+") + 1 for groep in self.tabel["sleutel"])

    def __repr__(self) -> str:
        return f"Invloed({self.uitkomst!r}: {len(self.tabel)} invoeren, {self.berekeningen} berekeningen)"


def invloed(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    uitkomst: str = "saldo",
    aantal: int = PUNTEN,
    zaad: int = ZAAD,
    *,
    correlaties: Correlaties | None = None,
    trekking: Mapping[str, Verdeling] | None = None,
    executor: Executor | None = None,
) -> Invloed:
    """Sobol indices of one outcome over the inputs that are drawn, with 95% bootstrap margins.

    ``aantal``: base points, a power of 2 of at least :data:`MINIMUM`; ``correlaties`` as for ``trek``: inputs that
    hang together share one row. ``trekking`` replaces ``verdelingen``. Which inputs may be fixed: from the least
    important upward, as long as the upper ends of the 95% intervals of their totals add up to at most :data:`RUIMTE`
    (a sum of totals is never below the total of the group, so the group stays within it too). The numbers do not
    depend on ``executor``. Raises InvoerFout for a wrong number of points or an outcome that is not a number
    everywhere, and KeyError for an unknown outcome. Without any spread the table is empty.
    """
    if uitkomst not in UITKOMSTEN:
        raise KeyError(f"{uitkomst!r}: geef een uitkomst uit: {', '.join(UITKOMSTEN)}")
    _controleer(aantal, zaad)
    gekozen = {
        s: v for s, v in (verdelingen(aanpak, kengetallen) if trekking is None else trekking).items() if v.laag < v.hoog
    }
    copula = koppeling(kengetallen, gekozen, correlaties)
    werk = partial(_uitkomsten, aanpak, kengetallen, gekozen, copula, uitkomst)
    losse = {s: s for s in gekozen} | copula.groepen()
    tabel, spreiding, keren, proef = schat(werk, gekozen, losse, aantal, zaad, executor)
    tabel = tabel.sort_values("totaal", ascending=False, kind="stable").reset_index(drop=True)
    tabel["mag_vast"] = _mag_vast(tabel)
    samen = samen_marge = 0.0
    vast = set(tabel.loc[tabel["mag_vast"], "sleutel"])
    if vast and len(vast) < len(tabel):
        groepen = {s: "vast" if losse[s] in vast else "vrij" for s in gekozen}
        groep, _, extra, _ = schat(werk, gekozen, groepen, aantal, zaad, executor)
        keren += extra
        samen, samen_marge = (float(groep.set_index("sleutel").at["vast", k]) for k in ("totaal", "totaal_marge"))
    samenspel = _samenspel(gekozen, copula, *proef)
    return Invloed(uitkomst, aantal, keren, zaad, spreiding, samenspel, tabel[KOLOMMEN], samen, samen_marge)


def vastgezet(trekking: Mapping[str, Verdeling], sleutels: list[str]) -> dict[str, Verdeling]:
    """The distributions with some inputs fixed at the mean of theirs.

    Not at the value as given: that often lies at the end of its range, and many small shifts to one side
    together move the middle.
    """
    uit = dict(trekking)
    for s in sleutels:
        m = trekking[s].gemiddelde
        uit[s] = Verdeling("uniform", m, m, m)
    return uit


def schat(
    werk: "partial[Reeks]",
    gekozen: Mapping[str, Verdeling],
    groepen: Mapping[str, str],
    aantal: int,
    zaad: int,
    executor: Executor | None,
) -> tuple[pd.DataFrame, float, int, tuple[Reeks, Reeks]]:
    """Indices per group of inputs, the standard deviation of the outcome, the number of calculations, and the points
    that are independent of each other with their outcomes, (2 n, k) and (2 n,)."""
    kolommen = ["sleutel", *KOLOMMEN[1:5]]
    leeg = np.empty((0, len(gekozen))), np.empty(0)
    if not gekozen:
        return pd.DataFrame(columns=kolommen), 0.0, 0, leeg
    namen = list(dict.fromkeys(groepen[s] for s in gekozen))  # the order in which the estimator returns groups
    probleem: dict[str, Any] = {
        "num_vars": len(gekozen),
        "names": list(gekozen),
        "bounds": [[0.0, 1.0]] * len(gekozen),
        "groups": [groepen[s] for s in gekozen],
    }
    u = punten([namen.index(groepen[s]) for s in gekozen], aantal, zaad)
    blokken = [u[i : i + CEL] for i in range(0, len(u), CEL)]
    y = np.concatenate(list((map if executor is None else executor.map)(werk, blokken)))
    if not np.isfinite(y).all():
        oorzaak = "deze uitkomst is niet bij elke trekking een getal (een verhouding zonder kosten)."
        raise InvoerFout([Melding("uitkomst", werk.args[-1], oorzaak, "Kies saldo.", "invloed")])
    spreiding = float(y.std())
    if spreiding <= 1e-12 * max(1.0, float(np.abs(y).max())):
        return pd.DataFrame(columns=kolommen), 0.0, len(u), leeg
    if len(namen) == 1:  # its share is known; an estimate of it is 1.01 or so, which no share can be
        s = {"S1": 1.0, "S1_conf": 0.0, "ST": 1.0, "ST_conf": 0.0}
    else:
        s = schatter.analyze(
            probleem, y, calc_second_order=False, num_resamples=HERHALINGEN, conf_level=0.95, seed=zaad + 1
        )  # the estimator takes seed 0 for none
    tabel = pd.DataFrame(
        {
            "sleutel": namen,
            "eerste": s["S1"],
            "eerste_marge": s["S1_conf"],
            "totaal": s["ST"],
            "totaal_marge": s["ST_conf"],
        }
    )
    stap = len(namen) + 2  # per base point: one of A, one per group that is partly B, one of B
    los = np.arange(len(u)) % stap
    los = (los == 0) | (los == stap - 1)
    return tabel, spreiding, len(u), (u[los], y[los])


def punten(groep: Sequence[int], aantal: int, zaad: int) -> Reeks:
    """Points of the unit cube, (aantal * (groups + 2), k), for k inputs of which ``groep`` says the group (0, 1, ...).

    Per base point a row of A, per group one of A with that group of B, and one of B (Saltelli et al. 2010, table 2):
    what ``SALib.sample.sobol.sample`` gives without second order, which fills the array number by number.
    """
    basis = qmc.Sobol(d=2 * len(groep), scramble=True, seed=zaad).random(aantal)
    a, b = basis[:, None, : len(groep)], basis[:, None, len(groep) :]
    van_b = np.asarray(groep) == np.arange(max(groep) + 1)[:, None]
    return np.concatenate([a, np.where(van_b, b, a), b], axis=1).reshape(-1, len(groep))


def _samenspel(gekozen: Mapping[str, Verdeling], copula: Copula, u: Reeks, y: Reeks) -> float:
    """What a sum of cubic curves, one per input, leaves unexplained: 1 minus the adjusted R squared, at least 0.

    Far more precise than 1 minus the sum of the first-order shares, whose errors add up.
    """
    if not y.size:
        return 0.0
    x = [(w - v.laag) / (v.hoog - v.laag) for w, v in zip(_waarden(gekozen, copula, u), gekozen.values(), strict=True)]
    termen = np.column_stack([np.ones(y.size), *(w**g for w in x for g in (1, 2, 3))])
    rest = y - termen @ np.linalg.lstsq(termen, y, rcond=None)[0]
    vrijheid = max(1, y.size - termen.shape[1])
    return float(min(1.0, max(0.0, rest @ rest / vrijheid / y.var(ddof=1))))


def _waarden(gekozen: Mapping[str, Verdeling], copula: Copula, u: Reeks) -> list[Reeks]:
    """The inputs at points (n, k) of the unit cube, in the order of ``gekozen``."""
    samen = copula.koppel({s: u[:, i] for i, s in enumerate(gekozen)})
    return [v.kwantiel(samen[s]) for s, v in gekozen.items()]


def _uitkomsten(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    gekozen: Mapping[str, Verdeling],
    copula: Copula,
    uitkomst: str,
    u: Reeks,
) -> Reeks:
    """The outcome at points (n, k) of the unit cube, in the order of ``gekozen``."""
    varieer = sluitend(dict(zip(gekozen, _waarden(gekozen, copula, u), strict=True)), kengetallen)
    reeks = reken(aanpak, kengetallen, varieer, (uitkomst,))[0][uitkomst]
    return np.broadcast_to(reeks, (len(u),)).copy()


def _mag_vast(tabel: pd.DataFrame) -> list[bool]:
    boven = np.maximum(tabel["totaal"].to_numpy(float), 0.0) + tabel["totaal_marge"].to_numpy(float)
    volgorde = np.argsort(boven, kind="stable")
    uit = np.zeros(len(tabel), dtype=bool)
    uit[volgorde[np.cumsum(boven[volgorde]) <= RUIMTE]] = True
    return [bool(w) for w in uit]


def _controleer(aantal: int, zaad: int) -> None:
    geheel = isinstance(aantal, int) and not isinstance(aantal, bool)
    if not geheel or aantal < MINIMUM or aantal & (aantal - 1):
        oorzaak = f"het aantal punten is een macht van 2 en minstens {MINIMUM}."
        raise InvoerFout([Melding("punten", aantal, oorzaak, f"Gebruik {PUNTEN}, of het dubbele.", "invloed")])
    if isinstance(zaad, bool) or not isinstance(zaad, int) or not 0 <= zaad < 2**32:
        oorzaak = "een zaad is een geheel getal van 0 tot 4.294.967.295."
        raise InvoerFout([Melding("zaad", zaad, oorzaak, f"Gebruik {ZAAD}.", "invloed")])
