"""Which road to paper: an installed browser (best looking) or Typst (pip only).

The roads themselves are imported when they are chosen: each needs a package of its own, and takes its time.
"""

# Why Typst stands next to the browser and not WeasyPrint, which would take the print style sheet that exists and make
# the conversion in blokken.py superfluous: WeasyPrint needs Pango, a library of the system that pip does not bring and
# a bare Windows does not have, while a wheel of Typst is all there is to install; and a report of notebook 30 took it
# 3.5 s of processor time against 0.2 s, which a batch of hundreds feels.

from importlib.util import find_spec
from typing import Literal

from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.reeks.pagina.pdf.basis import INSTALLEER, Drukker
from mkba.reeks.pagina.pdf.browser import GeenBrowser, zoek_browser

Voorkeur = Literal["auto", "chromium", "typst"]


def kies(voorkeur: Voorkeur = "auto") -> Drukker:
    """A started drukker. "auto" takes the browser when it is there and starts, and Typst otherwise.

    A batch that must look the same throughout chooses once, or passes the road it got to its workers.
    Raises InvoerFout when what was asked for is not installed or does not start; a wrong ``MKBA_BROWSER``
    is never passed over.
    """
    if voorkeur == "typst":
        return _typst()
    try:
        return _chromium()
    except GeenBrowser as geen:
        if voorkeur == "chromium":
            raise
        try:
            return _typst()
        except InvoerFout as ook_niet:
            raise InvoerFout([*geen.meldingen, *ook_niet.meldingen]) from None


def welke(voorkeur: Voorkeur) -> str:
    """The road that :func:`kies` will take, without starting it: a browser that is there may still refuse to start.

    Raises InvoerFout for a wrong ``MKBA_BROWSER``.
    """
    if voorkeur != "auto":
        return voorkeur
    try:
        zoek_browser()
    except GeenBrowser:
        return "typst"
    return "chromium" if find_spec("playwright") else "typst"


def _chromium() -> Drukker:
    pad = zoek_browser()
    try:
        from mkba.reeks.pagina.pdf.chromium import ChromiumDrukker
    except ModuleNotFoundError as fout:
        raise GeenBrowser([_ontbreekt("playwright", fout)]) from None
    return ChromiumDrukker(pad)


def _typst() -> Drukker:
    try:
        from mkba.reeks.pagina.pdf.zetter import TypstDrukker
    except ModuleNotFoundError as fout:
        raise InvoerFout([_ontbreekt("typst", fout)]) from None
    return TypstDrukker()


def _ontbreekt(pakket: str, fout: ModuleNotFoundError) -> Melding:
    if (fout.name or "").split(".")[0] != pakket:
        raise fout
    return Melding("PDF", pakket, "dit pakket, nodig voor een PDF, is niet geïnstalleerd.", INSTALLEER)
