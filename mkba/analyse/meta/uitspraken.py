"""The statements of the meta-analysis about the 13 aanpakken, checked on the reconstruction.

>>> from mkba.kern.catalogus.kengetallen import laad
>>> oordelen = toets_uitspraken(reken_dertien(laad()))

A statement that does not hold is reported with its reason (in the data), never tuned away.
"""

from collections.abc import Sequence

from mkba.analyse.meta.bevinding import Bevinding
from mkba.analyse.meta.dertien import Model13, reken_dertien
from mkba.analyse.meta.lees_meta import MetaAnalyse
from mkba.analyse.meta.lees_uitspraken import Uitspraak, lees_uitspraken
from mkba.analyse.meta.toetsen import Oordeel, toets
from mkba.kern.catalogus.kengetallen import Kengetallen


def toets_uitspraken(model: Model13, uitspraken: Sequence[Uitspraak] | None = None) -> tuple[Oordeel, ...]:
    """A judgement per statement, in their order. Raises InvoerFout for a maat that does not exist."""
    return tuple(toets(model, u) for u in (uitspraken if uitspraken is not None else lees_uitspraken()))


def als_bevinding(oordeel: Oordeel) -> Bevinding:
    """A judgement in the form of every check: what must be true of it, and the numbers that decided, as text."""
    u = oordeel.uitspraak
    return Bevinding(
        soort="uitspraak",
        plek=u.vindplaats,
        wat=f"{u.nummer}. {u.naam}",
        gepubliceerd=oordeel.grens,
        berekend=oordeel.model,
        eenheid="tekst",
        houdt=oordeel.houdt,
        toelichting=" ".join(filter(None, (_zin(oordeel.toelichting), _zin(u.afstemming)))),
        citaat=u.citaat,
        bij=u.bij,
        grond=u.rust_op,
    )


def controleer_uitspraken(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Every statement about the 13 aanpakken, on the reconstruction: read, calculated and checked."""
    return [als_bevinding(o) for o in toets_uitspraken(reken_dertien(kengetallen))]


def _zin(tekst: str) -> str:
    """With a capital and a full stop, as every explanation is printed."""
    return f"{tekst[:1].upper()}{tekst[1:]}." if tekst and not tekst.endswith(".") else tekst
