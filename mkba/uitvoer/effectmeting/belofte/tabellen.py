"""The locked promise as tables: promised beside measured, and what was changed afterwards."""

from typing import Any

import pandas as pd

from mkba.analyse.effectmeting.belofte import Naast, Vergelijking
from mkba.kern.tekst.notatie import datum, toon_veld
from mkba.kern.woorden.begrippen import naam
from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer.maat import Cel, veldcel
from mkba.uitvoer.tabel import Tabel

_ESCALATIE = VELDEN["escalatie.gezin"].vraag
_SALDI = {"saldo": "Saldo", "saldo_gemeente": "Saldo in geld, gemeente"}


def beloftetabel(vergelijking: Vergelijking) -> Tabel:
    """A row per knob and outcome: promised with its 95% interval, measured, and how they compare."""
    rijen = [[_label(n.sleutel), *_cellen(n), _oordeel(n)] for n in (*vergelijking.knoppen, *vergelijking.uitkomsten)]
    koppen = ["wat", "beloofd", "laag", "hoog", "nu", "oordeel"]
    frame = pd.DataFrame(rijen, columns=koppen)
    return Tabel(
        frame,
        dict.fromkeys(koppen[1:5], "kort"),
        index=False,
        samen={"95%-interval van de belofte": ["laag", " tot ", "hoog"]},
        bijschrift=f"Belofte van {datum(vergelijking.belofte.datum)} naast wat nu bekend is",
    )


def veranderdtabel(vergelijking: Vergelijking) -> Tabel:
    """Answers that were changed after the promise and not measured; empty when there are none."""
    rijen = [
        [
            f"{VELDEN[s].vraag}. {VELDEN[s].label}" if VELDEN[s].vraag else VELDEN[s].label,
            *(_antwoord(s, w) for w in paar),
        ]
        for s, paar in vergelijking.veranderd.items()
    ]
    if vergelijking.regelset is not None:
        rijen.append(["Kengetallen (regelset en vingerafdruk)", *vergelijking.regelset])
    frame = pd.DataFrame(rijen, columns=["wat", "beloofd", "nu"])
    return Tabel(frame, index=False, bijschrift="Anders dan beloofd, zonder dat het is gemeten")


def _antwoord(sleutel: str, waarde: Any) -> str:
    return "niet ingevuld" if waarde is None else toon_veld(VELDEN[sleutel], waarde)


def _label(sleutel: str) -> str:
    if sleutel in VELDEN:
        return f"{VELDEN[sleutel].vraag}. {VELDEN[sleutel].label}"
    return _SALDI.get(sleutel) or naam(sleutel)


def _oordeel(n: Naast) -> str:
    """How promised and measured compare, and of what is measured as another question what it says by itself."""
    if not n.vraag:
        return n.oordeel
    if n.gemeten is None and VELDEN[n.sleutel].vraag == _ESCALATIE:
        return f"vraag {n.vraag} telt hiervoor; van dit type niets gemeten of te tonen: telt als 0"
    if n.telt is None:
        return (
            f"{n.oordeel}, gemeten als vraag {n.vraag}" if n.gemeten is not None else f"vraag {n.vraag} telt hiervoor"
        )
    zelf = (
        "" if n.gemeten is None else f"; hier geteld en gewogen: {toon_veld(VELDEN[n.sleutel], n.gemeten)}, telt niet"
    )
    return f"vraag {n.vraag} telt hiervoor, in een andere eenheid{zelf}"


def _cellen(n: Naast) -> list[Cel | str]:
    waarden = [n.beloofd.waarde, n.beloofd.laag, n.beloofd.hoog, n.gemeten]
    if n.telt is not None:
        beloofd = [veldcel(VELDEN[n.sleutel], w) for w in waarden[:3]]
        return [*beloofd, Cel(n.telt[1], "decimaal2", " traject per huishouden")]
    if n.sleutel in VELDEN:
        return ["–" if w is None else veldcel(VELDEN[n.sleutel], w) for w in waarden]
    # beside its interval: a ratio in hundredths (STAP_FIJN)
    return [Cel(w, "decimaal2" if n.sleutel.startswith("kb_") else "eur") for w in waarden]
