"""An aanpak with what was measured in the place of what was expected: from MKBA 1.0 to 2.0 and 3.0.

Only shown numbers of a :class:`Meting` come in, so that nothing of what comes out tells more than they do.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from scipy import stats

from mkba.analyse.bevindingen.korting import bewijskorting
from mkba.analyse.effectmeting.bijwerken.lezingen import Lezingen
from mkba.analyse.effectmeting.bijwerken.weging import (
    Aantal,
    Bijwerking,
    Effect,
    Telling,
    schatting_van,
    student,
    werk_bij,
)
from mkba.analyse.effectmeting.publiceren.meting import VERHOUDINGEN, Antwoord, Meting
from mkba.analyse.effectmeting.publiceren.publicatie import gevolgden
from mkba.analyse.effectmeting.tellen.telling import VOETNOOT_13
from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN
from mkba.analyse.effectmeting.zekerheid.intervallen import MINIMUM, Schatting, te_weinig
from mkba.analyse.onzekerheid.trekking import ZAAD, trek
from mkba.analyse.shapley import keuzes, shapley
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import DISCIPLINES, TYPEN
from mkba.kern.woorden.effectvelden import (
    GEBRUIK_VELD,
    GRONDSLAG_VELD,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, SOORTEN
from mkba.kern.woorden.velden import GROEPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.basiscijfers import kan_overkomen
from mkba.kern.zaak.effectmeting import Grondslag
from mkba.model.berekening import Uitkomst, bereken, bereken_reeks
from mkba.model.reeksen import Reeks

STAND: Final = {"meer": "nieuw", "minder": "afgevallen"}
TREKKINGEN: Final = 4_000
"""Draws of the interval of an outcome: its ends then move by about 2% of its width. A choice."""
UITKOMSTEN: Final = ("saldo", "saldo_gemeente", "kb_financieel", "kb_maatschappelijk", "kb_gemeentelijk")
Weg = Literal["nulmeting", "wijken", ""]
GETELDE_EFFECTEN: Final = ("substitutie_zw", "substitutie_jeugd", "substitutie_overig", "zorggebruik", "werk")
"""Effects of the bewijskorting that question 17 counts: before and after, without comparison."""


@dataclass(frozen=True, slots=True)
class Gemeten:
    """One measured answer. ``schatting``: with its 95% interval, None with ``reden``; ``waarvan``: what n counts."""

    sleutel: str
    waarde: float
    n: int | None
    schatting: Schatting | None
    reden: str
    waarvan: str = "huishoudens"
    opmerking: str = ""


@dataclass(frozen=True, slots=True)
class Escalatie:
    """Question 18 for one kind, from bruto to netto.

    ``bedreigd``: share of the households under threat; ``voorkomen``: of those, as far as it is known how it ended, the
    share for whom it did not happen (bruto; ``eigen`` false: of all kinds together); ``netto``: of the households in
    the aanpak the share that owes it to the aanpak, None where that is not known, with ``reden``; ``van``: which part
    of them are of the huishoudtypen that it can happen to.
    """

    soort: str
    bedreigd: Schatting | None
    voorkomen: Schatting | None
    eigen: bool
    netto: Schatting | None
    weg: Weg
    reden: str
    van: float

    @property
    def antwoord(self) -> Schatting | None:
        """``netto`` as reading (a) of question 18 asks it, as tabel 4.11 does: of the households of these types."""
        if self.netto is None or self.van <= 0:
            return None
        s = self.netto
        waarde, laag, hoog = (per_type(w, self.van) for w in (s.waarde, s.laag, s.hoog))
        return Schatting(waarde, laag, hoog, s.n, s.methode)


def per_type(deel: float, van: float) -> float:
    """A share of all households as one of the part ``van`` of them that has it all; no more than all of these."""
    return float(np.clip(deel / van, -1, 1))


@dataclass(frozen=True, eq=False)
class Ingevuld:
    """An aanpak before (``voor``) and after (``na``) the measurement.

    ``feiten``: answers to questions 1 to 7 as counted; ``bijwerking``: the knobs 10 to 12 weighed against their
    kengetal; ``effect``: the fields of questions 16 to 18, empty where these do not count, with ``zonder_effect`` why;
    ``gemeten``: every measured answer; ``verborgen``: keys that were counted and are hidden.
    """

    meting: Meting
    voor: Aanpak
    na: Aanpak
    kengetallen: Kengetallen
    bijwerking: Bijwerking
    disciplines: tuple[str, ...]
    effect: Mapping[str, Any]
    effect_bedreigd: Mapping[str, Any]
    zonder_effect: str
    escalaties: tuple[Escalatie, ...]
    gemeten: Mapping[str, Gemeten]
    verborgen: tuple[str, ...]
    nulmeting: float | None

    @property
    def versie(self) -> str:
        """ "3.0" when effects were measured, "2.0" when reach or costs were, "1.0" when nothing could be used."""
        if self.effect or any(VELDEN[k.sleutel].vraag > 10 for k in self.bijwerking.knoppen):
            return "3.0"
        return "2.0" if self.gemeten else "1.0"

    @cached_property
    def stappen(self) -> dict[str, dict[str, Any]]:
        """What changed, in the order of the questions: {name: {field: new value}}."""
        plat = self.na.plat()
        nieuw = {s: plat[s] for s in (*self.bijwerking.gemeten, *(k.sleutel for k in self.bijwerking.knoppen))}
        if self.disciplines:
            nieuw["disciplines"] = self.disciplines
        stappen: dict[str, dict[str, Any]] = {}
        for sleutel, waarde in nieuw.items():
            stappen.setdefault(_stap(VELDEN[sleutel].vraag, bool(self.effect)), {})[sleutel] = waarde
        if self.effect:
            stappen.setdefault(EFFECTSTAP, {}).update(self.effect)
        return {naam: stappen[naam] for naam in STAPPEN if naam in stappen}

    @cached_property
    def invloed(self) -> pd.DataFrame:
        """Per step its part of the change of each outcome (Shapley, exact): parts add up to ``na`` minus ``voor``.

        Before the measurements comes what no measurement does: that updating starts from the kengetal and not from
        what was filled in (:data:`UITGANGSPUNT`), where that makes a difference to the outcome.
        """
        vooraf = {k.sleutel: k.uitgangspunt for k in self.bijwerking.knoppen if k.verplaatst and self._telt(k.sleutel)}
        begin = self.voor.met(vooraf, self.kengetallen) if vooraf else self.voor
        namen = list(self.stappen)
        reeksen: dict[str, list[float]] = {u: [] for u in UITKOMSTEN}
        for aan in keuzes(len(namen)).astype(bool):
            velden = {s: w for naam, op in zip(namen, aan, strict=True) if op for s, w in self.stappen[naam].items()}
            uitkomst = bereken(begin.met(velden, self.kengetallen) if velden else begin, self.kengetallen)
            for u in UITKOMSTEN:
                reeksen[u].append(uitkomst[u])
        delen = pd.DataFrame({u: shapley(np.array(w)) for u, w in reeksen.items()}, index=namen)
        if not vooraf:
            return delen
        eerst = {u: [w[0] - self.uitkomst_voor[u]] for u, w in reeksen.items()}
        return pd.concat([pd.DataFrame(eerst, index=[UITGANGSPUNT]), delen])

    def _telt(self, knop: str) -> bool:
        """Whether a knob still counts in ``na``: questions 16 to 18 take the place of 11, 12 and 14."""
        return not self.effect or VELDEN[knop].vraag == VELDEN["nieuw"].vraag

    @cached_property
    def uitkomst_voor(self) -> Uitkomst:
        """The outcome as expected."""
        return bereken(self.voor, self.kengetallen)

    @cached_property
    def uitkomst(self) -> Uitkomst:
        """The outcome after the measurement."""
        return bereken(self.na, self.kengetallen)

    @cached_property
    def gekort(self) -> Uitkomst | None:
        """The outcome when each effect of questions 17 and 18 weighs as much as its evidence (bewijskorting): they
        replace their kengetal whole, whatever the design. What was added (question 16) is a cost and no claim, and what
        was not measured stays as it is. None without these."""
        if not self.effect:
            return None
        voor_na, per_soort = OPZETTEN["voor_na"][0], {w.uitkomst: w.toerekening for w in self.meting.wijken}
        wijken = [t.sms for e in self.escalaties if e.weg == "wijken" and (t := per_soort.get(e.soort)) is not None]
        escalatie = min([voor_na] * any(e.weg == "nulmeting" for e in self.escalaties) + wijken, default=voor_na)
        kracht = dict.fromkeys(GETELDE_EFFECTEN, voor_na) | {"escalatie": escalatie}
        return bewijskorting(self.na, self.kengetallen, kracht, alleen=kracht).gekort

    @cached_property
    def lezingen(self) -> Lezingen | None:
        """Both readings of question 18 beside the estimate, each with what was measured for it; None without it."""
        if not self.effect:
            return None
        zonder = bereken(self.na.met({GEBRUIK_VELD: False}, self.kengetallen), self.kengetallen)
        per: dict[str, Uitkomst | None] = dict.fromkeys(("huishoudens", "bedreigd"))
        for grondslag, velden in (("huishoudens", _als_huishoudens(self)), ("bedreigd", self.effect_bedreigd)):
            if velden:
                per[grondslag] = bereken(self.bijwerking.na.met(velden, self.kengetallen), self.kengetallen)
        gekozen: Grondslag = self.effect[GRONDSLAG_VELD]
        assert per["huishoudens"] is not None
        return Lezingen(gekozen, zonder, per["huishoudens"], per["bedreigd"])

    @property
    def telling_beweegt(self) -> bool:
        """Whether anything that was counted varies by chance: reach and costs were counted whole and stay."""
        return bool(self.effect) or any(self._telt(k.sleutel) for k in self.bijwerking.knoppen)

    @cached_property
    def geteld(self) -> dict[str, Reeks]:
        """Draws of what was counted, by key."""
        return _trek(self, TREKKINGEN, ZAAD)

    @cached_property
    def trekkingen(self) -> dict[str, dict[str, Reeks]]:
        """Outcomes draw by draw: "meting" (what was counted varies, kengetallen stay) and "alles" (both vary)."""
        alles = {**trek(self.na, self.kengetallen, TREKKINGEN, ZAAD), **self.geteld}
        return {
            "meting": bereken_reeks(self.na, self.kengetallen, self.geteld, UITKOMSTEN),
            "alles": bereken_reeks(self.na, self.kengetallen, alles, UITKOMSTEN),
        }

    def interval(self, uitkomst: str = "saldo", wat: str = "alles") -> tuple[float, float]:
        """Where an outcome lies with 95% chance."""
        reeks = self.trekkingen[wat][uitkomst]
        laag, hoog = np.quantile(reeks[np.isfinite(reeks)], [(1 - ZEKERHEID) / 2, (1 + ZEKERHEID) / 2])
        return float(laag), float(hoog)


UITGANGSPUNT: Final = "Van ingevuld naar kengetal (geen meting)"
BEREIKSTAP: Final = "Bereik (vraag 1 tot en met 5)"
KOSTENSTAP: Final = "Team en kosten (vraag 6 en 7)"
NIEUWSTAP: Final = "Nieuw gevonden (vraag 10)"
SCHATSTAP: Final = "Trajecten (vraag 11 en 12)"
EFFECTSTAP: Final = "Trajecten en escalaties (vraag 16 tot en met 18)"
STAPPEN: Final = (BEREIKSTAP, KOSTENSTAP, NIEUWSTAP, SCHATSTAP, EFFECTSTAP)


def _stap(vraag: int, met_effect: bool) -> str:
    if vraag <= 5:
        return BEREIKSTAP
    if vraag <= 9:
        return KOSTENSTAP
    if vraag == 10:
        return NIEUWSTAP
    return EFFECTSTAP if met_effect else SCHATSTAP


def vul_in(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    meting: Meting,
    nulmeting: float | None = None,
    grondslag: Grondslag = "huishoudens",
) -> Ingevuld:
    """Fill in what was measured.

    ``nulmeting``: share of those under threat for whom it would not have happened without the aanpak either; without
    it, what question 18 owes to the aanpak comes from the comparison wijken, where there are some. ``grondslag``: the
    reading of question 18 that counts. Raises InvoerFout for a nulmeting that is no share.
    """
    if nulmeting is not None and not 0 <= nulmeting <= 1:
        raise InvoerFout(
            [Melding("nulmeting", nulmeting, "dit is geen aandeel.", "Geef een getal van 0 tot en met 1: 0.60 is 60%.")]
        )
    gemeten = {g.sleutel: g for g in _antwoorden(meting)}
    feiten = {s: (g.waarde, g.n or 0) for s, g in gemeten.items() if s in _FEITEN}
    feiten = {s: w for s, w in feiten.items() if _groep_heel(s, feiten)}
    disciplines = tuple(d for d in DISCIPLINES if meting.waarde(f"disciplines.{d}") == 1)
    begin = aanpak.met({"disciplines": disciplines}, kengetallen) if disciplines else aanpak
    bewijs = dict(_tellingen(meting))
    bijwerking = werk_bij(begin, kengetallen, bewijs, _aangevuld(feiten))
    for k in bijwerking.knoppen:
        waarvan = "huishoudens" if k.sleutel == "nieuw" else "trajecten"
        a = meting.antwoorden[k.sleutel]
        gemeten[k.sleutel] = Gemeten(k.sleutel, k.na, round(a.n or 0.0), k.gemeten, k.reden, waarvan, a.opmerking)
    escalaties = tuple(_escalaties(meting, nulmeting, bijwerking.na))
    effect, bedreigd, reden, velden = _effect(meting, escalaties, grondslag, nulmeting)
    gemeten = {s: g for s, g in gemeten.items() if s in bijwerking.gemeten or s in bewijs}
    gemeten |= {g.sleutel: g for g in velden}
    na = bijwerking.na.met(effect, kengetallen) if effect else bijwerking.na
    verborgen = tuple(s for s, a in meting.antwoorden.items() if a.waarde is None and s in VELDEN)
    return Ingevuld(
        meting, aanpak, na, kengetallen, bijwerking, disciplines, effect, bedreigd, reden, escalaties, gemeten,
        verborgen, nulmeting,
    )  # fmt: skip


_FEITEN: Final = frozenset(
    s for s, v in VELDEN.items() if 1 <= v.vraag <= 7 and v.soort not in ("ja_nee", "disciplines", "tekst")
)


def _antwoorden(meting: Meting) -> Iterator[Gemeten]:
    """The measured answers to questions 1 to 7 that may be shown, with their intervals."""
    for sleutel, a in meting.antwoorden.items():
        if sleutel in _FEITEN and a.waarde is not None:
            n = None if a.n is None else round(a.n)
            schatting, reden = _schatting(sleutel, a, meting)
            yield Gemeten(sleutel, a.waarde, n, schatting, reden, "huishoudens" if n else "team", a.opmerking)


def _schatting(sleutel: str, a: Antwoord, meting: Meting) -> tuple[Schatting | None, str]:
    """The interval of a share or an average; of what was counted whole there is none."""
    if a.teller is not None and a.n is not None:
        return schatting_van(Telling(round(a.teller), round(a.n)))
    if a.n is None or a.n == a.waarde or a.waarde is None:
        return None, ""
    if not (spreiding := meting.spreiding.get(sleutel)):
        return None, "een gemiddelde zonder spreiding"
    fout = float(np.sqrt(spreiding * a.waarde / a.n))
    return schatting_van(Effect(a.waarde, fout, round(a.n), vrij=round(a.n) - 1))


def _groep_heel(sleutel: str, feiten: Mapping[str, Any]) -> bool:
    """Shares that add up to 100% count together or not at all; of the zwaarte niet_actief is no class of a team."""
    leden = next((g for g in GROEPEN.values() if sleutel in g), (sleutel,))
    return all(s in feiten or s.endswith(".niet_actief") for s in leden)


def _aangevuld(feiten: Mapping[str, tuple[float, int]]) -> dict[str, tuple[float, int]]:
    """With no households outside the active ones: who is in the registration is in the aanpak."""
    niemand = {
        f"zwaarte.{t}.niet_actief": (0.0, feiten[f"zwaarte.{t}.ev"][1]) for t in TYPEN if f"zwaarte.{t}.ev" in feiten
    }
    return {**feiten, **niemand}


def _tellingen(meting: Meting) -> Iterator[tuple[str, Telling]]:
    """The knobs of questions 10 to 12 with both numbers shown; more than all is no share and stays out.

    What runs at the start and what is dropped later is before and after without comparison. Trajecten that hang
    together in a household count for as many as come one by one, and for fewer as few households tell how far they do.
    """
    for sleutel in ("nieuw", *VERHOUDINGEN):
        a = meting.antwoorden.get(sleutel)
        if a is not None and a.teller is not None and a.n and a.teller <= a.n:
            samen = meting.spreiding.get(sleutel, 1.0)
            van = gevolgden(meting.huishoudens, nieuw="nieuw" if sleutel.endswith(".nieuw") else "bestaand")
            if samen > 1 and van:
                samen *= student(van - 1) ** 2
            yield sleutel, Telling(a.teller / samen, a.n / samen, sms=OPZETTEN["voor_na"][0])


# --- questions 16 to 18 ----------------------------------------------------------------------------------------------


def _effect(
    meting: Meting, escalaties: tuple[Escalatie, ...], grondslag: Grondslag, nulmeting: float | None
) -> tuple[dict[str, Any], dict[str, Any], str, list[Gemeten]]:
    """The fields of questions 16 to 18 in the reading that counts and in (b), why they are not there, and each."""
    reden = _zonder(meting, escalaties, nulmeting)
    if reden:
        return {}, {}, reden, []
    velden: dict[str, Any] = {GEBRUIK_VELD: True}
    uit: list[Gemeten] = []
    for vraag in SOORTEN:
        for case in CASES:
            g = _per_huishouden(meting, vraag, case)
            assert g is not None
            velden[g.sleutel] = g.waarde
            uit.append(g)
            if g.waarde:
                velden |= {aandeel_veld(vraag, case, t): w for t, w in verdeling(meting, STAND[vraag]).items()}
    huishoudens, bedreigd = dict(velden), dict(velden)
    per_lezing: dict[Grondslag, list[Gemeten]] = {"huishoudens": [], "bedreigd": []}
    for e in escalaties:
        if e.netto is None:
            continue
        veld = voorkomen_veld(e.soort)
        if (s := e.antwoord) is not None:
            huishoudens[veld] = s.waarde
            waarvan = "wijken" if e.weg == "wijken" else "huishoudens"
            per_lezing["huishoudens"].append(Gemeten(veld, s.waarde, s.n, s, "", waarvan))
        if e.bedreigd is not None and e.bedreigd.waarde > 0:
            onder = _van_bedreigden(e, nulmeting)
            bedreigd[bedreigd_veld(e.soort)], bedreigd[veld] = e.bedreigd.waarde, onder.waarde
            waarvan = "wijken" if e.weg == "wijken" else "dreigingen"
            per_lezing["bedreigd"] += [
                Gemeten(veld, onder.waarde, onder.n, onder, "", waarvan),
                Gemeten(bedreigd_veld(e.soort), e.bedreigd.waarde, e.bedreigd.n, e.bedreigd, ""),
            ]
    huishoudens[GRONDSLAG_VELD], bedreigd[GRONDSLAG_VELD] = "huishoudens", "bedreigd"
    if not any(s.startswith("effectmeting.bedreigd.") for s in bedreigd):
        bedreigd = {}
        if grondslag == "bedreigd":
            return {}, {}, "van geen escalatie is te tonen hoeveel huishoudens ermee bedreigd worden (vraag 18)", []
    velden = bedreigd if grondslag == "bedreigd" else huishoudens
    return velden, bedreigd, "", [*uit, *per_lezing[grondslag]]


def _van_bedreigden(e: Escalatie, nulmeting: float | None) -> Schatting:
    """What was prevented as a share of who was under threat: of a nulmeting as it was counted, of wijken netto over how
    many that were."""
    assert e.netto is not None
    assert e.bedreigd is not None
    if e.weg == "nulmeting" and e.voorkomen is not None and nulmeting is not None:
        v = e.voorkomen
        delen, n, methode = [w - nulmeting for w in (v.waarde, v.laag, v.hoog)], v.n, v.methode
    else:
        s = e.netto
        delen, n, methode = [w / e.bedreigd.waarde for w in (s.waarde, s.laag, s.hoog)], s.n, s.methode
    waarde, laag, hoog = (float(np.clip(w, -1, 1)) for w in delen)
    return Schatting(waarde, laag, hoog, n, methode)


def _als_huishoudens(i: Ingevuld) -> dict[str, Any]:
    """The fields in reading (a), whichever counts."""
    velden = {s: w for s, w in i.effect.items() if ".bedreigd." not in s and ".voorkomen." not in s}
    velden |= {voorkomen_veld(e.soort): s.waarde for e in i.escalaties if (s := e.antwoord) is not None}
    return {**velden, GRONDSLAG_VELD: "huishoudens"}


def _zonder(meting: Meting, escalaties: tuple[Escalatie, ...], nulmeting: float | None) -> str:
    """Why questions 16 to 18 cannot count, or nothing: they take the place of 11, 12 and 14 together or not at all."""
    if meting.trajecten("nieuw") is None and meting.trajecten("afgevallen") is None:
        return "er zijn geen trajecten gemeten die erbij kwamen of afvielen (vraag 16 en 17)"
    if any(_per_huishouden(meting, vraag, case) is None for vraag in SOORTEN for case in CASES):
        return "er zijn te weinig huishoudens met trajecten om hun aantal te tonen (vraag 16 en 17)"
    if any(not verdeling(meting, STAND[vraag]) for vraag in SOORTEN):
        return "van geen soort traject is het aantal te tonen (vraag 16 en 17)"
    e = meting.delen.get("escalaties")
    if e is None or e.verborgen == len(e.cellen):
        return "er zijn geen of te weinig escalaties gemeten (vraag 18)"
    if not any(e.netto is not None for e in escalaties):
        if nulmeting is not None:
            return (
                "van geen soort escalatie is zowel te tonen hoeveel huishoudens ermee worden bedreigd als hoe dat "
                "afliep (vraag 18): te weinig huishoudens"
            )
        wijken = "en de wijken zeggen het niet" if meting.wijken else "en er zijn geen cijfers van wijken"
        return (
            "voorkomen escalaties zijn alleen bruto geteld (vraag 18): welk deel zonder de aanpak ook voorkomen "
            f"was, is onbekend zonder nulmeting, {wijken}"
        )
    return ""


def _per_huishouden(meting: Meting, vraag: str, case: str) -> Gemeten | None:
    """A number of trajecten per household; where that of one group is hidden, of all in both (footnote 13)."""
    sleutel = aantal_veld(vraag, case)
    eigen = [meting.antwoorden.get(aantal_veld(vraag, c)) for c in CASES]
    if all(a is not None and a.teller is not None for a in eigen):
        a = meting.antwoorden[sleutel]
        teller, n, uitleg = a.teller, a.n, a.opmerking
    else:
        p, alle = meting.trajecten(STAND[vraag]), gevolgden(meting.huishoudens)
        teller, n, uitleg = (None if p is None else p.toont()), alle, VOETNOOT_13
    if teller is None or not n:
        return None
    schatting, reden = schatting_van(Aantal(round(teller), round(n), meting.spreiding.get(sleutel, 1.0)))
    return Gemeten(sleutel, teller / n, round(n), schatting, reden, opmerking=uitleg)


def verdeling(meting: Meting, stand: str) -> dict[str, float]:
    """Shares over the kinds of traject that may be shown, together 1; empty when none may. Those too small to show are
    taken to be as the others: which of them there were, is not to be known."""
    getoond = _soorten(meting, stand)
    samen = sum(getoond.values())
    return {w: a / samen for w, a in getoond.items()} if samen else {}


def afgeschermd_deel(meting: Meting, stand: str) -> float:
    """Which part of the trajecten is of kinds too small to show."""
    p = meting.trajecten(stand)
    totaal = None if p is None else p.toont()
    return max(0.0, 1 - sum(_soorten(meting, stand).values()) / totaal) if totaal else 0.0


def saldo_van_afgeschermd(i: Ingevuld) -> tuple[float, float] | None:
    """The saldo when all trajecten of kinds too small to show were of the one such kind that is worst for it, and of
    the one that is best: bounds, as nothing is known of them but how many there are. Euros NCW; None without any.

    Trajecten that were added and dropped are put at their worst apart and together: the saldo is a sum over both.
    """
    verschil = np.zeros(2)
    basis = i.uitkomst["saldo"]
    for vraag in SOORTEN if i.effect else ():
        getoond, deel = verdeling(i.meting, STAND[vraag]), afgeschermd_deel(i.meting, STAND[vraag])
        p = i.meting.trajecten(STAND[vraag])
        anders = [w for w in p.waarden("type") if w not in getoond] if p is not None else []
        if not deel or not anders:
            continue
        naar = np.eye(len(anders)) * deel
        velden: dict[str, Reeks] = {}
        for case in CASES:
            if i.effect[aantal_veld(vraag, case)]:
                velden |= {
                    aandeel_veld(vraag, case, t): np.full(len(anders), w * (1 - deel)) for t, w in getoond.items()
                }
                velden |= {aandeel_veld(vraag, case, t): naar[:, k] for k, t in enumerate(anders)}
        if velden:
            reeks = bereken_reeks(i.na, i.kengetallen, velden, ("saldo",))["saldo"]
            verschil += np.array([reeks.min(), reeks.max()]) - basis
    return (basis + float(verschil[0]), basis + float(verschil[1])) if verschil.any() else None


def _soorten(meting: Meting, stand: str) -> dict[str, float]:
    p = meting.trajecten(stand)
    return {} if p is None else {w: a for w in p.waarden("type") if (a := p.toont(type=w)) is not None}


def _escalaties(meting: Meting, nulmeting: float | None, aanpak: Aanpak) -> Iterator[Escalatie]:
    e, n = meting.delen.get("escalaties"), meting.huishoudens.toont()
    van = gevolgden(meting.huishoudens)
    wijken = {w.uitkomst: w for w in meting.wijken}
    samen = None if e is None else _afloop(e.toont(afloop="voorkomen"), e.toont(afloop="gebeurd"))
    for soort in ESCALATIES:
        bedreigd = e.toont(soort=soort) if e is not None else None
        deel = schatting_van(Telling(round(bedreigd), round(van)))[0] if bedreigd is not None and van else None
        los = None
        if e is not None:
            los = _afloop(e.toont(soort=soort, afloop="voorkomen"), e.toont(soort=soort, afloop="gebeurd"))
        bruto = los or samen
        netto, weg, reden = None, "", ""
        if nulmeting is not None and bruto is not None and deel is not None:
            netto, weg = netto_van(deel, bruto, nulmeting), "nulmeting"
        elif nulmeting is not None:
            reden = "te weinig huishoudens om te tonen"
        elif soort in wijken and n:
            netto, reden = _uit_wijken(wijken[soort], n)
            weg = "wijken" if netto is not None else ""
        else:
            reden = "alleen bruto geteld: er is geen nulmeting en geen vergelijkingswijk"
        wie = kan_overkomen(aanpak, soort)
        yield Escalatie(soort, deel, bruto, los is not None, netto, weg, reden, wie)  # type: ignore[arg-type]


def _afloop(voorkomen: float | None, gebeurd: float | None) -> Schatting | None:
    """Of the threats of which the end is known the share that was prevented; what is still open says nothing yet."""
    if voorkomen is None or gebeurd is None or voorkomen + gebeurd == 0:
        return None
    return schatting_van(Telling(round(voorkomen), round(voorkomen + gebeurd)))[0]


def netto_van(bedreigd: Schatting, voorkomen: Schatting, nulmeting: float) -> Schatting:
    """Of all households the share that owes it to the aanpak: under threat × (prevented − without the aanpak).

    The interval takes both numbers as counted apart, each with what is left to guess of it (:func:`_wet`), and the
    nulmeting as certain. A product is skew, and no share is above 1: half a width of each around the value would miss
    on one side more than on the other.
    """
    waarde = bedreigd.waarde * (voorkomen.waarde - nulmeting)
    u = (np.arange(_VAKKEN) + 0.5) / _VAKKEN
    producten = np.outer(_wet(bedreigd).ppf(u), _wet(voorkomen).ppf(u) - nulmeting)
    laag, hoog = np.quantile(producten, [(1 - ZEKERHEID) / 2, (1 + ZEKERHEID) / 2])
    methode = "bedreigd maal voorkomen min de nulmeting"
    return Schatting(waarde, min(waarde, float(laag)), max(waarde, float(hoog)), bedreigd.n, methode)


_VAKKEN: Final = 200
"""Parts of equal chance that each of two shares is cut into, to multiply them. A choice: no digit moves by more."""


def _wet(aandeel: Schatting) -> Any:
    """What a counted share leaves to guess: beta with the counts and half a household on both sides (Jeffreys)."""
    gelukt = aandeel.waarde * aandeel.n
    return stats.beta(gelukt + 0.5, aandeel.n - gelukt + 0.5)


def _uit_wijken(w: Any, huishoudens: float) -> tuple[Schatting | None, str]:
    """What the wijken owe to the aanpak in a year, per household in it; only where there is an honest interval."""
    t = w.toerekening
    if w.per_jaar is None or t is None or t.netto is None:
        return None, w.reden or "in de wijken is geen netto verschil te zeggen"
    netto, laag, hoog = w.per_jaar
    if laag is None or hoog is None:
        return None, f"uit de wijken is er geen eerlijk interval: {t.netto.reden}"
    if laag <= 0 <= hoog:
        return None, "het verschil tussen de wijken is niet van nul te onderscheiden"
    delen = [float(np.clip(-x / huishoudens, -1, 1)) for x in (netto, hoog, laag)]
    return Schatting(delen[0], delen[1], delen[2], t.clusters, "verschil in verschillen over wijken"), ""


# --- uncertainty -----------------------------------------------------------------------------------------------------


def _trek(i: Ingevuld, aantal: int, zaad: int) -> dict[str, Reeks]:
    """Draws of what was counted: knobs from their posterior, numbers per household as gamma, how they are divided over
    the kinds as Dirichlet, the shares of question 18 as beta, and what the wijken say of it as normal.

    One count is one draw: that of all trajecten together where new and existing cases were not told apart, of how they
    are divided, and of what was prevented of all kinds together.
    """
    rng = np.random.default_rng(zaad)

    def u() -> Reeks:
        return np.asarray((rng.permutation(aantal) + 0.5) / aantal)

    knoppen = [k for k in i.bijwerking.knoppen if k.sleutel == "nieuw" or not i.effect]
    uit = {k.sleutel: k.posterior.kwantiel(u()) for k in knoppen}
    for vraag in SOORTEN if i.effect else ():
        gegeven = [g for case in CASES if (g := i.gemeten.get(aantal_veld(vraag, case))) is not None]
        een_telling = len(gegeven) > 1 and all(VOETNOOT_13 in g.opmerking for g in gegeven)
        rang = u()
        for nummer, g in enumerate(gegeven):
            if not g.n:
                continue
            phi = Aantal(0, g.n, i.meting.spreiding.get(g.sleutel, 1.0)).telt_voor_een
            kans = rang if een_telling or not nummer else u()
            uit[g.sleutel] = np.asarray(stats.gamma.ppf(kans, (g.waarde * g.n + 0.5) / phi, scale=phi / g.n))
        delen = trek_verdeling(_soorten(i.meting, STAND[vraag]), aantal, rng)
        for case in CASES:
            velden = {aandeel_veld(vraag, case, t): r for t, r in delen.items()}
            uit |= {veld: r for veld, r in velden.items() if veld in i.effect}
    uit |= _trek_escalaties(i, u)
    return uit


def trek_verdeling(getoond: Mapping[str, float], aantal: int, rng: np.random.Generator) -> dict[str, Reeks]:
    """Draws (aantal,) of the shares of kinds of which so many were counted, together 1: Dirichlet with the counts.

    Its mean is what was counted, and each share varies as that of so many trajecten that fall over the kinds one by
    one. Nothing for fewer than two kinds.
    """
    if len(getoond) < 2:
        return {}
    delen = rng.dirichlet(list(getoond.values()), aantal)
    return {t: np.asarray(delen[:, k]) for k, t in enumerate(getoond)}


def _trek_escalaties(i: Ingevuld, u: Callable[[], Reeks]) -> dict[str, Reeks]:
    uit: dict[str, Reeks] = {}
    samen: Reeks | None = None
    for e in i.escalaties if i.effect else ():
        veld = voorkomen_veld(e.soort)
        if e.netto is None or veld not in i.effect:
            continue
        if e.weg == "nulmeting" and e.bedreigd is not None and e.voorkomen is not None and i.nulmeting is not None:
            if e.eigen:
                voorkomen = np.asarray(_wet(e.voorkomen).ppf(u()))
            else:
                samen = voorkomen = np.asarray(_wet(e.voorkomen).ppf(u())) if samen is None else samen
            bedreigd, winst = np.asarray(_wet(e.bedreigd).ppf(u())), voorkomen - i.nulmeting
        else:
            per = e.bedreigd.waarde if e.bedreigd is not None and e.bedreigd.waarde else 1.0
            fout = (e.netto.hoog - e.netto.laag) / (2 * float(stats.norm.ppf((1 + ZEKERHEID) / 2)))
            winst = np.asarray(e.netto.waarde + fout * stats.norm.ppf(u())) / per
            bedreigd = np.full(winst.shape, per)
        if i.effect[GRONDSLAG_VELD] == "bedreigd":
            uit[veld], uit[bedreigd_veld(e.soort)] = np.clip(winst, -1.0, 1.0), bedreigd
        else:
            uit[veld] = np.clip(bedreigd * winst / e.van, -1.0, 1.0)
    return uit


def te_kort(meting: Meting) -> str:
    """The sentence instead of intervals, when there are fewer households than an interval asks for; or nothing."""
    n = meting.huishoudens.toont()
    if n is None:
        return f"het aantal huishoudens is te klein om te tonen; een interval vraagt er minstens {MINIMUM}"
    return te_weinig(round(n))
