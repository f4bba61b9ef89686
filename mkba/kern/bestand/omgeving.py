"""Variables of the environment that libraries read, checked before they do: their own messages are tracebacks."""

import os
import re
from datetime import UTC, datetime
from typing import Final

from mkba.kern.tekst.meldingen import InvoerFout, Melding

MOMENT: Final = "SOURCE_DATE_EPOCH"
"""Seconds since 1970, the convention of reproducible builds: numpy, matplotlib and Typst read it as well."""


def gevraagd_moment() -> datetime | None:
    """The moment in ``SOURCE_DATE_EPOCH``; None when it is not there or empty. Raises InvoerFout when it is none."""
    bron = os.environ.get(MOMENT, "").strip()
    if not bron:
        return None
    try:
        if not re.fullmatch(r"[0-9]+", bron):
            raise ValueError
        return datetime.fromtimestamp(int(bron), UTC)
    except (ValueError, OverflowError, OSError):
        oorzaak = "deze omgevingsvariabele is geen aantal seconden sinds 1970."
        remedie = f"Geef een geheel getal van 0 of meer, of haal haar weg met `unset {MOMENT}`."
        raise InvoerFout([Melding(MOMENT, bron, oorzaak, remedie)]) from None


def zuiver_omgeving() -> list[Melding]:
    """Take a ``SOURCE_DATE_EPOCH`` away that is empty or no moment; returns what is wrong with it."""
    try:
        if gevraagd_moment() is None:
            os.environ.pop(MOMENT, None)
    except InvoerFout as fout:
        del os.environ[MOMENT]
        return list(fout.meldingen)
    return []
