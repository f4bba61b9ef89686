"""Switching values: where an aanpak turns from loss to gain.

Three criteria, each a balance in euros NCW that is 0 at break-even: society (the saldo), all payers together,
and the gemeente alone. A difference is searched and not a ratio: it is straight in every knob and stays
defined where there are no costs (a ratio is NaN there).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import SALDI
from mkba.kern.woorden.velden import KNOPPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.model.reeksen import Reeks, Varieer

VERHOUDING: Final[dict[str, str]] = {
    "maatschappelijk": "kb_maatschappelijk",
    "financieel": "kb_financieel",
    "gemeente": "kb_gemeentelijk",
}
"""The criteria and the ratio that is 1 where the balance is 0."""

KOLOMMEN: Final = [
    *("sleutel", "naam", "criterium", "waarde", "balans", "houdt", "omslagpunt", "richting"),
    *("afstand", "afstand_bereik", "in_bereik", "laag", "hoog", "minimum", "maximum", "oordeel"),
]

RASTER: Final = 101  # one percentage point for a share of 0 to 100%
HALVE_CENT: Final = 0.005  # half a cent: break-even for anything that is printed
_NAUWKEURIG: Final = 1e-6  # euro; far below what is printed, above the noise of sums of millions


def balansen(aanpak: Aanpak, kengetallen: Kengetallen, varieer: Varieer | None = None) -> dict[str, Reeks]:
    """Benefits minus costs in euros NCW per criterium, each (S,); positive is a gain.

    "maatschappelijk": all benefits; "financieel": financial benefits; "gemeente": financial benefits and
    costs of the gemeente only (meta-analysis §4.1). ``varieer`` as in ``bereken``.
    """
    reeksen = bereken(aanpak, kengetallen, varieer).reeksen
    return {criterium: reeksen[sleutel] for criterium, sleutel in SALDI.items()}


def toegestaan(sleutel: str) -> tuple[float, float]:
    """Range of a knob that the invoerscherm accepts."""
    veld = VELDEN[sleutel]
    assert veld.minimum is not None
    assert veld.maximum is not None
    return veld.minimum, veld.maximum


def gepubliceerd_bereik(sleutel: str, kengetallen: Kengetallen) -> tuple[float, float]:
    """Range of a knob that the sources print (kengetal knop.*); of a share without one, what is allowed."""
    veld = VELDEN[sleutel]
    kengetal = kengetallen.getallen.get(veld.standaard or "")
    return toegestaan(sleutel) if kengetal is None else (kengetal.onder, kengetal.boven)


def omslagpunten(aanpak: Aanpak, kengetallen: Kengetallen) -> pd.DataFrame:
    """Per knob of questions 9 to 15 and the share of additional money: where each criterion turns.

    One knob moves over the values that the invoerscherm allows, the rest stays as given. A row per knob and
    criterium ("maatschappelijk", "financieel", "gemeente"); a row more for every further crossing, nearest
    to the present value first. Columns: waarde (now), balans (euros NCW now), houdt (balance not negative
    now), omslagpunt (value of the knob, NaN when there is none), richting ("≥" or "≤": break-even from there
    up or down), afstand (omslagpunt - waarde), afstand_bereik (its size over the width of the published
    range), in_bereik (omslagpunt in it), laag and hoog (that range), minimum and maximum (allowed), oordeel: "omslag",
    "nooit" (loses at every allowed value), "altijd" or "geen invloed".
    """
    sleutels = (*KNOPPEN, "additioneel")
    plat = aanpak.plat()
    grenzen = [toegestaan(s) for s in sleutels]
    raster = np.array([np.linspace(laag, hoog, RASTER) for laag, hoog in grenzen])
    nu = {c: float(b[0]) for c, b in balansen(aanpak, kengetallen).items()}

    def reken(welke: Sequence[int], waarden: Reeks) -> dict[str, Reeks]:
        """Balances when scenario s has only knob ``welke[s]`` at ``waarden[s]``."""
        reeksen = {s: np.full(waarden.size, float(plat[s])) for s in sleutels}
        for plaats, (i, waarde) in enumerate(zip(welke, waarden, strict=True)):
            reeksen[sleutels[i]][plaats] = waarde
        return balansen(aanpak, kengetallen, reeksen)

    op_raster = reken(np.repeat(np.arange(len(sleutels)), RASTER).tolist(), raster.ravel())
    op_raster = {c: b.reshape(raster.shape) for c, b in op_raster.items()}
    takken = []  # (knob, criterium, place on the grid) of every change of sign
    for criterium, balans in op_raster.items():
        boven = balans >= 0
        takken += [(int(i), criterium, int(j)) for i, j in np.argwhere(boven[:, 1:] != boven[:, :-1])]
    wortels = _wortels(takken, raster, op_raster, reken)

    rijen = []
    for i, sleutel in enumerate(sleutels):
        waarde = float(plat[sleutel])
        laag, hoog = gepubliceerd_bereik(sleutel, kengetallen)
        for criterium, basis in nu.items():
            balans = op_raster[criterium][i]
            vlak = np.ptp(balans) <= 1e-9 * max(abs(basis), 1.0)
            gevonden = [] if vlak else [(w, t) for w, t in zip(wortels, takken, strict=True) if t[:2] == (i, criterium)]
            oordeel = "omslag" if gevonden else "geen invloed" if vlak else "altijd" if balans[0] >= 0 else "nooit"
            punten = [(w, "≥" if balans[j + 1] > balans[j] else "≤") for w, (_, _, j) in gevonden]
            for punt, richting in sorted(punten, key=lambda p: abs(p[0] - waarde)) or [(float("nan"), "")]:
                nu_ = (VELDEN[sleutel].label, criterium, waarde, basis, basis >= -HALVE_CENT)
                ver = abs(punt - waarde) / (hoog - laag) if hoog > laag else float("nan")
                plaats = (punt, richting, punt - waarde, ver, laag <= punt <= hoog)
                bereik = (laag, hoog)
                rijen.append((sleutel, *nu_, *plaats, *bereik, *grenzen[i], oordeel))
    return pd.DataFrame(rijen, columns=KOLOMMEN)


def _wortels(
    takken: Sequence[tuple[int, str, int]],
    raster: Reeks,
    op_raster: Mapping[str, Reeks],
    reken: Callable[[Sequence[int], Reeks], dict[str, Reeks]],
) -> list[float]:
    """Roots of all brackets at once: Illinois steps, one model run per step for every bracket together.

    Own steps and not scipy's: on the six printed cases brentq (a bracket at a time) takes 12 times as long and
    elementwise.find_root (Chandrupatla, which halves where the balance is straight) 1.9 times, for the same values.
    """
    if not takken:
        return []
    a = np.array([raster[i, j] for i, _, j in takken])
    b = np.array([raster[i, j + 1] for i, _, j in takken])
    fa = np.array([op_raster[c][i, j] for i, c, j in takken])
    fb = np.array([op_raster[c][i, j + 1] for i, c, j in takken])
    wie, kant = [i for i, _, _ in takken], np.zeros(len(takken))
    for _ in range(100):  # a straight line needs one step; a hundred halvings exhaust a double
        x = np.clip(b - fb * (b - a) / np.where(fb == fa, 1.0, fb - fa), np.minimum(a, b), np.maximum(a, b))
        alle = reken(wie, x)
        fx = np.array([alle[c][k] for k, (_, c, _) in enumerate(takken)])
        if np.abs(fx).max() < _NAUWKEURIG:
            break
        naar_a = (fx >= 0) == (fa >= 0)
        fb = np.where(naar_a & (kant == 1), fb / 2, fb)
        fa = np.where(~naar_a & (kant == -1), fa / 2, fa)
        a, fa = np.where(naar_a, x, a), np.where(naar_a, fx, fa)
        b, fb = np.where(naar_a, b, x), np.where(naar_a, fb, fx)
        kant = np.where(naar_a, 1, -1)
    return [float(w) for w in x]
