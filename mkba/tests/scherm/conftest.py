"""Shared by the tests of the screen."""

import pytest

from mkba.scherm.kansen import Kansrekenaar


@pytest.fixture(autouse=True)
def zonder_kansen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ten thousand draws beside each screen that a test makes; a test about them asks for ``met_kansen``."""
    if "met_kansen" not in request.fixturenames:
        monkeypatch.setattr(Kansrekenaar, "vraag", lambda self, *aanpakken: None)


@pytest.fixture
def met_kansen() -> None:
    """For a test that wants the chances calculated."""
