"""Sheet berekening: questions 16 to 18 (``mkba.model.effectmeting``), with the knob in every line."""

from collections.abc import Sequence

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import POSTEN, TYPEN
from mkba.kern.woorden.effectvelden import (
    DELEN,
    GEBRUIK_VELD,
    GRONDSLAG_VELD,
    VRAAG_VAN,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    gemeten_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import (
    CASES,
    ESCALATIES,
    ESCALATIES_VAN_TYPE,
    GRONDSLAGEN,
    MINDER_EFFECTIVITEIT,
    MINDER_SUBSTITUTIE,
    TRAJECTEN,
    TRAJECTNAMEN,
)
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.model.grootboek import Regel
from mkba.rekenblad.formule import Formule, als, gelijk, grootste, keer, plus
from mkba.rekenblad.invoer import celnaam_van
from mkba.rekenblad.rekening import AANDEEL, Rekening

_MODEL = "effectmeting §1"


def regels_met_effectmeting(aanpak: Aanpak, kengetallen: Kengetallen) -> tuple[Regel, ...]:
    """The lines of the ledger of every position of the knob and both readings, each once, post by post."""
    leeg = {voorkomen_veld(e): None for e in ESCALATIES}
    standen: list[dict[str, object]] = [{GEBRUIK_VELD: False}]
    alles = {GEBRUIK_VELD: True, **{gemeten_veld(deel): True for deel in DELEN}}
    standen += [{**alles, GRONDSLAG_VELD: g} for g in GRONDSLAGEN]
    alle = [bereken(aanpak.met({**leeg, **stand}, kengetallen), kengetallen).grootboek.regels for stand in standen]
    uniek = {regel.naam: regel for regels in alle for regel in regels}
    return tuple(sorted(uniek.values(), key=lambda regel: POSTEN.index(regel.post)))


def knoppen(r: Rekening) -> None:
    """The knob and the reading as numbers, and what question 18 says of question 14."""
    s, boek = r.s, r.blad.boek
    s.begin("Effectmeting: knop en voorkomen escalatie (vraag 18)", ["Waarde"])
    knop = als(gelijk(boek[celnaam_van(GEBRUIK_VELD)], "ja"), 1.0, 0.0)
    for deel in DELEN:
        telt = als(gelijk(boek[celnaam_van(gemeten_veld(deel))], "nee"), 0.0, knop)
        woorden = f"1 als de knop op ja staat en vraag {VRAAG_VAN[deel]} is gemeten"
        s.stap(f"b_gemeten_{deel}", f"Vraag {VRAAG_VAN[deel]} telt", telt, woorden, "1 = ja", _MODEL, "0")
    bedreigd = als(gelijk(boek[celnaam_van(GRONDSLAG_VELD)], "bedreigd"), r.b("gemeten_voorkomen"), 0.0)
    woorden = "1 als vraag 18 een aandeel van de bedreigde huishoudens is"
    s.stap("b_bedreigd", "Lezing (b) telt", bedreigd, woorden, "1 = ja", _MODEL, "0")
    for e in ESCALATIES:
        v, b = boek[celnaam_van(voorkomen_veld(e))], boek[celnaam_van(bedreigd_veld(e))]
        formule = als(r.b("bedreigd") > 0, v * b, v * 1)
        woorden = "voorkomen, bij lezing (b) maal het aandeel bedreigde huishoudens"
        s.stap(f"b_deel_{e}", f"Voorkomen: {TRAJECTNAMEN[e]}", formule, woorden, "aandeel", _MODEL, AANDEEL)
    for e in ESCALATIES:
        wie = plus([r.v(f"type.{t}") for t, leden in ESCALATIES_VAN_TYPE.items() if e in leden])
        per_wie = als(wie > 0, grootste(-1, _hoogstens_een(r.b(f"deel_{e}") / als(wie > 0, wie, 1.0))), 0.0)
        formule = als(r.b("bedreigd") > 0, per_wie, r.b(f"deel_{e}") * 1)
        woorden = "bij lezing (b) gedeeld door het deel van de huishoudens dat het kan overkomen"
        s.stap(f"b_wie_{e}", f"Van wie het kan: {TRAJECTNAMEN[e]}", formule, woorden, "aandeel", _MODEL, AANDEEL)
    s.koppen(TYPEN)
    delen = {t: [r.b(f"wie_{e}") for e in leden] for t, leden in ESCALATIES_VAN_TYPE.items()}
    los = s.rijtje(
        "b_los",
        "Samen, onafhankelijk",
        {t: 1 - keer(*(1 - d for d in leden)) for t, leden in delen.items()},
        "1 − product van (1 − voorkomen)",
        "aandeel",
        _MODEL,
        AANDEEL,
    )
    hoogste = {t: grootste(*leden) for t, leden in delen.items()}
    groot = s.rijtje("b_groot", "Samen, laag", hoogste, "het grootste", "aandeel", _MODEL, AANDEEL)
    sommen = {t: _hoogstens_een(plus(leden)) for t, leden in delen.items()}
    som = s.rijtje("b_som", "Samen, hoog", sommen, "de som, hoogstens 1", "aandeel", _MODEL, AANDEEL)
    samenloop = r.k("effectmeting.samenloop")
    samen = {
        t: los[t] + grootste(samenloop, 0.0) * (som[t] - los[t]) + grootste(0 - samenloop, 0.0) * (groot[t] - los[t])
        for t in TYPEN
    }
    s.rijtje(
        "b_escalatie",
        "Voorkomen escalatie waarmee wordt gerekend",
        {t: als(r.b("gemeten_voorkomen") > 0, samen[t], r.v(f"escalatie.{t}")) for t in TYPEN},
        "vraag 18 gemeten: samen (samenloop 0: onafhankelijk); anders vraag 14",
        "aandeel",
        _MODEL,
        AANDEEL,
    )


def meer_trajecten(r: Rekening) -> None:
    """``effectmeting.kosten_extra_zorg``: question 16."""
    r.s.koppen(["Bedrag"])
    _trajecten(r, "kosten_extra_zorg", "meer", TRAJECTEN, "Extra zorg (16)")


def minder_trajecten(r: Rekening) -> None:
    """``effectmeting.substitutie`` and ``effectiviteit``: question 17."""
    r.s.begin("Effectmeting: minder trajecten (vraag 17)", ["Bedrag"])
    _trajecten(r, "substitutie", "minder", MINDER_SUBSTITUTIE, "Substitutie (17)")
    _trajecten(r, "effectiviteit", "minder", MINDER_EFFECTIVITEIT, "Effectiviteit (17)")


def gebeurtenissen(r: Rekening) -> None:
    """``effectmeting.escalatie`` in reading (b): an event times what it costs."""
    r.s.koppen(["Bedrag"])
    for e in ESCALATIES:
        schaal = keer(r.b("bedreigd"), r.v("huishoudens"), r.b("blijvend"))
        r.regel(
            f"escalatie.{e}",
            f"Voorkomen (18, lezing b): {TRAJECTNAMEN[e]}",
            keer(schaal, r.b(f"deel_{e}"), r.k(f"traject.{e}.eur")),
            "lezing (b) × huishoudens × τ × aandeel × kosten per stuk",
            _MODEL,
            eigen=True,
        )


def _trajecten(r: Rekening, post: str, soort: str, soorten: Sequence[str], wat: str) -> None:
    boek, nieuw = r.blad.boek, r.v("nieuw")
    gewicht = dict(zip(CASES, (nieuw, 1 - nieuw), strict=True))
    schaal = r.b(f"gemeten_{soort}") * r.v("huishoudens")
    for t in soorten:
        per_case = [
            keer(gewicht[c], boek[celnaam_van(aantal_veld(soort, c))], boek[celnaam_van(aandeel_veld(soort, c, t))])
            for c in CASES
        ]
        r.regel(
            f"{post}.{t}",
            f"{wat}: {TRAJECTNAMEN[t]}",
            keer(schaal, plus(per_case), r.k(f"traject.{t}.eur")),
            "huishoudens × (nieuw × aantal × aandeel + bestaand × aantal × aandeel) × kosten per stuk",
            _MODEL,
            eigen=True,
        )


def _hoogstens_een(wat: Formule) -> Formule:
    return Formule(f"MIN({wat.tekst},1)", min(float(wat.waarde or 0.0), 1.0))
