"""The small tool for SVG: what is text stays text, numbers are short, and marks are round."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkba.uitvoer import svg

NAMEN = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF))


@given(NAMEN, NAMEN)
def test_een_naam_blijft_tekst(naam: str, adres: str) -> None:
    """In a text, a title, an attribute and a label: the reader of the SVG gets the same signs back."""
    getekend = svg.groep(10, 20.5, naam, svg.tekst(1, 2.0, naam), svg.koppeling(adres, naam, svg.pad("M", 0, 1.25)))
    wortel = ET.fromstring(getekend)
    assert wortel.attrib == {"viewBox": "0 0 10 20.5", "role": "group", "aria-label": naam}
    tekst, koppeling = wortel
    assert ((tekst.text or ""), tekst.attrib) == (naam, {"x": "1", "y": "2"})
    assert koppeling.attrib == {"href": adres}
    assert (koppeling[0].text or "") == naam


def test_kenmerken() -> None:
    assert svg.element("a", class_="x", stroke_width=1.5, fill=None) == '<a class="x" stroke-width="1.5"/>'
    assert svg.pad("M", 0, -1.26, "h", 20.0) == '<path d="M 0 -1.3 h 20"/>'
    assert svg.koppeling(None, "a", met_toetsen=False) == "<a><title>a</title></a>"
    assert svg.koppeling("b", "a", met_toetsen=False) == '<a href="b" tabindex="-1"><title>a</title></a>'


@pytest.mark.parametrize(
    ("laag", "hoog", "midden", "hoogstens", "merken"),
    [
        (-3.0, 17.0, 0.0, 9, [-5.0, 0.0, 5.0, 10.0, 15.0, 20.0]),
        (0.8, 1.2, 1.0, 9, [0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2]),
        (0.0, 700_000.0, 0.0, 6, [0.0, 200_000.0, 400_000.0, 600_000.0, 800_000.0]),
    ],
)
def test_ronde_merken(laag: float, hoog: float, midden: float, hoogstens: int, merken: list[float]) -> None:
    assert svg.ronde_merken(laag, hoog, midden, hoogstens) == pytest.approx(merken)
