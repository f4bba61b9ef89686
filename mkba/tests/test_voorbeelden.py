"""A property is tried with all its examples where there is time, with a quarter of them where there is not, and with
ten times as many where one looks for what nobody thought of."""

import os
import subprocess
import sys

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


def test_de_profielen_zijn_overal_dezelfde() -> None:
    """Hypothesis begins with another profile of its own where it sees that it runs in a CI: here, wherever this is, and
    in one."""
    vraag = (
        "import mkba.tests.conftest\n"
        "from hypothesis import settings\n"
        "for naam in ('snel', 'alle', 'zoek'):\n"
        "    s = settings.get_profile(naam)\n"
        "    print(naam, s.derandomize, s.max_examples, s.deadline, s.print_blob, s.database is None)\n"
    )
    ci = {"CI": "true", "GITHUB_ACTIONS": "true", "GITLAB_CI": "true"}
    uit = subprocess.run([sys.executable, "-c", vraag], env=os.environ | ci, capture_output=True, text=True, check=True)
    profielen = [(naam, settings.get_profile(naam)) for naam in (SNEL, ALLE, ZOEK)]
    hier = [(n, s.derandomize, s.max_examples, s.deadline, s.print_blob, s.database is None) for n, s in profielen]
    verwacht = ["snel True 100 None False True", "alle True 100 None False True", "zoek False 1000 None False False"]
    assert uit.stdout.splitlines() == verwacht
    assert [" ".join(map(str, delen)) for delen in hier] == verwacht
