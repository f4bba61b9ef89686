"""A table of a report as data for the Typst template: cells, head rows, widths of columns."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from bs4 import Tag

from mkba.reeks.pagina.pdf.kolommen import (
    GOOT_PT,
    PUNTEN,
    TEKSTBREEDTE_PT,
    Kolommen,
    breedte_em,
    kolombreedtes,
    maten_em,
)

Deel = str | dict[str, Any]
Blok = dict[str, Any]

_HEEL_PT: Final = 560.0
"""Height in points up to which a row, or a short table, is kept on one page: a choice, four fifths of a page."""

_BEGIN_RIJEN: Final = 3
_EIND_RIJEN: Final = 2
"""Rows of a table that stay together below its head and at its end, as the style of the page has them."""

_REGEL: Final = 1.4
_CELWIT_PT: Final = 4.5
"""Height of a line in sizes of its letter, and room above and below a cell in points, as the template has them."""

_AFBREEKVERLIES: Final = 1.2
"""Lines do not end exactly at the edge: a cell needs this many times the lines that its length asks. A choice."""

_KOP_DEEL: Final = 0.6
_KOP_KORT_EM: Final = 8.0
"""A head up to this long stays on one line; a longer one may use this part of its length: choices, for two lines."""


def maak_tabel(
    tag: Tag,
    lopend: Callable[[Tag], list[Deel]],
    vouw: Callable[[list[Deel]], list[Deel]],
) -> list[Blok]:
    """The blocks of one table; ``lopend`` and ``vouw`` read a cell."""
    klassen = set(tag.get_attribute_list("class"))
    kop: list[list[dict[str, Any]]] = []
    rijen: list[list[dict[str, Any]]] = []
    for rij in tag.find_all("tr"):
        cellen = [_cel(c, vouw(lopend(c))) for c in rij.find_all(["th", "td"], recursive=False)]
        if cellen:
            (kop if rij.find_parent("thead") is not None else rijen).append(cellen)
    if not kop and not rijen:
        return []
    if "kerncijfers" in klassen and rijen:
        return [{"s": "tegels", "rijen": rijen}]
    bijschrift = tag.find("caption")
    kolommen = breedtes(kop, rijen)
    hoogtes = [_hoogte(cellen, kolommen) for cellen in [*kop, *rijen]]
    for cellen, hoogte in zip([*kop, *rijen], hoogtes, strict=True):
        for gegevens in cellen:
            gegevens["deelbaar"] = hoogte > _HEEL_PT
    return [
        {
            "s": "tabel",
            "kort": "kort" in klassen and sum(hoogtes) <= _HEEL_PT,
            "koprijen": kop,
            "rijen": rijen,
            "samen": _samen(hoogtes[len(kop) :]),
            "punten": kolommen.punten,
            "breedtes": kolommen.breedtes,
            "afbreken": kolommen.afbreken,
            "goot": GOOT_PT,
            "onderschrift": vouw(lopend(bijschrift)) if isinstance(bijschrift, Tag) else [],
        }
    ]


def _samen(hoogtes: list[float]) -> list[int]:
    """How many rows after each other stay on one page: a few below the head, a few at the end, the others alone."""
    aantal = len(hoogtes)
    begin, eind = min(_BEGIN_RIJEN, aantal), min(_EIND_RIJEN, max(aantal - _BEGIN_RIJEN, 0))
    groepen = [begin, *[1] * (aantal - begin - eind), eind]
    uit: list[int] = []
    for groep in groepen:
        eerste = sum(uit)
        past = sum(hoogtes[eerste : eerste + groep]) <= _HEEL_PT
        uit += [groep] if past else [1] * groep
    return [groep for groep in uit if groep]


def _cel(tag: Tag, inhoud: list[Deel]) -> dict[str, Any]:
    is_getal = "getal" in tag.get_attribute_list("class")
    rij = tag.find_parent("tr")
    return {
        "i": inhoud,
        "breed": _aantal(tag, "colspan"),
        "hoog": _aantal(tag, "rowspan"),
        "kant": "r" if is_getal else "l",
        "vet": rij is not None and "vet" in rij.get_attribute_list("class"),
        "heel": is_getal and tag.find_parent("thead") is None,
    }


def _aantal(tag: Tag, wat: str) -> int:
    tekst = str(tag.get(wat, "1"))
    return max(1, int(tekst)) if re.fullmatch(r"\d{1,3}", tekst) else 1


def platte_tekst(delen: list[Deel]) -> str:
    """The text of running text, a line break as a newline."""
    return "".join(
        deel if isinstance(deel, str) else "\n" if deel["s"] == "regel" else platte_tekst(deel["i"]) for deel in delen
    )


def _hoogte(rij: list[dict[str, Any]], kolommen: Kolommen) -> float:
    """Estimated height of a row in points; a cell counts with its own width as if no cell from above came before."""
    regels, kolom = 1.0, 0
    for cel in rij:
        breedte = sum(kolommen.breedtes[kolom : kolom + cel["breed"]]) - GOOT_PT
        kolom += cel["breed"]
        if breedte > 0 and not cel["heel"]:
            delen = [breedte_em(regel, cel["vet"]) * kolommen.punten for regel in platte_tekst(cel["i"]).split("\n")]
            regels = max(regels, sum(max(1.0, math.ceil(deel / breedte * _AFBREEKVERLIES)) for deel in delen))
    return regels * _REGEL * kolommen.punten + _CELWIT_PT


def breedtes(
    kop: list[list[dict[str, Any]]],
    rijen: list[list[dict[str, Any]]],
    tekstbreed: float = TEKSTBREEDTE_PT,
    maten: Sequence[float] = PUNTEN,
    ruime_maten: Sequence[float] = (),
) -> Kolommen:
    """Widths from the cells of one column; a cell over more columns takes what it gets. See :func:`kolombreedtes`."""
    smalst: dict[int, float] = {}
    breedst: dict[int, float] = {}
    bezet: dict[int, int] = {}  # column -> rows that a cell from above still fills
    for in_kop, rij in [(True, r) for r in kop] + [(False, r) for r in rijen]:
        kolom = 0
        nieuw: dict[int, int] = {}
        for cel in rij:
            while bezet.get(kolom, 0):
                kolom += 1
            if cel["breed"] == 1:
                smal, lang = maten_em(platte_tekst(cel["i"]), in_kop or cel["vet"], cel["heel"])
                smalst[kolom] = max(smalst.get(kolom, 0.0), smal)
                if in_kop:  # a long head over short numbers takes two lines
                    lang = max(smal, min(lang, max(_KOP_KORT_EM, lang * _KOP_DEEL)))
                breedst[kolom] = max(breedst.get(kolom, 0.0), lang)
            for _ in range(cel["breed"]):
                nieuw[kolom] = cel["hoog"]
                kolom += 1
        bezet = {k: n - 1 for k, n in {**bezet, **nieuw}.items() if n > 1}
        for k in nieuw:
            smalst.setdefault(k, 0.0)
            breedst.setdefault(k, 0.0)
    aantal = max(smalst) + 1
    nodig, graag = ([deel.get(k, 0.0) for k in range(aantal)] for deel in (smalst, breedst))
    return kolombreedtes(nodig, graag, tekstbreed, maten, ruime_maten)
