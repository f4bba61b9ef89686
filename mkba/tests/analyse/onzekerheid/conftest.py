"""The case that the tests of this folder draw around."""

import pytest

from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.onzekerheid.simulatie import Simulatie, simuleer
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak


@pytest.fixture(scope="module")
def aanpak(kengetallen: Kengetallen) -> Aanpak:
    return laad_geval("voorbeeld-1", kengetallen).aanpak


@pytest.fixture(scope="module")
def simulatie(aanpak: Aanpak, kengetallen: Kengetallen) -> Simulatie:
    return simuleer(aanpak, kengetallen)
