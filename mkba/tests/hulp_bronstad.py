"""The made-up town that is shipped, as read, as shown, and its plan."""

from functools import cache

from mkba.analyse.effectmeting.publiceren.meting import Meting, meet
from mkba.invoer.effectmeting.lezen import VOORBEELD, lees_registratie, zoek_registratie
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.zaak.aanpak import Aanpak


@cache
def registratie() -> Registratie:
    return lees_registratie(zoek_registratie(VOORBEELD))


@cache
def stad() -> Meting:
    return meet(registratie(), laad())


@cache
def plan() -> Aanpak:
    return lees_bron(paden.zoek_aanpak(VOORBEELD), laad()).aanpak
