"""A property is tried with all its examples where there is time, and with a quarter of them where there is not."""

from hypothesis import settings

from mkba.tests.hulp_voorbeelden import ALLE, SNEL, voorbeelden


def test_een_kwart_of_alle_voorbeelden() -> None:
    toen = ALLE if voorbeelden(100) == 100 else SNEL
    gegeven = {}
    for profiel in (ALLE, SNEL):
        settings.load_profile(profiel)
        gegeven[profiel] = [voorbeelden(n) for n in (3, 10, 100)]
    settings.load_profile(toen)
    assert gegeven == {ALLE: [3, 10, 100], SNEL: [3, 5, 25]}
