"""The shipped notebooks show what they give: executed here, every output is the one that is committed.

In this process, as a report is: the cheap ones in ``make test``, the others in ``make test-traag``. That a kernel gives
the same is tested there too, once (test_motor) and for each of these notebooks by nbval, by the same list of what may
differ.
"""

import base64
import configparser
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mkba.kern.bestand import paden
from mkba.reeks.werk import rapport
from mkba.tests.hulp_notebook import taak

NOTEBOOKS = sorted(paden.notebooks().glob("*.ipynb"))
DUUR = {
    *("20_zorgconsumptieprofielen", "35_voorbeelden", "40_gevoeligheid", "45_cohort", "46_gemeente"),
    *("50_meta_analyse", "60_effectmeting", "90_kalibratie"),
}
"""Seconds of processor time each; the others have a page of an aanpak and one of two rule sets."""
PNG, SVG = "image/png", "image/svg+xml"
ALLEEN_DAAR = frozenset({PNG})
"""For forges that show no SVG; a report has no use for it."""
ALLEEN_HIER = frozenset({"application/vnd.jupyter.widget-view+json"})
"""A live widget, which is not committed."""


def _zelfde(tekst: str) -> str:
    """Without what may differ between two runs."""
    lijst = configparser.ConfigParser(interpolation=None)
    lijst.read(paden.notebooks() / "nbval.cfg", encoding="utf-8")
    for deel in lijst.sections():
        tekst = re.sub(lijst[deel]["regex"], lijst[deel]["replace"], tekst)
    return tekst


def _cellen(inhoud: str, weg: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Source and outputs of every code cell, the outputs as json."""
    for cel in json.loads(inhoud)["cells"]:
        if cel["cell_type"] == "code":
            uitvoer = [
                {
                    "soort": uit["output_type"],
                    "naam": uit.get("name"),
                    "tekst": "".join(uit.get("text", [])),
                    "data": {m: _heel(d) for m, d in uit.get("data", {}).items() if m not in weg},
                }
                for uit in cel["outputs"]
            ]
            yield "".join(cel["source"]), _zelfde(json.dumps(uitvoer, sort_keys=True, ensure_ascii=False, indent=1))


def _heel(data: Any) -> Any:
    return "".join(data) if isinstance(data, list) else data


@pytest.mark.parametrize(
    "pad",
    [pytest.param(p, marks=pytest.mark.traag if p.stem in DUUR else [], id=p.stem) for p in NOTEBOOKS],
)
def test_een_notebook_geeft_wat_erin_staat(pad: Path) -> None:
    product = rapport.maak(taak(pad, slug=pad.stem))
    assert not product.fout
    vastgelegd = list(_cellen(pad.read_text(encoding="utf-8"), ALLEEN_DAAR))
    hier = list(_cellen(product.notebook, ALLEEN_HIER))
    assert [bron for bron, _ in hier] == [bron for bron, _ in vastgelegd]
    for nummer, ((_, uit), (_, verwacht)) in enumerate(zip(hier, vastgelegd, strict=True)):
        assert uit == verwacht, f"codecel {nummer}; is dit bedoeld, dan: make notebooks"


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda p: p.stem)
def test_naast_elke_figuur_staat_een_beeld(pad: Path) -> None:
    for cel in json.loads(pad.read_text(encoding="utf-8"))["cells"]:
        for uit in cel.get("outputs", []):
            data = uit.get("data", {})
            assert (SVG in data) == (PNG in data)
            assert base64.b64decode(_heel(data.get(PNG, "iVBORw0KGgo="))).startswith(b"\x89PNG")
