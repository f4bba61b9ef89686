"""Switching values and the cheapest way to break-even in words; plain Dutch text, not HTML."""

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd

from mkba.analyse.gevoeligheid.combinatie import Combinatie
from mkba.analyse.onzekerheid.simulatie import Simulatie
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import euro, hoeveel, opsomming, te_onderscheiden, toon_veld, van_de_honderd, verhouding
from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer.gevoeligheid.tabellen import CRITERIA, knopnaam

_WIE: Final[dict[str, str]] = {
    "maatschappelijk": "Maatschappelijk",
    "financieel": "Voor alle partijen samen",
    "gemeente": "Voor de gemeente",
}


_SALDO: Final = {"maatschappelijk": "saldo", "financieel": "saldo_financieel", "gemeente": "saldo_gemeente"}
"""The outcome of a simulation that goes with each criterium."""


def per_betaler(omslag: pd.DataFrame, aantal: int = 3) -> list[str]:
    """A sentence per criterium: how it stands now and which knobs alone turn that, nearest first; plain Dutch text.

    ``omslag``: the table of ``analyse.omslag.omslagpunten``. Nearest means the smallest distance over the width of
    the published range; at most ``aantal`` knobs.
    """
    uit = []
    for criterium in CRITERIA:
        deel = omslag[omslag["criterium"] == criterium]
        if deel.empty:
            continue
        stand = f"{_stand(criterium, float(deel['balans'].iloc[0]))}."
        rijen = dichtste(deel, aantal)
        if rijen:
            knoppen = opsomming([keert_bij(rij) for rij in rijen], "of")
            ster = any(not rij["in_bereik"] for rij in rijen)
            slot = " (* ligt buiten het bereik dat de bronnen noemen.)" if ster else ""
            uit.append(f"{stand} Dat keert om, als al het andere blijft staan, bij {knoppen}.{slot}")
        else:
            uit.append(f"{stand} Geen enkele knop alleen verandert dat.")
    return uit


def kern(omslag: pd.DataFrame) -> str:
    """The switching value of society to lead with: an effect inside the published ranges, or that there is none.

    Who pays (additioneel) is a choice and no effect, so it does not lead.
    """
    deel = omslag[(omslag["sleutel"] != "additioneel") & (omslag["criterium"] == "maatschappelijk")]
    binnen = dichtste(deel[deel["in_bereik"].astype(bool)], 1)
    if binnen:
        return omslagzin(binnen[0])
    zin = "Binnen de bereiken die de bronnen noemen, keert geen enkele knop alleen het maatschappelijke oordeel om."
    buiten = dichtste(deel, 1)
    return f"{zin} Het dichtst bij komt: h{omslagzin(buiten[0])[1:]}" if buiten else zin


def dichtste(deel: pd.DataFrame, aantal: int) -> list[dict[str, object]]:
    """Rows of the knobs that turn, the nearest crossing of each, nearest knob first."""
    dichtbij = deel[deel["oordeel"] == "omslag"].sort_values("afstand_bereik", kind="stable")
    return [
        {str(k): w for k, w in r.items()} for r in dichtbij.drop_duplicates("sleutel").head(aantal).to_dict("records")
    ]


def _stand(criterium: str, balans: float) -> str:
    """How large the benefits are beside the costs: "Voor de gemeente zijn de financiële baten … kleiner dan …"."""
    baten = "baten" if criterium == "maatschappelijk" else "financiële baten"
    if abs(rond(balans, 100)) == 0:
        return f"{_WIE[criterium]} zijn de {baten} nu vrijwel gelijk aan de kosten"
    kant = "groter" if balans > 0 else "kleiner"
    return f"{_WIE[criterium]} zijn de {baten} nu {euro(abs(balans), 100)} {kant} dan de kosten"


def keert_bij(rij: dict[str, object]) -> str:
    """One knob with the values at which the present judgement no longer holds."""
    punt, nu = _samen(float(str(rij["omslagpunt"])), float(str(rij["waarde"])))
    if rij["houdt"]:
        kant = "onder" if rij["richting"] == "≥" else "boven"
    else:
        kant = "vanaf" if rij["richting"] == "≥" else "tot en met"
    if _kan_extra(str(rij["sleutel"])) and punt.startswith("-"):
        kant = {"onder": "meer dan", "boven": "minder dan", "vanaf": "hoogstens", "tot en met": "minstens"}[kant]
        wat = _extra(str(rij["sleutel"]), punt)
        return f"{kant} {wat}{'' if rij['in_bereik'] else '*'} (nu {_met_kant(nu)})"
    sleutel, ster = str(rij["sleutel"]), "" if rij["in_bereik"] else "*"
    return f"{knopnaam(sleutel)} {kant} {punt}{ster} (nu {_nu(sleutel, nu)})"


def omslagzin(rij: dict[str, object]) -> str:
    """Where one knob turns the balance, from a row of ``omslagpunten``."""
    omslag, waarde = float(str(rij["omslagpunt"])), float(str(rij["waarde"]))
    kant = "daarboven" if rij["richting"] == "≥" else "daaronder"
    punt, nu = _samen(omslag, waarde)
    buiten = "" if rij["in_bereik"] else " (buiten het gepubliceerde bereik)"
    knop = knopnaam(str(rij["sleutel"]))
    if _kan_extra(str(rij["sleutel"])) and punt.startswith("-"):
        kant = "zolang het er niet meer zijn" if rij["richting"] == "≥" else "als het er meer zijn"
        wat = _extra(str(rij["sleutel"]), punt)
        return f"Het saldo is nul bij {wat}{buiten} en positief {kant}; nu {_met_kant(nu)}. {_bereik(rij)}"
    nu = _nu(str(rij["sleutel"]), nu)
    return f"Het saldo is nul bij {knop} van {punt}{buiten} en positief {kant}; nu {nu}. {_bereik(rij)}"


def _bereik(rij: dict[str, object]) -> str:
    """The range that the sources print for one knob, as a sentence."""
    sleutel = str(rij["sleutel"])
    laag, hoog = (toon_veld(VELDEN[sleutel], float(str(rij[kant]))) for kant in ("laag", "hoog"))
    if _kan_extra(sleutel) and laag.startswith("-"):
        laag, hoog = _met_kant(laag), _met_kant(hoog)
    return f"De bronnen noemen {laag} tot {hoog}."


def _kan_extra(sleutel: str) -> bool:
    """Whether a negative value of this knob means more instead of less: substitutie."""
    veld = VELDEN[sleutel]
    return veld.label.startswith("Minder ") and (veld.minimum or 0) < 0


def _extra(sleutel: str, punt: str) -> str:
    """ "-14,2%" of "minder trajecten" in words: "14,2% extra (in plaats van minder) trajecten"."""
    return f"{punt[1:]} extra (in plaats van minder) {knopnaam(sleutel).removeprefix('minder ')}"


def _nu(sleutel: str, waarde: str) -> str:
    """A present value, in words when "minder" is negative."""
    return _met_kant(waarde) if _kan_extra(sleutel) and waarde.startswith("-") else waarde


def _met_kant(waarde: str) -> str:
    """A value of such a knob by itself: "30% minder", "5% extra", "0%"."""
    return f"{waarde[1:]} extra" if waarde.startswith("-") else waarde if waarde == "0%" else f"{waarde} minder"


def combinatiezin(combinatie: Combinatie, simulatie: Simulatie | None = None) -> str:
    """What the cheapest combination is, or that there is none; plain Dutch text.

    ``simulatie``: for an aanpak that breaks even, also in how many of its draws it does not.
    """
    wie = _WIE[combinatie.criterium]
    if not combinatie.nodig:
        return (
            f"{_stand(combinatie.criterium, combinatie.balans_nu)}: de aanpak is al sluitend, dus geen knop hoeft "
            + (f"te bewegen.{_tegenval(combinatie.criterium, simulatie)}")
        )
    if not combinatie.mogelijk:
        return (
            f"{wie} is de aanpak met geen enkele stand van de knoppen sluitend te maken: ook bij de gunstigste "
            f"waarden die het invoerscherm toelaat, blijft er {euro(abs(combinatie.balans), 100)} tekort."
        )
    bewogen = combinatie.knoppen[combinatie.knoppen["naar"] != combinatie.knoppen["van"]].to_dict("records")
    delen = []
    for k in bewogen:
        naar, van = _samen(k["naar"], k["van"])
        knop = knopnaam(k["sleutel"])
        if _kan_extra(k["sleutel"]) and min(k["naar"], k["van"]) < 0:
            knop, van, naar = knop.removeprefix("minder "), _met_kant(van), _met_kant(naar)
        delen.append(f"{knop} van {van} naar {naar}")
    samen = opsomming(delen)
    hoe = "Met de kleinste verschuiving samen" if len(delen) > 1 else "Met de kleinste verschuiving, van één knop,"
    slot = (
        " De gepubliceerde bereiken zijn daarvoor te krap; er is gezocht tot de grenzen van het invoerscherm."
        if combinatie.ruimer
        else " Dat blijft binnen de bereiken die de bronnen noemen, de uiterste waarden meegerekend."
    )
    # a present value outside the published range may stay there or come back part of the way
    slot = slot if combinatie.ruimer or all(k["binnen"] for k in bewogen) else ""
    dan = f" (verhouding dan {verhouding(combinatie.verhouding)})" if math.isfinite(combinatie.verhouding) else ""
    tekort = euro(abs(combinatie.balans_nu), 100)
    return f"{wie} komt de aanpak {tekort} tekort. {hoe} is dat nul: {samen}{dan}.{slot}"


def _tegenval(criterium: str, simulatie: Simulatie | None) -> str:
    """In how many draws an aanpak that breaks even as given does not; empty without a simulation of it."""
    if simulatie is None or _SALDO[criterium] not in simulatie.kansen.index:
        return ""
    mis = 1.0 - float(simulatie.kansen.loc[_SALDO[criterium], "kans"])
    if mis == 0.0:
        return " Ook in alle trekkingen van de simulatie sluit het."
    return f" Zoals ingevuld sluit het, maar {van_de_honderd(mis)} trekkingen van de simulatie niet."


def combinatie_uitleg(combinatie: Combinatie) -> str:
    """How to read the table of the combination; empty when no knob moves, for then there is no table."""
    if not combinatie.wijzigingen:
        return ""
    if not combinatie.mogelijk:
        return (
            "De tabel toont de gunstigste stand van elke knop die het invoerscherm toelaat. Ook daarmee blijven de "
            "baten kleiner dan de kosten: het antwoord ligt dan bij de kosten (vraag 6 tot en met 8) of bij wie er "
            "betaalt, niet bij betere effecten."
        )
    return (
        "Gezocht is de kleinste verschuiving van alle knoppen samen, gemeten in delen van het bereik dat de bronnen "
        "noemen. Een knop met een breed bereik telt zo als goedkoop: dit is rekenkundig de kortste weg, niet per se de "
        "haalbaarste. De hoogste waarde voor minder trajecten in bestaande cases is een voornemen; bij TU Delft "
        "(handleiding, tabel 2.9) werd van de voorgenomen acties de helft gerealiseerd. Minder nieuwe huishoudens "
        "vinden telt mee als een weg, want het scheelt kosten; of dat de bedoeling is, is aan de gemeente."
    )


def combinatie_wacht(combinatie: Combinatie, meldingen: Sequence[Melding]) -> str:
    """What the guard says with the combination filled in (``analyse.combinatie.wacht_bij``); empty when none moves."""
    if not combinatie.wijzigingen:
        return ""
    if not meldingen:
        return "Met deze waarden ingevuld vindt de controle op dubbeltelling en onwaarschijnlijke combinaties niets."
    aantal = hoeveel(len(meldingen), "punt", "punten")
    return (
        f"Met deze waarden ingevuld vindt de controle op dubbeltelling en onwaarschijnlijke combinaties {aantal} om te "
        "onderbouwen:"
    )


def _samen(een: float, ander: float) -> tuple[str, str]:
    """Two percentages with one decimal, or with as many as it takes to see that they differ."""
    links, rechts = te_onderscheiden(100 * een, 100 * ander)
    return f"{links}%", f"{rechts}%"
