"""One-way sensitivity: what drives the result.

Each knob of questions 9 to 15 moves over the range that the sources print, the share of additional money from
none to all, the team between what was given and the kengetal, and each uncertain kengetal over laag ... hoog:
one at a time, all others as given.
"""

import difflib

import numpy as np
import pandas as pd

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import GEBRUIK, rekent_mee
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.velden import EFFECTEN, KNOPPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken, bereken_reeks

KOLOMMEN = ["sleutel", "soort", "naam", "laag", "waarde", "hoog", "uitkomst_laag", "uitkomst_hoog", "uitslag"]


def eenzijdig(aanpak: Aanpak, kengetallen: Kengetallen, uitkomst: str = "saldo") -> pd.DataFrame:
    """Outcome at the low and the high end of each knob and kengetal, largest swing first.

    ``uitkomst`` is a public key. Returns columns sleutel, soort ("knop" or "kengetal"), naam, laag,
    waarde, hoog (the varied value), uitkomst_laag, uitkomst_hoog (the outcome there), uitslag (absolute
    difference). Knobs and kengetallen without effect on this aanpak are left out.
    """
    plat = aanpak.plat()
    rijen = [_knop(k, float(plat[k]), kengetallen) for k in KNOPPEN]
    rijen += _team(aanpak, kengetallen)
    rijen += [
        (pad, "kengetal", f"{k.kort or k.omschrijving} ({k.eenheid})", k.onder, k.waarde, k.boven)
        for pad, k in kengetallen.getallen.items()
        if rekent_mee(pad, effectmeting=aanpak.gemeten is not None)
        and not pad.startswith("ingroei.")
        and k.onder < k.boven
        # the two shares of one actor line move together; ratios per actor are not a matter of one share
        and not pad.startswith("actor.")
    ]
    basis = bereken(aanpak, kengetallen)[uitkomst]
    tabel = pd.DataFrame(
        [(*rij, *_uitkomsten(aanpak, kengetallen, rij[0], rij[3], rij[5], uitkomst)) for rij in rijen],
        columns=KOLOMMEN[:-1],
    )
    tabel["uitslag"] = (tabel["uitkomst_hoog"] - tabel["uitkomst_laag"]).abs()
    tabel = tabel[tabel["uitslag"] > 1e-9 * max(abs(basis), 1.0)]
    return tabel.sort_values("uitslag", ascending=False, kind="stable").reset_index(drop=True)


def kies_knoppen(tabel: pd.DataFrame, x: str, y: str) -> tuple[str, str]:
    """Two knobs for a contour: those asked for, and for an empty name the effect with the largest swing here.

    ``tabel``: of :func:`eenzijdig`. Who pays, the size of the team and frictie (a planned cost) are choices and no
    effects, so they are not taken by themselves. Raises InvoerFout, in terms of the parameters knop_x and knop_y,
    for what is no key of a field or kengetal and for the same key twice.
    """
    meldingen = [m for naam, knop in (("knop_x", x), ("knop_y", y)) if (m := _geen_knop(naam, knop))]
    if not meldingen and x and x == y:
        meldingen = [Melding("knop_y", y, "knop_x is dezelfde knop.", "Kies een andere, of laat knop_y leeg.")]
    if meldingen:
        raise InvoerFout(meldingen)
    effecten = [k for k in EFFECTEN if k not in (x, y)]
    keuze = iter(dict.fromkeys([*(k for k in tabel["sleutel"] if k in effecten), *effecten]))
    return x or next(keuze), y or next(keuze)


def _geen_knop(parameter: str, knop: object) -> Melding | None:
    hulp = "Geef bijvoorbeeld escalatie.gezin, of laat deze parameter leeg."
    if not isinstance(knop, str):
        return Melding(parameter, knop, "dit is geen tekst, en een knop heeft een naam.", hulp)
    bekend = [*VELDEN, *(k for k, gebruik in GEBRUIK.items() if gebruik in ("model", "effectmeting", "standaard"))]
    if not knop or knop in bekend:
        return None
    lijkt = difflib.get_close_matches(knop[:100], bekend, n=1)
    return Melding(parameter, knop, "deze knop bestaat niet.", f"Bedoelt u {lijkt[0]}?" if lijkt else hulp)


def _knop(sleutel: str, waarde: float, kengetallen: Kengetallen) -> tuple[str, str, str, float, float, float]:
    kengetal = kengetallen.getallen[VELDEN[sleutel].standaard or ""]
    laag, hoog = min(kengetal.onder, waarde), max(kengetal.boven, waarde)
    return sleutel, "knop", VELDEN[sleutel].label, laag, waarde, hoog


def _team(aanpak: Aanpak, kengetallen: Kengetallen) -> list[tuple[str, str, str, float, float, float]]:
    """The two choices about the team: who pays (0 to 100% additional) and its size, given against the kengetal."""
    fte, kengetal = aanpak.fte, bereken(aanpak, kengetallen)["fte_kengetal"]
    return [
        ("additioneel", "knop", VELDEN["additioneel"].label, 0.0, aanpak.additioneel, 1.0),
        ("fte", "knop", "Teamleden: opgegeven en volgens kengetal", min(fte, kengetal), fte, max(fte, kengetal)),
    ]


def _uitkomsten(
    aanpak: Aanpak, kengetallen: Kengetallen, sleutel: str, laag: float, hoog: float, uitkomst: str
) -> tuple[float, float]:
    reeks = bereken_reeks(aanpak, kengetallen, {sleutel: np.array([laag, hoog])}, (uitkomst,))[uitkomst]
    return float(reeks[0]), float(reeks[1])
