"""Tables and sentences of a Monte Carlo simulation, formatted text in Dutch notation."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mkba.analyse.onzekerheid.convergentie import MARGE_KANS, MARGE_P50, Convergentie
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Simulatie
from mkba.analyse.onzekerheid.trekking import Verdeling, verdelingen
from mkba.kern.begrippen import ACTOREN, naam
from mkba.kern.getallen import (
    euro,
    eurostap,
    getal,
    kans_in_procent,
    kort,
    opsomming,
    procent,
    toon_veld,
    van_de_honderd,
)
from mkba.kern.kengetal import Kengetal
from mkba.kern.kengetallen import Kengetallen
from mkba.kern.velden import VELDEN, VRAGEN
from mkba.uitvoer.aanpak.tabellen import UITVOERSCHERM_A

KOPPEN = {
    "punt": "zoals ingevuld",
    "p10": "P10",
    "p50": "P50 (midden)",
    "p90": "P90",
    "gemiddelde": "gemiddeld",
}
SALDOVAN = {"saldo_financieel": "alle partijen samen", "saldo_gemeente": "de gemeente"}
SALDI = {"saldo_financieel": "Saldo in geld, alle partijen", "saldo_gemeente": "Saldo in geld, gemeente"}


def kwantielen(simulatie: Simulatie) -> pd.DataFrame:
    """The lines of uitvoerscherm A and the two saldi in money: as given, P10, P50, P90, mean, and the place of the
    value as given among the draws (50% is the middle)."""
    labels = {s: label.lstrip("0123456789abc ") if d else label for s, label, d in UITVOERSCHERM_A} | SALDI
    rijen = {}
    for sleutel, label in labels.items():
        if sleutel in simulatie.reeksen:
            rij = simulatie.kwantielen.loc[sleutel]
            verhouding_ = sleutel.startswith("kb_")
            # two decimals instead of steps of 0.05: a quantile between steps would hide the spread
            rijen[label] = {kop: getal(rij[k], 2) if verhouding_ else euro(rij[k], 100) for k, kop in KOPPEN.items()}
            rijen[label]["plaats van ingevuld"] = procent(simulatie.plaats[sleutel])
    return pd.DataFrame.from_dict(rijen, orient="index")


def kansen(simulatie: Simulatie) -> pd.DataFrame:
    """Chance of a positive saldo per party, with the margin that the number of draws leaves."""
    return pd.DataFrame(
        {
            "kans op een positief saldo": [kans_in_procent(k) for k in simulatie.kansen["kans"]],
            "95%-marge door het aantal trekkingen": [
                f"{procent(laag, 1)} tot {procent(hoog, 1)}"
                for laag, hoog in simulatie.kansen[["laag", "hoog"]].itertuples(index=False)
            ],
        },
        index=[partij[:1].upper() + partij[1:] for partij in simulatie.kansen["partij"]],
    )


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
            f"het midden is {euro(p50, op)}. Met de ingevulde waarden is het {euro(punt, op)}."
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


def verdelingentabel(simulatie: Simulatie, kengetallen: Kengetallen) -> pd.DataFrame:
    """What was drawn and from what: columns invoer, waarde (as given), laagste, hoogste, verdeling, herkomst.

    herkomst: of a kengetal its status, of a question where its range is printed; a triangle is always an assumption,
    because the sources give no distribution.
    """
    plat, gewoon = simulatie.aanpak.plat(), verdelingen(simulatie.aanpak, kengetallen)
    rijen = []
    for sleutel, v in simulatie.trekking.items():
        veld = VELDEN.get(sleutel)
        kengetal = kengetallen.getallen[(veld.standaard or "") if veld else sleutel]
        waarde = plat[sleutel] if veld else kengetal.waarde
        waarden = [toon_veld(veld, w) if veld else kort(w) for w in (waarde, v.laag, v.hoog)]
        herkomst = _bereikbron(kengetal, v, veld is not None) if v == gewoon.get(sleutel) else "eigen verdeling"
        soort = _soort(float(waarde or 0), v)
        soort += _rest(sleutel, kengetallen) if sleutel.startswith("actor.") else ""
        soort += ", hangt samen met andere" if any(sleutel in paar for paar in simulatie.correlaties) else ""
        rijen.append([invoernaam(sleutel, kengetallen), *waarden, soort, herkomst])
    return pd.DataFrame(rijen, columns=["invoer", "waarde", "laagste", "hoogste", "verdeling", "herkomst"])


def _bereikbron(kengetal: Kengetal, v: Verdeling, vraag: bool) -> str:
    """Where the range of one draw comes from, and what of it is assumed."""
    if vraag:
        delen = [f"bereik: de uitersten in de bronnen ({kengetal.vindplaats or kengetal.bron})"]
        if v.hoog < kengetal.boven:
            delen.append(f"tot {procent(v.hoog)} en niet tot {procent(kengetal.boven)}: zie kengetal trekgrens")
        if v.laag < kengetal.onder or v.hoog > kengetal.boven:
            delen.append("verruimd tot de ingevulde waarde")
    elif kengetal.oorspronkelijk is None and kengetal.status == "aanname" and v.soort == "driehoek":
        return "bereik en driehoek: aanname"
    else:
        delen = ["eigen waarde" if kengetal.oorspronkelijk is not None else kengetal.status]
    return "; ".join([*delen, "driehoek: aanname"] if v.soort == "driehoek" else delen)


def invoernamen(sleutels: Sequence[str], kengetallen: Kengetallen) -> list[str]:
    """What a reader calls these drawn inputs."""
    return [invoernaam(s, kengetallen) for s in sleutels]


def invoernaam(sleutel: str, kengetallen: Kengetallen) -> str:
    """What a reader calls a drawn input: the question and its label, or the kengetal with its unit.

    Inputs that hang together have one name (``a+b``, see ``analyse.invloed``).
    """
    if "+" in sleutel:
        delen = sleutel.split("+")
        vragen = {VELDEN[s].vraag if s in VELDEN else 0 for s in delen}
        if len(vragen) == 1 and (vraag := vragen.pop()):
            return f"{vraag}. {VRAGEN[vraag]}, de {len(delen)} antwoorden samen"
        return f"{' en '.join(invoernaam(s, kengetallen) for s in delen)}, samen"
    if (veld := VELDEN.get(sleutel)) is not None:
        return f"{veld.vraag}. {veld.label}"
    kengetal = kengetallen.getallen[sleutel]
    return f"{kengetal.kort or kengetal.omschrijving} ({kengetal.eenheid})"


def _soort(waarde: float, v: Verdeling) -> str:
    if v.soort == "uniform":
        soort = "overal even waarschijnlijk"
    elif np.isclose(v.gemiddelde, waarde):
        soort = "driehoek, gemiddeld de waarde"
    else:
        kant = "laagste" if v.top == v.laag else "hoogste" if v.top == v.hoog else "waarschijnlijkste"
        soort = f"driehoek met de top op de {kant} waarde, gemiddeld {kort(v.gemiddelde)}"
    return soort


def _rest(sleutel: str, kengetallen: Kengetallen) -> str:
    """How the shares of a line come to 100%."""
    verdeling = sleutel.removeprefix("actor.").rpartition(".")[0]
    delen = {a: kengetallen[f"restpartij.{verdeling}.{a}"] for a in ACTOREN}
    naar = [f"{naam(a, 'actor')} {procent(w)}" for a, w in delen.items() if w]
    return f"; de rest naar {', '.join(naar)}" if naar else ", daarna samen 100%"
