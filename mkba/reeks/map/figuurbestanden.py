"""The figures of a report as files: ``figuren/<slug>/NN-<title>.png`` and ``.svg``, and their numbers as ``.csv``."""

from typing import Any

from mkba.kern.tekst.slug import maak_slug
from mkba.reeks.map.onderdelen import Figuur, onderdelen
from mkba.reeks.plan.formaten import FORMATEN
from mkba.reeks.plan.taak import Taak


def maak(taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]:
    """PNG of every figure, SVG and csv of those that give them; numbered as they stand in the report."""
    uit: dict[str, bytes] = {}
    map_ = FORMATEN["figuren"].plek(taak.slug)
    figuren = [deel for deel in onderdelen(notebook) if isinstance(deel, Figuur)]
    for nummer, figuur in enumerate(figuren, 1):
        naam = f"{map_}/{nummer:02d}-{maak_slug(figuur.titel or figuur.kop or 'figuur')}"
        uit[f"{naam}.png"] = figuur.png
        if figuur.svg:
            uit[f"{naam}.svg"] = figuur.svg.encode("utf-8")
        if figuur.csv:
            uit[f"{naam}.csv"] = figuur.csv.encode("utf-8")
    return uit
