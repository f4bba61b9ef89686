"""What a notebook shows besides its page, for the other formats of a report: unrounded tables, figures as SVG.

A worker asks for it with an environment variable, which a kernel inherits; the outputs then carry mime types that no
page and no JupyterLab shows. They are taken out again before the executed notebook is kept, so a notebook is the same
with and without: kept in it, they would double its lines and its size (measured on 30_gemeenterapport).
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

TABEL: Final = "application/vnd.mkba.tabel+json"
FIGUUR: Final = "application/vnd.mkba.figuur+json"
COHORT: Final = "application/vnd.mkba.cohort+json"
BERICHT: Final = "application/vnd.mkba.bericht+json"
"""What the batch must know of a page: ``opmerkingen`` for the terminal, and the published counts (``telling``)."""
ONDERBOUWING: Final = "application/vnd.mkba.onderbouwing+json"
"""Every euro of the report with what it rests on (:mod:`mkba.uitvoer.herleiding.onderbouwing`)."""
PRESENTATIE: Final = "application/vnd.mkba.presentatie+json"
"""What the slides of a report say (:mod:`mkba.uitvoer.aanpak.presentatie`)."""
KERN: Final = "application/vnd.mkba.kern+json"
"""What the report is about, to hold against what was planned: always asked for."""
OMGEVING: Final = "MKBA_EXTRA"
"""The kinds that are asked for, in a variable of the environment; there, if empty, whenever a report is being made."""


@contextmanager
def vraag(soorten: Sequence[str]) -> Iterator[None]:
    """Ask the notebooks that run meanwhile for these mime types."""
    oud = os.environ.get(OMGEVING)
    os.environ[OMGEVING] = " ".join(soorten)
    try:
        yield
    finally:
        del os.environ[OMGEVING]
        if oud is not None:
            os.environ[OMGEVING] = oud


def gevraagd(soort: str) -> bool:
    """Whether this mime type was asked for."""
    return soort in os.environ.get(OMGEVING, "").split()


def in_rapport() -> bool:
    """Whether a report is being made, not a notebook that somebody works in."""
    return OMGEVING in os.environ


def bericht(notebook: Any) -> dict[str, Any]:
    """What an executed notebook says to the batch that made it; {} when it says nothing."""
    uit: dict[str, Any] = {}
    for cel in notebook["cells"]:
        for deel in cel.get("outputs", []):
            uit |= deel.get("data", {}).get(BERICHT, {})
    return uit


def zonder(notebook: Any) -> Any:
    """The same notebook without these mime types: changed in place."""
    for cel in notebook["cells"]:
        for uit in cel.get("outputs", []):
            for soort in (TABEL, FIGUUR, COHORT, BERICHT, ONDERBOUWING, PRESENTATIE, KERN):
                uit.get("data", {}).pop(soort, None)
    return notebook
