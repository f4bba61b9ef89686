"""Tables of a measurement: what was entered, and what it gives in both readings of question 18 beside the estimate."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from mkba.analyse.effectmeting.bijwerken.lezingen import SAMENLOOP, SCHATTING, Lezingen, per_traject, samen_per_type
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import druk_stap, gedrukt_verschil, opsomming
from mkba.kern.woorden.begrippen import TYPEN, naam
from mkba.kern.woorden.effectvelden import (
    EFFECTVELDEN,
    GEBRUIK_VELD,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import (
    CASES,
    ESCALATIES,
    ESCALATIES_VAN_TYPE,
    MINDER_EFFECTIVITEIT,
    SOORTEN,
    TRAJECTEN,
    TRAJECTNAMEN,
)
from mkba.kern.woorden.uitvoerscherm import UITVOERSCHERM_A
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import Effectmeting
from mkba.kern.zaak.meetherkomst import Meetherkomst
from mkba.uitvoer.maat import MATEN, Cel, veldcel
from mkba.uitvoer.meetherkomst import bij, gezegd
from mkba.uitvoer.tabel import Tabel

KOP: Final = {SCHATTING: "schatting (vraag 11–14)", "huishoudens": "(a) van de huishoudens", "bedreigd": "(b) bedreigd"}
VERSCHIL: Final = "gemeten min schatting"
_ZONDER_18: Final = "met de meting"
_TELT_ALS_NUL: Final = "niet gemeten, of te weinig om te tonen"
_CASE: Final = {"nieuw": "nieuw", "bestaand": "bestaand"}
_KORT: Final = {"meer": "16 meer", "minder": "17 minder"}
_KENGETAL: Final = " (k)"
_UITLEG_K: Final = "(k): kengetal, want hoeveel er van deze soort zijn is niet te tonen."
_TIENDE: Final = MATEN["fractie1"].druk(0.001)
_HALF_TIENDE: Final = 0.0005
_SAMEN: Final = {"grootste": "laag: het grootste", "onafhankelijk": "samen (telt)", "som": "hoog: de som"}


def trajectentabel(aanpak: Aanpak, kengetallen: Kengetallen) -> Tabel:
    """Questions 16 and 17: per kind of traject that was filled in the shares, what one costs and what all cost a year.

    The first row has the average number per household. Columns in euros a year hold what counts: of the five
    escalations under question 17 nothing. (k) marks a share that was not counted, of an aanpak that carries along where
    its answers were measured.
    """
    effect = _gemeten(aanpak)
    plat, euro = effect.plat(), per_traject(aanpak, kengetallen)
    soorten = [soort for soort in SOORTEN if effect.telt(soort)]
    kolommen = [(soort, case) for soort in soorten for case in CASES]
    bedragen_van = ["eur", *(f"{soort}_eur" for soort in soorten)]
    aandelen = {v: w for k in kolommen for t in TRAJECTEN if (w := plat[v := aandeel_veld(*k, t)])}
    geraden = {s for s, r in aanpak.gemeten_in.items() if r.hoe == "kengetal" and s in aandelen}
    druk = _aandelen(aandelen, geraden)
    rijen: dict[str, list[Cel | str]] = {
        "Gemiddeld aantal per huishouden": [
            *_aantallen({veld: plat[veld] for veld in (aantal_veld(*k) for k in kolommen)}),
            *([""] * (len(bedragen_van) + ("minder" in soorten))),
        ]
    }
    for t in TRAJECTEN if kolommen else ():
        velden = [aandeel_veld(*k, t) for k in kolommen]
        if not any(plat[v] for v in velden):
            continue
        delen = [druk(v, plat[v]) if plat[v] else "" for v in velden]
        telt = {k: 0.0 if k == "minder_eur" and t in ESCALATIES else float(euro.at[t, k]) for k in bedragen_van}
        rijen[TRAJECTNAMEN[t]] = [*delen, *(Cel(w, "eur1") if w else "" for w in telt.values())]
        if "minder" in soorten:
            rijen[TRAJECTNAMEN[t]] += [_post(t) if any(plat[aandeel_veld("minder", c, t)] for c in CASES) else ""]
    koppen = [f"{_KORT[soort]}, {_CASE[case]}" for soort, case in kolommen]
    koppen += ["kosten per stuk", *(f"euro per jaar {soort}" for soort in soorten)]
    koppen += ["minder telt als"] if "minder" in soorten else []
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=koppen)
    return Tabel(
        frame,
        {k: "eur1" for k in koppen if k != "minder telt als"},
        uitleg=" ".join(
            [
                "De kosten per stuk zijn aannamen uit het hoofd, van de helft tot het dubbele.",
                *([_UITLEG_K] if geraden else []),
                *_waar(aanpak, soorten),
            ]
        ),
    )


def _aantallen(velden: Mapping[str, Any]) -> Iterator[Cel | str]:
    """Numbers per household as filled in; all in hundredths when one has more digits, as a quotient of counts has."""
    in_cijfers = [w for w in velden.values() if isinstance(w, int | float)]
    heel = all(round(w, 2) == w for w in in_cijfers)
    for veld, waarde in velden.items():
        gewoon = heel or not isinstance(waarde, int | float)
        yield veldcel(EFFECTVELDEN[veld], waarde) if gewoon else Cel(float(waarde), "decimaal2")


def _aandelen(velden: Mapping[str, float], geraden: Collection[str]) -> Callable[[str, float], Cel | str]:
    """How a share over the kinds prints: as filled in, or all in tenths of a percent when one has more digits; what was
    not counted (``geraden``) says so."""
    heel = all(round(w, 2) == w for w in velden.values())

    def druk(veld: str, waarde: float) -> Cel | str:
        achter = _KENGETAL if veld in geraden else ""
        if heel:
            return veldcel(EFFECTVELDEN[veld], waarde, achter)
        return Cel(waarde, "fractie1", achter, gedrukt=f"<\u00a0{_TIENDE}" if waarde < _HALF_TIENDE else None)

    return druk


def _waar(aanpak: Aanpak, soorten: Sequence[str]) -> Iterator[str]:
    """Per question where its numbers and its division over the kinds were measured, of an aanpak that carries that."""
    records = aanpak.gemeten_in
    for soort in soorten:
        aantallen = {_CASE[c]: r for c in CASES if (r := records.get(aantal_veld(soort, c)))}
        verdeling = [r for c in CASES for t in TRAJECTEN if (r := records.get(aandeel_veld(soort, c, t)))]
        delen = [f"{case}{bij(r)}" for case, r in aantallen.items()]
        if delen:
            delen[-1] += f" ({opsomming(list(dict.fromkeys(r.bron for r in aantallen.values())))})"
        delen += list(dict.fromkeys(f"verdeling: {gezegd(r)}" for r in verdeling))
        if delen:
            yield f"Vraag {_KORT[soort]}, gemeten: {'; '.join(delen)}."


def escalatietabel(aanpak: Aanpak, kengetallen: Kengetallen) -> Tabel:
    """Question 18 per indicator: prevented and threatened, and what an event costs."""
    effect = _gemeten(aanpak)
    plat = effect.plat()
    records = aanpak.gemeten_in
    rijen = {
        TRAJECTNAMEN[e]: [
            veldcel(EFFECTVELDEN[voorkomen_veld(e)], plat[voorkomen_veld(e)]),
            veldcel(EFFECTVELDEN[bedreigd_veld(e)], _bedreigd(records, plat, e)),
            Cel(kengetallen[f"traject.{e}.eur"], "eur1"),
        ]
        for e in ESCALATIES
    }
    koppen = ["voorkomen", "bedreigd", "kosten per stuk (lezing b)"]
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=koppen)
    if waar := {e: records[v] for e in ESCALATIES if (v := voorkomen_veld(e)) in records}:
        frame["voorkomen, gemeten"] = [bij(waar[e]).removeprefix(" bij ") if e in waar else "" for e in ESCALATIES]
        frame["waar"] = [waar[e].bron if e in waar else _TELT_ALS_NUL for e in ESCALATIES]
    return Tabel(frame, dict.fromkeys(koppen, "eur1"))


def _bedreigd(records: Mapping[str, Meetherkomst], plat: Mapping[str, Any], escalatie: str) -> Any:
    """The share under threat that was filled in, or measured with what was prevented."""
    record = records.get(voorkomen_veld(escalatie))
    ingevuld = plat[bedreigd_veld(escalatie)]
    return record.bedreigd if ingevuld is None and record is not None else ingevuld


def samentabel(aanpak: Aanpak, kengetallen: Kengetallen) -> Tabel:
    """Question 18 as the answer to question 14 that it gives: per huishoudtype its indicators, and together."""
    samen = samen_per_type(aanpak, kengetallen)
    kolommen = {
        "indicatoren": [", ".join(TRAJECTNAMEN[e] for e in ESCALATIES_VAN_TYPE[t]) for t in TYPEN],
        **{_SAMEN[k]: samen[k].tolist() for k in SAMENLOOP},
        "kengetal vraag 14": [kengetallen[f"knop.escalatie.{t}"] for t in TYPEN],
    }
    frame = pd.DataFrame(kolommen, index=[naam(t) for t in TYPEN])
    return Tabel(frame, {k: "fractie1" for k in kolommen if k != "indicatoren"})


def lezingkoppen(naast: Lezingen) -> dict[str, str]:
    """The columns of ``naast.frame`` to show, with their heads: the estimate and what was measured, in both readings of
    question 18 where that was."""
    if naast.met_18:
        return {k: KOP[k] for k in (SCHATTING, "huishoudens", "bedreigd")}
    return {SCHATTING: KOP[SCHATTING], "huishoudens": _ZONDER_18}


def lezingentabel(naast: Lezingen, fijn: bool = False) -> Tabel:
    """Uitvoerscherm A three times: the estimate and both readings, and what the reading that counts adds, euros NCW;
    where question 18 was not measured twice, as it has no readings then.

    ``fijn``: ratios in hundredths, as in a report that has their intervals (``STAP_FIJN``)."""
    frame, labels = naast.frame, {s: "\u00a0" * (4 * diepte) + label for s, label, diepte in UITVOERSCHERM_A}
    frame, koppen = frame.loc[list(labels), list(lezingkoppen(naast))], lezingkoppen(naast)
    telt = naast.gekozen if naast.met_18 else "huishoudens"
    frame[VERSCHIL] = [
        gedrukt_verschil(frame.at[s, telt], frame.at[s, SCHATTING], druk_stap(s, fijn)) for s in frame.index
    ]
    frame.index = pd.Index([labels[s] for s in labels])
    if naast.met_18:
        koppen = {**koppen, telt: f"{koppen[telt]}: telt"}
    maat = "decimaal2" if fijn else "verhouding"
    rijmaat = {label: maat for s, label in labels.items() if s.startswith("kb_")}
    vet = [labels[s] for s in ("totale_kosten", "totale_baten", "saldo")]
    return Tabel(frame.rename(columns=koppen), "eur", rijmaat, vet)


def _post(traject: str) -> str:
    if traject in ESCALATIES:
        return "vraag 18"
    return "effectiviteit" if traject in MINDER_EFFECTIVITEIT else "substitutie"


def _gemeten(aanpak: Aanpak) -> Effectmeting:
    if aanpak.gemeten is None:
        raise ValueError(f"deze aanpak heeft geen effectmeting die meetelt: zet {GEBRUIK_VELD} op ja")
    return aanpak.gemeten
