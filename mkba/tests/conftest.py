"""Shared fixtures: the shipped rule set and the published cases."""

import pytest

from mkba.invoer.kengetallen import Kengetallen, laad


@pytest.fixture(scope="session")
def kengetallen() -> Kengetallen:
    return laad("lpbl-2014")
