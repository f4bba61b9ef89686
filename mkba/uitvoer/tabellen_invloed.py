"""Tables and sentences on which inputs cause the spread and what to register first; formatted text in Dutch."""

from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.informatiewaarde import GROEPEN, SALDI, verwachte_winst
from mkba.analyse.invloed import PUNTEN, RUIMTE, Invloed
from mkba.analyse.onzekerheid import PARTIJEN, Simulatie
from mkba.invoer.kengetallen import Kengetallen
from mkba.uitvoer.getallen import euro, getal, procent
from mkba.uitvoer.tabellen_onzekerheid import invoernaam

REGELS: Final = 12
"""Inputs in the table and the figure; the rest is one line."""
_GENOEG: Final = 0.10
"""A 95% margin on the largest share up to 10 percentage points leaves the order readable. A choice."""


def invloedtabel(invloed: Invloed, kengetallen: Kengetallen, aantal: int = REGELS) -> pd.DataFrame:
    """Shares of the spread per input, largest first; a share that cannot be told from 0 prints as "≈ 0"."""
    eerste = invloed.tabel.head(aantal)
    return pd.DataFrame(
        {
            "invoer": [invoernaam(s, kengetallen) for s in eerste["sleutel"]],
            "alleen": [_aandeel(w, m) for w, m in eerste[["eerste", "eerste_marge"]].itertuples(index=False)],
            "met samenspel": [_aandeel(w, m) for w, m in eerste[["totaal", "totaal_marge"]].itertuples(index=False)],
            "mag vast": ["ja" if vast else "nee" for vast in eerste["mag_vast"]],
        }
    )


def invloed_zinnen(invloed: Invloed, kengetallen: Kengetallen) -> list[str]:
    """What the shares say: the main inputs, interplay, what may be fixed, and the noise of the estimate."""
    tabel = invloed.tabel
    if tabel.empty:
        return ["De uitkomst beweegt niet mee met de onzekere invoer: er is geen spreiding om te verdelen."]
    top = tabel[~tabel["mag_vast"]].head(3)
    namen = [
        f"{invoernaam(s, kengetallen)} ({procent(max(0.0, t))})"
        for s, t in top[["sleutel", "totaal"]].itertuples(index=False)
    ]
    zinnen = [f"De spreiding komt vooral van {_opsomming(namen)}."]
    zinnen.append(
        f"Samenspel (een invoer die meer doet naarmate een andere hoger is) maakt ongeveer "
        f"{procent(invloed.samenspel)} van de spreiding."
        if invloed.samenspel >= 0.01
        else "De invoeren werken bijna los van elkaar: samenspel maakt minder dan 1% van de spreiding."
    )
    vast = len(invloed.vast)
    if vast:
        zinnen.append(
            f"{vast} van de {len(tabel)} invoeren mogen vast: samen maken zij {_hoogstens(invloed)} van de spreiding "
            f"(de grens is {procent(RUIMTE)}). De andere {len(tabel) - vast} verdienen de aandacht."
        )
    else:
        zinnen.append("Geen enkele invoer mag vast: elk maakt een deel van de spreiding dat telt.")
    if invloed.negatief:
        zinnen.append(
            f"{getal(invloed.negatief)} van de {2 * len(tabel)} schattingen kwamen iets onder nul uit. Een aandeel kan "
            "niet onder nul liggen: dat is toeval van de trekkingen rond een aandeel van (bijna) nul. Er staat dan ≈ 0."
        )
    marge = float(tabel["totaal_marge"].iloc[0])
    if marge > _GENOEG:
        zinnen.append(
            f"De marge op het grootste aandeel is nog {getal(100 * marge)} procentpunt: reken met meer punten dan "
            f"{getal(invloed.punten)} (standaard {getal(PUNTEN)}, elke verdubbeling helpt)."
        )
    return zinnen


def vasttabel(alles: Simulatie, vast: Simulatie) -> pd.DataFrame:
    """The proof of fixing: quantiles and chance with everything moving, and with the minor inputs at their mean."""
    rijen = {}
    for naam_, s in (("alles beweegt", alles), ("kleine invoeren vast op hun gemiddelde", vast)):
        rij = s.kwantielen.loc["saldo"]
        rijen[naam_] = {
            **{k.upper(): euro(rij[k], 1000) for k in ("p10", "p50", "p90")},
            "kans op een positief saldo": procent(float(s.kansen.at["saldo", "kans"]), 1),
        }
    return pd.DataFrame.from_dict(rijen, orient="index")


def informatietabel(waarden: pd.DataFrame) -> pd.DataFrame:
    """What to register first: a row per group of inputs, in order, with its value for the decision of each party."""
    groepen = {g.sleutel: g for g in GROEPEN}
    saldi = [s for s in SALDI if s in waarden]
    uit = pd.DataFrame({"wat te weten": [groepen[g].naam for g in waarden["groep"]]})
    for saldo in saldi:
        uit[f"waarde voor de keuze: {PARTIJEN[saldo]}"] = [
            _waarde(w, fout) for w, fout in waarden[[saldo, f"{saldo}_fout"]].itertuples(index=False)
        ]
    uit["deel van de spreiding"] = [procent(w) if w >= 0.005 else "< 1%" for w in waarden[f"{saldi[0]}_spreiding"]]
    uit["bijlage I"] = [groepen[g].bijlage or "–" for g in waarden["groep"]]
    uit["bijhouden"] = [groepen[g].registreer for g in waarden["groep"]]
    return uit


def informatie_zinnen(waarden: pd.DataFrame, simulatie: Simulatie) -> list[str]:
    """The decision on what is known now, what knowing everything is worth, and what to register first."""
    zinnen = []
    groepen = {g.sleutel: g for g in GROEPEN}
    for saldo in (s for s in SALDI if s in waarden):
        reeks = simulatie.reeksen[saldo]
        wie, gemiddeld = PARTIJEN[saldo], float(reeks.mean())
        keuze = "doorgaan" if gemiddeld > 0 else "niet doorgaan"
        zin = (
            f"Voor de {wie} is de verwachting {euro(gemiddeld, _stap(gemiddeld))}; op wat nu bekend is, is de keuze "
            f"{keuze}. Alles vooraf weten zou gemiddeld {euro(winst, _stap(winst))} opleveren."
            if (winst := verwachte_winst(reeks)) > 0
            else f"Voor de {wie} staat de keuze vast: in elke trekking is het {keuze}, dus weten verandert niets."
        )
        beste = waarden.loc[waarden[saldo].idxmax()]
        if winst > 0 and beste[saldo] > 2 * beste[f"{saldo}_fout"]:
            zin += f" Het meest daarvan zit in: {_laag(groepen[beste['groep']].naam)}."
        elif winst > 0:
            zin += " Geen enkele groep draait die keuze in zijn eentje vaak genoeg om."
        zinnen.append(zin)
    eerste = groepen[str(waarden["groep"].iloc[0])]
    if eerste.bijlage:
        zinnen.append(
            f"Begin dus met bijhouden: {eerste.registreer} (bijlage I van de handleiding, onder {eerste.bijlage})."
        )
    else:
        zinnen.append(f"Bovenaan staat {_laag(eerste.naam)}: {eerste.registreer}.")
    return zinnen


def _aandeel(waarde: float, marge: float) -> str:
    if waarde - marge <= 0 and waarde < 0.01:
        return "≈ 0"
    return f"{procent(max(0.0, waarde), 1)} ± {getal(100 * marge, 1)}"


def _hoogstens(invloed: Invloed) -> str:
    return procent(invloed.samen_vast, 1) if invloed.samen_vast >= 0.001 else "minder dan 0,1%"


def _waarde(waarde: float, fout: float) -> str:
    """In euros; "≈ 0" when the estimate is not two standard errors away from nothing."""
    return "≈ 0" if waarde <= 2 * fout or waarde < 0.5 else euro(waarde, _stap(waarde))


def _stap(bedrag: float) -> int:
    """Two significant digits, at least whole euros."""
    return int(10 ** max(0, int(np.floor(np.log10(max(1.0, abs(bedrag))))) - 1))


def _laag(tekst: str) -> str:
    return tekst[:1].lower() + tekst[1:]


def _opsomming(delen: list[str]) -> str:
    return f"{', '.join(delen[:-1])} en {delen[-1]}" if len(delen) > 1 else "".join(delen)
