"""What each household contributes: trajecten, actions, children and escalaties, as far as these may be shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from mkba.analyse.effectmeting.publiceren.huishoudens import als_soort, gevolgden, ja_nee, nieuw_of_bestaand
from mkba.analyse.effectmeting.publiceren.tabelkeuze import KRUIS
from mkba.analyse.effectmeting.tellen.telling import ERGST, Registratietelling, gestart
from mkba.analyse.onderdrukking.stelsel import ONBEKEND, Sleutel, sleutel_van
from mkba.analyse.onderdrukking.tabellen import (
    Bedragregel,
    Publicatie,
    publiceer,
    publiceer_bedragen,
    rond_op,
)
from mkba.invoer.effectmeting.kolommen import STANDEN, UITVOERDERS
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, GROEP_VAN_TRAJECT, GROEPEN_TRAJECTEN, TRAJECTEN

NIET: Final = "niet_uitgevoerd"
"""Behind a stand: trajecten that were agreed on and never carried out, which were no care."""
SAMEN: Final = "nieuw en bestaand samen"
GESTART: Final = "gestart"
"""What ran at the start, of which questions 11 and 12 are a part."""
BIJ_DE_START: Final = ("klasse_0", "team")
"""What is known of every household at the start, by which those who were followed can be weighed."""
VAN_TRAJECTEN: Final = (("groep",), ("type",), ("soortgroep",), ("moment",), ("team",), ("klasse_0",))
"""What is told of trajecten, per stand; each by itself, for with so few of a kind more would hide all. Of type and
soortgroep one or none (:func:`_tabellen_van`)."""
_SOORTEN: Final[Mapping[str, Sequence[str]]] = {"type": TRAJECTEN, "soortgroep": tuple(GROEPEN_TRAJECTEN)}
SOORTDEEL: Final = 1 / 3
"""Trajecten are told apart where there are so many times the threshold of each on average. A choice: from about there
on, of the made-up town, the average cost of a traject (with what is hidden filled in) by type is as near to the true
one as by group: of 300, 400 and 480 households what was added is 31, 17 and 11% off by type and 20, 17 and 15% by
group; and by group nearer than by the total alone: what was dropped, of 200, 35 and 50%."""
_ALLEEN_ESCALATIES: Final[Mapping[str, Sequence[str]]] = {
    "type": ESCALATIES,
    "soortgroep": [g for g, leden in GROEPEN_TRAJECTEN.items() if set(leden) <= set(ESCALATIES)],
}
"""Of each the values that hold nothing but the five of question 18."""
VAN_STAND: Final = "trajecten."
ESCALATIETABEL: Final = ("soort", "afloop")
_BEKEND: Final = sleutel_van(kinderen="bekend")
"""The gezinnen of which the children are known."""
VOORKOMEN: Final = "voorkomen"
"""The afloop that counts, and the variable of whether it was."""


def _bij_de_start(per: pd.DataFrame, p: Publicatie) -> dict[str, pd.Series]:
    """Of each household what :data:`BIJ_DE_START` names, with the values that the tables of households have; a variable
    that these do not have is not there."""
    uit = {}
    for v in (v for v in BIJ_DE_START if p.waarden(v)):
        namen = per[v].astype(object).fillna(ONBEKEND).astype(str)
        uit[v] = namen.astype(pd.CategoricalDtype(list(dict.fromkeys((*p.waarden(v), *namen)))))
    return uit


def bedragregel(drempel: float, minst: float = 0.0) -> Bedragregel:
    """The rule of dominance (n = 2, k = 90%) and of p% (10%)."""
    return Bedragregel(drempel, 2, 0.9, 0.1, minst)


def publiceer_trajecten(
    registratie: Registratie,
    telling: Registratietelling,
    p: Publicatie,
    drempel: float,
    afronding: int,
    toen: Callable[[str], Publicatie | None],
    zelfde: bool,
) -> dict[str, Publicatie]:
    """Numbers of trajecten of followed households per stand, as sums over them: few behind a number hide it, and so
    does a number of households that is hidden. Every stand and every type (or soortgroep) is there, and every moment
    that the table has rows of."""
    per = telling.per_huishouden
    plek = pd.Index(per["pseudoniem"])
    volgt = per["gevolgd"].to_numpy(dtype=bool)
    t = registratie.trajecten
    momenten = sorted(t["moment"].unique())
    wie = plek.get_indexer(t["pseudoniem"])
    t, wie = t[volgt[wie]], wie[volgt[wie]]
    groep = _groepen(per, p)
    start = _bij_de_start(per, p)
    gedaan = t["uitgevoerd"].fillna(True).to_numpy(dtype=bool)
    stand = t["stand"].astype(str).where(gedaan, t["stand"].astype(str) + f"_{NIET}")
    frame = pd.DataFrame(
        {
            "van": wie,
            "groep": groep.array.take(wie),
            **{v: namen.array.take(wie) for v, namen in start.items()},
            **_soort(t["type"]),
            "moment": pd.Categorical(t["moment"], momenten),
            "aantal": 1.0,
        },
        index=t.index,
    )
    dicht = [
        sleutel_van(**{v: n})
        for v, namen in start.items()
        for n in namen.cat.categories
        if gevolgden(p, **{v: n}) is None
    ]
    dicht += [sleutel_van(groep=g) for g in p.waarden("nieuw") if gevolgden(p, nieuw=g) is None]
    dicht += [()] if gevolgden(p) is None else []
    heeft = ~((t["stand"] == "afgevallen") & t["type"].isin(ESCALATIES)).to_numpy(dtype=bool)

    def vrij(naam: str, rijen: pd.DataFrame, tabellen: Sequence[tuple[str, ...]], ook: Iterable[Sleutel]) -> Publicatie:
        return publiceer_bedragen(
            rijen, "aantal", tabellen, bedragregel(drempel), toen(f"{VAN_STAND}{naam}"), van="van",
            geheel=True, afronding=afronding, dicht=[*dicht, *ook], los="team", zelfde=zelfde,
        )  # fmt: skip

    begin = gestart(registratie)
    van = plek.get_indexer(begin["pseudoniem"])
    begin, van = begin[volgt[van]], van[volgt[van]]
    naar = {"groep": groep, **start}
    rijen = pd.DataFrame({v: namen.array.take(van) for v, namen in naar.items()})
    soort = {v: k.to_numpy() for v, k in _soort(begin["type"]).items()}
    rijen = rijen.assign(van=van, **soort, aantal=begin["aantal"].to_numpy(dtype=float))
    weg = frame[(stand == "afgevallen").to_numpy(dtype=bool) & heeft]
    bijna_al = _bijna_alles_weg(rijen, weg, naar, list(soort), drempel)
    lopend = frame[(stand == "lopend").to_numpy(dtype=bool)]

    uit: dict[str, Publicatie] = {}
    for s in (*STANDEN, *(f"{s}_{NIET}" for s in STANDEN[1:])):
        deel = frame[(stand == s).to_numpy(dtype=bool) & heeft]
        if s == "afgevallen":
            deel = deel.assign(**{v: deel[v].cat.remove_categories(list(_ALLEEN_ESCALATIES[v])) for v in soort})
        if s.endswith(NIET):
            uit[f"{VAN_STAND}{s}"] = vrij(s, deel, [("groep",)], ())
            continue
        ook: list[Sleutel] = bijna_al if s == "afgevallen" else []
        eerder = toen(f"{VAN_STAND}{s}")
        een = vrij(s, deel, _tabellen_van(deel, rond_op(len(deel), afronding), drempel, eerder), ook)
        if een.toont() is None:  # by what they are told apart may not follow from a number that is hidden
            een = vrij(s, deel, _tabellen_van(deel, 0.0, drempel, eerder), [*ook, ()])
        uit[f"{VAN_STAND}{s}"] = een
    apart = {v: _niet_af_te_trekken(rijen, lopend, namen.to_numpy(), drempel) for v, namen in naar.items()}
    # what is hidden of what runs, would follow from what ran at the start where these are the same
    ook = [s for s, w in uit[f"{VAN_STAND}lopend"].cellen.items() if w is None]
    ook += [sleutel_van(**{v: n}) for v, namen in naar.items() if not apart[v] for n in namen.cat.categories]
    if not apart["groep"]:  # nor the sum, which is also that of the others
        ook += [(), *(sleutel_van(**{v: n}) for v, namen in naar.items() for n in namen.cat.categories)]
    ook += bijna_al
    toe = _geeft_toe(rijen, lopend, weg, naar, drempel)
    rijen = rijen.drop(columns=list(soort))
    bij_start = uit[f"{VAN_STAND}{GESTART}"] = vrij(GESTART, rijen, [(v,) for v in naar], ook)
    al = uit[f"{VAN_STAND}lopend"]
    # only where both are shown; by what they are told apart follows from numbers that are: as many run at least
    begonnen = max(sum(bij_start.toont(**{v: w}) or 0.0 for w in bij_start.waarden(v)) for v in naar)
    if begonnen and any(al.cellen.get(s) is not None for s in toe):
        ten_minste = begonnen - (uit[f"{VAN_STAND}afgevallen"].toont() or 0.0)
        getoond = ten_minste if () in toe else al.toont() or 0.0
        tabellen = _tabellen_van(lopend, getoond, drempel, toen(f"{VAN_STAND}lopend"))
        uit[f"{VAN_STAND}lopend"] = vrij("lopend", lopend, tabellen, toe)
    return uit


def _tabellen_van(deel: pd.DataFrame, aantal: float, drempel: float, toen: Publicatie | None) -> list[tuple[str, ...]]:
    """Which of :data:`VAN_TRAJECTEN` there are of so many. By type, by the heads of figuur II.1 where they are too few
    for that, or by neither; as the folder did first, for a group is the sum of its types."""
    al = [v for v in _SOORTEN if toen is not None and (v,) in toen.tabellen]
    genoeg = [v for v in _SOORTEN if aantal >= SOORTDEEL * drempel * len(deel[v].cat.categories)]
    niet = set(_SOORTEN) - set([*al, *genoeg][:1])
    return [t for t in VAN_TRAJECTEN if set(t) <= set(deel) - niet]


def _soort(types: pd.Series) -> dict[str, pd.Series]:
    """The kind of a traject as its type and as the group of that, each a category."""
    namen = types.astype(str)
    per = {"type": namen, "soortgroep": namen.map(GROEP_VAN_TRAJECT)}
    return {v: kolom.astype(pd.CategoricalDtype(list(_SOORTEN[v]))) for v, kolom in per.items()}


def _groepen(per: pd.DataFrame, p: Publicatie) -> pd.Series:
    """New or existing where the tables of households tell these apart, all as one where they do not."""
    if p.waarden("nieuw"):
        return als_soort(nieuw_of_bestaand(per), CASES)
    if per["nieuw"].isna().all():
        return als_soort(nieuw_of_bestaand(per), ())
    return als_soort(pd.Series(SAMEN, index=per.index), (SAMEN,))


def _bijna_alles_weg(
    begin: pd.DataFrame, weg: pd.DataFrame, naar: Mapping[str, pd.Series], soorten: Sequence[str], drempel: float
) -> list[Sleutel]:
    """Cells of what was dropped, and of what ran at the start, of which the difference is about no household or fewer
    than the threshold: that (nearly) all was dropped would tell of each of them."""
    n = len(next(iter(naar.values())))
    bleef = np.flatnonzero(_verschilt(begin, weg, n))
    over: dict[Sleutel, int] = {(): len(bleef)}
    for v, namen in naar.items():
        over |= {sleutel_van(**{v: w}): int((namen.array[bleef] == w).sum()) for w in namen.cat.categories}
    for v in soorten:
        for soort, rijen in weg.groupby(v, observed=True):
            liep = begin[(begin[v] == soort).to_numpy(dtype=bool)]
            over[sleutel_van(**{v: str(soort)})] = int(_verschilt(liep, rijen, n).sum())
    return [s for s, aantal in over.items() if aantal < drempel] if len(weg) else []


def _geeft_toe(
    begin: pd.DataFrame, lopend: pd.DataFrame, weg: pd.DataFrame, naar: Mapping[str, pd.Series], drempel: float
) -> list[Sleutel]:
    """Cells of what runs that give way to what ran at the start, with which they tell of a few households.

    What runs and what was dropped, without what ran at the start, is what runs at a later moment and what was dropped
    of what was listed: neither is below 0, so where few households have any, both are few. And what ran at the start
    without what is listed of that moment, is what was dropped and was not.
    """
    n = len(next(iter(naar.values())))
    alles = {"": np.zeros(n, dtype=np.int64), **{v: namen.to_numpy() for v, namen in naar.items()}}
    uit: list[Sleutel] = []
    if not all(_laat_genoeg_over(begin, lopend, weg, groep, drempel) for groep in alles.values()):
        uit += [(), *(sleutel_van(**{v: w}) for v, namen in naar.items() for w in namen.cat.categories)]
    eerst = lopend[(lopend["moment"] == 0).to_numpy(dtype=bool)]
    if len(eerst) < len(lopend) and not (
        _niet_af_te_trekken(begin, eerst, alles[""], drempel)
        and _laat_genoeg_over(begin, eerst, weg, alles[""], drempel)
    ):
        uit.append(sleutel_van(moment="0"))
    return uit


def _laat_genoeg_over(
    begin: pd.DataFrame, lopend: pd.DataFrame, weg: pd.DataFrame, groep: np.ndarray[Any, Any], drempel: float
) -> bool:
    """Whether in every groep what runs and what was dropped, without what ran at the start, is about no household or
    enough of them; where so few dropped any that their number is hidden, it tells nothing."""
    rest = pd.Series(groep[_verschilt(begin, pd.concat([lopend, weg]), len(groep))]).value_counts()
    viel = pd.Series(groep[np.unique(weg["van"])]).value_counts()
    kan = viel.index[viel >= drempel]
    return all(n >= drempel for g, n in rest.items() if g in kan)


def _niet_af_te_trekken(een: pd.DataFrame, ander: pd.DataFrame, groep: np.ndarray[Any, Any], drempel: float) -> bool:
    """Whether the difference of two numbers of trajecten is about no household, or enough of them, in every groep."""
    return all(n >= drempel for n in pd.Series(groep[_verschilt(een, ander, len(groep))]).value_counts())


def _verschilt(een: pd.DataFrame, ander: pd.DataFrame, aantal: int) -> np.ndarray[Any, Any]:
    """Of which of so many households two numbers of trajecten are not the same."""
    een_, ander_ = (np.bincount(f["van"], f["aantal"], aantal) for f in (een, ander))
    return np.asarray(een_ != ander_)


def publiceer_acties(
    registratie: Registratie, drempel: float, afronding: int, eerder: Publicatie | None, zelfde: bool
) -> Publicatie:
    """Numbers of actions by who would do them and whether that was done, as sums over households."""
    a = registratie.acties
    frame = pd.DataFrame(
        {
            "van": a["pseudoniem"],
            "door": pd.Categorical(a["door"].astype(str), list(UITVOERDERS)),
            "uitgevoerd": ja_nee(a["uitgevoerd"]),
            "aantal": 1.0,
        }
    )
    return publiceer_bedragen(
        frame, "aantal", [("door", "uitgevoerd")], bedragregel(drempel), eerder, van="van", geheel=True,
        afronding=afronding, zelfde=zelfde,
    )  # fmt: skip


def publiceer_kinderen(
    telling: Registratietelling, p: Publicatie, drempel: float, afronding: int, eerder: Publicatie | None, zelfde: bool
) -> Publicatie:
    """The children of all gezinnen together: one number, by which nobody may know the largest gezin."""
    per = telling.per_huishouden
    gezin = (per["type"] == "gezin").to_numpy(dtype=bool)
    frame = pd.DataFrame({"kinderen": per.loc[gezin, "kinderen"].dropna().to_numpy(dtype=np.float64)})
    # how many they are more than the gezinnen, is of those with more than one
    meer_dan_een = int((frame["kinderen"] > 1).sum())
    gezinnen, kinderen = float(len(frame)), float(frame["kinderen"].sum())
    toen = () if eerder is None else eerder.historie.get((), ())
    ruis = drempel + afronding / 2
    # what came is of who came: of them too nobody may know that few have more than one
    weinig = not zelfde and any(
        abs((kinderen - k) - (gezinnen - g)) < ruis for k in toen for g in p.historie.get(_BEKEND, ())
    )
    dicht = [()] if p.toont(kinderen="bekend") is None or meer_dan_een < drempel or weinig else []
    return publiceer_bedragen(
        frame,
        "kinderen",
        [()],
        bedragregel(drempel, minst=1.0),  # a gezin has a child
        eerder,
        geheel=True,
        afronding=afronding,
        dicht=dicht,
        zelfde=zelfde,
    )


def publiceer_escalaties(
    telling: Registratietelling, p: Publicatie, drempel: float, afronding: int, eerder: Publicatie | None, zelfde: bool
) -> Publicatie:
    """Every household under threat with each soort and its afloop: all soorten are one table, so that their sum may be
    shown. Where they are too few for that there is soort apart, and whether it did not happen: what is still open is
    then with what happened. All is hidden where (nearly) all households are under the same threat: that would tell of
    each of them."""
    per = telling.per_huishouden
    lang = per[list(ESCALATIES)].melt(var_name="soort", value_name="afloop", ignore_index=False).dropna()
    frame = pd.DataFrame(
        {
            "soort": pd.Categorical(lang["soort"].astype(str), list(ESCALATIES)),
            "afloop": pd.Categorical(lang["afloop"].astype(str), list(ERGST)),
        },
        index=lang.index,
    )
    frame[VOORKOMEN] = ja_nee(frame["afloop"].astype(object) == VOORKOMEN)
    # a sum over soorten counts a household more than once: it may not be about fewer of them than the threshold
    dicht: list[Sleutel] = [
        sleutel_van(**{v: w})
        for v in ("afloop", VOORKOMEN)
        for w in frame[v].cat.categories
        if frame.index[frame[v] == w].nunique() < drempel
    ]
    dicht += [()] if frame.index.nunique() < drempel else []
    start = _bij_de_start(per, p)
    for v, namen in start.items():
        frame[v] = namen.reindex(frame.index).array
        dicht += _dicht_naar(v, frame, namen[per["gevolgd"]], p, drempel)
    if gevolgden(p) is None or (frame["soort"].value_counts() > per["gevolgd"].sum() - drempel).any():
        soorten: list[dict[str, str]] = [{}, *({"soort": s} for s in ESCALATIES)]
        aflopen: list[dict[str, str]] = [{}, *({"afloop": a} for a in ERGST)]
        dicht = [sleutel_van(**s, **a) for s in soorten for a in aflopen]
        dicht += [sleutel_van(**{VOORKOMEN: w}) for w in frame[VOORKOMEN].cat.categories]
        dicht += [sleutel_van(**{v: n}) for v, namen in start.items() for n in namen.cat.categories]
    cellen = len(ESCALATIES) * len(ERGST)

    def vrij(aantal: float, ook: Sequence[Sleutel] = ()) -> Publicatie:
        # as the folder did first: whether it did not happen is a sum of cells of the other
        al = () if eerder is None else eerder.tabellen
        samen = ESCALATIETABEL in al or ((VOORKOMEN,) not in al and aantal >= KRUIS * SOORTDEEL * drempel * cellen)
        hoofd: list[tuple[str, ...]] = [ESCALATIETABEL] if samen else [(ESCALATIETABEL[0],), (VOORKOMEN,)]
        tabellen = [*hoofd, *((v,) for v in start)]
        namen = {v for t in tabellen for v in t}
        return publiceer(
            frame[sorted(namen)],
            tabellen,
            drempel,
            afronding,
            eerder,
            dicht=[s for s in (*dicht, *ook) if {v for v, _ in s} <= namen],
            anders=eerder is not None,
            zelfde=zelfde,
            verandert={"afloop": {}, VOORKOMEN: {}},
            groeit=True,
        )

    uit = vrij(rond_op(len(frame), afronding))
    # how they are told apart may not follow from a number that is hidden
    return uit if uit.toont() is not None else vrij(0.0, [()])


def _dicht_naar(v: str, frame: pd.DataFrame, gevolgd: pd.Series, p: Publicatie, drempel: float) -> list[Sleutel]:
    """Values of a fact of the start of which no number of escalaties may be shown: of too few households, or of a
    number of households that is hidden itself. All of them where in one (nearly) all households are under threat."""
    namen = list(frame[v].cat.categories)
    bedreigd = {n: frame.index[(frame[v] == n).to_numpy(dtype=bool)].nunique() for n in namen}
    getoond = [n for n in namen if gevolgden(p, **{v: n}) is not None]
    if any(bedreigd[n] > (gevolgd == n).sum() - drempel for n in getoond):
        return [sleutel_van(**{v: n}) for n in namen]
    return [sleutel_van(**{v: n}) for n in namen if n not in getoond or bedreigd[n] < drempel]
