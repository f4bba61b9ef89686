"""docs/api.md is what the docstrings say."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

import mkba
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht.documenten.api import pagina
from mkba.opdracht.documenten.catalogus import kengetallenpagina, regelsetpagina

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


def test_alle_kengetallen_staan_op_de_pagina() -> None:
    """Every key of both rule sets, whatever its use; and of every year of a series what stands in for it."""
    tekst = kengetallenpagina()
    for naam in ("lpbl-2014", "nl-2026"):
        assert [pad for pad in laad(naam) if f"`{pad}`" not in tekst] == []
    assert "2,70% (ova en ppc als cpi)" in tekst
    assert "3,08% (ppc als cpi)" in tekst
    assert "cpi: 2014, 2020-2025 nl2026 (via een andere bron), 2015-2019 cbs-83131NED" in tekst
    assert "- **cbs-83131NED**: " in tekst


def test_voorbeelden_in_de_uitleg_van_regelsets_zijn_goed(tmp_path: Path) -> None:
    """Every block of TOML in docs/regelsets.md loads as it stands, below the parent that the page names first."""
    tekst = (WORTEL / "docs" / "regelsets.md").read_text(encoding="utf-8")
    blokken = [dedent(blok) for blok in re.findall(r"```toml\n(.*?)```", tekst, re.DOTALL)]
    assert len(blokken) == 5
    for i, blok in enumerate(blokken):
        pad = tmp_path / f"blok-{i}.toml"
        pad.write_text(blok if blok.startswith("ouder") else f'ouder = "nl-2026"\n{blok}', encoding="utf-8")
        if 'als = "geen"' in blok:  # the page says that this is an error for every year without a figure
            with pytest.raises(InvoerFout, match="geen cijfer voor 2015-2022"):
                laad(f"{pad}@peildatum=2026-12-01")
            continue
        assert laad(f"{pad}@peildatum=2026-12-01").opzet.ouders == ("nl-2026", "lpbl-2014")


def test_elke_naam_van_de_voordeur_staat_erin() -> None:
    tekst = pagina()
    for naam in mkba.__all__:
        assert f"`mkba.{naam}(" in tekst or f"## {naam}\n" in tekst, naam
