"""Shared by the tests of the screen."""

from pathlib import Path

import pytest

from mkba.scherm.naast.kansen import Kansrekenaar
from mkba.scherm.openen import open_scherm
from mkba.scherm.scherm import Scherm


@pytest.fixture
def scherm(tmp_path: Path) -> Scherm:
    """A shipped case on a screen that keeps its files in ``tmp_path``."""
    return open_scherm("voorbeeld-1", naar=str(tmp_path))


@pytest.fixture(autouse=True)
def zonder_kansen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ten thousand draws beside each screen that a test makes; a test about them asks for ``met_kansen``."""
    if "met_kansen" not in request.fixturenames:
        monkeypatch.setattr(Kansrekenaar, "vraag", lambda self, *aanpakken: None)


@pytest.fixture
def met_kansen() -> None:
    """For a test that wants the chances calculated."""
