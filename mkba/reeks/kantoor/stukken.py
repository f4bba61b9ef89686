"""From an executed notebook to what a document holds, in order: headings, text, lists, tables, figures.

The blocks are those of :mod:`mkba.reeks.pagina.pdf.blokken`. A table is made of the data that it carries, a figure of
its pixels; only what has neither is read from the page. Text from an input file stays text: nothing here writes markup.
"""

import base64
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from mkba.reeks.pagina.fragment import VOOROP, breekbaar
from mkba.reeks.pagina.pdf.blokken import Blok, Deel, Document, maak_document
from mkba.reeks.pagina.pdf.kolommen import PUNTEN, TEKSTBREEDTE_PT, Kolommen
from mkba.reeks.pagina.pdf.tabel import breedtes
from mkba.uitvoer import extra
from mkba.uitvoer.tabel import Tabel, uit_gegevens

_PX_PER_TEKST: Final = 178 / 25.4 * 96
"""CSS pixels (96 to an inch) in the width of the text, 178 mm."""
WIJD: Final = 1.06
"""Room for a letter that is wider than that with which is measured, in a template of somebody else."""


def document(notebook: Any) -> Document:
    """The blocks of a notebook of which only is left what a reader may see; without its title."""
    uit = Document()
    for cel in notebook["cells"]:
        if cel["cell_type"] == "markdown":
            _van_html(uit, _html(_tekst(cel["source"])))
        for uitvoer in cel.get("outputs", []):
            _uitvoer(uit, uitvoer)
    titel = next((b for b in uit.blokken if b["s"] == "kop"), None)
    if titel is not None and titel["niveau"] == 1:
        uit.blokken.remove(titel)
    return uit


def _uitvoer(uit: Document, uitvoer: Any) -> None:
    data = uitvoer.get("data", {})
    if extra.TABEL in data:
        uit.blokken += tabelblokken(uit_gegevens(data[extra.TABEL]))
    elif extra.FIGUUR in data:
        figuur = data[extra.FIGUUR]
        breedte = min(1.0, int(figuur["breedte"]) / _PX_PER_TEKST)
        _beeld(uit, base64.b64decode(figuur["png"]), figuur["alt"], figuur["titel"], breedte)
    elif "text/html" in data:
        _van_html(uit, _tekst(data["text/html"]))
    elif "text/markdown" in data:
        _van_html(uit, _html(_tekst(data["text/markdown"])))
    elif "image/png" in data:
        _beeld(uit, base64.b64decode(_tekst(data["image/png"])), "", "", 1.0)
    elif uitvoer.get("name") != "stderr" and uitvoer["output_type"] != "error":
        tekst = _tekst(data.get("text/plain", "") or uitvoer.get("text", "")).strip()
        delen = [deel for regel in tekst.split("\n") if tekst for deel in (regel, {"s": "regel"})]
        uit.blokken += [{"s": "vast", "i": delen[:-1]}] if delen else []


def _van_html(uit: Document, html: str) -> None:
    gelezen = maak_document(html)
    namen = {oud: f"{len(uit.beelden) + plek}-{oud}" for plek, oud in enumerate(gelezen.beelden)}
    uit.beelden |= {namen[oud]: inhoud for oud, inhoud in gelezen.beelden.items()}
    for blok in gelezen.blokken:
        if blok["s"] == "figuur":
            blok["bestand"] = namen[blok["bestand"]]
    if f"<section class='{VOOROP}'>" in html:  # the page that decides, before the table of contents as on screen
        uit.blokken.append({"s": "voorop", "blokken": gelezen.blokken})
    else:
        uit.blokken += gelezen.blokken


def _beeld(uit: Document, inhoud: bytes, alt: str, titel: str, breedte: float) -> None:
    naam = f"beeld-{len(uit.beelden)}.png"
    uit.beelden[naam] = inhoud
    onderschrift = [titel] if titel else []
    uit.blokken.append({"s": "figuur", "bestand": naam, "alt": alt, "breedte": breedte, "onderschrift": onderschrift})


def tabelblokken(tabel: Tabel) -> list[Blok]:
    """A table as a page prints it, its numbers by the one notation; its caption goes with it, its explanation after."""
    t = tabel.voor_pagina()
    getallen = [False] * int(t.index) + [maat != "tekst" for maat in t.kolommaten()]
    kop = [[_cel(k, g, True) for k, g in zip(t.koppen(), getallen, strict=True)]]
    rijen = [
        [_cel(w, g, False, vet) for w, g in zip([*([label] if t.index else []), *map(str, rij)], getallen, strict=True)]
        for label, vet, rij in t.cellen()
    ]
    blok: Blok = {"s": "tabel", "koprijen": kop, "rijen": rijen, "onderschrift": [t.bijschrift] if t.bijschrift else []}
    kolommen = kolommen_van(blok, TEKSTBREEDTE_PT, PUNTEN)
    blok |= {"punten": kolommen.punten, "breedtes": kolommen.breedtes}
    return [blok, *([{"s": "grijs", "i": [t.uitleg]}] if t.uitleg else [])]


def _cel(tekst: str, is_getal: bool, in_kop: bool, vet: bool = False) -> dict[str, Any]:
    kant = "r" if is_getal else "l"
    return {"i": [tekst], "breed": 1, "hoog": 1, "kant": kant, "vet": vet or in_kop, "heel": is_getal and not in_kop}


def kolommen_van(blok: Blok, tekstbreed: float, maten: Sequence[float], ruime_maten: Sequence[float] = ()) -> Kolommen:
    """The letter and the columns of a table in a text of this width (points).

    A long key may break after a sign: measured so, written whole, so that a copy of it is the key itself.
    """
    kop, rijen = (
        [[{**c, "i": [_breekbaar(i) for i in c["i"]]} for c in rij] for rij in blok[deel]]
        for deel in ("koprijen", "rijen")
    )
    return breedtes(kop, rijen, tekstbreed, maten, ruime_maten)


def in_delen(blok: Blok, tekstbreed: float, punten: float) -> list[Blok]:
    """The table; or, when its columns do not fit beside each other at this letter, as few tables as it takes.

    Each has the first columns, as many as tell the rows apart, and an equal share of the others. A table with cells
    over more columns or rows, or of which one column alone does not fit, stays as it is.
    """
    rijen = [*blok["koprijen"], *blok["rijen"]]
    aantal = len(rijen[0])
    if any(len(rij) != aantal or any(c["breed"] > 1 or c["hoog"] > 1 for c in rij) for rij in rijen):
        return [blok]
    namen = [[platte_tekst(cel["i"]) for cel in rij] for rij in blok["rijen"]]
    kop = next((k for k in range(1, aantal) if len({tuple(rij[:k]) for rij in namen}) == len(namen)), aantal)
    for in_tabellen in range(1, aantal - kop + 1):
        delen = [_met_kolommen(blok, [*range(kop), *rest]) for rest in _verdeeld(range(kop, aantal), in_tabellen)]
        if not any(kolommen_van(deel, tekstbreed, [punten]).afbreken for deel in delen):
            return delen
    return [blok]


def _met_kolommen(blok: Blok, kolommen: Sequence[int]) -> Blok:
    return {**blok, **{deel: [[rij[k] for k in kolommen] for rij in blok[deel]] for deel in ("koprijen", "rijen")}}


def _verdeeld(rij: Sequence[int], aantal: int) -> list[Sequence[int]]:
    """A row in so many pieces that differ one in length at most, the longest first."""
    kort, langer = divmod(len(rij), aantal)
    grenzen = [nr * kort + min(nr, langer) for nr in range(aantal + 1)]
    return [rij[van:tot] for van, tot in pairwise(grenzen)]


def _breekbaar(deel: Deel) -> Deel:
    return "\u200b".join(breekbaar(deel)) if isinstance(deel, str) else deel


def platte_tekst(delen: Iterable[Any]) -> str:
    """Running text without its looks, on one line."""
    return "".join(d if isinstance(d, str) else " " if d["s"] == "regel" else platte_tekst(d["i"]) for d in delen)


def _tekst(waarde: str | list[str]) -> str:
    return waarde if isinstance(waarde, str) else "".join(waarde)


def _html(markdown: str) -> str:
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(markdown))
