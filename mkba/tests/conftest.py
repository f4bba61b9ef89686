"""Shared fixtures: the shipped rule set and the published cases."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from mkba.kern.catalogus.kengetallen import Kengetallen, laad

# a busy machine is no fault of the code: no test fails because it took long
settings.register_profile("mkba", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mkba")


def pytest_collection_finish() -> None:
    """All modules and tests stay until the end: looking through them for garbage again and again takes seconds."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def kengetallen() -> Kengetallen:
    return laad("lpbl-2014")
