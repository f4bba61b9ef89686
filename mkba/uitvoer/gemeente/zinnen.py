"""What the gemeente as a whole says, and a chapter per wijk, as HTML; all text from input is escaped."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from IPython.display import HTML

from mkba.analyse.gemeente.optelling import Gemeente
from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import euro, eurostap, getal, hoeveel, huishoudens, kans_in_procent, opsomming, toon_veld
from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer import extra
from mkba.uitvoer import kernpunten as kern
from mkba.uitvoer.aanpak.beslispagina import TWIJFEL, alinea, lijst, oordelentabel, partijzin
from mkba.uitvoer.aanpak.samenvatting import kost_en_levert, latere_baten, oordeel
from mkba.uitvoer.aanpak.zinnen import kengetallenregel
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.gemeente import tabellen
from mkba.uitvoer.herleiding.onderbouwing import onderbouwing

GENOEMD = 3
"""Wijken that a sentence names; the table has them all."""


def kop(gemeente: Gemeente, dias: Callable[[], dict[str, Any]]) -> HTML:
    """What was added up and with what; ``dias`` makes its slides for who asks for them.

    A batch hears of what the page is made (:mod:`mkba.uitvoer.kernpunten`).
    """
    html = alinea(
        f"{_waarvan(gemeente)}: {opsomming(gemeente.korte_namen)} · "
        f"{huishoudens(gemeente.huishoudens)} · {toon_veld(VELDEN['fte'], gemeente.fte)} fte · "
        f"{getal(gemeente.eigen.aantal)} trekkingen per aanpak (zaad {gemeente.zaad}) · "
        f"{kengetallenregel(gemeente.kengetallen)}"
    )
    if not extra.gevraagd(extra.KERN):
        return HTML(html)
    meer: dict[str, Any] = {}
    if extra.gevraagd(extra.ONDERBOUWING):
        meer[extra.ONDERBOUWING] = onderbouwing(gemeente.wijken, gemeente.sleutels)
    if extra.gevraagd(extra.PRESENTATIE):
        meer[extra.PRESENTATIE] = dias()
    return MetGetallen(html, feiten(gemeente), extra.KERN, meer)


def _waarvan(gemeente: Gemeente) -> str:
    aantal = f"{hoeveel(len(gemeente.wijken), 'aanpak', 'aanpakken')} opgeteld"
    return f"{gemeente.plaats}, {aantal}" if gemeente.plaats else aantal


def feiten(gemeente: Gemeente) -> dict[str, object]:
    """What a batch holds against its plan: the answers and the key figures of the whole."""
    invoer = kern.reekshash([w.aanpak for w in gemeente.wijken])
    return {"invoer": invoer, "kerncijfers": kern.kerncijfers(gemeente.sleutels)}


def beslispagina(gemeente: Gemeente) -> HTML:
    """One page for who decides about the whole: verdicts with their chance, who pays, which wijken, what next."""
    s, ncw = gemeente.sleutels, tabellen.partijen_ncw(gemeente).frame
    delen = [
        "<h2>Op één bladzijde</h2>",
        alinea(
            f"Een jaar werken in {hoeveel(len(gemeente.wijken), 'wijk', 'wijken')} met "
            f"{toon_veld(VELDEN['fte'], gemeente.fte)} fte voor {huishoudens(gemeente.huishoudens)} "
            f"{kost_en_levert(s)}."
        ),
        f"<p>{oordeel(s, ncw).replace('De figuur ‘Wat bepaalt het saldo?’', 'Het hoofdstuk van elke wijk')}</p>",
        oordelentabel(s, gemeente.eigen, any(w.aanpak.gemeten_in for w in gemeente.wijken)).als_html(),
        alinea(gelukzin(gemeente)),
        "<h3>Wie betaalt en wie profiteert</h3>",
        alinea(
            partijzin(ncw, tabellen.partijen_begroting(gemeente).frame, sum(latere_baten(w) for w in gemeente.wijken))
        ),
        "<h3>Welke wijken het maken</h3>",
        alinea(wijkenzin(gemeente)),
        "<h3>Wat nu te doen</h3>",
        lijst(volgende_stappen(gemeente)),
    ]
    return HTML(f"<section class='beslispagina'>{''.join(delen)}</section>")


def gelukzin(gemeente: Gemeente) -> str:
    """How the chance depends on whether the wijken share their luck."""
    een, ander = (float(deel.kansen.at["saldo", "kans"]) for deel in (gemeente.eigen, gemeente.gedeeld))
    if len(gemeente.wijken) == 1:
        return ""
    return (
        f"De kans op een plus voor de maatschappij is {kans_in_procent(een)} als elke wijk haar eigen mee- "
        "en tegenvallers "
        f"heeft en {kans_in_procent(ander)} als die overal dezelfde zijn; de waarheid ligt waarschijnlijk ertussen. De "
        "kengetallen hebben de wijken altijd gemeen: wat daarin tegenvalt, valt overal tegen. De kansen per wijk zijn "
        "met eigen trekkingen gemaakt en kunnen een procentpunt afwijken van die in het rapport van de wijk alleen."
    )


def spreidingzin(gemeente: Gemeente) -> str:
    """How much of the spread of the wijken cancels out in the whole."""
    samen = gemeente.eigen.kwantielen.loc["saldo"]
    breed = float(samen["p90"] - samen["p10"])
    los = sum(float(s.kwantielen.at["saldo", "p90"] - s.kwantielen.at["saldo", "p10"]) for s in gemeente.per_wijk)
    op = eurostap((float(samen["p10"]), float(samen["p90"])))
    zin = (
        f"In 8 van de 10 trekkingen ligt het maatschappelijke saldo tussen {euro(float(samen['p10']), op)} en "
        f"{euro(float(samen['p90']), op)}, met eigen mee- en tegenvallers per wijk."
    )
    if len(gemeente.wijken) == 1 or los <= 0:
        return zin
    zin += (
        f" Die afstand is {getal(100 * breed / los)}% van die van de wijken bij elkaar opgeteld: de rest "
        "valt tegen elkaar "
        "weg."
    )
    meer = gemeente.meer_door_gedeeld
    if meer < 0.01:  # within the noise of the draws
        return (
            f"{zin} De kengetallen die de wijken delen, maken haar niet merkbaar groter: de eigen antwoorden "
            "wegen zwaarder."
        )
    return (
        f"{zin} De kengetallen die de wijken delen, maken haar {getal(100 * meer)}% groter dan bij wijken zonder "
        "iets gemeen."
    )


def wijkenzin(gemeente: Gemeente) -> str:
    """Which wijken add most to the saldo of the whole, and which take from it."""
    saldi = pd.Series([w["saldo"] for w in gemeente.wijken], index=list(gemeente.korte_namen), dtype=float)
    plus, min_ = ([s for s in saldi if rond(s, 100) > 0], [s for s in saldi if rond(s, 100) < 0])
    zinnen = []
    for deel, kop_ in (
        (saldi[saldi > 0].sort_values(ascending=False, kind="stable"), "Een plus heeft"),
        (saldi[saldi < 0].sort_values(kind="stable"), "Een min heeft"),
    ):
        namen = [f"{n} ({euro(float(s), 100)})" for n, s in deel.head(GENOEMD).items() if rond(float(s), 100)]
        if namen:
            aantal = len(plus) if deel.iloc[0] > 0 else len(min_)
            rest = f", en {hoeveel(aantal - len(namen), 'andere', 'andere')}" if aantal > len(namen) else ""
            kop_ = kop_ if aantal == 1 else kop_.replace("heeft", "hebben")
            zinnen.append(f"{kop_} {opsomming(namen) if not rest else ', '.join(namen) + rest}.")
    return " ".join(zinnen) or "Geen wijk heeft een plus of een min."


def volgende_stappen(gemeente: Gemeente) -> list[str]:
    """What to do next for the whole, each with its reason; plain text."""
    uit = []
    punten = {
        n: len(wacht(w)) + len(opmerkingen(w)) for n, w in zip(gemeente.korte_namen, gemeente.wijken, strict=True)
    }
    if open_ := {n: k for n, k in punten.items() if k}:
        meeste = sorted(open_.items(), key=lambda p: -p[1])[:GENOEMD]
        uit.append(
            f"Onderbouw vóór het besluit {hoeveel(sum(open_.values()), 'punt', 'punten')} bij de invoer van "
            f"{hoeveel(len(open_), 'wijk', 'wijken')} (de meeste bij "
            f"{opsomming([f'{n}: {k}' for n, k in meeste])}); zij "
            "staan in het hoofdstuk van elke wijk."
        )
    tekort = -gemeente.eigen.punt["saldo_gemeente"]
    if rond(tekort, 100) > 0 and rond(gemeente.eigen.punt["saldo_financieel"], 100) > 0:
        uit.append(
            "Maak met de partijen die meer terugkrijgen dan zij inleggen een afspraak over de kosten: de "
            "gemeente komt "
            f"{euro(tekort, 100)} tekort, alle partijen samen niet."
        )
    verlies = [n for n, w in zip(gemeente.korte_namen, gemeente.wijken, strict=True) if rond(w["saldo"], 100) < 0]
    if verlies and len(verlies) < len(gemeente.wijken):
        uit.append(
            "Bekijk eerst de opzet in "
            f"{opsomming(verlies[:GENOEMD])}{' en andere' if len(verlies) > GENOEMD else ''}: daar "
            "zijn de baten kleiner dan de kosten, en in het hoofdstuk staat waar dat omslaat."
        )
    if any(w.aanpak.gemeten is None for w in gemeente.wijken):
        uit.append(
            "Houd in alle wijken dezelfde effecten op dezelfde manier bij: nu berust de uitkomst op "
            "verwachtingen, en alleen "
            "wat gelijk is gemeten, is op te tellen."
        )
    kans = float(gemeente.eigen.kansen.at["saldo", "kans"])
    if TWIJFEL[0] < kans < TWIJFEL[1]:
        uit.append(
            "Spreek een moment af waarop u opnieuw kijkt en bij welke uitkomst u bijstuurt: zeker is het oordeel niet."
        )
    return uit


def hoofdstukkop(naam: str, zinnen: Sequence[str]) -> HTML:
    """The head of the chapter of one wijk, on a sheet of its own, with what comes first in it."""
    return HTML(f"<h2 class='nieuw-blad'>{_tekst(naam)}</h2>{''.join(alinea(z) for z in zinnen)}")


def tussenkop(tekst: str, zinnen: Sequence[str] = (), als_lijst: bool = False) -> HTML:
    """A small heading with sentences below it."""
    return HTML(f"<h3>{_tekst(tekst)}</h3>{lijst(zinnen) if als_lijst else ''.join(alinea(z) for z in zinnen)}")


def _tekst(tekst: str) -> str:
    return alinea(tekst).removeprefix("<p>").removesuffix("</p>")
