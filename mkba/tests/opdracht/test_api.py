"""docs/api.md is what the docstrings say."""

from pathlib import Path

import mkba
from mkba.opdracht.api import pagina

WORTEL = Path(mkba.__file__).resolve().parents[1]


def test_de_pagina_is_bij() -> None:
    assert (WORTEL / "docs" / "api.md").read_text(encoding="utf-8") == pagina(), "make docs"


def test_elke_naam_van_de_voordeur_staat_erin() -> None:
    tekst = pagina()
    for naam in mkba.__all__:
        assert f"`mkba.{naam}(" in tekst or f"## {naam}\n" in tekst, naam
