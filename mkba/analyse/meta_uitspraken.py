"""The statements of the meta-analysis about the 13 aanpakken, checked on the reconstruction.

>>> from mkba.invoer.kengetallen import laad
>>> oordelen = toets_uitspraken(reken_dertien(laad()))

A statement that does not hold is reported with its reason (in the data), never tuned away.
"""

from collections.abc import Sequence
from typing import Any

from mkba.analyse.meta_dertien import Model13, reken_dertien
from mkba.analyse.meta_toetsen import Oordeel, model_als_tekst, toets
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.uitspraken import Uitspraak, lees_uitspraken


def toets_uitspraken(model: Model13, uitspraken: Sequence[Uitspraak] | None = None) -> tuple[Oordeel, ...]:
    """A judgement per statement, in their order. Raises InvoerFout for a maat that does not exist."""
    return tuple(toets(model, u) for u in (uitspraken if uitspraken is not None else lees_uitspraken()))


def records(oordelen: Sequence[Oordeel]) -> list[dict[str, Any]]:
    """The judgements in the uniform form of every check, to be counted.

    Keys: soort ("uitspraak"), naam, vindplaats, gepubliceerd (the quotation), model (the numbers as text), houdt
    (True, False, None: cannot be checked), toelichting.
    """
    return [
        {
            "soort": "uitspraak",
            "naam": f"{o.uitspraak.nummer}. {o.uitspraak.naam}",
            "vindplaats": o.uitspraak.vindplaats,
            "gepubliceerd": o.uitspraak.citaat,
            "model": model_als_tekst(o),
            "houdt": o.houdt,
            "toelichting": o.toelichting,
        }
        for o in oordelen
    ]


def controles(kengetallen: Kengetallen) -> list[dict[str, Any]]:
    """Read, calculate and check everything: the records of all statements."""
    return records(toets_uitspraken(reken_dertien(kengetallen)))
