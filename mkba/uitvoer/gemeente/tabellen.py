"""Tables of the gemeente as a whole: what each wijk adds, the sums per post and per party, and how sure they are."""

import pandas as pd

from mkba.analyse.gemeente.optelling import Gemeente
from mkba.analyse.onzekerheid.simulatie import Reeksen
from mkba.kern.woorden.begrippen import ACTOREN, POSTEN
from mkba.model.verloop import BEGROTINGSJAAR, begroting
from mkba.uitvoer.aanpak.tabellen import (
    GEMEENTERIJ,
    KOPRIJEN,
    TOTAALRIJEN,
    VERHOUDINGRIJEN,
    per_actor,
    schermlabels,
)
from mkba.uitvoer.tabel import Tabel

TOTAAL = "Gemeente"


def wijken(gemeente: Gemeente) -> Tabel:
    """A row per wijk and one of the whole: households, fte, costs, benefits and saldo (euros NCW), ratio and chance."""
    rijen = {}
    for naam, w, sim in zip(gemeente.namen, gemeente.wijken, gemeente.per_wijk, strict=True):
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
    while naam in gemeente.namen:
        naam += " als geheel"
    return naam


def per_post(gemeente: Gemeente) -> Tabel:
    """Uitvoerscherm A with a column per wijk and one of the whole, euros NCW and ratios."""
    kolommen = {naam: dict(w.sleutels) for naam, w in zip(gemeente.namen, gemeente.wijken, strict=True)}
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
    bedragen = {n: begroting(w, jaar) for n, w in zip(gemeente.namen, gemeente.wijken, strict=True)}
    bedragen[_totaalnaam(gemeente)] = gemeente.begroting(jaar)
    rijen = {n: per_actor(_frame(b)).loc[GEMEENTERIJ, ["kosten", "baten", "saldo"]] for n, b in bedragen.items()}
    frame = pd.DataFrame(rijen).T.rename_axis("wijk")
    bijschrift = f"In de begroting van de gemeente, {jaar} jaar na de start, per wijk"
    return Tabel(frame, "eur", vet=[_totaalnaam(gemeente)], bijschrift=bijschrift)


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
