"""A property is tried with all its examples where there is time, with a quarter of them where there is not, and with
ten times as many where one looks for what nobody thought of."""

import os
import subprocess
import sys

import pytest
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


@pytest.mark.parametrize("ci", [{}, {"CI": "true"}, {"GITHUB_ACTIONS": "true", "GITLAB_CI": "true"}])
def test_de_profielen_zijn_overal_dezelfde(ci: dict[str, str]) -> None:
    """Hypothesis begins with another profile of its own where it sees that it runs in a CI."""
    kaal = {naam: waarde for naam, waarde in os.environ.items() if naam not in {"CI", "GITHUB_ACTIONS", "GITLAB_CI"}}
    vraag = (
        "import mkba.tests.conftest\n"
        "from hypothesis import settings\n"
        "for naam in ('snel', 'alle', 'zoek'):\n"
        "    s = settings.get_profile(naam)\n"
        "    print(naam, s.derandomize, s.max_examples, s.deadline, s.print_blob, s.database is None)\n"
    )
    uit = subprocess.run([sys.executable, "-c", vraag], env=kaal | ci, capture_output=True, text=True, check=True)
    assert uit.stdout.splitlines() == [
        "snel True 100 None False True",
        "alle True 100 None False True",
        "zoek False 1000 None False False",
    ]
