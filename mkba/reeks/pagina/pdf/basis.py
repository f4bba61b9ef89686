"""What both roads to paper share: the interface, the moment that a PDF names, the text in its margins."""

import re
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import Final, Self

from mkba.kern.bestand.omgeving import gevraagd_moment
from mkba.kern.tekst.notatie import inkorten

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


def moment_van(html: str) -> datetime:
    """The moment that a PDF gives as its creation, so that two prints of a page are equal byte for byte.

    ``SOURCE_DATE_EPOCH`` (seconds since 1970, the convention of reproducible builds) when it is set, else the
    date printed at the top of the page (its first ``<time>``), else 1 January 1970. Raises InvoerFout for a
    ``SOURCE_DATE_EPOCH`` that is no moment.
    """
    if (gevraagd := gevraagd_moment()) is not None:
        return gevraagd
    gevonden = re.search(r'<time datetime="(\d{4}-\d\d-\d\d)"', html)
    try:
        return datetime.fromisoformat(gevonden[1]).replace(tzinfo=UTC) if gevonden else datetime.fromtimestamp(0, UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def kort_rand(tekst: str) -> str:
    """One line for the margin of a page: white space folded, cut after :data:`RAND_TEKENS`."""
    return inkorten(" ".join(tekst.split()), RAND_TEKENS)
