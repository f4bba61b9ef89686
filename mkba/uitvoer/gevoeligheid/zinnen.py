"""Sentences on scenarios, the waterfall, the plane of two knobs and the guard; plain Dutch text, not HTML."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from mkba.analyse.gevoeligheid.rooster import Raster
from mkba.analyse.gevoeligheid.scenarios import BASIS, MAXIMUM_SHAPLEY, Scenario
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import euro, hoeveel, opsomming, verhouding_met_exact
from mkba.kern.woorden.velden import benoem

_MEERVOUD: Final = {"fase": "fasen", "tegenvaller": "tegenvallers", "eigen": "eigen scenario's"}


def scenario_zin(vergelijking: pd.DataFrame, scenarios: Iterable[Scenario]) -> str:
    """Per kind of scenario how many break even for society, which change nothing here, and the worst one."""
    zinnen = []
    per_soort: dict[str, list[str]] = {}
    for s in scenarios:
        per_soort.setdefault(s.soort, []).append(s.naam)
    for soort, namen in per_soort.items():
        saldo = vergelijking.loc[namen, "saldo"]
        anders = saldo[saldo != float(vergelijking.loc[BASIS, "saldo"])]
        meervoud, gelijk = _MEERVOUD[soort], [str(n) for n in saldo.index.difference(anders.index, sort=False)]
        if anders.empty:
            zinnen.append(f"De {meervoud} veranderen hier niets.")
            continue
        goed = [str(n) for n in anders.index[anders >= 0]]
        slechtste = str(anders.idxmin())
        ratio = float(vergelijking.loc[slechtste, "kb_maatschappelijk"])
        saldi = f"saldo {euro(float(anders[slechtste]), 100)}"
        if ratio < 0:
            saldi += ", de baten zijn dan per saldo negatief"
        elif math.isfinite(ratio):
            saldi += f", maatschappelijke verhouding {verhouding_met_exact(ratio)}"
        if len(anders) == 1:
            kant = "ten minste gelijk aan" if goed else "kleiner dan"
            zin = f"Van de {meervoud} verandert hier alleen {slechtste} iets: de baten zijn {kant} de kosten ({saldi})."
        else:
            zin = (
                f"Bij {_deel_van(len(goed), len(anders))} {meervoud} zijn de baten ten minste gelijk aan de kosten"
                + (f" ({', '.join(goed)})" if 0 < len(goed) < len(anders) else "")
                + f"; de ongunstigste is {slechtste}: {saldi}."
            )
            if gelijk:
                werkwoorden = ("verandert", "telt") if len(gelijk) == 1 else ("veranderen", "tellen")
                zin += f" {opsomming(gelijk)} {werkwoorden[0]} hier niets en {werkwoorden[1]} niet mee."
        zinnen.append(zin)
    return " ".join(zinnen) or "Er zijn geen scenario's doorgerekend."


def _deel_van(aantal: int, alle: int) -> str:
    """ "geen van de 3", "1 van de 3", "alle 3"."""
    return f"alle {alle}" if aantal == alle else f"{aantal or 'geen'} van de {alle}"


def waterval_zin(tabel: pd.DataFrame) -> str:
    """What the reader must know of a waterfall before quoting one bar."""
    stappen = tabel[tabel["soort"] == "wijziging"]
    if stappen.empty:
        return "De twee scenario's verschillen niet."
    zin = (
        "Elke balk is de bijdrage van een wijziging als de wijzigingen erboven al gelden; in een andere volgorde "
        "zijn de bijdragen anders, het totaal niet. "
    )
    if stappen["gemiddeld"].isna().any():
        return (
            zin + f"Het gemiddelde over alle volgordes wordt bij meer dan {MAXIMUM_SHAPLEY} wijzigingen niet berekend."
        )
    return zin + "Het gemiddelde over alle volgordes hangt niet van de volgorde af en telt op tot hetzelfde verschil."


def vlak_zin(raster: Raster) -> str:
    """What the black line of a contour says for the aanpak as given."""
    hier = raster.punt[2] >= raster.drempel
    boven = raster.waarden >= raster.drempel
    if boven.all() or not boven.any():
        kant = "groter dan" if hier else "lager dan"
        return f"In dit hele vlak zijn de baten {kant} de kosten: deze twee knoppen samen keren het oordeel niet."
    zin = "Op de zwarte lijn zijn baten en kosten gelijk. Hoe verder de stip van de lijn, hoe meer er "
    return zin + ("mag tegenvallen" if hier else "beter moet gaan") + " voordat het oordeel omslaat."


def zonder_werking_zin(zonder: Mapping[str, Sequence[str]]) -> str:
    """Which scenarios change answers that a measurement has taken the place of, by name; nothing when none does."""
    if not zonder:
        return ""
    delen = [f"{naam} ({opsomming(benoem(velden))})" for naam, velden in zonder.items()]
    return (
        f"Door de effectmeting verandert dit niets meer: {'; '.join(delen)}. Een scenario kan de gemeten antwoorden "
        "zelf veranderen (sleutels die met effectmeting. beginnen)."
    )


def wacht_zin(meldingen: Sequence[Melding]) -> str:
    """How many checks speak; also said when none does."""
    if not meldingen:
        return "De controle op dubbeltelling en onwaarschijnlijke combinaties vond niets."
    aantal = hoeveel(len(meldingen), "punt", "punten")
    return f"De controle op dubbeltelling en onwaarschijnlijke combinaties vond {aantal} om te onderbouwen."
