"""Answers to the questions from shown cells alone: a share or an average is that of shown, rounded numbers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from mkba.analyse.doelgroepen.zelfredzaamheid import LEEFSITUATIE, NZR_TOP
from mkba.analyse.effectmeting.publiceren.bijdragen import GESTART, SAMEN
from mkba.analyse.effectmeting.publiceren.huishoudens import gevolgden
from mkba.analyse.effectmeting.tellen.telling import STAND, Registratietelling
from mkba.analyse.onderdrukking.stelsel import ONBEKEND
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, SOORTEN, TRAJECTEN, TRAJECTKNOPPEN, Trajectknop

ANTWOORDEN: Final = "antwoorden"
ALLE_TYPEN: Final = "alleen over alle typen samen te tonen"
"""Of an answer per huishoudtype that so few households have no table of."""
VAN_BEDREIGD: Final = "voorkomen_van_bedreigd"
KINDEREN_OP: Final = 0.1
"""The base that the average number of children is rounded to, one decimal."""


@dataclass(frozen=True, slots=True)
class Getoond:
    """An answer of shown numbers: a share with both its numbers, or a value alone (``n``: households)."""

    waarde: float
    teller: float | None = None
    n: float | None = None
    opmerking: str = ""


def antwoorden_van(
    telling: Registratietelling,
    huishoudens: Publicatie,
    trajecten: Mapping[str, Publicatie],
    escalaties: Publicatie | None,
    kinderen: Publicatie | None,
) -> pd.DataFrame:
    """Every answer that was registered, also where no household stands behind it: its absence would say so."""
    cellen: Iterable[tuple[str, Getoond | None]] = (
        (s, _uit_cellen(s, huishoudens, trajecten, escalaties, kinderen))
        for s in _sleutels(huishoudens, trajecten, escalaties, kinderen)
    )
    rijen = [
        (s, None, None, None, _waarom(s, huishoudens)) if g is None else (s, g.waarde, g.teller, g.n, g.opmerking)
        for s, g in (*cellen, *_van_het_team(telling))
    ]
    frame = pd.DataFrame(rijen, columns=["sleutel", "waarde", "teller", "n", "reden"])
    return frame.astype({"waarde": "Float64", "teller": "Float64", "n": "Float64"})


def _waarom(sleutel: str, p: Publicatie) -> str:
    """Why an answer is not there: hidden, or asked per type where so many households have a table over all types."""
    naam, _, rest = sleutel.partition(".")
    variabele = {"zwaarte": "klasse_0", **{v: v for v in ("eenouder", *LEEFSITUATIE)}}.get(naam, "")
    per_type = any({"type", variabele} <= set(t) for t in p.tabellen)
    return ALLE_TYPEN if rest and p.waarden(variabele) and not per_type else "afgeschermd"


def _van_het_team(telling: Registratietelling) -> Iterator[tuple[str, Getoond]]:
    """Questions 6 and 7: about the team itself, as it is."""
    for a in telling.antwoorden.itertuples():
        if a.sleutel in ("fte", "additioneel") or str(a.sleutel).startswith("disciplines."):
            yield str(a.sleutel), Getoond(round(float(a.waarde), 6))


def _sleutels(p: Publicatie, t: Mapping[str, Publicatie], e: Publicatie | None, k: Publicatie | None) -> Iterator[str]:
    """The answers that these parts can hold."""
    yield "huishoudens"
    yield from (f"type.{x}" for x in TYPEN)
    if p.waarden("klasse_0"):
        yield from (f"zwaarte.{x}.{klasse}" for x in TYPEN for klasse in KLASSEN)
    if p.waarden("eenouder"):
        yield from (f"eenouder.{x}" for x in TYPEN)
    if k is not None:
        yield "kinderen"
    for feit in (f for f in LEEFSITUATIE if p.waarden(f)):
        # tabel 2.3: 100% for ouderen means "no effect on work"
        yield from (f"{feit}.{x}" for x in TYPEN if (feit, x) != ("geen_werk", "oudere"))
    if p.waarden("nieuw"):
        yield "nieuw"
    if t:
        if p.waarden("nieuw"):
            yield from TRAJECTKNOPPEN
        for vraag in SOORTEN:
            soorten = [s for s in TRAJECTEN if vraag == "meer" or s not in ESCALATIES]
            yield from (f"effectmeting.{vraag}.{g}.{wat}" for g in CASES for wat in ("aantal", *soorten))
    if e is not None:
        yield from (f"effectmeting.{w}.{s}" for s in ESCALATIES for w in ("voorkomen", "bedreigd", VAN_BEDREIGD))


def _uit_cellen(
    sleutel: str, p: Publicatie, t: Mapping[str, Publicatie], e: Publicatie | None, k: Publicatie | None
) -> Getoond | None:
    """An answer from shown cells alone, None when one of them is hidden."""
    delen = sleutel.split(".")
    match delen:
        case ["huishoudens"]:
            n = p.toont()
            return None if n is None else Getoond(n, None, n)
        case ["type", str(soort)]:
            return _deel(p.toont(type=soort), _som(p.toont(type=x) for x in p.waarden("type")))
        case ["zwaarte", str(soort), str(klasse)]:
            return _zwaarte(p, soort, klasse)
        case ["kinderen"]:
            deel = _deel(None if k is None else k.toont(), p.toont(kinderen="bekend"))
            return None if deel is None else Getoond(round(deel.waarde, 1), None, deel.n)
        case [("eenouder" | "schulden" | "geen_werk" | "overlast") as feit, str(soort)]:
            ja, nee = (p.toont(**{"type": soort, feit: w}) for w in ("ja", "nee"))
            return _deel(ja, _som((ja, nee)))
        case ["nieuw"]:
            return _deel(p.toont(nieuw="nieuw"), _som((p.toont(nieuw="nieuw"), p.toont(nieuw="bestaand"))))
        case ["effectmeting", "voorkomen" | "bedreigd" | "voorkomen_van_bedreigd" as wat, str(soort)]:
            return _escalatie(p, e, wat, soort)
        case ["effectmeting", "meer" | "minder" as vraag, str(groep), str(wat)]:
            return _meer_of_minder(p, t, STAND[vraag], groep, wat)
    return _trajectdeel(t, TRAJECTKNOPPEN[sleutel])


def _trajectdeel(t: Mapping[str, Publicatie], knop: Trajectknop) -> Getoond | None:
    """Question 11 or 12: of the trajecten of a group the part that was added or dropped."""
    erbij = (_aantal(t, STAND["meer"], knop.case),) if knop.met_erbij else ()
    return _deel(_aantal(t, STAND[knop.soort], knop.case), _som((_aantal(t, GESTART, knop.case), *erbij)))


def _zwaarte(p: Publicatie, type_: str, klasse: str) -> Getoond | None:
    """Of a type the share of one class. Where nzr and top may only be shown as one, they count as nzr."""
    klassen = [c for c in p.waarden("klasse_0") if c != ONBEKEND]
    if "mv" in klassen:  # they would have to be split
        return None
    los = {c: p.toont(type=type_, klasse_0=c) for c in klassen}
    if None in (los["nzr"], los["top"]):
        los |= {"nzr": p.toont(type=type_, zwaarst_0=NZR_TOP), "top": 0.0}
        uitleg = {"nzr": "met de top erbij, die niet apart te tonen is", "top": "geteld bij niet-zelfredzaam"}
    else:
        uitleg = {}
    deel = _deel(los[klasse], _som(los.values()))
    return None if deel is None else replace(deel, opmerking=uitleg.get(klasse, ""))


def _escalatie(p: Publicatie, e: Publicatie | None, wat: str, soort: str) -> Getoond | None:
    if e is None:
        return None
    n, bedreigd, voorkomen = gevolgden(p), e.toont(soort=soort), e.toont(soort=soort, afloop="voorkomen")
    if wat == "bedreigd":
        return _deel(bedreigd, n)
    return _deel(voorkomen, n if wat == "voorkomen" else bedreigd)


def _aantal(t: Mapping[str, Publicatie], stand: str, groep: str) -> float | None:
    """Trajecten of one stand and group; None when their number is hidden."""
    return t[stand].toont(groep=groep) if stand in t else None


def _meer_of_minder(p: Publicatie, t: Mapping[str, Publicatie], stand: str, groep: str, wat: str) -> Getoond | None:
    """Question 16 or 17: a number per household of the group, or the share of a type in all of this stand."""
    if wat != "aantal":
        deel = _deel(t[stand].toont(type=wat), t[stand].toont()) if stand in t else None
        return None if deel is None else replace(deel, opmerking=SAMEN)
    if groep in p.waarden("nieuw"):
        return _deel(_aantal(t, stand, groep), gevolgden(p, nieuw=groep))
    return _deel(t[stand].toont() if stand in t else None, gevolgden(p))  # footnote 13


def _som(delen: Iterable[float | None]) -> float | None:
    som = 0.0
    for deel in delen:
        if deel is None:
            return None
        som += deel
    return som


def _deel(teller: float | None, noemer: float | None) -> Getoond | None:
    return None if teller is None or not noemer else Getoond(teller / noemer, teller, noemer)
