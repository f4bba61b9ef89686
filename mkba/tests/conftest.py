"""Shared fixtures: the shipped rule set and the published cases."""

import ctypes
import gc
import signal
import sys
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from mkba.kern.bestand.irigrammatica import zonder_irigrammatica
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.tests.hulp_voorbeelden import ALLE, SNEL, ZOEK

with zonder_irigrammatica():
    import nbformat  # noqa: F401 - as the commands do, before a test imports it by another way

_GEEF_TERUG: Final = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None

# started with & or nohup, Ctrl-C is ignored, also by each command that a test starts to press it in
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# a busy machine is no fault of the code: no test fails because it took long. Of hypothesis' own profile: what it would
# inherit from now is another one where the variable CI is set, and then nothing would be looked for at random
_ALTIJD: Final = settings(settings.get_profile("default"), deadline=None, suppress_health_check=[HealthCheck.too_slow])
# nor because a rare example came up in a run for something else
for _naam in (SNEL, ALLE):
    settings.register_profile(_naam, _ALTIJD, derandomize=True)
settings.register_profile(ZOEK, _ALTIJD, max_examples=1000)
settings.load_profile(SNEL)


def pytest_collection_finish() -> None:
    """All modules and tests stay until the end: looking through them for garbage again and again takes seconds.

    Among what is new it looks now and then: the documents and figures of a test hold each other, and few objects hold
    much memory.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 1000)


def pytest_sessionfinish() -> None:
    """What is left goes with the process: pytest would look through all of it, twice."""
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _opruimen() -> Iterator[None]:
    """After each module its memory goes back: glibc keeps what is free, and the workers grew to a gigabyte and more."""
    yield
    if _GEEF_TERUG is not None:
        _GEEF_TERUG(0)


@pytest.fixture(scope="session")
def kengetallen() -> Kengetallen:
    return laad("lpbl-2014")
