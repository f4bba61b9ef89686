"""Tables of a doelgroepenanalyse, and the frames that its figures draw."""

from typing import Any

import numpy as np
import pandas as pd

from mkba.analyse.doelgroepen.statistiek import Doelgroepen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import heel
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN, naam
from mkba.kern.zaak.gebied import LAND
from mkba.uitvoer.aanpak.tabellen import eenmaal
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel

KLASSENAMEN = {
    "ev": "Geen probleem of ev",
    "zr": "Meervoudig, zelfredzaam",
    "nzr": "Meervoudig, niet-zelfredzaam",
    "top": "Top",
}


BAND = ("mv laag", "mv hoog")
"""Heads of the low and the high end of the band of the mv share."""
ALLE_GEBIEDEN = "Alle gebieden"
ALLE_HUISHOUDENS = "Alle huishoudens"


def telling(aantallen: np.ndarray) -> Tabel:
    """Whole households by type (rows) and class (columns) with totals that add up exactly.

    ``aantallen``: (type, klasse), fractional; rounding keeps the sum of all households.
    """
    tabel = pd.DataFrame(heel(aantallen), index=[naam(t) for t in TYPEN], columns=[KLASSENAMEN[k] for k in KLASSEN])
    tabel["Totaal"] = tabel.sum(axis=1)
    tabel.loc[ALLE_HUISHOUDENS] = tabel.sum()
    return Tabel(tabel, "aantal", vet=[ALLE_HUISHOUDENS], bijschrift="Aantal huishoudens")


def aandelen(aantallen: np.ndarray) -> pd.DataFrame:
    """Shares of the classes within each type and in total, fractions; rows as in figuur 2.2, total first.

    A type without households has no shares (NaN): 0% in every class would not add up to 100%.
    """
    alles = np.vstack([aantallen.sum(axis=0), aantallen])
    som = alles.sum(axis=1, keepdims=True)
    deel = np.divide(alles, som, out=np.full(alles.shape, np.nan), where=som > 0)
    return pd.DataFrame(deel, index=["Totaal", *(naam(t) for t in TYPEN)], columns=list(KLASSEN))


def aandelentabel(aantallen: np.ndarray) -> Tabel:
    """:func:`aandelen` with the names of the classes; a type without households has no shares, and its row says so."""
    tabel = aandelen(aantallen).rename(columns=KLASSENAMEN)
    leeg = tabel.sum(axis=1) == 0
    namen = {rij: f"{rij} (geen huishoudens)" for rij in tabel.index[leeg]}
    return Tabel(tabel.mask(leeg, np.nan).rename(index=namen), "fractie1")


def per_gebied(analyse: Doelgroepen) -> Tabel:
    """A row per area and, with several, their total: whole households per class, the mv share and its band.

    An area without households has no share and no band.
    """
    per_klasse = analyse.hele_aantallen.sum(axis=1)
    rijen = [
        _gebiedsrij(gebied.naam, gebied.code, per_klasse[i], analyse.aantallen[i], analyse.mv_band[i])
        for i, gebied in enumerate(analyse.gebieden)
    ]
    if len(rijen) > 1:
        rijen.append(_gebiedsrij(ALLE_GEBIEDEN, "", per_klasse.sum(axis=0), analyse.totaal, analyse.mv_band_totaal[0]))
    aantallen = dict.fromkeys(("huishoudens", *KLASSENAMEN.values()), "aantal")
    return Tabel(pd.DataFrame(rijen), aantallen | dict.fromkeys(("mv", *BAND), "fractie1"), index=False)


def _gebiedsrij(
    gebied: str, code: str, per_klasse: np.ndarray, aantallen: np.ndarray, band: np.ndarray
) -> dict[str, Any]:
    """``per_klasse``: whole households; the share is that of ``aantallen`` (type, klasse), before rounding."""
    totaal = int(per_klasse.sum())
    return {
        "gebied": gebied,
        "code": code,
        "huishoudens": totaal,
        **{KLASSENAMEN[k]: int(n) for k, n in zip(KLASSEN, per_klasse, strict=True)},
        "mv": float(aantallen[:, 1:].sum() / aantallen.sum()) if totaal else np.nan,
        **dict(zip(BAND, band if totaal else (np.nan, np.nan), strict=True)),
    }


def indextabel(analyse: Doelgroepen) -> Tabel:
    """Where each area lies between standaardwijk (0) and probleemwijk (1), on what, and how far that is its own.

    ``eigen``: the part that its own statistics have in its index, the rest is that of the gemeente or the country;
    ``mv zonder jeugdhulp``: the share with multiple problems when jeugdhulp says nothing.
    """
    rijen = []
    zonder_land = set(analyse.ontbreekt_nederland)
    for i, gebied in enumerate(analyse.gebieden):
        ontbreekt = sorted({x for per_type in analyse.ontbreekt[i].values() for x in per_type})
        rijen.append(
            {
                "gebied": gebied.naam,
                **{naam(t): float(analyse.index[i, j]) for j, t in enumerate(TYPEN)},
                "eigen": float(analyse.eigen[i]),
                "getrokken naar": ("–" if gebied.code == LAND else analyse.naar[i] or "Nederland"),
                "mv zonder jeugdhulp": float(analyse.zonder_jeugdhulp[i]),
                "niet bekend": ", ".join(f"{x} (niet voor Nederland)" if x in zonder_land else x for x in ontbreekt)
                or "–",
                "bron": "; ".join([gebied.bron, *sorted({*gebied.aangevuld.values()})]),
            }
        )
    maat = {naam(t): "decimaal2" for t in TYPEN} | {"eigen": "fractie1", "mv zonder jeugdhulp": "fractie1"}
    return Tabel(pd.DataFrame(rijen), maat, index=False)


def aannamen(kengetallen: Kengetallen) -> Tabel:
    """The kengetallen of the rule with range, status and argument; one without a range has no low and high value."""
    tabel = pd.DataFrame(
        {
            "kengetal": f"{k.omschrijving} [{pad}]",
            "waarde": k.waarde,
            **{
                grens: Cel(waarde if k.onder < k.boven else None, "kort", leeg="")
                for grens, waarde in (("laag", k.onder), ("hoog", k.boven))
            },
            "status": k.status,
            "bron en onderbouwing": f"{k.bron}: {k.herkomst}",
        }
        for pad, k in kengetallen.onder("doelgroep").items()
    )
    maat = dict.fromkeys(("waarde", "laag", "hoog"), "kort")
    return Tabel(eenmaal(tabel, "bron en onderbouwing"), maat, index=False)


def banden(analyse: Doelgroepen) -> pd.DataFrame:
    """Low and high mv share, total first and then per type; rows as :func:`aandelen`."""
    return pd.DataFrame(analyse.mv_band_totaal, columns=["laag", "hoog"], index=["Totaal", *(naam(t) for t in TYPEN)])


def aandelen_per_gebied(analyse: Doelgroepen) -> pd.DataFrame:
    """Shares of zr, nzr and top of all households per area, with the band of their sum, fractions."""
    per_klasse = analyse.aantallen.sum(axis=1)
    som = per_klasse.sum(axis=1, keepdims=True)
    tabel = pd.DataFrame(
        np.divide(per_klasse, som, out=np.zeros_like(per_klasse), where=som > 0),
        index=[g.naam for g in analyse.gebieden],
        columns=list(KLASSEN),
    )
    tabel[["laag", "hoog"]] = analyse.mv_band
    return tabel
