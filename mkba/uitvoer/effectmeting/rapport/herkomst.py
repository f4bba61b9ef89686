"""Where every input of the calculation comes from: which table it was measured in, or which kengetal it is."""

from collections.abc import Iterator
from typing import Any, Final

from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld
from mkba.analyse.effectmeting.bijwerken.meer_minder import (
    blokken,
    getoond_per,
    getoonde_trajecten,
    soorten_te_raden,
)
from mkba.analyse.effectmeting.tellen.telling import STAND
from mkba.kern.tekst.notatie import getal, zuinig
from mkba.kern.tekst.persoonlijk import persoonlijk_in
from mkba.kern.woorden.effectvelden import (
    ALLE_VELDEN,
    EFFECTVELDEN,
    GEBRUIK_VELD,
    GRONDSLAG_VELD,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import CASES, TRAJECTEN
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import vervangen_door
from mkba.kern.zaak.meetherkomst import DREIGINGEN, MAXIMUM_BRON, Hoe, Meetherkomst
from mkba.uitvoer.effectmeting.rapport import steekproefzinnen

_TABEL: Final = {
    1: "huishoudens",
    2: "huishoudens",
    3: "problematiek, moment 0",
    4: "huishoudens",
    5: "problematiek, moment 0 (meervoudige problematiek)",
    6: "team",
    7: "team",
    10: "huishoudens",
    11: "trajecten",
    12: "trajecten",
    14: "gebied (netto van de wijken)",
    16: "trajecten",
    17: "trajecten",
    18: "escalaties",
}
"""Per question the table of the registration that says it."""
AFGESCHERMD: Final = "gemeten, afgeschermd"
"""Of an answer that was counted of too few households to show, so that another number is used."""
PER_GROEP: Final = "per groep gemeten, daarbinnen "
"""What comes before the kengetal where of each group of kinds was counted how many there are."""
FIGUUR_II_1: Final = "handleiding bijlage II, figuur II.1 (gepubliceerd)"


def vragen(i: Ingevuld) -> Iterator[str]:
    """The answers to questions 1 to 15 that there are, by key."""
    plat = i.na.plat()
    for sleutel, veld in VELDEN.items():
        if veld.vraag and plat[sleutel] is not None and not sleutel.endswith(".niet_actief"):
            yield sleutel


def effecten(i: Ingevuld) -> Iterator[str]:
    """The measured answers to questions 16 to 18, where these count."""
    for sleutel in EFFECTVELDEN:
        if i.effect and sleutel not in (GEBRUIK_VELD, GRONDSLAG_VELD) and sleutel in i.gemeten:
            yield sleutel


def telt_mee(i: Ingevuld) -> list[str]:
    """The answers that the outcome is calculated with."""
    vervangen = vervangen_door(i.na.effectmeting)
    return [*(s for s in vragen(i) if s not in vervangen), *effecten(i)]


def herkomst(i: Ingevuld, sleutel: str) -> str:
    """Where an answer comes from now: gemeten, bijgewerkt, kengetal, opgegeven, beginstand."""
    status = zonder_afscherming(i, sleutel)
    return AFGESCHERMD if sleutel in i.verborgen and status not in ("gemeten", "bijgewerkt") else status


def zonder_afscherming(i: Ingevuld, sleutel: str) -> str:
    """The same of the number that is used, whether or not another was counted that may not be shown."""
    if sleutel in EFFECTVELDEN or (sleutel == "disciplines" and i.disciplines):
        return "gemeten"
    return i.bijwerking.status(sleutel)


def verdeling_uit(i: Ingevuld, sleutel: str) -> str:
    """Where the division over the kinds of a number of trajecten comes from, when no kind by itself is shown."""
    for vraag, veld in ((vraag, aantal_veld(vraag, case)) for vraag in STAND for case in CASES):
        if veld == sleutel and i.effect.get(veld) and soorten_te_raden(i.meting, vraag):
            per = getoond_per(i.meting, vraag)
            return "" if per == "type" else f"{PER_GROEP if per else ''}kengetal (figuur II.1)"
    return ""


def bron(i: Ingevuld, sleutel: str) -> str:
    """The place where a number can be looked up: a table of the registration, a page of a source, or the plan."""
    status = herkomst(i, sleutel)
    if status == "gemeten":
        return gemeten_in(i, sleutel)
    if sleutel == "huishoudens" and i.steekproef_van is not None:
        return "opgegeven: de registratie is er een steekproef uit"
    kengetal = i.kengetallen.getallen.get(VELDEN[sleutel].standaard or "")
    waar = f"{kengetal.vindplaats or kengetal.bron} ({kengetal.status})" if kengetal is not None else ""
    if status == "bijgewerkt":
        return f"{gemeten_in(i, sleutel)}, gewogen tegen {waar}"
    if status.startswith("gemeten") or status == "kengetal":
        volgt = "; volgt nu de gemeten antwoorden waar het van afhangt" if _verschoof(i, sleutel) else ""
        if i.na.herkomst(sleutel) == "kengetal":
            return f"{waar}{volgt}"
    return "het plan" if i.na.herkomst(sleutel) == "opgegeven" else "beginstand van het invoerscherm"


def _verschoof(i: Ingevuld, sleutel: str) -> bool:
    """Whether a kengetal is another one than in the plan, because an answer that it depends on was measured."""
    return i.voor.herkomst(sleutel) != "opgegeven" and i.voor.plat()[sleutel] != i.na.plat()[sleutel]


def gemeten_in(i: Ingevuld, sleutel: str) -> str:
    """The table of the registration (or column of the form) behind a measured answer, and what else is in it."""
    if i.meting.van_steekproef:
        return steekproefzinnen.gemeten_in(sleutel)
    for e in i.escalaties:
        if sleutel == bedreigd_veld(e.soort):
            return "registratie: escalaties"
        if sleutel == voorkomen_veld(e.soort):
            nulmeting = "" if i.nulmeting is None else f", min de opgegeven nulmeting ({zuinig(100 * i.nulmeting)}%)"
            hoe = (
                "van {} dreigingen, open telt als niet voorkomen" if e.open_telt else "afloop bekend van {} dreigingen"
            )
            afloop = "" if e.voorkomen is None else f" ({hoe.format(getal(e.voorkomen.n))})"
            return f"registratie: escalaties{afloop}{nulmeting}"
    return f"registratie: {_TABEL[ALLE_VELDEN[sleutel].vraag]}"


def na(i: Ingevuld) -> Aanpak:
    """The aanpak after the measurement, which carries along per answer where it was measured: for other commands."""
    return i.na.met_meetherkomst(_records(i))


def _records(i: Ingevuld) -> Iterator[Meetherkomst]:
    antwoorden = i.na.gegeven()
    for sleutel, waarde in antwoorden.items():
        if sleutel in VELDEN and VELDEN[sleutel].vraag:
            status = zonder_afscherming(i, sleutel)
            if status in ("gemeten", "bijgewerkt"):
                yield _record(i, sleutel, "gemeten" if status == "gemeten" else "bijgewerkt", waarde)
        elif sleutel in i.effect and sleutel in i.gemeten:
            yield _record(i, sleutel, "gemeten", waarde)
    for vraag in STAND:
        for case in CASES:
            delen = [s for t in TRAJECTEN if (s := aandeel_veld(vraag, case, t)) in antwoorden and s in i.effect]
            for sleutel in delen:
                yield _deelrecord(i, sleutel, vraag, aantal_veld(vraag, case), antwoorden[sleutel])


def _record(i: Ingevuld, sleutel: str, hoe: Hoe, waarde: Any) -> Meetherkomst:
    g = i.gemeten.get(sleutel)
    n, waarvan = (g.n, g.waarvan) if g is not None and g.n else (None, "")
    s = g.schatting if g is not None else None
    van, tot = (float(s.laag), float(s.hoog)) if s is not None else (None, None)
    bron = _met_bestand(i, gemeten_in(i, sleutel))
    return Meetherkomst(sleutel, hoe, waarde, bron, n, waarvan, van, tot, _bedreigd(i, sleutel, waarvan))


def _bedreigd(i: Ingevuld, sleutel: str, waarvan: str) -> float | None:
    """Of an answer to question 18 in reading (a) which share of the households was under threat: for reading (b)."""
    for e in i.escalaties:
        if sleutel == voorkomen_veld(e.soort) and waarvan != DREIGINGEN and e.bedreigd is not None:
            return e.bedreigd.waarde or None
    return None


def _deelrecord(i: Ingevuld, sleutel: str, vraag: str, aantal: str, waarde: Any) -> Meetherkomst:
    """Of a share of one kind: of how many trajecten, or that their division is that of figuur II.1."""
    if mix := verdeling_uit(i, aantal):
        per_groep = "registratie: trajecten (hoeveel er per groep zijn); " if mix.startswith(PER_GROEP) else ""
        return Meetherkomst(sleutel, "kengetal", waarde, _met_bestand(i, f"{per_groep}{FIGUUR_II_1}"))
    soort = sleutel.rpartition(".")[2]
    if any(len(b.soorten) > 1 and soort in b.soorten for b in blokken(i.meting, vraag)):
        rest = "registratie: trajecten (hoeveel er van niet te tonen soorten zijn); "
        return Meetherkomst(sleutel, "kengetal", waarde, _met_bestand(i, f"{rest}{FIGUUR_II_1}"))
    n = getoonde_trajecten(i.meting, vraag)
    bron = _met_bestand(i, "registratie: trajecten, nieuwe en bestaande huishoudens samen")
    return Meetherkomst(sleutel, "gemeten", waarde, bron, n, "trajecten" if n else "")


def _met_bestand(i: Ingevuld, waar: str) -> str:
    """With the name of the file where there is only one (of more the table says which), and it may stand in a text: a
    number in it may look like one of a person."""
    namen = i.meting.lezing.bestanden
    soort, dubbelepunt, rest = waar.partition(":")
    past = len(namen) == 1 and namen[0].isprintable() and len(waar) + len(namen[0]) < MAXIMUM_BRON
    met = f"{soort} ({namen[0]}){dubbelepunt}{rest}" if past and dubbelepunt else ""
    return met if met and not persoonlijk_in(met) else waar
