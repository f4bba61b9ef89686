"""What a folder shows of registrations already: two reports in one folder are one publication.

Every command that shows numbers of a registration reads this first and adds to it, whatever it makes and for whichever
aanpak: who lays two outputs beside each other may see no household that is in the one and not in the other. The file
has a seal: what somebody changed in it would be taken for what was shown.
"""

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError
from scipy.special import chdtr

from mkba.analyse.effectmeting.publiceren.wijkcijfers import Wijkcijfers
from mkba.analyse.onderdrukking.stelsel import Sleutel, sleutel_van
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.kern.bestand.bestanden import lees_bytes, weiger
from mkba.kern.bestand.hashes import hash_waarden
from mkba.kern.tekst.meldingen import InvoerFout, Melding

if TYPE_CHECKING:
    from mkba.analyse.effectmeting.publiceren.meting import Meting

BESTAND: Final = "publicatie.json"
"""In the folder of the output: what was shown there before, and nothing else."""
VERSIE: Final = 2
"""Of the file: from this one on it has a seal and the numbers of wijken."""
ZEGEL: Final = "zegel"
SPREKEND: Final = 5
"""Under other names of teams it may be the same registration when no number differs by more than the threshold divided
by this (and the rounding). A choice."""
ANDERS: Final = 0.05
"""It is, when moreover so few registrations of other households would have shares that are as near to each other."""
TOEVAL: Final = 0.001
"""It also is, whatever the numbers, when that is so seldom as this. Choices (`benchmarks/meten.py` says how often
either goes wrong)."""
SAMEN: Final = 3
"""So many teams at most are thought to have become one, or one of them so many. A choice."""
Delen = Mapping[str, Publicatie]


@dataclass(frozen=True, eq=False)
class Eerder:
    """Parts that a folder shows already; ``meting``: the record that they come from, where there is one; ``wijken``:
    what else it showed of the table *gebied*."""

    delen: Delen
    meting: "Meting | None" = None
    wijken: tuple[Wijkcijfers, ...] = ()


@dataclass(frozen=True, eq=False)
class Keuze:
    """``verwant``: what is about the same households in part, oldest first; ``bevroren``: what is about (nearly) all
    the same, so that nothing else may be shown; ``zelfde``: whether nobody came or left since the last of them, as far
    as was shown, so that a number that is as it was tells nothing."""

    verwant: tuple[Eerder, ...]
    bevroren: Eerder | None
    zelfde: bool = False


def kies(eerder: Sequence[Eerder], soorten: pd.DataFrame, drempel: float, getoond: Collection[str]) -> Keuze:
    """Which earlier publications are about these households, by their teams. ``soorten``: a row per household now, with
    what the tables are of; ``getoond``: the variables of which so many households have a table."""
    nu = _per_team(soorten)
    # one that shows nothing itself still remembers what was shown before it
    ooit = [e for e in eerder if _toont_iets(e) or e.delen["huishoudens"].historie]
    verwant = [e for e in ooit if nu.keys() & set(e.delen["huishoudens"].waarden("team"))]
    vast = [
        e for e in verwant if _toont_iets(e) and _weinig_anders(e.delen["huishoudens"], nu, soorten, drempel, getoond)
    ]
    met = [e for e in vast if e.meting is not None]
    zelfde = bool(verwant) and _zelfde(verwant[-1].delen["huishoudens"], nu)
    return Keuze(tuple(verwant), next(iter((*met, *vast)), None), zelfde)


def _per_team(soorten: pd.DataFrame) -> dict[str, float]:
    """Households now, of each team that has any."""
    return {str(t): float(n) for t, n in soorten["team"].value_counts().items() if n}


def _toont_iets(e: Eerder) -> bool:
    return any(w is not None for w in e.delen["huishoudens"].cellen.values())


def _zelfde(p: Publicatie, nu: Mapping[str, float]) -> bool:
    """Whether nobody came or left, as far as shown numbers tell."""
    return all(a is not None and abs(b - a) <= p.afronding / 2 for a, b in _teams(p, nu))


def _teams(p: Publicatie, nu: Mapping[str, float]) -> list[tuple[float | None, float]]:
    """Households then and now, in all and of each team; None: hidden then."""
    toen = {t: p.toont(team=t) for t in p.waarden("team")}
    return [(p.toont(), sum(nu.values())), *((toen.get(t, 0.0), nu.get(t, 0.0)) for t in dict.fromkeys((*toen, *nu)))]


def _weinig_anders(
    p: Publicatie, nu: Mapping[str, float], soorten: pd.DataFrame, drempel: float, getoond: Collection[str]
) -> bool:
    """Whether in all, in every team and in every cell that was shown fewer households than the threshold came or went.

    Where a cell differs by more, or where the same households have a variable more, the registration is another one or
    has gone on (a next moment was measured).
    """
    if _zelfde(p, nu) and set(getoond) - {naam for s in p.cellen for naam, _ in s}:
        return False
    ruis = drempel + p.afronding / 2
    if any(a is not None and abs(b - a) >= ruis for a, b in _teams(p, nu)):
        return False
    cellen = ((w, s) for s, w in p.cellen.items() if w is not None and {n for n, _ in s} <= set(soorten))
    return all(abs(_tel(soorten, s) - w) < ruis for w, s in cellen)


def _tel(soorten: pd.DataFrame, sleutel: Sleutel) -> int:
    wie = np.ones(len(soorten), dtype=bool)
    for naam, waarde in sleutel:
        wie &= (soorten[naam] == waarde).to_numpy(dtype=bool)
    return int(wie.sum())


def controleer_sprekend(eerder: Sequence[Eerder], nieuw: Publicatie) -> None:
    """Refuse what looks like an earlier registration under other names of teams. Raises InvoerFout."""
    teams = set(nieuw.waarden("team"))
    for p in (e.delen["huishoudens"] for e in eerder):
        if teams & set(p.waarden("team")):
            continue
        marge = nieuw.drempel / SPREKEND + (p.afronding + nieuw.afronding) / 2
        paren = [(a, b) for s, a in _zonder_team(p) if (b := nieuw.cellen.get(s)) is not None]
        gelijk = nieuw.toont() is not None and paren and all(abs(a - b) <= marge for a, b in paren)
        if _toeval(p, nieuw) < (ANDERS if gelijk else TOEVAL):
            oorzaak = "in deze map staan al cijfers van (bijna) dezelfde huishoudens, onder andere namen van teams."
            remedie = "Geef de teams dezelfde namen als toen; zijn het andere huishoudens, kies dan een andere map."
            raise InvoerFout([Melding("team", None, oorzaak, remedie)])


def _toeval(een: Publicatie, ander: Publicatie) -> float:
    """How seldom two registrations of other households have shares of each variable that are this near to each other:
    the chi-square of their difference, from below. :data:`TOEVAL` where there is nothing to tell them apart by, 1
    without numbers."""
    n, m = een.toont(), ander.toont()
    if not n or not m:
        return 1.0
    som, vrij = 0.0, 0
    for naam in {v for s in een.cellen for v, _ in s} - {"team"}:
        alle = [(a, ander.cellen.get(s)) for s, a in een.cellen.items() if len(s) == 1 and s[0][0] == naam]
        paren = [(a, b) for a, b in alle if a and b]
        som += sum((a * math.sqrt(m / n) - b * math.sqrt(n / m)) ** 2 / (a + b) for a, b in paren)
        vrij += len(paren) - (len(paren) == len(alle) > 0)
    return float(chdtr(vrij, som)) if vrij else TOEVAL


def controleer_heel(verwant: Sequence[Eerder], soorten: pd.DataFrame, drempel: float, naamloos: str) -> None:
    """Refuse some teams of an earlier publication without the others, when these teams are (nearly) as they were.

    A number of these teams together is that of all then, without the others: beside the tables of then it tells what
    these hide. ``naamloos``: what teams that go without their name are called. Raises InvoerFout.
    """
    nu = _per_team(soorten)
    for p in (e.delen["huishoudens"] for e in verwant):
        # also what was shown before these were hidden
        toen = {t: p.historie.get(sleutel_van(team=t), (None,))[-1] for t in p.waarden("team") if t != naamloos}
        ruis = drempel + p.afronding / 2
        gebleven = [(toen[t], nu[t]) for t in toen if t in nu]
        if gebleven and len(gebleven) < len(toen) and all(a is None or abs(a - b) < ruis for a, b in gebleven):
            oorzaak = (
                "in deze map staan al cijfers van deze teams samen met andere, die nu ontbreken: uit het verschil zou "
                "volgen wat toen is afgeschermd."
            )
            remedie = "Geef de registratie van alle teams van toen, onder de namen van toen."
            raise InvoerFout([Melding("team", None, oorzaak, remedie)])


def controleer_samengegaan(verwant: Sequence[Eerder], soorten: pd.DataFrame, drempel: float, naamloos: str) -> None:
    """Refuse teams that seem to have gone together, apart, or on under another name, with fewer households than the
    threshold more or less: to who knows that, these tell who came. Raises InvoerFout."""
    nu = _per_team(soorten)
    for p in (e.delen["huishoudens"] for e in verwant):
        ooit = {t: p.historie.get(sleutel_van(team=t), ())[-1:] for t in p.waarden("team") if t != naamloos}
        toen = {t: n for t, (n, *_) in ((t, h) for t, h in ooit.items() if h)}
        weg = {t: n for t, n in toen.items() if t not in nu}
        meer = {t: n - toen.get(t, 0.0) for t, n in nu.items() if t != naamloos and (t in toen or t not in ooit)}
        meer = {t: n for t, n in meer.items() if n >= drempel}
        een, ander = ([c for k in range(1, SAMEN + 1) for c in combinations(d.values(), k)] for d in (weg, meer))
        for a, b in ((a, b) for a in een for b in ander if 1 in (len(a), len(b))):
            if abs(sum(b) - sum(a)) < drempel + p.afronding / 2 * (len(a) + len(b)):
                oorzaak = (
                    "in deze map staan al cijfers van teams die er nu niet meer zijn, en een ander team heeft er nu "
                    "ongeveer zo veel bij: is het samengevoegd, gesplitst of hernoemd, dan zegt het verschil hoe "
                    "weinig huishoudens er bij kwamen."
                )
                remedie = "Geef elk huishouden het team van toen; zijn het andere huishoudens, kies dan een andere map."
                raise InvoerFout([Melding("team", None, oorzaak, remedie)])


def _zonder_team(p: Publicatie) -> Iterable[tuple[Sleutel, float]]:
    return ((s, w) for s, w in p.cellen.items() if w is not None and "team" not in dict(s))


# --- as a file -------------------------------------------------------------------------------------------------------


def wijken_ooit(eerder: Sequence[Eerder]) -> tuple[Wijkcijfers, ...]:
    """All that a folder ever showed of the table *gebied*, each once."""
    uit: list[Wijkcijfers] = []
    for w in (w for e in eerder for w in (*(() if e.meting is None else e.meting.wijken_ooit), *e.wijken)):
        if w not in uit:
            uit.append(w)
    return tuple(uit)


def als_tekst(delen: Delen, blijft: Sequence[Eerder] = (), wijken: Sequence[Wijkcijfers] = ()) -> str:
    """The memory of a folder after one publication more (the last), which holds all that was shown of its households;
    ``blijft``: what else was shown there; ``wijken``: all that it ever showed of the table *gebied*."""
    inhoud = [{naam: als_json(p) for naam, p in d.items()} for d in (*(e.delen for e in blijft), delen)]
    regels = dict.fromkeys(json.dumps(d, ensure_ascii=False, indent=1) for d in inhoud)
    van_wijken = json.dumps([asdict(w) for w in wijken], ensure_ascii=False)
    tekst = '"publicaties": [\n' + ",\n".join(regels) + f'\n],\n"wijken": {van_wijken}}}\n'
    return f'{{"versie": {VERSIE}, "{ZEGEL}": "{zegel_van(json.loads("{" + tekst))}",\n{tekst}'


def zegel_van(inhoud: Mapping[str, Any]) -> str:
    """The seal of a file, without its own and the version."""
    return hash_waarden({k: w for k, w in inhoud.items() if k not in (ZEGEL, "versie")})


def controleer_zegel(pad: Path, inhoud: Mapping[str, Any]) -> None:
    """Refuse a file that was changed after it was written. Raises InvoerFout, KeyError."""
    if inhoud[ZEGEL] != zegel_van(inhoud):
        oorzaak = "dit bestand is veranderd nadat mkba het schreef: de map weet dan niet meer wat er is getoond."
        remedie = "Zet het bestand van toen terug. Is de uitvoer nog met niemand gedeeld, verwijder dan de hele map."
        weiger(pad, oorzaak, remedie)


def lees_eerder(map_: Path) -> list[Eerder]:
    """What was published in this folder before, oldest first; nothing when nothing was. Raises InvoerFout for a file
    that is no such."""
    pad = map_ / BESTAND
    if not pad.exists():
        return []
    try:
        inhoud = json.loads(lees_bytes(pad))
        if "versie" in inhoud:  # a folder of before has no seal and keeps its memory
            controleer_zegel(pad, inhoud)
        reeks = inhoud.get("publicaties", [inhoud])
        uit = [Eerder({str(naam): uit_json(deel) for naam, deel in delen.items()}) for delen in reeks]
        if not all("huishoudens" in e.delen for e in uit):
            raise ValueError
        wijken = TypeAdapter(tuple[Wijkcijfers, ...]).validate_python(inhoud.get("wijken", ()))
        return [*uit[:-1], replace(uit[-1], wijken=wijken)] if uit else []
    except InvoerFout:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError):
        weiger(pad, "dit is geen eerdere publicatie van mkba.", "Kies een andere map, of herstel het bestand.")


def als_json(p: Publicatie) -> dict[str, Any]:
    """A publication as plain data."""
    vroeger = [[dict(s), list(w)] for s, w in p.historie.items() if s not in p.cellen]
    return {
        "tabellen": p.tabellen,
        "drempel": p.drempel,
        "afronding": p.afronding,
        "sommen": [[dict(totaal), [dict(d) for d in delen]] for totaal, delen in p.sommen],
        "cellen": [[dict(s), w, list(p.historie.get(s, ()))] for s, w in p.cellen.items()],
        "vroeger": vroeger,
    }


def uit_json(deel: Mapping[str, Any]) -> Publicatie:
    """A publication from plain data. Raises KeyError, ValueError, TypeError, AttributeError."""
    cellen, historie = {}, {}
    for soort, waarde, toen in deel["cellen"]:
        cellen[_sleutel(soort)] = None if waarde is None else _aantal(waarde)
        if toen:
            historie[_sleutel(soort)] = tuple(map(_aantal, toen))
    historie |= {_sleutel(soort): tuple(map(_aantal, toen)) for soort, toen in deel.get("vroeger", ())}
    return Publicatie(
        cellen,
        tuple(tuple(map(str, t)) for t in deel["tabellen"]),
        _aantal(deel["drempel"]),
        int(_aantal(deel["afronding"])),
        historie=historie,
        sommen=tuple((_sleutel(t), tuple(map(_sleutel, delen))) for t, delen in deel.get("sommen", ())),
    )


def _aantal(waarde: Any) -> float:
    """A number that can have been shown. Raises ValueError, TypeError."""
    getal = float(waarde)
    if not 0 <= getal < math.inf:
        raise ValueError
    return getal


def _sleutel(soort: Mapping[Any, Any]) -> Sleutel:
    return tuple(sorted((str(k), str(v)) for k, v in soort.items()))
