"""docs/api.md is what the docstrings say."""

from pathlib import Path

import mkba
from mkba.opdracht.api import pagina
from mkba.opdracht.catalogus import kengetallenpagina, regelsetpagina

WORTEL = Path(mkba.__file__).resolve().parents[1]


def test_de_pagina_is_bij() -> None:
    assert (WORTEL / "docs" / "api.md").read_text(encoding="utf-8") == pagina(), "make docs"


def test_de_tabellen_van_de_kengetallen_zijn_bij() -> None:
    """docs/kengetallen.md and the tables of docs/regelsets.md are what the catalogue says."""
    docs = WORTEL / "docs"
    assert (docs / "kengetallen.md").read_text(encoding="utf-8") == kengetallenpagina(), "make docs"
    tekst = (docs / "regelsets.md").read_text(encoding="utf-8")
    assert tekst == regelsetpagina(tekst), "make docs"
    assert tekst.count("| voorbeeld-") == 5


def test_elke_naam_van_de_voordeur_staat_erin() -> None:
    tekst = pagina()
    for naam in mkba.__all__:
        assert f"`mkba.{naam}(" in tekst or f"## {naam}\n" in tekst, naam
