"""Which inputs cause the spread and what to register first, in plain Dutch sentences (text, not HTML)."""

from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.onzekerheid.informatiewaarde import GROEPEN, SALDI, verwachte_winst
from mkba.analyse.onzekerheid.invloed import PUNTEN, RUIMTE, Invloed
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Simulatie
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import euro, eurostap, getal, hoeveel, opsomming, procent
from mkba.uitvoer.onzekerheid.invloedtabellen import foutstap, telt
from mkba.uitvoer.onzekerheid.namen import invoernaam

_GENOEG: Final = 0.10
"""A 95% margin on the largest share up to 10 percentage points leaves the order readable. A choice."""


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
        f"{euro(eerste[s], foutstap(eerste[f'{s}_fout']))} voor de {PARTIJEN[s]}"
        for s in saldi
        if telt(eerste[s], eerste[f"{s}_fout"])
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
        f"Voor de {wie} is het saldo van een jaar na de opstart gemiddeld {euro(gemiddeld, foutstap(fout))}; op wat nu "
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


def _hoogstens(invloed: Invloed) -> str:
    return procent(invloed.samen_vast, 1) if invloed.samen_vast >= 0.001 else "minder dan 0,1%"


def _bedrag(waarde: float, fout: float) -> str:
    stap = foutstap(fout)
    return f"{euro(waarde, stap)} ± {getal(rond(2 * fout, stap))}"
