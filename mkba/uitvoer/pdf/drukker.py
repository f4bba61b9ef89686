"""The one interface to both roads to paper: an installed browser (best looking) or Typst (pip only)."""

import os
import re
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import Final, Literal, Self

from mkba.invoer.fouten import InvoerFout, Melding

Voorkeur = Literal["auto", "chromium", "typst"]

RAND_TEKENS: Final = 90
"""Characters of a running header or footer: a choice, what fits on one line of A4 beside the page number."""

INSTALLEER: Final = (
    'Installeer Chrome, Chromium of Edge en draai `pip install "mkba[pdf]"` '
    "(zonder browser maakt Typst, dat daarbij zit, de PDF)."
)


class Drukker(ABC):
    """Turns the self-contained pages of reports into A4 PDFs; a context manager that keeps its engine warm.

    One drukker serves one thread and one process at a time: make it after a fork, use it where it was made.
    The same page gives the same bytes with the same engine, whatever the clock says (see :func:`moment_van`).
    """

    @property
    @abstractmethod
    def soort(self) -> str:
        """Engine and version, for a manifest: "chromium 131.0.6778.85" or "typst 0.15.2"."""

    @abstractmethod
    def druk(self, html: str, *, kop: str, voet: str, titel: str) -> bytes:
        """The PDF of a page: ``kop`` above every page but the first, ``voet`` and "pagina 3 van 12" below.

        ``titel`` is the title of the document. Raises InvoerFout when the engine cannot make it.
        """

    @abstractmethod
    def sluit(self) -> None:
        """Stop the engine; may be called more than once."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fout: object) -> None:
        self.sluit()

    @staticmethod
    def kies(voorkeur: Voorkeur = "auto") -> "Drukker":
        """A started drukker. "auto" takes the browser when it is there and starts, and Typst otherwise.

        A batch that must look the same throughout chooses once, or passes the road it got to its workers.
        Raises InvoerFout when what was asked for is not installed or does not start; a wrong ``MKBA_BROWSER``
        is never passed over.
        """
        from mkba.uitvoer.pdf.browser import GeenBrowser

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


def _chromium() -> Drukker:
    from mkba.uitvoer.pdf.browser import GeenBrowser, zoek_browser

    pad = zoek_browser()
    try:
        from mkba.uitvoer.pdf.chromium import ChromiumDrukker
    except ModuleNotFoundError as fout:
        raise GeenBrowser([_ontbreekt("playwright", fout)]) from None
    return ChromiumDrukker(pad)


def _typst() -> Drukker:
    try:
        from mkba.uitvoer.pdf.zetter import TypstDrukker
    except ModuleNotFoundError as fout:
        raise InvoerFout([_ontbreekt("typst", fout)]) from None
    return TypstDrukker()


def _ontbreekt(pakket: str, fout: ModuleNotFoundError) -> Melding:
    if (fout.name or "").split(".")[0] != pakket:
        raise fout
    return Melding("PDF", pakket, "dit pakket, nodig voor een PDF, is niet geïnstalleerd.", INSTALLEER)


def moment_van(html: str) -> datetime:
    """The moment that a PDF gives as its creation, so that two prints of a page are equal byte for byte.

    ``SOURCE_DATE_EPOCH`` (seconds since 1970, the convention of reproducible builds) when it is set, else the
    date printed at the top of the page (its first ``<time>``), else 1 January 1970. Raises InvoerFout for a
    ``SOURCE_DATE_EPOCH`` that is no moment.
    """
    bron = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if bron:
        try:
            return datetime.fromtimestamp(int(bron), UTC)
        except (ValueError, OverflowError, OSError):
            oorzaak = "dit is geen aantal seconden sinds 1970."
            raise InvoerFout([Melding("SOURCE_DATE_EPOCH", bron, oorzaak, "Verwijder of verbeter deze.")]) from None
    gevonden = re.search(r'<time datetime="(\d{4}-\d\d-\d\d)"', html)
    try:
        return datetime.fromisoformat(gevonden[1]).replace(tzinfo=UTC) if gevonden else datetime.fromtimestamp(0, UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def kort_rand(tekst: str) -> str:
    """One line for the margin of a page: white space folded, cut after :data:`RAND_TEKENS`."""
    regel = " ".join(tekst.split())
    return regel if len(regel) <= RAND_TEKENS else regel[: RAND_TEKENS - 1].rstrip() + "…"
