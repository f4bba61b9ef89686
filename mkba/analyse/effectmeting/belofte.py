"""The locked promise: what an aanpak is expected to do and how that will be measured, written down before measuring.

A promise is a TOML file with a fingerprint (sha256) over all that it says. Whoever changes a digit afterwards is seen,
unless the fingerprint is made anew too: so the fingerprint also belongs outside the file, in the decision or a mail.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

import mkba
from mkba.analyse.effectmeting.bijwerken.weging import Bijwerking
from mkba.analyse.effectmeting.zekerheid.intervallen import MINIMUM
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.analyse.onzekerheid.trekking import TREKKINGEN, ZAAD
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.bestand.hashes import hash_waarden
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonlijk import herkenbaar_in
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.effectvelden import VERVANGEN, VRAAG_VAN, aantal_veld, voorkomen_veld
from mkba.kern.woorden.trajecten import ESCALATIES_VAN_TYPE
from mkba.kern.woorden.velden import KNOPPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.model.effectmeting import gemeten_escalaties

VERSIE: Final = 1
SLOT: Final = "sha256"
BELOOFD: Final = ("saldo", "saldo_gemeente", "kb_financieel", "kb_maatschappelijk", "kb_gemeentelijk")
MOMENTEN: Final = (0, 6, 12, 18)
"""Months after the start at which the manual measures (§5.1)."""
_AANTAL: Final = {
    "meer": ("meer", aantal_veld("meer", "bestaand")),
    "substitutie.nieuw": ("minder", aantal_veld("minder", "nieuw")),
    "substitutie.bestaand": ("minder", aantal_veld("minder", "bestaand")),
}
"""Of the knobs about trajecten which of questions 16 and 17 takes their place, and its number that is about them."""
_DELEN: Final = ("belofte", "aanpak", "plan", "knoppen", "uitkomsten")


@dataclass(frozen=True, slots=True)
class Verwacht:
    """An expected value with the interval in which it lies with 95% chance by the draws.

    A value beyond that interval (a knob at the end of its published range) widens it.
    """

    waarde: float
    laag: float
    hoog: float

    def binnen(self, waarde: float) -> bool:
        """Whether a value lies within what was promised."""
        return self.laag <= waarde <= self.hoog


@dataclass(frozen=True, eq=False)
class Belofte:
    """A promise as it was read and found unchanged.

    ``aanpak``: the answers by flat key; ``knoppen`` and ``uitkomsten``: what was expected; ``plan``: how it would be
    measured; ``sha256``: the fingerprint of all of this.
    """

    naam: str
    datum: date
    regelset: str
    vingerafdruk: str
    versie_mkba: str
    aanpak: Mapping[str, Any]
    plan: Mapping[str, Any]
    knoppen: Mapping[str, Verwacht]
    uitkomsten: Mapping[str, Verwacht]
    sha256: str


@dataclass(frozen=True, slots=True)
class Naast:
    """One line of promised beside measured. ``gemeten`` is None where nothing was measured.

    ``vraag``: the question (16 to 18) that counts in the place of this knob, 0 for none; ``telt``: the answer to it in
    a unit of its own (key and number), empty where there is none, or where ``gemeten`` has it in the unit of the knob.
    """

    sleutel: str
    beloofd: Verwacht
    gemeten: float | None
    vraag: int = 0
    telt: tuple[str, float] | None = None

    @property
    def oordeel(self) -> str:
        """In Dutch: within what was promised, higher, lower, or not measured; of what no longer counts nothing."""
        if self.gemeten is None or self.telt is not None:
            return "" if self.vraag else "niet gemeten"
        if self.beloofd.binnen(self.gemeten):
            return "binnen de belofte"
        return "hoger dan beloofd" if self.gemeten > self.beloofd.hoog else "lager dan beloofd"


@dataclass(frozen=True, eq=False)
class Vergelijking:
    """Promised, measured, and what was changed afterwards: ``veranderd`` {key: (promised, now)} of the answers that
    were not measured, ``regelset`` the rule sets (promised, now) when these differ, else None."""

    belofte: Belofte
    knoppen: tuple[Naast, ...]
    uitkomsten: tuple[Naast, ...]
    veranderd: Mapping[str, tuple[Any, Any]]
    regelset: tuple[str, str] | None


def maak_belofte(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    datum: date,
    plan: Mapping[str, str | int] | None = None,
    *,
    aantal: int = TREKKINGEN,
    zaad: int = ZAAD,
) -> str:
    """The text of a promise, TOML, locked. ``plan``: more about how it will be measured, names and texts or numbers.

    Expected are the values as filled in, with the 95% interval of the draws. The same aanpak, kengetallen, date and
    seed give the same text.
    """
    sim = simuleer(aanpak, kengetallen, aantal, zaad, sleutels=BELOOFD)
    kans = [(1 - ZEKERHEID) / 2, (1 + ZEKERHEID) / 2]
    punt = bereken(aanpak, kengetallen)
    plat = aanpak.plat()
    inhoud: dict[str, dict[str, Any]] = {
        "belofte": {
            "versie": VERSIE,
            "naam": aanpak.naam,
            "datum": datum.isoformat(),
            "regelset": kengetallen.naam,
            "vingerafdruk": kengetallen.vingerafdruk,
            "mkba": mkba.__version__,
        },
        "aanpak": {s: list(w) if isinstance(w, tuple) else w for s, w in plat.items() if w is not None},
        "plan": {
            "uitkomstmaten": "saldo en verhoudingen; de knoppen van vraag 10 tot en met 15",
            "momenten_maanden": list(MOMENTEN),
            "minimum_huishoudens": MINIMUM,
            "interval": "95%: Wilson voor aandelen, bootstrap binnen strata voor gemiddelden",
            "bijwerken": "kengetal als prior, telling als gegeven (beta, gamma, normaal)",
            "trekkingen": aantal,
            "zaad": zaad,
            **(plan or {}),
        },
        "knoppen": {
            s: _met_waarde(float(plat[s]), v.kwantiel(np.array(kans))) for s, v in sim.trekking.items() if s in KNOPPEN
        },
        # a ratio without costs does not exist, and is not promised
        "uitkomsten": {
            s: _met_waarde(punt[s], _kwantielen(sim.reeksen[s], kans)) for s in BELOOFD if np.isfinite(punt[s])
        },
    }
    tekst = _schrijf(inhoud)
    slot = hash_waarden(tomllib.loads(tekst))
    return f'{_KOP}{SLOT} = "{slot}"\n{tekst}'


_KOP: Final = """\
# Belofte: wat van deze aanpak wordt verwacht en hoe het wordt gemeten, vastgelegd voor de meting.
# Verander dit bestand niet: de vingerafdruk hieronder past dan niet meer. Leg haar ook elders vast, bijvoorbeeld in
# het besluit; wie het bestand en de vingerafdruk samen verandert, is alleen daaraan te herkennen.
# Bedragen zijn euro's (netto contante waarde van een jaar aanpak); [verwacht, laag, hoog] met 95% kans.
"""


def _met_waarde(waarde: float, grenzen: Any) -> list[float]:
    laag, hoog = (float(g) for g in grenzen)
    return [waarde, min(laag, waarde), max(hoog, waarde)]


def _kwantielen(reeks: Any, kans: list[float]) -> Any:
    """Of the draws in which the outcome exists: a ratio without costs does not."""
    eindig = reeks[np.isfinite(reeks)]
    return np.quantile(eindig, kans)


def _schrijf(inhoud: Mapping[str, Mapping[str, Any]]) -> str:
    regels = []
    for deel, velden in inhoud.items():
        regels.append(f"\n[{deel}]")
        # a string of JSON is one of TOML too, but for DEL, which no name may hold
        regels += [f"{json.dumps(s)} = {json.dumps(w, ensure_ascii=False)}" for s, w in velden.items()]
    return "\n".join(regels) + "\n"


def lees_belofte(pad: Path) -> Belofte:
    """A promise of a file, whose fingerprint fits. Raises InvoerFout when it is none or was changed."""
    gelezen = lees_toml(pad)
    slot = gelezen.pop(SLOT, None)
    if not isinstance(slot, str) or any(not isinstance(gelezen.get(d), dict) for d in _DELEN):
        oorzaak = "dit is geen belofte: er ontbreken delen die `mkba beloof` schrijft."
        raise InvoerFout(
            [Melding("bestand", pad.name, oorzaak, "Geef het bestand dat `mkba beloof` schreef.", str(pad))]
        )
    if hash_waarden(gelezen) != slot:
        oorzaak = "de inhoud past niet bij de vingerafdruk: na het vastleggen is er iets veranderd."
        remedie = "Gebruik het oorspronkelijke bestand, of leg met `mkba beloof` een nieuwe belofte vast."
        raise InvoerFout([Melding(SLOT, slot[:12], oorzaak, remedie, str(pad))])
    _controleer_teksten(gelezen, pad)
    try:
        kop = gelezen["belofte"]
        if kop["versie"] != VERSIE:
            raise ValueError
        return Belofte(
            naam=str(kop["naam"]),
            datum=date.fromisoformat(kop["datum"]),
            regelset=str(kop["regelset"]),
            vingerafdruk=str(kop["vingerafdruk"]),
            versie_mkba=str(kop["mkba"]),
            aanpak={s: tuple(w) if isinstance(w, list) else w for s, w in gelezen["aanpak"].items()},
            plan=gelezen["plan"],
            knoppen={s: Verwacht(*map(float, w)) for s, w in gelezen["knoppen"].items()},
            uitkomsten={s: Verwacht(*map(float, w)) for s, w in gelezen["uitkomsten"].items()},
            sha256=slot,
        )
    except (KeyError, TypeError, ValueError):
        oorzaak = "deze belofte is niet te lezen: een deel heeft een andere vorm."
        remedie = "Gebruik de versie van mkba waarmee de belofte is gemaakt."
        raise InvoerFout([Melding("bestand", pad.name, oorzaak, remedie, str(pad))]) from None


def _controleer_teksten(inhoud: Mapping[str, Any], pad: Path) -> None:
    """A report shows what was promised, and a file may be made by hand. Raises InvoerFout, without the text."""
    for velden in inhoud.values():
        for sleutel, waarde in velden.items() if isinstance(velden, Mapping) else ():
            teksten = [sleutel, *(waarde if isinstance(waarde, list) else [waarde])]
            wat = next((w for t in teksten if isinstance(t, str) and (w := herkenbaar_in(t))), "")
            if wat and sleutel != "vingerafdruk":
                oorzaak = f"in een tekst van deze belofte lijkt {wat} te staan."
                remedie = "Leg met `mkba beloof` een belofte vast zonder persoonsgegevens."
                raise InvoerFout([Melding("belofte", NIET_GETOOND, oorzaak, remedie, str(pad))])


def vergelijk(
    belofte: Belofte, aanpak: Aanpak, kengetallen: Kengetallen, bijwerking: Bijwerking | None = None
) -> Vergelijking:
    """Promised beside measured.

    With ``bijwerking`` measured are the knobs that it updated and the outcomes after it; without, what ``aanpak`` says
    itself that was measured, and the outcomes are those of now. Changed is every answer that differs from the promise
    and was not measured. Of a knob that a measurement takes the place of stands what counts instead.
    """
    nu = bijwerking.na if bijwerking else aanpak
    plat = nu.plat()
    if bijwerking:
        gemeten, anders = {k.sleutel: k.na for k in bijwerking.knoppen}, set(bijwerking.gemeten)
    else:
        anders = {s for s, r in nu.gemeten_in.items() if r.hoe != "kengetal"}
        gemeten = {s: float(plat[s]) for s in KNOPPEN if s in anders}
    uitkomst = bereken(nu, kengetallen)
    veranderd = {
        s: (belofte.aanpak.get(s), plat[s])
        for s in VELDEN
        if s not in gemeten and s not in anders and belofte.aanpak.get(s) != plat[s]
    }
    telt = nu.gemeten.gemeten if nu.gemeten is not None else ()
    als = {s: VRAAG_VAN[deel] for deel in telt for s in VERVANGEN[deel]}
    if "voorkomen" in telt:
        samen, alles = gemeten_escalaties(nu, kengetallen), nu.alles()
        bekend = [t for t in TYPEN if any(alles[voorkomen_veld(e)] for e in ESCALATIES_VAN_TYPE[t])]
        gemeten |= {f"escalatie.{t}": samen[t] for t in bekend}
    per_huishouden = {k: (s, float(nu.alles()[s])) for k, (deel, s) in _AANTAL.items() if deel in telt}
    nu_regelset = f"{kengetallen.naam} {kengetallen.vingerafdruk}"
    toen = f"{belofte.regelset} {belofte.vingerafdruk}"
    return Vergelijking(
        belofte,
        tuple(Naast(s, v, gemeten.get(s), als.get(s, 0), per_huishouden.get(s)) for s, v in belofte.knoppen.items()),
        tuple(Naast(s, v, uitkomst[s]) for s, v in belofte.uitkomsten.items()),
        veranderd,
        None if nu_regelset == toen else (toen, nu_regelset),
    )
