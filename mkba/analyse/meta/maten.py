"""What can be measured of an aanpak: one number (or word) per *maat*, for the statements of the meta-analysis.

Names: the public keys (``kb_gemeentelijk``), and with a prefix: ``kosten.`` share of the total costs, ``baten.`` of the
total benefits, ``verhouding.`` euro per euro of total costs (figuren 4.3 and 4.4), ``per_huishouden.`` euro NCW,
``batenaandeel.`` and ``effectaandeel.`` share of an actor in the benefits (with and without the work that lapses),
``saldo.`` euro NCW per household of an actor, ``escalatie.`` share of an actor in the avoided escalations,
``effectiviteit.`` euro NCW of one of its lines, ``jaar.`` the average year of a post, ``klasse.`` share of the
households, ``discipline.`` 1 or 0, ``veld.`` an input and ``kenmerk.`` what the report says.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from mkba.analyse.meta.lees_dertien import Kenmerken
from mkba.kern.woorden.begrippen import (
    AANTAL_JAREN,
    ACTOREN,
    BATENPOSTEN,
    DISCIPLINES,
    FINANCIELE_BATEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KOSTENPOSTEN,
    POSTEN,
    TYPEN,
    ZWAARTEN,
)
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import Uitkomst
from mkba.model.verloop import ingroei

Maat = float | str
KLASSEN: Final[dict[str, tuple[str, ...]]] = {
    "groen": ("niet_actief", "ev"),
    "lichtoranje": ("zr",),
    "oranje": ("nzr",),
    "rood": ("top",),
}
"""The colours of §2.2: no or single problem; multiple and self-reliant; not self-reliant; top."""

_GROEPEN: Final[dict[str, tuple[str, ...]]] = {
    **{post: (post,) for post in POSTEN},
    "besparing_organisatie": ("nieuw_voor_oud", "substitutie"),
    "immaterieel": IMMATERIELE_BATEN,
    "financieel": FINANCIELE_BATEN,
}
_PARTIJEN: Final[dict[str, tuple[str, ...]]] = {**{a: (a,) for a in ACTOREN}, "gemeente": GEMEENTE}


def maten(uitkomst: Uitkomst, kenmerken: Kenmerken) -> dict[str, Maat]:
    """Every maat of one aanpak. A share of nothing is NaN: no check calls that true."""
    aanpak = uitkomst.aanpak
    uit: dict[str, Maat] = dict(uitkomst.sleutels)
    uit |= _bedragen(uitkomst)
    uit |= _partijen(uitkomst)
    uit |= _tijd(uitkomst)
    uit |= _invoer(uitkomst, kenmerken)
    uit |= {f"kenmerk.{k}": str(w) for k, w in kenmerken.model_dump().items()}
    plat = aanpak.plat()
    uit |= {f"veld.{k}": float(w) for k, w in plat.items() if isinstance(w, int | float)}
    return uit


def _bedragen(uitkomst: Uitkomst) -> dict[str, Maat]:
    """Shares of costs and benefits, euros per household, lines of effectiviteit and euros per avoided escalation."""
    s, boek, aanpak = uitkomst.sleutels, uitkomst.grootboek, uitkomst.aanpak
    uit: dict[str, Maat] = {f"kosten.{p}": _deel(s[p], s["totale_kosten"]) for p in KOSTENPOSTEN}
    for groep, posten in _GROEPEN.items():
        bedrag = sum(s[p] for p in posten)
        uit[f"per_huishouden.{groep}"] = bedrag / aanpak.huishoudens
        if posten[0] not in KOSTENPOSTEN:
            uit[f"baten.{groep}"] = _deel(bedrag, s["totale_baten"])
            uit[f"verhouding.{groep}"] = _deel(bedrag, s["totale_kosten"])
    uit |= {r.naam: float(boek.ncw_van_regel(r)[0]) for r in boek.regels if r.post == "effectiviteit"}
    voorkomen = sum(getattr(aanpak.type, t) * getattr(aanpak.escalatie, t) for t in TYPEN) * (1 - aanpak.terugval)
    uit["escalatie_per_geval"] = _deel(s["escalatie"], aanpak.huishoudens * voorkomen)
    return uit


def _partijen(uitkomst: Uitkomst) -> dict[str, Maat]:
    """Who gains: shares of the benefits, saldo per household, and of the avoided escalations."""
    boek, n = uitkomst.grootboek, uitkomst.aanpak.huishoudens
    effecten = [p for p in BATENPOSTEN if p != "nieuw_voor_oud"]

    def ncw(posten: Iterable[str], actoren: tuple[str, ...] | None = None) -> float:
        return float(boek.ncw(posten, actoren)[0])

    uit: dict[str, Maat] = {}
    alles, effect, escalatie = ncw(BATENPOSTEN), ncw(effecten), ncw(("escalatie",))
    for partij, actoren in _PARTIJEN.items():
        baten = ncw(BATENPOSTEN, actoren)
        uit[f"batenaandeel.{partij}"] = _deel(baten, alles)
        uit[f"effectaandeel.{partij}"] = _deel(ncw(effecten, actoren), effect)
        uit[f"saldo.{partij}"] = (baten - ncw(KOSTENPOSTEN, actoren)) / n
        uit[f"escalatie.{partij}"] = _deel(ncw(("escalatie",), actoren), escalatie)
        uit[f"nieuw_voor_oud.{partij}"] = ncw(("nieuw_voor_oud",), actoren) / n
    return uit


def _tijd(uitkomst: Uitkomst) -> dict[str, Maat]:
    """Average year of costs and benefits, and how long a growing aanpak costs more than it yields in a year."""
    per_post = uitkomst.grootboek.kubus[0].sum(axis=2)  # (post, jaar)
    jaren = np.arange(AANTAL_JAREN)

    def gemiddeld(posten: Iterable[str]) -> float:
        reeks = per_post[[POSTEN.index(p) for p in posten]].sum(axis=0)
        return _deel(float(reeks @ jaren), float(reeks.sum()))

    uit: dict[str, Maat] = {f"jaar.{groep}": gemiddeld(posten) for groep, posten in _GROEPEN.items()}
    uit["jaar.kosten"] = gemiddeld(KOSTENPOSTEN)
    verloop = ingroei(uitkomst.aanpak, uitkomst.kengetallen)
    for wat, saldo in (("maatschappelijk", verloop.saldo_maatschappelijk), ("financieel", verloop.saldo_financieel)):
        plus = np.flatnonzero(saldo >= 0)
        uit[f"netto_jaren.{wat}"] = float(plus[0]) if plus.size else float(AANTAL_JAREN)
    return uit


def _invoer(uitkomst: Uitkomst, kenmerken: Kenmerken) -> dict[str, Maat]:
    """Caseload against the kengetal, disciplines and the colours of the households."""
    aanpak = uitkomst.aanpak
    caseload = _deel(aanpak.huishoudens, aanpak.fte)
    kengetal = _deel(aanpak.huishoudens, uitkomst["fte_kengetal"])
    uit: dict[str, Maat] = {
        "caseload": caseload,
        "caseload_kengetal": kengetal,
        "caseload_relatief": _deel(caseload, kengetal),
        "aantal_disciplines": float(len(aanpak.disciplines)),
    }
    uit["caseload_kengetal_tekst"] = _caseload_als_top(uitkomst) if kenmerken.doelgroep == "top" else kengetal
    uit |= {f"discipline.{d}": float(d in aanpak.disciplines) for d in DISCIPLINES}
    uit |= {f"klasse.{k}": klasse(aanpak, zwaarten) for k, zwaarten in KLASSEN.items()}
    return uit


def _caseload_als_top(uitkomst: Uitkomst) -> float:
    """The kengetal caseload when what stands at nzr is top, as the report says of the MPG-aanpakken (§3.3.1)."""
    delen = {z: klasse(uitkomst.aanpak, (z,)) for z in ZWAARTEN}
    delen["top"] += delen.pop("nzr")
    return _deel(1.0, sum(deel / uitkomst.kengetallen[f"caseload.{z}"] for z, deel in delen.items()))


def klasse(aanpak: Aanpak, zwaarten: Iterable[str]) -> float:
    """Share of the households of all types together in some zwaarten."""
    assert set(zwaarten) <= set(ZWAARTEN)
    return float(sum(getattr(aanpak.type, t) * getattr(getattr(aanpak.zwaarte, t), z) for t in TYPEN for z in zwaarten))


def _deel(teller: float, noemer: float) -> float:
    return teller / noemer if noemer else float("nan")
