"""Scenarios: named sets of changes side by side, and a waterfall from one to the other.

A scenario never carries code: it is read from TOML into frozen records, every key and value checked. Changes
of one scenario touch different keys, so that the scenario as a whole does not depend on their order.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

import numpy as np
import pandas as pd

from mkba.analyse.shapley import keuzes, shapley
from mkba.kern.bestand import paden
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET, Kengetallen
from mkba.kern.catalogus.sleutels import GEBRUIK, te_varieren
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import POSTEN, SLEUTELS, TYPEN
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, EFFECTVELDEN, GEBRUIK_VELD
from mkba.kern.woorden.velden import KNOPPEN, Veld, benoem
from mkba.kern.zaak.aanpak import Aanpak, plat_maken
from mkba.kern.zaak.controle import controleer_veld, onbekend_veld
from mkba.kern.zaak.effectmeting import vervangen_door
from mkba.model.berekening import bereken

Bewerking = Literal["zet", "maal", "korting", "minstens", "hoogstens"]
GRENZEN: Final = ("minstens", "hoogstens")
"""What is a bound, in the unit of the field."""
Soort = Literal["fase", "tegenvaller", "eigen"]
KENGETAL: Final = "kengetal"
"""As a value of ``zet``: what the screen shows in grey for this field, and 0 for an effect of question 13 whose
discipline the team lacks (handleiding §2.3), as in a field that was left empty."""
BASIS: Final = "Zoals ingevuld"
MAXIMUM_SHAPLEY: Final = 7
"""Changes up to which the average over orders is calculated: 2^7 = 128 calculations."""
MAXIMUM_SCENARIOS: Final = 100
MAXIMUM_FACTOR: Final = 1000.0
"""A factor beyond this is a typing error; no source."""
_SCENARIOVELDEN: Final = ("naam", "soort", "omschrijving", "bron", "wijziging")
_TEKSTEN: Final = ("naam", "status", "vindplaats", "motivering")
_STATUS: Final = {"gepubliceerd": "vindplaats", "aanname": "motivering", "": ""}
"""What each status asks for; a scenario of a user may leave the status out."""


@dataclass(frozen=True, slots=True)
class Stap:
    """What happens to one key: ``zet`` replaces, ``maal`` multiplies, ``korting`` multiplies values above 0 only,
    ``minstens`` and ``hoogstens`` move a value that lies beyond their bound, to it."""

    bewerking: Bewerking
    waarde: Any


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One change: a step of the waterfall. ``stappen`` maps flat keys to what happens to them.

    ``regels``: the lines of the ledger that follow it ("substitutie.jeugd"); empty: all. Only
    :mod:`mkba.analyse.bevindingen.overleving` calculates a change of some lines.
    """

    naam: str
    stappen: Mapping[str, Stap]
    status: str = ""
    vindplaats: str = ""
    motivering: str = ""
    regels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of changes. ``sleutel`` is its short name in the file."""

    sleutel: str
    naam: str
    wijzigingen: tuple[Wijziging, ...]
    soort: Soort = "eigen"
    omschrijving: str = ""
    bron: str = ""

    def __post_init__(self) -> None:
        sleutels = [(k, w.regels) for w in self.wijzigingen for k in w.stappen]
        if len(set(sleutels)) < len(sleutels):
            raise ValueError(f"scenario {self.naam!r} verandert een veld twee keer")

    @property
    def stappen(self) -> dict[str, Stap]:
        """All steps of all changes, by flat key."""
        return {k: s for w in self.wijzigingen for k, s in w.stappen.items()}


def laad_scenarios(*regelsets: str) -> dict[str, Scenario]:
    """The scenarios that come with a rule set, by short name, in file order. Raises InvoerFout.

    ``regelsets``: the rule set and its parents, nearest first; the first with scenarios of its own gives them.
    """
    map_ = paden.data() / "scenarios"
    bestanden = [map_ / f"{naam}.toml" for naam in regelsets if naam.replace("-", "").isalnum()]
    return lees_scenarios(next((b for b in bestanden if b.is_file()), map_ / f"{STANDAARD_REGELSET}.toml"))


def lees_scenarios(bestand: Path) -> dict[str, Scenario]:
    """Read scenarios from TOML; everything that is wrong comes in one InvoerFout."""
    inhoud = lees_toml(bestand)
    meldingen: list[Melding] = []
    if len(inhoud) > MAXIMUM_SCENARIOS:
        oorzaak = f"er staan meer dan {MAXIMUM_SCENARIOS} scenario's in dit bestand."
        raise InvoerFout([Melding("scenario's", len(inhoud), oorzaak, "Verdeel ze over bestanden.", str(bestand))])
    uit = {sleutel: _scenario(sleutel, tabel, meldingen) for sleutel, tabel in inhoud.items()}
    namen = [s.naam for s in uit.values()]
    meldingen += [
        Melding(s.sleutel, s.naam, "deze naam is al gebruikt.", "Geef elk scenario een eigen naam.")
        for i, s in enumerate(uit.values())
        if s.naam == BASIS or s.naam in namen[:i]
    ]
    if meldingen:
        raise InvoerFout(m.in_bestand(str(bestand)) for m in meldingen)
    return uit


def pas_toe(aanpak: Aanpak, kengetallen: Kengetallen, wat: Scenario | Mapping[str, Stap]) -> tuple[Aanpak, Kengetallen]:
    """The aanpak and the rule set with a scenario applied, both checked. Raises InvoerFout.

    Fractions that are multiplied stay within the bounds of their question (double terugval is at most all).
    Kengetallen change first, then the fields, and the calculated kengetal frictie follows from all of them.
    Voorkomen escalatie of a type without households stays as it is: there is nothing to prevent.
    """
    stappen = wat.stappen if isinstance(wat, Scenario) else wat
    if isinstance(wat, Scenario) and any(w.regels for w in wat.wijzigingen):
        raise ValueError(f"scenario {wat.naam!r} verandert een deel van de regels; reken het met overleving")
    _weiger_zonder_effectmeting(aanpak, stappen)
    eigen = {k: float(_nieuw(kengetallen.get(k, 0.0), s)) for k, s in stappen.items() if k not in ALLE_VELDEN}
    if eigen:
        kengetallen = kengetallen.met(eigen)
        aanpak = aanpak.met({}, kengetallen)
    plat = aanpak.alles()
    velden = {k: s for k, s in stappen.items() if k in ALLE_VELDEN}
    frictie = velden.get("frictie")
    velden_nieuw = {k: _veldwaarde(k, plat.get(k) or 0.0, s, kengetallen) for k, s in velden.items() if k != "frictie"}
    for t in TYPEN:
        if velden_nieuw.get(f"type.{t}", plat[f"type.{t}"]) == 0:
            velden_nieuw.pop(f"escalatie.{t}", None)
    if velden_nieuw:
        aanpak = aanpak.met(velden_nieuw, kengetallen)
    if frictie is not None:
        als_kengetal = frictie.waarde == KENGETAL
        waarde = (
            bereken(aanpak, kengetallen)["frictie_kengetal"]
            if als_kengetal
            else _veldwaarde("frictie", plat["frictie"], frictie, kengetallen)
        )
        aanpak = aanpak.met({"frictie": waarde}, kengetallen)
    return aanpak, kengetallen


def zonder_werking(aanpak: Aanpak, scenarios: Iterable[Scenario]) -> dict[str, list[str]]:
    """Per scenario (its name) the fields that it changes and that a measurement has taken the place of."""
    vervangen = vervangen_door(aanpak.effectmeting)
    uit = {s.naam: [k for k in s.stappen if k in vervangen] for s in scenarios}
    return {naam: velden for naam, velden in uit.items() if velden}


def _weiger_zonder_effectmeting(aanpak: Aanpak, stappen: Mapping[str, Stap]) -> None:
    """A scenario of questions 16 to 18 needs an aanpak that measured: else nothing would change. Raises InvoerFout."""
    effect = [k for k in stappen if k in EFFECTVELDEN]
    if effect and aanpak.gemeten is None and GEBRUIK_VELD not in stappen:
        oorzaak = "deze aanpak heeft geen effectmeting die meetelt; dit verandert dus niets."
        raise InvoerFout(
            [Melding(effect[0], stappen[effect[0]].waarde, oorzaak, "Zet effectmeting.gebruik op ja, of laat dit weg.")]
        )


def vergelijk(aanpak: Aanpak, kengetallen: Kengetallen, scenarios: Iterable[Scenario]) -> pd.DataFrame:
    """The public keys per scenario: a row per scenario (index: its name), the input as given first.

    Euros NCW and ratios, unrounded. Raises InvoerFout for a scenario that this aanpak cannot take.
    """
    rijen = {BASIS: bereken(aanpak, kengetallen).sleutels}
    rijen |= {s.naam: bereken(*pas_toe(aanpak, kengetallen, s)).sleutels for s in scenarios}
    return pd.DataFrame.from_dict(rijen, orient="index", columns=list(SLEUTELS)).rename_axis("scenario")


def waterval(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    van: Scenario | None,
    naar: Scenario | None,
    uitkomst: str = "saldo",
) -> pd.DataFrame:
    """From one scenario to another, one change at a time; ``None`` is the input as given.

    First the changes of ``naar`` in the order listed, then what only ``van`` changed goes back to the input, a
    step that names its fields.
    Rows: the start, each change, the end. Columns: naam, soort ("van", "wijziging", "naar"), bijdrage (what the
    change adds to ``uitkomst`` when all changes above it are in place: another order gives other parts),
    stand (the outcome after it), gemiddeld (the contribution averaged over all orders, the Shapley value; NaN
    with more than :data:`MAXIMUM_SHAPLEY` changes). Both kinds of parts add up to the whole difference.
    """
    begin = dict(van.stappen) if van else {}
    wijzigingen = _overgang(van, naar, kengetallen)

    def stand(welke: Iterable[int]) -> float:
        stappen = dict(begin)
        for i in welke:
            for sleutel, stap in wijzigingen[i][1].items():
                if stap is None:
                    stappen.pop(sleutel, None)
                else:
                    stappen[sleutel] = stap
        return bereken(*pas_toe(aanpak, kengetallen, stappen))[uitkomst]

    aantal = len(wijzigingen)
    standen = [stand(range(i)) for i in range(aantal + 1)]
    if aantal <= MAXIMUM_SHAPLEY:
        gemiddeld = shapley(np.array([stand(np.flatnonzero(keuze)) for keuze in keuzes(aantal)])).tolist()
    else:
        gemiddeld = [math.nan] * aantal
    rijen: list[tuple[str, str, float, float, float]] = [
        (van.naam if van else BASIS, "van", math.nan, standen[0], math.nan),
        *(
            (naam, "wijziging", na - voor, na, deel)
            for (naam, _), voor, na, deel in zip(wijzigingen, standen[:-1], standen[1:], gemiddeld, strict=True)
        ),
        (naar.naam if naar else BASIS, "naar", math.nan, standen[-1], math.nan),
    ]
    return pd.DataFrame(rijen, columns=["naam", "soort", "bijdrage", "stand", "gemiddeld"])


def _overgang(
    van: Scenario | None, naar: Scenario | None, kengetallen: Kengetallen
) -> list[tuple[str, dict[str, Stap | None]]]:
    """Steps on different keys that lead from one scenario to the other; None = back to the input."""
    begin = van.stappen if van else {}
    eind = naar.stappen if naar else {}
    uit: list[tuple[str, dict[str, Stap | None]]] = []
    for wijziging in naar.wijzigingen if naar else ():
        anders: dict[str, Stap | None] = {k: s for k, s in wijziging.stappen.items() if begin.get(k) != s}
        if anders:
            uit.append((wijziging.naam, anders))
    for wijziging in van.wijzigingen if van else ():
        terug: dict[str, Stap | None] = {k: None for k in wijziging.stappen if k not in eind}
        if terug:
            uit.append((f"weer zoals ingevuld: {_wat_teruggaat(terug, kengetallen)}", terug))
    return uit


def _wat_teruggaat(sleutels: Iterable[str], kengetallen: Kengetallen) -> str:
    namen = [k.kort or k.omschrijving if (k := kengetallen.getallen.get(naam)) else naam for naam in benoem(sleutels)]
    return " en ".join(naam[:1].lower() + naam[1:] for naam in namen)


def _nieuw(oud: float, stap: Stap) -> Any:
    if stap.bewerking == "zet":
        return stap.waarde
    if stap.bewerking in GRENZEN:
        return (max if stap.bewerking == "minstens" else min)(oud, stap.waarde)
    return oud * stap.waarde if stap.bewerking == "maal" or oud > 0 else oud


def _veldwaarde(sleutel: str, oud: Any, stap: Stap, kengetallen: Kengetallen) -> Any:
    veld = ALLE_VELDEN[sleutel]
    if stap.waarde == KENGETAL:
        # a knob that is left empty takes its own default, which knows the disciplines and claims nothing
        return None if sleutel in KNOPPEN else kengetallen[veld.standaard or ""]
    nieuw = _nieuw(oud, stap)
    if stap.bewerking == "zet" or veld.soort != "fractie" or veld.minimum is None or veld.maximum is None:
        return nieuw
    return min(max(nieuw, veld.minimum), veld.maximum)


def _scenario(sleutel: str, tabel: Any, meldingen: list[Melding]) -> Scenario:
    leeg = Scenario(sleutel, sleutel, ())
    if not isinstance(tabel, Mapping):
        meldingen.append(Melding(sleutel, tabel, "dit is geen scenario.", "Begin elk scenario met [naam]."))
        return leeg
    meldingen += [
        Melding(f"{sleutel}.{k}", tabel[k], "dit veld bestaat niet.", f"Kies uit: {', '.join(_SCENARIOVELDEN)}.")
        for k in tabel
        if k not in _SCENARIOVELDEN
    ]
    teksten = {k: _tekst(f"{sleutel}.{k}", tabel.get(k, ""), meldingen) for k in ("naam", "omschrijving", "bron")}
    soort = tabel.get("soort", "eigen")
    if soort not in get_args(Soort):
        kies = f"Kies uit: {', '.join(get_args(Soort))}."
        meldingen.append(Melding(f"{sleutel}.soort", soort, "deze soort bestaat niet.", kies))
    lijst = tabel.get("wijziging")
    if not isinstance(lijst, list) or not lijst or not all(isinstance(w, Mapping) for w in lijst):
        hulp = f"Begin elke wijziging met [[{sleutel}.wijziging]]."
        meldingen.append(Melding(f"{sleutel}.wijziging", lijst, "er staat geen lijst van wijzigingen.", hulp))
        return leeg
    wijzigingen: list[Wijziging] = []
    gezien: dict[tuple[str, ...], set[str]] = {}
    for nummer, ruw in enumerate(lijst, start=1):
        plek = f"{sleutel}.wijziging {nummer}"
        regels = _regels(plek, ruw.get("regels", []), meldingen)
        wijziging = _wijziging(plek, ruw, regels, gezien.setdefault(regels, set()), meldingen)
        gezien[regels] |= set(wijziging.stappen)
        wijzigingen.append(wijziging)
    geldig: Soort = soort if soort in get_args(Soort) else "eigen"
    return Scenario(
        sleutel, teksten["naam"] or sleutel, tuple(wijzigingen), geldig, teksten["omschrijving"], teksten["bron"]
    )


def _regels(plek: str, waarde: Any, meldingen: list[Melding]) -> tuple[str, ...]:
    """Lines of the ledger that a change is for, each a post or a line of one."""
    if isinstance(waarde, list) and all(isinstance(r, str) and r.partition(".")[0] in POSTEN for r in waarde):
        return tuple(waarde)
    kies = f'Geef een rij regels, zoals ["substitutie.jeugd"]; een regel begint met een post: {", ".join(POSTEN)}.'
    meldingen.append(Melding(f"{plek}.regels", waarde, "dit zijn geen regels van het grootboek.", kies))
    return ()


def _wijziging(
    plek: str, ruw: Mapping[str, Any], regels: tuple[str, ...], gezien: set[str], meldingen: list[Melding]
) -> Wijziging:
    bewerkingen: Sequence[Bewerking] = get_args(Bewerking)
    teksten = {k: _tekst(f"{plek}.{k}", ruw.get(k, ""), meldingen) for k in _TEKSTEN}
    if teksten["status"] not in _STATUS:
        kies = f"Kies uit: {', '.join(k for k in _STATUS if k)}."
        meldingen.append(Melding(f"{plek}.status", teksten["status"], "deze status bestaat niet.", kies))
    elif (nodig := _STATUS[teksten["status"]]) and not teksten[nodig]:
        oorzaak = f"status {teksten['status']} vraagt om een {nodig}."
        meldingen.append(Melding(f"{plek}.{nodig}", None, oorzaak, "Vul het veld in."))
    for vreemd in (k for k in ruw if k not in (*_TEKSTEN, *bewerkingen, "regels")):
        kies = f"Kies uit: {', '.join((*bewerkingen, 'regels', *_TEKSTEN))}."
        meldingen.append(Melding(f"{plek}.{vreemd}", ruw[vreemd], "dit veld bestaat niet.", kies))
    stappen: dict[str, Stap] = {}
    for bewerking in bewerkingen:
        tabel = ruw.get(bewerking, {})
        if not isinstance(tabel, Mapping):
            meldingen.append(Melding(f"{plek}.{bewerking}", tabel, "dit is geen tabel.", "Schrijf zet.nieuw = 0.25."))
            continue
        for sleutel, waarde in plat_maken(tabel).items():
            for lid in _leden(sleutel):
                if lid in stappen or lid in gezien:
                    hulp = "Laat elk veld door hoogstens een wijziging veranderen."
                    meldingen.append(Melding(f"{plek}.{lid}", waarde, "dit veld verandert twee keer.", hulp))
                    continue
                goed, melding = _controleer(plek, lid, bewerking, waarde)
                meldingen += [melding] if melding else []
                stappen[lid] = Stap(bewerking, goed)
    if not any(ruw.get(b) for b in bewerkingen):
        meldingen.append(Melding(plek, None, "deze wijziging verandert niets.", f"Geef {', '.join(bewerkingen)}."))
    return Wijziging(teksten.pop("naam") or ", ".join(stappen), stappen, **teksten, regels=regels)


def _leden(sleutel: str) -> list[str]:
    """The fields of a group ("escalatie"), or the key itself."""
    return [v for v in ALLE_VELDEN if v.startswith(f"{sleutel}.")] or [sleutel]


def _controleer(plek: str, sleutel: str, bewerking: Bewerking, waarde: Any) -> tuple[Any, Melding | None]:
    veld = ALLE_VELDEN.get(sleutel)
    plaats = f"{plek}.{bewerking}.{sleutel}"
    if veld is None and not te_varieren(sleutel) and GEBRUIK.get(sleutel) != "standaard":
        fout = onbekend_veld(sleutel, waarde)
        return waarde, Melding(plaats, waarde, "dit is geen invoerveld en geen kengetal van het model.", fout.remedie)
    if sleutel == "naam":
        return waarde, Melding(plaats, waarde, "de naam is geen getal van de aanpak.", "Laat de naam weg.")
    if bewerking == "zet" and waarde == KENGETAL and veld is not None:
        geen = "Geef een getal."
        return waarde, None if veld.standaard else Melding(plaats, waarde, "dit veld heeft geen kengetal.", geen)
    if bewerking in ("zet", *GRENZEN) and veld is not None and (bewerking == "zet" or _is_getal(veld)):
        goed, melding = controleer_veld(veld, waarde)
        return goed, Melding(plaats, waarde, melding.oorzaak, melding.remedie) if melding else None
    if isinstance(waarde, bool) or not isinstance(waarde, int | float) or not math.isfinite(waarde):
        return waarde, Melding(plaats, waarde, "dit is geen eindig getal.", "Geef een getal met een decimale punt.")
    if bewerking == "zet":
        return waarde, None
    if veld is not None and not _is_getal(veld):
        niet = "heeft geen grens" if bewerking in GRENZEN else "is niet te vermenigvuldigen"
        return waarde, Melding(plaats, waarde, f"dit veld {niet}.", "Gebruik zet.")
    if bewerking in GRENZEN:
        return waarde, None
    hoogste = 1.0 if bewerking == "korting" else MAXIMUM_FACTOR
    if not 0 <= waarde <= hoogste:
        oorzaak = f"een factor ligt hier tussen 0 en {hoogste:g}."
        return waarde, Melding(plaats, waarde, oorzaak, "Geef 0.5 voor de helft.")
    return waarde, None


def _is_getal(veld: Veld) -> bool:
    return veld.soort not in ("ja_nee", "disciplines", "keuze")


def _tekst(plek: str, waarde: Any, meldingen: list[Melding]) -> str:
    if isinstance(waarde, str) and waarde.isprintable():
        return waarde.strip()
    meldingen.append(Melding(plek, waarde, "dit is geen tekst op een regel.", "Geef tekst tussen aanhalingstekens."))
    return ""
