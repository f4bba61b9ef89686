"""The tables of households: who is reached, how they live, what changed, and who was followed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.doelgroepen.zelfredzaamheid import LEEFSITUATIE, NZR_TOP
from mkba.analyse.effectmeting.publiceren.tabelkeuze import KRUIS, Huishoudental, kies_tabellen
from mkba.analyse.effectmeting.tellen.telling import MEERVOUDIG, Registratietelling
from mkba.analyse.onderdrukking.stelsel import ONBEKEND, Sleutel, Som, sleutel_van
from mkba.analyse.onderdrukking.tabellen import Publicatie, publiceer
from mkba.invoer.effectmeting.kolommen import MOMENTEN
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.trajecten import CASES

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
    *(("klasse_0", f"anders_{m}") for m in MOMENTEN[1:]),
    *((f"zwaarst_{m}",) for m in MOMENTEN[1:]),
    *((f"meting_{m}",) for m in MOMENTEN[1:]),
    ("wacht_op",),
)
"""The tables of a report: who is reached, how they live, what changed after 6, 12 and 18 months, and of whom that could
have been seen; where there are households enough for them (the module tabelkeuze)."""
GEMETEN: Final = "gemeten"
GEMIST: Final = "gemist"
NOG_NIET: Final = "nog_niet"
"""Of a later moment: the class is known; the moment had come and it is not; the moment has not come yet."""
VAN_WIE_ER_IS: Final = (
    "uitgevallen",
    "gevolgd",
    "wacht_op",
    *(f"{wat}_{m}" for wat in ("meting", "anders") for m in MOMENTEN[1:]),
)
"""Variables that are there for what the households have, and not for what was registered: that one of them is there now
and was not before, may be the work of the one household that came."""
NIETS: Final = "niets"
"""In the place of the first moment that has not come: all have."""
_GEWICHTEN: Final = {
    "": 1e3,
    "wacht_op": 1e-3,
    **{f"meting_{m}": 1e-1 for m in MOMENTEN[1:]},
    **{f"anders_{m}": 1e-2 for m in MOMENTEN[1:]},
}
"""How many there are is shown rather than anything else, for which tables there are follows from it; what was seen
rather than of whom it could have been, and a moment rather than what follows it. A choice of what to hide, not of
whether: any that keep this order do."""


def publiceer_huishoudens(
    registratie: Registratie,
    telling: Registratietelling,
    drempel: float,
    afronding: int,
    eerder: Publicatie | None,
    zelfde: bool,
    volgde: bool,
) -> Publicatie:
    """Every table of :data:`TABELLEN` that there is, one audited system; ``eerder``: what was shown before, ``volgde``
    whether that had numbers of followed households."""
    soorten = variabelen(registratie, telling.per_huishouden, drempel, eerder, volgde)
    sommen = sommen_van(soorten)
    minstens = dict(_minstens(soorten, drempel, eerder))

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
            verandert=_verandert(soorten),
        )

    aantal = Huishoudental(float(len(soorten)), drempel, afronding)
    uit = vrij(aantal.getoond(eerder))
    # where the number is hidden after all, which tables there are may not follow from it
    uit = uit if uit.toont() is not None else vrij(aantal.toen(eerder), [()])
    if eerder is None:
        return uit
    zonder = volgde and not uit.waarden("gevolgd") and niet_gevolgd(telling.per_huishouden) > drempel
    return replace(uit, uitleg=" ".join(filter(None, [_wat_wegviel(uit, eerder), _ZONDER_GEVOLGD if zonder else ""])))


def _verandert(soorten: pd.DataFrame) -> dict[str, dict[str, int]]:
    """What a household that was there may be later: followed, dropped out, measured (a class of a later moment), and
    no longer not. Who was measured stays so; what it was missed or not due for, may be either."""
    uit: dict[str, dict[str, int]] = {v: {"ja": 1, "nee": -1} for v in ("gevolgd", "uitgevallen")}
    for m in MOMENTEN[1:]:
        klassen = soorten[f"klasse_{m}"].cat.categories if f"klasse_{m}" in soorten else ()
        uit[f"klasse_{m}"] = {str(k): -1 if k == ONBEKEND else 1 for k in klassen}
        uit[f"zwaarst_{m}"] = {NZR_TOP: 1}
        uit[f"meting_{m}"] = {GEMETEN: 1, NOG_NIET: -1}
        uit[f"anders_{m}"] = {}
    return {**uit, "wacht_op": {NIETS: 1, str(MOMENTEN[1]): -1}}


_ZONDER_GEVOLGD: Final = (
    "Van te veel huishoudens is na de start nog niets vastgelegd, terwijl deze map eerder cijfers had van wie gevolgd "
    "is: trajecten en escalaties staan er nu niet bij, want anders volgde hoe weinig er toen niet gevolgd waren. Geef "
    "de huishoudens van toen als een eigen registratie in die map, en de nieuwe in een andere."
)


def _minstens(soorten: pd.DataFrame, drempel: float, eerder: Publicatie | None) -> Iterator[tuple[Sleutel, float]]:
    """The least of a cell that follows from what there is: who is named, is there, a team that got its name just now
    with the threshold of households; so has what is unknown one, and what is only told above the threshold more."""
    toen = [] if eerder is None else eerder.waarden("team")
    for t in soorten["team"].cat.categories:
        yield sleutel_van(team=t), 1.0 if t == ANDERE_TEAMS or t in toen else drempel
    for v in soorten:
        if (soorten[v] == ONBEKEND).any():
            yield sleutel_van(**{str(v): ONBEKEND}), 1.0
    for v, waarde in (("gevolgd", "nee"), ("uitgevallen", "ja")):
        if v in soorten:
            yield sleutel_van(**{v: waarde}), drempel + 1


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


def variabelen(
    registratie: Registratie, per: pd.DataFrame, drempel: float, eerder: Publicatie | None, volgde: bool = False
) -> pd.DataFrame:
    """The variables of the tables. What a column may hold is there, whether a household has it or not. What no row
    could have (a column, a moment, a scale that is not in the file) is not, and neither is "unknown" where all is
    known."""
    uit: dict[str, pd.Series] = {"team": per["team"].cat.remove_unused_categories(), "type": per["type"]}
    if per["nieuw"].notna().any():
        uit["nieuw"] = als_soort(nieuw_of_bestaand(per), CASES)

    def toen(v: str) -> bool:
        return eerder is not None and bool(eerder.waarden(v))

    # as few as can be hidden make no difference that may be shown: then all count as followed
    r = registratie
    kan = any(map(len, (r.trajecten, r.acties, r.escalaties))) or (r.problematiek["moment"] > 0).any()
    # that there was no table said at most so few, if there were households enough for one: then there is none later
    al = 0.0 if eerder is None else max(eerder.historie.get((), (0.0,)))
    kon = al >= 2 * KRUIS * drempel
    vrij = eerder is None or toen("gevolgd") or not (kon and volgde) or _ruim_gevolgd(per, eerder, drempel)
    if kan and niet_gevolgd(per) > drempel and vrij:
        uit["gevolgd"] = ja_nee(per["gevolgd"])
    # so that hidden means that hardly anyone is left, and not there that hardly anyone dropped out
    weg = per["status"] == "uitgevallen"
    if toen("uitgevallen") or (weg.sum() > drempel and not kon):
        uit["uitgevallen"] = ja_nee(weg)
    op_0_1 = (registratie.problematiek["schaal"] == "0-1").any()
    for m in MOMENTEN:
        if (registratie.problematiek["moment"] == m).any() or toen(f"klasse_{m}"):
            klasse = per[f"klasse_{m}"].fillna(ONBEKEND)
            weg = [k for k in ("mv", ONBEKEND) if not (klasse == k).any() and (k == ONBEKEND or not op_0_1)]
            uit[f"klasse_{m}"] = klasse.cat.remove_categories(weg)
            # a small top would hide nzr as well, but not the two together
            samen_ = klasse.isin(_ZWAARST)
            uit[f"zwaarst_{m}"] = als_soort(samen_.map({True: NZR_TOP, False: _LICHTER}), (NZR_TOP, _LICHTER))
            if m and (ONBEKEND not in weg or toen(f"meting_{m}")):
                uit[f"meting_{m}"] = _gemist(klasse, per[f"verwacht_{m}"])
            # where a measurement is all that follows anyone, the difference is about no household, and there is no cell
            anders = per["gevolgd"] & (klasse == ONBEKEND)
            if m and "gevolgd" in uit and (anders.any() or toen(f"anders_{m}")):
                uit[f"anders_{m}"] = ja_nee(anders)
    if any(f"meting_{m}" in uit for m in MOMENTEN):
        uit["wacht_op"] = _wacht_op(per)
    if per["eenouder"].notna().any():
        uit["eenouder"] = ja_nee(per["eenouder"])
    gezin = (per["type"] == "gezin").to_numpy(dtype=bool)
    if per.loc[gezin, "kinderen"].notna().any():
        bekend = np.where(per["kinderen"].notna(), "bekend", ONBEKEND)
        uit["kinderen"] = als_soort(pd.Series(np.where(gezin, bekend, NVT), index=per.index), ("bekend", NVT))
    meervoudig = per["klasse_0"].isin(MEERVOUDIG)
    for feit in LEEFSITUATIE:
        if per.loc[meervoudig, feit].notna().any():
            waarde = per[feit].map({True: "ja", False: "nee"}).astype(object).fillna(ONBEKEND).where(meervoudig, NVT)
            uit[feit] = als_soort(waarde, ("ja", "nee", NVT))
    if eerder is not None:  # what was a value then, still is one
        for v, kolom in uit.items():
            erbij = [w for w in eerder.waarden(v) if w not in kolom.cat.categories and v != "team"]
            uit[v] = kolom.cat.add_categories(erbij)
    return pd.DataFrame(uit)


_BIJ_GEVOLGD: Final = ("team", "nieuw", "klasse_0", "zwaarst_0")
"""Variables of which a reader has the followed households too, or can add them up."""


def _ruim_gevolgd(per: pd.DataFrame, eerder: Publicatie, drempel: float) -> bool:
    """Whether so many more are followed than there were then, that whatever number was not followed then goes with it:
    of all, of each value of :data:`_BIJ_GEVOLGD` then, and of those together that were hidden.

    Of a value that was hidden then and of whom there are few now, nobody knows that there was anyone.
    """
    al = max(eerder.historie.get((), (0.0,)))
    marge, gevolgd = drempel + eerder.afronding, per["gevolgd"].to_numpy(dtype=bool)
    if gevolgd.sum() < al + marge:
        return False
    zwaarst = per["klasse_0"].isin(_ZWAARST).map({True: NZR_TOP, False: _LICHTER})
    kolommen = {"team": per["team"], "nieuw": nieuw_of_bestaand(per), "klasse_0": per["klasse_0"], "zwaarst_0": zwaarst}
    for v in (v for v in _BIJ_GEVOLGD if eerder.waarden(v)):
        kolom = kolommen[v].astype(object).fillna(ONBEKEND)
        toen = {w: max(eerder.historie.get(sleutel_van(**{v: w}), ()), default=None) for w in eerder.waarden(v)}
        volgt = {w: int((gevolgd & (kolom == w).to_numpy(dtype=bool)).sum()) for w in toen}
        if any(n is not None and volgt[w] < n + marge for w, n in toen.items()):
            return False
        dicht = [w for w, n in toen.items() if n is None]
        rest = al - sum(n for n in toen.values() if n is not None) + eerder.afronding / 2 * (len(toen) + 1)
        if dicht and sum(volgt[w] for w in dicht) < rest + marge:
            return False
        nu = {w: int((kolom == w).sum()) for w in dicht}
        if any(nu[w] >= drempel and volgt[w] < min(rest, nu[w]) for w in dicht):
            return False
    return True


def _gemist(klasse: pd.Series, verwacht: pd.Series) -> pd.Series:
    """Of a later moment: measured, missed (also where too little was measured for a class), or not due yet."""
    naam = np.where(klasse != ONBEKEND, GEMETEN, np.where(verwacht, GEMIST, NOG_NIET))
    return als_soort(pd.Series(naam, index=klasse.index), (GEMETEN, GEMIST, NOG_NIET))


def _wacht_op(per: pd.DataFrame) -> pd.Series:
    """The first moment that has not come: who waits for one, waits for every later one. As these are cells, nobody can
    work back a number of missed households from that of an earlier moment."""
    uit = pd.Series(NIETS, index=per.index, dtype=object)
    for m in reversed(MOMENTEN[1:]):
        uit = uit.where(per[f"verwacht_{m}"], str(m))
    return als_soort(uit, (*map(str, MOMENTEN[1:]), NIETS))


def teamnaam(naam: str, aantal: int, drempel: float) -> str:
    """A team with fewer households than the threshold goes without its name, with the others of these: its numbers are
    hidden anyhow, and what stands in that column in few rows may be the name of a person."""
    return naam if aantal >= drempel else ANDERE_TEAMS


def met_teamnamen(per: pd.DataFrame, drempel: float, genoemd: Sequence[Collection[str]]) -> pd.DataFrame:
    """The same rows; small teams go without their name (:func:`teamnaam`).

    A team that the folder names already (``genoemd``, by publication) keeps its name. Where it has teams without one
    beside those of now, a team that it does not name joins them: it may be one of them that grew, and to name it would
    tell of those few that came, and of the others that are left.
    """
    team = per["team"].cat.remove_unused_categories()
    aantal = team.value_counts()
    nu = {str(c) for c in team.cat.categories}
    al = {t for namen in genoemd for t in namen}
    zonder = any(ANDERE_TEAMS in namen and nu & set(namen) for namen in genoemd)
    namen = [
        str(c) if str(c) in al else ANDERE_TEAMS if zonder else teamnaam(str(c), int(aantal[c]), drempel)
        for c in team.cat.categories
    ]
    volgorde = list(dict.fromkeys(sorted(namen, key=lambda n: n == ANDERE_TEAMS)))
    nummers = np.array([*(volgorde.index(n) for n in namen), -1])[team.cat.codes]
    return per.assign(team=pd.Categorical.from_codes(nummers, volgorde))


def niet_gevolgd(per: pd.DataFrame) -> int:
    """How many households nothing was registered of after the start."""
    return int((~per["gevolgd"]).sum())


def als_soort(kolom: pd.Series, waarden: Sequence[str]) -> pd.Series:
    """As a category of these values; what is missing is one more, where it is."""
    gevuld = kolom.astype(object).fillna(ONBEKEND)
    erbij = [ONBEKEND] if (gevuld == ONBEKEND).any() and ONBEKEND not in waarden else []
    return gevuld.astype(pd.CategoricalDtype([*waarden, *erbij]))


def ja_nee(kolom: pd.Series) -> pd.Series:
    """A column of yes and no as a category; what is missing is one more, where it is."""
    return als_soort(kolom.map({True: "ja", False: "nee"}), ("ja", "nee"))


def sommen_van(soorten: pd.DataFrame) -> list[Som]:
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
        uit += _van_gevolgd(soorten, m)
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


def _van_gevolgd(soorten: pd.DataFrame, m: int) -> Iterator[Som]:
    """Who was measured, was followed: who was followed in another way is what is left, of all and of each class."""
    if f"anders_{m}" not in soorten:
        return
    if f"meting_{m}" in soorten:
        yield sleutel_van(gevolgd="ja"), (sleutel_van(**{f"meting_{m}": GEMETEN}), sleutel_van(**{f"anders_{m}": "ja"}))
    klassen = soorten["klasse_0"].cat.categories if "klasse_0" in soorten else ()
    bases: list[dict[str, str]] = [{}, *({"klasse_0": k} for k in klassen)]
    for basis in bases:
        delen = (sleutel_van(**basis, gevolgd="nee"), sleutel_van(**basis, **{f"anders_{m}": "ja"}))
        yield sleutel_van(**basis, **{f"klasse_{m}": ONBEKEND}), delen


def nieuw_of_bestaand(per: pd.DataFrame) -> pd.Series:
    """Of each household whether it was found by the aanpak or known before; missing where that is."""
    return per["nieuw"].map({True: "nieuw", False: "bestaand"})


def gevolgden(p: Publicatie, **wat: str) -> float | None:
    """The shown number of households that were followed after the start; all of them where so few were not, that they
    are no group of their own."""
    return p.toont(gevolgd="ja", **wat) if p.waarden("gevolgd") else p.toont(**wat)
