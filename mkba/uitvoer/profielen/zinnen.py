"""The sentences beside the tables of zorgconsumptieprofielen; all text from input is escaped."""

from html import escape

import numpy as np
import pandas as pd
from IPython.display import HTML

from mkba.analyse.doelgroepen.profielen import Bevolking, Profielen, sprongen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import euro, getal, huishoudens, procent
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN, naam
from mkba.uitvoer.profielen.tabellen import KLASSENAMEN, groepsnaam, verschillen


def verschillenregel(profielen: Profielen) -> HTML:
    """The rows marked with a star in words."""
    delen = [
        f"{naam(t).lower()} {KLASSENAMEN[k]}: gedrukt {euro(gedrukt)}, som van de delen {euro(som)}"
        for t, k, gedrukt, som in verschillen(profielen)
    ]
    if not delen:
        return HTML("<p>De totalen zijn de som van hun delen.</p>")
    return HTML(
        f"<p>* Bij {len(delen)} van de twaalf profielen is het gedrukte totaal niet de som van de gedrukte delen: "
        f"{'; '.join(delen)}. De bron zegt niet waarom; er is met de delen gerekend.</p>"
    )


def groepenzin(groepen: pd.DataFrame) -> HTML:
    """The concentration in words: x% of the households, y% of the costs."""
    if not groepen["kosten"].sum():
        return HTML("<p>Er zijn geen huishoudens of geen zorgkosten.</p>")

    def delen(keuze: pd.Series) -> str:
        som = groepen[keuze][["aandeel_huishoudens", "aandeel_kosten"]].sum()
        return f"{procent(som.iloc[0], 1)} van de huishoudens, {procent(som.iloc[1], 1)} van de kosten"

    zwaar = {
        "Meervoudige problematiek en top samen": groepen["klasse"] != "ev",
        "Niet-zelfredzaam en top": groepen["klasse"].isin(["nzr", "top"]),
        "Alleen de top": groepen["klasse"] == "top",
    }
    regels = [f"<li>{label}: <strong>{delen(keuze)}</strong>.</li>" for label, keuze in zwaar.items()]
    grootste = groepen.head(3)
    namen = [
        f"{groepsnaam(r['type'], r['klasse']).lower()} ({procent(r['aandeel_huishoudens'], 1)} van de huishoudens, "
        f"{procent(r['aandeel_kosten'], 1)} van de kosten)"
        for _, r in grootste.iterrows()
    ]
    slot = f"<p>De drie groepen met de meeste kosten: {'; '.join(namen)}.</p>"
    return HTML(f"<ul>{''.join(regels)}</ul>{slot}")


def samenvatting(bevolking: Bevolking, budget: pd.DataFrame, groepen: pd.DataFrame, profielen: Profielen) -> HTML:
    """The answer in short: total and per household, the share of multiproblem households, the largest jump."""
    alle = budget.iloc[-1]
    mv = groepen[groepen["klasse"] != "ev"][["aandeel_huishoudens", "aandeel_kosten"]].sum()
    sprong = sprongen(profielen).sum(axis=2)
    i, j = np.unravel_index(int(sprong.argmax()), sprong.shape)
    wijken = "een wijk" if len(bevolking.namen) == 1 else f"{len(bevolking.namen)} wijken"
    gebruiken, samen = ("gebruikt", "") if rond(alle["huishoudens"]) == 1 else ("gebruiken", " samen")
    return HTML(
        f"<p>In {wijken} {gebruiken} {huishoudens(alle['huishoudens'])}{samen} voor <strong>{_groot(alle['totaal'])}"
        "</strong> zorg per jaar, "
        f"{euro(alle['per_huishouden'], 10)} per huishouden. Huishoudens met meervoudige problematiek of in de top "
        f"zijn {procent(mv.iloc[0])} van de huishoudens en {procent(mv.iloc[1])} van de kosten. De duurste escalatie "
        f"is die bij {naam(TYPEN[i]).lower()} van {KLASSEN[j]} naar {KLASSEN[j + 1]}: {euro(sprong[i, j], 100)} per "
        f"huishouden per jaar meer.</p>"
    )


def _groot(bedrag: float) -> str:
    """Euros in millions with one decimal, or to 100 when that says too little."""
    return euro(bedrag, 100) if abs(bedrag) < 1e6 else f"€\u00a0{getal(bedrag / 1e6, 1)} miljoen"


def herkomstregel(profielen: Profielen, *meer: str) -> HTML:
    """Where the profiles (and what else) come from, in one paragraph."""
    delen = [f"Profielen: {profielen.herkomst}", *meer]
    return HTML(f"<p class='herkomst'>{escape('. '.join(delen))}.</p>")
