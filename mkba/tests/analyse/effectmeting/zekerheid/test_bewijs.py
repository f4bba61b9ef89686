"""The level of evidence is never better than the design, and lower where the data do not carry it."""

import pytest

from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN, Opzet, niveau


def test_de_niveaus_per_opzet() -> None:
    assert {o: niveau(o, 5, 4, 4, 0.5)[0] for o in OPZETTEN} == {
        "oordeel": 1,
        "oordeel_nulmeting": 2,
        "voor_na": 2,
        "vergelijking": 3,
        "gelijk_gemaakt": 4,
        "geloot": 5,
    }


@pytest.mark.parametrize(
    ("opzet", "met", "zonder", "voor", "p", "sms"),
    [
        ("vergelijking", 5, 0, 4, None, 2),
        ("vergelijking", 5, 4, 0, None, 1),
        ("vergelijking", 5, 4, 4, 0.03, 2),
        ("vergelijking", 5, 1, 4, 0.9, 3),
        ("gelijk_gemaakt", 5, 1, 4, 0.9, 3),
        ("gelijk_gemaakt", 5, 4, 4, 0.01, 2),
        ("geloot", 1, 4, 4, None, 3),
        ("geloot", 5, 4, 4, 0.01, 5),
        ("oordeel", 0, 0, 0, None, 1),
    ],
)
def test_lager_waar_de_gegevens_het_niet_dragen(
    opzet: Opzet, met: int, zonder: int, voor: int, p: float | None, sms: int
) -> None:
    hoogte, woorden = niveau(opzet, met, zonder, voor, p)
    assert hoogte == sms
    assert woorden
