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
from mkba.analyse.effectmeting.tellen import Telling, gestart
from mkba.invoer.effectmeting.kolommen import ESCALATIES, MOMENTEN, STANDEN
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
NIET: Final = "niet_uitgevoerd"
"""Behind a stand: trajecten that were agreed on and never carried out, which were no care."""
GESTART: Final = "gestart"
"""What ran at the start, of which questions 11 and 12 are a part."""
SAMEN: Final = "nieuw en bestaand samen"
TABELLEN: Final[tuple[tuple[str, ...], ...]] = (
    ("type", "klasse_0"),
    ("type", "nieuw"),
    ("team", "type"),
    ("team", "klasse_0"),
    ("team", "nieuw"),
    ("nieuw", "gevolgd"),
    ("team", "gevolgd"),
    ("klasse_0", "gevolgd"),
    ("nieuw", "uitgevallen"),
    *(("klasse_0", f"klasse_{m}") for m in MOMENTEN[1:]),
)
"""The tables of a report: who is reached, and what changed after 6, 12 and 18 months."""
VAN_TRAJECTEN: Final = (("groep",), ("type",), ("moment",), ("team",), ("klasse_0",))
"""What is told of trajecten, per stand; each by itself, for with so few of a kind more would hide all."""
BIJ_DE_START: Final = ("klasse_0", "team")
"""What is known of every household at the start, by which those who were followed can be weighed."""
GEMIST: Final = "gemist"
NOG_NIET: Final = "nog_niet"
"""In the place of a class at a later moment: due and not measured, and not due yet."""


@dataclass(frozen=True, eq=False)
class Vrijgegeven:
    """All that may leave the house.

    ``trajecten``, of followed households: per stand (lopend, nieuw, afgevallen, and the last two with
    "_niet_uitgevoerd") their numbers by groep, type, moment and team; of what was dropped without the five of question
    18; "gestart": what ran at the start, by groep. ``acties``: numbers by who would
    do them and whether that was done. ``escalaties``: households under threat by soort and afloop.
    ``antwoorden``: sleutel, waarde (NA: hidden), teller and n (of shown numbers, NA where it is no share), soort,
    reden.
    """

    huishoudens: Publicatie
    trajecten: Mapping[str, Publicatie]
    acties: Publicatie | None
    escalaties: Publicatie | None
    antwoorden: pd.DataFrame

    @property
    def delen(self) -> dict[str, Publicatie]:
        """Every part by the name under which it is kept."""
        los = {"huishoudens": self.huishoudens, "acties": self.acties, "escalaties": self.escalaties}
        trajecten = {f"{_TRAJECTEN}{stand}": p for stand, p in self.trajecten.items()}
        return {naam: p for naam, p in {**los, **trajecten}.items() if p is not None}


_TRAJECTEN: Final = "trajecten."


def geef_vrij(
    registratie: Registratie,
    telling: Telling,
    kengetallen: Kengetallen,
    afronding: int = AFRONDING,
    eerder: Mapping[str, Publicatie] | None = None,
) -> Vrijgegeven:
    """The tables of :data:`TABELLEN`, the trajecten, actions, escalaties and answers, as far as they may be shown.

    ``eerder``: what was published before about these households (see :func:`lees_eerder`). Raises InvoerFout for a
    base of rounding above the threshold.
    """
    drempel = kengetallen["zelfredzaamheid.kleine_cel"]
    if not 0 <= afronding <= drempel:
        oorzaak = f"aantallen worden afgerond op 0 (niet) tot en met {nederlands(drempel)}."
        raise InvoerFout([Melding("afronding", afronding, oorzaak, f"Geef bijvoorbeeld {AFRONDING}, zoals het CBS.")])
    toen = eerder or {}
    publicatie = _huishoudens(telling, drempel, afronding, toen.get("huishoudens"))
    if publicatie.uitleg:  # with too few households more nothing else is new either
        antwoorden = _antwoorden(telling, publicatie, {}, None, drempel)
        return Vrijgegeven(publicatie, {}, None, None, antwoorden)
    trajecten = _trajecten(registratie, telling, drempel, toen)
    acties = _acties(registratie, drempel, toen.get("acties"))
    escalaties = _escalaties(telling, drempel, afronding, toen.get("escalaties"))
    antwoorden = _antwoorden(telling, publicatie, trajecten, escalaties, drempel)
    return Vrijgegeven(publicatie, trajecten, acties, escalaties, antwoorden)


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
    uit = {"team": per["team"], "type": per["type"], "nieuw": _groep(per)}
    if (~per["gevolgd"]).sum() >= drempel:  # fewer make no difference that may be shown: then all count as followed
        uit["gevolgd"] = per["gevolgd"].map({True: "ja", False: "nee"})
    weg = (per["status"] == "uitgevallen").to_numpy(dtype=bool)
    if weg.sum() >= drempel:
        uit["uitgevallen"] = pd.Series(np.where(weg, "ja", "nee"), index=per.index)
    zonder_mv = not any((per[f"klasse_{m}"] == "mv").any() for m in MOMENTEN)
    # a small top would hide half of the table: nzr and top are one class then, at every moment that was measured
    klein_top = any((k := per[f"klasse_{m}"]).notna().sum() > 0 and (k == "top").sum() < drempel for m in MOMENTEN)
    for m in MOMENTEN:
        klasse = per[f"klasse_{m}"]
        if klein_top:
            samen = [NZR_TOP if k in ("nzr", "top") else k for k in klasse.cat.categories]
            nummers = np.array([list(dict.fromkeys(samen)).index(k) for k in samen] + [-1])[klasse.cat.codes]
            klasse = pd.Series(pd.Categorical.from_codes(nummers, list(dict.fromkeys(samen))), index=per.index)
        weg = [k for k in ("mv", "onbekend") if (k == "onbekend" or zonder_mv) and not (klasse == k).any()]
        klasse = klasse.cat.remove_categories(weg)
        uit[f"klasse_{m}"] = _met_gemist(klasse, per[f"verwacht_{m}"], drempel) if m else klasse
    return pd.DataFrame(uit)


def _met_gemist(klasse: pd.Series, verwacht: pd.Series, drempel: float) -> pd.Series:
    """Without a measurement: missed where the moment had come, else not due yet. Where one of both is about a few they
    stay one ("onbekend"): two small cells hide more than one."""
    leeg = klasse.isna()
    delen = {GEMIST: leeg & verwacht, NOG_NIET: leeg & ~verwacht}
    delen = {naam: wie for naam, wie in delen.items() if wie.any()}
    if len(delen) > 1 and any(wie.sum() < drempel for wie in delen.values()):
        return klasse
    for naam, wie in delen.items():
        klasse = klasse.cat.add_categories(naam).where(~wie, naam)
    return klasse


def _groep(per: pd.DataFrame) -> pd.Series:
    return per["nieuw"].map({True: "nieuw", False: "bestaand"})


def _regel(drempel: float) -> Bedragregel:
    return Bedragregel(drempel, 2, 0.9, 0.1)


def _trajecten(
    registratie: Registratie, telling: Telling, drempel: float, toen: Mapping[str, Publicatie]
) -> dict[str, Publicatie]:
    """Numbers of trajecten of followed households per stand, as sums over them: few behind a number hide it."""
    per = telling.per_huishouden
    volgt = set(per.loc[per["gevolgd"], "pseudoniem"])
    t = registratie.trajecten[registratie.trajecten["pseudoniem"].isin(volgt)]
    plek = pd.Index(per["pseudoniem"])
    wie = plek.get_indexer(t["pseudoniem"])
    groep = _groep(per).fillna("onbekend").to_numpy()
    start = {
        v: s.astype("object").fillna("onbekend").to_numpy() for v, s in _soorten(per, drempel)[[*BIJ_DE_START]].items()
    }
    gedaan = t["uitgevoerd"].fillna(True).to_numpy(dtype=bool)
    stand = t["stand"].astype(str).where(gedaan, t["stand"].astype(str) + f"_{NIET}")
    frame = pd.DataFrame(
        {
            "van": wie,
            "groep": groep[wie],
            **{v: namen[wie] for v, namen in start.items()},
            "type": t["type"].to_numpy(),
            "moment": t["moment"].to_numpy(),
            "aantal": 1.0,
        },
        index=t.index,
    )
    heeft = ~((t["stand"] == "afgevallen") & t["type"].isin(ESCALATIES)).to_numpy(dtype=bool)
    uit = {}
    for s in (*STANDEN, *(f"{s}_{NIET}" for s in STANDEN[1:])):
        rijen = frame[(stand == s).to_numpy(dtype=bool) & heeft]
        if len(rijen):
            tabellen = [("groep",)] if s.endswith(NIET) else VAN_TRAJECTEN
            rijen = rijen.assign(type=pd.Categorical(rijen["type"].astype(str)))
            eerder = toen.get(f"{_TRAJECTEN}{s}")
            uit[s] = publiceer_bedragen(rijen, "aantal", tabellen, _regel(drempel), eerder, stap=drempel, van="van")
    begin = gestart(registratie)
    begin = begin[begin["pseudoniem"].isin(volgt)]
    van = plek.get_indexer(begin["pseudoniem"])
    naar = {"groep": groep, **start}
    rijen = pd.DataFrame(
        {"van": van, "aantal": begin["aantal"].to_numpy(dtype=float), **{v: n[van] for v, n in naar.items()}}
    )
    lopend = frame[(stand == "lopend").to_numpy(dtype=bool)]
    veilig = [(v,) for v, namen in naar.items() if _niet_af_te_trekken(rijen, lopend, namen, drempel)]
    if len(rijen) and ("groep",) in veilig:
        eerder = toen.get(f"{_TRAJECTEN}{GESTART}")
        uit[GESTART] = publiceer_bedragen(rijen, "aantal", veilig, _regel(drempel), eerder, stap=drempel, van="van")
    return uit


def _niet_af_te_trekken(een: pd.DataFrame, ander: pd.DataFrame, groep: np.ndarray[Any, Any], drempel: float) -> bool:
    """Whether the difference of two numbers of trajecten is about no household, or enough of them, in every groep."""
    som = [np.bincount(f["van"], f["aantal"], len(groep)) for f in (een, ander)]
    return all(n >= drempel for n in pd.Series(groep[som[0] != som[1]]).value_counts())


def _acties(registratie: Registratie, drempel: float, eerder: Publicatie | None) -> Publicatie | None:
    a = registratie.acties
    if a.empty:
        return None
    gedaan = a["uitgevoerd"].map({True: "ja", False: "nee"}).fillna("onbekend")
    frame = pd.DataFrame(
        {"van": a["pseudoniem"], "door": a["door"].astype(str), "uitgevoerd": gedaan.astype(str), "aantal": 1.0}
    )
    tabellen = [("door", "uitgevoerd")]
    return publiceer_bedragen(frame, "aantal", tabellen, _regel(drempel), eerder, stap=drempel, van="van")


def _escalaties(telling: Telling, drempel: float, afronding: int, eerder: Publicatie | None) -> Publicatie | None:
    """Every household under threat with each soort and its afloop: all soorten are one table, so that their sum may be
    shown. Nothing where (nearly) all households are under the same threat: that would tell of each of them."""
    per = telling.per_huishouden
    lang = per[list(ESCALATIES)].melt(var_name="soort", value_name="afloop", ignore_index=False).dropna()
    te_veel = (lang.groupby("soort").size() > per["gevolgd"].sum() - drempel).any()
    # a sum over soorten counts a household more than once: it may not be about fewer of them than the threshold
    aantal = lang.groupby("afloop", observed=True)["soort"].size()
    wie = pd.Series({a: r.index.nunique() for a, r in lang.groupby("afloop", observed=True)}, dtype=float)
    if lang.empty or te_veel or ((aantal >= drempel) & (wie < drempel)).any():
        return None
    frame = pd.DataFrame({k: pd.Categorical(lang[k].astype(str)) for k in ("soort", "afloop")}, index=lang.index)
    start = _soorten(per, drempel)[[*BIJ_DE_START]]
    tabellen: list[tuple[str, ...]] = [("soort", "afloop")]
    for wat, namen in start.items():
        los = pd.DataFrame({"naar": namen.reindex(lang.index).astype(object).fillna("onbekend"), "wie": lang.index})
        gevolgd = namen[per["gevolgd"]].astype(object).fillna("onbekend").value_counts()
        per_naam = los.groupby("naar")["wie"].agg(["size", "nunique"])
        # as above: of nobody it may follow that (nearly) all of a class or team are under threat
        bijna_alle = per_naam["nunique"] > gevolgd.reindex(per_naam.index, fill_value=0) - drempel
        if not (bijna_alle | (per_naam["size"] >= drempel) & (per_naam["nunique"] < drempel)).any():
            frame[str(wat)] = pd.Categorical(los["naar"])
            tabellen.append((str(wat),))
    return publiceer(frame, tabellen, drempel, afronding, eerder)


# --- answers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Getoond:
    """An answer of shown numbers: a share with both its numbers, or a value alone (``n``: households)."""

    waarde: float
    teller: float | None = None
    n: float | None = None
    opmerking: str = ""


def _antwoorden(
    telling: Telling,
    huishoudens: Publicatie,
    trajecten: Mapping[str, Publicatie],
    escalaties: Publicatie | None,
    drempel: float,
) -> pd.DataFrame:
    rijen = []
    for a in telling.antwoorden.itertuples():
        g = _uit_cellen(str(a.sleutel), huishoudens, trajecten, escalaties)
        if g is _ELDERS:
            g = None if huishoudens.uitleg else _zelfstandig(a, drempel, huishoudens.afronding or 1)
        if g is None:
            rijen.append((a.sleutel, None, None, None, a.soort, "afgeschermd"))
        else:
            rijen.append((a.sleutel, g.waarde, g.teller, g.n, a.soort, g.opmerking))
    frame = pd.DataFrame(rijen, columns=["sleutel", "waarde", "teller", "n", "soort", "reden"])
    return frame.astype({"waarde": "Float64", "teller": "Float64", "n": "Float64"})


_ELDERS: Final = object()


def _uit_cellen(sleutel: str, p: Publicatie, t: Mapping[str, Publicatie], e: Publicatie | None) -> Any:
    """An answer from shown cells alone, None when one of them is hidden; ``_ELDERS`` when no table has it."""
    delen = sleutel.split(".")
    match delen:
        case ["huishoudens"]:
            n = p.toont()
            return None if n is None else Getoond(n, None, n)
        case ["type", soort]:
            return _deel(p.toont(type=soort), _som(p.toont(type=x) for x in _waarden(p, "type")))
        case ["zwaarte", soort, k]:
            return _zwaarte(p, soort, k)
        case ["nieuw"]:
            return _deel(p.toont(nieuw="nieuw"), _som((p.toont(nieuw="nieuw"), p.toont(nieuw="bestaand"))))
        case ["effectmeting", "voorkomen" | "bedreigd" | "voorkomen_van_bedreigd" as wat, str(soort)]:
            return _escalatie(p, e, wat, soort)
        case ["effectmeting", "meer" | "minder" as vraag, str(groep), str(wat)]:
            return _meer_of_minder(p, t, "nieuw" if vraag == "meer" else "afgevallen", groep, wat)
        case ["meer"]:
            return _deel(_aantal(t, "nieuw", "bestaand"), _begin(t, "bestaand"))
        case ["substitutie", "nieuw"]:
            liep = _som((_begin(t, "nieuw"), _aantal(t, "nieuw", "nieuw")))
            return _deel(_aantal(t, "afgevallen", "nieuw"), liep)
        case ["substitutie", "bestaand"]:
            return _deel(_aantal(t, "afgevallen", "bestaand"), _begin(t, "bestaand"))
    return _ELDERS


def _zwaarte(p: Publicatie, type_: str, klasse: str) -> Getoond | None:
    """Of a type the share of one class; where nzr and top are shown as one, they count as nzr."""
    soorten = [c for c in _waarden(p, "klasse_0") if c != "onbekend"]
    if "mv" in soorten:  # they would have to be split
        return None
    samen = _som(p.toont(type=type_, klasse_0=c) for c in soorten)
    if NZR_TOP in soorten and klasse == "nzr":
        deel = _deel(p.toont(type=type_, klasse_0=NZR_TOP), samen)
        return None if deel is None else replace(deel, opmerking="met de top erbij, die te klein is om te tonen")
    if NZR_TOP in soorten and klasse == "top":
        return None if samen is None else Getoond(0.0, 0.0, samen, "geteld bij niet-zelfredzaam")
    return _deel(p.toont(type=type_, klasse_0=klasse), samen)


def _escalatie(p: Publicatie, e: Publicatie | None, wat: str, soort: str) -> Getoond | None:
    if e is None:
        return None
    n, bedreigd, voorkomen = gevolgden(p), e.toont(soort=soort), e.toont(soort=soort, afloop="voorkomen")
    if wat == "bedreigd":
        return _deel(bedreigd, n)
    return _deel(voorkomen, n if wat == "voorkomen" else bedreigd)


def _aantal(t: Mapping[str, Publicatie], stand: str, groep: str) -> float | None:
    """Trajecten of one stand and group. Where nothing of it was registered it is 0; a hidden number is None."""
    if not t:
        return None
    if stand not in t:
        return 0.0
    return t[stand].toont(groep=groep)


def _begin(t: Mapping[str, Publicatie], groep: str) -> float | None:
    return t[GESTART].toont(groep=groep) if GESTART in t else None


def gevolgden(p: Publicatie, **wat: str) -> float | None:
    """The shown number of households that were followed after the start; all of them where too few were not to tell."""
    return p.toont(gevolgd="ja", **wat) if _waarden(p, "gevolgd") else p.toont(**wat)


def _meer_of_minder(p: Publicatie, t: Mapping[str, Publicatie], stand: str, groep: str, wat: str) -> Getoond | None:
    """Question 16 or 17: a number per household of the group, or the share of a type in all of this stand."""
    if wat != "aantal":
        deel = _deel(t[stand].toont(type=wat), t[stand].toont()) if stand in t else None
        return None if deel is None else replace(deel, opmerking=SAMEN)
    if groep in _waarden(p, "nieuw"):
        return _deel(_aantal(t, stand, groep), gevolgden(p, nieuw=groep))
    return _deel(t[stand].toont() if stand in t else None, gevolgden(p))  # footnote 13


def _zelfstandig(a: Any, drempel: float, stap: int) -> Getoond | None:
    """A share or average that is in no table, in whole percents or one decimal; about the team itself as it is."""
    if a.soort == "som" or a.toelichting == "naar fte":
        return Getoond(round(float(a.waarde), 6))
    n = float(stap * round(a.n / stap))
    if a.soort == "aandeel":
        genoeg = min(a.teller, a.n - a.teller) >= drempel
        deel = round(a.waarde, 2)
        return Getoond(deel, float(round(deel * n)), n) if genoeg else None
    return Getoond(round(a.waarde, 1), None, n) if a.n >= drempel else None


def _waarden(p: Publicatie, variabele: str) -> list[str]:
    return list(dict.fromkeys(w for s in p.cellen for naam, w in s if naam == variabele))


def _som(delen: Iterable[float | None]) -> float | None:
    som = 0.0
    for deel in delen:
        if deel is None:
            return None
        som += deel
    return som


def _deel(teller: float | None, noemer: float | None) -> Getoond | None:
    return None if teller is None or not noemer else Getoond(teller / noemer, teller, noemer)


# --- what was published before --------------------------------------------------------------------------------------


def bewaar(vrij: Vrijgegeven, map_: Path) -> None:
    """Keep the shown cells beside the output, so that a rerun with one household more tells nothing about that one."""
    inhoud = {naam: als_json(p) for naam, p in vrij.delen.items()}
    schrijf_veilig(map_ / BESTAND, json.dumps(inhoud, ensure_ascii=False, indent=1))


def als_json(p: Publicatie) -> dict[str, Any]:
    """A publication as plain data."""
    cellen = [[dict(s), w, list(p.historie.get(s, ()))] for s, w in p.cellen.items()]
    return {"tabellen": p.tabellen, "drempel": p.drempel, "afronding": p.afronding, "cellen": cellen}


def lees_eerder(map_: Path) -> dict[str, Publicatie]:
    """What was published in this folder before, by part; nothing when nothing was. Raises InvoerFout for a file that is
    no such."""
    pad = map_ / BESTAND
    if not pad.exists():
        return {}
    try:
        return {str(naam): uit_json(deel) for naam, deel in json.loads(lees_bytes(pad)).items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        weiger(pad, "dit is geen eerdere publicatie van mkba.", "Kies een andere map, of herstel het bestand.")


def uit_json(deel: Mapping[str, Any]) -> Publicatie:
    """A publication from plain data. Raises KeyError, ValueError, TypeError."""
    cellen, historie = {}, {}
    for soort, waarde, toen in deel["cellen"]:
        sleutel = tuple(sorted((str(k), str(v)) for k, v in soort.items()))
        cellen[sleutel] = None if waarde is None else float(waarde)
        if toen:
            historie[sleutel] = tuple(map(float, toen))
    tabellen = tuple(tuple(map(str, t)) for t in deel["tabellen"])
    return Publicatie(cellen, tabellen, float(deel["drempel"]), int(deel["afronding"]), historie=historie)
