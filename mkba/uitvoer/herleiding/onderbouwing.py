"""The onderbouwing of a report as plain data: every euro from its post to the kengetal and source that it rests on.

The shape is published in docs/onderbouwing.schema.json and explained in docs/onderbouwing.md. The same aanpakken give
the same data: no clock, no path, amounts to a millionth of a euro.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

import mkba
from mkba.analyse.herleiding.invloeden import Invloeden, invloeden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import TIJDPROFIELEN
from mkba.kern.woorden.begrippen import ACTOREN, IMMATERIELE_BATEN, KOSTENPOSTEN, SLEUTELS, naam
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.meetherkomst import Meetherkomst
from mkba.model.berekening import Uitkomst
from mkba.model.grootboek import VERDELINGEN, Regel
from mkba.uitvoer.herleiding.formules import formule

SCHEMA: Final = "mkba/onderbouwing/1"
DECIMALEN: Final = 6
"""Of an amount: sums stay within a cent, and the last bits of a processor do not show."""


def onderbouwing(uitkomsten: Sequence[Uitkomst], kerncijfers: Mapping[str, float]) -> dict[str, Any]:
    """The data of a report on these outcomes, with the ``kerncijfers`` that it prints (of several: of the whole)."""
    kengetallen = uitkomsten[0].kengetallen
    per_aanpak = [_aanpak(u) for u in uitkomsten]
    gebruikt = {s for a in per_aanpak for r in a["regels"] for s in _kengetallen_van(r)}
    gebruikt |= {a["standaard"] for p in per_aanpak for a in p["antwoorden"] if "standaard" in a}
    return {
        "schema": SCHEMA,
        "mkba": mkba.__version__,
        "regelset": kengetallen.naam,
        "vingerafdruk_kengetallen": kengetallen.vingerafdruk,
        "discontofactoren": uitkomsten[0].grootboek.discontofactoren[0].tolist(),
        "kerncijfers": _getallen(kerncijfers),
        "aanpakken": per_aanpak,
        "kengetallen": {s: _kengetal(kengetallen, s) for s in kengetallen.getallen if s in gebruikt},
        "bronnen": _bronnen(kengetallen, gebruikt),
        "partijen": {a: naam(a, "actor") for a in ACTOREN},
    }


def _aanpak(uitkomst: Uitkomst) -> dict[str, Any]:
    a, boek, rust_op = uitkomst.aanpak, uitkomst.grootboek, invloeden(uitkomst)
    gemeten = a.gemeten_in
    return {
        "naam": a.naam,
        "kerncijfers": _getallen(uitkomst.sleutels),
        "antwoorden": [
            _antwoord(a, s, w, gemeten.get(s)) for s, w in a.alles().items() if s != "naam" and w is not None
        ],
        "regels": [_regel(uitkomst, regel, rust_op[regel.naam]) for regel in boek.regels],
    }


def _antwoord(aanpak: Aanpak, sleutel: str, waarde: Any, record: Meetherkomst | None) -> dict[str, Any]:
    veld = ALLE_VELDEN[sleutel]
    uit = {
        "sleutel": sleutel,
        "vraag": veld.vraag,
        "label": veld.label,
        "waarde": list(waarde) if isinstance(waarde, tuple) else waarde,
        "herkomst": aanpak.herkomst(sleutel) if sleutel in aanpak.plat() else _van_meting(aanpak, sleutel),
    }
    if record is not None:
        return uit | {"meting": {k: w for k, w in record.als_tabel().items() if k != "waarde"}}
    return uit | ({"standaard": veld.standaard} if uit["herkomst"] == "kengetal" and veld.standaard else {})


def _van_meting(aanpak: Aanpak, sleutel: str) -> str:
    return "opgegeven" if sleutel in aanpak.opgegeven else "standaard"


def _regel(uitkomst: Uitkomst, regel: Regel, rust_op: Invloeden) -> dict[str, Any]:
    boek = uitkomst.grootboek
    in_jaar = regel.bedrag[0] * boek.per_jaar[0, TIJDPROFIELEN.index(regel.tijd)]
    eur = in_jaar[:, None] * boek.aandelen[0, VERDELINGEN.index(regel.verdeling)]
    ncw = eur * boek.discontofactoren[0][:, None]
    hoe = formule(regel.naam, uitkomst.aanpak.gemeten is not None)
    return {
        "post": regel.post,
        "postnaam": naam(regel.post),
        "component": regel.naam,
        "soort": "kosten" if regel.post in KOSTENPOSTEN else "baten",
        "geld": regel.post not in IMMATERIELE_BATEN,
        "formule": {"tekst": hoe.tekst, "model": hoe.paragraaf},
        "tijdprofiel": regel.tijd,
        "verdeling": regel.verdeling,
        "antwoorden": list(rust_op.antwoorden),
        "kengetallen": {
            "bedrag": list(rust_op.kengetallen),
            "jaren": [s for s in rust_op.jaren if s not in ALLE_VELDEN],
            "partijen": list(rust_op.partijen),
        },
        "ncw_eur": _rond(float(ncw.sum())),
        "stromen": [
            {"jaar": int(j), "partij": ACTOREN[i], "eur": _rond(float(eur[j, i])), "ncw_eur": _rond(float(ncw[j, i]))}
            for j, i in zip(*np.nonzero(eur), strict=True)
        ],
    }


def _kengetallen_van(regel: Mapping[str, Any]) -> Iterable[str]:
    for sleutels in regel["kengetallen"].values():
        yield from sleutels


def _kengetal(kengetallen: Kengetallen, sleutel: str) -> dict[str, Any]:
    k = kengetallen.getallen[sleutel]
    uit: dict[str, Any] = {
        "omschrijving": k.omschrijving,
        "waarde": k.waarde,
        "eenheid": k.eenheid,
        "status": k.status if k.oorspronkelijk is None else "override",
        "bron": k.bron,
        "onderbouwing": k.herkomst,
        "laag": k.onder,
        "hoog": k.boven,
    }
    if k.prijspeil is not None:
        uit["prijspeil"] = k.prijspeil
    if k.oorspronkelijk is not None:
        uit["oorspronkelijk"] = k.oorspronkelijk
    return uit


def _bronnen(kengetallen: Kengetallen, gebruikt: Iterable[str]) -> dict[str, dict[str, str]]:
    """The sources that the kengetallen name, each field as text."""
    genoemd = {kengetallen.getallen[s].bron for s in gebruikt}
    return {b: {k: str(w) for k, w in v.items()} for b, v in kengetallen.bronnen.items() if b in genoemd}


def _getallen(sleutels: Mapping[str, float]) -> dict[str, float | None]:
    return {s: _rond(sleutels[s]) if math.isfinite(sleutels[s]) else None for s in SLEUTELS if s in sleutels}


def _rond(waarde: float) -> float:
    return round(waarde, DECIMALEN) + 0.0  # never -0.0
