"""Invoer 2: what a team measured of its effects, the answers to questions 16 to 18 (handleiding §2.3.2, bijlage II).

A record hangs on an Aanpak as ``effectmeting``; without one, or with the knob on "nee", nothing of a result changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import nederlands, opsomming
from mkba.kern.woorden.effectvelden import (
    DELEN,
    EFFECTVELDEN,
    GEBRUIK_VELD,
    GRONDSLAG_VELD,
    LEEG,
    VERDELINGEN_EFFECT,
    VERVANGEN,
    VRAAG_VAN,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    gemeten_delen,
    gemeten_veld,
    vervangen_antwoorden,
    vervangen_vragen,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import (
    CASES,
    DUBBEL_MET_ESCALATIE,
    ESCALATIES,
    ESCALATIES_VAN_TYPE,
    SOORTEN,
    TRAJECTEN,
    TRAJECTNAMEN,
)
from mkba.kern.woorden.velden import VELDEN, benoem

Grondslag = Literal["huishoudens", "bedreigd"]

AFRONDING: Final = 0.01
"""Shares printed as whole percents may add up to 99 or 101 percent, as those of questions 2 and 3."""


@dataclass(frozen=True, slots=True)
class Trajecten:
    """An average number of trajecten per household and its shares over the 28 kinds, in the order of TRAJECTEN."""

    aantal: float
    verdeling: tuple[float, ...]

    def aandeel(self, traject: str) -> float:
        """The share of one kind, a fraction."""
        return self.verdeling[TRAJECTEN.index(traject)]


@dataclass(frozen=True, slots=True)
class PerCase:
    """New cases (found through the aanpak, question 10) and existing ones."""

    nieuw: Trajecten
    bestaand: Trajecten


@dataclass(frozen=True, slots=True)
class PerEscalatie:
    """A fraction per indicator of question 18; ``None`` is not known (of ``bedreigd`` alone)."""

    huisuitzetting: float | None
    uithuisplaatsing: float | None
    ondertoezichtstelling: float | None
    intramuraal_awbz: float | None
    ggz_intramuraal: float | None


@dataclass(frozen=True, slots=True)
class Effectmeting:
    """Questions 16 (``meer``), 17 (``minder``) and 18 (``voorkomen``); all shares are fractions, after attribution.

    ``gebruik``: the knob "input o.b.v. effectmeting"; ``grondslag``: what ``voorkomen`` is a share of: the households
    in the aanpak, or those under threat of it (``bedreigd``: their share of the households in the aanpak); ``gemeten``:
    which of ``meer``, ``minder`` and ``voorkomen`` were: of the others questions 11 to 14 keep counting.
    """

    gebruik: bool
    gemeten: tuple[str, ...]
    grondslag: Grondslag
    meer: PerCase
    minder: PerCase
    voorkomen: PerEscalatie
    bedreigd: PerEscalatie

    def plat(self) -> dict[str, Any]:
        """All fields with their flat keys (``effectmeting.meer.nieuw.aantal``), in the order of the form."""
        uit: dict[str, Any] = {GEBRUIK_VELD: self.gebruik, GRONDSLAG_VELD: self.grondslag}
        uit |= {gemeten_veld(deel): self.telt(deel) for deel in DELEN}
        for soort in SOORTEN:
            for case in CASES:
                blok: Trajecten = getattr(getattr(self, soort), case)
                uit[aantal_veld(soort, case)] = blok.aantal
                uit |= {aandeel_veld(soort, case, t): w for t, w in zip(TRAJECTEN, blok.verdeling, strict=True)}
        uit |= {voorkomen_veld(e): getattr(self.voorkomen, e) for e in ESCALATIES}
        uit |= {bedreigd_veld(e): getattr(self.bedreigd, e) for e in ESCALATIES}
        return {sleutel: uit[sleutel] for sleutel in EFFECTVELDEN}

    def telt(self, deel: str) -> bool:
        """Whether question 16 (``meer``), 17 (``minder``) or 18 (``voorkomen``) was measured."""
        return deel in self.gemeten

    @property
    def bedreigd_bekend(self) -> bool:
        """Whether of every escalation that was prevented the share under threat is known: reading (b) can be shown."""
        return not _zonder_bedreigd(self.plat())


def rekent_met(effect: Effectmeting) -> frozenset[str]:
    """The keys of the kengetallen that a measurement is calculated with: unit costs that something is multiplied by,
    and ``effectmeting.samenloop`` where a huishoudtype has more than one indicator."""
    plat = effect.plat()
    per_blok = {(soort, case): getattr(getattr(effect, soort), case) for soort in SOORTEN for case in CASES}
    trajecten = {
        t
        for (soort, _), blok in per_blok.items()
        for t in TRAJECTEN
        if effect.telt(soort) and blok.aantal and blok.aandeel(t) and not (soort == "minder" and t in ESCALATIES)
    }
    voorkomen = {e for e in ESCALATIES if effect.telt("voorkomen") and plat[voorkomen_veld(e)]}
    if effect.grondslag == "bedreigd":
        trajecten |= voorkomen
    samen = any(len(voorkomen & {*leden}) > 1 for leden in ESCALATIES_VAN_TYPE.values())
    return frozenset([*(f"traject.{t}.eur" for t in trajecten), *(["effectmeting.samenloop"] if samen else [])])


def vervangen_door(effect: Effectmeting | None) -> frozenset[str]:
    """The answers to questions 11 to 14 that do not count because of this measurement: none when there is none."""
    return frozenset() if effect is None else frozenset(vervangen_antwoorden(effect.gebruik, effect.gemeten))


def maak_effectmeting(waarden: Mapping[str, Any]) -> Effectmeting:
    """The record of checked values by flat key; what is not given is the standard of its field (0, "nee")."""
    plat = {**LEEG, **waarden}
    per_soort = {
        soort: PerCase(
            **{
                case: Trajecten(
                    plat[aantal_veld(soort, case)], tuple(plat[aandeel_veld(soort, case, t)] for t in TRAJECTEN)
                )
                for case in CASES
            }
        )
        for soort in SOORTEN
    }
    return Effectmeting(
        gebruik=plat[GEBRUIK_VELD],
        gemeten=gemeten_delen(plat),
        grondslag=cast(Grondslag, plat[GRONDSLAG_VELD]),
        meer=per_soort["meer"],
        minder=per_soort["minder"],
        voorkomen=PerEscalatie(**{e: plat[voorkomen_veld(e)] for e in ESCALATIES}),
        bedreigd=PerEscalatie(**{e: plat[bedreigd_veld(e)] for e in ESCALATIES}),
    )


def _zonder_bedreigd(plat: Mapping[str, Any]) -> list[str]:
    """The escalations that were prevented and of which the share under threat is not known."""
    if not plat[gemeten_veld("voorkomen")]:
        return []
    return [e for e in ESCALATIES if plat[voorkomen_veld(e)] and plat[bedreigd_veld(e)] is None]


def controleer_effectmeting(waarden: Mapping[str, Any], fouten: frozenset[str] = frozenset()) -> list[Melding]:
    """What is wrong between the fields, of values that are right by themselves; ``fouten``: fields that are not."""
    plat = {**LEEG, **waarden}
    uit: list[Melding] = []
    for soort in SOORTEN:
        for case in CASES:
            aandelen = VERDELINGEN_EFFECT[f"effectmeting.{soort}.{case}"]
            aantal = aantal_veld(soort, case)
            if fouten & {*aandelen, aantal}:
                continue
            uit += _controleer_verdeling(plat, aantal, aandelen)
    if plat[GRONDSLAG_VELD] == "bedreigd" and (leeg := _zonder_bedreigd(plat)) and not fouten:
        uit.append(
            Melding(
                GRONDSLAG_VELD,
                "bedreigd",
                f"van {_noem(leeg)} is niet ingevuld welk deel van de huishoudens ermee bedreigd wordt.",
                f"Vul in: {opsomming([bedreigd_veld(e) for e in leeg])}; of kies de grondslag huishoudens.",
            )
        )
    return uit


def _controleer_verdeling(plat: Mapping[str, Any], aantal: str, aandelen: tuple[str, ...]) -> list[Melding]:
    som = sum(plat[s] for s in aandelen)
    groep = aantal.rpartition(".")[0]
    if som == 0:
        if plat[aantal] == 0:
            return []
        remedie = f"Vul de verdeling over de soorten in ({aandelen[0]} en verder), samen 100%, of maak het aantal leeg."
        return [Melding(aantal, plat[aantal], "er is een aantal, maar geen verdeling over de soorten.", remedie)]
    if abs(som - 1) <= AFRONDING + 1e-9:
        return []
    delen = " + ".join(f"{nederlands(100 * plat[s], 4)}%" for s in aandelen if plat[s])
    return [
        Melding(
            groep,
            delen,
            f"de aandelen tellen op tot {nederlands(som * 100, 4)}% in plaats van 100%.",
            "Maak er samen 100% van (een afrondingsverschil van 1 procentpunt mag), of maak ze alle leeg.",
        )
    ]


def let_op_effectmeting(effect: Effectmeting, opgegeven: frozenset[str]) -> list[Melding]:
    """What deserves an argument: nothing is changed. ``opgegeven``: the flat keys that the user gave."""
    plat = effect.plat()
    if not effect.gebruik:
        oorzaak = "de effectmeting is ingevuld, maar de knop staat op nee: vraag 16 tot en met 18 tellen niet mee."
        return [Melding(GEBRUIK_VELD, "nee", oorzaak, "Zet de knop op ja, of verwijder de antwoorden.")]
    if not effect.gemeten:
        oorzaak = "de knop staat op ja, maar van vraag 16, 17 en 18 is er geen gemeten: vraag 11 tot en met 14 tellen."
        return [Melding(GEBRUIK_VELD, "ja", oorzaak, f"Zet {opsomming([gemeten_veld(d) for d in DELEN], 'of')} op ja.")]
    uit = [*_let_op_vervangen(effect, opgegeven), *_let_op_ongemeten(effect, opgegeven)]
    uit += [*_let_op_sommen(plat), *_let_op_dubbel(effect, plat)]
    for soort in (s for s in SOORTEN if effect.telt(s)):
        gevuld = [case for case in CASES if plat[aantal_veld(soort, case)]]
        if len(gevuld) == 1 and not any(aantal_veld(soort, c) in opgegeven for c in CASES if c not in gevuld):
            (leeg,) = (c for c in CASES if c not in gevuld)
            uit.append(
                Melding(
                    aantal_veld(soort, leeg),
                    None,
                    "dit is leeg en telt als 0, terwijl de andere cases wel trajecten hebben.",
                    "Maakt de steekproef geen onderscheid, geef dan bij beide het gemiddelde over alle huishoudens "
                    "(handleiding, voetnoot 13).",
                )
            )
    return uit


def _let_op_vervangen(effect: Effectmeting, opgegeven: frozenset[str]) -> list[Melding]:
    """The guard against counting twice: answers that invoer 2 takes the place of."""
    uit = []
    if vervangen := [s for deel in effect.gemeten for s in VERVANGEN[deel] if s in opgegeven]:
        vragen = sorted({VELDEN[s].vraag for s in vervangen})
        nieuw = [str(VRAAG_VAN[deel]) for deel in effect.gemeten]
        welke = "16 tot en met 18" if len(nieuw) == len(DELEN) else opsomming(nieuw)
        komt = f"vraag {welke} {'komt' if len(nieuw) == 1 else 'komen'}"
        uit.append(
            Melding(
                GEBRUIK_VELD,
                "ja",
                f"deze antwoorden tellen niet mee: {opsomming(benoem(vervangen))} (vraag "
                f"{opsomming([str(v) for v in vragen])}); {komt} ervoor in de plaats.",
                "Dat is de bedoeling van invoer 2: zo telt niets dubbel.",
            )
        )
    return uit


def _let_op_ongemeten(effect: Effectmeting, opgegeven: frozenset[str]) -> list[Melding]:
    """Answers to a question that is said not to be measured: they do not count."""
    uit = []
    for deel in (d for d in DELEN if not effect.telt(d)):
        veld = gemeten_veld(deel)
        if any(s in opgegeven and s != veld and LEEG[s] != effect.plat()[s] for s in _van_deel(deel)):
            vraag, oud = VRAAG_VAN[deel], [str(v) for v in vervangen_vragen([deel])]
            oorzaak = (
                f"vraag {vraag} is ingevuld en staat op niet gemeten: zij telt niet mee, en vraag {opsomming(oud)} wel."
            )
            uit.append(Melding(veld, "nee", oorzaak, "Zet dit op ja, of verwijder de antwoorden."))
    return uit


def _van_deel(deel: str) -> list[str]:
    vraag = VRAAG_VAN[deel]
    return [s for s, v in EFFECTVELDEN.items() if v.vraag == vraag and s not in (GEBRUIK_VELD, GRONDSLAG_VELD)]


def _let_op_sommen(plat: Mapping[str, Any]) -> list[Melding]:
    uit = []
    for groep, sleutels in VERDELINGEN_EFFECT.items():
        som = sum(plat[s] for s in sleutels)
        if som and abs(som - 1) > 1e-9:
            tekst = f"{nederlands(som * 100, 4)}%"
            oorzaak = f"de aandelen tellen op tot {tekst} (afgerond opgegeven)."
            uit.append(Melding(groep, tekst, oorzaak, "De getallen gelden zoals opgegeven en worden niet herschaald."))
    return uit


def _let_op_dubbel(effect: Effectmeting, plat: Mapping[str, Any]) -> list[Melding]:
    """Heavy care under question 17: of the five indicators it is never counted there, of their kin it may be twice."""
    uit = []
    for case in CASES if effect.telt("minder") else ():
        if not plat[aantal_veld("minder", case)]:
            continue
        zwaar = [e for e in ESCALATIES if plat[aandeel_veld("minder", case, e)]]
        if zwaar:
            deel = sum(plat[aandeel_veld("minder", case, e)] for e in zwaar)
            uit.append(
                Melding(
                    f"effectmeting.minder.{case}",
                    f"{nederlands(deel * 100, 4)}%",
                    f"{_noem(zwaar)}: dit is zware hulp; voorkomen zware hulp telt bij vraag 18 en niet bij vraag 17.",
                    "Vul vraag 18 in; dit deel van vraag 17 krijgt geen bedrag, zodat niets dubbel telt.",
                )
            )
        for traject, escalatie in DUBBEL_MET_ESCALATIE.items():
            dubbel = plat[aandeel_veld("minder", case, traject)] and plat[voorkomen_veld(escalatie)]
            if dubbel and effect.telt("voorkomen"):
                oorzaak = (
                    f"{TRAJECTNAMEN[traject]} staat bij vraag 17 en {TRAJECTNAMEN[escalatie]} bij vraag 18: "
                    "dezelfde gebeurtenis kan dubbel tellen."
                )
                uit.append(
                    Melding(
                        aandeel_veld("minder", case, traject),
                        f"{nederlands(plat[aandeel_veld('minder', case, traject)] * 100, 4)}%",
                        oorzaak,
                        "Tel een voorkomen maatregel of plaatsing een keer, bij vraag 18.",
                    )
                )
    if (
        effect.grondslag == "huishoudens"
        and effect.telt("voorkomen")
        and effect.bedreigd_bekend
        and any(plat[voorkomen_veld(e)] for e in ESCALATIES)
    ):
        uit.append(
            Melding(
                GRONDSLAG_VELD,
                "huishoudens",
                "vraag 18 telt als aandeel van de huishoudens in de aanpak; het aandeel bedreigde huishoudens telt dan "
                "niet mee en staat er alleen ter vergelijking naast.",
                "Is vraag 18 gemeten onder bedreigde huishoudens (60% zonder, 75% met de aanpak: 15%), kies dan de "
                "grondslag bedreigd; nooit tellen beide.",
            )
        )
    return uit


def _noem(trajecten: list[str]) -> str:
    return opsomming([TRAJECTNAMEN[t] for t in trajecten])
