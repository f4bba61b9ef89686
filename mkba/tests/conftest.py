"""Shared fixtures: the shipped rule set and the published cases."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from mkba.kern.bestand.irigrammatica import zonder_irigrammatica
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.tests.hulp_voorbeelden import ALLE, SNEL

with zonder_irigrammatica():
    import nbformat  # noqa: F401 - as the commands do, before a test imports it by another way

# a busy machine is no fault of the code: no test fails because it took long
for _naam in (SNEL, ALLE):
    settings.register_profile(_naam, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(SNEL)


def pytest_collection_finish() -> None:
    """All modules and tests stay until the end: looking through them for garbage again and again takes seconds.

    And who looks seldom loses little: the figures and workbooks of a test go by their counts, or in a later round.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(500_000, 20, 20)


def pytest_sessionfinish() -> None:
    """What is left goes with the process: pytest would look through all of it, twice."""
    gc.freeze()


@pytest.fixture(scope="session")
def kengetallen() -> Kengetallen:
    return laad("lpbl-2014")
