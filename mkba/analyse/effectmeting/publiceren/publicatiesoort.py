"""Which kind of publication a folder shows already: of a registration, or of the form of a sample.

The households of a sample are also in a registration of the same team, and a form that was filled further is about the
same households: who lays two such publications beside each other reads their difference, which may be about one.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
from mkba.analyse.onderdrukking.stelsel import ONBEKEND
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.kern.tekst.meldingen import InvoerFout, Melding

STEEKPROEF: Final = "steekproef"
"""The part that only a form has: how the sample stands to its caseload, and the trajecten."""
_REMEDIE: Final = (
    "Zijn het andere huishoudens, kies dan een andere map. Anders: is de uitvoer in deze map nog met niemand "
    "gedeeld, verwijder dan de hele map; is zij wel gedeeld, laat het dan bij die cijfers."
)


def controleer_soort(eerder: Iterable[Eerder], teams: Collection[str], naamloos: str) -> None:
    """Refuse a registration in a folder with a form that may be about the same households. ``naamloos``: what teams go
    by that go without their name. Raises InvoerFout."""
    for e in eerder:
        if STEEKPROEF in e.delen and _kan_dezelfde_zijn(e.delen, teams, naamloos):
            oorzaak = "in deze map staan cijfers van een steekproef, die over dezelfde huishoudens kan gaan."
            raise InvoerFout([Melding("--naar", "deze map", oorzaak, _REMEDIE)])


def controleer_formulier(eerder: Iterable[Eerder], delen: Mapping[str, Publicatie], naamloos: str) -> Eerder | None:
    """What was shown before that is the same to the last number, or nothing; refuse a form in a folder with other
    numbers that may be about the same households. Raises InvoerFout."""
    zelfde: Eerder | None = None
    for e in eerder:
        if _gelijk(e.delen, delen):
            zelfde = e if zelfde is None or zelfde.meting is None else zelfde
        elif _kan_dezelfde_zijn(e.delen, delen["huishoudens"].waarden("team"), naamloos):
            wat = "een steekproef: het formulier is veranderd" if STEEKPROEF in e.delen else "een registratie"
            oorzaak = (
                f"in deze map staan al cijfers van {wat}. Gaan zij over dezelfde huishoudens, dan zegt het verschil "
                "met deze steekproef iets over enkele ervan."
            )
            raise InvoerFout([Melding("--naar", "deze map", oorzaak, _REMEDIE)])
    return zelfde


def _kan_dezelfde_zijn(toen: Mapping[str, Publicatie], nu: Collection[str], naamloos: str) -> bool:
    """Whether no names of teams tell them apart."""
    eerst, dan = set(toen["huishoudens"].waarden("team")), set(nu)
    zonder_naam = {ONBEKEND, naamloos} & (eerst | dan)
    return not eerst or not dan or bool(eerst & dan) or bool(zonder_naam)


def _gelijk(toen: Mapping[str, Publicatie], nu: Mapping[str, Publicatie]) -> bool:
    return toen.keys() == nu.keys() and all(toen[n].cellen == p.cellen for n, p in nu.items())
