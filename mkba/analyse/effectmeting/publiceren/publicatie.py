"""What of a registration may be shown: its tables and its answers, all from one set of cells that hides together.

Nothing that is shown has another source than the shown cells: a share or an average is that of shown, rounded numbers.
Only of the team itself (fte, disciplines) the numbers are as they are. What is not in a table was not registered: a
table, a column, a moment. Of what was, all values are there, also those that no household has.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from mkba.analyse.doelgroepen.zelfredzaamheid import LEEFSITUATIE, NZR_TOP
from mkba.analyse.effectmeting.publiceren.geheugen import (
    Delen,
    Eerder,
    Keuze,
    controleer_heel,
    controleer_sprekend,
    kies,
)
from mkba.analyse.effectmeting.publiceren.soorten import controleer_soort
from mkba.analyse.effectmeting.publiceren.tabelkeuze import Aantal, kies_tabellen
from mkba.analyse.effectmeting.tellen.telling import ERGST, GROEPEN, MEERVOUDIG, Telling, gestart
from mkba.analyse.onderdrukking.stelsel import ONBEKEND, Sleutel, Som, sleutel_van
from mkba.analyse.onderdrukking.tabellen import (
    Bedragregel,
    Publicatie,
    publiceer,
    publiceer_bedragen,
    rond_op,
    samen,
)
from mkba.invoer.effectmeting.kolommen import ESCALATIES, MOMENTEN, STANDEN, UITVOERDERS
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.trajecten import GROEP_VAN_TRAJECT, GROEPEN_TRAJECTEN, TRAJECTEN

ANTWOORDEN: Final = "antwoorden"
KLEINE_CEL: Final = "zelfredzaamheid.kleine_cel"
AFRONDING: Final = 5
"""The base of shown counts, as CBS uses for wijken: one household more mostly does not show."""
NIET: Final = "niet_uitgevoerd"
"""Behind a stand: trajecten that were agreed on and never carried out, which were no care."""
GESTART: Final = "gestart"
"""What ran at the start, of which questions 11 and 12 are a part."""
SAMEN: Final = "nieuw en bestaand samen"
ALLE_TYPEN: Final = "alleen over alle typen samen te tonen"
"""Of an answer per huishoudtype that so few households have no table of."""
ANDERE_TEAMS: Final = "andere teams"
"""What teams of few households are called together."""
_ZWAARST: Final = ("nzr", "top")
_LICHTER: Final = "lichter of onbekend"
NVT: Final = "niet van toepassing"
"""Of a fact that is asked of households with several problems only: the others."""
TABELLEN: Final[tuple[tuple[str, ...], ...]] = (
    ("type", "klasse_0"),
    ("type", "zwaarst_0"),
    ("type", "nieuw"),
    ("team", "type"),
    ("team", "klasse_0"),
    ("team", "nieuw"),
    ("nieuw", "gevolgd"),
    ("team", "gevolgd"),
    ("klasse_0", "gevolgd"),
    ("uitgevallen",),
    ("nieuw", "uitgevallen"),
    ("type", "eenouder"),
    ("kinderen",),
    *(("type", feit) for feit in LEEFSITUATIE),
    *(("klasse_0", f"klasse_{m}") for m in MOMENTEN[1:]),
    *((f"zwaarst_{m}",) for m in MOMENTEN[1:]),
    *((f"meting_{m}",) for m in MOMENTEN[1:]),
    ("wacht_op",),
)
"""The tables of a report: who is reached, how they live, what changed after 6, 12 and 18 months, and of whom that could
have been seen; where there are households enough for them (the module tabelkeuze)."""
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
GEMETEN: Final = "gemeten"
GEMIST: Final = "gemist"
NOG_NIET: Final = "nog_niet"
"""Of a later moment: the class is known; the moment had come and it is not; the moment has not come yet."""
NIETS: Final = "niets"
"""In the place of the first moment that has not come: all have."""
_GEWICHTEN: Final = {"": 1e3, "wacht_op": 1e-3, **{f"meting_{m}": 1e-1 for m in MOMENTEN[1:]}}
"""How many there are is shown rather than anything else, for which tables there are follows from it; what was seen
rather than of whom it could have been, and a moment rather than what follows it. A choice of what to hide, not of
whether: any that keep this order do."""
_TRAJECTEN: Final = "trajecten."


@dataclass(frozen=True, eq=False)
class Vrijgegeven:
    """All that may leave the house.

    ``trajecten``, of followed households: per stand (lopend, nieuw, afgevallen, and the last two with
    "_niet_uitgevoerd") their numbers by groep, type (or soortgroep), moment, team and class at the start; of what was
    dropped without the five of question 18; "gestart": what ran at the start, by groep, team and class. ``acties``:
    numbers by who would do them and whether that was done. ``escalaties``: households under threat by soort and afloop,
    and their number over all soorten by team and class at the start. ``kinderen``: how many there are in the
    gezinnen of which that is known. ``antwoorden``: sleutel, waarde (NA: hidden), teller and n (of shown numbers, NA
    where it is no share), reden. ``bevroren``: what was shown before and is all that may be shown now, as too few
    households differ; ``verwant``: all that was shown of these households before, oldest first;
    ``blijft``: what the folder has to remember besides.
    """

    huishoudens: Publicatie
    trajecten: Mapping[str, Publicatie]
    acties: Publicatie | None
    escalaties: Publicatie | None
    kinderen: Publicatie | None
    antwoorden: pd.DataFrame
    bevroren: Eerder | None = field(default=None, repr=False)
    verwant: tuple[Eerder, ...] = field(default=(), repr=False)
    blijft: tuple[Eerder, ...] = field(default=(), repr=False)

    @property
    def delen(self) -> dict[str, Publicatie]:
        """Every part by the name under which it is kept."""
        los = {
            "huishoudens": self.huishoudens,
            "acties": self.acties,
            "escalaties": self.escalaties,
            "kinderen": self.kinderen,
        }
        trajecten = {f"{_TRAJECTEN}{stand}": p for stand, p in self.trajecten.items()}
        return {naam: p for naam, p in {**los, **trajecten}.items() if p is not None}

    @property
    def niets_nieuws(self) -> bool:
        """Whether all of it was shown before."""
        return self.bevroren is not None and self.bevroren.delen.keys() == self.delen.keys()


def geef_vrij(
    registratie: Registratie,
    telling: Telling,
    kengetallen: Kengetallen,
    afronding: int = AFRONDING,
    eerder: Sequence[Eerder] = (),
) -> Vrijgegeven:
    """The tables of :data:`TABELLEN`, the trajecten, actions, escalaties and answers, as far as they may be shown.

    ``eerder``: what the folder shows already (see the module geheugen). As long as fewer than the
    threshold came or went, what was shown then stays, also when all shown numbers would be the same; only a table that
    was not there then is new. Raises InvoerFout for a threshold that is too low, a base of rounding above it,
    households that stand in the folder under other names of teams, and a part of its teams.
    """
    drempel = drempel_van(kengetallen)
    if not 0 <= afronding <= drempel:
        oorzaak = f"aantallen worden afgerond op 0 (niet) tot en met {nederlands(drempel)}."
        raise InvoerFout([Melding("afronding", afronding, oorzaak, f"Geef bijvoorbeeld {AFRONDING}, zoals het CBS.")])
    genoemd = [set(e.delen["huishoudens"].waarden("team")) for e in eerder]
    telling = replace(telling, per_huishouden=_teamnamen(telling.per_huishouden, drempel, genoemd))
    soorten = _soorten(registratie, telling.per_huishouden, drempel, None)
    controleer_soort(eerder, soorten["team"].cat.categories, ANDERE_TEAMS)
    aantal = Aantal(float(len(soorten)), drempel, afronding)
    nu = {v for t in kies_tabellen(TABELLEN, soorten, _sommen(soorten), aantal.getoond(None), drempel) for v in t}
    keuze = kies(eerder, soorten, drempel, nu)
    delen: Delen
    if keuze.bevroren is not None:
        uitleg = f"Minder dan {nederlands(drempel)} huishoudens meer of minder dan in een eerdere publicatie: "
        oud = keuze.bevroren.delen
        huishoudens = replace(oud["huishoudens"], uitleg=uitleg + "de eerdere cijfers blijven staan.")
        delen = {**oud, "huishoudens": huishoudens}
    else:
        controleer_heel(keuze.verwant, soorten, drempel, ANDERE_TEAMS)
        toen = samen(e.delen["huishoudens"] for e in keuze.verwant)
        delen = {"huishoudens": _huishoudens(registratie, telling, drempel, afronding, toen, keuze.zelfde)}
        controleer_sprekend(eerder, delen["huishoudens"])
    delen = {**_andere(registratie, telling, delen, drempel, afronding, keuze), **delen}
    trajecten = {n.removeprefix(_TRAJECTEN): p for n, p in delen.items() if n.startswith(_TRAJECTEN)}
    vast = {n: delen.get(n) for n in ("acties", "escalaties", "kinderen")}
    antwoorden = _antwoorden(telling, delen["huishoudens"], trajecten, vast["escalaties"], vast["kinderen"])
    return Vrijgegeven(
        huishoudens=delen["huishoudens"],
        trajecten=trajecten,
        **vast,
        antwoorden=antwoorden,
        bevroren=keuze.bevroren,
        verwant=keuze.verwant,
        blijft=tuple(e for e in eerder if e is not keuze.bevroren and (keuze.bevroren or e not in keuze.verwant)),
    )


def drempel_van(kengetallen: Kengetallen) -> float:
    """Below how many a cell is small. Raises InvoerFout for less than the catalogue holds possible: a value of one's
    own would shield nothing."""
    drempel, minst = kengetallen[KLEINE_CEL], kengetallen.zonder_afwijkingen().getallen[KLEINE_CEL].laag
    if minst is not None and drempel < minst:
        oorzaak = f"bij een registratie van huishoudens is de drempel niet minder dan {nederlands(minst)}."
        raise InvoerFout([Melding(KLEINE_CEL, drempel, oorzaak, "Laat het kengetal weg, of geef een hoger getal.")])
    return drempel


def _andere(
    registratie: Registratie, telling: Telling, delen: Delen, drempel: float, afronding: int, keuze: Keuze
) -> dict[str, Publicatie]:
    """Every other part that was registered and is not in ``delen`` yet."""
    p = delen["huishoudens"]

    def toen(naam: str) -> Publicatie | None:
        return samen(e.delen[naam] for e in keuze.verwant if naam in e.delen)

    uit: dict[str, Publicatie | None] = {}
    # of whom they are must be in the tables of households, which may be those of before
    volgt = bool(p.waarden("gevolgd")) or _niet_gevolgd(telling.per_huishouden) <= drempel
    if volgt and not any(n.startswith(_TRAJECTEN) for n in delen) and len(registratie.trajecten):
        uit |= _trajecten(registratie, telling, p, drempel, afronding, toen, keuze.zelfde)
    if "acties" not in delen and len(registratie.acties):
        uit["acties"] = _acties(registratie, drempel, afronding, toen("acties"), keuze.zelfde)
    if volgt and "escalaties" not in delen and len(registratie.escalaties):
        uit["escalaties"] = _escalaties(telling, p, drempel, afronding, toen("escalaties"), keuze.zelfde)
    if "kinderen" not in delen and p.waarden("kinderen"):
        uit["kinderen"] = _kinderen(telling, p, drempel, afronding, toen("kinderen"), keuze.zelfde)
    return {naam: deel for naam, deel in uit.items() if deel is not None}


# --- households ------------------------------------------------------------------------------------------------------


def _huishoudens(
    registratie: Registratie, telling: Telling, drempel: float, afronding: int, eerder: Publicatie | None, zelfde: bool
) -> Publicatie:
    soorten = _soorten(registratie, telling.per_huishouden, drempel, eerder)
    sommen = _sommen(soorten)
    # who is named, is there: a team has a household at least, and so has what is unknown
    minstens = {sleutel_van(team=t): 1.0 for t in soorten["team"].cat.categories}
    minstens |= {sleutel_van(**{v: ONBEKEND}): 1.0 for v in soorten if (soorten[v] == ONBEKEND).any()}

    def vrij(aantal: float, dicht: Sequence[Sleutel] = ()) -> Publicatie:
        toen = () if eerder is None else eerder.tabellen
        return publiceer(
            soorten,
            kies_tabellen(TABELLEN, soorten, sommen, aantal, drempel, toen),
            drempel,
            afronding,
            eerder,
            sommen=sommen,
            minstens=minstens,
            dicht=dicht,
            los="team",
            anders=eerder is not None,
            zelfde=zelfde,
            gewichten=_GEWICHTEN,
        )

    aantal = Aantal(float(len(soorten)), drempel, afronding)
    uit = vrij(aantal.getoond(eerder))
    # where the number is hidden after all, which tables there are may not follow from it
    uit = uit if uit.toont() is not None else vrij(aantal.toen(eerder), [()])
    return uit if eerder is None else replace(uit, uitleg=_wat_wegviel(uit, eerder))


def _wat_wegviel(p: Publicatie, eerder: Publicatie) -> str:
    """How much of what was shown is hidden now, why, and what to do about it."""
    weg = sum(w is not None and p.cellen.get(s) is None for s, w in eerder.cellen.items())
    if not weg:
        return ""
    return (
        f"Sinds een eerdere publicatie in deze map veranderde de registratie: {weg} van de aantallen van toen "
        f"zijn nu afgeschermd, want het verschil zou over minder dan {nederlands(p.drempel)} huishoudens gaan. Wilt u "
        "meer zien: zet de map terug zoals zij was, geef de huishoudens van toen als een eigen registratie in die map "
        "(wat later bij hen is gemeten komt er dan bij) en de nieuwe in een andere, of wacht tot er meer bij zijn."
    )


def _soorten(registratie: Registratie, per: pd.DataFrame, drempel: float, eerder: Publicatie | None) -> pd.DataFrame:
    """The variables of the tables. What a column may hold is there, whether a household has it or not. What no row
    could have (a column, a moment, a scale that is not in the file) is not, and neither is "unknown" where all is
    known."""
    uit: dict[str, pd.Series] = {"team": per["team"].cat.remove_unused_categories(), "type": per["type"]}
    if per["nieuw"].notna().any():
        uit["nieuw"] = _van(_groep(per), GROEPEN)

    def toen(v: str) -> bool:
        return eerder is not None and bool(eerder.waarden(v))

    # as few as can be hidden make no difference that may be shown: then all count as followed
    r = registratie
    kan = any(map(len, (r.trajecten, r.acties, r.escalaties))) or (r.problematiek["moment"] > 0).any()
    if kan and _niet_gevolgd(per) > drempel:
        uit["gevolgd"] = _ja_nee(per["gevolgd"])
    # so that hidden means that hardly anyone is left, and not there that hardly anyone dropped out
    weg = per["status"] == "uitgevallen"
    if weg.sum() > drempel or toen("uitgevallen"):
        uit["uitgevallen"] = _ja_nee(weg)
    op_0_1 = (registratie.problematiek["schaal"] == "0-1").any()
    for m in MOMENTEN:
        if (registratie.problematiek["moment"] == m).any() or toen(f"klasse_{m}"):
            klasse = per[f"klasse_{m}"].fillna(ONBEKEND)
            weg = [k for k in ("mv", ONBEKEND) if not (klasse == k).any() and (k == ONBEKEND or not op_0_1)]
            uit[f"klasse_{m}"] = klasse.cat.remove_categories(weg)
            # a small top would hide nzr as well, but not the two together
            samen_ = klasse.isin(_ZWAARST)
            uit[f"zwaarst_{m}"] = _van(samen_.map({True: NZR_TOP, False: _LICHTER}), (NZR_TOP, _LICHTER))
            if m and (ONBEKEND not in weg or toen(f"meting_{m}")):
                uit[f"meting_{m}"] = _gemist(klasse, per[f"verwacht_{m}"])
    if any(f"meting_{m}" in uit for m in MOMENTEN):
        uit["wacht_op"] = _wacht_op(per)
    if per["eenouder"].notna().any():
        uit["eenouder"] = _ja_nee(per["eenouder"])
    gezin = (per["type"] == "gezin").to_numpy(dtype=bool)
    if per.loc[gezin, "kinderen"].notna().any():
        bekend = np.where(per["kinderen"].notna(), "bekend", ONBEKEND)
        uit["kinderen"] = _van(pd.Series(np.where(gezin, bekend, NVT), index=per.index), ("bekend", NVT))
    meervoudig = per["klasse_0"].isin(MEERVOUDIG)
    for feit in LEEFSITUATIE:
        if per.loc[meervoudig, feit].notna().any():
            waarde = per[feit].map({True: "ja", False: "nee"}).astype(object).fillna(ONBEKEND).where(meervoudig, NVT)
            uit[feit] = _van(waarde, ("ja", "nee", NVT))
    if eerder is not None:  # what was a value then, still is one
        for v, kolom in uit.items():
            erbij = [w for w in eerder.waarden(v) if w not in kolom.cat.categories and v != "team"]
            uit[v] = kolom.cat.add_categories(erbij)
    return pd.DataFrame(uit)


def _gemist(klasse: pd.Series, verwacht: pd.Series) -> pd.Series:
    """Of a later moment: measured, missed (also where too little was measured for a class), or not due yet."""
    naam = np.where(klasse != ONBEKEND, GEMETEN, np.where(verwacht, GEMIST, NOG_NIET))
    return _van(pd.Series(naam, index=klasse.index), (GEMETEN, GEMIST, NOG_NIET))


def _wacht_op(per: pd.DataFrame) -> pd.Series:
    """The first moment that has not come: who waits for one, waits for every later one. As these are cells, nobody can
    work back a number of missed households from that of an earlier moment."""
    uit = pd.Series(NIETS, index=per.index, dtype=object)
    for m in reversed(MOMENTEN[1:]):
        uit = uit.where(per[f"verwacht_{m}"], str(m))
    return _van(uit, (*map(str, MOMENTEN[1:]), NIETS))


def _teamnamen(per: pd.DataFrame, drempel: float, genoemd: Sequence[Collection[str]]) -> pd.DataFrame:
    """The same rows; teams with fewer households than the threshold go without their name, together.

    Their numbers are hidden anyhow, and what stands in that column in few rows may be the name of a person. A team that
    the folder names already (``genoemd``, by publication) keeps its name. Where it has teams without one beside those
    of now, a team that it does not name joins them: it may be one of them that grew, and to name it would tell of those
    few that came, and of the others that are left.
    """
    team = per["team"].cat.remove_unused_categories()
    aantal = team.value_counts()
    nu = {str(c) for c in team.cat.categories}
    al = {t for namen in genoemd for t in namen}
    zonder = any(ANDERE_TEAMS in namen and nu & set(namen) for namen in genoemd)
    namen = [
        str(c) if str(c) in al or (aantal[c] >= drempel and not zonder) else ANDERE_TEAMS for c in team.cat.categories
    ]
    volgorde = list(dict.fromkeys(sorted(namen, key=lambda n: n == ANDERE_TEAMS)))
    nummers = np.array([*(volgorde.index(n) for n in namen), -1])[team.cat.codes]
    return per.assign(team=pd.Categorical.from_codes(nummers, volgorde))


def _niet_gevolgd(per: pd.DataFrame) -> int:
    return int((~per["gevolgd"]).sum())


def _van(kolom: pd.Series, waarden: Sequence[str]) -> pd.Series:
    """As a category of these values; what is missing is one more, where it is."""
    gevuld = kolom.astype(object).fillna(ONBEKEND)
    erbij = [ONBEKEND] if (gevuld == ONBEKEND).any() else []
    return gevuld.astype(pd.CategoricalDtype([*waarden, *erbij]))


def _ja_nee(kolom: pd.Series) -> pd.Series:
    return _van(kolom.map({True: "ja", False: "nee"}), ("ja", "nee"))


def _sommen(soorten: pd.DataFrame) -> list[Som]:
    """Cells of one table that add up to a cell of another: who is asked for a fact, the gezinnen, nzr and top, and who
    was not measured."""
    uit: list[Som] = []
    for m in MOMENTEN[1:]:
        zwaar = tuple(sleutel_van(**{f"klasse_{m}": k}) for k in _ZWAARST)
        uit.append((sleutel_van(**{f"zwaarst_{m}": NZR_TOP}), zwaar))
        zonder = tuple(sleutel_van(**{f"meting_{m}": k}) for k in (GEMIST, NOG_NIET))
        uit.append((sleutel_van(**{f"klasse_{m}": ONBEKEND}), zonder))
        wacht = tuple(sleutel_van(wacht_op=str(t)) for t in MOMENTEN[1:] if t <= m)
        uit.append((zonder[-1], wacht))
    if "kinderen" in soorten:
        bekend = [w for w in soorten["kinderen"].cat.categories if w != NVT]
        uit.append((sleutel_van(type="gezin"), tuple(sleutel_van(kinderen=w) for w in bekend)))
    if "klasse_0" in soorten:
        bases: list[dict[str, str]] = [{}, *({"type": t} for t in soorten["type"].cat.categories)]
        for basis in bases:
            delen = tuple(sleutel_van(**basis, klasse_0=k) for k in _ZWAARST)
            uit.append((sleutel_van(**basis, zwaarst_0=NZR_TOP), delen))
        enkel = [k for k in soorten["klasse_0"].cat.categories if k not in MEERVOUDIG]
        for feit in (f for f in LEEFSITUATIE if f in soorten):
            for basis in bases:
                delen = tuple(sleutel_van(**basis, klasse_0=k) for k in enkel)
                uit.append((sleutel_van(**basis, **{feit: NVT}), delen))
    return uit


def _groep(per: pd.DataFrame) -> pd.Series:
    return per["nieuw"].map({True: "nieuw", False: "bestaand"})


def _bij_de_start(per: pd.DataFrame, p: Publicatie) -> dict[str, pd.Series]:
    """Of each household what :data:`BIJ_DE_START` names, with the values that the tables of households have; a variable
    that these do not have is not there."""
    uit = {}
    for v in (v for v in BIJ_DE_START if p.waarden(v)):
        namen = per[v].astype(object).fillna(ONBEKEND).astype(str)
        uit[v] = namen.astype(pd.CategoricalDtype(list(dict.fromkeys((*p.waarden(v), *namen)))))
    return uit


# --- what each household contributes ---------------------------------------------------------------------------------


def bedragregel(drempel: float, minst: float = 0.0) -> Bedragregel:
    """The rule of dominance (n = 2, k = 90%) and of p% (10%)."""
    return Bedragregel(drempel, 2, 0.9, 0.1, minst)


def _trajecten(
    registratie: Registratie,
    telling: Telling,
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
            rijen, "aantal", tabellen, bedragregel(drempel), toen(f"{_TRAJECTEN}{naam}"), van="van",
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

    uit: dict[str, Publicatie] = {}
    for s in (*STANDEN, *(f"{s}_{NIET}" for s in STANDEN[1:])):
        deel = frame[(stand == s).to_numpy(dtype=bool) & heeft]
        if s == "afgevallen":
            deel = deel.assign(**{v: deel[v].cat.remove_categories(list(_ALLEEN_ESCALATIES[v])) for v in soort})
        if s.endswith(NIET):
            uit[f"{_TRAJECTEN}{s}"] = vrij(s, deel, [("groep",)], ())
            continue
        ook: list[Sleutel] = bijna_al if s == "afgevallen" else []
        eerder = toen(f"{_TRAJECTEN}{s}")
        een = vrij(s, deel, _tabellen_van(deel, rond_op(len(deel), afronding), drempel, eerder), ook)
        if een.toont() is None:  # by what they are told apart may not follow from a number that is hidden
            een = vrij(s, deel, _tabellen_van(deel, 0.0, drempel, eerder), [*ook, ()])
        uit[f"{_TRAJECTEN}{s}"] = een
    lopend = frame[(stand == "lopend").to_numpy(dtype=bool)]
    apart = {v: _niet_af_te_trekken(rijen, lopend, namen.to_numpy(), drempel) for v, namen in naar.items()}
    # what is hidden of what runs, would follow from what ran at the start where these are the same
    ook = [s for s, w in uit[f"{_TRAJECTEN}lopend"].cellen.items() if w is None]
    ook += [sleutel_van(**{v: n}) for v, namen in naar.items() if not apart[v] for n in namen.cat.categories]
    if not apart["groep"]:  # nor the sum, which is also that of the others
        ook += [(), *(sleutel_van(**{v: n}) for v, namen in naar.items() for n in namen.cat.categories)]
    ook += bijna_al
    rijen = rijen.drop(columns=list(soort))
    uit[f"{_TRAJECTEN}{GESTART}"] = vrij(GESTART, rijen, [(v,) for v in naar], ook)
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
        return _van(_groep(per), GROEPEN)
    if per["nieuw"].isna().all():
        return _van(_groep(per), ())
    return _van(pd.Series(SAMEN, index=per.index), (SAMEN,))


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


def _niet_af_te_trekken(een: pd.DataFrame, ander: pd.DataFrame, groep: np.ndarray[Any, Any], drempel: float) -> bool:
    """Whether the difference of two numbers of trajecten is about no household, or enough of them, in every groep."""
    return all(n >= drempel for n in pd.Series(groep[_verschilt(een, ander, len(groep))]).value_counts())


def _verschilt(een: pd.DataFrame, ander: pd.DataFrame, aantal: int) -> np.ndarray[Any, Any]:
    """Of which of so many households two numbers of trajecten are not the same."""
    een_, ander_ = (np.bincount(f["van"], f["aantal"], aantal) for f in (een, ander))
    return np.asarray(een_ != ander_)


def _acties(
    registratie: Registratie, drempel: float, afronding: int, eerder: Publicatie | None, zelfde: bool
) -> Publicatie:
    a = registratie.acties
    frame = pd.DataFrame(
        {
            "van": a["pseudoniem"],
            "door": pd.Categorical(a["door"].astype(str), list(UITVOERDERS)),
            "uitgevoerd": _ja_nee(a["uitgevoerd"]),
            "aantal": 1.0,
        }
    )
    return publiceer_bedragen(
        frame, "aantal", [("door", "uitgevoerd")], bedragregel(drempel), eerder, van="van", geheel=True,
        afronding=afronding, zelfde=zelfde,
    )  # fmt: skip


def _kinderen(
    telling: Telling, p: Publicatie, drempel: float, afronding: int, eerder: Publicatie | None, zelfde: bool
) -> Publicatie:
    """The children of all gezinnen together: one number, by which nobody may know the largest gezin."""
    per = telling.per_huishouden
    gezin = (per["type"] == "gezin").to_numpy(dtype=bool)
    frame = pd.DataFrame({"kinderen": per.loc[gezin, "kinderen"].dropna().to_numpy(dtype=np.float64)})
    dicht = [()] if p.toont(kinderen="bekend") is None else []
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


def _escalaties(
    telling: Telling, p: Publicatie, drempel: float, afronding: int, eerder: Publicatie | None, zelfde: bool
) -> Publicatie:
    """Every household under threat with each soort and its afloop: all soorten are one table, so that their sum may be
    shown. All is hidden where (nearly) all households are under the same threat: that would tell of each of them."""
    per = telling.per_huishouden
    lang = per[list(ESCALATIES)].melt(var_name="soort", value_name="afloop", ignore_index=False).dropna()
    frame = pd.DataFrame(
        {
            "soort": pd.Categorical(lang["soort"].astype(str), list(ESCALATIES)),
            "afloop": pd.Categorical(lang["afloop"].astype(str), list(ERGST)),
        },
        index=lang.index,
    )
    # a sum over soorten counts a household more than once: it may not be about fewer of them than the threshold
    dicht: list[Sleutel] = [
        sleutel_van(afloop=a) for a in ERGST if frame.index[frame["afloop"] == a].nunique() < drempel
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
        dicht += [sleutel_van(**{v: n}) for v, namen in start.items() for n in namen.cat.categories]
    return publiceer(
        frame,
        [("soort", "afloop"), *((v,) for v in start)],
        drempel,
        afronding,
        eerder,
        dicht=dicht,
        anders=eerder is not None,
        zelfde=zelfde,
    )


def _dicht_naar(v: str, frame: pd.DataFrame, gevolgd: pd.Series, p: Publicatie, drempel: float) -> list[Sleutel]:
    """Values of a fact of the start of which no number of escalaties may be shown: of too few households, or of a
    number of households that is hidden itself. All of them where in one (nearly) all households are under threat."""
    namen = list(frame[v].cat.categories)
    bedreigd = {n: frame.index[(frame[v] == n).to_numpy(dtype=bool)].nunique() for n in namen}
    getoond = [n for n in namen if gevolgden(p, **{v: n}) is not None]
    if any(bedreigd[n] > (gevolgd == n).sum() - drempel for n in getoond):
        return [sleutel_van(**{v: n}) for n in namen]
    return [sleutel_van(**{v: n}) for n in namen if n not in getoond or bedreigd[n] < drempel]


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


def _van_het_team(telling: Telling) -> Iterator[tuple[str, Getoond]]:
    """Questions 6 and 7: about the team itself, as it is."""
    for a in telling.antwoorden.itertuples():
        if a.sleutel in ("fte", "additioneel") or str(a.sleutel).startswith("disciplines."):
            yield str(a.sleutel), Getoond(round(float(a.waarde), 6))


def _sleutels(p: Publicatie, t: Mapping[str, Publicatie], e: Publicatie | None, k: Publicatie | None) -> Iterator[str]:
    """The answers that these parts can hold."""
    yield "huishoudens"
    yield from (f"type.{x}" for x in TYPEN)
    if p.waarden("klasse_0"):
        yield from (f"zwaarte.{x}.{klasse}" for x in TYPEN for klasse in ZWAARTEN)
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
            yield from ("meer", "substitutie.nieuw", "substitutie.bestaand")
        for vraag in ("meer", "minder"):
            soorten = [s for s in TRAJECTEN if vraag == "meer" or s not in ESCALATIES]
            yield from (f"effectmeting.{vraag}.{g}.{wat}" for g in GROEPEN for wat in ("aantal", *soorten))
    if e is not None:
        yield from (f"effectmeting.{w}.{s}" for s in ESCALATIES for w in ("voorkomen", "bedreigd", VAN_BEDREIGD))


VAN_BEDREIGD: Final = "voorkomen_van_bedreigd"
ZWAARTEN: Final = ("ev", "zr", "nzr", "top")


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
            return _meer_of_minder(p, t, "nieuw" if vraag == "meer" else "afgevallen", groep, wat)
        case ["meer"]:
            return _deel(_aantal(t, "nieuw", "bestaand"), _begin(t, "bestaand"))
        case ["substitutie", "nieuw"]:
            liep = _som((_begin(t, "nieuw"), _aantal(t, "nieuw", "nieuw")))
            return _deel(_aantal(t, "afgevallen", "nieuw"), liep)
        case ["substitutie", "bestaand"]:
            return _deel(_aantal(t, "afgevallen", "bestaand"), _begin(t, "bestaand"))
    raise KeyError(sleutel)


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


def _begin(t: Mapping[str, Publicatie], groep: str) -> float | None:
    return t[GESTART].toont(groep=groep) if GESTART in t else None


def gevolgden(p: Publicatie, **wat: str) -> float | None:
    """The shown number of households that were followed after the start; all of them where so few were not, that they
    are no group of their own."""
    return p.toont(gevolgd="ja", **wat) if p.waarden("gevolgd") else p.toont(**wat)


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
