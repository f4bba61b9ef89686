"""The 13 aanpakken for the tests, calculated and checked once per process, and the text of the report by page."""

import re
from functools import cache
from typing import Final

import pytest

from mkba.analyse.meta.dertien import Model13, reken_dertien
from mkba.analyse.meta.toetsen import Oordeel
from mkba.analyse.meta.uitspraken import toets_uitspraken
from mkba.kern.catalogus.kengetallen import laad
from mkba.tests.hulp_invoer import GEDEELD

BRON: Final = GEDEELD / "bronnen" / "meta-analyse-2014.txt"
ROMEINS: Final = ("i", "ii", "iii", "iv")


@cache
def model13() -> Model13:
    return reken_dertien(laad("lpbl-2014"))


@cache
def oordelen() -> tuple[Oordeel, ...]:
    return toets_uitspraken(model13())


def kaal(tekst: str) -> str:
    """Without spaces, line ends and hyphens: the source breaks words at the end of a line."""
    return re.sub(r"[\s\-]", "", tekst)


@cache
def _bladzijden() -> tuple[str, tuple[str, ...]]:
    """The bare text after the table of contents, and the page of each of its characters.

    A page begins where a line begins with one space (the text lost its page numbers, but for two).
    """
    if not BRON.is_file():
        pytest.skip("de brontekst staat niet naast de repository: citaten zijn niet na te slaan")
    tekst, pagina, blad = [], [], 0
    for regel in BRON.read_text(encoding="utf-8").split("\n"):
        if regel.strip() == "i":
            blad = 1
        elif blad and (re.match(r" \S", regel) or regel.strip() == "27"):
            blad += 1
        if blad:
            tekst.append(kaal(regel))
            pagina += [ROMEINS[blad - 1] if blad <= len(ROMEINS) else str(blad - len(ROMEINS))] * len(tekst[-1])
    return "".join(tekst), tuple(pagina)


def paginas(citaat: str) -> list[str]:
    """On which pages a quotation begins; empty when the report does not say it."""
    tekst, pagina = _bladzijden()
    return [pagina[m.start()] for m in re.finditer(re.escape(kaal(citaat)), tekst)]
