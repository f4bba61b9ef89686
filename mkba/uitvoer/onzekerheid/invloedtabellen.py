"""Tables and sentences on which inputs cause the spread and what to register first; formatted text in Dutch."""

from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.onzekerheid.informatiewaarde import GROEPEN, SALDI, verwachte_winst
from mkba.analyse.onzekerheid.invloed import PUNTEN, RUIMTE, Invloed
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Simulatie
from mkba.kern.getallen import euro, eurostap, getal, hoeveel, opsomming, procent, rond
from mkba.kern.kengetallen import Kengetallen
from mkba.uitvoer.onzekerheid.tabellen import invoernaam

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
    top = (tabel if tabel["mag_vast"].all() else tabel[~tabel["mag_vast"]]).head(3)
    namen = [
        f"{invoernaam(s, kengetallen)} ({procent(max(0.0, e))})"
        for s, e in top[["sleutel", "eerste"]].itertuples(index=False)
    ]
    zinnen = [f"De spreiding komt vooral van {opsomming(namen)}: zoveel zou weggaan als alleen die invoer bekend was."]
    zinnen.append(
        f"Samenspel (een invoer die meer doet naarmate een andere hoger is) maakt {procent(invloed.samenspel, 1)} van "
        "de spreiding; de rest is een optelsom van losse invoeren."
    )
    vast = len(invloed.vast)
    if vast:
        mag = "mag vast: die maakt" if vast == 1 else "mogen vast: samen maken zij"
        zinnen.append(
            f"{vast} van de {hoeveel(invloed.invoeren, 'invoer', 'invoeren')} {mag} {_hoogstens(invloed)} van de "
            f"spreiding van het maatschappelijke saldo (de grens is {procent(RUIMTE)})."
        )
    else:
        zinnen.append("Geen enkele invoer mag vast: elk maakt een deel van de spreiding dat telt.")
    if invloed.negatief:
        kwam = "kwam" if invloed.negatief == 1 else "kwamen"
        zinnen.append(
            f"{getal(invloed.negatief)} van de {2 * len(tabel)} schattingen {kwam} iets onder nul uit. Een aandeel kan "
            "niet onder nul liggen: dat is toeval van de trekkingen rond een aandeel van (bijna) nul. Wat niet van nul "
            "te onderscheiden is, staat er als ≈\u00a00."
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
        paren = waarden[[saldo, f"{saldo}_fout"]].itertuples(index=False)
        uit[f"waarde voor de keuze: {PARTIJEN[saldo]}"] = [_waarde(w, fout) for w, fout in paren]
    for saldo in saldi:
        delen = waarden[f"{saldo}_spreiding"]
        uit[f"deel van de spreiding: {PARTIJEN[saldo]}"] = [procent(w) if w >= 0.005 else "< 1%" for w in delen]
    uit["bijlage I"] = [groepen[g].bijlage or "–" for g in waarden["groep"]]
    uit["bijhouden"] = [groepen[g].registreer for g in waarden["groep"]]
    return uit


def informatie_zinnen(waarden: pd.DataFrame, simulatie: Simulatie, nu: Simulatie | None = None) -> list[str]:
    """The decision on what is known now, what knowing everything is worth, and what to register first.

    ``simulatie``: of the year that the decision is about; ``nu``: of this year, as the report prints it.
    """
    groepen = {g.sleutel: g for g in GROEPEN}
    saldi = [s for s in SALDI if s in waarden]
    zinnen = [_keuzezin(simulatie.reeksen[s], PARTIJEN[s]) + _anders_dan_nu(s, simulatie, nu) for s in saldi]
    eerste = waarden.iloc[0]
    groep = groepen[str(eerste["groep"])]
    bedragen = [
        f"{euro(eerste[s], _stap(eerste[f'{s}_fout']))} voor de {PARTIJEN[s]}"
        for s in saldi
        if _telt(eerste[s], eerste[f"{s}_fout"])
    ]
    plek = f" (bijlage I van de handleiding, lijst {groep.bijlage})" if groep.bijlage else ""
    if bedragen:
        zinnen.append(
            f"Het meest is te winnen met: {groep.registreer}{plek}. Dat is gemiddeld hoogstens {opsomming(bedragen)} "
            "waard per jaar dat de keuze geldt."
        )
    else:
        zinnen.append(
            "Geen van deze gegevens draait de keuze vaak genoeg om. Voor de verantwoording telt het meest wat de "
            f"grootste spreiding maakt: {groep.registreer}{plek}."
        )
    return zinnen


def _keuzezin(reeks: np.ndarray, wie: str) -> str:
    gemiddeld = float(reeks.mean())
    keuze = "doorgaan" if gemiddeld > 0 else "niet doorgaan"
    winst, fout = verwachte_winst(reeks)
    if winst <= 0:
        return f"Voor de {wie} staat de keuze vast: in elke trekking is het {keuze}, dus weten verandert niets."
    opbrengst = _bedrag(winst, fout) if rond(winst) else "minder dan een euro"
    return (
        f"Voor de {wie} is het saldo van een jaar na de opstart gemiddeld {euro(gemiddeld, _stap(fout))}; op wat nu "
        f"bekend is, is de keuze {keuze}. Alles vooraf weten zou gemiddeld {opbrengst} per jaar opleveren."
    )


def _anders_dan_nu(saldo: str, simulatie: Simulatie, nu: Simulatie | None) -> str:
    """Why the choice is not what the report of this year suggests; nothing when both point the same way."""
    if nu is None:
        return ""
    dit_jaar, volgend, gemiddeld = nu.punt[saldo], simulatie.punt[saldo], float(simulatie.reeksen[saldo].mean())
    if dit_jaar * gemiddeld >= 0:
        return ""
    op = eurostap((dit_jaar, volgend, gemiddeld))
    redenen = []
    if abs(rond(volgend - dit_jaar, op)) > 0:
        redenen.append(f"zonder inwerkkosten is het {euro(volgend, op)}")
    if abs(rond(gemiddeld - volgend, op)) > 0:
        kant = "gunstiger" if gemiddeld > volgend else "ongunstiger"
        redenen.append(f"de mogelijke waarden zijn gemiddeld {kant} dan de ingevulde ({euro(gemiddeld, op)})")
    return (
        f" Het rapport noemt voor dit jaar, met de ingevulde waarden, {euro(dit_jaar, op)}; het verschil zit hierin: "
        f"{opsomming(redenen)}."
    )


def _aandeel(waarde: float, marge: float) -> str:
    if waarde - marge <= 0 and waarde < 0.01:
        return "≈ 0"
    return f"{procent(max(0.0, waarde), 1)} ± {getal(100 * marge, 1)}"


def _hoogstens(invloed: Invloed) -> str:
    return procent(invloed.samen_vast, 1) if invloed.samen_vast >= 0.001 else "minder dan 0,1%"


def _waarde(waarde: float, fout: float) -> str:
    """In euros with its 95% margin; "≈ 0" when it cannot be told from nothing."""
    return _bedrag(waarde, fout) if _telt(waarde, fout) else "≈\u00a00"


def _telt(waarde: float, fout: float) -> bool:
    return waarde > 2 * fout and waarde >= 0.5


def _bedrag(waarde: float, fout: float) -> str:
    stap = _stap(fout)
    return f"{euro(waarde, stap)} ± {getal(rond(2 * fout, stap))}"


def _stap(fout: float) -> int:
    """The step in which to print an amount: about its standard error, 1, 10, 100, ... euros."""
    return int(10 ** max(0, int(np.floor(np.log10(max(1.0, fout))))))
