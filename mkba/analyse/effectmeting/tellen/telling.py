"""From a registration to numbers: questions 1 to 7, 10 to 12 and 16 to 18, and what changed at 0, 6, 12 and 18 months.

Every number is an estimate with the households (or trajecten) that it rests on; intervals are for
the folder ``zekerheid``. The numbers are exact and not for publication: what may be shown is for
:mod:`mkba.analyse.effectmeting.publiceren.publicatie` to say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.analyse.doelgroepen.zelfredzaamheid import KOLOMMEN, LEEFSITUATIE, deel_zr
from mkba.analyse.effectmeting.tellen.klassen import klassen
from mkba.invoer.effectmeting.kolommen import MOMENTEN, TYPE_VAN, UITKOMSTEN, UITVOERDERS
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import DISCIPLINES, KLASSEN, TYPEN
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, TRAJECTEN, TRAJECTKNOPPEN

TOTAAL: Final = "totaal"
STAND: Final = {"meer": "nieuw", "minder": "afgevallen"}
"""Of questions 16 and 17 (and of 11 and 12) the stand of the trajecten that each counts."""
VOETNOOT_13: Final = (
    "nieuw en bestaand zijn niet te onderscheiden: het totaal gedeeld door alle huishoudens (voetnoot 13)"
)
NAAR_AANTAL: Final = "naar aantal trajecten, niet naar kosten"
ERGST: Final = {"dreigde": 0, "voorkomen": 1, "gebeurd": 2}
"""Of more rows of one kind for a household the worst counts: what happened after all was not prevented."""
MEERVOUDIG: Final = ("zr", "mv", "nzr")
Masker = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Registratietelling:
    """All counts of a registration, exact; a repr leaves them out.

    ``antwoorden``: a row per flat key: sleutel, waarde, teller, n, soort, kwadraten, toelichting, bijdragen. ``soort``:
    "aandeel" (waarde = teller / n, teller of n households), "gemiddelde" (teller is the sum over n households,
    kwadraten that of the squares), "verhouding" (of trajecten, n is the denominator, kwadraten of questions 11 and 12
    see :func:`_percentages`) or "som" (n households or rows). ``bijdragen``: what kwadraten is the sum of the squares
    of, per household (None where it is no such sum).
    ``per_huishouden``: a row per household: pseudoniem, team, type, nieuw, status, gevolgd, verwacht_0 … verwacht_18,
    klasse_0 … klasse_18, and per kind of escalatie its outcome; what is unknown or not measured is missing. The frames
    below have a row per team and for ``totaal``. ``per_moment``: team, moment, verwacht (the moment had come), gemeten,
    uitgevallen (due, not measured and dropped out), a count per class. ``trajecten``, of followed households only:
    groep (nieuw, bestaand, totaal), stand, type, aantal, huishoudens, per_huishouden; ``stand`` "gestart" is what ran
    at the start (see :func:`gestart`). ``uitvoering``: team, wat (traject_nieuw, traject_afgevallen, actie), bekend,
    uitgevoerd, aandeel. ``acties``: team, door, aantal, bekend, uitgevoerd. ``escalaties``: team, soort, gebeurd,
    voorkomen, dreigde (in households), huishoudens.
    """

    antwoorden: pd.DataFrame = field(repr=False)
    per_huishouden: pd.DataFrame = field(repr=False)
    per_moment: pd.DataFrame = field(repr=False)
    trajecten: pd.DataFrame = field(repr=False)
    uitvoering: pd.DataFrame = field(repr=False)
    acties: pd.DataFrame = field(repr=False)
    escalaties: pd.DataFrame = field(repr=False)
    betalers: Mapping[str, float] = field(repr=False)

    def antwoord(self, sleutel: str) -> float:
        """The value of one key. Raises KeyError when nothing is known of it."""
        return float(self.antwoorden.set_index("sleutel").loc[sleutel, "waarde"])


def tel(registratie: Registratie, kengetallen: Kengetallen) -> Registratietelling:
    """Count everything that the questions and the monitoring ask for."""
    per, begin = per_huishouden(registratie, kengetallen), gestart(registratie)
    trajecten = _trajecten(registratie, per, begin)
    return Registratietelling(
        antwoorden=pd.DataFrame(list(_antwoorden(registratie, per, begin, kengetallen)), columns=list(_KOLOMMEN)),
        per_huishouden=per,
        per_moment=_per_moment(per),
        trajecten=trajecten,
        uitvoering=_uitvoering(registratie, per),
        acties=_acties(registratie, per),
        escalaties=_escalaties(per),
        betalers={str(k): float(v) for k, v in registratie.team.groupby("betaler", observed=True)["fte"].sum().items()},
    )


def peildatum(registratie: Registratie) -> pd.Timestamp:
    """The last day that the registration knows of: of a start, an end or an escalatie; NaT without any."""
    h, e = registratie.huishoudens, registratie.escalaties
    return pd.concat([h["start"], h["einde"], e["datum"]]).astype("datetime64[s]").max()


def gevolgd(registratie: Registratie) -> Masker:
    """Of which households anything was noted down after the start, (huishoudens,): a row at a later moment, a traject
    or action of which it is known whether it was carried out, or an escalatie.

    Of the others it is not known what was added, dropped or prevented: that is no zero.
    """
    plek = pd.Index(registratie.huishoudens["pseudoniem"])
    uit: Masker = np.zeros(len(plek), dtype=bool)
    uit[plek.get_indexer(registratie.escalaties["pseudoniem"])] = True
    for frame in (registratie.problematiek, registratie.trajecten, registratie.acties):
        later = (frame["moment"] > 0).to_numpy(dtype=bool)
        if "uitgevoerd" in frame:
            later = later | frame["uitgevoerd"].notna().to_numpy(dtype=bool)
        uit[plek.get_indexer(frame["pseudoniem"].array[later])] = True
    return uit


def gestart(registratie: Registratie) -> pd.DataFrame:
    """Trajecten that ran at the start: pseudoniem, type, aantal, a row per household and type.

    What is listed as running at moment 0; a traject that ran again later is the same one. What was dropped ran as well,
    also where no row says so: of a household and type it is the larger of both numbers. Of the five of question 18,
    whose drops are prevented escalaties, only what is listed.
    """
    t = registratie.trajecten[_telt_mee(registratie.trajecten)]
    lopend = ((t["stand"] == "lopend") & (t["moment"] == 0)).to_numpy(dtype=bool)
    weg = ((t["stand"] == "afgevallen") & ~t["type"].isin(ESCALATIES)).to_numpy(dtype=bool)
    per = pd.DataFrame({"pseudoniem": t["pseudoniem"], "type": t["type"], "lopend": lopend, "weg": weg})
    per = per[lopend | weg].groupby(["pseudoniem", "type"], observed=True)[["lopend", "weg"]].sum()
    return per.max(axis=1).astype("int64").rename("aantal").reset_index()


def per_huishouden(registratie: Registratie, kengetallen: Kengetallen) -> pd.DataFrame:
    """A row per household with its facts, its class at each moment and the outcome of each kind of escalatie."""
    h = registratie.huishoudens
    plek = pd.Index(h["pseudoniem"])
    uit: dict[str, object] = {
        "pseudoniem": h["pseudoniem"],
        "team": h["team"],
        "type": h["type"].cat.rename_categories(TYPE_VAN),
        "kinderen": h["kinderen"],
        "eenouder": h["eenouder"],
        "nieuw": h["nieuw"],
        "status": h["status"],
        "gevolgd": gevolgd(registratie),
    }
    klasse = klassen(registratie.problematiek, kengetallen)
    nummer = plek.get_indexer(registratie.problematiek["pseudoniem"])
    moment = registratie.problematiek["moment"].to_numpy()
    dag = peildatum(registratie)
    gezien = np.zeros(len(h), dtype=bool)  # at this moment or later: then the moment had come
    for m in reversed(MOMENTEN):
        codes = np.full(len(h), -1, dtype=np.int8)
        codes[nummer[moment == m]] = klasse.cat.codes.to_numpy()[moment == m]
        uit[f"klasse_{m}"] = pd.Categorical.from_codes(codes, categories=list(KOLOMMEN))
        om = (h["start"].astype("datetime64[s]") + pd.DateOffset(months=m) <= dag).to_numpy(dtype=bool)
        gezien = gezien | (codes >= 0)
        uit[f"verwacht_{m}"] = om | gezien | (m == 0)
    begin = moment == 0
    for feit in LEEFSITUATIE:
        waarden = pd.array([pd.NA] * len(h), dtype="boolean")
        waarden[nummer[begin]] = registratie.problematiek.loc[begin, feit].array
        uit[feit] = waarden
    e = registratie.escalaties
    wie = plek.get_indexer(e["pseudoniem"])
    rang = np.array([ERGST[str(u)] for u in e["uitkomst"].cat.categories], dtype=np.int8)
    ernst = rang[e["uitkomst"].cat.codes.to_numpy()] if len(e) else np.zeros(0, dtype=np.int8)
    for soort in ESCALATIES:
        codes = np.full(len(h), -1, dtype=np.int8)
        van = (e["soort"] == soort).to_numpy(dtype=bool)
        np.maximum.at(codes, wie[van], ernst[van])
        uit[soort] = pd.Categorical.from_codes(codes, categories=list(ERGST))
    return pd.DataFrame(uit).reset_index(drop=True)


# --- the tables of the monitoring -----------------------------------------------------------------------------------


def _teams(per: pd.DataFrame) -> Iterator[tuple[str, Masker]]:
    """All households, then those of each team."""
    yield TOTAAL, np.ones(len(per), dtype=bool)
    codes = per["team"].cat.codes.to_numpy()
    for i, team in enumerate(per["team"].cat.categories):
        yield str(team), codes == i


def _per_moment(per: pd.DataFrame) -> pd.DataFrame:
    rijen = []
    for team, wie in _teams(per):
        for m in MOMENTEN:
            deel = per[wie]
            telling = deel[f"klasse_{m}"].value_counts()
            weg = deel[f"verwacht_{m}"] & deel[f"klasse_{m}"].isna() & (deel["status"] == "uitgevallen")
            aantallen = {"verwacht": int(deel[f"verwacht_{m}"].sum()), "gemeten": int(telling.sum())}
            rijen.append({"team": team, "moment": m, **aantallen, "uitgevallen": int(weg.sum()), **telling.to_dict()})
    return pd.DataFrame(rijen, columns=["team", "moment", "verwacht", "gemeten", "uitgevallen", *KOLOMMEN])


def _telt_mee(trajecten: pd.DataFrame) -> Masker:
    """A traject that was agreed on but never carried out was no care."""
    telt: Masker = trajecten["uitgevoerd"].fillna(True).to_numpy(dtype=bool)
    return telt


def _trajecten(registratie: Registratie, per: pd.DataFrame, begin: pd.DataFrame) -> pd.DataFrame:
    t = registratie.trajecten[_telt_mee(registratie.trajecten)]
    plek = pd.Index(per["pseudoniem"])
    rijen = []
    for groep in (*CASES, TOTAAL):
        in_groep = _in_groep(per, groep) & per["gevolgd"].to_numpy()
        n = int(in_groep.sum())
        telling = t[in_groep[plek.get_indexer(t["pseudoniem"])]].groupby(["stand", "type"], observed=False).size()
        liep = begin[in_groep[plek.get_indexer(begin["pseudoniem"])]].groupby("type", observed=False)["aantal"].sum()
        telling = pd.concat([telling, pd.concat({"gestart": liep}, names=["stand"])])
        for (stand, type_), aantal in telling.items():
            rijen.append((groep, str(stand), str(type_), int(aantal), n, aantal / n if n else np.nan))
    return pd.DataFrame(rijen, columns=["groep", "stand", "type", "aantal", "huishoudens", "per_huishouden"])


def _in_groep(per: pd.DataFrame, groep: str) -> Masker:
    """Which households are new or were known already; of whom that is not known is in neither."""
    if groep == TOTAAL:
        return np.ones(len(per), dtype=bool)
    uit: Masker = (per["nieuw"] == (groep == "nieuw")).fillna(False).to_numpy(dtype=bool)
    return uit


def _uitvoering(registratie: Registratie, per: pd.DataFrame) -> pd.DataFrame:
    t, a = registratie.trajecten, registratie.acties
    reeksen = {
        "traject_nieuw": t[(t["stand"] == "nieuw").to_numpy(dtype=bool)],
        "traject_afgevallen": t[(t["stand"] == "afgevallen").to_numpy(dtype=bool)],
        "actie": a,
    }
    rijen = []
    for wat, frame in reeksen.items():
        for team, deel in _per_team(frame, per):
            bekend, gedaan = int(deel["uitgevoerd"].notna().sum()), int(deel["uitgevoerd"].sum())
            rijen.append((team, wat, bekend, gedaan, gedaan / bekend if bekend else np.nan))
    return pd.DataFrame(rijen, columns=["team", "wat", "bekend", "uitgevoerd", "aandeel"])


def _acties(registratie: Registratie, per: pd.DataFrame) -> pd.DataFrame:
    rijen = []
    for team, deel in _per_team(registratie.acties, per):
        for door in UITVOERDERS:
            van = deel.loc[(deel["door"] == door).to_numpy(dtype=bool), "uitgevoerd"]
            rijen.append((team, door, len(van), int(van.notna().sum()), int(van.sum())))
    return pd.DataFrame(rijen, columns=["team", "door", "aantal", "bekend", "uitgevoerd"])


def _per_team(frame: pd.DataFrame, per: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of a table that are of households of a team: all, then team by team."""
    yield TOTAAL, frame
    codes = per["team"].cat.codes.to_numpy()[pd.Index(per["pseudoniem"]).get_indexer(frame["pseudoniem"])]
    for i, team in enumerate(per["team"].cat.categories):
        yield str(team), frame[codes == i]


def _escalaties(per: pd.DataFrame) -> pd.DataFrame:
    rijen = []
    for team, wie in _teams(per):
        for soort in ESCALATIES:
            telling = per.loc[wie, soort].value_counts()
            rijen.append({"team": team, "soort": soort, **telling.to_dict(), "huishoudens": int(wie.sum())})
    return pd.DataFrame(rijen, columns=["team", "soort", *UITKOMSTEN, "huishoudens"])


# --- the answers ------------------------------------------------------------------------------------------------------

_KOLOMMEN: Final = ("sleutel", "waarde", "teller", "n", "soort", "kwadraten", "toelichting", "bijdragen")
Antwoordrij = tuple[str, float, float, int, str, float, str, NDArray[np.float64] | None]


def _aandeel(sleutel: str, teller: float, n: int, toelichting: str = "") -> Iterator[Antwoordrij]:
    if n:
        yield sleutel, teller / n, teller, n, "aandeel", teller, toelichting, None


def _feit(sleutel: str, feit: pd.Series) -> Iterator[Antwoordrij]:
    """The share of yes among the households of which it is known."""
    yield from _aandeel(sleutel, float(feit.sum()), int(feit.notna().sum()))


def _gemiddelde(sleutel: str, waarden: NDArray[np.float64], toelichting: str = "") -> Iterator[Antwoordrij]:
    if len(waarden):
        som, n = float(waarden.sum()), len(waarden)
        yield sleutel, som / n, som, n, "gemiddelde", float((waarden**2).sum()), toelichting, waarden


def _antwoorden(
    registratie: Registratie, per: pd.DataFrame, begin: pd.DataFrame, kengetallen: Kengetallen
) -> Iterator[Antwoordrij]:
    n = len(per)
    yield "huishoudens", n, n, n, "som", np.nan, "", None
    for t in TYPEN:
        yield from _aandeel(f"type.{t}", int((per["type"] == t).sum()), int(per["type"].notna().sum()))
    for t in TYPEN:
        yield from _zwaarte(t, per.loc[(per["type"] == t).to_numpy(dtype=bool), "klasse_0"], kengetallen)
    for t in TYPEN:
        yield from _feit(f"eenouder.{t}", per.loc[(per["type"] == t).to_numpy(dtype=bool), "eenouder"])
    gezin = (per["type"] == "gezin").to_numpy(dtype=bool)
    yield from _gemiddelde("kinderen", per.loc[gezin, "kinderen"].dropna().to_numpy(dtype=np.float64))
    meervoudig = per["klasse_0"].isin(MEERVOUDIG).to_numpy()
    for wat in LEEFSITUATIE:
        for t in TYPEN:
            if (wat, t) != ("geen_werk", "oudere"):  # tabel 2.3: 100% there means "no effect on work"
                yield from _feit(f"{wat}.{t}", per.loc[meervoudig & (per["type"] == t).to_numpy(dtype=bool), wat])
    yield from antwoorden_team(registratie.team)
    yield from _feit("nieuw", per["nieuw"])
    yield from _percentages(registratie, per, begin)
    yield from _meer_en_minder(registratie, per)
    if registratie.escalaties.empty:
        return
    n = int(per["gevolgd"].sum())
    for soort in ESCALATIES:
        telling = per[soort].value_counts()
        yield from _aandeel(f"effectmeting.voorkomen.{soort}", int(telling["voorkomen"]), n)
        yield from _aandeel(f"effectmeting.bedreigd.{soort}", int(telling.sum()), n)
        yield from _aandeel(
            f"effectmeting.voorkomen_van_bedreigd.{soort}", int(telling["voorkomen"]), int(telling.sum())
        )


def _zwaarte(type_: str, klasse: pd.Series, kengetallen: Kengetallen) -> Iterator[Antwoordrij]:
    """Shares of question 3 over the households that can be placed; meervoudig without more is split by tabel 2.2."""
    telling = klasse.value_counts()
    n = int(telling.sum() - telling["onbekend"])
    mv, deel = float(telling["mv"]), deel_zr(type_, kengetallen)
    extra = {"zr": deel * mv, "nzr": (1 - deel) * mv}
    for k in KLASSEN:
        toelichting = "meervoudig verdeeld over zr en nzr als in tabel 2.2" if mv and k in extra else ""
        yield from _aandeel(f"zwaarte.{type_}.{k}", float(telling[k]) + extra.get(k, 0.0), n, toelichting)


def antwoorden_team(team: pd.DataFrame) -> Iterator[Antwoordrij]:
    """Questions 6 and 7: fte, the additional part of them, and which disciplines there are."""
    if team.empty:
        return
    fte = float(team["fte"].sum())
    yield "fte", fte, fte, len(team), "som", np.nan, "", None
    bekend = team[team["inzet"].notna().to_numpy()]
    if bekend["fte"].sum():
        extra = float(bekend.loc[(bekend["inzet"] == "additioneel").to_numpy(dtype=bool), "fte"].sum())
        noemer = float(bekend["fte"].sum())
        yield "additioneel", extra / noemer, extra, len(bekend), "verhouding", np.nan, "naar fte", None
    per = team.groupby("discipline", observed=False)["fte"].sum()
    for d in DISCIPLINES:
        teller = float(per[d])
        yield f"disciplines.{d}", float(teller > 0), teller, len(team), "som", np.nan, "1 is ja; teller in fte", None


def _percentages(registratie: Registratie, per: pd.DataFrame, begin: pd.DataFrame) -> Iterator[Antwoordrij]:
    """Questions 11 and 12 in trajecten of followed households: more and fewer, of those that ran at the start (new
    cases: and were added). Nothing without a table trajecten. Of what was dropped the five of question 18 are left out.

    Trajecten of one household hang together: kwadraten is the sum over households of (counted − share · of how many)².
    """
    t, plek, mee = registratie.trajecten, pd.Index(per["pseudoniem"]), _telt_mee(registratie.trajecten)
    geen_escalatie = ~t["type"].isin(ESCALATIES).to_numpy(dtype=bool)
    aantal = {}
    for stand, telt in (("nieuw", mee), ("afgevallen", mee & geen_escalatie)):
        wie = t["pseudoniem"].array[telt & (t["stand"] == stand).to_numpy(dtype=bool)]
        aantal[stand] = np.bincount(plek.get_indexer(wie), minlength=len(per))
    liep = np.bincount(plek.get_indexer(begin["pseudoniem"]), begin["aantal"], len(per))
    for sleutel, knop in TRAJECTKNOPPEN.items():
        telt = _in_groep(per, knop.case) & per["gevolgd"].to_numpy()
        y, x = aantal[STAND[knop.soort]][telt], (liep + aantal["nieuw"] if knop.met_erbij else liep)[telt]
        if noemer := int(x.sum()):
            deel = float(y.sum()) / noemer
            anders = y - deel * x
            yield sleutel, deel, int(y.sum()), noemer, "verhouding", float((anders**2).sum()), NAAR_AANTAL, anders


def _meer_en_minder(registratie: Registratie, per: pd.DataFrame) -> Iterator[Antwoordrij]:
    """Questions 16 and 17: the average number per household of each group, and the shares of the 28 types.

    Over the followed households; what the number would be with zero for the others, stands in the toelichting. Nothing
    without a table trajecten. Of what was dropped the five of question 18 are left out: they are prevented escalaties,
    counted there. Where the groups are told apart, the number of both together too: it counts where theirs is hidden.
    """
    if registratie.trajecten.empty:
        return
    t = registratie.trajecten[_telt_mee(registratie.trajecten)]
    wie = pd.Index(per["pseudoniem"]).get_indexer(t["pseudoniem"])
    type_ = np.array([TRAJECTEN.index(str(c)) for c in t["type"].cat.categories])[t["type"].cat.codes.to_numpy()]
    te_splitsen = all(_in_groep(per, groep).any() for groep in CASES)
    zwaar = [TRAJECTEN.index(s) for s in ESCALATIES]
    for vraag, stand in STAND.items():
        telt = (t["stand"] == stand).to_numpy(dtype=bool)
        if vraag == "minder":
            telt = telt & ~np.isin(type_, zwaar)
        if te_splitsen:
            volgt = per["gevolgd"].to_numpy(dtype=bool)
            alle_samen = np.bincount(wie[telt & volgt[wie]], minlength=len(per)).astype(np.float64)[volgt]
            yield from _gemiddelde(samen_veld(vraag), alle_samen, VOETNOOT_13)
        for groep in CASES:
            alle = _in_groep(per, groep if te_splitsen else TOTAAL)
            in_groep = alle & per["gevolgd"].to_numpy()
            rijen = telt & in_groep[wie]
            per_hh = np.bincount(wie[rijen], minlength=len(per)).astype(np.float64)[in_groep]
            uitleg = "" if te_splitsen else VOETNOOT_13
            basis = f"effectmeting.{vraag}.{groep}"
            niet = _niet_gevolgd(float(per_hh.sum()), len(per_hh), int(alle.sum()))
            yield from _gemiddelde(f"{basis}.aantal", per_hh, "; ".join(filter(None, (uitleg, niet))))
            aantallen = np.bincount(type_[rijen], minlength=len(TRAJECTEN))
            for naam, aantal in zip(TRAJECTEN, aantallen, strict=True):
                if rijen.any() and not (vraag == "minder" and naam in ESCALATIES):
                    som = int(rijen.sum())
                    yield f"{basis}.{naam}", aantal / som, int(aantal), som, "verhouding", np.nan, uitleg, None


def samen_veld(vraag: str) -> str:
    """The key of the number per household of all trajecten of question 16 ("meer") or 17 ("minder"), new and known."""
    return f"effectmeting.{vraag}.aantal"


def _niet_gevolgd(teller: float, n: int, alle: int) -> str:
    """How many were followed, and the value with zero for who was not: the least that it can be."""
    if n == alle:
        return ""
    return f"{n} van de {alle} huishoudens gevolgd; met nul voor de andere is het {nederlands(round(teller / alle, 2))}"
