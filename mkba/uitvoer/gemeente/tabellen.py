"""Tables of the gemeente as a whole: what each wijk adds, the sums per post and per party, and how sure they are."""

import pandas as pd

from mkba.analyse.gemeente.optelling import Gemeente
from mkba.analyse.onzekerheid.simulatie import Reeksen
from mkba.kern.tekst.notatie import opsomming
from mkba.kern.woorden.begrippen import ACTOREN, POSTEN
from mkba.kern.woorden.velden import VELDEN
from mkba.model.verloop import BEGROTINGSJAAR, begroting
from mkba.uitvoer.aanpak.tabellen import (
    GEMEENTERIJ,
    KOPRIJEN,
    TOTAALRIJEN,
    VERHOUDINGRIJEN,
    antwoordkolom,
    per_actor,
    schermlabels,
)
from mkba.uitvoer.tabel import Tabel

TOTAAL = "Gemeente"
NAAST = 6
"""Wijken beside each other in a table on a sheet of paper: a choice, what reads."""


def wijken(gemeente: Gemeente) -> Tabel:
    """A row per wijk and one of the whole: households, fte, costs, benefits and saldo (euros NCW), ratio and chance."""
    rijen = {}
    for naam, w, sim in zip(gemeente.korte_namen, gemeente.wijken, gemeente.per_wijk, strict=True):
        rijen[naam] = _rij(w.aanpak.huishoudens, w.aanpak.fte, w.sleutels, sim)
    rijen[_totaalnaam(gemeente)] = _rij(gemeente.huishoudens, gemeente.fte, gemeente.sleutels, gemeente.eigen)
    maten = {
        "huishoudens": "aantal",
        "fte": "antwoord",
        "kosten": "eur",
        "baten": "eur",
        "saldo": "eur",
        "saldo gemeente": "eur",
        "maatschappelijk": "verhouding",
        "kans op een plus": "kans",
    }
    return Tabel(
        pd.DataFrame.from_dict(rijen, orient="index").rename_axis("wijk"),
        maten,
        vet=[_totaalnaam(gemeente)],
        uitleg="Bedragen zijn de som van de wijken. De verhouding is die van de sommen en de kans die van de opgetelde "
        "trekkingen: geen van beide is het gemiddelde van de wijken.",
    )


def _rij(huishoudens: float, fte: float, sleutels: dict[str, float], sim: Reeksen) -> dict[str, float]:
    return {
        "huishoudens": huishoudens,
        "fte": fte,
        "kosten": sleutels["totale_kosten"],
        "baten": sleutels["totale_baten"],
        "saldo": sleutels["saldo"],
        "saldo gemeente": sim.punt["saldo_gemeente"],
        "maatschappelijk": sleutels["kb_maatschappelijk"],
        "kans op een plus": float(sim.kansen.at["saldo", "kans"]),
    }


def _totaalnaam(gemeente: Gemeente) -> str:
    """A label that no wijk has."""
    naam = TOTAAL
    while naam in gemeente.korte_namen:
        naam += " als geheel"
    return naam


def per_post(gemeente: Gemeente) -> Tabel:
    """Uitvoerscherm A with a column per wijk and one of the whole, euros NCW and ratios."""
    kolommen = {naam: dict(w.sleutels) for naam, w in zip(gemeente.korte_namen, gemeente.wijken, strict=True)}
    kolommen[_totaalnaam(gemeente)] = gemeente.sleutels
    rijen = {label: [k.get(s, float("nan")) for k in kolommen.values()] for s, label in schermlabels().items()}
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=list(kolommen))
    return Tabel(
        frame, "bedrag", VERHOUDINGRIJEN, KOPRIJEN, bijschrift="Euro, netto contante waarde van één jaar werken"
    )


def partijen_ncw(gemeente: Gemeente) -> Tabel:
    """Costs, benefits and saldo per party of the whole, euros NCW."""
    bijschrift = "Netto contante waarde van één jaar aanpak, alle wijken samen, per partij"
    return Tabel(per_actor(_frame(gemeente.ncw)), "eur", vet=TOTAALRIJEN, bijschrift=bijschrift)


def partijen_begroting(gemeente: Gemeente, jaar: int = BEGROTINGSJAAR) -> Tabel:
    """The cash flows of a calendar year per party of the whole, euros of that year."""
    bijschrift = f"Begroting na {jaar} jaar, alle wijken samen: kasstromen in één jaar, per partij"
    return Tabel(per_actor(_frame(gemeente.begroting(jaar))), "eur", vet=TOTAALRIJEN, bijschrift=bijschrift)


def begroting_per_wijk(gemeente: Gemeente, jaar: int = BEGROTINGSJAAR) -> Tabel:
    """What a calendar year costs and yields the gemeente, a row per wijk and one of the whole, euros of that year."""
    bedragen = {n: begroting(w, jaar) for n, w in zip(gemeente.korte_namen, gemeente.wijken, strict=True)}
    bedragen[_totaalnaam(gemeente)] = gemeente.begroting(jaar)
    rijen = {n: per_actor(_frame(b)).loc[GEMEENTERIJ, ["kosten", "baten", "saldo"]] for n, b in bedragen.items()}
    frame = pd.DataFrame(rijen).T.rename_axis("wijk")
    bijschrift = f"In de begroting van de gemeente, {jaar} jaar na de start, per wijk"
    return Tabel(frame, "eur", vet=[_totaalnaam(gemeente)], bijschrift=bijschrift)


def antwoorden(gemeente: Gemeente) -> list[Tabel]:
    """Questions 1 to 15, a column per wijk, each in the unit of its field; as many tables as there are wijken to put
    beside each other.

    A value that a kengetal or a standard value filled in is marked with (k), one that a measurement replaces with
    (vervalt).
    """
    kolommen = {n: antwoordkolom(w.aanpak) for n, w in zip(gemeente.korte_namen, gemeente.wijken, strict=True)}
    namen = list(kolommen)
    uit = []
    for begin in range(0, len(namen), NAAST):
        deel = namen[begin : begin + NAAST]
        rijen = {f"{VELDEN[s].vraag}. {VELDEN[s].label}": [kolommen[n][s] for n in deel] for s in kolommen[deel[0]]}
        frame = pd.DataFrame.from_dict(rijen, orient="index", columns=deel)
        wie = f", {opsomming(deel)}" if len(namen) > NAAST else ""
        bijschrift = f"De antwoorden op vraag 1 tot en met 15{wie}"
        uitleg = (
            "(k): niet opgegeven, aangevuld met een kengetal of standaardwaarde. –: leeg, of de wijk heeft geen "
            "huishoudens van dit type."
        )
        if any(w.aanpak.gemeten_in for w in gemeente.wijken):
            uitleg = f"(g): gemeten, of bijgewerkt met een meting. {uitleg}"
        uit.append(Tabel(frame, bijschrift=bijschrift, uitleg=uitleg))
    return uit


def _frame(bedragen: object) -> pd.DataFrame:
    return pd.DataFrame(bedragen, index=list(POSTEN), columns=list(ACTOREN))


def onzekerheid(gemeente: Gemeente) -> Tabel:
    """The three balances of the whole: as given, P10, P50, P90 and the chance of a plus, with both kinds of luck."""
    rijen = []
    for geluk, deel in (("eigen", gemeente.eigen), ("gedeeld", gemeente.gedeeld)):
        for sleutel, rij in deel.kwantielen.iterrows():
            rijen.append(
                {
                    "saldo van": deel.kansen.at[sleutel, "partij"],
                    "mee- en tegenvallers": geluk,
                    "zoals ingevuld": rij["punt"],
                    "P10": rij["p10"],
                    "P50 (midden)": rij["p50"],
                    "P90": rij["p90"],
                    "kans op een plus": deel.kansen.at[sleutel, "kans"],
                }
            )
    euro = dict.fromkeys(["zoals ingevuld", "P10", "P50 (midden)", "P90"], "eur")
    return Tabel(pd.DataFrame(rijen), {**euro, "kans op een plus": "kans"}, index=False)


def kansen(gemeente: Gemeente) -> Tabel:
    """The chance of a plus per balance: with luck of its own per wijk, and with the same luck for all."""
    een, ander = gemeente.eigen.kansen, gemeente.gedeeld.kansen
    frame = pd.DataFrame(
        {"eigen mee- en tegenvallers": een["kans"].tolist(), "overal dezelfde": ander["kans"].tolist()},
        index=[partij[:1].upper() + partij[1:] for partij in een["partij"]],
    ).rename_axis("kans op een plus voor")
    return Tabel(frame, "kans")
