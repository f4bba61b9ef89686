"""What the slides of a measurement say: the same numbers and sentences as its report.

Plain data, as :mod:`mkba.uitvoer.aanpak.presentatie` gives it for one aanpak; sentences are HTML in which all text from
input is escaped.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from mkba.analyse.effectmeting.attributie.toerekening import Toerekening
from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld
from mkba.analyse.effectmeting.bijwerken.uitval import Uitval
from mkba.kern.tekst.notatie import euro, opsomming
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.uitvoer.aanpak.presentatie import dia
from mkba.uitvoer.aanpak.samenvatting import prijspeil
from mkba.uitvoer.effectmeting.attributie import zinnen as wijkzinnen
from mkba.uitvoer.effectmeting.rapport import tabellen, zinnen
from mkba.uitvoer.effectmeting.rapport.herkomst import telt_mee
from mkba.uitvoer.proza import als_html
from mkba.uitvoer.tabel import Tabel


def presentatie(i: Ingevuld, uitval: tuple[Uitval, ...], toerekeningen: Sequence[Toerekening]) -> dict[str, Any]:
    """The slides: the judgement, what each measurement does, where every answer comes from, what the aanpak is to be
    thanked for, how the households did, and what all this leaves open."""
    eerste, *rest = zinnen.oordeel(i)
    van, naar = (euro(u["saldo"], 100) for u in (i.uitkomst_voor, i.uitkomst))
    kop = (
        f"MKBA {i.versie}: het saldo gaat van {van} naar {naar}"
        if i.gemeten
        else f"MKBA {i.versie}: niets te gebruiken"
    )
    dias = [
        dia(kop, _veilig([eerste, *rest[1:2]]), tabel=tabellen.uitkomsttabel(i) if i.gemeten else None),
        dia("Wat elke meting met het saldo doet", _veilig(rest[2:-1]), figuur="waterval") if i.stappen else None,
        dia(
            "Waar elk antwoord vandaan komt", _veilig([zinnen.herkomsten(i, "in het rapport ")]), tabel=herkomsttabel(i)
        ),
        dia(
            "Voorkomen escalatie: van bruto naar netto",
            _veilig(zinnen.nulmeting(i)),
            tabel=tabellen.escalatietabel(i),
        )
        if "voorkomen" in i.telt
        else None,
        *(
            dia("De wijken met de aanpak naast de andere", _veilig(wijkzinnen.samenvatting(t)[:3]), figuur="verloop")
            for t in toerekeningen[:1]
        ),
        None
        if i.meting.van_steekproef
        else dia("De huishoudens na 0, 6, 12 en 18 maanden", _veilig(zinnen.monitoring(i.meting)), figuur="klassen"),
        dia("Wie ontbreekt, en wat dat kan doen", _veilig(zinnen.uitval(i, uitval)), punten=True),
        dia("Wat niet is gemeten", _veilig(zinnen.niet_gemeten(i)), punten=True),
        dia("Wat dit niet zegt", _veilig(zinnen.grenzen(i)), punten=True),
    ]
    return {"dias": [d for d in dias if d is not None], "prijspeil": prijspeil(i.kengetallen)}


def herkomsttabel(i: Ingevuld) -> Tabel:
    """A row per kind of origin: how many answers that count have it, and of which questions."""
    per: dict[str, list[str]] = {}
    for sleutel in telt_mee(i):
        per.setdefault(zinnen.soort(i, sleutel), []).append(sleutel)
    rijen = {
        woord: [len(s), opsomming([str(v) for v in sorted({ALLE_VELDEN[k].vraag for k in s})])]
        for soort, woord in zinnen.SOORTWOORD.items()
        if (s := per.get(soort))
    }
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=["antwoorden", "van de vragen"])
    frame.index.name = "herkomst"
    return Tabel(frame, {"antwoorden": "aantal"})


def _veilig(regels: Sequence[str]) -> list[str]:
    return [als_html(r) for r in regels]
