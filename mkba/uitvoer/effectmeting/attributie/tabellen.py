"""Tables of an attribution: bruto beside netto with clusters and evidence, the periods around the start, the bounds."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from mkba.analyse.effectmeting.attributie.paneel import IN_EURO, UITKOMSTEN
from mkba.analyse.effectmeting.attributie.toerekening import Toerekening
from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN
from mkba.kern.tekst.notatie import p_waarde
from mkba.uitvoer.effectmeting.attributie.zinnen import figuurzin, geen_interval, samen_mis
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel

_TOT: Final = " tot "
INTERVAL: Final = {"95%-interval": ["interval laag", _TOT, "interval hoog"]}
_UITLEG: Final = (
    "Per huishouden en periode, elke wijk telt even zwaar; onder 0 is een daling, van een aandeel in procentpunten. "
    "Bruto: na min voor de start in de wijken met de aanpak. Vanzelf: dezelfde verandering in de vergelijkingswijken. "
    "Netto: het verschil."
)


def maat(uitkomst: str) -> str:
    """What the numbers of an outcome are, per household and period."""
    return "eur1" if uitkomst in IN_EURO else "fractie2"


def _p(p: float | None) -> Cel:
    """The p of a test: no 0 where it is small."""
    klein = p is not None and p_waarde(p).startswith("<")
    return Cel(p, "decimaal3", gedrukt=p_waarde(p or 0.0) if klein else None)


def nettotabel(toerekeningen: Sequence[Toerekening]) -> Tabel:
    """A row per outcome: the level before, bruto, what happened anyway, netto with its interval, clusters, SMS."""
    rijen = {}
    for t in toerekeningen:
        eigen = maat(t.uitkomst)
        netto = t.netto
        rijen[UITKOMSTEN[t.uitkomst]] = {
            "voor de start": Cel(t.voor, eigen),
            "bruto": Cel(None if t.bruto is None else t.bruto.waarde, eigen),
            "vanzelf": Cel(t.autonoom, eigen),
            "netto": Cel(None if netto is None else netto.waarde, eigen),
            "interval laag": Cel(None if netto is None else netto.laag, eigen),
            "interval hoog": Cel(None if netto is None else netto.hoog, eigen),
            "p": _p(None if netto is None else netto.p),
            "kleinste p": _p(t.kleinste_p),
            "wijken met": Cel(len(t.met), "aantal"),
            "wijken zonder": Cel(len(t.zonder), "aantal"),
            "bewijs (SMS)": Cel(t.sms, "aantal"),
        }
    frame = pd.DataFrame.from_dict(rijen, orient="index", dtype=object)
    frame.index.name = "uitkomst"
    return Tabel(
        frame,
        dict.fromkeys(frame.columns, "kort"),
        bijschrift="Bruto en netto naast elkaar",
        uitleg=" ".join(deel for deel in (_UITLEG, samen_mis(toerekeningen), geen_interval(toerekeningen)) if deel),
        samen=INTERVAL,
    )


def momententabel(toerekening: Toerekening) -> Tabel:
    """The event study: difference between the wijken per period around the start, with its interval."""
    eigen = maat(toerekening.uitkomst)
    frame = pd.DataFrame(
        [{"verschil": p.waarde, "interval laag": p.laag, "interval hoog": p.hoog} for p in toerekening.punten],
        index=pd.Index([str(p.afstand) for p in toerekening.punten], name="perioden na de start"),
        dtype=object,
    )
    return Tabel(
        frame,
        dict.fromkeys(frame.columns, eigen),
        bijschrift=f"Verschil tussen de wijken rond de start: {UITKOMSTEN[toerekening.uitkomst]}",
        uitleg=f"Ten opzichte van de laatste periode voor de start (-1). {figuurzin(toerekening)}",
        samen=INTERVAL,
    )


def grenzentabel(toerekening: Toerekening) -> Tabel:
    """Netto when the trend is violated, per size of the violation; empty where the bounds do not exist."""
    eigen = maat(toerekening.uitkomst)
    frame = pd.DataFrame(
        [
            {
                "scheefheid": g.maat,
                "netto laag": g.laag,
                "netto hoog": g.hoog,
                "interval laag": g.interval_laag,
                "interval hoog": g.interval_hoog,
            }
            for g in toerekening.grenzen
        ],
        columns=["scheefheid", "netto laag", "netto hoog", "interval laag", "interval hoog"],
        dtype=object,
    )
    return Tabel(
        frame,
        {"scheefheid": "decimaal1", **dict.fromkeys(frame.columns[1:], eigen)},
        index=False,
        bijschrift="Netto als de wijken niet gelijk oplopen",
        uitleg=(
            "Scheefheid: hoeveel maal de grootste stap van voor de start de wijken daarna per periode uiteenlopen. "
            "Nulmeting is hier de laatste periode voor de start. De stap geldt zoals gemeten: het interval is een "
            "indicatie."
        ),
        samen={"netto": ["netto laag", _TOT, "netto hoog"], **INTERVAL},
    )


def bewijstabel() -> Tabel:
    """The designs and their level on the Maryland scale."""
    frame = pd.DataFrame(
        [{"opzet": woorden, "SMS": hoogte} for hoogte, woorden in OPZETTEN.values()],
    )
    return Tabel(
        frame, {"SMS": "aantal"}, index=False, bijschrift="Sterkte van het bewijs per opzet (schaal van Maryland)"
    )
