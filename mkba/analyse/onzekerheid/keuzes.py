"""Kengetallen that are a choice and no chance: they stay put in a simulation, so what does their other end do?"""

from typing import Final

import pandas as pd

from mkba.analyse.onzekerheid.simulatie import Simulatie, simuleer
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import GEBRUIK

KOLOMMEN: Final = ("sleutel", "waarde", "ander", "kans", "p50")


def vaste_keuzes(simulatie: Simulatie, kengetallen: Kengetallen) -> pd.DataFrame:
    """The simulation again with each fixed choice at the ends of its range, a row per end that matters.

    A choice is a published kengetal with a range that the catalogue declares "vast", such as the value of a QALY.
    Columns sleutel, waarde (as given), ander (the end), kans (chance of a positive saldo of society, a fraction) and
    p50 (euros NCW). All else keeps its draws, so a difference is the choice alone; ``simulatie`` is one without
    correlations or luck of its own. Without a choice that matters to this aanpak the table is empty.
    """
    rijen = []
    for pad in keuzes(kengetallen):
        kengetal = kengetallen.getallen[pad]
        for ander in dict.fromkeys((kengetal.onder, kengetal.boven)):
            if ander == kengetal.waarde or pad in simulatie.trekking:
                continue
            sim = simuleer(
                simulatie.aanpak,
                kengetallen.met({pad: ander}),
                simulatie.aantal,
                simulatie.zaad,
                trekking=simulatie.trekking,
                sleutels=("saldo",),
            )
            if (sim.reeksen["saldo"] != simulatie.reeksen["saldo"]).any():
                kans, p50 = float(sim.kansen.at["saldo", "kans"]), float(sim.kwantielen.at["saldo", "p50"])
                rijen.append([pad, kengetal.waarde, ander, kans, p50])
    return pd.DataFrame(rijen, columns=list(KOLOMMEN))


def keuzes(kengetallen: Kengetallen) -> list[str]:
    """Keys of the kengetallen of the model for which a source prints a range and the catalogue no distribution."""
    return [
        pad
        for pad, k in kengetallen.getallen.items()
        if GEBRUIK.get(pad) == "model" and k.status == "gepubliceerd" and k.verdeling == "vast" and k.onder < k.boven
    ]
