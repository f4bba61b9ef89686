"""Switching values in words and in a table, and the cheapest way to break-even."""

from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.combinatie import Combinatie
from mkba.invoer.velden import VELDEN
from mkba.uitvoer.getallen import euro, procent, verhouding

CRITERIA: Final[dict[str, str]] = {
    "maatschappelijk": "Maatschappelijk (saldo)",
    "financieel": "Financieel, alle partijen",
    "gemeente": "Gemeente",
}
"""Column headings per criterium."""

_NUL: Final[dict[str, str]] = {
    "maatschappelijk": "Het saldo is nul",
    "financieel": "Voor alle partijen samen zijn de financiële baten gelijk aan de kosten",
    "gemeente": "Voor de gemeente zijn de financiële baten gelijk aan de kosten",
}
_MEER: Final = {"maatschappelijk": "positief", "financieel": "groter", "gemeente": "groter"}
_WIE: Final[dict[str, str]] = {
    "maatschappelijk": "Maatschappelijk",
    "financieel": "Voor alle partijen samen",
    "gemeente": "Voor de gemeente",
}


def zinnen(omslag: pd.DataFrame, criterium: str = "maatschappelijk", aantal: int = 3) -> list[str]:
    """Sentences for the knobs whose switching value is closest, plain Dutch text (not HTML).

    ``omslag``: the table of ``analyse.omslag.omslagpunten``. Closest means the smallest distance over the width of
    the published range. When no knob turns the criterium by itself, one sentence says so.
    """
    deel = omslag[omslag["criterium"] == criterium]
    dichtbij = deel[deel["oordeel"] == "omslag"].sort_values("afstand_bereik", kind="stable")
    rijen = dichtbij.drop_duplicates("sleutel").head(aantal).to_dict("records")
    if rijen:
        return [_zin(rij) for rij in rijen]
    stand = "sluitend" if bool(deel["houdt"].iloc[0]) else "niet sluitend"
    return [f"{_WIE[criterium]} is de aanpak {stand}, en geen enkele knop alleen verandert dat."]


def kern(omslag: pd.DataFrame) -> str:
    """The switching value of society to lead with: an effect inside the published ranges, or that there is none.

    Who pays (additioneel) is a choice and no effect, so it does not lead.
    """
    deel = omslag[(omslag["sleutel"] != "additioneel") & (omslag["criterium"] == "maatschappelijk")]
    binnen = deel[(deel["oordeel"] == "omslag") & deel["in_bereik"].astype(bool)]
    if not binnen.empty:
        return zinnen(binnen, aantal=1)[0]
    zin = "Binnen de bereiken die de bronnen noemen, keert geen enkele knop alleen het maatschappelijke oordeel om."
    if (deel["oordeel"] == "omslag").any():
        zin += f" Het dichtst bij komt: {zinnen(deel, aantal=1)[0]}"
    return zin


def _zin(rij: dict[str, object]) -> str:
    omslag, waarde, criterium = float(str(rij["omslagpunt"])), float(str(rij["waarde"])), str(rij["criterium"])
    kant = "daarboven" if rij["richting"] == "≥" else "daaronder"
    punt, nu = _samen(omslag, waarde)
    buiten = "" if rij["in_bereik"] else " (buiten het gepubliceerde bereik)"
    knop = knopnaam(str(rij["sleutel"]))
    return f"{_NUL[criterium]} bij {knop} van {punt}{buiten} en {_MEER[criterium]} {kant}; nu {nu}."


def knopnaam(sleutel: str) -> str:
    """A knob inside a sentence: "voorkomen escalatie (gezinnen)"."""
    if sleutel == "additioneel":
        return "aandeel additionele kosten"
    hoofd, _, rest = VELDEN[sleutel].label.partition(": ")
    return f"{hoofd} ({rest})".lower() if rest else hoofd.lower()


def omslagtabel(omslag: pd.DataFrame) -> pd.DataFrame:
    """A row per knob with influence, a column per criterium, formatted text.

    "≥ 1,4%": break-even from there up; "*": outside the published range; "nooit binnen 0–100%" and "altijd
    binnen 0–100%": no switching value at any allowed value; "geen invloed": the knob does nothing here.
    """
    rijen = []
    for sleutel, deel in omslag.groupby("sleutel", sort=False):
        if (deel["oordeel"] == "geen invloed").all():
            continue
        naam = knopnaam(str(sleutel))
        rij = {"knop": naam[:1].upper() + naam[1:], "nu": _pct(float(deel["waarde"].iloc[0]))}
        for criterium, kop in CRITERIA.items():
            punten = deel[deel["criterium"] == criterium].to_dict("records")
            rij[kop] = " en ".join(_cel(p) for p in punten)
        rijen.append(rij)
    return pd.DataFrame(rijen, columns=["knop", "nu", *CRITERIA.values()])


def _cel(rij: dict[str, object]) -> str:
    if rij["oordeel"] == "geen invloed":
        return "geen invloed"
    if rij["oordeel"] == "omslag":
        punt, _ = _samen(float(str(rij["omslagpunt"])), float(str(rij["waarde"])))
        return f"{rij['richting']} {punt}{'' if rij['in_bereik'] else ' *'}"
    laag, hoog = float(str(rij["minimum"])), float(str(rij["maximum"]))
    grenzen = f"{procent(laag)} tot {procent(hoog)}" if laag < 0 else f"{procent(laag).rstrip('%')}–{procent(hoog)}"
    return f"{rij['oordeel']} binnen {grenzen}"


def combinatietabel(combinatie: Combinatie) -> pd.DataFrame:
    """The knobs that move, from and to, beside the published range, formatted text."""
    bewogen = combinatie.knoppen[combinatie.knoppen["naar"] != combinatie.knoppen["van"]]
    return pd.DataFrame(
        [
            {
                "knop": VELDEN[k["sleutel"]].label,
                "van": _samen(k["naar"], k["van"])[1],
                "naar": _samen(k["naar"], k["van"])[0],
                "gepubliceerd bereik": f"{_pct(k['laag'])} … {_pct(k['hoog'])}",
                "verschuiving, deel van het bereik": procent(abs(k["verschuiving"])),
                "binnen het bereik": "ja" if k["binnen"] else "NEE",
            }
            for k in bewogen.to_dict("records")
        ],
        columns=[
            *("knop", "van", "naar", "gepubliceerd bereik", "verschuiving, deel van het bereik", "binnen het bereik")
        ],
    )


def combinatiezin(combinatie: Combinatie) -> str:
    """What the cheapest combination is, or that there is none; plain Dutch text."""
    wie = _WIE[combinatie.criterium]
    if not combinatie.nodig:
        return f"{wie} is de aanpak al sluitend ({euro(combinatie.balans_nu, 100)}); er hoeft geen knop te bewegen."
    if not combinatie.mogelijk:
        return (
            f"{wie} is de aanpak met geen enkele stand van de knoppen sluitend te maken: ook bij de gunstigste "
            f"waarden die het invoerscherm toelaat, blijft er {euro(abs(combinatie.balans), 100)} tekort."
        )
    bewogen = combinatie.knoppen[combinatie.knoppen["naar"] != combinatie.knoppen["van"]].to_dict("records")
    delen = []
    for k in bewogen:
        naar, van = _samen(k["naar"], k["van"])
        delen.append(f"{knopnaam(k['sleutel'])} van {van} naar {naar}")
    samen = " en ".join([", ".join(delen[:-1]), delen[-1]] if len(delen) > 1 else delen)
    slot = (
        " De gepubliceerde bereiken zijn daarvoor te krap; er is gezocht tot de grenzen van het invoerscherm."
        if combinatie.ruimer
        else " Dat blijft binnen de bereiken die de bronnen noemen, de uiterste waarden meegerekend."
    )
    # a present value outside the published range may stay there or come back part of the way
    slot = slot if combinatie.ruimer or all(k["binnen"] for k in bewogen) else ""
    return (
        f"{wie} komt de aanpak {euro(abs(combinatie.balans_nu), 100)} tekort. Met de kleinste verschuiving samen is "
        f"dat nul: {samen} (verhouding dan {verhouding(combinatie.verhouding)}).{slot}"
    )


def _pct(waarde: float, decimalen: int = 1) -> str:
    """A percentage with at most so many decimals, without trailing zeros."""
    tekst = procent(waarde, decimalen).rstrip("%")
    return f"{tekst.rstrip('0').rstrip(',') if ',' in tekst else tekst}%"


def _samen(een: float, ander: float) -> tuple[str, str]:
    """Two percentages with one decimal, or with as many as it takes to see that they differ."""
    for decimalen in (1, 2, 3, 4):
        paar = _pct(een, decimalen), _pct(ander, decimalen)
        if paar[0] != paar[1] or np.isclose(een, ander, rtol=0, atol=1e-7):
            break
    return paar
