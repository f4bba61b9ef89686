"""Every key has a unit, and the same key never means two things."""

import pytest

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.eenheden import eenheid


@pytest.mark.parametrize(
    ("sleutel", "verwacht"),
    [
        ("saldo", "euro"),
        ("saldo_gemeente", "euro"),
        ("escalatie", "euro"),
        ("kb_gemeentelijk", "verhouding"),
        ("fte_kengetal", "fte"),
        ("huishoudens_bij_fte", "huishoudens"),
        ("frictie_kengetal", "fractie"),
        ("escalatie.gezin", "fractie"),
        ("eenmalig", "euro"),
        ("huishoudens", "huishoudens"),
        ("fte", "fte"),
        ("kinderen", "kinderen/gezin"),
        ("afschrijving_jaren", "jaar"),
        ("kwaliteit.qaly_eur", "eur/qaly"),
    ],
)
def test_eenheid(sleutel: str, verwacht: str, kengetallen: Kengetallen) -> None:
    assert eenheid(sleutel, kengetallen) == verwacht


def test_elke_sleutel_heeft_er_een(kengetallen: Kengetallen) -> None:
    assert all(eenheid(s, kengetallen) for s in (*SLEUTELS, *VELDEN, *kengetallen))
    namen = [*SLEUTELS, *VELDEN, *kengetallen]
    assert len(namen) == len(set(namen)), "one key, one meaning"
    with pytest.raises(KeyError, match="onbekende sleutel 'terugvla'"):
        eenheid("terugvla", kengetallen)
