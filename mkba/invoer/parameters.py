"""The parameters of the shipped notebooks: of which kind each is, and what to say when it is of another.

Every notebook calls :func:`controleer` before it reads anything, so that a wrong kind is named as such and not found
out by whatever meets it first. The kinds are those in the comments of the parameters cells; a test keeps them equal.
"""

import os
from numbers import Integral, Real
from typing import Any, Final

from mkba.kern.meldingen import InvoerFout, Melding

TEKST: Final = "str"
GEHEEL: Final = "int"
GETAL: Final = "float"
JA_NEE: Final = "bool"
TEKSTEN: Final = "list[str]"
PAD: Final = "pad"
HIER_HOORT: Final = {
    TEKST: "een tekst",
    GEHEEL: "een heel getal",
    GETAL: "een getal",
    JA_NEE: "True of False",
    TEKSTEN: "een lijst met teksten",
    PAD: "een tekst",
}
"""The kinds, named as the comments of a parameters cell do."""

SOORTEN: Final = {
    "aanpak": TEKST,
    "afronding": GEHEEL,
    "aanpakken": TEKSTEN,
    "cijfers": TEKST,
    "gebied": TEKST,
    "gebieden": TEKST,
    "gezinnen": GEHEEL,
    "index_bron": TEKST,
    "index_jeugd": GETAL,
    "index_wi": GETAL,
    "index_zvw": GETAL,
    "index_zw": GETAL,
    "jaar": GEHEEL,
    "kengetallen": TEKST,
    "knop_x": TEKST,
    "knop_y": TEKST,
    "naam": TEKST,
    "naar": TEKST,
    "ouderen": GEHEEL,
    "overige": GEHEEL,
    "punten": GEHEEL,
    "registratie": TEKST,
    "regelset": TEKST,
    "rekening": TEKST,
    "rij": TEKST,
    "toelichting": TEKST,
    "trekkingen": GEHEEL,
    "uitvoermap": TEKST,
    "wijk": TEKST,
    "zaad": GEHEEL,
}
PADEN: Final = frozenset({"aanpak", "cijfers", "kengetallen", "naar", "registratie", "rekening", "uitvoermap"})
"""Texts for which a ``Path`` does as well."""
BESTANDEN: Final = frozenset({"aanpak", "aanpakken", "cijfers", "kengetallen", "registratie", "rekening"})
"""What names files or folders that are read; of the parameters of others those whose comment says ``pad``."""


def controleer(**waarden: Any) -> None:
    """Refuse parameters of a wrong kind, by name. Raises InvoerFout with all of them."""
    meldingen = [m for naam, waarde in waarden.items() if (m := melding(naam, waarde, SOORTEN[naam]))]
    if meldingen:
        raise InvoerFout(meldingen)


def melding(naam: str, waarde: Any, soort: str, bestand: str = "") -> Melding | None:
    """What is wrong with a value that should be of ``soort`` (a key of ``HIER_HOORT``); None when it is."""
    if _past(waarde, soort) or (
        (naam in PADEN or soort == PAD) and soort in (TEKST, PAD) and isinstance(waarde, os.PathLike)
    ):
        return None
    if soort == TEKSTEN and isinstance(waarde, list | tuple):
        nummer, vreemd = next((n, w) for n, w in enumerate(waarde, 1) if not isinstance(w, str))
        oorzaak = f"onderdeel {nummer} van deze lijst is {_wat(vreemd)}, en hier hoort een tekst."
    else:
        oorzaak = f"dit is {_wat(waarde)}, en hier hoort {HIER_HOORT[soort]}."
    return Melding(naam, waarde, oorzaak, _remedie(naam, waarde, soort), bestand)


def _past(waarde: Any, soort: str) -> bool:
    if soort == TEKSTEN:
        return isinstance(waarde, list | tuple) and all(isinstance(w, str) for w in waarde)
    if isinstance(waarde, bool):
        return soort == JA_NEE
    return isinstance(waarde, {TEKST: str, PAD: str, GEHEEL: Integral, GETAL: Real, JA_NEE: bool}[soort])


def _wat(waarde: Any) -> str:
    if waarde is None:
        return "niets (None)"
    if isinstance(waarde, bool):
        return "waar of niet waar (True of False)"
    woorden = {
        str: "een tekst",
        Integral: "een getal",
        Real: "een gebroken getal",
        os.PathLike: "een pad",
        list: "een lijst",
        tuple: "een lijst",
    }
    anders = f"iets van het soort {type(waarde).__name__}"
    return next((woord for soort, woord in woorden.items() if isinstance(waarde, soort)), anders)


def _remedie(naam: str, waarde: Any, soort: str) -> str:
    if soort in (TEKST, PAD):
        if waarde is None:
            return f'Schrijf {naam} = "" als het leeg moet blijven.'
        if isinstance(waarde, list | tuple):
            return f'Schrijf één tekst: {naam} = "…".'
        return f'Zet er aanhalingstekens omheen: {naam} = "…".'
    if soort == TEKSTEN:
        if isinstance(waarde, str):
            return f'Zet er vierkante haken omheen: {naam} = ["…"].'
        return f'Schrijf {naam} = ["…", "…"], elke tekst tussen aanhalingstekens.'
    if soort == JA_NEE:
        return f"Schrijf {naam} = True of {naam} = False, zonder aanhalingstekens."
    zonder = ", zonder aanhalingstekens" if isinstance(waarde, str) else ""
    voorbeeld = "2014, zonder punt of komma erin" if soort == GEHEEL else "1.5, met een punt en geen komma"
    return f"Schrijf een getal zoals {naam} = {voorbeeld}{zonder}."
