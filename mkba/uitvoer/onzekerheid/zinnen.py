"""What a Monte Carlo simulation says, in plain Dutch sentences (text, not HTML)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mkba.analyse.onzekerheid.convergentie import MARGE_KANS, MARGE_P50, Convergentie
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Simulatie
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import euro, eurostap, getal, kort, opsomming, procent, van_de_honderd
from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer.meetherkomst import TOEVAL_ELDERS
from mkba.uitvoer.onzekerheid.namen import invoernaam

SALDOVAN = {"saldo_financieel": "alle partijen samen", "saldo_gemeente": "de gemeente"}


def samenvatting(simulatie: Simulatie, gekeerd: Sequence[str] = ()) -> str:
    """What the simulation says, in plain sentences (text, not HTML).

    ``gekeerd``: names (:func:`invoernaam`) of the inputs that turned the sign (``analyse.tekenwissel.tekenwissel``).
    """
    zinnen = []
    for i, (sleutel, rij) in enumerate(simulatie.kansen.iterrows()):
        wie = {"saldo": "de maatschappij", "saldo_gemeente": "de gemeente (alleen geld)"}.get(
            str(sleutel), f"{PARTIJEN[str(sleutel)]} samen (alleen geld)"
        )
        deel = van_de_honderd(float(rij["kans"]))
        zinnen.append(
            f"{deel[:1].upper()}{deel[1:]} trekkingen is het saldo voor {wie} positief."
            if i == 0
            else f"Voor {wie} is dat {deel} trekkingen zo."
        )
    if "saldo" in simulatie.reeksen:
        rij = simulatie.kwantielen.loc["saldo"]
        p10, p50, p90, punt = (float(rij[k]) for k in ("p10", "p50", "p90", "punt"))
        op = eurostap((p10, p50, p90))
        zinnen.append(
            f"In 8 van de 10 trekkingen ligt het maatschappelijke saldo tussen {euro(p10, op)} en {euro(p90, op)}; "
            f"het midden is {euro(p50, op)}. Met de ingevulde waarden is het {euro(punt, min(op, 100))}."
        )
        if punt * p50 < 0:
            zinnen.append(_tekenzin(punt, gekeerd))
        zinnen.append(_plaatszin(simulatie))
        if not rij["p10"] <= rij["punt"] <= rij["p90"]:
            kant = "gunstiger" if rij["punt"] > rij["p90"] else "ongunstiger"
            zinnen.append(
                f"De ingevulde waarden zijn daarmee {kant} dan negen van de tien trekkingen: de bereiken in de bronnen "
                "lopen vooral de andere kant op."
            )
    if simulatie.aanpak.gemeten_in:
        zinnen.append(TOEVAL_ELDERS)
    return " ".join(zinnen)


def _plaatszin(simulatie: Simulatie) -> str:
    """Where the values as given lie among the draws, for every saldo that was kept."""
    wie = {"saldo": "dat van de maatschappij", **{s: f"dat van {SALDOVAN[s]} in geld" for s in SALDOVAN}}
    delen = [f"{wie[s]} bij {procent(simulatie.plaats[s])}" for s in wie if s in simulatie.plaats]
    return (
        "Zo ver in de rij, van laag naar hoog, staat het saldo met de ingevulde waarden tussen de trekkingen (50% is "
        f"het midden): {', '.join(delen)}. Ver van 50% wil zeggen dat de bereiken vooral één kant op lopen."
    )


def _tekenzin(punt: float, gekeerd: Sequence[str]) -> str:
    zin = "Het teken van het midden is dus een ander dan dat van de ingevulde waarden."
    if not gekeerd:
        return zin
    namen = opsomming([f"‘{naam}’" for naam in gekeerd])
    een = len(gekeerd) == 1
    kant = "gunstige" if punt > 0 else "ongunstige"
    return (
        f"{zin} Dat komt door {namen}: {'staat die invoer' if een else 'staan die'} vast op de ingevulde waarde, dan "
        f"is het midden {'positief' if punt > 0 else 'negatief'}. {'Die waarde ligt' if een else 'Die waarden liggen'} "
        f"dus aan de {kant} kant van {'haar' if een else 'hun'} bereik."
    )


def op_nul(simulatie: Simulatie) -> list[str]:
    """Knobs answered 0 that are drawn all the same; none can go below 0, so they move upward only."""
    plat = simulatie.aanpak.plat()
    return [s for s, v in simulatie.trekking.items() if s in VELDEN and plat[s] == 0 == v.laag < v.hoog]


def kanttekeningen(simulatie: Simulatie, kengetallen: Kengetallen, keuzes: pd.DataFrame) -> list[str]:
    """What a reader must know of what moved and what did not, plain sentences (text, not HTML); may be empty.

    Names the questions answered 0 that moved, and the choices that stayed with the outcome at their other ends.
    ``keuzes``: of ``analyse.keuzes.vaste_keuzes`` for the same simulation.
    """
    zinnen = []
    if nullen := op_nul(simulatie):
        beweegt = "beweegt" if len(nullen) == 1 else "bewegen"
        zinnen.append(
            f"Let op: {_nulvragen(len(nullen))}, {beweegt} toch, en alleen omhoog: "
            f"tot de bovengrens van het bereik: {'; '.join(invoernaam(s, kengetallen) for s in nullen)}. "
            "Wie met 0 bedoelt dat iets niet gebeurt, krijgt hier dus een midden en een spreiding die daar niet bij "
            "passen."
        )
    return zinnen + [_keuzezin(str(pad), deel, simulatie, kengetallen) for pad, deel in keuzes.groupby("sleutel")]


def _nulvragen(aantal: int) -> str:
    return "één antwoord dat op 0 staat" if aantal == 1 else f"{getal(aantal)} antwoorden die op 0 staan"


def _keuzezin(pad: str, deel: pd.DataFrame, simulatie: Simulatie, kengetallen: Kengetallen) -> str:
    kengetal = kengetallen.getallen[pad]

    def toon(waarde: float) -> str:
        return euro(waarde) if kengetal.eenheid.startswith("eur") else f"{kort(waarde)} {kengetal.eenheid}"

    nu, midden = float(simulatie.kansen.at["saldo", "kans"]), float(simulatie.kwantielen.at["saldo", "p50"])
    op = eurostap((midden, *deel["p50"]))
    anders = [
        f"bij {toon(ander)} is dat {van_de_honderd(kans)}, met {euro(p50, op)} als midden"
        for ander, kans, p50 in deel[["ander", "kans", "p50"]].itertuples(index=False)
    ]
    wat = kengetal.kort or kengetal.omschrijving
    return (
        f"{wat} beweegt niet mee: welke waarde geldt is een keuze en geen kans. Hier blijft zij "
        f"{toon(kengetal.waarde)}. Het saldo voor de maatschappij is daarmee {van_de_honderd(nu)} trekkingen positief, "
        f"met {euro(midden, op)} als midden; {'; '.join(anders)}."
    )


def oordeel(toets: Convergentie) -> str:
    """Whether the number of draws suffices, in plain sentences (text, not HTML)."""
    grens = f"de norm is hoogstens {procent(MARGE_P50)} en {getal(100 * MARGE_KANS, 1)} procentpunt"
    marges = (
        f"Met 95% zekerheid ligt het midden (P50) hoogstens {procent(toets.marge_p50, 1)} van de afstand P10-P90, en "
        f"de kans op een positief saldo hoogstens {getal(100 * toets.marge_kans, 1)} procentpunt, naast de waarde bij "
        f"oneindig veel trekkingen ({grens}). Twee berekeningen met een ander zaad kunnen {getal(np.sqrt(2), 1)} keer "
        "zoveel van elkaar verschillen."
    )
    if toets.voldoende:
        return f"{getal(toets.aantal)} trekkingen zijn genoeg. {marges}"
    if toets.nodig <= toets.aantal:
        return f"{getal(toets.aantal)} trekkingen zijn te weinig om dit te beoordelen. {marges}"
    return (
        f"{getal(toets.aantal)} trekkingen zijn te weinig: reken met ongeveer {getal(toets.nodig)} trekkingen. {marges}"
    )
