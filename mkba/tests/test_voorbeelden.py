"""A property is tried with all its examples where there is time, with a quarter of them where there is not, and with
ten times as many where one looks for what nobody thought of."""

from hypothesis import settings

from mkba.tests.hulp_voorbeelden import ALLE, SNEL, ZOEK, voorbeelden


def test_een_kwart_alle_of_tien_keer_de_voorbeelden() -> None:
    toen = {100: ALLE, 1000: ZOEK}.get(voorbeelden(100), SNEL)
    gegeven = {}
    for profiel in (ALLE, SNEL, ZOEK):
        settings.load_profile(profiel)
        gegeven[profiel] = [voorbeelden(n) for n in (3, 10, 100)]
    settings.load_profile(toen)
    assert gegeven == {ALLE: [3, 10, 100], SNEL: [3, 5, 25], ZOEK: [30, 100, 1000]}


def test_of_een_commit_goed_is_hangt_niet_van_geluk_af() -> None:
    assert [settings.get_profile(naam).derandomize for naam in (SNEL, ALLE, ZOEK)] == [True, True, False]
