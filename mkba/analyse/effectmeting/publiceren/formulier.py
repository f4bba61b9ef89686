"""What a filled form of a sample says, as far as it may leave the house: shown numbers only, as of a registration.

Each question is a table of its own (yes, no, and without an answer where these are more than a few) in one system with
the households that answered anything; question 14 is one of type and answer. Whether a cell is hidden follows from the
households in it and from their weights. What is shown, is the share of all households of the caseload, as a number of
the sample and rounded: no weighted share leaves the house by itself. So a shown number fits with any few households
that left the question open, and with many ways in which the answers lie with the generalists.

How far weights make a sample count for less is one number for all questions, from the weights alone: what was measured
of it per question would tell with which generalist the answers lie.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.analyse.effectmeting.publiceren.bijdragen import bedragregel
from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
from mkba.analyse.effectmeting.publiceren.huishoudens import ANDERE_TEAMS
from mkba.analyse.effectmeting.publiceren.meting import (
    Antwoord,
    Meting,
    gerekend,
    grove_spreiding,
    lezing_van,
    wijken_naast_eerder,
)
from mkba.analyse.effectmeting.publiceren.publicatie import AFRONDING, drempel_van
from mkba.analyse.effectmeting.publiceren.soorten import STEEKPROEF, controleer_formulier
from mkba.analyse.effectmeting.tellen.telling import antwoorden_team
from mkba.analyse.onderdrukking.stelsel import ONBEKEND, Sleutel, sleutel_van
from mkba.analyse.onderdrukking.tabellen import Bedragregel, Publicatie, publiceer, rond_op
from mkba.invoer.meetbron import Formulier
from mkba.invoer.steekproef import JA_NEE
from mkba.invoer.steekproef import Antwoord as Rij
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import TYPEN

NIEUW, ESCALATIE = "nieuw", "escalatie"
WOORDEN: Final = {NIEUW: ("nieuw", "bestaand")}
"""What yes and no are called, where that is not ja and nee."""
VERHOUDINGEN: Final = {
    "substitutie.nieuw": ("nieuw", "geschrapt", "liep"),
    "substitutie.bestaand": ("bestaand", "geschrapt", "start"),
    "meer": ("bestaand", "toegevoegd", "start"),
}
"""Questions 11 and 12: the group of households, what is counted, and what it is a part of. Of new cases that is what
ran at the start and what was added."""
_GEWICHTEN: Final = {**dict.fromkeys(JA_NEE, 1e-2), "type": 1e-1, "team": 1e-1}
"""Rather a question is hidden than the number of households. A choice of what to hide, not of whether."""
_CIJFERS: Final = 9
"""Decimals within which a weighted count is one that a whole number of households gives."""
_WAT: Final = {"nieuw": ("liep", "geschrapt"), "bestaand": ("start", "toegevoegd", "geschrapt")}
Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]


def meet_formulier(
    formulier: Formulier, kengetallen: Kengetallen, afronding: int = AFRONDING, eerder: Sequence[Eerder] = ()
) -> tuple[Meting, tuple[Eerder, ...]]:
    """Count a form and keep what may be shown, with what else the folder has to remember. ``eerder``: what it shows
    already. Raises InvoerFout for a base of rounding below :data:`AFRONDING` or above the threshold, and for other
    numbers in the folder that may be about the same households."""
    drempel = drempel_van(kengetallen)
    if not AFRONDING <= afronding <= drempel:
        oorzaak = (
            f"getallen van een steekproef zijn gewogen en worden afgerond op {AFRONDING} tot en met "
            f"{nederlands(drempel)}."
        )
        raise InvoerFout([Melding("afronding", afronding, oorzaak, f"Geef bijvoorbeeld {AFRONDING}.")])
    s = _Steekproef.van(formulier.antwoorden, drempel, afronding)
    delen = {"huishoudens": s.huishoudens(), STEEKPROEF: s.omvang_en_trajecten()}
    antwoorden = dict(s.antwoorden(delen))
    spreiding = dict(s.spreiding(delen[STEEKPROEF], antwoorden))
    for sleutel in [k for k, (_, eigen) in spreiding.items() if not eigen]:
        antwoorden[sleutel] = replace(antwoorden[sleutel], opmerking=gerekend(drempel))
    toen = controleer_formulier(eerder, delen, ANDERE_TEAMS)
    factoren = {k: w for k, (w, _) in spreiding.items()}
    if toen is not None and toen.meting is not None:  # the same numbers: nor does anything beside them change
        antwoorden, factoren = dict(toen.meting.antwoorden), dict(toen.meting.spreiding)
    team = {
        str(k): Antwoord(round(float(w), 6), None, None, "") for k, w, *_ in antwoorden_team(formulier.registratie.team)
    }
    lezing = lezing_van(formulier.registratie, drempel, afronding)
    meting = Meting(
        delen=delen,
        antwoorden={**antwoorden, **team},
        spreiding=factoren,
        wijken=wijken_naast_eerder(formulier.registratie, drempel, eerder),
        lezing=replace(
            lezing,
            bestanden=(formulier.bestand, *lezing.bestanden),
            tabellen=(STEEKPROEF, *lezing.tabellen),
            genegeerd=(*(f"formulier: {k}" for k in formulier.genegeerd), *lezing.genegeerd),
        ),
        drempel=drempel,
        afronding=afronding,
    )
    return meting, tuple(eerder)


@dataclass(frozen=True, slots=True)
class _Cellen:
    """Yes and no of one question among some households: shown numbers before they are rounded. ``n``: the households
    that the two are of; ``ja``: of these as many as the weighted share; ``klein``: whether one of the two is few."""

    n: int
    ja: float
    klein: bool


@dataclass(frozen=True, eq=False)
class _Steekproef:
    """The rows with an answer to anything, as columns: ``gewicht``, ``type`` and ``team`` (n,), and per question of
    yes or no 1, 0 or NaN; exact, so not to be shown."""

    rijen: tuple[Rij, ...]
    alle: tuple[Rij, ...]
    gewicht: Getallen
    ja: Mapping[str, Getallen]
    drempel: float
    afronding: int

    @classmethod
    def van(cls, alle: Sequence[Rij], drempel: float, afronding: int) -> "_Steekproef":
        """A household stands for the caseload of its generalist over who of these gave an answer."""
        rijen = tuple(a for a in alle if a.ja_nee or a.aantallen)
        per = Counter(a.generalist for a in rijen)
        gewicht = np.array([a.caseload / per[a.generalist] for a in rijen])
        ja = {v: np.array([float(a.ja_nee[v]) if v in a.ja_nee else np.nan for a in rijen]) for v in JA_NEE}
        return cls(rijen, tuple(alle), gewicht, ja, drempel, afronding)

    @property
    def gevraagd(self) -> tuple[str, ...]:
        """The questions that anybody answered: which were asked is no secret."""
        return tuple(v for v in JA_NEE if not np.isnan(self.ja[v]).all())

    @property
    def generalist(self) -> NDArray[np.str_]:
        """Whose each household is."""
        return np.array([a.generalist for a in self.rijen])

    @property
    def telt_voor_een(self) -> float:
        """How many households count for one of a simple random sample, in tenths and upward: as if what is counted all
        lies where the weight is largest."""
        factor = len(self.gewicht) * float(self.gewicht.max()) / float(self.gewicht.sum())
        return max(1.0, float(np.ceil(10 * factor - 1e-6)) / 10)

    # --- yes and no -------------------------------------------------------------------------------------------------

    def huishoudens(self) -> Publicatie:
        """The tables of yes and no, per type for question 14, and the households per team."""
        frame = pd.DataFrame({v: self._kolom(v) for v in self.gevraagd})
        frame["type"] = _van([a.type for a in self.rijen], TYPEN)
        tabellen: list[tuple[str, ...]] = [(v,) for v in self.gevraagd if v != ESCALATIE]
        tabellen.append(("type", ESCALATIE) if ESCALATIE in self.gevraagd else ("type",))
        apart = self.drempel + 1  # of a question: fewer are no group of their own
        minstens = {
            sleutel_van(**{v: ONBEKEND}): 1.0 if v == "type" else apart for v in frame if (frame[v] == ONBEKEND).any()
        }
        if any(a.team for a in self.rijen):
            frame["team"] = self._team()
            tabellen.append(("team",))
            minstens |= {sleutel_van(team=t): 1.0 for t in frame["team"].cat.categories}
        dicht = [s for s, (cellen, _, _) in self._vragen().items() if cellen.klein]
        # question 14 is asked per type: rather that than all types together
        dicht += [sleutel_van(**{ESCALATIE: w}) for w in _woorden(ESCALATIE)]
        exact = publiceer(frame, tabellen, self.drempel, 0, dicht=dicht, minstens=minstens, gewichten=_GEWICHTEN)
        getoond = {s: None if w is None else rond_op(w, self.afronding) for s, w in exact.cellen.items()}
        for sleutel, (cellen, is_ja, groep) in self._vragen().items():
            if getoond[sleutel] is None:
                continue
            n, ja = rond_op(cellen.n, self.afronding), rond_op(cellen.ja, self.afronding)
            # what is left of a shown number, and not a rounding of its own: two of these would tell more than one
            getoond[sleutel] = ja if is_ja else n - ja
            open_ = sleutel_van(**groep, **{_vraag(sleutel): ONBEKEND})
            if getoond.get(open_) is not None and (alle := getoond[sleutel_van(**groep)]) is not None:
                getoond[open_] = alle - n
        historie = {s: (w,) for s, w in getoond.items() if w is not None}
        return Publicatie(getoond, exact.tabellen, self.drempel, self.afronding, historie=historie)

    def _kolom(self, vraag: str) -> pd.Series:
        """A question as a category; who left it open is with no, unless these are more than a few."""
        ja, nee = _woorden(vraag)
        leeg = ONBEKEND if self._apart(vraag) else nee
        namen = np.where(np.isnan(self.ja[vraag]), leeg, np.where(self.ja[vraag] == 1, ja, nee))
        return _van(list(namen), (ja, nee))

    def _apart(self, vraag: str) -> bool:
        """Whether so many left a question open that they are a group of their own. Of fewer than three times the
        threshold no yes or no is shown then, and that it is a group would tell how few gave one."""
        return bool(np.isnan(self.ja[vraag]).sum() > self.drempel) and len(self.rijen) >= 3 * self.drempel

    def _team(self) -> pd.Series:
        per = Counter(a.team for a in self.rijen)
        namen = [a.team and (a.team if per[a.team] >= self.drempel else ANDERE_TEAMS) for a in self.rijen]
        return _van(namen, sorted({n for n in namen if n}))

    def _vragen(self) -> dict[Sleutel, tuple[_Cellen, bool, dict[str, str]]]:
        """Every cell of yes and no with what it is made of, whether it is yes, and the group of households."""
        types = np.array([a.type or ONBEKEND for a in self.rijen])
        uit: dict[Sleutel, tuple[_Cellen, bool, dict[str, str]]] = {}
        for vraag in self.gevraagd:
            per_type = [{"type": t} for t in dict.fromkeys((*TYPEN, *types))]
            groepen: list[dict[str, str]] = per_type if vraag == ESCALATIE else [{}]
            for groep in groepen:
                wie = types == groep["type"] if groep else np.ones(len(types), dtype=bool)
                cellen = self._tel(vraag, wie)
                ja, nee = _woorden(vraag)
                uit |= {sleutel_van(**groep, **{vraag: w}): (cellen, w == ja, groep) for w in (ja, nee)}
        return uit

    def _tel(self, vraag: str, wie: Masker) -> _Cellen:
        gaf = wie & ~np.isnan(self.ja[vraag])
        ja, w = self.ja[vraag][gaf], self.gewicht[gaf]
        n = int((gaf if self._apart(vraag) else wie).sum())
        if not len(ja):
            return _Cellen(n, 0.0, True)
        gewogen = round(n * float(w @ ja / w.sum()), _CIJFERS)
        klein = min(ja.sum(), len(ja) - ja.sum(), gewogen, n - gewogen) < self.drempel
        verraadt = n > len(ja) and not self._past_bij_elk_aantal_open(n, gewogen)
        return _Cellen(n, gewogen, bool(klein) or verraadt or self._een_weegt_te_zwaar(gaf, vraag))

    def _past_bij_elk_aantal_open(self, n: int, ja: float) -> bool:
        """Whether a shown number fits with every number of households, up to the threshold, that left the question
        open: of yes and of no there are at least the threshold, which near it leaves little room for these."""
        weinig, getoond, half = self.drempel, rond_op(ja, self.afronding), self.afronding / 2
        for open_ in range(1, int(weinig) + 1):
            deel = (n - open_) / n
            laag = max(weinig, np.ceil((getoond - half) * deel))
            hoog = min(n - open_ - weinig, np.ceil((getoond + half) * deel) - 1)
            if laag > hoog:
                return False
        return True

    def _een_weegt_te_zwaar(self, gaf: Masker, vraag: str) -> bool:
        """Whether a generalist weighs so much that a share would tell how his answers lie: with all answers of the
        others unknown, and the rounding, to within fewer than the threshold (or than he gave)."""
        namen, wie = np.unique(self.generalist[gaf], return_inverse=True)
        n = np.bincount(wie)
        ja = np.bincount(wie, self.ja[vraag][gaf])
        samen = np.bincount(wie, self.gewicht[gaf])
        alle = samen.sum()
        # a half unit of rounding at either side, in weights
        ruimte = (alle - samen + self.afronding * alle / gaf.sum()) / (samen / n)
        klein = np.minimum(ja, n - ja) < self.drempel
        return bool((klein & (ruimte < np.minimum(n, self.drempel)) & (len(namen) > 1)).any())

    # --- trajecten --------------------------------------------------------------------------------------------------

    def omvang_en_trajecten(self) -> Publicatie:
        """How the sample stands to the caseload, and numbers of trajecten of new and existing cases; each by itself."""
        cellen = {sleutel_van(wat=k): w for k, w in self._omvang().items()}
        regel = bedragregel(self.drempel)
        dicht = self._tel(NIEUW, np.ones(len(self.rijen), dtype=bool)).klein
        for groep, soorten in _WAT.items():
            for wat in soorten:
                som = None if dicht else self._som(groep, wat, regel)
                cellen[sleutel_van(groep=groep, wat=wat)] = None if som is None else rond_op(som, self.afronding)
        historie = {s: (w,) for s, w in cellen.items() if w is not None}
        return Publicatie(cellen, (("wat",), ("groep", "wat")), self.drempel, self.afronding, historie=historie)

    def _omvang(self) -> dict[str, float | None]:
        """Households of all generalists, of those that gave an answer, and in the sample; None where the difference
        with one of the others is small and not nothing."""
        per = {a.generalist: a.caseload for a in self.alle}
        wie_gaf = {a.generalist for a in self.rijen}
        caseload, geldt = sum(per.values()), sum(n for g, n in per.items() if g in wie_gaf)
        uit: dict[str, float | None] = {}
        getoond = [len(self.rijen)]
        for naam, w in (("caseload", caseload), ("geldt", geldt), ("getrokken", len(self.alle))):
            ver = all(w == ander or abs(w - ander) >= self.drempel for ander in getoond)
            uit[naam] = rond_op(w, self.afronding) if ver else None
            getoond += [w] if ver else []
        return uit

    def _leden(self, groep: str) -> tuple[dict[str, Getallen], Getallen]:
        """Trajecten of who is in a group and gave all three numbers, and their weights."""
        wie = [
            (a, w)
            for a, w in zip(self.rijen, self.gewicht, strict=True)
            if a.ja_nee.get(NIEUW) is (groep == "nieuw") and len(a.aantallen) == len(_AANTALLEN)
        ]
        kolom = {k: np.array([a.aantallen[f"trajecten_{k}"] for a, _ in wie], dtype=float) for k in _AANTALLEN}
        return {**kolom, "liep": kolom["start"] + kolom["toegevoegd"]}, np.array([w for _, w in wie])

    def _som(self, groep: str, wat: str, regel: Bedragregel) -> float | None:
        """A weighted number of trajecten as one of the households that gave it; None where it says too much of one, or
        that (nearly) all of them dropped all, or none."""
        kolom, w = self._leden(groep)
        if len(w) < self.drempel:
            return None
        gewogen = len(w) * w * kolom[wat] / w.sum()
        for x in (kolom[wat], gewogen):
            wie = x[x > 0]
            if len(wie) < self.drempel or x.sum() < self.drempel or regel.ruimte(wie) > 0:
                return None
        alles = kolom["liep" if groep == "nieuw" else "start"]
        if wat == "geschrapt" and np.count_nonzero(alles != kolom[wat]) < self.drempel:
            return None
        return float(gewogen.sum())

    # --- answers ----------------------------------------------------------------------------------------------------

    def antwoorden(self, delen: Mapping[str, Publicatie]) -> Iterator[tuple[str, Antwoord]]:
        """Every answer that was asked, from shown cells alone; without a value where it is hidden."""
        p, t = delen["huishoudens"], delen[STEEKPROEF]
        for vraag in self.gevraagd:
            for type_ in TYPEN if vraag == ESCALATIE else ("",):
                groep = {"type": type_} if type_ else {}
                yield f"{vraag}.{type_}" if type_ else vraag, self._aandeel(p, vraag, groep)
        for sleutel, (groep_, teller, noemer) in VERHOUDINGEN.items():
            if NIEUW not in self.gevraagd or not any(a.aantallen for a in self.rijen):
                continue
            a, b = (t.toont(groep=groep_, wat=wat) for wat in (teller, noemer))
            getoond = a is not None and bool(b)
            yield sleutel, Antwoord(a / b, a, b, "") if getoond else _VERBORGEN  # type: ignore[operator]

    def _aandeel(self, p: Publicatie, vraag: str, groep: Mapping[str, str]) -> Antwoord:
        """A share; where a few left the question open, as if these were as many as may be without a table of them."""
        ja, nee = (p.toont(**groep, **{vraag: w}) for w in _woorden(vraag))
        if ja is None or nee is None:
            return _VERBORGEN
        n, deel = ja + nee, ja / (ja + nee)
        if self._apart(vraag) or not np.isnan(self.ja[vraag]).any():
            return Antwoord(deel, ja, n, "")
        n = max(1.0, n - self.drempel)
        weinig = nederlands(self.drempel)
        return Antwoord(
            deel, deel * n, n, f"hoogstens {weinig} lieten deze vraag open: gerekend alsof het er {weinig} zijn"
        )

    def spreiding(self, t: Publicatie, antwoorden: Mapping[str, Antwoord]) -> Iterator[tuple[str, tuple[float, bool]]]:
        """How many households (of questions 11 and 12: trajecten) count for one, of what is shown; and whether how far
        trajecten of a household go together was counted, as in :func:`mkba.analyse.effectmeting.publiceren.meting`."""
        regel = bedragregel(self.drempel)
        for sleutel, a in antwoorden.items():
            if a.waarde is None:
                continue
            if sleutel not in VERHOUDINGEN:
                yield sleutel, (self.telt_voor_een, True)
                continue
            groep, teller, noemer = VERHOUDINGEN[sleutel]
            kolom, _ = self._leden(groep)
            y, x = kolom[teller], kolom[noemer]
            deel = float(y.sum() / x.sum())
            anders = y - deel * x
            if not 0 < deel < 1:
                continue
            if zegt := regel.spreiding_zegt_te_veel(anders):
                samen = (a.n or 0.0) / self.drempel
            else:
                samen = float((anders**2).sum()) / (float(x.sum()) * deel * (1 - deel))
                samen = grove_spreiding(samen, (a.n or 0.0) * a.waarde * (1 - a.waarde), self.drempel)
            yield sleutel, (round(max(1.0, samen) * self.telt_voor_een, 1), not zegt)


_AANTALLEN: Final = ("start", "toegevoegd", "geschrapt")
_VERBORGEN: Final = Antwoord(None, None, None, "afgeschermd")


def _woorden(vraag: str) -> tuple[str, str]:
    return WOORDEN.get(vraag, ("ja", "nee"))


def _vraag(sleutel: Sleutel) -> str:
    return next(v for v, _ in sleutel if v != "type")


def _van(namen: Sequence[Any], waarden: Sequence[str]) -> pd.Series:
    """As a category of these values; what is empty is one more, where it is."""
    gevuld = [n or ONBEKEND for n in namen]
    erbij = [ONBEKEND] if ONBEKEND in gevuld else []
    return pd.Series(pd.Categorical(gevuld, [*waarden, *(w for w in erbij if w not in waarden)]))
