"""Dutch numbers and dates in what the notebooks show: 1.429.400, 0,90 and 31%, no 1,429,400, 0.90 or 2026-11-22."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mkba.kern.bestand import paden
from mkba.uitvoer.maat import MATEN

NOTEBOOKS = sorted(paden.notebooks().glob("*.ipynb"))

# numbers of figures, tables, sections and versions have a point; so have two in the name of the running example; a
# fingerprint of the kengetallen is no number
_VERWIJZING = re.compile(
    r"(?:figu(?:ur|ren)|tabel(?:len)?|fig\.|§|MKBA|mkba|hoofdstuk)\s*(?:[IV]+\.)?\d+(?:\.\d+)*"
    r"(?:(?:, | en | tot en met |; )\d+\.\d+)*"
    r"|\([0-9a-f]{12}\)"
)
# the number of a part that a cell begins with, as bijlage 3 of the meta-analysis prints it: "1.1 Dossier"
_NUMMER = re.compile(r"^\d\.\d (?=[A-Z][a-z]{3})")
_ENGELS = re.compile(r"(?<![\w.,])\d+\.\d{1,2}(?![\w.])|\d{1,3},\d{3},\d{3}|\b\d{4}-\d\d-\d\d\b|\d[eE][+-]?\d")


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_tonen_nederlandse_getallen_en_datums(pad: Path) -> None:
    for nummer, cel in enumerate(json.loads(pad.read_text(encoding="utf-8"))["cells"]):
        for uit in cel.get("outputs", []):
            gegevens = uit.get("data", {})
            ruw = gegevens.get("text/html") or gegevens.get("text/markdown") or uit.get("text") or []
            stukken = BeautifulSoup("".join(ruw), "html.parser").stripped_strings
            tekst = " ".join(_NUMMER.sub("", stuk) for stuk in stukken)
            gevonden = _ENGELS.findall(_VERWIJZING.sub("", tekst))
            assert not gevonden, f"cel {nummer}: {gevonden[:5]}"


def test_de_proef_ziet_engelse_notatie() -> None:
    for fout in ("saldo 1,429,400 euro", "verhouding 0.90", "op 2026-11-22", "1e+06"):
        assert _ENGELS.search(_VERWIJZING.sub("", fout)), fout
    for goed in ("1.429.400 euro", "0,90", "31%", "22-11-2026", "figuur 2.1, 2.4 en 2.8", "tabel 2.2", "MKBA 1.0"):
        assert not _ENGELS.search(_VERWIJZING.sub("", goed)), goed


def test_werkboeken_hebben_formaten_zonder_taal() -> None:
    """A file holds the codes of the standard; a Dutch spreadsheet shows them with dots for thousands."""
    formaten = {naam: maat.xlsx for naam, maat in MATEN.items()}
    fout = {n: f for n, f in formaten.items() if not re.fullmatch(r'General|("€" )?[#0,.%]+(;"€" -#,##0(\.00)?)?', f)}
    assert not fout
    assert {"eur", "fractie", "aantal"} <= {naam for naam, f in formaten.items() if f != "General"}
