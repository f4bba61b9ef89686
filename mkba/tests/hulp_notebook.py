"""What the tests of reports share: tiny notebooks, tasks, and an executor that works at once."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import nbformat

from mkba.kern.bestand.hashes import hash_waarden
from mkba.reeks.plan.taak import Manifest, Product, Taak, Waarde

PARAMETERS: Final = 'aanpak = ""  # str\nrij = ""  # str\nregelset = "lpbl-2014"  # str\nkengetallen = ""  # str'

Cel = tuple[str, str]


def maak_notebook(pad: Path, cellen: Sequence[Cel], parameters: str = PARAMETERS) -> Path:
    """A notebook of ("md" | "code" | "code:tag", source) cells after a parameters cell."""
    v4: Any = nbformat.v4
    eerste = v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    boek = v4.new_notebook(
        cells=[eerste],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
    )
    for soort, bron in cellen:
        basis, _, tag = soort.partition(":")
        cel = v4.new_markdown_cell(bron) if basis == "md" else v4.new_code_cell(bron)
        cel.metadata["tags"] = [tag] if tag else []
        boek.cells.append(cel)
    pad.write_text(nbformat.writes(boek), encoding="utf-8")
    return pad


def taak(notebook: Path, naam: str = "Proefwijk", slug: str = "proefwijk", **parameters: Waarde) -> Taak:
    """A task without an aanpak behind it."""
    return Taak(slug, naam, notebook, parameters, hash_waarden([naam, slug, parameters]))


class Meteen(Executor):
    """An executor that does the work when it is asked, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        toekomst: Future[Any] = Future()
        try:
            toekomst.set_result(fn(*args, **kwargs))
        except BaseException as fout:
            toekomst.set_exception(fout)
        return toekomst


def meteen(werkers: int, werkmap: str) -> Executor:
    """For ``draai(maak_executor=...)``."""
    return Meteen()


def nep_product(taak: Taak) -> Product:
    """What a worker would return, without a kernel; a slug with "stuk" in it fails."""
    if "stuk" in taak.slug:
        return Product(
            None, '{"cells": []}', 0.5, "Traceback: geheim = 1", "ValueError", "een fout van het soort ValueError."
        )
    return Product(f"<html>{taak.slug}</html>", '{"cells": []}', 0.5, titel=taak.naam)


def boek(*cellen: tuple[str, dict[str, Any]]) -> Any:
    """A notebook of (markdown, output data) pairs."""
    v4: Any = nbformat.v4
    uit = v4.new_notebook()
    for tekst, data in cellen:
        uit.cells += [v4.new_markdown_cell(tekst), v4.new_code_cell("x")]
        uit.cells[-1].outputs = [v4.new_output("display_data", data=data)]
    return uit


def manifest(naam: str, maatschappelijk: float | None = 1.2, slug: str = "", **rest: Any) -> Manifest:
    cijfers = {
        "totale_kosten": 900_153.0,
        "totale_baten": 1_467_892.2,
        "saldo": -279_666.0,
        "kb_financieel": 0.901,
        "kb_maatschappelijk": maatschappelijk,
        "kb_gemeentelijk": 1.01,
    }
    gegevens = {
        "slug": slug or re.sub(r"\W+", "-", naam).strip("-").lower() or "x",
        "naam": naam,
        "status": "gelukt",
        "gemaakt": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "seconden": 1.0,
        "sleutel": "s",
        "huishoudens": 1063.0,
        "fte": 13.5,
        "kerncijfers": cijfers,
        "kengetallen": "abc",
    }
    return Manifest(**(gegevens | rest))
