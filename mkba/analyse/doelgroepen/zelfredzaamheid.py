"""Doelgroepenanalyse from a registration (MKBA 2.0): households with ZRM scores to the classes of question 3.

Two rules of the handleiding (§2.1, vraag 3). *Gebieden*: a problem in two or more of seven areas makes a household
meervoudig. *Gemiddelde*: the mean over the domains without justitie, on the scale 1-5, is below 3 for
niet-zelfredzaam, 3 to 4 for zelfredzaam and above 4 for groen. They can contradict each other; here the areas
decide whether a household is meervoudig and the mean decides, within that, between zr and nzr. Every
contradiction is kept in the result.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import pandas as pd

from mkba.analyse.doelgroepen.kruistabel import TOTAAL, onderdruk
from mkba.analyse.onderdrukking.tabellen import ongeveer
from mkba.invoer.registratie.domeinen import OUDERSCHAP
from mkba.invoer.registratie.lezen import Huishouden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import aandelen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import KLASSEN, NAMEN, TYPEN

KOLOMMEN: Final = ("ev", "zr", "mv", "nzr", "top", "onbekend")
"""``mv``: meervoudig, but zr and nzr cannot be told apart (scale 0-1); ``onbekend``: too few scores."""
RIJEN: Final = (*TYPEN, "onbekend")
NZR_TOP: Final = "nzr_top"
"""Column of a published table in which nzr and top are one class, as the top alone would be too small to show."""

GEBIEDEN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "financien": ("financien", "schulden", "huisvesting"),
        "opvoeding": ("opvoeding", "huiselijke_relaties", "huiselijk_geweld", "onveiligheid_kinderen", *OUDERSCHAP),
        "participatie": (
            "sociaal_netwerk",
            "maatschappelijke_participatie",
            "werk",
            "werk_opleiding",
            "dagbesteding",
            "tijdsbesteding",
            "isolement",
        ),
        "ggz": ("geestelijke_gezondheid", "verslaving", "middelengebruik"),
        "beperking": (),
        "lichamelijk": ("lichamelijke_gezondheid",),
        "overlast": ("justitie", "overlast", "criminaliteit"),
    }
)
"""The seven areas and their domains (handleiding §2.1, vraag 3; the 2017 names are our own placing).

``beperking`` is not in the ZRM and follows from a column (L)VB. ADL stands in two areas: see ``ADL``.
"""
ADL: Final = ("adl", "basale_adl", "instrumentele_adl")
"""In the handleiding under ggz and under lichamelijk. It adds nothing when one of those has a problem already, and
counts once (as lichamelijk) otherwise: so ADL alone never makes a household meervoudig."""
ADL_GEBIEDEN: Final = ("ggz", "lichamelijk")
FEIT_IN_GEBIED: Final = {"schulden": "financien", "overlast": "overlast", "lvb": "beperking"}
"""Yes/no facts that are a problem in an area by its own definition; having no work is not."""
NIET_IN_GEMIDDELDE: Final = (*GEBIEDEN["overlast"], *OUDERSCHAP)
"""Footnote 6: justitie is left out, as nearly everyone scores 5; its likes of bijlage 3 go with it. The supplement on
parenting is a problem area but no part of the ZRM, over which the mean is defined: four scores for parents only."""
LEEFSITUATIE: Final = ("schulden", "geen_werk", "overlast")


@dataclass(frozen=True, slots=True)
class Uitslag:
    """Where one household falls and why.

    ``gebieden``: areas with a problem; ``gemiddelde``: mean score (None on the scale 0-1 or without scores);
    ``scores``: domains with a score, without justitie; ``tegenspraak``: where both rules disagree, or "".
    """

    id: str
    type: str
    klasse: str
    gebieden: tuple[str, ...]
    gemiddelde: float | None
    scores: int
    tegenspraak: str


@dataclass(frozen=True, eq=False)
class Publicatie:
    """All that a report may show of questions 1 to 3; what it shows besides must follow from ``tabel``.

    ``tabel``: the placed households (whole) with totals and ``pd.NA`` for hidden cells; without those with too few
    scores, as both totals together would give away their number. ``nzr_top`` takes the place of nzr and top when a
    count of the top is small. ``aandelen``: shares of :data:`KLASSEN`, rows totaal and the types, from shown cells
    only; NaN is hidden (and top within nzr). ``drempel``: the count below which a cell is hidden. ``afronding``: the
    base that all counts of ``tabel`` are a multiple of, 0 when they are exact.
    """

    tabel: pd.DataFrame
    aandelen: pd.DataFrame
    drempel: float
    afronding: int = 0

    @property
    def met_top(self) -> bool:
        """Whether the top is counted within niet-zelfredzaam."""
        return NZR_TOP in self.tabel.columns


@dataclass(frozen=True, eq=False)
class Indeling:
    """A caseload in types and classes.

    ``tabel``: households (whole), rows gezin, oudere, overig and onbekend, columns :data:`KOLOMMEN`; it sums to
    ``huishoudens`` exactly. ``antwoorden``: flat keys of questions 1 to 5 and 10 that ``maak_aanpak`` takes, without
    those for which too little is known. ``waarnemingen``: how many households each answer of questions 4, 5 and 10
    rests on. ``publicatie`` and ``aannamen`` (what was assumed, in sentences) are for a report; the rest is exact,
    with IDs in ``uitslagen`` for checking, and not for publication: a repr leaves it out. ``opmerkingen``: which
    columns of the file were read under another name or not at all, for who made the file and for the reader.
    """

    huishoudens: int = field(repr=False)
    tabel: pd.DataFrame = field(repr=False)
    uitslagen: tuple[Uitslag, ...] = field(repr=False)
    antwoorden: Mapping[str, float] = field(repr=False)
    waarnemingen: pd.DataFrame = field(repr=False)
    publicatie: Publicatie
    aannamen: tuple[str, ...]
    opmerkingen: tuple[str, ...] = ()

    @property
    def tegenspraken(self) -> pd.DataFrame:
        """Households for which both rules disagree: id, type, klasse, gebieden, gemiddelde, tegenspraak."""
        rijen = [
            (u.id, u.type, u.klasse, ", ".join(u.gebieden), u.gemiddelde, u.tegenspraak)
            for u in self.uitslagen
            if u.tegenspraak
        ]
        return pd.DataFrame(rijen, columns=["id", "type", "klasse", "gebieden", "gemiddelde", "tegenspraak"])

    def per_klasse(self) -> dict[str, dict[str, float]]:
        """All households per type and class, those not placed spread as ``antwoorden`` says; exact.

        Sums to ``huishoudens``.
        """
        a = self.antwoorden
        return {
            t: {k: self.huishoudens * a.get(f"type.{t}", 0.0) * a.get(f"zwaarte.{t}.{k}", 0.0) for k in KLASSEN}
            for t in TYPEN
        }

    def marges(self) -> pd.DataFrame:
        """Lowest and highest share of each class per type, whatever class the households not placed are in.

        Columns type, klasse, aandeel (as in ``antwoorden``), laag, hoog. Top is what the registration names.
        """
        rijen = []
        for t in TYPEN:
            rij = self.tabel.loc[t]
            totaal = int(rij.sum())
            for k in KLASSEN if totaal else ():
                vrij = 0 if k == "top" else int(rij["onbekend"]) + (int(rij["mv"]) if k in ("zr", "nzr") else 0)
                aandeel = self.antwoorden.get(f"zwaarte.{t}.{k}", math.nan)
                rijen.append((t, k, aandeel, rij[k] / totaal, (rij[k] + vrij) / totaal))
        return pd.DataFrame(rijen, columns=["type", "klasse", "aandeel", "laag", "hoog"])


def deel_in(huishoudens: Sequence[Huishouden], kengetallen: Kengetallen, afronding: int = 0) -> Indeling:
    """Place every household in a class and answer questions 1 to 5 and 10. Raises InvoerFout.

    ``afronding``: the base to which the published counts are rounded; the answers stay exact.
    """
    dubbel = [i for i, n in Counter(h.id for h in huishoudens).items() if n > 1]
    if not huishoudens or dubbel:
        oorzaak = "er zijn geen huishoudens." if not huishoudens else "zoveel ID's komen vaker voor."
        raise InvoerFout([Melding("huishoudens", len(dubbel), oorzaak, "Geef elk huishouden een keer.")])
    if not any(h.type for h in huishoudens):
        oorzaak = "type ontbreekt overal: vraag 2 en 3 zijn niet te beantwoorden."
        remedie = (
            "Voeg een kolom type toe (gezin, oudere of overig), of de kolommen kinderen onder 18 en leeftijd oudste."
        )
        raise InvoerFout([Melding("type", None, oorzaak, remedie)])
    uitslagen = tuple(deel_huishouden_in(h, kengetallen) for h in huishoudens)
    telling = Counter((u.type, u.klasse) for u in uitslagen)
    tabel = pd.DataFrame([[telling[t, k] for k in KOLOMMEN] for t in RIJEN], index=list(RIJEN), columns=list(KOLOMMEN))
    antwoorden: dict[str, float] = {"huishoudens": len(huishoudens)}
    bekend = [int(tabel.loc[t].sum()) for t in TYPEN]
    antwoorden |= {f"type.{t}": float(a) for t, a in zip(TYPEN, aandelen(bekend), strict=True)}
    for t in TYPEN:
        antwoorden |= _zwaarte(t, tabel.loc[t], kengetallen)
    waarnemingen = _waarnemingen(huishoudens, uitslagen, kengetallen)
    gebruikt = waarnemingen[waarnemingen["gebruikt"]]
    antwoorden |= dict(zip(gebruikt["sleutel"], map(float, gebruikt["waarde"]), strict=True))
    return Indeling(
        huishoudens=len(huishoudens),
        tabel=tabel,
        uitslagen=uitslagen,
        antwoorden=MappingProxyType(antwoorden),
        waarnemingen=waarnemingen,
        publicatie=publiceer(tabel, kengetallen, afronding),
        aannamen=tuple(_aannamen(huishoudens, uitslagen, tabel, waarnemingen, kengetallen)),
    )


def publiceer(tabel: pd.DataFrame, kengetallen: Kengetallen, afronding: int = 0) -> Publicatie:
    """What may be shown of ``Indeling.tabel``, in multiples of ``afronding`` when that is not 0.

    Which cells are hidden follows from the exact counts. Raises InvoerFout for a base above the threshold: a count that
    may be shown could then become 0.
    """
    drempel = kengetallen["zelfredzaamheid.kleine_cel"]
    if not 0 <= afronding <= drempel:
        oorzaak = f"tellingen uit een registratie worden afgerond op 0 (niet) tot en met {nederlands(drempel)}."
        raise InvoerFout([Melding("afronding", afronding, oorzaak, "Geef bijvoorbeeld 5, zoals het CBS.")])
    kern = tabel.drop(columns="onbekend")
    top = kern.loc[kern.sum(axis=1) > 0, "top"]
    if top.sum() and top.min() < drempel:
        kern = kern.assign(nzr=kern["nzr"] + kern["top"]).drop(columns="top").rename(columns={"nzr": NZR_TOP})
    getoond = onderdruk(kern, drempel, afronding)
    return Publicatie(getoond, _getoonde_aandelen(getoond, kengetallen), drempel, afronding)


def _getoonde_aandelen(tabel: pd.DataFrame, kengetallen: Kengetallen) -> pd.DataFrame:
    """Shares that follow from the visible cells alone; what cannot be split goes by tabel 2.2."""
    cellen = tabel.astype("Float64").astype(float).rename(columns={NZR_TOP: "nzr"})
    mv = cellen["mv"]
    delen = {t: deel_zr(t, kengetallen) for t in TYPEN}
    som = mv[list(TYPEN)].sum(skipna=False)
    delen[TOTAAL] = sum(delen[t] * mv[t] for t in TYPEN) / som if som else 0.0
    deel = pd.Series(delen)
    uit = cellen.reindex(index=list(delen), columns=list(KLASSEN))
    uit["zr"] += deel * mv[deel.index]
    uit["nzr"] += (1 - deel) * mv[deel.index]
    noemer = cellen.loc[uit.index, TOTAAL]
    return uit.div(noemer.where(noemer > 0), axis=0).loc[[TOTAAL, *TYPEN]]


def deel_huishouden_in(huishouden: Huishouden, kengetallen: Kengetallen) -> Uitslag:
    """The class of one household by both rules; top only where the registration names it."""
    gebieden = gebieden_met_probleem(huishouden, kengetallen)
    gemiddelde = gemiddelde_score(huishouden)
    scores = sum(w is not None for d, w in huishouden.scores.items() if d not in NIET_IN_GEMIDDELDE)
    meervoudig = len(gebieden) >= kengetallen["zelfredzaamheid.gebieden_mv"]
    if huishouden.top:
        klasse = "top"
    elif scores < kengetallen["zelfredzaamheid.minimum_scores"]:
        klasse = "onbekend"
    elif not meervoudig:
        klasse = "ev"
    elif gemiddelde is None:
        klasse = "mv"
    else:
        klasse = "nzr" if gemiddelde < kengetallen["zelfredzaamheid.grens_nzr"] else "zr"
    volgens = None if gemiddelde is None else klasse_van_gemiddelde(gemiddelde, kengetallen)
    return Uitslag(
        id=huishouden.id,
        type=huishouden.type or "onbekend",
        klasse=klasse,
        gebieden=gebieden,
        gemiddelde=gemiddelde,
        scores=scores,
        tegenspraak=_tegenspraak(klasse, volgens, len(gebieden)),
    )


def gebieden_met_probleem(huishouden: Huishouden, kengetallen: Kengetallen) -> tuple[str, ...]:
    """The areas of :data:`GEBIEDEN` in which a domain or a fact is a problem; ADL never adds a second one."""
    grens = kengetallen["zelfredzaamheid.probleem_score"]

    def probleem(domein: str) -> bool:
        score = huishouden.scores.get(domein)
        if score is None:
            return False
        return score == 1 if huishouden.schaal == "0-1" else score <= grens

    gevonden = {g for g, domeinen in GEBIEDEN.items() if any(map(probleem, domeinen))}
    gevonden |= {gebied for feit, gebied in FEIT_IN_GEBIED.items() if getattr(huishouden, feit)}
    if any(map(probleem, ADL)) and not gevonden & set(ADL_GEBIEDEN):
        gevonden.add("lichamelijk")
    return tuple(g for g in GEBIEDEN if g in gevonden)


def gemiddelde_score(huishouden: Huishouden) -> float | None:
    """Mean over the scored domains without justitie, 1-5; None on the scale 0-1 or without scores."""
    if huishouden.schaal == "0-1":
        return None
    scores = [w for d, w in huishouden.scores.items() if w is not None and d not in NIET_IN_GEMIDDELDE]
    return math.fsum(scores) / len(scores) if scores else None


def klasse_van_gemiddelde(gemiddelde: float, kengetallen: Kengetallen) -> str:
    """nzr below 3, ev above 4, zr between them; exactly 3 and exactly 4 are zr."""
    if gemiddelde < kengetallen["zelfredzaamheid.grens_nzr"]:
        return "nzr"
    return "ev" if gemiddelde > kengetallen["zelfredzaamheid.grens_groen"] else "zr"


def _tegenspraak(klasse: str, volgens_gemiddelde: str | None, gebieden: int) -> str:
    kleur = {"ev": "groen", "zr": "lichtoranje", "nzr": "donkeroranje"}
    if volgens_gemiddelde is None or klasse == "onbekend":
        return ""
    if klasse == "top":
        return "" if volgens_gemiddelde == "nzr" else f"genoemd als top, maar gemiddeld {kleur[volgens_gemiddelde]}"
    if klasse == "ev" and volgens_gemiddelde != "ev":
        return f"{gebieden} gebied(en) met een probleem, maar gemiddeld {kleur[volgens_gemiddelde]}"
    if klasse != "ev" and volgens_gemiddelde == "ev":
        return f"{gebieden} gebieden met een probleem, maar gemiddeld groen"
    return ""


def _zwaarte(type_: str, rij: "pd.Series", kengetallen: Kengetallen) -> dict[str, float]:
    """Shares of question 3 over the placed households; what cannot be split or placed goes by tabel 2.2."""
    deel = deel_zr(type_, kengetallen)
    aantallen = [rij["ev"], rij["zr"] + deel * rij["mv"], rij["nzr"] + (1 - deel) * rij["mv"], rij["top"]]
    if not rij.sum():
        return {}
    if not sum(aantallen):  # nobody of this type can be placed
        aantallen = [0, deel, 1 - deel, 0]
    return {f"zwaarte.{type_}.{k}": float(a) for k, a in zip(KLASSEN, aandelen(aantallen), strict=True)}


def deel_zr(type_: str, kengetallen: Kengetallen) -> float:
    """The part of the meervoudige households of a type that is zelfredzaam in tabel 2.2."""
    zr, nzr = (kengetallen[f"zwaarteprofiel.mv.{type_}.{k}"] for k in ("zr", "nzr"))
    return zr / (zr + nzr)


def _waarnemingen(
    huishoudens: Sequence[Huishouden], uitslagen: Sequence[Uitslag], kengetallen: Kengetallen
) -> pd.DataFrame:
    """Columns sleutel, waarde, som, bekend (households with the fact), van (households that count), gebruikt."""
    minimum = kengetallen["zelfredzaamheid.minimum_waarnemingen"]
    rijen: list[tuple[str, float, float, int, int, bool]] = []

    def noteer(sleutel: str, waarden: Sequence[float | bool | None]) -> None:
        bekend = [float(w) for w in waarden if w is not None]
        som = math.fsum(bekend)
        gemiddelde = round(som / len(bekend), 4) if bekend else math.nan
        rijen.append((sleutel, gemiddelde, som, len(bekend), len(waarden), len(bekend) >= minimum))

    paren = list(zip(huishoudens, uitslagen, strict=True))
    for t in TYPEN:
        noteer(f"eenouder.{t}", [h.eenouder for h in huishoudens if h.type == t])
    noteer("kinderen", [h.kinderen for h in huishoudens if h.type == "gezin"])
    for wat in LEEFSITUATIE:
        for t in TYPEN:
            if (wat, t) != ("geen_werk", "oudere"):  # tabel 2.3: 100% there means "no effect on work"
                waarden = [getattr(h, wat) for h, u in paren if u.type == t and u.klasse in ("zr", "mv", "nzr")]
                noteer(f"{wat}.{t}", waarden)
    noteer("nieuw", [h.nieuw for h in huishoudens])
    return pd.DataFrame(rijen, columns=["sleutel", "waarde", "som", "bekend", "van", "gebruikt"])


def _aannamen(
    huishoudens: Sequence[Huishouden],
    uitslagen: Sequence[Uitslag],
    tabel: pd.DataFrame,
    waarnemingen: pd.DataFrame,
    kengetallen: Kengetallen,
) -> list[str]:
    """What was assumed for this caseload, one sentence each.

    Counts are rounded, as exact ones beside a table would give away its hidden cells.
    """
    uit = []
    drempel = kengetallen["zelfredzaamheid.kleine_cel"]

    def aantal(n: int) -> str:
        return ongeveer(n, drempel)

    onbekend = int(tabel["onbekend"].sum())
    if onbekend:
        uit.append(
            f"{aantal(onbekend).capitalize()} huishoudens hebben te weinig scores (onder de "
            f"{nederlands(kengetallen['zelfredzaamheid.minimum_scores'])}) en zijn niet ingedeeld; zij zijn verdeeld "
            "als de andere huishoudens van hun type. Dat hoeft geen representatief beeld te geven (handleiding §5.2)."
        )
    if int(tabel.loc["onbekend"].sum()):
        uit.append(
            "Van een deel van de huishoudens is het type onbekend. Zij zijn over de typen verdeeld als de andere "
            "huishoudens; hun klasse telt niet mee in vraag 3."
        )
    if leeg := [t for t in TYPEN if tabel.loc[t].sum() and not tabel.loc[t].drop("onbekend").sum()]:
        namen = ", ".join(NAMEN[t].lower() for t in leeg)
        uit.append(f"Bij {namen} is geen enkel huishouden in te delen; daar geldt tabel 2.2.")
    if int(tabel["mv"].sum()):
        uit.append(
            "De meervoudige huishoudens zijn met scores 0 en 1 niet te verdelen over zelfredzaam en "
            "niet-zelfredzaam; daarvoor geldt de verdeling van tabel 2.2 (voorgenomen doelgroep mv)."
        )
    if any(h.top is not None for h in huishoudens):
        uit.append("Top en intramuraal zijn niet te zien aan ZRM-scores: alleen wie de registratie zo noemt, telt.")
    else:
        uit.append("Top en intramuraal zijn niet te zien aan ZRM-scores en zitten in niet-zelfredzaam.")
    if all(h.lvb is None for h in huishoudens):
        uit.append("Het gebied verstandelijke beperking zit niet in de ZRM en ontbreekt in deze registratie.")
    grenzen = [kengetallen[f"zelfredzaamheid.{g}"] for g in ("grens_nzr", "grens_groen")]
    if precies := sum(u.gemiddelde in grenzen and u.klasse != "onbekend" for u in uitslagen):
        namen = " of ".join(map(nederlands, grenzen))
        uit.append(f"Een gemiddelde van precies {namen} ({aantal(precies)} huishoudens) telt als lichtoranje.")
    if any(h.scores.get(d) is not None for h in huishoudens for d in OUDERSCHAP):
        uit.append(
            "Het supplement ouderschap telt mee in het gebied opvoeding en niet in het gemiddelde: dat gaat over de "
            "domeinen van de ZRM zelf."
        )
    if tegen := sum(bool(u.tegenspraak) for u in uitslagen):
        uit.append(
            f"Bij {aantal(tegen)} huishoudens spreken gebieden en gemiddelde elkaar tegen: de gebieden bepalen of er "
            "meervoudige problematiek is, het gemiddelde of een meervoudig huishouden zelfredzaam is."
        )
    if weinig := list(waarnemingen.loc[~waarnemingen["gebruikt"] & (waarnemingen["van"] > 0), "sleutel"]):
        uit.append(f"Te weinig bekend voor {', '.join(weinig)}: daar geldt het kengetal.")
    return uit
