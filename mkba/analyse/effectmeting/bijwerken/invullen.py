"""An aanpak with what was measured in the place of what was expected: from MKBA 1.0 to 2.0 and 3.0.

Only shown numbers of a :class:`Meting` come in, so that nothing of what comes out tells more than they do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from mkba.analyse.bevindingen.korting import bewijskorting
from mkba.analyse.effectmeting.bijwerken.bewijs import Bewijs, Effect
from mkba.analyse.effectmeting.bijwerken.escalaties import Escalatie, escalaties_van, van_bedreigden
from mkba.analyse.effectmeting.bijwerken.gemeten import (
    FEITEN,
    Gemeten,
    aangevuld,
    antwoorden_van,
    groep_heel,
    tellingen,
)
from mkba.analyse.effectmeting.bijwerken.lezingen import Lezingen
from mkba.analyse.effectmeting.bijwerken.meer_minder import binnen, blokken, meng, per_huishouden, verdeling
from mkba.analyse.effectmeting.bijwerken.soorten import trek_soorten
from mkba.analyse.effectmeting.bijwerken.trekkingen import bereik_van_steekproef, trek_gemeten, trek_telling
from mkba.analyse.effectmeting.bijwerken.weging import UITKOMSTEN, Bijwerking, werk_bij
from mkba.analyse.effectmeting.bijwerken.wijken import bewijs_uit_wijken
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.tellen.telling import STAND
from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN
from mkba.analyse.effectmeting.zekerheid.intervallen import MINIMUM, te_weinig
from mkba.analyse.onzekerheid.trekking import ZAAD, trek
from mkba.analyse.shapley import keuzes, shapley
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands, opsomming
from mkba.kern.woorden.begrippen import DISCIPLINES
from mkba.kern.woorden.effectvelden import (
    DELEN,
    GEBRUIK_VELD,
    GRONDSLAG_VELD,
    LEEG,
    VRAAG_VAN,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    gemeten_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import CASES, GRONDSLAGEN, SOORTEN, TRAJECTKNOPPEN
from mkba.kern.woorden.velden import VELDEN, VRAGEN_NAAR_EFFECT
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import Grondslag, vervangen_door
from mkba.kern.zaak.meetherkomst import DREIGINGEN
from mkba.model.berekening import Uitkomst, bereken, bereken_reeks
from mkba.model.reeksen import Reeks

TREKKINGEN: Final = 4_000
"""Draws of the interval of an outcome: its ends then move by about 2% of its width. A choice."""
ZONDER_EFFECT: Final = (
    "een formulier van een steekproef vraagt niet naar soorten trajecten en dreigende escalaties, en wel naar vraag 11 "
    "tot en met 14"
)
"""Why questions 16 to 18 of a form do not count."""
GETELDE_EFFECTEN: Final = ("substitutie_zw", "substitutie_jeugd", "substitutie_overig", "zorggebruik", "werk")
"""Effects of the bewijskorting that question 17 counts: before and after, without comparison."""


@dataclass(frozen=True, eq=False)
class Ingevuld:
    """An aanpak before (``voor``) and after (``na``) the measurement.

    ``feiten``: answers to questions 1 to 7 as counted; ``bijwerking``: the knobs 10 to 12 (of a form: to 15, of wijken
    14) weighed against their kengetal; ``effect``: the fields of questions 16 to 18, empty where none counts;
    ``redenen``: of each of ``meer``, ``minder`` and ``voorkomen`` that does not count why, so that 11, 12 or 14 does;
    ``gemeten``: every measured answer; ``verborgen``: keys that were counted and are hidden; ``steekproef_van``: how
    many households the aanpak has, where those of the registration are a sample of them.
    """

    meting: Meting
    voor: Aanpak
    na: Aanpak
    kengetallen: Kengetallen
    bijwerking: Bijwerking
    disciplines: tuple[str, ...]
    effect: Mapping[str, Any]
    effect_bedreigd: Mapping[str, Any]
    redenen: Mapping[str, str]
    escalaties: tuple[Escalatie, ...]
    gemeten: Mapping[str, Gemeten]
    verborgen: tuple[str, ...]
    nulmeting: float | None
    steekproef_van: float | None = None

    @property
    def versie(self) -> str:
        """ "3.0" when effects were measured, "2.0" when reach or costs were, "1.0" when nothing could be used.

        Trajecten that were added (questions 11 and 16) are costs (figuur 2.4, B): they alone make no 3.0, and neither
        does what fades (question 15): that is of an effect, and not how much there is of it. What wijken say is an
        effect that was measured where it weighs more than the kengetal.
        """
        effecten = [k for k in self.bijwerking.knoppen if VELDEN[k.sleutel].vraag in VRAGEN_NAAR_EFFECT]
        if {"minder", "voorkomen"} & {*self.telt} or any(not k.uit_wijken or k.weegt_zwaarst for k in effecten):
            return "3.0"
        los = self.gemeten.keys() - {k.sleutel for k in effecten}
        return "2.0" if los else "1.0"

    @cached_property
    def stappen(self) -> dict[str, dict[str, Any]]:
        """What changed, in the order of the questions: {name: {field: new value}}."""
        plat = self.na.plat()
        nieuw = {s: plat[s] for s in (*self.bijwerking.gemeten, *(k.sleutel for k in self.bijwerking.knoppen))}
        if self.disciplines:
            nieuw["disciplines"] = self.disciplines
        if self.steekproef_van is not None:
            nieuw["huishoudens"] = self.steekproef_van
        stappen: dict[str, dict[str, Any]] = {}
        for sleutel, waarde in nieuw.items():
            stap = _stap(VELDEN[sleutel].vraag) if self.knop_telt(sleutel) else self.effectstap
            stappen.setdefault(stap, {})[sleutel] = waarde
        if self.effect:
            stappen.setdefault(self.effectstap, {}).update(self.effect)
        return {naam: stappen[naam] for naam in (*STAPPEN, self.effectstap) if naam in stappen}

    @property
    def telt(self) -> tuple[str, ...]:
        """Which of ``meer`` (16), ``minder`` (17) and ``voorkomen`` (18) count."""
        return tuple(deel for deel in DELEN if deel not in self.redenen)

    @property
    def effectstap(self) -> str:
        """The name of the step of questions 16 to 18, as far as these count."""
        wat = [w for w, deel in (("trajecten", SOORTEN), ("escalaties", ("voorkomen",))) if {*deel} & {*self.telt}]
        vragen = [str(VRAAG_VAN[deel]) for deel in self.telt]
        return f"{opsomming(wat).capitalize()} (vraag {'16 tot en met 18' if len(vragen) > 2 else opsomming(vragen)})"

    @cached_property
    def invloed(self) -> pd.DataFrame:
        """Per step its part of the change of each outcome (Shapley, exact): parts add up to ``na`` minus ``voor``.

        Before the measurements comes what no measurement does: that updating starts from the kengetal and not from
        what was filled in (:data:`UITGANGSPUNT`), where that makes a difference to the outcome.
        """
        vooraf = {
            k.sleutel: k.uitgangspunt for k in self.bijwerking.knoppen if k.verplaatst and self.knop_telt(k.sleutel)
        }
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

    def knop_telt(self, knop: str) -> bool:
        """Whether a knob still counts in ``na``: what was measured of questions 16 to 18 takes the place of its own."""
        return knop not in vervangen_door(self.na.effectmeting)

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
        voor_na = OPZETTEN["voor_na"][0]
        kracht = dict.fromkeys(GETELDE_EFFECTEN, voor_na) if "minder" in self.telt else {}
        if "voorkomen" in self.telt:
            kracht["escalatie"] = voor_na
        return bewijskorting(self.na, self.kengetallen, kracht, alleen=kracht).gekort if kracht else None

    @cached_property
    def lezingen(self) -> Lezingen | None:
        """Both readings of question 18 beside the estimate, each with what was measured for it; None without it."""
        if "voorkomen" not in self.telt:
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
        """Whether anything that was counted varies by chance: costs were counted whole and stay, and so does reach
        unless it is of a sample."""
        knoppen = any(self.knop_telt(k.sleutel) for k in self.bijwerking.knoppen)
        return bool(self.effect) or knoppen or bool(bereik_van_steekproef(self))

    @cached_property
    def _uit_kengetallen(self) -> dict[str, Reeks]:
        return trek(self.na, self.kengetallen, TREKKINGEN, ZAAD)

    @cached_property
    def geteld(self) -> dict[str, Reeks]:
        """Draws of what was counted, by key; of a knob all that is known of it now."""
        return trek_gemeten(self, self._uit_kengetallen, TREKKINGEN, ZAAD)

    @cached_property
    def trekkingen(self) -> dict[str, dict[str, Reeks]]:
        """Outcomes draw by draw: "meting" (what was counted varies; kengetallen stay, also those that a count was
        weighed against, and the kinds of traject that are not shown) and "alles" (both vary)."""
        alles = {**self._uit_kengetallen, **self.geteld, **trek_soorten(self, TREKKINGEN, ZAAD)}
        telling = {**self.geteld, **trek_telling(self, TREKKINGEN, ZAAD)}
        return {
            "meting": bereken_reeks(self.na, self.kengetallen, telling, UITKOMSTEN),
            "alles": bereken_reeks(self.na, self.kengetallen, alles, UITKOMSTEN),
        }

    def interval(self, uitkomst: str = "saldo", wat: str = "alles") -> tuple[float, float]:
        """Where an outcome lies with 95% chance; not a number where some draws have none (a ratio without costs)."""
        laag, hoog = np.quantile(self.trekkingen[wat][uitkomst], [(1 - ZEKERHEID) / 2, (1 + ZEKERHEID) / 2])
        return float(laag), float(hoog)


UITGANGSPUNT: Final = "Van ingevuld naar kengetal (geen meting)"
BEREIKSTAP: Final = "Bereik (vraag 1 tot en met 5)"
KOSTENSTAP: Final = "Team en kosten (vraag 6 en 7)"
NIEUWSTAP: Final = "Nieuw gevonden (vraag 10)"
SCHATSTAP: Final = "Trajecten (vraag 11 en 12)"
SUCCESSTAP: Final = "Andere successen (vraag 13)"
ESCALATIESTAP: Final = "Voorkomen escalatie (vraag 14)"
TERUGVALSTAP: Final = "Terugval (vraag 15)"
_GESCHAT: Final = {11: SCHATSTAP, 12: SCHATSTAP, 13: SUCCESSTAP, 14: ESCALATIESTAP, 15: TERUGVALSTAP}
STAPPEN: Final = (BEREIKSTAP, KOSTENSTAP, NIEUWSTAP, *dict.fromkeys(_GESCHAT.values()))
"""Before that of questions 16 to 18."""


def _stap(vraag: int) -> str:
    if vraag <= 5:
        return BEREIKSTAP
    if vraag <= 9:
        return KOSTENSTAP
    if vraag == 10:
        return NIEUWSTAP
    return _GESCHAT[vraag]


def vul_in(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    meting: Meting,
    nulmeting: float | None = None,
    grondslag: Grondslag = "huishoudens",
    steekproef_van: float | None = None,
) -> Ingevuld:
    """Fill in what was measured.

    ``nulmeting``: share of those under threat for whom it would not have happened without the aanpak either; without
    it, question 18 is not answered, and the comparison wijken are evidence for question 14, where there are some.
    ``grondslag``: the reading of question 18 that counts. ``steekproef_van``: of how many households of the aanpak
    those that were registered are a random sample: then that is question 1, and not how many were registered. Raises
    InvoerFout for a nulmeting that is no share, and for a sample of fewer households than it has.
    """
    if nulmeting is not None and not 0 <= nulmeting <= 1:
        raise InvoerFout(
            [Melding("nulmeting", nulmeting, "dit is geen aandeel.", "Geef een getal van 0 tot en met 1: 0.60 is 60%.")]
        )
    _controleer_vraag_18(meting, nulmeting, grondslag)
    controleer_plan(aanpak)
    aanpak = _zonder_effect(aanpak, kengetallen)
    if steekproef_van is not None:
        _controleer_steekproef(steekproef_van, meting)
        aanpak_nu = aanpak.met({"huishoudens": steekproef_van}, kengetallen)
    else:
        aanpak_nu = aanpak
    gemeten = {g.sleutel: g for g in antwoorden_van(meting) if g.sleutel != "huishoudens" or steekproef_van is None}
    feiten = {s: (g.waarde, g.n or 0) for s, g in gemeten.items() if s in FEITEN}
    feiten = {s: w for s, w in feiten.items() if groep_heel(s, feiten)}
    disciplines = tuple(d for d in DISCIPLINES if meting.waarde(f"disciplines.{d}") == 1)
    begin = aanpak_nu.met({"disciplines": disciplines}, kengetallen) if disciplines else aanpak_nu
    bewijs: dict[str, Bewijs] = dict(tellingen(meting))
    escalaties: tuple[Escalatie, ...] = ()
    if not meting.van_steekproef:
        voorlopig = werk_bij(begin, kengetallen, {}, aangevuld(feiten)).na
        escalaties = tuple(escalaties_van(meting, nulmeting, voorlopig, steekproef_van))
        # what the wijken say is of all households of the aanpak, and a form has some of them
        if not any(e.netto is not None for e in escalaties):
            bewijs |= bewijs_uit_wijken(meting, voorlopig, kengetallen, steekproef_van)
    bijwerking = werk_bij(begin, kengetallen, bewijs, aangevuld(feiten))
    for k in bijwerking.knoppen:
        if isinstance(k.bewijs, Effect) and k.uit_wijken:  # no answer that households gave
            e = k.bewijs
            gemeten[k.sleutel] = Gemeten(k.sleutel, k.na, round(e.n), k.gemeten, k.reden, e.waarvan, e.opmerking)
            continue
        waarvan = "trajecten" if k.sleutel in TRAJECTKNOPPEN else "huishoudens"
        a = meting.antwoorden[k.sleutel]
        gemeten[k.sleutel] = Gemeten(k.sleutel, k.na, round(a.n or 0.0), k.gemeten, k.reden, waarvan, a.opmerking)
    effect, bedreigd, redenen, velden = (
        ({}, {}, dict.fromkeys(DELEN, ZONDER_EFFECT), [])
        if meting.van_steekproef
        else _effect(meting, escalaties, grondslag, nulmeting, kengetallen)
    )
    gemeten = {s: g for s, g in gemeten.items() if s in bijwerking.gemeten or s in bewijs}
    gemeten |= {g.sleutel: g for g in velden}
    na = bijwerking.na.met(effect, kengetallen) if effect else bijwerking.na
    verborgen = tuple(s for s, a in meting.antwoorden.items() if a.waarde is None and s in VELDEN)
    return Ingevuld(
        meting, aanpak, na, kengetallen, bijwerking, disciplines, effect, bedreigd, redenen, escalaties, gemeten,
        verborgen, nulmeting, steekproef_van,
    )  # fmt: skip


def controleer_plan(aanpak: Aanpak, bestand: str = "") -> None:
    """Raises InvoerFout when questions 16 to 18 count in a plan: that is a measurement and no plan, and what of it is
    not measured now would stay, unseen."""
    if aanpak.gemeten is not None:
        oorzaak = (
            "in dit plan tellen vraag 16 tot en met 18 al, als uitkomst van een meting. Die vult `mkba effect` zelf "
            "in, uit wat nu is gemeten."
        )
        remedie = "Geef het plan van voor de meting, of zet dit op nee: dan verwacht het plan vraag 11 tot en met 14."
        raise InvoerFout([Melding(GEBRUIK_VELD, "ja", oorzaak, remedie, bestand)])


def _zonder_effect(aanpak: Aanpak, kengetallen: Kengetallen) -> Aanpak:
    """The plan without what it has of questions 16 to 18 but does not use: nothing of that mixes with what was
    measured."""
    if aanpak.effectmeting is None:
        return aanpak
    vol = {s: LEEG[s] for s, w in aanpak.effectmeting.plat().items() if s != GEBRUIK_VELD and w != LEEG[s]}
    return aanpak.met(vol, kengetallen) if vol else aanpak


def _controleer_vraag_18(meting: Meting, nulmeting: float | None, grondslag: Grondslag) -> None:
    """That nothing is said of question 18 where it is not asked: it would be dropped in silence."""
    if meting.van_steekproef and (nulmeting is not None or grondslag != GRONDSLAGEN[0]):
        veld, waarde = ("grondslag", grondslag) if nulmeting is None else ("nulmeting", nulmeting)
        oorzaak = "dit gaat over vraag 18, en een formulier van een steekproef vraagt daar niet naar."
        raise InvoerFout([Melding(veld, waarde, oorzaak, f"Laat --{veld} weg, of geef een registratie.")])


def _controleer_steekproef(van: float, meting: Meting) -> None:
    n = meting.huishoudens.toont()
    if meting.van_steekproef:
        oorzaak = "een formulier zegt zelf uit welke caseload er is getrokken."
        raise InvoerFout([Melding("steekproef-van", van, oorzaak, "Laat dit weg.")])
    if van < (n or 0) or van <= 0:
        oorzaak = f"een steekproef is geen groter deel dan het geheel; er zijn ongeveer {nederlands(n or 0)} gemeten."
        raise InvoerFout([Melding("steekproef-van", van, oorzaak, "Geef hoeveel huishoudens er in de aanpak zijn.")])


# --- questions 16 to 18 ----------------------------------------------------------------------------------------------


def _effect(
    meting: Meting,
    escalaties: tuple[Escalatie, ...],
    grondslag: Grondslag,
    nulmeting: float | None,
    kengetallen: Kengetallen,
) -> tuple[dict[str, Any], dict[str, Any], dict[str, str], list[Gemeten]]:
    """The fields of questions 16 to 18 in the reading that counts and in (b), why some do not count, and each answer.

    What was not measured says so in its own field, and then question 11, 12 or 14 keeps counting.
    """
    redenen = _redenen(meting, escalaties, grondslag, nulmeting)
    if len(redenen) == len(DELEN):
        return {}, {}, redenen, []
    velden: dict[str, Any] = {GEBRUIK_VELD: True, **{gemeten_veld(deel): False for deel in redenen}}
    uit: list[Gemeten] = []
    for vraag in (v for v in SOORTEN if v not in redenen):
        for case in CASES:
            g = per_huishouden(meting, vraag, case)
            assert g is not None
            velden[g.sleutel] = g.waarde
            uit.append(g)
            if g.waarde:
                delen = verdeling(meting, vraag, case, kengetallen)
                velden |= {aandeel_veld(vraag, case, t): w for t, w in delen.items()}
    if "voorkomen" in redenen:
        return velden, {}, redenen, uit
    per_lezing = _per_lezing(escalaties, nulmeting)
    huishoudens, bedreigd = (
        {**velden, GRONDSLAG_VELD: g, **{a.sleutel: a.waarde for a in per_lezing[g]}} for g in GRONDSLAGEN
    )
    bedreigd = bedreigd if per_lezing["bedreigd"] else {}
    return bedreigd if grondslag == "bedreigd" else huishoudens, bedreigd, redenen, [*uit, *per_lezing[grondslag]]


def _per_lezing(escalaties: tuple[Escalatie, ...], nulmeting: float | None) -> dict[str, list[Gemeten]]:
    """The answers to question 18 in both readings, of what is known netto."""
    huishoudens: list[Gemeten] = []
    bedreigd: list[Gemeten] = []
    for e in (e for e in escalaties if e.netto is not None):
        veld = voorkomen_veld(e.soort)
        if (s := e.antwoord) is not None:
            huishoudens.append(Gemeten(veld, s.waarde, s.n, s, ""))
        if e.bedreigd is not None and e.bedreigd.waarde > 0:
            onder = van_bedreigden(e, nulmeting)
            bedreigd += [
                Gemeten(veld, onder.waarde, onder.n, onder, "", DREIGINGEN),
                Gemeten(bedreigd_veld(e.soort), e.bedreigd.waarde, e.bedreigd.n, e.bedreigd, ""),
            ]
    return {"huishoudens": huishoudens, "bedreigd": bedreigd}


def _als_huishoudens(i: Ingevuld) -> dict[str, Any]:
    """The fields in reading (a), whichever counts."""
    velden = {s: w for s, w in i.effect.items() if ".bedreigd." not in s and ".voorkomen." not in s}
    velden |= {voorkomen_veld(e.soort): s.waarde for e in i.escalaties if (s := e.antwoord) is not None}
    return {**velden, GRONDSLAG_VELD: "huishoudens"}


def _redenen(
    meting: Meting, escalaties: tuple[Escalatie, ...], grondslag: Grondslag, nulmeting: float | None
) -> dict[str, str]:
    """Of each of questions 16 to 18 that cannot count why."""
    uit: dict[str, str] = {}
    for vraag, wat in (("meer", "erbij kwamen"), ("minder", "afvielen")):
        if meting.trajecten(STAND[vraag]) is None:
            uit[vraag] = f"er zijn geen trajecten gemeten die {wat}"
        elif any(per_huishouden(meting, vraag, case) is None for case in CASES):
            uit[vraag] = f"te weinig huishoudens hadden trajecten die {wat}, om hun aantal te tonen"
    if (reden := _zonder_escalaties(meting, escalaties, nulmeting)) != "":
        uit["voorkomen"] = reden
    elif grondslag == "bedreigd" and not _per_lezing(escalaties, nulmeting)["bedreigd"]:
        uit["voorkomen"] = "van geen escalatie is te tonen hoeveel huishoudens ermee bedreigd worden"
    return uit


def _zonder_escalaties(meting: Meting, escalaties: tuple[Escalatie, ...], nulmeting: float | None) -> str:
    """Why question 18 cannot count, or nothing."""
    if any(e.netto is not None for e in escalaties):
        return ""
    e = meting.delen.get("escalaties")
    if e is None or e.verborgen == len(e.cellen):
        return "er zijn geen of te weinig escalaties gemeten"
    if nulmeting is not None:
        return (
            "van geen soort escalatie is zowel te tonen hoeveel huishoudens ermee worden bedreigd als hoe dat "
            "afliep: te weinig huishoudens"
        )
    zegt = any(e.wijken is not None for e in escalaties)
    wijken = "en de wijken zeggen het niet" if meting.wijken else "en er zijn geen cijfers van wijken"
    wijken = "en wat de wijken ervan zeggen, telt bij vraag 14" if zegt else wijken
    return (
        "voorkomen escalaties zijn alleen bruto geteld: welk deel zonder de aanpak ook voorkomen was, is onbekend "
        f"zonder nulmeting, {wijken}"
    )


def saldo_van_afgeschermd(i: Ingevuld) -> tuple[float, float] | None:
    """The saldo when all trajecten of which the kind may not be shown were of the one kind that is worst for it, and of
    the one that is best: of each group that is shown one of its kinds, of what is left one of all others. Bounds, as
    nothing is known of them but how many there are. Euros NCW; None without any.

    Trajecten that were added and dropped, and every group, are put at their worst apart and together: the saldo is a
    sum over them.
    """
    verschil = np.zeros(2)
    basis = i.uitkomst["saldo"]
    for vraag in (v for v in SOORTEN if v in i.telt):
        alle = blokken(i.meting, vraag)
        cases = [case for case in CASES if i.effect.get(aantal_veld(vraag, case))]
        for b in (b for b in alle if len(b.soorten) > 1 or b.rest):
            dan = {t: np.array([t == soort for soort in b.soorten], dtype=np.float64) for t in b.soorten}
            velden: dict[str, Reeks] = {}
            for case in cases:
                # mixed anew and not added to what it is: what is taken away from a share can leave less than nothing
                delen = meng((x.aantal, dan if x == b else binnen(x, vraag, case, i.kengetallen)) for x in alle)
                velden |= {aandeel_veld(vraag, case, t): np.atleast_1d(w) for t, w in delen.items()}
            if velden:
                reeks = bereken_reeks(i.na, i.kengetallen, velden, ("saldo",))["saldo"]
                verschil += np.array([reeks.min(), reeks.max()]) - basis
    return (basis + float(verschil[0]), basis + float(verschil[1])) if verschil.any() else None


def te_kort(meting: Meting) -> str:
    """The sentence instead of intervals, when there are fewer households than an interval asks for; or nothing."""
    n = meting.huishoudens.toont()
    if n is None:
        return f"het aantal huishoudens is te klein om te tonen; een interval vraagt er minstens {MINIMUM}"
    return te_weinig(round(n))
