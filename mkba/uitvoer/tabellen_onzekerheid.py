"""Tables and sentences of a Monte Carlo simulation, formatted text in Dutch notation."""

import pandas as pd

from mkba.analyse.convergentie import MARGE_KANS, MARGE_P50, Convergentie
from mkba.analyse.onzekerheid import PARTIJEN, Simulatie, Verdeling
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.velden import VELDEN
from mkba.uitvoer.getallen import euro, getal, kort, procent
from mkba.uitvoer.tabellen import UITVOERSCHERM_A, toon_veld

KOPPEN = {
    "punt": "zoals ingevuld",
    "p10": "P10",
    "p50": "P50 (midden)",
    "p90": "P90",
    "gemiddelde": "gemiddeld",
}
SALDI = {"saldo_financieel": "Saldo in geld, alle partijen", "saldo_gemeente": "Saldo in geld, gemeente"}


def kwantielen(simulatie: Simulatie) -> pd.DataFrame:
    """The lines of uitvoerscherm A and the two saldi in money: as given, P10, P50, P90 and mean."""
    labels = {s: label.lstrip("0123456789abc ") if d else label for s, label, d in UITVOERSCHERM_A} | SALDI
    rijen = {}
    for sleutel, label in labels.items():
        if sleutel in simulatie.reeksen:
            rij = simulatie.kwantielen.loc[sleutel]
            verhouding_ = sleutel.startswith("kb_")
            # two decimals instead of steps of 0.05: a quantile between steps would hide the spread
            rijen[label] = {kop: getal(rij[k], 2) if verhouding_ else euro(rij[k], 100) for k, kop in KOPPEN.items()}
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


def samenvatting(simulatie: Simulatie) -> str:
    """What the simulation says, in plain sentences (text, not HTML)."""
    zinnen = []
    for i, (sleutel, rij) in enumerate(simulatie.kansen.iterrows()):
        wie = {"saldo": "de maatschappij", "saldo_gemeente": "de gemeente (alleen geld)"}.get(
            str(sleutel), f"{PARTIJEN[str(sleutel)]} samen (alleen geld)"
        )
        deel = van_honderd(float(rij["kans"]))
        zinnen.append(
            f"{deel[:1].upper()}{deel[1:]} trekkingen is het saldo voor {wie} positief."
            if i == 0
            else f"Voor {wie} is dat {deel} trekkingen zo."
        )
    if "saldo" in simulatie.reeksen:
        rij = simulatie.kwantielen.loc["saldo"]
        zinnen.append(
            f"In 8 van de 10 trekkingen ligt het maatschappelijke saldo tussen {euro(rij['p10'], 1000)} en "
            f"{euro(rij['p90'], 1000)}; het midden is {euro(rij['p50'], 1000)}. Met de ingevulde waarden is het "
            f"{euro(rij['punt'], 1000)}."
        )
        if not rij["p10"] <= rij["punt"] <= rij["p90"]:
            kant = "gunstiger" if rij["punt"] > rij["p90"] else "ongunstiger"
            zinnen.append(
                f"De ingevulde waarden zijn daarmee {kant} dan negen van de tien trekkingen: de bereiken in de bronnen "
                "lopen vooral de andere kant op."
            )
    return " ".join(zinnen)


def oordeel(toets: Convergentie) -> str:
    """Whether the number of draws suffices, in plain sentences (text, not HTML)."""
    grens = f"de norm is hoogstens {procent(MARGE_P50)} en {getal(100 * MARGE_KANS, 1)} procentpunt"
    marges = (
        f"Met een ander zaad verschuift het midden (P50) hoogstens {procent(toets.marge_p50, 1)} van de afstand "
        f"P10-P90 en de kans op een positief saldo hoogstens {getal(100 * toets.marge_kans, 1)} procentpunt "
        f"(95% zekerheid; {grens})."
    )
    if toets.voldoende:
        return f"{getal(toets.aantal)} trekkingen zijn genoeg. {marges}"
    if toets.nodig <= toets.aantal:
        return f"{getal(toets.aantal)} trekkingen zijn te weinig om dit te beoordelen. {marges}"
    return (
        f"{getal(toets.aantal)} trekkingen zijn te weinig: reken met ongeveer {getal(toets.nodig)} trekkingen. {marges}"
    )


def verdelingentabel(simulatie: Simulatie, kengetallen: Kengetallen) -> pd.DataFrame:
    """What was drawn and from what: columns invoer, waarde (as given), laagste, hoogste, verdeling."""
    plat = simulatie.aanpak.plat()
    rijen = []
    for sleutel, v in simulatie.trekking.items():
        veld = VELDEN.get(sleutel)
        if veld:
            label, waarden = (
                f"{veld.vraag}. {veld.label}",
                [toon_veld(veld, w) for w in (plat[sleutel], v.laag, v.hoog)],
            )
        else:
            kengetal = kengetallen.getallen[sleutel]
            label = f"{kengetal.kort or kengetal.omschrijving} ({kengetal.eenheid})"
            waarden = [kort(w) for w in (kengetal.waarde, v.laag, v.hoog)]
        rijen.append([label, *waarden, _soort(sleutel, v)])
    return pd.DataFrame(rijen, columns=["invoer", "waarde", "laagste", "hoogste", "verdeling"])


def _soort(sleutel: str, v: Verdeling) -> str:
    soort = "overal even waarschijnlijk" if v.soort == "uniform" else "driehoek met de top op de waarde"
    return f"{soort}, daarna samen 100%" if sleutel.startswith("actor.") else soort


def van_honderd(kans: float) -> str:
    """ "in 83 van de 100"; never 0 or 100 of 100 when some draws say otherwise."""
    if kans in (0.0, 1.0):
        return "in alle" if kans == 1.0 else "in geen van alle"
    if kans < 0.005 or kans >= 0.995:
        return "in minder dan 1 van de 100" if kans < 0.5 else "in meer dan 99 van de 100"
    return f"in {getal(100 * kans)} van de 100"


def kans_in_procent(kans: float) -> str:
    """A chance as a percentage; never 0% or 100% when some draws say otherwise."""
    if 0 < kans < 0.005:
        return "< 1%"
    return "> 99%" if 0.995 <= kans < 1 else procent(kans)
