"""What the published cases can and cannot tell about the calibrated constants.

Everything follows from one matrix per block: the relative change of each published amount for a relative
change of each constant (an elasticity; a constant of 0 is scaled by its column instead). Its singular values
say how well the constants are determined; its weakest directions say which combinations are not.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.herbouw.gevallen import Geval, laad_gevallen
from mkba.analyse.herbouw.kalibratie import BLOKKEN, KalibratieBlok, Matrix, catalogus, gepubliceerd, gevoeligheden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import naam

NUL: Final = 1e-10
"""Singular values below this share of the largest one are 0."""

ZWAK: Final = 0.10
"""A direction is called weak when a change of 1 in it moves the amounts by less than this (relative)."""


def elasticiteiten(
    blok: KalibratieBlok, kengetallen: Kengetallen, gevallen: Sequence[Geval]
) -> tuple[list[str], list[str], Matrix]:
    """Names of the cases that the block is fitted on and that show the post, names of the constants, and
    the matrix (geval, constante)."""
    gebruikt = [g for g in gevallen if g.naam in blok.gevallen and g.uitkomst[blok.post] > 0]
    waarden = catalogus(blok, kengetallen)
    _, helling = gevoeligheden(blok, kengetallen, gebruikt, waarden)
    return (
        [g.naam for g in gebruikt],
        list(blok.constanten),
        helling * waarden / gepubliceerd(blok, gebruikt)[:, None],
    )


def identificatie(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """Per block: are the constants determined by the cases they are fitted on?

    Columns: blok, gevallen (that show the post), gebruikt (in the fit), constanten, rang, vrijheidsgraden
    (gebruikt minus rang), grootste_sw, kleinste_sw (singular values of the elasticities), conditiegetal
    (inf: not identified), zwakste_richting (in words) and oordeel.
    """
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    rijen = []
    for blok in BLOKKEN.values():
        namen, constanten, matrix = elasticiteiten(blok, kengetallen, alle)
        _, sw, v = np.linalg.svd(matrix)
        rang = int((sw > NUL * sw[0]).sum())
        volledig = rang == len(constanten)
        kleinste = float(sw[-1]) if volledig else 0.0
        rijen.append(
            {
                "blok": blok.naam,
                "gevallen": sum(g.uitkomst[blok.post] > 0 for g in alle),
                "gebruikt": len(namen),
                "constanten": len(constanten),
                "rang": rang,
                "vrijheidsgraden": len(namen) - rang,
                "grootste_sw": float(sw[0]),
                "kleinste_sw": kleinste,
                "conditiegetal": float(sw[0] / kleinste) if volledig else np.inf,
                "zwakste_richting": _in_woorden(constanten, _gericht(v[-1])) if len(constanten) > 1 else "",
                "oordeel": _oordeel(len(namen), len(constanten), rang, kleinste),
            }
        )
    return pd.DataFrame(rijen)


def _oordeel(gevallen: int, constanten: int, rang: int, kleinste: float) -> str:
    delen = []
    if rang < constanten:
        delen.append(f"{constanten - rang} combinatie van constanten niet te bepalen")
    if gevallen == rang:
        delen.append("even veel constanten als gevallen: past altijd precies")
    elif gevallen - rang == 1 and constanten > 1:
        delen.append("zwak: maar een geval meer dan constanten")
    if 0 < kleinste < ZWAK:
        delen.append("zwak in een richting")
    return "; ".join(delen) or "bepaald"


def _gericht(richting: Matrix) -> Matrix:
    """The same direction with its largest part positive."""
    return np.asarray(np.sign(richting[np.abs(richting).argmax()]) * richting)


def _in_woorden(constanten: Sequence[str], richting: Matrix, grens: float = 0.2) -> str:
    """ "consulten_eur omhoog, doorverwijzing_eur omlaag": the constants that take part, largest first."""
    volgorde = np.argsort(-np.abs(richting), kind="stable")
    return ", ".join(
        f"{_kort(constanten[i])} {'omhoog' if richting[i] > 0 else 'omlaag'}"
        for i in volgorde
        if abs(richting[i]) >= grens
    )


def _kort(pad: str) -> str:
    eerste, *rest = pad.split(".")
    if eerste.endswith("_aandeel"):
        return naam(rest[-1])
    return " ".join(rest)


def steun(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """On which cases each calibrated constant rests.

    The relative standard error of a constant, in units of the relative error of the amounts, from the
    cases it is fitted on, and how it grows when one of them is left out. Columns: blok, constante,
    gevallen (of those, how many react to it), standaardfout, hangt_aan (the case whose absence hurts most),
    standaardfout_zonder (inf: without that case the constant is not determined) and enige_bron (True when
    it is not). A constant that is not determined by all cases together has standaardfout inf.
    """
    alle = gevallen if gevallen is not None else laad_gevallen(kengetallen)
    rijen = []
    for blok in BLOKKEN.values():
        namen, constanten, matrix = elasticiteiten(blok, kengetallen, alle)
        met_alles = _standaardfouten(matrix)
        zonder = np.array([_standaardfouten(np.delete(matrix, i, axis=0)) for i in range(len(namen))])
        for j, pad in enumerate(constanten):
            ergste = int(zonder[:, j].argmax())
            bepaald = bool(np.isfinite(met_alles[j]))
            rijen.append(
                {
                    "blok": blok.naam,
                    "constante": pad,
                    "gevallen": int((np.abs(matrix[:, j]) > NUL).sum()),
                    "standaardfout": met_alles[j],
                    "hangt_aan": namen[ergste] if bepaald else "",
                    "standaardfout_zonder": zonder[ergste, j],
                    "enige_bron": bepaald and not np.isfinite(zonder[ergste, j]),
                }
            )
    return pd.DataFrame(rijen)


def _standaardfouten(matrix: Matrix) -> Matrix:
    """Standard error per constant for unit errors in the amounts; inf where not determined."""
    if not matrix.size:
        return np.full(matrix.shape[1], np.inf)
    _, sw, v = np.linalg.svd(matrix, full_matrices=True)
    waarden = np.zeros(matrix.shape[1])
    waarden[: len(sw)] = sw
    goed = waarden > NUL * waarden[0]
    uit = np.sqrt(((v[goed] / waarden[goed, None]) ** 2).sum(axis=0))
    onbepaald = np.abs(v[~goed]).max(axis=0, initial=0.0) > NUL**0.5
    return np.where(onbepaald, np.inf, uit)
