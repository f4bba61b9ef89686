"""What names share is said once."""

import pytest

from mkba.kern.tekst.namen import zonder_gedeeld


@pytest.mark.parametrize(
    ("namen", "gedeeld", "korte"),
    [
        (("Stad, Noord", "Stad, Zuid"), "Stad", ("Noord", "Zuid")),
        (("Stad, Noord, plan", "Stad, Zuid"), "Stad", ("Noord, plan", "Zuid")),
        (("Stad, Noord", "Dorp, Zuid"), "", ("Stad, Noord", "Dorp, Zuid")),
        (("Stad, Noord", "Stad"), "", ("Stad, Noord", "Stad")),
        (("Stad, Noord",), "", ("Stad, Noord",)),
        (("Noord", "Zuid"), "", ("Noord", "Zuid")),
        ((), "", ()),
    ],
)
def test_zonder_gedeeld(namen: tuple[str, ...], gedeeld: str, korte: tuple[str, ...]) -> None:
    assert zonder_gedeeld(namen) == (gedeeld, korte)
