"""Tables of a Monte Carlo simulation: quantiles, chances, and from what was drawn."""

import numpy as np
import pandas as pd

from mkba.analyse.onzekerheid.convergentie import Convergentie
from mkba.analyse.onzekerheid.simulatie import Reeksen, Simulatie
from mkba.analyse.onzekerheid.trekking import Verdeling, verdelingen
from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import kort, procent
from mkba.kern.woorden.begrippen import ACTOREN, naam
from mkba.kern.woorden.uitvoerscherm import UITVOERSCHERM_A
from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer.maat import Cel, veldcel
from mkba.uitvoer.onzekerheid.namen import invoernaam
from mkba.uitvoer.tabel import Tabel

KOPPEN = {
    "punt": "zoals ingevuld",
    "p10": "P10",
    "p50": "P50 (midden)",
    "p90": "P90",
    "gemiddelde": "gemiddeld",
}
SALDI = {"saldo_financieel": "Saldo in geld, alle partijen", "saldo_gemeente": "Saldo in geld, gemeente"}


def kwantielen(simulatie: Reeksen) -> Tabel:
    """The lines of uitvoerscherm A and the two saldi in money, euros NCW and ratios: as given, P10, P50, P90, mean, and
    the place of the value as given among the draws (a fraction; 50% is the middle)."""
    labels = {s: label.lstrip("0123456789abc ") if d else label for s, label, d in UITVOERSCHERM_A} | SALDI
    rijen = {
        label: [*_uitkomst(sleutel, simulatie), Cel(simulatie.plaats[sleutel], "fractie")]
        for sleutel, label in labels.items()
        if sleutel in simulatie.reeksen
    }
    rijmaat = {label: "decimaal2" for sleutel, label in labels.items() if sleutel.startswith("kb_")}
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=[*KOPPEN.values(), "plaats van ingevuld"])
    return Tabel(frame, "eur", rijmaat)


def _uitkomst(sleutel: str, simulatie: Reeksen) -> list[object]:
    """As given, and the draws. A ratio as given is printed as everywhere; its draws in hundredths: steps of 0.05 would
    hide the spread."""
    punt, *trekkingen = simulatie.kwantielen.loc[sleutel, list(KOPPEN)]
    return [Cel(punt, "verhouding") if sleutel.startswith("kb_") else punt, *trekkingen]


def kansen(simulatie: Reeksen) -> Tabel:
    """Chance of a positive saldo per party, with the margin that the number of draws leaves; fractions."""
    kans, marge = "kans op een positief saldo", "95%-marge door het aantal trekkingen"
    tabel = simulatie.kansen
    frame = pd.DataFrame(
        {
            kans: tabel["kans"].tolist(),
            f"{marge}: van": tabel["laag"].tolist(),
            f"{marge}: tot": tabel["hoog"].tolist(),
        },
        index=[partij[:1].upper() + partij[1:] for partij in tabel["partij"]],
    )
    return Tabel(
        frame,
        {kans: "kans", f"{marge}: van": "fractie1", f"{marge}: tot": "fractie1"},
        samen={marge: [f"{marge}: van", " tot ", f"{marge}: tot"]},
    )


def lopendtabel(toets: Convergentie) -> Tabel:
    """P10, P50, P90 (euros) and the chance of more than 0 over the first so many draws: flat means enough."""
    koppen = {"trekkingen": "trekkingen", "p10": "P10", "p50": "P50", "p90": "P90", "kans": "kans op meer dan 0"}
    frame = toets.lopend.rename(columns=koppen)
    maat = {"trekkingen": "aantal", **dict.fromkeys(("P10", "P50", "P90"), "eur"), koppen["kans"]: "fractie1"}
    return Tabel(frame, maat, index=False)


def verdelingentabel(simulatie: Simulatie, kengetallen: Kengetallen) -> Tabel:
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
        waarden = [veldcel(veld, w) if veld else Cel(w, "kort") for w in (waarde, v.laag, v.hoog)]
        herkomst = _bereikbron(kengetal, v, veld is not None) if v == gewoon.get(sleutel) else "eigen verdeling"
        soort = _soort(float(waarde or 0), v)
        soort += _rest(sleutel, kengetallen) if sleutel.startswith("actor.") else ""
        soort += ", hangt samen met andere" if any(sleutel in paar for paar in simulatie.correlaties) else ""
        rijen.append([invoernaam(sleutel, kengetallen), *waarden, soort, herkomst])
    frame = pd.DataFrame(rijen, columns=["invoer", "waarde", "laagste", "hoogste", "verdeling", "herkomst"])
    return Tabel(frame, dict.fromkeys(("waarde", "laagste", "hoogste"), "kort"), index=False)


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
