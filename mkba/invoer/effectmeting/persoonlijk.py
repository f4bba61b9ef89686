"""Recognise personal data in the tables of a measurement: in a header, by what the cells of a column have in common, in
the name of a file.

A name cannot be told from any other word, so columns that hold who somebody is have no place in the tables at all, and
what is a code must look like one. Nothing here returns the text that it looked at.
"""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from mkba.invoer.registratie.domeinen import is_persoonlijk, normaliseer
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonlijk import herkenbaar_in, persoonlijk_in_bestandsnaam
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND, elfproef, gewone_tekens, is_bsn_kop

_KOP: Final = re.compile(
    r"voorletters|initialen|geboren|paspoort|rijbewijs|rekeningnummer|polisnummer|gsm|woonadres|(?:^|_)nawt?(?:_|$)"
)
_CIJFERS: Final = re.compile(r"[0-9]{8,9}")
MINSTENS: Final = 3
AANDEEL: Final = 0.5
"""A column is one of numbers of persons when at least this many distinct values, and this share of those of eight or
nine digits, are such a number. A choice: of arbitrary numbers one in eleven passes the elfproef."""


def is_persoonlijke_kop(kop: object) -> bool:
    """Whether a header asks for who somebody is, when somebody was born or where somebody lives, or tells it itself (a
    file without a header, of which the first row is of a person)."""
    naam, tekst = normaliseer(kop), str(kop)
    return is_bsn_kop(tekst) or is_persoonlijk(naam) or bool(_KOP.search(naam)) or herkenbaar_in(tekst) != ""


def controleer_namen(bestanden: Sequence[Path]) -> None:
    """A report names the files, and a message names the file of a row. Raises InvoerFout, without the name."""
    remedie = "Geef het bestand een andere naam: zij staat in het rapport en in meldingen."
    meldingen = [
        Melding("bestand", NIET_GETOOND, f"in de naam van een bestand staat {wat}.", remedie, f"bestand {i}")
        for i, pad in enumerate(bestanden, start=1)
        if (wat := persoonlijk_in_bestandsnaam(pad.stem))
    ]
    if meldingen:
        raise InvoerFout(meldingen)


def kolom_van_personen(teksten: Sequence[str]) -> str:
    """What the distinct values of a column of pseudonyms are when most are no pseudonyms at all, or ""."""
    cijfers = [c for t in teksten if _CIJFERS.fullmatch(c := gewone_tekens(t).strip())]
    if len(cijfers) < max(MINSTENS, AANDEEL * len(teksten)):
        return ""
    if sum(elfproef(c.zfill(9)) for c in cijfers) > AANDEEL * len(cijfers):
        return "bsn's"
    if sum(_is_dag(c) for c in cijfers) > AANDEEL * len(cijfers):
        return "geboortedata"
    return ""


def _is_dag(cijfers: str) -> bool:
    """Whether eight digits are a day, the year first or last."""
    if len(cijfers) != 8:
        return False
    for jaar, maand, dag in ((cijfers[:4], cijfers[4:6], cijfers[6:]), (cijfers[4:], cijfers[2:4], cijfers[:2])):
        try:
            datum = dt.date(int(jaar), int(maand), int(dag))
        except ValueError:
            continue
        if 1900 <= datum.year <= 2100:
            return True
    return False
