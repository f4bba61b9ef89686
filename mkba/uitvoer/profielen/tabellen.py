"""Tables of zorgconsumptieprofielen, and the frames that their figures draw."""

from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from mkba.analyse.doelgroepen.profielen import (
    ALLE_WIJKEN,
    Bevolking,
    OpMaat,
    Profielen,
    Reeks,
    sprongen,
    zorgkosten,
)
from mkba.kern.tekst.notatie import getal
from mkba.kern.woorden.begrippen import DOMEINEN, KLASSEN, TYPEN, naam
from mkba.uitvoer.tabel import Tabel

KLASSENAMEN: Final = {
    "ev": "geen probleem of ev",
    "zr": "meervoudig (zr)",
    "nzr": "niet-zelfredzaam (nzr)",
    "top": "top",
}
"""The four classes as figuur 2.7 has them: the first row serves who has no problem or one."""
DOMEINNAMEN: Final = {"wi": "W&I", "zw": "Z&W", "jeugd": "Jeugd", "zvw": "Zvw"}
"""Heads of wide tables, as figuur 2.7 has them."""
STAPPEN: Final = tuple(f"{van} → {naar}" for van, naar in pairwise(KLASSEN))
ALLE: Final = "Alle huishoudens"
KOPRIJEN: Final = (*(naam(t) for t in TYPEN), ALLE)
"""Rows of the cost table that are sums."""
_INSPRING: Final = "\u00a0" * 4
_BEDRAGEN: Final = dict.fromkeys((*DOMEINNAMEN.values(), "totaal"), "bedrag")


def per_domein(bedragen: Reeks) -> pd.DataFrame:
    """(type, klasse, domein) as a frame: rows type and klasse (keys), columns domains (keys). Used by figures."""
    assen = pd.MultiIndex.from_product([TYPEN, KLASSEN], names=["type", "klasse"])
    return pd.DataFrame(bedragen.reshape(len(assen), len(DOMEINEN)), index=assen, columns=list(DOMEINEN))


def profieltabel(profielen: Profielen, bijschrift: str = "") -> Tabel:
    """Figuur 2.7: euros per household per year, with the sum of the parts and, where printed, the printed total.

    A star marks the rows whose printed total is not the sum of the parts.
    """
    tabel = per_domein(profielen.bedragen).rename(columns=DOMEINNAMEN)
    tabel["som"] = profielen.totalen.ravel()
    ster = dict.fromkeys(tabel.index, "")
    if profielen.gedrukt is not None:
        tabel["gedrukt"] = profielen.gedrukt.ravel()
        ster |= {(t, k): " *" for t, k, _, _ in verschillen(profielen)}
    tabel.index = pd.Index([f"{naam(t)}, {KLASSENAMEN[k]}{ster[t, k]}" for t, k in tabel.index])
    return Tabel(tabel, "eur", bijschrift=bijschrift)


def verschillen(profielen: Profielen) -> list[tuple[str, str, float, float]]:
    """Type, klasse, printed total and sum of the parts where both differ, euros."""
    if profielen.gedrukt is None:
        return []
    return [
        (t, k, float(profielen.gedrukt[i, j]), float(profielen.totalen[i, j]))
        for i, t in enumerate(TYPEN)
        for j, k in enumerate(KLASSEN)
        if abs(profielen.gedrukt[i, j] - profielen.totalen[i, j]) > 0.5
    ]


def bijschriften(profielen: Profielen) -> list[str]:
    """The total above each of the twelve bars of figuur 2.3: as printed where printed, with a star if it differs."""
    totalen = profielen.totalen if profielen.gedrukt is None else profielen.gedrukt
    ster = {(t, k) for t, k, _, _ in verschillen(profielen)}
    paren = [(t, k) for t in TYPEN for k in KLASSEN]
    return [getal(w) + ("*" if p in ster else "") for p, w in zip(paren, totalen.ravel(), strict=True)]


def sprongentabel(profielen: Profielen) -> Tabel:
    """What a household costs more per year one class further, euros by domain and in total; negative is less."""
    sprong = sprongen(profielen)
    tabel = pd.DataFrame(
        sprong.reshape(-1, len(DOMEINEN)),
        index=pd.Index([f"{naam(t)}: {stap}" for t in TYPEN for stap in STAPPEN]),
        columns=list(DOMEINNAMEN.values()),
    )
    tabel["totaal"] = tabel.sum(axis=1)
    return Tabel(tabel, "eur")


def kostentabel(aantallen: Reeks, profielen: Profielen) -> Tabel:
    """Care costs of a population: rows types with their classes and all together; every total sums its rows.

    Columns aantal (households), a domain each, totaal (euros per year), aandeel (fraction of all costs).
    """
    kosten = per_domein(zorgkosten(aantallen, profielen))
    kosten.insert(0, "aantal", np.asarray(aantallen).ravel())
    delen = []
    for t in TYPEN:
        deel = kosten.loc[t]
        regels = [f"{_INSPRING}{t}, {KLASSENAMEN[k]}" for k in KLASSEN]
        delen.append(pd.concat([deel.sum().to_frame(naam(t)).T, deel.set_axis(regels)]))
    tabel = pd.concat([*delen, kosten.sum().to_frame(ALLE).T])
    tabel["totaal"] = tabel[list(DOMEINEN)].sum(axis=1)
    tabel["aandeel"] = tabel["totaal"] / (tabel.loc[ALLE, "totaal"] or 1.0)
    maat = {**_BEDRAGEN, "aantal": "aantal", "aandeel": "fractie"}
    return Tabel(tabel.rename(columns=DOMEINNAMEN), maat, vet=KOPRIJEN)


def groepentabel(groepen: pd.DataFrame) -> Tabel:
    """The groups of ``analyse.profielen.groepen`` as a reader sees them."""
    kolommen = {
        "huishoudens": "huishoudens",
        "aandeel_huishoudens": "aandeel huishoudens",
        "kosten": "kosten per jaar",
        "aandeel_kosten": "aandeel kosten",
        "per_huishouden": "per huishouden",
    }
    tabel = groepen[list(kolommen)].rename(columns=kolommen)
    tabel.insert(0, "groep", groepsnamen(groepen))
    maten = ("aantal", "fractie1", "eur1000", "fractie1", "eur")
    return Tabel(tabel, dict(zip(kolommen.values(), maten, strict=True)), index=False)


def groepsnamen(groepen: pd.DataFrame) -> list[str]:
    """Display names of the groups of ``analyse.profielen.groepen``, in their order."""
    return [groepsnaam(t, k) for t, k in zip(groepen["type"], groepen["klasse"], strict=True)]


def groepsnaam(type_: str, klasse: str) -> str:
    """Display name of one of the twelve groups."""
    return f"{naam(type_)}, {KLASSENAMEN[klasse]}"


def bevolkingstabel(bevolking: Bevolking) -> Tabel:
    """Households per wijk by type and in total, and the share without or with a single problem (fraction)."""
    tabel = pd.DataFrame(
        bevolking.aantallen.sum(axis=2), index=pd.Index(bevolking.namen), columns=[naam(t) for t in TYPEN]
    )
    ev = pd.Series(bevolking.aantallen[:, :, 0].sum(axis=1), index=tabel.index)
    tabel.loc[ALLE_WIJKEN] = tabel.sum()
    ev[ALLE_WIJKEN] = ev.sum()
    tabel["totaal"] = tabel.sum(axis=1)
    tabel["geen probleem of ev"] = ev / tabel["totaal"]
    maat = dict.fromkeys((*(naam(t) for t in TYPEN), "totaal"), "aantal") | {"geen probleem of ev": "fractie1"}
    return Tabel(tabel, maat, vet=[ALLE_WIJKEN])


def budgettabel(budget: pd.DataFrame) -> Tabel:
    """The population budget of ``analyse.profielen.populatiebudget`` with display names, euros per year."""
    tabel = budget.rename(columns={**DOMEINNAMEN, "per_huishouden": "per huishouden"}).rename_axis(None)
    maat = {**_BEDRAGEN, "huishoudens": "aantal", "per huishouden": "eur1"}
    return Tabel(tabel, maat, vet=[ALLE_WIJKEN], bijschrift="Euro per jaar")


def budget_per_huishouden(budget: pd.DataFrame) -> Tabel:
    """The same per household of the wijk: a domain per column and the total, euros per year."""
    deler = budget["huishoudens"].where(budget["huishoudens"] > 0)
    tabel = budget[[*DOMEINEN, "totaal"]].div(deler, axis=0).rename(columns=DOMEINNAMEN).rename_axis(None)
    return Tabel(tabel, "eur1", vet=[ALLE_WIJKEN], bijschrift="Per huishouden per jaar")


def totalentabel(maat: OpMaat) -> Tabel:
    """Totals before and after made-to-measure, euros: per domain, and per type where factors differ.

    A domain without a total of its own says so; one without costs before has no factor.
    """
    voor = zorgkosten(maat.aantallen, maat.basis).sum(axis=1)
    na = zorgkosten(maat.aantallen, maat.profielen).sum(axis=1)
    rijen = []
    for m, d in enumerate(DOMEINEN):
        rijen.append(_totalenrij(naam(d), voor[:, m].sum(), maat.rekening.domeintotaal(d), na[:, m].sum()))
        if np.ptp(maat.factoren[:, m]) > 1e-9:
            for i, t in enumerate(TYPEN):
                rij = _totalenrij(_INSPRING + naam(t), voor[i, m], maat.rekening.bedrag(d, t), na[i, m])
                rijen.append(rij)
    maten = {"met het profiel hiervoor": "eur_cent", "eigen totaal": "eur_cent", "met het profiel op maat": "eur_cent"}
    return Tabel(pd.DataFrame(rijen, dtype=object), {**maten, "factor": "decimaal3"}, index=False)


def _totalenrij(label: str, voor: float, eigen: float | None, na: float) -> dict[str, Any]:
    return {
        "domein": label,
        "met het profiel hiervoor": voor,
        "eigen totaal": "niet opgegeven" if eigen is None else eigen,
        "met het profiel op maat": na,
        "factor": na / voor if voor else None,
    }


def vergelijkingstabel(maat: OpMaat) -> Tabel:
    """The profiles made to measure beside those before: euros per household, change as a fraction."""
    tabel = per_domein(maat.profielen.bedragen).rename(columns=DOMEINNAMEN)
    tabel["totaal op maat"] = maat.profielen.totalen.ravel()
    tabel["totaal hiervoor"] = maat.basis.totalen.ravel()
    tabel["verandering"] = tabel["totaal op maat"] / tabel["totaal hiervoor"].where(tabel["totaal hiervoor"] > 0) - 1
    tabel.index = pd.Index([groepsnaam(t, k) for t, k in tabel.index])
    bedragen = dict.fromkeys((*DOMEINNAMEN.values(), "totaal op maat", "totaal hiervoor"), "eur1")
    return Tabel(tabel, bedragen | {"verandering": "fractie1"})
