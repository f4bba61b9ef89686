"""What of a registration may be shown: its tables and its answers, all from one set of cells that hides together.

Nothing that is shown has another source than the shown cells (a share is that of shown, rounded counts), except for
shares and averages that share no margin with any table; of those both the yes and the no must reach the threshold.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from mkba.analyse.doelgroepen.zelfredzaamheid import NZR_TOP
from mkba.analyse.effectmeting.onderdrukking import Bedragregel, Publicatie, publiceer, publiceer_bedragen
from mkba.analyse.effectmeting.tellen import Telling
from mkba.invoer.effectmeting.kolommen import ESCALATIES, MOMENTEN
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.kern.bestand.bestanden import lees_bytes, weiger
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands

AFRONDING: Final = 5
"""The base of shown counts, as CBS uses for wijken: one household more mostly does not show."""
BESTAND: Final = "publicatie.json"
"""In the folder of the output: what was shown there before, and nothing else."""
GEEN: Final = "geen"
TABELLEN: Final[tuple[tuple[str, ...], ...]] = (
    ("type", "klasse_0"),
    ("type", "nieuw"),
    ("team", "type"),
    ("team", "klasse_0"),
    *(("klasse_0", f"klasse_{m}") for m in MOMENTEN[1:]),
    *((soort,) for soort in ESCALATIES),
)
"""The tables of a report: who is reached, what changed after 6, 12 and 18 months, and the escalaties."""


@dataclass(frozen=True, eq=False)
class Vrijgegeven:
    """All that may leave the house. ``antwoorden``: sleutel, waarde (NA: hidden), reden."""

    huishoudens: Publicatie
    meer: Publicatie | None
    minder: Publicatie | None
    antwoorden: pd.DataFrame


def geef_vrij(
    registratie: Registratie,
    telling: Telling,
    kengetallen: Kengetallen,
    afronding: int = AFRONDING,
    eerder: Mapping[str, Publicatie] | None = None,
) -> Vrijgegeven:
    """The tables of :data:`TABELLEN`, the trajecten per type and the answers, as far as they may be shown.

    ``eerder``: what was published before about these households (see :func:`lees_eerder`). Raises InvoerFout for a
    base of rounding above the threshold.
    """
    drempel = kengetallen["zelfredzaamheid.kleine_cel"]
    if not 0 <= afronding <= drempel:
        oorzaak = f"aantallen worden afgerond op 0 (niet) tot en met {nederlands(drempel)}."
        raise InvoerFout([Melding("afronding", afronding, oorzaak, f"Geef bijvoorbeeld {AFRONDING}, zoals het CBS.")])
    toen = eerder or {}
    publicatie = _huishoudens(telling, drempel, afronding, toen.get("huishoudens"))
    stil = bool(publicatie.uitleg)  # with too few households more nothing else is new either
    meer = None if stil else _trajecten(registratie, telling, "nieuw", drempel, toen.get("meer"))
    minder = None if stil else _trajecten(registratie, telling, "afgevallen", drempel, toen.get("minder"))
    antwoorden = _antwoorden(telling, publicatie, meer, minder, drempel)
    return Vrijgegeven(publicatie, meer, minder, antwoorden)


def _huishoudens(telling: Telling, drempel: float, afronding: int, eerder: Publicatie | None) -> Publicatie:
    """The tables of households; those of before as long as fewer than the threshold came or went.

    Also when all shown numbers would be the same: what is not a count (an average, a number of trajecten) would not be.
    """
    if eerder is not None and () in eerder.historie:
        verschil = abs(len(telling.per_huishouden) - eerder.historie[()][-1])
        if verschil < drempel + eerder.afronding / 2:
            uitleg = f"Minder dan {nederlands(drempel)} huishoudens meer of minder dan in de vorige publicatie: "
            return replace(eerder, uitleg=uitleg + "de eerdere cijfers blijven staan.")
    return publiceer(_soorten(telling.per_huishouden, drempel), TABELLEN, drempel, afronding, eerder)


def _soorten(per: pd.DataFrame, drempel: float) -> pd.DataFrame:
    """The variables of the tables; a class that no household can have is no class."""
    uit = {"team": per["team"], "type": per["type"], "nieuw": per["nieuw"].map({True: "nieuw", False: "bestaand"})}
    zonder_mv = not any((per[f"klasse_{m}"] == "mv").any() for m in MOMENTEN)
    # a small top would hide half of the table: nzr and top are one class then, at every moment
    klein_top = any((per[f"klasse_{m}"] == "top").sum() < drempel for m in MOMENTEN)
    for m in MOMENTEN:
        klasse = per[f"klasse_{m}"]
        if klein_top:
            samen = [NZR_TOP if k in ("nzr", "top") else k for k in klasse.cat.categories]
            nummers = np.array([list(dict.fromkeys(samen)).index(k) for k in samen] + [-1])[klasse.cat.codes]
            klasse = pd.Series(pd.Categorical.from_codes(nummers, list(dict.fromkeys(samen))), index=per.index)
        weg = [k for k in ("mv", "onbekend") if (k == "onbekend" or zonder_mv) and not (klasse == k).any()]
        uit[f"klasse_{m}"] = klasse.cat.remove_categories(weg)
    for soort in ESCALATIES:
        uit[soort] = per[soort].cat.add_categories(GEEN).fillna(GEEN)
    return pd.DataFrame(uit)


def _trajecten(
    registratie: Registratie, telling: Telling, stand: str, drempel: float, eerder: Publicatie | None
) -> Publicatie | None:
    """Numbers of trajecten by group and type, as sums over households: few behind a number hide it."""
    t = registratie.trajecten
    telt = (t["stand"] == stand).to_numpy(dtype=bool) & t["uitgevoerd"].fillna(True).to_numpy(dtype=bool)
    if stand == "afgevallen":
        telt &= ~t["type"].isin(ESCALATIES).to_numpy()
    nieuw = pd.Series(telling.per_huishouden["nieuw"].to_numpy(), index=telling.per_huishouden["pseudoniem"])
    frame = t.loc[telt, ["pseudoniem", "type"]]
    if frame.empty:
        return None
    per = frame.groupby(["pseudoniem", "type"], observed=True).size().rename("aantal").reset_index()
    per["groep"] = nieuw.loc[per["pseudoniem"]].map({True: "nieuw", False: "bestaand"}).to_numpy()
    per["type"] = per["type"].cat.remove_unused_categories()
    regel = Bedragregel(drempel, 2, 0.9, 0.1)
    return publiceer_bedragen(per, "aantal", [("groep", "type")], regel, eerder, stap=drempel)


def _antwoorden(
    telling: Telling, huishoudens: Publicatie, meer: Publicatie | None, minder: Publicatie | None, drempel: float
) -> pd.DataFrame:
    rijen = []
    for a in telling.antwoorden.itertuples():
        waarde = _uit_cellen(str(a.sleutel), huishoudens, meer, minder)
        if waarde is _ELDERS:
            waarde = None if huishoudens.uitleg else _zelfstandig(a, drempel)
        rijen.append((a.sleutel, waarde, "" if waarde is not None else "afgeschermd"))
    frame = pd.DataFrame(rijen, columns=["sleutel", "waarde", "reden"])
    return frame.astype({"waarde": "Float64"})


_ELDERS: Final = object()


def _uit_cellen(sleutel: str, p: Publicatie, meer: Publicatie | None, minder: Publicatie | None) -> Any:
    """An answer from shown cells alone, None when one of them is hidden; ``_ELDERS`` when no table has it."""
    delen = sleutel.split(".")
    match delen:
        case ["huishoudens"]:
            return p.toont()
        case ["type", t]:
            return _deel(p.toont(type=t), p.toont())
        case ["zwaarte", t, k]:
            soorten = [c for c in _waarden(p, "klasse_0") if c != "onbekend"]
            if "mv" in soorten:  # they would have to be split
                return None
            return _deel(p.toont(type=t, klasse_0=k), _som(p.toont(type=t, klasse_0=c) for c in soorten))
        case ["nieuw"]:
            return _deel(p.toont(nieuw="nieuw"), _som((p.toont(nieuw="nieuw"), p.toont(nieuw="bestaand"))))
        case ["effectmeting", "voorkomen", str(soort)]:
            return _deel(p.toont(**{soort: "voorkomen"}), p.toont())
        case ["effectmeting", "bedreigd" | "voorkomen_van_bedreigd" as wat, str(soort)]:
            bedreigd = _som(p.toont(**{soort: u}) for u in _waarden(p, soort) if u != GEEN)
            return _deel(bedreigd, p.toont()) if wat == "bedreigd" else _deel(p.toont(**{soort: "voorkomen"}), bedreigd)
        case ["effectmeting", "meer" | "minder" as vraag, groep, wat]:
            trajecten = meer if vraag == "meer" else minder
            if trajecten is None:
                return None
            aantal = trajecten.toont(groep=groep)
            if wat == "aantal":
                return _deel(aantal, p.toont(nieuw=groep))
            return _deel(trajecten.toont(groep=groep, type=wat), aantal)
        case ["meer"] | ["substitutie", _]:
            return None  # its denominator, what ran at the start, is in no table
    return _ELDERS


def _zelfstandig(a: Any, drempel: float) -> float | None:
    """A share or average that is in no table, in whole percents or one decimal; about the team itself as it is."""
    if a.soort == "som" or a.toelichting == "naar fte":
        return float(a.waarde)
    if a.soort == "aandeel":
        return round(a.waarde, 2) if min(a.teller, a.n - a.teller) >= drempel else None
    return round(a.waarde, 1) if a.n >= drempel else None


def _waarden(p: Publicatie, variabele: str) -> list[str]:
    return list(dict.fromkeys(w for s in p.cellen for naam, w in s if naam == variabele))


def _som(delen: Iterable[float | None]) -> float | None:
    som = 0.0
    for deel in delen:
        if deel is None:
            return None
        som += deel
    return som


def _deel(teller: float | None, noemer: float | None) -> float | None:
    return None if teller is None or not noemer else teller / noemer


# --- what was published before --------------------------------------------------------------------------------------


def bewaar(vrij: Vrijgegeven, map_: Path) -> None:
    """Keep the shown cells beside the output, so that a rerun with one household more tells nothing about that one."""
    delen = {"huishoudens": vrij.huishoudens, "meer": vrij.meer, "minder": vrij.minder}
    inhoud = {naam: _als_json(p) for naam, p in delen.items() if p is not None}
    schrijf_veilig(map_ / BESTAND, json.dumps(inhoud, ensure_ascii=False, indent=1))


def _als_json(p: Publicatie) -> dict[str, Any]:
    cellen = [[dict(s), w, list(p.historie.get(s, ()))] for s, w in p.cellen.items()]
    return {"tabellen": p.tabellen, "drempel": p.drempel, "afronding": p.afronding, "cellen": cellen}


def lees_eerder(map_: Path) -> dict[str, Publicatie]:
    """What was published in this folder before, by part; nothing when nothing was. Raises InvoerFout for a file that is
    no such."""
    pad = map_ / BESTAND
    if not pad.exists():
        return {}
    try:
        return {str(naam): _uit_json(deel) for naam, deel in json.loads(lees_bytes(pad)).items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        weiger(pad, "dit is geen eerdere publicatie van mkba.", "Kies een andere map, of herstel het bestand.")


def _uit_json(deel: Mapping[str, Any]) -> Publicatie:
    cellen, historie = {}, {}
    for soort, waarde, toen in deel["cellen"]:
        sleutel = tuple(sorted((str(k), str(v)) for k, v in soort.items()))
        cellen[sleutel] = None if waarde is None else float(waarde)
        if toen:
            historie[sleutel] = tuple(map(float, toen))
    tabellen = tuple(tuple(map(str, t)) for t in deel["tabellen"])
    return Publicatie(cellen, tabellen, float(deel["drempel"]), int(deel["afronding"]), historie=historie)
