"""What a measurement does, as tables: per knob, and to saldo and ratios."""

import pandas as pd

from mkba.analyse.effectmeting.bijwerken import UITKOMSTEN, Bijwerking
from mkba.kern.woorden.begrippen import naam
from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer.effectmeting.namen import vraagnaam
from mkba.uitvoer.maat import Cel, veldcel
from mkba.uitvoer.tabel import Tabel

_SALDI = {"saldo": "Saldo", "saldo_gemeente": "Saldo in geld, gemeente"}


def knoptabel(b: Bijwerking) -> Tabel:
    """A row per updated knob: as filled in, kengetal and posterior with their 95% intervals, the measurement with its
    own, and how much of the posterior is measurement."""
    rijen = []
    for k in b.knoppen:
        veld = VELDEN[k.sleutel]
        m = k.gemeten
        gemeten = [Cel(w, "fractie1") for w in ((m.waarde, m.laag, m.hoog) if m else (None, None, None))]
        rijen.append(
            [
                vraagnaam(k.sleutel),
                veldcel(veld, k.voor),
                *(Cel(w, "fractie1") for w in (k.prior.gemiddelde, *k.prior.interval())),
                *gemeten,
                k.bewijs.n,
                *(Cel(w, "fractie1") for w in (k.na, *k.posterior.interval())),
                Cel(k.gewicht, "fractie"),
                k.reden,
            ]
        )
    drie = [[w, f"{w}: van", f"{w}: tot"] for w in ("kengetal", "gemeten", "bijgewerkt")]
    koppen = ["knop", "ingevuld", *drie[0], *drie[1], "huishoudens", *drie[2], "gewicht meting", "opmerking"]
    return Tabel(
        pd.DataFrame(rijen, columns=koppen),
        {
            "ingevuld": "antwoord%",
            **dict.fromkeys([k for d in drie for k in d], "fractie1"),
            "huishoudens": "aantal",
            "gewicht meting": "fractie",
        },
        index=False,
        samen={f"{d[0]} (95%)": [d[0], ", ", d[1], " tot ", d[2]] for d in drie},
        bijschrift="Van kengetal naar meting, per knop",
    )


def statustabel(b: Bijwerking) -> Tabel:
    """A row per answer to questions 1 to 15: its value now and whether it was measured or updated (of how many
    households), is a kengetal or as filled in."""
    per_knop = {k.sleutel: k for k in b.knoppen}
    rijen = []
    for sleutel, waarde in b.na.plat().items():
        if not VELDEN[sleutel].vraag or waarde is None:
            continue
        status = b.status(sleutel)
        n = (
            b.gemeten[sleutel][1]
            if status == "gemeten"
            else per_knop[sleutel].bewijs.n
            if status == "bijgewerkt"
            else None
        )
        rijen.append([vraagnaam(sleutel), veldcel(VELDEN[sleutel], waarde), status, n])
    frame = pd.DataFrame(rijen, columns=["vraag", "waarde", "herkomst", "huishoudens"])
    return Tabel(frame, {"waarde": "antwoord", "huishoudens": "aantal"}, index=False, bijschrift="Herkomst per invoer")


def uitkomsttabel(b: Bijwerking) -> Tabel:
    """Outcomes before and after the measurement: euros NCW and ratios."""
    koppen = {"voor": "zoals ingevuld", "na": "na de meting", "verschil": "verschil"}
    frame = b.uitkomsten.rename(columns=koppen, index=_naam)
    rijmaat = {_naam(u): "decimaal2" for u in UITKOMSTEN if u.startswith("kb_")}
    return Tabel(frame, "eur", rijmaat, bijschrift="Wat de meting met de uitkomst doet")


def invloedtabel(b: Bijwerking, uitkomst: str = "saldo") -> Tabel:
    """What each measured answer does to one outcome: alone, and its part of the whole (Shapley; they add up)."""
    maat = "decimaal2" if uitkomst.startswith("kb_") else "eur"
    frame = pd.DataFrame(
        {
            "alleen deze meting": b.invloed[(uitkomst, "alleen")],
            "deel van het geheel": b.invloed[(uitkomst, "deel")],
        }
    )
    frame.index = pd.Index([vraagnaam(s) for s in b.invloed.index])
    frame.loc["Samen"] = [None, b.uitkomsten.at[uitkomst, "verschil"]]
    return Tabel(frame, maat, vet=("Samen",), bijschrift=f"Wat elke meting doet: {_naam(uitkomst)}")


def _naam(uitkomst: str) -> str:
    return _SALDI.get(uitkomst) or naam(uitkomst)
