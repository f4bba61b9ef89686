"""The form of a sample to fill in, how it was drawn, and what it says when it is filled."""

from typing import Any

import pandas as pd

from mkba.analyse.effectmeting.bijwerken.weging import Telling
from mkba.analyse.effectmeting.steekproef.trekking import Steekproef, Uitslagen
from mkba.invoer.steekproef import AANTALLEN, CASELOAD, JA_NEE, VASTE
from mkba.kern.tekst.notatie import getal, hoeveel
from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer.effectmeting.namen import vraagnaam
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel


def formulier(steekproef: Steekproef) -> Tabel:
    """A row per household of the sample, its questions empty. The heads are what ``mkba steekproef --lees`` reads."""
    rijen = [
        [g.huishouden.pseudoniem, g.huishouden.type, g.huishouden.generalist, g.huishouden.team, g.caseload]
        + [""] * len((*JA_NEE, *AANTALLEN))
        for g in steekproef.getrokken
    ]
    frame = pd.DataFrame(rijen, columns=[*VASTE, CASELOAD, *AANTALLEN, *JA_NEE])
    # above the table: below it would be read as a household
    bijschrift = (
        "Vul bij trajecten hele getallen in en bij de andere vragen ja of nee; laat leeg wat niet bekend of niet van "
        "toepassing is. ja betekent: door deze aanpak, en anders niet gebeurd."
    )
    return Tabel(frame, {CASELOAD: "aantal"}, index=False, bijschrift=bijschrift)


def strata(steekproef: Steekproef) -> Tabel:
    """A row per generalist: households in the caseload, in the sample, and how many each stands for."""
    rijen = [[g, n, steekproef.aantal[g], n / steekproef.aantal[g]] for g, n in steekproef.omvang.items()]
    koppen = ["generalist", "caseload", "steekproef", "staat voor"]
    maten = {"caseload": "aantal", "steekproef": "aantal", "staat voor": "decimaal1"}
    return Tabel(pd.DataFrame(rijen, columns=koppen), maten, index=False, bijschrift="Steekproef per generalist")


def vragen() -> Tabel:
    """The columns of the form with the question that each belongs to."""
    rijen = [[v, vraagnaam(v)] for v in (*AANTALLEN, *JA_NEE)]
    return Tabel(pd.DataFrame(rijen, columns=["kolom", "vraag"]), index=False)


def uitslagtabel(uitslagen: Uitslagen) -> Tabel:
    """A row per question: its estimate for the whole caseload with the 95% interval, or why there is none."""
    rijen = []
    for vraag, (schatting, reden) in sorted(uitslagen.per_vraag.items(), key=_volgorde):
        maat = "decimaal2" if vraag in AANTALLEN else "fractie1"
        waarden = (schatting.waarde, schatting.laag, schatting.hoog) if schatting else (None, None, None)
        hoe = schatting.methode if schatting else reden
        rijen.append([vraagnaam(vraag), schatting.n if schatting else None, *(Cel(w, maat) for w in waarden), hoe])
    koppen = ["vraag", "huishoudens", "waarde", "van", "tot", "hoe"]
    return Tabel(
        pd.DataFrame(rijen, columns=koppen),
        {"huishoudens": "aantal", **dict.fromkeys(koppen[2:5], "fractie1")},
        index=False,
        samen={"waarde (95%-interval)": ["waarde", ", ", "van", " tot ", "tot"]},
        bijschrift=f"{uitslagen.ingevuld} van de {uitslagen.getrokken} huishoudens ingevuld{_stil(uitslagen)}",
    )


def _volgorde(rij: tuple[str, Any]) -> int:
    """Questions stand in the order of the input screen; those of trajecten after them."""
    velden = [i for i, s in enumerate(VELDEN) if s == rij[0] or s.startswith(f"{rij[0]}.")]
    return velden[0] if velden else len(VELDEN)


def _stil(u: Uitslagen) -> str:
    """That of some generalists nothing is known, or nothing."""
    if not u.stil:
        return ""
    wie = hoeveel(u.stil, "generalist", "generalisten")
    return (
        f"; van {wie} is geen enkel antwoord: wat hier staat geldt voor {getal(u.geldt_voor)} van de "
        f"{getal(u.caseload)} huishoudens"
    )


def bewijstabel(uitslagen: Uitslagen) -> Tabel:
    """What goes to the updating of the kengetallen, a row per knob: effective counts, or an effect with its error."""
    rijen = []
    for knop, b in sorted(uitslagen.bewijs.items(), key=_volgorde):
        if isinstance(b, Telling):
            rijen.append([vraagnaam(knop), b.gelukt, b.n, None, None])
        else:
            rijen.append([vraagnaam(knop), None, b.n, getattr(b, "waarde", None), getattr(b, "fout", None)])
    koppen = ["knop", "gelukt", "van huishoudens", "effect", "standaardfout"]
    maten = {"gelukt": "decimaal1", "van huishoudens": "aantal", "effect": "fractie1", "standaardfout": "fractie1"}
    return Tabel(pd.DataFrame(rijen, columns=koppen), maten, index=False)
